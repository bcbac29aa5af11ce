// Imputing: every missing value of a column becomes one value learned from the training rows. Numbers take the median,
// the mean, the most frequent value or a constant; bools, dates, categories and texts have no mean and take the most
// frequent value or the constant. All columns are learned by default, also those without missing values in training,
// since later rows may have some. NaN counts as missing, for no model takes it.
// An int column whose fill is no whole number becomes real, on training rows and on later ones: the type of a column
// is decided by fit. Most frequent: the values are sorted by their keys and the longest run wins, ties by the smaller
// value (texts bytewise, as scikit-learn).
#include "base/pool.h"
#include "base/simd.h"
#include "prep/prep_int.h"

#include <math.h>
#include <string.h>

enum { WITH_MEDIAN, WITH_MEAN, WITH_MOST_FREQUENT, WITH_CONSTANT };

typedef struct ImputeOpts {
  Names columns;
  int with;
  const char *value;
  bool indicator;
} ImputeOpts;

typedef struct Fill {
  ColType type;     // of the column after the step
  double real;      // the fill of a number column
  int64_t whole;    // the fill of what is stored as an integer
  const char *word; // the fill of a category or text, else NULL
  int64_t missing;  // missing values in training
} Fill;

typedef struct Impute {
  Learned in;
  Fill *fill; // of each learned column
} Impute;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(ImputeOpts, columns), .dflt = "",
     .doc = "columns to fill: names or \"*\", \"@number\", \"@text\", \"@category\", \"@date\"; none given: all"},
    {"with", PARAM_CHOICE, offsetof(ImputeOpts, with), .dflt = "median",
     .choices = "median|mean|most_frequent|constant",
     .doc = "what number columns are filled with; other columns take the most frequent value or the constant"},
    {"value", PARAM_TEXT, offsetof(ImputeOpts, value), .dflt = "",
     .doc = "the constant, read as the type of each column"},
    {"indicator", PARAM_BOOL, offsetof(ImputeOpts, indicator), .dflt = "false",
     .doc = "add <column>_missing, 1 where a value was filled in, for columns with missing values in training"},
    PARAM_END};

// ---- fit -----------------------------------------------------------------------------------------------------------
typedef struct Learn {
  Job *job;
  const ImputeOpts *opts;
  const char *name;
  const Column *col;
  Arena *arena;
} Learn;

static bool has_mean(const Column *c) { return c->type == COL_I64 || c->type == COL_F64; }

static void fill_whole(const Column *c, int64_t v, Fill *out) {
  out->type = c->type, out->whole = v, out->real = (double)v;
}

// Whole numbers stay int where they came from int. -0.0 becomes 0.0, so that the order of the rows has no say.
static void fill_real(const Column *c, double v, Fill *out) {
  bool whole = c->type == COL_I64 && v == floor(v) && fabs(v) < 0x1p63;
  if (whole) fill_whole(c, (int64_t)v, out);
  else out->type = COL_F64, out->real = v + 0.0;
}

static ErrCode learn_number(const Learn *t, Fill *out, Err *err) {
  double *x, v = NAN, half = 0.5;
  int64_t n;
  TRY(column_present(t->job, "impute", t->col, &x, &n, err));
  ErrCode code = OK;
  if (t->opts->with == WITH_MEAN) v = moments_f64(t->job, x, n).mean;
  else code = quantile_f64(t->job, x, n, 7, &half, 1, &v, err);
  mem_free(x);
  if (code != OK) return code;
  if (!isfinite(v))
    return err_set(err, ERR_ARG, "prep.impute: column '%s' has infinite values, so its %s is no number: leave those "
                   "rows or the column out", t->name, t->opts->with == WITH_MEAN ? "mean" : "median");
  fill_real(t->col, v, out);
  return OK;
}

static void fill_from(const Column *c, int64_t row, Fill *out) {
  out->type = c->type;
  if (c->type == COL_F64) fill_real(c, c->f[row], out);
  else fill_whole(c, c->type == COL_BOOL ? c->b[row] : c->i[row], out);
}

// The row where the longest run of equal keys starts; row[0..m) are the present rows in the order of their keys.
static int64_t longest_run(const uint64_t *key, const int64_t *row, int64_t m) {
  int64_t best = -1, most = 0;
  for (int64_t i = 0, end; i < m; i = end) {
    for (end = i; end < m && key[row[end]] == key[row[i]];) end++;
    if (end - i > most) best = row[i], most = end - i;
  }
  return best;
}

static ErrCode learn_most_frequent_word(const Learn *t, Fill *out, Err *err) {
  Codes codes;
  TRY(codes_init(t->job, "impute", t->col, &codes, err));
  int64_t best = 0;
  for (int64_t w = 1; w < codes.n; w++) {
    bool more = codes.count[w] > codes.count[best];
    if (codes.count[w] == codes.count[best]) more = sv_cmp(codes.word[w], codes.word[best]) < 0;
    if (more) best = w;
  }
  out->type = t->col->type;
  ErrCode code = step_word("impute", t->name, codes.word[best], t->arena, &out->word, err);
  codes_fini(&codes);
  return code;
}

static ErrCode learn_most_frequent(const Learn *t, Fill *out, Err *err) {
  const Column *c = t->col;
  if (col_is_text(c)) return learn_most_frequent_word(t, out, err);
  TRY(job_need(t->job, c->n * 16, "prep.impute", err));
  uint64_t *key = mem_new((size_t)c->n * sizeof *key);
  int64_t *row = mem_new((size_t)c->n * sizeof *row), m = 0;
  ErrCode code = OK;
  if (!key || !row) code = err_set(err, ERR_MEMORY, "prep.impute: no memory to count '%s'", t->name);
  if (code == OK) code = column_keys(t->job, c, false, key, err);
  for (int64_t i = 0; i < c->n && code == OK; i++)
    if (!cell_missing(c, i)) row[m++] = i;
  if (code == OK) code = order_keys(t->job, key, m, true, row, err);
  if (code == OK) fill_from(c, longest_run(key, row, m), out);
  mem_free(key);
  mem_free(row);
  return code;
}

static ErrCode learn_constant(const Learn *t, Fill *out, Err *err) {
  const Column *c = t->col;
  Sv value = sv(t->opts->value);
  int64_t whole = 0;
  double real = NAN;
  bool zoned;
  out->type = c->type;
  if (col_is_text(c)) return out->word = arena_strdup(t->arena, value.s), OK;
  if (c->type != COL_F64 && COLTYPES[c->type].parse(value, &whole, &real, &zoned)) return fill_whole(c, whole, out), OK;
  if (has_mean(c) && COLTYPES[COL_F64].parse(value, &whole, &real, &zoned) && isfinite(real))
    return fill_real(c, real, out), OK;
  return err_set(err, ERR_ARG, "prep.impute: value \"%s\" does not fit column '%s', which is %s: name the columns it "
                 "is for, columns={...}", value.s, t->name, COLTYPES[c->type].name);
}

static ErrCode learn_fill(const Learn *t, Fill *out, Err *err) {
  int64_t first;
  out->missing = column_count_missing(t->col, &first);
  if (t->opts->with == WITH_CONSTANT) return learn_constant(t, out, err);
  if (out->missing == t->col->n)
    return err_set(err, ERR_ARG, "prep.impute: column '%s' has no value in the training rows to fill in with: leave it "
                   "out, d:drop{\"%s\"}", t->name, t->name);
  if (t->opts->with == WITH_MOST_FREQUENT || !has_mean(t->col)) return learn_most_frequent(t, out, err);
  return learn_number(t, out, err);
}

static ErrCode check_opts(const ImputeOpts *o, Err *err) {
  if (o->with == WITH_CONSTANT && !o->value)
    return err_set(err, ERR_ARG, "prep.impute: with=\"constant\" needs a value, such as value=\"0\"");
  if (o->with != WITH_CONSTANT && o->value)
    return err_set(err, ERR_ARG, "prep.impute: value=\"%s\" is for with=\"constant\": give that too", o->value);
  return OK;
}

static ErrCode impute_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const Frame *x = in->x;
  const ImputeOpts *o = opts;
  Impute *st = arena_new(&state->arena, Impute);
  int *col;
  TRY(check_opts(o, err));
  TRY(step_learn("impute", x, &o->columns, "*", &state->arena, &st->in, &col, err));
  int64_t n = st->in.names.n;
  st->fill = arena_array(&state->arena, Fill, n);
  for (int64_t k = 0; k < n; k++) {
    TRY(job_tick(job, k, n, err));
    Learn t = {job, o, st->in.names.name[k], frame_at(x, col[k]), &state->arena};
    TRY(learn_fill(&t, &st->fill[k], err));
  }
  state->data = st;
  return OK;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
typedef struct Filling {
  const Column *c;
  const Fill *fill;
  Column *out;
  uint32_t *code, of_fill; // of words
} Filling;

static void code_chunk(void *ctx, int64_t begin, int64_t end) {
  const Filling *t = ctx;
  for (int64_t i = begin; i < end; i++) t->code[i] = col_valid(t->c, i) ? (uint32_t)col_code(t->c, i) : t->of_fill;
}

// The words of the dictionary stay, and the fill joins them when it is new.
static ErrCode fill_words(Job *job, const Fill *f, const Column *c, ColType type, Column **out, Err *err) {
  Arena a;
  arena_init(&a);
  int32_t n = c->dict->n, at = 0;
  Sv *word = arena_array(&a, Sv, n + 1);
  while (at < n && !sv_is(c->dict->word[at], f->word)) at++;
  for (int32_t k = 0; k < n; k++) word[k] = c->dict->word[k];
  if (at == n) word[n++] = sv(f->word);
  Filling t = {.c = c, .of_fill = (uint32_t)at};
  ErrCode code = job_need(job, c->n * (int64_t)sizeof *t.code, "prep.impute", err);
  if (code == OK) t.code = mem_new((size_t)c->n * sizeof *t.code);
  if (code == OK && !t.code) code = err_set(err, ERR_MEMORY, "prep.impute: no memory for %lld words", (long long)c->n);
  if (code == OK) {
    par_for(job, c->n, STEP_GRAIN, code_chunk, &t);
    code = column_of_words(job, type, word, n, t.code, c->n, NULL, 0, out, err);
  }
  mem_free(t.code);
  arena_fini(&a);
  return code;
}

// A category stays one: its words and the fill make a new dictionary.
static ErrCode fill_text(Job *job, const Fill *f, const Column *c, Column **out, Err *err) {
  TextBuilder b;
  Column *text = NULL;
  ErrCode code = OK;
  if (c->dict) return fill_words(job, f, c, c->type, out, err);
  textb_init(&b, job);
  for (int64_t i = 0; i < c->n && code == OK; i++)
    code = textb_add(&b, cell_missing(c, i) ? sv(f->word) : col_text(c, i), err);
  if (code == OK) code = textb_take(&b, &text, err);
  textb_fini(&b);
  bool category = col_is_text(c) ? c->type == COL_CAT : f->type == COL_CAT;
  if (code != OK || !category) return *out = text, code;
  code = column_to_cat(job, text, -1, out, err);
  column_unref(text);
  return code;
}

CLONES static void fill_reals(const double *x, int64_t n, double fill, double *z) {
  for (int64_t i = 0; i < n; i++) z[i] = x[i] == x[i] ? x[i] : fill;
}

static void fill_gaps(const Filling *t, int64_t i) {
  const Fill *f = t->fill;
  if (t->out->type == COL_F64) t->out->f[i] = f->real;
  else if (t->out->type == COL_BOOL) t->out->b[i] = (uint8_t)f->whole;
  else t->out->i[i] = f->whole;
}

static void fill_chunk(void *ctx, int64_t begin, int64_t end) {
  const Filling *t = ctx;
  const Column *c = t->c;
  if (c->missing == c->n) {
    for (int64_t i = begin; i < end; i++) fill_gaps(t, i);
    return;
  }
  if (c->type == COL_F64) fill_reals(c->f + begin, end - begin, t->fill->real, t->out->f + begin);
  else if (t->out->type == COL_F64)
    for (int64_t i = begin; i < end; i++) t->out->f[i] = col_f64(c, i);
  else if (c->type == t->out->type)
    memcpy(t->out->b + (size_t)begin * col_width(c), c->b + (size_t)begin * col_width(c),
           (size_t)(end - begin) * col_width(c));
  for (int64_t i = begin; i < end && c->missing; i++)
    if (!col_valid(c, i)) fill_gaps(t, i);
}

static ErrCode fill_fixed(Job *job, const Fill *f, const Column *c, Column **out, Err *err) {
  bool real = f->type == COL_F64 || (c->type == COL_F64 && c->missing < c->n);
  TRY(column_new(job, real ? COL_F64 : f->type, c->n, NULL, out, err));
  (*out)->zoned = c->zoned;
  par_for(job, c->n, STEP_GRAIN, fill_chunk, &(Filling){.c = c, .fill = f, .out = *out});
  return OK;
}

static ErrCode fill_column(Job *job, const Fill *f, const Column *c, int64_t missing, Column **out, Err *err) {
  if (missing == 0 && (c->type == f->type || f->word)) return *out = column_ref(c), OK;
  return f->word ? fill_text(job, f, c, out, err) : fill_fixed(job, f, c, out, err);
}

static ErrCode add_indicator(Job *job, const Column *c, const char *name, Frame *made, Err *err) {
  Column *t;
  TRY(column_new(job, COL_I64, c->n, NULL, &t, err));
  for (int64_t i = 0; i < c->n; i++) t->i[i] = cell_missing(c, i);
  return step_add("impute", made, name, t, err);
}

static ErrCode apply_column(Job *job, const ImputeOpts *o, const Fill *f, const Column *c, const char *name, Arena *a,
                            Frame *made, Err *err) {
  int64_t first;
  Column *t;
  TRY(fill_column(job, f, c, column_count_missing(c, &first), &t, err));
  TRY(step_add("impute", made, name, t, err));
  if (!o->indicator || !f->missing) return OK;
  return add_indicator(job, c, arena_printf(a, "%s_missing", name), made, err);
}

static ErrCode impute_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  const Impute *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match("impute", x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    const Column *c = frame_at(x, j);
    const char *name = frame_name(x, j);
    code = job_tick(job, j, frame_ncol(x), err);
    if (code != OK) break;
    if (of[j] >= 0) code = apply_column(job, opts, &st->fill[of[j]], c, name, &a, made, err);
    else code = step_add("impute", made, name, column_ref(c), err);
  }
  arena_fini(&a);
  return frame_give(code, made, out);
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void store_fill(Store *s, ColType was, Fill *f) {
  type_store(s, "becomes", &f->type);
  store_f64(s, "real", &f->real);
  store_i64(s, "whole", &f->whole);
  store_text(s, "word", &f->word);
  store_i64(s, "missing", &f->missing);
  bool text = COLTYPES[was].sign == COLTYPES[COL_TEXT].sign;
  bool fits = f->type == was || (was == COL_I64 && f->type == COL_F64);
  if (!fits || text != (f->word != NULL)) store_fail(s, "a fill that does not fit its column");
}

static void impute_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Impute);
  Impute *st = state->data;
  step_store(s, &st->in);
  int64_t n = st->in.names.n;
  if (s->reading) st->fill = arena_array(&state->arena, Fill, n);
  for (int64_t k = 0; k < n; k++) store_fill(s, st->in.type[k], &st->fill[k]);
}

// One cell of the type that the fill has, as text.
static ErrCode print_fill(Job *job, const Fill *f, Arena *a, const char **out, Err *err) {
  Str text = {0};
  Column *cell, blank = {.n = 1, .missing = 1, .type = f->type};
  uint64_t none = 0;
  blank.valid = &none;
  TRY(fill_column(job, f, &blank, 1, &cell, err));
  col_format(cell, 0, CELL_EXACT, &text);
  column_unref(cell);
  *out = arena_strndup(a, str_c(&text), text.n);
  str_fini(&text);
  return OK;
}

static const char *with_of(const ImputeOpts *o, ColType type) {
  static const char *const words[] = {"median", "mean", "most_frequent", "constant"};
  bool mean = type == COL_I64 || type == COL_F64;
  return words[mean || o->with == WITH_CONSTANT ? o->with : WITH_MOST_FREQUENT];
}

static ErrCode impute_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const Impute *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  const char **type = arena_array(&a, const char *, n), **with = arena_array(&a, const char *, n);
  const char **fill = arena_array(&a, const char *, n);
  int64_t *missing = arena_array(&a, int64_t, n);
  ErrCode code = OK;
  for (int64_t k = 0; k < n && code == OK; k++) {
    const Fill *f = &st->fill[k];
    type[k] = COLTYPES[f->type].name, with[k] = with_of(opts, st->in.type[k]), missing[k] = f->missing;
    code = print_fill(job, f, &a, &fill[k], err);
  }
  Frame *card = frame_new(n);
  if (code == OK) code = card_words(job, card, "column", st->in.names.name, err);
  if (code == OK) code = card_words(job, card, "type", type, err);
  if (code == OK) code = card_ints(job, card, "missing", missing, err);
  if (code == OK) code = card_words(job, card, "with", with, err);
  if (code == OK) code = card_words(job, card, "fill", fill, err);
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_impute = {
    .name = "impute",
    .summary = "Fills missing values with one learned value for each column",
    .source = "checked against scikit-learn 1.2.1, SimpleImputer, and recipes 1.0.4, step_impute_*, which rounds "
              "what goes into whole numbers; van Buuren, Flexible Imputation of Missing Data, 1.3",
    .unfit = "estimates of spread or correlation, which one value for all makes too small; values missing for "
             "a reason, unless indicator=true tells the model which they were",
    .example = "return pipe{prep.impute{'Ozone', with='mean', indicator=true}}:preview(data 'airquality')",
    .params = PARAMS,
    .opts_size = sizeof(ImputeOpts),
    .fit = impute_fit,
    .apply = impute_apply,
    .store = impute_store,
    .card = impute_card,
};

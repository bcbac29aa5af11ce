// Crossed categories: of every `degree` columns one with a level for each combination that occurs, "female:1st" in
// "sex:class", so that a linear model can treat combinations by themselves. Support counts: combinations with fewer
// than min_count training rows share the level "other", and so do those that training did not have. A row that misses
// one of the values misses the combination. Rows are grouped by their values once (a hash of the group, on all
// threads), so a text is put together once a combination and not once a row. O(n) a new column.
#include "prep/prep_int.h"

#include "base/map.h"
#include "frame/verbs.h"

#include <stdlib.h>
#include <string.h>

enum { DEGREE_MAX = 5, CROSSES_MAX = 1000 };

typedef struct CrossOpts {
  Names columns;
  int64_t degree, min_count, max_levels;
} CrossOpts;

typedef struct Crossing { // one new column
  int64_t *of;            // degree places among the learned columns
  const char *name;
  Names level;             // with support, sorted
  int64_t *count;          // training rows of each
  int64_t rare, rare_rows; // combinations without, and their rows
} Crossing;

typedef struct Crosses {
  Learned in;
  int64_t degree, n;
  Crossing *cross;
} Crosses;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(CrossOpts, columns), .dflt = "",
     .doc = "columns to cross: names or \"@text\", \"@category\"; none given: every category and text column"},
    {"degree", PARAM_INT, offsetof(CrossOpts, degree), 2, DEGREE_MAX, "2",
     .doc = "how many columns make a combination; every choice of so many is crossed"},
    {"min_count", PARAM_INT, offsetof(CrossOpts, min_count), 1, PARAM_INF, "1",
     .doc = "combinations with fewer training rows become \"other\""},
    {"max_levels", PARAM_INT, offsetof(CrossOpts, max_levels), 1, 1e6, "1000",
     .doc = "most combinations that a new column may have"},
    PARAM_END};

// ---- combinations --------------------------------------------------------------------------------------------------
typedef struct Combos { // of the rows of one new column
  int64_t *group;       // of each row
  int64_t n;            // groups
  Sv *word;             // of each; s NULL = one of its values is missing
  int64_t *count;
  Arena arena;
} Combos;

static void combos_fini(Combos *k) {
  mem_free(k->group);
  arena_fini(&k->arena);
}

// "female:1st" of row i; false when a value is missing.
static bool put_together(const Frame *part, int64_t i, Str *s) {
  str_clear(s);
  for (int j = 0; j < frame_ncol(part); j++) {
    const Column *c = frame_at(part, j);
    if (cell_missing(c, i)) return false;
    if (j) str_addc(s, ':');
    col_format(c, i, CELL_EXACT, s);
  }
  return true;
}

static void name_groups(const Frame *part, Combos *k) {
  Str s = {0};
  k->word = arena_array(&k->arena, Sv, k->n), k->count = arena_array(&k->arena, int64_t, k->n);
  for (int64_t i = 0, seen = 0; i < frame_nrow(part); i++) {
    k->count[k->group[i]]++;
    if (k->group[i] < seen) continue; // groups are numbered as they appear
    seen++;
    if (put_together(part, i, &s)) k->word[k->group[i]] = (Sv){arena_strndup(&k->arena, str_c(&s), s.n), s.n};
  }
  str_fini(&s);
}

static ErrCode combos_init(Job *job, const Frame *part, Combos *out, Err *err) {
  int64_t n = frame_nrow(part);
  int place[DEGREE_MAX] = {0, 1, 2, 3, 4};
  *out = (Combos){0};
  TRY(job_need(job, n * 8, "prep.cross", err));
  out->group = mem_new((size_t)n * sizeof *out->group);
  if (!out->group) return err_set(err, ERR_MEMORY, "prep.cross: no memory for %lld rows", (long long)n);
  ErrCode code = frame_groups(job, part, place, frame_ncol(part), out->group, &out->n, err);
  if (code == OK) name_groups(part, out);
  else combos_fini(out);
  return code;
}

// The columns of one crossing, in their order.
static ErrCode take_parts(const Crossing *x, int64_t degree, const Column *const *c, int64_t n, Frame **out, Err *err) {
  Frame *part = frame_new(n);
  ErrCode code = OK;
  for (int64_t d = 0; d < degree && code == OK; d++) {
    char name[] = {(char)('a' + d), 0};
    code = frame_add(part, name, column_ref(c[x->of[d]]), err);
  }
  return frame_give(code, part, out);
}

// ---- fit -----------------------------------------------------------------------------------------------------------
typedef struct Level {
  Sv word;
  int64_t count;
} Level;

static int by_word(const void *a, const void *b) { return sv_cmp(((const Level *)a)->word, ((const Level *)b)->word); }

static ErrCode keep_levels(const CrossOpts *o, const Combos *k, Crossing *x, Arena *a, Err *err) {
  Arena scratch;
  arena_init(&scratch);
  Level *level = arena_array(&scratch, Level, k->n);
  ErrCode code = OK;
  int64_t n = 0;
  for (int64_t g = 0; g < k->n; g++) {
    bool rare = k->word[g].s && k->count[g] < o->min_count;
    if (rare) x->rare++, x->rare_rows += k->count[g];
    else if (k->word[g].s) level[n++] = (Level){k->word[g], k->count[g]};
  }
  if (n > o->max_levels)
    code = err_set(err, ERR_ARG,
                   "prep.cross: '%s' would have %lld levels, max_levels is %lld: raise min_count, which "
                   "joins the rare ones, or max_levels",
                   x->name, (long long)n, (long long)o->max_levels);
  if (n) qsort(level, (size_t)n, sizeof *level, by_word);
  x->level = (Names){arena_array(a, const char *, n), 0}, x->count = arena_array(a, int64_t, n);
  for (int64_t i = 0; i < n && code == OK; i++) {
    x->count[i] = level[i].count;
    code = step_word("cross", x->name, level[i].word, a, &x->level.name[x->level.n++], err);
  }
  arena_fini(&scratch);
  return code;
}

static ErrCode check_columns(const Crosses *st, const Column *const *c, Err *err) {
  for (int64_t k = 0; k < st->in.names.n; k++) {
    const char *name = st->in.names.name[k];
    if (c[k]->type == COL_F64)
      return err_set(err, ERR_TYPE,
                     "prep.cross: column '%s' is real, and nearly every row would be a level: put "
                     "prep.bin{\"%s\"} before prep.cross",
                     name, name);
    if (c[k]->missing == c[k]->n)
      return err_set(err, ERR_ARG,
                     "prep.cross: column '%s' has no value in the training rows: leave it out, "
                     "d:drop{\"%s\"}",
                     name, name);
  }
  return OK;
}

static const char *cross_name(const Crosses *st, const int64_t *of, Arena *a) {
  Str s = {0};
  for (int64_t d = 0; d < st->degree; d++) str_addf(&s, "%s%s", d ? ":" : "", st->in.names.name[of[d]]);
  const char *name = arena_strndup(a, str_c(&s), s.n);
  str_fini(&s);
  return name;
}

// The next choice of degree among p, in order; false after the last.
static bool next_choice(int64_t *of, int64_t degree, int64_t p) {
  int64_t d = degree - 1;
  while (d >= 0 && of[d] == p - degree + d) d--;
  if (d < 0) return false;
  of[d]++;
  for (int64_t e = d + 1; e < degree; e++) of[e] = of[e - 1] + 1;
  return true;
}

static ErrCode choose_crosses(const CrossOpts *o, Crosses *st, Arena *a, Err *err) {
  int64_t p = st->in.names.n, of[DEGREE_MAX];
  double choices = 1;
  st->degree = o->degree;
  if (p < o->degree) return OK;
  for (int64_t d = 0; d < o->degree; d++) choices *= (double)(p - d) / (double)(d + 1), of[d] = d;
  if (choices > CROSSES_MAX)
    return err_set(err, ERR_ARG,
                   "prep.cross: %lld columns make %.6g combinations of %lld, %d are the most: name fewer "
                   "columns",
                   (long long)p, choices, (long long)o->degree, CROSSES_MAX);
  st->cross = arena_array(a, Crossing, (int64_t)(choices + 0.5));
  do {
    Crossing *x = &st->cross[st->n++];
    x->of = arena_array(a, int64_t, o->degree);
    memcpy(x->of, of, (size_t)o->degree * sizeof *of);
    x->name = cross_name(st, of, a);
  } while (next_choice(of, o->degree, p));
  return OK;
}

static ErrCode cross_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const CrossOpts *o = opts;
  Arena *a = &state->arena;
  Crosses *st = arena_new(a, Crosses);
  int *col;
  TRY(step_learn("cross", in->x, &o->columns, "@text", a, &st->in, &col, err));
  const Column **c = arena_array(a, const Column *, st->in.names.n);
  for (int64_t k = 0; k < st->in.names.n; k++) c[k] = frame_at(in->x, col[k]);
  TRY(check_columns(st, c, err));
  TRY(choose_crosses(o, st, a, err));
  for (int64_t k = 0; k < st->n; k++) {
    Frame *part;
    Combos combos;
    TRY(job_tick(job, k, st->n, err));
    TRY(take_parts(&st->cross[k], st->degree, c, frame_nrow(in->x), &part, err));
    ErrCode code = combos_init(job, part, &combos, err);
    frame_unref(part);
    if (code != OK) return code;
    code = keep_levels(o, &combos, &st->cross[k], a, err);
    combos_fini(&combos);
    if (code != OK) return code;
  }
  state->data = st;
  return OK;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
// Of each group its code among the levels and, behind them, "other".
static void code_groups(const Crossing *x, const Combos *k, int64_t *code) {
  Map known;
  map_init(&known);
  for (int64_t l = 0; l < x->level.n; l++) map_put(&known, sv(x->level.name[l]), NULL);
  int64_t other = map_get(&known, sv("other"));
  for (int64_t g = 0; g < k->n; g++) {
    code[g] = k->word[g].s ? map_get(&known, k->word[g]) : -1;
    if (k->word[g].s && code[g] < 0) code[g] = other >= 0 ? other : x->level.n;
  }
  map_fini(&known);
}

static ErrCode words_of(Job *job, const Crossing *x, const Combos *k, const int64_t *of_group, int64_t n, Arena *a,
                        Column **out, Err *err) {
  int64_t nword = x->level.n, missing = 0, words = (n + 63) / 64 + 1;
  Sv *word = arena_array(a, Sv, nword + 1);
  for (int64_t l = 0; l < nword; l++) word[l] = sv(x->level.name[l]);
  TRY(job_need(job, n * 4 + words * 8, "prep.cross", err));
  uint32_t *code = mem_new((size_t)n * sizeof *code);
  uint64_t *valid = mem_new((size_t)words * sizeof *valid);
  if (!code || !valid) return mem_free(code), mem_free(valid), err_set(err, ERR_MEMORY, "prep.cross: no memory");
  memset(valid, 0xFF, (size_t)words * sizeof *valid);
  bool other = false;
  for (int64_t i = 0; i < n; i++) {
    int64_t v = of_group[k->group[i]];
    code[i] = v < 0 ? 0 : (uint32_t)v;
    other = other || v == nword;
    if (v >= 0) continue;
    valid[i >> 6] &= ~(1ull << (i & 63));
    missing++;
  }
  if (other) word[nword++] = sv("other");
  if (!missing) mem_free(valid), valid = NULL;
  ErrCode status = column_of_words(job, COL_CAT, word, nword, code, n, valid, missing, out, err);
  mem_free(code);
  return status;
}

static ErrCode cross_column(Job *job, const Crosses *st, const Crossing *x, const Column *const *c, int64_t n,
                            Column **out, Err *err) {
  Frame *part;
  Combos combos;
  TRY(take_parts(x, st->degree, c, n, &part, err));
  ErrCode code = combos_init(job, part, &combos, err);
  frame_unref(part);
  if (code != OK) return code;
  int64_t *of_group = arena_array(&combos.arena, int64_t, combos.n);
  code_groups(x, &combos, of_group);
  code = words_of(job, x, &combos, of_group, n, &combos.arena, out, err);
  combos_fini(&combos);
  return code;
}

static ErrCode cross_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  (void)opts;
  const Crosses *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  const Column **c = arena_array(&a, const Column *, st->in.names.n);
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match("cross", x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    if (of[j] >= 0) c[of[j]] = frame_at(x, j);
    code = step_add("cross", made, frame_name(x, j), column_ref(frame_at(x, j)), err);
  }
  for (int64_t k = 0; k < st->n && code == OK; k++) {
    Column *z;
    code = job_tick(job, k, st->n, err);
    if (code == OK) code = cross_column(job, st, &st->cross[k], c, frame_nrow(x), &z, err);
    if (code == OK) code = step_add("cross", made, st->cross[k].name, z, err);
  }
  arena_fini(&a);
  return frame_give(code, made, out);
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void store_crossing(Store *s, int64_t degree, int64_t p, Crossing *x) {
  int64_t nof = degree, ncount = x->level.n;
  store_i64s(s, "of", &x->of, &nof);
  store_text(s, "name", &x->name);
  store_names(s, "levels", &x->level);
  store_i64s(s, "counts", &x->count, &ncount);
  store_i64(s, "rare", &x->rare);
  store_i64(s, "rare_rows", &x->rare_rows);
  bool fits = nof == degree && ncount == x->level.n && x->name;
  for (int64_t d = 0; d < nof && fits; d++) fits = x->of[d] >= 0 && x->of[d] < p;
  for (int64_t l = 1; l < x->level.n && fits; l++) fits = strcmp(x->level.name[l - 1], x->level.name[l]) < 0;
  if (!fits) store_fail(s, "crossed columns that do not fit");
}

static void cross_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Crosses);
  Crosses *st = state->data;
  step_store(s, &st->in);
  store_i64(s, "degree", &st->degree);
  store_i64(s, "crossed", &st->n);
  if (st->degree < 2 || st->degree > DEGREE_MAX || st->n < 0 || st->n > CROSSES_MAX) store_fail(s, "too many columns");
  if (s->err.code != OK) st->n = 0;
  if (s->reading) st->cross = arena_array(&state->arena, Crossing, st->n);
  for (int64_t k = 0; k < st->n && s->err.code == OK; k++) store_crossing(s, st->degree, st->in.names.n, &st->cross[k]);
}

static ErrCode cross_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const Crosses *st = state->data;
  int64_t n = 0, at = 0;
  for (int64_t k = 0; k < st->n; k++) n += st->cross[k].level.n + (st->cross[k].rare > 0);
  Arena a;
  arena_init(&a);
  const char **column = arena_array(&a, const char *, n), **level = arena_array(&a, const char *, n);
  const char **note = arena_array(&a, const char *, n);
  int64_t *count = arena_array(&a, int64_t, n);
  for (int64_t k = 0; k < st->n; k++) {
    const Crossing *x = &st->cross[k];
    for (int64_t l = 0; l < x->level.n; l++, at++)
      column[at] = x->name, level[at] = x->level.name[l], count[at] = x->count[l];
    if (!x->rare) continue;
    column[at] = x->name, level[at] = "other", count[at] = x->rare_rows;
    note[at++] = arena_printf(&a, "%lld combination%s of fewer than %lld rows", (long long)x->rare,
                              x->rare == 1 ? "" : "s", (long long)((const CrossOpts *)opts)->min_count);
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", column, err);
  if (code == OK) code = card_words(job, card, "level", level, err);
  if (code == OK) code = card_ints(job, card, "n", count, err);
  if (code == OK) code = card_words(job, card, "note", note, err);
  arena_fini(&a);
  frame_set_caption(card, "combinations that training did not have become other");
  return frame_give(code, card, out);
}

const StepType step_cross = {
    .name = "cross",
    .summary = "Adds a column for the combinations of the levels of two or more columns",
    .source =
        "checked against pandas 1.5.3, groupby; Cartesian products of categories as in dummy coding of interactions",
    .unfit = "columns with many levels, whose combinations are rare; trees, which find interactions by themselves",
    .unseen = "the combination \"other\"",
    .example = "return pipe{prep.cross{'sex', 'passengerClass'}}:preview(data 'titanic')",
    .params = PARAMS,
    .opts_size = sizeof(CrossOpts),
    .fit = cross_fit,
    .apply = cross_apply,
    .store = cross_store,
    .card = cross_card,
};

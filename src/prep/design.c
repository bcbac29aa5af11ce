// The last frame of a pipeline as a matrix. The messages here are the most common answer that a beginner gets: they
// name the columns that no model can take and print the line with exactly the steps that mend it.
#include "prep/levels_int.h"

#include "base/map.h"

#include <math.h>

enum { FEW_ROWS = 20, NAMES_SHOWN = 10 };

// ---- what is wrong with a frame ------------------------------------------------------------------------------------
typedef struct Fault {
  int count, first, second; // columns that have it; the places of two of them
} Fault;

typedef struct Faults {
  const Frame *x;
  Fault text, date, label, missing, infinite;
} Faults;

// Words that nearly all differ identify rows; a column for each would help no model.
static bool is_label(const Column *c) {
  if (!col_is_text(c) || c->n < FEW_ROWS) return false;
  Map words;
  map_init(&words);
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i)) map_put(&words, col_text(c, i), NULL);
  bool most = words.n > c->n / 2;
  map_fini(&words);
  return most;
}

int64_t column_first_infinite(const Column *c) {
  if (c->type != COL_F64 || (!c->missing && sum_is_finite(c->f, c->n))) return -1;
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i) && isinf(c->f[i])) return i;
  return -1;
}

static void note(Fault *f, int j) {
  if (f->count == 0) f->first = j;
  if (f->count == 1) f->second = j;
  f->count++;
}

static void find_faults(const Frame *x, Faults *out) {
  *out = (Faults){.x = x};
  for (int j = 0; j < frame_ncol(x); j++) {
    const Column *c = frame_at(x, j);
    int64_t row;
    bool date = !col_is_number(c) && !col_is_text(c), label = is_label(c);
    if (date) note(&out->date, j);
    if (label) note(&out->label, j);
    if (col_is_text(c)) note(&out->text, j);
    if (!date && !label && column_count_missing(c, &row)) note(&out->missing, j);
    if (column_first_infinite(c) >= 0) note(&out->infinite, j);
  }
}

static void add_kind(Str *s, const Faults *f, const Fault *fault, const char *plural) {
  if (!fault->count) return;
  const char *one = frame_name(f->x, fault->first), *two = frame_name(f->x, fault->second);
  ColType type = frame_at(f->x, fault->first)->type;
  if (s->n) str_add(s, ", ");
  if (fault->count == 1) str_addf(s, "column '%s' is %s%s", one, type == COL_TEXT ? "" : "a ", COLTYPES[type].name);
  else if (fault->count == 2) str_addf(s, "columns '%s' and '%s' are %s", one, two, plural);
  else str_addf(s, "columns '%s', '%s' and %d more are %s", one, two, fault->count - 2, plural);
}

static void add_missing(Str *s, const char *name, const Column *c) {
  int64_t row, n = column_count_missing(c, &row);
  str_addf(s, "column '%s' has %lld missing value%s (first in row %lld)", name, (long long)n, n == 1 ? "" : "s",
           (long long)row + 1);
}

static void add_faults(Str *s, const Faults *f) {
  add_kind(s, f, &f->text, "categories or text");
  add_kind(s, f, &f->date, "dates");
  const char *take = s->n ? "numbers" : NULL;
  if (f->missing.count) {
    if (s->n) str_add(s, ", ");
    add_missing(s, frame_name(f->x, f->missing.first), frame_at(f->x, f->missing.first));
    int more = f->missing.count - 1;
    if (more) str_addf(s, ", %d more %s some", more, more > 1 ? "have" : "has");
  }
  if (take) str_addf(s, ": models take numbers%s. ", f->missing.count ? " without missing values" : "");
  else str_add(s, ": models take none. ");
}

// ---- what mends it -------------------------------------------------------------------------------------------------
static void add_drops(Str *s, const Faults *f) {
  if (!f->date.count && !f->label.count) return;
  const char *labels = "columns whose words nearly all differ";
  str_add(s, "Leave out ");
  if (f->date.count) str_addf(s, "dates%s", f->label.count ? " and " : "");
  str_addf(s, "%s: d = d:drop{", f->label.count ? labels : "");
  int shown = 0;
  for (int j = 0; j < frame_ncol(f->x) && shown < NAMES_SHOWN; j++) {
    const Column *c = frame_at(f->x, j);
    bool gone = (!col_is_number(c) && !col_is_text(c)) || is_label(c);
    if (gone) str_addf(s, "%s\"%s\"", shown++ ? ", " : "", frame_name(f->x, j));
  }
  str_add(s, f->date.count + f->label.count > shown ? ", ...}. " : "}. ");
}

static void add_pipe(Str *s, const Faults *f, const char *learner) {
  bool words = f->text.count > f->label.count;
  if (!words && !f->missing.count) return;
  str_add(s, "Put steps before the model: p = pipe{");
  if (f->missing.count) str_add(s, "prep.impute{with=\"median\"}, ");
  if (words) str_add(s, "prep.onehot{}, ");
  str_addf(s, "prep.standard{}, %s}", learner);
}

static ErrCode refuse(const Faults *f, const char *learner, Err *err) {
  Str s = {0};
  add_faults(&s, f);
  add_drops(&s, f);
  add_pipe(&s, f, learner);
  while (s.n && s.s[s.n - 1] == ' ') s.s[--s.n] = 0;
  ErrCode code = err_set(err, f->text.count || f->date.count ? ERR_TYPE : ERR_ARG, "%s", str_c(&s));
  str_fini(&s);
  return code;
}

ErrCode refuse_infinite(const char *name, const Column *c, Err *err) {
  return err_set(err, ERR_ARG, "column '%s' is infinite in row %lld: models take finite numbers; leave such rows out, "
                 "d:where \"is_finite(`%s`)\"", name, (long long)column_first_infinite(c) + 1, name);
}

// ---- the design ----------------------------------------------------------------------------------------------------
static ErrCode check_faults(const Faults *f, const char *learner, Err *err) {
  const Frame *x = f->x;
  if (f->text.count || f->date.count || f->missing.count) return refuse(f, learner, err);
  if (f->infinite.count)
    return refuse_infinite(frame_name(x, f->infinite.first), frame_at(x, f->infinite.first), err);
  return OK;
}

static Names names_of(const Frame *x, Arena *a) {
  int p = frame_ncol(x);
  Names out = {arena_array(a, const char *, p), p};
  for (int j = 0; j < p; j++) out.name[j] = arena_strdup(a, frame_name(x, j));
  return out;
}

ErrCode design_fit(const Frame *x, const char *learner, Arena *a, Design *out, Err *err) {
  Faults f;
  find_faults(x, &f);
  TRY(check_faults(&f, learner, err));
  *out = (Design){.terms = names_of(x, a)};
  return OK;
}

static ErrCode levels_of(Job *job, const char *name, const Column *c, Arena *a, Names *out, Err *err) {
  Codes codes;
  LevelSet set = {0};
  TRY(codes_init(job, "levels", c, &codes, err));
  ErrCode code = levels_take("levels", name, &codes, a, &set, err);
  codes_fini(&codes);
  *out = set.level;
  return code;
}

ErrCode design_fit_columns(Job *job, const Frame *x, const char *learner, Arena *a, Design *out, Err *err) {
  Faults f;
  find_faults(x, &f);
  f.text = f.label, f.missing = (Fault){0};
  TRY(check_faults(&f, learner, err));
  *out = (Design){names_of(x, a), arena_array(a, Names, frame_ncol(x))};
  for (int j = 0; j < frame_ncol(x); j++)
    if (col_is_text(frame_at(x, j)))
      TRY(levels_of(job, out->terms.name[j], frame_at(x, j), a, &out->levels[j], err));
  return OK;
}

static ErrCode check_term(const char *name, const Column *c, Err *err) {
  int64_t row;
  if (c->missing < c->n && !col_is_number(c))
    return err_set(err, ERR_TYPE, "column '%s' is %s here and was a number in training: cast it, d:cast{[\"%s\"]="
                   "\"real\"}", name, COLTYPES[c->type].name, name);
  if (column_count_missing(c, &row)) {
    Str s = {0};
    add_missing(&s, name, c);
    err_set(err, ERR_ARG, "%s: the model takes none; put prep.impute{} before it and fit again, or leave the rows out, "
            "d:dropna{columns={\"%s\"}}", str_c(&s), name);
    str_fini(&s);
    return ERR_ARG;
  }
  return column_first_infinite(c) < 0 ? OK : refuse_infinite(name, c, err);
}

ErrCode design_term(Job *job, const Design *d, const Frame *x, int64_t k, const Column **out, Err *err) {
  int j;
  TRY(job_tick(job, k, d->terms.n, err));
  TRY(frame_col(x, sv(d->terms.name[k]), &j, err));
  *out = frame_at(x, j);
  return check_term(d->terms.name[k], *out, err);
}

ErrCode design_mat(Job *job, const Design *d, const Frame *x, Mat *out, Err *err) {
  int64_t n = frame_nrow(x), p = d->terms.n;
  Mat made;
  TRY(mat_new(job, n, p, "the design matrix", &made, err));
  ErrCode code = OK;
  for (int64_t k = 0; k < p && code == OK; k++) {
    const Column *c;
    code = design_term(job, d, x, k, &c, err);
    if (code == OK) col_present_f64(c, made.x + k * n); // nothing is missing: n values in row order
  }
  if (code == OK) *out = made;
  else mat_free(&made);
  return code;
}

void design_store(Store *s, Design *d) {
  bool columns = d->levels != NULL;
  store_names(s, "terms", &d->terms);
  store_bool(s, "columns", &columns);
  if (!columns || s->err.code != OK) return;
  if (s->reading) d->levels = arena_array(s->arena, Names, d->terms.n);
  for (int64_t j = 0; j < d->terms.n; j++) store_names(s, "levels", &d->levels[j]);
}

// The target column as numbers: values for a regression, class numbers for a classification.
// Words, bools and, for a type that only classifies, a few whole numbers are classes. Their order is by value when
// every class is a number, else bytewise; the classes that occur decide, not what else the column could hold.
#include "model/model_int.h"

#include "base/map.h"
#include "base/numfmt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CLASSES_MAX = 20 };

bool target_missing(const Column *c, int64_t i) {
  return !col_valid(c, i) || (c->type == COL_F64 && isnan(c->f[i]));
}

void target_fini(Target *t) {
  mem_free(t->y);
  t->y = NULL;
}

// ---- levels -------------------------------------------------------------------------------------------------------
typedef struct Level {
  Sv word;
  double value;
  int64_t index; // in order of appearance
} Level;

static int by_word(const void *a, const void *b) { return sv_cmp(((const Level *)a)->word, ((const Level *)b)->word); }

static int by_value(const void *a, const void *b) {
  double x = ((const Level *)a)->value, y = ((const Level *)b)->value;
  return x < y ? -1 : x > y ? 1 : by_word(a, b);
}

// Sorted levels of the words in `map`; place[index in map] = index among the levels.
static void sort_levels(const Map *map, Arena *a, Names *levels, int64_t *place) {
  Level *level = arena_array(a, Level, map->n);
  bool numbers = true;
  for (int64_t k = 0; k < map->n; k++) {
    level[k] = (Level){.word = map->key[k], .index = k};
    numbers = parse_f64(level[k].word.s, level[k].word.n, &level[k].value) && numbers;
  }
  if (map->n) qsort(level, (size_t)map->n, sizeof *level, numbers ? by_value : by_word);
  *levels = (Names){arena_array(a, const char *, map->n), map->n};
  for (int64_t k = 0; k < map->n; k++) {
    levels->name[k] = arena_strndup(a, level[k].word.s, level[k].word.n);
    place[level[k].index] = k;
  }
}

// y[i] = place of row i's word in the map. A category asks the map once for each code.
static void map_words(const Column *c, Map *map, Arena *a, double *y) {
  Str word = {0};
  double *of_code = c->dict ? arena_array(a, double, c->dict->n) : NULL;
  for (int32_t k = 0; of_code && k < c->dict->n; k++) of_code[k] = -1;
  for (int64_t i = 0; i < c->n; i++) {
    double *known = of_code ? &of_code[col_code(c, i)] : NULL;
    if (!known || *known < 0) {
      str_clear(&word);
      col_format(c, i, CELL_EXACT, &word);
      y[i] = (double)map_put(map, (Sv){str_c(&word), word.n}, NULL);
      if (known) *known = y[i];
    } else {
      y[i] = *known;
    }
  }
  str_fini(&word);
}

static void read_classes(const Column *c, Map *map, Arena *a, Target *out) {
  map_words(c, map, a, out->y);
  int64_t *place = arena_array(a, int64_t, map->n);
  sort_levels(map, a, &out->levels, place);
  out->count = arena_array(a, int64_t, map->n);
  for (int64_t i = 0; i < c->n; i++) {
    int64_t k = place[(int64_t)out->y[i]];
    out->y[i] = (double)k;
    out->count[k]++;
  }
}

// ---- which task ---------------------------------------------------------------------------------------------------
// "ml.logistic{}": the first type that looks at features and does this task.
static const char *other_type(Task task) {
  for (const ModelType *const *t = model_types(); *t; t++)
    if (((*t)->tasks & (int)task) && !(*t)->blind) return (*t)->name;
  return "baseline";
}

static ErrCode refuse_classes(const ModelType *t, const char *name, const Column *c, int64_t nlevel, Err *err) {
  return err_set(err, ERR_TYPE, "target '%s' is %s%s with %lld level%s: ml.%s needs numbers; use ml.%s{}", name,
                 c->type == COL_TEXT ? "" : "a ", COLTYPES[c->type].name, (long long)nlevel, nlevel == 1 ? "" : "s",
                 t->name, other_type(TASK_CLASSIFICATION));
}

static ErrCode count_values(Job *job, const Column *c, double *y, int64_t *distinct, bool *whole, Err *err) {
  *whole = true;
  for (int64_t i = 0; i < c->n; i++) {
    y[i] = col_f64(c, i);
    *whole = *whole && y[i] == floor(y[i]) && isfinite(y[i]);
  }
  return order_distinct_f64(job, y, c->n, distinct, err);
}

// A number target of a type that only classifies.
static ErrCode check_number_classes(Job *job, const ModelType *t, const char *name, const Column *c, double *y,
                                    Err *err) {
  int64_t distinct;
  bool whole;
  TRY(count_values(job, c, y, &distinct, &whole, err));
  if (whole && distinct <= CLASSES_MAX) return OK;
  if (!whole)
    return err_set(err, ERR_TYPE, "target '%s' has fractions: ml.%s needs classes; use ml.%s{}, or make classes of it "
                   "with d:derive", name, t->name, other_type(TASK_REGRESSION));
  return err_set(err, ERR_TYPE, "target '%s' has %lld different values: ml.%s needs classes; use ml.%s{}, or "
                 "d:cast{[\"%s\"]=\"category\"} if they are classes", name, (long long)distinct, t->name,
                 other_type(TASK_REGRESSION), name);
}

static ErrCode check_levels(const ModelType *t, const char *name, const Column *c, const Target *out, Err *err) {
  int64_t n = out->levels.n;
  if (t && !(t->tasks & TASK_CLASSIFICATION)) return refuse_classes(t, name, c, n, err);
  if (!t) return OK;
  if (n == 1)
    return err_set(err, ERR_ARG, "target '%s' is '%s' in all %lld rows: a model needs at least two classes", name,
                   out->levels.name[0], (long long)c->n);
  if (n <= CLASSES_MAX || 2 * n <= c->n) return OK;
  return err_set(err, ERR_ARG, "target '%s' has %lld different values in %lld rows: these are no classes", name,
                 (long long)n, (long long)c->n);
}

static ErrCode read_into(Job *job, const ModelType *type, const char *name, const Column *c, Arena *a, Target *out,
                         Err *err) {
  bool number = c->type == COL_I64 || c->type == COL_F64, only_classes = type && type->tasks == TASK_CLASSIFICATION;
  if (number && only_classes) TRY(check_number_classes(job, type, name, c, out->y, err));
  if (number && !only_classes) {
    out->task = TASK_REGRESSION;
    for (int64_t i = 0; i < c->n; i++) out->y[i] = col_f64(c, i);
    return OK;
  }
  Map map;
  out->task = TASK_CLASSIFICATION;
  map_init(&map);
  read_classes(c, &map, a, out);
  map_fini(&map);
  return check_levels(type, name, c, out, err);
}

ErrCode target_read(Job *job, const ModelType *type, const char *name, const Column *c, Arena *a, Target *out,
                    Err *err) {
  *out = (Target){0};
  if (c->type == COL_DATE || c->type == COL_TIME)
    return err_set(err, ERR_TYPE, "target '%s' is a %s: models predict numbers and classes; derive one of them first",
                   name, COLTYPES[c->type].name);
  TRY(job_need(job, c->n * (int64_t)sizeof(double), "the target", err));
  out->y = mem_new((size_t)c->n * sizeof(double));
  if (!out->y) return err_set(err, ERR_MEMORY, "the system refused memory for the target");
  ErrCode code = read_into(job, type, name, c, a, out, err);
  if (code != OK) target_fini(out);
  return code;
}

// ---- targets through a transform -----------------------------------------------------------------------------------
enum { ROWS_NAMED = 3 };

// Names the first rows of the frame that the transform does not take.
static ErrCode refuse_values(TransformKind kind, const char *name, const Frame *train, Err *err) {
  const Column *c = frame_at(train, frame_find(train, sv(name)));
  int64_t n = 0;
  Str rows = {0};
  for (int64_t i = 0; i < c->n; i++) {
    if (target_missing(c, i) || (transform_takes(kind, col_f64(c, i)) && isfinite(col_f64(c, i)))) continue;
    if (n++ < ROWS_NAMED) str_addf(&rows, "%s%lld", n == 1 ? "" : ", ", (long long)i + 1);
  }
  bool domain = !transform_takes(kind, -1);
  const char *advice = transform_takes(kind, 0) ? "\"yeojohnson\" takes any number"
                                                : "\"log1p\" takes zeros, \"yeojohnson\" any number";
  err_set(err, ERR_ARG, "target '%s' has %lld value%s that %s infinite%s%s (row%s %s%s), and target=\"%s\" does not "
          "take %s: %s", name, (long long)n, n == 1 ? "" : "s", n == 1 ? "is" : "are", domain ? " or " : "",
          domain ? transform_outside(kind) : "", n == 1 ? "" : "s", str_c(&rows), n > ROWS_NAMED ? " ..." : "",
          transform_word(kind), n == 1 ? "it" : "them", domain ? advice : "leave such rows out");
  str_fini(&rows);
  return ERR_ARG;
}

ErrCode target_transform(Job *job, const Frame *train, int64_t n, Fitted *m, Target *t, Err *err) {
  enum { KNOTS = 1000 };
  TransformKind kind = learner_target(m->learner);
  Mat copy;
  if (kind == TRANSFORM_NONE) return OK;
  if (t->task != TASK_REGRESSION)
    return err_set(err, ERR_ARG, "target=\"%s\" is for regressions, and target '%s' has classes: leave it out of pipe",
                   transform_word(kind), m->target);
  for (int64_t i = 0; i < n; i++)
    if (!transform_takes(kind, t->y[i]) || isinf(t->y[i])) return refuse_values(kind, m->target, train, err);
  TRY(mat_new(job, n, 1, "the target", &copy, err));
  memcpy(copy.x, t->y, (size_t)n * sizeof *t->y);
  ErrCode code = transform_fit(job, kind, KNOTS, copy.x, n, &m->arena, &m->transform, err);
  mat_free(&copy);
  if (code == OK) transform_apply(&m->transform, t->y, n, t->y);
  return code;
}

// Where values are missing: by column, by row (patterns), and in pairs of columns. Patterns come from splitting the
// rows column by column: a row's pattern so far and its next bit number its pattern, new ones in order of first
// appearance, so that there is no limit on the number of columns.
#include "stats/quality.h"
#include "stats/quality_int.h"

#include <math.h>
#include <stdlib.h>

static bool misses(const Column *c) { return c->missing > 0; }
static bool any_column(const Column *c) { return (void)c, true; }

static ErrCode out_of_memory(Err *err) {
  return err_set(err, ERR_MEMORY, "missing values: the system has no memory left: take fewer rows");
}

// The named columns that miss values, or all that do.
static ErrCode choose(const Frame *f, const Names *names, int **col, int *m, Err *err) {
  int all;
  TRY(columns_choose(f, names, any_column, "missing", "", col, &all, err));
  *m = 0;
  for (int k = 0; k < all; k++)
    if (misses(frame_at(f, (*col)[k]))) (*col)[(*m)++] = (*col)[k];
  return OK;
}

// ---- patterns ------------------------------------------------------------------------------------------------------
typedef struct Pattern {
  int64_t rows, missing;
  uint32_t *bit; // one for each column: 1 missing
} Pattern;

typedef struct Patterns {
  int m, *col;
  int64_t n, npattern;
  uint32_t *id;
  Pattern *item;
  Arena arena;
} Patterns;

// id[i] of `was` patterns becomes that of (id, bit), of which there are *now.
static void split_rows(const Column *c, uint32_t *id, int64_t n, uint32_t *number, int64_t was, uint32_t *now) {
  memset(number, 0xFF, (size_t)was * 2 * sizeof *number);
  for (int64_t i = 0; i < n; i++) {
    uint32_t *to = &number[2 * id[i] + !col_valid(c, i)];
    if (*to == UINT32_MAX) *to = (*now)++;
    id[i] = *to;
  }
}

static ErrCode number_rows(Job *job, const Frame *f, Patterns *p, Err *err) {
  memset(p->id, 0, (size_t)p->n * sizeof *p->id);
  p->npattern = 1;
  for (int k = 0; k < p->m; k++) {
    uint32_t now = 0, *number = malloc((size_t)p->npattern * 2 * sizeof *number);
    if (!number) return out_of_memory(err);
    split_rows(frame_at(f, p->col[k]), p->id, p->n, number, p->npattern, &now);
    free(number);
    p->npattern = p->n ? now : 0;
    TRY(job_tick(job, k, p->m, err));
  }
  return OK;
}

static void read_patterns(const Frame *f, Patterns *p) {
  p->item = arena_array(&p->arena, Pattern, p->npattern + 1);
  for (int64_t i = 0; i < p->n; i++) {
    Pattern *t = &p->item[p->id[i]];
    if (t->rows++) continue;
    t->bit = arena_array(&p->arena, uint32_t, p->m + 1);
    for (int k = 0; k < p->m; k++) t->bit[k] = !col_valid(frame_at(f, p->col[k]), i), t->missing += t->bit[k];
  }
}

static int by_rows(const void *a, const void *b) { // ties: fewer missing, then the columns from the left
  const Pattern *x = a, *y = b;
  if (x->rows != y->rows) return x->rows < y->rows ? 1 : -1;
  if (x->missing != y->missing) return x->missing > y->missing ? 1 : -1;
  for (int k = 0; x->bit != y->bit; k++)
    if (x->bit[k] != y->bit[k]) return x->bit[k] < y->bit[k] ? 1 : -1;
  return 0;
}

static ErrCode patterns_init(Job *job, const Frame *f, const Names *names, Patterns *p, Err *err) {
  *p = (Patterns){.n = frame_nrow(f)};
  TRY(choose(f, names, &p->col, &p->m, err));
  TRY(job_need(job, p->n * 4, "patterns of missing values", err));
  p->id = mem_new((size_t)p->n * sizeof *p->id);
  if (!p->id) return out_of_memory(err);
  TRY(number_rows(job, f, p, err));
  if (p->m == 0) p->npattern = p->n > 0;
  TRY(job_need(job, p->npattern * (p->m * 4 + 64), "patterns of missing values", err));
  read_patterns(f, p);
  qsort(p->item, (size_t)p->npattern, sizeof *p->item, by_rows);
  return OK;
}

static void patterns_fini(Patterns *p) {
  free(p->col);
  mem_free(p->id);
  arena_fini(&p->arena);
}

static Sv names_of(const Frame *f, Patterns *p, const Pattern *t) {
  Str s = {0};
  for (int k = 0; k < p->m; k++)
    if (t->bit[k]) str_addf(&s, "%s%s", s.n ? ", " : "", frame_name(f, p->col[k]));
  if (!s.n) str_add(&s, "none");
  Sv text = {arena_strndup(&p->arena, s.s, s.n), s.n};
  str_fini(&s);
  return text;
}

static ErrCode fill_patterns(Job *job, const Frame *f, Patterns *p, bool wide, Frame *out, Err *err) {
  int64_t n = p->npattern, *rows = arena_array(&p->arena, int64_t, n + 1),
          *miss = arena_array(&p->arena, int64_t, n + 1);
  double *share = arena_array(&p->arena, double, n + 1);
  Sv *names = arena_array(&p->arena, Sv, n + 1);
  for (int64_t i = 0; i < n; i++) {
    rows[i] = p->item[i].rows, miss[i] = p->item[i].missing;
    share[i] = (double)rows[i] / (double)p->n, names[i] = names_of(f, p, &p->item[i]);
  }
  TRY(answer_ints(job, out, "rows", rows, n, err));
  TRY(answer_reals(job, out, "share", share, n, err));
  TRY(answer_ints(job, out, "missing", miss, n, err));
  TRY(answer_texts(job, out, "columns", names, n, err));
  for (int k = 0; wide && k < p->m; k++) {
    const char *name = frame_name(f, p->col[k]);
    if (frame_find(out, sv(name)) >= 0)
      return err_set(err, ERR_NAME, "missing_patterns: the wide answer has a column '%s': d:rename it first", name);
    for (int64_t i = 0; i < n; i++) rows[i] = !p->item[i].bit[k];
    TRY(answer_ints(job, out, name, rows, n, err));
  }
  return OK;
}

ErrCode stats_missing_patterns(Job *job, const Frame *f, const MissingOpts *opts, Frame **out, Err *err) {
  Patterns p;
  ErrCode code = patterns_init(job, f, &opts->columns, &p, err);
  Frame *made = code == OK ? frame_new(p.npattern) : NULL;
  if (code == OK) code = fill_patterns(job, f, &p, opts->wide, made, err);
  if (code == OK) {
    answer_caption(made, "%s row%s, %d of %lld columns miss values%s", count_text(p.n).s, p.n == 1 ? "" : "s", p.m,
                   (long long)(opts->columns.n ? opts->columns.n : frame_ncol(f)),
                   opts->wide && p.m ? "; 1 present, 0 missing" : "");
    *out = made;
  } else frame_unref(made);
  patterns_fini(&p);
  return code;
}

// ---- columns -------------------------------------------------------------------------------------------------------
typedef struct Tally {
  const char *name;
  int64_t missing, alone;
} Tally;

static void sort_tallies(Tally *t, int n) { // stable
  for (int i = 1; i < n; i++) {
    Tally one = t[i];
    int k = i;
    for (; k > 0 && t[k - 1].missing < one.missing; k--) t[k] = t[k - 1];
    t[k] = one;
  }
}

static ErrCode fill_columns(Job *job, const Frame *f, const int *col, int m, Patterns *p, Frame *out, Err *err) {
  Tally *t = arena_array(&p->arena, Tally, m + 1);
  for (int k = 0; k < m; k++) t[k] = (Tally){frame_name(f, col[k]), frame_at(f, col[k])->missing, 0};
  for (int64_t i = 0; i < p->npattern; i++)
    for (int k = 0; k < p->m && p->item[i].missing == 1; k++)
      for (int j = 0; j < m && p->item[i].bit[k]; j++)
        if (col[j] == p->col[k]) t[j].alone += p->item[i].rows;
  sort_tallies(t, m);
  Sv *name = arena_array(&p->arena, Sv, m + 1);
  int64_t *missing = arena_array(&p->arena, int64_t, m + 1), *alone = arena_array(&p->arena, int64_t, m + 1);
  double *share = arena_array(&p->arena, double, m + 1);
  for (int k = 0; k < m; k++) {
    name[k] = sv(t[k].name), missing[k] = t[k].missing, alone[k] = t[k].alone;
    share[k] = (double)t[k].missing / (double)p->n; // NaN without rows
  }
  TRY(answer_texts(job, out, "column", name, m, err));
  TRY(answer_ints(job, out, "missing", missing, m, err));
  TRY(answer_reals(job, out, "share", share, m, err));
  return answer_ints(job, out, "alone", alone, m, err);
}

ErrCode stats_missing_columns(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err) {
  Patterns p;
  int *col = NULL, m = 0;
  int64_t complete = 0;
  ErrCode code = patterns_init(job, f, columns, &p, err);
  if (code == OK) code = columns_choose(f, columns, any_column, "missing", "", &col, &m, err);
  Frame *made = code == OK ? frame_new(m) : NULL;
  if (code == OK) code = fill_columns(job, f, col, m, &p, made, err);
  if (code == OK) {
    for (int64_t i = 0; i < p.npattern; i++) complete += p.item[i].missing ? 0 : p.item[i].rows;
    answer_caption(made, "%s of %s rows miss nothing", count_text(complete).s, count_text(p.n).s);
    *out = made;
  } else frame_unref(made);
  free(col);
  patterns_fini(&p);
  return code;
}

// ---- pairs ---------------------------------------------------------------------------------------------------------
typedef struct Pair {
  int a, b;
  int64_t both, only_a, only_b, neither;
  double phi; // NaN: undefined
} Pair;

static Pair pair_of(const Frame *f, int a, int b) {
  const Column *x = frame_at(f, a), *y = frame_at(f, b);
  Pair p = {.a = a, .b = b};
  for (int64_t w = 0; w < (x->n + 63) / 64; w++) {
    uint64_t inside = x->n - w * 64 >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (x->n - w * 64)) - 1;
    p.both += __builtin_popcountll(~x->valid[w] & ~y->valid[w] & inside);
  }
  p.only_a = x->missing - p.both, p.only_b = y->missing - p.both;
  p.neither = x->n - p.both - p.only_a - p.only_b;
  double n = (double)x->n, ma = (double)x->missing, mb = (double)y->missing;
  double spread = sqrt(ma * (n - ma) * mb * (n - mb));
  p.phi = ((double)p.both * (double)p.neither - (double)p.only_a * (double)p.only_b) / spread; // 0/0 without spread
  return p;
}

static double strength(const Pair *p) { return isnan(p->phi) ? -1 : fabs(p->phi); }

static int by_strength(const void *a, const void *b) {
  const Pair *x = a, *y = b;
  if (strength(x) != strength(y)) return strength(x) < strength(y) ? 1 : -1;
  if (x->both != y->both) return x->both < y->both ? 1 : -1;
  return x->a != y->a ? x->a - y->a : x->b - y->b;
}

static ErrCode fill_pairs(Job *job, const Frame *f, const Pair *p, int64_t n, Frame *out, Err *err) {
  static const char *const counts[4] = {"both", "only_a", "only_b", "neither"};
  Arena arena = {0};
  Sv *name = arena_array(&arena, Sv, n + 1);
  int64_t *v = arena_array(&arena, int64_t, n + 1);
  double *phi = arena_array(&arena, double, n + 1);
  ErrCode code = OK;
  for (int side = 0; side < 2 && code == OK; side++) {
    for (int64_t i = 0; i < n; i++) name[i] = sv(frame_name(f, side ? p[i].b : p[i].a));
    code = answer_texts(job, out, side ? "b" : "a", name, n, err);
  }
  for (int k = 0; k < 4 && code == OK; k++) {
    for (int64_t i = 0; i < n; i++) v[i] = (&p[i].both)[k];
    code = answer_ints(job, out, counts[k], v, n, err);
  }
  for (int64_t i = 0; i < n; i++) phi[i] = p[i].phi;
  if (code == OK) code = answer_reals(job, out, "phi", phi, n, err);
  arena_fini(&arena);
  return code;
}

ErrCode stats_missing_pairs(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err) {
  int *col, m;
  int64_t n = 0;
  TRY(choose(f, columns, &col, &m, err));
  size_t most = (size_t)m * (size_t)(m ? m - 1 : 0) / 2;
  ErrCode code = job_need(job, (int64_t)(most * sizeof(Pair)), "pairs of columns", err);
  Pair *pair = code == OK ? calloc(most + 1, sizeof *pair) : NULL;
  if (code != OK) return free(col), code;
  if (!pair) abort();
  for (int a = 0; a < m && code == OK; a++) {
    for (int b = a + 1; b < m; b++) pair[n++] = pair_of(f, col[a], col[b]);
    code = job_tick(job, a, m, err);
  }
  qsort(pair, (size_t)n, sizeof *pair, by_strength);
  Frame *made = frame_new(n);
  if (code == OK) code = fill_pairs(job, f, pair, n, made, err);
  if (code == OK) {
    answer_caption(made,
                   m < 2 ? "%s rows, %d column%s with missing values: no pair"
                         : "%s rows, %d column%s with missing values; phi > 0: missing together",
                   count_text(frame_nrow(f)).s, m, m == 1 ? "" : "s");
    *out = made;
  } else frame_unref(made);
  free(pair);
  free(col);
  return code;
}

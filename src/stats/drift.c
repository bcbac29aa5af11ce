// How far a second frame has drifted from a first, column by column. The population stability index sums (p - q)
// log(p/q) over bins, p and q their shares in the two frames: numbers and dates in bins at quantiles of the first,
// which hold equal shares of it, words by level, and a bin of their own for missing values and for words that the first
// does not have. Of more than 1,000 words the 50 that are most frequent in the first frame have bins, and the others
// one together: thousands of bins with a few rows each differ by chance alone. Texts that hardly repeat have no shares
// to compare. An empty bin counts as half a row, since the index has no value there. Whether chance explains it is
// asked by Kolmogorov and Smirnov's distance (limit distribution, exact for small samples) or by Pearson's chi-square
// of levels; p is adjusted by Holm, there being as many questions as columns. NaN counts as missing.
// Source: Siddiqi, Credit Risk Scorecards, 2006, for the index and its reading.
#include "stats/exact_int.h"
#include "stats/quality_int.h"
#include "stats/report.h"
#include "stats/tests.h"

#include "base/map.h"
#include "base/numfmt.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

enum { EXACT_PAIRS = 10000, MOST_WORDS = 1000, TOP_WORDS = 50, NAMED = 3 };
#define LITTLE 0.1
#define MUCH 0.25

typedef struct Shift { // of one column
  const char *name, *status, *test;
  double psi, statistic, p, holm, missing[2];
  Str fresh, gone;
} Shift;

typedef struct Drift {
  Job *job;
  const Frame *f[2];
  const DriftOpts *opts;
  int64_t n[2];
  Arena arena;
  Shift *item;
  int64_t count, lumped; // lumped: columns of which only the most frequent words have bins
} Drift;

static bool is_words(const Column *c) { return col_is_text(c) || c->type == COL_BOOL; }
static bool is_date(const Column *c) { return c->type == COL_DATE || c->type == COL_TIME; }

// Columns of one meaning: numbers of any type, words of any, dates.
static bool same_kind(const Column *a, const Column *b) {
  return is_words(a) == is_words(b) && is_date(a) == is_date(b) && (!is_date(a) || a->type == b->type);
}

// ---- the index -----------------------------------------------------------------------------------------------------
static double share_of(double count, double n) { return fmax(count, .5) / n; }

static double index_of(const double *a, const double *b, int64_t bins, double n, double m) {
  double psi = 0;
  for (int64_t k = 0; k < bins; k++) {
    double p = share_of(a[k], n), q = share_of(b[k], m);
    if (a[k] > 0 || b[k] > 0) psi += (p - q) * fmath_log(p / q);
  }
  return psi;
}

// ---- numbers -------------------------------------------------------------------------------------------------------
static int64_t up_to(const double *x, int64_t n, double v) { // values <= v of sorted x
  int64_t lo = 0, hi = n;
  while (lo < hi) {
    int64_t mid = lo + (hi - lo) / 2;
    if (x[mid] <= v) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

static double type7(const double *x, int64_t n, double p) {
  double at = p * (double)(n - 1);
  int64_t k = (int64_t)at;
  return k + 1 < n ? x[k] + (at - (double)k) * (x[k + 1] - x[k]) : x[k];
}

static void index_numbers(Drift *d, const double *const x[2], const int64_t n[2], Shift *s) {
  int64_t bins = d->opts->bins, m = 0, before[2] = {0};
  double *count[2] = {arena_array(&d->arena, double, bins + 2), arena_array(&d->arena, double, bins + 2)},
         last = -INFINITY;
  for (int64_t k = 1; k <= bins; k++) {
    double cut = k == bins ? INFINITY : type7(x[0], n[0], (double)k / (double)bins);
    if (cut <= last || (k < bins && cut >= x[0][n[0] - 1])) continue;
    for (int g = 0; g < 2; g++) {
      int64_t at = k == bins ? n[g] : up_to(x[g], n[g], cut);
      count[g][m] = (double)(at - before[g]), before[g] = at;
    }
    m++, last = cut;
  }
  for (int g = 0; g < 2; g++) count[g][m] = (double)(d->n[g] - n[g]);
  s->psi = index_of(count[0], count[1], m + 1, (double)d->n[0], (double)d->n[1]);
}

static ErrCode distance(Drift *d, const double *const x[2], const int64_t n[2], Shift *s, Err *err) {
  double m = (double)n[0], k = (double)n[1];
  bool exact = m * k < EXACT_PAIRS;
  TRY(job_need(d->job, exact ? n[0] + n[1] : 0, "drift", err));
  bool *end = exact ? calloc((size_t)(n[0] + n[1]), sizeof *end) : NULL;
  if (exact && !end) abort();
  int64_t at[2] = {0};
  for (s->statistic = 0; at[0] < n[0] || at[1] < n[1];) {
    double v = at[1] == n[1] || (at[0] < n[0] && x[0][at[0]] <= x[1][at[1]]) ? x[0][at[0]] : x[1][at[1]];
    for (int g = 0; g < 2; g++)
      while (at[g] < n[g] && x[g][at[g]] == v) at[g]++;
    if (end) end[at[0] + at[1] - 1] = true;
    s->statistic = fmax(s->statistic, fabs((double)at[0] / m - (double)at[1] / k));
  }
  s->test = "ks";
  s->p = exact ? exact_smirnov(s->statistic, n[0], n[1], end) : kolmogorov_limit(sqrt(m * k / (m + k)) * s->statistic);
  free(end);
  return OK;
}

// "2% outside of 0 to 48"
static void outside(const Column *c, const double *const x[2], const int64_t n[2], Shift *s) {
  double lo = x[0][0], hi = x[0][n[0] - 1];
  int64_t inside = up_to(x[1], n[1], hi) - up_to(x[1], n[1], nextafter(lo, -INFINITY));
  if (inside == n[1] || is_date(c)) return;
  char a[NUMFMT_MAX], b[NUMFMT_MAX];
  fmt_sensible(a, sizeof a, lo, 4);
  fmt_sensible(b, sizeof b, hi, 4);
  double percent = 100 * (double)(n[1] - inside) / (double)n[1];
  if (percent < 1) str_addf(&s->fresh, "<1%% outside of %s to %s", a, b);
  else str_addf(&s->fresh, "%.0f%% outside of %s to %s", percent, a, b);
}

static ErrCode read_values(Drift *d, const Column *c, double **x, int64_t *n, Err *err) {
  TRY(job_need(d->job, c->n * 8, "drift", err));
  *x = mem_new((size_t)c->n * sizeof **x + 8);
  if (!*x) return err_set(err, ERR_MEMORY, "drift: the system has no memory left: take fewer rows");
  int64_t m = column_present_f64(d->job, c, *x);
  for (int64_t i = 0; i < m; i++)
    if (!isnan((*x)[i])) (*x)[(*n)++] = (*x)[i];
  return order_sort_f64(d->job, *x, *n, err);
}

static ErrCode compare_numbers(Drift *d, const Column *const c[2], Shift *s, Err *err) {
  double *x[2] = {NULL};
  int64_t n[2] = {0};
  ErrCode code = OK;
  for (int g = 0; g < 2 && code == OK; g++) code = read_values(d, c[g], &x[g], &n[g], err);
  const double *const v[2] = {x[0], x[1]};
  for (int g = 0; g < 2 && code == OK; g++) s->missing[g] = (double)(d->n[g] - n[g]) / (double)d->n[g];
  if (code == OK && n[0] > 0) index_numbers(d, v, n, s);
  if (code == OK && n[0] > 0 && n[1] > 0) code = distance(d, v, n, s, err);
  if (code == OK && n[0] > 0 && n[1] > 0) outside(c[0], v, n, s);
  mem_free(x[0]);
  mem_free(x[1]);
  return code;
}

// ---- words ---------------------------------------------------------------------------------------------------------
typedef struct Levels2 { // of both frames
  Map word;
  int64_t n; // levels that are compared: the words, or the most frequent of them with the others and the new ones
  double *count[2];
} Levels2;

static ErrCode words_of(Drift *d, const Column *c, WordCounts *w, Err *err) {
  if (c->type != COL_BOOL) return wordcounts_init(d->job, c, w, err);
  static const char *const names[] = {"false", "true"};
  *w = (WordCounts){.n = 2, .word = calloc(2, sizeof *w->word), .count = calloc(2, sizeof *w->count)};
  if (!w->word || !w->count) abort();
  for (int k = 0; k < 2; k++) w->word[k] = sv(names[k]);
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i)) w->count[c->b[i]]++;
  return OK;
}

static void level_list(Str *out, const Levels2 *l, int has, int lacks) {
  int64_t n = 0;
  for (int64_t k = 0; k < l->word.n; k++) {
    if (!(l->count[has][k] > 0) || l->count[lacks][k] > 0) continue;
    if (n++ < NAMED) str_addf(out, "%s" SV_FMT, n > 1 ? ", " : "", SV_ARG(l->word.key[k]));
  }
  if (n > NAMED) str_addf(out, " and %s more", count_text(n - NAMED).s);
}

typedef struct Ordered {
  double count;
  int64_t at;
} Ordered;

static int by_count(const void *a, const void *b) { // most frequent first, equal ones as they came
  const Ordered *x = a, *y = b;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return (x->at > y->at) - (x->at < y->at);
}

// Leaves the words that are most frequent in the first frame, then its others together, then the new ones together.
static void lump(Drift *d, Levels2 *l) {
  Ordered *order = arena_array(&d->arena, Ordered, l->n);
  for (int64_t k = 0; k < l->n; k++) order[k] = (Ordered){l->count[0][k], k};
  qsort(order, (size_t)l->n, sizeof *order, by_count);
  for (int g = 0; g < 2; g++) {
    double *bin = arena_array(&d->arena, double, TOP_WORDS + 2);
    for (int64_t k = 0; k < l->n; k++)
      bin[!(order[k].count > 0) ? TOP_WORDS + 1 : k < TOP_WORDS ? k : TOP_WORDS] += l->count[g][order[k].at];
    l->count[g] = bin;
  }
  l->n = TOP_WORDS + 2;
  d->lumped++;
}

// Shares of levels of the first frame, of new ones together, and of missing values.
static void index_words(Drift *d, const Levels2 *l, const int64_t present[2], Shift *s) {
  int64_t m = 0;
  double *bin[2];
  for (int g = 0; g < 2; g++) bin[g] = arena_array(&d->arena, double, l->n + 2);
  for (int64_t k = 0; k < l->n; k++) {
    if (l->count[0][k] > 0) bin[0][m] = l->count[0][k], bin[1][m] = l->count[1][k], m++;
    else bin[1][l->n] += l->count[1][k];
  }
  bin[1][m] = bin[1][l->n];
  if (m < l->n) bin[1][l->n] = 0;
  for (int g = 0; g < 2; g++) bin[g][m + 1] = (double)(d->n[g] - present[g]);
  s->psi = index_of(bin[0], bin[1], m + 2, (double)d->n[0], (double)d->n[1]);
}

static void chisq_words(const Levels2 *l, const int64_t present[2], Shift *s) {
  double n[2] = {(double)present[0], (double)present[1]}, chisq = 0;
  int64_t levels = 0;
  for (int64_t k = 0; k < l->n; k++) {
    double row = l->count[0][k] + l->count[1][k];
    levels += row > 0;
    for (int g = 0; g < 2 && row > 0; g++) {
      double expected = row * n[g] / (n[0] + n[1]), off = l->count[g][k] - expected;
      chisq += off * off / expected;
    }
  }
  if (levels < 2) return;
  s->test = "chisq", s->statistic = chisq, s->p = dist_chisq(chisq, (double)levels - 1, DIST_UPPER);
}

static void compare_counts(Drift *d, const WordCounts w[2], Shift *s) {
  Levels2 l = {0};
  int64_t present[2] = {0};
  map_init(&l.word);
  for (int g = 0; g < 2; g++) l.count[g] = arena_array(&d->arena, double, w[0].n + w[1].n + 1);
  for (int g = 0; g < 2; g++)
    for (int64_t k = 0; k < w[g].n; k++) {
      present[g] += w[g].count[k];
      if (w[g].count[k]) l.count[g][map_put(&l.word, w[g].word[k], NULL)] += (double)w[g].count[k];
    }
  l.n = l.word.n;
  level_list(&s->fresh, &l, 1, 0);
  level_list(&s->gone, &l, 0, 1);
  bool many = l.n > MOST_WORDS, repeat = present[0] >= 2 * w[0].n; // twice on average
  if (many && repeat) lump(d, &l);
  if (!many || repeat) index_words(d, &l, present, s);
  if (present[0] && present[1] && (!many || repeat)) chisq_words(&l, present, s);
  map_fini(&l.word);
}

static ErrCode compare_words(Drift *d, const Column *const c[2], Shift *s, Err *err) {
  WordCounts w[2] = {{0}, {0}};
  ErrCode code = words_of(d, c[0], &w[0], err);
  if (code == OK) code = words_of(d, c[1], &w[1], err);
  for (int g = 0; g < 2; g++) s->missing[g] = (double)c[g]->missing / (double)d->n[g];
  if (code == OK) compare_counts(d, w, s);
  wordcounts_fini(&w[0]);
  wordcounts_fini(&w[1]);
  return code;
}

// ---- columns -------------------------------------------------------------------------------------------------------
static ErrCode compare(Drift *d, const char *name, Err *err) {
  Shift *s = &d->item[d->count++];
  *s = (Shift){.name = name, .psi = NAN, .statistic = NAN, .p = NAN, .holm = NAN, .missing = {NAN, NAN}};
  const Column *c[2] = {NULL};
  for (int g = 0; g < 2; g++) {
    int j = frame_find(d->f[g], sv(name));
    if (j >= 0) c[g] = frame_at(d->f[g], j), s->missing[g] = (double)c[g]->missing / (double)d->n[g];
  }
  if (!c[0] || !c[1]) return s->status = c[0] ? "gone" : "new", OK;
  if (!same_kind(c[0], c[1])) {
    s->status = arena_printf(&d->arena, "%s, was %s", COLTYPES[c[1]->type].name, COLTYPES[c[0]->type].name);
    return OK;
  }
  return is_words(c[0]) ? compare_words(d, c, s, err) : compare_numbers(d, c, s, err);
}

static ErrCode compare_named(Drift *d, const Names *names, Err *err) {
  for (int64_t k = 0; k < names->n; k++) {
    int j;
    if (frame_find(d->f[1], sv(names->name[k])) < 0) TRY(frame_col(d->f[0], sv(names->name[k]), &j, err));
    TRY(job_tick(d->job, k, names->n, err));
    TRY(compare(d, names->name[k], err));
  }
  return OK;
}

static ErrCode compare_all(Drift *d, Err *err) {
  Names all = {arena_array(&d->arena, const char *, frame_ncol(d->f[0]) + frame_ncol(d->f[1])), 0};
  for (int j = 0; j < frame_ncol(d->f[0]); j++) all.name[all.n++] = frame_name(d->f[0], j);
  for (int j = 0; j < frame_ncol(d->f[1]); j++)
    if (frame_find(d->f[0], sv(frame_name(d->f[1], j))) < 0) all.name[all.n++] = frame_name(d->f[1], j);
  const Names *names = d->opts->columns.n ? &d->opts->columns : &all;
  d->item = arena_array(&d->arena, Shift, names->n);
  return compare_named(d, names, err);
}

static ErrCode adjust(Drift *d, Err *err) {
  double *p = arena_array(&d->arena, double, d->count), *holm = arena_array(&d->arena, double, d->count);
  for (int64_t k = 0; k < d->count; k++) p[k] = d->item[k].p;
  TRY(stats_adjust(d->job, p, d->count, ADJUST_HOLM, holm, err));
  for (int64_t k = 0; k < d->count; k++) d->item[k].holm = holm[k];
  return OK;
}

// ---- the answer ----------------------------------------------------------------------------------------------------
static double size_of(const Shift *s) { return s->status ? INFINITY : isnan(s->psi) ? -1 : s->psi; }

static void sort_shifts(Drift *d) { // stable
  for (int64_t i = 1; i < d->count; i++) {
    Shift one = d->item[i];
    int64_t k = i;
    for (; k > 0 && size_of(&d->item[k - 1]) < size_of(&one); k--) d->item[k] = d->item[k - 1];
    d->item[k] = one;
  }
}

static const char *how_much(const Shift *s) {
  if (s->status || isnan(s->psi)) return s->status;
  return s->psi > MUCH ? "much" : s->psi > LITTLE ? "some" : "little";
}

static Sv word_at(const Shift *s, int field) {
  const char *text = field == 0 ? s->name : field == 1 ? how_much(s) : s->test;
  if (field < 3) return text ? sv(text) : (Sv){0};
  const Str *list = field == 3 ? &s->fresh : &s->gone;
  return list->n ? (Sv){list->s, list->n} : (Sv){0};
}

static ErrCode add_words(const Drift *d, Frame *out, const char *name, int field, Err *err) {
  Arena a = {0};
  Sv *v = arena_array(&a, Sv, d->count + 1);
  for (int64_t k = 0; k < d->count; k++) v[k] = word_at(&d->item[k], field);
  ErrCode code = answer_texts(d->job, out, name, v, d->count, err);
  arena_fini(&a);
  return code;
}

static ErrCode add_numbers(const Drift *d, Frame *out, const char *name, size_t offset, Err *err) {
  Arena a = {0};
  double *v = arena_array(&a, double, d->count + 1);
  for (int64_t k = 0; k < d->count; k++) memcpy(&v[k], (const char *)&d->item[k] + offset, sizeof *v);
  ErrCode code = answer_reals(d->job, out, name, v, d->count, err);
  arena_fini(&a);
  return code;
}

static ErrCode fill(Drift *d, Frame *out, Err *err) {
  int64_t much = 0, some = 0;
  TRY(add_words(d, out, "column", 0, err));
  TRY(add_words(d, out, "drift", 1, err));
  TRY(add_numbers(d, out, "psi", offsetof(Shift, psi), err));
  TRY(add_words(d, out, "test", 2, err));
  TRY(add_numbers(d, out, "statistic", offsetof(Shift, statistic), err));
  TRY(add_numbers(d, out, "p", offsetof(Shift, p), err));
  TRY(add_numbers(d, out, "p_holm", offsetof(Shift, holm), err));
  TRY(add_numbers(d, out, "missing", offsetof(Shift, missing), err));
  TRY(add_numbers(d, out, "missing_with", offsetof(Shift, missing) + sizeof(double), err));
  TRY(add_words(d, out, "new", 3, err));
  TRY(add_words(d, out, "vanished", 4, err));
  for (int64_t k = 0; k < d->count; k++) much += d->item[k].psi > MUCH, some += d->item[k].psi > LITTLE;
  answer_caption(out,
                 "drift  %lld of %lld columns much (PSI above 0.25), %lld some (0.1 to 0.25), the others little\n"
                 "from %s to %s rows; p by Kolmogorov and Smirnov or chi-square, p_holm for all columns together",
                 (long long)much, (long long)d->count, (long long)(some - much), count_text(d->n[0]).s,
                 count_text(d->n[1]).s);
  if (!d->lumped) return OK;
  Str more = {0};
  str_addf(&more, "%s\nof %lld column%s with more than 1,000 words the %d most frequent ones, the others together",
           frame_caption(out), (long long)d->lumped, d->lumped == 1 ? "" : "s", TOP_WORDS);
  answer_caption(out, "%s", str_c(&more));
  str_fini(&more);
  return OK;
}

ErrCode stats_drift(Job *job, const Frame *f, const Frame *with, const DriftOpts *opts, Frame **out, Err *err) {
  Drift d = {.job = job, .f = {f, with}, .opts = opts, .n = {frame_nrow(f), frame_nrow(with)}};
  if (d.n[0] == 0 || d.n[1] == 0)
    return err_set(err, ERR_ARG, "drift: %s frame has no rows", d.n[0] == 0 ? "the first" : "the second");
  ErrCode code = compare_all(&d, err);
  if (code == OK) code = adjust(&d, err);
  Frame *made = code == OK ? frame_new(d.count) : NULL;
  if (code == OK) sort_shifts(&d);
  if (code == OK) code = fill(&d, made, err);
  for (int64_t k = 0; k < d.count; k++) str_fini(&d.item[k].fresh), str_fini(&d.item[k].gone);
  arena_fini(&d.arena);
  if (code == OK) *out = made;
  else frame_unref(made);
  return code;
}

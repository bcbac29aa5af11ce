// What each column holds, from one copy of its values that is sorted once: quartiles, distinct values, runs, the weight
// of the tail and a histogram are then places in the order. Categories and texts are counted by words. A histogram
// spans the quartiles and FAR interquartile ranges on both sides, so that one far value does not squeeze all others
// into one bar; bars of whole numbers stand for equally many of them. O(n log n) a column.
#include "stats/report_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>

enum { FAR = 3, LEAST_IDS = 20, WORD_BYTES = 64 };

const char *fact_value(Run *r, const Facts *t, double v) {
  if (t->kind != FACT_DATES || !isfinite(v)) return tell_fact(r, t, v, tell_number);
  Column *one;
  Str text = {0};
  if (column_new(NULL, t->c->type, 1, NULL, &one, NULL) != OK) abort();
  one->i[0] = (int64_t)floor(v), one->zoned = t->c->zoned;
  col_format(one, 0, CELL_PRETTY, &text);
  column_unref(one);
  const char *word = arena_strdup(&r->arena, str_c(&text));
  str_fini(&text);
  return word;
}

const char *tell_fact(Run *r, const Facts *t, double v, const char *(*word)(Run *, double)) {
  char *text = arena_strdup(&r->arena, word(r, v));
  if (col_style(t->c, t->name) == CELL_EXACT) fmt_drop_commas(text, 0, 9999);
  return text;
}

// ---- numbers and dates --------------------------------------------------------------------------------------------
static double quantile_of(const double *x, int64_t n, double p) { // of sorted x, type 7
  double at = p * (double)(n - 1), whole = floor(at);
  int64_t k = (int64_t)whole;
  return k + 1 < n && at > whole ? x[k] + (at - whole) * (x[k + 1] - x[k]) : x[k];
}

static void find_runs(const double *x, int64_t n, Facts *t) {
  for (int64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && x[j] == x[i]; j++) continue;
    t->distinct++, t->once += j - i == 1;
    if (j - i > t->mode_n) t->mode_n = j - i, t->mode = x[i];
    if (x[i] == 0) t->zeros = j - i;
    if (isfinite(x[i]) && x[i] != floor(x[i])) t->parts += j - i;
  }
  if (t->mode_n < 2) t->mode = NAN;
}

// Values below 0 and above it, that is without the zeros, in one order.
static double median_of_rest(const double *x, int64_t n, int64_t zeros) {
  int64_t below = 0, rest = n - zeros;
  while (below < n && x[below] < 0) below++;
  if (rest == 0) return NAN;
  int64_t lo = (rest - 1) / 2, hi = rest / 2;
  return (x[lo < below ? lo : lo + zeros] + x[hi < below ? hi : hi + zeros]) / 2;
}

static double median_but_codes(const double *x, int64_t n, const Facts *t) { // codes stand at the ends
  int64_t low = 0, high = 0;
  for (int k = 0; k < t->ncode; k++)
    if (t->code[k].value == x[0]) low = t->code[k].times;
    else high = t->code[k].times;
  return quantile_of(x + low, n - low - high, .5);
}

static double weight_of_top(Job *job, const double *x, int64_t n) {
  int64_t top = (n + 99) / 100;
  double all = sum_f64(job, x, n);
  return x[0] < 0 || !(all > 0) || !isfinite(all) ? NAN : sum_f64(job, x + n - top, top) / all;
}

static int64_t first_from(const double *x, int64_t n, double v) { // the first place of a value >= v
  int64_t lo = 0, hi = n;
  while (lo < hi) {
    int64_t mid = lo + (hi - lo) / 2;
    if (x[mid] < v) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

static void find_shape(const double *x, int64_t n, Facts *t) {
  double iqr = t->q[3] - t->q[1], min = t->q[0], max = t->q[4];
  if (!isfinite(min) || !isfinite(max)) return;
  t->lo = iqr > 0 ? fmax(min, t->q[1] - FAR * iqr) : min, t->hi = iqr > 0 ? fmin(max, t->q[3] + FAR * iqr) : max;
  bool whole = t->parts == 0;
  if (whole) t->lo = floor(t->lo), t->hi = ceil(t->hi);
  t->below = t->lo > min, t->above = t->hi < max;
  double width = t->hi - t->lo, step = whole ? ceil((width + 1) / SHAPE_BINS) : width / SHAPE_BINS;
  t->nbin = whole ? (int)ceil((width + 1) / step) : width > 0 ? SHAPE_BINS : 1;
  int64_t from = first_from(x, n, t->lo);
  for (int k = 0; k < t->nbin; k++) {
    bool last = k + 1 == t->nbin;
    int64_t to = first_from(x, n, last ? nextafter(t->hi, INFINITY) : t->lo + step * (k + 1));
    t->bin[k] = to - from, from = to;
  }
}

static void read_sorted(Run *r, const double *x, int64_t n, double *room, Facts *t) {
  static const double p[5] = {0, .25, .5, .75, 1};
  for (int k = 0; k < 5; k++) t->q[k] = quantile_of(x, n, p[k]);
  for (int k = 1; k < FIFTHS; k++) t->fifth[k - 1] = quantile_of(x, n, (double)k / FIFTHS);
  find_runs(x, n, t);
  t->rest = median_of_rest(x, n, t->zeros);
  t->top_share = weight_of_top(r->job, x, n);
  find_shape(x, n, t);
  for (int high = 0; high < 2 && t->kind == FACT_NUMBERS; high++)
    t->ncode += values_have_code(x, n, high, &t->code[t->ncode]);
  t->centre = median_but_codes(x, n, t);
  bool ints = t->c->type == COL_I64 && n >= LEAST_IDS && t->distinct == n && r->n == n;
  t->spans = ints && x[n - 1] - x[0] == (double)(n - 1), t->id = ints;
  if (!r->part) return;
  bar_quartiles(r, x, n, t->quartile_bar);
  t->skew_bar = bar_skew(r, x, n, t, room);
}

// The values in order; with a target of classes the rows go along, and give the areas under its ROC curves.
static ErrCode sort_values(Run *r, double *x, int64_t n, Facts *t, Err *err) {
  if (r->goal.kind != GOAL_CLASSES || t->c == r->goal.column) return order_sort_f64(r->job, x, n, err);
  return goal_sort(r, t->c, x, n, &t->power, err);
}

static ErrCode look_at_values(Run *r, int j, double *x, Facts *t, Err *err) {
  int64_t m = column_present_f64(r->job, t->c, x), n = 0;
  for (int64_t i = 0; i < m; i++)
    if (!isnan(x[i])) x[n++] = x[i];
  t->n = n, t->nan = m - n;
  if (n == 0) return OK;
  t->kind = col_is_number(t->c) ? FACT_NUMBERS : FACT_DATES;
  Moments all = moments_f64(r->job, x, n);
  t->mean = all.mean, t->sd = sqrt(moments_var(&all)), t->skew = moments_skew(&all);
  TRY(sort_values(r, x, n, t, err));
  read_sorted(r, x, n, x + r->n, t);
  if (!t->nan) alerts_sorted(&r->alerts, j, x, n);
  return OK;
}

static ErrCode numbers(Run *r, int j, Facts *t, Err *err) {
  size_t bytes = (size_t)r->n * (r->part ? 16 : 8) + 8;
  if (bytes > r->values.bytes) TRY(job_need(r->job, (int64_t)bytes, "a profile", err));
  double *x = room_get(&r->values, bytes);
  if (!x) return err_set(err, ERR_MEMORY, "a profile: the system has no memory left: take fewer rows");
  return look_at_values(r, j, x, t, err);
}

// ---- words --------------------------------------------------------------------------------------------------------
// What people write where a value is missing. `other` and the like are values: told beside these, never taken away.
static bool reads_as_missing(Sv word) {
  static const char *const blanks[] = {"?",
                                       "-",
                                       "--",
                                       ".",
                                       "",
                                       "n/a",
                                       "na",
                                       "n.a.",
                                       "null",
                                       "nil",
                                       "nan",
                                       "none",
                                       "missing",
                                       "unknown",
                                       "ignore",
                                       "not available",
                                       "not applicable",
                                       "not known",
                                       "unspecified",
                                       "undefined",
                                       "no data",
                                       "no answer",
                                       "#n/a"};
  char low[24];
  word = sv_trim(word);
  if (word.n >= sizeof low) return false;
  for (size_t i = 0; i < word.n; i++)
    low[i] = (char)(word.s[i] >= 'A' && word.s[i] <= 'Z' ? word.s[i] + 32 : word.s[i]);
  low[word.n] = 0;
  for (size_t k = 0; k < sizeof blanks / sizeof *blanks; k++)
    if (strcmp(low, blanks[k]) == 0) return true;
  return false;
}

static Sv cut_word(Run *r, Sv word) {
  size_t n = utf8_fit(word, WORD_BYTES);
  return (Sv){n < word.n ? arena_printf(&r->arena, "%.*s…", (int)n, word.s) : arena_strndup(&r->arena, word.s, n),
              n < word.n ? n + strlen("…") : n};
}

static void add_top(Facts *t, Sv word, int64_t n) { // ties stay in the order of the words
  int k = t->ntop < TOP_WORDS ? t->ntop++ : TOP_WORDS;
  if (k == TOP_WORDS && n <= t->top_n[k - 1]) return;
  if (k == TOP_WORDS) k--;
  for (; k > 0 && t->top_n[k - 1] < n; k--) t->top[k] = t->top[k - 1], t->top_n[k] = t->top_n[k - 1];
  t->top[k] = word, t->top_n[k] = n;
}

static int more_first(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x < y) - (x > y);
}

static void shape_of_counts(const int64_t *count, int64_t n, Facts *t) {
  int64_t *sorted = malloc((size_t)(n + 1) * sizeof *sorted);
  if (!sorted) abort();
  memcpy(sorted, count, (size_t)n * sizeof *sorted);
  qsort(sorted, (size_t)n, sizeof *sorted, more_first);
  t->nbin = n < SHAPE_BINS ? (int)n : SHAPE_BINS;
  memcpy(t->bin, sorted, (size_t)t->nbin * sizeof *sorted);
  free(sorted);
}

static void count_words(Run *r, Facts *t) {
  const WordCounts *w = &t->words;
  double v;
  for (int64_t k = 0; k < w->n; k++) {
    Sv word = w->word[k], trimmed = sv_trim(word);
    t->once += w->count[k] == 1;
    add_top(t, word, w->count[k]);
    if (parse_f64(trimmed.s, trimmed.n, &v)) t->number_rows += w->count[k];
    if (t->nblank < BLANK_WORDS && reads_as_missing(word)) {
      t->blank[t->nblank] = cut_word(r, word), t->blank_n[t->nblank++] = w->count[k];
    }
  }
  for (int k = 0; k < t->ntop; k++) t->top[k] = cut_word(r, t->top[k]);
  t->distinct = w->n;
  shape_of_counts(w->count, w->n, t);
}

static ErrCode words(Run *r, int j, Facts *t, Err *err) {
  TRY(wordcounts_init(r->job, t->c, &t->words, err));
  t->n = t->c->n - t->c->missing, t->kind = FACT_WORDS;
  count_words(r, t);
  t->id = t->n == r->n && t->n >= LEAST_IDS && t->distinct == t->n;
  return alerts_texts(&r->alerts, j, err);
}

static void bools(Facts *t) {
  int64_t yes = 0;
  t->n = t->c->n - t->c->missing, t->kind = FACT_WORDS;
  for (int64_t i = 0; i < t->c->n; i++) yes += col_valid(t->c, i) && t->c->b[i];
  if (t->n - yes) add_top(t, sv("false"), t->n - yes);
  if (yes) add_top(t, sv("true"), yes);
  t->distinct = t->nbin = t->ntop, t->once = (t->n - yes == 1) + (yes == 1);
  memcpy(t->bin, t->top_n, sizeof t->top_n);
}

// ---- all ----------------------------------------------------------------------------------------------------------
static ErrCode look(Run *r, int j, Err *err) {
  Facts *t = &r->fact[j];
  *t = (Facts){.c = frame_at(r->f, j), .name = frame_name(r->f, j), .mean = NAN, .sd = NAN, .skew = NAN, .mode = NAN};
  t->rest = t->top_share = t->centre = NAN, t->power = (PowerOut){.measure = "", .value = NAN};
  if (t->c->missing == t->c->n) return OK;
  if (t->c->type != COL_BOOL) return col_is_text(t->c) ? words(r, j, t, err) : numbers(r, j, t, err);
  bools(t);
  if (t->distinct == 1 && t->n > 1)
    alerts_add(&r->alerts, ALERT_CONSTANT, t->n, t->name,
               arena_printf(&r->alerts.arena, "always %s (%s values)", t->top[0].s, count_text(t->n).s));
  return OK;
}

static ErrCode look_at_power(Run *r, Err *err) {
  for (int j = 0; j < r->p && r->goal.y; j++) {
    Facts *t = &r->fact[j];
    TRY(job_tick(r->job, r->p + j, 2 * r->p, err));
    bool known = r->goal.kind == GOAL_CLASSES && fact_numbers(t); // found in the order of its values
    if (j == r->goal.j || t->c->type == COL_TEXT || t->kind == FACT_EMPTY || known) continue;
    TRY(stats_power(r->job, t->c, r->goal.y, &t->power, err));
  }
  return OK;
}

static double strength(const Run *r, int j) { return isnan(r->fact[j].power.value) ? -1 : r->fact[j].power.value; }

static void order_columns(Run *r) {
  r->place = arena_array(&r->arena, int, r->p + 1);
  for (int j = 0; j < r->p; j++) {
    if (j == r->goal.j) continue;
    int k = r->nplace++;
    for (; r->goal.y && k > 0 && strength(r, r->place[k - 1]) < strength(r, j); k--) r->place[k] = r->place[k - 1];
    r->place[k] = j;
  }
}

ErrCode facts_init(Run *r, Err *err) {
  r->fact = arena_array(&r->arena, Facts, r->p + 1);
  for (int j = 0; j < r->p; j++) {
    TRY(job_tick(r->job, j, 2 * r->p, err));
    TRY(look(r, j, err));
  }
  TRY(look_at_power(r, err));
  order_columns(r);
  return OK;
}

void facts_fini(Run *r) {
  for (int j = 0; r->fact && j < r->p; j++) wordcounts_fini(&r->fact[j].words);
  room_fini(&r->values);
  room_fini(&r->keys);
}

// What one column holds. Numbers come from one pass of moments and one division of the present values into buckets,
// which gives quartiles and distinct values; dates likewise; texts from a count of their codes. Whatever needs another
// pass (the median of distances, values in order, a second look) waits until it is asked for.
#include "stats/describe_int.h"

#include "base/pool.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdlib.h>

// Closes the gaps that NaN leaves in x; returns how many values stay.
static int64_t without_nan(double *x, int64_t n) {
  int64_t k = 0;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(x[i])) x[k++] = x[i];
  return k;
}

static ErrCode room_values(Describe *d, Room *room, int64_t n, double **x, Err *err) {
  size_t bytes = (size_t)n * sizeof **x;
  if (bytes > room->bytes) TRY(job_need(d->job, (int64_t)bytes, "describe", err));
  *x = room_get(room, bytes);
  return *x ? OK : err_set(err, ERR_MEMORY, "describe: the system has no memory left: take fewer rows");
}

static ErrCode copy_values(Describe *d, const Column *c, double **x, int64_t *n, Err *err) {
  TRY(room_values(d, &d->values, c->n, x, err));
  *n = column_present_f64(d->job, c, *x);
  return OK;
}

// ---- shape ---------------------------------------------------------------------------------------------------------
double shape_skew(const Moments *m, int shape) {
  double n = (double)m->n;
  if (shape == SHAPE_ADJUSTED) return moments_skew(m);
  if (!(m->m2 > 0)) return NAN;
  double g1 = sqrt(n) * (m->m3 / m->m2 / sqrt(m->m2)), less = (n - 1) / n;
  return shape == SHAPE_SD ? g1 * less * sqrt(less) : g1;
}

double shape_kurtosis(const Moments *m, int shape) {
  double n = (double)m->n;
  if (shape == SHAPE_ADJUSTED) return moments_kurtosis(m);
  if (!(m->m2 > 0)) return NAN;
  double beta2 = n * (m->m4 / m->m2 / m->m2), less = (n - 1) / n;
  return (shape == SHAPE_SD ? beta2 * less * less : beta2) - 3;
}

double entropy_bits(Job *job, double *count, int64_t n, double total) {
  const double ln2 = 0x1.62e42fefa39efp-1;
  for (int64_t k = 0; k < n; k++) count[k] = count[k] > 0 ? count[k] / total * fmath_log(total / count[k]) : 0;
  return sum_f64(job, count, n) / ln2;
}

// ---- what is asked for besides -------------------------------------------------------------------------------------
typedef struct Distances {
  const double *x;
  double *out, center;
} Distances;

static void run_distances(void *ctx, int64_t begin, int64_t end) {
  const Distances *k = ctx;
  for (int64_t i = begin; i < end; i++) k->out[i] = fabs(k->x[i] - k->center);
}

// The median of the distances from the median, both of R's type 7.
static ErrCode find_mad(Describe *d, const double *x, int64_t n, Row *r, double *median, Err *err) {
  const double half = 0.5;
  double *away;
  TRY(room_values(d, &d->scratch, n, &away, err));
  *median = r->q[1];
  if (d->opts->type != 7) TRY(quantile_f64(d->job, x, n, 7, &half, 1, median, err));
  Distances k = {x, away, *median};
  par_for(d->job, n, NUM_BLOCK, run_distances, &k);
  if (n && sum_is_finite(away, n)) {
    TRY(quantile_f64(d->job, away, n, 7, &half, 1, &r->mad, err));
    r->mad *= MAD_SCALE;
  } else r->mad = NAN;
  return OK;
}

static int64_t count_outside(const double *x, int64_t n, double lo, double hi) {
  int64_t count = 0;
  for (int64_t i = 0; i < n; i++) count += (x[i] < lo) | (x[i] > hi);
  return count;
}

// Limits of no width (a MAD of 0, say) say nothing.
void row_outliers(const double *x, int64_t n, double median, Row *r) {
  double iqr = r->q[2] - r->q[0], sd = sqrt(r->var);
  double lo[3] = {r->q[0] - OUTLIER_IQR * iqr, r->mean - OUTLIER_Z * sd, median - OUTLIER_MAD * r->mad};
  double hi[3] = {r->q[2] + OUTLIER_IQR * iqr, r->mean + OUTLIER_Z * sd, median + OUTLIER_MAD * r->mad};
  for (int k = 0; k < 3; k++) {
    r->has_outliers[k] = hi[k] > lo[k];
    if (r->has_outliers[k]) r->outliers[k] = count_outside(x, n, lo[k], hi[k]);
  }
}

static ErrCode find_entropy(Describe *d, const double *x, int64_t n, Row *r, Err *err) {
  double *sorted;
  int64_t runs = 0;
  TRY(room_values(d, &d->scratch, n, &sorted, err));
  if (n) memcpy(sorted, x, (size_t)n * sizeof *sorted);
  TRY(order_sort_f64(d->job, sorted, n, err));
  for (int64_t i = 0, j; i < n; i = j) { // the counts take the place of the values
    for (j = i + 1; j < n && sorted[j] == sorted[i]; j++) continue;
    sorted[runs++] = (double)(j - i);
  }
  r->entropy = entropy_bits(d->job, sorted, runs, (double)n);
  return OK;
}

static ErrCode ask_more(Describe *d, const double *x, int64_t n, bool nan, Row *r, Err *err) {
  double median = NAN;
  r->mad = r->entropy = NAN;
  if (nan) return OK;
  if (d->need & (NEED_MAD | NEED_OUTLIERS)) TRY(find_mad(d, x, n, r, &median, err));
  if (d->need & NEED_OUTLIERS) row_outliers(x, n, median, r);
  if (d->need & NEED_ENTROPY) TRY(find_entropy(d, x, n, r, err));
  return OK;
}

// ---- numbers -------------------------------------------------------------------------------------------------------
static void take_moments(const Moments *m, int shape, Row *r) {
  r->used = m->n, r->rows = (double)m->n;
  r->mean = m->mean, r->var = moments_var(m), r->min = m->min, r->max = m->max;
  r->skew = shape_skew(m, shape), r->kurtosis = shape_kurtosis(m, shape);
}

static ErrCode describe_numbers(Describe *d, const Column *c, Row *r, Err *err) {
  static const double p[3] = {0.25, 0.5, 0.75};
  double *copy = NULL;
  const double *x = c->f;
  int64_t n = c->n;
  bool as_is = c->type == COL_F64 && !c->valid, mode = d->need & NEED_MODE;
  if ((size_t)n * sizeof *x > d->room.bytes) TRY(job_need(d->job, n * (int64_t)sizeof *x, "describe", err));
  if (!as_is) TRY(copy_values(d, c, &copy, &n, err));
  if (copy) x = copy;
  Moments m = moments_f64(d->job, x, n);
  take_moments(&m, d->opts->shape, r);
  bool nan = n > 0 && isnan(m.min);
  if (nan && as_is) TRY(copy_values(d, c, &copy, &n, err));
  int64_t real = nan ? without_nan(copy, n) : n;
  if (nan) x = copy;
  Values v;
  TRY(quantile_values(d->job, x, real, (int)d->opts->type, p, 3, r->q, mode, &d->room, &v, err));
  if (nan) r->q[0] = r->q[1] = r->q[2] = NAN; // NaN has no place in an order
  r->distinct = v.distinct + nan;             // every NaN is the same value
  r->has_mode = mode && v.most > 1, r->mode = v.mode, r->mode_n = v.most;
  return d->need ? ask_more(d, x, real, nan, r, err) : OK;
}

// ---- texts ---------------------------------------------------------------------------------------------------------
enum { SLICES = 8 };

typedef struct Codes {
  const Column *c;
  int64_t *count, grain; // slices x words
} Codes;

static void run_codes(void *ctx, int64_t begin, int64_t end) {
  const Codes *k = ctx;
  int64_t *count = k->count + begin / k->grain * k->c->dict->n;
  for (int64_t i = begin; i < end; i++)
    if (col_valid(k->c, i)) count[col_code(k->c, i)]++;
}

static int64_t characters(Sv text) {
  int64_t n = 0;
  for (size_t i = 0; i < text.n; i++) n += ((unsigned char)text.s[i] & 0xC0) != 0x80;
  return n;
}

static void find_lengths(const Dict *dict, const int64_t *count, Row *r) {
  int64_t sum = 0;
  for (int64_t w = 0; w < dict->n; w++) {
    int64_t n = count[w] ? characters(dict->word[w]) : 0;
    if (!count[w]) continue;
    if (!r->has_lengths || n < r->min_length) r->min_length = n;
    if (n > r->max_length) r->max_length = n;
    r->has_lengths = true, sum += n * count[w];
  }
  r->mean_length = (double)sum / (double)r->n;
}

static ErrCode word_entropy(Describe *d, const int64_t *count, int64_t words, Row *r, Err *err) {
  double *p;
  TRY(room_values(d, &d->scratch, words, &p, err));
  for (int64_t w = 0; w < words; w++) p[w] = (double)count[w];
  r->entropy = entropy_bits(d->job, p, words, (double)r->n);
  return OK;
}

// Slices of the rows count side by side, where there are not more words than rows.
static ErrCode describe_codes(Describe *d, const Column *c, Row *r, Err *err) {
  int64_t words = c->dict->n, slices = words * SLICES < c->n ? SLICES : 1;
  TRY(job_need(d->job, words * slices * 8, "describe", err));
  Codes k = {.c = c, .count = calloc((size_t)(words * slices) + 1, 8), .grain = (c->n + slices - 1) / slices};
  if (!k.count) abort();
  par_for(d->job, c->n, k.grain ? k.grain : 1, run_codes, &k);
  int64_t top = -1;
  for (int64_t w = 0; w < words; w++) {
    for (int64_t s = 1; s < slices; s++) k.count[w] += k.count[s * words + w];
    r->distinct += k.count[w] > 0;
    if (k.count[w] > r->freq) r->freq = k.count[w], top = w;
  }
  if (d->need & NEED_LENGTHS) find_lengths(c->dict, k.count, r);
  ErrCode code = d->need & NEED_ENTROPY ? word_entropy(d, k.count, words, r, err) : OK;
  free(k.count);
  if (top >= 0) str_addn(&r->top, c->dict->word[top].s, c->dict->word[top].n);
  return code;
}

static ErrCode describe_text(Describe *d, const Column *c, Row *r, Err *err) {
  if (c->dict) return describe_codes(d, c, r, err);
  Column *cat;
  TRY(column_to_cat(d->job, c, -1, &cat, err));
  ErrCode code = describe_codes(d, cat, r, err);
  column_unref(cat);
  return code;
}

// ---- dates ---------------------------------------------------------------------------------------------------------
// A date beyond 2^53 us of 1970 is no exact double; such columns are counted as they are.
static ErrCode describe_far_dates(Describe *d, const Column *c, Row *r, Err *err) {
  Frame *one = frame_new(c->n), *counted = NULL;
  const char *name = "date";
  Names names = {&name, 1};
  ErrCode code = frame_add(one, name, column_ref(c), err);
  if (code == OK) code = frame_count(d->job, one, &names, &counted, err);
  frame_unref(one);
  if (code != OK) return code;
  const Column *value = frame_at(counted, 0), *n = frame_at(counted, 1);
  int64_t rows = frame_nrow(counted), lo = -1, hi = -1, top = -1;
  for (int64_t i = 0; i < rows; i++) {
    if (!col_valid(value, i)) continue;
    r->distinct++;
    if (top < 0) top = i;
    if (lo < 0 || value->i[i] < value->i[lo]) lo = i;
    if (hi < 0 || value->i[i] > value->i[hi]) hi = i;
  }
  if (top >= 0) col_format(value, top, CELL_EXACT, &r->top), r->freq = n->i[top];
  if (lo >= 0) col_format(value, lo, CELL_EXACT, &r->first), col_format(value, hi, CELL_EXACT, &r->last);
  frame_unref(counted);
  return OK;
}

static ErrCode show_dates(Describe *d, const Column *like, const double v[4], Row *r, Err *err) {
  Str *to[4] = {&r->top, &r->first, &r->last, &r->middle};
  Column *c;
  TRY(column_new(d->job, like->type, 4, NULL, &c, err));
  c->zoned = like->zoned;
  for (int k = 0; k < 4; k++) c->i[k] = (int64_t)v[k], col_format(c, k, CELL_EXACT, to[k]);
  column_unref(c);
  return OK;
}

static ErrCode describe_dates(Describe *d, const Column *c, Row *r, Err *err) {
  double *x;
  int64_t n;
  TRY(copy_values(d, c, &x, &n, err));
  r->entropy = NAN;
  if (n == 0) return OK;
  Moments m = moments_f64(d->job, x, n);
  if (m.min <= -0x1p53 || m.max >= 0x1p53) return describe_far_dates(d, c, r, err);
  Values v;
  TRY(quantile_values(d->job, x, n, 7, NULL, 0, NULL, true, &d->room, &v, err));
  r->distinct = v.distinct, r->freq = v.most;
  if (d->need & NEED_ENTROPY) TRY(find_entropy(d, x, n, r, err));
  return show_dates(d, c, (double[]){v.mode, m.min, m.max, floor(m.mean + 0.5)}, r, err);
}

ErrCode describe_column(Describe *d, const Column *c, Row *r, Err *err) {
  r->n = c->n - c->missing, r->missing = c->missing;
  if (has_moments(c)) return d->weight ? describe_weighted(d, c, r, err) : describe_numbers(d, c, r, err);
  return has_span(c) ? describe_dates(d, c, r, err) : describe_text(d, c, r, err);
}

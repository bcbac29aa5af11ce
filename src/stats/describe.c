// The description of a frame: one row a column. Numbers come from one pass of moments and one division of the present
// values into buckets, which gives quartiles and distinct values; dates likewise; texts from a count of their codes.
// The columns go one after the other, each on all threads and in the same memory.
#include "stats/stats.h"

#include "base/pool.h"
#include "frame/verbs.h"
#include "num/num.h"

#include <math.h>
#include <stdlib.h>

typedef struct Row {
  const char *name;
  const Column *col;
  int64_t distinct, freq;
  Moments m;
  double q[3], skew, kurtosis;
  Str top, first, last;
} Row;

static bool has_moments(const Column *c) { return col_is_number(c); }
static bool has_top(const Column *c) { return !col_is_number(c); }
static bool has_span(const Column *c) { return c->type == COL_DATE || c->type == COL_TIME; }

static bool has_nan(const Row *r) { return r->m.n > 0 && isnan(r->m.min); }

// What one column leaves to the next.
typedef struct Describe {
  Job *job;
  const DescribeOpts *opts;
  Room values, room;
} Describe;

// Closes the gaps that NaN leaves in x; returns how many values stay.
static int64_t without_nan(double *x, int64_t n) {
  int64_t k = 0;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(x[i])) x[k++] = x[i];
  return k;
}

static ErrCode copy_values(Describe *d, const Column *c, double **x, int64_t *n, Err *err) {
  size_t bytes = (size_t)c->n * sizeof **x;
  if (bytes > d->values.bytes) TRY(job_need(d->job, (int64_t)bytes, "describe", err));
  *x = room_get(&d->values, bytes);
  if (!*x) return err_set(err, ERR_MEMORY, "describe: the system has no memory left: take fewer rows");
  *n = column_present_f64(d->job, c, *x);
  return OK;
}

static ErrCode describe_numbers(Describe *d, Row *r, Err *err) {
  static const double p[3] = {0.25, 0.5, 0.75};
  double *copy = NULL;
  const double *x = r->col->f;
  int64_t n = r->col->n;
  bool as_is = r->col->type == COL_F64 && !r->col->valid;
  if ((size_t)n * sizeof *x > d->room.bytes) TRY(job_need(d->job, n * (int64_t)sizeof *x, "describe", err));
  if (!as_is) TRY(copy_values(d, r->col, &copy, &n, err));
  if (copy) x = copy;
  r->m = moments_f64(d->job, x, n);
  r->skew = moments_skew(&r->m), r->kurtosis = moments_kurtosis(&r->m);
  bool nan = has_nan(r);
  if (nan && as_is) TRY(copy_values(d, r->col, &copy, &n, err));
  int64_t real = nan ? without_nan(copy, n) : n;
  Values v;
  TRY(quantile_values(d->job, nan ? copy : x, real, (int)d->opts->type, p, 3, r->q, false, &d->room, &v, err));
  if (nan) r->q[0] = r->q[1] = r->q[2] = NAN; // NaN has no place in an order
  r->distinct = v.distinct + nan;             // every NaN is the same value
  return OK;
}

// ---- texts and dates ----------------------------------------------------------------------------------------------
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
  free(k.count);
  if (top >= 0) str_addn(&r->top, c->dict->word[top].s, c->dict->word[top].n);
  return OK;
}

static ErrCode describe_text(Describe *d, Row *r, Err *err) {
  if (r->col->dict) return describe_codes(d, r->col, r, err);
  Column *cat;
  TRY(column_to_cat(d->job, r->col, -1, &cat, err));
  ErrCode code = describe_codes(d, cat, r, err);
  column_unref(cat);
  return code;
}

// A date beyond 2^53 us of 1970 is no exact double; such columns are counted as they are.
static ErrCode describe_far_dates(Describe *d, const Frame *f, Row *r, Err *err) {
  Names one = {&r->name, 1};
  Frame *counted;
  TRY(frame_count(d->job, f, &one, &counted, err));
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

static ErrCode show_dates(Describe *d, const Column *like, const double v[3], Row *r, Err *err) {
  Column *c;
  TRY(column_new(d->job, like->type, 3, NULL, &c, err));
  for (int k = 0; k < 3; k++) c->i[k] = (int64_t)v[k];
  c->zoned = like->zoned;
  col_format(c, 0, CELL_EXACT, &r->top);
  col_format(c, 1, CELL_EXACT, &r->first);
  col_format(c, 2, CELL_EXACT, &r->last);
  column_unref(c);
  return OK;
}

static ErrCode describe_dates(Describe *d, const Frame *f, Row *r, Err *err) {
  double *x;
  int64_t n;
  TRY(copy_values(d, r->col, &x, &n, err));
  if (n == 0) return OK;
  Moments m = moments_f64(d->job, x, n);
  if (m.min <= -0x1p53 || m.max >= 0x1p53) return describe_far_dates(d, f, r, err);
  Values v;
  TRY(quantile_values(d->job, x, n, 7, NULL, 0, NULL, true, &d->room, &v, err));
  r->distinct = v.distinct, r->freq = v.most;
  return show_dates(d, r->col, (double[]){v.mode, m.min, m.max}, r, err);
}

// ---- the answer as a frame ----------------------------------------------------------------------------------------
typedef double (*RealOf)(const Row *r);
static bool has_spread(const Row *r) { return !(r->m.min == r->m.max); }
static double mean_of(const Row *r) { return r->m.mean; }
static double sd_of(const Row *r) { return sqrt(moments_var(&r->m)); }
static double min_of(const Row *r) { return r->m.min; }
static double q1_of(const Row *r) { return r->q[0]; }
static double median_of(const Row *r) { return r->q[1]; }
static double q3_of(const Row *r) { return r->q[2]; }
static double max_of(const Row *r) { return r->m.max; }
static double skew_of(const Row *r) { return r->skew; }
static double kurtosis_of(const Row *r) { return r->kurtosis; }

// A statistic needs so many values, some also that they differ; with fewer it is missing.
static const struct {
  const char *name;
  RealOf of;
  int64_t least;
  bool spread;
} REALS[] = {{"mean", mean_of, 1, false}, {"sd", sd_of, 2, false},         {"min", min_of, 1, false},
             {"q1", q1_of, 1, false},     {"median", median_of, 1, false}, {"q3", q3_of, 1, false},
             {"max", max_of, 1, false},   {"skew", skew_of, 3, true},      {"kurtosis", kurtosis_of, 4, true}};

typedef struct Table {
  Job *job;
  Frame *out;
  const Row *row;
  int64_t n;
  Err *err;
} Table;

static ErrCode add_ints(Table *t, const char *name, int64_t (*of)(const Row *), bool (*when)(const Column *)) {
  Column *c;
  TRY(column_new(t->job, COL_I64, t->n, NULL, &c, t->err));
  ErrCode code = OK;
  for (int64_t i = 0; i < t->n && code == OK; i++) {
    c->i[i] = of(&t->row[i]);
    if (when && !when(t->row[i].col)) code = column_set_missing(c, i, t->err);
  }
  if (code == OK) return frame_add(t->out, name, c, t->err);
  column_unref(c);
  return code;
}

// Infinite values and NaN in the data can make a statistic NaN; it is missing only where too few values define it.
static ErrCode add_reals(Table *t, size_t k) {
  Column *c;
  TRY(column_new(t->job, COL_F64, t->n, NULL, &c, t->err));
  ErrCode code = OK;
  for (int64_t i = 0; i < t->n && code == OK; i++) {
    const Row *r = &t->row[i];
    bool defined = has_moments(r->col) && r->m.n >= REALS[k].least && (!REALS[k].spread || has_spread(r));
    c->f[i] = defined ? REALS[k].of(r) : NAN;
    if (!defined) code = column_set_missing(c, i, t->err);
  }
  if (code == OK) return frame_add(t->out, REALS[k].name, c, t->err);
  column_unref(c);
  return code;
}

static ErrCode add_texts(Table *t, const char *name, size_t offset, bool (*when)(const Column *)) {
  TextBuilder b;
  textb_init(&b, t->job);
  ErrCode code = OK;
  for (int64_t i = 0; i < t->n && code == OK; i++) {
    const Str *s = (const Str *)((const char *)&t->row[i] + offset);
    bool present = !when || (when(t->row[i].col) && s->s);
    code = present ? textb_add(&b, (Sv){str_c(s), s->n}, t->err) : textb_add_missing(&b, t->err);
  }
  Column *c = NULL;
  if (code == OK) code = textb_take(&b, &c, t->err);
  textb_fini(&b);
  return code == OK ? frame_add(t->out, name, c, t->err) : code;
}

static ErrCode add_names(Table *t) {
  TextBuilder b;
  textb_init(&b, t->job);
  ErrCode code = OK;
  for (int64_t i = 0; i < t->n && code == OK; i++) code = textb_add(&b, sv(t->row[i].name), t->err);
  Column *c = NULL;
  if (code == OK) code = textb_take(&b, &c, t->err);
  textb_fini(&b);
  return code == OK ? frame_add(t->out, "column", c, t->err) : code;
}

static int64_t n_of(const Row *r) { return r->col->n - r->col->missing; }
static int64_t missing_of(const Row *r) { return r->col->missing; }
static int64_t distinct_of(const Row *r) { return r->distinct; }
static int64_t freq_of(const Row *r) { return r->freq; }

static bool any(const Table *t, bool (*is)(const Column *)) {
  for (int64_t i = 0; i < t->n; i++)
    if (is(t->row[i].col)) return true;
  return false;
}

static ErrCode fill(Table *t) {
  TRY(add_names(t));
  TRY(add_ints(t, "n", n_of, NULL));
  TRY(add_ints(t, "missing", missing_of, NULL));
  TRY(add_ints(t, "distinct", distinct_of, NULL));
  for (size_t k = 0; k < sizeof REALS / sizeof *REALS && any(t, has_moments); k++) TRY(add_reals(t, k));
  if (any(t, has_top)) {
    TRY(add_texts(t, "top", offsetof(Row, top), has_top));
    TRY(add_ints(t, "freq", freq_of, has_top));
  }
  if (any(t, has_span)) {
    TRY(add_texts(t, "first", offsetof(Row, first), has_span));
    TRY(add_texts(t, "last", offsetof(Row, last), has_span));
  }
  return OK;
}

static ErrCode describe_rows(Describe *d, const Frame *f, Row *row, int64_t n, Err *err) {
  const Names *names = &d->opts->columns;
  for (int64_t k = 0; k < n; k++) {
    int j = (int)k;
    Row *r = &row[k];
    TRY(job_tick(d->job, k, n, err));
    if (names->n) TRY(frame_col(f, sv(names->name[k]), &j, err));
    r->name = frame_name(f, j), r->col = frame_at(f, j);
    if (has_moments(r->col)) TRY(describe_numbers(d, r, err));
    else if (has_span(r->col)) TRY(describe_dates(d, f, r, err));
    else TRY(describe_text(d, r, err));
  }
  return OK;
}

ErrCode stats_describe(Job *job, const Frame *f, const DescribeOpts *opts, Frame **out, Err *err) {
  int64_t n = opts->columns.n ? opts->columns.n : frame_ncol(f);
  Row *row = calloc((size_t)n + 1, sizeof *row);
  if (!row) abort();
  Table t = {job, frame_new(n), row, n, err};
  Describe d = {.job = job, .opts = opts};
  ErrCode code = describe_rows(&d, f, row, n, err);
  room_fini(&d.values);
  room_fini(&d.room);
  if (code == OK) code = fill(&t);
  if (code == OK) *out = t.out;
  else frame_unref(t.out);
  for (int64_t k = 0; k < n; k++) str_fini(&row[k].top), str_fini(&row[k].first), str_fini(&row[k].last);
  free(row);
  return code;
}

// What a histogram shows, in one sentence that claims no more than the counts carry.
//
// Humps are looked for on 24 equal parts of the range (on one bin a value where the histogram has that), not on the
// bins shown, which are too wide to part them. Counts c are smoothed by triangular weights w, which quiets the heaping
// of rounded values. Between two humps the smoothed curve must fall to at most 70 % of the lower one and by more than
// three standard deviations, where a weighted sum of Poisson counts has the variance sum w^2 c. Two humps are named;
// one is the usual case, and with more the picture says it better than words. Otherwise the adjusted skewness speaks
// from 8 values on: beyond 1/4 and two standard errors the side is named, if mean and median agree about it.
#include "chart/chart_int.h"

#include "base/pool.h"

#include <math.h>

enum { PARTS = 24, MOST_PARTS = 64, ENOUGH = 100000, GRAIN = 1 << 13 };

typedef struct Curve {
  double value[MOST_PARTS]; // smoothed counts
  int64_t n;
  double spread; // variance of value is spread * value
} Curve;

typedef struct Hump {
  int64_t peak;
  double height, valley; // at the peak; the least value after it
} Hump;

static void smooth(const double *count, int64_t n, int radius, Curve *c) {
  double sum = 0, squares = 0;
  for (int k = -radius; k <= radius; k++) {
    double w = radius + 1 - (k < 0 ? -k : k);
    sum += w, squares += w * w;
  }
  c->n = n, c->spread = squares / sum;
  for (int64_t b = 0; b < n; b++) {
    c->value[b] = 0;
    for (int64_t k = b - radius; k <= b + radius; k++)
      if (k >= 0 && k < n) c->value[b] += (double)(radius + 1 - (k < b ? b - k : k - b)) * count[k];
  }
}

static bool falls(const Curve *c, double peak, double valley) {
  return valley <= 0.7 * peak && peak - valley > 3 * sqrt(c->spread * (peak + valley));
}

// Writes the first two humps; returns how many there are.
static int find_humps(const Curve *c, Hump hump[2]) {
  int found = 0;
  Hump now = {0, -1, INFINITY};
  for (int64_t b = 0; b < c->n; b++) {
    double v = c->value[b];
    if (falls(c, now.height, now.valley) && falls(c, v, now.valley)) { // it rises again: the hump before is closed
      if (found < 2) hump[found] = now;
      found++;
      now = (Hump){b, v, INFINITY};
    } else if (v > now.height) {
      now = (Hump){b, v, INFINITY};
    } else {
      now.valley = fmin(now.valley, v);
    }
  }
  if (found < 2) hump[found] = now;
  return found + 1;
}

typedef struct Strided {
  const double *x;
  double *out;
  int64_t every;
} Strided;

static void run_strided(void *ctx, int64_t begin, int64_t end) {
  const Strided *s = ctx;
  for (int64_t i = begin; i < end; i++) s->out[i] = s->x[i * s->every];
}

// The values, or of very many every k-th: what stands out among 100,000 is there in all.
static ErrCode enough(Pile *pile, const BinsSeen *s, BinsInput *out, Err *err) {
  int64_t every = s->n / ENOUGH;
  double *v;
  *out = (BinsInput){s->x, NULL, s->n, 1};
  if (every < 2) return OK;
  out->n = s->n / every;
  TRY(pile_new(pile, out->n * 8, &v, err));
  par_for(pile->job, out->n, GRAIN, run_strided, &(Strided){s->x, v, every});
  out->x = v;
  return OK;
}

// How many of them lie in each of PARTS equal parts of the range (of the logarithms).
static ErrCode count_parts(Pile *pile, const BinsSeen *s, double lo, double hi, double *count, Err *err) {
  BinsInput in;
  double edge[PARTS + 1];
  int64_t n[PARTS];
  Bins parts = {.edge = edge, .n = PARTS};
  for (int k = 0; k <= PARTS; k++) edge[k] = k == PARTS ? hi : lo + (hi - lo) * k / PARTS;
  for (int k = 0; k <= PARTS && s->log; k++) edge[k] = fmath_exp(edge[k]);
  edge[0] = s->box->min, edge[PARTS] = s->box->max;
  TRY(enough(pile, s, &in, err));
  TRY(bins_count(pile, &parts, &in, n, err));
  for (int k = 0; k < PARTS; k++) count[k] = (double)n[k];
  return OK;
}

// The places of two humps, when there are exactly two.
static ErrCode two_humps(Pile *pile, const BinsSeen *s, double at[2], bool *two, Err *err) {
  double count[MOST_PARTS] = {0}, lo = s->box->min, hi = s->box->max;
  const Bins *b = s->bins;
  Curve curve;
  Hump hump[2];
  if (b->one_a_value) {
    for (int64_t k = 0; k < b->n; k++) count[k] = (double)s->count[k];
    smooth(count, b->n, b->n > 10, &curve);
  } else {
    if (s->log) lo = fmath_log(lo), hi = fmath_log(hi);
    TRY(count_parts(pile, s, lo, hi, count, err));
    smooth(count, PARTS, 2, &curve);
  }
  *two = find_humps(&curve, hump) == 2;
  for (int k = 0; k < 2 && *two; k++) {
    at[k] = lo + (hi - lo) * ((double)hump[k].peak + 0.5) / PARTS;
    if (s->log) at[k] = fmath_exp(at[k]);
    if (b->one_a_value) at[k] = b->edge[hump[k].peak] + 0.5;
  }
  return OK;
}

// ---- words --------------------------------------------------------------------------------------------------------
// `m`: of the values, or of their logarithms on a log scale, where the mean becomes the geometric one.
static void add_shape(Plot *p, const Moments *m, const BinsSeen *seen, Str *out) {
  double skew = moments_skew(m), centre = seen->log ? fmath_exp(m->mean) : m->mean, median = seen->box->median;
  const char *mean = words_number(p, centre), *mid = words_number(p, median);
  const char *scale = seen->log ? " on the log scale" : "", *kind = seen->log ? "geometric mean" : "mean";
  double clear = fmax(0.25, 2 * sqrt(6 / (double)m->n)); // sqrt(6 / n): its standard error for normal data
  bool right = skew > clear && centre > median, left = skew < -clear && centre < median;
  if (m->n >= 8 && right) str_addf(out, "right-skewed%s: %s %s above median %s", scale, kind, mean, mid);
  else if (m->n >= 8 && left) str_addf(out, "left-skewed%s: %s %s below median %s", scale, kind, mean, mid);
  else if (m->n >= 8 && fabs(skew) <= 0.5)
    str_addf(out, "roughly symmetric%s: %s %s, median %s", scale, kind, mean, mid);
  else str_addf(out, "%s %s, median %s", kind, mean, mid);
}

static void add_highest(Plot *p, const BinsSeen *s, Str *out) {
  const Bins *b = s->bins;
  int64_t top = 0;
  for (int64_t k = 1; k < b->n; k++)
    if (s->count[k] > s->count[top]) top = k;
  const char *share = words_share(p, (double)s->count[top], (double)s->n), *all = words_count(p, s->n);
  if (b->one_a_value) str_addf(out, "; %s is %s of %s", words_number(p, b->edge[top] + 0.5), share, all);
  else
    str_addf(out, "; %s to %s holds %s of %s", words_number(p, b->edge[top]), words_number(p, b->edge[top + 1]), share,
             all);
}

static Moments moments_of(Job *job, const BinsSeen *s) {
  if (!s->log) return *s->m;
  fmath_log_n(s->x, s->x, s->n);
  return moments_f64(job, s->x, s->n);
}

ErrCode bins_words(Pile *pile, const BinsSeen *s, Plot *p, Err *err) {
  if (s->n == 1) p->reading = arena_printf(&p->arena, "one value: %s", words_number(p, s->box->min));
  else if (s->box->min == s->box->max)
    p->reading = arena_printf(&p->arena, "all %s values are %s", words_count(p, s->n), words_number(p, s->box->min));
  if (p->reading) return OK;
  double at[2];
  Str out = {0};
  bool two;
  TRY(two_humps(pile, s, at, &two, err));
  Moments m = moments_of(pile->job, s);
  if (two) str_addf(&out, "two humps, near %s and %s", words_round(p, at[0], 2), words_round(p, at[1], 2));
  else add_shape(p, &m, s, &out);
  add_highest(p, s, &out);
  p->reading = arena_strdup(&p->arena, str_c(&out));
  str_fini(&out);
  return OK;
}

// Explanations of what needs the values in order or their higher moments: quartiles, MAD, skewness, kurtosis, the mode,
// outliers.
#include "stats/explain_int.h"

#include "base/numfmt.h"

#include <math.h>

static void rows(Explain *e, const char *condition, int64_t count) {
  if (!e->brief) explained_add(e->out, "rows", "%s (%s)", explain_where(e, condition), COUNT(count));
}

static void instead(Explain *e, const char *text) {
  if (!e->brief) explained_add(e->out, "instead", "%s", text);
}

static int64_t count_equal(const Explain *e, double v) {
  int64_t n = 0;
  for (int64_t i = 0; i < e->n; i++) n += e->x[i] == v;
  return n;
}

static const char *exact(Explain *e, double v) {
  char buf[NUMFMT_MAX];
  fmt_shortest(buf, sizeof buf, v);
  return arena_strdup(&e->out->arena, buf);
}

// ---- quartiles -----------------------------------------------------------------------------------------------------
void explain_quartile(Explain *e) {
  const char *name = e->stat;
  int q = e->which;
  double h = (double)(e->n - 1) * 0.25 * (q + 1) + 1, v = e->r.q[q];
  int64_t k = (int64_t)floor(h);
  if (e->opts->type != 7) explained_add(e->out, "numbers", "%s = %s of %s values", name, LONG(v), COUNT(e->n));
  else if (h == floor(h))
    explained_add(e->out, "numbers", "h = %s × %s + 1 = %s: %s = x[%s] = %s", COUNT(e->n - 1), REAL(0.25 * (q + 1)),
                  LONG(h), name, COUNT(k), LONG(v));
  else
    explained_add(e->out, "numbers", "h = %s × %s + 1 = %s: x[%s] = %s, x[%s] = %s, %s = %s", COUNT(e->n - 1),
                  REAL(0.25 * (q + 1)), LONG(h), COUNT(k), LONG(e->x[k - 1]), COUNT(k + 1), LONG(e->x[k]), name,
                  LONG(v));
  int64_t same = count_equal(e, v), above = 0;
  while (above < e->n && e->x[above] < v) above++;
  const char *column = explain_name(e->out, e->name);
  if (same) rows(e, arena_printf(&e->out->arena, "%s == %s", column, exact(e, v)), same);
  else if (above > 0 && above < e->n) {
    double lo = e->x[above - 1], hi = e->x[above];
    const char *between =
        arena_printf(&e->out->arena, "%s >= %s and %s <= %s", column, exact(e, lo), column, exact(e, hi));
    rows(e, between, count_equal(e, lo) + count_equal(e, hi));
  }
  if (same > e->n / 20 && same > 1)
    explained_add(e->out, "misleads", "%s of the %s values are exactly %s: it moves in jumps", COUNT(same), COUNT(e->n),
                  LONG(v));
  else explained_add(e->out, "misleads", "where values form two heaps it may lie between them, where there are none");
  instead(e, arena_printf(&e->out->arena, "d:hist \"%s\"", e->name));
}

void explain_iqr(Explain *e) {
  double lo = e->r.q[0], hi = e->r.q[2];
  const char *column = explain_name(e->out, e->name);
  int64_t inside = 0;
  for (int64_t i = 0; i < e->n; i++) inside += e->x[i] >= lo && e->x[i] <= hi;
  explained_add(e->out, "numbers", "iqr = %s − %s = %s", LONG(hi), LONG(lo), REAL(hi - lo));
  rows(e, arena_printf(&e->out->arena, "%s >= %s and %s <= %s", column, exact(e, lo), column, exact(e, hi)), inside);
  explained_add(e->out, "misleads",
                hi > lo ? "it says nothing of the outer half of the values, which reach from %s to %s"
                        : "half of the values are equal: it is 0 though they reach from %s to %s",
                LONG(e->r.min), LONG(e->r.max));
  instead(e, arena_printf(&e->out->arena, "d:box \"%s\" or d:outliers{\"%s\"}", e->name, e->name));
}

void explain_mad(Explain *e) {
  explained_add(e->out, "numbers", "mad = 1.4826 × %s = %s, of distances from %s", REAL(e->r.mad / MAD_SCALE),
                REAL(e->r.mad), LONG(e->r.q[1]));
  explained_add(e->out, "misleads",
                e->r.mad > 0 ? "it estimates the sd (%s) only where values are normal; half of them may be "
                               "anywhere without moving it"
                             : "half of the values equal the median: it is 0 though the sd is %s",
                REAL(sqrt(e->r.var)));
  instead(e, arena_printf(&e->out->arena, "d:describe{\"%s\", stats={\"sd\", \"iqr\"}}", e->name));
}

// ---- shape ---------------------------------------------------------------------------------------------------------
static const char *power(Explain *e, double m, double n) { return explain_real(e->out, m / n, 5); }

void explain_skew(Explain *e) {
  Moments m = moments_f64(e->job, e->x, e->n);
  double n = (double)m.n, v = e->r.skew, factor = sqrt(n * (n - 1)) / (n - 2);
  if (isnan(v)) {
    explained_add(e->out, "numbers", "undefined: it needs three values that are not all equal");
    return;
  }
  const char *parts = arena_printf(&e->out->arena, "%s / %s^(3/2)", power(e, m.m3, n), power(e, m.m2, n));
  if (e->opts->shape == SHAPE_ADJUSTED)
    explained_add(e->out, "numbers", "skew = %s × %s = %s", REAL(factor), parts, REAL(v));
  else explained_add(e->out, "numbers", "skew = %s = %s", parts, REAL(v));
  if (fabs(v) > 1)
    explained_add(
        e->out, "misleads", "the long tail is %s: the mean %s lies %s the median %s, and t intervals need more rows",
        v > 0 ? "above" : "below", REAL(e->r.mean), e->r.mean > e->r.q[1] ? "above" : "below", REAL(e->r.q[1]));
  else if (e->n < 50)
    explained_add(e->out, "misleads", "of %s values it is little more than chance: its standard error is about %s",
                  COUNT(e->n), REAL(sqrt(6 / n)));
  else
    explained_add(e->out, "misleads",
                  "cubes of distances: one value far out can make it; values in two heaps can have none");
  instead(e, v > 1 && e->r.min > 0 ? arena_printf(&e->out->arena, "d:derive{log_%s=\"log(%s)\"}, then d:qq", e->name,
                                                  explain_name(e->out, e->name))
                                   : arena_printf(&e->out->arena, "d:hist \"%s\" and d:qq \"%s\"", e->name, e->name));
}

void explain_kurtosis(Explain *e) {
  Moments m = moments_f64(e->job, e->x, e->n);
  double n = (double)m.n, v = e->r.kurtosis;
  if (isnan(v)) {
    explained_add(e->out, "numbers", "undefined: it needs four values that are not all equal");
    return;
  }
  double g2 = n * m.m4 / m.m2 / m.m2 - 3;
  const char *parts =
      arena_printf(&e->out->arena, "g2 = %s / %s² − 3 = %s", power(e, m.m4, n), power(e, m.m2, n), REAL(g2));
  explained_add(e->out, "numbers", "%s; kurtosis = %s", parts, REAL(v));
  explained_add(e->out, "misleads", "it is about tails, not about a peak (0: as normal)%s",
                v > 1 ? ": here a few values far out make it" : "");
  instead(e, arena_printf(&e->out->arena, "d:qq \"%s\" and d:outliers{\"%s\"}", e->name, e->name));
}

// ---- the mode and outliers -----------------------------------------------------------------------------------------
void explain_mode(Explain *e) {
  if (!e->r.has_mode) {
    explained_add(e->out, "numbers", "none: no value comes twice");
    instead(e, arena_printf(&e->out->arena, "d:hist \"%s\"", e->name));
    return;
  }
  double share = (double)e->r.mode_n / (double)e->n;
  explained_add(e->out, "numbers", "mode = %s, %s times among %s values (%s)", LONG(e->r.mode), COUNT(e->r.mode_n),
                COUNT(e->n), explain_share(e->out, share));
  rows(e, arena_printf(&e->out->arena, "%s == %s", explain_name(e->out, e->name), exact(e, e->r.mode)), e->r.mode_n);
  explained_add(e->out, "misleads",
                share < 0.1 ? "%s of the values have it: rounding decides which one it is"
                            : "%s of the values have it: it may stand for \"not known\" (0, −1, 99)",
                explain_share(e->out, share));
  instead(e, arena_printf(&e->out->arena, "d:hist \"%s\" or d:count{\"%s\"}", e->name, e->name));
}

void explain_outliers(Explain *e) {
  int k = e->which;
  static const char *const method[] = {"iqr", "z", "mad"};
  double sd = sqrt(e->r.var), iqr = e->r.q[2] - e->r.q[0];
  double lo[] = {e->r.q[0] - OUTLIER_IQR * iqr, e->r.mean - OUTLIER_Z * sd, e->r.q[1] - OUTLIER_MAD * e->r.mad};
  double hi[] = {e->r.q[2] + OUTLIER_IQR * iqr, e->r.mean + OUTLIER_Z * sd, e->r.q[1] + OUTLIER_MAD * e->r.mad};
  const char *column = explain_name(e->out, e->name);
  explained_add(e->out, "numbers", "below %s or above %s: %s of %s", LONG(lo[k]), LONG(hi[k]), COUNT(e->r.outliers[k]),
                COUNT(e->n));
  rows(e, arena_printf(&e->out->arena, "%s < %s or %s > %s", column, exact(e, lo[k]), column, exact(e, hi[k])),
       e->r.outliers[k]);
  explained_add(e->out, "misleads",
                k == STAT_BY_Z ? "the values far out make sd %s larger and so hide each other"
                               : "a long tail is no error: sd %s, about 0.7%% of normal values count as far out too",
                REAL(sd));
  instead(e, arena_printf(&e->out->arena, "d:outliers{\"%s\", method=\"%s\"}", e->name,
                          method[k == STAT_BY_Z ? STAT_BY_MAD : k]));
}

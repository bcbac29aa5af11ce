// Reliability: rows in bins of their scores, and of every bin how many came true. Edges are computed as numpy computes
// them (linspace, and percentile of type 7 with its two-sided interpolation), since a score that is itself an edge
// belongs to the bin below. Scores come in order, so a bin is a range of rows and its mean a sum over a range.
#include "stats/scores.h"

#include "num/num.h"

#include <math.h>

static const double Z95 = 1.959963984540054;

ShareLimits stats_wilson(double hits, double n, double z, double yates) {
  double p = hits / n, c = yates / n, z2 = z * z / n, lo = p - c, hi = p + c;
  ShareLimits w = {(lo + z2 / 2 - z * sqrt(lo * (1 - lo) / n + z2 / (4 * n))) / (1 + z2),
                   (hi + z2 / 2 + z * sqrt(hi * (1 - hi) / n + z2 / (4 * n))) / (1 + z2)};
  if (!(lo > 0) || !(w.low > 0)) w.low = 0;
  if (!(hi < 1) || !(w.high < 1)) w.high = 1;
  return w;
}

static double share_of(int64_t k, int64_t bins) { return k == bins ? 1 : (double)k * (1 / (double)bins); }

static double percentile(const double *x, int64_t n, double share) {
  double at = (double)(n - 1) * (share * 100 / 100);
  int64_t i = (int64_t)at;
  if (i >= n - 1) return x[n - 1];
  double part = at - (double)i, step = x[i + 1] - x[i];
  return part >= 0.5 ? x[i + 1] - step * (1 - part) : x[i] + step * part;
}

static double edge_of(const double *score, int64_t n, const ReliabilityOpts *o, int64_t k) {
  double share = share_of(k, o->bins);
  return o->quantile ? percentile(score, n, share) : share;
}

int64_t stats_reliability(Job *job, const double *score, const uint8_t *hit, int64_t n, const ReliabilityOpts *o,
                          ReliabilityBin *out) {
  int64_t nbin = 0, begin = 0;
  for (int64_t k = 0; k < o->bins && begin < n; k++) {
    bool last = k == o->bins - 1;
    double upper = edge_of(score, n, o, k + 1);
    int64_t end = begin, hits = 0;
    while (end < n && (last || score[end] <= upper)) hits += hit[end++];
    if (end == begin) continue;
    ReliabilityBin *b = &out[nbin++];
    double rows = (double)(end - begin);
    *b = (ReliabilityBin){.lower = edge_of(score, n, o, k), .upper = upper, .n = end - begin, .hits = hits};
    b->score = sum_f64(job, score + begin, b->n) / rows, b->share = (double)hits / rows;
    ShareLimits w = stats_wilson((double)hits, rows, Z95, 0);
    b->low = w.low, b->high = w.high;
    begin = end;
  }
  return nbin;
}

double stats_calibration_error(const ReliabilityBin *bin, int64_t nbin) {
  double sum = 0, rows = 0;
  for (int64_t k = 0; k < nbin; k++) // few, always in this order
    sum += (double)bin[k].n * fabs(bin[k].share - bin[k].score), rows += (double)bin[k].n;
  return sum / rows;
}

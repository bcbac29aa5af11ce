// p values for several comparisons at once. Sorted p(1) <= ... <= p(n):
//   bonferroni  n p
//   holm        running maximum of (n - i + 1) p(i); hochberg the running minimum of the same from the largest down
//   BH          running minimum from the largest down of n / i p(i); BY the same times 1 + 1/2 + ... + 1/n
//   hommel      the largest over m of Simes' bound among the m largest, O(n^2)
// References: Holm 1979; Hochberg 1988; Hommel 1988; Benjamini and Hochberg 1995; Benjamini and Yekutieli 2001.
#include "stats/tests_int.h"

#include "num/num.h"

#include <math.h>

static double step_factor(int method, int64_t i, int64_t n, double harmonic) { // i from 1
  if (method == ADJUST_BONFERRONI) return (double)n;
  if (method == ADJUST_HOLM || method == ADJUST_HOCHBERG) return (double)(n - i + 1);
  return harmonic * ((double)n / (double)i);
}

static void adjust_steps(int method, double *p, int64_t n) {
  double harmonic = 1, run;
  if (method == ADJUST_BY)
    for (int64_t i = 2; i <= n; i++) harmonic += 1 / (double)i;
  if (method == ADJUST_HOLM || method == ADJUST_BONFERRONI) {
    run = 0;
    for (int64_t i = 0; i < n; i++) {
      run = fmax(run, step_factor(method, i + 1, n, harmonic) * p[i]);
      p[i] = fmin(run, 1);
    }
    return;
  }
  run = 1;
  for (int64_t i = n - 1; i >= 0; i--) {
    run = fmin(run, step_factor(method, i + 1, n, harmonic) * p[i]);
    p[i] = run;
  }
}

// best: room for n.
static ErrCode adjust_hommel(Job *job, double *p, int64_t n, double *best, double *q, Err *err) {
  double least = INFINITY;
  for (int64_t i = 0; i < n; i++) least = fmin(least, (double)n * p[i] / (double)(i + 1));
  for (int64_t i = 0; i < n; i++) best[i] = q[i] = least;
  for (int64_t m = n - 1; m >= 2; m--) {
    TRY(job_tick(job, n - m, n, err));
    double most = INFINITY;
    for (int64_t i = 2; i <= m; i++) most = fmin(most, (double)m * p[n - m + i - 1] / (double)i);
    for (int64_t i = 0; i <= n - m; i++) q[i] = fmin((double)m * p[i], most);
    for (int64_t i = n - m + 1; i < n; i++) q[i] = q[n - m];
    for (int64_t i = 0; i < n; i++) best[i] = fmax(best[i], q[i]);
  }
  for (int64_t i = 0; i < n; i++) p[i] = fmin(fmax(best[i], p[i]), 1);
  return OK;
}

static ErrCode adjust_sorted(Job *job, int method, double *p, int64_t n, double *room, Err *err) {
  if (method == ADJUST_HOMMEL && n > 1) return adjust_hommel(job, p, n, room, room + n, err);
  if (method != ADJUST_NONE) adjust_steps(method, p, n);
  return OK;
}

ErrCode stats_adjust(Job *job, const double *p, int64_t n, int method, double *out, Err *err) {
  TRY(job_need(job, n * 48, "adjust", err));
  uint64_t *key = mem_new((size_t)(n + 1) * sizeof *key);
  int64_t *perm = mem_new((size_t)(n + 1) * sizeof *perm), m = 0;
  double *sorted = mem_new((size_t)(n + 1) * 3 * sizeof *sorted);
  ErrCode code = key && perm && sorted ? OK : err_set(err, ERR_MEMORY, "adjust: the system has no memory left");
  for (int64_t i = 0; i < n && code == OK; i++) key[i] = order_key_f64(p[i]);
  if (code == OK) code = order_keys(job, key, n, false, perm, err);
  for (int64_t i = 0; i < n && code == OK; i++)
    if (!isnan(p[perm[i]])) sorted[m++] = p[perm[i]]; // NaN comes last
  if (code == OK) code = adjust_sorted(job, method, sorted, m, sorted + n, err);
  for (int64_t i = 0; i < n && code == OK; i++) out[perm[i]] = i < m ? sorted[i] : NAN;
  mem_free(key);
  mem_free(perm);
  mem_free(sorted);
  return code;
}

const char *adjust_word(Test *t, int method) {
  static const char *const words[] = {"Holm's correction",
                                      "Hochberg's correction",
                                      "Hommel's correction",
                                      "Bonferroni's correction",
                                      "Benjamini and Hochberg's correction",
                                      "Benjamini and Yekutieli's correction",
                                      "no correction"};
  return arena_strdup(&t->arena, words[method]);
}

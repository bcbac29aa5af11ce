// Columns as small whole numbers. A number column is cut at quantiles (R's type 7) into intervals (low, high]; equal
// cuts become one, so a frequent value makes a wide interval, and a column of few values keeps them.
#include "stats/assoc_int.h"

#include <math.h>
#include <stdlib.h>

int64_t coded_bins(int64_t n) {
  int64_t k = (int64_t)cbrt((double)n);
  return k < 2 ? 2 : k > 20 ? 20 : k;
}

void coded_free(Coded *c) {
  mem_free(c->code);
  *c = (Coded){0};
}

static void code_words(const Column *c, Coded *out) {
  bool words = c->dict != NULL;
  out->levels = words ? c->dict->n : 2;
  for (int64_t i = 0; i < c->n; i++)
    out->code[i] = !col_valid(c, i) ? NO_CODE : words ? (uint32_t)col_code(c, i) : c->b[i];
}

// The values of x in ascending order when there are at most `most` of them; else 0.
static int64_t few_values(const double *x, int64_t n, int64_t most, double *value) {
  int64_t m = 0;
  for (int64_t i = 0; i < n; i++) {
    int64_t k = 0;
    while (k < m && value[k] < x[i]) k++;
    if (k < m && value[k] == x[i]) continue;
    if (m == most) return 0;
    for (int64_t l = m++; l > k; l--) value[l] = value[l - 1];
    value[k] = x[i];
  }
  return m;
}

// Upper ends of the intervals but the last, ascending; returns how many.
static ErrCode cuts_of(Job *job, const double *x, int64_t n, int64_t bins, double *cut, int64_t *m, Err *err) {
  double *p = calloc((size_t)bins, sizeof *p), *q = calloc((size_t)bins, sizeof *q);
  if (!p || !q) abort();
  for (int64_t k = 1; k < bins; k++) p[k - 1] = (double)k / (double)bins;
  ErrCode code = quantile_f64(job, x, n, 7, p, bins - 1, q, err);
  double least = INFINITY;
  for (int64_t i = 0; i < n; i++) least = fmin(least, x[i]);
  *m = 0;
  for (int64_t k = 0; k + 1 < bins && code == OK; k++)
    if (q[k] > least && (*m == 0 || q[k] > cut[*m - 1])) cut[(*m)++] = q[k];
  free(p);
  free(q);
  return code;
}

static int64_t without_nan(double *x, int64_t n) {
  int64_t k = 0;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(x[i])) x[k++] = x[i];
  return k;
}

static ErrCode code_numbers(Job *job, const Column *c, int64_t bins, double *x, Coded *out, Err *err) {
  int64_t n = without_nan(x, column_present_f64(job, c, x)), m;
  if (!bins) bins = coded_bins(n);
  double *cut = calloc((size_t)bins + 1, sizeof *cut);
  if (!cut) abort();
  ErrCode code = OK;
  m = few_values(x, n, bins, cut);
  if (m == 0 && n > 0) code = cuts_of(job, x, n, bins, cut, &m, err);
  else if (m > 0) m--;
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    double v = col_f64(c, i);
    uint32_t k = 0;
    while (k < m && v > cut[k]) k++;
    out->code[i] = isnan(v) ? NO_CODE : k;
  }
  out->levels = m + 1;
  free(cut);
  return code;
}

ErrCode coded_column(Job *job, const Column *c, int64_t bins, Coded *out, Err *err) {
  bool words = c->dict || c->type == COL_BOOL;
  *out = (Coded){0};
  TRY(job_need(job, c->n * (words ? 4 : 12), "assoc", err));
  out->code = mem_new((size_t)c->n * sizeof *out->code + 1);
  double *x = words ? NULL : mem_new((size_t)c->n * sizeof *x + 1);
  ErrCode code = OK;
  if (!out->code || (!words && !x)) code = err_set(err, ERR_MEMORY, "assoc: the system has no memory for a column");
  else if (words) code_words(c, out);
  else code = code_numbers(job, c, bins, x, out, err);
  mem_free(x);
  if (code != OK) coded_free(out);
  return code;
}

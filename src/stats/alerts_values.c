// Numbers that say something else than they seem to: codes for missing, one value only, row numbers. A code is the
// smallest or the largest value, stands there at least three times, and lies apart from the rest: ten times as far as
// the rest is wide, or, for the usual codes, half as far, or negative where the rest is not.
#include "stats/stats_int.h"

#include "base/numfmt.h"
#include "num/num.h"

#include <math.h>

enum { REPEATED = 3, LEAST_IDS = 20 };

static const char *number(Alerts *a, double v) {
  char buf[NUMFMT_MAX];
  fmt_sensible(buf, sizeof buf, v, 6);
  return arena_strdup(&a->arena, buf);
}

// All nines, eights or sevens, and -200, as the makers of surveys and sensors use them.
static bool is_usual(double v) {
  static const double usual[] = {77, 88, 99, 200, 777, 888, 999, 7777, 8888, 9999, 99999, 999999, 9999999, 99999999};
  for (size_t k = 0; k < sizeof usual / sizeof *usual; k++)
    if (fabs(v) == usual[k]) return true;
  return false;
}

// The run of equal values at the low end (`high`: at the high end) as a code.
bool values_have_code(const double *x, int64_t n, bool high, ValueCode *out) {
  if (n < REPEATED || !isfinite(x[0]) || !isfinite(x[n - 1])) return false;
  int64_t times = 1;
  double v = high ? x[n - 1] : x[0];
  while (times < n && x[high ? n - 1 - times : times] == v) times++;
  if (times < REPEATED || times == n) return false;
  double next = high ? x[n - 1 - times] : x[times], far = high ? x[0] : x[n - 1];
  double gap = fabs(v - next), width = fabs(next - far);
  bool apart = gap > 10 * width, only_negative = v < 0 && next >= 0 && !high;
  *out = (ValueCode){v, next, far, times};
  return width != 0 && (apart || (is_usual(v) && (only_negative || gap > width / 2)));
}

static void look_for_code(Alerts *a, const char *name, const double *x, int64_t n, bool high) {
  ValueCode c;
  if (!values_have_code(x, n, high, &c)) return;
  alerts_add(a, ALERT_CODE, c.times, name,
             arena_printf(&a->arena, "%s stands %s times, the rest lies in %s to %s: a code for missing?",
                          number(a, c.value), alert_count(a, c.times), number(a, high ? c.far : c.next),
                          number(a, high ? c.next : c.far)));
  char exact[NUMFMT_MAX];
  fmt_shortest(exact, sizeof exact, c.value);
  alerts_where(a, arena_printf(&a->arena, "%s == %s", alert_name(a, name), exact));
}

bool values_are_rows(const Column *c, const double *x, int64_t n) {
  if (c->type != COL_I64 || c->missing || n < LEAST_IDS || x[n - 1] - x[0] != (double)(n - 1)) return false;
  for (int64_t i = 1; i < n; i++)
    if (x[i] == x[i - 1]) return false;
  return true;
}

void alerts_sorted(Alerts *a, int j, const double *x, int64_t n) {
  const Column *c = frame_at(a->f, j);
  const char *name = frame_name(a->f, j);
  if (n > 1 && x[0] == x[n - 1]) {
    int64_t i = 0;
    while (!col_valid(c, i)) i++;
    alerts_add(a, ALERT_CONSTANT, n, name,
               arena_printf(&a->arena, "always %s (%s values)", alert_cell(a, c, i), alert_count(a, n)));
    return;
  }
  if (col_is_number(c) && c->type != COL_BOOL && n) {
    look_for_code(a, name, x, n, false);
    look_for_code(a, name, x, n, true);
  }
  if (values_are_rows(c, x, n))
    alerts_add(a, ALERT_ID, n, name,
               arena_printf(&a->arena, "numbers the rows, %s to %s: says nothing about them", number(a, x[0]),
                            number(a, x[n - 1])));
}

ErrCode alerts_values(Alerts *a, int j, Err *err) {
  const Column *c = frame_at(a->f, j);
  TRY(job_need(a->job, c->n * 8, "a look at the values", err));
  double *x = mem_new((size_t)c->n * sizeof *x);
  if (!x) return err_set(err, ERR_MEMORY, "a look at the values: the system has no memory left: take fewer rows");
  int64_t n = col_present_f64(c, x), real = 0;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(x[i])) x[real++] = x[i];
  ErrCode code = order_sort_f64(a->job, x, real, err);
  if (code == OK && real == n) alerts_sorted(a, j, x, n);
  mem_free(x);
  return code;
}

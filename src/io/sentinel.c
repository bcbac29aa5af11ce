// Codes for missing that hide among numbers: -200, 999, -9999. A code is the smallest or the largest value, stands
// there at least three times, and lies apart from the rest: ten times as far as the rest is wide, or, for the usual
// codes, half as far, or negative where the rest is not. It is only reported: whether it is one, the user knows.
#include "io/io_int.h"

#include "base/numfmt.h"

enum { REPEATED = 3 };

typedef struct End { // of the values, in one direction
  double value, next; // the extreme and its nearest distinct neighbour
  int64_t times;
  bool has_next;
} End;

// `sign` 1 finds the largest, -1 the smallest (all values turned round).
static End end_of(const Column *c, double sign) {
  End e = {.value = -PARAM_INF};
  for (int64_t i = 0; i < c->n; i++) {
    double v = sign * col_f64(c, i);
    if (v > e.value) {
      if (e.times) e.next = e.value, e.has_next = true;
      e.value = v, e.times = 1;
    } else if (v == e.value) {
      e.times++;
    } else if (v < e.value && (!e.has_next || v > e.next)) {
      e.next = v, e.has_next = true;
    }
  }
  return e;
}

static bool is_usual(double v) {
  static const double usual[] = {77, 88, 99, 200, 777, 888, 999, 7777, 8888, 9999, 99999, 999999, 9999999, 99999999};
  for (size_t k = 0; k < sizeof usual / sizeof *usual; k++)
    if (v == usual[k] || v == -usual[k]) return true;
  return false;
}

// `least` is the value at the other end, in the direction of e.
static bool is_apart(End e, double least, double sign) {
  if (e.times < REPEATED || !e.has_next || !(e.next > least)) return false;
  double gap = e.value - e.next, width = e.next - least;
  if (gap > 10 * width) return true;
  bool only_negative = sign < 0 && e.value > 0 && e.next <= 0;
  return is_usual(e.value) && (only_negative || gap > width / 2);
}

void sentinel_note(const Column *c, Str *notes) {
  End high = end_of(c, 1), low = end_of(c, -1);
  char buf[NUMFMT_MAX];
  for (int k = 0; k < 2; k++) {
    End e = k ? low : high;
    double sign = k ? -1 : 1;
    if (!is_apart(e, k ? -high.value : -low.value, sign)) continue;
    fmt_shortest(buf, sizeof buf, sign * e.value);
    note_add(notes, "%s stands %lld times, apart from the rest: a code for missing?", buf, (long long)e.times);
  }
}

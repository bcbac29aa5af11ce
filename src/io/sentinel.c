// Codes for missing that hide among numbers: -200, 999, -9999. A code is the smallest or the largest value, stands
// there at least three times, and lies apart from the rest: ten times as far as the rest is wide, or, for the usual
// codes, half as far, or negative where the rest is not. It is only reported: whether it is one, the user knows.
#include "io/io_int.h"

#include "base/numfmt.h"
#include "base/simd.h"

enum { REPEATED = 3, BLOCK = 1024 };

typedef struct End {  // of the values, in one direction
  double value, next; // the extreme and its nearest distinct neighbour
  int64_t times;
  bool has_next;
} End;

static void end_add(End *e, double v) {
  if (v > e->value) {
    if (e->times) e->next = e->value, e->has_next = true;
    e->value = v, e->times = 1;
  } else if (v == e->value) {
    e->times++;
  } else if (v < e->value && (!e->has_next || v > e->next)) {
    e->next = v, e->has_next = true;
  }
}

// Blocks that cannot change what is known are passed over: most hold neither a new extreme nor its neighbour.
CLONES static void block_range(const double *x, int64_t n, double *least, double *most) {
  double lo = PARAM_INF, hi = -PARAM_INF;
  for (int64_t i = 0; i < n; i++) {
    lo = x[i] < lo ? x[i] : lo;
    hi = x[i] > hi ? x[i] : hi;
  }
  *least = lo, *most = hi;
}

// The present values from row `begin` on, in `room` where they do not lie as reals already.
static const double *block_values(const Column *c, int64_t begin, double *room, int64_t *count) {
  int64_t end = begin + BLOCK < c->n ? begin + BLOCK : c->n, n = 0;
  if (c->type == COL_F64 && !c->valid) return *count = end - begin, c->f + begin;
  for (int64_t i = begin; i < end; i++) {
    double v = c->type == COL_F64 ? c->f[i] : (double)c->i[i];
    if (col_valid(c, i)) room[n++] = v;
  }
  *count = n;
  return room;
}

static void ends_of(const Column *c, End *high, End *low) {
  double room[BLOCK], least, most;
  *high = *low = (End){.value = -PARAM_INF};
  for (int64_t begin = 0; begin < c->n; begin += BLOCK) {
    int64_t n;
    const double *x = block_values(c, begin, room, &n);
    block_range(x, n, &least, &most);
    bool up = !high->has_next || most > high->next, down = !low->has_next || -least > low->next;
    for (int64_t i = 0; i < n && (up || down); i++) end_add(high, x[i]), end_add(low, -x[i]);
  }
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
  End high, low;
  if (c->type == COL_BOOL) return;
  ends_of(c, &high, &low);
  char buf[NUMFMT_MAX];
  for (int k = 0; k < 2; k++) {
    End e = k ? low : high;
    double sign = k ? -1 : 1;
    if (!is_apart(e, k ? -high.value : -low.value, sign)) continue;
    fmt_shortest(buf, sizeof buf, sign * e.value);
    note_add(notes, "%s stands %lld times, apart from the rest: a code for missing?", buf, (long long)e.times);
  }
}

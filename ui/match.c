// The longest common subsequence by dynamic programming over what is left between the common beginning and end: a
// table of lengths from the back, then a walk from the front. Time and memory are the product of what is left, so a
// product too large is not tried, and what lies between counts as different.
// Reference: Hirschberg, "A linear space algorithm for computing maximal common subsequences", CACM 18 (1975).
#include "ui/match_int.h"

#include <stdlib.h>

enum { TABLE_MOST = 16 * 1000 * 1000, CONTEXT = 3 };

static void walk(const Sv *x, int64_t n, const Sv *y, int64_t m, int64_t y0, int64_t *of) {
  int64_t w = m + 1;
  uint16_t *len = n && m && n < TABLE_MOST / w && n < 65000 ? calloc((size_t)((n + 1) * w), sizeof *len) : NULL;
  if (!len) return;
  for (int64_t i = n - 1; i >= 0; i--)
    for (int64_t k = m - 1; k >= 0; k--) {
      uint16_t down = len[(i + 1) * w + k], right = len[i * w + k + 1];
      len[i * w + k] = sv_eq(x[i], y[k]) ? (uint16_t)(len[(i + 1) * w + k + 1] + 1) : down > right ? down : right;
    }
  for (int64_t i = 0, k = 0; i < n && k < m;) {
    if (sv_eq(x[i], y[k])) of[i++] = y0 + k++;
    else if (len[(i + 1) * w + k] >= len[i * w + k + 1]) i++;
    else k++;
  }
  free(len);
}

int64_t *match_make(const Sv *x, int64_t n, const Sv *y, int64_t m, Arena *a) {
  int64_t *of = arena_array(a, int64_t, n), head = 0, tail = 0;
  for (int64_t i = 0; i < n; i++) of[i] = -1;
  for (; head < n && head < m && sv_eq(x[head], y[head]); head++) of[head] = head;
  for (; tail < n - head && tail < m - head && sv_eq(x[n - 1 - tail], y[m - 1 - tail]); tail++)
    of[n - 1 - tail] = m - 1 - tail;
  walk(x + head, n - head - tail, y + head, m - head - tail, head, of + head);
  return of;
}

Sv *match_lines(Sv text, int64_t *n, Arena *a) {
  *n = 0;
  for (size_t i = 0; i < text.n; i++) *n += text.s[i] == '\n';
  *n += text.n && text.s[text.n - 1] != '\n';
  Sv *line = arena_array(a, Sv, *n);
  for (int64_t k = 0; k < *n; k++) {
    const char *end = memchr(text.s, '\n', text.n);
    size_t len = end ? (size_t)(end - text.s) : text.n, used = len + (end != NULL);
    line[k] = (Sv){text.s, len};
    text = (Sv){text.s + used, text.n - used};
  }
  return line;
}

// ---- as text ------------------------------------------------------------------------------------------------------
typedef struct Step { // a line of the whole: of x alone, of y alone, of both
  char sign;
  Sv line;
} Step;

static void print_steps(const Step *step, int64_t n, Str *out) {
  int64_t shown = 0; // steps before it are done with
  for (int64_t k = 0; k < n; k++) {
    if (step[k].sign == ' ') continue;
    int64_t from = k - CONTEXT < shown ? shown : k - CONTEXT;
    if (from > shown && shown) str_add(out, "\n");
    while (k < n && step[k].sign != ' ') k++;
    int64_t to = k + CONTEXT < n ? k + CONTEXT : n;
    for (int64_t i = from; i < to; i++) {
      bool other = step[i].sign != ' ' && i >= k;
      if (other) to = i; // the next place begins here
      else str_addf(out, "%c " SV_FMT "\n", step[i].sign, SV_ARG(step[i].line));
    }
    shown = to, k = to - 1;
  }
}

void match_print(Sv x, Sv y, Str *out) {
  Arena a;
  arena_init(&a);
  int64_t n, m, k = 0, steps = 0;
  Sv *xs = match_lines(x, &n, &a), *ys = match_lines(y, &m, &a);
  int64_t *of = match_make(xs, n, ys, m, &a);
  Step *step = arena_array(&a, Step, n + m);
  for (int64_t i = 0; i < n; i++) {
    for (; of[i] >= 0 && k < of[i]; k++) step[steps++] = (Step){'+', ys[k]};
    step[steps++] = (Step){of[i] < 0 ? '-' : ' ', xs[i]};
    if (of[i] >= 0) k = of[i] + 1;
  }
  for (; k < m; k++) step[steps++] = (Step){'+', ys[k]};
  print_steps(step, steps, out);
  arena_fini(&a);
}

// A table of Markdown: no lines, its columns parted by blanks and aligned as its marks say. A table that is too wide
// gives columns from its widest columns, whose cells are then broken over several lines.
#include "ui/markdown_int.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { GAP = 3, LEAST = 4 };

void mark_table_add(MarkTable *t, Marked *cell, MarkAlign align) {
  if (t->n == t->cap) {
    t->cap = t->cap ? 2 * t->cap : 16;
    t->cell = realloc(t->cell, (size_t)t->cap * sizeof *t->cell);
    t->align = realloc(t->align, (size_t)t->cap * sizeof *t->align);
    if (!t->cell || !t->align) abort();
  }
  t->align[t->n] = align;
  t->cell[t->n++] = *cell;
  *cell = (Marked){0};
}

void mark_table_fini(MarkTable *t) {
  for (int64_t k = 0; k < t->n; k++) marked_fini(&t->cell[k]);
  free(t->cell);
  free(t->align);
  *t = (MarkTable){0};
}

// ---- widths -------------------------------------------------------------------------------------------------------
static int widest(const int *width, int n) {
  int k = 0;
  for (int j = 1; j < n; j++)
    if (width[j] > width[k]) k = j;
  return k;
}

static void measure(const MarkTable *t, int w, int *width) {
  int total = GAP * (t->ncol - 1);
  for (int64_t k = 0; k < t->n; k++) {
    int need = utf8_width((Sv){str_c(&t->cell[k].text), t->cell[k].text.n}), *have = &width[k % t->ncol];
    if (need > *have) *have = need;
  }
  for (int j = 0; j < t->ncol; j++) total += width[j];
  for (int j; total > w && width[j = widest(width, t->ncol)] > LEAST; total--) width[j]--;
}

static bool is_number(const Str *text) {
  bool digit = false;
  for (size_t k = 0; k < text->n; k++) {
    digit = digit || (text->s[k] >= '0' && text->s[k] <= '9');
    if (!strchr("0123456789.,+-% ", text->s[k])) return false;
  }
  return digit || !text->n;
}

static MarkAlign align_of(const MarkTable *t, int j) {
  bool numbers = t->n > t->ncol;
  for (int64_t k = t->ncol + j; k < t->n; k += t->ncol) numbers = numbers && is_number(&t->cell[k].text);
  if (t->align[j] != MARK_AUTO) return t->align[j];
  return numbers ? MARK_RIGHT : MARK_LEFT;
}

// ---- lines --------------------------------------------------------------------------------------------------------
static void pad(Marked *line, int n) {
  str_pad(&line->text, ' ', n);
  str_pad(&line->style, (char)STYLE_FG, n);
}

// The next line of a cell in its column; *at moves on. True: there is more.
static bool add_cell(const Marked *cell, size_t *at, int width, MarkAlign align, Marked *line) {
  size_t next = *at, n = *at < cell->text.n ? marked_break(cell, *at, width, &next) : 0;
  int left = width - (n ? utf8_width((Sv){cell->text.s + *at, n}) : 0);
  int before = align == MARK_RIGHT ? left : align == MARK_CENTER ? left / 2 : 0;
  pad(line, before);
  if (n) {
    str_addn(&line->text, cell->text.s + *at, n);
    str_addn(&line->style, cell->style.s + *at, n);
  }
  pad(line, left - before);
  *at = next;
  return next < cell->text.n;
}

static void draw_row(const MarkTable *t, int64_t row, const int *width, size_t *at, MarkLine out) {
  Marked line = {0};
  memset(at, 0, sizeof *at * (size_t)t->ncol);
  for (bool more = true; more;) {
    more = false;
    marked_clear(&line);
    for (int j = 0; j < t->ncol; j++) {
      if (j) pad(&line, GAP);
      more |= add_cell(&t->cell[row * t->ncol + j], &at[j], width[j], align_of(t, j), &line);
    }
    out.put(out.ctx, &line);
  }
  marked_fini(&line);
}

void mark_table_draw(const MarkTable *t, int w, MarkLine out) {
  if (!t->ncol || t->n < t->ncol) return;
  Arena a;
  arena_init(&a);
  int *width = arena_array(&a, int, t->ncol);
  size_t *at = arena_array(&a, size_t, t->ncol);
  measure(t, w, width);
  for (int64_t row = 0; row < t->n / t->ncol; row++) draw_row(t, row, width, at, out);
  arena_fini(&a);
}

// Where the columns of a table stand. Each is as wide as its header and what was seen of its cells. When not all fit,
// long texts are first cut to TEXT_WIDE, then columns with a spark give up what only the spark needs, then the table
// runs off the screen and scrolls. Columns are two blanks apart; on screens narrower than ROOMY one before numbers,
// below NARROW one everywhere. Strips under the header always stay two blanks apart. The last column may be shown in
// part when it is text: text can be cut, numbers cannot.
#include "ui/app_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { ROOMY = 100, NARROW = 60, TEXT_WIDE = 25, TEXT_LEAST = 4, SPARK_LEAST = 4, TEXT_MOST = 200 };

typedef enum { FULL, CUT_TEXTS, CUT_SPARKS, SCROLL } Squeeze;

typedef struct Ruler {
  const Sheet *s;
  int w, first, cap; // first: column of the screen where the first column begins; cap: of cut texts
  Squeeze squeeze;
} Ruler;

static int most(int a, int b) { return a > b ? a : b; }
static int least(int a, int b) { return a < b ? a : b; }

bool sheet_is_left(const Sheet *s, int col) {
  const PageCol *form = sheet_form(s, col);
  const WireHead *head = sheet_head(s, col);
  return form ? form->align == ALIGN_LEFT : !head || !strchr("#%", head->sign) || !head->sign;
}

static bool is_text(const Sheet *s, int col) {
  const PageCol *form = sheet_form(s, col);
  return sheet_is_left(s, col) && (!form || form->kind == CELL_TEXT);
}

// Columns of the header: name, sign, and for a sort key an arrow with its number.
static int head_width(const Sheet *s, int col) {
  const char *name = sheet_name(s, col);
  bool down;
  int place = sheet_sort_place(s, col, &down);
  if (!name) return 3;
  return utf8_width(sv(name)) + 1 + (place >= 0) + (place >= 0 && s->nkey > 1) + (place >= 9);
}

static int width_of(const Ruler *r, int col) {
  const Sheet *s = r->s;
  const WireHead *head = sheet_head(s, col);
  SheetWidth seen = s->width[col];
  int w = most(seen.left + seen.right, 1), title = head_width(s, col);
  if (head && head->strip == STRIP_SPARK && r->squeeze != CUT_SPARKS) w = most(w, (int)head->n);
  if (head && head->strip == STRIP_SPARK) w = most(w, SPARK_LEAST);
  w = most(w, title);
  if (!is_text(s, col)) return w;
  if (head && head->strip == STRIP_TEXT && head->text) w = most(w, least(utf8_width(sv(head->text)), r->cap));
  if (seen.wide) return least(w, most(TEXT_MOST, title));
  return r->squeeze == FULL ? least(w, r->w) : least(w, r->cap);
}

static int gap_before(const Ruler *r, int col) {
  if (r->w < NARROW) return 1;
  return r->w >= ROOMY || sheet_is_left(r->s, col) ? 2 : 1;
}

// Whether all columns fit with one blank at the right edge.
static bool all_fit(const Ruler *r) {
  int x = r->first;
  for (int j = 0; j < r->s->ncol && x < r->w; j++) x += (j ? gap_before(r, j) : 0) + width_of(r, j);
  return x <= r->w - 1;
}

static void add(Grid *g, const Ruler *r, int col, int x, int w) {
  if (g->n % 32 == 0) {
    g->item = realloc(g->item, (size_t)(g->n + 32) * sizeof *g->item);
    if (!g->item) abort();
  }
  g->item[g->n++] = (GridCol){.col = col, .x = x, .w = w, .strip = w, .right = least(r->s->width[col].right, w)};
}

// Puts a column after those that stand; false: nothing of it shows.
static bool append(Grid *g, const Ruler *r, int col) {
  const GridCol *before = g->n ? &g->item[g->n - 1] : NULL;
  int gap = before ? gap_before(r, col) : 0, x = before ? before->x + before->w + gap : r->first;
  int w = width_of(r, col), room = r->w - 1 - x;
  if (room < 0 && !before) return false;
  if (before && gap < 2) g->item[g->n - 1].strip = most(before->w - 1, 1);
  if (w <= room || !before) {
    add(g, r, col, x, w <= room ? w : most(room, 1));
    return w <= room;
  }
  if (is_text(r->s, col) && room + 1 >= TEXT_LEAST + 1) { // up to the edge
    add(g, r, col, x, room + 1);
    g->item[g->n - 1].cut = true;
  } else if (g->n) {
    g->item[g->n - 1].strip = g->item[g->n - 1].w;
  }
  return false;
}

static void place(Sheet *s, const Ruler *r, Grid *g) {
  bool fits = true;
  g->n = 0;
  for (int j = 0; j < s->frozen && j < s->ncol && fits; j++) fits = append(g, r, j);
  int from = most(s->left, s->frozen), shown = g->n;
  for (int j = from; j < s->ncol && fits; j++) fits = append(g, r, j);
  s->across = g->n - least(shown, g->n);
  int last = g->n ? g->item[g->n - 1].col : -1;
  g->more_left = s->left > s->frozen, g->more_right = last >= 0 && last < s->ncol - 1;
}

// Whether the column shows whole, or as whole as it can.
static bool shows(const Grid *g, int col) {
  for (int i = 0; i < g->n; i++)
    if (g->item[i].col == col) return !g->item[i].cut || i == 0;
  return false;
}

static void measure(const Sheet *s, int w, Ruler *r, Grid *g) {
  char last[NUMFMT_MAX];
  int digits = fmt_i64(last, sizeof last, s->nrow > 0 ? s->nrow : 1, w >= NARROW);
  g->number = digits + (w >= NARROW);
  *r = (Ruler){.s = s, .w = w, .first = g->number + (w >= ROOMY ? 3 : 2), .cap = least(TEXT_WIDE, most(w / 2 - 1, 4))};
  while (r->squeeze < SCROLL && !all_fit(r)) r->squeeze++;
}

void grid_make(Sheet *s, int w, Grid *g) {
  Ruler r;
  *g = (Grid){0};
  measure(s, w, &r, g);
  if (r.squeeze < SCROLL) s->left = 0;
  if (s->left < s->frozen) s->left = s->frozen;
  if (s->left >= s->ncol) s->left = most(s->ncol - 1, 0);
  if (s->col >= s->frozen && s->col < s->left) s->left = s->col;
  place(s, &r, g);
  while (s->ncol && s->col >= s->frozen && !shows(g, s->col) && s->left < s->col) {
    s->left++;
    place(s, &r, g);
  }
}

void grid_fini(Grid *g) {
  free(g->item);
  *g = (Grid){0};
}

// A grid of styled characters and its print as text. A wide character is its code point followed by a cell with 0; no
// half of one ever stays behind when the other is overwritten. Of the code points without width only combining marks
// are kept, one a cell, with the character that they join: format controls (joiners, directions, variation selectors)
// change how terminals count columns, each in its own way.
#include "base/utf8.h"
#include "draw/draw_int.h"

void canvas_init(Canvas *c, int w, int h) {
  *c = (Canvas){.w = w > 0 ? w : 0, .h = h > 0 ? h : 0};
  arena_init(&c->arena);
  c->cell = arena_array(&c->arena, CanvasCell, (int64_t)c->w * c->h);
  canvas_clear(c);
}

void canvas_fini(Canvas *c) {
  arena_fini(&c->arena);
  *c = (Canvas){0};
}

void canvas_blank(Canvas *c, Box b) {
  for (int y = b.y; y < b.y + b.h; y++)
    for (int x = b.x; x < b.x + b.w; x++) canvas_put(c, x, y, ' ', STYLE_FG);
}

void canvas_clear(Canvas *c) {
  for (int i = 0; i < c->w * c->h; i++) c->cell[i] = (CanvasCell){.cp = ' '};
}

static CanvasCell *cell_at(const Canvas *c, int x, int y) {
  return x >= 0 && x < c->w && y >= 0 && y < c->h ? &c->cell[(size_t)y * (size_t)c->w + (size_t)x] : NULL;
}

// Columns that a code point takes here; 0 = it is a mark, or dropped.
static int columns_of(uint32_t cp) {
  bool direction = cp >= 0x2066 && cp <= 0x2069, separator = cp == 0x2028 || cp == 0x2029;
  return direction || separator ? 0 : utf8_cp_width(cp);
}

static bool is_mark(uint32_t cp) {
  bool control = cp < 0x300, format = cp >= 0x2000 && cp < 0x20D0, variation = cp >= 0xFE00 && cp < 0xFE10;
  return utf8_cp_width(cp) == 0 && !control && !format && !variation && cp != 0xFEFF && cp < 0x1F000;
}

// Blanks the other half of a wide character of which (x, y) is one.
static void split_wide(Canvas *c, int x, int y) {
  CanvasCell *here = cell_at(c, x, y);
  CanvasCell *left = cell_at(c, x - 1, y), *right = cell_at(c, x + 1, y);
  if (here->cp == 0 && left && columns_of(left->cp) == 2) *left = (CanvasCell){.cp = ' '};
  if (here->cp && columns_of(here->cp) == 2 && right && right->cp == 0) *right = (CanvasCell){.cp = ' '};
}

// A character, whole, in place of what was there; what does not fit is dropped.
static void put_cell(Canvas *c, int x, int y, CanvasCell cell) {
  int columns = columns_of(cell.cp);
  if (columns == 0 || !cell_at(c, x, y) || !cell_at(c, x + columns - 1, y)) return;
  for (int i = 0; i < columns; i++) {
    split_wide(c, x + i, y);
    *cell_at(c, x + i, y) = cell;
    cell.cp = 0, cell.mark = 0;
  }
}

static void join_mark(Canvas *c, int x, int y, uint32_t mark) {
  CanvasCell *cell = cell_at(c, x - 1, y);
  if (cell && cell->cp == 0) cell = cell_at(c, x - 2, y);
  if (cell && !cell->mark) cell->mark = mark;
}

void canvas_put(Canvas *c, int x, int y, uint32_t cp, Style style) {
  if (cp > 0x10FFFF) cp = 0xFFFD;
  if (is_mark(cp)) join_mark(c, x, y, cp);
  else put_cell(c, x, y, (CanvasCell){.cp = cp, .style = (uint8_t)style});
}

// Whether a colour lies behind what stands there, or fills it.
static bool is_painted(const CanvasCell *cell) {
  return cell->extra == EXTRA_BACK || cell->extra >= EXTRA_GROUND || (cell->extra == EXTRA_INK && cell->cp == 0x2588);
}

// Writes `text`; with `over`, what is painted stays as the ground of its letters.
static int put_text(Canvas *c, int x, int y, const char *text, Style style, bool over) {
  Sv s = sv(text);
  int used = 0, len;
  for (size_t i = 0; i < s.n; i += (size_t)len) {
    uint32_t cp = utf8_decode(s.s + i, s.n - i, &len);
    int columns = columns_of(cp);
    if (x + used + columns > c->w) break;
    const CanvasCell *cell = over ? cell_at(c, x + used, y) : NULL;
    CanvasCell ground = {.style = cell ? cell->style : 0, .extra = cell && is_painted(cell) ? EXTRA_BACK : EXTRA_NONE};
    if (used || columns) // a mark never joins what stood there before
      canvas_put(c, x + used, y, cp, ground.extra ? (Style)ground.style : style);
    for (int k = 0; ground.extra && k < columns; k++) cell_at(c, x + used + k, y)->extra = ground.extra;
    used += columns;
  }
  return used;
}

int canvas_text(Canvas *c, int x, int y, const char *text, Style style) {
  return put_text(c, x, y, text, style, false);
}

void canvas_label(Canvas *c, int x, int y, const char *text, Style style) { put_text(c, x, y, text, style, true); }

void canvas_blit(Canvas *c, int x, int y, const Canvas *from) {
  for (int j = 0; j < from->h; j++) {
    for (int i = 0; i < from->w; i++) {
      CanvasCell cell = *cell_at(from, i, j);
      if (cell.cp == 0) continue;
      int columns = columns_of(cell.cp);
      bool cut = x + i < 0 || x + i + columns > c->w;
      if (cut) cell = (CanvasCell){.cp = ' ', .style = cell.style, .extra = cell.extra};
      for (int k = 0; k < (cut ? columns : 1); k++) put_cell(c, x + i + k, y + j, cell);
    }
  }
}

void canvas_shade(Canvas *c, int x, int y, int w, int extra) {
  for (int i = x; i < x + w; i++) {
    CanvasCell *cell = cell_at(c, i, y);
    bool painted = cell && (is_painted(cell) || cell->extra == EXTRA_OVER_BAR || cell->extra == EXTRA_INK);
    if (cell && !painted && cell->style != STYLE_CURSOR) cell->extra = (uint8_t)extra;
  }
}

void canvas_back(Canvas *c) {
  for (int i = 0; i < c->w * c->h; i++) c->cell[i].style = STYLE_BACK, c->cell[i].extra = EXTRA_NONE;
}

void canvas_paint(Canvas *c, int x, int y, int w, Style style) {
  for (int i = x; i < x + w; i++) {
    CanvasCell *cell = cell_at(c, i, y);
    if (cell) cell->style = (uint8_t)style, cell->extra = EXTRA_BACK;
  }
}

void canvas_ink(Canvas *c, int x, int y, uint32_t cp, Style style) {
  canvas_put(c, x, y, cp, style);
  CanvasCell *cell = cell_at(c, x, y);
  if (cell && style >= STYLE_DIV0 && style <= STYLE_DIV8) cell->extra = EXTRA_INK;
}

void canvas_halves(Canvas *c, int x, int y, int upper, int lower) {
  if (upper < 0 && lower < 0) return;
  canvas_put(c, x, y, upper < 0 ? 0x2584 : upper == lower ? 0x2588 : 0x2580, (Style)(upper < 0 ? lower : upper));
  CanvasCell *cell = cell_at(c, x, y);
  if (!cell) return;
  bool both = upper >= 0 && lower >= 0 && upper != lower;
  cell->extra = (uint8_t)(both ? EXTRA_GROUND + lower - (int)STYLE_GROUP0 : EXTRA_INK);
}

void canvas_over_bar(Canvas *c, int x, int y, uint32_t cp, Style style) {
  CanvasCell *cell = cell_at(c, x, y);
  bool bar = cell && cell->cp == 0x2588 && cell->style == STYLE_GROUP0;
  canvas_put(c, x, y, cp, style);
  if (bar) cell->extra = EXTRA_OVER_BAR;
}

bool canvas_is_blank(const Canvas *c, int x, int y, int w) {
  for (int i = x; i < x + w; i++) {
    const CanvasCell *cell = cell_at(c, i, y);
    if (cell && (cell->cp != ' ' || cell->extra)) return false;
  }
  return true;
}

void canvas_over_fill(Canvas *c, int x, int y, uint32_t cp, Style style) {
  const CanvasCell *cell = cell_at(c, x, y);
  int ground = cell && cell->cp != ' ' && cell->style != style ? EXTRA_GROUND + cell->style - (int)STYLE_GROUP0 : 0;
  bool hues = ground && hue_known((Style)cell->style) && hue_known(style);
  canvas_put(c, x, y, cp, style);
  if (hues && cp != 0x2588) cell_at(c, x, y)->extra = (uint8_t)ground;
}

void canvas_fill_halves(Canvas *c, int x, int y, int upper, int lower) {
  const CanvasCell *cell = cell_at(c, x, y);
  bool half = cell && cell->extra == EXTRA_INK;
  if (half && cell->cp == 0x2580 && upper < 0) upper = cell->style;
  if (half && cell->cp == 0x2584 && lower < 0) lower = cell->style;
  canvas_halves(c, x, y, upper, lower);
}

// Whether the style shows in a blank too.
static bool fills(const CanvasCell *cell) {
  return cell->extra || (cell->style >= STYLE_COLUMN && cell->style <= STYLE_HIT);
}

// Whether a cell shows nothing: a space keeps the colour of what stands before it, which saves sequences.
static bool shows_nothing(const CanvasCell *cell) { return cell->cp == ' ' && !cell->mark && !fills(cell); }

static void print_row(const Canvas *c, const DrawStyle *style, int y, Str *out) {
  int last = c->w;
  const char *now = "";
  bool painted = false; // a space would show the sequence in force
  while (last > 0 && shows_nothing(cell_at(c, last - 1, y))) last--;
  for (int x = 0; x < last; x++) {
    const CanvasCell *cell = cell_at(c, x, y);
    if (cell->cp == 0) continue;
    const char *want = shows_nothing(cell) ? painted ? "" : now : cell_sgr(cell, style);
    if (strcmp(want, now) != 0) str_addf(out, *want ? "\x1b[0;%sm" : "\x1b[0m", want);
    now = want, painted = *want && fills(cell);
    char utf8[4];
    str_addn(out, utf8, (size_t)utf8_encode(cell->cp, utf8));
    if (cell->mark) str_addn(out, utf8, (size_t)utf8_encode(cell->mark, utf8));
  }
  str_add(out, *now ? "\x1b[0m\n" : "\n");
}

void canvas_print(const Canvas *c, const DrawStyle *style, Str *out) {
  for (int y = 0; y < c->h; y++) print_row(c, style, y, out);
}

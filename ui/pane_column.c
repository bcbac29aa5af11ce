// The profile of the column under the table's cursor, as much of it as the size bears: from TALL lines up statistics
// above a histogram with its counts; below that five lines of statistics with a small histogram beside them; one line
// with the middle, what is missing, and a spark.
#include "ui/app_int.h"
#include "ui/column_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>

enum { GROUP = COLUMN_GROUP, TALL = 12, FLAT = 5, NARROW = 60, PICTURE_LEAST = 16, BLOCK_GAP = 3, BLOCK_WIDE = 24 };
enum { COUNTS = 19, READING_LEAST = 10, BOXES_LEAST = 6, BARS_LEAST = 3, BARS_WIDE = 30, PLACES_MOST = COLUMN_PLACES };

static const MsgColumn *profile_of(const Sheet *s) { return sheet_profile(s, sheet_name(s, s->col)); }

// ---- title --------------------------------------------------------------------------------------------------------
static void column_title(const App *a, Str *what, Str *state) {
  const Sheet *s = &a->sheet;
  const char *name = sheet_name(s, s->col);
  const MsgColumn *m = sheet_profile(s, name);
  const WireHead *head = sheet_head(s, s->col);
  char place[NUMFMT_MAX], of[NUMFMT_MAX];
  if (!s->object || !name) return;
  str_add(what, name);
  const char *kind = m ? m->kind : head ? head->kind : "";
  if (*kind) str_addf(what, "  %s", kind);
  fmt_i64(place, sizeof place, s->col + 1, true);
  fmt_i64(of, sizeof of, s->ncol, true);
  if (a->w >= NARROW) str_addf(what, "%s%s of %s", *kind ? ", " : "  ", place, of);
  if (!m) return;
  if (a->focus == PANE_column && column_read_out(a, state)) return;
  const char *text = m->state, *last = strrchr(text, ' '); // "complete 79.9%" is "79.9%" where it is narrow
  str_add(state, a->w < NARROW && last ? last + 1 : text);
}

// ---- blocks of statistics -----------------------------------------------------------------------------------------
typedef struct Block {
  int64_t from, n;
  int label, left, right; // widths
} Block;

static const PageCol NUMBER = {.align = ALIGN_POINT, .kind = CELL_NUMBER};

static bool is_number_text(const char *text) { return *text == '-' || (*text >= '0' && *text <= '9') || *text == '.'; }

static Block block_of(const MsgColumn *m, int64_t from) {
  Block b = {.from = from, .n = m->label.n - from < GROUP ? m->label.n - from : GROUP};
  for (int64_t i = from; i < from + b.n; i++) {
    const char *value = m->value.name[i];
    int label = utf8_width(sv(m->label.name[i])), left = utf8_width(sv(value)), right = 0;
    if (is_number_text(value)) cell_measure(&NUMBER, value, &left, &right);
    b.label = label > b.label ? label : b.label;
    b.left = left > b.left ? left : b.left;
    b.right = right > b.right ? right : b.right;
  }
  return b;
}

static int block_width(const Block *b, int64_t group) {
  int need = b->label + 1 + b->left + b->right, usual = group == 0 ? 16 : 12;
  return need > usual ? need : usual;
}

static void draw_statistic(const Paint *p, Rect r, const MsgColumn *m, const Block *b, int64_t i, bool here) {
  const char *value = m->value.name[i];
  Style style = here ? STYLE_CURSOR : STYLE_FG;
  for (int x = 0; here && x < r.w; x++) canvas_put(p->c, r.x + x, r.y, ' ', STYLE_CURSOR);
  int used = paint_text(p, r.x, r.y, r.w, m->label.name[i], here ? STYLE_CURSOR : STYLE_DIM), room = r.w - used - 1;
  if (is_number_text(value)) paint_cell(p, r.x + used + 1, r.y, room, &NUMBER, b->right, value, style);
  else paint_right(p, r.x + used + 1, r.y, room, value, style);
}

// A sentence below a tall picture that has the room.
static bool has_reading(const MsgColumn *m, Rect picture) {
  return m->has_plot && m->plot.reading && *m->plot.reading && picture.h > READING_LEAST;
}

// ---- places -------------------------------------------------------------------------------------------------------
static bool is_blank(const MsgColumn *m, int64_t i) { return !*m->label.name[i]; }

static void place_block(ColumnPlaces *out, const MsgColumn *m, const Block *b, Rect r) {
  for (int64_t i = 0; i < b->n && b->from + i < PLACES_MOST; i++)
    if (i < r.h && !is_blank(m, b->from + i)) out->stat[b->from + i] = (Rect){r.x, r.y + (int)i, r.w, 1};
}

static void place_tall(ColumnPlaces *out, const MsgColumn *m, Rect r) {
  int x = r.x + 1, end = r.x + r.w - 1;
  for (int64_t from = 0; from < m->label.n; from += GROUP) {
    Block b = block_of(m, from);
    int w = block_width(&b, 0) + 1;
    if (x + w > end) break;
    place_block(out, m, &b, (Rect){x, r.y, w, GROUP});
    out->nblock++;
    x += w + BLOCK_GAP + 4 > BLOCK_WIDE ? w + BLOCK_GAP + 4 : BLOCK_WIDE;
  }
  if (m->has_plot) out->picture = (Rect){r.x + 1, r.y + GROUP + 1, r.w - 2, r.h - GROUP - 1};
  if (has_reading(m, out->picture)) out->picture.h -= 2;
  int lines = (int)m->nbox + 1, left = out->picture.h - lines - 1;
  bool boxes = m->nbox && left >= BOXES_LEAST && histogram_bars(&m->plot) && r.w - 2 - COUNTS >= PICTURE_LEAST;
  if (boxes) out->picture.h = left, out->boxes = (Rect){r.x + 1, out->picture.y + left + 1, r.w - 2, lines};
  Rect p = out->picture;
  bool counts = p.w - COUNTS >= PICTURE_LEAST && p.h >= BARS_LEAST && histogram_bars(&m->plot);
  if (m->has_plot && counts) out->bars = (Rect){p.x + COUNTS, p.y, p.w - COUNTS, p.h};
}

static void place_flat(ColumnPlaces *out, const MsgColumn *m, Rect r) {
  int x = r.x + 1, end = r.x + r.w - 1;
  for (int64_t from = 0, group = 0; from < m->label.n; from += GROUP, group++) {
    Block b = block_of(m, from);
    int w = block_width(&b, group);
    int picture = histogram_bars(&m->plot) ? BARS_WIDE : PICTURE_LEAST;
    if (x + w > end || (group >= 3 && end - (x + w) < picture)) break;
    place_block(out, m, &b, (Rect){x, r.y, w, r.h});
    out->nblock++;
    x += w + BLOCK_GAP;
  }
  if (r.h < FLAT || !m->has_plot || end - 1 - x < PICTURE_LEAST) return;
  out->picture = (Rect){x, r.y, end - 1 - x, FLAT};
  if (histogram_bars(&m->plot)) out->bars = out->picture;
}

void column_places(const MsgColumn *m, Rect r, ColumnPlaces *out) {
  *out = (ColumnPlaces){.n = m->label.n < PLACES_MOST ? (int)m->label.n : PLACES_MOST};
  if (r.h >= TALL) place_tall(out, m, r);
  else if (r.h > 1) place_flat(out, m, r);
  const Series *s = m->has_plot ? histogram_bars(&m->plot) : NULL;
  out->nbar = out->bars.w && s ? (int)s->n : 0;
}

// ---- the two forms of several lines -------------------------------------------------------------------------------
static void draw_blocks(const Paint *p, const MsgColumn *m, const ColumnPlaces *at, int cursor) {
  for (int64_t from = 0; from < at->n; from += GROUP) {
    Block b = block_of(m, from);
    for (int64_t i = from; i < from + b.n && i < at->n; i++)
      if (at->stat[i].w) draw_statistic(p, at->stat[i], m, &b, i, i == cursor);
  }
}

// The greatest and the least count beside a tall histogram.
static void draw_counts(const Paint *p, Rect r, const Plot *plot) {
  double top = 0;
  const Series *s = histogram_bars(plot);
  for (int64_t k = 0; k < s->n; k++) top = fmax(top, s->y[k]);
  char text[NUMFMT_MAX];
  fmt_sensible(text, sizeof text, top, 4);
  paint_right(p, r.x, r.y, r.w, text, STYLE_DIM);
  paint_right(p, r.x, r.y + r.h - 3, r.w, "0", STYLE_DIM);
}

static void draw_reading(const Paint *p, Rect r, int y, const Plot *plot) {
  Str text = {0};
  str_addf(&text, "reading: %s", plot->reading);
  paint_text(p, r.x, y, r.w, str_c(&text), STYLE_DIM);
  str_fini(&text);
}

// Each level with its median, and its box on the axis of the bars above.
static void draw_boxes(const Paint *p, Rect r, Rect bars, const MsgColumn *m) {
  enum { MIDDLE = 7 };
  int name = COUNTS - 3 - MIDDLE;
  Str head = {0};
  str_addf(&head, "by %s", m->by);
  bool fits = (int)head.n <= name + 1;
  paint_text(p, r.x, r.y, name + 1, fits ? str_c(&head) : m->by, STYLE_DIM); // a long name stands without the word
  paint_right(p, r.x + name + 1, r.y, MIDDLE, "median", STYLE_DIM);
  str_fini(&head);
  for (int64_t k = 0; k < m->nbox; k++) {
    const WireBox *b = &m->box[k];
    int y = r.y + 1 + (int)k;
    BoxStats box = {.present = true, .min = b->q[0], .q1 = b->q[1], .median = b->q[2], .q3 = b->q[3], .max = b->q[4]};
    paint_text(p, r.x, y, name, b->name, STYLE_STRONG);
    paint_right(p, r.x + name + 1, y, MIDDLE, b->middle, STYLE_FG);
    paint_box(p, bars.x, y, bars.w, &m->plot, &box);
  }
}

static void draw_lines(const Paint *p, Rect r, const MsgColumn *m, int cursor) {
  ColumnPlaces at;
  column_places(m, r, &at);
  draw_blocks(p, m, &at, cursor);
  if (!at.picture.w) return;
  bool tall = r.h >= TALL;
  if (at.boxes.h) draw_boxes(p, at.boxes, at.bars, m);
  int foot = at.boxes.h ? at.boxes.y + at.boxes.h : at.picture.y + at.picture.h;
  if (tall && foot < r.y + r.h && m->plot.reading) draw_reading(p, at.picture, foot + 1, &m->plot);
  if (!at.bars.w || !paint_histogram(p, at.bars, &m->plot, cursor < at.n ? -1 : cursor - at.n))
    paint_plot(p, at.picture, &m->plot);
  else if (tall) draw_counts(p, (Rect){at.picture.x, at.picture.y, COUNTS - 2, at.picture.h}, &m->plot);
}

// ---- one line -----------------------------------------------------------------------------------------------------
static const char *value_of(const MsgColumn *m, const char *label) {
  for (int64_t i = 0; i < m->label.n; i++)
    if (strcmp(m->label.name[i], label) == 0) return m->value.name[i];
  return NULL;
}

static int pair(const Paint *p, int x, int y, int end, const MsgColumn *m, const char *label, bool here) {
  const char *value = value_of(m, label);
  int need = value ? utf8_width(sv(label)) + 1 + utf8_width(sv(value)) : 0;
  if (!value || x + need > end) return 0;
  int used = paint_text(p, x, y, end - x, label, here ? STYLE_FOCUS : STYLE_DIM) + 1;
  paint_text(p, x + used, y, end - x - used, value, here ? STYLE_STRONG : STYLE_FG);
  return need + 1;
}

// The spark of the header with the ends of its scale, right-aligned; returns the columns left for text.
static int draw_scale(const Paint *p, Rect r, const WireHead *head, const MsgColumn *m) {
  char lo[64] = "", hi[64] = "";
  int n = head->strip == STRIP_SHARES ? 8 : (int)head->n, end = r.x + r.w - 1;
  if (head->strip == STRIP_SPARK && m->has_plot && m->plot.x.kind == AXIS_NUMBER) {
    axis_label(&m->plot.x, m->plot.x.lo, 0, lo, sizeof lo);
    axis_label(&m->plot.x, m->plot.x.hi, 0, hi, sizeof hi);
  }
  int wide = utf8_width(sv(hi)), narrow = utf8_width(sv(lo)), ends = (wide ? wide + 1 : 0) + (narrow ? narrow + 1 : 0);
  int x = end - (wide ? wide + 1 : 0) - n;
  bool strip = head->strip == STRIP_SHARES || head->strip == STRIP_SPARK;
  if (!strip || n + ends > r.w - 2) return r.w;
  if (wide) paint_right(p, end - wide, r.y, wide, hi, STYLE_DIM);
  if (head->strip == STRIP_SHARES) paint_shares(p, x, r.y, n, head);
  else paint_spark(p, x, r.y, head->value, n, STYLE_GROUP0);
  if (narrow) paint_right(p, x - 1 - narrow, r.y, narrow, lo, STYLE_DIM);
  return x - (narrow ? narrow + 1 : 0) - r.x;
}

// The middle, what is missing, a spark; focused the statistic under the cursor comes first.
static void draw_line(const Paint *p, Rect r, const WireHead *head, const MsgColumn *m, int cursor) {
  int end = r.x + (head ? draw_scale(p, r, head, m) : r.w) - 1, x = r.x + 1;
  const char *first = cursor >= 0 && cursor < m->label.n ? m->label.name[cursor] : NULL;
  if (first) x += pair(p, x, r.y, end, m, first, true);
  const char *usual[] = {value_of(m, "median") ? "median" : "distinct", "missing", r.w >= NARROW ? "n" : "missing"};
  for (int k = 0; k < 3; k++) {
    bool again = (first && strcmp(first, usual[k]) == 0) || (k == 2 && r.w < NARROW);
    if (!again) x += pair(p, x, r.y, end, m, usual[k], false);
  }
}

static void column_draw(App *a, const Paint *p, Rect r, bool focused) {
  Sheet *s = &a->sheet;
  if (r.h < 1 || r.w < 1) return;
  sheet_want(a, 0);
  const MsgColumn *m = profile_of(s);
  if (!s->object) paint_text(p, r.x + 1, r.y, r.w - 2, app_no_table(a, false), STYLE_DIM);
  else if (!m && s->profile_refused) paint_text(p, r.x + 1, r.y, r.w - 2, "nothing is known of this column", STYLE_DIM);
  if (!m) return;
  int cursor = focused ? column_cursor(a) : -1;
  if (r.h > 1) draw_lines(p, r, m, cursor);
  else draw_line(p, r, sheet_head(s, s->col), m, cursor);
}

const PaneType pane_column = {.name = "column",
                              .help = "the column under the cursor",
                              .title = column_title,
                              .draw = column_draw,
                              .mouse = column_mouse};

// The profile of the column under the table's cursor, as much of it as the size bears: from TALL lines up statistics
// above a histogram with its counts; below that five lines of statistics with a small histogram beside them; one line
// with the middle, what is missing, and a spark.
#include "ui/app_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>

enum { GROUP = 5, TALL = 12, FLAT = 5, NARROW = 60, PICTURE_LEAST = 16, BLOCK_GAP = 3, BLOCK_WIDE = 24, COUNTS = 19 };

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

static void draw_block(const Paint *p, Rect r, const MsgColumn *m, const Block *b) {
  for (int64_t i = 0; i < b->n && i < r.h; i++) {
    const char *value = m->value.name[b->from + i];
    int used = paint_text(p, r.x, r.y + (int)i, r.w, m->label.name[b->from + i], STYLE_DIM), room = r.w - used - 1;
    if (is_number_text(value)) paint_cell(p, r.x + used + 1, r.y + (int)i, room, &NUMBER, b->right, value, STYLE_FG);
    else paint_right(p, r.x + used + 1, r.y + (int)i, room, value, STYLE_FG);
  }
}

// ---- pictures -----------------------------------------------------------------------------------------------------
static void draw_picture(const Paint *p, Rect r, const MsgColumn *m) {
  if (m->has_plot && r.w >= PICTURE_LEAST && !paint_histogram(p, r, &m->plot)) paint_plot(p, r, &m->plot);
}

// The greatest and the least count beside a tall histogram.
static void draw_counts(const Paint *p, Rect r, const Plot *plot) {
  double top = 0;
  for (int i = 0; i < plot->nseries; i++)
    for (int64_t k = 0; plot->series[i].kind == MARK_BAR && k < plot->series[i].n; k++)
      top = fmax(top, plot->series[i].y[k]);
  char text[NUMFMT_MAX];
  fmt_sensible(text, sizeof text, top, 4);
  paint_right(p, r.x, r.y, r.w, text, STYLE_DIM);
  paint_right(p, r.x, r.y + r.h - 3, r.w, "0", STYLE_DIM);
}

// ---- the three forms ----------------------------------------------------------------------------------------------
static void draw_tall(const Paint *p, Rect r, const MsgColumn *m) {
  int x = r.x + 1, end = r.x + r.w - 1;
  for (int64_t from = 0; from < m->label.n; from += GROUP) {
    Block b = block_of(m, from);
    int w = block_width(&b, 0) + 1;
    if (x + w > end) break;
    draw_block(p, (Rect){x, r.y, w, GROUP}, m, &b);
    x += w + BLOCK_GAP + 4 > BLOCK_WIDE ? w + BLOCK_GAP + 4 : BLOCK_WIDE;
  }
  if (!m->has_plot) return;
  Rect room = {r.x + 1, r.y + GROUP + 1, r.w - 2, r.h - GROUP - 1};
  bool reading = m->plot.reading && *m->plot.reading && room.h > 10;
  if (reading) {
    Str text = {0};
    room.h -= 2;
    str_addf(&text, "reading: %s", m->plot.reading);
    paint_text(p, room.x, room.y + room.h + 1, room.w, str_c(&text), STYLE_DIM);
    str_fini(&text);
  }
  Rect bars = {room.x + COUNTS, room.y, room.w - COUNTS, room.h};
  if (bars.w >= PICTURE_LEAST && paint_histogram(p, bars, &m->plot))
    draw_counts(p, (Rect){room.x, room.y, COUNTS - 2, room.h}, &m->plot);
  else paint_plot(p, room, &m->plot);
}

static void draw_flat(const Paint *p, Rect r, const MsgColumn *m) {
  int x = r.x + 1, end = r.x + r.w - 1;
  for (int64_t from = 0, group = 0; from < m->label.n; from += GROUP, group++) {
    Block b = block_of(m, from);
    int w = block_width(&b, group);
    if (x + w > end || (group >= 3 && end - (x + w) < PICTURE_LEAST)) break;
    draw_block(p, (Rect){x, r.y, w, r.h}, m, &b);
    x += w + BLOCK_GAP;
  }
  if (r.h >= FLAT) draw_picture(p, (Rect){x, r.y, end - 1 - x, FLAT}, m);
}

static const char *value_of(const MsgColumn *m, const char *label) {
  for (int64_t i = 0; i < m->label.n; i++)
    if (strcmp(m->label.name[i], label) == 0) return m->value.name[i];
  return NULL;
}

static int pair(const Paint *p, int x, int y, int end, const MsgColumn *m, const char *label) {
  const char *value = value_of(m, label);
  int need = value ? utf8_width(sv(label)) + 1 + utf8_width(sv(value)) : 0;
  if (!value || x + need > end) return 0;
  int used = paint_text(p, x, y, end - x, label, STYLE_DIM) + 1;
  paint_text(p, x + used, y, end - x - used, value, STYLE_FG);
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

static void draw_line(const Paint *p, Rect r, const WireHead *head, const MsgColumn *m) {
  int end = r.x + (head ? draw_scale(p, r, head, m) : r.w) - 1, x = r.x + 1;
  x += pair(p, x, r.y, end, m, value_of(m, "median") ? "median" : "distinct");
  x += pair(p, x, r.y, end, m, "missing");
  if (r.w >= NARROW) pair(p, x, r.y, end, m, "n");
}

static void column_draw(App *a, const Paint *p, Rect r, bool focused) {
  Sheet *s = &a->sheet;
  (void)focused;
  if (r.h < 1 || r.w < 1) return;
  sheet_want(a, 0);
  const MsgColumn *m = profile_of(s);
  if (!s->object) paint_text(p, r.x + 1, r.y, r.w - 2, app_no_table(a, false), STYLE_DIM);
  else if (!m && s->profile_refused) paint_text(p, r.x + 1, r.y, r.w - 2, "nothing is known of this column", STYLE_DIM);
  if (!m) return;
  if (r.h >= TALL) draw_tall(p, r, m);
  else if (r.h > 1) draw_flat(p, r, m);
  else draw_line(p, r, sheet_head(s, s->col), m);
}

static void column_mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x, (void)y, (void)r;
  if (key->button == MOUSE_WHEEL_UP) sheet_move(a, 0, -1);
  else if (key->button == MOUSE_WHEEL_DOWN) sheet_move(a, 0, 1);
}

const PaneType pane_column = {.name = "column",
                              .help = "the column under the cursor",
                              .title = column_title,
                              .draw = column_draw,
                              .mouse = column_mouse};

// What follows from one threshold: the table of the four counts, the metrics now and before, and the scores of both
// classes. Columns are fixed from the left, so that nothing moves while the threshold does.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/evaluate_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TP, FP, TN, FN };
enum { LABEL_MOST = 12, NARROW = 28, TINY = 20, LONG_NAMES = 30 };

// ---- the table of counts ------------------------------------------------------------------------------------------
static void print_change(const Paint *p, int64_t change, char *buf, size_t size) {
  char digits[NUMFMT_MAX];
  fmt_i64(digits, sizeof digits, llabs(change), true);
  snprintf(buf, size, "%s%s", change > 0 ? "+" : change < 0 ? glyph(p, G_MINUS) : "", digits);
}

static void paint_count(const Paint *p, Rect r, int end, int y, const MsgEvaluation *e, int which, bool change,
                        bool cursor) {
  char text[NUMFMT_MAX + 8];
  fmt_i64(text, sizeof text, e->now_count[which], true);
  Style style = cursor ? STYLE_CURSOR : which == TP || which == TN ? STYLE_STRONG : STYLE_FG;
  rect_right(p, r, 0, end, y, text, style);
  if (!change || e->now_count[which] == e->was_count[which]) return;
  print_change(p, e->now_count[which] - e->was_count[which], text, sizeof text);
  rect_right(p, r, end + 1, end + 5, y, text, STYLE_DIM);
}

static void paint_side(const Paint *p, Rect r, int x, int end, int y, const char *word, const char *name, bool right) {
  Str text = {0};
  str_addf(&text, "%s%s%s", word, *word ? " " : "", name);
  if (right) rect_right(p, r, x, end, y, str_c(&text), STYLE_DIM);
  else rect_text(p, r, x, y, end - x + 1, str_c(&text), STYLE_DIM);
  str_fini(&text);
}

int point_matrix(const Paint *p, Rect r, const MsgEvaluation *e, bool threshold, int cursor) {
  static const int CELL[2][2] = {{TN, FP}, {FN, TP}};
  bool full = r.w >= POINT_WIDTH - 2, label = r.w >= TINY;
  int first = full ? 15 : label ? r.w * 5 / 8 - 1 : (r.w - 2) / 2, second = full ? 30 : r.w - 1, wide = full ? 5 : 0;
  char buf[32];
  if (threshold) {
    int used = rect_text(p, r, 0, 0, r.w, "at ", STYLE_DIM);
    rect_text(p, r, used, 0, r.w, unit_print(e->threshold, buf), STYLE_FOCUS);
  }
  int from = threshold ? 9 : 3;
  paint_side(p, r, full ? 9 : from, first + wide, 0, full ? "said" : "", e->negative, true);
  paint_side(p, r, first + wide + 2, second + wide, 0, full ? "said" : "", e->positive, true);
  for (int j = 0; j < 2; j++) {
    if (label) paint_side(p, r, 0, full ? 9 : first - 6, j + 1, "is", j ? e->positive : e->negative, false);
    paint_count(p, r, first, j + 1, e, CELL[j][0], full, cursor == 2 * j);
    paint_count(p, r, second, j + 1, e, CELL[j][1], full, cursor == 2 * j + 1);
  }
  return r.h < 3 ? r.h : 3;
}

static int widest_cell(const Page *page) {
  int w = 4;
  for (int j = 1; j < page->ncol; j++) {
    int name = utf8_width(sv(page->col[j].name));
    if (name > w) w = name;
  }
  return w > LABEL_MOST ? LABEL_MOST : w;
}

int point_confusion(const Paint *p, Rect r, const MsgEvaluation *e, int row, int col) {
  const Page *page = &e->page;
  int label = 3, each = widest_cell(page) + 2, lines = r.h - 1;
  for (int64_t i = 0; i < page->shown; i++) {
    const char *name = page_get(page, i, 0);
    int w = 3 + utf8_width(sv(name ? name : ""));
    if (w > label) label = w > LABEL_MOST + 3 ? LABEL_MOST + 3 : w;
  }
  int fit = (r.w - label) / each < 1 ? 1 : (r.w - label) / each, first = col >= fit ? col - fit + 1 : 0;
  int top = (int)list_top(page->shown, row > 0 ? row : 0, 0, lines > 0 ? lines : 1);
  rect_text(p, r, 0, 0, label, "said", STYLE_DIM);
  for (int j = first; j < page->ncol - 1 && j < first + fit; j++) {
    int end = label + (j - first + 1) * each - 1;
    rect_right(p, r, end - each + 2, end, 0, page->col[j + 1].name, STYLE_DIM);
    for (int i = top; i < page->shown && i < top + lines; i++) {
      const char *cell = page_get(page, i, j + 1);
      bool zero = cell && strcmp(cell, "0") == 0;
      Style style = i == row && j == col ? STYLE_CURSOR : i == j ? STYLE_STRONG : zero ? STYLE_FAINT : STYLE_FG;
      rect_right(p, r, end - each + 2, end, i - top + 1, cell ? cell : "", style);
    }
  }
  for (int i = top; i < page->shown && i < top + lines; i++) {
    const char *name = page_get(page, i, 0);
    paint_side(p, r, 0, label - 1, i - top + 1, "is", name ? name : "", false);
  }
  return page->shown + 1 < r.h ? (int)page->shown + 1 : r.h;
}

// ---- metrics ------------------------------------------------------------------------------------------------------
typedef struct Columns { // last column of each, -1 = none; `range` is where it begins
  int name, now, was, change, mark, range, other;
} Columns;

enum { RANGE_WIDTH = 12, OTHER_WIDTH = 8 };

static bool any_range(const MsgEvaluation *e) {
  for (int64_t k = 0; k < e->nmetric; k++)
    if (e->metric[k].range && *e->metric[k].range) return true;
  return false;
}

static Columns columns_of(int w, const MsgEvaluation *e) {
  Columns c = {-1, -1, -1, -1, -1, -1, -1};
  bool other = e->other && *e->other, range = any_range(e);
  if (!e->binary && w >= LONG_NAMES) c.name = 18, c.now = 26;
  else if (!e->binary) c.name = w >= NARROW ? 10 : w - 8, c.now = w >= NARROW ? 18 : w - 1;
  else if (w >= POINT_WIDTH) c.name = 10, c.now = 18, c.was = 26, c.change = 35, c.mark = 37;
  else if (w >= NARROW) c.name = 10, c.now = 16, c.change = 24, c.mark = 26;
  else if (w >= TINY) c.name = w - 10, c.now = w - 3, c.mark = w - 1;
  else c.name = w - 7, c.now = w - 1;
  int end = c.mark > c.now ? c.mark : c.now;
  if (other && w >= end + 1 + OTHER_WIDTH) c.other = end += OTHER_WIDTH;
  if (range && w > end + 2 + RANGE_WIDTH) c.range = end + 3;
  return c;
}

// The kernel writes differences with either minus; the screen has one.
static void paint_number(const Paint *p, Rect r, int end, int y, const char *text, Style style) {
  Str out = {0};
  if (end < 0) return;
  if (*text == '-') str_add(&out, glyph(p, G_MINUS)), text++;
  str_add(&out, text);
  rect_right(p, r, 0, end, y, str_c(&out), style);
  str_fini(&out);
}

static void paint_metric(const Paint *p, Rect r, int y, const Columns *c, const WireMetric *m) {
  Style style = m->better > 0 ? STYLE_GROUP0 : m->better < 0 ? STYLE_GROUP1 : STYLE_DIM;
  rect_text(p, r, 0, y, c->name + 1, m->name, STYLE_DIM);
  paint_number(p, r, c->now, y, m->now, STYLE_STRONG);
  paint_number(p, r, c->was, y, m->was, STYLE_FG);
  if (strcmp(m->now, m->was) != 0) paint_number(p, r, c->change, y, m->change, style);
  if (c->mark >= 0 && m->better) rect_put(p, r, c->mark, y, m->better > 0 ? G_BETTER : G_WORSE, style);
  if (c->other >= 0 && m->other) paint_number(p, r, c->other, y, m->other, STYLE_GROUP1);
  if (c->range >= 0 && m->range) rect_text(p, r, c->range, y, r.w, m->range, STYLE_DIM);
}

int point_metrics(const Paint *p, Rect r, const MsgEvaluation *e) {
  Columns c = columns_of(r.w, e);
  int head = (c.change >= 0 || c.range >= 0) && r.h >= 3, y = head;
  if (head) {
    rect_right(p, r, 0, c.now, 0, "now", STYLE_DIM);
    if (c.was >= 0) rect_right(p, r, 0, c.was, 0, "was", STYLE_DIM);
    if (c.change >= 0) rect_right(p, r, 0, c.change, 0, "change", STYLE_DIM);
    if (c.other >= 0) rect_right(p, r, c.other - OTHER_WIDTH + 2, c.other, 0, e->other, STYLE_DIM);
    if (c.range >= 0) rect_text(p, r, c.range, 0, r.w, "95% interval", STYLE_DIM);
  }
  for (int64_t k = 0; k < e->nmetric && y < r.h; k++) paint_metric(p, r, y++, &c, &e->metric[k]);
  return y;
}

static void paint_share(const Paint *p, Rect r, int y, const char *of, const char *name, int64_t part, int64_t all,
                        const char *word) {
  Str text = {0};
  char number[32];
  str_addf(&text, "of 100 %s%s", of, name);
  rect_text(p, r, 0, y, r.w, str_c(&text), STYLE_FG);
  snprintf(number, sizeof number, "%.0f ", all > 0 ? 100.0 * (double)part / (double)all : 0.0);
  int used = rect_text(p, r, 0, y + 1, r.w, number, STYLE_STRONG);
  rect_text(p, r, used, y + 1, r.w, word, STYLE_FG);
  str_fini(&text);
}

int point_shares(const Paint *p, Rect r, const MsgEvaluation *e) {
  const int64_t *n = e->now_count;
  Str word = {0};
  paint_share(p, r, 0, "", e->positive, n[TP], n[TP] + n[FN], "found");
  str_addf(&word, "are %s", e->negative);
  if (n[TP] + n[FP] > 0) paint_share(p, r, 3, "said ", e->positive, n[FP], n[TP] + n[FP], str_c(&word));
  str_fini(&word);
  return 5;
}

// ---- scores -------------------------------------------------------------------------------------------------------
// Bins onto w columns by their overlap, the highest 1 when `scale`.
static void spread(const double *bin, int64_t n, double *out, int w, bool scale) {
  double top = 0;
  for (int i = 0; i < w; i++) {
    double lo = (double)i * (double)n / w, hi = (double)(i + 1) * (double)n / w;
    out[i] = 0;
    for (int64_t k = (int64_t)lo; k < n && (double)k < hi - 1e-9; k++) {
      double part = fmin(hi, (double)k + 1) - fmax(lo, (double)k);
      if (part > 1e-9 && bin[k] > 0) out[i] += bin[k] * part / (hi - lo);
    }
    top = fmax(top, out[i]);
  }
  for (int i = 0; scale && top > 0 && i < w; i++) out[i] /= top;
}

static int label_width(const MsgEvaluation *e, const char *third) {
  int w = utf8_width(sv(third)), a = utf8_width(sv(e->negative)), b = utf8_width(sv(e->positive));
  if (a > w) w = a;
  if (b > w) w = b;
  return w < LABEL_MOST ? w : LABEL_MOST;
}

static int column_of(double share, int w) { return (int)lround(share * (w - 1)); }

// A label that would touch column `pointer` stays away.
static void paint_ticks(const Paint *p, Rect r, int x, int y, int w, int n, int pointer) {
  for (int i = 0; i <= n; i++) {
    char text[8];
    double at = (double)i / n;
    snprintf(text, sizeof text, "%.1f", at);
    int c = x + (int)rint(at * (w - 1)) - 1; // ties to even
    if (c < x) c = x;
    if (c > r.w - 4 && c > x + w - 2) c = r.w - 4;
    if (pointer < c - 1 || pointer > c + 3) rect_text(p, r, c, y, 3, text, STYLE_DIM);
  }
}

int point_strips(const Paint *p, Rect r, const MsgEvaluation *e) {
  int label = label_width(e, "score"), x = label + 1, w = r.w - x - 2;
  if (r.h < 3 || w < 8 || e->nhist < 1) return 0;
  double *share = calloc((size_t)w, sizeof *share);
  if (!share) abort();
  for (int k = 0; k < 2; k++) {
    rect_text(p, r, 0, k, label, k ? e->positive : e->negative, STYLE_DIM);
    spread(k ? e->hist_positive : e->hist_negative, e->nhist, share, w, true);
    paint_spark(p, r.x + x, r.y + k, share, w, k ? STYLE_GROUP1 : STYLE_GROUP0);
  }
  free(share);
  rect_text(p, r, 0, 2, label, "score", STYLE_DIM);
  int pointer = x + column_of(e->threshold, w);
  paint_ticks(p, r, x, 2, w, 2, pointer);
  rect_put(p, r, pointer, 2, G_POINTER, STYLE_FOCUS);
  return 3;
}

typedef struct Bars {
  int x, w, axis, up, down; // columns; lines above and below the axis
  int cut;                  // column of the threshold, from 0
  double eighths;           // of a row
} Bars;

// A column of eighths above the axis, of halves below it.
static void paint_bar(const Paint *p, Rect r, const Bars *b, int i, double rows, bool down, Style style) {
  bool ascii = p->style->glyphs == GLYPHS_ASCII;
  int high = (int)lround(b->eighths * rows), lines = down ? b->down : b->up;
  if (rows > 0 && high < 1) high = 1;
  for (int k = 0; k < lines && high > 8 * k; k++) {
    int eighths = high - 8 * k < 8 ? high - 8 * k : 8, y = down ? b->axis + 1 + k : b->axis - 1 - k;
    uint32_t cp = ascii  ? (eighths < 4 ? '.' : '#')
                  : down ? (eighths < 6 ? 0x2580 : 0x2588)
                         : 0x2580 + (uint32_t)eighths;
    canvas_put(p->c, r.x + b->x + i, r.y + y, cp, style);
  }
}

// Rows behind a share of 1: the shares of all bins are the rows of the class.
static double rows_of(const MsgEvaluation *e, bool positive) {
  const double *bin = positive ? e->hist_positive : e->hist_negative;
  const int64_t *n = e->now_count;
  double sum = 1e-9;
  for (int64_t k = 0; k < e->nhist; k++) sum += bin[k] > 0 ? bin[k] : 0;
  return (double)(positive ? n[TP] + n[FN] : n[TN] + n[FP]) / sum;
}

static double highest(const MsgEvaluation *e, bool positive) {
  const double *bin = positive ? e->hist_positive : e->hist_negative;
  double top = 1e-9;
  for (int64_t k = 0; k < e->nhist; k++) top = fmax(top, bin[k]);
  return fmax(1e-9, top * rows_of(e, positive));
}

static void paint_class(const Paint *p, Rect r, const Bars *b, const MsgEvaluation *e, bool positive) {
  double *share = calloc((size_t)b->w, sizeof *share), rows = rows_of(e, positive);
  if (!share) abort();
  spread(positive ? e->hist_positive : e->hist_negative, e->nhist, share, b->w, false);
  for (int i = 0; i < b->w; i++) {
    bool wrong = positive ? i < b->cut : i >= b->cut;
    Style style = positive ? (wrong ? STYLE_GROUP1 : STYLE_GROUP5) : wrong ? STYLE_GROUP0 : STYLE_GROUP4;
    paint_bar(p, r, b, i, share[i] * rows, positive, style);
  }
  free(share);
}

static bool is_blank(const Paint *p, int x, int y) {
  bool inside = x >= 0 && y >= 0 && x < p->c->w && y < p->c->h;
  return inside && p->c->cell[(size_t)y * (size_t)p->c->w + (size_t)x].cp == ' ';
}

static void paint_cut(const Paint *p, Rect r, const Bars *b, double threshold) {
  char buf[32];
  int x = b->x + b->cut;
  if (b->cut >= b->w) x = b->x + b->w - 1;
  for (int y = b->axis - b->up; y <= b->axis + b->down; y++)
    if (y == b->axis || is_blank(p, r.x + x, r.y + y)) rect_put(p, r, x, y, G_DIVIDER, STYLE_FOCUS);
  rect_text(p, r, x + 1, b->axis - b->up, 5, unit_print(threshold, buf), STYLE_FOCUS);
}

// Negatives stand up and positives hang down on one scale; what the threshold gets wrong is bright.
int point_histogram(const Paint *p, Rect r, const MsgEvaluation *e) {
  int label = label_width(e, ""), w = r.w - label - 2;
  if (r.h < 5 || w < 12 || e->nhist < 1) return 0;
  Bars b = {.x = label + 1, .w = w, .up = (r.h - 1) * 5 / 8};
  b.axis = b.up, b.down = r.h - 1 - b.up, b.cut = (int)lround(e->threshold * w);
  b.eighths = 8 * fmin(b.up / highest(e, false), b.down / highest(e, true));
  rect_right(p, r, 0, label - 1, b.axis - 1, e->negative, STYLE_DIM);
  rect_right(p, r, 0, label - 1, b.axis + 1, e->positive, STYLE_DIM);
  for (int i = 0; i < w; i++) rect_put(p, r, b.x + i, b.axis, G_RULE, STYLE_FAINT);
  paint_ticks(p, r, b.x, b.axis, w, w >= 40 ? 5 : 2, b.x + b.cut);
  paint_class(p, r, &b, e, false);
  paint_class(p, r, &b, e, true);
  paint_cut(p, r, &b, e->threshold);
  return r.h;
}

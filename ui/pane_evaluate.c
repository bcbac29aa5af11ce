// An evaluation: the curve at the left, at the right what follows from the threshold. As the pane shrinks, what is
// least needed goes first: histogram, words beside the metrics, curve, strips of scores; the threshold, the table of
// counts and the metrics stay.
#include "base/numfmt.h"
#include "ui/evaluate_int.h"

#include <math.h>

enum { SIDE_BY_SIDE = 66, WIDE = 100, TALL = 22, HISTOGRAM_LEAST = 7, SHARES_WIDTH = 16, STACKED = 21 };

const MsgEvaluation *evaluate_answer(const App *a) {
  const Operate *o = &a->operate;
  return o->object && o->now.kind == MSG_EVALUATION ? &o->now.Evaluation : NULL;
}

// ---- title --------------------------------------------------------------------------------------------------------
// "credit" of "credit.csv" when the table on the screen came from a file, else the evaluation's own name.
static Sv data_name(const App *a) {
  const Msg *heads = &a->sheet.heads;
  Sv name = sv(a->operate.object);
  if (heads->kind != MSG_HEADS || !heads->Heads.source || !*heads->Heads.source) return name;
  name = sv(heads->Heads.source);
  for (size_t i = name.n; i-- > 0;)
    if (name.s[i] == '/') {
      name = (Sv){name.s + i + 1, name.n - i - 1};
      break;
    }
  const char *dot = memchr(name.s, '.', name.n);
  return dot && dot > name.s ? (Sv){name.s, (size_t)(dot - name.s)} : name;
}

static bool has_parts(const App *a) { return a->layout.n > 2; } // each picture has a pane of its own

static void title(const App *a, Str *what, Str *state) {
  const MsgEvaluation *e = evaluate_answer(a);
  char rows[NUMFMT_MAX];
  if (!e) return;
  Sv data = data_name(a);
  fmt_i64(rows, sizeof rows, e->n, true);
  if (has_parts(a)) str_addf(what, "%s rows", rows);
  else
    str_addf(what, SV_FMT "%s%s  %s row%s", SV_ARG(data), *e->learner ? " › " : "", e->learner, rows,
             e->n == 1 ? "" : "s");
  if (has_parts(a) && e->binary) {
    fmt_i64(rows, sizeof rows, e->now_count[0] + e->now_count[3], true);
    str_addf(what, ", %s %s", rows, e->positive);
  } else if (e->fixed) str_addf(what, ", %s against %s", e->positive, e->negative);
  bool other = e->difference && *e->difference;
  str_addf(state, "%s%s", other ? "vs " : "", other ? e->other : "");
  if (other) str_add(state, ": ");
  str_add(state, other ? e->difference : e->score);
}

static const char *title_of(const App *a, int64_t which, const char *otherwise) {
  const Plot *plot = operate_plot(a, which);
  return plot && plot->title && *plot->title ? plot->title : otherwise;
}

const char *evaluate_name(const App *a, PaneId pane, const char *own) {
  const MsgEvaluation *e = evaluate_answer(a);
  switch (e ? (int)pane : PANE_COUNT) {
  case PANE_evaluate: return has_parts(a) ? title_of(a, EVALUATION_ROC, own) : own;
  case PANE_pr: return title_of(a, EVALUATION_PR, own);
  case PANE_gain: return title_of(a, EVALUATION_GAIN, own);
  case PANE_cost: return title_of(a, EVALUATION_COST, own);
  case PANE_calibration: return title_of(a, EVALUATION_CALIBRATION, own);
  case PANE_scores: return e->binary ? own : title_of(a, EVALUATION_PR, own);
  case PANE_changed: return e->binary || !e->page.ncol ? own : e->classes.n ? "confusion" : "largest misses";
  default: return own;
  }
}

// ---- two classes --------------------------------------------------------------------------------------------------
static Rect below(Rect r, int lines) {
  if (lines > r.h) lines = r.h;
  return (Rect){r.x, r.y + lines, r.w, r.h - lines};
}
static Rect part(Rect r, int x, int w) {
  if (x > r.w) x = r.w;
  return (Rect){r.x + x, r.y, w < r.w - x ? w : r.w - x, r.h};
}

// Table, metrics and strips in a column of its own; the strips stand at the foot.
static int paint_block(const Paint *p, Rect r, const MsgEvaluation *e, bool threshold) {
  int used = point_matrix(p, r, e, threshold, -1);
  used += point_metrics(p, below(r, used), e);
  Rect foot = below(r, r.h - 3);
  if (r.h - used >= 3) point_strips(p, foot, e);
  return used;
}

static void paint_scores(const Paint *p, Rect r, const MsgEvaluation *e) {
  Str what = {0};
  char negative[NUMFMT_MAX], positive[NUMFMT_MAX];
  const int64_t *n = e->now_count;
  if (r.h < HISTOGRAM_LEAST || r.w < POINT_WIDTH) return;
  fmt_i64(negative, sizeof negative, n[1] + n[2], true);
  fmt_i64(positive, sizeof positive, n[0] + n[3], true);
  str_addf(&what, "%s %s up, %s %s down", negative, e->negative, positive, e->positive);
  paint_title(p, r, 0, "scores", str_c(&what), "bright: now wrong", false, NULL);
  point_histogram(p, below((Rect){r.x + 1, r.y, r.w - 2, r.h}, 1), e);
  str_fini(&what);
}

static void paint_point(const Paint *p, Rect r, const MsgEvaluation *e) {
  Str what = {0};
  char buf[32];
  const char *least = p->style->glyphs == GLYPHS_ASCII ? ">=" : "≥";
  str_addf(&what, "%s if score %s %s", e->positive, least, unit_print(e->threshold, buf));
  paint_title(p, r, 0, "point", str_c(&what), "▴ better  ▾ worse", false, NULL);
  str_fini(&what);
  Rect in = below((Rect){r.x + 1, r.y, r.w - 2, r.h}, 1);
  point_matrix(p, in, e, false, -1);
  Rect lower = below(in, 4);
  point_metrics(p, part(lower, 0, POINT_WIDTH), e);
  if (in.w >= POINT_WIDTH + 3 + SHARES_WIDTH) point_shares(p, part(lower, POINT_WIDTH + 3, in.w), e);
}

// A curve as high as there is room, up to about as wide as it is high for the eye.
static void paint_wide(const Paint *p, Rect r, const MsgEvaluation *e) {
  int most = r.h * 5 / 2 + 10, curve = r.w * 58 / 120;
  if (curve > most) curve = most;
  Rect right = part(r, curve + 3, r.w - curve - 3);
  curve_paint(p, (Rect){r.x + 1, r.y, curve - 2, r.h}, e, &e->plot, true);
  int point = 1 + 4 + 1 + (int)(e->nmetric < 12 ? e->nmetric : 12) + 1;
  if (r.h >= point + HISTOGRAM_LEAST) {
    Rect foot = below(right, point);
    if (foot.h > 18) foot.h = 18;
    paint_point(p, right, e);
    paint_scores(p, foot, e);
  } else {
    paint_point(p, part(right, 0, right.w >= 2 * POINT_WIDTH + 8 ? right.w / 2 : right.w), e);
    if (right.w >= 2 * POINT_WIDTH + 8) paint_scores(p, part(right, right.w / 2 + 2, right.w), e);
  }
}

static void paint_binary(const Paint *p, Rect r, const MsgEvaluation *e) {
  if (r.w >= WIDE && r.h >= 14) {
    paint_wide(p, r, e);
  } else if (r.w >= SIDE_BY_SIDE && r.h >= 6) {
    bool said = curve_paint(p, (Rect){r.x + 1, r.y, r.w - POINT_WIDTH - 5, r.h}, e, &e->plot, true);
    paint_block(p, part(r, r.w - POINT_WIDTH, POINT_WIDTH), e, !said);
  } else if (r.h >= STACKED) {
    Rect block = part(r, 1, r.w - 1);
    int used = 3 + (int)(e->nmetric < 8 ? e->nmetric : 8) + 1 + 3 + 1;
    block.h = used - 1;
    paint_block(p, block, e, true);
    curve_paint(p, (Rect){r.x + 1, r.y + used, r.w - 2, r.h - used}, e, &e->plot, true);
  } else {
    int edge = r.w > POINT_WIDTH || r.w < POINT_WIDTH - 8;
    paint_block(p, part(r, edge, r.w - edge), e, true);
  }
}

// ---- several classes, and numbers ---------------------------------------------------------------------------------
static Plot without_title(const Plot *plot) {
  Plot q = *plot;
  q.title = NULL;
  return q;
}

static void paint_tables(const Paint *p, Rect r, const MsgEvaluation *e) {
  int used = 0;
  if (e->classes.n) {
    used = point_confusion(p, r, e, -1, 0);
    point_metrics(p, below(r, used + (used > 0)), e);
    return;
  }
  used = point_metrics(p, r, e);
  if (used) used++;
  if (e->page.ncol > 0 && r.h > used) paint_page(p, below(r, used), &e->page, STYLE_FG);
}

static void paint_other(const Paint *p, Rect r, const MsgEvaluation *e) {
  Plot plot = without_title(&e->plot);
  if (r.w >= SIDE_BY_SIDE && r.h >= 6) {
    int w = (r.w - 4) / 2;
    paint_plot(p, (Rect){r.x + 1, r.y, w - 1, r.h}, &plot);
    paint_tables(p, part(r, w + 4, r.w - w - 5), e);
    return;
  }
  Rect in = part(r, r.w > 1, r.w - 1 - (r.w > 2));
  int tables = (int)(e->nmetric < 12 ? e->nmetric : 12) + 2 + (int)(e->page.shown < 6 ? e->page.shown : 6);
  if (r.h < tables + 9) tables = r.h;
  paint_tables(p, (Rect){in.x, in.y, in.w, tables}, e);
  if (r.h > tables) paint_plot(p, below(in, tables + 1), &plot);
}

const MsgEvaluation *evaluate_ready(const App *a, const Paint *p, Rect r) {
  const MsgEvaluation *e = evaluate_answer(a);
  if (r.w < 1 || r.h < 1) return NULL;
  if (!a->operate.object)
    rect_text(p, r, r.w > 1, 0, r.w, "no evaluation yet: T in a table, or e = m:evaluate(test)", STYLE_DIM);
  else if (!e)
    rect_print(p, r, r.w > 1, 0, STYLE_DIM, a->operate.asked ? "%s is being counted" : "%s is not there: run its cell",
               a->operate.object);
  return e;
}

void evaluate_plot(const App *a, const Paint *p, Rect r, int64_t which) {
  const MsgEvaluation *e = evaluate_ready(a, p, r);
  const Plot *plot = e ? operate_plot(a, which) : NULL;
  Rect in = {r.x + (r.w > 2), r.y, r.w - 2 * (r.w > 2), r.h};
  if (!e) return;
  if (!plot) rect_text(p, r, r.w > 1, 0, r.w, "is being counted", STYLE_DIM);
  else if (e->binary) curve_paint(p, in, e, plot, which == EVALUATION_ROC);
  else {
    Plot bare = without_title(plot);
    paint_plot(p, in, &bare);
  }
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  (void)focused;
  const MsgEvaluation *e = evaluate_ready(a, p, r);
  if (!e) return;
  if (has_parts(a)) evaluate_plot(a, p, r, EVALUATION_ROC);
  else if (e->binary) paint_binary(p, r, e);
  else paint_other(p, r, e);
}

const PaneType pane_evaluate = {
    .name = "evaluate", .help = "how good a model is, at a threshold that moves", .title = title, .draw = draw};

// The other pictures of an evaluation, a pane each where there is room: precision and recall, gain, cost, calibration.
// All show the operating point of the first pane and have its keys.
#include "base/numfmt.h"
#include "ui/evaluate_int.h"

static void add_note(const App *a, int64_t which, Str *state) {
  const Plot *plot = operate_plot(a, which);
  if (plot && plot->note) str_add(state, plot->note);
}

static void title_pr(const App *a, Str *what, Str *state) {
  (void)state;
  const MsgEvaluation *e = evaluate_answer(a);
  if (e && e->binary) str_add(what, "how many it finds, and how many of those are right");
}

static void title_gain(const App *a, Str *what, Str *state) {
  (void)state;
  const MsgEvaluation *e = evaluate_answer(a);
  if (e && e->binary) str_addf(what, "of all %s, among the rows of the highest scores", e->positive);
}

static void title_cost(const App *a, Str *what, Str *state) {
  const MsgEvaluation *e = evaluate_answer(a);
  if (!e || !e->binary) return;
  const char *colon = strchr(e->cost, ':');
  if (colon) str_addf(what, "false alarm %s, miss %.*s", colon + 1, (int)(colon - e->cost), e->cost);
  else str_add(what, "all mistakes; c sets costs");
  add_note(a, EVALUATION_COST, state);
}

static void title_calibration(const App *a, Str *what, Str *state) {
  const MsgEvaluation *e = evaluate_answer(a);
  if (!e || !e->binary) return;
  str_add(what, a->w >= 150 ? "10 groups of equal size, 95% intervals" : "10 equal groups, 95% intervals");
  add_note(a, EVALUATION_CALIBRATION, state);
}

static void draw_pr(App *a, const Paint *p, Rect r, bool focused) {
  (void)focused;
  evaluate_plot(a, p, r, EVALUATION_PR);
}
static void draw_gain(App *a, const Paint *p, Rect r, bool focused) {
  (void)focused;
  evaluate_plot(a, p, r, EVALUATION_GAIN);
}
static void draw_cost(App *a, const Paint *p, Rect r, bool focused) {
  (void)focused;
  evaluate_plot(a, p, r, EVALUATION_COST);
}
static void draw_calibration(App *a, const Paint *p, Rect r, bool focused) {
  (void)focused;
  evaluate_plot(a, p, r, EVALUATION_CALIBRATION);
}

const PaneType pane_pr = {.name = "PR", .help = "precision against recall", .title = title_pr, .draw = draw_pr};
const PaneType pane_gain = {
    .name = "gain", .help = "what the rows of the highest scores hold", .title = title_gain, .draw = draw_gain};
const PaneType pane_cost = {
    .name = "cost", .help = "what each threshold costs", .title = title_cost, .draw = draw_cost};
const PaneType pane_calibration = {.name = "calibration",
                                   .help = "whether scores are probabilities",
                                   .title = title_calibration,
                                   .draw = draw_calibration};

// ---- scores ------------------------------------------------------------------------------------------------------
static void title_scores(const App *a, Str *what, Str *state) {
  const MsgEvaluation *e = evaluate_answer(a);
  char negative[NUMFMT_MAX], positive[NUMFMT_MAX];
  if (!e || !e->binary) return;
  fmt_i64(negative, sizeof negative, e->now_count[1] + e->now_count[2], true);
  fmt_i64(positive, sizeof positive, e->now_count[0] + e->now_count[3], true);
  str_addf(what, "%s %s up, %s %s down", negative, e->negative, positive, e->positive);
  str_add(state, "bright: now wrong");
}

static void draw_scores(App *a, const Paint *p, Rect r, bool focused) {
  (void)focused;
  const MsgEvaluation *e = evaluate_ready(a, p, r);
  Rect in = {r.x + 1, r.y, r.w - 2, r.h};
  if (!e) return;
  if (!e->binary) evaluate_plot(a, p, r, EVALUATION_PR);
  else if (!point_histogram(p, in, e)) point_strips(p, in, e);
}

const PaneType pane_scores = {.name = "scores",
                              .help = "the scores of both classes, and what the threshold gets wrong",
                              .title = title_scores,
                              .draw = draw_scores};

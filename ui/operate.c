// An evaluation at a threshold that moves. The kernel counts; this file keeps what was asked for and what has come.
// One question is under way at most: a key that comes before the answer only sets `again`, so that a held key asks as
// fast as the kernel answers and never builds a queue. The view's own costs and threshold change nothing in the kernel
// until they are kept, which is Lua in the notebook.
#include "base/numfmt.h"
#include "ui/app_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool same_cost(const Operate *o) { return o->fp == 0 && o->fn == 0; }
static const MsgEvaluation *answer(const Operate *o) {
  return o->object && o->now.kind == MSG_EVALUATION ? &o->now.Evaluation : NULL;
}

const char *unit_print(double share, char buf[32]) {
  double cents = share * 100;
  int digits = fabs(cents - round(cents)) < 1e-6 ? 2 : 3;
  snprintf(buf, 32, "%.*f", digits, share);
  return buf[0] == '0' ? buf + 1 : buf;
}

bool operate_moves(const Operate *o) { return !answer(o) || answer(o)->binary; }

double operate_threshold(const Operate *o) {
  if (!isnan(o->threshold)) return o->threshold;
  if (o->of > 0 && (!answer(o) || answer(o)->of != o->of)) return 0.5; // a class whose answer is under way
  return answer(o) && answer(o)->binary ? answer(o)->threshold : NAN;
}

// A bit for each picture that has a pane on the screen.
static int64_t wanted(const App *a) {
  static const struct {
    PaneId pane;
    int plot;
  } PLACE[] = {{PANE_pr, EVALUATION_PR},
               {PANE_gain, EVALUATION_GAIN},
               {PANE_cost, EVALUATION_COST},
               {PANE_calibration, EVALUATION_CALIBRATION},
               {PANE_scores, EVALUATION_PR}};
  int64_t bits = a->layout.n > 2 ? 1 << EVALUATION_ROC : 0;
  for (int i = 0; i < a->layout.n; i++)
    for (size_t k = 0; k < sizeof PLACE / sizeof *PLACE; k++)
      if (a->layout.slot[i].pane == PLACE[k].pane) bits |= 1 << PLACE[k].plot;
  return bits;
}

void operate_ask(App *a) {
  Operate *o = &a->operate;
  a->dirty = true;
  if (!o->object) return;
  o->again = o->asked != 0;
  if (o->asked) return;
  Msg m;
  msg_init(&m, MSG_VIEW_EVALUATION, 0);
  m.ViewEvaluation = (MsgViewEvaluation){.object = o->object,
                                         .threshold = o->threshold,
                                         .was = o->was,
                                         .fp = o->fp,
                                         .fn = o->fn,
                                         .show = o->show,
                                         .more = wanted(a),
                                         .of = o->of,
                                         .other = o->other ? o->other : "",
                                         .rows = o->rows};
  o->sent = o->show;
  o->asked = app_ask(a, &m);
}

const Plot *operate_plot(const App *a, int64_t which) {
  const Operate *o = &a->operate;
  const MsgEvaluation *e = answer(o);
  if (!e) return NULL;
  if (which == o->shown) return &e->plot;
  return e->has_more[which] ? &e->more[which] : NULL;
}

void operate_see(App *a) {
  const Operate *o = &a->operate;
  int64_t more = wanted(a);
  if (!answer(o) || o->asked) return;
  for (int k = 0; k < EVALUATION_PLOTS; k++)
    if (more >> k & 1 && !operate_plot(a, k)) {
      operate_ask(a);
      return;
    }
}

void operate_open(App *a, const char *object) {
  Operate *o = &a->operate;
  char *name = strdup(object); // may be our own
  if (!name) abort();
  operate_fini(o);
  o->object = name, o->threshold = o->was = NAN, o->rows = OPERATE_ROWS;
  operate_ask(a);
}

void operate_fini(Operate *o) {
  msg_fini(&o->now);
  free(o->object);
  free(o->model);
  free(o->other);
  *o = (Operate){0};
}

void operate_lost(Operate *o) { o->asked = 0, o->again = false; }

void operate_put(App *a, double threshold) {
  Operate *o = &a->operate;
  threshold = fmin(fmax(threshold, 0), 1);
  if (threshold == operate_threshold(o)) return;
  o->threshold = threshold, o->kept = false, o->row = o->top = 0;
  operate_ask(a);
}

// Steps are whole thousandths, so that 0.24 after 26 of them is the same double as 0.24 typed.
void operate_move(App *a, double by) {
  double now = operate_threshold(&a->operate);
  if (!isnan(now)) operate_put(a, round((now + by) * 1000) / 1000);
}

void operate_cost(App *a, double fp, double fn) {
  a->operate.fp = fp, a->operate.fn = fn, a->operate.kept = false;
  operate_ask(a);
}

void operate_step(App *a, int64_t by) {
  Operate *o = &a->operate;
  if (!answer(o) || !answer(o)->binary) return;
  int64_t shown = answer(o)->page.shown, all = answer(o)->right + answer(o)->wrong, row = o->row + by;
  if (row > shown - 1) {
    row = shown - 1;
    if (shown < all && shown >= o->rows) o->rows *= 4, operate_ask(a);
  }
  o->row = row > 0 ? row : 0;
  a->dirty = true;
}

static bool take_answer(App *a, Msg *m) {
  Operate *o = &a->operate;
  msg_fini(&o->now);
  o->now = *m;
  o->shown = o->sent;
  *m = (Msg){0};
  int64_t shown = o->now.Evaluation.page.shown;
  if (o->row >= shown) o->row = shown > 0 ? shown - 1 : 0;
  return true;
}

static bool take_refusal(App *a, Msg *m) {
  app_say(a, STYLE_WARN, "%s", m->Refused.message);
  if (a->operate.other) { // it was that, most likely: of other rows
    free(a->operate.other);
    a->operate.other = NULL, a->operate.again = true;
  }
  msg_fini(m);
  *m = (Msg){0};
  return true;
}

bool operate_take(App *a, Msg *m) {
  Operate *o = &a->operate;
  bool ours = o->asked && m->request == o->asked;
  if (m->kind == MSG_EVALUATION && !ours) { // of an object that is shown no more
    msg_fini(m);
    *m = (Msg){0};
    return true;
  }
  if (!ours || (m->kind != MSG_EVALUATION && m->kind != MSG_REFUSED)) return false;
  o->asked = 0;
  a->dirty = true;
  if (m->kind == MSG_EVALUATION) take_answer(a, m);
  else take_refusal(a, m);
  if (o->again) operate_ask(a);
  return true;
}

// An object that is missing may come back (a replay, redo): the view waits for it with its threshold.
void operate_changed(App *a) {
  Operate *o = &a->operate;
  if (!o->object || o->object[0] == '#' || a->objects.kind != MSG_OBJECTS) return;
  const WireObject *found = NULL;
  for (int64_t k = 0; k < a->objects.Objects.n && !found; k++) {
    const WireObject *w = &a->objects.Objects.item[k];
    if (strcmp(w->name, o->object) == 0 && strcmp(w->kind, "Evaluation") == 0) found = w;
  }
  if (!found) {
    msg_fini(&o->now);
    o->now = (Msg){0};
  } else if (!answer(o) || answer(o)->version != found->version) {
    operate_ask(a);
  }
  a->dirty = true;
}

// ---- what is kept -------------------------------------------------------------------------------------------------
static void add_number(Str *out, double v) {
  char buf[NUMFMT_MAX];
  fmt_shortest(buf, sizeof buf, v);
  str_add(out, buf);
}

bool operate_pending(const App *a, Str *lua) {
  const Operate *o = &a->operate;
  const MsgEvaluation *e = answer(o);
  if (!e || !e->binary || e->fixed || o->kept) return false;
  const char *model = *e->model ? e->model : o->model;
  bool moved = model && !isnan(o->threshold) && (o->threshold != e->was || o->model);
  bool costs = !same_cost(o) && o->object[0] != '#';
  if (moved) {
    str_addf(lua, "%s = %s:threshold(", model, model);
    add_number(lua, o->threshold);
    str_addc(lua, ')');
  }
  if (!costs) return moved;
  str_addf(lua, "%s%s = %s:cost{fp=", moved ? "\n" : "", o->object, o->object);
  add_number(lua, o->fp);
  str_add(lua, ", fn=");
  add_number(lua, o->fn);
  str_addc(lua, '}');
  return true;
}

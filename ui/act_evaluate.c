// Keys of the evaluation: they move the view, and only Enter writes Lua.
#include "base/numfmt.h"
#include "ui/app_int.h"

#include <math.h>
#include <stdlib.h>

// The answer that shows, when it has a threshold; says why when there is none.
static const MsgEvaluation *binary_answer(App *a) {
  const Operate *o = &a->operate;
  if (!o->object) app_say(a, STYLE_DIM, "no evaluation yet: T in a table, or e = m:evaluate(test)");
  else if (o->now.kind != MSG_EVALUATION) app_say(a, STYLE_DIM, "the evaluation is still being counted");
  else if (!o->now.Evaluation.binary) app_say(a, STYLE_DIM, "no threshold: the target does not have two classes");
  else return &o->now.Evaluation;
  return NULL;
}

void act_threshold(App *a, int thousandths) {
  if (binary_answer(a)) operate_move(a, thousandths / 1000.0);
}

void act_costs(App *a, int arg) {
  (void)arg;
  if (!binary_answer(a)) return;
  char fp[NUMFMT_MAX], fn[NUMFMT_MAX];
  Str content = {0};
  fmt_shortest(fp, sizeof fp, a->operate.fp);
  fmt_shortest(fn, sizeof fn, a->operate.fn);
  if (a->operate.fp > 0 || a->operate.fn > 0) str_addf(&content, "%s %s", fp, fn);
  prompt_open(a->prompt, PROMPT_ANSWER, "costs fp fn: ", str_c(&content));
  str_fini(&content);
  a->dirty = true;
}

// The next number of a list parted by blanks or commas; false: there is none, or it is no cost.
static bool next_cost(Sv *rest, double *v) {
  size_t i = 0, n = 0;
  while (i < rest->n && strchr(" \t,", rest->s[i])) i++;
  while (i + n < rest->n && !strchr(" \t,", rest->s[i + n])) n++;
  bool ok = n > 0 && parse_f64(rest->s + i, n, v) && isfinite(*v) && *v >= 0;
  *rest = (Sv){rest->s + i + n, rest->n - i - n};
  return ok;
}

void evaluate_accept(App *a, const char *line) {
  double fp = 0, fn = 0;
  Sv rest = sv_trim(sv(line));
  if (rest.n == 0) {
    operate_cost(a, 0, 0);
    return;
  }
  bool ok = next_cost(&rest, &fp) && next_cost(&rest, &fn) && sv_trim(rest).n == 0;
  if (ok && (fp > 0 || fn > 0)) operate_cost(a, fp, fn);
  else app_say(a, STYLE_WARN, "costs are two numbers, of a false alarm and of a miss, like 1 5; '%s' was given", line);
}

void act_cheapest(App *a, int arg) {
  (void)arg;
  const MsgEvaluation *e = binary_answer(a);
  if (e && isfinite(e->best)) operate_put(a, e->best);
}

void act_curve(App *a, int arg) {
  (void)arg;
  if (!binary_answer(a)) return;
  a->operate.pr = !a->operate.pr;
  app_say(a, STYLE_DIM, a->operate.pr ? "the curve is precision and recall: p goes back" : "the curve is the ROC");
  operate_ask(a);
}

static void remember_model(Operate *o, const char *model) {
  char *name = *model ? strdup(model) : NULL;
  if (!name) return;
  free(o->model);
  o->model = name;
}

void act_threshold_keep(App *a, int arg) {
  (void)arg;
  const MsgEvaluation *e = binary_answer(a);
  Operate *o = &a->operate;
  Str lua = {0};
  char buf[32];
  if (!e) return;
  if (!*e->model && !o->model)
    app_say(a, STYLE_WARN, "the model has no name to keep its threshold under: write m = ... and e = m:evaluate(...)");
  else if (!operate_pending(a, &lua))
    app_say(a, STYLE_DIM, o->kept ? "it is in the notebook already" : "nothing to keep: move the threshold first");
  else {
    Str label = {0};
    str_addf(&label, "threshold %s", unit_print(operate_threshold(o), buf));
    remember_model(o, e->model);
    o->kept = true;
    app_emit(a, str_c(&lua), str_c(&label));
    a->follow = 0; // the view stays as it is, also when the cell writes e anew
    str_fini(&label);
  }
  str_fini(&lua);
}

void act_changed_step(App *a, int by) { operate_step(a, by); }

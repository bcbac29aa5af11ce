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
  else if (!o->now.Evaluation.binary)
    app_say(a, STYLE_DIM,
            o->now.Evaluation.classes.n ? "no threshold: ] looks at one class against the others"
                                        : "no threshold: the target does not have two classes");
  else return &o->now.Evaluation;
  return NULL;
}

void act_threshold(App *a, int thousandths) {
  bool coming = a->operate.of > 0 && a->operate.asked; // a key typed ahead of the answer counts
  if (coming || binary_answer(a)) operate_move(a, thousandths / 1000.0);
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

// The evaluation that shows, of any task; says why when there is none.
static const MsgEvaluation *any_answer(App *a) {
  const Operate *o = &a->operate;
  if (o->object && o->now.kind == MSG_EVALUATION) return &o->now.Evaluation;
  binary_answer(a);
  return NULL;
}

void act_curve(App *a, int arg) {
  (void)arg;
  static const char *const TWO[] = {"is the ROC", "is precision and recall", "is the gain", "is the cost",
                                    "is the calibration"};
  static const char *const ALL[] = {"is the ROC of each class", "is precision and recall of each class",
                                    "is the gain of each class", "is the confusion matrix",
                                    "is the calibration of each class"};
  static const char *const VALUES[] = {"is predicted against actual", "shows the residuals", "shows error quantiles",
                                       "shows how residuals are spread", "shows normal quantiles of the residuals"};
  const MsgEvaluation *e = any_answer(a);
  Operate *o = &a->operate;
  if (!e) return;
  o->show = (o->show + 1) % EVALUATION_PLOTS;
  const char *const *word = e->binary ? TWO : e->classes.n ? ALL : VALUES;
  app_say(a, STYLE_DIM, "the curve %s: p goes on", word[o->show]);
  operate_ask(a);
}

// The next evaluation that there is, after the present one laid over; in the end none.
static const char *next_other(const App *a) {
  const Operate *o = &a->operate;
  bool past = !o->other;
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++) {
    const WireObject *w = &a->objects.Objects.item[k];
    if (strcmp(w->kind, "Evaluation") != 0 || strcmp(w->name, o->object) == 0) continue;
    if (past) return w->name;
    past = strcmp(w->name, o->other) == 0;
  }
  return NULL;
}

void act_overlay(App *a, int arg) {
  (void)arg;
  Operate *o = &a->operate;
  const MsgEvaluation *e = any_answer(a);
  if (!e) return;
  if (!e->binary) {
    app_say(a, STYLE_DIM, "models are laid over each other one class at a time: ] chooses it");
    return;
  }
  const char *next = next_other(a);
  if (!next && !o->other) {
    app_say(a, STYLE_DIM, "no other evaluation yet: e2 = m2:evaluate(test), on the same rows");
    return;
  }
  char *name = next ? strdup(next) : NULL;
  free(o->other);
  o->other = name;
  if (name) app_say(a, STYLE_FG, "with %s; o goes on", name);
  else app_say(a, STYLE_DIM, "%s alone", o->object);
  operate_ask(a);
}

void act_class(App *a, int by) {
  const MsgEvaluation *e = any_answer(a);
  Operate *o = &a->operate;
  if (!e) return;
  int64_t n = e->classes.n;
  if (n < 3) {
    app_say(a, STYLE_DIM, n ? "two classes: one curve says it all" : "a regression has no classes");
    return;
  }
  o->of = (o->of + by + n + 2) % (n + 2);
  o->threshold = o->was = NAN, o->kept = false, o->row = o->top = 0, o->cell = 0;
  if (o->of == 0) app_say(a, STYLE_FG, "all %lld classes, means over them (macro)", (long long)n);
  else if (o->of == n + 1) app_say(a, STYLE_FG, "all classes pooled (micro): each row once for each class");
  else
    app_say(a, STYLE_FG, "%s against the others, %lld of %lld", e->classes.name[o->of - 1], (long long)o->of,
            (long long)n);
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
  if (e->fixed) app_say(a, STYLE_DIM, "the model takes the likeliest class: this threshold is for looking only");
  else if (!*e->model && !o->model)
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

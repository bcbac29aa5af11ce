// Going back and forth through the rounds of a training, and adding rounds to it.
#include "ui/app_int.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

// NULL: nothing is known; a key typed ahead of the answer waits for it.
static const MsgTraining *here(App *a) {
  const MsgTraining *m = training_answer(&a->training);
  if (!m && app_hold_for_columns(a)) return NULL;
  if (!m) app_say(a, STYLE_DIM, "nothing has learned in rounds yet: m = ml.boost{valid=0.2}:fit(d, \"y\")");
  return m;
}

void act_round_step(App *a, int by) {
  const Training *t = &a->training;
  if (!here(a)) return;
  int64_t round = training_round(t) + by * (t->step > 0 ? t->step : 1), last = training_last(t);
  training_go(a, round < 1 ? 1 : round < last ? round : 0);
}

void act_round_end(App *a, int arg) {
  if (here(a)) training_go(a, arg < 0 ? 1 : 0);
}

void act_round_best(App *a, int arg) {
  (void)arg;
  const MsgTraining *m = here(a);
  if (m && m->best) training_go(a, m->best);
  else if (m) app_say(a, STYLE_DIM, "no rows were held out, so no round is best: ml.boost{valid=0.2}");
}

void act_round_tree(App *a, int arg) {
  (void)arg;
  const Training *t = &a->training;
  if (!here(a)) return;
  const MsgRoundAnswer *r = training_told(t);
  if (!r && app_hold_for_columns(a)) return;
  if (!t->object) app_say(a, STYLE_DIM, "its trees can be looked at when the fit has ended and the model has a name");
  else if (!r) app_say(a, STYLE_DIM, "the round is not known");
  else if (!r->ntree)
    app_say(a, STYLE_DIM, "early stopping dropped the trees behind round %lld", (long long)t->now.Training.kept);
  else tree_show(a, t->object, r->tree);
}

void act_round_table(App *a, int arg) {
  (void)arg;
  const Training *t = &a->training;
  if (!here(a)) return;
  Str lua = {0};
  if (t->object && strcmp(app_kind_of(a, t->object), "Model") == 0) {
    str_addf(&lua, "%s:rounds()", t->object);
    app_emit(a, str_c(&lua), str_c(&lua));
  } else {
    app_say(a, STYLE_DIM, "the table of its rounds is m:rounds(), of a model that has a name");
  }
  str_fini(&lua);
}

// ---- more rounds --------------------------------------------------------------------------------------------------
static bool is_name(char c) { return isalnum((unsigned char)c) || c == '_'; }

// Where "rounds = 200" or a synonym stands: its number; NULL: nowhere.
static const char *find_rounds(const char *text) {
  static const char *const name[] = {"rounds", "num_round", "nrounds", "n_estimators", "num_iterations", "iterations"};
  for (size_t k = 0; k < sizeof name / sizeof *name; k++)
    for (const char *at = text; (at = strstr(at, name[k])); at++) {
      const char *end = at + strlen(name[k]);
      if ((at > text && is_name(at[-1])) || is_name(*end)) continue;
      end += strspn(end, " ");
      if (*end++ != '=') continue;
      end += strspn(end, " ");
      if (isdigit((unsigned char)*end)) return end;
    }
  return NULL;
}

bool training_more(const char *text, int64_t rounds, Str *out) {
  const char *boost = strstr(text, "ml.boost"), *number;
  if (!boost || strstr(boost + 1, "ml.boost")) return false;
  number = find_rounds(boost);
  if (number) {
    str_addn(out, text, (size_t)(number - text));
    str_addf(out, "%lld%s", (long long)rounds, number + strspn(number, "0123456789"));
    return true;
  }
  const char *brace = boost + strlen("ml.boost");
  brace += strspn(brace, " (");
  if (*brace != '{') return false;
  const char *after = brace + 1 + strspn(brace + 1, " ");
  str_addn(out, text, (size_t)(brace + 1 - text));
  str_addf(out, "rounds=%lld%s%s", (long long)rounds, *after == '}' ? "" : ", ", after);
  return true;
}

// The last cell that wrote the model.
static int64_t cell_of(const App *a, const char *name) {
  int64_t found = -1, run = -1;
  for (int64_t i = 0; i < a->doc.n; i++) {
    const Result *r = a->doc.cell[i].result;
    for (int64_t k = 0; r && r->done && !r->failed && r->run > run && k < r->writes.n; k++)
      if (strcmp(r->writes.name[k], name) == 0) found = i, run = r->run;
  }
  return found;
}

// The cell of the fit with more rounds: the same one where a key wrote it before, else a copy of it at the end.
static void emit_more(App *a, int64_t from, const char *text, int64_t rounds) {
  char label[64];
  snprintf(label, sizeof label, "%lld rounds", (long long)rounds);
  int64_t last = a->doc.n - 1;
  bool ours = from == last && a->training.more_cell == a->doc.cell[last].id;
  if (ours) {
    doc_set_text(&a->doc, last, text);
    app_rerun(a, a->training.more_cell, label);
  } else {
    a->training.more_cell = app_emit(a, text, label);
  }
}

void act_round_more(App *a, int by) {
  const Training *t = &a->training;
  const MsgTraining *m = here(a);
  int64_t from = m && t->object ? cell_of(a, t->object) : -1;
  Str text = {0};
  if (!m) return;
  if (a->running || a->nqueue) app_say(a, STYLE_DIM, "a cell still runs: ^C stops it");
  else if (m->kept < m->done)
    app_say(a, STYLE_DIM, "early stopping ended it at round %lld: more rounds would be dropped too",
            (long long)m->done);
  else if (from < 0 || !training_more(doc_text(&a->doc, from), m->done + by, &text))
    app_say(a, STYLE_DIM, "no cell says m = ml.boost{...}:fit(...) of it: write rounds=%lld there",
            (long long)(m->done + by));
  else emit_more(a, from, str_c(&text), m->done + by);
  str_fini(&text);
}

// ---- ways in ------------------------------------------------------------------------------------------------------
void act_training_of(App *a, int arg) {
  (void)arg;
  const Operate *o = &a->operate;
  const MsgTree *tree = tree_answer(&a->tree);
  bool walks = a->view == VIEW_TREE && tree, judges = a->view == VIEW_EVALUATE && o->now.kind == MSG_EVALUATION;
  const char *learner = walks ? tree->learner : judges ? o->now.Evaluation.learner : NULL;
  if (app_hold_for_columns(a)) return;
  if (learner && !training_is_of(learner)) app_say(a, STYLE_DIM, "the model did not learn in rounds: ml.boost does");
  else training_command(a, walks ? a->tree.object : judges ? o->object : "", false);
}

// Help from the tables: nothing is written here that a row does not already say.
#include "bind/bind_int.h"

#include "base/near.h"
#include "chart/chart.h"
#include "frame/expr.h"
#include "model/model.h"
#include "stats/tests.h"

static void add_params(const Param *table, Str *out) {
  Arena a;
  arena_init(&a);
  for (const Param *p = table; p && p->name; p++) {
    bool seed = strcmp(p->name, "seed") == 0 && p->dflt;
    const char *dflt = !p->dflt ? "must be given" : seed ? "the session's" : *p->dflt ? p->dflt : "not given";
    const char *also = param_synonyms(table, p, &a);
    str_addf(out, "  %-14s %-14s %s; %s%s%s\n", p->name, dflt, p->doc, param_describe(p, &a),
             also ? "; also " : "", also ? also : "");
  }
  arena_fini(&a);
}

static void add_row(const Family *f, const BindFn *r, Str *out) {
  str_addf(out, "%s%s: %s\n\n  %s\n", f->prefix, r->name, r->summary, r->signature);
  if (r->params) str_add(out, "\n");
  add_params(r->params, out);
  const char *signature, *doc;
  if (r->functions) str_addf(out, "\n%s\n", r->functions_title ? r->functions_title : "functions");
  for (int k = 0; r->functions && r->functions(k, &signature, &doc); k++)
    str_addf(out, "  %-16s %s\n", signature, doc);
  str_addf(out, "\nexample\n  %s\n", r->example);
}

static void add_step(const StepType *t, Str *out) {
  str_addf(out, "prep.%s: %s\n\n", t->name, t->summary);
  add_params(t->params, out);
  str_addf(out, "\nnot for: %s\nsource: %s\n", t->unfit, t->source);
  if (t->unseen) str_addf(out, "new levels: a level that training did not have becomes %s\n", t->unseen);
  const Param *columns = param_find(t->params, sv("columns"));
  if (columns && columns->type == PARAM_NAMES) str_add(out, "which columns: help columns\n");
  str_addf(out, "\nexample\n  %s\n", t->example);
}

static void add_model(const ModelType *t, Str *out) {
  str_addf(out, "ml.%s: %s\n\n", t->name, t->summary);
  add_params(t->params, out);
  str_addf(out, "\nnot for: %s\nsource: %s\n\nexample\n  %s\n", t->unfit, t->source, t->example);
}

static void add_chart(const ChartType *t, Str *out) {
  str_addf(out, "d:%s: %s\n\n  %s\n\n", t->name, t->summary, t->signature);
  add_params(t->params, out);
  str_addf(out, "\nexample\n  %s\n", t->example);
}

static void add_test(const TestType *t, Str *out) {
  str_addf(out, "stats.%s: %s\n\n  %s\n\n", t->name, t->summary, t->signature);
  add_params(t->params, out);
  str_addf(out, "\nmisleads: %s\n\nexample\n  %s\n", t->misleads, t->example);
}

// A line for each rule, operator and function of expressions, under the heading of its kind.
static void add_expressions(Str *out) {
  const char *kind = "";
  ExprTopic t;
  str_add(out, "expressions: what stands in d:where and d:derive\n\n"
               "  Lua's expressions over the columns, for every row: d:where \"age > 30 and sex == 'F'\"\n");
  for (int k = 0; expr_topic(k, &t); k++) {
    if (strcmp(t.kind, kind) != 0) str_addf(out, "\n%s\n", kind = t.kind);
    str_addf(out, "  %-24s %s\n", t.signature, t.doc);
  }
}

// "cumsum": the function of expressions, perhaps in several forms.
static void add_expression(Sv topic, Str *out) {
  size_t start = out->n;
  ExprTopic t;
  for (int k = 0; expr_topic(k, &t); k++) {
    if (!t.name || !sv_is(topic, t.name)) continue;
    if (out->n == start) str_addf(out, "%s%s: a function of expressions\n\n", start ? "\n" : "", t.name);
    str_addf(out, "  %-24s %s\n", t.signature, t.doc);
  }
}

static void add_imbalance(Str *out) {
  str_add(out,
          "imbalance: what to do when one class is rare\n\n"
          "  A rare class is no fault by itself, but accuracy says little then, and one half is seldom the right\n"
          "  threshold. What costs least comes first:\n\n"
          "  1 judge          by auc, log_loss, d:pr{} or a cost, not by accuracy: saying \"no\" to all is accurate\n"
          "  2 threshold      e:cost{fp=1, fn=5} and m:threshold(t): nothing is fitted anew and probabilities stay\n"
          "                   right. Enough for a model whose probabilities are good, such as ml.logistic\n"
          "  3 weigh          ml.logistic{class_weight=\"balanced\"} or {bad=5, good=1}: where a penalty or a tree\n"
          "                   would rather pass over the rare class. No row is lost, copied or made up\n"
          "  4 resample       prep.oversample does what weights do, for a model that takes none; prep.undersample\n"
          "                   when there are more rows than time; prep.smote when the rare class has few rows and\n"
          "                   few columns, most of them numbers. Only training rows change, in cv fold by fold\n\n"
          "  Class weights act in the model alone: steps, prep.target among them, learn from the rows as they are.\n"
          "  A column of case weights, {weight=\"w\"}, says how many rows a row stands for, to prep.target too.\n\n"
          "  3 and 4 shift probabilities: they are those of classes that come as often as they were made to. They\n"
          "  still order the rows, so choose a threshold by a cost, and compare by cv: often 2 alone is as good.\n");
}

static void add_selectors(Str *out) {
  static const char *const line[][2] = {
      {"\"age\", \"fare\"", "by name"},
      {"\"temp_*\", \"x?\"", "by pattern: * stands for any characters, ? for one"},
      {"\"@number\"", "by type: @number, @quantity (numbers but not true and false), @text (also"},
      {"", "categories), @category, @date (also times), @bool; \"*\" is every column"},
      {"\"@missing\"", "by what is in them: @missing (some value is missing), @constant (no value,"},
      {"", "or the same in all rows)"},
      {"\"@number\", \"-year\"", "all but: a minus takes columns away; a list that only takes away begins"},
      {"", "with those that the step takes by itself"},
      {"(none)", "those that the step takes by itself: its help says which"}};
  str_add(out, "columns: which columns a step takes, as in prep.impute{\"age\"}\n\n");
  for (size_t k = 0; k < sizeof line / sizeof *line; k++) str_addf(out, "  %-20s %s\n", line[k][0], line[k][1]);
  str_add(out,
          "\n  Columns have roles. Steps see features only: the target and the column of weights never reach\n"
          "  them, so \"*\" cannot mean them. Columns that only order or group rows are named by order= and\n"
          "  group=. p:fit(d, \"y\", {features={\"a\", \"b\"}}) says which columns are features; else all others are.\n"
          "  What fits is found in the training rows and kept; later rows must have these columns, by name.\n");
}

static void add_overview(Str *out) {
  static const struct {
    const char *prefix, *title;
  } part[] = {{"", "functions"},
              {"d:", "verbs of a frame d"},
              {"g:", "verbs of groups g, as of d:group"},
              {"c:", "verbs of a column c, as in d.age, and of a plot c, as of d:hist"},
              {"p:", "verbs of a pipeline p"},
              {"v:", "verbs of a preview v, as of p:preview"},
              {"m:", "verbs of a model m"},
              {"e:", "verbs of an evaluation e"},
              {"r:", "verbs of a profile r, as of d:profile"},
              {"explain.", "explanations of models"},
              {"stats.", "numbers of statistics"}};
  for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
    str_addf(out, "%s%s\n", k ? "\n" : "", part[k].title);
    for (const Family *f = FAMILIES; f->prefix; f++) {
      if (strcmp(f->prefix, part[k].prefix) != 0) continue;
      for (const BindFn *r = family_rows(f); r->name; r++)
        str_addf(out, "  %s%-14s %s\n", f->prefix, r->name, r->summary);
    }
  }
  str_add(out, "\nwhat stands in d:where and d:derive\n"
               "  expressions      operators, functions and how values behave\n");
  str_add(out, "\nadvice\n"
               "  columns          which columns a step takes: names, patterns, types, roles\n"
               "  imbalance        what to do when one class is rare\n");
  str_add(out, "\ncharts of a frame d\n");
  for (const ChartType *const *t = chart_types(); *t; t++) str_addf(out, "  d:%-14s %s\n", (*t)->name, (*t)->summary);
  str_add(out, "\nstatistical tests\n");
  for (const TestType *const *t = test_types(); *t; t++) str_addf(out, "  stats.%-14s %s\n", (*t)->name, (*t)->summary);
  str_add(out, "\nsteps\n");
  for (const StepType *const *t = prep_steps(); *t; t++) str_addf(out, "  prep.%-12s %s\n", (*t)->name, (*t)->summary);
  str_add(out, "\nmodels\n");
  for (const ModelType *const *t = model_types(); *t; t++) str_addf(out, "  ml.%-14s %s\n", (*t)->name, (*t)->summary);
}

// "d:head", "head", "ml.logistic", "logistic": without a prefix every family is searched.
static bool add_topic(Sv topic, Str *out) {
  size_t start = out->n;
  for (const Family *f = FAMILIES; f->prefix; f++)
    for (const BindFn *r = family_rows(f); r->name; r++) {
      Sv bare = {topic.s + strlen(f->prefix), topic.n - strlen(f->prefix)};
      bool prefixed = topic.n > strlen(f->prefix) && memcmp(topic.s, f->prefix, strlen(f->prefix)) == 0;
      if (!sv_is(topic, r->name) && !(prefixed && sv_is(bare, r->name))) continue;
      if (out->n > start) str_add(out, "\n");
      add_row(f, r, out);
      if (!*f->prefix) break;
    }
  if (sv_is(topic, "expressions") || sv_is(topic, "expression")) add_expressions(out);
  if (sv_is(topic, "columns") || sv_is(topic, "roles")) add_selectors(out);
  if (sv_is(topic, "imbalance") || sv_is(topic, "class_weight")) add_imbalance(out);
  add_expression(topic, out);
  Sv verb = topic.n > 2 && memcmp(topic.s, "d:", 2) == 0 ? (Sv){topic.s + 2, topic.n - 2} : topic;
  const ChartType *chart = chart_find(verb);
  if (chart && out->n > start) str_add(out, "\n");
  if (chart) add_chart(chart, out);
  Sv asked = topic.n > 6 && memcmp(topic.s, "stats.", 6) == 0 ? (Sv){topic.s + 6, topic.n - 6} : topic;
  const TestType *test = test_find(asked);
  if (test && out->n > start) str_add(out, "\n");
  if (test) add_test(test, out);
  Sv step = topic.n > 5 && memcmp(topic.s, "prep.", 5) == 0 ? (Sv){topic.s + 5, topic.n - 5} : topic;
  Sv model = topic.n > 3 && memcmp(topic.s, "ml.", 3) == 0 ? (Sv){topic.s + 3, topic.n - 3} : topic;
  const StepType *s = prep_find(step);
  const ModelType *m = model_find(model);
  if (s) add_step(s, out);
  if (m) add_model(m, out);
  return out->n > start;
}

static void add_unknown(Sv topic, Str *out) {
  Sv names[512] = {{0}};
  int64_t n = 0;
  for (const Family *f = FAMILIES; f->prefix; f++)
    for (const BindFn *r = family_rows(f); r->name && n < 400; r++) names[n++] = sv(r->name);
  for (const ChartType *const *t = chart_types(); *t; t++) names[n++] = sv((*t)->name);
  for (const TestType *const *t = test_types(); *t; t++) names[n++] = sv((*t)->name);
  for (const StepType *const *t = prep_steps(); *t; t++) names[n++] = sv((*t)->name);
  for (const ModelType *const *t = model_types(); *t; t++) names[n++] = sv((*t)->name);
  ExprTopic t;
  for (int k = 0; expr_topic(k, &t) && n < 500; k++)
    if (t.name) names[n++] = sv(t.name);
  int64_t near = near_find(topic, names, n);
  str_addf(out, "no help on '" SV_FMT "'", SV_ARG(topic));
  if (near >= 0) str_addf(out, ": did you mean '" SV_FMT "'?\n", SV_ARG(names[near]));
  else str_add(out, ": help alone lists the topics\n");
}

bool host_help(Sv topic, Str *out) {
  topic = sv_trim(topic);
  if (topic.n == 0) return add_overview(out), true;
  if (add_topic(topic, out)) return true;
  return add_unknown(topic, out), false;
}

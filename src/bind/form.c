// Calls by name, with the table of their options: for forms, for the signature of a call that is being typed, and for
// completion. Nothing is written here that a row does not already say.
#include "bind/form_int.h"

static const char *of_class(const Class *k) { return k ? k->name : ""; }

static const char *kind_of_row(const Family *f) {
  return f->k ? "verb" : strcmp(f->prefix, "stats.") == 0 ? "statistic" : "function";
}

void form_of_row(const Family *f, const BindFn *r, Arena *a, HostForm *out) {
  *out = (HostForm){.owner = arena_printf(a, "%s%s", f->prefix, r->name),
                    .of = of_class(f->k),
                    .kind = kind_of_row(f),
                    .signature = r->signature,
                    .doc = r->summary,
                    .example = r->example ? r->example : "",
                    .params = r->params,
                    .npos = r->npos,
                    .rest = r->rest,
                    .open = r->open};
}

void form_of_chart(const ChartType *t, Arena *a, HostForm *out) {
  *out = (HostForm){.owner = arena_printf(a, "d:%s", t->name),
                    .of = CLASS_FRAME.name,
                    .kind = "chart",
                    .signature = t->signature,
                    .doc = t->summary,
                    .example = t->example,
                    .params = t->params,
                    .npos = t->npos,
                    .rest = t->npos && t->params[t->npos - 1].type == PARAM_NAMES};
}

// Of the questions of tests the frame and the formula come first; their own options are named.
void form_of_test(const TestType *t, Arena *a, HostForm *out) {
  *out = (HostForm){.owner = arena_printf(a, "stats.%s", t->name),
                    .of = "",
                    .kind = "test",
                    .signature = t->signature,
                    .doc = t->summary,
                    .example = t->example,
                    .params = test_params(t, a),
                    .npos = TEST_PLACES};
}

static void form_of_learner(const char *family, const char *kind, const char *name, const char *doc,
                            const Param *params, Arena *a, HostForm *out) {
  bool chooses = params && strcmp(kind, "step") == 0 && strcmp(params[0].name, "columns") == 0;
  const char *owner = arena_printf(a, "%s.%s", family, name);
  *out = (HostForm){.owner = owner,
                    .of = "",
                    .kind = kind,
                    .signature = arena_printf(a, "%s{}", owner),
                    .doc = doc,
                    .example = "",
                    .params = params,
                    .npos = chooses,
                    .rest = chooses};
}

void form_of_step(const StepType *t, Arena *a, HostForm *out) {
  form_of_learner("prep", "step", t->name, t->summary, t->params, a, out);
}

void form_of_model(const ModelType *t, Arena *a, HostForm *out) {
  form_of_learner("ml", "model", t->name, t->summary, t->params, a, out);
}

// ---- by name -------------------------------------------------------------------------------------------------------
typedef enum { AMONG_ALL, AMONG_VERBS, AMONG_GLOBALS, AMONG_STATS, AMONG_EXPLAIN, AMONG_STEPS, AMONG_MODELS } Among;

static bool among_family(Among among, const Family *f) {
  switch (among) {
  case AMONG_ALL: return true;
  case AMONG_VERBS: return f->k;
  case AMONG_GLOBALS: return !f->k && !*f->prefix;
  case AMONG_STATS: return !f->k && strcmp(f->prefix, "stats.") == 0;
  case AMONG_EXPLAIN: return !f->k && strcmp(f->prefix, "explain.") == 0;
  default: return false;
  }
}

// `k`: verbs of this class alone, NULL = of any.
static bool find_row(Among among, const Class *k, Sv name, Arena *a, HostForm *out) {
  for (const Family *f = FAMILIES; f->prefix; f++) {
    if (!among_family(among, f) || (k && f->k != k)) continue;
    for (const BindFn *r = family_rows(f); r->name; r++)
      if (sv_is(name, r->name)) return form_of_row(f, r, a, out), true;
  }
  return false;
}

static bool find(Among among, const Class *k, Sv name, Arena *a, HostForm *out) {
  if (find_row(among, k, name, a, out)) return true;
  bool verbs = among == AMONG_ALL || (among == AMONG_VERBS && (!k || k == &CLASS_FRAME));
  const ChartType *chart = verbs ? chart_find(name) : NULL;
  const TestType *test = among == AMONG_ALL || among == AMONG_STATS ? test_find(name) : NULL;
  const StepType *step = among == AMONG_ALL || among == AMONG_STEPS ? prep_find(name) : NULL;
  const ModelType *model = among == AMONG_ALL || among == AMONG_MODELS ? model_find(name) : NULL;
  if (chart) form_of_chart(chart, a, out);
  else if (test) form_of_test(test, a, out);
  else if (step) form_of_step(step, a, out);
  else if (model) form_of_model(model, a, out);
  else return false;
  return true;
}

static Among among_of(const char *prefix) {
  if (strcmp(prefix, "ml.") == 0) return AMONG_MODELS;
  if (strcmp(prefix, "prep.") == 0) return AMONG_STEPS;
  if (strcmp(prefix, "explain.") == 0) return AMONG_EXPLAIN;
  return strcmp(prefix, "stats.") == 0 ? AMONG_STATS : AMONG_GLOBALS;
}

bool form_find(const char *prefix, Sv name, Arena *a, HostForm *out) {
  return find(among_of(prefix), NULL, name, a, out);
}

bool form_find_verb(const Class *k, Sv name, Arena *a, HostForm *out) { return find(AMONG_VERBS, k, name, a, out); }

// The class that "d:" stands for; two classes may share a letter.
static bool find_prefixed(Sv prefix, Sv name, Arena *a, HostForm *out) {
  for (const Family *f = FAMILIES; f->prefix; f++)
    if (f->k && sv_is(prefix, f->prefix) && form_find_verb(f->k, name, a, out)) return true;
  return false;
}

bool host_form(Sv topic, Arena *a, HostForm *out) {
  topic = sv_trim(topic);
  const char *colon = memchr(topic.s, ':', topic.n), *dot = memchr(topic.s, '.', topic.n);
  const char *mark = colon ? colon : dot;
  if (!mark) return find(AMONG_ALL, NULL, topic, a, out);
  Sv prefix = {topic.s, (size_t)(mark + 1 - topic.s)}, name = {mark + 1, topic.n - prefix.n};
  if (colon) return find_prefixed(prefix, name, a, out);
  const char *family = arena_strndup(a, prefix.s, prefix.n);
  return among_of(family) != AMONG_GLOBALS && form_find(family, name, a, out);
}

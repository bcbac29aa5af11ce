// Recipes: steps and a model type with their options, copied into one arena.
#include "model/link_int.h"

#include "base/numfmt.h"

#include <stdlib.h>
#include <string.h>

struct Learner {
  atomic_int refs;
  Arena arena;
  int nstep;
  StepSpec *step;
  const ModelType *type;
  void *opts;
  TransformKind target;
};

static void *copy_opts(const Param *params, size_t size, const void *from, Arena *a) {
  void *to = arena_alloc(a, size);
  param_defaults(params, to);
  if (from) param_copy(params, from, to, a);
  return to;
}

Learner *learner_new(const StepSpec *step, int nstep, const ModelType *type, const void *opts) {
  Learner *l = calloc(1, sizeof *l);
  if (!l) abort();
  atomic_init(&l->refs, 1);
  l->nstep = nstep;
  l->step = arena_array(&l->arena, StepSpec, nstep);
  for (int k = 0; k < nstep; k++) {
    const StepType *t = step[k].type;
    l->step[k] = (StepSpec){t, copy_opts(t->params, t->opts_size, step[k].opts, &l->arena)};
  }
  l->type = type;
  if (type) l->opts = copy_opts(type->params, type->opts_size, opts, &l->arena);
  return l;
}

Learner *learner_with_target(const Learner *l, TransformKind target) {
  Learner *bent = learner_new(l->step, l->nstep, l->type, l->opts);
  bent->target = target;
  return bent;
}

TransformKind learner_target(const Learner *l) { return l->target; }

Learner *learner_ref(const Learner *l) {
  Learner *shared = (Learner *)(uintptr_t)l;
  atomic_fetch_add_explicit(&shared->refs, 1, memory_order_relaxed);
  return shared;
}

void learner_unref(Learner *l) {
  if (!l || atomic_fetch_sub_explicit(&l->refs, 1, memory_order_acq_rel) != 1) return;
  arena_fini(&l->arena);
  free(l);
}

int learner_nstep(const Learner *l) { return l->nstep; }
const StepSpec *learner_step(const Learner *l, int k) { return &l->step[k]; }

const ModelType *learner_type(const Learner *l, const void **opts) {
  if (opts) *opts = l->opts;
  return l->type;
}

// ---- a step by number or name -------------------------------------------------------------------------------------
static ErrCode no_step(const Learner *l, Sv step, Err *err) {
  Str there = {0};
  for (int k = 0; k < l->nstep; k++) str_addf(&there, "%s%d %s", k ? ", " : "", k + 1, l->step[k].type->name);
  ErrCode code = ERR_ARG;
  if (!l->nstep) err_set(err, code, "this pipeline has no steps");
  else code = err_set(err, ERR_NAME, "there is no step '" SV_FMT "': the steps are %s", SV_ARG(step), str_c(&there));
  str_fini(&there);
  return code;
}

ErrCode learner_place(const Learner *l, Sv step, int *nstep, Err *err) {
  int64_t number;
  int found = 0;
  if (parse_i64(step.s, step.n, &number)) {
    if (number < 0 || number > l->nstep)
      return err_set(err, ERR_ARG, "there is no step %lld: the pipeline has %d", (long long)number, l->nstep);
    return *nstep = (int)number, OK;
  }
  for (int k = 0; k < l->nstep; k++) {
    if (!sv_is(step, l->step[k].type->name)) continue;
    if (found)
      return err_set(err, ERR_ARG, "step %d and step %d are prep.%s: give the number", found, k + 1,
                     l->step[k].type->name);
    found = k + 1;
  }
  if (!found) return no_step(l, step, err);
  return *nstep = found, OK;
}

// ---- as Lua would write it ----------------------------------------------------------------------------------------
// Options that differ from their defaults.
static void print_opts(const Param *params, size_t size, const void *opts, Str *out, Arena *a) {
  void *plain = arena_alloc(a, size);
  int shown = 0;
  param_defaults(params, plain);
  str_addc(out, '{');
  for (const Param *p = params; p->name; p++) {
    const char *now = param_print(p, opts, a);
    if (p->type == PARAM_VALUE || strcmp(now, param_print(p, plain, a)) == 0) continue;
    str_addf(out, "%s%s=%s", shown++ ? ", " : "", p->name, now);
  }
  str_addc(out, '}');
}

static void print_part(const Learner *l, int k, Str *s, Arena *a) {
  if (k < l->nstep) {
    const StepType *t = l->step[k].type;
    str_addf(s, "prep.%s", t->name);
    print_opts(t->params, t->opts_size, l->step[k].opts, s, a);
  } else {
    str_addf(s, "ml.%s", l->type->name);
    print_opts(l->type->params, l->type->opts_size, l->opts, s, a);
  }
}

int learner_nparts(const Learner *l) { return l->nstep + (l->type != NULL); }

const char *learner_print_part(const Learner *l, int k, Arena *a) {
  Str s = {0};
  print_part(l, k, &s, a);
  const char *text = arena_strndup(a, str_c(&s), s.n);
  str_fini(&s);
  return text;
}

const char *learner_print(const Learner *l, Arena *a) {
  Str s = {0};
  bool pipe = l->nstep > 0 || !l->type || l->target != TRANSFORM_NONE;
  if (pipe) str_add(&s, "pipe{");
  for (int k = 0; k < learner_nparts(l); k++) {
    if (k) str_add(&s, ", ");
    print_part(l, k, &s, a);
  }
  if (l->target != TRANSFORM_NONE) str_addf(&s, ", target=\"%s\"", transform_word(l->target));
  if (pipe) str_addc(&s, '}');
  const char *text = arena_strndup(a, str_c(&s), s.n);
  str_fini(&s);
  return text;
}

// One row a part: what it is called with, and what it does.
static ErrCode fill_card(const Learner *l, Arena *a, Frame *t, Err *err) {
  int n = learner_nparts(l);
  const char **call = arena_array(a, const char *, n), **what = arena_array(a, const char *, n);
  Column *part;
  for (int k = 0; k < n; k++) {
    call[k] = learner_print_part(l, k, a);
    what[k] = k < l->nstep ? l->step[k].type->summary : l->type->summary;
  }
  TRY(column_new(NULL, COL_I64, n, NULL, &part, err));
  for (int k = 0; k < n; k++) part->i[k] = k + 1;
  TRY(frame_add(t, "part", part, err));
  TRY(card_add_texts(t, "call", call, err));
  return card_add_texts(t, "what", what, err);
}

ErrCode learner_card(const Learner *l, Frame **out, Err *err) {
  Arena a;
  Str caption = {0};
  arena_init(&a);
  Frame *t = frame_new(learner_nparts(l));
  ErrCode code = fill_card(l, &a, t, err);
  str_addf(&caption, "%d step%s%s", l->nstep, l->nstep == 1 ? "" : "s", l->type ? " and a model" : "");
  if (l->target != TRANSFORM_NONE) str_addf(&caption, ", the target as its %s", transform_word(l->target));
  str_addf(&caption, "; nothing is learned before p:fit(d%s)", l->type ? ", \"y\"" : "");
  frame_set_caption(t, str_c(&caption));
  str_fini(&caption);
  arena_fini(&a);
  if (code == OK) *out = t;
  else frame_unref(t);
  return code;
}

// ---- save and load ------------------------------------------------------------------------------------------------
static StepSpec read_step(Store *s) {
  const char *name = NULL;
  store_text(s, "step", &name);
  const StepType *t = prep_find(sv(name ? name : ""));
  if (!t) {
    store_fail(s, "needs the step 'prep.%s', which this version does not have", name ? name : "");
    return (StepSpec){0};
  }
  void *opts = arena_alloc(s->arena, t->opts_size);
  store_params(s, t->params, opts);
  return (StepSpec){t, opts};
}

static const ModelType *read_type(Store *s, void **opts) {
  const char *name = NULL;
  store_text(s, "type", &name);
  if (!name) return NULL;
  const ModelType *t = sv_is(sv(name), model_imported.name) ? &model_imported : model_find(sv(name));
  if (!t) {
    store_fail(s, "needs the model type '%s', which this version does not have", name);
    return NULL;
  }
  *opts = arena_alloc(s->arena, t->opts_size);
  store_params(s, t->params, *opts);
  return t;
}

void learner_write(Store *s, const Learner *l) {
  int64_t n = l->nstep;
  store_i64(s, "steps", &n);
  for (int k = 0; k < l->nstep; k++) {
    store_text(s, "step", (const char **)(uintptr_t)&l->step[k].type->name);
    store_params(s, l->step[k].type->params, l->step[k].opts);
  }
  const char *name = l->type ? l->type->name : NULL, *target = transform_word(l->target);
  store_text(s, "type", &name);
  if (l->type) store_params(s, l->type->params, l->opts);
  store_text(s, "target_transform", &target);
}

Learner *learner_read(Store *s) {
  enum { STEPS_MAX = 1000 };
  int64_t n;
  store_i64(s, "steps", &n);
  if (n < 0 || n > STEPS_MAX) store_fail(s, "a pipeline of %lld steps", (long long)n);
  if (s->err.code != OK) return NULL;
  StepSpec *step = arena_array(s->arena, StepSpec, n);
  for (int64_t k = 0; k < n && s->err.code == OK; k++) step[k] = read_step(s);
  void *opts = NULL;
  const ModelType *type = read_type(s, &opts);
  const char *target = NULL;
  TransformKind kind = TRANSFORM_NONE;
  store_text(s, "target_transform", &target);
  if (!target || !transform_find(sv(target), &kind)) store_fail(s, "no transform '%s'", target ? target : "");
  if (s->err.code != OK) return NULL;
  Learner *l = learner_new(step, (int)n, type, opts);
  l->target = kind;
  return l;
}

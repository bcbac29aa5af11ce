// A fitted model in Lua.
#include "bind/bind_int.h"

#include "eval/eval.h"
#include "model/exchange.h"

typedef struct FrameOpts {
  int frame;
} FrameOpts;
static const Param FRAME[] = {
    {"d", PARAM_VALUE, offsetof(FrameOpts, frame), 0, 0, NULL, "frame", "rows with the model's columns"}, PARAM_END};

static ErrCode frame_arg(Call *c, const Frame **f) {
  return call_frame_arg(c, ((const FrameOpts *)c->opts)->frame, "d", f);
}

static ErrCode predict(Call *c) {
  const Frame *d;
  TRY(frame_arg(c, &d));
  return model_predict(c->job, c->self, d, call_frame(c), c->err);
}

typedef struct TransformArgs {
  int frame;
  const char *steps;
} TransformArgs;
static const Param TRANSFORM[] = {
    {"d", PARAM_VALUE, offsetof(TransformArgs, frame), 0, 0, NULL, "frame", "rows with the model's columns"},
    {"steps", PARAM_TEXT, offsetof(TransformArgs, steps), 0, 0, "", NULL,
     "how many steps, or the name of the last one; all when not given"},
    PARAM_END};

// "after step 2 of 3, prep.onehot"
static void tell_step(const Learner *l, int n, Frame *f) {
  Str s = {0};
  if (n == 0) str_add(&s, "before the steps: the features as they came");
  else str_addf(&s, "after step %d of %d, prep.%s", n, learner_nstep(l), learner_step(l, n - 1)->type->name);
  frame_set_caption(f, str_c(&s));
  str_fini(&s);
}

static ErrCode transform(Call *c) {
  const TransformArgs *o = c->opts;
  const Learner *l = model_info(c->self).learner;
  const Frame *d;
  int n = learner_nstep(l);
  TRY(call_frame_arg(c, o->frame, "d", &d));
  if (o->steps && learner_place(l, sv(o->steps), &n, c->err) != OK) return err_prefix(c->err, "transform");
  Frame **out = call_frame(c);
  TRY(model_transform_to(c->job, c->self, d, n, out, c->err));
  if (o->steps) tell_step(l, n, *out);
  return OK;
}

static ErrCode evaluate(Call *c) {
  const Frame *d;
  TRY(frame_arg(c, &d));
  c->nret = 1;
  Evaluation **slot = (Evaluation **)box_new(c->L, &CLASS_EVALUATION);
  return eval_new(c->job, c->self, d, slot, c->err);
}

typedef struct CardArgs {
  const char *step;
} CardArgs;
static const Param CARD[] = {{"step", PARAM_TEXT, offsetof(CardArgs, step), 0, 0, "", NULL,
                              "number or name of a step: what it learned; the whole model when not given"},
                             PARAM_END};

static ErrCode card(Call *c) {
  const CardArgs *o = c->opts;
  int n;
  if (!o->step) return model_card(c->job, c->self, call_frame(c), c->err);
  if (learner_place(model_info(c->self).learner, sv(o->step), &n, c->err) != OK) return err_prefix(c->err, "card");
  if (n == 0) return err_set(c->err, ERR_ARG, "card: steps are counted from 1");
  return model_step_card(c->job, c->self, n - 1, call_frame(c), c->err);
}

static ErrCode steps(Call *c) { return model_steps(c->job, c->self, call_frame(c), c->err); }

typedef struct ThresholdOpts {
  double t;
} ThresholdOpts;
static const Param THRESHOLD[] = {
    {"t", PARAM_REAL, offsetof(ThresholdOpts, t), 0, 1, NULL, NULL, "least probability that counts as positive"},
    PARAM_END};

static ErrCode threshold(Call *c) {
  c->nret = 1;
  Model **slot = (Model **)box_new(c->L, &CLASS_MODEL);
  return model_threshold(c->self, ((const ThresholdOpts *)c->opts)->t, slot, c->err);
}

typedef struct ContinueArgs {
  int frame, valid;
  int64_t rounds;
} ContinueArgs;
static const Param CONTINUE[] = {
    {"d", PARAM_VALUE, offsetof(ContinueArgs, frame), 0, 0, NULL, "frame", "rows to learn from, with columns and "
     "target as in the fit; the same rows give what a fit with all rounds gives"},
    {"rounds", PARAM_INT, offsetof(ContinueArgs, rounds), 1, 1e6, "100", NULL, "how many rounds more"},
    {"valid", PARAM_VALUE, offsetof(ContinueArgs, valid), 0, 0, "", "frame",
     "rows that are scored after each round and not learned from"},
    PARAM_END};

static ErrCode go_on(Call *c) {
  const ContinueArgs *o = c->opts;
  const Frame *d, *valid = NULL;
  TRY(call_frame_arg(c, o->frame, "d", &d));
  if (o->valid) TRY(call_frame_arg(c, o->valid, "valid", &valid));
  c->nret = 1;
  Model **slot = (Model **)box_new(c->L, &CLASS_MODEL);
  return model_continue(c->job, c->self, d, o->rounds, valid, slot, c->err);
}

typedef struct PathOpts {
  const char *path;
} PathOpts;
static const Param PATH[] = {{"path", PARAM_TEXT, offsetof(PathOpts, path), 0, 0, NULL, NULL,
                              "file to write; of boosted trees .json for XGBoost, .txt for LightGBM, .c as C"},
                             PARAM_END};

// As the end of the name tells.
static ErrCode save(Call *c) {
  Str text = {0};
  const char *path = ((const PathOpts *)c->opts)->path;
  ExchangeFormat format = exchange_by_name(path);
  ErrCode code = format == EXCHANGE_NONE ? model_save(c->self, &text, c->err)
                                         : exchange_write(c->job, c->self, format, &text, c->err);
  if (code == OK) code = io_write_bytes(&c->host->ops.door, path, (Sv){str_c(&text), text.n}, c->err);
  str_fini(&text);
  return code;
}

static const BindFn METHODS[] = {
    {"predict", "m:predict(test)", "a frame with pred and, for classes, p_<class>", predict,
     BIND_OPTS(FrameOpts, FRAME), .npos = 1,
     .example = "local d = data 'iris' return ml.logistic{}:fit(d, 'class'):predict(d):head(3)"},
    {"transform", "m:transform(d, {steps=2})", "the frame after the steps, as the model sees it, or after some",
     transform, BIND_OPTS(TransformArgs, TRANSFORM), .npos = 1,
     .example = "local d = data 'titanic' return pipe{prep.impute{'age'}, prep.onehot{'sex'}}:fit(d):transform(d, "
                "{steps='impute'}):head(3)"},
    {"evaluate", "e = m:evaluate(test)", "judges the model on rows that it has not seen", evaluate,
     BIND_OPTS(FrameOpts, FRAME), .npos = 1,
     .example = "local d = data 'iris' return ml.logistic{}:fit(d, 'class'):evaluate(d)"},
    {"card", "m:card{step=2}", "what was fitted: facts, coefficients and their intervals; of a step what it learned",
     card, BIND_OPTS(CardArgs, CARD), .npos = 1,
     .example = "local m = pipe{prep.standard{}, ml.linear{}}:fit(data 'longley', 'Employed') show(m:card()) "
                "return m:card{step='standard'}"},
    {"steps", "m:steps()", "a line for each step: columns before and after it, and what it learned", steps,
     .example = "return pipe{prep.impute{}, prep.onehot{'sex'}}:fit(data 'titanic'):steps()"},
    {"threshold", "m = m:threshold(0.37)", "a model whose predict uses another threshold", threshold,
     BIND_OPTS(ThresholdOpts, THRESHOLD), .npos = 1,
     .example = "local d = data('titanic'):select{'survived', 'sex'} "
                "return pipe{prep.onehot{}, ml.logistic{}}:fit(d, 'survived'):threshold(0.3)"},
    {"continue", "m = m:continue(d, {rounds=50})", "boosted trees with more rounds on top of those there are", go_on,
     BIND_OPTS(ContinueArgs, CONTINUE), .npos = 2, .partial = true,
     .example = "local d = data 'iris' return ml.boost{rounds=20}:fit(d, 'class'):continue(d, {rounds=30})"},
    {"save", "m:save \"churn.model\", m:save \"xgb.json\"",
     "writes the model with its steps, or for another program", save,
     BIND_OPTS(PathOpts, PATH), .npos = 1,
     .example = "ml.baseline{}:fit(data 'iris', 'class'):save 'iris.model'"},
    {0}};

static void push_names(lua_State *L, const Names *names) {
  lua_createtable(L, (int)names->n, 0);
  for (int64_t i = 0; i < names->n; i++) {
    lua_pushstring(L, names->name[i]);
    lua_rawseti(L, -2, i + 1);
  }
}

// Facts: m.target, m.iterations, m.seconds ...
static const char *word_of_task(Task task) {
  if (task == TASK_ANOMALY) return "anomaly";
  return task == TASK_CLASSIFICATION ? "classification" : "regression";
}

static int index_model(lua_State *L) {
  ModelInfo i = model_info(box_test(L, 1, &CLASS_MODEL));
  const char *key = lua_tostring(L, 2);
  if (!key) return 0;
  if (strcmp(key, "target") == 0) return lua_pushstring(L, i.target), 1;
  if (strcmp(key, "task") == 0) return lua_pushstring(L, word_of_task(i.task)), 1;
  if (strcmp(key, "nrow") == 0) return lua_pushinteger(L, i.nrow), 1;
  if (strcmp(key, "iterations") == 0) return lua_pushinteger(L, i.iterations), 1;
  if (strcmp(key, "converged") == 0) return lua_pushboolean(L, i.converged), 1;
  if (strcmp(key, "seconds") == 0) return lua_pushnumber(L, i.seconds), 1;
  if (strcmp(key, "seed") == 0) return lua_pushinteger(L, (lua_Integer)i.seed), 1;
  if (strcmp(key, "data_hash") == 0) return lua_pushstring(L, i.data_hash), 1;
  if (strcmp(key, "terms") == 0) return push_names(L, i.terms), 1;
  if (strcmp(key, "notes") == 0) return push_names(L, i.notes), 1;
  if (i.task != TASK_CLASSIFICATION) return 0;
  if (strcmp(key, "positive") == 0) return lua_pushstring(L, i.levels->name[i.positive]), 1;
  return strcmp(key, "levels") == 0 ? (push_names(L, i.levels), 1) : 0;
}

static void unref(void *object) { model_unref(object); }

static ErrCode value(LuaHost *h, void *object, HostValue *out, Frame **made, Err *err) {
  TRY(model_card(h->job, object, made, err));
  *out = (HostValue){.kind = VALUE_FRAME, .frame = *made, .title = frame_caption(*made)};
  return OK;
}

const Class CLASS_MODEL = {"Model", "a model", METHODS, unref, index_model, value, NULL};

void model_open(lua_State *L) { class_open(L, &CLASS_MODEL); }

// prep.*, ml.* and pipe: recipes for learning. A step, a model and a pipeline are one kind of object, a Learner, so
// that each can be fitted alone or put into a pipeline.
#include "bind/bind_int.h"

#include "model/exchange.h"

static Learner **call_learner(Call *c) {
  c->nret++;
  return (Learner **)box_new(c->L, &CLASS_LEARNER);
}

static ErrCode make_step(Call *c) {
  StepSpec spec = {c->bind->data, c->opts};
  *call_learner(c) = learner_new(&spec, 1, NULL, NULL);
  return OK;
}

static ErrCode make_model(Call *c) {
  *call_learner(c) = learner_new(NULL, 0, c->bind->data, c->opts);
  return OK;
}

// ---- pipe ----------------------------------------------------------------------------------------------------------
static ErrCode count_steps(Call *c, int first, int last, int *nstep) {
  *nstep = 0;
  for (int k = first; k <= last; k++) {
    const Learner *part = box_test(c->L, k, &CLASS_LEARNER);
    if (!part)
      return err_set(c->err, ERR_ARG, "pipe: part %d is %s; parts are steps (prep.*) and one model (ml.*)",
                     k - first + 1, kind_of(c->L, k));
    const void *opts;
    if (learner_type(part, &opts) && k < last)
      return err_set(c->err, ERR_ARG, "pipe: part %d is a model; the model comes last", k - first + 1);
    *nstep += learner_nstep(part);
  }
  return OK;
}

typedef struct PipeOpts {
  int parts, target;
} PipeOpts;
static const Param PIPE[] = {
    {"parts", PARAM_VALUE, offsetof(PipeOpts, parts), 0, 0, "", "list", "steps in order, then a model"},
    {"target", PARAM_CHOICE, offsetof(PipeOpts, target), 0, 0, "none", TRANSFORMS,
     "for regressions: what becomes of the target before steps and model see it; predictions come back"},
    PARAM_END};

// The transform of the pipe, or of a pipe inside of it.
static ErrCode pipe_target(Call *c, const Learner *model, TransformKind *target) {
  TransformKind inner = learner_target(model);
  *target = (TransformKind)((const PipeOpts *)c->opts)->target;
  if (inner == TRANSFORM_NONE) return OK;
  if (*target != TRANSFORM_NONE && *target != inner)
    return err_set(c->err, ERR_ARG, "pipe: target=\"%s\" around a pipe with target=\"%s\": give one of them",
                   transform_word(*target), transform_word(inner));
  return *target = inner, OK;
}

static ErrCode make_pipe(Call *c) {
  lua_State *L = c->L;
  int first = ((const PipeOpts *)c->opts)->parts, n = c->rest, nstep = 0;
  if (n == 0) return err_set(c->err, ERR_ARG, "pipe: the list is empty: %s", c->bind->signature);
  TRY(count_steps(c, first, first + n - 1, &nstep));
  StepSpec *step = arena_array(c->arena, StepSpec, nstep);
  const ModelType *type = NULL;
  const void *opts = NULL;
  TransformKind target;
  for (int k = 0, s = 0; k < n; k++) {
    const Learner *part = box_test(L, first + k, &CLASS_LEARNER);
    for (int i = 0; i < learner_nstep(part); i++) step[s++] = *learner_step(part, i);
    type = learner_type(part, &opts);
  }
  TRY(pipe_target(c, box_test(L, first + n - 1, &CLASS_LEARNER), &target));
  Learner **slot = call_learner(c), *plain = learner_new(step, nstep, type, opts);
  *slot = learner_with_target(plain, target);
  learner_unref(plain);
  return OK;
}

// ---- fit -----------------------------------------------------------------------------------------------------------
typedef struct FitArgs {
  int train, valid;
  const char *target, *weight, *positive;
  Names features;
  int64_t seed;
} FitArgs;
static const Param FIT[] = {
    {"train", PARAM_VALUE, offsetof(FitArgs, train), 0, 0, NULL, "frame", "rows to learn from"},
    {"target", PARAM_TEXT, offsetof(FitArgs, target), 0, 0, "", NULL,
     "column to predict, or a formula \"y ~ a + b\""},
    {"weight", PARAM_TEXT, offsetof(FitArgs, weight), 0, 0, "", NULL, "column of case weights"},
    {"positive", PARAM_TEXT, offsetof(FitArgs, positive), 0, 0, "", NULL, "class that counts as positive"},
    {"features", PARAM_NAMES, offsetof(FitArgs, features), 0, 0, "", NULL, "use only these columns"},
    {"valid", PARAM_VALUE, offsetof(FitArgs, valid), 0, 0, "", "frame",
     "for ml.boost: rows that are scored after each round and not learned from"},
    {"seed", PARAM_INT, offsetof(FitArgs, seed), 0, PARAM_INF, "0", NULL, "the session's seed when not given"},
    PARAM_END};

static Sv formula_name(Sv term) {
  term = sv_trim(term);
  bool quoted = term.n >= 2 && term.s[0] == '`' && term.s[term.n - 1] == '`';
  return quoted ? (Sv){term.s + 1, term.n - 2} : term;
}

// "y ~ a + b", "y ~ .": names only; anything else belongs into a step.
ErrCode call_formula(Call *c, const char **target, Names *features) {
  const char *text = *target, *tilde = text ? strchr(text, '~') : NULL;
  if (!tilde) return OK;
  Sv y = formula_name((Sv){text, (size_t)(tilde - text)});
  *target = arena_strndup(c->arena, y.s, y.n);
  *features = (Names){arena_array(c->arena, const char *, strlen(tilde)), 0};
  for (const char *p = tilde + 1;;) {
    size_t n = strcspn(p, "+");
    Sv name = formula_name((Sv){p, n});
    if (name.n == 0 || memchr(name.s, '*', name.n) || memchr(name.s, ':', name.n))
      return err_set(c->err, ERR_PARSE, "'%s': a formula is a target, ~ and names joined by +, as in y ~ a + b",
                     text);
    if (!sv_is(name, ".")) features->name[features->n++] = arena_strndup(c->arena, name.s, name.n);
    if (!p[n]) return OK;
    p += n + 1;
  }
}

static ErrCode fit(Call *c) {
  FitArgs *o = c->opts;
  const Frame *train;
  TRY(call_frame_arg(c, o->train, "train", &train));
  TRY(call_formula(c, &o->target, &o->features));
  FitOpts opts = {.weight = o->weight, .positive = o->positive, .features = o->features, .seed = (uint64_t)o->seed};
  if (o->valid) TRY(call_frame_arg(c, o->valid, "valid", &opts.valid));
  c->nret = 1;
  Model **slot = (Model **)box_new(c->L, &CLASS_MODEL);
  return model_fit(c->job, c->self, train, o->target, &opts, slot, c->err);
}

static const BindFn METHODS[] = {{"fit", "m = p:fit(train, \"y\", {positive=\"yes\"})",
                                  "learns steps and model on the rows of train", fit, BIND_OPTS(FitArgs, FIT),
                                  .npos = 2, .partial = true,
                                  .example = "return pipe{prep.standard{}, ml.logistic{}}:fit(data('iris'), 'class')"},
                                 {0}};

static void unref(void *object) { learner_unref(object); }

// A part alone as Lua would write it, several as a card.
static ErrCode value(LuaHost *h, void *object, HostValue *out, Frame **made, Err *err) {
  if (learner_nparts(object) > 1) {
    TRY(learner_card(object, made, err));
    *out = (HostValue){.kind = VALUE_FRAME, .frame = *made, .title = frame_caption(*made)};
    return OK;
  }
  Arena a;
  arena_init(&a);
  lua_pushstring(h->L, learner_print(object, &a)); // Lua keeps the text while it is shown
  arena_fini(&a);
  *out = (HostValue){.kind = VALUE_STRING, .text = lua_tostring(h->L, -1)};
  return OK;
}

const Class CLASS_LEARNER = {"Learner", "a pipeline", METHODS, unref, NULL, value, NULL};

// ---- prep.* and ml.* -----------------------------------------------------------------------------------------------
static void open_steps(LuaHost *h) {
  member_open(h->L, "step");
  for (const StepType *const *t = prep_steps(); *t; t++) {
    bool chooses = (*t)->params && strcmp((*t)->params[0].name, "columns") == 0;
    BindFn row = {.name = (*t)->name,
                  .summary = (*t)->summary,
                  .fn = make_step,
                  .params = (*t)->params,
                  .opts_size = (*t)->opts_size,
                  .npos = chooses,
                  .rest = chooses,
                  .data = *t};
    row.signature = arena_printf(&h->arena, "prep.%s{}", row.name);
    member_add(h, &row);
  }
  lua_setglobal(h->L, "prep");
}

static void open_models(LuaHost *h) {
  member_open(h->L, "model");
  for (const ModelType *const *t = model_types(); *t; t++) {
    BindFn row = {.name = (*t)->name,
                  .summary = (*t)->summary,
                  .fn = make_model,
                  .params = (*t)->params,
                  .opts_size = (*t)->opts_size,
                  .data = *t};
    row.signature = arena_printf(&h->arena, "ml.%s{}", row.name);
    member_add(h, &row);
  }
  lua_setglobal(h->L, "ml");
}

typedef struct LoadOpts {
  const char *path, *target;
  Names classes;
  int like;
} LoadOpts;
static const Param LOAD[] = {
    {"path", PARAM_TEXT, offsetof(LoadOpts, path), 0, 0, NULL, NULL,
     "file that m:save wrote, a JSON model of XGBoost or a text model of LightGBM"},
    {"target", PARAM_TEXT, offsetof(LoadOpts, target), 0, 0, "", NULL,
     "column that an evaluation of another program's model compares with; y where the file does not tell"},
    {"classes", PARAM_NAMES, offsetof(LoadOpts, classes), 0, 0, "", NULL,
     "names of its classes 0, 1, ...; their numbers where the file does not tell"},
    {"like", PARAM_VALUE, offsetof(LoadOpts, like), 0, 0, "", "frame",
     "frame whose words, in sorted order, are the categories 0, 1, ... of its columns"},
    PARAM_END};

static ErrCode read_other(Call *c, Sv text, Model **out) {
  const LoadOpts *o = c->opts;
  ExchangeOpts opts = {.target = o->target, .classes = o->classes};
  if (o->like) TRY(call_frame_arg(c, o->like, "like", &opts.like));
  return exchange_read(text, &opts, out, c->err);
}

static ErrCode load_text(Call *c, Sv text, Model **out) {
  const LoadOpts *o = c->opts;
  if (exchange_sniff(text) != EXCHANGE_NONE) return read_other(c, text, out);
  if (o->target || o->classes.n || o->like)
    return err_set(c->err, ERR_ARG, "target, classes and like are for models of other programs: this one tells them");
  return model_load(text, out, c->err);
}

static ErrCode load_model(Call *c) {
  const char *path = ((const LoadOpts *)c->opts)->path;
  c->nret = 1;
  Model **slot = (Model **)box_new(c->L, &CLASS_MODEL);
  Str text = {0};
  ErrCode code = io_read_bytes(&c->host->ops.door, path, &text, c->err);
  if (code == OK && (code = load_text(c, (Sv){str_c(&text), text.n}, slot)) != OK) err_prefix(c->err, "%s", path);
  str_fini(&text);
  return code;
}

const BindFn LEARN_ROWS[] = {
    {"pipe", "pipe{prep.impute{}, prep.onehot{}, ml.logistic{}}", "steps in order, then a model", make_pipe,
     BIND_OPTS(PipeOpts, PIPE), .npos = 1, .rest = true,
     .example = "return pipe{ml.linear{}, target='log'}:fit(data 'sacramento_homes', 'price ~ sqft')"},
    {"load_model", "load_model \"churn.model\", load_model{\"xgb.json\", like=d, target=\"y\"}",
     "a model that m:save, XGBoost or LightGBM wrote", load_model, BIND_OPTS(LoadOpts, LOAD),
     .npos = 1, .example = "ml.baseline{}:fit(data('iris'), 'class'):save 'iris.model' return load_model 'iris.model'"},
    {0}};

static void open_globals(lua_State *L, const BindFn *rows) {
  for (const BindFn *f = rows; f->name; f++) {
    push_bound(L, f, NULL);
    lua_setglobal(L, f->name);
  }
}

void learn_open(LuaHost *h) {
  class_open(h->L, &CLASS_LEARNER);
  open_steps(h);
  open_models(h);
  open_globals(h->L, LEARN_ROWS);
  open_globals(h->L, CV_ROWS);
}

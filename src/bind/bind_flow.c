// Pipelines drawn as a flow: p:flow() of a recipe, m:flow() with the columns that go from step to step and what each
// learned.
#include "bind/bind_int.h"

#include "bind/flow_int.h"
#include "model/model.h"

#include <stdlib.h>

static Plot *call_plot(Call *c) {
  c->nret++;
  return plot_box(c->L);
}

static ErrCode recipe_flow(Call *c) {
  const Learner *l = c->self;
  int n = learner_nparts(l);
  if (n == 0) return err_set(c->err, ERR_ARG, "flow: this pipeline has neither steps nor a model");
  FlowBox *box = arena_array(c->arena, FlowBox, n + 1);
  for (int k = 0; k < n; k++) {
    box[k].name = arena_printf(c->arena, "%d %s", k + 1, learner_print_part(l, k, c->arena));
    box[k].text = k < learner_nstep(l) ? learner_step(l, k)->type->summary : learner_type(l, NULL)->summary;
  }
  Plot *p = call_plot(c);
  flow_plot(box, n, p);
  p->title = arena_strdup(&p->arena, "pipeline");
  p->reading = arena_strdup(&p->arena, "nothing is learned yet; m:flow() of a fitted one tells columns of every step");
  return OK;
}

static const char *columns_words(Arena *a, int64_t n) {
  return arena_printf(a, "%lld column%s", (long long)n, n == 1 ? "" : "s");
}

static void add_model(Call *c, const ModelInfo *info, FlowBox *box, int n) {
  Arena *a = c->arena;
  if (info->terms->n) box[n].before = columns_words(a, info->terms->n);
  box[n].name = arena_printf(a, "%d %s", n + 1, info->type->name);
  box[n].text = info->type->summary;
  box[n + 1].before = info->target ? arena_printf(a, "pred of %s", info->target) : "scores";
}

static ErrCode model_flow(Call *c) {
  ModelInfo info = model_info(c->self);
  int n = learner_nstep(info.learner);
  StepLine *line;
  TRY(model_step_lines(c->job, c->self, c->arena, &line, c->err));
  FlowBox *box = arena_array(c->arena, FlowBox, n + 2);
  for (int k = 0; k < n; k++) {
    box[k].name = arena_printf(c->arena, "%d %s", k + 1, line[k].name);
    box[k].text = line[k].learned, box[k].before = columns_words(c->arena, line[k].in);
    box[k + 1].before = columns_words(c->arena, line[k].out);
  }
  if (info.type) add_model(c, &info, box, n);
  if (n + (info.type != NULL) == 0) return err_set(c->err, ERR_ARG, "flow: there are neither steps nor a model");
  Plot *p = call_plot(c);
  flow_plot(box, n + (info.type != NULL), p);
  p->title = info.target ? arena_printf(&p->arena, "pipeline for %s", info.target) : "pipeline";
  p->n = info.nrow;
  p->reading = arena_printf(&p->arena, "%s go%s in%s", columns_words(c->arena, info.features->n),
                            info.features->n == 1 ? "es" : "",
                            info.terms->n ? arena_printf(c->arena, ", %lld reach the model", (long long)info.terms->n)
                                          : "");
  Frame **table = (Frame **)box_new(c->L, &CLASS_FRAME);
  TRY(model_steps(c->job, c->self, table, c->err));
  lua_setiuservalue(c->L, -2, 1);
  return OK;
}

const BindFn FLOW_ROWS[] = {{"flow", "p:flow()", "the parts as boxes with arrows", recipe_flow,
                             .example = "return pipe{prep.impute{}, prep.onehot{}, ml.logistic{}}:flow()"},
                            {0}};
const BindFn MODEL_FLOW_ROWS[] = {
    {"flow", "m:flow()", "the steps as boxes with arrows: columns that go along, and what each step learned",
     model_flow, .example = "return pipe{prep.impute{}, prep.onehot{'sex'}}:fit(data 'titanic'):flow()"},
    {0}};

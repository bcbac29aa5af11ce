// Whether a message that was read is the one that was written, field by field.
#pragma once
#include "check.h"

#include "random.h"

static inline void assert_text(const char *got, const char *want) {
  assert_non_null(got);
  assert_string_equal(got, want);
}

static inline void assert_optional(const char *got, const char *want) {
  if (want) assert_text(got, want);
  else assert_null(got);
}

static inline void assert_bits(double got, double want) { assert_memory_equal(&got, &want, sizeof got); }

static inline void assert_names(Names got, Names want) {
  assert_int_equal(got.n, want.n);
  for (int64_t i = 0; i < want.n; i++) assert_text(got.name[i], want.name[i]);
}

static inline void assert_page(const Page *got, const Page *want) {
  assert_optional(got->title, want->title);
  assert_int_equal(got->nrow, want->nrow);
  assert_int_equal(got->first, want->first);
  assert_int_equal(got->shown, want->shown);
  assert_int_equal(got->ncol, want->ncol);
  assert_int_equal(got->row_numbers, want->row_numbers);
  for (int j = 0; j < want->ncol; j++) {
    assert_text(got->col[j].name, want->col[j].name);
    assert_int_equal(got->col[j].sign, want->col[j].sign);
    assert_int_equal(got->col[j].align, want->col[j].align);
    assert_int_equal(got->col[j].kind, want->col[j].kind);
  }
  for (int64_t i = 0; i < want->shown * want->ncol; i++) assert_optional(got->cell[i], want->cell[i]);
}

static inline void assert_shown(const Shown *got, const Shown *want) {
  assert_int_equal(got->kind, want->kind);
  if (want->kind == SHOWN_PAGE) {
    assert_page(&got->page, &want->page);
    return;
  }
  assert_text(got->text, want->text);
  assert_optional(got->json, want->json);
}

static inline void assert_plot(const Plot *got, const Plot *want) {
  assert_optional(got->title, want->title);
  assert_optional(got->reading, want->reading);
  assert_optional(got->note, want->note);
  assert_optional(got->x.name, want->x.name);
  assert_int_equal(got->n, want->n);
  assert_bits(got->x.hi, want->x.hi);
  assert_int_equal(got->y.scale, want->y.scale);
  assert_int_equal(got->nseries, want->nseries);
  for (int k = 0; k < want->nseries; k++) {
    const Series *g = &got->series[k], *s = &want->series[k];
    assert_int_equal(g->kind, s->kind);
    assert_int_equal(g->n, s->n);
    for (int64_t i = 0; i < s->n; i++) {
      assert_bits(g->x[i], s->x[i]);
      assert_bits(g->y[i], s->y[i]);
    }
  }
}

static inline void assert_objects(const MsgObjects *got, const MsgObjects *want) {
  assert_int_equal(got->n, want->n);
  assert_int_equal(got->memory, want->memory);
  for (int64_t i = 0; i < want->n; i++) {
    const WireObject *g = &got->item[i], *o = &want->item[i];
    assert_text(g->name, o->name);
    assert_text(g->kind, o->kind);
    assert_text(g->summary, o->summary);
    assert_int_equal(g->version, o->version);
    assert_int_equal(g->nrow, o->nrow);
    assert_int_equal(g->ncol, o->ncol);
    assert_int_equal(g->bytes, o->bytes);
  }
}

static inline void assert_candidates(const MsgCandidates *got, const MsgCandidates *want) {
  assert_int_equal(got->n, want->n);
  assert_int_equal(got->from, want->from);
  for (int64_t i = 0; i < want->n; i++) {
    assert_text(got->item[i].text, want->item[i].text);
    assert_text(got->item[i].kind, want->item[i].kind);
    assert_text(got->item[i].doc, want->item[i].doc);
  }
}

static inline void assert_done(const MsgDone *got, const MsgDone *want) {
  assert_int_equal(got->cell, want->cell);
  assert_int_equal(got->failed, want->failed);
  assert_int_equal(got->cancelled, want->cancelled);
  assert_int_equal(got->state, want->state);
  assert_bits(got->seconds, want->seconds);
  assert_int_equal(got->line, want->line);
  assert_int_equal(got->column, want->column);
  assert_text(got->token, want->token);
  assert_text(got->message, want->message);
  assert_names(got->reads, want->reads);
  assert_names(got->writes, want->writes);
  assert_int_equal(got->whole, want->whole);
  assert_names(got->opened, want->opened);
  assert_text(got->asks, want->asks);
}

static inline void assert_numbers(const double *got, const double *want, int64_t n) {
  for (int64_t i = 0; i < n; i++) assert_bits(got[i], want[i]);
}

static inline void assert_heads(const MsgHeads *got, const MsgHeads *want) {
  assert_text(got->object, want->object);
  assert_text(got->source, want->source);
  assert_text(got->state, want->state);
  assert_int_equal(got->version, want->version);
  assert_int_equal(got->nrow, want->nrow);
  assert_int_equal(got->answer, want->answer);
  assert_int_equal(got->n, want->n);
  for (int64_t i = 0; i < want->n; i++) {
    const WireHead *g = &got->item[i], *h = &want->item[i];
    assert_text(g->name, h->name);
    assert_text(g->kind, h->kind);
    assert_int_equal(g->sign, h->sign);
    assert_int_equal(g->strip, h->strip);
    assert_int_equal(g->n, h->n);
    assert_numbers(g->value, h->value, h->n);
    assert_text(g->text, h->text);
  }
}

static inline void assert_tree_node(const WireTreeNode *g, const WireTreeNode *t) {
  assert_int_equal(g->node, t->node);
  assert_int_equal(g->up, t->up);
  assert_int_equal(g->left, t->left);
  assert_int_equal(g->leaf, t->leaf);
  assert_text(g->side, t->side);
  assert_text(g->column, t->column);
  assert_text(g->count, t->count);
  assert_text(g->said, t->said);
  assert_int_equal(g->n, t->n);
  assert_numbers(g->value, t->value, t->n);
  assert_numbers(&g->share, &t->share, 1);
}

static inline void assert_tree(const MsgTree *got, const MsgTree *want) {
  const int64_t size[] = {want->version, want->ntree, want->tree, want->nnode, want->nleaf, want->depth, want->at,
                          want->above,   want->adds,  want->rows, want->n};
  const int64_t is[] = {got->version, got->ntree, got->tree, got->nnode, got->nleaf, got->depth, got->at,
                        got->above,   got->adds,  got->rows, got->n};
  assert_text(got->object, want->object);
  assert_text(got->learner, want->learner);
  assert_text(got->target, want->target);
  assert_text(got->of, want->of);
  assert_text(got->rule, want->rule);
  assert_names(got->classes, want->classes);
  for (size_t k = 0; k < sizeof size / sizeof *size; k++) assert_int_equal(is[k], size[k]);
  for (int64_t i = 0; i < want->n; i++) assert_tree_node(&got->item[i], &want->item[i]);
}

static inline void assert_seen(const WireSeen *g, const WireSeen *w) {
  const int64_t want[] = {w->tp, w->fp, w->tn, w->fn, w->n}, got[] = {g->tp, g->fp, g->tn, g->fn, g->n};
  for (int k = 0; k < 5; k++) assert_int_equal(got[k], want[k]);
  assert_numbers(g->negative, w->negative, w->n);
  assert_numbers(g->positive, w->positive, w->n);
}

static inline void assert_training(const MsgTraining *g, const MsgTraining *w) {
  const int64_t want[] = {w->version, w->cell, w->fit,    w->larger, w->runs,  w->total, w->done, w->kept,
                          w->ntrain,  w->nvalid, w->best, w->first,  w->step,  w->n,     w->has_seen};
  const int64_t got[] = {g->version, g->cell, g->fit,    g->larger, g->runs,  g->total, g->done, g->kept,
                         g->ntrain,  g->nvalid, g->best, g->first,  g->step,  g->n,     g->has_seen};
  const double real[] = {w->seconds, w->best_train, w->best_valid}, is[] = {g->seconds, g->best_train, g->best_valid};
  const char *text[] = {w->object, w->learner, w->target, w->metric, w->negative, w->positive};
  const char *said[] = {g->object, g->learner, g->target, g->metric, g->negative, g->positive};
  for (size_t k = 0; k < sizeof want / sizeof *want; k++) assert_int_equal(got[k], want[k]);
  for (int k = 0; k < 6; k++) assert_text(said[k], text[k]);
  assert_numbers(is, real, 3);
  assert_numbers(g->train, w->train, w->n);
  assert_numbers(g->valid, w->valid, w->n);
  assert_seen(&g->here, &w->here);
  assert_seen(&g->at_best, &w->at_best);
}

static inline void assert_round(const MsgRoundAnswer *g, const MsgRoundAnswer *w) {
  const int64_t want[] = {w->version, w->round, w->tree, w->ntree, w->leaves, w->depth, w->n, w->has_seen};
  const int64_t got[] = {g->version, g->round, g->tree, g->ntree, g->leaves, g->depth, g->n, g->has_seen};
  const double real[] = {w->train, w->valid}, is[] = {g->train, g->valid};
  for (size_t k = 0; k < sizeof want / sizeof *want; k++) assert_int_equal(got[k], want[k]);
  assert_text(g->object, w->object);
  assert_names(g->terms, w->terms);
  assert_numbers(g->share, w->share, w->n);
  assert_numbers(is, real, 2);
  assert_seen(&g->here, &w->here);
  assert_seen(&g->at_best, &w->at_best);
}

static inline void assert_steps(const MsgSteps *got, const MsgSteps *want) {
  assert_text(got->object, want->object);
  assert_int_equal(got->version, want->version);
  assert_int_equal(got->nrow, want->nrow);
  assert_int_equal(got->n, want->n);
  for (int64_t i = 0; i < want->n; i++) {
    const WireStep *g = &got->item[i], *s = &want->item[i];
    assert_text(g->lua, s->lua);
    assert_text(g->rule, s->rule);
    assert_text(g->reason, s->reason);
    assert_names(g->columns, s->columns);
    assert_int_equal(g->rows, s->rows);
    assert_text(g->shape, s->shape);
    assert_int_equal(g->nbefore, s->nbefore);
    assert_int_equal(g->nafter, s->nafter);
    assert_numbers(g->before, s->before, s->nbefore);
    assert_numbers(g->after, s->after, s->nafter);
    assert_text(g->was, s->was);
    assert_text(g->is, s->is);
  }
}

static inline void assert_column(const MsgColumn *got, const MsgColumn *want) {
  assert_text(got->object, want->object);
  assert_text(got->column, want->column);
  assert_text(got->kind, want->kind);
  assert_text(got->state, want->state);
  assert_int_equal(got->version, want->version);
  assert_int_equal(got->place, want->place);
  assert_int_equal(got->ncol, want->ncol);
  assert_names(got->label, want->label);
  assert_names(got->value, want->value);
  assert_int_equal(got->has_plot, want->has_plot);
  if (want->has_plot) assert_plot(&got->plot, &want->plot);
  assert_text(got->target, want->target);
  assert_text(got->by, want->by);
  assert_int_equal(got->nbox, want->nbox);
  for (int64_t i = 0; i < want->nbox; i++) {
    assert_text(got->box[i].name, want->box[i].name);
    assert_text(got->box[i].middle, want->box[i].middle);
    assert_int_equal(got->box[i].n, want->box[i].n);
    assert_memory_equal(got->box[i].q, want->box[i].q, sizeof want->box[i].q);
  }
}

static inline void assert_point(const MsgEvaluation *got, const MsgEvaluation *want) {
  assert_int_equal(got->binary, want->binary);
  assert_int_equal(got->fixed, want->fixed);
  assert_names(got->classes, want->classes);
  assert_int_equal(got->of, want->of);
  assert_text(got->other, want->other);
  assert_text(got->difference, want->difference);
  assert_text(got->negative, want->negative);
  assert_text(got->positive, want->positive);
  assert_bits(got->threshold, want->threshold);
  assert_bits(got->was, want->was);
  assert_bits(got->best, want->best);
  assert_text(got->cost, want->cost);
  for (int k = 0; k < 4; k++) {
    assert_int_equal(got->now_count[k], want->now_count[k]);
    assert_int_equal(got->was_count[k], want->was_count[k]);
  }
}

static inline void assert_evaluation(const MsgEvaluation *got, const MsgEvaluation *want) {
  assert_text(got->object, want->object);
  assert_text(got->model, want->model);
  assert_text(got->learner, want->learner);
  assert_text(got->score, want->score);
  assert_int_equal(got->version, want->version);
  assert_int_equal(got->n, want->n);
  assert_point(got, want);
  assert_int_equal(got->nmetric, want->nmetric);
  for (int64_t i = 0; i < want->nmetric; i++) {
    assert_text(got->metric[i].name, want->metric[i].name);
    assert_text(got->metric[i].now, want->metric[i].now);
    assert_text(got->metric[i].was, want->metric[i].was);
    assert_text(got->metric[i].change, want->metric[i].change);
    assert_text(got->metric[i].range, want->metric[i].range);
    assert_text(got->metric[i].other, want->metric[i].other);
    assert_int_equal(got->metric[i].better, want->metric[i].better);
  }
  assert_int_equal(got->nhist, want->nhist);
  assert_numbers(got->hist_negative, want->hist_negative, want->nhist);
  assert_numbers(got->hist_positive, want->hist_positive, want->nhist);
  assert_int_equal(got->right, want->right);
  assert_int_equal(got->wrong, want->wrong);
  assert_page(&got->page, &want->page);
  assert_plot(&got->plot, &want->plot);
  for (int k = 0; k < EVALUATION_PLOTS; k++) {
    assert_int_equal(got->has_more[k], want->has_more[k]);
    if (want->has_more[k]) assert_plot(&got->more[k], &want->more[k]);
  }
}

static inline void assert_catalogue(const MsgCatalogue *got, const MsgCatalogue *want) {
  assert_int_equal(got->n, want->n);
  for (int64_t i = 0; i < want->n; i++) {
    const WireEntry *g = &got->item[i], *e = &want->item[i];
    assert_text(g->name, e->name);
    assert_text(g->lua, e->lua);
    assert_text(g->kind, e->kind);
    assert_text(g->of, e->of);
    assert_text(g->doc, e->doc);
    assert_text(g->topic, e->topic);
    assert_int_equal(g->needs, e->needs);
    assert_int_equal(g->options, e->options);
  }
}

static inline void assert_form(const MsgForm *got, const MsgForm *want) {
  assert_text(got->owner, want->owner);
  assert_text(got->of, want->of);
  assert_text(got->kind, want->kind);
  assert_text(got->signature, want->signature);
  assert_text(got->doc, want->doc);
  assert_text(got->example, want->example);
  assert_int_equal(got->position, want->position);
  assert_int_equal(got->npos, want->npos);
  assert_int_equal(got->rest, want->rest);
  assert_int_equal(got->open, want->open);
  assert_int_equal(got->n, want->n);
  for (int64_t i = 0; i < want->n; i++) {
    const WireOption *g = &got->option[i], *o = &want->option[i];
    assert_text(g->name, o->name);
    assert_int_equal(g->type, o->type);
    assert_bits(g->lo, o->lo);
    assert_bits(g->hi, o->hi);
    assert_optional(g->dflt, o->dflt);
    assert_text(g->choices, o->choices);
    assert_text(g->doc, o->doc);
  }
}

static inline void assert_preview(const MsgPreview *got, const MsgPreview *want) {
  assert_text(got->object, want->object);
  assert_text(got->name, want->name);
  assert_text(got->kind, want->kind);
  assert_int_equal(got->version, want->version);
  assert_int_equal(got->nrow, want->nrow);
  assert_int_equal(got->looked, want->looked);
  assert_int_equal(got->holds, want->holds);
  assert_text(got->message, want->message);
  assert_int_equal(got->begin, want->begin);
  assert_int_equal(got->end, want->end);
  assert_page(&got->page, &want->page);
}

static inline void assert_view(const Msg *got, const Msg *want) {
  switch (want->kind) {
  case MSG_VIEW_HEADS: assert_text(got->ViewHeads.object, want->ViewHeads.object); break;
  case MSG_VIEW_COLUMN:
    assert_text(got->ViewColumn.object, want->ViewColumn.object);
    assert_text(got->ViewColumn.column, want->ViewColumn.column);
    assert_text(got->ViewColumn.target, want->ViewColumn.target);
    break;
  case MSG_VIEW_NOTES: assert_text(got->ViewNotes.object, want->ViewNotes.object); break;
  case MSG_VIEW_EVALUATION:
    assert_text(got->ViewEvaluation.object, want->ViewEvaluation.object);
    assert_bits(got->ViewEvaluation.threshold, want->ViewEvaluation.threshold);
    assert_bits(got->ViewEvaluation.was, want->ViewEvaluation.was);
    assert_bits(got->ViewEvaluation.fp, want->ViewEvaluation.fp);
    assert_bits(got->ViewEvaluation.fn, want->ViewEvaluation.fn);
    assert_int_equal(got->ViewEvaluation.show, want->ViewEvaluation.show);
    assert_int_equal(got->ViewEvaluation.more, want->ViewEvaluation.more);
    assert_int_equal(got->ViewEvaluation.of, want->ViewEvaluation.of);
    assert_text(got->ViewEvaluation.other, want->ViewEvaluation.other);
    assert_int_equal(got->ViewEvaluation.rows, want->ViewEvaluation.rows);
    break;
  case MSG_FIND:
    assert_text(got->Find.object, want->Find.object);
    assert_text(got->Find.text, want->Find.text);
    assert_text(got->Find.column, want->Find.column);
    assert_int_equal(got->Find.row, want->Find.row);
    assert_int_equal(got->Find.backward, want->Find.backward);
    assert_int_equal(got->Find.pattern, want->Find.pattern);
    break;
  case MSG_EXPLAIN:
    assert_text(got->Explain.object, want->Explain.object);
    assert_text(got->Explain.column, want->Explain.column);
    assert_int_equal(got->Explain.row, want->Explain.row);
    assert_bits(got->Explain.threshold, want->Explain.threshold);
    assert_text(got->Explain.topic, want->Explain.topic);
    break;
  case MSG_VIEW_ROWS:
    assert_text(got->ViewRows.object, want->ViewRows.object);
    assert_text(got->ViewRows.column, want->ViewRows.column);
    assert_text(got->ViewRows.label, want->ViewRows.label);
    assert_int_equal(got->ViewRows.row, want->ViewRows.row);
    assert_bits(got->ViewRows.lo, want->ViewRows.lo);
    assert_bits(got->ViewRows.hi, want->ViewRows.hi);
    assert_int_equal(got->ViewRows.last, want->ViewRows.last);
    break;
  case MSG_VIEW_CATALOGUE: assert_int_equal(got->ViewCatalogue.data, want->ViewCatalogue.data); break;
  case MSG_CALL:
    assert_text(got->Call.topic, want->Call.topic);
    assert_text(got->Call.text, want->Call.text);
    assert_int_equal(got->Call.at, want->Call.at);
    break;
  case MSG_VIEW_PREVIEW:
    assert_text(got->ViewPreview.object, want->ViewPreview.object);
    assert_text(got->ViewPreview.text, want->ViewPreview.text);
    assert_int_equal(got->ViewPreview.rows, want->ViewPreview.rows);
    assert_int_equal(got->ViewPreview.filter, want->ViewPreview.filter);
    break;
  default: fail_msg("kind %d is no view", want->kind);
  }
}

static inline void assert_runs(const WireRun *got, int64_t n, const WireRun *want, int64_t nwant) {
  assert_int_equal(n, nwant);
  for (int64_t k = 0; k < n; k++) {
    assert_int_equal(got[k].from, want[k].from);
    assert_int_equal(got[k].to, want[k].to);
  }
}

static inline void assert_question(const Msg *got, const Msg *want) {
  switch (want->kind) {
  case MSG_EVAL:
    assert_int_equal(got->Eval.cell, want->Eval.cell);
    assert_int_equal(got->Eval.number, want->Eval.number);
    assert_int_equal(got->Eval.occurrence, want->Eval.occurrence);
    assert_int_equal(got->Eval.typed, want->Eval.typed);
    assert_text(got->Eval.text, want->Eval.text);
    break;
  case MSG_CANCEL: assert_int_equal(got->Cancel.hard, want->Cancel.hard); break;
  case MSG_RESTORE: assert_int_equal(got->Restore.state, want->Restore.state); break;
  case MSG_COMPLETE:
    assert_text(got->Complete.text, want->Complete.text);
    assert_int_equal(got->Complete.at, want->Complete.at);
    break;
  case MSG_VIEW_PAGE:
    assert_text(got->ViewPage.object, want->ViewPage.object);
    assert_int_equal(got->ViewPage.version, want->ViewPage.version);
    assert_int_equal(got->ViewPage.first, want->ViewPage.first);
    assert_int_equal(got->ViewPage.rows, want->ViewPage.rows);
    assert_names(got->ViewPage.columns, want->ViewPage.columns);
    assert_int_equal(got->ViewPage.exact, want->ViewPage.exact);
    break;
  case MSG_HELP: assert_text(got->Help.topic, want->Help.topic); break;
  case MSG_BYE: assert_int_equal(got->Bye.now, want->Bye.now); break;
  case MSG_DROP: assert_int_equal(got->Drop.state, want->Drop.state); break;
  case MSG_VIEW_TRAINING: assert_text(got->ViewTraining.object, want->ViewTraining.object); break;
  case MSG_VIEW_ROUND:
    assert_text(got->ViewRound.object, want->ViewRound.object);
    assert_int_equal(got->ViewRound.round, want->ViewRound.round);
    break;
  case MSG_VIEW_TREE:
    assert_text(got->ViewTree.object, want->ViewTree.object);
    assert_int_equal(got->ViewTree.tree, want->ViewTree.tree);
    assert_int_equal(got->ViewTree.node, want->ViewTree.node);
    break;
  case MSG_VIEW_STEPS:
    assert_text(got->ViewSteps.object, want->ViewSteps.object);
    assert_text(got->ViewSteps.target, want->ViewSteps.target);
    break;
  case MSG_VIEW_FILE: assert_text(got->ViewFile.path, want->ViewFile.path); break;
  case MSG_VIEW_PLOT:
    assert_int_equal(got->ViewPlot.run, want->ViewPlot.run);
    assert_int_equal(got->ViewPlot.x, want->ViewPlot.x);
    assert_int_equal(got->ViewPlot.y, want->ViewPlot.y);
    assert_bits(got->ViewPlot.x_lo, want->ViewPlot.x_lo);
    assert_bits(got->ViewPlot.x_hi, want->ViewPlot.x_hi);
    assert_bits(got->ViewPlot.y_lo, want->ViewPlot.y_lo);
    assert_bits(got->ViewPlot.y_hi, want->ViewPlot.y_hi);
    break;
  case MSG_VIEW_FOLLOW:
    assert_text(got->ViewFollow.object, want->ViewFollow.object);
    assert_text(got->ViewFollow.was, want->ViewFollow.was);
    assert_int_equal(got->ViewFollow.version, want->ViewFollow.version);
    assert_runs(got->ViewFollow.run, got->ViewFollow.n, want->ViewFollow.run, want->ViewFollow.n);
    break;
  case MSG_PAUSE: assert_int_equal(got->Pause.on, want->Pause.on); break;
  case MSG_GRANT: assert_text(got->Grant.path, want->Grant.path); break;
  default: assert_view(got, want);
  }
}

static inline void assert_answer(const Msg *got, const Msg *want) {
  switch (want->kind) {
  case MSG_OUT:
    assert_int_equal(got->Out.cell, want->Out.cell);
    assert_text(got->Out.title, want->Out.title);
    assert_shown(&got->Out.shown, &want->Out.shown);
    assert_int_equal(got->Out.early, want->Out.early);
    assert_int_equal(got->Out.has_plot, want->Out.has_plot);
    if (want->Out.has_plot) assert_plot(&got->Out.plot, &want->Out.plot);
    break;
  case MSG_DONE: assert_done(&got->Done, &want->Done); break;
  case MSG_PROGRESS:
    assert_int_equal(got->Progress.cell, want->Progress.cell);
    assert_int_equal(got->Progress.done, want->Progress.done);
    assert_int_equal(got->Progress.total, want->Progress.total);
    assert_bits(got->Progress.seconds, want->Progress.seconds);
    assert_int_equal(got->Progress.memory, want->Progress.memory);
    assert_int_equal(got->Progress.paused, want->Progress.paused);
    break;
  case MSG_OBJECTS: assert_objects(&got->Objects, &want->Objects); break;
  case MSG_PAGE:
    assert_text(got->PageAnswer.object, want->PageAnswer.object);
    assert_int_equal(got->PageAnswer.version, want->PageAnswer.version);
    assert_page(&got->PageAnswer.page, &want->PageAnswer.page);
    break;
  case MSG_CANDIDATES: assert_candidates(&got->Candidates, &want->Candidates); break;
  case MSG_TEXT: assert_text(got->TextAnswer.text, want->TextAnswer.text); break;
  case MSG_TREE: assert_tree(&got->Tree, &want->Tree); break;
  case MSG_TRAINING: assert_training(&got->Training, &want->Training); break;
  case MSG_ROUND: assert_round(&got->RoundAnswer, &want->RoundAnswer); break;
  case MSG_STEPS: assert_steps(&got->Steps, &want->Steps); break;
  case MSG_HEADS: assert_heads(&got->Heads, &want->Heads); break;
  case MSG_COLUMN: assert_column(&got->Column, &want->Column); break;
  case MSG_NOTES:
    assert_text(got->Notes.object, want->Notes.object);
    assert_int_equal(got->Notes.version, want->Notes.version);
    assert_names(got->Notes.column, want->Notes.column);
    assert_names(got->Notes.text, want->Notes.text);
    assert_names(got->Notes.where, want->Notes.where);
    break;
  case MSG_EVALUATION: assert_evaluation(&got->Evaluation, &want->Evaluation); break;
  case MSG_FILE:
    assert_text(got->File.path, want->File.path);
    assert_text(got->File.kind, want->File.kind);
    assert_text(got->File.how, want->File.how);
    assert_int_equal(got->File.rows, want->File.rows);
    assert_int_equal(got->File.about, want->File.about);
    assert_shown(&got->File.shown, &want->File.shown);
    break;
  case MSG_PLOT:
    assert_int_equal(got->PlotAnswer.run, want->PlotAnswer.run);
    assert_plot(&got->PlotAnswer.plot, &want->PlotAnswer.plot);
    break;
  case MSG_FOLLOWED:
    assert_text(got->Followed.object, want->Followed.object);
    assert_int_equal(got->Followed.version, want->Followed.version);
    assert_runs(got->Followed.run, got->Followed.n, want->Followed.run, want->Followed.n);
    break;
  case MSG_FOUND:
    assert_int_equal(got->Found.row, want->Found.row);
    assert_text(got->Found.column, want->Found.column);
    break;
  case MSG_ROWS:
    assert_text(got->Rows.of, want->Rows.of);
    assert_text(got->Rows.column, want->Rows.column);
    assert_text(got->Rows.where, want->Rows.where);
    assert_text(got->Rows.lua, want->Rows.lua);
    break;
  case MSG_CATALOGUE: assert_catalogue(&got->Catalogue, &want->Catalogue); break;
  case MSG_FORM: assert_form(&got->Form, &want->Form); break;
  case MSG_PREVIEW: assert_preview(&got->Preview, &want->Preview); break;
  default: fail_msg("kind %d is no answer", want->kind);
  }
}

static inline void assert_same(const Msg *got, const Msg *want) {
  assert_int_equal(got->kind, want->kind);
  assert_true(got->request == want->request);
  if (want->kind == MSG_HELLO) {
    assert_int_equal(got->Hello.version, want->Hello.version);
    assert_text(got->Hello.build, want->Hello.build);
    assert_int_equal(got->Hello.pid, want->Hello.pid);
    assert_int_equal(got->Hello.seed, want->Hello.seed);
    assert_int_equal(got->Hello.threads, want->Hello.threads);
    assert_int_equal(got->Hello.memory, want->Hello.memory);
  } else if (want->kind == MSG_REFUSED) {
    assert_int_equal(got->Refused.code, want->Refused.code);
    assert_text(got->Refused.message, want->Refused.message);
  } else if (want->kind < MSG_OUT) assert_question(got, want);
  else assert_answer(got, want);
}

// One visitor per message: the fields in the order in which they travel.
#include "wire/wire_int.h"

enum {
  OBJECT_LEAST = 3 * 4 + 4 * 8,
  CANDIDATE_LEAST = 3 * 4,
  BOX_LEAST = 2 * 4 + 6 * 8,
  HEAD_LEAST = 4 * 4 + 2,
  METRIC_LEAST = 6 * 4 + 8,
  ENTRY_LEAST = 6 * 4 + 2 * 8,
  OPTION_LEAST = 4 * 4 + 1 + 2 * 8,
  STEP_LEAST = 9 * 4 + 8,
  TREE_LEAST = 4 * 4 + 4 * 8 + 4 + 1
};

static void visit_Hello(Wire *w, MsgHello *m) {
  field_i64(w, "version", &m->version);
  m->build = m->build ? m->build : "";
  if (w->reading && m->version != WIRE_VERSION) { // what follows belongs to another version
    w->left.n = 0;
    return;
  }
  field_text(w, "build", &m->build);
  field_i64(w, "pid", &m->pid);
  field_i64(w, "seed", &m->seed);
  field_i64(w, "threads", &m->threads);
  field_i64(w, "memory", &m->memory);
}

static void visit_Refused(Wire *w, MsgRefused *m) {
  field_i64(w, "code", &m->code);
  field_text(w, "message", &m->message);
}

static void visit_Eval(Wire *w, MsgEval *m) {
  field_i64(w, "cell", &m->cell);
  field_i64(w, "number", &m->number);
  field_size(w, "occurrence", &m->occurrence);
  field_bool(w, "typed", &m->typed);
  field_text(w, "text", &m->text);
}

static void visit_Cancel(Wire *w, MsgCancel *m) { field_bool(w, "hard", &m->hard); }

static void visit_Restore(Wire *w, MsgRestore *m) { field_i64(w, "state", &m->state); }

static void visit_Complete(Wire *w, MsgComplete *m) {
  field_text(w, "text", &m->text);
  field_size(w, "at", &m->at);
  size_t n = m->text ? strlen(m->text) : 0;
  if ((uint64_t)m->at > n) field_fail(w, "at", "%lld, the text has %zu bytes", (long long)m->at, n);
}

static void visit_ViewPage(Wire *w, MsgViewPage *m) {
  field_text(w, "object", &m->object);
  field_i64(w, "version", &m->version);
  field_size(w, "first", &m->first);
  field_size(w, "rows", &m->rows);
  field_names(w, "columns", &m->columns);
  field_bool(w, "exact", &m->exact);
}

static void visit_Help(Wire *w, MsgHelp *m) { field_text(w, "topic", &m->topic); }

static void visit_Bye(Wire *w, MsgBye *m) { field_bool(w, "now", &m->now); }

static void visit_Out(Wire *w, MsgOut *m) {
  field_i64(w, "cell", &m->cell);
  field_bool(w, "early", &m->early);
  field_text(w, "title", &m->title);
  value_shown(w, &m->shown);
  field_bool(w, "has_plot", &m->has_plot);
  if (m->has_plot) value_plot(w, "plot", &m->plot);
}

static void visit_Done(Wire *w, MsgDone *m) {
  field_i64(w, "cell", &m->cell);
  field_bool(w, "failed", &m->failed);
  field_bool(w, "cancelled", &m->cancelled);
  field_i64(w, "state", &m->state);
  field_f64(w, "seconds", &m->seconds);
  field_i64(w, "line", &m->line);
  field_i64(w, "column", &m->column);
  field_text(w, "token", &m->token);
  field_text(w, "message", &m->message);
  field_names(w, "reads", &m->reads);
  field_names(w, "writes", &m->writes);
  field_bool(w, "whole", &m->whole);
  field_names(w, "opened", &m->opened);
  field_text(w, "asks", &m->asks);
}

static void visit_Progress(Wire *w, MsgProgress *m) {
  field_i64(w, "cell", &m->cell);
  field_i64(w, "done", &m->done);
  field_i64(w, "total", &m->total);
  field_f64(w, "seconds", &m->seconds);
  field_size(w, "memory", &m->memory);
  field_bool(w, "paused", &m->paused);
}

static void visit_Pause(Wire *w, MsgPause *m) { field_bool(w, "on", &m->on); }

static void visit_object(Wire *w, WireObject *o) {
  field_text(w, "object.name", &o->name);
  field_text(w, "object.kind", &o->kind);
  field_text(w, "object.summary", &o->summary);
  field_i64(w, "object.version", &o->version);
  field_i64(w, "object.nrow", &o->nrow);
  field_i64(w, "object.ncol", &o->ncol);
  field_i64(w, "object.bytes", &o->bytes);
}

static void visit_Objects(Wire *w, MsgObjects *m) {
  field_i64(w, "memory", &m->memory);
  field_count(w, "objects", &m->n, OBJECT_LEAST);
  if (w->reading) m->item = arena_array(w->arena, WireObject, m->n);
  for (int64_t i = 0; i < m->n && w->code == OK; i++) visit_object(w, &m->item[i]);
}

static void visit_PageAnswer(Wire *w, MsgPageAnswer *m) {
  field_text(w, "object", &m->object);
  field_i64(w, "version", &m->version);
  value_page(w, &m->page);
}

static void visit_candidate(Wire *w, WireCandidate *c) {
  field_text(w, "candidate.text", &c->text);
  field_text(w, "candidate.kind", &c->kind);
  field_text(w, "candidate.doc", &c->doc);
}

static void visit_Candidates(Wire *w, MsgCandidates *m) {
  field_size(w, "from", &m->from);
  field_count(w, "candidates", &m->n, CANDIDATE_LEAST);
  if (w->reading) m->item = arena_array(w->arena, WireCandidate, m->n);
  for (int64_t i = 0; i < m->n && w->code == OK; i++) visit_candidate(w, &m->item[i]);
}

static void visit_TextAnswer(Wire *w, MsgTextAnswer *m) { field_text(w, "text", &m->text); }

static void visit_Drop(Wire *w, MsgDrop *m) { field_i64(w, "state", &m->state); }

static void visit_Grant(Wire *w, MsgGrant *m) { field_text(w, "path", &m->path); }

// ---- views of a table ----------------------------------------------------------------------------------------------
static void visit_ViewHeads(Wire *w, MsgViewHeads *m) { field_text(w, "object", &m->object); }

static void field_numbers(Wire *w, const char *name, double **v, int64_t *n) {
  field_count(w, name, n, sizeof(double));
  if (w->reading) *v = arena_array(w->arena, double, *n);
  for (int64_t i = 0; i < *n && w->code == OK; i++) field_f64(w, name, &(*v)[i]);
}

static void visit_head(Wire *w, WireHead *h) {
  field_text(w, "head.name", &h->name);
  field_text(w, "head.kind", &h->kind);
  h->sign = (char)field_choice(w, "head.sign", h->sign, 127);
  h->strip = (WireStrip)field_choice(w, "head.strip", (int)h->strip, STRIP_TEXT + 1);
  field_numbers(w, "head.value", &h->value, &h->n);
  field_text(w, "head.text", &h->text);
}

static void visit_Heads(Wire *w, MsgHeads *m) {
  field_text(w, "object", &m->object);
  field_text(w, "source", &m->source);
  field_text(w, "state", &m->state);
  field_i64(w, "version", &m->version);
  field_size(w, "nrow", &m->nrow);
  field_count(w, "heads", &m->n, HEAD_LEAST);
  if (w->reading) m->item = arena_array(w->arena, WireHead, m->n);
  for (int64_t i = 0; i < m->n && w->code == OK; i++) visit_head(w, &m->item[i]);
  field_bool(w, "answer", &m->answer);
}

static void visit_ViewColumn(Wire *w, MsgViewColumn *m) {
  field_text(w, "object", &m->object);
  field_text(w, "column", &m->column);
  field_text(w, "target", &m->target);
}

static void visit_box(Wire *w, WireBox *b) {
  field_text(w, "box.name", &b->name);
  field_text(w, "box.middle", &b->middle);
  field_size(w, "box.n", &b->n);
  for (int k = 0; k < 5; k++) field_f64(w, "box.q", &b->q[k]);
}

static void visit_Column(Wire *w, MsgColumn *m) {
  field_text(w, "object", &m->object);
  field_text(w, "column", &m->column);
  field_text(w, "kind", &m->kind);
  field_text(w, "state", &m->state);
  field_i64(w, "version", &m->version);
  field_size(w, "place", &m->place);
  field_size(w, "ncol", &m->ncol);
  field_names(w, "label", &m->label);
  field_names(w, "value", &m->value);
  if (m->label.n != m->value.n)
    field_fail(w, "value", "%lld, labels %lld", (long long)m->value.n, (long long)m->label.n);
  field_bool(w, "has_plot", &m->has_plot);
  if (m->has_plot) value_plot(w, "plot", &m->plot);
  m->target = m->target ? m->target : "", m->by = m->by ? m->by : "";
  field_text(w, "target", &m->target);
  field_text(w, "by", &m->by);
  field_count(w, "boxes", &m->nbox, BOX_LEAST);
  if (w->reading) m->box = arena_array(w->arena, WireBox, m->nbox);
  for (int64_t i = 0; i < m->nbox && w->code == OK; i++) visit_box(w, &m->box[i]);
}

static void visit_ViewNotes(Wire *w, MsgViewNotes *m) { field_text(w, "object", &m->object); }

static void visit_Notes(Wire *w, MsgNotes *m) {
  field_text(w, "object", &m->object);
  field_i64(w, "version", &m->version);
  field_names(w, "column", &m->column);
  field_names(w, "text", &m->text);
  if (m->column.n != m->text.n)
    field_fail(w, "text", "%lld, columns %lld", (long long)m->text.n, (long long)m->column.n);
  field_names(w, "where", &m->where);
  if (m->where.n != m->column.n)
    field_fail(w, "where", "%lld, columns %lld", (long long)m->where.n, (long long)m->column.n);
}

static void visit_Find(Wire *w, MsgFind *m) {
  field_text(w, "object", &m->object);
  field_text(w, "text", &m->text);
  field_text(w, "column", &m->column);
  field_i64(w, "row", &m->row);
  field_bool(w, "backward", &m->backward);
  field_bool(w, "pattern", &m->pattern);
}

static void visit_ViewRows(Wire *w, MsgViewRows *m) {
  field_text(w, "object", &m->object);
  field_text(w, "column", &m->column);
  field_text(w, "label", &m->label);
  field_i64(w, "row", &m->row);
  field_f64(w, "lo", &m->lo);
  field_f64(w, "hi", &m->hi);
  field_bool(w, "last", &m->last);
}

static void visit_Rows(Wire *w, MsgRows *m) {
  field_text(w, "of", &m->of);
  field_text(w, "column", &m->column);
  field_text(w, "where", &m->where);
  field_text(w, "lua", &m->lua);
}

static void visit_Explain(Wire *w, MsgExplain *m) {
  field_text(w, "object", &m->object);
  field_text(w, "column", &m->column);
  field_i64(w, "row", &m->row);
  field_f64(w, "threshold", &m->threshold);
  field_text(w, "topic", &m->topic);
}

static void visit_Found(Wire *w, MsgFound *m) {
  field_i64(w, "row", &m->row);
  field_text(w, "column", &m->column);
}

static void visit_runs(Wire *w, WireRun **run, int64_t *n) {
  field_count(w, "rows", n, 2 * 8);
  if (w->reading) *run = arena_array(w->arena, WireRun, *n);
  for (int64_t i = 0; i < *n && w->code == OK; i++) {
    WireRun *r = &(*run)[i];
    field_size(w, "rows.from", &r->from);
    field_size(w, "rows.to", &r->to);
    if (r->to <= r->from || (i && r->from < r[-1].to))
      field_fail(w, "rows", "%lld to %lld do not ascend", (long long)r->from, (long long)r->to);
  }
}

static void visit_ViewFollow(Wire *w, MsgViewFollow *m) {
  field_text(w, "object", &m->object);
  field_text(w, "was", &m->was);
  field_i64(w, "version", &m->version);
  visit_runs(w, &m->run, &m->n);
}

static void visit_Followed(Wire *w, MsgFollowed *m) {
  field_text(w, "object", &m->object);
  field_i64(w, "version", &m->version);
  visit_runs(w, &m->run, &m->n);
}

// ---- a part of a plot ----------------------------------------------------------------------------------------------
static void visit_ViewPlot(Wire *w, MsgViewPlot *m) {
  field_i64(w, "run", &m->run);
  field_bool(w, "x", &m->x);
  field_bool(w, "y", &m->y);
  field_f64(w, "x_lo", &m->x_lo);
  field_f64(w, "x_hi", &m->x_hi);
  field_f64(w, "y_lo", &m->y_lo);
  field_f64(w, "y_hi", &m->y_hi);
}

static void visit_PlotAnswer(Wire *w, MsgPlotAnswer *m) {
  field_i64(w, "run", &m->run);
  value_plot(w, "plot", &m->plot);
}

// ---- steps that a table asks for -----------------------------------------------------------------------------------
static void visit_ViewSteps(Wire *w, MsgViewSteps *m) {
  field_text(w, "object", &m->object);
  field_text(w, "target", &m->target);
}

static void visit_step(Wire *w, WireStep *s) {
  field_text(w, "step.lua", &s->lua);
  field_text(w, "step.rule", &s->rule);
  field_text(w, "step.reason", &s->reason);
  field_names(w, "step.columns", &s->columns);
  field_size(w, "step.rows", &s->rows);
  field_text(w, "step.shape", &s->shape);
  field_numbers(w, "step.before", &s->before, &s->nbefore);
  field_numbers(w, "step.after", &s->after, &s->nafter);
  field_text(w, "step.was", &s->was);
  field_text(w, "step.is", &s->is);
}

static void visit_Steps(Wire *w, MsgSteps *m) {
  field_text(w, "object", &m->object);
  field_i64(w, "version", &m->version);
  field_size(w, "nrow", &m->nrow);
  field_count(w, "steps", &m->n, STEP_LEAST);
  if (w->reading) m->item = arena_array(w->arena, WireStep, m->n);
  for (int64_t i = 0; i < m->n && w->code == OK; i++) visit_step(w, &m->item[i]);
}

// ---- a file that is not read yet ------------------------------------------------------------------------------------
static void visit_ViewFile(Wire *w, MsgViewFile *m) { field_text(w, "path", &m->path); }

static void visit_File(Wire *w, MsgFile *m) {
  field_text(w, "path", &m->path);
  field_text(w, "kind", &m->kind);
  field_text(w, "how", &m->how);
  field_i64(w, "rows", &m->rows);
  field_bool(w, "about", &m->about);
  value_shown(w, &m->shown);
}

// ---- an evaluation -------------------------------------------------------------------------------------------------
static void visit_ViewEvaluation(Wire *w, MsgViewEvaluation *m) {
  field_text(w, "object", &m->object);
  field_f64(w, "threshold", &m->threshold);
  field_f64(w, "was", &m->was);
  field_f64(w, "fp", &m->fp);
  field_f64(w, "fn", &m->fn);
  m->show = field_choice(w, "show", (int)m->show, EVALUATION_PLOTS);
  field_size(w, "more", &m->more);
  field_size(w, "of", &m->of);
  m->other = m->other ? m->other : "";
  field_text(w, "other", &m->other);
  field_size(w, "rows", &m->rows);
}

static void visit_metric(Wire *w, WireMetric *m) {
  field_text(w, "metric.name", &m->name);
  field_text(w, "metric.now", &m->now);
  field_text(w, "metric.was", &m->was);
  field_text(w, "metric.change", &m->change);
  field_text(w, "metric.range", &m->range);
  field_text(w, "metric.other", &m->other);
  field_i64(w, "metric.better", &m->better);
}

static void visit_operating_point(Wire *w, MsgEvaluation *m) {
  field_bool(w, "binary", &m->binary);
  field_bool(w, "fixed", &m->fixed);
  field_names(w, "classes", &m->classes);
  field_size(w, "of", &m->of);
  field_text(w, "other", &m->other);
  field_text(w, "difference", &m->difference);
  field_text(w, "negative", &m->negative);
  field_text(w, "positive", &m->positive);
  field_f64(w, "threshold", &m->threshold);
  field_f64(w, "was", &m->was);
  field_f64(w, "best", &m->best);
  field_text(w, "cost", &m->cost);
  for (int k = 0; k < 4; k++) field_size(w, "now_count", &m->now_count[k]);
  for (int k = 0; k < 4; k++) field_size(w, "was_count", &m->was_count[k]);
}

static void visit_Evaluation(Wire *w, MsgEvaluation *m) {
  int64_t npositive = m->nhist;
  field_text(w, "object", &m->object);
  field_text(w, "model", &m->model);
  field_text(w, "learner", &m->learner);
  field_text(w, "score", &m->score);
  field_i64(w, "version", &m->version);
  field_size(w, "n", &m->n);
  visit_operating_point(w, m);
  field_count(w, "metrics", &m->nmetric, METRIC_LEAST);
  if (w->reading) m->metric = arena_array(w->arena, WireMetric, m->nmetric);
  for (int64_t i = 0; i < m->nmetric && w->code == OK; i++) visit_metric(w, &m->metric[i]);
  field_numbers(w, "hist_negative", &m->hist_negative, &m->nhist);
  field_numbers(w, "hist_positive", &m->hist_positive, &npositive);
  if (npositive != m->nhist)
    field_fail(w, "hist_positive", "%lld bins, not %lld", (long long)npositive, (long long)m->nhist);
  field_size(w, "right", &m->right);
  field_size(w, "wrong", &m->wrong);
  value_page(w, &m->page);
  value_plot(w, "plot", &m->plot);
  for (int k = 0; k < EVALUATION_PLOTS; k++) {
    field_bool(w, "has_more", &m->has_more[k]);
    if (m->has_more[k]) value_plot(w, "more", &m->more[k]);
  }
}

// ---- the inside of a model -----------------------------------------------------------------------------------------
static void visit_ViewTree(Wire *w, MsgViewTree *m) {
  field_text(w, "object", &m->object);
  field_size(w, "tree", &m->tree);
  field_size(w, "node", &m->node);
}

// Places in the list: parents come before their children.
static void visit_tree_node(Wire *w, WireTreeNode *t, int64_t i, int64_t n) {
  field_size(w, "node.node", &t->node);
  field_i64(w, "node.up", &t->up);
  field_size(w, "node.left", &t->left);
  field_bool(w, "node.leaf", &t->leaf);
  field_text(w, "node.side", &t->side);
  field_text(w, "node.column", &t->column);
  field_text(w, "node.count", &t->count);
  field_text(w, "node.said", &t->said);
  field_f64(w, "node.share", &t->share);
  field_numbers(w, "node.value", &t->value, &t->n);
  if (t->up < -1 || t->up >= i) field_fail(w, "node.up", "%lld of node %lld", (long long)t->up, (long long)i);
  if (t->left && (t->left <= i || t->left >= n - 1))
    field_fail(w, "node.left", "%lld of node %lld", (long long)t->left, (long long)i);
}

static void visit_Tree(Wire *w, MsgTree *m) {
  field_text(w, "object", &m->object);
  field_text(w, "learner", &m->learner);
  field_text(w, "target", &m->target);
  field_i64(w, "version", &m->version);
  field_size(w, "ntree", &m->ntree);
  field_size(w, "tree", &m->tree);
  field_size(w, "nnode", &m->nnode);
  field_size(w, "nleaf", &m->nleaf);
  field_size(w, "depth", &m->depth);
  field_text(w, "of", &m->of);
  field_bool(w, "adds", &m->adds);
  field_bool(w, "rows", &m->rows);
  field_names(w, "classes", &m->classes);
  field_size(w, "at", &m->at);
  field_size(w, "above", &m->above);
  field_text(w, "rule", &m->rule);
  field_count(w, "nodes", &m->n, TREE_LEAST);
  if (w->reading) m->item = arena_array(w->arena, WireTreeNode, m->n);
  if (m->at >= m->n) field_fail(w, "at", "%lld of %lld nodes", (long long)m->at, (long long)m->n);
  for (int64_t i = 0; i < m->n && w->code == OK; i++) visit_tree_node(w, &m->item[i], i, m->n);
}

static void visit_ViewTraining(Wire *w, MsgViewTraining *m) { field_text(w, "object", &m->object); }

static void visit_seen(Wire *w, WireSeen *s) {
  int64_t n = s->n;
  field_size(w, "seen.tp", &s->tp);
  field_size(w, "seen.fp", &s->fp);
  field_size(w, "seen.tn", &s->tn);
  field_size(w, "seen.fn", &s->fn);
  field_numbers(w, "seen.negative", &s->negative, &s->n);
  field_numbers(w, "seen.positive", &s->positive, &n);
  if (n != s->n) field_fail(w, "seen.positive", "%lld bins, not %lld", (long long)n, (long long)s->n);
}

static void visit_both_seen(Wire *w, bool *has, WireSeen *here, WireSeen *best) {
  field_bool(w, "has_seen", has);
  if (!*has) return;
  visit_seen(w, here);
  visit_seen(w, best);
}

static void visit_curves(Wire *w, MsgTraining *m) {
  int64_t n = m->n;
  field_size(w, "best", &m->best);
  field_f64(w, "best_train", &m->best_train);
  field_f64(w, "best_valid", &m->best_valid);
  field_size(w, "first", &m->first);
  field_size(w, "step", &m->step);
  field_numbers(w, "train", &m->train, &m->n);
  field_numbers(w, "valid", &m->valid, &n);
  if (n != m->n) field_fail(w, "valid", "%lld values, not %lld", (long long)n, (long long)m->n);
}

static void visit_Training(Wire *w, MsgTraining *m) {
  field_text(w, "object", &m->object);
  field_text(w, "learner", &m->learner);
  field_text(w, "target", &m->target);
  field_text(w, "metric", &m->metric);
  field_text(w, "negative", &m->negative);
  field_text(w, "positive", &m->positive);
  field_i64(w, "version", &m->version);
  field_i64(w, "cell", &m->cell);
  field_size(w, "fit", &m->fit);
  field_bool(w, "larger", &m->larger);
  field_bool(w, "runs", &m->runs);
  field_size(w, "total", &m->total);
  field_size(w, "done", &m->done);
  field_size(w, "kept", &m->kept);
  field_size(w, "ntrain", &m->ntrain);
  field_size(w, "nvalid", &m->nvalid);
  field_f64(w, "seconds", &m->seconds);
  visit_curves(w, m);
  visit_both_seen(w, &m->has_seen, &m->here, &m->at_best);
}

static void visit_ViewRound(Wire *w, MsgViewRound *m) {
  field_text(w, "object", &m->object);
  field_size(w, "round", &m->round);
}

static void visit_RoundAnswer(Wire *w, MsgRoundAnswer *m) {
  field_text(w, "object", &m->object);
  field_i64(w, "version", &m->version);
  field_size(w, "round", &m->round);
  field_size(w, "tree", &m->tree);
  field_size(w, "ntree", &m->ntree);
  field_size(w, "leaves", &m->leaves);
  field_size(w, "depth", &m->depth);
  field_f64(w, "train", &m->train);
  field_f64(w, "valid", &m->valid);
  field_names(w, "terms", &m->terms);
  field_numbers(w, "share", &m->share, &m->n);
  if (m->n != m->terms.n) field_fail(w, "share", "%lld of %lld terms", (long long)m->n, (long long)m->terms.n);
  visit_both_seen(w, &m->has_seen, &m->here, &m->at_best);
}

// ---- calls and expressions -----------------------------------------------------------------------------------------
static void visit_ViewCatalogue(Wire *w, MsgViewCatalogue *m) { field_bool(w, "data", &m->data); }

static void visit_entry(Wire *w, WireEntry *e) {
  field_text(w, "entry.name", &e->name);
  field_text(w, "entry.lua", &e->lua);
  field_text(w, "entry.kind", &e->kind);
  field_text(w, "entry.of", &e->of);
  field_text(w, "entry.doc", &e->doc);
  field_text(w, "entry.topic", &e->topic);
  field_i64(w, "entry.needs", &e->needs);
  field_i64(w, "entry.options", &e->options);
}

static void visit_Catalogue(Wire *w, MsgCatalogue *m) {
  field_count(w, "entries", &m->n, ENTRY_LEAST);
  if (w->reading) m->item = arena_array(w->arena, WireEntry, m->n);
  for (int64_t i = 0; i < m->n && w->code == OK; i++) visit_entry(w, &m->item[i]);
}

static void visit_Call(Wire *w, MsgCall *m) {
  field_text(w, "topic", &m->topic);
  field_text(w, "text", &m->text);
  field_size(w, "at", &m->at);
  size_t n = m->text ? strlen(m->text) : 0;
  if ((uint64_t)m->at > n) field_fail(w, "at", "%lld, the text has %zu bytes", (long long)m->at, n);
}

static void visit_option(Wire *w, WireOption *o) {
  field_text(w, "option.name", &o->name);
  o->type = (ParamType)field_choice(w, "option.type", (int)o->type, PARAM_VALUE + 1);
  field_f64(w, "option.lo", &o->lo);
  field_f64(w, "option.hi", &o->hi);
  field_optional(w, "option.dflt", &o->dflt);
  field_text(w, "option.choices", &o->choices);
  field_text(w, "option.doc", &o->doc);
}

static void visit_Form(Wire *w, MsgForm *m) {
  field_text(w, "owner", &m->owner);
  field_text(w, "of", &m->of);
  field_text(w, "kind", &m->kind);
  field_text(w, "signature", &m->signature);
  field_text(w, "doc", &m->doc);
  field_text(w, "example", &m->example);
  field_i64(w, "position", &m->position);
  field_size(w, "npos", &m->npos);
  field_bool(w, "rest", &m->rest);
  field_bool(w, "open", &m->open);
  field_count(w, "options", &m->n, OPTION_LEAST);
  if (w->reading) m->option = arena_array(w->arena, WireOption, m->n);
  for (int64_t i = 0; i < m->n && w->code == OK; i++) visit_option(w, &m->option[i]);
  if (m->position < -1 || m->position >= m->n)
    field_fail(w, "position", "%lld of %lld options", (long long)m->position, (long long)m->n);
  if (m->npos > m->n) field_fail(w, "npos", "%lld of %lld options", (long long)m->npos, (long long)m->n);
}

static void visit_ViewPreview(Wire *w, MsgViewPreview *m) {
  field_text(w, "object", &m->object);
  field_text(w, "text", &m->text);
  field_size(w, "rows", &m->rows);
  field_bool(w, "filter", &m->filter);
}

static void visit_Preview(Wire *w, MsgPreview *m) {
  field_text(w, "object", &m->object);
  field_text(w, "name", &m->name);
  field_text(w, "kind", &m->kind);
  field_i64(w, "version", &m->version);
  field_size(w, "nrow", &m->nrow);
  field_size(w, "looked", &m->looked);
  field_i64(w, "holds", &m->holds);
  field_text(w, "message", &m->message);
  field_size(w, "begin", &m->begin);
  field_size(w, "end", &m->end);
  value_page(w, &m->page);
}

#define WIRE_ANY(KIND, Type)                                                                                           \
  static void any_##Type(Wire *w, Msg *m) { visit_##Type(w, &m->Type); }
WIRE_MESSAGES(WIRE_ANY)

#define WIRE_ROW(KIND, Type) [MSG_##KIND] = {#KIND, any_##Type},
const MsgType MSG_TYPES[MSG_COUNT] = {WIRE_MESSAGES(WIRE_ROW)};

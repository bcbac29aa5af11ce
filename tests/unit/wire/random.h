// Random messages of every kind, for the tests of wire: the same ones for the same seed.
#pragma once
#include "base/utf8.h"
#include "dice.h"
#include "wire/wire.h"

static inline int64_t any_i64(Dice *d) { return coin(d) ? below(d, 1000) - 500 : (int64_t)roll(d); }
static inline int64_t any_size(Dice *d) { return coin(d) ? below(d, 1000) : (int64_t)(roll(d) >> 1); }

static inline double any_f64(Dice *d) { // any bits, so also NaN with a payload
  uint64_t bits = roll(d);
  double v;
  memcpy(&v, &bits, sizeof v);
  return coin(d) ? v : (double)below(d, 100) / 8;
}

static inline const char *any_text(Dice *d, Arena *a) {
  int64_t n = below(d, 8) ? below(d, 12) : below(d, 600);
  char *s = arena_alloc(a, (size_t)n * 4 + 1), *end = s;
  for (int64_t i = 0; i < n; i++) {
    static const uint32_t most[] = {0x7E, 0x7FF, 0xD7FF, 0x10FFFF};
    uint32_t cp = (uint32_t)below(d, most[below(d, 4)]) + 1;
    end += utf8_encode(cp >= 0xD800 && cp < 0xE000 ? 'x' : cp, end);
  }
  return s;
}

static inline const char *any_optional(Dice *d, Arena *a) { return coin(d) ? any_text(d, a) : NULL; }

static inline Names any_names(Dice *d, Arena *a) {
  Names v = {.n = below(d, 5)};
  v.name = arena_array(a, const char *, v.n);
  for (int64_t i = 0; i < v.n; i++) v.name[i] = any_text(d, a);
  return v;
}

static inline void any_page(Dice *d, Page *p) {
  page_init(p, below(d, 6), (int)below(d, 5));
  p->title = any_optional(d, &p->arena);
  p->first = any_size(d) / 2;
  p->nrow = p->first + p->shown + below(d, 1000);
  p->row_numbers = coin(d);
  for (int j = 0; j < p->ncol; j++) {
    const char *name = any_text(d, &p->arena);
    page_col(p, j, name, "~#%@?"[below(d, 6)], (Align)below(d, 3), (CellKind)below(d, 3));
  }
  for (int64_t i = 0; i < p->shown * p->ncol; i++) p->cell[i] = any_optional(d, &p->arena);
}

static inline void any_shown(Dice *d, Shown *s) {
  Arena scratch;
  arena_init(&scratch);
  if (coin(d)) {
    *s = (Shown){.kind = SHOWN_PAGE};
    any_page(d, &s->page);
  } else shown_text(s, coin(d) ? SHOWN_TEXT : SHOWN_ERROR, any_text(d, &scratch), any_optional(d, &scratch));
  arena_fini(&scratch);
}

static inline void any_plot(Dice *d, Plot *p) {
  plot_init(p);
  p->title = any_optional(d, &p->arena);
  p->reading = any_optional(d, &p->arena);
  p->note = any_optional(d, &p->arena);
  p->n = below(d, 1000);
  p->x = (Axis){.kind = AXIS_NUMBER, .name = any_optional(d, &p->arena), .lo = -1, .hi = 9.5};
  p->y = (Axis){.kind = AXIS_NUMBER, .lo = 1, .hi = 100, .scale = SCALE_LOG};
  for (int64_t k = below(d, 3); k > 0; k--) {
    Series *s = plot_add(p, coin(d) ? MARK_POINT : MARK_LINE, below(d, 9));
    for (int64_t i = 0; i < s->n; i++) s->x[i] = (double)below(d, 80) / 8, s->y[i] = (double)(1 + below(d, 99)) / 7;
  }
}

static inline void any_objects(Dice *d, Arena *a, MsgObjects *m) {
  *m = (MsgObjects){.n = below(d, 4), .memory = any_i64(d)};
  m->item = arena_array(a, WireObject, m->n);
  for (int64_t i = 0; i < m->n; i++)
    m->item[i] =
        (WireObject){any_text(d, a), any_text(d, a), any_text(d, a), any_i64(d), any_i64(d), any_i64(d), any_i64(d)};
}

static inline void any_candidates(Dice *d, Arena *a, MsgCandidates *m) {
  *m = (MsgCandidates){.n = below(d, 4), .from = any_size(d)};
  m->item = arena_array(a, WireCandidate, m->n);
  for (int64_t i = 0; i < m->n; i++) m->item[i] = (WireCandidate){any_text(d, a), any_text(d, a), any_text(d, a)};
}

static inline double *any_numbers(Dice *d, Arena *a, int64_t n) {
  double *v = arena_array(a, double, n);
  for (int64_t i = 0; i < n; i++) v[i] = any_f64(d);
  return v;
}

static inline void any_heads(Dice *d, Arena *a, MsgHeads *m) {
  *m = (MsgHeads){any_text(d, a), any_text(d, a), any_text(d, a), any_i64(d), any_size(d), NULL, below(d, 4), coin(d)};
  m->item = arena_array(a, WireHead, m->n);
  for (int64_t i = 0; i < m->n; i++) {
    WireHead h = {.name = any_text(d, a), .kind = any_text(d, a), .sign = "~#%@?"[below(d, 6)], .n = below(d, 9)};
    h.strip = (WireStrip)below(d, STRIP_TEXT + 1), h.value = any_numbers(d, a, h.n), h.text = any_text(d, a);
    m->item[i] = h;
  }
}

// As many texts as `like` has.
static inline Names any_more_names(Dice *d, Arena *a, Names like) {
  Names v = {arena_array(a, const char *, like.n), like.n};
  for (int64_t i = 0; i < v.n; i++) v.name[i] = any_text(d, a);
  return v;
}

static inline void any_steps(Dice *d, Arena *a, MsgSteps *m) {
  *m = (MsgSteps){.object = any_text(d, a), .version = any_i64(d), .nrow = any_size(d), .n = below(d, 4)};
  m->item = arena_array(a, WireStep, m->n);
  for (int64_t i = 0; i < m->n; i++) {
    WireStep s = {.lua = any_text(d, a), .rule = any_text(d, a), .reason = any_text(d, a), .columns = any_names(d, a)};
    s.rows = any_size(d), s.shape = any_text(d, a), s.nbefore = below(d, 9), s.nafter = below(d, 9);
    s.before = any_numbers(d, a, s.nbefore), s.after = any_numbers(d, a, s.nafter);
    s.was = any_text(d, a), s.is = any_text(d, a);
    m->item[i] = s;
  }
}

static inline void any_tree(Dice *d, Arena *a, MsgTree *m) {
  *m = (MsgTree){.object = any_text(d, a), .learner = any_text(d, a), .target = any_text(d, a), .of = any_text(d, a)};
  m->version = any_i64(d), m->ntree = any_size(d), m->tree = any_size(d), m->nnode = any_size(d);
  m->nleaf = any_size(d), m->depth = any_size(d), m->above = any_size(d), m->adds = coin(d), m->rows = coin(d);
  m->classes = any_names(d, a), m->rule = any_text(d, a), m->n = 1 + 2 * below(d, 4), m->at = below(d, (int)m->n);
  m->item = arena_array(a, WireTreeNode, m->n);
  for (int64_t i = 0; i < m->n; i++) {
    WireTreeNode t = {.node = any_size(d), .up = (i + 1) / 2 - 1, .left = 2 * i + 2 < m->n ? 2 * i + 1 : 0};
    t.leaf = coin(d), t.side = any_text(d, a), t.column = any_text(d, a), t.count = any_text(d, a);
    t.said = any_text(d, a), t.share = any_f64(d), t.n = below(d, 4), t.value = any_numbers(d, a, t.n);
    m->item[i] = t;
  }
}

static inline WireSeen any_seen(Dice *d, Arena *a) {
  WireSeen s = {.tp = any_size(d), .fp = any_size(d), .tn = any_size(d), .fn = any_size(d), .n = below(d, 5)};
  s.negative = any_numbers(d, a, s.n), s.positive = any_numbers(d, a, s.n);
  return s;
}

static inline void any_training(Dice *d, Arena *a, MsgTraining *m) {
  *m = (MsgTraining){.object = any_text(d, a), .learner = any_text(d, a), .target = any_text(d, a)};
  m->metric = any_text(d, a), m->negative = any_text(d, a), m->positive = any_text(d, a), m->version = any_i64(d);
  m->cell = any_i64(d), m->fit = any_size(d), m->larger = coin(d), m->runs = coin(d), m->total = any_size(d);
  m->done = any_size(d), m->kept = any_size(d), m->ntrain = any_size(d), m->nvalid = any_size(d);
  m->seconds = any_f64(d), m->best = any_size(d), m->best_train = any_f64(d), m->best_valid = any_f64(d);
  m->first = any_size(d), m->step = any_size(d), m->n = below(d, 6);
  m->train = any_numbers(d, a, m->n), m->valid = any_numbers(d, a, m->n), m->has_seen = coin(d);
  if (m->has_seen) m->here = any_seen(d, a), m->at_best = any_seen(d, a);
}

static inline void any_round(Dice *d, Arena *a, MsgRoundAnswer *m) {
  *m = (MsgRoundAnswer){.object = any_text(d, a), .version = any_i64(d), .round = any_size(d), .tree = any_size(d)};
  m->ntree = any_size(d), m->leaves = any_size(d), m->depth = any_size(d), m->train = any_f64(d);
  m->valid = any_f64(d), m->terms = any_names(d, a), m->n = m->terms.n, m->share = any_numbers(d, a, m->n);
  m->has_seen = coin(d);
  if (m->has_seen) m->here = any_seen(d, a), m->at_best = any_seen(d, a);
}

static inline void any_column(Dice *d, Arena *a, MsgColumn *m) {
  *m = (MsgColumn){.object = any_text(d, a), .column = any_text(d, a), .kind = any_text(d, a)};
  m->state = any_text(d, a), m->version = any_i64(d), m->place = any_size(d), m->ncol = any_size(d);
  m->label = any_names(d, a), m->value = any_more_names(d, a, m->label);
  m->has_plot = coin(d);
  if (m->has_plot) any_plot(d, &m->plot);
  m->target = any_text(d, a), m->by = any_text(d, a), m->nbox = below(d, 4), m->box = arena_array(a, WireBox, m->nbox);
  for (int64_t i = 0; i < m->nbox; i++) {
    m->box[i] = (WireBox){.name = any_text(d, a), .middle = any_text(d, a), .n = any_size(d)};
    for (int k = 0; k < 5; k++) m->box[i].q[k] = any_f64(d);
  }
}

static inline void any_evaluation(Dice *d, Arena *a, MsgEvaluation *m) {
  *m = (MsgEvaluation){.object = any_text(d, a), .model = any_text(d, a), .learner = any_text(d, a)};
  m->score = any_text(d, a), m->version = any_i64(d), m->n = any_size(d), m->binary = coin(d);
  m->negative = any_text(d, a), m->positive = any_text(d, a), m->cost = any_text(d, a);
  m->threshold = any_f64(d), m->was = any_f64(d), m->best = any_f64(d);
  for (int k = 0; k < 4; k++) m->now_count[k] = any_size(d), m->was_count[k] = any_size(d);
  m->nmetric = below(d, 4), m->metric = arena_array(a, WireMetric, m->nmetric);
  for (int64_t i = 0; i < m->nmetric; i++)
    m->metric[i] = (WireMetric){any_text(d, a), any_text(d, a), any_text(d, a), any_text(d, a), any_text(d, a), any_text(d, a), any_i64(d)};
  m->nhist = below(d, 31), m->hist_negative = any_numbers(d, a, m->nhist);
  m->hist_positive = any_numbers(d, a, m->nhist), m->right = any_size(d), m->wrong = any_size(d);
  m->fixed = coin(d), m->classes = any_names(d, a), m->of = any_size(d);
  m->other = any_text(d, a), m->difference = any_text(d, a);
  any_page(d, &m->page);
  any_plot(d, &m->plot);
  for (int k = 0; k < EVALUATION_PLOTS; k++)
    if ((m->has_more[k] = below(d, 8) == 0)) any_plot(d, &m->more[k]);
}

static inline void any_done(Dice *d, Arena *a, MsgDone *m) {
  *m = (MsgDone){any_i64(d),      coin(d),    coin(d),         any_i64(d),     any_f64(d),
                 any_i64(d),      any_i64(d), any_text(d, a),  any_text(d, a), any_names(d, a),
                 any_names(d, a), coin(d),    any_names(d, a), any_text(d, a)};
}

static inline void any_catalogue(Dice *d, Arena *a, MsgCatalogue *m) {
  m->n = below(d, 4), m->item = arena_array(a, WireEntry, m->n);
  for (int64_t i = 0; i < m->n; i++)
    m->item[i] = (WireEntry){any_text(d, a), any_text(d, a), any_text(d, a), any_text(d, a),
                             any_text(d, a), any_text(d, a), any_i64(d),     any_i64(d)};
}

static inline void any_form(Dice *d, Arena *a, MsgForm *m) {
  m->owner = any_text(d, a), m->of = any_text(d, a), m->kind = any_text(d, a);
  m->signature = any_text(d, a), m->doc = any_text(d, a), m->example = any_text(d, a);
  m->rest = coin(d), m->open = coin(d);
  m->n = below(d, 4), m->npos = below(d, m->n + 1), m->position = below(d, m->n + 1) - 1;
  m->option = arena_array(a, WireOption, m->n);
  for (int64_t i = 0; i < m->n; i++)
    m->option[i] = (WireOption){any_text(d, a),     (ParamType)below(d, PARAM_VALUE + 1),
                                any_f64(d),         any_f64(d),
                                any_optional(d, a), any_text(d, a),
                                any_text(d, a)};
}

static inline void any_preview(Dice *d, Arena *a, MsgPreview *m) {
  m->object = any_text(d, a), m->name = any_text(d, a), m->kind = any_text(d, a), m->message = any_text(d, a);
  m->version = any_i64(d), m->nrow = any_size(d), m->looked = any_size(d), m->holds = any_i64(d);
  m->begin = any_size(d), m->end = any_size(d);
  any_page(d, &m->page);
}

static inline WireRun *any_runs(Dice *d, Arena *a, int64_t *n) {
  int64_t at = 0;
  *n = below(d, 5);
  WireRun *run = arena_array(a, WireRun, *n);
  for (int64_t k = 0; k < *n; k++) {
    run[k].from = at + below(d, 100);
    at = run[k].to = run[k].from + 1 + below(d, 100);
  }
  return run;
}

static inline void any_question(Dice *d, Msg *m) {
  Arena *a = &m->arena;
  switch (m->kind) {
  case MSG_EVAL: m->Eval = (MsgEval){any_i64(d), any_i64(d), any_size(d), coin(d), any_text(d, a)}; break;
  case MSG_CANCEL: m->Cancel.hard = coin(d); break;
  case MSG_RESTORE: m->Restore.state = any_i64(d); break;
  case MSG_COMPLETE:
    m->Complete.text = any_text(d, a);
    m->Complete.at = below(d, (int64_t)strlen(m->Complete.text) + 1);
    break;
  case MSG_VIEW_PAGE:
    m->ViewPage = (MsgViewPage){any_text(d, a), any_i64(d), any_size(d), any_size(d), any_names(d, a), coin(d)};
    break;
  case MSG_HELP: m->Help.topic = any_text(d, a); break;
  case MSG_BYE: m->Bye.now = coin(d); break;
  case MSG_DROP: m->Drop.state = any_i64(d); break;
  case MSG_GRANT: m->Grant.path = any_text(d, a); break;
  case MSG_VIEW_FILE: m->ViewFile.path = any_text(d, a); break;
  case MSG_VIEW_PLOT:
    m->ViewPlot = (MsgViewPlot){.run = any_i64(d), .x = coin(d), .y = coin(d), .x_lo = any_f64(d), .x_hi = any_f64(d)};
    m->ViewPlot.y_lo = any_f64(d), m->ViewPlot.y_hi = any_f64(d);
    break;
  case MSG_VIEW_FOLLOW:
    m->ViewFollow = (MsgViewFollow){.object = any_text(d, a), .was = any_text(d, a), .version = any_i64(d)};
    m->ViewFollow.run = any_runs(d, a, &m->ViewFollow.n);
    break;
  case MSG_VIEW_TRAINING: m->ViewTraining.object = any_text(d, a); break;
  case MSG_VIEW_ROUND: m->ViewRound = (MsgViewRound){any_text(d, a), any_size(d)}; break;
  case MSG_VIEW_TREE: m->ViewTree = (MsgViewTree){any_text(d, a), any_size(d), any_size(d)}; break;
  case MSG_VIEW_STEPS: m->ViewSteps = (MsgViewSteps){any_text(d, a), any_text(d, a)}; break;
  case MSG_PAUSE: m->Pause.on = coin(d); break;
  case MSG_VIEW_HEADS: m->ViewHeads.object = any_text(d, a); break;
  case MSG_VIEW_COLUMN: m->ViewColumn = (MsgViewColumn){any_text(d, a), any_text(d, a), any_text(d, a)}; break;
  case MSG_VIEW_NOTES: m->ViewNotes.object = any_text(d, a); break;
  case MSG_VIEW_EVALUATION:
    m->ViewEvaluation =
        (MsgViewEvaluation){any_text(d, a), any_f64(d), any_f64(d), any_f64(d), any_f64(d), below(d, EVALUATION_PLOTS), any_size(d), any_size(d),
                            any_text(d, a), any_size(d)};
    break;
  case MSG_EXPLAIN:
    m->Explain = (MsgExplain){any_text(d, a), any_text(d, a), any_i64(d), any_f64(d), any_text(d, a)};
    break;
  case MSG_VIEW_ROWS:
    m->ViewRows = (MsgViewRows){any_text(d, a), any_text(d, a), any_text(d, a), any_i64(d),
                                any_f64(d),     any_f64(d),     coin(d)};
    break;
  case MSG_VIEW_CATALOGUE: m->ViewCatalogue.data = coin(d); break;
  case MSG_CALL:
    m->Call = (MsgCall){any_text(d, a), any_text(d, a), 0};
    m->Call.at = below(d, (int64_t)strlen(m->Call.text) + 1);
    break;
  case MSG_VIEW_PREVIEW:
    m->ViewPreview = (MsgViewPreview){any_text(d, a), any_text(d, a), any_size(d), coin(d)};
    break;
  default: m->Find = (MsgFind){any_text(d, a), any_text(d, a), any_text(d, a), any_i64(d), coin(d), coin(d)}; break;
  }
}

static inline void any_answer(Dice *d, Msg *m) {
  Arena *a = &m->arena;
  switch (m->kind) {
  case MSG_OUT:
    m->Out = (MsgOut){.cell = any_i64(d), .early = coin(d), .title = any_text(d, a), .has_plot = coin(d)};
    any_shown(d, &m->Out.shown);
    if (m->Out.has_plot) any_plot(d, &m->Out.plot);
    break;
  case MSG_DONE: any_done(d, a, &m->Done); break;
  case MSG_PROGRESS:
    m->Progress =
        (MsgProgress){any_i64(d), any_i64(d), any_i64(d), any_f64(d), any_size(d), coin(d)};
    break;
  case MSG_OBJECTS: any_objects(d, a, &m->Objects); break;
  case MSG_PAGE:
    m->PageAnswer = (MsgPageAnswer){.object = any_text(d, a), .version = any_i64(d)};
    any_page(d, &m->PageAnswer.page);
    break;
  case MSG_CANDIDATES: any_candidates(d, a, &m->Candidates); break;
  case MSG_TEXT: m->TextAnswer.text = any_text(d, a); break;
  case MSG_HEADS: any_heads(d, a, &m->Heads); break;
  case MSG_COLUMN: any_column(d, a, &m->Column); break;
  case MSG_NOTES:
    m->Notes = (MsgNotes){.object = any_text(d, a), .version = any_i64(d), .column = any_names(d, a)};
    m->Notes.text = any_more_names(d, a, m->Notes.column);
    m->Notes.where = any_more_names(d, a, m->Notes.column);
    break;
  case MSG_TREE: any_tree(d, a, &m->Tree); break;
  case MSG_TRAINING: any_training(d, a, &m->Training); break;
  case MSG_ROUND: any_round(d, a, &m->RoundAnswer); break;
  case MSG_STEPS: any_steps(d, a, &m->Steps); break;
  case MSG_PLOT:
    m->PlotAnswer.run = any_i64(d);
    any_plot(d, &m->PlotAnswer.plot);
    break;
  case MSG_FOLLOWED:
    m->Followed = (MsgFollowed){.object = any_text(d, a), .version = any_i64(d)};
    m->Followed.run = any_runs(d, a, &m->Followed.n);
    break;
  case MSG_FILE:
    m->File = (MsgFile){
        .path = any_text(d, a), .kind = any_text(d, a), .how = any_text(d, a), .rows = any_i64(d), .about = coin(d)};
    any_shown(d, &m->File.shown);
    break;
  case MSG_EVALUATION: any_evaluation(d, a, &m->Evaluation); break;
  case MSG_FOUND: m->Found = (MsgFound){any_i64(d), any_text(d, a)}; break;
  case MSG_ROWS: m->Rows = (MsgRows){any_text(d, a), any_text(d, a), any_text(d, a), any_text(d, a)}; break;
  case MSG_CATALOGUE: any_catalogue(d, a, &m->Catalogue); break;
  case MSG_FORM: any_form(d, a, &m->Form); break;
  default: any_preview(d, a, &m->Preview); break;
  }
}

// Ends with msg_fini, which frees the page and the plot as well.
static inline void any_msg(Dice *d, MsgKind kind, Msg *m) {
  msg_init(m, kind, roll(d));
  m->owned = true;
  Arena *a = &m->arena;
  if (kind == MSG_HELLO)
    m->Hello = (MsgHello){WIRE_VERSION, any_text(d, a), any_i64(d), any_i64(d), any_i64(d), any_i64(d)};
  else if (kind == MSG_REFUSED) m->Refused = (MsgRefused){any_i64(d), any_text(d, a)};
  else if (kind < MSG_OUT) any_question(d, m);
  else any_answer(d, m);
}

// One visitor per message: the fields in the order in which they travel.
#include "wire/wire_int.h"

enum { OBJECT_LEAST = 3 * 4 + 4 * 8, CANDIDATE_LEAST = 3 * 4 };

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
}

static void visit_Help(Wire *w, MsgHelp *m) { field_text(w, "topic", &m->topic); }

static void visit_Bye(Wire *w, MsgBye *m) { field_bool(w, "now", &m->now); }

static void visit_Out(Wire *w, MsgOut *m) {
  field_i64(w, "cell", &m->cell);
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
}

static void visit_Progress(Wire *w, MsgProgress *m) {
  field_i64(w, "cell", &m->cell);
  field_i64(w, "done", &m->done);
  field_i64(w, "total", &m->total);
  field_f64(w, "seconds", &m->seconds);
}

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

#define WIRE_ANY(KIND, Type)                                                                                           \
  static void any_##Type(Wire *w, Msg *m) { visit_##Type(w, &m->Type); }
WIRE_MESSAGES(WIRE_ANY)

#define WIRE_ROW(KIND, Type) [MSG_##KIND] = {#KIND, any_##Type},
const MsgType MSG_TYPES[MSG_COUNT] = {WIRE_MESSAGES(WIRE_ROW)};

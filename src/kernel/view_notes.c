// What is odd about a table.
#include "kernel/desk_int.h"

#include "stats/stats.h"

static Names names_of(Arena *a, const Column *c) {
  Names v = {arena_array(a, const char *, c->n), c->n};
  for (int64_t i = 0; i < c->n; i++) {
    Sv text = col_text(c, i);
    v.name[i] = arena_strndup(a, text.s, text.n);
  }
  return v;
}

ErrCode view_notes(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  Frame *alerts;
  TRY(stats_alerts(job, found->frame, &alerts, err));
  MsgNotes *m = &answer->Notes;
  m->object = ask->ViewNotes.object, m->version = found->version;
  m->column = names_of(&answer->arena, frame_at(alerts, frame_find(alerts, sv("column"))));
  m->text = names_of(&answer->arena, frame_at(alerts, frame_find(alerts, sv("text"))));
  m->where = names_of(&answer->arena, frame_at(alerts, frame_find(alerts, sv("where"))));
  frame_unref(alerts);
  return OK;
}

// Where the rows that somebody selected stand after an act that ordered, filtered or changed the table.
#include "kernel/desk_int.h"

#include "frame/shape.h"

#include <stdlib.h>

ErrCode view_follow(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const MsgViewFollow *v = &ask->ViewFollow;
  MsgFollowed *m = &answer->Followed;
  RowRun *run = arena_array(&answer->arena, RowRun, v->n), *now = NULL;
  for (int64_t k = 0; k < v->n; k++) run[k] = (RowRun){v->run[k].from, v->run[k].to};
  TRY(frame_follow(job, found->was, found->frame, run, v->n, &now, &m->n, err));
  m->object = arena_strdup(&answer->arena, v->object), m->version = found->version;
  m->run = arena_array(&answer->arena, WireRun, m->n);
  for (int64_t k = 0; k < m->n; k++) m->run[k] = (WireRun){now[k].from, now[k].to};
  free(now);
  return OK;
}

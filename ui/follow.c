// A selection follows its rows: when the table is ordered, filtered or changed, the kernel says where they stand now.
#include "ui/app_int.h"

void follow_rows(App *a, const Picks *picks, const char *was, int64_t version, int64_t nrow) {
  Sheet *s = &a->sheet;
  s->follow_asked = 0;
  if (!picks->rows || !s->object) return;
  if (picks->rows == nrow && s->nrow <= nrow) { // all of them, wherever they are
    picks_add(&s->picks, 0, s->nrow);
    return;
  }
  Msg m;
  msg_init(&m, MSG_VIEW_FOLLOW, 0);
  m.ViewFollow = (MsgViewFollow){s->object, was, version, arena_array(&m.arena, WireRun, picks->n), picks->n};
  for (int64_t k = 0; k < picks->n; k++) m.ViewFollow.run[k] = (WireRun){picks->run[k].from, picks->run[k].to};
  s->follow_asked = app_ask(a, &m);
  msg_fini(&m);
}

void follow_take(App *a, const Msg *m) {
  Sheet *s = &a->sheet;
  s->follow_asked = 0;
  if (m->kind == MSG_REFUSED) {
    app_say(a, STYLE_DIM, "the selection is let go: %s", m->Refused.message);
    return;
  }
  const MsgFollowed *f = &m->Followed;
  if (strcmp(f->object, s->object) != 0 || f->version < s->version) return;
  picks_fini(&s->picks);
  for (int64_t k = 0; k < f->n; k++) picks_add(&s->picks, f->run[k].from, f->run[k].to);
}

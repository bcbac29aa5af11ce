// Dives: from a level of a frequency table, a suspect, a statistic, a bar or a note to the rows behind it. The kernel
// says what they are, as a condition; the look at them is Lua in the notebook, and q comes back.
#include "ui/app_int.h"

#include <stdlib.h>

void dive_fini(Dive *d) {
  free(d->text), free(d->name), free(d->column);
  *d = (Dive){0};
}

void dive_ask(App *a, const MsgViewRows *what, bool card) {
  Msg m;
  msg_init(&m, MSG_VIEW_ROWS, 0);
  m.ViewRows = *what;
  a->dive.asked = app_ask(a, &m), a->dive.card = card, a->dive.since = a->clock;
}

void dive_where(App *a, const char *base, const char *where, const char *column) {
  Str verb = {0}, label = {0};
  free(a->dive.column);
  a->dive.since = a->clock;
  a->dive.column = column && *column ? strdup(column) : NULL;
  str_add(&verb, ":where ");
  lua_quote(&verb, where);
  str_addf(&label, "rows where %.40s", where);
  app_emit_look(a, base, str_c(&verb), str_c(&label));
  str_fini(&verb), str_fini(&label);
}

static void take_rows(App *a, const MsgRows *m) {
  const char *base = *m->of ? m->of : NULL;
  if (*m->where) {
    dive_where(a, base, m->where, m->column);
    return;
  }
  Str lua = {0};
  if (base) str_add(&lua, base);
  if (base || table_expression(a, &lua)) {
    str_add(&lua, m->lua);
    app_emit(a, str_c(&lua), "the pair");
  }
  str_fini(&lua);
}

bool dive_take(App *a, Msg *m) {
  Dive *d = &a->dive;
  bool ours = d->asked && m->request == d->asked && (m->kind == MSG_ROWS || m->kind == MSG_REFUSED);
  if (!ours) return m->kind == MSG_ROWS;
  d->asked = 0;
  a->dirty = true;
  if (m->kind == MSG_ROWS) take_rows(a, &m->Rows);
  else if (d->card && m->Refused.code == ERR_ARG) act_table_card(a, 1);
  else app_say(a, STYLE_DIM, "%s", m->Refused.message);
  return true;
}

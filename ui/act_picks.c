// Selecting rows, and what is done with those that are: both become a condition on their numbers, so that the recipe
// does it again.
#include "ui/table_int.h"

static bool has_rows(App *a) {
  if (a->sheet.follow_asked && app_hold_for_columns(a)) return false; // where they are now is not known yet
  if (a->sheet.object && a->sheet.nrow) return true;
  if (!app_hold_for_columns(a)) app_say(a, STYLE_DIM, a->sheet.object ? "no rows" : "no table yet: :open FILE");
  return false;
}

static void tell(App *a) {
  const Sheet *s = &a->sheet;
  a->dirty = true;
  if (s->picks.rows == 0) app_say(a, STYLE_DIM, "no row is selected");
}

// The rows from where v was pressed to the cursor.
static void end_range(Sheet *s) {
  int64_t from = s->pick_from - 1, to = s->row;
  if (s->pick_from) picks_add(&s->picks, from < to ? from : to, (from < to ? to : from) + 1);
  s->pick_from = 0;
}

void act_pick_toggle(App *a, int arg) {
  (void)arg;
  Sheet *s = &a->sheet;
  if (!has_rows(a)) return;
  if (s->pick_from) {
    end_range(s);
    tell(a);
    return;
  }
  if (picks_has(&s->picks, s->row)) picks_remove(&s->picks, s->row, s->row + 1);
  else picks_add(&s->picks, s->row, s->row + 1);
  sheet_move(a, 1, 0);
}

void act_pick_range(App *a, int arg) {
  (void)arg;
  Sheet *s = &a->sheet;
  if (!has_rows(a)) return;
  if (s->pick_from) end_range(s);
  else s->pick_from = s->row + 1;
  a->dirty = true;
}

void act_pick_all(App *a, int which) {
  Sheet *s = &a->sheet;
  if (!has_rows(a)) return;
  s->pick_from = 0;
  if (which == 0) picks_fini(&s->picks);
  else if (which == 1) picks_add(&s->picks, 0, s->nrow);
  else picks_invert(&s->picks, s->nrow);
  tell(a);
}

void act_pick_keep(App *a, int keep) {
  Sheet *s = &a->sheet;
  if (!has_rows(a)) return;
  end_range(s);
  if (!s->picks.rows) {
    app_say(a, STYLE_DIM, "no row is selected: s selects one, v a range, gs all");
    return;
  }
  Str where = {0}, verb = {0};
  if (!keep) str_add(&where, "not (");
  if (!picks_print(&s->picks, &where)) {
    app_say(a, STYLE_WARN, "! the selection has %lld pieces, too many for a line of Lua: & takes a condition",
            (long long)s->picks.n);
  } else {
    if (!keep) str_addc(&where, ')');
    str_add(&verb, ":where ");
    lua_quote(&verb, str_c(&where));
    if (keep) app_emit_look(a, NULL, str_c(&verb), "keep selected rows");
    else app_emit_view(a, str_c(&verb), "leave selected rows out");
  }
  str_fini(&where), str_fini(&verb);
}

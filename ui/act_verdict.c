// The verdict on an outlier: no formula tells whether it is natural or artificial. The user says it, and what was said
// is Lua: a condition on the suspect, its column and its row.
#include "ui/table_int.h"

// The text of a cell of the cursor's row; NULL: no such column, not there yet, or missing.
static const char *cell_of(App *a, const char *column) {
  bool known;
  int j = sheet_find_column(&a->sheet, column);
  return j < 0 ? NULL : sheet_cell(&a->sheet, a->sheet.row, j, &known);
}

// "column == 'age' and row == 1236"; of several selected ones their places.
static bool add_suspects(App *a, Str *out) {
  const Sheet *s = &a->sheet;
  if (s->picks.rows) return picks_print(&s->picks, out);
  const char *column = cell_of(a, "column"), *row = cell_of(a, "row");
  if (!column || !row) return false;
  str_add(out, "column == '");
  for (; *column; column++) {
    if (*column == '\'' || *column == '\\') str_addc(out, '\\');
    str_addc(out, *column);
  }
  str_add(out, "' and row == ");
  for (; *row; row++)
    if (*row != ',') str_addc(out, *row);
  return true;
}

void act_table_verdict(App *a, int artificial) {
  static const char *const WORD[] = {"natural", "artificial"};
  Sheet *s = &a->sheet;
  Str where = {0}, text = {0}, verb = {0};
  if (!column_or_say(a)) return;
  if (sheet_find_column(s, "verdict") < 0 || sheet_find_column(s, "row") < 0) {
    if (!app_hold_for_columns(a)) app_say(a, STYLE_DIM, "verdicts are for outliers: :d:outliers() lists them");
    return;
  }
  if (!add_suspects(a, &where)) {
    app_say(a, STYLE_DIM, "the row is not there yet");
  } else {
    str_addf(&text, "verdict = if_else(%s, '%s', verdict)", str_c(&where), WORD[artificial]);
    str_add(&verb, ":derive{"), lua_quote(&verb, str_c(&text)), str_addc(&verb, '}');
    bool one = !s->picks.rows;
    table_change(a, str_c(&verb), WORD[artificial]);
    if (one) sheet_move(a, 1, 0);
  }
  str_fini(&where), str_fini(&text), str_fini(&verb);
}

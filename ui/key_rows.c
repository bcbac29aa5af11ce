// The key table as a page of the reference.
#include "ui/help_int.h"

#include <stdio.h>

#include "base/utf8.h"

#define KEY_ROW(where, keys, bar, word, group, help, act, arg) {where, keys, word, group, help, #act},
const KeyRow KEY_ROWS[] = {ACTIONS_ALL(KEY_ROW){0, NULL, NULL, NULL, NULL, NULL}};
#undef KEY_ROW

static void print_place(int where, const char *heading, Str *out) {
  bool any = false;
  for (const KeyRow *row = KEY_ROWS; row->keys; row++) {
    if (row->where != where) continue;
    if (!any) str_addf(out, "%s%s\n", out->n ? "\n" : "", heading);
    any = true;
    str_addf(out, "  %s", row->keys);
    str_pad(out, ' ', 20 - utf8_width(sv(row->keys)));
    str_addf(out, "%s\n", row->help);
  }
}

void ui_print_keys(Str *out) {
#define PANE_PLACE(name) print_place(PANE_##name, #name, out);
  print_place(IN_ANY, "everywhere", out);
  PANES(PANE_PLACE)
  print_place(IN_EDIT, "in a cell that is edited", out);
  print_place(IN_HELP, "in the help", out);
#undef PANE_PLACE
}

const char *key_word(const char *word, bool small, char buf[32]) {
  const char *bar = strchr(word, '|');
  if (!bar) return word;
  if (small) return bar + 1;
  snprintf(buf, 32, "%.*s", (int)(bar - word), word);
  return buf;
}

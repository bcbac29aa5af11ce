// Where one is, in words: the file, the tables that were dived through, the one that shows. A table without a name is
// the Lua that made it.
#include "ui/app_int.h"

#include "base/utf8.h"

#include <stdlib.h>

enum { EXPRESSION_MOST = 44 };

void trail_object(const App *a, const char *object, Str *out) {
  if (*object != '#') {
    str_add(out, object);
    return;
  }
  int64_t i = doc_find(&a->doc, atoll(object + 1));
  const char *text = i < 0 ? "" : doc_text(&a->doc, i), *line = strrchr(text, '\n');
  Sv last = sv_trim(sv(line ? line + 1 : text));
  if (utf8_width(last) <= EXPRESSION_MOST) {
    str_addn(out, last.s, last.n);
    return;
  }
  str_addn(out, last.s, utf8_fit(last, EXPRESSION_MOST - 1));
  str_add(out, "…");
}

static void add(const App *a, const char *object, const char **last, Str *out) {
  if (!object || (*last && strcmp(*last, object) == 0)) return;
  if (out->n) str_add(out, " › ");
  trail_object(a, object, out);
  *last = object;
}

void trail_print(const App *a, Str *out) {
  const char *last = NULL;
  str_add(out, a->opened ? a->opened : "titanic");
  for (int k = 0; k < a->ncrumb; k++) add(a, a->crumb[k].object, &last, out);
  const char *walked = a->view == VIEW_TREE       ? a->tree.object
                       : a->view == VIEW_TRAINING ? a->training.object
                                                  : a->sheet.object;
  add(a, a->view == VIEW_EVALUATE ? a->operate.object : walked, &last, out);
}

void trail_tail(const App *a, int width, Str *out) {
  Str all = {0};
  trail_print(a, &all);
  const char *from = str_c(&all);
  bool cut = false;
  while (utf8_width(sv(from)) + (cut ? 4 : 0) > width) {
    const char *next = strstr(from, " › ");
    if (!next) break;
    from = next + strlen(" › "), cut = true;
  }
  str_addf(out, "%s%s", cut ? "… › " : "", from);
  str_fini(&all);
}

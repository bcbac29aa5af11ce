// Everything that has a name in the kernel: what it is, how large, and whether the cell that made it is out of date.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/app_int.h"
#include "ui/rect_int.h"

#include <stdio.h>

enum { GAP = 2, NAME_LEAST = 5, KIND_LEAST = 8 };

static const MsgObjects *objects(const App *a) { return a->objects.kind == MSG_OBJECTS ? &a->objects.Objects : NULL; }

static void title(const App *a, Str *what, Str *state) {
  const MsgObjects *o = objects(a);
  char buf[32];
  if (!o) return;
  fmt_i64(buf, sizeof buf, o->n, true);
  str_add(what, buf);
  fmt_bytes(buf, sizeof buf, o->memory);
  if (o->memory > 0) str_add(state, buf);
}

// The cell that wrote the name last is stale.
static bool is_stale(const Doc *d, const char *name) {
  const DocCell *last = NULL;
  for (int64_t i = 0; i < d->n; i++) {
    const Result *r = d->cell[i].result;
    for (int64_t k = 0; r && k < r->writes.n; k++)
      if (strcmp(r->writes.name[k], name) == 0 && (!last || r->run > last->result->run)) last = &d->cell[i];
  }
  return last && last->state == CELL_STALE;
}

static void add_summary(const WireObject *o, Str *out) {
  char rows[NUMFMT_MAX];
  fmt_i64(rows, sizeof rows, o->nrow, true);
  if (strcmp(o->kind, "Frame") == 0) str_addf(out, "%s × %lld", rows, (long long)o->ncol);
  else str_add(out, o->summary);
}

static int widest(const MsgObjects *o, bool kind, int least, int most) {
  int w = least;
  for (int64_t k = 0; k < o->n; k++) {
    int width = utf8_width(sv(kind ? o->item[k].kind : o->item[k].name));
    if (width > w) w = width;
  }
  return w < most ? w : most;
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  const MsgObjects *o = objects(a);
  if (!o || o->n == 0) {
    rect_text(p, r, r.w > 1, 0, r.w, "no names yet: d = data \"titanic\" makes one", STYLE_DIM);
    return;
  }
  int name = widest(o, false, NAME_LEAST, r.w / 3), kind = widest(o, true, KIND_LEAST, r.w / 3);
  int64_t cursor = a->names_row < o->n ? a->names_row : o->n - 1, top = list_top(o->n, cursor, 0, r.h);
  Str summary = {0};
  for (int y = 0; y < r.h && top + y < o->n; y++) {
    const WireObject *item = &o->item[top + y];
    int x = 1 + name + GAP + kind + GAP;
    rect_text(p, r, 1, y, name, item->name, STYLE_STRONG);
    rect_text(p, r, 1 + name + GAP, y, kind, item->kind, STYLE_DIM);
    if (is_stale(&a->doc, item->name)) x += rect_text(p, r, x, y, 2, "~ ", STYLE_WARN);
    str_clear(&summary);
    add_summary(item, &summary);
    rect_text(p, r, x, y, r.w - 1 - x, str_c(&summary), STYLE_FG);
    if (focused && top + y == cursor) rect_cursor(p, r, y);
  }
  str_fini(&summary);
}

void act_names_step(App *a, int by) {
  int64_t n = objects(a) ? objects(a)->n : 0, row = a->names_row + by;
  if (row >= n) row = n - 1;
  a->names_row = row > 0 ? row : 0;
  a->dirty = true;
}

void act_names_open(App *a, int arg) {
  (void)arg;
  const MsgObjects *o = objects(a);
  if (!o || a->names_row >= o->n) return;
  Str name = {0}, label = {0}; // the list may be gone before we are
  str_add(&name, o->item[a->names_row].name);
  const char *kind = o->item[a->names_row].kind;
  if (strcmp(kind, "Frame") == 0) {
    app_dive(a, PANE_table);
    sheet_open(a, str_c(&name));
  } else if (strcmp(kind, "Evaluation") == 0) {
    app_dive(a, PANE_evaluate);
    operate_open(a, str_c(&name));
  } else if (strcmp(kind, "Model") == 0 && o->item[a->names_row].nrow > 0) {
    tree_command(a, str_c(&name), false);
  } else {
    str_addf(&label, "show %s", str_c(&name));
    app_emit(a, str_c(&name), str_c(&label));
  }
  str_fini(&name), str_fini(&label);
}

static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x;
  int64_t n = objects(a) ? objects(a)->n : 0, cursor = a->names_row < n ? a->names_row : n - 1;
  if (key->button == MOUSE_WHEEL_DOWN) act_names_step(a, 1);
  else if (key->button == MOUSE_WHEEL_UP) act_names_step(a, -1);
  else if (key->button == MOUSE_LEFT) act_names_step(a, (int)(list_top(n, cursor, 0, r.h) + y - a->names_row));
}

const PaneType pane_names = {.name = "names", .help = "what has a name", .title = title, .draw = draw, .mouse = mouse};

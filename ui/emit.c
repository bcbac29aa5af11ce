// Every act that changes anything becomes Lua in the notebook and runs there; what it gave is then shown. View verbs in
// a row (sort, filter, hide) edit one cell: a chain on the table they began with.
#include "ui/app_int.h"

#include <stdio.h>
#include <stdlib.h>

static void remember_label(App *a, int64_t id, const char *label) {
  free(a->label);
  a->label = strdup(label), a->label_cell = id;
}

static void run_and_follow(App *a, int64_t id, const char *label) {
  int64_t i = doc_find(&a->doc, id);
  if (i < 0) return;
  a->doc.cell[i].typed = true;
  a->cell = i, a->follow = id;
  remember_label(a, id, label);
  app_run(a, id);
}

static bool is_last(const App *a, const char *lua) {
  int64_t i = a->doc.n - 1;
  return i >= 0 && doc_kind(&a->doc, i) == NOTE_CODE && strcmp(doc_text(&a->doc, i), lua) == 0;
}

int64_t app_emit(App *a, const char *lua, const char *label) {
  chain_forget(&a->chain);
  bool again = is_last(a, lua) && a->doc.cell[a->doc.n - 1].id != a->running;
  int64_t id = again ? a->doc.cell[a->doc.n - 1].id : doc_insert(&a->doc, a->doc.n, NOTE_CODE, lua);
  run_and_follow(a, id, label);
  return id;
}

void app_rerun(App *a, int64_t id, const char *label) {
  chain_forget(&a->chain);
  run_and_follow(a, id, label);
}

// ---- chains -------------------------------------------------------------------------------------------------------
void chain_forget(Chain *c) {
  free(c->base), free(c->name);
  str_fini(&c->verbs), str_fini(&c->before);
  *c = (Chain){0};
}

static void print_chain(const Chain *c, Str *out) {
  str_add(out, c->name), str_add(out, " = "), str_add(out, c->base);
  str_add(out, str_c(&c->verbs));
}

// Whether the chain's cell is still what the chain says and the sheet shows its table.
static bool goes_on(const App *a) {
  const Chain *c = &a->chain;
  int64_t i = c->cell ? doc_find(&a->doc, c->cell) : -1;
  if (i < 0 || i != a->doc.n - 1 || !a->sheet.object || strcmp(a->sheet.object, c->name) != 0) return false;
  Str text = {0};
  print_chain(c, &text);
  bool same = strcmp(str_c(&text), doc_text(&a->doc, i)) == 0;
  str_fini(&text);
  return same;
}

// A table without a name ("#7") is taken as the expression that made it.
static char *base_of(const App *a) {
  const char *object = a->sheet.object;
  if (*object != '#') return strdup(object);
  int64_t i = doc_find(&a->doc, atoll(object + 1));
  const char *text = i < 0 ? "" : doc_text(&a->doc, i);
  if (!*text || strchr(text, '\n')) return NULL;
  Str base = {0};
  bool call = strchr(text, ' ') == NULL || text[strlen(text) - 1] == ')' || text[strlen(text) - 1] == '}';
  str_addf(&base, call ? "%s" : "(%s)", text);
  str_add(&base, app_table_verb(a, text));
  return str_take(&base);
}

static bool begin_chain(App *a, const char *base) {
  Chain *c = &a->chain;
  Arena scratch;
  chain_forget(c);
  c->base = base ? strdup(base) : base_of(a);
  if (!c->base) {
    app_say(a, STYLE_DIM, "this table has no name: write f = ... before the last line of its cell (D), then open f");
    return false;
  }
  arena_init(&scratch);
  c->name = strdup(doc_new_name(&a->doc, "v", &scratch));
  arena_fini(&scratch);
  return true;
}

static size_t head_length(const char *verb) { return strcspn(verb, " {(\"'"); }

static void add_verb(Chain *c, const char *verb) {
  const char *last = str_c(&c->verbs) + c->last;
  size_t n = head_length(verb);
  bool again = c->verbs.n && strncmp(verb, ":sort", n) == 0 && head_length(last) == n && strncmp(last, verb, n) == 0;
  str_clear(&c->before);
  str_add(&c->before, str_c(&c->verbs));
  if (again) c->verbs.n = c->last;
  c->last = c->verbs.n;
  str_add(&c->verbs, verb);
}

void app_emit_view(App *a, const char *verb, const char *label) {
  Chain *c = &a->chain;
  app_settle(a);
  if (!a->sheet.object) return;
  if (a->running || a->nqueue) {
    app_say(a, STYLE_DIM, "a cell still runs: ^C stops it");
    return;
  }
  if (!goes_on(a) && !begin_chain(a, NULL)) return;
  Str text = {0};
  add_verb(c, verb);
  print_chain(c, &text);
  if (c->cell) doc_set_text(&a->doc, doc_find(&a->doc, c->cell), str_c(&text));
  else c->cell = doc_insert(&a->doc, a->doc.n, NOTE_CODE, str_c(&text));
  str_fini(&text);
  run_and_follow(a, c->cell, label);
}

void app_emit_chain(App *a, const char *base, const char *verbs, const char *label) {
  Chain *c = &a->chain;
  app_settle(a);
  if (a->running || a->nqueue) {
    app_say(a, STYLE_DIM, "a cell still runs: ^C stops it");
    return;
  }
  bool on = goes_on(a);
  if (!on && !begin_chain(a, base)) return;
  free(c->base);
  c->base = strdup(base);
  str_clear(&c->before), str_add(&c->before, str_c(&c->verbs));
  str_clear(&c->verbs), str_add(&c->verbs, verbs);
  c->last = c->verbs.n;
  Str text = {0};
  print_chain(c, &text);
  if (on) doc_set_text(&a->doc, doc_find(&a->doc, c->cell), str_c(&text));
  else c->cell = doc_insert(&a->doc, a->doc.n, NOTE_CODE, str_c(&text));
  str_fini(&text);
  run_and_follow(a, c->cell, label);
}

// A look that was left again gives its cell to the next one, so that ten looks are not ten cells.
static bool looks_again(const App *a) {
  const Dive *d = &a->dive;
  int64_t last = a->doc.n - 1;
  if (!d->cell || last < 0 || a->doc.cell[last].id != d->cell || strcmp(doc_text(&a->doc, last), d->text) != 0)
    return false;
  bool used = a->sheet.object && strcmp(a->sheet.object, d->name) == 0;
  for (int k = 0; k < a->ncrumb; k++) used = used || (a->crumb[k].object && strcmp(a->crumb[k].object, d->name) == 0);
  return !used;
}

static void remember_look(App *a, const char *text) {
  Dive *d = &a->dive;
  free(d->text), free(d->name);
  d->text = strdup(text), d->name = strdup(a->chain.name), d->cell = a->chain.cell;
}

bool app_emit_look(App *a, const char *base, const char *verb, const char *label) {
  Chain *c = &a->chain;
  app_settle(a);
  if (a->running || a->nqueue) {
    app_say(a, STYLE_DIM, "a cell still runs: ^C stops it");
    return false;
  }
  bool again = looks_again(a);
  if (!begin_chain(a, base)) return false;
  if (again) free(c->name), c->name = strdup(a->dive.name);
  Str text = {0};
  add_verb(c, verb);
  print_chain(c, &text);
  if (again) doc_set_text(&a->doc, a->doc.n - 1, str_c(&text)), c->cell = a->dive.cell;
  else c->cell = doc_insert(&a->doc, a->doc.n, NOTE_CODE, str_c(&text));
  remember_look(a, str_c(&text));
  str_fini(&text);
  run_and_follow(a, c->cell, label);
  return true;
}

// The verb before stays: its cell is as it was, and the error is said.
void chain_failed(App *a) {
  Chain *c = &a->chain;
  int64_t id = c->cell;
  if (c->before.n) {
    str_clear(&c->verbs);
    str_add(&c->verbs, str_c(&c->before));
    c->last = 0;
  } else chain_forget(c);
  app_take_back(a, id);
}

// ---- showing what an act gave -------------------------------------------------------------------------------------
static void show_table(App *a, const char *object, bool replaces) {
  if (a->view == VIEW_TABLE && replaces) app_focus(a, PANE_table);
  else app_dive(a, PANE_table);
  sheet_open(a, object);
}

// The last of the names that the cell wrote that has a pane of its own.
static bool show_written(App *a, const Result *r) {
  for (int64_t k = r->writes.n - 1; k >= 0; k--) {
    const char *name = r->writes.name[k], *kind = app_kind_of(a, name);
    if (strcmp(kind, "Evaluation") == 0) {
      operate_open(a, name);
      app_dive(a, PANE_evaluate);
      return true;
    }
    if (strcmp(kind, "Frame") != 0) continue;
    bool chain = a->chain.cell && strcmp(a->chain.name, name) == 0;
    if (!a->sheet.object || strcmp(a->sheet.object, name) != 0) show_table(a, name, !chain || !a->sheet.object);
    else app_focus(a, a->view == VIEW_TABLE ? a->focus : PANE_table);
    return true;
  }
  return false;
}

static void say_text(App *a, const char *text) {
  size_t line = strcspn(text, "\n");
  bool more = text[line] && text[line + 1];
  app_say(a, STYLE_FG, "%.*s%s", (int)(line > 1000 ? 1000 : line), text, more ? "  (D shows all)" : "");
}

void app_followed(App *a, int64_t id) {
  int64_t i = doc_find(&a->doc, id);
  const Result *r = a->doc.cell[i].result;
  if (!r || r->failed || join_goes_on(a, id)) return;
  if (show_written(a, r)) {
    if (id == a->dive.cell && a->dive.column) sheet_seek(a, a->dive.column);
    return;
  }
  if (!r->nout) {
    if (r->writes.n) app_say(a, STYLE_DIM, "%s is set", r->writes.name[r->writes.n - 1]);
    return;
  }
  const Output *o = &r->out[r->nout - 1];
  char object[32];
  snprintf(object, sizeof object, "#%lld", (long long)id);
  if (o->has_plot) a->plot_cell = id, app_dive(a, PANE_plot);
  else if (o->shown.kind == SHOWN_PAGE) show_table(a, object, false);
  else say_text(a, o->shown.text);
}

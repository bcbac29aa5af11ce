// The palette's keys and what Enter does: a key's act, a command, a call (at once when nothing must be filled in, else
// in a form), a data set, a page of help.
#include "ui/palette_int.h"

#include "ui/form_int.h"

#include <stdlib.h>

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

// ---- asking the kernel ---------------------------------------------------------------------------------------------
static void ask_catalogue(App *a, Palette *p) {
  if (p->catalogue.kind == MSG_CATALOGUE || p->catalogue_asked) return;
  Msg m;
  msg_init(&m, MSG_VIEW_CATALOGUE, 0);
  m.ViewCatalogue.data = true;
  p->catalogue_asked = app_ask(a, &m);
}

static bool is_call(const PaletteRow *r) { return r && r->entry && r->entry->options >= 0; }

static void forget_draft(Palette *p) {
  draft_fini(&p->draft);
  free(p->draft_for);
  p->draft_for = NULL, p->draft_asked = 0;
}

// The options of the chosen call.
static void ask_draft(App *a, Palette *p) {
  const PaletteRow *r = palette_chosen(p);
  if (!is_call(r)) return;
  if (p->draft_for && is(p->draft_for, r->entry->topic)) return;
  if (p->draft_asked) return; // the answer brings the next question
  Msg m;
  msg_init(&m, MSG_CALL, 0);
  m.Call = (MsgCall){.topic = r->entry->topic, .text = ""};
  p->draft_asked = app_ask(a, &m);
}

static void take_draft(App *a, Palette *p, Msg *m) {
  forget_draft(p);
  draft_take(&p->draft, m);
  p->draft_for = strdup(draft_form(&p->draft)->owner);
  draft_guess(a, &p->draft);
  ask_draft(a, p);
}

static void choose(App *a, Palette *p, int at) {
  p->at = at < 0 ? 0 : at >= p->nhit ? p->nhit - 1 : at;
  if (p->at < 0) p->at = 0;
  ask_draft(a, p);
}

static void match(App *a, Palette *p) {
  palette_match(a, p);
  choose(a, p, 0);
}

bool palette_take(App *a, Msg *m) {
  Palette *p = a->palette;
  if (!p || !m->request) return false;
  if (m->request == p->catalogue_asked) {
    p->catalogue_asked = 0;
    if (m->kind != MSG_CATALOGUE) return true;
    msg_fini(&p->catalogue);
    p->catalogue = *m;
    msg_init(m, MSG_NONE, 0);
    if (!p->open) return true;
    palette_rows(a, p);
    match(a, p);
    return true;
  }
  if (m->request != p->draft_asked) return false;
  p->draft_asked = 0;
  if (m->kind == MSG_FORM) take_draft(a, p, m);
  return true;
}

// ---- opening -------------------------------------------------------------------------------------------------------
static Palette *palette_of(App *a) {
  if (a->palette) return a->palette;
  a->palette = calloc(1, sizeof *a->palette);
  if (!a->palette) abort();
  recall_init(&a->palette->recent, a->state_folder, "palette");
  return a->palette;
}

const MsgCatalogue *palette_catalogue(App *a) {
  enum { CATALOGUE_MS = 500 };
  Palette *p = palette_of(a);
  Msg m;
  ask_catalogue(a, p);
  if (p->catalogue_asked && app_await(a, p->catalogue_asked, &m, CATALOGUE_MS)) {
    palette_take(a, &m);
    msg_fini(&m);
  }
  return p->catalogue.kind == MSG_CATALOGUE ? &p->catalogue.Catalogue : NULL;
}

Arena *palette_words(App *a) {
  Palette *p = palette_of(a);
  arena_fini(&p->words);
  arena_init(&p->words);
  return &p->words;
}

void act_palette(App *a, int arg) {
  (void)arg;
  Palette *p = palette_of(a);
  p->open = true, p->recent_only = false;
  field_set(&p->query, "");
  forget_draft(p);
  ask_catalogue(a, p);
  palette_rows(a, p);
  match(a, p);
}

void palette_free(Palette *p) {
  if (!p) return;
  forget_draft(p);
  msg_fini(&p->catalogue);
  field_fini(&p->query);
  recall_fini(&p->recent);
  arena_fini(&p->arena);
  arena_fini(&p->words);
  free(p->hit);
  free(p);
}

// ---- doing it ------------------------------------------------------------------------------------------------------
static void run_act(App *a, const Action *act) {
  if (act->where == IN_EDIT) {
    app_say(a, STYLE_DIM, "%.*s counts while a cell is edited", (int)strcspn(act->keys, " "), act->keys);
    return;
  }
  if (act->where < PANE_COUNT && act->where != (int)a->focus) app_dive(a, (PaneId)act->where);
  app_act(a, act);
}

// The options of the chosen call, waited for when they are still on their way.
static bool have_draft(App *a, Palette *p) {
  const PaletteRow *r = palette_chosen(p);
  Msg m;
  if (p->draft_for && is(p->draft_for, r->entry->topic)) return true;
  msg_init(&m, MSG_CALL, 0);
  m.Call = (MsgCall){.topic = r->entry->topic, .text = ""};
  uint64_t request = app_ask(a, &m);
  if (!app_await(a, request, &m, 500)) return false;
  if (m.kind == MSG_FORM) take_draft(a, p, &m);
  msg_fini(&m);
  return p->draft_for && is(p->draft_for, r->entry->topic);
}

// What only asks to be looked at runs at once; tests and models have choices worth a look.
static bool runs_at_once(const App *a, const Palette *p) {
  const MsgForm *f = draft_form(&p->draft);
  if (is(f->kind, "model") || is(f->kind, "step") || is(f->kind, "test") || draft_wrong(a, &p->draft)) return false;
  return is(f->kind, "chart") || draft_given(&p->draft) == 0;
}

static void run_call(App *a, Palette *p, bool options) {
  Str lua = {0}, why = {0};
  if (!have_draft(a, p)) return;
  p->open = false;
  bool can = draft_print(a, &p->draft, &lua, &why);
  if (!can) app_say(a, STYLE_DIM, "%s", str_c(&why));
  else if (options || !runs_at_once(a, p)) form_open(a, &p->draft);
  else app_emit(a, str_c(&lua), draft_form(&p->draft)->owner);
  forget_draft(p);
  str_fini(&lua), str_fini(&why);
}

static void run_data(App *a, const WireEntry *e) {
  Err err;
  if (app_open_file(a, e->name, &err) != OK) app_say(a, STYLE_WARN, "! %s", err.msg);
}

static void show_help(App *a, const char *topic) {
  Msg m;
  msg_init(&m, MSG_HELP, 0);
  m.Help.topic = topic;
  app_ask(a, &m);
}

static void run_command(App *a, const char *name) {
  Str line = {0};
  str_add(&line, name + 1);
  bool whole = is(str_c(&line), "q") || is(str_c(&line), "w") || is(str_c(&line), "wq") ||
               is(str_c(&line), "restart") || is(str_c(&line), "help") || is(str_c(&line), "clean");
  if (whole) command_accept(a, str_c(&line));
  else str_addc(&line, ' '), prompt_open(a->prompt, PROMPT_COMMAND, ":", str_c(&line));
  str_fini(&line);
}

static void run_chosen(App *a, Palette *p, bool options) {
  const PaletteRow *r = palette_chosen(p);
  if (!r) return;
  recall_add(&p->recent, r->id);
  bool act = r->act && !(options && is_call(r));
  if (!act && is_call(r)) {
    run_call(a, p, options);
    return;
  }
  p->open = false;
  if (act) run_act(a, r->act);
  else if (r->command >= 0) run_command(a, r->lua);
  else if (is(r->entry->kind, "data")) run_data(a, r->entry);
  else show_help(a, r->entry->topic);
}

// What it would add, to be changed before it runs.
static void edit_chosen(App *a, Palette *p) {
  const PaletteRow *r = palette_chosen(p);
  Str lua = {0}, why = {0};
  if (!r) return;
  if (is_call(r)) have_draft(a, p);
  bool can = palette_lua(a, p, &lua, &why) || lua.n;
  if (!can) str_add(&lua, r->lua);
  if (!lua.n) {
    str_fini(&lua), str_fini(&why);
    return;
  }
  p->open = false;
  recall_add(&p->recent, r->id);
  prompt_open(a->prompt, PROMPT_COMMAND, ":", str_c(&lua) + (*str_c(&lua) == ':'));
  str_fini(&lua), str_fini(&why);
}

static void explain(App *a, const Palette *p) {
  const PaletteRow *r = palette_chosen(p);
  if (r && r->entry) show_help(a, r->entry->topic);
  else if (r) {
    Str page = {0};
    str_addf(&page, "%s\n\n%s%s%s", r->words, r->doc, *r->key ? "\n\nkey  " : "", r->key);
    help_show(a, str_c(&page));
    str_fini(&page);
  }
}

// ---- keys ----------------------------------------------------------------------------------------------------------
static void toggle_recent(App *a, Palette *p) {
  p->recent_only = !p->recent_only;
  match(a, p);
}

static bool is_ctrl(const Key *key, uint32_t letter) { return key->code == letter && key->mods == MOD_CTRL; }

void palette_key(App *a, const Key *key) {
  Palette *p = a->palette;
  int page = p->lines > 1 ? p->lines - 1 : 1;
  if (key->code == K_ESC || is_ctrl(key, 'c')) p->open = false;
  else if (key->code == K_DOWN || is_ctrl(key, 'n')) choose(a, p, p->at + 1);
  else if (key->code == K_UP || is_ctrl(key, 'p')) choose(a, p, p->at - 1);
  else if (key->code == K_PGDN) choose(a, p, p->at + page);
  else if (key->code == K_PGUP) choose(a, p, p->at - page);
  else if (key->code == K_ENTER) run_chosen(a, p, key->mods & MOD_ALT);
  else if (is_ctrl(key, 'o')) run_chosen(a, p, true);
  else if (key->code == K_TAB) edit_chosen(a, p);
  else if (key->code == K_F1) explain(a, p);
  else if (is_ctrl(key, 'r')) toggle_recent(a, p);
  else if (field_key(&p->query, key)) match(a, p);
}

void palette_mouse(App *a, const Key *key) {
  Palette *p = a->palette;
  bool inside = key->x >= p->list.x && key->x < p->list.x + p->list.w;
  int k = p->top + key->y - p->list.y;
  if (key->button == MOUSE_WHEEL_DOWN) choose(a, p, p->at + 3);
  else if (key->button == MOUSE_WHEEL_UP) choose(a, p, p->at - 3);
  else if (key->button == MOUSE_LEFT && inside && key->y >= p->list.y && key->y < p->list.y + p->list.h &&
           k < p->nhit) {
    bool again = k == p->at;
    choose(a, p, k);
    if (again) run_chosen(a, p, false);
  }
}

int palette_bar(const App *a, const KeyWord **pair) {
  static const KeyWord FEW[] = {{"Enter", "run"}, {"Tab", "edit"}, {"^O", "options"}, {"Esc", "close"}};
  static const KeyWord KEYS[] = {{"↑↓", "choose"},  {"Enter", "run"}, {"Tab", "edit"}, {"^O", "options"},
                                 {"F1", "explain"}, {"^R", "recent"}, {"Esc", "close"}};
  *pair = KEYS;
  if (a->w < 60) return *pair = FEW, (int)(sizeof FEW / sizeof *FEW);
  return sizeof KEYS / sizeof *KEYS;
}

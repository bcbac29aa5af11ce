// The list of steps that the table asks for. The kernel proposes; the user takes marks away, and one cell is written:
// the pipeline of the marked steps, and the table that it gives.
#include "ui/clean_int.h"

#include "base/numfmt.h"

#include <stdlib.h>

// ---- asking --------------------------------------------------------------------------------------------------------
static Clean *clean_of(App *a) {
  if (!a->clean) a->clean = calloc(1, sizeof *a->clean);
  if (!a->clean) abort();
  return a->clean;
}

static void forget(Clean *c) {
  msg_fini(&c->answer);
  free(c->table);
  free(c->use);
  *c = (Clean){0};
}

void clean_free(Clean *c) {
  if (!c) return;
  forget(c);
  free(c);
}

bool clean_ask(App *a, const char *object, const char *table) {
  Clean *c = clean_of(a);
  const Sheet *s = &a->sheet;
  bool shows = s->object && strcmp(s->object, object) == 0;
  Msg m;
  forget(c);
  msg_init(&m, MSG_VIEW_STEPS, 0);
  m.ViewSteps = (MsgViewSteps){object, shows && s->target ? s->target : ""};
  c->table = strdup(table);
  c->asked = app_ask(a, &m);
  return c->asked != 0;
}

void clean_command(App *a, const char *rest, bool force) {
  (void)rest, (void)force;
  Str table = {0};
  if (!a->sheet.object) app_say(a, STYLE_DIM, "no table yet: :open FILE");
  else if (!table_lua(a, &table))
    app_say(a, STYLE_DIM, "this table has no name: write f = ... before the last line of its cell (D), then open f");
  else if (clean_ask(a, a->sheet.object, str_c(&table))) a->clean->open = true, a->dirty = true;
  str_fini(&table);
}

bool clean_take(App *a, Msg *m) {
  Clean *c = a->clean;
  if (!c || !m->request || m->request != c->asked) return false;
  c->asked = 0;
  if (m->kind != MSG_STEPS) return c->open = false; // the refusal is said
  c->answer = *m;
  msg_init(m, MSG_NONE, 0);
  const MsgSteps *s = clean_steps(c);
  c->use = calloc((size_t)s->n + 1, sizeof *c->use);
  if (!c->use) abort();
  for (int64_t i = 0; i < s->n; i++) c->use[i] = is_step(&s->item[i]);
  if (!s->n && c->open) {
    c->open = false;
    app_say(a, STYLE_FG, "%s asks for no step", c->table);
  }
  a->dirty = true;
  return true;
}

// ---- the cell ------------------------------------------------------------------------------------------------------
int64_t clean_marked(const Clean *c) {
  const MsgSteps *s = clean_steps(c);
  int64_t n = 0;
  for (int64_t i = 0; s && i < s->n; i++) n += c->use[i];
  return n;
}

void clean_print(const App *a, const Clean *c, Str *out) {
  const MsgSteps *s = clean_steps(c);
  int64_t left = clean_marked(c);
  if (!left) return;
  Arena names;
  arena_init(&names);
  const char *p = doc_new_name(&a->doc, "p", &names), *made = doc_new_name(&a->doc, "clean", &names);
  str_addf(out, "%s = pipe{\n", p);
  for (int64_t i = 0; i < s->n; i++)
    if (c->use[i]) str_addf(out, "  %s%s\n", s->item[i].lua, --left ? "," : "");
  str_addf(out, "}\n%s = %s:fit(%s):transform(%s)", made, p, c->table, c->table);
  arena_fini(&names);
}

static void accept(App *a, Clean *c) {
  Str lua = {0};
  clean_print(a, c, &lua);
  if (lua.n) {
    c->open = false;
    app_emit(a, str_c(&lua), "clean");
  } else if (clean_steps(c)) app_say(a, STYLE_DIM, "no step is marked: Space marks one");
  str_fini(&lua);
}

// ---- keys ----------------------------------------------------------------------------------------------------------
static void choose(Clean *c, int64_t at) {
  int64_t n = clean_steps(c) ? clean_steps(c)->n : 0;
  c->at = at >= n ? n - 1 : at;
  if (c->at < 0) c->at = 0;
}

static void toggle(App *a, Clean *c) {
  const MsgSteps *s = clean_steps(c);
  if (!s || c->at >= s->n) return;
  if (is_step(&s->item[c->at])) c->use[c->at] = !c->use[c->at];
  else app_say(a, STYLE_DIM, "there is no step for this one: it is good to know");
}

static void explain(App *a, const Clean *c) {
  const MsgSteps *s = clean_steps(c);
  if (!s || c->at >= s->n || !is_step(&s->item[c->at])) return;
  char *topic = strndup(s->item[c->at].lua, strcspn(s->item[c->at].lua, "{"));
  Msg m;
  msg_init(&m, MSG_HELP, 0);
  m.Help.topic = topic;
  app_ask(a, &m);
  free(topic);
}

void clean_key(App *a, const Key *key) {
  Clean *c = a->clean;
  int page = c->lines > 1 ? c->lines - 1 : 1;
  bool ctrl = key->mods == MOD_CTRL, plain = !(key->mods & (MOD_CTRL | MOD_ALT));
  a->dirty = true;
  if (key->code == K_ESC || (ctrl && key->code == 'c') || (plain && key->code == 'q')) c->open = false;
  else if (key->code == K_F1) explain(a, c);
  else if (key->code == K_ENTER || (plain && key->code == ' ')) toggle(a, c);
  else if (plain && key->code == 'a') accept(a, c);
  else if (key->code == K_DOWN || (plain && key->code == 'j') || (ctrl && key->code == 'n')) choose(c, c->at + 1);
  else if (key->code == K_UP || (plain && key->code == 'k') || (ctrl && key->code == 'p')) choose(c, c->at - 1);
  else if (key->code == K_PGDN) choose(c, c->at + page);
  else if (key->code == K_PGUP) choose(c, c->at - page);
  else if (key->code == K_HOME) choose(c, 0);
  else if (key->code == K_END) choose(c, INT64_MAX);
}

void clean_mouse(App *a, const Key *key) {
  Clean *c = a->clean;
  a->dirty = true;
  if (key->button == MOUSE_WHEEL_DOWN) choose(c, c->at + 1);
  else if (key->button == MOUSE_WHEEL_UP) choose(c, c->at - 1);
  if (key->button != MOUSE_LEFT || !clean_steps(c) || key->y < c->list.y) return;
  int64_t at = c->top + (key->y - c->list.y) / 2;
  if (key->y >= c->list.y + 2 * c->lines || at >= clean_steps(c)->n || key->x < c->list.x) return;
  if (key->x >= c->list.x + c->list.w) return;
  choose(c, at);
  if (key->x <= c->list.x + 2) toggle(a, c);
}

int clean_bar(const App *a, const KeyWord **pair) {
  static const KeyWord FEW[] = {{"Space", "mark"}, {"a", "accept"}, {"Esc", "leave"}};
  static const KeyWord KEYS[] = {
      {"↑↓", "step"}, {"Space", "mark"}, {"a", "accept marked"}, {"F1", "explain"}, {"Esc", "leave"}};
  *pair = KEYS;
  if (a->w < 60) return *pair = FEW, (int)(sizeof FEW / sizeof *FEW);
  return sizeof KEYS / sizeof *KEYS;
}

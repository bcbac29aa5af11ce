#include "ui/form_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

static const WireOption *option_at(const Form *f, int64_t k) { return &draft_form(&f->draft)->option[k]; }
static bool is_text(const WireOption *o) {
  return o->type == PARAM_TEXT || o->type == PARAM_NAMES || o->type == PARAM_VALUE;
}

// ---- opening -------------------------------------------------------------------------------------------------------
static Form *form_of(App *a) {
  if (!a->form) a->form = calloc(1, sizeof *a->form);
  if (!a->form) abort();
  return a->form;
}

static void end_edit(Form *f) {
  f->editing = false;
  free(f->before);
  f->before = NULL;
}

// The cursor stands on the first option that must still be given, else on the first that is not given yet.
static int64_t first_place(const App *a, const Form *f) {
  int64_t n = draft_form(&f->draft)->n;
  Str why = {0};
  int64_t at = 0;
  while (at < n && draft_check(a, &f->draft, at, &why)) at++;
  str_fini(&why);
  for (int64_t k = 0; at == n && k < n; k++)
    if (option_at(f, k)->dflt) at = k;
  return at < n ? at : 0;
}

void form_open(App *a, Draft *draft) {
  Form *f = form_of(a);
  draft_fini(&f->draft);
  f->draft = *draft;
  *draft = (Draft){0};
  end_edit(f);
  f->open = true, f->top = 0, f->at = first_place(a, f), a->dirty = true;
}

void form_ask(App *a, const char *topic) {
  Msg m;
  msg_init(&m, MSG_CALL, 0);
  m.Call = (MsgCall){.topic = topic, .text = ""};
  a->form_asked = app_ask(a, &m);
}

bool form_take(App *a, Msg *m) {
  Draft draft = {0};
  if (!m->request || m->request != a->form_asked) return false;
  a->form_asked = 0;
  if (m->kind != MSG_FORM) return false;
  draft_take(&draft, m);
  draft_guess(a, &draft);
  form_open(a, &draft);
  return true;
}

void form_free(Form *f) {
  if (!f) return;
  draft_fini(&f->draft);
  field_fini(&f->field);
  free(f->before);
  free(f);
}

// ---- values --------------------------------------------------------------------------------------------------------
static const char *shown_value(const Form *f, int64_t k) {
  const char *given = f->draft.value[k], *dflt = option_at(f, k)->dflt;
  return given ? given : dflt ? dflt : "";
}

// What is the same as the default is not written.
static void set(Form *f, int64_t k, const char *text) {
  const WireOption *o = option_at(f, k);
  draft_set(&f->draft, k, o->dflt && is(o->dflt, text) ? NULL : text);
}

static void set_number(Form *f, int64_t k, double v) {
  char text[NUMFMT_MAX];
  fmt_shortest(text, sizeof text, v);
  set(f, k, text);
}

// The choice beside the present one, round and round.
static void step_choice(Form *f, int64_t k, const char *choices, int by) {
  Sv word[64];
  int n = 0, at = 0;
  for (const char *c = choices; n < 64; c++) {
    size_t len = strcspn(c, "|");
    word[n++] = (Sv){c, len};
    c += len;
    if (!*c) break;
  }
  for (int i = 0; i < n; i++)
    if (sv_is(word[i], shown_value(f, k))) at = i;
  at = (at + by + n) % n;
  char *text = strndup(word[at].s, word[at].n);
  set(f, k, text);
  free(text);
}

static void step_column(App *a, Form *f, int64_t k, int by) {
  const Sheet *s = &a->sheet;
  int at = sheet_find_column(s, shown_value(f, k));
  if (!s->ncol) return;
  at = at < 0 ? (by > 0 ? 0 : s->ncol - 1) : (at + by + s->ncol) % s->ncol;
  const char *name = sheet_name(s, at);
  if (name) set(f, k, name);
}

static void step(App *a, Form *f, int by) {
  const WireOption *o = option_at(f, f->at);
  double v = NAN;
  switch (o->type) {
  case PARAM_BOOL: step_choice(f, f->at, "false|true", by); break;
  case PARAM_CHOICE: step_choice(f, f->at, o->choices, by); break;
  case PARAM_INT:
  case PARAM_REAL:
    if (!parse_f64(shown_value(f, f->at), strlen(shown_value(f, f->at)), &v)) v = NAN;
    set_number(f, f->at, scale_step(o, v, by));
    break;
  default:
    if (option_is_column(o)) step_column(a, f, f->at, by);
  }
}

// ---- editing -------------------------------------------------------------------------------------------------------
static void begin_edit(Form *f, bool empty) {
  const char *given = f->draft.value[f->at];
  end_edit(f);
  f->editing = true, f->before = given ? strdup(given) : NULL;
  field_set(&f->field, empty ? "" : shown_value(f, f->at));
}

static void cancel_edit(Form *f) {
  draft_set(&f->draft, f->at, f->before);
  end_edit(f);
}

// The column that begins like the last word of what is typed; the first such, or the one behind the present.
static void complete(App *a, Form *f) {
  const char *text = field_text(&f->field), *comma = strrchr(text, ',');
  const char *word = comma ? comma + 1 + strspn(comma + 1, " ") : text;
  size_t n = strlen(word);
  for (int j = 0; j < a->sheet.ncol; j++) {
    const char *name = sheet_name(&a->sheet, j);
    if (!name || strncmp(name, word, n) != 0 || is(name, word)) continue;
    Str whole = {0};
    str_addn(&whole, text, (size_t)(word - text));
    str_add(&whole, name);
    field_set(&f->field, str_c(&whole));
    draft_set(&f->draft, f->at, str_c(&whole));
    str_fini(&whole);
    return;
  }
}

static void choose(Form *f, int64_t at) {
  int64_t n = draft_form(&f->draft)->n;
  end_edit(f);
  f->at = at < 0 ? 0 : at >= n ? n - 1 : at;
  if (f->at < 0) f->at = 0;
}

// ---- running -------------------------------------------------------------------------------------------------------
static void run(App *a, Form *f) {
  Str lua = {0}, why = {0};
  end_edit(f);
  for (int64_t k = 0; k < draft_form(&f->draft)->n; k++)
    if (!draft_check(a, &f->draft, k, &why)) {
      f->at = k;
      str_fini(&why);
      return;
    }
  if (draft_print(a, &f->draft, &lua, &why)) {
    f->open = false;
    app_emit(a, str_c(&lua), draft_form(&f->draft)->owner);
  } else app_say(a, STYLE_WARN, "%s", str_c(&why));
  str_fini(&lua), str_fini(&why);
}

static void explain(App *a, const Form *f) {
  Msg m;
  msg_init(&m, MSG_HELP, 0);
  m.Help.topic = draft_form(&f->draft)->owner;
  app_ask(a, &m);
}

// ---- keys ----------------------------------------------------------------------------------------------------------
static bool is_ctrl(const Key *key, uint32_t letter) { return key->code == letter && key->mods == MOD_CTRL; }

static bool is_typing(const Key *key) {
  return key->code == K_PASTE || (key->code < K_UP && key->code >= 0x20 && !(key->mods & (MOD_ALT | MOD_CTRL)));
}

static void edit_key(App *a, Form *f, const Key *key) {
  if (key->code == K_TAB && option_is_column(option_at(f, f->at))) complete(a, f);
  else if (key->code == K_TAB) choose(f, f->at + 1);
  else if (field_key(&f->field, key)) set(f, f->at, field_text(&f->field));
}

static void option_key(App *a, Form *f, const Key *key) {
  const WireOption *o = option_at(f, f->at);
  bool resets = key->code == 'r' && !key->mods && !is_text(o);
  if (resets || is_ctrl(key, 'r') || key->code == K_DELETE) draft_set(&f->draft, f->at, NULL);
  else if (key->code == K_LEFT) step(a, f, -1);
  else if (key->code == K_RIGHT) step(a, f, 1);
  else if (key->code == ' ' && (o->type == PARAM_BOOL || o->type == PARAM_CHOICE)) step(a, f, 1);
  else if (key->code == K_TAB) choose(f, f->at + (key->mods & MOD_SHIFT ? -1 : 1));
  else if (is_typing(key) || key->code == K_BACKSPACE) {
    begin_edit(f, is_typing(key));
    edit_key(a, f, key);
  }
}

void form_key(App *a, const Key *key) {
  Form *f = a->form;
  bool any = draft_form(&f->draft)->n > 0;
  int page = f->lines > 1 ? f->lines - 1 : 1;
  if (is_ctrl(key, 'c')) f->open = false;
  else if (key->code == K_ESC && f->editing) cancel_edit(f);
  else if (key->code == K_ESC) f->open = false;
  else if (key->code == K_ENTER) run(a, f);
  else if (key->code == K_F1) explain(a, f);
  else if (key->code == K_DOWN || is_ctrl(key, 'n')) choose(f, f->at + 1);
  else if (key->code == K_UP || is_ctrl(key, 'p')) choose(f, f->at - 1);
  else if (key->code == K_PGDN) choose(f, f->at + page);
  else if (key->code == K_PGUP) choose(f, f->at - page);
  else if (any && f->editing) edit_key(a, f, key);
  else if (any) option_key(a, f, key);
}

void form_mouse(App *a, const Key *key) {
  Form *f = a->form;
  int64_t k = f->top + key->y - f->list.y;
  if (key->button == MOUSE_WHEEL_DOWN) choose(f, f->at + 1);
  else if (key->button == MOUSE_WHEEL_UP) choose(f, f->at - 1);
  if (key->button != MOUSE_LEFT || key->y < f->list.y || key->y >= f->list.y + f->list.h) return;
  if (k >= draft_form(&f->draft)->n || key->x < f->list.x || key->x >= f->list.x + f->list.w) return;
  const WireOption *o = option_at(f, k);
  choose(f, k);
  int at = key->x - f->scale;
  bool number = o->type == PARAM_INT || o->type == PARAM_REAL;
  if (number && at >= 0 && at < SCALE_WIDTH) set_number(f, k, scale_value(o, (double)at / (SCALE_WIDTH - 1)));
  else if (o->type == PARAM_BOOL || o->type == PARAM_CHOICE) step(a, f, 1);
}

int form_bar(const App *a, const KeyWord **pair) {
  static const KeyWord FEW[] = {{"←→", "value"}, {"Enter", "run"}, {"r", "default"}, {"Esc", "leave"}};
  static const KeyWord KEYS[] = {{"↑↓", "option"}, {"←→", "value"},   {"Enter", "run"},
                                 {"r", "default"}, {"F1", "explain"}, {"Esc", "leave"}};
  *pair = KEYS;
  if (a->w < 60) return *pair = FEW, (int)(sizeof FEW / sizeof *FEW);
  return sizeof KEYS / sizeof *KEYS;
}

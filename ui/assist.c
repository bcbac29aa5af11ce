// What helps while a cell is typed: the popup of candidates under the cursor, and the signature of the call around it
// on the recipe line. Both come from the kernel, which answers while a cell runs; the signature is asked for when the
// text or the cursor has moved, one question at a time, and shows as soon as it comes.
#include "ui/app_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <stdio.h>

enum { CONTEXT_MOST = 16 * 1024 };

static bool edits_code(const App *a) { return a->editor && !a->editor->plain; }

// The text before the cursor that matters: whole lines, bounded. Returns where it begins.
static size_t context_of(const Editor *e) {
  if (e->at <= CONTEXT_MOST) return 0;
  return edit_line_begin(e, e->at - CONTEXT_MOST);
}

// ---- candidates ---------------------------------------------------------------------------------------------------
void assist_close(App *a) { a->assist.popup.open = false; }

static void offer(App *a) {
  Editor *e = a->editor;
  Popup *q = &a->assist.popup;
  Str text = {0};
  size_t begin = context_of(e), from = e->at - begin;
  str_addn(&text, str_c(&e->text) + begin, e->at - begin);
  q->n = app_complete(a, PROMPT_COUNT, str_c(&text), e->at - begin, &from, q->word, POPUP_MOST);
  q->from = begin + from, q->at = q->top = 0;
  q->open = q->open && q->n;
  str_fini(&text);
}

static Sv typed(const App *a) {
  const Popup *q = &a->assist.popup;
  return (Sv){str_c(&a->editor->text) + q->from, a->editor->at - q->from};
}

// What a folder holds is offered at once.
static void take(App *a, const char *word) {
  size_t n = strlen(word);
  bool folder = n && word[n - 1] == '/';
  editor_replace(a->editor, a->assist.popup.from, word);
  a->assist.popup.open = folder;
  if (folder) offer(a);
}

// Tab completes behind something and indents at the beginning of a line.
bool assist_completes(const App *a) {
  const Editor *e = a->editor;
  return edits_code(a) && edit_blanks_end(e, edit_line_begin(e, e->at)) < e->at;
}

// Adds what all candidates share and offers them.
void act_edit_complete(App *a, int arg) {
  (void)arg;
  Popup *q = &a->assist.popup;
  q->open = true;
  offer(a);
  if (!q->n) {
    app_say(a, STYLE_DIM, "nothing fits here");
    return;
  }
  Sv word = typed(a);
  size_t common = popup_common(q);
  if (q->n == 1) {
    const PromptWord w = q->word[0];
    const char *kind = strchr(w.kind, '\t') ? strchr(w.kind, '\t') + 1 : w.kind;
    app_say(a, STYLE_DIM, "%s%s%s", kind, *kind && *w.doc ? ": " : "", w.doc);
    take(a, w.text); // may ask again, and the words go
  } else if (common > word.n) {
    Str text = {0};
    str_addn(&text, q->word[0].text, common);
    editor_replace(a->editor, q->from, str_c(&text));
    str_fini(&text);
  }
}

bool assist_takes_key(App *a, const Key *key) {
  Popup *q = &a->assist.popup;
  if (!q->open) return false;
  switch (popup_key(q, key)) {
  case POPUP_TAKES: take(a, q->word[q->at].text); return true;
  case POPUP_CLOSES: assist_close(a); return true;
  case POPUP_STAYS: return true;
  default: return false;
  }
}

// The word goes on, so the candidates get fewer; anything else ends them.
void assist_typed(App *a, const Key *key) {
  Popup *q = &a->assist.popup;
  bool text = key->code < K_UP && key->code > ' ' && !(key->mods & (MOD_ALT | MOD_CTRL));
  bool erases = key->code == K_BACKSPACE && !key->mods;
  if (!q->open || !a->editor) return;
  if ((!text && !erases) || a->editor->at < q->from) assist_close(a);
  else offer(a);
}

void assist_draw(App *a, const Paint *p) {
  Popup *q = &a->assist.popup;
  if (!q->open || !a->editor || a->edit_x < 0) return;
  Sv word = typed(a);
  popup_draw(q, p, a->edit_x - utf8_width(word), a->edit_y, word);
}

// ---- the signature ------------------------------------------------------------------------------------------------
// Where the innermost bracket that is open before the cursor stands, as far as one can see without asking; 0 when there
// is none (a call has a name before its bracket).
static size_t open_bracket(const Editor *e) {
  int depth = 0;
  for (size_t i = e->at, begin = context_of(e); i > begin; i--) {
    char c = e->text.s[i - 1];
    depth += c == ')' || c == '}' || c == ']';
    if (c != '(' && c != '{' && c != '[') continue;
    if (depth-- == 0) return i - 1;
  }
  return 0;
}

static void forget(Assist *s) {
  msg_fini(&s->form);
  msg_init(&s->form, MSG_NONE, 0);
}

void assist_fini(App *a) { forget(&a->assist); }

void assist_follow(App *a) {
  Assist *s = &a->assist;
  Editor *e = a->editor;
  if (!e) s->changes = -1, s->popup.open = false;
  if (s->asked || !edits_code(a) || (s->changes == e->changes && s->at == e->at)) return;
  size_t begin = context_of(e);
  s->changes = e->changes, s->at = e->at;
  if (!open_bracket(e)) {
    forget(s);
    return;
  }
  Str text = {0};
  Msg m;
  str_addn(&text, str_c(&e->text) + begin, e->at - begin);
  msg_init(&m, MSG_CALL, 0);
  m.Call = (MsgCall){.topic = "", .text = str_c(&text), .at = (int64_t)(e->at - begin)};
  s->asked = app_ask(a, &m);
  str_fini(&text);
}

void assist_lost(App *a) { a->assist.asked = 0; }

bool assist_take(App *a, Msg *m) {
  Assist *s = &a->assist;
  if (!m->request || m->request != s->asked) return false;
  s->asked = 0;
  forget(s);
  if (m->kind != MSG_FORM) return true; // no call stands there
  s->form = *m;
  msg_init(m, MSG_NONE, 0);
  return true;
}

// What an option takes and what it is: "int 0..64  deepest tree; 0 is no limit".
static void describe(const WireOption *o, Str *out) {
  static const char *const KIND[] = {"true or false", "int", "real", "text", "names"};
  char lo[NUMFMT_MAX] = "", hi[NUMFMT_MAX] = "";
  bool number = o->type == PARAM_INT || o->type == PARAM_REAL;
  str_add(out, o->type == PARAM_CHOICE || o->type == PARAM_VALUE ? o->choices : KIND[o->type]);
  if (number && o->lo != -PARAM_INF) fmt_shortest(lo, sizeof lo, o->lo);
  if (number && o->hi != PARAM_INF) fmt_shortest(hi, sizeof hi, o->hi);
  if (*lo || *hi) str_addf(out, " %s..%s", lo, hi);
  str_addf(out, "  %s", o->doc);
}

// Whether `name=` stands between the bracket and the cursor.
static bool is_given(const Editor *e, const char *name) {
  size_t n = strlen(name);
  for (size_t at = open_bracket(e) + 1; at + n < e->at; at++) {
    bool begins = !edit_is_word(e->text.s[at - 1]) && e->text.s[at - 1] != '_';
    if (begins && memcmp(e->text.s + at, name, n) == 0 && e->text.s[edit_blanks_end(e, at + n)] == '=') return true;
  }
  return false;
}

typedef struct Pen {
  const Paint *p;
  int x, y, end;
} Pen;

static void put(Pen *pen, const char *text, Style style) {
  if (pen->x < pen->end) pen->x += paint_text(pen->p, pen->x, pen->y, pen->end - pen->x, text, style);
}

static int option_width(const WireOption *o, bool value) {
  return utf8_width(sv(o->name)) + (value && o->dflt && *o->dflt ? 1 + utf8_width(sv(o->dflt)) : 0) + 2;
}

static void put_option(Pen *pen, const App *a, int64_t k, bool here) {
  const WireOption *o = &a->assist.form.Form.option[k];
  put(pen, o->name, here ? STYLE_HIT : is_given(a->editor, o->name) ? STYLE_STRONG : STYLE_FG);
  if (o->dflt && *o->dflt) put(pen, "=", STYLE_FG), put(pen, o->dflt, STYLE_FG);
}

// The option that the popup points at, or that stands at the cursor.
static int64_t option_here(const App *a) {
  const Popup *q = &a->assist.popup;
  const MsgForm *f = &a->assist.form.Form;
  for (int64_t k = 0; q->open && k < f->n; k++)
    if (strcmp(q->word[q->at].text, f->option[k].name) == 0) return k;
  return f->position;
}

// From the first option, or so that the one that counts shows; what is left out is counted.
static void put_options(Pen *pen, const App *a, int64_t here) {
  enum { TAIL = 12 };
  const MsgForm *f = &a->assist.form.Form;
  int64_t k = 0, used = 0;
  for (int64_t i = 0; i <= here; i++) used += option_width(&f->option[i], true);
  if (pen->x + used + TAIL > pen->end && here > 0) {
    k = here;
    put(pen, glyph(pen->p, G_CUT), STYLE_DIM), put(pen, " ", STYLE_FG);
  }
  for (int64_t first = k; k < f->n; k++) {
    bool last = k + 1 == f->n;
    if (k > first && pen->x + option_width(&f->option[k], true) + (last ? 0 : TAIL) > pen->end) break;
    if (k > first) put(pen, ", ", STYLE_FG);
    put_option(pen, a, k, k == here);
  }
  char more[48];
  snprintf(more, sizeof more, ", %s %lld more", glyph(pen->p, G_CUT), (long long)(f->n - k));
  if (k < f->n) put(pen, more, STYLE_DIM);
}

bool assist_draw_call(const App *a, const Paint *p, Rect r) {
  const MsgForm *f = &a->assist.form.Form;
  if (!edits_code(a) || a->assist.form.kind != MSG_FORM || !open_bracket(a->editor)) return false;
  int64_t here = option_here(a);
  Str what = {0}, head = {0};
  Pen pen = {p, r.x + 1, r.y, r.x + r.w - 1};
  int end = pen.end;
  if (here >= 0 && !a->assist.popup.open) describe(&f->option[here], &what);
  int need = utf8_width((Sv){str_c(&what), what.n}) + 3, half = r.w * 2 / 5;
  if (what.n) pen.end -= need < r.w - half ? need : r.w - half;
  str_addf(&head, "%s%s", f->owner, f->npos ? "(" : "{");
  put(&pen, str_c(&head), STYLE_DIM);
  if (f->n) put_options(&pen, a, here);
  else put(&pen, f->doc, STYLE_DIM);
  put(&pen, f->npos ? ")" : "}", STYLE_DIM);
  pen.end = end, pen.x += 3;
  if (what.n) put(&pen, str_c(&what), STYLE_DIM);
  str_fini(&what), str_fini(&head);
  return true;
}

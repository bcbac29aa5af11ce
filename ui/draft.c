#include "ui/draft_int.h"

#include "base/near.h"
#include "base/numfmt.h"
#include "base/utf8.h"

#include <stdlib.h>

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

void draft_take(Draft *d, Msg *form) {
  draft_fini(d);
  d->form = *form;
  msg_init(form, MSG_NONE, 0);
  d->value = calloc((size_t)draft_form(d)->n + 1, sizeof *d->value);
  if (!d->value) abort();
}

void draft_fini(Draft *d) {
  for (int64_t k = 0; d->value && k < draft_form(d)->n; k++) free(d->value[k]);
  free(d->value);
  msg_fini(&d->form);
  d->value = NULL;
}

void draft_set(Draft *d, int64_t k, const char *text) {
  char *copy = text && *text ? strdup(text) : NULL;
  free(d->value[k]);
  d->value[k] = copy;
}

int64_t draft_given(const Draft *d) {
  int64_t n = 0;
  for (int64_t k = 0; k < draft_form(d)->n; k++) n += d->value[k] != NULL;
  return n;
}

Param option_param(const WireOption *o) {
  return (Param){o->name, o->type, 0, o->lo, o->hi, o->dflt, o->choices, o->doc};
}

bool option_is_column(const WireOption *o) {
  bool names = o->type == PARAM_NAMES || o->type == PARAM_TEXT;
  return names && (strstr(o->doc, "column") || strstr(o->doc, "name")) && !is(o->name, "formula") &&
         !is(o->name, "path") && !is(o->name, "title") && !strstr(o->doc, "axis");
}

// ---- objects -------------------------------------------------------------------------------------------------------
static bool is_identifier(const char *name) {
  bool good = (*name | 32) >= 'a' && (*name | 32) <= 'z';
  for (const char *s = name; *s; s++) {
    bool letter = (*s | 32) >= 'a' && (*s | 32) <= 'z';
    good = good && (letter || *s == '_' || (*s >= '0' && *s <= '9'));
  }
  return good;
}

static bool column_lua(const App *a, Str *out) {
  const char *name = sheet_name(&a->sheet, a->sheet.col);
  if (!name || !table_lua(a, out)) return false;
  if (is_identifier(name)) str_addf(out, ".%s", name);
  else str_addc(out, '['), lua_quote(out, name), str_addc(out, ']');
  return true;
}

static const char *newest(const App *a, const char *kind) {
  const char *found = NULL;
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++)
    if (is(a->objects.Objects.item[k].kind, kind)) found = a->objects.Objects.item[k].name;
  return found;
}

bool object_lua(const App *a, const char *kind, Str *out) {
  if (is(kind, "Frame") && table_lua(a, out)) return true;
  if (is(kind, "Column")) return column_lua(a, out);
  const char *name = newest(a, kind);
  if (is(kind, "Evaluation") && a->operate.object) name = a->operate.object;
  if (name) str_add(out, name);
  return name;
}

// ---- what can be guessed -------------------------------------------------------------------------------------------
static bool has(const App *a, const char *name) {
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++)
    if (is(a->objects.Objects.item[k].name, name)) return true;
  return false;
}

static bool is_number(const WireHead *h) { return h && (h->sign == '#' || h->sign == '%'); }

// "age ~ survived": numbers are asked about, groups explain.
static void guess_formula(const App *a, Str *out) {
  const Sheet *s = &a->sheet;
  const char *here = sheet_name(s, s->col), *other = s->target;
  if (!here) return;
  if (!other || is(here, other)) {
    str_add(out, here);
    return;
  }
  bool swapped = !is_number(sheet_head(s, s->col)) && is_number(sheet_head(s, sheet_find_column(s, other)));
  str_addf(out, "%s ~ %s", swapped ? other : here, swapped ? here : other);
}

// A table is not joined with itself.
static void guess_frame(const App *a, const MsgForm *f, const WireOption *o, Str *out) {
  if (is(f->of, "Frame")) return;
  if (is(o->name, "train") && has(a, "train")) str_add(out, "train");
  else if (has(a, "test") && !is(o->name, "d") && !is(o->name, "train")) str_add(out, "test");
  else table_lua(a, out);
}

// "number or date column" takes no names.
static bool fits_there(const WireOption *o, const WireHead *h) {
  bool wants_number = strstr(o->doc, "number") && !strstr(o->doc, "categor");
  return !wants_number || is_number(h) || (h && h->sign == '@' && strstr(o->doc, "date"));
}

static void guess_option(const App *a, const Draft *d, const WireOption *o, Str *out) {
  const Sheet *s = &a->sheet;
  const char *column = sheet_name(s, s->col);
  bool expression = strstr(o->doc, "expression") || strstr(o->doc, "condition");
  if (!fits_there(o, sheet_head(s, s->col))) column = NULL;
  if (is(o->name, "formula")) guess_formula(a, out);
  else if (is(o->name, "target") && s->target) str_add(out, s->target);
  else if (o->type == PARAM_VALUE && strstr(o->choices, "frame")) guess_frame(a, draft_form(d), o, out);
  else if (option_is_column(o) && !expression && column && is(draft_form(d)->of, "Frame")) str_add(out, column);
}

// Two options of one call do not both get the column under the cursor.
void draft_guess(const App *a, Draft *d) {
  const MsgForm *f = draft_form(d);
  bool column = false;
  for (int64_t k = 0; k < f->n; k++) {
    const WireOption *o = &f->option[k];
    Str text = {0};
    if (o->dflt || d->value[k] || (column && option_is_column(o))) continue;
    guess_option(a, d, o, &text);
    column = column || (text.n && option_is_column(o));
    draft_set(d, k, str_c(&text));
    str_fini(&text);
  }
}

// ---- checking ------------------------------------------------------------------------------------------------------
// The column names of the table that shows; how many.
static int64_t columns_of(const App *a, Sv *name, int64_t most) {
  int64_t n = 0;
  for (int j = 0; j < a->sheet.ncol && n < most; j++)
    if (sheet_name(&a->sheet, j)) name[n++] = sv(sheet_name(&a->sheet, j));
  return n;
}

static bool check_columns(const App *a, const char *value, Str *why) {
  Sv name[512];
  int64_t n = columns_of(a, name, 512);
  for (const char *at = value; n && *at;) {
    size_t len = strcspn(at, ",");
    Sv word = sv_trim((Sv){at, len});
    bool known = !word.n || strchr("*@-", word.s[0]) || memchr(word.s, '~', word.n) || memchr(word.s, '(', word.n);
    for (int64_t k = 0; k < n && !known; k++) known = sv_eq(name[k], word);
    if (!known) {
      char hint[300];
      near_hint(hint, sizeof hint, word, name, n);
      str_addf(why, "is no column%s", hint);
      return false;
    }
    at += len + (at[len] == ',');
  }
  return true;
}

static ErrCode set_value(const Param *p, const char *text) {
  union {
    bool b;
    int64_t i;
    double f;
    const char *t;
    int c;
  } room = {0};
  Err err;
  int64_t whole;
  double real;
  switch (p->type) {
  case PARAM_BOOL: return is(text, "true") || is(text, "false") ? OK : ERR_ARG;
  case PARAM_INT:
  case PARAM_REAL:
    if (parse_i64(text, strlen(text), &whole)) return param_set_int(p, "", &room, whole, &err);
    if (!parse_f64(text, strlen(text), &real)) return ERR_ARG;
    return param_set_real(p, "", &room, real, &err);
  case PARAM_CHOICE: return param_set_text(p, "", &room, text, &err);
  default: return OK;
  }
}

bool draft_check(const App *a, const Draft *d, int64_t k, Str *why) {
  const MsgForm *f = draft_form(d);
  const WireOption *o = &f->option[k];
  const char *text = d->value[k];
  if (!text) {
    if (!o->dflt) str_add(why, "must be given");
    return o->dflt;
  }
  Param p = option_param(o);
  if (set_value(&p, text) != OK) {
    Arena scratch;
    arena_init(&scratch);
    str_addf(why, "must be %s", param_describe(&p, &scratch));
    arena_fini(&scratch);
    return false;
  }
  bool table = is(f->of, "Frame") && option_is_column(o) && !strchr(text, '$') && !f->open;
  return !table || !strstr(o->doc, "column") || strstr(o->doc, "new") || check_columns(a, text, why);
}

int64_t draft_wrong(const App *a, const Draft *d) {
  int64_t n = 0;
  Str why = {0};
  for (int64_t k = 0; k < draft_form(d)->n; k++) n += !draft_check(a, d, k, &why);
  str_fini(&why);
  return n;
}

// ---- Lua -----------------------------------------------------------------------------------------------------------
static void print_names(const char *text, bool braces, Str *out) {
  bool several = strchr(text, ',');
  if (several && braces) str_addc(out, '{');
  for (const char *at = text; *at;) {
    size_t len = strcspn(at, ",");
    Sv word = sv_trim((Sv){at, len});
    char *name = strndup(word.s, word.n);
    if (at != text) str_add(out, ", ");
    lua_quote(out, name);
    free(name);
    at += len + (at[len] == ',');
  }
  if (several && braces) str_addc(out, '}');
}

static void print_value(const WireOption *o, const char *text, bool braces, Str *out) {
  if (o->type == PARAM_NAMES) print_names(text, braces, out);
  else if (o->type == PARAM_TEXT || o->type == PARAM_CHOICE) lua_quote(out, text);
  else str_add(out, text);
}

// Options that must be given stand at their place while all before them do; the others are named. A call in
// parentheses has a table of named ones as its last value.
static void print_arguments(const Draft *d, bool braces, Str *out) {
  const MsgForm *f = draft_form(d);
  int64_t placed = 0, named = 0;
  str_addc(out, braces ? '{' : '(');
  while (placed < f->npos && d->value[placed] && !f->option[placed].dflt) {
    bool flat = braces && f->rest && placed == f->npos - 1;
    if (placed) str_add(out, ", ");
    print_value(&f->option[placed], d->value[placed], !flat, out);
    placed++;
  }
  for (int64_t k = placed; k < f->n; k++) {
    if (!d->value[k]) continue;
    if (placed || named) str_add(out, ", ");
    if (!braces && !named) str_addc(out, '{');
    str_addf(out, "%s=", f->option[k].name);
    print_value(&f->option[k], d->value[k], true, out);
    named++;
  }
  if (!braces && named) str_addc(out, '}');
  str_addc(out, braces ? '}' : ')');
}

static bool is_learner(const MsgForm *f) { return is(f->kind, "model") || is(f->kind, "step"); }

// d:hist{"age", bins=30}, d:split{test=0.25}, ml.logistic{}; d:head(5), stats.welch(d, "age ~ sex"), d:describe().
static bool takes_braces(const Draft *d) {
  const MsgForm *f = draft_form(d);
  bool none = draft_given(d) == 0, placed = f->npos && d->value[0] && !f->option[0].dflt;
  if (is_learner(f)) return true;
  return !none && (!placed || is(f->kind, "chart") || f->option[0].type == PARAM_NAMES);
}

static void print_call(const char *name, const Draft *d, Str *out) {
  str_add(out, name);
  print_arguments(d, takes_braces(d), out);
}

static const char *bare_name(const char *owner) {
  const char *mark = strchr(owner, ':');
  return mark ? mark : owner;
}

static void no_object(const char *kind, Str *why) {
  static const struct {
    const char *kind, *why;
  } WAY[] = {{"Frame", "no table yet: :open FILE"},
             {"Column", "no column yet: :open FILE"},
             {"Model", "no model yet: ! on a column, then T"},
             {"Learner", "no pipeline yet: p = pipe{prep.impute{}, ml.logistic{}}"},
             {"Evaluation", "no evaluation yet: ! on a column, then T"},
             {"Groups", "no groups yet: g = d:group{\"class\"}"},
             {"Plot", "no plot has a name yet: c = d:hist{\"age\"}"},
             {"Profile", "no profile yet: r = d:profile{}"},
             {"Preview", "no preview yet: v = p:preview(d)"}};
  for (size_t k = 0; k < sizeof WAY / sizeof *WAY; k++)
    if (is(WAY[k].kind, kind)) str_add(why, WAY[k].why);
}

// A step alone shows what it makes of the table; without a target it becomes a name.
static bool print_step(const App *a, const Draft *d, Str *lua) {
  Str table = {0};
  Arena scratch;
  arena_init(&scratch);
  bool fits = a->sheet.target && table_lua(a, &table);
  if (!fits) str_addf(lua, "%s = ", doc_new_name(&a->doc, "p", &scratch));
  print_call(draft_form(d)->owner, d, lua);
  if (fits) {
    str_addf(lua, ":fit(%s, ", str_c(&table));
    lua_quote(lua, a->sheet.target);
    str_addf(lua, "):transform(%s)", str_c(&table));
  }
  arena_fini(&scratch);
  str_fini(&table);
  return true;
}

bool draft_print(const App *a, const Draft *d, Str *lua, Str *why) {
  const MsgForm *f = draft_form(d);
  if (is(f->kind, "step")) return print_step(a, d, lua);
  if (is(f->kind, "model")) {
    Str learner = {0};
    print_call(f->owner, d, &learner);
    bool trains = training_lua(a, str_c(&learner), lua, why);
    str_fini(&learner);
    return trains;
  }
  if (*f->of && !object_lua(a, f->of, lua)) {
    no_object(f->of, why);
    return false;
  }
  print_call(*f->of ? bare_name(f->owner) : f->owner, d, lua);
  return true;
}

void draft_paint(const Draft *d, const Paint *p, int x, int y, int w, const char *lua) {
  const char *owner = d->form.kind == MSG_FORM ? draft_form(d)->owner : "";
  const char *call = *owner ? strstr(lua, owner) : NULL, *line = lua;
  for (const char *c = lua; call && c < call; c++)
    if (*c == '\n') line = c + 1;
  Sv whole = {line, strcspn(line, "\n")};
  int before = call && call > line ? utf8_width((Sv){line, (size_t)(call - line)}) : 0;
  bool all = utf8_width(whole) <= w || before < 8 || w < 20;
  if (!all) x += paint_text(p, x, y, 1, glyph(p, G_CUT), STYLE_DIM) + 1, w -= 2;
  paint_lua(p, x, y, w, whole, 0, all ? 0 : before, STYLE_FG);
}

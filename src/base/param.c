#include "base/param.h"

#include "base/near.h"
#include "base/numfmt.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void *field(const Param *p, void *opts) { return (char *)opts + p->offset; }

// Lua source of a string.
static void add_quoted(Str *s, Sv text) {
  str_addc(s, '"');
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.s[i];
    if (c == '"' || c == '\\') str_addf(s, "\\%c", c);
    else if (c == '\n') str_add(s, "\\n");
    else if (c == '\t') str_add(s, "\\t");
    else if (c < 0x20 || c == 0x7F) str_addf(s, "\\%03d", c);
    else str_addc(s, (char)c);
  }
  str_addc(s, '"');
}

static const char *take_text(Str *s, Arena *a) {
  const char *text = arena_strndup(a, str_c(s), s->n);
  str_fini(s);
  return text;
}

static int choice_index(const char *choices, Sv word) {
  int i = 0;
  for (const char *c = choices;; i++) {
    size_t n = strcspn(c, "|");
    if (sv_eq((Sv){c, n}, word)) return i;
    if (!c[n]) return -1;
    c += n + 1;
  }
}

static Sv choice_word(const char *choices, int index) {
  const char *c = choices;
  for (; index > 0; index--) c += strcspn(c, "|") + 1;
  return (Sv){c, strcspn(c, "|")};
}

void param_defaults(const Param *table, void *opts) {
  for (const Param *p = table; p->name; p++) {
    const char *d = p->dflt ? p->dflt : "";
    switch (p->type) {
    case PARAM_BOOL: *(bool *)field(p, opts) = strcmp(d, "true") == 0; break;
    case PARAM_INT: *(int64_t *)field(p, opts) = strtoll(d, NULL, 10); break;
    case PARAM_REAL: *(double *)field(p, opts) = strtod(d, NULL); break;
    case PARAM_TEXT: *(const char **)field(p, opts) = *d ? d : NULL; break;
    case PARAM_NAMES: *(Names *)field(p, opts) = (Names){0}; break;
    case PARAM_CHOICE: *(int *)field(p, opts) = *d ? choice_index(p->choices, sv(d)) : 0; break;
    case PARAM_VALUE: *(int *)field(p, opts) = 0; break;
    }
  }
}

static const Param *find_name(const Param *table, Sv name) {
  const Param *p = table;
  while (p->name && !sv_is(name, p->name)) p++;
  return p;
}

// The next pair of "synonym=name ..." from *text on; false at the end.
static bool next_synonym(const char **text, Sv *synonym, Sv *name) {
  const char *s = *text ? *text + strspn(*text, " ") : "";
  size_t n = strcspn(s, "="), end = strcspn(s, " ");
  if (!*s) return false;
  *synonym = (Sv){s, n}, *name = (Sv){s + n + 1, end - n - 1}, *text = s + end;
  return true;
}

const Param *param_find(const Param *table, Sv name) {
  const Param *p = find_name(table, name);
  Sv synonym, is;
  if (p->name) return p;
  for (const char *text = p->doc; next_synonym(&text, &synonym, &is);)
    if (sv_eq(synonym, name)) return find_name(table, is);
  return NULL;
}

const char *param_synonyms(const Param *table, const Param *p, Arena *a) {
  const Param *end = table;
  Str s = {0};
  Sv synonym, is;
  while (end->name) end++;
  for (const char *text = end->doc; next_synonym(&text, &synonym, &is);)
    if (sv_is(is, p->name)) str_addf(&s, "%s" SV_FMT, s.n ? ", " : "", SV_ARG(synonym));
  if (s.n) return take_text(&s, a);
  str_fini(&s);
  return NULL;
}

static bool is_list_of(const Param *p, const char *what) {
  return p->type == PARAM_NAMES && p->choices && strcmp(p->choices, what) == 0;
}

bool param_is_numbers(const Param *p) { return is_list_of(p, "numbers"); }
bool param_is_weights(const Param *p) { return is_list_of(p, "weights"); }
bool param_is_pairs(const Param *p) { return is_list_of(p, "pairs"); }
bool param_is_orders(const Param *p) { return is_list_of(p, "orders"); }

ErrCode param_unknown(const Param *table, const char *owner, Sv name, Err *err) {
  Sv names[64] = {{0}};
  int64_t n = 0;
  for (const Param *p = table; p->name && n < 64; p++) names[n++] = sv(p->name);
  char hint[300];
  near_hint(hint, sizeof hint, name, names, n);
  if (n == 0) return err_set(err, ERR_NAME, "%s takes no options, '" SV_FMT "' was given", owner, SV_ARG(name));
  return err_set(err, ERR_NAME, "%s has no option '" SV_FMT "'%s", owner, SV_ARG(name), hint);
}

const char *param_describe(const Param *p, Arena *a) {
  char lo[NUMFMT_MAX], hi[NUMFMT_MAX];
  fmt_shortest(lo, sizeof lo, p->lo);
  fmt_shortest(hi, sizeof hi, p->hi);
  bool below = p->lo == -PARAM_INF, above = p->hi == PARAM_INF;
  const char *noun = p->type == PARAM_INT ? "a whole number" : "a number";
  switch (p->type) {
  case PARAM_BOOL: return "true or false";
  case PARAM_INT:
  case PARAM_REAL:
    if (below && above) return noun;
    if (above) return arena_printf(a, "%s of at least %s", noun, lo);
    if (below) return arena_printf(a, "%s of at most %s", noun, hi);
    return arena_printf(a, "%s from %s to %s", noun, lo, hi);
  case PARAM_TEXT: return "a string";
  case PARAM_NAMES:
    if (param_is_weights(p)) return "\"balanced\", or a table of names and positive numbers, such as {yes=5, no=1}";
    if (param_is_orders(p)) return "a list of words, or such a list for each name, as in {size={\"S\", \"M\"}}";
    if (param_is_pairs(p)) return "a table from texts to texts, as in {[\"from\"] = \"to\"}";
    return param_is_numbers(p) ? "a list of numbers" : "a name or a list of names";
  case PARAM_CHOICE: {
    Str s = {0};
    for (const char *c = p->choices;;) {
      size_t n = strcspn(c, "|");
      bool last = !c[n];
      str_addf(&s, "%s\"%.*s\"", s.n == 0 ? "" : last ? " or " : ", ", (int)n, c);
      if (last) break;
      c += n + 1;
    }
    return take_text(&s, a);
  }
  case PARAM_VALUE: return arena_printf(a, "a %s", p->choices);
  }
  return "";
}

static ErrCode wrong(const Param *p, const char *owner, const char *given, Err *err) {
  Arena a;
  arena_init(&a);
  const char *fits = param_describe(p, &a);
  ErrCode code = err_set(err, ERR_ARG, "%s: %s must be %s, %s was given", owner, p->name, fits, given);
  arena_fini(&a);
  return code;
}

static ErrCode wrong_text(const Param *p, const char *owner, const char *given, Err *err) {
  Str quoted = {0};
  Sv all = sv(given), shown = {given, utf8_fit(all, 60)};
  add_quoted(&quoted, shown);
  if (shown.n < all.n) str_add(&quoted, "...");
  ErrCode code = wrong(p, owner, str_c(&quoted), err);
  str_fini(&quoted);
  return code;
}

ErrCode param_set_bool(const Param *p, const char *owner, void *opts, bool v, Err *err) {
  if (p->type != PARAM_BOOL) return wrong(p, owner, v ? "true" : "false", err);
  *(bool *)field(p, opts) = v;
  return OK;
}

ErrCode param_set_real(const Param *p, const char *owner, void *opts, double v, Err *err) {
  char given[NUMFMT_MAX];
  fmt_shortest(given, sizeof given, v);
  bool whole = v >= -0x1p63 && v < 0x1p63 && v == floor(v);
  if (p->type == PARAM_INT && whole) return param_set_int(p, owner, opts, (int64_t)v, err);
  if (p->type != PARAM_REAL || !(v >= p->lo && v <= p->hi)) return wrong(p, owner, given, err);
  *(double *)field(p, opts) = v;
  return OK;
}

ErrCode param_set_int(const Param *p, const char *owner, void *opts, int64_t v, Err *err) {
  if (p->type == PARAM_REAL) return param_set_real(p, owner, opts, (double)v, err);
  char given[32];
  fmt_i64(given, sizeof given, v, false);
  if (p->type != PARAM_INT || (double)v < p->lo || (double)v > p->hi) return wrong(p, owner, given, err);
  *(int64_t *)field(p, opts) = v;
  return OK;
}

ErrCode param_set_text(const Param *p, const char *owner, void *opts, const char *v, Err *err) {
  if (p->type == PARAM_TEXT) {
    *(const char **)field(p, opts) = v;
    return OK;
  }
  int i = p->type == PARAM_CHOICE ? choice_index(p->choices, sv(v)) : -1;
  if (i < 0) return wrong_text(p, owner, v, err);
  *(int *)field(p, opts) = i;
  return OK;
}

void param_set_names(const Param *p, void *opts, Names v) { *(Names *)field(p, opts) = v; }
void param_set_value(const Param *p, void *opts, int place) { *(int *)field(p, opts) = place; }

static const char *print_names(const Names *v, bool numbers, Arena *a) {
  Str s = {0};
  str_addc(&s, '{');
  for (int64_t i = 0; i < v->n; i++) {
    if (i) str_add(&s, ", ");
    if (numbers) str_add(&s, v->name[i]);
    else add_quoted(&s, sv(v->name[i]));
  }
  str_addc(&s, '}');
  return take_text(&s, a);
}

static bool is_word(Sv name) { // of Lua, and none of its own
  static const char *const own[] = {"and",   "break", "do",  "else", "elseif", "end",    "false", "for",
                                    "function", "goto", "if", "in",  "local",  "nil",    "not",   "or",
                                    "repeat", "return", "then", "true", "until", "while"};
  for (size_t k = 0; k < sizeof own / sizeof *own; k++)
    if (sv_is(name, own[k])) return false;
  for (size_t i = 0; i < name.n; i++) {
    char c = name.s[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (!letter && (i == 0 || c < '0' || c > '9')) return false;
  }
  return name.n > 0;
}

// {no=1, ["not yet"]=2.5}; of texts {no="n"}
static void add_pairs(Str *s, const Names *v, bool texts) {
  str_addc(s, '{');
  for (int64_t i = 0; i + 1 < v->n; i += 2) {
    Sv name = sv(v->name[i]);
    if (i) str_add(s, ", ");
    if (is_word(name)) {
      str_add(s, v->name[i]);
    } else {
      str_addc(s, '[');
      add_quoted(s, name);
      str_addc(s, ']');
    }
    str_addc(s, '=');
    if (texts) add_quoted(s, sv(v->name[i + 1]));
    else str_add(s, v->name[i + 1]);
  }
  str_addc(s, '}');
}

static const char *print_table(const Param *p, const Names *v, Arena *a) {
  Str s = {0};
  if (param_is_weights(p) && v->n == 1) add_quoted(&s, sv(v->name[0]));
  else add_pairs(&s, v, param_is_pairs(p));
  return take_text(&s, a);
}

static const char *print_text(const char *v, Arena *a) {
  Str s = {0};
  if (!v) return "nil";
  add_quoted(&s, sv(v));
  return take_text(&s, a);
}

static const char *print_real(double v, Arena *a) {
  char num[NUMFMT_MAX];
  if (isinf(v)) return v > 0 ? "math.huge" : "-math.huge";
  fmt_shortest(num, sizeof num, v);
  return arena_strdup(a, num);
}

const char *param_print(const Param *p, const void *opts, Arena *a) {
  const void *f = (const char *)opts + p->offset;
  switch (p->type) {
  case PARAM_BOOL: return *(const bool *)f ? "true" : "false";
  case PARAM_INT: return arena_printf(a, "%lld", (long long)*(const int64_t *)f);
  case PARAM_REAL: return print_real(*(const double *)f, a);
  case PARAM_TEXT: return print_text(*(const char *const *)f, a);
  case PARAM_NAMES:
    if (param_is_weights(p) || param_is_pairs(p)) return print_table(p, f, a);
    return print_names(f, param_is_numbers(p), a);
  case PARAM_CHOICE: return arena_printf(a, "\"" SV_FMT "\"", SV_ARG(choice_word(p->choices, *(const int *)f)));
  case PARAM_VALUE: return "...";
  }
  return "";
}

void param_copy(const Param *table, const void *from, void *to, Arena *a) {
  for (const Param *p = table; p->name; p++) {
    const void *f = (const char *)from + p->offset;
    void *t = field(p, to);
    switch (p->type) {
    case PARAM_BOOL: *(bool *)t = *(const bool *)f; break;
    case PARAM_INT: *(int64_t *)t = *(const int64_t *)f; break;
    case PARAM_REAL: *(double *)t = *(const double *)f; break;
    case PARAM_CHOICE: *(int *)t = *(const int *)f; break;
    case PARAM_VALUE: *(int *)t = 0; break;
    case PARAM_TEXT: {
      const char *text = *(const char *const *)f;
      *(const char **)t = text ? arena_strdup(a, text) : NULL;
      break;
    }
    case PARAM_NAMES: {
      const Names *names = f;
      Names copy = {arena_array(a, const char *, names->n), names->n};
      for (int64_t i = 0; i < names->n; i++) copy.name[i] = arena_strdup(a, names->name[i]);
      *(Names *)t = copy;
    }
    }
  }
}

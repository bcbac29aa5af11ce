// Completion at a place in a text, from a snapshot of the globals and the tables of functions: never runs Lua, so that
// it answers while a cell runs. The tokens before the place decide: after `d:` the verbs of d's class, after `d.` its
// columns, in a string of a call on d its columns, in the braces of a call its options, otherwise names.
#include "bind/form_int.h"

#include "base/near.h"
#include "base/numfmt.h"
#include "note/note.h"

enum { MOST_TOKENS = 4096 };

typedef struct Place {
  const HostSnapshot *s;
  Sv text;
  Token token[MOST_TOKENS]; // without space and comments, before the word being typed
  int n;
  Sv word; // typed so far
  size_t from;
  bool in_string;
  HostCandidateFn each;
  void *ctx;
  int offered;
} Place;

static Sv token_text(const Place *p, int k) {
  return k >= 0 ? (Sv){p->text.s + p->token[k].offset, p->token[k].length} : (Sv){"", 0};
}

static void offer(Place *p, const char *text, const char *kind, const char *doc) {
  bool fits = strlen(text) >= p->word.n && memcmp(text, p->word.s, p->word.n) == 0;
  if (fits) p->each(p->ctx, text, kind, doc ? doc : ""), p->offered++;
}

// ---- finding the place ---------------------------------------------------------------------------------------------
static void read_tokens(Place *p, size_t at) {
  Lexer lexer;
  lexer_init(&lexer, (Sv){p->text.s, at});
  p->word = (Sv){p->text.s + at, 0}, p->from = at;
  for (Token t; lexer_next(&lexer, &t);) {
    bool last = t.offset + t.length == at, name = t.kind == TOKEN_NAME || t.kind == TOKEN_KEYWORD;
    if (last && t.kind == TOKEN_STRING && t.unfinished) p->in_string = true, t.offset++, t.length--;
    else if (!(last && name)) {
      if (t.kind == TOKEN_SPACE || t.kind == TOKEN_COMMENT) continue;
      if (p->n == MOST_TOKENS) memmove(p->token, p->token + 1, sizeof *p->token * (size_t)--p->n);
      p->token[p->n++] = t;
      continue;
    }
    p->from = t.offset;
    p->word = (Sv){p->text.s + t.offset, t.length};
  }
}

// The name before the innermost open bracket that has one: of split in `d:split{`, of head in `d:head(3, {`; or -1.
static int open_call(const Place *p) {
  int depth = 0;
  for (int k = p->n - 1; k > 0; k--) {
    char c = token_text(p, k).s[0];
    if (p->token[k].kind != TOKEN_OP) continue;
    if (c == ')' || c == '}' || c == ']') depth++;
    else if (c != '(' && c != '{' && c != '[') continue;
    else if (depth > 0) depth--;
    else if (p->token[k - 1].kind == TOKEN_NAME) return k - 1;
  }
  return -1;
}

static const HostObject *object_before(const Place *p, int k) {
  return k >= 0 && p->token[k].kind == TOKEN_NAME ? snapshot_find(p->s, token_text(p, k)) : NULL;
}

// ---- what fits -----------------------------------------------------------------------------------------------------
static void offer_rows(Place *p, const BindFn *rows, const char *kind) {
  for (const BindFn *f = rows; f->name; f++) offer(p, f->name, kind, f->summary);
}

static void offer_columns(Place *p, const Frame *f) {
  for (int j = 0; f && j < frame_ncol(f); j++)
    offer(p, frame_name(f, j), "column", COLTYPES[frame_at(f, j)->type].name);
}

// What an option takes, in a word: "int 0..64", "mean|median".
static const char *range_of(const Param *t, Arena *a) {
  static const char *const KIND[] = {"bool", "int", "real", "text", "names"};
  char lo[NUMFMT_MAX] = "", hi[NUMFMT_MAX] = "";
  if (t->type == PARAM_CHOICE || t->type == PARAM_VALUE) return t->choices;
  bool number = t->type == PARAM_INT || t->type == PARAM_REAL;
  if (number && t->lo != -PARAM_INF) fmt_shortest(lo, sizeof lo, t->lo);
  if (number && t->hi != PARAM_INF) fmt_shortest(hi, sizeof hi, t->hi);
  return *lo || *hi ? arena_printf(a, "%s %s..%s", KIND[t->type], lo, hi) : KIND[t->type];
}

// Each of "a, b".
static void offer_each(Place *p, const char *names, const char *kind, const char *doc, Arena *a) {
  for (const char *s = names; *s; s += strspn(s, ", ")) {
    size_t n = strcspn(s, ",");
    offer(p, arena_strndup(a, s, n), kind, doc);
    s += n;
  }
}

static void offer_params(Place *p, const Param *t) {
  Arena a;
  arena_init(&a);
  const Param *table = t;
  for (; t && t->name; t++) {
    const char *also = param_synonyms(table, t, &a);
    const char *doc = also ? arena_printf(&a, "%s; also %s", t->doc, also) : t->doc;
    const char *kind = arena_printf(&a, "%s\t%s", t->dflt ? t->dflt : "", range_of(t, &a));
    offer(p, t->name, kind, doc);
    if (also && p->word.n) offer_each(p, also, kind, t->doc, &a);
  }
  arena_fini(&a);
}

static void offer_steps(Place *p) {
  for (const StepType *const *t = prep_steps(); *t; t++) offer(p, (*t)->name, "step", (*t)->summary);
}

static void offer_models(Place *p) {
  for (const ModelType *const *t = model_types(); *t; t++) offer(p, (*t)->name, "model", (*t)->summary);
}

static void offer_tests(Place *p) {
  for (const TestType *const *t = test_types(); *t; t++) offer(p, (*t)->name, "test", (*t)->summary);
  offer_rows(p, STATS_ROWS, "function");
}

static void offer_member(void *p, const char *name, const char *kind, const char *doc) { offer(p, name, kind, doc); }

static void offer_verbs(Place *p, const Class *k) {
  for (const Family *f = FAMILIES; f->prefix; f++)
    if (f->k == k) offer_rows(p, family_rows(f), "verb");
  for (const ChartType *const *t = chart_types(); k == &CLASS_FRAME && *t; t++)
    offer(p, (*t)->name, "chart", (*t)->summary);
}

static void offer_names(Place *p) {
  static const char *const words[] = {"and",      "break",  "do",   "else", "elseif", "end",  "false", "for",
                                      "function", "goto",   "if",   "in",   "local",  "nil",  "not",   "or",
                                      "repeat",   "return", "then", "true", "until",  "while"};
  for (int64_t k = 0; p->s && k < p->s->n; k++) offer(p, p->s->item[k].name, p->s->item[k].kind, "");
  for (const Family *f = FAMILIES; f->prefix; f++)
    if (!*f->prefix) offer_rows(p, family_rows(f), "function");
  offer(p, "ml", "models", "ml.logistic{l2=1}");
  offer(p, "prep", "steps", "prep.impute{with=\"median\"}");
  offer(p, "stats", "tests", "stats.welch(d, \"age ~ sex\")");
  offer(p, "explain", "models", "explain.shap(m, test)");
  for (size_t k = 0; k < sizeof words / sizeof *words; k++) offer(p, words[k], "keyword", "");
}

// The call of the name at token `call`.
static bool form_of_call(const Place *p, int call, Arena *a, HostForm *out) {
  static const char *const tables[] = {"ml", "prep", "stats", "explain"};
  Sv name = token_text(p, call), mark = token_text(p, call - 1), of = token_text(p, call - 2);
  if (sv_is(mark, ":")) {
    const HostObject *o = object_before(p, call - 2);
    return (!o || o->k) && form_find_verb(o ? o->k : NULL, name, a, out);
  }
  if (!sv_is(mark, ".")) return form_find("", name, a, out);
  for (size_t k = 0; k < sizeof tables / sizeof *tables; k++)
    if (sv_is(of, tables[k])) return form_find(arena_printf(a, "%s.", tables[k]), name, a, out);
  return false;
}

static void offer_options(Place *p, int call) {
  Arena a;
  HostForm form;
  arena_init(&a);
  if (form_of_call(p, call, &a, &form)) offer_params(p, form.params);
  arena_fini(&a);
}

// ---- the place in a call -------------------------------------------------------------------------------------------
enum { MOST_NESTING = 32 };
typedef struct Level { // inside of a bracket
  int items, named;    // commas so far, and how many of the items before them have a name
  int option;          // token of the name of this item, -1 = none
  bool table;
} Level;

// The brackets that are open between the name of the call and the place; how many.
static int read_levels(const Place *p, int call, Level level[MOST_NESTING]) {
  int n = 0;
  for (int k = call + 1; k < p->n; k++) {
    char c = token_text(p, k).s[0];
    if (p->token[k].kind != TOKEN_OP) continue;
    if (c == '(' || c == '{' || c == '[') {
      if (n == MOST_NESTING) return n;
      level[n++] = (Level){.option = -1, .table = c == '{'};
    } else if (c == ')' || c == '}' || c == ']') {
      if (n > 0) n--;
    } else if (n > 0 && sv_is(token_text(p, k), "=") && p->token[k - 1].kind == TOKEN_NAME) {
      level[n - 1].option = k - 1;
    } else if (n > 0 && c == ',') {
      Level *l = &level[n - 1];
      l->items++, l->named += l->option >= 0, l->option = -1;
    }
  }
  return n;
}

static int param_place(const Param *t, Sv name) {
  const Param *p = t ? param_find(t, name) : NULL;
  return p ? (int)(p - t) : -1;
}

static int position_of(const Place *p, int call, const HostForm *f) {
  Level level[MOST_NESTING];
  int n = read_levels(p, call, level);
  for (int k = n - 1; k >= 0; k--) {
    int at = level[k].option >= 0 ? param_place(f->params, token_text(p, level[k].option)) : -1;
    if (at >= 0) return at;
  }
  if (n == 0 || level[0].option >= 0) return -1;
  int at = level[0].items - level[0].named;
  bool options = n > 1 && !level[0].table && level[1].table && level[0].items > 0; // f(a, {
  if (at >= f->npos && f->rest) at = f->npos - 1;
  return options || at >= f->npos ? -1 : at;
}

// Calls inside of others: the innermost one that is known.
bool host_form_at(const HostSnapshot *s, Sv text, size_t at, Arena *a, HostForm *out, int *position) {
  Place p = {.s = s, .text = text};
  read_tokens(&p, at);
  for (int call = open_call(&p); call >= 0; call = open_call(&p)) {
    int n = p.n;
    if (form_of_call(&p, call, a, out)) return *position = position_of(&p, call, out), true;
    p.n = call < n ? call : 0; // outside of that one
  }
  return false;
}

// ---- in a string ---------------------------------------------------------------------------------------------------
// The option whose value the string is; NULL: none. A string right behind a name is the first of its call.
static const Param *param_at(const Place *p, size_t at, Arena *a) {
  HostForm f;
  int position = -1;
  bool bare = p->n && p->token[p->n - 1].kind == TOKEN_NAME;
  if (bare) position = form_of_call(p, p->n - 1, a, &f) && f.npos ? 0 : -1;
  else if (!host_form_at(p->s, p->text, at, a, &f, &position)) return NULL;
  return position >= 0 && f.params ? &f.params[position] : NULL;
}

static void offer_choices(Place *p, const Param *t, Arena *a) {
  for (const char *c = t->choices; *c; c += strcspn(c, "|"), c += *c == '|')
    offer(p, arena_strndup(a, c, strcspn(c, "|")), "choice", t->doc);
}

// The frame that the call is about: what its verb is of, else the first among what was given so far.
static const Frame *frame_at_call(const Place *p, int call) {
  int name = call >= 0 ? call : p->n - 1; // d:select{"..." or d:hist"..."
  const HostObject *of = sv_is(token_text(p, name - 1), ":") ? object_before(p, name - 2) : NULL;
  for (int k = name + 1; k < p->n && !(of && of->frame); k++) of = object_before(p, k);
  return of ? of->frame : NULL;
}

static bool has_column(const HostSnapshot *s, int64_t before, const char *name) {
  for (int64_t k = 0; k < before; k++)
    if (s->item[k].frame && frame_find(s->item[k].frame, sv(name)) >= 0) return true;
  return false;
}

static void offer_all_columns(Place *p) {
  for (int64_t k = 0; p->s && k < p->s->n; k++) {
    const Frame *f = p->s->item[k].frame;
    for (int j = 0; f && j < frame_ncol(f); j++)
      if (!has_column(p->s, k, frame_name(f, j)))
        offer(p, frame_name(f, j), "column", COLTYPES[frame_at(f, j)->type].name);
  }
}

static bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

// A name may have blanks, so the whole string is tried first; of an expression the last word counts.
static void offer_in_string(Place *p, int call, size_t at) {
  Arena a;
  arena_init(&a);
  const Param *t = param_at(p, at, &a);
  const Frame *f = frame_at_call(p, call);
  for (int step = 0; step < 2 && !p->offered; step++) {
    size_t n = p->word.n, begin = n;
    while (step && begin > 0 && is_name_byte(p->word.s[begin - 1])) begin--;
    if (step) p->from += begin, p->word = (Sv){p->word.s + begin, n - begin};
    if (t && t->type == PARAM_CHOICE) offer_choices(p, t, &a);
    else if (f) offer_columns(p, f);
    else if (call >= 0) offer_all_columns(p);
  }
  arena_fini(&a);
}

bool host_path_at(const HostSnapshot *s, Sv text, size_t at, size_t *from) {
  Place p = {.s = s, .text = text};
  Arena a;
  arena_init(&a);
  read_tokens(&p, at);
  const Param *t = p.in_string ? param_at(&p, at, &a) : NULL;
  bool path = t && strcmp(t->name, "path") == 0;
  arena_fini(&a);
  *from = p.from;
  return path;
}

// ---- all ----------------------------------------------------------------------------------------------------------
size_t host_complete(const HostSnapshot *s, Sv text, size_t at, HostCandidateFn each, void *ctx) {
  Place p = {.s = s, .text = text, .each = each, .ctx = ctx};
  read_tokens(&p, at);
  int call = open_call(&p), last = p.n - 1;
  Sv mark = token_text(&p, last);
  const HostObject *o = object_before(&p, last - 1);
  bool member = sv_is(mark, ":") || sv_is(mark, ".");
  if (p.in_string) {
    offer_in_string(&p, call, at);
  } else if (member && sv_is(token_text(&p, last - 1), "ml")) {
    offer_models(&p);
  } else if (member && sv_is(token_text(&p, last - 1), "prep")) {
    offer_steps(&p);
  } else if (member && sv_is(token_text(&p, last - 1), "stats")) {
    offer_tests(&p);
  } else if (member && sv_is(token_text(&p, last - 1), "explain")) {
    offer_rows(&p, EXPLAIN_MODEL_ROWS, "function");
  } else if (member && !o && sv_is(mark, ".") && members_of(token_text(&p, last - 1), NULL, NULL)) {
    members_of(token_text(&p, last - 1), offer_member, &p);
  } else if (member) {
    if (o && o->k && sv_is(mark, ":")) offer_verbs(&p, o->k);
    else if (o) offer_columns(&p, o->frame);
  } else {
    if (call >= 0) offer_options(&p, call);
    offer_names(&p);
  }
  return p.from;
}

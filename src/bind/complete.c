// Completion at a place in a text, from a snapshot of the globals and the tables of functions: never runs Lua, so that
// it answers while a cell runs. The tokens before the place decide: after `d:` the verbs of d's class, after `d.` its
// columns, in a string of a call on d its columns, in the braces of a call its options, otherwise names.
#include "bind/form_int.h"

#include "base/near.h"
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
} Place;

static Sv token_text(const Place *p, int k) {
  return k >= 0 ? (Sv){p->text.s + p->token[k].offset, p->token[k].length} : (Sv){"", 0};
}

static void offer(const Place *p, const char *text, const char *kind, const char *doc) {
  bool fits = strlen(text) >= p->word.n && memcmp(text, p->word.s, p->word.n) == 0;
  if (fits) p->each(p->ctx, text, kind, doc ? doc : "");
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
static void offer_rows(const Place *p, const BindFn *rows, const char *kind) {
  for (const BindFn *f = rows; f->name; f++) offer(p, f->name, kind, f->summary);
}

static void offer_columns(const Place *p, const Frame *f) {
  for (int j = 0; f && j < frame_ncol(f); j++)
    offer(p, frame_name(f, j), "column", COLTYPES[frame_at(f, j)->type].name);
}

static void offer_params(const Place *p, const Param *t) {
  for (; t && t->name; t++) offer(p, t->name, "option", t->doc);
}

static void offer_steps(const Place *p) {
  for (const StepType *const *t = prep_steps(); *t; t++) offer(p, (*t)->name, "step", (*t)->summary);
}

static void offer_models(const Place *p) {
  for (const ModelType *const *t = model_types(); *t; t++) offer(p, (*t)->name, "model", (*t)->summary);
}

static void offer_tests(const Place *p) {
  for (const TestType *const *t = test_types(); *t; t++) offer(p, (*t)->name, "test", (*t)->summary);
  offer_rows(p, STATS_ROWS, "function");
}

static void offer_verbs(const Place *p, const Class *k) {
  for (const Family *f = FAMILIES; f->prefix; f++)
    if (f->k == k) offer_rows(p, family_rows(f), "verb");
  for (const ChartType *const *t = chart_types(); k == &CLASS_FRAME && *t; t++)
    offer(p, (*t)->name, "chart", (*t)->summary);
}

static void offer_names(const Place *p) {
  static const char *const words[] = {"and",      "break",  "do",   "else", "elseif", "end",  "false", "for",
                                      "function", "goto",   "if",   "in",   "local",  "nil",  "not",   "or",
                                      "repeat",   "return", "then", "true", "until",  "while"};
  for (int64_t k = 0; p->s && k < p->s->n; k++) offer(p, p->s->item[k].name, p->s->item[k].kind, "");
  for (const Family *f = FAMILIES; f->prefix; f++)
    if (!*f->prefix) offer_rows(p, family_rows(f), "function");
  offer(p, "ml", "models", "ml.logistic{l2=1}");
  offer(p, "prep", "steps", "prep.impute{with=\"median\"}");
  offer(p, "stats", "tests", "stats.welch(d, \"age ~ sex\")");
  for (size_t k = 0; k < sizeof words / sizeof *words; k++) offer(p, words[k], "keyword", "");
}

// The call of the name at token `call`.
static bool form_of_call(const Place *p, int call, Arena *a, HostForm *out) {
  static const char *const tables[] = {"ml", "prep", "stats"};
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

static void offer_options(const Place *p, int call) {
  Arena a;
  HostForm form;
  arena_init(&a);
  if (form_of_call(p, call, &a, &form)) offer_params(p, form.params);
  arena_fini(&a);
}

size_t host_complete(const HostSnapshot *s, Sv text, size_t at, HostCandidateFn each, void *ctx) {
  Place p = {.s = s, .text = text, .each = each, .ctx = ctx};
  read_tokens(&p, at);
  int call = open_call(&p), last = p.n - 1;
  Sv mark = token_text(&p, last);
  const HostObject *o = object_before(&p, last - 1);
  bool member = sv_is(mark, ":") || sv_is(mark, ".");
  if (p.in_string) {
    int name = call >= 0 ? call : last; // d:select{"..." or d:hist"..."
    const HostObject *of = sv_is(token_text(&p, name - 1), ":") ? object_before(&p, name - 2) : NULL;
    if (of) offer_columns(&p, of->frame);
  } else if (member && sv_is(token_text(&p, last - 1), "ml")) {
    offer_models(&p);
  } else if (member && sv_is(token_text(&p, last - 1), "prep")) {
    offer_steps(&p);
  } else if (member && sv_is(token_text(&p, last - 1), "stats")) {
    offer_tests(&p);
  } else if (member) {
    if (o && o->k && sv_is(mark, ":")) offer_verbs(&p, o->k);
    else if (o) offer_columns(&p, o->frame);
  } else {
    if (call >= 0) offer_options(&p, call);
    offer_names(&p);
  }
  return p.from;
}

// ---- the place in a call -------------------------------------------------------------------------------------------
enum { MOST_NESTING = 32 };
typedef struct Level { // inside of a bracket
  int items, named; // commas so far, and how many of the items before them have a name
  int option;       // token of the name of this item, -1 = none
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
  for (int k = 0; t && t[k].name; k++)
    if (sv_is(name, t[k].name)) return k;
  return -1;
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

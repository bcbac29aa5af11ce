// What a table on the screen was made by, read from the notebook: the cell that assigns it says how it is sorted and
// whether rows were filtered. Read from the text and not kept from the keys that were pressed, it stays right through
// undo, edits and files that are opened.
#include "ui/app_int.h"

#include <stdlib.h>

// The tokens of a cell that count, one ahead.
typedef struct Source {
  Lexer lexer;
  Token now;
  bool more;
} Source;

static void step(Source *s) {
  do s->more = lexer_next(&s->lexer, &s->now);
  while (s->more && (s->now.kind == TOKEN_SPACE || s->now.kind == TOKEN_COMMENT));
}

static void begin(Source *s, Sv text) {
  lexer_init(&s->lexer, text);
  step(s);
}

static Sv word(const Source *s) { return s->more ? (Sv){s->lexer.text.s + s->now.offset, s->now.length} : (Sv){"", 0}; }

// Steps over the word; false: something else stands there.
static bool eat(Source *s, const char *text) {
  if (!s->more || !sv_is(word(s), text)) return false;
  step(s);
  return true;
}

// A quoted string without escapes but of quotes and backslashes; NULL: another form.
static const char *string_of(Sv quoted, Arena *arena) {
  if (quoted.n < 2 || (quoted.s[0] != '"' && quoted.s[0] != '\'')) return NULL;
  char *text = arena_strndup(arena, quoted.s + 1, quoted.n - 2), *to = text;
  for (const char *from = text; *from; from++) {
    if (*from == '\\' && from[1] == 'n') *to++ = '\n', from++;
    else if (*from == '\\' && from[1]) *to++ = *++from;
    else *to++ = *from;
  }
  *to = 0;
  return text;
}

// The cell's last statement is `object = base:verb..`; leaves the source at the first colon. `base` is cut out.
static bool find_chain(Source *s, Sv text, const char *object, Sv *base) {
  size_t length = strlen(object);
  const char *start = NULL;
  for (const char *at = text.s; at && text.n && at + length <= text.s + text.n; at++) { // at the beginning of a line
    if (strncmp(at, object, length) == 0 && strchr(" =", at[length])) start = at;
    at = memchr(at, '\n', text.n - (size_t)(at - text.s));
    if (!at) break;
  }
  if (!start) return false;
  begin(s, (Sv){start, text.n - (size_t)(start - text.s)});
  if (!eat(s, object) || !eat(s, "=")) return false;
  *base = word(s);
  step(s);
  return s->more && sv_is(word(s), ":");
}

// The newest code cell above cell `limit` that assigns the object, and its index; of a table without a name its own
// cell, from the table's name on. -1 = none.
static int64_t find_cell(const App *a, const char *object, int64_t limit, Source *s, Sv *base) {
  if (!object) return -1;
  if (*object == '#') {
    int64_t i = doc_find(&a->doc, atoll(object + 1));
    const Cell *cell = i < 0 ? NULL : &a->doc.note.cell[i];
    if (!cell || memchr(str_c(&cell->text), '\n', cell->text.n)) return -1;
    begin(s, (Sv){str_c(&cell->text), cell->text.n});
    *base = word(s);
    bool name = s->more && s->now.kind == TOKEN_NAME;
    step(s);
    return name && s->more && sv_is(word(s), ":") ? i : -1;
  }
  for (int64_t i = limit - 1; i >= 0; i--) {
    const Cell *cell = &a->doc.note.cell[i];
    if (cell->kind == NOTE_CODE && find_chain(s, (Sv){str_c(&cell->text), cell->text.n}, object, base)) return i;
  }
  return -1;
}

static void skip_arguments(Source *s) {
  int depth = 0;
  do {
    Sv w = word(s);
    bool open = sv_is(w, "{") || sv_is(w, "("), close = sv_is(w, "}") || sv_is(w, ")");
    depth += open - close;
    step(s);
  } while (s->more && depth > 0);
}

static void read_keys(Sheet *sheet, Source *s) {
  const char *key[64];
  int n = 0;
  if (!eat(s, "{") && !eat(s, "(")) {
    if ((key[0] = string_of(word(s), &sheet->arena))) n = 1;
    step(s);
  } else {
    for (; s->more && !sv_is(word(s), "}") && !sv_is(word(s), ")"); step(s))
      if (n < 64 && s->now.kind == TOKEN_STRING && (key[n] = string_of(word(s), &sheet->arena))) n++;
    step(s);
  }
  sheet->key = arena_array(&sheet->arena, const char *, n + 1);
  memcpy(sheet->key, key, (size_t)n * sizeof *key);
  sheet->nkey = n;
}

static int64_t rows_of(const App *a, Sv name) {
  for (int64_t i = 0; a->objects.kind == MSG_OBJECTS && i < a->objects.Objects.n; i++)
    if (sv_is(name, a->objects.Objects.item[i].name)) return a->objects.Objects.item[i].nrow;
  return 0;
}

// ---- chains of verbs ----------------------------------------------------------------------------------------------
enum { DEEPEST = 32 };
typedef struct Walk { // from the first table to the one that shows, through every chain between
  const App *a;
  Sheet *sheet; // gets keys and filter; NULL = only the verbs are wanted
  Str *verbs;   // those that hide no columns; NULL = not wanted
  char *root;   // the first table
  bool hidden;
} Walk;

static bool among(Sv verb, const char *const *names) {
  for (; *names; names++)
    if (sv_is(verb, *names)) return true;
  return false;
}

static const char *const SAME_ROWS[] = {"drop", "select", "derive", "cast", "order", "rename", NULL};
static const char *const FEWER_ROWS[] = {"where", "dropna", NULL};

static void take_verb(Walk *w, Source *s, Sv verb, Sv base, bool own) {
  Sheet *sheet = w->sheet;
  if (!sheet) {
    skip_arguments(s);
  } else if (sv_is(verb, "sort")) {
    read_keys(sheet, s);
  } else {
    bool filters = among(verb, FEWER_ROWS);
    if (filters && !sheet->filtered && !own) sheet->filtered = true, sheet->all_rows = rows_of(w->a, base);
    if (!filters && !among(verb, SAME_ROWS)) sheet->nkey = 0, sheet->filtered = false;
    skip_arguments(s);
  }
}

static void walk(Walk *w, const char *object, int64_t limit, int depth) {
  static const char *const hiding[] = {"drop", "select", NULL};
  Source s;
  Sv base = {"", 0};
  int64_t i = depth < DEEPEST ? find_cell(w->a, object, limit, &s, &base) : -1;
  if (i < 0) {
    free(w->root);
    w->root = strdup(object);
    return;
  }
  char *name = strndup(base.s, base.n);
  bool own = strcmp(name, object) == 0; // d = d:where: the whole d is no more
  if (own) free(w->root), w->root = strdup(object);
  else walk(w, name, i, depth + 1);
  free(name);
  while (s.more && sv_is(word(&s), ":")) {
    const char *from = word(&s).s;
    step(&s);
    Sv verb = word(&s);
    step(&s);
    take_verb(w, &s, verb, base, own);
    const char *end = s.more ? word(&s).s : s.lexer.text.s + s.lexer.text.n;
    bool hides = among(verb, hiding);
    w->hidden = w->hidden || (hides && !own);
    Sv text = sv_trim((Sv){from, (size_t)(end - from)});
    if (w->verbs && !hides && !own) str_addn(w->verbs, text.s, text.n);
  }
}

void sheet_read_source(App *a) {
  Sheet *sheet = &a->sheet;
  Walk w = {.a = a, .sheet = sheet};
  arena_fini(&sheet->arena);
  arena_init(&sheet->arena);
  sheet->key = NULL, sheet->nkey = 0, sheet->filtered = false, sheet->all_rows = 0;
  if (sheet->object) walk(&w, sheet->object, a->doc.note.n, 0);
  free(w.root);
}

bool sheet_unhidden(const App *a, char **base, Str *verbs) {
  Walk w = {.a = a, .verbs = verbs};
  if (a->sheet.object) walk(&w, a->sheet.object, a->doc.note.n, 0);
  *base = w.root;
  return w.hidden;
}

// A view of a table without a name begins with the expression that made it.
static bool is_view_of_cell(const App *a, const char *object, Sv base, const char *from) {
  int64_t i = doc_find(&a->doc, atoll(from + 1));
  const char *made = i < 0 ? "" : doc_text(&a->doc, i);
  return *object != '#' && *made && strncmp(base.s, made, strlen(made)) == 0;
}

bool sheet_is_view(const App *a, const char *object, const char *from) {
  Source s;
  Sv base = {"", 0};
  bool rows = true; // no verb makes other rows of them
  if (find_cell(a, object, a->doc.note.n, &s, &base) < 0) return false;
  while (*from != '#' && rows && eat(&s, ":")) {
    Sv verb = word(&s);
    step(&s);
    rows = among(verb, FEWER_ROWS) || among(verb, SAME_ROWS) || sv_is(verb, "sort");
    skip_arguments(&s);
  }
  if (!rows) return false;
  return *from == '#' ? is_view_of_cell(a, object, base, from) : sv_is(base, from);
}

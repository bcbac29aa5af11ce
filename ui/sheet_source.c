// What a table on the screen was made by, read from the notebook: the cell that assigns it says how it is sorted and
// whether rows were filtered. Read from the text and not kept from the keys that were pressed, it stays right through
// undo, edits and files that are opened.
#include "ui/app_int.h"

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

// The newest code cell that assigns the object.
static bool find_cell(const App *a, const char *object, Source *s, Sv *base) {
  for (int64_t i = a->doc.note.n - 1; object && i >= 0; i--) {
    const Cell *cell = &a->doc.note.cell[i];
    if (cell->kind == NOTE_CODE && find_chain(s, (Sv){str_c(&cell->text), cell->text.n}, object, base)) return true;
  }
  return false;
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

void sheet_read_source(App *a) {
  Sheet *sheet = &a->sheet;
  Source s;
  Sv base = {"", 0};
  arena_fini(&sheet->arena);
  arena_init(&sheet->arena);
  sheet->key = NULL, sheet->nkey = 0, sheet->filtered = false, sheet->all_rows = 0;
  if (!find_cell(a, sheet->object, &s, &base)) return;
  while (eat(&s, ":")) {
    Sv verb = word(&s);
    step(&s);
    bool keeps_order = sv_is(verb, "where") || sv_is(verb, "drop") || sv_is(verb, "derive") || sv_is(verb, "select");
    if (sv_is(verb, "sort")) {
      read_keys(sheet, &s);
      continue;
    }
    if (sv_is(verb, "where")) sheet->filtered = true, sheet->all_rows = rows_of(a, base);
    if (!keeps_order) sheet->nkey = 0, sheet->filtered = false;
    skip_arguments(&s);
  }
}

bool sheet_is_view(const App *a, const char *object, const char *from) {
  Source s;
  Sv base = {"", 0};
  return find_cell(a, object, &s, &base) && sv_is(base, from);
}

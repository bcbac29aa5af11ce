// Recipe text to cells and back, byte for byte.
//
// A cell keeps what its fields cannot say as it stood in the file: the marker line, the blank lines after the text
// (`gap`), and for commented cells the lines themselves (`source`). Printing writes the kept form wherever it still
// says what the fields say, so a file comes back unchanged and an edit changes only the cell that was edited.
// A file whose lines all end in CR LF is handled as LF inside; in a mixed file the CRs stay in the texts.
#include "base/sha256.h"
#include "note/note_int.h"

#include <stdlib.h>

static const char BOM[] = "\xEF\xBB\xBF";

static Sv view(const Str *s) { return (Sv){str_c(s), s->n}; }
static void set(Str *s, Sv text) {
  str_clear(s);
  str_addn(s, text.s, text.n);
}
static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The line that begins at `at`, without its line feed.
static Sv line_at(Sv text, size_t at) {
  const char *end = memchr(text.s + at, '\n', text.n - at);
  return (Sv){text.s + at, end ? (size_t)(end - text.s) - at : text.n - at};
}

// Where the line after `line` begins.
static size_t after(Sv text, Sv line) {
  size_t end = (size_t)(line.s - text.s) + line.n;
  return end < text.n ? end + 1 : end;
}

void note_init(Note *note) { *note = (Note){0}; }

void note_cell_fini(Cell *c) {
  str_fini(&c->text);
  str_fini(&c->marker);
  str_fini(&c->source);
  str_fini(&c->gap);
  arena_fini(&c->arena);
}

static void copy_text(const Str *from, Str *to) {
  if (from->n) str_addn(to, from->s, from->n);
}

void note_cell_copy(const Cell *c, Cell *out) {
  *out = (Cell){.kind = c->kind, .title = "", .line = c->line, .bare = c->bare};
  copy_text(&c->text, &out->text), copy_text(&c->marker, &out->marker);
  copy_text(&c->source, &out->source), copy_text(&c->gap, &out->gap);
  if (*c->title) out->title = arena_strdup(&out->arena, c->title);
  if (c->tags.n) out->tags.name = arena_array(&out->arena, const char *, c->tags.n);
  for (; out->tags.n < c->tags.n; out->tags.n++)
    out->tags.name[out->tags.n] = arena_strdup(&out->arena, c->tags.name[out->tags.n]);
}

bool note_cell_same(const Cell *a, const Cell *b) {
  return a->kind == b->kind && a->bare == b->bare && sv_eq(view(&a->text), view(&b->text)) &&
         sv_eq(view(&a->marker), view(&b->marker)) && sv_eq(view(&a->source), view(&b->source)) &&
         sv_eq(view(&a->gap), view(&b->gap));
}

void note_fini(Note *note) {
  for (int64_t i = 0; i < note->n; i++) note_cell_fini(&note->cell[i]);
  free(note->cell);
  str_fini(&note->head);
  *note = (Note){0};
}

static Cell *cell_at(Note *note, int64_t at) {
  if (note->n == note->cap) {
    note->cap = note->cap ? note->cap * 2 : 16;
    note->cell = realloc(note->cell, (size_t)note->cap * sizeof *note->cell);
    if (!note->cell) abort();
  }
  memmove(note->cell + at + 1, note->cell + at, (size_t)(note->n - at) * sizeof *note->cell);
  note->n++;
  note->cell[at] = (Cell){.title = ""};
  return &note->cell[at];
}

Cell *note_insert(Note *note, int64_t at, NoteKind kind) {
  bool last = at == note->n;
  if (last && at > 0 && note->cell[at - 1].gap.n < 2) set(&note->cell[at - 1].gap, sv("\n\n"));
  Cell *c = cell_at(note, at);
  c->kind = kind;
  set(&c->gap, sv(last ? "\n" : "\n\n"));
  return c;
}

void note_remove(Note *note, int64_t at) {
  note_cell_fini(&note->cell[at]);
  note->n--;
  memmove(note->cell + at, note->cell + at + 1, (size_t)(note->n - at) * sizeof *note->cell);
}

// ---- comment marks of MARKDOWN and RAW ----

// A line that would read as a marker stands with a backslash before its percent signs, which Markdown does not show;
// one that has backslashes there gets one more, so that reading takes away what writing added. Returns where it goes,
// behind the backslashes that are there; line.n: nowhere. `line`: with its comment mark.
static size_t escape_at(Sv line) {
  Marker m;
  size_t at = 2, end;
  while (at < line.n && is_space(line.s[at])) at++;
  for (end = at; end < line.n && line.s[end] == '\\';) end++;
  Str bare = {0};
  str_add(&bare, "--");
  str_addn(&bare, line.s + end, line.n - end);
  bool marker = line.n >= 2 && marker_parse(view(&bare), &m);
  str_fini(&bare);
  return marker ? end : line.n;
}

static void uncomment(Sv source, Str *text) {
  for (size_t at = 0; at < source.n;) {
    Sv line = line_at(source, at);
    at = after(source, line);
    size_t mark = line.n >= 3 && memcmp(line.s, "-- ", 3) == 0 ? 3 : sv_is(line, "--") || sv_is(line, "--\r") ? 2 : 0;
    size_t escape = mark ? escape_at(line) : line.n;
    bool escaped = escape < line.n && line.s[escape - 1] == '\\';
    str_addn(text, line.s + mark, (escaped ? escape - 1 : line.n) - mark);
    if (escaped) str_addn(text, line.s + escape, line.n - escape);
    if (line.s + line.n < source.s + source.n) str_addc(text, '\n');
  }
}

static void comment_line(Sv line, Str *out) {
  size_t begin = out->n;
  str_add(out, line.n ? "-- " : "--");
  str_addn(out, line.s, line.n);
  size_t escape = escape_at((Sv){out->s + begin, out->n - begin}), rest = out->n - begin - escape;
  if (!rest) return;
  out->n -= rest;
  str_addc(out, '\\');
  str_addn(out, line.s + line.n - rest, rest);
}

static void comment(Sv text, Str *out) {
  for (size_t at = 0;;) {
    Sv line = line_at(text, at);
    comment_line(line, out);
    if (line.s + line.n == text.s + text.n) return;
    str_addc(out, '\n');
    at = after(text, line);
  }
}

// ---- parse ----

static void cell_set_body(Cell *c, Sv body) {
  size_t end = body.n;
  while (end && is_space(body.s[end - 1])) end--;
  while (end && end < body.n && body.s[end] != '\n') end++;
  Sv text = {body.s, end};
  set(&c->gap, (Sv){body.s + end, body.n - end});
  if (c->kind == NOTE_CODE) {
    set(&c->text, text);
    return;
  }
  set(&c->source, text);
  uncomment(text, &c->text);
}

static void cell_set_marker(Cell *c, const Marker *m) {
  c->kind = m->kind;
  c->title = arena_strndup(&c->arena, m->title.s, m->title.n);
  c->tags = marker_tags(m->meta, &c->arena);
}

// Reads from `at` to the next marker line, counting lines; returns where that marker begins.
static size_t skip_body(Sv text, size_t at, int64_t *line) {
  Marker m;
  while (at < text.n) {
    Sv here = line_at(text, at);
    if (marker_parse(here, &m)) return at;
    at = after(text, here);
    ++*line;
  }
  return at;
}

static void parse_head(Note *note, Sv text, size_t *at, int64_t *line) {
  if (text.n && text.s[0] == '#') *at = after(text, line_at(text, 0)), *line += 1;
  int64_t first = *line;
  size_t begin = *at, end = skip_body(text, begin, line);
  bool blank = sv_trim((Sv){text.s + begin, end - begin}).n == 0;
  set(&note->head, (Sv){text.s, blank ? end : begin});
  *at = end;
  if (blank) return;
  Cell *c = cell_at(note, note->n);
  c->bare = true;
  c->line = first;
  cell_set_body(c, (Sv){text.s + begin, end - begin});
}

static void parse_cells(Note *note, Sv text) {
  size_t at = 0;
  int64_t line = 1;
  parse_head(note, text, &at, &line);
  while (at < text.n) {
    Marker m;
    Sv marker = line_at(text, at);
    size_t body = after(text, marker);
    marker_parse(marker, &m);
    Cell *c = cell_at(note, note->n);
    cell_set_marker(c, &m);
    set(&c->marker, (Sv){text.s + at, body - at});
    c->line = ++line;
    at = skip_body(text, body, &line);
    cell_set_body(c, (Sv){text.s + body, at - body});
  }
}

static bool has_crlf_only(Sv text) {
  size_t lf = 0, crlf = 0;
  for (size_t i = 0; i < text.n; i++) {
    if (text.s[i] != '\n') continue;
    lf++;
    crlf += i && text.s[i - 1] == '\r';
  }
  return lf && lf == crlf;
}

static void drop_cr(Sv text, Str *out) {
  for (size_t i = 0; i < text.n; i++)
    if (!(text.s[i] == '\r' && i + 1 < text.n && text.s[i + 1] == '\n')) str_addc(out, text.s[i]);
}

ErrCode note_parse(Sv text, Note *note, Err *err) {
  note_init(note);
  int64_t line = 1;
  for (size_t i = 0; i < text.n; i++) {
    if (!text.s[i]) {
      return err_set(err, ERR_PARSE, "line %lld holds a NUL byte: a recipe is a text file of Lua cells",
                     (long long)line);
    }
    line += text.s[i] == '\n';
  }
  if (text.n >= 3 && memcmp(text.s, BOM, 3) == 0) note->bom = true, text.s += 3, text.n -= 3;
  note->crlf = has_crlf_only(text);
  Str lf = {0};
  if (note->crlf) drop_cr(text, &lf);
  parse_cells(note, note->crlf ? view(&lf) : text.s ? text : sv(""));
  str_fini(&lf);
  return OK;
}

// ---- print ----

static void fresh_line(Str *out) {
  if (out->n && out->s[out->n - 1] != '\n') str_addc(out, '\n');
}

static void print_body(const Cell *c, Str *out) {
  Str said = {0};
  uncomment(view(&c->source), &said);
  if (c->kind == NOTE_CODE) str_addn(out, str_c(&c->text), c->text.n);
  else if (sv_eq(view(&said), view(&c->text))) str_addn(out, str_c(&c->source), c->source.n);
  else if (c->text.n) comment(view(&c->text), out);
  str_fini(&said);
}

// Needs no marker line: the text is read as a cell without one. Blanks would be lost, and a # in the first line of the
// file is none of Lua's.
static bool stands_bare(const Cell *c, const Str *before) {
  return c->bare && sv_trim(view(&c->text)).n && !(c->text.s[0] == '#' && !before->n);
}

static void print_cell(const Cell *c, bool first, Str *out) {
  if (!(first && stands_bare(c, out))) {
    fresh_line(out);
    str_addn(out, str_c(&c->marker), c->marker.n);
    if (!c->marker.n) marker_print(&(Marker){.kind = c->kind}, out);
  }
  if (c->text.n || c->source.n) {
    fresh_line(out);
    print_body(c, out);
    if (c->gap.n && c->gap.s[0] != '\n') fresh_line(out);
  }
  str_addn(out, str_c(&c->gap), c->gap.n);
}

static void add_cr(Sv text, Str *out) {
  for (size_t i = 0; i < text.n; i++) {
    if (text.s[i] == '\n') str_addc(out, '\r');
    str_addc(out, text.s[i]);
  }
}

void note_print(const Note *note, Str *out) {
  Str lf = {0};
  str_addn(&lf, str_c(&note->head), note->head.n);
  for (int64_t i = 0; i < note->n; i++) print_cell(&note->cell[i], i == 0, &lf);
  if (note->bom) str_add(out, BOM);
  if (note->crlf) add_cr(view(&lf), out);
  else str_addn(out, str_c(&lf), lf.n);
  str_fini(&lf);
}

void note_set_kind(Cell *c, NoteKind kind) {
  if (kind == c->kind) return;
  Marker m = {0};
  Str was = c->marker;
  if (was.n) marker_parse(line_at(view(&was), 0), &m);
  m.kind = c->kind = kind;
  c->bare = false;
  c->marker = (Str){0};
  str_clear(&c->source);
  marker_print(&m, &c->marker);
  str_fini(&was);
}

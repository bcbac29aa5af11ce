// The cells of the notebook. The texts live in a Note, which prints back what it read byte for byte; beside each of
// its cells stands a DocCell with what the session knows of it. Both arrays change here and in undo.c only, always
// together.
//
// The file is read back one day, and must give the same cells. A text is therefore
// brought into the form that reading gives (LF, no blank lines at its end), parted at marker lines, and a first cell
// keeps standing without a marker only while its text would be read as one.
#include "ui/doc_int.h"

#include "base/sha256.h"

#include <assert.h>
#include <stdlib.h>

void doc_init(Doc *d) {
  *d = (Doc){.kernel_whole = true};
  doc_undo_reset(d);
}

static void cell_fini(DocCell *c) {
  result_unref(c->result);
  result_unref(c->before);
  doc_kept_unref(c->kept);
}

static void cells_fini(Doc *d) {
  for (int64_t i = 0; i < d->n; i++) cell_fini(&d->cell[i]);
  note_fini(&d->note);
  d->n = 0;
}

void doc_fini(Doc *d) {
  cells_fini(d);
  doc_undo_fini(d);
  origins_unref(d->origins);
  free(d->cell);
  free(d->path);
  arena_fini(&d->arena);
  *d = (Doc){0};
}

// A cell beside note.cell[at], which the caller makes.
static DocCell *cell_insert(Doc *d, int64_t at, bool typed) {
  if (d->n == d->cap) {
    d->cap = d->cap ? d->cap * 2 : 16;
    d->cell = realloc(d->cell, (size_t)d->cap * sizeof *d->cell);
    if (!d->cell) abort();
  }
  memmove(d->cell + at + 1, d->cell + at, (size_t)(d->n - at) * sizeof *d->cell);
  d->n++;
  d->cell[at] = (DocCell){.id = ++d->last_id, .typed = typed, .why = ""};
  return &d->cell[at];
}

ErrCode doc_read(Doc *d, Sv text, Err *err) {
  Note note;
  TRY(note_parse(text, &note, err));
  cells_fini(d);
  d->note = note;
  for (int64_t i = 0; i < note.n; i++) cell_insert(d, i, false);
  d->touched = 0;
  d->changes++;
  doc_undo_reset(d);
  return OK;
}

void doc_print(const Doc *d, Str *out) { note_print(&d->note, out); }

void doc_hash(Sv text, char hex[65]) {
  Sha256 h;
  sha256_init(&h);
  sha256_add(&h, text.s, text.n);
  sha256_hex(&h, hex);
}

void doc_saved(Doc *d) {
  Str text = {0};
  doc_print(d, &text);
  doc_hash((Sv){str_c(&text), text.n}, d->saved);
  str_fini(&text);
}

int64_t doc_find(const Doc *d, int64_t id) {
  for (int64_t i = 0; i < d->n; i++)
    if (d->cell[i].id == id) return i;
  return -1;
}

const char *doc_text(const Doc *d, int64_t i) { return str_c(&d->note.cell[i].text); }
NoteKind doc_kind(const Doc *d, int64_t i) { return d->note.cell[i].kind; }

// ---- what every change ends with ----------------------------------------------------------------------------------
static bool starts_with(const Str *s, const char *with) {
  size_t n = strlen(with);
  return s->n >= n && memcmp(s->s, with, n) == 0;
}

static void settle_markers(Note *note) {
  for (int64_t i = 1; i < note->n; i++) note->cell[i].bare = false;
  if (!note->n || !note->cell[0].bare) return;
  const Str *text = &note->cell[0].text;
  bool other = !note->head.n && (starts_with(text, "#") || (!note->bom && starts_with(text, "\xEF\xBB\xBF")));
  if (!text->n || other) note->cell[0].bare = false;
}

static void changed(Doc *d, int64_t i) {
  settle_markers(&d->note);
  for (int64_t k = 0; k < d->n; k++)
    if (k != i) d->cell[k].pending = false;
  if (i >= 0) d->cell[i].judged = 0;
  d->touched = i;
  d->changes++;
  doc_mark_stale(d);
}

// ---- texts --------------------------------------------------------------------------------------------------------
static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static void clean_text(Sv text, Str *out) {
  size_t end = text.n;
  while (end && is_space(text.s[end - 1])) end--;
  while (end && end < text.n && text.s[end] != '\n') end++;
  for (size_t k = 0; k < end; k++) {
    size_t past = k + strspn(text.s + k, "\r"); // carriage returns before a line end belong to it
    if (past > k && (past >= end || text.s[past] == '\n')) k = past;
    if (k < end) str_addc(out, text.s[k]);
  }
}

static void swap(Str *a, Str *b) {
  Str was = *a;
  *a = *b, *b = was;
}

// Gives cell i the text of parts.cell[0] and puts the other parts below it. The last one stands before what followed.
static void put_parts(Doc *d, int64_t i, Note *parts) {
  Str gap = d->note.cell[i].gap;
  d->note.cell[i].gap = (Str){0};
  swap(&d->note.cell[i].text, &parts->cell[0].text);
  if (parts->n > 1) swap(&d->note.cell[i].gap, &parts->cell[0].gap);
  for (int64_t k = parts->n - 1; k > 0; k--) {
    Str between = d->note.cell[i].gap; // an insertion at the end would widen it
    d->note.cell[i].gap = (Str){0};
    Cell *c = note_insert(&d->note, i + 1, parts->cell[k].kind);
    str_fini(&c->gap);
    *c = parts->cell[k];
    str_fini(&d->note.cell[i].gap);
    d->note.cell[i].gap = between;
    cell_insert(d, i + 1, d->cell[i].typed);
  }
  Str *last = &d->note.cell[i + parts->n - 1].gap;
  str_fini(last);
  *last = gap;
  parts->n = 1; // the others have moved
}

// Sets a clean text; returns how many cells it became.
static int64_t put_text(Doc *d, int64_t i, Sv text) {
  Cell *c = &d->note.cell[i];
  if (c->kind != NOTE_CODE) {
    str_clear(&c->text);
    str_addn(&c->text, text.s, text.n);
    return 1;
  }
  Str file = {0};
  Note parts;
  str_add(&file, "-- %%\n");
  str_addn(&file, text.s, text.n);
  ErrCode code = note_parse((Sv){file.s, file.n}, &parts, NULL);
  str_fini(&file);
  assert(code == OK);
  if (code != OK) return 1;
  int64_t n = parts.n;
  put_parts(d, i, &parts);
  note_fini(&parts);
  return n;
}

int64_t doc_set_text(Doc *d, int64_t i, const char *text) {
  assert(i >= 0 && i < d->n);
  int64_t n = 1;
  Str clean = {0};
  clean_text(sv(text), &clean);
  if (strcmp(text, doc_text(d, i)) != 0 && strcmp(str_c(&clean), doc_text(d, i)) != 0) {
    d->cell[i].typed = true;
    n = put_text(d, i, (Sv){str_c(&clean), clean.n});
    if (n > 1) d->cell[i].pending = false;
    changed(d, i);
  }
  str_fini(&clean);
  return n;
}

int64_t doc_insert(Doc *d, int64_t at, NoteKind kind, const char *text) {
  assert(at >= 0 && at <= d->n);
  Str clean = {0};
  clean_text(sv(text), &clean);
  note_insert(&d->note, at, kind);
  int64_t id = cell_insert(d, at, true)->id;
  put_text(d, at, (Sv){str_c(&clean), clean.n});
  str_fini(&clean);
  changed(d, at);
  return id;
}

// ---- places -------------------------------------------------------------------------------------------------------
// What parts cells belongs to places: the file ends as it did.
void doc_remove(Doc *d, int64_t i) {
  assert(i >= 0 && i < d->n);
  if (i > 0 && i == d->n - 1) swap(&d->note.cell[i].gap, &d->note.cell[i - 1].gap);
  note_remove(&d->note, i);
  cell_fini(&d->cell[i]);
  d->n--;
  memmove(d->cell + i, d->cell + i + 1, (size_t)(d->n - i) * sizeof *d->cell);
  changed(d, i < d->n ? i : d->n - 1);
}

static void swap_cells(Doc *d, int64_t i) {
  Cell *a = &d->note.cell[i], *b = a + 1, was = *a;
  *a = *b, *b = was;
  swap(&a->gap, &b->gap);
  DocCell doc = d->cell[i];
  d->cell[i] = d->cell[i + 1], d->cell[i + 1] = doc;
}

void doc_move(Doc *d, int64_t i, int64_t to) {
  assert(i >= 0 && i < d->n && to >= 0 && to < d->n);
  if (i == to) return;
  for (; i < to; i++) swap_cells(d, i);
  for (; i > to; i--) swap_cells(d, i - 1);
  changed(d, to);
}

// ---- kinds, merge, split ------------------------------------------------------------------------------------------
static void drop_results(DocCell *c) {
  result_unref(c->result);
  result_unref(c->before);
  c->result = c->before = NULL;
  c->state = CELL_NEVER, c->why = "";
}

void doc_set_kind(Doc *d, int64_t i, NoteKind kind) {
  assert(i >= 0 && i < d->n);
  Cell *c = &d->note.cell[i];
  if (kind == c->kind) return;
  note_set_kind(c, kind);
  if (kind != NOTE_CODE) drop_results(&d->cell[i]);
  Str text = {0};
  str_addn(&text, str_c(&c->text), c->text.n);
  put_text(d, i, (Sv){str_c(&text), text.n}); // a line may be a marker in the new kind
  str_fini(&text);
  changed(d, i);
}

// The lines of a text cell as Lua comments, none of them a marker.
static void add_comments(Sv text, Str *out) {
  for (size_t at = 0; at < text.n;) {
    const char *end = memchr(text.s + at, '\n', text.n - at);
    Sv line = {text.s + at, end ? (size_t)(end - text.s) - at : text.n - at};
    str_add(out, sv_trim(line).n > 1 && memcmp(sv_trim(line).s, "%%", 2) == 0 ? "-- \\" : "-- ");
    str_addn(out, line.s, line.n);
    if (end) str_addc(out, '\n');
    at += line.n + 1;
  }
}

void doc_merge(Doc *d, int64_t i) {
  if (i + 1 >= d->n) return;
  const Cell *a = &d->note.cell[i], *b = a + 1;
  // A file's code stays a file's code, whatever it is merged with.
  bool typed = (!a->text.n || d->cell[i].typed) && (!b->text.n || d->cell[i + 1].typed);
  Str text = {0};
  str_addn(&text, str_c(&a->text), a->text.n);
  if (a->text.n && b->text.n) str_addc(&text, '\n');
  Sv below = {str_c(&b->text), b->text.n};
  if (a->kind == NOTE_CODE && b->kind != NOTE_CODE) add_comments(below, &text);
  else str_addn(&text, below.s, below.n);
  doc_remove(d, i + 1);
  doc_set_text(d, i, str_c(&text));
  d->cell[i].typed = typed;
  str_fini(&text);
}

void doc_split(Doc *d, int64_t i, size_t at) {
  assert(i >= 0 && i < d->n && at <= d->note.cell[i].text.n);
  bool typed = d->cell[i].typed;
  NoteKind kind = doc_kind(d, i);
  Str head = {0}, tail = {0};
  str_addn(&head, doc_text(d, i), at);
  str_add(&tail, doc_text(d, i) + at);
  size_t blank = strspn(str_c(&tail), "\n");
  int64_t id = d->cell[i].id;
  doc_insert(d, i + 1, kind, str_c(&tail) + blank);
  d->cell[i + 1].typed = typed;
  doc_set_text(d, i, str_c(&head));
  d->cell[i].typed = typed;
  d->touched = doc_find(d, id) + 1;
  str_fini(&head);
  str_fini(&tail);
}

// Any text without a NUL as a notebook: it comes back byte for byte, and what is put into it stands there when it is
// read again.
#include "fuzz/fuzz.h"

#include "note/note_int.h"

static const char *const TOKENS[] = {
    "-- %%\n", "-- %%", "-- %% [markdown]\n", "-- %% [raw]\n", "-- %% a title tags=[\"lab\"]\n", "--%%\n", "-- %%%%\n",
    "-- ", "--", "-- %", "\\%%", "tags=[", "\"", "]", "[[", "]]", "--[[\n", "--]]\n", "\n\n", "\r\n", "\r", " \n", "\t",
    "\xef\xbb\xbf", "#!/usr/bin/env lua\n", "x = 1\n", "= {", "}", "[markdown", "id=1", "\xc2\xa0", "\x0b", "\x0c",
    NULL};

static Sv view(const Str *s) { return (Sv){str_c(s), s->n}; }

static void assert_prints(const Note *note, Sv want) {
  Str out = {0};
  note_print(note, &out);
  assert_int_equal(out.n, want.n);
  if (want.n) assert_memory_equal(out.s, want.s, want.n);
  str_fini(&out);
}

static void check_cells(const Note *note) {
  char hex[65];
  for (int64_t i = 0; i < note->n; i++) {
    const Cell *c = &note->cell[i];
    note_cell_hash(c, hex);
    assert_int_equal(strlen(hex), 64);
    assert_non_null(c->title);
    assert_true(c->line >= 1 && (i == 0 || c->line > c[-1].line));
    for (int64_t k = 0; k < c->tags.n; k++) assert_non_null(c->tags.name[k]);
  }
}

static bool cells_differ(const Note *a, const Note *b) {
  if (a->n != b->n) return true;
  for (int64_t i = 0; i < a->n; i++) {
    char x[65], y[65];
    note_cell_hash(&a->cell[i], x), note_cell_hash(&b->cell[i], y);
    if (strcmp(x, y) != 0) return true;
  }
  return false;
}

// As the screen does it: cells come, go and change; the file must say the same when it is read again.
static void change(Note *note, Dice *d) {
  static const char *const text[] = {"x = 1", "two\nlines", "", "  blanks", "%% no marker", "a\n\n\nb", "[[ text ]]"};
  for (int64_t k = below(d, 3); k >= 0; k--) {
    int64_t at = below(d, note->n + 1);
    Cell *c;
    switch (below(d, 4)) {
    case 0:
      if (at < note->n) note_remove(note, at);
      continue;
    case 1:
      if (at < note->n) note_set_kind(&note->cell[at], (NoteKind)below(d, 3));
      continue;
    case 2: c = note_insert(note, at, (NoteKind)below(d, 3)); break;
    default:
      if (at == note->n) continue;
      c = &note->cell[at];
      str_clear(&c->text);
    }
    str_add(&c->text, text[below(d, sizeof text / sizeof *text)]);
  }
}

// A CR by itself is a line end or none, as the other line ends of a file have it.
static bool has_odd_cr(Sv bytes) {
  for (size_t i = 0; i < bytes.n; i++)
    if (bytes.s[i] == '\r' && (i + 1 == bytes.n || bytes.s[i + 1] != '\n')) return true;
  return false;
}

// Code cannot hide a marker line: what follows it is another cell.
static bool has_marker(const Note *note) {
  Marker m;
  for (int64_t i = 0; i < note->n; i++) {
    Sv text = view(&note->cell[i].text);
    while (note->cell[i].kind == NOTE_CODE && text.n) {
      const char *end = memchr(text.s, '\n', text.n);
      size_t n = end ? (size_t)(end - text.s) : text.n;
      if (marker_parse((Sv){text.s, n}, &m)) return true;
      n += end != NULL;
      text.s += n, text.n -= n;
    }
  }
  return false;
}

static void check_change(Note *note, Dice *d) {
  Str out = {0};
  Note back;
  change(note, d);
  note_print(note, &out);
  assert_int_equal(note_parse(view(&out), &back, NULL), OK);
  if (!has_marker(note) && cells_differ(note, &back))
    fail_msg("the changed notebook reads as other cells:\n%s", str_c(&out));
  assert_prints(&back, view(&out));
  note_fini(&back);
  str_fini(&out);
}

static void check(Sv bytes, Dice *d) {
  Note note;
  Err err = {0};
  if (note_parse(bytes, &note, &err) != OK) {
    assert_int_equal(err.code, ERR_PARSE);
    assert_true(bytes.n && memchr(bytes.s, 0, bytes.n) && err.msg[0]);
    return;
  }
  assert_true(!bytes.n || !memchr(bytes.s, 0, bytes.n));
  assert_prints(&note, bytes);
  check_cells(&note);
  if (!has_odd_cr(bytes)) check_change(&note, d);
  note_fini(&note);
}

static void no_nul(Str *s, Dice *d) {
  if (below(d, 16) == 0) return;
  for (size_t i = 0; i < s->n; i++)
    if (!s->s[i]) s->s[i] = '\n';
}

TEST(any_text_comes_back_as_it_was) {
  fuzz_run(&(Fuzz){.door = "note", .check = check, .rounds = 60000, .token = TOKENS, .mend = no_nul});
}

RUN(FUZZ_CASE(any_text_comes_back_as_it_was))

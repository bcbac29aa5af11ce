// Cells worked by hand from the percent format; hashes from sha256sum (GNU coreutils 9.1).
#include "check.h"

#include "base/rng.h"
#include "note/note.h"

static Note parsed(const char *text) {
  Note note;
  Err err;
  assert_int_equal(note_parse(sv(text), &note, &err), OK);
  return note;
}

static void check_print(const Note *note, const char *want) {
  Str out = {0};
  note_print(note, &out);
  assert_string_equal(str_c(&out), want);
  str_fini(&out);
}

static void check_cell(const Note *note, int64_t i, NoteKind kind, int64_t line, const char *title, const char *text) {
  const Cell *c = &note->cell[i];
  assert_true(i < note->n);
  assert_int_equal(c->kind, kind);
  assert_int_equal(c->line, line);
  assert_string_equal(c->title, title);
  assert_string_equal(str_c(&c->text), text);
}

static void set_text(Cell *c, const char *text) {
  str_clear(&c->text);
  str_add(&c->text, text);
}

static const char LAB[] = "d = data 'titanic'\n"
                          "\n"
                          "-- %% [markdown]\n"
                          "-- # Women first?\n"
                          "--\n"
                          "-- It is said.\n"
                          "bare line\n"
                          "\n"
                          "-- %% crosstab tags=[\"lab\", \"a \\\"b\\\"\"] key=1\n"
                          "\n"
                          "d:crosstab('sex',\n"
                          "\n"
                          "  'class')\n"
                          "\n"
                          "\n"
                          "--%% [raw] x=1\n"
                          "-- raw text\n"
                          "-- %%% deeper down\n"
                          "-- %%";

TEST(a_file_becomes_cells) {
  Note note = parsed(LAB);
  assert_int_equal(note.n, 6);
  check_cell(&note, 0, NOTE_CODE, 1, "", "d = data 'titanic'");
  assert_true(note.cell[0].bare);
  check_cell(&note, 1, NOTE_MARKDOWN, 4, "", "# Women first?\n\nIt is said.\nbare line");
  check_cell(&note, 2, NOTE_CODE, 10, "crosstab", "\nd:crosstab('sex',\n\n  'class')");
  assert_int_equal(note.cell[2].tags.n, 2);
  assert_string_equal(note.cell[2].tags.name[0], "lab");
  assert_string_equal(note.cell[2].tags.name[1], "a \"b\"");
  check_cell(&note, 3, NOTE_RAW, 17, "", "raw text");
  check_cell(&note, 4, NOTE_CODE, 19, "deeper down", "");
  check_cell(&note, 5, NOTE_CODE, 20, "", "");
  check_print(&note, LAB);
  note_fini(&note);
}

TEST(only_marker_lines_part_cells) {
  static const char *const none[] = {"--%x",   "-- %",    " -- %% indented", "-- %%text",
                                     "- - %%", "x -- %%", "---- %%",         "--"};
  for (size_t k = 0; k < sizeof none / sizeof *none; k++) {
    Note note = parsed(none[k]);
    if (note.n != 1 || !note.cell[0].bare) fail_msg("<%s> was read as a marker", none[k]);
    note_fini(&note);
  }
}

TEST(titles_end_where_kind_or_metadata_begin) {
  static const char *const marker[] = {"-- %% two words [markdown] a=1", "-- %% a == b",
                                       "-- %%\t[md]",                    "-- %% t {\"a\": 1}",
                                       "-- %% x= tags=[\"lab\"",         "-- %% k=\"tags=[]\" tags=[]"};
  static const char *const title[] = {"two words", "a == b", "", "t", "", ""};
  for (size_t k = 0; k < sizeof marker / sizeof *marker; k++) {
    Note note = parsed(marker[k]);
    check_cell(&note, 0, k == 0 || k == 2 ? NOTE_MARKDOWN : NOTE_CODE, 2, title[k], "");
    assert_int_equal(note.cell[0].tags.n, 0);
    note_fini(&note);
  }
}

TEST(blank_lines_and_a_script_line_before_the_first_marker_are_no_cell) {
  static const char text[] = "\xEF\xBB\xBF#!/usr/bin/env tycho\n\n \n-- %%\nx\n";
  Note note = parsed(text);
  assert_int_equal(note.n, 1);
  check_cell(&note, 0, NOTE_CODE, 5, "", "x");
  check_print(&note, text);
  note_fini(&note);
  note = parsed("");
  assert_int_equal(note.n, 0);
  check_print(&note, "");
  note_fini(&note);
}

TEST(crlf_files_have_lf_texts_and_stay_crlf) {
  Note note = parsed("a\r\nb\r\n\r\n-- %% [markdown]\r\n-- x\r\n");
  check_cell(&note, 0, NOTE_CODE, 1, "", "a\nb");
  check_cell(&note, 1, NOTE_MARKDOWN, 5, "", "x");
  set_text(&note.cell[1], "x\ny");
  check_print(&note, "a\r\nb\r\n\r\n-- %% [markdown]\r\n-- x\r\n-- y\r\n");
  note_fini(&note);
}

TEST(a_nul_byte_is_refused_with_its_line) {
  Note note;
  Err err;
  assert_int_equal(note_parse((Sv){"a\nb\0c", 5}, &note, &err), ERR_PARSE);
  assert_has(err.msg, "line 2 holds a NUL byte");
}

TEST(edits_change_their_own_lines_only) {
  Note note = parsed("-- %% [markdown]\nplain\n-- note\n\n-- %% t  tags=[\"x\"]\na\n\n\n-- %%");
  set_text(&note.cell[0], "plain\n\n%% note\n");
  set_text(&note.cell[1], "b\nc");
  set_text(&note.cell[2], "d");
  check_print(&note, "-- %% [markdown]\n-- plain\n--\n-- \\%% note\n--\n\n-- %% t  tags=[\"x\"]\nb\nc\n\n\n-- %%\nd");
  note_fini(&note);
}

TEST(cells_come_and_go) {
  Note note;
  note_init(&note);
  set_text(note_insert(&note, 0, NOTE_CODE), "a");
  set_text(note_insert(&note, 1, NOTE_CODE), "b");
  set_text(note_insert(&note, 1, NOTE_MARKDOWN), "m");
  check_print(&note, "-- %%\na\n\n-- %% [markdown]\n-- m\n\n-- %%\nb\n");
  note_remove(&note, 1);
  check_print(&note, "-- %%\na\n\n-- %%\nb\n");
  note_fini(&note);
  note = parsed("first");
  set_text(note_insert(&note, 0, NOTE_CODE), "z");
  note_insert(&note, 2, NOTE_RAW);
  check_print(&note, "-- %%\nz\n\n-- %%\nfirst\n\n-- %% [raw]\n\n");
  note_fini(&note);
}

TEST(a_cell_changes_its_kind_and_keeps_its_metadata) {
  Note note = parsed("-- %%% title k=1\nx\n\n-- %% [md] tags=[\"t\"]\n--   y\n");
  note_set_kind(&note.cell[0], NOTE_MARKDOWN);
  note_set_kind(&note.cell[1], NOTE_CODE);
  check_print(&note, "-- %%% title [markdown] k=1\n-- x\n\n-- %% tags=[\"t\"]\n  y\n");
  note_fini(&note);
}

static void check_hash(NoteKind kind, const char *text, const char *want) {
  Cell c = {.kind = kind};
  char hex[65];
  str_add(&c.text, text);
  note_cell_hash(&c, hex);
  assert_string_equal(hex, want);
  str_fini(&c.text);
}

TEST(what_looks_like_a_marker_in_a_commented_cell_comes_back) {
  Note note = parsed("-- %% [raw]\n-- x\n");
  set_text(&note.cell[0], "%% a\n\\%% b\n  %%\n\\ c");
  check_print(&note, "-- %% [raw]\n-- \\%% a\n-- \\\\%% b\n--   \\%%\n-- \\ c\n");
  note_fini(&note);
  note = parsed("-- %% [raw]\n-- \\%% a\n-- \\\\%% b\n--   \\%%\n-- \\ c\n");
  assert_string_equal(str_c(&note.cell[0].text), "%% a\n\\%% b\n  %%\n\\ c");
  note_fini(&note);
}

TEST(a_first_cell_gets_a_marker_when_it_needs_one) {
  Note note = parsed("x\n\n-- %%\ny\n");
  set_text(&note.cell[0], "#t");
  check_print(&note, "-- %%\n#t\n\n-- %%\ny\n");
  set_text(&note.cell[0], "");
  check_print(&note, "-- %%\n\n\n-- %%\ny\n");
  note_fini(&note);
}

TEST(a_second_kind_does_not_come_to_count) {
  Note note = parsed("-- %% [markdown] [raw] words a=1 [raw]\n-- x\n");
  note_set_kind(&note.cell[0], NOTE_CODE);
  check_print(&note, "-- %% words a=1 [raw]\nx\n");
  note_fini(&note);
}

TEST(hashes_ignore_line_ends_and_trailing_blanks) {
  static const char code[] = "45a4887be157f4c5bdc75bd3bf247a5626a51bd27501cbac714feb377b43862a";
  static const char markdown[] = "6e3fb4f35bf622290bbcf8463a2f02c3a4967002721f6d8d50c11a12eeccf206";
  static const char empty[] = "b57b236c9bcd2a61fcd627b69ae2d7a6eb5bc13f2dc25311348ee08df43bc0c4";
  check_hash(NOTE_CODE, "x = 1\n\nx", code);
  check_hash(NOTE_CODE, "x = 1 \t\n  \nx\n\n \n", code);
  check_hash(NOTE_CODE, "x = 1\r\n\r\nx\r\n", code);
  check_hash(NOTE_CODE, "x = 1\r\rx", code);
  check_hash(NOTE_MARKDOWN, "x = 1\n\nx", markdown);
  check_hash(NOTE_CODE, "", empty);
  check_hash(NOTE_CODE, " \n\n", empty);
}

TEST(hashes_tell_leading_blanks_apart) {
  char a[65], b[65];
  Cell c = {0};
  str_add(&c.text, "x");
  note_cell_hash(&c, a);
  set_text(&c, " x");
  note_cell_hash(&c, b);
  assert_string_not_equal(a, b);
  set_text(&c, "\nx");
  note_cell_hash(&c, b);
  assert_string_not_equal(a, b);
  str_fini(&c.text);
}

// ---- properties ----

static const char *const LINES[] = {
    "-- %%", "-- %% [markdown]", "--%% [raw]", "-- %% t tags=[\"a\", \"b\"]", "-- %%% [md] {", "-- %% a=\"",
    "-- text", "--", "-- ", "--text", "", "  ", "\t", "x = 1", "  x = [[ -- %%", "]]", "#!x", "\r", "%% y",
    "-- \xFF\xE6", "-- %% \\tags=[\"\\"};

enum { NLINES = sizeof LINES / sizeof *LINES };

static void random_file(RngKey key, uint64_t row, Str *text) {
  int64_t n = rng_below(key, row, 0, 12), ends = rng_below(key, row, 1, 3);
  str_clear(text);
  if (rng_below(key, row, 2, 8) == 0) str_add(text, "\xEF\xBB\xBF");
  for (int64_t i = 0; i < n; i++) {
    uint64_t draw = 10 + 3 * (uint64_t)i;
    str_add(text, LINES[rng_below(key, row, draw, NLINES)]);
    if (i == n - 1 && rng_below(key, row, 3, 2)) break;
    bool crlf = ends == 2 ? rng_below(key, row, draw + 1, 2) == 0 : ends == 1;
    str_add(text, crlf ? "\r\n" : "\n");
  }
}

TEST(what_was_parsed_prints_as_the_same_bytes) {
  RngKey key = rng_key(1, "roundtrip");
  Str text = {0}, out = {0};
  for (uint64_t row = 0; row < 30000; row++) {
    Note note;
    random_file(key, row, &text);
    assert_int_equal(note_parse((Sv){text.s, text.n}, &note, NULL), OK);
    str_clear(&out);
    note_print(&note, &out);
    assert_int_equal(out.n, text.n);
    assert_string_equal(str_c(&out), str_c(&text));
    note_fini(&note);
  }
  str_fini(&text);
  str_fini(&out);
}

// New texts that hold no marker, begin and end with a visible line, put into random files.
TEST(edited_texts_come_back_as_they_were_written) {
  static const char *const texts[] = {"a", "a\n\nb", "-- c\n\n--\nd", "  e\n%\tf", "% g\n-- h"};
  RngKey key = rng_key(2, "edits");
  Str text = {0}, out = {0};
  for (uint64_t row = 0; row < 10000; row++) {
    Note note, again;
    random_file(key, row, &text);
    assert_int_equal(note_parse((Sv){text.s, text.n}, &note, NULL), OK);
    int64_t at = note.n ? rng_below(key, row, 4, note.n) : 0;
    Cell *c = rng_below(key, row, 5, 2) && note.n ? &note.cell[at] : note_insert(&note, at, (NoteKind)(row % 3));
    set_text(c, texts[rng_below(key, row, 6, 5)]);
    str_clear(&out);
    note_print(&note, &out);
    assert_int_equal(note_parse((Sv){out.s, out.n}, &again, NULL), OK);
    assert_int_equal(again.n, note.n);
    assert_string_equal(str_c(&again.cell[at].text), str_c(&note.cell[at].text));
    assert_int_equal(again.cell[at].kind, note.cell[at].kind);
    note_fini(&again);
    note_fini(&note);
  }
  str_fini(&text);
  str_fini(&out);
}

RUN(CASE(a_file_becomes_cells), CASE(only_marker_lines_part_cells), CASE(titles_end_where_kind_or_metadata_begin),
    CASE(blank_lines_and_a_script_line_before_the_first_marker_are_no_cell),
    CASE(crlf_files_have_lf_texts_and_stay_crlf), CASE(a_nul_byte_is_refused_with_its_line),
    CASE(edits_change_their_own_lines_only), CASE(cells_come_and_go),
    CASE(a_cell_changes_its_kind_and_keeps_its_metadata), CASE(what_looks_like_a_marker_in_a_commented_cell_comes_back),
    CASE(a_first_cell_gets_a_marker_when_it_needs_one), CASE(a_second_kind_does_not_come_to_count),
    CASE(hashes_ignore_line_ends_and_trailing_blanks),
    CASE(hashes_tell_leading_blanks_apart), CASE(what_was_parsed_prints_as_the_same_bytes),
    CASE(edited_texts_come_back_as_they_were_written))

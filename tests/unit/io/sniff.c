// What is decided about a text before its first row: comments, titles, delimiter, quote, header, and every decision by an
// option instead. Expected values worked by hand from the texts.
#include "unit/io/io_help.h"

#include "base/utf8.h"

static ReadOpts opts;

static Frame *read_with(const char *text) { return help_read_bytes(NULL, "t.txt", text, strlen(text), &opts); }

static Frame *sniffed(const char *text) {
  io_read_defaults(&opts);
  return read_with(text);
}

static const char *note(const Frame *f) { return help_ledger(f, "(file)", "note"); }

static void assert_names(const Frame *f, const char *want) {
  Str names = {0};
  for (int j = 0; j < frame_ncol(f); j++) str_addf(&names, "%s%s", j ? " " : "", frame_name(f, j));
  assert_string_equal(str_c(&names), want);
  str_fini(&names);
}

// A text that is decided upon in one way: its note has `part`, its columns are `names`, so many rows and lines aside.
typedef struct Want {
  const char *text, *names, *part;
  int64_t rows, aside;
} Want;

static void check_all(const Want *want, size_t n) {
  for (size_t k = 0; k < n; k++) {
    Frame *f = sniffed(want[k].text);
    assert_names(f, want[k].names);
    assert_has(note(f), want[k].part);
    if (frame_nrow(f) != want[k].rows || frame_nrow(frame_quarantine(f)) != want[k].aside)
      fail_msg("'%s': %lld rows, %lld aside: %s", want[k].text, (long long)frame_nrow(f),
               (long long)frame_nrow(frame_quarantine(f)), note(f));
    frame_unref(f);
  }
}
#define CHECK_ALL(list) check_all(list, sizeof list / sizeof *list)

// ---- comments -------------------------------------------------------------------------------------------------------
TEST(comments_before_and_between_the_rows_are_left_out_and_counted) {
  static const Want want[] = {
      {"# made by hand\n# in 2012, twice\na,b\n1,x\n# half way\n2,y\n", "a b",
       "3 comment lines (#) left out, first on line 1", 2, 0},
      {"\n%% \"open\na\tb\n1\t2\n%\n3\t4", "a b", "2 comment lines (%) left out, first on line 2", 2, 0},
      {"// one\r\na;b\r\n1;2\r\n//3;4\r\n", "a b", "2 comment lines (//) left out, first on line 1", 1, 0},
      {"# a list\nx\n1\n2\n", "x", "1 comment line (#) left out, first on line 1", 2, 0},
  };
  CHECK_ALL(want);
  Frame *f = sniffed("# one\n\n# two\na,b\n1,2\n3\n");
  assert_has(note(f), "header on line 4");
  assert_quarantine(f, 0, "6", "1 field, 2 expected", "3");
  frame_unref(f);
}

TEST(a_header_may_stand_behind_the_last_comment_mark) {
  static const Want want[] = {
      {"## version 4\n#chrom\tpos\tref\n20\t14370\tG\n20\t17330\tT\n", "chrom pos ref",
       "header on line 2 (the last line of the comments); 1 comment line (#) left out, first on line 1", 2, 0},
      {"# x, y\n1,2\n3,4\n", "x y", "header on line 1", 2, 0},
      {"#name,town\nann,rome\nbob,oslo\n", "name town", "header on line 1", 2, 0},
      {"# by ann, bob\nname,town\ncarl,rome\ndora,oslo\n", "name town", "header on line 2", 2, 0},
  };
  CHECK_ALL(want);
}

TEST(rows_that_begin_with_a_mark_stay_rows) {
  static const Want want[] = {
      {"colour,n\n#ff0000,1\n#00ff00,2\n", "colour n", "header on line 1", 2, 0},
      {"# paints\ncolour,n\n#ff0000,1\nred,2\n", "colour n", "1 comment line (#) left out, first on line 1", 2, 0},
      {"#one\n#two\nthree\n#four\n", "#one", "one column", 3, 0},
      {"#1,a\n#2,b\n#3,b\n#1,b\n", "c1 c2", "no header", 4, 0},
  };
  CHECK_ALL(want);
}

TEST(comments_can_be_given) {
  io_read_defaults(&opts);
  opts.comment = "--";
  Frame *f = read_with("a,b\n--1,2\n3,4\n-5,6\n");
  assert_int_equal(frame_nrow(f), 2);
  assert_cell(f, "a", 1, "-5");
  assert_has(note(f), "1 comment line (--) left out, first on line 2");
  frame_unref(f);
  opts.comment = "";
  f = read_with("#a,b\n#1,2\n3,4\n");
  assert_names(f, "#a b");
  assert_int_equal(frame_nrow(f), 2);
  frame_unref(f);
}

// ---- titles ---------------------------------------------------------------------------------------------------------
TEST(titles_before_the_table_go_to_the_quarantine) {
  Frame *f = sniffed("Sales, by region\n\nAll figures in EUR\nregion,q1,q2\nnorth,1,2\nsouth,3,4\nTotal,4\n");
  assert_names(f, "region q1 q2");
  assert_int_equal(frame_nrow(f), 2);
  assert_quarantine(f, 0, "1", "before the table", "Sales, by region");
  assert_quarantine(f, 1, "3", "before the table", "All figures in EUR");
  assert_quarantine(f, 2, "7", "2 fields, 3 expected", "Total,4");
  assert_has(note(f), "2 lines before the table, kept in quarantine (first: 'Sales, by region'); header on line 4");
  assert_has(note(f), "1 line in quarantine (first: 7)");
  assert_string_equal(frame_caption(f),
                      "2 lines before the table and 1 that could not be read are kept in d:quarantine()");
  frame_unref(f);
}

TEST(titles_are_told_from_headers_and_rows) {
  static const Want want[] = {
      {"Report 2012,,,\n,,,\nname,a,b,c\nx,1,2,3\ny,4,5,6\n", "name a b c", "header on line 3", 2, 2},
      {"name,a,b,c\nx,,,\ny,4,5,6\n", "name a b c", "header on line 1", 2, 0},
      {"x,,,\ny,,,\nz,1,2,3\n", "c1 c2 c3 c4", "no header", 3, 0},
      {"Report\n1,2,3\n4,5,6\n", "c1 c2 c3", "no header", 2, 1},
      {"H,all,2012\n1,2,3,4,5,6,7\n1,2,3,4,5,6,8\nT,2\n", "c1 c2 c3 c4 c5 c6 c7", "1 line before", 2, 2},
      {"a,b\nr1,1,2\nr2,3,4\n", "c1 a b", "the first column is taken for row names", 2, 0},
      {"a,b\nr1,one,two\nr2,three,four\n", "c1 a b", "the first column is taken for row names", 2, 0},
      {"a,b,c,d\n1,2\n3,4\n", "a b", "the header has 4 names for 2 columns: not used: 'c' 'd'", 2, 0},
      {"From the office\n\"town\",\"code\",\nrome,7,1,\noslo,8,2,\n", "town code c3 c4", "header on line 2", 2, 1},
      {"x y z\nsome words\nand more\n", "x y z", "one column", 2, 0},
  };
  CHECK_ALL(want);
}

TEST(lines_to_skip_can_be_given) {
  static const char *const texts[] = {"x\n\ny,z\na,b\n1,2\n", "x\r\n\r\ny,z\r\na,b\r\n1,2\r\n", "x\r\ry,z\ra,b\r1,2\r"};
  for (size_t k = 0; k < 3; k++) {
    io_read_defaults(&opts);
    opts.skip = 3;
    Frame *f = read_with(texts[k]);
    assert_names(f, "a b");
    assert_int_equal(frame_nrow(frame_quarantine(f)), 0);
    assert_has(note(f), "3 lines skipped (given)");
    assert_has(note(f), "header on line 4");
    frame_unref(f);
    opts.skip = 0;
    f = read_with(texts[k]);
    assert_quarantine(f, 0, "1", "1 field, 2 expected", "x");
    frame_unref(f);
  }
}

// ---- delimiter ------------------------------------------------------------------------------------------------------
TEST(a_first_line_may_name_the_delimiter) {
  static const Want want[] = {
      {"sep=;\na;b\n1,5;2\n", "a b", "delimiter ';' (the first line says so); header on line 2", 1, 0},
      {"SEP=|\r\na|b\r\n1|2\r\n", "a b", "delimiter '|' (the first line says so)", 1, 0},
      {"sep=\t\na\tb\n1\t2\n", "a b", "delimiter tab (the first line says so)", 1, 0},
      {"sep=,\n", "sep= c2", "header on line 1", 0, 0},
  };
  CHECK_ALL(want);
}

TEST(rare_delimiters_need_clear_evidence) {
  static const Want want[] = {
      {"a^b\n1^2\n3^4\n", "a b", "delimiter '^' (3 of 3 lines split into 2 cells)", 2, 0},
      {"a~b\n1~2\n", "a b", "delimiter '~'", 1, 0},
      {"root:x:0:/root\nann:x:1000:/home/ann\n", "c1 c2 c3 c4", "delimiter ':'", 2, 0},
      {"x y z\n1 2 3\n4 5 6\n", "x y z", "delimiter ' '", 2, 0},
      {"12:30:15\n12:31:10\n12:30:15\n", "c1", "one column", 3, 0},
      {"00:1a:2b:3c:4d:5e\n00:1a:2b:3c:4d:5f\n", "00:1a:2b:3c:4d:5e", "one column", 1, 0},
      {"2012-01-05 10:00\n2012-01-06 11:00\n", "c1", "one column", 2, 0},
      {"red wine\nred bean\nold hat\n", "red wine", "one column", 2, 0},
      {"a  b\n1   2\n33 4\n", "a  b", "one column: no delimiter found, and cells aligned by blanks are not split", 2, 0},
      {"note: a\nnote: b\n", "note: a", "one column", 1, 0},
  };
  CHECK_ALL(want);
}

TEST(commas_between_digits_are_decimal_where_another_delimiter_splits) {
  static const Want want[] = {{"1,5;2,5\n3,5;4,5\n", "c1 c2", "delimiter ';'", 2, 0},
                              {"1,5\t2,5\n3,5\t4,5\n", "c1 c2", "delimiter tab", 2, 0},
                              {"1,5\n3,5\n", "c1 c2", "delimiter ','", 2, 0}};
  CHECK_ALL(want);
}

TEST(delimiter_and_quote_can_be_given) {
  io_read_defaults(&opts);
  opts.delim = NO_DELIM;
  Frame *f = read_with("a,b\n1,2\n");
  assert_names(f, "a,b");
  assert_has(note(f), "one column (given)");
  frame_unref(f);
  opts.delim = ';', opts.quote = NO_QUOTE;
  f = read_with("a;b\n\"x;2\ny\";3\n");
  assert_cell(f, "a", 0, "\"x");
  assert_has(note(f), "delimiter ';' (given); no quotes (given)");
  frame_unref(f);
  opts.quote = '|';
  f = read_with("a;b\n|x;y|;2\n");
  assert_cell(f, "a", 0, "x;y");
  assert_has(note(f), "quote | (given)");
  frame_unref(f);
}

// ---- quote ----------------------------------------------------------------------------------------------------------
TEST(single_quotes_count_when_they_open_and_close_cells_and_double_ones_never_do) {
  static const Want want[] = {
      {"a,b\n'x, y',1\n'it''s',2\n", "a b", "quote ' (2 cells begin with it, none with \")", 2, 0},
      {"a,b\n'x\ny',1\n'z',2\n", "a b", "quote '", 2, 0},
      {"a,b\n'tis,1\n'twas,2\n", "a b", "header on line 1", 2, 0},
      {"a,b\n'x',1\n'y',\"2\"\n", "a b", "header on line 1", 2, 0},
  };
  CHECK_ALL(want);
  Frame *f = sniffed(want[0].text);
  assert_cell(f, "a", 0, "x, y");
  assert_cell(f, "a", 1, "it's");
  frame_unref(f);
  f = sniffed(want[2].text);
  assert_cell(f, "a", 0, "'tis");
  assert_null(strstr(note(f), "quote '"));
  frame_unref(f);
}

TEST(quotes_that_nobody_doubled_are_kept) {
  Frame *f = sniffed("no,text,kind\n0,\"he said:\"wonderful.\"\",\"A\"\n1,\"say \"hi\" and \"ho\"\" ,B\n2,\"a \"\"b\"\" c\" d\",C\n");
  assert_int_equal(frame_nrow(frame_quarantine(f)), 0);
  assert_cell(f, "text", 0, "he said:\"wonderful.\"");
  assert_cell(f, "kind", 0, "A");
  assert_cell(f, "text", 1, "say \"hi\" and \"ho\"");
  assert_cell(f, "text", 2, "a \"b\" c\" d");
  assert_has(note(f), "misplaced quotes kept as they stand on 3 lines (first: 2)");
  frame_unref(f);
}

// ---- header ---------------------------------------------------------------------------------------------------------
TEST(years_over_other_values_are_names) {
  static const Want want[] = {
      {"country,2000,2001,2002\nfr,1.5,2,3\nit,4,5,6\n", "country 2000 2001 2002", "(years over other values)", 2, 0},
      {"1990,2000,2010\n0.5,0.25,7\n", "1990 2000 2010", "(years over other values)", 1, 0},
      {"a,2000,2001\nb,2003,2004\nc,2005,2007\n", "c1 c2 c3", "no header", 3, 0},
      {"a,2000,31\nb,2003,12\n", "c1 c2 c3", "no header", 2, 0},
  };
  CHECK_ALL(want);
}

TEST(letters_that_may_be_bools_are_names_over_other_values) {
  static const Want want[] = {{"T,F\n1,2\n3,4\n", "T F", "header on line 1 (words over values)", 2, 0},
                              {"E,F\nx,y\nz,w\n", "E F", "header on line 1", 2, 0},
                              {"T,F\nF,T\nT,T\n", "c1 c2", "no header", 3, 0}};
  CHECK_ALL(want);
}

TEST(a_mark_for_missing_in_the_first_row_is_no_word) {
  static const Want want[] = {{"r1,1,NA\nr2,2,3\nr3,2,3\n", "c1 c2 c3", "no header", 3, 0}};
  CHECK_ALL(want);
}

TEST(the_header_can_be_given) {
  io_read_defaults(&opts);
  opts.header = 0;
  Frame *f = read_with("a,b\n1,2\n");
  assert_int_equal(frame_nrow(f), 2);
  assert_has(note(f), "no header: names are c1, c2, ... (given)");
  frame_unref(f);
  opts.header = 1;
  f = read_with("1,2\n3,4\n");
  assert_names(f, "1 2");
  assert_has(note(f), "header on line 1 (given)");
  frame_unref(f);
}

TEST(long_names_are_cut_between_characters) {
  Str s = {0};
  for (int j = 0; j < 7; j++) {
    str_addf(&s, "%s%c", j ? "," : "", 'a' + j);
    for (int i = 0; i < 90; i++) str_add(&s, "\xc3\xa9");
  }
  str_add(&s, "\n1,2\n3,4\n");
  Frame *f = sniffed(str_c(&s));
  str_fini(&s);
  assert_has(note(f), "the header has 7 names for 2 columns");
  const Column *notes = frame_at(frame_ledger(f), frame_find(frame_ledger(f), sv("note")));
  Sv text = col_text(notes, 0);
  assert_true(utf8_valid(text.s, text.n));
  frame_unref(f);
}

// ---- small and large ------------------------------------------------------------------------------------------------
// What is decided from a head does not depend on what follows: 50 rows, or so many that the text is read in windows.
TEST(a_large_text_is_decided_like_a_small_one) {
  static const struct {
    const char *head, *row, *note;
  } cases[] = {
      {"# one\n# two\na,b\n", "%d,x\n#%d\n", "header on line 3"},
      {"Title\n\nmore, of it\na;b;c\n", "%d;2;3\nx;%d\n", "header on line 4"},
      {"sep=|\na|b\n", "%d|x,%d\n", "header on line 2"},
      {"a,b\n", "'%d,5','it''s %d'\n", "quote '"},
      {"#chrom\tpos\n", "x\t%d\n#%d\n", "header on line 1 (the last line of the comments)"},
      {"x,2001,2002\n", "a,%d.5,-%d.5\n", "years over other values"},
      {"a:b:c\n", "word%d:y:%d\n", "delimiter ':'"},
      {"caf\xe9,b\n", "%d,\x80%d\n", "encoding Windows-1252"},
  };
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    char hash[2][65];
    io_read_defaults(&opts);
    opts.rows = 50;
    for (int large = 0; large < 2; large++) {
      Str s = {0};
      str_add(&s, cases[k].head);
      for (int i = 0; i < (large ? 150000 : 60); i++) {
        char row[64];
        snprintf(row, sizeof row, cases[k].row, i + 3000, i + 3000);
        str_add(&s, row);
      }
      assert_true(!large || s.n > 1 << 20);
      Frame *f = help_read_bytes(NULL, "t.txt", s.s, s.n, &opts);
      frame_hash(f, hash[large]);
      assert_has(note(f), cases[k].note);
      assert_int_equal(frame_nrow(f), 50);
      if (k == 0) assert_has(note(f), "51 comment lines (#) left out, first on line 1");
      if (k == 1) assert_quarantine(f, 1, "3", "before the table", "more, of it");
      if (k == 1) assert_quarantine(f, 2, "6", "2 fields, 3 expected", "x;3000");
      frame_unref(f);
      str_fini(&s);
    }
    assert_string_equal(hash[0], hash[1]);
  }
}

TEST(lines_are_skipped_in_a_large_text) {
  Str s = {0};
  for (int i = 0; i < 100000; i++) str_addf(&s, "skip %d%s", i, i % 3 ? "\n" : "\r\n");
  str_add(&s, "a,b\n1,2\n3\n");
  io_read_defaults(&opts);
  opts.skip = 100000;
  Frame *f = help_read_bytes(NULL, "t.txt", s.s, s.n, &opts);
  assert_names(f, "a b");
  assert_quarantine(f, 0, "100003", "1 field, 2 expected", "3");
  frame_unref(f);
  str_fini(&s);
}

// ---- mistakes -------------------------------------------------------------------------------------------------------
static void assert_refused(const char *text, ErrCode code, const char *why) {
  Frame *f = NULL;
  Err err = {0};
  assert_int_equal(io_read(NULL, &HELP_DOOR, help_file("t.txt", text, strlen(text)), &opts, &f, &err), code);
  assert_has(err.msg, why);
}

TEST(options_that_cannot_be_are_refused) {
  io_read_defaults(&opts);
  opts.skip = 3;
  assert_refused("a\n1\n2\n", ERR_ARG, "t.txt' has no line behind them");
  io_read_defaults(&opts);
  opts.delim = '\n';
  assert_refused("a\n1\n", ERR_ARG, "delim: a line end cannot separate cells");
  opts.delim = ';', opts.quote = ';';
  assert_refused("a\n1\n", ERR_ARG, "delim and quote are both ';': they must differ");
  opts.quote = ' ';
  assert_refused("a\n1\n", ERR_ARG, "quote: it cannot be a blank or a line end");
  io_read_defaults(&opts);
  opts.comment = " #";
  assert_refused("a\n1\n", ERR_ARG, "comment: ' #' cannot mark comments");
  opts.comment = "0123456789abcdefg";
  assert_refused("a\n1\n", ERR_ARG, "comment: at most 16 bytes, not 17");
  io_read_defaults(&opts);
  opts.comment = "#";
  assert_refused("# a\n\n#b\n", ERR_PARSE, "t.txt' is empty: it has only blank lines and comments");
}

TEST(a_row_too_short_or_too_long_for_its_header_is_told) {
  Frame *f = sniffed("a,b,c\n1,2\n");
  assert_quarantine(f, 0, "2", "2 fields, 3 expected", "1,2");
  frame_unref(f);
  f = sniffed("a,b,c\n1,2,3,4\n");
  assert_quarantine(f, 0, "2", "4 fields, 3 expected", "1,2,3,4");
  assert_names(f, "a b c");
  frame_unref(f);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(comments_before_and_between_the_rows_are_left_out_and_counted),
    CASE(a_header_may_stand_behind_the_last_comment_mark), CASE(rows_that_begin_with_a_mark_stay_rows),
    CASE(comments_can_be_given), CASE(titles_before_the_table_go_to_the_quarantine),
    CASE(titles_are_told_from_headers_and_rows), CASE(lines_to_skip_can_be_given),
    CASE(a_first_line_may_name_the_delimiter), CASE(rare_delimiters_need_clear_evidence),
    CASE(commas_between_digits_are_decimal_where_another_delimiter_splits), CASE(delimiter_and_quote_can_be_given),
    CASE(single_quotes_count_when_they_open_and_close_cells_and_double_ones_never_do),
    CASE(quotes_that_nobody_doubled_are_kept), CASE(years_over_other_values_are_names),
    CASE(letters_that_may_be_bools_are_names_over_other_values), CASE(a_mark_for_missing_in_the_first_row_is_no_word),
    CASE(the_header_can_be_given), CASE(long_names_are_cut_between_characters),
    CASE(a_large_text_is_decided_like_a_small_one),
    CASE(lines_are_skipped_in_a_large_text), CASE(options_that_cannot_be_are_refused),
    CASE(a_row_too_short_or_too_long_for_its_header_is_told), CASE(the_folder_of_the_test_is_removed))

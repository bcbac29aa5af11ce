// Two ways to read delimited text, the windows and libcsv line by line, give the same cells, lines and quarantine: on the
// files of the tests, on generated text with every kind of trouble, at every chunk and window size from one byte up, with
// each instruction set, on 1, 2, 3 and 7 threads.
#include "unit/io/differ.h"

#include "dice.h"

static const Dialect COMMA = {.delim = ',', .quote = '"'};

static void every_size(Sv text, const Dialect *d, const char *what) {
  int64_t width = width_of(text, d);
  if (!width) return;
  for (size_t grain = 1; grain <= text.n + 1 && grain < 80; grain += grain < 20 ? 1 : 7) {
    Way way = {.sizes = {.first = grain * 3, .most = grain * 7, .grain = grain, .careful = grain}, .isa = (int)grain % 3};
    compare(text, d, width, -1, &way, what);
  }
}

TEST(hard_cases_are_the_same_at_every_size) {
  static const char *const cases[] = {
      "a,b\n1,2\n", "a,b\n1,2", "a,b\r\n1,2\r\n\r\n3,4", "a\n\nb\n \n\"\"\nc", "a,b\n\"x\ny\",2\n3,4\n",
      "a,b\n\"x\r\ny\",2\r\n3,4\r\n", "a,b\n\"say \"\"hi\"\"\",2\n\"\",\"\"\"\"\n", "a,b\n x , \"y\" \n\t1\t,2 \n",
      "a,b\n\"x\" ,2\n3, \"y\"\n", "a,b\nx\"y,2\n3,4\n", "a,b\n\"x\"y,2\n3,4\n", "a,b\n\"x,2\n3,4\n5,6\n",
      "a,b\n1,\"x\n2,y\"z\n3,4\n", "a,b\r1,2\r3,4\r", "a,b\n1\r2,3\n4,5\n", "a,b\n1,2,3\n4\n5,6\n", "a,b\n\"p\nq\",2,3\n4,5\n",
      "a,b\n1,\"\"\"\n2,3\n", "a,b\n\"\"x,1\n2,3\n", "a,b\n1,\"x\"\"\n2,\"y\"\"z\"\n3,4\n", "\"a\",\"b\"\n\"1\",\"2\"",
      "\n\n  \na,b\n\n1,2\n", "a,b\n,\n \t,\n\"\",\n", "a,b\n1,2\n\"", "a,b\n1,2\n\"x", "a,b\n1,2\n\"x\"", "a,b\n1,\r\n2,\r\n",
      "a,b\n\"x\ry\",2\n3,4\n", "a,b\n1,2\r", "a,b\n1,2\n\r\n\r\n3,4\n", "a,b\n\"1\"\"\",\"\"\"2\"\n\"\"\"\"\"\",3\n", NULL};
  for (int k = 0; cases[k]; k++) every_size(sv(cases[k]), &COMMA, cases[k]);
}

TEST(nul_bytes_and_bytes_beyond_ascii_are_kept) {
  static const char text[] = "a,b\nx\0y,\xC3\xA9\n\"\0\n\0\",\xE2\x82\xAC\n\xF0\x9F\x98\x80,2\n";
  every_size((Sv){text, sizeof text - 1}, &COMMA, "NUL and UTF-8");
}

TEST(other_delimiters_quotes_and_comments) {
  const Dialect tab = {.delim = '\t', .quote = '"'}, one = {.delim = NO_DELIM, .quote = '"'};
  const Dialect single = {.delim = ';', .quote = '\''}, hash = {.delim = ',', .quote = '"', .comment = {"#", 1}};
  every_size(sv("a\tb\n\"x\ty\"\t2\nit's 5\" wide\t3\n\"open\t4\n \t\n"), &tab, "tabs");
  every_size(sv("a\nb,c\n\n\"d\ne\"\n x \n\"\"\n"), &one, "one column");
  every_size(sv("a;b\n'x;y';2\n'it''s';3\n\"p\";4\n"), &single, "single quotes");
  const Dialect blank = {.delim = ' ', .quote = '"'}, bare = {.delim = ',', .quote = NO_QUOTE};
  const Dialect slashes = {.delim = '|', .quote = '"', .comment = {"//", 2}};
  every_size(sv("a b  c\n1 \"x y\"  2\n   \n\n 1 2 3\n\t \t  \n1  \"q\"\"\" \n"), &blank, "blanks");
  every_size(sv("a,b\n\"x,2\n\"\",\"\n3,it\"s\n\n4,\"y\ny\",5\n"), &bare, "no quotes");
  every_size(sv("// a|b\na|b\n/|1\n//\n// \"|\"\n//|2\n\"//\"|3\n\"\n//\n\"|4\n//x\r5|6\n\r\n//"), &slashes, "slashes");
  every_size(sv("# \"head\na,b\n1,2\n#3,4\n# \"x\n5,6\n\"#7\",8\n#\n#\"y\"\n9,\"#\n#\"\n"), &hash, "comments");
}

// ---- generated text -------------------------------------------------------------------------------------------------
static const Dialect DIALECTS[] = {{.delim = ',', .quote = '"'},
                                   {.delim = ',', .quote = '"', .comment = {"#", 1}},
                                   {.delim = '\t', .quote = '"', .comment = {"//", 2}},
                                   {.delim = ';', .quote = '\'', .comment = {"%", 1}},
                                   {.delim = ' ', .quote = '"'},
                                   {.delim = ',', .quote = NO_QUOTE, .comment = {"#", 1}},
                                   {.delim = NO_DELIM, .quote = '"'}};

static void add_piece(Str *s, const char *piece, const Dialect *d) { // written with , and "
  for (; *piece; piece++)
    str_addc(s, *piece == ',' && d->delim != NO_DELIM ? d->delim : *piece == '"' && d->quote != NO_QUOTE ? d->quote : *piece);
}

static void random_text(Dice *d, int trouble, const Dialect *dialect, Str *s) {
  static const char *const good[] = {"1", "2.5", "word", "", " ", "\"q,r\"", "\"a\"\"b\"", "\"two\nlines\"", "\"\"", " x ",
                                     "\"c\r\nd\"", "caf\xC3\xA9", "\"  \"", "#5"};
  static const char *const bad[] = {"\"", "a\"b", "\"x\"y", "\r", "\"\"\"", "\n\n", ",", "\"\n\"", " \"z\" ", "\"z\" ",
                                    "\" \"\" \"", "x\"\n", "\n#", "\n//,", "\n%\"", "#\"\n\""};
  int64_t rows = below(d, 30) + 1, ncol = below(d, 4) + 1;
  const char *end = below(d, 3) ? "\n" : "\r\n";
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = 0; j < ncol; j++) {
      bool odd = below(d, 100) < trouble;
      add_piece(s, odd ? bad[below(d, sizeof bad / sizeof *bad)] : good[below(d, sizeof good / sizeof *good)], dialect);
      if (j + 1 < ncol) add_piece(s, ",", dialect);
      else if (i + 1 < rows || below(d, 2)) str_add(s, end);
    }
}

TEST(generated_text_with_and_without_trouble_is_the_same) {
  for (uint64_t round = 0; round < 3000; round++) {
    Dice d = dice(round, "differ");
    Str s = {0};
    const Dialect *dialect = round % 2 ? &DIALECTS[below(&d, sizeof DIALECTS / sizeof *DIALECTS)] : &COMMA;
    random_text(&d, (int)(round % 5) * 4, dialect, &s);
    Sv text = {str_c(&s), s.n};
    int64_t width = width_of(text, dialect);
    size_t grain = (size_t)below(&d, 90) + 1;
    Way way = {.sizes = {.first = grain * (size_t)(1 + below(&d, 3)), .most = grain * 9, .grain = grain,
                         .careful = (size_t)below(&d, 60) + 1},
               .isa = (int)below(&d, 3)};
    char what[64];
    snprintf(what, sizeof what, "round %d", (int)round);
    if (width) compare(text, dialect, width, below(&d, 4) ? -1 : below(&d, 12), &way, what);
    str_fini(&s);
  }
}

TEST(threads_do_not_matter) {
  Dice d = dice(1, "threads");
  Str s = {0};
  for (int k = 0; k < 300; k++) random_text(&d, k % 50 ? 0 : 10, &COMMA, &s);
  static const int threads[] = {1, 2, 3, 7};
  for (int k = 0; k < 4; k++) {
    Pool *pool = pool_new(threads[k]);
    Way way = {.sizes = {.first = 1000, .most = 20000, .grain = 300, .careful = 500}, .isa = 2, .pool = pool};
    compare((Sv){str_c(&s), s.n}, &COMMA, 3, -1, &way, "threads");
    pool_free(pool);
  }
  str_fini(&s);
}

TEST(the_bundled_tables_are_the_same) {
  static const char *const file[] = {"titanic", "iris", "credit", "homes", "digits"};
  for (size_t k = 0; k < sizeof file / sizeof *file; k++) {
    char path[64];
    Str s = {0};
    Err err = {0};
    snprintf(path, sizeof path, "datasets/%s.csv", file[k]);
    if (io_read_bytes(&HELP_DOOR, path, &s, &err) != OK) {
      if (k) continue;
      fail_msg("%s", err.msg);
    }
    Sv text = {str_c(&s), s.n};
    Way way = {.sizes = {.first = 5000, .most = 30000, .grain = 777, .careful = 100}, .isa = 2};
    compare(text, &COMMA, width_of(text, &COMMA), -1, &way, file[k]);
    str_fini(&s);
  }
}

RUN(CASE(hard_cases_are_the_same_at_every_size), CASE(nul_bytes_and_bytes_beyond_ascii_are_kept),
    CASE(other_delimiters_quotes_and_comments), CASE(generated_text_with_and_without_trouble_is_the_same),
    CASE(threads_do_not_matter), CASE(the_bundled_tables_are_the_same))

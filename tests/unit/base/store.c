// The only foreign number here is the digest of "tycho t 1\n", from sha256sum (coreutils 9.1); the rest are round
// trips, and refusals of text that was cut, changed or written by hand.
#include "check.h"

#include "base/sha256.h"
#include "base/store.h"

#include <float.h>
#include <stdlib.h>

typedef struct Opts {
  bool flag;
  int64_t rounds;
  double l2;
  const char *label;
  Names columns;
  int method, valid;
} Opts;

static const Param TABLE[] = {
    {"flag", PARAM_BOOL, offsetof(Opts, flag), .dflt = "false", .doc = "a flag"},
    {"rounds", PARAM_INT, offsetof(Opts, rounds), 1, 1000, "100", .doc = "how many"},
    {"l2", PARAM_REAL, offsetof(Opts, l2), 0, PARAM_INF, "1", .doc = "penalty"},
    {"label", PARAM_TEXT, offsetof(Opts, label), .dflt = "", .doc = "label"},
    {"columns", PARAM_NAMES, offsetof(Opts, columns), .dflt = "", .doc = "columns"},
    {"method", PARAM_CHOICE, offsetof(Opts, method), .dflt = "a", .choices = "a|long word|c", .doc = "method"},
    {"valid", PARAM_VALUE, offsetof(Opts, valid), .dflt = "", .choices = "frame", .doc = "rows to watch"},
    PARAM_END};

typedef struct Thing {
  bool yes, no;
  int64_t whole;
  double real;
  const char *text, *none;
  Names names;
  double *reals;
  int64_t nreal, *wholes, nwhole;
  Opts opts;
} Thing;

static void visit(Store *s, Thing *t) {
  store_bool(s, "yes", &t->yes);
  store_bool(s, "no", &t->no);
  store_i64(s, "whole", &t->whole);
  store_f64(s, "real", &t->real);
  store_text(s, "text", &t->text);
  store_text(s, "none", &t->none);
  store_names(s, "names", &t->names);
  store_f64s(s, "reals", &t->reals, &t->nreal);
  store_i64s(s, "wholes", &t->wholes, &t->nwhole);
  store_params(s, TABLE, &t->opts);
}

static const char *NASTY[] = {"", "plain", "two words", "a\nb\r\n\tc", "\"quoted\" \\n", "\x01\x7F",
                              "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", "nil", "\xFF\xFE not UTF-8"};
static double REALS[] = {0.0, -0.0, 0.1, -1.5e300, DBL_MIN, 4.9406564584124654e-324, DBL_MAX, INFINITY, -INFINITY, NAN};
static int64_t WHOLES[] = {0, -1, INT64_MAX, INT64_MIN};

static Thing thing(void) {
  Thing t = {.yes = true, .whole = INT64_MIN, .real = 0.1 + 0.2, .text = NASTY[4]};
  t.names = (Names){NASTY, sizeof NASTY / sizeof *NASTY};
  t.reals = REALS, t.nreal = sizeof REALS / sizeof *REALS;
  t.wholes = WHOLES, t.nwhole = sizeof WHOLES / sizeof *WHOLES;
  t.opts = (Opts){true, 7, INFINITY, NASTY[3], {NASTY, 2}, 1, 9};
  return t;
}

static void write_thing(Str *out) {
  Store s;
  Thing t = thing();
  store_write(&s, "t", 1, out);
  visit(&s, &t);
  store_write_end(&s);
  assert_int_equal(s.err.code, OK);
}

static ErrCode read_thing(Sv text, Thing *t, Arena *a, Err *err) {
  Store s;
  store_read(&s, "t", 1, text, a);
  visit(&s, t);
  *err = s.err;
  return s.err.code;
}

// The text with the right checksum behind it, as someone who edits a file by hand could make it.
static void seal(const char *text, Str *out) {
  Sha256 h;
  char hex[65];
  sha256_init(&h);
  sha256_add(&h, text, strlen(text));
  sha256_hex(&h, hex);
  str_clear(out);
  str_addf(out, "%ssha256 %s\n", text, hex);
}

static void assert_same_names(Names a, Names b) {
  assert_int_equal(a.n, b.n);
  for (int64_t i = 0; i < a.n; i++) assert_string_equal(a.name[i], b.name[i]);
}

TEST(every_kind_of_field_comes_back_as_it_was) {
  Str text = {0};
  Arena a;
  Err err;
  arena_init(&a);
  write_thing(&text);
  Thing want = thing(), got;
  memset(&got, 0x55, sizeof got);
  assert_int_equal(read_thing((Sv){text.s, text.n}, &got, &a, &err), OK);
  assert_true(got.yes && !got.no);
  assert_true(got.whole == want.whole && got.real == want.real);
  assert_string_equal(got.text, want.text);
  assert_null(got.none);
  assert_same_names(got.names, want.names);
  assert_int_equal(got.nreal, want.nreal);
  for (int64_t i = 0; i + 1 < want.nreal; i++) assert_memory_equal(&got.reals[i], &REALS[i], sizeof(double));
  assert_true(isnan(got.reals[got.nreal - 1]));
  assert_int_equal(got.nwhole, want.nwhole);
  assert_memory_equal(got.wholes, WHOLES, sizeof WHOLES);
  assert_true(got.opts.flag && got.opts.rounds == 7 && got.opts.l2 == INFINITY && got.opts.method == 1);
  assert_string_equal(got.opts.label, NASTY[3]);
  assert_same_names(got.opts.columns, want.opts.columns);
  assert_int_equal(got.opts.valid, 0); // a value on someone's stack is not stored
  arena_fini(&a);
  str_fini(&text);
}

TEST(reading_and_writing_again_gives_the_same_bytes) {
  Str one = {0}, two = {0};
  Arena a;
  Err err;
  arena_init(&a);
  write_thing(&one);
  Thing t;
  assert_int_equal(read_thing((Sv){one.s, one.n}, &t, &a, &err), OK);
  Store s;
  str_add(&two, "what stood here before");
  store_write(&s, "t", 1, &two);
  visit(&s, &t);
  store_write_end(&s);
  assert_string_equal(two.s, one.s);
  arena_fini(&a);
  str_fini(&one);
  str_fini(&two);
}

TEST(empty_lists_and_missing_texts_come_back) {
  Str text = {0};
  Arena a;
  arena_init(&a);
  Store s;
  Thing t = {0};
  store_write(&s, "t", 1, &text);
  store_names(&s, "names", &t.names);
  store_f64s(&s, "reals", &t.reals, &t.nreal);
  store_i64s(&s, "wholes", &t.wholes, &t.nwhole);
  store_text(&s, "none", &t.none);
  store_write_end(&s);
  t = thing();
  store_read(&s, "t", 1, (Sv){text.s, text.n}, &a);
  store_names(&s, "names", &t.names);
  store_f64s(&s, "reals", &t.reals, &t.nreal);
  store_i64s(&s, "wholes", &t.wholes, &t.nwhole);
  store_text(&s, "none", &t.none);
  assert_int_equal(s.err.code, OK);
  assert_true(t.names.n == 0 && t.nreal == 0 && t.nwhole == 0 && t.none == NULL);
  arena_fini(&a);
  str_fini(&text);
}

TEST(the_text_is_readable_and_ends_in_its_digest) {
  Str text = {0};
  Store s;
  bool yes = true;
  double half = 0.5, tenths[] = {0.1, -0.0}, *reals = tenths;
  int64_t n = 2;
  const char *word = "a \"b\"";
  store_write(&s, "t", 1, &text);
  store_write_end(&s);
  assert_string_equal(text.s, "tycho t 1\nsha256 c88f68dfeb1670bb0329d461e36034ee315d85dbf31f5778d70dc193da0991e7\n");
  store_write(&s, "t", 1, &text);
  store_bool(&s, "fitted", &yes);
  store_f64(&s, "l2", &half);
  store_text(&s, "target", &word);
  store_f64s(&s, "weights", &reals, &n);
  assert_string_equal(text.s, "tycho t 1\nfitted true\nl2 0.5\ntarget \"a \\\"b\\\"\"\nweights 2 0.1 -0\n");
  str_fini(&text);
}

TEST(a_field_of_another_name_is_named_with_its_line) {
  Str text = {0};
  Arena a;
  arena_init(&a);
  Store s;
  seal("tycho t 1\nfirst 1\nbias 2\n", &text);
  int64_t v = 5, w = 5;
  store_read(&s, "t", 1, (Sv){text.s, text.n}, &a);
  store_i64(&s, "first", &v);
  store_i64(&s, "weights", &w);
  assert_int_equal(s.err.code, ERR_PARSE);
  assert_string_equal(s.err.msg, "line 3: expected 'weights', found 'bias'");
  assert_true(v == 1 && w == 0);
  Names names = {NASTY, 3};
  store_names(&s, "names", &names); // the first error stays, and what follows reads as empty
  assert_int_equal(names.n, 0);
  assert_string_equal(s.err.msg, "line 3: expected 'weights', found 'bias'");
  store_read(&s, "t", 1, (Sv){text.s, text.n}, &a);
  store_i64(&s, "first", &v);
  store_i64(&s, "bias", &v);
  store_i64(&s, "more", &v);
  assert_string_equal(s.err.msg, "line 4: expected 'more', found the end");
  arena_fini(&a);
  str_fini(&text);
}

TEST(text_cut_at_any_byte_is_refused) {
  Str text = {0};
  write_thing(&text);
  for (size_t n = 0; n < text.n; n++) {
    Arena a;
    Err err;
    Thing t = {0};
    arena_init(&a);
    char *copy = malloc(n + 1); // of this size, so that a sanitizer sees a read beyond the end
    memcpy(copy, text.s, n);
    assert_int_equal(read_thing((Sv){copy, n}, &t, &a, &err), ERR_PARSE);
    if (n == 0) assert_string_equal(err.msg, "not a tycho t: it is empty");
    else if (n < 6) assert_string_equal(err.msg, "not a tycho t: it does not start with \"tycho\"");
    else assert_string_equal(err.msg, "cut short: the last line is no checksum; save or copy it again");
    free(copy);
    arena_fini(&a);
  }
  str_fini(&text);
}

TEST(a_flipped_byte_anywhere_is_refused) {
  Str text = {0};
  write_thing(&text);
  for (size_t i = 0; i < text.n; i++) {
    Arena a;
    Err err;
    Thing t = {0};
    arena_init(&a);
    text.s[i] = (char)(text.s[i] ^ 4);
    assert_int_equal(read_thing((Sv){text.s, text.n}, &t, &a, &err), ERR_PARSE);
    bool body = i >= 6 && i + 73 < text.n; // behind "tycho ", before the last line of 72 bytes and the newline there
    if (body) assert_has(err.msg, "changed or damaged: the checksum does not fit");
    text.s[i] = (char)(text.s[i] ^ 4);
    arena_fini(&a);
  }
  str_fini(&text);
}

static Err error_of(const char *sealed, void (*read)(Store *s)) {
  Str text = {0};
  Arena a;
  arena_init(&a);
  Store s;
  seal(sealed, &text);
  store_read(&s, "model", 3, (Sv){text.s, text.n}, &a);
  if (read) read(&s);
  arena_fini(&a);
  str_fini(&text);
  return s.err;
}

TEST(other_kinds_and_newer_versions_are_told_apart) {
  Err err = error_of("tycho frame 1\n", NULL);
  assert_int_equal(err.code, ERR_PARSE);
  assert_string_equal(err.msg, "a tycho frame, not a model");
  err = error_of("tycho model 4\n", NULL);
  assert_int_equal(err.code, ERR_PARSE);
  assert_string_equal(err.msg, "a model of format 4; this tycho reads formats up to 3: use a newer one");
  assert_int_equal(error_of("tycho model 3\n", NULL).code, OK);
  assert_int_equal(error_of("tycho model 1\n", NULL).code, OK);
  assert_has(error_of("tycho model one\n", NULL).msg, "line 1: no version number after \"tycho model\"");
  assert_has(error_of("tycho model\n", NULL).msg, "no version number");
  assert_has(error_of("tycho model 0\n", NULL).msg, "no version number");
  assert_has(error_of("a,b\n1,2\n", NULL).msg, "not a tycho model: it does not start with \"tycho\"");
}

static void read_bool(Store *s) {
  bool v;
  store_bool(s, "x", &v);
}
static void read_i64(Store *s) {
  int64_t v;
  store_i64(s, "x", &v);
}
static void read_f64(Store *s) {
  double v;
  store_f64(s, "x", &v);
}
static void read_text(Store *s) {
  const char *v;
  store_text(s, "x", &v);
}
static void read_names(Store *s) {
  Names v;
  store_names(s, "x", &v);
}
static void read_f64s(Store *s) {
  double *v;
  int64_t n;
  store_f64s(s, "x", &v, &n);
}
static void read_i64s(Store *s) {
  int64_t *v, n;
  store_i64s(s, "x", &v, &n);
}
static void read_opts(Store *s) {
  Opts o;
  store_params(s, TABLE, &o);
}

TEST(values_of_the_wrong_kind_are_refused) {
  static const struct {
    const char *value;
    void (*read)(Store *s);
    const char *says;
  } rows[] = {
      {"yes", read_bool, "line 2: 'x' must be true or false, 'yes' was found"},
      {"1.5", read_i64, "'x' must be a whole number, '1.5' was found"},
      {"9223372036854775808", read_i64, "must be a whole number"},
      {"1 2", read_i64, "'x' must be followed by the end of the line, '2' was found"},
      {"", read_f64, "'x' must be a number, '' was found"},
      {"0x1p3", read_f64, "'x' must be a number, '0x1p3' was found"},
      {"word", read_text, "'x' must be a text in quotes or nil, 'word' was found"},
      {"\"open", read_text, "must be a text in quotes or nil"},
      {"\"a\\q\"", read_text, "must be a text in quotes or nil"},
      {"\"a\\x0\"", read_text, "must be a text in quotes or nil"},
      {"\"a\\x00\"", read_text, "must be a text in quotes or nil"},
      {"\"a\\", read_text, "must be a text in quotes or nil"},
      {"nils", read_text, "must be a text in quotes or nil"},
      {"1 nil", read_names, "'x' must be a list of texts, nil was found"},
      {"1 \"a\" \"b\"", read_names, "must be followed by the end of the line"},
      {"2 1.5 ", read_f64s, "must be a number"},
      {"1 1.5 2", read_f64s, "must be followed by the end of the line"},
      {"2 1 z", read_i64s, "must be a whole number, 'z' was found"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char text[200];
    snprintf(text, sizeof text, "tycho model 1\nx %s\n", rows[i].value);
    Err err = error_of(text, rows[i].read);
    assert_int_equal(err.code, ERR_PARSE);
    assert_has(err.msg, rows[i].says);
  }
}

// A count that was believed would ask for up to 2^63 values here and end the process.
TEST(counts_that_lie_are_refused_before_memory_is_taken) {
  static const char *const counts[] = {"9223372036854775807", "1000000000000 1 2", "3 1 2", "-1",
                                       "99999999999999999999"};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    char text[200];
    snprintf(text, sizeof text, "tycho model 1\nx %s\n", counts[i]);
    assert_int_equal(error_of(text, read_f64s).code, ERR_PARSE);
    assert_int_equal(error_of(text, read_i64s).code, ERR_PARSE);
    assert_int_equal(error_of(text, read_names).code, ERR_PARSE);
  }
  assert_string_equal(error_of("tycho model 1\nx 3 1 2\n", read_f64s).msg,
                      "line 2: 'x' says that it has 3 values, which its line has no room for");
}

TEST(stored_options_pass_the_checks_of_typed_ones) {
  const char *head = "tycho model 1\nflag true\n";
  static const struct {
    const char *rest, *says;
  } rows[] = {
      {"rounds 0\n", "line 3: stored options: rounds must be a whole number from 1 to 1000, 0 was given"},
      {"rounds 5\nl2 -1\n", "line 4: stored options: l2 must be a number of at least 0, -1 was given"},
      {"rounds 5\nl2 nan\n", "nan was given"},
      {"rounds 5\nl2 1\nlabel nil\ncolumns 0\nmethod \"b\"\n", "line 7: stored options: method must be \"a\", "},
      {"rounds 5\nl2 1\nlabel nil\ncolumns 0\nmethod nil\n", "line 7: stored options: method must be"},
      {"depth 5\n", "line 3: expected 'rounds', found 'depth'"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char text[200];
    snprintf(text, sizeof text, "%s%s", head, rows[i].rest);
    Err err = error_of(text, read_opts);
    assert_int_equal(err.code, ERR_PARSE);
    assert_has(err.msg, rows[i].says);
  }
}

TEST(a_visitor_may_refuse_what_it_reads) {
  Str text = {0};
  Arena a;
  arena_init(&a);
  Store s;
  int64_t v;
  seal("tycho t 1\nx 3\n", &text);
  store_read(&s, "t", 1, (Sv){text.s, text.n}, &a);
  store_i64(&s, "x", &v);
  store_fail(&s, "%d means for %d columns", (int)v, 4);
  store_fail(&s, "something later");
  assert_int_equal(s.err.code, ERR_PARSE);
  assert_string_equal(s.err.msg, "line 2: 3 means for 4 columns");
  arena_fini(&a);
  str_fini(&text);
}

RUN(CASE(every_kind_of_field_comes_back_as_it_was), CASE(reading_and_writing_again_gives_the_same_bytes),
    CASE(empty_lists_and_missing_texts_come_back), CASE(the_text_is_readable_and_ends_in_its_digest),
    CASE(a_field_of_another_name_is_named_with_its_line), CASE(text_cut_at_any_byte_is_refused),
    CASE(a_flipped_byte_anywhere_is_refused), CASE(other_kinds_and_newer_versions_are_told_apart),
    CASE(values_of_the_wrong_kind_are_refused), CASE(counts_that_lie_are_refused_before_memory_is_taken),
    CASE(stored_options_pass_the_checks_of_typed_ones), CASE(a_visitor_may_refuse_what_it_reads))

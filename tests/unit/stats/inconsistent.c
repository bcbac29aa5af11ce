// Spellings, formats and rows that are nearly the same. What meets and what stays apart was decided by hand; formats of
// reported_heights: counted in Python 3.11 with a regular expression for each format.
#include "unit/frame/make.h"
#include "unit/io/io_help.h"

#include "stats/quality.h"
#include "stats/spelling_int.h"

static bool meet(const char *a, const char *b, FoldLevel level) {
  Str x = {0}, y = {0};
  fold_text(sv(a), level, &x);
  fold_text(sv(b), level, &y);
  bool same = x.n && sv_eq((Sv){x.s, x.n}, (Sv){y.s, y.n});
  str_fini(&x);
  str_fini(&y);
  return same;
}

static FoldLevel first_level(const char *a, const char *b) {
  int level = 0;
  while (level < FOLD_LEVELS && !meet(a, b, (FoldLevel)level)) level++;
  return (FoldLevel)level;
}

#define assert_fold(a, b, level)                                                                                       \
  do {                                                                                                                 \
    int fold_got_ = (int)first_level(a, b), fold_want_ = (int)(level);                                                 \
    if (fold_got_ != fold_want_) fail_msg("%s and %s meet at level %d, expected %d", a, b, fold_got_, fold_want_);     \
  } while (0)

TEST(each_level_forgives_one_thing_more) {
  assert_fold(" New  York\t", "New York", FOLD_SPACES);
  assert_fold("New\xC2\xA0York", "New York", FOLD_SPACES);
  assert_fold("NEW YORK", "new york", FOLD_CASE);
  assert_fold("ÉCOLE", "école", FOLD_CASE);
  assert_fold("ΑΘΗΝΑΣ", "αθηνας", FOLD_CASE);
  assert_fold("МОСКВА", "москва", FOLD_CASE);
  assert_fold("St. Gallen", "St Gallen", FOLD_PUNCTUATION);
  assert_fold("New-York", "new york", FOLD_PUNCTUATION);
  assert_fold("O’Brien", "O'Brien", FOLD_PUNCTUATION);
  assert_fold("Zürich", "zurich", FOLD_ACCENTS);
  assert_fold("u\xCC\x88", "ü", FOLD_ACCENTS);
  assert_fold("Straße", "strasse", FOLD_ACCENTS);
  assert_fold("Łódź", "Lodz", FOLD_ACCENTS);
  assert_fold("Lee, Ann", "Ann Lee", FOLD_WORD_ORDER);
  assert_fold("180cm", "180 cm", FOLD_BLANKS);
  assert_fold("newyork", "New York", FOLD_BLANKS);
  assert_fold("Misisippi", "Mississippi", FOLD_LETTERS);
}

TEST(what_distinguishes_values_stays) {
  assert_fold("A", "A-", FOLD_LEVELS);
  assert_fold("A+", "A-", FOLD_LEVELS);
  assert_fold("-3", "3", FOLD_LEVELS);
  assert_fold("5.11", "511", FOLD_LEVELS);
  assert_fold("5'11", "511", FOLD_LEVELS);
  assert_fold("5 .11", "5 11", FOLD_LEVELS);
  assert_fold("1 2", "12", FOLD_LEVELS);
  assert_fold("10 x 20", "20 x 10", FOLD_LEVELS);
  assert_fold("2020-01-05", "2020 01 05", FOLD_LEVELS);
  assert_fold("C#", "C", FOLD_LEVELS);
  assert_fold("C++", "C", FOLD_LEVELS);
  assert_fold("50%", "50", FOLD_LEVELS);
  assert_fold("<30", ">30", FOLD_LEVELS);
  assert_fold("anna", "ana", FOLD_LEVELS); // too short for single letters
  assert_fold("Room 1212", "Room 2121", FOLD_LEVELS);
  assert_fold("-", "?", FOLD_LEVELS);
  assert_fold("東京", "京都", FOLD_LEVELS);
}

static Frame *inconsistent(const Frame *f, bool letters, bool formats) {
  Frame *out = NULL;
  Err err = {0};
  InconsistentOpts opts = {.letters = letters, .formats = formats};
  if (stats_inconsistent(NULL, f, &opts, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

TEST(spellings_of_one_value_are_a_cluster_with_the_usual_one) {
  Frame *f =
      make_frame("city:text n:int", "bern 1 Bern 2 Bern 3 Basel 4 NA 5 BERN. 6 york,_new 7 New_York 8 NewYork 9");
  Frame *d = inconsistent(f, true, true);
  assert_string_equal(shown_at(d, "column"), "city city city city city city");
  assert_string_equal(shown_at(d, "cluster"), "1 1 1 2 2 2");
  assert_string_equal(shown_at(d, "value"), "Bern BERN. bern New York NewYork york, new");
  assert_string_equal(shown_at(d, "n"), "2 1 1 1 1 1");
  assert_string_equal(shown_at(d, "suggestion"), "Bern Bern Bern New York New York New York");
  assert_string_equal(shown_at(d, "rule"), "punctuation punctuation punctuation several several several");
  assert_string_equal(frame_caption(d), "2 clusters of values that may be one, in 1 of 1 text column");
  frame_unref(d);
  frame_unref(f);
}

TEST(letters_can_be_held_to) {
  Frame *f = make_frame("c:category", "Youseff Yousseff Youseff"), *d = inconsistent(f, true, true);
  assert_string_equal(shown_at(d, "value"), "Youseff Yousseff");
  assert_string_equal(shown_at(d, "rule"), "letters letters");
  frame_unref(d);
  d = inconsistent(f, false, true);
  assert_int_equal(frame_nrow(d), 0);
  assert_string_equal(frame_caption(d), "nothing inconsistent in 1 text column");
  frame_unref(d);
  frame_unref(f);
}

TEST(mixed_formats_are_a_cluster_of_formats) {
  Frame *f = make_frame("h:text", "5'11\" 180_cm 1,80_m 175_cm 172_cm"), *d = inconsistent(f, true, true);
  assert_string_equal(shown_at(d, "value"), "999 cm 9'99\" 9,9 m");
  assert_string_equal(shown_at(d, "n"), "3 1 1");
  assert_string_equal(shown_at(d, "suggestion"), "999 cm 999 cm 999 cm");
  assert_string_equal(shown_at(d, "rule"), "format format format");
  frame_unref(d);
  d = inconsistent(f, true, false);
  assert_int_equal(frame_nrow(d), 0);
  frame_unref(d);
  frame_unref(f);
}

static Frame *load(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "datasets/%s.csv", name);
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  Err err = {0};
  if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

TEST(levels_of_a_category_are_no_mixed_formats) {
  Frame *f = load("titanic"), *d = NULL; // 1st, 2nd, 3rd
  InconsistentOpts opts = {*NAMES("passengerClass", "sex"), true, true};
  assert_int_equal(stats_inconsistent(NULL, f, &opts, &d, NULL), OK);
  assert_int_equal(frame_nrow(d), 0);
  frame_unref(d);
  frame_unref(f);
}

TEST(heights_are_shown_by_format) {
  Frame *f = load("reported_heights"), *d = NULL;
  assert_int_equal(stats_formats(NULL, f, NAMES("height"), &d, NULL), OK);
  assert_int_equal(frame_nrow(d), 36);
  static const char *const format[] = {"99", "99.9", "999", "9.9", "9", "9'9", "9'9\"", "9'99"};
  static const int n[] = {690, 125, 101, 66, 29, 18, 13, 7};
  for (int64_t i = 0; i < 8; i++) {
    assert_true(sv_is(col_text(frame_at(d, 1), i), format[i]));
    assert_int_equal(frame_at(d, 2)->i[i], n[i]);
  }
  assert_true(sv_is(col_text(frame_at(d, 4), 0), "70  69  72"));
  frame_unref(d);
  frame_unref(f);
}

TEST(digits_become_nines_and_units_stay) {
  Frame *f = make_frame("t:text", "68.8976 .5 1,234 1,80 1.2.3 2020-01-05 165cm 5_feet_and_8.11_inches "
                                  "about_70 five_foot a_kilometre_or_2 __7__");
  Frame *d = NULL;
  assert_int_equal(stats_formats(NULL, f, &(Names){0}, &d, NULL), OK);
  const char *all = shown_at(d, "format");
  static const char *const want[] = {"99.9",     ".9",         "9,999",   "9,9",
                                     "9.9.9",    "9999-99-99", "999cm",   "9 feet and 9.9 inches",
                                     "about 99", "a a",        "a a or 9"};
  for (size_t k = 0; k < sizeof want / sizeof *want; k++) assert_has(all, want[k]);
  assert_int_equal(frame_nrow(d), 12);
  frame_unref(d);
  frame_unref(f);
}

TEST(rows_that_are_nearly_the_same_are_sets) {
  Frame *f =
      make_frame("name:text born:int", "Ann_Lee 1990 Bo 1984 ann__lee 1990 Bo 1984 Ann_Lee 1991 bo. 1984 NA 1 NA 1");
  Frame *d = NULL;
  assert_int_equal(stats_near_duplicates(NULL, f, &(Names){0}, &d, NULL), OK);
  assert_string_equal(shown_at(d, "set"), "1 1 2 2 2");
  assert_string_equal(shown_at(d, "row"), "1 3 2 4 6");
  assert_string_equal(shown_at(d, "name"), "Ann Lee ann  lee Bo Bo bo.");
  assert_string_equal(frame_caption(d), "5 rows in 2 sets that differ in spaces, case, punctuation or accents alone");
  frame_unref(d);
  assert_int_equal(stats_near_duplicates(NULL, f, NAMES("born"), &d, NULL), OK); // equal ones are d:duplicates
  assert_int_equal(frame_nrow(d), 0);
  frame_unref(d);
  frame_unref(f);
}

TEST(mistakes_are_told) {
  Frame *f = make_frame("row:text x:int", "a 1 A 1"), *d = NULL;
  Err err;
  InconsistentOpts opts = {.columns = *NAMES("x")};
  assert_int_equal(stats_inconsistent(NULL, f, &opts, &d, &err), ERR_TYPE);
  assert_string_equal(err.msg, "inconsistent: column 'x' is int: it needs text");
  opts.columns = *NAMES("y");
  assert_int_equal(stats_inconsistent(NULL, f, &opts, &d, &err), ERR_NAME);
  assert_int_equal(stats_formats(NULL, f, NAMES("x"), &d, &err), ERR_TYPE);
  assert_int_equal(stats_formats(NULL, f, NAMES("y"), &d, &err), ERR_NAME);
  assert_int_equal(stats_near_duplicates(NULL, f, NAMES("y"), &d, &err), ERR_NAME);
  assert_int_equal(stats_near_duplicates(NULL, f, &(Names){0}, &d, &err), ERR_NAME);
  assert_has(err.msg, "the answer has a column 'row' of its own: d:rename it first");
  Job stopped = {.cancel = true};
  opts.columns = (Names){0};
  assert_int_equal(stats_inconsistent(&stopped, f, &opts, &d, NULL), ERR_CANCELLED);
  assert_int_equal(stats_formats(&stopped, f, &(Names){0}, &d, NULL), ERR_CANCELLED);
  assert_int_equal(stats_near_duplicates(&stopped, f, &(Names){0}, &d, NULL), ERR_CANCELLED);
  frame_unref(f);
}

RUN(CASE(each_level_forgives_one_thing_more), CASE(what_distinguishes_values_stays),
    CASE(spellings_of_one_value_are_a_cluster_with_the_usual_one), CASE(letters_can_be_held_to),
    CASE(mixed_formats_are_a_cluster_of_formats), CASE(levels_of_a_category_are_no_mixed_formats),
    CASE(heights_are_shown_by_format), CASE(digits_become_nines_and_units_stay),
    CASE(rows_that_are_nearly_the_same_are_sets), CASE(mistakes_are_told))

// Drift of the first against the last 600 rows of titanic: SciPy 1.10.1 (ks_2samp with its limit distribution kstwobign,
// chi2_contingency without correction), the index by its formula in NumPy over pandas 1.5.3's quantiles. Small tables by
// hand.
#include "unit/stats/report_help.h"

#include "frame/verbs.h"

static Frame *drift_of(Job *job, const Frame *f, const Frame *with, DriftOpts opts) {
  Frame *out = NULL;
  Err err = {0};
  if (!opts.bins) opts.bins = 10;
  if (stats_drift(job, f, with, &opts, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

static void titanic(Frame **a, Frame **b) {
  Frame *f = stats_data("titanic");
  assert_int_equal(frame_slice(NULL, f, 0, 600, a, NULL), OK);
  assert_int_equal(frame_slice(NULL, f, 709, 600, b, NULL), OK);
  frame_unref(f);
}

TEST(titanic_agrees_with_scipy) {
  Frame *a, *b;
  titanic(&a, &b);
  Frame *d = drift_of(NULL, a, b, (DriftOpts){0});
  assert_string_equal(shown_at(d, "column"), "passengerClass age survived sex name");
  assert_string_equal(shown_at(d, "test"), "chisq ks chisq chisq NA");
  assert_near(report_number(d, "age", "statistic"), 0.2802083813563229, 1e-14);
  assert_near(report_number(d, "age", "p") / 4.1102306581222703e-16, 1, 1e-10);
  assert_near(report_number(d, "age", "psi"), 0.8052819254454822, 1e-13);
  assert_near(report_number(d, "age", "missing"), 0.09166666666666666, 1e-15);
  assert_near(report_number(d, "age", "missing_with"), 0.33666666666666667, 1e-15);
  assert_near(report_number(d, "sex", "statistic"), 19.92939549441351, 1e-13);
  assert_near(report_number(d, "sex", "p") / 8.035527549200508e-06, 1, 1e-11);
  assert_near(report_number(d, "sex", "psi"), 0.06694252424061979, 1e-14);
  assert_near(report_number(d, "survived", "psi"), 0.3273057653408217, 1e-14);
  assert_near(report_number(d, "survived", "p") / 1.8975562538952092e-22, 1, 1e-10);
  assert_near(report_number(d, "passengerClass", "psi"), 13.473383231505466, 1e-13);
  assert_near(report_number(d, "passengerClass", "statistic"), 1200, 1e-12);
  frame_unref(a), frame_unref(b), frame_unref(d);
}

TEST(p_is_adjusted_by_holm) { // 4 tests, the smallest times 4, then 3, 2, 1
  Frame *a, *b;
  titanic(&a, &b);
  Frame *d = drift_of(NULL, a, b, (DriftOpts){0});
  static const char *const name[] = {"passengerClass", "survived", "age", "sex"};
  for (int k = 0; k < 4; k++)
    assert_near(report_number(d, name[k], "p_holm") / report_number(d, name[k], "p"), 4 - k, 1e-14);
  frame_unref(a), frame_unref(b), frame_unref(d);
}

TEST(new_and_vanished_levels_are_named) {
  Frame *a, *b;
  titanic(&a, &b);
  Frame *d = drift_of(NULL, a, b, (DriftOpts){0});
  assert_string_equal(report_text(d, "passengerClass", "new"), "3rd");
  assert_string_equal(report_text(d, "passengerClass", "vanished"), "1st, 2nd");
  assert_string_equal(report_text(d, "age", "new"), "<1% outside of 0.6667 to 80");
  frame_unref(a), frame_unref(b), frame_unref(d);
}

// a: 4 rows of u, 4 of v, 2 missing; with: 2 of u, 6 of v, 1 of w, 1 missing. (.4-.2) ln 2 + (.4-.6) ln(.4/.6)
// + (.05-.1) ln .5 + (.2-.1) ln 2
TEST(the_index_by_hand) {
  Frame *a = make_frame("g:category", "u u u u v v v v NA NA"), *b = make_frame("g:category", "u u v v v v v v w NA");
  Frame *d = drift_of(NULL, a, b, (DriftOpts){0});
  double ln2 = 0.6931471805599453, want = .2 * ln2 + .2 * 0.4054651081081644 + .05 * ln2 + .1 * ln2;
  assert_near(stats_cell(d, "psi", 0), want, 1e-15);
  frame_unref(a), frame_unref(b), frame_unref(d);
}

// 1,100 words, 50 of them 8 times and the others twice; then those 50 only 4 times, and 40 new words 5 times each: 2,500
// rows both. By hand: the 50 give (400 - 200) / 2500 ln 2, the others together nothing, and the new ones, half a row
// before, (200 - .5) / 2500 ln 400. Chi-squared by hand: of the 50 each 2 * 2^2 / 6, of the new ones 2 * 100^2 / 100.
TEST(of_many_words_the_most_frequent_have_bins) {
  Str first = {0}, second = {0};
  for (int k = 0; k < 1100; k++) {
    for (int i = 0; i < (k % 22 == 7 ? 8 : 2); i++) str_addf(&first, "w%d ", k);
    for (int i = 0; i < (k % 22 == 7 ? 4 : 2); i++) str_addf(&second, "w%d ", k);
  }
  for (int k = 0; k < 200; k++) str_addf(&second, "new%d ", k / 5);
  Frame *a = make_frame("g:category", str_c(&first)), *b = make_frame("g:category", str_c(&second));
  Frame *d = drift_of(NULL, a, b, (DriftOpts){0});
  double ln2 = 0.6931471805599453, ln400 = 5.991464547107982;
  assert_near(stats_cell(d, "psi", 0), 200 * ln2 / 2500 + 199.5 * ln400 / 2500, 1e-13);
  assert_near(stats_cell(d, "statistic", 0), 200.0 / 3 + 200, 1e-10);
  assert_non_null(strstr(frame_caption(d), "of 1 column with more than 1,000 words the 50 most frequent ones"));
  frame_unref(a), frame_unref(b), frame_unref(d);
  str_fini(&first), str_fini(&second);
}

TEST(texts_that_hardly_repeat_have_no_index) {
  Str body = {0};
  for (int k = 0; k < 1200; k++) str_addf(&body, "name%d ", k);
  Frame *f = make_frame("g:text", str_c(&body)), *d = drift_of(NULL, f, f, (DriftOpts){0});
  assert_true(isnan(stats_cell(d, "psi", 0)));
  frame_unref(f), frame_unref(d);
  str_fini(&body);
}

TEST(small_samples_have_an_exact_p) { // 1 2 3 4 and 5 6 7 8: two of 70 orders are as far apart
  Frame *a = make_frame("x:int", "1 2 3 4"), *b = make_frame("x:int", "5 6 7 8"),
        *d = drift_of(NULL, a, b, (DriftOpts){0});
  assert_near(stats_cell(d, "statistic", 0), 1, 0);
  assert_near(stats_cell(d, "p", 0), 2.0 / 70, 1e-15);
  assert_string_equal(report_text_at(d, 0, "new"), "100% outside of 1 to 4");
  frame_unref(a), frame_unref(b), frame_unref(d);
}

TEST(columns_of_one_side_and_of_other_types_are_told) {
  Frame *a = make_frame("x:int y:int z:category", "1 1 a  2 2 b"),
        *b = make_frame("w:int y:category x:real", "3 p 1  4 q 2.5");
  Frame *d = drift_of(NULL, a, b, (DriftOpts){0});
  assert_string_equal(report_text(d, "z", "drift"), "gone");
  assert_string_equal(report_text(d, "w", "drift"), "new");
  assert_string_equal(report_text(d, "y", "drift"), "category, was int");
  assert_string_equal(report_text(d, "x", "drift"), "little");
  frame_unref(d);
  d = drift_of(NULL, a, b, (DriftOpts){.columns = *NAMES("x")});
  assert_int_equal(frame_nrow(d), 1);
  frame_unref(a), frame_unref(b), frame_unref(d);
}

TEST(a_frame_has_not_drifted_from_itself) {
  Frame *f = stats_data("credit"), *d = drift_of(NULL, f, f, (DriftOpts){0});
  for (int64_t i = 0; i < frame_nrow(d); i++) {
    assert_near(stats_cell(d, "psi", i), 0, 0);
    assert_near(stats_cell(d, "statistic", i), 0, 0);
    assert_near(stats_cell(d, "p", i), 1, 1e-15);
  }
  assert_true(strstr(frame_caption(d), "0 of 14 columns much (PSI above 0.25)") != NULL);
  frame_unref(f), frame_unref(d);
}

TEST(missing_and_nan_have_a_bin) { // .5 and .5 against 1 and an empty bin, which counts as half of 4 rows: .125
  Frame *a = make_frame("x:real", "1 nan NA 1"), *b = make_frame("x:real", "1 1 1 1"),
        *d = drift_of(NULL, a, b, (DriftOpts){0});
  assert_near(stats_cell(d, "psi", 0), .5 * 0.6931471805599453 + .375 * 1.3862943611198906, 1e-15);
  assert_near(stats_cell(d, "missing", 0), .5, 0);
  frame_unref(a), frame_unref(b), frame_unref(d);
}

TEST(what_is_wrong_is_said) {
  Frame *f = stats_data("titanic"), *none = make_frame("age:int", ""), *out;
  Err err = {0};
  DriftOpts opts = {.bins = 10}, odd = {.columns = *NAMES("agee"), .bins = 10};
  assert_int_equal(stats_drift(NULL, f, none, &opts, &out, &err), ERR_ARG);
  assert_string_equal(err.msg, "drift: the second frame has no rows");
  assert_int_equal(stats_drift(NULL, f, f, &odd, &out, &err), ERR_NAME);
  Job stopped = {.cancel = true}, small = {.memory = 1};
  assert_int_equal(stats_drift(&stopped, f, f, &opts, &out, &err), ERR_CANCELLED);
  int64_t *row = calloc(200000, sizeof *row);
  Frame *many;
  assert_int_equal(frame_gather(NULL, f, row, 200000, &many, NULL), OK);
  DriftOpts age = {.columns = *NAMES("age"), .bins = 10};
  assert_int_equal(stats_drift(&small, many, many, &age, &out, &err), ERR_MEMORY);
  free(row);
  frame_unref(f), frame_unref(none), frame_unref(many);
}

TEST(the_bits_do_not_depend_on_the_threads) {
  static const int threads[] = {1, 2, 3, 7};
  char first[65] = "", now[65];
  Frame *a, *b;
  titanic(&a, &b);
  for (int k = 0; k < 4; k++) {
    Job job = {.pool = pool_new(threads[k])};
    Frame *d = drift_of(&job, a, b, (DriftOpts){0});
    frame_hash(d, now);
    if (k == 0) strcpy(first, now);
    assert_string_equal(now, first);
    frame_unref(d);
    pool_free(job.pool);
  }
  frame_unref(a), frame_unref(b);
}

RUN(CASE(titanic_agrees_with_scipy), CASE(p_is_adjusted_by_holm), CASE(new_and_vanished_levels_are_named),
    CASE(the_index_by_hand), CASE(of_many_words_the_most_frequent_have_bins),
    CASE(texts_that_hardly_repeat_have_no_index), CASE(small_samples_have_an_exact_p),
    CASE(columns_of_one_side_and_of_other_types_are_told), CASE(a_frame_has_not_drifted_from_itself),
    CASE(missing_and_nan_have_a_bin), CASE(what_is_wrong_is_said), CASE(the_bits_do_not_depend_on_the_threads))

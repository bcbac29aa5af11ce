// Fills against KNNImputer of scikit-learn 1.2.1 and against Gower's distance written out with numpy 1.24.2, on
// airquality and penguins (tests/golden/make/impute_knn.py). The rest is worked by hand.
#include "golden/impute_knn.h"

#include "base/pool.h"
#include "unit/io/io_help.h"
#include "unit/prep/prep_help.h"

static Frame *read_csv(const char *path) {
  ReadOpts opts;
  Frame *d;
  io_read_defaults(&opts);
  assert_int_equal(io_read(NULL, &HELP_DOOR, path, &opts, &d, NULL), OK);
  return d;
}

static void assert_gaps(const char *file, const char *metric, const char *weights, int64_t k, const GoldenGap *gap,
                        size_t n) {
  Step s = help_step("impute_knn");
  set_text(&s, "metric", metric);
  set_text(&s, "weights", weights);
  set_int(&s, "k", k);
  Frame *d = read_csv(file), *z = fitted(&s, d);
  for (size_t i = 0; i < n; i++) {
    const Column *c = help_col(z, gap[i].column);
    assert_true(col_valid(c, gap[i].row));
    if (gap[i].word) assert_true(sv_is(col_text(c, gap[i].row), gap[i].word));
    else assert_near(col_f64(c, gap[i].row), gap[i].value, 1e-12);
  }
  for (int j = 0; j < frame_ncol(z); j++) assert_int_equal(frame_at(z, j)->missing, 0);
  frame_unref(z);
  frame_unref(d);
  help_fini(&s);
}
#define GAPS(list) list, sizeof(list) / sizeof *(list)

TEST(numbers_are_those_of_scikit_learn) {
  assert_gaps("datasets/airquality.csv", "euclidean", "uniform", 5, GAPS(AIR_5));
  assert_gaps("datasets/airquality.csv", "euclidean", "distance", 3, GAPS(AIR_3_DISTANCE));
}

TEST(mixed_columns_are_those_of_gowers_distance) {
  assert_gaps("datasets/penguins.csv", "gower", "uniform", 5, GAPS(PENGUINS_GOWER_5));
  assert_gaps("datasets/airquality.csv", "gower", "uniform", 1, GAPS(AIR_GOWER_1));
}

static Frame *people(void) {
  return HELP_FRAME(5, {"size", COL_F64, {"1", "2", "9", "11", "1.5"}}, {"job", COL_CAT, {"b", "b", "a", "a", NULL}},
                    {"age", COL_I64, {"10", "21", "40", NULL, "12"}},
                    {"day", COL_DATE, {"2024-01-01", "2024-01-03", "2024-02-01", "2024-02-01", "2024-01-02"}},
                    {"paid", COL_BOOL, {"true", "true", "false", NULL, "true"}});
}

TEST(each_type_takes_what_its_donors_have) {
  Step s = help_step("impute_knn");
  set_int(&s, "k", 2);
  Frame *x = people(), *z = fitted(&s, x);
  assert_cells(z, "job", "b,b,a,a,b");
  assert_cells(z, "age", "10,21,40,30.5,12");            // of the third row and the second
  assert_cells(z, "paid", "true,true,false,false,true"); // one of each: the smaller value
  assert_int_equal(help_col(z, "age")->type, COL_F64);
  assert_ptr_equal(help_col(z, "size"), help_col(x, "size"));
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(later_rows_take_from_training_rows_whatever_their_words) {
  Step s = help_step("impute_knn");
  set_int(&s, "k", 1);
  Frame *x = people(), *z = fitted(&s, x);
  frame_unref(z);
  Frame *later = HELP_FRAME(3, {"size", COL_F64, {"8", NULL, NULL}}, {"job", COL_TEXT, {"new", "a", NULL}},
                            {"age", COL_I64, {NULL, "41", NULL}}, {"day", COL_DATE, {NULL, "2024-02-01", NULL}},
                            {"paid", COL_BOOL, {NULL, NULL, NULL}});
  z = applied(&s, later);
  assert_cells(z, "age", "40,41,20.75"); // a row without anything: the mean of 10, 21, 40, 12
  assert_cells(z, "day", "2024-02-01,2024-02-01,2024-01-14");
  assert_cells(z, "size", "8,11,4.9"); // the fourth row has no age: distance 0
  assert_cells(z, "job", "new,a,a");   // as many as b: the smaller word
  assert_cells(z, "paid", "false,false,true");
  frame_unref(z);
  frame_unref(later);
  frame_unref(x);
  help_fini(&s);
}

TEST(equally_near_rows_do_not_depend_on_their_order) {
  Step s = help_step("impute_knn");
  set_int(&s, "k", 1);
  Frame *x = HELP_FRAME(4, {"a", COL_F64, {"1", "1", "1", "2"}}, {"b", COL_F64, {"3", "7", "5", NULL}});
  Frame *turned = HELP_FRAME(4, {"a", COL_F64, {"1", "1", "1", "2"}}, {"b", COL_F64, {"7", "5", "3", NULL}});
  Frame *z = fitted(&s, x), *z2 = fitted(&s, turned);
  assert_true(help_col(z, "b")->f[3] == help_col(z2, "b")->f[3]);
  frame_unref(z2);
  frame_unref(z);
  frame_unref(turned);
  frame_unref(x);
  help_fini(&s);
}

TEST(four_threads_fill_with_the_same_bits) {
  Step s = help_step("impute_knn");
  Frame *d = read_csv("datasets/airquality.csv"), *z = fitted(&s, d), *z4;
  Job job = {.pool = pool_new(4)};
  assert_int_equal(s.type->apply(&job, s.opts, &s.state, d, &z4, NULL), OK);
  assert_same_frame(z, z4);
  pool_free(job.pool);
  frame_unref(z4);
  frame_unref(z);
  frame_unref(d);
  help_fini(&s);
}

TEST(the_card_shows_the_donors_of_a_first_gap) {
  Step s = help_step("impute_knn");
  set_int(&s, "k", 2);
  Frame *x = people(), *z = fitted(&s, x), *card = card_of(&s);
  assert_columns(card, "column,missing,range,row,fill,donors");
  assert_cells(card, "missing", "0,1,1,0,1");
  assert_cells(card, "range", "10,,30,31,");
  assert_cells(card, "row", ",5,4,,4");
  assert_cells(card, "fill", ",b,30.5,,false");
  assert_cells(card, "donors", ",1, 2,3, 2,,3, 2");
  frame_unref(card);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

// A draw among equals: over many gaps each of three donors is taken about as often. 3000 draws have a standard deviation
// of 26 around 1000; the bounds are five of them.
TEST(a_hot_deck_draws_one_donor_by_seed_and_shows_it) {
  enum { N = 3003 };
  Step s = help_step("impute_knn");
  set_int(&s, "k", 3);
  set_bool(&s, "draw", true);
  Frame *x = frame_new(N);
  Column *a, *b;
  assert_int_equal(column_new(NULL, COL_F64, N, NULL, &a, NULL), OK);
  assert_int_equal(column_new(NULL, COL_I64, N, NULL, &b, NULL), OK);
  for (int64_t i = 0; i < N; i++) a->f[i] = (double)i, b->i[i] = i;
  for (int64_t i = 3; i < N; i++) assert_int_equal(column_set_missing(b, i, NULL), OK);
  assert_int_equal(frame_add(x, "a", a, NULL), OK);
  assert_int_equal(frame_add(x, "b", b, NULL), OK);
  Frame *z = fitted(&s, x), *again = fitted(&s, x), *card = card_of(&s);
  const Column *got = help_col(z, "b");
  int64_t times[3] = {0}, same = 0;
  assert_int_equal(got->type, COL_I64);
  for (int64_t i = 3; i < N; i++) times[got->i[i]]++;
  for (int k = 0; k < 3; k++) assert_in_range(times[k], 870, 1130);
  assert_same_frame(z, again);
  char want[32];
  snprintf(want, sizeof want, ",%lld", (long long)got->i[3] + 1); // row 4 has the value of that row
  assert_cells(card, "donors", want);
  StepIn in = help_in(&s, x);
  in.seed = 2;
  arena_fini(&s.state.arena);
  s.state = (StepState){0};
  assert_int_equal(s.type->fit(NULL, s.opts, &in, &s.state, NULL), OK);
  Frame *other = applied(&s, x);
  for (int64_t i = 3; i < N; i++) same += help_col(other, "b")->i[i] == got->i[i];
  assert_in_range(same, 870, 1130);
  frame_unref(other);
  frame_unref(card);
  frame_unref(again);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(what_cannot_be_learned_or_measured_is_named) {
  Step s = help_step("impute_knn");
  Frame *x = HELP_FRAME(2, {"a", COL_F64, {"1", "inf"}}, {"b", COL_CAT, {"u", NULL}}, {"c", COL_F64, {NULL, NULL}});
  set_columns(&s, "a");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_has(s.err.msg, "column 'a' is infinite in row 2");
  set_columns(&s, "c");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_has(s.err.msg, "column 'c' has no value in the training rows");
  set_columns(&s, "b");
  set_text(&s, "metric", "euclidean");
  assert_int_equal(step_fit(&s, x), ERR_TYPE);
  assert_has(s.err.msg, "column 'b' is category, and metric=\"euclidean\" is for numbers");
  set_columns(&s, "d");
  assert_int_equal(step_fit(&s, x), ERR_NAME);
  frame_unref(x);
  help_fini(&s);
}

RUN(CASE(numbers_are_those_of_scikit_learn), CASE(mixed_columns_are_those_of_gowers_distance),
    CASE(each_type_takes_what_its_donors_have), CASE(later_rows_take_from_training_rows_whatever_their_words),
    CASE(equally_near_rows_do_not_depend_on_their_order), CASE(four_threads_fill_with_the_same_bits),
    CASE(the_card_shows_the_donors_of_a_first_gap), CASE(a_hot_deck_draws_one_donor_by_seed_and_shows_it),
    CASE(what_cannot_be_learned_or_measured_is_named))

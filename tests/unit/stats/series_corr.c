// Autocorrelation, partial autocorrelation and cross-correlation against acf, pacf, ccf and Box.test of R 4.2.2.
#include "unit/stats/assoc_help.h"

static void check(const Frame *r, const char *name, const double *want, int n, double tol) {
  assert_int_equal(frame_nrow(r), n);
  for (int i = 0; i < n; i++) assert_near(frame_at(r, column_at(r, name))->f[i], want[i], tol);
}

TEST(acf_agrees_with_R) {
  static const double want[] = {1,
                                0.94804734075249186,
                                0.87557483512535028,
                                0.80668115549650043,
                                0.75262541738830802,
                                0.71376997265196462,
                                0.6817336033310043,
                                0.66290438636844962,
                                0.65561048432508673,
                                0.67094832792450476,
                                0.70271992090907176,
                                0.74324018900693312,
                                0.76039504226255583};
  Frame *f = load("airpassengers"), *r = NULL;
  assert_int_equal(stats_acf(NULL, f, "passengers", 12, &r, NULL), OK);
  check(r, "acf", want, 13, 1e-15);
  assert_near(frame_at(r, column_at(r, "high"))->f[3], 0.16333033204500447, 1e-15);
  assert_near(frame_at(r, column_at(r, "low"))->f[3], -0.16333033204500447, 1e-15);
  assert_near(frame_at(r, column_at(r, "ljung_box"))->f[12], 1036.4819072166551, 1e-14);
  assert_string_equal(shown_at(r, "lag"), "0 1 2 3 4 5 6 7 8 9 10 11 12");
  assert_true(!col_valid(frame_at(r, column_at(r, "p")), 0));
  frame_unref(r);
  assert_int_equal(stats_acf(NULL, f, "passengers", 0, &r, NULL), OK);
  assert_int_equal(frame_nrow(r), 22);
  frame_unref(r);
  frame_unref(f);
}

TEST(pacf_agrees_with_R) {
  static const double want[] = {0.94804734075249175,  -0.22942187411717721, 0.038147780503991209,
                                0.093785438151740758, 0.073606697894160369, 0.0077276025905009737,
                                0.12559713017611701,  0.089951343164266576, 0.23248854220856208,
                                0.1660512598043562,   0.17127441974305579,  -0.13543110227801472};
  Frame *f = load("airpassengers"), *r = NULL;
  assert_int_equal(stats_pacf(NULL, f, "passengers", 12, &r, NULL), OK);
  check(r, "pacf", want, 12, 1e-13);
  frame_unref(r);
  frame_unref(f);
}

TEST(missing_values_are_passed_over_as_R_does) {
  static const double want[] = {
      1, 0.56152898309023791, 0.38442245625664845, 0.39022118654766602, 0.28007134138842849, 0.28232623214276303};
  static const double cross[] = {0.59363140772537393, 0.63581906621121664, 0.6991172079041903, 0.57256874911686051,
                                 0.45055286313657494};
  Frame *f = load("airquality"), *r = NULL;
  assert_int_equal(stats_acf(NULL, f, "Ozone", 5, &r, NULL), OK);
  check(r, "acf", want, 6, 1e-14);
  frame_unref(r);
  assert_int_equal(stats_ccf(NULL, f, "Ozone", "Temp", 2, &r, NULL), OK);
  check(r, "ccf", cross, 5, 1e-14);
  frame_unref(r);
  frame_unref(f);
}

TEST(ccf_agrees_with_R) {
  static const double want[] = {0.47629537759698648, 0.44605138233511216, 0.54287152325055754, 0.60426093988955776,
                                0.57676002018847561, 0.38128642252434425, 0.23287174135490912};
  Frame *f = load("longley"), *r = NULL;
  assert_int_equal(stats_ccf(NULL, f, "GNP", "Unemployed", 3, &r, NULL), OK);
  check(r, "ccf", want, 7, 1e-14);
  assert_string_equal(shown_at(r, "lag"), "-3 -2 -1 0 1 2 3");
  frame_unref(r);
  assert_int_equal(stats_ccf(NULL, f, "GNP", "Unemployed", 0, &r, NULL), OK);
  assert_int_equal(frame_nrow(r), 19);
  frame_unref(r);
  frame_unref(f);
}

TEST(constant_and_short_series) {
  Frame *f = make_frame("k:int x:real s:category", "7 1 a 7 nan b 7 3 a"), *r = NULL;
  Err err;
  assert_int_equal(stats_acf(NULL, f, "k", 0, &r, NULL), OK);
  assert_string_equal(shown_at(r, "acf"), "NA NA NA");
  frame_unref(r);
  assert_int_equal(stats_acf(NULL, f, "x", 1, &r, NULL), OK);
  assert_string_equal(shown_at(r, "acf"), "1 NA");
  frame_unref(r);
  assert_int_equal(stats_acf(NULL, f, "k", 3, &r, &err), ERR_ARG);
  assert_string_equal(err.msg, "acf: lags must be below the number of rows, 3, 3 was given");
  assert_int_equal(stats_acf(NULL, f, "s", 1, &r, &err), ERR_TYPE);
  assert_int_equal(stats_pacf(NULL, f, "xx", 1, &r, &err), ERR_NAME);
  frame_unref(f);
  f = make_frame("x:int", "5");
  assert_int_equal(stats_ccf(NULL, f, "x", "x", 0, &r, &err), ERR_SHAPE);
  frame_unref(f);
}

TEST(they_stop_when_told) {
  Frame *f = load("airpassengers"), *r = NULL;
  Job job = {.cancel = true};
  assert_int_equal(stats_acf(&job, f, "passengers", 5, &r, NULL), ERR_CANCELLED);
  assert_int_equal(stats_ccf(&job, f, "passengers", "passengers", 5, &r, NULL), ERR_CANCELLED);
  frame_unref(f);
}

RUN(CASE(acf_agrees_with_R), CASE(pacf_agrees_with_R), CASE(missing_values_are_passed_over_as_R_does),
    CASE(ccf_agrees_with_R), CASE(constant_and_short_series), CASE(they_stop_when_told))

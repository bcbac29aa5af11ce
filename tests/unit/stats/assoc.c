// Association of columns of any type. titanic: chisq.test, cor.test, anova of R 4.2.2 and its arithmetic (entropies,
// Bergsma's correction); mutual information of binned numbers: pandas 1.5.3 (qcut) and mutual_info_score of
// scikit-learn 1.2.1; predictive power: roc_auc_score of scikit-learn and spearmanr of SciPy 1.10.1.
#include "unit/stats/assoc_help.h"

static Frame *assoc(const Frame *f, AssocOpts opts) {
  Frame *out = NULL;
  Err err = {0};
  if (stats_assoc(NULL, f, &opts, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

static void check(const Frame *r, const char *a, const char *b, const char *measure, double value, double p) {
  for (int64_t i = 0; i < frame_nrow(r); i++)
    if (sv_is(col_text(frame_at(r, 0), i), a) && sv_is(col_text(frame_at(r, 1), i), b)) {
      Sv got = col_text(frame_at(r, 2), i);
      if (!sv_is(got, measure)) fail_msg("%s with %s by " SV_FMT, a, b, SV_ARG(got));
      assert_near(frame_at(r, 3)->f[i], value, 1e-14);
      assert_near(frame_at(r, 5)->f[i] / p, 1, 1e-11);
      return;
    }
  fail_msg("no pair %s %s", a, b);
}

TEST(each_pair_gets_the_measure_that_fits) {
  Frame *f = load("titanic"), *r = assoc(f, (AssocOpts){.show = ASSOC_LONG});
  assert_int_equal(frame_nrow(r), 6); // of survived, sex, age and passengerClass; name is a text
  check(r, "survived", "sex", "phi", -0.52869309138898823, 3.7758923579446375e-95);
  check(r, "survived", "age", "point-biserial", -0.055512520190902401, 0.072714439432765274);
  check(r, "survived", "passengerClass", "cramer v", 0.31253315355294775, 1.7208259588256076e-28);
  check(r, "age", "passengerClass", "eta", 0.41472099706160037, 1.797202884009351e-43);
  assert_near(cell(r, "survived", "sex", "low"), -0.56664288447708666, 1e-14);
  assert_near(cell(r, "survived", "sex", "high"), -0.48850500900111599, 1e-14);
  frame_unref(r);
  r = assoc(f, (AssocOpts){.target = "survived"});
  assert_string_equal(shown_at(r, "column"), "sex passengerClass age");
  assert_string_equal(shown_at(r, "n"), "1309 1309 1046");
  assert_has(frame_caption(r), "n = 1,046 to 1,309");
  frame_unref(r);
  r = assoc(f, (AssocOpts){0});
  assert_near(cell(r, "passengerClass", NULL, "age"), 0.41472099706160037, 1e-14);
  assert_near(cell(r, "age", NULL, "passengerClass"), 0.41472099706160037, 1e-14);
  assert_near(cell(r, "passengerClass", NULL, "passengerClass"), 1, 1e-15);
  frame_unref(r);
  r = assoc(f, (AssocOpts){.show = ASSOC_N, .columns = *NAMES("age", "sex")});
  assert_string_equal(shown_at(r, "age"), "1046 1046");
  frame_unref(r);
  frame_unref(f);
}

TEST(measures_of_categories_agree_with_R) {
  Frame *f = load("titanic");
  Names two = *NAMES("passengerClass", "survived");
  Frame *r = assoc(f, (AssocOpts){.columns = two, .method = ASSOC_THEIL, .show = ASSOC_LONG});
  check(r, "passengerClass", "survived", "theil u", 0.0485095874101521, 1.8033547680994166e-28);
  check(r, "survived", "passengerClass", "theil u", 0.073385226008194721, 1.8033547680994166e-28);
  frame_unref(r);
  r = assoc(f, (AssocOpts){.columns = two, .method = ASSOC_THEIL});
  assert_near(cell(r, "passengerClass", NULL, "survived"), 0.0485095874101521, 1e-14); // of the row, told by the column
  frame_unref(r);
  r = assoc(f, (AssocOpts){.columns = two, .method = ASSOC_MUTUAL, .show = ASSOC_LONG});
  check(r, "passengerClass", "survived", "mutual information", 0.048802699704753039, 1.8033547680994166e-28);
  frame_unref(r);
  r = assoc(f, (AssocOpts){.columns = two, .method = ASSOC_CRAMER, .corrected = true});
  assert_near(cell(r, "survived", NULL, "passengerClass"), 0.31019587990107195, 1e-14);
  assert_has(frame_caption(r), "bias-corrected");
  frame_unref(r);
  frame_unref(f);
}

static void check_interval(const Frame *f, AssocOpts o, const char *a, const char *b, double low, double high) {
  o.show = ASSOC_LONG;
  Frame *r = assoc(f, o);
  assert_near(cell(r, a, b, "low"), low, 1e-9);
  assert_near(cell(r, a, b, "high"), high, 1e-9);
  frame_unref(r);
}

// uniroot of pchisq and pf over their noncentrality.
TEST(every_measure_has_its_interval) {
  Frame *f = load("titanic"), *g = load("penguins");
  Names two = *NAMES("passengerClass", "survived"), number = *NAMES("species", "bill_length_mm");
  AssocOpts cramer = {.columns = two, .method = ASSOC_CRAMER}, theil = {.columns = two, .method = ASSOC_THEIL};
  check_interval(f, cramer, "passengerClass", "survived", 0.257013051002, 0.365575407361);
  cramer.level = 0.9;
  check_interval(f, cramer, "passengerClass", "survived", 0.265744266715, 0.356851822756);
  check_interval(f, theil, "survived", "passengerClass", 0.0496199317213, 0.100418949746);
  theil.method = ASSOC_MUTUAL;
  check_interval(f, theil, "passengerClass", "survived", 0.0329982853346, 0.0667806875537);
  check_interval(g, (AssocOpts){.columns = number}, "species", "bill_length_mm", 0.811842280531, 0.862675693684);
  Frame *r = assoc(g, (AssocOpts){.columns = number, .show = ASSOC_LOW});
  assert_near(cell(r, "species", NULL, "bill_length_mm"), 0.811842280531, 1e-9);
  frame_unref(r);
  frame_unref(g);
  frame_unref(f);
}

TEST(numbers_are_cut_at_quantiles_as_pandas_does) {
  Frame *f = load("titanic");
  Frame *r = assoc(f, (AssocOpts){.columns = *NAMES("age", "survived"), .method = ASSOC_MUTUAL});
  assert_near(cell(r, "age", NULL, "survived"), 0.008887644834851383, 1e-14);
  assert_has(frame_caption(r), "numbers in n^(1/3) intervals of equal counts");
  frame_unref(r);
  r = assoc(f, (AssocOpts){.columns = *NAMES("age", "passengerClass"), .method = ASSOC_MUTUAL, .bins = 4});
  assert_near(cell(r, "age", NULL, "passengerClass"), 0.08193191960118153, 1e-14);
  frame_unref(r);
  frame_unref(f);
  f = load("airquality");
  r = assoc(f, (AssocOpts){.columns = *NAMES("Wind", "Temp"), .method = ASSOC_MUTUAL, .bins = 5});
  assert_near(cell(r, "Wind", NULL, "Temp"), 0.19273776785107824, 1e-14);
  frame_unref(r);
  frame_unref(f);
}

TEST(sparse_tables_are_counted_by_sorting) { // 2,000 x 2,000 levels, each pair once: U = 1, MI = log 2000
  enum { N = 2000 };
  char word[16];
  Frame *f = frame_new(N);
  for (int j = 0; j < 2; j++) {
    TextBuilder b;
    Column *text, *cat;
    textb_init(&b, NULL);
    for (int i = 0; i < N; i++) {
      snprintf(word, sizeof word, "w%d", j ? i * 7 % N : i);
      assert_int_equal(textb_add(&b, sv(word), NULL), OK);
    }
    assert_int_equal(textb_take(&b, &text, NULL), OK);
    textb_fini(&b);
    assert_int_equal(column_to_cat(NULL, text, -1, &cat, NULL), OK);
    column_unref(text);
    assert_int_equal(frame_add(f, j ? "y" : "x", cat, NULL), OK);
  }
  Frame *r = assoc(f, (AssocOpts){.method = ASSOC_MUTUAL}), *v = assoc(f, (AssocOpts){0});
  assert_near(cell(r, "x", NULL, "y"), 7.6009024595420822, 1e-12);
  assert_near(cell(v, "x", NULL, "y"), 1, 1e-12);
  frame_unref(r);
  frame_unref(v);
  frame_unref(f);
}

TEST(constant_and_empty_columns_have_no_value) {
  Frame *f = make_frame("a:category b:category c:int d:real e:bool", "u k 1 NA true v k 2 NA false w k 3 NA true");
  Frame *r = assoc(f, (AssocOpts){0});
  assert_string_equal(shown_at(r, "b"), "NA NA NA NA NA");
  assert_string_equal(shown_at(r, "d"), "NA NA NA NA NA");
  assert_near(cell(r, "a", NULL, "c"), 1, 0); // each level has one value
  frame_unref(r);
  for (int method = ASSOC_CRAMER; method <= ASSOC_MUTUAL; method++) {
    r = assoc(f, (AssocOpts){.method = method});
    assert_string_equal(shown_at(r, "d"), "NA NA NA NA NA");
    frame_unref(r);
  }
  frame_unref(f);
}

TEST(what_does_not_fit_is_refused) {
  Frame *f = load("titanic"), *out = NULL;
  Err err;
  AssocOpts text = {.columns = *NAMES("name", "sex")}, target = {.target = "survivd"},
            column = {.columns = *NAMES("agee")};
  assert_int_equal(stats_assoc(NULL, f, &text, &out, &err), ERR_TYPE);
  assert_has(err.msg, "column 'name' is text");
  assert_int_equal(stats_assoc(NULL, f, &target, &out, &err), ERR_NAME);
  assert_has(err.msg, "did you mean 'survived'?");
  assert_int_equal(stats_assoc(NULL, f, &column, &out, &err), ERR_NAME);
  Job job = {.cancel = true};
  assert_int_equal(stats_assoc(&job, f, &(AssocOpts){0}, &out, &err), ERR_CANCELLED);
  frame_unref(f);
  f = make_frame("a:text", "x y");
  assert_int_equal(stats_assoc(NULL, f, &(AssocOpts){0}, &out, &err), ERR_ARG);
  assert_has(err.msg, "no fitting column");
  frame_unref(f);
}

// ---- power --------------------------------------------------------------------------------------------------------
static PowerOut power(const Frame *f, const char *x, const char *y) {
  PowerOut p;
  assert_int_equal(stats_power(NULL, frame_at(f, column_at(f, x)), frame_at(f, column_at(f, y)), &p, NULL), OK);
  return p;
}

TEST(power_agrees_with_areas_and_ranks) {
  Frame *f = load("titanic");
  PowerOut p = power(f, "age", "survived");
  assert_string_equal(p.measure, "auc");
  assert_near(p.value, 1 - 0.47553279634372886, 1e-14);
  assert_int_equal(p.n, 1046);
  assert_near(power(f, "passengerClass", "survived").value, 0.6610012360939431, 1e-14);
  p = power(f, "passengerClass", "age");
  assert_string_equal(p.measure, "spearman");
  assert_near(p.value, 0.37428279518387336, 1e-14);
  frame_unref(f);
  f = load("iris");
  assert_near(power(f, "petal_width_cm", "class").value, 0.8333333333333334, 1e-14);
  frame_unref(f);
  f = load("airquality");
  assert_near(power(f, "Wind", "Ozone").value, 0.59015512406701121, 1e-14);
  frame_unref(f);
}

TEST(an_id_has_no_power) {
  Frame *f = make_frame("id:category y:bool z:int k:int",
                        "a true 1 5 b false 2 5 c true 3 5 d true 1 5 e false 2 5 f false 6 5 g true 4 5 h false 8 5");
  assert_near(power(f, "id", "y").value, .5, 0);
  assert_true(power(f, "id", "z").value < .5);
  assert_near(power(f, "k", "y").value, .5, 0);
  assert_true(isnan(power(f, "y", "k").value));
  frame_unref(f);
}

TEST(power_refuses_texts) {
  Frame *f = load("titanic");
  PowerOut p;
  Err err;
  assert_int_equal(stats_power(NULL, frame_at(f, column_at(f, "name")), frame_at(f, column_at(f, "sex")), &p, &err),
                   ERR_TYPE);
  frame_unref(f);
}

RUN(CASE(each_pair_gets_the_measure_that_fits), CASE(measures_of_categories_agree_with_R),
    CASE(every_measure_has_its_interval), CASE(numbers_are_cut_at_quantiles_as_pandas_does),
    CASE(sparse_tables_are_counted_by_sorting), CASE(constant_and_empty_columns_have_no_value),
    CASE(what_does_not_fit_is_refused), CASE(power_agrees_with_areas_and_ranks), CASE(an_id_has_no_power),
    CASE(power_refuses_texts))

// What a step makes of its training rows. All counts are worked by hand.
#include "unit/prep/prep_help.h"

#include "prep/preview.h"

static StepPreview previewed(Step *s, const Frame *x) {
  StepPreview p;
  StepIn in = help_in(s, x);
  if (step_preview(NULL, s->type, s->opts, &in, &p, &s->err) != OK) fail_msg("%s", s->err.msg);
  return p;
}

static void assert_bars(const PreviewSide *s, const char *want) {
  Str got = {0};
  for (int k = 0; k < s->nbar; k++) str_addf(&got, "%s%lld", k ? " " : "", (long long)s->bar[k]);
  assert_string_equal(str_c(&got), want);
  str_fini(&got);
}

static Frame *people(void) {
  return HELP_FRAME(6, {"age", COL_F64, {"1", NULL, "3", "2", "nan", "2"}},
                    {"sex", COL_CAT, {"f", "m", NULL, "m", "m", "f"}}, {"id", COL_I64, {"1", "2", "3", "4", "5", "6"}});
}

TEST(values_that_are_filled_are_counted_and_lie_on_one_scale) {
  Frame *x = people();
  Step s = help_step("impute");
  StepPreview p = previewed(&s, x);
  assert_int_equal(p.ncolumn, 2);
  assert_int_equal(p.kept, 1);
  assert_int_equal(p.affected, 3);
  assert_int_equal(p.left_out + p.made, 0);
  const PreviewColumn *age = &p.column[0], *sex = &p.column[1];
  assert_string_equal(age->name, "age");
  assert_int_equal(age->changed, 2);
  assert_true(age->one_scale);
  assert_int_equal(age->side[PREVIEW_BEFORE].missing, 2);
  assert_int_equal(age->side[PREVIEW_AFTER].missing, 0);
  assert_near(age->side[PREVIEW_AFTER].mean, 2, 0);
  assert_near(age->side[PREVIEW_BEFORE].sd, 0.816496580927726, 1e-15); // sqrt(2 / 3)
  assert_bars(&age->side[PREVIEW_BEFORE], "1 2 1");
  assert_bars(&age->side[PREVIEW_AFTER], "1 4 1");
  assert_int_equal(sex->changed, 1);
  assert_string_equal(sex->level[0], "m");
  assert_int_equal(sex->side[PREVIEW_AFTER].distinct, 2);
  assert_bars(&sex->side[PREVIEW_BEFORE], "3 2");
  assert_bars(&sex->side[PREVIEW_AFTER], "4 2");
  step_preview_free(&p);
  help_fini(&s);
  frame_unref(x);
}

TEST(columns_that_are_added_and_removed_have_one_side) {
  Frame *x = HELP_FRAME(3, {"sex", COL_CAT, {"f", "m", "m"}}, {"age", COL_I64, {"1", "2", "3"}});
  Step s = help_step("onehot");
  StepPreview p = previewed(&s, x);
  assert_int_equal(p.ncolumn, 3);
  assert_int_equal(p.affected, 0);
  assert_false(p.column[0].side[PREVIEW_AFTER].present);
  assert_false(p.column[2].side[PREVIEW_BEFORE].present);
  assert_string_equal(p.column[2].name, "sex_m");
  assert_bars(&p.column[2].side[PREVIEW_AFTER], "1 2");
  step_preview_free(&p);
  help_fini(&s);
  frame_unref(x);
}

TEST(where_most_values_change_each_side_has_its_own_scale) {
  Frame *x = HELP_FRAME(3, {"x", COL_F64, {"100.5", "200.5", "300.5"}});
  Step s = help_step("standard");
  StepPreview p = previewed(&s, x);
  assert_false(p.column[0].one_scale);
  assert_int_equal(p.column[0].changed, 3);
  for (int k = 0; k < PREVIEW_SIDES; k++)
    assert_bars(&p.column[0].side[k], "1 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 1");
  assert_near(p.column[0].side[PREVIEW_AFTER].hi, 1.224744871391589, 1e-15); // 100 / sqrt(20000 / 3)
  step_preview_free(&p);
  help_fini(&s);
  frame_unref(x);
}

TEST(rows_that_training_goes_on_without_are_counted) {
  Frame *x = HELP_FRAME(8, {"x", COL_I64, {"1", "2", "3", "2", "1", "3", "2", "99"}},
                        {"y", COL_I64, {"1", "1", "1", "1", "1", "2", "2", "2"}});
  Step s = help_step("outliers");
  set_text(&s, "as", "filter");
  set_columns(&s, "x");
  StepPreview p = previewed(&s, x);
  assert_int_equal(p.left_out, 1);
  assert_int_equal(p.made, 0);
  assert_int_equal(p.affected, 1);
  assert_int_equal(p.ncolumn, 2); // all columns have other rows now
  assert_int_equal(p.column[0].changed, 0);
  assert_int_equal(p.column[0].side[PREVIEW_BEFORE].n, 8);
  assert_int_equal(p.column[0].side[PREVIEW_AFTER].n, 7);
  assert_bars(&p.column[1].side[PREVIEW_AFTER], "5 2");
  step_preview_free(&p);
  help_fini(&s);
  frame_unref(x);
}

TEST(rows_that_are_drawn_again_are_compared_once) {
  Frame *x = HELP_FRAME(3, {"x", COL_F64, {"1", "2", "3"}}), *z = HELP_FRAME(4, {"x", COL_F64, {"3", "3", "1.5", "1"}});
  static const int64_t source[] = {2, 2, 1, 0};
  StepPreview p;
  assert_int_equal(step_preview_frames(NULL, x, z, source, &p, NULL), OK);
  assert_int_equal(p.made, 1);
  assert_int_equal(p.left_out, 0);
  assert_int_equal(p.affected, 1);
  assert_int_equal(p.column[0].changed, 1);
  step_preview_free(&p);
  frame_unref(x);
  frame_unref(z);
}

TEST(the_table_has_a_line_before_and_one_after) {
  Frame *x = people(), *t;
  Step s = help_step("impute");
  StepPreview p = previewed(&s, x);
  assert_int_equal(step_preview_table(NULL, &p, &t, NULL), OK);
  assert_string_equal(frame_caption(t),
                      "3 rows change (50% of 6 rows); 2 columns change, 1 column stays as it is");
  assert_columns(t, "column,side,missing,changed,shape,mean,sd,from,to,top,n,share");
  assert_cells(t, "column", "age,age,sex,sex");
  assert_cells(t, "side", "before,after,before,after");
  assert_cells(t, "missing", "2,0,1,0");
  assert_cells(t, "changed", "0,2,0,1");
  assert_cells(t, "shape", "▄█▄,▂█▂,█▆,█▄");
  assert_cells(t, "top", ",,m 60%, f 40%,m 67%, f 33%");
  frame_unref(t);
  step_preview_free(&p);
  help_fini(&s);
  frame_unref(x);
}

static void assert_told(const char *step, const char *option, const char *v, const Frame *x, const char *want) {
  Step s = help_step(step);
  if (option) set_text(&s, option, v);
  StepPreview p = previewed(&s, x);
  Str got = {0};
  step_preview_print(&p, &got);
  assert_string_equal(str_c(&got), want);
  str_fini(&got);
  step_preview_free(&p);
  help_fini(&s);
}

TEST(the_words_say_what_changes) {
  Frame *x = people(), *y = HELP_FRAME(8, {"x", COL_I64, {"1", "2", "3", "2", "1", "3", "2", "99"}});
  assert_told("onehot", NULL, NULL, y, "no value changes; 1 column stays as it is");
  assert_told("indicator", NULL, NULL, x, "no value changes; 2 columns are added, 3 columns stay as they are");
  assert_told("outliers", "as", "filter", y,
              "no value changes; 1 column stays as it is\n"
              "training goes on with 7 rows: 1 left out; rows to predict all stay");
  frame_unref(x);
  frame_unref(y);
}

TEST(many_words_share_the_last_bar) {
  Frame *x = frame_new(40);
  TextBuilder b;
  Column *c;
  textb_init(&b, NULL);
  for (int i = 0; i < 40; i++) {
    char word[8];
    snprintf(word, sizeof word, "w%d", i < 20 ? 0 : i - 19);
    assert_int_equal(textb_add(&b, sv(word), NULL), OK);
  }
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  textb_fini(&b);
  assert_int_equal(frame_add(x, "w", c, NULL), OK);
  StepPreview p;
  Frame *none = frame_new(40);
  assert_int_equal(step_preview_frames(NULL, x, none, NULL, &p, NULL), OK);
  assert_int_equal(p.column[0].side[PREVIEW_BEFORE].distinct, 21);
  assert_bars(&p.column[0].side[PREVIEW_BEFORE], "20 1 1 1 1 1 1 1 1 1 1 1 9");
  step_preview_free(&p);
  frame_unref(none);
  frame_unref(x);
}

TEST(an_error_of_the_step_is_the_error_of_the_preview) {
  Frame *x = HELP_FRAME(2, {"x", COL_F64, {"0", "-1"}});
  Step s = help_step("log");
  StepIn in = help_in(&s, x);
  StepPreview p;
  set_columns(&s, "x");
  assert_int_equal(step_preview(NULL, s.type, s.opts, &in, &p, &s.err), ERR_ARG);
  assert_has(s.err.msg, "prep.log");
  step_preview_free(&p);
  help_fini(&s);
  frame_unref(x);
}

RUN(CASE(values_that_are_filled_are_counted_and_lie_on_one_scale),
    CASE(columns_that_are_added_and_removed_have_one_side), CASE(where_most_values_change_each_side_has_its_own_scale),
    CASE(rows_that_training_goes_on_without_are_counted), CASE(rows_that_are_drawn_again_are_compared_once),
    CASE(the_table_has_a_line_before_and_one_after),
    CASE(the_words_say_what_changes), CASE(many_words_share_the_last_bar), CASE(an_error_of_the_step_is_the_error_of_the_preview))

// Rows left over of penguins and airquality, their classes and mean, as pandas 1.5.3 counts them (isna, value_counts).
// The rest is worked by hand.
#include "frame/verbs.h"
#include "unit/io/io_help.h"
#include "unit/prep/prep_help.h"

static Frame *read_csv(const char *path) {
  ReadOpts opts;
  Frame *d;
  io_read_defaults(&opts);
  assert_int_equal(io_read(NULL, &HELP_DOOR, path, &opts, &d, NULL), OK);
  return d;
}

static void set_share(Step *s, const char *name, double v) {
  assert_int_equal(param_set_real(help_param(s, name), "test", s->opts, v, NULL), OK);
}

static Frame *trained(Step *s, const StepIn *in, int64_t **source) {
  StepRows rows;
  arena_fini(&s->state.arena);
  s->state = (StepState){0};
  if (s->type->fit(NULL, s->opts, in, &s->state, &s->err) != OK) fail_msg("fit: %s", s->err.msg);
  if (step_train(NULL, s->type, s->opts, &s->state, in, &rows, &s->err) != OK) fail_msg("train: %s", s->err.msg);
  *source = rows.source;
  return rows.x;
}

TEST(the_card_shows_how_the_classes_shift) {
  static const char *name[] = {"Adelie", "Chinstrap", "Gentoo"};
  static const Names LEVELS = {name, 3};
  static const struct {
    double rows;
    int64_t left, adelie, gentoo;
  } want[] = {{0, 333, 146, 119}, {0.5, 342, 151, 123}};
  Frame *d = read_csv("datasets/penguins.csv"), *x;
  assert_int_equal(frame_drop(d, &(Names){(const char *[]){"species"}, 1}, &x, NULL), OK);
  double y[344];
  for (int64_t i = 0; i < 344; i++)
    for (int k = 0; k < 3; k++)
      if (sv_is(col_text(help_col(d, "species"), i), name[k])) y[i] = k;
  StepIn in = {.x = x, .y = y, .levels = &LEVELS, .seed = 1};
  for (int k = 0; k < 2; k++) {
    Step s = help_step("drop_missing");
    int64_t *source;
    set_share(&s, "rows", want[k].rows);
    Frame *z = trained(&s, &in, &source), *card = card_of(&s);
    assert_int_equal(frame_nrow(z), want[k].left);
    assert_int_equal(source[3], 4); // the fourth row has next to nothing
    const Column *after = help_col(card, "after"), *share = help_col(card, "share");
    int64_t last = frame_nrow(card) - 3;
    assert_near(share->f[last], 152.0 / 344, 1e-15);
    assert_near(after->f[last], (double)want[k].adelie / (double)want[k].left, 1e-15);
    assert_near(after->f[last + 1], 68.0 / (double)want[k].left, 1e-15);
    assert_near(after->f[last + 2], (double)want[k].gentoo / (double)want[k].left, 1e-15);
    mem_free(source);
    frame_unref(card);
    frame_unref(z);
    help_fini(&s);
  }
  frame_unref(x);
  frame_unref(d);
}

TEST(the_card_shows_how_the_mean_of_a_target_shifts) {
  Step s = help_step("drop_missing");
  Frame *d = read_csv("datasets/airquality.csv"), *x;
  assert_int_equal(frame_drop(d, &(Names){(const char *[]){"Temp"}, 1}, &x, NULL), OK);
  double y[153];
  int64_t *source;
  for (int64_t i = 0; i < 153; i++) y[i] = col_f64(help_col(d, "Temp"), i);
  StepIn in = {.x = x, .y = y, .seed = 1};
  set_share(&s, "rows", 0);
  Frame *z = trained(&s, &in, &source), *card = card_of(&s);
  assert_int_equal(frame_nrow(z), 111);
  assert_cells(card, "what", "missing,missing,missing,missing,missing,target");
  assert_cells(card, "n", "37,7,0,0,0,153");
  assert_near(help_col(card, "share")->f[5], 77.88235294117646, 1e-12);
  assert_near(help_col(card, "after")->f[5], 77.7927927927928, 1e-12);
  mem_free(source);
  frame_unref(card);
  frame_unref(z);
  frame_unref(x);
  frame_unref(d);
  help_fini(&s);
}

static Frame *gaps(void) {
  return HELP_FRAME(4, {"a", COL_F64, {"1", NULL, "nan", NULL}}, {"b", COL_TEXT, {"u", NULL, "v", "w"}},
                    {"c", COL_I64, {"1", "2", NULL, "4"}});
}

TEST(columns_go_from_later_rows_too_and_rows_are_judged_by_the_columns_left) {
  Step s = help_step("drop_missing");
  Frame *x = gaps();
  int64_t *source;
  StepIn in = help_in(&s, x);
  set_share(&s, "rows", 0.5);
  Frame *z = trained(&s, &in, &source), *later = applied(&s, x);
  assert_columns(z, "b,c");           // a has 3 of 4 missing
  assert_int_equal(frame_nrow(z), 4); // half of two is not more than half
  assert_null(source);
  assert_columns(later, "b,c");
  frame_unref(later);
  frame_unref(z);
  set_share(&s, "rows", 0.49);
  z = trained(&s, &in, &source), later = applied(&s, x);
  assert_cells(z, "c", "1,4");
  assert_int_equal(source[1], 3);
  assert_int_equal(frame_nrow(later), 4);
  mem_free(source);
  frame_unref(later);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(columns_that_are_not_looked_at_stay) {
  Step s = help_step("drop_missing");
  Frame *x = gaps();
  int64_t *source;
  StepIn in = help_in(&s, x);
  const char *among[] = {"b", "c"};
  param_set_names(help_param(&s, "among"), s.opts, (Names){among, 2});
  set_share(&s, "rows", 0);
  Frame *z = trained(&s, &in, &source);
  assert_columns(z, "a,b,c");
  assert_cells(z, "b", "u,w");
  mem_free(source);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(to_leave_nothing_is_an_error) {
  Step s = help_step("drop_missing");
  Frame *x = HELP_FRAME(2, {"a", COL_F64, {"1", NULL}}, {"b", COL_F64, {NULL, "1"}});
  StepIn in = help_in(&s, x);
  StepRows rows;
  set_share(&s, "columns", 0.4);
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_has(s.err.msg, "all 2 columns have more than 0.4 of their values missing");
  set_share(&s, "columns", 1);
  set_share(&s, "rows", 0.3);
  assert_int_equal(step_fit(&s, x), OK);
  assert_int_equal(step_train(NULL, s.type, s.opts, &s.state, &in, &rows, &s.err), ERR_ARG);
  assert_has(s.err.msg, "every training row has more than 0.3 of its values missing");
  frame_unref(x);
  help_fini(&s);
}

RUN(CASE(the_card_shows_how_the_classes_shift), CASE(the_card_shows_how_the_mean_of_a_target_shifts),
    CASE(columns_go_from_later_rows_too_and_rows_are_judged_by_the_columns_left),
    CASE(columns_that_are_not_looked_at_stay), CASE(to_leave_nothing_is_an_error))

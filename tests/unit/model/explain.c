// What predictions are made of, as tables. Expected values are worked by hand: y = 2 a + 3 b exactly.
#include "model/explain.h"
#include "unit/prep/prep_help.h"

static Frame *rows(void) {
  return HELP_FRAME(5, {"a", COL_F64, {"1", "2", "3", "4", "7"}}, {"b", COL_I64, {"0", "2", "1", "5", "2"}},
                    {"y", COL_F64, {"2", "10", "9", "23", "20"}});
}

static Model *line(const Frame *d) {
  Model *m;
  Learner *l = learner_new(NULL, 0, model_find(sv("linear")), NULL);
  assert_int_equal(model_fit(NULL, l, d, "y", NULL, &m, NULL), OK);
  learner_unref(l);
  return m;
}

TEST(partial_dependence_of_a_line_is_a_line) {
  Frame *d = rows(), *f;
  Model *m = line(d);
  assert_int_equal(model_pdp(NULL, m, d, "a", 100, &f, NULL), OK);
  assert_cells(f, "a", "1,2,3,4,7");
  for (int i = 0; i < 5; i++)
    assert_near(help_col(f, "pred")->f[i], 2 * help_col(f, "a")->f[i] + 3 * 2.0, 1e-12); // the mean of b is 2
  frame_unref(f);
  assert_int_equal(model_pdp(NULL, m, d, "b", 2, &f, NULL), OK);
  assert_cells(f, "b", "0,5");
  assert_near(help_col(f, "pred")->f[1], 2 * 3.4 + 15, 1e-12);
  frame_unref(f);
  model_unref(m);
  frame_unref(d);
}

TEST(what_cannot_be_explained_is_said) {
  Frame *d = rows(), *f;
  Model *m = line(d);
  Err err;
  assert_int_equal(model_shap(NULL, m, d, SHAP_ROWS, &f, &err), ERR_ARG);
  assert_has(err.msg, "this is ml.linear");
  assert_int_equal(model_pdp(NULL, m, d, "y", 5, &f, &err), ERR_NAME);
  assert_has(err.msg, "the model does not look at 'y'");
  assert_int_equal(model_pdp(NULL, m, d, "c", 5, &f, &err), ERR_NAME);
  model_unref(m);
  frame_unref(d);
}

RUN(CASE(partial_dependence_of_a_line_is_a_line), CASE(what_cannot_be_explained_is_said))

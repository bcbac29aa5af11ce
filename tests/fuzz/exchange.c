// Models of other programs after any change: refused with a reason, or a model that can be asked, explained and written,
// and that reads back as the same.
#include "fuzz/fuzz.h"

#include "model/exchange.h"
#include "model/explain.h"
#include "unit/prep/prep_help.h"

static const char *const TOKENS[] = {
    "0", "-1", "1", "2", "9223372036854775807", "1e308", "NaN", "inf", "{", "}", "[", "]", ",", ":", "\"", "null", "true",
    "\"c\"", "\"left_children\"", "\"categories\"", "\"tree_info\"", "binary:logistic", "multi:softprob", "dart", "=",
    "Tree=", "num_leaves", "cat_threshold", "decision_type", "multiclass", "sigmoid:", "end of trees", " ", "\n", NULL};
static Frame *frame;

static void make(void) {
  static const char *const NAME[] = {"logistic", "squared", "poisson", "softprob", "dart", "hinge"};
  for (int k = 0; k < 6; k++) {
    Str text = {0};
    char path[100];
    Model *m;
    snprintf(path, sizeof path, "tests/golden/xgboost/%s.json", NAME[k]);
    assert_int_equal(file_read(path, &text, NULL), OK);
    fuzz_add((Sv){text.s, text.n});
    assert_int_equal(exchange_read((Sv){text.s, text.n}, NULL, &m, NULL), OK);
    str_clear(&text);
    if (exchange_write(NULL, m, EXCHANGE_LIGHTGBM, &text, NULL) == OK) fuzz_add((Sv){text.s, text.n});
    str_fini(&text);
    model_unref(m);
  }
}

static void check_written(const Model *m, ExchangeFormat format) {
  Str text = {0};
  Model *back;
  Err err = {0};
  if (exchange_write(NULL, m, format, &text, &err) == OK && format != EXCHANGE_C) {
    if (exchange_read((Sv){text.s, text.n}, NULL, &back, &err) == OK) model_unref(back);
    else if (!strstr(err.msg, "finite") && !strstr(err.msg, "base_score")) fail_msg("%s", err.msg);
  }
  str_fini(&text);
}

static void check_use(const Model *m) {
  Frame *out = NULL;
  Err err = {0};
  if (model_predict(NULL, m, frame, &out, &err) == OK) frame_unref(out);
  if (model_card(NULL, m, &out, &err) == OK) frame_unref(out);
  if (model_shap(NULL, m, frame, SHAP_ROWS, &out, &err) == OK) frame_unref(out);
  check_written(m, EXCHANGE_XGBOOST);
  check_written(m, EXCHANGE_C);
}

static void check_saved(const Model *m) {
  Str text = {0};
  Model *back;
  Err err = {0};
  assert_int_equal(model_save(m, &text, NULL), OK);
  if (model_load((Sv){text.s, text.n}, &back, &err) != OK) fail_msg("%s", err.msg);
  model_unref(back);
  str_fini(&text);
}

static void check(Sv bytes, Dice *d) {
  Model *m;
  Err err = {0};
  (void)d;
  if (exchange_read(bytes, NULL, &m, &err) != OK) {
    assert_true(err.msg[0]);
    return;
  }
  check_use(m);
  check_saved(m);
  model_unref(m);
}

TEST(any_bytes_are_a_model_or_a_clear_error) {
  frame = HELP_FRAME(4, {"a", COL_F64, {"1.5", NULL, "-3", "0.2"}}, {"b", COL_I64, {"1", "2", NULL, "4"}},
                     {"c", COL_I64, {"0", "39", "500", NULL}}, {"d", COL_F64, {"1000", "1", "2e9", NULL}});
  fuzz_run(&(Fuzz){.door = "exchange", .check = check, .rounds = 2000, .token = TOKENS, .make = make});
  frame_unref(frame);
}

RUN(FUZZ_CASE(any_bytes_are_a_model_or_a_clear_error))

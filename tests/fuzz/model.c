// A saved model after any change, with a checksum that fits: refused with a reason, or a model that can be asked and
// that saves as what reads back the same.
#include "fuzz/fuzz.h"

#include "fuzz/seal.h"
#include "model/model.h"
#include "unit/prep/prep_help.h"

static const char *const TOKENS[] = {"0", "-1", "1", "2", "9223372036854775807", "1e308", "nan", "inf", "true", "false",
                                     "nil", "\"", "\"a\"", "logistic", "linear", "baseline", "impute", "onehot",
                                     "standard", "\n", " ", "0.5", "-0", NULL};
static Frame *frame;

static void add_model(const char *type, const char *target, int nstep) {
  static const char *const name[] = {"impute", "onehot", "standard"};
  StepSpec step[3];
  FitOpts opts = {.seed = 1};
  Model *m;
  Str text = {0};
  Err err = {0};
  for (int k = 0; k < 3; k++) step[k] = (StepSpec){prep_find(sv(name[k])), NULL};
  Learner *l = learner_new(step, nstep, type ? model_find(sv(type)) : NULL, NULL);
  if (model_fit(NULL, l, frame, target, &opts, &m, &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(model_save(m, &text, NULL), OK);
  fuzz_add((Sv){text.s, text.n});
  str_fini(&text);
  model_unref(m);
  learner_unref(l);
}

static void make(void) {
  add_model("logistic", "alive", 3);
  add_model("logistic", "class", 3);
  add_model("linear", "age", 3);
  add_model("baseline", "alive", 0);
  add_model("baseline", "age", 2);
  add_model(NULL, NULL, 2);
}

static void check_use(const Model *m) {
  ModelInfo info = model_info(m);
  Frame *out = NULL;
  Err err = {0};
  if (info.type && model_predict(NULL, m, frame, &out, &err) == OK)
    assert_int_equal(frame_nrow(out), frame_nrow(frame));
  frame_unref(out), out = NULL;
  if (info.type && model_card(NULL, m, &out, &err) == OK) frame_unref(out);
  out = NULL;
  if (model_transform(NULL, m, frame, &out, &err) == OK) frame_unref(out);
}

static void check_again(const Model *m) {
  Str once = {0}, twice = {0};
  Model *back;
  Err err = {0};
  assert_int_equal(model_save(m, &once, NULL), OK);
  if (model_load((Sv){once.s, once.n}, &back, &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(model_save(back, &twice, NULL), OK);
  assert_string_equal(once.s, twice.s);
  model_unref(back);
  str_fini(&once), str_fini(&twice);
}

static void check(Sv bytes, Dice *d) {
  (void)d;
  Model *m;
  Err err = {0};
  if (model_load(bytes, &m, &err) != OK) {
    assert_int_equal(err.code, ERR_PARSE);
    assert_true(err.msg[0]);
    return;
  }
  check_use(m);
  check_again(m);
  model_unref(m);
}

static void mend(Str *s, Dice *d) {
  if (below(d, 16)) seal(s, 0);
}

TEST(a_changed_model_is_refused_or_can_be_used) {
  frame = HELP_FRAME(8, {"age", COL_I64, {"10", "20", NULL, "40", "50", "60", "70", "80"}},
                     {"sex", COL_CAT, {"f", "m", "f", "f", "m", "m", "f", "m"}},
                     {"class", COL_CAT, {"a", "b", "c", "a", "b", "c", "a", "b"}},
                     {"alive", COL_CAT, {"no", "no", "yes", "no", "yes", "yes", "no", "yes"}});
  fuzz_run(&(Fuzz){.door = "model", .check = check, .rounds = 20000, .token = TOKENS, .make = make, .mend = mend});
  frame_unref(frame);
}

RUN(FUZZ_CASE(a_changed_model_is_refused_or_can_be_used))

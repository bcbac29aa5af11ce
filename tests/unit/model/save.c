// Models as text: what comes back, and what is refused. Expected texts and messages are worked by hand.
#include "unit/prep/prep_help.h"

#include "model/model.h"

#include "base/sha256.h"

static Frame *small(void) {
  return HELP_FRAME(8, {"age", COL_I64, {"10", "20", NULL, "40", "50", "60", "70", "80"}},
                    {"sex", COL_CAT, {"f", "m", "f", "f", "m", "m", "f", "m"}},
                    {"alive", COL_CAT, {"no", "no", "yes", "no", "yes", "yes", "no", "yes"}});
}

static Model *piped(const char *type, const Frame *d, const char *target) {
  static const char *const NAME[] = {"impute", "onehot", "standard"};
  StepSpec step[3];
  FitOpts o = {.seed = 11, .positive = "no"};
  Err err;
  Model *m;
  for (int k = 0; k < 3; k++) step[k] = (StepSpec){prep_find(sv(NAME[k])), NULL};
  Learner *l = learner_new(step, 3, type ? model_find(sv(type)) : NULL, NULL);
  if (model_fit(NULL, l, d, target, type ? &o : NULL, &m, &err) != OK) fail_msg("%s", err.msg);
  learner_unref(l);
  return m;
}

static Str saved(const Model *m) {
  Str s = {0};
  Err err;
  if (model_save(m, &s, &err) != OK) fail_msg("%s", err.msg);
  return s;
}

static Model *loaded(const Str *s) {
  Model *m;
  Err err;
  if (model_load((Sv){s->s, s->n}, &m, &err) != OK) fail_msg("%s", err.msg);
  return m;
}

static void seal(Str *text) { // puts the right checksum behind an edited text
  Sha256 h;
  char hex[65];
  text->n -= 72;
  sha256_init(&h);
  sha256_add(&h, text->s, text->n);
  sha256_hex(&h, hex);
  text->s[text->n] = 0;
  str_addf(text, "sha256 %s\n", hex);
}

static void refuse(const Str *s, const char *part) {
  Model *m;
  Err err = {0};
  assert_int_equal(model_load((Sv){s->s, s->n}, &m, &err), ERR_PARSE);
  assert_has(err.msg, part);
}

// s with the first `from` replaced by `to`, sealed.
static Str edited(const Str *s, const char *from, const char *to) {
  Str e = {0};
  const char *at = strstr(s->s, from);
  assert_non_null(at);
  str_addn(&e, s->s, (size_t)(at - s->s));
  str_add(&e, to);
  str_addn(&e, at + strlen(from), s->n - (size_t)(at - s->s) - strlen(from));
  seal(&e);
  return e;
}

TEST(a_model_comes_back_with_all_it_says_about_itself) {
  Frame *d = small(), *p, *q;
  Model *m = piped("logistic", d, "alive"), *t;
  assert_int_equal(model_threshold(m, 0.25, &t, NULL), OK);
  Str s = saved(t), again;
  Model *b = loaded(&s);
  ModelInfo was = model_info(t), is = model_info(b);
  assert_ptr_equal(is.type, was.type);
  assert_string_equal(is.target, "alive");
  assert_int_equal(is.levels->n, 2);
  assert_int_equal(is.positive, 0);
  assert_true(is.threshold == 0.25 && is.seed == 11 && is.nrow == 8 && is.converged);
  assert_int_equal(is.iterations, was.iterations);
  assert_int_equal(is.terms->n, was.terms->n);
  assert_string_equal(is.data_hash, was.data_hash);
  assert_int_equal(model_predict(NULL, t, d, &p, NULL), OK);
  assert_int_equal(model_predict(NULL, b, d, &q, NULL), OK);
  assert_same_frame(p, q);
  again = saved(b);
  assert_string_equal(again.s, s.s);
  str_fini(&again);
  str_fini(&s);
  frame_unref(p);
  frame_unref(q);
  model_unref(b);
  model_unref(t);
  model_unref(m);
  frame_unref(d);
}

TEST(the_same_fit_gives_the_same_text) {
  Frame *d = small();
  Model *m = piped("logistic", d, "alive"), *n = piped("logistic", d, "alive");
  Str s = saved(m), t = saved(n);
  assert_string_equal(s.s, t.s); // the time that it took is not part of it
  str_fini(&s);
  str_fini(&t);
  model_unref(m);
  model_unref(n);
  frame_unref(d);
}

TEST(steps_alone_and_odd_words_come_back) {
  Frame *d = HELP_FRAME(4, {"a \"b\"\n", COL_F64, {"1", "2", "3", NULL}}, {"t", COL_CAT, {"\\", "", "x\ny", "x\ny"}});
  Frame *p, *q;
  Model *m = piped(NULL, d, NULL);
  Str s = saved(m);
  Model *b = loaded(&s);
  assert_int_equal(model_transform(NULL, m, d, &p, NULL), OK);
  assert_int_equal(model_transform(NULL, b, d, &q, NULL), OK);
  assert_same_frame(p, q);
  assert_null(model_info(b).target);
  str_fini(&s);
  frame_unref(p);
  frame_unref(q);
  model_unref(b);
  model_unref(m);
  frame_unref(d);
}

TEST(damaged_foreign_and_newer_texts_are_refused) {
  Frame *d = small();
  Model *m = piped("logistic", d, "alive");
  Str s = saved(m), cut = {0}, e;
  assert_has(s.s, "tycho model 2\n");
  for (size_t n = 0; n < s.n; n += 7) {
    str_clear(&cut);
    str_addn(&cut, s.s, n);
    Model *out;
    assert_int_equal(model_load((Sv){str_c(&cut), n}, &out, NULL), ERR_PARSE);
  }
  s.s[60] ^= 1;
  refuse(&s, "changed or damaged");
  s.s[60] ^= 1;
  e = edited(&s, "tycho model 2", "tycho model 3");
  refuse(&e, "a model of format 3; this tycho reads formats up to 2");
  str_fini(&e);
  e = edited(&s, "tycho model 2", "tycho model 1");
  refuse(&e, "a model of format 1, written by an older tycho; this one reads format 2");
  str_fini(&e);
  e = edited(&s, "tycho model 2", "tycho plot 1");
  refuse(&e, "a tycho plot, not a model");
  str_fini(&e);
  str_fini(&cut);
  str_fini(&s);
  model_unref(m);
  frame_unref(d);
}

TEST(types_and_steps_of_another_program_are_named) {
  Frame *d = small();
  Model *m = piped("logistic", d, "alive");
  Str s = saved(m), e = edited(&s, "type \"logistic\"", "type \"boast\"");
  refuse(&e, "needs the model type 'boast', which this version does not have");
  str_fini(&e);
  e = edited(&s, "step \"onehot\"", "step \"smoat\"");
  refuse(&e, "needs the step 'prep.smoat', which this version does not have");
  str_fini(&e);
  e = edited(&s, "threshold 0.5", "threshold 1.5");
  refuse(&e, "a threshold out of [0, 1]");
  str_fini(&e);
  e = edited(&s, "positive 0", "positive 2");
  refuse(&e, "a task that does not fit its classes");
  str_fini(&e);
  e = edited(&s, "\"no\" \"yes\"", "\"no\" \"yes\" \"zoo\"");
  refuse(&e, "'levels'");
  str_fini(&e);
  str_fini(&s);
  model_unref(m);
  frame_unref(d);
}

// Someone may edit a file and put the right checksum behind it: that may change answers, but must not end the process.
TEST(a_text_edited_by_hand_is_refused_or_harmless) {
  static const char with[] = {'0', '9', '-', ' ', '\n'};
  Frame *d = small();
  Model *m = piped("logistic", d, "alive");
  Str s = saved(m), e = {0};
  for (size_t i = 14; i + 73 < s.n; i++) {
    for (size_t k = 0; k < sizeof with; k++) {
      Model *out;
      Frame *f;
      str_clear(&e);
      str_addn(&e, s.s, s.n);
      e.s[i] = with[k];
      seal(&e);
      if (model_load((Sv){e.s, e.n}, &out, NULL) != OK) continue;
      if (model_predict(NULL, out, d, &f, NULL) == OK) frame_unref(f);
      if (model_card(NULL, out, &f, NULL) == OK) frame_unref(f);
      model_unref(out);
    }
  }
  str_fini(&e);
  str_fini(&s);
  model_unref(m);
  frame_unref(d);
}

RUN(CASE(a_model_comes_back_with_all_it_says_about_itself), CASE(the_same_fit_gives_the_same_text),
    CASE(steps_alone_and_odd_words_come_back), CASE(damaged_foreign_and_newer_texts_are_refused),
    CASE(types_and_steps_of_another_program_are_named), CASE(a_text_edited_by_hand_is_refused_or_harmless))

// What every statistical test keeps to, whatever the data: a frame or a message that begins with its name, p values
// between 0 and 1, intervals around their estimates, the same bytes for any number of threads, and an end when it is
// cancelled at any tick.
#include "unit/stats/test_help.h"

#include "base/pool.h"

static const char *const FORMULAS[] = {
    "y",         "~ y",       "y ~ g",     "y ~ h",     "y ~ x",   "g ~ h",   "b ~ g",       "k ~ g",
    "k",         "b",         "g",         "x ~ k",     "~ x + k", "~ g + h", "y ~ g + h",   "y ~ g * h",
    "y ~ g | s", "b ~ g | s", "b ~ h | s", "y ~ h | s", "~ b",     "k ~ x",   "~ x + y + k", "y ~ .",
    "g ~ h | b", "b ~ b2",    "~ b + b2",  "h ~ y",     "s ~ y",
};

static const char HEAD[] = "g:category h:category x:real y:real k:int b:bool b2:bool s:int";
static const char *const BODIES[] = {
    // good: every test has something here that it can do
    "a p 1.5 2.0 3 true false 1  b p 2.5 3.1 0 false false 1  a q 0.5 2.2 1 true true 2  b q 3.5 5.0 4 true false 2 "
    "a r 1.1 4.4 2 false true 3  b r 0.2 1.7 5 true false 3  a p 2.2 0.4 3 false false 4  b q 1.9 3.3 1 true true 4 "
    "a r 4.1 2.9 2 true true 5  b p 3.3 2.6 6 false true 5  a q 2.8 3.8 0 false true 6  b r 1.3 0.9 2 true false 6",
    "a p 1 1 1 true true 1",                                               // one row
    "a p 1 1 1 true true 1  a p 1 1 1 true true 2  a p 1 1 1 true true 3", // constant columns
    "a p 1 1 1 true false 1  b q 2 2 2 false true 1",                      // two rows
    "a p 1 NA 1 true true 1  NA q NA 3 2 NA true 1  b p 2 nan NA false false 2  b q 1 4 2 true NA 2  a q nan 7 4 false "
    "true 3", // missing values, NaN
    "a p 1e300 1 0 true false 1  b q -1e-300 1000000 1 false true 1  a q 0 -5 2 true true 2  b p 7 7 7 false true 2",
    "a p NA NA NA NA NA NA  b q NA NA NA NA NA NA", // nothing there
};

static void check_cells(const char *name, const char *formula, const Frame *f) {
  int p = frame_find(f, sv("p")), est = frame_find(f, sv("estimate"));
  for (int64_t i = 0; i < frame_nrow(f); i++) {
    double v = p >= 0 ? col_f64(frame_at(f, p), i) : NAN;
    if (!isnan(v) && !(v >= 0 && v <= 1)) fail_msg("%s %s: p is %g", name, formula, v);
    if (est < 0 || frame_find(f, sv("low")) < 0) continue;
    double e = col_f64(frame_at(f, est), i), low = stats_cell(f, "low", i), high = stats_cell(f, "high", i);
    double slack = 1e-9 * fabs(e);
    if (e < low - slack || e > high + slack) fail_msg("%s %s: %g is not within %g to %g", name, formula, e, low, high);
  }
}

static bool same(const Frame *a, const Frame *b) {
  char one[65], two[65];
  frame_hash(a, one);
  frame_hash(b, two);
  return strcmp(one, two) == 0 && strcmp(frame_caption(a), frame_caption(b)) == 0;
}

static bool check_twice(const TestType *t, const char *formula, const Frame *f) {
  Job job = {.pool = pool_new(3)};
  Frame *one = NULL, *two = NULL;
  Err err = {0};
  ErrCode code = stats_try(NULL, t->name, f, formula, "", &one, &err);
  assert_int_equal(stats_try(&job, t->name, f, formula, "", &two, &err), code);
  pool_free(job.pool);
  if (code != OK) {
    if (strncmp(err.msg, t->name, strlen(t->name)) != 0) fail_msg("%s %s: %s", t->name, formula, err.msg);
    return false;
  }
  if (frame_nrow(one) == 0) fail_msg("%s %s: no rows", t->name, formula);
  if (!same(one, two)) fail_msg("%s %s: not the same again", t->name, formula);
  const char *caption = frame_caption(one);
  if (!caption || strlen(caption) < 10 || caption[strlen(caption) - 1] != '.')
    fail_msg("%s %s: \"%s\" is no caption", t->name, formula, caption);
  check_cells(t->name, formula, one);
  frame_unref(one);
  frame_unref(two);
  return true;
}

TEST(odd_frames_give_an_answer_or_a_message) {
  for (const TestType *const *t = test_types(); *t; t++)
    for (size_t k = 0; k < sizeof BODIES / sizeof *BODIES; k++) {
      Frame *f = make_frame(HEAD, BODIES[k]);
      int answers = 0;
      for (size_t q = 0; q < sizeof FORMULAS / sizeof *FORMULAS; q++) answers += check_twice(*t, FORMULAS[q], f);
      if (k == 0 && !answers) fail_msg("%s answers none of the formulas", (*t)->name);
      frame_unref(f);
    }
}

TEST(infinite_values_give_a_message) {
  Frame *f = make_frame(HEAD, BODIES[0]);
  frame_at(f, frame_find(f, sv("y")))->f[0] = INFINITY;
  for (const TestType *const *t = test_types(); *t; t++)
    for (size_t q = 0; q < sizeof FORMULAS / sizeof *FORMULAS; q++) check_twice(*t, FORMULAS[q], f);
  frame_unref(f);
}

TEST(every_test_documents_itself) {
  for (const TestType *const *t = test_types(); *t; t++) {
    const char *sentence[] = {(*t)->signature, (*t)->summary, (*t)->example, (*t)->misleads};
    for (int k = 0; k < 4; k++)
      if (!sentence[k] || !*sentence[k] || sentence[k][strlen(sentence[k]) - 1] == '.') fail_msg("%s", (*t)->name);
    char call[64];
    snprintf(call, sizeof call, "stats.%s", (*t)->name);
    assert_has((*t)->signature, call);
    assert_has((*t)->example, call);
    if (strlen((*t)->summary) > 72) fail_msg("%s: the summary has more than 72 characters", (*t)->name);
    for (const Param *p = (*t)->params; p && p->name; p++)
      if (!p->doc || !*p->doc || p->doc[strlen(p->doc) - 1] == '.') fail_msg("%s: %s", (*t)->name, p->name);
  }
}

TEST(a_cancelled_test_stops) {
  Frame *f = make_frame(HEAD, BODIES[0]);
  for (const TestType *const *t = test_types(); *t; t++)
    for (size_t q = 0; q < sizeof FORMULAS / sizeof *FORMULAS; q++) {
      Job job = {.cancel = true};
      Frame *out = NULL;
      Err err = {0};
      assert_int_equal(stats_try(&job, (*t)->name, f, FORMULAS[q], "", &out, &err), ERR_CANCELLED);
    }
  frame_unref(f);
}

RUN(CASE(odd_frames_give_an_answer_or_a_message), CASE(infinite_values_give_a_message),
    CASE(every_test_documents_itself), CASE(a_cancelled_test_stops))

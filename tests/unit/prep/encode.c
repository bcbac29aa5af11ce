// Categories, dates, lags and rolling windows as numbers, against scikit-learn 1.2.1, pandas 1.5.3 and, for means of the
// target, the formulas of scikit-learn 1.3 in numpy 1.24.2 on bundled data: tests/golden/make/prep_encode.py. What
// training goes on with is worked by hand, or shown by what must not change.
#include "golden/encode.h"
#include "unit/prep/shape_help.h"

#include "base/rng.h"
#include "frame/shape.h"

#include <math.h>

// ---- golden values -------------------------------------------------------------------------------------------------
typedef struct Task { // a table, its target as numbers, and the classes
  Frame *x;
  double *y;
  Names levels;
  Arena arena;
} Task;

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static void read_classes(const Column *c, Task *t) {
  const char **name = arena_array(&t->arena, const char *, c->dict->n);
  for (int32_t k = 0; k < c->dict->n; k++) name[k] = arena_strndup(&t->arena, c->dict->word[k].s, c->dict->word[k].n);
  qsort(name, (size_t)c->dict->n, sizeof *name, by_name);
  t->levels = (Names){name, c->dict->n};
  for (int64_t i = 0; i < c->n; i++)
    for (int64_t k = 0; k < t->levels.n; k++)
      if (sv_is(col_text(c, i), name[k])) t->y[i] = (double)k;
}

static Task read_task(const char *data, const char *target) {
  Task t = {0};
  Frame *d = help_data(data);
  if (*target) {
    Frame *with;
    assert_int_equal(frame_drop_missing(NULL, d, &(Names){&target, 1}, -1, &with, NULL), OK);
    const Column *c = help_col(with, target);
    t.y = arena_array(&t.arena, double, c->n);
    if (c->dict) read_classes(c, &t);
    else for (int64_t i = 0; i < c->n; i++) t.y[i] = col_f64(c, i);
    frame_unref(d);
    d = with;
  }
  t.x = d;
  return t;
}

static void task_fini(Task *t) {
  frame_unref(t->x);
  arena_fini(&t->arena);
}

static StepIn task_in(const Task *t) {
  return (StepIn){.x = t->x, .y = t->y, .levels = t->levels.n ? &t->levels : NULL, .seed = 7};
}

// "columns=a,b;window=3": lists are cut at commas.
static void set_all(Step *s, const char *opts) {
  for (const char *p = opts; *p;) {
    size_t n = strcspn(p, ";"), name = strcspn(p, "=");
    const Param *param = param_find(s->type->params, (Sv){p, name});
    assert_non_null(param);
    char *value = arena_strndup(&s->arena, p + name + 1, n - name - 1);
    if (param->type == PARAM_NAMES) {
      const char **word = arena_array(&s->arena, const char *, n);
      int64_t m = 0;
      for (char *save, *w = strtok_r(value, ",", &save); w; w = strtok_r(NULL, ",", &save)) word[m++] = w;
      param_set_names(param, s->opts, (Names){word, m});
    } else set_opts(s, arena_strndup(&s->arena, p, n));
    p += n + (p[n] == ';');
  }
}

static void assert_row(const EncodeRow *r, const Frame *z) {
  const Column *c = help_col(z, r->column);
  const int64_t n = c->n, row[6] = {0, 1, n / 3, n / 2, n - 2, n - 1};
  double sum = 0, size = 0;
  for (int k = 0; k < 6; k++) {
    double got = col_f64(c, row[k]);
    bool near = isnan(got) ? isnan(r->probe[k]) : fabs(got - r->probe[k]) <= 1e-9 * fmax(1, fabs(r->probe[k]));
    if (!near)
      fail_msg("%s: prep.%s{%s}: %s in row %d is %.17g, expected %.17g", r->data, r->step, r->opts, r->column,
               (int)row[k], got, r->probe[k]);
  }
  for (int64_t i = 0; i < n; i++) {
    double v = col_f64(c, i);
    sum += isnan(v) ? 0 : v, size += isnan(v) ? 0 : fabs(v);
  }
  if (!(fabs(sum - r->sum) <= 1e-9 * fmax(1, size)))
    fail_msg("%s: prep.%s{%s}: %s sums to %.17g, expected %.17g", r->data, r->step, r->opts, r->column, sum, r->sum);
}

static void fit_task(Step *s, const Task *t) {
  StepIn in = task_in(t);
  if (s->type->fit(NULL, s->opts, &in, &s->state, &s->err) != OK) fail_msg("fit: %s", s->err.msg);
}

static bool same_question(const EncodeRow *a, const EncodeRow *b) {
  return !strcmp(a->data, b->data) && !strcmp(a->target, b->target) && !strcmp(a->step, b->step) &&
         !strcmp(a->opts, b->opts);
}

TEST(values_are_those_of_scikit_learn_and_pandas) {
  const int64_t n = sizeof ENCODED / sizeof *ENCODED;
  for (int64_t from = 0, to; from < n; from = to) {
    for (to = from + 1; to < n && same_question(&ENCODED[from], &ENCODED[to]);) to++;
    const EncodeRow *r = &ENCODED[from];
    Task t = read_task(r->data, r->target);
    Step s = help_step(r->step);
    set_all(&s, r->opts);
    fit_task(&s, &t);
    Frame *z = applied(&s, t.x);
    for (int64_t k = from; k < to; k++) assert_row(&ENCODED[k], z);
    frame_unref(z);
    help_fini(&s);
    task_fini(&t);
  }
}

// ---- what training goes on with ------------------------------------------------------------------------------------
// The column g that training goes on with, for a target of numbers or (levels) of classes.
static Column *train_with(Step *s, const Frame *x, const double *y, const Names *levels) {
  StepIn in = {.x = x, .y = y, .levels = levels, .seed = 3};
  StepRows rows;
  arena_fini(&s->state.arena);
  s->state = (StepState){0};
  if (s->type->fit(NULL, s->opts, &in, &s->state, &s->err) != OK) fail_msg("fit: %s", s->err.msg);
  assert_int_equal(step_train(NULL, s->type, s->opts, &s->state, &in, &rows, &s->err), OK);
  assert_null(rows.source);
  Column *c = column_ref(help_col(rows.x, "g"));
  frame_unref(rows.x);
  return c;
}

TEST(out_of_fold_a_row_is_encoded_by_the_rows_of_other_folds) {
  Frame *x = HELP_FRAME(4, {"g", COL_CAT, {"a", "a", "a", "a"}});
  const double y[] = {1, 2, 4, 8};
  Step s = help_step("target");
  set_all(&s, "smooth=0;folds=4");
  Column *c = train_with(&s, x, y, NULL);
  for (int i = 0; i < 4; i++) assert_near(c->f[i], (15 - y[i]) / 3, 1e-14);
  column_unref(c);
  help_fini(&s);
  frame_unref(x);
}

TEST(a_level_of_one_fold_gets_the_mean_of_the_other_folds) {
  Frame *x = HELP_FRAME(3, {"g", COL_CAT, {"a", "b", "c"}});
  const double y[] = {1, 2, 6};
  Step s = help_step("target");
  set_all(&s, "folds=3");
  Column *c = train_with(&s, x, y, NULL);
  for (int i = 0; i < 3; i++) assert_near(c->f[i], (9 - y[i]) / 2, 1e-14);
  column_unref(c);
  help_fini(&s);
  frame_unref(x);
}

TEST(ordered_a_row_is_encoded_by_the_rows_before_it) {
  Frame *x = HELP_FRAME(2, {"g", COL_CAT, {"a", "a"}});
  const double y[] = {1, 4};
  Step s = help_step("target");
  set_all(&s, "method=ordered");
  Column *c = train_with(&s, x, y, NULL);
  int64_t first = c->f[0] == 2.5 ? 0 : 1; // the mean of all, 2.5, for the first row; then (y + 2.5) / 2
  assert_near(c->f[first], 2.5, 0);
  assert_near(c->f[1 - first], (y[first] + 2.5) / 2, 0);
  column_unref(c);
  help_fini(&s);
  frame_unref(x);
}

TEST(ordered_by_a_column_a_row_is_encoded_by_earlier_rows) {
  Frame *x = HELP_FRAME(5, {"g", COL_CAT, {"a", "b", "a", "a", "b"}}, {"t", COL_I64, {"3", "1", "2", "9", "4"}});
  const double y[] = {2, 6, 4, 9, 4}; // mean 5; a: 4, 2, 9 by t, b: 6, 4
  const double want[] = {(4 + 5) / 2.0, 5, 5, (4 + 2 + 5) / 3.0, (6 + 5) / 2.0};
  Step s = help_step("target");
  set_all(&s, "columns=g;method=ordered;order=t");
  Column *c = train_with(&s, x, y, NULL);
  for (int i = 0; i < 5; i++) assert_near(c->f[i], want[i], 1e-14);
  column_unref(c);
  help_fini(&s);
  frame_unref(x);
}

enum { ROWS = 3000, LEVELS = 600 };

// Levels and a target that have nothing to do with each other.
static Frame *noise(double *y) {
  TextBuilder b;
  Column *text, *cat;
  Frame *x = frame_new(ROWS);
  RngKey key = rng_key(11, "encode");
  textb_init(&b, NULL);
  for (int64_t i = 0; i < ROWS; i++) {
    char word[20];
    snprintf(word, sizeof word, "l%d", (int)rng_below(key, (uint64_t)i, 0, LEVELS));
    assert_int_equal(textb_add(&b, sv(word), NULL), OK);
    y[i] = (double)rng_below(key, (uint64_t)i, 1, 2);
  }
  assert_int_equal(textb_take(&b, &text, NULL), OK);
  assert_int_equal(column_to_cat(NULL, text, -1, &cat, NULL), OK);
  column_unref(text);
  assert_int_equal(frame_add(x, "g", cat, NULL), OK);
  return x;
}

static double correlation(const double *a, const double *b, int64_t n) {
  double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
  for (int64_t i = 0; i < n; i++) ma += a[i] / (double)n, mb += b[i] / (double)n;
  for (int64_t i = 0; i < n; i++)
    ab += (a[i] - ma) * (b[i] - mb), aa += (a[i] - ma) * (a[i] - ma), bb += (b[i] - mb) * (b[i] - mb);
  return ab / sqrt(aa * bb);
}

// With 5 rows a level the plain means correlate with noise by about sqrt(1 / 5); what training goes on with must not
// (the standard error of no correlation is 0.018).
TEST(training_learns_nothing_from_noise_where_plain_means_do) {
  static const char *const name[] = {"no", "yes"};
  const Names levels = {(const char **)(uintptr_t)name, 2};
  static double y[ROWS];
  Frame *x = noise(y);
  const char *opts[] = {"", "smooth=5", "method=ordered", "method=ordered;permutations=3"};
  for (size_t k = 0; k < sizeof opts / sizeof *opts; k++) {
    Step s = help_step("target");
    set_all(&s, opts[k]);
    Column *c = train_with(&s, x, y, &levels);
    Frame *z = applied(&s, x);
    assert_true(fabs(correlation(c->f, y, ROWS)) < 0.08);
    assert_true(correlation(help_col(z, "g")->f, y, ROWS) > 0.35);
    frame_unref(z);
    column_unref(c);
    help_fini(&s);
  }
  frame_unref(x);
}

TEST(the_number_of_a_row_does_not_change_with_its_own_target) {
  static double y[ROWS];
  Frame *x = noise(y);
  const char *opts[] = {"smooth=5", "smooth=auto"};
  for (size_t k = 0; k < 2; k++) {
    Step s = help_step("target");
    set_all(&s, opts[k]);
    Column *c = train_with(&s, x, y, NULL);
    for (int64_t i = 0; i < 5; i++) {
      y[i] += 100;
      Column *d = train_with(&s, x, y, NULL);
      assert_near(d->f[i], c->f[i], 1e-12);
      y[i] -= 100;
      column_unref(d);
    }
    column_unref(c);
    help_fini(&s);
  }
  frame_unref(x);
}

TEST(a_level_that_training_did_not_have_gets_the_mean_and_missing_is_a_level) {
  Frame *x = HELP_FRAME(5, {"g", COL_CAT, {"a", "a", NULL, NULL, "b"}});
  Frame *later = HELP_FRAME(3, {"g", COL_TEXT, {"z", NULL, "a"}});
  Step s = help_step("target");
  set_all(&s, "smooth=1"); // targets 0 1 0 1 0: mean 0.4
  frame_unref(fitted(&s, x));
  Frame *z = applied(&s, later);
  const double *v = help_col(z, "g")->f;
  assert_near(v[0], 0.4, 1e-15);
  assert_near(v[1], 1.4 / 3, 1e-15);
  assert_near(v[2], 1.4 / 3, 1e-15);
  frame_unref(z);
  help_fini(&s);
  frame_unref(x);
  frame_unref(later);
}

TEST(weights_count_as_so_many_rows) {
  Frame *x = HELP_FRAME(3, {"g", COL_CAT, {"a", "a", "b"}});
  Frame *same = HELP_FRAME(6, {"g", COL_CAT, {"a", "a", "a", "a", "b", "b"}});
  const double y[] = {1, 5, 2}, w[] = {3, 1, 2}, y2[] = {1, 1, 1, 5, 2, 2};
  StepIn in = {.x = x, .y = y, .weight = w}, in2 = {.x = same, .y = y2};
  Step s = help_step("target"), s2 = help_step("target");
  assert_int_equal(s.type->fit(NULL, s.opts, &in, &s.state, NULL), OK);
  assert_int_equal(s.type->fit(NULL, s2.opts, &in2, &s2.state, NULL), OK);
  Frame *z = applied(&s, x), *z2 = applied(&s2, x);
  for (int i = 0; i < 3; i++) assert_near(help_col(z, "g")->f[i], help_col(z2, "g")->f[i], 1e-14);
  frame_unref(z);
  frame_unref(z2);
  help_fini(&s);
  help_fini(&s2);
  frame_unref(x);
  frame_unref(same);
}

// ---- errors and policies -------------------------------------------------------------------------------------------
TEST(options_that_do_not_fit_say_what_does) {
  Frame *x = HELP_FRAME(3, {"g", COL_CAT, {"a", "b", "a"}}, {"v", COL_I64, {"1", "2", "3"}},
                        {"day", COL_DATE, {"2024-01-01", "2024-01-02", "2024-01-03"}});
  static const struct {
    const char *step, *opts, *part;
    ErrCode code;
  } BAD[] = {
      {"target", "smooth=few", "smooth must be \"auto\" or a number of rows", ERR_ARG},
      {"target", "smooth=-1", "smooth must be \"auto\" or a number of rows", ERR_ARG},
      {"target", "order=v", "order=\"v\" is for method=\"ordered\"", ERR_ARG},
      {"target", "method=ordered;order=vv", "did you mean 'v'?", ERR_NAME},
      {"ordinal", "unseen=zero", "unseen must be \"missing\", \"error\" or a whole number", ERR_ARG},
      {"ordinal", "order=a,b,a", "the order of column 'g' has 'a' twice", ERR_ARG},
      {"ordinal", "order=g: a < b,v: 1", "'v: 1' is for none of the step's", ERR_ARG},
      {"dates", "parts=yearr", "no part 'yearr' of a date: did you mean 'year'?", ERR_NAME},
      {"dates", "cyclic=year", "year never comes around again", ERR_ARG},
      {"dates", "since=yesterday", "'yesterday' is no column, no date", ERR_ARG},
      {"dates", "since=v", "column 'v' is int, and no date or time", ERR_TYPE},
      {"dates", "columns=v", "column 'v' is int, and no date or time: cast it first", ERR_TYPE},
  };
  for (size_t k = 0; k < sizeof BAD / sizeof *BAD; k++) {
    Step s = help_step(BAD[k].step);
    set_all(&s, BAD[k].opts);
    assert_refused(&s, x, BAD[k].code, BAD[k].part);
    help_fini(&s);
  }
  frame_unref(x);
}

TEST(target_without_a_target_is_refused) {
  Frame *x = HELP_FRAME(2, {"g", COL_CAT, {"a", "b"}});
  Step s = help_step("target");
  StepIn in = {.x = x};
  assert_int_equal(s.type->fit(NULL, s.opts, &in, &s.state, &s.err), ERR_ARG);
  assert_has(s.err.msg, "there is none: p:fit(d, \"y\")");
  help_fini(&s);
  frame_unref(x);
}

TEST(ordinal_does_with_other_levels_what_it_was_told) {
  Frame *x = HELP_FRAME(3, {"g", COL_CAT, {"low", "high", NULL}}), *z;
  Frame *later = HELP_FRAME(4, {"g", COL_TEXT, {"high", "mid", NULL, "low"}});
  Step s = help_step("ordinal");
  set_all(&s, "order=low,high");
  frame_unref(fitted(&s, x));
  z = applied(&s, later);
  assert_cells(z, "g", "1,,,0");
  frame_unref(z);
  set_all(&s, "unseen=-1");
  z = applied(&s, later);
  assert_cells(z, "g", "1,-1,,0");
  frame_unref(z);
  set_all(&s, "unseen=error");
  assert_int_equal(step_apply(&s, later, &z), ERR_ARG);
  assert_has(s.err.msg, "prep.ordinal: column 'g' has level 'mid' (first in row 2), which has no number: add it to order");
  help_fini(&s);
  frame_unref(x);
  frame_unref(later);
}

TEST(dates_are_taken_apart_beside_another_column) {
  Frame *x = HELP_FRAME(3, {"sold", COL_TIME, {"2024-03-01 12:00", "2024-03-02 00:00", NULL}},
                        {"built", COL_DATE, {"2024-02-29", NULL, "2000-01-01"}});
  Step s = help_step("dates");
  set_all(&s, "columns=sold;parts=weekend,hour;since=built;keep=true");
  Frame *z = fitted(&s, x);
  assert_columns(z, "sold,sold_weekend,sold_hour,sold_since_built,built");
  assert_cells(z, "sold_weekend", "false,true,");
  assert_cells(z, "sold_hour", "12,0,");
  assert_cells(z, "sold_since_built", "1.5,,");
  frame_unref(z);
  help_fini(&s);
  frame_unref(x);
}

TEST(cards_say_what_was_learned_and_what_other_levels_become) {
  Frame *x = HELP_FRAME(5, {"g", COL_CAT, {"a", "a", NULL, NULL, "b"}}); // of class yes in rows 2 and 4
  Step s = help_step("target"), r = help_step("ordinal");
  set_all(&s, "smooth=1");
  frame_unref(fitted(&s, x));
  Frame *card = card_of(&s);
  assert_cells(card, "level", "a,b,");
  assert_cells(card, "n", "2,1,2");
  assert_cells(card, "mean", "0.5,0,0.5");
  assert_cells(card, "encoding", "0.4666666666666666,0.2,0.4666666666666666");
  assert_has(frame_caption(card), "gets 0.4, the share of yes in all rows; training rows are encoded by other folds");
  frame_unref(card);
  set_all(&r, "order=b,c");
  frame_unref(fitted(&r, x));
  card = card_of(&r);
  assert_cells(card, "number", "0,1");
  assert_cells(card, "n", "1,0");
  assert_string_equal(frame_caption(card), "levels without a number become missing; 2 training values had none");
  frame_unref(card);
  help_fini(&s);
  help_fini(&r);
  frame_unref(x);
}

RUN(CASE(values_are_those_of_scikit_learn_and_pandas),
    CASE(out_of_fold_a_row_is_encoded_by_the_rows_of_other_folds),
    CASE(a_level_of_one_fold_gets_the_mean_of_the_other_folds), CASE(ordered_a_row_is_encoded_by_the_rows_before_it),
    CASE(ordered_by_a_column_a_row_is_encoded_by_earlier_rows),
    CASE(training_learns_nothing_from_noise_where_plain_means_do),
    CASE(the_number_of_a_row_does_not_change_with_its_own_target),
    CASE(a_level_that_training_did_not_have_gets_the_mean_and_missing_is_a_level),
    CASE(weights_count_as_so_many_rows), CASE(options_that_do_not_fit_say_what_does),
    CASE(target_without_a_target_is_refused), CASE(ordinal_does_with_other_levels_what_it_was_told),
    CASE(dates_are_taken_apart_beside_another_column),
    CASE(cards_say_what_was_learned_and_what_other_levels_become))

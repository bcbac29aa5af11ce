// What every step promises of rows, checked over the list of steps: nothing here names one.
#include "conform/steps.h"

#include "base/pool.h"

// ---- the descriptor -----------------------------------------------------------------------------------------------
static bool is_sentence(const char *s) { return s && strlen(s) > 10 && s[strlen(s) - 1] != '.'; }

static void assert_default_fits(const StepType *t, const Param *p, void *opts) {
  Arena a = {0};
  Err err = {0};
  ErrCode code = OK;
  param_defaults(t->params, opts);
  const void *field = (const char *)opts + p->offset;
  if (p->type == PARAM_INT) code = param_set_int(p, t->name, opts, *(const int64_t *)field, &err);
  if (p->type == PARAM_REAL) code = param_set_real(p, t->name, opts, *(const double *)field, &err);
  if (p->type == PARAM_CHOICE) code = param_set_text(p, t->name, opts, p->dflt, &err);
  if (p->type == PARAM_BOOL) assert_string_equal(param_print(p, opts, &a), p->dflt);
  if (code != OK) fail_msg("%s", err.msg);
  arena_fini(&a);
}

TEST(every_step_and_option_is_documented_and_defaults_fit) {
  EACH_STEP(t) {
    assert_ptr_equal(prep_find(sv((*t)->name)), *t);
    assert_true(is_sentence((*t)->summary) && is_sentence((*t)->source) && is_sentence((*t)->unfit));
    Step s = help_step((*t)->name);
    for (const Param *p = (*t)->params; p->name; p++) {
      if (!is_sentence(p->doc)) fail_msg("%s.%s has no doc", (*t)->name, p->name);
      assert_non_null(p->dflt);
      assert_ptr_equal(param_find((*t)->params, sv(p->name)), p);
      assert_true(p->offset < (*t)->opts_size);
      assert_default_fits(*t, p, s.opts);
    }
    help_fini(&s);
  }
  assert_null(prep_find(sv("imputt")));
}

// ---- fit and apply ------------------------------------------------------------------------------------------------
TEST(defaults_fit_a_mixed_frame_and_twice_gives_the_same_bits) {
  Frame *all = mixed();
  EACH_STEP(t) {
    Frame *x = suited(*t, all);
    Step s = help_step((*t)->name);
    Frame *z = fitted(&s, x), *z2 = fitted(&s, x), *z3 = applied(&s, x);
    assert_int_equal(frame_nrow(z), frame_nrow(x));
    assert_same_frame(z, z2);
    assert_same_frame(z, z3);
    frame_unref(z);
    frame_unref(z2);
    frame_unref(z3);
    help_fini(&s);
    frame_unref(x);
  }
  frame_unref(all);
}

TEST(every_option_at_its_bounds_fits_or_says_why_not) {
  Frame *frames[] = {mixed(), with_missing()};
  EACH_STEP(t) {
    Step s = help_step((*t)->name);
    for (const Param *p = (*t)->params; p->name; p++) {
      for (int k = 0; k < 4; k++) {
        set_bound(&s, p, k);
        try_fit(&s, frames[k / 2]);
      }
    }
    help_fini(&s);
  }
  frame_unref(frames[0]);
  frame_unref(frames[1]);
}

TEST(one_row_is_enough_and_no_row_is_refused) {
  Frame *all = mixed();
  EACH_STEP(t) {
    Frame *x = suited(*t, all), *one = slice(x, 3, 1), *none = slice(x, 0, 0);
    Step s = help_step((*t)->name);
    Frame *z = fitted(&s, one), *z0 = applied(&s, none);
    assert_int_equal(frame_nrow(z), 1);
    assert_int_equal(frame_nrow(z0), 0);
    assert_int_equal(frame_ncol(z0), frame_ncol(z));
    frame_unref(z);
    frame_unref(z0);
    assert_int_equal(step_fit(&s, none), ERR_ARG);
    assert_has(s.err.msg, "the training frame has no rows to learn from");
    help_fini(&s);
    frame_unref(none);
    frame_unref(one);
    frame_unref(x);
  }
  frame_unref(all);
}

TEST(a_frame_without_columns_or_values_is_answered) {
  Frame *void_rows = HELP_FRAME(2, {"a", COL_F64, {NULL, NULL}}, {"b", COL_TEXT, {NULL, NULL}},
                                {"c", COL_DATE, {NULL, NULL}});
  Frame *bare = frame_new(2);
  EACH_STEP(t) {
    Step s = help_step((*t)->name);
    if (!(*t)->rows) {
      assert_int_equal(step_fit(&s, void_rows), ERR_ARG);
      assert_has(s.err.msg, "prep.");
    }
    Frame *z = fitted(&s, bare);
    assert_int_equal(frame_ncol(z), 0);
    frame_unref(z);
    help_fini(&s);
  }
  frame_unref(bare);
  frame_unref(void_rows);
}

// What a row becomes depends on that row and the training rows alone, but for the steps that say that the
// rows beside have a say.
TEST(rows_are_transformed_one_by_one) {
  Frame *mix = mixed();
  EACH_STEP(t) {
    if ((*t)->across) continue;
    Frame *x = suited(*t, mix), *train = slice(x, 0, 5);
    Step s = help_step((*t)->name);
    frame_unref(fitted(&s, train));
    Frame *all = applied(&s, x);
    for (int64_t i = 0; i < frame_nrow(x); i++) {
      Frame *one = slice(x, i, 1), *z = applied(&s, one), *want = slice(all, i, 1);
      assert_same_frame(z, want);
      frame_unref(one);
      frame_unref(z);
      frame_unref(want);
    }
    frame_unref(all);
    help_fini(&s);
    frame_unref(train);
    frame_unref(x);
  }
  frame_unref(mix);
}

// Of the steps that look beside: what a row becomes by default depends on no row after it.
TEST(rows_after_a_row_have_no_say_by_default) {
  Frame *frames[] = {mixed(), with_missing()};
  EACH_STEP(t) {
    for (int k = 0; k < 2 && (*t)->across; k++) {
      Frame *x = suited(*t, frames[k]), *train = slice(x, 0, 3);
      Step s = help_step((*t)->name);
      frame_unref(fitted(&s, train));
      Frame *all = applied(&s, x);
      for (int64_t n = 1; n < frame_nrow(x); n++) {
        Frame *some = slice(x, 0, n), *z = applied(&s, some), *want = slice(all, 0, n);
        assert_same_frame(z, want);
        frame_unref(some);
        frame_unref(z);
        frame_unref(want);
      }
      frame_unref(all);
      help_fini(&s);
      frame_unref(train);
      frame_unref(x);
    }
  }
  frame_unref(frames[0]);
  frame_unref(frames[1]);
}

// Also where values are missing, but for the steps that say that the rows beside have a say; a step may refuse gaps.
TEST(rows_with_gaps_are_transformed_one_by_one_unless_the_step_says_so) {
  Frame *x = with_missing();
  EACH_STEP(t) {
    Step s = help_step((*t)->name);
    Frame *all;
    if ((*t)->across || step_fit(&s, x) != OK || step_apply(&s, x, &all) != OK) {
      help_fini(&s);
      continue;
    }
    for (int64_t i = 0; i < frame_nrow(x); i++) {
      Frame *one = slice(x, i, 1), *z = applied(&s, one), *want = slice(all, i, 1);
      assert_same_frame(z, want);
      frame_unref(one);
      frame_unref(z);
      frame_unref(want);
    }
    frame_unref(all);
    help_fini(&s);
  }
  frame_unref(x);
}

static void assert_close(const Frame *a, const Frame *b) {
  assert_int_equal(frame_ncol(a), frame_ncol(b));
  for (int j = 0; j < frame_ncol(a); j++) {
    const Column *c = frame_at(a, j), *d = help_col(b, frame_name(a, j));
    assert_int_equal(c->type, d->type);
    for (int64_t i = 0; i < c->n; i++) {
      if (col_is_text(c)) assert_true(sv_eq(col_text(c, i), col_text(d, i)));
      else assert_near(col_f64(c, i), col_f64(d, i), 1e-12);
    }
  }
}

// Fits on x with the target of row[i], where it is row i's.
static void fit_rows(Step *s, const Frame *x, const int64_t *row) {
  StepIn in = help_in(s, x);
  double *y = arena_array(&s->arena, double, frame_nrow(x));
  for (int64_t i = 0; i < frame_nrow(x); i++) y[i] = (double)(row[i] % 2);
  in.y = y;
  arena_fini(&s->state.arena);
  s->state = (StepState){0};
  if (s->type->fit(NULL, s->opts, &in, &s->state, &s->err) != OK) fail_msg("fit: %s", s->err.msg);
}

TEST(the_order_of_the_training_rows_does_not_matter) {
  Frame *all = large();
  int64_t *row = malloc(2 * BIG * sizeof *row), *same = row + BIG;
  assert_non_null(row);
  for (int64_t i = 0; i < BIG; i++) row[i] = same[i] = i;
  rng_shuffle(rng_key(2, "conform"), row, BIG);
  EACH_STEP(t) {
    Frame *x = suited(*t, all), *some = slice(x, 0, 100), *turned;
    assert_int_equal(frame_gather(NULL, x, row, BIG, &turned, NULL), OK);
    Step s = help_step((*t)->name);
    fit_rows(&s, x, same);
    Frame *z = applied(&s, some), *z2;
    fit_rows(&s, turned, row);
    z2 = applied(&s, some);
    assert_close(z, z2);
    frame_unref(z);
    frame_unref(z2);
    help_fini(&s);
    frame_unref(turned);
    frame_unref(some);
    frame_unref(x);
  }
  free(row);
  frame_unref(all);
}

TEST(one_and_four_threads_give_the_same_bits) {
  Frame *all = large();
  EACH_STEP(t) {
    Frame *x = suited(*t, all);
    Step s = help_step((*t)->name);
    Frame *z = fitted(&s, x), *z4;
    Job job = {.pool = pool_new(4)};
    StepState learned = {0};
    StepIn in = help_in(&s, x);
    assert_int_equal((*t)->fit(&job, s.opts, &in, &learned, NULL), OK);
    assert_int_equal((*t)->apply(&job, s.opts, &learned, x, &z4, NULL), OK);
    assert_same_frame(z, z4);
    pool_free(job.pool);
    arena_fini(&learned.arena);
    frame_unref(z);
    frame_unref(z4);
    help_fini(&s);
    frame_unref(x);
  }
  frame_unref(all);
}

// With the target of row i at i % 2, as fit.
static Frame *trained(Step *s, const StepState *state, Job *job, const Frame *x) {
  StepIn in = help_in(s, x);
  StepRows rows;
  if (step_train(job, s->type, s->opts, state, &in, &rows, &s->err) != OK) fail_msg("train: %s", s->err.msg);
  mem_free(rows.source);
  return rows.x;
}

TEST(training_goes_on_with_the_same_bits_on_one_and_four_threads) {
  Frame *all = large();
  EACH_STEP(t) {
    Frame *x = suited(*t, all);
    Step s = help_step((*t)->name);
    Job job = {.pool = pool_new(4)};
    assert_int_equal(step_fit(&s, x), OK);
    Frame *z = trained(&s, &s.state, NULL, x), *z2 = trained(&s, &s.state, NULL, x), *z4;
    z4 = trained(&s, &s.state, &job, x);
    assert_same_frame(z, z2);
    assert_same_frame(z, z4);
    pool_free(job.pool);
    frame_unref(z);
    frame_unref(z2);
    frame_unref(z4);
    help_fini(&s);
    frame_unref(x);
  }
  frame_unref(all);
}

// ---- rows unlike those of training --------------------------------------------------------------------------------
// With their defaults steps take levels and values that training did not have, and say nothing of them.
TEST(levels_and_values_that_training_did_not_have_are_taken) {
  Frame *all = mixed();
  Frame *other = HELP_FRAME(3, {"n", COL_I64, {"1000", "-1000", "7"}}, {"g", COL_TEXT, {"new", "u", "newer"}},
                            {"yes", COL_BOOL, {"true", "true", "false"}}, {"same", COL_F64, {"0", "1e6", "2.5"}},
                            {"v", COL_F64, {"-1e9", "1e9", "0"}}, {"t", COL_TEXT, {"never", "seen", "before"}},
                            {"day", COL_DATE, {"1900-01-01", "2100-01-01", "2024-02-01"}});
  EACH_STEP(t) {
    Frame *x = suited(*t, all), *later = suited(*t, other);
    Step s = help_step((*t)->name);
    Frame *z = fitted(&s, x), *z2 = applied(&s, later);
    assert_int_equal(frame_nrow(z2), 3);
    assert_int_equal(frame_ncol(z2), frame_ncol(z));
    for (int j = 0; j < frame_ncol(z); j++) assert_string_equal(frame_name(z2, j), frame_name(z, j));
    frame_unref(z);
    frame_unref(z2);
    help_fini(&s);
    frame_unref(x);
    frame_unref(later);
  }
  frame_unref(all);
  frame_unref(other);
}

// Every value of later rows may be missing, whatever type the file then gives the column.
TEST(later_rows_without_any_value_are_answered) {
  Frame *all = mixed();
  EACH_STEP(t) {
    Frame *x = suited(*t, all);
    Step s = help_step((*t)->name);
    Frame *z = fitted(&s, x), *z2, *empty = frame_new(2);
    for (int j = 0; j < frame_ncol(x); j++) {
      const HelpCol none = {.type = j % 2 ? COL_F64 : COL_BOOL};
      assert_int_equal(frame_add(empty, frame_name(x, j), help_fixed(&none, 2), NULL), OK);
    }
    if (step_apply(&s, empty, &z2) == OK) {
      assert_int_equal(frame_nrow(z2), 2);
      assert_int_equal(frame_ncol(z2), frame_ncol(z));
      frame_unref(z2);
    } else {
      assert_has(s.err.msg, "prep.");
    }
    frame_unref(empty);
    frame_unref(z);
    help_fini(&s);
    frame_unref(x);
  }
  frame_unref(all);
}

// ---- the rows of training -----------------------------------------------------------------------------------------
static void assert_source(const StepRows *rows, const Frame *x) {
  if (!rows->source) assert_int_equal(frame_nrow(rows->x), frame_nrow(x));
  for (int64_t i = 0; rows->source && i < frame_nrow(rows->x); i++)
    assert_true(rows->source[i] >= 0 && rows->source[i] < frame_nrow(x));
}

TEST(training_goes_on_with_the_columns_that_later_rows_get_and_only_training_changes_rows) {
  Frame *all = mixed();
  EACH_STEP(t) {
    Frame *x = suited(*t, all);
    Step s = help_step((*t)->name);
    StepIn in = help_in(&s, x);
    StepRows rows;
    Frame *z = fitted(&s, x);
    assert_int_equal(frame_nrow(z), frame_nrow(x));
    assert_int_equal(step_train(NULL, *t, s.opts, &s.state, &in, &rows, &s.err), OK);
    assert_source(&rows, x);
    assert_int_equal(frame_ncol(rows.x), frame_ncol(z));
    for (int j = 0; j < frame_ncol(z); j++) assert_string_equal(frame_name(rows.x, j), frame_name(z, j));
    frame_unref(rows.x);
    frame_unref(z);
    mem_free(rows.source);
    help_fini(&s);
    frame_unref(x);
  }
  frame_unref(all);
}

// A target with twice as many rows of one class as of the other.
static StepIn uneven_in(Step *s, const Frame *x) {
  StepIn in = help_in(s, x);
  double *y = arena_array(&s->arena, double, frame_nrow(x));
  for (int64_t i = 0; i < frame_nrow(x); i++) y[i] = (double)(i % 3 == 0);
  in.y = y;
  return in;
}

static void assert_same_rows(const StepRows *a, const StepRows *b) {
  assert_same_frame(a->x, b->x);
  assert_int_equal(a->source != NULL, b->source != NULL);
  for (int64_t i = 0; a->source && i < frame_nrow(a->x); i++) assert_int_equal(a->source[i], b->source[i]);
}

static void free_rows(StepRows *rows) {
  frame_unref(rows->x);
  mem_free(rows->source);
}

TEST(training_on_uneven_classes_gives_the_same_bits_at_one_and_four_threads_and_other_ones_with_another_seed) {
  Frame *all = large(), *few = slice(all, 0, 3000);
  EACH_STEP(t) {
    Frame *x = suited(*t, few);
    Step s = help_step((*t)->name);
    StepIn in = uneven_in(&s, x), other = in;
    StepRows rows, rows4, rows2;
    Job job = {.pool = pool_new(4)};
    assert_int_equal((*t)->fit(NULL, s.opts, &in, &s.state, &s.err), OK);
    assert_int_equal(step_train(NULL, *t, s.opts, &s.state, &in, &rows, &s.err), OK);
    assert_int_equal(step_train(&job, *t, s.opts, &s.state, &in, &rows4, &s.err), OK);
    assert_source(&rows, x);
    assert_same_rows(&rows, &rows4);
    if ((*t)->rows) {
      other.seed = in.seed + 1;
      assert_int_equal(step_train(NULL, *t, s.opts, &s.state, &other, &rows2, &s.err), OK);
      assert_int_equal(frame_nrow(rows2.x), frame_nrow(rows.x));
      assert_memory_not_equal(rows2.source, rows.source, (size_t)frame_nrow(rows.x) * sizeof *rows.source);
      free_rows(&rows2);
    }
    free_rows(&rows);
    free_rows(&rows4);
    pool_free(job.pool);
    help_fini(&s);
    frame_unref(x);
  }
  frame_unref(few);
  frame_unref(all);
}

// ---- columns that are not there any more --------------------------------------------------------------------------
// x with `instead` in the place of column j, or without that column when it is NULL.
static Frame *with_other(const Frame *x, int j, const HelpCol *instead) {
  Frame *f = frame_new(frame_nrow(x));
  for (int k = 0; k < frame_ncol(x); k++) {
    if (k == j && !instead) continue;
    Column *c = k == j ? help_fixed(instead, (int)frame_nrow(x)) : column_ref(frame_at(x, k));
    assert_int_equal(frame_add(f, frame_name(x, k), c, NULL), OK);
  }
  return f;
}

TEST(a_column_that_is_gone_or_of_another_kind_is_named) {
  Frame *all = mixed();
  HelpCol times = {.type = COL_TIME};
  for (int i = 0; i < HELP_ROWS; i++) times.cell[i] = "2024-01-01 10:00";
  EACH_STEP(t) {
    Frame *x = suited(*t, all);
    Step s = help_step((*t)->name);
    int used = 0;
    assert_int_equal(step_fit(&s, x), OK);
    for (int j = 0; j < frame_ncol(x); j++) {
      Frame *gone = with_other(x, j, NULL), *other = with_other(x, j, &times), *z;
      char name[64];
      snprintf(name, sizeof name, "column '%s'", frame_name(x, j));
      ErrCode code = step_apply(&s, gone, &z);
      if (code == OK) {
        frame_unref(z); // a column that the step did not learn from
      } else {
        assert_int_equal(code, ERR_NAME);
        assert_has(s.err.msg, name);
        assert_has(s.err.msg, "learned from a column that these data do not have");
        assert_int_equal(step_apply(&s, other, &z), ERR_TYPE);
        assert_has(s.err.msg, name);
        assert_has(s.err.msg, "in training and is time here: cast it first, d:cast{");
        used++;
      }
      frame_unref(gone);
      frame_unref(other);
    }
    assert_true(used > 0);
    help_fini(&s);
    frame_unref(x);
  }
  frame_unref(all);
}

// ---- levels that training did not have ------------------------------------------------------------------------------
// x with the word `word` in the first row of column j.
static Frame *with_word(const Frame *x, int j, const char *word) {
  HelpCol col = {.name = frame_name(x, j), .type = COL_TEXT};
  Arena a = {0};
  const Column *c = frame_at(x, j);
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i)) col.cell[i] = arena_strndup(&a, col_text(c, i).s, col_text(c, i).n);
  col.cell[0] = word;
  Frame *f = frame_new(frame_nrow(x));
  for (int k = 0; k < frame_ncol(x); k++) {
    Column *made = k == j ? help_text(&col, (int)frame_nrow(x)) : column_ref(frame_at(x, k));
    assert_int_equal(frame_add(f, frame_name(x, k), made, NULL), OK);
  }
  arena_fini(&a);
  return f;
}

// Whether words of column j are something else after the step.
static bool turns_words(const Frame *z, const char *name) {
  int k = frame_find(z, sv(name));
  return k < 0 || !col_is_text(frame_at(z, k));
}

TEST(what_becomes_of_a_level_that_training_did_not_have_is_said_and_done) {
  Frame *all = mixed();
  EACH_STEP(t) {
    Frame *x = suited(*t, all);
    Step s = help_step((*t)->name);
    Frame *z = fitted(&s, x);
    for (int j = 0; j < frame_ncol(x); j++) {
      if (!col_is_text(frame_at(x, j))) continue;
      Frame *odd = with_word(x, j, "never seen"), *z2;
      if (turns_words(z, frame_name(x, j)) && !(*t)->unseen && strcmp((*t)->name, "drop") != 0)
        fail_msg("prep.%s does not say what a new level becomes", (*t)->name);
      if (step_apply(&s, odd, &z2) == OK) {
        assert_int_equal(frame_ncol(z2), frame_ncol(z));
        frame_unref(z2);
      } else { // it may be refused, by name
        assert_has(s.err.msg, frame_name(x, j));
        assert_has(s.err.msg, "never seen");
      }
      frame_unref(odd);
    }
    frame_unref(z);
    help_fini(&s);
    frame_unref(x);
  }
  frame_unref(all);
}

// ---- stopping -----------------------------------------------------------------------------------------------------
// Fit, apply and card, with `left` set to 0, 1, 2 ... until all three complete; every earlier end has the code `want`.
static void stop_everywhere(const StepType *t, const Frame *x, int64_t *left, ErrCode want) {
  int64_t stops = 0;
  for (int64_t k = 0;; k++, stops++) {
    Job job = {0};
    Step s = help_step(t->name);
    s.job = &job;
    Frame *z = NULL, *card = NULL;
    *left = k;
    ErrCode code = step_fit(&s, x);
    if (code == OK) code = step_apply(&s, x, &z);
    if (code == OK) code = s.type->card(&job, s.opts, &s.state, &card, NULL);
    frame_unref(card);
    if (z) frame_unref(z);
    help_fini(&s);
    if (code == OK) break;
    assert_int_equal(code, want);
  }
  never_stop();
  assert_true(stops > 0);
}

TEST(stopping_at_any_tick_leaves_nothing_behind) {
  Frame *all = large();
  EACH_STEP(t) {
    Frame *x = suited(*t, all);
    stop_everywhere(*t, x, &ticks_left, ERR_CANCELLED);
    frame_unref(x);
  }
  frame_unref(all);
}

TEST(a_refusal_of_memory_at_any_place_leaves_nothing_behind) {
  Frame *all = mixed();
  EACH_STEP(t) {
    Frame *x = suited(*t, all);
    stop_everywhere(*t, x, &needs_left, ERR_MEMORY);
    frame_unref(x);
  }
  frame_unref(all);
}

// Train alone, on uneven classes.
static void stop_training(const StepType *t, const Frame *x, int64_t *left, ErrCode want) {
  Step s = help_step(t->name);
  StepIn in = uneven_in(&s, x);
  StepRows rows;
  assert_int_equal(t->fit(NULL, s.opts, &in, &s.state, &s.err), OK);
  for (int64_t k = 0;; k++) {
    Job job = {0};
    *left = k;
    ErrCode code = step_train(&job, t, s.opts, &s.state, &in, &rows, &s.err);
    if (code == OK) break;
    assert_int_equal(code, want);
  }
  never_stop();
  free_rows(&rows);
  help_fini(&s);
}

TEST(training_that_is_stopped_anywhere_leaves_nothing_behind) {
  Frame *all = large(), *few = slice(all, 0, 600);
  EACH_STEP(t) {
    Frame *x = suited(*t, few);
    stop_training(*t, x, &ticks_left, ERR_CANCELLED);
    stop_training(*t, x, &needs_left, ERR_MEMORY);
    frame_unref(x);
  }
  frame_unref(few);
  frame_unref(all);
}

RUN(CASE(every_step_and_option_is_documented_and_defaults_fit),
    CASE(defaults_fit_a_mixed_frame_and_twice_gives_the_same_bits),
    CASE(every_option_at_its_bounds_fits_or_says_why_not), CASE(one_row_is_enough_and_no_row_is_refused),
    CASE(a_frame_without_columns_or_values_is_answered), CASE(rows_are_transformed_one_by_one),
    CASE(rows_after_a_row_have_no_say_by_default),
    CASE(rows_with_gaps_are_transformed_one_by_one_unless_the_step_says_so),
    CASE(the_order_of_the_training_rows_does_not_matter), CASE(one_and_four_threads_give_the_same_bits),
    CASE(training_goes_on_with_the_same_bits_on_one_and_four_threads),
    CASE(levels_and_values_that_training_did_not_have_are_taken), CASE(later_rows_without_any_value_are_answered),
    CASE(training_goes_on_with_the_columns_that_later_rows_get_and_only_training_changes_rows),
    CASE(a_column_that_is_gone_or_of_another_kind_is_named),
    CASE(what_becomes_of_a_level_that_training_did_not_have_is_said_and_done),
    CASE(stopping_at_any_tick_leaves_nothing_behind), CASE(a_refusal_of_memory_at_any_place_leaves_nothing_behind),
    CASE(training_on_uneven_classes_gives_the_same_bits_at_one_and_four_threads_and_other_ones_with_another_seed),
    CASE(training_that_is_stopped_anywhere_leaves_nothing_behind))

// Groups of one-hot columns are summed level by level. Nothing of that may be seen: adding 1 to such columns, which then
// are no zeros and ones any more, changes no coefficient but the intercept; doubling them halves their coefficients.
// Those other ways are held against R and scikit-learn in logistic.c.
#include "unit/model/model_help.h"

#include "base/pool.h"
#include "dice.h"

#include <stdlib.h>

enum { N = 9000, NUMBERS = 2, P = 10 }; // two numbers, four levels of one column, four of another (the first left out)

typedef struct Data {
  double *x, *moved, *doubled, y[N], weight[N];
} Data;

// Levels of the second column are missing in some rows; `twice`: the first level of the first in some other level's row.
static Data data(bool twice) {
  Data d = {malloc(N * P * sizeof(double)), malloc(N * P * sizeof(double)), malloc(N * P * sizeof(double)), {0}, {0}};
  Dice dice_ = dice(11, "hot");
  assert_true(d.x && d.moved && d.doubled);
  for (int64_t i = 0; i < N; i++) {
    int64_t a = below(&dice_, 5) - 1, b = below(&dice_, 8) - 4;
    double eta = 0.3 * (double)a - 0.2 * (double)b;
    for (int64_t j = 0; j < P; j++) {
      double v = (double)(below(&dice_, 2001) - 1000) / 500;
      if (j >= NUMBERS) v = j < 6 ? a == j - NUMBERS : b == j - 6;
      else eta += v * (j ? 0.5 : -1);
      d.x[j * N + i] = v;
    }
    d.y[i] = (double)(below(&dice_, 1000)) / 1000 < 1 / (1 + exp(-eta));
    d.weight[i] = 1 + (double)below(&dice_, 3);
  }
  if (twice) d.x[2 * N + 1] = d.x[3 * N + 1] = 1; // a row that is not in the sample
  for (int64_t k = 0; k < N * P; k++) {
    d.moved[k] = d.x[k] + (k >= NUMBERS * N);
    d.doubled[k] = d.x[k] * (k >= NUMBERS * N ? 2 : 1);
  }
  return d;
}

static void data_free(Data *d) {
  free(d->x);
  free(d->moved);
  free(d->doubled);
}

typedef struct Result {
  double estimate[P + 1], se[P + 1], probability[2 * N];
} Result;

// As a design has it: `words` says that columns from NUMBERS on are bools.
static void take_design(Trial *t, const double *x, bool words, Job *job) {
  Frame *f = frame_new(N);
  for (int64_t j = 0; j < P; j++) {
    Column *c;
    assert_int_equal(column_new(job, words && j >= NUMBERS ? COL_BOOL : COL_F64, N, NULL, &c, &t->err), OK);
    for (int64_t i = 0; i < N; i++)
      if (c->type == COL_BOOL) c->b[i] = x[j * N + i] > 0;
      else c->f[i] = x[j * N + i];
    assert_int_equal(frame_add(f, HELP_TERMS[j], c, &t->err), OK);
  }
  compact_close(&t->compact);
  assert_int_equal(compact_open(job, &(Design){.terms = help_terms}, f, &t->compact, &t->err), OK);
  t->frame = f;
}

static Result fit(const double *x, const Data *d, double l2, bool weighted, bool intercept, int threads) {
  Trial t = trial_new("logistic", x, N, P, d->y, 2);
  Job job = {.pool = pool_new(threads)};
  Result r = {0};
  t.job = &job;
  take_design(&t, x, x == d->x, &job);
  if (weighted) t.in.weight = d->weight;
  trial_real(&t, "l2", l2);
  trial_bool(&t, "intercept", intercept);
  trial_fit(&t);
  assert_true(t.state.converged);
  Frame *card = trial_card(&t);
  for (int64_t j = 0; j < P + intercept; j++) {
    r.estimate[j + !intercept] = col_f64(card_col(card, "estimate"), j);
    if (l2 == 0) r.se[j + !intercept] = col_f64(card_col(card, "se"), j);
  }
  trial_predict(&t, r.probability);
  frame_unref(card);
  trial_fini(&t);
  pool_free(job.pool);
  return r;
}

static void assert_close(double got, double want) { assert_near(got, want, 1e-9 * fmax(1, fabs(want))); }

static void assert_moved(const Data *d, double l2, bool weighted) {
  Result r = fit(d->x, d, l2, weighted, true, 2), m = fit(d->moved, d, l2, weighted, true, 2);
  double shift = 0;
  for (int j = 1; j <= P; j++) {
    assert_close(r.estimate[j], m.estimate[j]);
    assert_close(r.se[j], m.se[j]);
    if (j > NUMBERS) shift += m.estimate[j];
  }
  assert_close(r.estimate[0], m.estimate[0] + shift);
  for (int64_t i = 0; i < 2 * N; i++) assert_close(r.probability[i], m.probability[i]);
}

TEST(levels_have_the_coefficients_and_errors_of_columns_that_are_no_zeros_and_ones) {
  Data d = data(false);
  assert_moved(&d, 0, false);
  assert_moved(&d, 0, true);
  assert_moved(&d, 1, false);
  assert_moved(&d, 25, true);
  data_free(&d);
}

TEST(without_an_intercept_doubled_levels_have_half_the_coefficients) {
  Data d = data(false);
  Result r = fit(d.x, &d, 0, true, false, 2), m = fit(d.doubled, &d, 0, true, false, 2);
  for (int j = 1; j <= P; j++) {
    assert_close(r.estimate[j], m.estimate[j] * (j > NUMBERS ? 2 : 1));
    assert_close(r.se[j], m.se[j] * (j > NUMBERS ? 2 : 1));
  }
  data_free(&d);
}

TEST(a_single_row_with_two_levels_is_seen) {
  Data d = data(true);
  assert_moved(&d, 0, false);
  assert_moved(&d, 1, true);
  data_free(&d);
}

TEST(the_bits_do_not_depend_on_threads) {
  Data d = data(false);
  Result one = fit(d.x, &d, 0, true, true, 1), three = fit(d.x, &d, 0, true, true, 3);
  assert_memory_equal(&one, &three, sizeof one);
  data_free(&d);
}

RUN(CASE(levels_have_the_coefficients_and_errors_of_columns_that_are_no_zeros_and_ones),
    CASE(without_an_intercept_doubled_levels_have_half_the_coefficients), CASE(a_single_row_with_two_levels_is_seen),
    CASE(the_bits_do_not_depend_on_threads))

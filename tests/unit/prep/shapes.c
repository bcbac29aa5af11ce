// Every step that scales, bends, bins, projects or multiplies columns, against scikit-learn 1.2.1 (numpy 1.24.2, SciPy
// 1.10.1) on bundled data: tests/golden/make/prep_shape.py.
#include "golden/sklearn_shape.h"
#include "unit/prep/shape_help.h"

static void assert_row(const ShapeRow *r, const Frame *z) {
  const Column *c = help_col(z, r->column);
  const int64_t n = c->n, row[6] = {0, 1, n / 3, n / 2, n - 2, n - 1};
  double sum = 0;
  for (int k = 0; k < 6; k++) {
    double got = col_f64(c, row[k]);
    bool near = isnan(got) ? isnan(r->probe[k]) : fabs(got - r->probe[k]) <= 1e-9 * fmax(1, fabs(r->probe[k]));
    if (!near)
      fail_msg("%s: prep.%s{%s}: %s in row %d is %.17g, expected %.17g", r->data, r->step, r->opts, r->column,
               (int)row[k], got, r->probe[k]);
  }
  for (int64_t i = 0; i < n; i++) sum += isnan(col_f64(c, i)) ? 0 : col_f64(c, i);
  if (!(fabs(sum - r->sum) <= 1e-9 * fmax((double)n, fabs(r->sum))))
    fail_msg("%s: prep.%s{%s}: %s sums to %.17g, expected %.17g", r->data, r->step, r->opts, r->column, sum, r->sum);
}

// Rows of one table, step and options are neighbours.
static bool same_question(const ShapeRow *a, const ShapeRow *b) {
  return strcmp(a->data, b->data) == 0 && strcmp(a->step, b->step) == 0 && strcmp(a->opts, b->opts) == 0;
}

// Only the columns that are asked for are transformed, where a step turns each into one.
static void name_columns(Step *s, const ShapeRow *r, int64_t n, const Frame *d) {
  const char **name = arena_array(&s->arena, const char *, n);
  for (int64_t k = 0; k < n; k++) {
    name[k] = r[k].column;
    if (frame_find(d, sv(name[k])) < 0) return;
  }
  bool one_each = strcmp(s->type->name, "polynomial") != 0 && strcmp(s->type->name, "interactions") != 0;
  if (one_each) param_set_names(help_param(s, "columns"), s->opts, (Names){name, n});
}

TEST(values_are_those_of_scikit_learn) {
  const int64_t n = sizeof SHAPES / sizeof *SHAPES;
  for (int64_t from = 0, to; from < n; from = to) {
    for (to = from + 1; to < n && same_question(&SHAPES[from], &SHAPES[to]);) to++;
    const ShapeRow *r = &SHAPES[from];
    Frame *d = help_data(r->data);
    Step s = help_step(r->step);
    set_opts(&s, r->opts);
    name_columns(&s, r, to - from, d);
    Frame *z = fitted(&s, d);
    for (int64_t k = from; k < to; k++) assert_row(&SHAPES[k], z);
    frame_unref(z);
    frame_unref(d);
    help_fini(&s);
  }
}

TEST(lambdas_are_those_of_greatest_likelihood_and_near_the_ones_of_scikit_learn) {
  for (size_t k = 0; k < sizeof LAMBDAS / sizeof *LAMBDAS; k++) {
    Frame *d = help_data(LAMBDAS[k].data);
    Step s = help_step("power");
    set_text(&s, "method", LAMBDAS[k].method);
    set_columns(&s, LAMBDAS[k].column);
    frame_unref(fitted(&s, d));
    Frame *card = card_of(&s);
    double got = col_f64(help_col(card, "lambda"), 0);
    assert_near(got, LAMBDAS[k].exact, 1e-9);
    assert_near(got, LAMBDAS[k].found, 1e-5); // a flat top: its tolerance is on lambda, 1.5e-8, and on noise
    frame_unref(card);
    frame_unref(d);
    help_fini(&s);
  }
}

RUN(CASE(values_are_those_of_scikit_learn),
    CASE(lambdas_are_those_of_greatest_likelihood_and_near_the_ones_of_scikit_learn))

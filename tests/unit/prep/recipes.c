// Steps against R's recipes 1.0.4 (R 4.2.2) on bundled data: tests/golden/make/prep_recipes.R. Where the two define a
// step otherwise, the row's factor says how the one becomes the other.
#include "golden/recipes.h"
#include "unit/prep/shape_help.h"

// "a,b" as the value of an option of names.
static void set_list(Step *s, const char *option, const char *list) {
  const char **name = arena_array(&s->arena, const char *, 16);
  int64_t n = 0;
  for (const char *p = list; *p; p += *p == ',') {
    size_t len = strcspn(p, ",");
    name[n++] = arena_strndup(&s->arena, p, len);
    p += len;
  }
  param_set_names(help_param(s, option), s->opts, (Names){name, n});
}

static void set_row(Step *s, const RecipeRow *r) {
  size_t name = strcspn(r->opts, "=");
  const char *option = arena_strndup(&s->arena, r->opts, name);
  set_list(s, "columns", r->columns);
  if (*r->opts && help_param(s, option)->type == PARAM_NAMES) set_list(s, option, r->opts + name + 1);
  else set_opts(s, r->opts);
}

static double value_at(const Column *c, int64_t i) { return col_valid(c, i) ? col_f64(c, i) : NAN; }

static void assert_row(const RecipeRow *r, const Column *c) {
  const int64_t n = c->n, row[6] = {0, 1, n / 3, n / 2, n - 2, n - 1};
  double turned = r->sign && value_at(c, 0) * r->probe[0] < 0 ? -1 : 1, sum = 0, size = 0;
  for (int64_t i = 0; i < n; i++) {
    double v = isnan(value_at(c, i)) ? 0 : value_at(c, i);
    sum += v, size += fabs(v);
  }
  for (int k = 0; k < 6; k++) {
    double got = value_at(c, row[k]), want = r->probe[k] * r->factor * turned;
    if (isnan(got) ? !isnan(want) : !(fabs(got - want) <= 1e-9 * fmax(1, fabs(want))))
      fail_msg("%s: prep.%s{%s}: %s in row %d is %.17g, expected %.17g", r->data, r->step, r->opts, r->column,
               (int)row[k], got, want);
  }
  if (!(fabs(sum - r->sum * r->factor * turned) <= 1e-9 * fmax(1, size)))
    fail_msg("%s: prep.%s{%s}: %s sums to %.17g, expected %.17g", r->data, r->step, r->opts, r->column, sum, r->sum);
}

TEST(values_are_those_of_recipes) {
  for (size_t k = 0; k < sizeof RECIPES / sizeof *RECIPES; k++) {
    const RecipeRow *r = &RECIPES[k];
    Frame *d = help_data(r->data);
    Step s = help_step(r->step);
    set_row(&s, r);
    Frame *z = fitted(&s, d);
    assert_row(r, help_col(z, r->column));
    frame_unref(z);
    frame_unref(d);
    help_fini(&s);
  }
}

// Both take the quantiles of type 7; recipes gives a value on an edge to the bin below, prep.bin to the one above.
TEST(edges_of_equal_frequency_are_those_of_recipes) {
  for (size_t k = 0; k < sizeof BREAKS / sizeof *BREAKS; k++) {
    Frame *d = help_data(BREAKS[k].data);
    Step s = help_step("bin");
    set_columns(&s, BREAKS[k].column);
    set_opts(&s, "bins=4;method=frequency");
    frame_unref(fitted(&s, d));
    Frame *card = card_of(&s);
    const Column *from = help_col(card, "from");
    for (int e = 0; e < 3; e++) assert_near(col_f64(from, e + 1), BREAKS[k].edge[e], 1e-9);
    frame_unref(card);
    frame_unref(d);
    help_fini(&s);
  }
}

TEST(the_most_frequent_level_is_that_of_recipes) {
  Frame *d = help_data("penguins");
  Step s = help_step("impute");
  set_list(&s, "columns", "sex,island");
  set_text(&s, "with", "most_frequent");
  Frame *z = fitted(&s, d);
  const Column *was = help_col(d, "sex"), *sex = help_col(z, "sex");
  assert_true(was->missing > 0);
  for (int64_t i = 0; i < sex->n; i++)
    if (!col_valid(was, i)) assert_true(sv_is(col_text(sex, i), MODE_SEX));
  Frame *card = card_of(&s);
  assert_true(sv_is(col_text(help_col(card, "fill"), 1), MODE_SEX));
  assert_true(sv_is(col_text(help_col(card, "fill"), 0), MODE_ISLAND));
  frame_unref(card);
  frame_unref(z);
  frame_unref(d);
  help_fini(&s);
}

// Its search over [-5, 5] ends within 1e-4 of the top, ours at it (against scikit-learn's likelihood: shapes.c).
TEST(lambdas_are_near_those_that_recipes_finds) {
  for (size_t k = 0; k < sizeof SEARCHED / sizeof *SEARCHED; k++) {
    Frame *d = help_data(SEARCHED[k].data);
    Step s = help_step("power");
    set_text(&s, "method", SEARCHED[k].method);
    set_columns(&s, SEARCHED[k].column);
    frame_unref(fitted(&s, d));
    Frame *card = card_of(&s);
    assert_near(col_f64(help_col(card, "lambda"), 0), SEARCHED[k].lambda, 1e-3);
    frame_unref(card);
    frame_unref(d);
    help_fini(&s);
  }
}

RUN(CASE(values_are_those_of_recipes), CASE(edges_of_equal_frequency_are_those_of_recipes),
    CASE(the_most_frequent_level_is_that_of_recipes), CASE(lambdas_are_near_those_that_recipes_finds))

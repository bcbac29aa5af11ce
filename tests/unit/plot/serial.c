// Plots as bytes: what is printed is read back, and nothing else is read.
#include "check.h"
#include "make.h"

#include <stdlib.h>

static Sv view(const Str *s) { return (Sv){str_c(s), s->n}; }

static void check_text(const char *a, const char *b) {
  assert_true(!a == !b);
  if (a) assert_string_equal(a, b);
}

// The same numbers to the bit, but for the payload of NaN.
static void check_array(const double *a, const double *b, int64_t n) {
  assert_true(!a == !b);
  for (int64_t i = 0; a && i < n; i++) assert_true((isnan(a[i]) && isnan(b[i])) || memcmp(&a[i], &b[i], 8) == 0);
}

static void check_axis(const Axis *a, const Axis *b) {
  assert_int_equal(a->kind, b->kind);
  check_text(a->name, b->name);
  assert_true(a->lo == b->lo && a->hi == b->hi && a->scale == b->scale && a->linear == b->linear && a->unit == b->unit);
  assert_int_equal(a->ncategory, b->ncategory);
  for (int i = 0; i < a->ncategory; i++) check_text(a->category[i], b->category[i]);
}

static void check_series(const Series *a, const Series *b) {
  assert_int_equal(a->kind, b->kind);
  assert_int_equal(a->role, b->role);
  assert_int_equal(a->group, b->group);
  assert_true(a->shape == b->shape && a->dashed == b->dashed);
  check_text(a->name, b->name);
  assert_true(a->n == b->n && a->ncol == b->ncol && a->nrow == b->nrow);
  check_array(a->x, b->x, a->n);
  check_array(a->y, b->y, a->n);
  check_array(a->x2, b->x2, a->n);
  check_array(a->y2, b->y2, a->n);
  check_array(a->value, b->value, a->n);
  check_array(a->size, b->size, a->n);
  check_array(a->five, b->five, 5 * a->n);
  assert_true(!a->label == !b->label && !a->rows == !b->rows);
  for (int64_t i = 0; a->label && i < a->n; i++) check_text(a->label[i], b->label[i]);
  for (int64_t i = 0; b->rows && i < a->n; i++) assert_int_equal(a->rows[i], b->rows[i]);
}

static void check_colours(const ColourScale *a, const ColourScale *b) {
  assert_true(a->present == b->present && a->log == b->log);
  check_text(a->name, b->name);
  if (a->present) check_array(&a->lo, &b->lo, 3);
}

static void check_plot(const Plot *a, const Plot *b) {
  check_text(a->title, b->title);
  check_text(a->reading, b->reading);
  check_text(a->note, b->note);
  assert_int_equal(a->n, b->n);
  check_axis(&a->x, &b->x);
  check_axis(&a->y, &b->y);
  assert_int_equal(a->box.present, b->box.present);
  if (a->box.present) check_array(&a->box.min, &b->box.min, 5);
  check_colours(&a->colour, &b->colour);
  check_text(a->groups, b->groups);
  assert_true(a->share_x == b->share_x && a->share_y == b->share_y);
  assert_true(a->npanel == b->npanel && a->panel_columns == b->panel_columns);
  for (int i = 0; i < a->npanel; i++) check_plot(&a->panel[i], &b->panel[i]);
  assert_int_equal(a->nseries, b->nseries);
  for (int i = 0; i < a->nseries; i++) check_series(&a->series[i], &b->series[i]);
}

TEST(any_plot_is_read_back_as_it_was) {
  for (uint64_t i = 0; i < 300; i++) {
    for (int kind = 0; kind < MARK_KINDS; kind++) {
      Plot p, q;
      Err err = {0};
      Str bytes = {0};
      make_plot(&p, (MarkKind)kind, i);
      plot_print(&p, &bytes);
      if (plot_parse(view(&bytes), &q, &err) != OK) fail_msg("%s", err.msg);
      check_plot(&p, &q);
      Str again = {0};
      plot_print(&q, &again);
      assert_true(again.n == bytes.n && memcmp(again.s, bytes.s, again.n) == 0);
      str_fini(&again);
      str_fini(&bytes);
      plot_fini(&p);
      plot_fini(&q);
    }
  }
}

// Whatever it says, it must neither crash nor read outside; the buffer is as long as the bytes so that ASan sees it.
static void try_bytes(const char *bytes, size_t n) {
  char *exact = malloc(n ? n : 1);
  assert_non_null(exact);
  memcpy(exact, bytes, n);
  Plot p;
  Err err = {0};
  ErrCode code = plot_parse((Sv){exact, n}, &p, &err);
  assert_true(code == OK || code == ERR_PARSE);
  if (code == OK) plot_fini(&p);
  free(exact);
}

TEST(random_and_mutated_bytes_are_refused_or_read) {
  for (uint64_t i = 0; i < 3000; i++) {
    Dice d = {rng_key(3, "bytes"), i, 0};
    Plot p;
    Str bytes = {0};
    make_plot(&p, (MarkKind)(i % MARK_KINDS), i % 50);
    plot_print(&p, &bytes);
    if (i % 3 == 0)
      for (size_t j = 5; j < bytes.n; j++) bytes.s[j] = (char)dice_below(&d, 256);
    for (int j = dice_below(&d, 6); j >= 0; j--) bytes.s[dice_below(&d, (int)bytes.n)] = (char)dice_below(&d, 256);
    try_bytes(bytes.s, bytes.n);
    try_bytes(bytes.s, (size_t)dice_below(&d, (int)bytes.n));
    str_fini(&bytes);
    plot_fini(&p);
  }
}

static void check_cuts(MarkKind kind, uint64_t number) {
  Plot p, q;
  Err err = {0};
  Str bytes = {0};
  make_plot(&p, kind, number);
  plot_print(&p, &bytes);
  for (size_t n = 0; n < bytes.n; n++) assert_int_equal(plot_parse((Sv){bytes.s, n}, &q, &err), ERR_PARSE);
  str_addc(&bytes, 0);
  assert_int_equal(plot_parse(view(&bytes), &q, &err), ERR_PARSE);
  assert_has(err.msg, "bytes follow its end");
  str_fini(&bytes);
  plot_fini(&p);
}

TEST(every_cut_of_a_plot_is_refused) {
  for (int kind = 0; kind < MARK_KINDS; kind++) check_cuts((MarkKind)kind, 4);
  uint64_t number = 0;
  for (int found = 0; found < 3; number++) { // and of some with panels
    Plot p;
    make_plot(&p, MARK_BAR, number);
    if (p.npanel && found++ >= 0) check_cuts(MARK_BAR, number);
    plot_fini(&p);
  }
}

static void refuse(const Plot *p, const char *because) {
  Plot q;
  Err err = {0};
  Str bytes = {0};
  plot_print(p, &bytes);
  assert_int_equal(plot_parse(view(&bytes), &q, &err), ERR_PARSE);
  assert_has(err.msg, because);
  str_fini(&bytes);
}

TEST(marks_without_what_they_need_are_refused) {
  static const MarkKind kind[] = {MARK_BAR, MARK_CELL, MARK_RULE, MARK_BOX, MARK_HEX, MARK_TEXT};
  for (int i = 0; i < 6; i++) {
    Plot p;
    plot_init(&p);
    plot_add(&p, kind[i], 2);
    refuse(&p, "a series lacks what its kind needs");
    plot_fini(&p);
  }
}

TEST(panels_have_neither_panels_nor_company) {
  Plot p;
  plot_init(&p);
  plot_panels(&p, 2, 2);
  plot_panels(&p.panel[1], 1, 1);
  refuse(&p, "its panels do not fit");
  plot_fini(&p);
  plot_init(&p);
  plot_panels(&p, 2, 2);
  plot_add(&p, MARK_POINT, 1);
  refuse(&p, "its series do not fit");
  plot_fini(&p);
  plot_init(&p);
  plot_panels(&p, PLOT_MOST_PANELS + 1, 3);
  refuse(&p, "its panels do not fit");
  plot_fini(&p);
}

TEST(a_symlog_axis_has_a_linear_part) {
  Plot p;
  plot_init(&p);
  p.x.scale = SCALE_SYMLOG;
  refuse(&p, "an axis has no linear part");
  plot_fini(&p);
}

TEST(another_kind_or_version_says_so) {
  Plot p;
  Err err = {0};
  assert_int_equal(plot_parse(sv("PNG and more"), &p, &err), ERR_PARSE);
  assert_has(err.msg, "this is not a plot");
  assert_int_equal(plot_parse(sv("TPLT\x09rest"), &p, &err), ERR_PARSE);
  assert_has(err.msg, "version 9, expected 3");
  assert_int_equal(plot_parse((Sv){NULL, 0}, &p, &err), ERR_PARSE);
}

// A run of 2^40 zeros in a few bytes must not become an array.
TEST(a_forged_length_asks_for_no_memory) {
  Plot p, q;
  Str bytes = {0};
  Err err = {0};
  plot_init(&p);
  Series *s = plot_add(&p, MARK_POINT, 3);
  s->x[0] = 1;
  plot_print(&p, &bytes);
  Str forged = {0};
  static const char huge[] = "\x80\x80\x80\x80\x80\x20"; // 2^40
  char *n = memchr(bytes.s + bytes.n - 20, 3, 20);       // the length of the series
  assert_non_null(n);
  str_addn(&forged, bytes.s, (size_t)(n - bytes.s));
  str_addn(&forged, huge, 6);
  str_addn(&forged, n + 1, bytes.n - (size_t)(n - bytes.s) - 1);
  assert_int_equal(plot_parse(view(&forged), &q, &err), ERR_PARSE);
  assert_has(err.msg, "a size does not fit");
  plot_fini(&p);
  str_fini(&forged);
  str_fini(&bytes);
}

static size_t printed(const Plot *p) {
  Str bytes = {0};
  plot_print(p, &bytes);
  size_t n = bytes.n;
  str_fini(&bytes);
  return n;
}

TEST(what_has_few_decimals_is_small) {
  Plot p;
  plot_init(&p);
  Series *s = plot_add(&p, MARK_LINE, 10000);
  for (int i = 0; i < 10000; i++) s->x[i] = i, s->y[i] = (i * 37 % 1000) / 100.0;
  assert_true(printed(&p) < 3 * 10000);
  plot_fini(&p);
}

TEST(the_largest_plots_stay_below_the_limit_and_lose_nothing_to_see) {
  Plot p, q;
  Err err = {0};
  Str bytes = {0};
  RngKey key = rng_key(5, "large");
  plot_init(&p);
  Series *s = plot_add(&p, MARK_POINT, PLOT_MOST_MARKS);
  s->rows = arena_array(&p.arena, int64_t, s->n);
  for (int64_t i = 0; i < s->n; i++)
    s->x[i] = rng_unit(key, (uint64_t)i, 0), s->y[i] = rng_unit(key, (uint64_t)i, 1), s->rows[i] = i;
  plot_print(&p, &bytes);
  assert_true(bytes.n <= PLOT_MOST_BYTES);
  assert_int_equal(plot_parse(view(&bytes), &q, &err), OK);
  for (int64_t i = 0; i < s->n; i++) {
    assert_near(q.series[0].x[i], s->x[i], 1e-9);
    assert_near(q.series[0].y[i], s->y[i], 1e-9);
    assert_int_equal(q.series[0].rows[i], i);
  }
  str_fini(&bytes);
  plot_fini(&p);
  plot_fini(&q);
}

TEST(a_grid_too_full_is_added_up_by_fours) {
  Plot p, q;
  Err err = {0};
  Str bytes = {0};
  plot_init(&p);
  Series *s = plot_add(&p, MARK_GRID, 0);
  s->n = PLOT_GRID * PLOT_GRID, s->ncol = s->nrow = PLOT_GRID, s->x = s->y = NULL;
  s->value = plot_array(&p, s->n);
  for (int64_t i = 0; i < s->n; i++) s->value[i] = (double)(1000 + i % 7);
  plot_print(&p, &bytes);
  assert_true(bytes.n <= PLOT_MOST_BYTES);
  assert_int_equal(plot_parse(view(&bytes), &q, &err), OK);
  double total = 0, want = 0;
  for (int64_t i = 0; i < s->n; i++) want += s->value[i];
  for (int64_t i = 0; i < q.series[0].n; i++) total += q.series[0].value[i];
  assert_true(total == want);
  assert_true(q.series[0].ncol == PLOT_GRID / 2 && q.series[0].nrow == PLOT_GRID / 2);
  str_fini(&bytes);
  plot_fini(&p);
  plot_fini(&q);
}

// 16 panels with a full grid each: 4 million counts.
TEST(panels_share_the_limit) {
  Plot p, q;
  Err err = {0};
  Str bytes = {0};
  plot_init(&p);
  plot_panels(&p, 16, 4);
  for (int k = 0; k < 16; k++) {
    Series *s = plot_add(&p.panel[k], MARK_GRID, 0);
    s->n = PLOT_GRID * PLOT_GRID, s->ncol = s->nrow = PLOT_GRID, s->x = s->y = NULL;
    s->value = plot_array(&p.panel[k], s->n);
    for (int64_t i = 0; i < s->n; i++) s->value[i] = (double)(i % (k + 2));
  }
  plot_print(&p, &bytes);
  assert_true(bytes.n <= PLOT_MOST_BYTES);
  assert_int_equal(plot_parse(view(&bytes), &q, &err), OK);
  assert_int_equal(q.npanel, 16);
  assert_int_equal(q.panel[3].series[0].ncol, q.panel[0].series[0].ncol);
  str_fini(&bytes);
  plot_fini(&p);
  plot_fini(&q);
}

TEST(texts_of_cells_and_rows_go_last) {
  Plot p, q;
  Err err = {0};
  Str bytes = {0};
  RngKey key = rng_key(6, "large");
  plot_init(&p);
  Series *s = plot_add(&p, MARK_CELL, PLOT_MOST_MARKS);
  s->x2 = plot_array(&p, s->n), s->y2 = plot_array(&p, s->n), s->value = plot_array(&p, s->n);
  s->label = arena_array(&p.arena, const char *, s->n);
  s->rows = arena_array(&p.arena, int64_t, s->n);
  for (int64_t i = 0; i < s->n; i++) {
    double *v[] = {&s->x[i], &s->y[i], &s->x2[i], &s->y2[i], &s->value[i]};
    for (int k = 0; k < 5; k++) *v[k] = rng_unit(key, (uint64_t)i, (uint64_t)k);
    s->label[i] = "a long text in a cell", s->rows[i] = i * 7919 % PLOT_MOST_MARKS;
  }
  plot_print(&p, &bytes);
  assert_true(bytes.n <= PLOT_MOST_BYTES);
  assert_int_equal(plot_parse(view(&bytes), &q, &err), OK);
  assert_true(q.series[0].n == PLOT_MOST_MARKS && !q.series[0].label && !q.series[0].rows);
  assert_near(q.series[0].value[77], s->value[77], 1e-4);
  str_fini(&bytes);
  plot_fini(&p);
  plot_fini(&q);
}

RUN(CASE(any_plot_is_read_back_as_it_was), CASE(random_and_mutated_bytes_are_refused_or_read),
    CASE(every_cut_of_a_plot_is_refused), CASE(another_kind_or_version_says_so),
    CASE(a_forged_length_asks_for_no_memory), CASE(what_has_few_decimals_is_small),
    CASE(the_largest_plots_stay_below_the_limit_and_lose_nothing_to_see), CASE(a_grid_too_full_is_added_up_by_fours),
    CASE(marks_without_what_they_need_are_refused), CASE(panels_have_neither_panels_nor_company),
    CASE(a_symlog_axis_has_a_linear_part), CASE(panels_share_the_limit), CASE(texts_of_cells_and_rows_go_last))

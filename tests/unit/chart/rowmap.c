// Maps of rows: small cases by hand.
#include "unit/chart/chart_help.h"

TEST(pieces_hold_the_shares_of_the_levels) {
  Frame *f = make_frame("part:category", "a a b a b b");
  Plot p = chart_make("rowmap", f, "part=part");
  assert_int_equal(p.nseries, 2);
  assert_int_equal(p.series[0].n, 6); // fewer rows than pieces: one each
  static const double a[] = {1, 1, 0, 1, 0, 0};
  for (int i = 0; i < 6; i++) {
    assert_near(p.series[0].value[i], a[i], 0);
    assert_near(p.series[1].y2[i], a[i], 0);
    assert_near(p.series[1].y[i], 1, 0);
    assert_near(p.series[0].x[i], i + 0.5, 0);
    assert_near(p.series[0].x2[i], i + 1.5, 0);
  }
  assert_string_equal(p.reading, "a 3 rows (50%), b 3 (50%)");
  assert_int_equal(p.n, 6);
  plot_fini(&p);
  frame_unref(f);
}

TEST(many_rows_share_pieces_that_cover_them_all) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("rowmap", f, "part=passengerClass");
  double rows = 0;
  for (int k = 0; k < p.nseries; k++) {
    const Series *s = &p.series[k];
    assert_int_equal(s->n, 60);
    for (int64_t b = 0; b < s->n; b++) rows += s->value[b] * (s->x2[b] - s->x[b]);
    for (int64_t b = 1; b < s->n; b++) assert_near(s->x[b], s->x2[b - 1], 0);
  }
  assert_near(rows, 1309, 1e-9);
  assert_string_equal(p.reading, "1st 323 rows (25%), 2nd 277 (21%), 3rd 709 (54%)");
  plot_fini(&p);
  frame_unref(f);
}

TEST(levels_of_another_column_are_compared) {
  Frame *f = make_frame("part:category y:category", "a n a n a y a y b y b n b NA NA y");
  Plot p = chart_make("rowmap", f, "part=part by=y");
  assert_int_equal(p.npanel, 2);
  const Plot *q = &p.panel[1];
  assert_near(q->series[1].value[0], 0.5, 0);
  assert_near(q->series[1].value[1], 0.5, 0);
  assert_near(q->series[1].y[1], 1, 0);
  assert_string_equal(p.reading, "a 4 rows (57%), b 3 (43%); y n: 50% of a, 50% of b");
  assert_string_equal(p.note, "1 missing part: not shown; 1 missing y: in no share");
  plot_fini(&p);
  frame_unref(f);
}

TEST(facets_and_by_exclude_each_other) {
  Frame *f = make_frame("part:category y:category", "a n b n a y b y");
  assert_has(chart_refusal("rowmap", f, "part=part by=y facet=y", ERR_TYPE), "makes panels of its own");
  frame_unref(f);
}

RUN(CASE(pieces_hold_the_shares_of_the_levels), CASE(many_rows_share_pieces_that_cover_them_all),
    CASE(levels_of_another_column_are_compared), CASE(facets_and_by_exclude_each_other))

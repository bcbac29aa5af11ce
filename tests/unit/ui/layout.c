// Where panes stand. Places at 80x24, 120x40, 200x60 and 40x12 are those of the pictures in the design.
#include "check.h"
#include "ui/app_int.h"

static const Slot *slot_of(const Layout *l, PaneId pane) {
  for (int k = 0; k < l->n; k++)
    if (l->slot[k].pane == pane) return &l->slot[k];
  return NULL;
}

static void stands(const Layout *l, PaneId pane, int x, int y, int w, int h, int number) {
  const Slot *s = slot_of(l, pane);
  assert_non_null(s);
  assert_int_equal(s->r.x, x), assert_int_equal(s->r.y, y), assert_int_equal(s->r.w, w), assert_int_equal(s->r.h, h);
  assert_int_equal(s->number, number);
}

TEST(a_terminal_of_80x24_stacks_table_column_and_notes) {
  Layout l;
  layout_make(VIEW_TABLE, PANE_table, false, 80, 24, &l);
  assert_false(l.session_line);
  assert_int_equal(l.n, 3), assert_int_equal(l.recipe_y, 22), assert_int_equal(l.keys_y, 23);
  stands(&l, PANE_table, 0, 0, 80, 13, 1);
  stands(&l, PANE_column, 0, 13, 80, 6, 2);
  stands(&l, PANE_notes, 0, 19, 80, 3, 3);
}

TEST(an_evaluation_at_80x24_leaves_eight_lines_to_the_rows) {
  Layout l;
  layout_make(VIEW_EVALUATE, PANE_evaluate, false, 80, 24, &l);
  stands(&l, PANE_evaluate, 0, 0, 80, 14, 1);
  stands(&l, PANE_changed, 0, 14, 80, 8, 2);
}

TEST(an_evaluation_at_120x40_has_a_pane_for_each_picture) {
  Layout l;
  layout_make(VIEW_EVALUATE, PANE_evaluate, false, 120, 40, &l);
  stands(&l, PANE_evaluate, 0, 1, 59, 19, 1);
  stands(&l, PANE_point, 61, 1, 59, 12, 2);
  stands(&l, PANE_cost, 61, 13, 59, 7, 3);
  stands(&l, PANE_scores, 0, 20, 59, 10, 4);
  stands(&l, PANE_calibration, 61, 20, 59, 10, 5);
  stands(&l, PANE_changed, 0, 30, 120, 8, 6);
}

TEST(a_notebook_at_120x40_has_four_panes_beside_it) {
  Layout l;
  layout_make(VIEW_NOTEBOOK, PANE_notebook, false, 120, 40, &l);
  stands(&l, PANE_notebook, 0, 0, 82, 38, 1);
  stands(&l, PANE_names, 84, 0, 36, 7, 2);
  stands(&l, PANE_outline, 84, 8, 36, 9, 3);
  stands(&l, PANE_jobs, 84, 18, 36, 3, 4);
  stands(&l, PANE_undo, 84, 22, 36, 16, 5);
}

TEST(a_screen_of_200x60_shows_six_panes_and_the_session) {
  Layout l;
  layout_make(VIEW_TABLE, PANE_table, false, 200, 60, &l);
  assert_true(l.session_line);
  assert_int_equal(l.n, 6);
  stands(&l, PANE_table, 0, 1, 105, 27, 1);
  assert_int_equal(slot_of(&l, PANE_column)->r.x, 107);
  assert_int_equal(slot_of(&l, PANE_notebook)->r.y, 29);
}

TEST(a_screen_of_40x12_shows_table_and_one_line_and_says_what_is_hidden) {
  Layout l;
  layout_make(VIEW_TABLE, PANE_table, false, 40, 12, &l);
  stands(&l, PANE_table, 0, 0, 40, 8, 1);
  stands(&l, PANE_column, 0, 8, 40, 2, 2);
  assert_true(l.hidden > 0);
}

TEST(a_zoomed_pane_has_the_screen_alone) {
  Layout l;
  layout_make(VIEW_TABLE, PANE_column, true, 80, 24, &l);
  assert_int_equal(l.n, 1);
  stands(&l, PANE_column, 0, 0, 80, 22, 2);
}

static bool overlap(Rect a, Rect b) { return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h; }

static void check_size(ViewId view, PaneId focus, int w, int h) {
  Layout l;
  layout_make(view, focus, false, w, h, &l);
  assert_true(l.n > 0 || h < 1 || w < 1);
  assert_non_null(slot_of(&l, focus));
  for (int i = 0; i < l.n; i++) {
    Rect r = l.slot[i].r;
    if (r.x < 0 || r.y < 0 || r.w < 1 || r.h < 1 || r.x + r.w > w || r.y + r.h > (h >= 6 ? h - 2 : h >= 4 ? h - 1 : h))
      fail_msg("view %d, pane %d at %dx%d stands at %d,%d %dx%d", view, l.slot[i].pane, w, h, r.x, r.y, r.w, r.h);
    for (int k = 0; k < i; k++)
      if (overlap(r, l.slot[k].r)) fail_msg("view %d at %dx%d: panes %d and %d overlap", view, w, h, i, k);
  }
}

TEST(at_any_size_panes_are_inside_apart_and_the_focused_one_shows) {
  for (ViewId view = 0; view < VIEW_COUNT; view++) {
    PaneId ring[PANE_COUNT];
    int n = view_ring(view, ring);
    for (int k = 0; k < n; k++) {
      if (view_of(ring[k], view) != view) continue;
      for (int w = 1; w <= 210; w++)
        for (int h = 1; h <= 70; h++) check_size(view, ring[k], w, h);
    }
  }
}

TEST(tab_reaches_every_pane_of_the_program) {
  bool reached[PANE_COUNT] = {false};
  for (ViewId view = 0; view < VIEW_COUNT; view++) {
    PaneId ring[PANE_COUNT];
    for (int k = view_ring(view, ring) - 1; k >= 0; k--) reached[ring[k]] = true;
  }
  for (int k = 0; k < PANE_COUNT; k++) assert_true(reached[k]);
}

RUN(CASE(a_terminal_of_80x24_stacks_table_column_and_notes),
    CASE(an_evaluation_at_80x24_leaves_eight_lines_to_the_rows),
    CASE(an_evaluation_at_120x40_has_a_pane_for_each_picture), CASE(a_notebook_at_120x40_has_four_panes_beside_it),
    CASE(a_screen_of_200x60_shows_six_panes_and_the_session),
    CASE(a_screen_of_40x12_shows_table_and_one_line_and_says_what_is_hidden), CASE(a_zoomed_pane_has_the_screen_alone),
    CASE(at_any_size_panes_are_inside_apart_and_the_focused_one_shows), CASE(tab_reaches_every_pane_of_the_program))

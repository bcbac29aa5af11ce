// A picture looked at: where keys go, what the cursor says, and the rows behind a mark as an expression. Expected texts
// are worked by hand from the plots made here, whose axes name columns as the kernel's do.
#include "check.h"

#include "ui/app_int.h"

#include <stdlib.h>

static char said[200], emitted[400];

void app_say(App *a, Style style, const char *fmt, ...) {
  (void)a, (void)style;
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(said, sizeof said, fmt, ap);
  va_end(ap);
}
uint64_t app_ask(App *a, Msg *m) {
  (void)a, (void)m;
  return 0;
}
int64_t app_emit(App *a, const char *lua, const char *label) {
  (void)a, (void)label;
  snprintf(emitted, sizeof emitted, "%s", lua);
  return 1;
}

// An app with one cell, whose picture is `plot`.
static void open_app(App *a, const char *lua, void (*make)(Plot *)) {
  Str text = {0};
  Err err;
  *a = (App){.w = 80, .h = 24, .focus = PANE_plot};
  doc_init(&a->doc);
  str_addf(&text, "-- %%%%\n%s\n", lua);
  assert_int_equal(doc_read(&a->doc, (Sv){str_c(&text), text.n}, &err), OK);
  str_fini(&text);
  MsgOut out = {.cell = a->doc.cell[0].id, .title = "", .has_plot = true};
  MsgDone done = {.cell = out.cell, .token = "", .message = "", .asks = "", .state = 1};
  shown_text(&out.shown, SHOWN_TEXT, "a plot", NULL);
  plot_init(&out.plot);
  make(&out.plot);
  doc_begin(&a->doc, out.cell);
  doc_started(&a->doc, out.cell);
  doc_take_out(&a->doc, &out);
  doc_take_done(&a->doc, &done);
  a->look = (Look){.cell = a->doc.cell[0].id, .run = a->doc.cell[0].result->run, .r = {0, 0, 78, 16}};
  said[0] = emitted[0] = 0;
}
static void close_app(App *a) { doc_fini(&a->doc); }

static void assert_says(const App *a, const char *want) {
  static const DrawStyle style = {.depth = THEME_256};
  LookView v;
  Str text = {0};
  look_view_init(&v, a, look_plot(a), a->look.r, &style);
  look_say(&v, &a->look, &text);
  assert_string_equal(str_c(&text), want);
  look_view_fini(&v);
  str_fini(&text);
}

static void make_hist(Plot *p) {
  static const double count[] = {5, 0, 12, 3};
  p->x = (Axis){.kind = AXIS_NUMBER, .name = "age", .lo = 0, .hi = 40, .of = {"age", VALUES_NUMBER}};
  p->y = (Axis){.kind = AXIS_NUMBER, .name = "count", .lo = 0, .hi = 12};
  p->n = 20, p->chart = "hist", p->reading = "most are 20 to 30";
  Series *s = plot_add(p, MARK_BAR, 4);
  s->x2 = plot_array(p, 4);
  for (int i = 0; i < 4; i++) s->x[i] = 10 * i, s->x2[i] = 10 * i + 10, s->y[i] = count[i];
}

TEST(a_bar_is_read_out_and_its_rows_are_a_filter_on_what_was_drawn) {
  App a;
  open_app(&a, "d:where \"fare > 0\":hist{\"age\"}", make_hist);
  act_plot_rows(&a, 0);
  assert_has(said, "go to a mark first");
  act_plot_right(&a, 1);
  assert_says(&a, "age 0 to 10   count 5   25.0%");
  act_plot_right(&a, 1), act_plot_right(&a, 1);
  assert_says(&a, "age 20 to 30   count 12   60.0%");
  act_plot_rows(&a, 0);
  assert_string_equal(emitted, "d:where \"fare > 0\":where \"age >= 20 and age < 30\"");
  act_plot_right(&a, 1), act_plot_right(&a, 1);
  act_plot_rows(&a, 0); // the last bin is closed
  assert_string_equal(emitted, "d:where \"fare > 0\":where \"age >= 30 and age <= 40\"");
  close_app(&a);
}

TEST(a_brush_over_bars_takes_all_of_them) {
  App a;
  open_app(&a, "p = d:hist \"age\"\np", make_hist);
  act_plot_right(&a, 1), act_plot_right(&a, 1);
  act_plot_brush(&a, 0);
  act_plot_right(&a, 1);
  assert_says(&a, "brush: 2 marks   count 12   60.0%");
  act_plot_rows(&a, 0);
  assert_string_equal(emitted, "d:where \"age >= 10 and age < 30\"");
  assert_false(a.look.brushing);
  close_app(&a);
}

TEST(a_zoom_keeps_the_cursor_in_view_and_fit_shows_all_again) {
  App a;
  open_app(&a, "d:hist \"age\"", make_hist);
  act_plot_right(&a, 1), act_plot_right(&a, 1), act_plot_right(&a, 1); // 20 to 30, its middle at 25
  act_plot_zoom(&a, 1);
  assert_true(a.look.zoomed[0] && !a.look.zoomed[1]);
  assert_near(a.look.lo[0], 12.5, 1e-9);
  assert_near(a.look.hi[0], 32.5, 1e-9);
  act_plot_pan_right(&a, 1); // a quarter of 20, and no further than the end
  assert_near(a.look.hi[0], 37.5, 1e-9);
  act_plot_pan_right(&a, 1);
  assert_near(a.look.hi[0], 40, 1e-9);
  assert_near(a.look.lo[0], 20, 1e-9);
  act_plot_fit(&a, 0);
  assert_false(a.look.zoomed[0]);
  act_plot_pan_right(&a, 1);
  assert_has(said, "all of it shows");
  close_app(&a);
}

static void make_cloud(Plot *p) {
  static const char *name[] = {"it's", "b"};
  p->x = (Axis){.kind = AXIS_NUMBER, .name = "x", .lo = 0, .hi = 10, .of = {"x", VALUES_NUMBER}};
  p->y = (Axis){.kind = AXIS_NUMBER, .name = "y", .lo = 0, .hi = 10, .of = {"a column", VALUES_NUMBER}};
  p->chart = "scatter", p->group_of = (Behind){"g", VALUES_TEXT};
  for (int k = 0; k < 2; k++) {
    Series *s = plot_add(p, MARK_POINT, 2);
    s->name = name[k], s->group = k;
    s->x[0] = 5, s->y[0] = 5 + 5 * k, s->x[1] = 10 * k, s->y[1] = 0;
  }
}

TEST(points_go_to_the_nearest_and_quote_names_and_texts) {
  App a;
  open_app(&a, "iris:scatter{\"x\", \"a column\", color=\"g\"}", make_cloud);
  act_plot_right(&a, 1);
  assert_says(&a, "x 5   y 5   it's");
  act_plot_rows(&a, 0);
  assert_string_equal(emitted, "iris:where \"x == 5 and `a column` == 5 and g == 'it\\\\'s'\"");
  act_plot_down(&a, -1);
  assert_says(&a, "x 5   y 10   b");
  act_plot_down(&a, -1);
  assert_says(&a, "x 5   y 10   b"); // nothing is above
  close_app(&a);
}

TEST(series_are_shown_one_by_one_and_left_out) {
  App a;
  open_app(&a, "d:scatter{\"x\", \"y\"}", make_cloud);
  act_plot_one(&a, 1);
  assert_string_equal(said, "only it's, 1 of 2");
  act_plot_one(&a, 1), act_plot_one(&a, 1);
  assert_string_equal(said, "all 2 series");
  act_plot_right(&a, 1);
  act_plot_hide(&a, 0);
  assert_string_equal(said, "without it's; x brings it back");
  act_plot_right(&a, 1);
  assert_int_equal(a.look.series, 1);
  close_app(&a);
}

TEST(a_rectangle_over_points_is_rounded_to_few_digits) {
  App a;
  open_app(&a, "d:scatter{\"x\", \"y\"}", make_cloud);
  act_plot_right(&a, 1);
  act_plot_brush(&a, 0);
  for (int i = 0; i < 3; i++) act_plot_right(&a, 1);
  act_plot_down(&a, -1);
  act_plot_rows(&a, 0);
  assert_has(emitted, "d:where \"x >= 4.9");
  assert_true(strlen(emitted) < 80);
  close_app(&a);
}

static void make_levels(Plot *p) {
  static const char *category[] = {"3rd", "1st", "2nd"};
  p->x = (Axis){.kind = AXIS_CATEGORY, .name = "class", .lo = 0, .hi = 3, .category = category, .ncategory = 3};
  p->x.of = (Behind){"class", VALUES_TEXT};
  p->y = (Axis){.kind = AXIS_NUMBER, .name = "count", .lo = 0, .hi = 8};
  p->chart = "bar", p->n = 10;
  Series *s = plot_add(p, MARK_BAR, 3);
  s->x2 = plot_array(p, 3);
  for (int i = 0; i < 3; i++) s->x[i] = i, s->x2[i] = i + 1, s->y[i] = 8 - 3 * i;
}

TEST(levels_are_names_and_a_brush_is_one_of_them) {
  App a;
  open_app(&a, "d:bar{\"class\"}", make_levels);
  act_plot_down(&a, 1), act_plot_down(&a, 1);
  assert_says(&a, "class 1st   count 5   50.0%");
  act_plot_rows(&a, 0);
  assert_string_equal(emitted, "d:where \"class == '1st'\"");
  act_plot_brush(&a, 0);
  act_plot_down(&a, 1);
  act_plot_rows(&a, 0);
  assert_string_equal(emitted, "d:where \"one_of(class, '1st', '2nd')\"");
  close_app(&a);
}

TEST(what_does_not_fit_scrolls_under_the_cursor) {
  App a;
  open_app(&a, "d:bar{\"class\"}", make_levels);
  a.look.r = (Rect){0, 0, 40, 2};
  act_plot_down(&a, 1);
  assert_says(&a, "class 3rd   count 8   80.0%");
  act_plot_down(&a, 1), act_plot_down(&a, 1);
  assert_says(&a, "class 2nd   count 2   20.0%");
  assert_true(a.look.past[0] > 0);
  act_plot_fit(&a, 0);
  assert_int_equal(a.look.past[0], 0);
  close_app(&a);
}

TEST(the_marks_are_a_table) {
  App a;
  Page page;
  open_app(&a, "d:hist \"age\"", make_hist);
  look_page(look_plot(&a), 1, 10, &page);
  assert_int_equal(page.nrow, 4);
  assert_int_equal(page.shown, 3);
  assert_int_equal(page.ncol, 3);
  assert_string_equal(page.col[1].name, "age to");
  assert_string_equal(page_get(&page, 0, 0), "10");
  assert_string_equal(page_get(&page, 1, 2), "12");
  page_fini(&page);
  close_app(&a);
}

TEST(the_base_of_a_chart_is_found_in_its_cell) {
  static const struct {
    const char *text, *base;
  } CASES[] = {{"d:hist\"age\"", "d"},
               {"p = d:where \"a > 1\":hist{\"age\"}", "d:where \"a > 1\""},
               {"x = 1\nd\n  :hist{\"age\"}", "d"},
               {"show(data(\"iris\"):hist \"a\")", "data(\"iris\")"},
               {"d:bar \"sex\"\nreturn d2[1]:hist \"a\"", "d2[1]"},
               {"-- d:hist\nplot()", NULL}};
  for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
    Str base = {0};
    assert_int_equal(look_base(CASES[k].text, "hist", &base), CASES[k].base != NULL);
    if (CASES[k].base) {
      Sv trimmed = sv_trim((Sv){str_c(&base), base.n});
      assert_true(sv_is(trimmed, CASES[k].base));
    }
    str_fini(&base);
  }
}

RUN(CASE(a_bar_is_read_out_and_its_rows_are_a_filter_on_what_was_drawn), CASE(a_brush_over_bars_takes_all_of_them),
    CASE(a_zoom_keeps_the_cursor_in_view_and_fit_shows_all_again),
    CASE(points_go_to_the_nearest_and_quote_names_and_texts), CASE(series_are_shown_one_by_one_and_left_out),
    CASE(a_rectangle_over_points_is_rounded_to_few_digits), CASE(levels_are_names_and_a_brush_is_one_of_them),
    CASE(what_does_not_fit_scrolls_under_the_cursor), CASE(the_marks_are_a_table),
    CASE(the_base_of_a_chart_is_found_in_its_cell))

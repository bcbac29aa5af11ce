// Columns, text builders and dictionaries. Expected values by hand.
#include "unit/frame/make.h"

TEST(missing_is_a_bit_that_appears_when_needed) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, 130, NULL, &c, NULL), OK);
  for (int i = 0; i < 130; i++) c->i[i] = i;
  assert_null(c->valid);
  assert_true(col_valid(c, 129));
  assert_int_equal(column_set_missing(c, 64, NULL), OK);
  assert_int_equal(column_set_missing(c, 129, NULL), OK);
  assert_int_equal(column_set_missing(c, 129, NULL), OK);
  assert_int_equal(c->missing, 2);
  for (int i = 0; i < 130; i++) assert_int_equal(col_valid(c, i), i != 64 && i != 129);
  assert_true(isnan(col_f64(c, 64)));
  assert_near(col_f64(c, 63), 63, 0);
  column_unref(c);
}

TEST(present_values_come_in_row_order) {
  Frame *f = make_frame("x:real b:bool d:date", "1.5 true 1970-01-02 NA NA NA -2 false 1969-12-31");
  double x[3];
  assert_int_equal(col_present_f64(frame_at(f, 0), x), 2);
  assert_near(x[0], 1.5, 0);
  assert_near(x[1], -2, 0);
  assert_int_equal(col_present_f64(frame_at(f, 1), x), 2);
  assert_near(x[0], 1, 0);
  assert_int_equal(col_present_f64(frame_at(f, 2), x), 2);
  assert_near(x[1], -1, 0);
  frame_unref(f);
}

TEST(gather_takes_rows_and_minus_one_gives_missing) {
  Frame *f = make_frame("b:bool i:int x:real d:date c:category t:text",
                        "true 1 1.5 2000-02-29 red r1 false 2 2.5 2000-03-01 blue r2 NA NA NA NA NA NA");
  const int64_t row[] = {1, -1, 2, 0, 1};
  static const char *want[] = {"false NA NA true false", "2 NA NA 1 2", "2.5 NA NA 1.5 2.5",
                               "2000-03-01 NA NA 2000-02-29 2000-03-01", "blue NA NA red blue", "r2 NA NA r1 r2"};
  for (int j = 0; j < frame_ncol(f); j++) {
    Column *c;
    assert_int_equal(column_gather(NULL, frame_at(f, j), row, 5, &c, NULL), OK);
    assert_string_equal(shown(c), want[j]);
    assert_int_equal(c->missing, 2);
    column_unref(c);
  }
  frame_unref(f);
}

TEST(gather_keeps_zone_and_volatile) {
  Frame *f = make_frame("t:text c:category s:time", "a x 2020-01-01T10:00Z b y 2020-01-01T11:00Z");
  const int64_t row[] = {1, 0};
  for (int j = 0; j < 3; j++) {
    Column *c, *of = (Column *)(uintptr_t)frame_at(f, j);
    of->volatile_ = true;
    assert_int_equal(column_gather(NULL, of, row, 2, &c, NULL), OK);
    assert_true(c->volatile_);
    assert_int_equal(c->zoned, of->zoned);
    column_unref(c);
  }
  Column *cat;
  assert_int_equal(column_to_cat(NULL, frame_at(f, 0), -1, &cat, NULL), OK);
  assert_true(cat->volatile_);
  column_unref(cat);
  frame_unref(f);
}

TEST(built_text_keeps_empty_apart_from_missing) {
  TextBuilder b;
  textb_init(&b, NULL);
  for (int i = 0; i < 1000; i++) {
    char buf[16];
    snprintf(buf, sizeof buf, "w%d", i);
    ErrCode code = i % 10 == 3 ? textb_add_missing(&b, NULL) : textb_add(&b, i % 10 == 4 ? sv("") : sv(buf), NULL);
    assert_int_equal(code, OK);
  }
  Column *c;
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  assert_int_equal(c->n, 1000);
  assert_int_equal(c->missing, 100);
  assert_false(col_valid(c, 993));
  assert_true(col_valid(c, 994));
  assert_int_equal(col_text(c, 994).n, 0);
  assert_true(sv_is(col_text(c, 999), "w999"));
  column_unref(c);
  assert_int_equal(textb_add(&b, sv("again"), NULL), OK); // empty after the take, and usable
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  assert_string_equal(shown(c), "again");
  column_unref(c);
  textb_fini(&b);
}

TEST(text_of_no_rows_and_of_empty_cells_is_sound) {
  TextBuilder b;
  textb_init(&b, NULL);
  Column *c;
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  assert_int_equal(c->n, 0);
  assert_int_equal(c->off[0], 0);
  column_unref(c);
  assert_int_equal(textb_add(&b, sv(""), NULL), OK);
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  assert_non_null(col_text(c, 0).s);
  column_unref(c);
}

static const char *words_of(const char *cells) {
  static char buf[256];
  char head[] = "c:category";
  Frame *f = make_frame(head, cells);
  Dict *d = frame_at(f, 0)->dict;
  buf[0] = 0;
  for (int i = 0; i < d->n; i++) snprintf(buf + strlen(buf), sizeof buf - strlen(buf), "%s%s", i ? " " : "",
        d->word[i].s);
  frame_unref(f);
  return buf;
}

TEST(words_sort_by_value_when_all_are_numbers) {
  assert_string_equal(words_of("10 9 100 -1 9.5 9"), "-1 9 9.5 10 100");
  assert_string_equal(words_of("10 9 100 x"), "10 100 9 x");
  assert_string_equal(words_of("b B a \xC3\xA9 NA"), "B a b \xC3\xA9");
}

TEST(too_many_words_make_no_category) {
  Frame *f = make_frame("t:text", "a b c a b NA");
  Column *cat;
  assert_int_equal(column_to_cat(NULL, frame_at(f, 0), 2, &cat, NULL), OK);
  assert_null(cat);
  assert_int_equal(column_to_cat(NULL, frame_at(f, 0), 3, &cat, NULL), OK);
  assert_string_equal(shown(cat), "a b c a b NA");
  Column *same;
  assert_int_equal(column_to_cat(NULL, cat, 3, &same, NULL), OK);
  assert_ptr_equal(same, cat);
  column_unref(same);
  column_unref(cat);
  frame_unref(f);
}

TEST(a_column_over_the_budget_is_refused) {
  Job job = {.memory = 1};
  Err err;
  Column *c;
  assert_int_equal(column_new(&job, COL_F64, 1 << 20, NULL, &c, &err), ERR_MEMORY);
  assert_has(err.msg, "a column needs 8.0 MB");
}

RUN(CASE(missing_is_a_bit_that_appears_when_needed), CASE(present_values_come_in_row_order),
    CASE(gather_takes_rows_and_minus_one_gives_missing), CASE(gather_keeps_zone_and_volatile),
    CASE(built_text_keeps_empty_apart_from_missing), CASE(text_of_no_rows_and_of_empty_cells_is_sound),
    CASE(words_sort_by_value_when_all_are_numbers), CASE(too_many_words_make_no_category),
    CASE(a_column_over_the_budget_is_refused))

// Classes drawn again or left out. Counts are worked by hand: the rows of the smallest class are the ratio times those of
// the largest, rounded. Draws are held against the chi-squared distribution (R 4.2.2, qchisq(0.9999, df)).
#include "unit/prep/prep_help.h"

typedef struct Training { // a step that has learned, and what training goes on with
  Step s;
  StepIn in;
  StepRows rows;
  Frame *x;
  double *y;
} Training;

enum { MOST = 5000 };

// Rows with a number of their own, a word and the class that `y` says.
static Frame *numbered(int64_t n) {
  static const char *const WORD[] = {"a", "b", "c"};
  Frame *f = frame_new(n);
  Column *id, *word;
  TextBuilder b;
  assert_int_equal(column_new(NULL, COL_I64, n, NULL, &id, NULL), OK);
  textb_init(&b, NULL);
  for (int64_t i = 0; i < n; i++) {
    id->i[i] = i;
    assert_int_equal(textb_add(&b, sv(WORD[i % 3]), NULL), OK);
  }
  assert_int_equal(textb_take(&b, &word, NULL), OK);
  assert_int_equal(frame_add(f, "id", id, NULL), OK);
  assert_int_equal(frame_add(f, "word", word, NULL), OK);
  return f;
}

// n rows of each class, mixed: class k comes when the others have had their turn.
static Training start(const char *step, double ratio, const int64_t *n, int nclass, uint64_t seed) {
  static const char *name[] = {"red", "green", "blue", "grey"};
  static Names levels;
  Training t = {.s = help_step(step)};
  int64_t total = 0, at = 0, left[4];
  for (int k = 0; k < nclass; k++) total += left[k] = n[k];
  t.x = numbered(total);
  t.y = arena_array(&t.s.arena, double, total);
  while (at < total)
    for (int k = 0; k < nclass; k++)
      if (left[k] > 0) left[k]--, t.y[at++] = k;
  levels = (Names){name, nclass};
  set_real(&t.s, "ratio", ratio);
  t.in = (StepIn){.x = t.x, .y = t.y, .levels = &levels, .seed = seed};
  return t;
}

static void go(Training *t) {
  if (t->s.type->fit(NULL, t->s.opts, &t->in, &t->s.state, &t->s.err) != OK) fail_msg("%s", t->s.err.msg);
  if (step_train(NULL, t->s.type, t->s.opts, &t->s.state, &t->in, &t->rows, &t->s.err) != OK)
    fail_msg("%s", t->s.err.msg);
}

static void stop(Training *t) {
  frame_unref(t->rows.x);
  mem_free(t->rows.source);
  frame_unref(t->x);
  help_fini(&t->s);
}

static int64_t source(const Training *t, int64_t i) { return t->rows.source ? t->rows.source[i] : i; }

static void assert_counts(const Training *t, const int64_t *want, int nclass) {
  int64_t got[4] = {0};
  for (int64_t i = 0; i < frame_nrow(t->rows.x); i++) got[(int)t->y[source(t, i)]]++;
  for (int k = 0; k < nclass; k++) assert_int_equal(got[k], want[k]);
}

// Each row is the one that it is said to come from.
static void assert_rows(const Training *t) {
  const Column *id = help_col(t->rows.x, "id"), *word = help_col(t->rows.x, "word"), *was = help_col(t->x, "word");
  for (int64_t i = 0; i < frame_nrow(t->rows.x); i++) {
    assert_int_equal(id->i[i], source(t, i));
    assert_true(sv_eq(col_text(word, i), col_text(was, source(t, i))));
  }
}

typedef struct Counts {
  const char *step;
  double ratio;
  int nclass;
  int64_t n[4], want[4];
} Counts;

TEST(classes_get_the_rows_that_the_ratio_asks_for) {
  static const Counts CASES[] = {{"oversample", 1, 2, {90, 10}, {90, 90}},
                                 {"oversample", 0.5, 2, {90, 10}, {90, 45}},
                                 {"oversample", 0.05, 2, {90, 10}, {90, 10}}, // has more than that
                                 {"oversample", 0.29, 2, {100, 10}, {100, 29}},
                                 {"oversample", 1, 4, {7, 3, 0, 5}, {7, 7, 0, 7}}, // a class without rows stays without
                                 {"undersample", 1, 2, {90, 10}, {10, 10}},
                                 {"undersample", 0.5, 2, {90, 10}, {20, 10}},
                                 {"undersample", 0.4, 2, {90, 3}, {8, 3}}, // 7.5
                                 {"undersample", 0.001, 2, {90, 10}, {90, 10}},
                                 {"undersample", 1, 4, {7, 3, 0, 5}, {3, 3, 0, 3}},
                                 {"oversample", 1, 1, {4}, {4}},
                                 {"undersample", 1, 1, {4}, {4}}};
  for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
    const Counts *c = &CASES[k];
    Training t = start(c->step, c->ratio, c->n, c->nclass, 1);
    go(&t);
    assert_counts(&t, c->want, c->nclass);
    assert_rows(&t);
    stop(&t);
  }
}

TEST(no_row_goes_when_others_are_drawn_again) {
  Training t = start("oversample", 1, (int64_t[]){20, 5}, 2, 1);
  go(&t);
  for (int64_t i = 0; i < 25; i++) assert_int_equal(t.rows.source[i], i);
  for (int64_t i = 25; i < 40; i++) assert_int_equal(t.y[t.rows.source[i]], 1);
  stop(&t);
}

TEST(rows_that_stay_keep_their_order_and_the_smallest_class_loses_none) {
  Training t = start("undersample", 1, (int64_t[]){300, 20}, 2, 1);
  int64_t small = 0;
  go(&t);
  for (int64_t i = 0; i < 40; i++) {
    if (i) assert_true(t.rows.source[i] > t.rows.source[i - 1]);
    small += t.y[t.rows.source[i]] > 0;
  }
  assert_int_equal(small, 20);
  stop(&t);
}

TEST(every_row_is_drawn_about_equally_often) {
  Training t = start("oversample", 1, (int64_t[]){MOST, 10}, 2, 7);
  double count[2 * MOST] = {0}, expected = (MOST - 10) / 10.0, chi = 0;
  go(&t);
  for (int64_t i = MOST + 10; i < 2 * MOST; i++) count[t.rows.source[i]]++;
  for (int64_t i = 0; i < MOST + 10; i++)
    if (t.y[i] > 0) chi += (count[i] - expected) * (count[i] - expected) / expected;
  assert_true(chi < 33.72 && chi > 1); // 9 degrees of freedom
  stop(&t);
}

TEST(every_row_is_left_out_about_equally_often) {
  enum { SEEDS = 400, N = 20, KEEP = 5 };
  double count[N] = {0}, expected = SEEDS * KEEP / (double)N, chi = 0;
  for (uint64_t seed = 0; seed < SEEDS; seed++) {
    Training t = start("undersample", 1, (int64_t[]){N, KEEP}, 2, seed);
    go(&t);
    for (int64_t i = 0; i < 2 * KEEP; i++) {
      int64_t row = t.rows.source[i], rank = 0;
      for (int64_t q = 0; q < row; q++) rank += t.y[q] == 0;
      if (t.y[row] == 0) count[rank]++;
    }
    stop(&t);
  }
  for (int i = 0; i < N; i++) chi += (count[i] - expected) * (count[i] - expected) / expected;
  assert_true(chi < 49.56 && chi > 1); // 19 degrees of freedom; without replacement the spread is smaller still
}

TEST(balanced_classes_go_on_as_they_are) {
  Training t = start("oversample", 1, (int64_t[]){5, 5}, 2, 1);
  go(&t);
  assert_null(t.rows.source);
  assert_ptr_equal(help_col(t.rows.x, "id"), help_col(t.x, "id"));
  stop(&t);
}

TEST(the_card_counts_the_classes_before_and_after) {
  Training t = start("undersample", 0.5, (int64_t[]){90, 10}, 2, 1);
  go(&t);
  Frame *card = card_of(&t.s);
  assert_columns(card, "class,rows,share,rows_after,share_after");
  assert_cells(card, "class", "red,green");
  assert_cells(card, "rows", "90,10");
  assert_cells(card, "share", "0.9,0.1");
  assert_cells(card, "rows_after", "20,10");
  assert_has(frame_caption(card), "100 training rows become 30: rows of larger classes are left out; rows to predict");
  frame_unref(card);
  stop(&t);
}

TEST(without_classes_it_is_refused) {
  static const char *const STEPS[] = {"oversample", "undersample", "smote"};
  for (int k = 0; k < 3; k++) {
    Training t = start(STEPS[k], 1, (int64_t[]){5, 3}, 2, 1);
    t.in.levels = NULL;
    assert_int_equal(t.s.type->fit(NULL, t.s.opts, &t.in, &t.s.state, &t.s.err), ERR_ARG);
    assert_has(t.s.err.msg, "the target is a number and has no classes: it balances the classes of a classification");
    t.in.y = NULL;
    assert_int_equal(t.s.type->fit(NULL, t.s.opts, &t.in, &t.s.state, &t.s.err), ERR_ARG);
    assert_has(t.s.err.msg, "there is no target");
    frame_unref(t.x);
    help_fini(&t.s);
  }
}

RUN(CASE(classes_get_the_rows_that_the_ratio_asks_for), CASE(no_row_goes_when_others_are_drawn_again),
    CASE(rows_that_stay_keep_their_order_and_the_smallest_class_loses_none),
    CASE(every_row_is_drawn_about_equally_often), CASE(every_row_is_left_out_about_equally_often),
    CASE(balanced_classes_go_on_as_they_are), CASE(the_card_counts_the_classes_before_and_after),
    CASE(without_classes_it_is_refused))

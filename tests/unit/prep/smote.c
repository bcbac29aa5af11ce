// SMOTE against what its paper says, looked up by comparing all pairs of rows here: new rows lie on the line from a row
// to one of the k nearest of its class, every row starts equally many, words are those of most neighbours. Draws are
// held against the chi-squared distribution (R 4.2.2, qchisq(0.9999, df)).
#include "unit/prep/shape_help.h"

#include "dice.h"

typedef struct Trial {
  Step s;
  StepIn in;
  StepRows rows;
  Frame *x;
  double *y;
  int64_t n; // rows before
} Trial;

static const char *LEVELS[] = {"no", "yes", "rare"};
static Names levels = {LEVELS, 3};

static Trial trial(Frame *x, const char *opts) {
  Trial t = {.s = help_step("smote"), .x = x, .n = frame_nrow(x)};
  set_opts(&t.s, opts);
  t.y = arena_array(&t.s.arena, double, t.n);
  t.in = (StepIn){.x = x, .y = t.y, .levels = &levels, .seed = 3};
  return t;
}

static ErrCode learn(Trial *t) { return t->s.type->fit(NULL, t->s.opts, &t->in, &t->s.state, &t->s.err); }

static void go(Trial *t) {
  if (learn(t) != OK) fail_msg("%s", t->s.err.msg);
  if (step_train(NULL, t->s.type, t->s.opts, &t->s.state, &t->in, &t->rows, &t->s.err) != OK)
    fail_msg("%s", t->s.err.msg);
}

static void stop(Trial *t) {
  frame_unref(t->rows.x);
  mem_free(t->rows.source);
  frame_unref(t->x);
  help_fini(&t->s);
}

static double at(const Frame *f, int j, int64_t i) { return col_f64(frame_at(f, j), i); }

// Numbers from -1 to 1 in columns whose units differ, the first whole.
static Frame *cloud(int64_t n, int p) {
  static const char *const NAME[] = {"a", "b", "c", "d", "e"};
  Frame *f = frame_new(n);
  Dice d = dice(5, "cloud");
  for (int j = 0; j < p; j++) {
    Column *c;
    double unit = j == 0 ? 1000 : j == 1 ? 1 : 0.01;
    assert_int_equal(column_new(NULL, j == 0 ? COL_I64 : COL_F64, n, NULL, &c, NULL), OK);
    for (int64_t i = 0; i < n; i++) {
      double v = (double)(below(&d, 2000001) - 1000000) / 1e6 * unit;
      if (j == 0) c->i[i] = (int64_t)v;
      else c->f[i] = v;
    }
    assert_int_equal(frame_add(f, NAME[j], c, NULL), OK);
  }
  return f;
}

static double deviation(const Frame *f, int j, const double *y, double class) { // class < 0: of all rows
  double n = 0, mean = 0, m2 = 0;
  for (int64_t i = 0; i < frame_nrow(f); i++) {
    if (class >= 0 && y[i] != class) continue;
    double v = at(f, j, i), d = v - mean;
    n++, mean += d / n, m2 += d * (v - mean);
  }
  return sqrt(m2 / (n - 1));
}

// The k rows of i's class that are nearest to it, by the distances of a callback.
typedef double (*Distance)(const Trial *t, int64_t i, int64_t q);
static void nearest(const Trial *t, Distance d, int64_t i, int64_t *near, int k) {
  double far[16];
  int m = 0;
  for (int64_t q = 0; q < t->n; q++) {
    if (q == i || t->y[q] != t->y[i]) continue;
    double v = d(t, i, q);
    int p = m < k ? m++ : k;
    if (p == k && v >= far[k - 1]) continue;
    if (p == k) p = k - 1;
    for (; p > 0 && far[p - 1] > v; p--) far[p] = far[p - 1], near[p] = near[p - 1];
    far[p] = v, near[p] = q;
  }
  assert_int_equal(m, k);
}

static double in_deviations(const Trial *t, int64_t i, int64_t q) {
  double sum = 0;
  for (int j = 0; j < frame_ncol(t->x); j++) {
    double v = (at(t->x, j, i) - at(t->x, j, q)) / deviation(t->x, j, t->y, -1);
    sum += v * v;
  }
  return sum;
}

static double as_it_stands(const Trial *t, int64_t i, int64_t q) {
  double sum = 0;
  for (int j = 0; j < frame_ncol(t->x); j++) sum += pow(at(t->x, j, i) - at(t->x, j, q), 2);
  return sum;
}

// Where on the way from its source to row q the new row i lies; -1: not on it. The first column is whole.
static double share_of_way(const Trial *t, int64_t i, int64_t q) {
  int64_t from = t->rows.source[i];
  double share = (at(t->rows.x, 1, i) - at(t->x, 1, from)) / (at(t->x, 1, q) - at(t->x, 1, from));
  for (int j = 0; j < frame_ncol(t->x); j++) {
    double a = at(t->x, j, from), b = at(t->x, j, q), want = a + share * (b - a);
    if (fabs(at(t->rows.x, j, i) - want) > (j ? 1e-9 * (fabs(a) + fabs(b)) : 0.5 + 1e-6)) return -1;
  }
  return share >= 0 && share < 1 ? share : -1;
}

static void assert_between(const char *opts, Distance d) {
  enum { N = 120, K = 4 };
  Trial t = trial(cloud(N, 4), opts);
  double used[K] = {0}, low = 0, sum = 0;
  for (int64_t i = 0; i < N; i++) t.y[i] = i % 4 == 0;
  go(&t);
  assert_int_equal(frame_nrow(t.rows.x), 180);
  for (int64_t i = 0; i < N; i++) assert_int_equal(t.rows.source[i], i);
  for (int64_t i = N; i < 180; i++) {
    int64_t near[K];
    int k = 0;
    assert_int_equal(t.y[t.rows.source[i]], 1);
    nearest(&t, d, t.rows.source[i], near, K);
    while (k < K && share_of_way(&t, i, near[k]) < 0) k++;
    if (k == K) fail_msg("row %d lies on no line to a neighbour", (int)i);
    used[k]++, sum += share_of_way(&t, i, near[k]), low += share_of_way(&t, i, near[k]) < 0.5;
  }
  for (int k = 0; k < K; k++) assert_true(used[k] >= 4);     // 15 expected, sd 3.4
  assert_true(sum > 22 && sum < 38 && low > 14 && low < 46); // 30 expected, sd 2.2 and 3.9
  stop(&t);
}

TEST(new_rows_lie_on_the_line_to_one_of_the_nearest_by_deviations) { assert_between("k=4", in_deviations); }
TEST(new_rows_lie_on_the_line_to_one_of_the_nearest_by_units) { assert_between("k=4;scale=false", as_it_stands); }

TEST(every_row_starts_equally_many_and_neighbours_are_drawn_evenly) {
  enum { SMALL = 20, N = 4020, K = 5 };
  Trial t = trial(cloud(N, 3), "k=5");
  double starts[N] = {0}, towards[K] = {0}, tenth[10] = {0}, chi = 0, way = 0;
  for (int64_t i = 0; i < N; i++) t.y[i] = i < SMALL;
  go(&t);
  assert_int_equal(frame_nrow(t.rows.x), 8000);
  int64_t near[SMALL][K];
  for (int64_t i = 0; i < SMALL; i++) nearest(&t, in_deviations, i, near[i], K);
  for (int64_t i = N; i < 8000; i++) {
    int64_t from = t.rows.source[i];
    starts[from]++;
    for (int k = 0; k < K; k++) {
      double share = share_of_way(&t, i, near[from][k]);
      if (share >= 0) towards[k]++, tenth[(int)(share * 10)]++;
    }
  }
  for (int i = 0; i < SMALL; i++) assert_int_equal(starts[i], 199); // 3980 / 20
  for (int k = 0; k < K; k++) chi += pow(towards[k] - 796, 2) / 796;
  for (int k = 0; k < 10; k++) way += pow(tenth[k] - 398, 2) / 398;
  assert_true(chi < 23.51); // 4 degrees of freedom
  assert_true(way < 33.72); // 9
  stop(&t);
}

TEST(counts_are_exact_class_by_class) {
  Trial t = trial(cloud(100, 3), "ratio=0.5");
  int64_t got[3] = {0};
  for (int64_t i = 0; i < 100; i++) t.y[i] = i < 61 ? 0 : i < 93 ? 1 : 2; // 61, 32, 7
  go(&t);
  for (int64_t i = 0; i < frame_nrow(t.rows.x); i++) got[(int)t.y[t.rows.source[i]]]++;
  assert_int_equal(got[0], 61);
  assert_int_equal(got[1], 32);
  assert_int_equal(got[2], 31); // 30.5
  stop(&t);
}

// ---- words ---------------------------------------------------------------------------------------------------------
// Fisher's iris, moved a little so that no two distances are equal, with a word and a bool that go with nothing else.
static double mixed_distance(const Trial *t, int64_t i, int64_t q) {
  double sd[3], sum = 0;
  for (int j = 0; j < 3; j++) sd[j] = deviation(t->x, j, t->y, t->y[i]);
  double most = fmax(sd[0], fmax(sd[1], sd[2])), least = fmin(sd[0], fmin(sd[1], sd[2]));
  double middle = sd[0] + sd[1] + sd[2] - most - least;
  for (int j = 0; j < 3; j++) sum += pow(at(t->x, j, i) - at(t->x, j, q), 2);
  sum += middle * middle * !sv_eq(col_text(frame_at(t->x, 3), i), col_text(frame_at(t->x, 3), q));
  return sum + middle * middle * (at(t->x, 4, i) != at(t->x, 4, q));
}

static Frame *iris_with_words(void) {
  static const char *const WORD[] = {"low", "mid", "top"};
  Frame *d = help_data("iris"), *f = frame_new(frame_nrow(d));
  Dice dice_ = dice(2, "words");
  for (int j = 0; j < 3; j++) {
    Column *c;
    assert_int_equal(column_new(NULL, COL_F64, frame_nrow(d), NULL, &c, NULL), OK);
    for (int64_t i = 0; i < c->n; i++) c->f[i] = at(d, j, i) + (double)below(&dice_, 1000) * 1e-5;
    assert_int_equal(frame_add(f, frame_name(d, j), c, NULL), OK);
  }
  TextBuilder b;
  Column *word, *cat, *flag;
  textb_init(&b, NULL);
  assert_int_equal(column_new(NULL, COL_BOOL, frame_nrow(d), NULL, &flag, NULL), OK);
  for (int64_t i = 0; i < frame_nrow(d); i++) {
    assert_int_equal(textb_add(&b, sv(WORD[below(&dice_, 3)]), NULL), OK);
    flag->b[i] = coin(&dice_);
  }
  assert_int_equal(textb_take(&b, &word, NULL), OK);
  assert_int_equal(column_to_cat(NULL, word, -1, &cat, NULL), OK);
  column_unref(word);
  assert_int_equal(frame_add(f, "word", cat, NULL), OK);
  assert_int_equal(frame_add(f, "flag", flag, NULL), OK);
  frame_unref(d);
  return f;
}

// How many of the k neighbours have row i's word.
static int votes_for(const Trial *t, int64_t i, const int64_t *near, int k) {
  int n = 0;
  for (int q = 0; q < k; q++) n += sv_eq(col_text(frame_at(t->rows.x, 3), i), col_text(frame_at(t->x, 3), near[q]));
  return n;
}

TEST(words_are_those_of_most_neighbours_measured_as_smote_nc_does) {
  enum { K = 5 };
  Trial t = trial(iris_with_words(), "k=5;scale=false");
  for (int64_t i = 0; i < 150; i++) t.y[i] = i < 30;
  go(&t);
  assert_int_equal(frame_nrow(t.rows.x), 240);
  for (int64_t i = 150; i < 240; i++) {
    int64_t near[K];
    int lies = 0, yes = 0, most = 0;
    nearest(&t, mixed_distance, t.rows.source[i], near, K);
    for (int k = 0; k < K; k++) {
      bool on = true;
      for (int j = 0; j < 3; j++) {
        double a = at(t.x, j, t.rows.source[i]), b = at(t.x, j, near[k]), v = at(t.rows.x, j, i);
        on = on && v >= fmin(a, b) && v <= fmax(a, b);
      }
      lies += on, yes += at(t.x, 4, near[k]) > 0;
      int same = 0;
      for (int q = 0; q < K; q++)
        same += sv_eq(col_text(frame_at(t.x, 3), near[k]), col_text(frame_at(t.x, 3), near[q]));
      most = same > most ? same : most;
    }
    assert_true(lies > 0);
    assert_int_equal(votes_for(&t, i, near, K), most);
    assert_int_equal(at(t.rows.x, 4, i), yes > K / 2);
  }
  stop(&t);
}

TEST(words_alone_are_as_far_apart_as_they_differ) {
  Frame *x = HELP_FRAME(8, {"g", COL_CAT, {"u", "u", "u", "v", "w", "w", "w", "w"}},
                        {"h", COL_TEXT, {"p", "p", "q", "q", "p", "q", "p", "q"}});
  Trial t = trial(x, "k=1");
  for (int64_t i = 0; i < 8; i++) t.y[i] = i < 2; // both u and p
  go(&t);
  assert_cells(t.rows.x, "g", "u,u,u,v,w,w,w,w,u,u,u,u");
  assert_cells(t.rows.x, "h", "p,p,q,q,p,q,p,q,p,p,p,p");
  stop(&t);
}

TEST(whole_numbers_and_days_stay_whole_and_between_their_ends) {
  Frame *x = HELP_FRAME(
      6, {"n", COL_I64, {"1", "8", "5", "5", "5", "5"}},
      {"day", COL_DATE, {"2024-01-01", "2024-03-01", "2024-01-01", "2024-01-01", "2024-01-01", "2024-01-01"}});
  Trial t = trial(x, "k=1");
  for (int64_t i = 0; i < 6; i++) t.y[i] = i < 2;
  go(&t);
  const Column *n = help_col(t.rows.x, "n"), *day = help_col(t.rows.x, "day");
  assert_int_equal(n->type, COL_I64);
  assert_int_equal(day->type, COL_DATE);
  assert_int_equal(n->n, 8);
  for (int64_t i = 6; i < 8; i++) {
    int64_t from = t.rows.source[i], to = 1 - from;
    double share = (double)(day->i[i] - day->i[from]) / (double)(day->i[to] - day->i[from]);
    assert_true(share >= 0 && share <= 1);
    assert_near((double)n->i[i], (double)n->i[from] + share * (double)(n->i[to] - n->i[from]), 0.5 + 7.0 / 120);
  }
  stop(&t);
}

// ---- small classes and refusals ------------------------------------------------------------------------------------
TEST(a_class_of_few_rows_has_fewer_neighbours_and_the_card_says_so) {
  Trial t = trial(cloud(40, 3), "");
  for (int64_t i = 0; i < 40; i++) t.y[i] = i < 3 ? 2 : i < 20;
  go(&t);
  Frame *card = card_of(&t.s);
  assert_cells(card, "rows", "20,17,3");
  assert_cells(card, "rows_after", "20,20,20");
  assert_cells(card, "note", ",,so few rows that 2 neighbours are looked at");
  assert_has(frame_caption(card), "40 training rows become 60: new rows lie between neighbours of smaller classes");
  frame_unref(card);
  stop(&t);
}

static void refused(Frame *x, int64_t small, const char *part) {
  Trial t = trial(x, "");
  for (int64_t i = 0; i < t.n; i++) t.y[i] = i < small;
  assert_int_equal(learn(&t), ERR_ARG);
  assert_has(t.s.err.msg, part);
  frame_unref(x);
  help_fini(&t.s);
}

TEST(a_single_row_and_values_without_a_between_are_refused) {
  refused(cloud(10, 2), 1, "prep.smote: class 'yes' has a single training row, and so no neighbour: prep.oversample{}");
  refused(HELP_FRAME(5, {"v", COL_F64, {"1", "2", NULL, "nan", "5"}}), 2,
          "column 'v' has 2 missing values (first in row 3), and nothing lies between them: fill them before, "
          "prep.impute{}");
  refused(HELP_FRAME(5, {"v", COL_F64, {"1", "2", "inf", "4", "5"}}), 2, "column 'v' has infinite or huge values");
}

TEST(rows_that_are_all_the_same_make_the_same_again) {
  Trial t = trial(HELP_FRAME(9, {"v", COL_F64, {"2", "2", "2", "2", "2", "2", "2", "2", "2"}}), "k=2");
  for (int64_t i = 0; i < 9; i++) t.y[i] = i < 3;
  go(&t);
  assert_cells(t.rows.x, "v", "2,2,2,2,2,2,2,2,2,2,2,2");
  stop(&t);
}

RUN(CASE(new_rows_lie_on_the_line_to_one_of_the_nearest_by_deviations),
    CASE(new_rows_lie_on_the_line_to_one_of_the_nearest_by_units),
    CASE(every_row_starts_equally_many_and_neighbours_are_drawn_evenly), CASE(counts_are_exact_class_by_class),
    CASE(words_are_those_of_most_neighbours_measured_as_smote_nc_does),
    CASE(words_alone_are_as_far_apart_as_they_differ), CASE(whole_numbers_and_days_stay_whole_and_between_their_ends),
    CASE(a_class_of_few_rows_has_fewer_neighbours_and_the_card_says_so),
    CASE(a_single_row_and_values_without_a_between_are_refused), CASE(rows_that_are_all_the_same_make_the_same_again))

// Properties of splits: what must hold for any seed. Sizes by hand.
#include "unit/eval/samples.h"

#include "base/rng.h"

enum { NSEED = 40 };

typedef struct Parts {
  Frame *part[3]; // train, test, valid
} Parts;

// n rows: id = 0 .. n - 1 and a class g, unevenly spread, with missing cells.
static Frame *frame_of(int64_t n, const char *const word[4]) {
  Frame *f = frame_new(n);
  int64_t *id = calloc((size_t)n + 1, 8);
  const char **g = calloc((size_t)n + 1, sizeof *g);
  for (int64_t i = 0; i < n; i++) id[i] = i, g[i] = i % 13 == 5 ? NULL : word[i * i % 11 % 4];
  frame_put(f, "id", column_ints(id, n));
  frame_put(f, "g", column_words(g, n));
  free(id);
  free(g);
  return f;
}

static const char *const WORDS[4] = {"a", "b", "c", "d"}, *const OTHER[4] = {"d", "a", "c", "b"};

static Parts split(const Frame *f, double test, double valid, const char *stratify, uint64_t seed) {
  Parts p = {0};
  SplitOpts o = {.test = test, .valid = valid, .stratify = stratify, .seed = seed};
  assert_int_equal(eval_split(NULL, f, &o, &p.part[0], &p.part[1], &p.part[2], NULL), OK);
  return p;
}

static void parts_free(Parts *p) {
  for (int k = 0; k < 3; k++) frame_unref(p->part[k]);
}

static int64_t size_of(const Parts *p, int k) { return p->part[k] ? frame_nrow(p->part[k]) : 0; }

static bool same_frame(const Frame *a, const Frame *b) {
  char x[65], y[65];
  frame_hash(a, x);
  frame_hash(b, y);
  return strcmp(x, y) == 0;
}

TEST(parts_are_disjoint_complete_and_in_row_order) {
  static bool seen[500];
  Frame *f = frame_of(500, WORDS);
  for (uint64_t seed = 0; seed < NSEED; seed++) {
    Parts p = split(f, 0.2, seed % 2 ? 0.1 : 0, seed % 3 ? "g" : NULL, seed);
    memset(seen, 0, sizeof seen);
    int64_t n = 0;
    for (int k = 0; k < 3; k++)
      for (int64_t i = 0; i < size_of(&p, k); i++, n++) {
        int64_t id = col_of(p.part[k], "id")->i[i];
        assert_false(seen[id]);
        seen[id] = true;
        if (i) assert_true(col_of(p.part[k], "id")->i[i - 1] < id);
      }
    assert_int_equal(n, 500);
    parts_free(&p);
  }
  frame_unref(f);
}

TEST(sizes_are_the_nearest_whole_rows) {
  static const struct {
    int64_t n;
    double test, valid;
    int64_t want[3];
  } cases[] = {{891, 0.25, 0, {668, 223, 0}},  {10, 0.2, 0.2, {6, 2, 2}}, {7, 0.5, 0, {3, 4, 0}},
               {101, 0.33, 0.1, {58, 33, 10}}, {2, 0.5, 0, {1, 1, 0}},    {1000, 0.001, 0, {999, 1, 0}}};
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    Frame *f = frame_of(cases[c].n, WORDS);
    for (int s = 0; s < 2; s++) {
      Parts p = split(f, cases[c].test, cases[c].valid, s ? "g" : NULL, 3);
      for (int k = 0; k < 3; k++) assert_int_equal(size_of(&p, k), cases[c].want[k]);
      if (cases[c].valid == 0) assert_null(p.part[2]);
      parts_free(&p);
    }
    frame_unref(f);
  }
}

static int64_t count_of(const Frame *f, const char *word) {
  int64_t n = 0;
  for (int64_t i = 0; f && i < frame_nrow(f); i++) {
    bool present = col_valid(col_of(f, "g"), i);
    n += word ? present && sv_is(col_text(col_of(f, "g"), i), word) : !present;
  }
  return n;
}

TEST(each_stratum_missing_included_has_its_share) {
  static const char *const levels[] = {"a", "b", "c", "d", NULL};
  for (int64_t n = 40; n < 400; n += 37) {
    Frame *f = frame_of(n, WORDS);
    for (uint64_t seed = 0; seed < NSEED; seed++) {
      double valid = seed % 2 ? 0.15 : 0;
      Parts p = split(f, 0.3, valid, "g", seed);
      for (int k = 0; k < 5; k++) {
        double all = (double)count_of(f, levels[k]), bound = valid > 0 ? 2 : 1, nn = (double)n;
        double test = (double)size_of(&p, 1) / nn, third = (double)size_of(&p, 2) / nn;
        assert_true(fabs((double)count_of(p.part[1], levels[k]) - all * test) < 1);
        assert_true(fabs((double)count_of(p.part[2], levels[k]) - all * third) < 2);
        assert_true(fabs((double)count_of(p.part[0], levels[k]) - all * (1 - test - third)) < bound);
      }
      parts_free(&p);
    }
    frame_unref(f);
  }
}

TEST(a_seed_gives_one_split_and_another_seed_another) {
  Frame *f = frame_of(300, WORDS);
  for (uint64_t seed = 0; seed < 10; seed++) {
    Parts a = split(f, 0.3, 0.2, "g", seed), b = split(f, 0.3, 0.2, "g", seed), c = split(f, 0.3, 0.2, "g", seed + 1);
    for (int k = 0; k < 3; k++) {
      assert_true(same_frame(a.part[k], b.part[k]));
      assert_false(same_frame(a.part[k], c.part[k]));
    }
    parts_free(&a);
    parts_free(&b);
    parts_free(&c);
  }
  frame_unref(f);
}

TEST(the_names_of_the_levels_do_not_matter) {
  Frame *f = frame_of(300, WORDS), *g = frame_of(300, OTHER);
  Parts a = split(f, 0.25, 0.25, "g", 7), b = split(g, 0.25, 0.25, "g", 7);
  for (int k = 0; k < 3; k++)
    for (int64_t i = 0; i < size_of(&a, k); i++)
      assert_true(number_at(a.part[k], "id", i) == number_at(b.part[k], "id", i));
  parts_free(&a);
  parts_free(&b);
  frame_unref(f);
  frame_unref(g);
}

TEST(threads_do_not_matter) {
  Frame *f = frame_of(400, WORDS);
  Parts a = split(f, 0.25, 0.25, "g", 11);
  for (int threads = 1; threads < 8; threads += 2) {
    Job job = {.pool = pool_new(threads)};
    Parts b = {0};
    SplitOpts o = {.test = 0.25, .valid = 0.25, .stratify = "g", .seed = 11};
    assert_int_equal(eval_split(&job, f, &o, &b.part[0], &b.part[1], &b.part[2], NULL), OK);
    for (int k = 0; k < 3; k++) assert_true(same_frame(a.part[k], b.part[k]));
    parts_free(&b);
    pool_free(job.pool);
  }
  parts_free(&a);
  frame_unref(f);
}

TEST(every_row_gets_into_the_test_part_equally_often) {
  enum { N = 60, TRIALS = 3000 };
  for (int s = 0; s < 3; s++) { // s = 2: strata of one row each, where only the order of ties decides
    static int64_t hits[N];
    Frame *f = frame_of(N, WORDS);
    memset(hits, 0, sizeof hits);
    char text[N][16];
    const char *word[N];
    for (int i = 0; i < N; i++) snprintf(text[i], sizeof text[i], "r%d", i), word[i] = text[i];
    frame_put(f, "own", column_words(word, N));
    for (uint64_t seed = 0; seed < TRIALS; seed++) {
      Parts p = split(f, 0.25, 0, s == 0 ? NULL : s == 1 ? "g" : "own", seed);
      for (int64_t i = 0; i < size_of(&p, 1); i++) hits[col_of(p.part[1], "id")->i[i]]++;
      parts_free(&p);
    }
    // 750 expected, sd sqrt(3000 * .25 * .75) = 23.7; strata move the share of a row by less than 1 / 7 rows
    for (int i = 0; i < N; i++) assert_in_range(hits[i], s == 1 ? 500 : 630, s == 1 ? 1000 : 870);
    frame_unref(f);
  }
}

static ErrCode split_fails(const Frame *f, double test, double valid, const char *stratify, Err *err) {
  Frame *a = NULL, *b = NULL, *c = NULL;
  SplitOpts o = {.test = test, .valid = valid, .stratify = stratify, .seed = 1};
  ErrCode code = eval_split(NULL, f, &o, &a, &b, &c, err);
  assert_true(!a && !b && !c);
  return code;
}

TEST(wrong_shares_and_columns_are_refused) {
  Frame *f = frame_of(50, WORDS);
  Err err;
  assert_int_equal(split_fails(f, 0, 0, NULL, &err), ERR_ARG);
  assert_string_equal(err.msg, "split: test must be a share of the rows, above 0 and below 1, 0 was given");
  assert_int_equal(split_fails(f, 1, 0, NULL, &err), ERR_ARG);
  assert_int_equal(split_fails(f, NAN, 0, NULL, &err), ERR_ARG);
  assert_int_equal(split_fails(f, 0.5, -0.1, NULL, &err), ERR_ARG);
  assert_has(err.msg, "valid must be a share");
  assert_int_equal(split_fails(f, 0.6, 0.4, NULL, &err), ERR_ARG);
  assert_has(err.msg, "must leave rows to train on");
  assert_int_equal(split_fails(f, 0.005, 0, NULL, &err), ERR_ARG);
  assert_string_equal(err.msg, "split: these shares leave no row of 50 for test: choose other shares");
  assert_int_equal(split_fails(f, 0.2, 0.001, NULL, &err), ERR_ARG);
  assert_has(err.msg, "for valid");
  assert_int_equal(split_fails(f, 0.995, 0, NULL, &err), ERR_ARG);
  assert_has(err.msg, "for train");
  assert_int_equal(split_fails(f, 0.2, 0, "gg", &err), ERR_NAME);
  assert_has(err.msg, "did you mean 'g'?");
  assert_int_equal(split_fails(f, 0.2, 0, "id", &err), ERR_ARG);
  assert_has(err.msg, "'id' has 50 distinct values");
  assert_has(err.msg, "derive bins");
  frame_unref(f);
}

TEST(twenty_distinct_numbers_are_still_strata) {
  int64_t x[200];
  for (int i = 0; i < 200; i++) x[i] = i % 20;
  Frame *f = frame_new(200);
  frame_put(f, "x", column_ints(x, 200));
  Parts p = split(f, 0.5, 0, "x", 1);
  for (int v = 0; v < 20; v++) {
    int n = 0;
    for (int64_t i = 0; i < 100; i++) n += number_at(p.part[1], "x", i) == v;
    assert_int_equal(n, 5);
  }
  parts_free(&p);
  frame_unref(f);
}

TEST(an_empty_frame_and_one_row_cannot_be_split) {
  for (int64_t n = 0; n < 2; n++) {
    Frame *f = frame_of(n, WORDS);
    assert_int_equal(split_fails(f, 0.5, 0, NULL, NULL), ERR_ARG);
    frame_unref(f);
  }
}

TEST(a_split_can_be_stopped) {
  Frame *f = frame_of(50, WORDS), *a = NULL, *b = NULL, *c = NULL;
  Job job = {.cancel = true};
  SplitOpts o = {.test = 0.5, .valid = 0, .stratify = "g", .seed = 1};
  assert_int_equal(eval_split(&job, f, &o, &a, &b, &c, NULL), ERR_CANCELLED);
  assert_true(!a && !b && !c);
  frame_unref(f);
}

// ---- groups and time ----------------------------------------------------------------------------------------------
TEST(a_group_is_in_one_part_and_sizes_are_near_the_shares) {
  Frame *f = frame_new(300);
  int64_t id[300];
  for (int i = 0; i < 300; i++) id[i] = i * i % 37; // about 19 groups
  frame_put(f, "id", column_ints(id, 300));
  for (uint64_t seed = 0; seed < NSEED; seed++) {
    Parts p = {0};
    int where[37] = {0};
    SplitOpts o = {.test = 0.3, .valid = seed % 2 ? 0.2 : 0, .seed = seed, .group = "id"};
    assert_int_equal(eval_split(NULL, f, &o, &p.part[0], &p.part[1], &p.part[2], NULL), OK);
    for (int k = 0; k < 3; k++)
      for (int64_t i = 0; i < size_of(&p, k); i++) where[col_of(p.part[k], "id")->i[i]] |= 1 << k;
    for (int g = 0; g < 37; g++) assert_true(where[g] == 0 || where[g] == 1 || where[g] == 2 || where[g] == 4);
    assert_true(size_of(&p, 1) > 70 && size_of(&p, 1) < 110);
    assert_int_equal(size_of(&p, 0) + size_of(&p, 1) + size_of(&p, 2), 300);
    parts_free(&p);
  }
  frame_unref(f);
}

TEST(with_a_time_the_latest_rows_are_the_test_and_equal_times_stay_together) {
  Frame *f = frame_new(100);
  int64_t day[100];
  for (int i = 0; i < 100; i++) day[i] = (i * 7 % 100) / 3; // three rows a day
  frame_put(f, "day", column_ints(day, 100));
  Parts p = {0};
  SplitOpts o = {.test = 0.2, .valid = 0.2, .time = "day"};
  assert_int_equal(eval_split(NULL, f, &o, &p.part[0], &p.part[1], &p.part[2], NULL), OK);
  assert_int_equal(size_of(&p, 1), 19); // from day 27 on; at 20 rows a day would be parted
  assert_int_equal(size_of(&p, 2), 21);
  int64_t latest[3] = {0}, first[3] = {1000, 1000, 1000};
  for (int k = 0; k < 3; k++)
    for (int64_t i = 0; i < size_of(&p, k); i++) {
      int64_t v = col_of(p.part[k], "day")->i[i];
      if (v > latest[k]) latest[k] = v;
      if (v < first[k]) first[k] = v;
    }
  assert_true(latest[0] < first[2] && latest[2] < first[1]);
  parts_free(&p);
  frame_unref(f);
}

// Worked by hand: v is the number of the row.
TEST(a_target_that_goes_along_with_the_rows_is_told_and_changes_no_part) {
  Frame *d = frame_new(40), *train, *test, *same, *none;
  Column *v, *g;
  assert_int_equal(column_new(NULL, COL_I64, 40, NULL, &v, NULL), OK);
  assert_int_equal(column_new(NULL, COL_I64, 40, NULL, &g, NULL), OK);
  for (int64_t i = 0; i < 40; i++) v->i[i] = i, g->i[i] = i % 2;
  assert_int_equal(frame_add(d, "v", v, NULL), OK);
  assert_int_equal(frame_add(d, "g", g, NULL), OK);
  SplitOpts o = {.test = 0.25, .stratify = "g", .seed = 1};
  Err err;
  assert_int_equal(eval_split(NULL, d, &o, &train, &same, &none, &err), OK);
  assert_null(strstr(frame_caption(same), "rises"));
  frame_unref(train);
  o.target = "v";
  assert_int_equal(eval_split(NULL, d, &o, &train, &test, &none, &err), OK);
  assert_non_null(strstr(frame_caption(test), "! 'v' rises along the rows (Spearman 1.00)"));
  char one[65], other[65];
  frame_hash(same, one);
  frame_hash(test, other);
  assert_string_equal(one, other);
  frame_unref(train);
  frame_unref(test);
  frame_unref(same);
  o.target = "w";
  assert_int_equal(eval_split(NULL, d, &o, &train, &test, &none, &err), ERR_NAME);
  frame_unref(d);
}

TEST(kinds_of_splits_exclude_each_other) {
  Frame *f = frame_of(20, WORDS);
  Frame *part[3];
  Err err;
  SplitOpts both = {.test = 0.5, .stratify = "g", .group = "g"}, text = {.test = 0.5, .time = "g"};
  SplitOpts none = {.test = 0.5, .group = "gg"};
  assert_int_equal(eval_split(NULL, f, &both, &part[0], &part[1], &part[2], &err), ERR_ARG);
  assert_has(err.msg, "exclude each other");
  assert_int_equal(eval_split(NULL, f, &text, &part[0], &part[1], &part[2], &err), ERR_TYPE);
  assert_int_equal(eval_split(NULL, f, &none, &part[0], &part[1], &part[2], &err), ERR_NAME);
  frame_unref(f);
}

RUN(CASE(a_group_is_in_one_part_and_sizes_are_near_the_shares),
    CASE(with_a_time_the_latest_rows_are_the_test_and_equal_times_stay_together),
    CASE(a_target_that_goes_along_with_the_rows_is_told_and_changes_no_part),
    CASE(kinds_of_splits_exclude_each_other), CASE(parts_are_disjoint_complete_and_in_row_order),
    CASE(sizes_are_the_nearest_whole_rows),
    CASE(each_stratum_missing_included_has_its_share), CASE(a_seed_gives_one_split_and_another_seed_another),
    CASE(the_names_of_the_levels_do_not_matter), CASE(threads_do_not_matter),
    CASE(every_row_gets_into_the_test_part_equally_often), CASE(wrong_shares_and_columns_are_refused),
    CASE(twenty_distinct_numbers_are_still_strata), CASE(an_empty_frame_and_one_row_cannot_be_split),
    CASE(a_split_can_be_stopped))

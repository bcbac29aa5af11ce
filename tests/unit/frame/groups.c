// Groups of rows for every type of column. The rows are drawn as numbers k and turned into values that differ where the
// numbers differ, so that the groups are known by hand: those of equal k, numbered as they appear.
#include "base/pool.h"
#include "frame/verbs.h"
#include "unit/frame/make.h"

enum { MOST = 200000 };

static uint32_t draw(uint32_t *state) { return *state = (uint32_t)((uint64_t)*state * 48271 % 2147483647); }

typedef enum {
  AS_BOOL, AS_INT, AS_WIDE_INT, AS_FULL_INT, AS_REAL, AS_DATE, AS_TIME, AS_CAT, AS_CODED_TEXT, AS_TEXT, NAS
} As;

static int64_t wide_value(As as, int64_t k) {
  if (as == AS_FULL_INT && k < 2) return k ? INT64_MAX : INT64_MIN;
  return as == AS_WIDE_INT || as == AS_FULL_INT ? (int64_t)((uint64_t)k * 0x9E3779B97F4A7C15u) : k * 3 - 7;
}

static Column *words_of(const int64_t *k, int64_t n, As as) {
  TextBuilder b;
  Column *c, *cat;
  textb_init(&b, NULL);
  for (int64_t i = 0; i < n; i++) {
    char word[32];
    snprintf(word, sizeof word, "w%lld", (long long)k[i]);
    assert_int_equal(k[i] < 0 ? textb_add_missing(&b, NULL) : textb_add(&b, sv(word), NULL), OK);
  }
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  if (as == AS_TEXT) return c;
  assert_int_equal(column_to_cat(NULL, c, -1, &cat, NULL), OK);
  column_unref(c);
  if (as == AS_CODED_TEXT) cat->type = COL_TEXT;
  return cat;
}

// A column of values that stand for k; k < 0 is missing.
static Column *values_of(const int64_t *k, int64_t n, As as) {
  static const ColType types[] = {COL_BOOL, COL_I64, COL_I64, COL_I64, COL_F64, COL_DATE, COL_TIME};
  if (as >= AS_CAT) return words_of(k, n, as);
  Column *c;
  assert_int_equal(column_new(NULL, types[as], n, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    if (as == AS_BOOL) c->b[i] = (uint8_t)(k[i] & 1);
    else if (as == AS_REAL) c->f[i] = k[i] == 1 ? NAN : k[i] == 2 ? (i & 1 ? -0.0 : 0.0) : (double)(k[i] + 1) / 7;
    else c->i[i] = wide_value(as, k[i]);
    if (k[i] < 0) assert_int_equal(column_set_missing(c, i, NULL), OK);
  }
  return c;
}

// k: n numbers below `most`, -1 in about one of eleven when `gaps`.
static void draw_numbers(int64_t *k, int64_t n, int64_t most, bool gaps, uint32_t seed) {
  for (int64_t i = 0; i < n; i++) {
    k[i] = draw(&seed) % most;
    if (gaps && draw(&seed) % 11 == 0) k[i] = -1;
  }
}

static void number_by_hand(const int64_t *k, int64_t n, int64_t most, int64_t *group, int64_t *ngroup) {
  int64_t *of = malloc((size_t)(most + 1) * sizeof *of);
  assert_non_null(of);
  for (int64_t v = 0; v <= most; v++) of[v] = -1;
  *ngroup = 0;
  for (int64_t i = 0; i < n; i++) {
    if (of[k[i] + 1] < 0) of[k[i] + 1] = (*ngroup)++;
    group[i] = of[k[i] + 1];
  }
  free(of);
}

static int64_t k[3][MOST], pair[MOST], want[MOST], got[MOST];

static void check_one(As as, int64_t n, int64_t most, bool gaps, uint32_t seed) {
  int64_t nwant, ngot;
  int col = 0;
  draw_numbers(k[0], n, most, gaps, seed);
  number_by_hand(k[0], n, most, want, &nwant);
  Frame *f = frame_new(n);
  assert_int_equal(frame_add(f, "x", values_of(k[0], n, as), NULL), OK);
  assert_int_equal(frame_groups(NULL, f, &col, 1, got, &ngot, NULL), OK);
  if (ngot != nwant) fail_msg("kind %d: %lld groups, not %lld", (int)as, (long long)ngot, (long long)nwant);
  for (int64_t i = 0; i < n; i++)
    if (got[i] != want[i]) fail_msg("kind %d, row %lld: %lld", (int)as, (long long)i, (long long)got[i]);
  frame_unref(f);
}

TEST(one_column_of_any_type_is_numbered_by_first_appearance) {
  for (int as = 0; as < NAS; as++)
    for (int gaps = 0; gaps < 2; gaps++) {
      check_one((As)as, 1, 1, gaps, 7);
      check_one((As)as, 3000, as == AS_BOOL ? 2 : 40, gaps, 11);
      check_one((As)as, 3000, as == AS_BOOL ? 2 : 3000, gaps, 13);
    }
}

TEST(many_rows_and_many_groups_are_numbered_alike) {
  static const As kinds[] = {AS_INT, AS_WIDE_INT, AS_FULL_INT, AS_REAL, AS_CAT, AS_TEXT};
  for (size_t j = 0; j < sizeof kinds / sizeof *kinds; j++) check_one(kinds[j], MOST, 90000, true, 17);
}

// Two or three columns: by hand, the pair of numbers is a number.
static void check_pair(As first, As second, int64_t n, int64_t most, Job *job) {
  int64_t nwant, ngot, size = most + 1;
  int col[] = {0, 1};
  draw_numbers(k[0], n, first == AS_BOOL ? 2 : most, true, 3);
  draw_numbers(k[1], n, second == AS_BOOL ? 2 : most, true, 5);
  for (int64_t i = 0; i < n; i++) pair[i] = (k[0][i] + 1) * size + k[1][i] + 1;
  number_by_hand(pair, n, size * size, want, &nwant);
  Frame *f = frame_new(n);
  assert_int_equal(frame_add(f, "a", values_of(k[0], n, first), NULL), OK);
  assert_int_equal(frame_add(f, "b", values_of(k[1], n, second), NULL), OK);
  assert_int_equal(frame_groups(job, f, col, 2, got, &ngot, NULL), OK);
  if (ngot != nwant || memcmp(got, want, (size_t)n * sizeof *got) != 0)
    fail_msg("kinds %d and %d differ", (int)first, (int)second);
  frame_unref(f);
}

TEST(pairs_of_any_two_types_are_groups) {
  for (int a = 0; a < NAS; a++)
    for (int b = 0; b < NAS; b++) check_pair((As)a, (As)b, 800, 30, NULL);
}

TEST(wide_pairs_do_not_run_out_of_bits) {
  check_pair(AS_WIDE_INT, AS_WIDE_INT, 20000, 500, NULL);
  check_pair(AS_FULL_INT, AS_REAL, 20000, 500, NULL);
  check_pair(AS_TEXT, AS_FULL_INT, 20000, 500, NULL);
}

TEST(four_columns_of_wide_ranges_fold_from_the_left) {
  enum { N = 20000 };
  Frame *f = frame_new(N);
  int64_t nwant, ngot;
  int col[] = {0, 1, 2, 3};
  draw_numbers(k[0], N, 9, true, 3);
  draw_numbers(k[1], N, 9, true, 5);
  draw_numbers(k[2], N, 9, true, 9);
  for (int64_t i = 0; i < N; i++) pair[i] = ((k[0][i] + 1) * 10 + k[1][i] + 1) * 10 + k[2][i] + 1;
  number_by_hand(pair, N, 1000, want, &nwant);
  assert_int_equal(frame_add(f, "a", values_of(k[0], N, AS_WIDE_INT), NULL), OK);
  assert_int_equal(frame_add(f, "b", values_of(k[1], N, AS_WIDE_INT), NULL), OK);
  assert_int_equal(frame_add(f, "c", values_of(k[2], N, AS_TEXT), NULL), OK);
  assert_int_equal(frame_add(f, "d", values_of(k[1], N, AS_WIDE_INT), NULL), OK);
  assert_int_equal(frame_groups(NULL, f, col, 4, got, &ngot, NULL), OK);
  assert_int_equal(ngot, nwant);
  assert_memory_equal(got, want, N * sizeof *got);
  frame_unref(f);
}

TEST(any_number_of_threads_gives_the_same_numbers) {
  static const int threads[] = {2, 3, 7};
  for (size_t t = 0; t < 3; t++) {
    Job job = {.pool = pool_new(threads[t])};
    check_pair(AS_CAT, AS_BOOL, MOST, 700, &job);
    check_pair(AS_WIDE_INT, AS_TEXT, MOST / 2, 200, &job);
    pool_free(job.pool);
  }
}

TEST(no_columns_are_one_group_and_no_rows_none) {
  Frame *f = frame_new(3), *none = make_frame("x:int t:text", "");
  int64_t n;
  int col[] = {0, 1};
  assert_int_equal(frame_groups(NULL, f, NULL, 0, got, &n, NULL), OK);
  assert_int_equal(n, 1);
  assert_int_equal(got[0] | got[1] | got[2], 0);
  assert_int_equal(frame_groups(NULL, none, col, 2, got, &n, NULL), OK);
  assert_int_equal(n, 0);
  frame_unref(f);
  frame_unref(none);
}

TEST(values_under_missing_rows_do_not_matter) {
  Frame *f = make_frame("x:int b:bool", "1 true NA NA 2 false NA NA");
  int col[] = {0, 1};
  int64_t n;
  frame_at(f, 0)->i[1] = 77, frame_at(f, 0)->i[3] = INT64_MIN, frame_at(f, 1)->b[3] = 1;
  assert_int_equal(frame_groups(NULL, f, col, 2, got, &n, NULL), OK);
  assert_int_equal(n, 3);
  assert_int_equal(got[1], got[3]);
  frame_unref(f);
}

TEST(words_that_no_row_has_make_no_group) {
  Frame *f = make_frame("g:category", "a b c a"), *g, *counted;
  assert_int_equal(frame_where(NULL, f, sv("g ~= 'b'"), NULL, 0, &g, NULL), OK);
  assert_int_equal(frame_count(NULL, g, NAMES("g"), &counted, NULL), OK);
  assert_string_equal(shown_at(counted, "g"), "a c");
  assert_string_equal(shown_at(counted, "n"), "2 1");
  frame_unref(counted);
  frame_unref(g);
  frame_unref(f);
}

TEST(errors_come_as_codes) {
  Frame *f = make_frame("x:real", "1 2 1"), *huge = frame_new(UINT32_MAX);
  int col = 0;
  int64_t n = 5;
  Err err = {0};
  assert_int_equal(frame_groups(NULL, huge, NULL, 0, got, &n, &err), ERR_SHAPE);
  assert_string_equal(err.msg, "grouping takes at most 4,294,967,294 rows, the frame has 4294967295");
  Job job = {0};
  atomic_store(&job.cancel, true);
  assert_int_equal(frame_groups(&job, f, &col, 1, got, &n, &err), ERR_CANCELLED);
  frame_unref(f);
  frame_unref(huge);
  f = frame_new(MOST);
  draw_numbers(k[0], MOST, 1000, false, 1);
  assert_int_equal(frame_add(f, "x", values_of(k[0], MOST, AS_WIDE_INT), NULL), OK);
  Job poor = {.memory = 1};
  assert_int_equal(frame_groups(&poor, f, &col, 1, got, &n, &err), ERR_MEMORY);
  frame_unref(f);
}

RUN(CASE(one_column_of_any_type_is_numbered_by_first_appearance),
    CASE(many_rows_and_many_groups_are_numbered_alike), CASE(pairs_of_any_two_types_are_groups),
    CASE(wide_pairs_do_not_run_out_of_bits), CASE(four_columns_of_wide_ranges_fold_from_the_left),
    CASE(any_number_of_threads_gives_the_same_numbers), CASE(no_columns_are_one_group_and_no_rows_none),
    CASE(values_under_missing_rows_do_not_matter), CASE(words_that_no_row_has_make_no_group),
    CASE(errors_come_as_codes))

// Sorting frames against the C library's qsort with the meaning of the keys spelled out: by value, categories and texts
// by their place in the dictionary, NaN behind the numbers and missing behind everything, equal rows in row order.
#include "unit/frame/many.h"

typedef struct Order {
  const Column *c[4];
  bool descending[4];
  int n;
} Order;

static Order ORDER; // qsort passes no context

static int rank_of(const Column *c, int64_t i) {
  return !col_valid(c, i) ? 2 : c->type == COL_F64 && c->f[i] != c->f[i] ? 1 : 0;
}

static int compare_values(const Column *c, int64_t a, int64_t b) {
  if (c->type == COL_F64) return (c->f[a] > c->f[b]) - (c->f[a] < c->f[b]);
  if (c->type == COL_BOOL) return c->b[a] - c->b[b];
  int64_t x = c->dict ? col_code(c, a) : c->i[a], y = c->dict ? col_code(c, b) : c->i[b];
  return (x > y) - (x < y);
}

static int compare(const void *pa, const void *pb) {
  int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;
  for (int k = 0; k < ORDER.n; k++) {
    const Column *c = ORDER.c[k];
    int ra = rank_of(c, a), rb = rank_of(c, b);
    if (ra != rb) return ra - rb;
    int way = ra ? 0 : compare_values(c, a, b);
    if (way) return ORDER.descending[k] ? -way : way;
  }
  return (a > b) - (a < b);
}

static void expect_sorted(const Frame *f, Job *job, const Names *keys) {
  int64_t n = frame_nrow(f), *row = mem_new((size_t)n * sizeof *row);
  Frame *g;
  Column *cat[4] = {0};
  ORDER.n = (int)keys->n;
  for (int k = 0; k < ORDER.n; k++) {
    ORDER.descending[k] = keys->name[k][0] == '-';
    const Column *c = frame_at(f, frame_find(f, sv(keys->name[k] + ORDER.descending[k])));
    if (!col_width(c)) assert_int_equal(column_to_cat(NULL, c, -1, &cat[k], NULL), OK);
    ORDER.c[k] = cat[k] ? cat[k] : c;
  }
  for (int64_t i = 0; i < n; i++) row[i] = i;
  qsort(row, (size_t)n, sizeof *row, compare);
  assert_int_equal(frame_sort(job, f, keys, &g, NULL), OK);
  const Column *id = frame_at(g, frame_find(g, sv("id")));
  for (int64_t i = 0; i < n; i++)
    if (id->i[i] != row[i])
      fail_msg("%s: row %lld at %lld, not %lld", keys->name[0], (long long)id->i[i], (long long)i, (long long)row[i]);
  frame_unref(g);
  for (int k = 0; k < 4; k++) column_unref(cat[k]);
  mem_free(row);
}

static Frame *numbered(int64_t n) {
  Frame *f = many_frame(n);
  Column *id, *far = many_values(COL_I64, n, 0, rng_key(3, "far"));
  assert_int_equal(column_new(NULL, COL_I64, n, NULL, &id, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    id->i[i] = i;
    if (col_valid(far, i)) far->i[i] = far->i[i] > 400 ? INT64_MAX : far->i[i] < -400 ? INT64_MIN : far->i[i];
  }
  assert_int_equal(frame_add(f, "id", id, NULL), OK);
  assert_int_equal(frame_add(f, "far", far, NULL), OK);
  return f;
}

TEST(every_type_sorts_either_way) {
  static const char *const names[] = {"b", "i", "x", "d", "t", "c1", "c2", "c4", "s", "p", "far", "id"};
  Frame *f = numbered(5000);
  for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
    char down[8];
    snprintf(down, sizeof down, "-%s", names[k]);
    expect_sorted(f, NULL, NAMES(names[k]));
    expect_sorted(f, NULL, NAMES(down));
  }
  frame_unref(f);
}

TEST(several_keys_sort_whether_or_not_they_fit_64_bits) {
  Frame *f = numbered(5000);
  expect_sorted(f, NULL, NAMES("b", "c1", "-i"));
  expect_sorted(f, NULL, NAMES("-b", "x"));
  expect_sorted(f, NULL, NAMES("x", "far", "-x", "c4"));
  expect_sorted(f, NULL, NAMES("b", "far", "x"));
  expect_sorted(f, NULL, NAMES("-b", "-far", "s"));
  expect_sorted(f, NULL, NAMES("p", "-x", "far", "b"));
  frame_unref(f);
}

TEST(long_frames_sort_on_any_number_of_threads) {
  Frame *f = numbered(150000);
  for (int t = 0; t < 4; t++) {
    Job job = {.pool = pool_new(MANY_THREADS[t])};
    expect_sorted(f, &job, NAMES("c2", "-x"));
    if (t == 1) expect_sorted(f, &job, NAMES("far", "-x"));
    pool_free(job.pool);
  }
  frame_unref(f);
}

TEST(a_frame_in_order_keeps_its_columns) {
  Frame *f = numbered(1000), *g;
  assert_int_equal(frame_sort(NULL, f, NAMES("id"), &g, NULL), OK);
  assert_ptr_equal(frame_at(g, 0), frame_at(f, 0));
  frame_unref(g);
  assert_int_equal(frame_sort(NULL, f, &(Names){0}, &g, NULL), OK);
  assert_ptr_equal(frame_at(g, 0), frame_at(f, 0));
  frame_unref(g);
  frame_unref(f);
}

TEST(columns_without_a_value_sort) {
  Frame *f = make_frame("x:real c:category i:int", "NA NA 3 NA NA 1 NA NA 2"), *g;
  assert_int_equal(frame_sort(NULL, f, NAMES("-x", "c", "i"), &g, NULL), OK);
  assert_string_equal(shown_at(g, "i"), "1 2 3");
  frame_unref(g);
  frame_unref(f);
  f = make_frame("x:real i:int", "nan 3 NA 1 nan 2");
  assert_int_equal(frame_sort(NULL, f, NAMES("-x", "i"), &g, NULL), OK);
  assert_string_equal(shown_at(g, "i"), "2 3 1");
  frame_unref(g);
  frame_unref(f);
}

TEST(a_sort_over_the_budget_and_a_cancelled_one_leave_nothing) {
  Frame *f = numbered(100000), *g;
  Job cancelled = {.cancel = true}, tight = {.memory = 1};
  Err err;
  assert_int_equal(frame_sort(&cancelled, f, NAMES("x"), &g, &err), ERR_CANCELLED);
  assert_int_equal(frame_sort(&tight, f, NAMES("x"), &g, &err), ERR_MEMORY);
  assert_has(err.msg, "sorting needs 2.3 MB");
  frame_unref(f);
}

RUN(CASE(every_type_sorts_either_way), CASE(several_keys_sort_whether_or_not_they_fit_64_bits),
    CASE(long_frames_sort_on_any_number_of_threads), CASE(a_frame_in_order_keeps_its_columns),
    CASE(columns_without_a_value_sort), CASE(a_sort_over_the_budget_and_a_cancelled_one_leave_nothing))

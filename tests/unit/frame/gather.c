// Rows of frames: every column type against the cell-by-cell meaning of the verbs.
#include "unit/frame/many.h"

static void assert_rows(const Frame *got, const Frame *from, const int64_t *row, int64_t n) {
  assert_int_equal(frame_nrow(got), n);
  for (int j = 0; j < frame_ncol(from); j++) {
    assert_sound(frame_at(got, j), frame_at(from, j), n);
    for (int64_t i = 0; i < n; i++) assert_cell(frame_at(got, j), i, frame_at(from, j), row[i]);
  }
}

TEST(rows_in_any_order_are_taken_from_every_type_on_any_number_of_threads) {
  enum { N = 3000, M = 150000 }; // more than two blocks
  Frame *f = many_frame(N), *g;
  int64_t *row = mem_new(M * sizeof *row);
  uint32_t *narrow = mem_new(M * sizeof *narrow);
  RngKey key = rng_key(1, "rows");
  for (int64_t i = 0; i < M; i++) row[i] = rng_below(key, (uint64_t)i, 0, N), narrow[i] = (uint32_t)row[i];
  for (int t = 0; t < 4; t++) {
    Job job = {.pool = pool_new(MANY_THREADS[t])};
    assert_int_equal(frame_gather(&job, f, row, M, &g, NULL), OK);
    if (t == 0) assert_rows(g, f, row, M);
    Frame *h;
    assert_int_equal(frame_take(&job, f, &(Rows){.narrow = narrow, .n = M}, &h, NULL), OK);
    char a[65], b[65];
    frame_hash(g, a);
    frame_hash(h, b);
    assert_string_equal(a, b);
    static char first[65];
    if (t == 0) memcpy(first, a, sizeof first);
    assert_string_equal(a, first);
    frame_unref(g);
    frame_unref(h);
    pool_free(job.pool);
  }
  mem_free(row);
  mem_free(narrow);
  frame_unref(f);
}

TEST(minus_one_gives_missing_in_every_type) {
  enum { N = 500, M = 1000 };
  Frame *f = many_frame(N), *g;
  int64_t row[M];
  RngKey key = rng_key(2, "rows");
  for (int64_t i = 0; i < M; i++) row[i] = rng_below(key, (uint64_t)i, 0, N + 50) - 50;
  for (int64_t i = 0; i < M; i++)
    if (row[i] < 0) row[i] = -1;
  assert_int_equal(frame_gather(NULL, f, row, M, &g, NULL), OK);
  assert_rows(g, f, row, M);
  frame_unref(g);
  frame_unref(f);
}

TEST(a_slice_begins_and_ends_anywhere) {
  enum { N = 200 };
  static const int64_t sizes[] = {0, 1, 2, 63, 64, 65, 127, 128, 129, N};
  Frame *f = many_frame(N), *g;
  for (int64_t first = 0; first < N; first++)
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
      int64_t row[N], n = sizes[s] < N - first ? sizes[s] : N - first;
      for (int64_t i = 0; i < n; i++) row[i] = first + i;
      assert_int_equal(frame_slice(NULL, f, first, sizes[s], &g, NULL), OK);
      assert_rows(g, f, row, n);
      frame_unref(g);
    }
  assert_int_equal(frame_slice(NULL, f, 0, N, &g, NULL), OK);
  assert_ptr_equal(frame_at(g, 0), frame_at(f, 0)); // all rows: the same columns
  frame_unref(g);
  frame_unref(f);
}

TEST(long_slices_have_the_same_cells) {
  enum { N = 140000, FIRST = 1234, M = 135000 };
  Frame *f = many_frame(N), *g;
  int64_t *row = mem_new(M * sizeof *row);
  for (int64_t i = 0; i < M; i++) row[i] = FIRST + i;
  Job job = {.pool = pool_new(2)};
  assert_int_equal(frame_slice(&job, f, FIRST, M, &g, NULL), OK);
  assert_rows(g, f, row, M);
  pool_free(job.pool);
  mem_free(row);
  frame_unref(g);
  frame_unref(f);
}

TEST(no_rows_and_no_columns_are_a_frame) {
  Frame *f = many_frame(3), *none = frame_new(5), *g;
  assert_int_equal(frame_gather(NULL, f, NULL, 0, &g, NULL), OK);
  assert_int_equal(frame_nrow(g), 0);
  assert_int_equal(frame_ncol(g), MANY_COLUMNS);
  frame_unref(g);
  assert_int_equal(frame_slice(NULL, none, 1, 2, &g, NULL), OK);
  assert_int_equal(frame_nrow(g), 2);
  frame_unref(g);
  frame_unref(none);
  frame_unref(f);
}

// The first n places of the shuffle that frame_sample is said to make.
static void shuffle(int64_t nrow, int64_t n, uint64_t seed, bool *drawn) {
  int64_t *row = mem_new((size_t)nrow * sizeof *row);
  RngKey key = rng_key(seed, "sample");
  memset(drawn, 0, (size_t)nrow);
  for (int64_t i = 0; i < nrow; i++) row[i] = i;
  for (int64_t i = 0; i < n; i++) {
    int64_t j = i + rng_below(key, (uint64_t)i, 0, nrow - i), t = row[i];
    row[i] = row[j], row[j] = t;
    drawn[row[i]] = true;
  }
  mem_free(row);
}

TEST(small_and_large_samples_are_the_same_shuffle) {
  enum { N = 20000 };
  static const int64_t sizes[] = {0, 1, 10, 700, N / 16, N / 16 + 1, N / 2, N};
  static bool drawn[N];
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, N, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < N; i++) c->i[i] = i;
  Frame *f = frame_new(N), *g;
  assert_int_equal(frame_add(f, "i", c, NULL), OK);
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
    shuffle(N, sizes[s], s, drawn);
    assert_int_equal(frame_sample(NULL, f, sizes[s], s, &g, NULL), OK);
    assert_int_equal(frame_nrow(g), sizes[s]);
    for (int64_t i = 0, at = 0; i < N; i++)
      if (drawn[i]) assert_int_equal(frame_at(g, 0)->i[at++], i);
    frame_unref(g);
  }
  frame_unref(f);
}

TEST(a_text_has_one_hash_however_it_is_stored) {
  enum { N = 30000 };
  Frame *f = many_frame(N);
  const Column *coded = frame_at(f, frame_find(f, sv("s")));
  TextBuilder b;
  Column *plain;
  textb_init(&b, NULL);
  for (int64_t i = 0; i < N; i++) {
    ErrCode code = col_valid(coded, i) ? textb_add(&b, col_text(coded, i), NULL) : textb_add_missing(&b, NULL);
    assert_int_equal(code, OK);
  }
  assert_int_equal(textb_take(&b, &plain, NULL), OK);
  Frame *one = frame_new(N), *other = frame_new(N);
  assert_int_equal(frame_add(one, "s", column_ref(coded), NULL), OK);
  assert_int_equal(frame_add(other, "s", plain, NULL), OK);
  char x[65], y[65];
  frame_hash(one, x);
  frame_hash(other, y);
  assert_string_equal(x, y);
  frame_unref(one);
  frame_unref(other);
  frame_unref(f);
}

TEST(errors_leave_nothing) {
  enum { N = 200000 };
  Frame *f = many_frame(N), *g;
  int64_t *row = mem_new(N * sizeof *row);
  for (int64_t i = 0; i < N; i++) row[i] = N - 1 - i;
  Job cancelled = {.cancel = true}, tight = {.memory = 1};
  Err err;
  assert_int_equal(frame_gather(&cancelled, f, row, N, &g, &err), ERR_CANCELLED);
  assert_int_equal(frame_sample(&cancelled, f, N / 2, 1, &g, &err), ERR_CANCELLED);
  assert_int_equal(frame_sample(&cancelled, f, 2, 1, &g, &err), ERR_CANCELLED);
  assert_int_equal(frame_gather(&tight, f, row, N, &g, &err), ERR_MEMORY);
  assert_has(err.msg, "a choice of rows needs");
  mem_free(row);
  frame_unref(f);
}

RUN(CASE(rows_in_any_order_are_taken_from_every_type_on_any_number_of_threads),
    CASE(minus_one_gives_missing_in_every_type), CASE(a_slice_begins_and_ends_anywhere),
    CASE(long_slices_have_the_same_cells), CASE(no_rows_and_no_columns_are_a_frame),
    CASE(small_and_large_samples_are_the_same_shuffle), CASE(a_text_has_one_hash_however_it_is_stored),
    CASE(errors_leave_nothing))

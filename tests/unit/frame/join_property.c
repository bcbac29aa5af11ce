// Properties of joins: random keys of all types against two nested loops; large frames against sorted lists; the same
// result for any number of threads; a refusal of memory at any point leaves nothing behind.
#include "base/pool.h"
#include "base/rng.h"
#include "frame/shape.h"
#include "unit/frame/make.h"

#include <pthread.h>
#include <unistd.h>

typedef struct Source {
  RngKey key;
  uint64_t row, draw;
} Source;

static int64_t pick(Source *s, int64_t n) { return rng_below(s->key, s->row, s->draw++, n); }

// ---- random small frames ------------------------------------------------------------------------------------------
static const char *const WORDS[] = {"a", "b", "cc", "", "10", "9", "a longer word than eight bytes"};
static const double REALS[] = {0, -0.0, 1, 2, 2.5, NAN, 1e300, -3};
static const int64_t INTS[] = {0, 1, 2, -3, INT64_MAX, INT64_MIN, 7};

static Column *words_column(Source *s, int64_t n, bool cat, bool coded, int64_t most) {
  TextBuilder b;
  Column *c, *made;
  textb_init(&b, NULL);
  for (int64_t i = 0; i < n; i++) {
    if (pick(s, 8) == 0) assert_int_equal(textb_add_missing(&b, NULL), OK);
    else assert_int_equal(textb_add(&b, sv(WORDS[pick(s, most)]), NULL), OK);
  }
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  textb_fini(&b);
  if (!cat && !coded) return c;
  assert_int_equal(column_to_cat(NULL, c, -1, &made, NULL), OK);
  column_unref(c);
  if (cat) return made;
  assert_int_equal(column_cast(NULL, made, "x", COL_TEXT, CAST_ERROR, &c, NULL), OK);
  column_unref(made);
  return c;
}

static Column *random_column(Source *s, int64_t n, ColType type) {
  Column *c;
  if (type == COL_CAT || type == COL_TEXT)
    return words_column(s, n, type == COL_CAT, pick(s, 2), 1 + pick(s, (int64_t)(sizeof WORDS / sizeof *WORDS)));
  assert_int_equal(column_new(NULL, type, n, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    if (type == COL_BOOL) c->b[i] = (uint8_t)pick(s, 2);
    else if (type == COL_F64) c->f[i] = REALS[pick(s, 8)];
    else c->i[i] = INTS[pick(s, 7)];
    if (pick(s, 8) == 0) assert_int_equal(column_set_missing(c, i, NULL), OK);
  }
  return c;
}

static ColType partner(Source *s, ColType t) {
  if (t == COL_I64 || t == COL_F64) return pick(s, 2) ? COL_I64 : COL_F64;
  if (t == COL_CAT || t == COL_TEXT) return pick(s, 2) ? COL_CAT : COL_TEXT;
  return t;
}

static Column *counter(int64_t n) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, n, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < n; i++) c->i[i] = i;
  return c;
}

// ---- two nested loops ---------------------------------------------------------------------------------------------
static bool equal_cells(const Column *a, int64_t i, const Column *b, int64_t j) {
  if (!col_valid(a, i) || !col_valid(b, j)) return false;
  if (col_is_text(a)) return sv_eq(col_text(a, i), col_text(b, j));
  if (a->type == COL_I64 && b->type == COL_I64) return a->i[i] == b->i[j];
  if (a->type != COL_F64 && b->type != COL_F64 && a->type != COL_BOOL) return a->i[i] == b->i[j];
  double x = col_f64(a, i), y = col_f64(b, j);
  if (x != x || y != y) return x != x && y != y;
  if (a->type == COL_F64 && b->type == COL_F64) return x == y;
  if (a->type == COL_BOOL) return x == y;
  const Column *whole = a->type == COL_I64 ? a : b;
  int64_t v = whole == a ? a->i[i] : b->i[j];
  double real = whole == a ? y : x;
  return real >= -0x1p63 && real < 0x1p63 && (double)(int64_t)real == real && (int64_t)real == v;
}

static bool equal_keys(const Frame *l, int64_t i, const Frame *r, int64_t j, int m) {
  for (int k = 0; k < m; k++)
    if (!equal_cells(frame_at(l, k), i, frame_at(r, k), j)) return false;
  return true;
}

static void nested_loops(const Frame *l, const Frame *r, int m, JoinHow how, Str *out) {
  bool hit[64] = {0};
  for (int64_t i = 0; i < frame_nrow(l); i++) {
    int64_t matches = 0;
    for (int64_t j = 0; j < frame_nrow(r); j++) {
      if (!equal_keys(l, i, r, j, m)) continue;
      matches++, hit[j] = true;
      if (how <= JOIN_FULL) str_addf(out, "%lld/%lld ", (long long)i, (long long)j);
    }
    if (!matches && (how == JOIN_LEFT || how == JOIN_FULL)) str_addf(out, "%lld/- ", (long long)i);
    if ((how == JOIN_SEMI && matches) || (how == JOIN_ANTI && !matches)) str_addf(out, "%lld ", (long long)i);
  }
  for (int64_t j = 0; j < frame_nrow(r) && (how == JOIN_RIGHT || how == JOIN_FULL); j++)
    if (!hit[j]) str_addf(out, "-/%lld ", (long long)j);
}

static void add_row(const Frame *f, const char *name, int64_t row, Str *out) {
  const Column *c = frame_at(f, frame_find(f, sv(name)));
  if (!col_valid(c, row)) str_add(out, "-");
  else str_addf(out, "%lld", (long long)c->i[row]);
}

static void rows_of(const Frame *f, JoinHow how, Str *out) {
  for (int64_t i = 0; i < frame_nrow(f); i++) {
    add_row(f, "left", i, out);
    if (how <= JOIN_FULL) str_addc(out, '/'), add_row(f, "right", i, out);
    str_addc(out, ' ');
  }
}

// A key of the result is that of the left row or, where there is none, of the right row.
static void check_keys(const Frame *f, const Frame *l, const Frame *r, int m) {
  const Column *from = frame_at(f, frame_find(f, sv("left"))), *other = frame_at(f, frame_find(f, sv("right")));
  for (int64_t i = 0; i < frame_nrow(f); i++)
    for (int k = 0; k < m; k++) {
      bool is_left = col_valid(from, i);
      const Column *key = frame_at(is_left ? l : r, k), *got = frame_at(f, k);
      int64_t row = is_left ? from->i[i] : other->i[i];
      assert_int_equal(col_valid(got, i), col_valid(key, row));
      if (!col_valid(key, row)) continue;
      if (col_is_text(key)) assert_true(sv_eq(col_text(got, i), col_text(key, row)));
      else if (got->type == key->type && key->type != COL_F64 && key->type != COL_BOOL)
        assert_true(got->i[i] == key->i[row]);
      else assert_near(col_f64(got, i), col_f64(key, row), 0);
    }
}

static void one_random_join(Source *s) {
  static const char *const names[] = {"k0", "k1", "k2"};
  int m = 1 + (int)pick(s, 3);
  int64_t n[2] = {pick(s, 40), pick(s, 40)};
  Frame *l = frame_new(n[0]), *r = frame_new(n[1]);
  for (int k = 0; k < m; k++) {
    ColType type = (ColType)pick(s, COL_NTYPES);
    Column *a = random_column(s, n[0], type);
    bool same_words = a->type == COL_CAT && n[0] == n[1] && pick(s, 2);
    assert_int_equal(frame_add(l, names[k], a, NULL), OK);
    assert_int_equal(
        frame_add(r, names[k], same_words ? column_ref(a) : random_column(s, n[1], partner(s, type)), NULL), OK);
  }
  assert_int_equal(frame_add(l, "left", counter(n[0]), NULL), OK);
  assert_int_equal(frame_add(r, "right", counter(n[1]), NULL), OK);
  for (JoinHow how = JOIN_INNER; how <= JOIN_ANTI; how++) {
    Frame *f;
    Err err = {0};
    JoinOpts o = {{(const char **)(uintptr_t)names, m}, {(const char **)(uintptr_t)names, m}, (int)how, 0, "_right"};
    if (frame_join(NULL, l, r, &o, &f, &err) != OK) fail_msg("%s", err.msg);
    Str want = {0}, got = {0};
    nested_loops(l, r, m, how, &want);
    rows_of(f, how, &got);
    assert_string_equal(str_c(&got), str_c(&want));
    if (how == JOIN_RIGHT || how == JOIN_FULL) check_keys(f, l, r, m);
    str_fini(&want);
    str_fini(&got);
    frame_unref(f);
  }
  frame_unref(l);
  frame_unref(r);
}

TEST(random_joins_agree_with_two_nested_loops) {
  Source s = {rng_key(1, "join"), 0, 0};
  for (s.row = 0; s.row < 1200; s.row++) s.draw = 0, one_random_join(&s);
}

// ---- large frames -------------------------------------------------------------------------------------------------
enum { BIG_LEFT = 150001, BIG_RIGHT = 90001 };

// shift 0: a narrow range (a table); 40: a wide one (hashes). Keys of both sides overlap and repeat.
static Frame *big(int64_t n, int shift, const char *tag, bool texts) {
  RngKey key = rng_key(2, tag);
  Frame *f = frame_new(n);
  Column *k;
  char buf[32];
  TextBuilder b;
  textb_init(&b, NULL);
  assert_int_equal(column_new(NULL, COL_I64, n, NULL, &k, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    k->i[i] = rng_below(key, (uint64_t)i, 0, 100000) << shift;
    snprintf(buf, sizeof buf, "%lld", (long long)k->i[i]);
    if (texts) assert_int_equal(textb_add(&b, sv(buf), NULL), OK);
  }
  if (texts) {
    column_unref(k);
    assert_int_equal(textb_take(&b, &k, NULL), OK);
  }
  textb_fini(&b);
  assert_int_equal(frame_add(f, "k", k, NULL), OK);
  assert_int_equal(frame_add(f, tag, counter(n), NULL), OK);
  return f;
}

typedef struct Pair {
  int64_t key, row;
} Pair;

static int by_key(const void *a, const void *b) {
  const Pair *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

// A sorted list of the right rows, searched for each left row.
static void check_big(const Frame *l, const Frame *r, const Frame *f) {
  const int64_t *key = frame_at(l, 0)->i;
  const Column *left = frame_at(f, frame_find(f, sv("left"))), *right = frame_at(f, frame_find(f, sv("right")));
  Pair *p = malloc(BIG_RIGHT * sizeof *p);
  assert_non_null(p);
  for (int64_t j = 0; j < BIG_RIGHT; j++) p[j] = (Pair){frame_at(r, 0)->i[j], j};
  qsort(p, BIG_RIGHT, sizeof *p, by_key);
  int64_t at = 0;
  for (int64_t i = 0; i < BIG_LEFT; i++) {
    int64_t low = 0, high = BIG_RIGHT, found = 0;
    while (low < high) {
      int64_t middle = (low + high) / 2;
      if (p[middle].key < key[i]) low = middle + 1;
      else high = middle;
    }
    for (; low < BIG_RIGHT && p[low].key == key[i]; low++, at++, found++)
      if (left->i[at] != i || right->i[at] != p[low].row) fail_msg("row %lld differs", (long long)at);
    if (found) continue;
    if (left->i[at] != i || col_valid(right, at)) fail_msg("row %lld differs", (long long)at);
    at++;
  }
  assert_int_equal(at, frame_nrow(f));
  free(p);
}

static Frame *left_join(Job *job, const Frame *l, const Frame *r, JoinHow how) {
  JoinOpts o = {*NAMES("k"), *NAMES("k"), (int)how, 0, "_right"};
  Frame *f;
  assert_int_equal(frame_join(job, l, r, &o, &f, NULL), OK);
  return f;
}

TEST(large_joins_by_table_and_by_hash_agree_with_a_sorted_list) {
  for (int shift = 0; shift <= 40; shift += 40) {
    Frame *l = big(BIG_LEFT, shift, "left", false), *r = big(BIG_RIGHT, shift, "right", false);
    Frame *f = left_join(NULL, l, r, JOIN_LEFT);
    check_big(l, r, f);
    frame_unref(f);
    frame_unref(l);
    frame_unref(r);
  }
}

TEST(any_number_of_threads_gives_the_same_rows) {
  static const int threads[] = {1, 2, 3, 7};
  for (int kind = 0; kind < 3; kind++) { // a table, hashes of numbers, hashes of words
    Frame *l = big(BIG_LEFT, kind == 1 ? 40 : 0, "left", kind == 2);
    Frame *r = big(BIG_RIGHT, kind == 1 ? 40 : 0, "right", kind == 2);
    char want[65], got[65];
    for (int t = 0; t < 4; t++) {
      Job job = {.pool = pool_new(threads[t])};
      Frame *f = left_join(&job, l, r, JOIN_FULL);
      frame_hash(f, t ? got : want);
      if (t) assert_string_equal(got, want);
      frame_unref(f);
      pool_free(job.pool);
    }
    frame_unref(l);
    frame_unref(r);
  }
}

TEST(words_join_as_the_numbers_that_they_spell) {
  Frame *l[2], *r[2], *f[2];
  for (int text = 0; text < 2; text++) {
    l[text] = big(BIG_LEFT, 0, "left", text), r[text] = big(BIG_RIGHT, 0, "right", text);
    f[text] = left_join(NULL, l[text], r[text], JOIN_LEFT);
  }
  assert_int_equal(frame_nrow(f[0]), frame_nrow(f[1]));
  const int64_t *a = frame_at(f[0], 2)->i, *b = frame_at(f[1], 2)->i;
  assert_memory_equal(a, b, (size_t)frame_nrow(f[0]) * sizeof *a);
  for (int text = 0; text < 2; text++) {
    frame_unref(l[text]);
    frame_unref(r[text]);
    frame_unref(f[text]);
  }
}

// The budget grows until the join fits; every refusal on the way must leave no memory behind (AddressSanitizer).
TEST(a_refusal_of_memory_anywhere_leaves_nothing_behind) {
  Frame *l = big(BIG_LEFT, 40, "left", false), *r = big(BIG_RIGHT, 40, "right", false);
  JoinOpts o = {*NAMES("k"), *NAMES("k"), JOIN_FULL, 0, "_right"};
  int refused = 0;
  for (int64_t more = 0;; more += 1 << 19) {
    Job job = {.memory = mem_resident() + more};
    Err err = {0};
    Frame *f;
    ErrCode code = frame_join(&job, l, r, &o, &f, &err);
    if (code == OK) {
      frame_unref(f);
      break;
    }
    assert_int_equal(code, ERR_MEMORY);
    refused++;
  }
  assert_true(refused > 2);
  frame_unref(l);
  frame_unref(r);
}

typedef struct Cancel {
  Job job;
  int64_t wait; // microseconds
} Cancel;

static void *cancel_soon(void *arg) {
  Cancel *c = arg;
  usleep((useconds_t)c->wait);
  atomic_store(&c->job.cancel, true);
  return NULL;
}

// Stopped at many moments; which of them meet the join at work does not matter.
TEST(a_cancel_at_any_moment_leaves_nothing_behind) {
  Frame *l = big(BIG_LEFT, 40, "left", false), *r = big(BIG_RIGHT, 40, "right", false), *f;
  JoinOpts o = {*NAMES("k"), *NAMES("k"), JOIN_FULL, 0, "_right"};
  for (int64_t wait = 0; wait < 15000; wait += 700) {
    Cancel c = {{.pool = pool_new(2)}, wait};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, &c), 0);
    ErrCode code = frame_join(&c.job, l, r, &o, &f, NULL);
    if (code == OK) frame_unref(f);
    else assert_int_equal(code, ERR_CANCELLED);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pool_free(c.job.pool);
  }
  frame_unref(l);
  frame_unref(r);
}

RUN(CASE(random_joins_agree_with_two_nested_loops), CASE(large_joins_by_table_and_by_hash_agree_with_a_sorted_list),
    CASE(any_number_of_threads_gives_the_same_rows), CASE(words_join_as_the_numbers_that_they_spell),
    CASE(a_refusal_of_memory_anywhere_leaves_nothing_behind), CASE(a_cancel_at_any_moment_leaves_nothing_behind))

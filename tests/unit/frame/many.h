// Frames of many rows for tests: every type and width of code, with missing rows, from keyed random numbers.
#pragma once
#include "frame/frame_int.h"
#include "frame/verbs.h"
#include "unit/frame/make.h"

#include "base/pool.h"
#include "base/rng.h"

enum { MANY_COLUMNS = 10 };
static const int MANY_THREADS[] = {1, 2, 3, 7};

static inline Dict *many_words(int64_t n) {
  Sv *word = calloc((size_t)n, sizeof *word);
  char *text = calloc((size_t)n, 16);
  for (int64_t i = 0; i < n; i++) {
    int size = snprintf(text + i * 16, 16, "w%lld", (long long)i);
    word[i] = (Sv){text + i * 16, (size_t)size};
  }
  Dict *d = dict_new(word, n, NULL);
  free(word);
  free(text);
  return d;
}

static inline Column *many_values(ColType type, int64_t n, int64_t words, RngKey key) {
  Column *c;
  assert_int_equal(column_new(NULL, type, n, words ? many_words(words) : NULL, &c, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    uint64_t bits = rng_u64(key, (uint64_t)i, 0);
    if (words) col_set_code(c, i, (int64_t)(bits % (uint64_t)words));
    else if (type == COL_BOOL) c->b[i] = bits & 1;
    else if (type == COL_F64) c->f[i] = bits % 9 ? rng_unit(key, (uint64_t)i, 1) - 0.5 : NAN;
    else c->i[i] = (int64_t)(bits % 1000) - 500;
  }
  for (int64_t i = 0; i < n; i++)
    if (rng_u64(key, (uint64_t)i, 2) % 10 == 0) assert_int_equal(column_set_missing(c, i, NULL), OK);
  return c;
}

static inline Column *many_texts(int64_t n, RngKey key) {
  TextBuilder b;
  Column *c;
  textb_init(&b, NULL);
  for (int64_t i = 0; i < n; i++) {
    char buf[32];
    uint64_t bits = rng_u64(key, (uint64_t)i, 0);
    int size = snprintf(buf, sizeof buf, "%.*s%d", (int)(bits % 13), "abcdefghijklm", (int)(bits % 500));
    assert_int_equal(bits % 7 ? textb_add(&b, (Sv){buf, (size_t)size}, NULL) : textb_add_missing(&b, NULL), OK);
  }
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  return c;
}

// Columns b i x d t c1 c2 c4 s (text stored by words) p (plain text).
static inline Frame *many_frame(int64_t n) {
  static const struct {
    const char *name;
    ColType type;
    int64_t words;
  } column[MANY_COLUMNS - 1] = {{"b", COL_BOOL, 0},   {"i", COL_I64, 0},      {"x", COL_F64, 0},
                                {"d", COL_DATE, 0},   {"t", COL_TIME, 0},     {"c1", COL_CAT, 200},
                                {"c2", COL_CAT, 300}, {"c4", COL_CAT, 70000}, {"s", COL_TEXT, 1000}};
  Frame *f = frame_new(n);
  for (int j = 0; j < MANY_COLUMNS - 1; j++) {
    Column *c = many_values(column[j].type, n, column[j].words, rng_key((uint64_t)j, "many"));
    assert_int_equal(frame_add(f, column[j].name, c, NULL), OK);
  }
  assert_int_equal(frame_add(f, "p", many_texts(n, rng_key(0, "texts")), NULL), OK);
  return f;
}

// Row `i` of `got` is row `row` of `from`; -1: missing.
static inline void assert_cell(const Column *got, int64_t i, const Column *from, int64_t row) {
  bool present = row >= 0 && col_valid(from, row);
  assert_int_equal(col_valid(got, i), present);
  if (!present) return;
  if (col_is_text(from)) assert_true(sv_eq(col_text(got, i), col_text(from, row)));
  else assert_near(col_f64(got, i), col_f64(from, row), 0);
}

// Everything about column `got` but its cells.
static inline void assert_sound(const Column *got, const Column *from, int64_t n) {
  int64_t missing = 0;
  assert_int_equal(got->n, n);
  assert_int_equal(got->type, from->type);
  for (int64_t i = 0; i < n; i++) missing += !col_valid(got, i);
  assert_int_equal(got->missing, missing);
  assert_int_equal(got->valid != NULL, missing > 0);
  for (int64_t i = 0; i < n && got->dict; i++) assert_true(col_code(got, i) < got->dict->n);
}

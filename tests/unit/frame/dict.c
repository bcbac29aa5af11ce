// Dictionaries and categories made from texts, against the definitions: words in bytewise order (sv_cmp), or by value when
// all are numbers, equal values bytewise.
#include "frame/frame_int.h"
#include "unit/frame/make.h"

#include "base/map.h"
#include "base/numfmt.h"
#include "base/pool.h"
#include "base/rng.h"

// Distinct words; kind: how much they agree in.
static void make_words(Map *m, int64_t n, int kind) {
  RngKey key = rng_key((uint64_t)kind, "words");
  map_init(m);
  for (uint64_t i = 0; m->n < n && i < 20 * (uint64_t)n; i++) {
    char w[80] = {0};
    size_t size = rng_u64(key, i, 0) % 20;
    for (size_t k = 0; k < size; k++) w[k] = "ab\0\xFF"[rng_u64(key, i, k + 1) % (kind == 0 ? 4 : 2)];
    if (kind == 2) size = (size_t)snprintf(w, sizeof w, "a long beginning that all share %llu", (unsigned long long)i);
    if (kind == 3) size = (size_t)snprintf(w, sizeof w, "%g", (double)(int64_t)(rng_u64(key, i, 0) % 9000) / 8 - 300);
    if (kind == 4) size = (size_t)snprintf(w, sizeof w, "%0*d", (int)(i % 7 + 1), (int)(rng_u64(key, i, 0) % 90));
    if (kind == 5) memset(w, 'x', size = i % 70), w[size ? size - 1 : 0] = (char)('a' + rng_u64(key, i, 0) % 20);
    map_put(m, (Sv){w, size}, NULL);
  }
}

TEST(words_come_in_order_with_their_places) {
  for (int kind = 0; kind < 6; kind++) {
    Map m;
    make_words(&m, 3000, kind);
    assert_true(m.n > 200);
    uint32_t *place = calloc((size_t)m.n, sizeof *place);
    Dict *d = dict_new(m.key, m.n, place);
    assert_int_equal(d->n, m.n);
    for (int64_t i = 0; i < m.n; i++) assert_true(sv_eq(d->word[place[i]], m.key[i]));
    for (int64_t i = 1; i < m.n; i++) {
      double x = 0, y = 0;
      if (kind == 3 || kind == 4) {
        assert_true(parse_f64(d->word[i - 1].s, d->word[i - 1].n, &x) && parse_f64(d->word[i].s, d->word[i].n, &y));
        assert_true(x <= y);
      }
      if (x == y) assert_true(sv_cmp(d->word[i - 1], d->word[i]) < 0);
    }
    for (int64_t i = 0; i < m.n; i++) assert_int_equal(d->word[i].s[d->word[i].n], 0);
    dict_unref(d);
    free(place);
    map_fini(&m);
  }
}

static Column *texts(const Map *m, int64_t n) {
  TextBuilder b;
  Column *c;
  RngKey key = rng_key(9, "rows");
  textb_init(&b, NULL);
  for (int64_t i = 0; i < n; i++) {
    Sv w = m->key[rng_below(key, (uint64_t)i, 0, m->n)];
    assert_int_equal(i % 11 ? textb_add(&b, w, NULL) : textb_add_missing(&b, NULL), OK);
  }
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  return c;
}

TEST(long_texts_become_the_same_category_on_any_number_of_threads) {
  enum { N = 200000 };
  static const int threads[] = {1, 2, 3, 7};
  Map m;
  make_words(&m, 3000, 2);
  Column *c = texts(&m, N), *cat;
  for (int t = 0; t < 4; t++) {
    Job job = {.pool = pool_new(threads[t])};
    assert_int_equal(column_to_cat(&job, c, 2999, &cat, NULL), OK);
    assert_null(cat);
    assert_int_equal(column_to_cat(&job, c, 3000, &cat, NULL), OK);
    assert_int_equal(cat->dict->n, 3000);
    assert_int_equal(cat->width, 2);
    assert_int_equal(cat->missing, c->missing);
    for (int64_t i = 0; i < N; i++) {
      assert_int_equal(col_valid(cat, i), col_valid(c, i));
      if (!col_valid(c, i)) assert_int_equal(col_code(cat, i), 0);
      else assert_true(sv_eq(col_text(cat, i), col_text(c, i)));
    }
    column_unref(cat);
    pool_free(job.pool);
  }
  column_unref(c);
  map_fini(&m);
}

TEST(a_cancelled_category_leaves_nothing) {
  Map m;
  make_words(&m, 300, 1);
  Column *c = texts(&m, 1000), *cat;
  Job job = {.cancel = true};
  assert_int_equal(column_to_cat(&job, c, -1, &cat, NULL), ERR_CANCELLED);
  column_unref(c);
  map_fini(&m);
}

RUN(CASE(words_come_in_order_with_their_places), CASE(long_texts_become_the_same_category_on_any_number_of_threads),
    CASE(a_cancelled_category_leaves_nothing))

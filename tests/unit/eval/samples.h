// Samples by formula, the same in tests/golden/make/eval_metrics.py and eval_intervals.R, and checks of frames.
#pragma once
#include "check.h"

#include "base/pool.h"
#include "eval/eval.h"

#include <stdlib.h>

typedef struct Sample {
  Scored s;
  double *y, *score;
  int32_t *pred;
} Sample;

static inline Sample sample_new(int64_t n, int nclass) {
  size_t width = nclass ? (size_t)nclass : 1, rows = (size_t)n + 1;
  Sample a = {.y = calloc(rows, 8), .score = calloc(rows * width, 8), .pred = nclass ? calloc(rows, 4) : NULL};
  a.s = (Scored){.n = n, .nclass = nclass, .positive = nclass ? 1 : -1, .y = a.y, .score = a.score, .pred = a.pred,
                 .nterm = 5, .cost = {2, 7}};
  return a;
}

static inline void sample_free(Sample *a) {
  free(a->y);
  free(a->score);
  free(a->pred);
}

// Classes by the largest probability, the second of two at 0.5.
static inline void sample_judge(Sample *a) {
  for (int64_t i = 0; i < a->s.n; i++) {
    int best = a->s.nclass == 2 ? a->score[a->s.n + i] >= 0.5 : 0;
    for (int k = 1; k < a->s.nclass && a->s.nclass > 2; k++)
      if (a->score[k * a->s.n + i] > a->score[best * a->s.n + i]) best = k;
    a->pred[i] = best;
  }
}

static inline Sample sample_two(int64_t n, int64_t ties) {
  Sample a = sample_new(n, 2);
  for (int64_t i = 0; i < n; i++) {
    double t = (double)ties;
    a.y[i] = i * 37 % 101 < 40;
    a.score[n + i] = ((double)(i * 7919 % ties) + 0.5 * t * a.y[i]) / (1.5 * t);
    a.score[i] = 1 - a.score[n + i];
  }
  sample_judge(&a);
  return a;
}

static inline Sample sample_three(int64_t n) {
  Sample a = sample_new(n, 3);
  for (int64_t i = 0; i < n; i++) {
    double raw[3], sum = 0;
    a.y[i] = (double)(i * 31 % 7 % 3);
    for (int k = 0; k < 3; k++) raw[k] = 1 + (double)(i * (11 + 2 * k) % 13) + 6 * (a.y[i] == k), sum += raw[k];
    for (int k = 0; k < 3; k++) a.score[k * n + i] = raw[k] / sum;
  }
  sample_judge(&a);
  return a;
}

static inline Sample sample_values(int64_t n) {
  Sample a = sample_new(n, 0);
  for (int64_t i = 0; i < n; i++) {
    a.y[i] = (double)(i * 53 % 97) / 8 - 3;
    a.score[i] = a.y[i] + (double)(i * 29 % 41 - 20) / 16 + 0.25;
  }
  return a;
}

static inline Estimate metric_of(const char *name, const Sample *a) {
  Estimate e = {-1, -1, -1};
  const Metric *m = metric_find(sv(name));
  assert_non_null(m);
  assert_int_equal(m->of(NULL, &a->s, &e, NULL), OK);
  return e;
}

// ---- frames -------------------------------------------------------------------------------------------------------
static inline const Column *col_of(const Frame *f, const char *name) {
  int j = frame_find(f, sv(name));
  if (j < 0) fail_msg("no column %s", name);
  return frame_at(f, j);
}

static inline double number_at(const Frame *f, const char *name, int64_t i) { return col_f64(col_of(f, name), i); }

static inline void assert_cell(const Frame *f, const char *name, int64_t i, const char *want) {
  Str s = {0};
  col_format(col_of(f, name), i, CELL_EXACT, &s);
  if (strcmp(str_c(&s), want) != 0) fail_msg("%s of row %d is '%s', expected '%s'", name, (int)i, str_c(&s), want);
  str_fini(&s);
}

static inline void frame_put(Frame *f, const char *name, Column *c) {
  assert_int_equal(frame_add(f, name, c, NULL), OK);
}

static inline Column *column_ints(const int64_t *x, int64_t n) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, n, NULL, &c, NULL), OK);
  memcpy(c->i, x, (size_t)n * 8);
  return c;
}

// NaN stays a value.
static inline Column *column_reals(const double *x, int64_t n) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &c, NULL), OK);
  memcpy(c->f, x, (size_t)n * 8);
  return c;
}

// NULL is missing.
static inline Column *column_words(const char *const *word, int64_t n) {
  TextBuilder b;
  Column *c;
  textb_init(&b, NULL);
  for (int64_t i = 0; i < n; i++)
    assert_int_equal(word[i] ? textb_add(&b, sv(word[i]), NULL) : textb_add_missing(&b, NULL), OK);
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  return c;
}

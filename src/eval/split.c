// Parts of a frame. All rows are shuffled once by a keyed Fisher-Yates; each stratum then gives its first rows in that
// order to test, the next to valid and the rest to train, so that within a stratum every subset is equally likely. How
// many rows a stratum gives is settled in integers: its quota rounded down, and the rows that are then still wanted go
// to the strata with the largest remainders. Equal remainders are ordered by a keyed shuffle too: were they taken in
// the order of the frame, many small strata would put its first rows into the test part. O(n).
#include "eval/eval_int.h"

#include "base/numfmt.h"
#include "base/rng.h"
#include "eval/folds.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TRAIN, TEST, VALID, PARTS, MOST_NUMBERS = 20 };

typedef struct Split {
  int64_t n, nstratum, size[PARTS]; // rows in all, strata, rows of each part
  int64_t *stratum, *order;         // n each: stratum of each row, shuffled rows
  int64_t *rows;                    // n: rows of the part that is being gathered
  uint8_t *part;                    // n: part of each row
} Split;

// ---- how many rows from each stratum ------------------------------------------------------------------------------
typedef struct Quota {
  int64_t remainder, tie, stratum;
} Quota;

static int by_remainder(const void *a, const void *b) {
  const Quota *x = a, *y = b;
  if (x->remainder != y->remainder) return x->remainder > y->remainder ? -1 : 1;
  return (x->tie > y->tie) - (x->tie < y->tie);
}

// give[g] of the left[g] rows of each stratum, `total` of all `all`; left loses what is given.
static void allot(int64_t *left, int64_t m, int64_t total, int64_t all, RngKey key, int64_t *give) {
  Arena a;
  arena_init(&a);
  Quota *q = arena_array(&a, Quota, m);
  int64_t *tie = arena_array(&a, int64_t, m), missing = total;
  for (int64_t g = 0; g < m; g++) tie[g] = g;
  rng_shuffle(key, tie, m);
  for (int64_t g = 0; g < m; g++) {
    give[g] = total * left[g] / all;
    q[g] = (Quota){total * left[g] % all, tie[g], g};
    missing -= give[g];
  }
  qsort(q, (size_t)m, sizeof *q, by_remainder);
  for (int64_t k = 0; k < missing; k++) give[q[k].stratum]++;
  for (int64_t g = 0; g < m; g++) left[g] -= give[g];
  arena_fini(&a);
}

static ErrCode assign_parts(Job *job, const SplitOpts *opts, Split *s, Err *err) {
  Arena a;
  arena_init(&a);
  int64_t *left = arena_array(&a, int64_t, s->nstratum), *give[PARTS];
  for (int64_t i = 0; i < s->n; i++) left[s->stratum[i]]++, s->order[i] = i;
  for (int k = TEST; k < PARTS; k++) give[k] = arena_array(&a, int64_t, s->nstratum);
  allot(left, s->nstratum, s->size[TEST], s->n, rng_key(opts->seed, "split.test"), give[TEST]);
  allot(left, s->nstratum, s->size[VALID], s->n - s->size[TEST], rng_key(opts->seed, "split.valid"), give[VALID]);
  rng_shuffle(rng_key(opts->seed, "split"), s->order, s->n);
  ErrCode code = OK;
  for (int64_t i = 0; i < s->n && code == OK; i++) {
    int64_t row = s->order[i], g = s->stratum[row];
    s->part[row] = give[TEST][g] > 0 ? TEST : give[VALID][g] > 0 ? VALID : TRAIN;
    if (s->part[row] != TRAIN) give[s->part[row]][g]--;
    if (i % EVAL_TICK == 0) code = job_tick(job, i, s->n, err);
  }
  arena_fini(&a);
  return code;
}

// ---- checks -------------------------------------------------------------------------------------------------------
static ErrCode check_share(const char *name, double share, bool zero, Err *err) {
  if (share < 1 && (share > 0 || (zero && share == 0))) return OK;
  char given[NUMFMT_MAX];
  fmt_shortest(given, sizeof given, share);
  return err_set(err, ERR_ARG, "split: %s must be a share of the rows, above 0 and below 1, %s was given", name, given);
}

static ErrCode size_parts(const SplitOpts *opts, Split *s, Err *err) {
  static const char *const name[PARTS] = {"train", "test", "valid"};
  TRY(check_share("test", opts->test, false, err));
  TRY(check_share("valid", opts->valid, true, err));
  if (opts->test + opts->valid >= 1)
    return err_set(err, ERR_ARG, "split: test and valid must leave rows to train on: their shares add up to 1 or more");
  s->size[TEST] = llround(opts->test * (double)s->n);
  s->size[VALID] = llround(opts->valid * (double)s->n);
  s->size[TRAIN] = s->n - s->size[TEST] - s->size[VALID];
  for (int k = TRAIN; k < PARTS; k++)
    if (s->size[k] <= 0 && (k != VALID || opts->valid > 0))
      return err_set(err, ERR_ARG, "split: these shares leave no row of %lld for %s: choose other shares",
                     (long long)s->n, name[k]);
  return OK;
}

static ErrCode find_strata(Job *job, const Frame *d, const char *stratify, Split *s, Err *err) {
  int j;
  TRY(frame_col(d, sv(stratify), &j, err));
  TRY(frame_groups(job, d, &j, 1, s->stratum, &s->nstratum, err));
  const Column *c = frame_at(d, j);
  int64_t distinct = s->nstratum - (c->missing > 0);
  if (!col_is_text(c) && distinct > MOST_NUMBERS)
    return err_set(err, ERR_ARG,
                   "split: '%s' has %lld distinct values, more strata than the %d that numbers may make: derive bins"
                   " first, as in d:derive{\"bin = floor(%s / 10)\"}, and stratify by those",
                   stratify, (long long)distinct, MOST_NUMBERS, stratify);
  return OK;
}

// ---- groups and time ----------------------------------------------------------------------------------------------
// Groups in a keyed order; each goes to the first part that it brings nearer to its size.
static ErrCode assign_groups(Job *job, const Frame *d, const SplitOpts *opts, Split *s, Err *err) {
  TRY(rows_together(job, d, opts->group, s->stratum, &s->nstratum, err));
  Arena a;
  arena_init(&a);
  int64_t *size = arena_array(&a, int64_t, s->nstratum), *drawn = arena_array(&a, int64_t, s->nstratum);
  int64_t *to = arena_array(&a, int64_t, s->nstratum), have[PARTS] = {0};
  for (int64_t i = 0; i < s->n; i++) size[s->stratum[i]]++;
  for (int64_t g = 0; g < s->nstratum; g++) drawn[g] = g;
  rng_shuffle(rng_key(opts->seed, "split.group"), drawn, s->nstratum);
  for (int64_t k = 0; k < s->nstratum; k++) {
    int64_t g = drawn[k], part = TRAIN;
    for (int64_t p = VALID; p >= TEST; p--)
      if (2 * (s->size[p] - have[p]) >= size[g] && s->size[p] > have[p]) part = p;
    to[g] = part, have[part] += size[g];
  }
  for (int64_t i = 0; i < s->n; i++) s->part[i] = (uint8_t)to[s->stratum[i]];
  arena_fini(&a);
  for (int p = TRAIN; p <= (opts->valid > 0 ? VALID : TEST); p++)
    if (!have[p])
      return err_set(err, ERR_ARG, "split: the %lld groups of '%s' leave none for a part: choose other shares",
                     (long long)s->nstratum, opts->group);
  return OK;
}

// The nearest place to `at` in the ordered rows that does not part equal times.
static int64_t between_times(const Column *c, const int64_t *order, int64_t n, int64_t at) {
  for (int64_t by = 0; by < n; by++)
    for (int side = -1; side <= 1; side += 2) {
      int64_t k = at + side * by;
      if (k > 0 && k < n && col_f64(c, order[k - 1]) < col_f64(c, order[k])) return k;
    }
  return 0;
}

static ErrCode assign_by_time(Job *job, const Frame *d, const SplitOpts *opts, Split *s, Err *err) {
  TRY(rows_in_time(job, d, opts->time, s->order, err));
  const Column *c = frame_at(d, frame_find(d, sv(opts->time)));
  int64_t test = between_times(c, s->order, s->n, s->n - s->size[TEST]), valid = test;
  if (opts->valid > 0) valid = between_times(c, s->order, s->n, s->size[TRAIN]);
  if (valid == 0 || valid > test || (opts->valid > 0 && valid == test))
    return err_set(err, ERR_ARG, "split: '%s' has too few different times for these parts", opts->time);
  for (int64_t i = 0; i < s->n; i++) s->part[s->order[i]] = i >= test ? TEST : i >= valid ? VALID : TRAIN;
  return OK;
}

static ErrCode assign(Job *job, const Frame *d, const SplitOpts *opts, Split *s, Err *err) {
  int j;
  if (opts->target) TRY(frame_col(d, sv(opts->target), &j, err));
  int kinds = (opts->stratify != NULL) + (opts->group != NULL) + (opts->time != NULL);
  if (kinds > 1)
    return err_set(err, ERR_ARG, "split: stratify, group and time exclude each other: take one of them");
  if (opts->group) return assign_groups(job, d, opts, s, err);
  if (opts->time) return assign_by_time(job, d, opts, s, err);
  if (opts->stratify) {
    TRY(find_strata(job, d, opts->stratify, s, err));
  } else {
    memset(s->stratum, 0, (size_t)s->n * sizeof *s->stratum);
    s->nstratum = 1;
  }
  return assign_parts(job, opts, s, err);
}

// ---- what is said of them -----------------------------------------------------------------------------------------
static const char *const PART_NAMES[PARTS] = {"train", "test", "valid"};

static ErrCode tell_cautions(Job *job, const Frame *d, const SplitOpts *opts, const Split *s, Str *out, Err *err) {
  void *block;
  TRY(eval_alloc(job, s->n * (int64_t)sizeof(int32_t), "split", &block, err));
  int32_t *part = block;
  for (int64_t i = 0; i < s->n; i++) part[i] = s->part[i];
  CautionIn in = {.d = d, .target = opts->target ? opts->target : opts->stratify, .part = part, .held = TEST,
                  .random = !opts->group && !opts->time};
  ErrCode code = eval_cautions(job, &in, out, err);
  mem_free(block);
  if (out->n) out->s[--out->n] = 0; // its line end
  return code;
}

// "test: 327 of 1,309 rows (25%)"
static void tell_part(const Split *s, int part, int64_t rows, Str *out) {
  char n[NUMFMT_MAX], of[NUMFMT_MAX];
  fmt_i64(n, sizeof n, rows, true);
  fmt_i64(of, sizeof of, s->n, true);
  str_addf(out, "%s: %s of %s rows (%.0f%%)", PART_NAMES[part], n, of, 100 * (double)rows / (double)s->n);
}

static void caption_parts(const Split *s, const Str *cautions, Frame *made[PARTS]) {
  for (int k = TRAIN; k < PARTS; k++) {
    Str text = {0};
    if (!made[k]) continue;
    tell_part(s, k, frame_nrow(made[k]), &text);
    if (k == TEST && cautions->n) str_addf(&text, "\n%s", str_c(cautions));
    frame_set_caption(made[k], str_c(&text));
    str_fini(&text);
  }
}

// ---- parts as frames ----------------------------------------------------------------------------------------------
static ErrCode gather_part(Job *job, const Frame *d, const Split *s, int part, Frame **out, Err *err) {
  int64_t m = 0;
  for (int64_t i = 0; i < s->n; i++)
    if (s->part[i] == part) s->rows[m++] = i;
  return m ? frame_gather(job, d, s->rows, m, out, err) : OK;
}

static ErrCode split_rows(Job *job, const Frame *d, const SplitOpts *opts, Split *s, Frame *made[PARTS], Err *err) {
  Str cautions = {0};
  TRY(assign(job, d, opts, s, err));
  for (int k = TRAIN; k < PARTS; k++) TRY(gather_part(job, d, s, k, &made[k], err));
  ErrCode code = tell_cautions(job, d, opts, s, &cautions, err);
  if (code == OK) caption_parts(s, &cautions, made);
  str_fini(&cautions);
  return code;
}

static ErrCode split_open(Job *job, const Frame *d, const SplitOpts *opts, Split *s, Err *err) {
  void *block;
  *s = (Split){.n = frame_nrow(d)};
  TRY(size_parts(opts, s, err));
  TRY(eval_alloc(job, s->n * 25, "split", &block, err));
  s->stratum = block, s->order = s->stratum + s->n, s->rows = s->order + s->n, s->part = (uint8_t *)(s->rows + s->n);
  return OK;
}

ErrCode eval_split(Job *job, const Frame *d, const SplitOpts *opts, Frame **train, Frame **test, Frame **valid,
                   Err *err) {
  Split s;
  Frame *made[PARTS] = {0};
  TRY(split_open(job, d, opts, &s, err));
  ErrCode code = split_rows(job, d, opts, &s, made, err);
  if (code == OK) *train = made[TRAIN], *test = made[TEST], *valid = made[VALID];
  for (int k = TRAIN; k < PARTS && code != OK; k++) frame_unref(made[k]);
  mem_free(s.stratum);
  return code;
}

// ---- parts as a column --------------------------------------------------------------------------------------------
static ErrCode part_column(Job *job, const Split *s, Column **out, Err *err) {
  Sv word[PARTS];
  uint32_t *code;
  void *block;
  TRY(eval_alloc(job, s->n * (int64_t)sizeof *code, "split", &block, err));
  code = block;
  for (int k = 0; k < PARTS; k++) word[k] = sv(PART_NAMES[k]);
  for (int64_t i = 0; i < s->n; i++) code[i] = s->part[i];
  ErrCode done = column_of_words(job, COL_CAT, word, s->size[VALID] ? PARTS : VALID, code, s->n, NULL, 0, out, err);
  mem_free(block);
  return done;
}

static ErrCode caption_all(Job *job, const Frame *d, const SplitOpts *opts, const Split *s, Frame *f, Err *err) {
  Str text = {0}, cautions = {0};
  int64_t rows[PARTS] = {0};
  TRY(tell_cautions(job, d, opts, s, &cautions, err));
  for (int64_t i = 0; i < s->n; i++) rows[s->part[i]]++;
  for (int k = TRAIN; k < PARTS; k++) {
    if (!rows[k]) continue;
    if (k > TRAIN) str_add(&text, "; ");
    tell_part(s, k, rows[k], &text);
  }
  if (cautions.n) str_addf(&text, "\n%s", str_c(&cautions));
  frame_set_caption(f, str_c(&text));
  str_fini(&text);
  str_fini(&cautions);
  return OK;
}

static ErrCode add_parts(Job *job, const Frame *d, const SplitOpts *opts, Split *s, const char *name, Frame *f,
                         Err *err) {
  Column *c;
  TRY(assign(job, d, opts, s, err));
  for (int j = 0; j < frame_ncol(d); j++)
    if (!sv_is(sv(frame_name(d, j)), name)) TRY(frame_add(f, frame_name(d, j), column_ref(frame_at(d, j)), err));
  TRY(part_column(job, s, &c, err));
  TRY(frame_add(f, name, c, err));
  return caption_all(job, d, opts, s, f, err);
}

ErrCode eval_split_parts(Job *job, const Frame *d, const SplitOpts *opts, const char *name, Frame **out, Err *err) {
  Split s;
  TRY(split_open(job, d, opts, &s, err));
  Frame *f = frame_new(s.n);
  ErrCode code = add_parts(job, d, opts, &s, name, f, err);
  mem_free(s.stratum);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}

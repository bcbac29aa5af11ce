// The bars of a column before a step and after it. Numbers: equal bins over the range that both sides have together
// where most values stay, so that what moved is seen; each over its own range where most changed, as after scaling, so
// that shapes are compared. Whole numbers in a short range get a bar each. Words: the levels that are most frequent on
// either side.
#include "prep/preview_int.h"

#include "base/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// ---- numbers ------------------------------------------------------------------------------------------------------
typedef struct Finite {
  double *x; // n finite values
  int64_t n;
  bool whole;
} Finite;

static ErrCode load_values(Job *job, const Column *c, Finite *out, PreviewSide *side, Err *err) {
  int64_t n = 0;
  out->whole = true;
  TRY(column_present(job, "preview", c, &out->x, &n, err));
  for (int64_t i = 0; i < n; i++) {
    double v = out->x[i];
    if (!isfinite(v)) continue;
    out->whole = out->whole && v == floor(v);
    out->x[out->n++] = v;
  }
  Moments m = moments_f64(job, out->x, out->n);
  if (out->n) side->mean = m.mean, side->min = m.min, side->max = m.max, side->sd = sqrt(moments_var(&m));
  return OK;
}

static void set_range(PreviewSide *s, double min, double max, bool whole) {
  if (!(min <= max)) return;
  s->lo = min, s->hi = max, s->nbar = PREVIEW_BARS;
  if (whole && max - min < PREVIEW_BARS) s->lo = min - 0.5, s->hi = max + 0.5, s->nbar = (int)(max - min) + 1;
  else if (min == max) s->lo = min - 0.5, s->hi = max + 0.5, s->nbar = 1;
}

static void count_bins(PreviewSide *s, const Finite *v) {
  if (!s->nbar) return;
  double lo = s->lo / 2, width = (s->hi / 2 - lo) / s->nbar; // halves: the range of doubles is twice the largest
  for (int64_t i = 0; i < v->n; i++) {
    int k = (int)((v->x[i] / 2 - lo) / width);
    s->bar[k < 0 ? 0 : k >= s->nbar ? s->nbar - 1 : k]++;
  }
}

static void place_bins(const Finite *v, PreviewColumn *out) {
  PreviewSide *a = &out->side[PREVIEW_BEFORE], *b = &out->side[PREVIEW_AFTER];
  bool both = v[PREVIEW_BEFORE].n && v[PREVIEW_AFTER].n;
  out->one_scale = out->one_scale && both;
  for (int k = 0; k < PREVIEW_SIDES; k++) {
    PreviewSide *s = &out->side[k];
    if (out->one_scale) set_range(s, fmin(a->min, b->min), fmax(a->max, b->max), v[0].whole && v[1].whole);
    else set_range(s, s->min, s->max, v[k].whole);
    count_bins(s, &v[k]);
  }
}

static ErrCode fill_numbers(Job *job, const Column *const *c, PreviewColumn *out, Err *err) {
  Finite v[PREVIEW_SIDES] = {{0}};
  ErrCode code = OK;
  for (int k = 0; k < PREVIEW_SIDES && code == OK; k++)
    if (c[k] && !col_is_text(c[k])) code = load_values(job, c[k], &v[k], &out->side[k], err);
  if (code == OK) place_bins(v, out);
  for (int k = 0; k < PREVIEW_SIDES; k++) mem_free(v[k].x);
  return code;
}

// ---- words --------------------------------------------------------------------------------------------------------
typedef struct Word {
  Sv text;
  int64_t count[PREVIEW_SIDES], place;
} Word;

static int more_frequent(const void *a, const void *b) {
  const Word *x = a, *y = b;
  int64_t most = x->count[0] > x->count[1] ? x->count[0] : x->count[1];
  int64_t other = y->count[0] > y->count[1] ? y->count[0] : y->count[1];
  if (most != other) return most > other ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

// The words of both sides; Word.text points into the codes.
static int64_t join_words(const Codes *k, Word *word, PreviewColumn *out) {
  Map seen;
  map_init(&seen);
  for (int side = 0; side < PREVIEW_SIDES; side++)
    for (int64_t w = 0; w < k[side].n; w++) {
      if (!k[side].count[w]) continue;
      int64_t at = map_put(&seen, k[side].word[w], NULL);
      word[at].text = k[side].word[w], word[at].place = at;
      word[at].count[side] = k[side].count[w];
      out->side[side].distinct++;
    }
  int64_t n = seen.n;
  map_fini(&seen);
  return n;
}

static void keep_words(Word *word, int64_t n, Arena *a, PreviewColumn *out) {
  qsort(word, (size_t)n, sizeof *word, more_frequent);
  out->nlevel = n < PREVIEW_LEVELS ? (int)n : PREVIEW_LEVELS;
  out->level = arena_array(a, const char *, out->nlevel);
  for (int64_t i = 0; i < n; i++) {
    int64_t bar = i < out->nlevel ? i : out->nlevel;
    if (i < out->nlevel) out->level[i] = arena_strndup(a, word[i].text.s, word[i].text.n);
    for (int side = 0; side < PREVIEW_SIDES; side++) out->side[side].bar[bar] += word[i].count[side];
  }
  for (int side = 0; side < PREVIEW_SIDES; side++)
    if (out->side[side].distinct >= 0) out->side[side].nbar = out->nlevel + (n > out->nlevel);
}

static ErrCode fill_words(Job *job, Arena *a, const Column *const *c, PreviewColumn *out, Err *err) {
  Codes k[PREVIEW_SIDES] = {{0}};
  Arena scratch;
  arena_init(&scratch);
  ErrCode code = OK;
  for (int side = 0; side < PREVIEW_SIDES && code == OK; side++) {
    if (!c[side] || !col_is_text(c[side])) continue;
    out->side[side].distinct = 0;
    code = codes_init(job, "preview", c[side], &k[side], err);
  }
  if (code == OK) {
    Word *word = arena_array(&scratch, Word, k[0].n + k[1].n);
    keep_words(word, join_words(k, word, out), a, out);
  }
  for (int side = 0; side < PREVIEW_SIDES; side++) codes_fini(&k[side]);
  arena_fini(&scratch);
  return code;
}

ErrCode step_preview_bars(Job *job, Arena *a, const Column *before, const Column *after, PreviewColumn *out, Err *err) {
  const Column *c[PREVIEW_SIDES] = {before, after};
  bool words = false, numbers = false;
  for (int k = 0; k < PREVIEW_SIDES; k++) {
    PreviewSide *s = &out->side[k];
    *s = (PreviewSide){.distinct = -1, .mean = NAN, .sd = NAN, .min = NAN, .max = NAN, .lo = NAN, .hi = NAN};
    if (!c[k]) continue;
    s->present = true, s->type = c[k]->type, s->n = c[k]->n;
    s->missing = column_count_missing(c[k], &(int64_t){0});
    if (col_is_text(c[k])) words = true;
    else numbers = true;
  }
  if (words) TRY(fill_words(job, a, c, out, err));
  return numbers ? fill_numbers(job, c, out, err) : OK;
}

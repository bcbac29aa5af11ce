// The columns of a table at a glance: eight bins of numbers and dates, shares of the levels of a category, how many
// distinct texts.
#include "kernel/desk_int.h"

#include "base/map.h"
#include "base/utf8.h"

#include <math.h>

enum { BINS = 8, MOST_SHARES = 24 };

// ---- numbers -------------------------------------------------------------------------------------------------------
static void spark(Arena *a, const Column *c, WireHead *h) {
  double lo = INFINITY, hi = -INFINITY, most = 0;
  for (int64_t i = 0; i < c->n; i++) {
    double v = col_f64(c, i);
    if (isfinite(v)) lo = fmin(lo, v), hi = fmax(hi, v);
  }
  if (!(lo <= hi)) return;
  h->strip = STRIP_SPARK, h->n = BINS, h->value = arena_array(a, double, BINS);
  for (int64_t i = 0; i < c->n; i++) {
    double v = col_f64(c, i);
    if (!isfinite(v)) continue;
    int b = hi > lo ? (int)(BINS * (v / 2 - lo / 2) / (hi / 2 - lo / 2)) : 0; // halves: no overflow
    h->value[b < BINS ? b : BINS - 1]++;
  }
  for (int b = 0; b < BINS; b++) most = fmax(most, h->value[b]);
  for (int b = 0; b < BINS; b++) h->value[b] /= most;
}

// ---- levels --------------------------------------------------------------------------------------------------------
static int level_count(const Column *c) { return c->type == COL_BOOL ? 2 : c->type == COL_CAT ? c->dict->n : 0; }

static void shares(Arena *a, const Column *c, WireHead *h) {
  int n = level_count(c);
  int64_t rows[MOST_SHARES] = {0}, all = c->n - c->missing;
  char *letters = arena_alloc(a, (size_t)n * 4 + 1), *end = letters;
  h->strip = STRIP_SHARES, h->n = 0, h->value = arena_array(a, double, n);
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i)) rows[c->type == COL_BOOL ? c->b[i] : col_code(c, i)]++;
  for (int k = 0; k < n; k++) {
    Sv word = c->type == COL_BOOL ? sv(k ? "true" : "false") : c->dict->word[k];
    int used = 0;
    if (!rows[k]) continue;
    end += utf8_encode(word.n ? utf8_decode(word.s, word.n, &used) : '"', end);
    h->value[h->n++] = (double)rows[k] / (double)all;
  }
  h->text = letters;
}

static int64_t distinct_texts(const Column *c) {
  Map seen;
  map_init(&seen);
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i)) map_put(&seen, col_text(c, i), NULL);
  int64_t n = seen.n;
  map_fini(&seen);
  return n;
}

// ---- the answer ----------------------------------------------------------------------------------------------------
// `part`: whether c is a sample of a longer column.
static void fill_head(Arena *a, const char *name, const Column *c, bool part, WireHead *h) {
  *h = (WireHead){.name = name, .kind = COLTYPES[c->type].name, .sign = COLTYPES[c->type].sign, .text = ""};
  if (c->missing == c->n) return;
  if (col_is_text(c) && (level_count(c) == 0 || level_count(c) > MOST_SHARES)) {
    h->strip = STRIP_TEXT;
    h->text = arena_printf(a, "%s%s distinct", part ? "≥" : "", word_count(a, distinct_texts(c)));
  } else if (level_count(c)) {
    shares(a, c, h);
  } else {
    spark(a, c, h);
  }
}

static const char *source_of(Arena *a, const Frame *f) {
  const char *path = frame_source(f), *slash = path ? strrchr(path, '/') : NULL;
  if (path) return arena_strdup(a, slash ? slash + 1 : path);
  return frame_caption(f) ? arena_strdup(a, frame_caption(f)) : "";
}

ErrCode view_heads(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  MsgHeads *m = &answer->Heads;
  Arena *a = &answer->arena;
  const Frame *f = found->frame;
  Frame *part;
  TRY(frame_thinned(job, f, NULL, &part, err));
  m->object = ask->ViewHeads.object, m->version = found->version, m->nrow = frame_nrow(f), m->n = frame_ncol(f);
  m->answer = frame_asked(f) && strcmp(frame_asked(f)->object, "Frame") == 0;
  m->source = source_of(a, f), m->state = frame_reading(f) ? arena_strdup(a, frame_reading(f)) : "";
  m->item = arena_array(a, WireHead, m->n);
  ErrCode code = OK;
  for (int j = 0; j < m->n && code == OK; j++) {
    code = job_tick(job, j, m->n, err);
    fill_head(a, arena_strdup(a, frame_name(f, j)), frame_at(part, j), frame_nrow(part) < frame_nrow(f), &m->item[j]);
  }
  frame_unref(part);
  return code;
}

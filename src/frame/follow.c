// Where rows that somebody marked stand in a table that was made of the first by ordering, filtering, or by other
// columns. A frame does not remember which rows it came from; its rows are known by what they hold. Columns that both
// frames share say that nothing moved. Otherwise a row is known by a hash of the cells that both have, 64 bits wide
// (two different rows of ten million have the same one once in some hundred thousand tables), and of equal rows the
// k-th stays the k-th: nobody can tell them apart, and a condition keeps all or none of them.
//
// O(rows x columns), and memory for the marked rows alone.
#include "frame/shape_int.h"

#include "base/map.h"

#include <stdlib.h>

enum { BLOCK = 1024, MARKED_MOST = 1 << 20 };

typedef struct Side {
  const Frame *f;
  const Column **col;
  uint64_t **word; // of columns with a dict: the hash of each word; else NULL
  int m;
} Side;

typedef struct Slot { // rows with one hash of which some are marked
  uint64_t hash;
  int64_t seen;        // so many of them have come by
  int32_t first, last; // of their marks; -1 = none
  bool used;
} Slot;
typedef struct Mark {
  int64_t place; // among its equals
  int32_t next;
} Mark;
typedef struct Follow {
  Side was, now;
  Slot *slot;
  uint64_t mask;
  Mark *mark;
  int32_t nmark;
} Follow;

// ---- hashes of rows -------------------------------------------------------------------------------------------------
static uint64_t mix(uint64_t h, uint64_t v) {
  h = (h ^ v) * 0x9E3779B97F4A7C15u;
  return h ^ h >> 29;
}

static uint64_t hash_cell(const Column *c, const uint64_t *word, int64_t i) {
  if (!col_valid(c, i)) return 0x5851F42D4C957F2Du;
  if (word) return word[col_code(c, i)];
  size_t width = col_width(c);
  if (width == 1) return c->b[i];
  if (width) return (uint64_t)c->i[i]; // the bits of a real too
  Sv text = col_text(c, i);
  return hash_bytes(text.s, text.n);
}

static void hash_rows(const Side *s, int64_t begin, int64_t m, uint64_t *h) {
  memset(h, 0, (size_t)m * sizeof *h);
  for (int k = 0; k < s->m; k++)
    for (int64_t i = 0; i < m; i++) h[i] = mix(h[i], hash_cell(s->col[k], s->word[k], begin + i));
}

static uint64_t *hash_words(const Dict *d) {
  uint64_t *h = calloc((size_t)d->n + 1, sizeof *h);
  for (int32_t k = 0; h && k < d->n; k++) h[k] = hash_bytes(d->word[k].s, d->word[k].n);
  return h;
}

static void side_fini(Side *s) {
  for (int k = 0; k < s->m; k++) free(s->word[k]);
  free(s->word), free(s->col);
}

static ErrCode side_add(Side *s, const Column *c, Err *err) {
  s->col[s->m] = c;
  s->word[s->m] = c->dict ? hash_words(c->dict) : NULL;
  if (c->dict && !s->word[s->m]) return out_of_memory("a selection", err);
  s->m++;
  return OK;
}

static ErrCode side_init(Side *s, const Frame *f, Err *err) {
  size_t most = (size_t)frame_ncol(f) + 1;
  *s = (Side){.f = f, .col = calloc(most, sizeof *s->col), .word = calloc(most, sizeof *s->word)};
  return s->col && s->word ? OK : out_of_memory("a selection", err);
}

// The columns of one name and type; *same: one of them is the very same column.
static ErrCode pair_columns(Follow *w, bool *same, Err *err) {
  *same = false;
  for (int j = 0; j < frame_ncol(w->was.f); j++) {
    int k = frame_find(w->now.f, sv(frame_name(w->was.f, j)));
    const Column *a = frame_at(w->was.f, j), *b = k < 0 ? NULL : frame_at(w->now.f, k);
    if (!b || a->type != b->type) continue;
    *same = *same || a == b;
    TRY(side_add(&w->was, a, err));
    TRY(side_add(&w->now, b, err));
  }
  if (w->was.m) return OK;
  return err_set(err, ERR_ARG, "the tables have no column in common: nothing tells which row is which");
}

// ---- marks ----------------------------------------------------------------------------------------------------------
static Slot *slot_of(const Follow *w, uint64_t hash) { // an unused one where there is none
  uint64_t at = (hash >> 20) & w->mask;
  while (w->slot[at].used && w->slot[at].hash != hash) at = (at + 1) & w->mask;
  return &w->slot[at];
}

static ErrCode note_hashes(Job *job, Follow *w, const RowRun *run, int64_t n, Err *err) {
  uint64_t h[BLOCK];
  for (int64_t k = 0; k < n; k++) {
    TRY(job_tick(job, k, n, err));
    for (int64_t i = run[k].from; i < run[k].to; i += BLOCK) {
      int64_t m = run[k].to - i < BLOCK ? run[k].to - i : BLOCK;
      hash_rows(&w->was, i, m, h);
      for (int64_t r = 0; r < m; r++) *slot_of(w, h[r]) = (Slot){.hash = h[r], .first = -1, .last = -1, .used = true};
    }
  }
  return OK;
}

static void add_mark(Follow *w, Slot *s) {
  int32_t at = w->nmark++;
  w->mark[at] = (Mark){s->seen, -1};
  if (s->last >= 0) w->mark[s->last].next = at;
  else s->first = at;
  s->last = at;
}

// Which of their equals the marked rows are.
static ErrCode note_places(Job *job, Follow *w, const RowRun *run, int64_t n, Err *err) {
  uint64_t h[BLOCK];
  int64_t end = run[n - 1].to, k = 0;
  for (int64_t i = 0; i < end; i += BLOCK) {
    int64_t m = end - i < BLOCK ? end - i : BLOCK;
    TRY(job_tick(job, i, end, err));
    hash_rows(&w->was, i, m, h);
    for (int64_t r = 0; r < m; r++) {
      Slot *s = slot_of(w, h[r]);
      while (run[k].to <= i + r) k++;
      if (!s->used) continue;
      if (run[k].from <= i + r) add_mark(w, s);
      s->seen++;
    }
  }
  for (uint64_t at = 0; at <= w->mask; at++) w->slot[at].seen = 0;
  return OK;
}

typedef struct Runs {
  RowRun *run;
  int64_t n, cap;
} Runs;

static ErrCode add_row(Runs *out, int64_t row, Err *err) {
  if (out->n && out->run[out->n - 1].to == row) return out->run[out->n - 1].to++, OK;
  if (out->n == out->cap) {
    int64_t cap = out->cap * 2 + 16;
    RowRun *more = realloc(out->run, (size_t)cap * sizeof *more);
    if (!more) return out_of_memory("a selection", err);
    out->run = more, out->cap = cap;
  }
  out->run[out->n++] = (RowRun){row, row + 1};
  return OK;
}

static ErrCode find_marked(Job *job, Follow *w, Runs *out, Err *err) {
  uint64_t h[BLOCK];
  int64_t nrow = frame_nrow(w->now.f);
  for (int64_t i = 0; i < nrow; i += BLOCK) {
    int64_t m = nrow - i < BLOCK ? nrow - i : BLOCK;
    TRY(job_tick(job, i, nrow, err));
    hash_rows(&w->now, i, m, h);
    for (int64_t r = 0; r < m; r++) {
      Slot *s = slot_of(w, h[r]);
      if (!s->used) continue;
      int64_t place = s->seen++;
      if (s->first < 0 || w->mark[s->first].place != place) continue;
      s->first = w->mark[s->first].next;
      TRY(add_row(out, i + r, err));
    }
  }
  return OK;
}

// ---- the verb -------------------------------------------------------------------------------------------------------
static ErrCode check_runs(const Frame *was, const RowRun *run, int64_t n, int64_t *marked, Err *err) {
  *marked = 0;
  for (int64_t k = 0; k < n; k++) {
    bool bad = run[k].from < 0 || run[k].from >= run[k].to || run[k].to > frame_nrow(was) ||
               (k && run[k].from < run[k - 1].to);
    if (bad) return err_set(err, ERR_ARG, "rows must be in runs that ascend within the table");
    *marked += run[k].to - run[k].from;
  }
  if (*marked <= MARKED_MOST) return OK;
  return err_set(err, ERR_SHAPE, "more than %s rows cannot be followed", shape_number(MARKED_MOST).s);
}

static ErrCode follow_marks(Job *job, Follow *w, const RowRun *run, int64_t n, int64_t marked, Runs *out, Err *err) {
  uint64_t size = 16;
  while (size < 2 * (uint64_t)marked) size *= 2;
  TRY(job_need(job, (int64_t)(size * sizeof *w->slot) + marked * (int64_t)sizeof *w->mark, "a selection", err));
  w->slot = calloc(size, sizeof *w->slot), w->mark = calloc((size_t)marked, sizeof *w->mark), w->mask = size - 1;
  if (!w->slot || !w->mark) return out_of_memory("a selection", err);
  TRY(note_hashes(job, w, run, n, err));
  TRY(note_places(job, w, run, n, err));
  return find_marked(job, w, out, err);
}

static ErrCode follow(Job *job, Follow *w, const RowRun *run, int64_t n, Runs *out, Err *err) {
  bool same;
  int64_t marked;
  TRY(check_runs(w->was.f, run, n, &marked, err));
  TRY(pair_columns(w, &same, err));
  if (!n) return OK;
  if (!same || frame_nrow(w->was.f) != frame_nrow(w->now.f)) return follow_marks(job, w, run, n, marked, out, err);
  out->run = malloc((size_t)n * sizeof *run);
  if (!out->run) return out_of_memory("a selection", err);
  memcpy(out->run, run, (size_t)n * sizeof *run);
  return out->n = n, OK;
}

ErrCode frame_follow(Job *job, const Frame *was, const Frame *now, const RowRun *run, int64_t n, RowRun **out,
                     int64_t *m, Err *err) {
  Follow w = {0};
  Runs found = {0};
  ErrCode code = side_init(&w.was, was, err);
  if (code == OK) code = side_init(&w.now, now, err);
  if (code == OK) code = follow(job, &w, run, n, &found, err);
  side_fini(&w.was), side_fini(&w.now);
  free(w.slot), free(w.mark);
  if (code != OK) return free(found.run), code;
  *out = found.run, *m = found.n;
  return OK;
}

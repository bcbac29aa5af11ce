// Two frames compared cell by cell: the training rows before a step and after it. A row of `before` is looked for at
// the first row of `after` that it became; rows that became none are left out, rows of `after` that are not such a
// first one were drawn again or made. Words are compared through their numbers where both columns have a dictionary.
#include "prep/preview_int.h"

#include "base/map.h"
#include "base/pool.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

typedef struct Compare {
  Job *job;
  StepPreview *out;
  int64_t n;        // rows of before
  int64_t *at;      // of each of them its row in after, -1 = left out; NULL = the same row
  uint8_t *touched; // of each of them: left out, or another value somewhere
} Compare;

static ErrCode no_room(ErrCode code, int64_t bytes, Err *err) {
  return code != OK ? code : err_set(err, ERR_MEMORY, "preview: no memory for %lld bytes", (long long)bytes);
}

// ---- rows ---------------------------------------------------------------------------------------------------------
static void follow_rows(Compare *c, const int64_t *source, int64_t m) {
  int64_t kept = 0;
  for (int64_t i = 0; i < c->n; i++) c->at[i] = -1;
  for (int64_t i = 0; i < m; i++)
    if (c->at[source[i]] < 0) c->at[source[i]] = i, kept++;
  for (int64_t i = 0; i < c->n; i++) c->touched[i] = c->at[i] < 0;
  c->out->left_out = c->n - kept, c->out->made = m - kept;
}

static ErrCode find_rows(Compare *c, const int64_t *source, Err *err) {
  int64_t bytes = c->n * (source ? 9 : 1);
  ErrCode code = job_need(c->job, bytes, "preview", err);
  char *block = code == OK ? mem_new((size_t)bytes + 1) : NULL;
  if (!block) return no_room(code, bytes, err);
  c->touched = (uint8_t *)block;
  memset(c->touched, 0, (size_t)c->n);
  if (!source) return OK;
  c->at = (int64_t *)(void *)block;
  c->touched = (uint8_t *)(c->at + c->n);
  follow_rows(c, source, frame_nrow(c->out->after));
  return OK;
}

// ---- cells --------------------------------------------------------------------------------------------------------
typedef enum { CELLS_DIFFER, CELLS_NUMBERS, CELLS_CODES, CELLS_WORDS } CellKind;
typedef struct Cells { // of one column on both sides
  const Compare *c;
  CellKind kind;
  const Column *a, *b;
  int64_t *code; // of each word of a its number in b, -1 = none
  _Atomic int64_t changed;
} Cells;

static bool cell_differs(const Cells *s, int64_t i, int64_t k) {
  bool gone = cell_missing(s->a, i), gone2 = cell_missing(s->b, k);
  if (gone || gone2) return gone != gone2;
  switch (s->kind) {
  case CELLS_NUMBERS: return col_f64(s->a, i) != col_f64(s->b, k);
  case CELLS_CODES: return s->code[col_code(s->a, i)] != col_code(s->b, k);
  case CELLS_WORDS: return !sv_eq(col_text(s->a, i), col_text(s->b, k));
  default: return true;
  }
}

static void compare_chunk(void *ctx, int64_t begin, int64_t end) {
  Cells *s = ctx;
  int64_t changed = 0;
  for (int64_t i = begin; i < end; i++) {
    int64_t k = s->c->at ? s->c->at[i] : i;
    bool differs = k >= 0 && cell_differs(s, i, k);
    changed += differs;
    s->c->touched[i] |= differs;
  }
  atomic_fetch_add(&s->changed, changed);
}

static void match_words(Cells *s, Arena *a) {
  Map words;
  map_init(&words);
  for (int32_t w = 0; w < s->b->dict->n; w++) map_put(&words, s->b->dict->word[w], NULL);
  s->code = arena_array(a, int64_t, s->a->dict->n);
  for (int32_t w = 0; w < s->a->dict->n; w++) s->code[w] = map_get(&words, s->a->dict->word[w]);
  map_fini(&words);
}

static int64_t count_changed(const Compare *c, const Column *a, const Column *b) {
  Cells s = {.c = c, .a = a, .b = b};
  Arena scratch;
  if (a == b && !c->at) return 0;
  arena_init(&scratch);
  bool words = col_is_text(a);
  if (words == col_is_text(b)) s.kind = words ? CELLS_WORDS : CELLS_NUMBERS;
  if (s.kind == CELLS_WORDS && a->dict && b->dict) s.kind = CELLS_CODES, match_words(&s, &scratch);
  par_for(c->job, c->n, STEP_GRAIN, compare_chunk, &s);
  arena_fini(&scratch);
  return atomic_load(&s.changed);
}

// ---- columns ------------------------------------------------------------------------------------------------------
static ErrCode add_column(Compare *c, const char *name, const Column *a, const Column *b, Err *err) {
  StepPreview *p = c->out;
  bool rows_differ = p->left_out || p->made;
  PreviewColumn *col = &p->column[p->ncolumn];
  *col = (PreviewColumn){.name = arena_strdup(&p->arena, name)};
  if (a && b) col->changed = count_changed(c, a, b);
  if (a && b && !col->changed && types_alike(a->type, b->type)) {
    p->kept++;
    if (!rows_differ) return OK;
  }
  col->one_scale = a && b && 2 * col->changed < c->n;
  p->ncolumn++;
  return step_preview_bars(c->job, &p->arena, a, b, col, err);
}

static ErrCode add_columns(Compare *c, Err *err) {
  StepPreview *p = c->out;
  int na = frame_ncol(p->before), nb = frame_ncol(p->after);
  p->column = arena_array(&p->arena, PreviewColumn, na + nb);
  for (int j = 0; j < na; j++) {
    const char *name = frame_name(p->before, j);
    int k = frame_find(p->after, sv(name));
    TRY(job_tick(c->job, j, na + nb, err));
    TRY(add_column(c, name, frame_at(p->before, j), k < 0 ? NULL : frame_at(p->after, k), err));
  }
  for (int k = 0; k < nb; k++) {
    const char *name = frame_name(p->after, k);
    if (frame_find(p->before, sv(name)) < 0) TRY(add_column(c, name, NULL, frame_at(p->after, k), err));
  }
  return OK;
}

ErrCode step_preview_frames(Job *job, const Frame *before, const Frame *after, const int64_t *source, StepPreview *out,
                       Err *err) {
  *out = (StepPreview){.before = frame_ref(before), .after = frame_ref(after)};
  Compare c = {.job = job, .out = out, .n = frame_nrow(before)};
  TRY(find_rows(&c, source, err));
  ErrCode code = add_columns(&c, err);
  for (int64_t i = 0; i < c.n; i++) out->affected += c.touched[i];
  mem_free(c.at ? (void *)c.at : (void *)c.touched);
  return code;
}

ErrCode step_preview(Job *job, const StepType *t, const void *opts, const StepIn *in, StepPreview *out, Err *err) {
  StepState state = {0};
  StepRows rows = {0};
  *out = (StepPreview){0};
  ErrCode code = t->fit(job, opts, in, &state, err);
  if (code == OK) code = step_train(job, t, opts, &state, in, &rows, err);
  if (code == OK) code = step_preview_frames(job, in->x, rows.x, rows.source, out, err);
  frame_unref(rows.x);
  mem_free(rows.source);
  arena_fini(&state.arena);
  return code;
}

void step_preview_free(StepPreview *p) {
  frame_unref(p->before);
  frame_unref(p->after);
  arena_fini(&p->arena);
  *p = (StepPreview){0};
}

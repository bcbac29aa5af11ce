// Aggregates that are one of the values: a state is the row it stands in, and the rows are taken from the column, so
// that every type keeps its type.
#include "frame/agg_int.h"

#include "num/num.h"

typedef struct Pick {
  uint64_t key;
  int64_t row; // 1-based; 0: none yet
} Pick;

typedef struct PickBy {
  bool last;           // by place
  uint64_t flip;       // by value: the smallest has the largest complement
  bool real;           // the largest key is NaN, which is both the smallest and the largest
  const Column *words; // plain texts have no keys
  bool largest;        // of them
} PickBy;

// ---- by place -------------------------------------------------------------------------------------------------------
static void add_first(const void *ctx, const Piece *p, void *state) {
  const PickBy *by = ctx;
  Pick *t = state;
  for (int i = 0; i < p->m; i++)
    if (by->last || !t[p->id[i]].row) t[p->id[i]].row = (int64_t)p->row[i] + 1;
}

static void merge_first(const void *ctx, void *into, const void *part, int64_t n) {
  const PickBy *by = ctx;
  Pick *a = into;
  const Pick *b = part;
  for (int64_t k = 0; k < n; k++)
    if (b[k].row && (by->last || !a[k].row)) a[k] = b[k];
}

// ---- by value -------------------------------------------------------------------------------------------------------
static void add_largest(const void *ctx, const Piece *p, void *state) {
  const PickBy *by = ctx;
  Pick *t = state;
  for (int i = 0; i < p->m; i++) {
    Pick *a = &t[p->id[i]];
    uint64_t key = by->real && p->key[i] == UINT64_MAX ? UINT64_MAX : p->key[i] ^ by->flip;
    if (!a->row || key > a->key) *a = (Pick){key, (int64_t)p->row[i] + 1};
  }
}

static void merge_largest(const void *ctx, void *into, const void *part, int64_t n) {
  (void)ctx;
  Pick *a = into;
  const Pick *b = part;
  for (int64_t k = 0; k < n; k++)
    if (b[k].row && (!a[k].row || b[k].key > a[k].key)) a[k] = b[k];
}

static bool is_better(const PickBy *by, int64_t row, int64_t than) {
  int order = sv_cmp(col_text(by->words, row - 1), col_text(by->words, than - 1));
  return by->largest ? order > 0 : order < 0;
}

static void add_word(const void *ctx, const Piece *p, void *state) {
  Pick *t = state;
  for (int i = 0; i < p->m; i++) {
    Pick *a = &t[p->id[i]];
    int64_t row = (int64_t)p->row[i] + 1;
    if (!a->row || is_better(ctx, row, a->row)) a->row = row;
  }
}

static void merge_words(const void *ctx, void *into, const void *part, int64_t n) {
  Pick *a = into;
  const Pick *b = part;
  for (int64_t k = 0; k < n; k++)
    if (b[k].row && (!a[k].row || is_better(ctx, b[k].row, a[k].row))) a[k] = b[k];
}

static const Reduction BY_PLACE = {sizeof(Pick), VALUE_NONE, true, add_first, merge_first},
                       BY_VALUE = {sizeof(Pick), VALUE_KEY, true, add_largest, merge_largest},
                       BY_WORD = {sizeof(Pick), VALUE_NONE, true, add_word, merge_words};

static ErrCode take_picked(const AggCall *c, const Reduction *r, const PickBy *by, Column **out, Err *err) {
  Job *job = c->run->job;
  int64_t n = c->run->g.ngroup, *row = NULL;
  Pick *state;
  TRY(array_new(job, n, sizeof *state, "values by groups", &state, err));
  ErrCode code = groups_reduce(job, &c->run->g, c->x, r, by, state, err);
  if (code == OK) code = array_new(job, n, sizeof *row, "values by groups", &row, err);
  for (int64_t k = 0; k < n && code == OK; k++) row[k] = state[k].row - 1;
  if (code == OK) code = column_gather(job, c->x, row, n, out, err);
  mem_free(state);
  mem_free(row);
  return code;
}

static ErrCode extreme(const AggCall *c, bool largest, Column **out, Err *err) {
  bool words = !col_width(c->x);
  PickBy by = {.flip = largest ? 0 : UINT64_MAX, .real = c->x->type == COL_F64, .words = c->x, .largest = largest};
  return take_picked(c, words ? &BY_WORD : &BY_VALUE, &by, out, err);
}

static ErrCode min(const AggCall *c, Column **out, Err *err) { return extreme(c, false, out, err); }
static ErrCode max(const AggCall *c, Column **out, Err *err) { return extreme(c, true, out, err); }

static ErrCode first(const AggCall *c, Column **out, Err *err) {
  return take_picked(c, &BY_PLACE, &(PickBy){.last = false}, out, err);
}
static ErrCode last(const AggCall *c, Column **out, Err *err) {
  return take_picked(c, &BY_PLACE, &(PickBy){.last = true}, out, err);
}

const AggFunc AGG_PICKS[] = {
    {"min", "min(x)", "x", min, "the smallest value, of words the first in dictionary order; nan, once met, stays"},
    {"max", "max(x)", "x", max, "the largest value, of words the last in dictionary order; nan, once met, stays"},
    {"first", "first(x)", "x", first, "the first value that is present"},
    {"last", "last(x)", "x", last, "the last value that is present"},
    {0},
};

// Window functions. The column is brought into the order of the rows, group by group, so that the functions run along
// memory, and their result back into the rows' places. Most take the value of another row (lag, fill, cummin): they
// fill a list of rows, from which the result is gathered, whatever its type; the others compute numbers. Groups are
// taken by the chunk of rows in which they begin; rolling functions cut long groups too. What a worker writes belongs
// to its rows alone: presence goes into bytes that become bits at the end.
#include "frame/window_int.h"

// ---- groups and blocks ----------------------------------------------------------------------------------------------
typedef struct Walk {
  Window *w;
  WindowFn fn;
  BlockFn block;
  int64_t width;
  size_t size;
} Walk;

// The first group that ends behind row i.
static int64_t group_at(const Window *w, int64_t i) {
  int64_t lo = 0, hi = w->ngroup;
  while (lo < hi) {
    int64_t mid = lo + (hi - lo) / 2;
    if (w->start[mid + 1] > i) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}

static void groups_chunk(void *ctx, int64_t begin, int64_t end) {
  const Walk *walk = ctx;
  const Window *w = walk->w;
  int64_t g = group_at(w, begin);
  if (g < w->ngroup && w->start[g] < begin) g++;
  for (; g < w->ngroup && w->start[g] < end; g++) walk->fn(walk->w, w->start[g], w->start[g + 1]);
}

ErrCode window_groups(Window *w, WindowFn fn, Err *err) {
  Walk walk = {.w = w, .fn = fn};
  TRY(par_rounds(w->job, w->n, GROUP_CHUNK, 32, groups_chunk, &walk, err));
  return atomic_load(&w->failed) ? out_of_memory("a window", err) : OK;
}

static void blocks_chunk(void *ctx, int64_t begin, int64_t end) {
  const Walk *walk = ctx;
  Window *w = walk->w;
  void *room = mem_new(walk->size);
  if (!room) {
    atomic_store_explicit(&w->failed, true, memory_order_relaxed);
    return;
  }
  for (int64_t g = group_at(w, begin); g < w->ngroup && w->start[g] < end; g++) {
    int64_t first = w->start[g], stop = w->start[g + 1], i = first;
    if (i < begin) i += (begin - i + walk->width - 1) / walk->width * walk->width;
    for (; i < end && i < stop; i += walk->width)
      walk->block(w, first, i, stop - i < walk->width ? stop : i + walk->width, room);
  }
  mem_free(room);
}

ErrCode window_blocks(Window *w, int64_t width, size_t size, BlockFn fn, Err *err) {
  Walk walk = {.w = w, .block = fn, .width = width, .size = size};
  TRY(job_need(w->job, (int64_t)size, "a rolling window", err));
  TRY(par_rounds(w->job, w->n, GROUP_CHUNK, 32, blocks_chunk, &walk, err));
  return atomic_load(&w->failed) ? out_of_memory("a rolling window", err) : OK;
}

// ---- values of other rows -------------------------------------------------------------------------------------------
void window_shift(Window *w, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; i++) {
    bool inside = w->k >= 0 ? w->k <= i - begin : w->k > i - end;
    w->from[i] = inside ? i - w->k : -1;
  }
}

void window_ends(Window *w, int64_t begin, int64_t end) {
  int64_t at = -1;
  for (int64_t i = begin; i < end && at < 0; i++) {
    int64_t k = w->kind == WINDOW_FIRST ? i : end - 1 - (i - begin);
    if (col_valid(w->x, k)) at = k;
  }
  for (int64_t i = begin; i < end; i++) w->from[i] = at;
}

void window_fill(Window *w, int64_t begin, int64_t end) {
  int64_t known = -1;
  for (int64_t i = begin; i < end; i++) {
    int64_t k = w->kind == WINDOW_FILL_FORWARD ? i : end - 1 - (i - begin);
    if (col_valid(w->x, k)) known = k;
    w->from[k] = known;
  }
}

// NaN, once met, stays.
void window_extreme(Window *w, int64_t begin, int64_t end) {
  bool max = w->kind == WINDOW_CUMMAX, real = w->x->type == COL_F64;
  int64_t best = -1;
  uint64_t best_key = 0;
  for (int64_t i = begin; i < end; i++) {
    w->from[i] = -1;
    if (!col_valid(w->x, i)) continue;
    uint64_t key = max || (real && w->key[i] == UINT64_MAX) ? w->key[i] : ~w->key[i];
    if (best < 0 || key > best_key) best = i, best_key = key;
    w->from[i] = best;
  }
}

static ErrCode take_rows(Window *w, WindowFn fn, Column **out, Err *err) {
  TRY(array_new(w->job, w->n, sizeof *w->from, "a window", &w->from, err));
  ErrCode code = fn ? window_groups(w, fn, err) : window_roll(w, err);
  if (code == OK) code = column_gather(w->job, w->x, w->from, w->n, out, err);
  mem_free(w->from);
  return code;
}

// ---- computed values ------------------------------------------------------------------------------------------------
typedef struct Pack {
  const uint8_t *ok;
  Column *c;
  _Atomic int64_t missing;
} Pack;

static void pack_chunk(void *ctx, int64_t begin, int64_t end) {
  Pack *p = ctx;
  int64_t gone = 0;
  for (int64_t i = begin; i < end; i += 64) {
    uint64_t bits = 0;
    for (int64_t k = 0; k < 64 && i + k < end; k++) {
      bits |= (uint64_t)p->ok[i + k] << k;
      if (!p->ok[i + k]) p->c->i[i + k] = 0;
    }
    int64_t rows = end - i < 64 ? end - i : 64;
    gone += rows - __builtin_popcountll(bits);
    p->c->valid[i / 64] = bits;
  }
  atomic_fetch_add_explicit(&p->missing, gone, memory_order_relaxed);
}

static ErrCode pack_presence(Window *w, Err *err) {
  Pack p = {.ok = w->ok, .c = w->out};
  TRY(bitmap_new(w->out->n, &w->out->valid, err));
  TRY(par_rounds(w->job, w->out->n, GROUP_CHUNK, 32, pack_chunk, &p, err));
  w->out->missing = p.missing;
  if (p.missing) return OK;
  mem_free(w->out->valid);
  w->out->valid = NULL;
  return OK;
}

static ErrCode compute_once(Window *w, WindowFn fn, ColType type, Err *err) {
  int64_t n = w->n;
  TRY(column_new(w->job, type, n, NULL, &w->out, err));
  TRY(array_new(w->job, n, 1, "a window", &w->ok, err));
  memset(w->ok, 0, (size_t)n);
  if (fn == window_rank && w->ngroup == 1) TRY(window_rank_all(w, err));
  else TRY(fn ? window_groups(w, fn, err) : window_roll(w, err));
  return w->overflow ? OK : pack_presence(w, err);
}

// Ints that overflow are computed again as reals.
static ErrCode compute_values(Window *w, WindowFn fn, ColType type, Column **out, Err *err) {
  ErrCode code = compute_once(w, fn, type, err);
  if (code == OK && w->overflow) {
    column_unref(w->out);
    mem_free(w->ok);
    w->out = NULL, w->ok = NULL, w->overflow = false;
    code = compute_once(w, fn, COL_F64, err);
  }
  mem_free(w->ok);
  if (code == OK) *out = w->out;
  else column_unref(w->out);
  return code;
}

static ErrCode compute(Window *w, Column **out, Err *err) {
  ColType sums = w->x && w->x->type != COL_F64 ? COL_I64 : COL_F64;
  switch (w->kind) {
  case WINDOW_LAG: return take_rows(w, window_shift, out, err);
  case WINDOW_FIRST:
  case WINDOW_LAST: return take_rows(w, window_ends, out, err);
  case WINDOW_FILL_FORWARD:
  case WINDOW_FILL_BACKWARD: return take_rows(w, window_fill, out, err);
  case WINDOW_CUMMIN:
  case WINDOW_CUMMAX: return take_rows(w, window_extreme, out, err);
  case WINDOW_MIN:
  case WINDOW_MAX: return take_rows(w, NULL, out, err);
  case WINDOW_CUMSUM: return compute_values(w, window_cumsum, sums, out, err);
  case WINDOW_CUMPROD: return compute_values(w, window_cumprod, sums, out, err);
  case WINDOW_CUMCOUNT: return compute_values(w, window_cumcount, COL_I64, out, err);
  case WINDOW_NTILE: return compute_values(w, w->x ? window_rank : window_ntile, COL_I64, out, err);
  case WINDOW_RANK:
  case WINDOW_RANK_PERCENT: return compute_values(w, window_rank, COL_F64, out, err);
  case WINDOW_RANK_MIN:
  case WINDOW_RANK_MAX:
  case WINDOW_RANK_DENSE:
  case WINDOW_RANK_FIRST: return compute_values(w, window_rank, COL_I64, out, err);
  case WINDOW_SUM: return compute_values(w, NULL, sums, out, err);
  case WINDOW_COUNT: return compute_values(w, NULL, COL_I64, out, err);
  default: return compute_values(w, NULL, COL_F64, out, err);
  }
}

static bool needs_keys(WindowKind kind) {
  return kind == WINDOW_CUMMIN || kind == WINDOW_CUMMAX || kind == WINDOW_MIN || kind == WINDOW_MAX ||
         (kind >= WINDOW_RANK && kind <= WINDOW_NTILE);
}

// x in the order of the rows; the result in their places.
static ErrCode run_sorted(Window *w, Column **out, Err *err) {
  ErrCode code = OK;
  if (w->x && needs_keys(w->kind)) {
    code = array_new(w->job, w->n, sizeof *w->key, "a window", &w->key, err);
    if (code == OK) code = column_keys(w->job, w->x, false, w->key, err);
  }
  if (code == OK) code = compute(w, out, err);
  mem_free(w->key);
  return code;
}

static ErrCode take_places(Job *job, const Column *c, const uint32_t *place, Column **out, Err *err) {
  return columns_take(job, &c, 1, &(Rows){.narrow = place, .n = c->n}, out, err);
}

ErrCode window_kernel(Job *job, const WindowRows *rows, WindowKind kind, const Column *x, int64_t k, int64_t min,
                      Column **out, Err *err) {
  Column *sorted = NULL, *made = NULL;
  if (x && rows->row) TRY(take_places(job, x, rows->row, &sorted, err));
  Window w = {.job = job,
              .start = rows->start,
              .n = rows->n,
              .ngroup = rows->ngroup,
              .kind = kind,
              .x = sorted ? sorted : x,
              .k = k,
              .min = min};
  ErrCode code = run_sorted(&w, &made, err);
  column_unref(sorted);
  if (code == OK && x) made->volatile_ = x->volatile_;
  if (code != OK || !rows->row) return *out = made, code;
  code = take_places(job, made, rows->place, out, err);
  column_unref(made);
  return code;
}

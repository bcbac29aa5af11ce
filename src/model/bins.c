// Codes of all columns. A column's cuts are spread over its grid of cells: a cell without a cut inside has one code for
// all its values, in the others the few cuts are compared. Columns are independent tasks.
#include "model/bins_int.h"

#include "base/pool.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { SEARCH = -1 }; // code of a cell with cuts inside

typedef struct Binning {
  const Features *x;
  const uint64_t *weight;
  int64_t most;
  Bins *out;
  _Atomic int failed;      // ErrCode of a column
} Binning;

// ---- numbers ------------------------------------------------------------------------------------------------------
// first[k]: cuts in the cells before k; code[k]: the code of all values of cell k, or SEARCH.
static void spread_cuts(const BinCuts *c, int32_t missing) {
  BinRoom *r = c->room;
  uint16_t cell[BINS_MOST];
  int64_t at = 0;
  bin_grid_cells(&c->grid, c->cut, c->ncut, cell);
  for (int32_t k = 0; k <= c->grid.ncell; k++) {
    r->first[k] = (uint16_t)at;
    while (at < c->ncut && cell[at] == k) at++;
    r->code[k] = at > r->first[k] ? SEARCH : (int16_t)at;
  }
  r->first[c->grid.ncell] = (uint16_t)c->ncut;
  r->code[c->grid.ncell] = (int16_t)missing;
}

static uint8_t search(const double *cut, int64_t lo, int64_t hi, double x) { // cuts below lo are <= x, from hi on > x
  while (lo < hi) {
    int64_t mid = (lo + hi) / 2;
    if (cut[mid] <= x) lo = mid + 1;
    else hi = mid;
  }
  return (uint8_t)lo;
}

static void code_piece(const BinCuts *c, const uint16_t *cell, const double *x, int64_t n, uint8_t *out) {
  const BinRoom *r = c->room;
  for (int64_t i = 0; i < n; i++) {
    int32_t code = r->code[cell[i]];
    out[i] = code != SEARCH ? (uint8_t)code : search(c->cut, r->first[cell[i]], r->first[cell[i] + 1], x[i]);
  }
}

// Calls for pieces that do not cross blocks.
static void each_piece(const Binning *b, int64_t j, BinRoom *r, void (*fn)(void *, int64_t, const double *, int64_t,
                                                                          uint8_t *), void *ctx) {
  Bins *o = b->out;
  for (int64_t block = 0; block < o->nblock; block++) {
    int64_t begin = block * o->block, end = begin + bins_rows(o, block);
    for (int64_t i = begin, m; i < end; i += m) {
      m = end - i < BIN_PIECE ? end - i : BIN_PIECE;
      features_read(b->x, j, i, i + m, r->x);
      fn(ctx, i, r->x, m, o->code + (block * o->p + j) * o->block + (i - begin));
    }
  }
}

static void code_numbers(void *ctx, int64_t i, const double *x, int64_t n, uint8_t *out) {
  const BinCuts *c = ctx;
  code_piece(c, c->room->cell + i, x, n, out);
}

static ErrCode bin_numbers(const Binning *b, int64_t j, BinRoom *r, Err *err) {
  BinColumn *col = &b->out->column[j];
  BinCuts c = {.x = b->x, .weight = b->weight, .j = j, .most = b->most, .room = r};
  TRY(bin_cuts_find(&c, err));
  bool none = c.missing == b->x->n;
  col->nvalue = none ? 0 : (int32_t)c.ncut + 1;
  col->nbin = col->nvalue + (c.missing > 0);
  memcpy(col->cut, c.cut, (size_t)c.ncut * sizeof *c.cut);
  if (none) bin_grid_init(&c.grid, 0, 1, false, 1), memset(r->cell, 0, (size_t)b->x->n * sizeof *r->cell);
  spread_cuts(&c, col->nvalue);
  each_piece(b, j, r, code_numbers, &c);
  return OK;
}

// ---- words --------------------------------------------------------------------------------------------------------
typedef struct WordBins {
  BinColumn *col;
  int64_t *count;          // nlevel
  int64_t missing;
} WordBins;

static void count_words(void *ctx, int64_t i, const double *x, int64_t n, uint8_t *out) {
  WordBins *w = ctx;
  (void)i, (void)out;
  for (int64_t k = 0; k < n; k++)
    if (x[k] == x[k]) w->count[(int64_t)x[k]]++;
    else w->missing++;
}

static void code_words(void *ctx, int64_t i, const double *x, int64_t n, uint8_t *out) {
  const BinColumn *col = ((WordBins *)ctx)->col;
  (void)i;
  for (int64_t k = 0; k < n; k++) out[k] = x[k] == x[k] ? col->level[(int64_t)x[k]] : (uint8_t)col->nvalue;
}

// The most frequent words, the earlier one among equals, get codes of their own, in their order; the others the last.
static void share_codes(WordBins *w, int64_t most) {
  BinColumn *col = w->col;
  int64_t own = col->nlevel <= most ? col->nlevel : most - 1, least = 0, equal = 0, above = 0;
  if (own < col->nlevel) { // the count that a word needs: the largest that at least `own` reach
    for (int64_t lo = 0, hi = INT64_MAX / 2; lo < hi;) {
      int64_t mid = lo + (hi - lo + 1) / 2, n = 0;
      for (int64_t k = 0; k < col->nlevel; k++) n += w->count[k] >= mid;
      if (n >= own) lo = mid;
      else hi = mid - 1;
      least = lo;
    }
    for (int64_t k = 0; k < col->nlevel; k++) above += w->count[k] > least;
    equal = own - above;
  }
  int32_t code = 0;
  for (int64_t k = 0; k < col->nlevel; k++) {
    bool has = own == col->nlevel || w->count[k] > least || (w->count[k] == least && equal-- > 0);
    col->level[k] = (uint8_t)(has ? code++ : own);
  }
  col->nvalue = (int32_t)(own + (own < col->nlevel));
  col->nbin = col->nvalue + (w->missing > 0);
}

static ErrCode bin_words(const Binning *b, int64_t j, BinRoom *r) {
  Arena a = {0};
  WordBins w = {.col = &b->out->column[j]};
  w.count = arena_array(&a, int64_t, w.col->nlevel);
  each_piece(b, j, r, count_words, &w);
  share_codes(&w, b->most - (w.missing > 0 && b->most == BINS_MOST));
  each_piece(b, j, r, code_words, &w);
  arena_fini(&a);
  return OK;
}

// ---- all ----------------------------------------------------------------------------------------------------------
static bool is_skewed(const Bins *b, int64_t j) {
  uint32_t count[BINS_MOST] = {0}, most = 0;
  int64_t n = bins_rows(b, 0);
  const uint8_t *code = bins_codes(b, 0, j);
  for (int64_t i = 0; i < n; i++) count[code[i]]++;
  for (int k = 0; k < BINS_MOST; k++) most = count[k] > most ? count[k] : most;
  return (int64_t)most * 5 > n;
}

static void bin_columns(void *ctx, int64_t begin, int64_t end) {
  Binning *b = ctx;
  BinRoom *r = mem_new(sizeof *r + (size_t)b->x->n * sizeof r->cell[0]);
  for (int64_t j = begin; j < end; j++) {
    ErrCode code = ERR_MEMORY;
    if (r) code = b->out->column[j].words ? bin_words(b, j, r) : bin_numbers(b, j, r, NULL);
    if (code != OK) b->failed = (int)code;
    else b->out->column[j].skewed = is_skewed(b->out, j);
  }
  mem_free(r);
}

static ErrCode make_room(Job *job, const Features *x, int64_t most, Bins *o, Err *err) {
  int64_t block = (x->n + 63) / 64 * 64;
  *o = (Bins){.n = x->n, .p = x->p, .block = block < BINS_BLOCK ? block : BINS_BLOCK};
  o->nblock = (x->n + o->block - 1) / o->block;
  int64_t bytes = o->nblock * o->p * o->block, each = (int64_t)sizeof(BinRoom) + x->n * (int64_t)sizeof(uint16_t);
  TRY(job_need(job, bytes + pool_threads(job ? job->pool : NULL) * each, "the bins of the columns", err));
  o->code = mem_new((size_t)bytes + 64);
  if (!o->code) return err_set(err, ERR_MEMORY, "no memory for the bins of %lld columns", (long long)x->p);
  o->column = arena_array(&o->arena, BinColumn, o->p);
  for (int64_t j = 0; j < o->p; j++) {
    BinColumn *c = &o->column[j];
    c->nlevel = features_levels(x, j), c->words = c->nlevel > 0;
    if (c->words) c->level = arena_array(&o->arena, uint8_t, c->nlevel);
    else c->cut = arena_array(&o->arena, double, most);
  }
  return OK;
}

// Weights as whole numbers whose sum stays below 2^62; NULL without weights.
static ErrCode whole_weights(Job *job, const double *w, int64_t n, Mat *out, Err *err) {
  *out = (Mat){0};
  if (!w) return OK;
  TRY(mat_new(job, n, 1, "the weights", out, err));
  double most = 0;
  int e;
  for (int64_t i = 0; i < n; i++) most = w[i] > most ? w[i] : most;
  frexp(most, &e);
  int bits = 61 - e;
  for (int64_t k = n; k > 0; k >>= 1) bits--;
  uint64_t *whole = (uint64_t *)(void *)out->x;
  for (int64_t i = 0; i < n; i++) whole[i] = (uint64_t)ldexp(w[i], bits) + 1;
  return OK;
}

static ErrCode bin_all(Job *job, Binning *b, Err *err) {
  TRY(job_tick(job, 0, b->x->p, err));
  par_for(job, b->x->p, 1 + (b->x->n < 1 << 12) * 31, bin_columns, b);
  ErrCode code = (ErrCode)b->failed;
  return code == OK ? OK : err_set(err, code, code == ERR_MEMORY ? "no memory to cut the columns" : "stopped");
}

ErrCode bins_new(Job *job, const Features *x, const double *weight, int64_t max_bin, Bins *out, Err *err) {
  Mat whole = {0};
  ErrCode code = make_room(job, x, max_bin, out, err);
  if (code == OK) code = whole_weights(job, weight, x->n, &whole, err);
  Binning b = {.x = x, .weight = (const uint64_t *)(const void *)whole.x, .most = max_bin, .out = out};
  if (code == OK) code = bin_all(job, &b, err);
  mat_free(&whole);
  for (int64_t j = 0; j < out->p && code == OK; j++) {
    out->column[j].offset = out->total;
    out->total += out->column[j].nbin;
  }
  if (code != OK) bins_free(out);
  return code;
}

void bins_free(Bins *b) {
  mem_free(b->code);
  arena_fini(&b->arena);
  *b = (Bins){0};
}

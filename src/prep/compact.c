// Columns of a design without a matrix. Reals are borrowed. Neighbouring bools that exclude each other in a sample of
// the rows are taken for a run, and the run is proved on all rows while its codes are made: it holds when there are as
// many ones as rows with a code. A run that fails, or has one column, and ints are copied as doubles. The cost is that
// of reading the frame once; which columns make a run depends on the values alone, not on threads.
#include "prep/features.h"

#include "base/pool.h"
#include "base/simd.h"
#include "prep/prep_int.h"

#include <string.h>

enum { SAMPLE = 4096, LEVELS_MAX = 60000, SLICE = 512 };

void compact_close(Compact *c) {
  mat_free(&c->made);
  mat_free(&c->codes);
  arena_fini(&c->arena);
  *c = (Compact){0};
}

static void start(int64_t n, int64_t p, Compact *c) {
  *c = (Compact){.n = n, .p = p};
  c->col = arena_array(&c->arena, const double *, p);
  c->of = arena_array(&c->arena, int64_t, p);
  c->run = arena_array(&c->arena, CodedRun, p);
}

void compact_of_mat(const Mat *x, Compact *out) {
  start(x->n, x->p, out);
  for (int64_t j = 0; j < x->p; j++) out->col[j] = x->x + j * x->n;
}

// ---- runs of bools -------------------------------------------------------------------------------------------------
typedef struct Opening {
  Job *job;
  Compact *c;
  const Column **column; // of each term
  atomic_llong *ones;    // of each term
  atomic_llong *coded;   // of each run, rows with a code
} Opening;

static bool sample_joins(const Column *b, int64_t step, uint8_t *taken) {
  bool joins = true;
  for (int64_t i = 0; i < b->n; i += step) joins = joins && !(b->b[i] && taken[i / step]);
  for (int64_t i = 0; i < b->n && joins; i += step) taken[i / step] |= b->b[i];
  return joins;
}

static void guess_runs(Opening *o) {
  Compact *c = o->c;
  int64_t step = c->n > SAMPLE ? c->n / SAMPLE : 1, size = c->n / step + 1;
  uint8_t *taken = arena_alloc(&c->arena, (size_t)size);
  for (int64_t j = 0; j < c->p; j++) {
    if (o->column[j]->type != COL_BOOL || o->column[j]->missing) continue;
    CodedRun *r = c->nrun ? &c->run[c->nrun - 1] : NULL;
    bool next = r && r->first + r->n == j && r->n < LEVELS_MAX;
    if (!next || !sample_joins(o->column[j], step, taken)) {
      memset(taken, 0, (size_t)size);
      r = &c->run[c->nrun++];
      *r = (CodedRun){.first = j};
      (void)sample_joins(o->column[j], step, taken);
    }
    r->n++;
  }
}

// Leaves out the runs that `bad` names or that have one column.
static void drop_runs(Compact *c, const bool *bad) {
  int64_t n = c->nrun;
  c->nrun = 0;
  for (int64_t k = 0; k < n; k++)
    if (c->run[k].n > 1 && !(bad && bad[k])) c->run[c->nrun++] = c->run[k];
}

CLONES static int64_t take_ones(const uint8_t *restrict b, uint16_t level, int64_t rows, uint16_t *restrict code) {
  uint32_t ones = 0;
  for (int64_t i = 0; i < rows; i++) {
    ones += b[i] != 0;
    code[i] = b[i] ? level : code[i];
  }
  return ones;
}

CLONES static int64_t count_coded(const uint16_t *code, uint16_t none, int64_t rows) {
  uint32_t coded = 0;
  for (int64_t i = 0; i < rows; i++) coded += code[i] != none;
  return coded;
}

static void code_rows(void *ctx, int64_t begin, int64_t end) {
  const Opening *o = ctx;
  for (int64_t k = 0; k < o->c->nrun; k++) {
    const CodedRun *r = &o->c->run[k];
    for (int64_t i = begin; i < end; i++) r->code[i] = (uint16_t)r->n;
    for (int64_t l = 0; l < r->n; l++) {
      int64_t j = r->first + l;
      int64_t ones = take_ones(o->column[j]->b + begin, (uint16_t)l, end - begin, r->code + begin);
      atomic_fetch_add_explicit(&o->ones[j], ones, memory_order_relaxed);
    }
    int64_t coded = count_coded(r->code + begin, (uint16_t)r->n, end - begin);
    atomic_fetch_add_explicit(&o->coded[k], coded, memory_order_relaxed);
  }
}

// A code of its own for each run, in memory that is not cleared first.
static ErrCode room_for_codes(Job *job, Compact *c, Err *err) {
  TRY(mat_new(job, (c->n * c->nrun + 3) / 4, c->nrun > 0, "the codes of one-hot columns", &c->codes, err));
  for (int64_t k = 0; k < c->nrun; k++) c->run[k].code = (uint16_t *)(void *)c->codes.x + k * c->n;
  return OK;
}

static ErrCode code_runs(Opening *o, Err *err) {
  Compact *c = o->c;
  guess_runs(o);
  drop_runs(c, NULL);
  TRY(room_for_codes(o->job, c, err));
  o->ones = arena_array(&c->arena, atomic_llong, c->p);
  o->coded = arena_array(&c->arena, atomic_llong, c->nrun);
  bool *bad = arena_array(&c->arena, bool, c->nrun);
  par_for(o->job, c->n, NUM_BLOCK, code_rows, o);
  for (int64_t k = 0; k < c->nrun; k++) {
    int64_t ones = 0, *count = arena_array(&c->arena, int64_t, c->run[k].n);
    for (int64_t l = 0; l < c->run[k].n; l++) ones += count[l] = atomic_load(&o->ones[c->run[k].first + l]);
    c->run[k].count = count;
    bad[k] = ones != atomic_load(&o->coded[k]);
  }
  drop_runs(c, bad);
  return OK;
}

// ---- the others ----------------------------------------------------------------------------------------------------
static ErrCode lay_columns(Opening *o, Err *err) {
  Compact *c = o->c;
  int64_t copies = 0;
  for (int64_t j = 0; j < c->p; j++) c->of[j] = -1;
  for (int64_t k = 0; k < c->nrun; k++)
    for (int64_t l = 0; l < c->run[k].n; l++) c->of[c->run[k].first + l] = k;
  for (int64_t j = 0; j < c->p; j++) copies += c->of[j] < 0 && o->column[j]->type != COL_F64;
  TRY(mat_new(o->job, c->n, copies, "the design matrix", &c->made, err));
  double *to = c->made.x;
  for (int64_t j = 0; j < c->p; j++) {
    if (c->of[j] >= 0) continue;
    c->col[j] = o->column[j]->f;
    if (o->column[j]->type == COL_F64) continue;
    col_present_f64(o->column[j], to); // nothing is missing: n values in row order
    c->col[j] = to, to += c->n;
  }
  return OK;
}

ErrCode compact_open(Job *job, const Design *d, const Frame *x, Compact *out, Err *err) {
  start(frame_nrow(x), d->terms.n, out);
  Opening o = {.job = job, .c = out, .column = arena_array(&out->arena, const Column *, out->p)};
  ErrCode code = OK;
  for (int64_t j = 0; j < out->p && code == OK; j++) code = design_term(job, d, x, j, &o.column[j], err);
  if (code == OK) code = code_runs(&o, err);
  if (code == OK) code = lay_columns(&o, err);
  if (code != OK) compact_close(out);
  return code;
}

// ---- some of the rows ----------------------------------------------------------------------------------------------
static void copy_runs(void *to, const void *from, size_t size, const Compact *c, int64_t run, int64_t every) {
  char *t = to;
  for (int64_t i = 0; i + run <= c->n; i += every, t += (size_t)run * size)
    memcpy(t, (const char *)from + (size_t)i * size, (size_t)run * size);
}

static ErrCode part_runs(Job *job, const Compact *c, int64_t run, int64_t every, Compact *out, Err *err) {
  out->nrun = c->nrun;
  memcpy(out->run, c->run, (size_t)c->nrun * sizeof *c->run);
  TRY(room_for_codes(job, out, err));
  for (int64_t k = 0; k < c->nrun; k++) {
    CodedRun *r = &out->run[k];
    int64_t *count = arena_array(&out->arena, int64_t, r->n + 1);
    copy_runs(r->code, c->run[k].code, sizeof *r->code, c, run, every);
    for (int64_t i = 0; i < out->n; i++) count[r->code[i]]++;
    r->count = count;
  }
  return OK;
}

ErrCode compact_part(Job *job, const Compact *c, int64_t run, int64_t every, Compact *out, Err *err) {
  start(c->n < run ? 0 : (c->n - run) / every * run + run, c->p, out);
  memcpy(out->of, c->of, (size_t)c->p * sizeof *c->of);
  int64_t copies = 0;
  for (int64_t j = 0; j < c->p; j++) copies += c->col[j] != NULL;
  ErrCode code = mat_new(job, out->n, copies, "some rows of the design matrix", &out->made, err);
  double *to = out->made.x;
  for (int64_t j = 0; j < c->p && code == OK; j++) {
    if (!c->col[j]) continue;
    copy_runs(to, c->col[j], sizeof *to, c, run, every);
    out->col[j] = to, to += out->n;
  }
  if (code == OK) code = part_runs(job, c, run, every, out, err);
  if (code != OK) compact_close(out);
  return code;
}

// ---- reading -------------------------------------------------------------------------------------------------------
void compact_read(const Compact *c, int64_t j, int64_t begin, int64_t end, double *out) {
  if (c->col[j]) {
    memcpy(out, c->col[j] + begin, (size_t)(end - begin) * sizeof *out);
    return;
  }
  const CodedRun *r = &c->run[c->of[j]];
  uint16_t level = (uint16_t)(j - r->first);
  for (int64_t i = begin; i < end; i++) out[i - begin] = r->code[i] == level;
}

typedef struct Product {
  const Compact *c;
  const double *v;
  double **table; // of each run its part of v and, for no level, 0
  double *out;
} Product;

CLONES static void add_scaled(double *restrict out, const double *restrict x, double v, int64_t n) {
  for (int64_t i = 0; i < n; i++) out[i] += x[i] * v;
}

static void mul_rows(void *ctx, int64_t begin, int64_t end) {
  const Product *m = ctx;
  const Compact *c = m->c;
  for (int64_t i = begin; i < end; i += SLICE) {
    int64_t rows = end - i < SLICE ? end - i : SLICE;
    double *out = m->out + i;
    memset(out, 0, (size_t)rows * sizeof *out);
    for (int64_t j = 0; j < c->p; j++) {
      if (c->col[j]) {
        add_scaled(out, c->col[j] + i, m->v[j], rows);
        continue;
      }
      const uint16_t *code = c->run[c->of[j]].code + i;
      const double *table = m->table[c->of[j]];
      for (int64_t r = 0; r < rows; r++) out[r] += table[code[r]];
      j += c->run[c->of[j]].n - 1;
    }
  }
}

void compact_mul_vec(Job *job, const Compact *c, const double *v, double *out) {
  Arena a = {0};
  Product m = {c, v, arena_array(&a, double *, c->nrun), out};
  for (int64_t k = 0; k < c->nrun; k++) {
    m.table[k] = arena_array(&a, double, c->run[k].n + 1);
    memcpy(m.table[k], v + c->run[k].first, (size_t)c->run[k].n * sizeof *v);
  }
  par_for(job, c->n, NUM_BLOCK, mul_rows, &m);
  arena_fini(&a);
}

// Running ops over all rows. Chunks of rows run in parallel and write to their own part of the result, so the bits do
// not depend on the number of threads; rounds of chunks let the job tick between, and a chunk is left when the user
// stops it. The text of a chunk is kept apart until all chunks are done, then copied to its place.
#include "frame/expr_int.h"

#include "base/pool.h"

#include <stdlib.h>

typedef struct TextPart { // the text of one chunk
  int64_t *off;           // of each row's end
  char *bytes;
  int64_t size, room, missing;
  uint64_t valid[EXPR_CHUNK / 64];
} TextPart;

typedef struct Run {
  Program *program;
  Op *root;
  const Column *from, *to; // column `from` is read as `to`
  Column *out;             // not for text
  TextPart **part;         // text: of each chunk
  _Atomic int64_t missing, size;
  atomic_bool refused; // the system has no memory
  atomic_bool stopped; // a chunk was left
  int64_t first;       // row of the round
} Run;

static ErrCode run_rounds(Run *run, int64_t n, PoolFn chunk, Err *err) {
  Job *job = run->program->job;
  for (run->first = 0; run->first < n; run->first += EXPR_ROUND) {
    TRY(job_tick(job, run->first, n, err));
    if (run->part) TRY(job_need(job, run->size, "a text column", err));
    par_for(job, n - run->first < EXPR_ROUND ? n - run->first : EXPR_ROUND, EXPR_CHUNK, chunk, run);
    if (run->stopped) return err_set(err, ERR_CANCELLED, "stopped");
    if (run->refused) return out_of_memory("a text column", err);
  }
  return OK;
}

// ---- fixed width ----------------------------------------------------------------------------------------------------
// Clears the bits of missing rows and the values under them.
static void store_missing(Run *run, const Vec *v, int64_t begin, int m) {
  Column *c = run->out;
  uint64_t here[EXPR_BLOCK / 64];
  int64_t missing = 0;
  vec_bits(v->ok, m, here);
  for (int k = 0; k < m; k += 64) {
    uint64_t gone = ~here[k / 64] & (m - k < 64 ? (1ull << (m - k)) - 1 : UINT64_MAX);
    c->valid[(begin + k) / 64] &= ~gone;
    missing += __builtin_popcountll(gone);
    for (; gone; gone &= gone - 1) {
      int64_t i = begin + k + __builtin_ctzll(gone);
      if (c->type == COL_BOOL) c->b[i] = 0;
      else c->i[i] = 0;
    }
  }
  atomic_fetch_add_explicit(&run->missing, missing, memory_order_relaxed);
}

static void run_chunk(void *ctx, int64_t begin, int64_t end) {
  Run *run = ctx;
  Worker w;
  worker_init(&w, run->root, run->from, run->to);
  size_t width = EXPR_WIDTH[EXPR_STORE[run->out->type]];
  for (int64_t i = run->first + begin; i < run->first + end; i += EXPR_BLOCK) {
    if (expr_is_stopped(run->program->job, &run->stopped)) break;
    int64_t left = run->first + end - i;
    int m = left < EXPR_BLOCK ? (int)left : EXPR_BLOCK;
    char *dest = (char *)run->out->i + (size_t)i * width;
    Vec v = worker_eval(&w, run->root, i, m, dest);
    if (v.p != dest) memcpy(dest, v.p, (size_t)m * width);
    if (v.ok) store_missing(run, &v, i, m);
    if (w.text.head) arena_fini(&w.text);
  }
  worker_fini(&w);
}

static ErrCode fixed_column(Run *run, int64_t n, Column **out, Err *err) {
  TRY(column_new(run->program->job, run->root->type, n, NULL, &run->out, err));
  Column *c = run->out;
  c->zoned = run->root->zoned;
  ErrCode code = bitmap_new(n, &c->valid, err);
  if (code == OK) code = run_rounds(run, n, run_chunk, err);
  if (code != OK) return column_unref(c), code;
  c->missing = run->missing;
  if (!c->missing) {
    mem_free(c->valid);
    c->valid = NULL;
  }
  *out = c;
  return OK;
}

// ---- text -----------------------------------------------------------------------------------------------------------
static void part_free(TextPart *t) {
  if (!t) return;
  mem_free(t->off);
  mem_free(t->bytes);
  mem_free(t);
}

static TextPart *part_new(int64_t rows) {
  TextPart *t = mem_new(sizeof *t);
  if (!t) return NULL;
  *t = (TextPart){.off = mem_new((size_t)rows * sizeof *t->off)};
  memset(t->valid, 0xFF, sizeof t->valid);
  if (t->off) return t;
  mem_free(t);
  return NULL;
}

static bool part_reserve(TextPart *t, const Vec *v, int m) {
  int64_t need = t->size;
  for (int i = 0; i < m; i++) need += (int64_t)v->t[i].n;
  if (need <= t->room) return true;
  int64_t room = need + need / 2 + 4096;
  char *bytes = mem_resize(t->bytes, (size_t)t->size, (size_t)room);
  if (bytes) t->bytes = bytes, t->room = room;
  return bytes;
}

// `row` counts from the first of the chunk.
static bool part_add(TextPart *t, int64_t row, const Vec *v, int m) {
  if (!part_reserve(t, v, m)) return false;
  for (int i = 0; i < m; i++) {
    if (!vec_ok(v, i)) {
      t->valid[(row + i) >> 6] &= ~(1ull << ((row + i) & 63));
      t->missing++;
    } else if (v->t[i].n) {
      memcpy(t->bytes + t->size, v->t[i].s, v->t[i].n);
      t->size += (int64_t)v->t[i].n;
    }
    t->off[row + i] = t->size;
  }
  return true;
}

static void text_chunk(void *ctx, int64_t begin, int64_t end) {
  Run *run = ctx;
  Worker w;
  worker_init(&w, run->root, run->from, run->to);
  int64_t first = run->first + begin;
  TextPart *t = part_new(end - begin);
  bool fits = t;
  for (int64_t i = 0; i < end - begin && fits; i += EXPR_BLOCK) {
    if (expr_is_stopped(run->program->job, &run->stopped)) break;
    int m = end - begin - i < EXPR_BLOCK ? (int)(end - begin - i) : EXPR_BLOCK;
    Vec v = worker_eval(&w, run->root, first + i, m, NULL);
    fits = part_add(t, i, &v, m);
    if (w.text.head) arena_fini(&w.text);
  }
  worker_fini(&w);
  run->part[first / EXPR_CHUNK] = t;
  if (!fits) atomic_store(&run->refused, true);
  if (t) atomic_fetch_add(&run->size, t->size), atomic_fetch_add(&run->missing, t->missing);
}

typedef struct Join {
  TextPart **part;
  const int64_t *at; // first byte of each part
  TextBuilder *to;
} Join;

static void join_chunk(void *ctx, int64_t begin, int64_t end) {
  const Join *j = ctx;
  int64_t k = begin / EXPR_CHUNK, at = j->at[k], *off = j->to->off + begin + 1;
  TextPart *t = j->part[k];
  if (t->size) memcpy(j->to->bytes + at, t->bytes, (size_t)t->size);
  for (int64_t i = 0; i < end - begin; i++) off[i] = at + t->off[i];
  memcpy(j->to->valid + begin / 64, t->valid, (size_t)(end - begin + 63) / 64 * sizeof *t->valid);
  part_free(t);
  j->part[k] = NULL;
}

static ErrCode join_parts(Run *run, int64_t n, Column **out, Err *err) {
  Job *job = run->program->job;
  TextBuilder b;
  textb_init(&b, job);
  int64_t nchunk = (n + EXPR_CHUNK - 1) / EXPR_CHUNK, *at = calloc((size_t)nchunk + 1, sizeof *at);
  if (!at) abort();
  for (int64_t k = 0; k < nchunk; k++) at[k + 1] = at[k] + run->part[k]->size;
  ErrCode code = job_need(job, run->size + n * (int64_t)sizeof *b.off, "a text column", err);
  if (code == OK) {
    b.n = b.cap = n, b.size = b.room = run->size, b.missing = run->missing;
    b.off = mem_new((size_t)(n + 1) * sizeof *b.off);
    b.bytes = mem_new((size_t)run->size);
    code = b.off && b.bytes ? bitmap_new(n, &b.valid, err) : out_of_memory("a text column", err);
  }
  if (code == OK) {
    Join join = {run->part, at, &b};
    b.off[0] = 0;
    par_for(job, n, EXPR_CHUNK, join_chunk, &join);
    code = textb_take(&b, out, err);
  }
  textb_fini(&b);
  free(at);
  return code;
}

static ErrCode text_column(Run *run, int64_t n, Column **out, Err *err) {
  int64_t nchunk = (n + EXPR_CHUNK - 1) / EXPR_CHUNK;
  run->part = calloc((size_t)nchunk + 1, sizeof(TextPart *));
  if (!run->part) abort();
  ErrCode code = run_rounds(run, n, text_chunk, err);
  if (code == OK) code = join_parts(run, n, out, err);
  for (int64_t k = 0; k < nchunk; k++) part_free(run->part[k]);
  free(run->part);
  return code;
}

void expr_note_overflow(Program *p, Op *op) {
  if (atomic_load_explicit(&op->overflow, memory_order_relaxed)) p->again = op->node->wide = true;
  for (int k = 0; k < op->narg; k++) expr_note_overflow(p, op->arg[k]);
}

ErrCode expr_run(Program *p, Op *op, int64_t n, const Column *from, const Column *to, Column **out, Err *err) {
  Run run = {.program = p, .root = op, .from = from, .to = to};
  TRY(op->type == COL_TEXT ? text_column(&run, n, out, err) : fixed_column(&run, n, out, err));
  expr_note_overflow(p, op);
  return OK;
}

// ---- whole columns --------------------------------------------------------------------------------------------------
typedef struct Recode {
  const Column *from, *table; // row `code` of the table is the new word, its last row stands for missing
  Column *out;
  _Atomic int64_t missing;
} Recode;

static void recode_chunk(void *ctx, int64_t begin, int64_t end) {
  Recode *r = ctx;
  int64_t missing = 0;
  for (int64_t i = begin; i < end; i++) {
    int64_t row = col_valid(r->from, i) ? col_code(r->from, i) : r->table->n - 1;
    bool present = col_valid(r->table, row);
    col_set_code(r->out, i, present ? col_code(r->table, row) : 0);
    if (present) continue;
    r->out->valid[i >> 6] &= ~(1ull << (i & 63));
    missing++;
  }
  atomic_fetch_add(&r->missing, missing);
}

static ErrCode lookup_codes(Program *p, const Op *op, const Column *table, Column **out, Err *err) {
  Recode r = {.from = op->col, .table = table};
  TRY(column_new(p->job, COL_CAT, op->col->n, dict_ref(table->dict), &r.out, err));
  ErrCode code = table->valid ? bitmap_new(r.out->n, &r.out->valid, err) : OK;
  if (code != OK) return column_unref(r.out), code;
  par_for(p->job, r.out->n, EXPR_CHUNK, recode_chunk, &r);
  r.out->missing = r.missing;
  if (!r.missing) {
    mem_free(r.out->valid);
    r.out->valid = NULL;
  }
  *out = r.out;
  return OK;
}

static ErrCode words_of(Program *p, const Op *op, Column **out, Err *err) {
  if (op->kind == OP_LOOKUP) {
    Column *table;
    TRY(column_to_cat(p->job, op->table, -1, &table, err));
    return lookup_codes(p, op, expr_own(p, table), out, err);
  }
  Column *cat;
  ErrCode code = column_to_cat(p->job, *out, category_most((*out)->n), &cat, err);
  if (code == OK && !cat) return OK;
  column_unref(*out);
  *out = cat;
  return code;
}

ErrCode expr_column(Program *p, Op *op, Column **out, Err *err) {
  if (op->kind == OP_COLUMN) return *out = column_ref(op->col), OK;
  if (op->type == COL_TEXT && op->kind == OP_LOOKUP) return words_of(p, op, out, err);
  TRY(expr_run(p, op, frame_nrow(p->frame), NULL, NULL, out, err));
  return op->type == COL_TEXT && op->wordy ? words_of(p, op, out, err) : OK;
}

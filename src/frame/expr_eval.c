// Running ops. Rows are taken in blocks of EXPR_BLOCK that stay in the cache; an op computes one block of its result
// from one block of each argument, so nothing of the length of the frame is made but the result. Each worker has a
// stack of block buffers: arguments are computed onto it, the result takes their place. Chunks of rows run in parallel
// and write to their own part of the result, so the bits do not depend on the number of threads; rounds of chunks let
// the job tick between. Text is appended in row order by one thread.
#include "frame/expr_int.h"

#include "base/pool.h"

#include <assert.h>
#include <stdlib.h>

enum { CHUNK = 64 * EXPR_BLOCK, ROUND = 32 * CHUNK };

typedef struct Slot {
  void *data; // EXPR_BLOCK of the widest values
  uint8_t *ok;
} Slot;

typedef struct Run {
  Program *program;
  Op *root;
  const Column *from, *to; // column `from` is read as `to`
  Column *out;             // not for text
  TextBuilder *text;
  _Atomic int64_t missing;
  int64_t first; // row of the round
} Run;

typedef struct Worker {
  const Run *run;
  Slot *slot;
  Vec *vec; // vec[k] is what slot k holds
  int top;
  Arena text;
} Worker;

// ---- buffers --------------------------------------------------------------------------------------------------------
static void worker_init(Worker *w, const Run *run) {
  size_t n = (size_t)run->root->slots;
  *w = (Worker){.run = run, .slot = calloc(n, sizeof(Slot)), .vec = calloc(n, sizeof(Vec))};
  if (!w->slot || !w->vec) abort();
}

static void worker_fini(Worker *w) {
  for (int k = 0; k < w->run->root->slots; k++) mem_free(w->slot[k].data);
  free(w->slot);
  free(w->vec);
  arena_fini(&w->text);
}

static Slot *slot_at(Worker *w, int k) {
  assert(k < w->run->root->slots);
  Slot *s = &w->slot[k];
  if (s->data) return s;
  s->data = mem_new(EXPR_BLOCK * (sizeof(Sv) + 1));
  if (!s->data) abort();
  s->ok = (uint8_t *)s->data + EXPR_BLOCK * sizeof(Sv);
  return s;
}

// ---- leaves ---------------------------------------------------------------------------------------------------------
static uint8_t *unpack_valid(const Column *c, int64_t begin, int m, uint8_t *ok) {
  if (!c->valid) return NULL;
  const uint64_t *word = c->valid + begin / 64; // blocks begin at whole words
  bool all = true;
  for (int k = 0; k < m / 64 && all; k++) all = word[k] == UINT64_MAX;
  if (all && m % 64 == 0) return NULL;
  for (int i = 0; i < m; i++) ok[i] = word[i >> 6] >> (i & 63) & 1;
  return ok;
}

static Vec eval_column(Worker *w, const Op *op, int64_t begin, int m) {
  const Column *c = op->col == w->run->from ? w->run->to : op->col;
  Slot *s = slot_at(w, w->top);
  Vec v = {.ok = unpack_valid(c, begin, m, s->ok)};
  Store store = EXPR_STORE[op->type];
  if (store != STORE_T) {
    v.p = (char *)c->i + (size_t)begin * EXPR_WIDTH[store];
    return v;
  }
  v.p = s->data;
  for (int i = 0; i < m; i++) v.t[i] = col_text(c, begin + i);
  return v;
}

#define LOOK_UP(field)                                                                                                 \
  for (int i = 0; i < m; i++) v.field[i] = t->field[row(codes, begin + i, last)]

static inline int64_t row(const Column *codes, int64_t i, int64_t last) {
  return col_valid(codes, i) ? col_code(codes, i) : last;
}

// The commonest look-up, a condition on a category without missing words.
static void look_up_bool(const uint8_t *table, const Column *c, int64_t begin, int m, uint8_t *out) {
  if (c->width == 1)
    for (int i = 0; i < m; i++) out[i] = table[c->code1[begin + i]];
  else if (c->width == 2)
    for (int i = 0; i < m; i++) out[i] = table[c->code2[begin + i]];
  else
    for (int i = 0; i < m; i++) out[i] = table[c->code4[begin + i]];
}

static Vec eval_lookup(Worker *w, const Op *op, int64_t begin, int m) {
  const Column *codes = op->col, *t = op->table;
  Slot *s = slot_at(w, w->top);
  Vec v = {.p = s->data};
  int64_t last = t->n - 1;
  Store store = EXPR_STORE[op->type];
  if (store == STORE_B && !codes->valid) look_up_bool(t->b, codes, begin, m, v.b);
  else if (store == STORE_B) LOOK_UP(b);
  else if (store == STORE_I) LOOK_UP(i);
  else if (store == STORE_F) LOOK_UP(f);
  else
    for (int i = 0; i < m; i++) v.t[i] = col_text(t, row(codes, begin + i, last));
  if (!t->valid || (t->missing == 1 && !col_valid(t, last) && !codes->valid)) return v;
  v.ok = s->ok;
  for (int i = 0; i < m; i++) v.ok[i] = col_valid(t, row(codes, begin + i, last));
  return v;
}

// ---- calls ----------------------------------------------------------------------------------------------------------
uint8_t *call_ok(Call *c) {
  if (!c->out.ok) {
    c->out.ok = c->spare;
    memset(c->out.ok, 1, (size_t)c->m);
  }
  return c->out.ok;
}

void call_overflow(Call *c, int i) {
  if (!vec_ok(&c->out, i)) return;
  atomic_store_explicit(&c->op->overflow, true, memory_order_relaxed);
  call_ok(c)[i] = 0;
}

static void meet_ok(Call *c, const Vec *arg) {
  if (!arg->ok) return;
  uint8_t *ok = call_ok(c);
  for (int i = 0; i < c->m; i++) ok[i] &= arg->ok[i];
}

static Vec eval(Worker *w, Op *op, int64_t begin, int m) {
  if (op->kind == OP_LITERAL) return op->full;
  if (op->kind == OP_COLUMN) return eval_column(w, op, begin, m);
  if (op->kind == OP_LOOKUP) return eval_lookup(w, op, begin, m);
  int base = w->top;
  for (int k = 0; k < op->narg; k++, w->top++) w->vec[base + k] = eval(w, op->arg[k], begin, m);
  Slot *s = slot_at(w, w->top), result = *s;
  Call c = {.op = op, .arg = &w->vec[base], .begin = begin, .m = m, .out = {.p = s->data}, .spare = s->ok,
            .text = &w->text};
  for (int k = 0; k < op->narg && !op->lax; k++) meet_ok(&c, &c.arg[k]);
  op->kernel(&c);
  *s = w->slot[base], w->slot[base] = result; // the result takes the place of the first argument
  w->top = base;
  return c.out;
}

// ---- results --------------------------------------------------------------------------------------------------------
static uint64_t missing_bits(const uint8_t *ok, int m) {
  uint64_t gone = 0;
  for (int i = 0; i < m; i++) gone |= (uint64_t)!ok[i] << i;
  return gone;
}

// Clears the bits of missing rows and the values under them.
static void store_missing(Run *run, const Vec *v, int64_t begin, int m) {
  Column *c = run->out;
  size_t width = EXPR_WIDTH[EXPR_STORE[c->type]];
  int64_t missing = 0;
  for (int k = 0; k < m; k += 64) {
    uint64_t gone = missing_bits(v->ok + k, m - k < 64 ? m - k : 64);
    c->valid[(begin + k) / 64] &= ~gone;
    missing += __builtin_popcountll(gone);
    for (; gone; gone &= gone - 1) {
      size_t i = (size_t)(begin + k + __builtin_ctzll(gone));
      memset((char *)c->i + i * width, 0, width);
    }
  }
  atomic_fetch_add_explicit(&run->missing, missing, memory_order_relaxed);
}

static void run_chunk(void *ctx, int64_t begin, int64_t end) {
  Run *run = ctx;
  Worker w;
  worker_init(&w, run);
  size_t width = EXPR_WIDTH[EXPR_STORE[run->out->type]];
  for (int64_t i = run->first + begin; i < run->first + end; i += EXPR_BLOCK) {
    int64_t left = run->first + end - i;
    int m = left < EXPR_BLOCK ? (int)left : EXPR_BLOCK;
    Vec v = eval(&w, run->root, i, m);
    memcpy((char *)run->out->i + (size_t)i * width, v.p, (size_t)m * width);
    if (v.ok) store_missing(run, &v, i, m);
    if (w.text.head) arena_fini(&w.text);
  }
  worker_fini(&w);
}

static ErrCode run_fixed(Run *run, int64_t n, Err *err) {
  Job *job = run->program->job;
  for (run->first = 0; run->first < n; run->first += ROUND) {
    TRY(job_tick(job, run->first, n, err));
    par_for(job, n - run->first < ROUND ? n - run->first : ROUND, CHUNK, run_chunk, run);
  }
  return OK;
}

static ErrCode add_texts(TextBuilder *b, const Vec *v, int m, Err *err) {
  for (int i = 0; i < m; i++) TRY(vec_ok(v, i) ? textb_add(b, v->t[i], err) : textb_add_missing(b, err));
  return OK;
}

static ErrCode run_text(Run *run, int64_t n, Err *err) {
  Worker w;
  worker_init(&w, run);
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i += EXPR_BLOCK) {
    int m = n - i < EXPR_BLOCK ? (int)(n - i) : EXPR_BLOCK;
    code = job_tick(run->program->job, i, n, err);
    if (code != OK) break;
    Vec v = eval(&w, run->root, i, m);
    code = add_texts(run->text, &v, m, err);
    if (w.text.head) arena_fini(&w.text);
  }
  worker_fini(&w);
  return code;
}

// Ops that overflowed are typed as real when the program starts again.
static void note_overflow(Program *p, Op *op) {
  if (atomic_load_explicit(&op->overflow, memory_order_relaxed)) p->again = op->node->wide = true;
  for (int k = 0; k < op->narg; k++) note_overflow(p, op->arg[k]);
}

static ErrCode fixed_column(Run *run, int64_t n, Column **out, Err *err) {
  TRY(column_new(run->program->job, run->root->type, n, NULL, &run->out, err));
  Column *c = run->out;
  c->zoned = run->root->zoned;
  ErrCode code = bitmap_new(n, &c->valid, err);
  if (code == OK) code = run_fixed(run, n, err);
  if (code != OK) return column_unref(c), code;
  c->missing = run->missing;
  if (!c->missing) {
    mem_free(c->valid);
    c->valid = NULL;
  }
  *out = c;
  return OK;
}

static ErrCode text_column(Run *run, int64_t n, Column **out, Err *err) {
  TextBuilder b;
  textb_init(&b, run->program->job);
  run->text = &b;
  ErrCode code = run_text(run, n, err);
  if (code == OK) code = textb_take(&b, out, err);
  textb_fini(&b);
  return code;
}

ErrCode expr_run(Program *p, Op *op, int64_t n, const Column *from, const Column *to, Column **out, Err *err) {
  Run run = {.program = p, .root = op, .from = from, .to = to};
  TRY(op->type == COL_TEXT ? text_column(&run, n, out, err) : fixed_column(&run, n, out, err));
  note_overflow(p, op);
  return OK;
}

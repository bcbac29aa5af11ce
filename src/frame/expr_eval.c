// One block of an expression. Rows are taken in blocks of EXPR_BLOCK that stay in the cache; an op computes one block
// of its result from one block of each argument, so nothing of the length of the frame is made but the result. Each
// worker has a stack of block buffers: arguments are computed onto it, the result takes their place. The right side of
// `and` and `or` is not computed for a block that the left side decides.
#include "frame/expr_int.h"

#include "base/simd.h"

#include <assert.h>
#include <stdlib.h>

typedef struct Slot {
  void *data; // EXPR_BLOCK of the widest values
  uint8_t *ok;
} Slot;

// ---- buffers --------------------------------------------------------------------------------------------------------
void worker_init(Worker *w, const Op *root, const Column *from, const Column *to) {
  size_t n = (size_t)root->slots;
  *w = (Worker){.root = root, .from = from, .to = to, .slot = calloc(n, sizeof(Slot)), .vec = calloc(n, sizeof(Vec))};
  if (!w->slot || !w->vec) abort();
}

void worker_fini(Worker *w) {
  for (int k = 0; k < w->root->slots; k++) mem_free(w->slot[k].data);
  free(w->slot);
  free(w->vec);
  arena_fini(&w->text);
}

bool expr_is_stopped(const Job *job, atomic_bool *stopped) {
  if (!job || !atomic_load_explicit(&job->cancel, memory_order_relaxed)) return false;
  atomic_store_explicit(stopped, true, memory_order_relaxed);
  return true;
}

static Slot *slot_at(Worker *w, int k) {
  assert(k < w->root->slots);
  Slot *s = &w->slot[k];
  if (s->data) return s;
  s->data = mem_new(EXPR_BLOCK * (sizeof(Sv) + 1));
  if (!s->data) abort();
  s->ok = (uint8_t *)s->data + EXPR_BLOCK * sizeof(Sv);
  return s;
}

// ---- bits and bytes -------------------------------------------------------------------------------------------------
// The 8 bits of a byte to 8 bytes of 0 or 1, the lowest first, and back.
static inline uint64_t bits_to_bytes(uint64_t byte) {
  uint64_t each = (byte * 0x0101010101010101u) & 0x8040201008040201u;
  return ((each + 0x7F7F7F7F7F7F7F7Fu) >> 7) & 0x0101010101010101u;
}
static inline uint64_t bytes_to_bits(uint64_t bytes) { return (bytes * 0x0102040810204080u) >> 56; }

// The byte at the lower address is the lower one.
static inline uint64_t low_first(uint64_t v) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  v = __builtin_bswap64(v);
#endif
  return v;
}

// `ok` has room for whole bytes of bits.
static void unpack_bits(const uint64_t *word, int m, uint8_t *ok) {
  for (int k = 0; k < m; k += 64) {
    uint64_t w = word[k / 64];
    for (int j = 0; j < 64 && k + j < m; j += 8) {
      uint64_t bytes = low_first(bits_to_bytes(w >> j & 0xFF));
      memcpy(ok + k + j, &bytes, sizeof bytes);
    }
  }
}

static uint64_t pack_word(const uint8_t *b) {
  uint64_t w = 0, bytes;
  for (int j = 0; j < 64; j += 8) {
    memcpy(&bytes, b + j, sizeof bytes);
    w |= bytes_to_bits(low_first(bytes)) << j;
  }
  return w;
}

void vec_bits(const uint8_t *b, int m, uint64_t *bits) {
  int k = 0;
  for (; k + 64 <= m; k += 64) bits[k / 64] = pack_word(b + k);
  if (k == m) return;
  bits[k / 64] = 0;
  for (int j = k; j < m; j++) bits[k / 64] |= (uint64_t)b[j] << (j - k);
}

// ---- leaves ---------------------------------------------------------------------------------------------------------
static uint8_t *unpack_valid(const Column *c, int64_t begin, int m, uint8_t *ok) {
  if (!c->valid) return NULL;
  const uint64_t *word = c->valid + begin / 64; // blocks begin at whole words
  uint64_t all = UINT64_MAX;
  for (int k = 0; k < m / 64; k++) all &= word[k];
  if (all == UINT64_MAX && m % 64 == 0) return NULL;
  unpack_bits(word, m, ok);
  return ok;
}

static void take_texts(const Column *c, int64_t begin, int m, bool all, Sv *out) {
  if (c->dict || !all) {
    for (int i = 0; i < m; i++) out[i] = col_text(c, begin + i);
    return;
  }
  const int64_t *off = c->off + begin;
  for (int i = 0; i < m; i++) out[i] = (Sv){c->bytes + off[i], (size_t)(off[i + 1] - off[i])};
}

static Vec eval_column(Worker *w, const Op *op, int64_t begin, int m) {
  const Column *c = op->col == w->from ? w->to : op->col;
  Slot *s = slot_at(w, w->top);
  Vec v = {.ok = unpack_valid(c, begin, m, s->ok)};
  Store store = EXPR_STORE[op->type];
  if (store != STORE_T) {
    v.p = (char *)c->i + (size_t)begin * EXPR_WIDTH[store];
    return v;
  }
  v.p = s->data;
  take_texts(c, begin, m, !v.ok, v.t);
  return v;
}

// Places in a table of values: the code of each row, `last` where it is missing. `ok` is scratch.
CLONES static void places_of(const Column *c, int64_t begin, int m, int64_t last, uint8_t *ok, uint32_t *restrict out) {
  if (c->width == 1)
    for (int i = 0; i < m; i++) out[i] = c->code1[begin + i];
  else if (c->width == 2)
    for (int i = 0; i < m; i++) out[i] = c->code2[begin + i];
  else
    for (int i = 0; i < m; i++) out[i] = c->code4[begin + i];
  if (!unpack_valid(c, begin, m, ok)) return;
  for (int i = 0; i < m; i++) out[i] = ok[i] ? out[i] : (uint32_t)last;
}

#define LOOK_UP(field)                                                                                                 \
  for (int i = 0; i < m; i++) v.field[i] = t->field[place[i]]

static Vec eval_lookup(Worker *w, const Op *op, int64_t begin, int m) {
  const Column *codes = op->col, *t = op->table;
  Slot *s = slot_at(w, w->top);
  Vec v = {.p = s->data};
  uint32_t place[EXPR_BLOCK];
  places_of(codes, begin, m, t->n - 1, s->ok, place);
  Store store = EXPR_STORE[op->type];
  if (store == STORE_B) LOOK_UP(b);
  else if (store == STORE_I) LOOK_UP(i);
  else if (store == STORE_F) LOOK_UP(f);
  else
    for (int i = 0; i < m; i++) v.t[i] = col_text(t, place[i]);
  if (!t->valid || (t->missing == 1 && !col_valid(t, t->n - 1) && !codes->valid)) return v;
  v.ok = s->ok;
  for (int i = 0; i < m; i++) v.ok[i] = (t->valid[place[i] >> 6] >> (place[i] & 63)) & 1;
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

CLONES static void both_ok(uint8_t *restrict ok, const uint8_t *restrict other, int m) {
  for (int i = 0; i < m; i++) ok[i] &= other[i];
}

static void meet_ok(Call *c, const Vec *arg) {
  if (!arg->ok) return;
  if (c->out.ok) both_ok(c->out.ok, arg->ok, c->m);
  else c->out.ok = memcpy(c->spare, arg->ok, (size_t)c->m);
}

static bool all_are(const uint8_t *b, uint8_t value, int m) {
  uint8_t differ = 0;
  for (int i = 0; i < m; i++) differ |= b[i] ^ value;
  return !differ;
}

// The left side alone makes `and` false, or `or` true, in every row.
static bool is_decided(const Op *op, const Vec *left, int m) {
  if (op->kernel != expr_and && op->kernel != expr_or) return false;
  return all_are(left->b, op->kernel == expr_or, m) && (!left->ok || all_are(left->ok, 1, m));
}

Vec worker_eval(Worker *w, Op *op, int64_t begin, int m, void *dest) {
  if (op->kind == OP_LITERAL) return op->full;
  if (op->kind == OP_COLUMN) return eval_column(w, op, begin, m);
  if (op->kind == OP_LOOKUP) return eval_lookup(w, op, begin, m);
  int base = w->top;
  for (int k = 0; k < op->narg; k++, w->top++) {
    w->vec[base + k] = worker_eval(w, op->arg[k], begin, m, NULL);
    if (k > 0 || !is_decided(op, &w->vec[base], m)) continue;
    w->top = base;
    return w->vec[base];
  }
  Slot *s = slot_at(w, w->top), result = *s;
  Call c = {.op = op, .arg = &w->vec[base], .begin = begin, .m = m, .out = {.p = dest ? dest : s->data},
            .spare = s->ok, .text = &w->text};
  for (int k = 0; k < op->narg && !op->lax; k++) meet_ok(&c, &c.arg[k]);
  op->kernel(&c);
  *s = w->slot[base], w->slot[base] = result; // the result takes the place of the first argument
  w->top = base;
  return c.out;
}

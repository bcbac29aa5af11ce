// Nodes as a program for a machine that follows all its threads at once (Thompson, "Regular expression search
// algorithm", 1968; Pike's version with groups). Characters fall into classes that no set of the program tells apart,
// so that a set is a bit for each class and a character is looked up once for all threads.
#include "base/regex_int.h"

#include <stdlib.h>

enum { LONGEST = 10000, MOST_STEPS = 100000 };

typedef struct Compiler {
  Arena *arena;
  Inst *inst;
  int n, cap, steps;
  int large_at; // byte of the pattern where the program became too large, or -1
} Compiler;

static int emit(Compiler *c, InstKind kind) {
  if (c->n == c->cap) {
    Inst *more = arena_array(c->arena, Inst, c->cap ? c->cap * 2 : 32);
    if (c->n) memcpy(more, c->inst, (size_t)c->n * sizeof *more);
    c->inst = more, c->cap = c->cap ? c->cap * 2 : 32;
  }
  c->inst[c->n] = (Inst){.kind = kind, .x = c->n + 1};
  return c->n++;
}

static Inst *emit_inst(Compiler *c, InstKind kind) { // valid until the next one
  int at = emit(c, kind);
  return &c->inst[at];
}

static void compile(Compiler *c, const ReNode *n);

static void compile_choice(Compiler *c, const ReNode *n) {
  int jumps = -1; // to the end, each with the one before it in x
  for (const ReNode *k = n->child; k; k = k->next) {
    int split = k->next ? emit(c, INST_SPLIT) : -1;
    compile(c, k);
    if (!k->next) break;
    int jump = emit(c, INST_JUMP);
    c->inst[jump].x = jumps;
    jumps = jump;
    c->inst[split].y = c->n;
  }
  while (jumps >= 0) {
    int before = c->inst[jumps].x;
    c->inst[jumps].x = c->n;
    jumps = before;
  }
}

// A split that goes on behind itself or to `other`, which a lazy repeat tries the other way round.
static void aim(Compiler *c, int split, int other, bool other_first) {
  c->inst[split].x = other_first ? other : split + 1;
  c->inst[split].y = other_first ? split + 1 : other;
}

static void compile_repeat(Compiler *c, const ReNode *n) {
  int last = c->n;
  for (int k = 0; k < n->min && c->large_at < 0; k++) last = c->n, compile(c, n->child);
  if (n->max < 0 && n->min > 0) {
    aim(c, emit(c, INST_SPLIT), last, !n->lazy);
  } else if (n->max < 0) {
    int split = emit(c, INST_SPLIT);
    compile(c, n->child);
    emit_inst(c, INST_JUMP)->x = split;
    aim(c, split, c->n, n->lazy);
  } else {
    int splits = -1;
    for (int k = n->min; k < n->max && c->large_at < 0; k++) {
      int split = emit(c, INST_SPLIT);
      c->inst[split].y = splits;
      splits = split;
      compile(c, n->child);
    }
    while (splits >= 0) {
      int before = c->inst[splits].y;
      aim(c, splits, c->n, n->lazy);
      splits = before;
    }
  }
}

static void compile(Compiler *c, const ReNode *n) {
  if (c->large_at >= 0) return;
  if (c->n > REGEX_PROGRAM || ++c->steps > MOST_STEPS) {
    c->large_at = n->at;
    return;
  }
  switch (n->kind) {
  case RE_SET: emit_inst(c, INST_SET)->set = n->set; break;
  case RE_ASSERT: emit_inst(c, INST_ASSERT)->what = n->what; break;
  case RE_ALT: compile_choice(c, n); break;
  case RE_REPEAT:
    compile_repeat(c, n);
    if (c->large_at >= 0) c->large_at = n->at;
    break;
  case RE_CAT:
    for (const ReNode *k = n->child; k; k = k->next) compile(c, k);
    break;
  case RE_GROUP:
    if (n->group) emit_inst(c, INST_SAVE)->slot = 2 * n->group;
    compile(c, n->child);
    if (n->group) emit_inst(c, INST_SAVE)->slot = 2 * n->group + 1;
    break;
  }
}

// ---- classes of characters ------------------------------------------------------------------------------------------
static int by_value(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static void find_bounds(Regex *r, Arena *a) {
  int64_t most = 1;
  for (int i = 0; i < r->n; i++) most += r->inst[i].set ? 2 * r->inst[i].set->n : 0;
  r->bound = arena_array(a, uint32_t, most);
  int n = 1;
  for (int i = 0; i < r->n; i++)
    for (int k = 0; r->inst[i].set && k < r->inst[i].set->n; k++) {
      r->bound[n++] = r->inst[i].set->range[k].lo;
      r->bound[n++] = r->inst[i].set->range[k].hi + 1;
    }
  qsort(r->bound, (size_t)n, sizeof *r->bound, by_value);
  r->nclass = 1;
  for (int k = 1; k < n; k++)
    if (r->bound[k] != r->bound[r->nclass - 1] && r->bound[k] <= REGEX_LAST) r->bound[r->nclass++] = r->bound[k];
  for (uint32_t cp = 0, k = 0; cp < 128; cp++) {
    while ((int)k + 1 < r->nclass && r->bound[k + 1] <= cp) k++;
    r->ascii[cp] = (uint16_t)k;
  }
  r->nword = (r->nclass + 63) / 64;
}

static const uint64_t *set_bits(const Regex *r, const CharSet *s, Arena *a) {
  uint64_t *bits = arena_array(a, uint64_t, r->nword);
  for (int k = 0, at = 0; k < r->nclass; k++) {
    while (at < s->n && s->range[at].hi < r->bound[k]) at++;
    if (at < s->n && s->range[at].lo <= r->bound[k]) set_bit(bits, k);
  }
  return bits;
}

// Copies of a repeated set share its bits.
static void find_bits(Regex *r, Arena *a) {
  for (int i = 0; i < r->n; i++) {
    if (!r->inst[i].set) continue;
    for (int j = i - 1; j >= 0 && !r->inst[i].bits; j--)
      if (r->inst[j].set == r->inst[i].set) r->inst[i].bits = r->inst[j].bits;
    if (!r->inst[i].bits) r->inst[i].bits = set_bits(r, r->inst[i].set, a);
  }
}

// Which classes a match can begin with, as if every assertion held.
static void find_first(Regex *r, Arena *a) {
  uint64_t *first = arena_array(a, uint64_t, r->nword);
  bool *seen = arena_array(a, bool, r->n);
  int *stack = arena_array(a, int, r->n + 1), top = 0;
  stack[top++] = 0, seen[0] = true;
  while (top) {
    const Inst *at = &r->inst[stack[--top]];
    if (at->kind == INST_MATCH) return;
    if (at->kind == INST_SET) {
      for (int k = 0; k < r->nword; k++) first[k] |= at->bits[k];
      continue;
    }
    if (!seen[at->x]) seen[at->x] = true, stack[top++] = at->x;
    if (at->kind == INST_SPLIT && !seen[at->y]) seen[at->y] = true, stack[top++] = at->y;
  }
  r->first = first;
}

ErrCode regex_parse(Sv pattern, Arena *a, Regex **out, int *at, Err *err) {
  *at = 0;
  if (pattern.n > LONGEST) return err_set(err, ERR_PARSE, "the pattern is longer than %d bytes", LONGEST);
  ReNode *root;
  Regex *r = arena_new(a, Regex);
  TRY(regex_nodes(pattern, a, &root, &r->ngroup, at, err));
  Compiler c = {.arena = a, .large_at = -1};
  compile(&c, root);
  if (c.large_at >= 0) {
    *at = c.large_at;
    return err_set(err, ERR_PARSE, "the pattern is too large when its counts are written out");
  }
  emit(&c, INST_MATCH);
  r->inst = c.inst, r->n = c.n;
  for (int i = 0; i < r->n; i++)
    r->words = r->words || (r->inst[i].kind == INST_ASSERT && r->inst[i].what >= ASSERT_WORD);
  find_bounds(r, a);
  find_bits(r, a);
  find_first(r, a);
  regex_make_dfa(r, a);
  *out = r;
  return OK;
}

int regex_ngroup(const Regex *r) { return r->ngroup; }

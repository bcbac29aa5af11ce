// The automaton that answers whether there is a match: its states are the sets of instructions that the machine can be
// at (Rabin and Scott 1959), all made when the pattern is compiled, so that threads share it. Some patterns need very
// many states; those, and words' borders, are left to the machine itself.
#include "base/regex_int.h"

#include "base/map.h"
#include "base/utf8.h"

enum { MOST_CELLS = 200000, MOST_WORK = 4000000 };

typedef struct Maker {
  Regex *r;
  Arena *arena;
  int nword; // of a set of instructions
  Map sets;  // key k is the set of state k + 1
  int *stack;
  int64_t work;
} Maker;

static Sv set_of(const Maker *m, const uint64_t *bits) {
  return (Sv){(const char *)bits, (size_t)m->nword * sizeof *bits};
}

// Adds what can be reached from `pc` without a character; an assertion outside `pass` is kept as it is.
static void add_reachable(Maker *m, int pc, unsigned pass, uint64_t *bits) {
  int top = 0;
  if (has_bit(bits, pc)) return;
  set_bit(bits, pc);
  m->stack[top++] = pc;
  while (top) {
    const Inst *at = &m->r->inst[m->stack[--top]];
    bool stays = at->kind == INST_SET || at->kind == INST_MATCH ||
                 (at->kind == INST_ASSERT && !(pass >> at->what & 1));
    m->work++;
    if (stays) continue;
    for (int k = 0; k < 1 + (at->kind == INST_SPLIT); k++) {
      int to = k ? at->y : at->x;
      if (has_bit(bits, to)) continue;
      set_bit(bits, to);
      m->stack[top++] = to;
    }
  }
}

static bool has_match(const Maker *m, const uint64_t *bits) { return has_bit(bits, m->r->n - 1); }

static bool matches_at_end(Maker *m, const uint64_t *bits, unsigned pass) {
  uint64_t *more = arena_array(m->arena, uint64_t, m->nword);
  for (int pc = 0; pc < m->r->n; pc++) {
    const Inst *at = &m->r->inst[pc];
    if (has_bit(bits, pc) && at->kind == INST_ASSERT && (pass >> at->what & 1))
      add_reachable(m, at->x, pass, more);
  }
  return has_match(m, bits) || has_match(m, more);
}

static void step(Maker *m, const uint64_t *from, const uint64_t *start, int cls, uint64_t *to) {
  memcpy(to, start, (size_t)m->nword * sizeof *to);
  for (int w = 0; w < m->nword; w++)
    for (uint64_t left = from[w]; left; left &= left - 1) {
      const Inst *at = &m->r->inst[w * 64 + __builtin_ctzll(left)];
      m->work++;
      if (at->kind == INST_SET && has_bit(at->bits, cls)) add_reachable(m, at->x, 0, to);
    }
}

// States 1 .. from the sets, which grow on the way; state 0 is the beginning of the text.
static bool fill(Maker *m, const uint64_t *begin, int32_t *next, uint8_t *accept, uint8_t *ends) {
  const uint64_t *start = (const uint64_t *)(const void *)m->sets.key[0].s;
  uint64_t *to = arena_array(m->arena, uint64_t, m->nword);
  int nclass = m->r->nclass;
  for (int s = 0; s <= m->sets.n; s++) {
    uint64_t *from = arena_array(m->arena, uint64_t, m->nword);
    memcpy(from, s ? m->sets.key[s - 1].s : (const char *)begin, (size_t)m->nword * sizeof *from);
    accept[s] = has_match(m, from);
    ends[s] = matches_at_end(m, from, s ? 1u << ASSERT_END : 1u << ASSERT_END | 1u << ASSERT_BEGIN);
    for (int k = 0; k < nclass && !accept[s]; k++) {
      step(m, from, start, k, to);
      int32_t state = (int32_t)map_put(&m->sets, set_of(m, to), NULL) + 1;
      if (m->sets.n >= REGEX_STATES || (m->sets.n + 1) * nclass > MOST_CELLS || m->work > MOST_WORK) return false;
      next[s * nclass + k] = has_match(m, to) ? -1 : state;
    }
  }
  return true;
}

void regex_make_dfa(Regex *r, Arena *a) {
  if (r->words || r->nclass * 4 > MOST_CELLS) return;
  Arena scratch;
  arena_init(&scratch);
  Maker m = {.r = r, .arena = &scratch, .nword = (r->n + 63) / 64};
  m.stack = arena_array(&scratch, int, r->n + 1);
  map_init(&m.sets);
  uint64_t *begin = arena_array(&scratch, uint64_t, m.nword), *inside = arena_array(&scratch, uint64_t, m.nword);
  add_reachable(&m, 0, 1u << ASSERT_BEGIN, begin);
  add_reachable(&m, 0, 0, inside);
  map_put(&m.sets, set_of(&m, inside), NULL);
  int most = MOST_CELLS / r->nclass + 2 < REGEX_STATES + 2 ? MOST_CELLS / r->nclass + 2 : REGEX_STATES + 2;
  int32_t *next = arena_array(&scratch, int32_t, (int64_t)most * r->nclass);
  uint8_t *accept = arena_array(&scratch, uint8_t, most), *ends = arena_array(&scratch, uint8_t, most);
  if (fill(&m, begin, next, accept, ends)) {
    int64_t n = m.sets.n + 1;
    r->next = memcpy(arena_array(a, int32_t, n * r->nclass), next, (size_t)(n * r->nclass) * sizeof *next);
    r->accept = memcpy(arena_array(a, uint8_t, n), accept, (size_t)n);
    r->ends = memcpy(arena_array(a, uint8_t, n), ends, (size_t)n);
  }
  map_fini(&m.sets);
  arena_fini(&scratch);
}

bool regex_dfa_find(const Regex *r, Sv text, size_t from) {
  int32_t state = from ? DFA_INSIDE : DFA_BEGIN;
  if (r->accept[state]) return true;
  for (size_t at = from; at < text.n;) {
    unsigned char c = (unsigned char)text.s[at];
    int len = 1, cls = c < 128 ? r->ascii[c] : class_of(r, utf8_decode(text.s + at, text.n - at, &len));
    state = r->next[state * r->nclass + cls];
    if (state < 0) return true;
    at += (size_t)len;
  }
  return r->ends[state];
}

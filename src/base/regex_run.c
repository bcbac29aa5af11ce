// Searching: all threads of the program go through the text together, a character at a time, in the order in which
// Perl would try them; at most one thread stands at each instruction. When a thread matches, those behind it are given
// up and none begins later, so what remains at the end is the match that Perl would find, in time |text| * |program|.
#include "base/regex_int.h"

#include "base/utf8.h"

typedef struct Pending { // an instruction to follow, or with pc < 0 a slot to set back
  int pc, slot;
  int64_t old;
} Pending;

typedef struct List { // threads in their order; instruction pc is in it when place[pc] < n and pc[place[pc]] == pc
  int *pc, *place, n;
  int64_t *slot; // `nslot` of each
} List;

struct RegexRun {
  int groups, nslot;
  List now, next;
  Pending *pending;
  int64_t *slot; // of the thread being added
};

static List list_new(const Regex *r, int nslot, Arena *a) {
  return (List){.pc = arena_array(a, int, r->n), .place = arena_array(a, int, r->n),
                .slot = arena_array(a, int64_t, (int64_t)r->n * nslot)};
}

RegexRun *regex_run_new(const Regex *r, int groups, Arena *a) {
  RegexRun *run = arena_new(a, RegexRun);
  run->groups = groups, run->nslot = 2 * (groups + 1);
  if (groups < 0 && r->next) return run;
  run->now = list_new(r, run->nslot, a);
  run->next = list_new(r, run->nslot, a);
  run->pending = arena_array(a, Pending, 2 * r->n + 2);
  run->slot = arena_array(a, int64_t, run->nslot);
  return run;
}

static bool is_word(Sv text, size_t at) {
  if (at >= text.n) return false;
  char c = text.s[at];
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool holds(Assert what, Sv text, size_t at) {
  if (what == ASSERT_BEGIN) return at == 0;
  if (what == ASSERT_END) return at == text.n;
  bool border = (at > 0 && is_word(text, at - 1)) != is_word(text, at);
  return border == (what == ASSERT_WORD);
}

// Puts a new thread into the list; false when one is there already.
static bool list_add(List *l, int pc) {
  if (l->place[pc] < l->n && l->pc[l->place[pc]] == pc) return false;
  l->place[pc] = l->n;
  l->pc[l->n++] = pc;
  return true;
}

// Follows `pc` without a character, in order; run->slot is as before at the end.
static void follow(const Regex *r, RegexRun *run, List *l, int first, Sv text, size_t at) {
  int top = 0;
  run->pending[top++] = (Pending){.pc = first};
  while (top) {
    Pending t = run->pending[--top];
    if (t.pc < 0) {
      run->slot[t.slot] = t.old;
      continue;
    }
    for (int pc = t.pc; pc >= 0 && list_add(l, pc);) {
      const Inst *i = &r->inst[pc];
      pc = i->x;
      if (i->kind == INST_SPLIT) run->pending[top++] = (Pending){.pc = i->y};
      else if (i->kind == INST_SAVE && i->slot < run->nslot) {
        run->pending[top++] = (Pending){-1, i->slot, run->slot[i->slot]};
        run->slot[i->slot] = (int64_t)at;
      } else if (i->kind == INST_SET || i->kind == INST_MATCH) {
        size_t bytes = (size_t)run->nslot * sizeof *run->slot;
        if (bytes) memcpy(l->slot + (int64_t)(l->n - 1) * run->nslot, run->slot, bytes);
        pc = -1;
      } else if (i->kind == INST_ASSERT && !holds(i->what, text, at)) pc = -1;
    }
  }
}

static void begin_thread(const Regex *r, RegexRun *run, Sv text, size_t at) {
  for (int k = 0; k < run->nslot; k++) run->slot[k] = -1;
  if (run->nslot) run->slot[0] = (int64_t)at;
  follow(r, run, &run->now, 0, text, at);
}

// All threads over the character of class `cls` (-1: the end) that stands before byte `after`. True when one matched.
static bool step(const Regex *r, RegexRun *run, Sv text, size_t at, size_t after, int cls, int64_t *span) {
  for (int k = 0; k < run->now.n; k++) {
    const Inst *i = &r->inst[run->now.pc[k]];
    const int64_t *slot = run->now.slot + (int64_t)k * run->nslot;
    size_t bytes = (size_t)run->nslot * sizeof *slot;
    if (i->kind == INST_MATCH) {
      if (bytes) memcpy(span, slot, bytes), span[1] = (int64_t)at;
      return true;
    }
    if (i->kind != INST_SET || cls < 0 || !has_bit(i->bits, cls)) continue;
    if (bytes) memcpy(run->slot, slot, bytes);
    follow(r, run, &run->next, i->x, text, after);
  }
  return false;
}

static int class_at(const Regex *r, Sv text, size_t at, size_t *after) {
  int len;
  if (at >= text.n) return *after = at, -1;
  uint32_t cp = utf8_decode(text.s + at, text.n - at, &len);
  *after = at + (size_t)len;
  return class_of(r, cp);
}

// The next place where a match can begin.
static size_t skip(const Regex *r, Sv text, size_t at) {
  for (size_t after; at < text.n; at = after)
    if (has_bit(r->first, class_at(r, text, at, &after))) return at;
  return at;
}

bool regex_find(const Regex *r, RegexRun *run, Sv text, size_t from, int64_t *span) {
  if (r->next && !regex_dfa_find(r, text, from)) return false;
  if (r->next && run->groups < 0) return true;
  bool matched = false;
  run->now.n = run->next.n = 0;
  for (size_t at = from, after; at <= text.n; at = after) {
    if (run->now.n == 0 && matched) break;
    if (run->now.n == 0 && r->first) at = skip(r, text, at);
    if (!matched) begin_thread(r, run, text, at);
    int cls = class_at(r, text, at, &after);
    matched = step(r, run, text, at, after, cls, span) || matched;
    if (matched && run->groups < 0) return true;
    List done = run->now;
    run->now = run->next, run->next = done;
    run->next.n = 0;
    if (cls < 0) break;
  }
  return matched;
}

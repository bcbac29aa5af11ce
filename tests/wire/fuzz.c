// Forged messages: valid ones of every kind with bits flipped, pieces of others spliced in, lengths edited, ends cut.
// The iterations and the seed are fixed, so a failure comes back. Reading never crashes, leaks or reads past the end
// (the bytes stand in a block of exactly their size, for the address sanitizer), and whatever it takes is written as
// bytes that read back as themselves. Those bytes are the forged ones: a message has one form only. Two exceptions: a
// plot, which has several forms of its own, and a HELLO of another version, which is read in part.
#include "check.h"

#include "unit/wire/random.h"

#include <stdlib.h>

enum { EACH = 8, CORPUS = EACH * (MSG_COUNT - 1), ROUNDS = 200000, MOST_EDITS = 4 };

typedef struct Corpus {
  Str bytes[CORPUS];
} Corpus;

static void corpus_make(Corpus *c) {
  Dice d = dice(5, "corpus");
  for (int i = 0; i < CORPUS; i++) {
    Msg m;
    any_msg(&d, (MsgKind)(1 + i / EACH), &m);
    c->bytes[i] = (Str){0};
    assert_int_equal(msg_write(&m, &c->bytes[i], NULL), OK);
    msg_fini(&m);
  }
}

static void corpus_fini(Corpus *c) {
  for (int i = 0; i < CORPUS; i++) str_fini(&c->bytes[i]);
}

static void put_u32(char *p, uint64_t v) {
  for (int i = 0; i < 4; i++) p[i] = (char)(v >> 8 * i & 0xFF);
}

static void flip_bits(Str *s, Dice *d) {
  for (int64_t k = 1 + below(d, 4); k > 0; k--) s->s[below(d, (int64_t)s->n)] ^= (char)(1 << below(d, 8));
}

static void set_byte(Str *s, Dice *d) { s->s[below(d, (int64_t)s->n)] = (char)roll(d); }

static void edit_length(Str *s, Dice *d) {
  static const uint64_t telling[] = {0,     1,         2,          3,          7,          255,
                                     65536, WIRE_MOST, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF};
  uint64_t v = coin(d) ? telling[below(d, 12)] : (uint64_t)below(d, (int64_t)s->n + 2);
  put_u32(s->s + below(d, (int64_t)s->n - 3), v);
}

// Cuts [at, at + gone) out of `s` and puts `piece` there.
static void replace(Str *s, size_t at, size_t gone, Sv piece) {
  Str made = {0};
  str_addn(&made, s->s, at);
  str_addn(&made, piece.s, piece.n);
  str_addn(&made, s->s + at + gone, s->n - at - gone);
  str_fini(s);
  *s = made;
}

static void splice(Str *s, Dice *d, const Corpus *c) {
  const Str *other = &c->bytes[below(d, CORPUS)];
  size_t from = (size_t)below(d, (int64_t)other->n), n = (size_t)below(d, (int64_t)(other->n - from) + 1);
  size_t at = (size_t)below(d, (int64_t)s->n), gone = coin(d) ? 0 : (size_t)below(d, (int64_t)(s->n - at) + 1);
  if (n < 100) replace(s, at, gone, (Sv){other->s + from, n});
}

static void cut(Str *s, Dice *d) {
  size_t at = (size_t)below(d, (int64_t)s->n), gone = (size_t)below(d, (int64_t)(s->n - at) + 1);
  replace(s, at, coin(d) ? gone : s->n - at, (Sv){"", 0});
}

static void forge(Str *s, Dice *d, const Corpus *c) {
  for (int64_t k = 1 + below(d, MOST_EDITS); k > 0 && s->n >= WIRE_HEADER; k--) {
    switch (below(d, 5)) {
    case 0: flip_bits(s, d); break;
    case 1: set_byte(s, d); break;
    case 2: edit_length(s, d); break;
    case 3: splice(s, d, c); break;
    default: cut(s, d); break;
    }
  }
  if (s->n < WIRE_HEADER || below(d, 8) == 0) return;
  put_u32(s->s, s->n - 4); // most get a header that fits, so that their fields are looked at
  if (coin(d)) s->s[5] = s->s[6] = s->s[7] = 0;
}

static bool read_exact(const Str *s, Msg *m) {
  char *block = malloc(s->n ? s->n : 1);
  assert_non_null(block);
  if (s->n) memcpy(block, s->s, s->n);
  Err err = {0};
  ErrCode code = msg_read((Sv){block, s->n}, m, &err);
  free(block);
  assert_true(code == OK || (code == ERR_PARSE && err.msg[0]));
  return code == OK;
}

static bool has_one_form(const Msg *m) {
  bool plot = (m->kind == MSG_OUT && m->Out.has_plot) || (m->kind == MSG_COLUMN && m->Column.has_plot) ||
              m->kind == MSG_EVALUATION;
  return !plot && !(m->kind == MSG_HELLO && m->Hello.version != WIRE_VERSION);
}

static void assert_equal(const Str *a, const Str *b) {
  assert_int_equal(a->n, b->n);
  assert_memory_equal(a->s, b->s, a->n);
}

static void check_taken(const Msg *m, const Str *forged) {
  Str once = {0}, twice = {0};
  Msg back;
  assert_int_equal(msg_write(m, &once, NULL), OK);
  if (has_one_form(m)) assert_equal(&once, forged);
  assert_true(read_exact(&once, &back));
  assert_int_equal(msg_write(&back, &twice, NULL), OK);
  assert_equal(&once, &twice);
  msg_fini(&back);
  str_fini(&once), str_fini(&twice);
}

TEST(forged_messages_are_refused_or_mean_one_thing) {
  Corpus corpus;
  corpus_make(&corpus);
  Dice d = dice(6, "forge");
  int64_t taken[MSG_COUNT] = {0}, refused = 0;
  for (int t = 0; t < ROUNDS; t++) {
    const Str *from = &corpus.bytes[below(&d, CORPUS)];
    Str s = {0};
    Msg m;
    str_addn(&s, from->s, from->n);
    forge(&s, &d, &corpus);
    if (read_exact(&s, &m)) check_taken(&m, &s), taken[m.kind]++;
    else refused++;
    msg_fini(&m);
    str_fini(&s);
  }
  for (int kind = 1; kind < MSG_COUNT; kind++) assert_true(taken[kind] > ROUNDS / 10000);
  assert_true(refused > ROUNDS / 4);
  corpus_fini(&corpus);
}

TEST(noise_is_refused) {
  Dice d = dice(7, "noise");
  for (int t = 0; t < ROUNDS / 10; t++) {
    Str s = {0};
    Msg m;
    for (int64_t n = below(&d, 100); n > 0; n--) str_addc(&s, (char)roll(&d));
    if (s.n >= WIRE_HEADER) put_u32(s.s, s.n - 4);
    if (read_exact(&s, &m)) check_taken(&m, &s);
    msg_fini(&m);
    str_fini(&s);
  }
}

RUN(CASE(forged_messages_are_refused_or_mean_one_thing), CASE(noise_is_refused))

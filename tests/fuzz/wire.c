// Forged messages: valid ones of every kind with bytes changed, pieces of others spliced in, lengths edited, ends cut.
// Whatever is taken is written as bytes that read back as themselves. Those bytes are the forged ones: a message has
// one form only. Two exceptions: a plot, which has several forms of its own, and a HELLO of another version, which is
// read in part.
#include "fuzz/fuzz.h"

#include "unit/wire/random.h"

enum { EACH = 8 };

static int64_t taken[MSG_COUNT], refused;

static void make(void) {
  Dice d = dice(5, "corpus");
  for (int i = 0; i < EACH * (MSG_COUNT - 1); i++) {
    Msg m;
    Str bytes = {0};
    any_msg(&d, (MsgKind)(1 + i / EACH), &m);
    assert_int_equal(msg_write(&m, &bytes, NULL), OK);
    fuzz_add((Sv){bytes.s, bytes.n});
    str_fini(&bytes);
    msg_fini(&m);
  }
}

static void put_u32(char *p, uint64_t v) {
  for (int i = 0; i < 4; i++) p[i] = (char)(v >> 8 * i & 0xFF);
}

static void edit_length(Str *s, Dice *d) {
  static const uint64_t telling[] = {0,     1,         2,          3,          7,          255,
                                     65536, WIRE_MOST, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF};
  uint64_t v = coin(d) ? telling[below(d, 12)] : (uint64_t)below(d, (int64_t)s->n + 2);
  put_u32(s->s + below(d, (int64_t)s->n - 3), v);
}

// Most get a header that fits, so that their fields are looked at.
static void mend(Str *s, Dice *d) {
  if (s->n < WIRE_HEADER) return;
  if (below(d, 4) == 0) edit_length(s, d);
  if (below(d, 8) == 0) return;
  put_u32(s->s, s->n - 4);
  if (coin(d)) s->s[5] = s->s[6] = s->s[7] = 0;
}

static bool has_one_form(const Msg *m) {
  bool plot = (m->kind == MSG_OUT && m->Out.has_plot) || (m->kind == MSG_COLUMN && m->Column.has_plot) ||
              m->kind == MSG_EVALUATION || m->kind == MSG_PLOT;
  return !plot && !(m->kind == MSG_HELLO && m->Hello.version != WIRE_VERSION);
}

static void assert_same(Sv a, Sv b) {
  assert_int_equal(a.n, b.n);
  assert_memory_equal(a.s, b.s, a.n);
}

static void check(Sv bytes, Dice *d) {
  (void)d;
  Msg m, back;
  Str once = {0}, twice = {0};
  Err err = {0};
  if (msg_read(bytes, &m, &err) != OK) {
    assert_true(err.code == ERR_PARSE && err.msg[0]);
    refused++;
    return;
  }
  taken[m.kind]++;
  assert_int_equal(msg_write(&m, &once, NULL), OK);
  if (has_one_form(&m)) assert_same((Sv){once.s, once.n}, bytes);
  assert_int_equal(msg_read((Sv){once.s, once.n}, &back, NULL), OK);
  assert_int_equal(msg_write(&back, &twice, NULL), OK);
  assert_same((Sv){once.s, once.n}, (Sv){twice.s, twice.n});
  msg_fini(&m), msg_fini(&back);
  str_fini(&once), str_fini(&twice);
}

TEST(forged_messages_are_refused_or_mean_one_thing) {
  enum { ROUNDS = 60000 };
  fuzz_run(&(Fuzz){.door = "wire", .check = check, .rounds = ROUNDS, .make = make, .mend = mend});
  if (getenv("TYCHO_FUZZ_SEED")) return;
  for (int kind = 1; kind < MSG_COUNT; kind++) // all of them got through
    if (!taken[kind]) fail_msg("no message of kind %d was taken", kind);
  assert_true(refused > ROUNDS / 4);
}

RUN(FUZZ_CASE(forged_messages_are_refused_or_mean_one_thing))

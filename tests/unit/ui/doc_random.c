// Random acts on a notebook against a plain list of texts.
#include "doc_help.h"

#include "base/rng.h"

#include <stdlib.h>

enum { PLAIN_CELLS = 24, PLAIN_STATES = 4096, KERNEL_STATES = 20001 };

typedef struct PlainState {
  char *text;
  int64_t id[PLAIN_CELLS], n, kernel;
} PlainState;

// What the notebook should be, kept as plainly as can be: texts in a list, every printed file in another.
typedef struct Plain {
  char *text[PLAIN_CELLS];
  int64_t n;
  PlainState state[PLAIN_STATES]; // oldest first
  int64_t at, nstate, kernel;
  char kept[KERNEL_STATES]; // 1 = in the kernel, 2 = dropped
} Plain;

static void plain_drop(void *ctx, int64_t id) {
  Plain *p = ctx;
  assert_int_equal(p->kept[id], 1);
  p->kept[id] = 2;
  assert_int_not_equal(p->kernel, id);
  for (int64_t k = 0; k < p->nstate; k++) assert_int_not_equal(p->state[k].kernel, id);
}

static void plain_push(Plain *p, const Doc *d) {
  Str text = {0};
  doc_print(d, &text);
  PlainState *s = &p->state[p->at];
  bool same = p->nstate && strcmp(s->text, str_c(&text)) == 0 && s->n == d->n && s->kernel == d->kernel;
  for (int64_t i = 0; same && i < d->n; i++) same = s->id[i] == d->cell[i].id;
  if (same) {
    str_fini(&text);
    return;
  }
  while (p->nstate > p->at + 1) free(p->state[--p->nstate].text);
  s = &p->state[p->at = p->nstate++];
  assert_true(p->nstate < PLAIN_STATES);
  s->text = str_take(&text), s->n = d->n, s->kernel = d->kernel;
  for (int64_t i = 0; i < d->n; i++) s->id[i] = d->cell[i].id;
}

static void plain_put(Plain *p, int64_t i, const char *text) {
  free(p->text[i]);
  p->text[i] = strdup(text);
}

static void plain_insert(Plain *p, int64_t at, const char *text) {
  memmove(p->text + at + 1, p->text + at, (size_t)(p->n++ - at) * sizeof *p->text);
  p->text[at] = strdup(text);
}

static void plain_remove(Plain *p, int64_t i) {
  free(p->text[i]);
  memmove(p->text + i, p->text + i + 1, (size_t)(--p->n - i) * sizeof *p->text);
}

static const char *const LINES[] = {"x = 1", "y = x", "#!z", "  -- note", "d:sort{'a'}", "\xC3\xA9 = [[", "]]", "a\rb"};

static void plain_text(RngKey key, uint64_t row, Str *out) {
  int64_t n = rng_below(key, row, 10, 4);
  for (int64_t k = 0; k < n; k++) {
    if (k) str_addc(out, '\n');
    str_add(out, LINES[rng_below(key, row, (uint64_t)(11 + k), 8)]);
  }
}

static void random_edit(Doc *d, Plain *p, RngKey key, uint64_t row, int64_t i) {
  Str text = {0};
  plain_text(key, row, &text);
  if (doc_kind(d, i) == NOTE_CODE && p->n < 20 && rng_below(key, row, 3, 6) == 0) {
    Str two = {0};
    str_addf(&two, "%s\n-- %%%%\nsecond", str_c(&text));
    assert_int_equal(doc_set_text(d, i, str_c(&two)), 2);
    plain_insert(p, i + 1, "second");
    str_fini(&two);
  } else {
    assert_int_equal(doc_set_text(d, i, str_c(&text)), 1);
  }
  plain_put(p, i, str_c(&text));
  str_fini(&text);
}

static void random_insert(Doc *d, Plain *p, RngKey key, uint64_t row) {
  if (p->n >= 20) return;
  Str text = {0};
  int64_t at = rng_below(key, row, 1, p->n + 1), kind = rng_below(key, row, 2, 3);
  plain_text(key, row, &text);
  doc_insert(d, at, kind == 2 ? NOTE_MARKDOWN : NOTE_CODE, str_c(&text));
  plain_insert(p, at, str_c(&text));
  str_fini(&text);
}

static void random_move(Doc *d, Plain *p, int64_t i, int64_t to) {
  doc_move(d, i, to);
  char *text = strdup(p->text[i]);
  plain_remove(p, i);
  plain_insert(p, to, text);
  free(text);
}

static void random_run(Doc *d, Plain *p, uint64_t row, int64_t i) {
  int64_t id = (int64_t)row + 1;
  doc_begin(d, d->cell[i].id);
  say(d, d->cell[i].id, "value");
  p->kept[id] = 1, p->kernel = id;
  finish(d, d->cell[i].id, row % 2 ? "x" : "y", row % 3 ? "y" : "x", id, row % 7 == 0);
}

static void random_undo(Doc *d, Plain *p, int step) {
  plain_push(p, d);
  int64_t to = p->at + step;
  bool can = to >= 0 && to < p->nstate;
  if (can) p->at = to, p->kernel = p->state[to].kernel;
  assert_int_equal(doc_undo(d, step), can);
  while (p->n) plain_remove(p, 0);
  for (int64_t i = 0; i < d->n; i++) plain_insert(p, i, doc_text(d, i));
  expect_print(d, p->state[p->at].text);
  for (int64_t i = 0; i < d->n; i++) assert_int_equal(d->cell[i].id, p->state[p->at].id[i]);
}

static void check_doc(const Doc *d, const Plain *p) {
  assert_int_equal(d->n, p->n);
  assert_int_equal(d->note.n, d->n);
  assert_int_equal(d->kernel, p->kernel);
  for (int64_t i = 0; i < d->n; i++) {
    expect_text(d, i, p->text[i]);
    assert_true(d->cell[i].id >= 1 && d->cell[i].id <= d->last_id);
    for (int64_t k = 0; k < i; k++) assert_int_not_equal(d->cell[k].id, d->cell[i].id);
  }
}

static void random_act(Doc *d, Plain *p, RngKey key, uint64_t row) {
  int64_t act = rng_below(key, row, 0, 20), i = p->n ? rng_below(key, row, 1, p->n) : 0;
  if (act < 5 || !p->n) random_insert(d, p, key, row);
  else if (act < 9) random_edit(d, p, key, row, i);
  else if (act < 11) doc_remove(d, i), plain_remove(p, i);
  else if (act < 12) random_move(d, p, i, rng_below(key, row, 2, p->n));
  else if (act < 13) doc_set_kind(d, i, rng_below(key, row, 2, 2) ? NOTE_CODE : NOTE_MARKDOWN);
  else if (act < 16 && doc_kind(d, i) == NOTE_CODE) random_run(d, p, row, i);
  else if (act < 18) random_undo(d, p, -1);
  else if (act < 19) random_undo(d, p, 1);
  else d->cell[i].folded = !d->cell[i].folded;
  if (rng_below(key, row, 4, 3)) {
    plain_push(p, d);
    doc_commit(d, "act", plain_drop, p);
  }
}

TEST(random_acts_agree_with_a_plain_list_and_undo_gives_the_same_bytes) {
  Plain *p = calloc(1, sizeof *p);
  RngKey key = rng_key(1, "doc");
  Doc d;
  doc_init(&d);
  plain_push(p, &d);
  for (uint64_t row = 0; row < 20000; row++) {
    random_act(&d, p, key, row);
    check_doc(&d, p);
    if (p->nstate > PLAIN_STATES - 4) { // a new session
      while (p->nstate) free(p->state[--p->nstate].text);
      p->at = 0;
      doc_undo_reset(&d);
      plain_push(p, &d);
    }
  }
  plain_push(p, &d);
  doc_commit(&d, "end", plain_drop, p);
  for (int64_t id = 1; id < KERNEL_STATES; id++) { // what is not dropped is needed
    bool needed = id == p->kernel;
    for (int64_t k = 0; k < p->nstate; k++) needed |= p->state[k].kernel == id;
    assert_int_equal(p->kept[id] == 1, needed);
  }
  while (p->n) plain_remove(p, 0);
  while (p->nstate) free(p->state[--p->nstate].text);
  free(p);
  doc_fini(&d);
}

RUN(CASE(random_acts_agree_with_a_plain_list_and_undo_gives_the_same_bytes))

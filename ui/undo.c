// One stack of undo for texts, results and kernel states: a state is the cells with references to their texts and
// results, and the id of the kernel state that they belong to, so that going there brings back all or nothing.
//
// undo[at] is the present as it was committed last. The kernel keeps a state for every cell that it ran; `known` lists
// those, and after each commit the ones that neither the stack nor the present refers to are handed out to be dropped.
// An id may come again after that: the kernel gives freed numbers out anew.
//
// A state costs what changed since the one before it: its cells stand in blocks, a block that is as it was belongs to
// both, and in a new block a text that is as it was is held by reference. Keeping a state compares the notebook with
// the one before, going to one moves the texts that stay and copies the others: both linear in the notebook, with
// bytes compared and nothing printed, read or hashed (a notebook of 5 MB: about a millisecond).
#include "ui/doc_int.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct KeptText { // never changes
  int refs;
  Cell cell;
};

KeptText *doc_kept_ref(KeptText *t) {
  if (t) t->refs++;
  return t;
}

void doc_kept_unref(KeptText *t) {
  if (!t || --t->refs) return;
  note_cell_fini(&t->cell);
  free(t);
}

static bool in_flight(const DocCell *c) { return c->state == CELL_WAITING || c->state == CELL_RUNNING; }

static Result *kept_result(const DocCell *c) { return in_flight(c) ? c->before : c->result; }

static void *need(size_t n, size_t size) {
  void *p = calloc(n + 1, size);
  if (!p) abort();
  return p;
}

static void *grow(void *p, int64_t n, int64_t *cap, size_t size) {
  if (n < *cap) return p;
  *cap = *cap ? *cap * 2 : 16;
  p = realloc(p, (size_t)*cap * size);
  if (!p) abort();
  return p;
}

// ---- blocks -------------------------------------------------------------------------------------------------------
static void block_unref(UndoBlock *b) {
  if (--b->refs) return;
  for (int k = 0; k < b->n; k++) {
    result_unref(b->cell[k].result);
    doc_kept_unref(b->cell[k].kept);
  }
  free(b);
}

static void state_fini(UndoState *u) {
  for (int64_t i = 0; i < u->nblock; i++) block_unref(u->block[i]);
  free(u->block);
  str_fini(&u->head);
  origins_unref(u->origins);
}

// What a state holds of a cell; restoring computes its state.
static DocCell copy_cell(const DocCell *c) {
  DocCell copy = *c;
  copy.result = result_ref(kept_result(c));
  copy.before = NULL;
  copy.kept = doc_kept_ref(c->kept);
  if (in_flight(c)) copy.state = CELL_NEVER;
  return copy;
}

// Whether cells from `i` on are what the block holds. Folds are no change.
static bool stands_at(const UndoBlock *b, const Doc *d, int64_t i) {
  if (i + b->n > d->n) return false;
  for (int k = 0; k < b->n; k++) {
    const DocCell *was = &b->cell[k], *c = &d->cell[i + k];
    if (was->id != c->id || was->kept != c->kept || was->result != kept_result(c)) return false;
    if (was->typed != c->typed || was->pending != c->pending) return false;
  }
  return true;
}

// Brings d->cell[i].kept up to date.
static void keep_texts(Doc *d) {
  for (int64_t i = 0; i < d->n; i++) {
    DocCell *c = &d->cell[i];
    if (c->kept && note_cell_same(&c->kept->cell, &d->note.cell[i])) continue;
    doc_kept_unref(c->kept);
    c->kept = need(1, sizeof *c->kept);
    c->kept->refs = 1;
    note_cell_copy(&d->note.cell[i], &c->kept->cell);
  }
}

static UndoBlock *add_block(UndoState *u) {
  UndoBlock *b = need(1, sizeof *b);
  b->refs = 1;
  u->block[u->nblock++] = b;
  return b;
}

// Which of the next few blocks begins with this cell; -1: none.
static int64_t block_with(const UndoState *u, int64_t from, int64_t id) {
  enum { LOOK_AHEAD = 4 };
  for (int64_t k = from; k < u->nblock && k < from + LOOK_AHEAD; k++)
    if (u->block[k]->cell[0].id == id) return k;
  return -1;
}

// The cells as blocks, those of `before` wherever they still hold.
static void share_blocks(const Doc *d, const UndoState *before, UndoState *u) {
  UndoBlock *open = NULL;
  int64_t next = 0;
  u->block = need((size_t)d->n, sizeof *u->block);
  for (int64_t i = 0; i < d->n;) {
    int64_t k = before ? block_with(before, next, d->cell[i].id) : -1;
    if (k >= 0) next = k + 1, open = NULL;
    if (k >= 0 && stands_at(before->block[k], d, i)) {
      UndoBlock *b = u->block[u->nblock++] = before->block[k];
      b->refs++, i += b->n;
      continue;
    }
    if (!open || open->n == UNDO_BLOCK) open = add_block(u);
    open->cell[open->n++] = copy_cell(&d->cell[i++]);
  }
  UndoBlock **fit = u->nblock ? realloc(u->block, (size_t)u->nblock * sizeof *u->block) : NULL;
  if (fit) u->block = fit;
}

// ---- keeping ------------------------------------------------------------------------------------------------------
static bool is_same(const Doc *d, const UndoState *u) {
  const Note *note = &d->note;
  if (u->n != d->n || u->kernel != d->kernel || u->bom != note->bom || u->crlf != note->crlf) return false;
  if (!sv_is((Sv){str_c(&note->head), note->head.n}, str_c(&u->head))) return false;
  for (int64_t b = 0, i = 0; b < u->nblock; b++)
    for (int k = 0; k < u->block[b]->n; k++, i++) {
      const DocCell *was = &u->block[b]->cell[k], *c = &d->cell[i];
      if (was->id != c->id || was->kept != c->kept || was->result != kept_result(c)) return false;
    }
  return true;
}

static void set_label(UndoState *u, const char *label) {
  size_t n = strlen(label), most = sizeof u->label - 1;
  if (n > most)
    for (n = most; n && ((unsigned char)label[n] & 0xC0) == 0x80;) n--;
  memcpy(u->label, label, n);
  u->label[n] = 0;
}

static void add_state(Doc *d, const char *label) {
  d->undo = grow(d->undo, d->nundo, &d->undo_cap, sizeof *d->undo);
  UndoState *u = &d->undo[d->nundo];
  *u = (UndoState){.n = d->n,
                   .bom = d->note.bom,
                   .crlf = d->note.crlf,
                   .kernel = d->kernel,
                   .origins = origins_ref(d->origins),
                   .whole = d->kernel_whole,
                   .focus = d->touched < 0 ? 0 : d->touched,
                   .seconds = (int64_t)time(NULL)};
  str_addn(&u->head, str_c(&d->note.head), d->note.head.n);
  share_blocks(d, d->nundo ? u - 1 : NULL, u);
  set_label(u, label);
  d->at = d->nundo++;
}

// Makes the present the newest state unless it is undo[at] already.
static void keep(Doc *d, const char *label) {
  keep_texts(d);
  if (d->nundo && is_same(d, &d->undo[d->at])) return;
  while (d->nundo > d->at + 1) state_fini(&d->undo[--d->nundo]);
  add_state(d, label);
}

void doc_undo_fini(Doc *d) {
  while (d->nundo) state_fini(&d->undo[--d->nundo]);
  free(d->undo);
  free(d->known);
  d->undo = NULL, d->known = NULL;
  d->undo_cap = d->nknown = d->known_cap = d->at = 0;
}

void doc_undo_reset(Doc *d) {
  while (d->nundo) state_fini(&d->undo[--d->nundo]);
  d->at = 0;
  keep(d, "");
}

// ---- states of the kernel -----------------------------------------------------------------------------------------
void doc_know_kernel(Doc *d, int64_t id) {
  for (int64_t k = 0; k < d->nknown; k++)
    if (d->known[k] == id) return;
  if (!id) return;
  d->known = grow(d->known, d->nknown, &d->known_cap, sizeof *d->known);
  d->known[d->nknown++] = id;
}

static int compare_ids(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

// The kernel states that the stack and the present refer to, in order.
static int64_t *needed_ids(const Doc *d) {
  int64_t *id = need((size_t)d->nundo + 1, sizeof *id);
  for (int64_t k = 0; k < d->nundo; k++) id[k] = d->undo[k].kernel;
  id[d->nundo] = d->kernel;
  qsort(id, (size_t)d->nundo + 1, sizeof *id, compare_ids);
  return id;
}

void doc_commit(Doc *d, const char *label, void (*drop)(void *ctx, int64_t kernel_state), void *ctx) {
  keep(d, label);
  if (!drop) return;
  int64_t kept = 0, *id = needed_ids(d);
  for (int64_t k = 0; k < d->nknown; k++) {
    if (bsearch(&d->known[k], id, (size_t)d->nundo + 1, sizeof *id, compare_ids)) d->known[kept++] = d->known[k];
    else drop(ctx, d->known[k]);
  }
  d->nknown = kept;
  free(id);
}

// ---- going there --------------------------------------------------------------------------------------------------
// Where each cell stands: index + 1, by its id.
static int64_t *places_of(const Doc *d) {
  int64_t *at = need((size_t)d->last_id + 1, sizeof *at);
  for (int64_t i = 0; i < d->n; i++) at[d->cell[i].id] = i + 1;
  return at;
}

// A cell as it was, its text moved here when it is the same as that of the present, of which keep_texts was told.
static void take_cell(Doc *d, const DocCell *was, int64_t now, DocCell *c, Cell *text) {
  *c = copy_cell(was);
  if (now < 0 || d->cell[now].kept != was->kept) note_cell_copy(&was->kept->cell, text);
  else *text = d->note.cell[now], d->note.cell[now] = (Cell){.title = ""};
  if (now < 0) return;
  c->folded = d->cell[now].folded, c->whole = d->cell[now].whole;
  c->out_top = d->cell[now].out_top;
}

static void restore(Doc *d, const UndoState *u) {
  Note note = {.bom = u->bom, .crlf = u->crlf, .n = u->n, .cap = u->n + 1};
  DocCell *cell = need((size_t)u->n, sizeof *cell);
  int64_t *place = places_of(d);
  note.cell = need((size_t)u->n, sizeof *note.cell);
  str_addn(&note.head, str_c(&u->head), u->head.n);
  for (int64_t b = 0, i = 0; b < u->nblock; b++)
    for (int k = 0; k < u->block[b]->n; k++, i++) {
      const DocCell *was = &u->block[b]->cell[k];
      take_cell(d, was, place[was->id] - 1, &cell[i], &note.cell[i]);
    }
  for (int64_t i = 0; i < d->n; i++) result_unref(d->cell[i].result), doc_kept_unref(d->cell[i].kept);
  free(place);
  free(d->cell);
  note_fini(&d->note);
  d->note = note, d->cell = cell;
  d->n = u->n, d->cap = u->n + 1;
  d->kernel = u->kernel, d->kernel_whole = u->whole;
  origins_unref(d->origins);
  d->origins = origins_ref(u->origins);
  d->changes++;
  doc_mark_stale(d);
}

bool doc_undo(Doc *d, int step) {
  if (doc_busy(d)) return false;
  keep(d, "edit");
  return doc_go(d, d->at + step);
}

bool doc_go(Doc *d, int64_t to) {
  if (doc_busy(d)) return false;
  keep(d, "edit");
  if (to < 0 || to >= d->nundo || to == d->at) return false;
  d->at = to;
  d->touched = d->undo[to].focus;
  restore(d, &d->undo[to]);
  return true;
}

static bool has_ids(const UndoState *u, const Doc *d) {
  for (int64_t b = 0, i = 0; b < u->nblock; b++)
    for (int k = 0; k < u->block[b]->n; k++, i++)
      if (u->block[b]->cell[k].id != d->cell[i].id) return false;
  return true;
}

bool doc_take_back(Doc *d, int64_t id) {
  const UndoState *before = d->at > 0 ? &d->undo[d->at - 1] : NULL;
  int64_t kernel = d->kernel, last = d->n - 1;
  bool one = before && last >= 0 && d->cell[last].id == id && (before->n == d->n || before->n == last);
  if (!one || !has_ids(before, d) || !doc_undo(d, -1)) return false;
  if (!d->kernel_whole) doc_stay(d, kernel);
  return true;
}

void doc_stay(Doc *d, int64_t kernel) {
  UndoState *left = d->at + 1 < d->nundo ? &d->undo[d->at + 1] : NULL, *u = &d->undo[d->at];
  d->kernel = u->kernel = kernel;
  if (!left || left->kernel != kernel) return;
  origins_unref(d->origins), origins_unref(u->origins);
  d->origins = origins_ref(left->origins), u->origins = origins_ref(left->origins);
}

const char *doc_undo_label(const Doc *d, int step) {
  int64_t k = step < 0 ? d->at : d->at + 1;
  return k > 0 && k < d->nundo ? d->undo[k].label : NULL;
}

// ---- what a state changed -----------------------------------------------------------------------------------------
typedef struct BlockSpan { // of two states: blocks of each that the other has not in the same place from either end
  int64_t from, to, was_to;
} BlockSpan;

static BlockSpan changed_blocks(const UndoState *u, const UndoState *before) {
  BlockSpan s = {0, u->nblock, before->nblock};
  while (s.from < s.to && s.from < s.was_to && u->block[s.from] == before->block[s.from]) s.from++;
  while (s.to > s.from && s.was_to > s.from && u->block[s.to - 1] == before->block[s.was_to - 1]) s.to--, s.was_to--;
  return s;
}

static const Result *result_before(const UndoState *before, BlockSpan s, int64_t id) {
  for (int64_t b = s.from; b < s.was_to; b++)
    for (int k = 0; k < before->block[b]->n; k++)
      if (before->block[b]->cell[k].id == id) return before->block[b]->cell[k].result;
  return NULL;
}

// Names that cells wrote in this state and not in the one before.
static int add_names(const UndoState *u, const UndoState *before, Str *out) {
  enum { NAMES = 3 };
  int n = 0;
  BlockSpan s = changed_blocks(u, before);
  for (int64_t b = s.from; b < s.to; b++)
    for (int c = 0; c < u->block[b]->n; c++) {
      const Result *r = u->block[b]->cell[c].result;
      if (!r || !r->done || result_before(before, s, u->block[b]->cell[c].id) == r) continue;
      for (int64_t k = 0; k < r->writes.n; k++, n++)
        if (n < NAMES) str_addf(out, "%s%s", n ? ", " : "", r->writes.name[k]);
    }
  if (n > NAMES) str_addf(out, " and %d more", n - NAMES);
  return n;
}

void doc_undo_change(const Doc *d, int64_t k, Str *out) {
  if (k < 1 || k >= d->nundo) return;
  const UndoState *u = &d->undo[k], *before = &d->undo[k - 1];
  if (add_names(u, before, out)) return;
  int64_t more = u->n - before->n, cells = more < 0 ? -more : more;
  if (more) str_addf(out, "%lld cell%s %s", (long long)cells, cells == 1 ? "" : "s", more > 0 ? "more" : "fewer");
}

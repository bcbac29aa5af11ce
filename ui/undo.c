// One stack of undo for texts, results and kernel states: a state is the printed file, the cells with references to
// their results, and the id of the kernel state that they belong to, so that going there brings back all or nothing.
//
// undo[at] is the present as it was committed last. The kernel keeps a state for every cell that it ran; `known` lists
// those, and after each commit the ones that neither the stack nor the present refers to are handed out to be dropped.
// An id may come again after that: the kernel gives freed numbers out anew.
#include "ui/doc_int.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static bool in_flight(const DocCell *c) { return c->state == CELL_WAITING || c->state == CELL_RUNNING; }

static Result *kept_result(const DocCell *c) { return in_flight(c) ? c->before : c->result; }

static void state_fini(UndoState *u) {
  for (int64_t i = 0; i < u->n; i++) result_unref(u->cell[i].result);
  free(u->cell);
  free(u->text);
  origins_unref(u->origins);
}

static void *grow(void *p, int64_t n, int64_t *cap, size_t size) {
  if (n < *cap) return p;
  *cap = *cap ? *cap * 2 : 16;
  p = realloc(p, (size_t)*cap * size);
  if (!p) abort();
  return p;
}

static DocCell *copy_cells(const DocCell *cell, int64_t n) {
  DocCell *copy = calloc((size_t)n + 1, sizeof *copy);
  if (!copy) abort();
  for (int64_t i = 0; i < n; i++) {
    copy[i] = cell[i];
    copy[i].result = result_ref(kept_result(&cell[i]));
    copy[i].before = NULL;
    if (in_flight(&cell[i])) copy[i].state = CELL_NEVER; // restoring computes it
  }
  return copy;
}

// ---- keeping ------------------------------------------------------------------------------------------------------
static bool is_same(const Doc *d, const UndoState *u, const Str *text) {
  if (u->n != d->n || u->kernel != d->kernel || strcmp(u->text, str_c(text)) != 0) return false;
  for (int64_t i = 0; i < d->n; i++)
    if (u->cell[i].id != d->cell[i].id || u->cell[i].result != kept_result(&d->cell[i])) return false;
  return true;
}

static void set_label(UndoState *u, const char *label) {
  size_t n = strlen(label), most = sizeof u->label - 1;
  if (n > most)
    for (n = most; n && ((unsigned char)label[n] & 0xC0) == 0x80;) n--;
  memcpy(u->label, label, n);
  u->label[n] = 0;
}

static void add_state(Doc *d, const char *label, Str *text) {
  d->undo = grow(d->undo, d->nundo, &d->undo_cap, sizeof *d->undo);
  UndoState *u = &d->undo[d->nundo];
  *u = (UndoState){.text = str_take(text),
                   .cell = copy_cells(d->cell, d->n),
                   .n = d->n,
                   .kernel = d->kernel,
                   .origins = origins_ref(d->origins),
                   .whole = d->kernel_whole,
                   .focus = d->touched < 0 ? 0 : d->touched,
                   .seconds = (int64_t)time(NULL)};
  set_label(u, label);
  d->at = d->nundo++;
}

// Makes the present the newest state unless it is undo[at] already.
static void keep(Doc *d, const char *label) {
  Str text = {0};
  doc_print(d, &text);
  if (d->nundo && is_same(d, &d->undo[d->at], &text)) {
    str_fini(&text);
    return;
  }
  while (d->nundo > d->at + 1) state_fini(&d->undo[--d->nundo]);
  if (d->nundo == DOC_UNDO_MOST) {
    state_fini(&d->undo[0]);
    d->nundo--;
    memmove(d->undo, d->undo + 1, (size_t)d->nundo * sizeof *d->undo);
  }
  add_state(d, label, &text);
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

static bool is_needed(const Doc *d, int64_t id) {
  bool needed = id == d->kernel;
  for (int64_t k = 0; k < d->nundo && !needed; k++) needed = d->undo[k].kernel == id;
  return needed;
}

void doc_commit(Doc *d, const char *label, void (*drop)(void *ctx, int64_t kernel_state), void *ctx) {
  keep(d, label);
  int64_t kept = 0;
  for (int64_t k = 0; drop && k < d->nknown; k++) {
    if (is_needed(d, d->known[k])) d->known[kept++] = d->known[k];
    else drop(ctx, d->known[k]);
  }
  if (drop) d->nknown = kept;
}

// ---- going there --------------------------------------------------------------------------------------------------
static void restore(Doc *d, const UndoState *u) {
  Note note;
  ErrCode code = note_parse(sv(u->text), &note, NULL);
  assert(code == OK && note.n == u->n);
  if (code != OK) return;
  DocCell *cell = copy_cells(u->cell, u->n);
  for (int64_t i = 0; i < u->n; i++) {
    int64_t now = doc_find(d, cell[i].id);
    if (now < 0) continue;
    cell[i].folded = d->cell[now].folded, cell[i].whole = d->cell[now].whole;
    cell[i].out_top = d->cell[now].out_top;
  }
  for (int64_t i = 0; i < d->n; i++) result_unref(d->cell[i].result);
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

bool doc_take_back(Doc *d, int64_t id) {
  const UndoState *before = d->at > 0 ? &d->undo[d->at - 1] : NULL;
  int64_t kernel = d->kernel, last = d->n - 1;
  bool one = before && last >= 0 && d->cell[last].id == id && (before->n == d->n || before->n == last);
  for (int64_t i = 0; one && i < before->n; i++) one = before->cell[i].id == d->cell[i].id;
  if (!one || !doc_undo(d, -1)) return false;
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

static const DocCell *cell_of(const UndoState *u, int64_t id) {
  for (int64_t i = 0; i < u->n; i++)
    if (u->cell[i].id == id) return &u->cell[i];
  return NULL;
}

// Names that cells wrote in this state and not in the one before.
static int add_names(const UndoState *u, const UndoState *before, Str *out) {
  enum { NAMES = 3 };
  int n = 0;
  for (int64_t i = 0; i < u->n; i++) {
    const Result *r = u->cell[i].result;
    const DocCell *was = cell_of(before, u->cell[i].id);
    if (!r || !r->done || (was && was->result == r)) continue;
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

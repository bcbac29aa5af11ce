// A new text of the file, taken into a notebook that is open: cells whose text stayed keep their names and what they
// gave; of the others those that stand in the same place are the same cell, edited. One step of undo takes it back.
#include "ui/doc_int.h"
#include "ui/match_int.h"

#include <assert.h>
#include <stdlib.h>

// Kind and text of each cell.
static Sv *keys_of(const Note *note, Arena *a) {
  Sv *key = arena_array(a, Sv, note->n);
  for (int64_t i = 0; i < note->n; i++) {
    const Cell *c = &note->cell[i];
    char *text = arena_alloc(a, c->text.n + 2);
    text[0] = (char)('0' + c->kind);
    memcpy(text + 1, str_c(&c->text), c->text.n);
    key[i] = (Sv){text, c->text.n + 1};
  }
  return key;
}

// Between two cells that stayed: old and new ones of the same kind belong together, one by one.
static void pair_rest(const Doc *d, const Note *note, int64_t *of) {
  int64_t k = 0;
  for (int64_t i = 0; i < d->n; i++) {
    if (of[i] >= 0) {
      k = of[i] + 1;
      continue;
    }
    int64_t end = note->n;
    for (int64_t next = i + 1; next < d->n && end == note->n; next++)
      if (of[next] >= 0) end = of[next];
    if (k < end && note->cell[k].kind == doc_kind(d, i)) of[i] = k++;
  }
}

static void free_cell(DocCell *c) {
  result_unref(c->result);
  result_unref(c->before);
  doc_kept_unref(c->kept);
}

ErrCode doc_reload(Doc *d, Sv text, int64_t *differ, Err *err) {
  Note note;
  Arena a;
  assert(!doc_busy(d));
  TRY(note_parse(text, &note, err));
  arena_init(&a);
  DocCell *cell = calloc((size_t)note.n + 1, sizeof *cell);
  bool *taken = arena_array(&a, bool, note.n);
  int64_t *of = match_make(keys_of(&d->note, &a), d->n, keys_of(&note, &a), note.n, &a), changed = 0;
  if (!cell) abort();
  for (int64_t i = 0; i < d->n; i++) changed += of[i] < 0;
  int64_t same = d->n - changed;
  pair_rest(d, &note, of);
  for (int64_t i = 0; i < d->n; i++) {
    if (of[i] < 0) {
      free_cell(&d->cell[i]);
      continue;
    }
    cell[of[i]] = d->cell[i], taken[of[i]] = true;
    cell[of[i]].judged = 0;
    if (strcmp(str_c(&note.cell[of[i]].text), doc_text(d, i)) != 0) cell[of[i]].typed = false;
  }
  for (int64_t k = 0; k < note.n; k++)
    if (!taken[k]) cell[k] = (DocCell){.id = ++d->last_id, .why = ""};
  free(d->cell);
  note_fini(&d->note);
  d->note = note, d->cell = cell;
  d->n = note.n, d->cap = note.n + 1;
  d->touched = 0, d->changes++;
  doc_mark_stale(d);
  arena_fini(&a);
  *differ = changed > note.n - same ? changed : note.n - same;
  return OK;
}

// The text of an editor, its lines, and its undo.
//
// Every change is a step: at `from`, `removed` was replaced by `added`. Steps are kept without limit; what is typed
// in a row joins the step before it until a word begins, so undo takes words back. A JOINED step goes with the one
// before it: a line that moves by itself as its last word is typed comes back together with that word.
//
// Where lines begin is kept: a change reads the text again from its line on, so that a key in a text of a megabyte
// costs no more than the copy of what stands behind it.
#include "ui/editor_int.h"

#include "base/utf8.h"

#include <stdlib.h>

struct EditStep {
  size_t from, before, after; // before, after: the cursor
  Str removed, added;
  EditKind kind;
  bool open; // the next one may join
};

static const size_t NOWHERE = (size_t)-1;

// ---- lines --------------------------------------------------------------------------------------------------------
// The line that holds byte `at`.
static int64_t line_of(const Editor *e, size_t at) {
  int64_t lo = 0, hi = e->nline;
  while (hi - lo > 1) {
    int64_t mid = lo + (hi - lo) / 2;
    if (e->begin[mid] <= at) lo = mid;
    else hi = mid;
  }
  return lo;
}

static void add_line(Editor *e, size_t begin) {
  if (e->nline == e->line_cap) {
    e->line_cap = e->line_cap ? 2 * e->line_cap : 32;
    e->begin = realloc(e->begin, (size_t)e->line_cap * sizeof *e->begin);
    if (!e->begin) abort();
  }
  e->begin[e->nline++] = begin;
}

// Finds the lines again from the one that holds byte `from`.
static void find_lines(Editor *e, size_t from) {
  e->nline = e->nline ? line_of(e, from) : 0;
  size_t at = e->nline ? e->begin[e->nline] : 0;
  add_line(e, at);
  for (const char *end; (end = memchr(str_c(&e->text) + at, '\n', e->text.n - at)); add_line(e, at))
    at = (size_t)(end - e->text.s) + 1;
}

void editor_init(Editor *e, Sv text, size_t at) {
  *e = (Editor){.mark = NOWHERE, .want = -1, .yanked = -1};
  str_addn(&e->text, text.s, text.n);
  find_lines(e, 0);
  e->at = edit_snap(e, at);
}

static void forget_steps(Editor *e, int64_t from) {
  while (e->nstep > from) {
    EditStep *s = &e->step[--e->nstep];
    str_fini(&s->removed);
    str_fini(&s->added);
  }
}

void editor_fini(Editor *e) {
  forget_steps(e, 0);
  free(e->step);
  free(e->begin);
  str_fini(&e->text);
  for (int k = 0; k < KILLS; k++) str_fini(&e->kill[k]);
  *e = (Editor){0};
}

// ---- changes ------------------------------------------------------------------------------------------------------
static void splice(Editor *e, size_t from, size_t to, Sv text) {
  Str tail = {0};
  str_addn(&tail, e->text.s + to, e->text.n - to);
  e->text.n = from;
  str_addn(&e->text, text.s, text.n);
  str_addn(&e->text, str_c(&tail), tail.n);
  str_fini(&tail);
  find_lines(e, from);
  e->mark = NOWHERE;
  e->changes++;
}

static void add_step(Editor *e, size_t from, Sv removed, Sv added, EditKind kind) {
  forget_steps(e, e->step_at);
  if (e->nstep == e->step_cap) {
    e->step_cap = e->step_cap ? e->step_cap * 2 : 32;
    e->step = realloc(e->step, (size_t)e->step_cap * sizeof *e->step);
    if (!e->step) abort();
  }
  EditStep *s = &e->step[e->nstep++];
  *s = (EditStep){.from = from, .before = e->at, .kind = kind, .open = kind == EDIT_TYPED || kind == EDIT_ERASED};
  str_addn(&s->removed, removed.s, removed.n);
  str_addn(&s->added, added.s, added.n);
  e->step_at = e->nstep;
}

static bool begins_word(char first, char last) { return edit_is_word(first) && !edit_is_word(last); }

static void put_before(Str *s, Sv text) {
  Str all = {0};
  str_addn(&all, text.s, text.n);
  str_addn(&all, str_c(s), s->n);
  str_fini(s);
  *s = all;
}

// Makes the change part of the last step where it goes on with it.
static bool join(Editor *e, size_t from, Sv removed, Sv added, EditKind kind) {
  EditStep *s = e->step_at && e->step_at == e->nstep ? &e->step[e->nstep - 1] : NULL;
  if (!s || !s->open || s->kind != kind || s->after != e->at) return false;
  if (kind == EDIT_TYPED) {
    if (removed.n || from != s->from + s->added.n || begins_word(added.s[0], s->added.s[s->added.n - 1])) return false;
    str_addn(&s->added, added.s, added.n);
  } else if (from == s->from) { // Delete
    if (begins_word(removed.s[0], s->removed.s[s->removed.n - 1])) return false;
    str_addn(&s->removed, removed.s, removed.n);
  } else { // Backspace
    if (from + removed.n != s->from || begins_word(removed.s[removed.n - 1], s->removed.s[0])) return false;
    put_before(&s->removed, removed);
    s->from = from;
  }
  return true;
}

void edit_change(Editor *e, size_t from, size_t to, Sv text, size_t cursor, EditKind kind) {
  Sv removed = {str_c(&e->text) + from, to - from};
  if (removed.n || text.n) {
    if (!join(e, from, removed, text, kind)) add_step(e, from, removed, text, kind);
    splice(e, from, to, text);
    e->at = edit_snap(e, cursor);
    e->step[e->nstep - 1].after = e->at;
  }
  e->want = -1;
}

void edit_close(Editor *e) {
  if (e->nstep) e->step[e->nstep - 1].open = false;
}

static void undo_one(Editor *e) {
  const EditStep *s = &e->step[--e->step_at];
  splice(e, s->from, s->from + s->added.n, (Sv){str_c(&s->removed), s->removed.n});
  e->at = s->before;
}

static void redo_one(Editor *e) {
  const EditStep *s = &e->step[e->step_at++];
  splice(e, s->from, s->from + s->removed.n, (Sv){str_c(&s->added), s->added.n});
  e->at = s->after;
}

bool edit_undo(Editor *e, int step) {
  edit_close(e);
  if (step < 0 ? !e->step_at : e->step_at == e->nstep) return false;
  if (step < 0) {
    while (e->step[e->step_at - 1].kind == EDIT_JOINED) undo_one(e);
    undo_one(e);
  } else {
    redo_one(e);
    while (e->step_at < e->nstep && e->step[e->step_at].kind == EDIT_JOINED) redo_one(e);
  }
  e->want = -1;
  return true;
}

void editor_insert(Editor *e, const char *text, size_t n) {
  edit_change(e, e->at, e->at, (Sv){text, n}, e->at + n, EDIT_ONCE);
}

void editor_replace(Editor *e, size_t from, const char *text) {
  edit_change(e, from, e->at, sv(text), from + strlen(text), EDIT_ONCE);
}

// ---- places -------------------------------------------------------------------------------------------------------
int64_t editor_lines(const Editor *e) { return e->nline; }

Sv editor_line(const Editor *e, int64_t line) {
  size_t at = line < e->nline ? e->begin[line] : e->text.n;
  size_t end = line + 1 < e->nline ? e->begin[line + 1] - 1 : e->text.n;
  return (Sv){str_c(&e->text) + at, end - at};
}

void editor_place(const Editor *e, int64_t *line, int *column) {
  *line = line_of(e, e->at);
  size_t begin = e->begin[*line];
  *column = utf8_width((Sv){str_c(&e->text) + begin, e->at - begin});
}

void editor_put(Editor *e, int64_t line, int column) {
  int64_t last = editor_lines(e) - 1;
  Sv text = editor_line(e, line < 0 ? 0 : line > last ? last : line);
  size_t at = (size_t)(text.s - str_c(&e->text)) + utf8_fit(text, column < 0 ? 0 : column);
  e->at = edit_snap(e, at);
  e->want = -1;
  edit_close(e);
}

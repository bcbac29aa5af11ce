// What cells gave, and what of it no longer holds.
//
// The state of a cell that neither waits nor runs is a function of the notebook alone: of its text, its result, and
// the results of the cells above. doc_mark_stale computes it for all cells in one pass from the top, with the last
// writer of each name at hand, so undo has only to bring the results back. Linear in the texts and names.
//
// A cell that waits or runs keeps what it had in `before`; until its own result is there, that one speaks for it.
#include "base/map.h"
#include "ui/doc_int.h"

#include <stdio.h>

static bool in_flight(const DocCell *c) { return c->state == CELL_WAITING || c->state == CELL_RUNNING; }

static DocCell *find_in_flight(const Doc *d, int64_t id) {
  int64_t i = doc_find(d, id);
  return i >= 0 && in_flight(&d->cell[i]) ? &d->cell[i] : NULL;
}

// ---- running ------------------------------------------------------------------------------------------------------
void doc_begin(Doc *d, int64_t id) {
  int64_t i = doc_find(d, id);
  if (i < 0) return;
  DocCell *c = &d->cell[i];
  if (in_flight(c)) result_unref(c->result);
  else c->before = c->result;
  c->result = result_new();
  note_cell_hash(&d->note.cell[i], c->result->hash);
  c->state = CELL_WAITING, c->why = "", c->out_top = -1;
  for (int64_t k = 0; k < d->n; k++)
    if (k != i) d->cell[k].pending = false;
}

static void start(Doc *d, DocCell *c) {
  c->state = CELL_RUNNING;
  if (!c->result->run) c->result->run = ++d->last_run;
}

void doc_started(Doc *d, int64_t id) {
  DocCell *c = find_in_flight(d, id);
  if (c) start(d, c);
}

bool doc_busy(const Doc *d) {
  for (int64_t i = 0; i < d->n; i++)
    if (in_flight(&d->cell[i])) return true;
  return false;
}

void doc_take_out(Doc *d, MsgOut *m) {
  DocCell *c = find_in_flight(d, m->cell);
  if (!c) return;
  start(d, c);
  result_take_out(c->result, m);
}

void doc_take_progress(Doc *d, const MsgProgress *m) {
  DocCell *c = find_in_flight(d, m->cell);
  if (!c) return;
  start(d, c);
  result_set_progress(c->result, m);
}

void doc_take_done(Doc *d, const MsgDone *m) {
  if (m->state != d->kernel) d->kernel = m->state, d->kernel_whole = m->whole;
  doc_know_kernel(d, m->state);
  DocCell *c = find_in_flight(d, m->cell);
  if (!c && m->cell) d->origins = origins_after(d->origins, m->writes, ++d->last_run); // of a cell that is gone
  if (!c) return;
  start(d, c);
  result_set_done(c->result, m);
  for (int64_t k = 0; k < m->reads.n; k++) c->result->input[k] = origins_get(d->origins, m->reads.name[k]);
  d->origins = origins_after(d->origins, m->writes, c->result->run);
  result_unref(c->before);
  c->before = NULL;
  c->state = CELL_CURRENT;
  d->touched = c - d->cell;
  doc_mark_stale(d);
}

static void forget(DocCell *c) {
  result_unref(c->result);
  c->result = c->before;
  c->before = NULL;
  c->state = CELL_NEVER;
}

bool doc_forget(Doc *d, int64_t id) {
  DocCell *c = find_in_flight(d, id);
  if (!c || c->state != CELL_WAITING) return false;
  forget(c);
  doc_mark_stale(d);
  return true;
}

void doc_forget_waiting(Doc *d) {
  for (DocCell *c = d->cell; c < d->cell + d->n; c++)
    if (in_flight(c)) forget(c);
  doc_mark_stale(d);
}

void doc_kernel_gone(Doc *d) {
  d->gone_run = d->last_run;
  d->kernel = d->nknown = 0;
  d->kernel_whole = false;
  origins_unref(d->origins);
  d->origins = NULL;
  for (int64_t k = 0; k < d->nundo; k++) {
    UndoState *u = &d->undo[k];
    origins_unref(u->origins);
    u->kernel = 0, u->whole = false, u->origins = NULL;
  }
  doc_forget_waiting(d);
}

// ---- staleness ----------------------------------------------------------------------------------------------------
typedef struct Writers {
  Map name;
  int64_t *cell; // of each name: index of the last writer so far
} Writers;

static const Result *spoken(const DocCell *c) { return in_flight(c) ? c->before : c->result; }

static void set_state(Doc *d, DocCell *c, CellState state, const char *why) {
  c->state = state;
  if (!c->why || strcmp(c->why, why) != 0) c->why = *why ? arena_strdup(&d->arena, why) : "";
}

static int64_t cell_of_run(const Doc *d, int64_t run) {
  for (int64_t i = 0; i < d->n; i++)
    if (spoken(&d->cell[i]) && spoken(&d->cell[i])->run == run) return i;
  return -1;
}

// It read a name that no cell above writes.
static bool is_orphan(const Doc *d, const Result *r, int64_t k, char *why, size_t size) {
  int64_t run = r->input[k], from = run > d->gone_run ? cell_of_run(d, run) : -1;
  const char *name = r->reads.name[k];
  if (run <= d->gone_run) return false;
  if (from < 0) snprintf(why, size, "what made %.24s is gone", name);
  else snprintf(why, size, "cell %lld below made %.24s", (long long)from + 1, name);
  return true;
}

// Whether a writer above makes the result stale; `why` gets the reason.
static bool is_outdated(const Doc *d, const Result *r, const Writers *w, char *why, size_t size) {
  for (int64_t k = 0; k < r->reads.n; k++) {
    int64_t name = map_get(&w->name, sv(r->reads.name[k])), read = r->input[k];
    if (name < 0 && is_orphan(d, r, k, why, size)) return true;
    if (name < 0) continue;
    long long number = w->cell[name] + 1;
    const DocCell *writer = &d->cell[w->cell[name]];
    int64_t wrote = spoken(writer)->run;
    if (wrote > r->run) return snprintf(why, size, "cell %lld ran later", number) > 0;
    if (writer->state == CELL_STALE) return snprintf(why, size, "cell %lld is stale", number) > 0;
    if (read > d->gone_run && read != wrote)
      return snprintf(why, size, "%.24s would come from cell %lld", r->reads.name[k], number) > 0;
  }
  return false;
}

// Whether the text is other than the one that ran; texts are hashed only after they changed.
static bool is_edited(Doc *d, int64_t i) {
  DocCell *c = &d->cell[i];
  char hash[65];
  if (c->judged && c->judged == c->result->run) return c->edited;
  note_cell_hash(&d->note.cell[i], hash);
  c->judged = c->result->run;
  return c->edited = strcmp(hash, c->result->hash) != 0;
}

static void mark_cell(Doc *d, int64_t i, const Writers *w) {
  DocCell *c = &d->cell[i];
  const Result *r = c->result;
  char why[64];
  if (!r) set_state(d, c, CELL_NEVER, "");
  else if (is_edited(d, i)) set_state(d, c, CELL_STALE, "edited");
  else if (is_outdated(d, r, w, why, sizeof why)) set_state(d, c, CELL_STALE, why);
  else if (r->failed || r->cancelled) set_state(d, c, CELL_FAILED, "");
  else if (r->run <= d->gone_run) set_state(d, c, CELL_STALE, "kernel restarted");
  else set_state(d, c, CELL_CURRENT, "");
}

void doc_mark_stale(Doc *d) {
  Arena a;
  Writers w;
  int64_t most = 0;
  arena_init(&a);
  map_init(&w.name);
  for (int64_t i = 0; i < d->n; i++) most += spoken(&d->cell[i]) ? spoken(&d->cell[i])->writes.n : 0;
  w.cell = arena_array(&a, int64_t, most);
  for (int64_t i = 0; i < d->n; i++) {
    if (!in_flight(&d->cell[i])) mark_cell(d, i, &w);
    const Result *r = spoken(&d->cell[i]);
    for (int64_t k = 0; r && k < r->writes.n; k++) w.cell[map_put(&w.name, sv(r->writes.name[k]), NULL)] = i;
  }
  map_fini(&w.name);
  arena_fini(&a);
}

// ---- what has to run ----------------------------------------------------------------------------------------------
static bool writes(const Result *r, const char *name) {
  for (int64_t k = 0; r && k < r->writes.n; k++)
    if (strcmp(r->writes.name[k], name) == 0) return true;
  return false;
}

// The nearest cell above that writes a name, when its value would not be there as cell i runs; -1: it would.
static int64_t missing_writer(const Doc *d, int64_t i, const char *name, const bool *run) {
  int64_t w = i - 1;
  while (w >= 0 && !writes(d->cell[w].result, name)) w--;
  if (w < 0 || run[w]) return -1;
  bool there = origins_get(d->origins, name) == d->cell[w].result->run;
  for (int64_t k = 0; k < w && there; k++) there = !(run[k] && writes(d->cell[k].result, name));
  return there ? -1 : w;
}

int64_t doc_plan_stale(const Doc *d, bool **run, Arena *a) {
  int64_t n = 0;
  *run = arena_array(a, bool, d->n);
  for (int64_t i = 0; i < d->n; i++) n += (*run)[i] = doc_kind(d, i) == NOTE_CODE && d->cell[i].state == CELL_STALE;
  for (bool more = n > 0; more;) {
    more = false;
    for (int64_t i = 0; i < d->n; i++) {
      const Result *r = (*run)[i] ? d->cell[i].result : NULL;
      for (int64_t k = 0; r && k < r->reads.n; k++) {
        int64_t w = missing_writer(d, i, r->reads.name[k], *run);
        if (w >= 0) (*run)[w] = more = true, n++;
      }
    }
  }
  return n;
}

// ---- names --------------------------------------------------------------------------------------------------------
static bool has_name(Names names, Sv name) {
  for (int64_t k = 0; k < names.n; k++)
    if (sv_is(name, names.name[k])) return true;
  return false;
}

static bool is_used(const Doc *d, Sv name) {
  Token t;
  for (int64_t i = 0; i < d->n; i++) {
    const Result *r = d->cell[i].result;
    if (r && (has_name(r->reads, name) || has_name(r->writes, name))) return true;
    if (doc_kind(d, i) != NOTE_CODE) continue;
    Lexer x;
    lexer_init(&x, sv(doc_text(d, i)));
    while (lexer_next(&x, &t))
      if (t.kind == TOKEN_NAME && sv_eq(name, (Sv){x.text.s + t.offset, t.length})) return true;
  }
  return false;
}

const char *doc_new_name(const Doc *d, const char *base, Arena *a) {
  const char *name = arena_strdup(a, base);
  for (int64_t k = 2; is_used(d, sv(name)); k++) name = arena_printf(a, "%s%lld", base, (long long)k);
  return name;
}

// What one run of a cell gave. A Result is filled while its cell runs and never again: afterwards the present and any
// number of undo states hold it by reference.
#include "ui/doc_int.h"

#include <stdlib.h>
#include <string.h>

Result *result_new(void) {
  Result *r = calloc(1, sizeof *r);
  if (!r) abort();
  r->refs = 1;
  r->token = r->message = "";
  return r;
}

Result *result_ref(Result *r) {
  if (r) r->refs++;
  return r;
}

static void output_fini(Output *o) {
  shown_fini(&o->shown);
  if (o->has_plot) plot_fini(&o->plot);
}

void result_unref(Result *r) {
  if (!r || --r->refs) return;
  for (int64_t k = 0; k < r->nout; k++) output_fini(&r->out[k]);
  free(r->out);
  arena_fini(&r->arena);
  free(r);
}

static void drop_early(Result *r) {
  int64_t kept = 0;
  for (int64_t k = 0; k < r->nout; k++)
    if (r->out[k].early) output_fini(&r->out[k]);
    else r->out[kept++] = r->out[k];
  r->nout = kept;
}

static bool is_printed(const Shown *s, const char *title, bool has_plot) {
  size_t n = s->kind == SHOWN_TEXT && s->text && !s->json ? strlen(s->text) : 0;
  return n && s->text[n - 1] == '\n' && !has_plot && !(title && *title);
}

// What is printed comes in pieces: they are one output.
static bool join_printed(Result *r, const MsgOut *m) {
  Output *last = r->nout ? &r->out[r->nout - 1] : NULL;
  if (!last || m->early || !is_printed(&m->shown, m->title, m->has_plot)) return false;
  if (!is_printed(&last->shown, last->title, last->has_plot)) return false;
  Str text = {0};
  str_add(&text, last->shown.text);
  str_add(&text, m->shown.text);
  shown_fini(&last->shown);
  shown_text(&last->shown, SHOWN_TEXT, str_c(&text), NULL);
  str_fini(&text);
  return true;
}

void result_take_out(Result *r, MsgOut *m) {
  if (!m->early) drop_early(r);
  if (join_printed(r, m)) {
    shown_fini(&m->shown);
    m->shown = (Shown){0};
    return;
  }
  if (r->nout == r->cap) {
    r->cap = r->cap ? r->cap * 2 : 4;
    r->out = realloc(r->out, (size_t)r->cap * sizeof *r->out);
    if (!r->out) abort();
  }
  Output *o = &r->out[r->nout++];
  *o = (Output){arena_strdup(&r->arena, m->title ? m->title : ""), m->shown, m->has_plot, m->plot, m->early};
  m->shown = (Shown){0}, m->plot = (Plot){0}, m->has_plot = false;
}

static Names copy_names(Names from, Arena *a) {
  Names to = {arena_array(a, const char *, from.n), from.n};
  for (int64_t k = 0; k < from.n; k++) to.name[k] = arena_strdup(a, from.name[k]);
  return to;
}

void result_set_progress(Result *r, const MsgProgress *m) {
  bool another = r->total != m->total || m->done < r->progress;
  if (another && r->elapsed > 0) r->since = r->elapsed;
  r->progress = m->done, r->total = m->total, r->elapsed = m->seconds, r->paused = m->paused;
  if (m->memory > r->memory) r->memory = m->memory;
}

double result_share(const Result *r) {
  if (r->total <= 0 || r->progress < 0) return -1;
  return r->progress < r->total ? (double)r->progress / (double)r->total : 1;
}

double result_eta(const Result *r) {
  double share = result_share(r);
  return share > 0 && r->elapsed > r->since ? (r->elapsed - r->since) * (1 - share) / share : -1;
}

void result_set_done(Result *r, const MsgDone *m) {
  r->paused = false;
  r->done = true, r->failed = m->failed, r->cancelled = m->cancelled;
  r->seconds = m->seconds;
  r->line = m->line, r->column = m->column;
  r->token = arena_strdup(&r->arena, m->token ? m->token : "");
  r->message = arena_strdup(&r->arena, m->message ? m->message : "");
  r->reads = copy_names(m->reads, &r->arena);
  r->writes = copy_names(m->writes, &r->arena);
  r->input = arena_array(&r->arena, int64_t, m->reads.n);
  r->opened = copy_names(m->opened, &r->arena);
}

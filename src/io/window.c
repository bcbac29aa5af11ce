// A window: a piece of the text that begins where a record does, read and taken apart by all threads.
//
//   1  each chunk is read and its quotes are counted; the parities, summed from the left, say exactly which chunks
//      begin inside quotes
//   2  each chunk lists its marks
//   3  a record that crosses into the next chunk gets the rest of its marks from there
//   4  each chunk walks through the records that begin in it: good rows, blank lines and comments, ragged rows
// Where a chunk has trouble, what lies before it stands, and the window ends at the record that has it. So it does at a
// record that it does not hold whole.
#include "io/text_int.h"

#include "base/pool.h"

#include <stdlib.h>

typedef struct Crew {
  const WindowTask *task;
  Window *w;
  int64_t trouble; // of the whole window
} Crew;

void window_fini(Window *w) {
  for (int64_t k = 0; k < w->chunk_cap; k++) {
    chunk_fini(&w->chunk[k]);
    free(w->walk[k].first);
    free(w->walk[k].ragged);
    lines_fini(&w->walk[k].lines);
  }
  free(w->chunk);
  free(w->walk);
  mem_free(w->base);
  *w = (Window){0};
}

static ErrCode window_room(Window *w, const WindowTask *t, Err *err) {
  if (w->room < t->size) {
    TRY(job_need(t->job, (int64_t)t->size, "reading the text", err));
    mem_free(w->base);
    w->room = t->size;
    w->base = mem_new(t->size + 2 * PAD);
    if (!w->base) return err_set(err, ERR_MEMORY, "the system has no memory left to read the text");
    memset(w->base, 0, PAD);
    w->text = w->base + PAD;
  }
  w->nchunk = (int64_t)((w->n + t->grain - 1) / t->grain);
  if (w->nchunk <= w->chunk_cap) return OK;
  w->chunk = realloc(w->chunk, (size_t)w->nchunk * sizeof *w->chunk);
  w->walk = realloc(w->walk, (size_t)w->nchunk * sizeof *w->walk);
  if (!w->chunk || !w->walk) abort();
  memset(w->chunk + w->chunk_cap, 0, (size_t)(w->nchunk - w->chunk_cap) * sizeof *w->chunk);
  memset(w->walk + w->chunk_cap, 0, (size_t)(w->nchunk - w->chunk_cap) * sizeof *w->walk);
  w->chunk_cap = w->nchunk;
  return OK;
}

// ---- reading ------------------------------------------------------------------------------------------------------
static void read_chunks(void *ctx, int64_t first, int64_t last) {
  Crew *crew = ctx;
  const WindowTask *t = crew->task;
  for (int64_t k = first; k < last; k++) {
    Chunk *c = &crew->w->chunk[k];
    Err err = {0};
    size_t got;
    c->begin = (size_t)k * t->grain, c->end = c->begin + t->grain;
    if (c->end > crew->w->n) c->end = crew->w->n;
    c->valid =
        source_read(t->from, t->at + (int64_t)c->begin, crew->w->text + c->begin, c->end - c->begin, &got, &err) == OK;
    if (c->valid) scan_count(crew->w->text, t->dialect, c);
  }
}

static ErrCode read_all(Crew *crew, Err *err) {
  Window *w = crew->w;
  const WindowTask *t = crew->task;
  par_for(t->job, w->nchunk, 1, read_chunks, crew);
  bool inside = false;
  for (int64_t k = 0, line = t->line; k < w->nchunk; k++) {
    Chunk *c = &w->chunk[k];
    size_t got;
    if (!c->valid) {
      TRY(source_read(t->from, t->at + (int64_t)c->begin, w->text + c->begin, c->end - c->begin, &got, err));
      scan_count(w->text, t->dialect, c);
    }
    c->inside = inside;
    inside ^= c->quotes;
    w->walk[k].line = line;
    line += c->lines;
  }
  w->open = inside;
  memset(w->text + w->n, 0, PAD);
  if (w->last) w->text[w->n] = '\n';
  return OK;
}

static void mark_chunks(void *ctx, int64_t first, int64_t last) {
  Crew *crew = ctx;
  for (int64_t k = first; k < last; k++) scan_marks(crew->w->text, crew->w->n, crew->task->dialect, &crew->w->chunk[k]);
}

// ---- records across chunks ----------------------------------------------------------------------------------------
static void take_marks(Chunk *c, const uint32_t *pos, int64_t n) {
  chunk_room(c, n);
  memcpy(c->pos + c->npos, pos, (size_t)n * sizeof *pos);
  c->npos += n;
}

static void take_inner(Chunk *c, const Chunk *next, uint32_t before) {
  for (int64_t i = 0; i < next->ninner && next->inner[i] < before; i++) chunk_add_inner(c, next->inner[i]);
}

// Gives chunk k the marks of its last record that stand in later chunks; the end of the source ends a record too.
static void join_chunks(Window *w, int64_t k) {
  Chunk *c = &w->chunk[k];
  if (k && !c->neol) return; // no record begins here
  for (int64_t j = k + 1; j < w->nchunk; j++) {
    const Chunk *next = &w->chunk[j];
    int64_t n = next->neol ? next->eol[0] + 1 : next->npos;
    take_marks(c, next->pos, n);
    take_inner(c, next, next->neol ? next->pos[next->eol[0]] : UINT32_MAX);
    if (!next->neol) continue;
    chunk_add_eol(c, c->npos - 1);
    return;
  }
  if (!w->last || w->open) return;
  uint32_t at = (uint32_t)w->n;
  take_marks(c, &at, 1);
  chunk_add_eol(c, c->npos - 1);
}

// ---- walking ------------------------------------------------------------------------------------------------------
typedef struct Step { // one record
  size_t begin, end;
  int64_t fields, line, inner;
} Step;

static void walk_start(Walk *s) { s->n = s->nragged = s->lines.n = 0, s->stopped = s->cut = false; }

static void add_ragged(Walk *s, const Step *r) {
  if (s->nragged == s->ragged_cap) {
    s->ragged_cap = s->ragged_cap ? s->ragged_cap * 2 : 16;
    s->ragged = realloc(s->ragged, (size_t)s->ragged_cap * sizeof *s->ragged);
    if (!s->ragged) abort();
  }
  s->ragged[s->nragged++] = (Ragged){r->line, r->fields, r->begin, r->end};
}

static void add_row(Walk *s, int64_t first, int64_t line) {
  lines_add(&s->lines, s->n, line);
  if (s->n == s->cap) {
    s->cap = s->cap ? s->cap * 2 : 1024;
    s->first = realloc(s->first, (size_t)s->cap * sizeof *s->first);
    if (!s->first) abort();
  }
  s->first[s->n++] = (uint32_t)first;
}

static bool is_blank(const char *s, size_t n, const Dialect *d) {
  while (n && (s[n - 1] == '\r' || s[n - 1] == '\n')) n--;
  for (size_t i = 0; i < n; i++)
    if ((s[i] != ' ' && s[i] != '\t') || s[i] == d->delim) return false;
  return true;
}

typedef enum { STEP_ROW, STEP_RAGGED, STEP_SKIP, STEP_COMMENT, STEP_TROUBLE } StepKind;

static StepKind judge(const char *text, const WindowTask *t, const Step *r) {
  const Dialect *d = t->dialect;
  size_t n = r->end - r->begin;
  if (d->comment.n && n >= d->comment.n && memcmp(text + r->begin, d->comment.s, d->comment.n) == 0)
    return memchr(text + r->begin, d->quote, n) ? STEP_TROUBLE : STEP_COMMENT;
  if (r->fields == 1 && is_blank(text + r->begin, n, d)) return STEP_SKIP;
  if (r->inner + 1 >= RECORD_LINES || n > RECORD_BYTES - 2) return STEP_TROUBLE;
  if (r->fields == t->ncol) return STEP_ROW;
  return r->inner ? STEP_TROUBLE : STEP_RAGGED;
}

static void walk_stop(Walk *s, size_t at, int64_t line) { s->stopped = true, s->stop = at, s->stop_line = line; }

static void walk_chunk(const Crew *crew, int64_t k) {
  const Window *w = crew->w;
  const Chunk *c = &w->chunk[k];
  Walk *s = &w->walk[k];
  int64_t inner = 0;
  walk_start(s);
  for (int64_t e = 0; e < c->neol; e++) {
    int64_t before = e ? (int64_t)c->eol[e - 1] : -1;
    Step r = {.begin = c->pos[before] + 1u, .end = c->pos[c->eol[e]], .fields = c->eol[e] - before};
    r.line = s->line + e + inner;
    for (; inner < c->ninner && c->inner[inner] < r.end; inner++) r.inner++;
    if (k && e == 0) continue; // begins in an earlier chunk
    if ((int64_t)r.end >= crew->trouble) return walk_stop(s, r.begin, r.line);
    switch (judge(w->text, crew->task, &r)) {
    case STEP_ROW: add_row(s, before + 1, r.line); break;
    case STEP_RAGGED: add_ragged(s, &r); break;
    case STEP_COMMENT:
      r.fields = 0;
      add_ragged(s, &r);
      break;
    case STEP_SKIP: break;
    case STEP_TROUBLE: return walk_stop(s, r.begin, r.line);
    }
  }
  size_t end = c->neol ? c->pos[c->eol[c->neol - 1]] + 1u : 0;
  if ((k && !c->neol) || end >= w->n || end > c->end) return;
  walk_stop(s, end, s->line + c->neol + inner);
  s->cut = true;
}

static void walk_chunks(void *ctx, int64_t first, int64_t last) {
  for (int64_t k = first; k < last; k++) walk_chunk(ctx, k);
}

// ---- text ---------------------------------------------------------------------------------------------------------
static size_t next_character(const Window *w, size_t at) {
  while (at < w->n && ((unsigned char)w->text[at] & 0xC0) == 0x80) at++;
  return at;
}

static bool is_cut_character(Sv text) { // the bytes that a character of several begins with, and not all of them
  static const unsigned char least[] = {0xC2, 0xE0, 0xF0};
  if (text.n < 1 || text.n > 3) return false;
  for (size_t i = 1; i < text.n; i++)
    if (((unsigned char)text.s[i] & 0xC0) != 0x80) return false;
  return (unsigned char)text.s[0] >= least[text.n - 1] && (unsigned char)text.s[0] < 0xF5;
}

// A character that the window cuts in two is looked at with the next one.
static void validate_chunks(void *ctx, int64_t first, int64_t last) {
  const Crew *crew = ctx;
  const Window *w = crew->w;
  for (int64_t k = first; k < last; k++) {
    Chunk *c = &w->chunk[k];
    size_t begin = k ? next_character(w, c->begin) : 0, end = next_character(w, c->end);
    if (c->ascii && end == c->end) continue;
    Sv text = {w->text + begin, end - begin};
    size_t good = decode_valid(text);
    Sv rest = {text.s + good, text.n - good};
    c->valid = !rest.n || (end == w->n && !w->last && is_cut_character(rest));
  }
}

static bool is_utf8(const Window *w) {
  for (int64_t k = 0; k < w->nchunk; k++)
    if (!w->chunk[k].valid) return false;
  return true;
}

// ---- the window ---------------------------------------------------------------------------------------------------
static void settle(Window *w, int64_t trouble) {
  const Chunk *end = &w->chunk[w->nchunk - 1];
  w->used = w->n, w->trouble = false, w->used_lines = w->walk[w->nchunk - 1].line + end->lines;
  int64_t k = 0;
  while (k < w->nchunk && !w->walk[k].stopped) k++;
  if (k == w->nchunk) return;
  w->used = w->walk[k].stop, w->used_lines = w->walk[k].stop_line;
  w->trouble = !w->walk[k].cut || w->last || trouble != NO_TROUBLE;
  for (k++; k < w->nchunk; k++) walk_start(&w->walk[k]);
}

ErrCode window_read(Window *w, const WindowTask *task, bool *encoded, Err *err) {
  int64_t left = task->from->size - task->at;
  Crew crew = {.task = task, .w = w, .trouble = NO_TROUBLE};
  w->last = left <= (int64_t)task->size;
  w->n = w->last ? (size_t)left : task->size;
  TRY(window_room(w, task, err));
  TRY(read_all(&crew, err));
  par_for(task->job, w->nchunk, 1, validate_chunks, &crew);
  *encoded = !is_utf8(w);
  if (*encoded) return err_set(err, ERR_PARSE, "the text is not UTF-8");
  par_for(task->job, w->nchunk, 1, mark_chunks, &crew);
  for (int64_t k = 0; k < w->nchunk; k++) {
    if (w->chunk[k].trouble < crew.trouble) crew.trouble = w->chunk[k].trouble;
    join_chunks(w, k);
  }
  par_for(task->job, w->nchunk, 1, walk_chunks, &crew);
  settle(w, crew.trouble);
  return OK;
}

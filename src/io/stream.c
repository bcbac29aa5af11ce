// Delimited text, window after window, straight into columns. What a window cannot judge libcsv reads: the record with
// the trouble and some more behind it, since trouble seldom comes alone; then the windows go on. Both ways give the
// same cells (tests/unit/io/differ.c), so where the one takes over from the other does not show.
#include "io/csv_int.h"

#include "base/pool.h"

#include <stdlib.h>

enum {
  STRIP = 8 << 10,   // bytes of text whose rows are taken apart together: they stay in the first cache
  LEAST_ROWS = 16,
  CACHE_LINE = 64,
  MOST_PARTS = 32768, // of a window: columns of chunks
  TICK = 1024
};

// ---- what is kept beside the columns ------------------------------------------------------------------------------
static ErrCode add_ragged(Stream *s, int64_t line, int64_t fields, Sv raw, Err *err) {
  char reason[80];
  if (s->again) return OK;
  ragged_reason(reason, sizeof reason, fields, s->ncol);
  s->ragged++;
  widths_add(&s->other, fields);
  return quarantine_add(&s->bad, line, reason, raw, err);
}

static void count_nul(Stream *s, const char *text, size_t n) {
  const char *p = s->again ? NULL : memchr(text, 0, n);
  if (!p) return;
  if (!s->nul) {
    s->nul_line = s->line;
    for (const char *q = text; q < p; q++) s->nul_line += *q == '\n';
  }
  for (; p; p = p + 1 < text + n ? memchr(p + 1, 0, (size_t)(text + n - p - 1)) : NULL) s->nul++;
}

// ---- a window -----------------------------------------------------------------------------------------------------
typedef struct Adding {
  Stream *s;
  int64_t *row; // of each chunk's first
} Adding;

// Asks for the text of the rows ahead of their use: columns walk through it in strides that no hardware foresees.
static void fetch_rows(const Block *b, int64_t begin, int64_t end) {
  if (begin == end) return;
  const char *p = b->text + b->pos[b->first[begin]], *last = b->text + b->pos[b->first[end - 1]];
  for (; p <= last; p += CACHE_LINE) __builtin_prefetch(p);
}

static void add_chunk(const Adding *a, int64_t k) {
  const Stream *s = a->s;
  const Walk *walk = &s->window.walk[k];
  const Chunk *c = &s->window.chunk[k];
  Block block = {.text = s->window.text,
                 .dialect = &s->dialect,
                 .ncol = s->ncol,
                 .n = walk->n,
                 .pos = c->pos,
                 .first = walk->first};
  int64_t rows = (walk->n * STRIP / (int64_t)(c->end - c->begin + 1) + LEAST_ROWS) / LEAST_ROWS * LEAST_ROWS;
  for (int64_t i = 0, end; i < walk->n; i = end) {
    end = i + rows < walk->n ? i + rows : walk->n;
    fetch_rows(&block, end, end + rows < walk->n ? end + rows : walk->n);
    for (int j = 0; j < s->ncol; j++)
      build_add(&s->col[j], &s->part[k * s->ncol + j], &block, i, end, j, a->row[k], &s->marks);
  }
}

static void add_chunks(void *ctx, int64_t begin, int64_t end) {
  for (int64_t k = begin; k < end; k++) add_chunk(ctx, k);
}

static void merge_columns(void *ctx, int64_t begin, int64_t end) {
  const Adding *a = ctx;
  const Stream *s = a->s;
  for (int64_t j = begin; j < end; j++)
    for (int64_t k = 0; k < s->window.nchunk; k++)
      build_merge(&s->col[j], &s->part[k * s->ncol + j], a->row[k], s->window.walk[k].n);
}

// Leaves out what stands behind the last row that is wanted.
static void cut_rows(Stream *s) {
  int64_t left = s->limit < 0 ? INT64_MAX : s->limit - s->nrow;
  for (int64_t k = 0; k < s->window.nchunk; k++) {
    Walk *w = &s->window.walk[k];
    if (w->n >= left) {
      size_t end = left ? s->window.chunk[k].pos[w->first[left - 1]] : 0;
      w->n = left;
      while (w->nragged && w->ragged[w->nragged - 1].begin > end) w->nragged--;
    }
    left -= w->n;
  }
}

static ErrCode keep_lines(Stream *s, int64_t k, int64_t row, Err *err) {
  const Walk *w = &s->window.walk[k];
  for (int64_t i = 0; i < w->nragged; i++) {
    const Ragged *r = &w->ragged[i];
    Sv raw = {s->window.text + r->begin, r->end - r->begin};
    if (!r->fields) {
      if (!s->comments++) s->comment_line = r->line;
      continue;
    }
    if (raw.n && raw.s[raw.n - 1] == '\r') raw.n--;
    TRY(add_ragged(s, r->line, r->fields, raw, err));
  }
  for (int64_t i = 0; i < w->lines.n && !s->again; i++) {
    const LineRun *run = &w->lines.run[i];
    if (run->row < w->n) lines_add(&s->lines, row + run->row, run->line);
  }
  return OK;
}

// Rows that the whole text may have, from what is read of it.
static int64_t rows_ahead(const Stream *s, int64_t rows) {
  double read = (double)(s->at - s->start + (int64_t)s->window.used), all = (double)(s->from->size - s->start);
  int64_t guess = (int64_t)(1.02 * (double)rows * all / read) + 1024;
  if (s->limit >= 0 && guess > s->limit) guess = s->limit;
  return guess > rows ? guess : rows;
}

NODISCARD static ErrCode make_room(Stream *s, int64_t rows, int64_t parts, Err *err) {
  for (int j = 0; j < s->ncol; j++)
    if (s->col[j].cap < rows) TRY(build_room(s->job, &s->col[j], s->nrow, rows_ahead(s, rows), err));
  if (parts * s->ncol <= s->npart) return OK;
  s->part = realloc(s->part, (size_t)(parts * s->ncol) * sizeof *s->part);
  if (!s->part) abort();
  memset(s->part + s->npart, 0, (size_t)(parts * s->ncol - s->npart) * sizeof *s->part);
  s->npart = parts * s->ncol;
  return OK;
}

static ErrCode add_window(Stream *s, Err *err) {
  Window *w = &s->window;
  Adding a = {s, malloc((size_t)w->nchunk * sizeof *a.row)};
  if (!a.row) abort();
  cut_rows(s);
  int64_t rows = s->nrow;
  ErrCode code = OK;
  for (int64_t k = 0; k < w->nchunk && code == OK; k++) {
    a.row[k] = rows;
    code = keep_lines(s, k, rows, err);
    rows += w->walk[k].n;
  }
  if (code == OK) code = make_room(s, rows, w->nchunk, err);
  if (code == OK && rows > s->nrow) {
    par_for(s->job, w->nchunk, 1, add_chunks, &a);
    par_for(s->job, s->ncol, 1, merge_columns, &a);
    s->nrow = rows;
  }
  free(a.row);
  int64_t nul = 0;
  for (int64_t k = 0; k < w->nchunk; k++) nul += w->chunk[k].nul;
  if (nul) count_nul(s, w->text, w->used);
  s->at += (int64_t)w->used, s->line = w->used_lines;
  return code;
}

// ---- libcsv -------------------------------------------------------------------------------------------------------
typedef struct Slow { // rows as libcsv reads them
  Str bytes, raw;
  size_t *end; // of each cell in bytes; SIZE_MAX: empty
  int64_t n, cap, rows, used, line, comments, comment_line;
} Slow;

static void slow_fini(Slow *w) {
  str_fini(&w->bytes);
  str_fini(&w->raw);
  free(w->end);
}

static void take_cells(Slow *w, const Record *rec) {
  if (w->n + rec->n > w->cap) {
    while (w->n + rec->n > w->cap) w->cap = w->cap ? w->cap * 2 : 256;
    w->end = realloc(w->end, (size_t)w->cap * sizeof *w->end);
    if (!w->end) abort();
  }
  for (int64_t j = 0; j < rec->n; j++) {
    Sv cell = record_cell(rec, j);
    str_addn(&w->bytes, cell.s, cell.n);
    w->end[w->n++] = rec->cell[j].bare_empty ? SIZE_MAX : w->bytes.n;
  }
  w->rows++;
}

static ErrCode take_record(Stream *s, Slow *w, const Record *rec, Err *err) {
  int64_t line = s->line + rec->line - 1;
  if (rec->fault) return s->again ? OK : quarantine_add(&s->bad, line, rec->fault, rec->raw, err);
  if (rec->n != s->ncol) return add_ragged(s, line, rec->n, rec->raw, err);
  if (rec->stray && !s->again && !s->stray++) s->stray_line = line;
  if (!s->again) lines_add(&s->lines, s->nrow + w->rows, line);
  take_cells(w, rec);
  return OK;
}

// Reads records until `want` bytes are used; all of them can be trusted when the text is `whole`.
static ErrCode read_records(Stream *s, Sv text, bool whole, size_t want, Slow *w, Err *err) {
  Records *in = records_open(text, &s->dialect, 1);
  const Record *rec;
  ErrCode code = OK;
  w->line = 1;
  while (code == OK && (size_t)w->used < want && (s->limit < 0 || s->nrow + w->rows < s->limit)) {
    rec = records_next(in);
    size_t seen = records_seen(in);
    if (rec && !rec->fault && rec->n != s->ncol && rec->lines > 1) rec = records_first_line(in, CLOSES_LATER);
    if (!whole && (!rec || seen == text.n)) break;
    if (rec) code = take_record(s, w, rec, err);
    w->used = (int64_t)records_at(in), w->line = records_line(in);
    w->comments = records_comments(in, &w->comment_line);
    if (!rec) break;
    if (w->rows % TICK == 0) code = job_tick(s->job, s->at + w->used - s->start, s->from->size - s->start, err);
  }
  records_close(in);
  return code;
}

static ErrCode add_slow(Stream *s, Slow *w, Err *err) {
  Sv *cell = malloc(((size_t)w->n + 1) * sizeof *cell);
  if (!cell) abort();
  size_t at = 0;
  str_reserve(&w->bytes, PAD);
  for (int64_t k = 0; k < w->n; k++) {
    if (w->end[k] == SIZE_MAX) {
      cell[k] = (Sv){NULL, 0};
      continue;
    }
    cell[k] = (Sv){w->bytes.s + at, w->end[k] - at};
    at = w->end[k];
  }
  Block block = {.dialect = &s->dialect, .ncol = s->ncol, .n = w->rows, .cell = cell};
  s->window.used = (size_t)w->used;
  ErrCode code = make_room(s, s->nrow + w->rows, 1, err);
  for (int j = 0; j < s->ncol && code == OK && w->rows; j++) {
    build_add(&s->col[j], &s->part[j], &block, 0, w->rows, j, s->nrow, &s->marks);
    build_merge(&s->col[j], &s->part[j], s->nrow, w->rows);
  }
  free(cell);
  s->nrow += w->rows;
  return code;
}

// At least `want` bytes, or one record, the way of libcsv.
static ErrCode add_carefully(Stream *s, size_t want, Err *err) {
  Slow w = {0};
  int64_t left = s->from->size - s->at;
  ErrCode code = OK;
  for (size_t room = 2 * want; code == OK && !w.used; room *= 2) {
    size_t n = (int64_t)room < left ? room : (size_t)left, got;
    bool whole = (int64_t)n == left || n > 4 * (size_t)RECORD_BYTES;
    code = job_need(s->job, (int64_t)n, "reading the text", err);
    str_clear(&w.raw);
    if (code == OK) str_reserve(&w.raw, n);
    if (code == OK) code = source_read(s->from, s->at, w.raw.s, n, &got, err);
    if (code == OK) code = read_records(s, (Sv){w.raw.s, n}, whole, want, &w, err);
    if (code == OK) code = job_tick(s->job, s->at - s->start, s->from->size - s->start, err);
  }
  s->encoded = code == OK && decode_valid((Sv){w.raw.s, (size_t)w.used}) < (size_t)w.used; // may lie behind the window
  if (s->encoded) code = err_set(err, ERR_PARSE, "the text is not UTF-8");
  if (code == OK) code = add_slow(s, &w, err);
  if (code == OK) count_nul(s, w.raw.s, (size_t)w.used);
  if (w.comments && !s->comments) s->comment_line = s->line + w.comment_line - 1;
  s->comments += w.comments;
  s->at += w.used, s->line += w.line - 1;
  slow_fini(&w);
  return code;
}

// ---- the text -----------------------------------------------------------------------------------------------------
// Many columns are worth fewer chunks: each of a chunk's columns needs some room of its own.
static size_t grain_of(const Stream *s, size_t size) {
  size_t least = size * (size_t)s->ncol / MOST_PARTS / 64 * 64;
  return s->sizes.grain > least ? s->sizes.grain : least;
}

static void grow(size_t *size, size_t most) { *size = *size * 2 < most ? *size * 2 : most; }

ErrCode stream_read(Stream *s, Err *err) {
  const StreamSizes *z = &s->sizes;
  size_t size = z->first, careful = z->careful;
  s->at = s->start, s->line = s->start_line, s->nrow = 0;
  while (s->at < s->from->size && (s->limit < 0 || s->nrow < s->limit)) {
    WindowTask task = {.job = s->job,
                       .from = s->from,
                       .dialect = &s->dialect,
                       .at = s->at,
                       .line = s->line,
                       .size = size,
                       .grain = grain_of(s, size),
                       .ncol = s->ncol};
    TRY(job_tick(s->job, s->at - s->start, s->from->size - s->start, err));
    TRY(window_read(&s->window, &task, &s->encoded, err));
    bool trouble = s->window.trouble, none = !s->window.used;
    TRY(add_window(s, err));
    if (trouble || (none && size >= z->most)) {
      if (s->limit >= 0 && s->nrow >= s->limit) break;
      TRY(add_carefully(s, careful, err));
      grow(&careful, z->most);
      size = size / 2 > z->first ? size / 2 : z->first;
    } else if (none) {
      size *= 2;
    } else {
      grow(&size, z->most);
      careful = z->careful;
    }
  }
  return OK;
}

void stream_fini(Stream *s) {
  for (int j = 0; j < s->ncol && s->col; j++) build_fini(&s->col[j]);
  for (int64_t k = 0; k < s->npart; k++) part_fini(&s->part[k]);
  free(s->col);
  free(s->part);
  window_fini(&s->window);
  lines_fini(&s->lines);
  quarantine_fini(&s->bad);
}

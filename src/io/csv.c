// Delimited text: CSV, TSV and their kin. Records are read once into one text column each (a TextBuilder
// of frame), what does not have the right number of cells goes to the quarantine, and infer.c finds the types. The
// width is that of the first record. When more than half of the rows then fall out and most of them agree on another
// width, the text is read again with that one: a wrong header must not cost the data.
#include "io/io_int.h"

#include <stdio.h>
#include <stdlib.h>

enum { WIDTHS = 64, TICK = 1024 };
static const char CLOSES_LATER[] = "a quote opens here and closes on a later line, where the number of fields is wrong";

typedef struct Widths { // of the records that did not fit; the first WIDTHS distinct ones
  int64_t width[WIDTHS], times[WIDTHS];
  int n;
} Widths;

typedef struct Rows { // rows under construction
  Job *job;
  int64_t width, n, cap, ragged, stray, stray_line;
  int64_t *line;
  TextBuilder *cell;
  Quarantine bad;
  Widths other;
} Rows;

typedef struct Dialect {
  char delim; // 0: one column
  bool header;
} Dialect;

static void rows_init(Rows *r, Job *job, int64_t width) {
  *r = (Rows){.job = job, .width = width};
  r->cell = calloc((size_t)width, sizeof *r->cell);
  if (!r->cell) abort();
  for (int64_t j = 0; j < width; j++) textb_init(&r->cell[j], job);
  quarantine_init(&r->bad, job);
}

static void rows_fini(Rows *r) {
  for (int64_t j = 0; j < r->width; j++) textb_fini(&r->cell[j]);
  free(r->cell);
  mem_free(r->line);
  quarantine_fini(&r->bad);
  *r = (Rows){0};
}

static void widths_add(Widths *w, int64_t width) {
  int k = 0;
  while (k < w->n && w->width[k] != width) k++;
  if (k == WIDTHS) return;
  if (k == w->n) w->width[w->n++] = width;
  w->times[k]++;
}

static ErrCode rows_grow(Rows *r, Err *err) {
  int64_t cap = r->cap ? r->cap * 2 : 1024;
  TRY(job_need(r->job, cap * (int64_t)sizeof *r->line, "the line numbers", err));
  int64_t *line = mem_resize(r->line, (size_t)r->n * sizeof *line, (size_t)cap * sizeof *line);
  if (!line) return err_set(err, ERR_MEMORY, "the system has no memory left for the line numbers: take fewer rows");
  r->line = line, r->cap = cap;
  return OK;
}

static ErrCode rows_add(Rows *r, const Record *rec, Err *err) {
  if (rec->fault) return quarantine_add(&r->bad, rec->line, rec->fault, rec->raw, err);
  if (rec->n != r->width) {
    char reason[80];
    snprintf(reason, sizeof reason, "%lld field%s, %lld expected", (long long)rec->n, rec->n == 1 ? "" : "s",
             (long long)r->width);
    r->ragged++;
    widths_add(&r->other, rec->n);
    return quarantine_add(&r->bad, rec->line, reason, rec->raw, err);
  }
  if (r->n == r->cap) TRY(rows_grow(r, err));
  if (rec->stray && !r->stray++) r->stray_line = rec->line;
  for (int64_t j = 0; j < r->width; j++) {
    if (rec->cell[j].bare_empty) TRY(textb_add_missing(&r->cell[j], err));
    else TRY(textb_add(&r->cell[j], record_cell(rec, j), err));
  }
  r->line[r->n++] = rec->line;
  return OK;
}

static ErrCode rows_read(Rows *r, Sv text, Dialect d, int64_t most, Err *err) {
  Records *in = records_open(text, d.delim);
  ErrCode code = OK;
  bool header = d.header;
  const Record *rec;
  for (int64_t k = 0; code == OK && (most < 0 || r->n < most) && (rec = records_next(in)); k++) {
    if (k % TICK == 0) code = job_tick(r->job, (int64_t)records_at(in), (int64_t)text.n, err);
    if (header && !rec->fault) {
      header = false;
      continue;
    }
    if (!rec->fault && rec->n != r->width && rec->lines > 1) rec = records_first_line(in, CLOSES_LATER);
    if (code == OK) code = rows_add(r, rec, err);
  }
  records_close(in);
  return code;
}

// The width that most of the misfits have, when more than half are misfits and it keeps more rows; else the present.
static int64_t better_width(const Rows *r) {
  if (2 * r->ragged <= r->n + r->ragged) return r->width;
  int best = 0;
  for (int k = 1; k < r->other.n; k++)
    if (r->other.times[k] > r->other.times[best]) best = k;
  return r->other.times[best] > r->n ? r->other.width[best] : r->width;
}

static ErrCode rows_read_best(Rows *r, Job *job, Sv text, Dialect d, int64_t width, int64_t most, Err *err) {
  rows_init(r, job, width);
  TRY(rows_read(r, text, d, most, err));
  int64_t better = better_width(r);
  if (better == width) return OK;
  rows_fini(r);
  rows_init(r, job, better);
  return rows_read(r, text, d, most, err);
}

// ---- header ---------------------------------------------------------------------------------------------------------
static bool is_all_missing(const TextBuilder *b) { return b->missing == b->n; }

// The header is one short and the last column holds something: the first column are row names, as R writes them.
static bool is_shifted(const Rows *r, int64_t given) {
  return given + 1 == r->width && r->n > 0 && !is_all_missing(&r->cell[r->width - 1]);
}

static void note_width(const Rows *r, const Record *header, bool shift, Str *notes) {
  long long given = (long long)header->n, width = (long long)r->width;
  const char *rest = shift           ? "the first column is taken for row names"
                     : given < width ? "the last have none"
                                     : "not used:";
  note_add(notes, "the header has %lld name%s for %lld columns: %s", given, given == 1 ? "" : "s", width, rest);
  for (int64_t j = width; j < given && j < width + 5; j++)
    str_addf(notes, " '" SV_FMT "'", SV_ARG(record_cell(header, j)));
}

static const char **rows_name(const Rows *r, Sv text, Dialect d, Arena *a, Str *notes) {
  if (!d.header) {
    note_add(notes, "no header: names are c1, c2, ...");
    return names_make(NULL, r->width, false, a, notes);
  }
  Records *in = records_open(text, d.delim);
  const Record *header = records_next(in);
  while (header->fault) header = records_next(in);
  note_add(notes, "header on line %lld", (long long)header->line);
  bool shift = is_shifted(r, header->n);
  if (header->n != r->width) note_width(r, header, shift, notes);
  const char **name = names_make(header, r->width, shift, a, notes);
  records_close(in);
  return name;
}

// ---- the whole ------------------------------------------------------------------------------------------------------
// Cells of the first record that can be read.
static ErrCode first_width(Sv text, char delim, const char *path, int64_t *width, Err *err) {
  Records *in = records_open(text, delim);
  const Record *rec = records_next(in);
  int64_t line = rec ? rec->line : 0;
  const char *fault = rec ? rec->fault : NULL;
  while (rec && rec->fault) rec = records_next(in);
  *width = rec ? rec->n : 0;
  records_close(in);
  if (*width) return OK;
  if (fault)
    return err_set(err, ERR_PARSE, "'%s' has no line that can be read; line %lld: %s", path, (long long)line, fault);
  return err_set(err, ERR_PARSE, "'%s' is empty: it has only blank lines", path);
}

static void note_delim(char delim, Str *notes) {
  if (!delim) note_add(notes, "one column: no delimiter found");
  else if (delim == '\t') note_add(notes, "delimiter tab");
  else note_add(notes, "delimiter '%c'", delim);
}

static void note_rows(const Rows *r, Str *notes) {
  if (r->bad.n)
    note_add(notes, "%lld line%s in quarantine (first: %lld)", (long long)r->bad.n, r->bad.n == 1 ? "" : "s",
             (long long)r->bad.line[0]);
  if (r->stray)
    note_add(notes, "misplaced quotes kept as they stand on %lld line%s (first: %lld)", (long long)r->stray,
             r->stray == 1 ? "" : "s", (long long)r->stray_line);
}

static ErrCode rows_take(Rows *r, RawTable *t, Err *err) {
  t->ncol = r->width, t->nrow = r->n, t->line = r->line;
  r->line = NULL;
  t->cell = arena_array(&t->arena, Column *, t->ncol);
  for (int64_t j = 0; j < r->width; j++) TRY(textb_take(&r->cell[j], &t->cell[j], err));
  return OK;
}

static ErrCode read_table(Job *job, Sv text, const char *path, const ReadOpts *opts, Rows *r, RawTable *t, Str *notes,
                          Err *err) {
  Dialect d = {.delim = opts->delim ? opts->delim : sniff_delim(text, path)};
  Marks marks;
  marks_init(&marks, &opts->na);
  d.header = opts->header < 0 ? sniff_header(text, d.delim, &marks) : opts->header > 0;
  note_delim(d.delim, notes);
  int64_t width;
  TRY(first_width(text, d.delim, path, &width, err));
  TRY(rows_read_best(r, job, text, d, width, opts->rows, err));
  t->name = rows_name(r, text, d, &t->arena, notes);
  note_rows(r, notes);
  TRY(rows_take(r, t, err));
  t->comma_free = d.delim != ',';
  return opts->columns.n ? raw_select(t, &opts->columns, err) : OK;
}

// What was put aside is said wherever the table is shown.
static void say_quarantine(Frame *f) {
  int64_t bad = frame_nrow(frame_quarantine(f));
  char text[120];
  if (bad == 0) return;
  snprintf(text, sizeof text, "%lld line%s could not be read and %s kept in d:quarantine()", (long long)bad,
           bad == 1 ? "" : "s", bad == 1 ? "is" : "are");
  frame_set_caption(f, text);
}

static ErrCode make_frame(Job *job, RawTable *t, const ReadOpts *opts, const char *path, Quarantine *bad,
                          const char *notes, Frame **out, Err *err) {
  int64_t ncol = t->ncol;
  Finding *finding = arena_array(&t->arena, Finding, ncol);
  Frame *f = NULL, *ledger = NULL, *quarantine = NULL;
  ErrCode code = infer_columns(job, t, opts, &f, finding, err);
  if (code == OK) code = ledger_new(f, finding, "csv", notes, &ledger, err);
  if (code == OK) code = quarantine_take(bad, &quarantine, err);
  for (int64_t j = 0; j < ncol; j++) finding_fini(&finding[j]);
  if (code != OK) {
    frame_unref(f);
    frame_unref(ledger);
    return code;
  }
  frame_set_origin(f, path, ledger, quarantine);
  say_quarantine(f);
  *out = f;
  return OK;
}

static ErrCode csv_read(Job *job, Source *from, const ReadOpts *opts, Frame **out, Err *err) {
  const char *path = from->path;
  Str own = {0}, notes = {0};
  Sv bytes;
  Rows rows = {0};
  RawTable table = {0};
  Sv text;
  ErrCode code = source_all(job, from, &bytes, err);
  if (code == OK) code = decode_text(job, bytes, &own, &text, &notes, err);
  if (code == OK) code = read_table(job, text, path, opts, &rows, &table, &notes, err);
  str_fini(&own);
  if (code == OK) code = make_frame(job, &table, opts, path, &rows.bad, str_c(&notes), out, err);
  raw_fini(&table);
  rows_fini(&rows);
  str_fini(&notes);
  return code;
}

static int csv_sniff(Sv head, const char *name) {
  (void)name;
  size_t odd;
  return decode_is_text(head, &odd) ? 10 : 0; // any text is a table of at least one column
}

static ErrCode csv_write(Job *job, const Frame *f, const char *path, Str *out, Err *err) {
  Sv suffix = path_suffix(path);
  return csv_print(job, f, sv_is(suffix, ".tsv") || sv_is(suffix, ".tab") ? '\t' : ',', out, err);
}

extern const Format format_csv;
const Format format_csv = {
    .name = "csv", .suffixes = ".csv .tsv .tab .txt", .sniff = csv_sniff, .read = csv_read, .write = csv_write};

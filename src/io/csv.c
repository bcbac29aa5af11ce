// Delimited text: CSV, TSV and their kin. The dialect comes from the beginning of the text (sniff.c). A small text is
// read record by record by libcsv (csv_rows.c), a large one in windows (csv_stream.c); what comes out is the same.
// The width is that of the first record. When more than half of the rows then fall out and most of them agree on
// another width, the text is read again with that one: a wrong header must not cost the data.
#include "io/csv_int.h"

#include <stdio.h>

enum { SMALL = 1 << 20 };

// ---- header -------------------------------------------------------------------------------------------------------
static void note_width(const Record *header, int64_t wide, bool shift, Str *notes) {
  long long given = (long long)header->n, width = (long long)wide;
  const char *rest = shift           ? "the first column is taken for row names"
                     : given < width ? "the last have none"
                                     : "not used:";
  note_add(notes, "the header has %lld name%s for %lld columns: %s", given, given == 1 ? "" : "s", width, rest);
  for (int64_t j = width; j < given && j < width + 5; j++)
    str_addf(notes, " '" SV_FMT "'", SV_ARG(record_cell(header, j)));
}

const char **csv_names(Sv text, const Dialect *d, int64_t width, bool last_filled, Arena *a, Str *notes) {
  if (!d->header) {
    note_add(notes, "no header: names are c1, c2, ...");
    return names_make(NULL, width, false, a, notes);
  }
  Records *in = records_open(text, d);
  const Record *header = records_next(in);
  while (header->fault) header = records_next(in);
  note_add(notes, "header on line %lld", (long long)header->line);
  bool shift = header->n + 1 == width && last_filled; // one name short: row names come first, as R writes them
  if (header->n != width) note_width(header, width, shift, notes);
  const char **name = names_make(header, width, shift, a, notes);
  records_close(in);
  return name;
}

// ---- the whole ----------------------------------------------------------------------------------------------------
// Cells of the first record that can be read.
static ErrCode first_width(Sv text, const Dialect *d, const char *path, int64_t *width, Err *err) {
  Records *in = records_open(text, d);
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
  if (delim == NO_DELIM) note_add(notes, "one column: no delimiter found");
  else if (delim == '\t') note_add(notes, "delimiter tab");
  else note_add(notes, "delimiter '%c'", delim);
}

void csv_note_rows(int64_t bad, int64_t bad_line, int64_t stray, int64_t stray_line, Str *notes) {
  if (bad)
    note_add(notes, "%lld line%s in quarantine (first: %lld)", (long long)bad, bad == 1 ? "" : "s",
             (long long)bad_line);
  if (stray)
    note_add(notes, "misplaced quotes kept as they stand on %lld line%s (first: %lld)", (long long)stray,
             stray == 1 ? "" : "s", (long long)stray_line);
}

ErrCode csv_dialect(Sv text, const Source *from, const ReadOpts *opts, Dialect *d, int64_t *width, Str *notes,
                    Err *err) {
  Marks marks;
  marks_init(&marks, &opts->na);
  *d = (Dialect){.delim = opts->delim ? opts->delim : sniff_delim(text, from->name), .quote = '"', .isa = 2};
  d->header = opts->header < 0 ? sniff_header(text, d, &marks) : opts->header > 0;
  note_delim(d->delim, notes);
  return first_width(text, d, from->path, width, err);
}

static ErrCode read_table(Job *job, Sv text, const Source *from, const ReadOpts *opts, Rows *r, RawTable *t, Str *notes,
                          Err *err) {
  Dialect d;
  int64_t width;
  TRY(csv_dialect(text, from, opts, &d, &width, notes, err));
  TRY(rows_read_best(r, job, text, &d, width, opts->rows, err));
  const TextBuilder *last = &r->cell[r->width - 1];
  t->name = csv_names(text, &d, r->width, r->n > 0 && last->missing < last->n, &t->arena, notes);
  csv_note_rows(r->bad.n, r->bad.n ? r->bad.line[0] : 0, r->stray, r->stray_line, notes);
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

ErrCode csv_frame(Job *job, RawTable *t, Finding *finding, const ReadOpts *opts, const char *path, Quarantine *bad,
                  const char *notes, Frame **out, Err *err) {
  int64_t ncol = t->ncol;
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

static ErrCode read_small(Job *job, Sv text, const Source *from, const ReadOpts *opts, Str *notes, Frame **out,
                          Err *err) {
  Rows rows = {0};
  RawTable table = {0};
  ErrCode code = read_table(job, text, from, opts, &rows, &table, notes, err);
  if (code == OK) {
    Finding *finding = arena_array(&table.arena, Finding, table.ncol);
    code = csv_frame(job, &table, finding, opts, from->path, &rows.bad, str_c(notes), out, err);
  }
  raw_fini(&table);
  rows_fini(&rows);
  return code;
}

// Text that has to be in memory: a small one, or one in another encoding.
static ErrCode read_decoded(Job *job, Source *from, const ReadOpts *opts, Frame **out, Err *err) {
  Str notes = {0};
  Source plain = {.path = from->path, .name = from->name, .fd = -1};
  Sv bytes, text;
  str_add(&notes, str_c(&from->notes));
  ErrCode code = source_all(job, from, &bytes, err);
  if (code == OK) code = decode_text(job, bytes, &plain.mem, &text, &notes, err);
  if (code == OK && text.n <= SMALL) {
    code = read_small(job, text, from, opts, &notes, out, err);
  } else if (code == OK) {
    bool encoded;
    if (!plain.mem.n) str_addn(&plain.mem, text.s, text.n);
    plain.size = (int64_t)plain.mem.n;
    code = csv_stream(job, &plain, 0, opts, &notes, &encoded, out, err);
  }
  source_close(&plain);
  str_fini(&notes);
  return code;
}

static ErrCode csv_read(Job *job, Source *from, const ReadOpts *opts, Frame **out, Err *err) {
  Str notes = {0};
  bool encoded = false;
  int64_t begin;
  if (from->size <= SMALL || !decode_is_plain(from->head, &begin)) return read_decoded(job, from, opts, out, err);
  str_add(&notes, str_c(&from->notes));
  if (begin) note_add(&notes, "byte order mark removed");
  ErrCode code = csv_stream(job, from, begin, opts, &notes, &encoded, out, err);
  str_fini(&notes);
  return encoded ? read_decoded(job, from, opts, out, err) : code;
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
    .name = "csv", .suffixes = ".csv .tsv .tab .txt", .sniff = csv_sniff, .read = csv_read, .write = csv_write,
    .options = "delim quote comment encoding skip header decimal thousands dates"};

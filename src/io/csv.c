// Delimited text: CSV, TSV and their kin. The dialect comes from the beginning of the text (sniff.c). A small text is
// read record by record by libcsv (csv_rows.c), a large one in windows (csv_stream.c); what comes out is the same.
// The width is that of the first record. When more than half of the rows then fall out and most of them agree on
// another width, the text is read again with that one: a wrong header must not cost the data.
#include "io/csv_int.h"

#include "base/utf8.h"

#include <stdio.h>

enum { SMALL = 1 << 20 };

// ---- header -------------------------------------------------------------------------------------------------------
static void note_width(const Record *header, int64_t wide, bool shift, Str *notes) {
  long long given = (long long)header->n, width = (long long)wide;
  const char *rest = shift           ? "the first column is taken for row names"
                     : given < width ? "the last have none"
                                     : "not used:";
  note_add(notes, "the header has %lld name%s for %lld columns: %s", given, given == 1 ? "" : "s", width, rest);
  for (int64_t j = width; j < given && j < width + 5; j++) {
    Sv name = record_cell(header, j);
    str_addf(notes, " '%.*s'", (int)utf8_fit(name, 60), name.s);
  }
}

const char **csv_names(Sv text, const Start *start, int64_t width, bool last_filled, Arena *a, Str *notes) {
  if (!start->dialect.header) {
    note_add(notes, "no header: names are c1, c2, ... (%s)", start->header_why);
    return names_make(NULL, width, false, a, notes);
  }
  Records *in = records_open(text, &start->dialect, start->line);
  const Record *header = records_next(in);
  while (header->fault) header = records_next(in);
  note_add(notes, "header on line %lld (%s)", (long long)header->line, start->header_why);
  bool shift = header->n + 1 == width && last_filled; // one name short: row names come first, as R writes them
  if (header->n != width) note_width(header, width, shift, notes);
  const char **name = names_make(header, width, shift, a, notes);
  records_close(in);
  return name;
}

// ---- the whole ----------------------------------------------------------------------------------------------------
static void note_comments(const Start *start, int64_t n, int64_t line, Str *notes) {
  if (start->comments) n += start->comments, line = start->comment_line;
  if (n)
    note_add(notes, "%lld comment line%s (%s) left out, first on line %lld", (long long)n, n == 1 ? "" : "s",
             start->mark, (long long)line);
}

void csv_note_lines(const Start *start, int64_t comments, int64_t comment_line, const Quarantine *q, int64_t stray,
                    int64_t stray_line, Str *notes) {
  int64_t bad = q->n - q->before;
  note_comments(start, comments, comment_line, notes);
  if (bad)
    note_add(notes, "%lld line%s in quarantine (first: %lld)", (long long)bad, bad == 1 ? "" : "s",
             (long long)q->line[q->before]);
  if (stray)
    note_add(notes, "misplaced quotes kept as they stand on %lld line%s (first: %lld)", (long long)stray,
             stray == 1 ? "" : "s", (long long)stray_line);
}

static ErrCode read_table(Job *job, Sv text, const Start *start, const ReadOpts *opts, Rows *r, RawTable *t, Str *notes,
                          Err *err) {
  Sv table = {text.s + start->at, text.n - start->at};
  TRY(rows_read_best(r, job, table, start, opts->rows, err));
  const TextBuilder *last = &r->cell[r->width - 1];
  t->name = csv_names(table, start, r->width, r->n > 0 && last->missing < last->n, &t->arena, notes);
  csv_note_lines(start, r->comments, r->comment_line, &r->bad, r->stray, r->stray_line, notes);
  TRY(rows_take(r, t, err));
  t->comma_free = start->dialect.delim != ',';
  return opts->columns.n ? raw_select(t, &opts->columns, err) : OK;
}

// What was put aside is said wherever the table is shown.
static void say_quarantine(Frame *f, int64_t before) {
  int64_t bad = frame_nrow(frame_quarantine(f)) - before;
  const char *s = before + bad == 1 ? "" : "s", *are = before + bad == 1 ? "is" : "are";
  char text[160];
  if (!before && !bad) return;
  if (!before)
    snprintf(text, sizeof text, "%lld line%s could not be read and %s kept in d:quarantine()", (long long)bad, s, are);
  else if (!bad)
    snprintf(text, sizeof text, "%lld line%s before the table %s kept in d:quarantine()", (long long)before, s, are);
  else
    snprintf(text, sizeof text,
             "%lld line%s before the table and %lld that could not be read are kept in d:quarantine()",
             (long long)before, before == 1 ? "" : "s", (long long)bad);
  frame_set_caption(f, text);
}

ErrCode csv_frame(Job *job, RawTable *t, Finding *finding, const ReadOpts *opts, const char *path, Quarantine *bad,
                  const char *notes, Frame **out, Err *err) {
  int64_t ncol = t->ncol;
  Frame *f = NULL, *ledger = NULL, *quarantine = NULL;
  int64_t before = bad->before;
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
  say_quarantine(f, before);
  *out = f;
  return OK;
}

static ErrCode find_start(Job *job, Sv *text, const Source *from, const ReadOpts *opts, Start *start, Str *notes,
                          Err *err) {
  Source bytes = {.path = from->path, .name = from->name, .fd = -1, .size = (int64_t)text->n};
  bytes.mem = (Str){(char *)(uintptr_t)text->s, text->n, text->n}; // only looked at
  int64_t at = 0, line = 1;
  TRY(start_skip(job, &bytes, opts, &at, &line, notes, err));
  *text = (Sv){text->s + at, text->n - (size_t)at};
  return start_find(*text, line, from, opts, start, notes, err);
}

static ErrCode read_small(Job *job, Sv text, const Source *from, const ReadOpts *opts, Str *notes, Frame **out,
                          Err *err) {
  Rows rows = {0};
  RawTable table = {0};
  Start start = {0};
  ErrCode code = find_start(job, &text, from, opts, &start, notes, err);
  if (code == OK) code = read_table(job, text, &start, opts, &rows, &table, notes, err);
  if (code == OK) {
    Finding *finding = arena_array(&table.arena, Finding, table.ncol);
    code = csv_frame(job, &table, finding, opts, from->path, &rows.bad, str_c(notes), out, err);
  }
  raw_fini(&table);
  rows_fini(&rows);
  start_fini(&start);
  return code;
}

// Text that has to be in memory: a small one, or one in another encoding.
static ErrCode read_decoded(Job *job, Source *from, const ReadOpts *opts, Frame **out, Err *err) {
  Str notes = {0};
  Source plain = {.path = from->path, .name = from->name, .fd = -1};
  Sv bytes, text;
  str_add(&notes, str_c(&from->notes));
  ErrCode code = source_all(job, from, &bytes, err);
  if (code == OK) code = decode_as(job, bytes, opts->encoding, &plain.mem, &text, &notes, err);
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
  if (from->size <= SMALL || !decode_is_plain(from->head, opts->encoding, &begin))
    return read_decoded(job, from, opts, out, err);
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

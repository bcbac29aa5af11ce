// Records of delimited text, by libcsv, one physical line at a time.
//
// libcsv keeps its state between calls and says when a record ends, but it knows no line numbers, and a stray quote
// lets it swallow the rest of a file. So it is fed line by line: a record that is open at the end of a line goes on
// to the next one, and its first line is always known. A strict parser does the work; where it refuses,
//   - a record of one line is read again as its writer may have meant it, by split() or else by a lax parser: quotes
//     inside a cell stay as they stand ("stray");
//   - a record of several lines, or one that both leave open, has a fault. So has one whose quote is never
//     closed, or that grows beyond any sense. Only its first line is given up; reading goes on at the second.
// In tab-separated text, where quotes mean nothing to many programs, a line at fault is read with no quoting at all.
// Unquoted cells lose their surrounding spaces, and blank lines are no records: both are libcsv's rules.
// Cost: linear, and at most MAX_LINES lines more for each fault.
#include "io/io_int.h"

#include <csv.h>
#include <stdlib.h>

enum { MAX_LINES = RECORD_LINES, MAX_BYTES = RECORD_BYTES, BLOCK = 64 << 10 };

typedef enum { LINE_BLANK, LINE_ENDED, LINE_OPEN, LINE_REFUSED } LineEnd;

struct Records {
  struct csv_parser strict, lax, plain;
  Sv text;
  size_t seen;
  size_t at, lf; // lf: place of the first line feed at or after `at`; anything before `at` = not looked for yet
  int64_t line;  // number of the line at `at`
  int64_t comments, comment_line;
  Sv first;        // first line of the present record
  size_t first_lf; // lf behind it
  Dialect d;
  Record rec;
};

static void parser_init(struct csv_parser *p, int options, char delim, char quote) {
  csv_init(p, (unsigned char)(options | CSV_EMPTY_IS_NULL));
  csv_set_delim(p, (unsigned char)delim);
  csv_set_quote(p, (unsigned char)quote);
}

Records *records_open(Sv text, const Dialect *d, int64_t line) {
  Records *r = calloc(1, sizeof *r);
  if (!r) abort();
  r->text = text, r->line = line, r->d = *d;
  parser_init(&r->strict, CSV_STRICT, d->delim, d->quote);
  parser_init(&r->lax, 0, d->delim, d->quote);
  parser_init(&r->plain, 0, d->delim, NO_QUOTE);
  return r;
}

void records_close(Records *r) {
  csv_free(&r->strict);
  csv_free(&r->lax);
  csv_free(&r->plain);
  str_fini(&r->rec.bytes);
  free(r->rec.cell);
  free(r);
}

size_t records_at(const Records *r) { return r->at; }
size_t records_seen(const Records *r) { return r->seen; }
int64_t records_line(const Records *r) { return r->line; }

int64_t records_comments(const Records *r, int64_t *first) {
  *first = r->comment_line;
  return r->comments;
}

static void on_cell(void *s, size_t n, void *ctx) {
  Record *rec = ctx;
  if (rec->n == rec->cap) {
    rec->cap = rec->cap ? rec->cap * 2 : 64;
    rec->cell = realloc(rec->cell, (size_t)rec->cap * sizeof *rec->cell);
    if (!rec->cell) abort();
  }
  str_addn(&rec->bytes, s, s ? n : 0);
  rec->cell[rec->n++] = (Cell){.end = rec->bytes.n, .bare_empty = s == NULL};
}

static void on_record(int c, void *ctx) {
  (void)c;
  ((Record *)ctx)->complete = true;
}

static void record_clear(Record *rec) {
  str_clear(&rec->bytes);
  rec->n = 0, rec->lines = 1, rec->complete = false;
}

// The next physical line with its end: LF, CR LF or a CR alone.
static Sv take_line(Records *r) {
  const char *s = r->text.s + r->at, *end = r->text.s + r->text.n;
  if (r->lf < r->at || r->at == 0) {
    const char *lf = memchr(s, '\n', (size_t)(end - s));
    r->lf = lf ? (size_t)(lf - r->text.s) : r->text.n;
  }
  size_t stop = r->lf < r->text.n ? r->lf + 1 : r->lf;
  const char *cr = memchr(s, '\r', r->lf - r->at);
  if (cr && (size_t)(cr - r->text.s) + 1 != r->lf) stop = (size_t)(cr - r->text.s) + 1;
  Sv line = {s, stop - r->at};
  r->at = stop;
  if (r->seen < stop) r->seen = stop;
  r->line++;
  return line;
}

static Sv without_end(Sv line) {
  while (line.n && (line.s[line.n - 1] == '\n' || line.s[line.n - 1] == '\r')) line.n--;
  return line;
}

static bool is_blank(Sv line, char delim) {
  for (size_t i = 0; i < line.n; i++)
    if ((line.s[i] != ' ' && line.s[i] != '\t') || line.s[i] == delim) return false;
  return true;
}

static bool is_comment(Records *r, Sv line) {
  Sv mark = r->d.comment;
  if (!mark.n || line.n < mark.n || memcmp(line.s, mark.s, mark.n)) return false;
  if (!r->comments++) r->comment_line = r->rec.line;
  return true;
}

// libcsv's buffer for a cell grows by its block size: with a fixed one a huge cell would be copied ever again.
static LineEnd feed(struct csv_parser *p, Sv line, Record *rec) {
  size_t block = p->entry_size > line.n ? p->entry_size : line.n;
  csv_set_blk_size(p, block > BLOCK ? block : BLOCK);
  size_t used = csv_parse(p, line.s, line.n, on_cell, on_record, rec);
  if (used == line.n && !rec->complete && without_end(line).n == line.n) {
    used--; // the last line of a text without a line end
    used += csv_parse(p, "\n", 1, on_cell, on_record, rec);
  }
  if (used != line.n) return LINE_REFUSED;
  return rec->complete ? LINE_ENDED : LINE_OPEN;
}

static void parser_reset(struct csv_parser *p) { csv_fini(p, NULL, NULL, NULL); }

static size_t pass_blanks(Sv line, size_t i, char delim) {
  while (i < line.n && (line.s[i] == ' ' || line.s[i] == '\t') && line.s[i] != delim) i++;
  return i;
}

static bool ends_cell(Sv line, size_t i, char delim) {
  i = pass_blanks(line, i, delim);
  return i == line.n || line.s[i] == delim;
}

// The place behind the quote that closes the cell whose text begins at i; SIZE_MAX: none does. Quotes that nobody
// doubled come in pairs: of two before a delimiter the first belongs to the text when one before it lacks its partner.
static size_t split_quoted(const Dialect *d, Sv line, size_t i, Str *cell) {
  for (bool lacking = false; i < line.n; i++) {
    bool quote = line.s[i] == d->quote, two = quote && i + 1 < line.n && line.s[i + 1] == d->quote;
    if (quote && !two && ends_cell(line, i + 1, d->delim)) return i + 1;
    str_addc(cell, line.s[i]);
    if (two && lacking && ends_cell(line, i + 2, d->delim)) return i + 2;
    if (two) i++;
    else if (quote) lacking = !lacking;
  }
  return SIZE_MAX;
}

// A line with quotes inside its cells: one closes its cell only before a delimiter or the end of the line.
static bool split(const Dialect *d, Sv line, Record *rec) {
  for (size_t i = 0;; i++) {
    Str cell = {0};
    i = pass_blanks(line, i, d->delim);
    bool quoted = i < line.n && line.s[i] == d->quote;
    if (quoted) {
      size_t end = split_quoted(d, line, i + 1, &cell);
      if (end != SIZE_MAX) on_cell((void *)(uintptr_t)str_c(&cell), cell.n, rec);
      str_fini(&cell);
      if (end == SIZE_MAX) return false;
      i = pass_blanks(line, end, d->delim);
    } else {
      size_t begin = i, end;
      while (i < line.n && line.s[i] != d->delim) i++;
      for (end = i; end > begin && (line.s[end - 1] == ' ' || line.s[end - 1] == '\t');) end--;
      on_cell(end > begin ? (void *)(uintptr_t)(line.s + begin) : NULL, end - begin, rec);
    }
    if (i == line.n) return true;
  }
}

static LineEnd read_lax(Records *r, Sv line) {
  record_clear(&r->rec);
  r->rec.stray = true;
  if (split(&r->d, without_end(line), &r->rec)) return LINE_ENDED;
  record_clear(&r->rec);
  LineEnd end = feed(&r->lax, line, &r->rec);
  if (end != LINE_ENDED) parser_reset(&r->lax);
  r->rec.stray = end == LINE_ENDED;
  return end;
}

// Follows a record over line ends; NULL when it ends well.
static const char *read_on(Records *r, size_t begin) {
  for (int64_t lines = 1;; lines++) {
    if (r->at == r->text.n) return "a quote opens here and is never closed";
    if (lines == MAX_LINES) return "a quote opens here and is not closed within 10,000 lines";
    Sv line = take_line(r);
    if (r->at - begin > MAX_BYTES) return "a quote opens here and is not closed within 64 MB";
    LineEnd end = feed(&r->strict, line, &r->rec);
    if (end == LINE_ENDED) return NULL;
    if (end == LINE_REFUSED) return "a quote opens here and runs into the quotes of later lines";
  }
}

static const char *read_record(Records *r, Sv first, size_t begin) {
  if (first.n > MAX_BYTES) return "a line of more than 64 MB";
  LineEnd end = feed(&r->strict, first, &r->rec);
  if (end == LINE_ENDED) return NULL;
  const char *fault = "its quotes do not match: a cell opens with one and none closes it";
  if (end == LINE_OPEN) fault = read_on(r, begin);
  if (fault) parser_reset(&r->strict);
  if (end == LINE_REFUSED && read_lax(r, first) == LINE_ENDED) return NULL;
  return fault;
}

const Record *records_first_line(Records *r, const char *fault) {
  Record *rec = &r->rec;
  record_clear(rec);
  rec->fault = fault, rec->stray = false;
  rec->raw = without_end(r->first);
  r->at = (size_t)(r->first.s - r->text.s) + r->first.n, r->line = rec->line + 1, r->lf = r->first_lf;
  if (r->d.delim == '\t' && r->first.n <= MAX_BYTES && feed(&r->plain, r->first, rec) == LINE_ENDED)
    rec->fault = NULL, rec->stray = true;
  return rec;
}

const Record *records_next(Records *r) {
  Record *rec = &r->rec;
  while (r->at < r->text.n) {
    size_t begin = r->at;
    r->seen = begin;
    record_clear(rec);
    rec->line = r->line, rec->stray = false;
    r->first = take_line(r);
    rec->raw = without_end(r->first), r->first_lf = r->lf;
    if (is_blank(rec->raw, r->d.delim) || is_comment(r, rec->raw)) continue;
    rec->fault = read_record(r, r->first, begin);
    if (rec->fault) return records_first_line(r, rec->fault);
    rec->lines = r->line - rec->line;
    rec->raw = without_end((Sv){r->first.s, r->at - begin});
    return rec;
  }
  return NULL;
}

// Comment lines: text that begins with # or % or // may hold some. They are taken for comments when a run of them comes
// first and lines without the mark follow. One that ends the run may be the header ("#chrom start end"), and a marked
// line among the others may be a row of the table (#ff0000, red): then only the run is left out.
#include "io/io_int.h"

static bool begins(Sv line, Sv mark) { return line.n >= mark.n && memcmp(line.s, mark.s, mark.n) == 0; }

static bool is_blank(Sv line) { return sv_trim(line).n == 0; }

Sv comments_mark(Sv text) {
  static const char *const marks[] = {"#", "%", "//"};
  Sv line = {"", 0};
  while (text.n && is_blank(line)) line = sniff_line(&text);
  for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
    Sv mark = sv(marks[k]), rest = text;
    if (!begins(line, mark)) continue;
    while (rest.n) {
      Sv next = sniff_line(&rest);
      if (!is_blank(next) && !begins(next, mark)) return mark;
    }
  }
  return (Sv){"", 0};
}

// The run that comes first.
static void read_run(Sv text, Sv mark, Comments *c) {
  Sv rest = text, last = {text.s, 0};
  for (int64_t number = 1; rest.n; number++) {
    Sv line = sniff_line(&rest);
    if (is_blank(line)) continue;
    if (!begins(line, mark)) break;
    if (!c->n++) c->line = number;
    last = line, c->last_line = number;
    c->after = (size_t)(rest.s - text.s);
  }
  size_t k = mark.n;
  while (k < last.n && last.s[k] == mark.s[0]) k++;
  c->spaced = k < last.n && last.s[k] == ' ';
  while (k < last.n && last.s[k] == ' ') k++;
  c->behind = (size_t)(last.s - text.s) + k;
}

typedef struct Rows {        // below the run
  int64_t marked, n, values; // marked: of the table's width; values: first cells of others that are numbers or so
} Rows;

static Rows rows_below(Sv text, const Dialect *d, int64_t width) {
  enum { SAMPLE = 1000 };
  Dialect all = *d;
  all.comment.n = 0;
  Rows rows = {0};
  bool below = false;
  Records *r = records_open(text, &all, 1);
  for (const Record *rec; rows.n < SAMPLE && (rec = records_next(r));) {
    bool marked = begins(rec->raw, d->comment);
    below = below || !marked;
    if (!below || rec->fault || rec->n != width) continue;
    if (marked) rows.marked++;
    else rows.n++, rows.values += sniff_is_typed(record_cell(rec, 0));
  }
  records_close(r);
  return rows;
}

static bool are_spaced(Sv text, Sv mark) { // every line of the run has a blank behind the mark, or nothing
  while (text.n) {
    Sv line = sniff_line(&text);
    if (is_blank(line)) continue;
    if (!begins(line, mark)) return true;
    size_t n = mark.n;
    while (n < line.n && line.s[n] == mark.s[0]) n++;
    if (n < line.n && line.s[n] != ' ' && line.s[n] != '\t') return false;
  }
  return true;
}

Comments comments_judge(Sv text, const Dialect *d, int64_t width) {
  Comments c = {0};
  read_run(text, d->comment, &c);
  Rows rows = rows_below(text, d, width);
  bool values = rows.n && rows.values + 1 >= rows.n; // but for a header
  c.none = width < 2 && !are_spaced(text, d->comment);
  c.only_first = width >= 2 && !values && rows.marked;
  return c;
}

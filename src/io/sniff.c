// The delimiter and the quote of delimited text, from its first records.
//
// Each candidate splits them by the rules of the real parser, quotes included. The share of records that agree on the
// most frequent number of cells, at least two, without a misplaced quote, is its score; the best wins, then the one
// that makes more cells, then the order of CANDIDATES. A comma that stands between digits only is a decimal comma when
// another candidate splits as well. When none of them splits, RARE ones may, where the evidence is clear: every record
// has the same number of cells, and the cells are not those of one date, time or address. Else there is one column.
// The quote is ", unless no field opens with one, several do with ', and read so no quote is out of place.
#include "io/io_int.h"

enum { SAMPLE = 100 };
static const char CANDIDATES[] = ",\t;|", RARE[] = "^~: ";

Sv sniff_head(Sv text) {
  const char *at = text.s, *end = text.s + text.n;
  for (int lines = 0; at < end; lines++) {
    const char *lf = memchr(at, '\n', (size_t)(end - at)), *next = lf ? lf + 1 : end;
    if (lines >= SNIFF_LINES && next - text.s > SNIFF_BYTES) break;
    at = next;
  }
  return (Sv){text.s, (size_t)(at - text.s)};
}

Sv sniff_line(Sv *text) {
  size_t n = 0;
  while (n < text->n && text->s[n] != '\n' && text->s[n] != '\r') n++;
  Sv line = {text->s, n};
  if (n + 1 < text->n && text->s[n] == '\r' && text->s[n + 1] == '\n') n++;
  if (n < text->n) n++;
  *text = (Sv){text->s + n, text->n - n};
  return line;
}

// ---- scores -------------------------------------------------------------------------------------------------------
typedef struct Score {
  double clean;
  int64_t mode;
  int times, n, bad; // records: of that width, all, with a quote out of place
  bool splits;       // some record
} Score;

static int64_t mode_of(const int64_t *count, int n, int *times) {
  int64_t mode = 0;
  *times = 0;
  for (int i = 0; i < n; i++) {
    int same = 0;
    for (int k = 0; k < n; k++) same += count[k] == count[i];
    if (same > *times || (same == *times && count[i] > mode)) *times = same, mode = count[i];
  }
  return mode;
}

static Score score_of(Sv text, const Dialect *d) {
  int64_t count[SAMPLE];
  int clean = 0;
  Score s = {0};
  Records *r = records_open(text, d, 1);
  for (const Record *rec; s.n < SAMPLE && (rec = records_next(r)); s.n++) {
    if (rec->n > 1) s.splits = true;
    if (!rec->fault && !rec->stray) count[clean++] = rec->n;
  }
  records_close(r);
  s.bad = s.n - clean;
  s.mode = mode_of(count, clean, &s.times);
  if (s.mode >= 2) s.clean = (double)s.times / s.n;
  return s;
}

static Score score_delim(Sv text, const Dialect *d, char delim) {
  Dialect with = *d;
  with.delim = delim;
  return score_of(text, &with);
}

// ---- delimiter ----------------------------------------------------------------------------------------------------
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool commas_are_decimal(Sv text) {
  const char *end = text.s + text.n;
  for (const char *p = text.s; (p = memchr(p, ',', (size_t)(end - p))); p++)
    if (p == text.s || p + 1 == end || !is_digit(p[-1]) || !is_digit(p[1])) return false;
  return true;
}

typedef struct Cells { // of the records below the first
  int64_t n, empty, typed, lengthy;
  int64_t lines, whole; // whole: the line is one value
} Cells;

static Cells cells_of(Sv text, const Dialect *d) {
  enum { LENGTHY = 5 };
  Cells c = {0};
  Records *r = records_open(text, d, 1);
  const Record *rec = records_next(r);
  for (int n = 1; n < SAMPLE && rec && (rec = records_next(r)); n++) {
    c.n += rec->n, c.lines++;
    c.whole += sniff_is_typed(rec->raw);
    for (int64_t j = 0; j < rec->n; j++) {
      Sv cell = record_cell(rec, j);
      c.empty += cell.n == 0, c.typed += sniff_is_typed(cell), c.lengthy += cell.n >= LENGTHY;
    }
  }
  records_close(r);
  return c;
}

static bool is_clear(Sv text, const Dialect *d, char delim, const Score *s) {
  if (s->mode < 2 || s->times < s->n || s->n < 2 || s->bad) return false;
  if (delim != ':' && delim != ' ') return true;
  Dialect with = *d;
  with.delim = delim;
  Cells c = cells_of(text, &with);
  if (c.whole) return false;
  if (delim == ':') return s->mode >= 3 && 2 * c.lengthy >= c.lines;
  return !c.empty && c.typed >= c.lines;
}

static Score best_of(Sv text, const char *name, Dialect *d) {
  Sv suffix = path_suffix(name);
  bool tabs = sv_is(suffix, ".tsv") || sv_is(suffix, ".tab"), splits = false;
  Score top = {0};
  d->delim = NO_DELIM;
  for (const char *c = CANDIDATES; *c; c++) {
    Score s = score_delim(text, d, *c);
    splits = splits || (*c == ',' && s.splits);
    bool tab = tabs && *c == '\t' && s.mode >= 2;
    bool better = s.clean > top.clean || (s.clean == top.clean && s.mode > top.mode && s.clean > 0);
    bool decimal = d->delim == ',' && s.clean > 0 && s.clean == top.clean && commas_are_decimal(text);
    if (better || decimal || tab) top = s, d->delim = *c;
    if (tab) return top;
  }
  if (d->delim == NO_DELIM && splits && sv_is(suffix, ".csv")) d->delim = ',';
  for (const char *c = RARE; *c && d->delim == NO_DELIM; c++) {
    Score s = score_delim(text, d, *c);
    if (is_clear(text, d, *c, &s)) top = s, d->delim = *c;
  }
  return top;
}

static Score split(Sv text, const char *name, Dialect *d, char delim) {
  d->delim = delim;
  return delim ? score_of(text, d) : best_of(text, name, d);
}

// ---- quote --------------------------------------------------------------------------------------------------------
static bool ends_cell(char c, char delim) {
  return c == '\n' || c == '\r' || c == delim || (!delim && strchr(CANDIDATES, c) && c);
}

// How often a quote stands at the beginning of a field; delim 0: one of the candidates.
static int64_t openings(Sv text, char quote, char delim) {
  const char *end = text.s + text.n;
  int64_t n = 0;
  for (const char *p = text.s; (p = memchr(p, quote, (size_t)(end - p))); p++) {
    const char *q = p;
    while (q > text.s && q[-1] == ' ' && delim != ' ') q--;
    n += q == text.s || ends_cell(q[-1], delim);
  }
  return n;
}

void sniff_dialect(Sv text, const char *name, const ReadOpts *opts, Dialect *d, Split *why) {
  *why = (Split){0};
  d->quote = opts->quote ? opts->quote : '"';
  char delim = opts->delim;
  Score s = split(text, name, d, delim);
  int64_t single = opts->quote ? 0 : openings(text, '\'', delim);
  if (single >= 2 && !openings(text, '"', delim)) {
    Dialect other = *d;
    other.quote = '\'';
    Score t = split(text, name, &other, delim);
    if (!t.bad && t.clean >= s.clean) *d = other, s = t, why->quoted = single;
  }
  why->width = s.mode, why->agree = s.times, why->of = s.n;
}

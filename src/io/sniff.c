// The dialect of delimited text, from its first records.
//
// Delimiter: each candidate splits the first records by the rules of the real parser, quotes included. The share of
// records that agree on the most frequent number of cells, at least two, without a misplaced quote, is its score; the
// best wins, then the one that makes more cells, then the order of CANDIDATES. When none splits, there is one column.
// Header: a column whose cells below the first are all numbers, dates or bools votes; for a header when its first cell
// is none of these, against one when it is. Without a vote the first record is a header if its cells are distinct texts
// and none of them stands in its column again.
#include "io/io_int.h"

#include "base/map.h"

#include <stdlib.h>

enum { SAMPLE = 100, HEAD = 256 << 10 };
static const char CANDIDATES[] = ",\t;|";

static Sv head_of(Sv text) {
  if (text.n <= HEAD) return text;
  const char *lf = memrchr(text.s, '\n', HEAD);
  return (Sv){text.s, lf ? (size_t)(lf - text.s) + 1 : HEAD};
}

// ---- delimiter ----------------------------------------------------------------------------------------------------
typedef struct Score {
  double clean;
  int64_t mode;
  bool splits; // some record
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

static Score score_delim(Sv text, char delim) {
  int64_t count[SAMPLE];
  int n = 0, clean = 0;
  Score s = {0};
  Records *r = records_open(text, &(Dialect){.delim = delim, .quote = '"'});
  for (const Record *rec; n < SAMPLE && (rec = records_next(r)); n++) {
    if (rec->n > 1) s.splits = true;
    if (!rec->fault && !rec->stray) count[clean++] = rec->n;
  }
  records_close(r);
  int times;
  s.mode = mode_of(count, clean, &times);
  if (s.mode >= 2) s.clean = (double)times / n;
  return s;
}

char sniff_delim(Sv text, const char *path) {
  Sv head = head_of(text), suffix = path_suffix(path);
  bool tabs = sv_is(suffix, ".tsv") || sv_is(suffix, ".tab");
  char best = NO_DELIM;
  Score top = {0};
  bool splits = false;
  for (const char *c = CANDIDATES; *c; c++) {
    Score s = score_delim(head, *c);
    splits = splits || (*c == ',' && s.splits);
    if (tabs && *c == '\t' && s.mode >= 2) return '\t';
    if (s.clean > top.clean || (s.clean == top.clean && s.mode > top.mode && s.clean > 0)) top = s, best = *c;
  }
  if (best == NO_DELIM && splits && sv_is(suffix, ".csv")) return ',';
  return best;
}

// ---- header -------------------------------------------------------------------------------------------------------
bool sniff_is_typed(Sv cell) {
  int64_t i;
  double f;
  bool zoned;
  Sv text = sv_trim(cell);
  for (int t = COL_BOOL; t <= COL_TIME; t++)
    if (COLTYPES[t].parse(text, &i, &f, &zoned)) return true;
  return false;
}

typedef struct Columns {
  Arena arena;
  int64_t n;
  Sv *first;          // cells of the first record
  bool *first_typed;
  int64_t *present, *typed, *again; // below the first: cells, those with a type, those equal to the first
} Columns;

static void columns_start(Columns *c, const Record *rec) {
  c->n = rec->n;
  c->first = arena_array(&c->arena, Sv, c->n);
  c->first_typed = arena_array(&c->arena, bool, c->n);
  c->present = arena_array(&c->arena, int64_t, c->n);
  c->typed = arena_array(&c->arena, int64_t, c->n);
  c->again = arena_array(&c->arena, int64_t, c->n);
  for (int64_t j = 0; j < c->n; j++) {
    Sv cell = record_cell(rec, j);
    c->first[j] = (Sv){arena_strndup(&c->arena, cell.s, cell.n), cell.n};
    c->first_typed[j] = sniff_is_typed(cell);
  }
}

static void columns_count(Columns *c, const Record *rec, const Marks *marks) {
  for (int64_t j = 0; j < rec->n && j < c->n; j++) {
    Sv cell = record_cell(rec, j);
    if (!cell.n || marks_has(marks, cell)) continue;
    c->present[j]++;
    c->typed[j] += sniff_is_typed(cell);
    c->again[j] += sv_eq(cell, c->first[j]);
  }
}

static bool are_names(const Columns *c) {
  Map seen;
  map_init(&seen);
  bool all = true;
  for (int64_t j = 0; j < c->n && all; j++) {
    bool is_new = true;
    if (c->first[j].n) map_put(&seen, c->first[j], &is_new);
    all = is_new && !c->first_typed[j] && !c->again[j];
  }
  map_fini(&seen);
  return all;
}

static bool columns_vote(const Columns *c) {
  int64_t with = 0, without = 0;
  for (int64_t j = 0; j < c->n; j++) {
    if (!c->present[j] || c->typed[j] < c->present[j] || !c->first[j].n) continue;
    if (c->first_typed[j]) without++;
    else with++;
  }
  if (with || without) return with >= without;
  return are_names(c);
}

bool sniff_header(Sv text, const Dialect *d, const Marks *marks) {
  Columns c = {0};
  Records *r = records_open(head_of(text), d);
  int n = 0;
  for (const Record *rec; n <= SAMPLE && (rec = records_next(r));) {
    if (rec->fault) continue;
    if (n++ == 0) columns_start(&c, rec);
    else columns_count(&c, rec, marks);
  }
  records_close(r);
  bool header = n > 0 && columns_vote(&c);
  arena_fini(&c.arena);
  return header;
}

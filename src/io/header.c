// Is a record a header? A column whose cells below it are all numbers, dates or bools votes: for a header when its
// first cell is none of these, against one when it is. A single T or F is a bool only above bools. Without a vote the
// record is a header if its cells, half of them filled, are distinct texts and none of them stands in its column
// again. Years that follow each other at one distance, above cells that are mostly no years, are names too: numbers in
// a header are nearly always years.
#include "io/io_int.h"

#include "base/map.h"

enum { SAMPLE = 100 };

typedef enum { NO_VALUE, LETTER, BOOL, VALUE } Kind; // LETTER: T or F

// Digits in groups, some apart by commas: 1,5 or 1.234,5 or 1,234.5.
static bool has_commas(Sv text) {
  bool digit = false, comma = false;
  for (size_t i = text.n && (text.s[0] == '-' || text.s[0] == '+'); i < text.n; i++) {
    bool mark = text.s[i] == ',' || text.s[i] == '.';
    if (mark ? !digit : text.s[i] < '0' || text.s[i] > '9') return false;
    digit = !mark, comma = comma || text.s[i] == ',';
  }
  return digit && comma;
}

static Kind kind_of(Sv cell) {
  int64_t i;
  double f;
  bool zoned;
  Sv text = sv_trim(cell);
  if (COLTYPES[COL_BOOL].parse(text, &i, &f, &zoned)) return text.n == 1 ? LETTER : BOOL;
  for (int t = COL_I64; t <= COL_TIME; t++)
    if (COLTYPES[t].parse(text, &i, &f, &zoned)) return VALUE;
  return has_commas(text) ? VALUE : NO_VALUE;
}

bool sniff_is_typed(Sv cell) { return kind_of(cell) != NO_VALUE; }

static int64_t year_of(Sv cell) { // 0: none
  int64_t i = 0;
  double f;
  bool zoned;
  Sv text = sv_trim(cell);
  return text.n == 4 && COLTYPES[COL_I64].parse(text, &i, &f, &zoned) && i >= 1800 && i <= 2200 ? i : 0;
}

typedef struct Columns {
  Arena arena;
  int64_t n;
  Sv *first;  // cells of the first record
  Kind *kind; // of them
  int64_t *year;
  bool *mark;                                       // it says missing
  int64_t *present, *typed, *bools, *years, *again; // below the first; again: equal to it
} Columns;

static void columns_start(Columns *c, const Record *rec, const Marks *marks) {
  c->n = rec->n;
  c->first = arena_array(&c->arena, Sv, c->n);
  c->kind = arena_array(&c->arena, Kind, c->n);
  c->mark = arena_array(&c->arena, bool, c->n);
  int64_t **list[] = {&c->year, &c->present, &c->typed, &c->bools, &c->years, &c->again};
  for (size_t k = 0; k < sizeof list / sizeof *list; k++) *list[k] = arena_array(&c->arena, int64_t, c->n);
  for (int64_t j = 0; j < c->n; j++) {
    Sv cell = record_cell(rec, j);
    c->first[j] = (Sv){arena_strndup(&c->arena, cell.s, cell.n), cell.n};
    c->kind[j] = kind_of(cell), c->year[j] = year_of(cell), c->mark[j] = marks_has(marks, sv_trim(cell));
  }
}

static void columns_count(Columns *c, const Record *rec, const Marks *marks) {
  for (int64_t j = 0; j < rec->n && j < c->n; j++) {
    Sv cell = record_cell(rec, j);
    if (!cell.n || marks_has(marks, cell)) continue;
    Kind kind = kind_of(cell);
    c->present[j]++;
    c->typed[j] += kind != NO_VALUE, c->bools[j] += kind == LETTER || kind == BOOL;
    c->years[j] += year_of(cell) > 0;
    c->again[j] += sv_eq(cell, c->first[j]);
  }
}

static bool is_value(const Columns *c, int64_t j) {
  if (c->kind[j] == LETTER) return c->present[j] && c->bools[j] == c->present[j];
  return c->kind[j] != NO_VALUE;
}

static bool are_names(const Columns *c) {
  Map seen;
  map_init(&seen);
  bool all = true;
  int64_t filled = 0;
  for (int64_t j = 0; j < c->n && all; j++) {
    bool is_new = true;
    if (c->first[j].n) map_put(&seen, c->first[j], &is_new);
    all = is_new && !is_value(c, j) && !c->again[j];
    filled += c->first[j].n > 0;
  }
  map_fini(&seen);
  return all && 2 * filled >= c->n;
}

// At least two years at one distance, in columns that follow each other; the rest are words.
static bool are_years(const Columns *c) {
  int64_t n = 0, step = 0, last = 0, other = 0, present = 0, years = 0;
  for (int64_t j = 0; j < c->n; j++) {
    if (!c->year[j]) {
      if (is_value(c, j)) return false;
      other += c->present[j] > 0;
      continue;
    }
    if (n == 1) step = c->year[j] - last;
    if (n >= 1 && (c->year[j] - last != step || !step)) return false;
    n++, last = c->year[j], present += c->present[j], years += c->years[j];
  }
  return n >= 2 && (other || n >= 3) && present && 2 * years < present;
}

static Header columns_vote(const Columns *c) {
  int64_t with = 0, without = 0;
  for (int64_t j = 0; j < c->n; j++) {
    if (!c->present[j] || c->typed[j] < c->present[j] || !c->first[j].n || c->mark[j]) continue;
    if (is_value(c, j)) without++;
    else with++;
  }
  if (without && are_years(c)) return HEADER_YEARS;
  if (with || without) return with >= without ? HEADER_OVER : HEADER_VALUES;
  return are_names(c) ? HEADER_NAMES : HEADER_NONE;
}

Header header_sniff(Sv text, const Dialect *d, const Marks *marks) {
  Columns c = {0};
  Records *r = records_open(text, d, 1);
  int n = 0;
  for (const Record *rec; n <= SAMPLE && (rec = records_next(r));) {
    if (rec->fault) continue;
    if (n++ == 0) columns_start(&c, rec, marks);
    else columns_count(&c, rec, marks);
  }
  records_close(r);
  Header header = n > 0 ? columns_vote(&c) : HEADER_NONE;
  arena_fini(&c.arena);
  return header;
}

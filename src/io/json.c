// JSON as a table: lines that are objects, an array of objects, an object that holds one, or an object of arrays of one
// length. Names inside nested objects are joined with points; arrays inside a row stay as their text. What a row does
// not have is missing, as is null. A line of JSON Lines that is wrong goes to the quarantine; anywhere else nobody
// could say where the next row begins, so the place of the fault is told.
#include "io/formats_int.h"

#include "base/json.h"

#include <stdio.h>

enum { TICK = 256 };
typedef enum { SHAPE_LINES, SHAPE_STREAM, SHAPE_ARRAY, SHAPE_RECORDS, SHAPE_COLUMNS, SHAPE_ONE } Shape;

typedef struct Reader {
  Table t;
  Json j;
  Str path;      // of the value being read: "a.b"
  int64_t guess; // the column that the next name probably is
  int64_t twice, twice_line;
  bool nested; // an object stood in a row
  const char *file;
  const char *records;  // where the rows begin, inside an object
  const char *open_end; // of JSON Lines whose last line is not ended
  Str where;            // the name of what holds them
  Str again;            // arrays copied without spaces
} Reader;

static ErrCode fault(Reader *r, const char *doing, Err *err) {
  int64_t line, column;
  json_place(&r->j, r->j.at, &line, &column);
  return err_set(err, ERR_PARSE, "'%s', line %lld, column %lld: %s%s", r->file, (long long)line, (long long)column,
                 r->j.fault, doing);
}

// Parsing answers false with a fault, storing with an ErrCode; both travel as codes, the former as ERR_PARSE.
static ErrCode parsed(bool good) { return good ? OK : ERR_PARSE; }

// ---- one row --------------------------------------------------------------------------------------------------------
// The column of the path, which follows that of the last one unless rows differ; a name that comes twice counts last.
static ErrCode find_cell(Reader *r, int64_t row, int64_t *k, Err *err) {
  Sv path = {str_c(&r->path), r->path.n};
  Table *t = &r->t;
  if (r->guess < t->ncol && sv_eq(t->names.key[r->guess], path) && !t->col[r->guess].left_out) *k = r->guess;
  else TRY(table_column(t, path, k, err));
  r->guess = *k + 1;
  if (t->col[*k].n <= row) return OK;
  int64_t column;
  if (!r->twice++) json_place(&r->j, r->j.p, &r->twice_line, &column);
  cells_cut(&t->col[*k], row);
  return OK;
}

static ErrCode add_number(Reader *r, Cells *c, int64_t row, Err *err) {
  JsonNumber kind;
  int64_t i;
  double f;
  Sv raw;
  TRY(parsed(json_number(&r->j, &kind, &i, &f, &raw)));
  if (kind == JSON_INT) return cells_add(c, row, KIND_INT, i, err);
  return kind == JSON_REAL ? cells_add_real(c, row, f, err) : cells_add_text(c, row, raw, err);
}

// A value that is no object to be flattened, into row `row`.
static ErrCode add_value(Reader *r, int64_t k, int64_t row, Err *err) {
  Cells *c = &r->t.col[k];
  Sv text;
  switch (json_peek(&r->j)) {
  case '"': TRY(parsed(json_string(&r->j, &text))); return cells_add_text(c, row, text, err);
  case 't': return json_word(&r->j, "true") ? cells_add(c, row, KIND_BOOL, 1, err) : ERR_PARSE;
  case 'f': return json_word(&r->j, "false") ? cells_add(c, row, KIND_BOOL, 0, err) : ERR_PARSE;
  case 'n': return json_word(&r->j, "null") ? cells_add(c, row, KIND_NONE, 0, err) : ERR_PARSE;
  case '[':
  case '{':
    str_clear(&r->again);
    TRY(parsed(json_skip(&r->j, &r->again)));
    return cells_add_text(c, row, (Sv){str_c(&r->again), r->again.n}, err);
  case '-':
  case 'N':
  case 'I': return add_number(r, c, row, err);
  default:
    if (r->j.p < r->j.end && *r->j.p >= '0' && *r->j.p <= '9') return add_number(r, c, row, err);
    return parsed(json_expected(&r->j, "a value"));
  }
}

static ErrCode read_members(Reader *r, Err *err);

static ErrCode read_member(Reader *r, Err *err) {
  Sv name;
  size_t had = r->path.n;
  if (json_peek(&r->j) != '"') return parsed(json_expected(&r->j, "a name in quotes"));
  TRY(parsed(json_string(&r->j, &name)));
  if (had) str_addc(&r->path, '.');
  str_addn(&r->path, name.s, name.n);
  if (json_peek(&r->j) != ':') return parsed(json_expected(&r->j, "':' behind the name"));
  r->j.p++;
  if (json_peek(&r->j) == '{') {
    r->nested = true;
    TRY(read_members(r, err));
  } else {
    int64_t k;
    TRY(find_cell(r, r->t.nrow, &k, err));
    TRY(add_value(r, k, r->t.nrow, err));
  }
  r->path.n = had;
  return OK;
}

static ErrCode read_members(Reader *r, Err *err) { // at '{'
  if (++r->j.depth > JSON_DEPTH) return parsed(json_fail(&r->j, r->j.p, "values may be nested %d deep", JSON_DEPTH));
  r->j.p++;
  if (json_peek(&r->j) != '}') {
    for (;;) {
      TRY(read_member(r, err));
      int next = json_peek(&r->j);
      if (next == '}') break;
      if (next != ',') return parsed(json_expected(&r->j, "',' or '}'"));
      r->j.p++;
    }
  }
  r->j.p++;
  r->j.depth--;
  return OK;
}

static ErrCode read_row(Reader *r, Err *err) {
  r->path.n = 0, r->guess = 0, r->j.depth = 0;
  if (json_peek(&r->j) != '{') return parsed(json_expected(&r->j, "an object '{' for each row"));
  return read_members(r, err);
}

// ---- the shapes -----------------------------------------------------------------------------------------------------
static ErrCode tick(Reader *r, Sv all, Err *err) {
  if (r->t.nrow % TICK) return OK;
  return job_tick(r->t.job, r->j.p - all.s, (int64_t)all.n, err);
}

static ErrCode give_line_up(Reader *r, Sv line, int64_t number, Err *err) {
  char reason[280];
  int64_t at, column;
  json_place(&r->j, r->j.at, &at, &column);
  bool cut = r->j.p == r->j.end && r->j.end == r->open_end;
  snprintf(reason, sizeof reason, "column %lld: %s%s", (long long)column, r->j.fault,
           cut ? ": the file ends within this line" : "");
  return table_give_up(&r->t, number, reason, line, err);
}

static ErrCode read_line(Reader *r, Sv line, int64_t number, Err *err) {
  r->j.p = r->j.begin = line.s, r->j.end = line.s + line.n, r->j.line = number;
  ErrCode code = read_row(r, err);
  if (code == OK && json_peek(&r->j) >= 0) code = parsed(json_expected(&r->j, "the end of the line"));
  if (code == ERR_PARSE) return give_line_up(r, line, number, err);
  if (code == OK) table_end_row(&r->t, number);
  return code;
}

static ErrCode read_lines(Reader *r, Sv all, Err *err) {
  const char *p = all.s, *end = all.s + all.n;
  r->open_end = all.n && end[-1] != '\n' ? end : NULL;
  for (int64_t number = 1; p < end && !table_is_full(&r->t); number++) {
    const char *nl = memchr(p, '\n', (size_t)(end - p));
    Sv line = {p, (size_t)((nl ? nl : end) - p)};
    p = nl ? nl + 1 : end;
    if (line.n && line.s[line.n - 1] == '\r') line.n--;
    if (number % TICK == 0) TRY(job_tick(r->t.job, p - all.s, (int64_t)all.n, err));
    if (sv_trim(line).n) TRY(read_line(r, line, number, err));
  }
  if (r->t.nrow || !r->t.bad.n || r->t.opts->rows == 0) return OK;
  return err_set(err, ERR_PARSE, "'%s' has no line that can be read; line %lld, " SV_FMT, r->file,
                 (long long)r->t.bad.line[0], (int)r->t.bad.reason.off[1], r->t.bad.reason.bytes);
}

static int64_t line_of(Reader *r) { // of the present place; each call counts on from the last one
  const char *nl;
  while ((nl = memchr(r->j.begin, '\n', (size_t)(r->j.p - r->j.begin)))) r->j.begin = nl + 1, r->j.line++;
  return r->j.line;
}

static ErrCode end_row(Reader *r, Sv all, int64_t line, Err *err) {
  table_end_row(&r->t, line);
  return tick(r, all, err);
}

static ErrCode read_stream(Reader *r, Sv all, Err *err) {
  while (json_peek(&r->j) >= 0 && !table_is_full(&r->t)) {
    int64_t line = line_of(r);
    TRY(read_row(r, err));
    TRY(end_row(r, all, line, err));
  }
  return OK;
}

static ErrCode read_array(Reader *r, Sv all, Err *err) { // at '['
  r->j.p++;
  if (json_peek(&r->j) == ']') return r->j.p++, OK;
  while (!table_is_full(&r->t)) {
    json_peek(&r->j);
    int64_t line = line_of(r);
    TRY(read_row(r, err));
    TRY(end_row(r, all, line, err));
    int next = json_peek(&r->j);
    if (next == ']') return r->j.p++, OK;
    if (next != ',') return parsed(json_expected(&r->j, "',' or ']' behind a row"));
    r->j.p++;
  }
  return r->j.p = r->j.end, OK; // what was asked for is there
}

static ErrCode read_column(Reader *r, int64_t k, int64_t *n, Err *err) { // at '['
  r->j.p++;
  *n = 0;
  if (json_peek(&r->j) == ']') return r->j.p++, OK;
  for (;; ++*n) {
    if (*n % TICK == 0) TRY(job_tick(r->t.job, *n, 0, err));
    if (r->t.opts->rows >= 0 && *n >= r->t.opts->rows) TRY(parsed(json_skip(&r->j, NULL)));
    else TRY(add_value(r, k, *n, err));
    int next = json_peek(&r->j);
    if (next == ']') return r->j.p++, ++*n, OK;
    if (next != ',') return parsed(json_expected(&r->j, "',' or ']'"));
    r->j.p++;
  }
}

static ErrCode lengths_differ(Reader *r, int64_t k, int64_t n, int64_t first, Err *err) {
  return err_set(err, ERR_PARSE,
                 "'%s': the columns have different lengths: '%s' has %lld values, '%s' %lld; rows as objects, "
                 "[{...}, {...}], may lack some",
                 r->file, r->t.names.key[0].s, (long long)first, r->t.names.key[k].s, (long long)n);
}

static ErrCode read_columns(Reader *r, Err *err) { // at '{', of arrays alone, as was seen before
  int64_t rows = -1, n, k;
  Sv name;
  do {
    r->j.p++;
    json_peek(&r->j);
    TRY(parsed(json_string(&r->j, &name)));
    str_clear(&r->path);
    str_addn(&r->path, name.s, name.n);
    TRY(table_new_column(&r->t, (Sv){str_c(&r->path), r->path.n}, &k, err));
    json_peek(&r->j);
    r->j.p++;
    json_peek(&r->j);
    TRY(read_column(r, k, &n, err));
    if (rows >= 0 && n != rows) return lengths_differ(r, k, n, rows, err);
    rows = n;
  } while (json_peek(&r->j) == ',');
  r->j.p++;
  while (r->t.nrow < rows && !table_is_full(&r->t)) table_end_row(&r->t, r->t.nrow + 1);
  return OK;
}

// ---- which shape it is ----------------------------------------------------------------------------------------------
typedef struct Look { // at the members of the outermost object
  int64_t members, arrays, tables, usual;
  Str names;
} Look;

// The array of the path: the one asked for, or the first, or the one that has the usual name.
static bool is_wanted(const Reader *r, Look *l) {
  const char *name = str_c(&r->path);
  bool usual = strcmp(name, "data") == 0 || strcmp(name, "records") == 0;
  l->usual += usual;
  return r->t.opts->table ? strcmp(r->t.opts->table, name) == 0 : usual || !r->records;
}

static ErrCode look_at_member(Reader *r, Look *l) {
  Json *j = &r->j;
  Sv name;
  if (json_peek(j) != '"') return parsed(json_expected(j, "a name in quotes"));
  TRY(parsed(json_string(j, &name)));
  str_clear(&r->path);
  str_addn(&r->path, name.s, name.n);
  if (json_peek(j) != ':') return parsed(json_expected(j, "':' behind the name"));
  j->p++;
  l->members++;
  if (json_peek(j) == '[') {
    const char *start = j->p++;
    bool table = json_peek(j) == '{';
    j->p = start;
    l->arrays++, l->tables += table;
    if (table) str_addf(&l->names, "%s%s", l->names.n ? ", " : "", str_c(&r->path));
    if (table && is_wanted(r, l)) {
      r->records = start;
      str_clear(&r->where);
      str_addn(&r->where, r->path.s, r->path.n);
    }
  }
  return parsed(json_skip(j, NULL));
}

static ErrCode look_at_object(Reader *r, Look *l) { // at '{'
  r->j.depth = 1, r->j.p++;
  if (json_peek(&r->j) == '}') return r->j.p++, OK;
  for (;;) {
    TRY(look_at_member(r, l));
    int next = json_peek(&r->j);
    if (next == '}') return r->j.p++, OK;
    if (next != ',') return parsed(json_expected(&r->j, "',' or '}'"));
    r->j.p++;
  }
}

static bool named_lines(const char *name) {
  Sv s = path_suffix(name);
  return sv_is(s, ".jsonl") || sv_is(s, ".ndjson");
}

// The first line closes its object and the next one opens another.
static bool looks_like_lines(Sv all) {
  const char *nl = memchr(all.s, '\n', all.n);
  if (!nl) return false;
  Sv first = sv_trim((Sv){all.s, (size_t)(nl - all.s)}), rest = sv_trim((Sv){nl, all.n - (size_t)(nl - all.s)});
  return first.n && first.s[first.n - 1] == '}' && rest.n && rest.s[0] == '{';
}

static ErrCode choose_records(Reader *r, const Look *l, Shape *shape, Err *err) {
  const char *wanted = r->t.opts->table;
  *shape = SHAPE_RECORDS;
  if (wanted && !r->records)
    return err_set(err, ERR_NAME, "'%s' has no array of rows '%s': there are %s", r->file, wanted, str_c(&l->names));
  if (wanted || l->tables == 1 || l->usual == 1) return OK;
  return err_set(err, ERR_NAME, "'%s' holds %lld arrays of rows: choose one with table=\"%s\"; there are %s", r->file,
                 (long long)l->tables, str_c(&r->where), str_c(&l->names));
}

static ErrCode shape_of(Reader *r, Sv all, Shape *shape, Err *err) {
  int first = json_peek(&r->j);
  if (named_lines(r->file) && first != '[') return *shape = SHAPE_LINES, OK;
  if (first == '[') return *shape = SHAPE_ARRAY, OK;
  if (first != '{') return parsed(json_expected(&r->j, "'[' or '{'"));
  const char *start = r->j.p;
  Look l = {0};
  ErrCode code = look_at_object(r, &l);
  if (code == OK && json_peek(&r->j) < 0) {
    if (l.tables || r->t.opts->table) code = choose_records(r, &l, shape, err);
    else *shape = l.arrays && l.arrays == l.members ? SHAPE_COLUMNS : SHAPE_ONE;
  } else if (looks_like_lines(sv_trim(all))) {
    code = OK, *shape = SHAPE_LINES;
  } else if (code == OK) {
    *shape = SHAPE_STREAM;
  }
  str_fini(&l.names);
  r->j.p = start;
  return code;
}

static ErrCode read_shape(Reader *r, Shape shape, Sv all, Err *err) {
  static const char *const told[] = {"one JSON object a line",   "JSON objects one behind the other",
                                     "an array of JSON objects", "an array of JSON objects under",
                                     "a JSON array a column",    "one JSON object"};
  note_add(&r->t.notes, "%s%s%.100s", told[shape], shape == SHAPE_RECORDS ? " " : "",
           shape == SHAPE_RECORDS ? str_c(&r->where) : "");
  switch (shape) {
  case SHAPE_LINES: return read_lines(r, all, err);
  case SHAPE_ARRAY: return read_array(r, all, err);
  case SHAPE_COLUMNS: return read_columns(r, err);
  case SHAPE_RECORDS: r->j.p = r->records; return read_array(r, all, err);
  default: return read_stream(r, all, err);
  }
}

static ErrCode read_all(Reader *r, Sv all, Err *err) {
  Shape shape = SHAPE_LINES;
  r->j.p = r->j.begin = all.s, r->j.end = all.s + all.n, r->j.line = 1;
  if (!sv_trim(all).n) return err_set(err, ERR_PARSE, "'%s' is empty: it has only blank lines", r->file);
  Err own = {0};
  ErrCode code = shape_of(r, all, &shape, &own);
  if (code == OK) code = read_shape(r, shape, all, &own);
  if (code == OK && shape == SHAPE_ARRAY && json_peek(&r->j) >= 0)
    code = parsed(json_expected(&r->j, "nothing more behind the array"));
  if (code == ERR_PARSE && !own.code) {
    char doing[64] = "";
    long long n = (long long)r->t.nrow;
    if (n) snprintf(doing, sizeof doing, "; %lld row%s before it could be read", n, n == 1 ? "" : "s");
    return fault(r, doing, err);
  }
  return own.code ? err_set(err, own.code, "%s", own.msg) : code;
}

static void note_oddities(Reader *r) {
  Str *notes = &r->t.notes;
  if (r->twice)
    note_add(notes, "%lld name%s twice in a row (first: line %lld): the last counts", (long long)r->twice,
             r->twice == 1 ? " comes" : "s come", (long long)r->twice_line);
  if (r->j.odd) note_add(notes, "%lld half surrogates read as U+FFFD", (long long)r->j.odd);
}

// A name that has objects in some rows and null in all others is no column beside those of the objects.
static void drop_null_objects(Table *t) {
  Str prefix = {0};
  for (int64_t k = 0; k < t->ncol; k++) {
    if (t->col[k].count[KIND_NONE] < t->col[k].n) continue;
    str_clear(&prefix);
    str_addf(&prefix, SV_FMT ".", SV_ARG(t->names.key[k]));
    for (int64_t i = 0; i < t->ncol && !t->col[k].left_out; i++) {
      Sv name = t->names.key[i];
      t->col[k].left_out = name.n > prefix.n && memcmp(name.s, prefix.s, prefix.n) == 0 && !t->col[i].left_out;
    }
  }
  str_fini(&prefix);
}

static ErrCode json_read(Job *job, Source *from, const ReadOpts *opts, Frame **out, Err *err) {
  Reader r = {.file = from->path};
  Str own = {0};
  Sv all;
  table_init(&r.t, job, opts);
  if (from->notes.n) note_add(&r.t.notes, "%s", str_c(&from->notes));
  ErrCode code = table_text(&r.t, from, &own, &all, err);
  if (code == OK) code = read_all(&r, all, err);
  if (r.nested) drop_null_objects(&r.t);
  note_oddities(&r);
  str_fini(&own);
  str_fini(&r.j.text);
  str_fini(&r.path);
  str_fini(&r.where);
  str_fini(&r.again);
  if (code == OK) code = table_take(&r.t, "json", from->path, out, err);
  table_fini(&r.t);
  return code;
}

static int json_sniff(Sv head, const char *name) {
  Sv suffix = path_suffix(name);
  bool named = named_lines(name) || sv_is(suffix, ".json");
  if (head.n >= 3 && memcmp(head.s, "\xEF\xBB\xBF", 3) == 0) head.s += 3, head.n -= 3;
  Json j = {.p = head.s, .end = head.s + head.n};
  int first = json_peek(&j);
  if (first != '{' && first != '[') return named && head.n && decode_is_text(head, &(size_t){0}) ? 40 : 0;
  j.p++;
  int second = json_peek(&j);
  bool object = first == '{' && (second == '"' || second == '}'),
       array = first == '[' && (second == '{' || second == ']');
  return object || array ? 90 : named ? 40 : 0;
}

static ErrCode json_write(Job *job, const Frame *f, const char *path, Str *out, Err *err) {
  return json_print(job, f, named_lines(path), out, err);
}

extern const Format format_json;
const Format format_json = {.name = "json",
                            .suffixes = ".json .jsonl .ndjson",
                            .sniff = json_sniff,
                            .read = json_read,
                            .write = json_write,
                            .options = "table"};

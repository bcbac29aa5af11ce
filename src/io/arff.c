// ARFF (Weka): lines of @attribute that name and type the columns, then @data. What the file declares is believed:
// nothing is inferred, and a value outside its declaration sends its line to the quarantine. Rows are lists or, in
// braces, sparse: "2 x" is column 2 counted from 0; what a sparse row leaves out is 0, and for a nominal column its
// first level.
#include "io/formats_int.h"

#include "base/numfmt.h"

#include <stdio.h>
#include <strings.h>

enum { TICK = 1024, HEADER_LINES = 200 };
typedef enum { ATTR_NUMERIC, ATTR_NOMINAL, ATTR_STRING, ATTR_DATE } AttrType;

typedef struct Attr {
  const char *name;
  AttrType type;
  Map levels;
  Sv pattern;
  bool truth; // its levels are false and true
  bool day;   // a date without time
} Attr;

typedef struct Reader {
  Table t;
  const char *file;
  Arena arena;
  Attr *attr;
  int64_t n, cap;
  Sv text;      // what is left
  int64_t line; // of the last line taken
  Sv value;     // the last value
  bool quoted;  // it stood in quotes
  Str own;      // its text, when it had backslashes
  int64_t weights;
  char reason[200];
} Reader;

static ErrCode fault(const Reader *r, const char *what, Err *err) {
  return err_set(err, ERR_PARSE, "'%s', line %lld: %s", r->file, (long long)r->line, what);
}

// ---- lines and values -----------------------------------------------------------------------------------------------
static bool next_line(Reader *r, Sv *line) {
  if (!r->text.n) return false;
  const char *nl = memchr(r->text.s, '\n', r->text.n);
  size_t n = nl ? (size_t)(nl - r->text.s) : r->text.n;
  *line = sv_trim((Sv){r->text.s, n});
  r->text.s += n + (nl != NULL), r->text.n -= n + (nl != NULL);
  r->line++;
  return true;
}

static bool is_space(char c) { return c == ' ' || c == '\t'; }

static void skip_space(Sv *s) {
  while (s->n && is_space(s->s[0])) s->s++, s->n--;
}

static bool refuse(Reader *r, const char *what, Sv value) {
  snprintf(r->reason, sizeof r->reason, "%s '%.*s'", what, (int)(value.n < 60 ? value.n : 60), value.s);
  return false;
}

static char escaped(char c) {
  static const char letter[] = "ntr", meant[] = "\n\t\r";
  const char *k = c ? strchr(letter, c) : NULL;
  return k ? meant[k - letter] : c;
}

static bool take_quoted(Reader *r, Sv *s) {
  char quote = s->s[0];
  size_t i = 1, from = 1;
  str_clear(&r->own);
  for (; i < s->n && s->s[i] != quote; i++) {
    if (s->s[i] != '\\' || i + 1 == s->n) continue;
    str_addn(&r->own, s->s + from, i - from);
    str_addc(&r->own, escaped(s->s[++i]));
    from = i + 1;
  }
  if (i >= s->n) return refuse(r, "a quote is not closed:", *s);
  r->value = (Sv){s->s + 1, i - 1};
  if (r->own.n || from > 1) {
    str_addn(&r->own, s->s + from, i - from);
    r->value = (Sv){str_c(&r->own), r->own.n};
  }
  s->s += i + 1, s->n -= i + 1;
  return r->quoted = true;
}

// A value up to one of the characters `stop`; its text goes to r->value.
static bool take_value(Reader *r, Sv *s, const char *stop) {
  skip_space(s);
  r->quoted = false;
  if (s->n && (s->s[0] == '\'' || s->s[0] == '"')) return take_quoted(r, s);
  size_t n = 0;
  while (n < s->n && !(s->s[n] && strchr(stop, s->s[n]))) n++;
  r->value = sv_trim((Sv){s->s, n});
  s->s += n, s->n -= n;
  return true;
}

static bool take_char(Sv *s, char c) {
  skip_space(s);
  if (!s->n || s->s[0] != c) return false;
  s->s++, s->n--;
  return true;
}

static bool take_word(Sv *s, const char *word) { // case does not count; a space or the end follows
  size_t n = strlen(word);
  if (s->n < n || strncasecmp(s->s, word, n) != 0 || (s->n > n && !is_space(s->s[n]))) return false;
  s->s += n, s->n -= n;
  skip_space(s);
  return true;
}

// ---- the header -----------------------------------------------------------------------------------------------------
static bool is_true(Sv level, bool *is_one) {
  int64_t i = 0;
  *is_one = COLTYPES[COL_BOOL].parse(level, &i, NULL, NULL);
  return i != 0;
}

static bool are_truths(const Map *levels) {
  bool one, other;
  if (levels->n != 2) return false;
  bool differ = is_true(levels->key[0], &one) != is_true(levels->key[1], &other);
  return differ && one && other;
}

static bool read_levels(Reader *r, Sv *s, Attr *a) { // behind '{'
  map_init(&a->levels);
  if (take_char(s, '}')) return true;
  for (;;) {
    bool is_new;
    if (!take_value(r, s, ",}")) return false;
    map_put(&a->levels, r->value, &is_new);
    if (!is_new) return refuse(r, "a level is listed twice:", r->value);
    if (take_char(s, '}')) break;
    if (!take_char(s, ',')) return refuse(r, "',' or '}' expected behind the level", r->value);
  }
  a->truth = are_truths(&a->levels);
  return true;
}

static bool read_date(Reader *r, Sv *s, Attr *a) {
  bool time, zone;
  a->type = ATTR_DATE;
  a->pattern = sv("yyyy-MM-dd'T'HH:mm:ss");
  if (s->n) {
    if (!take_value(r, s, " \t")) return false;
    a->pattern = (Sv){arena_strndup(&r->arena, r->value.s, r->value.n), r->value.n};
  }
  if (!arff_date_is_known(a->pattern, &time, &zone))
    return refuse(r, "dates may have y M d H h m s S a X Z, not the pattern", a->pattern);
  a->day = !time;
  return true;
}

// What the type says: a ColType, or -1 where the values decide between int and real.
static int declared_type(const Attr *a, bool real) {
  if (a->type == ATTR_NOMINAL) return a->truth ? COL_BOOL : COL_CAT;
  if (a->type == ATTR_DATE) return a->day ? COL_DATE : COL_TIME;
  return a->type == ATTR_STRING ? COL_TEXT : real ? COL_F64 : COL_I64;
}

static bool read_type(Reader *r, Sv *s, Attr *a, bool *real) {
  Sv whole = *s;
  *real = false;
  if (take_char(s, '{')) return a->type = ATTR_NOMINAL, read_levels(r, s, a);
  if (take_word(s, "integer")) return true;
  *real = take_word(s, "real");
  if (*real || take_word(s, "numeric")) return true;
  if (take_word(s, "string")) return a->type = ATTR_STRING, true;
  if (take_word(s, "date")) return read_date(r, s, a);
  return refuse(r, "numeric, real, integer, string, date or {levels} expected, found", whole);
}

static ErrCode add_attribute(Reader *r, Sv s, Err *err) {
  if (r->n == r->cap) {
    int64_t cap = r->cap ? r->cap * 2 : 16;
    Attr *more = arena_array(&r->arena, Attr, cap);
    if (r->n) memcpy(more, r->attr, (size_t)r->n * sizeof *more);
    r->attr = more, r->cap = cap;
  }
  Attr *a = &r->attr[r->n];
  bool real = false;
  int64_t k;
  *a = (Attr){0};
  if (!take_value(r, &s, " \t{")) return fault(r, r->reason, err);
  a->name = arena_strndup(&r->arena, r->value.s, r->value.n);
  skip_space(&s);
  r->n++;
  if (!read_type(r, &s, a, &real)) return fault(r, r->reason, err);
  if (s.n && s.s[0] != '%') return refuse(r, "nothing expected behind the type, found", s), fault(r, r->reason, err);
  TRY(table_new_column(&r->t, sv(a->name), &k, err));
  Cells *c = &r->t.col[k];
  bool time;
  c->declared = declared_type(a, real);
  if (a->type == ATTR_DATE) arff_date_is_known(a->pattern, &time, &c->zoned);
  return OK;
}

static ErrCode read_header(Reader *r, Err *err) {
  Sv line;
  while (next_line(r, &line)) {
    if (!line.n || line.s[0] == '%') continue;
    if (take_word(&line, "@relation")) continue;
    if (take_word(&line, "@data")) {
      return r->n ? OK : fault(r, "@data comes before any @attribute", err);
    }
    if (!take_word(&line, "@attribute"))
      return refuse(r, "@relation, @attribute, @data or a % comment expected, found", line), fault(r, r->reason, err);
    TRY(add_attribute(r, line, err));
  }
  return err_set(err, ERR_PARSE, "'%s' has no line @data: it ends after line %lld within its header", r->file,
                 (long long)r->line);
}

// ---- rows -----------------------------------------------------------------------------------------------------------
static ErrCode add_number(Reader *r, Cells *c, Err *err) {
  int64_t i, row = r->t.nrow;
  double v;
  if (c->declared != COL_F64 && parse_i64(r->value.s, r->value.n, &i)) return cells_add(c, row, KIND_INT, i, err);
  bool infinite = COLTYPES[COL_F64].parse(r->value, &i, &v, &(bool){0});
  if (!infinite && sv_is(r->value, "NaN")) return cells_add(c, row, KIND_NONE, 0, err);
  if (!infinite && !parse_f64(r->value.s, r->value.n, &v)) return refuse(r, "no number:", r->value), ERR_PARSE;
  return cells_add_real(c, row, v, err);
}

static ErrCode add_level(Reader *r, const Attr *a, Cells *c, Err *err) {
  char what[100];
  if (map_get(&a->levels, r->value) < 0) {
    snprintf(what, sizeof what, "column '%.40s' has no level", a->name);
    return refuse(r, what, r->value), ERR_PARSE;
  }
  if (a->truth) return cells_add(c, r->t.nrow, KIND_BOOL, is_true(r->value, &(bool){0}), err);
  return cells_add_text(c, r->t.nrow, r->value, err);
}

static ErrCode add_date(Reader *r, const Attr *a, Cells *c, Err *err) {
  int64_t us, day = 86400000000;
  if (!arff_date_parse(a->pattern, r->value, &us))
    return refuse(r, "no date of the declared pattern:", r->value), ERR_PARSE;
  return cells_add(c, r->t.nrow, KIND_INT, a->day ? us / day - (us % day < 0) : us, err);
}

static ErrCode add_value(Reader *r, int64_t k, Err *err) {
  const Attr *a = &r->attr[k];
  Cells *c = &r->t.col[k];
  if (!r->quoted && sv_is(r->value, "?")) return cells_add(c, r->t.nrow, KIND_NONE, 0, err);
  switch (a->type) {
  case ATTR_NUMERIC: return add_number(r, c, err);
  case ATTR_NOMINAL: return add_level(r, a, c, err);
  case ATTR_DATE: return add_date(r, a, c, err);
  default: return cells_add_text(c, r->t.nrow, r->value, err);
  }
}

static ErrCode wrong_count(Reader *r, int64_t n) {
  snprintf(r->reason, sizeof r->reason, "%lld value%s, %lld expected", (long long)n, n == 1 ? "" : "s",
           (long long)r->n);
  return ERR_PARSE;
}

// "{5}" behind a row is its weight.
static bool take_weight(Reader *r, Sv *s) {
  Sv at = *s;
  double w;
  if (!take_char(&at, '{') || !take_value(r, &at, "}") || !take_char(&at, '}')) return false;
  skip_space(&at);
  if ((at.n && at.s[0] != '%') || !parse_f64(r->value.s, r->value.n, &w)) return false;
  r->weights++;
  return true;
}

// A comma, or blanks with a tab among them that something follows.
static bool take_separator(Sv *s) {
  bool tab = false;
  while (s->n && is_space(s->s[0])) tab = tab || s->s[0] == '\t', s->s++, s->n--;
  return take_char(s, ',') || (tab && s->n);
}

static ErrCode read_list(Reader *r, Sv s, Err *err) {
  for (int64_t k = 0;; k++) {
    if (k == r->n && take_weight(r, &s)) return OK;
    if (!take_value(r, &s, ",\t")) return ERR_PARSE;
    if (k >= r->n) {
      int64_t n = k + 1;
      while (take_char(&s, ',') && take_value(r, &s, ",\t")) n++;
      return wrong_count(r, n);
    }
    if (!r->value.n && !r->quoted)
      return refuse(r, "an empty value; missing is ? in column", sv(r->attr[k].name)), ERR_PARSE;
    TRY(add_value(r, k, err));
    bool parted = take_separator(&s);
    if (!s.n && !parted) return k + 1 == r->n ? OK : wrong_count(r, k + 1);
    if (!parted) return refuse(r, "',' expected before", s), ERR_PARSE;
  }
}

static ErrCode fill_absent(Reader *r, int64_t k, Err *err) {
  Cells *c = &r->t.col[k];
  const Attr *a = &r->attr[k];
  if (a->type == ATTR_STRING || (a->type == ATTR_NOMINAL && !a->levels.n))
    return cells_add(c, r->t.nrow, KIND_NONE, 0, err);
  r->value = a->type == ATTR_NOMINAL ? a->levels.key[0] : sv("0");
  if (a->type == ATTR_NOMINAL) return add_level(r, a, c, err);
  return cells_add(c, r->t.nrow, KIND_INT, 0, err); // a date is counted from 1970 on
}

static ErrCode read_sparse(Reader *r, Sv s, Err *err) { // behind '{'
  int64_t row = r->t.nrow;
  if (!take_char(&s, '}')) {
    for (;;) {
      int64_t k;
      if (!take_value(r, &s, " \t,}")) return ERR_PARSE;
      if (!parse_i64(r->value.s, r->value.n, &k) || k < 0 || k >= r->n)
        return refuse(r, "no column has the number", r->value), ERR_PARSE;
      if (r->t.col[k].n > row) return refuse(r, "a column comes twice:", sv(r->attr[k].name)), ERR_PARSE;
      if (!take_value(r, &s, ",}")) return ERR_PARSE;
      TRY(add_value(r, k, err));
      if (take_char(&s, '}')) break;
      if (!take_char(&s, ',')) return refuse(r, "',' or '}' expected before", s), ERR_PARSE;
    }
  }
  if (take_char(&s, ',') && !take_weight(r, &s)) return refuse(r, "a weight in braces expected, found", s), ERR_PARSE;
  for (int64_t k = 0; k < r->n; k++)
    if (r->t.col[k].n <= row) TRY(fill_absent(r, k, err));
  return OK;
}

static ErrCode read_rows(Reader *r, size_t size, Err *err) {
  Sv line;
  while (!table_is_full(&r->t) && next_line(r, &line)) {
    if (r->line % TICK == 0) TRY(job_tick(r->t.job, (int64_t)(size - r->text.n), (int64_t)size, err));
    if (!line.n || line.s[0] == '%') continue;
    Sv s = line;
    ErrCode code = take_char(&s, '{') ? read_sparse(r, s, err) : read_list(r, s, err);
    if (code == ERR_PARSE) TRY(table_give_up(&r->t, r->line, r->reason, line, err));
    else if (code == OK) table_end_row(&r->t, r->line);
    else return code;
  }
  return OK;
}

// ---- the whole ------------------------------------------------------------------------------------------------------
static void set_levels(Reader *r) {
  for (int64_t k = 0; k < r->n; k++)
    r->t.col[k].level = r->attr[k].levels.key, r->t.col[k].nlevel = r->attr[k].levels.n;
  if (r->weights)
    note_add(&r->t.notes, "%lld row%s a weight, which is not used", (long long)r->weights,
             r->weights == 1 ? " has" : "s have");
}

static ErrCode read_all(Reader *r, Sv text, Err *err) {
  r->text = text;
  TRY(read_header(r, err));
  TRY(read_rows(r, text.n, err));
  set_levels(r);
  return OK;
}

static ErrCode arff_read(Job *job, Source *from, const ReadOpts *opts, Frame **out, Err *err) {
  Reader r = {.file = from->path};
  Str own = {0};
  Sv text;
  table_init(&r.t, job, opts);
  if (from->notes.n) note_add(&r.t.notes, "%s", str_c(&from->notes));
  ErrCode code = table_text(&r.t, from, &own, &text, err);
  if (code == OK) code = read_all(&r, text, err);
  if (code == OK) code = table_take(&r.t, "arff", from->path, out, err);
  table_fini(&r.t);
  for (int64_t k = 0; k < r.n; k++) map_fini(&r.attr[k].levels);
  str_fini(&own);
  str_fini(&r.own);
  arena_fini(&r.arena);
  return code;
}

static int arff_sniff(Sv head, const char *name) {
  (void)name;
  Reader r = {.text = head};
  Sv line;
  if (head.n >= 3 && memcmp(head.s, "\xEF\xBB\xBF", 3) == 0) r.text.s += 3, r.text.n -= 3;
  while (r.line < HEADER_LINES && next_line(&r, &line))
    if (line.n && line.s[0] != '%') return take_word(&line, "@relation") || take_word(&line, "@attribute") ? 95 : 0;
  return 0;
}

extern const Format format_arff;
const Format format_arff = {
    .name = "arff", .suffixes = ".arff", .sniff = arff_sniff, .read = arff_read, .write = arff_print, .options = ""};

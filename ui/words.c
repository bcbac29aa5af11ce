// Cells in a few words. The last statement of a cell is what it shows, so it alone is read: an assignment is named by
// its names, a method by its verb and the columns that it is about, a function by its first argument. What is none of
// these stands as it was typed.
#include "ui/words_int.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>

typedef struct Reader { // tokens without blanks and comments
  Lexer x;
  Token t;
  bool more;
} Reader;

static bool next(Reader *r) {
  do r->more = lexer_next(&r->x, &r->t);
  while (r->more && (r->t.kind == TOKEN_SPACE || r->t.kind == TOKEN_COMMENT));
  return r->more;
}
static Sv text_of(const Reader *r) { return (Sv){r->x.text.s + r->t.offset, r->t.length}; }
static bool is_op(const Reader *r, const char *op) { return r->more && r->t.kind == TOKEN_OP && sv_is(text_of(r), op); }
static bool is_kind(const Reader *r, TokenKind kind) { return r->more && r->t.kind == kind; }

static Reader read_from(Sv text) {
  Reader r = {0};
  lexer_init(&r.x, text);
  next(&r);
  return r;
}

static Sv last_statement(Sv cell) {
  size_t at = 0;
  if (note_tail_candidates(cell, &at, 1) < 1) at = 0;
  Sv tail = {cell.s + at, cell.n - at};
  Reader r = read_from(tail);
  return r.more ? (Sv){tail.s + r.t.offset, tail.n - r.t.offset} : (Sv){tail.s, 0};
}

static Sv first_line(Sv text) {
  const char *end = text.n ? memchr(text.s, '\n', text.n) : NULL;
  return sv_trim(end ? (Sv){text.s, (size_t)(end - text.s)} : text);
}

static void add_sv(Str *out, Sv v) { str_addn(out, v.s, v.n); }

// ---- calls --------------------------------------------------------------------------------------------------------
typedef struct Call {
  Str path; // "ml.boost", "d:line"
  Sv verb;  // its last name
  bool method;
} Call;

// Reads a name with what follows it after points and colons; stands on the token after it. False: no name here.
static bool read_path(Reader *r, Call *c) {
  *c = (Call){0};
  if (!is_kind(r, TOKEN_NAME)) return false;
  for (;;) {
    c->verb = text_of(r);
    add_sv(&c->path, c->verb);
    next(r);
    bool colon = is_op(r, ":");
    if (!colon && !is_op(r, ".")) return true;
    Reader ahead = *r;
    next(&ahead);
    if (!is_kind(&ahead, TOKEN_NAME)) return true;
    str_addc(&c->path, colon ? ':' : '.');
    c->method = colon, *r = ahead;
  }
}

static bool is_plain_name(Sv s) {
  for (size_t i = 0; i < s.n; i++) {
    bool letter = (s.s[i] >= 'a' && s.s[i] <= 'z') || (s.s[i] >= 'A' && s.s[i] <= 'Z') || s.s[i] == '_';
    if (!letter && (i == 0 || s.s[i] < '0' || s.s[i] > '9') && (unsigned char)s.s[i] < 128) return false;
  }
  return s.n > 0;
}

// The text between the quotes of a short string.
static Sv unquoted(Sv s) { return s.n >= 2 && (*s.s == '"' || *s.s == '\'') ? (Sv){s.s + 1, s.n - 2} : (Sv){s.s, 0}; }

// "by age and sex": the columns that a method names, in its arguments or after by=.
static void add_columns(Reader r, Str *out) {
  int depth = 0, n = 0;
  Sv key = {"", 0};
  for (; r.more && n < 2; next(&r)) {
    if (is_op(&r, "(") || is_op(&r, "{")) depth++;
    else if (is_op(&r, ")") || is_op(&r, "}")) depth--;
    if (is_op(&r, ",") || is_op(&r, "{") || is_op(&r, "(")) key = (Sv){"", 0};
    if (is_kind(&r, TOKEN_NAME)) key = text_of(&r);
    if (is_kind(&r, TOKEN_STRING) && (key.n == 0 || sv_is(key, "by")) && is_plain_name(unquoted(text_of(&r)))) {
      str_add(out, n++ ? " and " : "by ");
      add_sv(out, unquoted(text_of(&r)));
    }
    if (depth <= 0) return;
  }
}

static void add_argument(Reader r, Str *out) {
  if (is_kind(&r, TOKEN_STRING)) {
    add_sv(out, text_of(&r));
    return;
  }
  if (!is_op(&r, "(") || !next(&r) || !is_kind(&r, TOKEN_NAME)) return;
  Sv name = text_of(&r);
  next(&r);
  if (!is_op(&r, ",") && !is_op(&r, ")")) return;
  str_add(out, "of ");
  add_sv(out, name);
}

// ---- statements ---------------------------------------------------------------------------------------------------
// "m = p:fit(...)": names in *name, "= p:fit" in *rest. False: not an assignment.
static bool read_assignment(Sv statement, Str *name, Str *rest) {
  Reader r = read_from(statement);
  Str names = {0};
  if (is_kind(&r, TOKEN_KEYWORD) && sv_is(text_of(&r), "local")) next(&r);
  while (is_kind(&r, TOKEN_NAME)) {
    add_sv(&names, text_of(&r));
    next(&r);
    if (!is_op(&r, ",")) break;
    str_add(&names, ", ");
    next(&r);
  }
  bool found = names.n && is_op(&r, "=");
  if (found) {
    next(&r);
    Call c;
    size_t at = r.more ? r.t.offset : statement.n;
    str_add(name, str_c(&names));
    str_add(rest, "= ");
    if (read_path(&r, &c)) {
      str_add(rest, str_c(&c.path));
      if (is_kind(&r, TOKEN_STRING)) str_addc(rest, ' '), add_sv(rest, text_of(&r));
    } else {
      add_sv(rest, first_line((Sv){statement.s + at, statement.n - at}));
    }
    str_fini(&c.path);
  }
  str_fini(&names);
  return found;
}

static bool is_call(const Reader *r) { return is_op(r, "(") || is_op(r, "{") || is_kind(r, TOKEN_STRING); }

void words_of_code(const char *text, Str *name, Str *rest) {
  Sv statement = last_statement(sv(text));
  if (read_assignment(statement, name, rest)) return;
  Reader r = read_from(statement);
  Call c;
  if (read_path(&r, &c) && is_call(&r)) {
    if (c.method) add_sv(name, c.verb), add_columns(r, rest);
    else str_add(name, str_c(&c.path)), add_argument(r, rest);
  } else {
    add_sv(name, first_line(statement));
  }
  str_fini(&c.path);
}

static void shorten(Sv statement, Str *out) {
  Str name = {0}, rest = {0};
  Reader r = read_from(statement);
  Call c;
  bool assigned = read_assignment(statement, &name, &rest);
  if (assigned) {
    str_addf(out, "%s %s", str_c(&name), str_c(&rest));
  } else if (read_path(&r, &c) && is_call(&r)) {
    str_add(out, str_c(&c.path));
    if (!c.method) add_argument(r, &rest);
    if (rest.n) str_addf(out, " %s", str_c(&rest));
  } else {
    add_sv(out, first_line(statement));
  }
  if (!assigned) str_fini(&c.path);
  str_fini(&name), str_fini(&rest);
}

void words_of_job(const char *text, int room, Str *out) {
  Sv statement = sv_trim(last_statement(sv(text)));
  bool one_line = statement.n && !memchr(statement.s, '\n', statement.n);
  if (one_line && utf8_width(statement) <= room) add_sv(out, statement);
  else shorten(statement, out);
}

// ---- cells --------------------------------------------------------------------------------------------------------
static bool is_heading(Sv line, Sv *words) {
  size_t level = 0;
  while (level < line.n && line.s[level] == '#') level++;
  *words = sv_trim((Sv){line.s + level, line.n - level});
  return level > 0 && level <= 6 && level < line.n && line.s[level] == ' ';
}

int words_headings(const Doc *d, int64_t i) {
  Sv rest = sv(doc_text(d, i)), words;
  int n = 0;
  if (doc_kind(d, i) != NOTE_MARKDOWN) return 0;
  while (rest.n) {
    const char *end = memchr(rest.s, '\n', rest.n);
    size_t len = end ? (size_t)(end - rest.s) : rest.n;
    n += is_heading((Sv){rest.s, len}, &words);
    rest = (Sv){rest.s + len + (end != NULL), rest.n - len - (end != NULL)};
  }
  return n;
}

void words_of_cell(const Doc *d, int64_t i, Str *name, Str *rest) {
  const char *title = d->note.cell[i].title;
  Sv line = first_line(sv_trim(sv(doc_text(d, i)))), words;
  if (doc_kind(d, i) == NOTE_CODE) {
    if (title && *title) str_add(name, title);
    else words_of_code(doc_text(d, i), name, rest);
  } else if (is_heading(line, &words)) {
    add_sv(name, words);
  } else {
    add_sv(rest, line);
  }
}

const char *words_time(double seconds, char buf[32]) {
  double ms = round(seconds * 1000), whole = floor(seconds);
  if (!(seconds > 0) || ms < 1) snprintf(buf, 32, "<1 ms");
  else if (ms < 1000) snprintf(buf, 32, "%.0f ms", ms);
  else if (seconds < 9.95) snprintf(buf, 32, "%.1f s", seconds);
  else if (seconds < 59.5) snprintf(buf, 32, "%.0f s", seconds);
  else if (seconds < 3600) snprintf(buf, 32, "%.0f min %02.0f s", floor(whole / 60), fmod(whole, 60));
  else snprintf(buf, 32, "%.0f h %02.0f min", fmin(floor(whole / 3600), 1e6), floor(fmod(whole, 3600) / 60));
  return buf;
}

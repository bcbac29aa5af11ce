// Formulas: y ~ a * b + c | block. A name is read up to what cannot belong to it, so that Solar.R needs no backticks.
#include "stats/tests.h"

#include "base/utf8.h"

#include <stdio.h>

typedef struct Reader {
  const Frame *f;
  const char *owner;
  Sv text;
  size_t at;
  Arena *a;
  Formula *out;
  bool all; // "." stood among the terms
  Err *err;
} Reader;

static ErrCode fail(const Reader *r, size_t begin, size_t end, ErrCode code, const char *fmt, ...) PRINTF(5, 6);
static ErrCode fail(const Reader *r, size_t begin, size_t end, ErrCode code, const char *fmt, ...) {
  char raw[400];
  va_list args;
  va_start(args, fmt);
  vsnprintf(raw, sizeof raw, fmt, args);
  va_end(args);
  Str out = {0};
  str_addf(&out, "%s: %s\n  ", r->owner, raw);
  for (size_t i = 0; i < r->text.n; i++) str_addc(&out, (unsigned char)r->text.s[i] < 0x20 ? ' ' : r->text.s[i]);
  str_add(&out, "\n  ");
  str_pad(&out, ' ', utf8_width((Sv){r->text.s, begin}));
  int carets = utf8_width((Sv){r->text.s + begin, end - begin});
  str_pad(&out, '^', carets > 0 ? carets : 1);
  err_set(r->err, code, "%s", str_c(&out));
  str_fini(&out);
  return code;
}

// ---- tokens --------------------------------------------------------------------------------------------------------
static char peek(Reader *r) {
  while (r->at < r->text.n && (r->text.s[r->at] == ' ' || (r->text.s[r->at] >= '\t' && r->text.s[r->at] <= '\r')))
    r->at++;
  return r->at < r->text.n ? r->text.s[r->at] : 0;
}

static bool is_name_byte(char c, bool first) {
  unsigned char u = (unsigned char)c;
  bool letter = (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u == '_' || u >= 0x80;
  return letter || (!first && ((u >= '0' && u <= '9') || u == '.'));
}

static ErrCode read_quoted(Reader *r, Sv *name) {
  size_t begin = r->at;
  const char *s = r->text.s + begin + 1, *close = memchr(s, '`', r->text.n - begin - 1);
  if (!close) return fail(r, begin, begin + 1, ERR_PARSE, "the name is not closed: ` is missing");
  *name = (Sv){s, (size_t)(close - s)};
  r->at = (size_t)(close - r->text.s) + 1;
  if (!name->n) return fail(r, begin, r->at, ERR_PARSE, "the name between the backticks is empty");
  return OK;
}

// The name of a column of the frame.
static ErrCode read_name(Reader *r, const char *what, const char **out) {
  char c = peek(r);
  size_t begin = r->at;
  Sv name;
  if (c == '`') {
    TRY(read_quoted(r, &name));
  } else {
    while (r->at < r->text.n && is_name_byte(r->text.s[r->at], r->at == begin)) r->at++;
    name = (Sv){r->text.s + begin, r->at - begin};
  }
  if (!name.n) return fail(r, begin, begin + 1, ERR_PARSE, "%s is expected here", what);
  if (peek(r) == '(')
    return fail(r, begin, r->at + 1, ERR_PARSE,
                "a formula holds names of columns: make a column of it first, with "
                "d:derive{\"new = ...\"}");
  int j;
  Err why;
  if (frame_col(r->f, name, &j, &why) != OK) return fail(r, begin, begin + name.n, ERR_NAME, "%s", why.msg);
  *out = frame_name(r->f, j);
  return OK;
}

// ---- parts ---------------------------------------------------------------------------------------------------------
static bool is_named(const Formula *q, const char *name) {
  if (q->response && strcmp(q->response, name) == 0) return true;
  if (q->block && strcmp(q->block, name) == 0) return true;
  for (int64_t k = 0; k < q->term.n; k++)
    if (strcmp(q->term.name[k], name) == 0) return true;
  return false;
}

static ErrCode read_term(Reader *r) {
  Formula *q = r->out;
  char c = peek(r);
  size_t begin = r->at;
  bool lone = begin + 1 >= r->text.n || !is_name_byte(r->text.s[begin + 1], false);
  if ((c == '.' || c == '1') && lone) {
    r->all = r->all || c == '.';
    r->at++;
    return OK;
  }
  const char *name;
  TRY(read_name(r, "the name of a column", &name));
  if (q->response && strcmp(name, q->response) == 0)
    return fail(r, begin, r->at, ERR_PARSE, "'%s' stands on both sides of ~", name);
  if (!is_named(q, name)) q->term.name[q->term.n++] = name;
  return OK;
}

static ErrCode read_terms(Reader *r) {
  for (;;) {
    TRY(read_term(r));
    char c = peek(r);
    if (c != '+' && c != '*' && c != ':') return OK;
    r->out->crossed = r->out->crossed || c != '+';
    r->at++;
  }
}

static ErrCode read_block(Reader *r) {
  r->at++;
  peek(r);
  size_t begin = r->at;
  TRY(read_name(r, "the name of the column that makes the blocks", &r->out->block));
  Formula rest = *r->out;
  rest.block = NULL;
  if (!is_named(&rest, r->out->block)) return OK;
  return fail(r, begin, r->at, ERR_PARSE, "'%s' cannot be a block too", r->out->block);
}

static void add_others(Reader *r) {
  Formula *q = r->out;
  for (int j = 0; j < frame_ncol(r->f); j++)
    if (!is_named(q, frame_name(r->f, j))) q->term.name[q->term.n++] = frame_name(r->f, j);
}

static ErrCode read_formula(Reader *r) {
  Formula *q = r->out;
  if (peek(r) != '~') TRY(read_name(r, "the name of a column, or ~,", &q->response));
  if (peek(r) == '~') {
    r->at++;
    TRY(read_terms(r));
  }
  if (peek(r) == '|') TRY(read_block(r));
  char c = peek(r);
  if (c == '-' || c == '^' || c == '/' || c == '(')
    return fail(r, r->at, r->at + 1, ERR_PARSE, "names are joined by + * or : here");
  if (c) return fail(r, r->at, r->at + 1, ERR_PARSE, "a formula reads like  y ~ a + b  or  y ~ a | block");
  if (r->all) add_others(r);
  return OK;
}

ErrCode formula_parse(const Frame *f, const char *owner, const char *text, Arena *a, Formula *out, Err *err) {
  Reader r = {.f = f, .owner = owner, .text = sv(text), .a = a, .out = out, .err = err};
  *out = (Formula){.text = arena_strdup(a, text)};
  out->term.name = arena_array(a, const char *, frame_ncol(f) + 1);
  TRY(read_formula(&r));
  if (out->response) out->response = arena_strdup(a, out->response);
  if (out->block) out->block = arena_strdup(a, out->block);
  for (int64_t k = 0; k < out->term.n; k++) out->term.name[k] = arena_strdup(a, out->term.name[k]);
  return OK;
}

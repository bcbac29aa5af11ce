// Tokens of Lua 5.4's expressions (reference manual 3.1), with names in backticks and $parameters added. Operators that
// other languages write are known, so that the answer is what to write here.
#include "frame/expr_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

// Longest first. `write` is the answer to a foreign operator.
static const struct Symbol {
  const char *text;
  Tok kind;
  const char *write;
} SYMBOLS[] = {
    {"%in%", TOK_FOREIGN, "one_of(x, a, b)"},
    {"===", TOK_FOREIGN, "=="},
    {"\xE2\x89\xA0", TOK_FOREIGN, "~="},
    {"\xE2\x89\xA4", TOK_FOREIGN, "<="},
    {"\xE2\x89\xA5", TOK_FOREIGN, ">="},
    {"\xE2\x88\x92", TOK_FOREIGN, "-"},
    {"\xE2\x80\x98", TOK_FOREIGN, "text in straight quotes, as in 'text'"},
    {"\xE2\x80\x99", TOK_FOREIGN, "text in straight quotes, as in 'text'"},
    {"\xE2\x80\x9C", TOK_FOREIGN, "text in straight quotes, as in 'text'"},
    {"\xE2\x80\x9D", TOK_FOREIGN, "text in straight quotes, as in 'text'"},
    {"...", TOK_FOREIGN, ".. to join text"},
    {"==", TOK_EQ, NULL},
    {"~=", TOK_NE, NULL},
    {"<=", TOK_LE, NULL},
    {">=", TOK_GE, NULL},
    {"//", TOK_IDIV, NULL},
    {"..", TOK_JOIN, NULL},
    {"&&", TOK_FOREIGN, "and"},
    {"||", TOK_FOREIGN, "or"},
    {"!=", TOK_FOREIGN, "~="},
    {"<>", TOK_FOREIGN, "~="},
    {"**", TOK_FOREIGN, "^"},
    {"=<", TOK_FOREIGN, "<="},
    {"=>", TOK_FOREIGN, ">="},
    {"=~", TOK_FOREIGN, "matches(x, 'text')"},
    {"--", TOK_FOREIGN, "- (-x), since -- starts a comment in Lua"},
    {"::", TOK_FOREIGN, "int(x), real(x) or text(x)"},
    {"<<", TOK_FOREIGN, "x * 2 ^ n"},
    {">>", TOK_FOREIGN, "x // 2 ^ n"},
    {"\xC3\x97", TOK_FOREIGN, "*"},
    {"\xC3\xB7", TOK_FOREIGN, "/"},
    {"\xC2\xAC", TOK_FOREIGN, "not"},
    {"<", TOK_LT, NULL},
    {">", TOK_GT, NULL},
    {"+", TOK_ADD, NULL},
    {"-", TOK_SUB, NULL},
    {"*", TOK_MUL, NULL},
    {"/", TOK_DIV, NULL},
    {"%", TOK_MOD, NULL},
    {"^", TOK_POW, NULL},
    {"(", TOK_OPEN, NULL},
    {")", TOK_CLOSE, NULL},
    {",", TOK_COMMA, NULL},
    {"=", TOK_FOREIGN, "=="},
    {"!", TOK_FOREIGN, "not"},
    {"~", TOK_FOREIGN, "not"},
    {"&", TOK_FOREIGN, "and"},
    {"|", TOK_FOREIGN, "or"},
    {"?", TOK_FOREIGN, "if_else(condition, a, b)"},
    {"#", TOK_FOREIGN, "len(x)"},
    {":", TOK_FOREIGN, "name(x), as in lower(x)"},
    {"[", TOK_FOREIGN, "one_of(x, a, b) for a list, a column's name in backticks"},
    {"{", TOK_FOREIGN, "one_of(x, a, b) for a list"},
};

static const struct Symbol *symbol_at(Sv rest) {
  for (size_t k = 0; k < sizeof SYMBOLS / sizeof *SYMBOLS; k++) {
    size_t n = strlen(SYMBOLS[k].text);
    if (rest.n >= n && memcmp(rest.s, SYMBOLS[k].text, n) == 0) return &SYMBOLS[k];
  }
  return NULL;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool expr_is_name_byte(char c, bool first) {
  unsigned char u = (unsigned char)c;
  return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u == '_' || u >= 0x80 || (!first && is_digit(c));
}

static int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = (char)(c | 32);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// ASCII white space and the no-break space that text copied from a page brings.
static size_t space_at(Sv rest) {
  if (rest.n && (rest.s[0] == ' ' || (rest.s[0] >= '\t' && rest.s[0] <= '\r'))) return 1;
  return rest.n > 1 && rest.s[0] == '\xC2' && rest.s[1] == '\xA0' ? 2 : 0;
}

static Sv rest_at(Sv text, int pos) { return (Sv){text.s + pos, text.n - (size_t)pos}; }

// ---- names ----------------------------------------------------------------------------------------------------------
static int name_end(Sv text, int pos) {
  int end = pos;
  while ((size_t)end < text.n && expr_is_name_byte(text.s[end], end == pos)) {
    Sv rest = rest_at(text, end);
    if ((unsigned char)rest.s[0] >= 0x80 && (symbol_at(rest) || space_at(rest))) break;
    end++;
  }
  return end;
}

static const struct Word {
  const char *text;
  Tok kind;
  bool b;
} WORDS[] = {
    {"and", TOK_AND, 0},       {"or", TOK_OR, 0},         {"not", TOK_NOT, 0},     {"true", TOK_VALUE, 1},
    {"false", TOK_VALUE, 0},   {"nil", TOK_NIL, 0},       {"break", TOK_WORD, 0},  {"do", TOK_WORD, 0},
    {"else", TOK_WORD, 0},     {"elseif", TOK_WORD, 0},   {"end", TOK_WORD, 0},    {"for", TOK_WORD, 0},
    {"function", TOK_WORD, 0}, {"goto", TOK_WORD, 0},     {"if", TOK_WORD, 0},     {"in", TOK_WORD, 0},
    {"local", TOK_WORD, 0},    {"repeat", TOK_WORD, 0},   {"return", TOK_WORD, 0}, {"then", TOK_WORD, 0},
    {"until", TOK_WORD, 0},    {"while", TOK_WORD, 0},
};

// `Solar.R` without its backticks: nothing here has fields, so the dot belongs to a name.
static ErrCode check_dot(Sv text, const Token *t, Err *err) {
  size_t end = (size_t)t->end;
  if (end + 1 >= text.n || text.s[end] != '.' || !expr_is_name_byte(text.s[end + 1], false)) return OK;
  int stop = t->end;
  while ((size_t)stop + 1 < text.n && text.s[stop] == '.' && expr_is_name_byte(text.s[stop + 1], false))
    stop = name_end(text, stop + 1) > stop + 1 ? name_end(text, stop + 1) : stop + 2;
  return expr_error(text, t->begin, stop, ERR_PARSE, err, "a name with a dot stands in backticks: write `%.*s`",
                    stop - t->begin, text.s + t->begin);
}

static ErrCode lex_name(Sv text, Token *t, Err *err) {
  t->kind = TOK_NAME;
  t->end = name_end(text, t->begin);
  t->name = (Sv){text.s + t->begin, (size_t)(t->end - t->begin)};
  for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
    if (sv_is(t->name, WORDS[k].text)) {
      t->kind = WORDS[k].kind;
      t->value = (Cell){.type = COL_BOOL, .b = WORDS[k].b};
    }
  return check_dot(text, t, err);
}

static ErrCode lex_quoted(Sv text, Token *t, Err *err) {
  t->kind = TOK_QUOTED;
  Sv rest = rest_at(text, t->begin + 1);
  const char *close = rest.n ? memchr(rest.s, '`', rest.n) : NULL;
  if (!close) return expr_error(text, t->begin, t->begin + 1, ERR_PARSE, err, "the name is not closed: ` is missing");
  t->name = (Sv){rest.s, (size_t)(close - rest.s)};
  t->end = t->begin + 2 + (int)t->name.n;
  if (!t->name.n) return expr_error(text, t->begin, t->end, ERR_PARSE, err, "the name between the backticks is empty");
  return OK;
}

static ErrCode lex_arg(Sv text, Token *t, Err *err) {
  t->kind = TOK_ARG;
  t->end = name_end(text, t->begin + 1);
  t->name = (Sv){text.s + t->begin + 1, (size_t)(t->end - t->begin - 1)};
  if (t->name.n) return OK;
  return expr_error(text, t->begin, t->begin + 1, ERR_PARSE, err,
                    "$ stands before the name of a value that is given: write $name");
}

// ---- numbers --------------------------------------------------------------------------------------------------------
static bool parse_hex(Sv digits, int64_t *i) {
  uint64_t v = 0;
  if (!digits.n || digits.n > 16) return false;
  for (size_t k = 0; k < digits.n; k++) {
    if (hex_value(digits.s[k]) < 0) return false;
    v = v << 4 | (uint64_t)hex_value(digits.s[k]);
  }
  memcpy(i, &v, sizeof v);
  return true;
}

static ErrCode lex_number(Sv text, Token *t, Err *err) {
  const char *s = text.s + t->begin, *end = text.s + text.n, *p = s;
  bool hex = end - s > 1 && s[0] == '0' && (s[1] | 32) == 'x';
  for (; p < end && ((unsigned char)*p < 0x80) && (expr_is_name_byte(*p, false) || *p == '.'); p++)
    if (!hex && (*p | 32) == 'e' && p + 1 < end && (p[1] == '-' || p[1] == '+')) p++;
  Sv word = {s, (size_t)(p - s)};
  t->kind = TOK_VALUE;
  t->end = t->begin + (int)word.n;
  t->value = (Cell){.type = COL_I64};
  if (hex ? parse_hex((Sv){s + 2, word.n - 2}, &t->value.i) : parse_i64(s, word.n, &t->value.i)) return OK;
  t->value.type = COL_F64;
  if (!hex && parse_f64(s, word.n, &t->value.f)) return OK;
  bool joined = word.n > 2 && memmem(word.s, word.n, "..", 2);
  return expr_error(text, t->begin, t->end, ERR_PARSE, err, "malformed number '" SV_FMT "'%s", SV_ARG(word),
                    joined ? ": spaces around .. tell it from a decimal point" : "");
}

// ---- text -----------------------------------------------------------------------------------------------------------
static bool escape_byte(Sv *in, Str *out) {
  static const char from[] = "abfnrtv\\\"'\n", to[] = "\a\b\f\n\r\t\v\\\"'\n";
  const char *k = memchr(from, in->s[0], sizeof from - 1);
  if (!k) return false;
  str_addc(out, to[k - from]);
  in->s++, in->n--;
  return true;
}

static bool escape_decimal(Sv *in, Str *out) {
  int v = 0, k = 0;
  for (; k < 3 && (size_t)k < in->n && is_digit(in->s[k]); k++) v = v * 10 + (in->s[k] - '0');
  if (!k || v > 255) return false;
  str_addc(out, (char)v);
  in->s += k, in->n -= (size_t)k;
  return true;
}

static bool escape_hex(Sv *in, Str *out) {
  if (in->n < 3 || in->s[0] != 'x' || hex_value(in->s[1]) < 0 || hex_value(in->s[2]) < 0) return false;
  str_addc(out, (char)(hex_value(in->s[1]) * 16 + hex_value(in->s[2])));
  in->s += 3, in->n -= 3;
  return true;
}

static bool escape_code_point(Sv *in, Str *out) {
  if (in->n < 4 || in->s[0] != 'u' || in->s[1] != '{') return false;
  uint32_t cp = 0;
  size_t k = 2;
  for (; k < in->n && hex_value(in->s[k]) >= 0; k++) {
    cp = cp << 4 | (uint32_t)hex_value(in->s[k]);
    if (cp > 0x10FFFF) return false;
  }
  if (k == 2 || k == in->n || in->s[k] != '}') return false;
  char buf[4];
  str_addn(out, buf, (size_t)utf8_encode(cp, buf));
  in->s += k + 1, in->n -= k + 1;
  return true;
}

static bool escape_space(Sv *in) {
  if (in->s[0] != 'z') return false;
  in->s++, in->n--;
  while (in->n && space_at(*in) == 1) in->s++, in->n--;
  return true;
}

// `in` stands behind a backslash.
static bool take_escape(Sv *in, Str *out) {
  return in->n && (escape_byte(in, out) || escape_decimal(in, out) || escape_hex(in, out) ||
                   escape_code_point(in, out) || escape_space(in));
}

static ErrCode scan_text(Sv text, Token *t, Str *out, Err *err) {
  char quote = text.s[t->begin];
  Sv in = rest_at(text, t->begin + 1);
  while (in.n && in.s[0] != quote && in.s[0] != '\n') {
    char c = in.s[0];
    in.s++, in.n--;
    if (c != '\\') {
      str_addc(out, c);
    } else if (!take_escape(&in, out)) {
      int at = (int)(in.s - text.s);
      return expr_error(text, at - 1, in.n ? at + 1 : at, ERR_PARSE, err,
                        "unknown escape: write \\\\ for a backslash, \\n for a new line");
    }
  }
  t->end = (int)(in.s - text.s) + 1;
  if (in.n && in.s[0] == quote) return OK;
  return expr_error(text, t->begin, t->begin + 1, ERR_PARSE, err, "the text is not closed: %c is missing at its end",
                    quote);
}

static ErrCode lex_text(Sv text, Arena *a, Token *t, Err *err) {
  Str out = {0};
  ErrCode code = scan_text(text, t, &out, err);
  t->kind = TOK_VALUE;
  t->value = (Cell){.type = COL_TEXT, .t = {arena_strndup(a, str_c(&out), out.n), out.n}};
  str_fini(&out);
  return code;
}

// [[text]] or [==[text]==]: as it stands, without escapes. Its level is the number of =; -1 when this is none.
static int bracket_level(Sv rest) {
  size_t level = 0;
  while (level + 1 < rest.n && rest.s[level + 1] == '=') level++;
  return level + 1 < rest.n && rest.s[level + 1] == '[' ? (int)level : -1;
}

static ErrCode lex_bracket(Sv text, Arena *a, int level, Token *t, Err *err) {
  char *close = arena_alloc(a, (size_t)level + 3);
  memset(close, '=', (size_t)level + 2);
  close[0] = close[level + 1] = ']';
  Sv rest = rest_at(text, t->begin + level + 2);
  const char *end = memmem(rest.s, rest.n, close, (size_t)level + 2);
  t->kind = TOK_VALUE;
  if (!end)
    return expr_error(text, t->begin, t->begin + level + 2, ERR_PARSE, err,
                      "the text is not closed: %s is missing at its end", close);
  t->end = (int)(end - text.s) + level + 2;
  if (rest.s[0] == '\n') rest.s++;
  t->value = (Cell){.type = COL_TEXT, .t = {rest.s, (size_t)(end - rest.s)}};
  return OK;
}

// ---- symbols --------------------------------------------------------------------------------------------------------
static ErrCode lex_symbol(Sv text, const struct Symbol *s, Token *t, Err *err) {
  if (!s) {
    t->end = t->begin + 1;
    return expr_error(text, t->begin, t->end, ERR_PARSE, err, "'%c' has no meaning here", text.s[t->begin]);
  }
  t->kind = s->kind;
  t->end = t->begin + (int)strlen(s->text);
  if (s->kind != TOK_FOREIGN) return OK;
  return expr_error(text, t->begin, t->end, ERR_PARSE, err, "'%s' is not an operator here: write %s", s->text,
                    s->write);
}

ErrCode expr_lex(Sv text, int pos, Arena *a, Token *t, Err *err) {
  while (space_at(rest_at(text, pos))) pos += (int)space_at(rest_at(text, pos));
  *t = (Token){.kind = TOK_END, .begin = pos, .end = pos};
  if ((size_t)pos == text.n) return OK;
  char c = text.s[pos], next = (size_t)pos + 1 < text.n ? text.s[pos + 1] : 0;
  if (is_digit(c) || (c == '.' && is_digit(next))) return lex_number(text, t, err);
  if (c == '\'' || c == '"') return lex_text(text, a, t, err);
  if (c == '[' && bracket_level(rest_at(text, pos)) >= 0)
    return lex_bracket(text, a, bracket_level(rest_at(text, pos)), t, err);
  if (c == '`') return lex_quoted(text, t, err);
  if (c == '$') return lex_arg(text, t, err);
  const struct Symbol *s = symbol_at(rest_at(text, pos));
  return !s && expr_is_name_byte(c, true) ? lex_name(text, t, err) : lex_symbol(text, s, t, err);
}

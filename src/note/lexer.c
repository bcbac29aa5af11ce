// The tokens of Lua 5.4 for an editor: every byte of any text belongs to exactly one token, in order, and what Lua's
// own lexer would refuse is a token too (ERROR, or `unfinished`), so that half-typed cells have colours and brackets.
// A number is taken as greedily as Lua takes it (digits, points, signs after an exponent, then letters) and judged
// afterwards: 3..2 and 0x are one malformed number each. A short string without its end stops before the line end.
// Reference: Lua 5.4 Reference Manual, section 3.1. Linear in the text.
#include "note/note.h"

void lexer_init(Lexer *x, Sv text) { *x = (Lexer){.text = text}; }

// The character k bytes ahead, 0 past the end.
static char ahead(const Lexer *x, size_t k) { return x->at + k < x->text.n ? x->text.s[x->at + k] : 0; }
static bool at_end(const Lexer *x) { return x->at >= x->text.n; }

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
static bool is_line_end(char c) { return c == '\n' || c == '\r'; }
static bool is_one_of(char c, const char *set) { return c && strchr(set, c); }

// ---- long brackets ----

// Level of the long bracket that opens here, or -1.
static int long_level(const Lexer *x) {
  size_t k = 1;
  if (ahead(x, 0) != '[') return -1;
  while (ahead(x, k) == '=') k++;
  return ahead(x, k) == '[' ? (int)k - 1 : -1;
}

static bool closes(const Lexer *x, int level) {
  size_t k = 1;
  while (ahead(x, k) == '=') k++;
  return (int)k - 1 == level && ahead(x, k) == ']';
}

static void lex_long(Lexer *x, int level, Token *t) {
  x->at += (size_t)level + 2;
  for (; !at_end(x); x->at++) {
    if (x->text.s[x->at] != ']' || !closes(x, level)) continue;
    x->at += (size_t)level + 2;
    return;
  }
  t->unfinished = true;
}

static void lex_comment(Lexer *x, Token *t) {
  t->kind = TOKEN_COMMENT;
  x->at += 2;
  int level = long_level(x);
  if (level >= 0) {
    lex_long(x, level, t);
    return;
  }
  while (!at_end(x) && !is_line_end(x->text.s[x->at])) x->at++;
}

// ---- short strings ----

static bool escape_hex(Lexer *x) {
  bool good = is_hex(ahead(x, 2)) && is_hex(ahead(x, 3));
  x->at += good ? 4 : 2;
  return good;
}

static bool escape_decimal(Lexer *x) {
  int value = 0, digits = 0;
  for (x->at++; digits < 3 && is_digit(ahead(x, 0)); digits++, x->at++) value = value * 10 + (ahead(x, 0) - '0');
  return value <= 255;
}

static unsigned hex_value(char c) { return is_digit(c) ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a' + 10); }

// \u{XXX} below 2^31.
static bool escape_utf8(Lexer *x) {
  uint64_t value = 0;
  x->at += 2;
  if (ahead(x, 0) != '{' || !is_hex(ahead(x, 1))) return false;
  for (x->at++; is_hex(ahead(x, 0)); x->at++)
    if (value < 1u << 31) value = value * 16 + hex_value(ahead(x, 0));
  if (ahead(x, 0) != '}') return false;
  x->at++;
  return value < 1u << 31;
}

// At a backslash: takes the escape, tells whether Lua does too.
static bool lex_escape(Lexer *x) {
  char c = ahead(x, 1);
  if (is_digit(c)) return escape_decimal(x);
  if (c == 'x') return escape_hex(x);
  if (c == 'u') return escape_utf8(x);
  if (c == 'z') {
    for (x->at += 2; !at_end(x) && is_space(x->text.s[x->at]);) x->at++;
    return true;
  }
  if (is_line_end(c)) {
    bool pair = is_line_end(ahead(x, 2)) && ahead(x, 2) != c;
    x->at += pair ? 3 : 2;
    return true;
  }
  bool good = is_one_of(c, "abfnrtv\\\"'");
  x->at += good ? 2 : 1;
  return good;
}

static void lex_string(Lexer *x, Token *t) {
  char quote = x->text.s[x->at++];
  t->kind = TOKEN_STRING;
  while (!at_end(x) && !is_line_end(x->text.s[x->at])) {
    char c = x->text.s[x->at];
    if (c == '\\') {
      bool last = x->at + 1 == x->text.n;
      if (!lex_escape(x) && !last) t->kind = TOKEN_ERROR;
      continue;
    }
    x->at++;
    if (c == quote) return;
  }
  t->unfinished = true;
}

// ---- numbers, names, operators ----

static size_t digits_end(Sv s, size_t i, bool hex) {
  while (i < s.n && (hex ? is_hex(s.s[i]) : is_digit(s.s[i]))) i++;
  return i;
}

static bool is_number(Sv s) {
  bool hex = s.n > 1 && s.s[0] == '0' && (s.s[1] | 32) == 'x';
  size_t begin = hex ? 2 : 0, i = digits_end(s, begin, hex), digits = i - begin;
  if (i < s.n && s.s[i] == '.') {
    size_t end = digits_end(s, i + 1, hex);
    digits += end - i - 1;
    i = end;
  }
  if (!digits) return false;
  if (i < s.n && (s.s[i] | 32) == (hex ? 'p' : 'e')) {
    i++;
    if (i < s.n && (s.s[i] == '+' || s.s[i] == '-')) i++;
    size_t end = digits_end(s, i, false);
    if (end == i) return false;
    i = end;
  }
  return i == s.n;
}

static void lex_number(Lexer *x, Token *t) {
  bool hex = ahead(x, 0) == '0' && (ahead(x, 1) | 32) == 'x';
  x->at += hex ? 2 : 1;
  for (;;) {
    char c = ahead(x, 0);
    if ((c | 32) == (hex ? 'p' : 'e')) x->at += is_one_of(ahead(x, 1), "+-") ? 2 : 1;
    else if (is_hex(c) || c == '.') x->at++;
    else break;
  }
  while (is_letter(ahead(x, 0)) || is_digit(ahead(x, 0))) x->at++;
  t->kind = is_number((Sv){x->text.s + t->offset, x->at - t->offset}) ? TOKEN_NUMBER : TOKEN_ERROR;
}

static bool is_keyword(Sv word) {
  static const char *const words[] = {"and",   "break",    "do",   "else", "elseif", "end",
                                      "false", "for",      "function", "goto", "if", "in",
                                      "local", "nil",      "not",  "or",   "repeat", "return",
                                      "then",  "true",     "until", "while"};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (sv_is(word, words[k])) return true;
  return false;
}

static void lex_name(Lexer *x, Token *t) {
  while (is_letter(ahead(x, 0)) || is_digit(ahead(x, 0))) x->at++;
  t->kind = is_keyword((Sv){x->text.s + t->offset, x->at - t->offset}) ? TOKEN_KEYWORD : TOKEN_NAME;
}

static size_t operator_length(const Lexer *x) {
  static const char pairs[][3] = {"..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
  char a = ahead(x, 0), b = ahead(x, 1);
  if (a == '.' && b == '.' && ahead(x, 2) == '.') return 3;
  for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
    if (a == pairs[k][0] && b == pairs[k][1]) return 2;
  return is_one_of(a, "+-*/%^#&~|<>=(){}[];:,.") ? 1 : 0;
}

// Characters that begin no token: the bytes beyond ASCII in a row, any other alone. [= without a second [ is one too.
static void lex_stray(Lexer *x, Token *t) {
  t->kind = TOKEN_ERROR;
  bool bracket = ahead(x, 0) == '[', high = (unsigned char)ahead(x, 0) >= 0x80;
  x->at++;
  while ((bracket && ahead(x, 0) == '=') || (high && (unsigned char)ahead(x, 0) >= 0x80)) x->at++;
}

static void lex_operator(Lexer *x, Token *t) {
  int level = long_level(x);
  size_t n = operator_length(x);
  if (level >= 0) {
    t->kind = TOKEN_STRING;
    lex_long(x, level, t);
  } else if (!n || (ahead(x, 0) == '[' && ahead(x, 1) == '=')) {
    lex_stray(x, t);
  } else {
    t->kind = TOKEN_OP;
    x->at += n;
  }
}

static void lex_space(Lexer *x, Token *t) {
  t->kind = TOKEN_SPACE;
  while (!at_end(x) && is_space(x->text.s[x->at])) x->at++;
}

bool lexer_next(Lexer *x, Token *t) {
  if (at_end(x)) return false;
  *t = (Token){.offset = x->at};
  char c = x->text.s[x->at];
  if (is_space(c)) lex_space(x, t);
  else if (is_letter(c)) lex_name(x, t);
  else if (is_digit(c) || (c == '.' && is_digit(ahead(x, 1)))) lex_number(x, t);
  else if (c == '"' || c == '\'') lex_string(x, t);
  else if (c == '-' && ahead(x, 1) == '-') lex_comment(x, t);
  else lex_operator(x, t);
  t->length = x->at - t->offset;
  return true;
}

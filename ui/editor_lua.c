// Lua under edit: indentation and brackets, from the tokens of the text as it stands, so that strings and comments
// never count. Indentation follows the line above: what it opens and does not close moves the next line by one level;
// closing words that begin a line have moved that line already and do not count again.
//
// A line moves by itself only when the word that decides it has just been typed and it stands where the line above
// put it: whoever chose another place keeps it.
#include "ui/editor_int.h"

#include "base/mem.h"
#include "note/note.h"

enum { INDENT = 2 };

static bool is_one_of(Sv word, const char *const *list) {
  for (; *list; list++)
    if (sv_is(word, *list)) return true;
  return false;
}

static bool opens(Sv word) {
  static const char *const list[] = {"then", "do", "else", "repeat", "function", "{", "(", "[", NULL};
  return is_one_of(word, list);
}

static bool closes(Sv word) {
  static const char *const list[] = {"end", "until", "else", "elseif", "}", ")", "]", NULL};
  return is_one_of(word, list);
}

static Sv token_text(const Lexer *x, const Token *t) { return (Sv){x->text.s + t->offset, t->length}; }

static Lexer lexer_of(const Editor *e, size_t end) {
  Lexer x;
  lexer_init(&x, (Sv){str_c(&e->text), end});
  return x;
}

static bool is_code(const Token *t) { return t->kind == TOKEN_OP || t->kind == TOKEN_KEYWORD; }

// By how many levels the bytes begin..end of a line move the next one: -1, 0 or 1.
static int level_after(const Editor *e, size_t begin, size_t end) {
  Lexer x = lexer_of(e, end);
  Token t;
  int level = 0;
  bool leading = true;
  while (lexer_next(&x, &t)) {
    if (t.offset < begin || !is_code(&t)) {
      leading = leading && (t.offset < begin || t.kind == TOKEN_SPACE);
      continue;
    }
    Sv word = token_text(&x, &t);
    level += opens(word) - (closes(word) && !leading);
    leading = leading && closes(word);
  }
  return (level > 0) - (level < 0);
}

// The token that begins at `at`; false when one runs over it or the text ends.
static bool token_at(const Editor *e, size_t at, Token *t) {
  Lexer x = lexer_of(e, e->text.n);
  while (lexer_next(&x, t))
    if (t->offset >= at) return t->offset == at;
  return false;
}

static bool closes_at(const Editor *e, size_t at) {
  Token t;
  return token_at(e, at, &t) && is_code(&t) && closes((Sv){e->text.s + at, t.length});
}

// ---- Enter --------------------------------------------------------------------------------------------------------
static void add_indent(Str *out, Sv blanks, int levels) {
  size_t less = levels < 0 ? (size_t)-levels * INDENT : 0;
  str_addn(out, blanks.s, blanks.n > less ? blanks.n - less : 0);
  str_pad(out, ' ', levels * INDENT);
}

void edit_newline(Editor *e) {
  size_t begin = edit_line_begin(e, e->at), blanks = edit_blanks_end(e, begin), rest = edit_blanks_end(e, e->at);
  bool blank = blanks >= e->at; // nothing but blanks before the cursor: they go
  if (blanks > e->at) blanks = e->at;
  int levels = 0;
  if (!e->plain) levels = (blank ? 0 : level_after(e, begin, e->at)) - (closes_at(e, rest) && !blank);
  Str text = {0};
  str_addc(&text, '\n');
  add_indent(&text, (Sv){str_c(&e->text) + begin, blanks - begin}, levels);
  size_t from = blank ? begin : e->at;
  edit_change(e, from, rest, (Sv){text.s, text.n}, from + text.n, EDIT_ONCE);
  str_fini(&text);
}

// ---- closing words ------------------------------------------------------------------------------------------------
// Where the line above puts this one, in blanks; -1 when there is none.
static int64_t expected(const Editor *e, size_t begin) {
  while (begin) {
    size_t end = begin - 1, above = edit_line_begin(e, end), text = edit_blanks_end(e, above);
    begin = above;
    if (text < end) return (int64_t)(text - above) + level_after(e, above, end) * INDENT;
  }
  return -1;
}

static bool is_closing(Sv word) { return closes(word) || sv_is(word, "elsei"); }

void edit_reindent(Editor *e, size_t typed) {
  size_t begin = edit_line_begin(e, e->at), word = edit_blanks_end(e, begin), n = e->at - word;
  Token t;
  if (e->plain || word + typed > e->at) return;
  bool is = is_closing((Sv){e->text.s + word, n}), was = is_closing((Sv){e->text.s + word, n - typed});
  if (is == was || !token_at(e, word, &t) || t.length != n) return;
  int64_t blanks = (int64_t)(word - begin), wanted = expected(e, begin);
  if (is && is_code(&t) && blanks == wanted && blanks >= INDENT)
    edit_change(e, word - INDENT, word, (Sv){"", 0}, e->at - INDENT, EDIT_JOINED);
  else if (was && t.kind == TOKEN_NAME && blanks + INDENT == wanted)
    edit_change(e, word, word, sv("  "), e->at + INDENT, EDIT_JOINED);
}

// ---- brackets -----------------------------------------------------------------------------------------------------
static bool is_pair(char open, char close) {
  return (open == '(' && close == ')') || (open == '[' && close == ']') || (open == '{' && close == '}');
}

// The partner of the bracket at `target`. A closing bracket of the wrong kind leaves all before it without a partner.
// In a long text it is looked for SPAN bytes around, from the beginning of a line, which may stand in a long string.
static size_t partner(const Editor *e, size_t target) {
  enum { SPAN = 32 * 1024 };
  Arena a = {0};
  Lexer x;
  Token t;
  size_t begin = target > SPAN ? edit_line_begin(e, target - SPAN) : 0;
  size_t n = e->text.n - begin < 2 * SPAN ? e->text.n - begin : 2 * SPAN;
  size_t *open = arena_array(&a, size_t, n + 1), depth = 0, found = (size_t)-1;
  lexer_init(&x, (Sv){str_c(&e->text) + begin, n});
  while (lexer_next(&x, &t)) {
    char c = x.text.s[t.offset];
    if (t.kind != TOKEN_OP || t.length != 1) continue;
    if (strchr("([{", c)) open[depth++] = begin + t.offset;
    if (!strchr(")]}", c)) continue;
    bool fits = depth && is_pair(e->text.s[open[depth - 1]], c);
    depth = fits ? depth - 1 : 0;
    if (fits && begin + t.offset == target) found = open[depth];
    if (fits && open[depth] == target) found = begin + t.offset;
  }
  arena_fini(&a);
  return found;
}

size_t editor_match(const Editor *e) {
  size_t found = e->at < e->text.n && strchr("()[]{}", e->text.s[e->at]) ? partner(e, e->at) : (size_t)-1;
  if (found != (size_t)-1 || !e->at || !strchr("()[]{}", e->text.s[e->at - 1])) return found;
  return partner(e, e->at - 1);
}

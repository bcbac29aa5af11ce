// The pattern as nodes, by recursive descent: alternatives of sequences of repeated atoms. Case folding happens here: a
// set gets both cases of its letters.
#include "base/regex_int.h"

#include "base/utf8.h"

#include <stdlib.h>

typedef struct Parser {
  Sv text;
  size_t pos;
  Arena *arena;
  int ngroup, nesting;
  bool fold;
  int *at;
  Err *err;
} Parser;

static bool at_end(const Parser *p) { return p->pos == p->text.n; }
static char peek(const Parser *p, size_t ahead) {
  return p->pos + ahead < p->text.n ? p->text.s[p->pos + ahead] : '\0';
}
static bool take(Parser *p, char c) {
  if (at_end(p) || p->text.s[p->pos] != c) return false;
  p->pos++;
  return true;
}

static ErrCode fail(Parser *p, size_t at, const char *message) {
  *p->at = (int)at;
  return err_set(p->err, ERR_PARSE, "%s", message);
}

static uint32_t take_char(Parser *p) {
  int len;
  uint32_t cp = utf8_decode(p->text.s + p->pos, p->text.n - p->pos, &len);
  p->pos += (size_t)len;
  return cp;
}

static ReNode *node_new(Parser *p, ReKind kind) {
  ReNode *n = arena_new(p->arena, ReNode);
  n->kind = kind, n->at = (int)p->pos;
  return n;
}

static void adopt(ReNode *parent, ReNode *child) {
  if (parent->last) parent->last->next = child;
  else parent->child = child;
  parent->last = child;
}

// ---- sets -----------------------------------------------------------------------------------------------------------
void charset_add(CharSet *s, uint32_t lo, uint32_t hi, Arena *a) {
  if (s->n == s->cap) {
    CharRange *more = arena_array(a, CharRange, s->cap ? s->cap * 2 : 4);
    if (s->n) memcpy(more, s->range, (size_t)s->n * sizeof *more);
    s->range = more, s->cap = s->cap ? s->cap * 2 : 4;
  }
  s->range[s->n++] = (CharRange){lo, hi};
}

static int by_low(const void *a, const void *b) {
  uint32_t x = ((const CharRange *)a)->lo, y = ((const CharRange *)b)->lo;
  return (x > y) - (x < y);
}

static void add_other_case(CharSet *s, Arena *a) {
  for (int k = 0, n = s->n; k < n; k++)
    for (uint32_t c = 'a'; c <= 'z'; c++) {
      CharRange r = s->range[k];
      if (r.lo <= c && c <= r.hi) charset_add(s, c - 32, c - 32, a);
      if (r.lo <= c - 32 && c - 32 <= r.hi) charset_add(s, c, c, a);
    }
}

static void finish_set(Parser *p, CharSet *s, bool negated) {
  if (p->fold) add_other_case(s, p->arena);
  if (s->n) qsort(s->range, (size_t)s->n, sizeof *s->range, by_low);
  int m = 0;
  for (int k = 0; k < s->n; k++) {
    CharRange r = s->range[k];
    if (m && r.lo <= s->range[m - 1].hi + 1) {
      if (r.hi > s->range[m - 1].hi) s->range[m - 1].hi = r.hi;
    } else s->range[m++] = r;
  }
  s->n = m;
  if (!negated) return;
  CharSet rest = {0};
  uint32_t lo = 0;
  for (int k = 0; k < s->n; k++) {
    if (s->range[k].lo > lo) charset_add(&rest, lo, s->range[k].lo - 1, p->arena);
    lo = s->range[k].hi + 1;
  }
  if (lo <= REGEX_LAST) charset_add(&rest, lo, REGEX_LAST, p->arena);
  *s = rest;
}

static const struct Named {
  const char *name, *ranges; // pairs of the first and the last
} NAMED[] = {
    {"alpha", "azAZ"},  {"digit", "09"},       {"alnum", "azAZ09"}, {"upper", "AZ"},         {"lower", "az"},
    {"space", "\t\r  "}, {"blank", "\t\t  "},   {"punct", "!/:@[`{~"}, {"xdigit", "09afAF"}, {"word", "azAZ09__"},
    {"cntrl", "\1\37\177\177"},
};

static void add_ranges(CharSet *s, const char *ranges, Arena *a) {
  for (; *ranges; ranges += 2) charset_add(s, (uint32_t)ranges[0], (uint32_t)ranges[1], a);
}

// \d and its kind; the large letter is the contrary.
static bool kind_set(Parser *p, CharSet *s, char letter) {
  static const char letters[] = "dws", *const ranges[] = {"09", "azAZ09__", "\t\r  "};
  for (int k = 0; k < 3; k++) {
    if ((letter | 32) != letters[k]) continue;
    CharSet kind = {0};
    add_ranges(&kind, ranges[k], p->arena);
    bool fold = p->fold;
    p->fold = false;
    finish_set(p, &kind, letter != letters[k]);
    p->fold = fold;
    for (int r = 0; r < kind.n; r++) charset_add(s, kind.range[r].lo, kind.range[r].hi, p->arena);
    return true;
  }
  return false;
}

// ---- escapes --------------------------------------------------------------------------------------------------------
static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

// \x41 or \x{1F600}; stands behind the x.
static ErrCode take_hex(Parser *p, uint32_t *cp) {
  bool braces = take(p, '{');
  int digits = 0;
  for (*cp = 0; hex_value(peek(p, 0)) >= 0 && digits < (braces ? 6 : 2); digits++, p->pos++)
    *cp = *cp << 4 | (uint32_t)hex_value(peek(p, 0));
  bool closed = braces ? digits > 0 && take(p, '}') : digits == 2;
  if (closed && *cp <= REGEX_LAST) return OK;
  return fail(p, p->pos, "write a character by its number as \\x41 or \\x{1F600}");
}

// One character behind a backslash.
static ErrCode take_escape(Parser *p, uint32_t *cp) {
  static const char from[] = "tnrfva0", to[] = "\t\n\r\f\v\a\0";
  char c = peek(p, 0);
  if (at_end(p)) return fail(p, p->pos - 1, "a character is missing behind the backslash");
  if (c == 'x') return p->pos++, take_hex(p, cp);
  for (int k = 0; from[k]; k++)
    if (c == from[k]) return p->pos++, *cp = (uint32_t)to[k], OK;
  bool letter = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
  if (c >= '1' && c <= '9') return fail(p, p->pos, "a pattern cannot refer to its groups");
  if (letter) return fail(p, p->pos, "this letter has no meaning behind a backslash");
  *cp = take_char(p);
  return OK;
}

// ---- [ ] ------------------------------------------------------------------------------------------------------------
static ErrCode take_named(Parser *p, CharSet *s) {
  size_t begin = p->pos;
  const char *rest = p->text.s + begin + 2, *close = memmem(rest, p->text.n - begin - 2, ":]", 2);
  for (size_t k = 0; close && k < sizeof NAMED / sizeof *NAMED; k++) {
    if (!sv_is((Sv){rest, (size_t)(close - rest)}, NAMED[k].name)) continue;
    add_ranges(s, NAMED[k].ranges, p->arena);
    p->pos = (size_t)(close - p->text.s) + 2;
    return OK;
  }
  return fail(p, begin, "the classes are [:alpha:] [:digit:] [:alnum:] [:upper:] [:lower:] [:space:] [:blank:] "
                        "[:punct:] [:xdigit:] [:word:] [:cntrl:]");
}

// One end of a range, or a kind such as \d, which is none (*whole).
static ErrCode take_member(Parser *p, CharSet *s, uint32_t *cp, bool *whole) {
  *whole = true;
  if (peek(p, 0) == '[' && peek(p, 1) == ':') return take_named(p, s);
  if (peek(p, 0) == '\\' && kind_set(p, s, peek(p, 1))) return p->pos += 2, OK;
  *whole = false;
  if (take(p, '\\')) {
    if (take(p, 'b')) return *cp = '\b', OK;
    return take_escape(p, cp);
  }
  *cp = take_char(p);
  return OK;
}

static ErrCode take_set(Parser *p, CharSet *s) {
  size_t open = p->pos - 1;
  bool negated = take(p, '^'), whole;
  for (bool first = true; first || peek(p, 0) != ']'; first = false) {
    if (at_end(p)) return fail(p, open, "this [ is not closed");
    size_t at = p->pos;
    uint32_t lo, hi;
    TRY(take_member(p, s, &lo, &whole));
    if (whole) continue;
    hi = lo;
    if (peek(p, 0) == '-' && p->pos + 1 < p->text.n && peek(p, 1) != ']') {
      p->pos++;
      TRY(take_member(p, s, &hi, &whole));
      if (whole || hi < lo) return fail(p, at, "this range ends before it begins");
    }
    charset_add(s, lo, hi, p->arena);
  }
  p->pos++;
  finish_set(p, s, negated);
  return OK;
}

// ---- atoms ----------------------------------------------------------------------------------------------------------
NODISCARD static ErrCode take_choice(Parser *p, ReNode **out);

static ErrCode take_group(Parser *p, ReNode **out) {
  size_t open = p->pos - 1;
  *out = node_new(p, RE_GROUP);
  if (++p->nesting > REGEX_NESTING) return fail(p, open, "the pattern is nested more than 100 deep");
  if (take(p, '?')) {
    if (!take(p, ':')) return fail(p, p->pos - 1, "of the (? there are only (?: ) and, at the beginning, (?i)");
  } else {
    (*out)->group = ++p->ngroup;
    if (p->ngroup > REGEX_GROUPS) return fail(p, open, "more than 32 groups: write (?: ) for those that are not read");
  }
  ReNode *inside;
  TRY(take_choice(p, &inside));
  adopt(*out, inside);
  if (!take(p, ')')) return fail(p, open, "this ( is not closed");
  p->nesting--;
  return OK;
}

static ErrCode set_node(Parser *p, uint32_t lo, uint32_t hi, bool negated, ReNode **out) {
  *out = node_new(p, RE_SET);
  (*out)->set = arena_new(p->arena, CharSet);
  charset_add((*out)->set, lo, hi, p->arena);
  finish_set(p, (*out)->set, negated);
  return OK;
}

static ErrCode assert_node(Parser *p, Assert what, ReNode **out) {
  *out = node_new(p, RE_ASSERT);
  (*out)->what = what;
  return OK;
}

static ErrCode take_backslash(Parser *p, ReNode **out) {
  CharSet *s = arena_new(p->arena, CharSet);
  char c = peek(p, 0);
  if (kind_set(p, s, c)) {
    p->pos++;
    *out = node_new(p, RE_SET);
    (*out)->set = s;
    return OK;
  }
  if (take(p, 'b')) return assert_node(p, ASSERT_WORD, out);
  if (take(p, 'B')) return assert_node(p, ASSERT_NO_WORD, out);
  if (take(p, 'A')) return assert_node(p, ASSERT_BEGIN, out);
  if (take(p, 'z') || take(p, 'Z')) return assert_node(p, ASSERT_END, out);
  uint32_t cp;
  TRY(take_escape(p, &cp));
  return set_node(p, cp, cp, false, out);
}

static ErrCode take_atom(Parser *p, ReNode **out) {
  char c = peek(p, 0);
  if (c == '*' || c == '+' || c == '?') return fail(p, p->pos, "there is nothing to repeat before this");
  if (take(p, '(')) return take_group(p, out);
  if (take(p, '.')) return set_node(p, '\n', '\n', true, out);
  if (take(p, '^')) return assert_node(p, ASSERT_BEGIN, out);
  if (take(p, '$')) return assert_node(p, ASSERT_END, out);
  if (take(p, '\\')) return take_backslash(p, out);
  if (take(p, '[')) {
    *out = node_new(p, RE_SET);
    (*out)->set = arena_new(p->arena, CharSet);
    return take_set(p, (*out)->set);
  }
  uint32_t cp = take_char(p);
  return set_node(p, cp, cp, false, out);
}

// ---- repeats --------------------------------------------------------------------------------------------------------
static bool take_count(Parser *p, size_t *pos, int *n) {
  size_t begin = *pos;
  for (*n = 0; *pos < p->text.n && p->text.s[*pos] >= '0' && p->text.s[*pos] <= '9'; ++*pos)
    if (*n <= REGEX_REPEAT) *n = *n * 10 + (p->text.s[*pos] - '0');
  return *pos > begin;
}

// {2}, {2,}, {,5} or {2,5}; anything else in braces stands for itself.
static bool take_braces(Parser *p, int *min, int *max) {
  if (peek(p, 0) != '{') return false;
  size_t pos = p->pos + 1;
  bool low = take_count(p, &pos, min);
  *max = *min;
  if (pos < p->text.n && p->text.s[pos] == ',') {
    pos++;
    if (!take_count(p, &pos, max)) {
      if (!low) return false;
      *max = -1;
    }
  } else if (!low) return false;
  if (pos >= p->text.n || p->text.s[pos] != '}') return false;
  p->pos = pos + 1;
  return true;
}

static bool take_repeat(Parser *p, int *min, int *max) {
  if (take(p, '*')) return *min = 0, *max = -1, true;
  if (take(p, '+')) return *min = 1, *max = -1, true;
  if (take(p, '?')) return *min = 0, *max = 1, true;
  return take_braces(p, min, max);
}

static ErrCode take_piece(Parser *p, ReNode **out) {
  TRY(take_atom(p, out));
  int min, max;
  size_t at = p->pos;
  if (!take_repeat(p, &min, &max)) return OK;
  if (min > REGEX_REPEAT || max > REGEX_REPEAT) return fail(p, at, "a count is 1000 at most");
  if (max >= 0 && max < min) return fail(p, at, "the second count is less than the first");
  ReNode *repeat = node_new(p, RE_REPEAT);
  repeat->min = min, repeat->max = max, repeat->at = (int)at;
  repeat->lazy = take(p, '?');
  adopt(repeat, *out);
  *out = repeat;
  at = p->pos;
  if (take_repeat(p, &min, &max)) return fail(p, at, "one repeat follows another: put ( ) around the first");
  return OK;
}

static ErrCode take_sequence(Parser *p, ReNode **out) {
  *out = node_new(p, RE_CAT);
  while (!at_end(p) && peek(p, 0) != '|' && peek(p, 0) != ')') {
    ReNode *piece;
    TRY(take_piece(p, &piece));
    adopt(*out, piece);
  }
  return OK;
}

static ErrCode take_choice(Parser *p, ReNode **out) {
  *out = node_new(p, RE_ALT);
  do {
    ReNode *sequence;
    TRY(take_sequence(p, &sequence));
    adopt(*out, sequence);
  } while (take(p, '|'));
  return OK;
}

ErrCode regex_nodes(Sv pattern, Arena *a, ReNode **out, int *ngroup, int *at, Err *err) {
  Parser p = {.text = pattern, .arena = a, .at = at, .err = err};
  if (pattern.n >= 4 && memcmp(pattern.s, "(?i)", 4) == 0) p.fold = true, p.pos = 4;
  TRY(take_choice(&p, out));
  *ngroup = p.ngroup;
  return at_end(&p) ? OK : fail(&p, p.pos, "this ) closes nothing");
}

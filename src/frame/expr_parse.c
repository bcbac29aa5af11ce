// Precedence climbing over Lua 5.4's operators: each has a left and a right power (equal: left associative; the right
// one smaller: right associative). Nodes live in the caller's arena. Depth is bounded, since later passes recurse too.
#include "frame/expr_int.h"

typedef struct Parser {
  Sv text;
  Arena *arena;
  Token tok; // the next one
  int nesting;
} Parser;

static const struct Power {
  int left, right;
} POWER[TOK_COUNT] = {
    [TOK_OR] = {1, 1},    [TOK_AND] = {2, 2},   [TOK_LT] = {3, 3},   [TOK_GT] = {3, 3},   [TOK_LE] = {3, 3},
    [TOK_GE] = {3, 3},    [TOK_NE] = {3, 3},    [TOK_EQ] = {3, 3},   [TOK_JOIN] = {9, 8}, [TOK_ADD] = {10, 10},
    [TOK_SUB] = {10, 10}, [TOK_MUL] = {11, 11}, [TOK_DIV] = {11, 11}, [TOK_IDIV] = {11, 11}, [TOK_MOD] = {11, 11},
    [TOK_POW] = {14, 13},
};
enum { UNARY_POWER = 12 };

// Words that stand for an operator or a construct elsewhere, met where an operator should be.
static const struct Elsewhere {
  const char *word, *write;
} ELSEWHERE[] = {
    {"in", "one_of(x, a, b)"}, {"is", "is_missing(x) or =="}, {"if", "if_else(condition, a, b)"},
    {"then", "if_else(condition, a, b)"}, {"else", "if_else(condition, a, b)"}, {"like", "contains(x, 'text')"},
    {"LIKE", "contains(x, 'text')"}, {"IN", "one_of(x, a, b)"}, {"IS", "is_missing(x)"}, {"AND", "and"}, {"OR", "or"},
    {"NOT", "not"}, {"xor", "~="}, {"between", "between(x, low, high)"}, {"BETWEEN", "between(x, low, high)"},
    {"mod", "%"}, {"div", "//"}, {"matches", "matches(x, 'text')"}, {"case", "if_else(condition, a, b)"},
    {"CASE", "if_else(condition, a, b)"},
};

static const char *elsewhere(Sv word) {
  for (size_t k = 0; k < sizeof ELSEWHERE / sizeof *ELSEWHERE; k++)
    if (sv_is(word, ELSEWHERE[k].word)) return ELSEWHERE[k].write;
  return NULL;
}

NODISCARD static ErrCode advance(Parser *p, Err *err) { return expr_lex(p->text, p->tok.end, p->arena, &p->tok, err); }

static Sv token_text(const Parser *p, const Token *t) {
  return (Sv){p->text.s + t->begin, (size_t)(t->end - t->begin)};
}

#define AT_TOKEN(p) (p)->text, (p)->tok.begin, (p)->tok.end, ERR_PARSE

static ErrCode no_value(const Parser *p, Err *err) {
  Sv word = token_text(p, &p->tok);
  if (p->tok.kind == TOK_END)
    return expr_error(AT_TOKEN(p), err, "%s", p->text.n ? "the expression ends where a value should stand"
                                                        : "the expression is empty");
  if (p->tok.kind != TOK_WORD)
    return expr_error(AT_TOKEN(p), err, "a value is missing before '" SV_FMT "'", SV_ARG(word));
  const char *write = elsewhere(word);
  if (write) return expr_error(AT_TOKEN(p), err, "'" SV_FMT "' has no meaning here: write %s", SV_ARG(word), write);
  return expr_error(AT_TOKEN(p), err, "'" SV_FMT "' is a word of Lua: for the column write `" SV_FMT "`", SV_ARG(word),
                    SV_ARG(word));
}

// Something stands behind a complete expression.
static ErrCode no_operator(const Parser *p, const Node *before, Err *err) {
  Sv word = token_text(p, &p->tok);
  const char *write = elsewhere(word);
  if (!write && before->kind == NODE_COLUMN) write = elsewhere(before->name);
  if (write)
    return expr_error(AT_TOKEN(p), err, "an operator is missing before '" SV_FMT "': write %s", SV_ARG(word), write);
  if (p->tok.kind == TOK_CLOSE) return expr_error(AT_TOKEN(p), err, "this ) closes nothing");
  if (p->tok.kind == TOK_COMMA)
    return expr_error(AT_TOKEN(p), err, "a comma stands only between the values of a function");
  return expr_error(AT_TOKEN(p), err, "an operator is missing before '" SV_FMT "'", SV_ARG(word));
}

static Node *node_new(Parser *p, NodeKind kind, const Token *t) {
  Node *n = arena_new(p->arena, Node);
  *n = (Node){.kind = kind, .name = t->name, .value = t->value, .at = t->begin, .at_end = t->end, .begin = t->begin,
              .end = t->end, .height = 1};
  return n;
}

NODISCARD static ErrCode node_adopt(const Parser *p, Node *n, Node **arg, int narg, Err *err) {
  n->arg = arg, n->narg = narg;
  for (int k = 0; k < narg; k++) {
    if (arg[k]->height >= n->height) n->height = arg[k]->height + 1;
    if (arg[k]->begin < n->begin) n->begin = arg[k]->begin;
    if (arg[k]->end > n->end) n->end = arg[k]->end;
  }
  if (n->height <= EXPR_HEIGHT) return OK;
  return expr_error(p->text, n->at, n->at_end, ERR_PARSE, err,
                    "the expression is too long, more than %d operators in a row: derive a part of it first",
                    EXPR_HEIGHT);
}

NODISCARD static ErrCode parse_power(Parser *p, int limit, Node **out, Err *err);

static ErrCode parse_group(Parser *p, Node **out, Err *err) {
  Token open = p->tok;
  TRY(advance(p, err));
  TRY(parse_power(p, 0, out, err));
  if (p->tok.kind == TOK_END)
    return expr_error(p->text, open.begin, open.end, ERR_PARSE, err, "this ( is not closed");
  if (p->tok.kind != TOK_CLOSE) return no_operator(p, *out, err);
  (*out)->paren = true;
  (*out)->begin = open.begin, (*out)->end = p->tok.end;
  return advance(p, err);
}

static ErrCode parse_args(Parser *p, Node *call, Err *err) {
  Node *arg[EXPR_ARGS];
  int n = 0;
  Token open = p->tok;
  TRY(advance(p, err));
  while (p->tok.kind != TOK_CLOSE || n > 0) {
    if (n == EXPR_ARGS)
      return expr_error(AT_TOKEN(p), err, SV_FMT " takes %d values at most", SV_ARG(call->name), EXPR_ARGS);
    TRY(parse_power(p, 0, &arg[n++], err));
    if (p->tok.kind == TOK_CLOSE) break;
    if (p->tok.kind == TOK_END)
      return expr_error(p->text, call->at, open.end, ERR_PARSE, err, "this ( is not closed");
    if (p->tok.kind != TOK_COMMA) return no_operator(p, arg[n - 1], err);
    TRY(advance(p, err));
  }
  Node **kept = arena_array(p->arena, Node *, n);
  if (n) memcpy(kept, arg, (size_t)n * sizeof *kept);
  TRY(node_adopt(p, call, kept, n, err));
  call->end = p->tok.end;
  return advance(p, err);
}

static ErrCode parse_simple(Parser *p, Node **out, Err *err) {
  static const NodeKind kinds[] = {
      [TOK_VALUE] = NODE_VALUE, [TOK_NIL] = NODE_NIL, [TOK_NAME] = NODE_COLUMN, [TOK_QUOTED] = NODE_COLUMN,
      [TOK_ARG] = NODE_ARG};
  Token t = p->tok;
  if (t.kind == TOK_OPEN) return parse_group(p, out, err);
  if (t.kind == TOK_END || t.kind > TOK_ARG) return no_value(p, err);
  *out = node_new(p, kinds[t.kind], &t);
  TRY(advance(p, err));
  if (t.kind != TOK_NAME || p->tok.kind != TOK_OPEN) return OK;
  (*out)->kind = NODE_CALL;
  return parse_args(p, *out, err);
}

static ErrCode parse_unary(Parser *p, Node **out, Err *err) {
  *out = node_new(p, NODE_OP, &p->tok);
  (*out)->op = p->tok.kind == TOK_SUB ? TOK_NEG : TOK_NOT;
  TRY(advance(p, err));
  Node **arg = arena_array(p->arena, Node *, 1);
  TRY(parse_power(p, UNARY_POWER, &arg[0], err));
  return node_adopt(p, *out, arg, 1, err);
}

static ErrCode parse_binary(Parser *p, Node **left, Err *err) {
  Node *n = node_new(p, NODE_OP, &p->tok), **arg = arena_array(p->arena, Node *, 2);
  n->op = p->tok.kind;
  TRY(advance(p, err));
  arg[0] = *left;
  TRY(parse_power(p, POWER[n->op].right, &arg[1], err));
  *left = n;
  arg[1]->maybe_text = (n->op == TOK_EQ || n->op == TOK_NE) && arg[1]->kind == NODE_COLUMN;
  return node_adopt(p, n, arg, 2, err);
}

// All operators that bind more tightly than `limit`.
static ErrCode parse_power(Parser *p, int limit, Node **out, Err *err) {
  if (++p->nesting > EXPR_NESTING)
    return expr_error(AT_TOKEN(p), err, "the expression is nested more than %d deep: derive a part of it first",
                      EXPR_NESTING);
  bool unary = p->tok.kind == TOK_NOT || p->tok.kind == TOK_SUB;
  TRY(unary ? parse_unary(p, out, err) : parse_simple(p, out, err));
  while (POWER[p->tok.kind].left > limit) TRY(parse_binary(p, out, err));
  p->nesting--;
  return OK;
}

ErrCode expr_parse(Sv text, Arena *a, Node **out, Err *err) {
  if (text.n > EXPR_LENGTH) return err_set(err, ERR_PARSE, "the expression is longer than %d bytes", EXPR_LENGTH);
  Parser p = {.text = text, .arena = a};
  TRY(advance(&p, err));
  TRY(parse_power(&p, 0, out, err));
  return p.tok.kind == TOK_END ? OK : no_operator(&p, *out, err);
}

// The functions, found by name in the tables of their files. A new one is a function and a row beside it. Rows of one
// name stand together and differ in how many values they take.
#include "frame/expr_int.h"

#include "base/near.h"
#include "frame/expr.h"

#include <stdio.h>

enum { MOST = 192 };

// How values behave, for help.
static const char *const RULES[][2] = {
    {"missing", "a missing argument makes the result missing, except where a function says otherwise"},
    {"nan", "a value of its own: 0 / 0, or read from a file; it equals nothing and is not missing"},
    {"int", "exact in 64 bits; an operation that leaves them in some row gives reals in all rows"},
    {"real", "IEEE 754: x / 0 is inf or -inf, nothing stops or is left out silently"},
    {"text", "Unicode characters; upper, lower and classes of patterns know the ASCII letters"},
    {"names", "a column by its name, in `backticks` when it holds more than letters, digits and _"},
    {"$name", "a value that is given behind the expression, as in where(\"age > $lo\", {lo=30})"},
};

// What a pattern is made of.
static const char *const PATTERNS[][2] = {
    {".", "any character but a line feed"},
    {"[abc] [a-z] [^0-9]", "one of these, of a range, none of these; [[:alpha:]] and its kind stand inside"},
    {"\\d \\w \\s", "a digit, letter (digit, _), white space of ASCII; \\D \\W \\S anything else; \\. a point itself"},
    {"^ $ \\b \\B", "the beginning and end of the text, the border of a word, no border"},
    {"x* x+ x? x{2} x{2,5}", "any number of x, at least one, perhaps one, so many; with ? behind it as few as fit"},
    {"(x) (?:x) x|y", "a group that extract and %1 read, a group, one or the other"},
    {"(?i)", "at the beginning: small and large ASCII letters are alike"},
    {"'\\\\d' [[\\d]]", "a backslash is written twice in quotes, once in [[ ]]"},
};

static const struct {
  const char *kind;
  const Func *rows;
} TABLES[] = {
    {"choosing and missing values", EXPR_CHOOSE},
    {"numbers", EXPR_MATH},
    {"numbers", EXPR_TRIG},
    {"text", EXPR_TEXT},
    {"text", EXPR_PIECE},
    {"text by regular expressions", EXPR_REGEX},
    {"dates and times", EXPR_DATE},
    {"dates and times", EXPR_CALENDAR},
    {"dates and times", EXPR_STRFTIME},
    {"one value of a whole column, missing rows left out", EXPR_WHOLE},
    {"a column of a whole column, in row order", EXPR_SERIES},
};

static const Func *func_at(int k, const char **kind) {
  for (size_t t = 0; t < sizeof TABLES / sizeof *TABLES; t++)
    for (const Func *f = TABLES[t].rows; f->name; f++)
      if (k-- == 0) return *kind = TABLES[t].kind, f;
  return NULL;
}

const Func *expr_func_at(int k) {
  const char *kind;
  return func_at(k, &kind);
}

void func_arity(const Func *f, int *lo, int *hi) {
  *lo = *hi = 0;
  for (const char *s = f->types; *s != ':'; s++) {
    if (*s == '!') continue;
    if (*s == '?') *lo -= 1;
    else if (*s == '*') *lo -= 1, *hi = EXPR_ARGS;
    else *lo += 1, *hi += 1;
  }
}

const Func *expr_func_find(Sv name, int narg) {
  const Func *f, *first = NULL;
  for (int k = 0, lo, hi; (f = expr_func_at(k)); k++) {
    if (!sv_is(name, f->name)) continue;
    func_arity(f, &lo, &hi);
    if (!first) first = f;
    if (narg >= lo && narg <= hi) return f;
  }
  return first;
}

// Names that other languages give to what is here.
static const char *other_name(Sv name) {
  static const char *const also[][2] = {
      {"avg", "mean(x)"}, {"average", "mean(x)"}, {"std", "sd(x)"}, {"stddev", "sd(x)"}, {"variance", "var(x)"},
      {"length", "len(s)"}, {"nchar", "len(s)"}, {"strlen", "len(s)"}, {"tolower", "lower(s)"},
      {"toupper", "upper(s)"}, {"capitalize", "title(s)"}, {"initcap", "title(s)"}, {"isna", "is_missing(x)"},
      {"isnull", "is_missing(x)"}, {"ifelse", "if_else(c, a, b)"}, {"iif", "if_else(c, a, b)"},
      {"where", "if_else(c, a, b)"}, {"case_when", "if_else(c, a, if_else(d, b, e))"}, {"nullif", "missing_if(x, a)"},
      {"na_if", "missing_if(x, a)"}, {"pow", "x ^ y"}, {"power", "x ^ y"}, {"substr", "sub(s, i, j)"},
      {"substring", "sub(s, i, j)"}, {"left", "sub(s, 1, n)"}, {"right", "sub(s, -n)"},
      {"gsub", "replace(s, a, b) or replace_re(s, re, to)"}, {"regexp_replace", "replace_re(s, re, to)"},
      {"regexp_matches", "matches(s, re)"}, {"regexp_extract", "extract(s, re, k)"}, {"grepl", "matches(s, re)"},
      {"str_detect", "matches(s, re)"}, {"str_extract", "extract(s, re)"}, {"rlike", "matches(s, re)"},
      {"lpad", "pad_left(s, n)"}, {"rpad", "pad_right(s, n)"}, {"zfill", "pad_left(s, n, '0')"},
      {"ltrim", "trim_left(s)"}, {"rtrim", "trim_right(s)"}, {"strip", "trim(s)"}, {"lstrip", "trim_left(s)"},
      {"rstrip", "trim_right(s)"}, {"position", "find(s, part)"}, {"strpos", "find(s, part)"},
      {"instr", "find(s, part)"}, {"str_split", "split(s, sep, k)"}, {"split_part", "split(s, sep, k)"},
      {"n", "nrow()"}, {"count", "nrow()"}, {"nunique", "n_distinct(x)"}, {"distinct", "n_distinct(x)"},
      {"missing", "is_missing(x) or n_missing(x)"}, {"number", "real(x)"}, {"float", "real(x)"},
      {"tonumber", "real(x)"}, {"tostring", "text(x)"}, {"str", "text(x)"}, {"ceiling", "ceil(x)"}, {"ln", "log(x)"},
      {"isin", "one_of(x, a, b)"}, {"nvl", "coalesce(x, y)"}, {"fillna", "coalesce(x, y)"}, {"concat", "a .. b"},
      {"paste", "a .. b"}, {"mod", "x % y"}, {"shift", "lag(x, k)"}, {"ffill", "fill_forward(x)"},
      {"bfill", "fill_backward(x)"}, {"row_number", "row()"}, {"qcut", "ntile(x, n)"}, {"scale", "zscore(x)"},
      {"percentile", "quantile(x, p)"}, {"strftime", "format_date(t, '%Y-%m')"},
      {"strptime", "parse_date(s, '%d/%m/%Y')"}, {"to_date", "parse_date(s, '%d/%m/%Y')"},
      {"date_trunc", "floor_date(t, 'month')"}, {"dayofweek", "weekday(t)"}, {"dayofyear", "yearday(t)"},
      {"datediff", "a - b"}, {"date_diff", "a - b"}, {"expit", "sigmoid(x)"}};
  for (size_t k = 0; k < sizeof also / sizeof *also; k++)
    if (sv_is(name, also[k][0])) return also[k][1];
  return NULL;
}

void expr_func_hint(char *buf, size_t size, Sv name) {
  Sv names[MOST];
  int n = 0;
  for (const Func *f; n < MOST && (f = expr_func_at(n)); n++) names[n] = sv(f->name);
  const char *other = other_name(name);
  if (other) snprintf(buf, size, ": write %s", other);
  else near_hint(buf, size, name, names, n);
}

// ---- help -----------------------------------------------------------------------------------------------------------
bool expr_function(int k, const char **signature, const char **doc) {
  const Func *f = k < 0 ? NULL : expr_func_at(k);
  if (!f) return false;
  *signature = f->signature, *doc = f->doc;
  return true;
}

bool expr_topic(int k, ExprTopic *out) {
  static const Tok order[] = {TOK_POW, TOK_NOT, TOK_NEG, TOK_MUL, TOK_DIV, TOK_IDIV, TOK_MOD, TOK_ADD, TOK_SUB,
                              TOK_JOIN, TOK_LT, TOK_GT, TOK_LE, TOK_GE, TOK_EQ, TOK_NE, TOK_AND, TOK_OR};
  for (size_t r = 0; r < sizeof RULES / sizeof *RULES; r++)
    if (k-- == 0) return *out = (ExprTopic){"values", NULL, RULES[r][0], RULES[r][1]}, true;
  for (size_t t = 0; t < sizeof order / sizeof *order; t++) {
    const Func *f = &EXPR_OPERATORS[order[t]];
    if (k-- == 0) return *out = (ExprTopic){"operators, the tightest first", NULL, f->name, f->doc}, true;
  }
  for (size_t r = 0; r < sizeof PATTERNS / sizeof *PATTERNS; r++)
    if (k-- == 0) return *out = (ExprTopic){"patterns", NULL, PATTERNS[r][0], PATTERNS[r][1]}, true;
  const char *kind;
  const Func *f = k < 0 ? NULL : func_at(k, &kind);
  if (f) *out = (ExprTopic){kind, f->name, f->signature, f->doc};
  return f;
}

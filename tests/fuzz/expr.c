// Any text as an expression over columns: a column of the frame's length, or an error whose last line has carets under
// the expression that stands above it.
#include "fuzz/fuzz.h"

#include "base/utf8.h"
#include "frame/expr.h"
#include "unit/prep/prep_help.h"

static const char *const TOKENS[] = {
    "age", "fare", "name", "sex", "`two words`", "born", "seen", "ok", "$x", "$missing", "nil", "true", "false", "and",
    "or", "not", "+", "-", "*", "/", "//", "%", "^", "..", "==", "~=", "<", ">=", "!=", "&&", "(", ")", ",", "'a'",
    "\"b\"", "[[c]]", "1", "0", "-1", "2.5", "1e308", "0x7fffffffffffffff", "9223372036854775807", "'2024-02-30'",
    "'1999-12-31'", "'1999-12-31 23:59'", "`", "#", "[", "]", "{", "end", "if", "=", "\\", "'", "\"", "row()",
    "nrow()", "[[\\d+(a|b)*?]]",
    "'[a-z]+'", "'(x*)*y'", "'a{2,9}'", "'[^[:alpha:]]'", "'month'", "'week'", "'%Y-%m-%d'", "'%j %H:%M:%S.%f %p'",
    "'dense'", "'first'", "'%1%%%0'", "[==[", "]==]", NULL};

static Frame *frame;
static const char *words[384];

static void add_functions(void) { // the tokens of the language and the names of its functions
  int n = 0;
  const char *signature, *doc;
  while (TOKENS[n]) words[n] = TOKENS[n], n++;
  for (int k = 0; n < 380 && expr_function(k, &signature, &doc); k++, n++)
    words[n] = strndup(signature, strcspn(signature, "(") + 1);
}

static void free_functions(void) {
  for (int k = sizeof TOKENS / sizeof *TOKENS - 1; words[k]; k++) free((char *)words[k]), words[k] = NULL;
}

// "message\n  expression\n  ^^^": the carets stand under it, or one past its end.
static void check_error(const Err *err) {
  const char *last = strrchr(err->msg, '\n'), *line = last;
  assert_true(err->code == ERR_PARSE || err->code == ERR_TYPE || err->code == ERR_NAME || err->code == ERR_ARG);
  if (!last) fail_msg("no place in \"%s\"", err->msg);
  do assert_true(--line >= err->msg);
  while (*line != '\n');
  size_t blanks = strspn(last + 1, " "), carets = strspn(last + 1 + blanks, "^");
  int width = utf8_width((Sv){line + 1, (size_t)(last - line) - 1});
  if (!carets || last[1 + blanks + carets]) fail_msg("no carets in \"%s\"", err->msg);
  if ((int)(blanks + carets) > width + 1) fail_msg("carets beyond the text in \"%s\"", err->msg);
}

static void check(Sv bytes, Dice *d) {
  (void)d;
  static const ExprArg arg[] = {{"x", EXPR_ARG_REAL, .f = 1.5}, {"t", EXPR_ARG_TEXT, .text = {"f", 1}}};
  Column *c = NULL;
  Err err = {0};
  ErrCode code = expr_eval(NULL, frame, bytes, arg, 2, &c, &err);
  assert_int_equal(code, err.code);
  if (code == OK) {
    Str text = {0};
    assert_int_equal(c->n, frame_nrow(frame));
    for (int64_t i = 0; i < c->n; i++) col_format(c, i, CELL_EXACT, &text);
    str_fini(&text);
    column_unref(c);
  } else check_error(&err);
  Sv name, expr;
  if (expr_split(bytes, &name, &expr, &err) != OK) assert_true(err.msg[0]);
}

TEST(any_text_is_a_column_or_an_error_that_points) {
  frame = HELP_FRAME(4, {"age", COL_I64, {"10", "-9223372036854775808", NULL, "9223372036854775807"}},
                     {"fare", COL_F64, {"1.5", "nan", NULL, "-1e308"}},
                     {"name", COL_TEXT, {"Ann", "", NULL, "Zo\xc3\xab"}},
                     {"sex", COL_CAT, {"f", "m", NULL, "f"}}, {"two words", COL_I64, {"0", "1", "2", "3"}},
                     {"born", COL_DATE, {"1999-12-31", NULL, "0001-01-01", "9999-12-31"}},
                     {"seen", COL_TIME, {"1999-12-31T23:59:59", NULL, "2000-01-01T00:00", "1970-01-01T00:00"}},
                     {"ok", COL_BOOL, {"true", "false", NULL, "true"}});
  add_functions();
  fuzz_run(&(Fuzz){.door = "expr", .check = check, .rounds = 40000, .token = words});
  free_functions();
  frame_unref(frame);
}

RUN(FUZZ_CASE(any_text_is_a_column_or_an_error_that_points))

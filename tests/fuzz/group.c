// Any text as an aggregate and as a window: a frame of the right length, or an error; one of an expression has carets
// on its last line.
#include "fuzz/fuzz.h"

#include "frame/group.h"
#include "unit/prep/prep_help.h"

static const char *const TOKENS[] = {
    "age", "fare", "name", "sex", "`two words`", "born", "seen", "ok", "$x", "nil", "true", "and", "not", "+", "-", "*",
    "/", "//", "..", "==", "<", "(", ")", ",", "'dense'", "1", "0", "-1", "2", "7", "0.5", "1e308", "x = ", "row()",
    "if_else(", "coalesce(", "text(", "zscore(", "cut(", NULL};

static Frame *frame;
static const char *words[256];

static void add_functions(void) {
  int n = 0;
  const char *signature, *doc;
  while (TOKENS[n]) words[n] = TOKENS[n], n++;
  for (int k = 0; n < 250 && agg_function(k, &signature, &doc); k++)
    words[n++] = strndup(signature, strcspn(signature, "(") + 1);
  for (int k = 0; n < 250 && window_function(k, &signature, &doc); k++)
    words[n++] = strndup(signature, strcspn(signature, "(") + 1);
}

static void free_functions(void) {
  for (int k = sizeof TOKENS / sizeof *TOKENS - 1; words[k]; k++) free((char *)words[k]), words[k] = NULL;
}

static void check_result(ErrCode code, Frame *out, int64_t n, const Err *err) {
  assert_int_equal(code, err->code);
  if (code != OK) {
    const char *last = strrchr(err->msg, '\n');
    bool named = strstr(err->msg, "there is a column '") == err->msg;
    if (!named && (!last || last[strlen(last) - 1] != '^')) fail_msg("no place in \"%s\"", err->msg);
    return;
  }
  Str text = {0};
  const Column *c = frame_at(out, frame_ncol(out) - 1);
  assert_int_equal(frame_nrow(out), n);
  for (int64_t i = 0; i < c->n; i++) col_format(c, i, CELL_EXACT, &text);
  str_fini(&text);
  frame_unref(out);
}

static void check(Sv bytes, Dice *d) {
  (void)d;
  char *text = strndup(bytes.s, bytes.n);
  const char *expr = text, *by = "sex", *order = "-age";
  Names exprs = {&expr, 1}, keys = {&by, 1};
  WindowOpts opts = {.exprs = exprs, .by = keys, .order = {&order, 1}, .min = 1};
  Frame *out = NULL;
  Err err = {0};
  ErrCode code = frame_agg(NULL, frame, &exprs, &keys, &out, &err);
  check_result(code, out, 3, &err);
  err = (Err){0};
  code = frame_window(NULL, frame, &opts, &out, &err);
  check_result(code, out, frame_nrow(frame), &err);
  free(text);
}

TEST(any_text_is_a_frame_or_an_error) {
  frame = HELP_FRAME(5, {"age", COL_I64, {"10", "-9223372036854775808", NULL, "9223372036854775807", "3"}},
                     {"fare", COL_F64, {"1.5", "nan", NULL, "-1e308", "1e308"}},
                     {"name", COL_TEXT, {"Ann", "", NULL, "Zo\xc3\xab", "Ann"}},
                     {"sex", COL_CAT, {"f", "m", NULL, "f", "f"}}, {"two words", COL_I64, {"0", "1", "2", "3", "4"}},
                     {"born", COL_DATE, {"1999-12-31", NULL, "0001-01-01", "9999-12-31", "1999-12-31"}},
                     {"seen", COL_TIME, {"1999-12-31T23:59:59", NULL, "2000-01-01T00:00", "1970-01-01T00:00", NULL}},
                     {"ok", COL_BOOL, {"true", "false", NULL, "true", NULL}});
  add_functions();
  fuzz_run(&(Fuzz){.door = "group", .check = check, .rounds = 15000, .token = words});
  free_functions();
  frame_unref(frame);
}

RUN(FUZZ_CASE(any_text_is_a_frame_or_an_error))

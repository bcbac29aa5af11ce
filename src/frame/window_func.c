// Window functions by name, and the values that they take.
#include "frame/window_call.h"

// ---- names ------------------------------------------------------------------------------------------------------
static const WindowFunc FUNCS[] = {
    {"lag", "lag(x, k)", "xk", WINDOW_LAG, 1, "the value k rows before (1)"},
    {"lead", "lead(x, k)", "xk", WINDOW_LAG, -1, "the value k rows behind (1)"},
    {"diff", "diff(x, k)", "dk", WINDOW_LAG, 1,
     "x less its value k rows before (1); of dates in days, times in seconds"},
    {"cumsum", "cumsum(x)", "a", WINDOW_CUMSUM, 0, "sum of the rows so far; ints beyond 64 bits become real"},
    {"cumprod", "cumprod(x)", "a", WINDOW_CUMPROD, 0, "product of the rows so far; ints beyond 64 bits become real"},
    {"cummin", "cummin(x)", "x", WINDOW_CUMMIN, 0, "the smallest so far"},
    {"cummax", "cummax(x)", "x", WINDOW_CUMMAX, 0, "the largest so far"},
    {"cumcount", "cumcount(x)", "x?", WINDOW_CUMCOUNT, 0, "present values of x so far; of nothing, rows"},
    {"row_number", "row_number()", "", WINDOW_CUMCOUNT, 0, "place in the group, from 1"},
    {"rank", "rank(x, ties)", "xt", WINDOW_RANK, 0,
     "place by size in the group, 1 the smallest; ties get their 'average', or 'min', 'max', 'dense', 'first'"},
    {"dense_rank", "dense_rank(x)", "x", WINDOW_RANK_DENSE, 0, "rank without gaps: how many values are not above x"},
    {"percent_rank", "percent_rank(x)", "x", WINDOW_RANK_PERCENT, 0,
     "share of the other values that are below x; 0 for the only one"},
    {"ntile", "ntile(n)", "n", WINDOW_NTILE, 1,
     "number of the part, when the group is cut into n even ones along order"},
    {"ntile", "ntile(x, n)", "xn", WINDOW_NTILE, 1, "the same by the values of x"},
    {"fill_forward", "fill_forward(x)", "x", WINDOW_FILL_FORWARD, 0, "x, where missing the last value before it"},
    {"fill_backward", "fill_backward(x)", "x", WINDOW_FILL_BACKWARD, 0, "x, where missing the next value behind it"},
    {"first", "first(x)", "x", WINDOW_FIRST, 0, "the first value of the group that is present"},
    {"last", "last(x)", "x", WINDOW_LAST, 0, "the last value of the group that is present"},
    {"mean", "mean(x, w)", "aw", WINDOW_MEAN, 1, "mean of the last w rows"},
    {"sum", "sum(x, w)", "aw", WINDOW_SUM, 1, "sum of the last w rows"},
    {"min", "min(x, w)", "xw", WINDOW_MIN, 1, "smallest of the last w rows; w is a whole number, as in min(x, 7)"},
    {"max", "max(x, w)", "xw", WINDOW_MAX, 1, "largest of the last w rows; w is a whole number, as in max(x, 7)"},
    {"sd", "sd(x, w)", "aw", WINDOW_SD, 1, "standard deviation of the last w rows"},
    {"var", "var(x, w)", "aw", WINDOW_VAR, 1, "variance of the last w rows"},
    {"median", "median(x, w)", "aw", WINDOW_MEDIAN, 1, "median of the last w rows"},
    {"count", "count(x, w)", "xw", WINDOW_COUNT, 1, "present values among the last w rows, fewer at the beginning too"},
    {"n", "n(x, w)", "xw", WINDOW_COUNT, 1, "the same"},
};
enum { NFUNC = sizeof FUNCS / sizeof *FUNCS };

bool window_function(int k, const char **signature, const char **doc) {
  if (k < 0 || k >= NFUNC) return false;
  *signature = FUNCS[k].signature, *doc = FUNCS[k].doc;
  return true;
}

static int most_values(const WindowFunc *f) { return (int)strlen(f->takes) - (strchr(f->takes, '?') != NULL); }

static int least_values(const WindowFunc *f) { return most_values(f) - (strpbrk(f->takes, "?kt") ? 1 : 0); }

static bool is_extreme(const WindowFunc *f) { return f->kind == WINDOW_MIN || f->kind == WINDOW_MAX; }

// A rolling function is one by its width: mean(x) is the mean of the group, and min(x, y) the smaller of two columns.
const WindowFunc *window_called(const Node *n) {
  if (n->kind != NODE_CALL) return NULL;
  for (int k = 0; k < NFUNC; k++) {
    if (!sv_is(n->name, FUNCS[k].name)) continue;
    bool rolls = strchr(FUNCS[k].takes, 'w') != NULL, parts = FUNCS[k].kind == WINDOW_NTILE;
    bool whole = n->narg == 2 && n->arg[1]->kind == NODE_VALUE && n->arg[1]->value.type == COL_I64;
    if (rolls ? (is_extreme(&FUNCS[k]) ? whole : n->narg > 1) : !parts || n->narg == most_values(&FUNCS[k]))
      return &FUNCS[k];
  }
  return NULL;
}

// ---- values ---------------------------------------------------------------------------------------------------------
ErrCode window_check_arity(Sv text, const Node *n, const WindowFunc *f, Err *err) {
  int least = least_values(f), most = most_values(f);
  if (n->narg >= least && n->narg <= most) return OK;
  if (least < most)
    return expr_error(text, n->begin, n->end, ERR_ARG, err, "%s takes %d or %d values, got %d", f->signature, least,
                      most, n->narg);
  return expr_error(text, n->begin, n->end, ERR_ARG, err, "%s takes %d value%s, got %d", f->signature, most,
                    most == 1 ? "" : "s", n->narg);
}

ErrCode window_check_type(Sv text, const Node *n, const WindowFunc *f, const Column *x, Err *err) {
  bool moment = x->type == COL_DATE || x->type == COL_TIME, number = col_is_number(x);
  if (*f->takes == 'd' ? moment || (number && x->type != COL_BOOL) : *f->takes != 'a' || number) return OK;
  Sv t = {text.s + n->begin, (size_t)(n->end - n->begin)};
  return expr_error(text, n->begin, n->end, ERR_TYPE, err, "%s takes numbers or %s, got " SV_FMT " (%s)%s",
                    f->signature, *f->takes == 'd' ? "dates" : "a condition", SV_ARG(t), COLTYPES[x->type].name,
                    col_is_text(x) ? ": words have lag, first, last, cummin, cummax, rank and fill_forward" : "");
}

ErrCode window_number(AggRun *r, Sv text, Node *n, const WindowFunc *f, int64_t *k, Err *err) {
  bool shift = f->kind == WINDOW_LAG;
  double value, most = 0x1p40;
  TRY(agg_constant(r, text, n, &value, err));
  *k = value >= -most && value <= most ? (int64_t)value : 0;
  if ((double)*k == value && (shift || *k >= 1)) return OK;
  return expr_error(text, n->begin, n->end, ERR_ARG, err, "%s: %c is a whole number%s, the same for all rows",
                    f->signature, f->takes[strlen(f->takes) - 1], shift ? "" : " of at least 1");
}

ErrCode window_ties(Sv text, const Node *n, const WindowFunc *f, WindowKind *kind, Err *err) {
  static const struct {
    const char *word;
    WindowKind kind;
  } ties[] = {{"average", WINDOW_RANK},
              {"min", WINDOW_RANK_MIN},
              {"max", WINDOW_RANK_MAX},
              {"dense", WINDOW_RANK_DENSE},
              {"first", WINDOW_RANK_FIRST}};
  bool word = n->kind == NODE_VALUE && n->value.type == COL_TEXT;
  for (size_t k = 0; k < sizeof ties / sizeof *ties && word; k++)
    if (sv_is(n->value.t, ties[k].word)) return *kind = ties[k].kind, OK;
  return expr_error(text, n->begin, n->end, ERR_ARG, err,
                    "%s: ties is 'average', 'min', 'max', 'dense' or 'first', in quotes", f->signature);
}

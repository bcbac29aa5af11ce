// Window functions by name, and the values that they take.
#include "frame/window_call.h"

// ---- names ------------------------------------------------------------------------------------------------------
static const WindowFunc FUNCS[] = {
    {"lag", "lag(x, k)", "xk", WINDOW_LAG, 1, "the value k rows before (1)"},
    {"lead", "lead(x, k)", "xk", WINDOW_LAG, -1, "the value k rows behind (1)"},
    {"diff", "diff(x, k)", "dk", WINDOW_LAG, 1, "x less its value k rows before (1); of dates in days, times in seconds"},
    {"cumsum", "cumsum(x)", "a", WINDOW_CUMSUM, 0, "sum of the rows so far; ints beyond 64 bits become real"},
    {"cumprod", "cumprod(x)", "a", WINDOW_CUMPROD, 0, "product of the rows so far; ints beyond 64 bits become real"},
    {"cummin", "cummin(x)", "x", WINDOW_CUMMIN, 0, "the smallest so far"},
    {"cummax", "cummax(x)", "x", WINDOW_CUMMAX, 0, "the largest so far"},
    {"cumcount", "cumcount(x)", "x?", WINDOW_CUMCOUNT, 0, "present values of x so far; of nothing, rows"},
    {"row_number", "row_number()", "", WINDOW_CUMCOUNT, 0, "place in the group, from 1"},
    {"rank", "rank(x)", "x", WINDOW_RANK, 0, "rank of x in the group, from 1; equal ones share the mean of theirs"},
    {"dense_rank", "dense_rank(x)", "x", WINDOW_DENSE_RANK, 0, "rank without gaps: how many values are not above x"},
    {"percent_rank", "percent_rank(x)", "x", WINDOW_PERCENT_RANK, 0,
     "share of the other values that are below x; 0 for the only one"},
    {"ntile", "ntile(n)", "n", WINDOW_NTILE, 1, "number of the part, when the group is cut into n even ones"},
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

static int least_values(const WindowFunc *f) {
  return most_values(f) - (strchr(f->takes, '?') || strchr(f->takes, 'k') ? 1 : 0);
}

// A rolling function is one by its width: mean(x) is the mean of the group, and min(x, y) the smaller of two columns.
const WindowFunc *window_called(const Node *n) {
  if (n->kind != NODE_CALL) return NULL;
  for (int k = 0; k < NFUNC; k++) {
    if (!sv_is(n->name, FUNCS[k].name)) continue;
    bool rolls = strchr(FUNCS[k].takes, 'w') != NULL;
    if (!rolls) return &FUNCS[k];
    bool whole = n->narg == 2 && n->arg[1]->kind == NODE_VALUE && n->arg[1]->value.type == COL_I64;
    bool extreme = FUNCS[k].kind == WINDOW_MIN || FUNCS[k].kind == WINDOW_MAX;
    if (extreme ? whole : n->narg > 1) return &FUNCS[k];
  }
  return NULL;
}

// ---- values ---------------------------------------------------------------------------------------------------------
ErrCode window_check_arity(Sv text, const Node *n, const WindowFunc *f, Err *err) {
  int least = least_values(f), most = most_values(f);
  if (n->narg >= least && n->narg <= most) return OK;
  if (least < most)
    return expr_error(text, n->begin, n->end, ERR_ARG, err, "%s takes %d or %d values, got %d", f->signature, least, most,
                      n->narg);
  return expr_error(text, n->begin, n->end, ERR_ARG, err, "%s takes %d value%s, got %d", f->signature, most,
                    most == 1 ? "" : "s", n->narg);
}

ErrCode window_check_type(Sv text, const Node *n, const WindowFunc *f, const Column *x, Err *err) {
  if (*f->takes != 'a' || col_is_number(x)) return OK;
  Sv t = {text.s + n->begin, (size_t)(n->end - n->begin)};
  return expr_error(text, n->begin, n->end, ERR_TYPE, err, "%s takes numbers or a condition, got " SV_FMT " (%s)%s",
                    f->signature, SV_ARG(t), COLTYPES[x->type].name,
                    col_is_text(x) ? ": words have lag, first, last, cummin, cummax, rank and fill_forward" : "");
}

ErrCode window_number(AggRun *r, Sv text, Node *n, const WindowFunc *f, int64_t *k, Err *err) {
  bool shift = f->kind == WINDOW_LAG;
  double value, most = 0x1p40;
  TRY(agg_constant(r, text, n, &value, err));
  *k = value >= -most && value <= most ? (int64_t)value : 0;
  if ((double)*k == value && (shift || *k >= 1)) return OK;
  return expr_error(text, n->begin, n->end, ERR_ARG, err, "%s: %c is a whole number%s, the same for all rows", f->signature,
                    f->takes[strlen(f->takes) - 1], shift ? "" : " of at least 1");
}

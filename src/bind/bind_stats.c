// stats.*: one function a test, made from the list of tests, and what goes with them.
#include "bind/bootstrap_int.h"

#include "base/near.h"
#include "num/num.h"
#include "stats/tests.h"

#include <math.h>

// ---- tests ---------------------------------------------------------------------------------------------------------
// The options struct of a call: the frame and the formula, then what the test itself declares.
typedef struct TestArgs {
  int d;
  const char *formula;
} TestArgs;
#define TEST_ARGS                                                                                                      \
  {"d", PARAM_VALUE, offsetof(TestArgs, d), 0, 0, NULL, "frame", "the table"}, {                                       \
    "formula", PARAM_TEXT, offsetof(TestArgs, formula), 0, 0, NULL, NULL, "what is asked: \"y ~ group\""               \
  }
enum { ARGS_BYTES = (sizeof(TestArgs) + 15) / 16 * 16, ARGS_PARAMS = 2 };

static ErrCode make_test(Call *c) {
  const TestType *type = c->bind->data;
  const TestArgs *args = c->opts;
  const Frame *d;
  TRY(call_frame_arg(c, args->d, "d", &d));
  return test_run(c->job, type, d, args->formula, (const char *)c->opts + ARGS_BYTES, call_frame(c), c->err);
}

// The two arguments, and the test's own options behind them.
static const Param *test_params(LuaHost *h, const TestType *t) {
  static const Param first[ARGS_PARAMS] = {TEST_ARGS};
  int n = 0;
  while (t->params && t->params[n].name) n++;
  Param *all = arena_array(&h->arena, Param, n + ARGS_PARAMS + 1);
  memcpy(all, first, sizeof first);
  for (int k = 0; k < n; k++) {
    Param p = t->params[k];
    p.offset += ARGS_BYTES;
    memcpy(&all[ARGS_PARAMS + k], &p, sizeof p);
  }
  return all;
}

static void add_test(LuaHost *h, const TestType *t) {
  BindFn row = {.name = t->name,
                .signature = t->signature,
                .summary = t->summary,
                .fn = make_test,
                .params = test_params(h, t),
                .opts_size = ARGS_BYTES + t->opts_size,
                .npos = ARGS_PARAMS,
                .example = t->example,
                .data = t};
  member_add(h, &row);
}

// ---- several p values ----------------------------------------------------------------------------------------------
typedef struct AdjustOpts {
  int p, method;
} AdjustOpts;
static const Param ADJUST[] = {
    {"p", PARAM_VALUE, offsetof(AdjustOpts, p), 0, 0, NULL, "list or column", "p values, or a column of them"},
    {"method", PARAM_CHOICE, offsetof(AdjustOpts, method), 0, 0, "holm", ADJUST_METHODS, "how they are made larger"},
    PARAM_END};

static ErrCode adjust_column(Call *c, const Column *p, Column **out) {
  if (!col_is_number(p))
    return err_set(c->err, ERR_TYPE, "adjust: p must be numbers, it is %s", COLTYPES[p->type].name);
  Column *made;
  TRY(column_new(c->job, COL_F64, p->n, NULL, &made, c->err));
  ErrCode code = OK;
  for (int64_t i = 0; i < p->n && code == OK; i++) {
    made->f[i] = col_f64(p, i);
    if (made->f[i] < 0 || made->f[i] > 1)
      code = err_set(c->err, ERR_ARG, "adjust: a p value lies between 0 and 1, entry %lld is %g", (long long)i + 1,
                     made->f[i]);
  }
  if (code == OK) code = stats_adjust(c->job, made->f, p->n, ((const AdjustOpts *)c->opts)->method, made->f, c->err);
  for (int64_t i = 0; i < p->n && code == OK; i++)
    if (isnan(made->f[i])) code = column_set_missing(made, i, c->err);
  if (code == OK) *out = made;
  else column_unref(made);
  return code;
}

static ErrCode adjust(Call *c) {
  int place = ((const AdjustOpts *)c->opts)->p;
  const Column *p = column_test(c->L, place);
  Column *list = NULL, *adjusted = NULL;
  if (!p && !is_plain_table(c->L, place))
    return err_set(c->err, ERR_ARG, "adjust: p must be a list or a column, %s was given", kind_of(c->L, place));
  Frame **out = call_frame(c);
  if (!p) TRY(column_from_list(c, place, (int64_t)lua_rawlen(c->L, place), "p", &list));
  const Column *given = p ? p : list;
  ErrCode code = adjust_column(c, given, &adjusted);
  if (code == OK) {
    *out = frame_new(given->n);
    code = frame_add(*out, "p", column_ref(given), c->err);
  }
  if (code == OK) code = frame_add(*out, "adjusted", column_ref(adjusted), c->err);
  column_unref(adjusted);
  column_unref(list);
  return code;
}

const BindFn STATS_ROWS[] = {{"adjust", "stats.adjust({0.01, 0.04, 0.03}, \"holm\")",
                              "p values corrected for there being several", adjust, BIND_OPTS(AdjustOpts, ADJUST),
                              .npos = 2, .whole = true, .example = "return stats.adjust({0.01, 0.04, 0.03}, 'BH')"},
                             {"bootstrap", "stats.bootstrap(d, \"mean(x) - mean(y)\", {n=2000, method=\"bca\", by=})",
     "intervals of any aggregate expression, from resampled rows", bind_bootstrap,
     BIND_OPTS(BootstrapArgs, BOOTSTRAP), .npos = 2,
     .example = "return stats.bootstrap(data('titanic'), 'median(age)', {by='sex', n=200})"},
    {0}};

void stats_open(LuaHost *h) {
  member_open(h->L, "test");
  for (const TestType *const *t = test_types(); *t; t++) add_test(h, *t);
  for (const BindFn *f = STATS_ROWS; f->name; f++) {
    push_bound(h->L, f, NULL);
    lua_setfield(h->L, -2, f->name);
  }
  lua_setglobal(h->L, "stats");
}

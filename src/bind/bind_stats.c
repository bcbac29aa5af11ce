// stats.*: one function a test, made from the list of tests, and what goes with them.
#include "bind/bootstrap_int.h"
#include "bind/explain_int.h"
#include "bind/form_int.h"
#include "bind/power_int.h"

#include "stats/explain.h"

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
enum { ARGS_BYTES = (sizeof(TestArgs) + 15) / 16 * 16 };

static ErrCode make_test(Call *c) {
  const TestType *type = c->bind->data;
  const TestArgs *args = c->opts;
  const Frame *d;
  TRY(call_frame_arg(c, args->d, "d", &d));
  const void *opts = (const char *)c->opts + ARGS_BYTES;
  TRY(test_run(c->job, type, d, args->formula, opts, call_frame(c), c->err));
  call_remember(c, type->name, d, type->params, opts, type->opts_size, args->formula);
  return OK;
}

const Param *test_params(const TestType *t, Arena *a) {
  static const Param first[TEST_PLACES] = {TEST_ARGS};
  int n = 0;
  while (t->params && t->params[n].name) n++;
  Param *all = arena_array(a, Param, n + TEST_PLACES + 1);
  memcpy(all, first, sizeof first);
  for (int k = 0; k < n; k++) {
    Param p = t->params[k];
    p.offset += ARGS_BYTES;
    memcpy(&all[TEST_PLACES + k], &p, sizeof p);
  }
  return all;
}

static void add_test(LuaHost *h, const TestType *t) {
  BindFn row = {.name = t->name,
                .signature = t->signature,
                .summary = t->summary,
                .fn = make_test,
                .params = test_params(t, &h->arena),
                .opts_size = ARGS_BYTES + t->opts_size,
                .npos = TEST_PLACES,
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

// ---- distributions -------------------------------------------------------------------------------------------------
typedef struct DistOpts {
  const char *name;
  double x;
  bool upper;
} DistOpts;
#define DIST_ROWS(doc)                                                                                                 \
  {"name",                                                                                                             \
   PARAM_TEXT,                                                                                                         \
   offsetof(DistOpts, name),                                                                                           \
   0,                                                                                                                  \
   0,                                                                                                                  \
   NULL,                                                                                                               \
   NULL,                                                                                                               \
   "norm, t, chisq, f, gamma, beta, binom, pois and others"},                                                          \
  {                                                                                                                    \
    "x", PARAM_REAL, offsetof(DistOpts, x), -PARAM_INF, PARAM_INF, NULL, NULL, doc                                     \
  }
#define DIST_UPPER_ROW                                                                                                 \
  { "upper", PARAM_BOOL, offsetof(DistOpts, upper), 0, 0, "false", NULL, "P(X > x) instead of P(X <= x)" }
static const Param DIST_CDF[] = {DIST_ROWS("the value"), DIST_UPPER_ROW, PARAM_END};
static const Param DIST_QUANTILE[] = {DIST_ROWS("the probability"), DIST_UPPER_ROW, PARAM_END};
static const Param DIST_DENSITY[] = {DIST_ROWS("the value"), PARAM_END};

static ErrCode find_family(Call *c, const DistFamily **out) {
  const char *name = ((const DistOpts *)c->opts)->name;
  Sv names[64] = {{0}};
  int64_t n = 0;
  for (const DistFamily *f = dist_families(); f->name; f++) {
    if (strcmp(f->name, name) == 0) return *out = f, OK;
    names[n++] = sv(f->name);
  }
  char hint[300];
  near_hint(hint, sizeof hint, sv(name), names, n);
  return err_set(c->err, ERR_NAME, "%s: no distribution '%s'%s", c->owner, name, hint);
}

static ErrCode unknown_parameter(Call *c, const DistFamily *f, const char *key) {
  Sv names[3] = {{0}};
  int64_t n = 0;
  while (n < 3 && f->param[n]) names[n] = sv(f->param[n]), n++;
  char hint[300];
  near_hint(hint, sizeof hint, sv(key), names, n);
  return err_set(c->err, ERR_NAME, "%s: %s has no parameter '%s'%s", c->owner, f->name, key, hint);
}

// The family's parameters among the named arguments.
static ErrCode read_family(Call *c, const DistFamily *f, double a[3]) {
  Named *named = NULL;
  int n;
  memcpy(a, f->dflt, sizeof f->dflt);
  TRY(call_open_args(c, c->bind->params, &named, &n));
  for (int i = 0; i < n; i++) {
    int k = 0;
    while (k < 3 && f->param[k] && strcmp(f->param[k], named[i].key) != 0) k++;
    if (k == 3 || !f->param[k]) return unknown_parameter(c, f, named[i].key);
    if (lua_type(c->L, named[i].place) != LUA_TNUMBER)
      return err_set(c->err, ERR_ARG, "%s: %s must be a number, %s was given", c->owner, named[i].key,
                     kind_of(c->L, named[i].place));
    a[k] = lua_tonumber(c->L, named[i].place);
  }
  for (int k = 0; k < 3 && f->param[k]; k++)
    if (isnan(a[k])) return err_set(c->err, ERR_ARG, "%s: %s needs %s", c->owner, f->name, f->param[k]);
  return OK;
}

typedef enum { ASK_CDF, ASK_QUANTILE, ASK_DENSITY } DistQuestion;

static ErrCode distribution(Call *c, DistQuestion ask) {
  const DistOpts *o = c->opts;
  const DistFamily *f = NULL;
  double a[3], v = NAN;
  TRY(find_family(c, &f));
  TRY(read_family(c, f, a));
  DistTail tail = o->upper ? DIST_UPPER : DIST_LOWER;
  if (ask == ASK_CDF) v = f->cdf(o->x, a, tail);
  else if (ask == ASK_QUANTILE) v = f->quantile(o->x, a, tail);
  else if (f->density) v = f->density(o->x, a);
  if (isnan(v)) return err_set(c->err, ERR_ARG, "%s: %s has no answer for these values", c->owner, f->name);
  lua_pushnumber(c->L, v);
  c->nret = 1;
  return OK;
}

static ErrCode dist_cdf(Call *c) { return distribution(c, ASK_CDF); }
static ErrCode dist_quantile(Call *c) { return distribution(c, ASK_QUANTILE); }
static ErrCode dist_density(Call *c) { return distribution(c, ASK_DENSITY); }

const BindFn STATS_ROWS[] = {
    {"adjust", "stats.adjust({0.01, 0.04, 0.03}, \"holm\")", "p values corrected for there being several", adjust,
     BIND_OPTS(AdjustOpts, ADJUST), .npos = 2, .whole = true,
     .example = "return stats.adjust({0.01, 0.04, 0.03}, 'BH')"},
    {"bootstrap", "stats.bootstrap(d, \"mean(x) - mean(y)\", {n=2000, method=\"bca\", by=})",
     "intervals of any aggregate expression, from resampled rows", bind_bootstrap, BIND_OPTS(BootstrapArgs, BOOTSTRAP),
     .npos = 2, .example = "return stats.bootstrap(data('titanic'), 'median(age)', {by='sex', n=200})"},
    {"power", "stats.power(\"t\", {effect=0.5, power=0.8})",
     "how many cases a test needs, or what it can find: any of n, effect, power, alpha from the others", bind_power,
     BIND_OPTS(PowerOpts, POWER), .npos = 1, .example = "return stats.power('t', {effect=0.5, power=0.8})"},
    {"cdf", "stats.cdf(\"t\", 2.1, {df=10, upper=true})", "a tail of a distribution", dist_cdf,
     BIND_OPTS(DistOpts, DIST_CDF), .npos = 2, .open = true,
     .example = "return 2 * stats.cdf('t', 2.1, {df=10, upper=true})"},
    {"quantile", "stats.quantile(\"norm\", 0.975)", "the value below which so much of a distribution lies",
     dist_quantile, BIND_OPTS(DistOpts, DIST_QUANTILE), .npos = 2, .open = true,
     .example = "return stats.quantile('norm', 0.975)"},
    {"density", "stats.density(\"binom\", 3, {size=10, prob=0.5})", "the density, or the probability of a count",
     dist_density, BIND_OPTS(DistOpts, DIST_DENSITY), .npos = 2, .open = true,
     .example = "return stats.density('binom', 3, {size=10, prob=0.5})"},
    {"explain", "stats.explain(d, \"age\", \"sd\"), stats.explain(d, {\"x\", \"y\"}, \"r\")",
     "what a number is: formula, the formula with these numbers, the rows, and when it misleads", bind_explain,
     BIND_OPTS(ExplainArgs, EXPLAIN), .npos = 3, .functions = stats_explain_stat, .functions_title = "statistics",
     .example = "return stats.explain(data('titanic'), 'age', 'sd')"},
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

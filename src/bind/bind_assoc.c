// How columns go together, as Lua sees it.
#include "bind/bind_int.h"

#include "stats/assoc.h"

#define MISSING(T)                                                                                             \
  {"missing", PARAM_CHOICE, offsetof(T, missing), 0, 0, "pairwise", "pairwise|complete",                       \
   "rows that have both of a pair, or rows that miss nothing"}

// ---- correlation --------------------------------------------------------------------------------------------------
static const Param CORR[] = {
    {"columns", PARAM_NAMES, offsetof(CorrOpts, columns), 0, 0, "", NULL, "number columns; all when none is given"},
    {"method", PARAM_CHOICE, offsetof(CorrOpts, method), 0, 0, "pearson", "pearson|spearman|kendall|polychoric",
     "of values, of ranks, of concordant pairs (tau-b), of normal variables behind few ordered levels"},
    MISSING(CorrOpts),
    {"show", PARAM_CHOICE, offsetof(CorrOpts, show), 0, 0, "r", "r|n|p|low|high|long",
     "the matrix of this number, or one row a pair with all of them"},
    {"level", PARAM_REAL, offsetof(CorrOpts, level), 0.5, 0.9999, "0.95", NULL, "of the intervals"},
    PARAM_END};

static ErrCode corr(Call *c) { return stats_corr(c->job, c->self, c->opts, call_frame(c), c->err); }

typedef struct CovArgs {
  Names columns;
  int missing;
} CovArgs;
static const Param COV[] = {
    {"columns", PARAM_NAMES, offsetof(CovArgs, columns), 0, 0, "", NULL, "number columns; all when none is given"},
    MISSING(CovArgs),
    PARAM_END};

static ErrCode cov(Call *c) {
  const CovArgs *a = c->opts;
  return stats_cov(c->job, c->self, &a->columns, a->missing, call_frame(c), c->err);
}

const BindFn ASSOC_ROWS[] = {
    {"corr", "d:corr{columns=, method=\"pearson\", missing=, show=\"r\"}", "correlations between columns", corr,
     BIND_OPTS(CorrOpts, CORR), .npos = 1, .rest = true,
     .example = "return data('airquality'):corr{'Ozone', 'Wind', 'Temp', method='kendall', show='long'}"},
    {"cov", "d:cov{columns=, missing=}", "covariances between number columns", cov, BIND_OPTS(CovArgs, COV), .npos = 1,
     .rest = true, .example = "return data('iris'):cov()"},
    {0}};

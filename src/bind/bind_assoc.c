// How columns go together, as Lua sees it.
#include "bind/bind_int.h"

#include "stats/assoc.h"

#define MISSING(T)                                                                                                     \
  {                                                                                                                    \
    "missing", PARAM_CHOICE, offsetof(T, missing), 0, 0, "pairwise", "pairwise|complete",                              \
        "rows that have both of a pair, or rows that miss nothing"                                                     \
  }

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

// ---- columns of any type ------------------------------------------------------------------------------------------
static const Param ASSOC[] = {
    {"columns", PARAM_NAMES, offsetof(AssocOpts, columns), 0, 0, "", NULL, "columns; all but texts when none is given"},
    {"target", PARAM_TEXT, offsetof(AssocOpts, target), 0, 0, "", NULL, "one row for each other column with this one"},
    {"method", PARAM_CHOICE, offsetof(AssocOpts, method), 0, 0, "auto", "auto|cramer|theil|mutual",
     "by the types of the pair (pearson, point-biserial, phi, eta, cramer v), or one measure for all"},
    {"show", PARAM_CHOICE, offsetof(AssocOpts, show), 0, 0, "value", "value|n|p|low|high|long",
     "the matrix of this number, or one row a pair that names the measure"},
    {"corrected", PARAM_BOOL, offsetof(AssocOpts, corrected), 0, 0, "false", NULL,
     "Cramer's V less what chance alone gives"},
    {"bins", PARAM_INT, offsetof(AssocOpts, bins), 0, 1000, "0", NULL,
     "intervals of equal counts for numbers among categories; 0: n^(1/3), from 2 to 20"},
    {"level", PARAM_REAL, offsetof(AssocOpts, level), 0.5, 0.9999, "0.95", NULL, "of the intervals"},
    PARAM_END};

static ErrCode assoc(Call *c) { return stats_assoc(c->job, c->self, c->opts, call_frame(c), c->err); }

// ---- given other columns ------------------------------------------------------------------------------------------
static const Param PARTIAL[] = {
    {"columns", PARAM_NAMES, offsetof(PartialOpts, columns), 0, 0, "", NULL,
     "number columns; all but the given when none is named"},
    {"given", PARAM_NAMES, offsetof(PartialOpts, given), 0, 0, "", NULL,
     "columns that are held fixed; all others of each pair when none is named"},
    {"method", PARAM_CHOICE, offsetof(PartialOpts, method), 0, 0, "pearson", "pearson|spearman",
     "of values or of ranks"},
    {"show", PARAM_CHOICE, offsetof(PartialOpts, show), 0, 0, "r", "r|n|p|low|high|long",
     "the matrix of this number, or one row a pair with all of them"},
    {"level", PARAM_REAL, offsetof(PartialOpts, level), 0.5, 0.9999, "0.95", NULL, "of the intervals"},
    PARAM_END};

static ErrCode partial(Call *c) { return stats_partial(c->job, c->self, c->opts, call_frame(c), c->err); }

typedef struct VifArgs {
  Names columns;
} VifArgs;
static const Param VIF[] = {
    {"columns", PARAM_NAMES, offsetof(VifArgs, columns), 0, 0, "", NULL, "number columns; all when none is given"},
    PARAM_END};

static ErrCode vif(Call *c) {
  const VifArgs *a = c->opts;
  return stats_vif(c->job, c->self, &a->columns, call_frame(c), c->err);
}

// ---- series -------------------------------------------------------------------------------------------------------
typedef struct SeriesArgs {
  const char *x, *y;
  int64_t lags;
} SeriesArgs;
#define LAGS                                                                                                           \
  { "lags", PARAM_INT, offsetof(SeriesArgs, lags), 0, PARAM_INF, "0", NULL, "how many; 0: 10 log10(n / series)" }
static const Param ACF[] = {
    {"x", PARAM_TEXT, offsetof(SeriesArgs, x), 0, 0, NULL, NULL, "number column, rows in the order of time"},
    LAGS,
    PARAM_END};
static const Param CCF[] = {
    {"x", PARAM_TEXT, offsetof(SeriesArgs, x), 0, 0, NULL, NULL, "number column, taken lag rows later"},
    {"y", PARAM_TEXT, offsetof(SeriesArgs, y), 0, 0, NULL, NULL, "number column"},
    LAGS,
    PARAM_END};

static ErrCode acf(Call *c) {
  const SeriesArgs *a = c->opts;
  return stats_acf(c->job, c->self, a->x, a->lags, call_frame(c), c->err);
}

static ErrCode pacf(Call *c) {
  const SeriesArgs *a = c->opts;
  return stats_pacf(c->job, c->self, a->x, a->lags, call_frame(c), c->err);
}

static ErrCode ccf(Call *c) {
  const SeriesArgs *a = c->opts;
  return stats_ccf(c->job, c->self, a->x, a->y, a->lags, call_frame(c), c->err);
}

const BindFn ASSOC_ROWS[] = {
    {"corr", "d:corr{columns=, method=\"pearson\", missing=, show=\"r\"}", "correlations between columns", corr,
     BIND_OPTS(CorrOpts, CORR), .npos = 1, .rest = true, .asked = true,
     .example = "return data('airquality'):corr{'Ozone', 'Wind', 'Temp', method='kendall', show='long'}"},
    {"cov", "d:cov{columns=, missing=}", "covariances between number columns", cov, BIND_OPTS(CovArgs, COV), .npos = 1,
     .rest = true, .asked = true, .example = "return data('iris'):cov()"},
    {"assoc", "d:assoc{columns=, target=, method=\"auto\", show=}",
     "how much columns of any type have to do with each other", assoc, BIND_OPTS(AssocOpts, ASSOC), .npos = 1,
     .rest = true, .asked = true, .example = "return data('titanic'):assoc{target='survived'}"},
    {"partial", "d:partial{columns=, given=, method=, show=}",
     "correlations of pairs when other columns are held fixed", partial, BIND_OPTS(PartialOpts, PARTIAL), .npos = 1,
     .rest = true, .asked = true,
     .example = "return data('airquality'):partial{'Ozone', 'Wind', given='Temp', show='long'}"},
    {"vif", "d:vif{columns=}", "how far each number column is a combination of the others, and the condition number",
     vif, BIND_OPTS(VifArgs, VIF), .npos = 1, .rest = true,
     .example = "return data('longley'):vif{'GNP', 'Unemployed', 'Population', 'Year'}"},
    {"acf", "d:acf(\"x\", {lags=})", "autocorrelation of a series, with its band and Ljung and Box's test", acf,
     BIND_OPTS(SeriesArgs, ACF), .npos = 1, .example = "return data('airpassengers'):acf('passengers', {lags=12})"},
    {"pacf", "d:pacf(\"x\", {lags=})", "partial autocorrelation of a series", pacf, BIND_OPTS(SeriesArgs, ACF),
     .npos = 1, .example = "return data('airpassengers'):pacf('passengers', {lags=12})"},
    {"ccf", "d:ccf(\"x\", \"y\", {lags=})", "correlation of x, lag rows later, with y", ccf, BIND_OPTS(SeriesArgs, CCF),
     .npos = 2, .example = "return data('longley'):ccf('GNP', 'Unemployed', {lags=3})"},
    {0}};

// Verbs that describe a frame and tell what may be wrong with it, as Lua sees them.
#include "bind/bind_int.h"

#include "prep/suggest.h"
#include "stats/quality.h"

// ---- d:describe ----------------------------------------------------------------------------------------------------
static const Param DESCRIBE[] = {
    {"columns", PARAM_NAMES, offsetof(DescribeOpts, columns), 0, 0, "", NULL, "column names; all when none is given"},
    {"stats", PARAM_NAMES, offsetof(DescribeOpts, stats), 0, 0, "", NULL,
     "statistics in order, or \"all\"; the usual ones when none is given"},
    {"by", PARAM_NAMES, offsetof(DescribeOpts, by), 0, 0, "", NULL, "columns that make groups"},
    {"weight", PARAM_TEXT, offsetof(DescribeOpts, weight), 0, 0, "", NULL,
     "column that says how much a row counts, for numbers"},
    {"type", PARAM_INT, offsetof(DescribeOpts, type), 1, 9, "7", NULL, "R's quantile type"},
    {"shape", PARAM_CHOICE, offsetof(DescribeOpts, shape), 0, 0, "G", SHAPES,
     "skewness and kurtosis: G1 and G2 (adjusted), g1 and g2 (of the moments), b1 and b2 (over sd)"},
    {"level", PARAM_REAL, offsetof(DescribeOpts, level), 0.5, 0.9999, "0.95", NULL, "of the interval low to high"},
    PARAM_END};

static ErrCode describe(Call *c) { return stats_describe(c->job, c->self, c->opts, call_frame(c), c->err); }

// ---- missing values ------------------------------------------------------------------------------------------------
typedef struct ColumnsArgs {
  Names columns;
} ColumnsArgs;
static const Param COLUMNS[] = {
    {"columns", PARAM_NAMES, offsetof(ColumnsArgs, columns), 0, 0, "", NULL, "column names; all when none is given"},
    PARAM_END};
static const Param PATTERNS[] = {
    {"columns", PARAM_NAMES, offsetof(MissingOpts, columns), 0, 0, "", NULL, "column names; all when none is given"},
    {"wide", PARAM_BOOL, offsetof(MissingOpts, wide), 0, 0, "false", NULL,
     "also 1 (present) or 0 (missing) for each column that misses values"},
    PARAM_END};

typedef ErrCode (*ColumnsFn)(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err);
static ErrCode call_columns(Call *c, ColumnsFn fn) {
  const ColumnsArgs *a = c->opts;
  return fn(c->job, c->self, &a->columns, call_frame(c), c->err);
}
static ErrCode missing_columns(Call *c) { return call_columns(c, stats_missing_columns); }
static ErrCode missing_pairs(Call *c) { return call_columns(c, stats_missing_pairs); }
static ErrCode formats(Call *c) { return call_columns(c, stats_formats); }
static ErrCode near_duplicates(Call *c) { return call_columns(c, stats_near_duplicates); }
static ErrCode missing_patterns(Call *c) {
  return stats_missing_patterns(c->job, c->self, c->opts, call_frame(c), c->err);
}

// ---- what may be wrong ---------------------------------------------------------------------------------------------
static const Param INCONSISTENT[] = {
    {"columns", PARAM_NAMES, offsetof(InconsistentOpts, columns), 0, 0, "", NULL,
     "text columns; all when none is given"},
    {"letters", PARAM_BOOL, offsetof(InconsistentOpts, letters), 0, 0, "true", NULL,
     "also merge words whose pairs of letters agree: doubled letters, blanks within words"},
    {"formats", PARAM_BOOL, offsetof(InconsistentOpts, formats), 0, 0, "true", NULL,
     "also tell columns of numbers in several formats"},
    PARAM_END};

static ErrCode inconsistent(Call *c) { return stats_inconsistent(c->job, c->self, c->opts, call_frame(c), c->err); }

static const Param OUTLIERS[] = {
    {"columns", PARAM_NAMES, offsetof(OutlierOpts, columns), 0, 0, "", NULL, "number columns; all when none is given"},
    {"method", PARAM_CHOICE, offsetof(OutlierOpts, method), 0, 0, "iqr", OUTLIER_METHODS,
     "limits by quartiles, by mean and sd, or by median and MAD"},
    {"k", PARAM_REAL, offsetof(OutlierOpts, k), 0, PARAM_INF, "0", NULL,
     "how many IQR, sd or MAD away the limits are; 0 is the usual 1.5, 3 or 3.5"},
    {"by", PARAM_NAMES, offsetof(OutlierOpts, by), 0, 0, "", NULL, "columns that make groups, each with its limits"},
    PARAM_END};

static ErrCode outliers(Call *c) { return stats_outliers(c->job, c->self, c->opts, call_frame(c), c->err); }

static ErrCode alerts(Call *c) { return stats_alerts(c->job, c->self, call_frame(c), c->err); }

// ---- what to do about it -------------------------------------------------------------------------------------------
typedef struct SuggestArgs {
  const char *target;
} SuggestArgs;
static const Param SUGGEST[] = {{"target", PARAM_TEXT, offsetof(SuggestArgs, target), 0, 0, "", NULL,
                                 "column to predict: no step touches it, what leaks it and its balance are told"},
                                PARAM_END};

static ErrCode suggest(Call *c) {
  Suggestions found;
  ErrCode code = prep_suggest(c->job, c->self, ((const SuggestArgs *)c->opts)->target, &found, c->err);
  if (code == OK) code = suggestions_table(c->job, &found, call_frame(c), c->err);
  suggestions_free(&found);
  return code;
}

const BindFn QUALITY_ROWS[] = {
    {"describe", "d:describe{columns=, stats={\"mean\", \"mad\"}, by=, weight=}",
     "one row a column: counts, moments, quartiles, and what stats= names", describe, BIND_OPTS(DescribeOpts, DESCRIBE),
     .npos = 1, .rest = true, .asked = true, .functions = stats_describe_stat, .functions_title = "statistics",
     .example = "local d = data('titanic') show(d:describe()) "
                "return d:describe{'age', by='sex', stats={'n', 'mean', 'low', 'high', 'mad'}}"},
    {"alerts", "d:alerts()", "what is odd about the frame, worst first", alerts, .asked = true,
     .example = "return data('titanic'):alerts()"},
    {"suggest", "d:suggest{target=\"y\"}", "steps that the values ask for, each with its Lua and the reason", suggest,
     BIND_OPTS(SuggestArgs, SUGGEST), .npos = 1, .example = "return data('titanic'):suggest{target='survived'}"},
    {"missing_columns", "d:missing_columns{}", "missing values of each column, and where it alone misses one",
     missing_columns, BIND_OPTS(ColumnsArgs, COLUMNS), .npos = 1, .rest = true, .asked = true,
     .example = "return data('airquality'):missing_columns()"},
    {"missing_patterns", "d:missing_patterns{wide=true}", "which columns are missing together, and in how many rows",
     missing_patterns, BIND_OPTS(MissingOpts, PATTERNS), .npos = 1, .rest = true,
     .example = "return data('airquality'):missing_patterns()"},
    {"missing_pairs", "d:missing_pairs{}", "how the missing values of two columns go together: counts and phi",
     missing_pairs, BIND_OPTS(ColumnsArgs, COLUMNS), .npos = 1, .rest = true,
     .example = "return data('airquality'):missing_pairs()"},
    {"inconsistent", "d:inconsistent{\"city\"}", "values that are spelled in several ways, with the usual spelling",
     inconsistent, BIND_OPTS(InconsistentOpts, INCONSISTENT), .npos = 1, .rest = true, .asked = true,
     .example = "return frame{city={'Zürich', 'zurich ', 'ZURICH', 'Bern', 'Basel'}}:inconsistent()"},
    {"formats", "d:formats{\"height\"}", "what texts look like when their digits are rubbed out: 9'99, 999 cm", formats,
     BIND_OPTS(ColumnsArgs, COLUMNS), .npos = 1, .rest = true,
     .example = "return data('reported_heights'):formats{'height'}"},
    {"near_duplicates", "d:near_duplicates{\"name\"}", "rows that differ in spaces, case, punctuation or accents alone",
     near_duplicates, BIND_OPTS(ColumnsArgs, COLUMNS), .npos = 1, .rest = true,
     .example = "return frame{name={'Ann Lee', 'ann  lee', 'Bo'}, born={1990, 1990, 1984}}:near_duplicates()"},
    {"outliers", "d:outliers{\"x\", method=\"iqr\", by=}", "a card for each value far from the rest, to be judged",
     outliers, BIND_OPTS(OutlierOpts, OUTLIERS), .npos = 1, .rest = true, .asked = true,
     .example = "return data('titanic'):outliers{'age', method='mad', by='sex'}"},
    {0}};

// The table of statistics: what each is called, for which columns it is defined, and the sentence that names its
// definition in the caption. A description is the chosen rows of this table.
#include "stats/describe_int.h"

#include "base/near.h"
#include "base/numfmt.h"

#include <math.h>
#include <stdlib.h>

typedef enum { KIND_INT, KIND_REAL, KIND_TEXT } StatKind;

typedef struct Cell { // what a statistic says of one row
  double real;
  int64_t whole;
  const Str *text;
} Cell;

typedef struct Stat {
  const char *name, *doc;
  StatKind kind;
  bool usual;
  int need;
  bool (*fits)(const Column *c);                              // NULL: every column
  bool (*of)(const DescribeOpts *o, const Row *r, Cell *out); // false: missing
} Stat;

static bool n_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, c->whole = r->n, true; }
static bool missing_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, c->whole = r->missing, true; }
static bool distinct_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, c->whole = r->distinct, true; }
static bool freq_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, c->whole = r->freq, true; }

// ---- numbers: a statistic needs so many values, some also that they differ; with fewer it is missing ---------------
static bool with(const Row *r, int64_t least, bool spread, double v, Cell *c) {
  c->real = v;
  return r->used >= least && (!spread || !(r->min == r->max));
}
static bool mean_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, with(r, 1, false, r->mean, c); }
static bool var_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, with(r, 2, false, r->var, c); }
static bool sd_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, with(r, 2, false, sqrt(r->var), c); }
static bool se_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return (void)o, with(r, 2, false, sqrt(r->var / r->rows), c);
}
static bool cv_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return (void)o, with(r, 2, false, sqrt(r->var) / fabs(r->mean), c) && r->mean != 0;
}
static bool min_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, with(r, 1, false, r->min, c); }
static bool q1_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, with(r, 1, false, r->q[0], c); }
static bool median_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, with(r, 1, false, r->q[1], c); }
static bool q3_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, with(r, 1, false, r->q[2], c); }
static bool max_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, with(r, 1, false, r->max, c); }
static bool range_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return (void)o, with(r, 1, false, r->max - r->min, c);
}
static bool iqr_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return (void)o, with(r, 1, false, r->q[2] - r->q[0], c);
}
static bool mad_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, with(r, 1, false, r->mad, c); }
static bool skew_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return with(r, o->shape == SHAPE_ADJUSTED && !o->weight ? 3 : 2, true, r->skew, c);
}
static bool kurtosis_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return with(r, o->shape == SHAPE_ADJUSTED && !o->weight ? 4 : 2, true, r->kurtosis, c);
}
static bool mode_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, c->real = r->mode, r->has_mode; }
static bool mode_n_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return (void)o, c->whole = r->mode_n, r->has_mode;
}

static double interval_end(const DescribeOpts *o, const Row *r, double sign) {
  double level = o->level > 0 ? o->level : 0.95, t = dist_t_quantile((1 + level) / 2, r->rows - 1);
  return r->mean + sign * t * sqrt(r->var / r->rows);
}
static bool low_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return with(r, 2, false, interval_end(o, r, -1), c);
}
static bool high_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return with(r, 2, false, interval_end(o, r, 1), c);
}

static bool outliers(const Row *r, int k, Cell *c) { return c->whole = r->outliers[k], r->has_outliers[k]; }
static bool outliers_iqr_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, outliers(r, 0, c); }
static bool outliers_z_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, outliers(r, 1, c); }
static bool outliers_mad_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, outliers(r, 2, c); }

// ---- texts and dates -----------------------------------------------------------------------------------------------
static bool entropy_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return (void)o, c->real = r->entropy, r->n > 0 && !isnan(r->entropy);
}
static bool text(const Str *s, Cell *c) { return c->text = s, s->s != NULL; }
static bool top_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, c->text = &r->top, r->freq > 0; }
static bool first_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, text(&r->first, c); }
static bool last_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, text(&r->last, c); }
static bool mean_date_of(const DescribeOpts *o, const Row *r, Cell *c) { return (void)o, text(&r->middle, c); }
static bool min_length_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return (void)o, c->whole = r->min_length, r->has_lengths;
}
static bool mean_length_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return (void)o, c->real = r->mean_length, r->has_lengths;
}
static bool max_length_of(const DescribeOpts *o, const Row *r, Cell *c) {
  return (void)o, c->whole = r->max_length, r->has_lengths;
}

static const Stat STATS[] = {
    {"n", "present values", KIND_INT, true, 0, NULL, n_of},
    {"missing", "missing values", KIND_INT, true, 0, NULL, missing_of},
    {"distinct", "values that differ", KIND_INT, true, 0, NULL, distinct_of},
    {"mean", "arithmetic mean", KIND_REAL, true, 0, has_moments, mean_of},
    {"low", "lower end of the t interval of the mean", KIND_REAL, false, 0, has_moments, low_of},
    {"high", "upper end of the t interval of the mean", KIND_REAL, false, 0, has_moments, high_of},
    {"se", "standard error of the mean, sd / sqrt(n)", KIND_REAL, false, 0, has_moments, se_of},
    {"sd", "standard deviation, with n - 1", KIND_REAL, true, 0, has_moments, sd_of},
    {"var", "variance, with n - 1", KIND_REAL, false, 0, has_moments, var_of},
    {"cv", "coefficient of variation, sd / |mean|", KIND_REAL, false, 0, has_moments, cv_of},
    {"min", "smallest value", KIND_REAL, true, 0, has_moments, min_of},
    {"q1", "first quartile", KIND_REAL, true, 0, has_moments, q1_of},
    {"median", "median", KIND_REAL, true, 0, has_moments, median_of},
    {"q3", "third quartile", KIND_REAL, true, 0, has_moments, q3_of},
    {"max", "largest value", KIND_REAL, true, 0, has_moments, max_of},
    {"range", "max - min", KIND_REAL, false, 0, has_moments, range_of},
    {"iqr", "q3 - q1", KIND_REAL, false, 0, has_moments, iqr_of},
    {"mad", "1.4826 times the median distance from the median", KIND_REAL, false, NEED_MAD, has_moments, mad_of},
    {"skew", "skewness", KIND_REAL, true, 0, has_moments, skew_of},
    {"kurtosis", "excess kurtosis", KIND_REAL, true, 0, has_moments, kurtosis_of},
    {"mode", "most frequent number, if one comes twice", KIND_REAL, false, NEED_MODE, has_moments, mode_of},
    {"mode_n", "how often the mode comes", KIND_INT, false, NEED_MODE, has_moments, mode_n_of},
    {"entropy", "entropy of the values, in bits", KIND_REAL, false, NEED_ENTROPY, NULL, entropy_of},
    {"outliers_iqr", "values beyond 1.5 IQR from the quartiles", KIND_INT, false, NEED_OUTLIERS, has_moments,
     outliers_iqr_of},
    {"outliers_z", "values beyond 3 sd from the mean", KIND_INT, false, NEED_OUTLIERS, has_moments, outliers_z_of},
    {"outliers_mad", "values beyond 3.5 MAD from the median", KIND_INT, false, NEED_OUTLIERS, has_moments,
     outliers_mad_of},
    {"top", "most frequent text or date", KIND_TEXT, true, 0, has_top, top_of},
    {"freq", "how often it comes", KIND_INT, true, 0, has_top, freq_of},
    {"min_length", "characters of the shortest text", KIND_INT, false, NEED_LENGTHS, col_is_text, min_length_of},
    {"mean_length", "mean number of characters", KIND_REAL, false, NEED_LENGTHS, col_is_text, mean_length_of},
    {"max_length", "characters of the longest text", KIND_INT, false, NEED_LENGTHS, col_is_text, max_length_of},
    {"first", "earliest date", KIND_TEXT, true, 0, has_span, first_of},
    {"last", "latest date", KIND_TEXT, true, 0, has_span, last_of},
    {"mean_date", "mean of the dates", KIND_TEXT, false, 0, has_span, mean_date_of},
};
enum { NSTAT = sizeof STATS / sizeof *STATS };

bool stats_describe_stat(int k, const char **name, const char **doc) {
  if (k < 0 || k >= NSTAT) return false;
  *name = STATS[k].name, *doc = STATS[k].doc;
  return true;
}

// ---- choosing ------------------------------------------------------------------------------------------------------
bool choice_has(const Choice *c, const char *name) {
  for (int k = 0; k < c->n; k++)
    if (!strcmp(STATS[c->stat[k]].name, name)) return true;
  return false;
}

static void take(Choice *c, int k) {
  if (!choice_has(c, STATS[k].name)) c->stat[c->n++] = k, c->need |= STATS[k].need;
}

static ErrCode take_named(Choice *c, const char *name, Err *err) {
  Sv names[NSTAT + 1];
  for (int k = 0; k < NSTAT; k++) {
    names[k] = sv(STATS[k].name);
    if (!strcmp(STATS[k].name, name)) return take(c, k), OK;
  }
  names[NSTAT] = sv("all");
  char hint[300];
  near_hint(hint, sizeof hint, sv(name), names, NSTAT + 1);
  return err_set(err, ERR_NAME, "describe: no statistic '%s'%s (tycho help d:describe lists them)", name, hint);
}

ErrCode choice_init(const Names *stats, Choice *out, Err *err) {
  bool all = stats->n == 1 && !strcmp(stats->name[0], "all");
  *out = (Choice){.stat = calloc(NSTAT, sizeof *out->stat), .asked = stats->n && !all};
  if (!out->stat) abort();
  ErrCode code = OK;
  for (int k = 0; k < NSTAT; k++)
    if (all || (!stats->n && STATS[k].usual)) take(out, k);
  for (int64_t k = 0; k < stats->n && !all && code == OK; k++) code = take_named(out, stats->name[k], err);
  if (code != OK) free(out->stat);
  return code;
}

// ---- the answer as a frame -----------------------------------------------------------------------------------------
static bool cell_of(const Describe *d, const Stat *s, const Row *r, Cell *c) {
  return (!s->fits || s->fits(r->like)) && s->of(d->opts, r, c);
}

static bool fits_any(const Stat *s, const Row *row, int64_t n) {
  for (int64_t i = 0; i < n; i++)
    if (!s->fits || s->fits(row[i].like)) return true;
  return false;
}

static ErrCode add_numbers(const Describe *d, const Stat *s, const Row *row, int64_t n, Frame *out, Err *err) {
  Column *c;
  TRY(column_new(d->job, s->kind == KIND_INT ? COL_I64 : COL_F64, n, NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i++) {
    Cell cell = {.real = NAN};
    bool defined = cell_of(d, s, &row[i], &cell);
    if (s->kind == KIND_INT) c->i[i] = cell.whole;
    else c->f[i] = defined ? cell.real : NAN;
    if (!defined) code = column_set_missing(c, i, err);
  }
  if (code == OK) return frame_add(out, s->name, c, err);
  column_unref(c);
  return code;
}

static ErrCode add_texts(const Describe *d, const Stat *s, const Row *row, int64_t n, Frame *out, Err *err) {
  TextBuilder b;
  textb_init(&b, d->job);
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i++) {
    Cell cell;
    bool defined = cell_of(d, s, &row[i], &cell);
    code = defined ? textb_add(&b, (Sv){str_c(cell.text), cell.text->n}, err) : textb_add_missing(&b, err);
  }
  Column *c = NULL;
  if (code == OK) code = textb_take(&b, &c, err);
  textb_fini(&b);
  return code == OK ? frame_add(out, s->name, c, err) : code;
}

// ---- the caption names what has more than one definition -----------------------------------------------------------
static void say(Str *s, const char *text) { str_addf(s, "%s%s", s->n ? ", " : "", text); }

static bool has_any(const Choice *c, const char *const *names, int n) {
  for (int k = 0; k < n; k++)
    if (choice_has(c, names[k])) return true;
  return false;
}

static void name_outliers(const Choice *c, Str *s) {
  static const char *const name[] = {"outliers_iqr", "outliers_z", "outliers_mad"};
  static const char *const rule[] = {"1.5 IQR", "3 sd", "3.5 MAD"};
  bool first = true;
  for (int k = 0; k < 3; k++) {
    if (!choice_has(c, name[k])) continue;
    if (first) say(s, "outliers beyond ");
    str_addf(s, "%s%s", first ? "" : ", ", rule[k]);
    first = false;
  }
}

static void name_numbers(const Describe *d, const Choice *c, Str *s) {
  static const char *const quartiles[] = {"q1", "median", "q3", "iqr"}, *const spread[] = {"sd", "var", "se"};
  static const char shapes[] = "Ggb";
  const DescribeOpts *o = d->opts;
  char level[NUMFMT_MAX], shape = o->weight ? 'g' : shapes[o->shape];
  if (o->weight) str_addf(s, "reliability weights %s", o->weight);
  if (has_any(c, quartiles, 4)) {
    say(s, "quartiles of type ");
    str_addf(s, "%lld", (long long)(o->weight ? 2 : o->type));
  }
  if (choice_has(c, "skew")) say(s, "skew "), str_addf(s, "%c1", shape);
  if (choice_has(c, "kurtosis")) say(s, "excess kurtosis "), str_addf(s, "%c2", shape);
  if (choice_has(c, "low") || choice_has(c, "high")) {
    fmt_sensible(level, sizeof level, 100 * (o->level > 0 ? o->level : 0.95), 6);
    say(s, level);
    str_add(s, "% t interval");
  }
  if (choice_has(c, "mad")) say(s, "mad x 1.4826");
  if (o->weight && has_any(c, spread, 3)) say(s, "var over V1 - V2/V1");
  name_outliers(c, s);
}

static void set_caption(const Describe *d, const Choice *c, bool numbers, Frame *out) {
  Str s = {0};
  if (numbers) name_numbers(d, c, &s);
  if (choice_has(c, "entropy")) say(&s, "entropy in bits");
  if (s.n) frame_set_caption(out, str_c(&s));
  str_fini(&s);
}

ErrCode describe_table(const Describe *d, const Choice *c, const Row *row, int64_t n, Frame *out, Err *err) {
  bool numbers = false;
  for (int64_t i = 0; i < n; i++) numbers = numbers || has_moments(row[i].like);
  for (int k = 0; k < c->n; k++) {
    const Stat *s = &STATS[c->stat[k]];
    if (!c->asked && s->fits && !fits_any(s, row, n)) continue;
    if (s->kind == KIND_TEXT) TRY(add_texts(d, s, row, n, out, err));
    else TRY(add_numbers(d, s, row, n, out, err));
  }
  set_caption(d, c, numbers, out);
  return OK;
}

// One statistic of one column: a table of names and formulas, and for each a function that adds the formula with this
// column's numbers, the rows behind it, when it misleads and what to look at instead. The numbers are those of describe
// (describe_column.c); only sums and places in the order are found here.
#include "stats/explain_int.h"

#include "base/near.h"

#include <math.h>
#include <stdio.h>

typedef struct Stat {
  const char *name, *formula;    // name = formula
  bool (*fits)(const Column *c); // NULL: every column
  ExplainFn *fill;
  int which; // STAT_..., where a function fills in several
} Stat;

// ---- words ---------------------------------------------------------------------------------------------------------
const char *explain_where(Explain *e, const char *more) {
  Arena *a = &e->out->arena;
  const char *rest = more ? more : arena_printf(a, "not is_missing(%s)", explain_name(e->out, e->name));
  if (!e->where) return explain_keep_where(e->out, rest);
  bool either = strstr(rest, " or ");
  const char *both = arena_printf(a, "%s and %s%s%s", e->where, either ? "(" : "", rest, either ? ")" : "");
  return explain_keep_where(e->out, both);
}

static void present_rows(Explain *e) {
  if (e->brief) return;
  const char *all = e->r.missing || e->where ? explain_where(e, e->r.missing ? NULL : "true") : "d";
  explained_add(e->out, "rows", "the %s rows with a value: %s", COUNT(e->r.n), all);
}

static void instead(Explain *e, const char *fmt, const char *column) {
  if (e->brief) return;
  char text[400];
  snprintf(text, sizeof text, fmt, column);
  explained_add(e->out, "instead", "%s", text);
}

// What bends a mean or a sd: the sentence, or NULL when nothing does.
static const char *bent(Explain *e, const char *what) {
  const Row *r = &e->r;
  Arena *a = &e->out->arena;
  const char *side = r->mean > r->q[1] ? "above" : "below";
  if (fabs(r->skew) > 1)
    return arena_printf(a, "skew %s: %s %s is far %s the median %s", REAL(r->skew), what, REAL(r->mean), side,
                        REAL(r->q[1]));
  if (r->has_outliers[0] && r->outliers[0])
    return arena_printf(a, "%s value%s beyond 1.5 IQR from the quartiles pull%s at it; the median is %s",
                        COUNT(r->outliers[0]), r->outliers[0] == 1 ? "" : "s", r->outliers[0] == 1 ? "s" : "",
                        REAL(r->q[1]));
  return NULL;
}

// ---- counts --------------------------------------------------------------------------------------------------------
static void fill_n(Explain *e) {
  int64_t all = e->c->n;
  explained_add(e->out, "numbers", "n = %s − %s = %s", COUNT(all), COUNT(e->r.missing), COUNT(e->r.n));
  present_rows(e);
  if (e->r.missing)
    explained_add(e->out, "misleads", "%s of the rows have no value: those that have one may be of another kind",
                  explain_share(e->out, (double)e->r.missing / (double)all));
  else explained_add(e->out, "misleads", "a code such as −1, 999 or \"unknown\" counts as a value: see d:alerts()");
  instead(e, "d:alerts() or d:missing_columns()", "");
}

static void fill_missing(Explain *e) {
  int64_t all = e->c->n;
  explained_add(e->out, "numbers", "missing = %s of %s rows, %s", COUNT(e->r.missing), COUNT(all),
                explain_share(e->out, all ? (double)e->r.missing / (double)all : 0));
  const char *name = explain_name(e->out, e->name);
  if (e->r.missing)
    explained_add(e->out, "rows", "%s", explain_where(e, arena_printf(&e->out->arena, "is_missing(%s)", name)));
  explained_add(e->out, "misleads",
                "values may be missing for a reason that has to do with the value: every statistic of "
                "the others is then off");
  instead(e, "d:missing_patterns() and d:alerts()", "");
}

static void fill_distinct(Explain *e) {
  const Row *r = &e->r;
  explained_add(e->out, "numbers", "distinct = %s among %s values, each comes %s times on average", COUNT(r->distinct),
                COUNT(r->n), REAL(r->distinct ? (double)r->n / (double)r->distinct : 0));
  present_rows(e);
  bool id = r->distinct == r->n && r->n > 1;
  if (id) explained_add(e->out, "misleads", "every value is another one: an identifier tells a model nothing");
  else explained_add(e->out, "misleads", "spellings of one thing (a space, a capital letter) count as several");
  instead(e, id ? "d:drop{\"%s\"} before fitting" : "d:inconsistent{} and d:count{\"%s\"}", e->name);
}

// ---- centre and spread ---------------------------------------------------------------------------------------------
static double sum_of(const Explain *e) { return sum_f64(e->job, e->x, e->n); }
static double squares(const Explain *e) { return e->r.var * (double)(e->n - 1); }

static void fill_mean(Explain *e) {
  const char *why = bent(e, "the mean");
  explained_add(e->out, "numbers", "mean = %s / %s = %s", LONG(sum_of(e)), COUNT(e->r.used), REAL(e->r.mean));
  present_rows(e);
  if (why) explained_add(e->out, "misleads", "%s", why);
  else explained_add(e->out, "misleads", "one value far out moves it; here it is near the median %s", REAL(e->r.q[1]));
  instead(e, "d:describe{\"%s\", stats={\"median\", \"iqr\"}}", e->name);
}

static void say_spread(Explain *e) {
  const char *why = bent(e, "the mean");
  present_rows(e);
  if (why)
    explained_add(e->out, "misleads", "it squares distances, so that values far out weigh most. %s; MAD %s", why,
                  REAL(e->r.mad));
  else
    explained_add(e->out, "misleads",
                  "it squares distances, so that values far out weigh most; MAD, which they "
                  "cannot move, is %s",
                  REAL(e->r.mad));
  instead(e, "d:describe{\"%s\", stats={\"mad\", \"iqr\"}}", e->name);
}

static void fill_var(Explain *e) {
  explained_add(e->out, "numbers", "var = %s / %s = %s", LONG(squares(e)), COUNT(e->n - 1), REAL(e->r.var));
  say_spread(e);
}

static void fill_sd(Explain *e) {
  explained_add(e->out, "numbers", "sd = √( %s / %s ) = %s", LONG(squares(e)), COUNT(e->n - 1), REAL(sqrt(e->r.var)));
  say_spread(e);
}

static double error_of(const Explain *e) { return sqrt(e->r.var / e->r.rows); }

static void fill_se(Explain *e) {
  explained_add(e->out, "numbers", "se = %s / √%s = %s", REAL(sqrt(e->r.var)), COUNT(e->n), REAL(error_of(e)));
  present_rows(e);
  explained_add(e->out, "misleads",
                "it says how sure the mean is, not how far values lie apart (sd %s); rows that belong "
                "together (one person, one day) make it too small",
                REAL(sqrt(e->r.var)));
  instead(e, "stats.bootstrap(d, \"mean(%s)\")", explain_name(e->out, e->name));
}

static void fill_cv(Explain *e) {
  explained_add(e->out, "numbers", "cv = %s / %s = %s", REAL(sqrt(e->r.var)), REAL(fabs(e->r.mean)),
                REAL(sqrt(e->r.var) / fabs(e->r.mean)));
  present_rows(e);
  explained_add(e->out, "misleads", "%s",
                e->r.min < 0 ? "values below 0 are among them: their mean may be near 0 by chance"
                             : "without a true zero (degrees, dates, scores) it has no meaning");
  instead(e, "d:describe{\"%s\", stats={\"sd\", \"iqr\"}}", e->name);
}

static void fill_end(Explain *e, double sign, const char *name) {
  double level = e->opts->level > 0 ? e->opts->level : 0.95;
  double t = dist_t_quantile((1 + level) / 2, e->r.rows - 1), error = error_of(e);
  explained_add(e->out, "numbers", "%s = %s %s %s × %s = %s", name, REAL(e->r.mean), sign < 0 ? "−" : "+", REAL(t),
                REAL(error), REAL(e->r.mean + sign * t * error));
  present_rows(e);
  bool few = e->n < 30 && fabs(e->r.skew) > 0.5;
  if (few)
    explained_add(e->out, "misleads", "%s values of skew %s are few for a t interval: it needs nearly normal means",
                  COUNT(e->n), REAL(e->r.skew));
  else
    explained_add(e->out, "misleads", "it is where the mean may be, not where values are: %s of them lie from %s to %s",
                  "half", REAL(e->r.q[0]), REAL(e->r.q[2]));
  instead(e, "stats.bootstrap(d, \"mean(%s)\", {method=\"bca\"})", explain_name(e->out, e->name));
}
static void fill_low(Explain *e) { fill_end(e, -1, "low"); }
static void fill_high(Explain *e) { fill_end(e, 1, "high"); }

// ---- ends ----------------------------------------------------------------------------------------------------------
// The rows that hold the value, and the first of them.
static void rows_with(Explain *e, double v, int64_t *first, int64_t *count) {
  *first = -1, *count = 0;
  for (int64_t i = 0; i < e->c->n; i++) {
    if (!col_valid(e->c, i) || col_f64(e->c, i) != v) continue;
    if (!(*count)++) *first = i;
  }
}

static void fill_extreme(Explain *e, const char *name, double v, double next) {
  int64_t first, count;
  rows_with(e, v, &first, &count);
  if (first < 0) return;
  int64_t row = e->row ? e->row[first] : first;
  double sd = sqrt(e->r.var), away = fabs(v - e->r.mean) / sd;
  explained_add(e->out, "numbers", "%s = %s, in %s%s; the next value is %s", name, LONG(v), count == 1 ? "row " : "",
                count == 1 ? COUNT(row + 1) : arena_printf(&e->out->arena, "%s rows", COUNT(count)), LONG(next));
  if (!e->brief) {
    const char *equal = explain_equal(e->out, e->name, e->c, first);
    explained_add(e->out, "rows", "%s%s", explain_where(e, equal), count == 1 ? "" : ", the first is shown there");
  }
  explained_add(e->out, "misleads", "one wrong row makes it: it lies %s sd from the mean", REAL(away));
  instead(e, "d:outliers{\"%s\"}", e->name);
}

static void fill_min(Explain *e) {
  int64_t k = 0;
  while (k + 1 < e->n && e->x[k] == e->x[0]) k++;
  if (e->n) fill_extreme(e, "min", e->x[0], e->x[k]);
}

static void fill_max(Explain *e) {
  int64_t last = e->n - 1, k = last;
  while (k > 0 && e->x[k] == e->x[last]) k--;
  if (e->n) fill_extreme(e, "max", e->x[last], e->x[k]);
}

static void fill_range(Explain *e) {
  explained_add(e->out, "numbers", "range = %s − %s = %s", LONG(e->r.max), LONG(e->r.min), REAL(e->r.max - e->r.min));
  present_rows(e);
  explained_add(e->out, "misleads",
                "two rows make it, and it grows with the number of rows; half of the values lie "
                "within %s (iqr)",
                REAL(e->r.q[2] - e->r.q[0]));
  instead(e, "d:describe{\"%s\", stats={\"iqr\", \"mad\"}}", e->name);
}

// ---- the table -----------------------------------------------------------------------------------------------------
static const Stat STATS[] = {
    {"n", "rows − missing", NULL, fill_n, 0},
    {"missing", "rows without a value", NULL, fill_missing, 0},
    {"distinct", "values that differ from all others, each counted once", NULL, fill_distinct, 0},
    {"mean", "Σx / n", has_moments, fill_mean, 0},
    {"low", "mean − t · se; t: quantile of Student's t with n − 1 df", has_moments, fill_low, 0},
    {"high", "mean + t · se; t: quantile of Student's t with n − 1 df", has_moments, fill_high, 0},
    {"se", "sd / √n", has_moments, fill_se, 0},
    {"sd", "√( Σ(x − mean)² / (n − 1) )", has_moments, fill_sd, 0},
    {"var", "Σ(x − mean)² / (n − 1)", has_moments, fill_var, 0},
    {"cv", "sd / |mean|", has_moments, fill_cv, 0},
    {"min", "the smallest value", has_moments, fill_min, 0},
    {"q1", "x[h] between its neighbours in order, h = (n − 1) · 0.25 + 1", has_moments, explain_quartile, STAT_Q1},
    {"median", "x[h] between its neighbours in order, h = (n − 1) · 0.5 + 1", has_moments, explain_quartile,
     STAT_MEDIAN},
    {"q3", "x[h] between its neighbours in order, h = (n − 1) · 0.75 + 1", has_moments, explain_quartile, STAT_Q3},
    {"max", "the largest value", has_moments, fill_max, 0},
    {"range", "max − min", has_moments, fill_range, 0},
    {"iqr", "q3 − q1", has_moments, explain_iqr, 0},
    {"mad", "1.4826 · median of |x − median|", has_moments, explain_mad, 0},
    {"skew", "√(n(n − 1)) / (n − 2) · m3 / m2^(3/2), mk = Σ(x − mean)^k / n", has_moments, explain_skew, 0},
    {"kurtosis", "(n − 1) / ((n − 2)(n − 3)) · ((n + 1) · g2 + 6), g2 = m4 / m2² − 3", has_moments, explain_kurtosis,
     0},
    {"mode", "the value that comes most often, the smallest of several", has_moments, explain_mode, 0},
    {"mode_n", "how often the mode comes", has_moments, explain_mode, 0},
    {"entropy", "−Σ p · log2 p, p: share of each value", NULL, explain_entropy, 0},
    {"outliers_iqr", "values below q1 − 1.5 iqr or above q3 + 1.5 iqr", has_moments, explain_outliers, STAT_BY_IQR},
    {"outliers_z", "values with |x − mean| > 3 sd", has_moments, explain_outliers, STAT_BY_Z},
    {"outliers_mad", "values with |x − median| > 3.5 mad", has_moments, explain_outliers, STAT_BY_MAD},
    {"top", "the value that comes most often, the first of several", has_top, explain_top, 0},
    {"freq", "how often the most frequent value comes", has_top, explain_top, 0},
    {"min_length", "characters of the shortest text", col_is_text, explain_lengths, 0},
    {"mean_length", "characters of all texts / n", col_is_text, explain_lengths, 0},
    {"max_length", "characters of the longest text", col_is_text, explain_lengths, 0},
    {"first", "the earliest date", has_span, explain_span, STAT_FIRST},
    {"last", "the latest date", has_span, explain_span, STAT_LAST},
    {"mean_date", "the mean of the dates as numbers", has_span, explain_span, STAT_MEAN_DATE},
};
enum { NSTAT = sizeof STATS / sizeof *STATS };

static const Stat *find(const char *name) {
  for (int k = 0; k < NSTAT; k++)
    if (strcmp(STATS[k].name, name) == 0) return &STATS[k];
  return NULL;
}

bool stats_explain_stat(int k, const char **name, const char **doc) {
  if (k >= NSTAT) return explain_pair_stat(k - NSTAT, name, doc);
  if (k < 0) return false;
  *name = STATS[k].name, *doc = STATS[k].formula;
  return true;
}

bool explain_column_has(const Column *c, const char *stat) {
  const Stat *s = find(stat);
  return s && (!s->fits || s->fits(c));
}

const char *const *explain_profile(const Column *c) {
  static const char *const numbers[] = {"mean", "se",  "sd",   "skew",     "min",     "q1", "median",
                                        "q3",   "max", "mode", "distinct", "missing", NULL};
  static const char *const words[] = {"distinct", "top", "entropy", "missing", NULL};
  static const char *const dates[] = {"first", "last", "distinct", "missing", NULL};
  return has_moments(c) ? numbers : has_span(c) ? dates : words;
}

static ErrCode unknown(const char *name, Err *err) {
  Sv names[NSTAT + 16];
  char hint[300];
  const char *one, *doc;
  int n = 0;
  while (n < NSTAT + 16 && stats_explain_stat(n, &one, &doc)) names[n++] = sv(one);
  near_hint(hint, sizeof hint, sv(name), names, n);
  return err_set(err, ERR_NAME, "explain: no statistic '%s'%s (tycho help stats.explain lists them)", name, hint);
}

// What has another definition than the table says.
static const char *formula_of(const Explain *e, const Stat *s) {
  const DescribeOpts *o = e->opts;
  bool quartile = s->fill == explain_quartile;
  if (quartile && o->type != 7) return arena_printf(&e->out->arena, "quantile of R's type %lld", (long long)o->type);
  if (s->fill == explain_skew && o->shape != SHAPE_ADJUSTED)
    return o->shape == SHAPE_MOMENT ? "m3 / m2^(3/2), mk = Σ(x − mean)^k / n" : "m3 / sd³, m3 = Σ(x − mean)³ / n";
  if (s->fill == explain_kurtosis && o->shape != SHAPE_ADJUSTED)
    return o->shape == SHAPE_MOMENT ? "m4 / m2² − 3, mk = Σ(x − mean)^k / n" : "m4 / sd⁴ − 3";
  return s->formula;
}

ErrCode explain_column(Explain *e, const char *stat, Err *err) {
  const Stat *s = find(stat);
  if (!s) return unknown(stat, err);
  if (s->fits && !s->fits(e->c))
    return err_set(err, ERR_ARG, "explain: '%s' is %s, it has no %s", e->name, COLTYPES[e->c->type].name, stat);
  explained_title(e->out, "%s of %s%s%s", s->name, e->name, e->where ? " where " : "", e->where ? e->where : "");
  explained_add(e->out, "formula", "%s = %s", s->name, formula_of(e, s));
  e->stat = s->name, e->which = s->which;
  bool numbers = s->fits == has_moments, few = e->n == 0 || (s->fill == fill_se && e->n < 2);
  if (numbers && (few || isnan(e->r.mean)))
    explained_add(e->out, "numbers", "undefined: %s",
                  isnan(e->r.mean) && e->n ? "a value is no number (NaN)" : "too few values");
  else s->fill(e);
  return OK;
}

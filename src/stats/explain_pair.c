// A statistic of two columns: correlations with their tests and intervals, and what a table of two categories says. The
// numbers are those of corr, assoc and the chi-squared test, asked for this pair alone.
#include "stats/explain_int.h"

#include "base/near.h"
#include "frame/verbs.h"
#include "stats/cells_int.h"

#include <math.h>
#include <stdlib.h>

typedef struct PairOut { // of the long form of corr
  double r, p, low, high;
  int64_t n;
} PairOut;

typedef struct Pairs { // values of the rows that have both
  double *x, *y, mean_x, mean_y, xx, yy, xy;
  int64_t n;
} Pairs;

static const char *both(const ExplainPair *e) {
  e->out->x = e->x, e->out->y = e->y;
  return explain_keep_where(e->out, arena_printf(&e->out->arena, "not is_missing(%s) and not is_missing(%s)",
                                                 explain_name(e->out, e->x), explain_name(e->out, e->y)));
}

// ---- the numbers of a correlation ----------------------------------------------------------------------------------
static double number_at(const Frame *f, const char *name) {
  int j = frame_find(f, sv(name));
  return j >= 0 ? col_f64(frame_at(f, j), 0) : NAN;
}

static ErrCode ask_corr(ExplainPair *e, PairOut *out, Err *err) {
  const char *name[2] = {e->x, e->y};
  CorrOpts o = *e->opts;
  o.columns = (Names){name, 2}, o.show = CORR_LONG;
  Frame *f;
  TRY(stats_corr(e->job, e->f, &o, &f, err));
  *out = (PairOut){number_at(f, "r"), number_at(f, "p"), number_at(f, "low"), number_at(f, "high"),
                   (int64_t)number_at(f, "n")};
  frame_unref(f);
  return OK;
}

static ErrCode pairs_init(ExplainPair *e, Pairs *p, Err *err) {
  int i, j;
  TRY(frame_col(e->f, sv(e->x), &i, err));
  TRY(frame_col(e->f, sv(e->y), &j, err));
  const Column *a = frame_at(e->f, i), *b = frame_at(e->f, j);
  *p = (Pairs){0};
  TRY(job_need(e->job, 16 * a->n, "explain", err));
  double *v = mem_new((size_t)(2 * a->n + 1) * sizeof *v);
  if (!v) return err_set(err, ERR_MEMORY, "explain: the system has no memory left: take fewer rows");
  p->x = v, p->y = v + a->n;
  for (int64_t k = 0; k < a->n; k++)
    if (col_valid(a, k) && col_valid(b, k)) p->x[p->n] = col_f64(a, k), p->y[p->n++] = col_f64(b, k);
  return OK;
}

static ErrCode pairs_rank(ExplainPair *e, Pairs *p, Err *err) {
  double *rank = mem_new((size_t)(p->n + 1) * sizeof *rank);
  if (!rank) return err_set(err, ERR_MEMORY, "explain: the system has no memory left: take fewer rows");
  ErrCode code = rank_average(e->job, p->x, p->n, rank, err);
  if (code == OK) memcpy(p->x, rank, (size_t)p->n * sizeof *rank), code = rank_average(e->job, p->y, p->n, rank, err);
  if (code == OK) memcpy(p->y, rank, (size_t)p->n * sizeof *rank);
  mem_free(rank);
  return code;
}

static void pairs_sum(ExplainPair *e, Pairs *p) {
  p->mean_x = sum_f64(e->job, p->x, p->n) / (double)p->n, p->mean_y = sum_f64(e->job, p->y, p->n) / (double)p->n;
  for (int64_t k = 0; k < p->n; k++) p->x[k] -= p->mean_x, p->y[k] -= p->mean_y;
  p->xx = sum_dot(e->job, p->x, p->x, p->n), p->yy = sum_dot(e->job, p->y, p->y, p->n),
  p->xy = sum_dot(e->job, p->x, p->y, p->n);
}

static bool is_finite_pair(const Pairs *p) { return sum_is_finite(p->x, p->n) && sum_is_finite(p->y, p->n); }

// ---- correlations --------------------------------------------------------------------------------------------------
static const char *const METHOD[] = {"Pearson's r", "Spearman's rho", "Kendall's tau-b", "the polychoric correlation"};
static const char *const FORMULA[] = {
    "r = Σ(x − mean x)(y − mean y) / √( Σ(x − mean x)² · Σ(y − mean y)² )",
    "rho = r of the ranks (ties share their mean rank)",
    "tau-b = (C − D) / √( pairs not tied in x · pairs not tied in y ); C, D: pairs in the same, in opposite order",
    "r of the two normal variables that, cut into the levels, make the table most likely"};

static const char *method_word(const CorrOpts *o) {
  static const char *const words[] = {"pearson", "spearman", "kendall", "polychoric"};
  return words[o->method];
}

static ErrCode say_products(ExplainPair *e, const PairOut *v, Err *err) {
  Pairs p;
  TRY(pairs_init(e, &p, err));
  ErrCode code = OK;
  if (is_finite_pair(&p) && p.n == v->n && !isnan(v->r)) {
    if (e->opts->method == CORR_SPEARMAN) code = pairs_rank(e, &p, err);
    if (code == OK) pairs_sum(e, &p);
    if (code == OK)
      explained_add(e->out, "numbers", "%s = %s / √( %s × %s ) = %s", e->opts->method == CORR_SPEARMAN ? "rho" : "r",
                    LONG(p.xy), LONG(p.xx), LONG(p.yy), REAL(v->r));
  } else explained_add(e->out, "numbers", "r = %s", REAL(v->r));
  mem_free(p.x);
  return code;
}

// How many pairs of rows have equal values; x is sorted.
static double tied_pairs(ExplainPair *e, double *x, int64_t n, ErrCode *code, Err *err) {
  double ties = 0;
  if (*code == OK) *code = order_sort_f64(e->job, x, n, err);
  for (int64_t i = 0, j; i < n && *code == OK; i = j) {
    for (j = i + 1; j < n && x[j] == x[i]; j++) continue;
    ties += (double)(j - i) * (double)(j - i - 1) / 2;
  }
  return ties;
}

static ErrCode say_kendall(ExplainPair *e, const PairOut *v, Err *err) {
  Pairs p;
  TRY(pairs_init(e, &p, err));
  ErrCode code = OK;
  double all = (double)p.n * (double)(p.n - 1) / 2;
  double x = all - tied_pairs(e, p.x, p.n, &code, err), y = all - tied_pairs(e, p.y, p.n, &code, err);
  mem_free(p.x);
  if (code == OK)
    explained_add(e->out, "numbers", "tau-b = %s / √( %s × %s ) = %s, of %s pairs",
                  LONG(round(v->r * sqrt(x) * sqrt(y))), LONG(x), LONG(y), REAL(v->r), LONG(all));
  return code;
}

static ErrCode explain_r(ExplainPair *e, Err *err) {
  PairOut v;
  Arena *a = &e->out->arena;
  int method = e->opts->method;
  TRY(ask_corr(e, &v, err));
  explained_title(e->out, "%s of %s and %s", METHOD[method], e->x, e->y);
  explained_add(e->out, "formula", "%s", FORMULA[method]);
  if (isnan(v.r))
    explained_add(e->out, "numbers", "undefined: a side is constant, has fewer than two rows, or holds NaN");
  else if (method == CORR_PEARSON || method == CORR_SPEARMAN) TRY(say_products(e, &v, err));
  else if (method == CORR_KENDALL) TRY(say_kendall(e, &v, err));
  else explained_add(e->out, "numbers", "r = %s of %s rows", REAL(v.r), COUNT(v.n));
  explained_add(e->out, "rows", "the %s rows that have both: %s", COUNT(v.n), both(e));
  if (method == CORR_PEARSON) {
    CorrOpts ranks = *e->opts;
    ranks.method = CORR_SPEARMAN;
    ExplainPair other = *e;
    PairOut s;
    other.opts = &ranks;
    TRY(ask_corr(&other, &s, err));
    bool differ = fabs(s.r - v.r) > 0.1;
    explained_add(e->out, "misleads",
                  "%s (Spearman's rho, of ranks alone, is %s); a curve or two groups mixed: look first",
                  differ ? "values far out or a curve make it" : "it sees only straight lines", REAL(s.r));
  } else
    explained_add(e->out, "misleads", "it sees only what rises or falls throughout; a third column may be behind it");
  explained_add(
      e->out, "instead", "%s",
      arena_printf(a, "d:scatter(\"%s\", \"%s\") and d:partial{\"%s\", \"%s\", given=}", e->x, e->y, e->x, e->y));
  return OK;
}

static ErrCode explain_cov(ExplainPair *e, Err *err) {
  Pairs p;
  TRY(pairs_init(e, &p, err));
  explained_title(e->out, "covariance of %s and %s", e->x, e->y);
  explained_add(e->out, "formula", "cov = Σ(x − mean x)(y − mean y) / (n − 1)");
  if (p.n > 1 && is_finite_pair(&p)) {
    pairs_sum(e, &p);
    explained_add(e->out, "numbers", "cov = %s / %s = %s", LONG(p.xy), COUNT(p.n - 1), REAL(p.xy / (double)(p.n - 1)));
  } else explained_add(e->out, "numbers", "undefined");
  explained_add(e->out, "rows", "the %s rows that have both: %s", COUNT(p.n), both(e));
  explained_add(e->out, "misleads",
                "its size depends on the units: metres in place of centimetres make it a hundredth");
  explained_add(e->out, "instead", "d:corr{\"%s\", \"%s\"}", e->x, e->y);
  mem_free(p.x);
  return OK;
}

static ErrCode explain_corr_p(ExplainPair *e, Err *err) {
  PairOut v;
  TRY(ask_corr(e, &v, err));
  double df = (double)v.n - 2, t = v.r * sqrt(df / (1 - v.r * v.r));
  bool by_t = e->opts->method == CORR_PEARSON || e->opts->method == CORR_SPEARMAN;
  explained_title(e->out, "p of %s of %s and %s", METHOD[e->opts->method], e->x, e->y);
  if (by_t) {
    explained_add(e->out, "formula", "t = r · √( (n − 2) / (1 − r²) ), p = 2 · P(T ≥ |t|) with n − 2 df");
    explained_add(e->out, "numbers", "t = %s × √( %s / (1 − %s²) ) = %s, p = %s", REAL(v.r), COUNT(v.n - 2),
                  REAL(fabs(v.r)), REAL(t), REAL(v.p));
  } else explained_add(e->out, "numbers", "r = %s, n = %s: p = %s", REAL(v.r), COUNT(v.n), REAL(v.p));
  explained_add(e->out, "rows", "the %s rows that have both: %s", COUNT(v.n), both(e));
  explained_add(e->out, "misleads",
                "it says whether there is any association, not how much: with %s rows |r| = %s suffices for p < 0.05",
                COUNT(v.n), REAL(1.96 / sqrt(fmax(1.0, (double)v.n))));
  explained_add(e->out, "instead", "d:corr{\"%s\", \"%s\", method=\"%s\", show=\"long\"}", e->x, e->y,
                method_word(e->opts));
  return OK;
}

static ErrCode explain_corr_end(ExplainPair *e, const char *end, Err *err) {
  PairOut v;
  TRY(ask_corr(e, &v, err));
  double level = e->opts->level > 0 ? e->opts->level : 0.95, z = dist_norm_quantile((1 + level) / 2);
  bool low = strcmp(end, "low") == 0, pearson = e->opts->method == CORR_PEARSON;
  double centre = (fmath_log1p(v.r) - fmath_log1p(-v.r)) / 2, half = z / sqrt((double)v.n - 3);
  explained_title(e->out, "%s end of the %s%% interval of %s of %s and %s", low ? "lower" : "upper", REAL(100 * level),
                  METHOD[e->opts->method], e->x, e->y);
  explained_add(e->out, "formula", "tanh( artanh r %s z · se ), se = 1 / √(n − 3)%s", low ? "−" : "+",
                pearson ? "" : ", for ranks larger (Bonett and Wright)");
  if (pearson)
    explained_add(e->out, "numbers", "tanh( %s %s %s × %s ) = %s", REAL(centre), low ? "−" : "+", REAL(z),
                  REAL(half / z), REAL(low ? v.low : v.high));
  else explained_add(e->out, "numbers", "r = %s, n = %s: %s", REAL(v.r), COUNT(v.n), REAL(low ? v.low : v.high));
  explained_add(e->out, "rows", "the %s rows that have both: %s", COUNT(v.n), both(e));
  explained_add(e->out, "misleads", "values far out or a skewed side: it holds for values that are normal together");
  explained_add(e->out, "instead", "d:corr{\"%s\", \"%s\", method=\"spearman\", show=\"long\"}", e->x, e->y);
  return OK;
}

static ErrCode explain_corr_n(ExplainPair *e, Err *err) {
  PairOut v;
  TRY(ask_corr(e, &v, err));
  explained_title(e->out, "n of %s and %s", e->x, e->y);
  explained_add(e->out, "formula", "n = rows that have both");
  explained_add(e->out, "numbers", "n = %s of %s rows", COUNT(v.n), COUNT(frame_nrow(e->f)));
  explained_add(e->out, "rows", "%s", both(e));
  explained_add(e->out, "misleads",
                "each pair has its own rows, so that the correlations of one matrix are of different rows");
  explained_add(e->out, "instead", "d:corr{missing=\"complete\"}");
  return OK;
}

// ---- tables of two categories --------------------------------------------------------------------------------------
typedef struct TableOut {
  Explained *out;
  const char *x, *y, *stat;
} TableOut;
static ErrCode table_run(Test *t, const void *opts) {
  const TableOut *e = *(const TableOut *const *)opts;
  Cells c;
  TRY(cells_read(t, NULL, true, &c));
  double chisq = cells_chisq(&c, false), n = (double)c.total, df = (double)((c.r - 1) * (c.c - 1)), least = INFINITY;
  int64_t smaller = c.r < c.c ? c.r : c.c;
  for (int64_t k = 0; k < c.r * c.c; k++) least = fmin(least, cells_expected(&c, k / c.c, k % c.c));
  bool v = strcmp(e->stat, "cramers_v") == 0;
  explained_title(e->out, v ? "Cramér's V of %s and %s" : "chi-squared of %s by %s", e->x, e->y);
  explained_add(e->out, "formula",
                v ? "V = √( χ² / (n · (k − 1)) ), k: the smaller number of levels"
                  : "χ² = Σ (count − expected)² / expected, expected = row total · column total / n");
  if (v)
    explained_add(e->out, "numbers", "V = √( %s / (%s × %s) ) = %s", REAL(chisq), COUNT(c.total), COUNT(smaller - 1),
                  REAL(sqrt(chisq / (n * (double)(smaller - 1)))));
  else
    explained_add(e->out, "numbers", "χ² = %s over %s × %s cells, df = %s × %s = %s, p = %s", REAL(chisq), COUNT(c.r),
                  COUNT(c.c), COUNT(c.r - 1), COUNT(c.c - 1), REAL(df), REAL(dist_chisq(chisq, df, DIST_UPPER)));
  explained_add(e->out, "rows", "%s cases: d:crosstab(\"%s\", \"%s\")", COUNT(c.total), e->x, e->y);
  if (least < 5)
    explained_add(e->out, "misleads", "the least expected count is %s: below 5 the p value is rough", REAL(least));
  else
    explained_add(e->out, "misleads",
                  v ? "never below 0, so that chance alone makes it positive: about √(df / (n · (k − 1))) = %s"
                    : "it grows with the rows: the strength is another number; the least expected count is %s",
                  v ? REAL(sqrt(df / (n * (double)(smaller - 1)))) : REAL(least));
  explained_add(e->out, "instead",
                least < 5 ? "stats.fisher(d, \"%s ~ %s\")"
                : v       ? "d:crosstab(\"%s\", \"%s\", {show=\"adjusted\"})"
                          : "d:crosstab(\"%s\", \"%s\", {show=\"row\"})",
                e->x, e->y);
  return OK;
}

static ErrCode explain_table(ExplainPair *e, const char *stat, Err *err) {
  static const TestType type = {.name = "explain", .run = table_run};
  const char *term = e->y;
  Formula q = {.text = "", .response = e->x, .term = {&term, 1}};
  TableOut own = {e->out, e->x, e->y, stat};
  const TableOut *place = &own;
  Frame *none = NULL;
  ErrCode code = test_run_parsed(e->job, &type, e->f, &q, &place, &none, err);
  frame_unref(none);
  return code;
}

// ---- the table -----------------------------------------------------------------------------------------------------
static const char *const NAMES[][2] = {
    {"r", "Pearson's correlation of two columns"},
    {"spearman", "correlation of their ranks"},
    {"kendall", "tau-b: pairs of rows in the same order less those in opposite order"},
    {"cov", "covariance, with n - 1"},
    {"p", "of their correlation"},
    {"cramers_v", "Cramér's V of two categories"},
    {"chisq", "chi-squared of two categories"}};
enum { NPAIR = sizeof NAMES / sizeof *NAMES };

bool explain_pair_stat(int k, const char **name, const char **doc) {
  if (k < 0 || k >= NPAIR) return false;
  return *name = NAMES[k][0], *doc = NAMES[k][1], true;
}

ErrCode explain_pair(ExplainPair *e, const char *stat, Err *err) {
  CorrOpts o = *e->opts;
  e->opts = &o;
  if (strcmp(stat, "spearman") == 0) o.method = CORR_SPEARMAN;
  if (strcmp(stat, "kendall") == 0) o.method = CORR_KENDALL;
  if (strcmp(stat, "r") == 0 || strcmp(stat, "spearman") == 0 || strcmp(stat, "kendall") == 0) return explain_r(e, err);
  if (strcmp(stat, "p") == 0) return explain_corr_p(e, err);
  if (strcmp(stat, "n") == 0) return explain_corr_n(e, err);
  if (strcmp(stat, "low") == 0 || strcmp(stat, "high") == 0) return explain_corr_end(e, stat, err);
  if (strcmp(stat, "cov") == 0) return explain_cov(e, err);
  if (strcmp(stat, "cramers_v") == 0 || strcmp(stat, "chisq") == 0) return explain_table(e, stat, err);
  Sv names[NPAIR];
  char hint[300];
  for (int k = 0; k < NPAIR; k++) names[k] = sv(NAMES[k][0]);
  near_hint(hint, sizeof hint, sv(stat), names, NPAIR);
  return err_set(err, ERR_NAME, "explain: no statistic '%s' of two columns%s (tycho help stats.explain lists them)",
                 stat, hint);
}

// ---- association ---------------------------------------------------------------------------------------------------
static const char *const MEASURES[][3] = {
    {"pearson", "r = Σ(x − mean x)(y − mean y) / √( Σ(x − mean x)² · Σ(y − mean y)² )", "it sees only straight lines"},
    {"point-biserial", "r of the numbers with 0 for the first level and 1 for the second",
     "values far out in one level; shares near 0 or 1 keep it small"},
    {"phi", "phi = r of two yes/no columns, 0 and 1: √(χ² / n) with a sign",
     "unequal shares keep it below 1 even where one column decides the other"},
    {"eta", "eta = √( between groups sum of squares / total )", "it has no sign and grows with the number of levels"},
    {"cramer", "V = √( χ² / (n · (k − 1)) ), k: the smaller number of levels",
     "never below 0, so that chance alone makes it positive: see corrected=true"},
    {"theil", "U = (entropy − entropy given the other) / entropy",
     "it depends on the direction: what the row column tells of the other"},
    {"mutual", "I = Σ p(x, y) · log( p(x, y) / (p(x) · p(y)) )",
     "numbers are cut into intervals (bins=), and few rows make it too large"}};

static const char *const *measure_of(const char *name) {
  for (size_t k = 0; k < sizeof MEASURES / sizeof *MEASURES; k++)
    if (strncmp(name, MEASURES[k][0], strlen(MEASURES[k][0])) == 0) return MEASURES[k];
  return NULL;
}

ErrCode explain_assoc(ExplainPair *e, const AssocOpts *opts, const char *stat, Err *err) {
  const char *name[2] = {e->x, e->y};
  AssocOpts o = *opts;
  o.columns = (Names){name, 2}, o.show = ASSOC_LONG, o.target = NULL;
  Frame *f;
  TRY(stats_assoc(e->job, e->f, &o, &f, err));
  int j = frame_find(f, sv("measure"));
  Sv text = j >= 0 && frame_nrow(f) && col_valid(frame_at(f, j), 0) ? col_text(frame_at(f, j), 0) : (Sv){"", 0};
  const char *measure = arena_strndup(&e->out->arena, text.s, text.n);
  double v = number_at(f, "value"), n = number_at(f, "n"), p = number_at(f, "p");
  frame_unref(f);
  const char *const *m = measure_of(measure);
  explained_title(e->out, "%s of %s and %s (%s)", strcmp(stat, "p") == 0 ? "p" : "association", e->x, e->y, measure);
  if (m) explained_add(e->out, "formula", "%s", m[1]);
  explained_add(e->out, "numbers", "%s = %s of %s rows, p = %s", measure, REAL(v), COUNT((int64_t)n), REAL(p));
  explained_add(e->out, "rows", "the %s rows that have both: %s", COUNT((int64_t)n), both(e));
  if (m) explained_add(e->out, "misleads", "%s; p: of chance alone, whatever the size", m[2]);
  bool numbers = m == MEASURES[0];
  explained_add(e->out, "instead", numbers ? "d:scatter(\"%s\", \"%s\")" : "d:crosstab(\"%s\", \"%s\") or d:box", e->x,
                e->y);
  return OK;
}

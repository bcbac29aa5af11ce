// Cells of a test's result: the formula of each test's statistic, and for the columns that many tests share (p, df,
// estimate, effects) one formula each. The numbers are those of the row, with the means, sd and counts of the groups
// where a statistic is made of these.
#include "stats/explain_int.h"

#include "stats/tests_int.h"

#include <math.h>

// ---- the groups ----------------------------------------------------------------------------------------------------
enum { GROUPS = 2 };
typedef struct Groups {
  int64_t n[GROUPS], k;
  double mean[GROUPS], sd[GROUPS];
} Groups;

static ErrCode groups_run(Test *t, const void *opts) {
  Groups *g = *(Groups *const *)opts;
  Samples s;
  TRY(samples_split(t, 1, GROUPS, 2, &s));
  g->k = s.k;
  for (int64_t k = 0; k < s.k; k++) {
    Moments m = moments_f64(t->job, s.x[k], s.n[k]);
    g->n[k] = s.n[k], g->mean[k] = m.mean, g->sd[k] = sqrt(moments_var(&m));
  }
  return OK;
}

// Of a formula y ~ g with two groups, or of one sample; k = 0: another kind.
static void groups_read(ExplainCell *e, Groups *g) {
  static const TestType type = {.name = "explain", .run = groups_run};
  *g = (Groups){0};
  Groups *place = g;
  Frame *none = NULL;
  Err ignored;
  if (test_run(e->job, &type, e->f, e->asked->text, &place, &none, &ignored) != OK) g->k = 0;
  frame_unref(none);
}

// ---- t tests -------------------------------------------------------------------------------------------------------
static double real_option(const ExplainCell *e, const char *name, double dflt) {
  const TestType *type = test_find(sv(e->asked->verb));
  const Param *p = type && type->params ? param_find(type->params, sv(name)) : NULL;
  if (!p || !e->asked->opts || p->type != PARAM_REAL) return dflt;
  return *(const double *)((const char *)e->asked->opts + p->offset);
}

static bool is_verb(const ExplainCell *e, const char *verb) { return strcmp(e->asked->verb, verb) == 0; }

static bool say_t(ExplainCell *e, double t) {
  Groups g;
  double mu = real_option(e, "mu", 0);
  const char *less = mu != 0 ? arena_printf(&e->out->arena, " − %s", REAL(mu)) : "";
  groups_read(e, &g);
  bool welch = is_verb(e, "welch");
  if (g.k == 1 && !is_verb(e, "paired_t")) {
    explained_add(e->out, "formula", "t = (mean − mu) / (sd / √n)");
    explained_add(e->out, "numbers", "t = (%s − %s) / ( %s / √%s ) = %s", REAL(g.mean[0]), REAL(mu), REAL(g.sd[0]),
                  COUNT(g.n[0]), REAL(t));
    return true;
  }
  if (g.k != 2 || is_verb(e, "paired_t")) return false;
  double a = (double)g.n[0] - 1, b = (double)g.n[1] - 1,
         pooled = sqrt((a * g.sd[0] * g.sd[0] + b * g.sd[1] * g.sd[1]) / (a + b));
  const char *top = arena_printf(&e->out->arena, "(%s − %s%s)", REAL(g.mean[0]), REAL(g.mean[1]), less);
  if (welch) {
    explained_add(e->out, "formula", "t = (mean1 − mean2%s) / √( sd1² / n1 + sd2² / n2 )", mu != 0 ? " − mu" : "");
    explained_add(e->out, "numbers", "t = %s / √( %s² / %s + %s² / %s ) = %s", top, REAL(g.sd[0]), COUNT(g.n[0]),
                  REAL(g.sd[1]), COUNT(g.n[1]), REAL(t));
  } else {
    explained_add(e->out, "formula", "t = (mean1 − mean2%s) / ( sd · √(1/n1 + 1/n2) ), sd: pooled",
                  mu != 0 ? " − mu" : "");
    explained_add(e->out, "numbers", "t = %s / ( %s × √(1/%s + 1/%s) ) = %s", top, REAL(pooled), COUNT(g.n[0]),
                  COUNT(g.n[1]), REAL(t));
  }
  return true;
}

// ---- statistics ----------------------------------------------------------------------------------------------------
static const char *const STATISTICS[][2] = {
    {"z", "z = (estimate − mu) / se, se from the standard deviations that the caption names"},
    {"t", "t = (estimate − mu) / se"},
    {"welch", "t = (estimate − mu) / se"},
    {"paired_t", "t = mean of the differences / (their sd / √n)"},
    {"anova", "F = mean square of the term / mean square of the residual"},
    {"tukey", "q = |mean1 − mean2| / √( mean square · (1/n1 + 1/n2) / 2 )"},
    {"games_howell", "q = |mean1 − mean2| / √( (sd1² / n1 + sd2² / n2) / 2 )"},
    {"pairwise_t", "t = (mean1 − mean2) / se"},
    {"levene", "F of the distances from each group's median"},
    {"bartlett", "K² = (N − k) log s² − Σ(ni − 1) log si², over a correction"},
    {"var", "F = var1 / var2"},
    {"proportion", "χ² = Σ (count − expected)² / expected"},
    {"binomial", "how many rows have the second level"},
    {"poisson", "how many events"},
    {"correlation", "t = r · √( (n − 2) / (1 − r²) ); Spearman: or S = Σ(rank x − rank y)²; Kendall: T or z"},
    {"mannwhitney", "U = pairs in which the first group's value is larger, ties half"},
    {"wilcoxon", "V = sum of the ranks of |x − mu| where x > mu"},
    {"sign", "how many values lie above mu"},
    {"kruskal", "H = 12 / (N(N + 1)) · ΣRi² / ni − 3(N + 1), over a correction for ties"},
    {"dunn", "z = (mean rank1 − mean rank2) / se"},
    {"friedman", "χ² of the sums of ranks within blocks"},
    {"cochran_q", "Q of the column sums of 0 and 1"},
    {"ks", "D = the largest distance between the two distribution functions"},
    {"shapiro", "W = (Σ ai · x[i])² / Σ(x − mean)²; 1: as normal values lie"},
    {"anderson_darling", "A² = squared distance to the normal distribution function, tails weigh most"},
    {"chisq", "χ² = Σ (|count − expected| − c)² / expected, c = 1/2 for 2 × 2 tables (Yates), else 0"},
    {"mcnemar", "χ² = (b − c)² / (b + c) of the pairs that changed"},
};

static const char *statistic_formula(const char *verb) {
  for (size_t k = 0; k < sizeof STATISTICS / sizeof *STATISTICS; k++)
    if (strcmp(STATISTICS[k][0], verb) == 0) return STATISTICS[k][1];
  return "see tycho help";
}

static int64_t residual_row(ExplainCell *e) {
  for (int64_t i = 0; i < frame_nrow(e->answer); i++) {
    const char *term = cell_text(e, "term", i);
    if (term && strcmp(term, "residual") == 0) return i;
  }
  return -1;
}

static void say_statistic(ExplainCell *e, double v) {
  const char *verb = e->asked->verb;
  bool t = is_verb(e, "t") || is_verb(e, "welch");
  if (t && cell_text(e, "groups", e->row) && say_t(e, v)) return;
  explained_add(e->out, "formula", "%s", statistic_formula(verb));
  int64_t rest = is_verb(e, "anova") ? residual_row(e) : -1;
  double estimate = cell_real(e, "estimate", e->row), n = cell_real(e, "n", e->row);
  if (rest >= 0)
    explained_add(e->out, "numbers", "F = %s / %s = %s", REAL(cell_real(e, "mean_sq", e->row)),
                  REAL(cell_real(e, "mean_sq", rest)), REAL(v));
  else if (is_verb(e, "correlation") && !isnan(cell_real(e, "df", e->row)) && fabs(estimate) < 1)
    explained_add(e->out, "numbers", "t = %s × √( %s / (1 − %s²) ) = %s", REAL(estimate), COUNT((int64_t)n - 2),
                  REAL(fabs(estimate)), REAL(v));
  else if (is_verb(e, "paired_t") || is_verb(e, "pairwise_t"))
    explained_add(e->out, "numbers", "t = %s / %s = %s", REAL(estimate), REAL(fabs(estimate / v)), REAL(v));
  else
    explained_add(e->out, "numbers", "statistic = %s%s%s", LONG(v),
                  isnan(n) ? "" : ", n = ", isnan(n) ? "" : COUNT((int64_t)n));
}

// ---- p -------------------------------------------------------------------------------------------------------------
static const char *tail_words(ExplainCell *e) {
  double t = cell_real(e, "statistic", e->row), df = cell_real(e, "df", e->row);
  double df1 = cell_real(e, "df1", e->row), df2 = cell_real(e, "df2", e->row), p = cell_real(e, "p", e->row);
  Arena *a = &e->out->arena;
  if (!isnan(df1) && isnan(df2)) df2 = cell_real(e, "df1", residual_row(e));
  if (!isnan(df1)) return arena_printf(a, "P(F ≥ %s) with %s and %s df", REAL(t), REAL(df1), REAL(df2));
  if (isnan(df)) return arena_printf(a, "P(statistic as far out as %s or further)", REAL(t));
  if (fabs(p - dist_chisq(t, df, DIST_UPPER)) < 1e-12 + 1e-9 * p)
    return arena_printf(a, "P(χ² ≥ %s) with %s df", REAL(t), REAL(df));
  if (fabs(p - 2 * dist_t(fabs(t), df, DIST_UPPER)) < 1e-12 + 1e-9 * p)
    return arena_printf(a, "2 · P(T ≥ %s) with %s df", REAL(fabs(t)), REAL(df));
  return arena_printf(a, "P(as far out as %s or further) with %s df", REAL(t), REAL(df));
}

static void say_p_value(ExplainCell *e, double p) {
  explained_add(e->out, "formula", "p = P(a statistic at least this far out), if the null hypothesis held");
  explained_add(e->out, "numbers", "p = %s = %s", tail_words(e),
                p < 1e-4 ? arena_printf(&e->out->arena, "%.3g", p) : REAL(p));
}

// ---- what many tests share -----------------------------------------------------------------------------------------
static const char *const SHARED[][2] = {
    {"df", "degrees of freedom: how many numbers are free once the means (sums) are known"},
    {"df1", "degrees of freedom of the term: its groups − 1"},
    {"df2", "degrees of freedom of the residual: n − groups"},
    {"estimate", "what the test is about: the caption names it"},
    {"low", "lower end of the interval of the estimate: estimate − quantile · se"},
    {"high", "upper end of the interval of the estimate: estimate + quantile · se"},
    {"effect_low", "lower end of the interval of the effect, mostly from the noncentral distribution of the statistic"},
    {"effect_high", "upper end of the interval of the effect, mostly by the noncentral distribution of the statistic"},
    {"cohen_d", "d = (mean1 − mean2) / sd, sd: pooled (of Welch's test the average); .2 small, .5 middling, .8 large"},
    {"hedges_g", "g = d · Γ(df/2) / (√(df/2) · Γ((df − 1)/2)): d without its bias in small samples"},
    {"eta_sq", "η² = sum of squares of the term / (its own + residual)"},
    {"partial_eta_sq", "partial η² = sum of squares of the term / (its own + residual)"},
    {"omega_sq", "ω² = (SS − df · MS residual) / (SS total + MS residual): η² without its bias"},
    {"partial_omega_sq", "partial ω² = df (F − 1) / (df (F − 1) + n)"},
    {"sum_sq", "sum of squared distances: of the group means (residual: of the values) from the mean above them"},
    {"mean_sq", "mean square = sum of squares / df"},
    {"cohen_h", "h = 2 asin √share1 − 2 asin √share2 (or of p); .2 small, .5 middling, .8 large"},
    {"cohen_g", "g = √( χ² / changes ) / 2, χ² without a correction"},
    {"distance", "D = the largest distance of two distribution functions (of normality: to the fitted normal)"},
    {"variance_ratio", "the largest variance of a group / the smallest"},
    {"relative_effect", "(mean rank1 − mean rank2) / N"},
    {"rank_biserial", "r = 2 · statistic / pairs − 1: share of the pairs in favour − share against"},
    {"method", "where p comes from: an exact distribution, a series for it, or an approximation"},
    {"cramers_v", "V = √( χ² / (n · (k − 1)) ), χ² without a correction"},
    {"phi", "φ = √( χ² / n )"},
    {"cohen_w", "w = √( χ² / n )"},
    {"odds_low", "odds ratio · exp(−z √(1/a + 1/b + 1/c + 1/d))"},
    {"odds_high", "odds ratio · exp(z √(1/a + 1/b + 1/c + 1/d))"},
    {"odds_ratio", "odds ratio = (a · d) / (b · c) of the 2 × 2 table"},
    {"epsilon_sq", "ε² = H / (n − 1)"},
    {"kendall_w", "W = χ² / (blocks · (k − 1)): 1 where all blocks agree"},
    {"share_above", "share of the values above mu"},
    {"p_alone", "p of this comparison alone, before the correction for several"},
    {"p_exact", "p without an approximation, from the binomial distribution"},
    {"n", "rows that the test used: those that miss nothing"},
};

static const char *shared_formula(const char *name) {
  for (size_t k = 0; k < sizeof SHARED / sizeof *SHARED; k++)
    if (strcmp(SHARED[k][0], name) == 0) return SHARED[k][1];
  return NULL;
}

static void say_number_of(ExplainCell *e, double v) {
  int64_t rest = residual_row(e);
  double ss = cell_real(e, "sum_sq", e->row), residual = cell_real(e, "sum_sq", rest);
  bool eta = strcmp(e->name, "eta_sq") == 0 || strcmp(e->name, "partial_eta_sq") == 0;
  Groups g = {0};
  if (strcmp(e->name, "estimate") == 0 && (is_verb(e, "t") || is_verb(e, "welch"))) groups_read(e, &g);
  double df = cell_real(e, "df1", e->row), estimate = cell_real(e, "estimate", e->row);
  if (eta && rest >= 0)
    explained_add(e->out, "numbers", "%s = %s / (%s + %s) = %s", e->name, LONG(ss), LONG(ss), LONG(residual), REAL(v));
  else if (strcmp(e->name, "mean_sq") == 0)
    explained_add(e->out, "numbers", "mean_sq = %s / %s = %s", LONG(ss), REAL(df), REAL(v));
  else if (strcmp(e->name, "cohen_d") == 0 && !isnan(estimate))
    explained_add(e->out, "numbers", "d = %s / %s = %s", REAL(estimate), REAL(fabs(estimate / v)), REAL(v));
  else if (g.k == 2)
    explained_add(e->out, "numbers", "estimate = %s − %s = %s", REAL(g.mean[0]), REAL(g.mean[1]), REAL(v));
  else if ((strcmp(e->name, "low") == 0 || strcmp(e->name, "high") == 0) && !isnan(estimate))
    explained_add(e->out, "numbers", "%s = %s %s %s = %s", e->name, REAL(estimate), v < estimate ? "−" : "+",
                  REAL(fabs(v - estimate)), REAL(v));
  else explained_add(e->out, "numbers", "%s = %s", e->name, LONG(v));
}

static const char *about_p(const ExplainCell *e) {
  if (strncmp(e->name, "p", 1) == 0 && (e->name[1] == 0 || e->name[1] == '_'))
    return "it is not the probability that the null hypothesis holds, and a small one does not mean a large effect";
  return NULL;
}

static void say_rest(ExplainCell *e, const TestType *type) {
  const char *p = about_p(e), *effect = "d:box, d:describe{by=} and the effect in this row";
  explained_add(e->out, "rows", "%s rows, those that miss nothing in %s",
                cell_text(e, "n", e->row) ? COUNT((int64_t)cell_real(e, "n", e->row)) : "the", e->asked->text);
  explained_add(e->out, "misleads", "%s%s%s", p ? p : "", p ? "; " : "", type->misleads);
  bool count = is_verb(e, "chisq") || is_verb(e, "proportion");
  const char *other = is_verb(e, "t")          ? "welch"
                      : is_verb(e, "welch")    ? "mannwhitney"
                      : is_verb(e, "anova")    ? "kruskal"
                      : is_verb(e, "paired_t") ? "wilcoxon"
                      : count                  ? "fisher"
                                               : NULL;
  if (other) explained_add(e->out, "instead", "stats.%s(d, \"%s\")", other, e->asked->text);
  else explained_add(e->out, "instead", "%s", effect);
}

ErrCode explain_test_cell(ExplainCell *e, Err *err) {
  const TestType *type = test_find(sv(e->asked->verb));
  const Column *c = frame_at(e->answer, e->column);
  if (!type || !col_is_number(c) || !e->asked->text) return explain_nothing(e, err);
  double v = col_f64(c, e->row);
  const char *formula = shared_formula(e->name), *who = cell_text(e, frame_name(e->answer, 0), e->row);
  explained_title(e->out, "%s of stats.%s, %s", e->name, type->name, who ? who : e->asked->text);
  if (isnan(v)) explained_add(e->out, "numbers", "undefined here");
  else if (strcmp(e->name, "statistic") == 0) say_statistic(e, v);
  else if (strcmp(e->name, "p") == 0) say_p_value(e, v);
  else {
    if (formula) explained_add(e->out, "formula", "%s", formula);
    say_number_of(e, v);
  }
  say_rest(e, type);
  return OK;
}

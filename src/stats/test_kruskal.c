// Kruskal and Wallis's test of several groups, by ranks over all of them; Dunn's comparisons of pairs of groups use the
// same ranks and their common variance; their effect is the difference of relative effects (Brunner and Munzel 2000),
// mean ranks over n. Effect of the former: epsilon squared, H / (n - 1); its interval takes H as noncentral
// chi-squared. References: Kruskal and Wallis 1952; Dunn 1964; kruskal.test of R; King and Minium 2008 for the effect.
#include "stats/ranks_int.h"

#include <math.h>

typedef struct KruskalOpts {
  int adjust; // of dunn
  double conf;
} KruskalOpts;
static const Param KRUSKAL[] = {TEST_CONF(KruskalOpts), PARAM_END};
static const Param DUNN[] = {TEST_ADJUST(KruskalOpts, "holm"), TEST_CONF(KruskalOpts), PARAM_END};
enum { MOST_COMPARED = 60 };

typedef struct Ranked {
  double *mean; // rank of each group
  double n, ties, h;
} Ranked;

typedef struct Pooled { // all values, each with the number of its group
  const Samples *s;
  const int64_t *begin; // where each group begins
  KeyRows rows;
} Pooled;

static void run_keys(void *ctx, int64_t begin, int64_t end) {
  const Pooled *p = ctx;
  for (int64_t g = 0; g < p->s->k; g++) {
    int64_t from = p->begin[g] > begin ? p->begin[g] : begin;
    int64_t to = p->begin[g] + p->s->n[g] < end ? p->begin[g] + p->s->n[g] : end;
    for (int64_t i = from; i < to; i++)
      p->rows.key[i] = order_key_f64(p->s->x[g][i - p->begin[g]]), p->rows.row[i] = (uint32_t)g;
  }
}

// In order of size, by runs of equal values: twice the sum of ranks of each group, and of run^3 - run.
static double add_ranks(const KeyRows *r, int64_t *twice) {
  double ties = 0;
  for (int64_t i = 0, j; i < r->n; i = j) {
    for (j = i + 1; j < r->n && r->key[j] == r->key[i];) j++;
    for (int64_t k = i; k < j; k++) twice[r->row[k]] += i + 1 + j;
    double run = (double)(j - i);
    ties += run * run * run - run;
  }
  return ties;
}

static ErrCode rank_groups(Test *t, const Samples *s, Ranked *out) {
  int64_t *begin = arena_array(&t->arena, int64_t, 2 * s->k), *twice = begin + s->k;
  Pooled p = {.s = s, .begin = begin, .rows = {.n = s->total}};
  for (int64_t g = 1; g < s->k; g++) begin[g] = begin[g - 1] + s->n[g - 1];
  TRY(test_array(t, s->total * 2 * (int64_t)sizeof *p.rows.key, &p.rows.key));
  TRY(test_array(t, s->total * 2 * (int64_t)sizeof *p.rows.row, &p.rows.row));
  p.rows.key2 = p.rows.key + s->total, p.rows.row2 = p.rows.row + s->total;
  TRY(test_rows(t, s->total, run_keys, &p));
  TRY(order_rows(t->job, &p.rows, t->err));
  double n = (double)s->total, sum = 0;
  *out = (Ranked){.mean = arena_array(&t->arena, double, s->k), .n = n, .ties = add_ranks(&p.rows, twice)};
  for (int64_t g = 0; g < s->k; g++) {
    out->mean[g] = (double)twice[g] / 2 / (double)s->n[g];
    double off = out->mean[g] - (n + 1) / 2;
    sum += (double)s->n[g] * off * off;
  }
  double scale = 1 - out->ties / (n * n * n - n);
  if (!(scale > 0)) return test_fail(t, ERR_ARG, "all values of '%s' are equal: there is nothing to rank", s->response);
  out->h = 12 * sum / (n * (n + 1)) / scale;
  return OK;
}

static void say_ties(Test *t, const Ranked *r) {
  if (r->ties > 0) result_say(t, "The statistic is corrected for ties.");
}

// ---- all groups -----------------------------------------------------------------------------------------------------
static ErrCode kruskal_run(Test *t, const void *opts) {
  const KruskalOpts *o = opts;
  Samples s;
  Ranked r;
  TRY(samples_split(t, 2, MOST_GROUPS, 1, &s));
  TRY(rank_groups(t, &s, &r));
  double df = (double)s.k - 1, low, high, scale = r.n - 1;
  exact_noncentrality(r.h, df, o->conf, &low, &high);
  result_row(t);
  result_text(t, "groups", s.by);
  result_real(t, "statistic", r.h);
  result_real(t, "df", df);
  result_real(t, "p", dist_chisq(r.h, df, DIST_UPPER));
  result_effect(t, "epsilon_sq", r.h / scale, fmin(1, low / scale), fmin(1, high / scale));
  result_int(t, "n", s.total);
  result_say(t, "Kruskal-Wallis test that %s has one distribution in the %lld groups of %s.", s.response,
             (long long)s.k, s.by);
  int64_t least = s.n[0];
  for (int64_t g = 1; g < s.k; g++) least = s.n[g] < least ? s.n[g] : least;
  result_say(t, "The smallest group has %lld value%s%s.", (long long)least, least == 1 ? "" : "s",
             least < 5 ? ", fewer than 5: the p value is rough" : "");
  say_ties(t, &r);
  rows_say(t, s.dropped);
  return OK;
}

// ---- pairs of groups ------------------------------------------------------------------------------------------------
static double pair_se(const Samples *s, const Ranked *r, int64_t a, int64_t b) {
  double var = r->n * (r->n + 1) / 12 - r->ties / (12 * (r->n - 1));
  return sqrt(var * (1 / (double)s->n[a] + 1 / (double)s->n[b]));
}

static ErrCode pair_ps(Test *t, const KruskalOpts *o, const Samples *s, const Ranked *r, double **p,
                       double **adjusted) {
  int64_t pairs = s->k * (s->k - 1) / 2, at = 0;
  *p = arena_array(&t->arena, double, 2 * pairs), *adjusted = *p + pairs;
  for (int64_t a = 0; a < s->k; a++)
    for (int64_t b = a + 1; b < s->k; b++)
      (*p)[at++] = fmin(1, 2 * dist_norm(fabs(r->mean[a] - r->mean[b]) / pair_se(s, r, a, b), DIST_UPPER));
  return stats_adjust(t->job, *p, pairs, o->adjust, *adjusted, t->err);
}

static ErrCode dunn_run(Test *t, const void *opts) {
  const KruskalOpts *o = opts;
  Samples s;
  Ranked r;
  double *p, *adjusted, w = -dist_norm_quantile((1 - o->conf) / 2);
  int64_t at = 0;
  TRY(samples_split(t, 2, MOST_COMPARED, 1, &s));
  TRY(rank_groups(t, &s, &r));
  TRY(pair_ps(t, o, &s, &r, &p, &adjusted));
  for (int64_t a = 0; a < s.k; a++)
    for (int64_t b = a + 1; b < s.k; b++, at++) {
      double d = r.mean[a] - r.mean[b], se = pair_se(&s, &r, a, b);
      result_row(t);
      result_text(t, "groups", arena_printf(&t->arena, "%s - %s", s.name[a], s.name[b]));
      result_real(t, "statistic", d / se);
      result_real(t, "p", adjusted[at]);
      result_estimate(t, d, d - w * se, d + w * se);
      result_effect(t, "relative_effect", d / r.n, (d - w * se) / r.n, (d + w * se) / r.n);
      result_int(t, "n", s.n[a] + s.n[b]);
      result_real(t, "p_alone", p[at]);
    }
  result_say(t, "Dunn's test of each pair of groups of %s: differences of the mean ranks of %s among all %lld values.",
             s.by, s.response, (long long)s.total);
  result_say(t, "p: %s for %lld comparisons; intervals are not corrected.", adjust_word(t, o->adjust), (long long)at);
  say_ties(t, &r);
  rows_say(t, s.dropped);
  return OK;
}

const TestType test_kruskal = {
    .name = "kruskal",
    .signature = "stats.kruskal(d, \"count ~ spray\")",
    .summary = "whether values of some groups tend to be larger than those of others",
    .example = "return stats.kruskal(data('insect_sprays'), 'count ~ spray')",
    .misleads = "groups of different spread or shape: a small p then need not mean that the medians differ",
    .params = KRUSKAL,
    .opts_size = sizeof(KruskalOpts),
    .run = kruskal_run,
};

const TestType test_dunn = {
    .name = "dunn",
    .signature = "stats.dunn(d, \"count ~ spray\", {adjust=\"holm\"})",
    .summary = "which groups differ, all pairs by the ranks of stats.kruskal",
    .example = "return stats.dunn(data('insect_sprays'), 'count ~ spray')",
    .misleads = "ranks come from all groups, so that a third group can change what two of them say",
    .params = DUNN,
    .opts_size = sizeof(KruskalOpts),
    .run = dunn_run,
};

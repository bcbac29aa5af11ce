// Fisher's exact test of independence. 2 x 2 tables: conditional estimate of the odds ratio with its exact interval.
// Larger tables: all tables with the same margins when there are few, else tables drawn at random with these margins,
// cell by cell from hypergeometric distributions (Patefield, Applied Statistics 30, 1981), each draw keyed by seed,
// replicate and cell. The p value is then (1 + tables no more likely) / (1 + replicates), as fisher.test of R has it.
// Their effect is Cramer's V.
#include "stats/cells_int.h"

#include "base/rng.h"

#include <math.h>

typedef struct FisherOpts {
  const char *count;
  int64_t replicates, seed;
  double conf;
} FisherOpts;
static const Param PARAMS[] = {
    CELLS_COUNT(FisherOpts),
    {"replicates", PARAM_INT, offsetof(FisherOpts, replicates), 100, 1e8, "10000", NULL,
     "random tables, where there are too many to count them all"},
    {"seed", PARAM_INT, offsetof(FisherOpts, seed), 0, PARAM_INF, "1", NULL, "of the random tables"},
    TEST_CONF(FisherOpts),
    PARAM_END};
enum { MOST_STEPS = 20000000, MOST_CASES = 50000000 };

typedef struct Draw {
  const Cells *c;
  const double *lfact;
  int64_t *left; // of the columns
  RngKey key;
} Draw;

// How many of `take` cases fall among `good` of `all`: hypergeometric, searched outwards from the mode.
static int64_t draw_cell(const double *lf, int64_t all, int64_t good, int64_t take, double u) {
  int64_t lo = take > all - good ? take - (all - good) : 0, hi = take < good ? take : good;
  int64_t up = (int64_t)((double)(take + 1) * (double)(good + 1) / (double)(all + 2));
  up = up < lo ? lo : up > hi ? hi : up;
  double at = fmath_exp(lf[good] - lf[up] - lf[good - up] + lf[all - good] - lf[take - up] -
                        lf[all - good - take + up] + lf[take] + lf[all - take] - lf[all]);
  int64_t down = up;
  double p_up = at, p_down = at;
  u -= at;
  while (u > 0 && (up < hi || down > lo)) {
    if (up < hi) {
      p_up *= (double)(good - up) * (double)(take - up) / ((double)(up + 1) * (double)(all - good - take + up + 1));
      up++;
      if ((u -= p_up) <= 0) return up;
    }
    if (down > lo) {
      p_down *=
          (double)down * (double)(all - good - take + down) / ((double)(good - down + 1) * (double)(take - down + 1));
      down--;
      if ((u -= p_down) <= 0) return down;
    }
  }
  return u > 0 ? (int64_t)((double)(take + 1) * (double)(good + 1) / (double)(all + 2)) : down;
}

// The sum of -log x! over the cells of one random table.
static double draw_table(const Draw *d, int64_t replicate) {
  const Cells *c = d->c;
  double sum = 0;
  int64_t all = c->total;
  for (int64_t j = 0; j < c->c; j++) d->left[j] = c->col_sum[j];
  for (int64_t i = 0; i < c->r; i++) {
    int64_t take = c->row_sum[i], rest = all;
    all -= take;
    for (int64_t j = 0; j < c->c; j++) {
      int64_t good = d->left[j], x = take;
      if (i == c->r - 1) x = good;
      else if (j < c->c - 1)
        x = draw_cell(d->lfact, rest, good, take, rng_unit(d->key, (uint64_t)replicate, (uint64_t)(i * c->c + j)));
      rest -= good, take -= x, d->left[j] -= x;
      sum -= d->lfact[x];
    }
  }
  return sum;
}

static ErrCode monte_carlo(Test *t, const FisherOpts *o, const Cells *c, double *p) {
  if (c->total > MOST_CASES)
    return test_fail(t, ERR_ARG, "%lld cases are too many for random tables: take stats.chisq", (long long)c->total);
  double *lfact, seen = 0;
  TRY(test_array(t, (c->total + 1) * (int64_t)sizeof *lfact, &lfact));
  for (int64_t k = 0; k <= c->total; k++) lfact[k] = dist_lgamma((double)k + 1);
  for (int64_t k = 0; k < c->r * c->c; k++) seen -= lfact[c->n[k]];
  Draw d = {c, lfact, arena_array(&t->arena, int64_t, c->c), rng_key((uint64_t)o->seed, "stats.fisher")};
  int64_t count = 0;
  double limit = seen + 1e-7;
  for (int64_t b = 0; b < o->replicates; b++) {
    if (b % 64 == 0) TRY(job_tick(t->job, b, o->replicates, t->err));
    count += draw_table(&d, b) <= limit;
  }
  *p = (double)(1 + count) / (double)(o->replicates + 1);
  return OK;
}

static void run_small(Test *t, const FisherOpts *o, const Cells *c) {
  Fisher22 f = exact_fisher22(c->n[0], c->row_sum[0], c->col_sum[0], c->col_sum[1], o->conf);
  result_real(t, "p", f.p);
  result_effect(t, "odds_ratio", f.odds, f.low, f.high);
  result_say(t, "Odds ratio: %s = %s rather than %s, for %s = %s against %s; conditional estimate, exact interval.",
             c->row_name, c->row[0], c->row[1], c->col_name, c->col[0], c->col[1]);
}

static ErrCode run_large(Test *t, const FisherOpts *o, const Cells *c) {
  double p;
  if (exact_fisher(c->n, c->r, c->c, MOST_STEPS, &p)) {
    result_say(t, "All tables with these margins were counted.");
  } else {
    TRY(monte_carlo(t, o, c, &p));
    double se = sqrt(p * (1 - p) / (double)o->replicates);
    result_say(t, "Estimated from %lld random tables with these margins (seed %lld): standard error of p %s.",
               (long long)o->replicates, (long long)o->seed, say_number(t, se));
  }
  double df = (double)((c->r - 1) * (c->c - 1)), least = (double)(c->r < c->c ? c->r : c->c) - 1;
  result_real(t, "p", p);
  effect_root(t, "cramers_v", cells_chisq(c, false), df, (double)c->total * least, o->conf, 1);
  return OK;
}

static ErrCode fisher_run(Test *t, const void *opts) {
  const FisherOpts *o = opts;
  Cells c;
  TRY(cells_read(t, o->count, true, &c));
  result_row(t);
  result_text(t, "groups", arena_printf(&t->arena, "%s by %s", c.row_name, c.col_name));
  result_say(t, "Fisher's exact test that %s and %s are independent, margins taken as given.", c.row_name, c.col_name);
  if (c.r == 2 && c.c == 2) run_small(t, o, &c);
  else TRY(run_large(t, o, &c));
  result_int(t, "n", c.total);
  rows_say(t, c.dropped);
  return OK;
}

const TestType test_fisher = {
    .name = "fisher",
    .signature = "stats.fisher(d, \"survived ~ sex\", {count=})",
    .summary = "whether two categories are independent, exact for small counts",
    .example = "return stats.fisher(data('penguins'), 'sex ~ species')",
    .misleads = "margins that the design does not fix: the test is then cautious, its p value somewhat large",
    .params = PARAMS,
    .opts_size = sizeof(FisherOpts),
    .run = fisher_run,
};

// McNemar's test of two answers of the same cases: whether as many changed one way as the other. With more than two
// answers, Bowker's test of symmetry. Exact p: the changes one way are binomial with probability 1/2. Effect: the ratio
// of changes one way to the other, its interval that of Clopper and Pearson; of more answers Cohen's g, half the root
// of the uncorrected statistic over the changes, its interval from noncentral chi-squared.
// References: McNemar 1947; Bowker 1948; mcnemar.test and binom.test of R.
#include "stats/cells_int.h"

#include <math.h>

typedef struct McnemarOpts {
  const char *count;
  bool correct;
  double conf;
} McnemarOpts;
static const Param PARAMS[] = {
    CELLS_COUNT(McnemarOpts),
    {"correct", PARAM_BOOL, offsetof(McnemarOpts, correct), 0, 0, "true", NULL, "continuity correction of two answers"},
    TEST_CONF(McnemarOpts),
    PARAM_END};
enum { MOST_ANSWERS = 50 };

// The table over the answers of either column, in the order of the first one.
typedef struct Square {
  const char *level[MOST_ANSWERS];
  int64_t k, n[MOST_ANSWERS][MOST_ANSWERS];
} Square;

static int64_t level_of(Test *t, Square *s, const char *name) {
  int64_t k = 0;
  while (k < s->k && strcmp(s->level[k], name) != 0) k++;
  if (k == MOST_ANSWERS) return -1;
  if (k == s->k) s->level[s->k++] = arena_strdup(&t->arena, name);
  return k;
}

static ErrCode read_square(Test *t, const McnemarOpts *o, Square **out, int64_t *total, int64_t *dropped) {
  Cells c;
  TRY(cells_read(t, o->count, true, &c));
  Square *s = *out = arena_new(&t->arena, Square);
  for (int64_t i = 0; i < c.r; i++)
    for (int64_t j = 0; j < c.c; j++) {
      int64_t a = level_of(t, s, c.row[i]), b = level_of(t, s, c.col[j]);
      if (a < 0 || b < 0) return test_fail(t, ERR_ARG, "at most %d different answers can be compared", MOST_ANSWERS);
      s->n[a][b] = c.n[i * c.c + j];
    }
  if (s->k > c.r + c.c - 1)
    return test_fail(t, ERR_ARG, "'%s' and '%s' must hold the same answers, they share none", c.row_name, c.col_name);
  *total = c.total, *dropped = c.dropped;
  return OK;
}

static double symmetry(const Square *s, bool correct, double *df) {
  double sum = 0;
  *df = 0;
  for (int64_t a = 0; a < s->k; a++)
    for (int64_t b = 0; b < a; b++) {
      double up = (double)s->n[a][b], down = (double)s->n[b][a], d = fabs(up - down);
      *df += 1;
      if (up + down > 0) sum += (d - (correct && d > 0 ? 1 : 0)) * (d - (correct && d > 0 ? 1 : 0)) / (up + down);
    }
  return sum;
}

static void add_changes(Test *t, const McnemarOpts *o, const Square *s) {
  int64_t up = s->n[0][1], down = s->n[1][0];
  Exact e = exact_binomial((double)up, (double)(up + down), 0.5, TWO_SIDED, o->conf);
  result_real(t, "p_exact", e.p);
  result_effect(t, "odds_ratio", (double)up / (double)down, e.low / (1 - e.low), e.high / (1 - e.high));
  result_say(t, "%lld cases are %s first and %s then, %lld the other way; the odds ratio is that of these counts.",
             (long long)up, s->level[0], s->level[1], (long long)down);
  if (up + down < 25) result_say(t, "Fewer than 25 changes: take p_exact.");
}

static ErrCode mcnemar_run(Test *t, const void *opts) {
  const McnemarOpts *o = opts;
  Square *s;
  int64_t total = 0, dropped = 0;
  TRY(read_square(t, o, &s, &total, &dropped));
  bool correct = o->correct && s->k == 2;
  double df, statistic = symmetry(s, correct, &df);
  int64_t changed = 0;
  for (int64_t a = 0; a < s->k; a++)
    for (int64_t b = 0; b < s->k; b++) changed += a != b ? s->n[a][b] : 0;
  if (!changed) return test_fail(t, ERR_ARG, "no case changed its answer: there is nothing to compare");
  const char *first = t->q->response ? t->q->response : t->q->term.name[0];
  const char *then = t->q->term.name[t->q->response ? 0 : 1];
  result_row(t);
  result_text(t, "groups", arena_printf(&t->arena, "%s, %s", first, then));
  result_real(t, "statistic", statistic);
  result_real(t, "df", df);
  result_real(t, "p", dist_chisq(statistic, df, DIST_UPPER));
  result_say(t, "%s of %s against %s%s.", s->k == 2 ? "McNemar's test" : "Bowker's test of symmetry", first, then,
             correct ? ", with continuity correction" : "");
  if (s->k == 2) add_changes(t, o, s);
  else effect_root(t, "cohen_g", symmetry(s, false, &df), df, 4 * (double)changed, o->conf, 0.5);
  result_int(t, "n", total);
  rows_say(t, dropped);
  return OK;
}

const TestType test_mcnemar = {
    .name = "mcnemar",
    .signature = "stats.mcnemar(d, \"before ~ after\", {count=, correct=true})",
    .summary = "whether two answers of the same cases differ in how often they occur",
    .example = "return stats.mcnemar(data('titanic'):derive{\"old = age > 30\", \"lived = survived == 'yes'\"}, "
               "'old ~ lived')",
    .misleads = "cases that are not pairs: two columns of the same rows are needed",
    .params = PARAMS,
    .opts_size = sizeof(McnemarOpts),
    .run = mcnemar_run,
};

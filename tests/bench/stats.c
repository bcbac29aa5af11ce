// This program's side of the benchmark of statistics: does a job a few times over wide.csv and prints "job seconds check"
// for each time, and at the end the peak of its memory.
//   stats FOLDER [JOB...]    the named jobs, or all
// TYCHO_BENCH_THREADS: how many threads (2). TYCHO_BENCH_TIMES: how often each job is done, for a profiler.
#include "bench/bench.h"
#include "chart/chart.h"
#include "draw/draw.h"
#include "stats/assoc.h"
#include "stats/report.h"
#include "stats/stats.h"
#include "stats/tests.h"

enum { TIMES = 3, SHORT_TIMES = 15, KENDALL_ROWS = 200000 };

// ---- correlations ---------------------------------------------------------------------------------------------------
static double sum_matrix(const Frame *m) {
  double sum = 0;
  for (int j = 1; j < frame_ncol(m); j++) sum += sum_of(m, frame_name(m, j));
  return sum;
}

static double correlate(const Frame *f, int method) {
  CorrOpts opts = {.method = method};
  Frame *out = NULL;
  Err err = {0};
  must(stats_corr(&JOB, f, &opts, &out, &err), &err);
  double sum = sum_matrix(out);
  frame_unref(out);
  return sum;
}

static double pearson(const Frame *f) { return correlate(f, CORR_PEARSON); }
static double spearman(const Frame *f) { return correlate(f, CORR_SPEARMAN); }

// Two columns of f are the whole table here: the sum less the diagonal is twice tau.
static double kendall(const Frame *f) { return (correlate(f, CORR_KENDALL) - 2) / 2; }

// ---- tests ----------------------------------------------------------------------------------------------------------
// Of the first value of the answer, its statistic.
static double run_test(const Frame *f, const char *name, const char *formula) {
  const TestType *t = test_find(sv(name));
  char opts[256];
  Frame *out = NULL;
  int j;
  Err err = {0};
  param_defaults(t->params, opts);
  must(test_run(&JOB, t, f, formula, opts, &out, &err), &err);
  must(frame_col(out, sv("statistic"), &j, &err), &err);
  double statistic = col_f64(frame_at(out, j), 0);
  frame_unref(out);
  return statistic;
}

static double welch(const Frame *f) { return run_test(f, "welch", "c0 ~ side"); }
static double mannwhitney(const Frame *f) { return run_test(f, "mannwhitney", "c0 ~ side"); }
static double ks(const Frame *f) { return run_test(f, "ks", "c0 ~ side"); }
static double anova(const Frame *f) { return run_test(f, "anova", "c0 ~ band"); }
static double levene(const Frame *f) { return run_test(f, "levene", "c0 ~ band"); }
static double kruskal(const Frame *f) { return run_test(f, "kruskal", "c0 ~ band"); }
static double chisq(const Frame *f) { return run_test(f, "chisq", "side ~ band"); }
static double wilcoxon(const Frame *f) { return run_test(f, "wilcoxon", "c0 ~ c1"); }
static double pearson_test(const Frame *f) { return run_test(f, "correlation", "c0 ~ c1"); }

// ---- the whole report -----------------------------------------------------------------------------------------------
static double profile(const Frame *f, int64_t sample) {
  ReportOpts opts = {.sample = sample, .seed = 1};
  Report *r;
  Err err = {0};
  must(stats_report(&JOB, f, &opts, &r, &err), &err);
  double cards = (double)frame_nrow(r->section[REPORT_COLUMNS]);
  report_free(r);
  return cards;
}

static double profile_exact(const Frame *f) { return profile(f, 0); }
static double profile_sample(const Frame *f) { return profile(f, 50000); }

// ---- pictures -------------------------------------------------------------------------------------------------------
typedef struct Given { // options by place in the struct's table
  const char *name, *text;
  int64_t whole;
} Given;

static void make_chart(const Frame *f, const char *chart, const Given *given, int n, Plot *out) {
  const ChartType *t = chart_find(sv(chart));
  void *opts = calloc(1, t->opts_size);
  Err err = {0};
  if (!opts) abort();
  param_defaults(t->params, opts);
  for (int k = 0; k < n; k++) {
    const Param *p = param_find(t->params, sv(given[k].name));
    if (given[k].text) must(param_set_text(p, chart, opts, given[k].text, &err), &err);
    else must(param_set_int(p, chart, opts, given[k].whole, &err), &err);
  }
  plot_init(out);
  must(chart_plot(&JOB, t, f, opts, out, &err), &err);
  free(opts);
}

// Fifty bins from min to max, of which the peers count only: sum of bin number times count.
static double histogram(const Frame *f) {
  Plot p;
  double sum = 0;
  make_chart(f, "hist", (Given[]){{"x", "c0", 0}, {"bins", NULL, 50}}, 2, &p);
  for (int64_t b = 0; b < p.series[0].n; b++) sum += (double)b * p.series[0].y[b];
  plot_fini(&p);
  return sum;
}

static double scatter(const Frame *f) {
  const DrawStyle style = {.glyphs = GLYPHS_BRAILLE, .depth = THEME_256};
  Plot p;
  Canvas c;
  Str text = {0};
  make_chart(f, "scatter", (Given[]){{"x", "c0", 0}, {"y", "c1", 0}}, 2, &p);
  canvas_init(&c, 80, 24);
  draw_cells(&p, &style, &c);
  canvas_print(&c, &style, &text);
  double n = (double)p.n;
  canvas_fini(&c);
  str_fini(&text);
  plot_fini(&p);
  return n;
}

// ---- jobs -----------------------------------------------------------------------------------------------------------
typedef struct Task {
  const char *name;
  double (*run)(const Frame *f); // returns what is checked
  int times;
} Task;

static const Task TASKS[] = {{"pearson", pearson, TIMES},
                             {"spearman", spearman, TIMES},
                             {"kendall_200k", kendall, SHORT_TIMES},
                             {"welch", welch, SHORT_TIMES},
                             {"mannwhitney", mannwhitney, TIMES},
                             {"ks", ks, TIMES},
                             {"anova", anova, SHORT_TIMES},
                             {"levene", levene, SHORT_TIMES},
                             {"kruskal", kruskal, TIMES},
                             {"chisq", chisq, SHORT_TIMES},
                             {"wilcoxon", wilcoxon, TIMES},
                             {"pearson_test", pearson_test, SHORT_TIMES},
                             {"hist", histogram, SHORT_TIMES},
                             {"scatter", scatter, SHORT_TIMES},
                             {"profile_sample", profile_sample, TIMES},
                             {"profile_exact", profile_exact, TIMES}};

static bool is_wanted(const char *name, int argc, char **argv) {
  for (int k = 2; k < argc; k++)
    if (!strcmp(argv[k], name)) return true;
  return argc == 2;
}

// c0 and c1 of the first rows.
static Frame *short_pair(const Frame *f) {
  Frame *out = frame_new(KENDALL_ROWS < frame_nrow(f) ? KENDALL_ROWS : frame_nrow(f));
  Err err = {0};
  for (int j = 0; j < 2; j++) {
    Column *c;
    must(column_new(&JOB, COL_F64, frame_nrow(out), NULL, &c, &err), &err);
    memcpy(c->f, frame_at(f, j)->f, (size_t)frame_nrow(out) * sizeof *c->f);
    must(frame_add(out, frame_name(f, j), c, &err), &err);
  }
  return out;
}

static Column *reals(const Column *c) {
  Column *out;
  Err err = {0};
  must(column_new(&JOB, COL_F64, c->n, NULL, &out, &err), &err);
  memcpy(out->f, c->f, (size_t)c->n * sizeof *out->f);
  return out;
}

// c0 and c1, in `side` whether c1 is above 0, and in `band` c2 below, within and above half a unit from 0.
static Frame *groups_of(const Frame *f) {
  static const Sv word[] = {{"low", 3}, {"middle", 6}, {"top", 3}};
  int64_t n = frame_nrow(f);
  const double *c1 = frame_at(f, 1)->f, *c2 = frame_at(f, 2)->f;
  uint32_t *code = malloc((size_t)n * sizeof *code);
  Frame *out = frame_new(n);
  Column *side, *band;
  Err err = {0};
  if (!code) abort();
  must(column_new(&JOB, COL_BOOL, n, NULL, &side, &err), &err);
  for (int64_t i = 0; i < n; i++) side->b[i] = c1[i] > 0, code[i] = (uint32_t)(c2[i] > -0.5) + (c2[i] > 0.5);
  must(column_of_words(&JOB, COL_CAT, word, 3, code, n, NULL, 0, &band, &err), &err);
  for (int j = 0; j < 2; j++) must(frame_add(out, frame_name(f, j), reals(frame_at(f, j)), &err), &err);
  must(frame_add(out, "side", side, &err), &err);
  must(frame_add(out, "band", band, &err), &err);
  free(code);
  return out;
}

static bool is_test(const Task *t) {
  static double (*const all[])(const Frame *) = {welch,   mannwhitney, ks,       anova,       levene,
                                                 kruskal, chisq,       wilcoxon, pearson_test};
  for (size_t k = 0; k < sizeof all / sizeof *all; k++)
    if (t->run == all[k]) return true;
  return false;
}

int main(int argc, char **argv) {
  if (argc < 2) return fprintf(stderr, "usage: stats FOLDER [JOB...]\n"), 2;
  const char *often = getenv("TYCHO_BENCH_TIMES");
  bench_open(argv[1]);
  Frame *wide = load("wide.csv"), *pair = short_pair(wide), *groups = groups_of(wide);
  for (size_t k = 0; k < sizeof TASKS / sizeof *TASKS; k++) {
    const Task *t = &TASKS[k];
    const Frame *f = t->run == kendall ? pair : is_test(t) ? groups : wide;
    for (int i = 0; is_wanted(t->name, argc, argv) && i < (often ? atoi(often) : t->times); i++) {
      double start = now(), check = t->run(f);
      report(t->name, now() - start, check);
    }
  }
  frame_unref(wide);
  frame_unref(pair);
  frame_unref(groups);
  bench_close("statistics");
  return 0;
}

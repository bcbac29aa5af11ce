// Histograms: how many values fall into each bin, or with `by` the outline of every level on the same bins. Bars are
// counts; as densities the area under every outline is 1. The quartiles of all values are the box that devices draw as
// the axis.
#include "chart/chart_int.h"

#include <math.h>

typedef struct HistOpts {
  ChartLabels labels;
  const char *x, *by;
  int64_t bins;
  double width;
  bool density;
} HistOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(HistOpts, x), 0, 0, NULL, NULL, "number column"},
    {"by", PARAM_TEXT, offsetof(HistOpts, by), 0, 0, "", NULL, "column whose levels are compared, at most 6"},
    {"bins", PARAM_INT, offsetof(HistOpts, bins), 0, 1000, "0", NULL, "how many; 0 chooses from the data"},
    {"width", PARAM_REAL, offsetof(HistOpts, width), 0, PARAM_INF, "0", NULL,
     "of a bin, edges at its multiples; 0 chooses"},
    {"density", PARAM_BOOL, offsetof(HistOpts, density), 0, 0, "false", NULL, "areas of 1 instead of counts"},
    CHART_LABELS(HistOpts),
    CHART_LOGX(HistOpts),
    CHART_LOGY(HistOpts),
    PARAM_END};

typedef struct Hist {
  Pile pile;
  const HistOpts *o;
  Plot *p;
  Use use;
  Levels by;
  int64_t n;
  int64_t *row; // n
  double *x;    // n values, in row order
  Bins bins;
  int64_t *count; // levels x bins
} Hist;

static bool is_whole(const Column *c) { return c->type != COL_F64; }

static ErrCode load(Hist *h, const Frame *d, Err *err) {
  TRY(use_find(d, "hist", h->o->x, false, "a histogram needs numbers; for counts of levels write d:bar", &h->use, err));
  h->use.log = h->o->labels.logx;
  static const char advice[] = "keep fewer with d:where, or leave by out";
  if (h->o->by) TRY(levels_load(&h->pile, d, h->o->by, CHART_MOST_GROUPS, advice, h->p, &h->by, err));
  TRY(rows_pick(&h->pile, &h->use, 1, h->o->by ? &h->by : NULL, frame_nrow(d), &h->row, &h->n, err));
  TRY(pile_new(&h->pile, h->n * 8, &h->x, err));
  for (int64_t i = 0; i < h->n; i++) h->x[i] = col_f64(h->use.col, h->row[i]);
  return OK;
}

static ErrCode choose_bins(Hist *h, Err *err) {
  static const double probability[] = {0, 0.25, 0.5, 0.75, 1};
  double *copy, q[5];
  TRY(pile_new(&h->pile, h->n * 8, &copy, err));
  memcpy(copy, h->x, (size_t)h->n * sizeof *copy);
  TRY(quantile_f64(h->pile.job, copy, h->n, 7, probability, 5, q, err));
  h->p->box = (BoxStats){true, q[0], q[1], q[2], q[3], q[4]};
  BinsOpts o = {.n = h->n, .min = q[0], .q1 = q[1], .q3 = q[3], .max = q[4]};
  o.whole = is_whole(h->use.col), o.log = h->use.log, o.wanted = h->o->bins, o.width = h->o->width;
  return bins_choose(&o, h->p, &h->bins, err);
}

static ErrCode count(Hist *h, Err *err) {
  int64_t nlevel = h->o->by ? h->by.n : 1;
  TRY(pile_new(&h->pile, nlevel * h->bins.n * 8, &h->count, err));
  memset(h->count, 0, (size_t)(nlevel * h->bins.n) * sizeof *h->count);
  for (int64_t i = 0; i < h->n; i++) {
    if (i % CHART_TICK == 0) TRY(job_tick(h->pile.job, i, h->n, err));
    int64_t level = h->o->by ? h->by.of[h->row[i]] : 0;
    h->count[level * h->bins.n + bins_find(&h->bins, h->x[i])]++;
  }
  return OK;
}

// ---- marks --------------------------------------------------------------------------------------------------------
static double height(const Hist *h, int64_t level, int64_t b, int64_t total) {
  double c = (double)h->count[level * h->bins.n + b], width = h->bins.edge[b + 1] - h->bins.edge[b];
  return h->o->density ? c / ((double)total * width) : c;
}

static int64_t total_of(const Hist *h, int64_t level) {
  int64_t total = 0;
  for (int64_t b = 0; b < h->bins.n; b++) total += h->count[level * h->bins.n + b];
  return total;
}

static double add_bars(Hist *h, double foot) {
  int64_t n = h->bins.n;
  double top = 0;
  Series *s = plot_add(h->p, MARK_BAR, n);
  s->x2 = plot_array(h->p, n), s->y2 = plot_array(h->p, n), s->rows = arena_array(&h->p->arena, int64_t, n);
  for (int64_t b = 0; b < n; b++) {
    s->x[b] = h->bins.edge[b], s->x2[b] = h->bins.edge[b + 1], s->rows[b] = b;
    s->y2[b] = foot, s->y[b] = fmax(foot, height(h, 0, b, h->n));
    top = fmax(top, s->y[b]);
  }
  return top;
}

// From the foot up, over the bins from the first to the last that is not empty, and down again: the name that devices
// write at the end of a line then stands beside its own level.
static double add_outline(Hist *h, int64_t level, double foot) {
  const int64_t *c = h->count + level * h->bins.n, total = total_of(h, level);
  int64_t first = 0, last = h->bins.n - 1;
  while (!c[first]) first++;
  while (!c[last]) last--;
  int64_t n = last - first + 1;
  double top = 0;
  Series *s = plot_add(h->p, MARK_STEP, n + 2);
  s->name = h->by.name[level], s->group = (int)level, s->rows = arena_array(&h->p->arena, int64_t, n + 2);
  for (int64_t k = 0; k < n + 2; k++) {
    int64_t b = k == 0 ? first : k == n + 1 ? last : first + k - 1;
    bool end = k == 0 || k == n + 1;
    s->x[k] = h->bins.edge[k == n + 1 ? last + 1 : b], s->rows[k] = level * h->bins.n + b;
    s->y[k] = end ? foot : fmax(foot, height(h, level, b, total));
    top = fmax(top, s->y[k]);
  }
  return top;
}

// The foot of the bars on a log axis: half of the smallest count or density there is.
static double log_foot(const Hist *h) {
  double least = INFINITY;
  for (int64_t k = 0; k < (h->o->by ? h->by.n : 1); k++) {
    int64_t total = total_of(h, k);
    for (int64_t b = 0; b < h->bins.n; b++)
      if (h->count[k * h->bins.n + b]) least = fmin(least, height(h, k, b, total));
  }
  return least / 2;
}

static void add_marks(Hist *h) {
  bool log = h->o->labels.logy;
  double foot = log ? log_foot(h) : 0, top = 0;
  if (!h->o->by) top = add_bars(h, foot);
  for (int64_t k = 0; h->o->by && k < h->by.n; k++)
    if (total_of(h, k)) top = fmax(top, add_outline(h, k, foot));
  axis_over(&h->p->x, AXIS_NUMBER, h->bins.edge[0], h->bins.edge[h->bins.n], h->use.log);
  if (log) axis_over(&h->p->y, AXIS_NUMBER, foot, top, true);
  else axis_from_zero(&h->p->y, 0, top);
}

// ---- words --------------------------------------------------------------------------------------------------------
// "median 28 female (n 388), 28 male (n 658)"
static ErrCode read_levels(Hist *h, Err *err) {
  Str s = {0};
  double *x;
  TRY(pile_new(&h->pile, h->n * 8, &x, err));
  ErrCode code = OK;
  for (int64_t k = 0; k < h->by.n && code == OK; k++) {
    static const double half = 0.5;
    double median;
    int64_t n = 0;
    for (int64_t i = 0; i < h->n; i++)
      if (h->by.of[h->row[i]] == k) x[n++] = h->x[i];
    if (!n) continue;
    code = quantile_f64(h->pile.job, x, n, 7, &half, 1, &median, err);
    if (code == OK)
      str_addf(&s, "%s%s %s (n %s)", s.n ? ", " : "median ", h->by.name[k], words_number(h->p, median),
               words_count(h->p, n));
  }
  h->p->reading = arena_strdup(&h->p->arena, str_c(&s));
  str_fini(&s);
  return code;
}

static ErrCode describe(Hist *h, Err *err) {
  Plot *p = h->p;
  p->n = h->n;
  p->note = rows_note(&h->use, 1, h->o->by ? &h->by : NULL, p);
  words_labels(p, &h->o->labels, h->use.name, h->o->density ? "density" : "count");
  if (h->o->by) return read_levels(h, err);
  BinsSeen seen = {&h->bins, h->count, h->x, h->n, &p->box, h->use.log};
  p->reading = bins_words(h->pile.job, &seen, p);
  return OK;
}

static ErrCode fill(Hist *h, const Frame *d, Err *err) {
  TRY(load(h, d, err));
  TRY(choose_bins(h, err));
  TRY(count(h, err));
  add_marks(h);
  return describe(h, err);
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Hist h = {.pile = {.job = job, .chart = "hist", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&h, d, err);
  pile_free(&h.pile);
  return code;
}

const ChartType chart_hist = {.name = "hist",
                              .signature = "d:hist{\"age\", by=\"sex\", bins=30}",
                              .summary = "how the values of a number column are distributed",
                              .example = "return data('titanic'):hist{'age', by='sex', bins=20}",
                              .params = PARAMS,
                              .opts_size = sizeof(HistOpts),
                              .npos = 1,
                              .make = make};

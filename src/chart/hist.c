// Histograms: how many values fall into each bin; with `by` the outline of every level on the same bins, or with
// `stack` bars on top of each other. Bars are counts; as densities the area under every outline is 1 (of stacked bars,
// under all together). `curve` lays density estimates over them, scaled alike. The quartiles of all values are the box
// that devices draw as the axis. The bins of a panel are those of all panels.
#include "chart/chart_int.h"

#include <math.h>

enum { CURVE_POINTS = 200, MOST_RUG = 512 };

typedef struct HistOpts {
  ChartLabels labels;
  const char *x, *by;
  int64_t bins;
  double width;
  int rule;
  bool density, stack, rug, curve;
} HistOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(HistOpts, x), 0, 0, NULL, NULL, "number column"},
    {"by", PARAM_TEXT, offsetof(HistOpts, by), 0, 0, "", NULL, "column whose levels are compared, at most 6"},
    {"bins", PARAM_INT, offsetof(HistOpts, bins), 0, 1000, "0", NULL, "how many; 0 chooses from the data"},
    {"width", PARAM_REAL, offsetof(HistOpts, width), 0, PARAM_INF, "0", NULL,
     "of a bin, edges at its multiples; 0 chooses"},
    {"rule", PARAM_CHOICE, offsetof(HistOpts, rule), 0, 0, "auto", "auto|fd|scott|sturges",
     "how many bins; auto has edges at round numbers, the others equal bins from least to greatest"},
    {"density", PARAM_BOOL, offsetof(HistOpts, density), 0, 0, "false", NULL, "areas of 1 instead of counts"},
    {"stack", PARAM_BOOL, offsetof(HistOpts, stack), 0, 0, "false", NULL, "levels on top of each other"},
    {"rug", PARAM_BOOL, offsetof(HistOpts, rug), 0, 0, "false", NULL, "a stroke at every value"},
    {"curve", PARAM_BOOL, offsetof(HistOpts, curve), 0, 0, "false", NULL, "density estimates over the bars"},
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
  int64_t n, nlevel;
  double *x;      // n values, in row order; of the column itself where all of its values are shown
  Moments m;      // of x; n = 0: not known yet
  int32_t *level; // n, or NULL
  Bins bins;
  double linear;  // of a symlog axis; 0
  int64_t *count; // levels x bins
} Hist;

static bool is_whole(const Column *c) { return c->type != COL_F64; }

static ErrCode check(const HistOpts *o, Err *err) {
  bool log = o->labels.xscale != SCALE_LINEAR || o->labels.yscale != SCALE_LINEAR;
  if (o->stack && !o->by) return err_set(err, ERR_ARG, "hist: stack needs by, the column whose levels are stacked");
  if (o->stack && o->labels.logy)
    return err_set(err, ERR_ARG,
                   "hist: stacked bars have no lengths to compare on a log axis: leave logy or stack out");
  if (o->curve && (log || o->stack))
    return err_set(err, ERR_ARG, "hist: a curve goes neither with log and symlog axes nor with stack: write d:density");
  return OK;
}

// A finite mean has finite values only; their moments are kept.
static bool are_finite(Hist *h, const double *x, int64_t n) {
  Moments m = moments_f64(h->pile.job, x, n);
  if (!n || !isfinite(m.mean)) return sum_is_finite(x, n);
  h->m = m;
  return true;
}

// Without levels the rows are of no interest, only how many fall out.
static ErrCode load_plain(Hist *h, const Column *c, Err *err) {
  int64_t n = 0;
  if (c->type == COL_F64 && !c->valid && !h->use.log && are_finite(h, c->f, c->n)) // copying would take the longest
    return h->x = c->f, h->n = c->n, OK;
  TRY(pile_new(&h->pile, c->n * 8, &h->x, err));
  int64_t present = column_present_f64(h->pile.job, c, h->x);
  h->use.missing = c->n - present;
  if (!h->use.log && are_finite(h, h->x, present)) return h->n = present, OK;
  for (int64_t i = 0; i < present; i++) {
    if (i % CHART_TICK == 0) TRY(job_tick(h->pile.job, i, present, err));
    double v = h->x[i];
    if (!isfinite(v)) h->use.not_finite++;
    else if (h->use.log && v <= 0) h->use.not_positive++;
    else h->x[n++] = v;
  }
  h->n = n;
  return OK;
}

static ErrCode load_rows(Hist *h, const Frame *d, Err *err) {
  int64_t *row;
  Levels *by = h->o->by ? &h->by : NULL;
  TRY(rows_pick(&h->pile, &h->use, 1, by, frame_nrow(d), &row, &h->n, err));
  TRY(pile_new(&h->pile, h->n * 8, &h->x, err));
  if (by) TRY(pile_new(&h->pile, h->n * 4, &h->level, err));
  for (int64_t i = 0; i < h->n; i++) {
    h->x[i] = col_f64(h->use.col, row[i]);
    if (by) h->level[i] = by->of[row[i]];
  }
  return OK;
}

static ErrCode load(Hist *h, const Frame *d, Err *err) {
  TRY(use_find(d, "hist", h->o->x, false, "a histogram needs numbers; for counts of levels write d:bar", &h->use, err));
  use_scale(&h->use, h->o->labels.xscale);
  static const char advice[] = "keep fewer with d:where, or leave by out";
  h->nlevel = 1;
  if (h->o->by) {
    TRY(levels_load(&h->pile, d, h->o->by, CHART_MOST_GROUPS, advice, h->p, &h->by, err));
    h->nlevel = h->by.n;
    return load_rows(h, d, err);
  }
  TRY(load_plain(h, h->use.col, err));
  if (h->n) return OK;
  h->use.missing = h->use.not_finite = h->use.not_positive = 0; // counted again by the one that has the words
  return load_rows(h, d, err);
}

// ---- bins -----------------------------------------------------------------------------------------------------------
static ErrCode quartiles(Hist *h, const double *x, int64_t n, BoxStats *out, Err *err) {
  static const double probability[] = {0.25, 0.5, 0.75};
  double q[3];
  if (!h->m.n) h->m = moments_f64(h->pile.job, x, n);
  TRY(quantile_f64(h->pile.job, x, n, 7, probability, 3, q, err));
  *out = (BoxStats){true, h->m.min + 0.0, q[0], q[1], q[2], h->m.max + 0.0};
  return OK;
}

static ErrCode sd_of(Hist *h, const double *x, int64_t n, double *sd, Err *err) {
  double *v;
  if (h->o->rule != BINS_SCOTT || h->use.symlog) return OK;
  TRY(pile_new(&h->pile, n * 8, &v, err));
  if (h->use.log) fmath_log_n(x, v, n);
  else memcpy(v, x, (size_t)n * sizeof *v);
  Moments m = moments_f64(h->pile.job, v, n);
  *sd = sqrt(m.m2 / (double)n) / (h->use.log ? 2.302585092994045684 : 1);
  return OK;
}

static ErrCode bins_of(Hist *h, const double *x, int64_t n, const BoxStats *q, Err *err) {
  BinsOpts o = {.n = n, .min = q->min, .q1 = q->q1, .q3 = q->q3, .max = q->max, .rule = h->o->rule};
  o.whole = is_whole(h->use.col), o.log = h->use.log, o.wanted = h->o->bins, o.width = h->o->width;
  if (h->use.symlog) {
    Axis a = {0};
    axis_symlog(&a, x, n);
    o.linear = h->linear = a.linear;
  }
  TRY(sd_of(h, x, n, &o.sd, err));
  return bins_choose(&o, h->p, &h->bins, err);
}

static ErrCode keep_values(Hist *h, double lo, double hi, bool closed, Err *err) {
  double *x;
  int32_t *level = NULL;
  int64_t n = 0;
  TRY(pile_new(&h->pile, h->n * 8, &x, err));
  if (h->level) TRY(pile_new(&h->pile, h->n * 4, &level, err));
  for (int64_t i = 0; i < h->n; i++) {
    if (!(h->x[i] >= lo && (h->x[i] < hi || (closed && h->x[i] == hi)))) continue;
    if (level) level[n] = h->level[i];
    x[n++] = h->x[i];
  }
  if (!n) return err_set(err, ERR_ARG, "hist: no value of '%s' lies there", h->use.name);
  h->x = x, h->level = level, h->n = n, h->m = (Moments){0};
  return OK;
}

// Bins that suit the values in the range; they may reach past its ends and are whole there.
static ErrCode choose_bins_there(Hist *h, const ChartRange *r, Err *err) {
  double *all = h->x;
  int32_t *level = h->level;
  int64_t n = h->n;
  double most = -INFINITY;
  for (int64_t i = 0; i < n; i++) most = fmax(most, all[i]);
  TRY(keep_values(h, r->lo[0], r->hi[0], r->hi[0] >= most, err));
  TRY(quartiles(h, h->x, h->n, &h->p->box, err));
  TRY(bins_of(h, h->x, h->n, &h->p->box, err));
  double end = h->bins.edge[h->bins.n];
  h->x = all, h->level = level, h->n = n;
  TRY(keep_values(h, h->bins.edge[0], end, h->p->box.max >= end, err));
  return quartiles(h, h->x, h->n, &h->p->box, err);
}

static ErrCode choose_bins(Hist *h, Err *err) {
  if (h->o->labels.range) return choose_bins_there(h, h->o->labels.range, err);
  TRY(quartiles(h, h->x, h->n, &h->p->box, err));
  const ChartWhole *whole = h->o->labels.whole;
  if (!whole) return bins_of(h, h->x, h->n, &h->p->box, err);
  Hist all = {.pile = {.job = h->pile.job, .chart = "hist"}, .o = h->o, .p = h->p};
  BoxStats q;
  ErrCode code = load(&all, whole->d, err);
  if (code == OK) code = quartiles(&all, all.x, all.n, &q, err);
  if (code == OK) code = bins_of(&all, all.x, all.n, &q, err);
  h->bins = all.bins, h->linear = all.linear; // in the arena of the plot
  pile_free(&all.pile);
  return code;
}

static ErrCode count(Hist *h, Err *err) {
  TRY(pile_new(&h->pile, h->nlevel * h->bins.n * 8, &h->count, err));
  return bins_count(&h->pile, &h->bins, &(BinsInput){h->x, h->level, h->n, h->nlevel}, h->count, err);
}

// ---- marks ----------------------------------------------------------------------------------------------------------
static double height(const Hist *h, int64_t level, int64_t b, int64_t total) {
  double c = (double)h->count[level * h->bins.n + b], width = h->bins.edge[b + 1] - h->bins.edge[b];
  return h->o->density ? c / ((double)total * width) : c;
}

static int64_t total_of(const Hist *h, int64_t level) {
  int64_t total = 0;
  for (int64_t b = 0; b < h->bins.n; b++) total += h->count[level * h->bins.n + b];
  return total;
}

// `base`: where each bar stands, moved up by its height; NULL = on the foot.
static double add_bars(Hist *h, int64_t level, double foot, double *base) {
  int64_t n = h->bins.n;
  double top = 0;
  Series *s = plot_add(h->p, MARK_BAR, n);
  s->x2 = plot_array(h->p, n), s->y2 = plot_array(h->p, n), s->rows = arena_array(&h->p->arena, int64_t, n);
  if (base) s->value = plot_array(h->p, n);
  for (int64_t b = 0; b < n; b++) {
    s->x[b] = h->bins.edge[b], s->x2[b] = h->bins.edge[b + 1], s->rows[b] = level * n + b;
    s->y2[b] = base ? base[b] : foot, s->y[b] = fmax(foot, (base ? base[b] : 0) + height(h, level, b, h->n));
    if (base) s->value[b] = s->y[b] - base[b], base[b] = s->y[b];
    top = fmax(top, s->y[b]);
  }
  if (base) s->name = h->by.name[level], s->group = (int)level;
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
  for (int64_t k = 0; k < h->nlevel; k++) {
    int64_t total = total_of(h, k);
    for (int64_t b = 0; b < h->bins.n; b++)
      if (h->count[k * h->bins.n + b]) least = fmin(least, height(h, k, b, total));
  }
  return least / 2;
}

// The values of a level (-1: all), ascending; in x.
static ErrCode sorted_values(Hist *h, int64_t level, double *x, int64_t *n, Err *err) {
  *n = 0;
  for (int64_t i = 0; i < h->n; i++)
    if (!h->level || h->level[i] == level) x[(*n)++] = h->x[i];
  return order_sort_f64(h->pile.job, x, *n, err);
}

static ErrCode add_curve(Hist *h, int64_t level, double *x, double *top, Err *err) {
  double bw, lo = h->bins.edge[0], hi = h->bins.edge[h->bins.n];
  int64_t n;
  TRY(sorted_values(h, level, x, &n, err));
  if (n < 2) return OK;
  TRY(kde_bandwidth(&h->pile, x, n, KDE_NRD0, &bw, err));
  Series *s = plot_add(h->p, MARK_LINE, CURVE_POINTS);
  s->group = (int)level, s->role = ROLE_GROUP;
  TRY(kde_estimate(&h->pile, x, n, bw, lo, hi, s->x, s->y, CURVE_POINTS, err));
  double scale = h->o->density ? 1 : (double)n * (hi - lo) / (double)h->bins.n;
  for (int64_t i = 0; i < CURVE_POINTS; i++) s->y[i] *= scale, *top = fmax(*top, s->y[i]);
  return OK;
}

static ErrCode add_curves(Hist *h, double *top, Err *err) {
  double *x;
  if (!h->o->curve) return OK;
  TRY(pile_new(&h->pile, h->n * 8, &x, err));
  for (int64_t k = 0; k < h->nlevel; k++) TRY(add_curve(h, k, x, top, err));
  return OK;
}

// Strokes of a fortieth of the height at the places that values have, told apart to a 512th of the axis.
static void add_rug(Hist *h) {
  const Axis *a = &h->p->x;
  bool seen[MOST_RUG] = {false};
  int64_t n = 0;
  for (int64_t i = 0; i < h->n; i++) {
    int64_t k = (int64_t)(axis_share(a, h->x[i]) * MOST_RUG);
    k = k < 0 ? 0 : k >= MOST_RUG ? MOST_RUG - 1 : k;
    n += !seen[k], seen[k] = true;
  }
  Series *s = plot_add(h->p, MARK_RULE, n);
  s->role = ROLE_FAINT, s->x2 = plot_array(h->p, n), s->y2 = plot_array(h->p, n);
  memset(seen, 0, sizeof seen);
  for (int64_t i = 0, at = 0; i < h->n; i++) {
    int64_t k = (int64_t)(axis_share(a, h->x[i]) * MOST_RUG);
    k = k < 0 ? 0 : k >= MOST_RUG ? MOST_RUG - 1 : k;
    if (seen[k]) continue;
    seen[k] = true;
    s->x[at] = s->x2[at] = h->x[i], s->y[at] = h->p->y.lo;
    s->y2[at++] = h->p->y.lo * (h->p->y.scale == SCALE_LOG ? 1.2 : 1) +
                  (h->p->y.scale == SCALE_LOG ? 0 : (h->p->y.hi - h->p->y.lo) / 40);
  }
}

static ErrCode add_marks(Hist *h, Err *err) {
  bool log = h->o->labels.logy;
  double foot = log ? log_foot(h) : 0, top = 0, *base = NULL;
  if (h->o->stack) base = plot_array(h->p, h->bins.n);
  if (!h->o->by) top = add_bars(h, 0, foot, NULL);
  for (int64_t k = 0; h->o->by && k < h->nlevel; k++)
    if (total_of(h, k)) top = fmax(top, base ? add_bars(h, k, foot, base) : add_outline(h, k, foot));
  TRY(add_curves(h, &top, err));
  axis_over(&h->p->x, AXIS_NUMBER, h->bins.edge[0], h->bins.edge[h->bins.n], h->use.log);
  if (h->use.symlog) h->p->x.scale = SCALE_SYMLOG, h->p->x.linear = h->linear;
  if (log) axis_over(&h->p->y, AXIS_NUMBER, foot, top, true);
  else axis_from_zero(&h->p->y, 0, top);
  if (h->o->labels.yscale == SCALE_SYMLOG)
    axis_symlog(&h->p->y, &top, 1), h->p->y.linear = h->o->density ? top / 1e3 : 1;
  if (h->o->rug) add_rug(h);
  return OK;
}

// ---- words ----------------------------------------------------------------------------------------------------------
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
      if (h->level[i] == k) x[n++] = h->x[i];
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
  p->groups = h->o->by ? words_copy(p, sv(h->by.column), CHART_NAME_COLUMNS) : NULL;
  words_labels(p, &h->o->labels, h->use.name, h->o->density ? "density" : "count");
  p->x.of = behind_use(p, &h->use);
  if (h->o->by) p->group_of = behind_levels(p, &h->by);
  if (h->o->by) return read_levels(h, err);
  BinsSeen seen = {&h->bins, h->count, h->x, &h->m, h->n, &p->box, h->use.log};
  return bins_words(&h->pile, &seen, p, err);
}

static ErrCode fill(Hist *h, const Frame *d, Err *err) {
  TRY(check(h->o, err));
  TRY(load(h, d, err));
  TRY(choose_bins(h, err));
  TRY(count(h, err));
  TRY(add_marks(h, err));
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
                              .again = AGAIN_ALL,
                              .make = make};

// Box plots, one a level, lying: names read from left to right and numbers take the long side of a screen. The box goes
// from hinge to hinge, which are the medians of the halves, as Tukey drew it and R does; whiskers reach the last values
// within 1.5 box lengths, those beyond are points of their own. Notches, median -+ 1.58 box lengths / sqrt(n), are
// strokes beside the median: where two do not overlap, the medians differ at about the 5 % level.
// References: Tukey, Exploratory Data Analysis (1977); McGill, Tukey, Larsen, "Variations of box plots", The American
// Statistician 32 (1978).
#include "chart/chart_int.h"

#include <math.h>

enum { MOST_LEVELS = 30 };
static const double WHISKER = 1.5, NOTCH = 1.58;

typedef struct BoxOpts {
  ChartLabels labels;
  const char *x, *by;
  bool notch;
} BoxOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(BoxOpts, x), 0, 0, NULL, NULL, "number column"},
    {"by", PARAM_TEXT, offsetof(BoxOpts, by), 0, 0, "", NULL, "column whose levels have a box each, at most 30"},
    {"notch", PARAM_BOOL, offsetof(BoxOpts, notch), 0, 0, "false", NULL, "an interval for every median, 95 % by pairs"},
    CHART_LABELS(BoxOpts),
    CHART_LOGX(BoxOpts),
    PARAM_END};

typedef struct Boxes {
  Pile pile;
  const BoxOpts *o;
  Plot *p;
  Parts parts;
  int64_t nbox, nout, shown; // boxes; values beyond the whiskers, of which points are drawn
} Boxes;

static void add_notches(Boxes *b, const Series *box) {
  int64_t n = box->n, k = 0;
  Series *s = plot_add(b->p, MARK_RULE, n);
  s->x2 = plot_array(b->p, n), s->y2 = plot_array(b->p, n), s->name = "notch", s->role = ROLE_GROUP, s->group = 1;
  for (int64_t i = 0; i < n; i++, k++) {
    const double *five = box->five + 5 * i;
    int64_t level = box->rows[i], m = b->parts.begin[level + 1] - b->parts.begin[level];
    double half = NOTCH * (five[3] - five[1]) / sqrt((double)m);
    s->x[k] = five[2] - half, s->x2[k] = five[2] + half;
    s->y[k] = s->y2[k] = box->y[i] - 0.12; // below the box
  }
}

static void widen_to_notches(Boxes *b) {
  const Series *s = &b->p->series[b->p->nseries - 1];
  for (int64_t i = 0; i < s->n; i++) {
    if (b->parts.use.log) s->x[i] = fmax(s->x[i], b->p->x.lo);
    b->p->x.lo = fmin(b->p->x.lo, s->x[i]), b->p->x.hi = fmax(b->p->x.hi, s->x2[i]);
  }
}

static ErrCode fill(Boxes *b, const Frame *d, Err *err) {
  const BoxOpts *o = b->o;
  Parts *q = &b->parts;
  PartsOpts part = {o->x, o->by, "a box plot needs numbers; for levels write d:bar", MOST_LEVELS, o->labels.xscale};
  TRY(parts_load(&b->pile, d, &part, b->p, q, err));
  axis_parts(b->p, &b->p->y, q, false);
  axis_values(&b->p->x, q);
  Series *box = box_add(b->p, q, 0.5);
  if (o->notch) add_notches(b, box), widen_to_notches(b);
  b->nout = box_outliers(b->p, q, &o->labels, &b->shown);
  box_describe(q, b->nout, b->shown, b->p);
  if (o->notch)
    b->p->note = arena_printf(&b->p->arena, "strokes: median \xC2\xB1 1.58 IQR/\xE2\x88\x9An%s%s",
                              b->p->note ? "; " : "", b->p->note ? b->p->note : "");
  words_labels(b->p, &o->labels, q->use.name, q->split ? q->by.column : NULL);
  behind_parts(b->p, q, true);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Boxes b = {.pile = {.job = job, .chart = "box", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&b, d, err);
  pile_free(&b.pile);
  return code;
}

// ---- shared with violins --------------------------------------------------------------------------------------------
void tukey_five(const double *x, int64_t n, double five[5]) {
  sorted_hinges(x, n, five);
  double reach = WHISKER * (five[3] - five[1]), lo = five[1] - reach, hi = five[3] + reach;
  int64_t first = 0, last = n - 1;
  while (first < last && x[first] < lo) first++;
  while (last > first && x[last] > hi) last--;
  five[0] = fmin(x[first], five[1]), five[4] = fmax(x[last], five[3]);
}

Series *box_add(Plot *p, const Parts *q, double height) {
  int64_t n = p->y.ncategory, i = 0;
  Series *s = plot_add(p, MARK_BOX, n);
  s->y2 = plot_array(p, n), s->five = plot_array(p, 5 * n), s->rows = arena_array(&p->arena, int64_t, n);
  for (int64_t k = q->nlevel - 1; k >= 0; k--) {
    int64_t m = q->begin[k + 1] - q->begin[k];
    if (!m) continue;
    tukey_five(q->x + q->begin[k], m, s->five + 5 * i);
    s->x[i] = s->five[5 * i + 2], s->rows[i] = k;
    s->y[i] = (double)i + 0.5 - height / 2, s->y2[i] = (double)i + 0.5 + height / 2;
    i++;
  }
  return s;
}

// One point for the values that no screen could part, a 1024th of the axis.
typedef struct Thin {
  const Axis *axis;
  double last;
} Thin;

static bool is_apart(Thin *t, double v) {
  enum { FINEST = 1024 };
  double share = floor(axis_share(t->axis, v) * FINEST);
  if (share == t->last) return false;
  t->last = share;
  return true;
}

int64_t box_outliers(Plot *p, const Parts *q, const ChartLabels *labels, int64_t *shown) {
  int64_t total = 0, most = chart_marks(labels) / 2, at = 0;
  double *five = p->series[0].five;
  int64_t *level = p->series[0].rows, nbox = p->series[0].n;
  for (int64_t i = 0; i < nbox; i++)
    for (int64_t r = q->begin[level[i]]; r < q->begin[level[i] + 1]; r++)
      total += q->x[r] < five[5 * i] || q->x[r] > five[5 * i + 4];
  *shown = 0;
  if (!total) return 0;
  Series *s = plot_add(p, MARK_POINT, total);
  s->rows = arena_array(&p->arena, int64_t, total);
  for (int64_t i = 0; i < nbox; i++) {
    Thin thin = {&p->x, -1};
    for (int64_t r = q->begin[level[i]]; r < q->begin[level[i] + 1]; r++) {
      if (q->x[r] >= five[5 * i] && q->x[r] <= five[5 * i + 4]) continue;
      if ((total > most && !is_apart(&thin, q->x[r])) || at == PLOT_MOST_MARKS) continue;
      s->x[at] = q->x[r], s->y[at] = (double)i + 0.5, s->rows[at++] = row_handle(labels, q->row[r]);
    }
  }
  s->n = *shown = at;
  return total;
}

void box_describe(const Parts *q, int64_t nout, int64_t shown, Plot *p) {
  const char *medians = words_medians(q, p), *out = rows_note(&q->use, 1, q->split ? &q->by : NULL, p);
  p->n = q->n;
  p->reading = medians;
  if (nout)
    p->reading = arena_printf(&p->arena, "%s; %s of %s %s beyond the whiskers", medians, words_count(p, nout),
                              words_count(p, q->n), nout == 1 ? "lies" : "lie");
  p->note = out;
  if (shown < nout)
    p->note = arena_printf(&p->arena, "values too near to part are one point%s%s", out ? "; " : "", out ? out : "");
}

const ChartType chart_box = {.name = "box",
                             .signature = "d:box{\"fare\", by=\"class\"}",
                             .summary = "median, quartiles, whiskers and outliers of a number column by level",
                             .example = "return data('iris'):box{'sepal_width_cm', by='class'}",
                             .params = PARAMS,
                             .opts_size = sizeof(BoxOpts),
                             .npos = 1,
                             .make = make};

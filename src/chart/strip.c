// Strips: every value a point on the line of its level, moved aside by a fixed low-discrepancy sequence (the digits of
// the rank, binary, mirrored), so that a picture is the same again and neighbours lie apart. Above the marks that fit,
// a point stands for all values in a part of the axis, and its area for how many they are.
// Swarms (chart_swarm, below): values keep their place on the axis and are moved aside just so far that no two points
// overlap: in ascending order each takes the free lane nearest to the middle, a lane being free a point's width behind
// its last point. Deterministic, O(n lanes).
#include "chart/chart_int.h"

#include <math.h>

enum { MOST_LEVELS = 30, PARTS = 256, WIDTHS = 110, MOST_LANES = 400 };
static const double SPREAD = 0.35, LANE = 0.06, HALF = 0.46; // in rows

typedef struct StripOpts {
  ChartLabels labels;
  const char *x, *by;
} StripOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(StripOpts, x), 0, 0, NULL, NULL, "number column"},
    {"by", PARAM_TEXT, offsetof(StripOpts, by), 0, 0, "", NULL, "column whose levels have a line each, at most 30"},
    CHART_LABELS(StripOpts),
    CHART_LOGX(StripOpts),
    PARAM_END};

typedef struct Strip {
  Pile pile;
  const StripOpts *o;
  Plot *p;
  Parts parts;
  bool swarm, crowded;
  int64_t lanes; // of the widest swarm, on one side
} Strip;

static ErrCode load(Strip *s, const Frame *d, Err *err) {
  const StripOpts *o = s->o;
  PartsOpts part = {o->x, o->by, "points on a line need numbers; for levels write d:bar", MOST_LEVELS,
                    o->labels.xscale};
  TRY(parts_load(&s->pile, d, &part, s->p, &s->parts, err));
  axis_parts(s->p, &s->p->y, &s->parts, false);
  axis_values(&s->p->x, &s->parts);
  const ChartWhole *whole = o->labels.whole;
  if (whole && whole->plot) axis_whole(&s->p->x, &whole->plot->x);
  s->crowded = s->parts.n > chart_marks(&o->labels);
  return OK;
}

static Series *add_points(Strip *s, int64_t n) {
  Series *mark = plot_add(s->p, MARK_POINT, n);
  if (!s->crowded) mark->rows = arena_array(&s->p->arena, int64_t, n);
  return mark;
}

// ---- strips ---------------------------------------------------------------------------------------------------------
// 0, 1/2, 1/4, 3/4, 1/8, ... about 0, for i = 1, 2, ...
static double aside(uint32_t i) {
  double v = 0, half = 0.5;
  for (; i; i >>= 1, half /= 2)
    if (i & 1) v += half;
  return v - 0.5;
}

static void add_strip(Strip *s, int64_t k, double middle) {
  const Parts *q = &s->parts;
  int64_t n = q->begin[k + 1] - q->begin[k];
  Series *mark = add_points(s, n);
  for (int64_t i = 0; i < n; i++) {
    mark->x[i] = q->x[q->begin[k] + i], mark->rows[i] = row_handle(&s->o->labels, q->row[q->begin[k] + i]);
    mark->y[i] = middle + 2 * SPREAD * aside((uint32_t)i + 1);
  }
}

// The values of every part of the axis as one point at their mean; areas for counts.
static void add_crowd(Strip *s, int64_t k, double middle, double greatest) {
  const Parts *q = &s->parts;
  double count[PARTS] = {0}, sum[PARTS] = {0};
  int64_t full = 0;
  for (int64_t i = q->begin[k]; i < q->begin[k + 1]; i++) {
    int64_t c = (int64_t)(axis_share(&s->p->x, q->x[i]) * PARTS);
    c = c < 0 ? 0 : c >= PARTS ? PARTS - 1 : c;
    full += count[c] == 0;
    count[c]++, sum[c] += q->x[i];
  }
  Series *mark = add_points(s, full);
  mark->size = plot_array(s->p, full), mark->value = plot_array(s->p, full);
  for (int64_t c = 0, i = 0; c < PARTS; c++) {
    if (count[c] == 0) continue;
    mark->x[i] = fmin(fmax(sum[c] / count[c], s->p->x.lo), s->p->x.hi), mark->y[i] = middle;
    mark->size[i] = count[c] / greatest, mark->value[i++] = count[c];
  }
}

static double greatest_crowd(const Strip *s) {
  const Parts *q = &s->parts;
  double most = 0;
  for (int64_t k = 0; k < q->nlevel; k++) {
    double count[PARTS] = {0};
    for (int64_t i = q->begin[k]; i < q->begin[k + 1]; i++) {
      int64_t c = (int64_t)(axis_share(&s->p->x, q->x[i]) * PARTS);
      c = c < 0 ? 0 : c >= PARTS ? PARTS - 1 : c;
      most = fmax(most, ++count[c]);
    }
  }
  return most;
}

// ---- swarms ---------------------------------------------------------------------------------------------------------
// 0, 1, -1, 2, -2, ...
static int64_t lane_at(int64_t i) { return i % 2 ? (i + 1) / 2 : -i / 2; }

// y holds the lane of each point, counted from the middle; place_lanes makes heights of lanes, once all are known.
static void add_swarm(Strip *s, int64_t k) {
  const Parts *q = &s->parts;
  int64_t n = q->begin[k + 1] - q->begin[k];
  double last[MOST_LANES];
  Series *mark = add_points(s, n);
  for (int i = 0; i < MOST_LANES; i++) last[i] = -INFINITY;
  for (int64_t i = 0; i < n; i++) {
    double v = q->x[q->begin[k] + i], share = axis_share(&s->p->x, v);
    int64_t lane = 0;
    while (lane < MOST_LANES - 1 && share - last[lane] < 1.0 / WIDTHS) lane++;
    last[lane] = share;
    int64_t off = lane_at(lane);
    s->lanes = off > s->lanes ? off : s->lanes;
    mark->x[i] = v, mark->y[i] = (double)off, mark->rows[i] = row_handle(&s->o->labels, q->row[q->begin[k] + i]);
  }
}

static void place_lanes(Strip *s) {
  double step = s->lanes > 0 ? fmin(LANE, HALF / (double)s->lanes) : 0;
  for (int k = 0; k < s->p->nseries; k++) {
    Series *mark = &s->p->series[k];
    for (int64_t i = 0; i < mark->n; i++) mark->y[i] = (double)k + 0.5 + fmax(-HALF, fmin(HALF, mark->y[i] * step));
  }
}

// ---- the chart ------------------------------------------------------------------------------------------------------
static void describe(Strip *s) {
  Plot *p = s->p;
  const Parts *q = &s->parts;
  p->reading = words_medians(q, p), p->n = q->n;
  p->note = rows_note(&q->use, 1, q->split ? &q->by : NULL, p);
  if (s->crowded)
    p->note = arena_printf(&p->arena, "the area of a point is how many values it stands for%s%s", p->note ? "; " : "",
                           p->note ? p->note : "");
  words_labels(p, &s->o->labels, q->use.name, q->split ? q->by.column : NULL);
  behind_parts(p, q, true);
}

static ErrCode fill(Strip *s, const Frame *d, Err *err) {
  int64_t row = 0;
  TRY(load(s, d, err));
  double greatest = s->crowded ? greatest_crowd(s) : 1;
  for (int64_t k = s->parts.nlevel - 1; k >= 0; k--) {
    if (s->parts.begin[k] == s->parts.begin[k + 1]) continue;
    double middle = (double)row++ + 0.5;
    if (s->crowded) add_crowd(s, k, middle, greatest);
    else if (s->swarm) add_swarm(s, k);
    else add_strip(s, k, middle);
  }
  if (s->swarm && !s->crowded) place_lanes(s);
  describe(s);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Strip s = {.pile = {.job = job, .chart = "strip", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&s, d, err);
  pile_free(&s.pile);
  return code;
}

static ErrCode make_swarm(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Strip s = {.pile = {.job = job, .chart = "swarm", .whole = labels->whole}, .o = opts, .p = out, .swarm = true};
  ErrCode code = fill(&s, d, err);
  pile_free(&s.pile);
  return code;
}

const ChartType chart_strip = {.name = "strip",
                               .signature = "d:strip{\"fare\", by=\"class\"}",
                               .summary = "every value of a number column as a point, by level",
                               .example = "return data('iris'):strip{'petal_width_cm', by='class'}",
                               .params = PARAMS,
                               .opts_size = sizeof(StripOpts),
                               .npos = 1,
                               .make = make};

const ChartType chart_swarm = {.name = "swarm",
                               .signature = "d:swarm{\"fare\", by=\"class\"}",
                               .summary = "every value as a point, moved aside so that none hides another",
                               .example = "return data('iris'):swarm{'petal_width_cm', by='class'}",
                               .params = PARAMS,
                               .opts_size = sizeof(StripOpts),
                               .npos = 1,
                               .make = make_swarm};

// The table behind a plot; of panels the tables of all, one after the other.
#include "chart/chart_int.h"

#include <math.h>

typedef struct Rows { // the marks of all series, one after the other
  Job *job;
  const Plot *p; // nplot of them: the plot, or its panels
  int nplot;
  Frame *out;
  int64_t n;
} Rows;

static bool is_shown(const Series *s, int64_t i) { return s->kind != MARK_GRID || s->value[i] > 0; }

static int64_t count_marks(const Series *s) {
  int64_t n = 0;
  for (int64_t i = 0; i < s->n; i++) n += is_shown(s, i);
  return n;
}

// Middle of a grid's column or row k of n, as a position on the axis.
static double grid_middle(const Axis *a, int64_t k, int64_t n) {
  double share = ((double)k + 0.5) / (double)n;
  if (a->scale == SCALE_SYMLOG && a->linear > 0) {
    double low = symlog_of(a->linear, a->lo), high = symlog_of(a->linear, a->hi);
    return symlog_back(a->linear, low + share * (high - low));
  }
  if (a->scale != SCALE_LOG) return a->lo + share * (a->hi - a->lo);
  double lo = fmath_log(a->lo);
  return fmath_exp(lo + share * (fmath_log(a->hi) - lo));
}

typedef enum { AT_X, AT_X2, AT_Y, AT_Y2, AT_VALUE, AT_SIZE, AT_COUNT, AT_LOW = AT_COUNT, AT_HIGH = AT_LOW + 4 } At;

static double grid_value(const Plot *p, const Series *s, int64_t i, At at) {
  if (at == AT_X) return grid_middle(&p->x, i % s->ncol, s->ncol);
  if (at == AT_Y) return grid_middle(&p->y, i / s->ncol, s->nrow);
  return at == AT_VALUE ? s->value[i] : NAN;
}

static const double *array_of(const Series *s, At at) {
  const double *arrays[AT_COUNT] = {s->x, s->x2, s->y, s->y2, s->value, s->size};
  return at < AT_COUNT ? arrays[at] : s->kind == MARK_BOX ? s->five : NULL;
}

static double value_of(const Plot *p, const Series *s, int64_t i, At at) {
  if (s->kind == MARK_GRID) return grid_value(p, s, i, at);
  const double *v = array_of(s, at);
  if (!v || (s->kind == MARK_BOX && at == AT_X)) return NAN;
  return at < AT_COUNT ? v[i] : v[5 * i + (at - AT_LOW)];
}

// The feet of bars are no data, nor is how wide boxes are.
static bool gives(const Series *s, At at) {
  if (s->kind == MARK_GRID) return at == AT_X || at == AT_Y || at == AT_VALUE;
  return array_of(s, at) && !(s->kind == MARK_BAR && at == AT_Y2);
}

static bool has(const Rows *r, At at) {
  for (int j = 0; j < r->nplot; j++)
    for (int k = 0; k < r->p[j].nseries; k++)
      if (gives(&r->p[j].series[k], at)) return true;
  return false;
}

static const Axis *axis_of(const Plot *p, At at) {
  return at == AT_X || at == AT_X2 ? &p->x : at == AT_Y || at == AT_Y2 ? &p->y : NULL;
}

static ColType type_of(const Axis *a) {
  return a && a->kind == AXIS_DATE ? COL_DATE : a && a->kind == AXIS_TIME ? COL_TIME : COL_F64;
}

static ErrCode put_numbers(Column *c, const Plot *p, const Series *s, At at, int64_t *row, Err *err) {
  for (int64_t i = 0; i < s->n; i++) {
    if (!is_shown(s, i)) continue;
    double v = value_of(p, s, i, at);
    if (c->type == COL_F64) c->f[*row] = v;
    else c->i[*row] = isnan(v) ? 0 : (int64_t)v;
    if (isnan(v)) TRY(column_set_missing(c, *row, err));
    ++*row;
  }
  return OK;
}

static ErrCode add_numbers(Rows *r, const char *name, At at, Err *err) {
  Column *c;
  TRY(column_new(r->job, type_of(axis_of(r->p, at)), r->n, NULL, &c, err));
  ErrCode code = OK;
  int64_t row = 0;
  for (int j = 0; j < r->nplot; j++)
    for (int k = 0; k < r->p[j].nseries && code == OK; k++)
      code = put_numbers(c, &r->p[j], &r->p[j].series[k], at, &row, err);
  if (code == OK) return frame_add(r->out, name, c, err);
  column_unref(c);
  return code;
}

typedef const char *(*TextOf)(const Plot *p, const Series *s, int64_t i);

static const char *category(const Axis *a, const double *v, int64_t i) {
  return v && v[i] >= 0 && v[i] < a->ncategory ? a->category[(int64_t)v[i]] : NULL;
}
static const char *x_of(const Plot *p, const Series *s, int64_t i) { return category(&p->x, s->x, i); }
static const char *y_of(const Plot *p, const Series *s, int64_t i) { return category(&p->y, s->y, i); }
// Panels of pairs have no titles beside the diagonal: what they show tells them apart.
static const char *panel_of(const Plot *p, const Series *s, int64_t i) {
  (void)s, (void)i;
  return p->title && *p->title ? p->title : p->reading;
}
static const char *series_of(const Plot *p, const Series *s, int64_t i) {
  (void)p, (void)i;
  return s->name;
}
static const char *label_of(const Plot *p, const Series *s, int64_t i) {
  (void)p;
  return s->label ? s->label[i] : NULL;
}

static ErrCode put_texts(TextBuilder *b, const Plot *p, const Series *s, TextOf of, Err *err) {
  for (int64_t i = 0; i < s->n; i++) {
    if (!is_shown(s, i)) continue;
    const char *text = of(p, s, i);
    TRY(text ? textb_add(b, sv(text), err) : textb_add_missing(b, err));
  }
  return OK;
}

static ErrCode add_texts(Rows *r, const char *name, TextOf of, Err *err) {
  TextBuilder b;
  textb_init(&b, r->job);
  ErrCode code = OK;
  for (int j = 0; j < r->nplot; j++)
    for (int k = 0; k < r->p[j].nseries && code == OK; k++) code = put_texts(&b, &r->p[j], &r->p[j].series[k], of, err);
  Column *c = NULL;
  if (code == OK) code = textb_take(&b, &c, err);
  textb_fini(&b);
  return code == OK ? frame_add(r->out, name, c, err) : code;
}

static bool is_named(const Rows *r, bool labels) {
  for (int j = 0; j < r->nplot; j++)
    for (int k = 0; k < r->p[j].nseries; k++)
      if (labels ? r->p[j].series[k].label != NULL : r->p[j].series[k].name != NULL) return true;
  return false;
}

static ErrCode add_five(Rows *r, Err *err) {
  static const char *const names[] = {"low", "q1", "median", "q3", "high"};
  for (int k = 0; k < 5; k++) TRY(add_numbers(r, names[k], (At)(AT_LOW + k), err));
  return OK;
}

static ErrCode fill(Rows *r, bool panels, Err *err) {
  bool names_x = r->p->x.kind == AXIS_CATEGORY, names_y = r->p->y.kind == AXIS_CATEGORY;
  if (panels) TRY(add_texts(r, "panel", panel_of, err));
  if (is_named(r, false)) TRY(add_texts(r, "series", series_of, err));
  TRY(names_x ? add_texts(r, "x", x_of, err) : add_numbers(r, "x", AT_X, err));
  if (!names_x && has(r, AT_X2)) TRY(add_numbers(r, "x2", AT_X2, err));
  TRY(names_y ? add_texts(r, "y", y_of, err) : add_numbers(r, "y", AT_Y, err));
  if (!names_y && has(r, AT_Y2)) TRY(add_numbers(r, "y2", AT_Y2, err));
  if (has(r, AT_LOW)) TRY(add_five(r, err));
  if (has(r, AT_SIZE)) TRY(add_numbers(r, "size", AT_SIZE, err));
  if (has(r, AT_VALUE)) TRY(add_numbers(r, "value", AT_VALUE, err));
  return is_named(r, true) ? add_texts(r, "label", label_of, err) : OK;
}

ErrCode chart_table(Job *job, const Plot *p, Frame **out, Err *err) {
  Rows r = {.job = job, .p = p->npanel ? p->panel : p, .nplot = p->npanel ? p->npanel : 1};
  for (int j = 0; j < r.nplot; j++)
    for (int k = 0; k < r.p[j].nseries; k++) r.n += count_marks(&r.p[j].series[k]);
  r.out = frame_new(r.n);
  ErrCode code = fill(&r, p->npanel > 0, err);
  if (code == OK) {
    frame_set_caption(r.out, p->reading);
    *out = r.out;
  } else {
    frame_unref(r.out);
  }
  return code;
}

// The table behind a plot.
#include "chart/chart_int.h"

#include <math.h>

typedef struct Rows { // the marks of all series, one after the other
  Job *job;
  const Plot *p;
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
  if (a->scale != SCALE_LOG) return a->lo + share * (a->hi - a->lo);
  double lo = fmath_log(a->lo);
  return fmath_exp(lo + share * (fmath_log(a->hi) - lo));
}

typedef enum { AT_X, AT_X2, AT_Y, AT_Y2, AT_VALUE, AT_COUNT } At;

static double grid_value(const Plot *p, const Series *s, int64_t i, At at) {
  if (at == AT_X) return grid_middle(&p->x, i % s->ncol, s->ncol);
  if (at == AT_Y) return grid_middle(&p->y, i / s->ncol, s->nrow);
  return at == AT_VALUE ? s->value[i] : NAN;
}

static const double *array_of(const Series *s, At at) {
  const double *arrays[AT_COUNT] = {s->x, s->x2, s->y, s->y2, s->value};
  return arrays[at];
}

static double value_of(const Plot *p, const Series *s, int64_t i, At at) {
  if (s->kind == MARK_GRID) return grid_value(p, s, i, at);
  const double *v = array_of(s, at);
  return v ? v[i] : NAN;
}

// The feet of bars are no data.
static bool gives(const Series *s, At at) {
  if (s->kind == MARK_GRID) return at == AT_X || at == AT_Y || at == AT_VALUE;
  return array_of(s, at) && !(s->kind == MARK_BAR && at == AT_Y2);
}

static bool has(const Plot *p, At at) {
  for (int k = 0; k < p->nseries; k++)
    if (gives(&p->series[k], at)) return true;
  return false;
}

static const Axis *axis_of(const Plot *p, At at) {
  return at == AT_X || at == AT_X2 ? &p->x : at == AT_Y || at == AT_Y2 ? &p->y : NULL;
}

static ColType type_of(const Axis *a) {
  return a && a->kind == AXIS_DATE ? COL_DATE : a && a->kind == AXIS_TIME ? COL_TIME : COL_F64;
}

static ErrCode add_numbers(Rows *r, const char *name, At at, Err *err) {
  Column *c;
  TRY(column_new(r->job, type_of(axis_of(r->p, at)), r->n, NULL, &c, err));
  ErrCode code = OK;
  int64_t row = 0;
  for (int k = 0; k < r->p->nseries; k++) {
    const Series *s = &r->p->series[k];
    for (int64_t i = 0; i < s->n && code == OK; i++) {
      if (!is_shown(s, i)) continue;
      double v = value_of(r->p, s, i, at);
      if (c->type == COL_F64) c->f[row] = v;
      else c->i[row] = isnan(v) ? 0 : (int64_t)v;
      if (isnan(v)) code = column_set_missing(c, row, err);
      row++;
    }
  }
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
static const char *series_of(const Plot *p, const Series *s, int64_t i) {
  (void)p, (void)i;
  return s->name;
}
static const char *label_of(const Plot *p, const Series *s, int64_t i) {
  (void)p;
  return s->label ? s->label[i] : NULL;
}

static ErrCode add_texts(Rows *r, const char *name, TextOf of, Err *err) {
  TextBuilder b;
  textb_init(&b, r->job);
  ErrCode code = OK;
  for (int k = 0; k < r->p->nseries; k++) {
    const Series *s = &r->p->series[k];
    for (int64_t i = 0; i < s->n && code == OK; i++) {
      if (!is_shown(s, i)) continue;
      const char *text = of(r->p, s, i);
      code = text ? textb_add(&b, sv(text), err) : textb_add_missing(&b, err);
    }
  }
  Column *c = NULL;
  if (code == OK) code = textb_take(&b, &c, err);
  textb_fini(&b);
  return code == OK ? frame_add(r->out, name, c, err) : code;
}

static ErrCode fill(Rows *r, Err *err) {
  const Plot *p = r->p;
  bool named = false, labelled = false, names_x = p->x.kind == AXIS_CATEGORY, names_y = p->y.kind == AXIS_CATEGORY;
  for (int k = 0; k < p->nseries; k++) named = named || p->series[k].name, labelled = labelled || p->series[k].label;
  if (named) TRY(add_texts(r, "series", series_of, err));
  TRY(names_x ? add_texts(r, "x", x_of, err) : add_numbers(r, "x", AT_X, err));
  if (!names_x && has(p, AT_X2)) TRY(add_numbers(r, "x2", AT_X2, err));
  TRY(names_y ? add_texts(r, "y", y_of, err) : add_numbers(r, "y", AT_Y, err));
  if (!names_y && has(p, AT_Y2)) TRY(add_numbers(r, "y2", AT_Y2, err));
  if (has(p, AT_VALUE)) TRY(add_numbers(r, "value", AT_VALUE, err));
  return labelled ? add_texts(r, "label", label_of, err) : OK;
}

ErrCode chart_table(Job *job, const Plot *p, Frame **out, Err *err) {
  Rows r = {.job = job, .p = p};
  for (int k = 0; k < p->nseries; k++) r.n += count_marks(&p->series[k]);
  r.out = frame_new(r.n);
  ErrCode code = fill(&r, err);
  if (code == OK) {
    frame_set_caption(r.out, p->reading);
    *out = r.out;
  } else {
    frame_unref(r.out);
  }
  return code;
}

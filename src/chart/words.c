// Words and numbers of a plot. Names are cut, so that no column name can push a plot over its size.
#include "chart/chart_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>

const char *words_copy(Plot *p, Sv text, int columns) {
  size_t most = (size_t)columns * 4, n = utf8_fit(text, columns);
  if (n == text.n && n <= most) return arena_strndup(&p->arena, text.s, n);
  n = utf8_fit((Sv){text.s, text.n < most ? text.n : most}, columns - 1);
  while (n > 0 && (text.s[n - 1] == ' ' || text.s[n - 1] == ',')) n--;
  return arena_printf(&p->arena, "%.*s…", (int)n, text.s);
}

const char *words_round(Plot *p, double v, int digits) {
  char buf[NUMFMT_MAX];
  fmt_sensible(buf, sizeof buf, v, digits);
  return arena_strdup(&p->arena, buf);
}

const char *words_number(Plot *p, double v) { return words_round(p, v, 4); }

const char *words_count(Plot *p, int64_t n) {
  char buf[40];
  fmt_i64(buf, sizeof buf, n, true);
  return arena_strdup(&p->arena, buf);
}

const char *words_share(Plot *p, double part, double whole) {
  double percent = 100 * part / whole;
  if (percent > 0 && percent < 1) return "<1%";
  if (percent < 100 && percent > 99) return ">99%";
  return arena_printf(&p->arena, "%.0f%%", percent);
}

const char *words_unit(Plot *p, double v, int decimals, bool sign) {
  char buf[NUMFMT_MAX];
  snprintf(buf, sizeof buf, "%.*f", decimals, fabs(v));
  bool zero = strspn(buf, "0.") == strlen(buf);
  const char *digits = buf[0] == '0' ? buf + 1 : buf, *before = v < 0 && !zero ? "-" : sign ? "+" : "";
  return arena_printf(&p->arena, "%s%s", before, digits);
}

const char *words_p(Plot *p, double v) {
  return v < 0.001 ? "p <.001" : arena_printf(&p->arena, "p %s", words_unit(p, v, 3, false));
}

const char *words_at(Plot *p, const Axis *a, double v) {
  char buf[NUMFMT_MAX];
  if (a->kind == AXIS_NUMBER) return words_number(p, v);
  axis_label(a, v, 0, buf, sizeof buf);
  return arena_strdup(&p->arena, buf);
}

void words_add_note(Plot *p, const char *more) {
  if (more) p->note = p->note ? arena_printf(&p->arena, "%s; %s", p->note, more) : more;
}

static double atanh_of(double r) { return 0.5 * (fmath_log1p(r) - fmath_log1p(-r)); }

const char *words_correlation(Plot *p, double r, int64_t n, bool *sure) {
  *sure = false;
  if (n < 4) return words_unit(p, r, 3, false);
  double z = atanh_of(r), half = dist_norm_quantile(0.975) / sqrt((double)n - 3);
  double lo = fabs(r) < 1 ? fmath_tanh(z - half) : r, hi = fabs(r) < 1 ? fmath_tanh(z + half) : r;
  *sure = lo > 0 || hi < 0;
  return arena_printf(&p->arena, "%s [%s, %s]", words_unit(p, r, 3, false), words_unit(p, lo, 3, false),
                      words_unit(p, hi, 3, false));
}

static const char *label(Plot *p, const char *given, const char *own) {
  const char *text = given ? given : own;
  return text ? words_copy(p, sv(text), CHART_NAME_COLUMNS) : NULL;
}

void words_labels(Plot *p, const ChartLabels *labels, const char *x, const char *y) {
  p->title = labels->title ? words_copy(p, sv(labels->title), 4 * CHART_NAME_COLUMNS) : NULL;
  p->x.name = label(p, labels->xlab, x);
  p->y.name = label(p, labels->ylab, y);
}

Behind behind_use(Plot *p, const Use *u) {
  return (Behind){u->name ? arena_strdup(&p->arena, u->name) : NULL, VALUES_NUMBER};
}

Behind behind_levels(Plot *p, const Levels *l) { return (Behind){arena_strdup(&p->arena, l->column), l->kind}; }

void behind_parts(Plot *p, const Parts *q, bool rows) {
  p->x.of = behind_use(p, &q->use);
  if (!q->split) return;
  if (rows) p->y.of = behind_levels(p, &q->by);
  else p->group_of = behind_levels(p, &q->by);
}

// Numbers and shapes in few characters.
#include "stats/report_int.h"

#include "base/numfmt.h"

#include <math.h>

static const char *sensible(Run *r, double v, int digits) {
  char buf[NUMFMT_MAX];
  fmt_sensible(buf, sizeof buf, v, digits);
  return arena_strdup(&r->arena, buf);
}

const char *tell_count(Run *r, int64_t n) { return arena_strdup(&r->arena, count_text(n).s); }

const char *tell_rows(Run *r, int64_t n, const char *one, const char *many) {
  return arena_printf(&r->arena, "%s %s", count_text(n).s, n == 1 ? one : many);
}

const char *tell_share(Run *r, double share) {
  double percent = 100 * share;
  if (percent > 0 && percent < 1) return "<1%";
  if (percent < 100 && percent > 99) return ">99%";
  return arena_printf(&r->arena, "%.0f%%", percent);
}

const char *tell_percent(Run *r, double share) {
  double percent = 100 * share;
  if (percent > 0 && percent < 0.1) return "<0.1%";
  if (percent < 100 && percent > 99.9) return ">99.9%";
  return arena_printf(&r->arena, percent == 0 || percent == 100 ? "%.0f%%" : "%.1f%%", percent);
}

const char *tell_number(Run *r, double v) { return sensible(r, v, 4); }

const char *tell_short(Run *r, double v) {
  static const struct {
    double size;
    const char *unit;
  } units[] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e4, "k"}};
  for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
    double size = units[k].size, per = size == 1e4 ? 1e3 : size;
    if (fabs(v) >= size && fabs(v) < 1e15)
      return arena_printf(&r->arena, "%s%s", sensible(r, v / per, 2), units[k].unit);
  }
  return sensible(r, v, 3);
}

const char *tell_auc(Run *r, double v) {
  if (isnan(v)) return "";
  const char *text = arena_printf(&r->arena, "%.3f", fabs(v));
  return arena_printf(&r->arena, "%s%s", v < 0 ? "−" : "", *text == '0' ? text + 1 : text);
}

const char *tell_bars(Run *r, const int64_t *v, int n, const char *none) {
  static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  int64_t most = 1;
  for (int k = 0; k < n; k++) most = v[k] > most ? v[k] : most;
  Str s = {0};
  for (int k = 0; k < n; k++) {
    int64_t eighths = (int64_t)ceil(8 * ((double)v[k] / (double)most));
    str_add(&s, v[k] > 0 ? bars[eighths > 8 ? 7 : eighths - 1] : none);
  }
  const char *text = arena_strdup(&r->arena, str_c(&s));
  str_fini(&s);
  return text;
}

const char *tell_sample(Run *r) {
  if (!r->part) return "";
  return arena_printf(&r->arena, "\nestimates from %s of %s rows; the frames have error bars of 95%%",
                      count_text(r->n).s, count_text(r->all).s);
}

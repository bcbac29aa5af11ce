// A plot as a gnuplot program: what is sent to a process that could run a shell, so nothing that a user wrote is ever
// code. Texts stand in single quotes, where gnuplot knows no backquotes, no escapes and no macros; control characters
// are dropped (a line end would close the string), the enhanced mode is off, and in tick labels, which pass through a
// format, % is doubled. Data are numbers in inline blocks. No file is named.
// A single quote in a text is joined in from a variable: 'it'.quote.'s'. Neither of the usual ways will do in gnuplot
// 5.4: a doubled quote at the beginning of a string, or two of them in a row, end it; and after "'" the search for
// macros takes the inside of strings for the outside, so that @name is expanded there.
//
// Ticks are ours, so that a picture and the screen show the same ones. Every mark is drawn from coordinates that were
// computed here; gnuplot sees plain numbers on one pair of axes. Colours are those of the light theme.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>
#include <stdio.h>

enum { MOST_TICKS = 40, MOST_LABEL = 24 };

static const char *const GROUP[] = {"#005fd7", "#d75f00", "#00875f", "#af5f87", "#5f87d7", "#d7af87"};
static const char DIM[] = "#626262", FAINT[] = "#b2b2b2";
static const unsigned VIRIDIS[10] = {0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E,
                                     0x1F9E89, 0x35B779, 0x6ECE58, 0xB5DE2B, 0xFDE725};
static const unsigned DIVERGING[9] = {0x5FAFFF, 0x87D7FF, 0xAFD7FF, 0xD7FFFF, 0xFFFFFF,
                                      0xFFFFD7, 0xFFD7AF, 0xFFAF5F, 0xFF8700};

bool export_parse_suffix(Sv path, ExportFormat *format) {
  static const char *const suffix[] = {".svg", ".png", ".pdf"};
  for (int i = 0; i < 3; i++) {
    if (path.n <= 4 || memcmp(path.s + path.n - 4, suffix[i], 4) != 0) continue;
    *format = (ExportFormat)i;
    return true;
  }
  return false;
}

// A text in single quotes. `format`: it will be read as a format of a number.
static void put_quoted(Str *out, const char *text, bool format) {
  Sv s = sv(text);
  int len;
  str_addc(out, '\'');
  for (size_t i = 0; i < s.n; i += (size_t)len) {
    uint32_t cp = utf8_decode(s.s + i, s.n - i, &len);
    bool control = cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029;
    if (control) continue;
    if (format && cp == '%') str_addc(out, '%');
    char utf8[4];
    if (cp == '\'') str_add(out, "'.quote.'");
    else str_addn(out, utf8, (size_t)utf8_encode(cp, utf8));
  }
  str_addc(out, '\'');
}

static void put_number(Str *out, double v) {
  char text[NUMFMT_MAX];
  fmt_shortest(text, sizeof text, v);
  str_addf(out, " %s", isfinite(v) ? text : "NaN");
}

static void put_numbers(Str *out, const double *v, int n) {
  for (int i = 0; i < n; i++) put_number(out, v[i]);
  str_addc(out, '\n');
}

static const char *colour_of(const Series *s) {
  return s->role == ROLE_FAINT ? FAINT : GROUP[s->group < 0 ? 0 : s->group % 6];
}

// ---- page and axes --------------------------------------------------------------------------------------------------

static void put_terminal(Str *out, ExportFormat format, int width, int height) {
  static const char sans[] = "noenhanced font 'sans,11' background '#ffffff'";
  if (format == EXPORT_SVG) str_addf(out, "set terminal svg size %d,%d %s\n", width, height, sans);
  else if (format == EXPORT_PNG) str_addf(out, "set terminal pngcairo size %d,%d %s\n", width, height, sans);
  else str_addf(out, "set terminal pdfcairo size %.4fin,%.4fin %s\n", width / 72.0, height / 72.0, sans);
}

// Bars of categories run from left to right, the first at the top: their plot has its axes exchanged.
static bool is_turned(const Plot *p) {
  for (int i = 0; i < p->nseries; i++)
    if (p->series[i].kind == MARK_BAR && p->x.kind == AXIS_CATEGORY) return true;
  return false;
}

// Names of categories that do not fit side by side under the plot (a tick has room for about 11 characters) are turned.
static bool must_slant(char axis, const Axis *a, int most) {
  int columns = 0;
  for (int i = 0; axis == 'x' && a->kind == AXIS_CATEGORY && i < a->ncategory; i++)
    columns += utf8_width(sv(a->category[i])) + 2;
  return columns > 11 * most;
}

static void put_ticks(Str *out, char axis, const Axis *a, int most) {
  double tick[MOST_TICKS];
  char text[256 + sizeof "…"];
  int n = axis_ticks(a, a->kind == AXIS_CATEGORY ? MOST_TICKS : most < MOST_TICKS ? most : MOST_TICKS, tick);
  double step = n > 1 ? tick[1] - tick[0] : 0;
  str_addf(out, "set %ctics nomirror out scale 0.5 %stextcolor rgb '%s' (", axis,
           must_slant(axis, a, most) ? "rotate by 40 right " : "", DIM);
  for (int i = 0; i < n; i++) {
    axis_label(a, tick[i], step, text, 256);
    size_t fit = utf8_fit(sv(text), MOST_LABEL);
    if (text[fit]) memcpy(text + fit, "…", sizeof "…");
    if (i) str_addc(out, ',');
    put_quoted(out, text, true);
    put_number(out, tick[i]);
  }
  str_add(out, ")\n");
}

static void put_axis(Str *out, char axis, const Axis *a, int most, bool down) {
  str_addf(out, "set %crange [", axis);
  put_number(out, down ? a->hi : a->lo);
  str_addc(out, ':');
  put_number(out, down ? a->lo : a->hi);
  str_add(out, "]\n");
  if (a->scale == SCALE_LOG) str_addf(out, "set logscale %c\n", axis);
  if (a->name) {
    str_addf(out, "set %clabel ", axis);
    put_quoted(out, a->name, false);
    str_addf(out, " noenhanced textcolor rgb '%s'\n", DIM);
  }
  if (a->kind == AXIS_NONE) str_addf(out, "unset %ctics\n", axis);
  else put_ticks(out, axis, a, most);
}

// Breaks a text at blanks into lines of at most `columns`; returns how many of the `most` it took.
static int break_lines(Sv text, int columns, int most, Sv *line) {
  int n = 0;
  while (text.n && n < most) {
    size_t fit = utf8_fit(text, columns), cut = fit;
    while (fit < text.n && cut > 0 && text.s[cut] != ' ') cut--;
    if (cut == 0) cut = fit ? fit : text.n;
    line[n++] = (Sv){text.s, cut};
    text.s += cut, text.n -= cut;
    text = sv_trim(text);
  }
  return n;
}

// Title above; note and reading below, the last line at the foot of the page.
static void put_words(Str *out, const Plot *p, int width, int height) {
  Str words[2] = {{0}, {0}};
  Sv line[6];
  int n = 0;
  if (p->note) str_add(&words[0], p->note);
  if (p->reading) str_addf(&words[1], "reading: %s", p->reading);
  for (int i = 0; i < 2; i++) n += break_lines((Sv){str_c(&words[i]), words[i].n}, width / 8 - 2, 3, line + n);
  double each = 20.0 / height, foot = 8.0 / height;
  for (int i = 0; i < n; i++) {
    Str text = {0};
    str_addn(&text, line[i].s, line[i].n);
    str_add(out, "set label ");
    put_quoted(out, str_c(&text), false);
    double y = foot + each * (n - i - 0.5);
    str_addf(out, " at screen 0.02, screen %.4f left noenhanced textcolor rgb '%s'\n", y, DIM);
    str_fini(&text);
  }
  str_fini(&words[0]);
  str_fini(&words[1]);
  if (p->title) {
    str_add(out, "set label ");
    put_quoted(out, p->title, false);
    str_add(out, " at graph 0, screen 0.965 left noenhanced font 'sans:Bold,12'\n");
  }
  double bottom = foot + each * (n + 2.8);
  str_addf(out, "set tmargin at screen 0.92\nset bmargin at screen %.4f\n", bottom < 0.6 ? bottom : 0.6);
}

static void put_stroke(Str *out, double x0, double x1, double y0, double y1, double width, const char *colour) {
  str_add(out, "set arrow from first");
  put_number(out, x0);
  str_addf(out, ", graph %.4f to first", y0);
  put_number(out, x1);
  str_addf(out, ", graph %.4f nohead lw %.1f lc rgb '%s' front\n", y1, width, colour);
}

static void put_box(Str *out, const BoxStats *b) {
  put_stroke(out, b->min, b->max, -0.015, -0.015, 1, FAINT);
  put_stroke(out, b->q1, b->q3, -0.015, -0.015, 4, DIM);
  put_stroke(out, b->median, b->median, -0.03, 0, 3, "#000000");
}

// ---- data -----------------------------------------------------------------------------------------------------------

static void put_path(Str *out, const Series *s) {
  for (int64_t i = 0; i < s->n; i++) {
    if (isfinite(s->x[i]) && isfinite(s->y[i])) put_numbers(out, (double[]){s->x[i], s->y[i]}, 2);
    else if (s->kind != MARK_POINT) str_addc(out, '\n'); // breaks the line
  }
}

static void put_rules(Str *out, const Series *s) {
  for (int64_t i = 0; i < s->n; i++) {
    put_numbers(out, (double[]){s->x[i], s->y[i]}, 2);
    put_numbers(out, (double[]){s->x2[i], s->y2[i]}, 2);
    str_addc(out, '\n');
  }
}

// Rows of boxxyerror: middle, then the four edges, then a colour.
static void put_rect(Str *out, double x0, double x1, double y0, double y1, unsigned colour) {
  put_numbers(out, (double[]){x0 / 2 + x1 / 2, y0 / 2 + y1 / 2, x0, x1, y0, y1, colour}, 7);
}

static void put_bars(Str *out, const Plot *p, const Series *s, int bar, int bars) {
  bool turned = is_turned(p);
  for (int64_t i = 0; i < s->n; i++) {
    double foot = s->y2 ? s->y2[i] : p->y.scale == SCALE_LOG ? p->y.lo : fmin(fmax(0, p->y.lo), p->y.hi);
    double width = s->x2[i] - s->x[i], x0 = s->x[i], x1 = s->x2[i];
    if (turned) x0 = s->x[i] + width * (0.1 + 0.8 * bar / bars), x1 = x0 + width * 0.8 / bars;
    if (!isfinite(x0 + x1 + s->y[i])) continue;
    if (turned) put_rect(out, foot, s->y[i], x0, x1, 0);
    else put_rect(out, x0, x1, foot, s->y[i], 0);
  }
}

typedef struct Range {
  double lo, hi, most;
} Range;

static Range range_of(const Series *s) {
  Range r = {INFINITY, -INFINITY, 0};
  for (int64_t i = 0; s->value && i < s->n; i++)
    if (isfinite(s->value[i])) {
      r.lo = fmin(r.lo, s->value[i]), r.hi = fmax(r.hi, s->value[i]);
      r.most = fmax(r.most, fabs(s->value[i]));
    }
  return r;
}

static unsigned colour_at(const Series *s, Range r, double v) {
  if (!isfinite(v)) return 0xFFFFFF;
  if (s->role == ROLE_DIVERGING) {
    int step = (int)(fabs(v) / (r.most <= 1 ? 1 : r.most) * 5 + 1e-9);
    step = step > 4 ? 4 : step;
    return DIVERGING[4 + (v < 0 ? -step : step)];
  }
  int step = r.hi > r.lo ? (int)((v / 2 - r.lo / 2) / (r.hi / 2 - r.lo / 2) * 10) : 5;
  return VIRIDIS[step < 0 ? 0 : step > 9 ? 9 : step];
}

static void put_cells(Str *out, const Series *s) {
  Range r = range_of(s);
  for (int64_t i = 0; i < s->n; i++)
    put_rect(out, s->x[i], s->x2[i], s->y[i], s->y2[i], colour_at(s, r, s->value ? s->value[i] : NAN));
}

// The value at a share of an axis.
static double value_at(const Axis *a, double share) {
  return a->scale == SCALE_LOG ? a->lo * pow(a->hi / a->lo, share) : a->lo + share * (a->hi - a->lo);
}

static void put_grid(Str *out, const Plot *p, const Series *s) {
  Range r = range_of(s);
  for (int64_t i = 0; i < s->nrow; i++)
    for (int64_t j = 0; j < s->ncol; j++) {
      double count = s->value[i * s->ncol + j];
      if (!(count > 0)) continue;
      int step = (int)(log1p(count) / log1p(r.hi) * 9.99);
      double x0 = value_at(&p->x, (double)j / s->ncol), x1 = value_at(&p->x, (double)(j + 1) / s->ncol);
      double y0 = value_at(&p->y, (double)i / s->nrow), y1 = value_at(&p->y, (double)(i + 1) / s->nrow);
      put_rect(out, x0, x1, y0, y1, VIRIDIS[9 - (step < 0 ? 0 : step > 9 ? 9 : step)]);
    }
}

static int count_bars(const Plot *p, int before) {
  int n = 0;
  for (int i = 0; i < before; i++) n += p->series[i].kind == MARK_BAR;
  return n;
}

static void put_data(Str *out, const Plot *p, int i) {
  const Series *s = &p->series[i];
  str_addf(out, "$s%d << END\n", i);
  switch (s->kind) {
  case MARK_POINT:
  case MARK_LINE:
  case MARK_AREA:
  case MARK_BOX:
  case MARK_HEX:
  case MARK_TEXT:
  case MARK_STEP: put_path(out, s); break;
  case MARK_RULE: put_rules(out, s); break;
  case MARK_BAR: put_bars(out, p, s, count_bars(p, i), count_bars(p, p->nseries)); break;
  case MARK_CELL: put_cells(out, s); break;
  case MARK_GRID: put_grid(out, p, s); break;
  }
  str_add(out, "END\n");
}

// ---- names ----------------------------------------------------------------------------------------------------------

static void put_label(Str *out, const char *text, double x, double y, const char *how, const char *colour) {
  if (!isfinite(x) || !isfinite(y)) return;
  str_add(out, "set label ");
  put_quoted(out, text, false);
  str_add(out, " at first");
  put_number(out, x);
  str_add(out, ", first");
  put_number(out, y);
  str_addf(out, " %s noenhanced front textcolor rgb '%s'\n", how, colour);
}

static void put_cell_labels(Str *out, const Series *s) {
  Range r = range_of(s);
  for (int64_t i = 0; s->label && i < s->n; i++) {
    if (!s->label[i]) continue;
    unsigned back = colour_at(s, r, s->value ? s->value[i] : NAN);
    bool dark = (back >> 16) * 2 + (back >> 8 & 255) * 5 + (back & 255) < 4 * 255;
    put_label(out, s->label[i], s->x[i] / 2 + s->x2[i] / 2, s->y[i] / 2 + s->y2[i] / 2, "center",
              dark ? "#ffffff" : "#000000");
  }
}

static void put_point_labels(Str *out, const Series *s) {
  for (int64_t i = 0; i < s->n; i++) {
    const char *label = s->label ? s->label[i] : s->name;
    if (label) put_label(out, label, s->x[i], s->y[i], "left offset 1,-0.6", "#000000");
  }
}

static bool is_line(const Series *s) { return s->kind == MARK_LINE || s->kind == MARK_STEP; }

// The last point that can be drawn, where the name of a line stands; -1 when there is none.
static int64_t end_of(const Series *s) {
  int64_t end = is_line(s) && s->name ? s->n - 1 : -1;
  while (end >= 0 && !(isfinite(s->x[end]) && isfinite(s->y[end]))) end--;
  return end;
}

// How many lines before this one end at about the same height: their names are stacked.
static int names_below(const Plot *p, const Series *s) {
  int64_t end = end_of(s);
  int below = 0;
  for (const Series *t = p->series; t < s; t++) {
    int64_t other = end_of(t);
    if (other >= 0) below += fabs(axis_share(&p->y, t->y[other]) - axis_share(&p->y, s->y[end])) < 0.05;
  }
  return below;
}

static void put_names(Str *out, const Plot *p, const Series *s) {
  int64_t end = end_of(s);
  char where[40];
  if (s->kind == MARK_CELL) put_cell_labels(out, s);
  else if (points_is_mark(s)) put_point_labels(out, s);
  if (end < 0) return;
  snprintf(where, sizeof where, "left offset 0.6,%d", names_below(p, s));
  put_label(out, s->name, s->x[end], s->y[end], where, colour_of(s));
}

// Clouds and bars of several groups have no end to be named at, so they get a key beside the plot.
static bool is_in_key(const Plot *p, const Series *s) {
  int named = 0;
  for (int i = 0; i < p->nseries; i++) named += p->series[i].name && p->series[i].kind == s->kind;
  bool kind = s->kind == MARK_BAR || (s->kind == MARK_POINT && !points_is_mark(s));
  return kind && s->name && named > 1;
}

static void put_margins(Str *out, const Plot *p) {
  bool key = false;
  int end = 0;
  for (int i = 0; i < p->nseries; i++) {
    const Series *s = &p->series[i];
    key |= is_in_key(p, s);
    int width = is_line(s) && s->name ? utf8_width(sv(s->name)) : 0;
    if (width > end) end = width;
  }
  if (key) str_add(out, "set key outside right top Left reverse noenhanced\n");
  else str_addf(out, "unset key\nset rmargin %d\n", end ? (end < 30 ? end + 2 : 32) : 3);
}

static void put_style(Str *out, const Plot *p, const Series *s) {
  const char *colour = colour_of(s), *size;
  bool filled = is_turned(p) || count_bars(p, p->nseries) < 2 || s == p->series;
  switch (s->kind) {
  case MARK_POINT:
    size = points_is_mark(s) ? "1.2" : s->n > 1000 ? "0.25" : "0.6";
    str_addf(out, "with points pt 7 ps %s lc rgb '%s'", size, colour);
    break;
  case MARK_LINE: str_addf(out, "with lines lw 2 lc rgb '%s'", colour); break;
  case MARK_STEP: str_addf(out, "with steps lw 2 lc rgb '%s'", colour); break;
  case MARK_RULE: str_addf(out, "with lines lw 1 dt 3 lc rgb '%s'", FAINT); break;
  case MARK_BAR:
    str_addf(out, "using 1:2:3:4:5:6 with boxxyerror %s lc rgb '%s'",
             filled ? "fs solid noborder" : "fs empty border lw 1.5", colour);
    break;
  default: str_add(out, "using 1:2:3:4:5:6:7 with boxxyerror fs solid noborder lc rgb variable"); break;
  }
}

static void put_series(Str *out, const Plot *p, int i) {
  const Series *s = &p->series[i];
  str_addf(out, "$s%d ", i);
  put_style(out, p, s);
  if (is_in_key(p, s)) str_add(out, " title "), put_quoted(out, s->name, false);
  else str_add(out, " notitle");
}

static bool has_data(const Plot *p, int i) { return p->series[i].n > 0; }

void gnuplot_print(const Plot *p, ExportFormat format, int width, int height, Str *out) {
  bool turned = is_turned(p);
  str_add(out, "set encoding utf8\nquote = \"\\047\"\n");
  put_terminal(out, format, width, height);
  str_addf(out, "set border %d lc rgb '%s'\n", p->box.present ? 2 : 3, FAINT);
  put_words(out, p, width, height);
  put_margins(out, p);
  put_axis(out, 'x', turned ? &p->y : &p->x, turned ? 4 : width / 80, false);
  put_axis(out, 'y', turned ? &p->x : &p->y, height / 50 + 1, turned);
  if (p->box.present && !turned) put_box(out, &p->box);
  for (int i = 0; i < p->nseries; i++) {
    put_data(out, p, i);
    put_names(out, p, &p->series[i]);
  }
  int drawn = 0;
  for (int i = 0; i < p->nseries; i++) {
    if (!has_data(p, i)) continue;
    str_add(out, drawn++ ? ", " : "plot ");
    put_series(out, p, i);
  }
  str_add(out, drawn ? "\n" : "plot NaN notitle\n");
}

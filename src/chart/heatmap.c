// A matrix as coloured cells with their numbers: a frame whose first column names the rows and whose other columns are
// numbers, as d:corr(), e:confusion() and pivots make them. Rows run downwards as in the table. A matrix of
// correlations (values within -1..1, the same names both ways, 1 on the diagonal) says everything below its diagonal,
// so only that is drawn. It, and any matrix with negative values, is coloured about zero, others from their least to
// their greatest value.
#include "chart/chart_int.h"

#include "base/numfmt.h"

#include <math.h>

enum { MOST_CELLS = 10000 };

typedef struct HeatmapOpts {
  ChartLabels labels;
} HeatmapOpts;

static const Param PARAMS[] = {CHART_LABELS(HeatmapOpts), PARAM_END};

typedef struct Heatmap {
  Job *job;
  const HeatmapOpts *o;
  const Frame *d;
  Plot *p;
  int64_t nrow, ncol;              // of the matrix
  const char **row, **col;         // names
  double *v;                       // nrow x ncol, row-major; NaN missing
  int64_t n, nmissing, nodd;       // cells to draw, without a number, not finite
  bool square, whole, correlation; // the same names both ways; counts; correlations
  double lo, hi;
} Heatmap;

// ---- shape --------------------------------------------------------------------------------------------------------
static ErrCode check_shape(const Frame *d, Err *err) {
  int numbers = 0, others = 0;
  for (int j = 0; j < frame_ncol(d); j++) {
    if (col_is_number(frame_at(d, j))) numbers++;
    else others++;
  }
  bool named = frame_ncol(d) > 0 && !col_is_number(frame_at(d, 0)), matrix = named && others == 1 && numbers > 0;
  if (!matrix && numbers >= 2)
    return err_set(err, ERR_ARG,
                   "heatmap draws a matrix (names in the first column, then numbers): for correlations "
                   "write d:corr():heatmap()");
  if (!matrix)
    return err_set(err, ERR_ARG,
                   "heatmap draws a matrix: names in the first column, then number columns; this frame "
                   "has %d number column%s",
                   numbers, numbers == 1 ? "" : "s");
  if (frame_nrow(d) == 0) return err_set(err, ERR_ARG, "heatmap: the frame has no rows");
  if (frame_nrow(d) * numbers > MOST_CELLS)
    return err_set(err, ERR_ARG,
                   "heatmap: %lld rows of %d numbers are too many cells, at most %d fit: keep fewer with "
                   "d:head or d:select",
                   (long long)frame_nrow(d), numbers, MOST_CELLS);
  return OK;
}

static const char *row_name(Heatmap *h, int64_t i) {
  Str text = {0};
  col_format(frame_at(h->d, 0), i, CELL_EXACT, &text);
  const char *name = text.n ? words_copy(h->p, (Sv){str_c(&text), text.n}, CHART_NAME_COLUMNS) : "";
  str_fini(&text);
  return name;
}

static void load(Heatmap *h) {
  Arena *a = &h->p->arena;
  h->nrow = frame_nrow(h->d), h->ncol = frame_ncol(h->d) - 1;
  h->row = arena_array(a, const char *, h->nrow), h->col = arena_array(a, const char *, h->ncol);
  h->v = plot_array(h->p, h->nrow * h->ncol);
  h->lo = INFINITY, h->hi = -INFINITY, h->whole = true, h->square = h->nrow == h->ncol;
  for (int64_t i = 0; i < h->nrow; i++) h->row[i] = row_name(h, i);
  for (int64_t j = 0; j < h->ncol; j++)
    h->col[j] = words_copy(h->p, sv(frame_name(h->d, (int)j + 1)), CHART_NAME_COLUMNS);
  for (int64_t i = 0; i < h->nrow; i++)
    for (int64_t j = 0; j < h->ncol; j++) {
      const Column *c = frame_at(h->d, (int)j + 1);
      double v = h->v[i * h->ncol + j] = col_f64(c, i);
      if (!isfinite(v)) continue;
      h->lo = fmin(h->lo, v), h->hi = fmax(h->hi, v), h->whole = h->whole && v == floor(v);
    }
  for (int64_t i = 0; i < h->nrow && h->square; i++) h->square = strcmp(h->row[i], h->col[i]) == 0;
  h->correlation = h->square && h->lo >= -1 && h->hi == 1;
  for (int64_t i = 0; i < h->nrow; i++) {
    double v = h->v[i * h->ncol + i % h->ncol];
    h->correlation = h->correlation && (v == 1 || isnan(v));
  }
}

static bool is_drawn(const Heatmap *h, int64_t i, int64_t j) { return !h->correlation || h->nrow == 1 || j < i; }

static void count_cells(Heatmap *h) {
  for (int64_t i = 0; i < h->nrow; i++)
    for (int64_t j = 0; j < h->ncol; j++) {
      bool valid = col_valid(frame_at(h->d, (int)j + 1), i), finite = isfinite(h->v[i * h->ncol + j]);
      if (!is_drawn(h, i, j)) continue;
      h->n += finite, h->nmissing += !valid, h->nodd += valid && !finite;
    }
}

// ---- marks --------------------------------------------------------------------------------------------------------
static const char *label(Heatmap *h, double v) {
  if (h->correlation) return words_unit(h->p, v, 2, true);
  char buf[NUMFMT_MAX];
  fmt_sensible(buf, sizeof buf, v, h->whole ? 15 : 3);
  return arena_strdup(&h->p->arena, buf);
}

static void add_cells(Heatmap *h) {
  Plot *p = h->p;
  int64_t n = h->n, k = 0;
  Series *s = plot_add(p, MARK_CELL, n);
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n), s->value = plot_array(p, n);
  s->label = arena_array(&p->arena, const char *, n), s->rows = arena_array(&p->arena, int64_t, n);
  s->role = h->lo < 0 || h->correlation ? ROLE_DIVERGING : ROLE_SEQUENTIAL;
  for (int64_t i = 0; i < h->nrow; i++)
    for (int64_t j = 0; j < h->ncol; j++) {
      double v = h->v[i * h->ncol + j];
      if (!isfinite(v) || !is_drawn(h, i, j)) continue;
      s->x[k] = (double)j, s->x2[k] = (double)j + 1, s->y[k] = (double)(h->nrow - 1 - i), s->y2[k] = s->y[k] + 1;
      s->value[k] = v, s->rows[k] = i * h->ncol + j, s->label[k++] = label(h, v);
    }
}

static Axis names_axis(Plot *p, const char **name, int64_t n, bool reversed) {
  Axis a = {.kind = AXIS_CATEGORY, .lo = 0, .hi = (double)n, .ncategory = (int32_t)n};
  a.category = arena_array(&p->arena, const char *, n);
  for (int64_t k = 0; k < n; k++) a.category[k] = name[reversed ? n - 1 - k : k];
  return a;
}

// ---- words --------------------------------------------------------------------------------------------------------
// The cell of the greatest score; with `off`, beside the diagonal only. -1 when there is none.
static int64_t best_cell(const Heatmap *h, bool off, int64_t but, double (*score)(double v)) {
  int64_t best = -1;
  for (int64_t i = 0; i < h->nrow; i++)
    for (int64_t j = 0; j < h->ncol; j++) {
      int64_t at = i * h->ncol + j;
      if (at == but || !isfinite(h->v[at]) || (off && (i == j || !is_drawn(h, i, j)))) continue;
      if (best < 0 || score(h->v[at]) > score(h->v[best])) best = at;
    }
  return best;
}

static double itself(double v) { return v; }

static const char *pair(Heatmap *h, int64_t at) {
  return arena_printf(&h->p->arena, "%s and %s %s", h->row[at / h->ncol], h->col[at % h->ncol], label(h, h->v[at]));
}

static const char *correlation_words(Heatmap *h) {
  Arena *a = &h->p->arena;
  int64_t first = best_cell(h, true, -1, fabs), second = first < 0 ? -1 : best_cell(h, true, first, fabs);
  if (first < 0) return "one column, no pair";
  const char *then = second < 0 ? "" : arena_printf(a, ", then %s", pair(h, second));
  return arena_printf(a, "strongest pair: %s%s", pair(h, first), then);
}

static const char *cell_words(Heatmap *h, int64_t at) {
  const char *rows = words_copy(h->p, sv(frame_name(h->d, 0)), CHART_NAME_COLUMNS);
  return arena_printf(&h->p->arena, "%s %s, column %s: %s", rows, h->row[at / h->ncol], h->col[at % h->ncol],
                      label(h, h->v[at]));
}

// Counts with the same names both ways: how much lies on the diagonal, and the most frequent confusion.
static const char *confusion_words(Heatmap *h, int64_t total) {
  Plot *p = h->p;
  int64_t diagonal = 0, worst = best_cell(h, true, -1, itself);
  for (int64_t i = 0; i < h->nrow; i++)
    if (isfinite(h->v[i * h->ncol + i])) diagonal += (int64_t)h->v[i * h->ncol + i];
  const char *on = arena_printf(&p->arena, "%s of %s on the diagonal (%s)", words_count(p, diagonal),
                                words_count(p, total), words_share(p, (double)diagonal, (double)total));
  if (worst < 0 || h->v[worst] == 0) return on;
  return arena_printf(&p->arena, "%s; largest off it: %s", on, cell_words(h, worst));
}

static void describe(Heatmap *h) {
  Plot *p = h->p;
  double total = 0;
  bool counts = h->whole && h->lo >= 0 && h->hi < 1e12;
  for (int64_t k = 0; counts && k < h->nrow * h->ncol; k++) total += isfinite(h->v[k]) ? h->v[k] : 0; // exact
  p->n = counts ? (int64_t)total : h->n;
  if (h->correlation) p->reading = correlation_words(h);
  else if (counts && h->square && total > 0) p->reading = confusion_words(h, (int64_t)total);
  else p->reading = arena_printf(&p->arena, "largest cell: %s", cell_words(h, best_cell(h, false, -1, itself)));
  const char *caption = frame_caption(h->d);
  if (caption) p->reading = arena_printf(&p->arena, "%s (%s)", p->reading, words_copy(p, sv(caption), 200));
  if (h->nmissing) p->note = arena_printf(&p->arena, "%s missing: blank", words_count(p, h->nmissing));
  if (h->nodd)
    p->note = arena_printf(&p->arena, "%s%s%s not finite: blank", h->nmissing ? p->note : "", h->nmissing ? "; " : "",
                           words_count(p, h->nodd));
  words_labels(p, &h->o->labels, NULL, h->correlation ? NULL : frame_name(h->d, 0));
}

static ErrCode fill(Heatmap *h, Err *err) {
  TRY(check_shape(h->d, err));
  TRY(job_tick(h->job, 0, 1, err));
  load(h);
  count_cells(h);
  if (h->n == 0) return err_set(err, ERR_ARG, "heatmap: no cell holds a number that can be shown");
  h->p->x = names_axis(h->p, h->col, h->ncol, false);
  h->p->y = names_axis(h->p, h->row, h->nrow, true);
  add_cells(h);
  describe(h);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  Heatmap h = {.job = job, .o = opts, .d = d, .p = out};
  return fill(&h, err);
}

const ChartType chart_heatmap = {.name = "heatmap",
                                 .signature = "d:corr():heatmap()",
                                 .summary = "a matrix as coloured cells: correlations, confusions, pivots",
                                 .example = "return data('iris'):corr():heatmap()",
                                 .params = PARAMS,
                                 .opts_size = sizeof(HeatmapOpts),
                                 .npos = 0,
                                 .make = make};

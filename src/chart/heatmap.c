// A matrix as coloured cells with their numbers: a frame whose first column names the rows and whose other columns are
// numbers, as d:corr(), e:confusion() and pivots make them, or an aggregate for each pair of two categories. Rows run
// downwards as in the table. A matrix of correlations (values within -1..1, the same names both ways, 1 on the
// diagonal) says everything below its diagonal, so only that is drawn. It, and any matrix with negative values, is
// coloured about zero, others from their least to their greatest value.
#include "chart/matrix_int.h"

#include "base/numfmt.h"

#include <math.h>

enum { ORDER_GIVEN, ORDER_CLUSTER };
enum { SHOW_VALUE, SHOW_SIGN };

typedef struct HeatmapOpts {
  ChartLabels labels;
  const char *x, *y, *value;
  bool matrix;
  int order, show;
} HeatmapOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(HeatmapOpts, x), 0, 0, "", NULL, "column whose values are the columns"},
    {"y", PARAM_TEXT, offsetof(HeatmapOpts, y), 0, 0, "", NULL, "column whose values are the rows"},
    {"value", PARAM_TEXT, offsetof(HeatmapOpts, value), 0, 0, "", NULL,
     "of x and y: a number column, whose mean is shown, or an aggregate such as sum(z); rows are counted without it"},
    {"matrix", PARAM_BOOL, offsetof(HeatmapOpts, matrix), 0, 0, "false", NULL,
     "all number columns are the matrix, named by the first text column"},
    {"order", PARAM_CHOICE, offsetof(HeatmapOpts, order), 0, 0, "given", "given|cluster",
     "cluster puts like beside like: average linkage on 1 - |r|, or on Euclidean distance"},
    {"show", PARAM_CHOICE, offsetof(HeatmapOpts, show), 0, 0, "value", "value|sign",
     "numbers, or signs: one from .2, two from .5, three from .8 of the greatest size"},
    CHART_LABELS(HeatmapOpts),
    PARAM_END};

typedef struct Heatmap {
  Pile pile;
  const HeatmapOpts *o;
  const Frame *d;
  Plot *p;
  Matrix m;
  int64_t nrow, ncol;              // of the matrix
  const char **row, **col;         // names
  double *v;                       // nrow x ncol, row-major; NaN missing
  int64_t n, nmissing, nodd;       // cells to draw, without a number, not finite
  bool square, whole, correlation; // the same names both ways; counts; correlations
  double lo, hi;
} Heatmap;

// ---- shape --------------------------------------------------------------------------------------------------------
static void view_matrix(Heatmap *h) {
  h->nrow = h->m.nrow, h->ncol = h->m.ncol, h->row = h->m.row, h->col = h->m.col, h->v = h->m.v;
}

static const double ROUNDED = 1e-12; // how far from 1 a measure of association may be with itself

static void know_matrix(Heatmap *h) {
  h->lo = INFINITY, h->hi = -INFINITY, h->whole = true, h->square = h->nrow == h->ncol;
  for (int64_t k = 0; k < h->nrow * h->ncol; k++) {
    double v = h->v[k];
    if (!isfinite(v)) continue;
    h->lo = fmin(h->lo, v), h->hi = fmax(h->hi, v), h->whole = h->whole && v == floor(v);
  }
  for (int64_t i = 0; i < h->nrow && h->square; i++) h->square = strcmp(h->row[i], h->col[i]) == 0;
  h->correlation = h->square && h->lo >= -1 - ROUNDED && fabs(h->hi - 1) <= ROUNDED && !h->o->x;
  for (int64_t i = 0; i < h->nrow; i++) {
    double v = h->v[i * h->ncol + i % h->ncol];
    h->correlation = h->correlation && !(fabs(v - 1) > ROUNDED);
  }
}

static ErrCode load(Heatmap *h, Err *err) {
  const HeatmapOpts *o = h->o;
  if (!o->x != !o->y || (o->value && !o->x))
    return err_set(err, ERR_ARG, "heatmap: x and y go together: d:heatmap{x=\"a\", y=\"b\", value=\"mean(z)\"}");
  if (o->x && o->matrix)
    return err_set(err, ERR_ARG, "heatmap: matrix=true draws the numbers of the frame, x and y an aggregate: not both");
  if (o->x) TRY(matrix_load_by(&h->pile, h->d, o->x, o->y, o->value, h->p, &h->m, err));
  else TRY(matrix_load(h->d, o->matrix, h->p, &h->m, err));
  view_matrix(h);
  know_matrix(h);
  if (o->order != ORDER_CLUSTER) return OK;
  TRY(matrix_order(&h->pile, &h->m, h->correlation, h->p, err));
  view_matrix(h);
  return OK;
}

static bool is_drawn(const Heatmap *h, int64_t i, int64_t j) { return !h->correlation || h->nrow == 1 || j < i; }

static void count_cells(Heatmap *h) {
  for (int64_t i = 0; i < h->nrow; i++)
    for (int64_t j = 0; j < h->ncol; j++) {
      int64_t at = i * h->ncol + j;
      bool valid = !h->m.missing[at], finite = isfinite(h->v[at]);
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

static const char *sign_of(const Heatmap *h, double v) {
  static const char *const plus[] = {"0", "+", "++", "+++"}, *const minus[] = {"0", "-", "--", "---"};
  double size = fabs(v) / (h->correlation ? 1 : fmax(fabs(h->lo), fabs(h->hi)));
  int steps = (size >= 0.2) + (size >= 0.5) + (size >= 0.8);
  return v < 0 ? minus[steps] : plus[steps];
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
      s->value[k] = v, s->rows[k] = h->m.handle[i * h->ncol + j];
      s->label[k++] = h->o->show == SHOW_SIGN ? sign_of(h, v) : label(h, v);
    }
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
static double negated(double v) { return -v; }

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
  const char *rows = words_copy(h->p, sv(h->m.rows), CHART_NAME_COLUMNS);
  const char *columns = h->m.columns ? words_copy(h->p, sv(h->m.columns), CHART_NAME_COLUMNS) : "column";
  return arena_printf(&h->p->arena, "%s %s, %s %s: %s", rows, h->row[at / h->ncol], columns, h->col[at % h->ncol],
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

static void note_blanks(Heatmap *h) {
  Plot *p = h->p;
  if (h->m.without)
    words_add_note(p, arena_printf(&p->arena, "%s rows miss a category: not shown", words_count(p, h->m.without)));
  if (h->nmissing)
    words_add_note(p, arena_printf(&p->arena, h->o->x ? "%s pairs without a value: blank" : "%s missing: blank",
                                   words_count(p, h->nmissing)));
  if (h->nodd) words_add_note(p, arena_printf(&p->arena, "%s not finite: blank", words_count(p, h->nodd)));
}

static const char *extremes(Heatmap *h) {
  Plot *p = h->p;
  int64_t most = best_cell(h, false, -1, itself), least = best_cell(h, false, -1, negated);
  const char *what = h->o->x ? chart_aggregate_name(h->d, h->o->value, p) : NULL;
  if (!what) return arena_printf(&p->arena, "largest cell: %s", cell_words(h, most));
  return arena_printf(&p->arena, "%s: largest %s; smallest %s", what, cell_words(h, most), cell_words(h, least));
}

static void describe(Heatmap *h) {
  Plot *p = h->p;
  double total = 0;
  bool counts = h->whole && h->lo >= 0 && h->hi < 1e12;
  for (int64_t k = 0; counts && k < h->nrow * h->ncol; k++) total += isfinite(h->v[k]) ? h->v[k] : 0; // exact
  p->n = h->o->x ? h->m.n : counts ? (int64_t)total : h->n;
  if (h->correlation) p->reading = correlation_words(h);
  else if (counts && h->square && total > 0 && !h->o->x) p->reading = confusion_words(h, (int64_t)total);
  else p->reading = extremes(h);
  const char *caption = h->o->x ? NULL : frame_caption(h->d);
  if (caption) p->reading = arena_printf(&p->arena, "%s (%s)", p->reading, words_copy(p, sv(caption), 200));
  note_blanks(h);
  if (h->o->x) p->colour = (ColourScale){.present = true, .name = chart_aggregate_name(h->d, h->o->value, p)};
  if (h->o->x) p->colour.lo = h->lo < 0 ? -fmax(-h->lo, h->hi) : h->lo, p->colour.hi = fmax(-h->lo, h->hi);
  if (h->o->x && h->lo >= 0) p->colour.mid = h->lo / 2 + h->hi / 2;
  words_labels(p, &h->o->labels, h->m.columns, h->correlation ? NULL : h->m.rows);
}

static ErrCode fill(Heatmap *h, Err *err) {
  TRY(job_tick(h->pile.job, 0, 1, err));
  TRY(load(h, err));
  count_cells(h);
  if (h->n == 0) return err_set(err, ERR_ARG, "heatmap: no cell holds a number that can be shown");
  h->p->x = axis_of_names(h->p, h->col, h->ncol, false);
  h->p->y = axis_of_names(h->p, h->row, h->nrow, true);
  add_cells(h);
  describe(h);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Heatmap h = {.pile = {.job = job, .chart = "heatmap", .whole = labels->whole}, .o = opts, .d = d, .p = out};
  ErrCode code = fill(&h, err);
  pile_free(&h.pile);
  return code;
}

const ChartType chart_heatmap = {.name = "heatmap",
                                 .signature = "d:heatmap{x=\"a\", y=\"b\", value=\"mean(z)\"}",
                                 .summary = "a matrix as coloured cells: correlations, confusions, pivots, aggregates",
                                 .example = "return data('iris'):corr():heatmap{order='cluster'}",
                                 .params = PARAMS,
                                 .opts_size = sizeof(HeatmapOpts),
                                 .npos = 0,
                                 .make = make};

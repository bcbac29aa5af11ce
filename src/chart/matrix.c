// Matrices for heatmaps: a frame that is one, or an aggregate by two columns of categories; and the order of rows and
// columns that puts like beside like. Likeness of columns that are correlated is |r|; of the rows and columns of other
// matrices it is their Euclidean distance over the cells that both have.
#include "chart/matrix_int.h"

#include "frame/group.h"
#include "frame/verbs.h"

#include <math.h>

static void alloc(Matrix *m, Plot *p, int64_t nrow, int64_t ncol) {
  m->nrow = nrow, m->ncol = ncol;
  m->row = arena_array(&p->arena, const char *, nrow), m->col = arena_array(&p->arena, const char *, ncol);
  m->v = plot_array(p, nrow * ncol), m->handle = arena_array(&p->arena, int64_t, nrow * ncol);
  m->missing = arena_array(&p->arena, bool, nrow *ncol);
  for (int64_t k = 0; k < nrow * ncol; k++) m->v[k] = NAN, m->missing[k] = true, m->handle[k] = k;
}

static ErrCode too_many(int64_t nrow, int64_t ncol, Err *err) {
  if (nrow * ncol <= MATRIX_MOST_CELLS) return OK;
  return err_set(err, ERR_ARG,
                 "heatmap: %lld rows of %lld numbers are too many cells, at most %d fit: keep fewer with "
                 "d:head or d:select",
                 (long long)nrow, (long long)ncol, MATRIX_MOST_CELLS);
}

// ---- a frame that is a matrix -------------------------------------------------------------------------------------
static ErrCode check_shape(const Frame *d, bool any, int *numbers, Err *err) {
  int others = 0;
  *numbers = 0;
  for (int j = 0; j < frame_ncol(d); j++) {
    if (col_is_number(frame_at(d, j))) ++*numbers;
    else others++;
  }
  bool named = frame_ncol(d) > 0 && !col_is_number(frame_at(d, 0)), matrix = named && others == 1 && *numbers > 0;
  if (!matrix && !any && *numbers >= 2)
    return err_set(err, ERR_ARG,
                   "heatmap draws a matrix (names in the first column, then numbers): for correlations write "
                   "d:corr():heatmap(), for the numbers themselves matrix=true");
  if (!matrix && !(any && *numbers > 0))
    return err_set(err, ERR_ARG,
                   "heatmap draws a matrix: names in the first column, then number columns; this frame "
                   "has %d number column%s",
                   *numbers, *numbers == 1 ? "" : "s");
  if (frame_nrow(d) == 0) return err_set(err, ERR_ARG, "heatmap: the frame has no rows");
  return too_many(frame_nrow(d), *numbers, err);
}

static const char *row_name(const Frame *d, int j, int64_t i, Plot *p) {
  Str text = {0};
  if (j < 0) return words_count(p, i + 1);
  col_format(frame_at(d, j), i, CELL_EXACT, &text);
  const char *name = text.n ? words_copy(p, (Sv){str_c(&text), text.n}, CHART_NAME_COLUMNS) : "";
  str_fini(&text);
  return name;
}

ErrCode matrix_load(const Frame *d, bool any, Plot *p, Matrix *m, Err *err) {
  int numbers, names = -1, k = 0;
  TRY(check_shape(d, any, &numbers, err));
  for (int j = frame_ncol(d) - 1; j >= 0; j--)
    if (col_is_text(frame_at(d, j)) || (j == 0 && !col_is_number(frame_at(d, j)))) names = j;
  alloc(m, p, frame_nrow(d), numbers);
  m->rows = names < 0 ? "row" : frame_name(d, names);
  for (int64_t i = 0; i < m->nrow; i++) m->row[i] = row_name(d, names, i, p);
  for (int j = 0; j < frame_ncol(d); j++) {
    const Column *c = frame_at(d, j);
    if (!col_is_number(c)) continue;
    m->col[k] = words_copy(p, sv(frame_name(d, j)), CHART_NAME_COLUMNS);
    for (int64_t i = 0; i < m->nrow; i++)
      m->v[i * m->ncol + k] = col_f64(c, i), m->missing[i * m->ncol + k] = !col_valid(c, i);
    k++;
  }
  return OK;
}

// ---- an aggregate by two categories -------------------------------------------------------------------------------
ErrCode chart_aggregate(Pile *p, const Frame *d, const char *value, const Names *by, Plot *plot, Frame **out,
                        Err *err) {
  const char *name = "value", *expr = "n()";
  int j = value ? frame_find(d, sv(value)) : -1;
  for (int64_t k = 0; k < by->n; k++)
    while (strcmp(by->name[k], name) == 0) name = arena_printf(&plot->arena, "%s_", name), k = 0;
  if (j >= 0 && !col_is_number(frame_at(d, j)))
    return err_set(err, ERR_TYPE, "%s: column '%s' is %s: value is a number column, or an aggregate such as mean(x)",
                   p->chart, value, COLTYPES[frame_at(d, j)->type].name);
  if (j >= 0) expr = arena_printf(&plot->arena, "mean(%s)", name);
  else if (value) expr = value;
  const char *full = arena_printf(&plot->arena, "%s = %s", name, expr);
  Frame *named = NULL; // the column under a name that an expression can hold, whatever its own holds
  if (j >= 0) TRY(frame_select(d, by, &named, err));
  ErrCode code = j >= 0 ? frame_add(named, name, column_ref(frame_at(d, j)), err) : OK;
  if (code == OK) code = frame_agg(p->job, named ? named : d, &(Names){&full, 1}, by, out, err);
  frame_unref(named);
  if (code != OK) return err_prefix(err, "%s", p->chart);
  const Column *c = frame_at(*out, frame_ncol(*out) - 1);
  if (col_is_number(c)) return OK;
  code = err_set(err, ERR_TYPE, "%s: %s is %s, a colour needs a number", p->chart, value, COLTYPES[c->type].name);
  frame_unref(*out);
  return code;
}

const char *chart_aggregate_name(const Frame *d, const char *value, Plot *plot) {
  if (!value) return "rows";
  if (frame_find(d, sv(value)) < 0) return words_copy(plot, sv(value), CHART_NAME_COLUMNS);
  return arena_printf(&plot->arena, "mean of %s", words_copy(plot, sv(value), CHART_NAME_COLUMNS));
}

static ErrCode spread(Pile *p, const Frame *agg, const char *y, const char *x, Plot *plot, Matrix *m, Err *err) {
  static const char advice[] = "keep fewer with d:where, or cut a number into a few intervals";
  Levels ly, lx;
  Pile all = *p; // the levels of this frame, not of the panels'
  all.whole = NULL, all.n = 0;
  ErrCode code = levels_load(&all, agg, y, MATRIX_MOST_CELLS, advice, plot, &ly, err);
  if (code == OK) code = levels_load(&all, agg, x, MATRIX_MOST_CELLS, advice, plot, &lx, err);
  if (code == OK) code = too_many(ly.n, lx.n, err);
  if (code == OK && (ly.n == 0 || lx.n == 0))
    code = err_set(err, ERR_ARG, "heatmap: no row has both '%s' and '%s'", y, x);
  if (code == OK) {
    const Column *c = frame_at(agg, frame_ncol(agg) - 1);
    alloc(m, plot, ly.n, lx.n);
    for (int64_t k = 0; k < ly.n; k++) m->row[k] = ly.name[k];
    for (int64_t k = 0; k < lx.n; k++) m->col[k] = lx.name[k];
    for (int64_t i = 0; i < frame_nrow(agg); i++) {
      if (ly.of[i] < 0 || lx.of[i] < 0) continue;
      int64_t at = ly.of[i] * m->ncol + lx.of[i];
      m->v[at] = col_f64(c, i), m->missing[at] = !col_valid(c, i);
    }
  }
  pile_free(&all);
  return code;
}

static int64_t count_without(const Column *a, const Column *b, int64_t n) {
  int64_t without = 0;
  if (!a->missing && !b->missing) return 0;
  for (int64_t i = 0; i < n; i++) without += !col_valid(a, i) || !col_valid(b, i);
  return without;
}

ErrCode matrix_load_by(Pile *p, const Frame *d, const char *x, const char *y, const char *value, Plot *plot, Matrix *m,
                       Err *err) {
  const char *by[] = {y, x};
  int jx, jy;
  if (strcmp(x, y) == 0) return err_set(err, ERR_ARG, "heatmap: x and y are both '%s', name two columns", x);
  ErrCode code = frame_col(d, sv(x), &jx, err);
  if (code == OK) code = frame_col(d, sv(y), &jy, err);
  if (code != OK) return err_prefix(err, "heatmap");
  if (frame_at(d, jx)->type == COL_F64 || frame_at(d, jy)->type == COL_F64)
    return err_set(err, ERR_TYPE,
                   "heatmap: column '%s' is real, x and y are categories, dates or whole numbers: cut it "
                   "into a few intervals first",
                   frame_at(d, jx)->type == COL_F64 ? x : y);
  Frame *agg;
  TRY(chart_aggregate(p, d, value, &(Names){by, 2}, plot, &agg, err));
  code = spread(p, agg, y, x, plot, m, err);
  frame_unref(agg);
  m->rows = frame_name(d, jy), m->columns = frame_name(d, jx);
  m->without = count_without(frame_at(d, jx), frame_at(d, jy), frame_nrow(d)), m->n = frame_nrow(d) - m->without;
  return code;
}

// ---- order --------------------------------------------------------------------------------------------------------
// Distance of two lines of n cells `step` apart.
static double distance(const double *a, const double *b, int64_t n, int64_t step) {
  double sum = 0, used = 0;
  for (int64_t k = 0; k < n; k++) {
    double d = a[k * step] - b[k * step];
    if (isfinite(d)) sum += d * d, used++;
  }
  return used > 0 ? sqrt(sum * ((double)n / used)) : INFINITY;
}

static ErrCode order_lines(Pile *p, const Matrix *m, bool rows, bool correlation, int64_t *order, Err *err) {
  int64_t n = rows ? m->nrow : m->ncol, other = rows ? m->ncol : m->nrow, step = rows ? 1 : m->ncol;
  double *d;
  TRY(pile_new(p, n * n * 8, &d, err));
  for (int64_t i = 0; i < n; i++)
    for (int64_t j = 0; j < n; j++) {
      double r = correlation ? m->v[i * n + j] : 0;
      const double *a = m->v + (rows ? i * m->ncol : i), *b = m->v + (rows ? j * m->ncol : j);
      d[i * n + j] = !correlation ? distance(a, b, other, step) : isfinite(r) ? 1 - fabs(r) : 1;
    }
  return cluster_order(p, d, n, order, NULL, err);
}

ErrCode matrix_order(Pile *p, Matrix *m, bool correlation, Plot *plot, Err *err) {
  Matrix old = *m;
  int64_t *row = arena_array(&plot->arena, int64_t, m->nrow), *col = arena_array(&plot->arena, int64_t, m->ncol);
  if (m->nrow > MATRIX_MOST_ORDERED || m->ncol > MATRIX_MOST_ORDERED)
    return err_set(err, ERR_ARG, "heatmap: at most %d rows and columns can be put in order", MATRIX_MOST_ORDERED);
  TRY(order_lines(p, m, true, correlation, row, err));
  if (correlation) col = row;
  else TRY(order_lines(p, m, false, false, col, err));
  alloc(m, plot, old.nrow, old.ncol);
  for (int64_t i = 0; i < m->nrow; i++) m->row[i] = old.row[row[i]];
  for (int64_t j = 0; j < m->ncol; j++) m->col[j] = old.col[col[j]];
  for (int64_t k = 0; k < m->nrow * m->ncol; k++) {
    int64_t from = row[k / m->ncol] * m->ncol + col[k % m->ncol];
    m->v[k] = old.v[from], m->missing[k] = old.missing[from], m->handle[k] = from;
  }
  return OK;
}

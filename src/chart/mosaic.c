// Mosaics: the square of all rows is cut into strips by the first column, each strip by the second, and each piece by
// the third, so that areas are counts. Colours are Pearson residuals (count - expected) / sqrt(expected) from
// independence of all columns: where nothing depends on anything, the cuts align and no piece is coloured. Residuals
// equal those of chisq.test() and, for three columns, of loglin() of R 4.2.2.
// References: Hartigan, Kleiner, "Mosaics for contingency tables", Comp. Sci. Stat. 13 (1981); Friendly, "Mosaic
// displays for multi-way contingency tables", JASA 89 (1994).
#include "chart/matrix_int.h"

#include <math.h>

enum { MOST_LEVELS = 20 };

typedef struct MosaicOpts {
  ChartLabels labels;
  const char *x, *y, *z, *n;
} MosaicOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(MosaicOpts, x), 0, 0, NULL, NULL,
     "column of categories that makes the strips, at most 20"},
    {"y", PARAM_TEXT, offsetof(MosaicOpts, y), 0, 0, NULL, NULL, "column that cuts each strip"},
    {"z", PARAM_TEXT, offsetof(MosaicOpts, z), 0, 0, "", NULL, "column that cuts each piece again"},
    {"n", PARAM_TEXT, offsetof(MosaicOpts, n), 0, 0, "", NULL, "column of counts; without it a row counts once"},
    CHART_LABELS(MosaicOpts),
    PARAM_END};

typedef struct Rect {
  double x, x2, y, y2;
} Rect;

typedef struct Mosaic {
  Pile pile;
  const MosaicOpts *o;
  Plot *p;
  CrossTab c;
  Series *cells;
  int64_t k; // cells so far
} Mosaic;

static double sum_below(const CrossTab *c, int64_t cell, int64_t size) {
  double sum = 0;
  for (int64_t i = 0; i < size; i++) sum += c->count[cell + i]; // whole numbers
  return sum;
}

static void add_cell(Mosaic *m, int64_t cell, Rect r) {
  Series *s = m->cells;
  Plot *p = m->p;
  s->x[m->k] = r.x, s->x2[m->k] = r.x2, s->y[m->k] = r.y, s->y2[m->k] = r.y2;
  s->value[m->k] = cross_residual(&m->c, cell), s->rows[m->k] = cell;
  s->label[m->k++] =
      arena_printf(&p->arena, "%s %s", cross_name(&m->c, cell, " ", p), words_count(p, (int64_t)m->c.count[cell]));
}

// Cuts a rectangle by column `var`: strips from the left, or from the top downwards. `cell` is the first of its cells.
static void cut(Mosaic *m, int var, int64_t cell, Rect r) {
  if (var == m->c.nvar) {
    add_cell(m, cell, r);
    return;
  }
  int64_t size = 1, nlevel = m->c.by[var].n;
  for (int k = var + 1; k < m->c.nvar; k++) size *= m->c.by[k].n;
  double all = sum_below(&m->c, cell, size * nlevel), before = 0;
  for (int64_t l = 0; l < nlevel; l++) {
    double n = sum_below(&m->c, cell + l * size, size), from = before / all, to = (before + n) / all;
    Rect part = r;
    if (var % 2 == 0) part.x = r.x + from * (r.x2 - r.x), part.x2 = r.x + to * (r.x2 - r.x);
    else part.y = r.y2 - to * (r.y2 - r.y), part.y2 = r.y2 - from * (r.y2 - r.y);
    before += n;
    if (n > 0) cut(m, var + 1, cell + l * size, part);
  }
}

static void add_marks(Mosaic *m) {
  Plot *p = m->p;
  int64_t n = 0;
  for (int64_t i = 0; i < m->c.ncell; i++) n += m->c.count[i] > 0;
  Series *s = m->cells = plot_add(p, MARK_CELL, n);
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n), s->value = plot_array(p, n), s->role = ROLE_DIVERGING;
  s->label = arena_array(&p->arena, const char *, n), s->rows = arena_array(&p->arena, int64_t, n);
  cut(m, 0, 0, (Rect){0, 1, 0, 1});
  double most = 4; // beyond 4 a residual is far from chance even in a large table
  for (int64_t i = 0; i < n; i++) most = fmax(most, fabs(s->value[i]));
  most = ceil(most);
  p->colour = (ColourScale){.present = true, .name = "Pearson residual", .lo = -most, .hi = most};
  p->x = p->y = (Axis){.lo = 0, .hi = 1, .unit = true};
}

// The levels of two columns, so that the handle of a tile says which rows it is.
static void name_levels(Mosaic *m, Axis *a, int var) {
  const Levels *l = &m->c.by[var];
  a->of = behind_levels(m->p, l);
  a->category = l->name, a->ncategory = (int32_t)l->n;
}

static void describe(Mosaic *m) {
  Plot *p = m->p;
  const CrossTab *c = &m->c;
  int64_t best = 0;
  for (int64_t i = 1; i < c->ncell; i++)
    if (fabs(cross_residual(c, i)) > fabs(cross_residual(c, best))) best = i;
  const char *test = cross_test(c, p);
  double r = cross_residual(c, best);
  if (!test) p->reading = "one level only: nothing can depend on it";
  else
    p->reading = arena_printf(&p->arena, "furthest from independence: %s, %s where %s are expected, residual %s%s; %s",
                              cross_name(c, best, " and ", p), words_count(p, (int64_t)c->count[best]),
                              words_number(p, c->expected[best]), r > 0 ? "+" : "", words_round(p, r, 3), test);
  const char *x = c->by[0].column, *y = c->by[1].column;
  if (c->nvar == 3) x = arena_printf(&p->arena, "%s, then %s", x, c->by[2].column);
  words_labels(p, &m->o->labels, x, y);
  if (c->nvar == 2) name_levels(m, &p->x, 0), name_levels(m, &p->y, 1);
}

static ErrCode fill(Mosaic *m, const Frame *d, Err *err) {
  const char *names[] = {m->o->x, m->o->y, m->o->z};
  TRY(cross_load(&m->pile, d, names, m->o->z ? 3 : 2, m->o->n, MOST_LEVELS, m->p, &m->c, err));
  add_marks(m);
  describe(m);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Mosaic m = {.pile = {.job = job, .chart = "mosaic", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&m, d, err);
  pile_free(&m.pile);
  return code;
}

const ChartType chart_mosaic = {.name = "mosaic",
                                .signature = "d:mosaic{\"a\", \"b\", \"c\"}",
                                .summary = "counts of two or three categories as areas, coloured by residuals",
                                .example = "return data('titanic'):mosaic{'passengerClass', 'survived'}",
                                .params = PARAMS,
                                .opts_size = sizeof(MosaicOpts),
                                .npos = 3,
                                .make = make};

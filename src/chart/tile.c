// A contingency table as tiles: how many rows have each pair of levels, and which share of all, of their row or of
// their column that is, as the colour.
#include "chart/matrix_int.h"

#include <math.h>

enum { OF_ALL, OF_ROW, OF_COLUMN, MOST_LEVELS = 60 };

typedef struct TileOpts {
  ChartLabels labels;
  const char *x, *y, *n;
  int share;
} TileOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(TileOpts, x), 0, 0, NULL, NULL, "column of categories to the right, at most 60 levels"},
    {"y", PARAM_TEXT, offsetof(TileOpts, y), 0, 0, NULL, NULL, "column of categories downwards"},
    {"share", PARAM_CHOICE, offsetof(TileOpts, share), 0, 0, "all", "all|row|column", "what 100 % is"},
    {"n", PARAM_TEXT, offsetof(TileOpts, n), 0, 0, "", NULL, "column of counts; without it a row counts once"},
    CHART_LABELS(TileOpts),
    PARAM_END};

typedef struct Tile {
  Pile pile;
  const TileOpts *o;
  Plot *p;
  CrossTab c; // by y, then x
} Tile;

static double whole_of(const Tile *t, int64_t cell) {
  const CrossTab *c = &t->c;
  if (t->o->share == OF_ALL) return c->n;
  int var = t->o->share == OF_ROW ? 0 : 1;
  return c->margin[var][cross_level(c, cell, var)];
}

static void add_marks(Tile *t) {
  Plot *p = t->p;
  const CrossTab *c = &t->c;
  int64_t nx = c->by[1].n, ny = c->by[0].n, n = 0;
  for (int64_t i = 0; i < c->ncell; i++) n += whole_of(t, i) > 0;
  Series *s = plot_add(p, MARK_CELL, n);
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n), s->value = plot_array(p, n), s->role = ROLE_SEQUENTIAL;
  s->label = arena_array(&p->arena, const char *, n), s->rows = arena_array(&p->arena, int64_t, n);
  for (int64_t i = 0, k = 0; i < c->ncell; i++) {
    double whole = whole_of(t, i);
    if (!(whole > 0)) continue;
    s->x[k] = (double)(i % nx), s->x2[k] = s->x[k] + 1, s->y[k] = (double)(ny - 1 - i / nx), s->y2[k] = s->y[k] + 1;
    s->value[k] = c->count[i] / whole, s->rows[k] = i;
    s->label[k++] =
        arena_printf(&p->arena, "%s %s", words_count(p, (int64_t)c->count[i]), words_share(p, c->count[i], whole));
  }
  static const char *const names[] = {"share of all", "share of the row", "share of the column"};
  p->colour = (ColourScale){.present = true, .name = names[t->o->share], .lo = 0, .mid = 0.5, .hi = 1};
  if (t->o->share == OF_ALL) { // small shares would all look alike on 0 .. 1
    for (int64_t k = 0; k < n; k++) p->colour.hi = k ? fmax(p->colour.hi, s->value[k]) : s->value[k];
    p->colour.mid = p->colour.hi / 2;
  }
  p->x = axis_of_names(p, c->by[1].name, nx, false);
  p->y = axis_of_names(p, c->by[0].name, ny, true);
}

static void describe(Tile *t) {
  Plot *p = t->p;
  const CrossTab *c = &t->c;
  int64_t best = -1;
  for (int64_t i = 0; i < c->ncell; i++) {
    double whole = whole_of(t, i);
    if (whole > 0 && (best < 0 || c->count[i] / whole > c->count[best] / whole_of(t, best))) best = i;
  }
  const char *y = c->by[0].name[cross_level(c, best, 0)], *x = c->by[1].name[cross_level(c, best, 1)],
             *test = cross_test(c, p);
  const char *name_y = arena_printf(&p->arena, "%s %s", c->by[0].column, y),
             *name_x = arena_printf(&p->arena, "%s %s", c->by[1].column, x);
  const char *share = words_share(p, c->count[best], whole_of(t, best)), *n = words_count(p, (int64_t)c->count[best]);
  const char *all = words_count(p, (int64_t)whole_of(t, best)), *words;
  if (t->o->share == OF_ALL) words = arena_printf(&p->arena, "largest: %s and %s, %s of %s (%s)", y, x, n, all, share);
  else
    words = arena_printf(&p->arena, "largest share: %s, %s of %s (%s of %s)", t->o->share == OF_ROW ? name_x : name_y,
                         share, t->o->share == OF_ROW ? name_y : name_x, n, all);
  p->reading = test ? arena_printf(&p->arena, "%s; %s", words, test) : words;
  words_labels(p, &t->o->labels, c->by[1].column, c->by[0].column);
  p->x.of = behind_levels(p, &c->by[1]), p->y.of = behind_levels(p, &c->by[0]);
}

static ErrCode fill(Tile *t, const Frame *d, Err *err) {
  const char *names[] = {t->o->y, t->o->x};
  TRY(cross_load(&t->pile, d, names, 2, t->o->n, MOST_LEVELS, t->p, &t->c, err));
  add_marks(t);
  describe(t);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Tile t = {.pile = {.job = job, .chart = "tile", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&t, d, err);
  pile_free(&t.pile);
  return code;
}

const ChartType chart_tile = {.name = "tile",
                              .signature = "d:tile{\"a\", \"b\", share=\"row\"}",
                              .summary = "counts and shares of two categories as tiles",
                              .example = "return data('titanic'):tile{'survived', 'passengerClass', share='row'}",
                              .params = PARAMS,
                              .opts_size = sizeof(TileOpts),
                              .npos = 2,
                              .make = make};

// Parallel coordinates: each column an upright axis from its least to its greatest value, each row a line across them.
// Lines that run side by side between two axes say that the columns rise together, lines that cross that one falls as
// the other rises. Beyond a few hundred lines nothing can be seen, so of more rows some are taken: one, at a place
// drawn from a fixed seed, from each of as many equal stretches of rows.
// Reference: Inselberg, "The plane with parallel coordinates", The Visual Computer 1 (1985).
#include "chart/points_int.h"

#include "base/rng.h"

#include <math.h>

enum { MOST_COLUMNS = 12 };

typedef struct ParallelOpts {
  ChartLabels labels;
  Names columns;
  const char *color;
  int64_t lines, seed;
} ParallelOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(ParallelOpts, columns), 0, 0, "", NULL,
     "number columns, at most 12, from left to right; the first number columns when none is given"},
    {"color", PARAM_TEXT, offsetof(ParallelOpts, color), 0, 0, "", NULL, "column whose levels are coloured, at most 6"},
    {"lines", PARAM_INT, offsetof(ParallelOpts, lines), 1, 1000, "300", NULL, "most rows drawn"},
    {"seed", PARAM_INT, offsetof(ParallelOpts, seed), 0, 9e15, "1", NULL, "of the rows taken"},
    CHART_LABELS(ParallelOpts),
    PARAM_END};

typedef struct Parallel {
  Pile pile;
  const ParallelOpts *o;
  Plot *p;
  const Frame *d;
  Use use[MOST_COLUMNS];
  int ncolumn, nmore; // number columns left out
  Levels by;
  bool groups;
  int64_t n, *row;      // rows with values in all columns
  int64_t nline, *line; // rows drawn
  double lo[MOST_COLUMNS], hi[MOST_COLUMNS];
  double *v[MOST_COLUMNS]; // n
} Parallel;

static ErrCode find_columns(Parallel *s, Err *err) {
  static const char advice[] = "an axis needs numbers or dates";
  const Names *names = &s->o->columns;
  if (names->n > MOST_COLUMNS)
    return err_set(err, ERR_ARG, "parallel: %lld columns are too many, at most %d fit", (long long)names->n,
                   MOST_COLUMNS);
  for (int64_t k = 0; k < names->n; k++)
    TRY(use_find(s->d, "parallel", names->name[k], true, advice, &s->use[s->ncolumn++], err));
  for (int j = 0; j < frame_ncol(s->d) && names->n == 0; j++) {
    ColType type = frame_at(s->d, j)->type;
    if ((type != COL_F64 && type != COL_I64) || (s->o->color && strcmp(s->o->color, frame_name(s->d, j)) == 0))
      continue;
    if (frame_at(s->d, j)->missing == frame_nrow(s->d)) continue; // would leave no row
    if (s->ncolumn == MOST_COLUMNS) s->nmore++;
    else s->use[s->ncolumn++] = (Use){.col = frame_at(s->d, j), .name = frame_name(s->d, j)};
  }
  if (s->ncolumn >= 2) return OK;
  return err_set(err, ERR_ARG, "parallel: %d number column%s, at least 2 are needed", s->ncolumn,
                 s->ncolumn == 1 ? "" : "s");
}

static ErrCode load(Parallel *s, Err *err) {
  static const char levels[] = "keep fewer with d:where, or leave color out";
  TRY(find_columns(s, err));
  s->groups = s->o->color != NULL;
  if (s->groups) TRY(levels_load(&s->pile, s->d, s->o->color, CHART_MOST_GROUPS, levels, s->p, &s->by, err));
  TRY(rows_pick(&s->pile, s->use, s->ncolumn, s->groups ? &s->by : NULL, frame_nrow(s->d), &s->row, &s->n, err));
  for (int k = 0; k < s->ncolumn; k++) {
    TRY(pile_new(&s->pile, s->n * 8, &s->v[k], err));
    for (int64_t i = 0; i < s->n; i++) s->v[k][i] = col_f64(s->use[k].col, s->row[i]);
    TRY(job_tick(s->pile.job, k, s->ncolumn, err));
    points_range(s->pile.job, s->v[k], s->n, &s->lo[k], &s->hi[k]);
  }
  return OK;
}

static ErrCode choose_lines(Parallel *s, Err *err) {
  RngKey key = rng_key((uint64_t)s->o->seed, "parallel");
  int64_t most = chart_marks(&s->o->labels) / 2 / (s->ncolumn + 1); // a line and its gap
  s->nline = s->o->lines < most ? s->o->lines : most;
  if (s->n < s->nline) s->nline = s->n;
  TRY(pile_new(&s->pile, s->nline * 8, &s->line, err));
  for (int64_t k = 0; k < s->nline; k++) {
    int64_t from = k * s->n / s->nline, to = (k + 1) * s->n / s->nline;
    s->line[k] = from + (to - from > 1 ? rng_below(key, (uint64_t)k, 0, to - from) : 0);
  }
  return OK;
}

static double share(const Parallel *s, int k, int64_t i) {
  double span = s->hi[k] / 2 - s->lo[k] / 2;
  return span > 0 ? fmin(1, (s->v[k][i] / 2 - s->lo[k] / 2) / span) : 0.5;
}

static bool is_of(const Parallel *s, int64_t i, int64_t level) { return !s->groups || s->by.of[s->row[i]] == level; }

static void add_lines(Parallel *s, int64_t level) {
  Plot *p = s->p;
  int64_t m = 0, at = 0;
  for (int64_t k = 0; k < s->nline; k++) m += is_of(s, s->line[k], level);
  if (!m) return;
  Series *mark = plot_add(p, MARK_LINE, m * (s->ncolumn + 1) - 1);
  mark->group = (int)level, mark->name = s->groups ? s->by.name[level] : NULL;
  mark->rows = arena_array(&p->arena, int64_t, mark->n);
  for (int64_t k = 0; k < s->nline; k++) {
    int64_t i = s->line[k], row = row_handle(&s->o->labels, s->row[i]);
    if (!is_of(s, i, level)) continue;
    if (at) mark->x[at] = mark->y[at] = NAN, mark->rows[at++] = row; // a break
    for (int j = 0; j < s->ncolumn; j++) mark->x[at] = j + 0.5, mark->y[at] = share(s, j, i), mark->rows[at++] = row;
  }
}

// The ends of each axis, above and below it.
static void add_ends(Parallel *s) {
  Plot *p = s->p;
  Series *text = plot_add(p, MARK_TEXT, 2 * s->ncolumn);
  text->role = ROLE_FAINT, text->label = arena_array(&p->arena, const char *, text->n);
  for (int k = 0; k < 2 * s->ncolumn; k++) {
    int j = k / 2;
    Axis a = {.kind = use_axis(&s->use[j]), .lo = s->lo[j], .hi = s->hi[j]};
    text->x[k] = j + 0.5, text->y[k] = k % 2 ? 1.06 : -0.06;
    text->label[k] = words_at(p, &a, k % 2 ? s->hi[j] : s->lo[j]);
  }
}

static void add_marks(Parallel *s) {
  Plot *p = s->p;
  const char *names[MOST_COLUMNS];
  for (int k = 0; k < s->ncolumn; k++) names[k] = words_copy(p, sv(s->use[k].name), CHART_NAME_COLUMNS);
  p->x = axis_of_names(p, names, s->ncolumn, false);
  p->y = (Axis){.kind = AXIS_NONE, .lo = -0.1, .hi = 1.1};
  for (int64_t k = 0; k < (s->groups ? s->by.n : 1); k++) add_lines(s, k);
  add_ends(s);
  if (s->groups) p->groups = words_copy(p, sv(s->by.column), CHART_NAME_COLUMNS);
}

// ---- words --------------------------------------------------------------------------------------------------------
// Share of a column's spread that lies between the groups: eta squared.
static double between(const Parallel *s, int k, double *room) {
  double all = sum_f64(s->pile.job, s->v[k], s->n) / (double)s->n, parts = 0, span = s->hi[k] / 2 - s->lo[k] / 2;
  if (!(span > 0)) return 0;
  for (int64_t i = 0; i < s->n; i++) room[i] = (s->v[k][i] - all) / span;
  double total = sum_dot(s->pile.job, room, room, s->n);
  for (int64_t level = 0; level < s->by.n; level++) {
    int64_t m = 0;
    for (int64_t i = 0; i < s->n; i++)
      if (is_of(s, i, level)) room[m++] = (s->v[k][i] - all) / span;
    double sum = sum_f64(s->pile.job, room, m);
    if (m) parts += sum * sum / (double)m;
  }
  return total > 0 ? parts / total : 0;
}

static ErrCode group_words(Parallel *s, Err *err) {
  double *room, best = -1;
  int at = 0;
  TRY(pile_new(&s->pile, s->n * 8, &room, err));
  for (int k = 0; k < s->ncolumn; k++) {
    double eta = between(s, k, room);
    if (eta > best) best = eta, at = k;
  }
  s->p->reading = arena_printf(&s->p->arena, "%s parts the levels of %s best: %s of its spread lies between them, n %s",
                               s->p->x.category[at], s->p->groups, words_share(s->p, best, 1), words_count(s->p, s->n));
  return OK;
}

static void neighbour_words(Parallel *s) {
  Plot *p = s->p;
  double best = 0, r;
  int at = -1;
  for (int k = 0; k + 1 < s->ncolumn; k++) {
    PairSums sums = pairs_sum(s->pile.job, s->v[k], s->v[k + 1], s->n);
    if (pairs_correlation(&sums, &r) && (at < 0 || fabs(r) > fabs(best))) best = r, at = k;
  }
  p->reading = at < 0
                   ? "no two neighbours have spread"
                   : arena_printf(&p->arena, "of neighbours %s and %s go together most: r %s, n %s", p->x.category[at],
                                  p->x.category[at + 1], words_unit(p, best, 3, true), words_count(p, s->n));
}

static ErrCode describe(Parallel *s, Err *err) {
  Plot *p = s->p;
  p->n = s->n;
  p->note = rows_note(s->use, s->ncolumn, s->groups ? &s->by : NULL, p);
  if (s->nline < s->n)
    words_add_note(p, arena_printf(&p->arena, "%s of %s rows drawn, spread evenly (seed %lld)",
                                   words_count(p, s->nline), words_count(p, s->n), (long long)s->o->seed));
  if (s->nmore) words_add_note(p, arena_printf(&p->arena, "%d more number columns are not shown", s->nmore));
  words_labels(p, &s->o->labels, NULL, NULL);
  if (s->groups) return group_words(s, err);
  neighbour_words(s);
  return OK;
}

static ErrCode fill(Parallel *s, Err *err) {
  TRY(load(s, err));
  TRY(choose_lines(s, err));
  add_marks(s);
  return describe(s, err);
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Parallel s = {.pile = {.job = job, .chart = "parallel", .whole = labels->whole}, .o = opts, .d = d, .p = out};
  ErrCode code = fill(&s, err);
  pile_free(&s.pile);
  return code;
}

const ChartType chart_parallel = {.name = "parallel",
                                  .signature = "d:parallel{{\"a\", \"b\", \"c\"}, color=\"g\"}",
                                  .summary = "columns as upright axes, each row a line across them",
                                  .example = "return data('iris'):parallel{color='class'}",
                                  .params = PARAMS,
                                  .opts_size = sizeof(ParallelOpts),
                                  .npos = 1,
                                  .make = make};

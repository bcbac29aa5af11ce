// Where values are missing: columns, those that miss most at the left, against blocks of rows from the top. A column
// that misses everything in some blocks was not collected then; columns that miss the same rows do so together. NaN is
// a value, and counts as one. Counts are taken from the bitmaps, 64 rows at a time.
#include "chart/chart_int.h"

#include <stdlib.h>

enum { MOST_COLUMNS = 40, MOST_BLOCKS = 200 };

typedef struct MissingOpts {
  ChartLabels labels;
  Names columns;
  int64_t blocks;
} MissingOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(MissingOpts, columns), 0, 0, "", NULL, "columns; all when none is given"},
    {"blocks", PARAM_INT, offsetof(MissingOpts, blocks), 1, MOST_BLOCKS, "20", NULL,
     "groups of rows that follow each other"},
    CHART_LABELS(MissingOpts),
    PARAM_END};

typedef struct Missing {
  Job *job;
  const MissingOpts *o;
  const Frame *d;
  Plot *p;
  int64_t nrow, nblock, some;  // rows, groups of them; rows that miss something
  int *column, ncolumn, total; // shown, in their order; chosen
} Missing;

typedef struct Place {
  int64_t missing;
  int column;
} Place;

static int by_missing(const void *a, const void *b) {
  const Place *x = a, *y = b;
  if (x->missing != y->missing) return x->missing > y->missing ? -1 : 1;
  return (x->column > y->column) - (x->column < y->column);
}

static ErrCode choose_columns(Missing *m, Err *err) {
  Arena *a = &m->p->arena;
  m->total = m->o->columns.n ? (int)m->o->columns.n : frame_ncol(m->d);
  Place *place = arena_array(a, Place, m->total + 1);
  for (int k = 0; k < m->total; k++) {
    int j = k;
    ErrCode code = m->o->columns.n ? frame_col(m->d, sv(m->o->columns.name[k]), &j, err) : OK;
    if (code != OK) return err_prefix(err, "missing");
    place[k] = (Place){frame_at(m->d, j)->missing, j};
  }
  if (m->total == 0 || m->nrow == 0)
    return err_set(err, ERR_ARG, "missing: the frame has no %s", m->total ? "rows" : "columns");
  qsort(place, (size_t)m->total, sizeof *place, by_missing);
  m->ncolumn = m->total < MOST_COLUMNS ? m->total : MOST_COLUMNS;
  m->column = arena_array(a, int, m->ncolumn);
  for (int k = 0; k < m->ncolumn; k++) m->column[k] = place[k].column;
  return OK;
}

static uint64_t mask_from(int64_t i) { return ~0ull << (i & 63); }

static int64_t missing_in(const Column *c, int64_t from, int64_t to) {
  int64_t n = 0;
  if (!c->missing) return 0;
  for (int64_t w = from >> 6; w <= (to - 1) >> 6; w++) {
    uint64_t gone = ~c->valid[w];
    if (w == from >> 6) gone &= mask_from(from);
    if (w == to >> 6) gone &= ~mask_from(to);
    n += __builtin_popcountll(gone);
  }
  return n;
}

static void count_rows(Missing *m) {
  for (int64_t w = 0; w * 64 < m->nrow; w++) {
    uint64_t gone = 0;
    for (int k = 0; k < m->ncolumn; k++) {
      const Column *c = frame_at(m->d, m->column[k]);
      if (c->missing) gone |= ~c->valid[w];
    }
    if (m->nrow - w * 64 < 64) gone &= ~mask_from(m->nrow);
    m->some += __builtin_popcountll(gone);
  }
}

static int64_t edge(const Missing *m, int64_t b) { // first row of block b
  int64_t whole = m->nrow / m->nblock, rest = m->nrow % m->nblock;
  return b * whole + (b < rest ? b : rest);
}

static void add_marks(Missing *m) {
  Plot *p = m->p;
  Arena *a = &p->arena;
  int64_t n = m->nblock * m->ncolumn, k = 0;
  const char **column = arena_array(a, const char *, m->ncolumn), **block = arena_array(a, const char *, m->nblock);
  Series *s = plot_add(p, MARK_CELL, n);
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n), s->value = plot_array(p, n), s->role = ROLE_SEQUENTIAL;
  s->label = arena_array(a, const char *, n), s->rows = arena_array(a, int64_t, n);
  for (int j = 0; j < m->ncolumn; j++)
    column[j] = words_copy(p, sv(frame_name(m->d, m->column[j])), CHART_NAME_COLUMNS);
  for (int64_t b = 0; b < m->nblock; b++) {
    int64_t from = edge(m, b), to = edge(m, b + 1);
    block[b] =
        to - from == 1 ? words_count(p, to) : arena_printf(a, "%s to %s", words_count(p, from + 1), words_count(p, to));
    for (int j = 0; j < m->ncolumn; j++, k++) {
      int64_t gone = missing_in(frame_at(m->d, m->column[j]), from, to);
      s->x[k] = j, s->x2[k] = j + 1, s->y[k] = (double)(m->nblock - 1 - b), s->y2[k] = s->y[k] + 1;
      s->value[k] = (double)gone / (double)(to - from), s->rows[k] = from;
      s->label[k] = words_share(p, (double)gone, (double)(to - from));
    }
  }
  p->x = axis_of_names(p, column, m->ncolumn, false), p->y = axis_of_names(p, block, m->nblock, true);
  p->colour = (ColourScale){.present = true, .name = "share missing", .lo = 0, .mid = 0.5, .hi = 1};
}

static const char *share_of(Missing *m, int k) {
  const char *name = words_copy(m->p, sv(frame_name(m->d, m->column[k])), CHART_NAME_COLUMNS);
  double gone = (double)frame_at(m->d, m->column[k])->missing;
  return arena_printf(&m->p->arena, "%s %s", name, words_share(m->p, gone, (double)m->nrow));
}

static void describe(Missing *m) {
  Plot *p = m->p;
  int with = 0;
  p->n = m->nrow;
  for (int k = 0; k < m->ncolumn; k++) with += frame_at(m->d, m->column[k])->missing > 0;
  if (m->total > m->ncolumn)
    p->note = arena_printf(&p->arena, "%d columns that miss less or nothing are not shown", m->total - m->ncolumn);
  words_labels(p, &m->o->labels, NULL, "rows");
  if (with == 0) {
    p->reading =
        arena_printf(&p->arena, "nothing is missing in %s rows of %d columns", words_count(p, m->nrow), m->total);
    return;
  }
  const char *then = with > 1 ? arena_printf(&p->arena, ", then %s", share_of(m, 1)) : "";
  p->reading = arena_printf(&p->arena, "%s of %s rows (%s) miss something in %d of %d columns: %s%s",
                            words_count(p, m->some), words_count(p, m->nrow),
                            words_share(p, (double)m->some, (double)m->nrow), with, m->total, share_of(m, 0), then);
}

static ErrCode fill(Missing *m, Err *err) {
  m->nrow = frame_nrow(m->d);
  if (m->o->labels.whole)
    return err_set(err, ERR_ARG,
                   "missing: its blocks are rows that follow each other, leave facet out: sort by that "
                   "column instead");
  TRY(job_tick(m->job, 0, m->nrow, err));
  TRY(choose_columns(m, err));
  m->nblock = m->nrow < m->o->blocks ? m->nrow : m->o->blocks;
  add_marks(m);
  count_rows(m);
  describe(m);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  Missing m = {.job = job, .o = opts, .d = d, .p = out};
  return fill(&m, err);
}

const ChartType chart_missing = {.name = "missing",
                                 .signature = "d:missing()",
                                 .summary = "where values are missing: columns against blocks of rows",
                                 .example = "return data('airquality'):missing()",
                                 .params = PARAMS,
                                 .opts_size = sizeof(MissingOpts),
                                 .npos = 1,
                                 .make = make};

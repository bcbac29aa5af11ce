// The numbers of a column by the levels of another: of the target, where one is chosen and has few levels, else of the
// category among the table's whose levels' medians lie farthest apart, so that what splits the column shows without a
// question.
#include "kernel/desk_int.h"

#include "num/num.h"

#include <math.h>

enum { LEVELS_MOST = 8, LEVELS_LEAST = 2, CANDIDATES = 8, ROWS_LEAST = 5, LEVEL_COLUMNS = 20 };

typedef struct Groups {
  Job *job;
  const Column *x, *g;
  double *room;
  WireBox box[LEVELS_MOST];
  int64_t n;
} Groups;

static int64_t level_at(const Column *g, int64_t i) {
  return g->type == COL_CAT ? col_code(g, i) : g->type == COL_BOOL ? g->b[i] : g->i[i];
}

// The distinct values, ascending, and a row of each; 0 when there are more than LEVELS_MOST.
static int64_t find_levels(const Column *g, int64_t *level, int64_t *row) {
  int64_t n = 0;
  for (int64_t i = 0; i < g->n; i++) {
    if (!col_valid(g, i)) continue;
    int64_t v = level_at(g, i), k = n;
    while (k > 0 && level[k - 1] > v) k--;
    if (k > 0 && level[k - 1] == v) continue;
    if (n == LEVELS_MOST) return 0;
    memmove(level + k + 1, level + k, (size_t)(n - k) * sizeof *level);
    memmove(row + k + 1, row + k, (size_t)(n - k) * sizeof *row);
    level[k] = v, row[k] = i, n++;
  }
  return n;
}

static ErrCode fill_level(Groups *w, Arena *a, int64_t level, int64_t row, Err *err) {
  static const double p[5] = {0, .25, .5, .75, 1};
  WireBox *b = &w->box[w->n];
  *b = (WireBox){0};
  for (int64_t i = 0; i < w->x->n; i++) {
    if (!col_valid(w->g, i) || !col_valid(w->x, i) || level_at(w->g, i) != level) continue;
    double v = col_f64(w->x, i);
    if (!isnan(v)) w->room[b->n++] = v;
  }
  if (!b->n) return OK; // no row has it
  TRY(quantile_f64(w->job, w->room, b->n, 7, p, 5, b->q, err));
  b->name = word_cell(a, w->g, row, LEVEL_COLUMNS);
  w->n++;
  return OK;
}

// How far the medians lie apart; -1: too few levels or rows.
static ErrCode fill_levels(Groups *w, Arena *a, double *spread, Err *err) {
  double lo = INFINITY, hi = -INFINITY;
  int64_t level[LEVELS_MOST], row[LEVELS_MOST], n = find_levels(w->g, level, row);
  w->n = 0, *spread = -1;
  for (int64_t k = 0; k < n; k++) TRY(fill_level(w, a, level[k], row[k], err));
  for (int64_t k = 0; k < w->n; k++) {
    if (w->box[k].n < ROWS_LEAST) continue;
    lo = fmin(lo, w->box[k].q[2]), hi = fmax(hi, w->box[k].q[2]);
  }
  if (w->n >= LEVELS_LEAST && hi >= lo) *spread = hi - lo;
  return OK;
}

// Names are the arena's.
static ErrCode by_column(Job *job, Arena *a, const Frame *f, const char *name, const char *by, double *room,
                         Groups *out, double *spread, Err *err) {
  const char *both[] = {name, by};
  Frame *part;
  TRY(frame_thinned(job, f, &(Names){both, 2}, &part, err));
  *out = (Groups){.job = job, .x = frame_at(part, 0), .g = frame_at(part, 1), .room = room};
  ErrCode code = fill_levels(out, a, spread, err);
  frame_unref(part);
  return code;
}

static void keep(Arena *a, const Groups *w, const char *by, MsgColumn *m) {
  m->by = by, m->nbox = w->n;
  m->box = arena_array(a, WireBox, w->n);
  for (int64_t k = 0; k < w->n; k++) {
    m->box[k] = w->box[k];
    m->box[k].middle = arena_strdup(a, word_sensible(a, w->box[k].q[2], 4));
  }
}

// Levels of the target: a category, or few values that are no measurements.
static ErrCode by_target(Job *job, Arena *a, const Frame *f, int j, int target, double *room, MsgColumn *m, Err *err) {
  Groups w;
  double spread;
  ColType type = frame_at(f, target)->type;
  if (target == j || (type != COL_CAT && type != COL_BOOL && type != COL_I64)) return OK;
  TRY(by_column(job, a, f, frame_name(f, j), frame_name(f, target), room, &w, &spread, err));
  if (w.n >= LEVELS_LEAST) keep(a, &w, frame_name(f, target), m);
  return OK;
}

ErrCode view_groups(Job *job, Arena *a, const Frame *f, int j, MsgColumn *m, Err *err) {
  double *room = mem_new((size_t)frame_nrow(f) * sizeof *room + 8), best = 0;
  int seen = 0;
  ErrCode code = room ? OK : err_set(err, ERR_MEMORY, "groups: the system has no memory left: take fewer rows");
  int target = frame_find(f, sv(m->target));
  if (target >= 0 && code == OK) code = by_target(job, a, f, j, target, room, m, err);
  bool chosen = m->nbox > 0;
  for (int k = 0; k < frame_ncol(f) && seen < CANDIDATES && !chosen && code == OK; k++) {
    const Column *g = frame_at(f, k);
    Groups w;
    double spread;
    if (k == j || g->type != COL_CAT || g->dict->n < LEVELS_LEAST || g->dict->n > LEVELS_MOST) continue;
    seen++;
    code = by_column(job, a, f, frame_name(f, j), frame_name(f, k), room, &w, &spread, err);
    if (code == OK && spread > best) best = spread, keep(a, &w, frame_name(f, k), m);
  }
  mem_free(room);
  return code;
}

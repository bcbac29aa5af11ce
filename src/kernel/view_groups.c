// The numbers of a column by the levels of a category: the one among the table's categories whose levels' medians lie
// farthest apart, so that what splits the column shows without a question.
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

static ErrCode fill_level(Groups *w, int64_t level, Err *err) {
  static const double p[5] = {0, .25, .5, .75, 1};
  WireBox *b = &w->box[w->n];
  *b = (WireBox){0};
  for (int64_t i = 0; i < w->x->n; i++) {
    if (!col_valid(w->g, i) || !col_valid(w->x, i) || col_code(w->g, i) != level) continue;
    double v = col_f64(w->x, i);
    if (!isnan(v)) w->room[b->n++] = v;
  }
  if (!b->n) return OK; // no row has it
  TRY(quantile_f64(w->job, w->room, b->n, 7, p, 5, b->q, err));
  b->name = w->g->dict->word[level].s;
  w->n++;
  return OK;
}

// How far the medians lie apart; -1: too few levels or rows.
static ErrCode fill_levels(Groups *w, double *spread, Err *err) {
  double lo = INFINITY, hi = -INFINITY;
  w->n = 0, *spread = -1;
  for (int64_t level = 0; level < w->g->dict->n; level++) TRY(fill_level(w, level, err));
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
  ErrCode code = fill_levels(out, spread, err);
  for (int64_t k = 0; k < out->n && code == OK; k++) out->box[k].name = arena_strdup(a, out->box[k].name);
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

ErrCode view_groups(Job *job, Arena *a, const Frame *f, int j, MsgColumn *m, Err *err) {
  double *room = mem_new((size_t)frame_nrow(f) * sizeof *room + 8), best = 0;
  int seen = 0;
  ErrCode code = room ? OK : err_set(err, ERR_MEMORY, "groups: the system has no memory left: take fewer rows");
  for (int k = 0; k < frame_ncol(f) && seen < CANDIDATES && code == OK; k++) {
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

// Missing values: which columns, where in the table (a bar for each of BLOCKS equal parts of the rows, whose height is
// the share that is missing there), which together.
#include "stats/report_int.h"

#include "frame/verbs.h"

#include <math.h>
#include <stdlib.h>

enum { BLOCKS = 24, SHOWN = 15, SHOWN_PATTERNS = 6, SHOWN_PAIRS = 5, LEAST = 5 };
static const double TOGETHER = .1;

static const char *map_of(Run *r, const Column *c) {
  int64_t count[BLOCKS];
  int blocks = c->n < BLOCKS ? (int)c->n : BLOCKS;
  for (int b = 0; b < blocks; b++) {
    int64_t from = c->n * b / blocks, to = c->n * (b + 1) / blocks, missing = 0;
    for (int64_t i = from; i < to; i++) missing += !col_valid(c, i);
    count[b] = (int64_t)(1000 * (double)missing / (double)(to - from)) + (missing > 0);
  }
  int64_t most = 1;
  for (int b = 0; b < blocks; b++) most = count[b] > most ? count[b] : most;
  return tell_bars(r, count, blocks, "·");
}

static ErrCode columns(Run *r, Err *err) {
  Tab t, few;
  int *by = arena_array(&r->arena, int, r->p + 1), m = 0;
  int64_t cells = 0;
  for (int j = 0; j < r->p; j++) { // most missing first, stable
    int64_t missing = frame_at(r->whole, j)->missing;
    cells += missing;
    if (!missing) continue;
    int k = m++;
    for (; k > 0 && frame_at(r->whole, by[k - 1])->missing < missing; k--) by[k] = by[k - 1];
    by[k] = j;
  }
  tab_init(&t, &r->arena, "~column #missing %share ~map");
  tab_init(&few, &r->arena, "~column #missing ~share ~map");
  for (int k = 0; k < m; k++) {
    int j = by[k];
    const Column *c = frame_at(r->whole, j);
    const char *map = map_of(r, c);
    double share = (double)c->missing / (double)c->n;
    tab_row(&t);
    tab_text(&t, "column", r->fact[j].name), tab_text(&t, "map", map);
    tab_int(&t, "missing", c->missing), tab_real(&t, "share", share);
    if (k >= SHOWN) continue;
    tab_row(&few);
    tab_text(&few, "column", name_with_sign(r, j)), tab_text(&few, "map", map);
    tab_int(&few, "missing", c->missing), tab_text(&few, "share", tell_percent(r, share));
  }
  const char *caption = arena_printf(&r->arena, "missing  %s in %s; the map runs from the first row to the last",
                                     tell_rows(r, cells, "cell", "cells"), tell_rows(r, m, "column", "columns"));
  TRY(report_section(r, REPORT_MISSING, &t, m ? caption : "missing  nothing is missing", err));
  return report_shown(r, REPORT_MISSING, &few, err);
}

static void say(Run *r, Frame *f, const char *section) {
  frame_set_caption(f, arena_printf(&r->arena, "%s  %s%s", section, frame_caption(f), tell_sample(r)));
}

static ErrCode add_bars(Run *r, Frame *f, Err *err) {
  int64_t n = frame_nrow(f);
  double *low = arena_array(&r->arena, double, n + 1), *high = arena_array(&r->arena, double, n + 1);
  for (int64_t i = 0; i < n; i++) {
    Bar b = bar_share(r, frame_at(f, 0)->i[i], r->n);
    low[i] = b.low, high[i] = b.high;
  }
  TRY(answer_reals(r->job, f, "low", low, n, err));
  return answer_reals(r->job, f, "high", high, n, err);
}

static ErrCode patterns(Run *r, Err *err) {
  MissingOpts opts = {0};
  Frame **f = &r->out->section[REPORT_PATTERNS], **few = &r->out->shown[REPORT_PATTERNS];
  TRY(stats_missing_patterns(r->job, r->f, &opts, f, err));
  say(r, *f, "patterns");
  if (r->part) TRY(add_bars(r, *f, err));
  int64_t n = frame_nrow(*f), shown = n < SHOWN_PATTERNS ? n : SHOWN_PATTERNS;
  if (n < 3) return OK;
  Frame *cut;
  TRY(frame_slice(r->job, *f, 0, shown, &cut, err));
  ErrCode code = frame_select(cut, &(Names){(const char *[]){"rows", "columns"}, 2}, few, err);
  frame_unref(cut);
  if (code == OK) frame_set_caption(*few, frame_caption(*f));
  return code;
}

static ErrCode pairs(Run *r, Err *err) {
  Names all = {0};
  Tab t;
  Frame **f = &r->out->section[REPORT_PAIRS];
  TRY(stats_missing_pairs(r->job, r->f, &all, f, err));
  say(r, *f, "pairs");
  const Column *a = frame_at(*f, 0), *b = frame_at(*f, 1), *both = frame_at(*f, 2), *only_a = frame_at(*f, 3),
               *only_b = frame_at(*f, 4), *phi = frame_at(*f, 6);
  tab_init(&t, &r->arena, "~pair ~together ~phi");
  for (int64_t i = 0; i < frame_nrow(*f) && i < SHOWN_PAIRS; i++) {
    if (!col_valid(phi, i) || fabs(phi->f[i]) < TOGETHER || both->i[i] < LEAST) continue;
    tab_row(&t);
    tab_text(&t, "pair",
             arena_printf(&r->arena, SV_FMT " with " SV_FMT, SV_ARG(col_text(a, i)), SV_ARG(col_text(b, i))));
    int64_t alone = only_a->i[i] < only_b->i[i] ? only_a->i[i] : only_b->i[i];
    tab_text(&t, "together",
             arena_printf(&r->arena, "%s of %s", tell_count(r, both->i[i]), tell_count(r, both->i[i] + alone)));
    tab_text(&t, "phi", tell_auc(r, phi->f[i]));
  }
  return report_shown(r, REPORT_PAIRS, &t, err);
}

ErrCode report_missing(Run *r, Err *err) {
  TRY(columns(r, err));
  TRY(patterns(r, err));
  return pairs(r, err);
}

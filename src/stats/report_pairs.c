// Correlations of all pairs of number columns that could have one, by values and by ranks. Of a table of more than
// MOST columns the first are taken: a matrix of thousands is no part of a report.
#include "stats/report_int.h"

#include <math.h>
#include <stdlib.h>

enum { MOST = 200, SHOWN = 8 };
static const double STRONG = .9;

static bool any_number(const Column *c) { return col_is_number(c); }

static bool takes_part(const Facts *t) {
  return t->kind == FACT_NUMBERS && t->sd > 0 && isfinite(t->sd) && !t->id && !t->nan;
}

typedef struct Place {
  int a, b;
  double size;
} Place;

static int larger_first(const void *a, const void *b) {
  const Place *x = a, *y = b;
  if (x->size != y->size) return x->size < y->size ? 1 : -1;
  return x->a != y->a ? x->a - y->a : x->b - y->b;
}

static double size_of(const CorrPair *c) { return c->defined && !isnan(c->r) ? fabs(c->r) : 0; }

static void put_side(Tab *t, const char *name, const char *low, const char *high, const CorrPair *c) {
  if (!c->defined) return;
  tab_real(t, name, c->r);
  tab_real(t, low, c->low);
  tab_real(t, high, c->high);
}

static void remember_strong(Run *r, const Names *names, const Place *place, int64_t n, const CorrPair *ranks) {
  while (r->nstrong < n && (r->nstrong == 0 || place[r->nstrong].size >= STRONG)) r->nstrong++;
  r->strong = arena_array(&r->arena, Strong, r->nstrong);
  for (int k = 0; k < r->nstrong; k++) {
    int a = frame_find(r->f, sv(names->name[place[k].a])), b = frame_find(r->f, sv(names->name[place[k].b]));
    const CorrPair *c = &ranks[place[k].a * names->n + place[k].b];
    bool by_ranks = size_of(c) >= place[k].size;
    r->strong[k] = (Strong){a, b, by_ranks ? c->r : place[k].size, by_ranks};
  }
}

// "−.42 to −.12"
static void put_shown(Run *r, Tab *t, const Names *names, const Place *place, const CorrPair *x, const CorrPair *y) {
  bool ranks = size_of(y) > size_of(x);
  const CorrPair *c = ranks ? y : x;
  tab_row(t);
  tab_text(t, "column", names->name[place->a]);
  tab_text(t, "with", names->name[place->b]);
  tab_text(t, "r", x->defined ? tell_auc(r, x->r) : NULL);
  tab_text(t, "rank_r", y->defined ? tell_auc(r, y->r) : NULL);
  tab_text(t, "interval", arena_printf(&r->arena, "%s to %s", tell_auc(r, c->low), tell_auc(r, c->high)));
  tab_int(t, "n", c->n >= 0 ? c->n : y->n);
}

static ErrCode correlate(Run *r, const Names *names, CorrPair *values, CorrPair *ranks, Err *err) {
  CorrIn in;
  int64_t p = names->n;
  ErrCode code = corr_in(r->job, r->f, names, "profile", any_number, "it needs numbers", false, &in, err);
  if (code == OK) code = corr_pearson(&in, false, values, err);
  if (code == OK) code = corr_spearman(&in, ranks, err);
  for (int64_t k = 0; k < p * p && code == OK; k++) {
    corr_infer(CORR_PEARSON, .95, &values[k]);
    corr_infer(CORR_SPEARMAN, .95, &ranks[k]);
  }
  corr_in_fini(&in);
  return code;
}

static void fill(Run *r, const Names *names, const CorrPair *values, const CorrPair *ranks, Tab *t, Tab *few) {
  int64_t p = names->n, n = 0;
  Place *place = arena_array(&r->arena, Place, p * p / 2 + 1);
  for (int a = 0; a < p; a++)
    for (int b = a + 1; b < p; b++) {
      double x = size_of(&values[a * p + b]), y = size_of(&ranks[a * p + b]);
      if (values[a * p + b].defined || ranks[a * p + b].defined) place[n++] = (Place){a, b, fmax(x, y)};
    }
  qsort(place, (size_t)n, sizeof *place, larger_first);
  for (int64_t k = 0; k < n; k++) {
    int64_t at = place[k].a * p + place[k].b;
    tab_row(t);
    tab_text(t, "column", names->name[place[k].a]);
    tab_text(t, "with", names->name[place[k].b]);
    put_side(t, "pearson", "low", "high", &values[at]);
    put_side(t, "spearman", "spearman_low", "spearman_high", &ranks[at]);
    tab_int(t, "n", values[at].n >= 0 ? values[at].n : ranks[at].n);
    if (k < SHOWN) put_shown(r, few, names, &place[k], &values[at], &ranks[at]);
  }
  remember_strong(r, names, place, n, ranks);
}

ErrCode report_pairs(Run *r, Err *err) {
  Tab t, few;
  Names names = {arena_array(&r->arena, const char *, r->p), 0};
  int64_t fit = 0;
  for (int j = 0; j < r->p; j++) {
    if (!takes_part(&r->fact[j])) continue;
    if (fit++ < MOST) names.name[names.n++] = r->fact[j].name;
  }
  tab_init(&t, &r->arena, "~column ~with %pearson %low %high %spearman %spearman_low %spearman_high #n");
  tab_init(&few, &r->arena, "~column ~with ~r ~rank_r ~interval #n");
  if (names.n >= 2) {
    CorrPair *values = corr_pairs_new(names.n), *ranks = corr_pairs_new(names.n);
    ErrCode code = correlate(r, &names, values, ranks, err);
    if (code == OK) fill(r, &names, values, ranks, &t, &few);
    free(values);
    free(ranks);
    if (code != OK) return code;
  }
  const char *cut =
      fit <= MOST ? "" : arena_printf(&r->arena, "; the first %d of %lld number columns", MOST, (long long)fit);
  const char *caption =
      arena_printf(&r->arena, "correlations  %s of numbers, strongest first, with intervals of 95%%%s%s",
                   tell_rows(r, t.n, "pair", "pairs"), cut, tell_sample(r));
  TRY(report_section(r, REPORT_CORRELATIONS, &t, caption, err));
  return report_shown(r, REPORT_CORRELATIONS, &few, err);
}

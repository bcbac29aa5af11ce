// The card of impute_knn: of each column the first gap in training as an example, and the donors that fill it.
#include "prep/impute_knn_int.h"

#include <math.h>
#include <string.h>

typedef struct CardColumns {
  int64_t *missing, *row;
  double *range;
  const char **fill, **donors;
} CardColumns;

static const char *print_value(const KnnColumn *c, ColType was, double v, Arena *a) {
  if (c->word.n) return c->word.name[(int64_t)v];
  if (was == COL_BOOL) return v > 0 ? "true" : "false";
  Str text = {0};
  uint8_t bytes[8];
  Column cell = {.n = 1, .type = c->becomes};
  cell.b = bytes;
  int64_t whole = (int64_t)fmax(-0x1p62, fmin(0x1p62, nearbyint(v)));
  if (c->becomes == COL_F64) memcpy(bytes, &v, 8);
  else memcpy(bytes, &whole, 8);
  col_format(&cell, 0, CELL_EXACT, &text);
  const char *out = arena_strndup(a, str_c(&text), text.n);
  str_fini(&text);
  return out;
}

// The first gap of a column in training, as an example: who gives the value.
static void show_gap(const Knn *st, const KnnOpts *o, const Gaps *g, int64_t i, int64_t j, Arena *a, CardColumns *out) {
  int64_t p = st->in.names.n, gap = g->first[i];
  Str text = {0};
  for (int64_t q = 0; q < j; q++) gap += isnan(g->x[i * p + q]);
  for (int64_t k = 0; k < o->k && k < 10 && g->donor[gap * o->k + k] >= 0; k++)
    str_addf(&text, "%s%lld", k ? ", " : "", (long long)g->donor[gap * o->k + k] + 1);
  out->donors[j] = text.n ? arena_strndup(a, str_c(&text), text.n) : NULL;
  out->fill[j] = print_value(&st->col[j], st->in.type[j], g->value[gap], a);
  str_fini(&text);
}

static ErrCode show_gaps(Job *job, const Knn *st, const KnnOpts *o, Arena *a, CardColumns *out, Err *err) {
  int64_t p = st->in.names.n, m = 0;
  Gaps g = {0};
  ErrCode code = gaps_init(job, p, p, &g, err);
  for (int64_t j = 0; j < p && code == OK; j++) {
    int64_t i = 0;
    while (i < st->n && !isnan(st->v[j * st->n + i])) i++;
    if (i == st->n) continue;
    for (int64_t q = 0; q < p; q++) g.x[m * p + q] = st->v[q * st->n + i];
    g.row[m++] = j, out->row[j] = i + 1;
  }
  g.m = m;
  if (code == OK) code = gaps_fill(job, st, o, &g, err);
  for (int64_t i = 0; i < m && code == OK; i++) show_gap(st, o, &g, i, g.row[i], a, out);
  gaps_fini(&g);
  return code;
}

static ErrCode add_ints(Job *job, Frame *card, const char *name, const int64_t *v, Err *err) {
  Column *c;
  TRY(column_new(job, COL_I64, frame_nrow(card), NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    c->i[i] = v[i];
    if (!v[i]) code = column_set_missing(c, i, err);
  }
  if (code == OK) return frame_add(card, name, c, err);
  column_unref(c);
  return code;
}

ErrCode knn_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const KnnOpts *o = opts;
  const Knn *st = state->data;
  int64_t p = st->in.names.n;
  Arena a;
  arena_init(&a);
  CardColumns c = {arena_array(&a, int64_t, p), arena_array(&a, int64_t, p), arena_array(&a, double, p),
                   arena_array(&a, const char *, p), arena_array(&a, const char *, p)};
  for (int64_t j = 0; j < p; j++) {
    c.missing[j] = st->col[j].missing;
    bool ranged = o->metric == METRIC_GOWER && !votes(st->in.type[j]);
    c.range[j] = !ranged ? NAN : st->col[j].scale > 0 ? 1 / st->col[j].scale : 0;
  }
  Frame *card = frame_new(p);
  ErrCode code = show_gaps(job, st, o, &a, &c, err);
  if (code == OK) code = card_words(job, card, "column", st->in.names.name, err);
  if (code == OK) code = card_ints(job, card, "missing", c.missing, err);
  if (code == OK) code = card_reals(job, card, "range", c.range, err);
  if (code == OK) code = add_ints(job, card, "row", c.row, err);
  if (code == OK) code = card_words(job, card, "fill", c.fill, err);
  if (code == OK) code = card_words(job, card, "donors", c.donors, err);
  const char *which = o->draw ? "one drawn of the " : "";
  frame_set_caption(card, arena_printf(&a,
                                       "%s%lld nearest of %lld training rows; row, fill and donors: the first gap of "
                                       "each column, nearest donor first",
                                       which, (long long)o->k, (long long)st->n));
  arena_fini(&a);
  return frame_give(code, card, out);
}

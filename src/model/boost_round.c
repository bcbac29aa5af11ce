// A round of boosting: derivatives of every row, their units, the pairs that trees grow on, a tree for each sum.
// The units come from sums over fixed blocks added in their order, so they do not depend on the threads.
#include "model/boost_int.h"

#include "base/pool.h"
#include "base/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PART = 4 }; // of a block: sum of w |g|, sum of w h, largest of both

static double weight_of(const Boosting *b, int64_t i) { return b->data.weight ? b->data.weight[i] : 1; }

static double train_weight(const Boosting *b, int64_t i) { return b->held && b->held[i] ? 0 : weight_of(b, i); }

// ---- derivatives --------------------------------------------------------------------------------------------------
typedef struct Pass {
  Boosting *b;
  int output;
} Pass;

// Rows that are left out of this tree have no derivatives.
static void leave_out(Boosting *b, int64_t begin, int64_t end) {
  RngKey key = rng_key((uint64_t)b->o.seed, "boost.rows");
  for (int64_t i = begin; i < end; i++)
    if (rng_unit(key, (uint64_t)i, (uint64_t)b->round) >= b->o.subsample) b->g.x[i] = b->h.x[i] = 0;
}

static void derive_block(void *ctx, int64_t begin, int64_t end) {
  const Pass *p = ctx;
  Boosting *b = p->b;
  for (int64_t block = begin; block < end; block++) {
    int64_t first = block * b->bins.block, last = first + bins_rows(&b->bins, block);
    double *g = b->g.x, *h = b->h.x, *part = b->part + block * PART, sum_g = 0, sum_h = 0, most_g = 0, most_h = 0;
    if (b->name->many && p->output == 0) objective_total(&b->data, first, last);
    b->objective->gradient(&b->data, p->output, first, last, g + first, h + first);
    if (b->o.subsample < 1) leave_out(b, first, last);
    for (int64_t i = first; b->held && i < last; i++)
      if (b->held[i]) g[i] = h[i] = 0;
    for (int64_t i = first; i < last; i++) {
      double w = weight_of(b, i), wg = w * fabs(g[i]), wh = w * h[i];
      sum_g += wg, sum_h += wh;
      most_g = wg > most_g ? wg : most_g, most_h = wh > most_h ? wh : most_h;
    }
    part[0] = sum_g, part[1] = sum_h, part[2] = most_g, part[3] = most_h;
  }
}

// ---- units --------------------------------------------------------------------------------------------------------
// The power of two that takes a sum to at most `most` after n roundings by a half.
static double unit_for(double sum, double most, int64_t n) {
  double room = most - (double)n;
  int e;
  if (!(sum > 0)) return 1;
  frexp(room / sum, &e); // room / sum in [2^(e - 1), 2^e)
  e = e - 1 > 1000 ? 1000 : e - 1;
  return ldexp(1, -e);
}

static ErrCode choose_units(Boosting *b, Err *err) {
  double sum_g = 0, sum_h = 0, most_g = 0, most_h = 0;
  for (int64_t k = 0; k < b->bins.nblock; k++) {
    const double *part = b->part + k * PART;
    sum_g += part[0], sum_h += part[1];
    most_g = fmax(most_g, part[2]), most_h = fmax(most_h, part[3]);
  }
  if (!isfinite(sum_g) || !isfinite(sum_h)) return fit_not_finite(b->job, b->in, "boost", err);
  b->grow.unit = (Units){unit_for(sum_g, 0x1p31 - 1, b->data.n), unit_for(sum_h, 0x1p32 - 1, b->data.n)};
  b->fine_g = unit_for(most_g * (double)b->data.n, 0x1p62, b->data.n);
  b->fine_h = unit_for(most_h * (double)b->data.n, 0x1p62, b->data.n);
  return OK;
}

static int64_t nearest(double v) { return (int64_t)(v + (v < 0 ? -0.5 : 0.5)); }

// Weights multiply what is whole already, so that a weight of two is the row twice.
static int64_t weighted(double w, double v, double unit) {
  double u = v * unit;
  return nearest(fabs(u) < 0x1p52 ? w * rint(u) : w * unit * v);
}

static void pair_block(void *ctx, int64_t begin, int64_t end) {
  Boosting *b = ctx;
  double unit_g = 1 / b->grow.unit.g, unit_h = 1 / b->grow.unit.h;
  for (int64_t block = begin; block < end; block++) {
    int64_t first = block * b->bins.block, n = bins_rows(&b->bins, block);
    const double *g = b->g.x + first, *h = b->h.x + first, *w = b->data.weight ? b->data.weight + first : NULL;
    Pair *out = b->grow.gh + first;
    if (w) for (int64_t i = 0; i < n; i++)
      out[i] = pair_of(weighted(w[i], g[i], unit_g), weighted(w[i], h[i], unit_h));
    else for (int64_t i = 0; i < n; i++) out[i] = pair_of(nearest(g[i] * unit_g), nearest(h[i] * unit_h));
  }
}

// ---- rounds -------------------------------------------------------------------------------------------------------
static ErrCode tick(Boosting *b, Err *err) { // about every millisecond, and before the first round
  b->work += (double)b->data.n * (double)b->bins.p;
  if (b->round > 0 && b->work < 1 << 20) return OK;
  b->work = 0;
  return job_tick(b->job, b->round, b->o.rounds, err);
}

ErrCode boost_round(Boosting *b, Err *err) {
  for (int k = 0; k < b->data.noutput; k++) {
    Pass pass = {b, k};
    TRY(tick(b, err));
    par_for(b->job, b->bins.nblock, 1, derive_block, &pass);
    TRY(choose_units(b, err));
    par_for(b->job, b->bins.nblock, 1, pair_block, b);
    b->grow.tree = (uint64_t)(b->round * b->data.noutput + k);
    TRY(grow_tree(&b->grow, err));
    TRY(boost_leaves(b, k, err));
  }
  b->round++;
  return OK;
}

// ---- opening ------------------------------------------------------------------------------------------------------
static double mean_where(const Boosting *b, double *work, int k) {
  const FitIn *in = b->in;
  int64_t n = b->data.n;
  bool classes = in->task == TASK_CLASSIFICATION;
  for (int64_t i = 0; i < n; i++) {
    double w = train_weight(b, i);
    work[i] = classes && !b->name->many && in->y[i] > 0 ? w * b->o.scale_pos_weight : w;
  }
  double total = sum_f64(b->job, work, n);
  for (int64_t i = 0; i < n; i++) work[i] *= classes ? in->y[i] == k : in->y[i];
  return sum_f64(b->job, work, n) / total;
}

static double quantile_where(const Boosting *b, double *value, double *weight) {
  int64_t n = 0;
  for (int64_t i = 0; i < b->data.n; i++)
    if (!b->held || !b->held[i]) value[n] = b->data.y[i], weight[n++] = weight_of(b, i);
  return boost_quantile(value, b->data.weight ? weight : NULL, n, b->data.quantile);
}

static ErrCode choose_base(Boosting *b, double *base, Err *err) {
  const Names *given = &b->o.base_score;
  for (int k = 0; k < b->data.noutput; k++) {
    double mean = 0;
    if (given->n > 1) return err_set(err, ERR_ARG, "boost: base_score is one number, %lld were given",
                                     (long long)given->n);
    if (given->n) mean = strtod(given->name[0], NULL);
    else if (b->objective->base) mean = mean_where(b, b->g.x, b->name->many ? k : 1);
    if (given->n) base[k] = b->name->probable ? link_of(b->name->link, mean) : mean;
    else base[k] = b->objective->base ? b->objective->base(mean) : quantile_where(b, b->g.x, b->h.x);
    if (!isfinite(base[k])) return fit_not_finite(b->job, b->in, "boost", err);
  }
  return OK;
}

static ErrCode mark_monotone(Boosting *b, const Names *name, int8_t sense, const char *option, Err *err) {
  const Names *terms = b->in->terms;
  for (int64_t k = 0; k < name->n; k++) {
    int64_t j = 0;
    while (j < terms->n && strcmp(terms->name[j], name->name[k]) != 0) j++;
    if (j == terms->n)
      return err_set(err, ERR_NAME, "boost: %s names '%s', which is no column that the model sees", option,
                     name->name[k]);
    if (b->bins.column[j].words)
      return err_set(err, ERR_ARG, "boost: %s names '%s', whose words have no order", option, name->name[k]);
    if (b->sense[j] && b->sense[j] != sense)
      return err_set(err, ERR_ARG, "boost: '%s' cannot be increasing and decreasing", name->name[k]);
    b->sense[j] = sense;
  }
  return OK;
}

static ErrCode find_senses(Boosting *b, Err *err) {
  const Names *up = &b->o.increasing, *down = &b->o.decreasing;
  if (!up->n && !down->n) return OK;
  if (b->name->many)
    return err_set(err, ERR_ARG, "boost: increasing and decreasing are for one sum of trees, and there is one a class");
  b->sense = mem_new((size_t)b->bins.p);
  if (!b->sense) return err_set(err, ERR_MEMORY, "no memory for %lld columns", (long long)b->bins.p);
  memset(b->sense, 0, (size_t)b->bins.p);
  b->grow.sense = b->sense;
  TRY(mark_monotone(b, up, 1, "increasing", err));
  return mark_monotone(b, down, -1, "decreasing", err);
}

static ErrCode make_room(Boosting *b, Err *err) {
  int64_t n = b->data.n;
  TRY(bins_new(b->job, b->in->columns, b->data.weight, b->o.max_bin, &b->bins, err));
  TRY(mat_new(b->job, n, b->data.noutput, "the scores", &b->score, err));
  TRY(mat_new(b->job, n, 1, "first derivatives", &b->g, err));
  TRY(mat_new(b->job, n, 1, "second derivatives", &b->h, err));
  if (b->name->many) TRY(mat_new(b->job, n, 1, "sums of the scores", &b->total, err));
  b->part = mem_new((size_t)(b->bins.nblock * PART) * sizeof *b->part);
  if (!b->part) return err_set(err, ERR_MEMORY, "no memory for %lld blocks", (long long)b->bins.nblock);
  b->data.score = b->score.x, b->data.total = b->total.x;
  TRY(grow_new(b->job, &b->bins, &b->o, &b->grow, err));
  b->grow.h = b->h.x;
  return find_senses(b, err);
}

static ErrCode start_trees(Boosting *b, Err *err) {
  trees_init(b->trees, b->trees->arena, 1, b->data.noutput);
  trees_set_levels(b->trees, b->in->columns);
  return choose_base(b, b->trees->base, err);
}

static ErrCode open_all(Boosting *b, Err *err) {
  if (b->data.n >= 1 << 30)
    return err_set(err, ERR_ARG, "boost takes at most %d rows, %lld were given", (1 << 30) - 1, (long long)b->data.n);
  TRY(objective_find(&b->o, b->in->task, b->in->nclass, &b->objective, &b->name, err));
  b->data.noutput = b->name->many ? b->in->nclass : 1;
  if (b->o.num_class > 1 && b->o.num_class != b->in->nclass)
    return err_set(err, ERR_ARG, "boost: num_class is %lld, and the target has %d classes", (long long)b->o.num_class,
                   b->in->nclass);
  if (strcmp(b->name->name, "count:poisson") == 0)
    for (int64_t i = 0; i < b->data.n; i++)
      if (b->data.y[i] < 0)
        return err_set(err, ERR_ARG, "boost: objective \"count:poisson\" is for counts, and the target is below 0 "
                       "somewhere");
  TRY(make_room(b, err));
  TRY(boost_hold_out(b, err));
  if (b->trees->ntree == 0) TRY(start_trees(b, err));
  for (int k = 0; k < b->data.noutput; k++)
    for (int64_t i = 0; i < b->data.n; i++) b->score.x[k * b->data.n + i] = b->trees->base[k];
  return OK;
}

ErrCode boost_open(Job *job, const BoostOpts *o, const FitIn *in, Trees *trees, BoostCurve *curve, Boosting *out,
                   Err *err) {
  *out = (Boosting){.job = job, .in = in, .o = *o, .trees = trees, .curve = curve, .arena = trees->arena};
  out->data = (BoostData){.y = in->y, .weight = in->weight, .n = in->columns->n, .positive = o->scale_pos_weight,
                          .quantile = o->quantile};
  out->o.seed = (int64_t)(in->seed ^ (uint64_t)o->seed);
  ErrCode code = open_all(out, err);
  if (code != OK) boost_close(out);
  return code;
}

void boost_close(Boosting *b) {
  grow_free(&b->grow);
  bins_free(&b->bins);
  mat_free(&b->score), mat_free(&b->total), mat_free(&b->g), mat_free(&b->h);
  mem_free(b->part);
  mem_free(b->held), mem_free(b->sense);
  mat_free(&b->watch.x), mat_free(&b->watch.score), mat_free(&b->watch.work);
}

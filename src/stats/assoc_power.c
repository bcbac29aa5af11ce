// How well one column alone tells another, on a scale that does not flatter. Numbers and dates are taken as they are,
// since only their order counts. A category is scored by what the target is at each of its levels, learnt on the rows
// of even number and applied to those of odd number and the other way round, drawn to the mean by PRIOR rows: so a
// column of a thousand levels, or an id, tells nothing by chance. Then, of the scores:
//   two levels or truth values as target     the area under the ROC curve (Mann & Whitney), .5 to 1
//   more levels                              the mean of each level against the rest, weighted by its rows
//   a number                                 Spearman's correlation without its sign, 0 to 1
#include "stats/assoc_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PRIOR = 10, MOST_CLASSES = 50 };

typedef struct Power {
  Job *job;
  const Column *x, *y;
  Coded level, class;                   // of x and y, where they are categories
  bool words;                           // x is scored
  double *score, *target, *rank, *room; // n each
  int64_t *row;
  int64_t n; // rows that have both
} Power;

static bool is_words(const Column *c) { return c->dict != NULL; }

// ---- scores of a category -----------------------------------------------------------------------------------------
// score[k] = mean of the target at the level of row k among the rows of the other half.
static void score_levels(Power *p, const double *target) {
  int64_t levels = p->level.levels;
  double *sum = calloc((size_t)(4 * levels) + 1, sizeof *sum), all[2] = {0}, rows[2] = {0};
  if (!sum) abort();
  double *count = sum + 2 * levels;
  for (int64_t k = 0; k < p->n; k++) {
    int64_t half = k & 1, at = half * levels + p->level.code[p->row[k]];
    sum[at] += target[k], count[at] += 1;
    all[half] += target[k], rows[half] += 1;
  }
  for (int64_t k = 0; k < p->n; k++) {
    int64_t other = ~k & 1, at = other * levels + p->level.code[p->row[k]];
    double mean = rows[other] > 0 ? all[other] / rows[other] : 0;
    p->score[k] = (sum[at] + PRIOR * mean) / (count[at] + PRIOR);
  }
  free(sum);
}

// ---- measures -----------------------------------------------------------------------------------------------------
// Area for the rows of one class, from ranks; NaN when a side is empty.
static double area(const Power *p, uint32_t class) {
  double ranks = 0, yes = 0;
  for (int64_t k = 0; k < p->n; k++)
    if (p->class.code[p->row[k]] == class) ranks += p->rank[k], yes += 1;
  double no = (double)p->n - yes;
  return yes > 0 && no > 0 ? (ranks - yes * (yes + 1) / 2) / (yes * no) : NAN;
}

static double without_flattery(const Power *p, double area) { // scores have a direction, values have none
  return p->words ? fmax(area, .5) : fmax(area, 1 - area);
}

static ErrCode class_power(Power *p, PowerOut *out, Err *err) {
  double sum = 0, weight = 0;
  out->measure = "auc";
  if (p->class.levels > MOST_CLASSES)
    return err_set(err, ERR_ARG, "power: the target has %lld levels, at most %d can be told apart",
                   (long long)p->class.levels, MOST_CLASSES);
  bool two = p->class.levels == 2;
  if (!p->words) TRY(rank_average(p->job, p->score, p->n, p->rank, err));
  for (uint32_t class = two; class < p->class.levels; class ++) {
    double rows = 0;
    for (int64_t k = 0; k < p->n; k++) p->target[k] = p->class.code[p->row[k]] == class, rows += p->target[k];
    if (rows == 0) continue;
    if (p->words) {
      score_levels(p, p->target);
      TRY(rank_average(p->job, p->score, p->n, p->rank, err));
    }
    double a = area(p, class);
    if (!isnan(a)) sum += rows * without_flattery(p, a), weight += rows;
  }
  if (weight > 0) out->value = sum / weight;
  return OK;
}

static ErrCode number_power(Power *p, PowerOut *out, Err *err) {
  double r;
  out->measure = "spearman";
  if (p->words) score_levels(p, p->target);
  TRY(rank_average(p->job, p->score, p->n, p->rank, err));
  TRY(rank_average(p->job, p->target, p->n, p->room, err));
  if (stats_pearson(p->job, p->rank, p->room, p->n, &r)) out->value = p->words ? fmax(0, r) : fabs(r);
  return OK;
}

// ---- rows ---------------------------------------------------------------------------------------------------------
static bool has_value(const Column *c, int64_t i) { return col_valid(c, i) && (is_words(c) || !isnan(col_f64(c, i))); }

static void read_rows(Power *p) {
  for (int64_t i = 0; i < p->x->n; i++) {
    if (!has_value(p->x, i) || !has_value(p->y, i)) continue;
    p->score[p->n] = p->words ? 0 : col_f64(p->x, i);
    p->target[p->n] = p->class.code ? 0 : col_f64(p->y, i);
    p->row[p->n++] = i;
  }
}

static ErrCode power_of(Power *p, Mat *room, PowerOut *out, Err *err) {
  bool classes = is_words(p->y) || p->y->type == COL_BOOL;
  int64_t n = p->x->n;
  if (p->x->type == COL_TEXT || p->y->type == COL_TEXT)
    return err_set(err, ERR_TYPE, "power: a text column tells nothing and cannot be told");
  TRY(mat_new(p->job, n, 5, "power", room, err));
  p->score = room->x, p->target = p->score + n, p->rank = p->target + n, p->room = p->rank + n;
  p->row = (int64_t *)(p->room + n);
  p->words = is_words(p->x);
  if (p->words) TRY(coded_column(p->job, p->x, 0, &p->level, err));
  if (classes) TRY(coded_column(p->job, p->y, 0, &p->class, err));
  read_rows(p);
  out->n = p->n;
  return classes ? class_power(p, out, err) : number_power(p, out, err);
}

ErrCode stats_power(Job *job, const Column *x, const Column *y, PowerOut *out, Err *err) {
  Power p = {.job = job, .x = x, .y = y};
  Mat room = {0};
  *out = (PowerOut){.measure = "", .value = NAN};
  ErrCode code = power_of(&p, &room, out, err);
  coded_free(&p.level);
  coded_free(&p.class);
  mat_free(&room);
  return code;
}

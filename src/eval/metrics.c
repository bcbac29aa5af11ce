// The table of metrics, and asking an evaluation for one or all of them. A new metric is a function in its family's
// file, a METRIC_OF in eval_int.h and a row here.
#include "eval/eval_int.h"

#include "base/near.h"

#include <math.h>

#define SKLEARN "scikit-learn 1.2.1, sklearn.metrics."
enum { CLASSES = TASK_CLASSIFICATION, VALUES = TASK_REGRESSION };

const Metric METRICS[] = {
    {"accuracy", CLASSES, false, +1, "share of the rows whose class is right; Wilson interval",
     SKLEARN "accuracy_score; R 4.2.2, prop.test", accuracy_of},
    {"balanced_accuracy", CLASSES, false, +1, "mean over the classes that occur of the share that is found",
     SKLEARN "balanced_accuracy_score", balanced_accuracy_of},
    {"precision", CLASSES, false, +1, "TP / (TP + FP), for more classes their mean; undefined for a class never said",
     SKLEARN "precision_score; R 4.2.2, prop.test", precision_of},
    {"recall", CLASSES, false, +1, "TP / (TP + FN), for more classes their mean; undefined for a class that never was",
     SKLEARN "recall_score; R 4.2.2, prop.test", recall_of},
    {"specificity", CLASSES, true, +1, "TN / (TN + FP); undefined without negative rows",
     SKLEARN "recall_score of the other class; R 4.2.2, prop.test", specificity_of},
    {"f1", CLASSES, false, +1,
     "2 TP / (2 TP + FP + FN), for more classes their mean; undefined where no row is or is said positive",
     SKLEARN "f1_score", f1_of},
    {"mcc", CLASSES, false, +1, "Matthews correlation of truth and prediction; undefined where either is constant",
     SKLEARN "matthews_corrcoef", mcc_of},
    {"kappa", CLASSES, false, +1, "Cohen's (agreement - chance) / (1 - chance); undefined where chance is 1",
     SKLEARN "cohen_kappa_score", kappa_of},
    {"auc", CLASSES, false, +1,
     "P(a positive scores above a negative), ties half; DeLong interval; for more classes the mean of one against rest",
     SKLEARN "roc_auc_score; DeLong et al. 1988", auc_of},
    {"average_precision", CLASSES, false, +1,
     "sum over thresholds of the recall that each adds times its precision; for more classes the mean of one against "
     "rest",
     SKLEARN "average_precision_score", average_precision_of},
    {"log_loss", CLASSES, false, -1, "mean of -log p(true class), p at least 2.2e-16", SKLEARN "log_loss", log_loss_of},
    {"brier", CLASSES, false, -1,
     "mean of (p - y)^2 of the positive class; for more than two classes summed over all of them",
     SKLEARN "brier_score_loss; Brier, Monthly Weather Review 78, 1950", brier_of},
    {"total_cost", CLASSES, true, -1, "fp * FP + fn * FN; both costs are 1 until e:cost{fp=, fn=} sets them",
     "Elkan, The foundations of cost-sensitive learning, IJCAI 2001", total_cost_of},
    {"rmse", VALUES, false, -1, "square root of the mean of (y - pred)^2", SKLEARN "mean_squared_error", rmse_of},
    {"mae", VALUES, false, -1, "mean of |y - pred|", SKLEARN "mean_absolute_error", mae_of},
    {"r2", VALUES, false, +1, "1 - sum (y - pred)^2 / sum (y - mean y)^2; undefined where y is constant",
     SKLEARN "r2_score", r2_of},
    {"adjusted_r2", VALUES, false, +1, "1 - (1 - R2) (n - 1) / (n - terms - 1); undefined for n <= terms + 1",
     "Theil, Economic Forecasts and Policy, 1961; R 4.2.2, summary.lm", adjusted_r2_of},
    {.name = NULL},
};
enum { NMETRIC = sizeof METRICS / sizeof *METRICS - 1 };

const Metric *metric_find(Sv name) {
  for (const Metric *m = METRICS; m->name; m++)
    if (sv_is(name, m->name)) return m;
  return NULL;
}

static bool fits(const Metric *m, const Scored *s) {
  Task task = s->nclass ? TASK_CLASSIFICATION : TASK_REGRESSION;
  return (m->tasks & (int)task) && !(m->two_classes && s->nclass != 2);
}

static ErrCode unknown(const Scored *s, Sv name, Err *err) {
  Sv names[NMETRIC];
  int64_t n = 0;
  char hint[300];
  for (const Metric *m = METRICS; m->name; m++)
    if (fits(m, s)) names[n++] = sv(m->name);
  near_hint(hint, sizeof hint, name, names, n);
  return err_set(err, ERR_NAME, "no metric '" SV_FMT "'%s", SV_ARG(name), hint);
}

ErrCode eval_metric(Job *job, const Evaluation *e, Sv name, double *value, Err *err) {
  Scored s = eval_scored(e);
  const Metric *m = metric_find(name);
  if (!m) return unknown(&s, name, err);
  if (!fits(m, &s)) return eval_expect(e, m->name, (Task)m->tasks, m->two_classes, err);
  Estimate v;
  TRY(m->of(job, &s, &v, err));
  *value = v.value;
  return OK;
}

// ---- all of them as a frame ---------------------------------------------------------------------------------------
typedef struct Board {
  const char *name[NMETRIC];
  double value[NMETRIC], lower[NMETRIC], upper[NMETRIC];
  int64_t better[NMETRIC]; // index into up, down
  int64_t n;
} Board;

static ErrCode measure(Job *job, const Scored *s, Board *b, Err *err) {
  for (const Metric *m = METRICS; m->name; m++) {
    Estimate v;
    if (!fits(m, s)) continue;
    TRY(m->of(job, s, &v, err));
    b->name[b->n] = m->name, b->better[b->n] = m->better < 0;
    b->value[b->n] = v.value, b->lower[b->n] = v.lower, b->upper[b->n] = v.upper;
    b->n++;
  }
  return OK;
}

static ErrCode fill_board(Job *job, const Board *b, Frame *f, Err *err) {
  const char *ways[] = {"up", "down"};
  TRY(table_words(job, f, "metric", &(Names){(const char **)(uintptr_t)b->name, b->n}, NULL, err));
  TRY(table_reals(job, f, "value", b->value, err));
  TRY(table_reals(job, f, "lower", b->lower, err));
  TRY(table_reals(job, f, "upper", b->upper, err));
  return table_words(job, f, "better", &(Names){ways, 2}, b->better, err);
}

static const char *board_caption(const Evaluation *e, const Scored *s, Arena *a) {
  const char *base = eval_caption(e, a);
  if (s->nclass > 2)
    return arena_printf(a, "%s; precision, recall, f1, auc and average_precision are means over the classes", base);
  if (s->nclass == 2 && (s->cost.fp != 1 || s->cost.fn != 1))
    return arena_printf(a, "%s; costs %.15g a false positive, %.15g a false negative", base, s->cost.fp, s->cost.fn);
  return base;
}

ErrCode eval_metrics(Job *job, const Evaluation *e, Frame **out, Err *err) {
  Scored s = eval_scored(e);
  Board b = {.n = 0};
  TRY(measure(job, &s, &b, err));
  Arena a;
  arena_init(&a);
  Frame *made = frame_new(b.n);
  ErrCode code = eval_finish(fill_board(job, &b, made, err), made, board_caption(e, &s, &a), out);
  arena_fini(&a);
  return code;
}

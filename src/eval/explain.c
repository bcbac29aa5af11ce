// Metrics in words: each formula with the counts (or sums) of one evaluation.
#include "eval/eval_int.h"

#include "base/near.h"
#include "num/num.h"
#include "stats/explain.h"

#include <math.h>

typedef struct Tell {
  Job *job;
  Explained *out;
  const Evaluation *e;
  Scored s;
  ModelInfo info;
  Counts c;         // two classes
  const char *name; // of the metric
  double value;
} Tell;

#define REAL(v) explain_real(t->out, (v), 4)
#define LONG(v) explain_real(t->out, (v), 6)
#define COUNT(v) explain_count(t->out, (v))
#define SAY(part, ...) explained_add(t->out, part, __VA_ARGS__)

static Counts count(const Scored *s) {
  Counts c = {0};
  for (int64_t i = 0; s->nclass == 2 && i < s->n; i++) {
    bool was = (int)s->y[i] == s->positive, said = s->pred[i] == s->positive;
    if (said) was ? c.tp++ : c.fp++;
    else was ? c.fn++ : c.tn++;
  }
  return c;
}

static const char *class_of(const Tell *t, bool positive) {
  return t->info.levels->name[positive ? t->s.positive : 1 - t->s.positive];
}

static void rows(const Tell *t, bool actual, bool pred) {
  SAY("rows", "e:rows{actual=\"%s\", pred=\"%s\"}", class_of(t, actual), class_of(t, pred));
}

// A share of counts, and the class that is rare enough to hide behind it.
static void share(Tell *t, const char *formula, int64_t part, int64_t a, int64_t b) {
  SAY("formula", "%s", formula);
  SAY("numbers", "%s = %s / (%s + %s) = %s", t->name, COUNT(part), COUNT(a), COUNT(b), REAL(t->value));
}

// ---- predicted classes ---------------------------------------------------------------------------------------------
static void accuracy(Tell *t) {
  SAY("formula", "accuracy = rows whose class is right / rows");
  const Counts *c = &t->c;
  int64_t n = t->s.n;
  if (t->s.nclass != 2) {
    SAY("numbers", "accuracy = %s / %s = %s", COUNT((int64_t)llround(t->value * (double)n)), COUNT(n), REAL(t->value));
    SAY("misleads", "a class that most rows have makes it high by itself");
  } else {
    int64_t yes = c->tp + c->fn, most = yes > n - yes ? yes : n - yes;
    SAY("numbers", "accuracy = (TP + TN) / n = (%s + %s) / %s = %s", COUNT(c->tp), COUNT(c->tn), COUNT(n),
        REAL(t->value));
    SAY("misleads", "always saying '%s' would be right in %s of the rows", class_of(t, yes > n - yes),
        REAL((double)most / (double)n));
  }
  SAY("instead", "e.balanced_accuracy, e.mcc and e:confusion()");
}

static void precision(Tell *t) {
  share(t, "precision = TP / (TP + FP): of those that were called so, how many are", t->c.tp, t->c.tp, t->c.fp);
  rows(t, false, true);
  SAY("misleads",
      "it says nothing of the %s that were missed, and where '%s' is rarer than here (%s of the rows) it is lower",
      COUNT(t->c.fn), class_of(t, true), explain_share(t->out, (double)(t->c.tp + t->c.fn) / (double)t->s.n));
  SAY("instead", "e.recall and e:threshold(t)");
}

static void recall(Tell *t) {
  share(t, "recall = TP / (TP + FN): of those that are, how many were found", t->c.tp, t->c.tp, t->c.fn);
  rows(t, true, false);
  SAY("misleads", "calling every row '%s' makes it 1: look at the %s false alarms too", class_of(t, true),
      COUNT(t->c.fp));
  SAY("instead", "e.precision and e:threshold(t)");
}

static void specificity(Tell *t) {
  share(t, "specificity = TN / (TN + FP): of those that are not, how many were left alone", t->c.tn, t->c.tn, t->c.fp);
  rows(t, false, true);
  SAY("misleads", "calling no row '%s' makes it 1: look at the %s misses too", class_of(t, true), COUNT(t->c.fn));
  SAY("instead", "e.recall and e:roc()");
}

static void f1(Tell *t) {
  const Counts *c = &t->c;
  SAY("formula", "f1 = 2 TP / (2 TP + FP + FN): harmonic mean of precision and recall");
  SAY("numbers", "f1 = 2 × %s / (2 × %s + %s + %s) = %s", COUNT(c->tp), COUNT(c->tp), COUNT(c->fp), COUNT(c->fn),
      REAL(t->value));
  rows(t, true, false);
  SAY("misleads", "a miss weighs as much as a false alarm, and the %s right '%s' do not count", COUNT(c->tn),
      class_of(t, false));
  SAY("instead", "e:cost{fp=, fn=}.total_cost");
}

static void balanced(Tell *t) {
  const Counts *c = &t->c;
  SAY("formula", "balanced accuracy = mean over the classes of the share that is found");
  SAY("numbers", "(%s / %s + %s / %s) / 2 = %s", COUNT(c->tp), COUNT(c->tp + c->fn), COUNT(c->tn), COUNT(c->tn + c->fp),
      REAL(t->value));
  SAY("misleads", "a rare class counts as much as a frequent one: its %s rows decide half of it",
      COUNT(c->tp + c->fn < c->tn + c->fp ? c->tp + c->fn : c->tn + c->fp));
  SAY("instead", "e:confusion()");
}

static void mcc(Tell *t) {
  const Counts *c = &t->c;
  SAY("formula", "mcc = (TP·TN − FP·FN) / √( (TP+FP)(TP+FN)(TN+FP)(TN+FN) )");
  SAY("numbers", "(%s × %s − %s × %s) / √( %s × %s × %s × %s ) = %s", COUNT(c->tp), COUNT(c->tn), COUNT(c->fp),
      COUNT(c->fn), COUNT(c->tp + c->fp), COUNT(c->tp + c->fn), COUNT(c->tn + c->fp), COUNT(c->tn + c->fn),
      REAL(t->value));
  SAY("misleads", "like every correlation it depends on how frequent the classes are here");
  SAY("instead", "e.recall and e.specificity");
}

static void kappa(Tell *t) {
  const Counts *c = &t->c;
  double n = (double)t->s.n, right = (double)(c->tp + c->tn) / n;
  double chance =
      ((double)(c->tp + c->fn) * (double)(c->tp + c->fp) + (double)(c->tn + c->fp) * (double)(c->tn + c->fn)) / n / n;
  SAY("formula", "kappa = (agreement − chance) / (1 − chance); chance: of independent classes with these shares");
  SAY("numbers", "kappa = (%s − %s) / (1 − %s) = %s", REAL(right), REAL(chance), REAL(chance), REAL(t->value));
  SAY("misleads", "where one class is frequent, chance is high and kappa low even for a good model");
  SAY("instead", "e.mcc and e:confusion()");
}

static void total_cost(Tell *t) {
  const Counts *c = &t->c;
  SAY("formula", "total cost = cost of a false positive · FP + cost of a false negative · FN");
  SAY("numbers", "%s × %s + %s × %s = %s", REAL(t->s.cost.fp), COUNT(c->fp), REAL(t->s.cost.fn), COUNT(c->fn),
      REAL(t->value));
  rows(t, true, false);
  SAY("misleads", "%s",
      t->s.cost.fp == 1 && t->s.cost.fn == 1 ? "costs of 1 and 1 were never set: it only counts the errors"
                                             : "it grows with the rows: divide by n to compare tables");
  SAY("instead", "e:cost{fp=1, fn=5} and e:threshold(t)");
}

// ---- scores --------------------------------------------------------------------------------------------------------
static void auc(Tell *t) {
  const Counts *c = &t->c;
  double yes = (double)(c->tp + c->fn), no = (double)(c->tn + c->fp);
  SAY("formula", "auc = pairs in which the positive row scores higher (ties half) / pairs");
  SAY("numbers", "auc = %s / (%s × %s) = %s", LONG(t->value * yes * no), LONG(yes), LONG(no), REAL(t->value));
  SAY("misleads",
      "it judges the order of the scores at all thresholds, also useless ones; with %s '%s' rows precision may be "
      "low all the same",
      LONG(yes), class_of(t, true));
  SAY("instead", "e:roc() and e.brier");
}

static void average_precision(Tell *t) {
  double share = (double)(t->c.tp + t->c.fn) / (double)t->s.n;
  SAY("formula", "average precision = Σ (recall at a threshold − recall at the one above it) × precision there");
  if (t->s.nclass == 2) SAY("numbers", "by chance it would be %s, the share of '%s'", REAL(share), class_of(t, true));
  SAY("misleads", "it depends on how frequent the class is: values of tables with other shares do not compare");
  SAY("instead", "e.auc, which does not, and e:pr()");
}

static void log_loss(Tell *t) {
  SAY("formula", "log loss = −Σ log p(true class) / n");
  SAY("numbers", "log_loss = %s / %s = %s", LONG(t->value * (double)t->s.n), COUNT(t->s.n), REAL(t->value));
  SAY("misleads", "a few rows that it was sure of and wrong can make it: one p of 0.001 adds %s",
      REAL(6.907755 / (double)t->s.n));
  SAY("instead", "e.brier, and e:rows{}");
}

static void brier(Tell *t) {
  SAY("formula", "brier = Σ(p − y)² / n, y: 1 for the positive class, else 0");
  SAY("numbers", "brier = %s / %s = %s", LONG(t->value * (double)t->s.n), COUNT(t->s.n), REAL(t->value));
  if (t->s.nclass == 2) {
    double p = (double)(t->c.tp + t->c.fn) / (double)t->s.n;
    SAY("misleads", "always saying p = %s would give %s: a rare class makes it small by itself", REAL(p),
        REAL(p * (1 - p)));
  } else SAY("misleads", "a rare class makes it small by itself");
  SAY("instead", "e.auc and e.log_loss");
}

// ---- values --------------------------------------------------------------------------------------------------------
typedef struct Sums {
  double squares, distances, total;
} Sums;

static ErrCode sums_of(Tell *t, Sums *out, Err *err) {
  void *block;
  const Scored *s = &t->s;
  TRY(eval_alloc(t->job, s->n * 8, "explain", &block, err));
  double *d = block, mean = sum_f64(t->job, s->y, s->n) / (double)s->n;
  for (int64_t i = 0; i < s->n; i++) d[i] = s->y[i] - s->score[i];
  out->squares = sum_dot(t->job, d, d, s->n);
  for (int64_t i = 0; i < s->n; i++) d[i] = fabs(d[i]);
  out->distances = sum_f64(t->job, d, s->n);
  for (int64_t i = 0; i < s->n; i++) d[i] = s->y[i] - mean;
  out->total = sum_dot(t->job, d, d, s->n);
  mem_free(block);
  return OK;
}

static ErrCode tell_value(Tell *t, Err *err) {
  Sums v;
  TRY(sums_of(t, &v, err));
  double n = (double)t->s.n;
  if (strcmp(t->name, "rmse") == 0) {
    SAY("formula", "rmse = √( Σ(y − pred)² / n )");
    SAY("numbers", "rmse = √( %s / %s ) = %s", LONG(v.squares), COUNT(t->s.n), REAL(t->value));
    SAY("misleads", "squares: a few rows far off weigh most; the mean distance (mae) is %s", REAL(v.distances / n));
  } else if (strcmp(t->name, "mae") == 0) {
    SAY("formula", "mae = Σ|y − pred| / n");
    SAY("numbers", "mae = %s / %s = %s", LONG(v.distances), COUNT(t->s.n), REAL(t->value));
    SAY("misleads", "it does not notice a few rows that are far off: rmse is %s", REAL(sqrt(v.squares / n)));
  } else if (strcmp(t->name, "r2") == 0) {
    SAY("formula", "r2 = 1 − Σ(y − pred)² / Σ(y − mean y)²");
    SAY("numbers", "r2 = 1 − %s / %s = %s", LONG(v.squares), LONG(v.total), REAL(t->value));
    SAY("misleads",
        "it grows with the spread of y (sd %s) and with each further term; a high one may still be off by %s",
        REAL(sqrt(v.total / (n - 1))), REAL(sqrt(v.squares / n)));
  } else {
    double r2 = 1 - v.squares / v.total;
    SAY("formula", "adjusted r2 = 1 − (1 − r2)(n − 1) / (n − terms − 1)");
    SAY("numbers", "1 − (1 − %s) × %s / %s = %s", REAL(r2), COUNT(t->s.n - 1), COUNT(t->s.n - t->s.nterm - 1),
        REAL(t->value));
    SAY("misleads", "on rows that the model was not fitted on the correction is not needed: use r2");
  }
  SAY("rows", "e:residuals()");
  SAY("instead", "e:residuals():scatter(\"pred\", \"residual\")");
  return OK;
}

// ---- which ---------------------------------------------------------------------------------------------------------
static const struct {
  const char *name;
  void (*fn)(Tell *t);
  bool two; // worked out for two classes only
} TELLS[] = {{"accuracy", accuracy, false},
             {"balanced_accuracy", balanced, true},
             {"precision", precision, true},
             {"recall", recall, true},
             {"specificity", specificity, true},
             {"f1", f1, true},
             {"mcc", mcc, true},
             {"kappa", kappa, true},
             {"auc", auc, true},
             {"average_precision", average_precision, false},
             {"log_loss", log_loss, false},
             {"brier", brier, false},
             {"total_cost", total_cost, true}};

static ErrCode tell(Tell *t, const Metric *m, Err *err) {
  TRY(eval_metric(t->job, t->e, sv(m->name), &t->value, err));
  t->name = m->name;
  explained_title(t->out, "%s", m->name);
  for (size_t k = 0; k < sizeof TELLS / sizeof *TELLS; k++) {
    if (strcmp(TELLS[k].name, m->name) != 0) continue;
    if (!TELLS[k].two || t->s.nclass == 2) return TELLS[k].fn(t), OK;
  }
  if (t->s.nclass == 0) return tell_value(t, err);
  SAY("formula", "%s", m->summary);
  SAY("numbers", "%s = %s over the %s classes", m->name, REAL(t->value), COUNT(t->s.nclass));
  SAY("misleads", "each class counts the same, however few rows it has");
  SAY("instead", "e:confusion()");
  return OK;
}

static ErrCode tell_all(Tell *t, Err *err) {
  static const char *const order[] = {"precision", "recall", "specificity", "accuracy", "f1", "auc", "brier", NULL};
  if (t->s.nclass == 2) {
    explained_title(t->out, "%s rows, '%s' if score ≥ %s", COUNT(t->s.n), class_of(t, true),
                    REAL(eval_get_threshold(t->e)));
    SAY("found", "%s are '%s' and said to be (TP), %s are and were missed (FN)", COUNT(t->c.tp), class_of(t, true),
        COUNT(t->c.fn));
    SAY("called", "%s are '%s' and were called '%s' (FP), %s were left alone (TN)", COUNT(t->c.fp), class_of(t, false),
        class_of(t, true), COUNT(t->c.tn));
    for (int k = 0; order[k]; k++) TRY(tell(t, metric_find(sv(order[k])), err));
    return OK;
  }
  for (const Metric *m = METRICS; m->name; m++)
    if (m->tasks & (int)(t->s.nclass ? TASK_CLASSIFICATION : TASK_REGRESSION) && !m->two_classes) TRY(tell(t, m, err));
  return OK;
}

ErrCode eval_explain(Job *job, const Evaluation *e, const char *metric, Explained *out, Err *err) {
  Tell t = {.job = job, .out = out, .e = e, .s = eval_scored(e), .info = model_info(eval_model(e))};
  t.c = count(&t.s);
  if (!metric) return tell_all(&t, err);
  const Metric *m = metric_find(sv(metric));
  if (m) return tell(&t, m, err);
  double none;
  return eval_metric(job, e, sv(metric), &none, err);
}

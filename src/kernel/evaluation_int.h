// Shared by view_evaluation.c (numbers and rows) and view_pictures.c.
#pragma once
#include "kernel/desk_int.h"

#include "eval/eval.h"

typedef struct Judged { // an evaluation that shows, and its curve
  const Evaluation *e;
  const char *name;
  int class;          // that is positive, or EVAL_POOLED
  const Curve *curve; // NULL: there is none (all classes, a regression)
  Curve *own;         // to be freed
} Judged;

typedef struct Scene {
  Job *job;
  Arena *a;
  const Evaluation *e;
  ModelInfo info;
  Judged main, other; // other.e NULL = none
  double threshold, was, best;
  CostOpts cost;
  bool has_cost;
  Counts now_counts, was_counts;
  MsgEvaluation *m;
} Scene;

double counts_recall(const Counts *c);
double counts_precision(const Counts *c);
double counts_specificity(const Counts *c);
double scene_cost(const Scene *s, const Counts *c);
// The picture `which` of the scene, into `p` (made with plot_init). *there: false when this task has no such picture.
NODISCARD ErrCode scene_draw(Scene *s, int which, Plot *p, bool *there, Err *err);

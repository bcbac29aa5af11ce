// The parts of the evaluation's picture (point.c, curve.c), arranged by pane_evaluate.c.
#pragma once
#include "ui/app_int.h"
#include "ui/rect_int.h"

enum { POINT_WIDTH = 38 }; // of the table and the metrics in full

// What follows from the threshold. Each paints from the top of its rectangle and returns the lines used.
int point_matrix(const Paint *p, Rect r, const MsgEvaluation *e, bool threshold); // threshold: say it too
int point_metrics(const Paint *p, Rect r, const MsgEvaluation *e);
int point_strips(const Paint *p, Rect r, const MsgEvaluation *e);    // scores by class, a line each
int point_histogram(const Paint *p, Rect r, const MsgEvaluation *e); // the same on all of the rectangle
int point_shares(const Paint *p, Rect r, const MsgEvaluation *e);    // "of 100 bad / 80 found"
bool curve_paint(const Paint *p, Rect r, const MsgEvaluation *e);    // false: no room for saying the threshold

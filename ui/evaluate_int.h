// The parts of the evaluation's picture (point.c, curve.c), arranged by pane_evaluate.c.
#pragma once
#include "ui/app_int.h"
#include "ui/rect_int.h"

enum { POINT_WIDTH = 38 }; // of the table and the metrics in full

// What follows from the threshold. Each paints from the top of its rectangle and returns the lines used.
// threshold: say it too; cursor: 2 x row + column of the cell with the cursor, -1 = none
int point_matrix(const Paint *p, Rect r, const MsgEvaluation *e, bool threshold, int cursor);
// Of all classes; row -1: no cursor.
int point_confusion(const Paint *p, Rect r, const MsgEvaluation *e, int row, int col);
int point_metrics(const Paint *p, Rect r, const MsgEvaluation *e);
int point_strips(const Paint *p, Rect r, const MsgEvaluation *e);    // scores by class, a line each
int point_histogram(const Paint *p, Rect r, const MsgEvaluation *e); // the same on all of the rectangle
int point_shares(const Paint *p, Rect r, const MsgEvaluation *e);    // "of 100 bad / 80 found"
// A picture with an operating point. `key`: say it where it is too low for words beside the marks; false: there was no
// room for that.
bool curve_paint(const Paint *p, Rect r, const MsgEvaluation *e, const Plot *plot, bool key);
bool point_draw_line(const App *a, const Paint *p, Rect r); // on the recipe line; false = nothing to say
// What stands on a pane's title line: of a picture what it is, else `own`.
const char *evaluate_name(const App *a, PaneId pane, const char *own);
// The answer that shows, NULL = none yet; says why in r when there is none.
const MsgEvaluation *evaluate_answer(const App *a);
const MsgEvaluation *evaluate_ready(const App *a, const Paint *p, Rect r);
void evaluate_plot(const App *a, const Paint *p, Rect r, int64_t which); // of any task

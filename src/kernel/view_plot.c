// A part of a plot that a cell showed, drawn again from the rows that it was drawn from.
#include "kernel/desk_int.h"

ErrCode view_plot(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const MsgViewPlot *v = &ask->ViewPlot;
  MsgPlotAnswer *m = &answer->PlotAnswer;
  ChartRange range = {{v->x, v->y}, {v->x_lo, v->y_lo}, {v->x_hi, v->y_hi}};
  m->run = v->run;
  plot_init(&m->plot);
  return chart_again(job, found->asked, &range, &m->plot, err);
}

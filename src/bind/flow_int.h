// A flow of boxes as a plot.
#pragma once
#include "plot/plot.h"

typedef struct FlowBox {
  const char *name, *text;   // in the box, and beside it (NULL: nothing)
  const char *before;        // on the arrow into it (NULL: nothing)
} FlowBox;
// n boxes, at least one; `before` of box[n] is what stands on the arrow out of the last one. p as plot_init makes it.
void flow_plot(const FlowBox *box, int n, Plot *p);

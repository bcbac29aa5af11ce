// A tree of a model as a plot.
#pragma once
#include "model/model.h"
#include "plot/plot.h"

// The nodes of `look`, which begins with the root, down to `depth` splits. p as plot_init makes it; `learner` and the
// info's names are copied.
void tree_plot(const TreeLook *look, const ModelInfo *info, int64_t depth, const char *learner, Plot *p);

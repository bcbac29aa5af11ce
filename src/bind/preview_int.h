// A preview as a picture.
#pragma once
#include "plot/plot.h"
#include "prep/preview.h"

// Of n of its columns, at least one; p as plot_init makes it.
void preview_plot(const StepPreview *v, const PreviewColumn *const *column, int n, const char *title, Plot *p);

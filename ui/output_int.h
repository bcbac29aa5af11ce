// What a cell gave, below its text: tables, plots, printed text, progress, errors.
#pragma once
#include "ui/doc_int.h"
#include "ui/paint_int.h"

// Paints it at (x, y) in w columns and returns how many lines it takes; p NULL: only counts. `lines`: of the cell's
// text, since an error in its last line needs no line number.
int outputs_draw(const Paint *p, int x, int y, int w, const DocCell *c, int64_t lines);

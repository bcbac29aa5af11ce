// What a cell gave, below its text: tables, plots, printed text, progress, errors.
#pragma once
#include "ui/doc_int.h"
#include "ui/paint_int.h"

// Paints it at (x, y) in w columns and returns how many lines it takes; p NULL: only counts. `lines`: of the cell's
// text, since an error in its last line needs no line number. Values of more than `most` lines stand in a window.
int outputs_draw(const Paint *p, int x, int y, int w, const DocCell *c, int64_t lines, int most);
// Moves that window by pages and lines; false: there is none, or it stands at that end.
bool outputs_scroll(DocCell *c, int w, int most, int pages, int by);
int output_plot_lines(const Plot *plot); // that its picture is given

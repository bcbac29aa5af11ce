// A cell of the notebook on the screen: its text with the gutter at the left, then what it gave. Counted and painted by
// the same code, so that heights are known without painting.
#pragma once
#include "ui/app_int.h"

typedef struct CellFrame { // columns of the pane
  int digits;              // of the largest cell number
  int bar, text;           // where the bar and the text stand
  int w;                   // of the text
  int output;              // lines that the values of a cell may take
} CellFrame;
CellFrame cell_frame(const App *a, int w);
// Lines of cell i in a pane of that frame, at least 1.
int cell_lines(const App *a, int64_t i, const CellFrame *f);
// Paints cell i with its first line at row y, which may lie outside the canvas, whose width is the pane's. When the
// cell is being edited, sets a->edit_x and a->edit_y to the place of the cursor on this canvas.
void cell_draw(App *a, const Paint *p, int y, int64_t i, const CellFrame *f, bool focused);
// The line of the text of cell i that stands `row` lines below its first, -1 = none (a caret, an output).
int64_t cell_text_line(const App *a, int64_t i, int row);
// Whether that row shows what the cell gave.
bool cell_output_row(const App *a, int64_t i, int row, const CellFrame *f);
// Columns of the line under the editor's cursor that are off at the left.
int cell_edit_skip(const App *a, const CellFrame *f);

// Pages in one line, for the tests of show.
#pragma once
#include "show/show.h"

typedef struct ShownCol {
  const char *name;
  char sign;
  Align align;
  CellKind kind;
} ShownCol;

#define TEXT_COL(name) {(name), '~', ALIGN_LEFT, CELL_TEXT}
#define NUM_COL(name, sign) {(name), (sign), ALIGN_POINT, CELL_NUMBER}

// `cells`: rows x ncol texts, NULL = missing.
static inline void shown_page(Shown *s, const ShownCol *cols, int ncol, const char *const *cells, int rows) {
  *s = (Shown){.kind = SHOWN_PAGE};
  page_init(&s->page, rows, ncol);
  for (int j = 0; j < ncol; j++) page_col(&s->page, j, cols[j].name, cols[j].sign, cols[j].align, cols[j].kind);
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < ncol; j++) page_cell(&s->page, i, j, cells[i * ncol + j]);
}

#define PAGE(s, cols, cells)                                                                                           \
  shown_page(&(s), (cols), (int)(sizeof(cols) / sizeof *(cols)), (cells),                                              \
             (int)(sizeof(cells) / sizeof *(cells) / (sizeof(cols) / sizeof *(cols))))

// Holds when `s` prints as `want`.
static inline void check_print(Shown *s, ShowStyle style, const char *want) {
  Str out = {0};
  show_print(s, &style, &out);
  assert_string_equal(str_c(&out), want);
  str_fini(&out);
}

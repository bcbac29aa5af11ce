// What other rooms own, field by field: pages, shown values, plots. A page's sizes are checked against the bytes that
// are left before anything is allocated for them: a column takes COLUMN_LEAST bytes at least, a cell CELL_LEAST. Rows
// of a page without columns take none, so their number is bounded by itself.
#include "wire/wire_int.h"

enum { COLUMN_LEAST = 4 + 3, CELL_LEAST = 4, MOST_ROWS = WIRE_MOST / CELL_LEAST };

static void page_sizes(Wire *w, Page *p) {
  field_size(w, "page.nrow", &p->nrow);
  field_size(w, "page.first", &p->first);
  field_size(w, "page.shown", &p->shown);
  if (w->code != OK) return;
  if (p->first > p->nrow || p->shown > p->nrow - p->first)
    field_fail(w, "page.shown", "%lld rows from row %lld on, the object has %lld", (long long)p->shown,
               (long long)p->first, (long long)p->nrow);
  if (p->shown > MOST_ROWS)
    field_fail(w, "page.shown", "%lld rows, a page has at most %d", (long long)p->shown, MOST_ROWS);
}

static void page_cols(Wire *w, Page *p) {
  int64_t ncol = p->ncol;
  field_count(w, "page.ncol", &ncol, COLUMN_LEAST);
  if (w->reading) {
    p->ncol = (int)ncol;
    p->col = arena_array(w->arena, PageCol, ncol);
  }
  for (int j = 0; j < p->ncol && w->code == OK; j++) {
    PageCol c = p->col[j];
    field_text(w, "column.name", &c.name);
    c.sign = (char)field_choice(w, "column.sign", c.sign, 127);
    if (c.sign && c.sign <= ' ') field_fail(w, "column.sign", "%d is no printed character", c.sign);
    c.align = (Align)field_choice(w, "column.align", (int)c.align, ALIGN_POINT + 1);
    c.kind = (CellKind)field_choice(w, "column.kind", (int)c.kind, CELL_BOOL + 1);
    if (w->reading) p->col[j] = c;
  }
}

static void page_cells(Wire *w, Page *p) {
  if (w->reading && w->code == OK && p->ncol && p->shown > (int64_t)(w->left.n / CELL_LEAST) / p->ncol)
    field_fail(w, "page.cell", "%lld x %d cells cannot fit into the %zu bytes left", (long long)p->shown, p->ncol,
               w->left.n);
  if (w->code != OK) return;
  int64_t n = p->shown * p->ncol;
  if (w->reading) p->cell = arena_array(w->arena, const char *, n);
  for (int64_t i = 0; i < n && w->code == OK; i++) field_optional(w, "page.cell", &p->cell[i]);
}

void value_page(Wire *w, Page *p) {
  Arena *outer = w->arena;
  w->arena = &p->arena;
  field_optional(w, "page.title", &p->title);
  page_sizes(w, p);
  field_bool(w, "page.row_numbers", &p->row_numbers);
  page_cols(w, p);
  page_cells(w, p);
  w->arena = outer;
}

void value_shown(Wire *w, Shown *s) {
  Arena *outer = w->arena;
  w->arena = &s->page.arena;
  s->kind = (ShownKind)field_choice(w, "shown.kind", (int)s->kind, SHOWN_ERROR + 1);
  if (s->kind == SHOWN_PAGE) value_page(w, &s->page);
  else {
    field_text(w, "shown.text", &s->text);
    field_optional(w, "shown.json", &s->json);
  }
  w->arena = outer;
}

void value_plot(Wire *w, const char *name, Plot *p) {
  Str printed = {0};
  Sv bytes = {"", 0};
  if (!w->reading) plot_print(p, &printed), bytes = (Sv){str_c(&printed), printed.n};
  if (bytes.n > PLOT_MOST_BYTES) field_fail(w, name, "%zu bytes, a plot has at most %d", bytes.n, PLOT_MOST_BYTES);
  field_bytes(w, name, &bytes);
  if (w->reading && w->code == OK) {
    w->code = plot_parse(bytes, p, w->err);
    if (w->code != OK) err_prefix(w->err, "%s message, field '%s'", w->message, name);
  }
  str_fini(&printed);
}

// Values as pages: columns become formatted text with an alignment and a type sign. Here alone a frame turns into what
// is shown of it.
#include "kernel/kernel_int.h"

#include "base/numfmt.h"
#include "chart/chart.h"

#include <stdio.h>
#include <stdlib.h>

static Align align_of(const Column *c) { return col_is_number(c) && c->type != COL_BOOL ? ALIGN_POINT : ALIGN_LEFT; }

static CellKind kind_of(const Column *c) {
  return c->type == COL_BOOL ? CELL_BOOL : col_is_number(c) ? CELL_NUMBER : CELL_TEXT;
}

// Whether row i of an answer, whose column `name` tells what it is about, is about years.
static bool is_of_years(const Column *name, int64_t i) {
  if (!name || !col_valid(name, i)) return false;
  Sv text = col_text(name, i);
  char word[128];
  snprintf(word, sizeof word, SV_FMT, SV_ARG(text));
  return fmt_is_year(word, 0, 9999);
}

void page_from_frame(const Frame *f, int64_t first, int64_t shown, bool pretty, Page *out) {
  int ncol = frame_ncol(f);
  page_init(out, shown, ncol);
  out->nrow = frame_nrow(f), out->first = first, out->row_numbers = pretty;
  int at = frame_asked(f) ? frame_find(f, sv("column")) : -1;
  const Column *about = at >= 0 && col_is_text(frame_at(f, at)) ? frame_at(f, at) : NULL;
  Str text = {0};
  for (int j = 0; j < ncol; j++) {
    const Column *c = frame_at(f, j);
    CellStyle style = pretty ? col_style(c, frame_name(f, j)) : CELL_EXACT;
    page_col(out, j, frame_name(f, j), COLTYPES[c->type].sign, align_of(c), kind_of(c));
    for (int64_t i = 0; i < shown; i++) {
      if (!col_valid(c, first + i)) continue;
      str_clear(&text);
      col_format(c, first + i, style, &text);
      if (pretty && c->type == COL_F64 && text.n && is_of_years(about, first + i)) fmt_drop_commas(text.s, 0, 9999);
      page_cell(out, i, j, str_c(&text));
    }
  }
  str_fini(&text);
}

static void text_from_real(double v, bool pretty, Shown *out) {
  char buf[NUMFMT_MAX], exact[NUMFMT_MAX];
  fmt_shortest(exact, sizeof exact, v);
  if (pretty) fmt_sensible(buf, sizeof buf, v, 6);
  shown_text(out, SHOWN_TEXT, pretty ? buf : exact, __builtin_isfinite(v) ? exact : "null");
}

static ThemeDepth depth_of(const ShowStyle *style) {
  const char *term = getenv("TERM");
  if (!style->colour) return THEME_PLAIN;
  return term && strstr(term, "256color") ? THEME_256 : THEME_16;
}

void plot_text(const Plot *p, const ShowStyle *style, Str *out) {
  DrawStyle look = {.glyphs = style->utf8 ? GLYPHS_BRAILLE : GLYPHS_ASCII, .depth = depth_of(style)};
  int width = style->width <= 0 ? PLOT_WIDTH : style->width < PLOT_WIDEST ? style->width : PLOT_WIDEST;
  Canvas canvas;
  canvas_init(&canvas, width, PLOT_LINES);
  draw_cells(p, &look, &canvas);
  canvas_print(&canvas, &look, out);
  canvas_fini(&canvas);
  while (out->n > 0 && out->s[out->n - 1] == '\n') out->s[--out->n] = 0; // lines that the plot left empty
}

static void shown_from_plot(const Plot *p, bool pretty, Shown *out) {
  Str text = {0};
  Err err;
  Frame *table;
  if (pretty) {
    plot_text(p, &(ShowStyle){.utf8 = true}, &text);
    shown_text(out, SHOWN_TEXT, str_c(&text), NULL);
  } else if (chart_table(NULL, p, &table, &err) != OK) {
    shown_text(out, SHOWN_ERROR, err.msg, NULL);
  } else {
    out->kind = SHOWN_PAGE;
    page_from_frame(table, 0, frame_nrow(table), false, &out->page);
    frame_unref(table);
  }
  str_fini(&text);
}

void shown_from_value(const HostValue *v, bool pretty, int64_t most, Shown *out) {
  char buf[32], exact[32];
  *out = (Shown){0};
  switch (v->kind) {
  case VALUE_BOOL: shown_text(out, SHOWN_TEXT, v->b ? "true" : "false", v->b ? "true" : "false"); break;
  case VALUE_INT:
    fmt_i64(buf, sizeof buf, v->i, pretty);
    fmt_i64(exact, sizeof exact, v->i, false);
    shown_text(out, SHOWN_TEXT, buf, exact);
    break;
  case VALUE_REAL: text_from_real(v->f, pretty, out); break;
  case VALUE_STRING: shown_text(out, SHOWN_TEXT, v->text, NULL); break;
  case VALUE_TABLE: shown_text(out, SHOWN_TEXT, v->text, v->json); break;
  case VALUE_PLOT: shown_from_plot(v->plot, pretty, out); break;
  case VALUE_FRAME: {
    int64_t n = frame_nrow(v->frame);
    out->kind = SHOWN_PAGE;
    page_from_frame(v->frame, 0, pretty && n > most + most / 2 ? most : n, pretty, &out->page);
    if (v->title) out->page.title = arena_strdup(&out->page.arena, v->title);
  }
  }
}

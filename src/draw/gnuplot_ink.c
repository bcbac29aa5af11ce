// The program that gnuplot runs. What is sent to a process that could run a shell holds nothing that a user wrote as
// code: texts stand in single quotes, where gnuplot knows no backquotes, no escapes and no macros; control characters
// are dropped (a line end would close the string) and the enhanced mode is off. Every text is a label, so none passes
// through a format of numbers, a key or a column head. Data are numbers in inline blocks. No file is named.
// A single quote in a text is joined in from a variable: 'it'.quote.'s'. Neither of the usual ways will do in gnuplot
// 5.4: a doubled quote at the beginning of a string, or two of them in a row, end it; and after "'" the search for
// macros takes the inside of strings for the outside, so that @name is expanded there.
//
// A layer is one inline block and one clause of the plot command, in pixels; layers cover each other in the order in
// which they were closed, texts cover all.
#include "base/utf8.h"
#include "draw/gnuplot_int.h"

#include <math.h>

static const char FONT[] = "Arial"; // and what the system has in its place: Liberation Sans, DejaVu Sans

void ink_init(Ink *k, ExportFormat format) {
  *k = (Ink){.point = 1 / 7.5, .stroke = 1, .letter = 1, .dash = 2};
  if (format == EXPORT_PNG) k->letter = 0.75, k->dash = 4;               // points at 96 to the inch
  if (format == EXPORT_PDF) k->letter = 1.5, k->stroke = 2, k->dash = 3; // measured
  arena_init(&k->arena);
}

void ink_fini(Ink *k) {
  str_fini(&k->data);
  str_fini(&k->plot);
  str_fini(&k->text);
  arena_fini(&k->arena);
}

void ink_open(Ink *k) {
  str_addf(&k->data, "$s%d << END\n", k->nblock);
  k->nrow = 0;
}

void ink_place(Ink *k, double x, double y) {
  str_addf(&k->data, "%.2f %.2f\n", x, y);
  k->nrow++;
}

void ink_break(Ink *k) { str_addc(&k->data, '\n'); }

void ink_corner(Ink *k, double x, double y, Colour colour) {
  str_addf(&k->data, "%.2f %.2f %u\n", x, y, colour);
  k->nrow++;
}

void ink_dot(Ink *k, double x, double y, double width, Colour colour) {
  str_addf(&k->data, "%.2f %.2f %.3f %u\n", x, y, width * k->point, colour);
  k->nrow++;
}

// Ends the block; true when a clause may follow.
static bool close_block(Ink *k) {
  str_add(&k->data, "END\n");
  int block = k->nblock++;
  if (!k->nrow) return false;
  str_addf(&k->plot, "%s$s%d ", k->plot.n ? ", " : "plot ", block);
  return true;
}

void ink_close_strokes(Ink *k, double width, Colour colour, bool dashed) {
  if (!close_block(k)) return;
  str_addf(&k->plot, "with lines lw %.2f lc rgb '#%08x'", width * k->stroke, colour);
  if (dashed) str_addf(&k->plot, " dt (%.1f,%.1f)", 3.6 * k->dash, 2.2 * k->dash);
  str_add(&k->plot, " notitle");
}

void ink_close_fills(Ink *k) {
  if (close_block(k)) str_add(&k->plot, "using 1:2:3 with polygons fs solid noborder lc rgb variable notitle");
}

void ink_close_dots(Ink *k, int shape) {
  static const int type[] = {7, 6, 13, 2, 9, 5}; // disc, ring, diamond, cross, triangle, square
  if (!close_block(k)) return;
  str_addf(&k->plot, "using 1:2:3:4 with points pt %d ps variable lw %.2f lc rgb variable notitle",
           type[shape >= 0 && shape < 6 ? shape : 0], 1.2 * k->stroke);
}

void ink_line(Ink *k, double x0, double y0, double x1, double y1, double width, Colour colour) {
  ink_open(k);
  ink_place(k, x0, y0);
  ink_place(k, x1, y1);
  ink_close_strokes(k, width, colour, false);
}

void ink_rect(Ink *k, double x0, double y0, double x1, double y1, Colour colour) {
  ink_corner(k, x0, y0, colour);
  ink_corner(k, x1, y0, colour);
  ink_corner(k, x1, y1, colour);
  ink_corner(k, x0, y1, colour);
  ink_break(k);
}

static bool is_control(uint32_t cp) { return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029; }

static void put_quoted(Str *out, const char *text) {
  Sv s = sv(text);
  int len;
  str_addc(out, '\'');
  for (size_t i = 0; i < s.n; i += (size_t)len) {
    uint32_t cp = utf8_decode(s.s + i, s.n - i, &len);
    char utf8[4];
    if (is_control(cp)) continue;
    if (cp == '\'') str_add(out, "'.quote.'");
    else str_addn(out, utf8, (size_t)utf8_encode(cp, utf8));
  }
  str_addc(out, '\'');
}

void ink_text(Ink *k, const char *text, double x, double y, Type t) {
  if (!isfinite(x) || !isfinite(y)) return;
  str_add(&k->text, "set label ");
  put_quoted(&k->text, text);
  str_addf(&k->text, " at %.2f,%.2f %s", x, y, t.align < 0.25 ? "left" : t.align > 0.75 ? "right" : "center");
  if (t.turn) str_addf(&k->text, " rotate by %d", t.turn);
  str_addf(&k->text, " noenhanced front font '%s%s,%.2f' textcolor rgb '#%06x'\n", FONT, t.bold ? ":Bold" : "",
           t.size * k->letter, t.colour);
}

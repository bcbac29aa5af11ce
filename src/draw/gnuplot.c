// A plot as a gnuplot program: words of the page around one view or its panels. gnuplot 5.4 is asked only to rasterise
// layers and texts at places in pixels (gnuplot_ink.c); ticks, clipping, layout, colours and the words that may stand
// where are computed here, the same for the three formats.
//
//   title
//   view, or panels                key
//   note and reading
#include "draw/gnuplot_int.h"

#include <math.h>

bool export_parse_suffix(Sv path, ExportFormat *format) {
  static const char *const suffix[] = {".svg", ".png", ".pdf"};
  for (int i = 0; i < 3; i++) {
    if (path.n <= 4 || memcmp(path.s + path.n - 4, suffix[i], 4) != 0) continue;
    *format = (ExportFormat)i;
    return true;
  }
  return false;
}

static void put_terminal(Str *out, ExportFormat format, int width, int height) {
  static const char rest[] = "noenhanced font 'Arial,10' background '#ffffff'";
  if (format == EXPORT_SVG) str_addf(out, "set terminal svg size %d,%d %s\n", width, height, rest);
  else if (format == EXPORT_PNG) str_addf(out, "set terminal pngcairo size %d,%d %s\n", width, height, rest);
  else str_addf(out, "set terminal pdfcairo size %.4fin,%.4fin %s\n", width / 72.0, height / 72.0, rest);
  str_addf(out, "unset key\nunset border\nunset tics\nset xrange [0:%d]\nset yrange [0:%d]\n", width, height);
  str_add(out, "set lmargin at screen 0\nset rmargin at screen 1\nset bmargin at screen 0\nset tmargin at screen 1\n");
}

// Unit of design: everything grows with the page, but letters stay legible on a small one.
static double unit_of(ExportFormat format, int width, int height) {
  double u = sqrt((double)width * height / (800.0 * 500));
  return fmax(u, format == EXPORT_PDF ? 0.6 : 0.75);
}

// Title above, note and reading below; takes their room off the page.
static void draw_words(const Plot *p, Ink *k, double u, Rect *room) {
  const char *line[6];
  double w = room->x1 - room->x0, size = 11.5 * u;
  int n = 0;
  if (p->note && p->note[0]) n += words_lines(k, p->note, size, w, 3, line + n);
  if (p->reading && p->reading[0]) n += words_lines(k, p->reading, size, w, 3, line + n);
  for (int i = 0; i < n; i++)
    ink_text(k, line[i], room->x0, room->y0 + (n - i - 0.5) * 15.5 * u, (Type){size, 0, COLOUR_WORDS, false, 0});
  room->y0 += n ? (n * 15.5 + 8) * u : 0;
  if (!p->title || !p->title[0]) return;
  ink_text(k, words_fit(k, p->title, 16 * u, w), room->x0, room->y1 - 9 * u, (Type){16 * u, 0, COLOUR_TITLE, true, 0});
  room->y1 -= 30 * u;
}

static void draw_single(const Plot *p, Ink *k, Rect room, double u) {
  View *v = arena_new(&k->arena, View);
  view_init(v, p, p, k, u);
  Edges e = view_edges(v, room.x1 - room.x0, room.y1 - room.y0);
  v->area = (Rect){room.x0 + e.left, room.y0 + e.bottom, room.x1 - e.right, room.y1 - e.top};
  view_draw(v);
}

static void draw_page(const Plot *p, Ink *k, double u, int width, int height) {
  Rect room = {14 * u, 12 * u, width - 14 * u, height - 10 * u};
  draw_words(p, k, u, &room);
  double key = key_width(p, k, u);
  if (key > 0) key_draw(p, k, u, room.x1 - key + 18 * u, room.y1);
  room.x1 -= key;
  if (p->npanel) multiples_draw(p, k, room, u);
  else draw_single(p, k, room, u);
}

void gnuplot_print(const Plot *p, ExportFormat format, int width, int height, Str *out) {
  Ink ink;
  ink_init(&ink, format);
  draw_page(p, &ink, unit_of(format, width, height), width, height);
  str_add(out, "set encoding utf8\nquote = \"\\047\"\n");
  put_terminal(out, format, width, height);
  str_addn(out, str_c(&ink.text), ink.text.n);
  str_addn(out, str_c(&ink.data), ink.data.n);
  if (ink.plot.n) str_addn(out, ink.plot.s, ink.plot.n);
  else str_add(out, "plot NaN notitle");
  str_addc(out, '\n');
  ink_fini(&ink);
}

// A kept gnuplot opens an svg with the last stroke it drew where a new one has none; nothing is drawn by either.
static void open_alike(size_t start, Str *picture) {
  static const char first[] = "<g fill=\"none\" color=\"#FFFFFF\" stroke=\"", none[] = "currentColor";
  const char *group = strstr(str_c(picture) + start, first),
             *end = group ? strchr(group + sizeof first - 1, '"') : NULL;
  if (!end) return;
  Str rest = {0};
  str_add(&rest, end);
  picture->n = (size_t)(group - picture->s) + sizeof first - 1;
  str_add(picture, none);
  str_addn(picture, rest.s, rest.n);
  str_fini(&rest);
}

ErrCode gnuplot_picture(Gnuplot *g, const Plot *p, ExportFormat format, int width, int height, Str *picture, Err *err) {
  enum { TIMEOUT_MS = 10000 };
  Str program = {0};
  size_t start = picture->n;
  gnuplot_print(p, format, width, height, &program);
  Sv text = {str_c(&program), program.n};
  ErrCode code = g ? gnuplot_draw(g, text, TIMEOUT_MS, picture, err) : gnuplot_run(text, TIMEOUT_MS, picture, err);
  if (code == OK && format == EXPORT_SVG) open_alike(start, picture);
  if (code == OK) alt_embed(p, format, start, picture);
  str_fini(&program);
  return code;
}

ErrCode gnuplot_render(const Plot *p, ExportFormat format, int width, int height, Str *picture, Err *err) {
  return gnuplot_picture(NULL, p, format, width, height, picture, err);
}

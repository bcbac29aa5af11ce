// Each kind of output counts its lines and paints those that lie on the canvas, in one walk (see cell_view.c). Where
// they are more than a cell may take they stand in a window: they are painted on a canvas of its size, shifted by what
// has been scrolled, which is copied; the names of a table's columns stay at its top.
#include "ui/output_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/mend_int.h"
#include "ui/words_int.h"

#include <stdio.h>

// Lines of a window with a table in it, lines and columns of a plot, lines of a message.
enum { TABLE_MOST = 12, PLOT_LINES = 7, PLOT_MOST = 14, PLOT_WIDTH = 100, MESSAGE_MOST = 8, ALL = 1 << 30 };
enum { BAR_WIDTH = 30 };
static const double PATIENCE = 0.5; // seconds that a computation may take before its progress shows

typedef struct OutPen {
  const Paint *p;
  int x, y, w, line;
  bool old;    // of a run that counts no more: dim
  bool window; // the canvas is one
} OutPen;

// ---- lines of text ------------------------------------------------------------------------------------------------
// The next line of `text`, broken at w columns or (sentences) at a blank before; moves `text` behind it.
static Sv next_line(Sv *text, int w, bool sentence) {
  const char *end = memchr(text->s, '\n', text->n);
  size_t n = end ? (size_t)(end - text->s) : text->n, fit = utf8_fit((Sv){text->s, n}, w);
  bool broken = fit < n;
  if (broken) n = fit ? fit : 1;
  size_t blank = n;
  while (broken && sentence && blank > 0 && text->s[blank] != ' ') blank--;
  if (blank > 0) n = blank;
  Sv line = {text->s, n};
  size_t used = n + (broken ? text->s[n] == ' ' && sentence : end != NULL);
  *text = (Sv){text->s + used, text->n - used};
  return line;
}

static bool is_seen(const OutPen *pen) {
  int y = pen->y + pen->line;
  return pen->p && y >= 0 && y < pen->p->c->h;
}

static int put(const OutPen *pen, int dx, Sv text, Style style) {
  Str copy = {0};
  str_addn(&copy, text.s, text.n);
  int used = paint_text(pen->p, pen->x + dx, pen->y + pen->line, pen->w - dx, str_c(&copy), style);
  str_fini(&copy);
  return used;
}

static void put_folded(OutPen *pen, int64_t lines, const char *what) {
  if (is_seen(pen)) {
    char text[64];
    snprintf(text, sizeof text, "%s %lld line%s folded   ", glyph(pen->p, G_FOLDED), (long long)lines,
             lines == 1 ? "" : "s");
    int used = put(pen, 0, sv(text), STYLE_DIM);
    put(pen, used, (Sv){what, strcspn(what, "\n")}, STYLE_DIM);
  }
  pen->line++;
}

static void put_lines(OutPen *pen, Sv rest, int64_t most, bool sentence, Style style) {
  if (rest.n && rest.s[rest.n - 1] == '\n') rest.n--;
  int64_t lines = 0;
  for (Sv count = rest; count.n && most < ALL; lines++) next_line(&count, pen->w, sentence);
  for (int64_t k = 0; rest.n && (k < most - 1 || lines <= most); k++) {
    Sv line = next_line(&rest, pen->w, sentence);
    if (is_seen(pen)) put(pen, 0, line, style);
    pen->line++;
  }
  if (rest.n) put_folded(pen, lines - (most - 1), "");
}

// The first sentence strong, what it stands on dim.
static void put_title(OutPen *pen, Sv title) {
  size_t strong = utf8_width(title) <= pen->w ? title.n : show_head(title);
  Sv rest = {title.s + strong, title.n - strong};
  if (rest.n) rest.s++, rest.n--;
  put_lines(pen, (Sv){title.s, strong}, MESSAGE_MOST, true, pen->old ? STYLE_DIM : STYLE_STRONG);
  put_lines(pen, rest, MESSAGE_MOST, true, STYLE_DIM);
}

// ---- values -------------------------------------------------------------------------------------------------------
// The names of the columns stay in sight while rows of the table are.
static void keep_head(const OutPen *pen, const Canvas *page) {
  Canvas *c = pen->p->c;
  int top = pen->y + pen->line;
  if (!pen->window || top >= 0 || top + page->h <= 1) return;
  for (int x = 0; x < page->w && pen->x + x < c->w; x++) c->cell[pen->x + x] = page->cell[x];
}

static void put_page(OutPen *pen, const Page *page) {
  int lines = 1 + (int)page->shown + (page->shown < page->nrow);
  if (page->title) put_title(pen, sv(page->title));
  if (pen->p && pen->y + pen->line < pen->p->c->h && pen->y + pen->line + lines > 0) {
    Canvas canvas;
    canvas_init(&canvas, pen->w, lines);
    paint_page(&(Paint){&canvas, pen->p->style}, (Rect){0, 0, pen->w, lines}, page, pen->old ? STYLE_DIM : STYLE_FG);
    canvas_blit(pen->p->c, pen->x, pen->y + pen->line, &canvas);
    keep_head(pen, &canvas);
    canvas_fini(&canvas);
  }
  pen->line += lines;
}

static bool has_cells(const Plot *plot) {
  for (int k = 0; k < plot->nseries; k++)
    if (plot->series[k].kind == MARK_CELL) return true;
  return false;
}

static int at_most(int a, int b) { return a < b ? a : b; }

int output_plot_lines(const Plot *plot) {
  if (plot->npanel) return PLOT_MOST;
  if (has_cells(plot)) return at_most((plot->y.kind == AXIS_CATEGORY ? plot->y.ncategory : PLOT_LINES) + 2, PLOT_MOST);
  if (plot->x.kind == AXIS_CATEGORY && plot->x.ncategory > 0) {
    int bars = 0;
    for (int k = 0; k < plot->nseries; k++) bars += plot->series[k].kind == MARK_BAR;
    int named = plot->x.name || plot->y.name;
    return bars ? at_most(plot->x.ncategory * bars + named, PLOT_MOST) : PLOT_LINES;
  }
  int names = plot->y.kind == AXIS_CATEGORY ? plot->y.ncategory + 2 : 0;
  return names > PLOT_LINES ? at_most(names, PLOT_MOST) : PLOT_LINES;
}

static void dim_cells(const Canvas *c, Rect r) {
  for (int y = r.y < 0 ? 0 : r.y; y < r.y + r.h && y < c->h; y++)
    for (int x = r.x; x < r.x + r.w && x < c->w; x++) c->cell[y * c->w + x].style = STYLE_DIM;
}

// The sentence that a plot says, and at the right how many rows are behind it.
static void put_reading(OutPen *pen, const Plot *plot) {
  char n[NUMFMT_MAX + 2] = "n ";
  bool says = plot->reading && *plot->reading;
  if (!says && plot->n <= 0) return;
  if (is_seen(pen)) {
    int width = plot->n > 0 ? 2 + fmt_i64(n + 2, sizeof n - 2, plot->n, true) : 0;
    Str text = {0};
    if (says) str_addf(&text, "reading: %s", plot->reading);
    int need = utf8_width((Sv){str_c(&text), text.n});
    bool both = width && (need + 2 + width <= pen->w || pen->w >= 50);
    int room = both ? pen->w - width - 2 : pen->w;
    paint_text(pen->p, pen->x, pen->y + pen->line, room, str_c(&text), STYLE_DIM);
    if (both) paint_right(pen->p, pen->x, pen->y + pen->line, pen->w, n, STYLE_DIM);
    str_fini(&text);
  }
  pen->line++;
}

static void put_plot(OutPen *pen, const Plot *plot) {
  Plot bare = *plot; // its words are put here, where there is always room for them
  bare.title = bare.reading = bare.note = NULL;
  Rect r = {pen->x, pen->y + pen->line, at_most(pen->w, PLOT_WIDTH), output_plot_lines(plot)};
  if (plot->title && *plot->title) put_lines(pen, sv(plot->title), 1, true, pen->old ? STYLE_DIM : STYLE_STRONG);
  r.y = pen->y + pen->line;
  if (pen->p && r.y < pen->p->c->h && r.y + r.h > 0) {
    paint_plot(pen->p, r, &bare);
    if (pen->old) dim_cells(pen->p->c, r);
  }
  pen->line += r.h;
  if (plot->note && *plot->note) put_lines(pen, sv(plot->note), 1, true, STYLE_DIM);
  put_reading(pen, plot);
}

// One line, cut where it is too long.
static void put_head(OutPen *pen, const char *text) {
  if (is_seen(pen)) put(pen, 0, (Sv){text, strcspn(text, "\n")}, pen->old ? STYLE_DIM : STYLE_STRONG);
  pen->line++;
}

// Printed text with its tabs as blanks.
static void put_text(OutPen *pen, const char *text, Style style) {
  enum { TAB = 8 };
  if (!strchr(text, '\t')) {
    put_lines(pen, sv(text), ALL, false, style);
    return;
  }
  Str wide = {0};
  for (const char *line = text; *line;) {
    size_t begin = wide.n, n = strcspn(line, "\t\n");
    str_addn(&wide, line, n);
    for (line += n; *line == '\t'; line += n) {
      str_pad(&wide, ' ', TAB - utf8_width((Sv){wide.s + begin, wide.n - begin}) % TAB);
      n = strcspn(++line, "\t\n");
      str_addn(&wide, line, n);
    }
    if (*line) str_addc(&wide, *line++);
  }
  put_lines(pen, (Sv){str_c(&wide), wide.n}, ALL, false, style);
  str_fini(&wide);
}

static void put_output(OutPen *pen, const Output *o) {
  Style plain = pen->old ? STYLE_DIM : STYLE_FG;
  bool page = !o->has_plot && o->shown.kind == SHOWN_PAGE, said = page && o->shown.page.title;
  if (o->title && *o->title && !said) put_head(pen, o->title);
  if (o->has_plot) put_plot(pen, &o->plot);
  else if (page) put_page(pen, &o->shown.page);
  else if (o->shown.text) put_text(pen, o->shown.text, o->shown.kind == SHOWN_ERROR ? STYLE_WARN : plain);
}

// What a folded output says of itself.
static void summary(const Output *o, Str *out) {
  const Page *page = &o->shown.page;
  if (o->title && *o->title) str_add(out, o->title);
  else if (o->has_plot) str_add(out, o->plot.reading ? o->plot.reading : o->plot.title ? o->plot.title : "a plot");
  else if (o->shown.kind != SHOWN_PAGE) str_add(out, o->shown.text ? o->shown.text : "");
  else if (page->title && *page->title) str_add(out, page->title);
  else {
    char rows[NUMFMT_MAX];
    fmt_i64(rows, sizeof rows, page->nrow, true);
    str_addf(out, "%s × %d", rows, page->ncol);
  }
}

// ---- an error -----------------------------------------------------------------------------------------------------
typedef struct Spans { // bytes of a message: up to `what` it says what is wrong, name..name_end is what was meant
  size_t what, name, name_end;
} Spans;

static Spans spans_of(const char *message) {
  static const char MEANT[] = "did you mean ";
  Spans s = {.what = strcspn(message, "\n")};
  const char *colon = strstr(message, ": "), *meant = strstr(message, MEANT);
  if (colon && (size_t)(colon - message) < s.what) s.what = (size_t)(colon - message);
  if (!meant) return s;
  s.name = (size_t)(meant - message) + sizeof MEANT - 1;
  s.name_end = s.name + strcspn(message + s.name, "?\n");
  return s;
}

static void put_spans(const OutPen *pen, int dx, const char *message, Sv line, const Spans *s) {
  size_t from = (size_t)(line.s - message), end = from + line.n;
  while (from < end) {
    size_t border[] = {s->what, s->name, s->name_end, end}, to = end;
    for (int k = 0; k < 4; k++)
      if (border[k] > from && border[k] < to) to = border[k];
    Style style = from < s->what ? STYLE_WARN : from >= s->name && from < s->name_end ? STYLE_STRONG : STYLE_FG;
    dx += put(pen, dx, (Sv){message + from, to - from}, style);
    from = to;
  }
}

// The key that puts it right, behind the last line of the message.
static void put_mend(const OutPen *pen, const Result *r) {
  Sv wrong, meant;
  OutPen last = *pen;
  last.line--;
  if (!mend_names(r, &wrong, &meant) || !is_seen(&last)) return;
  int x = pen->x + pen->w;
  while (x > pen->x && pen->p->c->cell[(pen->y + last.line) * pen->p->c->w + x - 1].cp <= ' ') x--;
  int dx = x - pen->x + 3;
  if (dx + 14 > pen->w) return;
  dx += put(&last, dx, sv("p"), STYLE_FOCUS) + 1;
  put(&last, dx, sv("put it right"), STYLE_DIM);
}

static void put_error(OutPen *pen, const Result *r, int64_t lines) {
  const char *message = r->message && *r->message ? r->message : "failed";
  char place[40] = "";
  if (r->line > 0 && r->line < lines) snprintf(place, sizeof place, "line %lld: ", (long long)r->line);
  int indent = (int)strlen(place) < pen->w / 2 ? (int)strlen(place) : 0, k = 0;
  Spans spans = spans_of(message);
  for (Sv rest = sv(message); rest.n && k < MESSAGE_MOST; k++) {
    Sv line = next_line(&rest, pen->w - indent, true);
    if (is_seen(pen)) {
      if (k == 0 && indent) put(pen, 0, sv(place), STYLE_DIM);
      put_spans(pen, indent, message, line, &spans);
    }
    pen->line++;
  }
  put_mend(pen, r);
}

// ---- progress -----------------------------------------------------------------------------------------------------
static void whole_seconds(double seconds, char buf[32]) {
  if (seconds < 59.5) snprintf(buf, 32, "%.0f s", seconds);
  else words_time(seconds, buf);
}

static void put_progress(OutPen *pen, const Result *r) {
  if (r->elapsed < PATIENCE) return;
  if (is_seen(pen)) {
    int y = pen->y + pen->line, end = pen->x + pen->w, x = pen->x, bar = pen->w < 60 ? pen->w / 3 : BAR_WIDTH;
    char done[NUMFMT_MAX], total[NUMFMT_MAX], time[32];
    fmt_i64(done, sizeof done, r->progress, true);
    fmt_i64(total, sizeof total, r->total, true);
    bool known = r->total > 0 && r->progress >= 0;
    double share = known ? (double)r->progress / (double)r->total : 0;
    if (known) paint_progress(pen->p, x, y, bar, share), x += bar + 2;
    if (known || r->progress > 0) x += paint_text(pen->p, x, y, end - x, done, STYLE_STRONG);
    else x += paint_text(pen->p, x, y, end - x, "runs", STYLE_DIM);
    if (known) {
      x += paint_text(pen->p, x, y, end - x, "/", STYLE_FG);
      x += paint_text(pen->p, x, y, end - x, total, STYLE_FG);
    } else if (r->progress > 0) {
      x += paint_text(pen->p, x, y, end - x, " done", STYLE_FG);
    }
    bool eta = known && share > 0;
    whole_seconds(eta ? r->elapsed * (1 - share) / share : r->elapsed, time);
    if (eta) x += 2 + paint_text(pen->p, x + 2, y, end - x - 2, "ETA", STYLE_DIM) - 1;
    paint_text(pen->p, x + 2, y, end - x - 2, time, STYLE_FG);
  }
  pen->line++;
}

// ---- the whole ----------------------------------------------------------------------------------------------------
static int draw_values(OutPen *pen, const Result *r) {
  int first = pen->line;
  for (int64_t k = 0; r && k < r->nout; k++) put_output(pen, &r->out[k]);
  return pen->line - first;
}

static void draw_folded(OutPen *pen, const Result *r) {
  OutPen count = {.w = pen->w};
  int lines = draw_values(&count, r);
  if (!lines) return;
  Str what = {0};
  summary(&r->out[0], &what);
  put_folded(pen, lines, str_c(&what));
  str_fini(&what);
}

// ---- a window -----------------------------------------------------------------------------------------------------
static bool has_table(const Result *r) {
  for (int64_t k = 0; k < r->nout; k++)
    if (!r->out[k].has_plot && r->out[k].shown.kind == SHOWN_PAGE) return true;
  return false;
}

// Lines that the values may take, that which tells of the others included.
static int room_of(const Result *r, int most) { return has_table(r) && most > TABLE_MOST ? TABLE_MOST : most; }

// What was printed last says most; of a value its beginning does.
static bool is_printed(const Result *r) {
  return r && r->nout && !r->out[r->nout - 1].has_plot && r->out[r->nout - 1].shown.kind == SHOWN_TEXT;
}

static int64_t top_of(const DocCell *c, int64_t lines, int rows) {
  int64_t last = lines - rows;
  if (c->out_top > last) return last;
  return c->out_top >= 0 ? c->out_top : c->state == CELL_RUNNING || is_printed(c->result) ? last : 0;
}

// The only output is a table: its rows are told, not lines.
static const Page *only_table(const Result *r) { return r->nout == 1 && has_table(r) ? &r->out[0].shown.page : NULL; }

static int title_lines(const Page *page, int w) {
  OutPen count = {.w = w};
  if (page->title) put_title(&count, sv(page->title));
  return count.line;
}

static void put_place(const OutPen *pen, const Result *r, int64_t top, int rows, int64_t lines) {
  char text[80 + NUMFMT_MAX], of[NUMFMT_MAX];
  const Page *page = only_table(r);
  int64_t title = page ? title_lines(page, pen->w) : 0, first = top + 1 - title, last = top + rows - 1 - title;
  if (last < 1) page = NULL; // its title fills the window
  if (page && last > page->shown) last = page->shown;
  fmt_i64(of, sizeof of, page ? page->nrow : lines, true);
  snprintf(text, sizeof text, "%s %s %lld to %lld of %.*s", glyph(pen->p, G_FOLDED), page ? "rows" : "lines",
           (long long)(!page       ? top + 1
                       : first < 1 ? 1
                                   : first),
           (long long)(page ? last : top + rows), NUMFMT_MAX, of);
  int used = put(pen, 0, sv(text), STYLE_DIM);
  const KeyWord key[] = {{")", "further"}, {"(", "back"}, page ? (KeyWord){"t", "table"} : (KeyWord){"W", "all"}};
  for (int k = 0; k < 3; k++) {
    if (used + 3 + 2 + (int)strlen(key[k].word) > pen->w) return;
    used += 3 + put(pen, used + 3, sv(key[k].key), STYLE_FOCUS);
    used += 1 + put(pen, used + 1, sv(key[k].word), STYLE_DIM);
  }
}

static void put_window(OutPen *pen, const Result *r, const DocCell *c, int64_t lines, int room) {
  int rows = room - 1, y = pen->y + pen->line;
  int64_t top = top_of(c, lines, rows);
  if (pen->p && y < pen->p->c->h && y + rows > 0) {
    Canvas canvas;
    canvas_init(&canvas, pen->w, rows);
    OutPen inner = {&(Paint){&canvas, pen->p->style}, 0, -(int)top, pen->w, 0, pen->old, true};
    draw_values(&inner, r);
    canvas_blit(pen->p->c, pen->x, y, &canvas);
    canvas_fini(&canvas);
  }
  pen->line += rows;
  if (is_seen(pen)) put_place(pen, r, top, rows, lines);
  pen->line++;
}

static void draw_bounded(OutPen *pen, const Result *r, const DocCell *c, int most) {
  OutPen count = {.w = pen->w};
  int lines = draw_values(&count, r), room = room_of(r, most);
  if (c->whole || lines <= room || room < 2) draw_values(pen, r);
  else put_window(pen, r, c, lines, room);
}

bool outputs_scroll(DocCell *c, int w, int most, int pages, int by) {
  const Result *r = c->result;
  OutPen count = {.w = w};
  if (!r || c->folded || c->whole) return false;
  int lines = draw_values(&count, r), rows = room_of(r, most) - 1;
  if (rows < 1 || lines <= rows + 1) return false;
  int64_t was = top_of(c, lines, rows), step = rows > 2 ? rows - 2 : 1;
  c->out_top = was + pages * step + by;
  if (c->out_top < 0) c->out_top = 0;
  c->out_top = top_of(c, lines, rows);
  return c->out_top != was;
}

int outputs_draw(const Paint *p, int x, int y, int w, const DocCell *c, int64_t lines, int most) {
  bool under_way = c->state == CELL_WAITING || c->state == CELL_RUNNING;
  const Result *r = c->result;
  OutPen pen = {.p = p, .x = x, .y = y, .w = w, .old = c->state == CELL_STALE};
  if (under_way && c->before && (!r || !r->nout)) r = c->before, pen.old = true; // until the new run gives something
  if (!r) return 0;
  if (c->folded) draw_folded(&pen, r);
  else draw_bounded(&pen, r, c, most);
  if (c->state == CELL_RUNNING && c->result) put_progress(&pen, c->result);
  if (c->state == CELL_FAILED) put_error(&pen, r, lines);
  else if (r->cancelled && !under_way) put_lines(&pen, sv("stopped"), 1, true, STYLE_DIM);
  return pen.line;
}

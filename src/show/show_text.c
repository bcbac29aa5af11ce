// A page for reading: columns parted by two blanks, one blank at the left edge, decimal points below each other.
//
// Widths are found in one pass over the cells and used in a second, so no cell is kept. A column is `left` columns
// before the decimal point and `right` from the point on; columns without points have right = 0, and the last of the
// `left` columns is the units column, where missing numbers have their dot. On a screen that is too narrow, columns
// are dropped from the right until the rest fits with its text columns at TEXT_LEAST; then the widest text columns give
// way, one column of the screen at a time, until all fit. Numbers are never cut.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "show/show_int.h"

enum { GAP = 2, TEXT_LEAST = 12 };

// Roles of the theme in 256 colours on a dark ground.
#define STRONG "1"
#define DIM "38;5;246"
#define FAINT "38;5;240"
#define WARN "1;38;5;204"

typedef struct ColPlan {
  int head;        // columns of name and sign
  int left, right; // of the widest cells, about the point
  int width;
} ColPlan;

typedef struct TextView {
  const Page *page;
  const ShowStyle *style;
  ColPlan *plan;
  int ncol;    // columns that fit
  int numbers; // width of the row numbers; 0 = none
  Str cell;    // the cell at hand, as displayed
  Str *out;
} TextView;

// How the cell at hand stands in its column.
typedef struct Look {
  const char *sgr; // NULL = plain
  int left, right;
} Look;

static void put(const TextView *v, const char *sgr, Sv text) {
  bool colour = v->style->colour && sgr && text.n;
  if (colour) str_addf(v->out, "\x1b[0;%sm", sgr);
  str_addn(v->out, text.s, text.n);
  if (colour) str_add(v->out, "\x1b[0m");
}

static Sv view(const Str *s) { return (Sv){str_c(s), s->n}; }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Bytes before the point, or where it would be: after the leading digits of 5e-05, after all of nan.
static size_t point_of(Sv number) {
  const char *point = number.n ? memchr(number.s, '.', number.n) : NULL;
  if (point) return (size_t)(point - number.s);
  size_t i = 0, digits = 0;
  while (i < number.n && (is_digit(number.s[i]) || number.s[i] == '-' || number.s[i] == '+' || number.s[i] == ','))
    digits += is_digit(number.s[i++]);
  return digits ? i : number.n;
}

static bool is_finite_text(Sv number) {
  for (size_t i = 0; i < number.n; i++)
    if (is_digit(number.s[i])) return true;
  return false;
}

// Hyphens become minus signs of the same width.
static void set_minus(Str *number) {
  if (!number->n || !memchr(number->s, '-', number->n)) return;
  Str with = {0};
  for (size_t i = 0; i < number->n; i++) {
    if (number->s[i] == '-') str_add(&with, "−");
    else str_addc(&with, number->s[i]);
  }
  str_fini(number);
  *number = with;
}

static Look number_look(TextView *v, Align align) {
  Sv text = view(&v->cell);
  int width = utf8_width(text), left = align == ALIGN_POINT ? utf8_width((Sv){text.s, point_of(text)}) : width;
  Look look = {is_finite_text(text) ? NULL : WARN, left, width - left};
  if (v->style->utf8) set_minus(&v->cell);
  return look;
}

// Puts cell (i, j) as it is displayed at full width into v->cell.
static Look cell_look(TextView *v, int64_t i, int j) {
  const PageCol *col = &v->page->col[j];
  const char *text = page_get(v->page, i, j);
  str_clear(&v->cell);
  if (!text) {
    str_add(&v->cell, v->style->utf8 ? "·" : "-");
    return (Look){FAINT, 1, 0};
  }
  if (!*text) {
    str_add(&v->cell, "\"\"");
    return (Look){DIM, 2, 0};
  }
  escape_add(&v->cell, sv(text), false);
  if (col->kind == CELL_NUMBER) return number_look(v, col->align);
  return (Look){NULL, utf8_width(view(&v->cell)), 0};
}

static int widest(int a, int b) { return a > b ? a : b; }

static void head_text(TextView *v, int j) {
  str_clear(&v->cell);
  escape_add(&v->cell, sv(v->page->col[j].name), false);
}

static void plan_natural(TextView *v) {
  const Page *p = v->page;
  for (int j = 0; j < p->ncol; j++) {
    ColPlan *c = &v->plan[j];
    head_text(v, j);
    c->head = utf8_width(view(&v->cell)) + (p->col[j].sign != 0);
    for (int64_t i = 0; i < p->shown; i++) {
      Look look = cell_look(v, i, j);
      c->left = widest(c->left, look.left);
      c->right = widest(c->right, look.right);
    }
    c->width = widest(widest(c->head, c->left + c->right), 1);
  }
  if (!p->row_numbers) return;
  char last[NUMFMT_MAX];
  v->numbers = fmt_i64(last, sizeof last, p->first + p->shown, true);
}

static bool may_shrink(const PageCol *c) { return c->kind == CELL_TEXT && c->align == ALIGN_LEFT; }

static int least_width(const TextView *v, int j) {
  int w = v->plan[j].width;
  return may_shrink(&v->page->col[j]) && w > TEXT_LEAST ? TEXT_LEAST : w;
}

// Columns of the screen that the first n columns need, at their least or as planned.
static int64_t total_width(const TextView *v, int n, bool least) {
  int64_t total = 1 + (v->numbers ? v->numbers + GAP : 0) + (n ? (int64_t)GAP * (n - 1) : 0);
  for (int j = 0; j < n; j++) total += least ? least_width(v, j) : v->plan[j].width;
  return total;
}

static void shrink_widest(TextView *v) {
  ColPlan *most = NULL;
  for (int j = 0; j < v->ncol; j++)
    if (may_shrink(&v->page->col[j]) && (!most || v->plan[j].width > most->width)) most = &v->plan[j];
  if (most) most->width--;
}

static void plan_fit(TextView *v) {
  int room = v->style->width;
  v->ncol = v->page->ncol;
  if (!room || !v->ncol) return;
  while (v->ncol > 1 && total_width(v, v->ncol, true) > room) v->ncol--;
  for (int j = 0; j < v->ncol; j++)
    if (may_shrink(&v->page->col[j]) && v->plan[j].width > room) v->plan[j].width = room;
  if (v->ncol == 1 && total_width(v, 1, true) > room) { // a lone text column gives all it has
    int64_t over = total_width(v, 1, false) - room;
    if (may_shrink(&v->page->col[0])) v->plan[0].width = widest(2, v->plan[0].width - (int)over);
    return;
  }
  while (total_width(v, v->ncol, false) > room) shrink_widest(v);
}

// Cuts to `columns` >= 1: the mark takes the last place, and no space or comma stays before it.
static void cut(const TextView *v, Str *text, int columns) {
  if (utf8_width(view(text)) <= columns) return;
  text->n = utf8_fit(view(text), columns - 1);
  while (text->n && (text->s[text->n - 1] == ' ' || text->s[text->n - 1] == ',')) text->n--;
  str_add(text, v->style->utf8 ? "…" : "~");
}

static void end_line(Str *out) {
  while (out->n && out->s[out->n - 1] == ' ') out->n--;
  str_addc(out, '\n');
}

static bool is_right(const PageCol *c) { return c->align != ALIGN_LEFT; }

static void put_head(TextView *v, int j) {
  const PageCol *col = &v->page->col[j];
  int sign = col->sign != 0, width = v->plan[j].width;
  head_text(v, j);
  cut(v, &v->cell, width - sign);
  int pad = width - sign - utf8_width(view(&v->cell));
  if (is_right(col)) str_pad(v->out, ' ', pad);
  put(v, STRONG, view(&v->cell));
  put(v, DIM, (Sv){&col->sign, (size_t)sign});
  if (!is_right(col)) str_pad(v->out, ' ', pad);
}

static void put_cell(TextView *v, int64_t i, int j) {
  const ColPlan *c = &v->plan[j];
  Look look = cell_look(v, i, j);
  if (is_right(&v->page->col[j])) {
    str_pad(v->out, ' ', c->width - c->right - look.left);
    put(v, look.sgr, view(&v->cell));
    str_pad(v->out, ' ', c->right - look.right);
    return;
  }
  cut(v, &v->cell, c->width);
  put(v, look.sgr, view(&v->cell));
  str_pad(v->out, ' ', c->width - utf8_width(view(&v->cell)));
}

static void put_number(TextView *v, int64_t row) {
  char text[NUMFMT_MAX];
  int n = fmt_i64(text, sizeof text, row, true);
  str_pad(v->out, ' ', v->numbers - n);
  put(v, FAINT, (Sv){text, (size_t)n});
  str_pad(v->out, ' ', GAP);
}

static void put_rows(TextView *v) {
  for (int64_t i = -1; i < v->page->shown; i++) {
    str_addc(v->out, ' ');
    if (v->numbers && i < 0) str_pad(v->out, ' ', v->numbers + GAP);
    else if (v->numbers) put_number(v, v->page->first + i + 1);
    for (int j = 0; j < v->ncol; j++) {
      if (j) str_pad(v->out, ' ', GAP);
      if (i < 0) put_head(v, j);
      else put_cell(v, i, j);
    }
    end_line(v->out);
  }
}

// A line of its own in style `sgr`, made of `indent` blanks and the text in v->cell.
static void put_line(TextView *v, const char *sgr, int indent) {
  if (!v->cell.n) return;
  str_pad(v->out, ' ', indent);
  if (v->style->width > indent) cut(v, &v->cell, v->style->width - indent);
  put(v, sgr, view(&v->cell));
  str_addc(v->out, '\n');
}

static void put_feet(TextView *v) {
  const Page *p = v->page;
  str_clear(&v->cell);
  if (p->nrow == 0) str_add(&v->cell, "no rows");
  page_add_more(p, &v->cell);
  put_line(v, FAINT, 2);
  str_clear(&v->cell);
  int lost = p->ncol - v->ncol;
  if (lost) str_addf(&v->cell, "%d %s not shown: ", lost, lost == 1 ? "column" : "columns");
  for (int j = v->ncol; j < p->ncol; j++) {
    if (j > v->ncol) str_add(&v->cell, ", ");
    escape_add(&v->cell, sv(p->col[j].name), false);
  }
  put_line(v, FAINT, 2);
}

// Bytes of the next line, broken at a blank where the screen ends.
static size_t line_bytes(const TextView *v, Sv text) {
  size_t n = v->style->width > 1 ? utf8_fit(text, v->style->width - 1) : text.n, blank = n;
  if (n == text.n) return n;
  while (blank > 0 && text.s[blank] != ' ') blank--;
  return blank ? blank : n ? n : 1;
}

static void put_lines(TextView *v, const char *sgr, Sv text) {
  while (text.n) {
    size_t n = line_bytes(v, text), used = n + (n < text.n && text.s[n] == ' ');
    str_clear(&v->cell);
    str_addn(&v->cell, text.s, n);
    put_line(v, sgr, 1);
    text.s += used, text.n -= used;
  }
}

// The first line of a title is strong, or its first sentence where the line is too long; the rest is dim.
static void put_title(TextView *v, const char *title) {
  Str line = {0};
  for (bool first = true; title && *title; first = false) {
    size_t n = strcspn(title, "\n");
    str_clear(&line);
    escape_add(&line, (Sv){title, n}, false);
    size_t strong = !first ? 0 : line_bytes(v, view(&line)) == line.n ? line.n : show_head(view(&line));
    put_lines(v, STRONG, (Sv){str_c(&line), strong});
    if (strong < line.n && line.s[strong] == ' ') strong++;
    put_lines(v, DIM, (Sv){str_c(&line) + strong, line.n - strong});
    title += n + (title[n] == '\n');
  }
  str_fini(&line);
  str_clear(&v->cell);
}

static void text_page(const Page *p, const ShowStyle *style, Str *out) {
  Arena a;
  arena_init(&a);
  TextView v = {.page = p, .style = style, .plan = arena_array(&a, ColPlan, p->ncol), .out = out};
  put_title(&v, p->title);
  plan_natural(&v);
  plan_fit(&v);
  if (v.ncol) put_rows(&v);
  put_feet(&v);
  str_fini(&v.cell);
  arena_fini(&a);
}

static void text_text(const Shown *s, const ShowStyle *style, Str *out) {
  (void)style;
  escape_add(out, sv(s->text), true);
  if (!out->n || out->s[out->n - 1] != '\n') str_addc(out, '\n');
}

static void text_error(const Shown *s, const ShowStyle *style, Str *out) {
  TextView v = {.style = style, .out = out};
  put(&v, WARN, sv("!"));
  str_addc(out, ' ');
  text_text(s, style, out);
}

const ShowWriter show_writer_text = {"text", text_page, text_text, text_error};

// A page of formatted cells as a table on the screen. A column is `left` columns before the decimal point and `right`
// from the point on, so that points stand below each other; the last of the `left` columns is the units column, where a
// missing number has its dot. Text is cut, a number never is.
#include "ui/paint_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum { GAP = 3, GAP_LEAST = 2, TEXT_LEAST = 8 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Bytes before the point, or where it would be: after the leading digits of 5e-05, after all of nan.
static size_t point_of(Sv number) {
  const char *point = number.n ? memchr(number.s, '.', number.n) : NULL;
  if (point) return (size_t)(point - number.s);
  size_t i = 0, digits = 0;
  while (i < number.n && (is_digit(number.s[i]) || strchr("-+,", number.s[i]))) digits += is_digit(number.s[i++]);
  return digits ? i : number.n;
}

static bool is_finite_text(const char *number) {
  while (*number && !is_digit(*number)) number++;
  return *number;
}

static bool is_left(const PageCol *col) { return col->align == ALIGN_LEFT; }

void cell_measure(const PageCol *col, const char *text, int *left, int *right) {
  *right = 0;
  *left = !text ? 1 : *text ? utf8_width(sv(text)) : 2;
  if (!text || col->align != ALIGN_POINT) return;
  int width = *left;
  *left = utf8_width((Sv){text, point_of(sv(text))});
  *right = width - *left;
}

// Hyphens become minus signs.
static void number_text(const Paint *p, const char *text, Str *out) {
  for (; *text; text++) {
    if (*text == '-') str_add(out, glyph(p, G_MINUS));
    else str_addc(out, *text);
  }
}

static void paint_number(const Paint *p, int x, int y, int w, const PageCol *col, int right, const char *text,
                         Style style) {
  int before, after;
  cell_measure(col, text, &before, &after);
  if (before + after > w) {
    paint_right(p, x, y, w, glyph(p, G_CUT), style);
    return;
  }
  int behind = after > right || before + right > w ? after : right; // a number that the column was not made for
  Str number = {0};
  number_text(p, text, &number);
  canvas_text(p->c, x + w - behind - before, y, str_c(&number), is_finite_text(text) ? style : STYLE_WARN);
  str_fini(&number);
}

void paint_cell(const Paint *p, int x, int y, int w, const PageCol *col, int right, const char *text, Style style) {
  bool plain = style == STYLE_FG;
  if (w < 1) return;
  if (!text) {
    int at = is_left(col) ? x : x + w - 1 - (right < w ? right : 0);
    canvas_text(p->c, at, y, glyph(p, G_MISSING), plain ? STYLE_FAINT : style);
  } else if (!*text) {
    if (is_left(col)) paint_text(p, x, y, w, "\"\"", plain ? STYLE_DIM : style);
    else paint_right(p, x, y, w, "\"\"", plain ? STYLE_DIM : style);
  } else if (col->kind == CELL_NUMBER) {
    paint_number(p, x, y, w, col, right, text, style);
  } else if (is_left(col)) {
    paint_text(p, x, y, w, text, style);
  } else {
    paint_right(p, x, y, w, text, style);
  }
}

// ---- a whole page -------------------------------------------------------------------------------------------------
typedef struct PagePlan {
  int *width, *right;
  int ncol; // that fit
  int gap, numbers;
} PagePlan;

static void head_of(const PageCol *col, Str *out) {
  str_clear(out);
  str_add(out, col->name);
  if (col->sign) str_addc(out, col->sign);
}

static int most(int a, int b) { return a > b ? a : b; }

static void plan_widths(const Page *page, int rows, PagePlan *plan) {
  Str head = {0};
  for (int j = 0; j < page->ncol; j++) {
    int left = 0;
    for (int i = 0; i < rows; i++) {
      int before, after;
      cell_measure(&page->col[j], page_get(page, i, j), &before, &after);
      left = most(left, before), plan->right[j] = most(plan->right[j], after);
    }
    head_of(&page->col[j], &head);
    plan->width[j] = most(left + plan->right[j], utf8_width((Sv){str_c(&head), head.n}));
  }
  str_fini(&head);
}

static bool gives(const Page *page, const PagePlan *plan, int j) {
  return is_left(&page->col[j]) && plan->width[j] > TEXT_LEAST;
}

// Columns of the screen that the first n columns need, with texts at their least or as they are.
static int total_width(const Page *page, const PagePlan *plan, int n, bool least) {
  int total = plan->numbers ? plan->numbers + plan->gap : 0;
  for (int j = 0; j < n; j++)
    total += (least && gives(page, plan, j) ? TEXT_LEAST : plan->width[j]) + (j ? plan->gap : 0);
  return total;
}

// The gaps give way, then columns from the right where texts at their least would not do, then the widest texts.
static void squeeze(const Page *page, PagePlan *plan, int w) {
  plan->gap = GAP, plan->ncol = page->ncol;
  if (total_width(page, plan, plan->ncol, false) > w) plan->gap = GAP_LEAST;
  while (plan->ncol > 1 && total_width(page, plan, plan->ncol, true) > w) plan->ncol--;
  while (total_width(page, plan, plan->ncol, false) > w) {
    int widest = -1;
    for (int j = 0; j < plan->ncol; j++)
      if (gives(page, plan, j) && (widest < 0 || plan->width[j] > plan->width[widest])) widest = j;
    if (widest < 0) {
      int gutter = plan->numbers ? plan->numbers + plan->gap : 0;
      if (plan->ncol) plan->width[0] = w > gutter ? w - gutter : 0; // the only column: it is cut
      break;
    }
    plan->width[widest]--;
  }
}

static void page_line(const Paint *p, Rect r, const Page *page, const PagePlan *plan, int64_t row, Style style) {
  int x = r.x;
  Str head = {0};
  char number[NUMFMT_MAX];
  if (plan->numbers && row >= 0) {
    fmt_i64(number, sizeof number, page->first + row + 1, true);
    paint_right(p, x, r.y, plan->numbers, number, STYLE_FAINT);
  }
  if (plan->numbers) x += plan->numbers + plan->gap;
  for (int j = 0; j < plan->ncol; j++) {
    const PageCol *col = &page->col[j];
    if (row >= 0) {
      paint_cell(p, x, r.y, plan->width[j], col, plan->right[j], page_get(page, row, j), style);
    } else {
      head_of(col, &head);
      if (is_left(col)) paint_text(p, x, r.y, plan->width[j], str_c(&head), STYLE_DIM);
      else paint_right(p, x, r.y, plan->width[j], str_c(&head), STYLE_DIM);
    }
    x += plan->width[j] + plan->gap;
  }
  str_fini(&head);
}

int paint_page(const Paint *p, Rect r, const Page *page, Style style) {
  if (r.h < 1 || r.w < 1) return 0;
  char number[NUMFMT_MAX], more[64];
  int64_t rows = page->shown < r.h - 1 ? page->shown : r.h - 1;
  if (rows > 0 && rows < page->nrow && rows == r.h - 1) rows--; // the line that says so
  PagePlan plan = {.width = calloc((size_t)page->ncol + 1, sizeof(int)),
                   .right = calloc((size_t)page->ncol + 1, sizeof(int))};
  if (!plan.width || !plan.right) abort();
  if (page->row_numbers) plan.numbers = fmt_i64(number, sizeof number, page->first + page->shown, true);
  plan_widths(page, (int)rows, &plan);
  squeeze(page, &plan, r.w);
  int used = 0;
  for (int64_t i = -1; i < rows; i++, used++) page_line(p, (Rect){r.x, r.y + used, r.w, 1}, page, &plan, i, style);
  if (rows < page->nrow && used < r.h) {
    fmt_i64(number, sizeof number, page->nrow - rows, true);
    snprintf(more, sizeof more, "%.40s more row%s", number, page->nrow - rows == 1 ? "" : "s");
    paint_text(p, r.x, r.y + used++, r.w, more, STYLE_DIM);
  }
  free(plan.width);
  free(plan.right);
  return used;
}

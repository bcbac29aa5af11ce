// The row card: all columns of the cursor's row below each other, over the table; or one cell with all its text, broken
// at blanks. Where the page at hand lacks some of the columns the whole row is asked for.
#include "ui/app_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { MARGIN = 2, NAME_MOST = 32, WIDE = 76 };

// Enter (0): of an answer the rows behind the cell, of any other table the row (1). zEnter (2): the cell.
void act_table_card(App *a, int arg) {
  Sheet *s = &a->sheet;
  const char *column = sheet_name(s, s->col);
  if (!s->object || !s->nrow) {
    app_hold_for_columns(a);
    return;
  }
  if (!arg && s->heads.kind != MSG_HEADS && app_hold_for_columns(a)) return; // whether it is an answer
  if (!arg && column && s->heads.kind == MSG_HEADS && s->heads.Heads.answer) {
    dive_ask(a, &(MsgViewRows){.object = s->object, .column = column, .label = "", .row = s->row}, true);
    return;
  }
  a->card = true, a->dirty = true;
  s->card_top = 0, s->card_cell = arg == 2;
}

// The row with all columns; NULL: it is on its way.
static const Page *whole_row(App *a) {
  Sheet *s = &a->sheet;
  const MsgPageAnswer *have = &s->card_row.PageAnswer;
  bool there = s->card_row.kind == MSG_PAGE && have->version == s->version && have->page.first == s->row &&
               have->page.shown == 1 && strcmp(have->object, s->object) == 0;
  if (there) return &have->page;
  if (s->card_asked) return NULL;
  Msg m;
  msg_init(&m, MSG_VIEW_PAGE, 0);
  m.ViewPage = (MsgViewPage){.object = s->object, .version = s->version, .first = s->row, .rows = 1, .exact = true};
  s->card_asked = app_ask(a, &m);
  return NULL;
}

static int name_width(const Page *row) {
  int most = 4;
  for (int j = 0; j < row->ncol; j++) {
    int w = utf8_width(sv(row->col[j].name)) + 1;
    most = w > most ? w : most;
  }
  return most < NAME_MOST ? most : NAME_MOST;
}

static void draw_field(const Paint *p, Rect line, const PageCol *col, const char *text, int name, bool here) {
  char sign[2] = {col->sign, 0};
  int x = line.x, used = paint_text(p, x, line.y, name - 1, col->name, here ? STYLE_COLUMN : STYLE_STRONG);
  paint_text(p, x + used, line.y, 1, sign, here ? STYLE_COLUMN : STYLE_DIM);
  PageCol left = {.align = ALIGN_LEFT, .kind = CELL_TEXT};
  if (text && *text && col->kind == CELL_NUMBER) {
    int before, after;
    cell_measure(col, text, &before, &after);
    paint_cell(p, x + name + 2, line.y, before + after, col, after, text, STYLE_FG);
  } else {
    paint_cell(p, x + name + 2, line.y, line.w - name - 2, &left, 0, text, STYLE_FG);
  }
}

static void card_title(const App *a, Str *what) {
  char row[NUMFMT_MAX], of[NUMFMT_MAX];
  fmt_i64(row, sizeof row, a->sheet.row + 1, true);
  fmt_i64(of, sizeof of, a->sheet.nrow, true);
  str_addf(what, "%s of %s", row, of);
}

// ---- one cell -----------------------------------------------------------------------------------------------------
// The next line of at most w columns, broken at a blank where there is one.
static Sv next_line(Sv *rest, int w) {
  const char *end = memchr(rest->s, '\n', rest->n);
  size_t whole = end ? (size_t)(end - rest->s) : rest->n, fit = utf8_fit((Sv){rest->s, whole}, w), next = fit;
  if (fit < whole) {
    size_t cut = fit;
    while (cut > 0 && rest->s[cut] != ' ') cut--;
    if (cut) fit = cut, next = cut + 1;
    else if (!fit) fit = next = 1;
  } else {
    next = whole + (end != NULL);
  }
  Sv line = {rest->s, fit};
  rest->s += next, rest->n -= next;
  return line;
}

static int count_lines(Sv text, int w) {
  int n = 0;
  do next_line(&text, w), n++;
  while (text.n);
  return n;
}

static void draw_cell_lines(const Paint *p, Rect r, Sv text, int64_t top) {
  Str line = {0};
  for (int64_t i = 0; text.n && i < top + r.h; i++) {
    Sv one = next_line(&text, r.w);
    if (i < top) continue;
    str_clear(&line);
    str_addn(&line, one.s, one.n);
    paint_text(p, r.x, r.y + (int)(i - top), r.w, str_c(&line), STYLE_FG);
  }
  str_fini(&line);
}

static void draw_cell_card(App *a, const Paint *p, const Page *row) {
  Sheet *s = &a->sheet;
  const char *name = sheet_name(s, s->col);
  const char *text = row && s->col < row->ncol ? page_get(row, 0, s->col) : "";
  int w = a->w - 2 * MARGIN < WIDE ? a->w - 2 * MARGIN : WIDE, most = a->h - 3 - 2;
  if (w < 8 || most < 1) return;
  Sv whole = sv(text ? text : glyph(p, G_MISSING));
  int n = count_lines(whole, w - 4), lines = n < most ? n : most;
  Rect r = {(a->w - w) / 2, 1, w, lines + 2};
  Str what = {0};
  if (s->card_top > n - lines) s->card_top = n - lines;
  if (s->card_top < 0) s->card_top = 0;
  str_add(&what, "row "), card_title(a, &what);
  paint_overlay(p, r, name ? name : "", str_c(&what), n > lines ? "j k" : "");
  str_fini(&what);
  draw_cell_lines(p, (Rect){r.x + 2, r.y + 1, w - 4, lines}, whole, s->card_top);
}

// ---- the card -----------------------------------------------------------------------------------------------------
void card_draw(App *a, const Paint *p) {
  Sheet *s = &a->sheet;
  const Page *row = whole_row(a);
  if (s->card_cell) {
    draw_cell_card(a, p, row);
    return;
  }
  int w = a->w - 2 * MARGIN < WIDE ? a->w - 2 * MARGIN : WIDE, most = a->h - 3 - 2; // frame, and two lines below
  int n = row ? row->ncol : s->ncol, lines = n < most ? n : most;
  Rect r = {(a->w - w) / 2, 1, w, lines + 2};
  Str what = {0};
  if (s->card_top > n - lines) s->card_top = n - lines;
  if (s->card_top < 0) s->card_top = 0;
  if (w < 8 || lines < 1) return;
  card_title(a, &what);
  paint_overlay(p, r, "row", str_c(&what), n > lines ? "j k" : "");
  str_fini(&what);
  for (int i = 0; row && i < lines; i++) {
    int j = (int)s->card_top + i;
    Rect line = {r.x + 2, r.y + 1 + i, w - 4, 1};
    draw_field(p, line, &row->col[j], page_get(row, 0, j), name_width(row), j == s->col);
  }
}

void card_key(App *a, const char *name) {
  Sheet *s = &a->sheet;
  static const struct {
    const char *key;
    int scroll, row;
  } KEYS[] = {{"j", 1, 0},   {"Down", 1, 0}, {"k", -1, 0}, {"Up", -1, 0},   {"PgDn", 10, 0}, {"PgUp", -10, 0},
              {"^F", 10, 0}, {"^B", -10, 0}, {"l", 0, 1},  {"Right", 0, 1}, {"h", 0, -1},    {"Left", 0, -1}};
  for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
    if (strcmp(name, KEYS[i].key) == 0) {
      s->card_top += KEYS[i].scroll;
      if (KEYS[i].row) sheet_move(a, KEYS[i].row, 0);
      a->dirty = true;
      return;
    }
  a->dirty = true;
  if (strcmp(name, "q") == 0 || strcmp(name, "Esc") == 0 || strcmp(name, "Enter") == 0) a->card = false;
}

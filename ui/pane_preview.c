// A first look at the file under the browser's cursor: its first rows as they would be read, the first lines of a
// recipe, or why it cannot be read.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/app_int.h"
#include "ui/rect_int.h"

#include <stdio.h>
#include <stdlib.h>

static bool is_file(const FileEntry *e) { return e && e->kind != FILE_FOLDER && e->kind != FILE_UP; }

// What has been told of the file under the cursor; NULL = nothing yet.
static const MsgFile *told(const Files *f) {
  const FileEntry *e = files_here(f);
  bool same = is_file(e) && f->looked && strcmp(f->looked, e->path) == 0 && !f->look_asked;
  return same && f->look.kind == MSG_FILE && !f->refusal ? &f->look.File : NULL;
}

static void title(const App *a, Str *what, Str *state) {
  const FileEntry *e = files_here(&a->files);
  const MsgFile *m = told(&a->files);
  char rows[32];
  if (e && e->kind != FILE_UP) str_add(what, e->name);
  if (!m) return;
  str_addf(what, "  %s", m->kind);
  if (m->shown.kind == SHOWN_PAGE && m->rows >= 0) {
    fmt_i64(rows, sizeof rows, m->rows, true);
    str_addf(what, "  %s%s × %d", m->about ? "about " : "", rows, m->shown.page.ncol);
  }
  str_add(state, m->how);
}

// Text broken at blanks, from line `y` on; returns the line after it.
static int paint_words(const Paint *p, Rect r, int y, const char *text, Style style) {
  int room = r.w - 4;
  while (*text && room > 4 && y < r.h) {
    size_t n = utf8_fit(sv(text), room);
    if (text[n]) {
      size_t blank = n;
      while (blank && text[blank] != ' ') blank--;
      if (blank) n = blank;
    }
    rect_print(p, r, 3, y++, style, "%.*s", (int)n, text);
    text += n;
    while (*text == ' ') text++;
  }
  return y;
}

// The page from row `top` and column `left` on.
static void paint_rows(Files *f, const Paint *p, Rect r, const Page *page) {
  int lines = r.h - 1 > 0 ? r.h - 1 : 0;
  int64_t last = page->shown > lines ? page->shown - lines : 0;
  if (f->look_top > last) f->look_top = last;
  if (f->look_left >= page->ncol) f->look_left = page->ncol ? page->ncol - 1 : 0;
  int ncol = page->ncol - f->look_left;
  int64_t shown = page->shown - f->look_top;
  const char **cell = calloc((size_t)(shown * ncol) + 1, sizeof *cell);
  if (!cell) abort();
  for (int64_t i = 0; i < shown; i++)
    for (int j = 0; j < ncol; j++) cell[i * ncol + j] = page_get(page, f->look_top + i, f->look_left + j);
  Page part = {.nrow = page->first + f->look_top + shown,
               .first = page->first + f->look_top,
               .shown = shown,
               .ncol = ncol,
               .col = page->col + f->look_left,
               .cell = cell,
               .row_numbers = true};
  part.nrow = shown < lines ? shown : lines; // nothing is said of more rows: the title does
  paint_page(p, (Rect){r.x + 1, r.y, r.w - 2, r.h}, &part, STYLE_FG);
  free(cell);
}

static void paint_recipe(Files *f, const Paint *p, Rect r, const char *text) {
  int lines = 1;
  for (const char *c = text; *c; c++) lines += *c == '\n' && c[1];
  if (f->look_top > lines - 1) f->look_top = lines - 1;
  for (int y = 0; y < r.h && f->look_top + y < lines; y++)
    paint_lua(p, r.x + 1, r.y + y, r.w - 2, sv(text), (int)f->look_top + y, f->look_left, STYLE_FG);
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  (void)focused;
  Files *f = &a->files;
  const FileEntry *e = files_here(f);
  const MsgFile *m = told(f);
  files_want(a);
  if (r.h < 1) return;
  if (m && m->shown.kind == SHOWN_PAGE) paint_rows(f, p, r, &m->shown.page);
  else if (m) paint_recipe(f, p, r, m->shown.text ? m->shown.text : "");
  else if (is_file(e) && f->refusal && !f->look_asked) {
    rect_text(p, r, 1, 0, 1, "!", STYLE_WARN);
    paint_words(p, r, 0, f->refusal, STYLE_FG);
  } else if (e && !is_file(e)) {
    paint_words(p, r, 0, e->kind == FILE_UP ? "the folder above: Enter goes there" : "a folder: Enter goes there",
                STYLE_DIM);
  }
}

static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x, (void)y, (void)r;
  if (key->button == MOUSE_WHEEL_DOWN) act_preview_step(a, 3);
  else if (key->button == MOUSE_WHEEL_UP) act_preview_step(a, -3);
}

const PaneType pane_preview = {
    .name = "preview", .help = "the first rows of a file", .title = title, .draw = draw, .mouse = mouse};

// A table as GitHub reads it (GFM, section 4.10), padded so that it also reads well as plain text. Data stay data: a
// character that Markdown or HTML would act on gets a backslash; an underscore inside a word is left alone, since GFM
// leaves it alone too. Missing is an empty cell, empty text is "". Wide cells do not widen the padding past PAD_MOST.
#include "base/utf8.h"
#include "show/show_int.h"

enum { DASHES_LEAST = 3, PAD_MOST = 40 };

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool acts(Sv text, size_t i) {
  char c = text.s[i];
  if (c == '_') return !(i && is_word(text.s[i - 1]) && i + 1 < text.n && is_word(text.s[i + 1]));
  return c && strchr("\\|`*<[&~", c);
}

// Line ends become <br>; other control characters become the visible escapes of escape_add.
static void add_data(Str *out, const char *data) {
  Str seen = {0};
  escape_add(&seen, sv(data), true);
  for (size_t i = 0; i < seen.n; i++) {
    if (seen.s[i] == '\n') {
      str_add(out, "<br>");
    } else if (seen.s[i] == '\t') {
      str_addc(out, ' ');
    } else {
      if (acts((Sv){seen.s, seen.n}, i)) str_addc(out, '\\');
      str_addc(out, seen.s[i]);
    }
  }
  str_fini(&seen);
}

// The header for i = -1.
static void add_cell(Str *out, const Page *p, int64_t i, int j) {
  const char *text = i < 0 ? p->col[j].name : page_get(p, i, j);
  if (text && !*text && i >= 0) str_add(out, "\"\"");
  else if (text) add_data(out, text);
}

static int cell_width(const Page *p, int64_t i, int j) {
  Str cell = {0};
  add_cell(&cell, p, i, j);
  int width = utf8_width((Sv){str_c(&cell), cell.n});
  str_fini(&cell);
  return width;
}

static int column_width(const Page *p, int j) {
  int most = DASHES_LEAST + (p->col[j].align != ALIGN_LEFT);
  for (int64_t i = -1; i < p->shown; i++) {
    int width = cell_width(p, i, j);
    if (width > most) most = width < PAD_MOST ? width : PAD_MOST;
  }
  return most;
}

static void add_row(Str *out, const Page *p, const int *width, int64_t i) {
  for (int j = 0; j < p->ncol; j++) {
    bool right = p->col[j].align != ALIGN_LEFT;
    int pad = width[j] - cell_width(p, i, j);
    str_add(out, "| ");
    if (right) str_pad(out, ' ', pad);
    add_cell(out, p, i, j);
    if (!right) str_pad(out, ' ', pad);
    str_addc(out, ' ');
  }
  str_add(out, "|\n");
}

static void add_rule(Str *out, const Page *p, const int *width) {
  for (int j = 0; j < p->ncol; j++) {
    bool right = p->col[j].align != ALIGN_LEFT;
    str_add(out, "| ");
    str_pad(out, '-', width[j] - right);
    str_add(out, right ? ": " : " ");
  }
  str_add(out, "|\n");
}

static void md_page(const Page *p, const ShowStyle *style, Str *out) {
  (void)style;
  Arena a;
  arena_init(&a);
  int *width = arena_array(&a, int, p->ncol);
  for (int j = 0; j < p->ncol; j++) width[j] = column_width(p, j);
  if (p->title) {
    str_add(out, "**");
    add_data(out, p->title);
    str_add(out, "**\n\n");
  }
  for (int64_t i = -1; i < p->shown && p->ncol; i++) {
    add_row(out, p, width, i);
    if (i < 0) add_rule(out, p, width);
  }
  if (p->nrow > p->shown) {
    str_addc(out, '\n');
    page_add_more(p, out);
    str_addc(out, '\n');
  }
  arena_fini(&a);
}

static int longest_fence(const char *text) {
  int most = 0, run = 0;
  for (const char *c = text; *c; c++) {
    run = *c == '`' ? run + 1 : 0;
    if (run > most) most = run;
  }
  return most;
}

// One line is a paragraph; more lines are a code block, whose fence is longer than any in the text.
static void md_text(const Shown *s, const ShowStyle *style, Str *out) {
  (void)style;
  size_t n = strlen(s->text);
  if (!strchr(s->text, '\n')) {
    add_data(out, s->text);
    str_addc(out, '\n');
    return;
  }
  int fence = longest_fence(s->text) < 3 ? 3 : longest_fence(s->text) + 1;
  str_pad(out, '`', fence);
  str_addc(out, '\n');
  escape_add(out, sv(s->text), true);
  if (s->text[n - 1] != '\n') str_addc(out, '\n');
  str_pad(out, '`', fence);
  str_addc(out, '\n');
}

static void md_error(const Shown *s, const ShowStyle *style, Str *out) {
  (void)style;
  str_add(out, "**error:** ");
  add_data(out, s->text);
  str_addc(out, '\n');
}

const ShowWriter show_writer_md = {"md", md_page, md_text, md_error};

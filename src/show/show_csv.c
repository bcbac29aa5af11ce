// RFC 4180 with LF as line end. Numbers keep the hyphen as minus and the digits they came with. A field is quoted when
// a reader could take it otherwise: separators, quotes, line ends, blanks at its ends, and the empty text, which is
// "" while missing is nothing at all. So a row of one missing cell is an empty line.
#include "show/show_int.h"

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static bool needs_quotes(Sv text) {
  if (!text.n || is_blank(text.s[0]) || is_blank(text.s[text.n - 1])) return true;
  for (size_t i = 0; i < text.n; i++)
    if (strchr("\",\r\n", text.s[i])) return true;
  return false;
}

static void add_field(Str *out, const char *text) {
  if (!text) return;
  if (!needs_quotes(sv(text))) {
    str_add(out, text);
    return;
  }
  str_addc(out, '"');
  for (const char *c = text; *c; c++) {
    if (*c == '"') str_addc(out, '"');
    str_addc(out, *c);
  }
  str_addc(out, '"');
}

static void csv_page(const Page *p, const ShowStyle *style, Str *out) {
  (void)style;
  for (int64_t i = -1; i < p->shown; i++) {
    for (int j = 0; j < p->ncol; j++) {
      if (j) str_addc(out, ',');
      add_field(out, i < 0 ? p->col[j].name : page_get(p, i, j));
    }
    if (p->ncol) str_addc(out, '\n');
  }
}

static void csv_text(const Shown *s, const ShowStyle *style, Str *out) {
  (void)style;
  add_field(out, s->text);
  str_addc(out, '\n');
}

static void csv_error(const Shown *s, const ShowStyle *style, Str *out) {
  str_add(out, "error\n");
  csv_text(s, style, out);
}

const ShowWriter show_writer_csv = {"csv", csv_page, csv_text, csv_error};

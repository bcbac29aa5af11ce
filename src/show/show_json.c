// RFC 8259. A page is an array with one object a line, so that line tools and JSON tools both work on it. A number cell
// is bare when it is a JSON number, or becomes one by dropping the commas between thousands and by writing the zero
// before the point; nan and inf, which JSON lacks, are null; what is no number at all is quoted rather than lost.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "show/show_int.h"

static void add_char(Str *out, const char *s, int len, uint32_t cp) {
  static const char letters[] = "\b\f\n\r\t\"\\", names[] = "bfnrt\"\\";
  const char *special = cp && cp < 0x80 ? strchr(letters, (int)cp) : NULL;
  if (special) str_addf(out, "\\%c", names[special - letters]);
  else if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) str_addf(out, "\\u%04x", (unsigned)cp);
  else if (len == 1 && cp >= 0x80) str_add(out, "\xEF\xBF\xBD");
  else str_addn(out, s, (size_t)len);
}

static void add_string(Str *out, const char *text) {
  size_t n = strlen(text);
  str_addc(out, '"');
  for (size_t i = 0; i < n;) {
    int len;
    uint32_t cp = utf8_decode(text + i, n - i, &len);
    add_char(out, text + i, len, cp);
    i += (size_t)len;
  }
  str_addc(out, '"');
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static const char *skip_digits(const char *c) {
  while (is_digit(*c)) c++;
  return c;
}

static bool is_json_number(const char *c) {
  if (*c == '-') c++;
  if (!is_digit(*c) || (*c == '0' && is_digit(c[1]))) return false;
  c = skip_digits(c);
  if (*c == '.' && !is_digit(*++c)) return false;
  c = skip_digits(c);
  if (*c == 'e' || *c == 'E') {
    if (*++c == '+' || *c == '-') c++;
    if (!is_digit(*c)) return false;
    c = skip_digits(c);
  }
  return !*c;
}

static bool is_special(const char *text) {
  static const char *const words[] = {"nan", "-nan", "inf", "-inf", "+inf"};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (strcmp(text, words[k]) == 0) return true;
  return false;
}

static void add_number(Str *out, const char *text) {
  if (is_special(text)) {
    str_add(out, "null");
    return;
  }
  char plain[64], shortest[NUMFMT_MAX];
  size_t n = 0;
  double v;
  for (const char *c = text; *c && n < sizeof plain - 1; c++)
    if (*c != ',') plain[n++] = *c;
  plain[n] = 0;
  if (is_json_number(text)) {
    str_add(out, text);
  } else if (n < sizeof plain - 1 && is_json_number(plain)) {
    str_add(out, plain);
  } else if (n < sizeof plain - 1 && parse_f64(plain, n, &v) && v - v == 0) {
    fmt_shortest(shortest, sizeof shortest, v);
    str_add(out, shortest);
  } else {
    add_string(out, text);
  }
}

static void add_cell(Str *out, CellKind kind, const char *text) {
  if (!text) str_add(out, "null");
  else if (kind == CELL_NUMBER) add_number(out, text);
  else if (kind == CELL_BOOL && (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)) str_add(out, text);
  else add_string(out, text);
}

static void json_page(const Page *p, const ShowStyle *style, Str *out) {
  (void)style;
  str_addc(out, '[');
  for (int64_t i = 0; i < p->shown; i++) {
    str_add(out, i ? ",\n{" : "\n{");
    for (int j = 0; j < p->ncol; j++) {
      if (j) str_add(out, ", ");
      add_string(out, p->col[j].name);
      str_add(out, ": ");
      add_cell(out, p->col[j].kind, page_get(p, i, j));
    }
    str_addc(out, '}');
  }
  str_add(out, p->shown ? "\n]\n" : "]\n");
}

static void json_text(const Shown *s, const ShowStyle *style, Str *out) {
  (void)style;
  if (s->json) str_add(out, s->json);
  else add_string(out, s->text);
  str_addc(out, '\n');
}

static void json_error(const Shown *s, const ShowStyle *style, Str *out) {
  (void)style;
  str_add(out, "{\"error\": ");
  add_string(out, s->text);
  str_add(out, "}\n");
}

const ShowWriter show_writer_json = {"json", json_page, json_text, json_error};

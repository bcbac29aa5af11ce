// The text alternative: who cannot see the picture reads its title and its reading.
//   svg   <title> and <desc> of the root in place of gnuplot's own, and role="img"; names of layers, which browsers
//         would show as tips, go. Fonts get a list to fall back on, bold ones a weight (gnuplot writes "Arial:Bold"
//         as a family), and fills smooth edges (it asks for crisp ones, which turns hexagons into stairs).
//   png   iTXt chunks "Title" and "Description" behind the header (PNG, third edition, 11.3.3; CRC of its annex D).
//   pdf   an update at the end of the file with a new Info dictionary: Title and Subject (ISO 32000-1, 7.5.6 and
//         14.3.3). Only for a file with a plain trailer, as cairo writes it; any other stays as it is.
#include "base/utf8.h"
#include "draw/gnuplot_int.h"

#include <stdlib.h>

// "title: reading (note)", as far as there are any. Without control characters.
static void describe(const Plot *p, Str *out) {
  const char *part[] = {p->reading, p->note};
  for (int i = 0; i < 2; i++) {
    if (!part[i] || !part[i][0]) continue;
    if (out->n) str_add(out, "; ");
    str_add(out, part[i]);
  }
  if (!out->n)
    str_addf(out, "%s%s%s", p->y.name ? p->y.name : "values", p->x.name ? " by " : "", p->x.name ? p->x.name : "");
}

static const char *title_of(const Plot *p) { return p->title && p->title[0] ? p->title : NULL; }

static uint32_t next_letter(Sv s, size_t *i) {
  int len;
  uint32_t cp = utf8_decode(s.s + *i, s.n - *i, &len);
  *i += (size_t)len;
  bool bad = cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp & 0xFFFE) == 0xFFFE || (cp >= 0xD800 && cp < 0xE000);
  return bad ? ' ' : cp;
}

static void put_utf8(Str *out, uint32_t cp) {
  char utf8[4];
  str_addn(out, utf8, (size_t)utf8_encode(cp, utf8));
}

// ---- svg ------------------------------------------------------------------------------------------------------------

static void put_xml(Str *out, const char *text) {
  Sv s = sv(text);
  for (size_t i = 0; i < s.n;) {
    uint32_t cp = next_letter(s, &i);
    if (cp == '&') str_add(out, "&amp;");
    else if (cp == '<') str_add(out, "&lt;");
    else if (cp == '>') str_add(out, "&gt;");
    else put_utf8(out, cp);
  }
}

static bool begins(Sv s, size_t i, const char *with) {
  size_t n = strlen(with);
  return s.n - i >= n && memcmp(s.s + i, with, n) == 0;
}

// Offset behind the next `end` from i on; the end of s without one.
static size_t behind(Sv s, size_t i, const char *end) {
  for (; i < s.n; i++)
    if (begins(s, i, end)) return i + strlen(end);
  return s.n;
}

// One tag, from its < to its >, as it shall be.
static void put_tag(Str *out, Sv tag) {
  static const struct {
    const char *from, *to;
  } change[] = {
      {" shape-rendering='crispEdges'", ""},
      {"font-family=\"Arial:Bold\"",
       "font-family=\"Arial, Helvetica, 'Liberation Sans', sans-serif\" font-weight=\"bold\""},
      {"font-family=\"Arial\"", "font-family=\"Arial, Helvetica, 'Liberation Sans', sans-serif\""},
      {"<svg", "<svg role=\"img\""},
  };
  enum { CHANGES = sizeof change / sizeof *change };
  for (size_t i = 0; i < tag.n;) {
    int j = 0;
    while (j < CHANGES && !begins(tag, i, change[j].from)) j++;
    if (j == CHANGES) str_addc(out, tag.s[i++]);
    else str_add(out, change[j].to), i += strlen(change[j].from);
  }
}

static void embed_svg(const Plot *p, Sv from, Str *out) {
  Str words = {0};
  describe(p, &words);
  bool described = false;
  for (size_t i = 0; i < from.n;) {
    if (from.s[i] != '<') {
      str_addc(out, from.s[i++]);
      continue;
    }
    if (begins(from, i, "<title>")) {
      i = behind(from, i, "</title>");
      continue;
    }
    if (begins(from, i, "<desc>")) {
      i = behind(from, i, "</desc>");
      continue;
    }
    size_t end = behind(from, i, ">");
    put_tag(out, (Sv){from.s + i, end - i});
    if (!described && begins(from, i, "<svg")) {
      str_add(out, "\n<title>");
      put_xml(out, title_of(p) ? title_of(p) : str_c(&words));
      str_add(out, "</title>\n<desc>");
      put_xml(out, str_c(&words));
      str_add(out, "</desc>");
      described = true;
    }
    i = end;
  }
  str_fini(&words);
}

// ---- png ------------------------------------------------------------------------------------------------------------

static void put_u32(Str *out, uint32_t v) {
  for (int shift = 24; shift >= 0; shift -= 8) str_addc(out, (char)(v >> shift));
}

static uint32_t crc_of(const char *s, size_t n) {
  uint32_t crc = 0xFFFFFFFF;
  for (size_t i = 0; i < n; i++) {
    crc ^= (unsigned char)s[i];
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
  }
  return ~crc;
}

static void put_chunk(Str *out, const char *keyword, const char *text) {
  Str body = {0};
  Sv s = sv(text);
  str_add(&body, "iTXt");
  str_addn(&body, keyword, strlen(keyword) + 1);
  str_addn(&body, "\0\0\0", 4); // not compressed; no language, no other keyword
  for (size_t i = 0; i < s.n;) put_utf8(&body, next_letter(s, &i));
  put_u32(out, (uint32_t)body.n - 4);
  str_addn(out, str_c(&body), body.n);
  put_u32(out, crc_of(str_c(&body), body.n));
  str_fini(&body);
}

static void embed_png(const Plot *p, Sv from, Str *out) {
  enum { HEADER = 8 + 4 + 4 + 13 + 4 }; // signature and IHDR
  Str words = {0};
  describe(p, &words);
  size_t head = from.n < HEADER ? from.n : HEADER;
  str_addn(out, from.s, head);
  if (head == HEADER) {
    if (title_of(p)) put_chunk(out, "Title", title_of(p));
    put_chunk(out, "Description", str_c(&words));
  }
  str_addn(out, from.s + head, from.n - head);
  str_fini(&words);
}

// ---- pdf ------------------------------------------------------------------------------------------------------------

static size_t last_of(Sv s, const char *word) {
  size_t n = strlen(word);
  for (size_t i = s.n >= n ? s.n - n + 1 : 0; i-- > 0;)
    if (memcmp(s.s + i, word, n) == 0) return i;
  return s.n;
}

// The number behind `key` in the trailer, 0 without one.
static unsigned long number_at(const char *trailer, const char *key) {
  const char *at = strstr(trailer, key);
  return at ? strtoul(at + strlen(key), NULL, 10) : 0;
}

static void put_pdf_text(Str *out, const char *key, const char *text) {
  Sv s = sv(text);
  str_addf(out, "/%s <FEFF", key);
  for (size_t i = 0; i < s.n;) {
    uint32_t cp = next_letter(s, &i);
    if (cp < 0x10000) str_addf(out, "%04X", cp);
    else str_addf(out, "%04X%04X", 0xD800 + ((cp - 0x10000) >> 10), 0xDC00 + (cp & 0x3FF));
  }
  str_add(out, ">\n");
}

static void embed_pdf(const Plot *p, Sv from, Str *out) {
  str_addn(out, from.s, from.n);
  size_t at = last_of(from, "\ntrailer");
  if (at == from.n) return;
  Str tail = {0}, words = {0};
  str_addn(&tail, from.s + at, from.n - at);
  unsigned long size = number_at(str_c(&tail), "/Size"), root = number_at(str_c(&tail), "/Root"),
                info = number_at(str_c(&tail), "/Info"), before = number_at(str_c(&tail), "startxref");
  if (size && root && info && before && at < before + from.n) {
    size_t base = out->n - from.n, object;
    describe(p, &words);
    if (str_c(out)[out->n - 1] != '\n') str_addc(out, '\n');
    object = out->n - base;
    str_addf(out, "%lu 0 obj\n<< ", info);
    if (title_of(p)) put_pdf_text(out, "Title", title_of(p));
    put_pdf_text(out, "Subject", str_c(&words));
    str_add(out, ">>\nendobj\n");
    size_t table = out->n - base;
    str_addf(out, "xref\n%lu 1\n%010zu 00000 n \ntrailer\n<< /Size %lu /Root %lu 0 R /Info %lu 0 R /Prev %lu >>\n",
             info, object, size, root, info, before);
    str_addf(out, "startxref\n%zu\n%%%%EOF\n", table);
  }
  str_fini(&tail);
  str_fini(&words);
}

void alt_embed(const Plot *p, ExportFormat format, size_t start, Str *picture) {
  Str out = {0};
  Sv from = {str_c(picture) + start, picture->n - start};
  if (format == EXPORT_SVG) embed_svg(p, from, &out);
  else if (format == EXPORT_PNG) embed_png(p, from, &out);
  else embed_pdf(p, from, &out);
  picture->n = start;
  str_addn(picture, str_c(&out), out.n);
  str_fini(&out);
}

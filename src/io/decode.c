// Bytes to UTF-8. A byte order mark decides; without one, text that has NULs at every second place is UTF-16.
// Everything else is UTF-8, and a byte that does not fit there is read as Windows-1252, which is right for a file in
// that encoding (its letters almost never form valid UTF-8) and keeps the rest of a UTF-8 file with a few broken
// bytes. NUL bytes in a text are kept.
#include "io/io_int.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

void note_add(Str *notes, const char *fmt, ...) {
  char text[400];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  if (notes->n) str_add(notes, "; ");
  str_add(notes, text);
}

static bool starts(Sv text, const char *with, size_t n) { return text.n >= n && memcmp(text.s, with, n) == 0; }

const char *decode_magic(Sv head) {
  static const struct {
    const char *bytes;
    size_t n;
    const char *what;
  } known[] = {
      {"\x1f\x8b", 2, "gzip data: unpack it first (gunzip)"},
      {"BZh", 3, "bzip2 data: unpack it first (bunzip2)"},
      {"\xfd" "7zXZ", 5, "xz data: unpack it first (unxz)"},
      {"\x28\xb5\x2f\xfd", 4, "zstd data: unpack it first (unzstd)"},
      {"PK\x03\x04", 4, "a zip archive or a spreadsheet: unpack it, or export the sheet as CSV"},
      {"SQLite format 3", 15, "an SQLite database"},
      {"PAR1", 4, "a Parquet file"},
      {"%PDF", 4, "a PDF document"},
      {"\x89PNG", 4, "a PNG image"},
      {"\xff\xd8\xff", 3, "a JPEG image"},
      {"\x7f" "ELF", 4, "a program"},
  };
  for (size_t k = 0; k < sizeof known / sizeof *known; k++)
    if (starts(head, known[k].bytes, known[k].n) && memchr(head.s, 0, head.n)) return known[k].what;
  return NULL;
}

typedef enum { PLAIN, UTF8_MARK, UTF16_LE, UTF16_BE } Encoding;

static Encoding encoding_of(Sv head, size_t *mark) {
  *mark = 0;
  if (starts(head, "\xef\xbb\xbf", 3)) return *mark = 3, UTF8_MARK;
  if (starts(head, "\xff\xfe", 2)) return *mark = 2, UTF16_LE;
  if (starts(head, "\xfe\xff", 2)) return *mark = 2, UTF16_BE;
  size_t pairs = (head.n < 4096 ? head.n : 4096) / 2, zero[2] = {0, 0};
  for (size_t i = 0; i < 2 * pairs; i++) zero[i & 1] += head.s[i] == 0;
  if (pairs < 2) return PLAIN;
  if (zero[1] * 10 > pairs * 4 && zero[0] * 20 < pairs) return UTF16_LE;
  if (zero[0] * 10 > pairs * 4 && zero[1] * 20 < pairs) return UTF16_BE;
  return PLAIN;
}

bool decode_is_plain(Sv head, int64_t *begin) {
  size_t mark;
  Encoding e = encoding_of(head, &mark);
  *begin = (int64_t)mark;
  return e == PLAIN || e == UTF8_MARK;
}

bool decode_is_text(Sv head, size_t *odd) {
  size_t mark, nul = 0, control = 0;
  *odd = head.n;
  if (encoding_of(head, &mark) != PLAIN) return true;
  for (size_t i = 0; i < head.n; i++) {
    unsigned char c = (unsigned char)head.s[i];
    if (c >= 0x20 || (c >= '\t' && c <= '\r')) continue;
    if (*odd == head.n) *odd = i;
    nul += c == 0, control += c != 0;
  }
  return (nul + control) * 10 <= head.n && !(nul && control);
}

// ---- conversion ---------------------------------------------------------------------------------------------------
static void add_cp(Str *out, uint32_t cp) {
  char buf[4];
  str_addn(out, buf, (size_t)utf8_encode(cp, buf));
}

static void from_utf16(Sv in, bool big, Str *out) {
  const unsigned char *p = (const unsigned char *)in.s;
  for (size_t i = 0; i + 1 < in.n; i += 2) {
    uint32_t u = big ? (uint32_t)(p[i] << 8 | p[i + 1]) : (uint32_t)(p[i + 1] << 8 | p[i]), low = 0;
    if (u >= 0xD800 && u < 0xDC00 && i + 3 < in.n)
      low = big ? (uint32_t)(p[i + 2] << 8 | p[i + 3]) : (uint32_t)(p[i + 3] << 8 | p[i + 2]);
    if (low >= 0xDC00 && low < 0xE000) u = 0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00), i += 2;
    add_cp(out, u >= 0xD800 && u < 0xE000 ? 0xFFFD : u);
  }
}

size_t decode_valid(Sv in) {
  size_t i = 0;
  while (i < in.n) {
    uint64_t word;
    if (in.n - i >= sizeof word && (memcpy(&word, in.s + i, sizeof word), !(word & 0x8080808080808080u))) {
      i += sizeof word;
      continue;
    }
    int len;
    utf8_decode(in.s + i, in.n - i, &len);
    if (len == 1 && (unsigned char)in.s[i] >= 0x80) return i;
    i += (size_t)len;
  }
  return i;
}

static uint32_t windows_1252(unsigned char c) {
  static const uint16_t upper[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                     0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  return c >= 0x80 && c < 0xA0 ? upper[c - 0x80] : c;
}

static int64_t line_of(Sv text, size_t at) {
  int64_t line = 1;
  for (size_t i = 0; i < at; i++)
    line += text.s[i] == '\n' || (text.s[i] == '\r' && !(i + 1 < text.n && text.s[i + 1] == '\n'));
  return line;
}

static int64_t repair(Sv in, size_t valid, Str *out) {
  int64_t bad = 0;
  for (;; valid = decode_valid(in)) {
    str_addn(out, in.s, valid);
    in.s += valid, in.n -= valid;
    if (!in.n) return bad;
    add_cp(out, windows_1252((unsigned char)in.s[0]));
    in.s++, in.n--, bad++;
  }
}

static void note_nul(Sv text, Str *notes) {
  const char *first = memchr(text.s, 0, text.n), *end = text.s + text.n;
  if (!first) return;
  int64_t n = 0;
  for (const char *p = first; p; p = p + 1 < end ? memchr(p + 1, 0, (size_t)(end - p - 1)) : NULL) n++;
  note_add(notes, "%lld NUL byte%s kept (first on line %lld)", (long long)n, n == 1 ? "" : "s",
           (long long)line_of(text, (size_t)(first - text.s)));
}

ErrCode decode_text(Job *job, Sv bytes, Str *own, Sv *text, Str *notes, Err *err) {
  size_t mark;
  Encoding encoding = encoding_of(bytes, &mark);
  Sv in = {bytes.s + mark, bytes.n - mark};
  *text = in;
  if (encoding == UTF8_MARK) note_add(notes, "byte order mark removed");
  if (encoding == UTF16_LE || encoding == UTF16_BE) {
    TRY(job_need(job, (int64_t)in.n * 2, "the text of the file", err));
    from_utf16(in, encoding == UTF16_BE, own);
    note_add(notes, "UTF-16 (%s-endian)", encoding == UTF16_BE ? "big" : "little");
    if (in.n % 2) note_add(notes, "the odd last byte dropped");
    *text = (Sv){str_c(own), own->n};
  } else {
    size_t valid = decode_valid(in);
    if (valid < in.n) {
      TRY(job_need(job, (int64_t)in.n * 2, "the text of the file", err));
      int64_t bad = repair(in, valid, own);
      note_add(notes, "%lld byte%s not UTF-8 (first on line %lld), read as Windows-1252", (long long)bad,
               bad == 1 ? " is" : "s are", (long long)line_of(in, valid));
      *text = (Sv){str_c(own), own->n};
    }
  }
  if (text->n) note_nul(*text, notes);
  return OK;
}

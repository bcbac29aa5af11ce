// Bytes to UTF-8. A byte order mark decides; without one, text that has NULs at every second place is UTF-16.
// Everything else is UTF-8, and a byte that does not fit there is read as Windows-1252, which is right for a file in
// that encoding (its letters almost never form valid UTF-8) and keeps the rest of a UTF-8 file with a few broken
// bytes. An encoding that is given is believed: in UTF-8 broken bytes become U+FFFD then. NUL bytes are kept.
#include "io/io_int.h"

#include "base/near.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

void note_add(Str *notes, const char *fmt, ...) {
  char text[400];
  va_list args;
  va_start(args, fmt);
  int n = vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  if (notes->n) str_add(notes, "; ");
  str_addn(notes, text, n < (int)sizeof text ? (size_t)n : decode_valid(sv(text)));
}

#define GB_MARK "\x84\x31\x95\x33"
enum { GB_MARK_SIZE = 4 };

static bool starts(Sv text, const char *with, size_t n) { return text.n >= n && memcmp(text.s, with, n) == 0; }

const char *decode_magic(Sv head) {
  static const struct {
    const char *bytes;
    size_t n;
    const char *what;
  } known[] = {
      {"\x1f\x8b", 2, "gzip data: unpack it first (gunzip)"},
      {"BZh", 3, "bzip2 data: unpack it first (bunzip2)"},
      {"\xfd"
       "7zXZ",
       5, "xz data: unpack it first (unxz)"},
      {"\x28\xb5\x2f\xfd", 4, "zstd data: unpack it first (unzstd)"},
      {"PK\x03\x04", 4, "a zip archive or a spreadsheet: unpack it, or export the sheet as CSV"},
      {"SQLite format 3", 15, "an SQLite database"},
      {"PAR1", 4, "a Parquet file"},
      {"%PDF", 4, "a PDF document"},
      {"\x89PNG", 4, "a PNG image"},
      {"\xff\xd8\xff", 3, "a JPEG image"},
      {"\x7f"
       "ELF",
       4, "a program"},
  };
  for (size_t k = 0; k < sizeof known / sizeof *known; k++)
    if (starts(head, known[k].bytes, known[k].n) && memchr(head.s, 0, head.n)) return known[k].what;
  return NULL;
}

typedef enum { PLAIN, UTF8_MARK, UTF16_LE, UTF16_BE, UTF32_LE, UTF32_BE, WINDOWS, LATIN, UTF8, UTF16 } Encoding;

static Encoding by_mark(Sv head, size_t *mark) {
  static const struct {
    const char *bytes;
    size_t n;
    Encoding encoding;
  } known[] = {{"\xef\xbb\xbf", 3, UTF8_MARK},
               {"\xff\xfe\0\0", 4, UTF32_LE},
               {"\0\0\xfe\xff", 4, UTF32_BE},
               {"\xff\xfe", 2, UTF16_LE},
               {"\xfe\xff", 2, UTF16_BE}};
  for (size_t k = 0; k < sizeof known / sizeof *known; k++)
    if (starts(head, known[k].bytes, known[k].n)) return *mark = known[k].n, known[k].encoding;
  return *mark = 0, PLAIN;
}

static Encoding encoding_of(Sv head, size_t *mark) {
  Encoding marked = by_mark(head, mark);
  if (marked != PLAIN) return marked;
  size_t pairs = (head.n < 4096 ? head.n : 4096) / 2, zero[2] = {0, 0};
  for (size_t i = 0; i < 2 * pairs; i++) zero[i & 1] += head.s[i] == 0;
  if (pairs < 2) return PLAIN;
  if (zero[1] * 10 > pairs * 4 && zero[0] * 20 < pairs) return UTF16_LE;
  if (zero[0] * 10 > pairs * 4 && zero[1] * 20 < pairs) return UTF16_BE;
  return PLAIN;
}

static ErrCode given_encoding(const char *name, Encoding *e, Err *err) {
  static const char *const names[] = {"utf-8", "utf-16", "utf-16le", "utf-16be", "latin-1", "windows-1252"};
  static const Encoding encodings[] = {UTF8, UTF16, UTF16_LE, UTF16_BE, LATIN, WINDOWS};
  enum { N = sizeof names / sizeof *names };
  Sv list[N];
  for (size_t k = 0; k < N; k++) {
    list[k] = sv(names[k]);
    if (strcmp(name, names[k]) == 0) return *e = encodings[k], OK;
  }
  char hint[300];
  near_hint(hint, sizeof hint, sv(name), list, N);
  return err_set(err, ERR_NAME, "encoding: '%s' is not known%s", name, hint);
}

bool decode_is_plain(Sv head, const char *encoding, int64_t *begin) {
  size_t mark;
  Encoding e = encoding_of(head, &mark);
  *begin = e == UTF8_MARK ? (int64_t)mark : 0;
  if (starts(head, GB_MARK, GB_MARK_SIZE)) return false;
  return encoding ? strcmp(encoding, "utf-8") == 0 : e == PLAIN || e == UTF8_MARK;
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

static void from_utf32(Sv in, bool big, Str *out) {
  const unsigned char *p = (const unsigned char *)in.s;
  for (size_t i = 0; i + 3 < in.n; i += 4) {
    uint32_t u = 0;
    for (size_t k = 0; k < 4; k++) u = u << 8 | p[i + (big ? k : 3 - k)];
    add_cp(out, u > 0x10FFFF || (u >= 0xD800 && u < 0xE000) ? 0xFFFD : u);
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

typedef struct Repair {
  int64_t bad, beside; // bytes that do not fit; of them, those right behind another
  bool wide;           // letters beyond ASCII that do
} Repair;

static bool is_wide(Sv text) {
  for (size_t i = 0; i < text.n; i++)
    if ((unsigned char)text.s[i] >= 0x80) return true;
  return false;
}

// `instead`: what a broken byte becomes; 0: its letter in Windows-1252.
static Repair repair(Sv in, size_t valid, uint32_t instead, Str *out) {
  Repair r = {0};
  for (;; valid = decode_valid(in)) {
    str_addn(out, in.s, valid);
    r.wide = r.wide || is_wide((Sv){in.s, valid});
    in.s += valid, in.n -= valid;
    if (!in.n) return r;
    add_cp(out, instead ? instead : windows_1252((unsigned char)in.s[0]));
    in.s++, in.n--;
    r.beside += r.bad++ && !valid;
  }
}

static void note_repair(const Repair *r, int64_t line, bool given, Str *notes) {
  const char *are = r->bad == 1 ? " is" : "s are";
  long long n = (long long)r->bad;
  if (given)
    note_add(notes, "encoding UTF-8 (given): %lld byte%s not, first on line %lld, read as U+FFFD", n, are,
             (long long)line);
  else if (r->wide)
    note_add(notes, "encoding UTF-8, but %lld byte%s not (first on line %lld), read as Windows-1252", n, are,
             (long long)line);
  else note_add(notes, "encoding Windows-1252: %lld byte%s not UTF-8, first on line %lld", n, are, (long long)line);
  if (!given && r->bad >= 4 && 3 * r->beside >= r->bad)
    note_add(notes,
             "many of these bytes stand side by side: if words look wrong, convert the file first (iconv -t UTF-8)");
}

static void note_nul(Sv text, Str *notes) {
  const char *first = memchr(text.s, 0, text.n), *end = text.s + text.n;
  if (!first) return;
  int64_t n = 0;
  for (const char *p = first; p; p = p + 1 < end ? memchr(p + 1, 0, (size_t)(end - p - 1)) : NULL) n++;
  note_add(notes, "%lld NUL byte%s kept (first on line %lld)", (long long)n, n == 1 ? "" : "s",
           (long long)line_of(text, (size_t)(first - text.s)));
}

// UTF-8, or what is taken for it.
static ErrCode from_utf8(Job *job, Sv in, bool given, Str *own, Sv *text, Str *notes, Err *err) {
  if (!given && starts(in, GB_MARK, GB_MARK_SIZE)) {
    in = (Sv){in.s + GB_MARK_SIZE, in.n - GB_MARK_SIZE};
    note_add(notes,
             "the mark of GB 18030 removed: its letters are not known here, convert it first (iconv -f GB18030)");
  }
  *text = in;
  size_t valid = decode_valid(in);
  if (valid == in.n) return OK;
  TRY(job_need(job, (int64_t)in.n * 2, "the text of the file", err));
  Repair r = repair(in, valid, given ? 0xFFFD : 0, own);
  note_repair(&r, line_of(in, valid), given, notes);
  *text = (Sv){str_c(own), own->n};
  return OK;
}

static void from_bytes(Sv in, bool windows, Str *own) {
  for (size_t i = 0; i < in.n; i++) {
    unsigned char c = (unsigned char)in.s[i];
    if (c < 0x80) str_addc(own, (char)c);
    else add_cp(own, windows ? windows_1252(c) : c);
  }
}

static void from_wide(Sv in, Encoding e, Str *own) {
  bool big = e == UTF16_BE || e == UTF32_BE;
  if (e == UTF32_LE || e == UTF32_BE) from_utf32(in, big, own);
  else from_utf16(in, big, own);
}

static void note_encoding(Encoding e, bool given, size_t mark, size_t bytes, Str *notes) {
  static const char *const name[] = {
      [UTF16_LE] = "UTF-16 (little-endian)", [UTF16_BE] = "UTF-16 (big-endian)", [UTF32_LE] = "UTF-32 (little-endian)",
      [UTF32_BE] = "UTF-32 (big-endian)",    [WINDOWS] = "Windows-1252",         [LATIN] = "Latin-1"};
  size_t unit = mark == 4 ? 4 : 2;
  note_add(notes, "encoding %s, %s", name[e], given ? "given" : mark ? "by its byte order mark" : "by its NUL bytes");
  if (e != WINDOWS && e != LATIN && bytes % unit)
    note_add(notes, "the odd last byte%s dropped", bytes % unit > 1 ? "s" : "");
}

ErrCode decode_text(Job *job, Sv bytes, Str *own, Sv *text, Str *notes, Err *err) {
  return decode_as(job, bytes, NULL, own, text, notes, err);
}

ErrCode decode_as(Job *job, Sv bytes, const char *given, Str *own, Sv *text, Str *notes, Err *err) {
  size_t mark;
  Encoding found = encoding_of(bytes, &mark), e = found;
  if (given) TRY(given_encoding(given, &e, err));
  if (e == UTF16) e = found == UTF16_BE ? UTF16_BE : UTF16_LE;
  bool utf8 = e == PLAIN || e == UTF8_MARK || e == UTF8;
  if (e != found && !(utf8 && found == UTF8_MARK)) mark = 0;
  Sv in = {bytes.s + mark, bytes.n - mark};
  if (utf8) {
    if (mark) note_add(notes, "byte order mark removed");
    TRY(from_utf8(job, in, e == UTF8, own, text, notes, err));
  } else {
    TRY(job_need(job, (int64_t)in.n * 2, "the text of the file", err));
    if (e == WINDOWS || e == LATIN) from_bytes(in, e == WINDOWS, own);
    else from_wide(in, e, own);
    note_encoding(e, given, mark, in.n, notes);
    *text = (Sv){str_c(own), own->n};
  }
  if (text->n) note_nul(*text, notes);
  return OK;
}

// Errors that point: the message, the expression on one line, carets under the place. A long expression is cut to the
// part around the place. Control characters show as spaces and broken UTF-8 as '?', so that the carets stay in line.
#include "frame/expr_int.h"

#include "base/utf8.h"

#include <stdio.h>

enum { SHOWN_COLUMNS = 72, SHOWN_BEFORE = 30, MESSAGE_BYTES = 560, LINE_BYTES = 300 };
#define ELLIPSIS "\xE2\x80\xA6"

static void add_clean(Str *out, Sv text, size_t most) {
  int len;
  for (size_t i = 0; i < text.n && out->n < most; i += (size_t)len) {
    uint32_t cp = utf8_decode(text.s + i, text.n - i, &len);
    if (cp < 0x20 || cp == 0x7F) str_addc(out, ' ');
    else if (len == 1 && cp >= 0x80) str_addc(out, '?');
    else str_addn(out, text.s + i, (size_t)len);
  }
}

static Sv part(Sv text, size_t begin, size_t end) { return (Sv){text.s + begin, end - begin}; }

static int width_of(Sv text) {
  Str clean = {0};
  add_clean(&clean, text, SIZE_MAX);
  int width = utf8_width((Sv){str_c(&clean), clean.n});
  str_fini(&clean);
  return width;
}

// Where the code point or the broken byte begins that ends at `at`.
static size_t code_prev(Sv text, size_t at) {
  int len;
  for (size_t n = at < 4 ? at : 4; n > 1; n--) {
    utf8_decode(text.s + at - n, n, &len);
    if ((size_t)len == n) return at - n;
  }
  return at - 1;
}

// First byte to show so that at most SHOWN_BEFORE code points stand before the place.
static size_t window_begin(Sv text, size_t place) {
  for (int k = 0; place > 0 && k < SHOWN_BEFORE; k++) place = code_prev(text, place);
  return place;
}

// Columns of a code point as add_clean shows it; a control character is a blank.
static int shown_width(uint32_t cp) { return cp < 0x20 || cp == 0x7F ? 1 : utf8_cp_width(cp); }

// The end of what a line can hold of the text from there on: it has room for so many columns and bytes.
static size_t window_end(Sv text, size_t from) {
  int columns = 0, len;
  size_t end = from;
  for (; end < text.n; end += (size_t)len) {
    columns += shown_width(utf8_decode(text.s + end, text.n - end, &len));
    if (columns > SHOWN_COLUMNS || end + (size_t)len - from > LINE_BYTES) break;
  }
  return end;
}

static void add_pointer(Str *out, Sv text, size_t begin, size_t end) {
  bool fits = text.n <= LINE_BYTES && width_of(text) <= SHOWN_COLUMNS;
  size_t from = fits ? 0 : window_begin(text, begin);
  size_t to = fits ? text.n : window_end(text, from);
  Str line = {0};
  if (from > 0) str_add(&line, ELLIPSIS);
  add_clean(&line, part(text, from, to), SIZE_MAX);
  str_addf(out, "\n  %s%s\n  ", str_c(&line), to < text.n ? ELLIPSIS : "");
  str_fini(&line);
  int carets = width_of(part(text, begin, end < to ? end : to));
  str_pad(out, ' ', width_of(part(text, from, begin)) + (from > 0));
  str_pad(out, '^', carets > 0 ? carets : 1);
}

ErrCode expr_error(Sv text, int begin, int end, ErrCode code, Err *err, const char *fmt, ...) {
  if (!err) return code;
  char raw[MESSAGE_BYTES];
  va_list args;
  va_start(args, fmt);
  int n = vsnprintf(raw, sizeof raw, fmt, args);
  va_end(args);
  Str out = {0};
  add_clean(&out, (Sv){raw, n < 0 ? 0 : n < MESSAGE_BYTES ? (size_t)n : MESSAGE_BYTES - 1}, SIZE_MAX);
  add_pointer(&out, text, (size_t)begin, (size_t)end);
  err_set(err, code, "%s", str_c(&out));
  err->begin = begin, err->end = end > begin ? end : begin + 1;
  str_fini(&out);
  return code;
}

// Numbers with a decimal comma, "12,5", as files with another delimiter than the comma may have. "1,234" alone could
// be a thousand and more, so some cell must say which it is: a group of other than three digits behind the comma, or
// a zero before it.
#include "io/io_int.h"

typedef enum { NO_NUMBER, WHOLE, UNCLEAR, FRACTION } Look;

static size_t count_digits(Sv t) {
  size_t n = 0;
  while (n < t.n && t.s[n] >= '0' && t.s[n] <= '9') n++;
  return n;
}

static Look look_at(Sv t) {
  if (t.n && (t.s[0] == '-' || t.s[0] == '+')) t.s++, t.n--;
  size_t before = count_digits(t);
  if (!before) return NO_NUMBER;
  if (before == t.n) return WHOLE;
  if (t.s[before] != ',') return NO_NUMBER;
  size_t after = count_digits((Sv){t.s + before + 1, t.n - before - 1});
  if (!after || before + 1 + after != t.n) return NO_NUMBER;
  return after == 3 && before <= 3 && t.s[0] != '0' ? UNCLEAR : FRACTION;
}

bool decimal_is_comma(const Column *raw) {
  bool clear = false;
  for (int64_t i = 0; i < raw->n; i++) {
    Sv text = sv_trim(col_text(raw, i));
    if (!text.n) continue;
    Look look = look_at(text);
    if (look == NO_NUMBER) return false;
    clear = clear || look == FRACTION;
  }
  return clear;
}

ErrCode decimal_to_point(Job *job, const Column *raw, Column **out, Err *err) {
  TextBuilder b;
  Str cell = {0};
  textb_init(&b, job);
  ErrCode code = OK;
  for (int64_t i = 0; i < raw->n && code == OK; i++) {
    Sv text = sv_trim(col_text(raw, i));
    str_clear(&cell);
    str_addn(&cell, text.s, text.n);
    char *comma = text.n ? memchr(cell.s, ',', cell.n) : NULL;
    if (comma) *comma = '.';
    code = text.n ? textb_add(&b, (Sv){cell.s, cell.n}, err) : textb_add_missing(&b, err);
  }
  if (code == OK) code = textb_take(&b, out, err);
  str_fini(&cell);
  textb_fini(&b);
  return code;
}

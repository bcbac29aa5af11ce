#include "io/value_int.h"

enum { SHOWN = 40 }; // bytes of a cell

bool value_is_plain(const ValueStyle *s) {
  return s->decimal != ',' && !*s->group && !*s->currency && !s->percent && !s->accounting && s->order == ORDER_ISO &&
         !s->named_month;
}

static bool is_number(ColType type) { return type == COL_I64 || type == COL_F64; }
static bool is_moment(ColType type) { return type == COL_DATE || type == COL_TIME; }

bool value_parse(const ValueStyle *s, ColType type, Sv cell, int64_t *i, double *f, bool *zoned) {
  if (is_number(type) && !value_is_plain(s)) return number_parse(s, type, cell, i, f);
  if (is_moment(type) && (s->named_month || s->order != ORDER_ISO)) return moment_parse(s, type, cell, i, zoned);
  return COLTYPES[type].parse(cell, i, f, zoned);
}

int64_t style_misfits(const ValueStyle *s, ColType type, const Sv *cell, int64_t n) {
  int64_t misfits = 0, i;
  double f;
  bool zoned;
  for (int64_t k = 0; k < n; k++) misfits += !value_parse(s, type, cell[k], &i, &f, &zoned);
  return misfits;
}

void style_quote(Sv cell, Str *said) {
  size_t n = cell.n < SHOWN ? cell.n : SHOWN;
  while (n < cell.n && n > 0 && ((unsigned char)cell.s[n] & 0xC0) == 0x80) n--; // no half characters
  str_addf(said, "'%.*s%s'", (int)n, cell.s, n < cell.n ? "\u2026" : "");
}

int64_t value_style(ColType type, const Sv *cell, int64_t n, bool comma_free, const StyleOpts *forced, ValueStyle *out,
                    Str *evidence) {
  static const StyleOpts none = {0};
  *out = (ValueStyle){.decimal = '.'};
  if (!forced) forced = &none;
  int64_t plain = style_misfits(out, type, cell, n), misfits;
  ValueStyle style = *out;
  Str said = {0};
  bool fixed = false;
  if (is_number(type)) fixed = style_number(cell, n, comma_free, forced, &style, &said);
  else if (is_moment(type) && plain) style_moment(type, cell, n, forced, &style, &said);
  bool undecided = value_is_plain(&style);
  misfits = undecided ? plain : style_misfits(&style, type, cell, n);
  bool better = misfits < plain || fixed;
  if (better) *out = style;
  if (better || undecided) str_addn(evidence, str_c(&said), said.n);
  str_fini(&said);
  return better ? misfits : plain;
}

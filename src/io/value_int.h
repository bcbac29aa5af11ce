// How the cells of a column are written where they are not plain: found from the cells, then used to read them.
#pragma once
#include "frame/frame.h"

typedef enum {
  ORDER_ISO, // what the types of columns read by themselves: 2012-03-31
  ORDER_DMY, // 31/03/2012, 31.3.2012
  ORDER_MDY, // 03/31/2012, 3-31-2012
  ORDER_YMD, // 2012/3/31, 2012.03.31
} DateOrder;

typedef struct ValueStyle { // all zero is plain
  char decimal;             // ',' or, 0 too, '.'
  char group[4];            // mark between thousands; " " is any blank, "'" also U+2019; "" none
  char currency[8];         // taken off before or behind the number; cells without it are read too
  bool percent;             // 12 % is 0.12; a cell without the sign does not fit, but 0
  bool percent_bare;        // ... but every cell is a percentage
  bool accounting;          // (12) is -12
  DateOrder order;
  bool short_year; // 31/03/12: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068, as in POSIX, R and Python
  bool named_month;
} ValueStyle;

typedef struct StyleOpts { // what the user said; zero is found from the cells
  char decimal;
  const char *group;    // "": there is none
  const char *currency; // a mark to take off beside those that are known
  bool percent;         // in a column with some % every number is a percentage
  DateOrder dates;      // order of days and months in numbers; years may then have two digits
} StyleOpts;

bool value_is_plain(const ValueStyle *s);
// Reads one whole trimmed cell as a value of `type`; false when it does not fit. As ColTypeOps.parse, which it is when
// the style is plain. Numbers: sign, currency, digits whose groups behind the first mark have three, decimals, an
// exponent, percent; 007 is a code here too. Dates: in `order`, or with English month names, in full or of three
// letters, in any case, the day before or behind them, also "Sat, 31 Mar 2012" and "Mar 2012"; then a time of day, also
// "9:05 PM", and a zone.
bool value_parse(const ValueStyle *s, ColType type, Sv cell, int64_t *i, double *f, bool *zoned);
// Finds the style in which most of cell[0..n), present and trimmed, read as `type` (I64, F64, DATE, TIME); returns how
// many do not. Plain unless another reads more cells; a decimal comma only where comma_free or forced. `evidence` gets
// a sentence that names the deciding cell, or what is undecided and the option that decides; nothing when plain.
// Undecided: numbers stay plain, of days and months the month comes first. `forced` may be NULL. Half a microsecond a
// cell: pass a sample.
int64_t value_style(ColType type, const Sv *cell, int64_t n, bool comma_free, const StyleOpts *forced, ValueStyle *out,
                    Str *evidence);

// ---- value_number.c -------------------------------------------------------------------------------------------------
typedef struct NumberParts {
  bool negative, parens, percent;
  Sv currency, core; // the core is what stands between the digits
} NumberParts;
// Takes a cell apart; false when it is no number in any style. `currency` is known beside the usual ones; may be "".
bool number_split(Sv cell, const char *currency, NumberParts *parts);
bool number_parse(const ValueStyle *s, ColType type, Sv cell, int64_t *i, double *f);
size_t number_group(const char *group, const char *s, size_t n); // bytes of the mark between thousands at s; 0: none

// ---- value_moment.c -------------------------------------------------------------------------------------------------
bool moment_parse(const ValueStyle *s, ColType type, Sv cell, int64_t *i, bool *zoned);

// ---- style_number.c, style_moment.c ---------------------------------------------------------------------------------
// *out, plain, is changed to the style in which the most cells read; says why, or why not, in `said`.
// Returns whether the user forced it, so that it holds although a plain reading would fit as many cells.
bool style_number(const Sv *cell, int64_t n, bool comma_free, const StyleOpts *forced, ValueStyle *out, Str *said);
void style_moment(ColType type, const Sv *cell, int64_t n, const StyleOpts *forced, ValueStyle *out, Str *said);
int64_t style_misfits(const ValueStyle *s, ColType type, const Sv *cell, int64_t n); // cells that do not fit (value.c)
void style_quote(Sv cell, Str *said);                                                // 'cell', cut when it is long

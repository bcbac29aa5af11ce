// Cells of plain numbers: whatever the loops take is strtod's or strtoll's number to the bit, with and without AVX2, and
// what they must not take they leave.
#include "check.h"
#include "dice.h"
#include "io/csv_int.h"

#include <stdlib.h>

enum { ROWS = 64, MOST = 24 };
typedef struct Sheet {
  char text[PAD + ROWS * (MOST + 1) + PAD];
  uint32_t place[ROWS + 1], first[ROWS];
  char cell[ROWS][MOST + 1];
} Sheet;

static void sheet_make(Sheet *s, Block *b, const Dialect *d, const char *end) {
  memset(s->text, ',', sizeof s->text);
  char *p = s->text + PAD;
  s->place[0] = UINT32_MAX;
  for (int i = 0; i < ROWS; i++) {
    p = stpcpy(stpcpy(p, s->cell[i]), end);
    s->place[i + 1] = (uint32_t)(p - (s->text + PAD));
    s->first[i] = (uint32_t)i;
    *p++ = '\n';
  }
  *b = (Block){.text = s->text + PAD, .dialect = d, .ncol = 1, .n = ROWS, .pos = s->place + 1, .first = s->first};
}

static bool is_digits(const char **p) {
  const char *from = *p;
  while (**p >= '0' && **p <= '9') ++*p;
  return *p > from;
}

static bool leads_with_zero(const char *p) { return p[0] == '0' && p[1] >= '0' && p[1] <= '9'; }

// Digits with a point at most, by hand; `loose`: also with blanks around them and an exponent.
static bool is_plain(const char *c, bool real, bool loose) {
  while (loose && *c == ' ') c++;
  c += *c == '-' || *c == '+';
  if (leads_with_zero(c)) return false;
  bool some = is_digits(&c);
  if (real && *c == '.') c++, some |= is_digits(&c);
  if (real && loose && some && (*c == 'e' || *c == 'E')) {
    c++, c += *c == '-' || *c == '+';
    if (!is_digits(&c)) return false;
  }
  while (loose && *c == ' ') c++;
  return some && !*c;
}

static void check_reals(const Sheet *s, const Block *b, const Marks *marks) {
  for (int64_t i = 0, to; i < b->n; i = to + 1) {
    double out[ROWS];
    to = digits_reals(b, marks, i, b->n, 0, out);
    for (int64_t k = i; k < to; k++) {
      double want = strtod(s->cell[k], NULL);
      if (!is_plain(s->cell[k], true, true) || memcmp(&want, &out[k], sizeof want))
        fail_msg("'%s' as %.17g", s->cell[k], out[k]);
    }
    if (to < b->n && is_plain(s->cell[to], true, false) && strlen(s->cell[to]) < 16)
      fail_msg("'%s' was left", s->cell[to]);
  }
}

static void check_ints(const Sheet *s, const Block *b, const Marks *marks) {
  for (int64_t i = 0, to; i < b->n; i = to + 1) {
    int64_t out[ROWS];
    to = digits_ints(b, marks, i, b->n, 0, out);
    for (int64_t k = i; k < to; k++)
      if (!is_plain(s->cell[k], false, true) || out[k] != strtoll(s->cell[k], NULL, 10) || !strcmp(s->cell[k], "-0"))
        fail_msg("'%s' as %lld", s->cell[k], (long long)out[k]);
    bool left = to < b->n && is_plain(s->cell[to], false, false) && strlen(s->cell[to]) < 16;
    if (left && strcmp(s->cell[to], "-0") && strcmp(s->cell[to], "+0")) fail_msg("'%s' was left", s->cell[to]);
  }
}

static void check_sheet(Sheet *s, bool reals) {
  Marks marks;
  marks_init(&marks, NULL);
  for (int isa = 0; isa <= 1; isa++)
    for (int cr = 0; cr <= 1; cr++) {
      Dialect d = {.delim = ',', .quote = '"', .isa = isa};
      Block b;
      sheet_make(s, &b, &d, cr ? "\r" : "");
      if (reals) check_reals(s, &b, &marks);
      else check_ints(s, &b, &marks);
    }
}

static void dice_number(char *to, Dice *d) {
  int whole = (int)below(d, 17), part = (int)below(d, 3) ? (int)below(d, 17 - whole) : -1;
  if ((int)below(d, 4) == 0) *to++ = (int)below(d, 8) ? '-' : '+';
  for (int k = 0; k < whole; k++) *to++ = (char)('0' + ((int)below(d, 6) ? (int)below(d, 10) : 0));
  if (part >= 0) *to++ = '.';
  for (int k = 0; k < part; k++) *to++ = (char)('0' + (int)below(d, 10));
  *to = 0;
}

// Rarely something else: most groups are whole.
static void dice_cell(char *to, Dice *d, bool real) {
  static const char odd[] = "0123456789.-+eE ,;x\xC3";
  dice_number(to, d);
  if (!real) to[strcspn(to, ".")] = 0;
  if ((int)below(d, 24)) return;
  size_t n = strlen(to), at = (size_t)(int)below(d, (int)n + 1);
  to[at] = odd[(int)below(d, (int)sizeof odd - 1)];
  if (at == n) to[n + 1] = 0;
}

TEST(numbers_are_those_of_the_c_library) {
  Dice d = dice(1, "digits");
  Sheet s;
  for (int round = 0; round < 4000; round++) {
    for (int i = 0; i < ROWS; i++) dice_cell(s.cell[i], &d, round % 2);
    check_sheet(&s, round % 2);
  }
}

TEST(no_number_slips_through) {
  static const char *const none[] = {"",
                                     "-",
                                     ".",
                                     "-.",
                                     "+",
                                     "1.2.3",
                                     "1-",
                                     "--1",
                                     "1e5",
                                     "0x10",
                                     " 1",
                                     "1 ",
                                     "1,5",
                                     "007",
                                     "-007",
                                     "00",
                                     "00.5",
                                     "-0",
                                     "1..",
                                     "..1",
                                     "NA",

                                     "1\r1",
                                     "inf",
                                     "nan",
                                     "1:2",
                                     "1/2",
                                     "0-",
                                     "\"\"",
                                     "\xE2\x88\x92"
                                     "5"};
  Sheet s;
  for (size_t k = 0; k < sizeof none / sizeof *none; k++)
    for (int at = 0; at < 8; at++) {
      for (int i = 0; i < ROWS; i++) strcpy(s.cell[i], "12.5");
      strcpy(s.cell[at], none[k]);
      check_sheet(&s, true);
      for (int i = 0; i < ROWS; i++) strcpy(s.cell[i], "-125");
      strcpy(s.cell[at], none[k]);
      check_sheet(&s, false);
    }
}

TEST(a_mark_with_digits_is_never_a_number) {
  const char *mark = "-200";
  Marks marks;
  marks_init(&marks, &(Names){&mark, 1});
  Sheet s;
  for (int i = 0; i < ROWS; i++) strcpy(s.cell[i], i % 5 ? "-20" : "-200");
  Dialect d = {.delim = ',', .quote = '"', .isa = 1};
  Block b;
  sheet_make(&s, &b, &d, "");
  double f[ROWS];
  int64_t whole[ROWS];
  assert_int_equal(digits_reals(&b, &marks, 0, ROWS, 0, f), 0);
  assert_int_equal(digits_ints(&b, &marks, 0, ROWS, 0, whole), 0);
}

RUN(CASE(numbers_are_those_of_the_c_library), CASE(no_number_slips_through), CASE(a_mark_with_digits_is_never_a_number))

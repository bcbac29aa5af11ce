// Units of measure, and numbers that are written with them.
#pragma once
#include "base/str.h"

enum { UNIT_NONE = -1, UNIT_PARTS = 4 };

int unit_find(Sv name);          // place in the list, or UNIT_NONE; case does not matter
const char *unit_name(int unit); // "cm"
bool unit_alike(int a, int b);   // both lengths, both weights ...
double unit_convert(double v, int from, int to);
const char *unit_list(void); // "mm, cm, m ..." for messages
// How many of the next smaller unit may follow: 12 inches behind feet; 0: none do.
double unit_most(int unit, int *smaller);

typedef struct Quantity {
  int n; // parts: 5 ft 11 in has two; 0: it does not read
  double v[UNIT_PARTS];
  int unit[UNIT_PARTS]; // UNIT_NONE: a number alone
} Quantity;
// A whole text: a number ("180", "1,70", "five"), or numbers with units ("180cm", "5'11\"", "5 ft 10", "5 feet and 8.11
// inches"). Thousands marks are not read.
Quantity quantity_parse(Sv text);
// Its value in `to`; false when it is a number alone, its units are of another kind, or a later part is as large as the
// unit before it holds.
bool quantity_value(const Quantity *q, int to, double *v);
bool quantity_number(Sv text, double *v); // "5", "5.7", "1,70"; no sign but a minus

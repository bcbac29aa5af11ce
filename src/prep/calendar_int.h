// Parts of dates and times, and their place on a circle.
#pragma once
#include "prep/prep_int.h"

typedef enum DatePart {
  PART_YEAR, PART_WEEK_YEAR, PART_QUARTER, PART_MONTH, PART_WEEK, PART_DAY, PART_YEARDAY, PART_WEEKDAY, PART_WEEKEND,
  PART_HOUR, PART_MINUTE, PART_SECOND, NPART
} DatePart;
typedef struct DatePartRow {
  const char *name;
  bool clock;     // of times only
  int64_t begin;  // where it begins to count
  int64_t turns;  // values of a turn; 0 = never turns, -1 = as many as the month or year has
} DatePartRow;
extern const DatePartRow DATE_PARTS[NPART];

typedef struct Moment { // a value taken apart
  int64_t part[NPART], turns[NPART]; // turns: of the parts that turn
} Moment;
// A date (days) or a time (microseconds), whose clock is 0 for a date.
void moment_take(ColType type, int64_t v, Moment *out);

enum { TURNS_MOST = 366 };
// sine[n][k] and cosine of the angle 2 pi k / n, 0 <= k < n, for the n that parts turn in; NULL for others. Own
// polynomials, so that the bits are the same on every machine.
typedef struct Circle {
  double *sine[TURNS_MOST + 1], *cosine[TURNS_MOST + 1];
} Circle;
void circle_init(Circle *c, Arena *a);

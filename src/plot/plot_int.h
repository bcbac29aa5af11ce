// What printing and parsing of plots share.
#pragma once
#include "plot/plot.h"

enum { SERIAL_VERSION = 1, SERIAL_DECIMALS = 9 };
// How an array of doubles is written.
enum { SERIAL_RAW, SERIAL_DECIMAL, SERIAL_DELTA, SERIAL_SHARE32, SERIAL_SHARE16 };
// Which arrays of a series are there: bits 0 to 4 for x y x2 y2 value.
enum { SERIAL_NARRAY = 5, SERIAL_VALUE = 16, SERIAL_LABEL = 32, SERIAL_ROWS = 64 };

#define SERIAL_MAGIC "TPLT"
extern const double serial_pow10[SERIAL_DECIMALS + 1];

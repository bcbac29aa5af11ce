// What printing and parsing of plots share.
#pragma once
#include "plot/plot.h"

enum { SERIAL_VERSION = 3, SERIAL_DECIMALS = 9 };
// How an array of doubles is written.
enum { SERIAL_RAW, SERIAL_DECIMAL, SERIAL_DELTA, SERIAL_SHARE32, SERIAL_SHARE16 };
// Which arrays of a series are there, in this order.
enum {
  SERIAL_X = 1, SERIAL_Y = 2, SERIAL_X2 = 4, SERIAL_Y2 = 8, SERIAL_VALUE = 16, SERIAL_SIZE = 32, SERIAL_NARRAY = 6,
  SERIAL_FIVE = 64, SERIAL_LABEL = 128, SERIAL_ROWS = 256, SERIAL_END = 512
};

#define SERIAL_MAGIC "TPLT"
extern const double serial_pow10[SERIAL_DECIMALS + 1];

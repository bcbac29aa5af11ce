// Texts as values of a type.
#pragma once
#include "prep/repair_int.h"

enum { ORDER_YMD, ORDER_DMY, ORDER_MDY, ORDERS }; // of a date; one that begins with the year is read in any order
// Reads a whole text; any text fits COL_CAT and COL_TEXT. `comma`: decimals stand behind a comma.
bool retype_read(Sv text, ColType type, int order, bool comma, Read *out);

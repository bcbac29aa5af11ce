// What may be wrong with a table: missing, duplicate, inconsistent and outlying values.
#pragma once
#include "stats/stats.h"

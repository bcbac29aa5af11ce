// How columns go together: matrices of association, tables of two categories, series with themselves.
#pragma once
#include "stats/stats.h"

// Shared with the table of functions that stats.power stands in.
#pragma once
#include "bind/bind_int.h"
#include "stats/power.h"

extern const Param POWER[];
ErrCode bind_power(Call *c);

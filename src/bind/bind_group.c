// Verbs of a frame that work by group or along an order, as Lua sees them.
#include "bind/bind_int.h"

const BindFn GROUP_ROWS[] = {{0}};

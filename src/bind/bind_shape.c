// Verbs that give a frame another shape, as Lua sees them.
#include "bind/bind_int.h"

const BindFn SHAPE_ROWS[] = {{0}};

// The tables of the screen: what keys do, and which panes there are.
#include "ui/app_int.h"

#define ACTION_ROW(where, keys, bar, word, group, help, act, arg) {where, keys, bar, word, group, help, act, arg},
const Action ACTIONS[] = {ACTIONS_ALL(ACTION_ROW){0, NULL, 0, NULL, NULL, NULL, NULL, 0}};
#undef ACTION_ROW

#define PANE_ROW(name) [PANE_##name] = &pane_##name,
const PaneType *const PANE_TYPES[PANE_COUNT] = {PANES(PANE_ROW)};
#undef PANE_ROW

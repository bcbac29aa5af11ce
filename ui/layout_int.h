// Where panes stand.
#pragma once
#include "ui/paint_int.h"
#include "ui/panes.h"

#include <stdbool.h>

#define PANE_ID(name) PANE_##name,
typedef enum { PANES(PANE_ID) PANE_COUNT, PANE_NONE = PANE_COUNT } PaneId;
#undef PANE_ID

typedef enum { VIEW_TABLE, VIEW_NOTEBOOK, VIEW_EVALUATE, VIEW_SETTINGS, VIEW_FILES, VIEW_TREE, VIEW_TRAINING,
               VIEW_COUNT } ViewId;
typedef struct Slot {
  PaneId pane;
  Rect r;     // title line included
  int number; // key that focuses it
} Slot;
enum { SLOT_MOST = PANE_COUNT };
typedef struct Layout {
  Slot slot[SLOT_MOST];
  int n;
  int hidden;        // panes of the view that found no room
  bool session_line; // line 0
  int recipe_y, keys_y; // the same on a low screen: what is said takes the place of the keys, or of a line of the pane
} Layout;
// Where the panes of a view stand. `focus` always has a place; `zoomed` fills the screen with it. Any size from 1 x 1.
void layout_make(ViewId view, PaneId focus, bool zoomed, int w, int h, Layout *out);
ViewId view_of(PaneId pane, ViewId now); // the view that has the pane, `now` when it does
PaneId pane_keys(PaneId pane); // whose keys it has: all curves of an evaluation those of the first
int view_ring(ViewId view,
              PaneId ring[PANE_COUNT]); // panes in the order of Tab: its own, then the doors to other views
int view_numbers(ViewId view, int w, int h, PaneId ring[PANE_COUNT]); // in the order of their numbers
bool view_parts(int w, int h); // whether an evaluation has a pane for each of its pictures

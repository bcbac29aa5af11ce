// The profile of a column on the screen: where its statistics and bars stand, and the cursor among them.
#pragma once
#include "ui/app_int.h"

enum { COLUMN_GROUP = 5, COLUMN_PLACES = 64 };

typedef struct ColumnPlaces {
  Rect stat[COLUMN_PLACES]; // of each statistic; w = 0: it does not show
  int n, nblock;            // statistics; groups of them that show
  Rect picture, bars;       // bars: of a histogram; w = 0: none
  Rect boxes;               // below them, by the levels of a category; h = 0: none
  int nbar;
} ColumnPlaces;
// In the rectangle below the pane's title.
void column_places(const MsgColumn *m, Rect r, ColumnPlaces *out);

// act_column.c. Cursor: a statistic, and from the number of statistics on a bar.
int column_cursor(const App *a);
bool column_read_out(const App *a, Str *out); // of the bar under the cursor; false: it is on a statistic
void column_mouse(App *a, const Key *key, int x, int y, Rect r);

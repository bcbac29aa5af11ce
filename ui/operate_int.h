// An evaluation under a moving threshold: what the kernel said of it, and what was moved since.
#pragma once
#include "wire/wire.h"

typedef struct App App;

enum { OPERATE_ROWS = 60 }; // rows that are asked for first
typedef struct Operate {
  char *object;          // "e"; NULL = none
  char *model;           // that the last kept threshold went to; NULL = none
  double threshold, was; // NaN = the evaluation's own
  double fp, fn;         // costs of this view; 0 and 0 = the evaluation's own
  int cell;              // of the table of counts that has the cursor: row x classes + column
  int64_t show;          // EvaluationPlot of the first pane
  int64_t of;            // class that is judged, see VIEW_EVALUATION
  char *other;           // evaluation laid over it; NULL = none
  int64_t sent;          // what `show` was when the question under way was sent
  int64_t shown;         // what the picture of `now` is
  Msg now;               // MSG_EVALUATION
  uint64_t asked;
  bool again;       // something moved while an answer was under way
  int64_t row, top; // cursor in the rows that changed side, and the first that shows
  int64_t rows;     // how many of them are asked for
  bool kept;        // the threshold was written into the notebook
} Operate;
void operate_open(App *a, const char *object);
void operate_move(App *a, double by); // the threshold, within 0..1
void operate_put(App *a, double threshold);
void operate_cost(App *a, double fp, double fn);
void operate_step(App *a, int64_t by); // the cursor in the rows that changed side
void operate_see(App *a);              // asks for pictures that have come into view
const Plot *operate_plot(const App *a, int64_t which); // NULL = it has not come
void operate_ask(App *a);              // anew, or once more when the answer under way has come
bool operate_take(App *a, Msg *m);     // an answer of the kernel; true = taken over
void operate_changed(App *a);          // objects have new versions
void operate_lost(Operate *o);         // the kernel is gone: no answer will come
void operate_fini(Operate *o);
bool operate_moves(const Operate *o);       // false: what shows has not two classes, and so no threshold
double operate_threshold(const Operate *o); // that holds now; NaN = not known yet
// The Lua that would keep what was moved; false: nothing was moved, or it is in the notebook already.
bool operate_pending(const App *a, Str *lua);
const char *unit_print(double share, char buf[32]); // ".24", ".245": two digits where they say it all

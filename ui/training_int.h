// How a model learned, round by round: the fit that runs, and models to go back and forth in.
#pragma once
#include "wire/wire.h"

typedef struct App App;

typedef struct Training {
  char *object;          // "m", or an evaluation "e"; NULL = the fit that runs, or ran and has no name
  Msg now;               // MSG_TRAINING: the facts, as they were told last
  double *train, *valid; // of all rounds told so far: value i is of round 1 + step i
  int64_t n, room, step;
  int64_t at; // round that is looked at, from 1; 0 = the newest
  Msg round;  // MSG_ROUND, the last one told
  uint64_t asked, round_asked;
  bool again;         // it moved while an answer was under way
  bool offered;       // the fit that runs
  int64_t more_cell;  // that a key wrote for more rounds, 0 = none
  int axis_x, axis_w; // columns of the screen that the rounds are drawn over
} Training;
void training_open(App *a, const char *object);
bool training_take(App *a, Msg *m); // an answer, or what a fit tells; true = taken over
void training_changed(App *a);      // objects have new versions
void training_lost(Training *t);
void training_fini(Training *t);
const MsgTraining *training_answer(const Training *t); // NULL = none yet
bool training_is_coming(const Training *t);            // it, or the round that is looked at
bool training_runs(const Training *t);
int64_t training_last(const Training *t);                                             // the newest round
int64_t training_round(const Training *t);                                            // that is looked at; 0 = none yet
void training_values(const Training *t, int64_t round, double *train, double *valid); // NaN: not known
const MsgRoundAnswer *training_told(const Training *t);      // what the kernel said of that round, NULL = nothing yet
const WireSeen *training_seen(const Training *t, bool best); // of that round, or of the best; NULL = not known
// The text of a fit's cell with another number of rounds. False: it does not say ml.boost{...} once.
bool training_more(const char *text, int64_t rounds, Str *out);
void training_go(App *a, int64_t round);  // 0: the newest, and on with it
bool training_is_of(const char *learner); // whether it learns in rounds: "ml.boost{...}", "boost, 30 terms"
void training_command(App *a, const char *rest, bool force); // :training NAME
// ".166" of a share or a loss, "29.88" of values of the target.
const char *training_value(const Training *t, double v, char *buf, size_t size);

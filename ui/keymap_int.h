// Keys that the user has moved, in a file of lines "pane.action = keys".
#pragma once
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

typedef struct Action Action;
typedef struct KeyRow KeyRow;

typedef struct UserKeys {
  Arena arena;
  Action *action; // the table of acts with the keys that hold; NULL: nothing is moved
  KeyRow *row;    // the same for who only tells of them
  int moved;      // acts with keys of the user's
  Str problems;   // a line for each line of the file that was not understood
} UserKeys;
void keymap_init(UserKeys *m);
void keymap_fini(UserKeys *m);
// Takes over the text of the file. A key goes to the act that is given it and leaves the act of the same place that had
// it; what cannot be understood is listed in `problems` and changes nothing.
void keymap_parse(UserKeys *m, Sv text);
// The file as it would be with nothing moved: every act in a line of remark.
void keymap_print(Str *out);
// What an act is called there: "table.describe"; `of` is its place in ACTIONS.
void keymap_name(int of, Str *out);
const Action *keymap_actions(const UserKeys *m); // ended by a NULL act
const KeyRow *keymap_rows(const UserKeys *m);    // ended by NULL keys

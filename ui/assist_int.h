// Help while a cell is typed: candidates in a popup, and the signature of the call that is being written.
#pragma once
#include "ui/paint_int.h"
#include "ui/popup_int.h"
#include "wire/wire.h"

typedef struct App App;

typedef struct Assist {
  Popup popup;     // its words live as long as App.candidates
  Msg form;        // FORM of the call around the cursor, NONE = there is none
  uint64_t asked;  // for a form; 0 = nothing is under way
  int64_t changes; // of the editor when it was asked, and its cursor
  size_t at;
} Assist;

void assist_fini(App *a);
bool assist_completes(const App *a);                         // Tab means completion here
bool assist_takes_key(App *a, const Key *key);               // the popup is open and this is a key of it
void assist_typed(App *a, const Key *key);                   // the editor took the key
void assist_close(App *a);                                   // the popup
void assist_follow(App *a);                                  // asks for the signature when the cursor has moved
bool assist_take(App *a, Msg *m);                            // true: its answer; a FORM is taken over
void assist_lost(App *a);                                    // the kernel is gone
void assist_draw(App *a, const Paint *p);                    // the popup, after everything else
bool assist_draw_call(const App *a, const Paint *p, Rect r); // the signature; false: none

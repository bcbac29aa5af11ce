// Candidates for the word being typed: a popup without a frame that stands under or over it.
#pragma once
#include "base/str.h"
#include "ui/keys_int.h"
#include "ui/paint_int.h"

typedef struct PromptWord { // a candidate
  const char *text, *kind, *doc;
} PromptWord;

enum { POPUP_MOST = 256, POPUP_LINES = 8 }; // candidates; lines with that of the keys
typedef struct Popup {
  bool open;
  PromptWord word[POPUP_MOST];
  int n, at, top; // at: the one chosen; top: the first that shows
  size_t from;    // byte of the text where a candidate begins
} Popup;

typedef enum { POPUP_PASS, POPUP_STAYS, POPUP_TAKES, POPUP_CLOSES } PopupKey;
// Tab, arrows, ^N ^P and the page keys choose, Enter takes, Esc closes; PASS: not a key of the popup.
PopupKey popup_key(Popup *p, const Key *key);
// The longest beginning that all candidates share, in bytes of the first; whole characters.
size_t popup_common(const Popup *p);
// Candidates stand at column x, where the typed word begins, below line y when there is room and else above it. The
// bytes that agree with `typed` are marked.
void popup_draw(Popup *p, const Paint *paint, int x, int y, Sv typed);

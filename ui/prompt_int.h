// The one line at the bottom: readline through its callback interface, fed from our own keys, drawn by us;
// linear_line.c has the other readline, on the terminal itself.
#pragma once
#include "ui/keys_int.h"
#include "ui/paint_int.h"
#include "ui/popup_int.h"

typedef enum {
  PROMPT_COMMAND,
  PROMPT_FILTER,
  PROMPT_SEARCH,
  PROMPT_DERIVE,
  PROMPT_ANSWER,
  PROMPT_COLUMNS,
  PROMPT_PIVOT,
  PROMPT_HUNT, // in the notebook
  PROMPT_REPLACE,
  PROMPT_WITH,
  PROMPT_HELP,
  PROMPT_COUNT
} PromptKind;

typedef struct PromptOps {
  void *ctx;
  // The line was entered (never NULL; may be empty).
  void (*accept)(void *ctx, PromptKind kind, const char *line);
  // Esc or ^C or ^D on an empty line: nothing happens.
  void (*leave)(void *ctx, PromptKind kind);
  // Candidates for the word that ends at byte `at`: where it begins, and at most `most` words (texts live until the
  // next call). NULL: Tab does nothing.
  int (*complete)(void *ctx, PromptKind kind, const char *line, size_t at, size_t *from, PromptWord *word, int most);
} PromptOps;

typedef struct Prompt Prompt;
// One prompt for the life of the program (readline has one state); to be made before the terminal is taken over, since
// readline complains of a faulty inputrc on stderr. History of each kind is kept in `folder`/history-<kind> (NULL:
// nowhere), the latest 1000 lines, duplicates in a row once. The user's inputrc counts.
Prompt *prompt_new(const PromptOps *ops, const char *folder);
void prompt_free(Prompt *p); // NULL allowed
// Opens the line with a prompt text (":" "filter " ...) and an initial content. Only one at a time. accept and leave
// are called after the line has closed, so that they may open it again.
void prompt_open(Prompt *p, PromptKind kind, const char *label, const char *content);
void prompt_close(Prompt *p);             // without a call of leave
PromptKind prompt_kind(const Prompt *p);  // of the line that is open, or was
int prompt_text_x(const Prompt *p);       // columns before its text
bool prompt_is_open(const Prompt *p);     // NULL allowed
const char *prompt_line(const Prompt *p); // what stands there now
// Any key but the mouse and the function keys, which are ignored. Esc ends what is under way (a popup, a search, vi's
// insert mode), then the prompt; ^C ends the prompt at once.
void prompt_key(Prompt *p, const Key *key);
// The line in rectangle r (h = 1), scrolled so that the cursor shows; gives the cursor's column on the canvas. While
// Tab offers candidates they stand in a popup above it, at most 8 lines, with their doc: draw the prompt last.
void prompt_draw(Prompt *p, const Paint *paint, Rect r, int *cursor_x);

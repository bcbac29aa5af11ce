// Messages between screen and kernel, and their bytes. No sockets and no policy. A message on the wire is
//   u32 bytes that follow | u16 kind | u16 flags (0) | u64 request | fields
// little endian. One visitor names each message's fields once, for writing and for reading; every length is bounded and
// checked, so any bytes may come. `request` pairs an answer with its question; 0 = nobody asked. See docs/wire.md.
#pragma once
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"
#include "wire/calls.h"
#include "wire/models.h"
#include "wire/views.h"

#include <stdbool.h>
#include <stdint.h>

// WIRE_MOST bounds a whole message, its header of WIRE_HEADER bytes included.
enum { WIRE_VERSION = 5, WIRE_MOST = 16 * 1024 * 1024, WIRE_HEADER = 16 };

// The numbers of HELLO and REFUSED are the same in every version.
#define WIRE_MESSAGES(X)                                                                                               \
  /* both ways */                                                                                                      \
  X(HELLO, Hello)     /* first of all */                                                                               \
  X(REFUSED, Refused) /* the request cannot be answered, and why */                                                    \
  /* screen -> kernel */                                                                                               \
  X(EVAL, Eval)                      /* run a cell */                                                                  \
  X(CANCEL, Cancel)                  /* stop what runs */                                                              \
  X(RESTORE, Restore)                /* go back to a saved state */                                                    \
  X(COMPLETE, Complete)              /* names that fit at a place in a text */                                         \
  X(VIEW_PAGE, ViewPage)             /* rows of an object, formatted */                                                \
  X(HELP, Help)                      /* a help topic */                                                                \
  X(BYE, Bye)                        /* the kernel ends */                                                             \
  X(DROP, Drop)                      /* forget a saved state */                                                        \
  X(GRANT, Grant)                    /* cells may touch a path from now on */                                          \
  X(VIEW_HEADS, ViewHeads)           /* the columns of a table at a glance */                                          \
  X(VIEW_COLUMN, ViewColumn)         /* the profile of one column */                                                   \
  X(VIEW_NOTES, ViewNotes)           /* what is odd about a table */                                                   \
  X(VIEW_EVALUATION, ViewEvaluation) /* an evaluation at a threshold */                                                \
  X(FIND, Find)                      /* the next cell that holds a text */                                             \
  X(EXPLAIN, Explain)                /* what a number is */                                                            \
  X(VIEW_CATALOGUE, ViewCatalogue)   /* all that can be called or read about */                                        \
  X(CALL, Call)                      /* the options of a call */                                                       \
  X(VIEW_PREVIEW, ViewPreview)       /* what an expression gives */                                                    \
  X(PAUSE, Pause)                    /* what runs waits, or goes on */                                                 \
  X(VIEW_ROWS, ViewRows)             /* the rows behind a number, a level or a bar */                                  \
  X(VIEW_FILE, ViewFile)             /* a first look at a file */                                                      \
  X(VIEW_FOLLOW, ViewFollow)         /* where rows of a table stand in one made of it */                               \
  X(VIEW_STEPS, ViewSteps)           /* steps that a table asks for */                                                 \
  X(VIEW_TREE, ViewTree)             /* the nodes of a tree around one of them */                                      \
  X(VIEW_PLOT, ViewPlot)             /* a part of a plot, drawn again */                                               \
  X(VIEW_TRAINING, ViewTraining)     /* how a model learned, round by round */                                         \
  X(VIEW_ROUND, ViewRound)           /* what one of the rounds made */                                                 \
  /* kernel -> screen */                                                                                               \
  X(OUT, Out)           /* a value or printed text of the running cell */                                              \
  X(DONE, Done)         /* the cell ended */                                                                           \
  X(PROGRESS, Progress) /* how far the running computation is */                                                       \
  X(OBJECTS, Objects)   /* the named objects, after each cell */                                                       \
  X(PAGE, PageAnswer)                                                                                                  \
  X(CANDIDATES, Candidates)                                                                                            \
  X(TEXT, TextAnswer)                                                                                                  \
  X(HEADS, Heads)                                                                                                      \
  X(COLUMN, Column)                                                                                                    \
  X(NOTES, Notes)                                                                                                      \
  X(EVALUATION, Evaluation)                                                                                            \
  X(FOUND, Found)                                                                                                      \
  X(CATALOGUE, Catalogue)                                                                                              \
  X(FORM, Form)                                                                                                        \
  X(PREVIEW, Preview)                                                                                                  \
  X(ROWS, Rows)                                                                                                        \
  X(FILE, File)                                                                                                        \
  X(FOLLOWED, Followed)                                                                                                \
  X(STEPS, Steps)                                                                                                      \
  X(TREE, Tree)                                                                                                        \
  X(PLOT, PlotAnswer)                                                                                                  \
  X(TRAINING, Training)                                                                                                \
  X(ROUND, RoundAnswer)

#define WIRE_KIND(KIND, Type) MSG_##KIND,
typedef enum { MSG_NONE, WIRE_MESSAGES(WIRE_KIND) MSG_COUNT } MsgKind;
#undef WIRE_KIND

#define WIRE_FIELD(KIND, Type) Msg##Type Type;
typedef struct Msg {
  MsgKind kind;
  uint64_t request;
  bool owned;  // made by msg_read: msg_fini frees the fields too
  Arena arena; // of texts and arrays that were read
  union {
    WIRE_MESSAGES(WIRE_FIELD)
  };
} Msg;
#undef WIRE_FIELD

// All fields zero, to be filled by the caller. What a written message points to stays the caller's, its Page, Shown and
// Plot included; NULL texts are written as "".
void msg_init(Msg *m, MsgKind kind, uint64_t request);
// After msg_read frees all that was read. To keep its Page, Shown or Plot, copy that struct and zero the message's own.
void msg_fini(Msg *m);
// Appends the message; on an error `out` is as it was. Texts of the kernel are repaired (U+FFFD for each malformed
// byte); those of the screen must be exact. ERR_SHAPE: longer than WIRE_MOST. ERR_ARG: a text of the screen that is not
// UTF-8, a number outside what its field may hold.
NODISCARD ErrCode msg_write(const Msg *m, Str *out, Err *err);
// How many bytes the first message in `bytes` takes; 0 = not all there yet. ERR_PARSE: a length out of bounds.
NODISCARD ErrCode msg_size(Sv bytes, size_t *size, Err *err);
// Reads one whole message into `m` (whatever it was); its texts are never NULL. ERR_PARSE: an unknown kind, flags, a
// field that runs past the end, bytes left over, a text that is not UTF-8 or holds a NUL, a count larger than its bytes
// allow, a number outside what its field may hold. Then `m` owns nothing and, where the header could be read, has the
// request, for the answer. Memory: at most seven times the bytes given, and what plot_parse may take.
NODISCARD ErrCode msg_read(Sv bytes, Msg *m, Err *err);

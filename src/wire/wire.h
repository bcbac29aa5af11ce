// Messages between screen and kernel, and their bytes. No sockets and no policy. A message on the wire is
//   u32 bytes that follow | u16 kind | u16 flags (0) | u64 request | fields
// little endian. One visitor names each message's fields once, for writing and for reading; every length is bounded and
// checked, so any bytes may come. `request` pairs an answer with its question; 0 = nobody asked. See docs/wire.md.
#pragma once
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/str.h"
#include "plot/plot.h"
#include "show/show.h"

#include <stdbool.h>
#include <stdint.h>

// WIRE_MOST bounds a whole message, its header of WIRE_HEADER bytes included.
enum { WIRE_VERSION = 1, WIRE_MOST = 16 * 1024 * 1024, WIRE_HEADER = 16 };

// The numbers of HELLO and REFUSED are the same in every version.
#define WIRE_MESSAGES(X)                                                                                               \
  /* both ways */                                                                                                      \
  X(HELLO, Hello)     /* first of all */                                                                               \
  X(REFUSED, Refused) /* the request cannot be answered, and why */                                                    \
  /* screen -> kernel */                                                                                               \
  X(EVAL, Eval)          /* run a cell */                                                                              \
  X(CANCEL, Cancel)      /* stop what runs */                                                                          \
  X(RESTORE, Restore)    /* go back to a saved state */                                                                \
  X(COMPLETE, Complete)  /* names that fit at a place in a text */                                                     \
  X(VIEW_PAGE, ViewPage) /* rows of an object, formatted */                                                            \
  X(HELP, Help)          /* a help topic */                                                                            \
  X(BYE, Bye)            /* the kernel ends */                                                                         \
  /* kernel -> screen */                                                                                               \
  X(OUT, Out)           /* a value or printed text of the running cell */                                              \
  X(DONE, Done)         /* the cell ended */                                                                           \
  X(PROGRESS, Progress) /* how far the running computation is */                                                       \
  X(OBJECTS, Objects)   /* the named objects, after each cell */                                                       \
  X(PAGE, PageAnswer)                                                                                                  \
  X(CANDIDATES, Candidates)                                                                                            \
  X(TEXT, TextAnswer)

#define WIRE_KIND(KIND, Type) MSG_##KIND,
typedef enum { MSG_NONE, WIRE_MESSAGES(WIRE_KIND) MSG_COUNT } MsgKind;
#undef WIRE_KIND

typedef struct MsgHello {
  int64_t version; // of the protocol; when it is not WIRE_VERSION, nothing else of the message was read
  const char *build;
  int64_t pid, seed, threads, memory; // memory: the limit in bytes, 0 = none
} MsgHello;

typedef struct MsgRefused {
  int64_t code; // an ErrCode
  const char *message;
} MsgRefused;

typedef struct MsgEval {
  int64_t cell; // the screen's number for it, given back in OUT, PROGRESS and DONE
  const char *text;
} MsgEval;

typedef struct MsgCancel {
  bool hard; // do not wait for code that does not stop
} MsgCancel;

typedef struct MsgRestore {
  int64_t state;
} MsgRestore;

typedef struct MsgComplete {
  const char *text;
  int64_t at; // bytes of text before the cursor
} MsgComplete;

typedef struct MsgViewPage {
  const char *object;
  int64_t version, first, rows;
  Names columns; // none = all
} MsgViewPage;

typedef struct MsgHelp {
  const char *topic;
} MsgHelp;

typedef struct MsgBye {
  bool now;
} MsgBye;

typedef struct MsgOut {
  int64_t cell;
  const char *title;
  Shown shown;
  bool has_plot;
  Plot plot; // only looked at when has_plot
} MsgOut;

typedef struct MsgDone {
  int64_t cell;
  bool failed, cancelled;
  int64_t state; // saved after the cell
  double seconds;
  int64_t line, column; // of the error, 1-based; 0 = not known
  const char *token, *message;
  Names reads, writes; // globals
} MsgDone;

typedef struct MsgProgress {
  int64_t cell, done, total; // total 0 = not known
  double seconds;
} MsgProgress;

typedef struct WireObject {
  const char *name, *kind, *summary;
  int64_t version, nrow, ncol, bytes;
} WireObject;

typedef struct MsgObjects {
  WireObject *item;
  int64_t n;
  int64_t memory; // bytes in use
} MsgObjects;

typedef struct MsgPageAnswer {
  const char *object;
  int64_t version;
  Page page;
} MsgPageAnswer;

typedef struct WireCandidate {
  const char *text, *kind, *doc;
} WireCandidate;

typedef struct MsgCandidates {
  int64_t from; // byte of the text where a chosen candidate begins
  WireCandidate *item;
  int64_t n;
} MsgCandidates;

typedef struct MsgTextAnswer {
  const char *text;
} MsgTextAnswer;

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
// request, for the answer. Memory: at most six times the bytes given, and what plot_parse may take.
NODISCARD ErrCode msg_read(Sv bytes, Msg *m, Err *err);

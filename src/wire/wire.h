// Messages between screen and kernel, and their bytes. No sockets and no policy. A frame on the wire is
//   u32 length of what follows | u16 kind | u16 flags (0) | u64 request | fields
// little endian. One visitor names each message's fields once, for writing and for reading; every length is bounded and
// checked, so any bytes may come. `request` pairs an answer with its question; 0 = nobody asked.
#pragma once
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"
#include "plot/plot.h"
#include "show/show.h"

enum { WIRE_VERSION = 1, WIRE_MOST = 16 * 1024 * 1024, WIRE_HEADER = 16 };

#define WIRE_MESSAGES(X)                                                                                               \
  /* screen -> kernel */                                                                                               \
  X(HELLO, Hello)         /* first of all, both ways */                                                                \
  X(EVAL, Eval)           /* run a cell */                                                                             \
  X(CANCEL, Cancel)       /* stop what runs */                                                                         \
  X(RESTORE, Restore)     /* go back to a saved state */                                                               \
  X(COMPLETE, Complete)   /* names that fit at a place in a text */                                                    \
  X(VIEW_PAGE, ViewPage)  /* rows of an object, formatted */                                                           \
  X(HELP, Help)           /* a help topic */                                                                           \
  X(BYE, Bye)             /* the kernel ends */                                                                        \
  /* kernel -> screen */                                                                                               \
  X(OUT, Out)             /* a value or printed text of the running cell */                                            \
  X(DONE, Done)           /* the cell ended */                                                                         \
  X(PROGRESS, Progress)                                                                                                \
  X(OBJECTS, Objects)     /* the named objects, after each cell */                                                     \
  X(PAGE, PageAnswer)                                                                                                  \
  X(CANDIDATES, Candidates)                                                                                            \
  X(TEXT, TextAnswer)                                                                                                  \
  X(REFUSED, Refused)     /* the request cannot be answered, and why */

#define WIRE_KIND(KIND, Type) MSG_##KIND,
typedef enum { MSG_NONE, WIRE_MESSAGES(WIRE_KIND) MSG_COUNT } MsgKind;
#undef WIRE_KIND

// Texts are borrowed while writing, owned by the Msg's arena after reading; never NULL after reading.
typedef struct MsgHello { int64_t version; const char *build; int64_t pid, seed, threads, memory; } MsgHello;
typedef struct MsgEval { int64_t cell; const char *text; } MsgEval;
typedef struct MsgCancel { bool hard; } MsgCancel;
typedef struct MsgRestore { int64_t state; } MsgRestore;
typedef struct MsgComplete { const char *text; int64_t at; } MsgComplete;
typedef struct MsgViewPage { const char *object; int64_t version, first, rows; Names columns; } MsgViewPage;
typedef struct MsgHelp { const char *topic; } MsgHelp;
typedef struct MsgBye { bool now; } MsgBye;
typedef struct MsgOut { int64_t cell; const char *title; Shown shown; bool has_plot; Plot plot; } MsgOut;
typedef struct MsgDone { int64_t cell; bool failed, cancelled; int64_t state; double seconds; int64_t line, column;
  const char *token, *message; Names reads, writes; } MsgDone;
typedef struct MsgProgress { int64_t cell, done, total; double seconds; } MsgProgress;
typedef struct WireObject { const char *name, *kind, *summary; int64_t version, nrow, ncol, bytes; } WireObject;
typedef struct MsgObjects { WireObject *item; int64_t n; int64_t memory; } MsgObjects;
typedef struct MsgPageAnswer { const char *object; int64_t version; Page page; } MsgPageAnswer;
typedef struct WireCandidate { const char *text, *kind, *doc; } WireCandidate;
typedef struct MsgCandidates { int64_t from; WireCandidate *item; int64_t n; } MsgCandidates;
typedef struct MsgTextAnswer { const char *text; } MsgTextAnswer;
typedef struct MsgRefused { int64_t code; const char *message; } MsgRefused;

#define WIRE_FIELD(KIND, Type) Msg##Type Type;
typedef struct Msg {
  MsgKind kind;
  uint64_t request;
  Arena arena; // of what was read
  union { WIRE_MESSAGES(WIRE_FIELD) };
} Msg;
#undef WIRE_FIELD

void msg_init(Msg *m, MsgKind kind, uint64_t request); // all fields zero
void msg_fini(Msg *m);
// Appends the message. ERR_SHAPE when it would be longer than WIRE_MOST.
NODISCARD ErrCode msg_write(const Msg *m, Str *out, Err *err);
// How many bytes the first message in `bytes` takes; 0 = not all there yet. ERR_PARSE: a length out of bounds.
NODISCARD ErrCode msg_size(Sv bytes, size_t *size, Err *err);
// Reads one whole message. ERR_PARSE: an unknown kind, a field that runs past the end, bytes left over, a text that is
// not UTF-8, a count larger than its bytes allow.
NODISCARD ErrCode msg_read(Sv bytes, Msg *m, Err *err);

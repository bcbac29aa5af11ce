// The fields of the messages about cells and objects; docs/wire.md says when each is sent. Part of wire.h.
#pragma once
#include "base/param.h"
#include "plot/plot.h"
#include "show/show.h"

#include <stdbool.h>
#include <stdint.h>

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
  int64_t cell;       // the screen's name for it, given back in OUT, PROGRESS and DONE
  int64_t number;     // as messages call it
  int64_t occurrence; // how many cells above it have the same text: keys its random numbers
  bool typed;         // by this user, so that it may read what the user may; otherwise as `tycho run` would
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
  bool exact;    // shortest digits that read back, instead of sensible ones
} MsgViewPage;

typedef struct MsgHelp {
  const char *topic;
} MsgHelp;

typedef struct MsgBye {
  bool now;
} MsgBye;

typedef struct MsgOut {
  int64_t cell;
  bool early; // a first answer: the next OUT of the cell that is not early takes the place of all early ones
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
  bool whole;          // `state` holds all there is; otherwise going back to it needs a replay
  Names opened;        // files that it read, absolute
  const char *asks;    // the path that it was denied, "" = none: GRANT it and run the cell again
} MsgDone;

typedef struct MsgPause {
  bool on; // what runs waits; otherwise it goes on
} MsgPause;

typedef struct MsgProgress {
  int64_t cell, done, total; // total 0 = not known
  double seconds;            // without those in which it was paused
  int64_t memory;            // bytes in use by the kernel
  bool paused;
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

typedef struct MsgDrop {
  int64_t state;
} MsgDrop;

typedef struct MsgGrant {
  const char *path;
} MsgGrant;

// The fields of every message; docs/wire.md says when each is sent. Part of wire.h.
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
  int64_t cell;   // the screen's name for it, given back in OUT, PROGRESS and DONE
  int64_t number; // as messages call it
  bool typed;     // by this user, so that it may read what the user may; otherwise as `tycho run` would
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
  bool whole;          // `state` holds all there is; otherwise going back to it needs a replay
  const char *asks;    // the path that it was denied, "" = none: GRANT it and run the cell again
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

typedef struct MsgDrop {
  int64_t state;
} MsgDrop;

typedef struct MsgGrant {
  const char *path;
} MsgGrant;

// ---- views of a table; `object` is a global, or "#7" for the last table that cell 7 showed ---------------------------
typedef struct MsgViewHeads {
  const char *object;
} MsgViewHeads;

typedef enum { STRIP_NONE, STRIP_SPARK, STRIP_SHARES, STRIP_TEXT } WireStrip;

typedef struct WireHead {
  const char *name, *kind; // kind: "category"
  char sign;
  WireStrip strip;
  double *value; // SPARK: heights of bins, the highest 1; SHARES: of the levels, their sum 1
  int64_t n;
  const char *text; // TEXT: "1,309 distinct"; SHARES: the first letter of each level
} WireHead;

typedef struct MsgHeads {
  const char *object, *source, *state; // "titanic.csv", "whole file, 9 ms"
  int64_t version, nrow;
  WireHead *item;
  int64_t n;
} MsgHeads;

typedef struct MsgViewColumn {
  const char *object, *column;
} MsgViewColumn;

typedef struct MsgColumn {
  const char *object, *column, *kind, *state; // "real", "complete 79.9%"
  int64_t version, place, ncol;               // place from 1
  Names label, value;                         // statistics, five to a group: n missing distinct ..., mean se sd ...
  bool has_plot;
  Plot plot;
} MsgColumn;

typedef struct MsgViewNotes {
  const char *object;
} MsgViewNotes;

typedef struct MsgNotes {
  const char *object;
  int64_t version;
  Names column, text; // worst first
} MsgNotes;

typedef struct MsgFind {
  const char *object, *text; // letters of either case
  const char *column;        // "" = any
  int64_t row;               // where to begin, this row not included; -1 = before the first
  bool backward;
} MsgFind;

typedef struct MsgFound {
  int64_t row; // -1 = nowhere
  const char *column;
} MsgFound;

// ---- an evaluation ---------------------------------------------------------------------------------------------------
typedef struct MsgViewEvaluation {
  const char *object;
  double threshold, was; // NaN = the evaluation's own
  double fp, fn;         // costs; 0 and 0 = the evaluation's own
  bool pr;               // the plot shows precision and recall instead of ROC
  int64_t rows;          // at most so many of the rows that changed side
} MsgViewEvaluation;

typedef struct WireMetric {
  const char *name, *now, *was, *change;
  int64_t better; // 1 now is better, -1 worse, 0 neither
} WireMetric;

typedef struct MsgEvaluation {
  const char *object, *model, *learner,
      *score; // model: the global it judges or ""; "logistic"; "AUC .832 [.807, .858]"
  int64_t version, n;
  bool binary; // otherwise only n, score, metrics (now), plot and page hold
  const char *negative, *positive;
  double threshold, was, best;        // best: the cheapest when costs are set, else the knee
  const char *cost;                   // "5:1", "" = not set
  int64_t now_count[4], was_count[4]; // tp fp tn fn
  WireMetric *metric;
  int64_t nmetric;
  double *hist_negative, *hist_positive; // shares of scores in nhist equal bins from 0 to 1, the highest of both 1
  int64_t nhist, right, wrong;           // rows that changed side
  Page page; // binary: row, score, actual, then columns, nearest first; several classes: confusion; else worst rows
  Plot plot; // ROC with the points now and was; several classes: confusion; else predicted against actual
} MsgEvaluation;

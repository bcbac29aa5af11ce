// A real kernel process behind a client, for the tests of what it answers.
#pragma once
#include "check.h"

#include "ui/client_int.h"

#include <stdlib.h>

static inline Client *open_client_with(const char *const *args) {
  Client *c;
  Err err;
  if (!getenv("TYCHO")) fail_msg("TYCHO must name the program (tests/run sets it)");
  if (client_open(getenv("TYCHO"), args, &c, &err) != OK) fail_msg("%s", err.msg);
  return c;
}

static inline Client *open_client(void) { return open_client_with(NULL); }

static inline uint64_t send_kind(Client *c, Msg *m) {
  uint64_t request;
  Err err;
  if (client_send(c, m, &request, &err) != OK) fail_msg("%s", err.msg);
  msg_fini(m);
  return request;
}

static inline uint64_t eval(Client *c, int64_t cell, const char *text) {
  Msg m;
  msg_init(&m, MSG_EVAL, 0);
  m.Eval = (MsgEval){.cell = cell, .number = cell, .typed = true, .text = text};
  return send_kind(c, &m);
}

// The next message of that kind; others are passed over.
static inline Msg await(Client *c, MsgKind kind) {
  for (;;) {
    Msg m;
    ClientEvent e = client_next(c, 60000, &m);
    if (e != CLIENT_MESSAGE) fail_msg("no message of kind %d: %s", (int)kind, e == CLIENT_LOST ? "lost" : "nothing came");
    if (m.kind == kind) return m;
    if (m.kind == MSG_REFUSED) fail_msg("refused: %s", m.Refused.message);
    msg_fini(&m);
  }
}

static inline int64_t await_done(Client *c) {
  Msg m = await(c, MSG_DONE);
  if (m.Done.failed) fail_msg("cell %d: %s", (int)m.Done.cell, m.Done.message);
  int64_t state = m.Done.state;
  msg_fini(&m);
  return state;
}

static inline void run(Client *c, int64_t cell, const char *text) {
  eval(c, cell, text);
  await_done(c);
}

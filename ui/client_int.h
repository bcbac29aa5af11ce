// One kernel process and the socket to it.
#pragma once
#include "base/err.h"
#include "wire/wire.h"

typedef struct Client Client;
typedef enum { CLIENT_MESSAGE, CLIENT_NOTHING, CLIENT_LOST } ClientEvent;

// Starts a kernel process (this program, role --kernel, with the further words `args`, ended by NULL) on a socket of
// its own, and waits for its HELLO. ERR_IO: it cannot be started; ERR_PARSE: it speaks another version.
NODISCARD ErrCode client_open(const char *program, const char *const *args, Client **out, Err *err);
// Says bye and waits for the kernel's end, at most two seconds; then kills it.
void client_close(Client *c);
int client_pid(const Client *c);
int client_fd(const Client *c); // for poll
int64_t client_threads(const Client *c); // that the kernel computes with
int64_t client_memory(const Client *c);  // the most bytes that it may use, 0 = no limit
// Sends a message and returns the number of its request. A lost kernel is reported by client_next, not here.
// ERR_SHAPE: too long; ERR_ARG: a text that is not UTF-8.
NODISCARD ErrCode client_send(Client *c, Msg *m, uint64_t *request, Err *err);
// The next message, waiting at most `ms` (-1: for ever, 0: not at all). The caller ends it with msg_fini.
// LOST: the kernel is gone; what it had sent before has been handed out.
ClientEvent client_next(Client *c, int ms, Msg *out);
// Ends the lost or stuck kernel for good and starts another in its place; its objects come back by replay only.
NODISCARD ErrCode client_restart(Client *c, Err *err);

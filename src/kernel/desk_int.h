// The desk: the thread of a kernel process that owns the socket. It queues what changes state for the main thread,
// answers reading from the published snapshot, passes cancels on, reports progress, and never touches Lua.
#pragma once
#include "kernel/kernel_int.h"
#include "wire/wire.h"

#include <pthread.h>

typedef struct Task Task; // a request for the main thread
struct Task {
  Msg msg;
  Task *next;
};

typedef struct Desk {
  int fd, wake[2]; // wake: the main thread has put something into the outbox
  pthread_t thread, main;
  pthread_mutex_t lock; // of everything below
  pthread_cond_t work;
  Task *first, *last;
  Str outbox;
  HostSnapshot *snapshot;
  int64_t *version; // of each object of the snapshot
  int64_t serial;
  Job *job;
  bool busy, closed;
  int64_t cell; // running
  double started;
} Desk;

NODISCARD ErrCode desk_open(Desk *d, int fd, Job *job, Err *err);
void desk_close(Desk *d); // waits until everything has been sent
// The next request; blocks. NULL when the screen is gone or said bye. The caller frees it with task_free.
Task *desk_next(Desk *d);
void task_free(Task *t);
// Between these two a CANCEL reaches the main thread and PROGRESS goes out.
void desk_begin(Desk *d, int64_t cell);
void desk_end(Desk *d);
// Sends from any thread. A message that cannot be written is answered by REFUSED.
void desk_send(Desk *d, const Msg *m);
// Takes over a snapshot and tells the screen what there is.
void desk_publish(Desk *d, HostSnapshot *taken);
double clock_seconds(void); // monotonic

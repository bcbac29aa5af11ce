// The cancel signal. A handler can reach its target only through data at file scope: the one place in the program that
// has any.
#include "kernel/kernel_int.h"

#include <signal.h>

static LuaHost *_Atomic target;

static void on_interrupt(int signal_number) {
  LuaHost *h = target;
  if (h) host_cancel(h);
  signal(signal_number, SIG_DFL);
}

void cancel_watch(LuaHost *h) {
  target = h;
  struct sigaction act = {.sa_handler = h ? on_interrupt : SIG_DFL};
  sigaction(SIGINT, &act, NULL);
}

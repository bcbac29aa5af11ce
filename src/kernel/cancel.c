// The cancel signal. A handler can reach its target only through data at file scope: the one place in the program that
// has any.
#include "kernel/kernel_int.h"

#include <signal.h>

static LuaHost *_Atomic target;

// From the terminal: the first one stops the cell, a second one ends the process.
static void on_interrupt(int signal_number) {
  LuaHost *h = target;
  if (h) host_cancel(h);
  signal(signal_number, SIG_DFL);
}

// From the desk, which has set the flag; one that comes late, when the flag is down again, does nothing.
static void on_desk(int signal_number) {
  (void)signal_number;
  LuaHost *h = target;
  if (h && host_cancelling(h)) host_cancel(h);
  else if (h && host_pausing(h)) host_pause(h);
}

void cancel_watch(LuaHost *h, int signal_number) {
  target = h;
  void (*handler)(int) = signal_number == SIGINT ? on_interrupt : on_desk;
  struct sigaction act = {.sa_handler = h ? handler : SIG_DFL};
  sigaction(signal_number, &act, NULL);
}

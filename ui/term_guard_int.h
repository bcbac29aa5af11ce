// Gives the terminal back when the screen cannot do it itself.
#pragma once
#include "base/str.h"

#include <termios.h>

typedef struct Guard Guard;

// From now on, whatever ends this process, the terminal of `tty` gets `reset` written and its modes `shell` back. Never
// NULL; where the system refuses a process, faults alone are guarded against.
Guard *guard_open(int tty, const struct termios *shell, Sv reset);
// Whether the terminal is the screen's; while another program has it, nothing is done.
void guard_arm(Guard *g, bool armed);
void guard_close(Guard *g); // the terminal has been given back; NULL allowed

// The loop of the linear mode: what runs is waited for, what it gives is printed as it comes, then a line is read.
#include "ui/linear_int.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { WAIT_MS = 200 };

// ---- while something runs -----------------------------------------------------------------------------------------
static void say_message(App *a) {
  if (a->message) linear_say("%s", a->message);
  free(a->message);
  a->message = NULL;
}

void linear_messages(Linear *l) {
  App *a = l->a;
  for (Msg m; a->client && a->kernel != KERNEL_LOST && !a->quit;) {
    ClientEvent event = client_next(a->client, 0, &m);
    if (event == CLIENT_LOST) app_lost(a);
    if (event != CLIENT_MESSAGE) return;
    bool failed = m.kind == MSG_DONE && m.Done.failed && !m.Done.cancelled, refused = m.kind == MSG_REFUSED;
    linear_show(l, &m);
    app_take(a, &m);
    a->help = false;
    if (failed || refused) free(a->message), a->message = NULL; // it has been printed, and with its place
    say_message(a);
  }
}

void linear_suspend(Linear *l) {
  app_journal(l->a, true);
  linear_line_suspend();
  raise(SIGSTOP);
  linear_line_resume();
}

static void take_signals(Linear *l) {
  App *a = l->a;
  struct signalfd_siginfo info;
  while (read(a->signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
    if (info.ssi_signo == SIGINT) {
      bool again = a->kernel == KERNEL_STOPPING;
      act_stop(a, 0);
      if (!again && a->running) linear_put("^C: stopping; ^C again ends the kernel");
    } else if (info.ssi_signo == SIGHUP || info.ssi_signo == SIGTERM) app_cut_off(a);
    else if (info.ssi_signo == SIGTSTP) linear_suspend(l);
  }
}

static bool is_busy(const App *a) { return app_is_coming(a) && a->kernel != KERNEL_LOST && !a->quit; }

void linear_settle(Linear *l) {
  App *a = l->a;
  app_pump(a);
  while (is_busy(a)) {
    struct pollfd p[2] = {{a->signal_fd, POLLIN, 0}, {client_fd(a->client), POLLIN, 0}};
    poll(p, 2, WAIT_MS);
    a->clock = app_clock();
    if (p[0].revents) take_signals(l);
    linear_messages(l);
    app_pump(a);
    app_journal(a, false);
  }
}

// ---- questions ----------------------------------------------------------------------------------------------------
static void put_question(const Question *q) {
  Str text = {0};
  str_addf(&text, "%s\n", q->text);
  for (int k = 0; k < q->n; k++) {
    bool leaves = strcmp(q->choice[k].key, "Esc") == 0;
    str_addf(&text, "  %s: %s\n", leaves ? "n" : q->choice[k].key, q->choice[k].word);
  }
  linear_put(str_c(&text));
  str_fini(&text);
}

// The choice that a line stands for, -1 = none: nothing is Enter, n and no are Esc.
static int choice_of(const Question *q, const char *line) {
  Sv word = sv_trim(sv(line));
  bool no = sv_is(word, "n") || sv_is(word, "no");
  for (int k = 0; k < q->n; k++) {
    const char *key = q->choice[k].key;
    bool enter = !word.n && strcmp(key, "Enter") == 0, leaves = no && strcmp(key, "Esc") == 0;
    if (enter || leaves || (word.n == strlen(key) && strncasecmp(word.s, key, word.n) == 0)) return k;
  }
  return -1;
}

static void ask(Linear *l) {
  App *a = l->a;
  Question q = a->question;
  int chosen = -1;
  put_question(&q);
  a->question.n = 0; // what is read meanwhile is the answer
  while (chosen < 0) {
    char *line = NULL;
    LinearEvent event = linear_read(l, "? ", &line);
    if (event == LINEAR_LINE) chosen = choice_of(&q, line);
    else chosen = choice_of(&q, "no");
    if (event != LINEAR_LINE && chosen < 0) chosen = q.n - 1;
    free(line);
    if (chosen < 0) put_question(&q);
  }
  q.answer(a, chosen);
}

// ---- lines --------------------------------------------------------------------------------------------------------
static bool is_goodbye(Sv line) { return sv_is(line, "quit") || sv_is(line, "exit"); }

static void take_line(Linear *l, const char *text) {
  App *a = l->a;
  Sv line = sv_trim(sv(text));
  bool first = !l->chunk.n, asks = line.n && (line.s[0] == '?' || line.s[line.n - 1] == '?');
  if (first && !line.n) return;
  if (first && (line.s[0] == ':' || asks || is_goodbye(line))) {
    linear_remember(l, text);
    while (asks && line.n && line.s[0] == '?') line.s++, line.n--;
    while (asks && line.n && line.s[line.n - 1] == '?') line.n--;
    if (asks) linear_help(l, line);
    else if (line.s[0] == ':') linear_command(l, line.s + 1);
    else app_quit(a, true);
    return;
  }
  if (!first) str_addc(&l->chunk, '\n');
  str_add(&l->chunk, text);
  if (linear_is_open((Sv){l->chunk.s, l->chunk.n})) return;
  linear_remember(l, str_c(&l->chunk));
  char label[64];
  snprintf(label, sizeof label, "%.*s", (int)strcspn(str_c(&l->chunk), "\n"), str_c(&l->chunk));
  app_emit(a, str_c(&l->chunk), label);
  str_clear(&l->chunk);
}

static void read_line(Linear *l) {
  App *a = l->a;
  char prompt[32], *line = NULL;
  snprintf(prompt, sizeof prompt, l->chunk.n ? "%lld. " : "%lld> ", (long long)a->doc.n + 1);
  switch (linear_read(l, prompt, &line)) {
  case LINEAR_LINE: take_line(l, line); break;
  case LINEAR_BREAK: str_clear(&l->chunk); break;
  case LINEAR_END: app_quit(a, true); break;
  case LINEAR_AWAY: break;
  }
  free(line);
}

static void loop(Linear *l) {
  App *a = l->a;
  while (!a->quit) {
    linear_settle(l);
    say_message(a);
    app_journal(a, true);
    if (a->quit) break;
    if (a->question.n) ask(l);
    else read_line(l);
  }
}

// ---- the whole ----------------------------------------------------------------------------------------------------
static void greet(Linear *l) {
  const App *a = l->a;
  linear_say("tycho, line by line. :help says how; Tab completes, ^D quits");
  if (!*a->opts->file) linear_say("the tour is open: :list shows its %lld cells, :run runs them", (long long)a->doc.n);
  else if (a->doc.path)
    linear_say("%s: %lld cells; :run runs them, :list shows them", a->doc.path, (long long)a->doc.n);
}

int linear_run(App *a) {
  Linear l = {.a = a};
  Err err = {0};
  a->lines = true;
  a->w = linear_width(), a->h = 24;
  a->signal_fd = app_signals(true);
  a->clock = app_clock();
  ErrCode code = app_begin(a, &err);
  if (code == OK) {
    free(a->message);
    a->message = NULL;
    linear_line_init(&l);
    greet(&l);
    linear_settle(&l);
    if (a->objects.kind == MSG_OBJECTS) linear_names(&l);
    loop(&l);
    linear_line_fini();
  } else fprintf(stderr, "tycho: %s\n", err.msg);
  str_fini(&l.chunk);
  return code == OK ? 0 : a->client ? 2 : 3;
}

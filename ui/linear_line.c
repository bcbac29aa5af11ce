// A line of input. readline edits it on the terminal itself, through its callback interface, so that a kernel that dies
// and signals are noticed while one types. With prompt.c the only place that sees readline; a session has one of them.
//
// The terminal stays in readline's mode from beginning to end: what is typed while a cell runs shows in the next line,
// and not in the middle of what the cell prints.
#include "ui/linear_int.h"

#include "base/utf8.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

enum { WORDS_MOST = 60, WORDS_SHOWN = 24 };

// readline's hooks carry no context, and readline itself has one state a process.
static struct {
  Linear *l;
  char *line;
  bool entered, ended;
} the_line;

static void take_line(char *line) {
  rl_callback_handler_remove();
  the_line.line = line, the_line.entered = line != NULL, the_line.ended = line == NULL;
}

// ---- completion ---------------------------------------------------------------------------------------------------
// What fits at the cursor, the lines before being part of the text. Commands begin with a colon.
static int candidates(size_t *from, PromptWord *word) {
  Linear *l = the_line.l;
  int n;
  if (!l->chunk.n && rl_line_buffer[0] == ':' && !memchr(rl_line_buffer, ' ', (size_t)rl_point)) {
    *from = 1;
    return linear_commands(rl_line_buffer + 1, (size_t)rl_point - 1, word, WORDS_MOST);
  }
  bool asks = !l->chunk.n && rl_line_buffer[0] == '?';
  Str text = {0};
  str_add(&text, str_c(&l->chunk));
  size_t before = text.n;
  str_add(&text, rl_line_buffer);
  if (asks) text.s[before] = ' ';
  n = app_complete(l->a, PROMPT_COUNT, str_c(&text), before + (size_t)rl_point, from, word, WORDS_MOST);
  *from = *from > before ? *from - before : 0;
  str_fini(&text);
  return n;
}

static size_t shared(const PromptWord *word, int n) {
  size_t common = strlen(word[0].text);
  for (int k = 1; k < n; k++) {
    size_t same = 0;
    while (same < common && word[k].text[same] == word[0].text[same]) same++;
    common = same;
  }
  while (common && ((unsigned char)word[0].text[common] & 0xC0) == 0x80) common--;
  return common;
}

// Each on a line with what it is, below the line that is being typed.
static void list(const PromptWord *word, int n) {
  int widest = 0;
  for (int k = 0; k < n && k < WORDS_SHOWN; k++) {
    int w = utf8_width(sv(word[k].text));
    widest = w > widest && w <= 30 ? w : widest;
  }
  fputc('\n', rl_outstream);
  for (int k = 0; k < n && k < WORDS_SHOWN; k++) {
    Str line = {0};
    str_addf(&line, "  %s", word[k].text);
    str_pad(&line, ' ', widest - utf8_width(sv(word[k].text)));
    str_addf(&line, "  %s%s%s", word[k].kind, *word[k].doc ? ": " : "", word[k].doc);
    paint_to_ascii(&line);
    line.n = utf8_fit((Sv){line.s, line.n}, linear_width() - 1);
    fprintf(rl_outstream, "%.*s\n", (int)line.n, line.s);
    str_fini(&line);
  }
  if (n > WORDS_SHOWN) fprintf(rl_outstream, "  and %d more\n", n - WORDS_SHOWN);
  rl_on_new_line();
}

static void put_word(size_t from, const char *text, size_t n) {
  char *word = strndup(text, n);
  rl_begin_undo_group();
  rl_delete_text((int)from, rl_point);
  rl_point = (int)from;
  rl_insert_text(word);
  rl_end_undo_group();
  free(word);
}

// Where a file is named: behind :open and :w, and in a string that nothing else fits in.
static bool names_file(int n) {
  const char *line = rl_line_buffer;
  int quotes = 0;
  for (int k = 0; k < rl_point; k++) quotes += line[k] == '"' || line[k] == '\'';
  return strncmp(line, ":open ", 6) == 0 || strncmp(line, ":w ", 3) == 0 || (n == 0 && quotes % 2 == 1);
}

// The first Tab adds what all candidates share; one that can add nothing says what there is.
static int complete(int count, int key) {
  PromptWord word[WORDS_MOST];
  (void)count, (void)key;
  bool blank = true;
  for (int k = 0; k < rl_point; k++) blank = blank && rl_line_buffer[k] == ' ';
  if (blank && the_line.l->chunk.n) return rl_insert_text("  "), 0;
  size_t from = (size_t)rl_point;
  int n = names_file(1) ? 0 : candidates(&from, word);
  if (names_file(n)) return rl_complete(1, '\t');
  if (!n) return rl_ding();
  size_t common = shared(word, n), typed = (size_t)rl_point - from;
  if (common > typed) put_word(from, word[0].text, common);
  else list(word, n);
  return 0;
}

// ---- life ---------------------------------------------------------------------------------------------------------
void linear_line_suspend(void) {
  rl_deprep_terminal();
  fflush(rl_outstream);
}

void linear_line_resume(void) { rl_prep_terminal(1); }

void linear_line_init(Linear *l) {
  const char *term = getenv("TERM");
  the_line.l = l;
  rl_readline_name = "tycho";
  if (!term || !*term) rl_terminal_name = "dumb";
  rl_catch_signals = rl_catch_sigwinch = rl_change_environment = 0;
  rl_instream = stdin;
  rl_outstream = isatty(STDOUT_FILENO) ? stdout : stderr;
  rl_basic_word_break_characters = rl_completer_word_break_characters = " \t\n\"'(){},=<>";
  rl_completer_quote_characters = "\"'";
  rl_initialize();
  rl_variable_bind("bell-style", "none");
  rl_bind_key('\t', complete);
  linear_line_resume();
  rl_prep_term_function = NULL;
  rl_deprep_term_function = NULL;
  recall_init(&l->past, l->a->state_folder, "command");
  for (int64_t k = 0; k < l->past.n; k++) add_history(l->past.line[k]);
  using_history();
}

void linear_line_fini(void) {
  linear_line_suspend();
  recall_fini(&the_line.l->past);
  rl_clear_history();
  the_line.l = NULL;
}

void linear_remember(Linear *l, const char *text) {
  int64_t n = l->past.n;
  const char *last = n ? l->past.line[n - 1] : "";
  if (*text && strcmp(last, text) != 0) add_history(text);
  recall_add(&l->past, text);
}

// ---- reading ------------------------------------------------------------------------------------------------------
// ^C, a resize, the end, ^Z; true: the line is given up.
static bool take_signals(Linear *l) {
  struct signalfd_siginfo info;
  bool broken = false;
  while (read(l->a->signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
    if (info.ssi_signo == SIGINT) broken = true;
    else if (info.ssi_signo == SIGWINCH) rl_resize_terminal();
    else if (info.ssi_signo == SIGHUP || info.ssi_signo == SIGTERM) app_cut_off(l->a);
    else if (info.ssi_signo == SIGTSTP) {
      linear_suspend(l);
      rl_forced_update_display();
    }
  }
  return broken;
}

static void give_up(void) {
  if (RL_ISSTATE(RL_STATE_NUMERICARG)) rl_restore_prompt();
  rl_callback_sigcleanup();
  rl_free_line_state();
  rl_callback_handler_remove();
}

LinearEvent linear_read(Linear *l, const char *prompt, char **line) {
  App *a = l->a;
  the_line.line = NULL, the_line.entered = the_line.ended = false;
  rl_callback_handler_install(prompt, take_line);
  while (!the_line.entered && !the_line.ended) {
    struct pollfd p[3] = {{STDIN_FILENO, POLLIN, 0}, {a->signal_fd, POLLIN, 0}, {-1, POLLIN, 0}};
    if (a->client && a->kernel != KERNEL_LOST) p[2].fd = client_fd(a->client);
    if (poll(p, 3, -1) < 0 && errno != EINTR) return give_up(), LINEAR_END;
    if (p[1].revents && take_signals(l)) {
      give_up();
      fputs("^C\n", rl_outstream);
      return LINEAR_BREAK;
    }
    if (p[2].revents) linear_messages(l);
    if (a->quit || a->question.n) {
      give_up();
      fputc('\n', rl_outstream);
      return LINEAR_AWAY;
    }
    if (p[0].revents) rl_callback_read_char();
  }
  if (the_line.ended) fputc('\n', rl_outstream);
  fflush(rl_outstream);
  *line = the_line.line;
  return the_line.ended ? LINEAR_END : LINEAR_LINE;
}

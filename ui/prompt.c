// readline without a terminal. It is fed, key by key, through its callback interface from a queue that only prompt_key
// fills; its output goes to /dev/null; what it would show is read from its variables when the screen is painted.
//
// Keys are put into one canonical form (xterm's), whatever the terminal sent, so that an inputrc binds them by one
// name. A function key that nothing is bound to is dropped: readline would type its tail. Tab, Esc, ^C, ^D on an empty
// line and pasted text never reach it.
//
// readline sets the process's LC_CTYPE from the environment whenever a line begins; that is put back at once, and it
// runs under a UTF-8 locale of its own, also where the user's is C.
#include "ui/prompt_int.h"

#include "base/utf8.h"
#include "ui/line_int.h"
#include "ui/recall_int.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include <readline/history.h>
#include <readline/readline.h>

struct Prompt {
  PromptOps ops;
  Recall recall[PROMPT_COUNT];
  PromptKind kind;
  char *label;
  bool open;
  char *entered; // the line, when one has been entered
  bool ended;    // readline saw an end of input
  Str queue;     // bytes for readline
  size_t next;
  Popup popup;
  int scroll;
  locale_t utf8; // 0: the system has none, and only ASCII is typed
  FILE *nothing; // /dev/null
};

// readline's hooks carry no context, and readline itself has one state a process.
static Prompt *the_prompt;

static const char *const HISTORY[PROMPT_COUNT] = {"command", "filter", "search", "derive",  "answer",
                                                  "columns", "pivot",  "hunt",   "replace", "with", "help"};

// ---- hooks --------------------------------------------------------------------------------------------------------
// An empty queue is the end of input, which ends a command of readline that asks for a further key.
static int next_byte(FILE *stream) {
  (void)stream;
  Prompt *p = the_prompt;
  return p->next < p->queue.n ? (unsigned char)p->queue.s[p->next++] : EOF;
}

static int has_byte(void) { return the_prompt->next < the_prompt->queue.n; }

static void show_nothing(void) {}

static void list_nothing(char **matches, int n, int width) { (void)matches, (void)n, (void)width; }

// readline's own completion would offer file names.
static char **complete_nothing(const char *text, int start, int end) {
  (void)text, (void)start, (void)end;
  rl_attempted_completion_over = 1;
  return NULL;
}

// Without the handler readline begins no further line by itself.
static void take_line(char *line) {
  rl_callback_handler_remove();
  the_prompt->entered = line;
  the_prompt->ended = !line;
}

// ---- life ---------------------------------------------------------------------------------------------------------
static locale_t utf8_locale(void) {
  locale_t l = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  if (!l) l = newlocale(LC_CTYPE_MASK, "en_US.UTF-8", (locale_t)0);
  return l;
}

static locale_t locale_enter(const Prompt *p) { return p->utf8 ? uselocale(p->utf8) : uselocale((locale_t)0); }

// Variables that an inputrc may set and that this prompt cannot do with.
static void insist(const Prompt *p) {
  rl_variable_bind("bell-style", "none");
  rl_variable_bind("blink-matching-paren", "off");
  rl_variable_bind("enable-bracketed-paste", "off");
  if (!p->utf8) return;
  rl_variable_bind("input-meta", "on");
  rl_variable_bind("output-meta", "on");
  rl_variable_bind("convert-meta", "off");
  rl_variable_bind("byte-oriented", "off");
}

static void set_up_readline(Prompt *p) {
  rl_readline_name = "tycho";
  rl_instream = rl_outstream = p->nothing;
  rl_catch_signals = rl_catch_sigwinch = rl_change_environment = 0;
  rl_prep_term_function = NULL;
  rl_deprep_term_function = NULL;
  rl_getc_function = next_byte;
  rl_input_available_hook = has_byte;
  rl_redisplay_function = show_nothing;
  rl_completion_display_matches_hook = list_nothing;
  rl_attempted_completion_function = complete_nothing;
  rl_initialize();
  rl_bind_keyseq_if_unbound("\033[3~", rl_delete);
}

Prompt *prompt_new(const PromptOps *ops, const char *folder) {
  Prompt *p = calloc(1, sizeof *p);
  if (!p) abort();
  p->ops = *ops, p->utf8 = utf8_locale(), p->nothing = fopen("/dev/null", "r+e");
  if (!p->nothing) abort();
  for (int k = 0; k < PROMPT_COUNT; k++) recall_init(&p->recall[k], folder, HISTORY[k]);
  the_prompt = p;
  char *ctype = strdup(setlocale(LC_CTYPE, NULL));
  locale_t was = locale_enter(p);
  set_up_readline(p);
  uselocale(was);
  setlocale(LC_CTYPE, ctype);
  free(ctype);
  return p;
}

void prompt_free(Prompt *p) {
  if (!p) return;
  prompt_close(p);
  rl_clear_history();
  for (int k = 0; k < PROMPT_COUNT; k++) recall_fini(&p->recall[k]);
  str_fini(&p->queue);
  if (p->utf8) freelocale(p->utf8);
  rl_instream = rl_outstream = NULL;
  fclose(p->nothing);
  free(p);
  the_prompt = NULL;
}

// A search through no lines at all would make readline 8.2 read beyond its list of them: there is always one.
static void load_history(const Recall *r) {
  rl_clear_history();
  if (!r->n) add_history("");
  for (int64_t i = 0; i < r->n; i++) add_history(r->line[i]);
  using_history();
}

void prompt_open(Prompt *p, PromptKind kind, const char *label, const char *content) {
  prompt_close(p);
  p->kind = kind, p->label = strdup(label), p->open = true, p->scroll = 0;
  char *ctype = strdup(setlocale(LC_CTYPE, NULL));
  locale_t was = locale_enter(p);
  load_history(&p->recall[kind]);
  rl_callback_handler_install(p->label, take_line);
  insist(p);
  rl_insert_text(content);
  uselocale(was);
  setlocale(LC_CTYPE, ctype);
  free(ctype);
}

// What readline was in the middle of. A numeric argument put its own prompt in the place of the line's, and the library
// forgets to put that back.
static void forget_sequence(void) {
  if (RL_ISSTATE(RL_STATE_NUMERICARG)) rl_restore_prompt();
  rl_callback_sigcleanup();
}

// The order is that of the manual's "Alternate Interface": without it a search or a numeric argument under way would
// go on in the next line.
static void forget_line(void) {
  forget_sequence();
  rl_free_line_state();
  rl_replace_line("", 0);
  RL_UNSETSTATE((unsigned long)(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG | RL_STATE_MULTIKEY |
                                RL_STATE_VIMOTION | RL_STATE_CHARSEARCH | RL_STATE_EOF));
}

void prompt_close(Prompt *p) {
  if (!p->open) return;
  locale_t was = locale_enter(p);
  forget_line();
  rl_callback_handler_remove();
  uselocale(was);
  free(p->label);
  free(p->entered);
  p->label = p->entered = NULL;
  p->open = p->ended = p->popup.open = false;
  str_clear(&p->queue);
  p->next = 0;
}

bool prompt_is_open(const Prompt *p) { return p && p->open; }
PromptKind prompt_kind(const Prompt *p) { return p->kind; }
int prompt_text_x(const Prompt *p) { return 1 + (p->open ? utf8_width(sv(p->label)) : 0) - p->scroll; }
const char *prompt_line(const Prompt *p) { return p->open && rl_line_buffer ? rl_line_buffer : ""; }

static void leave(Prompt *p) {
  prompt_close(p);
  p->ops.leave(p->ops.ctx, p->kind);
}

// ---- keys into readline -------------------------------------------------------------------------------------------
static bool is_searching(void) { return RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH); }

static void feed(Prompt *p, const char *bytes, size_t n) {
  str_clear(&p->queue);
  p->next = 0;
  str_addn(&p->queue, bytes, n);
  while (p->next < p->queue.n && !p->entered && !p->ended) rl_callback_read_char();
}

// The end of xterm's sequence of a key, "" = it has none.
static const char *sequence_end(uint32_t code) {
  static const char *const END[] = {"A", "B", "D", "C", "H", "F", "5~", "6~", "2~", "3~"};
  return code >= K_UP && code <= K_DELETE ? END[code - K_UP] : "";
}

// The bytes of a key in canonical form; 0 = readline has no use for it.
static size_t key_bytes(const Key *key, char out[16]) {
  uint32_t code = key->code;
  size_t n = 0;
  const char *end = sequence_end(code);
  if (*end) {
    int mods = 1 + (key->mods & MOD_SHIFT) + (key->mods & MOD_ALT) + (key->mods & MOD_CTRL);
    bool tilde = end[1] == '~';
    if (mods == 1) return (size_t)snprintf(out, 16, "\033[%s", end);
    return (size_t)snprintf(out, 16, "\033[%c;%d%c", tilde ? end[0] : '1', mods, tilde ? '~' : end[0]);
  }
  if (key->mods & MOD_ALT) out[n++] = '\033';
  if (code == K_BACKSPACE) out[n++] = '\177';
  else if (code == K_ENTER) n = 0, out[n++] = '\r'; // with Alt it would be vi's editing mode
  else if (code >= K_UP) return 0;
  else if (key->mods & MOD_CTRL && code < 0x80) out[n++] = (char)(code == '?' ? 0x7F : code & 0x1F);
  else n += (size_t)utf8_encode(code, out + n);
  return n;
}

// Whether something is bound to a sequence that begins with ESC. In the middle of a sequence anything may follow.
static bool is_bound(const char *bytes, size_t n) {
  int type = ISFUNC;
  if (bytes[0] != '\033' || RL_ISSTATE(RL_STATE_MULTIKEY)) return true;
  rl_command_func_t *f = rl_function_of_keyseq_len(bytes, n, rl_get_keymap(), &type);
  return f && type != ISKMAP;
}

static void feed_key(Prompt *p, const Key *key) {
  char bytes[16];
  size_t n = key_bytes(key, bytes);
  bool known = n && (p->utf8 || key->code < 0x80 || key->code >= K_UP);
  if (known && is_bound(bytes, n)) feed(p, bytes, n);
}

// Pasted text goes in at once, as one step of undo; of control characters only line ends and tabs stay.
static void paste(Prompt *p, const char *text) {
  Str clean = {0};
  for (const char *s = text; *s; s++) {
    unsigned char c = (unsigned char)*s;
    if ((c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || (c >= 0x80 && p->utf8)) str_addc(&clean, *s);
  }
  if (clean.n && clean.s[clean.n - 1] == '\n') clean.s[--clean.n] = 0; // of a line that was copied whole
  if (RL_ISSTATE(RL_STATE_ISEARCH) && clean.n < 256 && !strchr(str_c(&clean), '\n')) feed(p, str_c(&clean), clean.n);
  else {
    forget_sequence();
    rl_insert_text(str_c(&clean));
  }
  str_fini(&clean);
}

// ---- completion ---------------------------------------------------------------------------------------------------
static void ask(Prompt *p) {
  Popup *q = &p->popup;
  q->from = (size_t)rl_point, q->at = q->top = 0;
  q->n = !p->ops.complete
             ? 0
             : p->ops.complete(p->ops.ctx, p->kind, rl_line_buffer, (size_t)rl_point, &q->from, q->word, POPUP_MOST);
  q->open = q->open && q->n;
}

static Sv typed(const Prompt *p) { return (Sv){rl_line_buffer + p->popup.from, (size_t)rl_point - p->popup.from}; }

static void replace_typed(const Prompt *p, const char *text, size_t n) {
  char *word = strndup(text, n);
  rl_begin_undo_group();
  rl_delete_text((int)p->popup.from, rl_point);
  rl_point = (int)p->popup.from;
  rl_insert_text(word);
  rl_end_undo_group();
  free(word);
}

// The first Tab adds what all candidates share; one that can add nothing offers them.
static void complete(Prompt *p) {
  if (RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG | RL_STATE_MULTIKEY))
    forget_sequence();
  ask(p);
  if (!p->popup.n) return;
  const char *first = p->popup.word[0].text;
  size_t common = popup_common(&p->popup), n = strlen(first);
  Sv word = typed(p);
  bool extends = common > word.n && memcmp(first, word.s, word.n) == 0;
  if (p->popup.n == 1) replace_typed(p, first, n);
  else if (extends) replace_typed(p, first, common);
  else p->popup.open = true;
}

static bool popup_takes_key(Prompt *p, const Key *key) {
  Popup *q = &p->popup;
  switch (popup_key(q, key)) {
  case POPUP_TAKES:
    replace_typed(p, q->word[q->at].text, strlen(q->word[q->at].text));
    q->open = false;
    return true;
  case POPUP_CLOSES: return !(q->open = false);
  case POPUP_STAYS: return true;
  default: return false;
  }
}

static bool is_typing(const Key *key) {
  return key->code == K_BACKSPACE || (key->code < K_UP && !(key->mods & (MOD_ALT | MOD_CTRL)));
}

// ---- keys ---------------------------------------------------------------------------------------------------------
static void escape(Prompt *p) {
  bool pending = RL_ISSTATE(RL_STATE_NUMERICARG | RL_STATE_MULTIKEY | RL_STATE_VIMOTION | RL_STATE_CHARSEARCH);
  if (is_searching()) { // the line that was found stays
    feed(p, "\033", 1);
    if (is_searching()) forget_sequence();
  } else if (pending) forget_sequence();
  else if (rl_editing_mode == 0 && rl_get_keymap() == vi_insertion_keymap) rl_vi_movement_mode(1, '\033');
  else leave(p);
}

static bool is_ctrl(const Key *key, uint32_t letter) { return key->code == letter && key->mods == MOD_CTRL; }

static void edit_key(Prompt *p, const Key *key) {
  if (p->popup.open && popup_takes_key(p, key)) return;
  bool was_open = p->popup.open;
  p->popup.open = was_open && is_typing(key);
  if (key->code == K_ESC) escape(p);
  else if (is_ctrl(key, 'c') || (is_ctrl(key, 'd') && !rl_end && !is_searching())) leave(p);
  else if (key->code == K_TAB) complete(p);
  else if (key->code == K_PASTE) paste(p, key->paste);
  else feed_key(p, key);
  if (p->open && p->popup.open) ask(p);
}

void prompt_key(Prompt *p, const Key *key) {
  bool ours = key->code < K_F1 || key->code == K_PASTE;
  if (!p->open || !ours) return;
  locale_t was = locale_enter(p);
  edit_key(p, key);
  uselocale(was);
  if (p->ended) leave(p);
  if (!p->entered) return;
  char *line = p->entered;
  p->entered = NULL;
  prompt_close(p);
  recall_add(&p->recall[p->kind], line);
  p->ops.accept(p->ops.ctx, p->kind, line);
  free(line);
}

// ---- drawing ------------------------------------------------------------------------------------------------------
void prompt_draw(Prompt *p, const Paint *paint, Rect r, int *cursor_x) {
  if (!p->open || r.w < 1) return;
  const char *label = rl_display_prompt ? rl_display_prompt : p->label; // a search shows its own
  Line line = {.label = label,
               .text = {rl_line_buffer, (size_t)rl_end},
               .at = (size_t)rl_point,
               .lua = p->kind == PROMPT_COMMAND || p->kind == PROMPT_FILTER || p->kind == PROMPT_DERIVE};
  int from_x;
  line_draw(&line, paint, r, p->popup.open ? p->popup.from : 0, &p->scroll, cursor_x, &from_x);
  if (p->popup.open) popup_draw(&p->popup, paint, from_x, r.y, typed(p));
}

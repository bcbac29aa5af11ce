// The : line. Its first word decides: a command, a number (a row or a cell), else Lua, which becomes a cell and runs.
#include "ui/app_int.h"

#include "base/near.h"
#include "base/numfmt.h"
#include "ui/export_int.h"
#include "ui/save_int.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Command {
  const char *name, *help;
  void (*run)(App *a, const char *rest, bool force);
} Command;

// ---- files --------------------------------------------------------------------------------------------------------
static void write_file(App *a, const char *rest, bool force) {
  Err err;
  if (!*rest && !a->doc.path) {
    char *name = save_new_name(a->opened ? a->opened : "session");
    write_file(a, name, force);
    free(name);
    return;
  }
  if (save_doc(&a->doc, *rest ? rest : NULL, force, &err) != OK) {
    app_say(a, STYLE_WARN, "! %s", err.msg);
    return;
  }
  app_say(a, STYLE_FG, "saved %s: replay with tycho run %s", a->doc.path, a->doc.path);
}

static void quit(App *a, const char *rest, bool force) {
  (void)rest;
  app_quit(a, !force);
}

static void write_quit(App *a, const char *rest, bool force) {
  write_file(a, rest, force);
  if (a->message_style == STYLE_FG) app_quit(a, false);
}

static void open_file(App *a, const char *rest, bool force) {
  (void)force;
  Err err;
  if (!*rest) files_show(a, NULL);
  else if (app_open_file(a, rest, &err) != OK) app_say(a, STYLE_WARN, "! %s", err.msg);
}

// ---- the rest -----------------------------------------------------------------------------------------------------
static void help(App *a, const char *rest, bool force) {
  (void)force;
  Msg m;
  if (!*rest) {
    act_help(a, 0);
    return;
  }
  if (strcmp(rest, "keys") == 0) {
    Str page = {0};
    ui_print_keys(&page);
    help_show(a, str_c(&page));
    str_fini(&page);
    return;
  }
  msg_init(&m, MSG_HELP, 0);
  m.Help.topic = rest;
  app_ask(a, &m);
}

// For this session; the settings keep one.
static void theme(App *a, const char *rest, bool force) {
  (void)force;
  bool plain = strcmp(rest, "plain") == 0;
  if (plain) a->config.value[SET_glyphs] = GLYPHS_ARE_ASCII;
  if (!config_choose(&a->config, SET_theme, sv(plain ? "mono" : rest)))
    app_say(a, STYLE_WARN, "! theme takes auto, dark, light, contrast, 16, mono or plain");
  settings_apply(a);
}

static void restart(App *a, const char *rest, bool force) {
  (void)rest, (void)force;
  act_restart(a, 0);
}

static const Command COMMANDS[] = {
    {"w", "save the notebook, or save it as FILE.lua; w! over a file that changed", write_file},
    {"q", "quit; q! without saving", quit},
    {"wq", "save and quit", write_quit},
    {"open", "a table or a recipe", open_file},
    {"join", "the table with a file or another table: join prices.csv on id", join_command},
    {"tree", "the trees inside of a model: tree m", tree_command},
    {"training", "the curves of a model that learned in rounds, also while it does: training m", training_command},
    {"clean", "the steps that the table asks for, to be marked and accepted", clean_command},
    {"export", "what shows: table.csv, picture.svg; the notebook: .html .md .ipynb; export! over a file",
     export_command},
    {"help", "help on a verb, step or model", help},
    {"theme", "auto, dark, light, contrast, 16, mono, plain", theme},
    {"restart", "a new kernel", restart},
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0] };

const char *command_name(int k, const char **help) {
  if (k >= COMMAND_COUNT) return NULL;
  *help = COMMANDS[k].help;
  return COMMANDS[k].name;
}

static void go_to(App *a, int64_t n) {
  if (a->view == VIEW_NOTEBOOK && a->doc.n) a->cell = n < 1 ? 0 : n > a->doc.n ? a->doc.n - 1 : n - 1;
  else sheet_goto(a, n - 1, a->sheet.col);
}

static const Command *find(Sv word, bool *force) {
  *force = word.n > 1 && word.s[word.n - 1] == '!';
  if (*force) word.n--;
  for (int k = 0; k < COMMAND_COUNT; k++)
    if (sv_is(word, COMMANDS[k].name)) return &COMMANDS[k];
  return NULL;
}

// Two plain words, neither of them an operator or the beginning of a statement, are a command that there is not: as Lua
// they could only be a syntax error.
static bool is_plain_word(Sv word) {
  static const char *const LUA[] = {"and", "do",  "for",   "function", "goto",   "if",    "in",
                                    "local", "not", "or",  "repeat",   "return", "while", "break"};
  size_t n = 0;
  while (n < word.n && ((word.s[n] | 32) >= 'a' && (word.s[n] | 32) <= 'z')) n++;
  for (size_t k = 0; k < sizeof LUA / sizeof *LUA; k++)
    if (sv_is((Sv){word.s, n}, LUA[k])) return false;
  return n > 0 && (n == word.n || word.s[n] == ' ' || word.s[n] == '.');
}

static void refuse(App *a, Sv word) {
  Sv name[COMMAND_COUNT];
  for (int k = 0; k < COMMAND_COUNT; k++) name[k] = sv(COMMANDS[k].name);
  int64_t near = near_find(word, name, COMMAND_COUNT);
  if (near >= 0)
    app_say(a, STYLE_WARN, "! no command '" SV_FMT "': did you mean '" SV_FMT "'?", SV_ARG(word), SV_ARG(name[near]));
  else {
    Str names = {0};
    for (int k = 0; k < COMMAND_COUNT; k++) str_addf(&names, " %s", COMMANDS[k].name);
    app_say(a, STYLE_WARN, "! no command '" SV_FMT "', and no Lua: there are%s", SV_ARG(word), str_c(&names));
    str_fini(&names);
  }
}

void command_accept(App *a, const char *line) {
  Sv all = sv_trim(sv(line));
  size_t n = 0;
  int64_t number;
  bool force;
  while (n < all.n && all.s[n] != ' ') n++;
  const Command *c = find((Sv){all.s, n}, &force);
  Sv rest = sv_trim((Sv){all.s + n, all.n - n});
  bool assigns = rest.n && (rest.s[0] == '=' || rest.s[0] == '.' || rest.s[0] == ':');
  if (!all.n) return;
  if (parse_i64(all.s, all.n, &number)) go_to(a, number);
  else if (c && !assigns) {
    char *word = strndup(rest.s, rest.n);
    c->run(a, word, force);
    free(word);
  } else if (is_plain_word((Sv){all.s, n}) && !memchr(all.s, '.', n) && rest.n && is_plain_word(rest)) {
    refuse(a, (Sv){all.s, n});
  } else {
    char *lua = strndup(all.s, all.n);
    app_emit(a, lua, "type Lua");
    free(lua);
  }
}

// ---- completion ---------------------------------------------------------------------------------------------------
static int complete_commands(const char *line, size_t at, PromptWord *word, int most) {
  int n = 0;
  for (int k = 0; k < COMMAND_COUNT && n < most; k++)
    if (strncmp(COMMANDS[k].name, line, at) == 0)
      word[n++] = (PromptWord){COMMANDS[k].name, "command", COMMANDS[k].help};
  return n;
}

// Filter and new column are expressions over the columns of the table that shows.
static void context(const App *a, PromptKind kind, Str *before) {
  const char *object = a->sheet.object && *a->sheet.object != '#' ? a->sheet.object : "d";
  if (kind == PROMPT_FILTER) str_addf(before, "%s:where \"", object);
  if (kind == PROMPT_DERIVE || kind == PROMPT_PIVOT) str_addf(before, "%s:derive{\"", object);
}

enum { CANDIDATES_MS = 1000 }; // of a machine under load; keys typed meanwhile wait

static int ask_kernel(App *a, PromptKind kind, const char *line, size_t at, size_t *from, PromptWord *word, int most) {
  Str text = {0};
  Msg m;
  int n = 0;
  context(a, kind, &text);
  size_t before = text.n;
  str_add(&text, line);
  msg_init(&m, MSG_COMPLETE, 0);
  m.Complete = (MsgComplete){str_c(&text), (int64_t)(before + at)};
  uint64_t request = app_ask(a, &m);
  msg_fini(&a->candidates);
  if (app_await(a, request, &a->candidates, CANDIDATES_MS) && a->candidates.kind == MSG_CANDIDATES) {
    const MsgCandidates *c = &a->candidates.Candidates;
    *from = (size_t)c->from > before ? (size_t)c->from - before : 0;
    for (; n < c->n && n < most; n++) word[n] = (PromptWord){c->item[n].text, c->item[n].kind, c->item[n].doc};
  }
  str_fini(&text);
  return n;
}

// -1: the line is no command.
static int complete_argument(App *a, const char *line, size_t at, size_t *from, PromptWord *word, int most) {
  size_t n = strcspn(line, " ");
  bool force;
  const Command *c = find((Sv){line, n}, &force);
  while (n < at && line[n] == ' ') n++;
  if (!c || (line[n] && strchr("=.:", line[n]))) return -1;
  *from = n;
  return words_after(a, c->name, line + n, at - n, word, most);
}

int app_complete(void *app, PromptKind kind, const char *line, size_t at, size_t *from, PromptWord *word, int most) {
  App *a = app;
  *from = at;
  if (kind == PROMPT_HUNT || kind == PROMPT_REPLACE || kind == PROMPT_WITH) return 0;
  if (kind == PROMPT_SEARCH || kind == PROMPT_HELP || kind == PROMPT_ANSWER || kind == PROMPT_COLUMNS) return 0;
  int n = 0;
  if (kind == PROMPT_COMMAND && memchr(line, ' ', at) == NULL) {
    n = complete_commands(line, at, word, most);
    *from = 0;
  } else if (kind == PROMPT_COMMAND && (n = complete_argument(a, line, at, from, word, most)) >= 0) return n;
  return n > 0 ? n : ask_kernel(a, kind, line, at, from, word, most);
}

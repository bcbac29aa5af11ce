// What a line that begins with : or asks with ? does. Words that have no meaning here go to the commands of the panes.
#include "ui/linear_int.h"

#include <stdlib.h>

typedef struct LinearCommand {
  const char *name, *help;
  void (*run)(Linear *l, Sv rest);
} LinearCommand;

static void drop_message(App *a) {
  free(a->message);
  a->message = NULL;
}

// ---- help ---------------------------------------------------------------------------------------------------------
static bool is_recipe(Sv path) { return path.n > 4 && memcmp(path.s + path.n - 4, ".lua", 4) == 0; }

static const WireObject *object_of(const App *a, Sv name) {
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++)
    if (sv_is(name, a->objects.Objects.item[k].name)) return &a->objects.Objects.item[k];
  return NULL;
}

// "d:where" is about the verb; "ml.logistic" has a page of its own.
static Sv topic_of(Sv words) {
  size_t from = 0;
  for (size_t k = 0; k < words.n; k++)
    if (words.s[k] == ':') from = k + 1;
  return (Sv){words.s + from, words.n - from};
}

void linear_help(Linear *l, Sv words) {
  App *a = l->a;
  Sv topic = topic_of(sv_trim(words));
  const WireObject *o = object_of(a, topic);
  if (o) {
    linear_say("%s: %s, %s", o->name, o->kind, o->summary);
    return;
  }
  Msg m;
  char *text = strndup(topic.s, topic.n);
  msg_init(&m, MSG_HELP, 0);
  m.Help.topic = text;
  uint64_t request = app_ask(a, &m);
  Msg answer;
  if (app_await(a, request, &answer, 5000)) {
    linear_show(l, &answer);
    msg_fini(&answer);
  }
  free(text);
}

// ---- the session --------------------------------------------------------------------------------------------------
static int64_t count_code(const App *a) {
  int64_t n = 0;
  for (int64_t i = 0; i < a->doc.n; i++) n += doc_kind(&a->doc, i) == NOTE_CODE;
  return n;
}

static void do_open(Linear *l, Sv rest) {
  App *a = l->a;
  Err err;
  char *path = strndup(rest.s, rest.n);
  if (is_recipe(rest) && app_is_worth_saving(a))
    linear_put("! another recipe takes the place of this session: :w saves it, :undo takes its last cell back");
  else if (!*path) linear_put("! a file must follow: :open sales.csv, :open recipe.lua, :open titanic");
  else if (app_open_file(a, path, &err) != OK) linear_say("! %s", err.msg);
  else if (is_recipe(rest)) {
    drop_message(a);
    linear_say("%s: %lld code cells; :run runs them, :list shows them", path, (long long)count_code(a));
  }
  free(path);
}

static void do_run(Linear *l, Sv rest) {
  (void)rest;
  for (int64_t i = 0; i < l->a->doc.n; i++)
    if (doc_kind(&l->a->doc, i) == NOTE_CODE) app_run(l->a, l->a->doc.cell[i].id);
}

static void do_undo(Linear *l, Sv rest) {
  (void)rest;
  act_undo(l->a, -1);
}

static void do_redo(Linear *l, Sv rest) {
  (void)rest;
  act_undo(l->a, 1);
}

static void do_quit(Linear *l, Sv rest) {
  (void)rest;
  app_quit(l->a, true);
}

static void do_list(Linear *l, Sv rest) {
  (void)rest;
  linear_list(l);
}

static void do_names(Linear *l, Sv rest) {
  (void)rest;
  linear_names(l);
}

static void do_plots(Linear *l, Sv rest) {
  if (sv_is(rest, "words")) l->words = true;
  else if (sv_is(rest, "drawn")) l->words = false;
  else linear_put("! plots takes words (their sentence alone) or drawn");
}

static void do_restart(Linear *l, Sv rest) {
  (void)rest;
  act_restart(l->a, 0);
  drop_message(l->a);
  linear_put("a new kernel: :run runs all cells");
}

static void do_help(Linear *l, Sv rest);

static const LinearCommand COMMANDS[] = {
    {"help", "this list; help TOPIC as ?TOPIC", do_help},
    {"open", "a table or a recipe", do_open},
    {"run", "run every cell, from the top", do_run},
    {"clean", "the steps that a table asks for, to choose from: 1,3 or all", linear_clean},
    {"list", "the cells of the session", do_list},
    {"names", "what has a name, and what it is", do_names},
    {"undo", "the last act undone: data, models, cells", do_undo},
    {"redo", "and done again", do_redo},
    {"plots", "words: pictures by their sentence alone; drawn: as before", do_plots},
    {"restart", "a new kernel", do_restart},
    {"quit", "save and quit, as ^D", do_quit},
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0] };

static void do_help(Linear *l, Sv rest) {
  if (rest.n) {
    linear_help(l, rest);
    return;
  }
  linear_put("Type Lua: its value is shown, and the session is saved as a recipe when you quit.\n"
             "A cell goes on over several lines while a bracket or a block is open.\n"
             "Tab completes and says what fits; ^C stops what runs, or the line; ^D quits.\n"
             "?where or where? is help on a name.");
  for (int k = 0; k < COMMAND_COUNT; k++) linear_say("  :%-10s %s", COMMANDS[k].name, COMMANDS[k].help);
  linear_put("  :w          save the session; :w FILE.lua under another name\n"
             "  :q!         quit without saving");
}

int linear_commands(const char *word, size_t n, PromptWord *out, int most) {
  int found = 0;
  for (int k = 0; k < COMMAND_COUNT && found < most; k++)
    if (strncmp(COMMANDS[k].name, word, n) == 0)
      out[found++] = (PromptWord){COMMANDS[k].name, "command", COMMANDS[k].help};
  return found;
}

void linear_command(Linear *l, const char *text) {
  Sv all = sv_trim(sv(text));
  size_t n = 0;
  while (n < all.n && all.s[n] != ' ') n++;
  Sv word = {all.s, n}, rest = sv_trim((Sv){all.s + n, all.n - n});
  for (int k = 0; k < COMMAND_COUNT; k++)
    if (sv_is(word, COMMANDS[k].name)) {
      COMMANDS[k].run(l, rest);
      return;
    }
  char *line = strndup(all.s, all.n);
  command_accept(l->a, line);
  free(line);
}

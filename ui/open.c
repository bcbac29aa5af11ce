// What a session begins with: tables, recipes, the tour; and how it ends.
#include "ui/app_int.h"

#include "base/file.h"
#include "ui/save_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static void set_opened(App *a, const char *path) {
  if (a->opened) return;
  a->opened = strdup(base_name(path));
}

static bool is_recipe(const char *path) {
  size_t n = strlen(path);
  return n > 4 && strcmp(path + n - 4, ".lua") == 0;
}

static void open_table(App *a, const char *path) {
  Str lua = {0};
  Arena scratch;
  arena_init(&scratch);
  bool stay = a->running || a->nqueue; // several files are named at once
  const char *name = doc_new_name(&a->doc, "d", &scratch);
  Str file = {0};
  bool bare = !strpbrk(path, "./") && access(path, F_OK) == 0; // else it would name a bundled table
  str_addf(&file, "%s%s", bare ? "./" : "", path);
  str_addf(&lua, "%s = data ", name);
  lua_quote(&lua, str_c(&file));
  set_opened(a, path);
  int64_t id;
  if (stay) {
    id = doc_insert(&a->doc, a->doc.n, NOTE_CODE, str_c(&lua));
    a->doc.cell[doc_find(&a->doc, id)].typed = true;
    app_run(a, id);
  } else id = app_emit(a, str_c(&lua), "open");
  if (!a->sheet.object && !a->peek.cell) peek_begin(a, id, str_c(&file));
  str_fini(&file);
  arena_fini(&scratch);
  str_fini(&lua);
}

static ErrCode read_recipe(App *a, const char *path, Err *err) {
  Str text = {0};
  ErrCode code = file_read(path, &text, err);
  if (code == OK) code = doc_read(&a->doc, (Sv){str_c(&text), text.n}, err);
  str_fini(&text);
  if (code == OK) a->cell = a->cell_top = 0;
  return code;
}

static int64_t count_code(const App *a) {
  int64_t n = 0;
  for (int64_t i = 0; i < a->doc.n; i++) n += doc_kind(&a->doc, i) == NOTE_CODE;
  return n;
}

static ErrCode open_recipe(App *a, const char *path, Err *err) {
  TRY(read_recipe(a, path, err));
  free(a->doc.path);
  a->doc.path = strdup(path);
  doc_saved(&a->doc);
  set_opened(a, path);
  app_focus(a, PANE_notebook);
  app_say(a, STYLE_DIM, "nothing has run: F9 runs all %lld code cells, F6 one after the other",
          (long long)count_code(a));
  return OK;
}

// ---- in the place of what is there --------------------------------------------------------------------------------
bool app_is_worth_saving(const App *a) {
  Str text = {0};
  char hex[65];
  doc_print(&a->doc, &text);
  doc_hash((Sv){str_c(&text), text.n}, hex);
  bool same = strcmp(hex, a->doc.saved) == 0, opening_only = !a->doc.path && a->doc.n <= 1 && !a->doc.saved[0];
  str_fini(&text);
  return !same && !opening_only;
}

static char *name_to_save(const App *a) {
  return a->doc.path ? strdup(a->doc.path) : save_new_name(a->opened ? a->opened : "session");
}

static void replace_answer(App *a, int chosen) {
  Err err;
  char *name = name_to_save(a), *path = a->opening;
  a->opening = NULL;
  if (chosen == 0) {
    ErrCode code = save_doc(&a->doc, name, false, &err);
    if (code == OK) code = open_recipe(a, path, &err);
    if (code != OK) app_say(a, STYLE_WARN, "! %s", err.msg);
    else app_say(a, STYLE_FG, "%s is saved; this is %s: F9 runs all", name, base_name(path));
  }
  free(path), free(name);
}

// A recipe takes the place of the notebook, which must not be lost.
static void ask_to_replace(App *a, const char *path) {
  static const KeyWord choice[] = {{"Enter", "save, open"}, {"Esc", "stay"}};
  char *name = name_to_save(a);
  free(a->opening);
  a->opening = strdup(path);
  app_ask_user(a, replace_answer, choice, 2, "%s takes the place of this notebook: save that as %s first?",
               base_name(path), base_name(name));
  free(name);
}

static bool is_folder(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

ErrCode app_open_file(App *a, const char *path, Err *err) {
  bool recipe = is_recipe(path), busy = a->begun && (a->running || a->nqueue);
  if (recipe && busy) return err_set(err, ERR_ARG, "a cell still runs: ^C stops it, then the recipe can be opened");
  if (is_folder(path)) {
    files_show(a, path);
    return OK;
  }
  if (access(path, F_OK) == 0) files_opened(a, path);
  if (recipe && a->begun && app_is_worth_saving(a)) ask_to_replace(a, path);
  else if (recipe) return open_recipe(a, path, err);
  else open_table(a, path);
  return OK;
}

// The bundled recipe with its first code cell run, so that a table is there; nothing of it is the user's until an act.
void app_open_tour(App *a) {
  Err err;
  set_opened(a, "titanic");
  if (!a->opts->tour || read_recipe(a, a->opts->tour, &err) != OK) {
    open_table(a, "titanic");
    return;
  }
  doc_saved(&a->doc);
  for (int64_t i = 0; i < a->doc.n; i++) {
    if (doc_kind(&a->doc, i) != NOTE_CODE) continue;
    a->follow = a->doc.cell[i].id, a->cell = i;
    app_run(a, a->follow);
    break;
  }
  app_say(a, STYLE_DIM, "the tour is beside it: D shows its %lld cells, F9 runs them, ? the keys", (long long)a->doc.n);
}

// ---- the end ------------------------------------------------------------------------------------------------------
static void say_goodbye(App *a, const char *fmt, const char *x, const char *y) {
  Str text = {0};
  free(a->goodbye);
  str_addf(&text, fmt, x, y);
  a->goodbye = str_take(&text);
}

static void quit_anyway(App *a, int chosen) {
  if (chosen != 0) return;
  say_goodbye(a, "the session is kept: tycho offers it at the next start", "", "");
  a->quit = true;
}

// Saves what is worth it under its name or a free one; when that cannot be done the journal keeps it.
void app_quit(App *a, bool save) {
  Err err;
  if (a->editor) act_edit_leave(a, 0);
  if (!save || !app_is_worth_saving(a)) {
    journal_close(a->journal, false);
    a->journal = NULL, a->quit = true;
    return;
  }
  char *name = name_to_save(a);
  ErrCode code = save_doc(&a->doc, name, false, &err);
  if (code == OK) {
    say_goodbye(a, "saved %s: replay with tycho run %s", name, name);
    journal_close(a->journal, false);
    a->journal = NULL, a->quit = true;
  } else if (a->journal && !a->journal_failed) {
    static const KeyWord choice[] = {{"Enter", "quit, keep it in the journal"}, {"Esc", "stay"}};
    app_ask_user(a, quit_anyway, choice, 2, "not saved: %s", err.msg);
  } else {
    app_say(a, STYLE_ALARM, "not saved: %s. :w ELSEWHERE.lua saves it, :q! gives it up", err.msg);
  }
  free(name);
}

void app_cut_off(App *a) {
  app_journal(a, true);
  a->quit = true;
}

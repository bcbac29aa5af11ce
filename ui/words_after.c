// What may follow a command of the : line: topics of help from the kernel's catalogue, files and bundled tables, the
// words that its own help names.
#include "ui/export_int.h"
#include "ui/palette_int.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef struct Words {
  Arena *arena;
  const char *typed;
  size_t n;
  PromptWord *word;
  int found, most;
} Words;

static void add(Words *w, const char *text, const char *kind, const char *doc) {
  if (w->found == w->most || strncmp(text, w->typed, w->n) != 0) return;
  for (int k = 0; k < w->found; k++)
    if (strcmp(w->word[k].text, text) == 0) return;
  w->word[w->found++] = (PromptWord){text, kind, doc};
}

// ---- from the catalogue ---------------------------------------------------------------------------------------------
static void add_topics(const MsgCatalogue *c, Words *w) {
  for (int64_t k = 0; k < c->n; k++)
    if (strcmp(c->item[k].kind, "data") != 0) add(w, c->item[k].topic, c->item[k].kind, c->item[k].doc);
  for (int64_t k = 0; k < c->n; k++)
    if (strcmp(c->item[k].kind, "data") != 0) add(w, c->item[k].name, c->item[k].kind, c->item[k].doc);
}

static void add_tables(const MsgCatalogue *c, Words *w) {
  for (int64_t k = 0; k < c->n; k++)
    if (strcmp(c->item[k].kind, "data") == 0) add(w, c->item[k].name, "table", c->item[k].doc);
}

// ---- files ----------------------------------------------------------------------------------------------------------
// The files of the folder that is typed; folders end in a slash.
static void add_files(Words *w) {
  size_t folder = w->n;
  while (folder > 0 && w->typed[folder - 1] != '/') folder--;
  const char *path = folder ? arena_strndup(w->arena, w->typed, folder) : "";
  DIR *dir = opendir(folder ? path : ".");
  bool hidden = folder < w->n && w->typed[folder] == '.';
  for (struct dirent *e; dir && (e = readdir(dir));) {
    if (e->d_name[0] == '.' && !hidden) continue;
    struct stat st;
    char *name = arena_printf(w->arena, "%s%s", path, e->d_name);
    bool is_folder = stat(name, &st) == 0 && S_ISDIR(st.st_mode);
    if (is_folder) name = arena_printf(w->arena, "%s/", name);
    add(w, name, is_folder ? "folder" : "file", "");
  }
  if (dir) closedir(dir);
}

static int by_text(const void *a, const void *b) {
  return strcmp(((const PromptWord *)a)->text, ((const PromptWord *)b)->text);
}

// "auto, dark, light": what the help of the command lists.
static void add_listed(Words *w, const char *help) {
  for (const char *at = help; *at;) {
    size_t n = strcspn(at, ",");
    add(w, arena_strndup(w->arena, at, n), "", "");
    at += n + strspn(at + n, ", ");
  }
}

static const char *help_of(const char *command) {
  const char *help, *name;
  for (int k = 0; (name = command_name(k, &help)); k++)
    if (strcmp(name, command) == 0) return help;
  return "";
}

int words_after(App *a, const char *command, const char *typed, size_t n, PromptWord *word, int most) {
  Arena *arena = palette_words(a);
  Words w = {arena, typed, n, word, 0, most};
  const MsgCatalogue *c = palette_catalogue(a);
  if (strcmp(command, "help") == 0 && c) add_topics(c, &w);
  if (strcmp(command, "theme") == 0) add_listed(&w, help_of(command));
  bool file = strcmp(command, "open") == 0 || strcmp(command, "w") == 0 || strcmp(command, "export") == 0 ||
              strcmp(command, "join") == 0;
  if (file) {
    add_files(&w);
    qsort(w.word, (size_t)w.found, sizeof *w.word, by_text);
  }
  if (strcmp(command, "open") == 0 && c) add_tables(c, &w);
  return w.found;
}

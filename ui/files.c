// What the browser knows of files. The screen lists folders itself; what is in a file the kernel tells, since it will
// read it.
#include "ui/files_int.h"

#include "ui/app_int.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

void files_fini(Files *f) {
  arena_fini(&f->arena);
  free(f->item), free(f->folder), free(f->looked), free(f->refusal);
  str_fini(&f->filter);
  msg_fini(&f->bundled), msg_fini(&f->look);
  *f = (Files){0};
}

// ---- entries ------------------------------------------------------------------------------------------------------
static bool ends(const char *name, const char *with) {
  size_t n = strlen(name), m = strlen(with);
  return n > m && strcasecmp(name + n - m, with) == 0;
}

// By its ending; what it holds is the preview's to say.
static FileKind kind_of(const char *name) {
  static const char *const TABLES[] = {".csv",    ".tsv", ".tab",  ".txt", ".json",   ".jsonl",  ".ndjson", ".db",
                                       ".sqlite", ".dat", ".arff", ".svm", ".libsvm", ".gz",     ".bz2",    ".xz",
                                       ".zst",    ".zip", ".tar",  ".tgz", ".data",   ".sqlite3"};
  if (ends(name, ".lua")) return FILE_RECIPE;
  for (size_t k = 0; k < sizeof TABLES / sizeof *TABLES; k++)
    if (ends(name, TABLES[k])) return FILE_TABLE;
  return FILE_OTHER;
}

static FileEntry *add(Files *f, const char *name, const char *path, FileKind kind, FileSection section) {
  if (f->n == f->cap) {
    f->cap = f->cap ? 2 * f->cap : 256;
    f->item = realloc(f->item, (size_t)f->cap * sizeof *f->item);
    if (!f->item) abort();
  }
  FileEntry *e = &f->item[f->n++];
  *e = (FileEntry){arena_strdup(&f->arena, name), arena_strdup(&f->arena, path), kind, section, 0, 0, true};
  return e;
}

// A path below the working folder as a recipe would say it.
static const char *short_path(Files *f, const char *path) {
  char here[PATH_MAX];
  size_t n = getcwd(here, sizeof here) ? strlen(here) : 0;
  bool below = n > 1 && strncmp(path, here, n) == 0 && path[n] == '/';
  return below ? arena_strdup(&f->arena, path + n + 1) : path;
}

static void add_file(Files *f, const char *name, const char *full, FileSection section) {
  struct stat st;
  if (stat(full, &st) != 0) return;
  bool folder = S_ISDIR(st.st_mode);
  FileEntry *e = add(f, name, folder ? full : short_path(f, full), folder ? FILE_FOLDER : kind_of(name), section);
  if (!folder) e->bytes = st.st_size;
  e->seconds = st.st_mtime;
}

static int by_name(const void *a, const void *b) {
  const FileEntry *x = a, *y = b;
  int folders = (y->kind == FILE_FOLDER) - (x->kind == FILE_FOLDER), names = strcasecmp(x->name, y->name);
  return folders ? folders : names ? names : strcmp(x->name, y->name);
}

static bool list_folder(Files *f, const char *folder) {
  DIR *dir = opendir(folder);
  Str full = {0};
  if (!dir) return false;
  if (strcmp(folder, "/") != 0) add(f, "..", "..", FILE_UP, FILES_HERE);
  int64_t first = f->n;
  for (struct dirent *e; (e = readdir(dir));) {
    if (e->d_name[0] == '.' && (!f->hidden || !e->d_name[1 + (e->d_name[1] == '.')])) continue;
    if ((f->cut = f->n - first == FILES_MOST)) break;
    str_clear(&full);
    str_addf(&full, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, e->d_name);
    add_file(f, e->d_name, str_c(&full), FILES_HERE);
  }
  closedir(dir);
  str_fini(&full);
  qsort(f->item + first, (size_t)(f->n - first), sizeof *f->item, by_name);
  return true;
}

static void list_recent(const App *a, Files *f) {
  Str paths = {0};
  files_recent(a, &paths);
  int64_t first = f->n;
  for (char *line = paths.s, *end; line && *line && f->n - first < FILES_RECENT_SHOWN; line = end + 1) {
    end = strchr(line, '\n');
    if (!end) break;
    *end = 0;
    const char *slash = strrchr(line, '/');
    add_file(f, slash ? slash + 1 : line, line, FILES_RECENT);
  }
  str_fini(&paths);
}

static void list_bundled(Files *f) {
  if (f->bundled.kind != MSG_FILE || f->bundled.File.shown.kind != SHOWN_PAGE) return;
  const Page *p = &f->bundled.File.shown.page;
  for (int64_t i = 0; i < p->shown && p->ncol >= 2; i++) {
    const char *name = page_get(p, i, 0), *bytes = page_get(p, i, 1);
    if (!name) continue;
    FileEntry *e = add(f, name, name, FILE_TABLE, FILES_BUNDLED);
    e->bytes = bytes ? strtoll(bytes, NULL, 10) : 0;
  }
}

// ---- the filter ---------------------------------------------------------------------------------------------------
static bool fits(const Files *f, const FileEntry *e) {
  Str words = {0};
  bool all = !f->filter.n || e->kind != FILE_UP;
  str_addn(&words, str_c(&f->filter), f->filter.n);
  char *rest = NULL;
  for (char *w = strtok_r(words.s, " ", &rest); w && all; w = strtok_r(NULL, " ", &rest)) all = strcasestr(e->name, w);
  str_fini(&words);
  return all;
}

void files_filter(Files *f) {
  f->shown = 0;
  for (int64_t i = 0; i < f->n; i++) f->shown += f->item[i].shown = fits(f, &f->item[i]);
  if (f->row >= f->shown) f->row = f->shown ? f->shown - 1 : 0;
}

const FileEntry *files_shown(const Files *f, int64_t row) {
  for (int64_t i = 0; i < f->n; i++)
    if (f->item[i].shown && row-- == 0) return &f->item[i];
  return NULL;
}

const FileEntry *files_here(const Files *f) { return files_shown(f, f->row); }

// ---- folders ------------------------------------------------------------------------------------------------------
static void put_cursor(Files *f, const char *at) {
  f->row = f->shown > 1 && f->item[0].kind == FILE_UP; // not on the way up
  for (int64_t i = 0; at && i < f->n; i++)
    if (f->item[i].section == FILES_HERE && strcmp(f->item[i].name, at) == 0) f->row = i;
}

void files_go(App *a, const char *folder, const char *at) {
  Files *f = &a->files;
  char real[PATH_MAX];
  Files next = {.hidden = f->hidden};
  if (!realpath(folder, real) || !list_folder(&next, real)) {
    app_say(a, STYLE_WARN, "! %s cannot be listed: %s", folder, strerror(errno));
    return;
  }
  next.folder = strdup(real);
  list_recent(a, &next);
  next.bundled = f->bundled, next.bundled_asked = f->bundled_asked;
  msg_init(&f->bundled, MSG_NONE, 0);
  list_bundled(&next);
  files_fini(f);
  *f = next;
  files_filter(f);
  put_cursor(f, at);
  a->dirty = true;
}

void files_show(App *a, const char *folder) {
  char here[PATH_MAX];
  Files *f = &a->files;
  if (!folder) folder = f->folder ? f->folder : getcwd(here, sizeof here) ? here : "/";
  char *path = strdup(folder);
  str_clear(&f->filter);
  files_go(a, path, NULL);
  free(path);
  if (f->folder && a->focus != PANE_files) app_dive(a, PANE_files);
}

// ---- typing -------------------------------------------------------------------------------------------------------
// A path that ends in a stroke is gone to: "/", "~/", "../", "data/".
static bool go_where_typed(App *a) {
  Files *f = &a->files;
  Str path = {0};
  const char *text = str_c(&f->filter), *home = getenv("HOME");
  if (text[0] == '~' && home) str_addf(&path, "%s%s", home, text + 1);
  else if (text[0] == '/') str_add(&path, text);
  else str_addf(&path, "%s/%s", f->folder, text);
  struct stat st;
  bool folder = stat(str_c(&path), &st) == 0 && S_ISDIR(st.st_mode);
  if (folder) files_go(a, str_c(&path), NULL);
  str_fini(&path);
  return folder;
}

static void type_text(App *a, const char *text, size_t n) {
  Files *f = &a->files;
  for (size_t i = 0; i < n; i++) {
    if ((unsigned char)text[i] < ' ') continue;
    str_addc(&f->filter, text[i]);
    if (text[i] == '/' && go_where_typed(a)) continue;
  }
  if (f->filter.n) f->row = 0;
  files_filter(f);
}

static void take_back(Files *f) {
  while (f->filter.n && ((unsigned char)f->filter.s[f->filter.n - 1] & 0xC0) == 0x80) f->filter.n--;
  if (f->filter.n) f->filter.n--;
  if (f->filter.s) f->filter.s[f->filter.n] = 0;
  files_filter(f);
}

bool files_types(App *a, const Key *key) {
  bool plain = key->code >= ' ' && key->code < K_UP && !(key->mods & (MOD_CTRL | MOD_ALT));
  if (key->code == K_PASTE) type_text(a, key->paste, strlen(key->paste));
  else if (key->code == K_BACKSPACE && a->files.filter.n) take_back(&a->files);
  else if (plain && key->nbytes) type_text(a, key->bytes, key->nbytes);
  else return false;
  return true;
}

// ---- what is in them ----------------------------------------------------------------------------------------------
static uint64_t ask(App *a, const char *path) {
  Msg m;
  msg_init(&m, MSG_VIEW_FILE, 0);
  m.ViewFile.path = path;
  return app_ask(a, &m);
}

void files_want(App *a) {
  Files *f = &a->files;
  const FileEntry *e = files_here(f);
  if (f->bundled.kind == MSG_NONE && !f->bundled_asked) f->bundled_asked = ask(a, "");
  bool file = e && e->kind != FILE_FOLDER && e->kind != FILE_UP;
  if (!file || f->look_asked || (f->looked && strcmp(f->looked, e->path) == 0)) return;
  free(f->looked), free(f->refusal);
  f->looked = strdup(e->path), f->refusal = NULL;
  f->look_top = f->look_left = 0;
  f->look_asked = ask(
      a, strpbrk(e->path, "./") || e->section == FILES_BUNDLED ? e->path : arena_printf(&f->arena, "./%s", e->path));
}

bool files_take(App *a, Msg *m) {
  Files *f = &a->files;
  bool bundled = m->request && m->request == f->bundled_asked, look = m->request && m->request == f->look_asked;
  if ((!bundled && !look) || (m->kind != MSG_FILE && m->kind != MSG_REFUSED)) return false;
  if (bundled) f->bundled_asked = m->kind == MSG_FILE ? 0 : UINT64_MAX;
  if (look) f->look_asked = 0, msg_fini(&f->look);
  if (m->kind == MSG_REFUSED) {
    if (look) free(f->refusal), f->refusal = strdup(m->Refused.message);
    return true;
  }
  *(bundled ? &f->bundled : &f->look) = *m;
  msg_init(m, MSG_NONE, 0);
  if (bundled) list_bundled(f), files_filter(f);
  return true;
}

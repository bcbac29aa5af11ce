// Completion of a path: bundled tables by their bare names, then the files and folders of the folder typed so far. A
// name without a dot is no file in tycho's paths, so such a file is offered as ./name.
#include "kernel/kernel_int.h"

#include "base/numfmt.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { ENTRIES_MOST = 4096 };

typedef struct Listing {
  const char *name[ENTRIES_MOST];
  int n;
  Arena arena;
} Listing;

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

// The names in `folder` that begin with the n bytes at `word`, sorted; those that begin with a dot only when it does.
static void list_read(Listing *l, const char *folder, const char *word, size_t n) {
  DIR *dir = opendir(folder);
  if (!dir) return;
  for (struct dirent *e; l->n < ENTRIES_MOST && (e = readdir(dir));) {
    bool self = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0, hidden = e->d_name[0] == '.' && n == 0;
    if (self || hidden || strncmp(e->d_name, word, n) != 0) continue;
    l->name[l->n++] = arena_strdup(&l->arena, e->d_name);
  }
  closedir(dir);
  qsort(l->name, (size_t)l->n, sizeof *l->name, by_name);
}

static void offer_entry(Listing *l, const char *folder, const char *name, bool bare, HostCandidateFn each, void *ctx) {
  struct stat st;
  char size[32];
  if (stat(arena_printf(&l->arena, "%s/%s", folder, name), &st) != 0) return;
  if (S_ISDIR(st.st_mode)) {
    each(ctx, arena_printf(&l->arena, "%s/", name), "folder", "");
    return;
  }
  fmt_bytes(size, sizeof size, st.st_size);
  each(ctx, bare && !strchr(name, '.') ? arena_printf(&l->arena, "./%s", name) : name, size, "");
}

static void offer_bundled(const Paths *p, const char *word, size_t n, HostCandidateFn each, void *ctx) {
  Listing l = {.n = 0};
  list_read(&l, p->data, word, n);
  for (int k = 0; k < l.n; k++) {
    size_t len = strlen(l.name[k]);
    if (len <= 4 || strcmp(l.name[k] + len - 4, ".csv") != 0 || len - 4 < n) continue;
    each(ctx, arena_strndup(&l.arena, l.name[k], len - 4), "bundled", "");
  }
  arena_fini(&l.arena);
}

size_t paths_complete(const Paths *p, const char *typed, size_t n, HostCandidateFn each, void *ctx) {
  const char *slash = memrchr(typed, '/', n), *home = getenv("HOME");
  size_t head = slash ? (size_t)(slash - typed) + 1 : 0;
  Listing l = {.n = 0};
  const char *folder = arena_strndup(&l.arena, typed, head);
  if (folder[0] == '~' && folder[1] == '/' && home) folder = arena_printf(&l.arena, "%s%s", home, folder + 1);
  else if (folder[0] != '/') folder = arena_printf(&l.arena, "%s/%s", p->root, folder);
  if (!slash && p->data) offer_bundled(p, typed, n, each, ctx);
  list_read(&l, folder, typed + head, n - head);
  for (int k = 0; k < l.n; k++) offer_entry(&l, folder, l.name[k], !slash, each, ctx);
  arena_fini(&l.arena);
  return head;
}

// Files that were opened, over sessions: a line each, absolute, the newest first.
#include "ui/app_int.h"

#include "base/file.h"

#include <limits.h>
#include <stdlib.h>

enum { KEPT = 50 };

static bool path_of(const App *a, Str *out) {
  if (!a->state_folder) return false;
  str_addf(out, "%s/recent", a->state_folder);
  return true;
}

void files_recent(const App *a, Str *out) {
  Str path = {0};
  if (path_of(a, &path) && file_read(str_c(&path), out, NULL) != OK) str_clear(out);
  str_fini(&path);
}

void files_opened(App *a, const char *path) {
  char real[PATH_MAX];
  Str before = {0}, out = {0}, where = {0};
  if (!path_of(a, &where) || !realpath(path, real) || strchr(real, '\n')) return str_fini(&where);
  files_recent(a, &before);
  str_addf(&out, "%s\n", real);
  int n = 1;
  for (Sv rest = {str_c(&before), before.n}; rest.n && n < KEPT;) {
    const char *end = memchr(rest.s, '\n', rest.n);
    size_t len = end ? (size_t)(end - rest.s) : rest.n;
    if (!sv_is((Sv){rest.s, len}, real)) str_addf(&out, "%.*s\n", (int)len, rest.s), n++;
    rest = (Sv){rest.s + len + (end != NULL), rest.n - len - (end != NULL)};
  }
  (void)!file_replace(str_c(&where), (Sv){str_c(&out), out.n}, NULL); // it is a convenience
  str_fini(&before), str_fini(&out), str_fini(&where);
}

// Which files a session may touch. Bundled tables go by a bare name; a recipe reads below its own folder and writes
// below its own folder or --out; code typed by the user reads whatever the user can. Paths are compared after links
// are followed, so that a link cannot lead out.
#include "kernel/kernel_int.h"

#include "base/near.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- where the program's own files are ----------------------------------------------------------------------------
// Beside an installed binary (PREFIX/bin -> PREFIX/share/tycho) or in a folder above one in a build tree.
static void find_own(Paths *p) {
  char exe[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
  if (n <= 0) return;
  exe[n] = 0;
  static const char *const places[] = {"../share/tycho", "..", "../..", "../../..", "../../../.."};
  *strrchr(exe, '/') = 0;
  for (size_t k = 0; k < sizeof places / sizeof *places && !p->data; k++) {
    const char *data = arena_printf(&p->arena, "%s/%s/datasets", exe, places[k]);
    if (access(arena_printf(&p->arena, "%s/SOURCES.md", data), R_OK) != 0) continue;
    p->data = data;
    const char *installed = arena_printf(&p->arena, "%s/%s/recipes", exe, places[k]);
    bool in_tree = access(installed, R_OK) != 0;
    p->recipes = in_tree ? arena_printf(&p->arena, "%s/%s/scripts/recipes", exe, places[k]) : installed;
  }
}

static const char *real_or_null(Arena *a, const char *path) {
  char real[PATH_MAX];
  return realpath(path, real) ? arena_strdup(a, real) : NULL;
}

void paths_init(Paths *p, const KernelOpts *opts, const char *root, bool typed) {
  *p = (Paths){.any_read = typed || opts->trust, .trust = opts->trust};
  p->root = real_or_null(&p->arena, root);
  if (!p->root) p->root = ".";
  p->out = opts->out ? real_or_null(&p->arena, opts->out) : p->root;
  if (!p->out) p->out = opts->out;
  find_own(p);
  for (const char *const *a = opts->allow; a && *a; a++) paths_grant(p, *a);
}

void paths_fini(Paths *p) {
  free(p->granted);
  free(p->readable);
  str_fini(&p->denied);
  arena_fini(&p->arena);
}

// ---- resolving ----------------------------------------------------------------------------------------------------
static bool is_below(const char *path, const char *folder) {
  size_t n = strlen(folder);
  while (n > 1 && folder[n - 1] == '/') n--;
  return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == 0 || n == 1);
}

// The path with links followed; for a file that does not exist yet, its folder with links followed and its name.
static void follow(const char *path, Str *real) {
  char buf[PATH_MAX];
  str_clear(real);
  if (realpath(path, buf)) {
    str_add(real, buf);
    return;
  }
  const char *slash = strrchr(path, '/');
  Str folder = {0};
  str_addn(&folder, slash ? path : ".", slash ? (size_t)(slash - path) + (slash == path) : 1);
  str_add(real, realpath(str_c(&folder), buf) ? buf : str_c(&folder));
  str_addf(real, "/%s", slash ? slash + 1 : path);
  str_fini(&folder);
}

void paths_grant(Paths *p, const char *path) {
  Str real = {0};
  follow(path, &real);
  p->granted = realloc(p->granted, (size_t)(p->ngranted + 1) * sizeof *p->granted);
  if (!p->granted) abort();
  p->granted[p->ngranted++] = arena_strdup(&p->arena, str_c(&real));
  str_fini(&real);
}

void paths_grant_read(Paths *p, const char *real) {
  p->readable = realloc(p->readable, (size_t)(p->nreadable + 1) * sizeof *p->readable);
  if (!p->readable) abort();
  p->readable[p->nreadable++] = arena_strdup(&p->arena, real);
}

bool paths_is_bundled(const Paths *p, const char *real) {
  Str data = {0};
  if (!p->data) return false;
  follow(p->data, &data);
  bool bundled = is_below(real, str_c(&data)) || is_below(real, p->data);
  str_fini(&data);
  return bundled;
}

static bool may_touch(const Paths *p, const char *real, bool write) {
  if (p->trust || is_below(real, p->out)) return true;
  if (!write && (p->any_read || is_below(real, p->root) || (p->data && is_below(real, p->data)))) return true;
  for (int k = 0; k < p->nreadable && !write; k++)
    if (strcmp(real, p->readable[k]) == 0) return true;
  for (int k = 0; k < p->ngranted; k++)
    if (is_below(real, p->granted[k])) return true;
  return false;
}

static int by_word(const void *a, const void *b) { return sv_cmp(*(const Sv *)a, *(const Sv *)b); }

// The bundled names, sorted.
static Sv *bundled(const Paths *p, Arena *a, int64_t *n) {
  Sv *names = arena_array(a, Sv, 256);
  *n = 0;
  DIR *dir = p->data ? opendir(p->data) : NULL;
  if (!dir) return names;
  for (struct dirent *e; (e = readdir(dir)) && *n < 256;) {
    size_t len = strlen(e->d_name);
    if (len > 4 && strcmp(e->d_name + len - 4, ".csv") == 0)
      names[(*n)++] = (Sv){arena_strndup(a, e->d_name, len - 4), len - 4};
  }
  closedir(dir);
  qsort(names, (size_t)*n, sizeof *names, by_word);
  return names;
}

static ErrCode resolve_bundled(const Paths *p, const char *name, Str *real, Err *err) {
  Arena a;
  arena_init(&a);
  int64_t n;
  Sv *names = bundled(p, &a, &n);
  ErrCode code = OK;
  char hint[300];
  bool found = false;
  for (int64_t k = 0; k < n; k++) found = found || sv_is(names[k], name);
  if (found) {
    str_clear(real);
    str_addf(real, "%s/%s.csv", p->data, name);
  } else if (n == 0) {
    code = err_set(err, ERR_IO, "no bundled table '%s': the datasets folder is not beside the program", name);
  } else {
    int64_t near = near_find(sv(name), names, n);
    struct stat here;
    if (stat(name, &here) == 0) snprintf(hint, sizeof hint, "for what is so called here write './%.200s'", name);
    else if (near >= 0) snprintf(hint, sizeof hint, "did you mean '" SV_FMT "'?", SV_ARG(names[near]));
    else snprintf(hint, sizeof hint, "datasets() lists them; a file's name has a dot or a slash");
    code = err_set(err, ERR_NAME, "no bundled table '%s': %s", name, hint);
  }
  arena_fini(&a);
  return code;
}

ErrCode paths_resolve(void *ctx, const char *path, bool write, Str *real, Err *err) {
  Paths *p = ctx;
  if (!write && strcmp(path, "-") == 0) return str_clear(real), str_add(real, "-"), OK;
  if (!*path) return err_set(err, ERR_ARG, "the path is empty");
  if (!write && !strpbrk(path, "./")) return resolve_bundled(p, path, real, err);
  Str full = {0};
  if (path[0] == '/') str_add(&full, path);
  else if (path[0] == '~' && path[1] == '/' && getenv("HOME")) str_addf(&full, "%s%s", getenv("HOME"), path + 1);
  else str_addf(&full, "%s/%s", write ? p->out : p->root, path);
  follow(str_c(&full), real);
  str_fini(&full);
  if (may_touch(p, str_c(real), write)) return OK;
  str_clear(&p->denied);
  str_addn(&p->denied, real->s, real->n);
  if (write)
    return err_set(err, ERR_DENIED, "%s is outside %s: write below it, or start with --out DIR or --allow PATH", path,
                   p->out);
  return err_set(err, ERR_DENIED, "%s is outside the recipe's folder: start with --allow %s to permit it", path, path);
}

// ---- the list -----------------------------------------------------------------------------------------------------
ErrCode paths_datasets(const Paths *p, Job *job, Frame **out, Err *err) {
  Arena a;
  arena_init(&a);
  int64_t n;
  Sv *names = bundled(p, &a, &n);
  TextBuilder b;
  textb_init(&b, job);
  Column *name = NULL, *bytes = NULL;
  ErrCode code = column_new(job, COL_I64, n, NULL, &bytes, err);
  for (int64_t k = 0; k < n && code == OK; k++) {
    struct stat st = {0};
    stat(arena_printf(&a, "%s/" SV_FMT ".csv", p->data, SV_ARG(names[k])), &st);
    bytes->i[k] = st.st_size;
    code = textb_add(&b, names[k], err);
  }
  if (code == OK) code = textb_take(&b, &name, err);
  textb_fini(&b);
  Frame *f = frame_new(n);
  if (code == OK) code = frame_add(f, "name", name, err);
  if (code == OK) code = frame_add(f, "bytes", bytes, err);
  else column_unref(bytes);
  if (code == OK) *out = f;
  else frame_unref(f);
  arena_fini(&a);
  return code;
}

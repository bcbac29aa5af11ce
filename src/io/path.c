// A path that cannot be read, explained in the user's words.
#include "io/formats_int.h"

#include "base/near.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANY = 5000 }; // entries of a folder that are looked at

Sv path_suffix(const char *path) {
  const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
  return dot && dot > base ? sv(dot) : (Sv){"", 0};
}

typedef struct Folder {
  Arena arena;
  Sv *name;
  int64_t n;
} Folder;

static int by_name(const void *a, const void *b) { return sv_cmp(*(const Sv *)a, *(const Sv *)b); }

// The names in a folder, sorted; none when it cannot be listed.
static void folder_list(Folder *f, const char *path) {
  *f = (Folder){0};
  f->name = arena_array(&f->arena, Sv, MANY);
  DIR *d = opendir(path);
  if (!d) return;
  for (struct dirent *e; f->n < MANY && (e = readdir(d));)
    if (e->d_name[0] != '.') f->name[f->n++] = sv(arena_strdup(&f->arena, e->d_name));
  closedir(d);
  qsort(f->name, (size_t)f->n, sizeof *f->name, by_name);
}

static bool is_folder(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static ErrCode no_such_file(const char *path, const char *real, Err *err) {
  Folder f;
  Str folder = {0};
  const char *slash = strrchr(real, '/'), *written = strrchr(path, '/');
  str_addn(&folder, slash ? real : ".", slash ? (size_t)(slash - real) + (slash == real) : 1);
  ErrCode code;
  if (is_folder(folder.s)) {
    folder_list(&f, folder.s);
    int64_t i = near_find(sv(slash ? slash + 1 : real), f.name, f.n);
    if (i < 0) code = err_set(err, ERR_IO, "no file '%s'", path);
    else
      code = err_set(err, ERR_IO, "no file '%s': did you mean '%.*s" SV_FMT "'?", path,
                     written ? (int)(written - path) + 1 : 0, path, SV_ARG(f.name[i]));
    arena_fini(&f.arena);
  } else {
    code = err_set(err, ERR_IO, "no file '%s': there is no folder '%.*s'", path,
                   written ? (int)(written - path) : (int)folder.n, written ? path : folder.s);
  }
  str_fini(&folder);
  return code;
}

// The ending that names the format: ".csv" of "x.csv" and ".csv.gz" of "x.csv.gz".
static const char *all_suffix(Sv name) {
  const char *end = name.s + name.n - path_suffix(name.s).n;
  if (packing_of_name(name.s) == PACK_NONE) return end;
  while (end > name.s && end[-1] != '.') end--;
  return end > name.s ? end - 1 : name.s + name.n;
}

static bool is_table_name(Sv name) {
  Str bare = {0};
  str_addn(&bare, name.s, name.n - (packing_of_name(name.s) ? path_suffix(name.s).n : 0));
  bool is = io_format_by_suffix(str_c(&bare)) != NULL;
  str_fini(&bare);
  return is;
}

static ErrCode a_folder(const char *path, const char *real, Err *err) {
  Folder f;
  folder_list(&f, real);
  const char *sep = path[0] && path[strlen(path) - 1] == '/' ? "" : "/";
  int64_t i = 0;
  while (i < f.n && !is_table_name(f.name[i])) i++;
  ErrCode code;
  if (i < f.n)
    code = err_set(err, ERR_IO,
                   "'%s' is a folder: name a file in it, for example '%s%s" SV_FMT "', or all of a kind: "
                   "'%s%s*%s'",
                   path, path, sep, SV_ARG(f.name[i]), path, sep, all_suffix(f.name[i]));
  else code = err_set(err, ERR_IO, "'%s' is a folder: name a file", path);
  arena_fini(&f.arena);
  return code;
}

static ErrCode refused(const char *path, const char *real, Err *err) {
  int why = errno;
  if (why == ENOENT) return no_such_file(path, real, err);
  if (why == EACCES) return err_set(err, ERR_IO, "no permission to read '%s'", path);
  if (why == ENOTDIR) return err_set(err, ERR_IO, "no file '%s': a part of the path is a file, not a folder", path);
  return err_set(err, ERR_IO, "cannot read '%s': %s", path, strerror(why));
}

ErrCode path_check(const char *path, const char *real, int64_t *size, Err *err) {
  struct stat st;
  *size = 0;
  if (stat(real, &st) != 0) return refused(path, real, err);
  if (S_ISDIR(st.st_mode)) return a_folder(path, real, err);
  if (!S_ISREG(st.st_mode) && !S_ISFIFO(st.st_mode))
    return err_set(err, ERR_IO, "'%s' is a device or socket: name a file", path);
  if (!S_ISREG(st.st_mode)) return OK;
  int fd = open(real, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return refused(path, real, err);
  close(fd);
  *size = (int64_t)st.st_size;
  return OK;
}

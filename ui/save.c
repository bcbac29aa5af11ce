// Saving never costs a user anything: a file that is not what was read or written last is somebody's work, and is
// replaced only when that is asked for.
#include "ui/save_int.h"

#include "base/file.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_own(const Doc *d, const char *path) {
  struct stat a, b;
  if (!d->path) return false;
  if (strcmp(d->path, path) == 0) return true;
  return stat(d->path, &a) == 0 && stat(path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

// Whether the file at `path` may go for a text with hash `hash`.
static ErrCode check_old(const Doc *d, const char *path, const char *hash, Err *err) {
  Str old = {0};
  char there[65];
  if (faccessat(AT_FDCWD, path, F_OK, AT_EACCESS) != 0) return OK;
  TRY(file_read(path, &old, err));
  doc_hash((Sv){str_c(&old), old.n}, there);
  str_fini(&old);
  if (strcmp(there, hash) == 0) return OK;
  if (!is_own(d, path))
    return err_set(err, ERR_DENIED, "%s exists already: :w! %s overwrites it, :w OTHER.lua writes another file", path,
                   path);
  if (strcmp(there, d->saved) != 0)
    return err_set(err, ERR_DENIED, "%s changed on disk: :w! overwrites it, :w OTHER.lua keeps both",
                   path);
  if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
    return err_set(err, ERR_DENIED, "%s is read-only: :w! overwrites it, :w OTHER.lua writes another file", path);
  return OK;
}

static bool is_below(const char *path, const char *folder, size_t n) {
  return strncmp(path, folder, n) == 0 && path[n] == '/';
}

// What the notebook read outside the folder of its file is remembered, so that `tycho run` of the file may read it too.
static void remember_opened(const Doc *d) {
  Str folder = {0};
  Arena scratch;
  char own[PATH_MAX];
  Err err;
  int64_t most = 0;
  arena_init(&scratch);
  for (int64_t i = 0; i < d->n; i++) most += d->cell[i].result ? d->cell[i].result->opened.n : 0;
  Names outside = {arena_array(&scratch, const char *, most), 0};
  size_t n = realpath(d->path, own) ? (size_t)(strrchr(own, '/') - own) : 0;
  for (int64_t i = 0; n && i < d->n; i++) {
    Names opened = d->cell[i].result ? d->cell[i].result->opened : (Names){0};
    for (int64_t k = 0; k < opened.n; k++)
      if (!is_below(opened.name[k], own, n)) outside.name[outside.n++] = opened.name[k];
  }
  if (n && file_state_folder(&folder) && grants_write(str_c(&folder), own, outside, &err) != OK) outside.n = 0;
  arena_fini(&scratch);
  str_fini(&folder);
}

ErrCode save_doc(Doc *d, const char *path, bool force, Err *err) {
  Str text = {0};
  char hash[65];
  if (!path) path = d->path;
  if (!path || !*path) return err_set(err, ERR_ARG, "the notebook has no name yet: :w NAME.lua gives it one");
  doc_print(d, &text);
  doc_hash((Sv){str_c(&text), text.n}, hash);
  ErrCode code = force ? OK : check_old(d, path, hash, err);
  if (code == OK) code = file_replace(path, (Sv){str_c(&text), text.n}, err);
  str_fini(&text);
  if (code != OK) return code;
  char *own = strdup(path);
  free(d->path);
  d->path = own;
  memcpy(d->saved, hash, sizeof hash);
  remember_opened(d);
  return OK;
}

// ---- names --------------------------------------------------------------------------------------------------------
static bool is_plain(char c) {
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
  return letter || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

static size_t without_extension(const char *s, size_t n) {
  for (size_t k = n; k > 1; k--)
    if (s[k - 1] == '.') return k - 1;
  return n;
}

// The file's name without folder and extensions; what a shell would read otherwise becomes a hyphen.
static void add_stem(const char *opened, Str *out) {
  const char *slash = strrchr(opened, '/'), *base = slash ? slash + 1 : opened;
  size_t n = strlen(base), begin = out->n;
  if (n > 3 && strcmp(base + n - 3, ".gz") == 0) n -= 3;
  n = without_extension(base, n);
  for (size_t k = 0; k < n; k++) {
    bool first = out->n == begin, plain = is_plain(base[k]) && !(first && base[k] == '.');
    if (plain) str_addc(out, base[k]);
    else if (!first && out->s[out->n - 1] != '-') str_addc(out, '-');
  }
  while (out->n > begin && out->s[out->n - 1] == '-') out->s[--out->n] = 0;
  if (out->n == begin) str_add(out, "session");
}

char *save_new_name(const char *opened) {
  Str stem = {0}, name = {0};
  struct stat st;
  add_stem(opened, &stem);
  str_addf(&name, "%s.lua", stem.s);
  for (int k = 2; lstat(name.s, &st) == 0; k++) {
    str_clear(&name);
    str_addf(&name, "%s-%d.lua", stem.s, k);
  }
  str_fini(&stem);
  return str_take(&name);
}

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static ErrCode read_all(int fd, Str *out, const char *path, Err *err) {
  char buf[65536];
  for (;;) {
    ssize_t n = read(fd, buf, sizeof buf);
    if (n == 0) return OK;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return err_set(err, ERR_IO, "cannot read %s: %s", path, strerror(errno));
    str_addn(out, buf, (size_t)n);
  }
}

ErrCode file_read(const char *path, Str *out, Err *err) {
  str_clear(out);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return err_set(err, ERR_IO, "cannot open %s: %s", path, strerror(errno));
  ErrCode code = read_all(fd, out, path, err);
  close(fd);
  return code;
}

static ErrCode write_all(int fd, Sv text, const char *path, Err *err) {
  while (text.n) {
    ssize_t n = write(fd, text.s, text.n);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return err_set(err, ERR_IO, "cannot write %s: %s; the file is as it was", path, strerror(errno));
    text.s += n, text.n -= (size_t)n;
  }
  if (fsync(fd) == 0) return OK;
  return err_set(err, ERR_IO, "cannot write %s: %s; the file is as it was", path, strerror(errno));
}

static void sync_folder(const char *path) {
  const char *slash = strrchr(path, '/');
  char folder[4096];
  int n = slash ? (int)(slash - path) : 1;
  snprintf(folder, sizeof folder, "%.*s", n ? n : 1, slash ? path : ".");
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  fsync(fd);
  close(fd);
}

static ErrCode replace(const char *path, Sv text, Err *err) {
  Str beside = {0};
  str_addf(&beside, "%s.XXXXXX", path);
  int fd = mkostemp(beside.s, O_CLOEXEC);
  if (fd < 0) {
    str_fini(&beside);
    const char *why = errno == ENOENT ? "its folder does not exist: make that first" : strerror(errno);
    return err_set(err, ERR_IO, "cannot write %s: %s", path, why);
  }
  struct stat old;
  mode_t mask = umask(0);
  umask(mask);
  fchmod(fd, stat(path, &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask);
  ErrCode code = write_all(fd, text, path, err);
  if (close(fd) != 0 && code == OK) code = err_set(err, ERR_IO, "cannot write %s: %s", path, strerror(errno));
  if (code == OK && rename(beside.s, path) != 0)
    code = err_set(err, ERR_IO, "cannot write %s: %s; the file is as it was", path, strerror(errno));
  if (code != OK) unlink(beside.s);
  else sync_folder(path);
  str_fini(&beside);
  return code;
}

ErrCode file_replace(const char *path, Sv text, Err *err) {
  char *target = realpath(path, NULL); // rename would replace a link, not what it points to
  ErrCode code = replace(target ? target : path, text, err);
  free(target);
  return code;
}

// ---- the program's own folders ------------------------------------------------------------------------------------
// Where `variable` names a folder, or else below HOME.
static bool own_folder(const char *variable, const char *below_home, Str *out) {
  const char *base = getenv(variable), *home = getenv("HOME");
  str_clear(out);
  if (base && *base == '/') str_addf(out, "%s/tycho", base);
  else if (home && *home == '/') str_addf(out, "%s/%s/tycho", home, below_home);
  return out->n > 0;
}

void file_make_folder(const char *path) {
  Str part = {0};
  for (const char *p = path; *p; p++) {
    str_addc(&part, *p);
    if (p[1] == '/' || !p[1]) mkdir(str_c(&part), 0700);
  }
  str_fini(&part);
}

bool file_state_folder(Str *out) {
  if (!own_folder("XDG_STATE_HOME", ".local/state", out)) return false;
  file_make_folder(str_c(out));
  return true;
}

bool file_config_folder(Str *out) { return own_folder("XDG_CONFIG_HOME", ".config", out); }

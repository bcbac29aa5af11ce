// The bytes of an input. A file stays open and is read where a reader wants it, so that a large one need not stand in
// memory beside its table; what cannot be read twice is read whole.
#include "io/formats_int.h"

#include "base/numfmt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

static ErrCode cannot_read(const char *what, Err *err) {
  return err_set(err, ERR_IO, "cannot read %s: %s", what, strerror(errno));
}

// Waits for bytes, but looks up ten times a second whether the user gave up.
static ErrCode wait_for(Job *job, int fd, const Str *out, Err *err) {
  struct pollfd p = {.fd = fd, .events = POLLIN};
  do TRY(job_tick(job, (int64_t)out->n, 0, err));
  while (poll(&p, 1, 100) == 0);
  return OK;
}

static ErrCode read_stream(Job *job, int fd, const char *what, Str *out, Err *err) {
  enum { PIECE = 1 << 18 };
  for (;;) {
    TRY(grow_bytes(job, out, PIECE, what, err));
    TRY(wait_for(job, fd, out, err));
    ssize_t n = read(fd, out->s + out->n, PIECE);
    if (n < 0 && errno != EINTR && errno != EAGAIN) return cannot_read(what, err);
    if (n > 0) out->n += (size_t)n;
    out->s[out->n] = 0;
    if (n == 0) return OK;
  }
}

static void show_all(Source *s) {
  s->size = (int64_t)s->mem.n;
  s->head = (Sv){str_c(&s->mem), s->mem.n < SOURCE_HEAD ? s->mem.n : SOURCE_HEAD};
}

ErrCode source_read(Source *s, int64_t at, char *buf, size_t n, size_t *got, Err *err) {
  *got = 0;
  if (s->fd < 0) {
    size_t left = at < s->size ? (size_t)(s->size - at) : 0;
    *got = left < n ? left : n;
    if (*got) memcpy(buf, s->mem.s + at, *got);
    return OK;
  }
  while (*got < n) {
    ssize_t part = pread(s->fd, buf + *got, n - *got, at + (int64_t)*got);
    if (part < 0 && errno == EINTR) continue;
    if (part < 0) return err_set(err, ERR_IO, "cannot read '%s': %s", s->path, strerror(errno));
    if (part == 0) break;
    *got += (size_t)part;
  }
  if (*got < n && at + (int64_t)*got < s->size)
    return err_set(err, ERR_IO, "'%s' became shorter while it was read: it had %lld bytes, now %lld", s->path,
                   (long long)s->size, (long long)(at + (int64_t)*got));
  return OK;
}

ErrCode source_all(Job *job, Source *s, Sv *out, Err *err) {
  enum { PIECE = 8 << 20 };
  if (s->fd >= 0 && s->mem.n == 0 && s->size > 0) {
    TRY(job_need(job, s->size, "the file", err));
    str_reserve(&s->mem, (size_t)s->size);
    while ((int64_t)s->mem.n < s->size) {
      size_t want = (size_t)(s->size - (int64_t)s->mem.n), got;
      TRY(job_tick(job, (int64_t)s->mem.n, s->size, err));
      TRY(source_read(s, (int64_t)s->mem.n, s->mem.s + s->mem.n, want < PIECE ? want : PIECE, &got, err));
      s->mem.n += got;
    }
    s->mem.s[s->mem.n] = 0;
  }
  *out = (Sv){str_c(&s->mem), s->mem.n};
  return OK;
}

static ErrCode open_file(Source *s, Err *err) {
  TRY(path_check(s->path, s->real, &s->size, err));
  s->fd = open(s->real, O_RDONLY | O_CLOEXEC | O_NONBLOCK); // opening a pipe that nobody writes would wait for ever
  if (s->fd < 0) return err_set(err, ERR_IO, "cannot read '%s': %s", s->path, strerror(errno));
  return OK;
}

static ErrCode read_head(Source *s, Err *err) {
  size_t want = s->size < SOURCE_HEAD ? (size_t)s->size : SOURCE_HEAD, got;
  str_reserve(&s->first, want);
  TRY(source_read(s, 0, s->first.s, want, &got, err));
  s->first.n = got;
  s->head = (Sv){s->first.s, got};
  return OK;
}

static ErrCode open_real(Job *job, Source *s, Err *err) {
  if (strcmp(s->real, "-") == 0) {
    s->real = NULL;
    ErrCode code = read_stream(job, STDIN_FILENO, "the standard input", &s->mem, err);
    show_all(s);
    return code;
  }
  TRY(open_file(s, err));
  if (s->size > 0) return read_head(s, err);
  ErrCode code = read_stream(job, s->fd, s->path, &s->mem, err); // a pipe, or a file that does not know its size
  close(s->fd);
  s->fd = -1, s->real = NULL;
  show_all(s);
  return code;
}

ErrCode source_open(Job *job, const Door *door, const char *path, Source *out, Err *err) {
  Str real = {0};
  *out = (Source){.path = path, .name = path, .fd = -1};
  ErrCode code = door->resolve(door->ctx, path, false, &real, err);
  if (code == OK) {
    str_addn(&out->paths, str_c(&real), real.n + 1);
    out->real = out->paths.s;
    code = open_real(job, out, err);
  }
  if (code == OK && door->opened) door->opened(door->ctx, path, str_c(&real));
  str_fini(&real);
  if (code != OK) source_close(out);
  return code;
}

// ---- what is packed -------------------------------------------------------------------------------------------------
// The name without the ending of the compression, or that of the file in the archive.
static void rename_source(Source *s, Packing p, Str *found) {
  size_t had = strlen(s->name);
  if (!found->n && packing_of_name(s->name) == p) str_addn(found, s->name, had - path_suffix(s->name).n);
  else if (!found->n) str_addn(found, s->name, had);
  str_fini(&s->names);
  s->names = *found, s->name = str_c(&s->names);
}

static void note_unpacked(Source *s, Packing p, int64_t was, const Str *found) {
  char packed[32], unpacked[32];
  fmt_bytes(packed, sizeof packed, was);
  fmt_bytes(unpacked, sizeof unpacked, s->size);
  if (found->n) note_add(&s->notes, "%s holds '%.200s'", packing_name(p), str_c(found));
  note_add(&s->notes, "%s, %s unpacked to %s", packing_name(p), packed, unpacked);
}

static ErrCode unpack_once(Job *job, Source *s, Packing p, const char *member, Err *err) {
  Str out = {0}, found = {0};
  ErrCode code = p == PACK_GZIP ? gzip_unpack(job, s->path, s, &out, err)
                                : archive_unpack(job, s->path, s, member, &out, &found, err);
  if (code != OK) {
    str_fini(&out);
    str_fini(&found);
    return code;
  }
  if (s->fd >= 0) close(s->fd);
  int64_t was = s->size;
  str_fini(&s->mem);
  s->fd = -1, s->real = NULL, s->mem = out;
  show_all(s);
  note_unpacked(s, p, was, &found);
  rename_source(s, p, &found);
  return OK;
}

ErrCode source_unpack(Job *job, Source *s, const char *member, Err *err) {
  enum { LAYERS = 4 }; // x.csv.gz in a tar in a zip
  for (int k = 0; k < LAYERS; k++) {
    Packing p = packing_of(s->head);
    if (p == PACK_NONE) return OK;
    TRY(unpack_once(job, s, p, member, err));
  }
  return OK;
}

void source_close(Source *s) {
  if (s->fd >= 0) close(s->fd);
  str_fini(&s->mem);
  str_fini(&s->first);
  str_fini(&s->paths);
  str_fini(&s->names);
  str_fini(&s->notes);
  s->fd = -1;
}

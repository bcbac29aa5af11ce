// A first look at a file, in the time that a key press may take. What can be read line by line is read from its first
// bytes, cut behind the last whole line; what is packed is unpacked as far as that. Other formats are read whole while
// the file is small. How many rows there are is then an estimate, by the bytes that the first rows took.
#include "io/formats_int.h"

#include "base/numfmt.h"
#include "base/str.h"

#include <math.h>
#include <sys/stat.h>

enum { FIRST_BYTES = 256 << 10, WHOLE_MOST = 4 << 20 };

// A pipe or a device would keep who looks waiting.
static ErrCode check_regular(const Door *door, const char *path, Err *err) {
  Str real = {0};
  struct stat st;
  ErrCode code = door->resolve(door->ctx, path, false, &real, err);
  if (code == OK && stat(str_c(&real), &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
    code = err_set(err, ERR_IO, "'%s' is no regular file: only opening it can tell what it holds", path);
  str_fini(&real);
  return code;
}

static bool goes_by_lines(const Format *f) {
  return strcmp(f->name, "csv") == 0 || strcmp(f->name, "arff") == 0 || strcmp(f->name, "libsvm") == 0;
}

// The first lines of `from` as a source of their own.
static ErrCode take_head(Source *from, Source *piece, Err *err) {
  size_t got;
  str_reserve(&piece->mem, FIRST_BYTES);
  TRY(source_read(from, 0, piece->mem.s, FIRST_BYTES, &got, err));
  while (got > 1 && piece->mem.s[got - 1] != '\n') got--;
  if (got <= 1) return err_set(err, ERR_SHAPE, "'%s' has no line end in its first 256 KB", from->path);
  piece->mem.s[got] = 0, piece->mem.n = got;
  piece->path = from->path, piece->name = from->name, piece->fd = -1, piece->size = (int64_t)got;
  piece->head = (Sv){piece->mem.s, got < SOURCE_HEAD ? got : SOURCE_HEAD};
  return OK;
}

static ErrCode read_head(Job *job, Source *from, const Format *format, FirstLook *look, Frame **out, Err *err) {
  Source piece = {.fd = -1};
  ReadOpts opts;
  io_read_defaults(&opts);
  ErrCode code = take_head(from, &piece, err);
  if (code == OK) code = format->read(job, &piece, &opts, out, err);
  if (code == OK) {
    double share = (double)piece.size / (double)from->size;
    bool packed = from->fd < 0;
    look->rows = packed ? -1 : (int64_t)llround((double)frame_nrow(*out) / share), look->about = true;
  }
  source_close(&piece);
  return code;
}

static ErrCode read_whole(Job *job, Source *from, const Format *format, FirstLook *look, Frame **out, Err *err) {
  ReadOpts opts;
  char size[32];
  io_read_defaults(&opts);
  fmt_bytes(size, sizeof size, from->size);
  if (from->size > WHOLE_MOST || (from->most && from->fd < 0 && from->size >= from->most))
    return err_set(err, ERR_SHAPE, "'%s' is %s of %s, which can only be read as a whole: open it to see it", from->path,
                   size, format->name);
  TRY(format->read(job, from, &opts, out, err));
  look->rows = frame_nrow(*out), look->about = false;
  return OK;
}

ErrCode io_peek(Job *job, const Door *door, const char *path, FirstLook *look, Frame **out, Err *err) {
  Source from;
  const Format *format = NULL;
  *look = (FirstLook){.rows = -1};
  TRY(check_regular(door, path, err));
  TRY(source_open(job, door, path, &from, err));
  look->bytes = from.size;
  from.most = WHOLE_MOST;
  ErrCode code = source_unpack(job, &from, NULL, err);
  if (code == OK) code = io_format_of(&from, &format, err);
  if (code == OK) {
    bool part = goes_by_lines(format) && from.size > FIRST_BYTES;
    look->format = format->name;
    code = part ? read_head(job, &from, format, look, out, err) : read_whole(job, &from, format, look, out, err);
  }
  source_close(&from);
  return code;
}

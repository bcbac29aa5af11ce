// The door, the formats, and the way from a path to a frame and back.
#include "io/formats_int.h"

#include "base/file.h"
#include "base/numfmt.h"
#include "io/formats.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#define X_DECLARE(name) extern const Format format_##name;
FORMATS(X_DECLARE)
#define X_ROW(name) &format_##name,
static const Format *const ALL[] = {FORMATS(X_ROW) NULL};

const Format *const *io_formats(void) { return ALL; }

void io_read_defaults(ReadOpts *opts) { *opts = (ReadOpts){.header = -1, .skip = -1, .rows = -1, .tolerance = 0.01}; }

// ---- bytes --------------------------------------------------------------------------------------------------------
ErrCode io_read_bytes(const Door *door, const char *path, Str *out, Err *err) {
  Source from;
  Sv all;
  str_clear(out);
  TRY(source_open(NULL, door, path, &from, err));
  ErrCode code = source_all(NULL, &from, &all, err);
  if (code == OK) str_addn(out, all.s, all.n);
  source_close(&from);
  return code;
}

ErrCode io_write_bytes(const Door *door, const char *path, Sv bytes, Err *err) {
  Str real = {0};
  ErrCode code = door->resolve(door->ctx, path, true, &real, err);
  if (code == OK) code = file_replace(str_c(&real), bytes, err);
  str_fini(&real);
  return code;
}

// ---- frames -------------------------------------------------------------------------------------------------------
ErrCode io_format_of(const Source *from, const Format **out, Err *err) {
  Sv head = from->head;
  const char *path = from->path;
  int best = 0;
  if (!head.n) return err_set(err, ERR_PARSE, "'%s' is empty: it has 0 bytes", path);
  for (const Format *const *f = ALL; *f; f++) {
    int fit = (*f)->sniff(head, from->name);
    if (fit > best) best = fit, *out = *f;
  }
  if (best) return OK;
  const char *what = decode_magic(head);
  if (what) return err_set(err, ERR_PARSE, "'%s' is no text but %s", path, what);
  size_t odd;
  (void)decode_is_text(head, &odd);
  return err_set(
      err, ERR_PARSE,
      "'%s' does not look like text: first odd byte 0x%02X at %zu; known formats: CSV, TSV, JSON, SQLite, ARFF, libsvm",
      path, odd < head.n ? (unsigned)(unsigned char)head.s[odd] : 0u, odd);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// "whole file, 9 ms", "first 1,000 rows, 1.2 s"
static void note_reading(Frame *f, const ReadOpts *opts, double seconds) {
  char n[32], text[96];
  fmt_i64(n, sizeof n, frame_nrow(f), true);
  bool part = opts->rows >= 0 && frame_nrow(f) == opts->rows;
  int used = part ? snprintf(text, sizeof text, "first %s rows, ", n) : snprintf(text, sizeof text, "whole file, ");
  if (seconds < 1) snprintf(text + used, sizeof text - (size_t)used, "%.0f ms", fmax(1, 1000 * seconds));
  else snprintf(text + used, sizeof text - (size_t)used, "%.1f s", seconds);
  frame_set_reading(f, text);
}

// ---- options that a format does not have ----------------------------------------------------------------------------
static bool has_option(const Format *f, const char *name) {
  size_t n = strlen(name);
  for (const char *s = f->options; (s = strstr(s, name)); s += n)
    if ((s == f->options || s[-1] == ' ') && (s[n] == ' ' || !s[n])) return true;
  return false;
}

// An option that would do nothing is more often a slip than meant.
static ErrCode check_options(const Format *f, const Source *from, const ReadOpts *o, Err *err) {
  bool chosen = from->fd < 0 && from->names.n; // `table` may have named a file in an archive
  const struct {
    const char *name;
    bool given;
  } option[] = {{"delim", o->delim},           {"quote", o->quote},         {"comment", o->comment},
                {"encoding", o->encoding},     {"skip", o->skip >= 0},      {"header", o->header >= 0},
                {"decimal", o->decimal},       {"thousands", o->thousands}, {"dates", o->dates},
                {"table", o->table && !chosen}};
  for (size_t k = 0; k < sizeof option / sizeof *option; k++)
    if (option[k].given && !has_option(f, option[k].name))
      return err_set(err, ERR_ARG, "'%s' is read as %s, which has no use for %s: leave that out", from->path, f->name,
                     option[k].name);
  return OK;
}

ErrCode io_read_one(Job *job, const Door *door, const char *path, const ReadOpts *opts, Frame **out, Err *err) {
  Source from;
  const Format *format = NULL;
  double start = now();
  TRY(source_open(job, door, path, &from, err));
  ErrCode code = source_unpack(job, &from, opts->table, err);
  if (code == OK) code = io_format_of(&from, &format, err);
  if (code == OK) code = check_options(format, &from, opts, err);
  if (code == OK) code = format->read(job, &from, opts, out, err);
  if (code == OK) note_reading(*out, opts, now() - start);
  source_close(&from);
  return code;
}

ErrCode io_read(Job *job, const Door *door, const char *path, const ReadOpts *opts, Frame **out, Err *err) {
  if (!opts->source && !glob_is_pattern(door, path)) return io_read_one(job, door, path, opts, out, err);
  double start = now();
  const char *names[] = {path};
  TRY(io_read_files(job, door, &(Names){names, 1}, opts, out, err));
  note_reading(*out, opts, now() - start);
  return OK;
}

static bool suffix_fits(const Format *f, Sv suffix) {
  for (const char *s = f->suffixes; *s;) {
    size_t n = strcspn(s, " ");
    if (sv_eq(suffix, (Sv){s, n})) return true;
    s += n;
    s += *s == ' ';
  }
  return false;
}

const Format *io_format_by_suffix(const char *path) {
  Sv suffix = path_suffix(path);
  for (const Format *const *f = ALL; *f; f++)
    if (suffix_fits(*f, suffix)) return *f;
  return NULL;
}

static ErrCode unknown_suffix(const char *path, Err *err) {
  Str known = {0};
  for (const Format *const *f = ALL; *f; f++)
    if ((*f)->write) str_addf(&known, "%s%s", known.n ? " " : "", (*f)->suffixes);
  Sv suffix = path_suffix(path);
  err_set(err, ERR_NAME, "cannot write '%s': %s" SV_FMT "%s; known endings are %s, each also with .gz .bz2 .xz .zst",
          path, suffix.n ? "no format for '" : "its name has no ending", SV_ARG(suffix), suffix.n ? "'" : "",
          str_c(&known));
  str_fini(&known);
  return ERR_NAME;
}

static ErrCode write_packed(Job *job, const Door *door, const char *path, Packing p, Sv bytes, Err *err) {
  Str packed = {0};
  ErrCode code = p == PACK_GZIP ? gzip_pack(job, bytes, &packed, err) : archive_pack(job, p, bytes, &packed, err);
  if (code == OK) code = io_write_bytes(door, path, (Sv){str_c(&packed), packed.n}, err);
  str_fini(&packed);
  return code;
}

ErrCode io_write(Job *job, const Door *door, const Frame *f, const char *path, Err *err) {
  Packing p = packing_of_name(path);
  Str bare = {0}, text = {0};
  str_addn(&bare, path, strlen(path) - (p ? path_suffix(path).n : 0));
  const Format *format = io_format_by_suffix(str_c(&bare));
  ErrCode code = format && format->write ? OK : unknown_suffix(str_c(&bare), err);
  if (code == OK) code = format->write(job, f, str_c(&bare), &text, err);
  Sv bytes = {str_c(&text), text.n};
  if (code == OK && p) code = write_packed(job, door, path, p, bytes, err);
  else if (code == OK) code = io_write_bytes(door, path, bytes, err);
  str_fini(&text);
  str_fini(&bare);
  return code;
}

// bzip2, xz and zstd streams, and zip and tar archives of one file, by libarchive. A stream is an archive of one
// nameless file to it.
#include "io/formats_int.h"

#include "base/near.h"
#include "base/numfmt.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <unistd.h>

#define CALLS(X)                                                                                                       \
  X(archive_read_new)                                                                                                  \
  X(archive_read_free) X(archive_read_support_filter_bzip2) X(archive_read_support_filter_xz)                          \
      X(archive_read_support_filter_zstd) X(archive_read_support_format_raw) X(archive_read_support_format_zip)        \
          X(archive_read_support_format_tar) X(archive_read_open_memory) X(archive_read_open_fd)                       \
              X(archive_read_next_header) X(archive_read_data_block) X(archive_error_string) X(archive_filter_bytes)   \
                  X(archive_entry_pathname) X(archive_entry_pathname_utf8) X(archive_entry_filetype)                   \
                      X(archive_write_new) X(archive_write_free) X(archive_write_set_format_raw)                       \
                          X(archive_write_add_filter_bzip2) X(archive_write_add_filter_xz)                             \
                              X(archive_write_add_filter_zstd) X(archive_write_open) X(archive_write_header)           \
                                  X(archive_write_data) X(archive_write_close) X(archive_entry_new)                    \
                                      X(archive_entry_free) X(archive_entry_set_pathname)                              \
                                          X(archive_entry_set_filetype) X(archive_entry_set_mode)                      \
                                              X(archive_write_set_bytes_in_last_block)
typedef struct Lib {
  CALLS(X_CALL)
} Lib;
static const char *const NAMES[] = {CALLS(X_NAME)};

enum { PIECE = 1 << 20, LISTED = 12, MOST_MEMBERS = 100000 };

static ErrCode lib_open(Lib *lib, Err *err) {
  return dynlib_open("libarchive.so.13", "libarchive13", NAMES, sizeof NAMES / sizeof *NAMES, lib, err);
}

// ---- what it is -----------------------------------------------------------------------------------------------------
typedef struct Known {
  const char *name, *suffix, *magic;
  size_t n, at;
} Known;
static const Known KNOWN[] = {
    [PACK_GZIP] = {"gzip", ".gz", "\x1f\x8b", 2, 0},
    [PACK_BZIP2] = {"bzip2", ".bz2", "BZh", 3, 0},
    [PACK_XZ] = {"xz", ".xz",
                 "\xfd"
                 "7zXZ\0",
                 6, 0},
    [PACK_ZSTD] = {"zstd", ".zst", "\x28\xb5\x2f\xfd", 4, 0},
    [PACK_ZIP] = {"zip", NULL, "PK\x03\x04", 4, 0},
    [PACK_TAR] = {"tar", NULL, "ustar", 5, 257},
};
enum { NKNOWN = sizeof KNOWN / sizeof *KNOWN };

const char *packing_name(Packing p) { return KNOWN[p].name; }

// "BZh9" may begin a word of a text; the number of the first block may not.
static bool is_bzip2(Sv head) {
  return head.n >= 10 && (memcmp(head.s + 4, "1AY&SY", 6) == 0 || memcmp(head.s + 4, "\x17rE8P\x90", 6) == 0);
}

Packing packing_of(Sv head) {
  if (head.n >= 4 && memcmp(head.s, "PK\x05\x06", 4) == 0) return PACK_ZIP; // one without a file
  for (int p = PACK_GZIP; p < NKNOWN; p++) {
    const Known *k = &KNOWN[p];
    if (head.n >= k->at + k->n && memcmp(head.s + k->at, k->magic, k->n) == 0)
      return p == PACK_BZIP2 && !is_bzip2(head) ? PACK_NONE : (Packing)p;
  }
  return PACK_NONE;
}

Packing packing_of_name(const char *path) {
  Sv suffix = path_suffix(path);
  for (int p = PACK_GZIP; p < NKNOWN; p++)
    if (KNOWN[p].suffix && sv_is(suffix, KNOWN[p].suffix)) return (Packing)p;
  return PACK_NONE;
}

ErrCode packing_broken(Packing p, const char *name, const char *reason, int64_t at, int64_t unpacked, Err *err) {
  char n[32], size[32];
  fmt_i64(n, sizeof n, at, true);
  fmt_bytes(size, sizeof size, unpacked);
  return err_set(err, ERR_PARSE,
                 "'%s' is damaged or cut short: %s at byte %s of the %s data; %s before that could be unpacked: get it "
                 "again",
                 name, reason, n, packing_name(p), size);
}

ErrCode grow_bytes(Job *job, Str *out, size_t more, const char *what, Err *err) {
  if (out->n + more < out->cap) return OK;
  size_t wanted = out->n + more > out->cap + out->cap / 2 ? out->n + more : out->cap + out->cap / 2;
  TRY(job_need(job, (int64_t)wanted, what, err));
  str_reserve(out, wanted - out->n);
  return OK;
}

// ---- unpacking ------------------------------------------------------------------------------------------------------
typedef struct Unpack {
  Lib lib;
  Job *job;
  struct archive *a;
  const char *name;
  Source *in;
  Packing packing;
} Unpack;

static ErrCode broken(const Unpack *u, int64_t unpacked, Err *err) {
  const char *why = u->lib.archive_error_string(u->a);
  int64_t at = u->lib.archive_filter_bytes(u->a, -1);
  return packing_broken(u->packing, u->name, why ? why : "it ends too early", at > 0 ? at : 0, unpacked, err);
}

static ErrCode start(Unpack *u, Err *err) {
  u->a = u->lib.archive_read_new();
  if (!u->a) return err_set(err, ERR_MEMORY, "the system has no memory left to unpack '%s'", u->name);
  switch (u->packing) {
  case PACK_BZIP2: u->lib.archive_read_support_filter_bzip2(u->a); break;
  case PACK_XZ: u->lib.archive_read_support_filter_xz(u->a); break;
  case PACK_ZSTD: u->lib.archive_read_support_filter_zstd(u->a); break;
  case PACK_ZIP: u->lib.archive_read_support_format_zip(u->a); break;
  default: u->lib.archive_read_support_format_tar(u->a);
  }
  if (u->packing != PACK_ZIP && u->packing != PACK_TAR) u->lib.archive_read_support_format_raw(u->a);
  int status;
  if (u->in->fd < 0) status = u->lib.archive_read_open_memory(u->a, u->in->mem.s, u->in->mem.n);
  else if (lseek(u->in->fd, 0, SEEK_SET) != 0)
    return err_set(err, ERR_IO, "cannot read '%s': %s", u->name, strerror(errno));
  else status = u->lib.archive_read_open_fd(u->a, u->in->fd, PIECE);
  return status == ARCHIVE_OK || status == ARCHIVE_WARN ? OK : broken(u, 0, err);
}

static ErrCode read_member(Unpack *u, Str *out, Err *err) {
  size_t begin = out->n;
  for (;;) {
    const void *block;
    size_t n;
    la_int64_t at;
    int status = u->lib.archive_read_data_block(u->a, &block, &n, &at);
    TRY(job_tick(u->job, u->lib.archive_filter_bytes(u->a, -1), u->in->size, err));
    if (status == ARCHIVE_EOF) return OK;
    if (status != ARCHIVE_OK) return broken(u, (int64_t)(out->n - begin), err);
    size_t gap = (size_t)at > out->n - begin ? (size_t)at - (out->n - begin) : 0; // a hole in a sparse file of a tar
    if (gap > (size_t)INT64_MAX / 4) return broken(u, (int64_t)(out->n - begin), err);
    TRY(grow_bytes(u->job, out, gap + n, "the unpacked file", err));
    memset(out->s + out->n, 0, gap);
    if (n) memcpy(out->s + out->n + gap, block, n);
    out->n += gap + n;
    out->s[out->n] = 0;
    if (u->in->most && (int64_t)(out->n - begin) >= u->in->most) return OK;
  }
}

static const char *member_name(const Unpack *u, struct archive_entry *e) {
  const char *name = u->lib.archive_entry_pathname_utf8(e);
  return name ? name : u->lib.archive_entry_pathname(e);
}

typedef struct Listing {
  Arena arena;
  Sv name[LISTED];
  int64_t n;
  bool workbook;
} Listing;

static bool is_clutter(const char *name) {
  return strncmp(name, "__MACOSX/", 9) == 0 || strstr(name, ".DS_Store") != NULL;
}

static ErrCode list_members(Unpack *u, const char *wanted, Listing *l, Err *err) {
  struct archive_entry *e;
  int status;
  while ((status = u->lib.archive_read_next_header(u->a, &e)) == ARCHIVE_OK || status == ARCHIVE_WARN) {
    TRY(job_tick(u->job, u->lib.archive_filter_bytes(u->a, -1), u->in->size, err));
    const char *name = member_name(u, e);
    if (!name || u->lib.archive_entry_filetype(e) != AE_IFREG || is_clutter(name)) continue;
    l->workbook = l->workbook || strcmp(name, "xl/workbook.xml") == 0;
    if (l->n < LISTED || (wanted && strcmp(name, wanted) == 0))
      l->name[l->n < LISTED ? l->n : LISTED - 1] = sv(arena_strdup(&l->arena, name));
    if (++l->n > MOST_MEMBERS) return err_set(err, ERR_PARSE, "'%s' holds more than %d files", u->name, MOST_MEMBERS);
  }
  return status == ARCHIVE_EOF ? OK : broken(u, 0, err);
}

static ErrCode choose(const Unpack *u, const char *wanted, const Listing *l, const char **chosen, Err *err) {
  int64_t shown = l->n < LISTED ? l->n : LISTED;
  const char *kind = packing_name(u->packing);
  if (l->n == 0) return err_set(err, ERR_PARSE, "'%s' is a %s archive without a file in it", u->name, kind);
  for (int64_t k = 0; wanted && k < shown; k++)
    if (sv_is(l->name[k], wanted)) return *chosen = l->name[k].s, OK;
  if (wanted && l->n > 1) {
    char hint[300];
    near_hint(hint, sizeof hint, sv(wanted), l->name, shown);
    return err_set(err, ERR_NAME, "'%s' holds no file '%s'%s", u->name, wanted, hint);
  }
  if (l->n == 1) return *chosen = l->name[0].s, OK;
  if (l->workbook)
    return err_set(err, ERR_PARSE, "'%s' is an Excel workbook: save its sheet as CSV and read that", u->name);
  Str names = {0};
  for (int64_t k = 0; k < shown; k++) str_addf(&names, "%s" SV_FMT, k ? ", " : "", SV_ARG(l->name[k]));
  err_set(err, ERR_NAME, "'%s' holds %lld files: choose one with table=\"" SV_FMT "\"; there are %s%s", u->name,
          (long long)l->n, SV_ARG(l->name[0]), str_c(&names), l->n > shown ? ", ..." : "");
  str_fini(&names);
  return ERR_NAME;
}

static ErrCode find_member(Unpack *u, const char *chosen, Err *err) {
  struct archive_entry *e;
  int status;
  while ((status = u->lib.archive_read_next_header(u->a, &e)) == ARCHIVE_OK || status == ARCHIVE_WARN) {
    const char *name = member_name(u, e);
    if (!chosen || (name && strcmp(name, chosen) == 0)) return OK;
    TRY(job_tick(u->job, u->lib.archive_filter_bytes(u->a, -1), u->in->size, err));
  }
  if (!chosen && status == ARCHIVE_EOF) return OK; // a stream of no bytes
  return broken(u, 0, err);
}

// Twice through an archive: what is in it, then the file that is meant.
static ErrCode unpack_member(Unpack *u, const char *wanted, Str *out, Str *found, Err *err) {
  Listing l = {0};
  const char *chosen = NULL;
  ErrCode code = start(u, err);
  if (code == OK) code = list_members(u, wanted, &l, err);
  if (code == OK) code = choose(u, wanted, &l, &chosen, err);
  if (code == OK) {
    str_add(found, chosen);
    u->lib.archive_read_free(u->a);
    code = start(u, err);
  }
  if (code == OK) code = find_member(u, chosen, err);
  if (code == OK) code = read_member(u, out, err);
  arena_fini(&l.arena);
  return code;
}

static ErrCode unpack_stream(Unpack *u, Str *out, Err *err) {
  TRY(start(u, err));
  TRY(find_member(u, NULL, err));
  return read_member(u, out, err);
}

ErrCode archive_unpack(Job *job, const char *name, Source *in, const char *member, Str *out, Str *found, Err *err) {
  Unpack u = {.job = job, .name = name, .in = in, .packing = packing_of(in->head)};
  TRY(lib_open(&u.lib, err));
  bool many = u.packing == PACK_ZIP || u.packing == PACK_TAR;
  ErrCode code = many ? unpack_member(&u, member, out, found, err) : unpack_stream(&u, out, err);
  if (u.a) u.lib.archive_read_free(u.a);
  return code;
}

// ---- packing --------------------------------------------------------------------------------------------------------
typedef struct Sink {
  Job *job;
  Str *out;
  ErrCode code;
  Err *err;
} Sink;

static la_ssize_t take_bytes(struct archive *a, void *ctx, const void *bytes, size_t n) {
  (void)a;
  Sink *s = ctx;
  s->code = grow_bytes(s->job, s->out, n, "the packed file", s->err);
  if (s->code != OK) return -1;
  str_addn(s->out, bytes, n);
  return (la_ssize_t)n;
}

static ErrCode refused(const Lib *lib, struct archive *a, const Sink *s, Err *err) {
  const char *why = lib->archive_error_string(a);
  return s->code != OK ? s->code : err_set(err, ERR_IO, "cannot compress: %s", why ? why : "libarchive refuses");
}

static ErrCode write_all(const Lib *lib, struct archive *a, Job *job, Sv bytes, Sink *s, Err *err) {
  for (size_t at = 0; at < bytes.n; at += PIECE) {
    size_t part = bytes.n - at < PIECE ? bytes.n - at : PIECE;
    TRY(job_tick(job, (int64_t)at, (int64_t)bytes.n, err));
    if (lib->archive_write_data(a, bytes.s + at, part) < 0) return refused(lib, a, s, err);
  }
  return lib->archive_write_close(a) == ARCHIVE_OK ? OK : refused(lib, a, s, err);
}

static ErrCode pack_with(const Lib *lib, struct archive *a, struct archive_entry *e, Job *job, Packing p, Sv bytes,
                         Sink *s, Err *err) {
  int status = p == PACK_BZIP2 ? lib->archive_write_add_filter_bzip2(a)
               : p == PACK_XZ  ? lib->archive_write_add_filter_xz(a)
                               : lib->archive_write_add_filter_zstd(a);
  lib->archive_write_set_format_raw(a);
  lib->archive_write_set_bytes_in_last_block(a, 1);
  lib->archive_entry_set_pathname(e, "data");
  lib->archive_entry_set_filetype(e, AE_IFREG);
  lib->archive_entry_set_mode(e, AE_IFREG | 0644);
  if (status != ARCHIVE_OK || lib->archive_write_open(a, s, NULL, take_bytes, NULL) != ARCHIVE_OK ||
      lib->archive_write_header(a, e) != ARCHIVE_OK)
    return err_set(err, ERR_IO, "the installed libarchive cannot write %s: %s", packing_name(p),
                   lib->archive_error_string(a) ? lib->archive_error_string(a) : "no reason given");
  return write_all(lib, a, job, bytes, s, err);
}

ErrCode archive_pack(Job *job, Packing p, Sv bytes, Str *out, Err *err) {
  Lib lib;
  TRY(lib_open(&lib, err));
  Sink s = {.job = job, .out = out, .err = err};
  struct archive *a = lib.archive_write_new();
  struct archive_entry *e = a ? lib.archive_entry_new() : NULL;
  ErrCode code = e ? pack_with(&lib, a, e, job, p, bytes, &s, err)
                   : err_set(err, ERR_MEMORY, "the system has no memory left to compress");
  if (e) lib.archive_entry_free(e);
  if (a) lib.archive_write_free(a);
  return code;
}

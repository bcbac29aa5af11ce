// gzip, by zlib. One file may hold several members one behind the other (bgzip, cat a.gz b.gz); each ends in a checksum
// and a length, which zlib compares, so that a flipped bit does not pass as data.
#include "io/formats_int.h"

#include <zlib.h>

#define CALLS(X) X(inflateInit2_) X(inflate) X(inflateReset) X(inflateEnd) X(deflateInit2_) X(deflate) X(deflateEnd)
typedef struct Zlib {
  CALLS(X_CALL)
} Zlib;
static const char *const NAMES[] = {CALLS(X_NAME)};

enum { PIECE = 1 << 20, GZIP_WINDOW = 15 + 16, MEMORY = 8, LEVEL = 6 };

static ErrCode zlib_open(Zlib *z, Err *err) {
  return dynlib_open("libz.so.1", "zlib1g", NAMES, sizeof NAMES / sizeof *NAMES, z, err);
}

// ---- unpacking ------------------------------------------------------------------------------------------------------
typedef struct Unpack {
  Zlib z;
  z_stream s;
  Source *in;
  const char *name;
  char *piece;
  int64_t at; // bytes of the source taken into `piece` so far
  Str *out;
  size_t begin;
} Unpack;

static ErrCode broken(const Unpack *u, const char *reason, Err *err) {
  return packing_broken(PACK_GZIP, u->name, reason, u->at - (int64_t)u->s.avail_in, (int64_t)(u->out->n - u->begin),
                        err);
}

static ErrCode refill(Unpack *u, Err *err) {
  size_t got;
  TRY(source_read(u->in, u->at, u->piece, PIECE, &got, err));
  u->at += (int64_t)got;
  u->s.next_in = (unsigned char *)u->piece, u->s.avail_in = (unsigned)got;
  return OK;
}

static ErrCode inflate_piece(Unpack *u, Job *job, int *status, Err *err) {
  TRY(grow_bytes(job, u->out, PIECE, "the unpacked file", err));
  u->s.next_out = (unsigned char *)u->out->s + u->out->n, u->s.avail_out = PIECE;
  *status = u->z.inflate(&u->s, Z_NO_FLUSH);
  u->out->n += PIECE - u->s.avail_out;
  u->out->s[u->out->n] = 0;
  return job_tick(job, u->at - (int64_t)u->s.avail_in, u->in->size, err);
}

// Behind a member: another one, zeros (tapes pad with them), or the end. *more: another one.
static ErrCode next_member(Unpack *u, bool *more, Err *err) {
  *more = false;
  for (;;) {
    if (!u->s.avail_in) TRY(refill(u, err));
    if (!u->s.avail_in) return OK;
    if (*u->s.next_in) break;
    u->s.next_in++, u->s.avail_in--;
  }
  if (*u->s.next_in != 0x1f) return broken(u, "other bytes follow its end", err);
  *more = true;
  return u->z.inflateReset(&u->s) == Z_OK ? OK : broken(u, "it cannot be read on", err);
}

static ErrCode unpack_all(Unpack *u, Job *job, Err *err) {
  for (bool more = true; more;) {
    int status = Z_OK;
    if (!u->s.avail_in) {
      TRY(refill(u, err));
      if (!u->s.avail_in) return broken(u, "it ends too early", err);
    }
    TRY(inflate_piece(u, job, &status, err));
    if (u->in->most && (int64_t)(u->out->n - u->begin) >= u->in->most) return OK;
    if (status == Z_STREAM_END) TRY(next_member(u, &more, err));
    else if (status == Z_MEM_ERROR) return err_set(err, ERR_MEMORY, "the system has no memory left to unpack gzip");
    else if (status != Z_OK && status != Z_BUF_ERROR) return broken(u, u->s.msg ? u->s.msg : "it cannot be read", err);
  }
  return OK;
}

ErrCode gzip_unpack(Job *job, const char *name, Source *in, Str *out, Err *err) {
  Unpack u = {.in = in, .name = name, .out = out, .begin = out->n};
  TRY(zlib_open(&u.z, err));
  if (u.z.inflateInit2_(&u.s, GZIP_WINDOW, ZLIB_VERSION, (int)sizeof u.s) != Z_OK)
    return err_set(err, ERR_IO, "the installed libz.so.1 does not fit this program: it wants zlib %s", ZLIB_VERSION);
  u.piece = mem_new(PIECE);
  ErrCode code = u.piece ? unpack_all(&u, job, err) : err_set(err, ERR_MEMORY, "the system has no memory left");
  mem_free(u.piece);
  u.z.inflateEnd(&u.s);
  return code;
}

// ---- packing --------------------------------------------------------------------------------------------------------
static ErrCode deflate_all(const Zlib *z, z_stream *s, Job *job, Sv bytes, Str *out, Err *err) {
  for (size_t at = 0, part; at < bytes.n || at == 0; at += part) {
    part = bytes.n - at < PIECE ? bytes.n - at : PIECE;
    s->next_in = (unsigned char *)(uintptr_t)(bytes.s + at), s->avail_in = (unsigned)part;
    int flush = at + part == bytes.n ? Z_FINISH : Z_NO_FLUSH;
    do {
      TRY(grow_bytes(job, out, PIECE, "the packed file", err));
      s->next_out = (unsigned char *)out->s + out->n, s->avail_out = PIECE;
      z->deflate(s, flush);
      out->n += PIECE - s->avail_out;
      out->s[out->n] = 0;
    } while (s->avail_out == 0);
    TRY(job_tick(job, (int64_t)(at + part), (int64_t)bytes.n, err));
    if (flush == Z_FINISH) return OK;
  }
  return OK;
}

ErrCode gzip_pack(Job *job, Sv bytes, Str *out, Err *err) {
  Zlib z;
  z_stream s = {0};
  TRY(zlib_open(&z, err));
  if (z.deflateInit2_(&s, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY, ZLIB_VERSION, (int)sizeof s))
    return err_set(err, ERR_IO, "the installed libz.so.1 does not fit this program: it wants zlib %s", ZLIB_VERSION);
  ErrCode code = deflate_all(&z, &s, job, bytes, out, err);
  z.deflateEnd(&s);
  return code;
}

// Primitive fields. Integers are little endian of fixed width; a bool or a choice is one byte; a double is its 64 bits;
// a text is a u32 length and its bytes, an optional text that is missing has the length TEXT_NONE.
#include "wire/wire_int.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

static const uint64_t TEXT_NONE = 0xFFFFFFFF;

void field_fail(Wire *w, const char *name, const char *fmt, ...) {
  if (w->code != OK) return;
  char why[256];
  va_list args;
  va_start(args, fmt);
  vsnprintf(why, sizeof why, fmt, args);
  va_end(args);
  if (!w->reading) w->code = err_set(w->err, ERR_ARG, "%s message, field '%s': %s", w->message, name, why);
  else
    w->code = err_set(w->err, ERR_PARSE, "%s message, field '%s' before byte %zu: %s", w->message, name,
                      w->bytes.n - w->left.n, why);
}

static void fail_long(Wire *w) {
  if (w->code != OK) return;
  w->code = err_set(w->err, ERR_SHAPE, "%s message: longer than the %d MB that fit; show fewer rows or a shorter text",
                    w->message, WIRE_MOST / (1024 * 1024));
}

static void put(Wire *w, const char *s, size_t n) {
  if (w->code != OK) return;
  if (n > w->end - w->out->n) fail_long(w);
  else str_addn(w->out, s, n);
}

// The next n bytes, or NULL after an error.
static const char *take(Wire *w, const char *name, size_t n) {
  if (w->code == OK && n > w->left.n) field_fail(w, name, "needs %zu bytes, %zu are left", n, w->left.n);
  if (w->code != OK) return NULL;
  const char *s = w->left.s;
  w->left.s += n, w->left.n -= n;
  return s;
}

static uint64_t field_uint(Wire *w, const char *name, int size, uint64_t v) {
  char buf[8];
  if (w->reading) {
    const char *s = take(w, name, (size_t)size);
    return s ? le_read(s, size) : 0;
  }
  le_write(buf, size, v);
  put(w, buf, (size_t)size);
  return v;
}

void field_bool(Wire *w, const char *name, bool *v) {
  int byte = field_choice(w, name, *v, 2);
  if (w->reading) *v = byte;
}

int field_choice(Wire *w, const char *name, int v, int n) {
  uint64_t byte = field_uint(w, name, 1, (uint64_t)v);
  if (byte < (uint64_t)n) return (int)byte;
  field_fail(w, name, "%llu, must be below %d", (unsigned long long)byte, n);
  return 0;
}

void field_i64(Wire *w, const char *name, int64_t *v) {
  uint64_t bits = field_uint(w, name, 8, (uint64_t)*v);
  if (w->reading) *v = (int64_t)bits;
}

void field_size(Wire *w, const char *name, int64_t *v) {
  field_i64(w, name, v);
  if (*v >= 0) return;
  field_fail(w, name, "%lld, must be at least 0", (long long)*v);
  if (w->reading) *v = 0;
}

void field_f64(Wire *w, const char *name, double *v) {
  uint64_t bits;
  memcpy(&bits, v, sizeof bits);
  bits = field_uint(w, name, 8, bits);
  if (w->reading) memcpy(v, &bits, sizeof bits);
}

void field_bytes(Wire *w, const char *name, Sv *v) {
  if (v->n > WIRE_MOST) fail_long(w);
  size_t n = field_uint(w, name, 4, v->n);
  if (!w->reading) put(w, v->s, n);
  else {
    const char *s = take(w, name, n);
    *v = s ? (Sv){s, n} : (Sv){"", 0};
  }
}

static void text_repair(Sv text, Str *out) {
  int len;
  for (size_t i = 0; i < text.n; i += (size_t)len) {
    char buf[4];
    uint32_t cp = utf8_decode(text.s + i, text.n - i, &len);
    str_addn(out, buf, (size_t)utf8_encode(cp, buf));
  }
}

static void text_write(Wire *w, const char *name, const char *s) {
  Sv text = sv(s ? s : "");
  Str repaired = {0};
  if (text.n > WIRE_MOST) fail_long(w);
  else if (!utf8_valid(text.s, text.n)) {
    if (w->exact) field_fail(w, name, "the text is not UTF-8; save it as UTF-8");
    else text_repair(text, &repaired), text = (Sv){repaired.s, repaired.n};
  }
  field_bytes(w, name, &text);
  str_fini(&repaired);
}

static const char *text_read(Wire *w, const char *name, size_t n) {
  const char *s = take(w, name, n);
  if (!s || n == 0) return "";
  if (!memchr(s, 0, n) && utf8_valid(s, n)) return arena_strndup(w->arena, s, n);
  field_fail(w, name, "a text that is not UTF-8 or holds a NUL");
  return "";
}

void field_text(Wire *w, const char *name, const char **v) {
  if (w->reading) *v = text_read(w, name, field_uint(w, name, 4, 0));
  else text_write(w, name, *v);
}

void field_optional(Wire *w, const char *name, const char **v) {
  if (w->reading) {
    uint64_t n = field_uint(w, name, 4, 0);
    *v = n == TEXT_NONE ? NULL : text_read(w, name, n);
  } else if (*v) text_write(w, name, *v);
  else field_uint(w, name, 4, TEXT_NONE);
}

void field_count(Wire *w, const char *name, int64_t *n, size_t least) {
  if (!w->reading && (*n < 0 || (uint64_t)*n > WIRE_MOST / least)) fail_long(w);
  uint64_t count = field_uint(w, name, 4, (uint64_t)*n);
  if (!w->reading) return;
  if (count > w->left.n / least) {
    field_fail(w, name, "%llu items cannot fit into the %zu bytes left", (unsigned long long)count, w->left.n);
    count = 0;
  }
  *n = (int64_t)count;
}

void field_names(Wire *w, const char *name, Names *v) {
  field_count(w, name, &v->n, 4);
  if (w->reading) v->name = arena_array(w->arena, const char *, v->n);
  for (int64_t i = 0; i < v->n && w->code == OK; i++) field_text(w, name, &v->name[i]);
}

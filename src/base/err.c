#include "base/err.h"

#include <stdio.h>
#include <string.h>

static void cut_at_character(char *msg, size_t size) {
  size_t n = size - 4;
  while (n > 0 && ((unsigned char)msg[n] & 0xC0) == 0x80) n--;
  memcpy(msg + n, "\xE2\x80\xA6", 4);
}

static void print_into(char *msg, size_t size, const char *fmt, va_list args) {
  int n = vsnprintf(msg, size, fmt, args);
  if (n >= 0 && (size_t)n >= size) cut_at_character(msg, size);
}

ErrCode err_set(Err *err, ErrCode code, const char *fmt, ...) {
  if (!err) return code;
  err->code = code, err->begin = err->end = 0;
  va_list args;
  va_start(args, fmt);
  print_into(err->msg, sizeof err->msg, fmt, args);
  va_end(args);
  return code;
}

ErrCode err_prefix(Err *err, const char *fmt, ...) {
  if (!err) return ERR_ARG;
  char was[sizeof err->msg];
  memcpy(was, err->msg, sizeof was);
  va_list args;
  va_start(args, fmt);
  print_into(err->msg, sizeof err->msg, fmt, args);
  va_end(args);
  size_t n = strlen(err->msg), room = sizeof err->msg - n;
  int m = snprintf(err->msg + n, room, ": %s", was);
  if (m >= 0 && (size_t)m >= room) cut_at_character(err->msg, sizeof err->msg);
  return err->code;
}

// The visitor behind messages: each field_ function writes the field or reads it, so that a message names its fields
// once. Writing changes nothing behind the pointers. Errors stick: a visitor visits everything and whoever started it
// asks once at the end. After an error while reading numbers are 0, counts 0 and texts "".
#pragma once
#include "wire/wire.h"

typedef struct Wire {
  bool reading;
  bool exact;          // writing: a text that is not UTF-8 is an error instead of being repaired
  const char *message; // its name, for error messages
  Str *out;            // writing
  size_t end;          // writing: what out->n must not pass
  Sv bytes, left;      // reading: the whole message, and what has not been visited yet
  Arena *arena;        // reading: owner of texts and arrays
  ErrCode code;        // of the first error
  Err *err;
} Wire;

static inline void le_write(char *p, int size, uint64_t v) {
  for (int i = 0; i < size; i++) p[i] = (char)(v >> (8 * i) & 0xFF);
}

static inline uint64_t le_read(const char *p, int size) {
  uint64_t v = 0;
  for (int i = 0; i < size; i++) v |= (uint64_t)(unsigned char)p[i] << (8 * i);
  return v;
}

// The first failure counts: ERR_PARSE while reading, ERR_ARG while writing.
void field_fail(Wire *w, const char *name, const char *fmt, ...) PRINTF(3, 4);

void field_bool(Wire *w, const char *name, bool *v);
int field_choice(Wire *w, const char *name, int v, int n); // one byte in 0..n-1; returns it
void field_i64(Wire *w, const char *name, int64_t *v);
void field_size(Wire *w, const char *name, int64_t *v); // i64 of at least 0
void field_f64(Wire *w, const char *name, double *v);   // its bits, also of a NaN
void field_bytes(Wire *w, const char *name, Sv *v);     // a view of the message while reading
void field_text(Wire *w, const char *name, const char **v);
void field_optional(Wire *w, const char *name, const char **v); // a text or NULL
// How many items follow that take at least `least` bytes each; while reading never more than the bytes left can hold.
void field_count(Wire *w, const char *name, int64_t *n, size_t least);
void field_names(Wire *w, const char *name, Names *v);

// A Page, Shown or Plot that is read owns itself and may be taken out of its message.
void value_page(Wire *w, Page *p);
void value_shown(Wire *w, Shown *s);
void value_plot(Wire *w, const char *name, Plot *p);

typedef struct MsgType {
  const char *name;
  void (*visit)(Wire *w, Msg *m);
} MsgType;

extern const MsgType MSG_TYPES[MSG_COUNT]; // by kind; MSG_NONE has no visitor

// Save and load by one visitor: the same function names each field once, for both directions. The text has one field a
// line, doubles as shortest exact decimals, and ends in its SHA-256. Errors stick: a caller visits everything and asks
// once at the end.
#pragma once
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Store {
  bool reading;
  Str *out;      // writing
  Sv left;       // reading: what has not been visited yet
  int line;
  int64_t version; // reading: that the text has
  Arena *arena;  // reading: owner of what is read
  Err err;       // the first error; code OK while all is well
} Store;

// `kind` (one word) and `version` make the first line ("tycho model 1"). Clears `out`.
void store_write(Store *s, const char *kind, int version, Str *out);
void store_write_end(Store *s); // adds the checksum
// ERR_PARSE in s->err: not of this kind, a newer version, cut short, or a checksum that does not fit. `text` must
// outlive the reading.
void store_read(Store *s, const char *kind, int version, Sv text, Arena *arena);

// Makes what a visitor itself finds wrong while reading (lengths that do not fit) the error, with the line.
void store_fail(Store *s, const char *fmt, ...) PRINTF(2, 3);

// While reading, a field of another name is ERR_PARSE ("line 12: expected 'weights', found 'bias'"). After an error
// every field reads as false, 0, NULL or empty. A NaN comes back as a NaN of unknown sign and payload.
void store_bool(Store *s, const char *name, bool *v);
void store_i64(Store *s, const char *name, int64_t *v);
void store_f64(Store *s, const char *name, double *v);
void store_text(Store *s, const char *name, const char **v); // NULL allowed
void store_names(Store *s, const char *name, Names *v);
void store_f64s(Store *s, const char *name, double **v, int64_t *n);
void store_i64s(Store *s, const char *name, int64_t **v, int64_t *n);
// Every option of the table but PARAM_VALUE; what is read is checked against the ranges.
void store_params(Store *s, const Param *table, void *opts);

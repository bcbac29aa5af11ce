// Errors are return codes plus a message in the caller's Err: what, where, what to do.
#pragma once
#include <stdarg.h>

typedef enum {
  OK = 0,
  ERR_ARG,       // a value of the wrong kind or out of its range
  ERR_NAME,      // no such column, option, model, file name
  ERR_TYPE,      // a column or value of the wrong type
  ERR_SHAPE,     // sizes that do not fit
  ERR_PARSE,     // text that cannot be read
  ERR_IO,        // the system refused a file
  ERR_DENIED,    // the session may not touch that path
  ERR_MEMORY,    // over the memory budget
  ERR_CANCELLED, // stopped by the user
  ERR_NUMERIC,   // the mathematics has no answer
  ERR_LUA,       // an error raised by Lua code
} ErrCode;

typedef struct Err {
  ErrCode code;
  int begin, end; // bytes of the text that is wrong, where the message points into one; end 0 = it does not
  char msg[1024];
} Err;

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

// Returns early with the code of `expr` when it is not OK.
#define TRY(expr)                                                                                  \
  do {                                                                                             \
    ErrCode try_code_ = (expr);                                                                    \
    if (try_code_ != OK) return try_code_;                                                         \
  } while (0)

// Writes the message into `err` (NULL allowed) and returns `code`, so that `return err_set(...)` reads well.
// A message longer than the buffer is cut at a character border and ends in "…".
ErrCode err_set(Err *err, ErrCode code, const char *fmt, ...) PRINTF(3, 4);

// Puts "prefix: " before the message that `err` holds; returns its code.
ErrCode err_prefix(Err *err, const char *fmt, ...) PRINTF(2, 3);

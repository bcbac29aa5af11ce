// SQLite, opened on first use. Its header is seen by the three files of this format only.
#pragma once
#include "io/formats_int.h"

#include <sqlite3.h>

#define SQLITE_CALLS(X)                                                                                                \
  X(sqlite3_open_v2)                                                                                                   \
  X(sqlite3_close_v2) X(sqlite3_errmsg) X(sqlite3_errcode) X(sqlite3_prepare_v2) X(sqlite3_step) X(sqlite3_reset)      \
      X(sqlite3_finalize) X(sqlite3_exec) X(sqlite3_free) X(sqlite3_malloc64) X(sqlite3_column_count)                  \
          X(sqlite3_column_name) X(sqlite3_column_decltype) X(sqlite3_column_type) X(sqlite3_column_int64)             \
              X(sqlite3_column_double) X(sqlite3_column_text) X(sqlite3_column_bytes) X(sqlite3_set_authorizer)        \
                  X(sqlite3_progress_handler) X(sqlite3_db_config) X(sqlite3_deserialize) X(sqlite3_serialize)         \
                      X(sqlite3_bind_int64) X(sqlite3_bind_double) X(sqlite3_bind_text64) X(sqlite3_bind_null)         \
                          X(sqlite3_stmt_readonly) X(sqlite3_limit)
typedef struct SqliteCalls {
  SQLITE_CALLS(X_CALL)
} SqliteCalls;

typedef struct Sqlite { // one database
  SqliteCalls call;
  sqlite3 *db;
  Job *job;
  const char *path; // for messages
  bool cancelled;
} Sqlite;
NODISCARD ErrCode sqlite_load(SqliteCalls *calls, Err *err);
// "cannot read 'x.db': database disk image is malformed"; ERR_CANCELLED when the user stopped it.
ErrCode sqlite_error(Sqlite *s, ErrCode code, const char *doing, Err *err);
void sqlite_name(const char *name, Str *out); // "name" with quotes doubled

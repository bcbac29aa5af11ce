#include "io/sqlite_int.h"

static const char *const NAMES[] = {SQLITE_CALLS(X_NAME)};

ErrCode sqlite_load(SqliteCalls *calls, Err *err) {
  return dynlib_open("libsqlite3.so.0", "libsqlite3-0", NAMES, sizeof NAMES / sizeof *NAMES, calls, err);
}

ErrCode sqlite_error(Sqlite *s, ErrCode code, const char *doing, Err *err) {
  int why = s->db ? s->call.sqlite3_errcode(s->db) : SQLITE_NOMEM;
  if (s->cancelled) return err_set(err, ERR_CANCELLED, "stopped");
  if (why == SQLITE_NOMEM) return err_set(err, ERR_MEMORY, "%s '%s': SQLite has no memory left", doing, s->path);
  return err_set(err, code, "%s '%s': SQLite says: %s", doing, s->path, s->call.sqlite3_errmsg(s->db));
}

void sqlite_name(const char *name, Str *out) {
  str_addc(out, '"');
  for (; *name; name++) {
    if (*name == '"') str_addc(out, '"');
    str_addc(out, *name);
  }
  str_addc(out, '"');
}

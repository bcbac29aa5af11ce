// A database of one table, named after the file, made in memory and handed over as its bytes. Dates and times are texts
// of ISO 8601 in columns that are declared so, truth values 0 and 1 in one declared BOOLEAN. SQLite has no value that
// is not a number: NaN becomes NULL; and it keeps no sign of zero.
#include "io/sqlite_int.h"

#include <math.h>

enum { TICK = 1024 };

static const char *declaration(ColType type) {
  static const char *const word[COL_NTYPES] = {
      [COL_BOOL] = "BOOLEAN",  [COL_I64] = "INTEGER", [COL_F64] = "REAL", [COL_DATE] = "DATE",
      [COL_TIME] = "DATETIME", [COL_CAT] = "TEXT",    [COL_TEXT] = "TEXT"};
  return word[type];
}

// The file's name without folder and ending.
static void table_name(const char *path, Str *out) {
  const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
  Str stem = {0};
  str_addn(&stem, base, strlen(base) - path_suffix(path).n);
  sqlite_name(str_c(&stem), out);
  str_fini(&stem);
}

static void make_sql(const Frame *f, const char *table, Str *create, Str *insert) {
  str_addf(create, "CREATE TABLE %s (", table);
  str_addf(insert, "INSERT INTO %s VALUES (", table);
  for (int j = 0; j < frame_ncol(f); j++) {
    str_add(create, j ? ", " : "");
    sqlite_name(frame_name(f, j), create);
    str_addf(create, " %s", declaration(frame_at(f, j)->type));
    str_add(insert, j ? ", ?" : "?");
  }
  str_add(create, ")");
  str_add(insert, ")");
}

static int bind_cell(Sqlite *s, sqlite3_stmt *q, int j, const Column *c, int64_t row, Str *cell) {
  const SqliteCalls *call = &s->call;
  if (!col_valid(c, row) || (c->type == COL_F64 && isnan(c->f[row]))) return call->sqlite3_bind_null(q, j + 1);
  if (c->type == COL_F64) return call->sqlite3_bind_double(q, j + 1, c->f[row]);
  if (c->type == COL_BOOL) return call->sqlite3_bind_int64(q, j + 1, c->b[row]);
  if (c->type == COL_I64) return call->sqlite3_bind_int64(q, j + 1, c->i[row]);
  Sv text;
  if (col_is_text(c)) text = col_text(c, row);
  else {
    str_clear(cell);
    col_format(c, row, CELL_EXACT, cell);
    text = (Sv){str_c(cell), cell->n};
  }
  return call->sqlite3_bind_text64(q, j + 1, text.s, text.n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static ErrCode insert_rows(Sqlite *s, sqlite3_stmt *q, const Frame *f, Err *err) {
  Str cell = {0};
  ErrCode code = OK;
  int64_t n = frame_nrow(f);
  for (int64_t i = 0; i < n && code == OK; i++) {
    int status = SQLITE_OK;
    if (i % TICK == 0) code = job_tick(s->job, i, n, err);
    for (int j = 0; j < frame_ncol(f) && status == SQLITE_OK; j++)
      status = bind_cell(s, q, j, frame_at(f, j), i, &cell);
    if (code == OK && (status != SQLITE_OK || s->call.sqlite3_step(q) != SQLITE_DONE))
      code = sqlite_error(s, ERR_IO, "cannot write", err);
    s->call.sqlite3_reset(q);
  }
  str_fini(&cell);
  return code;
}

static ErrCode run(Sqlite *s, const char *sql, Err *err) {
  return s->call.sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? OK
                                                                         : sqlite_error(s, ERR_IO, "cannot write", err);
}

static ErrCode fill(Sqlite *s, const Frame *f, const char *create, const char *insert, Err *err) {
  sqlite3_stmt *q = NULL;
  TRY(run(s, "BEGIN", err));
  TRY(run(s, create, err));
  if (s->call.sqlite3_prepare_v2(s->db, insert, -1, &q, NULL) != SQLITE_OK)
    return sqlite_error(s, ERR_IO, "cannot write", err);
  ErrCode code = insert_rows(s, q, f, err);
  s->call.sqlite3_finalize(q);
  return code == OK ? run(s, "COMMIT", err) : code;
}

static ErrCode take_bytes(Sqlite *s, Str *out, Err *err) {
  sqlite3_int64 n = 0;
  unsigned char *image = s->call.sqlite3_serialize(s->db, "main", &n, 0);
  if (!image) return sqlite_error(s, ERR_MEMORY, "cannot write", err);
  ErrCode code = grow_bytes(s->job, out, (size_t)n, "the database", err);
  if (code == OK) str_addn(out, (const char *)image, (size_t)n);
  s->call.sqlite3_free(image);
  return code;
}

ErrCode sqlite_print(Job *job, const Frame *f, const char *path, Str *out, Err *err) {
  Sqlite s = {.job = job, .path = path};
  Str table = {0}, create = {0}, insert = {0};
  if (!frame_ncol(f)) return err_set(err, ERR_SHAPE, "a frame without columns cannot be written as a table of SQLite");
  TRY(job_need(job, 3 * frame_bytes(f), "the database", err));
  TRY(sqlite_load(&s.call, err));
  table_name(path, &table);
  make_sql(f, str_c(&table), &create, &insert);
  ErrCode code = OK;
  if (s.call.sqlite3_open_v2(":memory:", &s.db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    code = sqlite_error(&s, ERR_IO, "cannot write", err);
  if (code == OK) code = fill(&s, f, str_c(&create), str_c(&insert), err);
  if (code == OK) code = take_bytes(&s, out, err);
  if (s.db) s.call.sqlite3_close_v2(s.db);
  str_fini(&table);
  str_fini(&create);
  str_fini(&insert);
  return code;
}

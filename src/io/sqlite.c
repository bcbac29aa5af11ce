// SQLite databases: a table, a view or the answer to a query, by libsqlite3. The database is opened read-only, and an
// authorizer lets nothing through but reading, so that neither a query nor a view of a stranger's file can attach,
// change or load anything. Where no journal lies beside the file nobody writes it, and it is read as immutable, with
// no lock; what came out of an archive or a pipe is read in memory (with the mark of a write-ahead log taken off its
// header: there is no log in memory). Values have types of their own here, column by column or not: cells.c makes one
// of them, and what a column is declared to be decides about dates and truth values.
#include "io/sqlite_int.h"

#include "base/near.h"
#include "base/numfmt.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>
#include <unistd.h>

enum { TICK = 1024, STEPS = 20000, LISTED = 20 };

// ---- opening --------------------------------------------------------------------------------------------------------
static int only_reading(void *ctx, int action, const char *a, const char *b, const char *c, const char *d) {
  (void)ctx, (void)a, (void)c, (void)d;
  if (action == SQLITE_FUNCTION) return b && strcasecmp(b, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
  return action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE ? SQLITE_OK : SQLITE_DENY;
}

static int on_progress(void *ctx) {
  Sqlite *s = ctx;
  s->cancelled = job_tick(s->job, 0, 0, NULL) != OK;
  return s->cancelled;
}

static bool has_beside(const char *real, const char *ending) {
  Str name = {0};
  str_addf(&name, "%s%s", real, ending);
  bool has = access(name.s, F_OK) == 0;
  str_fini(&name);
  return has;
}

static void add_uri(const char *real, Str *uri) {
  str_add(uri, "file:");
  for (const char *p = real; *p; p++) {
    if (isalnum((unsigned char)*p) || strchr("/-_.~", *p)) str_addc(uri, *p);
    else str_addf(uri, "%%%02X", (unsigned char)*p);
  }
  bool written = has_beside(real, "-wal") || has_beside(real, "-journal");
  str_add(uri, written ? "?mode=ro" : "?mode=ro&immutable=1");
}

static ErrCode open_memory(Sqlite *s, Source *from, Err *err) {
  Sv bytes;
  TRY(source_all(s->job, from, &bytes, err));
  if (s->call.sqlite3_open_v2(":memory:", &s->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    return sqlite_error(s, ERR_IO, "cannot read", err);
  unsigned char *image = (unsigned char *)(uintptr_t)bytes.s;
  enum { WRITE_VERSION = 18, READ_VERSION = 19, JOURNAL = 1, WAL = 2 }; // bytes of the header
  if (bytes.n > READ_VERSION && image[READ_VERSION] == WAL) image[WRITE_VERSION] = image[READ_VERSION] = JOURNAL;
  if (s->call.sqlite3_deserialize(s->db, "main", image, (sqlite3_int64)bytes.n, (sqlite3_int64)bytes.n,
                                  SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
    return sqlite_error(s, ERR_PARSE, "cannot read", err);
  return OK;
}

static ErrCode open_file(Sqlite *s, const char *real, Err *err) {
  Str uri = {0};
  add_uri(real, &uri);
  int status = s->call.sqlite3_open_v2(uri.s, &s->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
  str_fini(&uri);
  return status == SQLITE_OK ? OK : sqlite_error(s, ERR_IO, "cannot read", err);
}

static ErrCode open_database(Sqlite *s, Source *from, Err *err) {
  TRY(sqlite_load(&s->call, err));
  TRY(from->real && from->fd >= 0 ? open_file(s, from->real, err) : open_memory(s, from, err));
  s->call.sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  s->call.sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  s->call.sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
  s->call.sqlite3_set_authorizer(s->db, only_reading, NULL);
  s->call.sqlite3_progress_handler(s->db, STEPS, on_progress, s);
  return OK;
}

// ---- which table ----------------------------------------------------------------------------------------------------
typedef struct Tables {
  Arena arena;
  Sv name[LISTED];
  bool view[LISTED];
  int64_t n, views;
} Tables;

static ErrCode list_tables(Sqlite *s, Tables *l, Err *err) {
  static const char sql[] =
      "SELECT name, type = 'view' FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT "
      "LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type = 'view', rowid";
  sqlite3_stmt *q = NULL;
  int status = s->call.sqlite3_prepare_v2(s->db, sql, -1, &q, NULL);
  while (status == SQLITE_OK || status == SQLITE_ROW) {
    status = s->call.sqlite3_step(q);
    if (status != SQLITE_ROW) break;
    const char *name = (const char *)s->call.sqlite3_column_text(q, 0);
    bool view = s->call.sqlite3_column_int64(q, 1) != 0;
    if (l->n < LISTED) l->name[l->n] = sv(arena_strdup(&l->arena, name ? name : "")), l->view[l->n] = view;
    l->n++, l->views += view;
  }
  s->call.sqlite3_finalize(q);
  return status == SQLITE_DONE ? OK : sqlite_error(s, ERR_PARSE, "cannot read", err);
}

static int64_t count_rows(Sqlite *s, const char *table) {
  Str sql = {0};
  sqlite3_stmt *q = NULL;
  int64_t n = -1;
  str_add(&sql, "SELECT count(*) FROM ");
  sqlite_name(table, &sql);
  if (s->call.sqlite3_prepare_v2(s->db, sql.s, -1, &q, NULL) == SQLITE_OK && s->call.sqlite3_step(q) == SQLITE_ROW)
    n = s->call.sqlite3_column_int64(q, 0);
  s->call.sqlite3_finalize(q);
  str_fini(&sql);
  return n;
}

static void describe_tables(Sqlite *s, const Tables *l, Str *out) {
  char n[32];
  for (int64_t k = 0; k < l->n && k < LISTED; k++) {
    int64_t rows = l->view[k] ? -1 : count_rows(s, l->name[k].s);
    if (rows >= 0) fmt_i64(n, sizeof n, rows, true);
    str_addf(out, "%s" SV_FMT, k ? ", " : "", SV_ARG(l->name[k]));
    if (rows >= 0) str_addf(out, " (%s row%s)", n, rows == 1 ? "" : "s");
    if (l->view[k]) str_add(out, " (a view)");
  }
  if (l->n > LISTED) str_add(out, ", ...");
}

static bool is_query(const char *text) {
  static const char *const words[] = {"select", "with", "values"};
  while (isspace((unsigned char)*text) || *text == '(') text++;
  for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
    size_t n = strlen(words[k]);
    if (strncasecmp(text, words[k], n) == 0 && !isalnum((unsigned char)text[n]) && text[n] != '_') return true;
  }
  return false;
}

static ErrCode choose_only(Sqlite *s, const Tables *l, Str *sql, Err *err) {
  if (l->n == 0) return err_set(err, ERR_PARSE, "'%s' is an SQLite database without a table", s->path);
  if (l->n == 1 || l->n - l->views == 1) return sqlite_name(l->name[0].s, sql), OK;
  Str names = {0};
  describe_tables(s, l, &names);
  err_set(err, ERR_NAME,
          "'%s' holds %lld tables: choose one with table=\"" SV_FMT "\", or a query with table=\"select "
          "...\"; there are %s",
          s->path, (long long)l->n, SV_ARG(l->name[0]), str_c(&names));
  str_fini(&names);
  return s->cancelled ? err_set(err, ERR_CANCELLED, "stopped") : ERR_NAME;
}

static bool exists(Sqlite *s, const char *table) {
  Str sql = {0};
  sqlite3_stmt *q = NULL;
  str_add(&sql, "SELECT * FROM ");
  sqlite_name(table, &sql);
  bool good = s->call.sqlite3_prepare_v2(s->db, sql.s, -1, &q, NULL) == SQLITE_OK;
  s->call.sqlite3_finalize(q);
  str_fini(&sql);
  return good;
}

static ErrCode choose_named(Sqlite *s, const Tables *l, const char *table, Str *sql, Err *err) {
  if (exists(s, table)) return sqlite_name(table, sql), OK;
  Str names = {0};
  int64_t near = near_find(sv(table), l->name, l->n < LISTED ? l->n : LISTED);
  describe_tables(s, l, &names);
  if (near >= 0)
    err_set(err, ERR_NAME, "'%s' has no table '%s': did you mean '" SV_FMT "'?", s->path, table, SV_ARG(l->name[near]));
  else err_set(err, ERR_NAME, "'%s' has no table '%s': there are %s", s->path, table, str_c(&names));
  str_fini(&names);
  return ERR_NAME;
}

static ErrCode choose_query(Sqlite *s, const char *table, Str *sql, Err *err) {
  Tables l = {0};
  if (table && is_query(table) && !exists(s, table)) return str_add(sql, table), OK;
  ErrCode code = list_tables(s, &l, err);
  str_add(sql, "SELECT * FROM ");
  if (code == OK) code = table ? choose_named(s, &l, table, sql, err) : choose_only(s, &l, sql, err);
  arena_fini(&l.arena);
  return code;
}

static ErrCode prepare(Sqlite *s, const char *sql, bool given, sqlite3_stmt **q, Err *err) {
  const char *rest = "";
  if (s->call.sqlite3_prepare_v2(s->db, sql, -1, q, &rest) != SQLITE_OK) {
    if (!given || s->call.sqlite3_errcode(s->db) == SQLITE_CORRUPT || s->call.sqlite3_errcode(s->db) == SQLITE_NOTADB)
      return sqlite_error(s, ERR_PARSE, "cannot read", err);
    return err_set(err, ERR_PARSE, "table: the query cannot be used: %s", s->call.sqlite3_errmsg(s->db));
  }
  while (isspace((unsigned char)*rest) || *rest == ';') rest++;
  if (*rest) return err_set(err, ERR_PARSE, "table: one query at a time; this stands behind it: %.60s", rest);
  return OK;
}

// ---- rows -----------------------------------------------------------------------------------------------------------
typedef struct Reader {
  Sqlite s;
  Table t;
  sqlite3_stmt *q;
  int ncol;
  int64_t *to; // column of the table
  int64_t *blobs;
  Str own;
  Arena arena;
} Reader;

static ErrCode add_columns(Reader *r, Err *err) {
  r->ncol = r->s.call.sqlite3_column_count(r->q);
  r->to = arena_array(&r->arena, int64_t, r->ncol);
  r->blobs = arena_array(&r->arena, int64_t, r->ncol);
  for (int j = 0; j < r->ncol; j++) {
    const char *name = r->s.call.sqlite3_column_name(r->q, j);
    Sv valid = text_valid(sv(name ? name : ""), &r->own);
    TRY(table_new_column(&r->t, valid, &r->to[j], err));
  }
  return OK;
}

static ErrCode add_cell(Reader *r, int j, Err *err) {
  const SqliteCalls *call = &r->s.call;
  Cells *c = &r->t.col[r->to[j]];
  int64_t row = r->t.nrow;
  switch (call->sqlite3_column_type(r->q, j)) {
  case SQLITE_INTEGER: return cells_add(c, row, KIND_INT, call->sqlite3_column_int64(r->q, j), err);
  case SQLITE_FLOAT: return cells_add_real(c, row, call->sqlite3_column_double(r->q, j), err);
  case SQLITE_TEXT: {
    const char *text = (const char *)call->sqlite3_column_text(r->q, j);
    if (!text) return sqlite_error(&r->s, ERR_MEMORY, "cannot read", err);
    Sv bytes = {text, (size_t)call->sqlite3_column_bytes(r->q, j)};
    return cells_add_text(c, row, text_valid(bytes, &r->own), err);
  }
  case SQLITE_BLOB: r->blobs[j]++; return cells_add(c, row, KIND_NONE, 0, err);
  default: return cells_add(c, row, KIND_NONE, 0, err);
  }
}

static ErrCode read_rows(Reader *r, Err *err) {
  while (!table_is_full(&r->t)) {
    if (r->t.nrow % TICK == 0) TRY(job_tick(r->t.job, r->t.nrow, 0, err));
    int status = r->s.call.sqlite3_step(r->q);
    if (status == SQLITE_DONE) return OK;
    if (status != SQLITE_ROW) {
      char doing[64];
      snprintf(doing, sizeof doing, "cannot read on behind row %lld of", (long long)r->t.nrow);
      return sqlite_error(&r->s, ERR_PARSE, doing, err);
    }
    for (int j = 0; j < r->ncol; j++) TRY(add_cell(r, j, err));
    table_end_row(&r->t, r->t.nrow + 1);
  }
  return OK;
}

// ---- what columns are declared to be --------------------------------------------------------------------------------
static bool says(const char *declared, const char *word) { return strcasestr(declared, word) != NULL; }

// The type of a column without a number or text in it; BOOL also of one that holds only 0 and 1.
static int declared_type(const char *declared, const Cells *c) {
  bool empty = c->count[KIND_NONE] == c->n;
  if (says(declared, "BOOL")) return COL_BOOL;
  if (!empty) return -1;
  if (says(declared, "TIME")) return COL_TIME;
  if (says(declared, "DATE")) return COL_DATE;
  if (says(declared, "INT")) return COL_I64;
  if (says(declared, "CHAR") || says(declared, "CLOB") || says(declared, "TEXT")) return COL_TEXT;
  return says(declared, "REAL") || says(declared, "FLOA") || says(declared, "DOUB") ? COL_F64 : -1;
}

static void use_declarations(Reader *r) {
  for (int j = 0; j < r->ncol; j++) {
    const char *declared = r->s.call.sqlite3_column_decltype(r->q, j);
    Cells *c = &r->t.col[r->to[j]];
    if (declared) c->declared = declared_type(declared, c);
    if (r->blobs[j])
      note_add(&r->t.notes, "column '%.100s': %lld blob%s left out; table=\"select hex(...) ...\" reads them",
               r->t.names.key[r->to[j]].s, (long long)r->blobs[j], r->blobs[j] == 1 ? "" : "s");
  }
}

static ErrCode read_table(Reader *r, const char *table, Err *err) {
  Str sql = {0};
  ErrCode code = choose_query(&r->s, table, &sql, err);
  if (code == OK) code = prepare(&r->s, str_c(&sql), table != NULL, &r->q, err);
  if (code == OK) note_add(&r->t.notes, "%.200s", str_c(&sql));
  str_fini(&sql);
  if (code == OK) code = add_columns(r, err);
  if (code == OK) code = read_rows(r, err);
  if (code == OK) use_declarations(r);
  return code;
}

static ErrCode sqlite_read(Job *job, Source *from, const ReadOpts *opts, Frame **out, Err *err) {
  Reader r = {.s = {.job = job, .path = from->path}};
  table_init(&r.t, job, opts);
  if (from->notes.n) note_add(&r.t.notes, "%s", str_c(&from->notes));
  ErrCode code = open_database(&r.s, from, err);
  if (code == OK) code = read_table(&r, opts->table, err);
  if (r.q) r.s.call.sqlite3_finalize(r.q);
  if (r.s.db) r.s.call.sqlite3_close_v2(r.s.db);
  if (code == OK) code = table_take(&r.t, "sqlite", from->path, out, err);
  table_fini(&r.t);
  str_fini(&r.own);
  arena_fini(&r.arena);
  return code;
}

static int sqlite_sniff(Sv head, const char *name) {
  (void)name;
  return head.n >= 16 && memcmp(head.s, "SQLite format 3", 16) == 0 ? 100 : 0;
}

extern const Format format_sqlite;
const Format format_sqlite = {.name = "sqlite",
                              .suffixes = ".sqlite .sqlite3 .db",
                              .sniff = sqlite_sniff,
                              .read = sqlite_read,
                              .write = sqlite_print,
                              .options = "table"};

// The names every session starts with: data, frame, datasets, show, accept, seed and args.
#include "bind/bind_int.h"

#include <stdlib.h>

// ---- data ---------------------------------------------------------------------------------------------------------
typedef struct DataOpts {
  Names path, na, columns;
  const char *delim, *quote, *comment, *encoding, *decimal, *thousands, *currency, *dates, *table, *source;
  bool percent;
  int header, types;
  int64_t rows, skip;
  double tolerance;
} DataOpts;
#define DATA_ENCODINGS "utf-8|utf-16|latin-1|windows-1252"
#define DATA_DATES "dmy|mdy|ymd"
#define DATA_DECIMALS ".|,"
#define DATA_TEXT(name, doc) {#name, PARAM_TEXT, offsetof(DataOpts, name), 0, 0, "", NULL, doc}
static const Param DATA[] = {
    {"path", PARAM_NAMES, offsetof(DataOpts, path), 0, 0, NULL, NULL,
     "files, patterns like \"part-*.csv\", \"-\" for standard input, or a bundled name"},
    {"types", PARAM_VALUE, offsetof(DataOpts, types), 0, 0, "", "table", "column name = type name"},
    {"na", PARAM_NAMES, offsetof(DataOpts, na), 0, 0, "", NULL, "texts that mean missing"},
    {"columns", PARAM_NAMES, offsetof(DataOpts, columns), 0, 0, "", NULL, "read only these columns"},
    {"rows", PARAM_INT, offsetof(DataOpts, rows), -1, PARAM_INF, "-1", NULL, "read at most this many rows; -1 for all"},
    {"tolerance", PARAM_REAL, offsetof(DataOpts, tolerance), 0, 1, "0.01", NULL,
     "share of cells that may not fit a column's type"},
    DATA_TEXT(table, "of a file that holds several tables: the name of one, or a query; in an archive a file"),
    DATA_TEXT(source, "of several files: the name of a new column that says which"),
    DATA_TEXT(delim, "CSV: the character between fields"),
    {"header", PARAM_VALUE, offsetof(DataOpts, header), 0, 0, "", "boolean", "CSV: whether the first line holds names"},
    {"skip", PARAM_INT, offsetof(DataOpts, skip), -1, PARAM_INF, "-1", NULL,
     "CSV: lines before the table; -1 finds out"},
    DATA_TEXT(quote, "CSV: the character around fields"),
    DATA_TEXT(comment, "CSV: lines that begin so are left out; \"\" for none"),
    DATA_TEXT(encoding, "CSV: " DATA_ENCODINGS),
    DATA_TEXT(decimal, "CSV: the mark of decimals, . or ,"),
    DATA_TEXT(thousands, "CSV: the mark between groups of three digits; \"\" for none"),
    DATA_TEXT(currency, "CSV: a mark that numbers carry, beside the usual ones, which are known"),
    {"percent", PARAM_BOOL, offsetof(DataOpts, percent), 0, 0, "false", NULL,
     "CSV: 12 is 0.12 too in a column where some number has a %"},
    DATA_TEXT(dates, "CSV: the order of day, month and year: " DATA_DATES),
    PARAM_END};

static ErrCode read_types(Call *c, int place, ReadOpts *out) {
  lua_State *L = c->L;
  if (!is_plain_table(L, place))
    return err_set(c->err, ERR_ARG, "data: types must be a table like {zip=\"text\"}, %s was given", kind_of(L, place));
  push_sorted_keys(L, place);
  int keys = lua_gettop(L);
  int64_t n = (int64_t)lua_rawlen(L, keys);
  NamedType *t = arena_array(c->arena, NamedType, n);
  for (int64_t i = 0; i < n; i++) {
    lua_rawgeti(L, keys, i + 1);
    lua_pushvalue(L, -1);
    lua_rawget(L, place);
    if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
      return err_set(c->err, ERR_ARG, "data: types must be a table like {zip=\"text\"}");
    t[i].name = arena_strdup(c->arena, lua_tostring(L, -2));
    if (!coltype_parse_name(sv(lua_tostring(L, -1)), &t[i].type))
      return err_set(c->err, ERR_ARG, "data: no type '%s': there are bool, int, real, date, time, category, text",
                     lua_tostring(L, -1));
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
  out->types = t, out->ntypes = n;
  return OK;
}

static ErrCode read_char(Call *c, const char *name, const char *given, char *out) {
  if (!given) return OK;
  if (strcmp(given, "\\t") == 0) given = "\t";
  if (strlen(given) != 1)
    return err_set(c->err, ERR_ARG, "data: %s must be one character, \"%s\" was given", name, given);
  *out = given[0];
  return OK;
}

// One of the words "a|b|c", or not given.
static ErrCode check_word(Call *c, const char *name, const char *given, const char *words) {
  if (!given) return OK;
  for (const char *w = words;; w++) {
    size_t n = strcspn(w, "|");
    if (sv_is((Sv){w, n}, given)) return OK;
    w += n;
    if (!*w) return err_set(c->err, ERR_ARG, "data: %s must be %s, \"%s\" was given", name, words, given);
  }
}

enum { GROUP_BYTES = 3, CURRENCY_BYTES = 7 }; // what a ValueStyle holds

static ErrCode check_marks(Call *c, const DataOpts *o) {
  if (o->thousands && strlen(o->thousands) > GROUP_BYTES)
    return err_set(c->err, ERR_ARG, "data: thousands must be one mark, \"%s\" was given", o->thousands);
  if (o->currency && strlen(o->currency) > CURRENCY_BYTES)
    return err_set(c->err, ERR_ARG, "data: currency must have at most %d bytes, \"%s\" was given", CURRENCY_BYTES,
                   o->currency);
  if (o->decimal && o->thousands && strcmp(o->decimal, o->thousands) == 0)
    return err_set(c->err, ERR_ARG, "data: decimal and thousands are both \"%s\": they must differ", o->decimal);
  return OK;
}

static ErrCode read_data_opts(Call *c, const DataOpts *o, ReadOpts *r) {
  io_read_defaults(r);
  r->na = o->na, r->columns = o->columns, r->rows = o->rows, r->tolerance = o->tolerance, r->skip = o->skip;
  r->comment = o->comment, r->encoding = o->encoding, r->decimal = o->decimal, r->thousands = o->thousands;
  r->dates = o->dates, r->table = o->table, r->source = o->source;
  r->currency = o->currency, r->percent = o->percent;
  TRY(check_marks(c, o));
  TRY(read_char(c, "delim", o->delim, &r->delim));
  TRY(read_char(c, "quote", o->quote, &r->quote));
  TRY(check_word(c, "encoding", o->encoding, DATA_ENCODINGS));
  TRY(check_word(c, "decimal", o->decimal, DATA_DECIMALS));
  TRY(check_word(c, "dates", o->dates, DATA_DATES));
  if (o->header) r->header = lua_toboolean(c->L, o->header);
  return o->types ? read_types(c, o->types, r) : OK;
}

static ErrCode data(Call *c) {
  const DataOpts *o = c->opts;
  const Door *door = &c->host->ops.door;
  ReadOpts r;
  TRY(read_data_opts(c, o, &r));
  if (o->path.n == 1) return io_read(c->job, door, o->path.name[0], &r, call_frame(c), c->err);
  return io_read_files(c->job, door, &o->path, &r, call_frame(c), c->err);
}

static ErrCode datasets(Call *c) {
  c->host->ops.datasets(c->host->ops.ctx, call_frame(c));
  return OK;
}

typedef struct ValueOpts {
  int value;
} ValueOpts;
static const Param COLUMNS[] = {
    {"columns", PARAM_VALUE, offsetof(ValueOpts, value), 0, 0, NULL, "table", "name = list of values"}, PARAM_END};

static ErrCode frame(Call *c) {
  const ValueOpts *o = c->opts;
  if (!is_plain_table(c->L, o->value))
    return err_set(c->err, ERR_ARG, "frame: columns must be a table, %s was given", kind_of(c->L, o->value));
  Frame **out = call_frame(c);
  return frame_from_table(c, o->value, out);
}

// ---- showing and proving ------------------------------------------------------------------------------------------
static const Param VALUE[] = {{"value", PARAM_VALUE, offsetof(ValueOpts, value), 0, 0, NULL, "value", "what to show"},
                              PARAM_END};

static ErrCode show(Call *c) { return emit_value(c->L, ((const ValueOpts *)c->opts)->value, c->err); }

typedef struct AcceptOpts {
  int cond;
  const char *text;
} AcceptOpts;
static const Param ACCEPT[] = {{"cond", PARAM_VALUE, offsetof(AcceptOpts, cond), 0, 0, "", "value", "must be true"},
                               {"text", PARAM_TEXT, offsetof(AcceptOpts, text), 0, 0, NULL, NULL, "what is claimed"},
                               PARAM_END};

static ErrCode accept_(Call *c) {
  const AcceptOpts *o = c->opts;
  if (!o->cond || !lua_toboolean(c->L, o->cond)) return err_set(c->err, ERR_LUA, "not accepted: %s", o->text);
  c->host->ops.accepted(c->host->ops.ctx, o->text);
  return OK;
}

typedef struct SeedOpts {
  int64_t n;
} SeedOpts;
static const Param SEED[] = {{"n", PARAM_INT, offsetof(SeedOpts, n), 0, PARAM_INF, NULL, NULL, "the session's seed"},
                             PARAM_END};

static ErrCode seed(Call *c) {
  c->host->seed = (uint64_t)((const SeedOpts *)c->opts)->n;
  c->host->cell_key = rng_key(c->host->seed, "seed"), c->host->draws = 0;
  return OK;
}

const BindFn GLOBAL_ROWS[] = {
    {"data", "data{\"x.csv\", types={zip=\"text\"}, na={\"NA\"}}", "reads a table", data, BIND_OPTS(DataOpts, DATA),
     .npos = 1, .rest = true, .example = "return data 'iris'"},
    {"datasets", "datasets()", "the bundled tables", datasets, .example = "return datasets()"},
    {"frame", "frame{x={1,2,3}, g={\"a\",\"b\",\"a\"}}", "a frame from lists", frame, BIND_OPTS(ValueOpts, COLUMNS),
     .npos = 1, .whole = true, .example = "return frame{x={1,2,3}, g={'a','b','a'}}"},
    {"show", "show(x)", "shows a value in the middle of a cell", show, BIND_OPTS(ValueOpts, VALUE), .npos = 1,
     .whole = true, .example = "show(1)"},
    {"accept", "accept(cond, \"text\")", "stops the recipe when cond is false", accept_, BIND_OPTS(AcceptOpts, ACCEPT),
     .npos = 2, .whole = true, .example = "accept(1 < 2, 'order holds')"},
    {"seed", "seed(n)", "sets the session's seed for what follows", seed, BIND_OPTS(SeedOpts, SEED), .npos = 1,
     .example = "seed(1)"},
    {0}};

// args.k of the command line's k=v; numbers stay text, as they were typed.
static void push_args(lua_State *L, const char *const *words) {
  lua_newtable(L);
  for (; words && *words; words++) {
    const char *equals = strchr(*words, '=');
    lua_pushlstring(L, *words, (size_t)(equals - *words));
    lua_pushstring(L, equals + 1);
    lua_rawset(L, -3);
  }
}

void bind_globals_open(LuaHost *h) {
  lua_State *L = h->L;
  frame_open(L);
  groups_open(L);
  chart_open(h);
  column_open(L);
  model_open(L);
  eval_open(L);
  report_open(L);
  preview_open(L);
  learn_open(h);
  stats_open(h);
  explain_open(h);
  for (const BindFn *f = GLOBAL_ROWS; f->name; f++) {
    push_bound(L, f, NULL);
    lua_setglobal(L, f->name);
  }
  push_args(L, h->ops.args);
  lua_setglobal(L, "args");
}

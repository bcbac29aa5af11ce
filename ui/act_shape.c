// Tables of another shape from keys: a pivot is asked for in one line, "rows by columns: mean value"; a join takes a
// file or a table that is there, and finds the key when both have one column by the same name.
#include "ui/table_int.h"

#include <stdlib.h>

// ---- pivot --------------------------------------------------------------------------------------------------------
static bool is_level(const WireHead *h) { return h && (h->strip == STRIP_SHARES || strcmp(h->kind, "bool") == 0); }
static bool is_number(const WireHead *h) { return h && (h->sign == '#' || h->sign == '%'); }

// A column of few levels that is not `other`; -1 = none.
static int find_levels(const Sheet *s, int other) {
  for (int j = 0; j < s->ncol; j++)
    if (j != other && is_level(sheet_head(s, j))) return j;
  return -1;
}

// What is most likely meant in this column, to be changed and entered.
static void suggest(const Sheet *s, Str *out) {
  bool value = is_number(sheet_head(s, s->col));
  int columns = value ? find_levels(s, -1) : s->col, rows = find_levels(s, columns);
  const char *name = sheet_name(s, rows), *by = sheet_name(s, columns);
  if (value && rows == columns) name = NULL;
  str_addf(out, "%s by %s: ", name ? name : "", by ? by : "");
  str_addf(out, value ? "mean %s" : "count", sheet_name(s, s->col));
}

void act_table_pivot(App *a, int arg) {
  (void)arg;
  Str line = {0};
  if (!column_or_say(a) || app_hold_for_columns(a)) return;
  suggest(&a->sheet, &line);
  prompt_open(a->prompt, PROMPT_PIVOT, "pivot ", str_c(&line));
  str_fini(&line);
}

// "a, b" as Lua: "a" or {"a", "b"}.
static void add_names(Str *out, Sv list) {
  bool several = memchr(list.s, ',', list.n);
  if (several) str_addc(out, '{');
  for (int k = 0; list.n; k++) {
    const char *comma = memchr(list.s, ',', list.n);
    size_t n = comma ? (size_t)(comma - list.s) : list.n;
    Sv one = sv_trim((Sv){list.s, n});
    char *name = strndup(one.s, one.n);
    if (k) str_add(out, ", ");
    lua_quote(out, name);
    free(name);
    list.s += n + (comma != NULL), list.n -= n + (comma != NULL);
  }
  if (several) str_addc(out, '}');
}

static Sv part(const char *from, const char *to) { return sv_trim((Sv){from, (size_t)(to - from)}); }

void pivot_accept(App *a, const char *line) {
  const char *by = strstr(line, " by "), *end = line + strlen(line), *colon = by ? strrchr(by, ':') : NULL;
  Sv rows = by ? part(line, by) : (Sv){"", 0}, columns = by ? part(by + 4, colon ? colon : end) : rows;
  Sv rest = colon ? part(colon + 1, end) : (Sv){"count", 5};
  const char *blank = memchr(rest.s, ' ', rest.n);
  Sv agg = blank ? part(rest.s, blank) : rest, value = blank ? part(blank, rest.s + rest.n) : (Sv){"", 0};
  if (!rows.n || !columns.n || !agg.n) {
    app_say(a, STYLE_WARN, "! a pivot is rows by columns: mean value, or rows by columns: count");
    return;
  }
  Str verb = {0};
  str_add(&verb, ":pivot{rows="), add_names(&verb, rows);
  str_add(&verb, ", columns="), add_names(&verb, columns);
  if (value.n) str_add(&verb, ", values="), add_names(&verb, value);
  str_addf(&verb, ", agg=\"" SV_FMT "\"}", SV_ARG(agg));
  table_look(a, str_c(&verb), "pivot");
  str_fini(&verb);
}

// ---- join ---------------------------------------------------------------------------------------------------------
static bool is_frame(const App *a, const char *name) {
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++) {
    const WireObject *o = &a->objects.Objects.item[k];
    if (strcmp(o->name, name) == 0) return strcmp(o->kind, "Frame") == 0;
  }
  return false;
}

// The columns that both tables have, as "a, b"; how many.
static int find_common(App *a, const char *other, Str *out) {
  enum { PATIENCE_MS = 3000 };
  Msg ask, answer;
  int n = 0;
  msg_init(&ask, MSG_VIEW_HEADS, 0);
  ask.ViewHeads.object = other;
  if (!app_await(a, app_ask(a, &ask), &answer, PATIENCE_MS)) return -1;
  for (int64_t k = 0; answer.kind == MSG_HEADS && k < answer.Heads.n; k++) {
    const char *name = answer.Heads.item[k].name;
    if (sheet_find_column(&a->sheet, name) < 0) continue;
    str_addf(out, n++ ? ", %s" : "%s", name);
  }
  if (answer.kind != MSG_HEADS) n = -1;
  msg_fini(&answer);
  return n;
}

// "id", "a, b" or "mine=theirs" as the option on.
static void add_on(Str *out, const char *on) {
  const char *equal = strchr(on, '=');
  str_add(out, "on=");
  if (!equal) {
    add_names(out, sv(on));
    return;
  }
  Sv mine = part(on, equal);
  char *name = strndup(mine.s, mine.n);
  str_add(out, "{["), lua_quote(out, name), str_add(out, "]=");
  add_names(out, sv_trim(sv(equal + 1)));
  str_addc(out, '}');
  free(name);
}

static void join_with(App *a, const char *other, const char *on, const char *how) {
  Str key = {0}, lua = {0};
  Arena scratch;
  arena_init(&scratch);
  int common = *on ? 1 : find_common(a, other, &key);
  if (*on) str_add(&key, on);
  if (common < 0) app_say(a, STYLE_WARN, "! nothing is known of %s yet: try again", other);
  else if (common == 0) app_say(a, STYLE_WARN, "! no column has the same name in both: join %s on mine=theirs", other);
  else if (common > 1) app_say(a, STYLE_WARN, "! both have %s: join %s on one of them", str_c(&key), other);
  else {
    str_addf(&lua, "%s = ", doc_new_name(&a->doc, "j", &scratch));
    if (table_expression(a, &lua)) {
      str_addf(&lua, ":join(%s, {", other);
      add_on(&lua, str_c(&key));
      str_addf(&lua, ", how=\"%s\"})", how);
      app_emit(a, str_c(&lua), "join");
    }
  }
  arena_fini(&scratch);
  str_fini(&key), str_fini(&lua);
}

static void join_clear(Join *j) {
  free(j->name), free(j->on), free(j->how);
  *j = (Join){0};
}

void join_fini(App *a) { join_clear(&a->join); }

bool join_goes_on(App *a, int64_t cell) {
  Join j = a->join;
  if (!j.cell || j.cell != cell) return false;
  a->join = (Join){0};
  join_with(a, j.name, j.on, j.how);
  join_clear(&j);
  return true;
}

// The table comes first, in a cell of its own; what it is joined by is known when it is there.
static void join_file(App *a, const char *file, const char *on, const char *how) {
  Str lua = {0};
  Arena scratch;
  arena_init(&scratch);
  const char *name = doc_new_name(&a->doc, "e", &scratch);
  str_addf(&lua, "%s = data ", name);
  lua_quote(&lua, file);
  join_clear(&a->join);
  a->join = (Join){.name = strdup(name), .on = strdup(on), .how = strdup(how)};
  a->join.cell = app_emit(a, str_c(&lua), "open the other table");
  arena_fini(&scratch);
  str_fini(&lua);
}

static bool is_how(Sv word) {
  static const char *const HOWS[] = {"inner", "left", "right", "full", "semi", "anti"};
  for (size_t k = 0; k < sizeof HOWS / sizeof *HOWS; k++)
    if (sv_is(word, HOWS[k])) return true;
  return false;
}

void join_command(App *a, const char *rest, bool force) {
  (void)force;
  const char *on = strstr(rest, " on "), *end = rest + strlen(rest), *last = strrchr(rest, ' ');
  Sv how = {"left", 4};
  if (last && is_how(sv(last + 1))) how = sv(last + 1), end = last;
  if (on && on > end) on = NULL;
  Sv other = part(rest, on ? on : end), key = on ? part(on + 4, end) : (Sv){"", 0};
  char *name = strndup(other.s, other.n), *by = strndup(key.s, key.n), *keeps = strndup(how.s, how.n);
  if (!a->sheet.object) app_say(a, STYLE_DIM, "no table yet: :open FILE");
  else if (!*name) app_say(a, STYLE_WARN, "! a file or a table must follow: join prices.csv on id, join e on id left");
  else if (is_frame(a, name)) join_with(a, name, by, keeps);
  else join_file(a, name, by, keeps);
  free(name), free(by), free(keeps);
}

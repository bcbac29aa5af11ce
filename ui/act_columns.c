// Columns of the table: hiding and showing, choosing by a pattern, types, width, freezing.
#include "ui/table_int.h"

#include "base/regex.h"

#include <stdlib.h>

void act_table_width(App *a, int all) {
  Sheet *s = &a->sheet;
  if (!s->ncol) return;
  bool wide = !s->width[s->col].wide;
  for (int j = all ? 0 : s->col; j < (all ? s->ncol : s->col + 1); j++) s->width[j].wide = wide;
  a->dirty = true;
}

void act_table_freeze(App *a, int arg) {
  (void)arg;
  Sheet *s = &a->sheet;
  s->frozen = s->frozen == s->col + 1 ? 0 : s->ncol ? s->col + 1 : 0;
  a->dirty = true;
}

// ---- hiding -------------------------------------------------------------------------------------------------------
static void hide(App *a) {
  const char *column = column_or_say(a);
  if (!column) return;
  if (sheet_ncol(&a->sheet) < 2) {
    app_say(a, STYLE_DIM, "%s is the only column", column);
    return;
  }
  Str verb = {0}, label = {0};
  str_add(&verb, ":drop{");
  lua_quote(&verb, column);
  str_addc(&verb, '}');
  str_addf(&label, "hide %s", column);
  app_emit_view(a, str_c(&verb), str_c(&label));
  str_fini(&verb), str_fini(&label);
}

static void show_all(App *a) {
  char *base = NULL;
  Str verbs = {0};
  if (!a->sheet.object) app_say(a, STYLE_DIM, "no table yet: :open FILE");
  else if (!sheet_unhidden(a, &base, &verbs)) app_say(a, STYLE_DIM, "no column is hidden");
  else app_emit_chain(a, base, str_c(&verbs), "show all columns");
  free(base);
  str_fini(&verbs);
}

void act_table_hide(App *a, int all_back) {
  if (all_back) show_all(a);
  else hide(a);
}

// ---- choosing by a pattern ----------------------------------------------------------------------------------------
void act_table_columns(App *a, int arg) {
  (void)arg;
  if (column_or_say(a)) prompt_open(a->prompt, PROMPT_COLUMNS, "columns matching ", "");
}

bool table_pattern(App *a, const char *pattern, Arena *arena, Regex **out) {
  Str whole = {0};
  Err err;
  int at;
  bool capital = false;
  for (const char *s = pattern; *s; s++) capital = capital || (*s >= 'A' && *s <= 'Z');
  str_addf(&whole, "%s%s", capital ? "" : "(?i)", pattern);
  ErrCode code = regex_parse((Sv){str_c(&whole), whole.n}, arena, out, &at, &err);
  if (code != OK) app_say(a, STYLE_WARN, "! %s", err.msg);
  str_fini(&whole);
  return code == OK;
}

// The columns whose names match, as a list of Lua strings; returns how many.
static int add_matching(const Sheet *s, const Regex *r, Arena *arena, Str *out) {
  RegexRun *run = regex_run_new(r, -1, arena);
  int n = 0;
  for (int j = 0; j < s->ncol; j++) {
    const char *name = sheet_name(s, j);
    if (!name || !regex_find(r, run, sv(name), 0, NULL)) continue;
    str_add(out, n++ ? ", " : "");
    lua_quote(out, name);
  }
  return n;
}

void columns_accept(App *a, const char *pattern) {
  Sheet *s = &a->sheet;
  Arena arena;
  Regex *r;
  Str names = {0}, verb = {0};
  arena_init(&arena);
  if (table_pattern(a, pattern, &arena, &r)) {
    int n = add_matching(s, r, &arena, &names);
    str_addf(&verb, ":select{%s}", str_c(&names));
    if (n == 0) app_say(a, STYLE_WARN, "! no column matches %s", pattern);
    else if (n == s->ncol) app_say(a, STYLE_DIM, "all %d columns match %s", n, pattern);
    else app_emit_view(a, str_c(&verb), "choose columns");
  }
  str_fini(&names), str_fini(&verb);
  arena_fini(&arena);
}

// ---- types --------------------------------------------------------------------------------------------------------
static bool is_name(const char *text) {
  bool good = *text && !(*text >= '0' && *text <= '9');
  for (; *text && good; text++)
    good = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || (*text >= '0' && *text <= '9') ||
           *text == '_';
  return good;
}

static void add_cast(Str *out, const char *column, const char *type, bool unfit) {
  str_add(out, ":cast{");
  if (is_name(column)) str_add(out, column);
  else str_addc(out, '['), lua_quote(out, column), str_addc(out, ']');
  str_addf(out, "=\"%s\"%s}", type, unfit ? ", unfit=\"missing\"" : "");
}

// Amounts of money are texts: the number in them, in place of the text.
static void add_amount(Str *out, const char *column) {
  Str text = {0};
  str_addf(&text,
           is_name(column) ? "%s = real(replace_re(%s, '[^0-9.+-]', ''))"
                           : "`%s` = real(replace_re(`%s`, '[^0-9.+-]', ''))",
           column, column);
  str_add(out, ":derive{");
  lua_quote(out, str_c(&text));
  str_addc(out, '}');
  str_fini(&text);
}

static const char *type_for(App *a, char sign, const char *kind) {
  const Sheet *s = &a->sheet;
  bool known, text = strcmp(kind, "text") == 0;
  const char *cell = sheet_cell(&a->sheet, s->row, s->col, &known);
  switch (sign) {
  case '~': return text ? "category" : "text";
  case '#': return "int";
  case '@': return strcmp(kind, "date") == 0 || (cell && strchr(cell, ':')) ? "time" : "date";
  default: return "real";
  }
}

void act_table_type(App *a, int sign) {
  const char *column = column_or_say(a);
  const WireHead *head = sheet_head(&a->sheet, a->sheet.col);
  if (!column || (!head && app_hold_for_columns(a))) return;
  const char *kind = head ? head->kind : "", *type = type_for(a, (char)sign, kind);
  bool again = a->cast_refused && a->cast_sign == sign && strcmp(a->cast_refused, column) == 0;
  bool number = strcmp(kind, "int") == 0 || strcmp(kind, "real") == 0;
  Str verb = {0}, label = {0};
  if (strcmp(kind, type) == 0 || (sign == '$' && number)) {
    app_say(a, STYLE_DIM, "%s is %s already", column, kind);
    return;
  }
  if (sign == '$') add_amount(&verb, column);
  else add_cast(&verb, column, type, again);
  str_addf(&label, "%s as %s", column, type);
  free(a->cast_refused);
  a->cast_refused = strdup(column), a->cast_sign = (char)sign;
  table_change(a, str_c(&verb), str_c(&label));
  str_fini(&verb), str_fini(&label);
}

// "cast: column 'age' (real) to int: 45 values ..: row 2 has 0.9, ..; round first .., unfit=.." is said in short.
bool table_cast_failed(App *a, const char *message) {
  const char *facts = strstr(message, ") to "), *end = facts ? strchr(facts, ';') : NULL;
  if (!a->cast_refused || strncmp(message, "cast: ", 6) != 0 || !facts || !end || !strstr(end, "unfit=")) return false;
  facts = strstr(facts, ": ");
  if (!facts || facts > end) return false;
  const char *second = strstr(facts, ", row ");
  if (second && second < end && a->w < 120) end = second;
  app_say(a, STYLE_WARN, "! %.*s; %c again makes them missing", (int)(end - facts) - 2, facts + 2, a->cast_sign);
  return true;
}

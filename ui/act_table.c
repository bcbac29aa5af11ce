// What keys do in a table: moving, looking, and changing it. Moves and widths are of the screen alone; what computes
// becomes Lua in the notebook.
#include "ui/app_int.h"
#include "ui/table_int.h"

#include <stdlib.h>

// ---- moving -------------------------------------------------------------------------------------------------------
void act_table_down(App *a, int by) { sheet_move(a, by, 0); }
void act_table_right(App *a, int by) { sheet_move(a, 0, by); }
void act_table_side(App *a, int to) { sheet_goto(a, a->sheet.row, to < 0 ? 0 : sheet_ncol(&a->sheet) - 1); }
void act_table_end(App *a, int to) { sheet_goto(a, to < 0 ? 0 : sheet_nrow(&a->sheet) - 1, a->sheet.col); }

void act_table_page(App *a, int halves) {
  Sheet *s = &a->sheet;
  int64_t lines = s->lines > 1 ? s->lines : 2, by = lines * halves / 2;
  s->top += by; // the drawing keeps it within the table
  sheet_move(a, by, 0);
}

// ---- what acts write ----------------------------------------------------------------------------------------------
// The name of the cursor's column; NULL, and it was said: there is none.
const char *column_or_say(App *a) {
  const char *name = sheet_name(&a->sheet, a->sheet.col);
  if (name && a->sheet.object) return name;
  if (app_hold_for_columns(a)) return NULL;
  app_say(a, STYLE_DIM, a->sheet.object ? "the columns are not known yet" : "no table yet: :open FILE");
  return name;
}

const char *app_kind_of(const App *a, const char *name) {
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++)
    if (strcmp(a->objects.Objects.item[k].name, name) == 0) return a->objects.Objects.item[k].kind;
  return "";
}

const char *app_table_verb(const App *a, const char *expression) {
  const char *kind = app_kind_of(a, expression);
  return strcmp(kind, "Evaluation") == 0 ? ":metrics()" : strcmp(kind, "Model") == 0 ? ":card()" : "";
}

bool table_lua(const App *a, Str *out) {
  const char *object = a->sheet.object;
  if (!object) return false;
  if (*object != '#') {
    str_add(out, object);
    return true;
  }
  int64_t i = doc_find(&a->doc, atoll(object + 1));
  const char *text = i < 0 ? "" : doc_text(&a->doc, i);
  size_t n = strlen(text);
  if (n && !strchr(text, '\n') && strchr("})", text[n - 1]) && !strstr(text, " = ")) {
    str_add(out, text);
    return true;
  }
  if (*app_table_verb(a, text)) {
    str_add(out, text), str_add(out, app_table_verb(a, text));
    return true;
  }
  return false;
}

bool table_expression(App *a, Str *out) {
  if (table_lua(a, out)) return true;
  app_say(a, STYLE_DIM,
          a->sheet.object ? "this table has no name: write f = ... before the last line of its cell (D), then open f"
                          : "no table yet: :open FILE");
  return false;
}

void table_look(App *a, const char *verb, const char *label) {
  Str lua = {0};
  if (table_expression(a, &lua)) {
    str_add(&lua, verb);
    app_emit(a, str_c(&lua), label);
  }
  str_fini(&lua);
}

// Runs the table's expression with `verb` behind it, `column` quoted where the verb has a %.
static void emit_look(App *a, const char *verb, const char *column, const char *label) {
  Str lua = {0};
  if (table_expression(a, &lua)) {
    size_t head = strcspn(verb, "%");
    str_addn(&lua, verb, head);
    if (verb[head]) lua_quote(&lua, column), str_add(&lua, verb + head + 1);
    app_emit(a, str_c(&lua), label);
  }
  str_fini(&lua);
}

void act_table_describe(App *a, int arg) {
  (void)arg;
  emit_look(a, ":describe()", NULL, "describe");
}

void act_table_correlations(App *a, int arg) {
  (void)arg;
  emit_look(a, ":corr():heatmap()", NULL, "correlations");
}

void act_table_ledger(App *a, int arg) {
  (void)arg;
  emit_look(a, ":ledger()", NULL, "columns");
}

void act_table_frequencies(App *a, int arg) {
  (void)arg;
  const char *column = column_or_say(a);
  if (column) emit_look(a, ":count{%}", column, "frequencies");
}

void act_table_plot(App *a, int arg) {
  (void)arg;
  const char *column = column_or_say(a);
  const WireHead *head = sheet_head(&a->sheet, a->sheet.col);
  const PageCol *form = sheet_form(&a->sheet, a->sheet.col);
  char sign = head ? head->sign : form ? form->sign : 0;
  if (!column) return;
  if (head && head->strip == STRIP_TEXT)
    app_say(a, STYLE_DIM, "%s: %s values, too many for bars: F counts them", column, head->text);
  else if (sign == '#' || sign == '%') emit_look(a, ":hist{%}", column, "histogram");
  else if (sign == '@') app_say(a, STYLE_DIM, "%s: a histogram needs numbers: F counts the dates", column);
  else emit_look(a, ":bar{%}", column, "bars");
}

// ---- sorting and hiding -------------------------------------------------------------------------------------------
static bool is_key_of(const char *key, const char *column) { return strcmp(key + (*key == '-'), column) == 0; }

static void add_key(Str *out, bool down, const char *column) {
  Str key = {0};
  str_addf(&key, "%s%s", down ? "-" : "", column);
  if (out->s && out->s[out->n - 1] != '{') str_add(out, ", ");
  lua_quote(out, str_c(&key));
  str_fini(&key);
}

void act_table_sort(App *a, int arg) {
  app_settle(a); // the keys so far are those of the table that shows
  const Sheet *s = &a->sheet;
  const char *column = column_or_say(a);
  bool down = arg < 0, adds = arg == 2 || arg == -2, had = false;
  if (!column) return;
  Str verb = {0}, label = {0};
  str_add(&verb, ":sort{");
  for (int k = 0; adds && k < s->nkey; k++) {
    bool this = is_key_of(s->key[k], column);
    add_key(&verb, this ? down : *s->key[k] == '-', this ? column : s->key[k] + (*s->key[k] == '-'));
    had = had || this;
  }
  if (!had) add_key(&verb, down, column);
  str_addc(&verb, '}');
  str_addf(&label, "sort by %s", column);
  app_emit_view(a, str_c(&verb), str_c(&label));
  str_fini(&verb), str_fini(&label);
}

// ---- what is asked at the prompt ----------------------------------------------------------------------------------
static void ask(App *a, PromptKind kind, const char *label) {
  if (column_or_say(a)) prompt_open(a->prompt, kind, label, "");
}

void act_table_filter(App *a, int arg) {
  (void)arg;
  ask(a, PROMPT_FILTER, "rows where ");
}

void act_table_derive(App *a, int arg) {
  (void)arg;
  ask(a, PROMPT_DERIVE, "new column (name = expression): ");
}

void act_table_search(App *a, int arg) {
  if (!column_or_say(a)) return;
  a->sheet.find_asks_all = arg;
  prompt_open(a->prompt, PROMPT_SEARCH, arg ? "g/" : "/", "");
}

void act_table_search_next(App *a, int step) {
  if (!a->sheet.find) app_say(a, STYLE_DIM, "nothing was searched for yet: /");
  else sheet_search(a, step < 0);
}

static void accept_filter(App *a, const char *line) {
  Str verb = {0};
  str_add(&verb, ":where ");
  lua_quote(&verb, line);
  app_emit_view(a, str_c(&verb), "filter rows");
  str_fini(&verb);
}

// A table with a name is changed for good; a view or a result of a cell shows it as one more view verb.
void table_change(App *a, const char *verb, const char *label) {
  const char *object = a->sheet.object;
  bool view = *object == '#' || (a->chain.cell && strcmp(a->chain.name, object) == 0);
  Str lua = {0};
  str_addf(&lua, "%s = %s%s", object, object, verb);
  if (view) app_emit_view(a, verb, label);
  else app_emit(a, str_c(&lua), label);
  str_fini(&lua);
}

static void accept_derive(App *a, const char *line) {
  Str lua = {0};
  size_t name = strcspn(line, "=");
  if (!line[name] || line[name + 1] == '=' || sv_trim((Sv){line, name}).n == 0) {
    app_say(a, STYLE_WARN, "! a new column is name = expression: half = age / 2");
    return;
  }
  str_add(&lua, ":derive{");
  lua_quote(&lua, line);
  str_addc(&lua, '}');
  Sv made = sv_trim((Sv){line, name});
  char *column = strndup(made.s, made.n);
  sheet_await_column(&a->sheet, column);
  free(column);
  table_change(a, str_c(&lua), "new column");
  str_fini(&lua);
}

void table_accept(App *a, PromptKind kind, const char *line) {
  Sheet *s = &a->sheet;
  Sv text = sv_trim(sv(line));
  if (!s->object || !text.n) return;
  Str kept = {0};
  str_addn(&kept, text.s, text.n);
  if (kind == PROMPT_FILTER) accept_filter(a, str_c(&kept));
  if (kind == PROMPT_DERIVE) accept_derive(a, str_c(&kept));
  if (kind == PROMPT_COLUMNS) columns_accept(a, str_c(&kept));
  if (kind == PROMPT_PIVOT) pivot_accept(a, str_c(&kept));
  if (kind == PROMPT_SEARCH) {
    free(s->find);
    s->find = str_take(&kept);
    free(s->find_column);
    const char *column = s->find_asks_all ? NULL : sheet_name(s, s->col);
    s->find_column = column ? strdup(column) : NULL;
    hits_begin(s);
    sheet_search(a, false);
  }
  str_fini(&kept);
}

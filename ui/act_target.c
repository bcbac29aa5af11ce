// The target and the training that follows from it. What the column is like decides: levels are classified, numbers are
// regressed; columns that cannot be features (free text, dates, nothing but missing values) are left out by name, so
// that the cell says what happens.
#include "ui/form_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdlib.h>

static bool begins(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }
static bool is_number(const WireHead *h) { return h->sign == '#' || h->sign == '%'; }

static const char *value_of(const MsgColumn *m, const char *label) {
  for (int64_t i = 0; m && i < m->label.n; i++)
    if (strcmp(m->label.name[i], label) == 0) return m->value.name[i];
  return NULL;
}

// Levels of the column as its picture has them; NULL = it has none.
static const Axis *levels_of(const MsgColumn *m, const Series **bars) {
  if (!m->has_plot) return NULL;
  const Axis *axis = m->plot.x.kind == AXIS_CATEGORY ? &m->plot.x : m->plot.y.kind == AXIS_CATEGORY ? &m->plot.y : NULL;
  for (int i = 0; axis && i < m->plot.nseries; i++)
    if (m->plot.series[i].kind == MARK_BAR && m->plot.series[i].n == axis->ncategory) {
      *bars = &m->plot.series[i];
      return axis;
    }
  return NULL;
}

// "yes 38.2%": of two classes the positive one, which is the second in sorted order; of more the most frequent.
static void add_class(const MsgColumn *m, Str *out) {
  const Series *bars = NULL;
  const Axis *axis = levels_of(m, &bars);
  if (!axis || axis->ncategory < 2) return;
  double total = 0;
  int at = 0;
  for (int k = 0; k < axis->ncategory; k++) {
    total += bars->y[k];
    if (axis->ncategory == 2 ? strcmp(axis->category[k], axis->category[at]) > 0 : bars->y[k] > bars->y[at]) at = k;
  }
  if (total > 0)
    str_addf(out, ", %s%s %.1f%%", axis->ncategory == 2 ? "" : "most often ", axis->category[at],
             100 * bars->y[at] / total);
}

static void add_facts(const WireHead *head, const MsgColumn *m, Str *out) {
  const char *distinct = value_of(m, "distinct"), *missing = value_of(m, "missing");
  const char *lo = value_of(m, "min"), *hi = value_of(m, "max");
  if (is_number(head) && lo && hi) str_addf(out, ", numbers from %s to %s", lo, hi);
  else if (distinct && strcmp(distinct, "1") == 0) str_add(out, ", one class: a model needs two");
  else if (distinct) str_addf(out, ", %s classes", distinct);
  if (!is_number(head)) add_class(m, out);
  if (missing && strcmp(missing, "0") != 0) str_addf(out, ", %s missing", missing);
}

void target_tell(App *a) {
  Sheet *s = &a->sheet;
  const MsgColumn *m = sheet_profile(s, s->want_target);
  const WireHead *head = sheet_head(s, sheet_find_column(s, s->want_target));
  if (!s->want_target || !m || !head) return;
  Str text = {0};
  str_addf(&text, "target: %s", s->want_target);
  add_facts(head, m, &text);
  app_say(a, STYLE_FG, "%s", str_c(&text));
  str_fini(&text);
  free(s->want_target);
  s->want_target = NULL;
}

void act_table_target(App *a, int arg) {
  (void)arg;
  Sheet *s = &a->sheet;
  const WireHead *head = sheet_head(s, s->col);
  const char *name = sheet_name(s, s->col);
  if (!head && app_hold_for_columns(a)) return;
  if (!name) {
    app_say(a, STYLE_DIM, s->object ? "the columns are not known yet" : "no table yet: :open FILE");
    return;
  }
  bool off = s->target && strcmp(s->target, name) == 0;
  a->dirty = true;
  if (head && !off && (strcmp(head->kind, "text") == 0 || begins(head->kind, "date"))) {
    app_say(a, STYLE_WARN, "! %s is %s: a target is a category or a number", name, head->kind);
    return;
  }
  free(s->target), free(s->want_target);
  s->target = off ? NULL : strdup(name);
  s->want_target = off ? NULL : strdup(name);
  app_say(a, STYLE_FG, off ? "no target" : "target: %s", name);
  target_tell(a);
}

// ---- training -----------------------------------------------------------------------------------------------------
static bool is_feature(const WireHead *h) {
  bool empty = h->strip == STRIP_NONE && h->n == 0 && strcmp(h->kind, "bool") != 0;
  return strcmp(h->kind, "text") != 0 && !begins(h->kind, "date") && !empty;
}

// ":drop{"name", "id"}", nothing when all can stay; returns the features that are left.
static int add_drop(const Sheet *s, Str *out) {
  int dropped = 0, kept = 0;
  for (int j = 0; j < s->ncol; j++) {
    const WireHead *h = sheet_head(s, j);
    if (strcmp(h->name, s->target) == 0) continue;
    if (is_feature(h)) {
      kept++;
      continue;
    }
    str_add(out, dropped++ ? ", " : ":drop{");
    lua_quote(out, h->name);
  }
  if (dropped) str_addc(out, '}');
  return kept;
}

// Classes for levels, and for numbers of which there are two.
static bool is_classes(const Sheet *s, const WireHead *target) {
  const char *distinct = value_of(sheet_profile(s, target->name), "distinct");
  return !is_number(target) || (distinct && strcmp(distinct, "2") == 0);
}

static void add_training(const char *table, const char *drop, const char *target, bool classes, const char *learner,
                         Str *lua) {
  Str quoted = {0};
  lua_quote(&quoted, target);
  str_addf(lua, "train, test = %s%s:split{test=0.25", table, drop);
  if (classes) str_addf(lua, ", stratify=%s", str_c(&quoted));
  str_addf(lua, "}\nm = pipe{prep.impute{with=\"median\"}, prep.onehot{}, prep.standard{}, %s}:fit(train, %s)\n",
           learner ? learner : classes ? "ml.logistic{l2=1}" : "ml.linear{}", str_c(&quoted));
  str_add(lua, "e = m:evaluate(test)");
  str_fini(&quoted);
}

bool training_lua(const App *a, const char *learner, Str *lua, Str *why) {
  const Sheet *s = &a->sheet;
  const WireHead *target = sheet_head(s, sheet_find_column(s, s->target));
  Str table = {0}, drop = {0};
  if (!s->target || !target) str_add(why, "no target yet: ! on a column");
  else if (add_drop(s, &drop) == 0)
    str_addf(why, "! no column is left to learn %s from: text and dates are left out", s->target);
  else if (!table_lua(a, &table)) str_add(why, "this table has no name: write f = ... in its cell (D), then open f");
  else add_training(str_c(&table), str_c(&drop), s->target, is_classes(s, target), learner, lua);
  str_fini(&table), str_fini(&drop);
  return !why->n;
}

void act_table_train(App *a, int arg) {
  (void)arg;
  Str lua = {0}, why = {0};
  if (a->sheet.target && app_hold_for_columns(a)) return;
  if (training_lua(a, NULL, &lua, &why)) app_emit(a, str_c(&lua), "train");
  else app_say(a, *why.s == '!' ? STYLE_WARN : STYLE_DIM, "%s", str_c(&why));
  str_fini(&lua), str_fini(&why);
}

// The same model, its options first.
void act_table_train_form(App *a, int arg) {
  (void)arg;
  const Sheet *s = &a->sheet;
  Str lua = {0}, why = {0};
  if (s->target && app_hold_for_columns(a)) return;
  if (training_lua(a, NULL, &lua, &why))
    form_ask(a, is_classes(s, sheet_head(s, sheet_find_column(s, s->target))) ? "ml.logistic" : "ml.linear");
  else app_say(a, *why.s == '!' ? STYLE_WARN : STYLE_DIM, "%s", str_c(&why));
  str_fini(&lua), str_fini(&why);
}

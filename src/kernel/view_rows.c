// The rows behind what is on the screen: a cell of an answer, a statistic of a column, a bar of its histogram. The
// answer is a condition, which becomes Lua in the notebook, and the name of the table that it is about.
#include "kernel/desk_int.h"

#include "base/numfmt.h"
#include "frame/verbs.h"
#include "stats/explain.h"

#include <math.h>

// ---- statistics of a column ----------------------------------------------------------------------------------------
enum { LEVEL_COLUMNS = 20 };

// Statistics as the profile names them whose rows need no look at the values.
static const char *simple_where(Arena *a, const char *name, const char *label) {
  static const struct {
    const char *label, *form;
  } FORMS[] = {
      {"missing", "is_missing(%s)"}, {"nan", "is_nan(%s)"}, {"zeros", "%s == 0"}, {"not int", "%s ~= floor(%s)"}};
  for (size_t k = 0; k < sizeof FORMS / sizeof *FORMS; k++) {
    if (strcmp(label, FORMS[k].label) != 0) continue;
    if (strcmp(label, "not int") == 0) return arena_printf(a, "%s ~= floor(%s)", name, name);
    const char *form = FORMS[k].form, *at = strstr(form, "%s");
    return arena_printf(a, "%.*s%s%s", (int)(at - form), form, name, at + 2);
  }
  return NULL;
}

// "5%": the rows at or below that percentile, of those above the middle at or above it.
static const char *percentile_where(Arena *a, const char *name, const char *label) {
  size_t n = strspn(label, "0123456789");
  int64_t percent;
  if (n == 0 || strcmp(label + n, "%") != 0 || !parse_i64(label, n, &percent)) return NULL;
  return arena_printf(a, "%s %s quantile(%s, %g)", name, percent < 50 ? "<=" : ">=", name, (double)percent / 100);
}

static const char *statistic_of(const char *label) {
  return strcmp(label, "outliers") == 0 ? "outliers_iqr" : strcmp(label, "longest") == 0 ? "max_length" : label;
}

// The level that the profile shows under this label, cut or whole.
static ErrCode level_where(Job *job, const Frame *f, int j, const char *label, Explained *e, Err *err) {
  const char *name = frame_name(f, j);
  Frame *counted;
  TRY(frame_count(job, f, &(Names){&name, 1}, &counted, err));
  const Column *level = frame_at(counted, 0);
  for (int64_t i = 0; i < level->n && !e->where; i++) {
    if (!col_valid(level, i)) continue;
    Str whole = {0};
    col_format(level, i, CELL_PRETTY, &whole);
    bool same = strcmp(str_c(&whole), label) == 0 || strcmp(word_cell(&e->arena, level, i, LEVEL_COLUMNS), label) == 0;
    str_fini(&whole);
    if (same) e->where = explain_equal(e, name, level, i);
  }
  frame_unref(counted);
  return e->where ? OK : err_set(err, ERR_ARG, "no rows in particular stand behind '%s' of '%s'", label, name);
}

static ErrCode statistic_where(Job *job, const Frame *f, int j, const char *label, Explained *e, Err *err) {
  const Column *c = frame_at(f, j);
  const char *name = frame_name(f, j);
  e->where = simple_where(&e->arena, explain_name(e, name), label);
  if (!e->where && col_is_number(c)) e->where = percentile_where(&e->arena, explain_name(e, name), label);
  if (e->where) return OK;
  Err unknown = {0};
  ErrCode code = stats_explain(job, f, &(Names){&name, 1}, statistic_of(label), e, &unknown);
  if (code == ERR_CANCELLED || code == ERR_MEMORY) return err_set(err, code, "%s", unknown.msg);
  if (e->where) return OK;
  if (code != OK && (col_is_text(c) || c->type == COL_BOOL)) return level_where(job, f, j, label, e, err);
  return err_set(err, ERR_ARG, "all rows with a value stand behind '%s' of '%s'", label, name);
}

// ---- bars ----------------------------------------------------------------------------------------------------------
static const char *edge(Arena *a, const Column *c, double v) {
  char buf[NUMFMT_MAX];
  fmt_shortest(buf, sizeof buf, v);
  Column *one;
  if ((c->type != COL_DATE && c->type != COL_TIME) || column_new(NULL, c->type, 1, NULL, &one, NULL) != OK)
    return arena_strdup(a, buf);
  Str text = {0};
  one->i[0] = (int64_t)ceil(v); // the first moment that lies in the bar
  col_format(one, 0, CELL_EXACT, &text);
  const char *word = arena_printf(a, "%s('%s')", COLTYPES[c->type].name, str_c(&text));
  str_fini(&text);
  column_unref(one);
  return word;
}

static void bar_where(const Frame *f, int j, const MsgViewRows *v, Explained *e) {
  const char *name = explain_name(e, frame_name(f, j));
  const Column *c = frame_at(f, j);
  e->where = arena_printf(&e->arena, "%s >= %s and %s %s %s", name, edge(&e->arena, c, v->lo), name,
                          v->last ? "<=" : "<", edge(&e->arena, c, v->hi));
}

// ---- cells of answers ----------------------------------------------------------------------------------------------
// The global that is the table; NULL = it has no name any more.
static const char *name_of(const Found *found, const Frame *f) {
  const HostSnapshot *s = found->snapshot;
  for (int64_t k = 0; s && k < s->n; k++)
    if (s->item[k].frame == f) return s->item[k].name;
  return NULL;
}

static ErrCode cell_where(Job *job, const Found *found, const MsgViewRows *v, Explained *e, MsgRows *m, Err *err) {
  const Frame *f = found->frame;
  int j;
  TRY(frame_col(f, sv(v->column), &j, err));
  if (v->row >= frame_nrow(f)) return err_set(err, ERR_ARG, "there is no such row");
  TRY(explain_behind(job, f, v->row, j, e, err));
  const char *of = name_of(found, frame_asked(f)->of);
  if (!of)
    return err_set(err, ERR_NAME, "the table that this was computed from has no name now: run the cell again, or u");
  m->of = of;
  return OK;
}

// A column of the table asked that the row or the cell names.
static const char *column_of(const Found *found, const MsgViewRows *v) {
  const Frame *f = found->frame, *of = frame_asked(f)->of;
  int j = frame_find(f, sv("column"));
  if (frame_find(of, sv(v->column)) >= 0) return v->column;
  return j < 0 && frame_ncol(f) && frame_find(of, sv(frame_name(f, 0))) >= 0 ? frame_name(f, 0) : "";
}

static const char *named_column(Arena *a, const Found *found, const MsgViewRows *v) {
  int j = frame_find(found->frame, sv("column"));
  if (j < 0 || !col_is_text(frame_at(found->frame, j)) || !col_valid(frame_at(found->frame, j), v->row))
    return column_of(found, v);
  Sv text = col_text(frame_at(found->frame, j), v->row);
  return arena_strndup(a, text.s, text.n);
}

static const char *pair_lua(Arena *a, const Explained *e) {
  Str lua = {0};
  str_add(&lua, ":scatter{");
  for (int k = 0; k < 2; k++) {
    const char *name = k ? e->y : e->x;
    str_add(&lua, k ? ", \"" : "\"");
    for (; *name; name++) {
      if (*name == '"' || *name == '\\') str_addc(&lua, '\\');
      str_addc(&lua, *name);
    }
    str_addc(&lua, '"');
  }
  str_addc(&lua, '}');
  const char *kept = arena_strdup(a, str_c(&lua));
  str_fini(&lua);
  return kept;
}

// ---- the answer ----------------------------------------------------------------------------------------------------
static ErrCode fill(Job *job, const Found *found, const MsgViewRows *v, Explained *e, MsgRows *m, Err *err) {
  const Frame *f = found->frame;
  int j;
  if (v->row >= 0) return cell_where(job, found, v, e, m, err);
  TRY(frame_col(f, sv(v->column), &j, err));
  if (*v->label) return statistic_where(job, f, j, v->label, e, err);
  return bar_where(f, j, v, e), OK;
}

ErrCode view_rows(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const MsgViewRows *v = &ask->ViewRows;
  MsgRows *m = &answer->Rows;
  Arena *a = &answer->arena;
  Explained e;
  *m = (MsgRows){"", "", "", ""};
  if (strcmp(v->label, "tree") == 0) return view_tree_rows(found, v, a, m, err);
  explained_init(&e);
  ErrCode code = fill(job, found, v, &e, m, err);
  if (code == OK) {
    bool pair = e.x && strcmp(e.x, e.y) != 0;
    m->of = arena_strdup(a, m->of);
    m->column = v->row < 0 ? arena_strdup(a, v->column) : pair ? "" : arena_strdup(a, named_column(a, found, v));
    m->where = pair || !e.where ? "" : arena_strdup(a, e.where);
    m->lua = pair ? pair_lua(a, &e) : "";
  }
  explained_fini(&e);
  return code;
}

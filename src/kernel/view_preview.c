// What an expression gives while it is typed. Small tables are looked at whole; of larger ones so many of the first
// rows as fit into a moment, so that the answer comes between two keys. Whole-column functions (mean, rank) see those
// rows.
#include "kernel/desk_int.h"

#include "frame/expr.h"
#include "frame/verbs.h"

enum { FIRST_LOOK = 200000, LOOK_MOST = 20000000, COLUMNS_MOST = 4, ROWS_MOST = 50 };
static const double MOMENT = 0.15; // seconds

typedef struct Look {
  Job *job;
  const Frame *f; // of the rows that are looked at
  Sv expr;
  size_t offset; // of the expression in the text
  bool filter;
  Column *made;
} Look;

// ---- the columns that an expression names --------------------------------------------------------------------------
static bool is_name_byte(char c, bool first) {
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
  return letter || (!first && c >= '0' && c <= '9');
}

// The length of the word, text or other sign at byte i; *name is set when it may be the name of a column.
static size_t next_word(Sv text, size_t i, Sv *name) {
  char c = text.s[i];
  *name = (Sv){"", 0};
  if (c == '"' || c == '\'' || c == '`') {
    size_t k = i + 1;
    while (k < text.n && text.s[k] != c) k += text.s[k] == '\\' && c != '`' ? 2 : 1;
    if (k > text.n) k = text.n;
    if (c == '`') *name = (Sv){text.s + i + 1, k - i - 1};
    return k < text.n ? k + 1 - i : k - i;
  }
  size_t n = 0;
  while (i + n < text.n && is_name_byte(text.s[i + n], n == 0)) n++;
  if (n) *name = (Sv){text.s + i, n};
  return n ? n : 1;
}

static int columns_in(const Frame *f, Sv expr, int col[COLUMNS_MOST]) {
  int n = 0;
  Sv name;
  for (size_t i = 0; i < expr.n && n < COLUMNS_MOST; i += next_word(expr, i, &name)) {
    next_word(expr, i, &name);
    int j = name.n ? frame_find(f, name) : -1, seen = 0;
    while (seen < n && col[seen] != j) seen++;
    if (j >= 0 && seen == n) col[n++] = j;
  }
  return n;
}

// ---- computing -----------------------------------------------------------------------------------------------------
static ErrCode compute(Look *l, int64_t rows, Err *err) {
  Frame *part;
  TRY(frame_slice(l->job, l->f, 0, rows, &part, err));
  column_unref(l->made);
  l->made = NULL;
  ErrCode code = expr_eval(l->job, part, l->expr, NULL, 0, &l->made, err);
  frame_unref(part);
  return code;
}

// The first rows, then all of them when that fits into a moment. Returns how many were looked at by *rows.
static ErrCode look(Look *l, int64_t *rows, Err *err) {
  int64_t all = frame_nrow(l->f);
  double start = clock_seconds();
  *rows = all < FIRST_LOOK ? all : FIRST_LOOK;
  TRY(compute(l, *rows, err));
  double each = (clock_seconds() - start) / (double)(*rows ? *rows : 1);
  if (*rows == all || all > LOOK_MOST || each * (double)all > MOMENT) return OK;
  *rows = all;
  return compute(l, all, err);
}

static bool is_kept(const Column *c, int64_t i) { return col_valid(c, i) && c->b[i]; }

// The first rows that are shown: of a filter those that it keeps. Returns how many.
static int64_t shown_rows(const Look *l, int64_t most, int64_t row[ROWS_MOST], int64_t *holds) {
  int64_t n = 0;
  *holds = l->filter ? 0 : -1;
  for (int64_t i = 0; i < l->made->n; i++) {
    bool kept = !l->filter || is_kept(l->made, i);
    if (kept && n < most && n < ROWS_MOST) row[n++] = i;
    if (!l->filter && n == most) break;
    if (l->filter) *holds += kept;
  }
  return n;
}

static ErrCode add_column(Look *l, const char *name, const Column *c, const int64_t *row, int64_t n, Frame *out,
                          Err *err) {
  Column *part;
  TRY(column_gather(l->job, c, row, n, &part, err));
  return frame_add(out, name, part, err);
}

// The columns in use and, behind them, the new one.
static ErrCode make_page(Look *l, MsgPreview *m, int64_t most, Err *err) {
  int64_t row[ROWS_MOST], n = shown_rows(l, most, row, &m->holds);
  int col[COLUMNS_MOST], ncol = columns_in(l->f, l->expr, col);
  const char *name = *m->name ? m->name : "result";
  Frame *out = frame_new(n);
  ErrCode code = OK;
  for (int k = 0; k < ncol && code == OK; k++) {
    const char *used = frame_name(l->f, col[k]);
    if (!l->filter && strcmp(used, name) == 0) continue;
    code = add_column(l, used, frame_at(l->f, col[k]), row, n, out, err);
  }
  if (code == OK && !l->filter) code = add_column(l, name, l->made, row, n, out, err);
  if (code == OK) page_from_frame(out, 0, n, true, &m->page);
  m->page.row_numbers = false;
  frame_unref(out);
  return code;
}

static ErrCode no_condition(const Look *l, Err *err) {
  ErrCode code = err_set(err, ERR_TYPE, "a condition is true or false, this is %s: compare it, as in age > 30",
                         COLTYPES[l->made->type].name);
  err->begin = 0, err->end = (int)l->expr.n;
  return code;
}

static ErrCode preview(Look *l, MsgPreview *m, int64_t most, Err *err) {
  TRY(look(l, &m->looked, err));
  if (l->filter && l->made->type != COL_BOOL) return no_condition(l, err);
  m->kind = COLTYPES[l->made->type].name;
  return make_page(l, m, most, err);
}

// ---- the answer ----------------------------------------------------------------------------------------------------
// The message without the lines that point: the screen points in the text itself.
static void tell_error(const Look *l, const Err *e, MsgPreview *m, Arena *a) {
  m->message = arena_strndup(a, e->msg, strcspn(e->msg, "\n"));
  if (!e->end) return;
  m->begin = (int64_t)l->offset + e->begin, m->end = (int64_t)l->offset + e->end;
}

// "ratio = price / sqft"; without a name the whole is the expression.
static void split(const char *text, Look *l, MsgPreview *m, Arena *a) {
  Sv name, expr;
  Err ignored;
  l->expr = sv(text);
  if (l->filter || expr_split(sv(text), &name, &expr, &ignored) != OK) return;
  l->expr = expr, l->offset = (size_t)(expr.s - text);
  m->name = arena_strndup(a, name.s, name.n);
}

ErrCode view_preview(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const MsgViewPreview *v = &ask->ViewPreview;
  MsgPreview *m = &answer->Preview;
  Look l = {.job = job, .f = found->frame, .filter = v->filter};
  *m = (MsgPreview){.object = v->object, .name = "", .kind = "", .version = found->version};
  m->nrow = frame_nrow(l.f), m->holds = -1, m->message = "";
  split(v->text, &l, m, &answer->arena);
  page_init(&m->page, 0, 0);
  ErrCode code = sv_trim(l.expr).n ? preview(&l, m, v->rows < ROWS_MOST ? v->rows : ROWS_MOST, err) : OK;
  column_unref(l.made);
  if (code == OK || code == ERR_CANCELLED || code == ERR_MEMORY) return code;
  tell_error(&l, err, m, &answer->arena);
  return OK;
}

// corr(x, y) in bootstrap expressions. Aggregates have one column each, so it becomes what they can say: both columns
// less their means and over their standard deviations, over the rows that have both, stand in the frame as columns of
// their own, and the correlation is made of their means, squares and product; so scaled, no digits cancel.
#include "stats/boot_int.h"

#include "frame/expr.h"
#include "frame/verbs.h"
#include "num/num.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct Rewrite {
  Job *job;
  Frame *f;
  Arena *a;
  int pairs;
} Rewrite;

static ErrCode add_scaled(Rewrite *w, const Column *c, const Column *other, const char *name, Err *err) {
  Column *z;
  int64_t n = 0;
  TRY(column_new(w->job, COL_F64, c->n, NULL, &z, err));
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i) && col_valid(other, i)) z->f[n++] = col_f64(c, i);
  Moments m = moments_f64(w->job, z->f, n);
  double sd = sqrt(moments_var(&m));
  ErrCode code = OK;
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    bool both = col_valid(c, i) && col_valid(other, i);
    z->f[i] = both ? (col_f64(c, i) - m.mean) / (sd > 0 ? sd : 1) : 0;
    if (!both) code = column_set_missing(z, i, err);
  }
  if (code == OK) return frame_add(w->f, name, z, err);
  column_unref(z);
  return code;
}

static ErrCode column_of(Rewrite *w, Sv text, Column **out, Err *err) {
  TRY(expr_eval(w->job, w->f, text, NULL, 0, out, err));
  if (col_is_number(*out)) return OK;
  ErrCode code = err_set(err, ERR_TYPE, "bootstrap: corr needs numbers, '" SV_FMT "' is %s", SV_ARG(text),
                         COLTYPES[(*out)->type].name);
  column_unref(*out);
  *out = NULL;
  return code;
}

// x, y: the arguments; *out: what stands for the call.
static ErrCode rewrite_call(Rewrite *w, Sv x, Sv y, const char **out, Err *err) {
  Column *cx = NULL, *cy = NULL;
  int k = w->pairs++;
  const char *nx = arena_printf(w->a, ".x%d", k), *ny = arena_printf(w->a, ".y%d", k);
  ErrCode code = column_of(w, x, &cx, err);
  if (code == OK) code = column_of(w, y, &cy, err);
  if (code == OK) code = add_scaled(w, cx, cy, nx, err);
  if (code == OK) code = add_scaled(w, cy, cx, ny, err);
  column_unref(cx);
  column_unref(cy);
  *out = arena_printf(w->a,
                      "((mean(`%s` * `%s`) - mean(`%s`) * mean(`%s`)) / (((mean(`%s` * `%s`) - mean(`%s`) * "
                      "mean(`%s`)) * (mean(`%s` * `%s`) - mean(`%s`) * mean(`%s`))) ^ 0.5))",
                      nx, ny, nx, ny, nx, nx, nx, nx, ny, ny, ny, ny);
  return code;
}

// "corr(x, y)" at s: the arguments, split at the only comma outside of parentheses; *end behind it.
static bool read_args(const char *s, Sv *x, Sv *y, const char **end) {
  const char *open = strchr(s, '('), *comma = NULL, *c = open;
  int depth = 0;
  for (; *c; c++) {
    depth += *c == '(' ? 1 : *c == ')' ? -1 : 0;
    if (*c == ',' && depth == 1 && comma) return false;
    if (*c == ',' && depth == 1) comma = c;
    if (depth == 0) break;
  }
  if (!*c || !comma) return false;
  *x = (Sv){open + 1, (size_t)(comma - open - 1)}, *y = (Sv){comma + 1, (size_t)(c - comma - 1)};
  *end = c + 1;
  return true;
}

static const char *find_call(const char *s, const char *from) {
  for (s = strstr(s, "corr("); s; s = strstr(s + 1, "corr("))
    if (s == from || !(s[-1] == '_' || s[-1] == '.' || s[-1] == '`' || (s[-1] >= '0' && s[-1] <= '9') ||
                       ((s[-1] | 32) >= 'a' && (s[-1] | 32) <= 'z')))
      return s;
  return NULL;
}

static ErrCode rewrite(Rewrite *w, const char *text, const char **out, Err *err) {
  const char *s = text, *at = find_call(s, text), *made = "";
  if (!at) return *out = text, OK;
  Sv name, expr;
  if (expr_split(sv(text), &name, &expr, NULL) != OK) { // it has no name: the call as words
    char word[64];
    int n = 0;
    for (const char *c = text; *c && n < 60; c++) {
      bool plain = (*c >= '0' && *c <= '9') || ((*c | 32) >= 'a' && (*c | 32) <= 'z');
      if (plain) word[n++] = *c;
      else if (n && word[n - 1] != '_') word[n++] = '_';
    }
    while (n && word[n - 1] == '_') n--;
    made = arena_printf(w->a, "`%.*s` = ", n, word);
  }
  for (; at; at = find_call(s, text)) {
    Sv x, y;
    const char *end, *call;
    if (!read_args(at, &x, &y, &end)) return err_set(err, ERR_PARSE, "bootstrap: corr has two columns: corr(x, y)");
    TRY(rewrite_call(w, x, y, &call, err));
    made = arena_printf(w->a, "%s%.*s%s", made, (int)(at - s), s, call);
    s = end;
  }
  return *out = arena_printf(w->a, "%s%s", made, s), OK;
}

ErrCode boot_correlations(Job *job, const Frame *f, const Names *exprs, Arena *a, Names *rewritten, Frame **out,
                          Err *err) {
  Names all = {NULL, 0};
  Rewrite w = {.job = job, .a = a};
  const char **name = arena_array(a, const char *, exprs->n + 1);
  const char **column = arena_array(a, const char *, frame_ncol(f));
  for (int j = 0; j < frame_ncol(f); j++) column[all.n++] = frame_name(f, j);
  all.name = column;
  TRY(frame_select(f, &all, &w.f, err));
  ErrCode code = OK;
  for (int64_t k = 0; k < exprs->n && code == OK; k++) code = rewrite(&w, exprs->name[k], &name[k], err);
  if (code != OK) return frame_unref(w.f), code;
  *rewritten = (Names){name, exprs->n};
  return *out = w.f, OK;
}

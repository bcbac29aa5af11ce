// Small frames for tests, written as text: one line a row, cells split at blanks, NA missing, _ for a blank, '' empty.
#pragma once
#include "check.h"

#include "frame/expr.h"
#include "frame/frame.h"

#include <stdlib.h>

static inline Sv make_word(const char **s) {
  *s += strspn(*s, " \n");
  Sv w = {*s, strcspn(*s, " \n")};
  *s += w.n;
  return w;
}

static inline Column *make_cells(const Sv *cell, int64_t n, int step, ColType type) {
  Column *c = NULL, *cat = NULL;
  TextBuilder b;
  textb_init(&b, NULL);
  bool text = type == COL_TEXT || type == COL_CAT;
  if (!text) assert_int_equal(column_new(NULL, type, n, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    char buf[256] = {0};
    Sv w = cell[i * step];
    bool missing = sv_is(w, "NA"), empty = sv_is(w, "''"), zoned = false;
    for (size_t k = 0; k < w.n && !empty; k++) buf[k] = w.s[k] == '_' ? ' ' : w.s[k];
    int64_t v = 0;
    double f = 0;
    if (text) assert_int_equal(missing ? textb_add_missing(&b, NULL) : textb_add(&b, sv(buf), NULL), OK);
    else if (missing) assert_int_equal(column_set_missing(c, i, NULL), OK);
    else if (sv_is(w, "nan")) c->f[i] = NAN;
    else {
      assert_true(COLTYPES[type].parse(sv(buf), &v, &f, &zoned));
      if (type == COL_BOOL) c->b[i] = (uint8_t)v;
      else if (type == COL_F64) c->f[i] = f;
      else c->i[i] = v;
      c->zoned = c->zoned || zoned;
    }
  }
  if (text) assert_int_equal(textb_take(&b, &c, NULL), OK);
  textb_fini(&b);
  if (type != COL_CAT) return c;
  assert_int_equal(column_to_cat(NULL, c, -1, &cat, NULL), OK);
  column_unref(c);
  return cat;
}

// head: "age:int sex:category", body: the rows.
static inline Frame *make_frame(const char *head, const char *body) {
  enum { MOST = 4096 };
  static Sv cell[MOST];
  Sv name[32];
  int ncol = 0;
  int64_t ncell = 0;
  for (Sv w; (w = make_word(&head)).n;) name[ncol++] = w;
  for (Sv w; (w = make_word(&body)).n && ncell < MOST;) cell[ncell++] = w;
  Frame *f = frame_new(ncell / ncol);
  for (int j = 0; j < ncol; j++) {
    char buf[64];
    const char *colon = memchr(name[j].s, ':', name[j].n);
    size_t n = (size_t)(colon - name[j].s);
    snprintf(buf, sizeof buf, "%.*s", (int)n, name[j].s);
    ColType type;
    assert_true(coltype_parse_name((Sv){colon + 1, name[j].n - n - 1}, &type));
    assert_int_equal(frame_add(f, buf, make_cells(cell + j, ncell / ncol, ncol, type), NULL), OK);
  }
  return f;
}

// "20 NA 31": the cells of a column with all digits; '' for empty text. In a buffer that the next calls reuse in turn.
static inline const char *shown(const Column *c) {
  static char buf[4][8192];
  static int turn;
  char *out = buf[turn++ & 3];
  Str s = {0};
  for (int64_t i = 0; i < c->n; i++) {
    size_t before = s.n;
    if (i) str_addc(&s, ' ');
    if (!col_valid(c, i)) str_add(&s, "NA");
    else col_format(c, i, CELL_EXACT, &s);
    if (s.n == before + (i > 0)) str_add(&s, "''");
  }
  snprintf(out, sizeof buf[0], "%s", str_c(&s));
  str_fini(&s);
  return out;
}

static inline const char *shown_at(const Frame *f, const char *name) {
  int j = frame_find(f, sv(name));
  assert_true(j >= 0);
  return shown(frame_at(f, j));
}

#define NAMES(...)                                                                                                     \
  &(Names) { (const char *[]){__VA_ARGS__}, (int64_t)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)) }

// The cells of an expression over f, behind the name of its type: "int: 1 NA 3"; or its error message.
static inline const char *value_of(const Frame *f, const char *text) {
  static char buf[4][8400];
  static int turn;
  char *out = buf[turn++ & 3];
  Err err = {0};
  Column *c;
  if (expr_eval(NULL, f, sv(text), NULL, 0, &c, &err) != OK) return snprintf(out, sizeof buf[0], "%s", err.msg), out;
  snprintf(out, sizeof buf[0], "%s: %s", COLTYPES[c->type].name, shown(c));
  column_unref(c);
  return out;
}

#define assert_value(f, text, want) assert_string_equal(value_of(f, text), want)

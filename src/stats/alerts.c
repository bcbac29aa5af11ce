// What is odd about a frame: each column is asked for missing values, codes, cut texts and the like, the file for what
// could not be read, the rows for copies. A finding is a sentence with its numbers; the weight of its kind, and within
// some kinds the share of rows, puts the worst first. Equal weights stay in the order of the columns.
#include "stats/explain.h"
#include "stats/stats_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"
#include "frame/verbs.h"

#include <stdlib.h>

enum { MOST_COMPARED = 500000, CELL_COLUMNS = 30 };

const char *const ALERT_NAMES[ALERT_KINDS] = {"unread",      "dissent", "all_missing", "missing_pattern", "missing",
                                              "code",        "cut_off", "mixed",       "constant",        "duplicates",
                                              "id",          "leak",    "unbalanced",  "missing_target",  "nan",
                                              "spellings",   "numbers", "skewed",      "correlated",      "zeros",
                                              "cardinality", "blank",   "unique",      "strongest",       "clean"};

void alerts_add(Alerts *a, AlertKind kind, double weight, int64_t rows, const char *column, const char *text) {
  if (a->n == a->cap) {
    a->cap = a->cap ? a->cap * 2 : 16;
    a->item = realloc(a->item, (size_t)a->cap * sizeof *a->item);
    if (!a->item) abort();
  }
  a->item[a->n++] = (Alert){kind, weight, rows, column, text, ""};
}

void alerts_where(Alerts *a, const char *where) { a->item[a->n - 1].where = where; }

const char *alert_name(Alerts *a, const char *column) { return condition_name(&a->arena, column); }

const char *alert_count(Alerts *a, int64_t n) {
  char buf[32];
  fmt_i64(buf, sizeof buf, n, true);
  return arena_strdup(&a->arena, buf);
}

const char *alert_share(Alerts *a, int64_t part, int64_t all) {
  double percent = 100 * (double)part / (double)all;
  if (part > 0 && percent < 1) return "<1%";
  if (part < all && percent > 99) return ">99%";
  return arena_printf(&a->arena, "%.0f%%", percent);
}

const char *alert_cell(Alerts *a, const Column *c, int64_t row) {
  Str text = {0};
  col_format(c, row, CELL_PRETTY, &text);
  Sv all = {str_c(&text), text.n};
  size_t n = utf8_fit(all, CELL_COLUMNS);
  const char *cell = arena_printf(&a->arena, n < all.n ? "%.*s…" : "%.*s", (int)n, all.s);
  str_fini(&text);
  return cell;
}

// ---- the file ------------------------------------------------------------------------------------------------------
static const Column *ledger_column(const Frame *ledger, const char *name) {
  int j = frame_find(ledger, sv(name));
  return j < 0 ? NULL : frame_at(ledger, j);
}

static void ledger_row(Alerts *a, const Frame *ledger, int64_t i, int j) {
  const Column *dissent = ledger_column(ledger, "dissent"), *lines = ledger_column(ledger, "lines"),
               *examples = ledger_column(ledger, "examples"), *note = ledger_column(ledger, "note");
  if (!dissent || !lines || !examples || !note) return;
  const char *column = frame_name(a->f, j), *type = COLTYPES[frame_at(a->f, j)->type].name;
  int64_t n = dissent->i[i];
  if (n > 0)
    alerts_add(a, ALERT_DISSENT, 80, n, column,
               arena_printf(&a->arena, "%s %s no %s and missing now: %s, line %s", alert_count(a, n),
                            n == 1 ? "cell is" : "cells are", type, alert_cell(a, examples, i),
                            alert_cell(a, lines, i)));
  if (col_is_text(frame_at(a->f, j)) && col_valid(note, i)) {
    Sv text = col_text(note, i);
    alerts_add(a, ALERT_MIXED, 50, frame_nrow(a->f), column, arena_strndup(&a->arena, text.s, text.n));
  }
}

static int64_t unread_lines(const Frame *quarantine) { // but for titles before the table
  const Column *reason = quarantine ? ledger_column(quarantine, "reason") : NULL;
  int64_t n = quarantine ? frame_nrow(quarantine) : 0, titles = 0;
  for (int64_t i = 0; reason && i < n; i++) titles += sv_is(col_text(reason, i), "before the table");
  return n - titles;
}

void alerts_file(Alerts *a, const Frame *read) {
  const Frame *ledger = frame_ledger(read);
  int64_t bad = unread_lines(frame_quarantine(read));
  if (bad)
    alerts_add(a, ALERT_UNREAD, 90, bad, "",
               arena_printf(&a->arena, "%s %s not be read and left out: see quarantine()", alert_count(a, bad),
                            bad == 1 ? "line could" : "lines could"));
  const Column *name = ledger ? ledger_column(ledger, "column") : NULL;
  for (int64_t i = 0; name && i < frame_nrow(ledger); i++) {
    int j = frame_find(a->f, col_text(name, i));
    if (j >= 0 && i > 0) ledger_row(a, ledger, i, j); // row 0 is the file
  }
}

// ---- rows ----------------------------------------------------------------------------------------------------------
// A table whose rows are mostly copies is one of few levels, and copies say nothing there.
static ErrCode look_at_copies(Alerts *a, Err *err) {
  int64_t n = frame_nrow(a->f), ngroup;
  int m = frame_ncol(a->f);
  if (n < 2 || n > MOST_COMPARED || m < 2) return OK;
  TRY(job_need(a->job, n * 8, "comparing rows", err));
  int64_t *group = mem_new((size_t)n * sizeof *group);
  if (!group) return err_set(err, ERR_MEMORY, "comparing rows: the system has no memory left: take fewer rows");
  int *col = arena_array(&a->arena, int, m);
  for (int j = 0; j < m; j++) col[j] = j;
  ErrCode code = frame_groups(a->job, a->f, col, m, group, &ngroup, err);
  mem_free(group);
  int64_t copies = code == OK ? n - ngroup : 0;
  if (copies > 0 && copies <= n / 2)
    alerts_add(a, ALERT_DUPLICATES, 35, copies, "",
               arena_printf(&a->arena, "%s %s an earlier one in every column", alert_count(a, copies),
                            copies == 1 ? "row repeats" : "rows repeat"));
  return code;
}

// ---- the frame of answers ------------------------------------------------------------------------------------------
static ErrCode look(Alerts *a, Err *err) {
  alerts_file(a, a->f);
  for (int j = 0; j < frame_ncol(a->f); j++) {
    TRY(job_tick(a->job, j, frame_ncol(a->f), err));
    TRY(alerts_missing(a, j, err));
    if (frame_at(a->f, j)->missing == frame_at(a->f, j)->n) continue;
    TRY(col_is_text(frame_at(a->f, j)) ? alerts_texts(a, j, err) : alerts_values(a, j, err));
  }
  return look_at_copies(a, err);
}

void alerts_sort(Alerts *a) { // few
  for (int64_t i = 1; i < a->n; i++) {
    Alert one = a->item[i];
    int64_t k = i;
    for (; k > 0 && a->item[k - 1].weight < one.weight; k--) a->item[k] = a->item[k - 1];
    a->item[k] = one;
  }
}

static const char *text_at(const Alert *x, int field) {
  return field == 0 ? x->column : field == 1 ? ALERT_NAMES[x->kind] : field == 2 ? x->text : x->where;
}

static ErrCode add_texts(const Alerts *a, const char *name, int field, Frame *out, Err *err) {
  TextBuilder b;
  Column *c = NULL;
  textb_init(&b, a->job);
  ErrCode code = OK;
  for (int64_t i = 0; i < a->n && code == OK; i++) code = textb_add(&b, sv(text_at(&a->item[i], field)), err);
  if (code == OK) code = textb_take(&b, &c, err);
  textb_fini(&b);
  return code == OK ? frame_add(out, name, c, err) : code;
}

static ErrCode add_rows(const Alerts *a, Frame *out, Err *err) {
  Column *c;
  TRY(column_new(a->job, COL_I64, a->n, NULL, &c, err));
  for (int64_t i = 0; i < a->n; i++) c->i[i] = a->item[i].rows;
  return frame_add(out, "rows", c, err);
}

static ErrCode fill(const Alerts *a, Frame *out, Err *err) {
  TRY(add_texts(a, "column", 0, out, err));
  TRY(add_texts(a, "alert", 1, out, err));
  TRY(add_rows(a, out, err));
  TRY(add_texts(a, "text", 2, out, err));
  return add_texts(a, "where", 3, out, err);
}

ErrCode stats_alerts(Job *job, const Frame *f, Frame **out, Err *err) {
  Alerts a = {.job = job, .f = f};
  ErrCode code = look(&a, err);
  if (code == OK) {
    alerts_sort(&a);
    Frame *made = frame_new(a.n);
    code = fill(&a, made, err);
    if (code == OK) *out = made;
    else frame_unref(made);
  }
  free(a.item);
  arena_fini(&a.arena);
  return code;
}

// What is odd about a frame: each column is asked for missing values, codes, cut texts and the like, the file for what
// could not be read, the rows for copies. A finding is a sentence with its numbers. They come by the tier of their
// kind, by kind, and within a kind by how many rows they are about (skewness and correlations: how strong they are),
// then in the order of the columns.
//
// Tiers are in the order in which one error hides the next: what was not read cannot be examined; a target that leaks
// makes every score worthless; values that are wrong or missing for a reason bend every statistic, though not every
// model; shapes only make methods work badly. Limits are those of the field where it has one:
//   leak .95         AUC (rank correlation) of one column: H2O Driverless AI, detect_features_leakage_threshold_auc
//   unbalanced .8    share of the largest class, "moderate" imbalance; uneven .6, "mild": Google, Machine Learning
//                    Crash Course, degrees of imbalance
//   missing .1       share of rows: Bennett, "How can I deal with missing data in my study?", 2001; below it a remark
//   missing_pattern, missing_target: p below .001 (alerts_missing.c)
//   skewed 3         |skew|: Kline, Principles and Practice of Structural Equation Modeling, 2011, "extreme"
//   correlated .9    |r|: ydata-profiling's correlations.threshold, findCorrelation of R's caret
//   zeros .5         share: from here on the median is 0
//   cardinality 50   levels: ydata-profiling's cardinality_threshold
//   numbers .5       share of the texts that read as numbers: most of them
//   strongest .5     |r|: Cohen, Statistical Power Analysis, 1988, "large"
// docs/alerts.md says the same to users.
#include "stats/explain.h"
#include "stats/stats_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_COMPARED = 500000, CELL_COLUMNS = 30 };

const AlertRule ALERT_RULES[ALERT_KINDS] = {
    [ALERT_UNREAD] = {"unread", TIER_LOST, NAN},
    [ALERT_ALL_MISSING] = {"all_missing", TIER_LOST, NAN},
    [ALERT_DISSENT] = {"dissent", TIER_LOST, NAN},
    [ALERT_LEAK] = {"leak", TIER_INVALID, .95},
    [ALERT_UNBALANCED] = {"unbalanced", TIER_INVALID, .8},
    [ALERT_MISSING_TARGET] = {"missing_target", TIER_OFF, NAN},
    [ALERT_MISSING_PATTERN] = {"missing_pattern", TIER_OFF, NAN},
    [ALERT_CODE] = {"code", TIER_OFF, NAN},
    [ALERT_NAN] = {"nan", TIER_OFF, NAN},
    [ALERT_CUT_OFF] = {"cut_off", TIER_OFF, NAN},
    [ALERT_NUMBERS] = {"numbers", TIER_OFF, .5},
    [ALERT_SPELLINGS] = {"spellings", TIER_OFF, NAN},
    [ALERT_MIXED] = {"mixed", TIER_OFF, NAN},
    [ALERT_MISSING] = {"missing", TIER_BENT, .1},
    [ALERT_SKEWED] = {"skewed", TIER_BENT, 3},
    [ALERT_CORRELATED] = {"correlated", TIER_BENT, .9},
    [ALERT_ZEROS] = {"zeros", TIER_BENT, .5},
    [ALERT_CONSTANT] = {"constant", TIER_BENT, NAN},
    [ALERT_LEAK_ROWS] = {"leak", TIER_BENT, NAN},
    [ALERT_CARDINALITY] = {"cardinality", TIER_BENT, 50},
    [ALERT_UNEVEN] = {"unbalanced", TIER_REMARK, .6},
    [ALERT_BLANK] = {"blank", TIER_REMARK, NAN},
    [ALERT_FEW_MISSING] = {"missing", TIER_REMARK, NAN},
    [ALERT_DUPLICATES] = {"duplicates", TIER_REMARK, NAN},
    [ALERT_UNIQUE] = {"unique", TIER_REMARK, NAN},
    [ALERT_ID] = {"id", TIER_REMARK, NAN},
    [ALERT_STRONGEST] = {"strongest", TIER_REMARK, .5},
    [ALERT_CLEAN] = {"clean", TIER_REMARK, NAN},
};

void alerts_add(Alerts *a, AlertKind kind, int64_t rows, const char *column, const char *text) {
  if (a->n == a->cap) {
    a->cap = a->cap ? a->cap * 2 : 16;
    a->item = realloc(a->item, (size_t)a->cap * sizeof *a->item);
    if (!a->item) abort();
  }
  a->item[a->n++] = (Alert){kind, (double)rows, rows, column, text, ""};
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
  col_format(c, row, col_style(c, ""), &text);
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
    alerts_add(a, ALERT_DISSENT, n, column,
               arena_printf(&a->arena, "%s %s no %s and missing now: %s, line %s", alert_count(a, n),
                            n == 1 ? "cell is" : "cells are", type, alert_cell(a, examples, i),
                            alert_cell(a, lines, i)));
  if (col_is_text(frame_at(a->f, j)) && col_valid(note, i)) {
    Sv text = col_text(note, i);
    alerts_add(a, ALERT_MIXED, frame_nrow(a->f), column, arena_strndup(&a->arena, text.s, text.n));
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
    alerts_add(a, ALERT_UNREAD, bad, "",
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
    alerts_add(a, ALERT_DUPLICATES, copies, "",
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

static bool is_worse(const Alert *a, const Alert *b) {
  AlertTier x = ALERT_RULES[a->kind].tier, y = ALERT_RULES[b->kind].tier;
  if (x != y) return x < y;
  return a->kind != b->kind ? a->kind < b->kind : a->size > b->size;
}

void alerts_sort(Alerts *a) { // few
  for (int64_t i = 1; i < a->n; i++) {
    Alert one = a->item[i];
    int64_t k = i;
    for (; k > 0 && is_worse(&one, &a->item[k - 1]); k--) a->item[k] = a->item[k - 1];
    a->item[k] = one;
  }
}

static const char *text_at(const Alert *x, int field) {
  return field == 0   ? x->column
         : field == 1 ? ALERT_RULES[x->kind].name
         : field == 2 ? x->text
                      : x->where;
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

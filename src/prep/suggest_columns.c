// Suggestions about whole columns: those that leak the target, say nothing or are mostly missing, and missing values.
#include "prep/suggest_int.h"

#include "stats/report.h"

#include <math.h>
#include <string.h>

enum { SAMPLE = 20000, ROWS_LEAST = 20 };
static const double FLAG = 0.1, EMPTY = 0.5, FREE = 0.9; // shares of the rows

static double share(int64_t part, int64_t all) { return all ? (double)part / (double)all : 0; }

// ---- leaks ---------------------------------------------------------------------------------------------------------
static ErrCode drop_leak(Suggest *s, const char *rule, const Frame *leaks, int64_t i, Err *err) {
  int column = frame_find(leaks, sv("column")), text = frame_find(leaks, sv("text"));
  if (column < 0 || text < 0) return OK;
  Sv word = col_text(frame_at(leaks, column), i), why = col_text(frame_at(leaks, text), i);
  const char *name = arena_strndup(s->arena, word.s, word.n), *said = arena_strndup(s->arena, why.s, why.n);
  bool feature = col_valid(frame_at(leaks, column), i) && frame_find(s->now, word) >= 0;
  if (!feature) return suggest_remark(s, rule, s->target, frame_nrow(s->file), said), OK;
  Picks one = {&name, 1};
  StepSpec spec = suggest_spec(s, "drop", &one);
  return suggest_add(s, rule, &spec, &one, err, "%s", said);
}

ErrCode suggest_leaks(Suggest *s, const char *rule, Err *err) {
  if (!s->target) return OK;
  ReportOpts opts = {.target = s->target, .sample = SAMPLE, .seed = 1};
  Report *r;
  Err why = {0};
  ErrCode code = stats_report(s->job, s->file, &opts, &r, &why);
  if (code == ERR_MEMORY || code == ERR_CANCELLED) return err_set(err, code, "%s", why.msg);
  if (code != OK) return suggest_remark(s, rule, s->target, frame_nrow(s->file), why.msg), OK;
  const Frame *leaks = r->section[REPORT_LEAKS];
  for (int64_t i = 0; leaks && i < frame_nrow(leaks) && code == OK; i++) code = drop_leak(s, rule, leaks, i, err);
  report_free(r);
  return code;
}

// ---- columns without use -------------------------------------------------------------------------------------------
// How many different values, or more than `most`: stops there.
static ErrCode count_words(Suggest *s, const Column *c, int64_t *distinct, Err *err) {
  Codes k;
  *distinct = 0;
  TRY(codes_init(s->job, "suggest", c, &k, err));
  for (int64_t w = 0; w < k.n; w++) *distinct += k.count[w] > 0;
  codes_fini(&k);
  return OK;
}

ErrCode suggest_constant(Suggest *s, const char *rule, Err *err) {
  Picks found = picks_new(s);
  for (int j = 0; j < frame_ncol(s->now); j++) {
    const Column *c = frame_at(s->now, j);
    int64_t distinct = 0;
    if (c->n < 2) return OK;
    if (c->missing < c->n) TRY(count_words(s, c, &distinct, err));
    if (distinct == 0 || (distinct == 1 && c->missing == 0)) found.name[found.n++] = frame_name(s->now, j);
  }
  StepSpec spec = suggest_spec(s, "drop", &found);
  return suggest_add(s, rule, &spec, &found, err, "%s %s the same in every row: nothing to learn from",
                     suggest_list(s, &found), found.n == 1 ? "is" : "are");
}

// Whole numbers one apart from each other, in any order; or texts that hardly repeat.
static ErrCode is_id(Suggest *s, const Column *c, bool *out, Err *err) {
  int64_t present = c->n - c->missing, distinct, low = INT64_MAX, high = INT64_MIN;
  *out = false;
  if (present < ROWS_LEAST || (c->type != COL_I64 && !col_is_text(c))) return OK;
  for (int64_t i = 0; i < c->n && c->type == COL_I64; i++) {
    if (!col_valid(c, i)) continue;
    low = c->i[i] < low ? c->i[i] : low, high = c->i[i] > high ? c->i[i] : high;
  }
  if (c->type == COL_I64 && (c->missing || (double)high - (double)low != (double)(c->n - 1))) return OK;
  TRY(count_words(s, c, &distinct, err));
  *out = c->type == COL_I64 ? distinct == c->n : share(distinct, present) >= FREE;
  return OK;
}

ErrCode suggest_ids(Suggest *s, const char *rule, Err *err) {
  Picks found = picks_new(s);
  for (int j = 0; j < frame_ncol(s->now); j++) {
    bool id;
    TRY(is_id(s, frame_at(s->now, j), &id, err));
    if (id) found.name[found.n++] = frame_name(s->now, j);
  }
  StepSpec spec = suggest_spec(s, "drop", &found);
  return suggest_add(s, rule, &spec, &found, err, "%s: another value in nearly every row, so rows are named, not told",
                     suggest_list(s, &found));
}

ErrCode suggest_empty(Suggest *s, const char *rule, Err *err) {
  Picks found = picks_new(s);
  int64_t most = 0, first;
  for (int j = 0; j < frame_ncol(s->now); j++) {
    int64_t n = column_count_missing(frame_at(s->now, j), &first);
    if (share(n, frame_nrow(s->now)) < EMPTY) continue;
    found.name[found.n++] = frame_name(s->now, j);
    most = n > most ? n : most;
  }
  StepSpec spec = suggest_spec(s, "drop", &found);
  return suggest_add(s, rule, &spec, &found, err, "%s: half of the rows or more missing, up to %.0f%%",
                     suggest_list(s, &found), 100 * share(most, frame_nrow(s->now)));
}

// ---- missing values ------------------------------------------------------------------------------------------------
static bool can_fill(const Column *c) { return col_is_number(c) || col_is_text(c); }

ErrCode suggest_indicator(Suggest *s, const char *rule, Err *err) {
  Picks found = picks_new(s);
  int64_t first, rows = 0;
  for (int j = 0; j < frame_ncol(s->now); j++) {
    int64_t n = column_count_missing(frame_at(s->now, j), &first);
    if (!can_fill(frame_at(s->now, j)) || share(n, frame_nrow(s->now)) < FLAG) continue;
    found.name[found.n++] = frame_name(s->now, j);
    rows += n;
  }
  StepSpec spec = suggest_spec(s, "indicator", &found);
  return suggest_add(s, rule, &spec, &found, err, "%s: %s missing, which may say something itself: a column keeps it",
                     suggest_list(s, &found), suggest_count(s, rows));
}

ErrCode suggest_impute(Suggest *s, const char *rule, Err *err) {
  Picks found = picks_new(s);
  int64_t first, rows = 0;
  bool numbers = false, words = false;
  for (int j = 0; j < frame_ncol(s->now); j++) {
    const Column *c = frame_at(s->now, j);
    int64_t n = column_count_missing(c, &first);
    if (!can_fill(c) || n == 0 || n == c->n) continue;
    found.name[found.n++] = frame_name(s->now, j);
    rows += n, numbers = numbers || col_is_number(c), words = words || col_is_text(c);
  }
  StepSpec spec = suggest_spec(s, "impute", &found);
  const char *by = numbers && words ? "the median, for words the most frequent one"
                   : numbers        ? "the median"
                                    : "the most frequent one";
  return suggest_add(s, rule, &spec, &found, err, "%s value%s of %s missing: %s, learned in training",
                     suggest_count(s, rows), rows == 1 ? "" : "s", suggest_list(s, &found), by);
}

// Models that XGBoost 1.7.4 wrote, their rows, predictions and SHAP values: tests/golden/make/xgboost_models.py.
#pragma once
#include "unit/io/io_help.h"

#include "base/file.h"
#include "base/numfmt.h"
#include "model/exchange_int.h"

static inline Frame *xgb_table(const char *name) {
  ReadOpts opts;
  Frame *f;
  Err err;
  char path[200];
  io_read_defaults(&opts);
  snprintf(path, sizeof path, "tests/golden/xgboost/%s.csv", name);
  if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

static inline void xgb_text(const char *name, Str *out) {
  char path[200];
  snprintf(path, sizeof path, "tests/golden/xgboost/%s.json", name);
  assert_int_equal(file_read(path, out, NULL), OK);
}

static inline Model *xgb_read(Sv text, const Frame *like) {
  Model *m;
  Err err;
  ExchangeOpts opts = {.like = like};
  if (exchange_read(text, &opts, &m, &err) != OK) fail_msg("%s", err.msg);
  return m;
}

static inline Model *xgb_model(const char *name, const Frame *like) {
  Str text = {0};
  xgb_text(name, &text);
  Model *m = xgb_read((Sv){str_c(&text), text.n}, like);
  str_fini(&text);
  return m;
}

// The number in row i of a column of a table.
static inline double xgb_cell(const Frame *f, const char *name, int64_t i) {
  int j = frame_find(f, sv(name));
  if (j < 0) fail_msg("no column '%s'", name);
  return col_f64(frame_at(f, j), i);
}

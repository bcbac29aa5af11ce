// Answers of statistical tests against a list of expected ones.
#pragma once
#include "unit/stats/test_help.h"

#include "frame/expr.h"

typedef struct StatsGolden {
  const char *test, *data, *formula, *options; // data: a bundled table; behind it "?condition", "+name = expression"
  struct {
    const char *column;
    double value;
  } want[12]; // of the first row
} StatsGolden;

// "?condition" or "+name = expression" in front of *data.
static inline Frame *golden_step(Frame *f, const char **data) {
  char text[128];
  size_t n = strcspn(*data + 1, "?+");
  snprintf(text, sizeof text, "%.*s", (int)n, *data + 1);
  Frame *out = NULL;
  Err err = {0};
  Sv as = sv(""), expr = sv("");
  ErrCode code = **data == '?' ? OK : expr_split(sv(text), &as, &expr, &err);
  char to[64];
  snprintf(to, sizeof to, SV_FMT, SV_ARG(as));
  if (code == OK && **data == '?') code = frame_where(NULL, f, sv(text), NULL, 0, &out, &err);
  else if (code == OK) code = frame_derive(NULL, f, to, expr, NULL, 0, &out, &err);
  if (code != OK) fail_msg("%s", err.msg);
  frame_unref(f);
  *data += n + 1;
  return out;
}

static inline Frame *golden_data(const char *data) {
  static const struct {
    const char *name, *head, *body;
  } own[] = {
      {"untied", "x:real g:category",
       "0.8 a 0.83 a 1.89 a 1.04 a 1.45 a 1.38 a 1.91 a 1.64 a 0.73 a 1.46 a 1.15 b 0.88 b 0.90 b 0.74 b 1.21 b"},
      {"depression", "x:real y:real",
       "1.83 0.878 0.50 0.647 1.62 0.598 2.48 2.05 1.68 1.06 1.88 1.29 1.55 1.06 3.06 3.14 1.30 1.29"},
  };
  for (size_t k = 0; k < sizeof own / sizeof *own; k++)
    if (strncmp(data, own[k].name, strlen(own[k].name)) == 0) {
      Frame *f = make_frame(own[k].head, own[k].body);
      data += strlen(own[k].name);
      while (*data) f = golden_step(f, &data);
      return f;
    }
  char name[64];
  snprintf(name, sizeof name, "%.*s", (int)strcspn(data, "?+"), data);
  Frame *f = stats_data(name);
  data += strcspn(data, "?+");
  while (*data) f = golden_step(f, &data);
  return f;
}

// Every value within tol, relative where it is small.
static inline void golden_check(const StatsGolden *g, double tol) {
  Frame *f = golden_data(g->data), *r = stats_answer(g->test, f, g->formula, g->options);
  for (int k = 0; k < 12 && g->want[k].column; k++) {
    double got = stats_cell(r, g->want[k].column, 0), want = g->want[k].value;
    bool near = fabs(got - want) <= tol * fmin(1, fabs(want)) || fabs(got - want) <= tol * 1e-3;
    if (!(near || got == want || (isnan(got) && isnan(want)) || fabs(got / want - 1) <= tol))
      fail_msg("%s of %s, %s {%s}: %s is %.17g, expected %.17g", g->test, g->data, g->formula, g->options,
               g->want[k].column, got, want);
  }
  frame_unref(f);
  frame_unref(r);
}

static inline void golden_check_all(const StatsGolden *g, size_t n, double tol) {
  for (size_t k = 0; k < n; k++) golden_check(&g[k], tol);
}

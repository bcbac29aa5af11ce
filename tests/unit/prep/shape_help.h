// Bundled tables, and options of a step as text.
#pragma once
#include "unit/io/io_help.h"
#include "unit/prep/prep_help.h"

#include <stdlib.h>

static inline Frame *help_data(const char *name) {
  char path[100];
  ReadOpts opts;
  Frame *d;
  Err err;
  snprintf(path, sizeof path, "datasets/%s.csv", name);
  io_read_defaults(&opts);
  if (io_read(NULL, &HELP_DOOR, path, &opts, &d, &err) != OK) fail_msg("%s", err.msg);
  return d;
}

// "low=-1;into=normal"
static inline void set_opts(Step *s, const char *opts) {
  for (const char *p = opts; *p;) {
    size_t n = strcspn(p, ";"), name = strcspn(p, "=");
    const Param *param = param_find(s->type->params, (Sv){p, name});
    char *value = arena_strndup(&s->arena, p + name + 1, n - name - 1);
    assert_non_null(param);
    if (param->type == PARAM_INT) set_int(s, param->name, strtoll(value, NULL, 10));
    else if (param->type == PARAM_REAL) set_real(s, param->name, strtod(value, NULL));
    else if (param->type == PARAM_BOOL) set_bool(s, param->name, strcmp(value, "true") == 0);
    else set_text(s, param->name, value);
    p += n + (p[n] == ';');
  }
}

static inline void set_names(Step *s, const char *option, const char *const *name, int64_t n) {
  const char **copy = arena_array(&s->arena, const char *, n);
  for (int64_t k = 0; k < n; k++) copy[k] = name[k];
  param_set_names(help_param(s, option), s->opts, (Names){copy, n});
}
#define SET_NAMES(s, option, ...)                                                                                      \
  set_names((s), (option), (const char *const[]){__VA_ARGS__},                                                         \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

// Fitting must fail with this code and a message that holds `part`.
static inline void assert_refused(Step *s, const Frame *x, ErrCode code, const char *part) {
  assert_int_equal(step_fit(s, x), code);
  assert_has(s->err.msg, part);
}

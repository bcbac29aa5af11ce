// Code from the command line, and a first look at files.
#include "kernel/kernel_int.h"

#include <stdio.h>

static ErrCode load_files(Session *s, const char *const *files, int nfile, Err *err) {
  for (int k = 0; k < nfile; k++) {
    ReadOpts opts;
    io_read_defaults(&opts);
    Door door = {&s->paths, paths_resolve, NULL};
    Frame *f;
    TRY(io_read(&s->job, &door, files[k], &opts, &f, err));
    char name[16] = "d";
    if (k) snprintf(name, sizeof name, "d%d", k + 1);
    host_set_frame(s->host, name, f);
    frame_unref(f);
  }
  return OK;
}

static int run_code(Session *s, const char *code) {
  CellError e;
  if (host_run_cell(s->host, 1, sv(code), &e) == OK) return 0;
  char where[32] = "-e";
  if (e.line > 0) snprintf(where, sizeof where, "-e, line %d", e.line);
  session_print_error(where, sv(code), &e);
  return 1;
}

int kernel_eval(const KernelOpts *opts, const char *code, const char *const *files, int nfile) {
  Session s;
  Err err;
  if (session_open(&s, opts, ".", true, &err) != OK) {
    fprintf(stderr, "tycho: %s\n", err.msg);
    return 2;
  }
  int status = 1;
  if (load_files(&s, files, nfile, &err) == OK) status = run_code(&s, code);
  else fprintf(stderr, "tycho: %s\n", err.msg);
  session_close(&s);
  return status;
}

int kernel_help(const char *topic) {
  Str text = {0};
  bool found = host_help(sv(topic ? topic : ""), &text);
  fputs(str_c(&text), found ? stdout : stderr);
  str_fini(&text);
  return found ? 0 : 2;
}

int kernel_look(const KernelOpts *opts, const char *const *files, int nfile) {
  static const char look[] = "show(d)\nshow(d:describe())";
  return kernel_eval(opts, look, files, nfile);
}

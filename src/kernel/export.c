// A recipe with its values as a document: replayed, collected, and written at once, so that a failure leaves what was
// there before.
#include "kernel/kernel_int.h"

#include "base/file.h"
#include "note/report.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 50 };

typedef struct Value {
  Shown shown;
  Plot plot;
  bool has_plot, printed;
  char *title;
} Value;

typedef struct Collect {
  ReportCell *cell;
  Value *value;
  int64_t ncell, nvalue, first; // first: value of the cell that runs
  int64_t *at;                  // of each cell: its first value
  Str print;                    // what was printed since the last value
  Arena arena;
} Collect;

static void *grow(void *array, int64_t n, size_t size) { // by one, doubling
  if (n & (n - 1)) return array;
  void *more = realloc(array, (size_t)(n ? 2 * n : 1) * size);
  if (!more) abort();
  return more;
}

static Value *add_value(Collect *c) {
  c->value = grow(c->value, c->nvalue, sizeof *c->value);
  Value *v = &c->value[c->nvalue++];
  *v = (Value){0};
  return v;
}

static void end_print(Collect *c) {
  if (!c->print.n) return;
  shown_text(&add_value(c)->shown, SHOWN_TEXT, str_c(&c->print), NULL);
  str_clear(&c->print);
}

static void take_value(Session *s, const HostValue *v) {
  Collect *c = s->sink_ctx;
  end_print(c);
  Value *to = add_value(c);
  shown_from_value(v, true, ROWS, &to->shown);
  if (v->title) to->title = arena_strdup(&c->arena, v->title);
  if (v->kind != VALUE_PLOT) return;
  plot_init(&to->plot);
  plot_copy(v->plot, &to->plot);
  to->has_plot = true;
}

static void take_print(Session *s, Sv text) { str_addn(&((Collect *)s->sink_ctx)->print, text.s, text.n); }

static void take_accepted(Session *s, const char *text) {
  str_addf(&((Collect *)s->sink_ctx)->print, "accepted %s\n", text);
}

static void end_cell(void *ctx, const Cell *cell, int number, const CellError *e) {
  Collect *c = ctx;
  end_print(c);
  c->cell = grow(c->cell, c->ncell, sizeof *c->cell);
  c->at = grow(c->at, c->ncell, sizeof *c->at);
  c->at[c->ncell] = c->first;
  c->cell[c->ncell++] = (ReportCell){.kind = cell->kind,
                                     .text = arena_strdup(&c->arena, str_c(&cell->text)),
                                     .state = cell->kind == NOTE_CODE && !number ? "did not run" : "",
                                     .error = e ? arena_strdup(&c->arena, e->err.msg) : NULL,
                                     .number = number,
                                     .n = c->nvalue - c->first};
  c->first = c->nvalue;
}

static void print_all(Collect *c, ReportFormat format, const char *title, Str *out) {
  ReportValue *value = arena_array(&c->arena, ReportValue, c->nvalue);
  for (int64_t k = 0; k < c->nvalue; k++)
    value[k] = (ReportValue){c->value[k].title, &c->value[k].shown, c->value[k].has_plot ? &c->value[k].plot : NULL};
  for (int64_t k = 0; k < c->ncell; k++) c->cell[k].value = value + c->at[k];
  report_print(format, title, c->cell, c->ncell, out);
}

static void collect_fini(Collect *c) {
  for (int64_t k = 0; k < c->nvalue; k++) {
    shown_fini(&c->value[k].shown);
    if (c->value[k].has_plot) plot_fini(&c->value[k].plot);
  }
  free(c->cell), free(c->value), free(c->at);
  str_fini(&c->print);
  arena_fini(&c->arena);
}

int kernel_export(const KernelOpts *opts, const char *recipe, const char *file) {
  static const Sink sink = {take_value, NULL, take_print, take_accepted};
  Collect c = {0};
  ReportFormat format;
  Err err;
  if (!report_parse_suffix(sv(file), &format)) {
    fprintf(stderr, "tycho: '%s' must end in .html, .md or .ipynb\n", file);
    return 2;
  }
  arena_init(&c.arena);
  int status = replay_into(opts, recipe, &sink, &c, end_cell);
  if (status != 2) {
    Str text = {0};
    const char *slash = strrchr(recipe, '/');
    print_all(&c, format, slash ? slash + 1 : recipe, &text);
    if (file_replace(file, (Sv){str_c(&text), text.n}, &err) != OK) fprintf(stderr, "tycho: %s\n", err.msg), status = 2;
    str_fini(&text);
  }
  collect_fini(&c);
  return status;
}

// :export FILE writes what shows: a table, or a picture when the suffix is one of pictures. It is a cell like any
// other, so that a replay writes the file again. The notebook itself with its values (.html .md .ipynb) is
// written here.
#include "ui/export_int.h"

#include "base/file.h"
#include "note/report.h"

#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

static bool among(const char *suffix, const char *const *list) {
  for (; *list; list++)
    if (strcasecmp(suffix, *list) == 0) return true;
  return false;
}

// The last statement of a cell as something that a verb can be called on. False: it is none.
static bool expression_of(const App *a, int64_t id, Str *out) {
  int64_t i = doc_find(&a->doc, id);
  const char *text = i < 0 ? "" : doc_text(&a->doc, i), *line = strrchr(text, '\n');
  line = line ? line + 1 : text;
  size_t n = strlen(line);
  if (n && strchr("})", line[n - 1]) && !strstr(line, " = ")) return str_add(out, line), true;
  size_t name = strcspn(line, " =");
  bool assigns = name < n && strncmp(line + name, " = ", 3) == 0;
  if (assigns) str_addn(out, line, name);
  return assigns;
}

static bool shows_plot(const App *a, int64_t i) {
  const Result *r = i >= 0 && i < a->doc.n ? a->doc.cell[i].result : NULL;
  return r && r->nout && r->out[r->nout - 1].has_plot;
}

// The picture that shows, else the newest one.
static bool picture_lua(const App *a, Str *out) {
  if (a->view == VIEW_EVALUATE && a->operate.object) return str_addf(out, "%s:roc()", a->operate.object), true;
  if (a->view == VIEW_NOTEBOOK && shows_plot(a, a->cell)) return expression_of(a, a->doc.cell[a->cell].id, out);
  if (a->plot_cell && shows_plot(a, doc_find(&a->doc, a->plot_cell))) return expression_of(a, a->plot_cell, out);
  for (int64_t i = a->doc.n - 1; i >= 0; i--)
    if (shows_plot(a, i)) return expression_of(a, a->doc.cell[i].id, out);
  return false;
}

static void emit_save(App *a, Str *lua, const char *file) {
  str_add(lua, ":save ");
  lua_quote(lua, file);
  app_emit(a, str_c(lua), "export");
}

// ---- the notebook ---------------------------------------------------------------------------------------------------
static ReportCell report_of(const Doc *d, int64_t i, Arena *a) {
  const DocCell *c = &d->cell[i];
  const Result *r = c->result && c->result->done ? c->result : c->before;
  ReportCell out = {.kind = doc_kind(d, i), .text = doc_text(d, i), .state = ""};
  if (out.kind != NOTE_CODE) return out;
  if (c->state == CELL_STALE) out.state = arena_printf(a, "stale: %s", c->why);
  if (!r) return out.state = "did not run", out;
  ReportValue *value = arena_array(a, ReportValue, r->nout);
  for (int64_t k = 0; k < r->nout; k++)
    value[k] = (ReportValue){r->out[k].title, &r->out[k].shown, r->out[k].has_plot ? &r->out[k].plot : NULL};
  out.value = value, out.n = r->nout, out.number = r->run, out.error = r->failed ? r->message : NULL;
  return out;
}

static void write_report(App *a, const char *file, ReportFormat format) {
  Arena scratch;
  Str text = {0};
  Err err;
  arena_init(&scratch);
  ReportCell *cell = arena_array(&scratch, ReportCell, a->doc.n);
  for (int64_t i = 0; i < a->doc.n; i++) cell[i] = report_of(&a->doc, i, &scratch);
  report_print(format, a->doc.path ? a->doc.path : a->opened ? a->opened : "tycho", cell, a->doc.n, &text);
  if (file_replace(file, (Sv){str_c(&text), text.n}, &err) != OK) app_say(a, STYLE_WARN, "! %s", err.msg);
  else app_say(a, STYLE_FG, "wrote %s: %lld cells with their values", file, (long long)a->doc.n);
  str_fini(&text);
  arena_fini(&scratch);
}

void export_command(App *a, const char *file, bool force) {
  static const char *const PICTURES[] = {".svg", ".png", ".pdf", ".txt", NULL};
  static const char *const NOT_YET[] = {".c", NULL};
  ReportFormat report;
  const char *slash = strrchr(file, '/'), *suffix = strrchr(slash ? slash : file, '.');
  Str lua = {0};
  if (!*file || !suffix) app_say(a, STYLE_WARN, "! a file must follow: export table.csv, export picture.svg");
  else if (strcasecmp(suffix, ".lua") == 0) app_say(a, STYLE_DIM, "the session itself: w %s", file);
  else if (among(suffix, NOT_YET)) app_say(a, STYLE_WARN, "! there is no %s yet: tables .csv, pictures .svg", suffix);
  else if (access(file, F_OK) == 0 && !force)
    app_say(a, STYLE_WARN, "! %s is there already: export! writes over it", file);
  else if (report_parse_suffix(sv(file), &report)) write_report(a, file, report);
  else if (among(suffix, PICTURES)) {
    if (picture_lua(a, &lua)) emit_save(a, &lua, file);
    else app_say(a, STYLE_DIM, "no picture yet: . on a column");
  } else if (table_expression(a, &lua)) emit_save(a, &lua, file);
  str_fini(&lua);
}

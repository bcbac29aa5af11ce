// A report as a Jupyter notebook, format 4.5: values with their plain text, tables as HTML, pictures as SVG.
// https://nbformat.readthedocs.io/en/latest/format_description.html
#include "note/report_int.h"

// A JSON string; control characters and what is no UTF-8 are shown as elsewhere.
static void add_string(Str *out, Sv text) {
  Str seen = {0};
  escape_add(&seen, text, true);
  str_addc(out, '"');
  for (size_t i = 0; i < seen.n; i++) {
    char c = seen.s[i];
    if (c == '\n') str_add(out, "\\n");
    else if (c == '\t') str_add(out, "\\t");
    else if (c == '"' || c == '\\') str_addc(out, '\\'), str_addc(out, c);
    else str_addc(out, c);
  }
  str_addc(out, '"');
  str_fini(&seen);
}

// A text as the list of its lines, as Jupyter writes it.
static void add_lines(Str *out, const char *text) {
  str_addc(out, '[');
  for (const char *at = text; *at;) {
    size_t n = strcspn(at, "\n");
    n += at[n] == '\n';
    str_add(out, at == text ? "\n    " : ",\n    ");
    add_string(out, (Sv){at, n});
    at += n;
  }
  str_addc(out, ']');
}

static void add_value(const ReportValue *v, Str *out) {
  static const ShowStyle style = {.format = FORMAT_TEXT, .utf8 = true};
  Str text = {0}, rich = {0};
  show_print(v->shown, &style, &text);
  str_add(out, "{\"output_type\": \"display_data\", \"metadata\": {}, \"data\": {\"text/plain\": ");
  add_lines(out, str_c(&text));
  bool svg = v->plot && report_picture(v->plot, &rich);
  if (!v->plot && v->shown->kind == SHOWN_PAGE) report_value(v, &rich);
  if (rich.n) {
    str_add(out, svg ? ", \"image/svg+xml\": " : ", \"text/html\": ");
    add_lines(out, str_c(&rich));
  }
  str_add(out, "}}");
  str_fini(&text), str_fini(&rich);
}

static void add_error(const char *message, Str *out) {
  str_add(out, "{\"output_type\": \"error\", \"ename\": \"error\", \"evalue\": ");
  add_string(out, sv(message));
  str_add(out, ", \"traceback\": ");
  add_lines(out, message);
  str_addc(out, '}');
}

static void add_outputs(const ReportCell *c, Str *out) {
  str_add(out, ",\n   \"outputs\": [");
  for (int64_t k = 0; k < c->n; k++) {
    if (k) str_addc(out, ',');
    str_add(out, "\n    ");
    add_value(&c->value[k], out);
  }
  if (c->error) str_add(out, c->n ? ",\n    " : "\n    "), add_error(c->error, out);
  str_add(out, "],\n   \"execution_count\": ");
  if (c->number) str_addf(out, "%lld", (long long)c->number);
  else str_add(out, "null");
}

void report_ipynb(const ReportCell *cell, int64_t n, Str *out) {
  static const char *const KIND[] = {[NOTE_CODE] = "code", [NOTE_MARKDOWN] = "markdown", [NOTE_RAW] = "raw"};
  str_add(out, "{\n \"cells\": [");
  for (int64_t i = 0; i < n; i++) {
    const ReportCell *c = &cell[i];
    str_addf(out, "%s\n  {\n   \"cell_type\": \"%s\",\n   \"id\": \"cell-%lld\",\n   \"metadata\": {", i ? "," : "",
             KIND[c->kind], (long long)i + 1);
    if (*c->state) str_add(out, "\"tycho\": "), add_string(out, sv(c->state));
    str_add(out, "},\n   \"source\": ");
    add_lines(out, c->text);
    if (c->kind == NOTE_CODE) add_outputs(c, out);
    str_add(out, "\n  }");
  }
  str_add(out, "\n ],\n \"metadata\": {\n  \"kernelspec\": {\"display_name\": \"tycho\", \"language\": \"lua\", "
               "\"name\": \"tycho\"},\n  \"language_info\": {\"name\": \"lua\", \"file_extension\": \".lua\"}\n },\n"
               " \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n");
}

// Reports in HTML and Markdown. Colours and widths are few: the page is read on paper too.
#include "note/report_int.h"

#include "draw/draw.h"

#include <strings.h>

enum { PICTURE_W = 720, PICTURE_H = 420 };

bool report_parse_suffix(Sv path, ReportFormat *format) {
  static const struct {
    const char *suffix;
    ReportFormat format;
  } SUFFIX[] = {{".html", REPORT_HTML}, {".htm", REPORT_HTML}, {".md", REPORT_MD}, {".ipynb", REPORT_IPYNB}};
  for (size_t k = 0; k < sizeof SUFFIX / sizeof *SUFFIX; k++) {
    size_t n = strlen(SUFFIX[k].suffix);
    bool fits = path.n > n && strncasecmp(path.s + path.n - n, SUFFIX[k].suffix, n) == 0;
    if (fits) return *format = SUFFIX[k].format, true;
  }
  return false;
}

// ---- parts of a page ------------------------------------------------------------------------------------------------
void report_escape(Str *out, Sv text) {
  Str seen = {0};
  escape_add(&seen, text, true);
  for (size_t i = 0; i < seen.n; i++) {
    char c = seen.s[i];
    if (c == '&') str_add(out, "&amp;");
    else if (c == '<') str_add(out, "&lt;");
    else if (c == '>') str_add(out, "&gt;");
    else if (c == '"') str_add(out, "&quot;");
    else str_addc(out, c);
  }
  str_fini(&seen);
}

static void add_pre(Str *out, const char *class, const char *text) {
  size_t n = strlen(text);
  while (n && text[n - 1] == '\n') n--;
  str_addf(out, "<pre class=\"%s\">", class);
  report_escape(out, (Sv){text, n});
  str_add(out, "</pre>\n");
}

static void add_row(Str *out, const Page *p, int64_t i) {
  str_add(out, "<tr>");
  if (p->row_numbers) str_addf(out, "<th class=\"n\">%lld</th>", (long long)(p->first + i + 1));
  for (int j = 0; j < p->ncol; j++) {
    const char *text = page_get(p, i, j);
    str_add(out, p->col[j].align == ALIGN_LEFT ? "<td>" : "<td class=\"r\">");
    if (text) report_escape(out, sv(text));
    else str_add(out, "<span class=\"m\">·</span>");
    str_add(out, "</td>");
  }
  str_add(out, "</tr>\n");
}

static void add_page(Str *out, const Page *p) {
  str_add(out, "<table>\n");
  if (p->title) str_add(out, "<caption>"), report_escape(out, sv(p->title)), str_add(out, "</caption>\n");
  str_add(out, "<thead><tr>");
  if (p->row_numbers) str_add(out, "<th></th>");
  for (int j = 0; j < p->ncol; j++) {
    str_add(out, p->col[j].align == ALIGN_LEFT ? "<th>" : "<th class=\"r\">");
    report_escape(out, sv(p->col[j].name));
    str_add(out, "</th>");
  }
  str_add(out, "</tr></thead>\n<tbody>\n");
  for (int64_t i = 0; i < p->shown; i++) add_row(out, p, i);
  str_add(out, "</tbody>\n</table>\n");
  if (p->first + p->shown < p->nrow)
    str_addf(out, "<p class=\"s\">%lld more rows</p>\n", (long long)(p->nrow - p->first - p->shown));
}

bool report_picture(const Plot *p, Str *svg) {
  Err err;
  size_t begin = svg->n;
  if (gnuplot_render(p, EXPORT_SVG, PICTURE_W, PICTURE_H, svg, &err) != OK) return svg->n = begin, false;
  const char *at = svg->n > begin ? memmem(svg->s + begin, svg->n - begin, "<svg", 4) : NULL;
  if (!at) return svg->n = begin, false;
  size_t left = svg->n - (size_t)(at - svg->s);
  memmove(svg->s + begin, at, left);
  svg->n = begin + left;
  return svg->s[svg->n] = 0, true;
}

void report_value(const ReportValue *v, Str *out) {
  if (v->title && *v->title) str_add(out, "<p class=\"t\">"), report_escape(out, sv(v->title)), str_add(out, "</p>\n");
  if (v->plot) {
    str_add(out, "<figure>\n");
    if (!report_picture(v->plot, out)) add_pre(out, "p", v->shown->text);
    const char *reading = v->plot->reading;
    if (reading && *reading)
      str_add(out, "<figcaption>"), report_escape(out, sv(reading)), str_add(out, "</figcaption>");
    str_add(out, "</figure>\n");
  } else if (v->shown->kind == SHOWN_PAGE) add_page(out, &v->shown->page);
  else add_pre(out, v->shown->kind == SHOWN_ERROR ? "e" : "o", v->shown->text);
}

// ---- HTML -----------------------------------------------------------------------------------------------------------
static const char HEAD[] =
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<style>\n"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 "
    "1rem;color:#222;background:#fff}\n"
    "pre{font:14px/1.4 ui-monospace,monospace;overflow-x:auto;margin:.4rem 0}\n"
    "pre.c{background:#f4f4f4;padding:.5rem .8rem;border-left:3px solid #0a7d8c}\n"
    "pre.e{color:#b0003a}\n"
    "div.x{overflow-x:auto}\n"
    "table{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums;margin:.4rem 0}\n"
    "caption{text-align:left;color:#555}\n"
    "th,td{padding:.1rem .6rem;text-align:left;border-bottom:1px solid #e4e4e4}\n"
    ".r{text-align:right}\n.n,.m,.s,.t{color:#777;font-weight:normal}\n"
    "figure{margin:.6rem 0}\nfigcaption{color:#555}\nsvg{max-width:100%;height:auto}\n"
    "@media print{pre{white-space:pre-wrap}}\n"
    "</style>\n";

static void html_cell(const ReportCell *c, Str *out) {
  if (c->kind == NOTE_MARKDOWN) {
    report_markdown(sv(c->text), out);
    return;
  }
  add_pre(out, c->kind == NOTE_CODE ? "c" : "o", c->text);
  if (*c->state) str_add(out, "<p class=\"s\">"), report_escape(out, sv(c->state)), str_add(out, "</p>\n");
  if (c->n) str_add(out, "<div class=\"x\">\n");
  for (int64_t k = 0; k < c->n; k++) report_value(&c->value[k], out);
  if (c->n) str_add(out, "</div>\n");
  if (c->error) add_pre(out, "e", c->error);
}

static void html(const char *title, const ReportCell *cell, int64_t n, Str *out) {
  str_add(out, HEAD);
  str_add(out, "<title>"), report_escape(out, sv(title)), str_add(out, "</title>\n</head>\n<body>\n");
  for (int64_t i = 0; i < n; i++) html_cell(&cell[i], out);
  str_add(out, "</body>\n</html>\n");
}

// ---- Markdown -------------------------------------------------------------------------------------------------------
static void add_fenced(Str *out, const char *language, const char *text) {
  int fence = 3, run = 0;
  size_t n = strlen(text);
  for (const char *c = text; *c; c++) {
    run = *c == '`' ? run + 1 : 0;
    if (run >= fence) fence = run + 1;
  }
  str_pad(out, '`', fence);
  str_addf(out, "%s\n", language);
  escape_add(out, sv(text), true);
  if (n && text[n - 1] != '\n') str_addc(out, '\n');
  str_pad(out, '`', fence);
  str_add(out, "\n\n");
}

static void md_value(const ReportValue *v, Str *out) {
  static const ShowStyle style = {.format = FORMAT_MD, .utf8 = true};
  if (v->plot) {
    add_fenced(out, "", v->shown->text);
    return;
  }
  show_print(v->shown, &style, out);
  str_addc(out, '\n');
}

static void md_cell(const ReportCell *c, Str *out) {
  if (c->kind == NOTE_MARKDOWN) {
    str_add(out, c->text), str_add(out, "\n\n");
    return;
  }
  add_fenced(out, c->kind == NOTE_CODE ? "lua" : "", c->text);
  if (*c->state) str_addf(out, "*%s*\n\n", c->state);
  for (int64_t k = 0; k < c->n; k++) md_value(&c->value[k], out);
  if (c->error) add_fenced(out, "", c->error);
}

void report_print(ReportFormat format, const char *title, const ReportCell *cell, int64_t n, Str *out) {
  if (format == REPORT_HTML) html(title, cell, n, out);
  else if (format == REPORT_IPYNB) report_ipynb(cell, n, out);
  for (int64_t i = 0; i < n && format == REPORT_MD; i++) md_cell(&cell[i], out);
}

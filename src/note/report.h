// A notebook with what its cells gave, as a document for others. Part of note's door.
#pragma once
#include "note/note.h"
#include "plot/plot.h"
#include "show/show.h"

typedef enum { REPORT_HTML, REPORT_MD, REPORT_IPYNB } ReportFormat;

typedef struct ReportValue {
  const char *title;  // "" = none
  const Shown *shown; // of a picture its text
  const Plot *plot;   // NULL = it is no picture
} ReportValue;

typedef struct ReportCell {
  NoteKind kind;
  const char *text;
  const char *state; // what must be said of its values ("stale: edited"), "" = nothing
  const char *error; // NULL = it did not fail
  int64_t number;    // of a code cell that ran, else 0
  const ReportValue *value;
  int64_t n;
} ReportCell;

bool report_parse_suffix(Sv path, ReportFormat *format); // .html .htm .md .ipynb
// Appends the document. HTML stands alone: tables, and pictures as SVG inside; a picture is its text where gnuplot is
// missing, and always in Markdown. The notebook is of format 4.5. Text never becomes markup, no link runs a script.
void report_print(ReportFormat format, const char *title, const ReportCell *cell, int64_t n, Str *out);

// Shared by the writers of reports.
#pragma once
#include "note/report.h"

void report_escape(Str *out, Sv text);             // for HTML
void report_markdown(Sv text, Str *out);           // as HTML (report_markdown.c)
void report_value(const ReportValue *v, Str *out); // as HTML
bool report_picture(const Plot *p, Str *svg);      // from "<svg" on; false: there is none
void report_ipynb(const ReportCell *cell, int64_t n, Str *out);

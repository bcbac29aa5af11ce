// What a cell does in two or three words, for lists: outline, jobs.
#pragma once
#include "ui/app_int.h"

// Of a code cell: the value of its last statement. "m" and "= p:fit"; "line" and "by age and sex"; "cv" and "of p".
void words_of_code(const char *text, Str *name, Str *rest);
// The same on one line for a job: the last statement itself where it has `room` columns, else "d:line", "cv of p".
void words_of_job(const char *text, int room, Str *out);
// Title of a cell, heading or first line of its text, or words_of_code.
void words_of_cell(const Doc *d, int64_t i, Str *name, Str *rest);
int words_headings(const Doc *d, int64_t i);          // heading lines of a text cell
const char *words_time(double seconds, char buf[32]); // "8 ms", "1.2 s", "2 min 05 s"

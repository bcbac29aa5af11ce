// Records one after the other as libcsv reads them, into one text column each: the reference for the windows, and the
// way for small texts and samples. What does not have the right number of fields goes to the quarantine.
#include "io/csv_int.h"

#include <stdio.h>
#include <stdlib.h>

enum { TICK = 1024 };
const char CLOSES_LATER[] = "a quote opens here and closes on a later line, where the number of fields is wrong";

void rows_init(Rows *r, Job *job, int64_t width) {
  *r = (Rows){.job = job, .width = width};
  r->cell = calloc((size_t)width, sizeof *r->cell);
  if (!r->cell) abort();
  for (int64_t j = 0; j < width; j++) textb_init(&r->cell[j], job);
  quarantine_init(&r->bad, job);
}

void rows_fini(Rows *r) {
  for (int64_t j = 0; j < r->width; j++) textb_fini(&r->cell[j]);
  free(r->cell);
  lines_fini(&r->lines);
  quarantine_fini(&r->bad);
  *r = (Rows){0};
}

void widths_add(Widths *w, int64_t width) {
  int k = 0;
  while (k < w->n && w->width[k] != width) k++;
  if (k == WIDTHS) return;
  if (k == w->n) w->width[w->n++] = width;
  w->times[k]++;
}

void ragged_reason(char *buf, size_t size, int64_t fields, int64_t expected) {
  snprintf(buf, size, "%lld field%s, %lld expected", (long long)fields, fields == 1 ? "" : "s", (long long)expected);
}

ErrCode rows_add(Rows *r, const Record *rec, Err *err) {
  if (rec->fault) return quarantine_add(&r->bad, rec->line, rec->fault, rec->raw, err);
  if (rec->n != r->width) {
    char reason[80];
    ragged_reason(reason, sizeof reason, rec->n, r->width);
    r->ragged++;
    widths_add(&r->other, rec->n);
    return quarantine_add(&r->bad, rec->line, reason, rec->raw, err);
  }
  if (rec->stray && !r->stray++) r->stray_line = rec->line;
  for (int64_t j = 0; j < r->width; j++) {
    if (rec->cell[j].bare_empty) TRY(textb_add_missing(&r->cell[j], err));
    else TRY(textb_add(&r->cell[j], record_cell(rec, j), err));
  }
  lines_add(&r->lines, r->n++, rec->line);
  return OK;
}

ErrCode rows_read(Rows *r, Sv text, const Dialect *d, int64_t line, int64_t most, Err *err) {
  Records *in = records_open(text, d, line);
  ErrCode code = OK;
  bool header = d->header;
  const Record *rec;
  for (int64_t k = 0; code == OK && (most < 0 || r->n < most) && (rec = records_next(in)); k++) {
    if (k % TICK == 0) code = job_tick(r->job, (int64_t)records_at(in), (int64_t)text.n, err);
    if (header && !rec->fault) {
      header = false;
      continue;
    }
    if (!rec->fault && rec->n != r->width && rec->lines > 1) rec = records_first_line(in, CLOSES_LATER);
    if (code == OK) code = rows_add(r, rec, err);
  }
  r->comments = records_comments(in, &r->comment_line);
  records_close(in);
  return code;
}

int64_t widths_better(const Widths *w, int64_t present, int64_t rows, int64_t ragged) {
  if (2 * ragged <= rows + ragged || ragged < 2) return present;
  int best = 0;
  for (int k = 1; k < w->n; k++)
    if (w->times[k] > w->times[best]) best = k;
  return w->times[best] > rows ? w->width[best] : present;
}

ErrCode rows_read_best(Rows *r, Job *job, Sv text, const Start *start, int64_t most, Err *err) {
  rows_init(r, job, start->width);
  TRY(start_keep(start, &r->bad, err));
  TRY(rows_read(r, text, &start->dialect, start->line, most, err));
  int64_t better = widths_better(&r->other, start->width, r->n, r->ragged);
  if (better == start->width) return OK;
  rows_fini(r);
  rows_init(r, job, better);
  TRY(start_keep(start, &r->bad, err));
  return rows_read(r, text, &start->dialect, start->line, most, err);
}

ErrCode rows_take(Rows *r, RawTable *t, Err *err) {
  t->ncol = r->width, t->nrow = r->n, t->lines = r->lines;
  r->lines = (LineMap){0};
  t->cell = arena_array(&t->arena, Column *, t->ncol);
  for (int64_t j = 0; j < r->width; j++) TRY(textb_take(&r->cell[j], &t->cell[j], err));
  return OK;
}

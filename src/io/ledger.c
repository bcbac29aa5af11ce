// What is told about a file: the ledger has a row a column, the quarantine a row for each line that could not be read.
#include "io/io_int.h"

#include <stdlib.h>

enum { TEXT_MAX = 1000 }; // characters of a line in the quarantine

// ---- quarantine ---------------------------------------------------------------------------------------------------
void quarantine_init(Quarantine *q, Job *job) {
  *q = (Quarantine){0};
  textb_init(&q->reason, job);
  textb_init(&q->text, job);
}

void quarantine_fini(Quarantine *q) {
  free(q->line);
  textb_fini(&q->reason);
  textb_fini(&q->text);
  *q = (Quarantine){0};
}

static Sv cut(Sv raw) {
  size_t i = 0;
  for (int chars = 0; i < raw.n; i++) {
    chars += ((unsigned char)raw.s[i] & 0xC0) != 0x80;
    if (chars > TEXT_MAX) break;
  }
  return (Sv){raw.s, i};
}

ErrCode quarantine_add(Quarantine *q, int64_t line, const char *reason, Sv raw, Err *err) {
  if (q->n == q->cap) {
    q->cap = q->cap ? q->cap * 2 : 64;
    q->line = realloc(q->line, (size_t)q->cap * sizeof *q->line);
    if (!q->line) abort();
  }
  TRY(textb_add(&q->reason, sv(reason), err));
  TRY(textb_add(&q->text, cut(raw), err));
  q->line[q->n++] = line;
  return OK;
}

static ErrCode add_i64(Frame *f, const char *name, const int64_t *v, Err *err) {
  Column *c;
  TRY(column_new(NULL, COL_I64, frame_nrow(f), NULL, &c, err));
  if (c->n) memcpy(c->i, v, (size_t)c->n * sizeof *v);
  return frame_add(f, name, c, err);
}

static ErrCode add_text(Frame *f, const char *name, TextBuilder *b, Err *err) {
  Column *c;
  TRY(textb_take(b, &c, err));
  return frame_add(f, name, c, err);
}

static ErrCode add_category(Frame *f, const char *name, TextBuilder *b, Err *err) {
  Column *text, *c = NULL;
  TRY(textb_take(b, &text, err));
  ErrCode code = column_to_cat(b->job, text, -1, &c, err);
  column_unref(text);
  return code == OK ? frame_add(f, name, c, err) : code;
}

static ErrCode quarantine_columns(Quarantine *q, Frame *f, Err *err) {
  TRY(add_i64(f, "line", q->line, err));
  TRY(add_category(f, "reason", &q->reason, err));
  return add_text(f, "text", &q->text, err);
}

static ErrCode finish(ErrCode code, Frame *made, Frame **out) {
  if (code == OK) *out = made;
  else frame_unref(made);
  return code;
}

ErrCode quarantine_take(Quarantine *q, Frame **out, Err *err) {
  Frame *f = frame_new(q->n);
  return finish(quarantine_columns(q, f, err), f, out);
}

// ---- ledger -------------------------------------------------------------------------------------------------------
void finding_fini(Finding *f) {
  str_fini(&f->lines);
  str_fini(&f->examples);
  str_fini(&f->note);
}

typedef enum { COLUMN, TYPE, LINES, EXAMPLES, NOTE, NTEXT } TextField;

static ErrCode add_or_missing(TextBuilder *b, const char *text, Err *err) {
  return *text ? textb_add(b, sv(text), err) : textb_add_missing(b, err);
}

static ErrCode fill_texts(const Frame *f, const Finding *finding, const char *format, const char *notes, TextBuilder *b,
                          Err *err) {
  for (int j = -1; j < frame_ncol(f); j++) {
    const Finding *one = j < 0 ? NULL : &finding[j];
    TRY(textb_add(&b[COLUMN], sv(j < 0 ? "(file)" : frame_name(f, j)), err));
    TRY(textb_add(&b[TYPE], sv(j < 0 ? format : COLTYPES[frame_at(f, j)->type].name), err));
    TRY(add_or_missing(&b[LINES], one ? str_c(&one->lines) : "", err));
    TRY(add_or_missing(&b[EXAMPLES], one ? str_c(&one->examples) : "", err));
    TRY(add_or_missing(&b[NOTE], one ? str_c(&one->note) : notes, err));
  }
  return OK;
}

static ErrCode fill_numbers(const Frame *f, const Finding *finding, Column *agree, Column *missing, Column *dissent,
                            Err *err) {
  TRY(column_set_missing(agree, 0, err));
  missing->i[0] = dissent->i[0] = 0;
  for (int j = 0; j < frame_ncol(f); j++) {
    const Finding *one = &finding[j];
    missing->i[j + 1] = frame_at(f, j)->missing, dissent->i[j + 1] = one->dissent;
    missing->i[0] += missing->i[j + 1], dissent->i[0] += one->dissent;
    if (one->present) agree->f[j + 1] = 1 - (double)one->dissent / (double)one->present;
    else TRY(column_set_missing(agree, j + 1, err));
  }
  return OK;
}

static ErrCode add_numbers(Frame *ledger, const Frame *f, const Finding *finding, Err *err) {
  static const char *const name[] = {"agree", "missing", "dissent"};
  Column *c[3] = {NULL};
  ErrCode code = OK;
  for (int k = 0; k < 3 && code == OK; k++)
    code = column_new(NULL, k ? COL_I64 : COL_F64, frame_nrow(ledger), NULL, &c[k], err);
  if (code == OK) code = fill_numbers(f, finding, c[0], c[1], c[2], err);
  for (int k = 0; k < 3; k++) {
    if (code == OK) code = frame_add(ledger, name[k], c[k], err);
    else column_unref(c[k]);
  }
  return code;
}

static ErrCode add_columns(Frame *ledger, const Frame *f, const Finding *finding, TextBuilder *b, Err *err) {
  static const char *const name[NTEXT] = {"column", "type", "lines", "examples", "note"};
  for (int k = COLUMN; k <= TYPE; k++) TRY(add_text(ledger, name[k], &b[k], err));
  TRY(add_numbers(ledger, f, finding, err));
  for (int k = LINES; k <= NOTE; k++) TRY(add_text(ledger, name[k], &b[k], err));
  return OK;
}

ErrCode ledger_new(const Frame *f, const Finding *finding, const char *format, const char *notes, Frame **out,
                   Err *err) {
  TextBuilder b[NTEXT];
  for (int k = 0; k < NTEXT; k++) textb_init(&b[k], NULL);
  Frame *ledger = frame_new(frame_ncol(f) + 1);
  ErrCode code = fill_texts(f, finding, format, notes, b, err);
  if (code == OK) code = add_columns(ledger, f, finding, b, err);
  for (int k = 0; k < NTEXT; k++) textb_fini(&b[k]);
  return finish(code, ledger, out);
}

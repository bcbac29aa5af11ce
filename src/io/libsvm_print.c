// libsvm: the column `label`, or else the first one, then `qid` where there is one, then the others as f1, f2, ... in
// their order; their names are lost. Zeros are left out, but for the first row, which has what keeps the width and the
// types. Missing is nan.
#include "io/formats_int.h"

#include <math.h>

enum { TICK = 1024 };

typedef struct Printer {
  const Frame *f;
  int label, qid;
  int *feature, n; // the other columns
  bool *keep;      // of each of them: nothing else shows its type, or that it is there
} Printer;

static ErrCode check_types(const Frame *f, Err *err) {
  for (int j = 0; j < frame_ncol(f); j++) {
    const Column *c = frame_at(f, j);
    if (!col_is_number(c))
      return err_set(err, ERR_TYPE,
                     "column '%s' is a %s: libsvm holds numbers alone; encode it first (prep.onehot) or leave "
                     "it out",
                     frame_name(f, j), COLTYPES[c->type].name);
  }
  return OK;
}

static double value_at(const Column *c, int64_t row) {
  return c->type == COL_BOOL ? c->b[row] : c->type == COL_I64 ? (double)c->i[row] : c->f[row];
}

static bool is_shown(const Column *c, int64_t row) {
  return !col_valid(c, row) || value_at(c, row) != 0 || (c->type == COL_F64 && signbit(c->f[row]));
}

static void print_value(const Column *c, int64_t row, Str *out) {
  if (!col_valid(c, row) || (c->type == COL_F64 && isnan(c->f[row]))) str_add(out, "nan");
  else if (c->type == COL_BOOL) str_addc(out, c->b[row] ? '1' : '0');
  else {
    size_t begin = out->n;
    col_format(c, row, CELL_EXACT, out);
    bool plain = !memchr(out->s + begin, '.', out->n - begin) && !memchr(out->s + begin, 'e', out->n - begin);
    if (c->type == COL_F64 && plain && isfinite(c->f[row])) str_add(out, ".0");
  }
}

// Whether the column's own values show that it is there (any that is printed) and real (any number that is).
static bool shows_itself(const Column *c, bool last) {
  for (int64_t i = 0; i < c->n; i++)
    if (is_shown(c, i) && (c->type != COL_F64 || (col_valid(c, i) && !isnan(c->f[i])))) return true;
  return c->type != COL_F64 && !last;
}

static void print_row(const Printer *p, int64_t row, Str *out) {
  print_value(frame_at(p->f, p->label), row, out);
  if (p->qid >= 0) str_add(out, " qid:"), print_value(frame_at(p->f, p->qid), row, out);
  for (int k = 0; k < p->n; k++) {
    const Column *c = frame_at(p->f, p->feature[k]);
    if (!is_shown(c, row) && !(row == 0 && p->keep[k])) continue;
    str_addf(out, " %d:", k + 1);
    print_value(c, row, out);
  }
  str_addc(out, '\n');
}

static void choose_columns(Printer *p, Arena *a) {
  int ncol = frame_ncol(p->f);
  p->label = frame_find(p->f, sv("label")), p->qid = frame_find(p->f, sv("qid"));
  if (p->label < 0) p->label = p->qid == 0 && ncol > 1 ? 1 : 0;
  if (p->qid == p->label) p->qid = -1;
  p->feature = arena_array(a, int, ncol);
  p->keep = arena_array(a, bool, ncol);
  for (int j = 0; j < ncol; j++)
    if (j != p->label && j != p->qid) p->feature[p->n++] = j;
  for (int k = 0; k < p->n; k++) p->keep[k] = !shows_itself(frame_at(p->f, p->feature[k]), k + 1 == p->n);
}

ErrCode libsvm_print(Job *job, const Frame *f, const char *path, Str *out, Err *err) {
  (void)path;
  int64_t n = frame_nrow(f);
  if (!frame_ncol(f)) return err_set(err, ERR_SHAPE, "a frame without columns cannot be written as libsvm");
  if (!n) return err_set(err, ERR_SHAPE, "libsvm cannot hold a table without rows: write .csv or .arff");
  TRY(check_types(f, err));
  TRY(job_need(job, 2 * frame_bytes(f), "the text of the file", err));
  Arena a = {0};
  Printer p = {.f = f};
  choose_columns(&p, &a);
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i++) {
    if (i % TICK == 0) code = job_tick(job, i, n, err);
    if (code == OK) print_row(&p, i, out);
  }
  if (code == OK) code = job_tick(job, n, n, err);
  arena_fini(&a);
  return code;
}

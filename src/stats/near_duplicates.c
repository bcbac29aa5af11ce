// Rows that are equal but for how their texts are written: every text column becomes numbers of its folded words
// (fold.c), and rows are grouped twice, as they are and folded. A folded group that holds two groups of rows as they
// are is a set of near duplicates.
#include "stats/quality.h"
#include "stats/spelling_int.h"

#include "base/map.h"
#include "frame/verbs.h"

#include <stdlib.h>

static bool any_column(const Column *c) { return (void)c, true; }

typedef struct Near {
  Job *job;
  const Frame *f;
  int *col, m;
  int64_t n;
  int64_t *raw, *folded; // groups of the rows
  int64_t nraw, nfolded;
  int64_t *state;            // of a folded group: its one raw group, or MANY
  int64_t *row, *set, nrows; // of the answer
} Near;

enum { NONE = -1, MANY = -2 };

static ErrCode ints_new(Job *job, int64_t n, int64_t **out, Err *err) {
  TRY(job_need(job, n * 8, "near duplicates", err));
  *out = mem_new((size_t)n * sizeof **out);
  return *out ? OK : err_set(err, ERR_MEMORY, "near duplicates: the system has no memory left: take fewer rows");
}

static int64_t fold_word(Map *keys, Sv word, Str *key) {
  str_clear(key);
  fold_text(word, FOLD_ACCENTS, key);
  return map_put(keys, (Sv){str_c(key), key->n}, NULL);
}

// number[k] for the words of a dictionary; NULL without one.
static int64_t *fold_dict(const Dict *dict, Map *keys, Str *key) {
  if (!dict) return NULL;
  int64_t *number = malloc(((size_t)dict->n + 1) * sizeof *number);
  if (!number) abort();
  for (int64_t k = 0; k < dict->n; k++) number[k] = fold_word(keys, dict->word[k], key);
  return number;
}

static ErrCode fold_column(Job *job, const Column *c, Column **out, Err *err) {
  TRY(column_new(job, COL_I64, c->n, NULL, out, err));
  Map keys;
  map_init(&keys);
  Str key = {0};
  int64_t *number = fold_dict(c->dict, &keys, &key);
  ErrCode code = OK;
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    if (i % 4096 == 0) code = job_tick(job, i, c->n, err);
    (*out)->i[i] = 0;
    if (code == OK && !col_valid(c, i)) code = column_set_missing(*out, i, err);
    else (*out)->i[i] = number ? number[col_code(c, i)] : fold_word(&keys, col_text(c, i), &key);
  }
  free(number);
  str_fini(&key);
  map_fini(&keys);
  if (code != OK) column_unref(*out);
  return code;
}

static ErrCode group_folded(Near *d, Err *err) {
  Frame *folded = frame_new(d->n);
  int *all = calloc((size_t)d->m + 1, sizeof *all);
  if (!all) abort();
  ErrCode code = OK;
  for (int k = 0; k < d->m && code == OK; k++) {
    const Column *c = frame_at(d->f, d->col[k]);
    Column *made = NULL;
    if (col_is_text(c)) code = fold_column(d->job, c, &made, err);
    else made = column_ref(c);
    if (code == OK) code = frame_add(folded, frame_name(d->f, d->col[k]), made, err);
    all[k] = k;
  }
  if (code == OK) code = frame_groups(d->job, folded, all, d->m, d->folded, &d->nfolded, err);
  free(all);
  frame_unref(folded);
  return code;
}

static void list_rows(Near *d) { // sets in order of first appearance, rows in row order
  int64_t sets = 0;
  for (int64_t g = 0; g < d->nfolded; g++) d->state[g] = NONE;
  for (int64_t i = 0; i < d->n; i++) {
    int64_t *s = &d->state[d->folded[i]];
    *s = *s == NONE || *s == d->raw[i] ? d->raw[i] : MANY;
  }
  int64_t *place = d->raw; // of a set's next row, now that the groups as they are are known
  for (int64_t g = 0; g < d->nfolded; g++) place[g] = 0;
  for (int64_t i = 0; i < d->n; i++)
    if (d->state[d->folded[i]] == MANY) place[d->folded[i]]++;
  for (int64_t g = 0; g < d->nfolded; g++) {
    int64_t rows = place[g];
    place[g] = d->nrows, d->nrows += rows;
    if (d->state[g] == MANY) d->state[g] = MANY - ++sets;
  }
  for (int64_t i = 0; i < d->n; i++) {
    int64_t g = d->folded[i];
    if (d->state[g] < MANY) d->set[place[g]] = MANY - d->state[g], d->row[place[g]++] = i;
  }
}

static ErrCode find(Near *d, Err *err) {
  TRY(ints_new(d->job, d->n, &d->raw, err));
  TRY(ints_new(d->job, d->n, &d->folded, err));
  TRY(ints_new(d->job, d->n, &d->state, err));
  TRY(ints_new(d->job, d->n, &d->row, err));
  TRY(ints_new(d->job, d->n, &d->set, err));
  TRY(frame_groups(d->job, d->f, d->col, d->m, d->raw, &d->nraw, err));
  TRY(group_folded(d, err));
  list_rows(d);
  return OK;
}

static ErrCode fill(Near *d, Frame *out, Err *err) {
  TRY(answer_ints(d->job, out, "set", d->set, d->nrows, err));
  for (int64_t i = 0; i < d->nrows; i++) d->set[i] = d->row[i] + 1;
  TRY(answer_ints(d->job, out, "row", d->set, d->nrows, err));
  for (int j = 0; j < frame_ncol(d->f); j++) {
    const char *name = frame_name(d->f, j);
    Column *c;
    if (frame_find(out, sv(name)) >= 0)
      return err_set(err, ERR_NAME, "near_duplicates: the answer has a column '%s' of its own: d:rename it first",
                     name);
    TRY(column_gather(d->job, frame_at(d->f, j), d->row, d->nrows, &c, err));
    TRY(frame_add(out, name, c, err));
  }
  return OK;
}

static void set_caption(const Near *d, Frame *out) {
  int64_t sets = 0;
  for (int64_t g = 0; g < d->nfolded; g++) sets += d->state[g] < MANY;
  if (!sets) answer_caption(out, "no rows differ in spaces, case, punctuation or accents alone");
  else
    answer_caption(out, "%s rows in %s set%s that differ in spaces, case, punctuation or accents alone",
                   count_text(d->nrows).s, count_text(sets).s, sets == 1 ? "" : "s");
}

ErrCode stats_near_duplicates(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err) {
  Near d = {.job = job, .f = f, .n = frame_nrow(f)};
  TRY(columns_choose(f, columns, any_column, "near_duplicates", "", &d.col, &d.m, err));
  ErrCode code = find(&d, err);
  Frame *made = code == OK ? frame_new(d.nrows) : NULL;
  if (code == OK) code = fill(&d, made, err);
  if (code == OK) {
    set_caption(&d, made);
    *out = made;
  } else frame_unref(made);
  mem_free(d.raw);
  mem_free(d.folded);
  mem_free(d.state);
  mem_free(d.row);
  mem_free(d.set);
  free(d.col);
  return code;
}

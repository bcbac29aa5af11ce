// Joins. The right rows are indexed by key (join_key.c, join_index.c); the left rows are looked up in chunks, which
// count what they will give; then each chunk writes its part of two lists of row numbers, left and right, from which
// the columns are gathered. Left columns that keep every row are shared. Missing keys match nothing, as in SQL and
// polars; merge of pandas and R match them with each other, and so does data.table.
// Reference: Manegold, Boncz, Kersten, "Optimizing main-memory join on modern hardware", IEEE TKDE 14(4), 2002.
#include "frame/join_int.h"

#include "frame/verbs.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Tally { // of a chunk, then of all
  int64_t matched, many, rows;
} Tally;

typedef struct Join {
  const Frame *left, *right;
  const JoinOpts *opts;
  int m, *key[2]; // key columns
  KeyPlan plan;
  JoinIndex index;
  uint32_t *match;      // of each left row
  _Atomic uint8_t *hit; // right and full: groups (or rows) that some left row matched
  Tally *tally;         // by chunk
  Tally all;
  int64_t tail;    // right rows without a match, at the end of the result
  int64_t *row[2]; // of the result; row[LEFT] NULL: all left rows in order
} Join;

static bool keeps_all_left(const Join *j) { return j->opts->how == JOIN_LEFT || j->opts->how == JOIN_FULL; }
static bool keeps_all_right(const Join *j) { return j->opts->how == JOIN_RIGHT || j->opts->how == JOIN_FULL; }
static bool is_filter(const Join *j) { return j->opts->how == JOIN_SEMI || j->opts->how == JOIN_ANTI; }

// ---- what may be joined -------------------------------------------------------------------------------------------
static bool can_be_equal(ColType a, ColType b) {
  bool numbers = (a == COL_I64 || a == COL_F64) && (b == COL_I64 || b == COL_F64);
  bool texts = (a == COL_CAT || a == COL_TEXT) && (b == COL_CAT || b == COL_TEXT);
  return a == b || numbers || texts;
}

static ErrCode refuse_pair(const Join *j, int k, Err *err) {
  const char *name[2] = {frame_name(j->left, j->key[LEFT][k]), frame_name(j->right, j->key[RIGHT][k])};
  ColType a = frame_at(j->left, j->key[LEFT][k])->type, b = frame_at(j->right, j->key[RIGHT][k])->type;
  ShapeText key[2] = {shape_key(name[LEFT]), shape_key(name[RIGHT])};
  char advice[512] = "no cast makes them equal";
  if (cast_exists(b, a))
    snprintf(advice, sizeof advice, "cast the right one, e:cast{%s=\"%s\"}", key[RIGHT].s, COLTYPES[a].name);
  if (cast_exists(a, b)) {
    size_t n = cast_exists(b, a) ? strlen(advice) : 0;
    snprintf(advice + n, sizeof advice - n, "%s left one, d:cast{%s=\"%s\"}", n ? ", or the" : "cast the", key[LEFT].s,
             COLTYPES[b].name);
  }
  return err_set(err, ERR_TYPE, "join: '%s' is %s on the left, '%s' is %s on the right: %s", name[LEFT],
                 COLTYPES[a].name, name[RIGHT], COLTYPES[b].name, advice);
}

static ErrCode find_keys(Join *j, Err *err) {
  const JoinOpts *o = j->opts;
  if (o->left.n == 0 || o->left.n != o->right.n)
    return err_set(err, ERR_ARG, "join needs the columns to match: on=\"id\", on={\"x\", \"y\"} or on={a=\"b\"}");
  if (!o->suffix || !*o->suffix) return err_set(err, ERR_ARG, "join: suffix must not be empty");
  if (shape_columns(j->left, &o->left, false, &j->key[LEFT], &j->m, err) != OK)
    return err_prefix(err, "join, on the left");
  if (shape_columns(j->right, &o->right, false, &j->key[RIGHT], &j->m, err) != OK)
    return err_prefix(err, "join, on the right");
  for (int k = 0; k < j->m; k++)
    if (!can_be_equal(frame_at(j->left, j->key[LEFT][k])->type, frame_at(j->right, j->key[RIGHT][k])->type))
      return refuse_pair(j, k, err);
  if (frame_nrow(j->left) < JOIN_NONE && frame_nrow(j->right) < JOIN_NONE) return OK;
  return err_set(err, ERR_SHAPE, "join takes at most %s rows a side", shape_number(JOIN_NONE - 1).s);
}

static bool has_key(const Frame *f, const int *col, int m, int64_t row) {
  for (int k = 0; k < m; k++)
    if (!col_valid(frame_at(f, col[k]), row)) return false;
  return true;
}

static ErrCode say_repeated(const Join *j, int side, int64_t first, int64_t second, Err *err) {
  static const char *const expects[] = {"m:m", "1:m", "m:1", "1:1"};
  const Frame *f = side == LEFT ? j->left : j->right;
  Str key = {0};
  shape_cells(f, j->key[side], j->m, first, &key);
  err_set(err, ERR_ARG, "join: expect=\"%s\" does not hold: %s stands in rows %s and %s of the %s frame",
          expects[j->opts->expect], str_c(&key), shape_number(first + 1).s, shape_number(second + 1).s,
          side == LEFT ? "left" : "right");
  str_fini(&key);
  return ERR_ARG;
}

static ErrCode check_groups(const Join *j, int side, const int64_t *group, int64_t *first, int64_t n, Err *err) {
  const Frame *f = side == LEFT ? j->left : j->right;
  memset(first, 0xFF, (size_t)n * sizeof *first);
  for (int64_t i = 0; i < n; i++) {
    int64_t *seen = &first[group[i]];
    if (*seen >= 0 && has_key(f, j->key[side], j->m, i)) return say_repeated(j, side, *seen, i, err);
    if (*seen < 0) *seen = i;
  }
  return OK;
}

// The first key that comes again on that side, missing ones left out.
static ErrCode check_single(Job *job, const Join *j, int side, Err *err) {
  const Frame *f = side == LEFT ? j->left : j->right;
  int64_t n = frame_nrow(f), ngroup, *group = NULL, *first = NULL;
  ErrCode code = shape_new(job, n, sizeof *group, "a check of keys", &group, err);
  if (code == OK) code = shape_new(job, n, sizeof *first, "a check of keys", &first, err);
  if (code == OK) code = frame_groups(job, f, j->key[side], j->m, group, &ngroup, err);
  if (code == OK && ngroup < n) code = check_groups(j, side, group, first, n, err);
  mem_free(group);
  mem_free(first);
  return code;
}

static ErrCode check_expect(Job *job, const Join *j, Err *err) {
  int expect = j->opts->expect;
  if (expect == JOIN_MANY_ONE || expect == JOIN_ONE_ONE) TRY(check_single(job, j, RIGHT, err));
  if (expect == JOIN_ONE_MANY || expect == JOIN_ONE_ONE) TRY(check_single(job, j, LEFT, err));
  return OK;
}

// ---- matching -----------------------------------------------------------------------------------------------------
static inline int64_t group_size(const JoinIndex *ix, uint32_t match) {
  return match == JOIN_NONE ? 0 : ix->lists ? ix->start[match + 1] - ix->start[match] : 1;
}

static void match_chunk(void *ctx, int64_t begin, int64_t end) {
  Join *j = ctx;
  uint64_t key[JOIN_BLOCK];
  uint8_t ok[JOIN_BLOCK];
  Tally t = {0};
  for (int64_t at = begin; at < end; at += JOIN_BLOCK) {
    int m = end - at < JOIN_BLOCK ? (int)(end - at) : JOIN_BLOCK;
    uint32_t *match = j->match + at;
    key_plan_left(&j->plan, at, m, key, ok);
    join_index_find(&j->index, key, ok, m, match);
    for (int i = 0; i < m; i++) {
      int64_t size = group_size(&j->index, match[i]);
      t.matched += size > 0, t.many += size > 1, t.rows += size;
      if (j->hit && size) atomic_store_explicit(&j->hit[match[i]], 1, memory_order_relaxed);
    }
  }
  if (j->opts->how == JOIN_SEMI) t.rows = t.matched;
  if (j->opts->how == JOIN_ANTI) t.rows = end - begin - t.matched;
  if (keeps_all_left(j)) t.rows += end - begin - t.matched;
  j->tally[begin / SHAPE_GRAIN] = t;
}

static ErrCode match_rows(Job *job, Join *j, Err *err) {
  int64_t n = frame_nrow(j->left), nchunk = shape_chunks(n);
  TRY(shape_new(job, n, sizeof *j->match, "matches", &j->match, err));
  TRY(shape_new(job, nchunk, sizeof *j->tally, "matches", &j->tally, err));
  if (keeps_all_right(j)) {
    int64_t ngroup = j->index.ngroup > frame_nrow(j->right) ? j->index.ngroup : frame_nrow(j->right);
    TRY(shape_new(job, ngroup, 1, "matches", &j->hit, err));
    memset((void *)j->hit, 0, (size_t)ngroup);
  }
  TRY(shape_for(job, n, SHAPE_GRAIN, match_chunk, j, err));
  for (int64_t c = 0; c < nchunk; c++) {
    Tally t = j->tally[c];
    j->tally[c].rows = j->all.rows; // where the chunk's rows begin
    j->all.matched += t.matched, j->all.many += t.many, j->all.rows += t.rows;
  }
  return OK;
}

// ---- rows of the result -------------------------------------------------------------------------------------------
static void write_row(const Join *j, int64_t *at, int64_t left, int64_t right) {
  if (j->row[LEFT]) j->row[LEFT][*at] = left;
  if (j->row[RIGHT]) j->row[RIGHT][*at] = right;
  ++*at;
}

static void write_matches(const Join *j, int64_t *at, int64_t left, uint32_t match) {
  if (!j->index.lists) {
    write_row(j, at, left, match);
    return;
  }
  for (uint32_t k = j->index.start[match]; k < j->index.start[match + 1]; k++) write_row(j, at, left, j->index.list[k]);
}

static void write_chunk(void *ctx, int64_t begin, int64_t end) {
  const Join *j = ctx;
  int64_t at = j->tally[begin / SHAPE_GRAIN].rows;
  int how = j->opts->how;
  for (int64_t i = begin; i < end; i++) {
    bool matched = j->match[i] != JOIN_NONE;
    if (is_filter(j)) {
      if (matched == (how == JOIN_SEMI)) j->row[LEFT][at++] = i;
    } else if (matched) write_matches(j, &at, i, j->match[i]);
    else if (keeps_all_left(j)) write_row(j, &at, i, -1);
  }
}

// Counts the right rows without a match or, with `at`, writes them.
static ErrCode tail_rows(Job *job, Join *j, int64_t *at, Err *err) {
  uint32_t match[JOIN_BLOCK];
  j->tail = 0;
  for (int64_t begin = 0; begin < j->plan.n; begin += JOIN_BLOCK) {
    int m = j->plan.n - begin < JOIN_BLOCK ? (int)(j->plan.n - begin) : JOIN_BLOCK;
    if (begin % (JOIN_BLOCK * 256) == 0) TRY(job_tick(job, begin, j->plan.n, err));
    join_index_find(&j->index, j->plan.key + begin, j->plan.ok + begin, m, match);
    for (int i = 0; i < m; i++) {
      if (match[i] != JOIN_NONE && atomic_load_explicit(&j->hit[match[i]], memory_order_relaxed)) continue;
      j->tail++;
      if (at) write_row(j, at, -1, begin + i);
    }
  }
  return OK;
}

static double row_bytes(const Frame *f) { return frame_nrow(f) ? (double)frame_bytes(f) / (double)frame_nrow(f) : 0; }

// Before anything of that size exists.
static ErrCode ask_memory(Job *job, const Join *j, bool all_left, Err *err) {
  double rows = (double)(j->all.rows + j->tail), a_row = 2.0 * sizeof(int64_t);
  if (!all_left) a_row += row_bytes(j->left);
  if (!is_filter(j)) a_row += row_bytes(j->right);
  double bytes = rows * a_row;
  char what[256];
  snprintf(what, sizeof what, "a join of %s rows%s", shape_number(j->all.rows + j->tail).s,
           j->all.many ? " (keys repeat on the right: expect=\"m:1\" names the first)" : "");
  return job_need(job, bytes < 0x1p62 ? (int64_t)bytes : 1ll << 62, what, err);
}

static ErrCode list_rows(Job *job, Join *j, Err *err) {
  int64_t n = frame_nrow(j->left);
  if (j->hit) TRY(tail_rows(job, j, NULL, err));
  bool each_once = j->all.many == 0 && j->all.rows == n; // no left row is lost and none repeats
  bool all_left = (each_once || (is_filter(j) && j->all.rows == n)) && j->tail == 0;
  TRY(ask_memory(job, j, all_left, err));
  int64_t rows = j->all.rows + j->tail;
  if (!all_left) TRY(shape_new(job, rows, sizeof **j->row, "rows of a join", &j->row[LEFT], err));
  if (!is_filter(j)) TRY(shape_new(job, rows, sizeof **j->row, "rows of a join", &j->row[RIGHT], err));
  if (j->row[LEFT] || j->row[RIGHT]) TRY(shape_for(job, n, SHAPE_GRAIN, write_chunk, j, err));
  int64_t at = j->all.rows;
  return j->tail ? tail_rows(job, j, &at, err) : OK;
}

// ---- columns of the result ----------------------------------------------------------------------------------------
static ErrCode take_left(Job *job, const Join *j, const Column *c, int64_t rows, Column **out, Err *err) {
  if (j->row[LEFT]) return column_gather(job, c, j->row[LEFT], rows, out, err);
  *out = column_ref(c);
  return OK;
}

// Left keys above the right ones of the rows that have none on the left.
static ErrCode take_key(Job *job, const Join *j, int k, Column **out, Err *err) {
  const Column *left = frame_at(j->left, j->key[LEFT][k]), *right = frame_at(j->right, j->key[RIGHT][k]);
  Part part[2] = {{left, j->all.rows}, {right, j->tail}};
  ColType type = left->type;
  int clash[2];
  bool meets = parts_unify((Part[]){{left, 0}, {right, 0}}, 2, &type, clash);
  (void)meets; // they can be equal, so they meet
  if (j->tail == 0 && type == left->type) return take_left(job, j, left, j->all.rows, out, err);
  Column *upper = NULL, *lower = NULL;
  ErrCode code = take_left(job, j, left, j->all.rows, &upper, err);
  if (code == OK) code = column_gather(job, right, j->row[RIGHT] + j->all.rows, j->tail, &lower, err);
  part[0].col = upper, part[1].col = lower;
  if (code == OK) code = parts_stack(job, part, 2, type, out, err);
  column_unref(upper);
  column_unref(lower);
  return code;
}

static int key_place(const Join *j, int side, int col) {
  for (int k = 0; k < j->m; k++)
    if (j->key[side][k] == col) return k;
  return -1;
}

static ErrCode add_left(Job *job, const Join *j, Frame *made, Err *err) {
  for (int c = 0; c < frame_ncol(j->left); c++) {
    Column *col;
    int k = keeps_all_right(j) ? key_place(j, LEFT, c) : -1;
    TRY(job_tick(job, c, frame_ncol(j->left), err));
    TRY(k >= 0 ? take_key(job, j, k, &col, err) : take_left(job, j, frame_at(j->left, c), frame_nrow(made), &col, err));
    TRY(frame_add(made, frame_name(j->left, c), col, err));
  }
  return OK;
}

static ErrCode add_right(Job *job, const Join *j, Frame *made, Err *err) {
  Str name = {0};
  ErrCode code = OK;
  for (int c = 0; c < frame_ncol(j->right) && code == OK; c++) {
    Column *col;
    if (key_place(j, RIGHT, c) >= 0) continue;
    str_clear(&name);
    str_add(&name, frame_name(j->right, c));
    while (frame_find(made, (Sv){str_c(&name), name.n}) >= 0) str_add(&name, j->opts->suffix);
    code = job_tick(job, c, frame_ncol(j->right), err);
    if (code == OK) code = column_gather(job, frame_at(j->right, c), j->row[RIGHT], frame_nrow(made), &col, err);
    if (code == OK) code = frame_add(made, str_c(&name), col, err);
  }
  str_fini(&name);
  return code;
}

// Silent loss and silent growth of rows are what a reader of a join must see.
static void add_caption(const Join *j, Frame *made) {
  Str s = {0};
  int64_t n = frame_nrow(j->left);
  str_addf(&s, "%s left row%s, %s matched", shape_number(n).s, n == 1 ? "" : "s", shape_number(j->all.matched).s);
  if (j->all.many && !is_filter(j)) str_addf(&s, " (%s of them more than one right row)", shape_number(j->all.many).s);
  str_addf(&s, ", %s without a match", shape_number(n - j->all.matched).s);
  if (j->hit) str_addf(&s, "; %s right row%s without a match", shape_number(j->tail).s, j->tail == 1 ? "" : "s");
  frame_set_caption(made, str_c(&s));
  str_fini(&s);
}

static ErrCode assemble(Job *job, const Join *j, Frame **out, Err *err) {
  Frame *made = frame_new(j->all.rows + j->tail);
  ErrCode code = add_left(job, j, made, err);
  if (code == OK && !is_filter(j)) code = add_right(job, j, made, err);
  if (code != OK) return frame_unref(made), code;
  add_caption(j, made);
  *out = made;
  return OK;
}

// ---- the verb -----------------------------------------------------------------------------------------------------
static ErrCode run(Job *job, Join *j, Frame **out, Err *err) {
  TRY(find_keys(j, err));
  TRY(check_expect(job, j, err));
  j->plan.m = j->m;
  j->plan.col = calloc((size_t)j->m, sizeof *j->plan.col);
  if (!j->plan.col) abort();
  for (int k = 0; k < j->m; k++) {
    j->plan.col[k].side[LEFT] = frame_at(j->left, j->key[LEFT][k]);
    j->plan.col[k].side[RIGHT] = frame_at(j->right, j->key[RIGHT][k]);
  }
  TRY(key_plan_make(job, &j->plan, err));
  TRY(join_index_make(job, &j->index, &j->plan, !is_filter(j), err));
  TRY(match_rows(job, j, err));
  TRY(list_rows(job, j, err));
  return assemble(job, j, out, err);
}

ErrCode frame_join(Job *job, const Frame *left, const Frame *right, const JoinOpts *opts, Frame **out, Err *err) {
  Join j = {.left = left, .right = right, .opts = opts};
  ErrCode code = run(job, &j, out, err);
  key_plan_free(&j.plan);
  join_index_free(&j.index);
  mem_free(j.match);
  mem_free((void *)j.hit);
  mem_free(j.tally);
  mem_free(j.row[LEFT]);
  mem_free(j.row[RIGHT]);
  free(j.key[LEFT]);
  free(j.key[RIGHT]);
  return code;
}

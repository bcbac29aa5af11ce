// Rows that come again. Each row gets a hash of its cells, rows are sorted by it, and rows of one hash are compared
// cell by cell, so that equal hashes of different rows do no harm. O(n p).
#include "stats/report_int.h"

#include "base/map.h"
#include "base/pool.h"

#include <stdlib.h>

enum { GRAIN = 1 << 14, MOST_NEAR = 50000 };

static uint64_t mix(uint64_t h) { // the finisher of MurmurHash3
  h = (h ^ h >> 33) * 0xFF51AFD7ED558CCDu;
  h = (h ^ h >> 33) * 0xC4CEB9FE1A85EC53u;
  return h ^ h >> 33;
}

static uint64_t cell_hash(const Column *c, int64_t i) {
  if (!col_valid(c, i)) return 0x9E3779B97F4A7C15u;
  if (c->dict) return (uint64_t)col_code(c, i);
  if (c->type == COL_F64) return order_key_f64(c->f[i]);
  if (c->type == COL_BOOL) return c->b[i];
  if (c->type != COL_TEXT) return (uint64_t)c->i[i];
  Sv text = col_text(c, i);
  return hash_bytes(text.s, text.n);
}

static bool same_cell(const Column *c, int64_t a, int64_t b) {
  if (!col_valid(c, a) || !col_valid(c, b)) return col_valid(c, a) == col_valid(c, b);
  if (c->type == COL_TEXT && !c->dict) return sv_eq(col_text(c, a), col_text(c, b));
  return cell_hash(c, a) == cell_hash(c, b);
}

typedef struct Hashing {
  const Column *const *col;
  int m;
  uint64_t *key;
  uint32_t *row;
} Hashing;

static void run_hashes(void *ctx, int64_t begin, int64_t end) {
  const Hashing *h = ctx;
  for (int64_t i = begin; i < end; i++) h->key[i] = 0, h->row[i] = (uint32_t)i;
  for (int k = 0; k < h->m; k++)
    for (int64_t i = begin; i < end; i++) h->key[i] = mix(h->key[i] + 0x632BE59BD9B4E019u + cell_hash(h->col[k], i));
}

typedef struct Copies {
  int64_t sets, rows;    // of rows that come again; how many more than once
  int64_t first, second; // an example, 0-based
  const Column *differs; // only sets in which this column has several values; NULL: all
} Copies;

static bool same_row(const Hashing *h, int64_t a, int64_t b) {
  for (int k = 0; k < h->m; k++)
    if (!same_cell(h->col[k], a, b)) return false;
  return true;
}

// row[0..n) of one hash, ascending: sets of equal ones. Taken rows are marked by UINT32_MAX.
static void count_run(const Hashing *h, uint32_t *row, int64_t n, Copies *out) {
  for (int64_t i = 0; i < n; i++) {
    int64_t again = 0, second = -1;
    bool differs = !out->differs;
    for (int64_t k = i + 1; k < n && row[i] != UINT32_MAX; k++) {
      if (row[k] == UINT32_MAX || !same_row(h, row[i], row[k])) continue;
      differs = differs || !same_cell(out->differs, row[i], row[k]);
      if (again++ == 0) second = row[k];
      row[k] = UINT32_MAX;
    }
    if (!again || !differs) continue;
    if (out->sets++ == 0 || row[i] < out->first) out->first = row[i], out->second = second;
    out->rows += again;
  }
}

// Rows equal in the columns that `left_out` does not mark.
static ErrCode find_copies(Run *r, const bool *left_out, Copies *out, Err *err) {
  const Column **col = arena_array(&r->arena, const Column *, r->p + 1);
  Hashing h = {.col = col};
  for (int j = 0; j < r->p; j++)
    if (!left_out[j]) col[h.m++] = r->fact[j].c;
  if (h.m == 0 || r->n < 2 || r->n >= UINT32_MAX) return OK;
  TRY(job_need(r->job, r->n * 24, "comparing rows", err));
  KeyRows k = {.key = mem_new((size_t)r->n * 24), .n = r->n};
  if (!k.key) return err_set(err, ERR_MEMORY, "comparing rows: the system has no memory left: take fewer rows");
  k.key2 = k.key + r->n, k.row = (uint32_t *)(k.key2 + r->n), k.row2 = k.row + r->n;
  h.key = k.key, h.row = k.row;
  par_for(r->job, r->n, GRAIN, run_hashes, &h);
  ErrCode code = order_rows(r->job, &k, err);
  for (int64_t i = 0, j; i < r->n && code == OK; i = j) {
    for (j = i + 1; j < r->n && k.key[j] == k.key[i]; j++) continue;
    if (j - i > 1) count_run(&h, k.row + i, j - i, out);
  }
  mem_free(k.key);
  return code;
}

// ---- the answer ---------------------------------------------------------------------------------------------------
static void put(Run *r, Tab *t, const char *kind, const Copies *c, const char *lua) {
  tab_row(t);
  tab_text(t, "kind", kind);
  tab_int(t, "sets", c->sets);
  tab_int(t, "rows", c->rows);
  tab_real(t, "share", r->n ? (double)c->rows / (double)r->n : 0);
  if (c->sets && !r->part)
    tab_text(t, "first",
             arena_printf(&r->arena, "rows %s and %s", tell_count(r, c->first + 1), tell_count(r, c->second + 1)));
  tab_text(t, "lua", c->sets ? lua : NULL);
}

static ErrCode near_copies(Run *r, Tab *t, Err *err) {
  Names all = {0};
  Frame *near;
  bool words = false;
  for (int j = 0; j < r->p; j++) words = words || col_is_text(r->fact[j].c);
  bool taken = frame_find(r->f, sv("set")) >= 0 || frame_find(r->f, sv("row")) >= 0;
  if (!words || taken || r->n > MOST_NEAR) return OK;
  TRY(stats_near_duplicates(r->job, r->f, &all, &near, err));
  Copies c = {0};
  const Column *set = frame_at(near, 0), *row = frame_at(near, 1);
  for (int64_t i = 0; i < set->n; i++) c.sets = set->i[i];
  c.rows = set->n - c.sets;
  if (set->n > 1) c.first = row->i[0] - 1, c.second = row->i[1] - 1;
  frame_unref(near);
  put(r, t, "but for spelling", &c, "d:near_duplicates()");
  return OK;
}

// The kinds that there are; rows that are mostly copies are of few levels, and then it says nothing.
static ErrCode show(Run *r, const Tab *t, Err *err) {
  Tab few;
  const Frame *all = r->out->section[REPORT_DUPLICATES];
  const Column *first = frame_find(all, sv("first")) < 0 ? NULL : frame_at(all, frame_find(all, sv("first")));
  tab_init(&few, &r->arena, "~kind #sets #rows ~first?");
  for (int64_t i = 0; i < t->n; i++) {
    if (frame_at(all, 2)->i[i] == 0 || frame_at(all, 2)->i[i] > r->n / 2) continue;
    Sv kind = col_text(frame_at(all, 0), i), where = first ? col_text(first, i) : (Sv){"", 0};
    tab_row(&few);
    tab_text(&few, "kind", arena_strndup(&r->arena, kind.s, kind.n));
    tab_int(&few, "sets", frame_at(all, 1)->i[i]);
    tab_int(&few, "rows", frame_at(all, 2)->i[i]);
    if (where.n) tab_text(&few, "first", arena_strndup(&r->arena, where.s, where.n));
  }
  return report_shown(r, REPORT_DUPLICATES, &few, err);
}

ErrCode report_copies(Run *r, Err *err) {
  Tab t;
  bool *left_out = arena_array(&r->arena, bool, r->p + 1), ids = false;
  Copies all = {0};
  tab_init(&t, &r->arena, "~kind #sets #rows %share ~first? ~lua?");
  if (r->p > 1) TRY(find_copies(r, left_out, &all, err));
  put(r, &t, "exact", &all, "d:duplicates()");
  r->copies = all.rows;
  for (int j = 0; j < r->p; j++) ids = ids || r->fact[j].id, left_out[j] = r->fact[j].id;
  if (ids && r->p > 2) {
    Copies c = {0};
    TRY(find_copies(r, left_out, &c, err));
    put(r, &t, "but for ids", &c, NULL);
    r->twins = c.rows;
  }
  if (r->goal.j >= 0 && r->p > 2) {
    Copies c = {.differs = r->fact[r->goal.j].c}, same = {0};
    left_out[r->goal.j] = true;
    TRY(find_copies(r, left_out, &c, err));
    put(r, &t, "other target", &c, NULL);
    TRY(find_copies(r, left_out, &same, err));
    r->twins = same.rows;
  }
  TRY(near_copies(r, &t, err));
  const char *caption = arena_printf(
      &r->arena, "duplicates  %s an earlier one%s", tell_rows(r, all.rows, "row repeats", "rows repeat"),
      r->part ? arena_printf(&r->arena, "; among %s sampled rows of %s", tell_count(r, r->n), tell_count(r, r->all))
              : "");
  TRY(report_section(r, REPORT_DUPLICATES, &t, caption, err));
  return show(r, &t, err);
}

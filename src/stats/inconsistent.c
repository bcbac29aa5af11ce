// Values that are spelled in several ways. The words of a column are joined (union-find) when their keys agree: first
// those of FOLD_WORD_ORDER, then of FOLD_BLANKS and, if asked, of FOLD_LETTERS. A cluster of two words and more is told
// with the gentlest level at which all of its words agree. A column of several formats is told as one more cluster, of
// formats.
#include "stats/quality.h"
#include "stats/spelling_int.h"

#include "base/map.h"

#include <stdlib.h>

enum { LONGEST = 120 };

typedef struct Cluster {
  const char *column;
  int64_t first, n; // members in Found.member
  int64_t rows;
  const char *rule;
} Cluster;

typedef struct Member {
  Sv value;
  int64_t n;
} Member;

typedef struct Found {
  Job *job;
  Arena arena; // of the values
  Member *member;
  Cluster *cluster;
  int64_t nmember, member_cap, ncluster, cluster_cap, columns;
} Found;

static void *grown(void *p, int64_t n, int64_t *cap, size_t size) {
  if (n < *cap) return p;
  *cap = *cap ? *cap * 2 : 64;
  p = realloc(p, (size_t)*cap * size);
  if (!p) abort();
  return p;
}

static void add_member(Found *d, Sv value, int64_t n) {
  d->member = grown(d->member, d->nmember, &d->member_cap, sizeof *d->member);
  d->member[d->nmember++] = (Member){{arena_strndup(&d->arena, value.s, value.n), value.n}, n};
}

static int by_count(const void *a, const void *b) {
  const Member *x = a, *y = b;
  if (x->n != y->n) return x->n < y->n ? 1 : -1;
  return sv_cmp(x->value, y->value);
}

// The members from `first` on are a cluster.
static void close_cluster(Found *d, const char *column, int64_t first, const char *rule) {
  Cluster c = {column, first, d->nmember - first, 0, rule};
  for (int64_t i = first; i < d->nmember; i++) c.rows += d->member[i].n;
  qsort(d->member + first, (size_t)c.n, sizeof *d->member, by_count);
  d->cluster = grown(d->cluster, d->ncluster, &d->cluster_cap, sizeof *d->cluster);
  d->cluster[d->ncluster++] = c;
}

// ---- words that meet -----------------------------------------------------------------------------------------------
static int64_t root_of(int64_t *up, int64_t i) {
  while (up[i] != i) i = up[i] = up[up[i]];
  return i;
}

static void join(int64_t *up, int64_t a, int64_t b) { // the smaller stays the root
  a = root_of(up, a), b = root_of(up, b);
  if (a < b) up[b] = a;
  else up[a] = b;
}

static ErrCode join_equal(Found *d, const WordCounts *w, FoldLevel level, int64_t *up, Err *err) {
  Map keys;
  map_init(&keys);
  int64_t *owner = malloc(((size_t)w->n + 1) * sizeof *owner);
  if (!owner) abort();
  Str key = {0};
  ErrCode code = OK;
  for (int64_t i = 0; i < w->n && code == OK; i++) {
    if (i % 4096 == 0) code = job_tick(d->job, i, w->n, err);
    if (w->word[i].n > LONGEST) continue;
    str_clear(&key);
    fold_text(w->word[i], level, &key);
    if (!key.n) continue;
    bool is_new;
    int64_t k = map_put(&keys, (Sv){key.s, key.n}, &is_new);
    if (is_new) owner[k] = i;
    else join(up, owner[k], i);
  }
  str_fini(&key);
  free(owner);
  map_fini(&keys);
  return code;
}

static const char *rule_of(const Member *m, int64_t n) {
  Str first = {0}, key = {0};
  int level = 0;
  for (; level < FOLD_LEVELS; level++) {
    bool equal = true;
    str_clear(&first);
    fold_text(m[0].value, (FoldLevel)level, &first);
    for (int64_t i = 1; i < n && equal; i++) {
      str_clear(&key);
      fold_text(m[i].value, (FoldLevel)level, &key);
      equal = sv_eq((Sv){first.s, first.n}, (Sv){key.s, key.n});
    }
    if (equal && first.n) break;
  }
  str_fini(&first);
  str_fini(&key);
  return level < FOLD_LEVELS ? FOLD_NAMES[level] : "several";
}

// next[i]: the next word of i's cluster, -1 behind the last; the words of a root come in their order.
static void list_clusters(Found *d, const char *column, const WordCounts *w, int64_t *up, int64_t *next) {
  for (int64_t i = 0; i < w->n; i++) next[i] = -1;
  for (int64_t i = w->n - 1; i >= 0; i--) {
    int64_t root = root_of(up, i);
    if (root != i) next[i] = next[root], next[root] = i;
  }
  for (int64_t i = 0; i < w->n; i++) {
    if (root_of(up, i) != i || next[i] < 0) continue;
    int64_t first = d->nmember;
    for (int64_t k = i; k >= 0; k = next[k]) add_member(d, w->word[k], w->count[k]);
    close_cluster(d, column, first, rule_of(d->member + first, d->nmember - first));
  }
}

static ErrCode join_words(Found *d, const char *column, const WordCounts *w, bool letters, Err *err) {
  TRY(job_need(d->job, w->n * 64, "inconsistent", err));
  int64_t *up = malloc(((size_t)w->n + 1) * 2 * sizeof *up), *next = up + w->n + 1;
  if (!up) abort();
  for (int64_t i = 0; i < w->n; i++) up[i] = i;
  ErrCode code = join_equal(d, w, FOLD_WORD_ORDER, up, err);
  if (code == OK) code = join_equal(d, w, FOLD_BLANKS, up, err);
  if (code == OK && letters) code = join_equal(d, w, FOLD_LETTERS, up, err);
  if (code == OK) list_clusters(d, column, w, up, next);
  free(up);
  return code;
}

static void list_formats(Found *d, const char *column, const WordCounts *w) {
  Shapes s;
  shapes_init(&s, w);
  if (shapes_are_mixed(&s, w)) {
    int64_t first = d->nmember;
    for (int64_t k = 0; k < s.n; k++) add_member(d, s.item[k].text, s.item[k].rows);
    close_cluster(d, column, first, "format");
  }
  shapes_fini(&s);
}

// ---- the answer as a frame -----------------------------------------------------------------------------------------
static int by_rows(const void *a, const void *b) { // within a column, whose clusters were made in order
  const Cluster *x = a, *y = b;
  if (x->rows != y->rows) return x->rows < y->rows ? 1 : -1;
  return (x->first > y->first) - (x->first < y->first);
}

static ErrCode fill(Found *d, Frame *out, Err *err) {
  int64_t n = d->nmember, at = 0;
  Sv *text = arena_array(&d->arena, Sv, 4 * n + 4), *column = text, *value = text + n, *best = text + 2 * n,
     *rule = text + 3 * n;
  int64_t *number = arena_array(&d->arena, int64_t, 2 * n + 2), *rows = number + n;
  for (int64_t k = 0; k < d->ncluster; k++) {
    const Cluster *c = &d->cluster[k];
    for (int64_t i = c->first; i < c->first + c->n; i++, at++) {
      column[at] = sv(c->column), value[at] = d->member[i].value, best[at] = d->member[c->first].value;
      rule[at] = sv(c->rule), number[at] = k + 1, rows[at] = d->member[i].n;
    }
  }
  TRY(answer_texts(d->job, out, "column", column, n, err));
  TRY(answer_ints(d->job, out, "cluster", number, n, err));
  TRY(answer_texts(d->job, out, "value", value, n, err));
  TRY(answer_ints(d->job, out, "n", rows, n, err));
  TRY(answer_texts(d->job, out, "suggestion", best, n, err));
  return answer_texts(d->job, out, "rule", rule, n, err);
}

static ErrCode look_at(Found *d, const Frame *f, int j, const InconsistentOpts *o, Err *err) {
  WordCounts w;
  int64_t before = d->ncluster;
  TRY(wordcounts_init(d->job, frame_at(f, j), &w, err));
  ErrCode code = join_words(d, frame_name(f, j), &w, o->letters, err);
  if (code == OK && o->formats) list_formats(d, frame_name(f, j), &w);
  if (d->ncluster > before) qsort(d->cluster + before, (size_t)(d->ncluster - before), sizeof *d->cluster, by_rows);
  d->columns += d->ncluster > before;
  wordcounts_fini(&w);
  return code;
}

ErrCode stats_inconsistent(Job *job, const Frame *f, const InconsistentOpts *opts, Frame **out, Err *err) {
  Found d = {.job = job};
  int *col, m;
  TRY(columns_choose(f, &opts->columns, col_is_text, "inconsistent", "text", &col, &m, err));
  ErrCode code = OK;
  for (int k = 0; k < m && code == OK; k++) code = look_at(&d, f, col[k], opts, err);
  Frame *made = frame_new(d.nmember);
  if (code == OK) code = fill(&d, made, err);
  if (code == OK) {
    if (d.ncluster)
      answer_caption(made, "%s cluster%s of values that may be one, in %lld of %d text column%s",
                     count_text(d.ncluster).s, d.ncluster == 1 ? "" : "s", (long long)d.columns, m, m == 1 ? "" : "s");
    else answer_caption(made, "nothing inconsistent in %d text column%s", m, m == 1 ? "" : "s");
    *out = made;
  } else frame_unref(made);
  free(d.member);
  free(d.cluster);
  free(col);
  arena_fini(&d.arena);
  return code;
}

// The words of a column as numbers, so that a step compares each distinct word once instead of each cell. A column with
// a dictionary has its numbers already; of any other, equal cells are grouped and one of each group is written out.
#include "prep/prep_int.h"

#include "base/pool.h"
#include "frame/verbs.h"

#include <string.h>

enum { CHUNK = 1 << 16 };

void codes_fini(Codes *k) {
  mem_free(k->group);
  if (k->count) mem_free(k->count - 1);
  arena_fini(&k->arena);
  *k = (Codes){0};
}

// ---- counting -----------------------------------------------------------------------------------------------------
typedef struct Count {
  const Codes *codes;
  int64_t n; // words and the missing ones
  int64_t *part, grain;
} Count;

static void count_chunk(void *ctx, int64_t begin, int64_t end) {
  const Count *t = ctx;
  int64_t *own = t->part + begin / t->grain * t->n;
  for (int64_t i = begin; i < end; i++) own[codes_at(t->codes, i) + 1]++;
}

static ErrCode count_all(Job *job, const char *step, Codes *k, Err *err) {
  int64_t n = k->n + 1, grain = n < CHUNK / 4 || k->c->n < CHUNK ? CHUNK : k->c->n;
  int64_t chunks = (k->c->n + grain - 1) / grain;
  size_t bytes = (size_t)((chunks + 1) * n) * sizeof *k->count;
  TRY(job_need(job, (int64_t)bytes, step, err));
  k->count = mem_new(bytes);
  if (!k->count) return err_set(err, ERR_MEMORY, "prep.%s: no memory to count words", step);
  memset(k->count, 0, bytes);
  int64_t *part = k->count + n;
  par_for(job, k->c->n, grain, count_chunk, &(Count){k, n, part, grain});
  for (int64_t c = 0; c < chunks; c++)
    for (int64_t w = 0; w < n; w++) k->count[w] += part[c * n + w];
  k->missing = *k->count++;
  return OK;
}

// ---- words --------------------------------------------------------------------------------------------------------
static void use_dict(Codes *k) {
  k->n = k->c->dict->n;
  k->word = k->c->dict->word;
}

static Sv written(const Column *c, int64_t i, Arena *a) {
  Str buf = {0};
  Sv out;
  if (col_is_text(c)) return col_text(c, i);
  col_format(c, i, CELL_EXACT, &buf);
  out = (Sv){arena_strndup(a, str_c(&buf), buf.n), buf.n};
  str_fini(&buf);
  return out;
}

// Numbers from 0 for the groups that have a word; -1 for those that are missing.
static void write_groups(Codes *k, int64_t ngroup) {
  int64_t *to = arena_array(&k->arena, int64_t, ngroup), seen = 0;
  Sv *word = arena_array(&k->arena, Sv, ngroup);
  k->word = word;
  for (int64_t i = 0; i < k->c->n; i++) {
    if (k->group[i] == seen) { // groups are numbered as they appear
      bool gone = cell_missing(k->c, i);
      to[seen++] = gone ? -1 : k->n;
      if (!gone) word[k->n++] = written(k->c, i, &k->arena);
    }
    k->group[i] = to[k->group[i]];
  }
}

static ErrCode use_groups(Job *job, const char *step, Codes *k, Err *err) {
  int64_t ngroup;
  TRY(job_need(job, k->c->n * (int64_t)sizeof *k->group, step, err));
  k->group = mem_new((size_t)k->c->n * sizeof *k->group);
  if (!k->group) return err_set(err, ERR_MEMORY, "prep.%s: no memory for words", step);
  Frame *one = frame_new(k->c->n);
  ErrCode code = frame_add(one, "x", column_ref(k->c), err);
  if (code == OK) code = frame_groups(job, one, &(int){0}, 1, k->group, &ngroup, err);
  frame_unref(one);
  if (code == OK) write_groups(k, ngroup);
  return code;
}

ErrCode codes_init(Job *job, const char *step, const Column *c, Codes *out, Err *err) {
  *out = (Codes){.c = c};
  arena_init(&out->arena);
  ErrCode code = OK;
  if (c->dict) use_dict(out);
  else code = use_groups(job, step, out, err);
  if (code == OK) code = count_all(job, step, out, err);
  if (code != OK) codes_fini(out);
  return code;
}

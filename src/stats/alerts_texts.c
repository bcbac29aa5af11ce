// Texts that were cut off, are always the same, or only name the rows. A file whose writer had a fixed width leaves
// many texts of exactly the longest length, where honest lengths grow rarer: at least ten and five different ones,
// three times the mean of the five lengths below and twice the most frequent of them. Codes of one length do not count:
// there is nothing just below them.
#include "stats/stats_int.h"

#include "base/map.h"

enum { BELOW = 5, LEAST_CUT = 10, LEAST_LENGTH = 8, DIFFERENT = 5, LEAST_IDS = 20 };

static int64_t characters(Sv text) {
  int64_t n = 0;
  for (size_t i = 0; i < text.n; i++) n += ((unsigned char)text.s[i] & 0xC0) != 0x80;
  return n;
}

typedef struct Lengths {
  int64_t longest;
  int64_t at[BELOW + 1]; // rows of length longest - k
  Map different;         // texts of the longest length, the first DIFFERENT of them
} Lengths;

static void measure(const Column *c, Lengths *l) {
  for (int64_t i = 0; i < c->n; i++) {
    int64_t n = col_valid(c, i) ? characters(col_text(c, i)) : 0;
    if (n > l->longest) l->longest = n;
  }
  for (int64_t i = 0; i < c->n; i++) {
    if (!col_valid(c, i)) continue;
    int64_t short_by = l->longest - characters(col_text(c, i));
    if (short_by <= BELOW) l->at[short_by]++;
    if (short_by == 0 && l->different.n < DIFFERENT) map_put(&l->different, col_text(c, i), NULL);
  }
}

static bool is_cut(const Column *c, const Lengths *l) {
  int64_t most = 0, below = 0;
  for (int k = 1; k <= BELOW; k++) {
    below += l->at[k];
    if (l->at[k] > most) most = l->at[k];
  }
  return l->longest >= LEAST_LENGTH && l->at[0] >= LEAST_CUT && BELOW * l->at[0] >= 3 * below && l->at[0] >= 2 * most &&
         below >= BELOW && l->different.n == DIFFERENT && l->at[0] < (c->n - c->missing) / 10 * 9;
}

static void look_for_cut(Alerts *a, int j) {
  const Column *c = frame_at(a->f, j);
  Lengths l = {0};
  map_init(&l.different);
  measure(c, &l);
  if (is_cut(c, &l)) {
    alerts_add(a, ALERT_CUT_OFF, l.at[0], frame_name(a->f, j),
               arena_printf(&a->arena, "%s values end at exactly %lld characters: cut off in the file",
                            alert_count(a, l.at[0]), (long long)l.longest));
    alerts_where(a, arena_printf(&a->arena, "len(%s) == %lld", alert_name(a, frame_name(a->f, j)),
                                 (long long)l.longest));
  }
  map_fini(&l.different);
}

// A different word without a blank in every row.
bool texts_are_ids(const Column *c) {
  if (c->missing || c->n < LEAST_IDS) return false;
  Map seen;
  map_init(&seen);
  bool all_new = true;
  for (int64_t i = 0; i < c->n && all_new; i++) {
    Sv text = col_text(c, i);
    all_new = text.n && !memchr(text.s, ' ', text.n);
    if (all_new) map_put(&seen, text, &all_new);
  }
  map_fini(&seen);
  return all_new;
}

static bool is_constant(const Column *c, int64_t *row) {
  int64_t first = -1;
  for (int64_t i = 0; i < c->n; i++) {
    if (!col_valid(c, i)) continue;
    if (first < 0) first = i;
    else if (!sv_eq(col_text(c, i), col_text(c, first))) return false;
  }
  *row = first;
  return c->n - c->missing > 1;
}

ErrCode alerts_texts(Alerts *a, int j, Err *err) {
  const Column *c = frame_at(a->f, j);
  const char *name = frame_name(a->f, j);
  int64_t row = 0, n = c->n - c->missing;
  TRY(job_tick(a->job, j, frame_ncol(a->f), err));
  if (is_constant(c, &row)) {
    alerts_add(a, ALERT_CONSTANT, n, name,
               arena_printf(&a->arena, "always '%s' (%s values)", alert_cell(a, c, row), alert_count(a, n)));
    return OK;
  }
  look_for_cut(a, j);
  if (texts_are_ids(c))
    alerts_add(a, ALERT_ID, n, name,
               arena_printf(&a->arena, "a different word in each of %s rows: names them, says nothing about them",
                            alert_count(a, n)));
  return OK;
}

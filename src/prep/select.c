// Selectors: a list of column names and of words for kinds of columns.
#include "base/near.h"
#include "prep/prep.h"

static bool is_any(const Column *c) { return c != NULL; }
static bool is_category(const Column *c) { return c->type == COL_CAT; }
static bool is_date(const Column *c) { return c->type == COL_DATE || c->type == COL_TIME; }

static const struct {
  const char *word;
  bool (*fits)(const Column *c);
} KINDS[] = {{"*", is_any},
             {"@number", col_is_number},
             {"@text", col_is_text},
             {"@category", is_category},
             {"@date", is_date}};
enum { NKIND = sizeof KINDS / sizeof *KINDS };

static ErrCode unknown_kind(const char *word, Err *err) {
  Sv words[NKIND];
  char hint[200];
  for (int k = 0; k < NKIND; k++) words[k] = sv(KINDS[k].word);
  near_hint(hint, sizeof hint, sv(word), words, NKIND);
  return err_set(err, ERR_NAME, "no kind of columns '%s'%s", word, hint);
}

// A column that is really called "*" or "@text" comes before the meaning of the word.
static ErrCode mark(const Frame *x, const char *word, bool *chosen, Err *err) {
  int j = frame_find(x, sv(word));
  if (j >= 0) return chosen[j] = true, OK;
  for (int k = 0; k < NKIND; k++) {
    if (strcmp(word, KINDS[k].word) != 0) continue;
    for (j = 0; j < frame_ncol(x); j++)
      if (KINDS[k].fits(frame_at(x, j))) chosen[j] = true;
    return OK;
  }
  if (word[0] == '@') return unknown_kind(word, err);
  return frame_col(x, sv(word), &j, err);
}

ErrCode prep_select(const Frame *x, const Names *selector, const char *dflt, Arena *a, int **col, int *n, Err *err) {
  int p = frame_ncol(x);
  bool *chosen = arena_array(a, bool, p);
  if (selector->n == 0) TRY(mark(x, dflt, chosen, err));
  for (int64_t k = 0; k < selector->n; k++) TRY(mark(x, selector->name[k], chosen, err));
  *col = arena_array(a, int, p), *n = 0;
  for (int j = 0; j < p; j++)
    if (chosen[j]) (*col)[(*n)++] = j;
  return OK;
}

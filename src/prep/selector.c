// Selectors: a list of column names, patterns and words for kinds of columns; a minus before one takes columns away.
#include "base/near.h"
#include "prep/prep_int.h"

static bool is_any(const Column *c) { return c != NULL; }
static bool is_quantity(const Column *c) { return c->type == COL_I64 || c->type == COL_F64; }
static bool is_category(const Column *c) { return c->type == COL_CAT; }
static bool is_date(const Column *c) { return c->type == COL_DATE || c->type == COL_TIME; }
static bool is_bool(const Column *c) { return c->type == COL_BOOL; }
static bool is_incomplete(const Column *c) {
  int64_t first;
  return column_count_missing(c, &first) > 0;
}

static bool same_cell(const Column *c, int64_t i, int64_t j) {
  if (col_is_text(c)) return sv_eq(col_text(c, i), col_text(c, j));
  return c->type == COL_F64 ? c->f[i] == c->f[j] : col_f64(c, i) == col_f64(c, j);
}

bool column_is_constant(const Column *c) {
  int64_t first, missing = column_count_missing(c, &first);
  if (missing == c->n) return true;
  if (c->n < 2 || c->missing) return false;
  for (int64_t i = 1; i < c->n; i++)
    if (!same_cell(c, i, 0)) return false;
  return true;
}

static const struct {
  const char *word;
  bool (*fits)(const Column *c);
} KINDS[] = {{"*", is_any},
             {"@number", col_is_number},
             {"@quantity", is_quantity},
             {"@text", col_is_text},
             {"@category", is_category},
             {"@date", is_date},
             {"@bool", is_bool},
             {"@missing", is_incomplete},
             {"@constant", column_is_constant}};
enum { NKIND = sizeof KINDS / sizeof *KINDS };

static ErrCode unknown_kind(const char *word, Err *err) {
  Sv words[NKIND];
  char hint[200];
  for (int k = 0; k < NKIND; k++) words[k] = sv(KINDS[k].word);
  near_hint(hint, sizeof hint, sv(word), words, NKIND);
  return err_set(err, ERR_NAME, "no kind of columns '%s'%s", word, hint);
}

static const char *past_character(const char *at) {
  do at++;
  while ((*at & 0xC0) == 0x80); // the rest of it in UTF-8
  return at;
}

// * stands for any characters, ? for one.
static bool matches(const char *pattern, const char *name) {
  const char *star = NULL, *from = NULL;
  while (*name) {
    if (*pattern == '*') star = ++pattern, from = name;
    else if (*pattern == '?') pattern++, name = past_character(name);
    else if (*pattern == *name) pattern++, name++;
    else if (star) pattern = star, name = ++from;
    else return false;
  }
  while (*pattern == '*') pattern++;
  return *pattern == 0;
}

static ErrCode mark_pattern(const Frame *x, const char *pattern, bool as, bool *chosen, Err *err) {
  bool any = false;
  for (int j = 0; j < frame_ncol(x); j++)
    if (matches(pattern, frame_name(x, j))) chosen[j] = as, any = true;
  return any ? OK : err_set(err, ERR_NAME, "no column fits the pattern '%s'", pattern);
}

// A column that is really called "*" or "@text" comes before the meaning of the word.
static ErrCode mark(const Frame *x, const char *word, bool as, bool *chosen, Err *err) {
  int j = frame_find(x, sv(word));
  if (j >= 0) return chosen[j] = as, OK;
  for (int k = 0; k < NKIND; k++) {
    if (strcmp(word, KINDS[k].word) != 0) continue;
    for (j = 0; j < frame_ncol(x); j++)
      if (KINDS[k].fits(frame_at(x, j))) chosen[j] = as;
    return OK;
  }
  if (word[0] == '@') return unknown_kind(word, err);
  if (word[0] == '-' && word[1]) return mark(x, word + 1, !as, chosen, err);
  if (strpbrk(word, "*?")) return mark_pattern(x, word, as, chosen, err);
  return frame_col(x, sv(word), &j, err);
}

// Of a list that only takes away, the columns to take from are the default ones.
static bool only_excludes(const Frame *x, const Names *selector) {
  for (int64_t k = 0; k < selector->n; k++)
    if (selector->name[k][0] != '-' || frame_find(x, sv(selector->name[k])) >= 0) return false;
  return true;
}

ErrCode prep_select(const Frame *x, const Names *selector, const char *dflt, Arena *a, int **col, int *n, Err *err) {
  int p = frame_ncol(x);
  bool *chosen = arena_array(a, bool, p);
  if (only_excludes(x, selector)) TRY(mark(x, dflt, true, chosen, err));
  for (int64_t k = 0; k < selector->n; k++) TRY(mark(x, selector->name[k], true, chosen, err));
  *col = arena_array(a, int, p), *n = 0;
  for (int j = 0; j < p; j++)
    if (chosen[j]) (*col)[(*n)++] = j;
  return OK;
}

// The next cell that holds a text or matches a pattern, as cells are shown and, of numbers, also without the commas. Of
// a text letters of either case are the same: ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic by their place in
// Unicode. The words of a category are compared once; columns of numbers and dates are passed over when the text cannot
// be one.
#include "kernel/desk_int.h"

#include "base/regex.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { TICK = 4096 };

static uint32_t lower(uint32_t cp) {
  if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
  if (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) return cp + 32;
  if (cp == 0x178) return 0xFF;
  bool odd_capitals = (cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E);
  if (cp >= 0x100 && cp <= 0x17E && cp != 0x130 && cp != 0x138 && cp != 0x149) return cp + (cp % 2 == odd_capitals);
  if (cp >= 0x391 && cp <= 0x3A9) return cp + 32;
  if (cp >= 0x400 && cp <= 0x40F) return cp + 80;
  return cp >= 0x410 && cp <= 0x42F ? cp + 32 : cp;
}

static void add_lower(Sv text, Str *out) {
  char bytes[4];
  for (size_t i = 0; i < text.n;) {
    int used;
    uint32_t cp = utf8_decode(text.s + i, text.n - i, &used);
    str_addn(out, bytes, (size_t)utf8_encode(lower(cp), bytes));
    i += (size_t)used;
  }
}

typedef struct Search {
  const Frame *f;
  Str what, cell, shown; // in small letters; scratch
  bool only_text;        // what cannot be part of a number or a date
  Regex *pattern;        // NULL: `what` is looked for
  RegexRun *run;
  int first, last;       // columns
  uint8_t **level;       // of each category column, whether a level holds it; else NULL
} Search;

// The search among ASCII letters alone; -1 when the text has others.
static int ascii_holds(const Str *what, Sv text) {
  bool found = false;
  for (size_t i = 0; i < text.n; i++) {
    if (text.s[i] & 0x80) return -1;
    if (found || text.n - i < what->n || lower((unsigned char)text.s[i]) != (unsigned char)what->s[0]) continue;
    size_t k = 1;
    while (k < what->n && lower((unsigned char)text.s[i + k]) == (unsigned char)what->s[k]) k++;
    found = k == what->n;
  }
  return found;
}

static bool holds(Search *s, Sv text) {
  if (s->pattern) return regex_find(s->pattern, s->run, text, 0, NULL);
  int found = ascii_holds(&s->what, text);
  if (found >= 0) return found;
  str_clear(&s->cell);
  add_lower(text, &s->cell);
  return memmem(str_c(&s->cell), s->cell.n, str_c(&s->what), s->what.n);
}

static bool shows(Search *s, const Column *c, int64_t i, CellStyle style) {
  str_clear(&s->shown);
  col_format(c, i, style, &s->shown);
  return holds(s, (Sv){str_c(&s->shown), s->shown.n});
}

static bool matches(Search *s, int j, int64_t i) {
  const Column *c = frame_at(s->f, j);
  if (!col_valid(c, i)) return false;
  if (s->level[j]) return s->level[j][col_code(c, i)];
  if (c->type == COL_TEXT) return holds(s, col_text(c, i));
  if (s->only_text && c->type != COL_BOOL) return false;
  return shows(s, c, i, CELL_PRETTY) || (col_is_number(c) && shows(s, c, i, CELL_EXACT));
}

static void look_at_levels(Search *s, Arena *a) {
  s->level = arena_array(a, uint8_t *, frame_ncol(s->f));
  for (int j = s->first; j <= s->last; j++) {
    const Column *c = frame_at(s->f, j);
    if (!c->dict) continue;
    s->level[j] = arena_array(a, uint8_t, c->dict->n);
    for (int32_t k = 0; k < c->dict->n; k++) s->level[j][k] = holds(s, c->dict->word[k]);
  }
}

static ErrCode search(Job *job, Search *s, const MsgFind *ask, MsgFound *m, Err *err) {
  int64_t n = frame_nrow(s->f), step = ask->backward ? -1 : 1, from = ask->row < -1 ? -1 : ask->row > n ? n : ask->row;
  m->row = -1, m->column = "";
  for (int64_t i = from + step; i >= 0 && i < n; i += step) {
    if (i % TICK == 0) TRY(job_tick(job, i, n, err));
    for (int j = s->first; j <= s->last; j++)
      if (matches(s, j, i)) return m->row = i, m->column = frame_name(s->f, j), OK;
  }
  return OK;
}

// Small letters fit capitals too, unless the pattern has a capital.
static ErrCode read_pattern(Search *s, const char *text, Arena *a, Err *err) {
  bool capital = false;
  int at;
  for (const char *p = text; *p; p++) capital = capital || (*p >= 'A' && *p <= 'Z');
  TRY(regex_parse(sv(arena_printf(a, "%s%s", capital ? "" : "(?i)", text)), a, &s->pattern, &at, err));
  s->run = regex_run_new(s->pattern, -1, a);
  return OK;
}

ErrCode view_find(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const MsgFind *v = &ask->Find;
  Search s = {.f = found->frame, .last = frame_ncol(found->frame) - 1};
  if (!*v->text) return err_set(err, ERR_ARG, "there is no text to look for");
  if (*v->column) {
    TRY(frame_col(found->frame, sv(v->column), &s.first, err));
    s.last = s.first;
  }
  if (v->pattern) TRY(read_pattern(&s, v->text, &answer->arena, err));
  add_lower(sv(v->text), &s.what);
  s.only_text = !v->pattern && strspn(str_c(&s.what), "0123456789.,-+:einfaz ") < s.what.n;
  look_at_levels(&s, &answer->arena);
  ErrCode code = search(job, &s, v, &answer->Found, err);
  if (code == OK) answer->Found.column = arena_strdup(&answer->arena, answer->Found.column);
  str_fini(&s.what), str_fini(&s.cell), str_fini(&s.shown);
  return code;
}

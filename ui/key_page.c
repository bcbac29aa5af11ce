// A page of keys is made from the key table: groups in columns, rows of one act (up and down, undo and redo, the types)
// in one line where that is short enough. Groups stay whole; the columns are as short as their order allows. Where that
// is too long, those that count everywhere stand in columns below the pane's own; where that is too long as well, they
// have a page of their own.
#include "ui/help_int.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>

enum { WORD_WIDTH = 14 };

// ---- the words of a line ------------------------------------------------------------------------------------------
static Sv word_of(const char *keys, int which) {
  const char *at = keys, *last = strrchr(keys, ' ');
  if (which < 0 && last) at = last + 1;
  return (Sv){at, strcspn(at, " ")};
}

static int count_keys(const char *keys) {
  int n = 1;
  for (; *keys; keys++) n += *keys == ' ';
  return n;
}

static bool is_digits(const char *keys) { return keys[0] == '1' && keys[1] == ' ' && keys[2] == '2'; }

// All keys of a row that fit, the first one at least.
static void add_keys(KeyEntry *e, const char *keys) {
  size_t n = strlen(keys);
  while (n > KEYS_WIDTH && memrchr(keys, ' ', n)) n = (size_t)((const char *)memrchr(keys, ' ', n) - keys);
  if (is_digits(keys)) snprintf(e->keys, sizeof e->keys, "1..9");
  else snprintf(e->keys, sizeof e->keys, "%.*s", (int)n, keys);
}

// The keys of two rows as one text: the first of each or, where these are long, the last of each.
static bool join_keys(KeyEntry *e, const KeyRow *x, const KeyRow *y) {
  for (int which = 0; which >= -1; which--) {
    Sv a = word_of(x->keys, which), b = word_of(y->keys, which);
    if (a.n + 1 + b.n > KEYS_WIDTH) continue;
    snprintf(e->keys, sizeof e->keys, SV_FMT " " SV_FMT, SV_ARG(a), SV_ARG(b));
    return true;
  }
  return false;
}

// "sort up", "sort down": "sort up, down".
static bool join_words(KeyEntry *e, const char *x, const char *y) {
  size_t same = 0;
  for (size_t i = 0; x[i] && x[i] == y[i]; i++)
    if (x[i] == ' ') same = i + 1;
  if (strchr(x, ',') || strchr(y, ',')) return false;
  int n = snprintf(e->word, sizeof e->word, "%s, %s", x, y + same);
  return n <= WORD_WIDTH;
}

static bool same_group(const KeyRow *x, const KeyRow *y) {
  return y->keys && x->where == y->where && strcmp(x->group, y->group) == 0;
}

// One act in two directions, or a letter small and large.
static bool belong(const KeyRow *x, const KeyRow *y) {
  bool letters = x->keys[1] == 0 && y->keys[1] == 0 && x->keys[0] != y->keys[0] && isalpha((unsigned char)x->keys[0]);
  return strcmp(x->act, y->act) == 0 || (letters && strcasecmp(x->keys, y->keys) == 0);
}

static void add_entry(KeyPage *page, KeyEntry e) {
  if (page->n < ENTRIES_MOST) page->entry[page->n++] = e;
}

// Three rows of one act and more whose words begin alike: their keys before that beginning. How many rows.
static int join_run(KeyEntry *e, const KeyRow *row) {
  size_t same = strcspn(row->word, " ") + 1, n = 0;
  int k = 0;
  while (same_group(row, row + k) && strcmp(row[k].act, row->act) == 0 && row->word[same - 1] &&
         strncmp(row[k].word, row->word, same) == 0)
    k++;
  for (int i = 0; i < k && k > 2; i++)
    n += (size_t)snprintf(e->keys + n, sizeof e->keys - n, i ? " %s" : "%s", row[i].keys);
  if (k > 2) snprintf(e->word, sizeof e->word, "%.*s", (int)same - 1, row->word);
  return k > 2 ? k : 0;
}

static void add_group(KeyPage *page, int where, const char *group) {
  KeyEntry head = {.head = true, .everywhere = where == IN_ANY};
  snprintf(head.word, sizeof head.word, "%s", group);
  add_entry(page, head);
  for (const KeyRow *row = page->table; row->keys; row++) {
    KeyEntry e = {.everywhere = where == IN_ANY};
    char word[32], next[32];
    if (row->where != where || strcmp(row->group, group) != 0) continue;
    int run = join_run(&e, row);
    if (run) {
      add_entry(page, e);
      row += run - 1;
      continue;
    }
    bool pair = same_group(row, row + 1) && belong(row, row + 1);
    if (pair && join_words(&e, key_word(row->word, false, word), key_word(row[1].word, false, next)) &&
        join_keys(&e, row, row + 1))
      row++;
    else {
      add_keys(&e, row->keys);
      snprintf(e.word, sizeof e.word, "%s", key_word(row->word, false, word));
    }
    add_entry(page, e);
  }
}

// Groups in the order in which the table first names them; how many keys they have.
static int add_place(KeyPage *page, int where) {
  int keys = 0;
  for (const KeyRow *row = page->table; row->keys; row++) {
    if (row->where != where) continue;
    bool first = true;
    keys += count_keys(row->keys);
    for (const KeyRow *before = page->table; before < row; before++)
      if (before->where == where && strcmp(before->group, row->group) == 0) first = false;
    if (first) add_group(page, where, row->group);
  }
  return keys;
}

// ---- places -------------------------------------------------------------------------------------------------------
// Lines of the group that begins at entry i.
static int group_lines(const KeyPage *page, int i) {
  int n = 1;
  while (i + n < page->n && !page->entry[i + n].head) n++;
  return n;
}

// Puts groups below each other, a blank line between them, into columns of at most `most` lines; how many it takes.
static int place_groups(KeyPage *page, int end, int most) {
  int column = 0, line = 0;
  page->lines = 0;
  for (int i = 0; i < end;) {
    int n = group_lines(page, i), gap = line > 0;
    if (line + gap + n > most && line > 0) column++, line = gap = 0;
    line += gap;
    for (int k = 0; k < n; k++, i++) page->entry[i].column = column, page->entry[i].line = line++;
    if (line > page->lines) page->lines = line;
  }
  return column + 1;
}

// The one group of keys that count everywhere, in columns below what stands.
static void place_below(KeyPage *page, int from, int columns) {
  int n = page->n - from - 1, high = (n + columns - 1) / columns, top = page->lines + 1;
  page->entry[from].column = 0, page->entry[from].line = top;
  for (int k = 0; k < n; k++) {
    page->entry[from + 1 + k].column = k / high;
    page->entry[from + 1 + k].line = top + 1 + k % high;
  }
  page->lines = top + 1 + high;
}

static void place_all(KeyPage *page, int columns) {
  int most = 1;
  while (place_groups(page, page->n, most) > columns) most++;
}

void key_page_make(KeyPage *page, const KeyRow *table, int where, int columns, int rows, bool rest) {
  int most = 1;
  *page = (KeyPage){.table = table};
  page->here = add_place(page, where);
  int own = page->n;
  page->everywhere = add_place(page, IN_ANY);
  place_all(page, columns);
  if (columns > 1 && page->lines > rows) {
    for (most = 1; place_groups(page, own, most) > columns;) most++;
    place_below(page, own, columns);
  }
  if (page->lines <= rows || !own || own == page->n) return;
  page->parts = 2;
  page->n = rest ? page->n - own : own;
  if (rest) memmove(page->entry, page->entry + own, sizeof *page->entry * (size_t)page->n);
  page->lines = -1;
  if (rest) place_below(page, 0, columns);
  else place_all(page, columns);
}

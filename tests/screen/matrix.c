// Every key of every pane at four sizes: the key table is walked, and a key that has no line in matrix.h fails by name. To work
// on one situation at one size: MATRIX=3,0 (their numbers); MATRIX_SHOWS=1 prints each screen.
#include "screen/workbench.h"

#include "screen/matrix.h"

enum { SIZES = 4 };
static const int SIZE[SIZES][2] = {{40, 12}, {80, 24}, {120, 40}, {200, 60}};

static const char PLAN[] = "-- %% [markdown]\n-- # Plan\n-- of the work\n\n"
                           "-- %%\nd = data \"titanic.csv\"\n\n"
                           "-- %%\nd:count{\"sex\"}\n\n"
                           "-- %%\nd:hist\"age\"\n\n"
                           "-- %%\nx = 40 + 2\nx\n";

static const char *place_of(int where) {
  return where == IN_ANY    ? "everywhere"
         : where == IN_EDIT ? "edit"
         : where == IN_HELP ? "help"
                            : PANE_TYPES[where]->name;
}

// The words of a list parted by blanks, one after the other.
static bool next_word(const char **list, char word[24]) {
  *list += strspn(*list, " ");
  size_t n = strcspn(*list, " ");
  snprintf(word, 24, "%.*s", (int)n, *list);
  *list += n;
  return n > 0;
}

static bool has_word(const char *list, const char *want) {
  char word[24];
  while (next_word(&list, word))
    if (strcmp(word, want) == 0) return true;
  return false;
}

// ---- the lists agree --------------------------------------------------------------------------------------------------
TEST(every_key_of_the_table_has_a_line_here) {
  char key[24];
  int missing = 0;
  for (const Action *row = ACTIONS; row->act; row++)
    for (const char *keys = row->keys; next_word(&keys, key);) {
      bool found = false;
      for (size_t k = 0; k < sizeof LINES / sizeof *LINES && !found; k++)
        found = LINES[k].where == row->where && has_word(LINES[k].keys, key);
      if (found) continue;
      fprintf(stderr, "# no line for %s in %s (%s): tests/screen/matrix.h wants one\n", key, place_of(row->where),
              row->word);
      missing++;
    }
  assert_int_equal(missing, 0);
}

TEST(every_line_is_about_a_key_of_the_table) {
  char key[24];
  for (size_t k = 0; k < sizeof LINES / sizeof *LINES; k++)
    for (const char *keys = LINES[k].keys; next_word(&keys, key);) {
      bool found = false;
      for (const Action *row = ACTIONS; row->act && !found; row++)
        found = row->where == LINES[k].where && has_word(row->keys, key);
      if (!found) fail_msg("%s has no key %s", place_of(LINES[k].where), key);
    }
}

// ---- conditions -------------------------------------------------------------------------------------------------------
// The title line " 3 notes  2 warnings ━━━": the first stroke behind the name is heavy.
static bool is_focused(Tty *t, const char *pane) {
  size_t n = strlen(pane);
  for (int y = 0; y < t->h; y++)
    for (int x = 2; x < t->w; x++) {
      uint32_t digit = tty_cell(t, x - 2, y).cp;
      const char *row = tty_cell(t, x - 1, y).cp == ' ' && digit >= '1' && digit <= '9' ? tty_row_from(t, y, x) : "";
      if (strncmp(row, pane, n) != 0 || row[n] != ' ') continue;
      const char *heavy = strstr(row, "━"), *light = strstr(row, "─");
      if (heavy && (!light || heavy < light)) return true;
    }
  return false;
}

// "›1,309 Zimmerman": the number behind the cursor's mark.
static bool is_at_row(Tty *t, long want) {
  for (int y = 1; y < t->h; y++) {
    const char *mark = strstr(tty_row(t, y), "›");
    long n = 0;
    if (!mark) continue;
    for (mark += strlen("›"); *mark == ' ';) mark++;
    for (; (*mark >= '0' && *mark <= '9') || *mark == ','; mark++) n = *mark == ',' ? n : 10 * n + *mark - '0';
    if (n == want && (*mark == ' ' || !*mark)) return true;
  }
  return false;
}

// A number for all that shows.
static uint64_t picture(Tty *t) {
  uint64_t hash = 14695981039346656037u;
  for (int y = 0; y < t->h; y++)
    for (const char *s = tty_row(t, y);; s++) {
      hash = (hash ^ (unsigned char)*s) * 1099511628211u;
      if (!*s) break;
    }
  return hash;
}
static uint64_t picture_before; // the key

static bool holds_one(Tty *t, const char *what) {
  if (strcmp(what, "~") == 0) return picture(t) != picture_before;
  if (*what == '!') return !holds_one(t, what + 1);
  if (*what == '@') return is_focused(t, what + 1);
  const char *row = strncmp(what, "›", strlen("›")) == 0 ? what + strlen("›") : "";
  if (*row >= '0' && *row <= '9') return is_at_row(t, atol(row));
  return tty_find(t, what) >= 0;
}

static bool holds(Tty *t, const char *what) {
  char copy[200], *rest = NULL;
  snprintf(copy, sizeof copy, "%s", what);
  for (char *one = strtok_r(copy, "|", &rest); one; one = strtok_r(NULL, "|", &rest))
    if (holds_one(t, one)) return true;
  return false;
}

// ---- scripts ----------------------------------------------------------------------------------------------------------
static void press(Tty *t, const char *key) {
  bool prefixed = strchr("gz", key[0]) && key[1] >= 'A' && key[1] <= 'Z' && key[2]; // "zRight"
  char first[2] = {key[0], 0};
  if (prefixed) tty_type(t, first);
  tty_keys(t, prefixed ? key + 1 : key);
}

// The condition that begins at `s`, without its brackets; what stands behind it.
static const char *condition(const char *s, char out[200]) {
  const char *end = s + 1;
  while (*end && !(*end == ')' && (end[1] == ' ' || !end[1]))) end++;
  snprintf(out, 200, "%.*s", (int)(end - s - 1), s + 1);
  return *end ? end + 1 : end;
}

static void play(Tty *t, const char *script, const char *line) {
  char word[24], want[200];
  while (*(script += strspn(script, " "))) {
    if (*script == '(') {
      script = condition(script, want);
      TTY_UNTIL(t, holds(t, want), "%s: never (%s)", line, want);
    } else if (next_word(&script, word)) {
      if (strcmp(word, "SCRAWL") == 0) vterm_input_write(t->vt, "\x1b[2;3Hscrawl", 12);
      else press(t, word);
    }
  }
}

static void play_line(Tty *t, const Line *l, int size) {
  char key[24], name[120], want[200];
  const char *keys = l->keys;
  int n = 0;
  while (next_word(&keys, key)) n++;
  keys = l->keys;
  for (int k = 0; k <= size % n; k++) next_word(&keys, key);
  snprintf(name, sizeof name, "%s in %s at %dx%d", key, place_of(l->where), SIZE[size][0], SIZE[size][1]);
  play(t, l->before, name);
  const char *first = strchr(l->then, '(');
  if (!first) fail_msg("%s: no condition", name);
  condition(first, want);
  picture_before = picture(t);
  TTY_UNTIL(t, !holds(t, want), "%s: (%s) held before", name, want);
  if (getenv("MATRIX_SHOWS")) fprintf(stderr, "# %s\n", name);
  press(t, key);
  play(t, l->then, name);
  if (getenv("MATRIX_SHOWS")) tty_show(t);
  play(t, l->after, name);
}

// ---- the four sizes ---------------------------------------------------------------------------------------------------
// 30 columns, one of them of long texts.
static void write_wide(FILE *f) {
  fputs("id,text", f);
  for (int j = 1; j <= 28; j++) fprintf(f, ",c%d", j);
  for (int i = 1; i <= 300; i++) {
    fprintf(f, "\n%d,", i);
    for (int k = 0; k < 12; k++) fprintf(f, "word%d-%d ", i, k);
    for (int j = 1; j <= 28; j++) fprintf(f, ",%d", i * j);
  }
  fputc('\n', f);
}

static void make_files(Bench *b) {
  bench_make(b, "titanic.csv");
  FILE *plan = fopen("plan.lua", "w"), *wide = fopen("wide.csv", "w");
  if (!plan || !wide) fail_msg("no files");
  fputs(PLAN, plan);
  write_wide(wide);
  fclose(plan), fclose(wide);
}

static void press_all(int size) {
  Bench b;
  Tty *t = &b.tty;
  const char *only = getenv("MATRIX"), *at = only ? strchr(only, ',') : NULL;
  if (at && atoi(at + 1) != size) skip();
  make_files(&b);
  for (int s = 0; s < SITUATION_COUNT; s++) {
    if (only && *only >= '0' && *only <= '9' && atoi(only) != s) continue;
    const char *args[] = {SITUATIONS[s].file, NULL};
    bench_start_in(&b, SIZE[size][0], SIZE[size][1], "EDITOR=sed -i s/40/50/", args);
    play(t, SITUATIONS[s].script, SITUATIONS[s].file);
    for (size_t k = 0; k < sizeof LINES / sizeof *LINES; k++)
      if (LINES[k].situation == (SituationId)s) play_line(t, &LINES[k], size);
    if (!tty_has_ended(t)) tty_kill(t, SIGTERM);
    assert_int_equal(tty_wait_end(t), 0);
    assert_true(tty_is_sane(t));
    tty_close(t);
    bench_shell("rm -rf .state *.lua.bak");
    bench_welcome();
  }
  bench_remove(&b);
}

TEST(every_key_does_its_work_at_40x12) { press_all(0); }
TEST(every_key_does_its_work_at_80x24) { press_all(1); }
TEST(every_key_does_its_work_at_120x40) { press_all(2); }
TEST(every_key_does_its_work_at_200x60) { press_all(3); }

RUN(CASE(every_key_of_the_table_has_a_line_here), CASE(every_line_is_about_a_key_of_the_table),
    CASE(every_key_does_its_work_at_40x12), CASE(every_key_does_its_work_at_80x24),
    CASE(every_key_does_its_work_at_120x40), CASE(every_key_does_its_work_at_200x60))

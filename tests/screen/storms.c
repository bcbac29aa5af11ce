// More than a person does: keys at random, sizes at random, a megabyte pasted, output without end, text that would drive
// a terminal. TYCHO_KEYS (2000) random keys are pressed, from TYCHO_KEYS_SEED (7).
#include "screen/workbench.h"

#include "ui/app_int.h"

#include <glob.h>

static void start(Bench *b, int w, int h) {
  const char *args[] = {"titanic.csv", NULL};
  bench_make(b, "titanic.csv");
  bench_start_in(b, w, h, "EDITOR=true", args);
  bench_wait_table(b);
}

static int64_t number_of(const char *name, int64_t otherwise) {
  const char *value = getenv(name);
  return value && *value ? atoll(value) : otherwise;
}

static uint64_t roll(uint64_t *dice) {
  *dice = *dice * 6364136223846793005u + 1442695040888963407u;
  return *dice >> 33;
}

// ---- random keys ------------------------------------------------------------------------------------------------------
enum { NAMES_MOST = 600, KEY_LENGTH = 24 };

// Every key of the table but those that quit, and keys that type.
static int collect_keys(char keys[NAMES_MOST][KEY_LENGTH]) {
  static const char *const typing[] = {"Space", "é",   "(",         "\"",     "{",   ",",   "=",  "5",
                                       "x",     "end", "Backspace", "Delete", "^A",  "^E",  "^K", "^Y",
                                       "^W",    "^_",  "日",        "Enter",  "Esc", "Tab", "^R"};
  int n = 0;
  for (const Action *row = ACTIONS; row->act; row++) {
    if (row->act == act_quit || row->act == act_back) continue;
    for (const char *list = row->keys; *list && n < NAMES_MOST;) {
      size_t length = strcspn(list, " ");
      if (!(length == 1 && strchr("qQ", *list))) snprintf(keys[n++], KEY_LENGTH, "%.*s", (int)length, list);
      list += length + strspn(list + length, " ");
    }
  }
  for (size_t k = 0; k < sizeof typing / sizeof *typing && n < NAMES_MOST; k++)
    snprintf(keys[n++], KEY_LENGTH, "%s", typing[k]);
  return n;
}

// What the journal kept is a notebook that reads back as it was written.
static void assert_kept_whole(void) {
  glob_t found;
  JournalEntry e;
  Arena a;
  Note note;
  Err err = {0};
  arena_init(&a);
  assert_int_equal(glob(".state/tycho/sessions/*", 0, NULL, &found), 0);
  if (journal_read(found.gl_pathv[0], &e, &a, &err) != OK) fail_msg("%s", err.msg);
  if (note_parse(sv(e.text), &note, &err) != OK) fail_msg("%s", err.msg);
  Str again = {0};
  note_print(&note, &again);
  assert_string_equal(str_c(&again), e.text);
  str_fini(&again);
  note_fini(&note);
  globfree(&found);
  arena_fini(&a);
}

TEST(random_keys_do_no_harm_and_the_notebook_stays_whole) {
  static char keys[NAMES_MOST][KEY_LENGTH];
  Bench b;
  Tty *t = &b.tty;
  int n = collect_keys(keys);
  int64_t presses = number_of("TYCHO_KEYS", 2000);
  uint64_t dice = (uint64_t)number_of("TYCHO_KEYS_SEED", 7);
  start(&b, 80, 24);
  for (int64_t i = 0; i < presses; i++) {
    tty_keys(t, keys[roll(&dice) % (uint64_t)n]);
    tty_pump(t, 0);
    if (i % 100 == 99) tty_resize(t, 20 + (int)(roll(&dice) % 180), 5 + (int)(roll(&dice) % 50));
    if (t->nlog > 16u << 20) t->nlog = 0; // only the end of it is of interest
    if (tty_has_ended(t)) tty_fail(t, "it ended after key %lld with status %d", (long long)i, t->status);
  }
  tty_kill(t, SIGTERM);
  tty_wait_end(t);
  assert_int_equal(t->status, 0);
  assert_true(tty_is_sane(t));
  assert_kept_whole();
  tty_close(t);
  bench_remove(&b);
}

// ---- sizes ------------------------------------------------------------------------------------------------------------
static char *picture(Tty *t) {
  Str all = {0};
  for (int y = 0; y < t->h; y++) str_addf(&all, "%s\n", tty_row(t, y));
  return str_take(&all);
}

// Painted anew, the screen is what it was: nothing of any size before is left over.
TEST(a_storm_of_sizes_leaves_nothing_behind) {
  Bench b;
  Tty *t = &b.tty;
  uint64_t dice = 3;
  start(&b, 80, 24);
  for (int i = 0; i < 400; i++) {
    tty_resize(t, 1 + (int)(roll(&dice) % 240), 1 + (int)(roll(&dice) % 70));
    if (i % 7 == 0) tty_keys(t, i % 2 ? "Tab S-Tab" : "j");
    tty_pump(t, 0);
  }
  tty_resize(t, 120, 40);
  tty_keys(t, "1 gg Home");
  tty_wait_row(t, 39, "! target");
  tty_wait(t, "1 of 5");
  bench_wait_table(&b);
  tty_keys(t, ": x=1 Enter"); // whatever was under way has been painted when this is answered
  tty_wait(t, "x is set");
  char *before = picture(t);
  size_t from = t->nlog;
  tty_keys(t, "^L");
  TTY_UNTIL(t, t->nlog > from + 2000, "nothing is painted anew");
  tty_wait(t, "COMMAND");
  char *after = picture(t);
  char *a = strstr(before, "3 notes"), *z = strstr(after, "3 notes"); // the message at the bottom is gone
  assert_non_null(a), assert_non_null(z);
  *a = *z = 0;
  assert_string_equal(before, after);
  free(before), free(after);
  bench_quit(&b);
  bench_remove(&b);
}

// ---- a megabyte -------------------------------------------------------------------------------------------------------
TEST(a_megabyte_is_pasted_into_a_cell) {
  enum { LINES = 20000 };
  Bench b;
  Tty *t = &b.tty;
  Str text = {0};
  for (int i = 1; i <= LINES; i++) str_addf(&text, "local line_%05d = 'the text of line %d, and some more'\n", i, i);
  str_add(&text, "z = 4711");
  assert_true(text.n > 1000000);
  start(&b, 80, 24);
  tty_keys(t, "D b");
  tty_wait(t, "EDIT");
  tty_paste(t, str_c(&text));
  tty_wait(t, "z = 4711");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "EDIT");
  tty_type(t, ":w big.lua\r");
  tty_wait(t, "saved big.lua");
  char *file = bench_read("big.lua");
  const char *there = strstr(file, "local line_00001");
  assert_non_null(there);
  assert_memory_equal(there, str_c(&text), text.n);
  free(file), str_fini(&text);
  bench_quit(&b);
  bench_remove(&b);
}

// ---- output without end -----------------------------------------------------------------------------------------------
static int64_t megabytes_of(pid_t pid) { // in memory
  char path[64];
  long long pages = 0;
  snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
  FILE *f = fopen(path, "r");
  if (f && fscanf(f, "%*d %lld", &pages) != 1) pages = 0;
  if (f) fclose(f);
  return pages * (sysconf(_SC_PAGESIZE) / 1024) / 1024;
}

TEST(a_flood_of_output_is_bounded_and_its_tail_is_kept) {
  Bench b;
  Tty *t = &b.tty;
  start(&b, 80, 24);
  int64_t before = megabytes_of(t->pid);
  pid_t kernel = bench_kernel(t->pid);
  int64_t kernel_before = megabytes_of(kernel);
  tty_type(t, ":s = ('x'):rep(1000) for i = 1, 300000 do print(s, i) end print 'the very last'\r");
  tty_keys(t, "G");
  tty_wait(t, "Zimmerman"); // the table moves meanwhile
  tty_keys(t, "gg");
  tty_wait(t, "Allen, Miss.");
  tty_keys(t, "D G");
  tty_wait(t, "all current");
  tty_wait(t, "the very last");
  if (!strstr(getenv("TYCHO"), "asan")) {
    assert_true(megabytes_of(t->pid) < before + 64);
    assert_true(megabytes_of(kernel) < kernel_before + 128);
  }
  tty_type(t, ":while true do print(s) end\r");
  tty_wait(t, "xxxxxxxx");
  tty_keys(t, "^C");
  tty_wait(t, "stopped cell 3");
  bench_quit(&b);
  bench_remove(&b);
}

// ---- text that is none, or too wide -----------------------------------------------------------------------------------
TEST(wide_broken_and_dangerous_text_stays_in_its_column) {
  static const char *const WORDS[] = {"plain",
                                      "日本語の文字",
                                      "e\xCC\x81tude",
                                      "\xFF\xFE broken \xC3",
                                      "\x1b[2J\x07",
                                      "a\xE2\x80\xAE"
                                      "b",
                                      "👩‍🔬 team",
                                      "한글 텍스트 아주 길게 적은 것",
                                      "\xED\xA0\x80",
                                      "tab\there",
                                      "ﷺ",
                                      "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA"};
  static const int SIZE[][2] = {{40, 12}, {80, 24}, {120, 40}, {200, 60}};
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, NULL);
  FILE *f = fopen("odd.csv", "w");
  fputs("word,mark,more\n", f);
  for (int i = 0; i < 60; i++) fprintf(f, "\"%s\",M%02d,%s\n", WORDS[i % 12], i, WORDS[(i + 5) % 12]);
  fclose(f);
  for (int s = 0; s < 4; s++) {
    bench_start(&b, SIZE[s][0], SIZE[s][1], "odd.csv");
    tty_wait(t, "M00");
    tty_wait(t, "M03");
    int x = tty_column(t, tty_find(t, "M00"), "M00");
    for (int i = 0; i < 6; i++) {
      char mark[16];
      snprintf(mark, sizeof mark, "M%02d", i);
      int y = tty_find(t, mark);
      if (y < 0 || s == 0) continue;
      if (tty_column(t, y, mark) != x) tty_fail(t, "%s is not in column %d", mark, x);
    }
    assert_false(tty_got(t, "\x1b[2J\x07")), assert_false(tty_got(t, "\xE2\x80\xAE"));
    tty_keys(t, "Enter"); // the card of a row
    tty_wait(t, "row  1 of 60");
    tty_keys(t, "q F");
    tty_wait(t, "word");
    tty_keys(t, "q");
    bench_quit(&b);
  }
  bench_remove(&b);
}

RUN(CASE(random_keys_do_no_harm_and_the_notebook_stays_whole), CASE(a_storm_of_sizes_leaves_nothing_behind),
    CASE(a_megabyte_is_pasted_into_a_cell), CASE(a_flood_of_output_is_bounded_and_its_tail_is_kept),
    CASE(wide_broken_and_dangerous_text_stays_in_its_column))

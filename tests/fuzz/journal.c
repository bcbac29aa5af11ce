// A journal after anything that may have befallen it: an entry that was written, word for word, or none. Entries forged
// with a checksum that fits are read whole or not at all.
#include "fuzz/fuzz.h"

#include "fuzz/seal.h"
#include "note/note.h"

static const char *const TOKENS[] = {
    "tycho journal 1\n", "number 9223372036854775807\n", "number -1\n", "seconds ", "name ", "opened ", "cell ",
    "cursor ", "ran ", "text ", "\"", "\\n", "\\x", "\\", "sha256 ", "\nsha256 ", "\n", " ", "nil",
    "99999999999999999999", NULL};

static char folder[64];
static Str written[3];

static const char *at(const char *name) {
  static char path[128];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

// Journals of one, two and three entries, as a session that was killed leaves them.
static void make(void) {
  static const char *const text[] = {"-- %%\nx = 1\n", "tycho journal 1\nsha256 no\n\\ \"", ""};
  static const char *names[] = {"aa", "bb"};
  for (int n = 1; n <= 3; n++) {
    Journal *j;
    Arena a = {0};
    Str bytes = {0};
    assert_int_equal(journal_open(folder, &j, NULL), OK);
    for (int k = 0; k < n; k++) {
      JournalEntry e = {.name = "a.lua", .opened = "b.csv", .text = text[k], .cursor = -1, .ran = {names, k}};
      assert_int_equal(journal_write(j, &e, NULL), OK);
    }
    journal_close(j, true);
    Names left = journal_orphans(folder, &a);
    assert_int_equal(left.n, 1);
    assert_int_equal(file_read(left.name[0], &bytes, NULL), OK);
    fuzz_add((Sv){bytes.s, bytes.n});
    journal_remove(left.name[0]);
    str_add(&written[n - 1], text[n - 1]);
    str_fini(&bytes);
    arena_fini(&a);
  }
}

static bool forged; // with a checksum that fits

static void mend(Str *s, Dice *d) {
  forged = below(d, 2);
  if (!forged) return;
  size_t begin = 0;
  for (size_t i = 0; i + 16 <= s->n; i++)
    if (memcmp(s->s + i, "tycho journal 1\n", 16) == 0) begin = i;
  seal(s, begin);
}

static void check(Sv bytes, Dice *d) {
  (void)d;
  const char *path = at("changed");
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes.s, 1, bytes.n, f), bytes.n);
  assert_int_equal(fclose(f), 0);
  Arena a = {0};
  JournalEntry e = {0};
  Err err = {0};
  ErrCode code = journal_read(path, &e, &a, &err);
  assert_int_equal(code, err.code);
  if (code != OK) assert_has(err.msg, "holds no whole entry");
  else {
    bool known = forged;
    for (int k = 0; k < 3; k++) known = known || strcmp(e.text, str_c(&written[k])) == 0;
    assert_true(known && e.name && e.opened);
    for (int64_t k = 0; k < e.ran.n; k++) assert_non_null(e.ran.name[k]);
  }
  arena_fini(&a);
}

TEST(a_damaged_journal_gives_what_was_written_or_nothing) {
  strcpy(folder, "/tmp/tycho-fuzz-XXXXXX");
  assert_non_null(mkdtemp(folder));
  forged = true; // whatever stands in the corpus
  fuzz_run(&(Fuzz){.door = "journal", .check = check, .rounds = 5000, .token = TOKENS, .make = make, .mend = mend});
  for (int k = 0; k < 3; k++) str_fini(&written[k]);
  unlink(at("changed"));
  rmdir(folder);
}

RUN(FUZZ_CASE(a_damaged_journal_gives_what_was_written_or_nothing))

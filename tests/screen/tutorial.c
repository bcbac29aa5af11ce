// Presses the keys that docs/tutorial.md says, row by row, and waits for what it promises.
#include "screen/workbench.h"

// The next piece in backquotes of `from`, copied into `buf`; what follows it, or NULL.
static const char *quoted(const char *from, char buf[128]) {
  const char *open = strchr(from, '`'), *close = open ? strchr(open + 1, '`') : NULL;
  if (!close || close - open > 127) return NULL;
  snprintf(buf, 128, "%.*s", (int)(close - open) - 1, open + 1);
  return close + 1;
}

// "| `b` then type `d:head()` `F5` | `text` |"
static void press_row(Tty *t, char *row) {
  char word[128], *end = strstr(row + 1, " | ");
  if (!end) fail_msg("not a row: %s", row);
  *end = 0;
  const char *at = row;
  for (const char *next; (next = quoted(at, word)); at = next) {
    bool typed = strstr(at, "then type `") && strstr(at, "then type `") < next;
    if (typed) tty_type(t, word);
    else tty_keys(t, word);
    if (*word == '&' || *word == ':') tty_wait(t, "Esc close");
    if (strcmp(word, "b") == 0) tty_wait(t, "EDIT");
  }
  if (!quoted(end + 1, word)) fail_msg("no promise: %s", end + 1);
  tty_wait(t, word);
}

TEST(the_tutorial_keeps_its_promises) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "penguins.csv");
  char path[PATH_MAX + 32], *line = NULL;
  size_t cap = 0;
  int rows = 0;
  snprintf(path, sizeof path, "%s/docs/tutorial.md", bench_repository());
  FILE *f = fopen(path, "r");
  assert_non_null(f);
  bench_start(&b, 80, 24, "penguins.csv");
  bench_wait_table(&b);
  while (getline(&line, &cap, f) > 0)
    if (strncmp(line, "| `", 3) == 0) press_row(t, line), rows++;
  assert_true(rows > 10);
  free(line);
  fclose(f);
  bench_quit(&b);
  bench_remove(&b);
}

RUN(CASE(the_tutorial_keeps_its_promises))

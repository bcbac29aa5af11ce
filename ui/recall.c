// Histories are files of their own, appended to line by line, so that sessions side by side lose nothing of each other.
#include "ui/recall_int.h"

#include "base/file.h"
#include "base/str.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static void escape(Str *out, const char *line) {
  for (; *line; line++) {
    if (*line == '\n') str_add(out, "\\n");
    else if (*line == '\\') str_add(out, "\\\\");
    else str_addc(out, *line);
  }
}

static char *unescape(Sv text) {
  Str out = {0};
  for (size_t i = 0; i < text.n; i++) {
    bool marked = text.s[i] == '\\' && i + 1 < text.n;
    if (marked) i++;
    str_addc(&out, marked && text.s[i] == 'n' ? '\n' : text.s[i]);
  }
  return str_take(&out);
}

static bool is_worth(const Recall *r, const char *line) {
  bool blank = line[strspn(line, " \t\n")] == 0;
  return !blank && (r->n == 0 || strcmp(r->line[r->n - 1], line) != 0);
}

// Takes ownership of `line`. The oldest goes when there are too many.
static void keep(Recall *r, char *line) {
  if (!is_worth(r, line)) {
    free(line);
    return;
  }
  if (r->n == RECALL_MOST) {
    free(r->line[0]);
    memmove(r->line, r->line + 1, sizeof *r->line * (size_t)--r->n);
  }
  r->line[r->n++] = line;
}

static void shorten(const Recall *r) {
  Str text = {0};
  Err err;
  for (int64_t i = 0; i < r->n; i++) {
    escape(&text, r->line[i]);
    str_addc(&text, '\n');
  }
  ErrCode code = file_replace(r->path, (Sv){str_c(&text), text.n}, &err);
  (void)code; // the file is merely long
  str_fini(&text);
}

void recall_init(Recall *r, const char *folder, const char *name) {
  *r = (Recall){.line = calloc(RECALL_MOST, sizeof(char *))};
  if (!r->line) abort();
  if (!folder) return;
  Str path = {0}, text = {0};
  Err err;
  str_addf(&path, "%s/history-%s", folder, name);
  r->path = str_take(&path);
  int64_t lines = 0;
  if (file_read(r->path, &text, &err) == OK) {
    for (size_t at = 0, n; at < text.n; at += n + 1, lines++) {
      n = strcspn(text.s + at, "\n");
      keep(r, unescape((Sv){text.s + at, n}));
    }
  }
  str_fini(&text);
  if (lines > RECALL_MOST) shorten(r);
}

void recall_fini(Recall *r) {
  for (int64_t i = 0; i < r->n; i++) free(r->line[i]);
  free(r->line);
  free(r->path);
  *r = (Recall){0};
}

static void append(const Recall *r, const char *line) {
  int fd = open(r->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return;
  Str text = {0};
  escape(&text, line);
  str_addc(&text, '\n');
  ssize_t written = write(fd, text.s, text.n);
  (void)written; // see the contract
  close(fd);
  str_fini(&text);
}

void recall_add(Recall *r, const char *line) {
  if (!is_worth(r, line)) return;
  keep(r, strdup(line));
  if (r->path) append(r, line);
}

// Acts on the cells of the notebook.
#include "ui/app_int.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static bool any(App *a) {
  if (a->doc.n) return true;
  app_say(a, STYLE_DIM, "no cell yet: b makes one, :d = data \"file.csv\" opens a table");
  return false;
}

static void commit(App *a, const char *what) {
  char label[64];
  snprintf(label, sizeof label, "%s cell %lld", what, (long long)a->cell + 1);
  if (a->cell >= a->doc.n) a->cell = a->doc.n ? a->doc.n - 1 : 0;
  doc_mark_stale(&a->doc);
  app_commit(a, label);
}

// ---- moving -------------------------------------------------------------------------------------------------------
void act_cell_step(App *a, int arg) {
  int64_t to = a->cell + arg;
  if (to >= 0 && to < a->doc.n) a->cell = to;
}

void act_cell_page(App *a, int arg) { notebook_scroll(a, arg); }

void act_cell_end(App *a, int arg) { a->cell = arg < 0 || !a->doc.n ? 0 : a->doc.n - 1; }

void act_cell_move(App *a, int arg) {
  int64_t to = a->cell + arg;
  if (!any(a) || to < 0 || to >= a->doc.n) return;
  doc_move(&a->doc, a->cell, to);
  a->cell = to;
  commit(a, "move");
}

// ---- editing ------------------------------------------------------------------------------------------------------
void act_cell_edit(App *a, int arg) {
  (void)arg;
  if (!a->doc.n) doc_insert(&a->doc, 0, NOTE_CODE, "");
  const char *text = doc_text(&a->doc, a->cell);
  a->editor = calloc(1, sizeof *a->editor);
  if (!a->editor) abort();
  bool hit = a->search.cell == a->doc.cell[a->cell].id;
  editor_init(a->editor, sv(text), hit ? a->search.at : strlen(text));
  memcpy(a->editor->kill, a->kill, sizeof a->kill);
  memset(a->kill, 0, sizeof a->kill);
  a->editor->plain = doc_kind(&a->doc, a->cell) != NOTE_CODE;
}

// The text goes into the cell; where it has a marker line, the cell is parted. Undo gets one step for it all.
static void take_text(App *a, const char *text, const char *what) {
  if (strcmp(text, doc_text(&a->doc, a->cell)) == 0) return;
  a->doc.cell[a->cell].typed = true;
  doc_set_text(&a->doc, a->cell, text);
  commit(a, what);
}

void act_edit_leave(App *a, int arg) {
  (void)arg;
  Editor *e = a->editor;
  if (!e) return;
  a->editor = NULL;
  a->left_cell = a->doc.cell[a->cell].id, a->left_at = e->at;
  take_text(a, str_c(&e->text), "edit");
  memcpy(a->kill, e->kill, sizeof a->kill); // what was killed here can be put back in another cell
  memset(e->kill, 0, sizeof e->kill);
  editor_fini(e);
  free(e);
}

void act_edit_split(App *a, int arg) {
  (void)arg;
  size_t at = a->editor->at;
  act_edit_leave(a, 0);
  doc_split(&a->doc, a->cell, at);
  commit(a, "split");
}

// Where a text without a cursor is parted: behind its first blank line; 0 = it has none.
static size_t blank_line(const char *text) {
  const char *blank = strstr(text, "\n\n");
  return blank && blank[2 + strspn(blank + 2, "\n")] ? (size_t)(blank - text) + 2 : 0;
}

static void split(App *a) {
  const char *text = doc_text(&a->doc, a->cell);
  bool left = a->left_cell == a->doc.cell[a->cell].id && a->left_at > 0 && a->left_at < strlen(text);
  size_t at = left ? a->left_at : blank_line(text);
  if (!at) {
    app_say(a, STYLE_DIM, "where? Enter, the cursor to the place, then F4 parts the cell");
    return;
  }
  doc_split(&a->doc, a->cell, at);
  commit(a, "split");
}

void act_cell_insert(App *a, int arg) {
  int64_t at = a->doc.n ? a->cell + arg : 0;
  doc_insert(&a->doc, at, NOTE_CODE, "");
  a->cell = at;
  act_cell_edit(a, 0);
}

static void to_clip(App *a) {
  const char *text = doc_text(&a->doc, a->cell);
  str_clear(&a->clip);
  str_add(&a->clip, text);
  a->clip_kind = doc_kind(&a->doc, a->cell), a->clip_full = true;
}

void act_cell_copy(App *a, int arg) {
  (void)arg;
  if (!any(a)) return;
  to_clip(a);
  app_say(a, STYLE_DIM, "cell %lld copied: v puts it below", (long long)a->cell + 1);
}

static void remove_cell(App *a, const char *what) {
  if (a->doc.cell[a->cell].id == a->running) {
    app_say(a, STYLE_DIM, "it runs: ^C stops it");
    return;
  }
  int64_t i = a->cell;
  doc_remove(&a->doc, i);
  commit(a, what);
}

void act_cell_cut(App *a, int arg) {
  (void)arg;
  if (!any(a)) return;
  to_clip(a);
  remove_cell(a, "cut");
}

void act_cell_delete(App *a, int arg) {
  (void)arg;
  if (any(a)) remove_cell(a, "delete");
}

void act_cell_paste(App *a, int arg) {
  (void)arg;
  if (!a->clip_full) {
    app_say(a, STYLE_DIM, "nothing was cut or copied");
    return;
  }
  int64_t at = a->doc.n ? a->cell + 1 : 0;
  int64_t id = doc_insert(&a->doc, at, a->clip_kind, str_c(&a->clip));
  a->doc.cell[doc_find(&a->doc, id)].typed = true;
  a->cell = at;
  commit(a, "paste");
}

static void merge(App *a) {
  if (a->cell + 1 >= a->doc.n) return;
  doc_merge(&a->doc, a->cell);
  a->doc.cell[a->cell].typed = true;
  commit(a, "merge");
}

// 1: with the one below; -1: in two.
void act_cell_part(App *a, int arg) {
  if (!any(a)) return;
  if (arg > 0) merge(a);
  else split(a);
}

void act_cell_kind(App *a, int arg) {
  if (!any(a)) return;
  bool again = arg && doc_kind(&a->doc, a->cell) == NOTE_MARKDOWN;
  doc_set_kind(&a->doc, a->cell, again ? NOTE_RAW : arg ? NOTE_MARKDOWN : NOTE_CODE);
  commit(a, "kind of");
}

// ---- running: 0 this one, 1 and on to the next, 2 and a new one below ---------------------------------------------
void act_cell_run(App *a, int arg) {
  bool editing = a->editor;
  act_edit_leave(a, 0);
  if (!any(a)) return;
  app_run(a, a->doc.cell[a->cell].id);
  if (arg == 1 && a->cell + 1 < a->doc.n) a->cell++;
  else if (arg == 2 || (arg == 1 && editing)) act_cell_insert(a, 1);
}

// ---- $EDITOR ------------------------------------------------------------------------------------------------------
static int run_editor(const char *path) {
  const char *editor = getenv("VISUAL");
  if (!editor || !*editor) editor = getenv("EDITOR");
  if (!editor || !*editor) editor = "vi";
  pid_t pid = fork();
  if (pid == 0) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    char command[4096];
    snprintf(command, sizeof command, "exec %s \"$1\"", editor);
    execl("/bin/sh", "sh", "-c", command, "sh", path, (char *)NULL);
    _exit(127);
  }
  int status = 127 << 8;
  if (pid > 0) waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

void act_cell_external(App *a, int arg) {
  (void)arg;
  if (!any(a)) return;
  char path[] = "/tmp/tycho-cell-XXXXXX.lua";
  Err err;
  Str text = {0};
  int fd = mkstemps(path, 4);
  if (fd < 0) {
    app_say(a, STYLE_WARN, "! no temporary file: /tmp cannot be written");
    return;
  }
  close(fd);
  str_add(&text, doc_text(&a->doc, a->cell));
  str_addc(&text, '\n');
  ErrCode code = file_replace(path, (Sv){text.s, text.n}, &err);
  int status = 0;
  if (code == OK) {
    term_suspend(a->term);
    status = run_editor(path);
    term_resume(a->term);
    code = file_read(path, &text, &err);
  }
  while (text.n && text.s[text.n - 1] == '\n') text.s[--text.n] = 0;
  if (code != OK) app_say(a, STYLE_WARN, "! %s", err.msg);
  else if (status != 0) app_say(a, STYLE_WARN, "! $EDITOR ended with status %d: the cell is as it was", status);
  else if (strlen(str_c(&text)) != text.n) app_say(a, STYLE_WARN, "! the file holds a NUL byte: the cell is as it was");
  else take_text(a, str_c(&text), "edit");
  unlink(path);
  str_fini(&text);
}

// A first look at a file that is not opened: what it would be read as, its first rows or lines. The user looks, so that
// it may be any file that the user can read.
#include "kernel/desk_int.h"

#include "frame/verbs.h"
#include "io/io.h"

#include <string.h>

enum { ROWS = 60 };

static Paths user_paths(const Paths *p) {
  return (Paths){.data = p->data, .recipes = p->recipes, .root = p->root, .out = p->root, .any_read = true};
}

static bool is_recipe(const char *path) {
  size_t n = strlen(path);
  return n > 4 && strcmp(path + n - 4, ".lua") == 0;
}

// Of the ledger's note the facts without what they were concluded from, and without how it was unpacked and what is
// so with most files.
static const char *how_of(const Frame *f, Arena *a) {
  const Frame *ledger = frame_ledger(f);
  int64_t note = ledger ? frame_find(ledger, sv("note")) : -1;
  Str out = {0};
  if (note < 0 || frame_nrow(ledger) == 0 || !col_valid(frame_at(ledger, (int)note), 0)) return "";
  Sv text = col_text(frame_at(ledger, (int)note), 0);
  while (text.n) {
    const char *end = memmem(text.s, text.n, "; ", 2), *bracket = memmem(text.s, text.n, " (", 2);
    size_t n = end ? (size_t)(end - text.s) : text.n, fact = n;
    if (bracket && bracket < text.s + n) fact = (size_t)(bracket - text.s);
    if (!memmem(text.s, n, "unpacked to", 11) && !sv_is((Sv){text.s, fact}, "header on line 1"))
      str_addf(&out, "%s%.*s", out.n ? ", " : "", (int)fact, text.s);
    text = (Sv){text.s + n, text.n - n};
    if (end) text.s += 2, text.n -= 2;
  }
  const char *how = arena_strdup(a, str_c(&out));
  str_fini(&out);
  return how;
}

static ErrCode peek_table(Job *job, const Door *door, const char *path, Msg *answer, Err *err) {
  MsgFile *m = &answer->File;
  FirstLook look;
  Frame *f;
  TRY(io_peek(job, door, path, &look, &f, err));
  int64_t n = frame_nrow(f);
  m->kind = look.format, m->rows = look.rows, m->about = look.about;
  m->how = how_of(f, &answer->arena);
  m->shown.kind = SHOWN_PAGE;
  page_from_frame(f, 0, n < ROWS ? n : ROWS, true, &m->shown.page);
  frame_unref(f);
  return OK;
}

static ErrCode peek_recipe(Job *job, const Door *door, const char *path, Msg *answer, Err *err) {
  MsgFile *m = &answer->File;
  Source from;
  Note note;
  TRY(source_open(job, door, path, &from, err));
  char *text = arena_strndup(&answer->arena, from.head.s, from.head.n);
  bool whole = from.size <= SOURCE_HEAD;
  source_close(&from);
  m->kind = "recipe", m->rows = -1, m->how = "";
  if (whole && note_parse(sv(text), &note, NULL) == OK) {
    m->how = arena_printf(&answer->arena, "%lld cell%s", (long long)note.n, note.n == 1 ? "" : "s");
    note_fini(&note);
  }
  shown_text(&m->shown, SHOWN_TEXT, text, NULL);
  return OK;
}

static ErrCode list_bundled(Job *job, const Paths *paths, Msg *answer, Err *err) {
  MsgFile *m = &answer->File;
  Frame *f;
  TRY(paths_datasets(paths, job, &f, err));
  m->kind = "bundled", m->how = "", m->rows = frame_nrow(f);
  m->shown.kind = SHOWN_PAGE;
  page_from_frame(f, 0, frame_nrow(f), false, &m->shown.page);
  frame_unref(f);
  return OK;
}

ErrCode view_file(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const char *path = ask->ViewFile.path;
  Paths paths = user_paths(found->paths);
  Door door = {&paths, paths_resolve, NULL};
  answer->File.path = path;
  ErrCode code = !*path            ? list_bundled(job, &paths, answer, err)
                 : is_recipe(path) ? peek_recipe(job, &door, path, answer, err)
                                   : peek_table(job, &door, path, answer, err);
  str_fini(&paths.denied);
  return code;
}

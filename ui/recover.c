// Nothing is lost: the journal takes the notebook at most a second after it changed, what is being typed included; a
// start offers what a session that was cut off left behind.
#include "ui/app_int.h"

#include "ui/save_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const double JOURNAL_SECONDS = 1.0;

static char *folder(const App *a) {
  Str path = {0};
  if (!a->state_folder) return NULL;
  str_addf(&path, "%s/sessions", a->state_folder);
  return str_take(&path);
}

// The notebook as text, with the cell under edit as it stands in the editor.
static void print_live(App *a, Str *out) {
  bool editing = a->editor && a->cell < a->doc.n;
  Str kept = {0};
  if (editing) {
    Str *text = &a->doc.note.cell[a->cell].text;
    kept = *text;
    *text = a->editor->text;
  }
  doc_print(&a->doc, out);
  if (editing) a->doc.note.cell[a->cell].text = kept;
}

static Names ran_hashes(const App *a, Arena *scratch) {
  Names ran = {arena_array(scratch, const char *, a->doc.n), 0};
  for (int64_t i = 0; i < a->doc.n; i++)
    if (a->doc.cell[i].state == CELL_CURRENT) ran.name[ran.n++] = a->doc.cell[i].result->hash;
  return ran;
}

static void write_entry(App *a) {
  Str text = {0};
  Arena scratch;
  Err err;
  arena_init(&scratch);
  print_live(a, &text);
  JournalEntry e = {.name = a->doc.path ? a->doc.path : "",
                    .opened = a->opened ? a->opened : "",
                    .text = str_c(&text),
                    .cell = a->cell,
                    .cursor = a->editor ? (int64_t)a->editor->at : -1,
                    .ran = ran_hashes(a, &scratch),
                    .seconds = (int64_t)time(NULL),
                    .saved = a->doc.saved};
  bool failed = journal_write(a->journal, &e, &err) != OK;
  if (failed && !a->journal_failed) app_say(a, STYLE_ALARM, "%s", err.msg);
  if (failed != a->journal_failed) a->dirty = true;
  a->journal_failed = failed;
  arena_fini(&scratch);
  str_fini(&text);
}

static void open_journal(App *a) {
  Err err;
  char *path = folder(a);
  if (!path || journal_open(path, &a->journal, &err) != OK) {
    app_say(a, STYLE_ALARM, "no journal: %s. :w saves", path ? err.msg : "HOME is not set");
    a->journal_failed = true;
  }
  free(path);
}

// Grows with every change of a text, whether in the notebook or in the editor.
static int64_t changes(const App *a) { return a->doc.changes + (a->editor ? 1 + a->editor->changes * 1000003 : 0); }

void app_journal(App *a, bool now) {
  int64_t n = changes(a);
  if (n == a->journal_changes && !a->journal_failed) return;
  if (!now && a->clock - a->journal_time < JOURNAL_SECONDS) return;
  if (!a->journal && !a->journal_failed) open_journal(a);
  a->journal_time = a->clock, a->journal_changes = n;
  if (a->journal) write_entry(a);
}

// ---- recovery -----------------------------------------------------------------------------------------------------
static bool was_run(const App *a, int64_t i, const Names *ran) {
  char hash[65];
  note_cell_hash(&a->doc.note.cell[i], hash);
  for (int64_t k = 0; k < ran->n; k++)
    if (strcmp(ran->name[k], hash) == 0) return true;
  return false;
}

// Puts the entry in the place of what is open; what had run runs again. Cells of a file are no typed ones.
static void restore(App *a, const JournalEntry *e, Str *again) {
  app_forget_queue(a);
  sheet_open(a, NULL);
  free(a->doc.path), free(a->opened);
  a->doc.path = *e->name ? strdup(e->name) : NULL;
  a->opened = strdup(e->opened);
  snprintf(a->doc.saved, sizeof a->doc.saved, "%s", e->saved);
  for (int64_t i = 0; i < a->doc.n; i++) {
    a->doc.cell[i].typed = !*e->name;
    if (doc_kind(&a->doc, i) != NOTE_CODE || !was_run(a, i, &e->ran)) continue;
    app_run(a, a->doc.cell[i].id);
    str_addf(again, "%s%lld", again->n ? ", " : "", (long long)i + 1);
  }
  a->cell = e->cell >= 0 && e->cell < a->doc.n ? e->cell : 0;
  app_focus(a, PANE_notebook);
}

static void take_up(App *a, const char *path) {
  JournalEntry e;
  Arena scratch;
  Err err;
  Str again = {0};
  arena_init(&scratch);
  if (journal_read(path, &e, &scratch, &err) == OK && doc_read(&a->doc, sv(e.text), &err) == OK) {
    restore(a, &e, &again);
    app_journal(a, true);
    if (a->journal && !a->journal_failed) journal_remove(path);
    if (again.n) app_say(a, STYLE_FG, "the session is back; cells that run again: %s", str_c(&again));
    else app_say(a, STYLE_FG, "the session is back; nothing of it had run");
  } else app_say(a, STYLE_WARN, "! %s", err.msg);
  arena_fini(&scratch);
  str_fini(&again);
}

static void answer(App *a, int chosen) {
  char *path = folder(a);
  Arena scratch;
  arena_init(&scratch);
  Names found = journal_orphans(path, &scratch);
  if (found.n && chosen == 0) take_up(a, found.name[0]);
  if (found.n && chosen == 1) {
    journal_remove(found.name[0]);
    app_offer_recovery(a);
  }
  arena_fini(&scratch);
  free(path);
}

static int64_t count_cells(const char *text) {
  Note note;
  Err err;
  if (note_parse(sv(text), &note, &err) != OK) return 0;
  int64_t n = note.n;
  note_fini(&note);
  return n;
}

void app_offer_recovery(App *a) {
  static const KeyWord choice[] = {{"Enter", "take it up"}, {"x", "throw it away"}, {"Esc", "later"}};
  char *path = folder(a);
  if (!path) return;
  JournalEntry e;
  Arena scratch;
  Err err;
  arena_init(&scratch);
  Names found = journal_orphans(path, &scratch);
  if (found.n && journal_read(found.name[0], &e, &scratch, &err) != OK) journal_remove(found.name[0]);
  else if (found.n) {
    char when[64];
    time_t t = (time_t)e.seconds;
    struct tm tm;
    strftime(when, sizeof when, "%Y-%m-%d %H:%M", gmtime_r(&t, &tm));
    app_ask_user(a, answer, choice, 3, "a session was cut off: %s, %s UTC, %lld cells, %lld results%s", e.opened, when,
                 (long long)count_cells(e.text), (long long)e.ran.n, e.cursor >= 0 ? ", while typing" : "");
  }
  arena_fini(&scratch);
  free(path);
}

// A file that somebody else writes while it is open here is noticed within a second and offered: taken over, with what
// its cells gave where they stayed, and undo brings back the rest; or left, and then :w writes over it, since its
// writing was seen; or both shown side by side. Nothing asks, so no key that is being typed can be an answer.
#include "ui/app_int.h"

#include "base/file.h"
#include "ui/match_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const double EVERY = 1.0; // seconds

static const char *base_name(const App *a) {
  const char *slash = a->doc.path ? strrchr(a->doc.path, '/') : NULL;
  return slash ? slash + 1 : a->doc.path ? a->doc.path : "";
}

static bool is_as_before(const Watch *w, const struct stat *st) {
  return w->dev == st->st_dev && w->ino == st->st_ino && w->size == st->st_size &&
         w->time.tv_sec == st->st_mtim.tv_sec && w->time.tv_nsec == st->st_mtim.tv_nsec;
}

static ErrCode read_disk(const App *a, Str *text, char hash[65], Err *err) {
  TRY(file_read(a->doc.path, text, err));
  doc_hash((Sv){str_c(text), text->n}, hash);
  return OK;
}

static void print_doc(const App *a, Str *text, char hash[65]) {
  doc_print(&a->doc, text);
  doc_hash((Sv){str_c(text), text->n}, hash);
}

// The file holds something else than it did: is it what the session knows, or what stands here anyway?
static void judge(App *a) {
  Watch *w = &a->watch;
  Str disk = {0}, mine = {0};
  char there[65], here[65];
  if (read_disk(a, &disk, there, NULL) == OK) {
    print_doc(a, &mine, here);
    bool same = strcmp(there, here) == 0, known = strcmp(there, a->doc.saved) == 0;
    if (same) memcpy(a->doc.saved, there, sizeof there);
    if (same || known) w->hash[0] = 0;
    else {
      memcpy(w->hash, there, sizeof there);
      free(a->message); // what was said before was read, or stands in a cell
      a->message = NULL;
    }
    a->dirty = true;
  }
  str_fini(&disk), str_fini(&mine);
}

void watch_look(App *a) {
  Watch *w = &a->watch;
  struct stat st;
  if (!a->doc.path || !a->doc.saved[0] || a->clock - w->looked < EVERY) return;
  w->looked = a->clock;
  bool gone = stat(a->doc.path, &st) != 0;
  if (gone != w->gone) a->dirty = true;
  w->gone = gone;
  if (gone || is_as_before(w, &st)) return;
  *w = (Watch){st.st_dev, st.st_ino, st.st_size, st.st_mtim, .looked = w->looked};
  memcpy(w->hash, a->watch.hash, sizeof w->hash);
  judge(a);
}

// ---- the notice ---------------------------------------------------------------------------------------------------
bool watch_draw(const App *a, const Paint *p, Rect r) {
  static const KeyWord KEY[] = {{"gr", "take it"}, {"gk", "keep mine"}, {"gl", "differences"}};
  const Watch *w = &a->watch;
  if (!a->doc.path || !(w->hash[0] || w->gone)) return false;
  Str text = {0};
  int x = r.x + 1, end = r.x + r.w - 1;
  str_addf(&text, "! %s %s", base_name(a), w->gone ? "is gone from disk: :w writes it again" : "changed on disk");
  x += paint_text(p, x, r.y, end - x, str_c(&text), STYLE_WARN);
  str_fini(&text);
  for (int k = 0; k < 3 && !w->gone; k++) {
    if (x + 3 + 3 + (int)strlen(KEY[k].word) > end) break;
    x += 3 + paint_text(p, x + 3, r.y, end - x - 3, KEY[k].key, STYLE_FOCUS);
    x += 1 + paint_text(p, x + 1, r.y, end - x - 1, KEY[k].word, STYLE_DIM);
  }
  return true;
}

// ---- acts ---------------------------------------------------------------------------------------------------------
// What the file holds now; false, and that is said: it is as the session knows it.
static bool read_other(App *a, Str *disk, char hash[65]) {
  Err err;
  if (!a->doc.path) {
    app_say(a, STYLE_DIM, "the notebook has no file yet: :w NAME.lua gives it one");
    return false;
  }
  if (read_disk(a, disk, hash, &err) != OK) {
    app_say(a, STYLE_WARN, "! %s", err.msg);
    return false;
  }
  a->watch.hash[0] = 0;
  if (strcmp(hash, a->doc.saved) != 0) return true;
  app_say(a, STYLE_DIM, "%s is as it was read or written here last", base_name(a));
  return false;
}

static void reload(App *a) {
  Str disk = {0};
  char hash[65];
  int64_t n;
  Err err;
  if (a->running || a->nqueue) {
    app_say(a, STYLE_DIM, "a cell still runs: ^C stops it");
    return;
  }
  if (read_other(a, &disk, hash)) {
    if (doc_reload(&a->doc, (Sv){str_c(&disk), disk.n}, &n, &err) != OK) app_say(a, STYLE_WARN, "! %s", err.msg);
    else {
      memcpy(a->doc.saved, hash, sizeof hash);
      if (a->cell >= a->doc.n) a->cell = a->doc.n ? a->doc.n - 1 : 0;
      chain_forget(&a->chain);
      app_commit(a, "take the file on disk");
      app_say(a, STYLE_FG, "%s as it is on disk: %lld cell%s differ%s; u takes it back", base_name(a), (long long)n,
              n == 1 ? "" : "s", n == 1 ? "s" : "");
    }
  }
  str_fini(&disk);
}

static void keep_mine(App *a) {
  Str disk = {0};
  char hash[65];
  if (read_other(a, &disk, hash)) {
    memcpy(a->doc.saved, hash, sizeof hash);
    app_say(a, STYLE_FG, "yours stays: :w writes it over what is on disk");
  }
  str_fini(&disk);
}

static void show_differences(App *a) {
  Str disk = {0}, mine = {0};
  char hash[65], here[65];
  bool seen = a->watch.hash[0];
  if (read_other(a, &disk, hash)) {
    print_doc(a, &mine, here);
    str_clear(&a->help_text);
    str_addf(&a->help_text, "%s: - on disk, + here\n\n", base_name(a));
    match_print((Sv){str_c(&disk), disk.n}, (Sv){str_c(&mine), mine.n}, &a->help_text);
    a->help = true, a->help_top = 0;
    if (seen) memcpy(a->watch.hash, hash, sizeof hash); // it stays to be decided
  }
  str_fini(&disk), str_fini(&mine);
}

void act_disk(App *a, int arg) {
  if (arg == 0) reload(a);
  else if (arg == 1) keep_mine(a);
  else show_differences(a);
}

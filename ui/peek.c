// A large file shows before it is read: its first rows, as they will be read, stand in the pane of the table with a
// mark that says how far the reading is, and can be moved in. What needs the whole table waits for it (held.c), and
// the cursor stays where it is when that takes their place.
#include "ui/app_int.h"

#include "base/numfmt.h"

#include <stdlib.h>
#include <sys/stat.h>

// A file is worth a look before it is there when it is large, or when it is not there after so many seconds.
enum { LARGE = 16 << 20 };
static const double SOON = 0.2;

static bool is_large(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && st.st_size >= LARGE;
}

void peek_begin(App *a, int64_t cell, const char *path) {
  Peek *k = &a->peek;
  peek_fini(k);
  *k = (Peek){.cell = cell, .path = strdup(path), .since = a->clock - (is_large(path) ? SOON : 0)};
}

void peek_fini(Peek *k) {
  free(k->path);
  *k = (Peek){0};
}

bool peek_shows(const App *a) { return a->peek.shows && !a->sheet.object; }

static const Result *result_of(const App *a) {
  int64_t i = a->peek.cell ? doc_find(&a->doc, a->peek.cell) : -1;
  return i < 0 ? NULL : a->doc.cell[i].result;
}

void peek_follow(App *a) {
  Peek *k = &a->peek;
  const Result *r = result_of(a);
  if (!k->cell) return;
  if (!r || r->done || a->kernel == KERNEL_LOST) {
    if (peek_shows(a) && (!r || r->failed || a->kernel == KERNEL_LOST)) {
      sheet_fini(&a->sheet), sheet_init(&a->sheet);
      a->dirty = true;
    }
    k->shows = k->shows && !a->sheet.object && r && !r->failed; // until the table opens
    k->cell = 0;
    return;
  }
  if (k->looked || a->sheet.object || a->running != k->cell || a->clock - k->since < SOON) return;
  Msg m;
  msg_init(&m, MSG_VIEW_FILE, 0);
  m.ViewFile.path = k->path;
  k->asked = app_ask(a, &m), k->looked = true;
}

bool peek_take(App *a, Msg *m) {
  Peek *k = &a->peek;
  if (!k->asked || m->request != k->asked || (m->kind != MSG_FILE && m->kind != MSG_REFUSED)) return false;
  k->asked = 0;
  bool rows = m->kind == MSG_FILE && m->File.shown.kind == SHOWN_PAGE && m->File.shown.page.shown > 0;
  if (!rows || !k->cell || a->sheet.object) return true; // what is wrong with it the cell will say
  k->rows = m->File.rows, k->about = m->File.about, k->shows = true;
  sheet_show_page(&a->sheet, &m->File.shown.page);
  return true;
}

// Of an estimate two digits are told.
static int64_t rounded(int64_t n) {
  int64_t unit = 1;
  while (n / unit >= 100) unit *= 10;
  return (n + unit / 2) / unit * unit;
}

void peek_title(const App *a, Str *what, Str *state) {
  const Peek *k = &a->peek;
  const Result *r = result_of(a);
  double share = r ? result_share(r) : -1;
  char n[NUMFMT_MAX];
  bool narrow = a->w < 60;
  if (!narrow && !a->layout.session_line && a->opened) str_addf(what, "%s  ", a->opened);
  if (!narrow) str_addf(what, "first %lld", (long long)a->sheet.nrow);
  if (k->rows >= 0) {
    fmt_i64(n, sizeof n, k->about ? rounded(k->rows) : k->rows, true);
    str_addf(what, "%s%s%s", narrow ? "" : " of ", k->about ? "about " : "", n);
  }
  if (!narrow) str_add(what, " rows");
  str_add(state, "reading");
  if (share >= 0) str_addf(state, " %.0f %%", 100 * share);
}

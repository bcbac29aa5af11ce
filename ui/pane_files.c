// A folder, the files opened before and the bundled tables in one list, which typing filters.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/app_int.h"
#include "ui/rect_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { NAME_AT = 2, BYTES_WIDE = 9, DATE_WIDE = 18, DATE_FROM = 64, BYTES_FROM = 30 };
static const char *const HEADING[] = {[FILES_RECENT] = "opened before", [FILES_BUNDLED] = "bundled"};

static void title(const App *a, Str *what, Str *state) {
  const char *folder = a->files.folder ? a->files.folder : "", *home = getenv("HOME");
  size_t n = home ? strlen(home) : 0;
  bool below = n > 1 && strncmp(folder, home, n) == 0 && (folder[n] == '/' || !folder[n]);
  str_addf(what, "%s%s", below ? "~" : "", below ? folder + n : folder);
  if (a->files.cut) str_addf(state, "the first %d names", FILES_MOST);
}

// ---- the line that is typed ---------------------------------------------------------------------------------------
static void paint_filter(App *a, const Paint *p, Rect r, bool focused) {
  const Files *f = &a->files;
  int x = 1 + rect_text(p, r, 1, 0, r.w, "open ", STYLE_DIM);
  char count[48] = "type to find, / and ~/ go there";
  if (f->filter.n) snprintf(count, sizeof count, "%lld fit", (long long)f->shown);
  int room = r.w - x - 1 - (r.w >= BYTES_FROM ? utf8_width(sv(count)) + 2 : 0);
  Sv text = {str_c(&f->filter), f->filter.n};
  while (utf8_width(text) >= room && text.n) { // its end is what matters
    int len;
    utf8_decode(text.s, text.n, &len);
    text = (Sv){text.s + len, text.n - (size_t)len};
  }
  x += rect_text(p, r, x, 0, room, text.s, STYLE_FG);
  if (r.w >= BYTES_FROM) rect_right(p, r, 0, r.w - 2, 0, count, STYLE_DIM);
  if (focused && r.h > 0 && x < r.w) a->cursor_x = r.x + x, a->cursor_y = r.y;
}

// ---- entries ------------------------------------------------------------------------------------------------------
static void paint_hits(const Files *f, const Paint *p, Rect r, int y, const char *name, int room) {
  Str words = {0};
  char *rest = NULL;
  str_addn(&words, str_c(&f->filter), f->filter.n);
  for (char *w = strtok_r(words.s, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
    const char *hit = strcasestr(name, w);
    int at = hit ? utf8_width((Sv){name, (size_t)(hit - name)}) : 0, wide = utf8_width(sv(w));
    if (!hit || at + wide >= room) continue;
    char part[128];
    snprintf(part, sizeof part, "%.*s", (int)strlen(w), hit);
    rect_text(p, r, NAME_AT + at, y, wide, part, STYLE_HIT);
  }
  str_fini(&words);
}

// Where a file opened before is, in what room its name leaves.
static void paint_folder(const Paint *p, Rect r, int y, const FileEntry *e, int from, int end) {
  const char *slash = strrchr(e->path, '/'), *home = getenv("HOME");
  size_t n = home ? strlen(home) : 0;
  bool below = n > 1 && strncmp(e->path, home, n) == 0 && e->path[n] == '/';
  Str folder = {0};
  if (slash && below) str_addf(&folder, "~%.*s", (int)(slash - e->path - (ptrdiff_t)n), e->path + n);
  else if (slash) str_addn(&folder, e->path, (size_t)(slash - e->path) + (slash == e->path));
  if (folder.n && end - from >= 8) rect_text(p, r, from, y, end - from, str_c(&folder), STYLE_DIM);
  str_fini(&folder);
}

static void paint_entry(const Files *f, const Paint *p, Rect r, int y, const FileEntry *e) {
  bool folder = e->kind == FILE_FOLDER || e->kind == FILE_UP, dated = r.w >= DATE_FROM && e->seconds;
  int end = r.w - 2 - (r.w >= DATE_FROM ? DATE_WIDE : 0), room = r.w - NAME_AT - 2;
  if (r.w >= BYTES_FROM) room = end - BYTES_WIDE - NAME_AT;
  Style style = folder ? STYLE_STRONG : e->kind == FILE_OTHER ? STYLE_DIM : STYLE_FG;
  char text[32];
  int used = rect_text(p, r, NAME_AT, y, folder ? room - 1 : room, e->name, style);
  if (folder) rect_text(p, r, NAME_AT + used, y, 1, "/", style);
  paint_hits(f, p, r, y, e->name, room);
  if (e->section == FILES_RECENT) paint_folder(p, r, y, e, NAME_AT + used + 2, NAME_AT + room);
  if (r.w >= BYTES_FROM && !folder) {
    fmt_bytes(text, sizeof text, e->bytes);
    rect_right(p, r, end - BYTES_WIDE, end, y, text, STYLE_DIM);
  }
  time_t t = (time_t)e->seconds;
  struct tm when;
  if (dated && localtime_r(&t, &when) && strftime(text, sizeof text, "%Y-%m-%d %H:%M", &when))
    rect_right(p, r, end + 1, r.w - 2, y, text, STYLE_DIM);
}

// Lines of the list: the entries that show, by their place; a heading before the first of a section is -1 - section.
static int64_t *lines_of(const Files *f, int64_t *n, int64_t *cursor) {
  int64_t *line = calloc((size_t)f->n + 3, sizeof *line), row = 0;
  FileSection section = FILES_HERE;
  if (!line) abort();
  *n = *cursor = 0;
  for (int64_t i = 0; i < f->n; i++) {
    if (!f->item[i].shown) continue;
    if (f->item[i].section != section) line[(*n)++] = -1 - (int64_t)(section = f->item[i].section);
    if (row++ == f->row) *cursor = *n;
    line[(*n)++] = i;
  }
  return line;
}

static Rect list_of(Rect r) { return (Rect){r.x, r.y + (r.h > 1), r.w, r.h - (r.h > 1)}; }

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  Files *f = &a->files;
  int64_t n, cursor, *line = lines_of(f, &n, &cursor);
  files_want(a);
  if (r.h > 1) paint_filter(a, p, r, focused);
  Rect list = list_of(r);
  int64_t top = list_top(n, cursor, 0, list.h);
  for (int y = 0; y < list.h && top + y < n; y++) {
    int64_t i = line[top + y];
    if (i < 0) rect_text(p, list, 1, y, list.w, HEADING[-1 - i], STYLE_DIM);
    else paint_entry(f, p, list, y, &f->item[i]);
    if (i >= 0 && top + y == cursor) rect_cursor(p, list, y);
  }
  if (!n) rect_text(p, list, NAME_AT, 0, list.w, f->filter.n ? "no name holds that" : "an empty folder", STYLE_DIM);
  free(line);
}

// The first press chooses, the second one opens.
static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x;
  Files *f = &a->files;
  if (key->button == MOUSE_WHEEL_DOWN) act_files_step(a, 3);
  else if (key->button == MOUSE_WHEEL_UP) act_files_step(a, -3);
  else if (y >= list_of(r).y) {
    int64_t n, cursor, *line = lines_of(f, &n, &cursor), top = list_top(n, cursor, 0, list_of(r).h);
    int64_t at = top + y - list_of(r).y, row = 0;
    for (int64_t k = 0; k < at && k < n; k++) row += line[k] >= 0;
    bool entry = at < n && line[at] >= 0;
    free(line);
    if (entry && row == f->row) act_files_open(a, 0);
    else if (entry) f->row = row;
  }
}

const PaneType pane_files = {.name = "files",
                             .help = "folders, files opened before, bundled tables",
                             .title = title,
                             .draw = draw,
                             .mouse = mouse};

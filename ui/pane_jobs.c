// What runs, what waits for it, and what ran: the running cell with its progress, then the queue, then finished cells,
// the latest first. Under half a second nothing but the name is said of what runs.
#include "base/utf8.h"
#include "ui/app_int.h"
#include "ui/rect_int.h"
#include "ui/words_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LABEL = 3, BAR_FROM = 44, BAR = 16, NARROW = 30 };
static const double PATIENCE = 0.5; // seconds

typedef struct Jobs {
  int64_t *cell; // indices: running, waiting, done
  int64_t n, running, waiting;
} Jobs;

static int64_t run_of(const Doc *d, int64_t i) { return d->cell[i].result->run; }

// Inserts so that later runs come first; the list of finished cells is short.
static void add_done(const Doc *d, Jobs *j, int64_t from, int64_t i) {
  int64_t at = j->n;
  while (at > from && run_of(d, j->cell[at - 1]) < run_of(d, i)) at--;
  memmove(j->cell + at + 1, j->cell + at, (size_t)(j->n - at) * sizeof *j->cell);
  j->cell[at] = i;
  j->n++;
}

static Jobs jobs_of(const App *a) {
  const Doc *d = &a->doc;
  Jobs j = {.cell = calloc((size_t)(d->n + a->nqueue) + 2, sizeof *j.cell)};
  if (!j.cell) abort();
  for (int64_t i = 0; i < d->n; i++)
    if (d->cell[i].state == CELL_RUNNING) j.cell[j.n++] = i, j.running++;
  for (int64_t k = 0; k < a->nqueue; k++) {
    int64_t i = doc_find(d, a->queue[k]);
    if (i >= 0 && d->cell[i].state == CELL_WAITING) j.cell[j.n++] = i, j.waiting++;
  }
  for (int64_t i = 0; i < d->n; i++) {
    const DocCell *c = &d->cell[i];
    if (c->result && c->result->done && c->state != CELL_RUNNING && c->state != CELL_WAITING)
      add_done(d, &j, j.running + j.waiting, i);
  }
  return j;
}

static void title(const App *a, Str *what, Str *state) {
  Jobs j = jobs_of(a);
  if (j.running) str_addf(what, "%lld runs", (long long)j.running);
  if (j.waiting)
    str_addf(what, "%s%lld wait%s", j.running ? ", " : "", (long long)j.waiting, j.waiting == 1 ? "s" : "");
  if (a->threads > 0) str_addf(state, "%lld thread%s", (long long)a->threads, a->threads == 1 ? "" : "s");
  free(j.cell);
}

// Where things stand in a line: label, then a bar or at once what is said.
typedef struct Places {
  int room, room_running, bar, percent, words;
} Places;

static Places places_of(int w) {
  if (w >= BAR_FROM) return (Places){.room = 32, .room_running = 16, .bar = 20, .percent = 21 + BAR, .words = 36};
  if (w >= NARROW) return (Places){.room = 14, .room_running = 13, .percent = 17, .words = 18};
  int room = w - LABEL - 6 > 0 ? w - LABEL - 6 : 0;
  return (Places){.room = room, .room_running = room, .percent = LABEL + room + 1, .words = LABEL + room + 1};
}

static void paint_label(const App *a, const Paint *p, Rect r, int y, int64_t i, int room, Style style) {
  Str label = {0};
  words_of_job(doc_text(&a->doc, i), room, &label);
  rect_text(p, r, LABEL, y, room, str_c(&label), style);
  str_fini(&label);
}

// Whole seconds, which do not flicker.
static const char *whole_time(double seconds, char buf[32]) {
  if (seconds >= 60) return words_time(seconds, buf);
  snprintf(buf, 32, "%.0f s", seconds);
  return buf;
}

static void paint_running(const App *a, const Paint *p, Rect r, int y, int64_t i, const Places *at) {
  const Result *job = a->doc.cell[i].result;
  bool counted = job && job->total > 0 && job->elapsed >= PATIENCE;
  char buf[32];
  rect_text(p, r, 1, y, 1, ">", STYLE_FOCUS);
  paint_label(a, p, r, y, i, counted ? at->room_running : at->room, STYLE_FG);
  if (!job || job->elapsed < PATIENCE) return;
  if (!counted) {
    rect_text(p, r, at->words, y, r.w, whole_time(fmax(1, floor(job->elapsed)), buf), STYLE_FG);
    return;
  }
  double share = fmin(1, (double)job->progress / (double)job->total);
  if (at->bar && at->bar + BAR < r.w && y < r.h) paint_progress(p, r.x + at->bar, r.y + y, BAR, share);
  int x = at->percent;
  x += rect_print(p, r, x, y, STYLE_STRONG, "%.0f%%", floor(100 * share));
  if (!at->bar) x += rect_print(p, r, x, y, STYLE_FG, "  %s", whole_time(fmax(1, floor(job->elapsed)), buf));
  if (job->progress > 0 && x + 8 < r.w) {
    double eta = ceil(job->elapsed * (1 - share) / share);
    rect_print(p, r, x, y, STYLE_FG, "  ETA %s", whole_time(eta, buf));
  }
}

static void paint_done(const App *a, const Paint *p, Rect r, int y, int64_t i, const Places *at) {
  const Result *job = a->doc.cell[i].result;
  char buf[32];
  rect_text(p, r, 1, y, 1, job->failed ? "!" : "=", job->failed ? STYLE_WARN : STYLE_DIM);
  paint_label(a, p, r, y, i, at->room, STYLE_DIM);
  const char *word = job->cancelled ? "stopped" : job->failed ? "failed" : "done";
  rect_print(p, r, at->words, y, STYLE_DIM, "%s%s%s", word, at->bar ? " " : "  ", words_time(job->seconds, buf));
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  Jobs j = jobs_of(a);
  Places at = places_of(r.w);
  if (j.n == 0) rect_text(p, r, r.w > 1, 0, r.w, "nothing has run yet: F5 in a cell", STYLE_DIM);
  int64_t cursor = a->jobs_row < j.n ? a->jobs_row : j.n - 1, top = list_top(j.n, cursor, 0, r.h);
  for (int y = 0; y < r.h && top + y < j.n; y++) {
    int64_t k = top + y, i = j.cell[k];
    if (k < j.running) paint_running(a, p, r, y, i, &at);
    else if (k >= j.running + j.waiting) paint_done(a, p, r, y, i, &at);
    else {
      paint_label(a, p, r, y, i, at.room, STYLE_FG);
      rect_text(p, r, at.words, y, r.w, "waits", STYLE_DIM);
    }
    if (focused && k == cursor) rect_cursor(p, r, y);
  }
  free(j.cell);
}

void act_jobs_step(App *a, int by) {
  Jobs j = jobs_of(a);
  int64_t row = a->jobs_row + by;
  if (row >= j.n) row = j.n - 1;
  a->jobs_row = row > 0 ? row : 0;
  a->dirty = true;
  free(j.cell);
}

static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x, (void)y, (void)r;
  if (key->button == MOUSE_WHEEL_DOWN) act_jobs_step(a, 1);
  else if (key->button == MOUSE_WHEEL_UP) act_jobs_step(a, -1);
}

const PaneType pane_jobs = {.name = "jobs", .help = "what runs and ran", .title = title, .draw = draw, .mouse = mouse};

// What runs, what waits for it, and what ran: the running cell with its progress, then the queue, then finished cells,
// the latest first. Under half a second nothing but the name is said of what runs.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/jobs_int.h"
#include "ui/rect_int.h"
#include "ui/words_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LABEL = 3, ROOMY = 78, BAR_FROM = 44, BAR = 16, NARROW = 30 };
static const double PATIENCE = 0.5; // seconds

static int64_t run_of(const Doc *d, int64_t i) { return d->cell[i].result->run; }

// Inserts so that later runs come first; the list of finished cells is short.
static void add_done(const Doc *d, Jobs *j, int64_t from, int64_t i) {
  int64_t at = j->n;
  while (at > from && run_of(d, j->cell[at - 1]) < run_of(d, i)) at--;
  memmove(j->cell + at + 1, j->cell + at, (size_t)(j->n - at) * sizeof *j->cell);
  j->cell[at] = i;
  j->n++;
}

Jobs jobs_of(const App *a) {
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

static void add_bytes(Str *out, const char *before, int64_t bytes) {
  char buf[32];
  fmt_bytes(buf, sizeof buf, bytes);
  str_addf(out, "%s%s", before, buf);
}

static void title(const App *a, Str *what, Str *state) {
  Jobs j = jobs_of(a);
  if (j.running) str_addf(what, "%lld %s", (long long)j.running, a->paused ? "is paused" : "runs");
  if (j.waiting)
    str_addf(what, "%s%lld wait%s", j.running ? ", " : "", (long long)j.waiting, j.waiting == 1 ? "s" : "");
  if (a->threads > 0) str_addf(state, "%lld thread%s", (long long)a->threads, a->threads == 1 ? "" : "s");
  if (a->memory > 0) add_bytes(state, state->n ? " · " : "", a->memory);
  if (a->memory > 0 && a->memory_most > 0 && a->w >= 80) add_bytes(state, " of ", a->memory_most);
  free(j.cell);
}

// Where things stand in a line: label, then a bar or at once what is said; at its end the memory where there is room.
typedef struct Places {
  int room, room_running, bar, percent, words, memory;
} Places;

static Places places_of(int w) {
  if (w >= ROOMY) {
    int bar = w - 62 < 60 ? w - 62 : 60;
    return (Places){bar + 12, bar - 4, bar, bar + BAR + 1, bar + BAR + 1, w - 2};
  }
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

static void paint_memory(const Paint *p, Rect r, int y, const Result *job, const Places *at, Style style) {
  Str text = {0};
  if (!at->memory || !job->memory) return;
  add_bytes(&text, "", job->memory);
  rect_right(p, r, at->memory - 10, at->memory, y, str_c(&text), style);
  str_fini(&text);
}

// How far, how long still; how long it took where nothing else is known or there is room.
static void paint_progress_words(const Paint *p, Rect r, int y, const Result *job, const Places *at) {
  double share = result_share(job), eta = result_eta(job);
  char buf[32];
  int x = at->percent;
  x += rect_print(p, r, x, y, STYLE_STRONG, at->memory ? "%3.0f%%" : "%.0f%%", floor(100 * share));
  const char *so_far = whole_time(fmax(1, floor(job->elapsed)), buf);
  if (!at->bar || at->memory) x += rect_print(p, r, x, y, STYLE_FG, at->memory ? "  %6s" : "  %s", so_far);
  if (job->paused) rect_text(p, r, x + 2, y, r.w, "paused", STYLE_STRONG);
  else if (eta >= 0 && x + 8 < r.w) rect_print(p, r, x, y, STYLE_FG, "  ETA %s", whole_time(ceil(eta), buf));
}

static void paint_running(const App *a, const Paint *p, Rect r, int y, int64_t i, const Places *at) {
  const Result *job = a->doc.cell[i].result;
  bool counted = job && job->total > 0 && job->elapsed >= PATIENCE;
  char buf[32];
  rect_text(p, r, 1, y, 1, ">", STYLE_FOCUS);
  paint_label(a, p, r, y, i, counted ? at->room_running : at->room, STYLE_FG);
  if (!job || job->elapsed < PATIENCE) return;
  paint_memory(p, r, y, job, at, STYLE_FG);
  if (!counted) {
    int x = at->words + rect_text(p, r, at->words, y, r.w, whole_time(fmax(1, floor(job->elapsed)), buf), STYLE_FG);
    if (job->paused) rect_text(p, r, x + 2, y, r.w, "paused", STYLE_STRONG);
    return;
  }
  if (at->bar && at->bar + BAR < r.w && y < r.h) paint_progress(p, r.x + at->bar, r.y + y, BAR, result_share(job));
  paint_progress_words(p, r, y, job, at);
}

static void paint_done(const App *a, const Paint *p, Rect r, int y, int64_t i, const Places *at) {
  const Result *job = a->doc.cell[i].result;
  char buf[32];
  rect_text(p, r, 1, y, 1, job->failed ? "!" : "=", job->failed ? STYLE_WARN : STYLE_DIM);
  paint_label(a, p, r, y, i, at->room, STYLE_DIM);
  const char *word = job->cancelled ? "stopped" : job->failed ? "failed" : "done", *gap = at->bar ? " " : "  ";
  rect_print(p, r, at->words, y, STYLE_DIM, "%s%s%s", word, gap, words_time(job->seconds, buf));
  paint_memory(p, r, y, job, at, STYLE_DIM);
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
  (void)x;
  if (key->button == MOUSE_WHEEL_DOWN) act_jobs_step(a, 1);
  else if (key->button == MOUSE_WHEEL_UP) act_jobs_step(a, -1);
  else if (y >= r.y) {
    Jobs j = jobs_of(a);
    int64_t cursor = a->jobs_row < j.n ? a->jobs_row : j.n - 1, top = list_top(j.n, cursor, 0, r.h);
    if (top + y - r.y < j.n) a->jobs_row = top + y - r.y;
    free(j.cell);
  }
}

const PaneType pane_jobs = {.name = "jobs", .help = "what runs and ran", .title = title, .draw = draw, .mouse = mouse};

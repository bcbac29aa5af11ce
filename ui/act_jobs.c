// Acts on jobs: what runs waits or is stopped, what waits is taken out.
#include "ui/jobs_int.h"

#include <stdlib.h>

// The cell under the cursor; its place among running, waiting and done ones by `j`. -1: there is none.
static int64_t cell_here(const App *a, const Jobs *j, int64_t *row) {
  *row = a->jobs_row < j->n ? a->jobs_row : j->n - 1;
  return *row >= 0 ? j->cell[*row] : -1;
}

// What waits is taken out of the row; else what runs is stopped.
void act_jobs_stop(App *a, int arg) {
  Jobs j = jobs_of(a);
  int64_t row, i = cell_here(a, &j, &row);
  bool waits = i >= 0 && row >= j.running && row < j.running + j.waiting;
  free(j.cell);
  if (!waits) {
    act_stop(a, arg);
    return;
  }
  int64_t kept = 0, id = a->doc.cell[i].id;
  for (int64_t k = 0; k < a->nqueue; k++)
    if (a->queue[k] != id) a->queue[kept++] = a->queue[k];
  a->nqueue = kept;
  doc_forget(&a->doc, id);
  app_say(a, STYLE_DIM, "cell %lld does not run: it no longer waits", (long long)i + 1);
}

void act_jobs_pause(App *a, int arg) {
  (void)arg;
  Msg m;
  if (!a->running || a->kernel != KERNEL_BUSY) {
    app_say(a, STYLE_DIM, a->running ? "it is being stopped" : "nothing runs that could wait");
    return;
  }
  msg_init(&m, MSG_PAUSE, 0);
  m.Pause.on = a->paused = !a->paused;
  app_ask(a, &m);
  app_say(a, STYLE_DIM, a->paused ? "paused: p goes on, x stops it" : "it goes on");
}

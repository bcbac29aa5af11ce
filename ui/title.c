// What the terminal's own title says, and the bell: for who looks elsewhere while a job runs.
#include "ui/app_int.h"

#include "ui/words_int.h"

#include <stdlib.h>

static double bell_seconds(const App *a) {
  static const double SECONDS[] = {10, 60};
  int k = a->config.value[SET_bell];
  return k < 2 ? SECONDS[k] : 1e300;
}

void app_job_ended(App *a, int64_t i, double seconds) {
  enum { ROOM = 40 };
  const Result *r = a->doc.cell[i].result;
  Str text = {0};
  if (a->term && seconds >= bell_seconds(a)) term_beep(a->term);
  if (seconds < 10 || !r) return;
  str_addf(&text, "%s: ", r->cancelled ? "stopped" : r->failed ? "failed" : "done");
  words_of_job(doc_text(&a->doc, i), ROOM, &text);
  free(a->long_job);
  a->long_job = str_take(&text);
}

void app_set_title(App *a) {
  Str text = {0};
  if (a->config.value[SET_title]) return;
  int64_t i = a->running ? doc_find(&a->doc, a->running) : -1;
  const Result *r = i >= 0 ? a->doc.cell[i].result : NULL;
  double share = r && r->elapsed >= 1 ? result_share(r) : -1;
  if (a->long_job) str_addf(&text, "%s - ", a->long_job);
  else if (r && r->paused) str_add(&text, "paused - ");
  else if (share >= 0) str_addf(&text, "%d%% - ", (int)(100 * share));
  else if (r && r->elapsed >= 1) str_add(&text, "runs - ");
  str_addf(&text, "%s%stycho", a->opened ? a->opened : "", a->opened ? " - " : "");
  term_title(a->term, str_c(&text));
  str_fini(&text);
}

// Acts on what a cell gave: fold it, move in it, open it in a pane of its own.
#include "ui/app_int.h"

#include <stdio.h>

static DocCell *focused(App *a) { return a->cell < a->doc.n ? &a->doc.cell[a->cell] : NULL; }

void act_output_fold(App *a, int arg) {
  (void)arg;
  DocCell *c = focused(a);
  if (c) c->folded = !c->folded;
}

void act_output_whole(App *a, int arg) {
  (void)arg;
  DocCell *c = focused(a);
  if (c) c->whole = !c->whole, c->folded = false;
}

void act_output_scroll(App *a, int arg) {
  if (!focused(a) || notebook_scroll_output(a, a->cell, arg, 0)) return;
  app_say(a, STYLE_DIM, arg > 0 ? "no further line of its output" : "this is where its output begins");
}

void act_output_open(App *a, int arg) {
  (void)arg;
  const DocCell *c = focused(a);
  const Result *r = c ? c->result : NULL;
  for (int64_t k = r ? r->nout - 1 : -1; k >= 0; k--) {
    if (r->out[k].has_plot) {
      a->plot_cell = c->id;
      app_dive(a, PANE_plot);
      return;
    }
    if (r->out[k].shown.kind != SHOWN_PAGE) continue;
    char object[32];
    snprintf(object, sizeof object, "#%lld", (long long)c->id);
    app_dive(a, PANE_table);
    sheet_open(a, object);
    return;
  }
  app_say(a, STYLE_DIM, "this cell showed no table and no plot");
}

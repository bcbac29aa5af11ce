// An act that came before what it needs waits, and the keys behind it wait with it, in order: what a person types while
// the kernel still answers means what it would have meant a moment later. So do keys behind a dive: they are for the
// rows that it shows, as long as these come soon. Esc and ^C let go of all of it.
#include "ui/app_int.h"

#include <stdlib.h>

// In the column's pane every act needs its profile.
static bool is_profile_coming(const App *a) {
  const Sheet *s = &a->sheet;
  const char *name = sheet_name(s, s->col);
  return a->focus == PANE_column && name && !s->profile_refused && !sheet_profile(s, name);
}

// The table itself, its heads, the node of a tree that is walked, or what the column that was made the target is like.
static bool are_columns_coming(const App *a) {
  const Sheet *s = &a->sheet;
  if (a->view == VIEW_TREE) return tree_is_coming(&a->tree);
  if (a->view == VIEW_TRAINING) return training_is_coming(&a->training);
  if (!s->object) return a->running || a->nqueue || a->objects_due;
  bool heads = s->heads.kind == MSG_HEADS || s->heads_refused;
  return !s->refusal && (!heads || s->follow_asked || (s->want_target && s->profile_asked) || is_profile_coming(a));
}

bool dive_is_coming(const App *a) {
  const Dive *d = &a->dive;
  return a->kernel != KERNEL_LOST && (d->asked || (d->cell && a->follow == d->cell));
}

static bool is_dive_coming_soon(const App *a) {
  enum { PATIENCE_MS = 500 };
  return dive_is_coming(a) && (a->clock - a->dive.since) * 1e3 < PATIENCE_MS;
}

void held_clear(Held *h) {
  free(h->behind);
  *h = (Held){0};
}

static void let_go(App *a) {
  held_clear(&a->held);
  app_say(a, STYLE_DIM, "let go of what was typed ahead");
}

bool app_hold_for_columns(App *a) {
  if (!a->acting || a->kernel == KERNEL_LOST || !are_columns_coming(a)) return false;
  a->held.act = a->acting;
  app_say(a, STYLE_DIM, "waits for the table: Esc lets go");
  return true;
}

static bool is_way_out(const Key *key) { return key->code == K_ESC || (key->code == 'c' && key->mods == MOD_CTRL); }

bool held_takes(App *a, const Key *key) {
  Held *h = &a->held;
  bool dive = !h->act && (h->n || is_dive_coming_soon(a)) && !prompt_is_open(a->prompt);
  if ((!h->act && !dive) || key->code == K_GROUND || key->code == K_FOCUS) return false;
  if (is_way_out(key)) {
    let_go(a);
    return !dive; // which itself goes on, or ^C stops it
  }
  if (key->code == K_MOUSE || key->code == K_PASTE || h->n == HELD_MOST) {
    term_beep(a->term);
    return true;
  }
  Key *more = realloc(h->behind, (size_t)(h->n + 1) * sizeof *more);
  if (!more) abort();
  more[h->n++] = *key;
  h->behind = more;
  return true;
}

void app_go_on(App *a) {
  if ((!a->held.act && !a->held.n) || (a->held.act && are_columns_coming(a)) || is_dive_coming_soon(a)) return;
  Held h = a->held;
  a->held = (Held){0};
  if (h.act) {
    free(a->message);
    a->message = NULL;
    app_act(a, h.act);
  }
  for (int i = 0; i < h.n; i++) app_key(a, &h.behind[i]);
  held_clear(&h);
}

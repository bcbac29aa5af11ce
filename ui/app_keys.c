// From keys to acts: the question first, then the prompt, the help, the editor, the focused pane, and what counts
// everywhere. Sequences ("gg", "z[") are names of keys joined; they begin with g, z, d or 0.
#include "ui/preview_int.h"

#include <stdio.h>
#include <stdlib.h>

int app_where(const App *a) { return a->help ? IN_HELP : a->editor ? IN_EDIT : (int)pane_keys(a->focus); }

// Whether one of the words of `keys` is `name`, or (prefix) begins with it and is longer.
static bool among(const char *keys, const char *name, bool prefix) {
  size_t n = strlen(name);
  for (const char *w = keys; *w;) {
    size_t len = strcspn(w, " ");
    if (prefix ? len > n && strncmp(w, name, n) == 0 : len == n && strncmp(w, name, n) == 0) return true;
    w += len;
    while (*w == ' ') w++;
  }
  return false;
}

static const Action *find(const App *a, int where, const char *name, bool prefix) {
  for (const Action *row = keymap_actions(&a->keymap); row->act; row++)
    if (row->where == where && among(row->keys, name, prefix)) return row;
  return NULL;
}

static bool begins_sequence(const App *a, const char *name) {
  if (!strchr("gzd0", name[0]) || strlen(name) > 1) return false;
  int where = app_where(a);
  return find(a, where, name, true) || (where < PANE_COUNT && find(a, IN_ANY, name, true));
}

void app_act(App *a, const Action *row) {
  a->acting = row;
  row->act(a, row->arg);
  a->acting = NULL;
}

static void run_action(App *a, const Action *row, const char *name) {
  if (row->act == act_pane_number) act_pane_number(a, name[0] - '0');
  else app_act(a, row);
}

// False: no act has this name here.
static bool act_on(App *a, const char *name) {
  int where = app_where(a);
  const Action *row = find(a, where, name, false);
  if (!row && where < PANE_COUNT) row = find(a, IN_ANY, name, false);
  if (row) run_action(a, row, name);
  return row;
}

void app_key_name(App *a, const char *name) {
  a->pending_keys[0] = 0;
  act_on(a, name);
}

static void command_key(App *a, const char *name) {
  char whole[sizeof a->pending_keys + 24];
  snprintf(whole, sizeof whole, "%s%s", a->pending_keys, name);
  bool pending = a->pending_keys[0];
  a->pending_keys[0] = 0;
  if (!pending && begins_sequence(a, whole)) {
    a->pending_keys[0] = whole[0], a->pending_keys[1] = 0;
    return;
  }
  if (strcmp(name, "Esc") == 0) a->sheet.pick_from = 0, hits_forget(&a->sheet); // a range of rows; what was found
  if (strcmp(name, "Esc") == 0) search_forget(a);
  if (act_on(a, whole) || strcmp(name, "Esc") == 0) return;
  app_say(a, STYLE_DIM, "%s does nothing here: ? shows the keys", whole);
}

static void answer_question(App *a, const char *name) {
  Question *q = &a->question;
  for (int k = 0; k < q->n; k++) {
    if (strcmp(q->choice[k].key, name) != 0) continue;
    q->n = 0;
    q->answer(a, k);
    return;
  }
  term_beep(a->term);
}

static void edit_key(App *a, const Key *key, const char *name) {
  const Action *row = find(a, IN_EDIT, name, false);
  bool completes = row && row->act == act_edit_complete;
  if (assist_takes_key(a, key)) return;
  if (row) assist_close(a);
  if (row && (!completes || assist_completes(a))) row->act(a, row->arg);
  else if (editor_key(a->editor, key)) assist_typed(a, key);
}

static bool is_function_key(const Key *key) { return key->code >= K_F1 && key->code <= K_F12; }

void app_key(App *a, const Key *key) {
  char buf[24];
  const char *name = keys_name(key, buf);
  a->dirty = true;
  if (key->code == K_GROUND) {
    a->found.style.light = key->light;
    settings_apply(a);
    return;
  }
  if (key->code == K_FOCUS) a->watch.looked = 0; // somebody was elsewhere, perhaps in an editor
  if (key->code == K_MOUSE && overlay_mouse(a, key)) return;
  if (key->code == K_FOCUS) return;
  if (strcmp(name, "^Z") == 0) {
    app_suspend(a);
    return;
  }
  a->hint = false;
  if (held_takes(a, key)) return;
  if (key->code == K_MOUSE) {
    app_mouse(a, key);
    return;
  }
  if (a->question.n) {
    answer_question(a, name);
    return;
  }
  free(a->message), free(a->long_job);
  a->message = a->long_job = NULL;
  if (overlay_key(a, key)) return;
  if (prompt_is_open(a->prompt) && !is_function_key(key)) prompt_key(a->prompt, key), preview_update(a);
  else if (a->card && !prompt_is_open(a->prompt)) card_key(a, name);
  else if (a->editor && !a->help) edit_key(a, key, name);
  else if (a->focus == PANE_files && !a->help && files_types(a, key)) return;
  else if (*name == 0 && key->code == K_PASTE)
    app_say(a, STYLE_DIM, "to paste text: Enter edits a cell, : takes a line");
  else command_key(a, name);
}

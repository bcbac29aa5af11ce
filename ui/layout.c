// Where panes stand. A view has one main pane and others around it; from 40x12 up it shows as many as the size bears,
// and the focused one always. Sizes and places are those of the looks that the docs show: one pane and a line below
// 80x24, a stack from there, two columns from 140x40, everything at 200x60.
#include "ui/app_int.h"

enum { TWO_LINES = 6, ONE_LINE = 4 }; // lines of the screen from which two or one of them are the recipe and the keys

static const PaneId TABLE_RING[] = {PANE_table, PANE_column, PANE_notes, PANE_plot, PANE_notebook, PANE_jobs};
static const PaneId NOTEBOOK_RING[] = {PANE_notebook, PANE_names, PANE_outline, PANE_jobs, PANE_undo};
static const PaneId FILES_RING[] = {PANE_files, PANE_preview};
static const PaneId TREE_RING[] = {PANE_tree};
static const PaneId TRAINING_RING[] = {PANE_loss, PANE_round};
static const PaneId SETTINGS_RING[] = {PANE_settings};
static const PaneId EVALUATE_RING[] = {PANE_evaluate, PANE_changed,     PANE_point, PANE_cost,
                                       PANE_scores,   PANE_calibration, PANE_pr,    PANE_gain};
// As they stand where each has a place of its own.
static const PaneId EVALUATE_NUMBERS[] = {PANE_evaluate,    PANE_point,   PANE_cost, PANE_scores,
                                          PANE_calibration, PANE_changed, PANE_pr,   PANE_gain};

typedef struct Ring {
  const PaneId *pane;
  int n;
  PaneId door[2]; // main panes of the other views
} Ring;
#define RING(list) list, (int)(sizeof list / sizeof list[0])
static const Ring RINGS[VIEW_COUNT] = {
    [VIEW_TABLE] = {RING(TABLE_RING), {PANE_evaluate, PANE_NONE}},
    [VIEW_NOTEBOOK] = {RING(NOTEBOOK_RING), {PANE_table, PANE_evaluate}},
    [VIEW_FILES] = {RING(FILES_RING), {PANE_table, PANE_NONE}},
    [VIEW_TREE] = {RING(TREE_RING), {PANE_notebook, PANE_table}},
    [VIEW_TRAINING] = {RING(TRAINING_RING), {PANE_notebook, PANE_table}},
    [VIEW_SETTINGS] = {RING(SETTINGS_RING), {PANE_table, PANE_NONE}},
    [VIEW_EVALUATE] = {RING(EVALUATE_RING), {PANE_notebook, PANE_table}},
};

static bool has(ViewId view, PaneId pane) {
  for (int i = 0; i < RINGS[view].n; i++)
    if (RINGS[view].pane[i] == pane) return true;
  return false;
}

ViewId view_of(PaneId pane, ViewId now) {
  for (ViewId v = 0; v < VIEW_COUNT; v++)
    if (RINGS[v].pane[0] == pane) return v;
  if (has(now, pane)) return now;
  for (ViewId v = 0; v < VIEW_COUNT; v++)
    if (has(v, pane)) return v;
  return now;
}

int view_ring(ViewId view, PaneId ring[PANE_COUNT]) {
  const Ring *r = &RINGS[view];
  int n = 0;
  for (int i = 0; i < r->n; i++) ring[n++] = r->pane[i];
  for (int i = 0; i < 2; i++)
    if (r->door[i] != PANE_NONE && !has(view, r->door[i])) ring[n++] = r->door[i];
  return n;
}

static const PaneId EVALUATE_ALL[] = {PANE_evaluate,    PANE_pr,   PANE_point,   PANE_scores,
                                      PANE_calibration, PANE_cost, PANE_changed, PANE_gain};
static bool shows_all(int w, int h) { return w >= 180 && h >= 55; }

PaneId pane_keys(PaneId pane) {
  bool curve =
      pane == PANE_cost || pane == PANE_scores || pane == PANE_calibration || pane == PANE_pr || pane == PANE_gain;
  return curve ? PANE_evaluate : pane == PANE_round ? PANE_loss : pane;
}

bool view_parts(int w, int h) { return w >= 110 && h >= 37; }

int view_numbers(ViewId view, int w, int h, PaneId ring[PANE_COUNT]) {
  int n = view_ring(view, ring);
  const PaneId *order = shows_all(w, h) ? EVALUATE_ALL : EVALUATE_NUMBERS;
  for (int i = 0; view == VIEW_EVALUATE && view_parts(w, h) && i < RINGS[view].n; i++) ring[i] = order[i];
  return n;
}

static void add(Layout *l, PaneId pane, int x, int y, int w, int h) {
  if (w > 0 && h > 0 && l->n < SLOT_MOST) l->slot[l->n++] = (Slot){pane, {x, y, w, h}, 0};
}

static int at_most(int v, int most) { return v < most ? v : most; }

// ---- table --------------------------------------------------------------------------------------------------------
static void table_small(Layout *l, PaneId focus, int y, int w, int h) {
  bool main = focus == PANE_table || focus == PANE_column;
  int strip = main && h >= 6 ? 2 : 0;
  add(l, strip ? PANE_table : focus, 0, y, w, h - strip);
  if (strip) add(l, PANE_column, 0, y + h - strip, w, strip);
}

static void table_stack(Layout *l, PaneId focus, int y, int w, int h) {
  bool main = focus == PANE_table || focus == PANE_column || focus == PANE_notes;
  int column = 6 + at_most((h - 22) / 4, 6), notes = 3 + at_most((h - 22) / 8, 3);
  int top = h - column - notes;
  add(l, main ? PANE_table : focus, 0, y, w, top);
  add(l, PANE_column, 0, y + top, w, column);
  add(l, PANE_notes, 0, y + top + column, w, notes);
}

static void table_wide(Layout *l, int y, int w, int h) {
  int left = w * 105 / 200, gap = 2, right = w - left - gap, x = left + gap;
  int table = h * 28 / 56, notes = at_most(h / 9, 6), notebook = h - table - notes;
  int column = at_most(h * 26 / 56, 26);
  add(l, PANE_table, 0, y, left, table - 1);
  add(l, PANE_column, x, y, right, column - 1);
  add(l, PANE_notes, left / 2 + 1, y + h - notes, left - left / 2 - 1, notes);
  add(l, PANE_plot, x, y + column, right, h - column);
  add(l, PANE_notebook, 0, y + table, left, notebook - 1);
  add(l, PANE_jobs, 0, y + h - notes, left / 2 - 1, notes);
}

static void table_view(Layout *l, PaneId focus, int y, int w, int h) {
  if (w < 80 || h < 21) table_small(l, focus, y, w, h);
  else if (w < 140 || h < 37) table_stack(l, focus, y, w, h);
  else table_wide(l, y, w, h);
}

// ---- notebook -----------------------------------------------------------------------------------------------------
static void notebook_view(Layout *l, PaneId focus, int y, int w, int h) {
  if (w < 100 || h < 27) {
    add(l, focus, 0, y, w, h);
    return;
  }
  int right = w < 120 ? 32 : w < 180 ? 36 : 52, left = w - right - 2, x = left + 2;
  int names = 8 + (h - 38) / 6, outline = 10 + (h - 38) / 3, jobs = 4 + (h - 38) / 10;
  if (h < 38) names = 6, outline = h - 16, jobs = 4;
  add(l, PANE_notebook, 0, y, left, h);
  add(l, PANE_names, x, y, right, names - 1);
  add(l, PANE_outline, x, y + names, right, outline - 1);
  add(l, PANE_jobs, x, y + names + outline, right, jobs - 1);
  add(l, PANE_undo, x, y + names + outline + jobs, right, h - names - outline - jobs);
}

// ---- evaluation ---------------------------------------------------------------------------------------------------
static void evaluate_view(Layout *l, PaneId focus, int y, int w, int h) {
  if (w < 80 || h < 21) {
    add(l, focus, 0, y, w, h);
    return;
  }
  int top = h * 14 / 22;
  add(l, focus == PANE_changed ? PANE_evaluate : focus, 0, y, w, top);
  add(l, PANE_changed, 0, y + top, w, h - top);
}

// One operating point, every picture of it.
static void evaluate_parts(Layout *l, PaneId focus, int y, int w, int h) {
  int foot = h * 8 / 37, middle = h * 10 / 37, top = h - middle - foot, cost = 7 + (top - 19) / 3;
  int left = w * 59 / 120, x = left + 2, right = w - x;
  bool hidden = focus == PANE_pr || focus == PANE_gain;
  add(l, hidden ? focus : PANE_evaluate, 0, y, left, top);
  add(l, PANE_point, x, y, right, top - cost);
  add(l, PANE_cost, x, y + top - cost, right, cost);
  add(l, PANE_scores, 0, y + top, left, middle);
  add(l, PANE_calibration, x, y + top, right, middle);
  add(l, PANE_changed, 0, y + top + middle, w, foot);
}

static void evaluate_all(Layout *l, int y, int w, int h) {
  int foot = h * 16 / 57, middle = h * 18 / 57, top = h - middle - foot, third = (w - 4) / 3, gap = third + 2;
  add(l, PANE_evaluate, 0, y, third, top);
  add(l, PANE_pr, gap, y, third, top);
  add(l, PANE_point, 2 * gap, y, w - 2 * gap, top);
  add(l, PANE_scores, 0, y + top, third, middle);
  add(l, PANE_calibration, gap, y + top, third, middle);
  add(l, PANE_cost, 2 * gap, y + top, w - 2 * gap, middle);
  add(l, PANE_changed, 0, y + top + middle, 2 * gap - 2, foot);
  add(l, PANE_gain, 2 * gap, y + top + middle, w - 2 * gap, foot);
}

// ---- files --------------------------------------------------------------------------------------------------------
static void files_view(Layout *l, PaneId focus, int y, int w, int h) {
  if (w >= 100 && h >= 12) {
    int left = at_most(w * 2 / 5, 76);
    add(l, PANE_files, 0, y, left, h);
    add(l, PANE_preview, left + 2, y, w - left - 2, h);
  } else if (w >= 60 && h >= 16) {
    add(l, PANE_files, 0, y, w, h / 2 + 1);
    add(l, PANE_preview, 0, y + h / 2 + 1, w, h - h / 2 - 1);
  } else {
    add(l, focus, 0, y, w, h);
  }
}

// ---- training -----------------------------------------------------------------------------------------------------
static void training_view(Layout *l, PaneId focus, int y, int w, int h) {
  if (w >= 100 && h >= 16) {
    int left = w * 2 / 3 - 2 < w - 46 ? w * 2 / 3 - 2 : w - 46;
    add(l, PANE_loss, 0, y, left, h);
    add(l, PANE_round, left + 2, y, w - left - 2, h);
  } else if (w >= 60 && h >= 20) {
    int top = h * 13 / 22;
    add(l, PANE_loss, 0, y, w, top);
    add(l, PANE_round, 0, y + top, w, h - top);
  } else {
    add(l, focus, 0, y, w, h);
  }
}

// ---- all ----------------------------------------------------------------------------------------------------------
static void number(ViewId view, int w, int h, Layout *l) {
  PaneId ring[PANE_COUNT];
  int n = view_numbers(view, w, h, ring), own = RINGS[view].n;
  for (int i = 0; i < l->n; i++)
    for (int k = 0; k < n; k++)
      if (ring[k] == l->slot[i].pane) l->slot[i].number = k + 1;
  for (int k = 0; k < own; k++) {
    bool shown = false;
    for (int i = 0; i < l->n; i++) shown = shown || l->slot[i].pane == ring[k];
    l->hidden += !shown;
  }
}

void layout_make(ViewId view, PaneId focus, bool zoomed, int w, int h, Layout *out) {
  int fixed = h >= TWO_LINES ? 2 : h >= ONE_LINE ? 1 : 0; // lines that are always there
  *out = (Layout){.keys_y = h - 1, .recipe_y = fixed == 2 ? h - 2 : h - 1};
  out->session_line = h >= 30 && view != VIEW_NOTEBOOK;
  int y = out->session_line, room = h - fixed - y;
  if (room < 1) room = h < 1 ? 0 : 1;
  if (zoomed) add(out, focus, 0, y, w, room);
  else if (view == VIEW_TABLE) table_view(out, focus, y, w, room);
  else if (view == VIEW_NOTEBOOK) notebook_view(out, focus, y, w, room);
  else if (view == VIEW_FILES) files_view(out, focus, y, w, room);
  else if (view == VIEW_SETTINGS || view == VIEW_TREE) add(out, focus, 0, y, w, room);
  else if (view == VIEW_TRAINING) training_view(out, focus, y, w, room);
  else if (shows_all(w, h)) evaluate_all(out, y, w, room);
  else if (view_parts(w, h)) evaluate_parts(out, focus, y, w, room);
  else evaluate_view(out, focus, y, w, room);
  number(view, w, h, out);
}

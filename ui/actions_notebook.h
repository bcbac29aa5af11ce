// The keys of the notebook and of the cell being edited. Part of actions.h, which says what a row is.
// clang-format off
#pragma once
#define ACTIONS_NOTEBOOK(X, W) \
  X(W, "j Down",     0, "next",        "move", "the next cell",                         act_cell_step, 1) \
  X(W, "k Up",       0, "before",      "move", "the cell before",                       act_cell_step, -1) \
  X(W, "PgDn ^F ^D", 0, "page down",   "move", "down one page",                         act_cell_page, 1) \
  X(W, "PgUp ^B ^U", 0, "page up",     "move", "up one page",                           act_cell_page, -1) \
  X(W, "gg Home",    0, "top",         "move", "the first cell",                        act_cell_end, -1) \
  X(W, "G End",      0, "end",         "move", "the last cell",                         act_cell_end, 1) \
  X(W, "Enter i",    1, "edit",        "edit", "edit the cell here",                    act_cell_edit, 0) \
  X(W, "e",          0, "$EDITOR",     "edit", "edit the cell in $EDITOR",              act_cell_external, 0) \
  X(W, "a O",        0, "cell above",  "edit", "a new cell above",                      act_cell_insert, 0) \
  X(W, "b o",        4, "new cell",    "edit", "a new cell below",                      act_cell_insert, 1) \
  X(W, "x",          0, "cut",         "edit", "cut the cell",                          act_cell_cut, 0) \
  X(W, "c",          0, "copy",        "edit", "copy the cell",                         act_cell_copy, 0) \
  X(W, "v",          0, "paste",       "edit", "paste below",                           act_cell_paste, 0) \
  X(W, "dd",         0, "delete",      "edit", "delete the cell",                       act_cell_delete, 0) \
  X(W, "J",          0, "move down",   "edit", "move the cell down",                    act_cell_move, 1) \
  X(W, "K",          0, "move up",     "edit", "move the cell up",                      act_cell_move, -1) \
  X(W, "M",          0, "merge",       "edit", "merge with the cell below",             act_cell_part, 1) \
  X(W, "S",          0, "split",       "edit", "part it where its cursor was, or at a blank line", act_cell_part, -1) \
  X(W, "z",          0, "undo",        "edit", "undo, as u everywhere",                 act_undo, -1) \
  X(W, "m",          0, "markdown",    "edit", "make it a text cell, again a raw one",  act_cell_kind, 1) \
  X(W, "y",          0, "code",        "edit", "make it a code cell",                   act_cell_kind, 0) \
  X(W, "p",          0, "put right",   "edit", "the name that the error says was meant", act_cell_mend, 0) \
  X(W, "/",          0, "search",      "find", "a text in the cells",                  act_search_cells, 0) \
  X(W, "n",          0, "hit down",    "find", "the next one",                         act_search_cells_next, 1) \
  X(W, "N",          0, "hit up",      "find", "the one before",                       act_search_cells_next, -1) \
  X(W, "F8",         0, "replace",     "find", "replace a text in the cells, one by one or all", act_replace, 0) \
  X(W, "F5",         2, "run",         "run", "run the cell",                          act_cell_run, 0) \
  X(W, "F6 S-Enter", 3, "run, next",   "run", "run the cell and go to the next",       act_cell_run, 1) \
  X(W, "Alt-Enter",  0, "run, insert", "run", "run the cell and make a new one below", act_cell_run, 2) \
  X(W, "r",          0, "run stale",   "run", "run every stale cell, from the top",    act_run_stale, 0) \
  X(W, "A",          0, "run above",   "run", "run every cell above this one",          act_run_above, 0) \
  X(W, "w",          5, "fold",        "look", "fold the cell's output, and back",      act_output_fold, 0) \
  X(W, "W",          0, "all",         "look", "a long output with all its lines, and back", act_output_whole, 0) \
  X(W, ")",          0, "lines down",  "look", "further in a long output",              act_output_scroll, 1) \
  X(W, "(",          0, "lines up",    "look", "back in a long output",                 act_output_scroll, -1) \
  X(W, "}",          0, "lines end",   "look", "the end of a long output",              act_output_scroll, 1000000) \
  X(W, "{",          0, "lines top",   "look", "the beginning of a long output",        act_output_scroll, -1000000) \
  X(W, "t",          0, "open output", "look", "the cell's table or plot in a pane of its own", act_output_open, 0)

#define ACTIONS_EDIT(X, W) \
  X(W, "F5 C-Enter", 1, "run",         "edit", "run the cell",                          act_cell_run, 0) \
  X(W, "F6 S-Enter", 2, "run, next",   "edit", "run the cell and go to the next",       act_cell_run, 1) \
  X(W, "Alt-Enter",  0, "run, insert", "edit", "run the cell and make a new one below", act_cell_run, 2) \
  X(W, "Tab",        3, "complete",    "edit", "complete the name before the cursor",   act_edit_complete, 0) \
  X(W, "F1",         4, "explain",     "edit", "help on the name under the cursor",     act_explain, 0) \
  X(W, "^R",         0, "search",      "edit", "a text in this cell; empty: the next one", act_search_cells, 0) \
  X(W, "F8",         0, "replace",     "edit", "replace a text in this cell",          act_replace, 0) \
  X(W, "F4",         0, "split",       "edit", "part the cell at the cursor",           act_edit_split, 0) \
  X(W, "^C",         5, "stop",        "edit", "stop what runs",                        act_stop, 0) \
  X(W, "Esc",        6, "command",     "edit", "leave the cell; its text stays",        act_edit_leave, 0)
// clang-format on

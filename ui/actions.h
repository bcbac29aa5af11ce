// The key table, a macro for each place where keys count. A row is
//   X(W, keys, place in the key bar (0: not there), word, group of the help, help line, act, argument)
// A word may have a second form for small screens: "describe|desc".
// The key bar, the help overlay and docs/reference/keys.md are made from it. Keys of one row mean the same.
#pragma once
#include "ui/actions_notebook.h"
#include "ui/actions_plot.h"
#include "ui/actions_table.h"
// clang-format off
#define ACTIONS_NAMES(X, W) \
  X(W, "j Down", 0, "down", "move", "the next name",             act_names_step, 1) \
  X(W, "k Up",   0, "up",   "move", "the name before",           act_names_step, -1) \
  X(W, "Enter",  1, "open", "look", "a table, or an evaluation", act_names_open, 0)

#define ACTIONS_TREE(X, W) \
  X(W, "Left h",  1, "walk",      "move", "the node at the left, of the same depth",         act_tree_side, -1) \
  X(W, "Right l", 0, "right",     "move", "the node at the right, of the same depth",        act_tree_side, 1) \
  X(W, "j Down",  2, "down",      "move", "the child with more rows",                        act_tree_down, 0) \
  X(W, "k Up",    3, "up",        "move", "the parent",                                      act_tree_up, 0) \
  X(W, "gg Home", 0, "root",      "move", "the root of the tree",                            act_tree_up, 1) \
  X(W, "]",       4, "next tree|tree", "look", "the next tree of the model",                 act_tree_next, 1) \
  X(W, "[",       0, "tree before", "look", "the tree before",                               act_tree_next, -1) \
  X(W, "T",       0, "training",    "look", "how the model learned, round by round",   act_training_of, 0) \
  X(W, "Enter",   5, "the rows|rows", "look", "the rows of the training that reach the node", act_tree_rows, 0)

#define ACTIONS_LOSS(X, W) \
  X(W, "Left h",   1, "round|step",  "move", "the round before",                        act_round_step, -1) \
  X(W, "Right l",  0, "next round",  "move", "the next round",                          act_round_step, 1) \
  X(W, "PgUp ^B",  0, "ten back",    "move", "ten rounds back",                         act_round_step, -10) \
  X(W, "PgDn ^F",  0, "ten on",      "move", "ten rounds on",                           act_round_step, 10) \
  X(W, "gg Home",  0, "first",       "move", "the first round",                         act_round_end, -1) \
  X(W, "G End",    3, "follow|last", "move", "the last round, and on with what runs", act_round_end, 1) \
  X(W, "b",        2, "go to best|best", "move", "the round that is best on the rows held out", act_round_best, 0) \
  X(W, "Enter",    4, "its tree|tree", "look", "the tree of this round, to walk through", act_round_tree, 0) \
  X(W, "t",        0, "as a table",  "look", "all rounds as a table",                   act_round_table, 0) \
  X(W, "+",        5, "add a tree|more", "change", "the fit again with one more round", act_round_more, 1) \
  X(W, "g+",       0, "add ten",     "change", "the fit again with ten more rounds",    act_round_more, 10)

#define ACTIONS_OUTLINE(X, W) \
  X(W, "j Down", 0, "down",     "move", "the next cell",             act_cell_step, 1) \
  X(W, "k Up",   0, "up",       "move", "the cell before",           act_cell_step, -1) \
  X(W, "Enter",  1, "go there", "look", "the notebook at that cell", act_show_notebook, 0)

#define ACTIONS_JOBS(X, W) \
  X(W, "j Down", 0, "down", "move", "the next job",   act_jobs_step, 1) \
  X(W, "k Up",   0, "up",   "move", "the job before", act_jobs_step, -1) \
  X(W, "p",      1, "pause", "change", "what runs waits, and goes on", act_jobs_pause, 0) \
  X(W, "x ^C",   2, "stop",  "change", "stop the job here, and keep what it has", act_jobs_stop, 0)

#define ACTIONS_UNDO(X, W) \
  X(W, "j Down", 0, "older",    "move", "an older state",     act_undo_step, 1) \
  X(W, "k Up",   0, "newer",    "move", "a newer state",      act_undo_step, -1) \
  X(W, "Enter",  1, "go there", "change", "back to that state", act_undo_open, 0)

#define ACTIONS_FILES(X, W) \
  X(W, "Down ^N",   0, "down",        "move", "the next name",                      act_files_step, 1) \
  X(W, "Up ^P",     0, "up",          "move", "the name before",                    act_files_step, -1) \
  X(W, "PgDn ^F",   0, "page down",   "move", "down one page",                      act_files_step, 2) \
  X(W, "PgUp ^B",   0, "page up",     "move", "up one page",                        act_files_step, -2) \
  X(W, "Home",      0, "top",         "move", "the first name",                     act_files_end, -1) \
  X(W, "End",       0, "end",         "move", "the last name",                      act_files_end, 1) \
  X(W, "Enter",     1, "open",        "open", "the table, the recipe or the folder", act_files_open, 0) \
  X(W, "Left Backspace", 2, "folders|dir", "open", "the folder above",                  act_files_up, 0) \
  X(W, "Right",     0, "into",        "open", "into the folder",                    act_files_open, 1) \
  X(W, "F4",        3, "hidden|dots", "open", "names that begin with a dot, and without", act_files_hidden, 0) \
  X(W, "Esc",       5, "close",       "open", "forget what was typed, then close",  act_files_leave, 0) \
  X(W, "F1",        6, "help",        "open", "these keys",                         act_help, 0)

#define ACTIONS_PREVIEW(X, W) \
  X(W, "j Down",  0, "down",  "move", "down one row",     act_preview_step, 1) \
  X(W, "k Up",    0, "up",    "move", "up one row",       act_preview_step, -1) \
  X(W, "l Right", 0, "right", "move", "one column on",    act_preview_right, 1) \
  X(W, "h Left",  0, "left",  "move", "one column back",  act_preview_right, -1) \
  X(W, "Enter",   1, "open",  "open", "open the file",    act_files_open, 0)

#define ACTIONS_SETTINGS(X, W) \
  X(W, "j Down",              0, "down",    "move",   "the next setting",   act_settings_step, 1) \
  X(W, "k Up",                0, "up",      "move",   "the setting before", act_settings_step, -1) \
  X(W, "Left h",              1, "change",  "change", "the value before; the file keeps it", act_settings_change, -1) \
  X(W, "e", 2, "keys",    "change", "all keys in a file to edit, or to read again", act_settings_keys, 0) \
  X(W, "Right l Enter Space", 0, "next",    "change", "the next value; the file keeps it", act_settings_change, 1)

#define ACTIONS_HELP(X, W) \
  X(W, "j Down",  1, "scroll",    "move", "down",           act_help_step, 1) \
  X(W, "k Up",    0, "up",        "move", "up",             act_help_step, -1) \
  X(W, "PgDn ^F", 0, "page down", "move", "down one page",  act_help_step, 10) \
  X(W, "PgUp ^B", 0, "page up",   "move", "up one page",    act_help_step, -10) \
  X(W, "gg Home", 0, "top",       "move", "the first line", act_help_step, -100000) \
  X(W, "G End",   0, "end",       "move", "the last line",  act_help_step, 100000) \
  X(W, "Enter",   2, "insert",    "use",  "the example as a cell of the notebook", act_help_insert, 0) \
  X(W, "Tab",     0, "next example", "use", "choose the next example",      act_help_example, 1) \
  X(W, "S-Tab",   0, "example before", "use", "choose the example before",  act_help_example, -1) \
  X(W, "/",       3, "find",      "use",  "a text on this page", act_help_search, 0) \
  X(W, "n",       0, "next hit",  "use",  "the next place with that text",   act_help_next, 1) \
  X(W, "N",       0, "hit before", "use", "the place before",                act_help_next, -1) \
  X(W, "?",       5, "other keys", "use", "the keys that count everywhere, and back", act_help_rest, 0) \
  X(W, "q Esc",   6, "close",     "always", "close the help", act_help, 0)

#define ACTIONS_ANY(X, W) \
  X(W, "Tab",            0, "next pane",      "always", "the next pane", act_pane_step, 1) \
  X(W, "S-Tab",          0, "pane before",    "always", "the pane before", act_pane_step, -1) \
  X(W, "1 2 3 4 5 6 7 8 9", 0, "pane",           "always", "the pane with that number", act_pane_number, 0) \
  X(W, "Z",              0, "zoom",           "always", "this pane alone, and back",                   act_zoom, 0) \
  X(W, "Space",          0, "palette",        "always", "everything that can be done, by name",        act_palette, 0) \
  X(W, ":",              0, "type Lua",       "always", "Lua, or a command: w q help open theme", act_command_line, 0) \
  X(W, "u U",            0, "undo",           "always", "undo: data, models, cells",                   act_undo, -1) \
  X(W, "^R R",           0, "redo",           "always", "redo",                                        act_undo, 1) \
  X(W, "gU",             0, "states",         "always", "the states of the session, to jump to", act_show_undo, 0) \
  X(W, "D",              0, "session as Lua", "always", "the notebook", act_show_notebook, 0) \
  X(W, "^T",             0, "jobs",           "always", "what runs and ran", act_show_jobs, 0) \
  X(W, "F9",             0, "run all",        "always", "run every cell, from the top", act_run_all, 0) \
  X(W, "^C",             0, "stop",           "always", "stop what runs; again: end the kernel",       act_stop, 0) \
  X(W, "gr", 0, "disk take", "always", "the file as it is on disk now; undo brings yours back", act_disk, 0) \
  X(W, "gk", 0, "disk keep", "always", "of a file that changed on disk keep what is here", act_disk, 1) \
  X(W, "gl", 0, "disk look", "always", "what differs between the file on disk and here", act_disk, 2) \
  X(W, "00",             0, "restart",        "always", "a new kernel; results must be run again", act_restart, 0) \
  X(W, "F2",             0, "settings",       "always", "colours, glyphs, mouse, bell", act_show_settings, 0) \
  X(W, "^O",             0, "files",          "always", "a file: folders, recent, bundled tables", act_show_files, 0) \
  X(W, "F7",             0, "free the mouse", "always", "the mouse back to the terminal, to copy", act_free_mouse, 0) \
  X(W, "F1",             0, "explain",        "always", "formula and rows behind the number here", act_explain, 0) \
  X(W, "q",              0, "back",           "always", "one level back; from the first, quit",        act_back, 0) \
  X(W, "Q",              0, "quit",           "always", "quit; nothing is lost",                       act_quit, 0) \
  X(W, "^L",             0, "redraw",         "always", "paint the screen anew",                       act_redraw, 0) \
  X(W, "?",              6, "help",           "always", "the keys of this pane",                       act_help, 0)

#define ACTIONS_ALL(X) \
  ACTIONS_TABLE(X, PANE_table) ACTIONS_NOTEBOOK(X, PANE_notebook) ACTIONS_EDIT(X, IN_EDIT) \
  ACTIONS_EVALUATE(X, PANE_evaluate) ACTIONS_CHANGED(X, PANE_changed) \
  ACTIONS_POINT(X, PANE_point) ACTIONS_NOTES(X, PANE_notes) \
  ACTIONS_COLUMN(X, PANE_column) ACTIONS_PLOT(X, PANE_plot) ACTIONS_NAMES(X, PANE_names) \
  ACTIONS_TREE(X, PANE_tree) ACTIONS_LOSS(X, PANE_loss) \
  ACTIONS_OUTLINE(X, PANE_outline) ACTIONS_JOBS(X, PANE_jobs) ACTIONS_UNDO(X, PANE_undo) \
  ACTIONS_SETTINGS(X, PANE_settings) ACTIONS_FILES(X, PANE_files) ACTIONS_PREVIEW(X, PANE_preview) \
  ACTIONS_HELP(X, IN_HELP) ACTIONS_ANY(X, IN_ANY)
// clang-format on

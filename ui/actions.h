// The key table, a macro for each place where keys count. A row is
//   X(W, keys, place in the key bar (0: not there), word, group of the help, help line, act, argument)
// A word may have a second form for small screens: "describe|desc".
// The key bar, the help overlay and docs/reference/keys.md are made from it. Keys of one row mean the same.
#pragma once
#include "ui/actions_notebook.h"
// clang-format off
#define ACTIONS_TABLE(X, W) \
  X(W, "j Down",  0, "down",         "move", "down one row",                                act_table_down, 1) \
  X(W, "k Up",    0, "up",           "move", "up one row",                                  act_table_down, -1) \
  X(W, "h Left",  0, "left",         "move", "left one column",                             act_table_right, -1) \
  X(W, "l Right", 0, "right",        "move", "right one column",                            act_table_right, 1) \
  X(W, "PgDn ^F", 0, "page down",    "move", "down one page",                               act_table_page, 2) \
  X(W, "PgUp ^B", 0, "page up",      "move", "up one page",                                 act_table_page, -2) \
  X(W, "^D",      0, "half down",    "move", "down half a page",                            act_table_page, 1) \
  X(W, "^U",      0, "half up",      "move", "up half a page",                              act_table_page, -1) \
  X(W, "gg",      0, "top",          "move", "the first row",                               act_table_end, -1) \
  X(W, "G",       0, "end",          "move", "the last row",                                act_table_end, 1) \
  X(W, "Home",    0, "row start",   "move", "the first column",                            act_table_side, -1) \
  X(W, "End",     0, "row end",      "move", "the last column",                             act_table_side, 1) \
  X(W, "Enter",   0, "row card", "look", "the whole row, exact; of a result the rows behind", act_table_card, 0) \
  X(W, "zEnter",  0, "cell",         "look", "the whole cell, however long its text",       act_table_card, 2) \
  X(W, "I", 2, "describe|desc", "look", "statistics of every column", act_table_describe, 0) \
  X(W, "F", 3, "frequencies|freq", "look", "how often each value of this column occurs", act_table_frequencies, 0) \
  X(W, ".",       4, "plot",         "look", "a picture of this column",                    act_table_plot, 0) \
  X(W, "X",       0, "correlations", "look", "correlation matrix of the number columns", act_table_correlations, 0) \
  X(W, "W",       0, "pivot",        "look", "rows by columns: a table of counts or means", act_table_pivot, 0) \
  X(W, "C",       0, "columns",      "look", "how each column was read",                    act_table_ledger, 0) \
  X(W, "[",       0, "sort up",      "change", "sort by this column, least first",            act_table_sort, 1) \
  X(W, "]",       0, "sort down",    "change", "sort by this column, greatest first",         act_table_sort, -1) \
  X(W, "z[",      0, "then up",      "change", "add this column to the sort, least first",    act_table_sort, 2) \
  X(W, "z]",      0, "then down",    "change", "add this column to the sort, greatest first", act_table_sort, -2) \
  X(W, "&",       0, "filter rows",  "change", "keep the rows for which an expression holds", act_table_filter, 0) \
  X(W, "=",       0, "new column",   "change", "a new column from an expression",             act_table_derive, 0) \
  X(W, "-",       0, "hide",         "change", "leave this column out",                       act_table_hide, 0) \
  X(W, "gv",      0, "show all",     "change", "all hidden columns again",                    act_table_hide, 1) \
  X(W, "*",       0, "filter columns", "change", "keep the columns whose names match a pattern", act_table_columns, 0) \
  X(W, "~",       0, "type text",    "change", "make this column text; again: categories",    act_table_type, '~') \
  X(W, "#",       0, "type int",     "change", "make this column whole numbers",              act_table_type, '#') \
  X(W, "%",       0, "type real",    "change", "make this column numbers",                    act_table_type, '%') \
  X(W, "$",       0, "type money",   "change", "the numbers in amounts of money",             act_table_type, '$') \
  X(W, "@",       0, "type date",    "change", "make this column dates, or times",            act_table_type, '@') \
  X(W, "_",       0, "width",        "change", "this column as wide as its content, and back", act_table_width, 0) \
  X(W, "g_",      0, "all",          "change", "all columns as wide as their content, and back", act_table_width, 1) \
  X(W, "f",       0, "freeze",       "change", "keep the columns up to this one at the left", act_table_freeze, 0) \
  X(W, "/",       0, "search", "find", "the next cell of this column that matches a pattern", act_table_search, 0) \
  X(W, "g/",      0, "in all", "find", "the next cell of any column that matches a pattern", act_table_search, 1) \
  X(W, "n",       0, "next",         "find", "the next one", act_table_search_next, 1) \
  X(W, "N",       0, "before",       "find", "the one before", act_table_search_next, -1) \
  X(W, "s t",     0, "select row",   "choose", "select this row, or not, and go on",          act_pick_toggle, 0) \
  X(W, "v",       0, "range",        "choose", "begin a range of rows; again ends it",        act_pick_range, 0) \
  X(W, "gs",      0, "all",          "choose", "select every row",                            act_pick_all, 1) \
  X(W, "gu",      0, "none",         "choose", "let go of the selection",                     act_pick_all, 0) \
  X(W, "gt",      0, "turn over",    "choose", "select the others instead",                   act_pick_all, 2) \
  X(W, "\"",      0, "keep",         "choose", "the selected rows alone",                     act_pick_keep, 1) \
  X(W, "g\"",     0, "drop",         "choose", "leave the selected rows out",                 act_pick_keep, 0) \
  X(W, "zn",      0, "natural",      "learn", "this outlier is natural: into the verdict",   act_table_verdict, 0) \
  X(W, "za",      0, "artificial",   "learn", "this outlier is an error: into the verdict",  act_table_verdict, 1) \
  X(W, "!",       1, "target|y",       "learn", "this column is what a model predicts",        act_table_target, 0) \
  X(W, "T",       5, "train|fit",        "learn", "fit a model to the target and judge it",      act_table_train, 0) \
  X(W, "zT",      0, "train, options", "learn", "the options of the model first",               act_table_train_form, 0)

#define ACTIONS_EVALUATE(X, W) \
  X(W, "Right l",   0, "right",       "move", "along the curve: the threshold down by 0.01", act_threshold, -10) \
  X(W, "Left h",    1, "threshold",   "move", "back along the curve: the threshold up by 0.01", act_threshold, 10) \
  X(W, "zRight zl", 0, "right a bit", "move", "the threshold down by 0.001",                 act_threshold, -1) \
  X(W, "zLeft zh",  0, "left a bit",  "move", "the threshold up by 0.001",                   act_threshold, 1) \
  X(W, "c",         2, "costs",       "learn", "what a false alarm and a miss cost",          act_costs, 0) \
  X(W, "K",         3, "cheapest",    "learn", "the cheapest threshold; without costs the knee", act_cheapest, 0) \
  X(W, "p",         4, "next curve", "look", "ROC, PR, gain, cost, calibration in turn", act_curve, 0) \
  X(W, "o",         4, "overlay a model", "look", "another evaluation of the same rows, laid over", act_overlay, 0) \
  X(W, "]",         5, "next class", "look", "one class against the others, all pooled, all", act_class, 1) \
  X(W, "[",         0, "class before", "look", "the class before",                       act_class, -1) \
  X(W, "Enter",     5, "keep",        "change", "write the threshold into the notebook",       act_threshold_keep, 0)

#define ACTIONS_POINT(X, W) \
  X(W, "Right l", 0, "right",   "move", "the next column of the table of counts", act_point_right, 1) \
  X(W, "Left h",  1, "cells",   "move", "the column before",                      act_point_right, -1) \
  X(W, "j Down",  0, "down",    "move", "the next row of it",                     act_point_down, 1) \
  X(W, "k Up",    0, "up",      "move", "the row before",                         act_point_down, -1) \
  X(W, "Enter",   2, "the rows|rows", "look", "the rows that this cell counts",   act_point_rows, 0) \
  X(W, "]",       3, "next class", "look", "one class against the others, all pooled, all", act_class, 1) \
  X(W, "[",       0, "class before", "look", "the class before",                  act_class, -1)

#define ACTIONS_CHANGED(X, W) \
  X(W, "j Down", 0, "down", "move", "the next row",   act_changed_step, 1) \
  X(W, "k Up",   0, "up",   "move", "the row before", act_changed_step, -1)

#define ACTIONS_NOTES(X, W) \
  X(W, "j Down", 0, "down",     "move", "the next note",               act_notes_step, 1) \
  X(W, "k Up",   0, "up",       "move", "the note before",             act_notes_step, -1) \
  X(W, "Enter",  1, "the rows", "look", "the column that it is about", act_notes_open, 0)

#define ACTIONS_COLUMN(X, W) \
  X(W, "j Down",  0, "down",        "move", "the next statistic",                             act_column_down, 1) \
  X(W, "k Up",    0, "up",          "move", "the statistic before",                           act_column_down, -1) \
  X(W, "l Right", 0, "right",       "move", "the statistics at the right, then the bars",     act_column_across, 1) \
  X(W, "h Left",  0, "left",        "move", "the bar or the statistics at the left",          act_column_across, -1) \
  X(W, "PgDn ^F", 2, "next column", "move", "the next column",                                act_table_right, 1) \
  X(W, "PgUp ^B", 0, "column before", "move", "the column before",                            act_table_right, -1) \
  X(W, "Enter",   1, "the rows|rows", "look", "the rows behind the statistic or the bar",     act_column_rows, 0) \
  X(W, "F",       3, "frequencies|freq", "look", "how often each of its values occurs", act_table_frequencies, 0) \
  X(W, ".",       4, "plot",        "look", "a picture of this column",                       act_table_plot, 0)

#define ACTIONS_PLOT(X, W) \
  X(W, "Right l", 0, "right",      "move", "the next mark to the right",                       act_plot_right, 1) \
  X(W, "Left h",  1, "marks",      "move", "the next mark to the left",                        act_plot_right, -1) \
  X(W, "j Down",  0, "down",       "move", "the next mark below",                              act_plot_down, 1) \
  X(W, "k Up",    0, "up",         "move", "the next mark above",                              act_plot_down, -1) \
  X(W, "L",       0, "pan right",  "move", "what lies to the right of a zoomed picture",       act_plot_pan_right, 1) \
  X(W, "H",       0, "pan left",   "move", "what lies to the left",                            act_plot_pan_right, -1) \
  X(W, "K",       0, "pan up",     "move", "what lies above; names before",                    act_plot_pan_up, 1) \
  X(W, "J",       0, "pan down",   "move", "what lies below; names that did not fit",          act_plot_pan_up, -1) \
  X(W, "PgDn ^F", 0, "page down",  "move", "down one page of the table of marks",              act_plot_page, 1) \
  X(W, "PgUp ^B", 0, "page up",    "move", "up one page of the table of marks",                act_plot_page, -1) \
  X(W, "+",       2, "zoom",       "look", "half of the picture, larger; one panel of a matrix", act_plot_zoom, 1) \
  X(W, "-",       0, "zoom out",   "look", "twice as much",                                    act_plot_zoom, -1) \
  X(W, "_",       0, "fit",        "look", "all of the picture",                               act_plot_fit, 0) \
  X(W, "t",       5, "as table|table", "look", "the marks as a table, and back",                  act_plot_table, 0) \
  X(W, ".",       0, "glyphs",     "look", "another set of glyphs",                            act_plot_glyphs, 0) \
  X(W, "n",       0, "next",       "look", "the next picture of the notebook",                 act_plot_step, 1) \
  X(W, "N",       0, "before",     "look", "the picture before",                               act_plot_step, -1) \
  X(W, "o",       0, "one series", "look", "each series by itself in turn, then all",          act_plot_one, 1) \
  X(W, "x",       0, "leave out",  "look", "without the series of this mark; again: all",      act_plot_hide, 0) \
  X(W, "s",       3, "brush",      "choose", "from here to the next marks: a range or a rectangle", act_plot_brush, 0) \
  X(W, "Enter",   4, "the rows|rows", "choose", "the rows behind this mark, or in the brush",     act_plot_rows, 0) \
  X(W, "Esc",     0, "let go",     "choose", "no brush, no mark",                              act_plot_let_go, 0)

#define ACTIONS_NAMES(X, W) \
  X(W, "j Down", 0, "down", "move", "the next name",             act_names_step, 1) \
  X(W, "k Up",   0, "up",   "move", "the name before",           act_names_step, -1) \
  X(W, "Enter",  1, "open", "look", "a table, or an evaluation", act_names_open, 0)

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
  X(W, "e",                   2, "keys",    "change", "a file of all keys to edit, or read it again", act_settings_keys, 0) \
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
  ACTIONS_OUTLINE(X, PANE_outline) ACTIONS_JOBS(X, PANE_jobs) ACTIONS_UNDO(X, PANE_undo) \
  ACTIONS_SETTINGS(X, PANE_settings) ACTIONS_FILES(X, PANE_files) ACTIONS_PREVIEW(X, PANE_preview) \
  ACTIONS_HELP(X, IN_HELP) ACTIONS_ANY(X, IN_ANY)
// clang-format on

// The keys of the table and the panes beside it; see actions.h.
#pragma once
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
// clang-format on

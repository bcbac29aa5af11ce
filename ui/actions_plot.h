// The keys of pictures and of an evaluation; see actions.h.
#pragma once
// clang-format off
#define ACTIONS_EVALUATE(X, W) \
  X(W, "Right l",   0, "right",       "move", "along the curve: the threshold down by 0.01", act_threshold, -10) \
  X(W, "Left h",    1, "threshold",   "move", "back along the curve: the threshold up by 0.01", act_threshold, 10) \
  X(W, "zRight zl", 0, "right a bit", "move", "the threshold down by 0.001",                 act_threshold, -1) \
  X(W, "zLeft zh",  0, "left a bit",  "move", "the threshold up by 0.001",                   act_threshold, 1) \
  X(W, "c",         2, "costs",       "learn", "what a false alarm and a miss cost",          act_costs, 0) \
  X(W, "K",         3, "cheapest",    "learn", "the cheapest threshold; without costs the knee", act_cheapest, 0) \
  X(W, "p",         4, "next curve", "look", "ROC, PR, gain, cost, calibration in turn", act_curve, 0) \
  X(W, "o",         4, "overlay a model", "look", "another evaluation of the same rows, laid over", act_overlay, 0) \
  X(W, "t",         0, "tree",       "look", "the trees inside of the model",            act_tree_of_model, 0) \
  X(W, "T",         0, "training",   "look", "how the model learned, round by round",    act_training_of, 0) \
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
// clang-format on

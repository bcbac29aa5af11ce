// The panes and the views that arrange them. A pane is one file pane_<name>.c ending in a PaneType and one line here.
#define PANES(X)                                                                                                       \
  X(table) X(column) X(notes) X(plot) X(evaluate) X(changed) X(point) X(cost) X(scores) X(calibration) X(pr) X(gain)   \
  X(notebook) X(names) X(outline) X(jobs) X(undo) X(settings) X(files) X(preview) X(tree) X(loss) X(round)

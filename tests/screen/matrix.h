// Every key of the table in ui/actions.h, from where it is pressed and what must change: one line a row,
//   {where, its keys, situation, before, then, after}
// `before`, `then` and `after` are scripts: keys by their names, parted by blanks, and conditions in brackets that are
// waited for. The row's key is pressed between `before` and `then`; the first condition of `then` must not hold before
// it, and that is what the test is about. `after` leaves things as the next line expects them.
//   (text)     the screen shows it; (a|b) one of the two; (!text) it is gone
//   (@plot)    the pane has the focus, as its title line says
//   (›12)      the cursor of the pane stands in row 12
//   ($ words)  a file of the folder: grep finds `words` in what the recipe would be, when it has been saved as all.lua
// Keys of one row are pressed in turn, another one at each of the four sizes; a row with more keys, or one whose keys
// differ, has several lines.
#pragma once
#include "ui/app_int.h"

typedef enum { TABLE, WIDE, NOTEBOOK, EVALUATE, PANES, ALWAYS, SITUATION_COUNT } SituationId;

typedef struct Situation {
  const char *file, *script; // script: once the program has started
} Situation;
static const Situation SITUATIONS[SITUATION_COUNT] = {
    [TABLE] = {"titanic.csv", "(complete)"},
    [WIDE] = {"wide.csv", "(column  id)"},
    [NOTEBOOK] = {"plan.lua", "(nothing has run) D (@notebook)"},
    [EVALUATE] = {"titanic.csv", "(complete) l (column  survived) ! T (@evaluate) (accuracy)"},
    [PANES] = {"plan.lua", "(nothing has run) D F9 G (42) (!never run)"},
    [ALWAYS] = {"titanic.csv", "(complete)"},
};

typedef struct Line {
  int where; // PaneId, IN_ANY, IN_EDIT, IN_HELP
  const char *keys;
  SituationId situation;
  const char *before, *then, *after;
} Line;

static const Line LINES[] = {
    // ---- the table ---------------------------------------------------------------------------------------------
    {PANE_table, "j Down", TABLE, "gg (›1)", "(›2)", ""},
    {PANE_table, "k Up", TABLE, "", "(›1)", ""},
    {PANE_table, "l Right", TABLE, "Home (column  name)", "(column  survived)", ""},
    {PANE_table, "h Left", TABLE, "", "(column  name)", ""},
    {PANE_table, "PgDn ^F", TABLE, "gg (›1)", "(!›1)", ""},
    {PANE_table, "PgUp ^B", TABLE, "", "(›1)", ""},
    {PANE_table, "^D", TABLE, "", "(!›1)", ""},
    {PANE_table, "^U", TABLE, "", "(›1)", ""},
    {PANE_table, "G", TABLE, "", "(›1309)", ""},
    {PANE_table, "gg", TABLE, "", "(›1)", ""},
    {PANE_table, "End", TABLE, "", "(column  passengerClass)", ""},
    {PANE_table, "Home", TABLE, "", "(column  name)", ""},
    {PANE_table, "Enter", TABLE, "", "(row  1 of 1,309)", "q (!row  1 of 1,309)"},
    {PANE_table, "I", TABLE, "", "(5 × 15)", "q (1,309 × 5)"},
    {PANE_table, "F", TABLE, "l (column  survived)", "(2 × 2)", "q (1,309 × 5)"},
    {PANE_table, ".", TABLE, "", "(@plot) (809)", "q (@table)"},
    {PANE_table, "X", TABLE, "", "(@plot) (+1.00)", "q (@table)"},
    {PANE_table, "C", TABLE, "", "(6 × 8)", "q (1,309 × 5)"},
    {PANE_table, "[", TABLE, "End h (column  age)", "(sort{\"age\"})", ""},
    {PANE_table, "]", TABLE, "", "(sort{\"-age\"})", ""},
    {PANE_table, "z[", TABLE, "Home l (column  survived)", "(\"-age\", \"sur)", ""},
    {PANE_table, "z]", TABLE, "", "(\"-age\", \"-sur)", "u (!\"-sur) u (!, \"sur) u u (!sort{)"},
    {PANE_table, "&", TABLE, "", "(rows where)", "Esc (!rows where)"},
    {PANE_table, "=", TABLE, "", "(new column)", "Esc (!new column)"},
    {PANE_table, "-", TABLE, "Home l (column  survived)", "(1,309 × 4)", "u (1,309 × 5)"},
    {PANE_table, "/", TABLE, "gg (›1)", "(Enter run)", "Anderson Enter (›6)"},
    {PANE_table, "n", TABLE, "", "(!›6)", ""},
    {PANE_table, "N", TABLE, "", "(›6)", ""},
    {PANE_table, "!", TABLE, "Home l (column  survived)", "(target: survived)", ""},
    {PANE_table, "T", TABLE, "", "(@evaluate)", "q (@table)"},
    {PANE_table, "_", WIDE, "l (column  text)", "(word1-3)", ""},
    {PANE_table, "g_", WIDE, "_ (!word1-3)", "(word1-3)", "g_ (!word1-3)"},
    {PANE_table, "f", WIDE, "Home (column  id)", "End (c28#) (id#)", ""},

    // ---- the notebook: its cells are text, d, a table, a picture, x -----------------------------------------------
    {PANE_notebook, "j Down", NOTEBOOK, "", "(2 ┃)", ""},
    {PANE_notebook, "k Up", NOTEBOOK, "", "(!2 ┃)", ""},
    {PANE_notebook, "G End", NOTEBOOK, "", "(5 ┃)", ""},
    {PANE_notebook, "gg Home", NOTEBOOK, "", "(!5 ┃)", ""},
    {PANE_notebook, "Enter i", NOTEBOOK, "G (5 ┃)", "(EDIT)", "Esc (!EDIT)"},
    {PANE_notebook, "F5", NOTEBOOK, "", "(= 5)", ""},
    {IN_ANY, "F9", NOTEBOOK, "gg (!5 ┃)", "(= 3)", "G (5 ┃) (= 5)"},
    {PANE_notebook, "e", NOTEBOOK, "", "(x = 50)", "u (x = 40) (= 5)"},
    {PANE_notebook, "a O", NOTEBOOK, "", "(EDIT)", "Esc (!EDIT) dd (!6 ┃) G (5 ┃)"},
    {PANE_notebook, "b o", NOTEBOOK, "", "(EDIT)", "Esc (!EDIT) dd (!6 ┃) G (5 ┃)"},
    {PANE_notebook, "x", NOTEBOOK, "", "(!x = 40)", "u (undone) G (x = 40)"},
    {PANE_notebook, "c", NOTEBOOK, "", "(copied)", ""},
    {PANE_notebook, "v", NOTEBOOK, "", "(6 ┃)", "u (!6 ┃) G (5 ┃)"},
    {PANE_notebook, "dd", NOTEBOOK, "", "(!x = 40)", "u (undone) G (x = 40)"},
    {PANE_notebook, "z", NOTEBOOK, "dd (!x = 40)", "G (x = 40)", ""},
    {PANE_notebook, "m", NOTEBOOK, "", "(!5 ┃)", ""},
    {PANE_notebook, "y", NOTEBOOK, "", "(5 ┃)", ""},
    {PANE_notebook, "K", NOTEBOOK, "", "(4 ┃ x)", ""},
    {PANE_notebook, "J", NOTEBOOK, "", "(5 ┃ x)", ""},
    {PANE_notebook, "F6 S-Enter", NOTEBOOK, "gg j (2 ┃)", "(3 ┃) (~ 3)", ""},
    {PANE_notebook, "r", NOTEBOOK, "", "(!~ 3)", "(= 4) (!> )"},
    {PANE_notebook, "w", NOTEBOOK, "", "(folded)", "w (!folded)"},
    {PANE_notebook, "M", NOTEBOOK, "k (2 ┃)", "(3 │ d:hist)", "u (4 │ d:hist)"},
    {PANE_notebook, "Alt-Enter", NOTEBOOK, "G (5 ┃)", "(EDIT)", "Esc (!EDIT) dd (!6 ┃) G (5 ┃)"},
    {PANE_notebook, "PgUp ^B ^U", NOTEBOOK, "", "(!5 ┃)", ""},
    {PANE_notebook, "PgDn ^F ^D", NOTEBOOK, "gg (1 │ # Plan)", "(!1 │ # Plan)", "G (5 ┃)"},
    {IN_EDIT, "Esc", NOTEBOOK, "Enter (EDIT)", "(!EDIT)", ""},
    {IN_EDIT, "Tab", NOTEBOOK, "Enter (EDIT) Enter d:heat", "(d:heatmap)", ""},
    {IN_EDIT, "F1", NOTEBOOK, "", "(┌? help)", "q (!┌? help)"},
    {IN_EDIT, "F4", NOTEBOOK, "", "(!EDIT)", "u G (5 ┃) u (!d:heatmap) G (5 ┃)"},
    {IN_EDIT, "F5 C-Enter", NOTEBOOK, "Enter (EDIT) Backspace 70+7", "(77)", ""},
    {IN_EDIT, "F6 S-Enter", NOTEBOOK, "Enter (EDIT) Backspace 8", "(78)", "Esc (!EDIT) dd"},
    {IN_EDIT, "Alt-Enter", NOTEBOOK, "G (5 ┃) Enter (EDIT) Backspace 9", "(79)", "Esc (!EDIT) dd"},
    {IN_EDIT, "^C", NOTEBOOK, "b (EDIT) while Space true Space do Space end F5 (> 6) Enter (EDIT)", "(stopped)", ""},

    // ---- the panes around ------------------------------------------------------------------------------------------
    {PANE_names, "j Down", PANES, "2 (@names) (›d)", "(›x)", ""},
    {PANE_names, "k Up", PANES, "", "(›d)", ""},
    {PANE_names, "Enter", PANES, "", "(@table)", "q (@names)"},
    {PANE_outline, "k Up", PANES, "3 (@outline) (›5)", "(›4)", ""},
    {PANE_outline, "j Down", PANES, "", "(›5)", ""},
    {PANE_outline, "Enter", PANES, "", "(@notebook)", ""},
    {PANE_jobs, "j Down", PANES, "4 (@jobs) (›= x)", "(›= d:hist)", ""},
    {PANE_jobs, "k Up", PANES, "", "(›= x)", ""},
    {PANE_jobs, "x", PANES, ": while Space true Space do Space end Enter (while)", "(stopped)", ""},
    {PANE_jobs, "^C", PANES, ": while Space true Space do Space end Enter (while)", "(stopped)", ""},
    {PANE_jobs, "p", PANES, ": while Space true Space do Space end Enter (while)", "(paused)", "x (stopped)"},
    {PANE_undo, "j Down", PANES, "5 (@undo) (›● 6)", "(›● 5)", ""},
    {PANE_undo, "k Up", PANES, "", "(›● 6)", ""},
    {PANE_undo, "Enter", PANES, "j j (›● 4)", "(undone: |back to)", ""},
    {PANE_column, "j Down l Right", TABLE, "Home (column  name) 2 (@column)", "(column  survived)", ""},
    {PANE_column, "k Up h Left", TABLE, "", "(column  name)", "l (column  survived)"},
    {PANE_column, "F", TABLE, "", "(2 × 2)", "q (@column)"},
    {PANE_column, ".", TABLE, "", "(@plot) (809)", "q (@column)"},
    {PANE_notes, "j Down", TABLE, "3 (@notes) (›! age)", "(›! name)", ""},
    {PANE_notes, "k Up", TABLE, "", "(›! age)", ""},
    {PANE_notes, "Enter", TABLE, "", "(@table) (column  age)", "Home (column  name)"},
    {PANE_plot, "k Up h Left", TABLE, "X (@plot) (plot  n 1 )", "(plot  n 1,309)", ""},
    {PANE_plot, "j Down l Right", TABLE, "", "(plot  n 1 )", "h (plot  n 1,309)"},
    {PANE_plot, ".", TABLE, ".", "(##)", ". (!##) q (@table)"},

    // ---- the evaluation --------------------------------------------------------------------------------------------
    {PANE_evaluate, "Right l", EVALUATE, "", "(at .49|now .49)", ""},
    {PANE_evaluate, "Left h", EVALUATE, "", "(at .50|now .50)", ""},
    {PANE_evaluate, "zRight zl", EVALUATE, "", "(at .499|now .499)", ""},
    {PANE_evaluate, "zLeft zh", EVALUATE, "", "(at .50|now .50)", ""},
    {PANE_evaluate, "K", EVALUATE, "", "(at .346|now .346)", ""},
    {PANE_evaluate, "c", EVALUATE, "", "(costs fp fn)", "Esc (!costs fp fn)"},
    {PANE_evaluate, "p", EVALUATE, "", "(precision and recall)", "p (is the ROC)"},
    {PANE_changed, "j Down", EVALUATE, "Tab (@changed) (›▾)", "(›▴)", ""},
    {PANE_changed, "k Up", EVALUATE, "", "(›▾)", "S-Tab (@evaluate)"},
    {PANE_evaluate, "Enter", EVALUATE, "", "D (3 ┃ m = m:thr)", ""},

    // ---- everywhere ------------------------------------------------------------------------------------------------
    {IN_ANY, "Tab", ALWAYS, "", "(@column)", ""},
    {IN_ANY, "S-Tab", ALWAYS, "", "(@table)", ""},
    {IN_ANY, "2", ALWAYS, "", "(@column)", ""},
    {IN_ANY, "3", ALWAYS, "", "(@notes)", ""},
    {IN_ANY, "4", ALWAYS, "", "(@plot)", ""},
    {IN_ANY, "5", ALWAYS, "", "(@notebook)", "D (@notebook) 6 (@table)"},
    {IN_ANY, "6", ALWAYS, "", "(@jobs)", ""},
    {IN_ANY, "7", ALWAYS, "", "(@evaluate)", "4 (@table)"},
    {IN_ANY, "1", ALWAYS, "2 (@column)", "(@table)", ""},
    {IN_ANY, "8 9", ALWAYS, "", "(the panes here)", ""},
    {IN_ANY, "Z", ALWAYS, "", "(!2 column)", "Z (2 column)"},
    {IN_ANY, ":", ALWAYS, "", "(Enter run)", "x=1 Enter (x is set)"},
    {IN_ANY, "u U", ALWAYS, "", "(undone)", ""},
    {IN_ANY, "^R R", ALWAYS, "", "(done again)", ""},
    {IN_ANY, "D", ALWAYS, "", "(@notebook)", ""},
    {IN_ANY, "q", ALWAYS, "", "(@table)", ""},
    {IN_ANY, "^T", ALWAYS, "", "(@jobs)", "q (@table)"},
    {IN_ANY, "F7", ALWAYS, "", "(the mouse is the terminal's)", "F7 (the mouse is tycho's)"},
    {IN_ANY, "F1", ALWAYS, "", "(┌? help)", "q (!┌? help)"},
    {IN_ANY, "?", ALWAYS, "", "(┌? help)", "q (!┌? help)"},
    {IN_ANY, "^O", ALWAYS, "", "(@files)", ""},
    {PANE_files, "Home", ALWAYS, "", "(› ../)", ""},
    {PANE_files, "Down ^N", ALWAYS, "", "(!› ../)", ""},
    {PANE_files, "Up ^P", ALWAYS, "", "(› ../)", ""},
    {PANE_files, "End", ALWAYS, "(bundled|plan)", "(› wine)", "Home (› ../)"},
    {PANE_files, "PgDn ^F", ALWAYS, "", "(!› ../)", ""},
    {PANE_files, "PgUp ^B", ALWAYS, "", "(› ../)", ""},
    {PANE_files, "F4", ALWAYS, "", "(.state/)", ""},
    {PANE_files, "Right", ALWAYS, ".state (› .state/)", "(› tycho/)", "F4 (!tycho/|› tycho/)"},
    {PANE_files, "Left Backspace", ALWAYS, "F4 (› tycho/)", "(› .state/)", "F4 (!.state/)"},
    {PANE_files, "F1", ALWAYS, "", "(┌? help)", "q (!┌? help)"},
    {PANE_files, "Esc", ALWAYS, "(@files)", "(@table)", ""},
    {PANE_preview, "j Down", ALWAYS, "^O (@files) titanic.csv (› titanic.csv) Tab (@preview) (Allen)", "(!Allen)", ""},
    {PANE_preview, "k Up", ALWAYS, "", "(Allen)", ""},
    {PANE_preview, "l Right", ALWAYS, "", "(!name~)", ""},
    {PANE_preview, "h Left", ALWAYS, "", "(name~)", ""},
    {PANE_preview, "Enter", ALWAYS, "", "(@table)", "u (undone)"},
    {PANE_files, "Enter", ALWAYS, "^O (@files) wide.csv (› wide.csv)", "(@table)", "u (undone)"},
    {IN_ANY, "F2", ALWAYS, "", "(@settings)", ""},
    {PANE_settings, "j Down", ALWAYS, "", "(› glyphs)", ""},
    {PANE_settings, "k Up", ALWAYS, "", "(› theme)", ""},
    {PANE_settings, "Right l Enter Space", ALWAYS, "", "(theme = dark)", ""},
    {PANE_settings, "Left h", ALWAYS, "", "(theme = auto)", "q (@table)"},
    {IN_ANY, "^L", ALWAYS, "SCRAWL (scrawl)", "(!scrawl)", ""},
    {IN_ANY, "^C", ALWAYS, ": while Space true Space do Space end Enter (while)", "(stopped)", ""},
    {IN_HELP, "j Down", ALWAYS, ": help Space keys Enter (lines 1 to)", "(lines 2 to)", ""},
    {IN_HELP, "k Up", ALWAYS, "", "(lines 1 to)", ""},
    {IN_HELP, "PgDn ^F", ALWAYS, "", "(lines 11 to)", ""},
    {IN_HELP, "PgUp ^B", ALWAYS, "", "(lines 1 to)", ""},
    {IN_HELP, "q Esc ?", ALWAYS, "", "(!┌? help)", ""},
    {IN_ANY, "00", ALWAYS, "", "(a new kernel)", ""},
    {IN_ANY, "Q", ALWAYS, "", "(saved titanic.lua)", ""},
};

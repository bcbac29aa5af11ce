// A call that is about to be written: its options with what was chosen for each, and the Lua that it will be. The
// palette shows it, a form edits it.
#pragma once
#include "base/param.h"
#include "ui/app_int.h"

typedef struct Draft {
  Msg form;     // MSG_FORM; MSG_NONE = there is none
  char **value; // of each option as it is typed, without quotes; NULL = not given
} Draft;

void draft_take(Draft *d, Msg *form); // takes the answer over
void draft_fini(Draft *d);
static inline const MsgForm *draft_form(const Draft *d) { return &d->form.Form; }
// Gives what the screen can tell to the options that must be given: the table, the column under the cursor, the target.
void draft_guess(const App *a, Draft *d);
void draft_set(Draft *d, int64_t k, const char *text); // NULL or "" = not given
// Whether option k will do as it is; if not, why: "must be a number of at least 0".
bool draft_check(const App *a, const Draft *d, int64_t k, Str *why);
int64_t draft_wrong(const App *a, const Draft *d); // options that will not do
int64_t draft_given(const Draft *d);
bool option_is_column(const WireOption *o); // names a column of the table, or several
Param option_param(const WireOption *o);
// Appends the Lua. False: there is no object that it could be called on; then `why` says what is missing.
bool draft_print(const App *a, const Draft *d, Str *lua, Str *why);
// Paints the Lua of the draft in w columns: of a cell of several lines the one with the call, from it on where the
// whole line has no room.
void draft_paint(const Draft *d, const Paint *p, int x, int y, int w, const char *lua);
// Lua for an object of that kind: the table that shows, its column under the cursor, the newest model ...
bool object_lua(const App *a, const char *kind, Str *out);

// Whole files, read and replaced safely.
#pragma once
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

// Reads all of `path` into `out` (cleared first). ERR_IO names the path and the reason.
NODISCARD ErrCode file_read(const char *path, Str *out, Err *err);
// Replaces `path` by `text`: write beside it, fsync, rename. On any failure the old file is as it was. The mode is
// kept, and a symbolic link stays one: the file that it points to is replaced.
NODISCARD ErrCode file_replace(const char *path, Sv text, Err *err);
// The folder for what the program keeps for itself ($XDG_STATE_HOME/tycho or ~/.local/state/tycho), made when missing,
// 0700. False: the environment names none.
bool file_state_folder(Str *out);
// The folder for what the user sets ($XDG_CONFIG_HOME/tycho or ~/.config/tycho), which may not be there.
bool file_config_folder(Str *out);
void file_make_folder(const char *path); // with what is above it, 0700; what cannot be made shows when it is used

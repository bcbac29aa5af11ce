// Writing the notebook to its file.
#pragma once
#include "ui/doc_int.h"

// Replaces the file at `path` (NULL: the notebook's own) by the notebook, whole or not at all; then that is its path
// and `saved` its hash. ERR_DENIED, unless `force`: the file changed since it was read or written, is another one, or
// is read-only; the message names both ways out. ERR_IO: the folder cannot be written, the disk is full; the old file
// is as it was. ERR_ARG: no path at all.
NODISCARD ErrCode save_doc(Doc *d, const char *path, bool force, Err *err);
// A name for a notebook without one, after what was opened: "data/churn.csv" gives churn.lua in the current folder, or
// churn-2.lua, churn-3.lua ... when that exists. The caller frees it.
char *save_new_name(const char *opened);

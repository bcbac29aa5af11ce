// Between the two files of previews: what changed, and the bars that show it.
#pragma once
#include "prep/prep_int.h"
#include "prep/preview.h"

// Fills both sides of a column that stands in `before`, `after` (NULL: not there) or both; one_scale is set. Words are
// owned by `a`.
NODISCARD ErrCode step_preview_bars(Job *job, Arena *a, const Column *before, const Column *after, PreviewColumn *out,
                               Err *err);

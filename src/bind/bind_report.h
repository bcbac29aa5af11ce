// Inside of bind: what the leaks of a report are worth.
#pragma once
#include "bind/bind_int.h"

#include "stats/report.h"

// Measures what each leak adds to a model (bind_damage.c): `inflated`, `honest` and `damage` join the leaks of r, and
// what is shown of them. d: the frame that r is about. ERR_MEMORY, ERR_CANCELLED; where a model cannot be fitted, the
// numbers are missing.
NODISCARD ErrCode damage_report(Job *job, const Frame *d, const ReportOpts *opts, Report *r, Err *err);

// Shared by the files of the linear model.
#pragma once
#include "model/model_int.h"

// True when a column of the factored matrix has so little of its own that plain QR loses digits.
bool qr_is_strained(const Qr *q);
// Brings b (p; NaN where aliased), the least squares solution of A b ~ y found by the factors q of A, and y - A b
// into r (A.n), to full precision.
NODISCARD ErrCode linear_refine(Job *job, const Qr *q, const Mat *a, const double *y, double *b, double *r, Err *err);

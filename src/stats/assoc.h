// How columns go together: matrices of association, tables of two categories, series with themselves.
#pragma once
#include "stats/stats.h"

// Covariances with n - 1, as stats_corr in all else; a constant column has covariance 0.
NODISCARD ErrCode stats_cov(Job *job, const Frame *f, const Names *columns, int missing, Frame **out, Err *err);

// Columns that each row of which depends on the rows before it, or on all of them. x: in row order; the result has its
// length. ERR_MEMORY, ERR_CANCELLED, and ERR_ARG where it says so.
#pragma once
#include "frame/frame_int.h"

// Row i - k of x, missing beyond its ends; k < 0 looks ahead. Any type.
NODISCARD ErrCode series_lag(Job *job, const Column *x, int64_t k, Column **out, Err *err);
// x less its row i - k: of dates an int of days, of times seconds. Ints give reals where 64 bits do not hold one.
NODISCARD ErrCode series_diff(Job *job, const Column *x, int64_t k, Column **out, Err *err);
// A missing row stays missing and is passed over; nan, once met, stays. Sums and products of numbers and conditions are
// taken one after another, in reals throughout when one leaves 64 bits; MIN and MAX are for any type that has an order.
typedef enum Cumulate { CUM_SUM, CUM_PROD, CUM_MIN, CUM_MAX } Cumulate;
NODISCARD ErrCode series_cumulate(Job *job, const Column *x, Cumulate how, Column **out, Err *err);
// Missing rows take the last present one before them, or the next behind them.
NODISCARD ErrCode series_fill(Job *job, const Column *x, bool forward, Column **out, Err *err);
// Rank among the present rows, 1 the smallest, nan the largest: AVERAGE as a real, the others as ints.
typedef enum RankTies { RANK_AVERAGE, RANK_MIN, RANK_MAX, RANK_DENSE, RANK_FIRST } RankTies;
NODISCARD ErrCode series_rank(Job *job, const Column *x, RankTies ties, Column **out, Err *err);
// The present rows in order, cut into n parts of equal size, the first ones larger by one: 1 to n. n >= 1.
NODISCARD ErrCode series_ntile(Job *job, const Column *x, int64_t n, Column **out, Err *err);
// (x - mean) / standard deviation, missing throughout for fewer than 2 values.
NODISCARD ErrCode series_zscore(Job *job, const Column *x, Column **out, Err *err);
// How many distinct present values.
NODISCARD ErrCode series_distinct(Job *job, const Column *x, int64_t *n, Err *err);

// Verbs over frames: each borrows its frames and makes a new one. Rows keep their order unless a verb says otherwise,
// and no result depends on the number of threads.
#pragma once
#include "frame/frame.h"

// ---- choosing and ordering (verbs.c, sort.c, count.c) -------------------------------------------------------------
NODISCARD ErrCode frame_select(const Frame *f, const Names *names, Frame **out, Err *err);
NODISCARD ErrCode frame_drop(const Frame *f, const Names *names, Frame **out, Err *err);
// to[i] becomes the new name of column from[i]; when there is no from[i] but a to[i], the message says so.
NODISCARD ErrCode frame_rename(const Frame *f, const Names *from, const Names *to, Frame **out, Err *err);
NODISCARD ErrCode frame_gather(Job *job, const Frame *f, const int64_t *row, int64_t n, Frame **out, Err *err);
NODISCARD ErrCode frame_slice(Job *job, const Frame *f, int64_t first, int64_t n, Frame **out, Err *err);
// Keys "age" or "-age" (descending); stable; missing last either way.
NODISCARD ErrCode frame_sort(Job *job, const Frame *f, const Names *keys, Frame **out, Err *err);
// Rows of each distinct combination: the named columns, then `n`; most frequent first, ties in key order.
NODISCARD ErrCode frame_count(Job *job, const Frame *f, const Names *names, Frame **out, Err *err);
// First row of each distinct combination of the named columns (all when none), in row order.
NODISCARD ErrCode frame_unique(Job *job, const Frame *f, const Names *names, Frame **out, Err *err);
// n rows without replacement in row order, keyed by `seed`. ERR_ARG when there are not so many.
NODISCARD ErrCode frame_sample(Job *job, const Frame *f, int64_t n, uint64_t seed, Frame **out, Err *err);
// Group number of each row by the columns col[0..m): 0-based, in order of first appearance; missing is a group.
NODISCARD ErrCode frame_groups(Job *job, const Frame *f, const int *col, int m, int64_t *group, int64_t *ngroup,
                               Err *err);

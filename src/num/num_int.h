// Shared inside num: loops compiled for several instruction sets, vectors of 8 lanes, and reductions over blocks.
#pragma once
#include "num/num.h"

#include <stddef.h>

// Compiles a function for AVX-512, AVX2 and the base instruction set and picks one when the program starts. The bits
// stay the same: lanes are explicit, nothing is reassociated, and multiply-adds are not fused (-ffp-contract=off).
#if defined __x86_64__ && defined __GLIBC__ && !defined __clang__ && !defined __SANITIZE_ADDRESS__ &&      \
    !defined __SANITIZE_THREAD__
#define NUM_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), optimize("O3")))
#else
#define NUM_CLONES
#endif

enum { LANES = 8 };
typedef double Lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)))); // any address

// The sum of 8 lanes in their one order.
static inline double lanes_sum(const double a[LANES]) {
  return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

// Cuts [0, n) into blocks of NUM_BLOCK rows, computes `size` bytes (at most REDUCE_MAX) for each block on all threads
// and merges them (into the first) in a binary tree whose shape depends on n only. out: zeroed for n = 0.
enum { REDUCE_MAX = 64 };
typedef void (*BlockFn)(const void *ctx, int64_t begin, int64_t end, void *part);
typedef void (*MergeFn)(void *into, const void *part);
void reduce_blocks(Job *job, int64_t n, size_t size, BlockFn block, MergeFn merge, const void *ctx, void *out);

// Keys with a row each (row NULL: keys alone) and room of the same size to sort through.
typedef struct KeyRows {
  uint64_t *key, *key2;
  int64_t *row, *row2;
  int64_t n;
} KeyRows;
// Sorts by key, stable; the result is in key and row (the pointers may change places with key2 and row2). Keys are
// left less by the smallest of them, which goes to *base. ERR_CANCELLED leaves them in any order.
NODISCARD ErrCode order_radix(Job *job, KeyRows *r, uint64_t *base, Err *err);

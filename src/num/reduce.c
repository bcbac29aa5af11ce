// One shape for every reduction over rows. Blocks are taken in groups of 256, so that partial results live on the stack
// for any n. Inside a group neighbours merge at strides 1, 2, 4 ...; groups merge like the digits of a binary counter:
// two results of equal height become one of the next height. Both are the same rule, so the tree is the one that
// sum_tree builds over all blocks, whatever the size of the group.
#include "num/num_int.h"

#include "base/pool.h"

#include <string.h>

enum { GROUP = 256, HEIGHTS = 64 };

typedef struct Reduce {
  BlockFn block;
  const void *ctx;
  unsigned char *part;
  size_t size;
  int64_t first; // row of the group's first block
} Reduce;

static void run_block(void *ctx, int64_t begin, int64_t end) {
  const Reduce *r = ctx;
  r->block(r->ctx, r->first + begin, r->first + end, r->part + (size_t)(begin / NUM_BLOCK) * r->size);
}

static void merge_group(unsigned char *part, int64_t m, size_t size, MergeFn merge) {
  for (int64_t stride = 1; stride < m; stride *= 2)
    for (int64_t i = 0; i + stride < m; i += 2 * stride)
      merge(part + (size_t)i * size, part + (size_t)(i + stride) * size);
}

void reduce_blocks(Job *job, int64_t n, size_t size, BlockFn block, MergeFn merge, const void *ctx, void *out) {
  _Alignas(64) unsigned char part[GROUP * REDUCE_MAX];
  _Alignas(64) unsigned char stack[HEIGHTS * REDUCE_MAX];
  const int64_t rows = (int64_t)GROUP * NUM_BLOCK;
  Reduce r = {block, ctx, part, size, 0};
  int64_t done = 0;
  int depth = 0;
  memset(out, 0, size);
  for (; r.first < n; r.first += rows, done++) {
    int64_t left = n - r.first < rows ? n - r.first : rows;
    par_for(job, left, NUM_BLOCK, run_block, &r);
    merge_group(part, (left + NUM_BLOCK - 1) / NUM_BLOCK, size, merge);
    memcpy(stack + (size_t)depth++ * size, part, size);
    for (int64_t carry = done; carry & 1; carry >>= 1, depth--)
      merge(stack + (size_t)(depth - 2) * size, stack + (size_t)(depth - 1) * size);
  }
  for (; depth > 1; depth--) merge(stack + (size_t)(depth - 2) * size, stack + (size_t)(depth - 1) * size);
  if (depth == 1) memcpy(out, stack, size);
}

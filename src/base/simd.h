// Loops whose bits do not depend on the instruction set: 8 virtual lanes, and functions compiled for several of them.
#pragma once
#include <stddef.h>

// Compiles a function for AVX-512, AVX2 and the base instruction set and picks one when the program starts. The bits
// stay the same: lanes are explicit, nothing is reassociated, and multiply-adds are not fused (-ffp-contract=off).
#if defined __x86_64__ && defined __GLIBC__ && !defined __clang__ && !defined __SANITIZE_ADDRESS__ &&      \
    !defined __SANITIZE_THREAD__
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), optimize("O3")))
#else
#define CLONES
#endif

enum { LANES = 8 };
typedef double Lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)))); // any address

// The sum of 8 lanes in their one order.
static inline double lanes_sum(const double a[LANES]) {
  return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

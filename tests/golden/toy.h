// A data set that C, R and Python make from the same few operations on doubles, so that all three hold the same bits:
// 160 rows, three columns of different scale, a binary, a three-class and a real target, and weights. The generator is
// Park and Miller's, s = 16807 s mod 2^31 - 1, whose products are exact in doubles. See tests/golden/make/.
#pragma once
#include <math.h>

enum { TOY_N = 160, TOY_P = 3 };

typedef struct Toy {
  double x[TOY_P * TOY_N]; // column-major
  double two[TOY_N], three[TOY_N], real[TOY_N], weight[TOY_N];
} Toy;

static double toy_draw(double *s) {
  *s = fmod(16807 * *s, 2147483647);
  return *s / 2147483647;
}

static void toy_make(Toy *t) {
  double s = 20240229;
  for (int i = 0; i < TOY_N; i++) {
    double a = floor(toy_draw(&s) * 4096) / 512 - 4, b = floor(toy_draw(&s) * 1000) + 2000;
    double c = toy_draw(&s) < 0.4;
    double noise = ((toy_draw(&s) + toy_draw(&s)) + toy_draw(&s) - 1.5) * 4;
    double eta = 0.5 + 0.6 * a - 0.004 * (b - 2500) + 0.8 * c;
    t->x[i] = a, t->x[TOY_N + i] = b, t->x[2 * TOY_N + i] = c;
    t->two[i] = eta + noise > 0;
    t->three[i] = (eta + noise > -1) + (noise - 0.5 * a > 1);
    t->real[i] = 3 + 2 * a - 0.01 * b + 5 * c + noise;
    t->weight[i] = 1 + floor(toy_draw(&s) * 3);
  }
}

// The bivariate normal distribution. From Plackett's identity, the derivative in the correlation being the density:
//   P(X <= h, Y <= k; r) = P at a known r0 + 1 / (2 pi) Int exp(-(h^2 - 2 h k sin t + k^2) / (2 cos^2 t)) dt
// over t from arcsin r0 to arcsin r (Drezner & Wesolowsky 1990; Genz 2004). Up to |r| = .925, r0 = 0 and 20 points of
// Gauss and Legendre. Beyond, r0 = 1 or -1, and with c = cos t the integrand is
//   exp(-d^2 / (2 c^2)) g(c^2),  d = h - k or h + k,
// where g is smooth: its power series is integrated term by term, and each term has a closed form that the term before
// it gives. Absolute error about 1e-16.
#include "num/num_int.h"

#include <math.h>

enum { TERMS = 24 };
static const double PI = 3.14159265358979323846, FAR = 37; // beyond FAR a tail is below 1e-299

static double middle(double h, double k, double r) {
  static const double node[] = {0.07652652113349734, 0.2277858511416451, 0.37370608871541955, 0.5108670019508271,
                                0.636053680726515,   0.7463319064601508, 0.8391169718222188,  0.9122344282513258,
                                0.9639719272779138,  0.9931285991850949};
  static const double weight[] = {0.15275338713072578, 0.14917298647260366, 0.14209610931838187, 0.13168863844917653,
                                  0.11819453196151825, 0.10193011981724026, 0.08327674157670467, 0.06267204833410944,
                                  0.04060142980038622, 0.017614007139153273};
  double half = asin(r) / 2, sum = 0, squares = (h * h + k * k) / 2;
  for (int i = 0; i < 10; i++)
    for (int side = -1; side <= 1; side += 2) {
      double s = sin(half * (1 + side * node[i]));
      sum += weight[i] * fmath_exp((h * k * s - squares) / (1 - s * s));
    }
  return dist_norm(h, DIST_LOWER) * dist_norm(k, DIST_LOWER) + half * sum / (2 * PI);
}

// Coefficients in u of exp(-q / (1 + s)) / s with s = (1 - u)^(1/2).
static void smooth_part(double q, double g[TERMS]) {
  double root[TERMS + 1] = {1}, inverse[TERMS] = {1}, e[TERMS] = {fmath_exp(-q / 2)};
  for (int m = 1; m <= TERMS; m++) root[m] = root[m - 1] * (m - 1.5) / m;
  for (int m = 1; m < TERMS; m++) {
    inverse[m] = inverse[m - 1] * (m - .5) / m;
    for (int k = 1; k <= m; k++) e[m] += k * q * root[k + 1] * e[m - k]; // 1 / (1 + s) = (1 - s) / u
    e[m] /= m;
  }
  for (int m = 0; m < TERMS; m++) {
    g[m] = 0;
    for (int k = 0; k <= m; k++) g[m] += e[k] * inverse[m - k];
  }
}

// Int_0^a exp(-d^2 / (2 c^2) - q / (1 + (1 - c^2)^(1/2))) / (1 - c^2)^(1/2) dc
static double edge(double a, double d, double q) {
  double g[TERMS], square = d * d, front = a * fmath_exp(-square / (2 * a * a));
  double term = front - sqrt(2 * PI) * fabs(d) * dist_norm(-fabs(d) / a, DIST_LOWER), sum = 0;
  smooth_part(q, g);
  for (int m = 0; m < TERMS; m++) {
    if (m > 0) front *= a * a, term = (front - square * term) / (2 * m + 1);
    sum += g[m] * term;
  }
  return sum;
}

double dist_binorm(double h, double k, double r) {
  if (!(fabs(r) <= 1) || isnan(h) || isnan(k)) return NAN;
  if (h < -FAR || k < -FAR) return 0;
  if (h > FAR || k > FAR) return dist_norm(fmin(h, k), DIST_LOWER);
  double p, a = sqrt((1 - r) * (1 + r)), least = fmin(h, k);
  if (fabs(r) < .925) p = middle(h, k, r);
  else if (r > 0) p = dist_norm(least, DIST_LOWER) - (a > 0 ? edge(a, h - k, h * k) / (2 * PI) : 0);
  else {
    double flat = h > -k ? dist_norm(fmax(h, k), DIST_LOWER) - dist_norm(-least, DIST_LOWER) : 0;
    p = flat + (a > 0 ? edge(a, h + k, -h * k) / (2 * PI) : 0);
  }
  return p < 0 ? 0 : p;
}

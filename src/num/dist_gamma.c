// The gamma distribution with scale 1 and the chi-squared distribution.
//
// Whichever tail is asked for is computed without subtracting from 1 where it is small.
//   shape a >= 20, x from 0.3 to 2.3 times a: Temme's uniform expansion, at a cost that does not grow with a. Its
//     terms C_k(eta), C_0 = 1/mu - 1/eta, eta C_k = C_(k-1)' + gamma_k eta / mu for mu = x/a - 1 and
//     eta^2 / 2 = mu - log(1 + mu), are Taylor series computed in exact rational arithmetic.
//   a < 1, x <= 3/2: P and Q from x^a / Gamma(1 + a) = exp(u): Q = -expm1(u) - exp(u) sum, precise for tiny a.
//   x < a: the power series of P, all terms positive.
//   else: the continued fraction of Q (Lentz's method).
// References: Temme, Math. Comp. 33 (1979); Gautschi, ACM TOMS 5 (1979); DiDonato and Morris, ACM TOMS 12 (1986).
#include "num/num_int.h"

#include <float.h>
#include <math.h>

enum { TEMME_TERMS = 11, TEMME_DEGREE = 29 };

// C_k(eta) = sum of temme[k][i] eta^i, as many terms as shape >= 20 and |eta| <= 1 need.
static const double temme[TEMME_TERMS][TEMME_DEGREE] = {
    {-0x1.5555555555555p-2,  0x1.5555555555555p-4,   -0x1.e573ac901e574p-7,  0x1.2f684bda12f68p-10,
     0x1.71de3a556c734p-12,  -0x1.76e06fec7273bp-13, 0x1.48c5892f7cd83p-15,  -0x1.255370652afc1p-19,
     -0x1.f1b22f594c6b5p-20, 0x1.bd6d21e4b4109p-21,  -0x1.7b5f9a2d0465cp-23, 0x1.ccf5ceb7f0d9fp-28,
     0x1.6097d55c37c1cp-27,  -0x1.2d2197c7a2faap-28, 0x1.f6e66d24d5c8ap-31,  -0x1.c0d9b6edf2b0bp-36,
     -0x1.0070a87340428p-34, 0x1.ac9475c463659p-36,  -0x1.61ca701fd754ap-38, 0x1.ef98008f5eec2p-44,
     0x1.7ba0759769d7cp-42,  -0x1.3989bebb193c0p-43, 0x1.0104fc4369a3cp-45,  -0x1.283fe7950ad7bp-51,
     -0x1.1ca914d71a27cp-49, 0x1.d2e7d5ca48b90p-51,  -0x1.7cfbcf3db9bfcp-53, 0x1.75713641cd216p-59,
     0x1.af2c06678a063p-57},
    {-0x1.e573ac901e574p-10, -0x1.c71c71c71c71cp-9,  0x1.5ac056b015ac0p-9,   -0x1.0394f6f09e723p-10,
     0x1.af83440e53dbcp-13,  -0x1.af83440e53dbcp-22, -0x1.2fa4ae89e5af0p-16, 0x1.00a9cabd6b83ep-17,
     -0x1.b0bdfcc629cbap-20, 0x1.3f59230a8357cp-28,  0x1.280f2cde3f847p-23,  -0x1.ee23d0cba8aeep-25,
     0x1.9aa7a30de114cp-27,  -0x1.349fbca3a377bp-36, -0x1.1564ecff73d58p-30, 0x1.c9b434bf3c34ep-32,
     -0x1.78a5056f8ce45p-34, 0x1.113e3a466db9ep-44,  0x1.f8041c5540ea2p-38,  -0x1.9ccf2fab4608bp-39,
     0x1.519580a10cd82p-41,  -0x1.f3b7a5dcd1851p-53, -0x1.c068b448455eap-45, 0x1.6d8a9ef5c1827p-46,
     -0x1.29b03783db2a2p-48, 0x1.e9264affa1c17p-61,  0x1.892658e7d5d81p-52},
    {0x1.0ee643b990ee6p-8,   -0x1.5f7268edab4c8p-9,  0x1.948b0fcd6e9e0p-11,  0x1.0db20a88f4696p-19,
     -0x1.c253efaa1a932p-14, 0x1.bbf43daf4fe53p-15,  -0x1.ac2d05890f2c3p-17, 0x1.26154ae39151dp-25,
     0x1.7058929663937p-20,  -0x1.522cb05171911p-21, 0x1.32ac81c15d3d7p-23,  -0x1.c24bd0e740a6cp-33,
     -0x1.e437343a46f5dp-27, 0x1.ac0d455e25360p-28,  -0x1.77c5829460139p-30, 0x1.0962774f638bbp-40,
     0x1.1b1056c188672p-33,  -0x1.e9778dbc61371p-35, 0x1.a55da34225759p-37,  -0x1.2c681309d6007p-48,
     -0x1.33f39f65c6eeep-40, 0x1.0675f56b95f3bp-41,  -0x1.be16182b001e8p-44, 0x1.5d3b42a398b8fp-56,
     0x1.3f2fe637bc2b8p-47,  -0x1.0d569dc447d0dp-48},
    {0x1.547d93b34e2b6p-11,  0x1.e13ce465fa859p-13,  -0x1.ebfb188b7ca00p-12, 0x1.18b9b5bf2d984p-12,
     -0x1.3d2a3a29b5d9dp-14, -0x1.0152a1871f27ap-22, 0x1.73df462204ef4p-17,  -0x1.7cd6f27b3f020p-18,
     0x1.7e0201539310ep-20,  -0x1.ea23269c140a7p-36, -0x1.6c2dcffbefeefp-23, 0x1.5bde8ef4c4dc7p-24,
     -0x1.4853ced169327p-26, 0x1.50c3f0dd501ebp-39,  0x1.1b66a39794ba9p-29,  -0x1.040c53b2491f0p-30,
     0x1.d9b15465daec1p-33,  -0x1.f46057e1c9d1fp-47, -0x1.812d3d94d533bp-36, 0x1.587d7a7c1a668p-37,
     -0x1.328e9df2eb8b6p-39, 0x1.1e54cdbaa3443p-54,  0x1.def3f46a086e5p-43,  -0x1.a4d8ed36b49dcp-44},
    {-0x1.c3e0b02da7bf9p-11, 0x1.9b0ff6874f2c4p-11,  -0x1.3999a85a4237ap-12, -0x1.88f2ae1def9d0p-20,
     0x1.16908b48ce058p-14,  -0x1.4ce3fd902bcadp-15, 0x1.7db4c02846e81p-17,  0x1.13b3c5b7cb45ep-32,
     -0x1.c71c074985d3fp-20, 0x1.de37d9f09164cp-21,  -0x1.ec676cf33153cp-23, 0x1.041515bab6adap-35,
     0x1.efe94304ac16bp-26,  -0x1.e78e449f4e3bep-27, 0x1.d9a9f1a8b7696p-29,  -0x1.033ba70791e5ep-42,
     -0x1.b14f212618752p-32, 0x1.9911dbca7ce93p-33,  -0x1.7f2fac5e22aaep-35, 0x1.7088090f49aabp-50,
     0x1.49465337812c4p-38,  -0x1.2e7ac3cc20208p-39},
    {-0x1.6128ac5a4fa71p-12, -0x1.247604839c038p-14, 0x1.22be87360ef1fp-12,  -0x1.a2042c5148e27p-13,
     0x1.1d1e9cb24760bp-14,  0x1.30bdcf208080ep-23,  -0x1.c823fc1b3cc36p-17, 0x1.0d0e229150428p-17,
     -0x1.338eb19652fd9p-19, -0x1.659cfde0bb2ebp-32, 0x1.741504e5c87c2p-22,  -0x1.8c267becd0c0fp-23,
     0x1.9e630225a095bp-25,  -0x1.4411c5ac40e35p-46, -0x1.b15bbf334c8c3p-28, 0x1.b2a3adb58623dp-29,
     -0x1.af0f32d677057p-31, 0x1.762c060bd9bdap-48,  0x1.9b9c5831849dcp-34,  -0x1.8d0152b8692bap-35},
    {0x1.168ef1b0931c8p-11, -0x1.36773bdb97b48p-11, 0x1.1c0950d3ecb9dp-12, 0x1.a8411da6cab49p-21,
     -0x1.5600945495b37p-14, 0x1.d6bdf83130dc1p-15, -0x1.3382f4cf48618p-16, -0x1.a74243fa27729p-29,
     0x1.d115d4f5dcc68p-19, -0x1.10587854fcb37p-19, 0x1.36c8903447d35p-21, 0x1.074e709bf4b8bp-42,
     -0x1.7b2f7de505322p-24, 0x1.9778c6d79bcc1p-25, -0x1.af0ea334cc20ep-27, 0x1.858ba968e7d04p-44,
     0x1.cf0f99fa070bcp-30, -0x1.d77155071f99bp-31},
    {0x1.691879c01efb4p-12, 0x1.b1d75d3346711p-15, -0x1.5f3385098cebfp-12, 0x1.26eeb5ece1d9fp-12,
     -0x1.cc642787368cep-14, -0x1.119c70312e0a2p-23, 0x1.d179830b113abp-16, -0x1.3269164e3e304p-16,
     0x1.8467d794bd7f2p-18, 0x1.0f82da50cdaeep-31, -0x1.1c6acec59f442p-20, 0x1.4b12ad51452d5p-21,
     -0x1.7929779607d63p-23, -0x1.6d32eed259534p-40, 0x1.cf11fbdf49e99p-26, -0x1.f4e88c5d1cae1p-27},
    {-0x1.5629b3187b744p-11, 0x1.b8239c670e690p-11, -0x1.cb967b4446107p-12, -0x1.762676b30cfd6p-21,
     0x1.5d1157082916dp-13, -0x1.0c16fcea7ddb2p-13, 0x1.84637d3f583cdp-15, 0x1.3937992ec9b02p-28,
     -0x1.6384af9ac219dp-17, 0x1.c738f198ab550p-18, -0x1.1adec9530a7adp-19, -0x1.2ed3c124b7492p-36,
     0x1.952f970ac9b03p-22, -0x1.d599e3b2187a2p-23},
    {-0x1.38dff1cc96982p-11, -0x1.2e31f9b7913eap-14, 0x1.63969bb825829p-11, -0x1.4f9f2582dd0a5p-11,
     0x1.22fb20c28e8a0p-12, 0x1.86c71c8cebf16p-23, -0x1.63a803aebc9b7p-14, 0x1.00120036172b0p-14,
     -0x1.618fcc48d37bcp-16, -0x1.e7018e8be3330p-31, 0x1.2fe63d892e1a9p-18},
    {0x1.5d4ae684527bfp-10, -0x1.f5dbcaf756cdep-10, 0x1.22b37f1b46951p-10, 0x1.0a9ef61e90004p-20,
     -0x1.0aba998a532bfp-11, 0x1.c01c0b52c3345p-12, -0x1.618e482f9d229p-13},
};

static double temme_sum(double a, double eta) {
  double s = 0;
  for (int k = TEMME_TERMS - 1; k >= 0; k--) {
    double c = 0;
    for (int i = TEMME_DEGREE - 1; i >= 0; i--) c = c * eta + temme[k][i];
    s = s / a + c;
  }
  return s;
}

// `dev` = a eta^2 / 2; erfc(eta sqrt(a / 2)) / 2 and the correction share the factor exp(-dev).
static double gamma_uniform(double a, double excess, double dev, DistTail tail) {
  double eta = copysign(sqrt(2 * dev / a), excess), sign = tail == DIST_UPPER ? 1 : -1;
  double rest = temme_sum(a, eta) * 0x1.9884533d43651p-2 / sqrt(a), root = copysign(sqrt(dev), sign * excess);
  if (dev > 745) return root > 0 ? 0 : 1;
  if (fabs(root) < 0.5) return fmath_erfc(root) / 2 + sign * rest * fmath_exp(-dev);
  double small = fmath_exp_times(-dev, 0, fmath_erfcx(fabs(root)) / 2 + (root > 0 ? sign : -sign) * rest, 0);
  return root > 0 ? small : 1 - small;
}

// x^a exp(-x) / Gamma(a + 1).
double dist_gamma_front(double x, double a) {
  if (a < 1) return fmath_exp(a * fmath_log(x) - x - dist_lgamma1p(a));
  double log_front = -dist_deviance(a, x, (x - a) / a) - dist_stirling(a);
  return log_front < -745 ? 0 : fmath_exp_times(log_front, 0, 0x1.9884533d43651p-2 / sqrt(a), 0);
}

static double lower_series(double x, double a) {
  double term = 1, sum = 1;
  for (double n = a + 1; term > sum * DBL_EPSILON / 4; n += 1) {
    term *= x / n;
    sum += term;
  }
  return sum;
}

// Q Gamma(a) / (x^a exp(-x)) for x >= max(1, a).
static double upper_fraction(double x, double a) {
  double b = x + 1 - a, c = 1 / DBL_MIN, d = 1 / b, f = d;
  for (int i = 1; i < 100000; i++) {
    double an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    f *= c * d;
    if (fabs(c * d - 1) < DBL_EPSILON) break;
  }
  return f;
}

// Shapes below 1 and x <= 3/2.
static double gamma_small(double x, double a, DistTail tail) {
  double u = a * fmath_log(x) - dist_lgamma1p(a), term = 1, sum = 0;
  for (int n = 1; fabs(term) > DBL_EPSILON / 16; n++) {
    term *= -x / n;
    sum += term / (a + n);
  }
  if (tail == DIST_LOWER) return fmath_exp(u) * (1 + a * sum);
  return -fmath_expm1(u) - fmath_exp(u) * a * sum;
}

static double gamma_inside(double x, double a, DistTail tail) {
  double excess = (x - a) / a, dev = a >= 20 ? dist_deviance(a, x, excess) : INFINITY;
  if (dev <= a / 2) return gamma_uniform(a, excess, dev, tail);
  if (a < 1 && x <= 1.5) return gamma_small(x, a, tail);
  bool lower = x < a;
  double front = dist_gamma_front(x, a);
  double p = lower ? front * lower_series(x, a) : front * a * upper_fraction(x, a);
  return lower == (tail == DIST_LOWER) ? p : 1 - p;
}

double dist_gamma(double x, double shape, DistTail tail) {
  if (isnan(x) || !(shape > 0 && shape <= DBL_MAX)) return NAN;
  if (x <= 0) return tail == DIST_LOWER ? 0 : 1;
  if (isinf(x)) return tail == DIST_LOWER ? 1 : 0;
  return gamma_inside(x, shape, tail);
}

double dist_chisq(double x, double df, DistTail tail) { return dist_gamma(x / 2, df / 2, tail); }

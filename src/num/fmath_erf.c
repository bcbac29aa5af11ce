// erf and erfc. |x| < 1/2: erf(x) = x + x P(x^2). Elsewhere erfc(x) = exp(-x^2) G(x), where x^2 is taken as two
// doubles and the scaled function G is smooth: 24 polynomials of degree 12 on quarters of the octaves from 1/2 to 32,
// indexed by the exponent and the first two bits of x. The constants are Chebyshev interpolants computed with 60
// digits, relative errors below 2^-53.
// Reference: Cody, Math. Comp. 23 (1969) for the splitting; the constants are our own.
#include "num/num_int.h"

#include <math.h>
#include <string.h>

enum { DEGREE = 12, PIECES = 24 };

// G about the middle of each piece: the constant term as two doubles, then the coefficients of t, t^2, ...
static const double piece[PIECES][DEGREE + 2] = {
    {0x1.2b84f076e14fbp-1, 0x1.b8bd1accf8123p-55, -0x1.e18ab7052be7fp-2, 0x1.482bd9fad9ed0p-2, -0x1.8bed65e01718dp-3,
     0x1.b1a22aa7a6dc0p-4, -0x1.b65943018012fp-5, 0x1.9dcc15144e3fap-6, -0x1.6ff6b386ff820p-7, 0x1.364eb298de842p-8,
     -0x1.f300debd2a6e7p-10, 0x1.80373248371f8p-11, -0x1.1cc43fda6d6f4p-12, 0x1.9642b7452ecbep-14},
    {0x1.0fce4e96dd619p-1, -0x1.7210607953137p-57, -0x1.97fe7bf1c60f0p-2, 0x1.071da7f78298dp-2, -0x1.2ecd75f4d05d4p-3,
     0x1.3e0e0ed6b5f18p-4, -0x1.358dce2b36013p-5, 0x1.1a31bff524627p-6, -0x1.e5d3e5009410ap-8, 0x1.8d62a93511556p-9,
     -0x1.366c593b1e790p-10, 0x1.d115523bed123p-12, -0x1.4fc0ba28a25d4p-13, 0x1.d31aa82f955acp-15},
    {0x1.f0723ff5acdf9p-2, -0x1.7b669ffa31576p-58, -0x1.5cbc2c216df00p-2, 0x1.aa32b83507192p-3, -0x1.d43ed8ca5d7a1p-4,
     0x1.d7f26045a23f1p-5, -0x1.ba6d691685942p-6, 0x1.859d3cc5fa7e6p-7, -0x1.44bd2e2d3cb9ap-8, 0x1.01b0620560ab8p-9,
     -0x1.87346660ed2a1p-11, 0x1.1d2918ea0cbefp-12, -0x1.9116a8b0c0a8dp-14, 0x1.1019f1990c6bep-15},
    {0x1.c7f81382721efp-2, -0x1.3f947ee724dfcp-62, -0x1.2c84af7c10e14p-2, 0x1.5c775dfc44978p-3, -0x1.6dcc9e7a2c9b5p-4,
     0x1.61fee765ff5d7p-5, -0x1.3fc8366a2e2cfp-6, 0x1.102167daf789bp-7, -0x1.b75cb1ae9f8fcp-9, 0x1.524f5c6e3860dp-10,
     -0x1.f329aa092d3b6p-12, 0x1.621c0d3aca716p-13, -0x1.e5453647aee2dp-15, 0x1.411c545d6a5fbp-16},
    {0x1.9531e09b149b5p-2, -0x1.aa513235e9c37p-58, -0x1.e78b356770fbbp-3, 0x1.05e72521ca1b8p-3, -0x1.01343a2c92275p-4,
     0x1.d4e711a2df991p-6, -0x1.910a5d7bfa019p-7, 0x1.446c5166c310dp-8, -0x1.f38c6d75c2dd7p-10, 0x1.6fd9a5be90814p-11,
     -0x1.041d7d1596830p-12, 0x1.62735a11c3355p-14, -0x1.d50b4239215e4p-16, 0x1.2b01103f017c5p-17},
    {0x1.5f88f52f3c76bp-2, -0x1.b7eb97a02d0e7p-57, -0x1.797a639d8129dp-3, 0x1.701342cbcea7bp-4, -0x1.4bcdb9d9083cep-5,
     0x1.17eba60d31fd1p-6, -0x1.bdf24bcca0a44p-8, 0x1.51ab9ffce088cp-9, -0x1.e8ae690498eafp-11, 0x1.535f582c3e0eep-12,
     -0x1.c5f95ee1f6016p-14, 0x1.254e37bf7aafep-15, -0x1.70b2d98674df3p-17, 0x1.bfa42b0d868e6p-19},
    {0x1.3583f6644327bp-2, -0x1.88eb8ebfdccaep-56, -0x1.2b11e6959934cp-3, 0x1.0a15ac2adab35p-4, -0x1.ba018e642810cp-6,
     0x1.5a142948a9b34p-7, -0x1.014eae282be7cp-8, 0x1.6d609f6aac688p-10, -0x1.f1b43d76dfa48p-12, 0x1.465ecd36bc883p-13,
     -0x1.9d615fbb619ebp-15, 0x1.fafbb2e8d214fp-17, -0x1.2ef42ef784635p-18, 0x1.5e83abb87c1fbp-20},
    {0x1.13e5743b60480p-2, 0x1.ca1dfca5d5331p-56, -0x1.e36580c7f734ap-4, 0x1.8a6efeed233adp-5, -0x1.2ef92f6f1079ap-6,
     0x1.b99589d40f240p-8, -0x1.33237c3ee7628p-9, 0x1.99b60e42d9c0bp-11, -0x1.070e0ccd5ad89p-12, 0x1.4631c4c960382p-14,
     -0x1.87a581d87c621p-16, 0x1.c858a38809c6bp-18, -0x1.03804e60b7ecap-19, 0x1.1e564724ba684p-21},
    {0x1.d94446d627932p-3, -0x1.a8198a8216449p-58, -0x1.6a70d2bb37410p-4, 0x1.0615670e25a7bp-5, -0x1.6883f9919a8bdp-7,
     0x1.da595561f845ap-9, -0x1.2bd251b95e628p-10, 0x1.6d7743d1e8f4dp-12, -0x1.aed7f201a226fp-14, 0x1.ec7742e8f2c7cp-16,
     -0x1.1175393aef3fcp-17, 0x1.27aa297cf26b2p-19, -0x1.3bdb389c97d01p-21, 0x1.44f92ff5f9b20p-23},
    {0x1.8c9eb68ff27d7p-3, -0x1.bb4e763c64a35p-57, -0x1.0305781330099p-4, 0x1.43b98bac83823p-6, -0x1.84e9ab30e6d7ap-8,
     0x1.c2c72fd7278c1p-10, -0x1.f99e41eb4d545p-12, 0x1.131bb160848fdp-13, -0x1.2312b4ba0ec0bp-15,
     0x1.2bfb5d35afb11p-17, -0x1.2d9f3453d43d3p-19, 0x1.285365481cb12p-21, -0x1.1ff8b434248b0p-23,
     0x1.0ef27b91683ddp-25},
    {0x1.54a7a08d4bb45p-3, -0x1.6a0d91336bdc9p-61, -0x1.82a8522b868a1p-5, 0x1.a7eddc9ee6425p-7, -0x1.c24b49c47a3fap-9,
     0x1.d085857a18035p-11, -0x1.d25ebba129a98p-13, 0x1.c882f022fff88p-15, -0x1.b45d04727fb05p-17,
     0x1.97dd7a925a021p-19, -0x1.7539374cfb2b8p-21, 0x1.4ebdb00378173p-23, -0x1.294e3d5afadbfp-25,
     0x1.00c9bbdf5bca9p-27},
    {0x1.2a2af19c14930p-3, -0x1.fa04a06a33f29p-57, -0x1.2aa6503acda11p-5, 0x1.22f0664f3cbf9p-7, -0x1.1434ae05873f7p-9,
     0x1.fff032a0df8fep-12, -0x1.cfcdea1ad3706p-14, 0x1.9b50d0d2263bfp-16, -0x1.65778bb154732p-18,
     0x1.30c2fc08d1ee7p-20, -0x1.fe3ad04be1b7dp-23, 0x1.a3bc45e5bfcd9p-25, -0x1.5649281486fa1p-27,
     0x1.1074472257be5p-29},
    {0x1.f5b2a049cf4c6p-4, -0x1.fc4bbbfb1695ap-58, -0x1.aa3eb6a946f71p-6, 0x1.62c12cb5f756ep-8, -0x1.218ed930b7e4ep-10,
     0x1.d00785f2f524ap-13, -0x1.6d54b11d32f1dp-15, 0x1.1ad6a31e44879p-17, -0x1.aef9110d7333bp-20,
     0x1.435515ec525edp-22, -0x1.dde919a909a1dp-25, 0x1.5c4e6a1a6cb62p-27, -0x1.00de9991170e1p-29,
     0x1.6c3d8c092bfccp-32},
    {0x1.9d8a8f2284f2cp-4, -0x1.5b0277fa1ecb8p-58, -0x1.238ca71b93fc2p-6, 0x1.95252b932efe1p-9, -0x1.15976ddda4f65p-11,
     0x1.774f4826ddf01p-14, -0x1.f4e46d0e3d226p-17, 0x1.4a17e1965341ap-19, -0x1.add7bcacf1b9fp-22,
     0x1.149ce135a9d27p-24, -0x1.5ff2c186d5376p-27, 0x1.baf9967b4a545p-30, -0x1.192d2721cb56dp-32,
     0x1.5a6594caf2075p-35},
    {0x1.5f75c42e97171p-4, -0x1.a1eaaa8191c30p-58, -0x1.a6e2cf277a0cbp-7, 0x1.f75ef7a0fb2dbp-10, -0x1.28787f0e7f9e7p-12,
     0x1.59b29296c5705p-15, -0x1.8f23feca27427p-18, 0x1.c871a15bf34c8p-21, -0x1.028f4aaada28ap-23,
     0x1.22467e07c6ae4p-26, -0x1.42f8e6262fa96p-29, 0x1.6448f089f8aa6p-32, -0x1.8b95245af1631p-35,
     0x1.ad0b38ca07b53p-38},
    {0x1.31742f4d8d4d3p-4, -0x1.f82bc955e371ap-59, -0x1.404455ba9f3bep-7, 0x1.4d07bba601411p-10, -0x1.5783a27fad41ap-13,
     0x1.5f8a69c9ddd43p-16, -0x1.64fcbb7074145p-19, 0x1.67ca2bf715263p-22, -0x1.67f15034543efp-25,
     0x1.657f3c3d18803p-28, -0x1.6089a510329a1p-31, 0x1.5941b3e7bc2fdp-34, -0x1.53d3a26873434p-37,
     0x1.484a032f5c9c5p-40},
    {0x1.fe6cc4a0f9538p-5, 0x1.c95be62ca9a6dp-59, -0x1.c046699d77d1ep-8, 0x1.876373f4a0f10p-11, -0x1.53c131b5e1b22p-14,
     0x1.254381039f032p-17, -0x1.f773500229be1p-21, 0x1.adc5f7a8b325dp-24, -0x1.6ce6b0267d2ccp-27,
     0x1.342cc664c42b5p-30, -0x1.02c7b79c90a85p-33, 0x1.b09475c2b09f5p-37, -0x1.7498dbb19a997p-40,
     0x1.342dc82d72d13p-43},
    {0x1.a273c57e476cep-5, -0x1.6d026e15898ddp-59, -0x1.2ddd3d589bfadp-8, 0x1.b1c8923879d84p-12, -0x1.3672f09815484p-15,
     0x1.baa1d9d846922p-19, -0x1.3a555d6d9456ap-22, 0x1.bcbee2903c3efp-26, -0x1.39729c504be52p-29,
     0x1.b82d6391b2ab4p-33, -0x1.33dc8a9ac9493p-36, 0x1.ad2bd4a50a5dap-40, -0x1.317632c6d815bp-43,
     0x1.a6b3a6d2e13d0p-47},
    {0x1.627bcc27cb4aep-5, -0x1.d520e73ec05a6p-60, -0x1.b1be47a913fc2p-9, 0x1.0898f73586fcep-12, -0x1.41e750b2e114fp-16,
     0x1.8682d21856e5fp-20, -0x1.d868cc6b6f134p-24, 0x1.1cf1ff691e651p-27, -0x1.56cb17552c19ep-31,
     0x1.9b4116e9368bbp-35, -0x1.ebfbd340127dep-39, 0x1.2585f5fbe283bp-42, -0x1.63a4a5cccb4f0p-46,
     0x1.a60f8f4b916f2p-50},
    {0x1.33714a024097ep-5, 0x1.f3b4d0ae3b609p-59, -0x1.467f441a50cf9p-9, 0x1.59fa2994d54efp-13, -0x1.6dd369db393c8p-17,
     0x1.81fb2ba7eb590p-21, -0x1.96605f1d09344p-25, 0x1.aaf0d3b9cb2fcp-29, -0x1.bf995774feaaep-33,
     0x1.d445be2adfd10p-37, -0x1.e8d7fbab3a834p-41, 0x1.fd4c7f11e2f03p-45, -0x1.0c6b51a1f769cp-48,
     0x1.167cf5f032882p-52},
    {0x1.005fe090c5e5dp-5, -0x1.4a17d4faf57b0p-59, -0x1.c661852c512eap-10, 0x1.920b4fb0717bfp-14,
     -0x1.633259367a89bp-18, 0x1.3955a9a7a2412p-22, -0x1.13fdbd4825c7ep-26, 0x1.e57844a26ceebp-31,
     -0x1.aa569224b349dp-35, 0x1.75da3c976692ap-39, -0x1.47262b6090c4fp-43, 0x1.1e0806eb8f153p-47,
     -0x1.03b8e0375ade2p-51, 0x1.c4c7e1dd295a3p-56},
    {0x1.a3bc12161d4ebp-6, -0x1.b352d33781d73p-61, -0x1.30a253d642e97p-10, 0x1.b9bd9f029a78bp-15,
     -0x1.3ff35b4ba25dap-19, 0x1.cf017aa146ee3p-24, -0x1.4eabfd5617bb6p-28, 0x1.e35421bea486cp-33,
     -0x1.5ca8322f96405p-37, 0x1.f68339b765be9p-42, -0x1.69ab8360e8329p-46, 0x1.041ce65c1ee9cp-50,
     -0x1.7fcdb4dfc974fp-55, 0x1.1377c443c7effp-59},
    {0x1.63438bf2c3ee9p-6, -0x1.1fc7374725534p-61, -0x1.b49a775427ef6p-11, 0x1.0c15fcc6f7fe9p-15,
     -0x1.48fb6bc698716p-20, 0x1.936a6b39ae301p-25, -0x1.ee543f8a86f6ap-30, 0x1.2ea50cfb8c248p-34,
     -0x1.724f285589566p-39, 0x1.c4c5ea9aa5cf8p-44, -0x1.148fbbc3e5ea3p-48, 0x1.51a90180e50ccp-53,
     -0x1.a3e0796cdead0p-58, 0x1.ffe2aab7c96dfp-63},
    {0x1.33f3abfd60d6fp-6, 0x1.060d74c72796bp-60, -0x1.481e34f76a622p-11, 0x1.5d6955b46bd2ap-16, -0x1.73e1a60e220e0p-21,
     0x1.8b940e583d001p-26, -0x1.a48dc572b07f5p-31, 0x1.bedc4e941caaep-36, -0x1.da8d7d2d392a4p-41,
     0x1.f7af5868cabedp-46, -0x1.0b22b465836b6p-50, 0x1.1b39a788374d3p-55, -0x1.307403f750574p-60,
     0x1.426f25c5881fdp-65},
};

static double erf_small(double x) {
  double z = x * x;
  double p = 0x1.06eba8214db69p-3 +
             z * (-0x1.812746b0379e6p-2 +
                  z * (0x1.ce2f21a042b29p-4 +
                       z * (-0x1.b82ce3127f71fp-6 +
                            z * (0x1.565bcd0aa5a2ep-8 +
                                 z * (-0x1.c02db23d08766p-11 +
                                      z * (0x1.f9a2a65683a37p-14 +
                                           z * (-0x1.f4bb9dc10d8afp-17 +
                                                z * (0x1.b776257400bc3p-20 + z * -0x1.39fa6b09ae34ap-23))))))));
  return x + x * p;
}

// G(x) as a sum of two doubles, 1/2 <= x < 32.
static double scaled(double x, double *lo) {
  uint64_t b;
  memcpy(&b, &x, sizeof b);
  uint64_t start = b >> 50 << 50, middle = start | (uint64_t)1 << 49;
  double mid;
  memcpy(&mid, &middle, sizeof mid);
  const double *c = piece[(start >> 50) - 4 * 1022];
  double t = x - mid, p = c[DEGREE + 1];
  for (int i = DEGREE; i >= 2; i--) p = p * t + c[i];
  double rest = p * t, hi = c[0] + rest;
  *lo = ((c[0] - hi) + rest) + c[1];
  return hi;
}

double fmath_erfcx(double x) {
  double lo, hi = scaled(x, &lo);
  return hi + lo;
}

// erfc(x) for x >= 1/2.
static double erfc_far(double x) {
  if (!(x <= 28)) return isnan(x) ? x : 0;
  Pair square = pair_product(x, x);
  double lo, hi = scaled(x, &lo);
  return fmath_exp_times(-square.hi, -square.lo, hi, lo);
}

double fmath_erf(double x) {
  double a = fabs(x);
  if (a < 0.5) return erf_small(x);
  if (a > 6) return copysign(1, x);
  return copysign(1 - erfc_far(a), x);
}

double fmath_erfc(double x) {
  if (fabs(x) < 0.5) return 1 - erf_small(x);
  return x < 0 ? 2 - erfc_far(-x) : erfc_far(x);
}

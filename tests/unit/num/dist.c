// Expected values: golden/dist_r.h (R 4.2.2); where R itself is off by more than 1e-12 (quantiles of t near the median
// and far out, beta with one tiny parameter) mpmath 1.3.0 with 50 to 60 digits.
#include "check.h"

#include "golden/dist_r.h"
#include "num/num.h"

typedef double (*DistFn)(double x, double a, double b, DistTail tail);

static double relative(double got, double want) {
  if (got == want || (isnan(got) && isnan(want))) return 0;
  return fabs(got - want) / fmax(fabs(want), 1e-306); // subnormal results have fewer digits
}

static void check_rows(const char *name, DistFn f, const DistRow *r, size_t n, double tol) {
  for (size_t i = 0; i < n; i++) {
    double lo = f(r[i].x, r[i].a, r[i].b, DIST_LOWER), up = f(r[i].x, r[i].a, r[i].b, DIST_UPPER);
    if (!(relative(lo, r[i].lower) <= tol && relative(up, r[i].upper) <= tol))
      fail_msg("%s(%.17g; %.17g, %.17g) is %.17g and %.17g, expected %.17g and %.17g", name, r[i].x, r[i].a, r[i].b, lo,
               up, r[i].lower, r[i].upper);
  }
}
#define ROWS(name) check_rows(#name, name##_at, name##_rows, sizeof name##_rows / sizeof *name##_rows, 1e-12)

static double gamma_at(double x, double a, double b, DistTail tail) { return b == 0 ? dist_gamma(x, a, tail) : NAN; }
static double chisq_at(double x, double a, double b, DistTail tail) { return b == 0 ? dist_chisq(x, a, tail) : NAN; }
static double beta_at(double x, double a, double b, DistTail tail) { return dist_beta(x, a, b, tail); }
static double f_at(double x, double a, double b, DistTail tail) { return dist_f(x, a, b, tail); }
static double t_at(double x, double a, double b, DistTail tail) { return b == 0 ? dist_t(x, a, tail) : NAN; }
static double norm_at(double x, double a, double b, DistTail tail) { return a + b == 0 ? dist_norm(x, tail) : NAN; }

static double norm_quantile_at(double p, double a, double b, DistTail tail) {
  return tail == DIST_LOWER ? dist_norm_quantile(p) : a + b;
}
static double t_quantile_at(double p, double df, double b, DistTail tail) {
  return tail == DIST_LOWER ? dist_t_quantile(p, df) : b;
}
static double lgamma_at(double x, double a, double b, DistTail tail) {
  return tail == DIST_LOWER ? dist_lgamma(x) : a + b;
}

TEST(normal_agrees_with_r_to_the_last_tail) { ROWS(norm); }
TEST(normal_quantiles_agree_with_r_from_1e_320_on) { ROWS(norm_quantile); }
TEST(gamma_agrees_with_r_from_tiny_to_huge_shapes) { ROWS(gamma); }
TEST(chisq_agrees_with_r_from_half_to_a_million_degrees) { ROWS(chisq); }
TEST(beta_agrees_with_r_in_both_tails) { ROWS(beta); }
TEST(f_agrees_with_r_in_both_tails) { ROWS(f); }
TEST(t_agrees_with_r_far_out) { ROWS(t); }
TEST(t_quantiles_agree_with_r) { ROWS(t_quantile); }

TEST(lgamma_agrees_with_r) {
  ROWS(lgamma);
  assert_true(dist_lgamma(0) == INFINITY && isnan(dist_lgamma(-0.5)) && isnan(dist_lgamma(NAN)));
}

TEST(beta_keeps_its_digits_where_one_parameter_is_tiny_or_a_tail_is_far) {
  static const DistRow rows[] = { // mpmath, continued fraction with 50 digits
      {0.9531888369572213, 0.013071130171642988, 0.02418540643980736, 0.67366968105307501, 0.32633031894692499},
      {0.6365316716343875, 3.030202425863543, 0.00016186601456346508, 2.7394959541468362e-05, 0.99997260504045848},
      {0.3711653245606997, 0.1091716831011446, 0.0006285920500067449, 0.005375434625912558, 0.99462456537408739},
      {0.8639844696985152, 11.06213618134789, 0.12485305951693958, 0.01349553673601629, 0.98650446326398367},
      {1.950558297751571e-05, 3.560621248722141e-05, 3267.788374887208, 0.99992029419740025, 7.970580259976979e-05},
      {0.7952811680408212, 0.027173968740201764, 0.001727768267126559, 0.061923076109299036, 0.93807692389070096},
      {0.8378160292210175, 10038.350987730168, 1375.9518108719108, 2.0341557640604302e-36, 1},
      {0.4070707454043815, 411.1846544517301, 270.88454335510136, 3.995340638729199e-25, 1},
      {0.8119944575576248, 0.06561622534020312, 1.5841422617789017e-05, 0.00026313285881121281, 0.99973686714118881},
      {0.30150769468199445, 0.004143282377262349, 0.0012802999401437013, 0.235241382014618, 0.76475861798538203},
      {0.6297067389029904, 0.09906529927051069, 124.10123768667202, 1, 5.8349056770647676e-57},
      {0.36870855346334397, 36.109188008157076, 0.0001225256766293277, 1.1944650702793353e-21, 1},
      {0.399021125244555, 0.18696200491405005, 2.3618247085974805e-05, 0.00011508505724317574, 0.99988491494275678},
      {0.13695463196633517, 0.011908340001521868, 0.0010672166442761372, 0.080464673810693749, 0.91953532618930622},
      {0.34078215344374957, 0.009438588944180846, 0.00026614061269964194, 0.027252519932302936, 0.97274748006769707},
      {0.5855618635076387, 0.5052605172796304, 0.028550838942209354, 0.054357809853930981, 0.94564219014606898},
      {0.9984020715982524, 11017.620448905975, 0.5714032079586218, 4.0872093663203754e-09, 0.99999999591279065},
      {0.18588972450471652, 0.13728828169683285, 0.0013505863106895717, 0.0079275410734256264, 0.99207245892657436},
      {0.37786262968738116, 3.952885559953075e-05, 3.4927274636237664, 0.9999956492919323, 4.3507080677348191e-06},
      {0.09109433978265324, 0.0013076094585308948, 0.0005125971283961933, 0.28076924023121147, 0.71923075976878847},
      {0.45519447341305985, 0.005632106813349075, 0.45643432808476025, 0.98830440248407581, 0.01169559751592414},
      {0.11850286270156796, 4.807204908913438, 0.002146326419878802, 1.7531730766715117e-08, 0.99999998246826927},
      {0.8717429279894041, 6.199997552965965, 0.001475866869657875, 0.000472263116438337, 0.99952773688356167},
      {0.6806641760808205, 13.925144530476086, 0.013524844938992359, 1.3073054757807192e-05, 0.99998692694524216},
      {0.6298046990787383, 0.020159064257080275, 1.1703545675169351e-05, 0.00058617829297068485, 0.9994138217070293},
      {0.9656667700587851, 10.418546041780084, 0.004885527175413062, 0.0039170189954243545, 0.9960829810045756},
      {0.022494146970257534, 9.711523752215057e-05, 1.6156035115801914e-05, 0.14257911999410636, 0.85742088000589367},
      {0.057998924774706806, 7.8469709960375225, 0.1053363064517844, 3.6243401277784172e-12, 0.99999999999637568},
      {0.8268521246720381, 5.866913150978339e-05, 0.001326160064882111, 0.95772215248697701, 0.042277847513023027},
      {0.999981572319098, 176827.77355358537, 0.04184758099549674, 0.00042720018944658361, 0.99957279981055347},
      {0.31607804537496975, 0.0003530038344206021, 0.06075214421095167, 0.99397683749491361, 0.0060231625050864209},
      {0.9999902133656654, 82647.97060780019, 0.015422775921166572, 0.0047769801190674678, 0.99522301988093254},
      {0.8954131035271349, 0.0005936395355303262, 0.02502648029279692, 0.97804249890691308, 0.021957501093086886},
      {0.9999787929630469, 8855.005847509789, 0.00035229984851878614, 0.00044901805543031477, 0.99955098194456971},
      {0.010461639892133445, 0.0028801384808415653, 40.89496758853447, 0.99808975351043483, 0.0019102464895651326},
      {0.8390813308614784, 21.94359779957875, 0.03260068398075581, 0.0001750707103503283, 0.99982492928964972},
      {0.4170290821075141, 0.0011493315932259382, 0.002861314028670098, 0.71315698302062835, 0.28684301697937165},
      {0.07035190835855365, 99.81643878810843, 3.636331103213772e-05, 3.4047201371712642e-122, 1},
      {0.007871473456996623, 0.2830395137180895, 1413.8510817990752, 0.99999925903772469, 7.4096227531295425e-07},
      {0.3571515495636546, 0.08027648015045444, 0.00014790715186206968, 0.0017492614175388238, 0.99825073858246116},
      {0.99999899999999997, 500, 0.0001, 0.00070228010166868929, 0.99929771989833131},
      {0.51749999125000656, 500000, 500000, 1, 7.7325627564912899e-269},
  };
  check_rows("beta", beta_at, rows, sizeof rows / sizeof *rows, 2e-13);
}

TEST(t_quantiles_keep_their_digits_near_the_median_and_far_out) {
  static const double rows[][3] = { // p, df, mpmath's root with 60 digits
      {1e-300, 1.3, -2.6027402077325536e+230},
      {1e-300, 3, -1.0331108360446529e+100},
      {1e-100, 5, -1.5683925590993378e+20},
      {1.0000000000000001e-30, 10, -2564.5239317426153},
      {1e-10, 2, -70710.678108048149},
      {0.50000999999999995, 0.5, 3.7081493571352895e-5},
      {0.50000999999999995, 1, 3.1415926546090383e-5},
      {0.49990000000000001, 3, -0.00027206990911047338},
      {0.50000000099999997, 1000000, 2.5066288303958407e-9},
      {0.50000000000090949, 1.3, 2.727919866992389e-12},
      {9.9999999999999998e-13, 0.5, -1.0284911563163401e+23},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    double q = dist_t_quantile(rows[i][0], rows[i][1]);
    if (!(relative(q, rows[i][2]) <= 5e-13))
      fail_msg("quantile %.17g of t(%g) is %.17g, expected %.17g", rows[i][0], rows[i][1], q, rows[i][2]);
  }
}

TEST(quantiles_undo_probabilities) {
  for (double p = 1e-12; p < 1; p = p < 0.1 ? p * 7 : p + 0.03) {
    assert_true(relative(dist_norm(dist_norm_quantile(p), DIST_LOWER), p) < 1e-13);
    for (double df = 0.7; df < 1e5; df *= 3.1)
      assert_true(relative(dist_t(dist_t_quantile(p, df), df, DIST_LOWER), p) < 1e-12);
  }
}

TEST(tails_add_up_to_one) {
  for (double a = 0.01; a < 1e6; a *= 9)
    for (double x = a / 50; x < a * 20; x *= 1.7) {
      assert_near(dist_gamma(x, a, DIST_LOWER) + dist_gamma(x, a, DIST_UPPER), 1.0, 1e-14);
      assert_near(dist_f(x / a, a, 7, DIST_LOWER) + dist_f(x / a, a, 7, DIST_UPPER), 1.0, 1e-14);
    }
}

TEST(ends_of_the_range_are_certain) {
  assert_true(dist_norm(-INFINITY, DIST_LOWER) == 0 && dist_norm(INFINITY, DIST_LOWER) == 1);
  assert_true(dist_norm(40, DIST_UPPER) == 0 && dist_norm(-40, DIST_UPPER) == 1);
  assert_true(dist_t(INFINITY, 3, DIST_UPPER) == 0 && dist_t(-INFINITY, 3, DIST_UPPER) == 1);
  assert_true(dist_chisq(-1, 2, DIST_LOWER) == 0 && dist_chisq(INFINITY, 2, DIST_UPPER) == 0);
  assert_true(dist_gamma(0, 2, DIST_UPPER) == 1 && dist_gamma(1e300, 2, DIST_LOWER) == 1);
  assert_true(dist_beta(0, 2, 3, DIST_UPPER) == 1 && dist_beta(1, 2, 3, DIST_LOWER) == 1);
  assert_true(dist_f(0, 2, 3, DIST_LOWER) == 0 && dist_f(INFINITY, 2, 3, DIST_UPPER) == 0);
  assert_true(dist_norm_quantile(0) == -INFINITY && dist_norm_quantile(1) == INFINITY);
  assert_true(dist_t_quantile(0, 4) == -INFINITY && dist_t_quantile(1, 4) == INFINITY);
  assert_true(dist_norm_quantile(0.5) == 0 && dist_t_quantile(0.5, 0.3) == 0);
}

TEST(infinite_degrees_of_freedom_are_the_normal_and_chi_squared) {
  assert_true(dist_t(1.7, INFINITY, DIST_UPPER) == dist_norm(1.7, DIST_UPPER));
  assert_true(dist_t_quantile(0.9, INFINITY) == dist_norm_quantile(0.9));
  assert_true(dist_f(1.7, 4, INFINITY, DIST_UPPER) == dist_chisq(6.8, 4, DIST_UPPER));
}

TEST(invalid_arguments_give_nan) {
  assert_true(isnan(dist_norm(NAN, DIST_LOWER)) && isnan(dist_norm_quantile(-0.1)) && isnan(dist_norm_quantile(NAN)));
  assert_true(isnan(dist_t(1, 0, DIST_LOWER)) && isnan(dist_t(NAN, 3, DIST_LOWER)));
  assert_true(isnan(dist_t(1, NAN, DIST_LOWER)));
  assert_true(isnan(dist_t_quantile(1.1, 3)) && isnan(dist_t_quantile(0.2, -1)));
  assert_true(isnan(dist_f(1, 0, 3, DIST_LOWER)) && isnan(dist_f(1, 3, -1, DIST_LOWER)));
  assert_true(isnan(dist_f(NAN, 3, 3, DIST_LOWER)) && isnan(dist_chisq(1, -2, DIST_LOWER)));
  assert_true(isnan(dist_gamma(NAN, 1, DIST_LOWER)) && isnan(dist_gamma(1, 0, DIST_LOWER)));
  assert_true(isnan(dist_beta(0.5, 0, 1, DIST_LOWER)) && isnan(dist_beta(0.5, 1, NAN, DIST_LOWER)));
}

RUN(CASE(normal_agrees_with_r_to_the_last_tail), CASE(normal_quantiles_agree_with_r_from_1e_320_on),
    CASE(gamma_agrees_with_r_from_tiny_to_huge_shapes), CASE(chisq_agrees_with_r_from_half_to_a_million_degrees),
    CASE(beta_agrees_with_r_in_both_tails), CASE(f_agrees_with_r_in_both_tails), CASE(t_agrees_with_r_far_out),
    CASE(t_quantiles_agree_with_r), CASE(lgamma_agrees_with_r),
    CASE(beta_keeps_its_digits_where_one_parameter_is_tiny_or_a_tail_is_far),
    CASE(t_quantiles_keep_their_digits_near_the_median_and_far_out), CASE(quantiles_undo_probabilities),
    CASE(tails_add_up_to_one), CASE(ends_of_the_range_are_certain),
    CASE(infinite_degrees_of_freedom_are_the_normal_and_chi_squared), CASE(invalid_arguments_give_nan))

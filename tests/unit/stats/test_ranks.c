// Mann-Whitney, Wilcoxon and sign tests against R 4.2.2 and effectsize 0.8.3, see tests/golden/r_ranks.h. Limits of
// intervals are found by a root finder there, hence 1e-10.
#include "unit/stats/golden_help.h"

#include "golden/r_ranks.h"

TEST(answers_are_those_of_R) { golden_check_all(R_RANKS, sizeof R_RANK / sizeof *R_RANK, 1e-10); }

RUN(CASE(answers_are_those_of_R))

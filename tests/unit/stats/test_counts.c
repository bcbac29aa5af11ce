#include "unit/stats/golden_help.h"
#include "golden/r_counts.h"
TEST(answers_are_those_of_R) { golden_check_all(R_COUNTS, sizeof R_COUNTS / sizeof *R_COUNTS, 1e-10); }
RUN(CASE(answers_are_those_of_R))

#include "unit/stats/golden_help.h"
#include "golden/r_shapes.h"
TEST(answers_are_those_of_R) { golden_check_all(R_SHAPES, sizeof R_SHAPES / sizeof *R_SHAPES, 1e-10); }
RUN(CASE(answers_are_those_of_R))

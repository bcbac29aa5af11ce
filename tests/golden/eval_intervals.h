// Intervals by R 4.2.2, printed by tests/golden/make/eval_intervals.R: DeLong's by the definition of
// the placement values (value, lower, upper of the AUC; samples of tests/unit/eval/samples.h), Wilson's by
// prop.test(x, n, correct = FALSE) (lower, upper).
#pragma once

static const double DELONG_TWO[] = {0.87697457893085051, 0.83131222416066919, 0.92263693370103184};
static const double DELONG_TIES[] = {0.87139917695473246, 0.80108125350346604, 0.94171710040599887};
static const double DELONG_SMALL[] = {0.90000000000000002, 0.67017385095567517, 1};
static const double DELONG_LONG[] = {0.87268750789722094, 0.8607460711232624, 0.88462894467117947};

static const double WILSON_15_OF_20[] = {0.53129912238125598, 0.88813829859233429};
static const double WILSON_0_OF_12[] = {0, 0.24249400665524079};
static const double WILSON_12_OF_12[] = {0.75750599334475921, 1};
static const double WILSON_900_OF_1000[] = {0.87984803680465162, 0.91709055640690429};

// stats.power: any one of n, effect, power and alpha from the others.
#include "bind/power_int.h"

#define WHERE(field) offsetof(PowerOpts, field)
const Param POWER[] = {
    {"test", PARAM_CHOICE, WHERE(test), 0, 0, NULL, POWER_TESTS, "of means, of several means, of shares, of r"},
    {"n", PARAM_REAL, WHERE(n), 0, 1e9, "nan", NULL, "cases in each group; solved for when left out"},
    {"effect", PARAM_REAL, WHERE(effect), -1e3, 1e3, "nan", NULL,
     "Cohen's d (t), f (anova), h (proportion), or r; solved for when left out"},
    {"power", PARAM_REAL, WHERE(power), 1e-9, 1 - 1e-9, "nan", NULL, "solved for when left out"},
    {"alpha", PARAM_REAL, WHERE(alpha), 1e-12, 1 - 1e-9, "nan", NULL,
     "level of the test: 0.05, or solved for when n, effect and power are given"},
    {"samples", PARAM_CHOICE, WHERE(samples), 0, 0, "two", POWER_SAMPLES, "of t and proportion"},
    {"alternative", PARAM_CHOICE, WHERE(alternative), 0, 0, "two.sided", "two.sided|less|greater",
     "what is held against the null hypothesis"},
    {"groups", PARAM_INT, WHERE(groups), 2, 1e6, "2", NULL, "of anova"},
    PARAM_END};

ErrCode bind_power(Call *c) { return stats_power_plan(c->opts, call_frame(c), c->err); }

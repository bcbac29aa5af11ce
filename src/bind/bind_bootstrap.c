// stats.bootstrap: intervals of any aggregate expression.
#include "bind/bootstrap_int.h"

#define AT(field) offsetof(BootstrapArgs, o.field)
const Param BOOTSTRAP[] = {
    {"d", PARAM_VALUE, offsetof(BootstrapArgs, d), 0, 0, NULL, "frame", "the table"},
    {"exprs", PARAM_NAMES, AT(exprs), 0, 0, NULL, NULL, "expressions over aggregates, as of d:agg"},
    {"n", PARAM_INT, AT(n), 20, 1e7, "2000", NULL, "resamples"},
    {"conf", PARAM_REAL, AT(conf), 0.01, 0.999999, "0.95", NULL, "confidence level of the intervals"},
    {"method", PARAM_CHOICE, AT(method), 0, 0, "percentile", BOOTSTRAP_METHODS, "bca: corrected for bias and skewness"},
    {"by", PARAM_NAMES, AT(by), 0, 0, "", NULL, "columns that make groups, each resampled by itself"},
    {"seed", PARAM_INT, AT(seed), 0, PARAM_INF, "0", NULL, "the session's seed when not given"},
    PARAM_END};

ErrCode bind_bootstrap(Call *c) {
  const BootstrapArgs *args = c->opts;
  const Frame *d;
  TRY(call_frame_arg(c, args->d, "d", &d));
  if (!args->o.exprs.n) return err_set(c->err, ERR_ARG, "%s needs an expression: %s", c->owner, c->bind->signature);
  return stats_bootstrap(c->job, d, &args->o, call_frame(c), c->err);
}

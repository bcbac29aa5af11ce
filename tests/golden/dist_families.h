// Densities, both tails and quantiles, the rows of a family in dist/NAME.h.
// at: {x, three parameters, density, lower tail, upper tail}; of: {p, three parameters, quantile of the lower tail,
// of the upper tail}.
#pragma once
#include <math.h>

typedef struct FamilyAt {
  const char *family;
  double x, a[3], density, lower, upper;
} FamilyAt;
typedef struct FamilyOf {
  const char *family;
  double p, a[3], lower, upper;
} FamilyOf;

static const FamilyAt family_at[] = {
#define FAMILY_AT
#include "golden/dist/norm.h"
#include "golden/dist/t.h"
#include "golden/dist/chisq.h"
#include "golden/dist/f.h"
#include "golden/dist/gamma.h"
#include "golden/dist/beta.h"
#include "golden/dist/exp.h"
#include "golden/dist/lnorm.h"
#include "golden/dist/unif.h"
#include "golden/dist/weibull.h"
#include "golden/dist/logis.h"
#include "golden/dist/cauchy.h"
#include "golden/dist/binom.h"
#include "golden/dist/pois.h"
#include "golden/dist/geom.h"
#include "golden/dist/nbinom.h"
#include "golden/dist/hyper.h"
#undef FAMILY_AT
};

static const FamilyOf family_of[] = {
#include "golden/dist/norm.h"
#include "golden/dist/t.h"
#include "golden/dist/chisq.h"
#include "golden/dist/f.h"
#include "golden/dist/gamma.h"
#include "golden/dist/beta.h"
#include "golden/dist/exp.h"
#include "golden/dist/lnorm.h"
#include "golden/dist/unif.h"
#include "golden/dist/weibull.h"
#include "golden/dist/logis.h"
#include "golden/dist/cauchy.h"
#include "golden/dist/binom.h"
#include "golden/dist/pois.h"
#include "golden/dist/geom.h"
#include "golden/dist/nbinom.h"
#include "golden/dist/hyper.h"
};

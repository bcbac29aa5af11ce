// Suggestions about what models take: dates, skewed numbers, categories, scales, and the balance of the target.
#include "prep/suggest_int.h"

#include "stats/stats.h"

#include <math.h>

enum { LEVELS_MOST = 50, RARE_ROWS = 10, KINDS_MOST = 50 };
static const double SKEWED = 3, SPREADS = 10, LARGE = 0.8;

static bool is_quantity(const Column *c) { return c->type == COL_I64 || c->type == COL_F64; }

ErrCode suggest_dates(Suggest *s, const char *rule, Err *err) {
  Picks found = picks_new(s);
  for (int j = 0; j < frame_ncol(s->now); j++) {
    ColType type = frame_at(s->now, j)->type;
    if (type == COL_DATE || type == COL_TIME) found.name[found.n++] = frame_name(s->now, j);
  }
  StepSpec spec = suggest_spec(s, "dates", &found);
  return suggest_add(s, rule, &spec, &found, err, "models take numbers: the parts of %s as columns",
                     suggest_list(s, &found));
}

ErrCode suggest_skew(Suggest *s, const char *rule, Err *err) {
  Picks found = picks_new(s);
  double worst = 0;
  for (int j = 0; j < frame_ncol(s->now); j++) {
    Profile p;
    if (!is_quantity(frame_at(s->now, j))) continue;
    TRY(stats_profile(s->job, frame_at(s->now, j), &p, err));
    if (!(fabs(p.skew) > SKEWED) || p.distinct < 10) continue;
    found.name[found.n++] = frame_name(s->now, j);
    worst = fabs(p.skew) > worst ? fabs(p.skew) : worst;
  }
  StepSpec spec = suggest_spec(s, "power", &found);
  return suggest_add(s, rule, &spec, &found, err, "%s: skewness up to %s, so few rows have most of the weight",
                     suggest_list(s, &found), suggest_number(s, worst));
}

ErrCode suggest_levels(Suggest *s, const char *rule, Err *err) {
  Picks few = picks_new(s), many = picks_new(s);
  int64_t rare = 0, levels = 0;
  for (int j = 0; j < frame_ncol(s->now); j++) {
    const Column *c = frame_at(s->now, j);
    Codes k;
    int64_t own = 0, own_rare = 0;
    if (!col_is_text(c)) continue;
    TRY(codes_init(s->job, "suggest", c, &k, err));
    for (int64_t w = 0; w < k.n; w++) own += k.count[w] > 0, own_rare += k.count[w] > 0 && k.count[w] < RARE_ROWS;
    codes_fini(&k);
    if (own > LEVELS_MOST) many.name[many.n++] = frame_name(s->now, j);
    else few.name[few.n++] = frame_name(s->now, j), rare += own_rare, levels += own;
  }
  StepSpec spec = suggest_spec(s, "frequency", &many);
  TRY(suggest_add(s, rule, &spec, &many, err, "%s: more than %d levels, each as its share of the rows",
                  suggest_list(s, &many), LEVELS_MOST));
  spec = suggest_spec(s, "onehot", &few);
  if (rare > 1 && frame_nrow(s->now) > 10 * RARE_ROWS) {
    suggest_int(&spec, "min_frequency", RARE_ROWS);
    return suggest_add(s, rule, &spec, &few, err, "%s levels as columns; %s with fewer than %d rows share one",
                       suggest_count(s, levels), suggest_count(s, rare), RARE_ROWS);
  }
  return suggest_add(s, rule, &spec, &few, err, "models take numbers: %s level%s of %s as columns of true and false",
                     suggest_count(s, levels), levels == 1 ? "" : "s", suggest_list(s, &few));
}

ErrCode suggest_scales(Suggest *s, const char *rule, Err *err) {
  Picks found = picks_new(s);
  double low = INFINITY, high = 0;
  for (int j = 0; j < frame_ncol(s->now); j++) {
    Profile p;
    bool made = frame_find(s->file, sv(frame_name(s->now, j))) < 0; // by a step that may not be accepted
    if (made || !is_quantity(frame_at(s->now, j))) continue;
    TRY(stats_profile(s->job, frame_at(s->now, j), &p, err));
    if (!(p.sd > 0)) continue;
    found.name[found.n++] = frame_name(s->now, j);
    low = fmin(low, p.sd), high = fmax(high, p.sd);
  }
  StepSpec spec = suggest_spec(s, "standard", &found);
  if (found.n < 2 || !(high > SPREADS * low)) return OK;
  return suggest_add(s, rule, &spec, &found, err, "spreads from %s to %s: a penalty and distances would see the widest",
                     suggest_number(s, low), suggest_number(s, high));
}

// ---- the target ----------------------------------------------------------------------------------------------------
static void tell_balance(Suggest *s, const char *rule, const Codes *k) {
  int64_t all = 0, kinds = 0, best = -1;
  for (int64_t w = 0; w < k->n; w++) {
    all += k->count[w], kinds += k->count[w] > 0;
    if (best < 0 || k->count[w] > k->count[best]) best = w;
  }
  if (kinds < 2 || kinds > KINDS_MOST || (double)k->count[best] < LARGE * (double)all) return;
  Sv word = k->word[best];
  suggest_remark(s, rule, s->target, k->count[best],
                 arena_printf(s->arena,
                              "%.0f%% of the rows are %s=%.*s: judge by AUC and PR, not accuracy; weights or a step "
                              "that draws rows again go into the pipe of the model, where only training sees them",
                              100 * (double)k->count[best] / (double)all, s->target, (int)word.n, word.s));
}

ErrCode suggest_balance(Suggest *s, const char *rule, Err *err) {
  if (!s->target) return OK;
  const Column *c = frame_at(s->file, frame_find(s->file, sv(s->target)));
  Codes k;
  if (c->type == COL_F64 || c->missing == c->n) return OK;
  TRY(codes_init(s->job, "suggest", c, &k, err));
  tell_balance(s, rule, &k);
  codes_fini(&k);
  return OK;
}

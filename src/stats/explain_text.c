// Explanations of statistics of texts and dates.
#include "stats/explain_int.h"

#include <math.h>
#include <stdio.h>

static void instead(Explain *e, const char *fmt) {
  char text[300];
  snprintf(text, sizeof text, fmt, e->name);
  if (!e->brief) explained_add(e->out, "instead", "%s", text);
}

// The first row whose cell reads `text`, -1: none.
static int64_t row_reading(const Explain *e, const Str *text) {
  Str cell = {0};
  int64_t found = -1;
  for (int64_t i = 0; i < e->c->n && found < 0; i++) {
    if (!col_valid(e->c, i)) continue;
    str_clear(&cell);
    col_format(e->c, i, CELL_EXACT, &cell);
    if (sv_eq((Sv){str_c(&cell), cell.n}, (Sv){str_c(text), text->n})) found = i;
  }
  str_fini(&cell);
  return found;
}

static void rows_reading(Explain *e, const Str *text) {
  int64_t row = row_reading(e, text);
  if (row >= 0 && !e->brief)
    explained_add(e->out, "rows", "%s", explain_where(e, explain_equal(e->out, e->name, e->c, row)));
}

void explain_top(Explain *e) {
  const Row *r = &e->r;
  if (!r->freq) {
    explained_add(e->out, "numbers", "undefined: no values");
    return;
  }
  double share = (double)r->freq / (double)r->n;
  explained_add(e->out, "numbers", "top = %.60s, freq = %s of %s values (%s)", str_c(&r->top), COUNT(r->freq),
                COUNT(r->n), explain_share(e->out, share));
  rows_reading(e, &r->top);
  if (r->freq == 1) explained_add(e->out, "misleads", "no value comes twice: it is only the first in order");
  else if (share > 0.9)
    explained_add(e->out, "misleads", "a model that always says it is right in %s of the rows: accuracy means little",
                  explain_share(e->out, share));
  else explained_add(e->out, "misleads", "spellings of one value count apart, and so another may come more often");
  instead(e, "d:count{\"%s\"} and d:inconsistent{}");
}

void explain_entropy(Explain *e) {
  double most = fmath_log((double)e->r.distinct) / fmath_log(2);
  explained_add(e->out, "numbers", "entropy = %s bits; %s equally frequent values would have log2 %s = %s",
                REAL(e->r.entropy), COUNT(e->r.distinct), COUNT(e->r.distinct), REAL(most));
  explained_add(e->out, "misleads",
                has_moments(e->c) ? "it takes no notice of how far values lie apart, and rounding changes it"
                                  : "of few rows it is too small: rare values have not been seen yet");
  instead(e, has_moments(e->c) ? "d:hist \"%s\"" : "d:count{\"%s\"}");
}

void explain_lengths(Explain *e) {
  const Row *r = &e->r;
  if (!r->has_lengths) {
    explained_add(e->out, "numbers", "undefined: no values");
    return;
  }
  explained_add(e->out, "numbers", "%s to %s characters, mean = %s / %s = %s", COUNT(r->min_length),
                COUNT(r->max_length), LONG(r->mean_length * (double)r->n), COUNT(r->n), REAL(r->mean_length));
  const char *name = explain_name(e->out, e->name);
  if (!e->brief)
    explained_add(e->out, "rows", "%s",
                  explain_where(e, arena_printf(&e->out->arena, "len(%s) == %lld", name, (long long)r->max_length)));
  explained_add(e->out, "misleads", "many texts of exactly the greatest length: they were cut off in the file");
  instead(e, "d:alerts() and d:formats{\"%s\"}");
}

void explain_span(Explain *e) {
  const Row *r = &e->r;
  if (!r->first.n) {
    explained_add(e->out, "numbers", "undefined: no dates");
    return;
  }
  explained_add(e->out, "numbers", "from %s to %s, mean %s, %s dates", str_c(&r->first), str_c(&r->last),
                str_c(&r->middle), COUNT(r->n));
  if (e->which != STAT_MEAN_DATE) rows_reading(e, e->which == STAT_FIRST ? &r->first : &r->last);
  explained_add(e->out, "misleads",
                "days and months that were read the wrong way round, and years such as 1900 or 9999 that "
                "stand for missing");
  instead(e, "d:hist \"%s\"");
}

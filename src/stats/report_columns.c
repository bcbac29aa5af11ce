// The overview of the table, and a card for each column.
#include "stats/report_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"
#include "frame/verbs.h"

#include <math.h>

enum { SHOWN = 20, MIDDLE = 20 };

// ---- overview ------------------------------------------------------------------------------------------------------
static void fact(Tab *t, const char *name, double value, const char *text) {
  tab_row(t);
  tab_text(t, "fact", name);
  tab_real(t, "value", value);
  tab_text(t, "text", text);
}

// "9 int, 5 category"
static const char *types_of(Run *r) {
  int count[COL_NTYPES] = {0};
  const char *text = r->p ? "" : "none";
  for (int64_t j = 0; j < r->p; j++) count[r->fact[j].c->type]++;
  for (int k = 0; k < COL_NTYPES; k++)
    if (count[k]) text = arena_printf(&r->arena, "%s%s%d %s", text, *text ? ", " : "", count[k], COLTYPES[k].name);
  return text;
}

static int64_t complete_rows(const Run *r) {
  int64_t complete = 0;
  for (int64_t w = 0; w < (r->n + 63) / 64; w++) {
    uint64_t has = ~(uint64_t)0;
    for (int j = 0; j < r->p; j++)
      if (r->fact[j].c->valid) has &= r->fact[j].c->valid[w];
    if (r->n - w * 64 < 64) has &= ((uint64_t)1 << (r->n - w * 64)) - 1;
    complete += __builtin_popcountll(has);
  }
  return complete;
}

static ErrCode overview(Run *r, Err *err) {
  Tab t;
  int64_t cells = r->all * r->p, missing = 0, complete = complete_rows(r);
  for (int j = 0; j < r->p; j++) missing += frame_at(r->whole, j)->missing;
  char bytes[32];
  double size = (double)frame_bytes(r->whole);
  fmt_bytes(bytes, sizeof bytes, frame_bytes(r->whole));
  tab_init(&t, &r->arena, "~fact %value ~text %low? %high?");
  fact(&t, "rows", (double)r->all, tell_count(r, r->all));
  fact(&t, "columns", (double)r->p, arena_printf(&r->arena, "%lld: %s", (long long)r->p, types_of(r)));
  fact(&t, "missing cells", (double)missing,
       arena_printf(&r->arena, "%s (%s)", tell_count(r, missing),
                    tell_percent(r, cells ? (double)missing / (double)cells : 0)));
  double share = r->n ? (double)complete / (double)r->n : 1;
  fact(&t, r->part ? "share of complete rows" : "complete rows", r->part ? share : (double)complete,
       r->part ? tell_percent(r, share)
               : arena_printf(&r->arena, "%s (%s)", tell_count(r, complete), tell_percent(r, share)));
  if (r->part) tab_bar(&t, "low", "high", bar_share(r, complete, r->n));
  fact(&t, r->part ? "repeated rows in the sample" : "repeated rows", (double)r->copies, tell_count(r, r->copies));
  fact(&t, "memory", size, bytes);
  const char *source = frame_source(r->whole);
  if (source) fact(&t, "source", NAN, source);
  TRY(report_section(r, REPORT_OVERVIEW, &t, arena_printf(&r->arena, "overview%s", tell_sample(r)), err));
  const Frame *all = r->out->section[REPORT_OVERVIEW];
  Frame **shown = &r->out->shown[REPORT_OVERVIEW];
  TRY(frame_select(all, &(Names){(const char *[]){"fact", "text"}, 2}, shown, err));
  frame_set_caption(*shown, frame_caption(all));
  return OK;
}

// ---- cards ---------------------------------------------------------------------------------------------------------
static const char *shape_of(Run *r, const Facts *t) {
  if (t->nbin == 0) return NULL;
  const char *bars = tell_bars(r, t->bin, t->nbin, " ");
  if (t->kind == FACT_WORDS) return t->distinct == t->n && t->n > 2 ? NULL : bars;
  const char *lo = t->kind == FACT_DATES ? fact_value(r, t, t->lo) : tell_fact(r, t, t->lo, tell_short);
  const char *hi = t->kind == FACT_DATES ? fact_value(r, t, t->hi) : tell_fact(r, t, t->hi, tell_short);
  return arena_printf(&r->arena, "%s%s %s %s%s", t->below ? "…" : "", lo, bars, hi, t->above ? "…" : "");
}

static const char *tops_of(Run *r, const Facts *t) {
  if (t->n > 1 && t->distinct == t->n) return "all different";
  const char *text = "";
  for (int k = 0; k < t->ntop && (k == 0 || t->top_n[k] > 1); k++)
    text = arena_printf(&r->arena, "%s%s%.*s %s", text, k ? ", " : "", (int)t->top[k].n, t->top[k].s,
                        tell_share(r, (double)t->top_n[k] / (double)t->n));
  return text;
}

static void put_reals(Run *r, Tab *out, const Facts *t) {
  static const char *const q[5] = {"min", "q1", "median", "q3", "max"};
  static const char *const low[3] = {"q1_low", "median_low", "q3_low"}, *const high[3] = {"q1_high", "median_high",
                                                                                          "q3_high"};
  tab_real(out, "mean", t->mean);
  tab_real(out, "sd", t->sd);
  for (int k = 0; k < 5; k++) tab_real(out, q[k], t->q[k]);
  tab_real(out, "skew", t->skew);
  tab_real(out, "zeros", (double)t->zeros / (double)t->n);
  if (!r->part) return;
  tab_bar(out, "mean_low", "mean_high", bar_mean(r, t->mean, t->sd, t->n));
  for (int k = 0; k < 3; k++) tab_bar(out, low[k], high[k], t->quartile_bar[k]);
  tab_bar(out, "skew_low", "skew_high", t->skew_bar);
  tab_bar(out, "zeros_low", "zeros_high", bar_share(r, t->zeros, t->n));
}

static const char *span_of(Run *r, const Facts *t) {
  return arena_printf(&r->arena, "%s to %s, median %s", fact_value(r, t, t->q[0]), fact_value(r, t, t->q[4]),
                      fact_value(r, t, t->q[2]));
}

static void put_power(Run *r, Tab *out, const Facts *t) {
  if (isnan(t->power.value)) return;
  tab_real(out, "power", t->power.value);
  tab_text(out, "measure", t->power.measure);
  if (r->part) tab_bar(out, "power_low", "power_high", bar_power(r, &t->power));
}

static void card(Run *r, Tab *out, int j) {
  const Facts *t = &r->fact[j];
  const Column *whole = frame_at(r->whole, j);
  double distinct = (double)(t->distinct + (t->nan > 0));
  Bar bar = {NAN, NAN};
  tab_row(out);
  tab_text(out, "column", t->name);
  tab_text(out, "type", COLTYPES[t->c->type].name);
  put_power(r, out, t);
  tab_int(out, "n", whole->n - whole->missing);
  tab_int(out, "missing", whole->missing);
  if (r->part) bar = bar_distinct(r, t, &distinct);
  tab_int(out, "distinct", (int64_t)distinct);
  if (r->part) tab_int(out, "distinct_low", (int64_t)bar.low), tab_int(out, "distinct_high", (int64_t)bar.high);
  tab_text(out, "shape", shape_of(r, t));
  if (t->kind == FACT_NUMBERS) put_reals(r, out, t);
  if (t->kind == FACT_DATES) tab_text(out, "top", span_of(r, t));
  if (t->kind != FACT_WORDS) return;
  tab_text(out, "top", tops_of(r, t));
  tab_real(out, "top_share", t->ntop ? (double)t->top_n[0] / (double)t->n : NAN);
  if (r->part && t->ntop) tab_bar(out, "top_low", "top_high", bar_share(r, t->top_n[0], t->n));
}

// "5 ±0.4": the longer side of the error bar.
static const char *with_error(Run *r, double v, Bar b, const char *(*word)(Run *, double)) {
  if (!r->part || isnan(b.low)) return word(r, v);
  return arena_printf(&r->arena, "%s ±%s", word(r, v), word(r, fmax(b.high - v, v - b.low)));
}

// "5 (2–12)", "fixed 63%, freelance 23%"; of a sample "5 ±0.4"
static const char *middle_of(Run *r, const Facts *t) {
  if (t->kind == FACT_WORDS) return tops_of(r, t);
  if (t->kind == FACT_DATES) return span_of(r, t);
  if (t->kind == FACT_EMPTY) return NULL;
  if (r->part) return with_error(r, t->q[2], t->quartile_bar[1], tell_short);
  const char *q[3];
  for (int k = 0; k < 3; k++) q[k] = tell_fact(r, t, t->q[k + 1], tell_short);
  return arena_printf(&r->arena, "%s (%s–%s)", q[1], q[0], q[2]);
}

static void card_shown(Run *r, Tab *t, int j) {
  const Facts *x = &r->fact[j];
  const char *middle = middle_of(r, x);
  size_t n = middle ? utf8_fit(sv(middle), MIDDLE) : 0;
  tab_row(t);
  tab_text(t, "column", name_with_sign(r, j));
  if (!isnan(x->power.value))
    tab_text(t, r->goal.kind == GOAL_NUMBER ? "rank_r" : "auc",
             with_error(r, x->power.value, bar_power(r, &x->power), tell_auc));
  if (frame_at(r->whole, j)->missing) tab_int(t, "miss", frame_at(r->whole, j)->missing);
  if (middle) tab_text(t, "middle", middle[n] ? arena_printf(&r->arena, "%.*s…", (int)n, middle) : middle);
  tab_text(t, "shape", shape_of(r, x));
}

// "9 numbers, median (quartiles); 5 texts, shares"
static const char *count_columns(Run *r) {
  int number = 0, words = 0, dates = 0;
  for (int j = 0; j < r->p; j++) {
    const Column *c = r->fact[j].c;
    bool date = c->type == COL_DATE || c->type == COL_TIME, text = col_is_text(c) || c->type == COL_BOOL;
    dates += date, words += text, number += !date && !text;
  }
  Str s = {0};
  const char *middle = r->part ? "median ± error" : "median (quartiles)";
  if (number) str_addf(&s, "%s, %s", tell_rows(r, number, "number", "numbers"), middle);
  if (words) str_addf(&s, "%s%s, shares", s.n ? "; " : "", tell_rows(r, words, "text", "texts"));
  if (dates) str_addf(&s, "%s%s", s.n ? "; " : "", tell_rows(r, dates, "date", "dates"));
  const char *text = arena_strdup(&r->arena, str_c(&s));
  str_fini(&s);
  return text;
}

static const char *power_words(Run *r) {
  const Goal *g = &r->goal;
  bool levels = false;
  for (int j = 0; j < r->p; j++) levels = levels || (r->fact[j].c->dict && !isnan(r->fact[j].power.value));
  if (g->kind == GOAL_NONE) return "";
  const char *what = g->kind == GOAL_NUMBER ? "rank_r: each column alone with"
                     : g->k == 2            ? "auc: each column alone on"
                                            : "auc: each column alone, the mean over classes of";
  return arena_printf(&r->arena, "\n%s %s%s", what, g->name,
                      levels ? "; levels are learnt on the other half of the rows" : "");
}

ErrCode report_columns(Run *r, Err *err) {
  Tab t, few;
  TRY(overview(r, err));
  tab_init(&t, &r->arena,
           "~column ~type %power? %power_low? %power_high? ~measure? #n #missing #distinct #distinct_low? "
           "#distinct_high? %mean? %mean_low? %mean_high? %sd? %min? %q1? %q1_low? %q1_high? %median? %median_low? "
           "%median_high? %q3? %q3_low? %q3_high? %max? %skew? %skew_low? %skew_high? %zeros? %zeros_low? "
           "%zeros_high? ~top? %top_share? %top_low? %top_high? ~shape?");
  tab_init(&few, &r->arena, "~column ~auc? ~rank_r? #miss? ~middle ~shape");
  if (r->goal.j >= 0) card(r, &t, r->goal.j), card_shown(r, &few, r->goal.j);
  for (int k = 0; k < r->nplace; k++) {
    card(r, &t, r->place[k]);
    if (k < SHOWN) card_shown(r, &few, r->place[k]);
  }
  if (r->nplace > SHOWN) {
    tab_row(&few);
    tab_text(&few, "column", arena_printf(&r->arena, "%d more", r->nplace - SHOWN));
    tab_text(&few, "middle", "r.columns has all");
  }
  const char *caption = arena_printf(&r->arena, "columns  %lld: %s%s%s%s", (long long)r->p, count_columns(r),
                                     r->goal.y ? "; strongest first" : "", power_words(r), tell_sample(r));
  TRY(report_section(r, REPORT_COLUMNS, &t, caption, err));
  return report_shown(r, REPORT_COLUMNS, &few, err);
}

// Shared by the files of the report: one run over the rows at hand, what it found of each column, and tables.
#pragma once
#include "stats/assoc_int.h"
#include "stats/quality.h"
#include "stats/quality_int.h"
#include "stats/report.h"
#include "stats/stats_int.h"

#include "num/num.h"

typedef struct Bar { // error bar of an estimate
  double low, high;
} Bar;

// ---- columns (report_facts.c) --------------------------------------------------------------------------------------
typedef enum { FACT_EMPTY, FACT_NUMBERS, FACT_DATES, FACT_WORDS } FactKind;
enum { SHAPE_BINS = 16, TOP_WORDS = 5, FIFTHS = 5, BLANK_WORDS = 4, CODES = 2 };

typedef struct Facts {
  FactKind kind;
  const char *name;
  const Column *c;                // of the rows at hand
  int64_t n, nan, distinct, once; // n: values, neither missing nor NaN; once: values of one row
  bool id, spans;                 // says which row it is and no more; values fill their range
  double mean, sd, skew, q[5];    // min q1 median q3 max, R's type 7
  double fifth[FIFTHS - 1];       // 20, 40, 60, 80 %
  int64_t zeros, parts, mode_n;   // parts: not whole
  double mode, rest, centre;      // medians of what is not 0, and of what is no code for missing
  double top_share;               // of the sum, in the largest 1 % of rows; NaN where a value is below 0
  ValueCode code[CODES];          // that stand for missing
  int ncode;
  int64_t bin[SHAPE_BINS]; // of values from lo to hi, or of levels, most frequent first
  int nbin;
  double lo, hi;
  bool below, above;                                           // some lie outside of lo to hi
  Sv top[TOP_WORDS], blank[BLANK_WORDS];                       // most frequent; that read as missing ("?", "unknown")
  int64_t top_n[TOP_WORDS], blank_n[BLANK_WORDS], number_rows; // number_rows: whose words are numbers
  int ntop, nblank;
  WordCounts words;              // of categories and texts
  PowerOut power;                // how well it alone tells the target
  Bar skew_bar, quartile_bar[3]; // of a sample
} Facts;

// ---- target (report_goal.c) ----------------------------------------------------------------------------------------
typedef enum { GOAL_NONE, GOAL_CLASSES, GOAL_NUMBER } GoalKind;
typedef struct Goal {
  GoalKind kind;
  int j; // its column; -1 none
  const char *name;
  const Column *column; // as it stands
  Column *y;            // of the rows at hand; two classes: true where it is the class that is told
  uint32_t *class;      // of each row; NO_CODE where missing
  uint32_t *group;      // room for as many: see goal_p
  int64_t n, k;         // rows that have it; classes that occur
  const char **level;   // k
  int64_t *count;       // k
  uint32_t told;        // the class whose share is told
  double mean, sd;      // of a number
} Goal;

// ---- a run (report.c) ----------------------------------------------------------------------------------------------
typedef struct Strong { // a pair of number columns that go together
  int a, b;
  double r;
  bool ranks;
} Strong;

typedef struct Run {
  Job *job;
  const ReportOpts *opts;
  const Frame *whole; // as it was given
  Frame *f;           // the rows at hand
  int64_t n, all, p;  // rows at hand, rows of all, columns
  bool part;          // a sample
  Arena arena;
  Room values, keys; // of the column at hand
  Alerts alerts;
  Goal goal;
  Facts *fact; // p
  int *place;  // columns from the strongest to the weakest, the target left out; without one, as they stand
  int nplace;
  Strong *strong; // pairs of |r| >= .9, and the strongest one
  int nstrong;
  int64_t copies, twins; // rows that repeat an earlier one: in all columns, in all but ids and the target
  Frame *spellings;      // of stats_inconsistent; NULL: not looked at
  Report *out;
} Run;

NODISCARD ErrCode goal_init(Run *r, Err *err); // goal_fini always
void goal_fini(Goal *g);
// report_power.c: x becomes the n values of c that are numbers, ascending; *power: as of stats_power. ERR_MEMORY,
// ERR_CANCELLED.
NODISCARD ErrCode goal_sort(Run *r, const Column *c, double *x, int64_t n, PowerOut *power, Err *err);
NODISCARD ErrCode facts_init(Run *r, Err *err); // with alerts about single columns
void facts_fini(Run *r);
static inline bool fact_numbers(const Facts *t) { return t->kind == FACT_NUMBERS || t->kind == FACT_DATES; }
// "1,500", "2012-03-01": a value of the column.
const char *fact_value(Run *r, const Facts *t, double v);

// Each fills its sections.
NODISCARD ErrCode report_pairs(Run *r, Err *err);   // correlations; r->strong
NODISCARD ErrCode report_copies(Run *r, Err *err);  // duplicates; r->copies
NODISCARD ErrCode report_leaks(Run *r, Err *err);   // leaks
NODISCARD ErrCode report_alerts(Run *r, Err *err);  // alerts, after all that finds something
NODISCARD ErrCode report_columns(Run *r, Err *err); // overview, columns
NODISCARD ErrCode report_target(Run *r, Err *err);  // target
NODISCARD ErrCode report_missing(Run *r, Err *err); // missing, patterns, pairs
NODISCARD ErrCode report_steps(Run *r, Err *err);   // steps, after alerts

// Missing or not against the target (report_goal.c): "bad 57% there, 25% elsewhere" when p < .001, else NULL.
const char *goal_missing(Run *r, const Column *c);
// p of no difference between the groups g->group, 0 .. k - 1 or NO_CODE: Pearson's chi-square, or F of a one-way
// analysis of variance.
double goal_p(Run *r, int64_t k);

// ---- error bars (report_bars.c): 95 %, from n of N rows; no width when n = N --------------------------------------
Bar bar_share(const Run *r, int64_t k, int64_t n);             // Wilson
Bar bar_wilson(double k, double n);                            // of an endless supply of rows
Bar bar_mean(const Run *r, double mean, double sd, int64_t n); // Student
Bar bar_distinct(const Run *r, const Facts *t, double *estimate);
Bar bar_auc(const Run *r, double auc, double yes, double no); // Hanley and McNeil 1982
Bar bar_power(const Run *r, const PowerOut *power);
Bar bar_ranks(const Run *r, double rho, int64_t n); // Bonett and Wright 2000
// Of the skewness of x, from its influence function (room: n); of the quantiles 25, 50, 75 % of sorted x, by its order.
Bar bar_skew(const Run *r, const double *x, int64_t n, const Facts *t, double *room);
void bar_quartiles(const Run *r, const double *x, int64_t n, Bar out[3]);

// ---- tables (report_tab.c) ---------------------------------------------------------------------------------------
enum { TAB_COLUMNS = 40 };
typedef struct Tab { // columns known from the beginning, cells by name
  Arena *a;
  int m;
  const char *name[TAB_COLUMNS];
  char kind[TAB_COLUMNS]; // ~ text, # int, % real
  bool optional[TAB_COLUMNS], used[TAB_COLUMNS];
  void *cell[TAB_COLUMNS];
  int64_t n, cap;
} Tab;
// "~column #n %low?": a type sign before the name; ? behind: left out when no row has it.
void tab_init(Tab *t, Arena *a, const char *columns);
void tab_row(Tab *t); // begins a row, all missing
void tab_text(Tab *t, const char *column, const char *v);
void tab_int(Tab *t, const char *column, int64_t v);
void tab_real(Tab *t, const char *column, double v);
void tab_bar(Tab *t, const char *low, const char *high, Bar b);
// The section, and what is shown of it (`t`: NULL for nothing).
NODISCARD ErrCode report_section(Run *r, int section, const Tab *t, const char *caption, Err *err);
NODISCARD ErrCode report_shown(Run *r, int section, const Tab *t, Err *err); // under the section's caption
const char *name_with_sign(Run *r, int j);                                   // Income#
NODISCARD ErrCode tab_frame(Job *job, const Tab *t, const char *caption, Frame **out, Err *err);

// ---- words (report_tell.c); arena-owned ---------------------------------------------------------------------------
const char *tell_count(Run *r, int64_t n); // 1,309
const char *tell_rows(Run *r, int64_t n, const char *one, const char *many);
const char *tell_share(Run *r, double share);   // 57%, <1%
const char *tell_percent(Run *r, double share); // 8.6%, <0.1%
const char *tell_number(Run *r, double v);      // 4 digits
const char *tell_short(Run *r, double v);       // 78k, 1.2M
// A value of that column in those words; a year has no comma.
const char *tell_fact(Run *r, const Facts *t, double v, const char *(*word)(Run *, double));
const char *tell_auc(Run *r, double v);         // .697
// Bars of eighths, the highest full: nothing is `none`, the least bit is a stroke.
const char *tell_bars(Run *r, const int64_t *v, int n, const char *none);
const char *tell_sample(Run *r); // "; estimates from 50,000 of 1,000,000 rows" or ""

// One run of the report: the rows at hand (all, or a keyed sample), what each column holds, and then section by
// section. Everything is asked once: the columns are sorted once each, the target is read once, and sections that come
// later use what earlier ones found.
#include "stats/report_int.h"

#include "frame/verbs.h"

#include <stdlib.h>

#define REPORT_WORD(NAME, word) #word,
const char *const REPORT_NAMES[REPORT_NSECTIONS] = {REPORT_SECTIONS(REPORT_WORD)};
#undef REPORT_WORD

bool report_section_doc(int k, const char **name, const char **doc) {
  static const char *const docs[REPORT_NSECTIONS] = {
      "what is odd, worst first: level, column, alert, rows, text",
      "rows, columns, types, missing cells, complete rows, memory",
      "a card a column: counts, quartiles, top values, shape, power over the target",
      "share or mean of the target by fifths of numbers and by levels, with intervals",
      "what tells the target better than it will when it counts, with and without it",
      "pairs of numbers by values and by ranks, with intervals, strongest first",
      "missing values by column, and where in the table they are",
      "which columns are missing together, and in how many rows",
      "how the missing values of two columns go together",
      "rows that come again: exactly, but for ids, with another target, but for spelling",
      "what would clean the table: step, column, reason, and the line of Lua",
  };
  if (k < 0 || k >= REPORT_NSECTIONS) return false;
  *name = REPORT_NAMES[k], *doc = docs[k];
  return true;
}

void report_free(Report *r) {
  for (int k = 0; r && k < REPORT_NSECTIONS; k++) frame_unref(r->section[k]), frame_unref(r->shown[k]);
  if (r) arena_fini(&r->arena);
  free(r);
}

static ErrCode draw_rows(Run *r, Err *err) {
  int64_t n = r->opts->sample;
  r->all = frame_nrow(r->whole), r->p = frame_ncol(r->whole);
  r->part = n > 0 && n < r->all, r->n = r->part ? n : r->all;
  if (!r->part) return r->f = frame_ref(r->whole), OK;
  return frame_sample(r->job, r->whole, n, (uint64_t)r->opts->seed, &r->f, err);
}

static ErrCode look(Run *r, Err *err) {
  static ErrCode (*const section[])(Run *, Err *) = {report_pairs,   report_copies, report_leaks,   report_alerts,
                                                     report_columns, report_target, report_missing, report_steps};
  TRY(draw_rows(r, err));
  r->alerts = (Alerts){.job = r->job, .f = r->f, .whole = r->whole};
  TRY(goal_init(r, err));
  TRY(facts_init(r, err));
  for (size_t k = 0; k < sizeof section / sizeof *section; k++) {
    TRY(job_tick(r->job, (int64_t)k, 8, err));
    TRY(section[k](r, err));
  }
  return OK;
}

ErrCode stats_report(Job *job, const Frame *f, const ReportOpts *opts, Report **out, Err *err) {
  Run r = {.job = job, .opts = opts, .whole = f, .out = calloc(1, sizeof *r.out)};
  if (!r.out) abort();
  ErrCode code = look(&r, err);
  facts_fini(&r);
  goal_fini(&r.goal);
  free(r.alerts.item);
  arena_fini(&r.alerts.arena);
  frame_unref(r.spellings);
  frame_unref(r.f);
  arena_fini(&r.arena);
  if (code == OK) *out = r.out;
  else report_free(r.out);
  return code;
}

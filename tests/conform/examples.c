// Every function, step and model that Lua sees has a signature, a summary and an example that runs.
#include "check.h"

#include "bind/bind_int.h"
#include "chart/chart.h"
#include "kernel/kernel_int.h"
#include "model/model.h"
#include "stats/tests.h"

#include <stdlib.h>
#include <unistd.h>

TEST(every_row_documents_itself) {
  for (const Family *f = FAMILIES; f->prefix; f++)
    for (const BindFn *r = family_rows(f); r->name; r++) {
      if (!r->signature || !*r->signature) fail_msg("%s%s has no signature", f->prefix, r->name);
      if (!r->summary || !*r->summary) fail_msg("%s%s has no summary", f->prefix, r->name);
      if (!r->example || !*r->example) fail_msg("%s%s has no example", f->prefix, r->name);
    }
}

TEST(every_option_has_a_doc_and_a_default_in_its_range) {
  for (const Family *f = FAMILIES; f->prefix; f++)
    for (const BindFn *r = family_rows(f); r->name; r++)
      for (const Param *p = r->params; p && p->name; p++) {
        if (!p->doc || !*p->doc) fail_msg("%s%s: %s has no doc", f->prefix, r->name, p->name);
        if (p->doc[strlen(p->doc) - 1] == '.') fail_msg("%s%s: %s: a doc has no full stop", f->prefix, r->name, p->name);
      }
}

static void run_example(const char *prefix, const char *name, const char *example) {
  if (!example) fail_msg("%s%s has no example", prefix, name);
  KernelOpts opts = {.format = "text", .seed = 1, .threads = 2};
  Session s;
  Err err;
  CellError e;
  assert_int_equal(session_open(&s, &opts, ".", true, &err), OK);
  s.quiet = true;
  ErrCode code = host_run_cell(s.host, 1, sv(example), &e);
  session_close(&s);
  if (code != OK) fail_msg("%s%s: %s\n  %s", prefix, name, example, e.err.msg);
}

TEST(every_example_runs) {
  char folder[] = "/tmp/tycho-examples-XXXXXX";
  assert_non_null(mkdtemp(folder));
  char *was = getcwd(NULL, 0);
  assert_int_equal(chdir(folder), 0);
  for (const Family *f = FAMILIES; f->prefix; f++)
    for (const BindFn *r = family_rows(f); r->name; r++) run_example(f->prefix, r->name, r->example);
  for (const ChartType *const *t = chart_types(); *t; t++) run_example("d:", (*t)->name, (*t)->example);
  for (const TestType *const *t = test_types(); *t; t++) run_example("stats.", (*t)->name, (*t)->example);
  for (const StepType *const *t = prep_steps(); *t; t++) run_example("prep.", (*t)->name, (*t)->example);
  for (const ModelType *const *t = model_types(); *t; t++) run_example("ml.", (*t)->name, (*t)->example);
  assert_int_equal(chdir(was), 0);
  free(was);
  char command[64];
  snprintf(command, sizeof command, "rm -r %s", folder);
  assert_int_equal(system(command), 0);
}

RUN(CASE(every_row_documents_itself), CASE(every_option_has_a_doc_and_a_default_in_its_range),
    CASE(every_example_runs))

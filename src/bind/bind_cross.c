// d:crosstab: tables of two categories.
#include "bind/bind_int.h"

#include "stats/assoc.h"

static const Param CROSSTAB[] = {
    {"rows", PARAM_TEXT, offsetof(CrosstabOpts, rows), 0, 0, NULL, NULL, "the column whose levels make the rows"},
    {"columns", PARAM_TEXT, offsetof(CrosstabOpts, columns), 0, 0, NULL, NULL,
     "the column whose levels make the columns"},
    {"by", PARAM_TEXT, offsetof(CrosstabOpts, by), 0, 0, "", NULL, "a table for each level of this column"},
    {"count", PARAM_TEXT, offsetof(CrosstabOpts, count), 0, 0, "", NULL,
     "a column that says how many cases a row stands for"},
    {"show", PARAM_CHOICE, offsetof(CrosstabOpts, show), 0, 0, "count", CROSSTAB_SHOWS, "what the cells hold"},
    {"conf", PARAM_REAL, offsetof(CrosstabOpts, conf), 0.01, 0.999999, "0.95", NULL,
     "confidence level of the intervals"},
    PARAM_END};

static ErrCode crosstab(Call *c) { return stats_crosstab(c->job, c->self, c->opts, call_frame(c), c->err); }

const BindFn TABLE_ROWS[] = {{"crosstab", "d:crosstab(\"a\", \"b\", {by=, count=, show=\"row\"})",
                              "the table of two categories, with what it says about their association", crosstab,
                              BIND_OPTS(CrosstabOpts, CROSSTAB), .npos = 2,
                              .asked = true,
                              .example = "return data('ucb_admissions'):crosstab('Admit', 'Gender', {count='Freq'})"},
                             {0}};

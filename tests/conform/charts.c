// What every chart keeps to, whatever the data: valid marks and axes, words, a size that fits, the same bytes again and
// for any number of threads, and an end when it is cancelled at any tick.
#include "unit/chart/chart_help.h"

#include "base/pool.h"
#include "frame/verbs.h"

// A frame and options that suit each chart. The frames are odd in one way each.
typedef struct Try {
  const char *chart, *words;
} Try;
static const Try TRIES[] = {
    {"hist", "x=x"},
    {"hist", "x=k bins=7"},
    {"hist", "x=x by=g density=true"},
    {"bar", "x=g"},
    {"bar", "x=k y=x stat=mean"},
    {"bar", "x=g y=k stat=sum sort=level top=1"},
    {"scatter", "x=x y=k"},
    {"scatter", "x=k y=x color=g"},
    {"scatter", "x=x y=k trend=linear size=x"},
    {"scatter", "x=x y=k color=x shape=g trend=lowess"},
    {"scatter", "x=x y=k facet=g trend=linear"},
    {"bubble", "x=x y=k size=k color=g"},
    {"hexbin", "x=x y=k bins=4"},
    {"pairs", "columns=x,k,fpr color=g"},
    {"parallel", "columns=x,k,fpr color=g"},
    {"parallel", ""},
    {"line", "x=x"},
    {"line", "x=k y=x,fpr"},
    {"line", "x=g y=x"},
    {"line", "x=k y=x facet=g"},
    {"area", "x=k y=fpr,tpr stack=true"},
    {"area", "x=k y=x color=g"},
    {"step", "x=k y=x color=g"},
    {"lag", "x=k"},
    {"correlogram", "x=k"},
    {"heatmap", ""},
    {"heatmap", "order=cluster show=sign"},
    {"heatmap", "x=g y=k value=mean(x)"},
    {"calendar", "date=day value=x"},
    {"calendar", "date=day"},
    {"mosaic", "x=g y=k"},
    {"tile", "x=k y=g facet=k"},
    {"hexbin", "x=x y=k facet=g"},
    {"tile", "x=g y=k share=row"},
    {"missing", ""},
    {"roc", ""},
    {"hist", "x=x by=g stack=true rug=true"},
    {"hist", "x=x curve=true rule=scott"},
    {"bar", "x=g by=k percent=true"},
    {"bar", "x=g y=x by=k"},
    {"density", "x=x by=g"},
    {"density", "x=k logx=true cut=0 fill=false"},
    {"box", "x=x by=g notch=true"},
    {"box", "x=x logx=true"},
    {"violin", "x=x by=g"},
    {"violin", "x=k cut=false logx=true"},
    {"strip", "x=x by=g"},
    {"swarm", "x=k by=g xscale=symlog"},
    {"ecdf", "x=x by=g band=true"},
    {"ecdf", "x=x logx=true"},
    {"qq", "x=x"},
    {"qq", "x=k dist=exponential"},
    {"qq", "x=x dist=lognormal"},
    {"qq", "x=x y=k"},
    {"dot", "x=g y=x by=k"},
    {"dot", "x=k by=g logx=true"},
    {"rowmap", "part=g"},
    {"folds", "columns=x"},
    {"folds", ""},
    {"folds", "columns=k facet=g"},
    {"rowmap", "part=g by=k"},
    {"rowmap", "part=k facet=g"},
    {"scatter", "x=x y=k xscale=symlog yscale=symlog"},
    {"hist", "x=x facet=g"},
    {"bar", "x=g facet=k"},
    {"scatter", "x=x y=k facet=g"},
    {"box", "x=x by=g facet=k"},
    {"density", "x=x by=k facet=g"},
    {"roc", "score=fpr actual=g"},
    {"roc", "score=tpr actual=k positive=1"},
    {"pr", "score=fpr actual=g"},
    {"gain", "score=x actual=g positive=a"},
    {"lift", "score=fpr actual=g facet=k"},
    {"calibration", "score=fpr actual=g bins=4"},
    {"calibration", "score=tpr actual=g quantile=true"},
    {"scores", "score=x actual=g positive=a"},
    {"scores", "score=fpr actual=g count=true"},
    {"residuals", "pred=x actual=k"},
    {"residuals", "pred=x actual=k qq=true"},
    {"residuals", "pred=k actual=x facet=g"},
    {"confusion", "actual=g pred=k"},
    {"confusion", "actual=k pred=g share=all facet=k"},
    {NULL, NULL},
};

static const char *const BODIES[] = {
    "a 1 1 0.1 0.2",                                                         // one row
    "a 5 3 0 0  a 5 3 0 0  a 5 3 1 1",                                       // constant columns
    "a 1 1 0 0  NA NA 2 0.2 0.1  b 2.5 NA 0.2 0.6  b nan 4 1 1  a -3 4 1 1", // missing values, NaN
    "a 1e300 1 0 0  b -1e-300 1000000 0.5 0.5  c 0 -5 1 1",                  // far apart
    "a NA NA 0 0  b NA NA 1 1",                                              // nothing there
};

// A column `day`, every hundredth day, for the chart that needs one.
static void add_days(const char *chart, Frame *f) {
  Column *c;
  if (strcmp(chart, "calendar") != 0) return;
  assert_int_equal(column_new(NULL, COL_DATE, frame_nrow(f), NULL, &c, NULL), OK);
  for (int64_t i = 0; i < c->n; i++) c->i[i] = 100 * i - 150;
  assert_int_equal(frame_add(f, "day", c, NULL), OK);
}

// The frame for a chart: heatmap and roc take only some of the columns.
static Frame *frame_for(const Try *t, const char *body) {
  Frame *f = make_frame("g:category x:real k:int fpr:real tpr:real", body), *out;
  const char *chart = t->chart;
  bool points = strcmp(chart, "roc") == 0 && !*t->words;
  const Names *names = points ? NAMES("fpr", "tpr") : NAMES("g", "x", "k", "fpr", "tpr");
  assert_int_equal(frame_select(f, names, &out, NULL), OK);
  frame_unref(f);
  add_days(chart, out);
  return out;
}

static void check_twice(const Try *t, const Frame *f) {
  Job job = {.pool = pool_new(3)};
  Plot p, again;
  Err err = {0};
  ErrCode code = chart_try(NULL, t->chart, f, t->words, &p, &err);
  assert_int_equal(chart_try(&job, t->chart, f, t->words, &again, &err), code);
  if (code == OK) {
    Str one = {0}, two = {0};
    chart_check(&p);
    plot_print(&p, &one);
    plot_print(&again, &two);
    if (one.n != two.n || memcmp(one.s, two.s, one.n) != 0) fail_msg("%s %s: not the same again", t->chart, t->words);
    str_fini(&one);
    str_fini(&two);
  } else {
    assert_has(err.msg, t->chart);
  }
  plot_fini(&p);
  plot_fini(&again);
  pool_free(job.pool);
}

TEST(odd_frames_give_a_valid_plot_or_a_message) {
  for (const Try *t = TRIES; t->chart; t++)
    for (size_t k = 0; k < sizeof BODIES / sizeof *BODIES; k++) {
      Frame *f = frame_for(t, BODIES[k]);
      check_twice(t, f);
      frame_unref(f);
    }
}

TEST(infinite_values_are_left_out) {
  for (const Try *t = TRIES; t->chart; t++) {
    Frame *f = frame_for(t, "a 1 1 0 0 b 2 2 0 .5 a 3 3 .5 .5 b 4 4 .5 1 a 5 5 1 1");
    int j = frame_find(f, sv("x"));
    if (j >= 0) frame_at(f, j)->f[0] = INFINITY, frame_at(f, j)->f[3] = -INFINITY, check_twice(t, f);
    frame_unref(f);
  }
}

TEST(long_names_do_not_make_a_large_plot) {
  char name[5000];
  memset(name, 'n', sizeof name);
  memcpy(name + sizeof name - 20, " \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 20);
  Frame *f = make_frame("g:category x:real k:int", "a 1 1 b 2 2 a 3 3"), *long_f;
  const char *from[] = {"x"}, *to[] = {name};
  assert_int_equal(frame_rename(f, &(Names){from, 1}, &(Names){to, 1}, &long_f, NULL), OK);
  char words[6000];
  snprintf(words, sizeof words, "x=%.4980s", name);
  frame_unref(long_f);
  to[0] = words + 2;
  assert_int_equal(frame_rename(f, &(Names){from, 1}, &(Names){to, 1}, &long_f, NULL), OK);
  Plot p = chart_make("hist", long_f, words);
  assert_true(strlen(p.x.name) < 300);
  assert_has(p.x.name, "…");
  plot_fini(&p);
  frame_unref(f);
  frame_unref(long_f);
}

TEST(every_chart_documents_itself) {
  for (const ChartType *const *t = chart_types(); *t; t++) {
    assert_true((*t)->summary && *(*t)->summary && (*t)->example && *(*t)->example);
    assert_true((*t)->opts_size >= sizeof(ChartLabels));
    static const char *const everywhere[] = {"title", "xlab", "ylab"};
    for (int k = 0; k < 3; k++) assert_non_null(param_find((*t)->params, sv(everywhere[k])));
    int n = 0;
    for (const Param *p = (*t)->params; p->name; p++) {
      n++;
      if (!p->doc || !*p->doc || p->doc[strlen(p->doc) - 1] == '.') fail_msg("%s: %s", (*t)->name, p->name);
    }
    assert_true((*t)->npos <= n);
  }
}

TEST(a_cancelled_chart_stops) {
  for (const Try *t = TRIES; t->chart; t++) {
    Job job = {.cancel = true};
    Plot p;
    Err err = {0};
    Frame *f = frame_for(t, "a 1 1 0 0 b 2 2 .5 .5 a 3 3 1 1");
    if (chart_try(&job, t->chart, f, t->words, &p, &err) != ERR_CANCELLED) fail_msg("%s: %s", t->chart, err.msg);
    plot_fini(&p);
    frame_unref(f);
  }
}

RUN(CASE(odd_frames_give_a_valid_plot_or_a_message), CASE(infinite_values_are_left_out),
    CASE(long_names_do_not_make_a_large_plot), CASE(every_chart_documents_itself), CASE(a_cancelled_chart_stops))

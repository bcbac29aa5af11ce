// Small multiples of any chart. The rows are split by the levels of a column, and each level's rows make a chart of
// their own, which knows all rows (ChartWhole): so bins, the order of levels and the colours of groups come out alike,
// without a chart having to know of panels. Then ranges and categories are united (facet_unite.c).
//
// The chart of all rows is made first. Its sentence speaks for the whole, its axes say in which order categories come;
// it is thrown away afterwards. Some charts have none (ROC curves under one another are no curve): the sentences of the
// first panels stand in for it.
#include "chart/chart_int.h"

#include "base/numfmt.h"

#include "frame/verbs.h"

enum { MOST_PANELS = 12, MOST_READINGS = 3 };

typedef struct Facet {
  Pile pile;
  const ChartType *t;
  const Frame *d;   // as given
  const char *opts; // without facet
  Plot *p, all;     // the chart of all rows
  Frame *rest;      // all rows with a level, and the columns that panels see
  Levels by;
  int64_t n, *given;   // rows of rest, and where they are in d
  int64_t *row, *from; // of the panel being made, in rest and in d
  Str empty;           // names of levels with nothing to show
  int npanel;
} Facet;

// ---- options --------------------------------------------------------------------------------------------------------
static ChartLabels *labels_of(void *opts) { return opts; } // every options struct begins with them

static void set_scale(bool *log, int *scale) {
  if (*log && *scale == SCALE_LINEAR) *scale = SCALE_LOG;
  *log = *scale == SCALE_LOG;
}

void *chart_options(Arena *a, const ChartType *t, const void *given) {
  void *opts = arena_alloc(a, t->opts_size);
  memcpy(opts, given, t->opts_size);
  ChartLabels *l = labels_of(opts);
  set_scale(&l->logx, &l->xscale);
  set_scale(&l->logy, &l->yscale);
  l->facet = NULL;
  return opts;
}

// Whether an option names the column, so that panels must see it too.
bool chart_uses(const ChartType *t, const void *given, const char *name) {
  const char *opts = given;
  for (const Param *p = t->params; p->name; p++) {
    const char *text;
    Names names = {0};
    memcpy(&text, opts + p->offset, sizeof text);
    if (p->type == PARAM_TEXT && text && strcmp(text, name) == 0) return true;
    if (p->type == PARAM_NAMES) memcpy(&names, opts + p->offset, sizeof names);
    for (int64_t k = 0; k < names.n; k++)
      if (strcmp(names.name[k], name) == 0) return true;
  }
  return false;
}

// ---- rows -----------------------------------------------------------------------------------------------------------
static ErrCode keep_rows(Facet *f, Err *err) {
  int64_t n = frame_nrow(f->d);
  TRY(pile_new(&f->pile, n * 8, &f->given, err));
  TRY(pile_new(&f->pile, n * 8, &f->row, err));
  TRY(pile_new(&f->pile, n * 8, &f->from, err));
  for (int64_t i = 0; i < n; i++)
    if (f->by.of[i] >= 0) f->given[f->n++] = i;
  if (!f->n) return err_set(err, ERR_ARG, "%s: no row has a '%s' to make panels of", f->t->name, f->by.column);
  return OK;
}

static ErrCode split(Facet *f, const char *column, Err *err) {
  static const char advice[] = "keep fewer with d:where, or leave facet out";
  TRY(levels_load(&f->pile, f->d, column, MOST_PANELS, advice, f->p, &f->by, err));
  TRY(keep_rows(f, err));
  Frame *kept = NULL;
  const char *name = column;
  if (chart_uses(f->t, f->opts, column) || frame_ncol(f->d) == 1) kept = frame_ref(f->d);
  else TRY(frame_drop(f->d, &(Names){&name, 1}, &kept, err));
  ErrCode code = OK;
  if (f->n < frame_nrow(f->d)) code = frame_gather(f->pile.job, kept, f->given, f->n, &f->rest, err);
  else f->rest = frame_ref(kept);
  frame_unref(kept);
  return code;
}

// ---- panels ---------------------------------------------------------------------------------------------------------
// An error that is about these rows and not about the request.
static bool is_about_rows(ErrCode code) { return code == ERR_ARG || code == ERR_NUMERIC; }

static ErrCode make_all(Facet *f, Err *err) {
  ErrCode code = f->t->make(f->pile.job, f->rest, f->opts, &f->all, err);
  if (code == OK && f->all.npanel)
    return err_set(err, ERR_TYPE, "%s makes panels of its own: leave facet out", f->t->name);
  if (!is_about_rows(code)) return code;
  plot_fini(&f->all);
  plot_init(&f->all);
  return OK;
}

static ErrCode make_on(Facet *f, const Frame *part, Plot *panel, Err *err) {
  Arena a;
  arena_init(&a);
  ChartWhole whole = {f->rest, f->row, f->from, f->all.reading ? &f->all : NULL, (int)f->by.n};
  void *opts = arena_alloc(&a, f->t->opts_size);
  memcpy(opts, f->opts, f->t->opts_size);
  labels_of(opts)->whole = &whole;
  ErrCode code = f->t->make(f->pile.job, part, opts, panel, err);
  arena_fini(&a);
  return code;
}

static ErrCode make_panel(Facet *f, int64_t level, Err *err) {
  Plot *panel = &f->p->panel[f->npanel];
  Frame *part;
  int64_t n = 0;
  for (int64_t i = 0; i < f->n; i++)
    if (f->by.of[f->given[i]] == level) f->row[n] = i, f->from[n++] = f->given[i];
  TRY(frame_gather(f->pile.job, f->rest, f->row, n, &part, err));
  ErrCode code = make_on(f, part, panel, err);
  frame_unref(part);
  if (is_about_rows(code)) {
    plot_fini(panel);
    plot_init(panel);
    str_addf(&f->empty, "%s%s", f->empty.n ? ", " : "", f->by.name[level]);
    return OK;
  }
  panel->title = words_copy(panel, sv(f->by.name[level]), CHART_NAME_COLUMNS);
  f->npanel++;
  return code;
}

static int columns_for(int n) {
  if (n <= 3) return n;
  return n == 4 ? 2 : n <= 9 ? 3 : 4;
}

// ---- words ----------------------------------------------------------------------------------------------------------
static const char *readings(const Facet *f) {
  const Plot *p = f->p;
  if (f->all.reading) return arena_strdup(&f->p->arena, f->all.reading);
  Str s = {0};
  for (int k = 0; k < p->npanel && k < MOST_READINGS; k++)
    str_addf(&s, "%s%s: %s", k ? "; " : "", p->panel[k].title, p->panel[k].reading);
  const char *words = arena_strdup(&f->p->arena, str_c(&s));
  str_fini(&s);
  return words;
}

static void add_note(Str *s, const char *text) {
  if (text && *text) str_addf(s, "%s%s", s->n ? "; " : "", text);
}

static void describe(Facet *f, const ChartLabels *labels) {
  Plot *p = f->p;
  Str note = {0};
  const Plot *from = f->all.reading ? &f->all : &p->panel[0];
  p->reading = readings(f);
  for (int k = 0; k < p->npanel; k++) p->n += p->panel[k].n;
  add_note(&note, f->all.note);
  if (f->by.missing || f->n < frame_nrow(f->d))
    add_note(&note, arena_printf(&p->arena, "%s missing %s: not shown", words_count(p, frame_nrow(f->d) - f->n),
                                 words_copy(p, sv(f->by.column), CHART_NAME_COLUMNS)));
  if (f->empty.n) add_note(&note, arena_printf(&p->arena, "nothing to show for %s", str_c(&f->empty)));
  p->note = note.n ? arena_strdup(&p->arena, str_c(&note)) : NULL;
  str_fini(&note);
  p->title = labels->title ? words_copy(p, sv(labels->title), 4 * CHART_NAME_COLUMNS) : NULL;
  if (from->x.name) p->x.name = arena_strdup(&p->arena, from->x.name);
  if (from->y.name) p->y.name = arena_strdup(&p->arena, from->y.name);
  for (int k = 0; k < p->npanel; k++) p->panel[k].x.name = p->panel[k].y.name = NULL; // said once, for all
  if (from->groups) p->groups = arena_strdup(&p->arena, from->groups);
  p->panel_of = behind_levels(p, &f->by);
}

static ErrCode fill(Facet *f, const ChartLabels *labels, Err *err) {
  TRY(split(f, labels->facet, err));
  TRY(make_all(f, err));
  plot_panels(f->p, (int)f->by.n, 1);
  for (int64_t k = 0; k < f->by.n; k++) TRY(make_panel(f, k, err));
  if (!f->npanel) return err->code;
  if (err) *err = (Err){0};
  f->p->npanel = f->npanel, f->p->panel_columns = columns_for(f->npanel);
  panels_unite(f->p, f->all.reading ? &f->all : NULL);
  describe(f, labels);
  return OK;
}

static ErrCode make_facets(Job *job, const ChartType *t, const Frame *d, const void *opts, const ChartLabels *labels,
                           Plot *out, Err *err) {
  Facet f = {.pile = {.job = job, .chart = t->name}, .t = t, .d = d, .opts = opts, .p = out};
  Err own;
  plot_init(&f.all);
  ErrCode code = fill(&f, labels, err ? err : &own);
  plot_fini(&f.all);
  frame_unref(f.rest);
  str_fini(&f.empty);
  pile_free(&f.pile);
  return code;
}

static bool is_years(const Axis *a) {
  return a->kind == AXIS_NUMBER && a->name && fmt_is_year(a->name, a->lo, a->hi);
}

ErrCode chart_plot(Job *job, const ChartType *t, const Frame *d, const void *opts, Plot *out, Err *err) {
  Arena a;
  const ChartLabels *given = opts;
  arena_init(&a);
  const void *own = chart_options(&a, t, opts);
  ErrCode code = given->facet ? make_facets(job, t, d, own, given, out, err) : t->make(job, d, own, out, err);
  out->chart = t->name;
  if (code == OK && out->reading && (is_years(&out->x) || is_years(&out->y))) {
    char *reading = arena_strdup(&out->arena, out->reading);
    fmt_drop_commas(reading, 1500, 2100);
    out->reading = reading;
  }
  arena_fini(&a);
  return code;
}

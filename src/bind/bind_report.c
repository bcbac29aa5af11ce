// d:profile in Lua: the whole report as one object whose sections are frames, or the drift between two frames.
#include "bind/bind_report.h"

#include "base/near.h"

typedef struct ProfileArgs {
  ReportOpts report;
  DriftOpts drift;
  int with;
} ProfileArgs;
#define REPORT_AT(field) (offsetof(ProfileArgs, report) + offsetof(ReportOpts, field))
#define DRIFT_AT(field) (offsetof(ProfileArgs, drift) + offsetof(DriftOpts, field))
static const Param PROFILE[] = {
    {"target", PARAM_TEXT, REPORT_AT(target), 0, 0, "", NULL, "what is to be told: a number, a category or a bool"},
    {"positive", PARAM_TEXT, REPORT_AT(positive), 0, 0, "", NULL,
     "the class whose share is told; the rarest if not given"},
    {"sample", PARAM_INT, REPORT_AT(sample), 0, PARAM_INF, "0", NULL,
     "estimates from so many rows, with error bars; 0: all"},
    {"seed", PARAM_INT, REPORT_AT(seed), 0, PARAM_INF, "0", NULL, "the session's seed when not given"},
    {"with", PARAM_VALUE, offsetof(ProfileArgs, with), 0, 0, "", "frame",
     "how far this frame has drifted, in place of a report"},
    {"columns", PARAM_NAMES, DRIFT_AT(columns), 0, 0, "", NULL, "columns that with= compares; all when none is given"},
    {"bins", PARAM_INT, DRIFT_AT(bins), 2, 1000, "10", NULL, "bins of numbers for with=, at quantiles of d"},
    PARAM_END};

static ErrCode drift(Call *c) {
  const ProfileArgs *a = c->opts;
  const Frame *with;
  TRY(call_frame_arg(c, a->with, "with", &with));
  if (a->report.target || a->report.sample)
    return err_set(c->err, ERR_ARG, "profile: with= compares two frames, and takes no target= or sample=");
  return stats_drift(c->job, c->self, with, &a->drift, call_frame(c), c->err);
}

// What a sample says of a large table, for who waits at a screen.
static ErrCode show_early(Call *c, const ReportOpts *asked) {
  enum { LARGE = 200000, SAMPLE = 50000 };
  const HostOps *ops = &c->host->ops;
  if (asked->sample || frame_nrow(c->self) <= LARGE || !ops->preview || !ops->preview(ops->ctx, NULL)) return OK;
  ReportOpts opts = *asked;
  opts.sample = SAMPLE;
  Report *r;
  TRY(stats_report(c->job, c->self, &opts, &r, c->err));
  for (int k = 0; k < REPORT_NSECTIONS; k++) {
    HostValue v = {.kind = VALUE_FRAME, .frame = r->shown[k]};
    if (!v.frame) continue;
    v.title = frame_caption(v.frame);
    ops->preview(ops->ctx, &v);
  }
  report_free(r);
  return OK;
}

static ErrCode profile(Call *c) {
  const ProfileArgs *a = c->opts;
  if (a->with) return drift(c);
  if (a->drift.columns.n)
    return err_set(c->err, ERR_ARG,
                   "profile: columns= belongs to with=: d:select{...}:profile{} looks at some columns");
  TRY(show_early(c, &a->report));
  c->nret++;
  Report **out = (Report **)box_new(c->L, &CLASS_PROFILE);
  TRY(stats_report(c->job, c->self, &a->report, out, c->err));
  return damage_report(c->job, c->self, &a->report, *out, c->err);
}

// ---- r.alerts, r.columns ... ---------------------------------------------------------------------------------------
static int index_profile(lua_State *L) {
  const Report *r = box_test(L, 1, &CLASS_PROFILE);
  const char *key = lua_tostring(L, 2);
  if (!key || class_find(&CLASS_PROFILE, key)) return 0;
  Sv names[REPORT_NSECTIONS];
  for (int k = 0; k < REPORT_NSECTIONS; k++) {
    names[k] = sv(REPORT_NAMES[k]);
    if (strcmp(key, REPORT_NAMES[k]) != 0) continue;
    if (!r->section[k]) lua_pushnil(L);
    else *box_new(L, &CLASS_FRAME) = frame_ref(r->section[k]);
    return 1;
  }
  char hint[300];
  near_hint(hint, sizeof hint, sv(key), names, REPORT_NSECTIONS);
  return luaL_error(L, "a profile has no '%s'%s", key, hint);
}

// The lines of the steps, to be pasted into a cell.
static ErrCode script(Call *c) {
  const Report *r = c->self;
  const Frame *steps = r->section[REPORT_STEPS];
  const Column *lua = frame_at(steps, frame_find(steps, sv("lua")));
  luaL_Buffer b;
  luaL_buffinit(c->L, &b);
  for (int64_t i = 0; i < lua->n; i++) {
    Sv line = col_text(lua, i);
    luaL_addlstring(&b, line.s, line.n);
    luaL_addchar(&b, '\n');
  }
  luaL_pushresult(&b);
  c->nret = 1;
  return OK;
}

static void unref(void *object) { report_free(object); }

static ErrCode value(LuaHost *h, void *object, HostValue *out, Frame **made, Err *err) {
  (void)h, (void)made, (void)err;
  const Report *r = object;
  const Frame *f = r->shown[REPORT_OVERVIEW];
  *out = (HostValue){.kind = VALUE_FRAME, .frame = f, .title = frame_caption(f)};
  return OK;
}

static ErrCode emit(LuaHost *h, void *object, Err *err) {
  const Report *r = object;
  for (int k = 0; k < REPORT_NSECTIONS; k++) {
    if (!r->shown[k]) continue;
    TRY(job_tick(h->job, k, REPORT_NSECTIONS, err));
    HostValue v = {.kind = VALUE_FRAME, .frame = r->shown[k], .title = frame_caption(r->shown[k])};
    h->ops.emit(h->ops.ctx, &v);
  }
  return OK;
}

static const BindFn METHODS[] = {
    {"script", "r:script()", "the suggested steps as lines of Lua, to be pasted into a cell", script,
     .functions = report_section_doc, .functions_title = "sections, each a frame: r.alerts, r.columns ...",
     .example = "return data('credit'):profile{target='Status'}:script()"},
    {0}};

const Class CLASS_PROFILE = {"Profile", "a profile", METHODS, unref, index_profile, value, emit};

void report_open(lua_State *L) { class_open(L, &CLASS_PROFILE); }

const BindFn REPORT_ROWS[] = {
    {"profile", "r = d:profile{target=\"y\", sample=}; d:profile{with=e}",
     "the whole report, or how far another frame has drifted from this one", profile, BIND_OPTS(ProfileArgs, PROFILE),
     .functions = report_section_doc, .functions_title = "sections, each a frame: r.alerts, r.columns ...",
     .example =
         "local d = data 'titanic' show(d:profile{target='survived'}) show(d:head(600):profile{with=d:tail(600)}) "
         "return d:profile{target='survived', sample=500}.columns"},
    {0}};

// The steps that a table asks for, with the bars of the first column that each changes.
#include "kernel/desk_int.h"

#include "base/numfmt.h"
#include "prep/suggest.h"

// Heights of the bars, the highest 1; those for all other words come last.
static double *heights(Arena *a, const PreviewSide *s, int64_t *n) {
  int64_t top = 1;
  *n = s->present ? s->nbar : 0;
  double *h = arena_array(a, double, *n);
  for (int64_t i = 0; i < *n; i++) top = s->bar[i] > top ? s->bar[i] : top;
  for (int64_t i = 0; i < *n; i++) h[i] = (double)s->bar[i] / (double)top;
  return h;
}

// "real, 50 to 84, 44 missing", "category, 3 levels".
static const char *words(Arena *a, const PreviewSide *s) {
  char lo[NUMFMT_MAX], hi[NUMFMT_MAX], n[32];
  if (!s->present) return "not there";
  Str out = {0};
  str_add(&out, COLTYPES[s->type].name);
  bool number = s->type == COL_I64 || s->type == COL_F64;
  fmt_sensible(lo, sizeof lo, s->min, 3);
  fmt_sensible(hi, sizeof hi, s->max, 3);
  fmt_i64(n, sizeof n, s->distinct, true);
  if (number && s->min <= s->max) str_addf(&out, " %s to %s", lo, hi);
  else if (s->distinct >= 0) str_addf(&out, ", %s level%s", n, s->distinct == 1 ? "" : "s");
  fmt_i64(n, sizeof n, s->missing, true);
  if (s->missing) str_addf(&out, ", %s missing", n);
  const char *text = arena_strndup(a, str_c(&out), out.n);
  str_fini(&out);
  return text;
}

static Names copy_names(Arena *a, const Names *from) {
  Names to = {arena_array(a, const char *, from->n), from->n};
  for (int64_t i = 0; i < from->n; i++) to.name[i] = arena_strdup(a, from->name[i]);
  return to;
}

static void copy_step(Arena *a, const Suggestion *s, WireStep *out) {
  *out = (WireStep){.lua = s->lua ? arena_strdup(a, s->lua) : "",
                    .rule = arena_strdup(a, s->rule),
                    .reason = arena_strdup(a, s->reason),
                    .columns = copy_names(a, &s->columns),
                    .rows = s->rows,
                    .shape = "",
                    .was = "",
                    .is = ""};
  if (!s->shape) return;
  const PreviewSide *was = &s->shape->side[PREVIEW_BEFORE], *is = &s->shape->side[PREVIEW_AFTER];
  out->shape = arena_strdup(a, s->shape->name);
  out->before = heights(a, was, &out->nbefore), out->after = heights(a, is, &out->nafter);
  out->was = words(a, was), out->is = words(a, is);
}

ErrCode view_steps(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const MsgViewSteps *v = &ask->ViewSteps;
  Suggestions s;
  MsgSteps *m = &answer->Steps;
  Arena *a = &answer->arena;
  ErrCode code = prep_suggest(job, found->frame, *v->target ? v->target : NULL, &s, err);
  if (code == OK) {
    *m = (MsgSteps){v->object, found->version, frame_nrow(found->frame), arena_array(a, WireStep, s.n), s.n};
    for (int64_t i = 0; i < s.n; i++) copy_step(a, &s.item[i], &m->item[i]);
  }
  suggestions_free(&s);
  return code;
}

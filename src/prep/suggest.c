// The engine behind suggestions: a table of rules, each a function that looks at the features and adds steps. A step is
// fitted on the frame as the steps before it leave it, so that what is suggested runs as it is written, and its rows
// are counted, not guessed.
#include "prep/suggest_int.h"

#include "base/numfmt.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LISTED = 4 };

static const struct {
  const char *name, *doc;
  SuggestFn fn;
} RULES[] = {
    {"units", "quantities that are written in several units", suggest_units},
    {"types", "texts of which at least 80 % read as numbers or dates", suggest_types},
    {"leaks", "columns that tell the target but will not be known", suggest_leaks},
    {"constant", "columns with one value", suggest_constant},
    {"ids", "numbers of rows, and texts that hardly repeat", suggest_ids},
    {"blanks", "blanks around texts and within them", suggest_blanks},
    {"unknown", "words such as 'unknown' and '?' that stand for missing", suggest_unknown},
    {"variants", "categories whose values differ in case, marks, blanks or a typing error", suggest_variants},
    {"empty", "columns of which half or more is missing", suggest_empty},
    {"indicator", "columns of which 10 % or more is missing", suggest_indicator},
    {"impute", "missing values", suggest_impute},
    {"dates", "dates and times", suggest_dates},
    {"skew", "numbers with an absolute skewness above 3", suggest_skew},
    {"levels", "categories, as columns of true and false", suggest_levels},
    {"scales", "numbers whose spreads differ more than tenfold", suggest_scales},
    {"balance", "a target with a class of 80 % or more", suggest_balance},
};
enum { NRULE = sizeof RULES / sizeof *RULES };

bool suggest_rules(int k, const char **name, const char **doc) {
  if (k < 0 || k >= NRULE) return false;
  return *name = RULES[k].name, *doc = RULES[k].doc, true;
}

// ---- words ---------------------------------------------------------------------------------------------------------
const char *suggest_count(Suggest *s, int64_t n) {
  char buf[32];
  fmt_i64(buf, sizeof buf, n, true);
  return arena_strdup(s->arena, buf);
}

const char *suggest_number(Suggest *s, double v) {
  char buf[NUMFMT_MAX];
  fmt_sensible(buf, sizeof buf, v, 3);
  return arena_strdup(s->arena, buf);
}

const char *suggest_list(Suggest *s, const Picks *p) {
  Str b = {0};
  for (int64_t k = 0; k < p->n && k < LISTED; k++)
    str_addf(&b, "%s%s", k == 0 ? "" : k + 1 == p->n ? " and " : ", ", p->name[k]);
  if (p->n > LISTED) str_addf(&b, " and %lld more", (long long)(p->n - LISTED));
  const char *text = arena_strndup(s->arena, str_c(&b), b.n);
  str_fini(&b);
  return text;
}

// ---- specs ---------------------------------------------------------------------------------------------------------
Picks picks_new(Suggest *s) { return (Picks){arena_array(s->arena, const char *, frame_ncol(s->now) + 1), 0}; }

StepSpec suggest_spec(Suggest *s, const char *step, const Picks *columns) {
  StepSpec spec = {prep_find(sv(step)), NULL};
  if (!spec.type) return spec;
  spec.opts = arena_alloc(s->arena, spec.type->opts_size);
  param_defaults(spec.type->params, spec.opts);
  suggest_names(&spec, "columns", (Names){columns->name, columns->n});
  return spec;
}

// The rules set options that their steps have, to values that fit.
static const Param *option(const StepSpec *spec, const char *name) { return param_find(spec->type->params, sv(name)); }

void suggest_text(StepSpec *spec, const char *name, const char *v) {
  if (param_set_text(option(spec, name), spec->type->name, spec->opts, v, NULL) != OK) abort();
}

void suggest_real(StepSpec *spec, const char *name, double v) {
  if (param_set_real(option(spec, name), spec->type->name, spec->opts, v, NULL) != OK) abort();
}

void suggest_int(StepSpec *spec, const char *name, int64_t v) {
  if (param_set_int(option(spec, name), spec->type->name, spec->opts, v, NULL) != OK) abort();
}

void suggest_names(StepSpec *spec, const char *name, Names v) { param_set_names(option(spec, name), spec->opts, v); }

// prep.units{"height", to="in"}: columns as plain arguments, and the options that are not at their defaults.
static const char *print_spec(Suggest *s, const StepSpec *spec) {
  Arena a;
  arena_init(&a);
  void *dflt = arena_alloc(&a, spec->type->opts_size);
  param_defaults(spec->type->params, dflt);
  Str b = {0};
  str_addf(&b, "prep.%s{", spec->type->name);
  for (const Param *p = spec->type->params; p->name; p++) {
    const char *v = param_print(p, spec->opts, &a);
    if (strcmp(v, param_print(p, dflt, &a)) == 0) continue;
    const char *sep = b.s[b.n - 1] == '{' ? "" : ", ";
    if (p == spec->type->params) str_addf(&b, "%.*s", (int)strlen(v) - 2, v + 1);
    else str_addf(&b, "%s%s=%s", sep, p->name, v);
  }
  str_addc(&b, '}');
  const char *text = arena_strndup(s->arena, str_c(&b), b.n);
  str_fini(&b);
  arena_fini(&a);
  return text;
}

// ---- adding --------------------------------------------------------------------------------------------------------
static bool ends_all(ErrCode code) { return code == ERR_MEMORY || code == ERR_CANCELLED; }

static const PreviewColumn *keep_shape(Suggest *s, const StepPreview *p) {
  const PreviewColumn *best = NULL;
  for (int64_t k = 0; k < p->ncolumn; k++) {
    const PreviewColumn *c = &p->column[k];
    bool both = c->side[PREVIEW_BEFORE].present && c->side[PREVIEW_AFTER].present;
    if (c->changed && both && !best) best = c;
  }
  if (!best && p->ncolumn) best = &p->column[0];
  if (!best) return NULL;
  PreviewColumn *kept = arena_new(s->arena, PreviewColumn);
  *kept = *best;
  kept->name = arena_strdup(s->arena, best->name);
  kept->level = arena_array(s->arena, const char *, best->nlevel);
  for (int k = 0; k < best->nlevel; k++) kept->level[k] = arena_strdup(s->arena, best->level[k]);
  return kept;
}

static Suggestion *next_item(Suggest *s) {
  Suggestions *o = s->out;
  Suggestion *grown = arena_array(s->arena, Suggestion, o->n + 1);
  if (o->n) memcpy(grown, o->item, (size_t)o->n * sizeof *grown);
  o->item = grown;
  return &grown[o->n++];
}

static Names keep_names(Suggest *s, const Picks *p) {
  Names n = {arena_array(s->arena, const char *, p->n), p->n};
  for (int64_t k = 0; k < p->n; k++) n.name[k] = arena_strdup(s->arena, p->name[k]);
  return n;
}

// "; 38 values become missing".
static void say_lost(const StepPreview *p, Str *b) {
  int64_t lost = 0;
  char buf[32];
  for (int64_t k = 0; k < p->ncolumn; k++) {
    const PreviewSide *x = p->column[k].side;
    if (x[0].present && x[1].present && x[1].missing > x[0].missing) lost += x[1].missing - x[0].missing;
  }
  if (!lost) return;
  fmt_i64(buf, sizeof buf, lost, true);
  str_addf(b, "; %s value%s missing", buf, lost == 1 ? " becomes" : "s become");
}

ErrCode suggest_add(Suggest *s, const char *rule, const StepSpec *spec, const Picks *columns, Err *err,
                    const char *reason, ...) {
  StepPreview p;
  Err why = {0};
  StepIn in = {.x = s->now, .seed = 1};
  if (!spec->type || !columns->n) return OK;
  ErrCode code = step_preview(s->job, spec->type, spec->opts, &in, &p, &why);
  if (code == OK && p.ncolumn) {
    char text[1000];
    va_list args;
    va_start(args, reason);
    vsnprintf(text, sizeof text, reason, args);
    va_end(args);
    Str b = {0};
    str_add(&b, text);
    say_lost(&p, &b);
    Suggestion *item = next_item(s);
    *item = (Suggestion){rule,
                         print_spec(s, spec),
                         keep_names(s, columns),
                         p.affected,
                         arena_strndup(s->arena, str_c(&b), b.n),
                         keep_shape(s, &p)};
    if (!item->rows) item->rows = frame_nrow(s->now);
    str_fini(&b);
    frame_unref(s->now);
    s->now = frame_ref(p.after);
  }
  step_preview_free(&p);
  return ends_all(code) ? err_set(err, code, "%s", why.msg) : OK;
}

void suggest_remark(Suggest *s, const char *rule, const char *column, int64_t rows, const char *reason) {
  Picks one = {&column, 1};
  Suggestion *item = next_item(s);
  *item = (Suggestion){rule, NULL, keep_names(s, &one), rows, arena_strdup(s->arena, reason), NULL};
}

ErrCode suggest_try(Suggest *s, const StepSpec *spec, Frame **card, Err *err) {
  StepState state = {0};
  StepIn in = {.x = s->now, .seed = 1};
  Err why = {0};
  *card = NULL;
  if (!spec->type) return OK;
  ErrCode code = spec->type->fit(s->job, spec->opts, &in, &state, &why);
  if (code == OK) code = spec->type->card(s->job, spec->opts, &state, card, &why);
  arena_fini(&state.arena);
  return ends_all(code) ? err_set(err, code, "%s", why.msg) : OK;
}

// ---- all of them ---------------------------------------------------------------------------------------------------
static ErrCode take_features(Suggest *s, Err *err) {
  int t = -1;
  if (s->target) TRY(frame_col(s->file, sv(s->target), &t, err));
  s->now = frame_new(frame_nrow(s->file));
  for (int j = 0; j < frame_ncol(s->file); j++)
    if (j != t) TRY(frame_add(s->now, frame_name(s->file, j), column_ref(frame_at(s->file, j)), err));
  return OK;
}

ErrCode prep_suggest(Job *job, const Frame *f, const char *target, Suggestions *out, Err *err) {
  *out = (Suggestions){0};
  arena_init(&out->arena);
  Suggest s = {.job = job, .file = f, .target = target, .out = out, .arena = &out->arena};
  ErrCode code = take_features(&s, err);
  for (int k = 0; k < NRULE && code == OK && frame_nrow(f) > 0; k++) {
    arena_init(&s.scratch);
    code = job_tick(job, k, NRULE, err);
    if (code == OK) code = RULES[k].fn(&s, RULES[k].name, err);
    arena_fini(&s.scratch);
  }
  frame_unref(s.now);
  return code;
}

void suggestions_free(Suggestions *s) {
  arena_fini(&s->arena);
  *s = (Suggestions){0};
}

void suggestions_print(const Suggestions *s, const bool *use, Str *out) {
  bool any = false;
  for (int64_t k = 0; k < s->n; k++) {
    if (!s->item[k].lua || (use && !use[k])) continue;
    str_addf(out, "%s  %s", any ? ",\n" : "p = pipe{\n", s->item[k].lua);
    any = true;
  }
  if (any) str_add(out, "\n}");
}

ErrCode suggestions_table(Job *job, const Suggestions *s, Frame **out, Err *err) {
  Arena a;
  arena_init(&a);
  const char **text = arena_array(&a, const char *, 4 * s->n + 1), **columns = text + s->n, **reason = columns + s->n,
             **rule = reason + s->n;
  int64_t *rows = arena_array(&a, int64_t, s->n), steps = 0;
  for (int64_t k = 0; k < s->n; k++) {
    const Suggestion *i = &s->item[k];
    Str b = {0};
    for (int64_t c = 0; c < i->columns.n; c++) str_addf(&b, "%s%s", c ? ", " : "", i->columns.name[c]);
    text[k] = i->lua, columns[k] = arena_strndup(&a, str_c(&b), b.n), reason[k] = i->reason, rule[k] = i->rule;
    rows[k] = i->rows, steps += i->lua != NULL;
    str_fini(&b);
  }
  Frame *made = frame_new(s->n);
  ErrCode code = card_words(job, made, "step", text, err);
  if (code == OK) code = card_words(job, made, "columns", columns, err);
  if (code == OK) code = card_ints(job, made, "rows", rows, err);
  if (code == OK) code = card_words(job, made, "reason", reason, err);
  if (code == OK) code = card_words(job, made, "rule", rule, err);
  char caption[120];
  snprintf(caption, sizeof caption, "%lld step%s that the values ask for, in order; none is done yet", (long long)steps,
           steps == 1 ? "" : "s");
  frame_set_caption(made, steps ? caption : "no step is asked for");
  arena_fini(&a);
  return frame_give(code, made, out);
}

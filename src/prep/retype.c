// Texts that are mostly numbers or dates, as that type. Which type, and in which order the days, months and years of a
// date stand, is learned from the training rows: what reads the most of them, the plainer one among equals. Cells that
// do not fit the type become missing, and the card lists them. A column of which less than `share` reads stays as it
// is. With type= the type is given, also for columns of numbers: codes that are no quantities become a category.
#include "prep/retype_int.h"

#include <stdlib.h>
#include <string.h>

enum { TYPE_AUTO = 0, DISSENTERS = 100 };

typedef struct RetypeOpts {
  Names columns;
  int type, decimal;
  double share;
} RetypeOpts;

typedef struct Retyped {
  Hits hits;
  bool turns;
  ColType type;
  int64_t order;
} Retyped;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(RetypeOpts, columns), .dflt = "",
     .doc = "columns to read; none given: those category and text columns that read as numbers or dates"},
    {"type", PARAM_CHOICE, offsetof(RetypeOpts, type), .dflt = "auto",
     .choices = "auto|bool|int|real|date|time|category|text",
     .doc = "type of the result; auto: the number or date type that reads most"},
    {"share", PARAM_REAL, offsetof(RetypeOpts, share), 0, 1, "0.5",
     .doc = "least share of the values that must fit; a column with less stays as it is, or if named is an error"},
    {"decimal", PARAM_CHOICE, offsetof(RetypeOpts, decimal), .dflt = "point", .choices = "point|comma",
     .doc = "what stands before the decimals of a number; the other one may mark thousands"},
    PARAM_END};

static const ColType TYPES[] = {COL_TEXT, COL_BOOL, COL_I64, COL_F64, COL_DATE, COL_TIME, COL_CAT, COL_TEXT};
static const char *const ORDER_NAMES[ORDERS] = {"year month day", "day month year", "month day year"};

// ---- fit -----------------------------------------------------------------------------------------------------------
static int64_t count_fits(const RetypeOpts *o, const Codes *k, ColType type, int order) {
  int64_t n = 0;
  Read v;
  for (int64_t w = 0; w < k->n; w++)
    if (k->count[w] && retype_read(k->word[w], type, order, o->decimal, &v)) n += k->count[w];
  return n;
}

static void choose(const RetypeOpts *o, const Codes *k, const ColType *type, int ntype, Retyped *r, int64_t *best) {
  *best = -1;
  for (int t = 0; t < ntype; t++) {
    bool moment = type[t] == COL_DATE || type[t] == COL_TIME;
    for (int order = 0; order < (moment ? ORDERS : 1); order++) {
      int64_t n = count_fits(o, k, type[t], order);
      if (n > *best) *best = n, r->type = type[t], r->order = order;
    }
  }
}

typedef struct Dissenter {
  Sv word;
  int64_t n;
} Dissenter;

static int by_count(const void *a, const void *b) {
  const Dissenter *x = a, *y = b;
  if (x->n != y->n) return x->n < y->n ? 1 : -1;
  return sv_cmp(x->word, y->word);
}

static const char *fit_rule(const Retyped *r, Arena *a) {
  bool moment = r->type == COL_DATE || r->type == COL_TIME;
  if (!r->turns) return "stays as it is";
  return arena_printf(a, moment ? "%s, %s" : "%s", COLTYPES[r->type].name, ORDER_NAMES[r->order]);
}

static void keep_hits(const RetypeOpts *o, const Codes *k, int64_t fits, Arena *a, Retyped *r) {
  Arena scratch;
  arena_init(&scratch);
  Dissenter *d = arena_array(&scratch, Dissenter, k->n);
  int64_t n = 0, rows = 0;
  Read v;
  for (int64_t w = 0; w < k->n && r->turns; w++)
    if (k->count[w] && !retype_read(k->word[w], r->type, (int)r->order, o->decimal, &v))
      d[n++] = (Dissenter){k->word[w], k->count[w]};
  qsort(d, (size_t)n, sizeof *d, by_count);
  int64_t shown = n < DISSENTERS ? n : DISSENTERS;
  r->hits = (Hits){arena_array(a, Hit, shown + 2), 0};
  r->hits.hit[r->hits.n++] = (Hit){fit_rule(r, a), NULL, NULL, fits};
  for (int64_t i = 0; i < shown; i++) r->hits.hit[r->hits.n++] = (Hit){"missing", hit_text(d[i].word, a), NULL, d[i].n};
  for (int64_t i = shown; i < n; i++) rows += d[i].n;
  if (rows)
    r->hits.hit[r->hits.n++] = (Hit){"missing", arena_printf(a, "and %lld more", (long long)(n - shown)), NULL, rows};
  arena_fini(&scratch);
}

static ErrCode check_share(const RetypeOpts *o, const char *name, const Retyped *r, int64_t fits, int64_t present,
                           Err *err) {
  bool named = false;
  for (int64_t i = 0; i < o->columns.n; i++) named = named || strcmp(o->columns.name[i], name) == 0;
  if (r->turns || !named) return OK;
  return err_set(err, ERR_ARG,
                 "prep.retype: column '%s': %lld of %lld values read as %s, share asks for %g: lower share, or leave "
                 "the column out",
                 name, (long long)fits, (long long)present, COLTYPES[r->type].name, o->share);
}

static ErrCode retype_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  static const ColType AUTO[] = {COL_I64, COL_F64, COL_DATE, COL_TIME};
  const RetypeOpts *o = opts;
  Retyped *r = out;
  Codes k;
  int64_t best;
  r->type = in->c->type;
  if (!o->type && !col_is_text(in->c)) { // has a type that says more than a text
    r->hits = (Hits){arena_array(in->arena, Hit, 1), 1};
    r->hits.hit[0] = (Hit){fit_rule(r, in->arena), NULL, NULL, in->n};
    return OK;
  }
  TRY(codes_init(job, "retype", in->c, &k, err));
  if (o->type) choose(o, &k, &TYPES[o->type], 1, r, &best);
  else choose(o, &k, AUTO, sizeof AUTO / sizeof *AUTO, r, &best);
  r->turns = best > 0 && (double)best >= o->share * (double)in->n;
  keep_hits(o, &k, best, in->arena, r);
  codes_fini(&k);
  return check_share(o, in->name, r, best, in->n, err);
}

// ---- apply ---------------------------------------------------------------------------------------------------------
static ErrCode as_words(Job *job, const Column *c, ColType type, Column **out, Err *err) {
  Codes k;
  TRY(codes_init(job, "retype", c, &k, err));
  ErrCode code = repair_words(job, "retype", &k, type, k.word, out, err);
  codes_fini(&k);
  return code;
}

static ErrCode retype_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                           Column **out, Err *err) {
  (void)name;
  const RetypeOpts *o = opts;
  const Retyped *r = learned;
  bool words = r->type == COL_CAT || r->type == COL_TEXT;
  if (!r->turns || c->type == r->type) return *out = column_ref(c), OK;
  if (words) return as_words(job, c, r->type, out, err);
  Codes k;
  TRY(codes_init(job, "retype", c, &k, err));
  Read *of = arena_array(&k.arena, Read, k.n);
  for (int64_t w = 0; w < k.n; w++)
    if (k.count[w]) retype_read(k.word[w], r->type, (int)r->order, o->decimal, &of[w]);
  ErrCode code = repair_values(job, &k, r->type, of, out, err);
  codes_fini(&k);
  return code;
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void store_retyped(Store *s, void *learned) {
  Retyped *r = learned;
  hits_store(s, &r->hits);
  store_bool(s, "turns", &r->turns);
  type_store(s, "becomes", &r->type);
  store_i64(s, "order", &r->order);
  if (r->order < 0 || r->order >= ORDERS) store_fail(s, "order must be from 0 to %d", ORDERS - 1);
}

static const Each EACH = {"retype", "@text", sizeof(Retyped), PARAMS, retype_learn, retype_turn, store_retyped};

static ErrCode retype_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  return repair_fit(job, &EACH, opts, in, state, err);
}

// A column that has the type already is welcome.
static ErrCode retype_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  const EachState *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  EachState now = {{st->in.names, arena_array(&a, ColType, n)}, st->of};
  for (int64_t k = 0; k < n; k++) {
    const Retyped *r = each_of(&EACH, st, k);
    int j = frame_find(x, sv(st->in.names.name[k]));
    bool done = r->turns && j >= 0 && frame_at(x, j)->type == r->type;
    now.in.type[k] = done ? r->type : st->in.type[k];
  }
  ErrCode code = repair_apply(job, &EACH, opts, &(StepState){.data = &now}, x, out, err);
  arena_fini(&a);
  return code;
}

static void retype_store(Store *s, StepState *state) { each_store(s, &EACH, state); }

static ErrCode retype_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  const EachState *st = state->data;
  Arena a;
  arena_init(&a);
  const Hits **hits = arena_array(&a, const Hits *, st->in.names.n);
  for (int64_t k = 0; k < st->in.names.n; k++) hits[k] = &((const Retyped *)each_of(&EACH, st, k))->hits;
  ErrCode code =
      hits_card(job, &st->in, hits, "training rows that fit the type, and the values that did not", out, err);
  arena_fini(&a);
  return code;
}

const StepType step_retype = {
    .name = "retype",
    .summary = "Reads texts that are mostly numbers or dates as such; the others become missing and are listed",
    .source = "checked against pandas 1.5.3, to_numeric and to_datetime with errors='coerce', on bundled texts; "
              "units, currencies and percentages by hand",
    .unfit = "quantities with units (prep.units reads them), and codes with zeros in front",
    .example = "return pipe{prep.retype{'height'}}:preview(data 'reported_heights')",
    .params = PARAMS,
    .opts_size = sizeof(RetypeOpts),
    .fit = retype_fit,
    .apply = retype_apply,
    .store = retype_store,
    .card = retype_card,
};

// Ordinal encoding: each level becomes its number, from 0, in an order that is given or, without one, in the order of
// the sorted levels. A list is the order of every column of the step; entries such as "size: S < M < L", which users
// write as {size={"S", "M", "L"}}, give the order of one column each. Missing values stay missing; levels that the
// order (or training) does not have are an error, missing, or a number of their own.
#include "prep/levels_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <string.h>

typedef struct OrdinalOpts {
  Names columns, order;
  const char *unseen;
} OrdinalOpts;

typedef struct Ordinal {
  Encoded base;
  Names *order; // of each learned column: its levels by number
} Ordinal;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(OrdinalOpts, columns), .dflt = "",
     .doc = "columns to encode: names or \"@text\", \"@category\"; none given: every category and text column"},
    {"order", PARAM_NAMES, offsetof(OrdinalOpts, order), .dflt = "",
     .choices = "orders",
     .doc = "the levels from the lowest, or for each column {size={\"S\", \"M\", \"L\"}}; columns without: sorted"},
    {"unseen", PARAM_TEXT, offsetof(OrdinalOpts, unseen), .dflt = "missing",
     .doc = "what a level without a number becomes: \"missing\", \"error\", or a number"},
    PARAM_END};

// ---- the order -----------------------------------------------------------------------------------------------------
// The order in an entry "column: a < b" for that column; false when it is not one for it.
static bool entry_for(const char *entry, const char *column, Sv *order) {
  Sv e = sv_trim(sv(entry));
  size_t n = strlen(column);
  if (e.n <= n || strncmp(e.s, column, n) != 0) return false;
  e = sv_trim((Sv){e.s + n, e.n - n});
  if (!e.n || e.s[0] != ':') return false;
  *order = sv_trim((Sv){e.s + 1, e.n - 1});
  return order->n > 0;
}

static void split_order(Sv order, Arena *a, Names *out) {
  int64_t most = 1;
  for (size_t i = 0; i < order.n; i++) most += order.s[i] == '<';
  *out = (Names){arena_array(a, const char *, most), 0};
  for (size_t from = 0, i = 0; i <= order.n; i++) {
    if (i < order.n && order.s[i] != '<') continue;
    Sv word = sv_trim((Sv){order.s + from, i - from});
    out->name[out->n++] = arena_strndup(a, word.s, word.n);
    from = i + 1;
  }
}

static ErrCode check_order(const char *column, const Names *order, Err *err) {
  for (int64_t k = 0; k < order->n; k++)
    for (int64_t j = 0; j < k; j++)
      if (strcmp(order->name[k], order->name[j]) == 0)
        return err_set(err, ERR_ARG, "prep.ordinal: the order of column '%s' has '%s' twice", column, order->name[k]);
  return OK;
}

// Whether the k-th entry is for one of the columns.
static bool names_column(const OrdinalOpts *o, int64_t k, const Names *column) {
  Sv order;
  for (int64_t j = 0; j < column->n; j++)
    if (entry_for(o->order.name[k], column->name[j], &order)) return true;
  return false;
}

// Either every entry is for a column, or none is and the list is the order of all.
static ErrCode check_entries(const OrdinalOpts *o, const Names *column, bool *each, Err *err) {
  int64_t named = 0, other = -1;
  for (int64_t k = 0; k < o->order.n; k++) {
    if (names_column(o, k, column)) named++;
    else if (other < 0) other = k;
  }
  *each = named > 0;
  if (!named || named == o->order.n) return OK;
  return err_set(err, ERR_ARG,
                 "prep.ordinal: order has entries for a column, and '%s' is for none of the step's: write "
                 "{column={\"low\", \"high\"}}", o->order.name[other]);
}

static ErrCode find_order(const OrdinalOpts *o, const Ordinal *st, int64_t k, bool each, Arena *a, Names *out,
                          Err *err) {
  const char *column = st->base.in.names.name[k];
  Sv order;
  if (!each && o->order.n) {
    *out = (Names){arena_array(a, const char *, o->order.n), o->order.n};
    for (int64_t j = 0; j < out->n; j++) out->name[j] = arena_strdup(a, o->order.name[j]);
    return check_order(column, out, err);
  }
  *out = st->base.set[k].level;
  for (int64_t j = 0; each && j < o->order.n; j++) {
    if (!entry_for(o->order.name[j], column, &order)) continue;
    split_order(order, a, out);
    return check_order(column, out, err);
  }
  return OK;
}

// ---- fit and apply -------------------------------------------------------------------------------------------------
// The number of levels without one; NaN for missing.
static ErrCode read_unseen(const OrdinalOpts *o, double *number, bool *refuse, Err *err) {
  const char *u = o->unseen ? o->unseen : "";
  *refuse = strcmp(u, "error") == 0, *number = NAN;
  if (*refuse || strcmp(u, "missing") == 0) return OK;
  bool whole = parse_f64(u, strlen(u), number) && *number == floor(*number) && fabs(*number) < 0x1p53;
  if (whole) return OK;
  return err_set(err, ERR_ARG, "prep.ordinal: unseen must be \"missing\", \"error\" or a whole number, '%s' was given",
                 u);
}

typedef struct Encoding {
  const OrdinalOpts *opts;
  const Ordinal *st;
} Encoding;

static ErrCode encode(Job *job, const void *ctx, int64_t k, const Codes *codes, Arena *a, Frame *made, Err *err) {
  const Encoding *t = ctx;
  const char *name = t->st->base.in.names.name[k];
  bool refuse;
  double unseen, *value = arena_array(a, double, codes->n + 1);
  const int64_t *place = levels_place(&t->st->order[k], codes, a);
  Column *c;
  TRY(read_unseen(t->opts, &unseen, &refuse, err));
  *value++ = NAN;
  for (int64_t w = 0; w < codes->n; w++) {
    value[w] = place[w] < 0 ? unseen : (double)place[w];
    if (place[w] < 0 && codes->count[w] && refuse)
      return levels_refuse("ordinal", name, codes, w,
                           "which has no number: add it to order, or give unseen=\"missing\" or a number", err);
  }
  TRY(levels_column(job, COL_I64, codes, value, &c, err));
  return step_add("ordinal", made, name, c, err);
}

static ErrCode ordinal_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const OrdinalOpts *o = opts;
  Arena *a = &state->arena;
  Ordinal *st = arena_new(a, Ordinal);
  bool each, refuse;
  double unseen;
  TRY(read_unseen(o, &unseen, &refuse, err));
  TRY(encode_fit(job, "ordinal", &o->columns, in, a, &st->base, err));
  TRY(check_entries(o, &st->base.in.names, &each, err));
  st->order = arena_array(a, Names, st->base.in.names.n);
  for (int64_t k = 0; k < st->base.in.names.n; k++) TRY(find_order(o, st, k, each, a, &st->order[k], err));
  state->data = st;
  return OK;
}

static ErrCode ordinal_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,
                             Err *err) {
  const Ordinal *st = state->data;
  return encode_apply(job, "ordinal", &st->base, encode, &(Encoding){opts, st}, x, out, err);
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void ordinal_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Ordinal);
  Ordinal *st = state->data;
  encode_store(s, &st->base);
  int64_t n = st->base.in.names.n;
  if (s->reading) st->order = arena_array(&state->arena, Names, n);
  for (int64_t k = 0; k < n; k++) store_names(s, "order", &st->order[k]);
}

static int64_t rows_of(const LevelSet *v, const char *level) {
  for (int64_t l = 0; l < v->level.n; l++)
    if (strcmp(v->level.name[l], level) == 0) return v->count[l];
  return 0;
}

static ErrCode ordinal_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const OrdinalOpts *o = opts;
  const Ordinal *st = state->data;
  int64_t n = 0, at = 0, rows = 0;
  for (int64_t k = 0; k < st->base.in.names.n; k++) {
    n += st->order[k].n;
    for (int64_t l = 0; l < st->base.set[k].level.n; l++) rows += st->base.set[k].count[l];
  }
  Arena a;
  arena_init(&a);
  const char **column = arena_array(&a, const char *, n), **level = arena_array(&a, const char *, n);
  int64_t *number = arena_array(&a, int64_t, n), *count = arena_array(&a, int64_t, n);
  for (int64_t k = 0; k < st->base.in.names.n; k++)
    for (int64_t l = 0; l < st->order[k].n; l++, at++) {
      column[at] = st->base.in.names.name[k], level[at] = st->order[k].name[l];
      number[at] = l, count[at] = rows_of(&st->base.set[k], level[at]);
      rows -= count[at];
    }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", column, err);
  if (code == OK) code = card_words(job, card, "level", level, err);
  if (code == OK) code = card_ints(job, card, "number", number, err);
  if (code == OK) code = card_ints(job, card, "n", count, err);
  const char *some = rows ? arena_printf(&a, "; %lld training value%s had none", (long long)rows, rows == 1 ? "" : "s")
                          : "";
  frame_set_caption(card, arena_printf(&a, "levels without a number become %s%s", o->unseen ? o->unseen : "missing",
                                       some));
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_ordinal = {
    .name = "ordinal",
    .summary = "Turns the levels of a column into whole numbers, in an order that is given or sorted",
    .source = "checked against scikit-learn 1.2.1, OrdinalEncoder",
    .unfit = "levels without an order, to anything but trees: the model takes their numbers for distances",
    .unseen = "a missing value; unseen= gives it a number or, as \"error\", refuses it",
    .example = "return pipe{prep.ordinal{'passengerClass', order={'3rd', '2nd', '1st'}}}:preview(data 'titanic')",
    .params = PARAMS,
    .opts_size = sizeof(OrdinalOpts),
    .fit = ordinal_fit,
    .apply = ordinal_apply,
    .store = ordinal_store,
    .card = ordinal_card,
};

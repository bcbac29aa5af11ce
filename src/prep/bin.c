// Binning: numbers become the interval that they lie in. Only the points between the bins count, so that every later
// value has a bin: the first and the last are open. By hand, edges={18, 65} makes three bins. Intervals hold their
// lower end and not their upper one. Bins are categories with the names of their intervals, or of labels, or numbers
// from 0.
#include "prep/bin_int.h"

#include "base/numfmt.h"
#include "base/pool.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { INTO_CATEGORY, INTO_NUMBER };

typedef struct BinOpts {
  Names columns;
  int64_t bins;
  int method, into;
  Names edges, labels;
} BinOpts;

typedef struct Bins {
  double *cut; // ncut points between ncut + 1 bins
  int64_t ncut;
  Names label;
  int64_t *count; // training rows of each bin
} Bins;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(BinOpts, columns), .dflt = "",
     .doc = "columns to bin: names or \"@number\"; none given: every int and real column"},
    {"bins", PARAM_INT, offsetof(BinOpts, bins), 2, 1000, "5", .doc = "how many bins, unless edges are given"},
    {"method", PARAM_CHOICE, offsetof(BinOpts, method), .dflt = "width", .choices = "width|frequency|kmeans",
     .doc = "bins of equal width, with about equally many rows, or around k means"},
    {"edges", PARAM_NAMES, offsetof(BinOpts, edges), .dflt = "", .choices = "numbers",
     .doc = "bins by hand: the points between them, rising; n of them make n + 1 bins"},
    {"labels", PARAM_NAMES, offsetof(BinOpts, labels), .dflt = "", .doc = "names of the bins, from the lowest"},
    {"into", PARAM_CHOICE, offsetof(BinOpts, into), .dflt = "category", .choices = "category|number",
     .doc = "categories named by interval or label, or whole numbers from 0"},
    PARAM_END};

// ---- fit -----------------------------------------------------------------------------------------------------------
static ErrCode read_edges(const BinOpts *o, Arena *a, Bins *b, Err *err) {
  b->ncut = o->edges.n;
  b->cut = arena_array(a, double, b->ncut);
  for (int64_t k = 0; k < b->ncut; k++) {
    const char *text = o->edges.name[k];
    if (!parse_f64(text, strlen(text), &b->cut[k]) || !isfinite(b->cut[k]))
      return err_set(err, ERR_ARG, "prep.bin: edges must be numbers, '%s' was given", text);
    if (k > 0 && !(b->cut[k] > b->cut[k - 1]))
      return err_set(err, ERR_ARG, "prep.bin: edges must rise, %s comes after %s", text, o->edges.name[k - 1]);
  }
  return OK;
}

static const char *interval(const Bins *b, int64_t k, Arena *a) {
  char lo[NUMFMT_MAX] = "-inf", hi[NUMFMT_MAX] = "inf";
  if (k > 0) fmt_shortest(lo, sizeof lo, b->cut[k - 1]);
  if (k < b->ncut) fmt_shortest(hi, sizeof hi, b->cut[k]);
  return arena_printf(a, "%c%s, %s)", k > 0 ? '[' : '(', lo, hi);
}

static ErrCode check_labels(const BinOpts *o, const char *name, int64_t nbin, Err *err) {
  const Names *l = &o->labels;
  if (l->n != nbin)
    return err_set(err, ERR_ARG, "prep.bin: %lld labels were given, and column '%s' has %lld bins", (long long)l->n,
                   name, (long long)nbin);
  for (int64_t k = 0; k < l->n; k++)
    for (int64_t j = 0; j < k; j++)
      if (strcmp(l->name[k], l->name[j]) == 0)
        return err_set(err, ERR_ARG, "prep.bin: label '%s' is there twice", l->name[k]);
  return OK;
}

static int64_t bin_of(const Bins *b, double v) {
  const double *base = b->cut;
  int64_t n = b->ncut;
  while (n > 0) { // how many cuts are at or below v
    int64_t half = n / 2;
    bool right = base[half] <= v;
    base = right ? base + half + 1 : base;
    n = right ? n - half - 1 : half;
  }
  return base - b->cut;
}

static ErrCode name_bins(const BinOpts *o, const char *name, Arena *a, Bins *b, Err *err) {
  int64_t n = b->ncut + 1;
  if (o->labels.n) TRY(check_labels(o, name, n, err));
  b->label = (Names){arena_array(a, const char *, n), n};
  for (int64_t k = 0; k < n; k++)
    b->label.name[k] = o->labels.n ? arena_strdup(a, o->labels.name[k]) : interval(b, k, a);
  return OK;
}

static ErrCode bin_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  const BinOpts *o = opts;
  Bins *b = out;
  if (o->edges.n) TRY(read_edges(o, in->arena, b, err));
  else TRY(bin_cuts(job, o->method, o->bins, in->x, in->n, in->arena, &b->cut, &b->ncut, err));
  TRY(name_bins(o, in->name, in->arena, b, err));
  b->count = arena_array(in->arena, int64_t, b->label.n);
  for (int64_t i = 0; i < in->n; i++) b->count[bin_of(b, in->x[i])]++;
  return OK;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
typedef struct Binning {
  const Bins *bins;
  const Column *c;
  uint32_t *code;  // of categories
  int64_t *number; // or of ints
  uint64_t *valid;
  _Atomic int64_t missing;
} Binning;

// Chunks are multiples of 64 rows: no two threads share a word of the bitmap.
static void bin_chunk(void *ctx, int64_t begin, int64_t end) {
  Binning *t = ctx;
  int64_t missing = 0;
  for (int64_t i = begin; i < end; i++) {
    uint64_t bit = 1ull << (i & 63);
    bool gone = cell_missing(t->c, i);
    int64_t bin = gone ? 0 : bin_of(t->bins, col_f64(t->c, i));
    if (t->code) t->code[i] = (uint32_t)bin;
    else t->number[i] = bin;
    t->valid[i >> 6] = gone ? t->valid[i >> 6] & ~bit : t->valid[i >> 6] | bit;
    missing += gone;
  }
  atomic_fetch_add(&t->missing, missing);
}

static ErrCode give_category(Job *job, Binning *t, Column **out, Err *err) {
  Arena a;
  arena_init(&a);
  const Names *label = &t->bins->label;
  Sv *word = arena_array(&a, Sv, label->n);
  for (int64_t k = 0; k < label->n; k++) word[k] = sv(label->name[k]);
  uint64_t *valid = t->missing ? t->valid : NULL;
  if (valid) t->valid = NULL;
  ErrCode code = column_of_words(job, COL_CAT, word, label->n, t->code, t->c->n, valid, t->missing, out, err);
  arena_fini(&a);
  return code;
}

static ErrCode bin_cells(Job *job, bool category, Binning *t, Column **out, Err *err) {
  int64_t n = t->c->n, words = (n + 63) / 64 + 1;
  TRY(job_need(job, n * 8 + words * 8, "prep.bin", err));
  t->valid = mem_new((size_t)words * 8);
  if (category) t->code = mem_new((size_t)n * sizeof *t->code);
  else t->number = mem_new((size_t)n * sizeof *t->number);
  if (!t->valid || (!t->code && !t->number)) return err_set(err, ERR_MEMORY, "prep.bin: no memory for bins");
  memset(t->valid, 0, (size_t)words * 8);
  par_for(job, n, STEP_GRAIN, bin_chunk, t);
  if (category) return give_category(job, t, out, err);
  *out = column_take(COL_I64, n, NULL, t->number, t->missing ? t->valid : NULL, t->missing);
  if (t->missing) t->valid = NULL;
  t->number = NULL;
  return OK;
}

static ErrCode bin_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                        Column **out, Err *err) {
  (void)name;
  bool category = ((const BinOpts *)opts)->into == INTO_CATEGORY;
  Column blank = {.type = COL_F64, .n = c->n, .missing = c->n};
  Binning t = {.bins = learned, .c = c};
  uint64_t *none = NULL;
  if (!col_is_number(c)) { // a column without any value fits all
    TRY(job_need(job, (c->n + 63) / 8, "prep.bin", err));
    blank.valid = none = mem_new((size_t)(c->n + 63) / 64 * 8 + 8);
    if (!none) return err_set(err, ERR_MEMORY, "prep.bin: no memory for bins");
    memset(none, 0, (size_t)(c->n + 63) / 64 * 8 + 8);
    t.c = &blank;
  }
  ErrCode code = bin_cells(job, category, &t, out, err);
  mem_free(t.valid);
  mem_free(t.code);
  mem_free(t.number);
  mem_free(none);
  return code;
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void store_bins(Store *s, void *learned) {
  Bins *b = learned;
  int64_t ncount = b->label.n;
  store_f64s(s, "cuts", &b->cut, &b->ncut);
  store_names(s, "labels", &b->label);
  store_i64s(s, "counts", &b->count, &ncount);
  bool fits = b->label.n == b->ncut + 1 && ncount == b->label.n;
  for (int64_t k = 0; k < b->label.n && fits; k++)
    for (int64_t j = 0; j < k && fits; j++) fits = strcmp(b->label.name[k], b->label.name[j]) != 0;
  if (!fits) store_fail(s, "bins whose cuts, labels and counts do not fit each other");
}

static const Each EACH = {"bin", "@quantity", sizeof(Bins), PARAMS, bin_learn, bin_turn, store_bins};

EACH_SLOTS(bin)

static ErrCode bin_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  const EachState *st = state->data;
  int64_t n = 0, at = 0;
  for (int64_t k = 0; k < st->in.names.n; k++) n += ((const Bins *)each_of(&EACH, st, k))->label.n;
  Arena a;
  arena_init(&a);
  const char **column = arena_array(&a, const char *, n), **label = arena_array(&a, const char *, n);
  double *low = arena_array(&a, double, n), *high = arena_array(&a, double, n);
  int64_t *count = arena_array(&a, int64_t, n);
  for (int64_t k = 0; k < st->in.names.n; k++) {
    const Bins *b = each_of(&EACH, st, k);
    for (int64_t j = 0; j < b->label.n; j++, at++) {
      column[at] = st->in.names.name[k], label[at] = b->label.name[j], count[at] = b->count[j];
      low[at] = j > 0 ? b->cut[j - 1] : -INFINITY, high[at] = j < b->ncut ? b->cut[j] : INFINITY;
    }
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", column, err);
  if (code == OK) code = card_words(job, card, "bin", label, err);
  if (code == OK) code = card_reals(job, card, "from", low, err);
  if (code == OK) code = card_reals(job, card, "below", high, err);
  if (code == OK) code = card_ints(job, card, "n", count, err);
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_bin = {
    .name = "bin",
    .summary = "Turns numbers into the intervals that they lie in",
    .source = "checked against scikit-learn 1.2.1, KBinsDiscretizer, and pandas 1.5.3, cut; edges of equal "
              "frequency are those of recipes 1.0.4, step_discretize, which gives a value on an edge to the bin below",
    .unfit = "models that can bend by themselves (trees, splines): binning throws away where in its bin a value lies",
    .example = "return pipe{prep.bin{'age', edges={6, 16, 40}, labels={'infant', 'child', 'young', "
               "'older'}}}:preview(data 'titanic')",
    .params = PARAMS,
    .opts_size = sizeof(BinOpts),
    .fit = bin_fit,
    .apply = bin_apply,
    .store = bin_store,
    .card = bin_card,
};

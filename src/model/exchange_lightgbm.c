// LightGBM's text (versions 2 to 4): "key=value" lines, a block for each tree, nodes and leaves numbered apart, a leaf
// as ~its number in the place of a child. x goes left when x <= threshold, in doubles; a category goes left when its
// bit is set, right otherwise and when it is missing. Bits of decision_type: 1 categories, 2 missing values go left,
// 4 and 8 what is missing: nothing (then NaN counts as 0), zeros, or NaN. Leaves have their learning rate in them.
// Reference: the documentation of the format in the project's Tree class; no LightGBM was at hand to write a file.
#include "model/exchange_int.h"

#include "base/numfmt.h"
#include "model/exchange_lightgbm_int.h"

#include <math.h>
#include <string.h>

const LightObjective LIGHT_OBJECTIVES[] = {
    {"regression", "reg:squarederror"}, {"regression_l1", "reg:absoluteerror"}, {"huber", "reg:pseudohubererror"},
    {"quantile", "reg:quantileerror"},  {"poisson", "count:poisson"},           {"gamma", "reg:gamma"},
    {"tweedie", "reg:tweedie"},         {"cross_entropy", "reg:logistic"},      {"lambdarank", "rank:ndcg"},
    {"binary", "binary:logistic"},      {"multiclass", "multi:softprob"},       {NULL, NULL}};

typedef struct Light {
  Sv left;             // of the text
  int64_t line;
  Foreign *out;
  double scale;        // on every leaf
  int64_t per_round, classes;
  Arena scratch;       // of one block
  Err *err;
} Light;

static ErrCode fails(const Light *l, const char *what, Sv key) {
  return err_set(l->err, ERR_PARSE, "line %lld: %s" SV_FMT, (long long)l->line, what, (int)(key.n < 80 ? key.n : 80),
                 key.s);
}

// ---- lines --------------------------------------------------------------------------------------------------------
static bool next_line(Light *l, Sv *out) {
  if (!l->left.n) return false;
  const char *nl = memchr(l->left.s, '\n', l->left.n);
  size_t n = nl ? (size_t)(nl - l->left.s) : l->left.n, used = nl ? n + 1 : n;
  *out = sv_trim((Sv){l->left.s, n});
  l->left = (Sv){l->left.s + used, l->left.n - used};
  l->line++;
  return true;
}

static bool split_key(Sv line, Sv *key, Sv *value) {
  const char *at = line.n ? memchr(line.s, '=', line.n) : NULL;
  if (!at) return false;
  *key = (Sv){line.s, (size_t)(at - line.s)};
  *value = sv_trim((Sv){at + 1, line.n - key->n - 1});
  return true;
}

static bool next_word(Sv *text, Sv *out) {
  *text = sv_trim(*text);
  if (!text->n) return false;
  const char *blank = memchr(text->s, ' ', text->n);
  size_t n = blank ? (size_t)(blank - text->s) : text->n;
  *out = (Sv){text->s, n};
  *text = (Sv){text->s + n, text->n - n};
  return true;
}

typedef struct Reals {
  double *v;
  int64_t n;
} Reals;

static int64_t count_words(Sv text) {
  int64_t n = 0;
  for (Sv w; next_word(&text, &w);) n++;
  return n;
}

static bool is_huge(Sv w) { return sv_is(w, "inf") || sv_is(w, "-inf") || sv_is(w, "nan") || sv_is(w, "-nan"); }

static ErrCode read_reals(Light *l, Sv text, Reals *out) {
  *out = (Reals){arena_array(&l->scratch, double, count_words(text)), 0};
  for (Sv w; next_word(&text, &w); out->n++) {
    double *v = &out->v[out->n];
    if (is_huge(w)) *v = w.s[w.n - 1] == 'f' ? (w.s[0] == '-' ? -INFINITY : INFINITY) : (double)NAN;
    else if (!parse_f64(w.s, w.n, v)) return fails(l, "no number: ", w);
  }
  return OK;
}

static ErrCode read_whole(Light *l, Sv key, Sv text, int64_t least, int64_t most, int64_t *v) {
  if (parse_i64(text.s, text.n, v) && *v >= least && *v <= most) return OK;
  return fails(l, "a number out of its range: ", key);
}

// ---- a tree -------------------------------------------------------------------------------------------------------
enum { FEATURE, GAIN, THRESHOLD, DECISION, LEFT, RIGHT, VALUE, WEIGHT, COUNT, IWEIGHT, ICOUNT, BOUNDS, BITS, NARRAY };
static const char *const ARRAY[NARRAY] = {
    "split_feature", "split_gain", "threshold", "decision_type", "left_child", "right_child", "leaf_value",
    "leaf_weight",   "leaf_count", "internal_weight", "internal_count", "cat_boundaries", "cat_threshold"};

typedef struct Block {
  Reals a[NARRAY];
  int64_t leaves;
  bool linear;
} Block;

static ErrCode read_block(Light *l, Block *b) {
  Sv line, key, value;
  *b = (Block){.leaves = -1};
  while (next_line(l, &line) && line.n) {
    if (!split_key(line, &key, &value)) return fails(l, "no key=value: ", line);
    if (sv_is(key, "num_leaves")) TRY(read_whole(l, key, value, 1, INT32_MAX / 2, &b->leaves));
    if (sv_is(key, "is_linear")) b->linear = sv_is(value, "1");
    for (int k = 0; k < NARRAY; k++)
      if (sv_is(key, ARRAY[k])) TRY(read_reals(l, value, &b->a[k]));
  }
  if (b->leaves < 0) return fails(l, "a tree without num_leaves", (Sv){"", 0});
  return b->linear ? fails(l, "a tree of linear models in its leaves cannot be read", (Sv){"", 0}) : OK;
}

static ErrCode check_lengths(Light *l, const Block *b) {
  int64_t inner = b->leaves - 1;
  for (int k = 0; k < BOUNDS; k++) {
    int64_t want = k >= VALUE && k <= COUNT ? b->leaves : inner;
    bool needed = k == FEATURE || k == VALUE || (k >= THRESHOLD && k <= RIGHT);
    if (b->a[k].n != want && (needed || b->a[k].n) && inner)
      return fails(l, "an array of the tree has another length than num_leaves says: ", sv(ARRAY[k]));
  }
  return b->a[VALUE].n == b->leaves ? OK : fails(l, "a tree without the values of its leaves", (Sv){"", 0});
}

// Nodes 0 .. leaves - 2 are those that split, the others the leaves.
static int64_t place_of(const Block *b, double child) {
  if (!(child >= -(double)b->leaves && child < (double)(b->leaves - 1))) return INT64_MAX;
  return child >= 0 ? (int64_t)child : b->leaves - 1 + (int64_t)(-child - 1);
}

static double at(const Reals *r, int64_t i, double none) { return i < r->n ? r->v[i] : none; }

static ErrCode take_set(Light *l, const Block *b, double index, ForeignNode *f) {
  const Reals *bound = &b->a[BOUNDS], *bits = &b->a[BITS];
  if (!(index >= 0 && index + 1 < (double)bound->n)) return fails(l, "categories that are not there", (Sv){"", 0});
  double first = bound->v[(int64_t)index], last = bound->v[(int64_t)index + 1];
  if (!(first >= 0 && first <= last && last <= (double)bits->n) || !(f->feature >= 0 && f->feature < l->out->terms.n))
    return fails(l, "categories that are not there", (Sv){"", 0});
  int64_t words = (l->out->sums.trees.levels[f->feature] + 63) / 64;
  uint64_t *set = arena_array(&l->scratch, uint64_t, words);
  for (int64_t k = (int64_t)first; k < (int64_t)last; k++) {
    int64_t place = k - (int64_t)first;
    if (!(bits->v[k] >= 0 && bits->v[k] <= UINT32_MAX) || place / 2 >= words)
      return fails(l, "categories beyond those of feature_infos", (Sv){"", 0});
    set[place / 2] |= (uint64_t)bits->v[k] << (place % 2 * 32);
  }
  f->set = set;
  return OK;
}

static ErrCode take_number(Light *l, double threshold, int type, ForeignNode *f) {
  int missing = type >> 2 & 3;
  f->cut = nextafter(threshold, INFINITY);
  if (missing == 0) f->missing_left = 0 <= threshold;
  if (missing == 1 && f->missing_left != (0 <= threshold))
    return fails(l, "a split that sends zeros as missing values cannot be read", (Sv){"", 0});
  return OK;
}

static ErrCode take_split(Light *l, const Block *b, int64_t i, ForeignNode *f) {
  int type = (int)fmin(fmax(b->a[DECISION].v[i], 0), 15);
  double feature = b->a[FEATURE].v[i];
  *f = (ForeignNode){.left = place_of(b, b->a[LEFT].v[i]), .right = place_of(b, b->a[RIGHT].v[i]),
                     .feature = feature >= 0 && feature < 1e9 ? (int64_t)feature : -1, .missing_left = type >> 1 & 1,
                     .words = type & 1, .gain = at(&b->a[GAIN], i, 0),
                     .cover = at(&b->a[IWEIGHT], i, at(&b->a[ICOUNT], i, 0))};
  if (!f->words) return take_number(l, b->a[THRESHOLD].v[i], type, f);
  f->missing_left = false;
  return take_set(l, b, b->a[THRESHOLD].v[i], f);
}

// Weights are of second derivatives; where all are 0 (regressions of some versions), counts stand for them.
static double leaf_cover(const Block *b, int64_t i) {
  double w = at(&b->a[WEIGHT], i, 0);
  return w > 0 ? w : at(&b->a[COUNT], i, 0);
}

static ErrCode take_tree(Light *l, int64_t k) {
  Block b;
  TRY(read_block(l, &b));
  TRY(check_lengths(l, &b));
  int64_t n = 2 * b.leaves - 1;
  ForeignNode *node = arena_array(&l->scratch, ForeignNode, n);
  for (int64_t i = 0; i < b.leaves - 1; i++) TRY(take_split(l, &b, i, &node[i]));
  for (int64_t i = 0; i < b.leaves; i++)
    node[b.leaves - 1 + i] = (ForeignNode){.left = -1, .right = -1, .value = l->scale * b.a[VALUE].v[i],
                                           .cover = leaf_cover(&b, i)};
  if (exchange_add_tree(&l->out->sums.trees, node, n, k % l->per_round, l->err) == OK) return OK;
  return err_prefix(l->err, "line %lld, tree %lld", (long long)l->line, (long long)k + 1);
}

// ---- the head -----------------------------------------------------------------------------------------------------
static ErrCode take_objective(Light *l, Sv value) {
  Sums *s = &l->out->sums;
  Sv name, more;
  if (!next_word(&value, &name)) return fails(l, "no objective", (Sv){"", 0});
  const LightObjective *o = LIGHT_OBJECTIVES;
  while (o->light && !sv_is(name, o->light)) o++;
  if (!o->light) return fails(l, "the objective is not known: ", name);
  s->objective = o->xgboost;
  while (next_word(&value, &more)) {
    double v;
    if (sv_is(more, "sqrt")) return fails(l, "a target under a square root cannot be read", (Sv){"", 0});
    if (more.n > 8 && memcmp(more.s, "sigmoid:", 8) == 0 && parse_f64(more.s + 8, more.n - 8, &v)) l->scale *= v;
  }
  return OK;
}

static void take_names(Light *l, Sv value) {
  Foreign *f = l->out;
  f->terms = (Names){arena_array(f->arena, const char *, count_words(value)), 0};
  for (Sv w; next_word(&value, &w);) f->terms.name[f->terms.n++] = arena_strndup(f->arena, w.s, w.n);
}

// "1:5:2" are categories, "[0:1]" a range, "none" a column that was not used.
static void take_infos(Light *l, Sv value) {
  Foreign *f = l->out;
  f->words = arena_array(f->arena, bool, f->terms.n);
  f->sums.trees.levels = arena_array(f->arena, int64_t, f->terms.n);
  Sv w;
  for (int64_t j = 0; j < f->terms.n && next_word(&value, &w); j++) {
    if (w.s[0] < '-' || w.s[0] > '9') continue;
    f->words[j] = true;
    for (size_t i = 0, from = 0; i <= w.n; i++) {
      int64_t level;
      if (i < w.n && w.s[i] != ':') continue;
      if (parse_i64(w.s + from, i - from, &level) && level >= 0 && level < 1 << 24 &&
          level >= f->sums.trees.levels[j])
        f->sums.trees.levels[j] = level + 1;
      from = i + 1;
    }
    f->sums.trees.levels[j] = (f->sums.trees.levels[j] + 31) / 32 * 32;
  }
}

static ErrCode read_head(Light *l, Sv *first) {
  Sv line, key, value, names = {0}, infos = {0};
  bool average = false;
  int64_t rounds = 0;
  Sv sizes = {0};
  l->per_round = l->classes = 1, l->scale = 1;
  *first = (Sv){0};
  while (next_line(l, &line)) {
    if (line.n >= 5 && memcmp(line.s, "Tree=", 5) == 0) { *first = line; break; }
    if (sv_is(line, "average_output")) average = true;
    if (!split_key(line, &key, &value)) continue;
    if (sv_is(key, "num_class")) TRY(read_whole(l, key, value, 1, 1 << 20, &l->classes));
    else if (sv_is(key, "num_tree_per_iteration")) TRY(read_whole(l, key, value, 1, 1 << 20, &l->per_round));
    else if (sv_is(key, "objective")) TRY(take_objective(l, value));
    else if (sv_is(key, "feature_names")) names = value;
    else if (sv_is(key, "feature_infos")) infos = value;
    else if (sv_is(key, "tree_sizes")) sizes = value;
    else if (sv_is(key, "version"))
      l->out->program = arena_printf(l->out->arena, "LightGBM, format " SV_FMT, SV_ARG(value));
  }
  rounds = count_words(sizes) / l->per_round;
  if (average && rounds > 0) l->scale /= (double)rounds;
  if (!names.n) return fails(l, "there are no feature_names", (Sv){"", 0});
  take_names(l, names);
  take_infos(l, infos);
  return OK;
}

static ErrCode open_sums(Light *l) {
  Sums *s = &l->out->sums;
  const ObjectiveName *o = objective_name(sv(s->objective ? s->objective : ""));
  int64_t *levels = s->trees.levels;
  if (!o) return fails(l, "the file has no objective", (Sv){"", 0});
  if ((o->many && (l->classes < 2 || l->per_round != l->classes)) || (!o->many && l->per_round != 1))
    return fails(l, "num_tree_per_iteration does not fit the objective", (Sv){"", 0});
  s->link = o->link, s->nclass = o->many ? l->classes : o->task == TASK_CLASSIFICATION ? 2 : 0;
  trees_init(&s->trees, l->out->arena, 1, l->per_round);
  s->trees.nterm = l->out->terms.n, s->trees.levels = levels;
  return OK;
}

// Behind the trees Python leaves the words of categories: a list for each column that has some.
static ErrCode read_words(Light *l, Sv json) {
  Foreign *f = l->out;
  Json j = {.p = json.s, .begin = json.s, .end = json.s + json.n, .line = l->line};
  if (json_peek(&j) != '[') return OK; // null
  f->levels = arena_array(f->arena, Names, f->terms.n);
  j.p++;
  bool good = true;
  for (int64_t k = 0; k < f->terms.n && good && json_peek(&j) == '['; k++) {
    if (!f->words[k]) continue;
    good = exchange_read_texts(&j, j.p, "pandas_categorical", f->arena, &f->levels[k]);
    if (good && json_peek(&j) == ',') j.p++;
  }
  str_fini(&j.text);
  if (!good) f->levels = NULL; // numbers for names: they stay numbers
  return OK;
}

ErrCode exchange_read_lightgbm(Sv text, Foreign *out, Err *err) {
  static const char WORDS[] = "pandas_categorical:";
  Light l = {.left = text, .out = out, .err = err};
  Sv line;
  out->program = "LightGBM";
  ErrCode code = read_head(&l, &line);
  if (code == OK) code = open_sums(&l);
  bool ended = false;
  for (int64_t k = 0; code == OK && line.n; k++) {
    code = take_tree(&l, k);
    arena_fini(&l.scratch);
    while (code == OK && (line.n = 0, next_line(&l, &line)) && !(line.n >= 5 && memcmp(line.s, "Tree=", 5) == 0)) {
      ended = ended || sv_is(line, "end of trees");
      if (line.n > sizeof WORDS - 1 && memcmp(line.s, WORDS, sizeof WORDS - 1) == 0)
        code = read_words(&l, (Sv){line.s + sizeof WORDS - 1, line.n - sizeof WORDS + 1});
      line.n = 0;
    }
  }
  arena_fini(&l.scratch);
  if (code == OK && !ended) code = fails(&l, "the file is cut off: there is no 'end of trees'", (Sv){"", 0});
  return code;
}

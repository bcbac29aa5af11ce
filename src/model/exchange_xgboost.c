// XGBoost's JSON (versions 1.0 to 3). learner.gradient_booster.model.trees holds of each tree an array a property of
// its nodes. Numbers are floats: x goes left when (float)x < (float)cut. A node of categories names those that go
// right; any other number from 0 on goes left, one below where missing values go. A leaf has its value in the place of
// the cut. base_score is what is predicted without trees, in the units of the prediction.
// Reference: the schema in doc/model.schema of its repository, and predictions of version 1.7.4 (tests).
#include "model/exchange_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdlib.h>

typedef struct Nums { // an array of numbers, used again for the next tree
  double *v;
  int64_t n, room;
} Nums;

enum { LEFT, RIGHT, FEATURE, CUT, DEFAULT_LEFT, COVER, GAIN, TYPE };
enum { CATEGORIES = TYPE + 1, CAT_NODES, CAT_SEGMENTS, CAT_SIZES, NARRAY };
static const char *const ARRAY[NARRAY] = {
    "left_children", "right_children", "split_indices", "split_conditions", "default_left",        "sum_hessian",
    "loss_changes",  "split_type",     "categories",    "categories_nodes", "categories_segments", "categories_sizes"};

typedef struct Reader {
  Json j;
  Foreign *out;
  Nums array[NARRAY], drop, output; // drop: the weights of dart's trees
  int64_t nfeature, nclass;
  ForeignNode *node;
  int64_t room_node;
  Arena scratch;       // of one tree
} Reader;

static bool grow_to(void **p, int64_t *room, int64_t need, size_t size) {
  if (need <= *room) return true;
  int64_t more = need > 2 * *room ? need : 2 * *room;
  void *grown = realloc(*p, (size_t)more * size);
  if (!grown) abort();
  *p = grown, *room = more;
  return true;
}

// ---- pieces -------------------------------------------------------------------------------------------------------
static bool read_number(Json *j, double *v) { // true and false are 1 and 0
  JsonNumber kind;
  int64_t i;
  Sv raw;
  int c = json_peek(j);
  if (c == 't' || c == 'f') return *v = c == 't', json_word(j, c == 't' ? "true" : "false");
  if (c != '-' && c != 'N' && c != 'I' && (c < '0' || c > '9')) return json_expected(j, "a number");
  if (!json_number(j, &kind, &i, v, &raw)) return false;
  if (kind == JSON_INT) *v = (double)i;
  return kind != JSON_HUGE || json_fail(j, raw.s, "a number beyond all bounds");
}

static bool read_array(Json *j, const char *at, const char *name, Nums *out) {
  out->n = 0;
  if (!at) return true;
  j->p = at;
  if (json_peek(j) != '[') return json_fail(j, j->p, "'%s' is an array of numbers", name);
  j->p++;
  if (json_peek(j) == ']') return true;
  for (;;) {
    grow_to((void **)&out->v, &out->room, out->n + 1, sizeof *out->v);
    if (!read_number(j, &out->v[out->n++])) return false;
    int next = json_peek(j);
    if (next != ',' && next != ']') return json_expected(j, "',' or ']'");
    j->p++;
    if (next == ']') return true;
  }
}

// A number that stands as a text, as those of the parameters do; later versions put brackets around it.
static bool read_quoted(Json *j, const char *at, const char *name, double *v) {
  Sv text;
  if (!at) return true;
  j->p = at;
  if (json_peek(j) != '"') return read_number(j, v);
  if (!json_string(j, &text)) return false;
  if (text.n > 1 && text.s[0] == '[') text = (Sv){text.s + 1, text.n - 2};
  return parse_f64(text.s, text.n, v) || json_fail(j, at, "'%s' is no number", name);
}

static bool read_whole(Json *j, const char *at, const char *name, int64_t most, int64_t *v) {
  double x = 0;
  if (!read_quoted(j, at, name, &x)) return false;
  if (!(x >= 0 && x <= (double)most && x == floor(x)))
    return json_fail(j, at, "'%s' is no whole number of its range", name);
  *v = (int64_t)x;
  return true;
}

// ---- a tree -------------------------------------------------------------------------------------------------------
static bool tree_fails(Reader *r, const char *at, const char *what) { return json_fail(&r->j, at, "%s", what); }

// The bits of the words that go left, of a node whose list of categories, those that go right, begins at `first`.
static const uint64_t *left_set(Reader *r, int64_t feature, const double *category, int64_t n) {
  int64_t words = (r->out->sums.trees.levels[feature] + 63) / 64;
  uint64_t *set = arena_array(&r->scratch, uint64_t, words);
  for (int64_t k = 0; k < words; k++) set[k] = UINT64_MAX;
  for (int64_t k = 0; k < n; k++) set[(int64_t)category[k] >> 6] &= ~(1ull << ((int64_t)category[k] & 63));
  return set;
}

static bool place_sets(Reader *r, const char *at, int64_t n) {
  const Nums *node = &r->array[CAT_NODES], *segment = &r->array[CAT_SEGMENTS], *size = &r->array[CAT_SIZES];
  const Nums *all = &r->array[CATEGORIES];
  if (segment->n != node->n || size->n != node->n)
    return tree_fails(r, at, "the lists of categories do not fit each other");
  for (int64_t k = 0; k < node->n; k++) {
    double i = node->v[k], first = segment->v[k], count = size->v[k];
    if (!(i >= 0 && i < (double)n && first >= 0 && count >= 0 && first + count <= (double)all->n))
      return tree_fails(r, at, "a list of categories that is not there");
    ForeignNode *f = &r->node[(int64_t)i];
    if (f->words && f->feature >= 0 && f->feature < r->nfeature)
      f->set = left_set(r, f->feature, all->v + (int64_t)first, (int64_t)count);
  }
  for (int64_t i = 0; i < n; i++)
    if (r->node[i].words && r->node[i].left >= 0 && !r->node[i].set)
      return tree_fails(r, at, "a split of categories without any");
  return true;
}

static int64_t whole(double v) { return v >= -1 && v < 4e15 ? (int64_t)v : INT64_MAX; }

static bool make_nodes(Reader *r, const char *at, double weight) {
  const Nums *a = r->array;
  int64_t n = a[LEFT].n;
  for (int k = RIGHT; k <= COVER; k++)
    if (a[k].n != n) return tree_fails(r, at, "the arrays of a tree have different lengths");
  if ((a[GAIN].n && a[GAIN].n != n) || (a[TYPE].n && a[TYPE].n != n))
    return tree_fails(r, at, "the arrays of a tree have different lengths");
  grow_to((void **)&r->node, &r->room_node, n, sizeof *r->node);
  for (int64_t i = 0; i < n; i++) {
    bool leaf = a[LEFT].v[i] == -1;
    r->node[i] = (ForeignNode){.left = whole(a[LEFT].v[i]), .right = whole(a[RIGHT].v[i]),
                               .feature = whole(a[FEATURE].v[i]), .missing_left = a[DEFAULT_LEFT].v[i] != 0,
                               .words = a[TYPE].n && !leaf && a[TYPE].v[i] != 0, .beyond_left = true,
                               .cut = (double)(float)a[CUT].v[i], .cover = a[COVER].v[i],
                               .gain = a[GAIN].n ? a[GAIN].v[i] : 0};
    if (leaf) r->node[i].value = weight * (double)(float)a[CUT].v[i];
  }
  return place_sets(r, at, n);
}

static bool read_arrays(Reader *r) {
  const char *at[NARRAY];
  if (!json_members(&r->j, "a tree", ARRAY, NARRAY, at)) return false;
  const char *behind = r->j.p;
  for (int k = 0; k < NARRAY; k++) {
    if (!at[k] && k <= COVER) return json_fail(&r->j, behind, "a tree has no '%s'", ARRAY[k]);
    if (!read_array(&r->j, at[k], ARRAY[k], &r->array[k])) return false;
  }
  r->j.p = behind;
  return true;
}

// Numbers of categories that are whole and not too many; the levels of a column become as many as nodes need.
static bool count_levels(Reader *r, const char *at) {
  enum { MOST = 1 << 24 };
  const Nums *a = r->array;
  for (int64_t k = 0; k < a[CATEGORIES].n; k++) {
    double c = a[CATEGORIES].v[k];
    if (!(c >= 0 && c < MOST && c == floor(c)))
      return tree_fails(r, at, "a category that is no whole number of its range");
  }
  for (int64_t k = 0; k < a[CAT_NODES].n && k < a[CAT_SEGMENTS].n && k < a[CAT_SIZES].n; k++) {
    double i = a[CAT_NODES].v[k], first = a[CAT_SEGMENTS].v[k], last = first + a[CAT_SIZES].v[k];
    if (!(i >= 0 && i < (double)a[FEATURE].n && first >= 0 && last <= (double)a[CATEGORIES].n)) continue;
    double j = a[FEATURE].v[(int64_t)i];
    if (!(j >= 0 && j < (double)r->nfeature)) continue;
    int64_t *levels = &r->out->sums.trees.levels[(int64_t)j];
    for (int64_t c = (int64_t)first; c < (int64_t)last; c++) {
      int64_t need = (int64_t)a[CATEGORIES].v[c] + 1;
      if (need > *levels) *levels = need;
      r->out->words[(int64_t)j] = true;
    }
  }
  return true;
}

// ---- the trees: once for the levels of their columns, once for their nodes ---------------------------------------
typedef bool (*TreeFn)(Reader *r, const char *at, int64_t k);

static bool each_tree(Reader *r, const char *at, TreeFn fn) {
  Json *j = &r->j;
  if (!at) return json_fail(j, j->p, "there are no 'trees'");
  j->p = at;
  if (json_peek(j) != '[') return json_fail(j, j->p, "'trees' is no array");
  j->p++;
  if (json_peek(j) == ']') return true;
  for (int64_t k = 0;; k++) {
    json_peek(j);
    const char *start = j->p;
    if (!read_arrays(r)) return false;
    const char *behind = j->p;
    if (!fn(r, start, k)) return false;
    j->p = behind;
    int next = json_peek(j);
    if (next != ',' && next != ']') return json_expected(j, "',' or ']'");
    j->p++;
    if (next == ']') return true;
  }
}

static bool look_at_tree(Reader *r, const char *at, int64_t k) {
  (void)k;
  return count_levels(r, at);
}

static bool take_tree(Reader *r, const char *at, int64_t k) {
  Trees *t = &r->out->sums.trees;
  double output = k < r->output.n ? r->output.v[k] : 0, weight = k < r->drop.n ? r->drop.v[k] : 1;
  if (!(output >= 0 && output < (double)t->noutput && output == floor(output)))
    return tree_fails(r, at, "'tree_info' names a class that there is not");
  Err err;
  bool good = make_nodes(r, at, weight);
  if (good && exchange_add_tree(t, r->node, r->array[LEFT].n, (int64_t)output, &err) != OK)
    good = json_fail(&r->j, at, "tree %lld: %.150s", (long long)k + 1, err.msg);
  arena_fini(&r->scratch);
  return good;
}

static bool read_model(Reader *r, const char *at) {
  static const char *const NAME[] = {"trees", "tree_info"};
  const char *value[2];
  if (!at) return json_fail(&r->j, r->j.p, "the booster has no 'model'");
  r->j.p = at;
  if (!json_members(&r->j, "'model'", NAME, 2, value)) return false;
  if (!read_array(&r->j, value[1], NAME[1], &r->output)) return false;
  return each_tree(r, value[0], look_at_tree) && each_tree(r, value[0], take_tree);
}

static bool read_booster(Reader *r, const char *at) {
  static const char *const NAME[] = {"name", "model", "gbtree", "weight_drop"};
  const char *value[4], *name;
  if (!at) return json_fail(&r->j, r->j.p, "there is no 'gradient_booster'");
  r->j.p = at;
  if (!json_members(&r->j, "'gradient_booster'", NAME, 4, value)) return false;
  if (!exchange_read_text(&r->j, value[0], "name", &r->scratch, &name)) return false;
  if (sv_is(sv(name), "gbtree")) return read_model(r, value[1]);
  if (!sv_is(sv(name), "dart"))
    return json_fail(&r->j, value[0], "the booster '%.40s' has no trees: gbtree and dart have", name);
  if (!read_array(&r->j, value[3], NAME[3], &r->drop)) return false;
  if (!value[2]) return json_fail(&r->j, at, "'dart' without 'gbtree'");
  r->j.p = value[2];
  return json_members(&r->j, "'gbtree'", NAME, 2, value) && read_model(r, value[1]);
}

// ---- the learner --------------------------------------------------------------------------------------------------
static bool read_params(Reader *r, const char *at, double *base) {
  enum { MOST = 1 << 20 };
  static const char *const NAME[] = {"base_score", "num_class", "num_feature", "num_target"};
  const char *value[4];
  int64_t targets = 1;
  if (!at) return json_fail(&r->j, r->j.p, "there is no 'learner_model_param'");
  r->j.p = at;
  if (!json_members(&r->j, "'learner_model_param'", NAME, 4, value)) return false;
  if (!read_quoted(&r->j, value[0], NAME[0], base)) return false;
  if (!read_whole(&r->j, value[1], NAME[1], MOST, &r->nclass)) return false;
  if (!read_whole(&r->j, value[2], NAME[2], MOST, &r->nfeature)) return false;
  if (value[3] && !read_whole(&r->j, value[3], NAME[3], MOST, &targets)) return false;
  return targets <= 1 || json_fail(&r->j, value[3], "a model of %lld targets: one is read", (long long)targets);
}

static bool read_objective(Reader *r, const char *at, double base) {
  static const char *const NAME[] = {"name"};
  Sums *b = &r->out->sums;
  if (!at) return json_fail(&r->j, r->j.p, "there is no 'objective'");
  r->j.p = at;
  if (!json_members(&r->j, "'objective'", NAME, 1, &at)) return false;
  if (!exchange_read_text(&r->j, at, "name", r->out->arena, &b->objective)) return false;
  const ObjectiveName *o = objective_name(sv(b->objective));
  if (!o) return json_fail(&r->j, at, "the objective '%.60s' is not known", b->objective);
  if (o->many && r->nclass < 2) return json_fail(&r->j, at, "%s of %lld classes", o->name, (long long)r->nclass);
  double sum = o->probable ? link_of(o->link, base) : base;
  if (!isfinite(sum)) return json_fail(&r->j, at, "base_score is out of the range of %s", o->name);
  b->link = o->link, b->nclass = o->many ? r->nclass : o->task == TASK_CLASSIFICATION ? 2 : 0;
  trees_init(&b->trees, r->out->arena, 1, o->many ? r->nclass : 1);
  for (int64_t k = 0; k < b->trees.noutput; k++) b->trees.base[k] = (double)(float)sum;
  b->trees.single = true;
  return true;
}

static bool read_features(Reader *r, const char *names, const char *types) {
  Foreign *f = r->out;
  Names type;
  Trees *t = &f->sums.trees;
  if (!exchange_read_texts(&r->j, names, "feature_names", f->arena, &f->terms)) return false;
  if (!exchange_read_texts(&r->j, types, "feature_types", &r->scratch, &type)) return false;
  if ((f->terms.n && f->terms.n != r->nfeature) || (type.n && type.n != r->nfeature))
    return json_fail(&r->j, names ? names : types, "%lld names and %lld types of %lld columns", (long long)f->terms.n,
                     (long long)type.n, (long long)r->nfeature);
  if (!f->terms.n) {
    f->terms = (Names){arena_array(f->arena, const char *, r->nfeature), r->nfeature};
    for (int64_t k = 0; k < r->nfeature; k++) f->terms.name[k] = arena_printf(f->arena, "f%lld", (long long)k);
  }
  t->nterm = r->nfeature, t->levels = arena_array(f->arena, int64_t, r->nfeature);
  f->words = arena_array(f->arena, bool, r->nfeature);
  for (int64_t k = 0; k < type.n; k++) f->words[k] = sv_is(sv(type.name[k]), "c");
  return true;
}

static bool read_learner(Reader *r, const char *at) {
  enum { PARAMS, BOOSTER, OBJECTIVE, FEATURES, TYPES, ATTRIBUTES, N };
  static const char *const NAME[N] = {"learner_model_param", "gradient_booster", "objective",
                                      "feature_names",       "feature_types",    "attributes"};
  const char *value[N];
  double base = 0.5;
  if (!at) return json_fail(&r->j, r->j.p, "there is no 'learner': this is no model of XGBoost");
  r->j.p = at;
  if (!json_members(&r->j, "'learner'", NAME, N, value)) return false;
  if (!read_params(r, value[PARAMS], &base) || !read_objective(r, value[OBJECTIVE], base)) return false;
  if (!read_features(r, value[FEATURES], value[TYPES])) return false;
  if (!exchange_read_told(&r->j, value[ATTRIBUTES], r->out)) return false;
  return read_booster(r, value[BOOSTER]);
}

static bool read_version(Reader *r, const char *at) {
  if (!read_array(&r->j, at, "version", &r->drop)) return false;
  const double *v = r->drop.v;
  r->out->program = r->drop.n < 3 ? "XGBoost" : arena_printf(r->out->arena, "XGBoost %g.%g.%g", v[0], v[1], v[2]);
  r->drop.n = 0;
  return true;
}

static bool read_file(Reader *r) {
  static const char *const NAME[] = {"learner", "version"};
  const char *value[2];
  if (!json_members(&r->j, "a model", NAME, 2, value)) return false;
  if (json_peek(&r->j) >= 0) return json_expected(&r->j, "the end");
  return read_version(r, value[1]) && read_learner(r, value[0]);
}

ErrCode exchange_read_xgboost(Sv text, Foreign *out, Err *err) {
  Reader r = {.j = {.p = text.s, .begin = text.s, .end = text.s + text.n, .line = 1}, .out = out};
  bool good = read_file(&r);
  int64_t line = 0, column = 0;
  if (!good) json_place(&r.j, r.j.at, &line, &column);
  for (int k = 0; k < NARRAY; k++) free(r.array[k].v);
  free(r.drop.v);
  free(r.output.v);
  free(r.node);
  arena_fini(&r.scratch);
  str_fini(&r.j.text);
  if (good) return OK;
  return err_set(err, ERR_PARSE, "line %lld, column %lld: %s", (long long)line, (long long)column, r.j.fault);
}

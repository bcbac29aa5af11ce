// Merging the variants of a value: "NY", "N.Y." and " ny " become one. Words that are equal when spaces, case,
// punctuation, accents ... are forgiven (stats' fold.c) make a group, and a group takes the spelling of most training
// rows, the first one among equals. `map` says by hand what a spelling becomes, and with it all that fold alike;
// `near` also joins what differs by typing errors: a word of five letters or more with the same digits, at most so many
// letters from one that is at least five times as frequent. What is learned are the keys of all groups, so that a
// spelling that comes later finds its group too; words that belong to none stay as they are.
// Joining: union-find over keys, O(words log words); `near` compares words of similar length, O(words^2) at worst.
#include "prep/repair_int.h"

#include "base/map.h"
#include "stats/quality.h"

#include <stdlib.h>
#include <string.h>

enum { NEAR_LETTERS = 5, NEAR_TIMES = 5, NEAR_MOST = 3, NEAR_WORDS = 5000, WORD_BYTES = 120 };

typedef struct MergeOpts {
  Names columns, map;
  int by;
  int64_t near;
} MergeOpts;

typedef struct Merged {
  Hits hits;
  Names value; // what each group becomes; "" = missing
  Names key;   // level, a sign and the folded text
  int64_t *of; // of each key its group
} Merged;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(MergeOpts, columns), .dflt = "",
     .doc = "columns to mend: names or \"@text\", \"@category\"; none given: every category and text column"},
    {"by", PARAM_CHOICE, offsetof(MergeOpts, by), .dflt = "blanks",
     .choices = "spaces|case|punctuation|accents|order|blanks|letters",
     .doc = "what is forgiven, each with all before it: blanks around, case, marks, accents, order of words, blanks "
            "within, doubled letters"},
    {"near", PARAM_INT, offsetof(MergeOpts, near), 0, NEAR_MOST, "0",
     .doc = "typing errors that are forgiven where a word is rare beside its neighbour"},
    {"map", PARAM_NAMES, offsetof(MergeOpts, map), .dflt = "", .choices = "pairs",
     .doc = "by hand: {[\"N.Y.\"]=\"NY\"}; \"\" makes a value missing"},
    PARAM_END};

// ---- keys ----------------------------------------------------------------------------------------------------------
// Levels up to accents each forgive all before them; those above do not, so that a word has one key for each.
static int first_level(int by) { return by <= FOLD_ACCENTS ? by : FOLD_WORD_ORDER; }

static Sv key_of(Sv word, int level, Str *room) {
  str_clear(room);
  str_addf(room, "%d ", level);
  size_t head = room->n;
  if (word.n <= WORD_BYTES) fold_text(word, (FoldLevel)level, room);
  return (Sv){str_c(room), room->n > head ? room->n : 0};
}

// ---- groups --------------------------------------------------------------------------------------------------------
typedef struct Groups {
  const MergeOpts *o;
  int64_t n; // training words, and behind them those that `map` names and no row has
  Sv *word;
  int64_t *count;
  int64_t *up;     // towards the root of its group
  int64_t *mapped; // of a root: the place of its text in o->map, 0 = none
  bool *near;      // joined for its letters
  Map keys;
  int64_t *of; // of each key a word
  Arena arena;
} Groups;

static int64_t root_of(Groups *g, int64_t i) {
  while (g->up[i] != i) i = g->up[i] = g->up[g->up[i]];
  return i;
}

static void join(Groups *g, int64_t a, int64_t b) {
  a = root_of(g, a), b = root_of(g, b);
  if (a == b) return;
  if (a > b) g->up[a] = b;
  else g->up[b] = a;
}

static int by_word(const void *a, const void *b) {
  const Hit *x = a, *y = b;
  return strcmp(x->from, y->from);
}

// Words in their order, so that the rows' has no say.
static void take_words(Groups *g, const Codes *codes, const MergeOpts *o) {
  Map seen;
  map_init(&seen);
  Hit *w = arena_array(&g->arena, Hit, codes->n + o->map.n);
  int64_t n = 0;
  bool fresh;
  for (int64_t k = 0; k < codes->n; k++) {
    if (!codes->count[k] || memchr(codes->word[k].s, 0, codes->word[k].n)) continue;
    map_put(&seen, codes->word[k], &fresh);
    w[n++] = (Hit){.from = arena_strndup(&g->arena, codes->word[k].s, codes->word[k].n), .n = codes->count[k]};
  }
  for (int64_t k = 0; k + 1 < o->map.n; k += 2) {
    map_put(&seen, sv(o->map.name[k]), &fresh);
    if (fresh) w[n++] = (Hit){.from = o->map.name[k]};
  }
  map_fini(&seen);
  qsort(w, (size_t)n, sizeof *w, by_word);
  g->n = n, g->word = arena_array(&g->arena, Sv, n), g->count = arena_array(&g->arena, int64_t, n);
  for (int64_t k = 0; k < n; k++) g->word[k] = sv(w[k].from), g->count[k] = w[k].n;
}

static void join_keys(Groups *g) {
  Str room = {0};
  int levels = g->o->by - first_level(g->o->by) + 1;
  g->of = arena_array(&g->arena, int64_t, g->n * levels);
  for (int level = first_level(g->o->by); level <= g->o->by; level++) {
    for (int64_t i = 0; i < g->n; i++) {
      bool fresh;
      Sv key = key_of(g->word[i], level, &room);
      if (!key.n) continue;
      int64_t k = map_put(&g->keys, key, &fresh);
      if (fresh) g->of[k] = i;
      else join(g, i, g->of[k]);
    }
  }
  str_fini(&room);
}

// ---- near ----------------------------------------------------------------------------------------------------------
static bool same_digits(Sv a, Sv b) {
  size_t i = 0, j = 0;
  for (;;) {
    while (i < a.n && !(a.s[i] >= '0' && a.s[i] <= '9')) i++;
    while (j < b.n && !(b.s[j] >= '0' && b.s[j] <= '9')) j++;
    if (i == a.n || j == b.n) return i == a.n && j == b.n;
    if (a.s[i++] != b.s[j++]) return false;
  }
}

// Letters to add, take away, change or swap with their neighbour; more than `most` counts as most + 1.
static int64_t distance(Sv a, Sv b, int64_t most) {
  int64_t row[3][WORD_BYTES + 2] = {{0}}, *before = row[0], *last = row[1], *now = row[2];
  if (a.n > WORD_BYTES || b.n > WORD_BYTES || llabs((long long)a.n - (long long)b.n) > most) return most + 1;
  for (size_t j = 0; j <= b.n; j++) last[j] = (int64_t)j;
  for (size_t i = 1; i <= a.n; i++) {
    int64_t least = now[0] = (int64_t)i;
    for (size_t j = 1; j <= b.n; j++) {
      int64_t d = last[j - 1] + (a.s[i - 1] != b.s[j - 1]);
      if (last[j] + 1 < d) d = last[j] + 1;
      if (now[j - 1] + 1 < d) d = now[j - 1] + 1;
      bool swapped = i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] && a.s[i - 2] == b.s[j - 1];
      if (swapped && before[j - 2] + 1 < d) d = before[j - 2] + 1;
      now[j] = d;
      if (d < least) least = d;
    }
    if (least > most) return most + 1;
    int64_t *spare = before;
    before = last, last = now, now = spare;
  }
  return last[b.n];
}

// Folded forms and row counts of the groups, most frequent first.
typedef struct Form {
  Sv text;
  int64_t rows, root;
} Form;

static int by_rows(const void *a, const void *b) {
  const Form *x = a, *y = b;
  if (x->rows != y->rows) return x->rows < y->rows ? 1 : -1;
  return (x->root > y->root) - (x->root < y->root);
}

static int64_t list_forms(Groups *g, Form *form) {
  int64_t *rows = arena_array(&g->arena, int64_t, g->n), n = 0;
  Str room = {0};
  for (int64_t i = 0; i < g->n; i++) rows[root_of(g, i)] += g->count[i];
  for (int64_t i = 0; i < g->n; i++) {
    if (root_of(g, i) != i) continue;
    str_clear(&room);
    if (g->word[i].n <= WORD_BYTES) fold_text(g->word[i], FOLD_ACCENTS, &room);
    form[n++] = (Form){{arena_strndup(&g->arena, str_c(&room), room.n), room.n}, rows[i], i};
  }
  str_fini(&room);
  qsort(form, (size_t)n, sizeof *form, by_rows);
  return n;
}

static ErrCode join_near(Job *job, Groups *g, Err *err) {
  Form *form = arena_array(&g->arena, Form, g->n);
  int64_t n = list_forms(g, form);
  for (int64_t i = 1; i < n && n <= NEAR_WORDS; i++) {
    TRY(job_tick(job, i, n, err));
    if (form[i].text.n < NEAR_LETTERS) continue;
    int64_t best = g->o->near + 1, of = -1;
    for (int64_t j = 0; j < i && form[j].rows >= NEAR_TIMES * form[i].rows; j++) {
      if (!same_digits(form[i].text, form[j].text)) continue;
      int64_t d = distance(form[i].text, form[j].text, g->o->near);
      if (d < best) best = d, of = j;
    }
    if (of < 0) continue;
    g->near[form[i].root] = true;
    join(g, form[i].root, form[of].root);
  }
  return OK;
}

// ---- what groups become --------------------------------------------------------------------------------------------
static ErrCode apply_map(Groups *g, const char *column, Err *err) {
  const Names *map = &g->o->map;
  for (int64_t k = 0; k + 1 < map->n; k += 2) {
    int64_t i = 0;
    while (!sv_is(g->word[i], map->name[k])) i++;
    int64_t root = root_of(g, i), was = g->mapped[root];
    if (was && strcmp(map->name[was], map->name[k + 1]) != 0)
      return err_set(err, ERR_ARG,
                     "prep.merge: column '%s': map sends '%s' to '%s' and '%s' to '%s', but they are one value when "
                     "what by=... says is forgiven: send both to the same, or forgive less",
                     column, map->name[was - 1], map->name[was], map->name[k], map->name[k + 1]);
    g->mapped[root] = k + 1;
  }
  return OK;
}

static void name_groups(Groups *g, Arena *a, Merged *m, int64_t *group) {
  int64_t *best = arena_array(&g->arena, int64_t, g->n), n = 0;
  for (int64_t i = 0; i < g->n; i++) { // words are in order: the first of the most frequent
    int64_t r = root_of(g, i);
    if (r == i) best[r] = i;
    else if (g->count[i] > g->count[best[r]]) best[r] = i;
  }
  m->value = (Names){arena_array(a, const char *, g->n), 0};
  for (int64_t i = 0; i < g->n; i++) {
    if (root_of(g, i) != i) continue;
    const char *value = g->mapped[i] ? g->o->map.name[g->mapped[i]] : g->word[best[i]].s;
    m->value.name[n] = arena_strdup(a, value);
    group[i] = n++;
  }
  m->value.n = n;
}

static void keep_keys(Groups *g, const int64_t *group, Arena *a, Merged *m) {
  m->key = (Names){arena_array(a, const char *, g->keys.n), g->keys.n};
  m->of = arena_array(a, int64_t, g->keys.n);
  for (int64_t k = 0; k < g->keys.n; k++) {
    m->key.name[k] = arena_strndup(a, g->keys.key[k].s, g->keys.key[k].n);
    m->of[k] = group[root_of(g, g->of[k])];
  }
}

// The gentlest level that makes the word and what it becomes one.
static const char *rule_of(Groups *g, int64_t i, const char *value, Str *x, Str *y) {
  if (g->mapped[root_of(g, i)]) return "map";
  for (int level = 0; level <= g->o->by; level++) {
    Sv key = key_of(g->word[i], level, x);
    if (key.n && sv_eq(key, key_of(sv(value), level, y))) return FOLD_NAMES[level];
  }
  return g->near[i] ? "near" : "several";
}

static void keep_hits(Groups *g, const int64_t *group, Arena *a, Merged *m) {
  Str x = {0}, y = {0};
  m->hits = (Hits){arena_array(a, Hit, g->n), 0};
  for (int64_t i = 0; i < g->n; i++) {
    const char *value = m->value.name[group[root_of(g, i)]];
    if (!g->count[i] || sv_is(g->word[i], value)) continue;
    m->hits.hit[m->hits.n++] = (Hit){arena_strdup(a, rule_of(g, i, value, &x, &y)), hit_text(g->word[i], a),
                                     *value ? hit_text(sv(value), a) : NULL, g->count[i]};
  }
  str_fini(&x);
  str_fini(&y);
}

static ErrCode learn_groups(Job *job, Groups *g, const char *column, Arena *a, Merged *m, Err *err) {
  g->up = arena_array(&g->arena, int64_t, g->n), g->near = arena_array(&g->arena, bool, g->n);
  g->mapped = arena_array(&g->arena, int64_t, g->n);
  for (int64_t i = 0; i < g->n; i++) g->up[i] = i;
  join_keys(g);
  if (g->o->near > 0) TRY(join_near(job, g, err));
  TRY(apply_map(g, column, err));
  int64_t *group = arena_array(&g->arena, int64_t, g->n);
  name_groups(g, a, m, group);
  keep_keys(g, group, a, m);
  keep_hits(g, group, a, m);
  return OK;
}

static ErrCode merge_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  Codes codes;
  if (!col_is_text(in->c))
    return err_set(err, ERR_TYPE, "prep.merge: column '%s' is %s, and this step takes texts: leave it out of columns",
                   in->name, COLTYPES[in->c->type].name);
  TRY(codes_init(job, "merge", in->c, &codes, err));
  Groups g = {.o = opts};
  arena_init(&g.arena);
  map_init(&g.keys);
  take_words(&g, &codes, opts);
  codes_fini(&codes);
  ErrCode code = learn_groups(job, &g, in->name, in->arena, out, err);
  map_fini(&g.keys);
  arena_fini(&g.arena);
  return code;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
static int64_t group_of(const MergeOpts *o, const Merged *m, const Map *keys, Sv word, Str *room) {
  for (int level = first_level(o->by); level <= o->by; level++) {
    Sv key = key_of(word, level, room);
    int64_t k = key.n ? map_get(keys, key) : -1;
    if (k >= 0) return m->of[k];
  }
  return -1;
}

static ErrCode merge_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                          Column **out, Err *err) {
  (void)name;
  const Merged *m = learned;
  Codes codes;
  if (c->missing == c->n) return *out = column_ref(c), OK;
  TRY(codes_init(job, "merge", c, &codes, err));
  Str room = {0};
  Map keys;
  map_init(&keys);
  for (int64_t k = 0; k < m->key.n; k++) map_put(&keys, sv(m->key.name[k]), NULL);
  Sv *to = arena_array(&codes.arena, Sv, codes.n);
  for (int64_t w = 0; w < codes.n; w++) {
    int64_t g = group_of(opts, m, &keys, codes.word[w], &room);
    to[w] = g < 0 ? codes.word[w] : *m->value.name[g] ? sv(m->value.name[g]) : (Sv){NULL, 0};
  }
  ErrCode code = repair_words(job, "merge", &codes, repair_type(c), to, out, err);
  map_fini(&keys);
  str_fini(&room);
  codes_fini(&codes);
  return code;
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void store_merged(Store *s, void *learned) {
  Merged *m = learned;
  int64_t n = m->key.n;
  hits_store(s, &m->hits);
  store_names(s, "values", &m->value);
  store_names(s, "keys", &m->key);
  store_i64s(s, "groups", &m->of, &n);
  bool fits = n == m->key.n;
  for (int64_t k = 0; k < n && fits; k++) fits = m->of[k] >= 0 && m->of[k] < m->value.n;
  Map seen;
  map_init(&seen);
  for (int64_t k = 0; k < n && fits; k++) map_put(&seen, sv(m->key.name[k]), &fits); // no key twice
  map_fini(&seen);
  if (!fits) store_fail(s, "spellings and groups that do not fit each other");
}

static const Each EACH = {"merge", "@text", sizeof(Merged), PARAMS, merge_learn, merge_turn, store_merged};

REPAIR_SLOTS(merge)

static ErrCode merge_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  const EachState *st = state->data;
  Arena a;
  arena_init(&a);
  const Hits **hits = arena_array(&a, const Hits *, st->in.names.n);
  for (int64_t k = 0; k < st->in.names.n; k++) hits[k] = &((const Merged *)each_of(&EACH, st, k))->hits;
  ErrCode code = hits_card(job, &st->in, hits, "spellings that change, and in how many training rows", out, err);
  arena_fini(&a);
  return code;
}

const StepType step_merge = {
    .name = "merge",
    .summary = "Gives the variants of a value one spelling",
    .source = "OpenRefine, key collision by fingerprint; worked by hand",
    .unfit = "codes and short names that differ by one sign on purpose: read the card before it is believed",
    .example = "return pipe{prep.merge{'product', by='case'}}:preview(data 'food_reviews')",
    .params = PARAMS,
    .opts_size = sizeof(MergeOpts),
    .fit = merge_fit,
    .apply = merge_apply,
    .store = merge_store,
    .card = merge_card,
};

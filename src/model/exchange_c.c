// Trees as one file of freestanding C99: a struct of inputs' order, the nodes as constant tables, a function that
// predicts a row, and rows with their predictions, which a program compiled with -DTREES_TEST checks. The numbers are
// written in hexadecimal, so that every bit is there, and leaves are added in the order of the trees: sums are the same
// bits as here; what comes out goes through the C library's exp, and agrees to a few units in the last place.
// Test rows: around the cuts of each column, with missing values, drawn by a generator with a fixed seed.
#include "model/exchange_int.h"

#include "base/rng.h"
#include "num/num.h"

#include <math.h>

enum { VECTORS = 32 };

typedef struct Print {
  const Foreign *f;
  const Trees *t;
  Str *out;
  int64_t *first;  // of each word split its place in the table of bits; in the order of the nodes
} Print;

static void add_real(Str *out, double v) {
  if (isnan(v)) str_add(out, "NAN");
  else str_addf(out, "%a", v);
}

static void add_comment_text(Str *out, const char *text) { // nothing that ends a comment or a line
  for (; *text; text++) str_addc(out, (unsigned char)*text < ' ' || *text == '*' || *text == '\\' ? '_' : *text);
}

static bool is_words(const TreeNode *n) { return n->feature != NODE_LEAF && n->flags & NODE_WORDS; }

// ---- tables -------------------------------------------------------------------------------------------------------
static void add_nodes(const Print *p) {
  int64_t bits = 0;
  str_add(p->out, "static const struct { int feature, left, kind; double cut; } NODE[] = {\n");
  for (int64_t i = 0; i < p->t->nnode; i++) {
    const TreeNode *n = &p->t->node[i];
    bool leaf = n->feature == NODE_LEAF;
    double cut = leaf ? p->t->value[i] : p->t->single && !is_words(n) ? (double)(float)n->cut : n->cut;
    if (is_words(n)) cut = (double)bits, bits += foreign_words(p->f, n->feature);
    str_addf(p->out, "{%d,%d,%u,", n->feature, n->left, leaf ? 0 : n->flags);
    add_real(p->out, cut);
    str_add(p->out, i % 4 == 3 ? "},\n" : "},");
  }
  str_add(p->out, "};\n");
}

static void add_bits(const Print *p) {
  int64_t shown = 0;
  str_add(p->out, "static const unsigned char LEFT[] = {");
  for (int64_t i = 0; i < p->t->nnode; i++) {
    const TreeNode *n = &p->t->node[i];
    for (int64_t k = 0; is_words(n) && k < foreign_words(p->f, n->feature); k++)
      str_addf(p->out, "%d,%s", foreign_left(p->f, n, k), ++shown % 60 ? "" : "\n");
  }
  str_add(p->out, "0};\n");
}

static void add_whole(Str *out, const char *type, const char *name, const int64_t *v, int64_t n) {
  str_addf(out, "static const %s %s[] = {", type, name);
  for (int64_t i = 0; i < n; i++) str_addf(out, "%lld%s", (long long)v[i], i + 1 < n ? "," : "");
  str_add(out, "};\n");
}

static void add_words_sizes(const Print *p) {
  str_add(p->out, "static const int WORDS[] = {");
  for (int64_t j = 0; j < p->f->terms.n; j++)
    str_addf(p->out, "%lld,", (long long)(p->f->words[j] ? foreign_words(p->f, j) : 0));
  str_add(p->out, "0};\n");
}

static void add_reals(Str *out, const char *name, const double *v, int64_t n) {
  str_addf(out, "static const double %s[] = {", name);
  for (int64_t i = 0; i < n; i++) {
    add_real(out, v[i]);
    str_add(out, i + 1 < n ? (i % 8 == 7 ? ",\n" : ",") : "};\n");
  }
}

// ---- the head and the functions -----------------------------------------------------------------------------------
static void add_head(const Print *p) {
  const Foreign *f = p->f;
  str_addf(p->out, "/* %s, %lld trees. Inputs of predict(x, out):\n", f->sums.objective, (long long)p->t->ntree);
  for (int64_t j = 0; j < f->terms.n; j++) {
    str_addf(p->out, "   x[%lld] ", (long long)j);
    add_comment_text(p->out, f->terms.name[j]);
    if (f->words[j]) str_add(p->out, ", the number of its category:");
    for (int64_t k = 0; f->words[j] && f->levels && k < f->levels[j].n && k < 1000; k++) {
      str_addf(p->out, "%s %lld ", k ? "," : "", (long long)k);
      add_comment_text(p->out, f->levels[j].name[k]);
    }
    str_addc(p->out, '\n');
  }
  str_add(p->out, "   A missing value is NAN. ");
  if (!f->sums.nclass) str_add(p->out, "out[0] is the prediction.");
  for (int64_t k = 0; k < f->sums.nclass; k++) {
    str_addf(p->out, "%sout[%lld] is the probability of ", k ? ", " : "", (long long)k);
    add_comment_text(p->out, f->classes.name[k]);
  }
  str_add(p->out, "\n   cc -std=c99 -DTREES_TEST this.c -lm makes a program that checks itself. */\n");
  str_add(p->out, "#include <math.h>\n");
}

static void add_link(const Print *p) {
  static const char *const LINK[] = {
      [LINK_IDENTITY] = "  out[0] = sum[0];\n",
      [LINK_LOG] = "  out[0] = exp(sum[0]);\n",
      [LINK_LOGIT] = "  out[TWO] = 1 / (1 + exp(-sum[0]));\n  if (TWO) out[0] = 1 - out[TWO];\n",
      [LINK_STEP] = "  out[1] = sum[0] > 0;\n  out[0] = 1 - out[1];\n",
      [LINK_SOFTMAX] = "  double most = sum[0], total = 0;\n"
                       "  for (k = 1; k < SUMS; k++) if (sum[k] > most) most = sum[k];\n"
                       "  for (k = 0; k < SUMS; k++) total += out[k] = exp(sum[k] - most);\n"
                       "  for (k = 0; k < SUMS; k++) out[k] /= total;\n"};
  str_add(p->out, LINK[p->f->sums.link]);
}

static void add_functions(const Print *p) {
  str_addf(p->out, "enum { TREES = %lld, SUMS = %lld, INPUTS = %lld, OUTPUTS = %lld, TWO = %d };\n\n",
           (long long)p->t->ntree, (long long)p->t->noutput, (long long)p->f->terms.n,
           (long long)(p->f->sums.nclass ? p->f->sums.nclass : 1), p->f->sums.nclass == 2);
  str_addf(p->out,
           "/* kind: 1 missing values go left, 2 categories, 4 categories beyond the last go left */\n"
           "static int goes_left(int i, double x) {\n"
           "  int kind = NODE[i].kind;\n"
           "  if (x != x || (kind & 2 && x < 0)) return kind & 1;\n"
           "  if (!(kind & 2)) return %s;\n"
           "  if (x >= WORDS[NODE[i].feature]) return (kind & 4) != 0;\n"
           "  return LEFT[(long)NODE[i].cut + (long)x];\n}\n\n",
           p->t->single ? "(float)x < (float)NODE[i].cut" : "x < NODE[i].cut");
  str_add(p->out,
          "void predict(const double *x, double *out) {\n"
          "  double sum[SUMS];\n  int k, t;\n"
          "  for (k = 0; k < SUMS; k++) sum[k] = BASE[k];\n"
          "  for (t = 0; t < TREES; t++) {\n"
          "    int i = ROOT[t];\n"
          "    while (NODE[i].feature >= 0) i = ROOT[t] + NODE[i].left + !goes_left(i, x[NODE[i].feature]);\n"
          "    sum[OUTPUT[t]] += NODE[i].cut;\n  }\n");
  add_link(p);
  str_add(p->out, "}\n\n");
}

// ---- test vectors -------------------------------------------------------------------------------------------------
// Near a cut of the column that a random split has, a word, or missing.
static double draw(const Print *p, int64_t j, RngKey key, uint64_t row) {
  uint64_t at = row * 4096 + (uint64_t)j;
  if (rng_unit(key, at, 0) < 0.1) return NAN;
  if (p->f->words[j]) return (double)rng_below(key, at, 1, (foreign_words(p->f, j) + 1));
  for (uint64_t round = 0; round < 200 && p->t->nnode; round++) {
    const TreeNode *n = &p->t->node[rng_below(key, at, 2 + round, p->t->nnode)];
    if (n->feature != j || is_words(n)) continue;
    double off = rng_unit(key, at, 1) - 0.5;
    return off < -0.4 ? n->cut : n->cut + off * (fabs(n->cut) + 1e-3);
  }
  return rng_unit(key, at, 1);
}

static void sums_of_row(const Print *p, const double *x, double *sum) {
  const Trees *t = p->t;
  for (int64_t k = 0; k < t->noutput; k++) sum[k] = t->base[k];
  for (int64_t k = 0; k < t->ntree; k++) {
    const TreeNode *tree = t->node + t->root[k];
    int64_t at = 0;
    while (tree[at].feature != NODE_LEAF) at = node_next(t, &tree[at], x[tree[at].feature]);
    sum[t->output[k]] += t->value[t->root[k] + at];
  }
}

static void add_vectors(const Print *p, Arena *a) {
  int64_t inputs = p->f->terms.n, outputs = p->f->sums.nclass ? p->f->sums.nclass : 1;
  int64_t room = outputs > p->t->noutput ? outputs : p->t->noutput;
  double *x = arena_array(a, double, VECTORS * inputs), *out = arena_array(a, double, VECTORS * room);
  RngKey key = rng_key(1, "vectors");
  for (int64_t i = 0; i < VECTORS; i++) {
    for (int64_t j = 0; j < inputs; j++) x[i * inputs + j] = draw(p, j, key, (uint64_t)i);
    double *row = out + i * outputs;
    sums_of_row(p, x + i * inputs, row);
    link_apply((Link)p->f->sums.link, (int)p->f->sums.nclass, 1, row, row);
  }
  str_add(p->out, "#ifdef TREES_TEST\n#include <stdio.h>\n");
  add_reals(p->out, "TEST_X", x, VECTORS * inputs);
  add_reals(p->out, "TEST_OUT", out, VECTORS * outputs);
  str_addf(p->out,
           "int main(void) {\n  int i, k, wrong = 0;\n  for (i = 0; i < %d; i++) {\n    double out[OUTPUTS];\n"
           "    predict(TEST_X + i * INPUTS, out);\n    for (k = 0; k < OUTPUTS; k++) {\n"
           "      double want = TEST_OUT[i * OUTPUTS + k];\n"
           "      wrong += !(fabs(out[k] - want) <= 1e-12 * (fabs(want) > 1 ? fabs(want) : 1));\n    }\n  }\n"
           "  printf(\"%%d of %%d predictions differ\\n\", wrong, %d * OUTPUTS);\n  return wrong != 0;\n}\n#endif\n",
           VECTORS, VECTORS);
}

ErrCode exchange_print_c(const Foreign *f, Str *out, Err *err) {
  Print p = {.f = f, .t = &f->sums.trees, .out = out};
  Arena a = {0};
  if (!p.t->ntree) return err_set(err, ERR_ARG, "a model without trees has nothing to be written as C");
  if (!f->terms.n) return err_set(err, ERR_ARG, "a model without columns has nothing to be written as C");
  add_head(&p);
  add_nodes(&p);
  add_bits(&p);
  add_words_sizes(&p);
  add_whole(out, "int", "ROOT", p.t->root, p.t->ntree);
  add_whole(out, "int", "OUTPUT", p.t->output, p.t->ntree);
  add_reals(out, "BASE", p.t->base, p.t->noutput);
  add_functions(&p);
  add_vectors(&p, &a);
  arena_fini(&a);
  return OK;
}

// Estimators, and the Pipeline that carries them from a raw frame to predictions. A Learner is a recipe (steps and a
// model type with options); fitting it on a frame makes a Model, immutable and shared by reference count.
#pragma once
#include "prep/features.h"
#include "prep/preview.h"
#include "prep/transform.h"

// TASK_ANOMALY: without a target; a prediction says how unlike the training rows a row is, from 0 to 1.
typedef enum { TASK_REGRESSION = 1, TASK_CLASSIFICATION = 2, TASK_ANOMALY = 4 } Task;

// ---- a model type -------------------------------------------------------------------------------------------------
typedef struct FitIn { // all borrowed
  const Mat *x;        // n x p, no NaN; of types that take columns or the compact design: n x 0
  const Features *columns; // of types that take columns, else NULL
  const Compact *compact;  // of types that take the compact design, else NULL
  const Names *terms;  // p names
  Task task;
  const double *y;     // n: values, or class numbers 0 .. nclass - 1
  int nclass;          // 0 for regression
  const Names *levels; // nclass names
  const double *weight; // n positive case weights, or NULL
  uint64_t seed;
  const Features *valid; const double *valid_y; // rows to watch, of types that watch; NULL none
} FitIn;

// What a type learned; owned by `arena`. Non-convergence, separation and aliased columns are notes, not errors.
typedef struct ModelState {
  Arena arena;
  void *data;
  Names notes;         // sentences for the card, worst first
  int64_t iterations; bool converged; // iterations: 0 when there were none
  double threshold;    // of an anomaly: scores above it; 0 = 0.5
} ModelState;

typedef struct Trees Trees; typedef struct Sums Sums; typedef struct ModelRounds ModelRounds; // *_int.h, training.h
typedef struct ModelType {
  const char *name;    // "logistic": ml.logistic{...}
  const char *summary, *source, *unfit;
  const char *example; // Lua that runs, on bundled data
  int tasks;           // TASK_ bits
  const Param *params;
  size_t opts_size;
  ErrCode (*fit)(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err);
  // Regression: out is n values. Classification: out is n x nclass probabilities, column-major, rows summing to 1.
  ErrCode (*predict)(Job *job, const void *opts, const ModelState *state, const Mat *x, double *out, Err *err);
  // Instead of predict: the type takes columns as they stand, with missing values and words (prep/features.h).
  ErrCode (*predict_columns)(Job *job, const void *opts, const ModelState *state, const Features *x, double *out,
                             Err *err);
  // Instead of predict: the type takes numbers without a matrix of them (prep/features.h).
  ErrCode (*predict_compact)(Job *job, const void *opts, const ModelState *state, const Compact *x, double *out,
                             Err *err);
  // Coefficients or importances: term (class before it where each class has its own), estimate and, where they exist,
  // se, z or t, p, lower, upper. A caption is the type's line of facts: "l2=1, converged in 6 iterations".
  ErrCode (*card)(Job *job, const void *opts, const ModelState *state, const Names *terms, const Names *levels,
                  Frame **out, Err *err);
  // Visits everything in state->data; when reading it also creates it in state->arena, and calls store_fail when the
  // lengths do not fit a model of `nterm` terms and `nclass` classes with these options.
  void (*store)(Store *s, const void *opts, int64_t nterm, int nclass, ModelState *state);
  bool blind;          // looks at no feature: is fitted without a design, x having no columns
  const Trees *(*trees)(const ModelState *state); // of types that are trees: what explains them
  void (*sums)(const ModelState *state, Sums *out); // whose sums become predictions by an objective: what writes them
  bool mean;           // its trees add up to a mean: a tree's own prediction is its value times their number
  // Predictions of the n training rows by what was not fitted on them, as predict_columns, NaN where there are none.
  const double *(*oob)(const ModelState *state, int64_t *n);
  // Of types with `rounds`: goes on from what `state` learned until there are so many. As fit.
  ErrCode (*extend)(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err);
  ErrCode (*path)(const ModelState *state, Frame **out, Err *err); // the sequence of models that the fit chose from
  void (*rounds)(const ModelState *state, ModelRounds *out); // of types that look at FitIn.valid round after round
} ModelType;

#define MODEL_TYPES(X) X(baseline) X(linear) X(logistic) X(tree) X(forest) X(extratrees) X(iforest) X(boost)
#define MODEL_DECLARE(name) extern const ModelType model_##name;
MODEL_TYPES(MODEL_DECLARE)
#undef MODEL_DECLARE
const ModelType *const *model_types(void); // ended by NULL
const ModelType *model_find(Sv name);

// ---- learners and models ------------------------------------------------------------------------------------------
typedef struct Learner Learner; typedef struct Model Model; // immutable, reference counted

// Copies steps, options and all; `type` may be NULL for a pipeline of steps alone.
Learner *learner_new(const StepSpec *step, int nstep, const ModelType *type, const void *opts);
// A copy whose target goes through a transform before steps and model learn from it; what a regression predicts comes
// back through the inverse. TRANSFORM_NONE: as it stands.
Learner *learner_with_target(const Learner *l, TransformKind target);
TransformKind learner_target(const Learner *l);
Learner *learner_ref(const Learner *l);
void learner_unref(Learner *l);
int learner_nstep(const Learner *l);
const StepSpec *learner_step(const Learner *l, int k);
const ModelType *learner_type(const Learner *l, const void **opts); // NULL without a model
// Up to which step `step` says: a number, from 0 = none, or the name of a step that is there once. ERR_NAME no such
// step, with those that there are; ERR_ARG a number beyond them, a name that is there twice.
NODISCARD ErrCode learner_place(const Learner *l, Sv step, int *nstep, Err *err);
// pipe{prep.impute{with="median"}, ml.logistic{l2=1}}: as Lua would write it. Arena-owned.
const char *learner_print(const Learner *l, Arena *a);
int learner_nparts(const Learner *l); // steps, and the model where there is one
const char *learner_print_part(const Learner *l, int k, Arena *a);
// One row a part: part (from 1), call (as Lua would write it), what (it does).
NODISCARD ErrCode learner_card(const Learner *l, Frame **out, Err *err);

typedef struct FitOpts {
  const char *weight;   // column of case weights, left out of the features; NULL none
  const char *positive; // class that counts as positive; NULL: the second in sorted order
  Names features;       // use only these columns; n = 0: all but the target and the weight
  uint64_t seed;
  bool passing;         // the model is dropped soon: no hash of its data
  const Frame *valid;   // rows that a type that watches scores after each round and does not learn from; NULL none
} FitOpts;
// Fits every step and then the model on the rows of `train`. Rows without a target are left out and counted in a note.
// A text, category or bool target makes a classification, a number a regression (a type that only classifies takes
// a number target of at most 20 distinct whole values as classes).
// ERR_NAME target or feature; ERR_TYPE text target for a regression; ERR_ARG one class, no rows, a transform for
// classes or for values that it does not take, rows to watch of a type that does not; ERR_NUMERIC.
NODISCARD ErrCode model_fit(Job *job, const Learner *l, const Frame *train, const char *target, const FitOpts *opts,
                            Model **out, Err *err);
// m with so many more rounds, learned on d; `valid` as in FitOpts. On the rows of m's fit it is what all rounds at once
// give, to the bit. ERR_ARG a type without rounds, steps that treat training rows apart; as model_fit and _transform.
NODISCARD ErrCode model_continue(Job *job, const Model *m, const Frame *d, int64_t rounds, const Frame *valid,
                                 Model **out, Err *err);
// What step k (from 0) makes of the rows as the steps before it leave them, in training. target NULL: none, also of a
// learner with a model. End `out` with step_preview_free, after an error too. Errors as model_fit.
NODISCARD ErrCode model_preview(Job *job, const Learner *l, const Frame *train, const char *target, const FitOpts *opts,
                                int k, StepPreview *out, Err *err);
Model *model_ref(const Model *m);
void model_unref(Model *m);
bool model_same_fit(const Model *a, const Model *b); // they differ in their threshold at most
// The frame after the steps. Columns are matched by name and type; extra ones are ignored, missing ones ERR_NAME.
NODISCARD ErrCode model_transform(Job *job, const Model *m, const Frame *d, Frame **out, Err *err);
// The same after the first nstep of them; 0: the features, as they came.
NODISCARD ErrCode model_transform_to(Job *job, const Model *m, const Frame *d, int nstep, Frame **out, Err *err);
// pred, and p_<class> for classifiers; score and outlier for anomalies. Classes by the threshold for two, by the
// largest probability for more. The caption names the columns of d that the model does not know.
NODISCARD ErrCode model_predict(Job *job, const Model *m, const Frame *d, Frame **out, Err *err);
// n values, or n x nclass probabilities in the order of the levels; mem_free.
NODISCARD ErrCode model_scores(Job *job, const Model *m, const Frame *d, double **out, Err *err);
// A model whose predict uses threshold t in [0, 1] for its positive class. ERR_ARG unless it has two classes.
NODISCARD ErrCode model_threshold(const Model *m, double t, Model **out, Err *err);

typedef struct ModelInfo { // borrowed from the model
  const ModelType *type;
  const Learner *learner;
  Task task;
  const char *target;
  const Transform *transform; // that the target goes through; kind TRANSFORM_NONE without one
  const Names *levels, *terms, *features, *notes;
  int positive;            // index into levels; -1 for regression
  double threshold;        // 0.5 until it is set
  int64_t nrow, iterations;
  bool converged;
  uint64_t seed;
  double seconds;          // of the fit
  const char *data_hash;   // frame_hash of the training frame; empty where FitOpts.passing
} ModelInfo;
ModelInfo model_info(const Model *m);
// The coefficient table, captioned with the facts of ModelInfo and a line for each step; of steps alone model_steps.
NODISCARD ErrCode model_card(Job *job, const Model *m, Frame **out, Err *err);
// What step k (from 0) learned: its own table, captioned with what it does.
NODISCARD ErrCode model_step_card(Job *job, const Model *m, int k, Frame **out, Err *err);
typedef struct StepLine {
  const char *name, *learned; // "impute"; "age 28, fare 14.45", NULL where there is nothing to learn
  int in, out;                // columns before it and after it
} StepLine;
// One for each step, from the first; owned by `a`. O(columns) beside the cards.
NODISCARD ErrCode model_step_lines(Job *job, const Model *m, Arena *a, StepLine **out, Err *err);
// The same as a frame: step, name, columns, then (columns after it), learned.
NODISCARD ErrCode model_steps(Job *job, const Model *m, Frame **out, Err *err);
// One tree (from 1) of a type made of trees: a row a leaf with its rule in the language of expressions, or a row a
// node as indented branches; node, n and share of the rows, prediction. ERR_ARG no such tree, or none at all.
NODISCARD ErrCode model_rules(const Model *m, int64_t tree, Frame **out, Err *err);
NODISCARD ErrCode model_branches(const Model *m, int64_t tree, Frame **out, Err *err);
typedef struct TreeLookNode { // owned by the arena
  int64_t node;              // in the tree, from 1
  int64_t up, left;          // places in the list: -1 none; 0 none that is told, the right child is left + 1
  bool leaf;
  const char *side, *column; // "age < 30 or ·": how it is reached (· missing); what it splits, "" a leaf
  double cover, gain;
  double *value;             // width: what it predicts or adds
} TreeLookNode;
typedef struct TreeLook {
  int64_t ntree, nnode, nleaf, depth; // nnode to depth: of this tree
  int64_t width, of;         // of: the class whose sum the tree adds to, -1 none
  bool shares, adds, rows;   // values are shares of classes; are added to those of other trees; cover counts rows
  TreeLookNode *item;        // breadth-first
  double whole;              // cover of the root
  int64_t n, at, above;      // at: place of the node asked for; above: parent of the first, 0 none
  const char *rule;          // that leads to that node, for d:where
} TreeLook;
int64_t model_ntree(const Model *m); // 0: it is not made of trees
// The nodes around one, at most about `most` (at least 300), with its children. ERR_ARG no such tree or node, from 1.
NODISCARD ErrCode model_look(const Model *m, int64_t tree, int64_t node, int64_t most, Arena *a, TreeLook *out,
                             Err *err);
// What cost-complexity pruning chose from: alpha, cp, leaves, impurity, cv_error and cv_se. ERR_ARG a type without it.
NODISCARD ErrCode model_path(const Model *m, Frame **out, Err *err);
// As model_predict, of the training rows by the trees that did not draw them; missing where all did. ERR_ARG: none.
NODISCARD ErrCode model_oob(const Model *m, Frame **out, Err *err);
// Text with a checksum; model_load refuses what another program or a newer version wrote, with the reason.
NODISCARD ErrCode model_save(const Model *m, Str *out, Err *err);
NODISCARD ErrCode model_load(Sv text, Model **out, Err *err);

// Shared inside the room.
#pragma once
#include "model/model.h"

// Adds a sentence to the notes of a state.
void state_note(ModelState *s, const char *fmt, ...) PRINTF(2, 3);
// The note on the columns term[column[0..n)] that were dropped as combinations of others; none for n = 0.
void note_aliased(ModelState *s, const Names *terms, const int64_t *column, int64_t n);
void note_no_target(ModelState *s, int64_t n); // on n rows that were left out; none for n = 0
// The row of a classifier's option class_weight="balanced" or {yes=5, no=1}, of a field Names class_weight. What it
// asks for is done for every type alike: its fit finds it in FitIn.weight.
#define CLASS_WEIGHT(T)                                                                                                \
  {                                                                                                                    \
    .name = "class_weight", .type = PARAM_NAMES, .offset = offsetof(T, class_weight), .choices = "weights",            \
    .dflt = "", .doc = "what a row of each class counts; \"balanced\": rows / (classes * rows of the class)"           \
  }
// What in->weight and the option make together, one number a row; empty where the type has no such option or it was
// not given. A note says which class counts how much. ERR_NAME no such class; ERR_ARG no positive number, another word.
NODISCARD ErrCode class_weights(Job *job, const ModelType *type, const void *opts, const char *target, const FitIn *in,
                                ModelState *state, Mat *out, Err *err);
// The place of a class. ERR_NAME "OPTION: target 'y' has no class 'yse': did you mean 'yes'?"
NODISCARD ErrCode level_find(const Names *levels, const char *option, const char *target, const char *class, int *k,
                             Err *err);
// Column c of weights of the rows of `given` that have a target (NULL: of all). ERR_TYPE no numbers; ERR_ARG names the
// row of one that is not positive or infinite.
NODISCARD ErrCode weights_read(Job *job, const Frame *given, const char *target, const char *name, const Column *c,
                               Mat *out, Err *err);
double fit_total(Job *job, const FitIn *in); // of the weights; n without them
// ERR_NUMERIC after a fit gave no finite numbers: names the column or the target whose values are infinite or huge.
ErrCode fit_not_finite(Job *job, const FitIn *in, const char *owner, Err *err);
// out (n) = X b, with the intercept in b[0] and the columns behind it when there is one; NaN in b counts as 0.
NODISCARD ErrCode margin_mat(Job *job, const Mat *x, const double *b, bool intercept, double *out, Err *err);
NODISCARD ErrCode margin_compact(Job *job, const Compact *x, const double *b, bool intercept, double *out, Err *err);

// ---- tables of a card (card.c) ------------------------------------------------------------------------------------
NODISCARD ErrCode card_add_texts(Frame *f, const char *name, const char *const *text, Err *err);
NODISCARD ErrCode card_add_reals(Frame *f, const char *name, const double *v, Err *err); // NaN is missing
// "(intercept)" before the terms when there is one; arena-owned.
Names card_terms(const Names *terms, bool intercept, Arena *a);
// estimate, se, `statistic` ("t" or "z") = estimate / se, p, lower, upper. df INFINITY: normal.
NODISCARD ErrCode card_add_inference(Frame *f, const char *statistic, const double *estimate, const double *se,
                                     double df, double level, Err *err);

// ---- learners (learner.c) -----------------------------------------------------------------------------------------
void learner_write(Store *s, const Learner *l);
Learner *learner_read(Store *s); // NULL after an error

// ---- targets (target.c) -------------------------------------------------------------------------------------------
typedef struct Target { // values owned by `arena` but y, which is freed by target_fini
  Task task;
  Names levels;    // of a classification, sorted: numbers by value when every level is one, else bytewise
  int64_t *count;  // rows of each level
  double *y;       // n: values, or class numbers
} Target;
// Reads a column without missing values. `type` NULL: any task. Errors as model_fit.
NODISCARD ErrCode target_read(Job *job, const ModelType *type, const char *name, const Column *c, Arena *a, Target *out,
                              Err *err);
void target_fini(Target *t);
bool target_missing(const Column *c, int64_t i); // missing, or NaN

// ---- a fitted model (object.c) ------------------------------------------------------------------------------------
typedef struct Fitted { // shared by models that differ in their threshold
  atomic_int refs;
  Arena arena;
  Learner *learner;
  StepState *step;     // of each step
  int nstep;           // how many have learned
  Design design;
  ModelState state;
  Task task;
  const char *target, *weight; // NULL: none
  Transform transform; // of the target
  Names levels, features, notes;
  ColType *kind;       // of each feature
  int64_t *count;      // rows of each level
  int positive;
  int64_t nrow;
  uint64_t seed;
  double seconds;
  char data_hash[65];
} Fitted;

struct Model {
  atomic_int refs;
  Fitted *fit;
  double threshold;
};

Fitted *fitted_new(void);
// y (n) of a regression goes through the learner's transform, which learns from it (target.c); `train` (the frame that
// was given) is for messages. ERR_ARG classes, values that it does not take, infinite ones.
NODISCARD ErrCode target_transform(Job *job, const Frame *train, int64_t n, Fitted *m, Target *t, Err *err);
void fitted_unref(Fitted *f);

// ---- rows to watch (fit_valid.c) ----------------------------------------------------------------------------------
typedef struct Watched { // nothing of it for a NULL frame
  Frame *rows, *x;  // those with a target; after the steps
  Features columns;
  Mat y;
} Watched;
// The rows of `given` that have a target, as the model that is being fitted sees them; watched_close, after an error
// too. `role` is what messages call them. ERR_ARG a type that does not watch, no rows; ERR_NAME no such column or
// class; ERR_TYPE; as model_transform.
NODISCARD ErrCode watched_open(Job *job, Fitted *m, const Frame *given, const char *role, Watched *out, Err *err);
void watched_close(Watched *w);
Model *model_new(Fitted *f, double threshold); // takes the reference over

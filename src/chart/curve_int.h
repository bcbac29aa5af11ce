// Shared by the charts of scores: rows in the order of their score, and lines through what every threshold gives.
#pragma once
#include "chart/points_int.h"

enum { SCORES_MOST = 48 }; // classes
typedef struct Scores {
  Pile *pile;
  const ScoreOpts *o;
  Plot *p;
  int n;                    // curves; more than one: of each class against the others
  Use use[SCORES_MOST];     // score of each
  int32_t class[SCORES_MOST]; // level of `actual` that it is the score of; -1: no row has it
  const char *name[SCORES_MOST]; // of the class
  int64_t rows[SCORES_MOST]; // of that class
  int group[SCORES_MOST];   // colour; -1: not drawn, as more cannot be told apart
  int ndrawn;
  Levels actual;
  int64_t nrow, *row;       // rows with a class and all scores
  bool unit;                // all scores lie from 0 to 1
  uint64_t *key;            // scratch
  int64_t *order, *points;
} Scores;

// Every distinct score, descending from (0, 0) above all; what is called positive from there on. Valid until the next
// of the same Scores.
typedef struct ScoreCurve {
  const char *name;   // of the class
  int k;              // which one
  int64_t n, npos, nneg;
  double *t;          // n; the first is infinite
  int64_t *tp, *fp, *row; // n; row in the frame that has this score
} ScoreCurve;

#define CHART_SCORES                                                                                                   \
  {"score", PARAM_NAMES, offsetof(ScoreOpts, score), 0, 0, "", NULL, "score column, or a column a class (p_NAME)"},    \
      {"actual", PARAM_TEXT, offsetof(ScoreOpts, actual), 0, 0, "", NULL, "column of what was"},                       \
      {"positive", PARAM_TEXT, offsetof(ScoreOpts, positive), 0, 0, "", NULL,                                          \
       "class that a high score speaks for; the one in the column's name, else the second"}
#define CHART_AT                                                                                                       \
  {"at", PARAM_REAL, offsetof(ScoreOpts, at), 0, 1, "0.5", NULL, "threshold that is marked; of an evaluation its own"}

// Finds columns and rows. ERR_ARG also when no class has rows of both kinds.
NODISCARD ErrCode scores_load(Scores *s, Pile *pile, const Frame *d, const ScoreOpts *o, Plot *p, Err *err);
NODISCARD ErrCode scores_curve(Scores *s, int k, ScoreCurve *out, Err *err);
int64_t curve_at(const ScoreCurve *c, double t); // the last point with a threshold of at least t
// The share of the class among that share of the rows, the highest scores first; straight between points.
double curve_gain(const ScoreCurve *c, double share);
double curve_f1(const ScoreCurve *c, int64_t i);
// A line through n points, x ascending; i-th point of the curve at[i]. As many marks as there is room for.
NODISCARD ErrCode scores_line(Scores *s, const ScoreCurve *c, const double *x, const double *y, const int64_t *at,
                              int64_t n, Err *err);
void scores_mark(Scores *s, const ScoreCurve *c, int64_t i, double x, double y); // the point of o->at
void scores_rule(Plot *p, const char *name, double x, double y, double x2, double y2);
// The notes, n, and the names of axes.
void scores_describe(Scores *s, const char *x, const char *y);
// "mean AUC .983 over 3 classes; least versicolor .951"; value: of each class, NaN where there is none.
const char *scores_means(const Scores *s, const char *what, const double *value);
// A threshold that calls positive what t does and not what the next lower score t2 has, in the fewest digits.
const char *words_threshold(Plot *p, double t, double t2);

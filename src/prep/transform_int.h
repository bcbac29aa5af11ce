// Shared by the files of the transforms.
#pragma once
#include "prep/transform.h"

// The lambda of greatest likelihood for x[0..n), which is changed; *note (may be set) says when it is at its bound.
NODISCARD ErrCode lambda_fit(Job *job, bool boxcox, double *x, int64_t n, double *lambda, const char **note, Err *err);
double boxcox_value(double x, double lambda);
double boxcox_inverse(double z, double lambda); // 0 or infinity where the transform never comes to z
double yeojohnson_value(double x, double lambda);
double yeojohnson_inverse(double z, double lambda); // an infinity where the transform never comes to z

// Knots of x[0..n), which is sorted by it.
NODISCARD ErrCode knots_fit(Job *job, double *x, int64_t n, int64_t nknot, Arena *a, Transform *c, Err *err);
void knots_apply(const Transform *c, const double *x, int64_t n, bool normal, double *z); // z may be x
double knots_inverse(const Transform *c, double z, bool normal);

// Names of objectives in LightGBM's files.
#pragma once

typedef struct LightObjective {
  const char *light, *xgboost;
} LightObjective;
extern const LightObjective LIGHT_OBJECTIVES[]; // ended by NULLs

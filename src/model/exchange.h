// Models of other programs: XGBoost's JSON and LightGBM's text, both ways, and trees as C.
#pragma once
#include "model/model.h"

typedef struct ExchangeOpts { // what such files do not hold
  const char *target;  // column that an evaluation compares with; NULL: as the file says, else "y"
  Names classes;       // of the target in the order of their numbers; n = 0: as the file says, else "0", "1", ...
  const Frame *like;   // whose columns of words name the categories of the model, in sorted order; NULL: as the file
                       // says, else columns hold their numbers from 0
} ExchangeOpts;
typedef enum { EXCHANGE_NONE, EXCHANGE_XGBOOST, EXCHANGE_LIGHTGBM, EXCHANGE_C } ExchangeFormat;
ExchangeFormat exchange_by_name(const char *path); // .json, .txt and .c
ExchangeFormat exchange_sniff(Sv text);            // XGBOOST, LIGHTGBM or NONE
// A model whose card, predictions and explanations are as any other's. ERR_PARSE with line and column, also of an
// objective that is not known or a booster without trees; ERR_ARG, ERR_NAME options that do not fit the file.
NODISCARD ErrCode exchange_read(Sv text, const ExchangeOpts *opts, Model **out, Err *err);
// ERR_ARG: not a sum of trees, or steps before it, or an objective or target that the format does not have.
NODISCARD ErrCode exchange_write(Job *job, const Model *m, ExchangeFormat format, Str *out, Err *err);

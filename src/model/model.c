#include "model/model_int.h"

#define TYPE_ENTRY(name) &model_##name,
static const ModelType *const TYPES[] = {MODEL_TYPES(TYPE_ENTRY) NULL};

const ModelType *const *model_types(void) { return TYPES; }

const ModelType *model_find(Sv name) {
  for (const ModelType *const *t = TYPES; *t; t++)
    if (sv_is(name, (*t)->name)) return *t;
  return NULL;
}

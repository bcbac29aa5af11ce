// An error that says what was meant: "no model 'bost': did you mean 'boost'?".
#pragma once
#include "ui/doc_int.h"

// The wrong name and the one that was meant, views of the message; false: it does not say.
bool mend_names(const Result *r, Sv *wrong, Sv *meant);
// Where in the cell's text the wrong name stands: at the place of the error or behind it, else anywhere.
bool mend_find(const Result *r, Sv text, Sv wrong, size_t *at);

// Shared inside the room.
#pragma once
#include "frame/frame.h"

ErrCode out_of_memory(const char *what, Err *err);
NODISCARD ErrCode bitmap_new(int64_t n, uint64_t **out, Err *err); // all present

// words[0..n) in any order, distinct; copied and sorted. place[i] (may be NULL) gets the new place of words[i].
Dict *dict_new(const Sv *words, int64_t n, uint32_t *place);
Dict *dict_ref(Dict *d); // NULL allowed
void dict_unref(Dict *d);

void hash_values(const Frame *f, char hex[65]); // what frame_hash keeps

#include "ui/origins_int.h"

#include <stdlib.h>
#include <string.h>

Origins *origins_ref(Origins *o) {
  if (o) o->refs++;
  return o;
}

void origins_unref(Origins *o) {
  if (!o || --o->refs) return;
  arena_fini(&o->arena);
  free(o);
}

static int64_t find(const Origins *o, const char *name) {
  for (int64_t k = 0; o && k < o->n; k++)
    if (strcmp(o->name[k], name) == 0) return k;
  return -1;
}

int64_t origins_get(const Origins *o, const char *name) {
  int64_t k = find(o, name);
  return k < 0 ? 0 : o->run[k];
}

static void put(Origins *o, const char *name, int64_t run) {
  int64_t k = find(o, name);
  if (k < 0) k = o->n++, o->name[k] = arena_strdup(&o->arena, name);
  o->run[k] = run;
}

Origins *origins_after(Origins *o, Names writes, int64_t run) {
  if (!writes.n) return o;
  Origins *to = calloc(1, sizeof *to);
  if (!to) abort();
  int64_t had = o ? o->n : 0;
  arena_init(&to->arena);
  to->refs = 1;
  to->name = arena_array(&to->arena, const char *, had + writes.n);
  to->run = arena_array(&to->arena, int64_t, had + writes.n);
  for (int64_t k = 0; k < had; k++) put(to, o->name[k], o->run[k]);
  for (int64_t k = 0; k < writes.n; k++) put(to, writes.name[k], run);
  origins_unref(o);
  return to;
}

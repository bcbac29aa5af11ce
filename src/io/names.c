#include "io/io_int.h"

#include "base/map.h"
#include "base/utf8.h"

// Without control bytes and NULs, which a name cannot show.
static char *clean(Arena *a, Sv cell) {
  Sv text = sv_trim(cell);
  char *s = arena_strndup(a, text.s, text.n);
  for (size_t i = 0; i < text.n; i++)
    if ((unsigned char)s[i] < 0x20) s[i] = ' ';
  return s;
}

static const char *distinct(Map *used, const char *name, Arena *a) {
  bool is_new;
  map_put(used, sv(name), &is_new);
  for (int k = 2; !is_new; k++) {
    const char *next = arena_printf(a, "%s_%d", name, k);
    map_put(used, sv(next), &is_new);
    if (is_new) return next;
  }
  return name;
}

typedef struct Changes {
  Str renamed, unnamed;
  int64_t nrenamed, nunnamed;
} Changes;

static void changes_note(Changes *c, Str *notes) {
  enum { SHOWN = 5 };
  if (c->nrenamed)
    note_add(notes, "repeated names: %s%s", str_c(&c->renamed), c->nrenamed > SHOWN ? " and more" : "");
  if (c->nunnamed)
    note_add(notes, "columns without a name: %s%s", str_c(&c->unnamed), c->nunnamed > SHOWN ? " and more" : "");
  str_fini(&c->renamed);
  str_fini(&c->unnamed);
}

static void change_add(Str *list, int64_t *n, const char *text) {
  if ((*n)++ < 5) str_addf(list, "%s%.*s", list->n ? ", " : "", (int)utf8_fit(sv(text), 60), text);
}

const char **names_make(const Record *header, int64_t width, bool shift, Arena *a, Str *notes) {
  const char **name = arena_array(a, const char *, width);
  Changes changes = {0};
  Map used;
  map_init(&used);
  for (int64_t j = 0; j < width; j++) {
    int64_t from = j - shift;
    const char *given = header && from >= 0 && from < header->n ? clean(a, record_cell(header, from)) : "";
    const char *wanted = *given ? given : arena_printf(a, "c%lld", (long long)j + 1);
    name[j] = distinct(&used, wanted, a);
    if (header && !*given) change_add(&changes.unnamed, &changes.nunnamed, name[j]);
    else if (strcmp(name[j], wanted)) change_add(&changes.renamed, &changes.nrenamed, name[j]);
  }
  map_fini(&used);
  changes_note(&changes, notes);
  return name;
}

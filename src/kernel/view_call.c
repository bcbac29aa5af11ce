// What can be called, and how: the catalogue of everything, and the options of one call. Both come from the tables of
// the binding and need no object.
#include "kernel/desk_int.h"

#include "base/numfmt.h"

// ---- the catalogue -------------------------------------------------------------------------------------------------
typedef struct Listing {
  Msg *answer;
  int64_t cap;
} Listing;

static void add_entry(void *ctx, const HostEntry *e) {
  Listing *l = ctx;
  MsgCatalogue *m = &l->answer->Catalogue;
  Arena *a = &l->answer->arena;
  if (m->n == l->cap) {
    WireEntry *more = arena_array(a, WireEntry, l->cap = 2 * l->cap + 512);
    if (m->n) memcpy(more, m->item, (size_t)m->n * sizeof *more);
    m->item = more;
  }
  m->item[m->n++] = (WireEntry){.name = arena_strdup(a, e->name),
                                .lua = arena_strdup(a, e->lua),
                                .kind = arena_strdup(a, e->kind),
                                .of = arena_strdup(a, e->of),
                                .doc = arena_strdup(a, e->doc),
                                .topic = arena_strdup(a, e->topic),
                                .needs = e->needs,
                                .options = e->options};
}

static ErrCode add_datasets(Job *job, const Paths *paths, Listing *l, Err *err) {
  Frame *sets;
  TRY(paths_datasets(paths, job, &sets, err));
  const Column *name = frame_at(sets, 0), *bytes = frame_at(sets, 1);
  Arena scratch;
  arena_init(&scratch);
  for (int64_t i = 0; i < frame_nrow(sets); i++) {
    char size[32];
    Sv one = col_text(name, i);
    fmt_bytes(size, sizeof size, bytes->i[i]);
    HostEntry e = {.kind = "data", .of = "", .topic = "data", .options = -1};
    e.name = arena_strndup(&scratch, one.s, one.n);
    e.lua = arena_printf(&scratch, "d = data \"%s\"", e.name);
    e.doc = arena_printf(&scratch, "bundled table %s, %s", e.name, size);
    add_entry(l, &e);
  }
  arena_fini(&scratch);
  frame_unref(sets);
  return OK;
}

ErrCode view_catalogue(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  Listing l = {.answer = answer};
  host_catalogue(add_entry, &l);
  return ask->ViewCatalogue.data ? add_datasets(job, found->paths, &l, err) : OK;
}

// ---- one call ------------------------------------------------------------------------------------------------------
static void add_options(const HostForm *f, MsgForm *m, Arena *a) {
  while (f->params && f->params[m->n].name) m->n++;
  m->option = arena_array(a, WireOption, m->n);
  for (int64_t k = 0; k < m->n; k++) {
    const Param *p = &f->params[k];
    const char *choices = p->choices ? p->choices : "";
    m->option[k] = (WireOption){p->name, p->type, p->lo, p->hi, p->dflt, choices, p->doc};
  }
}

ErrCode view_call(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const MsgCall *v = &ask->Call;
  Arena *a = &answer->arena;
  HostForm f;
  int position = -1;
  (void)job;
  if (*v->topic && !host_form(sv(v->topic), a, &f))
    return err_set(err, ERR_NAME, "'%s' is nothing that can be called", v->topic);
  if (!*v->topic && !host_form_at(found->snapshot, sv(v->text), (size_t)v->at, a, &f, &position))
    return err_set(err, ERR_NAME, "no call stands there");
  answer->Form = (MsgForm){.owner = f.owner,
                           .of = f.of,
                           .kind = f.kind,
                           .signature = f.signature,
                           .doc = f.doc,
                           .example = f.example,
                           .position = position,
                           .npos = f.npos,
                           .rest = f.rest,
                           .open = f.open};
  add_options(&f, &answer->Form, a);
  if (answer->Form.npos > answer->Form.n) answer->Form.npos = answer->Form.n;
  return OK;
}

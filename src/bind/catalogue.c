// All that a user can call or read about, in the order of the tables: for the palette.
#include "bind/form_int.h"

#include "frame/expr.h"

typedef struct Listing {
  HostEntryFn each;
  void *ctx;
  Arena arena;
} Listing;

// The name behind the prefix: "hist" of "d:hist".
static const char *bare_name(const char *owner) {
  const char *mark = strpbrk(owner, ":.");
  return mark ? mark + 1 : owner;
}

// The first of several signatures.
static const char *first_form(Listing *l, const char *signature) {
  const char * or = strstr(signature, " or ");
  return or ? arena_strndup(&l->arena, signature, (size_t)(or -signature)) : signature;
}

static void list_form(Listing *l, const HostForm *f) {
  HostEntry e = {.name = bare_name(f->owner),
                 .lua = first_form(l, f->signature),
                 .kind = f->kind,
                 .of = f->of,
                 .doc = f->doc,
                 .topic = f->owner};
  for (const Param *p = f->params; p && p->name; p++) e.options++, e.needs += p->dflt == NULL;
  l->each(l->ctx, &e);
}

static void list_rows(Listing *l) {
  HostForm form;
  for (const Family *f = FAMILIES; f->prefix; f++)
    for (const BindFn *r = family_rows(f); r->name; r++) {
      form_of_row(f, r, &l->arena, &form);
      list_form(l, &form);
    }
}

static void list_descriptors(Listing *l) {
  HostForm form;
  for (const ChartType *const *t = chart_types(); *t; t++) form_of_chart(*t, &l->arena, &form), list_form(l, &form);
  for (const TestType *const *t = test_types(); *t; t++) form_of_test(*t, &l->arena, &form), list_form(l, &form);
  for (const StepType *const *t = prep_steps(); *t; t++) form_of_step(*t, &l->arena, &form), list_form(l, &form);
  for (const ModelType *const *t = model_types(); *t; t++) form_of_model(*t, &l->arena, &form), list_form(l, &form);
}

static void list_expressions(Listing *l) {
  ExprTopic t;
  HostEntry all = {"expressions",
                   ":help expressions",
                   "help",
                   "",
                   "operators, functions and how values behave",
                   "expressions",
                   0,
                   -1};
  l->each(l->ctx, &all);
  for (int k = 0; expr_topic(k, &t); k++) {
    HostEntry e = {t.name, t.signature, "expression", "", t.doc, t.name, 0, -1};
    if (t.name) l->each(l->ctx, &e);
  }
}

void host_catalogue(HostEntryFn each, void *ctx) {
  Listing l = {.each = each, .ctx = ctx};
  arena_init(&l.arena);
  list_rows(&l);
  list_descriptors(&l);
  list_expressions(&l);
  arena_fini(&l.arena);
}

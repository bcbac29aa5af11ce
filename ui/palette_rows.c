// The rows of the palette, and which of them answer what is typed.
#include "ui/palette_int.h"

#include "ui/help_int.h"

#include <stdlib.h>
#include <strings.h>

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

// Calls that a key makes with the cursor's column: the palette shows them once, with the key.
typedef struct Pair {
  void (*act)(App *a, int arg);
  const char *topic;
} Pair;
static const Pair PAIRS[] = {{act_table_describe, "d:describe"}, {act_table_frequencies, "d:count"},
                             {act_table_ledger, "d:ledger"},     {act_table_filter, "d:where"},
                             {act_table_derive, "d:derive"},     {act_table_hide, "d:drop"}};

static const char *topic_of(const Action *act) {
  for (size_t k = 0; k < sizeof PAIRS / sizeof *PAIRS; k++)
    if (PAIRS[k].act == act->act) return PAIRS[k].topic;
  return NULL;
}

static const Action *act_of(const char *topic) {
  for (const Action *row = ACTIONS; row->act; row++)
    if (topic_of(row) && is(topic_of(row), topic)) return row;
  return NULL;
}

// ---- rows ----------------------------------------------------------------------------------------------------------
static void add(Palette *p, PaletteRow row) { memcpy(&p->row[p->nrow++], &row, sizeof row); }

static const char *first_key(Palette *p, const Action *act) {
  return arena_strndup(&p->arena, act->keys, strcspn(act->keys, " "));
}

// Keys that only move are not looked for by name.
static bool is_listed(const Action *act) {
  return !is(act->group, "move") && act->act != act_pane_number && !topic_of(act) && act->where != IN_HELP;
}

static const char *place_of(int where) {
#define PLACE(name) [PANE_##name] = #name,
  static const char *const PANE[PANE_COUNT] = {PANES(PLACE)};
#undef PLACE
  return where < PANE_COUNT ? PANE[where] : where == IN_EDIT ? "edit" : "key";
}

static void add_acts(const App *a, Palette *p, bool here) {
  for (const Action *act = keymap_actions(&a->keymap); act->act; act++) {
    bool counts = act->where == (int)a->focus || act->where == IN_ANY;
    if (counts != here || !is_listed(act)) continue;
    char word[32];
    const char *name = arena_strdup(&p->arena, key_word(act->word, false, word));
    add(p, (PaletteRow){act, NULL, -1, name, first_key(p, act), "", place_of(act->where), act->help,
                        arena_printf(&p->arena, "%s %s", place_of(act->where), name)});
  }
}

static void add_commands(Palette *p) {
  const char *help, *name;
  for (int k = 0; (name = command_name(k, &help)); k++) {
    const char *lua = arena_printf(&p->arena, ":%s", name);
    add(p, (PaletteRow){NULL, NULL, k, arena_printf(&p->arena, "%s: %s", name, help), "", lua, "command", help, lua});
  }
}

// The signature with the object in place of its letter: what will be written, as far as it is known without asking.
static const char *shown_lua(const App *a, Palette *p, const WireEntry *e) {
  Str out = {0};
  const char *colon = strchr(e->lua, ':'), *text = e->lua;
  bool plain = *e->of && colon && object_lua(a, e->of, &out) && !strchr(str_c(&out), ' ');
  if (!plain) str_clear(&out);
  if (plain) str_addf(&out, e->needs ? ":%s{…}" : ":%s()", e->name);
  else str_add(&out, text);
  const char *shown = arena_strdup(&p->arena, str_c(&out));
  str_fini(&out);
  return shown;
}

static void add_entries(const App *a, Palette *p) {
  const MsgCatalogue *c = &p->catalogue.Catalogue;
  for (int64_t k = 0; p->catalogue.kind == MSG_CATALOGUE && k < c->n; k++) {
    const WireEntry *e = &c->item[k];
    const Action *act = act_of(e->topic);
    if (act) act = &keymap_actions(&a->keymap)[act - ACTIONS];
    bool reads = e->options < 0 && !is(e->kind, "data");
    const char *words = reads ? arena_printf(&p->arena, "%s: %s", e->name, e->doc) : e->doc;
    const char *lua = reads ? arena_printf(&p->arena, ":help %s", e->topic) : shown_lua(a, p, e);
    const char *id = is(e->kind, "data") ? e->lua : e->topic;
    add(p, (PaletteRow){act, e, -1, words, act ? first_key(p, act) : "", lua, reads ? "help" : e->kind, e->doc, id});
  }
}

static int count_rows(const Palette *p) {
  int n = 0;
  const char *help;
  for (const Action *act = ACTIONS; act->act; act++) n++;
  while (command_name(n, &help)) n++;
  for (int k = 0; command_name(k, &help); k++) n++;
  return n + (p->catalogue.kind == MSG_CATALOGUE ? (int)p->catalogue.Catalogue.n : 0);
}

void palette_rows(App *a, Palette *p) {
  arena_fini(&p->arena);
  arena_init(&p->arena);
  int most = count_rows(p);
  p->row = arena_array(&p->arena, PaletteRow, most);
  free(p->hit);
  p->hit = calloc((size_t)most + 1, sizeof *p->hit);
  if (!p->hit) abort();
  p->nrow = 0;
  add_acts(a, p, true);
  add_entries(a, p);
  add_commands(p);
  add_acts(a, p, false);
}

// ---- matching ------------------------------------------------------------------------------------------------------
// How long ago it was chosen: 1 = last; 0 = not among the recent ones.
static int recent_place(const Palette *p, const char *id) {
  for (int64_t k = p->recent.n - 1; k >= 0; k--)
    if (is(p->recent.line[k], id)) return (int)(p->recent.n - k);
  return 0;
}

enum { RECENT_WORTH = 15, HERE_WORTH = 8, NAME_WORTH = 40, PAGE_WORTH = -50 };

static int by_score(const void *x, const void *y) {
  const PaletteHit *a = x, *b = y;
  return a->score != b->score ? (a->score > b->score ? -1 : 1) : a->row - b->row;
}

void palette_match(App *a, Palette *p) {
  Sv query = sv_trim(sv(field_text(&p->query)));
  p->nhit = p->at = p->top = 0;
  for (int k = 0; k < p->nrow; k++) {
    const PaletteRow *r = &p->row[k];
    const char *name = r->entry ? r->entry->name : r->words;
    FuzzyField field[PALETTE_FIELDS] = {{r->words, true}, {r->lua, true}, {r->kind, false}, {r->doc, false}};
    PaletteHit *hit = &p->hit[p->nhit];
    int recent = recent_place(p, r->id);
    if (p->recent_only && !recent) continue;
    hit->row = k, hit->score = fuzzy_match(query, field, PALETTE_FIELDS, hit->hits);
    if (!hit->score) continue;
    if (recent) hit->score += p->recent_only || !query.n ? 10000 - recent : RECENT_WORTH;
    if (query.n && strncasecmp(name, query.s, query.n) == 0) hit->score += NAME_WORTH - (int)strlen(name) % 20;
    if (query.n && is(r->kind, "help")) hit->score += PAGE_WORTH;
    if (r->act && r->act->where == (int)a->focus && query.n) hit->score += HERE_WORTH;
    p->nhit++;
  }
  qsort(p->hit, (size_t)p->nhit, sizeof *p->hit, by_score);
}

const PaletteRow *palette_chosen(const Palette *p) { return p->nhit ? &p->row[p->hit[p->at].row] : NULL; }

bool palette_lua(const App *a, const Palette *p, Str *lua, Str *why) {
  const PaletteRow *r = palette_chosen(p);
  bool known = r && r->entry && p->draft_for && is(p->draft_for, r->entry->topic);
  if (known && r->entry->options >= 0) return draft_print(a, &p->draft, lua, why);
  if (r) str_add(lua, r->lua);
  return true;
}

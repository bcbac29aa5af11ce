// The key table with the user's keys in it. The tables of the program are constant; what is moved lives in copies of
// them, so that whoever dispatches, paints a bar or explains keys reads one table and cannot disagree.
#include "ui/keymap_int.h"

#include "base/near.h"
#include "ui/help_int.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

void keymap_init(UserKeys *m) {
  *m = (UserKeys){0};
  arena_init(&m->arena);
}

void keymap_fini(UserKeys *m) {
  arena_fini(&m->arena);
  str_fini(&m->problems);
  *m = (UserKeys){0};
}

const Action *keymap_actions(const UserKeys *m) { return m->action ? m->action : ACTIONS; }
const KeyRow *keymap_rows(const UserKeys *m) { return m->row ? m->row : KEY_ROWS; }

static int count_actions(void) {
  int n = 0;
  while (ACTIONS[n].act) n++;
  return n;
}

// ---- names --------------------------------------------------------------------------------------------------------
static const char *place_of(int where) {
  return where == IN_ANY ? "any" : where == IN_EDIT ? "edit" : where == IN_HELP ? "help" : PANE_TYPES[where]->name;
}

// "run, next" is run-next, "describe|desc" describe, "$EDITOR" editor.
static void add_slug(Str *out, const char *word) {
  size_t begin = out->n;
  for (const char *p = word; *p && *p != '|'; p++) {
    if (isalnum((unsigned char)*p)) str_addc(out, (char)tolower((unsigned char)*p));
    else if (out->n > begin && out->s[out->n - 1] != '-') str_addc(out, '-');
  }
  while (out->n > begin && out->s[out->n - 1] == '-') out->s[--out->n] = 0;
}

static void add_name(int of, Str *out) {
  str_addf(out, "%s.", place_of(ACTIONS[of].where));
  add_slug(out, ACTIONS[of].word);
}

void keymap_name(int of, Str *out) {
  Str mine = {0}, other = {0};
  int same = 1;
  add_name(of, &mine);
  for (int k = 0; k < of; k++) {
    str_clear(&other);
    add_name(k, &other);
    same += strcmp(str_c(&mine), str_c(&other)) == 0;
  }
  str_addn(out, mine.s, mine.n);
  if (same > 1) str_addf(out, "-%d", same);
  str_fini(&mine), str_fini(&other);
}

static const char **all_names(Arena *a, int n) {
  const char **name = arena_array(a, const char *, n);
  for (int k = 0; k < n; k++) {
    Str text = {0};
    keymap_name(k, &text);
    name[k] = arena_strdup(a, str_c(&text));
    str_fini(&text);
  }
  return name;
}

// ---- keys ---------------------------------------------------------------------------------------------------------
static bool next_word(const char **rest, char word[24]) {
  *rest += strspn(*rest, " \t");
  size_t n = strcspn(*rest, " \t");
  snprintf(word, 24, "%.*s", (int)n, *rest);
  *rest += n;
  return n > 0;
}

static bool has_word(const char *keys, const char *want) {
  char word[24];
  while (next_word(&keys, word))
    if (strcmp(word, want) == 0) return true;
  return false;
}

// A key, or a prefix and a key.
static bool is_key(const char *name) {
  Key key;
  return keys_parse(name, &key) || (strchr("gzd0", name[0]) && name[1] && keys_parse(name + 1, &key));
}

static const char *without(Arena *a, const char *keys, const char *gone) {
  Str left = {0};
  char word[24];
  while (next_word(&keys, word))
    if (strcmp(word, gone) != 0) str_addf(&left, "%s%s", left.n ? " " : "", word);
  const char *text = arena_strdup(a, str_c(&left));
  str_fini(&left);
  return text;
}

// ---- the file -----------------------------------------------------------------------------------------------------
typedef struct Reading {
  UserKeys *m;
  int n;
  const char **name;
  int *line; // of the file that moved each act, 0 = none did
} Reading;

static int find(const Reading *r, Sv name) {
  for (int k = 0; k < r->n; k++)
    if (sv_is(name, r->name[k])) return k;
  return -1;
}

static void unknown(Reading *r, int number, Sv name) {
  Sv *all = arena_array(&r->m->arena, Sv, r->n);
  for (int k = 0; k < r->n; k++) all[k] = sv(r->name[k]);
  int64_t near = near_find(name, all, r->n);
  str_addf(&r->m->problems, "line %d: no action '" SV_FMT "'", number, SV_ARG(name));
  if (near >= 0) str_addf(&r->m->problems, ": did you mean '%s'?", r->name[near]);
  str_addc(&r->m->problems, '\n');
}

// Why `keys` cannot be the act's; false: they can.
static bool is_wrong(Reading *r, int number, int k, const char *keys) {
  char word[24];
  Str *out = &r->m->problems;
  if (ACTIONS[k].act == act_pane_number)
    return str_addf(out, "line %d: the digits of the panes cannot be moved\n", number), true;
  for (const char *rest = keys; next_word(&rest, word);) {
    if (!is_key(word))
      return str_addf(out, "line %d: no key is called '%s': write x ^X F5 Alt-x Left gx\n", number, word), true;
    for (int i = 0; i < r->n; i++)
      if (i != k && r->line[i] && ACTIONS[i].where == ACTIONS[k].where && has_word(r->m->action[i].keys, word))
        return str_addf(out, "line %d: %s is what line %d gave to %s\n", number, word, r->line[i], r->name[i]), true;
  }
  return false;
}

static void take_line(Reading *r, Sv line, int number) {
  line = sv_trim(line);
  if (!line.n || line.s[0] == '#') return;
  const char *equal = memchr(line.s, '=', line.n);
  size_t n = equal ? (size_t)(equal - line.s) : line.n;
  Sv name = sv_trim((Sv){line.s, n}), value = equal ? sv_trim((Sv){equal + 1, line.n - n - 1}) : (Sv){"", 0};
  int k = find(r, name);
  if (k < 0) {
    unknown(r, number, name);
    return;
  }
  const char *keys = without(&r->m->arena, arena_strndup(&r->m->arena, value.s, value.n), "");
  if (is_wrong(r, number, k, keys)) return;
  r->m->action[k].keys = keys, r->line[k] = number;
}

// Each key of a moved act leaves the other acts of its place.
static void take_away(Reading *r, int k) {
  char word[24];
  for (const char *keys = r->m->action[k].keys; next_word(&keys, word);)
    for (int i = 0; i < r->n; i++) {
      Action *other = &r->m->action[i];
      if (!r->line[i] && other->where == r->m->action[k].where && has_word(other->keys, word))
        other->keys = without(&r->m->arena, other->keys, word);
    }
}

// The rows of the help, without acts that have no key left.
static void make_rows(UserKeys *m, int n) {
  int kept = 0;
  m->row = arena_array(&m->arena, KeyRow, n + 1);
  for (int k = 0; k < n; k++) {
    if (!*m->action[k].keys) continue;
    m->row[kept] = KEY_ROWS[k];
    m->row[kept++].keys = m->action[k].keys;
  }
  m->row[kept] = (KeyRow){0};
}

void keymap_parse(UserKeys *m, Sv text) {
  Reading r = {.m = m, .n = count_actions()};
  m->action = arena_array(&m->arena, Action, r.n + 1);
  memcpy(m->action, ACTIONS, (size_t)(r.n + 1) * sizeof *m->action);
  r.name = all_names(&m->arena, r.n);
  r.line = arena_array(&m->arena, int, r.n);
  for (int number = 1; text.n; number++) {
    const char *end = memchr(text.s, '\n', text.n);
    size_t n = end ? (size_t)(end - text.s) : text.n;
    take_line(&r, (Sv){text.s, n}, number);
    text = (Sv){text.s + n + (end != NULL), text.n - n - (end != NULL)};
  }
  for (int k = 0; k < r.n; k++)
    if (r.line[k]) take_away(&r, k), m->moved++;
  make_rows(m, r.n);
}

void keymap_print(Str *out) {
  int n = count_actions();
  str_add(out, "# Keys of tycho: a line without its # gives an action the keys that stand behind it, and no others.\n"
               "# Names of keys: x X ^X F5 Alt-x S-Enter Left PgUp Space; gx and zx are two keys in turn.\n");
  for (int k = 0, where = -1; k < n; k++) {
    if (ACTIONS[k].where != where) str_addf(out, "\n# %s\n", place_of(where = ACTIONS[k].where));
    Str name = {0};
    keymap_name(k, &name);
    str_addf(out, "#%s = %s\n", str_c(&name), ACTIONS[k].keys);
    str_fini(&name);
  }
}

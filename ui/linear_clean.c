// :clean in lines: the steps that the table asks for with their numbers, then those that are wanted: "1,3" or "all".
#include "ui/clean_int.h"
#include "ui/linear_int.h"

#include "base/numfmt.h"

#include <stdlib.h>

enum { WAIT_MS = 120000 };

static void list(const Clean *c) {
  const MsgSteps *s = clean_steps(c);
  char rows[32];
  for (int64_t i = 0; i < s->n; i++) {
    const WireStep *one = &s->item[i];
    fmt_i64(rows, sizeof rows, one->rows, true);
    if (is_step(one)) linear_say("%3lld  %s", (long long)i + 1, one->lua);
    else linear_say("  !  %s", one->rule);
    linear_say("     %s (%s row%s)", one->reason, rows, one->rows == 1 ? "" : "s");
  }
}

// Marks "1,3", "2 4" or "all". False, and it was said: something else stands there.
static bool mark(Clean *c, Sv words) {
  const MsgSteps *s = clean_steps(c);
  bool all = sv_is(words, "all");
  for (int64_t i = 0; i < s->n; i++) c->use[i] = all && is_step(&s->item[i]);
  for (size_t at = 0; !all && at < words.n;) {
    size_t n = 0;
    int64_t k;
    while (at + n < words.n && words.s[at + n] != ',' && words.s[at + n] != ' ') n++;
    bool number = parse_i64(words.s + at, n, &k) && k >= 1 && k <= s->n && is_step(&s->item[k - 1]);
    if (n && !number) {
      linear_say("! '" SV_FMT "' is no step: give their numbers, as in 1,3, or all", (int)n, words.s + at);
      return false;
    }
    if (n) c->use[k - 1] = true;
    at += n + 1;
  }
  return true;
}

static void add(Linear *l, Clean *c, Sv words) {
  Str lua = {0};
  if (!mark(c, words)) return;
  clean_print(l->a, c, &lua);
  if (lua.n) {
    linear_put(str_c(&lua));
    app_emit(l->a, str_c(&lua), "clean");
  } else linear_put("nothing is added");
  str_fini(&lua);
}

// The table that is named, or else the one that changed last; NULL = none. Takes the name off `rest`.
static const char *choose_table(const App *a, Sv *rest) {
  const WireObject *best = NULL;
  size_t n = 0;
  while (n < rest->n && rest->s[n] != ' ') n++;
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++) {
    const WireObject *o = &a->objects.Objects.item[k];
    if (strcmp(o->kind, "Frame") != 0) continue;
    if (sv_is((Sv){rest->s, n}, o->name)) {
      *rest = sv_trim((Sv){rest->s + n, rest->n - n});
      return o->name;
    }
    if (!best || o->version > best->version) best = o;
  }
  return best ? best->name : NULL;
}

static bool wait_steps(App *a, const char *table) {
  Msg answer;
  if (!clean_ask(a, table, table) || !app_await(a, a->clean->asked, &answer, WAIT_MS)) return false;
  clean_take(a, &answer);
  msg_fini(&answer);
  return clean_steps(a->clean);
}

void linear_clean(Linear *l, Sv rest) {
  App *a = l->a;
  const char *object = choose_table(a, &rest);
  if (!object) {
    linear_put("no table yet: :open FILE");
    return;
  }
  char *table = strdup(object), *line = NULL; // objects may be told anew meanwhile
  if (wait_steps(a, table)) {
    Clean *c = a->clean;
    linear_say("%s: %lld step%s asked for", table, (long long)clean_steps(c)->n, clean_steps(c)->n == 1 ? "" : "s");
    list(c);
    if (rest.n) add(l, c, rest);
    else if (clean_steps(c)->n) {
      linear_put("which? their numbers, as in 1,3, or all; Enter for none");
      if (linear_read(l, "? ", &line) == LINEAR_LINE) add(l, c, sv_trim(sv(line)));
    }
  }
  free(line);
  free(table);
}

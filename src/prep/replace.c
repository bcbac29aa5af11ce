// Tidying texts: blanks around and within them, the case of letters, a pattern and what stands for it, and words that
// mean that nothing is known. They are done in this order: trim, case, pattern, missing; a text of which nothing is
// left is missing. Nothing is learned but how often each rule changed a training row; letters other than A to Z keep
// their case, as in expressions.
#include "prep/repair_int.h"

#include "base/regex.h"

#include <string.h>

enum { CASE_KEEP, CASE_LOWER, CASE_UPPER, CASE_TITLE };
enum { RULE_TRIM, RULE_CASE, RULE_PATTERN, RULE_MISSING, RULES };
enum { SPAN = 2 * (REGEX_GROUPS + 1) };

typedef struct ReplaceOpts {
  Names columns, missing;
  bool trim;
  int letters;
  const char *pattern, *with;
} ReplaceOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(ReplaceOpts, columns), .dflt = "",
     .doc = "columns to tidy: names or \"@text\", \"@category\"; none given: every category and text column"},
    {"trim", PARAM_BOOL, offsetof(ReplaceOpts, trim), .dflt = "true",
     .doc = "take away blanks around the text, and all but one where several stand in it"},
    {"case", PARAM_CHOICE, offsetof(ReplaceOpts, letters), .dflt = "keep", .choices = "keep|lower|upper|title",
     .doc = "of the letters A to Z"},
    {"pattern", PARAM_TEXT, offsetof(ReplaceOpts, pattern), .dflt = "",
     .doc = "regular expression; every match in the text is replaced"},
    {"with", PARAM_TEXT, offsetof(ReplaceOpts, with), .dflt = "",
     .doc = "what stands for a match: text, with %1 for the first group, %0 for the match; not given: nothing"},
    {"missing", PARAM_NAMES, offsetof(ReplaceOpts, missing), .dflt = "",
     .doc = "texts that become missing, such as \"unknown\" and \"?\""},
    PARAM_END};

// ---- one text ------------------------------------------------------------------------------------------------------
typedef struct Tidy {
  const ReplaceOpts *o;
  const Regex *pattern; // NULL = none
  RegexRun *run;
  Arena arena; // of the two above
} Tidy;

static ErrCode tidy_init(const ReplaceOpts *o, Tidy *t, Err *err) {
  *t = (Tidy){.o = o};
  arena_init(&t->arena);
  if (!o->pattern || !*o->pattern) return OK;
  Regex *r;
  int at;
  Err why = {0};
  if (regex_parse(sv(o->pattern), &t->arena, &r, &at, &why) != OK) {
    arena_fini(&t->arena);
    return err_set(err, ERR_ARG, "prep.replace: pattern '%s', at character %d: %s", o->pattern, at + 1, why.msg);
  }
  t->pattern = r, t->run = regex_run_new(r, regex_ngroup(r), &t->arena);
  return OK;
}

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static void add_trimmed(Sv t, Str *out) {
  t = sv_trim(t);
  for (size_t i = 0; i < t.n; i++) {
    if (!is_blank(t.s[i])) str_addc(out, t.s[i]);
    else if (!is_blank(t.s[i - 1])) str_addc(out, ' ');
  }
}

static bool is_small(char c) { return c >= 'a' && c <= 'z'; }
static bool is_large(char c) { return c >= 'A' && c <= 'Z'; }

static void change_case(int how, Str *s) {
  bool inside = false;
  for (size_t i = 0; i < s->n; i++) {
    char *c = &s->s[i];
    bool letter = is_small(*c) || is_large(*c) || (unsigned char)*c >= 0x80;
    bool upper = how == CASE_UPPER || (how == CASE_TITLE && !inside);
    inside = letter || (inside && *c == '\'');
    if (upper && is_small(*c)) *c = (char)(*c - 32);
    else if (!upper && is_large(*c)) *c = (char)(*c + 32);
  }
}

static void add_group(Sv t, const int64_t *span, int group, int ngroup, Str *out) {
  if (group <= ngroup && span[2 * group] >= 0)
    str_addn(out, t.s + span[2 * group], (size_t)(span[2 * group + 1] - span[2 * group]));
}

static void add_with(const char *with, Sv t, const int64_t *span, int ngroup, Str *out) {
  for (const char *p = with ? with : ""; *p; p++) {
    bool group = p[0] == '%' && p[1] >= '0' && p[1] <= '9';
    if (group) add_group(t, span, *++p - '0', ngroup, out);
    else if (p[0] == '%' && p[1] == '%') str_addc(out, *p++);
    else str_addc(out, *p);
  }
}

static size_t next_character(Sv t, size_t i) {
  i++;
  while (i < t.n && ((unsigned char)t.s[i] & 0xC0) == 0x80) i++;
  return i;
}

static void replace_all(const Tidy *k, Sv t, Str *out) {
  int64_t span[SPAN];
  size_t from = 0, done = 0;
  while (from <= t.n && regex_find(k->pattern, k->run, t, from, span)) {
    size_t begin = (size_t)span[0], end = (size_t)span[1];
    str_addn(out, t.s + done, begin - done);
    add_with(k->o->with, t, span, regex_ngroup(k->pattern), out);
    done = end;
    from = end > begin ? end : next_character(t, end);
  }
  str_addn(out, t.s + done, t.n - done);
}

static bool is_listed(const Names *list, Sv t) {
  for (int64_t i = 0; i < list->n; i++)
    if (sv_is(t, list->name[i])) return true;
  return false;
}

// What the word becomes, in *out; false = missing. hit[r]: rule r changed it.
static bool tidy(const Tidy *k, Sv word, bool *hit, Str *room, Str *out) {
  str_clear(room);
  str_clear(out);
  if (k->o->trim) add_trimmed(word, room);
  else str_addn(room, word.s, word.n);
  hit[RULE_TRIM] = room->n != word.n || (word.n && memcmp(room->s, word.s, word.n) != 0);
  str_addn(out, str_c(room), room->n);
  if (k->o->letters != CASE_KEEP) change_case(k->o->letters, out);
  hit[RULE_CASE] = room->n && memcmp(out->s, room->s, room->n) != 0;
  if (k->pattern) {
    str_clear(room);
    str_addn(room, str_c(out), out->n);
    str_clear(out);
    replace_all(k, (Sv){str_c(room), room->n}, out);
    hit[RULE_PATTERN] = !sv_eq((Sv){str_c(room), room->n}, (Sv){str_c(out), out->n});
  }
  return !(hit[RULE_MISSING] = is_listed(&k->o->missing, (Sv){str_c(out), out->n}) || (word.n && out->n == 0));
}

// ---- fit and apply -------------------------------------------------------------------------------------------------
static const char *rule_name(const ReplaceOpts *o, int r, Arena *a) {
  static const char *const letters[] = {"", "lower case", "upper case", "title case"};
  if (r == RULE_TRIM) return "trim";
  if (r == RULE_CASE) return letters[o->letters];
  if (r == RULE_MISSING) return "missing";
  return arena_printf(a, "%s -> %s", o->pattern, o->with ? o->with : "");
}

static void count_hits(const Tidy *k, const Codes *codes, Arena *a, Hits *out) {
  Str room = {0}, text = {0};
  Hit hit[RULES] = {{0}};
  for (int64_t w = 0; w < codes->n; w++) {
    bool did[RULES] = {false};
    if (!codes->count[w]) continue;
    bool left = tidy(k, codes->word[w], did, &room, &text);
    for (int r = 0; r < RULES; r++) {
      if (!did[r]) continue;
      if (!hit[r].n) hit[r].from = hit_text(codes->word[w], a);
      if (!hit[r].n && left) hit[r].to = hit_text((Sv){str_c(&text), text.n}, a);
      hit[r].n += codes->count[w];
    }
  }
  *out = (Hits){arena_array(a, Hit, RULES), 0};
  for (int r = 0; r < RULES; r++) {
    bool asked = r == RULE_PATTERN ? k->pattern != NULL
                 : r == RULE_CASE  ? k->o->letters != CASE_KEEP
                 : r == RULE_TRIM  ? k->o->trim
                                   : k->o->missing.n || hit[r].n;
    if (!asked) continue;
    hit[r].rule = rule_name(k->o, r, a);
    out->hit[out->n++] = hit[r];
  }
  str_fini(&room);
  str_fini(&text);
}

static ErrCode replace_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  Tidy k;
  Codes codes;
  if (!col_is_text(in->c))
    return err_set(err, ERR_TYPE, "prep.replace: column '%s' is %s, and this step takes texts: leave it out of columns",
                   in->name, COLTYPES[in->c->type].name);
  TRY(tidy_init(opts, &k, err));
  ErrCode code = codes_init(job, "replace", in->c, &codes, err);
  if (code == OK) {
    count_hits(&k, &codes, in->arena, out);
    codes_fini(&codes);
  }
  arena_fini(&k.arena);
  return code;
}

static ErrCode replace_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                            Column **out, Err *err) {
  (void)learned, (void)name;
  Tidy k;
  Codes codes;
  if (!col_is_text(c)) return *out = column_ref(c), OK;
  TRY(tidy_init(opts, &k, err));
  ErrCode code = codes_init(job, "replace", c, &codes, err);
  if (code == OK) {
    Str room = {0}, text = {0};
    Sv *to = arena_array(&codes.arena, Sv, codes.n);
    for (int64_t w = 0; w < codes.n; w++) {
      bool did[RULES] = {false};
      if (tidy(&k, codes.word[w], did, &room, &text))
        to[w] = (Sv){arena_strndup(&codes.arena, str_c(&text), text.n), text.n};
    }
    code = repair_words(job, "replace", &codes, repair_type(c), to, out, err);
    str_fini(&room);
    str_fini(&text);
    codes_fini(&codes);
  }
  arena_fini(&k.arena);
  return code;
}

static void store_hits(Store *s, void *learned) { hits_store(s, learned); }

static const Each EACH = {"replace", "@text", sizeof(Hits), PARAMS, replace_learn, replace_turn, store_hits};

REPAIR_SLOTS(replace)

static ErrCode replace_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  const EachState *st = state->data;
  Arena a;
  arena_init(&a);
  const Hits **hits = arena_array(&a, const Hits *, st->in.names.n);
  for (int64_t k = 0; k < st->in.names.n; k++) hits[k] = each_of(&EACH, st, k);
  ErrCode code =
      hits_card(job, &st->in, hits, "training rows that each rule changed, with the first of them", out, err);
  arena_fini(&a);
  return code;
}

const StepType step_replace = {
    .name = "replace",
    .summary = "Tidies texts: trims, changes case, replaces a pattern, makes words missing",
    .source = "checked against pandas 1.5.3, Series.str strip, lower, upper and replace, on bundled texts",
    .unfit = "spellings that no rule describes: prep.merge has a table for them",
    .example = "return pipe{prep.replace{'name', pattern='^(.*), .*$', with='%1', case='upper'}}:preview(data "
               "'titanic')",
    .params = PARAMS,
    .opts_size = sizeof(ReplaceOpts),
    .fit = replace_fit,
    .apply = replace_apply,
    .store = replace_store,
    .card = replace_card,
};

// Regular expressions. The pattern is the same in every row and compiled once, when the expression is typed; an error
// points into it. Matches do not overlap; behind an empty one the search goes on with the next character.
#include "frame/expr_int.h"

#include "base/regex.h"

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

enum { SPAN = 2 * (REGEX_GROUPS + 1) };

static ErrCode prepare_pattern(Prepare *p, Err *err) {
  Regex *r;
  p->at = 1;
  TRY(regex_parse(p->arg[1].t, p->arena, &r, &p->byte, err));
  p->data = r;
  return OK;
}

static ErrCode prepare_extract(Prepare *p, Err *err) {
  TRY(prepare_pattern(p, err));
  int n = regex_ngroup(p->data);
  if (p->narg < 3 || (p->arg[2].i >= 0 && p->arg[2].i <= n)) return OK;
  p->at = 2, p->byte = -1;
  return err_set(err, ERR_ARG, "the pattern has %d group%s, and 0 is the whole match", n, n == 1 ? "" : "s");
}

static void matches(Call *c) {
  const Regex *r = c->op->data;
  RegexRun *run = regex_run_new(r, -1, c->text);
  ROWS(c) c->out.b[i] = vec_ok(&c->out, i) && regex_find(r, run, c->arg[0].t[i], 0, NULL);
}

static void extract(Call *c) {
  const Regex *r = c->op->data;
  int k = c->op->narg > 2 ? (int)c->op->arg[2]->cell.i : regex_ngroup(r) > 0;
  RegexRun *run = regex_run_new(r, k, c->text);
  int64_t span[SPAN];
  ROWS(c) {
    Sv t = c->arg[0].t[i];
    bool found = vec_ok(&c->out, i) && regex_find(r, run, t, 0, span) && span[2 * k] >= 0;
    c->out.t[i] = found ? (Sv){t.s + span[2 * k], (size_t)(span[2 * k + 1] - span[2 * k])} : (Sv){"", 0};
    if (!found) call_ok(c)[i] = 0;
  }
}

// The next match behind `span`, which is {0, -1} before the first.
static bool find_next(const Regex *r, RegexRun *run, Sv t, int64_t *span) {
  int64_t begin = span[0], end = span[1];
  size_t from = end < 0 ? 0 : (size_t)end;
  if (end >= 0 && begin == end) {
    if (from >= t.n) return false;
    from = text_next(t, from);
  }
  return regex_find(r, run, t, from, span);
}

static void count_matches(Call *c) {
  const Regex *r = c->op->data;
  RegexRun *run = regex_run_new(r, 0, c->text);
  ROWS(c) {
    int64_t span[2] = {0, -1}, n = 0;
    while (vec_ok(&c->out, i) && find_next(r, run, c->arg[0].t[i], span)) n++;
    c->out.i[i] = n;
  }
}

// `to` with %1 for the first group, %0 for the whole match, %% for a percent sign.
static void add_replacement(Str *out, Sv to, Sv t, const int64_t *span, int ngroup) {
  for (size_t k = 0; k < to.n; k++) {
    char next = k + 1 < to.n ? to.s[k + 1] : 0;
    int group = next - '0';
    if (to.s[k] != '%' || !(next == '%' || (group >= 0 && group <= 9))) {
      str_addc(out, to.s[k]);
      continue;
    }
    k++;
    if (next == '%') str_addc(out, '%');
    else if (group <= ngroup && span[2 * group] >= 0)
      str_addn(out, t.s + span[2 * group], (size_t)(span[2 * group + 1] - span[2 * group]));
  }
}

static Sv replaced(const Regex *r, RegexRun *run, Sv t, Sv to, int ngroup, Arena *a, Str *out) {
  int64_t span[SPAN] = {0, -1};
  size_t done = 0;
  str_clear(out);
  while (find_next(r, run, t, span)) {
    str_addn(out, t.s + done, (size_t)span[0] - done);
    add_replacement(out, to, t, span, ngroup);
    done = (size_t)span[1];
  }
  if (span[1] < 0) return t;
  str_addn(out, t.s + done, t.n - done);
  return (Sv){arena_strndup(a, str_c(out), out->n), out->n};
}

static void replace(Call *c) {
  const Regex *r = c->op->data;
  int ngroup = regex_ngroup(r) < 9 ? regex_ngroup(r) : 9;
  RegexRun *run = regex_run_new(r, ngroup, c->text);
  Str out = {0};
  ROWS(c) {
    c->out.t[i] = (Sv){"", 0};
    if (vec_ok(&c->out, i)) c->out.t[i] = replaced(r, run, c->arg[0].t[i], c->arg[2].t[i], ngroup, c->text, &out);
  }
  str_fini(&out);
}

const Func EXPR_REGEX[] = {
    {"matches", "matches(s, re)", "s!s:b", .prepare = prepare_pattern, .any = matches,
     .doc = "does the pattern re match somewhere in s; ^ and $ hold it to the ends"},
    {"extract", "extract(s, re, k)", "s!s!i?:s", .prepare = prepare_extract, .any = extract,
     .doc = "what group k of the first match holds (1; without groups all of it); missing without"},
    {"replace_re", "replace_re(s, re, to)", "s!ss:s", .prepare = prepare_pattern, .any = replace,
     .doc = "s with to for every match; %1 is the first group, %0 all, %% a percent sign"},
    {"count_matches", "count_matches(s, re)", "s!s:i", .prepare = prepare_pattern, .any = count_matches,
     .doc = "how often re matches in s, without overlap"},
    {0},
};

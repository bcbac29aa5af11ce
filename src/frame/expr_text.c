// Functions of text. Characters are Unicode code points; upper and lower change the letters A to Z alone. Results that
// are parts of an argument share its bytes, new ones live in the block's arena.
#include "frame/expr_int.h"

#include "base/utf8.h"

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

// ---- anything as text -----------------------------------------------------------------------------------------------
void expr_to_text(Call *c) {
  const Op *from = c->op->arg[0];
  const Vec *v = &c->arg[0];
  size_t width = EXPR_WIDTH[EXPR_STORE[from->type]];
  Column cell = {.type = from->type, .zoned = from->zoned, .n = 1};
  Str out = {0};
  ROWS(c) {
    c->out.t[i] = (Sv){"", 0};
    if (!vec_ok(v, i)) continue;
    str_clear(&out);
    cell.i = (void *)((char *)v->p + (size_t)i * width);
    col_format(&cell, 0, CELL_EXACT, &out);
    c->out.t[i] = (Sv){arena_strndup(c->text, str_c(&out), out.n), out.n};
  }
  str_fini(&out);
}

static void same_text(Call *c) { memcpy(c->out.t, c->arg[0].t, (size_t)c->m * sizeof(Sv)); }

// ---- letters --------------------------------------------------------------------------------------------------------
// The texts of a block once more, one behind the other, to be changed in place.
static void copy_texts(Call *c) {
  size_t total = 0;
  ROWS(c) total += c->arg[0].t[i].n;
  char *s = arena_alloc(c->text, total);
  ROWS(c) {
    Sv t = c->arg[0].t[i];
    if (t.n) memcpy(s, t.s, t.n);
    c->out.t[i] = (Sv){s, t.n};
    s += t.n;
  }
}

static bool is_between(char ch, char first, char last) { return ch >= first && ch <= last; }

static void change_case(Call *c, char first, char last) {
  copy_texts(c);
  ROWS(c) {
    char *s = (char *)c->out.t[i].s;
    for (size_t k = 0; k < c->out.t[i].n; k++) s[k] = (char)(s[k] ^ (is_between(s[k], first, last) ? 32 : 0));
  }
}

static void lower(Call *c) { change_case(c, 'A', 'Z'); }
static void upper(Call *c) { change_case(c, 'a', 'z'); }

// A letter behind a letter becomes small, one behind anything else large.
static void title(Call *c) {
  copy_texts(c);
  ROWS(c) {
    char *s = (char *)c->out.t[i].s;
    bool inside = false;
    for (size_t k = 0; k < c->out.t[i].n; k++) {
      bool small = is_between(s[k], 'a', 'z'), large = is_between(s[k], 'A', 'Z');
      if (inside ? large : small) s[k] = (char)(s[k] ^ 32);
      inside = small || large || (s[k] & 0x80);
    }
  }
}

static void trim(Call *c) { ROWS(c) c->out.t[i] = sv_trim(c->arg[0].t[i]); }

static void trim_left(Call *c) {
  ROWS(c) {
    Sv t = c->arg[0].t[i], both = sv_trim(t);
    c->out.t[i] = both.n ? (Sv){both.s, (size_t)(t.s + t.n - both.s)} : (Sv){"", 0};
  }
}

static void trim_right(Call *c) {
  ROWS(c) {
    Sv t = c->arg[0].t[i], both = sv_trim(t);
    c->out.t[i] = both.n ? (Sv){t.s, (size_t)(both.s + both.n - t.s)} : (Sv){"", 0};
  }
}

// ---- characters -----------------------------------------------------------------------------------------------------
size_t text_next(Sv t, size_t at) {
  int len;
  if (!(t.s[at] & 0x80)) return at + 1;
  utf8_decode(t.s + at, t.n - at, &len);
  return at + (size_t)len;
}

int64_t text_count(Sv t) {
  char high = 0;
  int64_t n = 0;
  for (size_t k = 0; k < t.n; k++) high |= t.s[k];
  if (!(high & 0x80)) return (int64_t)t.n;
  for (size_t at = 0; at < t.n; at = text_next(t, at)) n++;
  return n;
}

static void len(Call *c) { ROWS(c) c->out.i[i] = text_count(c->arg[0].t[i]); }

// Characters first..last, 1-based, negative ones from the end, as Lua's string.sub.
static Sv sub_chars(Sv t, int64_t first, int64_t last) {
  int64_t n = first < 0 || last < 0 ? text_count(t) : 0;
  if (first < 0) first = first < -n ? 1 : n + first + 1;
  if (last < 0) last = last < -n ? 0 : n + last + 1;
  if (first < 1) first = 1;
  size_t begin = 0, end;
  for (int64_t k = 1; k < first && begin < t.n; k++) begin = text_next(t, begin);
  end = begin;
  for (int64_t k = first; k <= last && end < t.n; k++) end = text_next(t, end);
  return (Sv){t.s + begin, end - begin};
}

static void sub(Call *c) {
  ROWS(c) {
    int64_t last = c->op->narg > 2 ? c->arg[2].i[i] : -1;
    c->out.t[i] = vec_ok(&c->out, i) ? sub_chars(c->arg[0].t[i], c->arg[1].i[i], last) : (Sv){"", 0};
  }
}

// ---- search ---------------------------------------------------------------------------------------------------------
static const char *find(Sv t, Sv part) { return part.n ? memmem(t.s, t.n, part.s, part.n) : t.s; }

static void find_place(Call *c) {
  ROWS(c) {
    Sv t = c->arg[0].t[i];
    const char *hit = find(t, c->arg[1].t[i]);
    c->out.i[i] = hit ? text_count((Sv){t.s, (size_t)(hit - t.s)}) + 1 : 0;
  }
}

static void contains(Call *c) { ROWS(c) c->out.b[i] = find(c->arg[0].t[i], c->arg[1].t[i]) != NULL; }

static void starts_with(Call *c) {
  ROWS(c) {
    Sv t = c->arg[0].t[i], part = c->arg[1].t[i];
    c->out.b[i] = t.n >= part.n && sv_eq((Sv){t.s, part.n}, part);
  }
}

static void ends_with(Call *c) {
  ROWS(c) {
    Sv t = c->arg[0].t[i], part = c->arg[1].t[i];
    c->out.b[i] = t.n >= part.n && sv_eq((Sv){t.s + (t.n - part.n), part.n}, part);
  }
}

static Sv replaced(Sv t, Sv from, Sv to, Arena *a, Str *out) {
  str_clear(out);
  for (const char *hit; t.n && (hit = find(t, from));) {
    size_t before = (size_t)(hit - t.s);
    str_addn(out, t.s, before);
    str_addn(out, to.s, to.n);
    t.s = hit + from.n, t.n -= before + from.n;
  }
  str_addn(out, t.s, t.n);
  return (Sv){arena_strndup(a, out->s, out->n), out->n};
}

static void replace(Call *c) {
  Str out = {0};
  ROWS(c) {
    Sv t = c->arg[0].t[i], from = c->arg[1].t[i];
    bool some = from.n && find(t, from);
    c->out.t[i] = some ? replaced(t, from, c->arg[2].t[i], c->text, &out) : t;
  }
  str_fini(&out);
}

const Func EXPR_TEXT[] = {
    {"text", "text(x)", "x:s", .by = {expr_to_text, expr_to_text, expr_to_text, same_text},
     .doc = "x as text, numbers with all their digits"},
    {"lower", "lower(s)", "s:s", .any = lower, .doc = "s with a-z for A-Z; other letters stay"},
    {"upper", "upper(s)", "s:s", .any = upper, .doc = "s with A-Z for a-z; other letters stay"},
    {"title", "title(s)", "s:s", .any = title, .doc = "s with each word's first letter large, the others small"},
    {"trim", "trim(s)", "s:s", .any = trim, .doc = "s without white space at its ends"},
    {"trim_left", "trim_left(s)", "s:s", .any = trim_left, .doc = "s without white space at its beginning"},
    {"trim_right", "trim_right(s)", "s:s", .any = trim_right, .doc = "s without white space at its end"},
    {"len", "len(s)", "s:i", .any = len, .doc = "characters of s"},
    {"sub", "sub(s, i, j)", "sii?:s", .any = sub,
     .doc = "characters i to j (the last) of s; negative places count from the end"},
    {"contains", "contains(s, part)", "ss:b", .any = contains, .doc = "does part stand in s"},
    {"starts_with", "starts_with(s, part)", "ss:b", .any = starts_with, .doc = "does s begin with part"},
    {"ends_with", "ends_with(s, part)", "ss:b", .any = ends_with, .doc = "does s end with part"},
    {"find", "find(s, part)", "ss:i", .any = find_place,
     .doc = "place of the first part in s, from 1; 0 when it is not there"},
    {"replace", "replace(s, a, b)", "sss:s", .any = replace, .doc = "s with b for every a, both plain text"},
    {0},
};

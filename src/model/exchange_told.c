// What other programs' files have no place for, kept as attributes that those programs carry along: the name of the
// target, the names of its classes, and the words behind the numbers of categories.
#include "model/exchange_int.h"

enum { TARGET, CLASSES, LEVELS, N };
static const char *const NAME[N] = {"tycho_target", "tycho_classes", "tycho_levels"};

// ---- reading ------------------------------------------------------------------------------------------------------
bool exchange_read_text(Json *j, const char *at, const char *name, Arena *a, const char **out) {
  Sv text;
  if (!at) return json_fail(j, j->p, "there is no '%s'", name);
  j->p = at;
  if (json_peek(j) != '"') return json_fail(j, j->p, "'%s' is a text", name);
  if (!json_string(j, &text)) return false;
  *out = arena_strndup(a, text.s, text.n);
  return true;
}

bool exchange_read_texts(Json *j, const char *at, const char *name, Arena *a, Names *out) {
  int64_t room = 0;
  *out = (Names){0};
  if (!at) return true;
  j->p = at;
  if (json_peek(j) != '[') return json_fail(j, j->p, "'%s' is an array of texts", name);
  j->p++;
  if (json_peek(j) == ']') return j->p++, true;
  for (;;) {
    if (out->n == room) {
      const char **grown = arena_array(a, const char *, room = room ? 2 * room : 16);
      for (int64_t k = 0; k < out->n; k++) grown[k] = out->name[k];
      out->name = grown;
    }
    json_peek(j);
    if (!exchange_read_text(j, j->p, name, a, &out->name[out->n++])) return false;
    int next = json_peek(j);
    if (next != ',' && next != ']') return json_expected(j, "',' or ']'");
    j->p++;
    if (next == ']') return true;
  }
}


static bool read_levels(Json *j, const char *at, Arena *a, int64_t nterm, Names **out) {
  j->p = at;
  if (json_peek(j) != '[') return json_expected(j, "an array of arrays of texts");
  Names *levels = arena_array(a, Names, nterm);
  for (int64_t k = 0; k < nterm; k++) {
    j->p++;
    json_peek(j);
    if (!exchange_read_texts(j, j->p, NAME[LEVELS], a, &levels[k])) return false;
    int next = json_peek(j);
    if (next != (k + 1 < nterm ? ',' : ']')) return json_expected(j, "an array for each column");
  }
  *out = levels;
  return true;
}

// The value of attribute k is JSON in a text.
static bool inner(Json *j, const char *at, int k, Foreign *out) {
  const char *text;
  if (!at) return true;
  if (!exchange_read_text(j, at, NAME[k], out->arena, &text)) return false;
  if (k == TARGET) return out->target = text, true;
  Sv s = sv(text);
  Json in = {.p = s.s, .begin = s.s, .end = s.s + s.n, .line = 1};
  bool good = k == CLASSES ? exchange_read_texts(&in, in.p, NAME[k], out->arena, &out->classes)
                           : read_levels(&in, in.p, out->arena, out->terms.n, &out->levels);
  str_fini(&in.text);
  return good || json_fail(j, at, "%s: %.120s", NAME[k], in.fault);
}

bool exchange_read_told(Json *j, const char *at, Foreign *out) {
  const char *value[N];
  if (!at) return true;
  j->p = at;
  if (!json_members(j, "'attributes'", NAME, N, value)) return false;
  for (int k = 0; k < N; k++)
    if (!inner(j, value[k], k, out)) return false;
  return true;
}

// ---- writing ------------------------------------------------------------------------------------------------------
void exchange_print_text(Sv text, Str *out) {
  str_addc(out, '"');
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.s[i];
    if (c == '"' || c == '\\') str_addf(out, "\\%c", c);
    else if (c < 0x20) str_addf(out, "\\u%04x", c);
    else str_addc(out, (char)c);
  }
  str_addc(out, '"');
}

void exchange_print_texts(const Names *names, Str *out) {
  str_addc(out, '[');
  for (int64_t k = 0; k < names->n; k++) {
    if (k) str_addc(out, ',');
    exchange_print_text(sv(names->name[k]), out);
  }
  str_addc(out, ']');
}

static void print_levels(const Foreign *f, Str *out) {
  str_addc(out, '[');
  for (int64_t k = 0; k < f->terms.n; k++) {
    if (k) str_addc(out, ',');
    exchange_print_texts(&f->levels[k], out);
  }
  str_addc(out, ']');
}

static void print_told(int k, const Str *text, Str *out) {
  str_addf(out, "%s\"%s\":", k ? "," : "", NAME[k]);
  exchange_print_text((Sv){str_c(text), text->n}, out);
}

void exchange_print_told(const Foreign *f, Str *out) {
  Str text = {0};
  str_addc(out, '{');
  str_add(&text, f->target ? f->target : "y");
  print_told(TARGET, &text, out);
  str_clear(&text);
  exchange_print_texts(&f->classes, &text);
  if (f->classes.n) print_told(CLASSES, &text, out);
  str_clear(&text);
  if (f->levels) print_levels(f, &text), print_told(LEVELS, &text, out);
  str_fini(&text);
  str_addc(out, '}');
}

// Explanations as texts: sections of parts, how numbers and conditions are written in them, and their two forms, a page
// for people and a frame.
#include "stats/explain_int.h"

#include "base/near.h"
#include "base/numfmt.h"
#include "base/utf8.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { LINE = 64, PART_WIDTH = 10 };

void explained_init(Explained *e) {
  *e = (Explained){0};
  arena_init(&e->arena);
}

void explained_fini(Explained *e) {
  free(e->item);
  arena_fini(&e->arena);
  *e = (Explained){0};
}

static void add(Explained *e, const char *part, const char *fmt, va_list args) {
  char text[1200];
  vsnprintf(text, sizeof text, fmt, args);
  if (e->n == e->cap) {
    e->cap = e->cap ? 2 * e->cap : 16;
    e->item = realloc(e->item, (size_t)e->cap * sizeof *e->item);
    if (!e->item) abort();
  }
  e->item[e->n++] = (struct ExplainedPart){part ? arena_strdup(&e->arena, part) : NULL, arena_strdup(&e->arena, text)};
}

void explained_title(Explained *e, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  add(e, NULL, fmt, args);
  va_end(args);
}

void explained_add(Explained *e, const char *part, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  add(e, part, fmt, args);
  va_end(args);
}

// ---- numbers and conditions ----------------------------------------------------------------------------------------
const char *explain_real(Explained *e, double v, int digits) {
  char buf[NUMFMT_MAX];
  if (isnan(v)) return "undefined";
  fmt_sensible(buf, sizeof buf, fabs(v), digits);
  return arena_printf(&e->arena, "%s%s", v < 0 ? "−" : "", buf);
}

const char *explain_count(Explained *e, int64_t n) {
  char buf[32];
  fmt_i64(buf, sizeof buf, n, true);
  return arena_strdup(&e->arena, buf);
}

const char *explain_share(Explained *e, double share) {
  if (share > 0 && share < 0.0005) return "<0.1%";
  return arena_printf(&e->arena, "%.1f%%", 100 * share);
}

const char *condition_name(Arena *a, const char *column) {
  static const char *const reserved[] = {"and", "or", "not", "true", "false", "nil", "in", "if", "then", "else", "end"};
  bool plain = isalpha((unsigned char)column[0]) || column[0] == '_';
  for (const char *p = column; *p && plain; p++)
    plain = (unsigned char)*p < 128 && (isalnum((unsigned char)*p) || *p == '_');
  for (size_t k = 0; k < sizeof reserved / sizeof *reserved; k++) plain = plain && strcmp(column, reserved[k]) != 0;
  return plain ? column : arena_printf(a, "`%s`", column);
}

const char *explain_name(Explained *e, const char *column) { return condition_name(&e->arena, column); }

static const char *quoted(Explained *e, Sv text) {
  Str s = {0};
  str_addc(&s, '\'');
  for (size_t i = 0; i < text.n; i++) {
    if (strchr("'\\\"", text.s[i])) str_addc(&s, '\\');
    if (text.s[i] == '\n') str_add(&s, "\\n");
    else str_addc(&s, text.s[i]);
  }
  str_addc(&s, '\'');
  const char *kept = arena_strdup(&e->arena, str_c(&s));
  str_fini(&s);
  return kept;
}

const char *explain_equal(Explained *e, const char *column, const Column *c, int64_t row) {
  const char *name = explain_name(e, column);
  Str text = {0};
  if (!col_valid(c, row)) return arena_printf(&e->arena, "is_missing(%s)", name);
  col_format(c, row, CELL_EXACT, &text);
  bool bare = col_is_number(c);
  const char *value = bare ? arena_strdup(&e->arena, str_c(&text)) : quoted(e, (Sv){str_c(&text), text.n});
  bool nan = c->type == COL_F64 && isnan(c->f[row]);
  str_fini(&text);
  if (nan) return arena_printf(&e->arena, "is_nan(%s)", name);
  if (c->type == COL_DATE || c->type == COL_TIME)
    return arena_printf(&e->arena, "%s == %s(%s)", name, COLTYPES[c->type].name, value);
  return arena_printf(&e->arena, "%s == %s", name, value);
}

const char *explain_keep_where(Explained *e, const char *condition) {
  e->where = condition;
  return arena_printf(&e->arena, "d:where \"%s\"", condition);
}

// ---- forms ---------------------------------------------------------------------------------------------------------
void explained_print(const Explained *e, Str *out) {
  for (int64_t k = 0; k < e->n; k++) {
    const struct ExplainedPart *p = &e->item[k];
    if (!p->part) {
      if (k) str_addc(out, '\n');
      str_addf(out, "%s\n", p->text);
      continue;
    }
    int width = utf8_width(sv(p->part));
    str_add(out, p->part);
    str_pad(out, ' ', width < PART_WIDTH ? PART_WIDTH + 1 - width : 2);
    str_addf(out, "%s\n", p->text);
  }
}

typedef struct Lines {
  Sv *part, *text;
  int64_t n, cap;
} Lines;

static void add_line(Lines *l, const char *part, Sv text) {
  if (l->n == l->cap) {
    l->cap = l->cap ? 2 * l->cap : 32;
    l->part = realloc(l->part, (size_t)l->cap * sizeof *l->part);
    l->text = realloc(l->text, (size_t)l->cap * sizeof *l->text);
    if (!l->part || !l->text) abort();
  }
  l->part[l->n] = part ? sv(part) : (Sv){NULL, 0};
  l->text[l->n++] = text;
}

// Breaks at blanks; the part stands beside the first line.
static void add_lines(Lines *l, const char *part, Sv text) {
  while (utf8_width(text) > LINE) {
    size_t cut = utf8_fit(text, LINE), next;
    for (next = cut; cut > 0 && text.s[cut] != ' '; cut--) continue;
    if (cut) next = cut + 1;
    add_line(l, part, (Sv){text.s, cut ? cut : next});
    text.s += next, text.n -= next, part = NULL;
  }
  add_line(l, part, text);
}

ErrCode explained_frame(Job *job, const Explained *e, Frame **out, Err *err) {
  Lines l = {0};
  for (int64_t k = 0; k < e->n; k++)
    if (e->item[k].part || k) add_lines(&l, e->item[k].part ? e->item[k].part : "number", sv(e->item[k].text));
  Frame *made = frame_new(l.n);
  ErrCode code = answer_texts(job, made, "part", l.part, l.n, err);
  if (code == OK) code = answer_texts(job, made, "text", l.text, l.n, err);
  if (e->n) frame_set_caption(made, e->item[0].text);
  free(l.part);
  free(l.text);
  if (code == OK) *out = made;
  else frame_unref(made);
  return code;
}

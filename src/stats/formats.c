// What values look like when their digits are rubbed out: 5'11" is 9'99", 180 cm is 999 cm, 68.8976 is 99.9. A digit
// becomes 9, a run of digits behind a decimal point one 9 (a comma is one too unless three digits follow), so that
// magnitudes stay apart and precision does not. In values that hold digits, words of up to six letters stay as they
// are, as units do; all others become a. Runs of spaces become one, none at the ends.
#include "stats/spelling_int.h"
#include "stats/quality.h"

#include "base/map.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { UNIT = 6, LONGEST = 60, FEW = 20, OFTEN = 10 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80); }
static bool is_space(char c) { return c == ' ' || (c >= 9 && c <= 13); }

static size_t run_of(Sv t, size_t i, bool (*is)(char)) {
  size_t end = i;
  while (end < t.n && is(t.s[end])) end++;
  return end;
}

// Whether the run of digits [i, end) are decimals.
static bool are_decimals(Sv t, size_t i, size_t end) {
  if (i < 2 || !is_digit(t.s[i - 2])) return i == 1 && t.s[0] == '.';
  if (t.s[i - 1] == '.') return end == t.n || t.s[end] != '.'; // 1.2.3 is no number
  return t.s[i - 1] == ',' && end - i != 3;
}

static void shape_of(Sv t, Str *out) {
  bool digits = false, gap = false;
  for (size_t i = 0; i < t.n; i++) digits = digits || is_digit(t.s[i]);
  for (size_t i = 0, end; i < t.n; i = end) {
    end = i + 1;
    if (is_space(t.s[i])) {
      gap = true;
      continue;
    }
    if (gap && out->n) str_addc(out, ' ');
    gap = false;
    if (is_digit(t.s[i])) {
      end = run_of(t, i, is_digit);
      str_pad(out, '9', are_decimals(t, i, end) ? 1 : (int)(end - i));
    } else if (is_letter(t.s[i])) {
      end = run_of(t, i, is_letter);
      if (digits && end - i <= UNIT) str_addn(out, t.s + i, end - i);
      else str_addc(out, 'a');
    } else str_addc(out, t.s[i]);
  }
}

static bool begins_with_number(Sv t) {
  size_t i = run_of(t, 0, is_space);
  while (i < t.n && strchr("+-<>~$.", t.s[i])) i++;
  return i < t.n && is_digit(t.s[i]);
}

static void keep_example(Shape *s, Sv word, int64_t n) {
  for (int k = 0; k < SHAPE_EXAMPLES; k++) {
    if (n <= s->example_n[k]) continue;
    for (int q = SHAPE_EXAMPLES - 1; q > k; q--)
      s->example[q] = s->example[q - 1], s->example_n[q] = s->example_n[q - 1];
    s->example[k] = word, s->example_n[k] = n;
    return;
  }
}

static int by_rows(const void *a, const void *b) {
  const Shape *x = a, *y = b;
  if (x->rows != y->rows) return x->rows < y->rows ? 1 : -1;
  return sv_cmp(x->text, y->text);
}

void shapes_init(Shapes *s, const WordCounts *w) {
  *s = (Shapes){0};
  s->item = calloc((size_t)w->n + 1, sizeof *s->item);
  if (!s->item) abort();
  Map seen;
  map_init(&seen);
  Str key = {0};
  for (int64_t i = 0; i < w->n; i++) {
    str_clear(&key);
    if (w->word[i].n <= LONGEST) shape_of(w->word[i], &key);
    else str_add(&key, "(long text)");
    Shape *t = &s->item[map_put(&seen, (Sv){str_c(&key), key.n}, NULL)];
    t->rows += w->count[i], t->words++, s->rows += w->count[i];
    t->number = t->number || begins_with_number(w->word[i]);
    keep_example(t, w->word[i], w->count[i]);
  }
  s->n = seen.n;
  for (int64_t k = 0; k < s->n; k++)
    s->item[k].text = (Sv){arena_strndup(&s->arena, seen.key[k].s, seen.key[k].n), seen.key[k].n};
  qsort(s->item, (size_t)s->n, sizeof *s->item, by_rows);
  str_fini(&key);
  map_fini(&seen);
}

void shapes_fini(Shapes *s) {
  free(s->item);
  arena_fini(&s->arena);
}

bool shapes_are_mixed(const Shapes *s, const WordCounts *w) {
  int64_t numbers = 0, most = w->n / 2 > FEW ? w->n / 2 : FEW;
  for (int64_t k = 0; k < s->n; k++) numbers += s->item[k].number ? s->item[k].rows : 0;
  bool levels = w->n <= FEW && s->rows >= OFTEN * w->n; // 1st, 2nd, 3rd
  return s->n > 1 && s->n <= most && 2 * numbers >= s->rows && !levels;
}

// ---- the answer as a frame -----------------------------------------------------------------------------------------
typedef struct Formats {
  Job *job;
  Arena arena;
  Shapes *shapes;
  const char **name;
  int m;
} Formats;

static Sv examples_of(Formats *d, const Shape *s) {
  Str text = {0};
  for (int k = 0; k < SHAPE_EXAMPLES && s->example_n[k]; k++) {
    if (k) str_add(&text, "  ");
    size_t n = utf8_fit(s->example[k], 30);
    str_addn(&text, s->example[k].s, n);
    if (n < s->example[k].n) str_add(&text, "…");
  }
  Sv v = {arena_strndup(&d->arena, str_c(&text), text.n), text.n};
  str_fini(&text);
  return v;
}

static ErrCode fill(Formats *d, int64_t n, Frame *out, Err *err) {
  Sv *column = arena_array(&d->arena, Sv, 3 * n + 3), *format = column + n, *example = column + 2 * n;
  int64_t *rows = arena_array(&d->arena, int64_t, n + 1), at = 0;
  double *share = arena_array(&d->arena, double, n + 1);
  for (int k = 0; k < d->m; k++)
    for (int64_t i = 0; i < d->shapes[k].n; i++, at++) {
      const Shape *s = &d->shapes[k].item[i];
      column[at] = sv(d->name[k]), format[at] = s->text, example[at] = examples_of(d, s);
      rows[at] = s->rows, share[at] = (double)s->rows / (double)d->shapes[k].rows;
    }
  TRY(answer_texts(d->job, out, "column", column, n, err));
  TRY(answer_texts(d->job, out, "format", format, n, err));
  TRY(answer_ints(d->job, out, "n", rows, n, err));
  TRY(answer_reals(d->job, out, "share", share, n, err));
  return answer_texts(d->job, out, "examples", example, n, err);
}

static ErrCode find_shapes(Formats *d, const Frame *f, const int *col, int m, int64_t *n, Err *err) {
  for (int k = 0; k < m; k++) {
    WordCounts w;
    TRY(job_tick(d->job, k, m, err));
    TRY(wordcounts_init(d->job, frame_at(f, col[k]), &w, err));
    shapes_init(&d->shapes[k], &w);
    for (int64_t i = 0; i < d->shapes[k].n; i++) // the words go with their column
      for (int q = 0; q < SHAPE_EXAMPLES; q++) {
        Sv *e = &d->shapes[k].item[i].example[q];
        e->s = arena_strndup(&d->arena, e->n ? e->s : "", e->n);
      }
    wordcounts_fini(&w);
    d->name[k] = frame_name(f, col[k]), d->m = k + 1, *n += d->shapes[k].n;
  }
  return OK;
}

ErrCode stats_formats(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err) {
  Formats d = {.job = job};
  int *col, m;
  int64_t n = 0;
  TRY(columns_choose(f, columns, col_is_text, "formats", "text", &col, &m, err));
  d.shapes = calloc((size_t)m + 1, sizeof *d.shapes);
  d.name = calloc((size_t)m + 1, sizeof *d.name);
  if (!d.shapes || !d.name) abort();
  ErrCode code = find_shapes(&d, f, col, m, &n, err);
  Frame *made = code == OK ? frame_new(n) : NULL;
  if (code == OK) code = fill(&d, n, made, err);
  if (code == OK) {
    answer_caption(made, "digits as 9, decimals as one 9, other words than units as a");
    *out = made;
  } else frame_unref(made);
  for (int k = 0; k < d.m; k++) shapes_fini(&d.shapes[k]);
  free(d.shapes);
  free((void *)d.name);
  free(col);
  arena_fini(&d.arena);
  return code;
}

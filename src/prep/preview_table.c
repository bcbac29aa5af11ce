// A preview as a frame: of every column a line before the step and one after it, under each other, so that bars can be
// compared. Columns that no line would fill are left out.
#include "prep/preview_int.h"

#include "base/numfmt.h"

#include <math.h>

enum { TOP_LEVELS = 3, GLYPHS = 11 };
static const double ZERO = 1e-12; // of an sd: what rounding leaves of a mean that is 0

typedef struct Table {
  Arena arena;
  int64_t n;
  bool words, numbers;
  const char **column, **side, **shape, **top;
  int64_t *rows, *missing, *changed;
  double *share, *mean, *sd, *from, *to;
} Table;

// At most GLYPHS glyphs, which the narrowest column of words on a screen still has: bins side by side are put together
// as their mean; of levels the first are shown.
static const char *print_bars(const PreviewSide *s, Arena *a) {
  static const char *const glyph[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  int by = s->distinct < 0 ? (s->nbar + GLYPHS - 1) / GLYPHS : 1, n = 0;
  double bar[GLYPHS], most = 0;
  Str text = {0};
  for (int first = 0; first < s->nbar && n < GLYPHS; first += by, n++) {
    int size = s->nbar - first < by ? s->nbar - first : by;
    bar[n] = 0;
    for (int k = first; k < first + size; k++) bar[n] += (double)s->bar[k] / size;
    most = fmax(most, bar[n]);
  }
  for (int k = 0; k < n; k++) str_add(&text, bar[k] > 0 ? glyph[(int)fmin(ceil(8 * (bar[k] / most)), 8) - 1] : " ");
  const char *out = text.n ? arena_strndup(a, str_c(&text), text.n) : NULL;
  str_fini(&text);
  return out;
}

// "male 64%, female 36%"
static const char *print_top(const PreviewColumn *c, const PreviewSide *s, Arena *a) {
  Str text = {0};
  int64_t present = s->n - s->missing;
  if (s->distinct < 0) return NULL;
  for (int k = 0, shown = 0; k < c->nlevel && shown < TOP_LEVELS; k++)
    if (s->bar[k]) {
      double percent = 100 * (double)s->bar[k] / (double)present;
      str_addf(&text, "%s%s %.*f%%", shown++ ? ", " : "", c->level[k], percent < 1, percent);
    }
  const char *out = arena_strndup(a, str_c(&text), text.n);
  str_fini(&text);
  return out;
}

static void add_side(Table *t, const StepPreview *p, const PreviewColumn *c, int side) {
  static const char *const NAME[] = {"before", "after"};
  const PreviewSide *s = &c->side[side];
  bool both = c->side[0].present && c->side[1].present;
  double rows = (double)frame_nrow(p->before);
  int64_t i = t->n++;
  t->column[i] = c->name, t->side[i] = both ? NAME[side] : side == PREVIEW_AFTER ? "added" : "removed";
  t->rows[i] = s->n, t->missing[i] = s->missing;
  t->changed[i] = side == PREVIEW_AFTER && both ? c->changed : 0;
  t->share[i] = side == PREVIEW_AFTER && both && rows > 0 ? (double)c->changed / rows : NAN;
  t->mean[i] = fabs(s->mean) < ZERO * s->sd ? 0 : s->mean, t->sd[i] = s->sd;
  t->from[i] = s->min, t->to[i] = s->max;
  if (c->one_scale) t->from[i] = fmin(c->side[0].min, c->side[1].min), t->to[i] = fmax(c->side[0].max, c->side[1].max);
  t->shape[i] = print_bars(s, &t->arena), t->top[i] = print_top(c, s, &t->arena);
  t->words = t->words || s->distinct >= 0, t->numbers = t->numbers || !isnan(s->mean);
}

static void fill(Table *t, const StepPreview *p) {
  Arena *a = &t->arena;
  int64_t most = 2 * p->ncolumn;
  t->column = arena_array(a, const char *, most), t->side = arena_array(a, const char *, most);
  t->shape = arena_array(a, const char *, most), t->top = arena_array(a, const char *, most);
  t->rows = arena_array(a, int64_t, most), t->missing = arena_array(a, int64_t, most);
  t->changed = arena_array(a, int64_t, most), t->share = arena_array(a, double, most);
  t->mean = arena_array(a, double, most), t->sd = arena_array(a, double, most);
  t->from = arena_array(a, double, most), t->to = arena_array(a, double, most);
  for (int64_t j = 0; j < p->ncolumn; j++)
    for (int side = 0; side < PREVIEW_SIDES; side++)
      if (p->column[j].side[side].present) add_side(t, p, &p->column[j], side);
}

static ErrCode add_columns(Job *job, const Table *t, Frame *f, Err *err) {
  TRY(card_words(job, f, "column", t->column, err));
  TRY(card_words(job, f, "side", t->side, err));
  TRY(card_ints(job, f, "missing", t->missing, err));
  TRY(card_ints(job, f, "changed", t->changed, err));
  TRY(card_words(job, f, "shape", t->shape, err));
  if (t->numbers) TRY(card_reals(job, f, "mean", t->mean, err));
  if (t->numbers) TRY(card_reals(job, f, "sd", t->sd, err));
  if (t->numbers) TRY(card_reals(job, f, "from", t->from, err));
  if (t->numbers) TRY(card_reals(job, f, "to", t->to, err));
  if (t->words) TRY(card_words(job, f, "top", t->top, err));
  TRY(card_ints(job, f, "n", t->rows, err));
  return card_reals(job, f, "share", t->share, err);
}

// ---- in words -----------------------------------------------------------------------------------------------------
static void add_count(Str *s, int64_t n, const char *one, const char *many) {
  char digits[NUMFMT_MAX];
  fmt_i64(digits, sizeof digits, n, true);
  str_addf(s, "%s %s", digits, n == 1 ? one : many);
}

static void add_rows(const StepPreview *p, Str *out) {
  int64_t n = frame_nrow(p->before), changed = p->affected - p->left_out;
  if (!changed) {
    str_add(out, "no value changes");
    return;
  }
  double percent = 100 * (double)changed / (double)n;
  add_count(out, changed, "row changes", "rows change");
  str_addf(out, " (%.*f%% of ", percent < 1, percent);
  add_count(out, n, "row)", "rows)");
}

static void add_kinds(const StepPreview *p, Str *out) {
  static const char *const WORDS[][2] = {{"column changes", "columns change"},
                                         {"column is added", "columns are added"},
                                         {"column is removed", "columns are removed"},
                                         {"column stays as it is", "columns stay as they are"}};
  int64_t n[4] = {0, 0, 0, p->kept};
  for (int64_t j = 0; j < p->ncolumn; j++) {
    const PreviewColumn *c = &p->column[j];
    n[0] += c->changed > 0, n[1] += !c->side[PREVIEW_BEFORE].present, n[2] += !c->side[PREVIEW_AFTER].present;
  }
  for (int k = 0, said = 0; k < 4; k++) {
    if (!n[k]) continue;
    str_add(out, said++ ? ", " : "; ");
    add_count(out, n[k], WORDS[k][0], WORDS[k][1]);
  }
}

void step_preview_print(const StepPreview *p, Str *out) {
  add_rows(p, out);
  add_kinds(p, out);
  if (!p->left_out && !p->made) return;
  str_add(out, "\ntraining goes on with ");
  add_count(out, frame_nrow(p->after), "row: ", "rows: ");
  if (p->left_out) add_count(out, p->left_out, "left out", "left out");
  if (p->left_out && p->made) str_add(out, ", ");
  if (p->made) add_count(out, p->made, "drawn again or made", "drawn again or made");
  str_add(out, "; rows to predict all stay");
}

ErrCode step_preview_table(Job *job, const StepPreview *p, Frame **out, Err *err) {
  Table t = {0};
  Str caption = {0};
  arena_init(&t.arena);
  fill(&t, p);
  Frame *f = frame_new(t.n);
  ErrCode code = add_columns(job, &t, f, err);
  step_preview_print(p, &caption);
  frame_set_caption(f, str_c(&caption));
  str_fini(&caption);
  arena_fini(&t.arena);
  return frame_give(code, f, out);
}

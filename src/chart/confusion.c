// Confusion matrices: a row an actual class, a column a predicted one, the count in each cell and its share of the row,
// which also gives the colour: so the diagonal reads as the recall of every class however rare it is. Made from two
// columns, or from a frame that is the matrix already (names in the first column, then counts under the same names).
#include "chart/matrix_int.h"

#include <math.h>

enum { SHARE_ROW, SHARE_COLUMN, SHARE_ALL };
enum { MOST_CLASSES = 60, MOST_WITH_SHARES = 8 };

typedef struct ConfusionOpts {
  AnswerOpts of;
  int share;
} ConfusionOpts;

const Param chart_confusion_params[] = {
    {"actual", PARAM_TEXT, offsetof(ConfusionOpts, of.actual), 0, 0, "", NULL, "column of what was"},
    {"pred", PARAM_TEXT, offsetof(ConfusionOpts, of.pred), 0, 0, "", NULL, "column of what was predicted"},
    {"share", PARAM_CHOICE, offsetof(ConfusionOpts, share), 0, 0, "row", "row|column|all",
     "of the actual class, of the predicted class, or of all rows: colours and percentages"},
    CHART_LABELS(AnswerOpts),
    PARAM_END};

typedef struct Confusion {
  Pile pile;
  const ConfusionOpts *o;
  Plot *p;
  int64_t n, nrow;                        // classes, rows
  const char **name;                      // n
  int64_t *count, *row_total, *col_total; // n x n, row-major: actual, predicted
} Confusion;

// ---- loading ------------------------------------------------------------------------------------------------------
static void alloc(Confusion *c, int64_t n) {
  c->n = n, c->count = arena_array(&c->p->arena, int64_t, n * n);
  c->row_total = arena_array(&c->p->arena, int64_t, n), c->col_total = arena_array(&c->p->arena, int64_t, n);
  memset(c->count, 0, (size_t)(n * n) * sizeof *c->count);
}

// The classes of both columns: those that were, in their order, then those that were only predicted.
static void unite(Confusion *c, const Levels *was, const Levels *said, int32_t *of_said) {
  c->name = arena_array(&c->p->arena, const char *, was->n + said->n);
  int64_t n = was->n;
  for (int64_t k = 0; k < was->n; k++) c->name[k] = was->name[k];
  for (int64_t k = 0; k < said->n; k++) {
    int64_t j = 0;
    while (j < was->n && strcmp(was->name[j], said->name[k]) != 0) j++;
    if (j == was->n) c->name[j = n++] = said->name[k];
    of_said[k] = (int32_t)j;
  }
  alloc(c, n);
}

static ErrCode load_columns(Confusion *c, const Frame *d, Err *err) {
  static const char advice[] = "a confusion matrix is of classes; for numbers write d:residuals";
  Levels was, said;
  int64_t *row;
  int32_t *of_said;
  if (!c->o->of.actual || !c->o->of.pred)
    return err_set(err, ERR_ARG, "confusion: name what was and what was predicted: d:confusion{\"actual\", \"pred\"}");
  TRY(levels_load(&c->pile, d, c->o->of.actual, MOST_CLASSES, advice, c->p, &was, err));
  TRY(levels_load(&c->pile, d, c->o->of.pred, MOST_CLASSES, advice, c->p, &said, err));
  was.also = &said;
  TRY(rows_pick(&c->pile, NULL, 0, &was, frame_nrow(d), &row, &c->nrow, err));
  TRY(pile_new(&c->pile, said.n * 4 + 4, &of_said, err));
  unite(c, &was, &said, of_said);
  for (int64_t i = 0; i < c->nrow; i++) c->count[was.of[row[i]] * c->n + of_said[said.of[row[i]]]]++;
  words_add_note(c->p, rows_note(NULL, 0, &was, c->p));
  return OK;
}

static ErrCode not_a_matrix(Err *err) {
  return err_set(err, ERR_ARG,
                 "confusion draws two columns, d:confusion{\"actual\", \"pred\"}, or a matrix of counts with the same "
                 "names both ways");
}

static ErrCode load_matrix(Confusion *c, const Frame *d, Err *err) {
  Matrix m;
  if (frame_ncol(d) < 2 || col_is_number(frame_at(d, 0)) || frame_nrow(d) != frame_ncol(d) - 1)
    return not_a_matrix(err);
  for (int j = 1; j < frame_ncol(d); j++)
    if (!col_is_number(frame_at(d, j))) return not_a_matrix(err);
  TRY(matrix_load(d, false, c->p, &m, err));
  alloc(c, m.nrow);
  c->name = m.row;
  for (int64_t k = 0; k < m.nrow * m.ncol; k++) {
    if (m.missing[k] || !(m.v[k] >= 0 && m.v[k] <= 1e12) || m.v[k] != floor(m.v[k])) return not_a_matrix(err);
    if (k < m.nrow && strcmp(m.row[k], m.col[k]) != 0) return not_a_matrix(err);
    c->count[k] = (int64_t)m.v[k], c->nrow += c->count[k];
  }
  return c->nrow ? OK : err_set(err, ERR_ARG, "confusion: the matrix counts no rows");
}

static void add_totals(Confusion *c) {
  for (int64_t i = 0; i < c->n; i++) c->row_total[i] = c->col_total[i] = 0;
  for (int64_t i = 0; i < c->n; i++)
    for (int64_t j = 0; j < c->n; j++)
      c->row_total[i] += c->count[i * c->n + j], c->col_total[j] += c->count[i * c->n + j];
}

// ---- marks --------------------------------------------------------------------------------------------------------
static int64_t whole_of(const Confusion *c, int64_t i, int64_t j) {
  return c->o->share == SHARE_ROW ? c->row_total[i] : c->o->share == SHARE_COLUMN ? c->col_total[j] : c->nrow;
}

static const char *label(Confusion *c, int64_t count, int64_t whole) {
  const char *n = words_count(c->p, count);
  if (c->n > MOST_WITH_SHARES || !whole) return n;
  return arena_printf(&c->p->arena, "%s (%s)", n, words_share(c->p, (double)count, (double)whole));
}

static void add_cells(Confusion *c) {
  static const char *const of[] = {"share of the actual class", "share of the predicted class", "share of all rows"};
  Plot *p = c->p;
  int64_t n = c->n * c->n;
  Series *s = plot_add(p, MARK_CELL, n);
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n), s->value = plot_array(p, n), s->role = ROLE_SEQUENTIAL;
  s->label = arena_array(&p->arena, const char *, n), s->rows = arena_array(&p->arena, int64_t, n);
  for (int64_t i = 0; i < c->n; i++)
    for (int64_t j = 0; j < c->n; j++) {
      int64_t k = i * c->n + j, whole = whole_of(c, i, j);
      s->x[k] = (double)j, s->x2[k] = (double)j + 1, s->y[k] = (double)(c->n - 1 - i), s->y2[k] = s->y[k] + 1;
      s->value[k] = whole ? (double)c->count[k] / (double)whole : 0, s->rows[k] = k;
      s->label[k] = label(c, c->count[k], whole);
    }
  p->colour = (ColourScale){.present = true, .name = of[c->o->share], .lo = 0, .mid = 0.5, .hi = 1};
}

// ---- words --------------------------------------------------------------------------------------------------------
// "recall no 85%, yes 69%", or of many classes the least.
static const char *recall_words(Confusion *c) {
  Str s = {0};
  int64_t least = -1;
  for (int64_t i = 0; i < c->n; i++) {
    if (!c->row_total[i]) continue;
    double share = (double)c->count[i * c->n + i] / (double)c->row_total[i];
    if (c->n <= 3) str_addf(&s, "%s%s %s", s.n ? ", " : "recall ", c->name[i], words_share(c->p, share, 1));
    if (least < 0 || share < (double)c->count[least * c->n + least] / (double)c->row_total[least]) least = i;
  }
  const char *words = c->n <= 3 ? arena_strdup(&c->p->arena, str_c(&s)) : NULL;
  str_fini(&s);
  if (words) return words;
  return arena_printf(&c->p->arena, "least recall %s %s", c->name[least],
                      words_share(c->p, (double)c->count[least * c->n + least], (double)c->row_total[least]));
}

static void describe(Confusion *c) {
  Plot *p = c->p;
  int64_t right = 0, worst = -1;
  for (int64_t k = 0; k < c->n * c->n; k++) {
    bool diagonal = k % (c->n + 1) == 0;
    if (diagonal) right += c->count[k];
    else if (c->count[k] && (worst < 0 || c->count[k] > c->count[worst])) worst = k;
  }
  const char *error = "";
  if (worst >= 0)
    error = arena_printf(&p->arena, "; most frequent error: actual %s, predicted %s: %s", c->name[worst / c->n],
                         c->name[worst % c->n], words_count(p, c->count[worst]));
  p->n = c->nrow;
  p->reading = arena_printf(&p->arena, "%s of %s rows right (%s); %s%s", words_count(p, right), words_count(p, c->nrow),
                            words_share(p, (double)right, (double)c->nrow), recall_words(c), error);
  words_labels(p, &c->o->of.labels, "predicted", "actual");
  if (c->o->of.pred) p->x.of = (Behind){arena_strdup(&p->arena, c->o->of.pred), VALUES_TEXT};
  if (c->o->of.actual) p->y.of = (Behind){arena_strdup(&p->arena, c->o->of.actual), VALUES_TEXT};
}

static ErrCode fill(Confusion *c, const Frame *d, Err *err) {
  TRY(job_tick(c->pile.job, 0, 1, err));
  TRY(c->o->of.actual || c->o->of.pred ? load_columns(c, d, err) : load_matrix(c, d, err));
  add_totals(c);
  c->p->x = axis_of_names(c->p, c->name, c->n, false);
  c->p->y = axis_of_names(c->p, c->name, c->n, true);
  add_cells(c);
  describe(c);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Confusion c = {.pile = {.job = job, .chart = "confusion", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&c, d, err);
  pile_free(&c.pile);
  return code;
}

const ChartType chart_confusion = {.name = "confusion",
                                   .signature = "d:confusion{\"actual\", \"pred\"}",
                                   .summary = "counts and shares of actual by predicted classes",
                                   .example = "return data('penguins'):derive{'pred = if_else(bill_length_mm < 43, "
                                              "\"Adelie\", if_else(bill_depth_mm > 16.5, \"Chinstrap\", \"Gentoo\"))'}"
                                              ":confusion{'species', 'pred'}",
                                   .params = chart_confusion_params,
                                   .opts_size = sizeof(ConfusionOpts),
                                   .npos = 2,
                                   .make = make};

// The steps of a fitted pipeline, one by one: what each learned, how many columns it takes and gives. Counts of columns
// are those of a frame without rows that is sent through the steps, so that nothing about them has to be kept. What a
// step learned in one line is read off its card: the first columns with what stands beside them, or where a column has
// many rows of the card the words there.
#include "model/model_int.h"

#include "frame/verbs.h"

#include <string.h>

enum { KEYS_SHOWN = 3, WORDS_SHOWN = 3, LINE_LENGTH = 40 };

// ---- the card of a step -------------------------------------------------------------------------------------------
static ErrCode step_card(Job *job, const Fitted *f, int k, Frame **out, Err *err) {
  const StepSpec *s = learner_step(f->learner, k);
  return s->type->card(job, s->opts, &f->step[k], out, err);
}

ErrCode model_step_card(Job *job, const Model *m, int k, Frame **out, Err *err) {
  const Fitted *f = m->fit;
  const StepType *t = learner_step(f->learner, k)->type;
  Str caption = {0};
  TRY(step_card(job, f, k, out, err));
  str_addf(&caption, "step %d of %d, prep.%s: %s", k + 1, f->nstep, t->name, t->summary);
  bool said = frame_caption(*out) && strstr(frame_caption(*out), "training did not have");
  if (t->unseen && !said) str_addf(&caption, "\na level that training did not have becomes %s", t->unseen);
  if (frame_caption(*out)) str_addf(&caption, "\n%s", frame_caption(*out));
  frame_set_caption(*out, str_c(&caption));
  str_fini(&caption);
  return OK;
}

// ---- what was learned in one line ---------------------------------------------------------------------------------
// Columns of a card that count or explain, and are not what was learned.
static bool is_beside(const char *name) {
  static const char *const NAMES[] = {"n",      "missing", "type",  "with",  "note", "share", "row",
                                      "donors", "left",    "after", "range", "rows", "together"};
  for (size_t k = 0; k < sizeof NAMES / sizeof *NAMES; k++)
    if (strcmp(name, NAMES[k]) == 0) return true;
  return false;
}

static bool same_key(const Column *key, int64_t i, int64_t j) { return sv_eq(col_text(key, i), col_text(key, j)); }

static int value_columns(const Frame *card, int *col, int most) {
  int n = 0;
  for (int j = 1; j < frame_ncol(card) && n < most; j++)
    if (!is_beside(frame_name(card, j))) col[n++] = j;
  return n;
}

// "age mean 29.9 sd 14.4", or with one column of values "age 28".
static void add_values(Str *s, const Frame *card, const int *col, int n, int64_t i) {
  for (int k = 0; k < n; k++) {
    const Column *c = frame_at(card, col[k]);
    if (!col_valid(c, i)) continue;
    if (n > 1) str_addf(s, " %s", frame_name(card, col[k]));
    str_addc(s, ' ');
    col_format(c, i, CELL_PRETTY, s);
  }
}

static bool has_values(const Frame *card, const int *col, int n, int64_t i) {
  bool any = n == 0;
  for (int k = 0; k < n; k++) any = any || col_valid(frame_at(card, col[k]), i);
  return any;
}

// "sex: female, male", of the rows first to end.
static void add_words(Str *s, const Frame *card, int64_t first, int64_t end) {
  const Column *c = frame_at(card, 1);
  str_addc(s, ':');
  for (int64_t i = first; i < end && i < first + WORDS_SHOWN; i++) {
    str_add(s, i > first ? ", " : " ");
    col_format(c, i, CELL_PRETTY, s);
  }
  if (end - first > WORDS_SHOWN) str_addf(s, ", %lld more", (long long)(end - first - WORDS_SHOWN));
}

static void add_line(Str *s, const Frame *card) {
  enum { VALUES = 2 };
  int col[VALUES], n = value_columns(card, col, VALUES);
  int64_t rows = frame_nrow(card), keys = 0, shown = 0;
  if (rows == 0 || !col_is_text(frame_at(card, 0))) return;
  const Column *key = frame_at(card, 0);
  bool many = false;
  for (int64_t i = 1; i < rows; i++) many = many || same_key(key, i - 1, i);
  for (int64_t first = 0, end; first < rows; first = end) {
    for (end = first + 1; end < rows && same_key(key, first, end);) end++;
    if (!many && !has_values(card, col, n, first)) continue;
    keys++;
    if (shown == KEYS_SHOWN || s->n > LINE_LENGTH) continue;
    if (shown++) str_add(s, many ? "; " : ", ");
    str_addn(s, col_text(key, first).s, col_text(key, first).n);
    if (many && frame_ncol(card) > 1) add_words(s, card, first, end);
    else add_values(s, card, col, n, first);
  }
  if (keys > shown) str_addf(s, "%s%lld more", many ? "; " : ", ", (long long)(keys - shown));
}

// ---- columns on their way -----------------------------------------------------------------------------------------
// No rows of the features as they were in training.
static ErrCode no_rows(const Fitted *f, Frame **out, Err *err) {
  Frame *x = frame_new(0);
  ErrCode code = OK;
  for (int64_t k = 0; k < f->features.n && code == OK; k++) {
    Column *c;
    TextBuilder b;
    bool text = f->kind[k] == COL_TEXT || f->kind[k] == COL_CAT;
    textb_init(&b, NULL);
    code = text ? textb_take(&b, &c, err) : column_new(NULL, f->kind[k], 0, NULL, &c, err);
    textb_fini(&b);
    if (code == OK) code = frame_add(x, f->features.name[k], c, err);
  }
  if (code == OK) *out = x;
  else frame_unref(x);
  return code;
}

static ErrCode count_columns(Job *job, const Fitted *f, int *columns, Err *err) {
  Frame *x;
  TRY(no_rows(f, &x, err));
  columns[0] = frame_ncol(x);
  ErrCode code = OK;
  for (int k = 0; k < f->nstep && code == OK; k++) {
    const StepSpec *s = learner_step(f->learner, k);
    Frame *next;
    code = s->type->apply(job, s->opts, &f->step[k], x, &next, err);
    if (code != OK) break;
    frame_unref(x);
    x = next, columns[k + 1] = frame_ncol(x);
  }
  frame_unref(x);
  return code;
}

static ErrCode describe_step(Job *job, const Fitted *f, int k, Arena *a, StepLine *out, Err *err) {
  Frame *card;
  Str line = {0};
  TRY(step_card(job, f, k, &card, err));
  add_line(&line, card);
  out->name = learner_step(f->learner, k)->type->name;
  out->learned = line.n ? arena_strdup(a, str_c(&line)) : NULL;
  str_fini(&line);
  frame_unref(card);
  return OK;
}

ErrCode model_step_lines(Job *job, const Model *m, Arena *a, StepLine **out, Err *err) {
  const Fitted *f = m->fit;
  int *columns = arena_array(a, int, f->nstep + 1);
  *out = arena_array(a, StepLine, f->nstep);
  TRY(count_columns(job, f, columns, err));
  for (int k = 0; k < f->nstep; k++) {
    TRY(describe_step(job, f, k, a, &(*out)[k], err));
    (*out)[k].in = columns[k], (*out)[k].out = columns[k + 1];
  }
  return OK;
}

// ---- as a frame ---------------------------------------------------------------------------------------------------
static ErrCode add_ints(Frame *t, const char *name, const int64_t *v, Err *err) {
  Column *c;
  TRY(column_new(NULL, COL_I64, frame_nrow(t), NULL, &c, err));
  memcpy(c->i, v, (size_t)c->n * sizeof *v);
  return frame_add(t, name, c, err);
}

static ErrCode fill_steps(const StepLine *line, int n, Arena *a, Frame *t, Err *err) {
  const char **name = arena_array(a, const char *, n), **learned = arena_array(a, const char *, n);
  int64_t *v[3];
  for (int j = 0; j < 3; j++) v[j] = arena_array(a, int64_t, n);
  for (int k = 0; k < n; k++) {
    name[k] = line[k].name, learned[k] = line[k].learned ? line[k].learned : "nothing";
    v[0][k] = k + 1, v[1][k] = line[k].in, v[2][k] = line[k].out;
  }
  TRY(add_ints(t, "step", v[0], err));
  TRY(card_add_texts(t, "name", name, err));
  TRY(add_ints(t, "columns", v[1], err));
  TRY(add_ints(t, "then", v[2], err));
  return card_add_texts(t, "learned", learned, err);
}

ErrCode model_steps(Job *job, const Model *m, Frame **out, Err *err) {
  const Fitted *f = m->fit;
  Arena a;
  StepLine *line;
  arena_init(&a);
  Frame *t = frame_new(f->nstep);
  ErrCode code = model_step_lines(job, m, &a, &line, err);
  if (code == OK) code = fill_steps(line, f->nstep, &a, t, err);
  frame_set_caption(t, arena_printf(&a, "%s, fitted on %lld row%s", learner_print(f->learner, &a), (long long)f->nrow,
                                    f->nrow == 1 ? "" : "s"));
  arena_fini(&a);
  if (code == OK) *out = t;
  else frame_unref(t);
  return code;
}

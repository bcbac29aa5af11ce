// Columns as another type. A cast never changes a value: what has no exact counterpart does not fit, and is counted and
// shown, or becomes missing when asked. Numbers, dates and conditions convert by a function from 64 bits to 64 bits;
// texts are read by the parsers of the file reader, once a word where they are stored by codes.
#include "frame/shape_int.h"

#include "base/numfmt.h"
#include "frame/expr.h"

#include <stdio.h>
#include <stdlib.h>

enum { SHOWN = 3 }; // rows in a message

typedef bool (*CastFn)(int64_t in, int64_t *out); // values as a column holds them, bits of a real

// ---- values -------------------------------------------------------------------------------------------------------
static double real_of(int64_t bits) {
  double v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

static bool put_real(double v, int64_t *out) {
  memcpy(out, &v, sizeof v);
  return true;
}

static bool same(int64_t in, int64_t *out) { return *out = in, true; }
static bool to_bool(int64_t in, int64_t *out) { return *out = in, in == 0 || in == 1; }
static bool bool_to_real(int64_t in, int64_t *out) { return put_real((double)in, out); }

static bool real_to_int(int64_t in, int64_t *out) {
  double v = real_of(in);
  bool fits = v >= -0x1p63 && v < 0x1p63 && (double)(int64_t)v == v;
  *out = fits ? (int64_t)v : 0;
  return fits;
}

static bool int_to_real(int64_t in, int64_t *out) {
  int64_t back;
  put_real((double)in, out);
  return real_to_int(*out, &back) && back == in;
}

static bool real_to_bool(int64_t in, int64_t *out) { return real_to_int(in, out) && to_bool(*out, out); }

static bool date_to_time(int64_t in, int64_t *out) { return !__builtin_mul_overflow(in, 86400000000, out); }

static bool time_to_date(int64_t in, int64_t *out) {
  int64_t day = 86400000000;
  *out = in / day;
  return in % day == 0;
}

static const CastFn CASTS[COL_CAT][COL_CAT] = {
    [COL_BOOL] = {[COL_BOOL] = same, [COL_I64] = same, [COL_F64] = bool_to_real},
    [COL_I64] = {[COL_BOOL] = to_bool, [COL_I64] = same, [COL_F64] = int_to_real},
    [COL_F64] = {[COL_BOOL] = real_to_bool, [COL_I64] = real_to_int, [COL_F64] = same},
    [COL_DATE] = {[COL_DATE] = same, [COL_TIME] = date_to_time},
    [COL_TIME] = {[COL_DATE] = time_to_date, [COL_TIME] = same},
};

static bool is_texts(ColType t) { return t == COL_CAT || t == COL_TEXT; }

bool cast_exists(ColType from, ColType to) { return is_texts(from) || is_texts(to) || CASTS[from][to] != NULL; }

// ---- what to say --------------------------------------------------------------------------------------------------
static ErrCode refuse(const char *name, ColType from, ColType to, Err *err) {
  bool number = from == COL_I64 || from == COL_F64, moment = from == COL_DATE || from == COL_TIME;
  ShapeText key = shape_key(name), x = shape_operand(name);
  char advice[512] = "";
  if (number && to == COL_DATE)
    snprintf(advice, sizeof advice,
             ": a number is no date by itself; if it counts days since 1970, write d:derive{\"%s = date('1970-01-01') "
             "+ %s%s%s\"}",
             x.s, from == COL_F64 ? "int(" : "", x.s, from == COL_F64 ? ")" : "");
  else if (number && to == COL_TIME)
    snprintf(advice, sizeof advice, ": a number is no time by itself; as text \"2012-03-31 14:05:00\" it can be read");
  else if (from == COL_DATE && (to == COL_I64 || to == COL_F64))
    snprintf(advice, sizeof advice, ": for the days since a date, write d:derive{\"days = %s - '1970-01-01'\"}", x.s);
  else if (moment)
    snprintf(advice, sizeof advice, ": it can become a date, a time or text, as in d:cast{%s=\"text\"}", key.s);
  return err_set(err, ERR_TYPE, "cast: column '%s' is %s and cannot become %s%s", name, COLTYPES[from].name,
                 COLTYPES[to].name, advice);
}

static void add_advice(const char *name, ColType from, ColType to, bool zeros, Str *s) {
  ShapeText x = shape_operand(name), key = shape_key(name);
  const char *type = COLTYPES[to].name;
  if (zeros)
    str_addf(s, "zeros in front mark a code, not a number; to lose them, d:derive{\"%s = %s(%s)\"}, or ", x.s, type,
             x.s);
  if (from == COL_F64 && to == COL_I64) str_addf(s, "round first, d:derive{\"%s = int(round(%s))\"}, or ", x.s, x.s);
  if (from == COL_TIME && to == COL_DATE) str_addf(s, "cut first, d:derive{\"%s = date(%s)\"}, or ", x.s, x.s);
  if (to == COL_BOOL && !is_texts(from)) str_addf(s, "write a condition, d:derive{\"%s = %s > 0\"}, or ", x.s, x.s);
  str_addf(s, "let them be missing, d:cast{%s=\"%s\", unfit=\"missing\"}", key.s, type);
}

// What the values that do not fit are not; NULL: readable.
static const char *expectation(ColType from, ColType to, bool one) {
  if (to == COL_BOOL) return is_texts(from) ? "true or false" : "0 or 1";
  if (to == COL_I64) return one ? "a whole number" : "whole numbers";
  if (is_texts(from)) return NULL;
  if (to == COL_F64) return one ? "a number that a real holds exactly" : "numbers that a real holds exactly";
  return to == COL_DATE ? "at midnight" : NULL;
}

// A text that is a number but for the zeros in front, which the reader takes for a code.
static bool has_zeros(const Column *c, int64_t row, ColType to) {
  if (!is_texts(c->type) || (to != COL_I64 && to != COL_F64)) return false;
  Sv t = sv_trim(col_text(c, row));
  double v;
  return t.n > 1 && t.s[0] == '0' && parse_f64(t.s, t.n, &v);
}

// Rows that are present in `c` and not in `made` did not fit.
static ErrCode say_unfit(const Column *c, const Column *made, const char *name, Err *err) {
  int64_t unfit = made->missing - c->missing, shown = 0;
  bool zeros = true;
  Str s = {0};
  const char *expected = expectation(c->type, made->type, unfit == 1);
  str_addf(&s, "cast: column '%s' (%s) to %s: %s value%s ", name, COLTYPES[c->type].name, COLTYPES[made->type].name,
           shape_number(unfit).s, unfit == 1 ? "" : "s");
  if (expected) str_addf(&s, "%s not %s: ", unfit == 1 ? "is" : "are", expected);
  else str_add(&s, "cannot be read: ");
  for (int64_t i = 0; i < c->n && shown < SHOWN; i++) {
    if (!col_valid(c, i) || col_valid(made, i)) continue;
    zeros = zeros && has_zeros(c, i, made->type);
    str_addf(&s, "%srow %s has %s", shown++ ? ", " : "", shape_number(i + 1).s, shape_cell(c, i).s);
  }
  str_add(&s, unfit > shown ? " ...; " : "; ");
  add_advice(name, c->type, made->type, zeros, &s);
  ErrCode code = err_set(err, ERR_ARG, "%s", str_c(&s));
  str_fini(&s);
  return code;
}

// ---- rows ---------------------------------------------------------------------------------------------------------
typedef struct Casting {
  const Column *from;
  Column *to;
  CastFn fn;
  const int64_t *word; // value of each word, where texts have codes
  const uint8_t *fits; // and whether it has one
  _Atomic int64_t unfit;
  atomic_bool zoned;
} Casting;

static bool read_text(Casting *c, Sv text, int64_t *out) {
  double f = 0;
  bool zoned = false;
  *out = 0;
  if (!COLTYPES[c->to->type].parse(sv_trim(text), out, &f, &zoned)) return false;
  if (c->to->type == COL_F64) put_real(f, out);
  if (zoned) atomic_store_explicit(&c->zoned, true, memory_order_relaxed);
  return true;
}

static bool cast_row(Casting *c, int64_t i, int64_t *out) {
  const Column *from = c->from;
  if (c->word) {
    int64_t code = col_code(from, i);
    *out = c->word[code];
    return c->fits[code];
  }
  if (!c->fn) return read_text(c, col_text(from, i), out);
  return c->fn(from->type == COL_BOOL ? from->b[i] : from->i[i], out);
}

// Chunks begin at whole words of the bitmap.
static void cast_chunk(void *ctx, int64_t begin, int64_t end) {
  Casting *c = ctx;
  Column *to = c->to;
  int64_t unfit = 0;
  for (int64_t i = begin; i < end; i++) {
    int64_t v = 0;
    bool present = col_valid(c->from, i), fits = present && cast_row(c, i, &v);
    if (!fits) v = 0, to->valid[i >> 6] &= ~(1ull << (i & 63));
    unfit += present && !fits;
    if (to->type == COL_BOOL) to->b[i] = (uint8_t)v;
    else to->i[i] = v;
  }
  atomic_fetch_add_explicit(&c->unfit, unfit, memory_order_relaxed);
}

static ErrCode cast_rows(Job *job, Casting *c, ColType to, Err *err) {
  const Column *from = c->from;
  TRY(column_new(job, to, from->n, NULL, &c->to, err));
  TRY(bitmap_new(from->n, &c->to->valid, err));
  int64_t nword = from->dict ? from->dict->n : 0, *word = NULL;
  uint8_t *fits = NULL;
  ErrCode code = OK;
  if (from->dict) code = shape_new(job, nword + 1, sizeof *word, "a table of words", &word, err);
  if (from->dict && code == OK) code = shape_new(job, nword + 1, sizeof *fits, "a table of words", &fits, err);
  for (int64_t k = 0; k < nword && code == OK; k++) fits[k] = read_text(c, from->dict->word[k], &word[k]);
  c->word = word, c->fits = fits;
  if (code == OK) code = shape_for(job, from->n, SHAPE_GRAIN, cast_chunk, c, err);
  mem_free(word);
  mem_free(fits);
  return code;
}

static ErrCode cast_values(Job *job, const Column *c, const char *name, ColType to, CastUnfit unfit, Column **out,
                           Err *err) {
  Casting casting = {.from = c, .fn = is_texts(c->type) ? NULL : CASTS[c->type][to]};
  ErrCode code = cast_rows(job, &casting, to, err);
  Column *made = casting.to;
  if (code == OK) {
    made->missing = c->missing + casting.unfit;
    made->volatile_ = c->volatile_;
    made->zoned = c->type == COL_TIME ? c->zoned && to == COL_TIME : casting.zoned;
    if (casting.unfit && unfit == CAST_ERROR) code = say_unfit(c, made, name, err);
  }
  if (code != OK) return column_unref(made), code;
  if (!made->missing) {
    mem_free(made->valid);
    made->valid = NULL;
  }
  *out = made;
  return OK;
}

// ---- to texts -----------------------------------------------------------------------------------------------------
static ErrCode values_to_text(Job *job, const Column *c, Column **out, Err *err) {
  Frame *one = frame_new(c->n);
  ErrCode code = frame_add(one, "x", column_ref(c), err);
  if (code == OK) code = expr_eval(job, one, sv("text(x)"), NULL, 0, out, err);
  frame_unref(one);
  return code;
}

static ErrCode cast_text(Job *job, const Column *c, ColType to, Column **out, Err *err) {
  Column *text = NULL;
  if (is_texts(c->type)) text = column_ref(c);
  else TRY(values_to_text(job, c, &text, err));
  ErrCode code = OK;
  if (to == COL_CAT) code = column_to_cat(job, text, -1, out, err);
  else code = parts_stack(job, &(Part){text, text->n}, 1, COL_TEXT, out, err);
  if (code == OK) (*out)->volatile_ = c->volatile_;
  column_unref(text);
  return code;
}

ErrCode column_cast(Job *job, const Column *c, const char *name, ColType to, CastUnfit unfit, Column **out, Err *err) {
  if (c->type == to) return *out = column_ref(c), OK;
  if (is_texts(to)) return cast_text(job, c, to, out, err);
  if (!cast_exists(c->type, to)) return refuse(name, c->type, to, err);
  return cast_values(job, c, name, to, unfit, out, err);
}

// ---- the verb -----------------------------------------------------------------------------------------------------
static ErrCode cast_all(Job *job, const Frame *f, const int *to, CastUnfit unfit, Frame *made, Err *err) {
  for (int j = 0; j < frame_ncol(f); j++) {
    Column *c;
    if (to[j] < 0) c = column_ref(frame_at(f, j));
    else TRY(column_cast(job, frame_at(f, j), frame_name(f, j), (ColType)to[j], unfit, &c, err));
    TRY(frame_add(made, frame_name(f, j), c, err));
  }
  return OK;
}

ErrCode frame_cast(Job *job, const Frame *f, const Names *names, const ColType *to, CastUnfit unfit, Frame **out,
                   Err *err) {
  int *col, m, *type = malloc(((size_t)frame_ncol(f) + 1) * sizeof *type);
  if (!type) abort();
  for (int j = 0; j < frame_ncol(f); j++) type[j] = -1;
  ErrCode code = shape_columns(f, names, false, &col, &m, err);
  for (int k = 0; k < m && code == OK; k++) type[col[k]] = (int)to[k];
  Frame *made = frame_new(frame_nrow(f));
  if (code == OK) code = cast_all(job, f, type, unfit, made, err);
  free(col);
  free(type);
  if (code != OK) return frame_unref(made), code;
  *out = made;
  return OK;
}

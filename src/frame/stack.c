// Rows below each other. A column of the result is made of parts, one a frame: blocks of values that are copied as they
// lie in memory or turned into the common type. Words of all parts are merged into one dictionary; a code is then
// looked up once a row.
#include "frame/shape_int.h"

#include "base/map.h"

#include <stdlib.h>

// ---- the common type ----------------------------------------------------------------------------------------------
static bool is_blank(const Part *p) { return !p->col || p->col->missing == p->col->n; }

static bool meet(ColType a, ColType b, ColType *out) {
  bool numbers = (a == COL_I64 || a == COL_F64) && (b == COL_I64 || b == COL_F64);
  bool moments = (a == COL_DATE || a == COL_TIME) && (b == COL_DATE || b == COL_TIME);
  bool texts = (a == COL_CAT || a == COL_TEXT) && (b == COL_CAT || b == COL_TEXT);
  *out = a == b ? a : numbers ? COL_F64 : moments ? COL_TIME : COL_TEXT;
  return a == b || numbers || moments || texts;
}

// Two passes: parts with values decide; when there are none, the first column does.
bool parts_unify(const Part *part, int npart, ColType *type, int clash[2]) {
  int first = -1;
  for (int k = 0; k < npart; k++) {
    if (is_blank(&part[k])) continue;
    clash[1] = k;
    if (first < 0) first = k, *type = part[k].col->type, clash[0] = k;
    else if (!meet(*type, part[k].col->type, type)) return false;
    if (*type == part[k].col->type) clash[0] = k;
  }
  for (int k = 0; k < npart && first < 0; k++)
    if (part[k].col) first = k, *type = part[k].col->type;
  return true;
}

// ---- missing rows -------------------------------------------------------------------------------------------------
static void copy_bits(uint64_t *to, int64_t at, const uint64_t *from, int64_t n) {
  for (int64_t i = 0; i < n;) { // a word of the target at a time
    int64_t bit = (at + i) & 63, take = 64 - bit < n - i ? 64 - bit : n - i, low = i & 63;
    uint64_t v = from[i >> 6] >> low;
    if (low && low + take > 64) v |= from[(i >> 6) + 1] << (64 - low);
    uint64_t mask = (take == 64 ? ~0ull : (1ull << take) - 1) << bit;
    uint64_t *word = &to[(at + i) >> 6];
    *word = (*word & ~mask) | (v << bit & mask);
    i += take;
  }
}

static void clear_bits(uint64_t *to, int64_t at, int64_t n) {
  for (int64_t i = 0; i < n;) {
    int64_t bit = (at + i) & 63, take = 64 - bit < n - i ? 64 - bit : n - i;
    to[(at + i) >> 6] &= ~((take == 64 ? ~0ull : (1ull << take) - 1) << bit);
    i += take;
  }
}

static int64_t part_missing(const Part *p) { return is_blank(p) ? p->n : p->col->missing; }

static ErrCode stack_valid(const Part *part, int npart, int64_t n, uint64_t **valid, Err *err) {
  int64_t at = 0;
  TRY(bitmap_new(n, valid, err));
  for (int k = 0; k < npart; at += part[k++].n) {
    if (is_blank(&part[k])) clear_bits(*valid, at, part[k].n);
    else if (part[k].col->valid) copy_bits(*valid, at, part[k].col->valid, part[k].n);
  }
  return OK;
}

// ---- values of one width ------------------------------------------------------------------------------------------
typedef struct Copying {
  const Part *part;
  Column *to;
  int64_t at;            // of the part's first row
  const uint32_t *place; // new code of each word, or NULL
} Copying;

static void copy_codes(const Copying *c, int64_t begin, int64_t end) {
  const Column *from = c->part->col;
  for (int64_t i = begin; i < end; i++)
    col_set_code(c->to, c->at + i, col_valid(from, i) ? c->place[col_code(from, i)] : 0);
}

static void copy_chunk(void *ctx, int64_t begin, int64_t end) {
  const Copying *c = ctx;
  const Column *from = c->part->col;
  size_t width = col_width(c->to), first = (size_t)(c->at + begin) * width, bytes = (size_t)(end - begin) * width;
  if (is_blank(c->part)) memset((char *)c->to->i + first, 0, bytes);
  else if (c->place) copy_codes(c, begin, end);
  else if (from->type == COL_I64 && c->to->type == COL_F64)
    for (int64_t i = begin; i < end; i++) c->to->f[c->at + i] = (double)from->i[i];
  else if (from->type == COL_DATE && c->to->type == COL_TIME)
    for (int64_t i = begin; i < end; i++) c->to->i[c->at + i] = from->i[i] * 86400000000;
  else memcpy((char *)c->to->i + first, (char *)from->i + (size_t)begin * width, bytes);
}

// Takes over `dict`. place[k], when not NULL, gives the new codes of part k.
static ErrCode stack_values(Job *job, const Part *part, int npart, ColType type, Dict *dict, uint32_t *const *place,
                            Column **out, Err *err) {
  int64_t n = 0, at = 0;
  for (int k = 0; k < npart; k++) n += part[k].n;
  Column *c;
  TRY(column_new(job, type, n, dict, &c, err));
  for (int k = 0; k < npart; k++) c->missing += part_missing(&part[k]);
  ErrCode code = c->missing ? stack_valid(part, npart, n, &c->valid, err) : OK;
  for (int k = 0; k < npart && code == OK; at += part[k++].n) {
    Copying copying = {&part[k], c, at, place ? place[k] : NULL};
    code = shape_for(job, part[k].n, SHAPE_GRAIN, copy_chunk, &copying, err);
  }
  if (code != OK) return column_unref(c), code;
  *out = c;
  return OK;
}

// ---- words --------------------------------------------------------------------------------------------------------
static Dict *shared_dict(const Part *part, int npart) {
  Dict *dict = NULL;
  for (int k = 0; k < npart; k++) {
    if (is_blank(&part[k])) continue;
    if (dict && part[k].col->dict != dict) return NULL;
    dict = part[k].col->dict;
  }
  return dict;
}

static ErrCode merge_words(Job *job, const Part *part, int npart, Map *words, uint32_t **place, Err *err) {
  for (int k = 0; k < npart; k++) {
    const Dict *d = is_blank(&part[k]) ? NULL : part[k].col->dict;
    TRY(job_tick(job, k, npart, err));
    place[k] = calloc((size_t)(d ? d->n : 0) + 1, sizeof *place[k]);
    if (!place[k]) abort();
    for (int32_t w = 0; d && w < d->n; w++) place[k][w] = (uint32_t)map_put(words, d->word[w], NULL);
  }
  return OK;
}

static ErrCode stack_merged(Job *job, const Part *part, int npart, ColType type, Column **out, Err *err) {
  Map words;
  map_init(&words);
  uint32_t **place = calloc((size_t)npart + 1, sizeof *place);
  if (!place) abort();
  ErrCode code = merge_words(job, part, npart, &words, place, err);
  uint32_t *sorted = calloc((size_t)words.n + 1, sizeof *sorted);
  if (!sorted) abort();
  if (code == OK) {
    Dict *dict = dict_new(words.key, words.n, sorted);
    for (int k = 0; k < npart; k++)
      for (int32_t w = 0; !is_blank(&part[k]) && w < part[k].col->dict->n; w++) place[k][w] = sorted[place[k][w]];
    code = stack_values(job, part, npart, type, dict, place, out, err);
  }
  for (int k = 0; k < npart; k++) free(place[k]);
  free(place);
  free(sorted);
  map_fini(&words);
  return code;
}

static ErrCode stack_codes(Job *job, const Part *part, int npart, ColType type, Column **out, Err *err) {
  Dict *dict = shared_dict(part, npart);
  if (dict) return stack_values(job, part, npart, type, dict_ref(dict), NULL, out, err);
  return stack_merged(job, part, npart, type, out, err);
}

static bool all_coded(const Part *part, int npart) {
  for (int k = 0; k < npart; k++)
    if (!is_blank(&part[k]) && !part[k].col->dict) return false;
  return true;
}

// ---- texts without codes ------------------------------------------------------------------------------------------
typedef struct Texts {
  const Part *part;
  int64_t at;    // of the part's first row
  int64_t *size; // bytes of each chunk, then where they begin
  TextBuilder *b;
} Texts;

static Sv part_text(const Part *p, int64_t i) { return is_blank(p) ? (Sv){"", 0} : col_text(p->col, i); }

static void measure_chunk(void *ctx, int64_t begin, int64_t end) {
  const Texts *t = ctx;
  int64_t size = 0;
  for (int64_t i = begin; i < end; i++) size += (int64_t)part_text(t->part, i).n;
  t->size[begin / SHAPE_GRAIN] = size;
}

static void text_chunk(void *ctx, int64_t begin, int64_t end) {
  const Texts *t = ctx;
  int64_t at = t->size[begin / SHAPE_GRAIN];
  for (int64_t i = begin; i < end; i++) {
    Sv text = part_text(t->part, i);
    if (text.n) memcpy(t->b->bytes + at, text.s, text.n);
    t->b->off[t->at + i] = at;
    at += (int64_t)text.n;
  }
}

// All texts[k].size are measured and become places, then all are written.
static ErrCode write_texts(Job *job, const Part *part, int npart, Texts *texts, TextBuilder *b, Err *err) {
  for (int k = 0; k < npart; k++) {
    texts[k] = (Texts){.part = &part[k], .at = b->n, .b = b};
    b->n += part[k].n, b->missing += part_missing(&part[k]);
    TRY(shape_new(job, shape_chunks(part[k].n), sizeof *texts[k].size, "a text column", &texts[k].size, err));
    TRY(shape_for(job, part[k].n, SHAPE_GRAIN, measure_chunk, &texts[k], err));
    for (int64_t c = 0; c < shape_chunks(part[k].n); c++) {
      int64_t size = texts[k].size[c];
      texts[k].size[c] = b->size;
      b->size += size;
    }
  }
  b->cap = b->n;
  TRY(shape_new(job, b->n + 1, sizeof *b->off, "a text column", &b->off, err));
  TRY(shape_new(job, b->size, 1, "a text column", &b->bytes, err));
  b->off[b->n] = b->size;
  for (int k = 0; k < npart; k++) TRY(shape_for(job, part[k].n, SHAPE_GRAIN, text_chunk, &texts[k], err));
  return b->missing ? stack_valid(part, npart, b->n, &b->valid, err) : OK;
}

static ErrCode stack_texts(Job *job, const Part *part, int npart, Column **out, Err *err) {
  TextBuilder b;
  textb_init(&b, job);
  Texts *texts = calloc((size_t)npart + 1, sizeof *texts);
  if (!texts) abort();
  ErrCode code = write_texts(job, part, npart, texts, &b, err);
  if (code == OK) code = textb_take(&b, out, err);
  textb_fini(&b);
  for (int k = 0; k < npart; k++) mem_free(texts[k].size);
  free(texts);
  return code;
}

// ---- one column ---------------------------------------------------------------------------------------------------
static void add_flags(const Part *part, int npart, Column *c) {
  bool zoned = c->type == COL_TIME;
  for (int k = 0; k < npart; k++) {
    c->volatile_ = c->volatile_ || (part[k].col && part[k].col->volatile_);
    if (!is_blank(&part[k])) zoned = zoned && part[k].col->zoned;
  }
  c->zoned = zoned && c->missing < c->n;
}

ErrCode parts_stack(Job *job, const Part *part, int npart, ColType type, Column **out, Err *err) {
  bool texts = type == COL_CAT || type == COL_TEXT;
  if (texts && all_coded(part, npart)) TRY(stack_codes(job, part, npart, type, out, err));
  else if (texts) TRY(stack_texts(job, part, npart, out, err));
  else TRY(stack_values(job, part, npart, type, NULL, NULL, out, err));
  add_flags(part, npart, *out);
  return OK;
}

ErrCode parts_label(Job *job, const Sv *label, const int64_t *rows, int npart, Column **out, Err *err) {
  Map words;
  map_init(&words);
  int64_t n = 0, at = 0;
  uint32_t *word = calloc((size_t)npart + 1, sizeof *word), *place = calloc((size_t)npart + 1, sizeof *place);
  if (!word || !place) abort();
  for (int k = 0; k < npart; n += rows[k++]) word[k] = (uint32_t)map_put(&words, label[k], NULL);
  Dict *dict = dict_new(words.key, words.n, place);
  map_fini(&words);
  ErrCode code = column_new(job, COL_CAT, n, dict, out, err);
  for (int k = 0; k < npart && code == OK; k++)
    for (int64_t i = 0; i < rows[k]; i++) col_set_code(*out, at++, place[word[k]]);
  free(word);
  free(place);
  return code;
}

// ---- frames -------------------------------------------------------------------------------------------------------
typedef struct Stacking {
  const Frame *const *frame;
  int n;
  Part *part;
  Str partial; // names of columns that not all frames have
} Stacking;

static ErrCode refuse(const Stacking *s, const char *name, const int clash[2], Err *err) {
  ColType a = s->part[clash[0]].col->type, b = s->part[clash[1]].col->type;
  ShapeText key = shape_key(name);
  const char *to = COLTYPES[cast_exists(b, a) && a != COL_BOOL ? a : cast_exists(a, b) ? b : COL_TEXT].name;
  return err_set(err, ERR_TYPE,
                 "stack: column '%s' is %s in frame %d and %s in frame %d: bring them to one type first, as in "
                 "d:cast{%s=\"%s\"}",
                 name, COLTYPES[a].name, clash[0] + 1, COLTYPES[b].name, clash[1] + 1, key.s, to);
}

static ErrCode stack_column(Job *job, Stacking *s, const char *name, Frame *made, Err *err) {
  bool partial = false;
  for (int k = 0; k < s->n; k++) {
    int j = frame_find(s->frame[k], sv(name));
    s->part[k] = (Part){j < 0 ? NULL : frame_at(s->frame[k], j), frame_nrow(s->frame[k])};
    partial = partial || j < 0;
  }
  if (partial) str_addf(&s->partial, "%s%s", s->partial.n ? ", " : "", name);
  ColType type;
  int clash[2];
  if (!parts_unify(s->part, s->n, &type, clash)) return refuse(s, name, clash, err);
  Column *c;
  TRY(parts_stack(job, s->part, s->n, type, &c, err));
  return frame_add(made, name, c, err);
}

static ErrCode add_source(Job *job, const Stacking *s, const StackSource *source, Frame *made, Err *err) {
  for (int k = 0; k < s->n; k++)
    if (frame_find(s->frame[k], sv(source->column)) >= 0)
      return err_set(err, ERR_NAME, "stack: there is a column '%s' already: give source= another name", source->column);
  Sv *label = calloc((size_t)s->n, sizeof *label);
  int64_t *rows = calloc((size_t)s->n, sizeof *rows);
  ShapeText *number = calloc((size_t)s->n, sizeof *number);
  if (!label || !rows || !number) abort();
  for (int k = 0; k < s->n; k++) {
    number[k] = shape_number(k + 1);
    label[k] = sv(source->label ? source->label[k] : number[k].s);
    rows[k] = frame_nrow(s->frame[k]);
  }
  Column *c;
  ErrCode code = parts_label(job, label, rows, s->n, &c, err);
  if (code == OK) code = frame_add(made, source->column, c, err);
  free(label);
  free(rows);
  free(number);
  return code;
}

static ErrCode stack_all(Job *job, Stacking *s, const StackSource *source, Frame *made, Err *err) {
  if (source) TRY(add_source(job, s, source, made, err));
  for (int k = 0; k < s->n; k++)
    for (int j = 0; j < frame_ncol(s->frame[k]); j++) {
      const char *name = frame_name(s->frame[k], j);
      if (frame_find(made, sv(name)) < 0) TRY(stack_column(job, s, name, made, err));
    }
  if (s->partial.n) {
    Str caption = {0};
    str_addf(&caption, "not in all %d frames: %s", s->n, str_c(&s->partial));
    frame_set_caption(made, str_c(&caption));
    str_fini(&caption);
  }
  return OK;
}

ErrCode frame_stack(Job *job, const Frame *const *frame, int n, const StackSource *source, Frame **out, Err *err) {
  int64_t rows = 0;
  for (int k = 0; k < n; k++) rows += frame_nrow(frame[k]);
  Frame *made = frame_new(rows);
  Stacking s = {.frame = frame, .n = n, .part = calloc((size_t)n, sizeof(Part))};
  if (!s.part) abort();
  ErrCode code = stack_all(job, &s, source, made, err);
  free(s.part);
  str_fini(&s.partial);
  if (code != OK) return frame_unref(made), code;
  *out = made;
  return OK;
}

// Columns under construction. A sample has said what a column probably holds; each block of cells is read as that and
// written to its place. What does not fit is counted and the first such cells are kept, so that the column as a whole
// decides at the end. An int column in which a real turns up holds reals from that block on; its earlier blocks are
// converted at the end. Words are looked up in the column's table, which nobody changes while blocks are added; new
// ones wait in the part and are numbered when parts are merged, in the order of the rows, so that numbers do not
// depend on threads.
#include "io/csv_int.h"

#include "base/numfmt.h"

#include <stdlib.h>

enum { BATCH = 128 };

// ---- small lists --------------------------------------------------------------------------------------------------
static void list_add(RowList *l, int64_t row) {
  if (l->n == l->cap) {
    l->cap = l->cap ? l->cap * 2 : 64;
    l->row = realloc(l->row, (size_t)l->cap * sizeof *l->row);
    if (!l->row) abort();
  }
  l->row[l->n++] = row;
}

static void list_fini(RowList *l) {
  free(l->row);
  *l = (RowList){0};
}

static void shown_add(Shown *s, int64_t row, const char *text, size_t n) {
  if (s->n == SHOWN) return;
  s->row[s->n] = row;
  s->text[s->n++] = strndup(text, n);
}

static void shown_fini(Shown *s) {
  for (int64_t k = 0; k < s->n; k++) free(s->text[k]);
  *s = (Shown){0};
}

void part_fini(Part *p) {
  shown_fini(&p->shown);
  words_fini(&p->news);
  list_fini(&p->news_rows);
  list_fini(&p->zeros);
  str_fini(&p->bytes);
  arena_fini(&p->scratch);
  *p = (Part){0};
}

void build_init(Build *b, Hold hold, ColType type) {
  *b = (Build){.hold = hold, .type = type};
  b->width = hold != HOLD_VALUES ? sizeof(uint32_t) : type == COL_BOOL ? 1 : sizeof(int64_t);
}

void build_fini(Build *b) {
  mem_free(b->data);
  mem_free(b->valid);
  list_fini(&b->ints);
  list_fini(&b->zeros);
  words_fini(&b->words);
  str_fini(&b->bytes);
  shown_fini(&b->shown);
  *b = (Build){0};
}

ErrCode build_room(Job *job, Build *b, int64_t n, int64_t rows, Err *err) {
  if (b->hold == HOLD_NONE || rows <= b->cap) return OK;
  int64_t cap = (rows + 63) / 64 * 64;
  size_t words = (size_t)cap / 64, had = (size_t)b->cap / 64;
  TRY(job_need(job, (cap - b->cap) * (int64_t)b->width, "a column", err));
  size_t bytes = (size_t)cap * b->width; // at first for all rows that the text may have: worth huge pages
  char *data = b->data ? mem_resize(b->data, (size_t)n * b->width, bytes) : mem_new(bytes);
  if (data) b->data = data;
  uint64_t *valid = data ? mem_resize(b->valid, had * sizeof *valid, words * sizeof *valid) : NULL;
  if (!valid) return err_set(err, ERR_MEMORY, "the system has no memory left for a column: take fewer rows or columns");
  memset(valid + had, 0xFF, (words - had) * sizeof *valid);
  b->valid = valid, b->cap = cap;
  return OK;
}

// ---- one cell -----------------------------------------------------------------------------------------------------
typedef struct Target { // where cells of one column go
  Build *b;
  Part *p;
  const Block *block;
  const Marks *marks;
  int64_t row;   // of the block's first
  int64_t begin; // first row of the block in this part
} Target;

// Words of the bitmap may be shared by blocks.
static void set_missing(const Target *t, int64_t row) {
  Build *b = t->b;
  __atomic_fetch_and(&b->valid[row >> 6], ~(1ull << (row & 63)), __ATOMIC_RELAXED);
  memset(b->data + (size_t)row * b->width, 0, b->width);
}

static void add_missing(const Target *t, int64_t row) {
  t->p->missing++;
  set_missing(t, row);
}

static bool is_mark(const Marks *m, Sv cell) { return m->first[(unsigned char)cell.s[0]] && marks_has(m, cell); }

static bool is_minus_zero(Sv t) { return t.s[0] == '-' && t.n == 2 && t.s[1] == '0'; }

// A real among ints: what the part has read so far becomes real too.
static void turn_real(const Target *t, int64_t row) {
  double *f = (double *)(void *)t->b->data;
  const int64_t *i = (const int64_t *)(const void *)t->b->data;
  for (int64_t r = t->begin; r < row; r++) f[r] = (double)i[r];
  for (int64_t k = 0; k < t->p->zeros.n; k++) f[t->p->zeros.row[k]] = -0.0;
  t->p->real = true;
}

static bool read_value(const Target *t, Sv cell, int64_t row) {
  static const ValueStyle plain = {0};
  const Build *b = t->b;
  bool real_now = b->type == COL_I64 && t->p->real, zoned = false;
  ColType type = real_now ? COL_F64 : b->type;
  int64_t i = 0;
  double f = 0;
  const ValueStyle *style = b->style ? b->style : &plain;
  bool fits = value_parse(style, type, cell, &i, &f, &zoned);
  if (!fits && type == COL_I64 && !b->forced) {
    fits = value_parse(style, COL_F64, cell, &i, &f, &zoned);
    if (fits) turn_real(t, row), type = COL_F64;
  }
  if (!fits) return false;
  if (type == COL_I64 && is_minus_zero(cell)) list_add(&t->p->zeros, row);
  if (type == COL_BOOL) ((uint8_t *)b->data)[row] = (uint8_t)i;
  else if (type == COL_F64) memcpy(b->data + (size_t)row * sizeof f, &f, sizeof f);
  else memcpy(b->data + (size_t)row * sizeof i, &i, sizeof i);
  t->p->zoned |= zoned;
  return true;
}

static Sv whole_cell(const Target *t, Sv cell, CellKind kind) {
  return kind == CELL_DOUBLED ? block_undouble(cell, t->block->dialect->quote, &t->p->scratch) : cell;
}

// Anything that the quick loops do not take.
static void add_cell(const Target *t, Sv cell, CellKind kind, int64_t row) {
  Sv whole = kind == CELL_EMPTY ? cell : whole_cell(t, cell, kind), text = sv_trim(whole);
  if (!text.n || is_mark(t->marks, text)) return add_missing(t, row);
  if (read_value(t, text, row)) return;
  t->p->dissent++;
  shown_add(&t->p->shown, row, whole.s, whole.n < 200 ? whole.n : 200);
  set_missing(t, row);
}

static void add_slowly(const Target *t, int64_t i, int j) {
  CellKind kind;
  Sv c = block_cell(t->block, i, j, &kind);
  add_cell(t, c, kind, t->row + i);
}

// ---- values -------------------------------------------------------------------------------------------------------
static void add_ints(const Target *t, int64_t begin, int64_t end, int j) {
  int64_t *out = (int64_t *)(void *)t->b->data + t->row, i = begin;
  while (i < end && !t->p->real) {
    i = digits_ints(t->block, t->marks, i, end, j, out);
    if (i < end) add_slowly(t, i++, j);
  }
  for (; i < end; i++) add_slowly(t, i, j);
}

static void add_reals(const Target *t, int64_t begin, int64_t end, int j) {
  double *out = (double *)(void *)t->b->data + t->row;
  for (int64_t i = begin; i < end; i++) {
    i = digits_reals(t->block, t->marks, i, end, j, out);
    if (i < end) add_slowly(t, i, j);
  }
}

static void add_moments(const Target *t, int64_t begin, int64_t end, int j) {
  int64_t *out = (int64_t *)(void *)t->b->data;
  bool (*parse)(Sv, int64_t *, double *, bool *) = COLTYPES[t->b->type].parse;
  for (int64_t i = begin; i < end; i++) {
    CellKind kind;
    double f;
    bool zoned = false;
    Sv c;
    c = block_cell(t->block, i, j, &kind);
    bool quick = kind == CELL_PLAIN && c.n && !t->marks->first[(unsigned char)c.s[0]];
    if (quick && parse(c, &out[t->row + i], &f, &zoned)) t->p->zoned |= zoned;
    else add_cell(t, c, kind, t->row + i);
  }
}

static void add_others(const Target *t, int64_t begin, int64_t end, int j) {
  for (int64_t i = begin; i < end; i++) add_slowly(t, i, j);
}

// ---- words --------------------------------------------------------------------------------------------------------
// The text of a cell of words; false when it is missing. "" in quotes is a text.
static bool word_of(const Target *t, int64_t i, int j, Sv *word) {
  CellKind kind;
  Sv c = block_cell(t->block, i, j, &kind);
  if (kind == CELL_EMPTY) return false;
  *word = whole_cell(t, c, kind);
  if (!word->n || !(t->marks->first[(unsigned char)word->s[0]] || (unsigned char)word->s[0] <= ' ')) return true;
  return !marks_has(t->marks, sv_trim(*word));
}

typedef struct Batch {
  Sv word[BATCH];
  WordSlot key[BATCH];
  uint64_t hash[BATCH];
} Batch;

static void add_words(const Target *t, int64_t begin, int64_t end, int j) {
  Batch batch;
  uint32_t *out = (uint32_t *)(void *)t->b->data + t->row;
  const Words *known = &t->b->words;
  for (; begin < end; begin += BATCH) {
    int64_t n = end - begin < BATCH ? end - begin : BATCH;
    for (int64_t k = 0; k < n; k++) {
      batch.word[k].s = NULL;
      if (!word_of(t, begin + k, j, &batch.word[k])) {
        batch.word[k].s = NULL;
        add_missing(t, t->row + begin + k);
        continue;
      }
      batch.hash[k] = words_hash(batch.word[k], &batch.key[k]);
      words_prefetch(known, batch.hash[k]);
    }
    for (int64_t k = 0; k < n; k++) {
      if (!batch.word[k].s) continue;
      int64_t id = words_find(known, batch.hash[k], &batch.key[k], batch.word[k]);
      if (id < 0) {
        id = words_put(&t->p->news, batch.hash[k], &batch.key[k], batch.word[k]);
        list_add(&t->p->news_rows, t->row + begin + k);
      }
      out[begin + k] = (uint32_t)id;
    }
  }
}

static void add_texts(const Target *t, int64_t begin, int64_t end, int j) {
  uint32_t *out = (uint32_t *)(void *)t->b->data + t->row;
  for (int64_t i = begin; i < end; i++) {
    Sv word;
    if (!word_of(t, i, j, &word)) {
      add_missing(t, t->row + i);
      continue;
    }
    out[i] = (uint32_t)word.n;
    str_addn(&t->p->bytes, word.s, word.n);
  }
}

// ---- blocks -------------------------------------------------------------------------------------------------------
void build_add(Build *b, Part *p, const Block *block, int64_t begin, int64_t end, int j, int64_t row,
               const Marks *marks) {
  Target t = {.b = b, .p = p, .block = block, .marks = marks, .row = row, .begin = row};
  if (b->hold == HOLD_WORDS) add_words(&t, begin, end, j);
  else if (b->hold == HOLD_TEXTS) add_texts(&t, begin, end, j);
  else if (b->hold == HOLD_NONE) return;
  else if (b->style || b->type == COL_BOOL) add_others(&t, begin, end, j);
  else if (b->type == COL_I64) add_ints(&t, begin, end, j);
  else if (b->type == COL_F64) add_reals(&t, begin, end, j);
  else add_moments(&t, begin, end, j);
}

static void merge_words(Build *b, Part *p) {
  uint32_t *code = (uint32_t *)(void *)b->data, *now = malloc(((size_t)p->news.n + 1) * sizeof *now);
  if (!now) abort();
  for (int64_t k = 0; k < p->news.n; k++) {
    WordSlot key;
    uint64_t hash = words_hash(p->news.word[k], &key);
    now[k] = (uint32_t)words_put(&b->words, hash, &key, p->news.word[k]);
  }
  for (int64_t k = 0; k < p->news_rows.n; k++) {
    uint32_t *c = &code[p->news_rows.row[k]];
    *c = now[*c];
  }
  free(now);
}

void build_merge(Build *b, Part *p, int64_t row, int64_t n) {
  b->missing += p->missing, b->dissent += p->dissent, b->zoned |= p->zoned, b->real |= p->real;
  for (int64_t k = 0; k < p->shown.n; k++)
    shown_add(&b->shown, p->shown.row[k], p->shown.text[k], strlen(p->shown.text[k]));
  for (int64_t k = 0; k < p->zeros.n && !p->real; k++) list_add(&b->zeros, p->zeros.row[k]);
  if (b->hold == HOLD_VALUES && b->type == COL_I64 && !p->real) {
    if (b->ints.n && b->ints.row[b->ints.n - 1] == row) b->ints.row[b->ints.n - 1] = row + n;
    else list_add(&b->ints, row), list_add(&b->ints, row + n);
  }
  if (p->news.n) merge_words(b, p);
  if (p->bytes.n) str_addn(&b->bytes, p->bytes.s, p->bytes.n);
  part_fini(p);
}

// ---- the column ---------------------------------------------------------------------------------------------------
static void make_real(Build *b) {
  double *f = (double *)(void *)b->data;
  const int64_t *i = (const int64_t *)(const void *)b->data;
  for (int64_t k = 0; k < b->ints.n; k += 2)
    for (int64_t r = b->ints.row[k]; r < b->ints.row[k + 1]; r++) f[r] = (double)i[r];
  for (int64_t k = 0; k < b->zeros.n; k++) f[b->zeros.row[k]] = -0.0;
}

static uint64_t *take_valid(Build *b) {
  uint64_t *valid = b->missing + b->dissent ? b->valid : NULL;
  if (valid) b->valid = NULL;
  return valid;
}

static Column *take_values(Build *b, int64_t n) {
  if (b->real) make_real(b);
  ColType type = b->real ? COL_F64 : b->type;
  int64_t missing = b->missing + b->dissent;
  Column *c = column_take(type, n, NULL, b->data, take_valid(b), missing);
  c->zoned = b->zoned;
  b->data = NULL;
  return c;
}

// By its words while fewer than half of the rows have a new one, else one behind the other.
static ErrCode take_words(Job *job, Build *b, int64_t n, Column **out, Err *err) {
  const uint32_t *code = (const uint32_t *)(const void *)b->data;
  if (b->words.n > 1000 && b->words.n > n / 2) {
    TextBuilder text;
    textb_init(&text, job);
    ErrCode status = OK;
    for (int64_t i = 0; i < n && status == OK; i++) {
      bool there = b->valid[i >> 6] >> (i & 63) & 1;
      status = there ? textb_add(&text, b->words.word[code[i]], err) : textb_add_missing(&text, err);
    }
    if (status == OK) status = textb_take(&text, out, err);
    textb_fini(&text);
    return status;
  }
  return column_of_words(job, COL_TEXT, b->words.word, b->words.n, code, n, take_valid(b), b->missing, out, err);
}

static ErrCode take_texts(Job *job, Build *b, int64_t n, Column **out, Err *err) {
  const uint32_t *length = (const uint32_t *)(const void *)b->data;
  TextBuilder text;
  textb_init(&text, job);
  ErrCode status = OK;
  size_t at = 0;
  for (int64_t i = 0; i < n && status == OK; i++) {
    bool there = b->valid[i >> 6] >> (i & 63) & 1;
    status = there ? textb_add(&text, (Sv){str_c(&b->bytes) + at, length[i]}, err) : textb_add_missing(&text, err);
    at += length[i];
  }
  if (status == OK) status = textb_take(&text, out, err);
  textb_fini(&text);
  return status;
}

ErrCode build_take(Job *job, Build *b, int64_t n, Column **out, Err *err) {
  ErrCode code = build_room(job, b, 0, 1, err);
  if (code == OK && b->hold == HOLD_VALUES) *out = take_values(b, n);
  else if (code == OK && b->hold == HOLD_WORDS) code = take_words(job, b, n, out, err);
  else if (code == OK) code = take_texts(job, b, n, out, err);
  build_fini(b);
  return code;
}

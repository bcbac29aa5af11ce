// Text columns under construction, and text columns as categories: a code for each row into the sorted dictionary of
// the distinct words.
#include "frame/frame_int.h"

#include "base/map.h"
#include "base/pool.h"

#include <stdlib.h>

// ---- the builder --------------------------------------------------------------------------------------------------
void textb_init(TextBuilder *b, Job *job) { *b = (TextBuilder){.job = job}; }

void textb_fini(TextBuilder *b) {
  mem_free(b->off);
  mem_free(b->bytes);
  mem_free(b->valid);
  *b = (TextBuilder){.job = b->job};
}

static ErrCode grow_rows(TextBuilder *b, Err *err) {
  int64_t cap = b->cap ? b->cap * 2 : 64;
  TRY(job_need(b->job, cap * (int64_t)sizeof *b->off, "a text column", err));
  int64_t *off = mem_resize(b->off, (size_t)(b->cap ? b->n + 1 : 0) * sizeof *off, (size_t)(cap + 1) * sizeof *off);
  if (!off) return out_of_memory("a text column", err);
  b->off = off;
  if (!b->cap) off[0] = 0;
  size_t words = (size_t)(cap + 63) / 64, had = (size_t)(b->cap + 63) / 64;
  uint64_t *valid = mem_resize(b->valid, had * sizeof *valid, words * sizeof *valid);
  if (!valid) return out_of_memory("a text column", err);
  memset(valid + had, 0xFF, (words - had) * sizeof *valid);
  b->valid = valid, b->cap = cap;
  return OK;
}

static ErrCode grow_bytes(TextBuilder *b, size_t more, Err *err) {
  int64_t room = b->room ? b->room : 256;
  while (room < b->size + (int64_t)more) room *= 2;
  TRY(job_need(b->job, room, "a text column", err));
  char *bytes = mem_resize(b->bytes, (size_t)b->size, (size_t)room);
  if (!bytes) return out_of_memory("a text column", err);
  b->bytes = bytes, b->room = room;
  return OK;
}

ErrCode textb_add(TextBuilder *b, Sv text, Err *err) {
  if (b->n == b->cap) TRY(grow_rows(b, err));
  if (b->size + (int64_t)text.n > b->room) TRY(grow_bytes(b, text.n, err));
  if (text.n) memcpy(b->bytes + b->size, text.s, text.n);
  b->size += (int64_t)text.n;
  b->off[++b->n] = b->size;
  return OK;
}

ErrCode textb_add_missing(TextBuilder *b, Err *err) {
  TRY(textb_add(b, (Sv){"", 0}, err));
  int64_t i = b->n - 1;
  b->valid[i >> 6] &= ~(1ull << (i & 63));
  b->missing++;
  return OK;
}

ErrCode textb_take(TextBuilder *b, Column **out, Err *err) {
  if (!b->cap) TRY(grow_rows(b, err));
  if (!b->bytes) TRY(grow_bytes(b, 0, err)); // a cell's text is never NULL
  Column *c = column_shell(COL_TEXT, b->n);
  c->missing = b->missing, c->off = b->off, c->bytes = b->bytes;
  b->off = NULL, b->bytes = NULL;
  if (b->missing) c->valid = b->valid, b->valid = NULL;
  textb_fini(b);
  *out = c;
  return OK;
}

// ---- categories ---------------------------------------------------------------------------------------------------
// A column that is given other codes: the code of row i is place[slice][old].
enum { BLOCK = 1 << 15 };

typedef struct Recode {
  const Column *c;
  const uint32_t *was;    // old codes; NULL: those of c
  uint32_t *const *place; // of each slice; rows belong to slices as in Numbering
  int nslice;
  Column *cat;
} Recode;

static int64_t slice_of(const Recode *r, int64_t i, int64_t *end);

static void run_recode(void *ctx, int64_t begin, int64_t end) {
  const Recode *r = ctx;
  for (int64_t i = begin, stop; i < end; i = stop) {
    const uint32_t *place = r->place[slice_of(r, i, &stop)];
    if (stop > end) stop = end;
    for (int64_t k = i; k < stop; k++) {
      bool present = col_valid(r->c, k);
      col_set_code(r->cat, k, present ? place[r->was ? r->was[k] : col_code(r->c, k)] : 0);
    }
  }
}

static ErrCode recode(Job *job, Recode *r, Dict *dict, Column **out, Err *err) {
  const Column *c = r->c;
  TRY(column_new(job, COL_CAT, c->n, dict, &r->cat, err));
  if (c->valid) {
    ErrCode code = bitmap_new(c->n, &r->cat->valid, err);
    if (code != OK) return column_unref(r->cat), code;
    memcpy(r->cat->valid, c->valid, (size_t)((c->n + 63) / 64) * sizeof *c->valid);
    r->cat->missing = c->missing;
  }
  par_for(job, c->n, BLOCK, run_recode, r);
  r->cat->volatile_ = c->volatile_;
  *out = r->cat;
  return OK;
}

// Which words of a coded column its rows use: place[k] is 1 + the number of the k-th word among them, or 0.
static int64_t words_used(const Column *c, uint32_t *place, Sv *word) {
  int64_t used = 0;
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i)) place[col_code(c, i)] = 1;
  for (int64_t k = 0; k < c->dict->n; k++)
    if (place[k]) word[used] = c->dict->word[k], place[k] = (uint32_t)++used;
  return used;
}

// A coded text as a category of the words that its rows have.
static ErrCode cat_of_codes(Job *job, const Column *c, int64_t most, Column **out, Err *err) {
  int64_t n = c->dict->n;
  uint32_t *place = calloc((size_t)n + 1, sizeof *place), *sorted = calloc((size_t)n + 1, sizeof *sorted);
  Sv *word = calloc((size_t)n + 1, sizeof *word);
  if (!place || !sorted || !word) abort();
  int64_t used = words_used(c, place, word);
  ErrCode code = OK;
  if (most < 0 || used <= most) {
    Dict *dict = dict_new(word, used, sorted);
    for (int64_t k = 0; k < n; k++)
      if (place[k]) place[k] = sorted[place[k] - 1];
    code = recode(job, &(Recode){.c = c, .place = &place}, dict, out, err);
  }
  free(place);
  free(sorted);
  free(word);
  return code;
}

// ---- the distinct words of plain text -----------------------------------------------------------------------------
// Slices of the rows, one for each thread, number their words side by side, each in a map of its own; then the maps
// become one. The codes depend on the sorted words alone, not on the slices. A slice has a piece of every region, so
// that the cancel flag is looked at between regions.
enum { SLICES = 16, PIECE = 1 << 15, WORDS = 256 };

typedef struct Numbering {
  const Column *c;
  int64_t first, most;
  int nslice;
  uint32_t *code; // of each row, within the map of its slice
  Map map[SLICES];
  atomic_bool full; // more than `most` words
} Numbering;

static int64_t slice_of(const Recode *r, int64_t i, int64_t *end) {
  if (!r->was) return *end = r->c->n, 0;
  *end = (i / PIECE + 1) * PIECE;
  return i / PIECE % r->nslice;
}

static void run_numbering(void *ctx, int64_t begin, int64_t end) {
  Numbering *b = ctx;
  const Column *c = b->c;
  Map *map = &b->map[begin / PIECE];
  Sv word[WORDS];
  uint32_t index[WORDS];
  for (int64_t i = b->first + begin; i < b->first + end && !b->full; i += WORDS) {
    int64_t n = b->first + end - i < WORDS ? b->first + end - i : WORDS, m = 0;
    for (int64_t k = i; k < i + n; k++)
      if (col_valid(c, k)) word[m++] = (Sv){c->bytes + c->off[k], (size_t)(c->off[k + 1] - c->off[k])};
    map_put_all(map, word, m, index);
    for (int64_t k = i, at = 0; k < i + n; k++)
      if (col_valid(c, k)) b->code[k] = index[at++];
    if (b->most >= 0 && map->n > b->most) atomic_store_explicit(&b->full, true, memory_order_relaxed);
  }
}

static ErrCode number_words(Job *job, Numbering *b, Err *err) {
  int64_t rows = (int64_t)PIECE * b->nslice, n = b->c->n;
  for (b->first = 0; b->first < n && !b->full; b->first += rows) {
    TRY(job_tick(job, b->first, n, err));
    par_for(job, n - b->first < rows ? n - b->first : rows, PIECE, run_numbering, b);
  }
  return OK;
}

// Joins the maps into the first; place[s][k] gets the place of word k of slice s among the sorted words of all.
static void join_maps(Numbering *b, uint32_t *place[SLICES]) {
  for (int s = 0; s < b->nslice; s++) {
    Map *from = &b->map[s];
    place[s] = calloc((size_t)from->n + 1, sizeof *place[s]);
    if (!place[s]) abort();
    for (int64_t k = 0; k < from->n && s == 0; k++) place[0][k] = (uint32_t)k;
  }
  for (int s = 1; s < b->nslice && !b->full; s++) {
    map_put_all(&b->map[0], b->map[s].key, b->map[s].n, place[s]);
    if (b->most >= 0 && b->map[0].n > b->most) b->full = true;
  }
}

static ErrCode cat_of_words(Job *job, Numbering *b, Column **out, Err *err) {
  uint32_t *place[SLICES] = {0}, *sorted = NULL;
  int64_t own[SLICES];
  ErrCode code = OK;
  for (int s = 0; s < b->nslice; s++) own[s] = b->map[s].n;
  join_maps(b, place);
  if (!b->full) {
    const Map *all = &b->map[0];
    sorted = calloc((size_t)all->n + 1, sizeof *sorted);
    if (!sorted) abort();
    Dict *dict = dict_new(all->key, all->n, sorted);
    for (int s = 0; s < b->nslice; s++)
      for (int64_t k = 0; k < own[s]; k++) place[s][k] = sorted[place[s][k]];
    code = recode(job, &(Recode){.c = b->c, .was = b->code, .place = place, .nslice = b->nslice}, dict, out, err);
  }
  for (int s = 0; s < SLICES; s++) free(place[s]);
  free(sorted);
  return code;
}

int64_t category_most(int64_t rows) {
  int64_t most = rows / 20 > 50 ? rows / 20 : 50;
  return most < 65535 ? most : 65535;
}

ErrCode column_to_cat(Job *job, const Column *c, int64_t most, Column **out, Err *err) {
  *out = NULL;
  if (c->type == COL_CAT) {
    if (most < 0 || c->dict->n <= most) *out = column_ref(c);
    return OK;
  }
  if (c->dict) return cat_of_codes(job, c, most, out, err);
  TRY(job_need(job, c->n * (int64_t)sizeof(uint32_t), "a category column", err));
  Numbering *b = calloc(1, sizeof *b);
  if (!b) abort();
  int threads = pool_threads(job ? job->pool : NULL);
  b->c = c, b->most = most, b->nslice = threads < SLICES ? threads : SLICES;
  b->code = mem_new((size_t)c->n * sizeof *b->code);
  ErrCode code = b->code ? number_words(job, b, err) : out_of_memory("a category column", err);
  if (code == OK && !b->full) code = cat_of_words(job, b, out, err);
  for (int s = 0; s < SLICES; s++) map_fini(&b->map[s]);
  mem_free(b->code);
  free(b);
  return code;
}

typedef struct Placing { // codes into the sorted words
  Column *to;
  const uint32_t *code, *place;
} Placing;

static void place_codes(void *ctx, int64_t begin, int64_t end) {
  const Placing *p = ctx;
  for (int64_t i = begin; i < end; i++) col_set_code(p->to, i, col_valid(p->to, i) ? p->place[p->code[i]] : 0);
}

ErrCode column_of_words(Job *job, ColType type, const Sv *word, int64_t nword, const uint32_t *code, int64_t n,
                        uint64_t *valid, int64_t missing, Column **out, Err *err) {
  Sv none = {"", 0};
  uint32_t *place = malloc(((size_t)nword + 1) * sizeof *place);
  if (!place) abort();
  Dict *dict = nword ? dict_new(word, nword, place) : dict_new(&none, 1, place); // a dict has a word for code 0
  Column *c = NULL;
  ErrCode status = column_new(job, type, n, dict, &c, err);
  if (status == OK) {
    c->valid = valid, c->missing = missing;
    Placing p = {c, code, place};
    par_for(job, n, 1 << 16, place_codes, &p);
    *out = c;
  } else {
    mem_free(valid);
  }
  free(place);
  return status;
}

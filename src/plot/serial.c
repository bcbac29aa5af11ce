// A plot as bytes, and back.
//
// Layout, little endian: "TPLT", version (u8), then the fields of Plot in order. Integers are varints (7 bits a byte,
// low first), signed ones zigzag; a double is its 8 bytes; a text is its length plus 1 and its bytes, 0 for NULL.
// Arrays of doubles are where the size is, and most data has few decimals, so an array takes the smallest of
//   RAW      8 bytes a number
//   DECIMAL  numbers k / 10^d with one d for all: tokens of k
//   DELTA    the same with tokens of the differences of k (sorted columns, row numbers)
// A token is a varint: even = zigzag(k) << 1, odd = a run of (token >> 1) + 1 zeros. All three give back the same bits.
// When the whole is still above PLOT_MOST_BYTES it is printed again, coarser: numbers as 32 or 16 bit shares of their
// range (SHARE: far finer than any screen), grids with each 2 x 2 or 4 x 4 counts added up; then without what only a
// closer look needs (texts of cells, handles of rows) and with grids coarser still. Panels are plots within the plot,
// without a head of their own, so all that one picture shows gets coarser together.
//
// The other direction is in serial_parse.c.
#include "plot/plot_int.h"

#include <math.h>

// Steps of coarseness: 0 exact, 1 shares of 32 bits, 2 and up of 16.
enum { NO_DETAILS = 3, COARSEST = 6 };

static const double LARGEST = 4503599627370496.0; // of |k|: its differences fit the tokens

const double serial_pow10[SERIAL_DECIMALS + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

static void put_u(Str *out, uint64_t v) {
  for (; v >= 0x80; v >>= 7) str_addc(out, (char)(v | 0x80));
  str_addc(out, (char)v);
}

static uint64_t zigzag(int64_t v) { return (uint64_t)v << 1 ^ (uint64_t)(v >> 63); }

static void put_fixed(Str *out, uint64_t bits, int bytes) {
  for (int i = 0; i < bytes; i++) str_addc(out, (char)(bits >> (8 * i)));
}

static void put_f64(Str *out, double v) {
  uint64_t bits;
  memcpy(&bits, &v, sizeof bits);
  put_fixed(out, bits, 8);
}

static void put_text(Str *out, const char *s) {
  put_u(out, s ? strlen(s) + 1 : 0);
  if (s) str_add(out, s);
}

static bool same_bits(double a, double b) { return memcmp(&a, &b, sizeof a) == 0; }

// Whether v is k / 10^d to the bit.
static bool as_decimal(double v, int d, int64_t *k) {
  double scaled = v * serial_pow10[d];
  if (!(fabs(scaled) < LARGEST)) return false;
  *k = llrint(scaled);
  return same_bits((double)*k / serial_pow10[d], v);
}

// The least number of decimals that all of x has; -1 = none.
static int decimals_of(const double *x, int64_t n) {
  int d = 0;
  int64_t k;
  for (int64_t i = 0; i < n; i++) {
    while (d <= SERIAL_DECIMALS && !as_decimal(x[i], d, &k)) d++;
    if (d > SERIAL_DECIMALS) return -1;
  }
  for (int64_t i = 0; i < n; i++) // more decimals may lose what fewer had
    if (!as_decimal(x[i], d, &k)) return -1;
  return d;
}

typedef struct Tokens {
  Str *out;
  bool delta;
  int64_t last;
  uint64_t zeros;
} Tokens;

static void put_zeros(Tokens *t) {
  if (t->zeros) put_u(t->out, (t->zeros - 1) << 1 | 1);
  t->zeros = 0;
}

static void put_token(Tokens *t, int64_t k) {
  int64_t v = t->delta ? k - t->last : k;
  t->last = k;
  if (v == 0) {
    t->zeros++;
    return;
  }
  put_zeros(t);
  put_u(t->out, zigzag(v) << 1);
}

static void put_decimals(Str *out, const double *x, int64_t n, int d, bool delta) {
  str_addc(out, delta ? SERIAL_DELTA : SERIAL_DECIMAL);
  str_addc(out, (char)d);
  Tokens t = {.out = out, .delta = delta};
  for (int64_t i = 0; i < n; i++) {
    int64_t k = 0;
    as_decimal(x[i], d, &k);
    put_token(&t, k);
  }
  put_zeros(&t);
}

static void put_exact(Str *out, const double *x, int64_t n) {
  Str plain = {0}, delta = {0};
  int d = decimals_of(x, n);
  if (d >= 0) put_decimals(&plain, x, n, d, false);
  if (d >= 0) put_decimals(&delta, x, n, d, true);
  const Str *best = plain.n <= delta.n ? &plain : &delta;
  if (d >= 0 && best->n < (size_t)n * 8) {
    str_addn(out, str_c(best), best->n);
  } else {
    str_addc(out, SERIAL_RAW);
    for (int64_t i = 0; i < n; i++) put_f64(out, x[i]);
  }
  str_fini(&plain);
  str_fini(&delta);
}

// Codes of a share: 0 nan, 1 -inf, 2 inf, then lo .. hi.
static void put_shares(Str *out, const double *x, int64_t n, int bytes) {
  double lo = INFINITY, hi = -INFINITY, top = bytes == 4 ? 4294967295.0 - 3 : 65535.0 - 3;
  for (int64_t i = 0; i < n; i++)
    if (isfinite(x[i])) lo = fmin(lo, x[i]), hi = fmax(hi, x[i]);
  if (!(lo <= hi)) lo = hi = 0;
  str_addc(out, bytes == 4 ? SERIAL_SHARE32 : SERIAL_SHARE16);
  put_f64(out, lo);
  put_f64(out, hi);
  double span = hi / 2 - lo / 2;
  for (int64_t i = 0; i < n; i++) {
    double share = span > 0 ? (x[i] / 2 - lo / 2) / span : 0;
    uint64_t code = isnan(x[i]) ? 0 : x[i] == -INFINITY ? 1 : x[i] == INFINITY ? 2 : 3 + (uint64_t)llrint(share * top);
    put_fixed(out, code, bytes);
  }
}

static void put_array(Str *out, const double *x, int64_t n, int coarse) {
  if (coarse) put_shares(out, x, n, coarse == 1 ? 4 : 2);
  else put_exact(out, x, n);
}

// Counts of a grid with each f x f of them added up.
static void put_grid(Str *out, const Series *s, int f) {
  int32_t ncol = (s->ncol + f - 1) / f, nrow = (s->nrow + f - 1) / f;
  int64_t n = (int64_t)ncol * nrow;
  Arena scratch;
  arena_init(&scratch);
  double *sum = arena_array(&scratch, double, n);
  for (int64_t i = 0; f > 1 && i < s->nrow; i++)
    for (int64_t j = 0; j < s->ncol; j++) sum[i / f * ncol + j / f] += s->value[i * s->ncol + j];
  put_u(out, (uint64_t)n);
  put_u(out, (uint64_t)ncol);
  put_u(out, (uint64_t)nrow);
  put_u(out, SERIAL_VALUE);
  put_exact(out, f == 1 ? s->value : sum, n);
  arena_fini(&scratch);
}

static void put_rows(Str *out, const int64_t *rows, int64_t n) {
  Tokens t = {.out = out, .delta = true};
  for (int64_t i = 0; i < n; i++) put_token(&t, rows[i]);
  put_zeros(&t);
}

static void put_marks(Str *out, const Series *s, int coarse) {
  const double *array[] = {s->x, s->y, s->x2, s->y2, s->value, s->size};
  bool labels = s->label && (coarse < NO_DETAILS || s->kind != MARK_CELL), rows = s->rows && coarse < NO_DETAILS;
  unsigned has = (s->five ? SERIAL_FIVE : 0) | (labels ? SERIAL_LABEL : 0) | (rows ? SERIAL_ROWS : 0);
  for (unsigned i = 0; i < SERIAL_NARRAY; i++) has |= array[i] ? 1u << i : 0;
  put_u(out, (uint64_t)s->n);
  put_u(out, 0);
  put_u(out, 0);
  put_u(out, has);
  for (int i = 0; i < SERIAL_NARRAY; i++)
    if (array[i]) put_array(out, array[i], s->n, coarse);
  if (s->five) put_array(out, s->five, 5 * s->n, coarse);
  for (int64_t i = 0; labels && i < s->n; i++) put_text(out, s->label[i]);
  if (rows) put_rows(out, s->rows, s->n);
}

static void put_series(Str *out, const Series *s, int coarse) {
  str_addc(out, (char)s->kind);
  str_addc(out, (char)s->role);
  str_addc(out, (char)(s->shape << 1 | s->dashed));
  put_u(out, zigzag(s->group));
  put_text(out, s->name);
  if (s->kind == MARK_GRID) put_grid(out, s, 1 << coarse);
  else put_marks(out, s, coarse);
}

static void put_behind(Str *out, const Behind *b) {
  put_text(out, b->column);
  str_addc(out, (char)b->kind);
}

static void put_axis(Str *out, const Axis *a) {
  str_addc(out, (char)a->kind);
  str_addc(out, (char)(a->months << 3 | (int)a->scale << 1 | a->unit));
  put_text(out, a->name);
  put_f64(out, a->lo);
  put_f64(out, a->hi);
  if (a->scale == SCALE_SYMLOG) put_f64(out, a->linear);
  put_u(out, (uint64_t)a->ncategory);
  for (int32_t i = 0; i < a->ncategory; i++) put_text(out, a->category[i]);
  put_behind(out, &a->of);
}

static void put_colours(Str *out, const ColourScale *c) {
  str_addc(out, (char)(c->present | c->log << 1));
  if (!c->present) return;
  put_text(out, c->name);
  put_f64(out, c->lo);
  put_f64(out, c->mid);
  put_f64(out, c->hi);
}

static void put_sizes(Str *out, const SizeScale *s) {
  str_addc(out, s->present);
  if (!s->present) return;
  put_text(out, s->name);
  put_f64(out, s->most);
}

static void put_plot(Str *out, const Plot *p, int coarse) {
  put_text(out, p->title);
  put_text(out, p->reading);
  put_text(out, p->note);
  put_u(out, zigzag(p->n));
  put_axis(out, &p->x);
  put_axis(out, &p->y);
  str_addc(out, p->box.present);
  const double box[] = {p->box.min, p->box.q1, p->box.median, p->box.q3, p->box.max};
  for (int i = 0; p->box.present && i < 5; i++) put_f64(out, box[i]);
  put_colours(out, &p->colour);
  put_sizes(out, &p->size);
  put_text(out, p->groups);
  put_text(out, p->chart);
  put_behind(out, &p->group_of);
  put_behind(out, &p->panel_of);
  str_addc(out, (char)(p->share_x | p->share_y << 1));
  put_u(out, (uint64_t)p->npanel);
  put_u(out, (uint64_t)p->panel_columns);
  for (int i = 0; i < p->npanel; i++) put_plot(out, &p->panel[i], coarse);
  put_u(out, (uint64_t)p->nseries);
  for (int i = 0; i < p->nseries; i++) put_series(out, &p->series[i], coarse);
}

void plot_print(const Plot *p, Str *out) {
  size_t start = out->n;
  for (int coarse = 0; coarse <= COARSEST; coarse++) {
    out->n = start;
    str_add(out, SERIAL_MAGIC);
    str_addc(out, SERIAL_VERSION);
    put_plot(out, p, coarse);
    if (out->n - start <= PLOT_MOST_BYTES) return;
  }
}

// Bytes into a plot; serial.c describes them. Nothing is trusted: each length is compared with the bytes left before it
// is used, the arrays of one plot decode to at most MOST_DECODED bytes, enums and ranges are checked, texts are UTF-8
// without NUL, the arrays that a mark kind needs must be there, and panels are plots without panels, all on the one
// budget. The first fault sticks; what was asked for after it reads as zero.
#include "base/utf8.h"
#include "plot/plot_int.h"

#include <math.h>

enum { MOST_DECODED = 32 * PLOT_MOST_BYTES, MOST_SHAPE = 5 };

typedef struct Reader {
  const unsigned char *at, *end;
  size_t decoded;
  const char *fault; // what is wrong; NULL = nothing so far
  Plot *p;           // being read: the whole or one of its panels
  Arena *arena;      // of the whole, which owns what its panels have, too
} Reader;

static size_t left(const Reader *r) { return (size_t)(r->end - r->at); }

static void fail(Reader *r, const char *fault) {
  if (!r->fault) r->fault = fault;
  r->at = r->end;
}

static uint64_t get_fixed(Reader *r, int bytes) {
  if (left(r) < (size_t)bytes) {
    fail(r, "it ends too early");
    return 0;
  }
  uint64_t v = 0;
  for (int i = 0; i < bytes; i++) v |= (uint64_t)*r->at++ << (8 * i);
  return v;
}

static uint64_t get_u(Reader *r) {
  uint64_t v = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    uint64_t byte = get_fixed(r, 1);
    v |= (byte & 0x7F) << shift;
    if (byte < 0x80) return v;
  }
  fail(r, "a number is too long");
  return 0;
}

static int64_t unzigzag(uint64_t v) { return (int64_t)(v >> 1 ^ (0 - (v & 1))); }

static int get_enum(Reader *r, int last) {
  int v = (int)get_fixed(r, 1);
  if (v > last) fail(r, "a kind is unknown");
  return v > last ? 0 : v;
}

static double get_f64(Reader *r) {
  uint64_t bits = get_fixed(r, 8);
  double v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

static const char *get_text(Reader *r) {
  uint64_t n = get_u(r);
  if (n == 0) return NULL;
  if (n - 1 > left(r)) {
    fail(r, "a text is longer than the rest");
    return NULL;
  }
  const char *s = (const char *)r->at;
  r->at += n - 1;
  if (memchr(s, 0, n - 1) || !utf8_valid(s, n - 1)) fail(r, "a text is not UTF-8");
  return arena_strndup(r->arena, s, n - 1);
}

// Memory for n elements of `size` bytes, or NULL with a fault when that is over the budget.
static void *get_memory(Reader *r, uint64_t n, size_t size) {
  if (r->fault || n > (MOST_DECODED - r->decoded) / size) {
    fail(r, "it is too large");
    return NULL;
  }
  r->decoded += n * size;
  return arena_alloc_n(r->arena, n, size);
}

// ---- arrays ---------------------------------------------------------------------------------------------------------

// Tokens into k[0..n).
static void get_tokens(Reader *r, int64_t *k, uint64_t n, bool delta) {
  uint64_t last = 0; // wraps on forged differences
  for (uint64_t i = 0; i < n && !r->fault;) {
    uint64_t token = get_u(r), run = token >> 1;
    if (token & 1) {
      if (run >= n - i) fail(r, "a run is too long");
      for (uint64_t j = 0; j <= run && i < n; j++) k[i++] = delta ? (int64_t)last : 0;
    } else {
      uint64_t v = (uint64_t)unzigzag(run);
      last = delta ? last + v : v;
      k[i++] = (int64_t)last;
    }
  }
}

static void get_decimals(Reader *r, double *x, uint64_t n, bool delta) {
  uint64_t d = get_fixed(r, 1);
  if (d > SERIAL_DECIMALS) fail(r, "a number of decimals is unknown");
  int64_t *k = get_memory(r, n, sizeof *k);
  if (!k) return;
  get_tokens(r, k, n, delta);
  for (uint64_t i = 0; i < n && !r->fault; i++) x[i] = (double)k[i] / serial_pow10[d];
}

static void get_shares(Reader *r, double *x, uint64_t n, int bytes) {
  double lo = get_f64(r), hi = get_f64(r), top = bytes == 4 ? 4294967295.0 - 3 : 65535.0 - 3;
  if (!isfinite(lo) || !isfinite(hi)) fail(r, "a range is not finite");
  for (uint64_t i = 0; i < n && !r->fault; i++) {
    uint64_t code = get_fixed(r, bytes);
    double share = (double)(code - 3) / top;
    if (code < 3) x[i] = code == 0 ? NAN : code == 1 ? -INFINITY : INFINITY;
    else x[i] = lo + 2 * (share * (hi / 2 - lo / 2));
  }
}

static double *get_array(Reader *r, uint64_t n) {
  int how = get_enum(r, SERIAL_SHARE16);
  double *x = get_memory(r, n, sizeof *x);
  if (!x) return NULL;
  switch (how) {
  case SERIAL_RAW:
    for (uint64_t i = 0; i < n && !r->fault; i++) x[i] = get_f64(r);
    break;
  case SERIAL_DECIMAL: get_decimals(r, x, n, false); break;
  case SERIAL_DELTA: get_decimals(r, x, n, true); break;
  case SERIAL_SHARE32: get_shares(r, x, n, 4); break;
  default: get_shares(r, x, n, 2); break;
  }
  return x;
}

// `n` texts; each takes a byte at least.
static const char **get_texts(Reader *r, uint64_t n) {
  if (n > left(r)) {
    fail(r, "it ends too early");
    return NULL;
  }
  const char **text = get_memory(r, n, sizeof *text);
  for (uint64_t i = 0; text && i < n && !r->fault; i++) text[i] = get_text(r);
  return text;
}

// ---- the parts of a plot --------------------------------------------------------------------------------------------

static void get_behind(Reader *r, Behind *b) {
  b->column = get_text(r);
  b->kind = (BehindKind)get_enum(r, VALUES_BOOL);
}

static void get_axis(Reader *r, Axis *a) {
  a->kind = (AxisKind)get_enum(r, AXIS_NONE);
  int flags = get_enum(r, 1 << 3 | SCALE_SYMLOG << 1 | 1), scale = flags >> 1 & 3;
  if (scale > SCALE_SYMLOG) fail(r, "an axis has no scale"), scale = SCALE_LINEAR;
  a->scale = (AxisScale)scale, a->unit = flags & 1, a->months = flags >> 3;
  a->name = get_text(r);
  a->lo = get_f64(r);
  a->hi = get_f64(r);
  if (a->scale == SCALE_SYMLOG) a->linear = get_f64(r);
  if (a->scale == SCALE_SYMLOG && !(a->linear > 0 && isfinite(a->linear))) fail(r, "an axis has no linear part");
  bool valid = isfinite(a->lo) && isfinite(a->hi) && a->lo < a->hi && (a->scale != SCALE_LOG || a->lo > 0);
  if (!valid) fail(r, "an axis has no range");
  uint64_t n = get_u(r);
  a->category = n ? get_texts(r, n) : NULL;
  a->ncategory = r->fault ? 0 : (int32_t)n;
  for (int32_t i = 0; i < a->ncategory; i++)
    if (!a->category[i]) fail(r, "a category has no name");
  get_behind(r, &a->of);
}

static void get_box(Reader *r, BoxStats *b) {
  b->present = get_enum(r, 1);
  double *at[] = {&b->min, &b->q1, &b->median, &b->q3, &b->max};
  for (int i = 0; b->present && i < 5; i++) *at[i] = get_f64(r);
}

static void get_colours(Reader *r, ColourScale *c) {
  int flags = get_enum(r, 3);
  c->present = flags & 1, c->log = flags >> 1;
  if (!c->present) return;
  c->name = get_text(r);
  c->lo = get_f64(r);
  c->mid = get_f64(r);
  c->hi = get_f64(r);
}

static void get_sizes(Reader *r, SizeScale *s) {
  s->present = get_enum(r, 1);
  if (!s->present) return;
  s->name = get_text(r);
  s->most = get_f64(r);
}

static unsigned needed(MarkKind kind) {
  unsigned place = SERIAL_X | SERIAL_Y, box = place | SERIAL_X2 | SERIAL_Y2;
  switch (kind) {
  case MARK_BAR: return place | SERIAL_X2;
  case MARK_CELL:
  case MARK_RULE: return box;
  case MARK_GRID: return SERIAL_VALUE;
  case MARK_BOX: return place | SERIAL_Y2 | SERIAL_FIVE;
  case MARK_HEX: return box | SERIAL_VALUE;
  case MARK_TEXT: return place | SERIAL_LABEL;
  default: return place;
  }
}

static bool has_needed(MarkKind kind, uint64_t has) { return has < SERIAL_END && (has & needed(kind)) == needed(kind); }

static void get_series(Reader *r, Series *s) {
  s->kind = (MarkKind)get_enum(r, MARK_TEXT);
  s->role = (ColourRole)get_enum(r, ROLE_FAINT);
  int flags = get_enum(r, MOST_SHAPE << 1 | 1);
  s->shape = flags >> 1, s->dashed = flags & 1;
  int64_t group = unzigzag(get_u(r));
  if (group < 0 || group > INT32_MAX) fail(r, "a group is out of range");
  s->group = (int)group;
  s->name = get_text(r);
  uint64_t n = get_u(r), ncol = get_u(r), nrow = get_u(r), has = get_u(r);
  bool grid = s->kind == MARK_GRID;
  if (!has_needed(s->kind, has)) fail(r, "a series lacks what its kind needs");
  if (n > MOST_DECODED || ncol > PLOT_GRID || nrow > PLOT_GRID || (grid ? n != ncol * nrow || !n : ncol + nrow > 0))
    fail(r, "a size does not fit");
  double **array[SERIAL_NARRAY] = {&s->x, &s->y, &s->x2, &s->y2, &s->value, &s->size};
  for (int i = 0; i < SERIAL_NARRAY && !r->fault; i++)
    if (has >> i & 1) *array[i] = get_array(r, n);
  if (has & SERIAL_FIVE) s->five = get_array(r, 5 * n);
  if (has & SERIAL_LABEL) s->label = get_texts(r, n);
  if (has & SERIAL_ROWS) s->rows = get_memory(r, n, sizeof *s->rows);
  if (s->rows) get_tokens(r, s->rows, n, true);
  s->n = (int64_t)n, s->ncol = (int32_t)ncol, s->nrow = (int32_t)nrow;
}

static void get_plot(Reader *r, bool is_panel);

static void get_panels(Reader *r, bool is_panel) {
  Plot *whole = r->p;
  uint64_t n = get_u(r), columns = get_u(r);
  if (n > PLOT_MOST_PANELS || columns > n || (n && !columns) || (n && is_panel)) fail(r, "its panels do not fit");
  if (r->fault || !n) return;
  if (n * sizeof(Plot) > MOST_DECODED - r->decoded) fail(r, "it is too large");
  if (r->fault) return;
  r->decoded += n * sizeof(Plot);
  plot_panels(whole, (int)n, (int)columns);
  for (uint64_t i = 0; i < n && !r->fault; i++) {
    r->p = &whole->panel[i];
    get_plot(r, true);
  }
  r->p = whole;
}

static void get_plot(Reader *r, bool is_panel) {
  Plot *p = r->p;
  p->title = get_text(r);
  p->reading = get_text(r);
  p->note = get_text(r);
  p->n = unzigzag(get_u(r));
  get_axis(r, &p->x);
  get_axis(r, &p->y);
  get_box(r, &p->box);
  get_colours(r, &p->colour);
  get_sizes(r, &p->size);
  p->groups = get_text(r);
  p->chart = get_text(r);
  get_behind(r, &p->group_of);
  get_behind(r, &p->panel_of);
  int share = get_enum(r, 3);
  p->share_x = share & 1, p->share_y = share >> 1;
  get_panels(r, is_panel);
  uint64_t n = get_u(r);
  if (n > left(r) || (n && p->npanel)) fail(r, "its series do not fit");
  p->series = get_memory(r, n, sizeof *p->series);
  for (; p->series && (uint64_t)p->nseries < n && !r->fault; p->nseries++) get_series(r, &p->series[p->nseries]);
}

ErrCode plot_parse(Sv bytes, Plot *out, Err *err) {
  static const char head[] = {'T', 'P', 'L', 'T', SERIAL_VERSION};
  *out = (Plot){0};
  if (bytes.n < sizeof head || memcmp(bytes.s, head, 4) != 0)
    return err_set(err, ERR_PARSE, "this is not a plot: it does not begin with %s", SERIAL_MAGIC);
  if (bytes.s[4] != SERIAL_VERSION)
    return err_set(err, ERR_PARSE, "the plot has version %d, expected %d: make it again with this tycho",
                   (unsigned char)bytes.s[4], SERIAL_VERSION);
  if (bytes.n > PLOT_MOST_BYTES)
    return err_set(err, ERR_PARSE, "the plot has %zu bytes, at most %d are read", bytes.n, PLOT_MOST_BYTES);
  plot_init(out);
  const unsigned char *s = (const unsigned char *)bytes.s;
  Reader r = {.at = s + sizeof head, .end = s + bytes.n, .p = out, .arena = &out->arena};
  get_plot(&r, false);
  if (left(&r)) fail(&r, "bytes follow its end");
  if (!r.fault) return OK;
  plot_fini(out);
  return err_set(err, ERR_PARSE, "the plot cannot be read: %s", r.fault);
}

// The rows behind a mark, or in a brush, as an expression over the columns: "age >= 20 and age < 25 and sex == 'male'".
// The kernel says which column an axis shows; the bounds of a cell of the screen get the fewest digits that lie in it.
#include "ui/look_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"
#include "note/note.h"

#include <math.h>
#include <stdio.h>

enum { MANY = 4000, CUT_COLUMNS = 60 };

typedef struct Filter {
  Str *out;
  int n;           // conditions
  const char *why; // there are none
} Filter;

// ---- words of an expression --------------------------------------------------------------------------------------
static bool is_plain(const char *name) {
  static const char *const WORD[] = {"and", "or", "not", "true", "false", "nil", "missing", "nan"};
  for (size_t k = 0; k < sizeof WORD / sizeof *WORD; k++)
    if (strcmp(name, WORD[k]) == 0) return false;
  for (const char *c = name; *c; c++) {
    bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == '_';
    if (!letter && !(c > name && *c >= '0' && *c <= '9')) return false;
  }
  return *name;
}

static void add_name(Str *out, const char *name) { str_addf(out, is_plain(name) ? "%s" : "`%s`", name); }

static void add_text(Str *out, const char *text) {
  str_addc(out, '\'');
  for (; *text; text++) {
    if (*text == '\'' || *text == '\\') str_addc(out, '\\');
    str_addc(out, *text);
  }
  str_addc(out, '\'');
}

static void begin(Filter *f) {
  if (f->n++) str_add(f->out, " and ");
}

static void add_number(const Axis *a, double v, Str *out) {
  char text[NUMFMT_MAX];
  if (a->kind == AXIS_DATE || a->kind == AXIS_TIME) {
    Str day = {0};
    look_value(a, v, &day);
    add_text(out, str_c(&day));
    str_fini(&day);
    return;
  }
  fmt_shortest(text, sizeof text, v);
  str_add(out, text);
}

static void compare(Filter *f, const Axis *a, const char *sign, double v) {
  begin(f);
  add_name(f->out, a->of.column);
  str_addf(f->out, " %s ", sign);
  add_number(a, v, f->out);
}

// The number of fewest digits within `slack` of v.
static double short_near(const Axis *a, double v, double slack) {
  if (a->kind != AXIS_NUMBER || !isfinite(v)) return a->kind == AXIS_DATE ? round(v) : v;
  for (int digits = 1; digits < 17; digits++) {
    char text[40];
    double shorter;
    snprintf(text, sizeof text, "%.*g", digits, v);
    if (parse_f64(text, strlen(text), &shorter) && fabs(shorter - v) <= slack) return shorter;
  }
  return v;
}

static void between(Filter *f, const Axis *a, double lo, double hi, bool closed) {
  double mid = lo / 2 + hi / 2;
  if (!a->of.column) return;
  if (a->kind == AXIS_NUMBER && hi - lo == 1 && mid == floor(mid) && lo != floor(lo)) {
    compare(f, a, "==", mid);
    return;
  }
  compare(f, a, ">=", lo);
  compare(f, a, closed ? "<=" : "<", hi);
}

// A level that was cut to be shown is no value of the column.
static bool is_cut(const char *level) {
  size_t n = strlen(level);
  return n >= 3 && strcmp(level + n - 3, "…") == 0 && utf8_width(sv(level)) >= CUT_COLUMNS;
}

static void is_level(Filter *f, const Behind *of, const char *level) {
  if (!of->column || !level) return;
  if (is_cut(level)) {
    f->why = "this name is cut: write the filter by hand";
    return;
  }
  begin(f);
  if (of->kind == VALUES_BOOL) {
    if (strcmp(level, "true") != 0) str_add(f->out, "not ");
    add_name(f->out, of->column);
    return;
  }
  add_name(f->out, of->column);
  str_add(f->out, " == ");
  bool date = strlen(level) == 10 && level[4] == '-' && level[7] == '-';
  if (of->kind == VALUES_NUMBER && !date) str_add(f->out, level);
  else add_text(f->out, strcmp(level, "\"\"") == 0 ? "" : level);
}

static const char *category_at(const Axis *a, double v) {
  return a->kind == AXIS_CATEGORY && v >= 0 && v < a->ncategory ? a->category[(int)v] : NULL;
}

static void one_of(Filter *f, const Axis *a, double lo, double hi) {
  int from = (int)floor(lo), to = (int)ceil(hi) - 1;
  if (!a->of.column || to < from || from < 0 || to >= a->ncategory) return;
  if (from == to || a->of.kind == VALUES_BOOL) {
    if (from == to) is_level(f, &a->of, a->category[from]);
    return;
  }
  begin(f);
  str_add(f->out, "one_of(");
  add_name(f->out, a->of.column);
  for (int k = from; k <= to; k++) {
    str_add(f->out, ", ");
    if (is_cut(a->category[k])) f->why = "a name is cut: write the filter by hand";
    if (a->of.kind == VALUES_NUMBER) str_add(f->out, a->category[k]);
    else add_text(f->out, strcmp(a->category[k], "\"\"") == 0 ? "" : a->category[k]);
  }
  str_addc(f->out, ')');
}

// ---- a mark ------------------------------------------------------------------------------------------------------
static int64_t all_marks(const Plot *p) {
  int64_t n = 0;
  for (int i = 0; i < p->nseries; i++) n += p->series[i].n;
  return n;
}

static bool is_crowded(const LookView *v, const MarkSpot *at) {
  int64_t n = 0;
  if (all_marks(look_panel(v, at->panel)) > MANY) return true; // their places may have been rounded on the way
  for (int64_t i = 0; i < v->spots.n; i++) {
    const MarkSpot *s = &v->spots.spot[i];
    n += s->panel == at->panel && s->x == at->x && s->y == at->y && s->w == 1 && s->h == 1;
  }
  return n > 1;
}

// Between values at the edges of cells; `slack`: a part of a cell.
static void in_range(Filter *f, const Axis *a, double lo, double hi, double slack) {
  if (a->kind == AXIS_CATEGORY) one_of(f, a, floor(lo + 1e-9), ceil(hi - 1e-9));
  else between(f, a, short_near(a, lo, slack), short_near(a, hi, slack), true);
}

static void in_cells(Filter *f, const LookView *v, int panel, Rect r) {
  const SpotArea *area = look_area(v, panel);
  const Plot *p = look_panel(v, panel);
  double first[2], last[2];
  if (!area) return;
  look_column_range(area, &p->x, r.x, &first[0], &first[1]);
  look_column_range(area, &p->x, r.x + r.w - 1, &last[0], &last[1]);
  in_range(f, &p->x, first[0], last[1], fmin(first[1] - first[0], last[1] - last[0]) / 4);
  look_row_range(area, &p->y, r.y + r.h - 1, &first[0], &first[1]);
  look_row_range(area, &p->y, r.y, &last[0], &last[1]);
  in_range(f, &p->y, first[0], last[1], fmin(first[1] - first[0], last[1] - last[0]) / 4);
}

static void at_point(Filter *f, const LookView *v, const MarkSpot *at, const Plot *p, const Series *s) {
  double x = s->x[at->mark], y = s->y[at->mark];
  bool counts = p->chart && strcmp(p->chart, "ecdf") == 0;
  if (!counts && s->kind != MARK_STEP && s->kind != MARK_LINE && is_crowded(v, at)) {
    in_cells(f, v, at->panel, (Rect){at->x, at->y, 1, 1});
    return;
  }
  if (p->x.kind == AXIS_CATEGORY) is_level(f, &p->x.of, category_at(&p->x, x));
  else if (p->x.of.column) compare(f, &p->x, counts ? "<=" : "==", x);
  if (p->y.kind == AXIS_CATEGORY) is_level(f, &p->y.of, category_at(&p->y, y));
  else if (p->y.of.column) compare(f, &p->y, "==", y);
}

// The outline of a histogram: from this corner to the next.
static void at_outline(Filter *f, const Plot *p, const Series *s, int64_t i) {
  int64_t k = i < 1 ? 1 : i > s->n - 2 ? s->n - 2 : i;
  if (s->n > 2) between(f, &p->x, s->x[k], s->x[k + 1], k == s->n - 2);
}

// Of a part the last bar is followed by others, unless its greatest value is its end.
static bool ends_there(const Plot *p, double end) { return p->box.present && p->box.max >= end; }

static void at_mark(Filter *f, const LookView *v, const MarkSpot *at) {
  const Plot *p = look_panel(v, at->panel);
  const Series *s = &p->series[at->series];
  int64_t i = at->mark;
  switch (s->kind) {
  case MARK_BAR:
    if (p->x.kind == AXIS_CATEGORY) is_level(f, &p->x.of, category_at(&p->x, s->x[i]));
    else between(f, &p->x, s->x[i], s->x2[i], i == s->n - 1 && (!v->part || ends_there(p, s->x2[i])));
    break;
  case MARK_CELL:
    if (p->chart && strcmp(p->chart, "mosaic") == 0 && s->rows && p->y.ncategory) {
      int64_t handle = s->rows[i]; // levels of the second column fastest
      int64_t row = handle / p->y.ncategory, column = handle % p->y.ncategory;
      if (row >= 0 && row < p->x.ncategory) is_level(f, &p->x.of, p->x.category[row]);
      if (column >= 0) is_level(f, &p->y.of, p->y.category[column]);
      break;
    }
    if (p->y.kind == AXIS_CATEGORY) one_of(f, &p->y, s->y[i], s->y2[i]);
    if (p->x.kind == AXIS_CATEGORY) one_of(f, &p->x, s->x[i], s->x2[i]);
    break;
  case MARK_BOX:
    if (p->y.of.column) is_level(f, &p->y.of, category_at(&p->y, s->y[i] / 2 + s->y2[i] / 2));
    break;
  case MARK_HEX:
    in_range(f, &p->x, s->x[i] - s->x2[i], s->x[i] + s->x2[i], s->x2[i] / 4);
    in_range(f, &p->y, s->y[i] - s->y2[i], s->y[i] + s->y2[i], s->y2[i] / 4);
    break;
  case MARK_GRID: in_cells(f, v, at->panel, (Rect){at->x, at->y, 1, 1}); break;
  case MARK_AREA: f->why = "a smooth curve has no rows of its own: s brushes a range"; return;
  case MARK_STEP:
    if (p->chart && strcmp(p->chart, "hist") == 0) {
      at_outline(f, p, s, i);
      break;
    }
    // fall through
  default: at_point(f, v, at, p, s); break;
  }
  is_level(f, &p->group_of, s->name);
}

// ---- a brush -----------------------------------------------------------------------------------------------------
typedef struct Extent {
  double x0, x1, y0, y1;
} Extent;

static Extent extent_of(const Series *s, int64_t i) {
  Extent e = {s->x[i], s->x2 ? s->x2[i] : s->x[i] + 1, s->y[i], s->y2 ? s->y2[i] : s->y[i]};
  if (s->kind == MARK_BAR) e.y0 = e.y1 = 0;
  return e;
}

static void from_mark_to_mark(Filter *f, const LookView *v, const Look *look) {
  const Plot *p = look_panel(v, look->panel);
  const Series *a = &p->series[look->from_series], *b = &p->series[look->series];
  if (look->from_mark >= a->n || look->mark >= b->n) return;
  Extent s = extent_of(a, look->from_mark), t = extent_of(b, look->mark);
  double x0 = fmin(s.x0, t.x0), x1 = fmax(s.x1, t.x1);
  if (p->x.kind == AXIS_CATEGORY) one_of(f, &p->x, x0, x1);
  else between(f, &p->x, x0, x1, x1 >= p->x.hi);
  if (p->y.kind == AXIS_CATEGORY)
    one_of(f, &p->y, fmin(fmin(s.y0, s.y1), fmin(t.y0, t.y1)), fmax(fmax(s.y0, s.y1), fmax(t.y0, t.y1)));
}

bool look_filter(const LookView *v, const Look *look, Str *out) {
  Filter f = {.out = out};
  const MarkSpot *at = look_spot(v, look);
  Rect r;
  int panel = look->panel;
  if (look->brushing && look->by_marks) from_mark_to_mark(&f, v, look);
  else if (look->brushing && look_brush(v, look, &r)) in_cells(&f, v, panel, r);
  else if (at) at_mark(&f, v, at);
  if (panel >= 0 && panel < v->whole->npanel) is_level(&f, &v->whole->panel_of, v->whole->panel[panel].title);
  if (f.n && !f.why) return true;
  str_clear(out);
  str_add(out, f.why ? f.why : "no column is behind these marks: their rows cannot be named");
  return false;
}

// ---- what the chart was made of ----------------------------------------------------------------------------------
typedef struct Piece { // a token that is no blank and no comment
  TokenKind kind;
  size_t offset, length;
  bool line; // a line ends before it
} Piece;

static bool piece_is(const Piece *p, const char *text, const char *word) {
  return p->length == strlen(word) && memcmp(text + p->offset, word, p->length) == 0;
}

static bool is_open(const Piece *p, const char *text) {
  return p->kind == TOKEN_OP && p->length == 1 && strchr("({[", text[p->offset]);
}
static bool is_close(const Piece *p, const char *text) {
  return p->kind == TOKEN_OP && p->length == 1 && strchr(")}]", text[p->offset]);
}

// A new statement begins at a name on a new line, unless something before it still wants one.
static bool begins_statement(const Piece *p, int k, const char *text) {
  const Piece *before = &p[k - 1];
  bool done = before->kind == TOKEN_NAME || before->kind == TOKEN_STRING || before->kind == TOKEN_NUMBER ||
              is_close(before, text);
  return p[k].line && p[k].kind == TOKEN_NAME && done;
}

static int first_piece(const Piece *p, int k, const char *text) { // of the expression that ends at k
  int depth = 0;
  for (; k >= 0; k--) {
    if (is_close(&p[k], text)) depth++;
    if (is_open(&p[k], text) && depth-- == 0) return k + 1;
    if (depth) continue;
    if (p[k].kind == TOKEN_KEYWORD) return k + 1;
    if (p[k].kind == TOKEN_OP && p[k].length == 1 && strchr("=;,", text[p[k].offset])) return k + 1;
    if (k > 0 && begins_statement(p, k, text)) return k;
  }
  return 0;
}

bool look_base(const char *text, const char *chart, Str *out) {
  Arena a;
  Lexer x;
  Token t;
  int n = 0, call = -1;
  bool line = false;
  arena_init(&a);
  Piece *p = arena_array(&a, Piece, strlen(text) + 1);
  for (lexer_init(&x, sv(text)); lexer_next(&x, &t);) {
    if (t.kind == TOKEN_SPACE) line = line || memchr(text + t.offset, '\n', t.length);
    else if (t.kind != TOKEN_COMMENT) p[n++] = (Piece){t.kind, t.offset, t.length, line}, line = false;
  }
  for (int k = 1; chart && k < n; k++)
    if (p[k].kind == TOKEN_NAME && piece_is(&p[k], text, chart) && piece_is(&p[k - 1], text, ":")) call = k - 1;
  int from = call > 0 ? first_piece(p, call - 1, text) : 0;
  bool found = call > from;
  if (found) str_addn(out, text + p[from].offset, p[call - 1].offset + p[call - 1].length - p[from].offset);
  arena_fini(&a);
  return found;
}

// Random tables against an independent parser of RFC 4180, written here and nowhere else; and tables that are written
// and read back. Random texts are drawn so that the spaces which the reader trims, and the marks that mean missing,
// do not occur; those are tested by themselves.
#include "unit/io/io_help.h"

#include "base/rng.h"

enum { ROUNDS = 400 };

typedef struct Dice {
  RngKey key;
  uint64_t draw;
} Dice;
static int64_t roll(Dice *d, int64_t n) { return rng_below(d->key, 0, d->draw++, n); }

// ---- the other parser: a field is quoted or not, a quote in a quoted field is doubled -------------------------------
typedef struct Cells {
  char text[400][40];
  int n;
} Cells;

static const char *parse_field(const char *s, char *out) {
  if (*s == '"') {
    for (s++; *s != '"' || s[1] == '"'; s++) {
      if (*s == '"') s++;
      *out++ = *s;
    }
    s++;
  } else {
    while (*s != ',' && *s != '\n' && *s != '\r') *out++ = *s++;
  }
  *out = 0;
  return s;
}

static void parse_all(const char *s, Cells *cells) {
  for (cells->n = 0; *s; cells->n++) {
    s = parse_field(s, cells->text[cells->n]);
    if (*s == '\r') s++;
    s++;
  }
}

static void random_field(Dice *d, Str *s) {
  static const char plain[] = "abcxyz.:-_'", wild[] = "abc,\"\n\r;x ";
  bool quoted = roll(d, 3) == 0;
  int n = (int)roll(d, 9) + 1;
  if (quoted) str_addc(s, '"');
  for (int i = 0; i < n; i++) {
    char c = quoted ? wild[roll(d, (int64_t)sizeof wild - 1)] : plain[roll(d, (int64_t)sizeof plain - 1)];
    str_addc(s, c);
    if (c == '"') str_addc(s, c);
  }
  if (quoted) str_addc(s, '"');
}

TEST(random_text_reads_as_the_other_parser_reads_it) {
  static Cells cells;
  for (uint64_t round = 0; round < ROUNDS; round++) {
    Dice d = {.key = rng_key(round, "csv")};
    int ncol = (int)roll(&d, 5) + 2, nrow = (int)roll(&d, 40) + 1;
    const char *line_end = roll(&d, 2) ? "\n" : "\r\n";
    Str s = {0};
    for (int k = 0; k < ncol * nrow; k++) {
      random_field(&d, &s);
      str_add(&s, (k + 1) % ncol ? "," : line_end);
    }
    ReadOpts opts;
    io_read_defaults(&opts);
    opts.header = 0, opts.delim = ',';
    Frame *f = help_read_opts(str_c(&s), &opts);
    parse_all(str_c(&s), &cells);
    assert_int_equal(cells.n, ncol * nrow);
    assert_int_equal(frame_nrow(frame_quarantine(f)), 0);
    assert_int_equal(frame_nrow(f), nrow);
    for (int k = 0; k < cells.n; k++) {
      const Column *c = frame_at(f, k % ncol);
      Sv got = col_text(c, k / ncol);
      if (!sv_is(got, cells.text[k]))
        fail_msg("round %d, cell %d: '" SV_FMT "', not '%s'", (int)round, k, SV_ARG(got), cells.text[k]);
    }
    frame_unref(f);
    str_fini(&s);
  }
}

// ---- there and back -------------------------------------------------------------------------------------------------
static double random_real(Dice *d) {
  uint64_t bits = rng_u64(d->key, 1, d->draw++);
  double v;
  memcpy(&v, &bits, sizeof v);
  return isnan(v) ? 0.5 : v;
}

static void set_random(Dice *d, Column *c, int64_t i) {
  switch (c->type) {
  case COL_F64: c->f[i] = roll(d, 2) ? random_real(d) : (double)roll(d, 1000) / 8; break;
  case COL_BOOL: c->b[i] = (uint8_t)roll(d, 2); break;
  case COL_DATE: c->i[i] = roll(d, 200000) - 100000; break;
  case COL_TIME: c->i[i] = roll(d, 4000000000000000) - 2000000000000000; break;
  default: c->i[i] = (int64_t)rng_u64(d->key, 2, d->draw++) >> roll(d, 60);
  }
}

static Column *random_fixed(Dice *d, ColType type, int64_t n) {
  Column *c;
  assert_int_equal(column_new(NULL, type, n, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    set_random(d, c, i);
    if (roll(d, 5) == 0 && i) assert_int_equal(column_set_missing(c, i, NULL), OK);
  }
  if (type == COL_F64) c->f[0] = 0.1;
  return c;
}

static Column *random_text(Dice *d, int64_t n) {
  static const char *const word[] = {"", "a", "x,y", "say \"hi\"", "two\nlines", "cr\rlf\r\n", " padded ", "\ttab",
                                     "12", "na", "caf\xc3\xa9", "\"", "true", "1999-01-01", "a;b|c"};
  TextBuilder b;
  Column *c;
  textb_init(&b, NULL);
  assert_int_equal(textb_add(&b, sv("certainly text"), NULL), OK);
  for (int64_t i = 1; i < n; i++) {
    int64_t k = roll(d, (int64_t)(sizeof word / sizeof *word) + 3);
    bool missing = k >= (int64_t)(sizeof word / sizeof *word);
    assert_int_equal(missing ? textb_add_missing(&b, NULL) : textb_add(&b, sv(word[k]), NULL), OK);
  }
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  textb_fini(&b);
  return c;
}

static Frame *random_frame(Dice *d) {
  static const ColType types[] = {COL_BOOL, COL_I64, COL_F64, COL_DATE, COL_TIME, COL_TEXT};
  int64_t n = roll(d, 60) + 1;
  int ncol = (int)roll(d, 6) + 1;
  Frame *f = frame_new(n);
  for (int j = 0; j < ncol; j++) {
    ColType type = types[roll(d, 6)];
    char name[32];
    snprintf(name, sizeof name, "col, \"%d\"", j);
    Column *c = type == COL_TEXT ? random_text(d, n) : random_fixed(d, type, n);
    assert_int_equal(frame_add(f, name, c, NULL), OK);
  }
  return f;
}

static void assert_same(const Frame *f, const Frame *g, int round) {
  assert_int_equal(frame_ncol(f), frame_ncol(g));
  assert_int_equal(frame_nrow(f), frame_nrow(g));
  for (int j = 0; j < frame_ncol(f); j++) {
    const Column *a = frame_at(f, j), *b = frame_at(g, j);
    assert_string_equal(frame_name(f, j), frame_name(g, j));
    if (col_is_text(a) ? !col_is_text(b) : a->type != b->type)
      fail_msg("round %d, column %d: %s came back as %s", round, j, COLTYPES[a->type].name, COLTYPES[b->type].name);
    for (int64_t i = 0; i < a->n; i++) {
      bool same = col_valid(a, i) == col_valid(b, i);
      if (same && col_is_text(a)) same = sv_eq(col_text(a, i), col_text(b, i));
      else if (same && col_valid(a, i)) same = a->type == COL_BOOL ? a->b[i] == b->b[i] : a->i[i] == b->i[i];
      if (!same) fail_msg("round %d, column %d, row %d differs", round, j, (int)i);
    }
  }
}

TEST(what_is_written_reads_back_the_same) {
  static const char *const files[] = {"back.csv", "back.tsv", "back.txt"};
  for (uint64_t round = 0; round < ROUNDS; round++) {
    Dice d = {.key = rng_key(round, "roundtrip")};
    Frame *f = random_frame(&d), *g = NULL;
    const char *path = help_path(files[round % 3]);
    Err err = {0};
    if (io_write(NULL, &HELP_DOOR, f, path, &err) != OK) fail_msg("%s", err.msg);
    ReadOpts opts;
    io_read_defaults(&opts);
    opts.header = 1, opts.delim = round % 3 == 1 ? '\t' : ',';
    if (io_read(NULL, &HELP_DOOR, path, &opts, &g, &err) != OK) fail_msg("%s", err.msg);
    assert_same(f, g, (int)round);
    frame_unref(f);
    frame_unref(g);
  }
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(random_text_reads_as_the_other_parser_reads_it), CASE(what_is_written_reads_back_the_same),
    CASE(the_folder_of_the_test_is_removed))

// Every bundled table loads whole. Rows, columns, missing cells, the sum of all numbers and the bytes of all texts are
// from R 4.2.2: read.csv(f, na.strings = c("", "NA", "?"), strip.white = TRUE, encoding = "UTF-8"); real, int and text
// are its classes too; which texts are dates, times and categories was decided by hand.
#include "unit/io/io_help.h"

typedef struct Table {
  const char *name;
  int64_t n, p, missing;
  double sum;
  int64_t bytes;
  const char *types; // i int, r real, d date, t time, c category, x text; a number repeats the letter behind it
} Table;

static const Table TABLES[] = {
    {"airpassengers", 144, 2, 0, 40363, 0, "di"},
    {"airquality", 153, 6, 44, 48960.5, 0, "iiriii"},
    {"anscombe", 11, 8, 0, 726.03, 0, "iiiirrrr"},
    {"breast_cancer", 569, 31, 0, 1056474.4596356, 4050, "30rc"},
    {"cars", 406, 9, 14, 1348638.3, 8199, "xririirdc"},
    {"course_ratings", 24687, 5, 0, 38132807, 0, "iiiii"},
    {"credit", 4454, 14, 455, 37711750, 106639, "ciciiccciiiiii"},
    {"diamonds_1in8", 6743, 10, 0, 27429799.67, 70143, "rcccrrirrr"},
    {"digits", 1797, 65, 0, 569788, 0, "65i"},
    {"faithful", 272, 2, 0, 20232.677, 0, "ri"},
    {"flights_5k", 5000, 5, 0, 3627765, 30000, "tiicc"},
    {"food_reviews", 2000, 3, 0, 0, 826141, "xxc"},
    {"insect_sprays", 72, 2, 0, 684, 72, "ic"},
    {"iris", 150, 5, 0, 2078.7, 1250, "rrrrc"},
    {"longley", 16, 7, 0, 51305.931, 0, "rrrrrir"},
    {"penguins", 344, 8, 19, 2217362, 6026, "ccrriici"},
    {"personality_bfi", 2800, 29, 731, 181233246, 0, "29i"},
    {"reported_heights", 1095, 3, 0, 0, 7842, "tcx"},
    {"sacramento_homes", 932, 9, 0, 231382480.369088, 24772, "cxiricirr"},
    {"seattle_weather", 1461, 6, 0, 45209.8, 5262, "drrrrc"},
    {"sensor_anomaly", 18914, 6, 0, 46368327.08, 0, "iiirri"},
    {"sotu_1913", 110, 4, 0, 216384, 778039, "iccx"},
    {"spam_words", 4601, 58, 0, 1613082.538, 26768, "55r2ic"},
    {"titanic", 1309, 5, 263, 31255.666700006, 45531, "xccrc"},
    {"toothgrowth", 60, 3, 0, 1198.8, 120, "rcr"},
    {"ucb_admissions", 24, 4, 0, 4526, 336, "ccci"},
    {"usarrests", 50, 5, 0, 13266, 422, "xriir"},
    {"wine", 178, 14, 0, 159975.295999, 1246, "rrrrirrrrrrric"},
};

static Frame *load(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "datasets/%s.csv", name);
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  Err err = {0};
  if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

static void check_types(const Table *t, const Frame *f) {
  static const ColType types[128] = {['i'] = COL_I64,  ['r'] = COL_F64, ['d'] = COL_DATE,
                                     ['t'] = COL_TIME, ['c'] = COL_CAT, ['x'] = COL_TEXT};
  int j = 0;
  for (const char *s = t->types; *s; s++) {
    long times = 1;
    if (*s >= '0' && *s <= '9') times = strtol(s, (char **)&s, 10);
    for (; times > 0; times--, j++)
      if (frame_at(f, j)->type != types[(int)*s])
        fail_msg("%s: column '%s' is %s, not %c", t->name, frame_name(f, j), COLTYPES[frame_at(f, j)->type].name, *s);
  }
  assert_int_equal(j, t->p);
}

static void check_values(const Table *t, const Frame *f) {
  int64_t missing = 0, bytes = 0;
  double sum = 0;
  for (int j = 0; j < frame_ncol(f); j++) {
    const Column *c = frame_at(f, j);
    missing += c->missing;
    for (int64_t i = 0; i < c->n; i++) {
      if (col_is_text(c)) bytes += (int64_t)col_text(c, i).n;
      else if (col_is_number(c) && col_valid(c, i)) sum += col_f64(c, i);
    }
  }
  if (missing != t->missing || bytes != t->bytes)
    fail_msg("%s: %lld missing, %lld bytes", t->name, (long long)missing, (long long)bytes);
  if (fabs(sum - t->sum) > 1e-12 * fabs(t->sum)) fail_msg("%s: sum %.15g", t->name, sum);
}

TEST(every_table_has_the_rows_types_and_values_that_r_reads) {
  for (size_t k = 0; k < sizeof TABLES / sizeof *TABLES; k++) {
    const Table *t = &TABLES[k];
    Frame *f = load(t->name);
    if (frame_nrow(f) != t->n || frame_ncol(f) != t->p)
      fail_msg("%s is %lld x %d", t->name, (long long)frame_nrow(f), frame_ncol(f));
    check_types(t, f);
    check_values(t, f);
    assert_int_equal(frame_nrow(frame_quarantine(f)), 0);
    frame_unref(f);
  }
}

TEST(single_cells_are_what_the_files_say) {
  Frame *f = load("titanic");
  assert_cell(f, "name", 0, "Allen, Miss. Elisabeth Walton");
  assert_cell(f, "age", 0, "29");
  assert_cell(f, "age", 15, "<missing>");
  assert_string_equal(frame_source(f), "datasets/titanic.csv");
  frame_unref(f);
  f = load("flights_5k");
  assert_cell(f, "date", 0, "2001-01-01 01:10:00");
  frame_unref(f);
  f = load("airpassengers");
  assert_cell(f, "month", 143, "1960-12-01");
  frame_unref(f);
  f = load("reported_heights");
  assert_has(help_ledger(f, "height", "note"), "92.6 % of its cells read as real, 81 do not");
  frame_unref(f);
}

TEST(nothing_is_suspected_in_a_clean_table) {
  Frame *f = load("toothgrowth");
  assert_string_equal(help_ledger(f, "dose", "note"), "<missing>");
  frame_unref(f);
}

RUN(CASE(every_table_has_the_rows_types_and_values_that_r_reads), CASE(single_cells_are_what_the_files_say),
    CASE(nothing_is_suspected_in_a_clean_table))

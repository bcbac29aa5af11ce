// What every format promises, checked over the list of formats: nothing here names one. job.c is replaced by counters,
// so that reading and writing can be stopped, or refused memory, at the first, second, third ... question until they
// complete.
#include "unit/prep/prep_help.h"

#include "unit/io/io_help.h"

enum { NAMES = 32, LONG = 3000 };

static int64_t ticks_left = INT64_MAX, needs_left = INT64_MAX;
static Err err;
static Job job;

// Without a job nobody can stop anything.
ErrCode job_tick(Job *asker, int64_t done, int64_t total, Err *e) {
  (void)done, (void)total;
  return !asker || ticks_left-- > 0 ? OK : err_set(e, ERR_CANCELLED, "stopped");
}

ErrCode job_need(Job *asker, int64_t bytes, const char *what, Err *e) {
  (void)bytes;
  return !asker || needs_left-- > 0 ? OK : err_set(e, ERR_MEMORY, "%s needs more", what);
}

static void never_stop(void) { ticks_left = needs_left = INT64_MAX; }

// Texts with what is special somewhere; an empty one is no missing one.
static Frame *mixed(void) {
  return HELP_FRAME(
      4, {"label", COL_I64, {"1", NULL, "-9223372036854775808", "9223372036854775807"}},
      {"r", COL_F64, {"0.1", "-0.5", "1e300", NULL}}, {"whole", COL_F64, {"3", "4", NULL, "-5"}},
      {"b", COL_BOOL, {"true", "false", NULL, "true"}}, {"d", COL_DATE, {"2024-02-29", "1969-12-31", NULL, "0001-01-01"}},
      {"t", COL_TIME, {"2024-02-29 23:59:59.123456", "1969-12-31 00:00:00", NULL, "2000-01-01 12:00:00"}},
      {"z", COL_TIME, {"2024-02-29 23:59:59Z", NULL, "1970-01-01 00:00:00Z", "2000-01-01 12:30:00Z"}},
      {"g", COL_CAT, {"u", "v w", "u", NULL}},
      {"s", COL_TEXT, {"it's \"q\",\n{x}\\ %#", "", "\xC3\xA9 \xF0\x9F\x98\x80\t;|", NULL}},
      {"odd name, \"q\" {}%", COL_I64, {"1", "2", "3", "4"}});
}

static Frame *numbers(void) {
  return HELP_FRAME(4, {"label", COL_I64, {"1", "0", "2", "1"}}, {"f1", COL_F64, {"0.5", NULL, "0", "-1e-300"}},
                    {"f2", COL_I64, {"0", "0", "0", "0"}}, {"f3", COL_F64, {"0", "0", "0", "0"}},
                    {"f4", COL_I64, {"7", "0", NULL, "-3"}}, {"f5", COL_I64, {"0", "0", "0", "0"}});
}

static Frame *repeated(const Frame *small, int64_t n) {
  int64_t *row = malloc((size_t)n * sizeof *row);
  Frame *out = frame_new(n);
  assert_non_null(row);
  for (int64_t i = 0; i < n; i++) row[i] = i % frame_nrow(small);
  for (int j = 0; j < frame_ncol(small); j++) {
    Column *c;
    assert_int_equal(column_gather(NULL, frame_at(small, j), row, n, &c, NULL), OK);
    assert_int_equal(frame_add(out, frame_name(small, j), c, NULL), OK);
  }
  free(row);
  return out;
}

// ---- files of a format, under each of its endings --------------------------------------------------------------------
typedef struct Ending {
  const Format *format;
  char name[NAMES]; // "x.csv"
} Ending;

static int list_endings(Ending *out) {
  int n = 0;
  for (const Format *const *f = io_formats(); *f; f++)
    for (const char *s = (*f)->suffixes; *s && (*f)->write;) {
      int len = (int)strcspn(s, " ");
      out[n].format = *f;
      snprintf(out[n++].name, NAMES, "x%.*s", len, s);
      s += len + (s[len] == ' ');
    }
  return n;
}

static ErrCode write_to(const Frame *f, const char *name) {
  err = (Err){0};
  return io_write(&job, &HELP_DOOR, f, help_path(name), &err);
}

static ErrCode read_from(const char *name, Frame **out) {
  ReadOpts opts;
  io_read_defaults(&opts);
  err = (Err){0};
  *out = NULL;
  return io_read(&job, &HELP_DOOR, help_path(name), &opts, out, &err);
}

// The richest frame that the format can hold, written; the frame is the caller's.
static Frame *write_richest(const char *name) {
  Frame *f = mixed();
  if (write_to(f, name) == OK) return f;
  assert_int_equal(err.code, ERR_TYPE);
  frame_unref(f);
  f = numbers();
  if (write_to(f, name) != OK) fail_msg("%s: %s", name, err.msg);
  return f;
}

static bool words(const Column *c) { return c->type == COL_CAT || c->type == COL_TEXT; }

static void assert_same_values(const Frame *got, const Frame *want, const char *name) {
  assert_int_equal(frame_ncol(got), frame_ncol(want));
  assert_int_equal(frame_nrow(got), frame_nrow(want));
  for (int j = 0; j < frame_ncol(want); j++) {
    const Column *a = frame_at(got, j), *b = frame_at(want, j);
    assert_string_equal(frame_name(got, j), frame_name(want, j));
    if (a->type != b->type && !(words(a) && words(b)))
      fail_msg("%s: '%s' is %s, was %s", name, frame_name(want, j), COLTYPES[a->type].name, COLTYPES[b->type].name);
    for (int64_t i = 0; i < b->n; i++) {
      Str x = {0}, y = {0};
      col_format(a, i, CELL_EXACT, &x);
      col_format(b, i, CELL_EXACT, &y);
      if (col_valid(a, i) != col_valid(b, i) || strcmp(str_c(&x), str_c(&y)))
        fail_msg("%s: '%s' row %lld is '%s', was '%s'", name, frame_name(want, j), (long long)i, str_c(&x), str_c(&y));
      str_fini(&x);
      str_fini(&y);
    }
  }
}

#define EACH_ENDING(e)                                                                                                 \
  Ending e##_all[64];                                                                                                  \
  int e##_n = list_endings(e##_all);                                                                                   \
  for (Ending *e = e##_all; e < e##_all + e##_n; e++)

// ---- promises -------------------------------------------------------------------------------------------------------
TEST(every_format_is_described) {
  for (const Format *const *f = io_formats(); *f; f++) {
    assert_non_null((*f)->options);
    assert_true((*f)->name[0] && (*f)->suffixes[0] == '.');
    assert_non_null((*f)->sniff);
    assert_non_null((*f)->read);
  }
}

TEST(a_format_knows_its_own_files_best_whatever_their_name) {
  EACH_ENDING(e) {
    Str bytes = {0};
    frame_unref(write_richest(e->name));
    assert_int_equal(io_read_bytes(&HELP_DOOR, help_path(e->name), &bytes, &err), OK);
    Sv head = {str_c(&bytes), bytes.n};
    const char *const name[] = {e->name, "x", "x.dat"};
    for (size_t k = 0; k < 3; k++) {
      int own = e->format->sniff(head, name[k]);
      for (const Format *const *f = io_formats(); *f; f++)
        if (*f != e->format && (*f)->sniff(head, name[k]) >= own)
          fail_msg("%s takes %s named %s", (*f)->name, e->name, name[k]);
      assert_in_range(own, 1, 100);
    }
    str_fini(&bytes);
  }
}

TEST(what_is_written_reads_back_the_same) {
  EACH_ENDING(e) {
    Frame *f = write_richest(e->name), *g;
    if (read_from(e->name, &g) != OK) fail_msg("%s", err.msg);
    assert_same_values(g, f, e->name);
    assert_non_null(frame_ledger(g));
    assert_int_equal(frame_nrow(frame_quarantine(g)), 0);
    frame_unref(f);
    frame_unref(g);
  }
}

TEST(long_tables_read_back_the_same) {
  EACH_ENDING(e) {
    Frame *small = write_richest(e->name), *f = repeated(small, LONG), *g;
    assert_int_equal(write_to(f, e->name), OK);
    if (read_from(e->name, &g) != OK) fail_msg("%s", err.msg);
    assert_same_values(g, f, e->name);
    frame_unref(small);
    frame_unref(f);
    frame_unref(g);
  }
}

TEST(a_table_without_rows_keeps_its_columns_or_is_refused) {
  EACH_ENDING(e) {
    Frame *small = write_richest(e->name), *f = repeated(small, 0), *g;
    if (write_to(f, e->name) == OK) {
      if (read_from(e->name, &g) != OK) fail_msg("%s: %s", e->name, err.msg);
      assert_int_equal(frame_nrow(g), 0);
      assert_int_equal(frame_ncol(g), frame_ncol(f));
      for (int j = 0; j < frame_ncol(f); j++) assert_string_equal(frame_name(g, j), frame_name(f, j));
      frame_unref(g);
    } else {
      assert_int_equal(err.code, ERR_SHAPE);
      assert_has(err.msg, "without rows: write .");
    }
    frame_unref(small);
    frame_unref(f);
  }
}

TEST(a_frame_without_columns_is_refused) {
  Frame *f = frame_new(3);
  EACH_ENDING(e) {
    assert_int_equal(write_to(f, e->name), ERR_SHAPE);
    assert_has(err.msg, "a frame without columns cannot be written as ");
  }
  frame_unref(f);
}

TEST(a_file_cut_at_any_byte_is_an_error_or_a_table) {
  EACH_ENDING(e) {
    struct stat st;
    frame_unref(write_richest(e->name));
    assert_int_equal(stat(help_path(e->name), &st), 0);
    for (off_t n = st.st_size - 1; n >= 0; n -= n < 2000 ? 1 : 97) {
      Frame *g;
      assert_int_equal(truncate(help_path(e->name), n), 0);
      if (read_from(e->name, &g) == OK) frame_unref(g);
      else if (!strstr(err.msg, e->name)) fail_msg("%s cut to %lld: %s", e->name, (long long)n, err.msg);
    }
  }
}

// Reads, or writes f, with 0, 1, 2 ... questions answered until it completes; returns how many it had.
static int64_t refuse_each(int64_t *left, ErrCode code, const char *name, const Frame *f) {
  for (int64_t k = 0;; k++) {
    Frame *g = NULL;
    never_stop();
    *left = k;
    ErrCode got = f ? write_to(f, name) : read_from(name, &g);
    never_stop();
    frame_unref(g);
    if (got == OK) return k;
    if (got != code) fail_msg("%s: %s", name, err.msg);
    assert_true(k < 100000);
  }
}

TEST(stopping_and_refusing_memory_at_any_question_leaves_nothing) {
  EACH_ENDING(e) {
    Frame *small = write_richest(e->name), *f = repeated(small, LONG);
    assert_in_range(refuse_each(&ticks_left, ERR_CANCELLED, e->name, f), 2, 100000);
    assert_in_range(refuse_each(&needs_left, ERR_MEMORY, e->name, f), 1, 100000);
    assert_in_range(refuse_each(&ticks_left, ERR_CANCELLED, e->name, NULL), 2, 100000);
    assert_in_range(refuse_each(&needs_left, ERR_MEMORY, e->name, NULL), 1, 100000);
    frame_unref(small);
    frame_unref(f);
  }
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(every_format_is_described), CASE(a_format_knows_its_own_files_best_whatever_their_name),
    CASE(what_is_written_reads_back_the_same), CASE(long_tables_read_back_the_same),
    CASE(a_table_without_rows_keeps_its_columns_or_is_refused), CASE(a_frame_without_columns_is_refused),
    CASE(a_file_cut_at_any_byte_is_an_error_or_a_table),
    CASE(stopping_and_refusing_memory_at_any_question_leaves_nothing), CASE(the_folder_of_the_test_is_removed))

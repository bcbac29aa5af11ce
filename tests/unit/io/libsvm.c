// libsvm. Values are those of scikit-learn 1.2.1's load_svmlight_file (tests/golden/make/formats.py).
#include "unit/io/io_help.h"

#include "golden/formats.h"

static Err err;

static Frame *read_svm(const char *text) { return help_read_bytes(NULL, "t.svm", text, strlen(text), NULL); }

TEST(values_are_those_of_scikit_learn) {
  Frame *f = read_svm(SVM_TEXT);
  assert_int_equal(frame_nrow(f), SVM_ROWS);
  assert_int_equal(frame_ncol(f), SVM_COLS + 1);
  for (int64_t i = 0; i < SVM_ROWS; i++) {
    assert_near(col_f64(frame_at(f, 0), i), SVM_Y[i], 0);
    for (int j = 0; j < SVM_COLS; j++) assert_near(col_f64(frame_at(f, j + 1), i), SVM_X[i][j], 0);
  }
  assert_string_equal(frame_name(f, 0), "label");
  assert_string_equal(frame_name(f, SVM_COLS), "f7");
  assert_string_equal(help_type(f, "f1"), "real");
  assert_string_equal(help_type(f, "f4"), "int");
  frame_unref(f);
  f = read_svm(SVM_QID_TEXT);
  for (int64_t i = 0; i < 3; i++) assert_near(col_f64(frame_at(f, frame_find(f, sv("qid"))), i), (double)SVM_QID[i], 0);
  frame_unref(f);
}

TEST(indices_from_0_are_seen_and_told) {
  Frame *f = read_svm("1 0:5 2:6\n0 1:1\n");
  assert_string_equal(frame_name(f, 1), "f0");
  assert_cell(f, "f0", 0, "5");
  assert_cell(f, "f2", 1, "0");
  assert_has(help_ledger(f, "(file)", "note"), "indices count from 0");
  frame_unref(f);
}

TEST(several_labels_and_missing_values) {
  Frame *f = read_svm("1,3 1:nan 2:1\n2 2:2 1:3\n");
  assert_cell(f, "label", 0, "1,3");
  assert_cell(f, "f1", 0, "<missing>");
  assert_cell(f, "f1", 1, "3");
  frame_unref(f);
}

TEST(bad_lines_go_to_the_quarantine) {
  Frame *f = read_svm("1 1:2\n1 1:2 x\n1 1:2 1:3\n2:1 1:1\n1 -1:2\n0 9999999:1\n1 3:1\n");
  assert_int_equal(frame_nrow(f), 2);
  assert_int_equal(frame_ncol(f), 4);
  assert_quarantine(f, 0, "2", "index:value expected, found 'x'", "1 1:2 x");
  assert_quarantine(f, 1, "3", "an index comes twice: '1:3'", "1 1:2 1:3");
  assert_quarantine(f, 2, "4", "a label expected before the values, found '2:1'", "2:1 1:1");
  assert_quarantine(f, 3, "5", "index:value expected, found '-1:2'", "1 -1:2");
  assert_quarantine(f, 4, "6", "index 9999999: a table may have 1048576 columns", "0 9999999:1");
  frame_unref(f);
}

TEST(a_table_that_zeros_would_fill_is_refused_before_it_is_made) {
  ReadOpts opts;
  Frame *f = NULL;
  Str text = {0};
  io_read_defaults(&opts);
  for (int k = 0; k < 1000; k++) str_add(&text, "1 1:1 1000000:1\n");
  Job job = {.memory = (int64_t)1 << 30};
  assert_int_equal(io_read(&job, &HELP_DOOR, help_file("t.svm", text.s, text.n), &opts, &f, &err), ERR_MEMORY);
  assert_has(err.msg, "the table of 1,000,000 columns (index 1000000 on line 1) with its zeros needs ");
  str_fini(&text);
}

TEST(text_that_only_looks_alike_is_no_libsvm) {
  static const char *const text[] = {"5 12:30\n6 12:45\n", "a 1:2 2:3\n", "1 2 3\n", "time 12:30:11 13:40:00\n"};
  for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
    Frame *f = help_read_bytes(NULL, "t.txt", text[k], strlen(text[k]), NULL);
    assert_string_equal(help_ledger(f, "(file)", "type"), "csv");
    frame_unref(f);
  }
  Frame *f = help_read_bytes(NULL, "t.txt", "1 1:0.5 7:1\n-1 2:1\n", 19, NULL);
  assert_string_equal(help_ledger(f, "(file)", "type"), "libsvm");
  frame_unref(f);
}

TEST(writing_leaves_zeros_out_and_keeps_width_and_types) {
  Frame *f = help_read("label,qid,f1,f2,f3,f4\n1,1,0,0.0,0.5,0\n0,2,3,0.0,,0\n"), *g;
  Str got = {0};
  char want[65], hash[65];
  ReadOpts opts;
  io_read_defaults(&opts);
  if (io_write(NULL, &HELP_DOOR, f, help_path("w.svm"), &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(io_read_bytes(&HELP_DOOR, help_path("w.svm"), &got, &err), OK);
  assert_string_equal(str_c(&got), "1 qid:1 2:0.0 3:0.5 4:0\n0 qid:2 1:3 3:nan\n");
  str_fini(&got);
  assert_int_equal(io_read(NULL, &HELP_DOOR, help_path("w.svm"), &opts, &g, &err), OK);
  frame_hash(f, want);
  frame_hash(g, hash);
  assert_string_equal(hash, want);
  frame_unref(f);
  frame_unref(g);
}

TEST(what_is_no_number_is_not_written) {
  Frame *f = help_read("y,sex\n1,f\n0,m\n");
  assert_int_equal(io_write(NULL, &HELP_DOOR, f, help_path("w.svm"), &err), ERR_TYPE);
  assert_string_equal(err.msg, "column 'sex' is a category: libsvm holds numbers alone; encode it first (prep.onehot) or "
                               "leave it out");
  frame_unref(f);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(values_are_those_of_scikit_learn), CASE(indices_from_0_are_seen_and_told),
    CASE(several_labels_and_missing_values), CASE(bad_lines_go_to_the_quarantine),
    CASE(a_table_that_zeros_would_fill_is_refused_before_it_is_made), CASE(text_that_only_looks_alike_is_no_libsvm),
    CASE(writing_leaves_zeros_out_and_keeps_width_and_types), CASE(what_is_no_number_is_not_written),
    CASE(the_folder_of_the_test_is_removed))

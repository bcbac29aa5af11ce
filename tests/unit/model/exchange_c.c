// Trees as C: the file is compiled by the machine's own compiler and checks itself against the rows in it; what is
// wrong is shown to be found by altering a leaf. Skipped where there is no cc.
#include "unit/model/xgboost_help.h"

#include <stdlib.h>

static bool have_cc(void) { return system("cc --version > /dev/null 2>&1") == 0; }

static void write_file(const char *path, const Str *text) {
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(text->s, 1, text->n, f), text->n);
  fclose(f);
}

static int run(const Str *text) {
  char command[600];
  write_file(help_path("trees.c"), text);
  snprintf(command, sizeof command,
           "cd %s && cc -std=c99 -Wall -Wextra -Werror -O1 -DTREES_TEST trees.c -o trees -lm && ./trees > /dev/null",
           help_folder);
  return system(command);
}

static void clear_folder(void) {
  unlink(help_path("trees.c"));
  unlink(help_path("trees"));
}

TEST(the_file_compiles_and_agrees_with_the_rows_in_it) {
  static const char *const NAME[] = {"logistic", "squared", "poisson", "softprob", "hinge"};
  if (!have_cc()) {
    print_message("# no cc: not compiled\n");
    skip();
  }
  for (int k = 0; k < 5; k++) {
    Frame *d = xgb_table("data");
    Model *m = xgb_model(NAME[k], k % 2 ? NULL : d);
    Str text = {0};
    assert_int_equal(exchange_write(NULL, m, EXCHANGE_C, &text, NULL), OK);
    if (run(&text)) fail_msg("%s does not agree", NAME[k]);
    str_fini(&text);
    model_unref(m);
    frame_unref(d);
  }
  clear_folder();
}

TEST(a_leaf_that_was_altered_is_found) {
  if (!have_cc()) skip();
  Model *m = xgb_model("squared", NULL);
  Str text = {0};
  assert_int_equal(exchange_write(NULL, m, EXCHANGE_C, &text, NULL), OK);
  char *base = strstr(text.s, "BASE[] = {0x1p-1");
  assert_non_null(base);
  base[strlen("BASE[] = {0x1p-")] = '2';
  assert_int_not_equal(run(&text), 0);
  str_fini(&text);
  model_unref(m);
  clear_folder();
}

TEST(inputs_and_outputs_are_told) {
  Frame *d = xgb_table("data");
  Model *m = xgb_model("logistic", d);
  Str text = {0};
  assert_int_equal(exchange_write(NULL, m, EXCHANGE_C, &text, NULL), OK);
  assert_has(str_c(&text), "x[2] c, the number of its category: 0 w00, 1 w01");
  assert_has(str_c(&text), "out[1] is the probability of 1");
  str_fini(&text);
  model_unref(m);
  frame_unref(d);
}

TEST(the_folder_of_the_test_is_removed) {
  if (help_folder[0]) rmdir(help_folder);
}

RUN(CASE(the_file_compiles_and_agrees_with_the_rows_in_it), CASE(a_leaf_that_was_altered_is_found),
    CASE(inputs_and_outputs_are_told), CASE(the_folder_of_the_test_is_removed))

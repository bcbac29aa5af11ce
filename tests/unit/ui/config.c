// The file of settings: what is taken over, what is said of the rest, and what of it is written anew. Expected files are
// worked by hand.
#include "check.h"
#include "ui/config_int.h"

#include "base/file.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/tycho-config-XXXXXX";
static char path[96];

static void write_file(const char *text) {
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  fclose(f);
}

static void assert_file(const char *want) {
  Str text = {0};
  assert_int_equal(file_read(path, &text, NULL), OK);
  assert_string_equal(str_c(&text), want);
  str_fini(&text);
}

static void change(const char *before, SettingId s, const char *word) {
  Config c;
  Err err;
  write_file(before);
  config_init(&c, path);
  config_read(&c);
  assert_true(config_choose(&c, s, sv(word)));
  assert_int_equal(config_write(&c, s, &err), OK);
  config_fini(&c);
}

static bool is(const Config *c, SettingId s, const char *word) { return sv_is(config_word(c, s), word); }

TEST(lines_are_taken_over_and_the_rest_stays_as_it_is) {
  Config c;
  config_init(&c, NULL);
  config_parse(&c, sv("# mine\n theme=light \n\nbell = off # at night\nbell = 60s\r\n"));
  assert_true(is(&c, SET_theme, "light") && is(&c, SET_bell, "60s") && is(&c, SET_mouse, "on"));
  assert_string_equal(str_c(&c.problems), "");
  config_fini(&c);
}

TEST(what_cannot_be_understood_is_said_with_its_line_and_hurts_nothing) {
  Config c;
  config_init(&c, NULL);
  config_parse(&c, sv("them = dark\nmouse = perhaps\nbell\ntitle = off"));
  assert_string_equal(str_c(&c.problems), "line 1: no setting 'them': did you mean 'theme'?\n"
                                          "line 2: mouse cannot be 'perhaps': it takes on off\n"
                                          "line 3: bell cannot be '': it takes 10s 60s off\n");
  assert_true(is(&c, SET_theme, "auto") && is(&c, SET_title, "off"));
  config_fini(&c);
}

TEST(any_bytes_are_read_without_harm) {
  Config c;
  static const char bytes[] = "=\n==\n#\n = = \n\0theme = dark\n\xFF\xFE = x\ntheme";
  config_init(&c, NULL);
  config_parse(&c, (Sv){bytes, sizeof bytes - 1});
  assert_true(c.problems.n > 0);
  config_fini(&c);
}

TEST(a_changed_setting_changes_its_line_alone) {
  change("# my colours\ntheme = dark  # evenings\nnew = 1\n", SET_theme, "contrast");
  assert_file("# my colours\ntheme = contrast  # evenings\nnew = 1\n");
  change("theme = dark\ntheme = light", SET_theme, "mono"); // the last one counts
  assert_file("theme = dark\ntheme = mono");
}

TEST(a_setting_without_a_line_comes_below_with_its_remark) {
  change("mouse = off", SET_bell, "off");
  assert_file("mouse = off\n\n# The bell rings when a job that took at least so long has ended.\n"
              "# One of: 10s 60s off\nbell = off\n");
}

TEST(a_new_file_has_every_setting_and_reads_back) {
  Config c, back;
  Err err;
  snprintf(path, sizeof path, "%s/new/config", folder);
  config_init(&c, path);
  assert_true(config_choose(&c, SET_glyphs, sv("ascii")));
  assert_int_equal(config_write(&c, SET_glyphs, &err), OK);
  config_init(&back, path);
  config_read(&back);
  assert_string_equal(str_c(&back.problems), "");
  assert_memory_equal(back.value, c.value, sizeof c.value);
  config_fini(&c), config_fini(&back);
}

TEST(a_folder_that_cannot_be_made_is_an_error) {
  Config c;
  Err err;
  config_init(&c, "/proc/no/config");
  assert_int_equal(config_write(&c, SET_mouse, &err), ERR_IO);
  config_fini(&c);
  config_init(&c, NULL);
  assert_int_equal(config_write(&c, SET_mouse, &err), ERR_IO);
  assert_has(err.msg, "XDG_CONFIG_HOME");
  config_fini(&c);
}

static int open_folder(void **state) {
  (void)state;
  return mkdtemp(folder) && snprintf(path, sizeof path, "%s/config", folder) > 0 ? 0 : -1;
}

static int remove_folder(void **state) {
  (void)state;
  char command[96];
  snprintf(command, sizeof command, "rm -rf %s", folder);
  return system(command);
}

int main(void) {
  const struct CMUnitTest tests[] = {CASE(lines_are_taken_over_and_the_rest_stays_as_it_is),
                                     CASE(what_cannot_be_understood_is_said_with_its_line_and_hurts_nothing),
                                     CASE(any_bytes_are_read_without_harm),
                                     CASE(a_changed_setting_changes_its_line_alone),
                                     CASE(a_setting_without_a_line_comes_below_with_its_remark),
                                     CASE(a_new_file_has_every_setting_and_reads_back),
                                     CASE(a_folder_that_cannot_be_made_is_an_error)};
  return cmocka_run_group_tests(tests, open_folder, remove_folder);
}

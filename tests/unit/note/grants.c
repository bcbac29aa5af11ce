// Grants: what is written for a recipe is read for it and for no other.
#include "check.h"
#include "note/note.h"

#include <stdlib.h>
#include <unistd.h>

static void grant(const char *folder, const char *recipe, const char *one, const char *two) {
  const char *path[] = {one, two};
  Names names = {path, (one != NULL) + (two != NULL)};
  Err err;
  if (grants_write(folder, recipe, names, &err) != OK) fail_msg("%s", err.msg);
}

TEST(grants_belong_to_their_recipe_and_are_replaced_with_it) {
  char folder[] = "/tmp/tycho-grants-XXXXXX", file[64];
  Arena a;
  arena_init(&a);
  assert_non_null(mkdtemp(folder));
  assert_int_equal(grants_read(folder, "/x/a.lua", &a).n, 0);
  grant(folder, "/x/a.lua", "/data/one.csv", "/data/two words.csv");
  grant(folder, "/x/b.lua", "/data/three.csv", NULL);
  Names found = grants_read(folder, "/x/a.lua", &a);
  assert_int_equal(found.n, 2);
  assert_string_equal(found.name[1], "/data/two words.csv");
  grant(folder, "/x/a.lua", "/data/four.csv", NULL);
  found = grants_read(folder, "/x/a.lua", &a);
  assert_int_equal(found.n, 1);
  assert_string_equal(found.name[0], "/data/four.csv");
  assert_int_equal(grants_read(folder, "/x/b.lua", &a).n, 1);
  grant(folder, "/x/b.lua", NULL, NULL);
  assert_int_equal(grants_read(folder, "/x/b.lua", &a).n, 0);
  snprintf(file, sizeof file, "%s/grants", folder);
  unlink(file), rmdir(folder);
  arena_fini(&a);
}

TEST(a_path_with_a_tab_or_a_line_end_is_not_remembered) {
  char folder[] = "/tmp/tycho-grants-XXXXXX", file[64];
  Arena a;
  arena_init(&a);
  assert_non_null(mkdtemp(folder));
  grant(folder, "/x/a.lua", "/data/one\n/x/a.lua\t/etc/shadow", "/data/a\tb");
  assert_int_equal(grants_read(folder, "/x/a.lua", &a).n, 0);
  grant(folder, "/x/c.lua", "/data/one.csv", NULL);
  assert_int_equal(grants_read(folder, "/x/c.lua", &a).n, 1);
  snprintf(file, sizeof file, "%s/grants", folder);
  unlink(file), rmdir(folder);
  arena_fini(&a);
}

TEST(a_folder_that_is_not_there_is_an_error_with_its_name) {
  const char *path = "/data/one.csv";
  Err err;
  assert_int_equal(grants_write("/nowhere/at/all", "/x/a.lua", (Names){&path, 1}, &err), ERR_IO);
  assert_has(err.msg, "/nowhere/at/all");
}

RUN(CASE(grants_belong_to_their_recipe_and_are_replaced_with_it),
    CASE(a_path_with_a_tab_or_a_line_end_is_not_remembered), CASE(a_folder_that_is_not_there_is_an_error_with_its_name))

// Keys that the user has moved. What each key should do is worked by hand from the key table.
#include "check.h"
#include "ui/help_int.h"

static const Action *row_of(const UserKeys *m, int where, const char *key) {
  for (const Action *row = keymap_actions(m); row->act; row++)
    if (row->where == where)
      for (const char *k = row->keys; *k; k += strspn(k, " ")) {
        size_t n = strcspn(k, " ");
        if (n == strlen(key) && strncmp(k, key, n) == 0) return row;
        k += n;
      }
  return NULL;
}

static void read_keys(UserKeys *m, const char *text) {
  keymap_init(m);
  keymap_parse(m, sv(text));
}

TEST(every_action_has_a_name_of_its_own_in_the_file_that_is_written) {
  Str text = {0};
  UserKeys m;
  keymap_print(&text);
  for (size_t i = 1; i < text.n; i++) // as if every line were the user's
    if (text.s[i - 1] == '\n' && text.s[i] == '#' && text.s[i + 1] != ' ') text.s[i] = ' ';
  read_keys(&m, str_c(&text));
  for (const char *line = str_c(&m.problems); *line; line += strcspn(line, "\n") + 1)
    if (!strstr(line, "digits")) fail_msg("%s", line);
  for (int k = 0; ACTIONS[k].act; k++) assert_string_equal(keymap_actions(&m)[k].keys, ACTIONS[k].keys);
  keymap_fini(&m), str_fini(&text);
}

TEST(a_moved_key_leaves_the_act_that_had_it) {
  UserKeys m;
  read_keys(&m, "# mine\ntable.describe = Q F\n any.quit = ^X \n");
  assert_string_equal(str_c(&m.problems), "");
  assert_int_equal(m.moved, 2);
  assert_string_equal(row_of(&m, PANE_table, "F")->word, "describe|desc");
  assert_null(row_of(&m, PANE_table, "I"));
  assert_null(row_of(&m, IN_ANY, "Q"));
  assert_true(row_of(&m, IN_ANY, "^X")->act == act_quit);
  assert_true(row_of(&m, PANE_column, "F")->act == act_table_frequencies); // another pane keeps it
  for (const KeyRow *row = keymap_rows(&m); row->keys; row++)
    assert_false(row->where == PANE_table && strcmp(row->act, "act_table_frequencies") == 0);
  keymap_fini(&m);
}

TEST(mistakes_are_said_with_their_line_and_the_rest_holds) {
  UserKeys m;
  read_keys(&m,
            "table.discribe = Q\ntable.describe = Ctrl-Q\nany.pane = 9\ntable.target = y\ntable.train = y\nnonsense\n");
  assert_string_equal(str_c(&m.problems), "line 1: no action 'table.discribe': did you mean 'table.describe'?\n"
                                          "line 2: no key is called 'Ctrl-Q': write x ^X F5 Alt-x Left gx\n"
                                          "line 3: the digits of the panes cannot be moved\n"
                                          "line 5: y is what line 4 gave to table.target\n"
                                          "line 6: no action 'nonsense'\n");
  assert_true(row_of(&m, PANE_table, "y")->act == act_table_target);
  assert_true(row_of(&m, PANE_table, "T")->act == act_table_train);
  keymap_fini(&m);
}

TEST(without_a_file_the_tables_are_the_programs_own) {
  UserKeys m;
  keymap_init(&m);
  assert_ptr_equal(keymap_actions(&m), ACTIONS);
  assert_ptr_equal(keymap_rows(&m), KEY_ROWS);
  keymap_fini(&m);
}

TEST(names_of_keys_and_keys_are_the_same_both_ways) {
  Key key;
  char name[24];
  for (const Action *row = ACTIONS; row->act; row++)
    for (const char *k = row->keys; *k; k += strspn(k, " ")) {
      char word[24];
      size_t n = strcspn(k, " ");
      snprintf(word, sizeof word, "%.*s", (int)n, k);
      k += n;
      if (!keys_parse(word, &key)) {
        assert_true(strchr("gzd0", word[0]) && keys_parse(word + 1, &key));
        continue;
      }
      assert_string_equal(keys_name(&key, name), word);
    }
  assert_false(keys_parse("", &key) || keys_parse("F13", &key) || keys_parse("ab", &key) || keys_parse("Ctrl-x", &key));
}

RUN(CASE(every_action_has_a_name_of_its_own_in_the_file_that_is_written), CASE(a_moved_key_leaves_the_act_that_had_it),
    CASE(mistakes_are_said_with_their_line_and_the_rest_holds), CASE(without_a_file_the_tables_are_the_programs_own),
    CASE(names_of_keys_and_keys_are_the_same_both_ways))

// where, derive, the split of "name = expression", categories in and out, parameters, threads and the job. By hand.
#include "unit/frame/make.h"

#include "base/pool.h"
#include "frame/expr.h"
#include "frame/verbs.h"

#include <pthread.h>

static Frame *people(void) {
  return make_frame("age:int sex:category name:text", "20 F Ann 30 M Bob 40 F Cid 50 NA Dee NA F Eva");
}

static const char *kept(const char *cond) {
  static char buf[1100];
  Frame *f = people(), *g;
  Err err = {0};
  if (frame_where(NULL, f, sv(cond), NULL, 0, &g, &err) != OK) snprintf(buf, sizeof buf, "%s", err.msg);
  else snprintf(buf, sizeof buf, "%s", shown_at(g, "name")), frame_unref(g);
  frame_unref(f);
  return buf;
}

TEST(where_keeps_what_is_true_and_leaves_out_missing) {
  assert_string_equal(kept("age > 20"), "Bob Cid Dee");
  assert_string_equal(kept("not (age > 20)"), "Ann");
  assert_string_equal(kept("age > 30 or sex == 'F'"), "Ann Cid Dee Eva");
  assert_string_equal(kept("sex ~= 'F'"), "Bob");
  assert_string_equal(kept("sex == 'absent'"), "");
  assert_string_equal(kept("age == max(age, 0)"), "Ann Bob Cid Dee");
  assert_string_equal(kept("age > mean(age)"), "Cid Dee");
  assert_string_equal(kept("true"), "Ann Bob Cid Dee Eva");
}

TEST(where_refuses_what_is_no_condition) {
  assert_string_equal(kept("age + 1"), "where needs a condition (true or false), this is int: compare it, as in x > 0\n"
                                       "  age + 1\n  ^^^^^^^");
  assert_string_equal(kept("sex"), "where needs a condition (true or false), this is category: compare it with ==\n"
                                   "  sex\n  ^^^");
}

TEST(parameters_of_every_kind_are_values) {
  Frame *f = people(), *g;
  const ExprArg arg[] = {{.name = "lo", .kind = EXPR_ARG_INT, .i = 25},
                         {.name = "hi", .kind = EXPR_ARG_REAL, .f = 45.5},
                         {.name = "sex", .kind = EXPR_ARG_TEXT, .text = {"M", 1}},
                         {.name = "all", .kind = EXPR_ARG_BOOL, .b = false}};
  const char *cond = "age > $lo and age < $hi and (sex == $sex or $all)";
  assert_int_equal(frame_where(NULL, f, sv(cond), arg, 4, &g, NULL), OK);
  assert_string_equal(shown_at(g, "name"), "Bob");
  frame_unref(g);
  frame_unref(f);
  f = make_frame("d:date", "2012-02-28 2012-03-01");
  const ExprArg day = {.name = "day", .kind = EXPR_ARG_TEXT, .text = {"2012-02-29", 10}};
  assert_int_equal(frame_where(NULL, f, sv("d > $day"), &day, 1, &g, NULL), OK);
  assert_string_equal(shown_at(g, "d"), "2012-03-01");
  frame_unref(g);
  frame_unref(f);
}

TEST(derive_adds_at_the_end_or_replaces_in_place) {
  Frame *f = people(), *g, *h;
  assert_int_equal(frame_derive(NULL, f, "double", sv("age * 2"), NULL, 0, &g, NULL), OK);
  assert_int_equal(frame_ncol(g), 4);
  assert_string_equal(shown_at(g, "double"), "40 60 80 100 NA");
  assert_ptr_equal(frame_at(g, 0), frame_at(f, 0));
  assert_int_equal(frame_derive(NULL, g, "sex", sv("lower(sex)"), NULL, 0, &h, NULL), OK);
  assert_int_equal(frame_find(h, sv("sex")), 1);
  assert_string_equal(shown_at(h, "sex"), "f m f NA f");
  assert_string_equal(shown_at(g, "sex"), "F M F NA F");
  frame_unref(h);
  frame_unref(g);
  assert_int_equal(frame_derive(NULL, f, "k", sv("1"), NULL, 0, &g, NULL), OK);
  assert_string_equal(shown_at(g, "k"), "1 1 1 1 1");
  frame_unref(g);
  frame_unref(f);
}

TEST(a_plain_column_is_shared) {
  Frame *f = people();
  Column *c;
  assert_int_equal(expr_eval(NULL, f, sv("(sex)"), NULL, 0, &c, NULL), OK);
  assert_ptr_equal(c, frame_at(f, 1));
  column_unref(c);
  frame_unref(f);
}

TEST(split_finds_name_and_expression) {
  Sv name, expr;
  Err err;
  assert_int_equal(expr_split(sv(" ratio = price / sqft "), &name, &expr, &err), OK);
  assert_true(sv_is(name, "ratio") && sv_is(expr, "price / sqft"));
  assert_int_equal(expr_split(sv("`a b`=x == 1"), &name, &expr, &err), OK);
  assert_true(sv_is(name, "a b") && sv_is(expr, "x == 1"));
  assert_int_equal(expr_split(sv("price / sqft"), &name, &expr, &err), ERR_PARSE);
  assert_string_equal(err.msg, "a new column is written name = expression, as in ratio = price / sqft\n"
                               "  price / sqft\n        ^");
  assert_int_equal(expr_split(sv("adult == 1"), &name, &expr, &err), ERR_PARSE);
  assert_int_equal(expr_split(sv("x = "), &name, &expr, &err), ERR_PARSE);
  assert_string_equal(err.msg, "an expression is missing behind =\n  x = \n    ^");
  assert_int_equal(expr_split(sv("Solar.R = 1"), &name, &expr, &err), ERR_PARSE);
  assert_has(err.msg, "write `Solar.R`");
  assert_int_equal(expr_split(sv(""), &name, &expr, &err), ERR_PARSE);
}

TEST(text_made_of_categories_is_a_category_and_other_text_is_not) {
  Frame *f = make_frame("a:category b:category t:text i:int", "x p r 1 y q s 2 NA p t 3 x NA u 4");
  assert_value(f, "upper(a) .. '!'", "category: X! Y! NA X!");
  assert_value(f, "a .. b", "category: xp yq NA NA");
  assert_value(f, "if_else(i > 2, a, 'none')", "category: none none NA x");
  assert_value(f, "if_else(is_missing(a), 'gone', 'here')", "category: here here gone here");
  assert_value(f, "sub(a, 2)", "category: '' '' NA ''");
  assert_value(f, "t .. a", "text: rx sy NA ux");
  assert_value(f, "a .. text(i)", "text: x1 y2 NA x4");
  frame_unref(f);
}

TEST(a_category_of_as_many_words_as_rows_is_evaluated_too) {
  Frame *f = make_frame("a:category", "x y");
  assert_value(f, "a == 'x'", "bool: true false");
  assert_value(f, "len(a) + 1", "int: 2 2");
  frame_unref(f);
  f = make_frame("a:category k:int", "x 1 y 2 x 3 NA 4 y 5");
  assert_value(f, "len(a .. 'z') * 2", "int: 4 4 4 NA 4");
  assert_value(f, "if_else(a == 'x', 1.5, 2)", "real: 1.5 2 1.5 NA 2");
  assert_value(f, "coalesce(a, 'w') < 'x'", "bool: false false false true false");
  assert_value(f, "between(a, 'w', 'x') and k > 1", "bool: false false true NA false");
  frame_unref(f);
}

TEST(a_frame_without_rows_gives_columns_without_rows) {
  Frame *f = make_frame("i:int c:category", "1 a"), *g;
  assert_int_equal(frame_slice(NULL, f, 0, 0, &g, NULL), OK);
  assert_value(g, "i + 1", "int: ");
  assert_value(g, "c .. 'x'", "category: ");
  assert_value(g, "mean(i) > 0", "bool: ");
  frame_unref(g);
  frame_unref(f);
}

static Frame *large(int64_t n) {
  Frame *small = make_frame("c:category x:real", "red 0.25 green NA NA 3 blue -7.5"), *f;
  int64_t *row = malloc((size_t)n * sizeof *row);
  for (int64_t i = 0; i < n; i++) row[i] = (i * 7919 + i / 13) % 4;
  assert_int_equal(frame_gather(NULL, small, row, n, &f, NULL), OK);
  free(row);
  frame_unref(small);
  return f;
}

TEST(threads_do_not_change_the_bits) {
  static const char *const text[] = {"x * row() % 7 > 2 and c == 'red'", "exp(x) + sd(x) / row()", "c .. row()",
        "round(x / 3, 2)"};
  Frame *f = large(200003);
  Pool *pool = pool_new(3);
  Job job = {.pool = pool};
  for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
    char hex[2][65];
    for (int many = 0; many < 2; many++) {
      Frame *g;
      assert_int_equal(frame_derive(many ? &job : NULL, f, "y", sv(text[k]), NULL, 0, &g, NULL), OK);
      frame_hash(g, hex[many]);
      frame_unref(g);
    }
    assert_string_equal(hex[0], hex[1]);
  }
  pool_free(pool);
  frame_unref(f);
}

TEST(blocks_meet_at_every_row) {
  Frame *f = large(5000);
  Column *c;
  assert_int_equal(expr_eval(NULL, f, sv("if_else(is_missing(x), row(), -row())"), NULL, 0, &c, NULL), OK);
  for (int64_t i = 0; i < 5000; i++) assert_int_equal(c->i[i], col_valid(frame_at(f, 1), i) ? -i - 1 : i + 1);
  column_unref(c);
  assert_int_equal(expr_eval(NULL, f, sv("x + row()"), NULL, 0, &c, NULL), OK);
  assert_int_equal(c->missing, frame_at(f, 1)->missing);
  column_unref(c);
  frame_unref(f);
}

TEST(cancel_and_budget_stop_an_expression) {
  Frame *f = large(200003);
  Err err;
  Column *c;
  Job cancelled = {0}, poor = {.memory = 1};
  atomic_store(&cancelled.cancel, true);
  assert_int_equal(expr_eval(&cancelled, f, sv("x + 1"), NULL, 0, &c, &err), ERR_CANCELLED);
  assert_int_equal(expr_eval(&cancelled, f, sv("c .. row()"), NULL, 0, &c, &err), ERR_CANCELLED);
  assert_int_equal(expr_eval(&poor, f, sv("x + 1"), NULL, 0, &c, &err), ERR_MEMORY);
  assert_int_equal(expr_eval(&poor, f, sv("mean(x)"), NULL, 0, &c, &err), ERR_MEMORY);
  frame_unref(f);
}

static void *stop_soon(void *arg) {
  Job *job = arg;
  while (!atomic_load(&job->total)) continue; // it has begun
  atomic_store(&job->cancel, true);
  return NULL;
}

TEST(a_stop_on_the_way_gives_an_answer_or_none) {
  static const char *const text[] = {"replace_re(c .. row(), '[0-9]', 'x')", "round(x / row(), 5)"};
  Frame *f = large(300000);
  for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
    Pool *pool = pool_new(2);
    Job job = {.pool = pool};
    pthread_t thread;
    Column *c;
    assert_int_equal(pthread_create(&thread, NULL, stop_soon, &job), 0);
    ErrCode code = expr_eval(&job, f, sv(text[k]), NULL, 0, &c, NULL);
    pthread_join(thread, NULL);
    assert_true(code == OK || code == ERR_CANCELLED);
    if (code == OK) column_unref(c);
    pool_free(pool);
  }
  frame_unref(f);
}

TEST(what_is_made_of_volatile_is_volatile) {
  Frame *f = people();
  ((Column *)(uintptr_t)frame_at(f, 0))->volatile_ = true;
  Column *c;
  assert_int_equal(expr_eval(NULL, f, sv("age + 1"), NULL, 0, &c, NULL), OK);
  assert_true(c->volatile_);
  column_unref(c);
  assert_int_equal(expr_eval(NULL, f, sv("lower(sex)"), NULL, 0, &c, NULL), OK);
  assert_false(c->volatile_);
  column_unref(c);
  frame_unref(f);
}

TEST(every_function_has_a_signature_and_a_line_of_help) {
  const char *signature, *doc;
  int n = 0;
  for (; expr_function(n, &signature, &doc); n++) {
    assert_true(strchr(signature, '(') && doc && doc[0] && doc[strlen(doc) - 1] != '.');
    assert_true(strlen(signature) + strlen(doc) < 118);
  }
  assert_true(n > 100);
  assert_false(expr_function(-1, &signature, &doc));
}

TEST(help_has_a_line_for_every_rule_operator_and_function) {
  ExprTopic t;
  int functions = 0, named = 0, kinds = 0;
  const char *kind = "", *signature, *doc;
  for (int k = 0; expr_topic(k, &t); k++) {
    assert_true(t.kind[0] && t.signature[0] && t.doc && t.doc[0]);
    assert_true(strlen(t.doc) < 112);
    kinds += strcmp(kind, t.kind) != 0;
    kind = t.kind;
    named += t.name != NULL;
  }
  while (expr_function(functions, &signature, &doc)) functions++;
  assert_int_equal(named, functions);
  assert_int_equal(kinds, 10); // the lines of a kind stand together
  assert_false(expr_topic(-1, &t));
}

RUN(CASE(where_keeps_what_is_true_and_leaves_out_missing), CASE(where_refuses_what_is_no_condition),
    CASE(parameters_of_every_kind_are_values), CASE(derive_adds_at_the_end_or_replaces_in_place),
    CASE(a_plain_column_is_shared), CASE(split_finds_name_and_expression),
    CASE(text_made_of_categories_is_a_category_and_other_text_is_not),
    CASE(a_category_of_as_many_words_as_rows_is_evaluated_too), CASE(a_frame_without_rows_gives_columns_without_rows),
    CASE(threads_do_not_change_the_bits), CASE(blocks_meet_at_every_row), CASE(cancel_and_budget_stop_an_expression),
    CASE(a_stop_on_the_way_gives_an_answer_or_none), CASE(what_is_made_of_volatile_is_volatile),
    CASE(every_function_has_a_signature_and_a_line_of_help),
    CASE(help_has_a_line_for_every_rule_operator_and_function))

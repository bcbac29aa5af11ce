// What a real kernel answers about trees. Eight rows are worked by hand: y is yes for x = 6 to 8, so
// that x < 5.5, between 5 and 6, parts the classes: five rows of no and three of yes.
#include "kernel_help.h"

static const char *const TINY = "d = frame{x={1,2,3,4,5,6,7,8}, w={'a','b','a','b','b','a','a','a'}, "
                                "y={'no','no','no','no','no','yes','yes','yes'}}"
                                "\nm = ml.tree{}:fit(d, 'y')";

static Msg ask_tree(Client *c, const char *object, int64_t tree, int64_t node) {
  Msg m;
  msg_init(&m, MSG_VIEW_TREE, 0);
  m.ViewTree = (MsgViewTree){object, tree, node};
  uint64_t request = send_kind(c, &m);
  m = await(c, MSG_TREE);
  assert_true(m.request == request);
  return m;
}

static void assert_refused(Client *c, const char *object, int64_t tree, int64_t node, const char *why) {
  Msg m;
  msg_init(&m, MSG_VIEW_TREE, 0);
  m.ViewTree = (MsgViewTree){object, tree, node};
  send_kind(c, &m);
  m = await(c, MSG_REFUSED);
  assert_has(m.Refused.message, why);
  msg_fini(&m);
}

TEST(a_tree_is_told_node_by_node) {
  Client *c = open_client();
  run(c, 1, TINY);
  Msg m = ask_tree(c, "m", 1, 1);
  const MsgTree *t = &m.Tree;
  assert_int_equal(t->ntree, 1);
  assert_int_equal(t->nnode, 3); // x < 5.5 alone parts no from yes
  assert_int_equal(t->nleaf, 2);
  assert_int_equal(t->depth, 1);
  assert_int_equal(t->above, 0);
  assert_string_equal(t->item[0].count, "8");
  assert_string_equal(t->item[0].said, "no .62");
  assert_string_equal(t->item[0].column, "x");
  assert_string_equal(t->item[1].side, "x < 5.5");
  assert_string_equal(t->item[2].side, "x >= 5.5");
  assert_string_equal(t->item[2].said, "yes 1.00");
  assert_true(t->item[1].share == 0.625 && t->item[0].value[1] == 0.375);
  assert_string_equal(t->rule, "true");
  msg_fini(&m);
  m = ask_tree(c, "m", 1, 3);
  assert_int_equal(m.Tree.at, 2);
  assert_string_equal(m.Tree.rule, "x >= 5.5");
  msg_fini(&m);
  client_close(c);
}

TEST(what_is_no_tree_is_refused_with_the_reason) {
  Client *c = open_client();
  run(c, 1, TINY);
  run(c, 2, "l = ml.logistic{}:fit(d, 'y ~ x')");
  assert_refused(c, "m", 2, 1, "tree must be from 1 to 1, 2 was given");
  assert_refused(c, "m", 1, 4, "node must be from 1 to 3, 4 was given");
  assert_refused(c, "l", 1, 1, "ml.logistic has no trees");
  assert_refused(c, "d", 1, 1, "no model");
  client_close(c);
}

TEST(a_large_tree_is_told_around_the_node) {
  Client *c = open_client();
  run(c, 1,
      "local x, y = {}, {} for i = 1, 4000 do x[i], y[i] = i, i * i * .5 end d = frame{x=x, y=y} "
      "m = ml.tree{}:fit(d, 'y')");
  Msg m = ask_tree(c, "m", 1, 1);
  int64_t nnode = m.Tree.nnode;
  assert_true(nnode == 7999 && m.Tree.n <= 1000);
  msg_fini(&m);
  m = ask_tree(c, "m", 1, nnode);
  assert_true(m.Tree.item[m.Tree.at].node == nnode && m.Tree.above > 0);
  msg_fini(&m);
  client_close(c);
}

TEST(the_rows_of_a_node_are_a_condition_on_the_table_of_the_fit) {
  Client *c = open_client();
  run(c, 1, TINY);
  run(c, 2, "e = m:evaluate(d)\np = pipe{prep.standard{'x'}, ml.tree{}}:fit(d, 'y')");
  static const struct { const char *object, *of; } ASK[] = {{"m", "d"}, {"e", "d"}, {"p", "p:transform(d)"}};
  for (size_t k = 0; k < sizeof ASK / sizeof *ASK; k++) {
    Msg m;
    msg_init(&m, MSG_VIEW_ROWS, 0);
    m.ViewRows = (MsgViewRows){.object = ASK[k].object, .column = "", .label = "tree", .row = 2, .lo = 1};
    send_kind(c, &m);
    m = await(c, MSG_ROWS);
    assert_string_equal(m.Rows.of, ASK[k].of);
    if (k < 2) assert_string_equal(m.Rows.where, "x < 5.5");
    msg_fini(&m);
  }
  client_close(c);
}

RUN(CASE(a_tree_is_told_node_by_node), CASE(what_is_no_tree_is_refused_with_the_reason),
    CASE(a_large_tree_is_told_around_the_node), CASE(the_rows_of_a_node_are_a_condition_on_the_table_of_the_fit))

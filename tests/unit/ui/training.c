// What a real kernel answers about trainings, and how the text of a fit gets more rounds. What a round predicts is
// tested beside the model (tests/unit/model/training.c).
#include "kernel_help.h"

#include "ui/app_int.h"

#include <math.h>

static const char *const FIT = "local x, y = {}, {} for i = 1, 200 do x[i], y[i] = i % 17 + i / 1000, "
                               "(i % 17 > 8) ~= (i % 5 == 0) and 'yes' or 'no' end d = frame{x=x, y=y}\n"
                               "m = ml.boost{rounds=12, valid=.3}:fit(d, 'y') r = m:rounds() e = m:evaluate(d)\n"
                               "n = ml.boost{rounds=3}:fit(d, 'y') l = ml.logistic{}:fit(d, 'y')";

static Msg ask(Client *c, Msg *m, MsgKind kind) {
  uint64_t request = send_kind(c, m);
  Msg answer = await(c, kind);
  assert_true(answer.request == request);
  return answer;
}

static Msg ask_training(Client *c, const char *object, MsgKind kind) {
  Msg m;
  msg_init(&m, MSG_VIEW_TRAINING, 0);
  m.ViewTraining.object = object;
  return ask(c, &m, kind);
}

static Msg ask_round(Client *c, const char *object, int64_t round, MsgKind kind) {
  Msg m;
  msg_init(&m, MSG_VIEW_ROUND, 0);
  m.ViewRound = (MsgViewRound){object, round};
  return ask(c, &m, kind);
}

TEST(the_curves_of_a_model_are_told) {
  Client *c = open_client();
  run(c, 1, FIT);
  for (int k = 0; k < 2; k++) {
    Msg m = ask_training(c, k ? "e" : "m", MSG_TRAINING);
    const MsgTraining *t = &m.Training;
    assert_int_equal(t->n, 12);
    assert_true(t->first == 1 && t->step == 1 && t->done == 12 && t->kept == 12 && !t->runs && t->fit == 0);
    assert_string_equal(t->metric, "logloss");
    assert_string_equal(t->negative, "no");
    assert_string_equal(t->positive, "yes");
    for (int64_t i = 0; i < 12; i++) assert_true(t->valid[i] >= t->best_valid);
    assert_true(t->valid[t->best - 1] == t->best_valid && t->train[t->best - 1] == t->best_train);
    assert_true(t->has_seen);
    assert_int_equal(t->here.tp + t->here.fp + t->here.tn + t->here.fn, t->nvalid);
    msg_fini(&m);
  }
  client_close(c);
}

TEST(a_round_is_told_with_its_trees_and_what_gained_so_far) {
  Client *c = open_client();
  run(c, 1, FIT);
  Msg all = ask_training(c, "m", MSG_TRAINING);
  for (int64_t round = 1; round <= 12; round += 11) {
    Msg m = ask_round(c, "m", round, MSG_ROUND);
    const MsgRoundAnswer *t = &m.RoundAnswer;
    assert_true(t->round == round && t->tree == round && t->ntree == 1 && t->leaves >= 2);
    assert_true(t->train == all.Training.train[round - 1] && t->valid == all.Training.valid[round - 1]);
    assert_int_equal(t->n, 1);
    assert_string_equal(t->terms.name[0], "x");
    assert_true(t->share[0] == 1 && t->has_seen);
    msg_fini(&m);
  }
  msg_fini(&all);
  client_close(c);
}

TEST(without_rows_held_out_there_are_trees_alone) {
  Client *c = open_client();
  run(c, 1, FIT);
  Msg m = ask_training(c, "n", MSG_TRAINING);
  assert_true(m.Training.n == 0 && m.Training.done == 3 && *m.Training.metric == 0 && !m.Training.has_seen);
  msg_fini(&m);
  m = ask_round(c, "n", 3, MSG_ROUND);
  assert_true(m.RoundAnswer.tree == 3 && isnan(m.RoundAnswer.valid) && !m.RoundAnswer.has_seen);
  msg_fini(&m);
  client_close(c);
}

TEST(what_did_not_learn_in_rounds_is_refused) {
  Client *c = open_client();
  run(c, 1, FIT);
  Msg m = ask_training(c, "l", MSG_REFUSED);
  assert_has(m.Refused.message, "did not learn in rounds");
  msg_fini(&m);
  m = ask_training(c, "d", MSG_REFUSED);
  assert_has(m.Refused.message, "no model");
  msg_fini(&m);
  m = ask_round(c, "m", 13, MSG_REFUSED);
  assert_has(m.Refused.message, "no round 13 of 12");
  msg_fini(&m);
  client_close(c);
}

// Fit after fit of one cell: unasked messages come with the curve in order, and the last one does not run.
TEST(a_fit_that_runs_tells_its_rounds) {
  Client *c = open_client();
  run(c, 1, FIT);
  Msg m;
  msg_init(&m, MSG_EVAL, 0);
  m.Eval = (MsgEval){.cell = 2, .number = 2, .text = "m = ml.boost{rounds=100000, valid=.3}:fit(d, 'y')"};
  send_kind(c, &m);
  int64_t told = 0;
  for (int k = 0; k < 3; k++) {
    m = await(c, MSG_TRAINING);
    const MsgTraining *t = &m.Training;
    assert_true(t->cell == 2 && t->fit == 3 && t->runs && t->total == 100000 && !*t->object);
    assert_int_equal(t->first, told + 1);
    assert_true(t->done >= told + t->n && t->step == 1);
    assert_string_equal(t->positive, "yes");
    told += t->n;
    msg_fini(&m);
  }
  msg_init(&m, MSG_CANCEL, 0);
  send_kind(c, &m);
  bool runs = true;
  while (runs) {
    m = await(c, MSG_TRAINING);
    runs = m.Training.runs;
    told += m.Training.n;
    assert_true(runs || told == m.Training.done);
    msg_fini(&m);
  }
  client_close(c);
}

// ---- the text of a fit --------------------------------------------------------------------------------------------
static void check_more(const char *text, const char *want) {
  Str out = {0};
  assert_int_equal(training_more(text, 42, &out), want != NULL);
  if (want) assert_string_equal(str_c(&out), want);
  str_fini(&out);
}

TEST(the_text_of_a_fit_gets_more_rounds) {
  check_more("m = ml.boost{rounds=41}:fit(d, 'y')", "m = ml.boost{rounds=42}:fit(d, 'y')");
  check_more("m = ml.boost{eta=.1, num_round = 7 }:fit(d, 'y')", "m = ml.boost{eta=.1, num_round = 42 }:fit(d, 'y')");
  check_more("early_rounds=3 m = ml.boost{early_stopping_rounds=5, valid=.2}:fit(d, 'y')",
             "early_rounds=3 m = ml.boost{rounds=42, early_stopping_rounds=5, valid=.2}:fit(d, 'y')");
  check_more("m = pipe{prep.log{'x'}, ml.boost{ }}:fit(d, 'y')", "m = pipe{prep.log{'x'}, ml.boost{rounds=42}}:fit(d, 'y')");
  check_more("m = ml.tree{}:fit(d, 'y')", NULL);
  check_more("a = ml.boost{}:fit(d, 'y') b = ml.boost{}:fit(d, 'y')", NULL);
  check_more("local f = ml.boost\nm = f{}:fit(d, 'y')", NULL);
}

RUN(CASE(the_curves_of_a_model_are_told), CASE(a_round_is_told_with_its_trees_and_what_gained_so_far),
    CASE(without_rows_held_out_there_are_trees_alone), CASE(what_did_not_learn_in_rounds_is_refused),
    CASE(a_fit_that_runs_tells_its_rounds), CASE(the_text_of_a_fit_gets_more_rounds))

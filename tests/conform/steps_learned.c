// What a step learned, checked over the list of steps: that it comes back from a file as it was, and that later rows
// change nothing of it.
#include "conform/steps.h"

#include "base/sha256.h"

// ---- save and load ------------------------------------------------------------------------------------------------
static void save(Step *s, Str *text) {
  Store store;
  store_write(&store, "step", 1, text);
  s->type->store(&store, &s->state);
  store_write_end(&store);
}

static ErrCode load(Step *s, Sv text) {
  Store store;
  arena_fini(&s->state.arena);
  s->state = (StepState){0};
  store_read(&store, "step", 1, text, &s->state.arena);
  s->type->store(&store, &s->state);
  s->err = store.err;
  return store.err.code;
}

TEST(a_step_that_was_saved_and_loaded_gives_the_same_bits) {
  Frame *all = mixed();
  EACH_STEP(t) {
    Frame *x = suited(*t, all), *later = slice(x, 2, 4);
    Step s = help_step((*t)->name);
    Str text = {0}, again = {0};
    assert_int_equal(step_fit(&s, x), OK);
    Frame *z = applied(&s, later), *card = card_of(&s);
    save(&s, &text);
    assert_int_equal(load(&s, (Sv){text.s, text.n}), OK);
    Frame *z2 = applied(&s, later), *card2 = card_of(&s);
    assert_same_frame(z, z2);
    assert_same_frame(card, card2);
    save(&s, &again);
    assert_string_equal(again.s, text.s);
    frame_unref(card2);
    frame_unref(z2);
    frame_unref(card);
    frame_unref(z);
    str_fini(&again);
    str_fini(&text);
    help_fini(&s);
    frame_unref(later);
    frame_unref(x);
  }
  frame_unref(all);
}

TEST(a_step_that_learned_from_gaps_gives_the_same_bits_when_loaded) {
  Frame *x = with_missing();
  EACH_STEP(t) {
    Step s = help_step((*t)->name);
    Str text = {0};
    Frame *z;
    if (step_fit(&s, x) == OK && step_apply(&s, x, &z) == OK) {
      Frame *card = card_of(&s);
      save(&s, &text);
      assert_int_equal(load(&s, (Sv){text.s, text.n}), OK);
      Frame *z2 = applied(&s, x), *card2 = card_of(&s);
      assert_same_frame(z, z2);
      assert_same_frame(card, card2);
      frame_unref(card2);
      frame_unref(z2);
      frame_unref(card);
      frame_unref(z);
    }
    str_fini(&text);
    help_fini(&s);
  }
  frame_unref(x);
}

// What was learned is the same bytes after the step was applied to `later`, and gives the same bits when it is loaded.
static void assert_kept(Step *s, const Frame *x, const Frame *later) {
  Str text = {0}, again = {0};
  Frame *z, *z2;
  if (step_fit(s, x) != OK) {
    assert_has(s->err.msg, "prep.");
    return;
  }
  save(s, &text);
  ErrCode code = step_apply(s, later, &z), code2;
  save(s, &again);
  assert_string_equal(again.s, text.s);
  if (code != OK) assert_has(s->err.msg, "prep.");
  assert_int_equal(load(s, (Sv){text.s, text.n}), OK);
  code2 = step_apply(s, later, &z2);
  assert_int_equal(code, code2);
  if (code == OK) assert_same_frame(z, z2);
  if (code == OK) frame_unref(z), frame_unref(z2);
  str_fini(&again);
  str_fini(&text);
}

TEST(later_rows_change_nothing_that_was_learned_with_any_option_at_its_bounds) {
  Frame *all = mixed();
  EACH_STEP(t) {
    Frame *x = suited(*t, all), *train = slice(x, 0, 6), *later = slice(x, 5, 3);
    Step s = help_step((*t)->name);
    for (const Param *p = (*t)->params; p->name; p++) {
      for (int k = 0; k < 4; k++) {
        set_bound(&s, p, k);
        assert_kept(&s, train, later);
      }
    }
    help_fini(&s);
    frame_unref(later);
    frame_unref(train);
    frame_unref(x);
  }
  frame_unref(all);
}

// A step may refuse them, by name.
TEST(columns_of_one_value_and_without_any_are_answered_beside_others) {
  Frame *x = HELP_FRAME(4, {"v", COL_F64, {"1", "2.5", "3", "9"}}, {"same", COL_F64, {"2", "2", "2", "2"}},
                        {"word", COL_CAT, {"a", "a", "a", "a"}}, {"none", COL_F64, {NULL}}, {"blank", COL_TEXT, {NULL}},
                        {"never", COL_DATE, {NULL}}, {"day", COL_DATE, {"2024-01-01", "2024-01-01", "2024-01-01",
                                                                       "2024-01-01"}});
  Frame *one = slice(x, 0, 1), *rest = slice(x, 1, 3);
  EACH_STEP(t) {
    Step s = help_step((*t)->name);
    assert_kept(&s, x, x);
    assert_kept(&s, x, one);
    assert_kept(&s, one, rest);
    help_fini(&s);
  }
  frame_unref(rest);
  frame_unref(one);
  frame_unref(x);
}

static void seal(Str *text) {
  Sha256 h;
  char hex[65];
  text->n -= 72; // the old last line
  sha256_init(&h);
  sha256_add(&h, text->s, text->n);
  sha256_hex(&h, hex);
  text->s[text->n] = 0;
  str_addf(text, "sha256 %s\n", hex);
}

// Someone may edit a file and put the right checksum behind it: that may change answers, but must not end the process.
TEST(a_store_edited_by_hand_is_refused_or_harmless) {
  static const char with[] = {'0', '9', '-', ' ', '\n', 'x'};
  Frame *all = mixed();
  EACH_STEP(t) {
    Frame *x = suited(*t, all);
    Step s = help_step((*t)->name);
    Str text = {0}, edited = {0};
    assert_int_equal(step_fit(&s, x), OK);
    save(&s, &text);
    for (size_t i = 13; i + 73 < text.n; i++) {
      for (size_t k = 0; k < sizeof with; k++) {
        str_clear(&edited);
        str_addn(&edited, text.s, text.n);
        edited.s[i] = with[k];
        seal(&edited);
        Frame *z, *card;
        if (load(&s, (Sv){edited.s, edited.n}) != OK) continue;
        if (step_apply(&s, x, &z) == OK) frame_unref(z);
        if (s.type->card(NULL, s.opts, &s.state, &card, NULL) == OK) frame_unref(card);
      }
    }
    str_fini(&edited);
    str_fini(&text);
    help_fini(&s);
    frame_unref(x);
  }
  frame_unref(all);
}

RUN(CASE(a_step_that_was_saved_and_loaded_gives_the_same_bits),
    CASE(a_step_that_learned_from_gaps_gives_the_same_bits_when_loaded),
    CASE(later_rows_change_nothing_that_was_learned_with_any_option_at_its_bounds),
    CASE(columns_of_one_value_and_without_any_are_answered_beside_others),
    CASE(a_store_edited_by_hand_is_refused_or_harmless))

// Heights that people typed in: tests/golden/heights.h, from R 4.2.2 by the rules of Irizarry's book (his counts of 81
// entries that are no numbers and 292 that are no inches are there too). Texts tidied and read as numbers and dates,
// and columns of one value: tests/golden/repair.h, from pandas 1.5.3 and scikit-learn 1.2.1. Units by their
// definitions; the small frames are worked by hand.
#include "unit/io/io_help.h"
#include "unit/prep/prep_help.h"

#include "golden/heights.h"
#include "golden/repair.h"

static void set_names(Step *s, const char *option, const char *const *v, int64_t n) {
  const char **name = arena_array(&s->arena, const char *, n);
  for (int64_t i = 0; i < n; i++) name[i] = v[i];
  param_set_names(help_param(s, option), s->opts, (Names){name, n});
}
#define SET_NAMES(s, option, ...)                                                                                      \
  set_names((s), (option), (const char *const[]){__VA_ARGS__},                                                         \
            (int64_t)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)))

static void assert_fits(Step *s, const Frame *x, const char *column, const char *want) {
  Frame *z = fitted(s, x);
  assert_cells(z, column, want);
  frame_unref(z);
}

static void assert_refused(Step *s, const Frame *x, ErrCode code, const char *part) {
  assert_int_equal(step_fit(s, x), code);
  assert_has(s->err.msg, part);
}

// ---- merge ---------------------------------------------------------------------------------------------------------
static Frame *states(void) {
  return HELP_FRAME(10, {"state", COL_CAT, {"NY", "N.Y.", " ny ", "NY", "CA", "ca", "Calif", NULL, "Ny", "TX"}});
}

TEST(variants_take_the_spelling_of_most_rows_and_the_card_counts_them) {
  Frame *x = states();
  Step s = help_step("merge");
  assert_fits(&s, x, "state", "NY,NY,NY,NY,CA,CA,Calif,,NY,TX");
  Frame *card = card_of(&s);
  assert_cells(card, "from", " ny ,N.Y.,Ny,ca");
  assert_cells(card, "to", "NY,NY,NY,CA");
  assert_cells(card, "rule", "case,punctuation,case,case");
  assert_cells(card, "n", "1,1,1,1");
  frame_unref(card);
  help_fini(&s);
  frame_unref(x);
}

TEST(what_is_forgiven_is_chosen) {
  Frame *x = states();
  Step s = help_step("merge");
  set_text(&s, "by", "spaces");
  assert_fits(&s, x, "state", "NY,N.Y., ny ,NY,CA,ca,Calif,,Ny,TX");
  set_text(&s, "by", "case");
  assert_fits(&s, x, "state", "NY,N.Y.,NY,NY,CA,CA,Calif,,NY,TX");
  help_fini(&s);
  frame_unref(x);
}

TEST(a_map_by_hand_takes_along_what_folds_alike_and_can_make_missing) {
  Frame *x = states();
  Step s = help_step("merge");
  SET_NAMES(&s, "map", "calif", "CA", "ny", "New York", "TX", "");
  assert_fits(&s, x, "state", "New York,New York,New York,New York,CA,CA,CA,,New York,");
  SET_NAMES(&s, "map", "ny", "New York", "N.Y.", "NYC");
  assert_refused(&s, x, ERR_ARG, "map sends 'ny' to 'New York' and 'N.Y.' to 'NYC', but they are one value");
  help_fini(&s);
  frame_unref(x);
}

TEST(a_spelling_that_comes_later_finds_its_group_and_a_new_value_stays) {
  Frame *x = states(), *later = HELP_FRAME(3, {"state", COL_CAT, {"n.y", "  Tx", "WA"}});
  Step s = help_step("merge");
  assert_int_equal(step_fit(&s, x), OK);
  Frame *z = applied(&s, later);
  assert_cells(z, "state", "NY,TX,WA");
  frame_unref(z);
  help_fini(&s);
  frame_unref(later);
  frame_unref(x);
}

TEST(typing_errors_are_joined_where_the_other_word_is_much_more_frequent) {
  Frame *x = HELP_FRAME(12, {"river",
                             COL_CAT,
                             {"Mississippi", "Mississippi", "Mississippi", "Mississippi", "Mississippi", "Misissippi",
                              "Mississipip", "Missouri", "Route 61", "Route 62", "Ohio", "Oho"}});
  Step s = help_step("merge");
  set_int(&s, "near", 1);
  assert_fits(&s, x, "river",
              "Mississippi,Mississippi,Mississippi,Mississippi,Mississippi,Mississippi,Mississippi,Missouri,Route "
              "61,Route 62,Ohio,Oho");
  help_fini(&s);
  frame_unref(x);
}

TEST(merge_refuses_numbers) {
  Frame *x = HELP_FRAME(2, {"n", COL_I64, {"1", "2"}});
  Step s = help_step("merge");
  set_columns(&s, "n");
  assert_refused(&s, x, ERR_TYPE, "prep.merge: column 'n' is int, and this step takes texts");
  help_fini(&s);
  frame_unref(x);
}

// ---- replace -------------------------------------------------------------------------------------------------------
// pandas: s.str.strip().str.replace(r"\s+", " ", regex=True), .str.lower(), .str.replace(r"(\d+)-(\d+)", r"\2/\1").
TEST(texts_are_trimmed_cased_replaced_and_made_missing_in_this_order) {
  Frame *x = HELP_FRAME(5, {"t", COL_TEXT, {"  Big   Dog ", "x 12-34 1-2", "?", "  ", NULL}});
  Step s = help_step("replace");
  assert_fits(&s, x, "t", "Big Dog,x 12-34 1-2,?,,");
  set_text(&s, "case", "lower");
  set_text(&s, "pattern", "(\\d+)-(\\d+)");
  set_text(&s, "with", "%2/%1");
  SET_NAMES(&s, "missing", "?");
  Frame *z = fitted(&s, x), *card = card_of(&s);
  assert_cells(z, "t", "big dog,x 34/12 2/1,,,");
  assert_int_equal(help_col(z, "t")->missing, 3);
  assert_cells(card, "rule", "trim,lower case,(\\d+)-(\\d+) -> %2/%1,missing");
  assert_cells(card, "n", "2,1,1,2");
  frame_unref(card);
  frame_unref(z);
  set_text(&s, "case", "title");
  set_text(&s, "pattern", "o*");
  set_text(&s, "with", "-");
  assert_fits(&s, x, "t", "-B-i-g- -D--g-,-X- -1-2---3-4- -1---2-,-?-,-,");
  help_fini(&s);
  frame_unref(x);
}

TEST(a_bad_pattern_is_refused_with_its_place) {
  Frame *x = HELP_FRAME(1, {"t", COL_TEXT, {"a"}}), *n = HELP_FRAME(1, {"n", COL_I64, {"1"}});
  Step s = help_step("replace"), s2 = help_step("replace");
  set_text(&s, "pattern", "a(b");
  assert_refused(&s, x, ERR_ARG, "prep.replace: pattern 'a(b', at character");
  set_columns(&s2, "n");
  assert_refused(&s2, n, ERR_TYPE, "column 'n' is int, and this step takes texts");
  help_fini(&s2);
  help_fini(&s);
  frame_unref(n);
  frame_unref(x);
}

// ---- units ---------------------------------------------------------------------------------------------------------
static Step heights_step(void) {
  Step s = help_step("units");
  set_columns(&s, "height");
  set_text(&s, "to", "in");
  set_real(&s, "low", 50);
  set_real(&s, "high", 84);
  SET_NAMES(&s, "plain", "in", "cm", "m");
  SET_NAMES(&s, "rules", "^([4-7])\\s*[,. ]\\s*(\\d+)$ => ft in", "^([56])$ => ft");
  return s;
}

TEST(reported_heights_are_those_of_the_book) {
  ReadOpts opts;
  Frame *d;
  io_read_defaults(&opts);
  assert_int_equal(io_read(NULL, &HELP_DOOR, "datasets/reported_heights.csv", &opts, &d, NULL), OK);
  Step s = heights_step();
  Frame *z = fitted(&s, d);
  const Column *was = help_col(d, "height"), *c = help_col(z, "height");
  double sum = 0;
  assert_int_equal(frame_nrow(d), HEIGHTS);
  assert_int_equal(c->type, COL_F64);
  assert_int_equal(c->missing, NOT_READ);
  for (int64_t i = 0; i < HEIGHTS; i++) {
    size_t k = 0;
    while (!sv_is(col_text(was, i), HEIGHT_WORDS[k].text)) k++;
    if (col_valid(c, i) == isnan(HEIGHT_WORDS[k].inches)) fail_msg("row %d: '%s'", (int)i + 1, HEIGHT_WORDS[k].text);
    if (!col_valid(c, i)) continue;
    assert_near(c->f[i], HEIGHT_WORDS[k].inches, 1e-12);
    sum += c->f[i];
  }
  assert_near(sum, HEIGHT_SUM, 1e-12);
  frame_unref(z);
  help_fini(&s);
  frame_unref(d);
}

TEST(the_card_counts_each_rule_and_what_none_reads) {
  Frame *x =
      HELP_FRAME(9, {"height", COL_TEXT, {"5'11\"", "180cm", "5 ft 10", "11111", "70", "1,70", "5.5", "6", "yyy"}});
  Step s = heights_step();
  Frame *z = fitted(&s, x), *card = card_of(&s);
  static const double want[] = {71, 180 / 2.54, 70, NAN, 70, 170 / 2.54, 65, 72, NAN};
  const Column *c = help_col(z, "height");
  for (int i = 0; i < 9; i++) {
    assert_int_equal(col_valid(c, i), !isnan(want[i]));
    if (!isnan(want[i])) assert_near(c->f[i], want[i], 1e-14);
  }
  assert_cells(card, "rule",
               "^([4-7])\\s*[,. ]\\s*(\\d+)$ => ft in,^([56])$ => ft,cm,ft in,a number in in,a number in "
               "m,no rule");
  assert_cells(card, "n", "1,1,1,2,1,1,2");
  assert_cells(card, "from", "5.5,6,180cm,5 ft 10,70,1,70,11111, yyy");
  frame_unref(card);
  frame_unref(z);
  help_fini(&s);
  frame_unref(x);
}

TEST(the_unit_is_learned_where_none_is_given_and_kinds_do_not_mix) {
  Frame *x = HELP_FRAME(6, {"w", COL_TEXT, {"70 kg", "154 lbs", "11 st 3", "80 Kilos", "1.80 m", "75"}}),
        *later = HELP_FRAME(2, {"w", COL_I64, {"70", "81"}});
  Step s = help_step("units");
  Frame *z = fitted(&s, x);
  static const double want[] = {70, 154 * 0.45359237, 157 * 0.45359237, 80, NAN, 75};
  const Column *c = help_col(z, "w");
  for (int i = 0; i < 6; i++) assert_near(col_valid(c, i) ? c->f[i] : NAN, want[i], 1e-14);
  frame_unref(z);
  z = applied(&s, later); // mended at the source
  assert_cells(z, "w", "70,81");
  frame_unref(z);
  help_fini(&s);
  frame_unref(later);
  frame_unref(x);
}

TEST(degrees_minutes_factors_and_ranges) {
  Frame *x = HELP_FRAME(3, {"t", COL_TEXT, {"212 F", "0 C", "300k"}}),
        *m = HELP_FRAME(2, {"m", COL_TEXT, {"1h 30", "45 min"}}),
        *f = HELP_FRAME(2, {"t", COL_TEXT, {"212 degrees", "32 degrees"}}),
        *r = HELP_FRAME(3, {"h", COL_TEXT, {"1.8", "180", "99"}});
  Step s = help_step("units");
  set_text(&s, "to", "c");
  Frame *z = fitted(&s, x);
  static const double want[] = {100, 0, 26.85};
  for (int i = 0; i < 3; i++) assert_true(fabs(help_col(z, "t")->f[i] - want[i]) < 1e-12);
  frame_unref(z);
  set_text(&s, "to", "min");
  assert_fits(&s, m, "m", "90,45");
  set_text(&s, "to", NULL);
  SET_NAMES(&s, "rules", "^(\\d+) degrees$ => 0.5 - 16");
  assert_fits(&s, f, "t", "90,0");
  help_fini(&s);
  s = help_step("units");
  set_text(&s, "to", "cm");
  SET_NAMES(&s, "plain", "1..2.5 m", "120..220 cm");
  assert_fits(&s, r, "h", "180,180,");
  help_fini(&s);
  frame_unref(r);
  frame_unref(f);
  frame_unref(m);
  frame_unref(x);
}

TEST(a_column_that_hardly_reads_stays_or_if_named_is_an_error) {
  Frame *x = HELP_FRAME(4, {"t", COL_TEXT, {"7", "b", "c", "d"}});
  Step s = help_step("units");
  assert_fits(&s, x, "t", "7,b,c,d");
  set_columns(&s, "t");
  assert_refused(&s, x, ERR_ARG, "column 't': 1 of 4 values read as quantities, share asks for 0.5");
  set_real(&s, "share", 0.25);
  assert_fits(&s, x, "t", "7,,,");
  help_fini(&s);
  frame_unref(x);
}

TEST(rules_and_units_that_are_none_are_refused) {
  static const struct {
    const char *option, *value, *part;
  } bad[] = {{"rules", "(\\d+)", "it has no =>"},
             {"rules", "(\\d+ => cm", "rule '(\\d+ => cm'"},
             {"rules", "(\\d+) => cm in", "the pattern has fewer groups"},
             {"rules", "(\\d+) => furlong", "behind => stand units or factors"},
             {"rules", "(\\d+) => kg", "of another kind"},
             {"rules", "(\\d+) =>", "nothing stands behind =>"},
             {"rules", "(\\d+) => 2 + x", "one number comes behind"},
             {"plain", "kg", "prep.units: plain 'kg' must be a unit like cm"},
             {"plain", "1..x cm", "prep.units: plain '1..x cm'"}};
  Frame *x = HELP_FRAME(1, {"t", COL_TEXT, {"7"}});
  for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
    Step s = help_step("units");
    set_text(&s, "to", "cm");
    SET_NAMES(&s, bad[k].option, bad[k].value);
    assert_refused(&s, x, ERR_ARG, bad[k].part);
    help_fini(&s);
  }
  Step s = help_step("units");
  set_text(&s, "to", "furlong");
  assert_refused(&s, x, ERR_ARG, "prep.units: to='furlong' is no unit; there are mm cm m");
  set_text(&s, "to", NULL);
  SET_NAMES(&s, "plain", "cm");
  assert_refused(&s, x, ERR_ARG, "plain needs to=");
  help_fini(&s);
  frame_unref(x);
}

// ---- retype --------------------------------------------------------------------------------------------------------
TEST(mostly_numbers_become_numbers_and_dissenters_are_listed) {
  Frame *x = HELP_FRAME(8, {"v", COL_TEXT, {"1", "2,500", "$3.5", "(4)", "25%", "none", "n/a", "none"}});
  Step s = help_step("retype");
  Frame *z = fitted(&s, x), *card = card_of(&s);
  assert_int_equal(help_col(z, "v")->type, COL_F64);
  assert_cells(z, "v", "1,2500,3.5,-4,0.25,,,");
  assert_cells(card, "rule", "real,missing,missing");
  assert_cells(card, "from", ",none,n/a");
  assert_cells(card, "n", "5,2,1");
  frame_unref(card);
  frame_unref(z);
  help_fini(&s);
  frame_unref(x);
}

TEST(whole_numbers_become_ints_and_codes_with_zeros_stay) {
  Frame *x = HELP_FRAME(3, {"n", COL_CAT, {"10", "7", "x"}}, {"zip", COL_TEXT, {"00501", "01001", "02139"}});
  Step s = help_step("retype");
  Frame *z = fitted(&s, x);
  assert_int_equal(help_col(z, "n")->type, COL_I64);
  assert_cells(z, "n", "10,7,");
  assert_cells(z, "zip", "00501,01001,02139");
  frame_unref(z);
  help_fini(&s);
  frame_unref(x);
}

TEST(the_order_of_a_date_is_that_which_reads_most) {
  Frame *x = HELP_FRAME(3, {"d", COL_TEXT, {"03/04/2021", "25/12/2020", "x"}},
                        {"u", COL_TEXT, {"Jan 3, 2014", "Feb 28, 2014", "12/31/2014"}},
                        {"w", COL_TEXT, {"1 mai 2014", "3 May 2014", "2014-05-04"}},
                        {"t", COL_TEXT, {"03.04.2021 14:05", "2021-04-05 01:02:03", "6.4.2021 2:00 PM"}}),
        *later = HELP_FRAME(1, {"d", COL_DATE, {"2021-04-03"}}, {"u", COL_TEXT, {"1/2/2015"}}, {"w", COL_TEXT, {"x"}},
                            {"t", COL_TEXT, {"1.2.2021 00:00"}});
  Step s = help_step("retype");
  Frame *z = fitted(&s, x);
  assert_cells(z, "d", "2021-04-03,2020-12-25,");
  assert_cells(z, "u", "2014-01-03,2014-02-28,2014-12-31");
  assert_cells(z, "w", ",2014-05-03,2014-05-04");
  assert_cells(z, "t", "2021-04-03 14:05:00,2021-04-05 01:02:03,2021-04-06 14:00:00");
  frame_unref(z);
  z = applied(&s, later);
  assert_cells(z, "d", "2021-04-03");
  assert_cells(z, "u", "2015-01-02");
  assert_cells(z, "t", "2021-02-01 00:00:00");
  frame_unref(z);
  help_fini(&s);
  frame_unref(later);
  frame_unref(x);
}

TEST(a_type_can_be_given_and_what_reads_too_little_is_refused_by_name) {
  Frame *x = HELP_FRAME(4, {"code", COL_I64, {"1", "2", "2", NULL}}, {"b", COL_CAT, {"Yes", "no", "Y", "?"}},
                        {"c", COL_TEXT, {"1.234,5", "2,5", "7", "8"}});
  Step s = help_step("retype");
  set_columns(&s, "code");
  set_text(&s, "type", "category");
  Frame *z = fitted(&s, x);
  assert_int_equal(help_col(z, "code")->type, COL_CAT);
  assert_cells(z, "code", "1,2,2,");
  frame_unref(z);
  set_columns(&s, "b");
  set_text(&s, "type", "bool");
  assert_fits(&s, x, "b", "true,false,true,");
  set_text(&s, "type", "date");
  assert_refused(&s, x, ERR_ARG, "prep.retype: column 'b': 0 of 4 values read as date, share asks for 0.5");
  set_columns(&s, "c");
  set_text(&s, "type", "auto");
  set_text(&s, "decimal", "comma");
  assert_fits(&s, x, "c", "1234.5,2.5,7,8");
  help_fini(&s);
  frame_unref(x);
}

// ---- against pandas and scikit-learn -------------------------------------------------------------------------------
// A bundled table whose column is read as text, every cell of it.
static Frame *texts_of(const char *data, const char *column) {
  char path[100];
  ReadOpts opts;
  Frame *d;
  Err err;
  snprintf(path, sizeof path, "datasets/%s.csv", data);
  io_read_defaults(&opts);
  opts.types = &(NamedType){column, COL_TEXT};
  opts.ntypes = 1;
  if (io_read(NULL, &HELP_DOOR, path, &opts, &d, &err) != OK) fail_msg("%s", err.msg);
  return d;
}

// "case=lower;with=x"
static void set_opts(Step *s, const char *opts) {
  for (const char *p = opts; *p;) {
    size_t n = strcspn(p, ";"), name = strcspn(p, "=");
    const char *option = arena_strndup(&s->arena, p, name);
    const char *value = arena_strndup(&s->arena, p + name + 1, n - name - 1);
    if (help_param(s, option)->type == PARAM_BOOL) set_bool(s, option, strcmp(value, "true") == 0);
    else set_text(s, option, value);
    p += n + (p[n] == ';');
  }
}

static uint64_t fnv_cells(const Column *c, int64_t *longest) {
  uint64_t h = 14695981039346656037ULL;
  *longest = 0;
  for (int64_t i = 0; i < c->n; i++) {
    Sv t = col_text(c, i);
    for (size_t k = 0; k <= t.n; k++) h = (h ^ (k < t.n ? (uint8_t)t.s[k] : '\n')) * 1099511628211ULL;
    if ((int64_t)t.n > *longest) *longest = (int64_t)t.n;
  }
  return h;
}

TEST(texts_of_bundled_tables_are_tidied_as_by_pandas) {
  for (size_t k = 0; k < sizeof TIDIED / sizeof *TIDIED; k++) {
    Frame *d = texts_of(TIDIED[k].data, TIDIED[k].column);
    Step s = help_step("replace");
    set_columns(&s, TIDIED[k].column);
    set_opts(&s, TIDIED[k].opts);
    Frame *z = fitted(&s, d);
    int64_t longest;
    uint64_t hash = fnv_cells(help_col(z, TIDIED[k].column), &longest);
    if (hash != TIDIED[k].hash || longest != TIDIED[k].longest)
      fail_msg("%s{%s}: %d", TIDIED[k].column, TIDIED[k].opts, (int)longest);
    frame_unref(z);
    frame_unref(d);
    help_fini(&s);
  }
}

TEST(texts_of_bundled_tables_are_read_as_numbers_and_dates_as_by_pandas) {
  for (size_t k = 0; k < sizeof RETYPED / sizeof *RETYPED; k++) {
    Frame *d = texts_of(RETYPED[k].data, RETYPED[k].column);
    Step s = help_step("retype");
    set_columns(&s, RETYPED[k].column);
    Frame *z = fitted(&s, d);
    const Column *c = help_col(z, RETYPED[k].column);
    double unit = c->type == COL_TIME ? 1e-6 : 1, sum = 0, first = NAN, last = NAN;
    for (int64_t i = 0; i < c->n; i++) {
      if (!col_valid(c, i)) continue;
      last = col_f64(c, i) * unit;
      if (isnan(first)) first = last;
      sum += last;
    }
    assert_int_equal(c->n - c->missing, RETYPED[k].n);
    assert_near(first, RETYPED[k].first, 1e-9);
    assert_near(last, RETYPED[k].last, 1e-9);
    assert_near(sum / RETYPED[k].sum, 1, 1e-12);
    frame_unref(z);
    frame_unref(d);
    help_fini(&s);
  }
}

TEST(columns_of_one_value_are_those_without_variance_of_scikit_learn) {
  Frame *d = texts_of("digits", "digit");
  Step s = help_step("drop");
  Frame *z = fitted(&s, d);
  Str gone = {0};
  for (int j = 0; j < frame_ncol(d); j++)
    if (frame_find(z, sv(frame_name(d, j))) < 0) str_addf(&gone, "%s%s", gone.n ? "," : "", frame_name(d, j));
  assert_string_equal(str_c(&gone), CONSTANT);
  str_fini(&gone);
  frame_unref(z);
  frame_unref(d);
  help_fini(&s);
}

RUN(CASE(variants_take_the_spelling_of_most_rows_and_the_card_counts_them), CASE(what_is_forgiven_is_chosen),
    CASE(a_map_by_hand_takes_along_what_folds_alike_and_can_make_missing),
    CASE(a_spelling_that_comes_later_finds_its_group_and_a_new_value_stays),
    CASE(typing_errors_are_joined_where_the_other_word_is_much_more_frequent), CASE(merge_refuses_numbers),
    CASE(texts_are_trimmed_cased_replaced_and_made_missing_in_this_order),
    CASE(a_bad_pattern_is_refused_with_its_place), CASE(reported_heights_are_those_of_the_book),
    CASE(the_card_counts_each_rule_and_what_none_reads),
    CASE(the_unit_is_learned_where_none_is_given_and_kinds_do_not_mix), CASE(degrees_minutes_factors_and_ranges),
    CASE(a_column_that_hardly_reads_stays_or_if_named_is_an_error), CASE(rules_and_units_that_are_none_are_refused),
    CASE(mostly_numbers_become_numbers_and_dissenters_are_listed),
    CASE(whole_numbers_become_ints_and_codes_with_zeros_stay), CASE(the_order_of_a_date_is_that_which_reads_most),
    CASE(a_type_can_be_given_and_what_reads_too_little_is_refused_by_name),
    CASE(texts_of_bundled_tables_are_tidied_as_by_pandas),
    CASE(texts_of_bundled_tables_are_read_as_numbers_and_dates_as_by_pandas),
    CASE(columns_of_one_value_are_those_without_variance_of_scikit_learn))

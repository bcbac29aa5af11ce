// Regular expressions: the spans of all matches and their groups, by Python 3.11's re with re.ASCII (searching on behind
// the match, one character further behind an empty one). Messages, limits and what takes time elsewhere: by hand.
#include "check.h"

#include "base/regex.h"

#include <stdlib.h>

static const struct {
  const char *pattern, *text, *want; // begin,end of the match and each group, matches apart by ;
} CASES[] = {
    {"a+b", "xaab ab", "1,4; 5,7"},
    {"(a|ab)(c|bcd)(d*)", "abcd", "0,4 0,1 1,4 4,4"},
    {"a*?b", "aaab", "0,4"},
    {"^a|b$", "ab", "0,1; 1,2"},
    {"(?i)h[ae]llo", "HELLO hallo", "0,5; 6,11"},
    {"[^a-c]+", "abcxyz\303\2511", "3,9"},
    {"\303\251{2}", "\303\251\303\251 \303\251", "0,4"},
    {"[[:digit:]]{2,3}", "1 12 1234", "2,4; 5,8"},
    {".", "\303\251\n\345\255\227", "0,2; 3,6"},
    {"\\bfoo\\b", "foo food afoo foo", "0,3; 14,17"},
    {"x*", "axxb", "0,0; 1,3; 3,3; 4,4"},
    {"(a)|(b)", "ab", "0,1 0,1 -; 1,2 - 1,2"},
    {"(\\d{4})-(\\d\\d)-(\\d\\d)", "on 2012-03-31 or 1999-12-01", "3,13 3,7 8,10 11,13; 17,27 17,21 22,24 25,27"},
    {"a{,2}", "aaa", "0,2; 2,3; 3,3"},
    {"a{2", "a{2", "0,3"},
    {"[]a]+", "a]b", "0,2"},
    {"[a\\]b-]+", "a]b-c", "0,4"},
    {"\\w+@\\w+\\.com", "me@x.com you@y.org", "0,8"},
    {"(?:ab){2,}", "ababab ab", "0,6"},
    {"(a+)(b+)?", "aab a", "0,3 0,2 2,3; 4,5 4,5 -"},
    {"", "ab", "0,0; 1,1; 2,2"},
    {"$", "ab", "2,2"},
    {"\\x41\\.", "A.B", "0,2"},
    {"[\\d.]+", "3.14 2", "0,4; 5,6"},
    {"\\s+", "a \t\nb", "1,4"},
    {"\\S+", "ab cd", "0,2; 3,5"},
    {"(x+x+)+y", "xxxxxxxxxxy", "0,11 0,10"},
    {"a??b", "ab", "0,2"},
    {"(a|b)*?c", "abac", "0,4 2,3"},
    {"\\$[0-9]+\\.[0-9]{2}", "$12.50 $3", "0,6"},
    {"[\303\240-\303\274]+", "a\303\251\303\240z", "1,5"},
    {"a|b|", "cab", "0,0; 1,2; 2,3; 3,3"},
    {"(?:a|ab)(?:c|bcd)", "abcd", "0,4"},};

static size_t next_char(Sv t, size_t at) {
  do at++;
  while (at < t.n && (t.s[at] & 0xC0) == 0x80);
  return at;
}

static void spans(const Regex *r, RegexRun *run, Sv t, Str *out) {
  int64_t span[2 * (REGEX_GROUPS + 1)];
  str_clear(out);
  for (size_t from = 0; from <= t.n && regex_find(r, run, t, from, span);) {
    str_add(out, out->n ? "; " : "");
    for (int k = 0; k <= regex_ngroup(r); k++) {
      if (span[2 * k] < 0) str_addf(out, "%s-", k ? " " : "");
      else str_addf(out, "%s%d,%d", k ? " " : "", (int)span[2 * k], (int)span[2 * k + 1]);
    }
    from = span[1] == span[0] ? next_char(t, (size_t)span[1]) : (size_t)span[1];
  }
}

static Regex *parsed(const char *pattern, Arena *a) {
  Regex *r;
  Err err;
  int at;
  if (regex_parse(sv(pattern), a, &r, &at, &err) != OK) fail_msg("%s: %s", pattern, err.msg);
  return r;
}

TEST(matches_and_groups_are_those_of_python) {
  Str got = {0};
  for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
    Arena a;
    arena_init(&a);
    Regex *r = parsed(CASES[k].pattern, &a);
    spans(r, regex_run_new(r, regex_ngroup(r), &a), sv(CASES[k].text), &got);
    if (strcmp(str_c(&got), CASES[k].want) != 0)
      fail_msg("%s in %s: %s, not %s", CASES[k].pattern, CASES[k].text, str_c(&got), CASES[k].want);
    bool found = regex_find(r, regex_run_new(r, -1, &a), sv(CASES[k].text), 0, NULL);
    assert_int_equal(found, CASES[k].want[0] != 0);
    arena_fini(&a);
  }
  str_fini(&got);
}

TEST(what_is_wrong_is_said_and_where) {
  static const struct {
    const char *pattern, *want;
    int at;
  } r[] = {
      {"a(b", "this ( is not closed", 1},
      {"ab)", "this ) closes nothing", 2},
      {"[a-", "this [ is not closed", 0},
      {"[z-a]", "this range ends before it begins", 1},
      {"*a", "there is nothing to repeat before this", 0},
      {"a**", "one repeat follows another: put ( ) around the first", 2},
      {"a{3,2}", "the second count is less than the first", 1},
      {"a{1001}", "a count is 1000 at most", 1},
      {"(a)\\1", "a pattern cannot refer to its groups", 4},
      {"\\q", "this letter has no meaning behind a backslash", 1},
      {"a\\", "a character is missing behind the backslash", 1},
      {"(?=a)", "of the (? there are only (?: ) and, at the beginning, (?i)", 1},
      {"[[:letter:]]", "the classes are [:alpha:]", 1},
      {"\\x4", "write a character by its number as \\x41 or \\x{1F600}", 3},
      {"((a{1000}){1000}){1000}", "the pattern is too large when its counts are written out", 17},
  };
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) {
    Arena a;
    arena_init(&a);
    Regex *out;
    Err err;
    int at;
    assert_int_equal(regex_parse(sv(r[k].pattern), &a, &out, &at, &err), ERR_PARSE);
    assert_has(err.msg, r[k].want);
    if (at != r[k].at) fail_msg("%s: at %d, not %d", r[k].pattern, at, r[k].at);
    arena_fini(&a);
  }
}

static void refused(Str *pattern, const char *want) {
  Arena a;
  arena_init(&a);
  Regex *r;
  Err err;
  int at;
  assert_int_equal(regex_parse((Sv){str_c(pattern), pattern->n}, &a, &r, &at, &err), ERR_PARSE);
  assert_has(err.msg, want);
  arena_fini(&a);
  str_clear(pattern);
}

TEST(depth_length_and_groups_are_limited) {
  Str p = {0};
  for (int k = 0; k < 101; k++) str_add(&p, "(?:");
  refused(&p, "nested more than 100 deep");
  for (int k = 0; k < 33; k++) str_add(&p, "(a)");
  refused(&p, "more than 32 groups");
  str_pad(&p, 'a', 10001);
  refused(&p, "longer than 10000 bytes");
  str_fini(&p);
}

// Backtracking would take 2^5000 steps, and the automaton of the second pattern 2^30 states.
TEST(patterns_that_explode_elsewhere_take_linear_time) {
  static const char *const pattern[] = {"(a*)*b", "(?:a|b)*a(?:a|b){30}c", "(a|aa)+$b", "\\b(?:a+)+\\b-"};
  Str text = {0};
  str_pad(&text, 'a', 5000);
  for (size_t k = 0; k < sizeof pattern / sizeof *pattern; k++) {
    Arena a;
    arena_init(&a);
    Regex *r = parsed(pattern[k], &a);
    assert_false(regex_find(r, regex_run_new(r, -1, &a), (Sv){str_c(&text), text.n}, 0, NULL));
    arena_fini(&a);
  }
  str_fini(&text);
}

TEST(text_may_hold_nul_and_broken_bytes) {
  Arena a;
  arena_init(&a);
  int64_t span[2];
  Regex *r = parsed("b\\x00c", &a);
  assert_true(regex_find(r, regex_run_new(r, 0, &a), (Sv){"ab\0c", 4}, 0, span));
  assert_int_equal(span[0], 1);
  r = parsed("^..$", &a); // each broken byte is a character
  assert_true(regex_find(r, regex_run_new(r, 0, &a), (Sv){"\xFF\xC3", 2}, 0, span));
  r = parsed("[^\\x{FFFD}]", &a);
  assert_false(regex_find(r, regex_run_new(r, 0, &a), (Sv){"\xFF\xC3", 2}, 0, span));
  arena_fini(&a);
}

RUN(CASE(matches_and_groups_are_those_of_python), CASE(what_is_wrong_is_said_and_where),
    CASE(depth_length_and_groups_are_limited), CASE(patterns_that_explode_elsewhere_take_linear_time),
    CASE(text_may_hold_nul_and_broken_bytes))

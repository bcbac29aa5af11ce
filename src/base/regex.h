// Regular expressions over UTF-8 text, in time linear in the text for every pattern.
//   .  [a-z]  [^a-z]  [[:alpha:]]  \d \w \s  \D \W \S  ^ $ \b \B  (x) (?:x)  x|y
//   x* x+ x? x{2} x{2,} x{2,5}, lazy with ? behind
// (?i) at the beginning folds the ASCII letters; \d, \w, \s and named classes are ASCII. . is any character but a line
// feed; ^ and $ are the ends of the text. What needs backtracking (\1, lookaround) is refused.
#pragma once
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

typedef struct Regex Regex;       // never changes; threads may share it
typedef struct RegexRun RegexRun; // room for the searches of one thread

enum { REGEX_GROUPS = 32 };

// Compiles into the arena. ERR_PARSE says what is wrong; *at is the byte of the pattern, its length for its end.
NODISCARD ErrCode regex_parse(Sv pattern, Arena *a, Regex **out, int *at, Err *err);
int regex_ngroup(const Regex *r); // pairs of parentheses, without (?:
// Room for finding the first `groups` groups; -1: only whether there is a match.
RegexRun *regex_run_new(const Regex *r, int groups, Arena *a);
// The leftmost match that begins at byte `from` or later; of those the one that Perl finds. span[0], span[1]: its first
// byte and the byte behind it; span[2k], span[2k + 1]: of group k, -1 where it took no part. `span` has a pair for each
// group of the run and one more; NULL when groups is -1.
bool regex_find(const Regex *r, RegexRun *run, Sv text, size_t from, int64_t *span);

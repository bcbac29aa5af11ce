// Bytes that nobody meant to write, thrown at a door of the program: first its corpus (tests/fuzz/corpus/DOOR) as it
// stands, then pieces of it changed, joined, cut and mixed with what means something to that door.
//
// Every round has a seed of its own, and nothing else decides what it throws. `make test` runs the same few thousand
// each time. With TYCHO_FUZZ_SECONDS rounds begin at a fresh seed and go on for so long. A round that fails is told as
// its seed and leaves its bytes in PROGRAM.input: TYCHO_FUZZ_SEED=SEED PROGRAM throws it again, and the file belongs
// into the corpus with the mend. The bytes stand in a block of exactly their size, so that the address sanitizer sees
// what reads past their end.
//
// With TYCHO_LIBFUZZER (make fuzz) the same checks are targets of libFuzzer, which chooses the bytes by what they reach.
#pragma once
#include "check.h"

#include "base/file.h"
#include "dice.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { FUZZ_CORPUS = 512, FUZZ_LONGEST = 20000 };

typedef struct Fuzz {
  const char *door;
  void (*check)(Sv bytes, Dice *d); // fails the case when the door does not keep its word
  int64_t rounds;
  const char *const *token; // texts with a meaning there, ended by NULL; may be NULL
  void (*make)(void);       // adds to the corpus by fuzz_add; may be NULL
  void (*mend)(Str *s, Dice *d); // the last hand on what was changed, such as a checksum that fits; may be NULL
} Fuzz;

static struct {
  const Fuzz *fuzz;
  Str corpus[FUZZ_CORPUS];
  int n, ntoken;
  uint64_t seed;
  const char *file; // of the corpus, or NULL in a round
  Sv input;         // what is being tried
} fuzz_state;

// ---- telling what failed --------------------------------------------------------------------------------------------
static inline void fuzz_tell(void) {
  if (!fuzz_state.input.s) return;
  char path[4096];
  snprintf(path, sizeof path, "%s.input", program_invocation_name);
  if (fuzz_state.file) dprintf(2, "# failed with %s of the corpus\n", fuzz_state.file);
  else dprintf(2, "# failed in the round TYCHO_FUZZ_SEED=%llu\n", (unsigned long long)fuzz_state.seed);
  FILE *f = fopen(path, "wb");
  if (f) fwrite(fuzz_state.input.s, 1, fuzz_state.input.n, f), fclose(f);
  dprintf(2, "# its %zu bytes are in %s\n", fuzz_state.input.n, path);
}

// The guard against hanging sends SIGTERM.
static inline void fuzz_on_signal(int signal_number) {
  fuzz_tell();
  dprintf(2, "# %s\n", signal_number == SIGTERM ? "it did not end" : "it aborted");
  _exit(1);
}

void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static inline int fuzz_setup(void **state) {
  (void)state;
  signal(SIGTERM, fuzz_on_signal);
  signal(SIGABRT, fuzz_on_signal);
  if (__sanitizer_set_death_callback) __sanitizer_set_death_callback(fuzz_tell);
  return 0;
}

static inline int fuzz_teardown(void **state) {
  (void)state;
  fuzz_tell();
  for (int k = 0; k < fuzz_state.n; k++) str_fini(&fuzz_state.corpus[k]);
  memset(&fuzz_state, 0, sizeof fuzz_state);
  return 0;
}

#define FUZZ_CASE(name) cmocka_unit_test_setup_teardown(name, fuzz_setup, fuzz_teardown)

// ---- the corpus -----------------------------------------------------------------------------------------------------
static inline void fuzz_add(Sv bytes) {
  assert_true(fuzz_state.n < FUZZ_CORPUS);
  str_addn(&fuzz_state.corpus[fuzz_state.n++], bytes.s, bytes.n);
}

static inline void fuzz_try(Sv bytes, Dice *d) {
  char *block = malloc(bytes.n ? bytes.n : 1);
  assert_non_null(block);
  if (bytes.n) memcpy(block, bytes.s, bytes.n);
  fuzz_state.input = (Sv){block, bytes.n};
  fuzz_state.fuzz->check(fuzz_state.input, d);
  fuzz_state.input = (Sv){0};
  free(block);
}

static inline int fuzz_is_file(const struct dirent *e) { return e->d_name[0] != '.'; }

static inline void fuzz_corpus(void) {
  char path[512];
  struct dirent **entry = NULL;
  snprintf(path, sizeof path, "tests/fuzz/corpus/%s", fuzz_state.fuzz->door);
  int n = scandir(path, &entry, fuzz_is_file, alphasort);
  for (int k = 0; k < n; k++) {
    Str text = {0};
    Dice d = dice(1, "corpus");
    snprintf(path, sizeof path, "tests/fuzz/corpus/%s/%.200s", fuzz_state.fuzz->door, entry[k]->d_name);
    assert_int_equal(file_read(path, &text, NULL), OK);
    fuzz_add((Sv){str_c(&text), text.n});
    str_fini(&text);
    fuzz_state.file = path;
    fuzz_try((Sv){str_c(&fuzz_state.corpus[k]), fuzz_state.corpus[k].n}, &d);
    fuzz_state.file = NULL;
    free(entry[k]);
  }
  free(entry);
  if (fuzz_state.fuzz->make) fuzz_state.fuzz->make();
}

// ---- changing bytes -------------------------------------------------------------------------------------------------
// Cuts [at, at + gone) out of `s` and puts `piece` there, which may be a part of `s`.
static inline void fuzz_replace(Str *s, size_t at, size_t gone, Sv piece) {
  Str made = {0};
  str_addn(&made, str_c(s), at);
  str_addn(&made, piece.s, piece.n);
  str_addn(&made, str_c(s) + at + gone, s->n - at - gone);
  str_fini(s);
  *s = made;
}

static inline size_t fuzz_size(Dice *d, size_t most) { // short ones more often
  size_t few = most < 8 ? most : 8;
  return (size_t)below(d, (int64_t)(below(d, 4) ? few : most) + 1);
}

static inline Sv fuzz_part(Dice *d, const Str *of) {
  size_t at = (size_t)below(d, (int64_t)of->n + 1);
  return (Sv){str_c(of) + at, fuzz_size(d, of->n - at)};
}

static inline Sv fuzz_token(Dice *d) {
  static const char *const any[] = {"\xff", "\xc3", "\xef\xbb\xbf", "\r\n", "\n", "\"", "-1", "9223372036854775808",
                                    "%"};
  if (!fuzz_state.ntoken || below(d, 8) == 0) return sv(any[below(d, sizeof any / sizeof *any)]);
  return sv(fuzz_state.fuzz->token[below(d, fuzz_state.ntoken)]);
}

// The run of letters and digits around a byte, so that words change places as words.
static inline Sv fuzz_word(const Str *s, size_t at) {
  const char *word = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  size_t end = at;
  while (at > 0 && s->s[at - 1] && strchr(word, s->s[at - 1])) at--;
  while (end < s->n && s->s[end] && strchr(word, s->s[end])) end++;
  return (Sv){str_c(s) + at, end - at};
}

static inline void fuzz_noise(Str *s, Dice *d, size_t most) {
  for (size_t n = fuzz_size(d, most); n > 0; n--) str_addc(s, (char)roll(d));
}

static inline void fuzz_edit(Str *s, Dice *d) {
  size_t at = (size_t)below(d, (int64_t)s->n + 1), rest = s->n - at;
  Str piece = {0};
  Sv word = fuzz_word(s, at);
  switch (below(d, 9)) {
  case 0:
    if (rest) s->s[at] ^= (char)(1 << below(d, 8));
    break;
  case 1:
    if (rest) s->s[at] = (char)roll(d);
    break;
  case 2: fuzz_replace(s, at, fuzz_size(d, rest), (Sv){"", 0}); break;
  case 3: fuzz_replace(s, at, coin(d) ? 0 : fuzz_size(d, rest), fuzz_part(d, s)); break;
  case 4:
    fuzz_replace(s, at, coin(d) ? 0 : fuzz_size(d, rest), fuzz_part(d, &fuzz_state.corpus[below(d, fuzz_state.n)]));
    break;
  case 5: fuzz_replace(s, at, 0, fuzz_token(d)); break;
  case 6: fuzz_replace(s, (size_t)(word.s - str_c(s)), word.n, fuzz_token(d)); break;
  case 7:
    fuzz_noise(&piece, d, 100);
    fuzz_replace(s, at, 0, (Sv){str_c(&piece), piece.n});
    break;
  default: // the same again and again: depth
    for (int64_t n = below(d, 300), w = (int64_t)fuzz_token(d).n; n > 0; n -= w + 1)
      str_addn(&piece, str_c(s) + at, rest < (size_t)w ? rest : (size_t)w);
    fuzz_replace(s, at, 0, (Sv){str_c(&piece), piece.n});
  }
  str_fini(&piece);
}

static inline void fuzz_soup(Str *s, Dice *d) {
  for (int64_t n = below(d, 30); n > 0; n--) {
    Sv token = fuzz_token(d);
    str_addn(s, token.s, token.n);
    if (coin(d)) str_addc(s, " \n"[below(d, 8) == 0]);
  }
}

static inline void fuzz_input(Str *s, Dice *d) {
  int64_t how = fuzz_state.n ? below(d, 10) : below(d, 2);
  if (how == 0) fuzz_noise(s, d, 300);
  else if (how == 1) fuzz_soup(s, d);
  else {
    const Str *from = &fuzz_state.corpus[below(d, fuzz_state.n)];
    str_addn(s, str_c(from), from->n);
    for (int64_t k = 1 << below(d, 4); k > 0 && s->n < FUZZ_LONGEST; k--) fuzz_edit(s, d);
  }
  if (fuzz_state.fuzz->mend) fuzz_state.fuzz->mend(s, d);
}

// ---- rounds ---------------------------------------------------------------------------------------------------------
static inline void fuzz_round(uint64_t seed) {
  Dice d = dice(seed, fuzz_state.fuzz->door);
  Str s = {0};
  fuzz_state.seed = seed;
  fuzz_input(&s, &d);
  fuzz_try((Sv){str_c(&s), s.n}, &d);
  str_fini(&s);
}

static inline double fuzz_clock(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#ifdef TYCHO_LIBFUZZER
static inline void fuzz_run(const Fuzz *fuzz) {
  Sv bytes = fuzz_state.input;
  fuzz_state.fuzz = fuzz;
  Dice d = dice(bytes.n ? (uint64_t)(unsigned char)bytes.s[bytes.n - 1] << 8 | bytes.n % 251 : 0, fuzz->door);
  fuzz->check(bytes, &d);
}

// The first case of a program is its target; a check that does not hold aborts.
#undef RUN
#define RUN(first, ...)                                                                                                \
  int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);                                                        \
  int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {                                                       \
    const struct CMUnitTest target = first;                                                                            \
    setenv("CMOCKA_TEST_ABORT", "1", 1);                                                                               \
    fuzz_state.input = (Sv){(const char *)data, size};                                                                 \
    target.test_func(NULL);                                                                                            \
    return 0;                                                                                                          \
  }                                                                                                                    \
  extern const struct CMUnitTest fuzz_others[];                                                                        \
  const struct CMUnitTest fuzz_others[] = {first, __VA_ARGS__};
#else
static inline void fuzz_run(const Fuzz *fuzz) {
  const char *one = getenv("TYCHO_FUZZ_SEED"), *seconds = getenv("TYCHO_FUZZ_SECONDS");
  fuzz_state.fuzz = fuzz;
  while (fuzz->token && fuzz->token[fuzz_state.ntoken]) fuzz_state.ntoken++;
  fuzz_corpus();
  if (one) {
    fuzz_round(strtoull(one, NULL, 10));
    return;
  }
  double begin = fuzz_clock(), end = seconds ? begin + strtod(seconds, NULL) : 0;
  uint64_t seed = seconds ? (uint64_t)time(NULL) << 20 ^ (uint64_t)getpid() << 40 : 0;
  int64_t n = 0;
  for (; seconds ? fuzz_clock() < end : n < fuzz->rounds; n++) fuzz_round(++seed);
  print_message("# %s: %lld rounds, %.0f a second\n", fuzz->door, (long long)n, (double)n / (fuzz_clock() - begin));
}
#endif

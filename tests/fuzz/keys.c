// Any bytes of a terminal: keys that a program can take at their word, and the same ones however the bytes are cut.
#include "fuzz/fuzz.h"

#include "base/utf8.h"
#include "ui/keys_int.h"

static const char *const TOKENS[] = {
    "\x1b", "\x1b[", "\x1bO", "\x1b[A", "\x1b[1;5C", "\x1b[3~", "\x1b[13;2u", "\x1b[27;2;13~", "\x1b[200~", "\x1b[201~",
    "\x1b[<0;1;1M", "\x1b[<64;300;300m", "\x1b[M !!", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b]11;", "\x07", "\x1bP",
    "\x1b\\", "\x1b[I", "\x1b[O", "\x9b", "\x9c", ";", "99999999999", "0", "~", "\r", "\n", "\t", "\x7f", "\x03", "a",
    "\xc3\xa9", "\xe6\xbc\xa2", "\xf4\x90\x80\x80", "\xed\xa0\x80", NULL};

static void check_paste(const char *text) {
  assert_non_null(text);
  assert_true(utf8_valid(text, strlen(text)));
  for (const char *s = text; *s; s++)
    assert_true(*s == '\n' || *s == '\t' || ((unsigned char)*s >= 0x20 && *s != 0x7F));
}

static void describe(const Key *key, Str *out) {
  char name[24];
  bool named = (key->code >= K_UP && key->code <= K_FOCUS) || (key->code < 0x110000 && key->code >= 0x20);
  if (!named) fail_msg("a key of code %x", (unsigned)key->code);
  assert_false(key->code >= 0xD800 && key->code < 0xE000);
  assert_true(key->nbytes <= sizeof key->bytes);
  assert_true(strlen(keys_name(key, name)) < sizeof name);
  if (key->code == K_PASTE) check_paste(key->paste);
  if (key->code == K_MOUSE) assert_true(key->x >= 0 && key->y >= 0 && key->button <= MOUSE_DRAG);
  str_addf(out, "%x/%d/%s/%d/%d/%d ", (unsigned)key->code, key->mods, key->code == K_PASTE ? key->paste : "",
           key->code == K_MOUSE ? key->x : 0, key->code == K_MOUSE ? key->y : 0, key->light);
}

static void drain(Keys *k, bool late, Str *out) {
  Key key;
  while (keys_next(k, late, &key)) describe(&key, out);
}

// In pieces of at most `most` bytes; 0 = all at once.
static void decode(Sv bytes, Dice *d, int64_t most, Str *out) {
  Keys k;
  keys_init(&k);
  for (size_t at = 0, n; at < bytes.n; at += n) {
    n = most ? (size_t)below(d, most) + 1 : bytes.n;
    if (n > bytes.n - at) n = bytes.n - at;
    keys_feed(&k, bytes.s + at, n);
    drain(&k, false, out);
  }
  for (int turn = 0; keys_waiting(&k); turn++) {
    assert_true(turn < 1000);
    drain(&k, true, out);
  }
  keys_fini(&k);
}

static void check(Sv bytes, Dice *d) {
  Str whole = {0}, single = {0}, pieces = {0};
  decode(bytes, d, 0, &whole);
  decode(bytes, d, 1, &single);
  decode(bytes, d, 7, &pieces);
  assert_string_equal(str_c(&whole), str_c(&single));
  assert_string_equal(str_c(&whole), str_c(&pieces));
  str_fini(&whole), str_fini(&single), str_fini(&pieces);
}

TEST(any_bytes_are_keys_however_they_are_cut) {
  fuzz_run(&(Fuzz){.door = "keys", .check = check, .rounds = 15000, .token = TOKENS});
}

RUN(FUZZ_CASE(any_bytes_are_keys_however_they_are_cut))

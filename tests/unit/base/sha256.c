// Expected digests: FIPS 180-4 examples (abc, two blocks, a million a) and sha256sum of GNU coreutils 9.1 for the rest.
#include "check.h"

#include "base/sha256.h"

static void expect(const void *data, size_t n, const char *want) {
  Sha256 s;
  char hex[65];
  sha256_init(&s);
  sha256_add(&s, data, n);
  sha256_hex(&s, hex);
  assert_string_equal(hex, want);
}

TEST(known_messages_have_known_digests) {
  expect(NULL, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(a_million_letters_in_pieces_of_any_size) {
  static const size_t steps[] = {1, 3, 63, 64, 65, 1000, 100000};
  static char a[100000];
  memset(a, 'a', sizeof a);
  for (int k = 0; k < 7; k++) {
    Sha256 s;
    sha256_init(&s);
    for (size_t done = 0; done < 1000000; done += steps[k])
      sha256_add(&s, a, steps[k] < 1000000 - done ? steps[k] : 1000000 - done);
    char hex[65];
    sha256_hex(&s, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }
}

TEST(lengths_about_the_block_border_pad_rightly) {
  char z[128];
  memset(z, 'z', sizeof z);
  expect(z, 55, "5a383411d906da80612f366cb9b90ae54bcf6e7743b4117ace0884d98cd159ca");
  expect(z, 56, "c66a5b692b9a20229733ef8b87cfec52679c86a0c0245643484c46d4dcd82afa");
  expect(z, 63, "85021e4907c21645631d596eee989bf43c2cd56b074175d5393804dbf1744412");
  expect(z, 64, "72996563049cc84daa2c3f31fd5c3d10770e69d6ebbb8da5b6d76db303dbae43");
  expect(z, 119, "de05957e72aca438f9b0c770cb2ee7fa0e58e08eb54536478db136d54c097abb");
  expect(z, 120, "46a063da7dc0c878899dfc50adf2558256652c05dd1afc0b1341f7608c7a4776");
}

RUN(CASE(known_messages_have_known_digests), CASE(a_million_letters_in_pieces_of_any_size),
    CASE(lengths_about_the_block_border_pad_rightly))

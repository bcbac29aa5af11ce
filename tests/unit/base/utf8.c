// Expected bytes and malformed sequences: the Unicode Standard 15.0, tables 3-6 and 3-7.
// Widths: EastAsianWidth.txt 15.0.
#include "check.h"

#include "base/utf8.h"

static uint32_t decode(const char *s, int *len) { return utf8_decode(s, strlen(s), len); }

TEST(well_formed_text_decodes) {
  int len;
  assert_int_equal(decode("A", &len), 'A');
  assert_int_equal(len, 1);
  assert_int_equal(decode("\xC3\xA9", &len), 0xE9);
  assert_int_equal(len, 2);
  assert_int_equal(decode("\xE2\x82\xAC", &len), 0x20AC);
  assert_int_equal(len, 3);
  assert_int_equal(decode("\xF0\x9F\x98\x80", &len), 0x1F600);
  assert_int_equal(len, 4);
  assert_int_equal(decode("\xF4\x8F\xBF\xBF", &len), 0x10FFFF);
  assert_int_equal(utf8_decode("", 1, &len), 0);
  assert_int_equal(len, 1);
}

TEST(a_malformed_byte_is_replaced_alone) {
  static const char *bad[] = {
      "\x80",             // continuation without a start
      "\xC3",             // cut
      "\xC3(",            // start without a continuation
      "\xE2\x82",         // cut
      "\xF0\x9F\x98",     // cut
      "\xC0\x80",         // overlong
      "\xC1\xBF",         // overlong
      "\xE0\x9F\xBF",     // overlong
      "\xF0\x8F\xBF\xBF", // overlong
      "\xED\xA0\x80",     // surrogate
      "\xED\xBF\xBF",     // surrogate
      "\xF4\x90\x80\x80", // above U+10FFFF
      "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF",
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    int len = 0;
    assert_int_equal(decode(bad[i], &len), 0xFFFD);
    assert_int_equal(len, 1);
    assert_false(utf8_valid(bad[i], strlen(bad[i])));
  }
}

TEST(validity_covers_the_whole_text) {
  assert_true(utf8_valid("", 0));
  assert_true(utf8_valid("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z", 11));
  assert_true(utf8_valid("\xEF\xBF\xBD", 3)); // the replacement character itself
  assert_false(utf8_valid("abc\xFF", 4));
  assert_false(utf8_valid("abc\xC3", 4));
}

TEST(every_code_point_encodes_to_what_decodes_to_it) {
  for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
    if (cp >= 0xD800 && cp < 0xE000) continue;
    char s[4];
    int n = utf8_encode(cp, s), len;
    if (utf8_decode(s, (size_t)n, &len) != cp || len != n) fail_msg("U+%04X", cp);
  }
}

TEST(wide_characters_take_two_columns_and_marks_none) {
  assert_int_equal(utf8_width(sv("abc")), 3);
  assert_int_equal(utf8_width(sv("\xE6\x97\xA5\xE6\x9C\xAC")), 4);   // two CJK ideographs
  assert_int_equal(utf8_width(sv("e\xCC\x81")), 1);                  // e and a combining acute
  assert_int_equal(utf8_width(sv("\xF0\x9F\x98\x80")), 2);           // emoji
  assert_int_equal(utf8_width(sv("\xEF\xBC\xA1")), 2);               // fullwidth A
  assert_int_equal(utf8_width(sv("\xEA\xB0\x80")), 2);               // Hangul syllable
  assert_int_equal(utf8_width(sv("\xC2\xB5\xE2\x82\xAC\xE2\x94\x80")), 3); // micro, euro, a box line
  assert_int_equal(utf8_width(sv("a\xE2\x80\x8B""b")), 2);           // zero width space
  assert_int_equal(utf8_width(sv("\x01\x7F\xC2\x85")), 0);           // control
  assert_int_equal(utf8_width(sv("\xFF\xFE")), 2);                   // each bad byte shows as one replacement
  assert_int_equal(utf8_width(sv("")), 0);
}

TEST(the_prefix_that_fits_never_cuts_a_character) {
  Sv text = sv("a\xE6\x97\xA5" "e\xCC\x81z"); // widths 1 2 1+0 1, bytes 1 3 1+2 1
  static const size_t want[] = {0, 1, 1, 4, 7, 8, 8};
  for (int columns = 0; columns < 7; columns++) assert_int_equal(utf8_fit(text, columns), want[columns]);
  assert_int_equal(utf8_fit(sv(""), 3), 0);
  assert_int_equal(utf8_fit(sv("abc"), -1), 0);
}

RUN(CASE(well_formed_text_decodes), CASE(a_malformed_byte_is_replaced_alone), CASE(validity_covers_the_whole_text),
    CASE(every_code_point_encodes_to_what_decodes_to_it), CASE(wide_characters_take_two_columns_and_marks_none),
    CASE(the_prefix_that_fits_never_cuts_a_character))

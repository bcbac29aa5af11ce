// The identity of a cell: SHA-256 of the word of its kind and its text, each with \n after every line. A line loses the
// white space at its end, the text loses blank lines at its end, and CR, LF and CR LF are one line end: what an editor
// or a version control system changes by itself leaves results and random streams as they were.
#include "base/sha256.h"
#include "note/note_int.h"

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

void note_cell_hash(const Cell *cell, char hex[65]) {
  static const char *const words[] = {[NOTE_CODE] = "code\n", [NOTE_MARKDOWN] = "markdown\n", [NOTE_RAW] = "raw\n"};
  Sha256 sha;
  sha256_init(&sha);
  sha256_add(&sha, words[cell->kind], strlen(words[cell->kind]));
  const char *s = str_c(&cell->text);
  size_t n = cell->text.n, pending = 0; // line ends not yet written
  bool wrote = false;
  for (size_t at = 0; at < n;) {
    size_t end = at;
    while (end < n && s[end] != '\n' && s[end] != '\r') end++;
    size_t kept = end;
    while (kept > at && is_space(s[kept - 1])) kept--;
    if (kept > at) {
      for (; pending; pending--) sha256_add(&sha, "\n", 1);
      sha256_add(&sha, s + at, kept - at);
      wrote = true;
    }
    pending++;
    at = end + (end + 1 < n && s[end] == '\r' && s[end + 1] == '\n' ? 2 : 1);
  }
  if (wrote) sha256_add(&sha, "\n", 1);
  sha256_hex(&sha, hex);
}

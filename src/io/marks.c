#include "io/io_int.h"

static const char *const BUILT_IN[] = {"NA", "N/A", "NaN", "nan", "null", "NULL", "?"};

void marks_init(Marks *m, const Names *na) {
  *m = (Marks){.word = BUILT_IN, .n = sizeof BUILT_IN / sizeof *BUILT_IN};
  if (na && na->n) m->word = na->name, m->n = na->n;
  for (int64_t k = 0; k < m->n; k++) {
    size_t n = strlen(m->word[k]);
    if (n > m->longest) m->longest = n;
    m->first[(unsigned char)m->word[k][0]] = true;
    m->digits |= m->word[k][strcspn(m->word[k], "0123456789")] != 0;
  }
}

bool marks_has(const Marks *m, Sv text) {
  if (text.n == 0 || text.n > m->longest || !m->first[(unsigned char)text.s[0]]) return false;
  for (int64_t k = 0; k < m->n; k++)
    if (sv_is(text, m->word[k])) return true;
  return false;
}

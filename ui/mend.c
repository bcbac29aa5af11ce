// Putting a name right that an error says was meant otherwise.
#include "ui/mend_int.h"

#include "ui/app_int.h"

// The last text in quotes of `s`.
static bool last_quoted(Sv s, Sv *out) {
  const char *end = s.n ? memrchr(s.s, '\'', s.n) : NULL;
  const char *begin = end && end > s.s ? memrchr(s.s, '\'', (size_t)(end - s.s)) : NULL;
  if (!begin) return false;
  *out = (Sv){begin + 1, (size_t)(end - begin) - 1};
  return out->n > 0;
}

bool mend_names(const Result *r, Sv *wrong, Sv *meant) {
  static const char MEANT[] = "did you mean ";
  const char *message = r && r->failed && r->message ? r->message : "", *says = strstr(message, MEANT);
  if (!says || !last_quoted((Sv){message, (size_t)(says - message)}, wrong)) return false;
  says += sizeof MEANT - 1;
  *meant = (Sv){says, strcspn(says, "?\n")};
  if (meant->n > 2 && meant->s[0] == '\'' && meant->s[meant->n - 1] == '\'') meant->s++, meant->n -= 2;
  return meant->n > 0;
}

static size_t place_of(const Result *r, Sv text) {
  size_t at = 0;
  for (int64_t line = 1; line < r->line; line++) {
    const char *end = memchr(text.s + at, '\n', text.n - at);
    if (!end) return 0;
    at = (size_t)(end - text.s) + 1;
  }
  size_t column = r->column > 0 ? (size_t)r->column - 1 : 0;
  return at + column < text.n ? at + column : 0;
}

bool mend_find(const Result *r, Sv text, Sv wrong, size_t *at) {
  size_t from = r->line > 0 ? place_of(r, text) : 0;
  const char *hit = memmem(text.s + from, text.n - from, wrong.s, wrong.n);
  if (!hit) hit = memmem(text.s, text.n, wrong.s, wrong.n);
  if (hit) *at = (size_t)(hit - text.s);
  return hit;
}

void act_cell_mend(App *a, int arg) {
  (void)arg;
  Sv wrong, meant;
  size_t at;
  const DocCell *c = a->cell < a->doc.n ? &a->doc.cell[a->cell] : NULL;
  Sv text = c ? sv(doc_text(&a->doc, a->cell)) : (Sv){"", 0};
  if (!c || !mend_names(c->result, &wrong, &meant) || !mend_find(c->result, text, wrong, &at)) {
    app_say(a, STYLE_DIM, "no error here says what was meant");
    return;
  }
  Str all = {0};
  str_addn(&all, text.s, at);
  str_addn(&all, meant.s, meant.n);
  str_add(&all, text.s + at + wrong.n);
  app_say(a, STYLE_FG, SV_FMT " is now " SV_FMT ": F5 runs it", SV_ARG(wrong), SV_ARG(meant));
  doc_set_text(&a->doc, a->cell, str_c(&all));
  app_commit(a, "put a name right");
  str_fini(&all);
}

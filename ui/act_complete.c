// Tab in the cell editor: the part that all candidates share, then one after the other.
#include "ui/app_int.h"

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == ':' || c == '"' || c == '{' || c == ',' || c == '(' || (unsigned char)c >= 0x80;
}

// Tab completes behind a word and indents elsewhere.
bool edit_completes(const App *a) {
  const Editor *e = a->editor;
  return e->at > 0 && is_word(e->text.s[e->at - 1]);
}

static size_t shared(const char *x, const char *y) {
  size_t n = 0;
  while (x[n] && x[n] == y[n]) n++;
  while (n && ((unsigned char)x[n] & 0xC0) == 0x80) n--;
  return n;
}

static void list(App *a, const PromptWord *word, int n) {
  Str text = {0};
  for (int k = 0; k < n; k++) str_addf(&text, "%s%s", k ? "  " : "", word[k].text);
  app_say(a, STYLE_FG, "%s", str_c(&text));
  str_fini(&text);
}

void act_edit_complete(App *a, int arg) {
  (void)arg;
  enum { MOST = 60 };
  PromptWord word[MOST];
  Editor *e = a->editor;
  size_t from = e->at;
  int n = app_complete(a, PROMPT_COUNT, str_c(&e->text), e->at, &from, word, MOST);
  if (n == 0) {
    app_say(a, STYLE_DIM, "nothing fits here");
    return;
  }
  size_t common = strlen(word[0].text);
  for (int k = 1; k < n; k++) {
    size_t same = shared(word[0].text, word[k].text);
    if (same < common) common = same;
  }
  Str text = {0};
  str_addn(&text, word[0].text, common);
  if (n == 1 || common > e->at - from) editor_replace(e, from, str_c(&text));
  if (n == 1) app_say(a, STYLE_DIM, "%s  %s", word[0].kind, word[0].doc);
  else list(a, word, n);
  str_fini(&text);
}

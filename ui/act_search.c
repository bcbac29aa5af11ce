// Search and replace. While a cell is edited they stay in it and its undo takes them back; else they go over all cells
// of the notebook and are one step of its undo.
#include "ui/app_int.h"

#include <stdio.h>

// ---- cells --------------------------------------------------------------------------------------------------------
static Sv text_of(const App *a, int64_t i) {
  if (a->editor && i == a->cell) return (Sv){str_c(&a->editor->text), a->editor->text.n};
  return sv(doc_text(&a->doc, i));
}

static int64_t count_all(const App *a) {
  int64_t n = 0;
  for (int64_t i = 0; i < a->doc.n; i++)
    if (!a->editor || i == a->cell) n += search_count(&a->search, text_of(a, i));
  return n;
}

// How many hits stand before the present one.
static int64_t count_before(const App *a) {
  int64_t n = 0;
  for (int64_t i = a->editor ? a->cell : 0; i <= a->cell; i++) {
    Sv text = text_of(a, i);
    n += search_count(&a->search, (Sv){text.s, i < a->cell ? text.n : a->search.at});
  }
  return n;
}

static void go_to(App *a, int64_t i, size_t at) {
  a->search.marks = true;
  a->search.cell = a->doc.cell[i].id, a->search.at = at;
  a->cell = i;
  if (!a->editor) return;
  a->editor->at = at, a->editor->want = -1;
  edit_close(a->editor);
}

// The next hit behind byte `from` of the focused cell, or before it; over the end of all it goes on at the beginning.
static bool find_around(App *a, size_t from, bool backward) {
  size_t at;
  int64_t step = backward ? -1 : 1, n = a->doc.n;
  if (!n) return false;
  if (search_find(&a->search, text_of(a, a->cell), from, backward, &at)) return go_to(a, a->cell, at), true;
  for (int64_t k = 1; k <= n; k++) {
    int64_t i = a->editor ? a->cell : (a->cell + step * k + n) % n;
    Sv text = text_of(a, i);
    if (search_find(&a->search, text, backward ? text.n + 1 : 0, backward, &at)) return go_to(a, i, at), true;
  }
  return false;
}

static bool at_hit(const App *a) {
  if (a->cell >= a->doc.n || a->search.cell != a->doc.cell[a->cell].id) return false;
  return !a->editor || a->editor->at == a->search.at;
}

static void tell(App *a) {
  app_say(a, STYLE_DIM, "'%s': %lld of %lld%s", str_c(&a->search.text), (long long)count_before(a) + 1,
          (long long)count_all(a),
          a->editor ? ", ^R Enter is the next" : "   n next   N before   F8 replace   Esc ends");
}

static void search_go(App *a, bool backward) {
  size_t from = a->editor ? a->editor->at : at_hit(a) ? a->search.at : 0;
  bool on = at_hit(a);
  if (find_around(a, backward ? from : from + on, backward)) tell(a);
  else app_say(a, STYLE_WARN, "! '%s' is nowhere in %s", str_c(&a->search.text), a->editor ? "this cell" : "the cells");
}

void act_search_cells(App *a, int arg) {
  (void)arg;
  assist_close(a);
  prompt_open(a->prompt, PROMPT_HUNT, a->search.text.n ? "search (Enter: the same again): " : "search: ", "");
}

void act_search_cells_next(App *a, int arg) {
  if (a->search.text.n) search_go(a, arg < 0);
  else app_say(a, STYLE_DIM, "nothing is searched for yet: / asks for a text");
}

void search_accept(App *a, const char *line) {
  if (*line) str_clear(&a->search.text), str_add(&a->search.text, line);
  if (!a->search.text.n) return;
  if (*line && !a->editor) a->search.cell = 0;
  search_go(a, false);
}

void search_forget(App *a) { a->search.marks = false, a->search.cell = 0; }

// ---- replacing ----------------------------------------------------------------------------------------------------
void act_replace(App *a, int arg) {
  (void)arg;
  assist_close(a);
  prompt_open(a->prompt, PROMPT_REPLACE, "replace: ", str_c(&a->search.text));
}

void replace_accept(App *a, const char *line) {
  if (!*line) return;
  str_clear(&a->search.text);
  str_add(&a->search.text, line);
  if (count_all(a)) prompt_open(a->prompt, PROMPT_WITH, "with: ", str_c(&a->search.with));
  else app_say(a, STYLE_WARN, "! '%s' is nowhere in %s", line, a->editor ? "this cell" : "the cells");
}

static void replace_here(App *a) {
  Search *s = &a->search;
  if (a->editor) {
    edit_change(a->editor, s->at, s->at + s->text.n, (Sv){str_c(&s->with), s->with.n}, s->at + s->with.n,
                s->replaced ? EDIT_JOINED : EDIT_ONCE);
  } else {
    Sv text = text_of(a, a->cell);
    Str all = {0};
    str_addn(&all, text.s, s->at);
    str_addn(&all, str_c(&s->with), s->with.n);
    str_add(&all, text.s + s->at + s->text.n);
    doc_set_text(&a->doc, a->cell, str_c(&all));
    str_fini(&all);
  }
  s->replaced++;
}

// From byte `from` of the focused cell to the end of all; false: no more.
static bool find_on(App *a, size_t from) {
  size_t at;
  int64_t last = a->editor ? a->cell + 1 : a->doc.n;
  for (int64_t i = a->cell; i < last; i++, from = 0)
    if (search_find(&a->search, text_of(a, i), from, false, &at)) return go_to(a, i, at), true;
  return false;
}

static void end_replace(App *a) {
  Search *s = &a->search;
  char label[64];
  search_forget(a);
  snprintf(label, sizeof label, "replace %.24s", str_c(&s->text));
  if (s->replaced && !a->editor) app_commit(a, label);
  app_say(a, STYLE_FG, "replaced %lld of '%s'%s", (long long)s->replaced, str_c(&s->text),
          !s->replaced ? ""
          : a->editor  ? ": ^_ takes it back"
                       : ": u takes it back");
}

static void ask_next(App *a, size_t from);

static void answer(App *a, int chosen) {
  Search *s = &a->search;
  size_t behind = s->at + (chosen == 1 ? s->text.n : s->with.n);
  if (chosen == 3) {
    end_replace(a);
    return;
  }
  if (chosen != 1) replace_here(a);
  if (chosen == 2)
    for (; find_on(a, behind); behind = s->at + s->with.n) replace_here(a);
  ask_next(a, behind);
}

static void ask_next(App *a, size_t from) {
  static const KeyWord choice[] = {{"y", "replace"}, {"n", "leave it"}, {"a", "replace all"}, {"Esc", "end"}};
  if (!find_on(a, from)) {
    end_replace(a);
    return;
  }
  app_ask_user(a, answer, choice, 4, "replace '%.100s' by '%.100s' here? cell %lld, %lld of %lld",
               str_c(&a->search.text), str_c(&a->search.with), (long long)a->cell + 1, (long long)count_before(a) + 1,
               (long long)count_all(a));
}

void replace_with_accept(App *a, const char *line) {
  str_clear(&a->search.with);
  str_add(&a->search.with, line);
  a->search.replaced = 0;
  if (!a->editor) a->cell = 0;
  ask_next(a, 0);
}

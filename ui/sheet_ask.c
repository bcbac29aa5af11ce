// What the sheet asks the kernel, and what it does with the answers. One question of a kind is under way at a time, and
// the next is asked from what then shows: a cursor that runs asks for where it is, not for all that it passed.
//
// Rows are asked in pages at multiples of their length. Of a table with few columns a page has all of them; of a wide
// one the frozen columns and a run of others around those that show, since 200 rows of 10,000 columns would be two
// million cells. Columns are asked by name; before the names are known only a few rows of all columns are asked. A page
// that the kernel refuses (a message would be too long) is asked again with half as many rows.
#include "ui/app_int.h"

#include <stdlib.h>

enum { FEW_COLUMNS = 64, COLUMNS_BEFORE = 16, COLUMNS_MORE = 48, CELLS_UNNAMED = 20000 };

static bool is_current(const Sheet *s, int64_t version) { return s->version == 0 || version == s->version; }

static bool fresh_heads(const Sheet *s) { return s->heads.kind == MSG_HEADS && s->heads.Heads.version == s->version; }

// ---- asking -------------------------------------------------------------------------------------------------------
static bool covers(const SheetPage *p, int64_t row, int from, int to) {
  return p->from <= from && p->from + p->n >= to && row >= p->first && row < p->first + p->rows;
}

// A page of the present version has the row in the columns that show.
static bool have_row(const Sheet *s, int64_t row, int from, int to) {
  for (int i = 0; i < SHEET_PAGES; i++) {
    const SheetPage *p = &s->page[i];
    if (p->m.kind == MSG_PAGE && is_current(s, p->m.PageAnswer.version) && p->frozen >= s->frozen &&
        covers(p, row, from, to))
      return true;
  }
  return false;
}

static void ask_page(App *a, int64_t row, int from, int to) {
  Sheet *s = &a->sheet;
  bool all = s->ncol <= FEW_COLUMNS || !fresh_heads(s);
  int64_t rows = s->page_most;
  SheetPage want = {.n = s->ncol};
  Names columns = {0};
  if (all && s->ncol > FEW_COLUMNS) rows = rows < CELLS_UNNAMED / s->ncol ? rows : 1 + CELLS_UNNAMED / s->ncol;
  if (!all) {
    want.frozen = s->frozen;
    want.from = from - COLUMNS_BEFORE > s->frozen ? from - COLUMNS_BEFORE : s->frozen;
    want.n = (to + COLUMNS_MORE < s->ncol ? to + COLUMNS_MORE : s->ncol) - want.from;
    columns.name = calloc((size_t)(want.frozen + want.n) + 1, sizeof *columns.name);
    if (!columns.name) abort();
    for (int j = 0; j < want.frozen; j++) columns.name[columns.n++] = sheet_name(s, j);
    for (int j = 0; j < want.n; j++) columns.name[columns.n++] = sheet_name(s, want.from + j);
  }
  want.first = row / rows * rows, want.rows = rows;
  Msg m;
  msg_init(&m, MSG_VIEW_PAGE, 0);
  m.ViewPage = (MsgViewPage){s->object, s->version, want.first, rows, columns, s->exact};
  s->asked = want;
  s->page_asked = app_ask(a, &m);
  free(columns.name);
}

static void want_page(App *a, int64_t rows) {
  Sheet *s = &a->sheet;
  int from = s->left > s->frozen ? s->left : s->frozen, to = from + (s->across > 0 ? s->across : 1);
  if (to > s->ncol) to = s->ncol;
  if (from > to) from = to;
  if (s->page_asked || s->refusal || rows < 1) return;
  if (s->nrow == 0 && s->ncol == 0) { // nothing is known yet
    bool any = false;
    for (int i = 0; i < SHEET_PAGES; i++) any = any || s->page[i].m.kind == MSG_PAGE;
    if (!any) ask_page(a, 0, 0, 0);
    return;
  }
  int64_t end = s->top + rows < s->nrow ? s->top + rows : s->nrow;
  for (int64_t row = s->top < 0 ? 0 : s->top; row < end; row++)
    if (!have_row(s, row, from, to)) {
      ask_page(a, row, from, to);
      return;
    }
  int64_t ahead = s->heading > 0 ? end + s->page_most / 2 : s->top - s->page_most / 2;
  if (ahead >= 0 && ahead < s->nrow && !have_row(s, ahead, from, to)) ask_page(a, ahead, from, to);
}

static uint64_t ask_object(App *a, MsgKind kind) {
  Msg m;
  msg_init(&m, kind, 0);
  if (kind == MSG_VIEW_HEADS) m.ViewHeads.object = a->sheet.object;
  else m.ViewNotes.object = a->sheet.object;
  return app_ask(a, &m);
}

// A question by a name of before, or of a version that is gone meanwhile, is asked again when the names are there.
static bool is_column_known_of(const Sheet *s) {
  return s->heads_refused || (fresh_heads(s) && s->profile_version == s->version);
}

static void want_profile(App *a) {
  Sheet *s = &a->sheet;
  const char *name = sheet_name(s, s->col);
  const char *target = s->target ? s->target : "";
  const MsgColumn *have = sheet_profile(s, name);
  if (s->heads.kind == MSG_HEADS && !fresh_heads(s) && !s->heads_refused) return; // the column may be gone
  if (!name || s->profile_asked || s->profile_refused) return;
  if (have && is_current(s, have->version) && strcmp(have->target, target) == 0) return;
  Msg m;
  msg_init(&m, MSG_VIEW_COLUMN, 0);
  m.ViewColumn = (MsgViewColumn){s->object, name, target};
  s->profile_asked = app_ask(a, &m), s->profile_version = s->version;
}

// Pages hold numbers as they were asked for.
static void follow_settings(App *a) {
  Sheet *s = &a->sheet;
  bool exact = a->config.value[SET_numbers] == 1;
  if (s->exact == exact) return;
  s->exact = exact, s->page_asked = 0;
  for (int k = 0; k < SHEET_PAGES; k++) msg_fini(&s->page[k].m), s->page[k] = (SheetPage){0};
  for (int j = 0; j < s->ncol; j++) s->width[j].left = s->width[j].right = 0;
}

void sheet_want(App *a, int64_t rows) {
  Sheet *s = &a->sheet;
  follow_settings(a);
  if (a->kernel == KERNEL_LOST) sheet_lost(s);
  if (!s->object || a->kernel == KERNEL_LOST) return;
  want_page(a, rows);
  if (s->refusal) return;
  bool notes = s->notes.kind == MSG_NOTES && is_current(s, s->notes.Notes.version);
  if (!fresh_heads(s) && !s->heads_asked && !s->heads_refused) s->heads_asked = ask_object(a, MSG_VIEW_HEADS);
  want_profile(a);
  if (!notes && !s->notes_asked && !s->notes_refused) s->notes_asked = ask_object(a, MSG_VIEW_NOTES);
}

// ---- answers ------------------------------------------------------------------------------------------------------
static void keep_message(Msg *place, Msg *m) {
  msg_fini(place);
  *place = *m;
  *m = (Msg){0};
}

// Stale: of another object or of an older version. A newer one than was known of: the objects will say so soon.
static bool is_stale(Sheet *s, const char *object, int64_t version) {
  if (!s->object || strcmp(object, s->object) != 0 || version < s->version) return true;
  if (version > s->version) s->heads_refused = s->profile_refused = s->notes_refused = false;
  s->version = version;
  return false;
}

static void restore_column(Sheet *s) {
  int at = sheet_find_column(s, s->keep);
  if (at >= 0) s->col = at;
  free(s->keep);
  s->keep = NULL;
  sheet_bound(s);
}

static void take_heads(Sheet *s, Msg *m) {
  const MsgHeads *h = &m->Heads;
  if (is_stale(s, h->object, h->version)) return;
  int ncol = (int)h->n;
  int64_t nrow = h->nrow;
  keep_message(&s->heads, m);
  sheet_size(s, nrow, ncol);
  restore_column(s);
}

// The page names other columns than the heads of an older version do.
static bool belies(const Sheet *s, const SheetPage *p) {
  const Page *page = &p->m.PageAnswer.page;
  for (int j = 0; j < page->ncol; j++) {
    const WireHead *head = sheet_head(s, j < p->frozen ? j : p->from + j - p->frozen);
    if (!head || strcmp(head->name, page->col[j].name) != 0) return true;
  }
  return p->n == page->ncol && s->heads.Heads.n != page->ncol;
}

static void grow_widths(Sheet *s, const SheetPage *p) {
  const Page *page = &p->m.PageAnswer.page;
  for (int j = 0; j < page->ncol; j++) {
    int at = j < p->frozen ? j : p->from + j - p->frozen;
    if (at >= s->ncol) return;
    SheetWidth *w = &s->width[at];
    for (int64_t i = 0; i < page->shown; i++) {
      int left, right;
      cell_measure(&page->col[j], page_get(page, i, j), &left, &right);
      if (left > w->left) w->left = left;
      if (right > w->right) w->right = right;
    }
  }
}

void sheet_show_page(Sheet *s, Page *page) {
  SheetPage *p = &s->page[0];
  int64_t nrow = page->shown;
  msg_fini(&p->m);
  *p = (SheetPage){.n = page->ncol, .rows = nrow};
  msg_init(&p->m, MSG_PAGE, 0);
  p->m.owned = true;
  p->m.PageAnswer = (MsgPageAnswer){.object = "", .page = *page};
  *page = (Page){0};
  sheet_size(s, nrow, p->n);
  grow_widths(s, p);
}

static SheetPage *oldest_page(Sheet *s) {
  SheetPage *oldest = &s->page[0];
  for (int i = 0; i < SHEET_PAGES; i++) {
    SheetPage *p = &s->page[i];
    if (p->m.kind == MSG_PAGE && p->m.PageAnswer.version != s->version) msg_fini(&p->m), *p = (SheetPage){0};
    if (p->used < oldest->used) oldest = p;
  }
  return oldest;
}

static void take_page(Sheet *s, Msg *m) {
  const MsgPageAnswer *answer = &m->PageAnswer;
  if (is_stale(s, answer->object, answer->version)) return;
  SheetPage got = s->asked, *place = oldest_page(s);
  bool all = got.from == 0 && got.frozen == 0 && got.n == s->ncol;
  if (all) got.n = answer->page.ncol;
  msg_fini(&place->m);
  *place = got;
  place->used = ++s->clock;
  place->m = *m;
  *m = (Msg){0};
  const Page *page = &place->m.PageAnswer.page;
  place->first = page->first;
  bool stale_heads = s->heads.kind == MSG_HEADS && s->heads.Heads.version != s->version;
  if (stale_heads && belies(s, place)) msg_fini(&s->heads);
  sheet_size(s, page->nrow, all ? page->ncol : s->ncol);
  grow_widths(s, place);
  if (all && s->keep) restore_column(s);
}

static void take_profile(App *a, Msg *m) {
  Sheet *s = &a->sheet;
  if (is_stale(s, m->Column.object, m->Column.version)) return;
  int at = 0;
  for (int i = 0; i < SHEET_PROFILES; i++) {
    bool same = s->profile[i].kind == MSG_COLUMN && strcmp(s->profile[i].Column.column, m->Column.column) == 0;
    if (same) s->profile_used[i] = -1;
    if (s->profile_used[i] < s->profile_used[at]) at = i;
  }
  s->profile_used[at] = ++s->clock;
  keep_message(&s->profile[at], m);
  target_tell(a);
}

static void take_found(App *a, const MsgFound *f) {
  Sheet *s = &a->sheet;
  if (f->row < 0 && !s->find_wrapped) {
    s->find_wrapped = true;
    sheet_search_from(a, s->find_back ? s->nrow : -1);
    return;
  }
  if (f->row < 0) {
    if (s->find_column)
      app_say(a, STYLE_WARN, "'%s' is nowhere in %s: g/ looks in all columns", s->find, s->find_column);
    else app_say(a, STYLE_WARN, "'%s' is nowhere in %s", s->find, s->object);
    return;
  }
  int col = sheet_find_column(s, f->column);
  if (s->find_wrapped && f->row == s->find_from) app_say(a, STYLE_DIM, "'%s' is in no other row", s->find);
  else if (s->find_wrapped && s->find_back) app_say(a, STYLE_DIM, "past the top: on from the end");
  else if (s->find_wrapped) app_say(a, STYLE_DIM, "past the end: on from the top");
  sheet_goto(a, f->row, col >= 0 ? col : s->col);
}

static void take_refusal(App *a, uint64_t request, const MsgRefused *r) {
  Sheet *s = &a->sheet;
  if (request == s->heads_asked) s->heads_refused = true;
  else if (request == s->profile_asked) s->profile_refused = is_column_known_of(s);
  else if (request == s->notes_asked) s->notes_refused = true;
  else if (request == s->find_asked) app_say(a, STYLE_WARN, "%s", r->message);
  else if (request == s->page_asked && r->code == ERR_SHAPE && s->page_most > 1) s->page_most /= 2;
  else if (request == s->page_asked) {
    free(s->refusal);
    s->refusal = strdup(r->message);
  }
}

static bool is_ours(const Sheet *s, const Msg *m) {
  uint64_t r = m->request;
  if (r == 0) return false;
  switch (m->kind) {
  case MSG_PAGE: return r == s->page_asked || r == s->card_asked;
  case MSG_HEADS: return r == s->heads_asked;
  case MSG_COLUMN: return r == s->profile_asked;
  case MSG_NOTES: return r == s->notes_asked;
  case MSG_FOUND: return r == s->find_asked;
  case MSG_FOLLOWED: return r == s->follow_asked;
  case MSG_REFUSED:
    return r == s->page_asked || r == s->heads_asked || r == s->profile_asked || r == s->notes_asked ||
           r == s->find_asked || r == s->card_asked || r == s->follow_asked;
  default: return false;
  }
}

bool sheet_take(App *a, Msg *m) {
  Sheet *s = &a->sheet;
  if (!is_ours(s, m)) return false;
  uint64_t request = m->request;
  if (request == s->follow_asked) follow_take(a, m);
  else if (m->kind == MSG_REFUSED) take_refusal(a, request, &m->Refused);
  uint64_t *asked[] = {&s->page_asked, &s->heads_asked, &s->profile_asked, &s->notes_asked, &s->find_asked};
  bool card = request == s->card_asked;
  for (int i = 0; i < 5; i++)
    if (*asked[i] == request) *asked[i] = 0;
  if (card) s->card_asked = 0;
  switch (m->kind) {
  case MSG_PAGE:
    if (card) keep_message(&s->card_row, m);
    else take_page(s, m);
    break;
  case MSG_HEADS: take_heads(s, m); break;
  case MSG_COLUMN: take_profile(a, m); break;
  case MSG_NOTES:
    if (!is_stale(s, m->Notes.object, m->Notes.version)) keep_message(&s->notes, m);
    break;
  case MSG_FOUND: take_found(a, &m->Found); break;
  default: break;
  }
  msg_fini(m);
  *m = (Msg){0};
  a->dirty = true;
  return true;
}

// ---- searching ----------------------------------------------------------------------------------------------------
void sheet_search_from(App *a, int64_t row) {
  Sheet *s = &a->sheet;
  Msg m;
  msg_init(&m, MSG_FIND, 0);
  bool pattern = strpbrk(s->find, SEARCH_SIGNS);
  m.Find = (MsgFind){s->object, s->find, s->find_column ? s->find_column : "", row, s->find_back, pattern};
  s->find_asked = app_ask(a, &m);
}

void sheet_search(App *a, bool backward) {
  Sheet *s = &a->sheet;
  if (!s->object || !s->find) return;
  s->find_back = backward, s->find_wrapped = false, s->find_from = s->row;
  sheet_search_from(a, s->row);
}

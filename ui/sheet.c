// The table that is looked at: its cursor, and what the kernel has told of it. What shows is never computed here. The
// names of columns come with the heads, or earlier with a page that has all columns; what is known of the object
// before (objects, pages) says how many rows and columns there are. When the object changes, what was told of the old
// version stays on the screen until the first page of the new one is there, so that nothing flickers; then it goes.
#include "ui/app_int.h"

#include "base/utf8.h"

#include <stdlib.h>

static char *copy(const char *text) {
  char *c = text ? strdup(text) : NULL;
  if (text && !c) abort();
  return c;
}

static void set_text(char **field, const char *text) {
  char *with = copy(text);
  free(*field);
  *field = with;
}

// ---- what is known ------------------------------------------------------------------------------------------------
int sheet_ncol(const Sheet *s) { return s->ncol; }
int64_t sheet_nrow(const Sheet *s) { return s->nrow; }

static bool has_heads(const Sheet *s) { return s->heads.kind == MSG_HEADS; }

const WireHead *sheet_head(const Sheet *s, int col) {
  return has_heads(s) && col >= 0 && col < s->heads.Heads.n ? &s->heads.Heads.item[col] : NULL;
}

// The page's column that is column `col` of the table; -1 = it is not there.
static int page_place(const SheetPage *p, int col) {
  if (p->m.kind != MSG_PAGE || col < 0) return -1;
  int at = col < p->frozen ? col : col >= p->from && col < p->from + p->n ? p->frozen + col - p->from : -1;
  return at < p->m.PageAnswer.page.ncol ? at : -1;
}

const PageCol *sheet_form(const Sheet *s, int col) {
  for (int i = 0; i < SHEET_PAGES; i++) {
    int at = page_place(&s->page[i], col);
    if (at >= 0) return &s->page[i].m.PageAnswer.page.col[at];
  }
  return NULL;
}

const char *sheet_name(const Sheet *s, int col) {
  const WireHead *head = sheet_head(s, col);
  const PageCol *form = head ? NULL : sheet_form(s, col);
  return head ? head->name : form ? form->name : NULL;
}

const char *sheet_cell(Sheet *s, int64_t row, int col, bool *known) {
  *known = false;
  for (int i = 0; i < SHEET_PAGES; i++) {
    SheetPage *p = &s->page[i];
    int at = page_place(p, col);
    const Page *page = &p->m.PageAnswer.page;
    if (at < 0 || row < page->first || row >= page->first + page->shown) continue;
    *known = true;
    p->used = ++s->clock;
    return page_get(page, row - page->first, at);
  }
  return NULL;
}

const MsgColumn *sheet_profile(const Sheet *s, const char *column) {
  for (int i = 0; column && i < SHEET_PROFILES; i++)
    if (s->profile[i].kind == MSG_COLUMN && strcmp(s->profile[i].Column.column, column) == 0)
      return &s->profile[i].Column;
  return NULL;
}

int sheet_find_column(const Sheet *s, const char *name) {
  for (int j = 0; name && j < s->ncol; j++) {
    const char *have = sheet_name(s, j);
    if (have && strcmp(have, name) == 0) return j;
  }
  return -1;
}

int sheet_sort_place(const Sheet *s, int col, bool *down) {
  const char *name = s->nkey ? sheet_name(s, col) : NULL;
  for (int k = 0; name && k < s->nkey; k++) {
    *down = *s->key[k] == '-';
    if (strcmp(s->key[k] + *down, name) == 0) return k;
  }
  return -1;
}

bool sheet_is_picked(const Sheet *s, int64_t row) {
  int64_t from = s->pick_from - 1;
  bool drawn = s->pick_from && row >= (from < s->row ? from : s->row) && row <= (from < s->row ? s->row : from);
  return drawn || picks_has(&s->picks, row);
}

// ---- life ---------------------------------------------------------------------------------------------------------
void sheet_init(Sheet *s) {
  *s = (Sheet){.page_most = SHEET_ROWS, .heading = 1};
  arena_init(&s->arena);
}

void sheet_fini(Sheet *s) {
  msg_fini(&s->heads), msg_fini(&s->notes), msg_fini(&s->card_row);
  for (int i = 0; i < SHEET_PROFILES; i++) msg_fini(&s->profile[i]);
  for (int i = 0; i < SHEET_PAGES; i++) msg_fini(&s->page[i].m);
  free(s->object), free(s->refusal), free(s->width), free(s->target), free(s->keep), free(s->coming), free(s->find);
  free(s->want_target), free(s->find_column);
  picks_fini(&s->picks);
  arena_fini(&s->hit_arena);
  arena_fini(&s->arena);
  *s = (Sheet){0};
}

void sheet_size(Sheet *s, int64_t nrow, int ncol) {
  if (ncol != s->ncol) {
    SheetWidth *width = calloc((size_t)ncol + 1, sizeof *width);
    if (!width) abort();
    free(s->width);
    s->width = width, s->ncol = ncol;
    if (s->frozen > ncol) s->frozen = ncol;
  }
  s->nrow = nrow;
  sheet_bound(s);
}

void sheet_bound(Sheet *s) {
  if (s->row >= s->nrow) s->row = s->nrow - 1;
  if (s->row < 0) s->row = 0;
  if (s->col >= s->ncol) s->col = s->ncol - 1;
  if (s->col < 0) s->col = 0;
}

static const WireObject *object_of(const App *a, const char *name) {
  for (int64_t i = 0; name && a->objects.kind == MSG_OBJECTS && i < a->objects.Objects.n; i++)
    if (strcmp(a->objects.Objects.item[i].name, name) == 0) return &a->objects.Objects.item[i];
  return NULL;
}

// Whatever was refused is worth another question.
static void forget_refusals(Sheet *s) {
  s->heads_refused = s->profile_refused = s->notes_refused = false;
  set_text(&s->refusal, NULL);
  s->page_most = SHEET_ROWS;
}

static void remember_column(Sheet *s) {
  const char *name = s->coming ? s->coming : sheet_name(s, s->col);
  if (name) set_text(&s->keep, name);
  set_text(&s->coming, NULL);
}

void sheet_await_column(Sheet *s, const char *name) { set_text(&s->coming, name); }

void sheet_open(App *a, const char *object) {
  Sheet *s = &a->sheet, old = *s;
  bool view = old.object && object && strcmp(old.object, object) != 0 && sheet_is_view(a, object, old.object);
  bool same = old.object && object && strcmp(old.object, object) == 0;
  if (same) {
    sheet_changed(a);
    return;
  }
  int64_t row = old.row, top = old.top, nrow = old.nrow, version = old.version;
  Picks picks = {0};
  bool look = view && a->dive.name && strcmp(a->dive.name, object) == 0; // from which q comes back to them
  if (view && !look) picks_copy(&old.picks, &picks);
  char *was = copy(old.object);
  bool peeked = peek_shows(a);
  int col = old.col, left = old.left;
  remember_column(&old);
  char *keep = peeked ? copy(old.keep) : NULL;
  sheet_init(s);
  s->object = copy(object);
  if (view) {
    s->left = old.left, s->frozen = old.frozen, s->col = old.col;
    s->target = copy(old.target), s->keep = copy(old.keep);
    s->width = calloc((size_t)old.ncol + 1, sizeof *s->width);
    if (!s->width) abort();
    if (old.ncol) memcpy(s->width, old.width, (size_t)old.ncol * sizeof *s->width);
    s->ncol = old.ncol;
  }
  if (!crumb_stash(a, &old)) sheet_fini(&old);
  const WireObject *o = object_of(a, object);
  if (o) s->version = o->version, sheet_size(s, o->nrow, (int)o->ncol);
  if (view && o && o->nrow == nrow) s->row = row, s->top = top; // the same rows, or in another order
  if (peeked) s->row = row, s->top = top, s->col = col, s->left = left, s->keep = keep;
  else free(keep);
  sheet_bound(s);
  sheet_read_source(a);
  follow_rows(a, &picks, was, version, nrow);
  picks_fini(&picks), free(was);
  a->dirty = true;
}

void sheet_changed(App *a) {
  Sheet *s = &a->sheet;
  if (!s->object) return;
  sheet_read_source(a);
  const WireObject *o = object_of(a, s->object);
  bool unnamed = *s->object == '#', gone = !o && !unnamed;
  if (o && o->version == s->version && !s->refusal) return;
  remember_column(s);
  Picks picks = s->picks; // other rows have these numbers now
  int64_t version = s->version, nrow = s->nrow;
  s->picks = (Picks){0}, s->pick_from = 0, s->follow_asked = 0;
  forget_refusals(s);
  a->dirty = true;
  if (gone) {
    s->version = 0;
    for (int i = 0; i < SHEET_PAGES; i++) msg_fini(&s->page[i].m), s->page[i] = (SheetPage){0};
    msg_fini(&s->heads), msg_fini(&s->notes);
    sheet_size(s, 0, 0);
    Str why = {0};
    str_addf(&why, "no table '%s' now: run the cell that makes it, or u", s->object);
    set_text(&s->refusal, str_c(&why));
    str_fini(&why);
    picks_fini(&picks);
    return;
  }
  s->version = o ? o->version : 0; // 0: whatever the kernel answers is the newest
  if (o) s->nrow = o->nrow, sheet_bound(s);
  follow_rows(a, &picks, s->object, version, nrow);
  picks_fini(&picks);
}

void sheet_lost(Sheet *s) {
  s->page_asked = s->heads_asked = s->profile_asked = s->notes_asked = s->find_asked = s->card_asked = 0;
  s->follow_asked = 0;
}

// ---- moving -------------------------------------------------------------------------------------------------------
void sheet_goto(App *a, int64_t row, int col) {
  Sheet *s = &a->sheet;
  if (row != s->row) s->heading = row > s->row ? 1 : -1;
  s->row = row, s->col = col;
  set_text(&s->keep, NULL), set_text(&s->coming, NULL);
  sheet_bound(s);
  a->dirty = true;
}

void sheet_seek(App *a, const char *column) {
  Sheet *s = &a->sheet;
  int at = sheet_find_column(s, column);
  if (at >= 0) sheet_goto(a, s->row, at);
  else set_text(&s->keep, column);
}

void sheet_move(App *a, int64_t drow, int dcol) {
  const Sheet *s = &a->sheet;
  sheet_goto(a, s->row + drow, s->col + dcol);
}

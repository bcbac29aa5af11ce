#include "show/show.h"

#include "base/numfmt.h"
#include "show/show_int.h"

#include <assert.h>

#define DECLARE(NAME, word) extern const ShowWriter show_writer_##word;
SHOW_FORMATS(DECLARE)

#define ADDRESS(NAME, word) [NAME] = &show_writer_##word,
static const ShowWriter *const WRITERS[] = {SHOW_FORMATS(ADDRESS)};

enum { NWRITER = sizeof WRITERS / sizeof *WRITERS };

void page_init(Page *p, int64_t shown, int ncol) {
  assert(shown >= 0 && ncol >= 0);
  *p = (Page){.nrow = shown, .shown = shown, .ncol = ncol};
  arena_init(&p->arena);
  p->col = arena_array(&p->arena, PageCol, ncol);
  p->cell = arena_array(&p->arena, const char *, shown * ncol);
  for (int j = 0; j < ncol; j++) p->col[j].name = "";
}

void page_fini(Page *p) {
  arena_fini(&p->arena);
  *p = (Page){0};
}

void page_col(Page *p, int j, const char *name, char sign, Align align, CellKind kind) {
  assert(j >= 0 && j < p->ncol);
  p->col[j] = (PageCol){arena_strdup(&p->arena, name), sign, align, kind};
}

void page_cell(Page *p, int64_t i, int j, const char *text) {
  assert(i >= 0 && i < p->shown && j >= 0 && j < p->ncol);
  p->cell[i * p->ncol + j] = text ? arena_strdup(&p->arena, text) : NULL;
}

const char *page_get(const Page *p, int64_t i, int j) {
  assert(i >= 0 && i < p->shown && j >= 0 && j < p->ncol);
  return p->cell[i * p->ncol + j];
}

size_t show_head(Sv title) {
  for (size_t k = 1; k + 1 < title.n; k++) {
    bool ends = title.s[k] == ' ' && title.s[k - 1] == '.', begins = title.s[k + 1] >= 'A' && title.s[k + 1] <= 'Z';
    if (ends && begins) return k;
  }
  return title.n;
}

void page_add_more(const Page *p, Str *out) {
  int64_t more = p->nrow - p->shown;
  char count[NUMFMT_MAX];
  if (more <= 0) return;
  fmt_i64(count, sizeof count, more, true);
  str_addf(out, "%s more %s", count, more == 1 ? "row" : "rows");
}

void shown_text(Shown *s, ShownKind kind, const char *text, const char *json) {
  assert(kind != SHOWN_PAGE);
  *s = (Shown){.kind = kind};
  arena_init(&s->page.arena);
  s->text = arena_strdup(&s->page.arena, text);
  s->json = json ? arena_strdup(&s->page.arena, json) : NULL;
}

void shown_fini(Shown *s) {
  page_fini(&s->page);
  *s = (Shown){0};
}

void show_print(const Shown *s, const ShowStyle *style, Str *out) {
  const ShowWriter *w = WRITERS[style->format];
  switch (s->kind) {
  case SHOWN_PAGE: w->page(&s->page, style, out); break;
  case SHOWN_TEXT: w->text(s, style, out); break;
  case SHOWN_ERROR: w->error(s, style, out); break;
  }
}

bool show_parse_format(Sv word, ShowFormat *format) {
  for (int f = 0; f < NWRITER; f++) {
    if (!sv_is(word, WRITERS[f]->name)) continue;
    *format = (ShowFormat)f;
    return true;
  }
  return false;
}

// Markdown on the screen. md4c tells of blocks and spans as it meets them. What stands in a paragraph, a heading or a
// cell of a table is collected in `leaf`, a text with a style for each byte, and put when its block ends: broken at
// blanks, behind what the blocks around it have at the left (the bar of a quote, the mark of a list item, later blanks
// of that width).
//
// md4c says nothing of blank lines; a blank line stands where the source has one between what was put last and what
// comes next, but for headings, which stand close to what they head. Where texts lie in the source tells that.
// Only markdown.c sees md4c.
#include "ui/markdown_int.h"

#include "base/utf8.h"

#include <stdio.h>

#include <md4c.h>

enum { DEPTH_MOST = 24, RULE_WIDTH = 24, CODE_INDENT = 2 };

typedef enum { BLOCK_LIST, BLOCK_ITEM, BLOCK_QUOTE } BlockKind;

typedef struct Block {
  BlockKind kind;
  bool fresh;     // nothing of it has been put yet
  int64_t number; // LIST: of its next item, -1 = no numbers
  char mark[24];  // ITEM: "• ", "12. ", "[x] "
  Style style;    // of the mark
} Block;

typedef struct Painter {
  const Paint *p;
  int x, y, w, lines;
  Sv source;
  size_t end; // of what was put last, in the source
  bool close; // what comes next stands close to it
  Block block[DEPTH_MOST];
  int depth; // blocks that are open, also those too deep to be told apart
  Marked leaf;
  size_t first, last; // of the leaf in the source; first > last: nothing of it lies there
  Style span[DEPTH_MOST], base;
  int nspan;
  size_t link; // where the text of a link began
  bool lua;    // the language of a piece of code
  MarkTable table;
  bool in_table;
} Painter;

// ---- lines --------------------------------------------------------------------------------------------------------
static int open_blocks(const Painter *t) { return t->depth < DEPTH_MOST ? t->depth : DEPTH_MOST; }

static int block_width(const Block *b) {
  return b->kind == BLOCK_QUOTE ? 2 : b->kind == BLOCK_ITEM ? utf8_width(sv(b->mark)) : 0;
}

static int left_width(const Painter *t) {
  int width = 0;
  for (int k = 0; k < open_blocks(t); k++) width += block_width(&t->block[k]);
  return width;
}

static bool is_seen(const Painter *t) {
  int y = t->y + t->lines;
  return t->p && y >= 0 && y < t->p->c->h;
}

// What stands at the left of a line; returns where its text begins. A blank line takes no marks.
static int put_left(Painter *t, bool blank) {
  int x = t->x, end = t->x + t->w, y = t->y + t->lines;
  for (int k = 0; k < open_blocks(t); k++) {
    Block *b = &t->block[k];
    bool bar = b->kind == BLOCK_QUOTE && !(blank && b->fresh), mark = b->kind == BLOCK_ITEM && b->fresh && !blank;
    if (is_seen(t) && bar && x < end) paint_text(t->p, x, y, end - x, glyph(t->p, G_DIVIDER), STYLE_FAINT);
    if (is_seen(t) && mark && x < end) paint_text(t->p, x, y, end - x, b->mark, b->style);
    x += block_width(b);
    if (!blank) b->fresh = false;
  }
  return x;
}

static int text_width(const Painter *t) {
  int w = t->w - left_width(t);
  return w > 1 ? w : 1;
}

static void put_part(Painter *t, const Marked *m, size_t from, size_t n) {
  int x = put_left(t, false);
  if (is_seen(t) && x < t->x + t->w) marked_paint(t->p, x, t->y + t->lines, t->x + t->w - x, m, from, n);
  t->lines++;
}

static void put_whole(void *ctx, const Marked *m) { put_part(ctx, m, 0, m->text.n); }

// ---- blank lines --------------------------------------------------------------------------------------------------
static bool is_blank(const char *s, const char *end) {
  while (s < end && strchr(" \t>\r", *s)) s++;
  return s == end;
}

// Whether a blank line lies between two places of the source.
static bool parted(const Painter *t, size_t from, size_t to) {
  const char *end = t->source.s + to, *s = from < to ? memchr(t->source.s + from, '\n', to - from) : NULL;
  while (s) {
    const char *line = s + 1, *next = memchr(line, '\n', (size_t)(end - line));
    if (next && is_blank(line, next)) return true;
    s = next;
  }
  return false;
}

static void put_gap(Painter *t) {
  bool known = t->first <= t->last;
  if (t->lines && !t->close && known && parted(t, t->end, t->first)) put_left(t, true), t->lines++;
  t->close = false;
  if (known) t->end = t->last;
  t->first = (size_t)-1, t->last = 0;
}

// ---- leaves -------------------------------------------------------------------------------------------------------
static void put_leaf(Painter *t) {
  size_t at = 0, next = 0;
  if (t->in_table || !t->leaf.text.n) return;
  put_gap(t);
  for (; at < t->leaf.text.n; at = next) {
    size_t n = marked_break(&t->leaf, at, text_width(t), &next);
    put_part(t, &t->leaf, at, n);
  }
  marked_clear(&t->leaf);
}

static void put_rule(Painter *t) {
  Marked rule = {0};
  for (int k = 0; k < text_width(t) && k < RULE_WIDTH; k++) marked_add(&rule, "─", strlen("─"), STYLE_FAINT);
  put_part(t, &rule, 0, rule.text.n);
  marked_fini(&rule);
  t->close = true;
}

// Lines of code are cut, not broken.
static void put_code(Painter *t) {
  Sv all = {str_c(&t->leaf.text), t->leaf.text.n};
  if (all.n && all.s[all.n - 1] == '\n') all.n--;
  put_gap(t);
  size_t at = 0;
  for (int line = 0; at <= all.n; line++) {
    const char *end = at < all.n ? memchr(all.s + at, '\n', all.n - at) : NULL;
    size_t n = end ? (size_t)(end - all.s) - at : all.n - at;
    int x = put_left(t, false) + CODE_INDENT, room = t->x + t->w - x;
    if (is_seen(t) && room > 0 && t->lua) paint_lua(t->p, x, t->y + t->lines, room, all, line, 0, STYLE_FG);
    else if (is_seen(t) && room > 0) marked_paint(t->p, x, t->y + t->lines, room, &t->leaf, at, n);
    t->lines++;
    at += n + 1;
  }
  marked_clear(&t->leaf);
}

static void put_table(Painter *t) {
  t->in_table = false;
  put_gap(t);
  mark_table_draw(&t->table, text_width(t), (MarkLine){put_whole, t});
  mark_table_fini(&t->table);
}

// ---- blocks -------------------------------------------------------------------------------------------------------
static Block *push(Painter *t, BlockKind kind) {
  static const Block none;
  int k = t->depth++ < DEPTH_MOST ? t->depth - 1 : DEPTH_MOST - 1;
  t->block[k] = none;
  t->block[k].kind = kind, t->block[k].fresh = true, t->block[k].number = -1;
  return &t->block[k];
}

static void push_item(Painter *t, const MD_BLOCK_LI_DETAIL *item) {
  Block *list = t->depth && t->depth <= DEPTH_MOST ? &t->block[t->depth - 1] : NULL;
  int64_t number = list && list->kind == BLOCK_LIST && list->number >= 0 ? list->number++ : -1;
  Block *b = push(t, BLOCK_ITEM);
  b->style = STYLE_DIM;
  if (item->is_task) {
    bool done = item->task_mark != ' ';
    snprintf(b->mark, sizeof b->mark, "[%c] ", done ? 'x' : ' ');
    b->style = done ? STYLE_ACCENT : STYLE_DIM;
  } else if (number >= 0) snprintf(b->mark, sizeof b->mark, "%lld. ", (long long)number);
  else snprintf(b->mark, sizeof b->mark, "%s ", "•");
}

static bool is_lua(const MD_ATTRIBUTE *lang) { return lang->size == 3 && memcmp(lang->text, "lua", 3) == 0; }

static int enter_block(MD_BLOCKTYPE type, void *detail, void *ctx) {
  Painter *t = ctx;
  put_leaf(t);
  t->nspan = 0, t->base = type == MD_BLOCK_H || type == MD_BLOCK_TH ? STYLE_STRONG : STYLE_FG;
  switch (type) {
  case MD_BLOCK_QUOTE: push(t, BLOCK_QUOTE); break;
  case MD_BLOCK_UL: push(t, BLOCK_LIST); break;
  case MD_BLOCK_OL: push(t, BLOCK_LIST)->number = ((MD_BLOCK_OL_DETAIL *)detail)->start; break;
  case MD_BLOCK_LI: push_item(t, detail); break;
  case MD_BLOCK_HR: put_rule(t); break;
  case MD_BLOCK_CODE: t->lua = is_lua(&((MD_BLOCK_CODE_DETAIL *)detail)->lang); break;
  case MD_BLOCK_TABLE:
    t->in_table = true;
    t->table.ncol = (int)((MD_BLOCK_TABLE_DETAIL *)detail)->col_count;
    break;
  default: break;
  }
  return 0;
}

static MarkAlign align_of(const MD_BLOCK_TD_DETAIL *d) {
  if (d->align == MD_ALIGN_RIGHT) return MARK_RIGHT;
  return d->align == MD_ALIGN_CENTER ? MARK_CENTER : d->align == MD_ALIGN_LEFT ? MARK_LEFT : MARK_AUTO;
}

static void leave_item(Painter *t) {
  put_leaf(t);
  if (t->depth <= DEPTH_MOST && t->block[t->depth - 1].fresh) put_part(t, &t->leaf, 0, 0);
  t->depth--;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *ctx) {
  Painter *t = ctx;
  switch (type) {
  case MD_BLOCK_P: put_leaf(t); break;
  case MD_BLOCK_H:
    put_leaf(t);
    t->close = true;
    break;
  case MD_BLOCK_CODE: put_code(t); break;
  case MD_BLOCK_LI: leave_item(t); break;
  case MD_BLOCK_QUOTE:
  case MD_BLOCK_UL:
  case MD_BLOCK_OL:
    put_leaf(t);
    t->depth--;
    break;
  case MD_BLOCK_TH:
  case MD_BLOCK_TD: mark_table_add(&t->table, &t->leaf, align_of(detail)); break;
  case MD_BLOCK_TABLE: put_table(t); break;
  default: break;
  }
  return 0;
}

// ---- spans --------------------------------------------------------------------------------------------------------
static Style style_now(const Painter *t) {
  Style style = t->base;
  for (int k = 0; k < t->nspan && k < DEPTH_MOST; k++) {
    bool keeps = style == STYLE_STRING || style == STYLE_ACCENT || (style == STYLE_STRONG && t->span[k] == STYLE_NOTE);
    if (!keeps) style = t->span[k];
  }
  return style;
}

static Style style_of(MD_SPANTYPE type) {
  switch (type) {
  case MD_SPAN_EM: return STYLE_NOTE;
  case MD_SPAN_STRONG: return STYLE_STRONG;
  case MD_SPAN_CODE: return STYLE_STRING;
  case MD_SPAN_DEL: return STYLE_FAINT;
  default: return STYLE_ACCENT;
  }
}

static int enter_span(MD_SPANTYPE type, void *detail, void *ctx) {
  Painter *t = ctx;
  (void)detail;
  if (t->nspan < DEPTH_MOST) t->span[t->nspan] = style_of(type);
  t->nspan++;
  if (type == MD_SPAN_A || type == MD_SPAN_IMG) t->link = t->leaf.text.n;
  return 0;
}

// The address of a link to another machine and of a picture, where its text does not say it.
static void add_address(Painter *t, const MD_ATTRIBUTE *to, bool picture) {
  Sv text = {str_c(&t->leaf.text) + t->link, t->leaf.text.n - t->link}, href = {to->text, to->size};
  bool far = picture || (href.n && memmem(href.s, href.n, "://", 3));
  bool said = text.n && text.n <= href.n && memcmp(href.s + href.n - text.n, text.s, text.n) == 0;
  if (!far || said || !href.n) return;
  marked_add(&t->leaf, " (", 2, STYLE_DIM);
  marked_add(&t->leaf, href.s, href.n, STYLE_DIM);
  marked_add(&t->leaf, ")", 1, STYLE_DIM);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *ctx) {
  Painter *t = ctx;
  t->nspan--;
  if (type == MD_SPAN_A) add_address(t, &((MD_SPAN_A_DETAIL *)detail)->href, false);
  if (type == MD_SPAN_IMG) add_address(t, &((MD_SPAN_IMG_DETAIL *)detail)->src, true);
  return 0;
}

// ---- texts --------------------------------------------------------------------------------------------------------
static uint32_t entity_code(Sv s) {
  static const struct {
    const char *name;
    uint32_t code;
  } KNOWN[] = {{"&amp;", '&'},     {"&lt;", '<'},       {"&gt;", '>'},       {"&quot;", '"'},      {"&apos;", '\''},
               {"&nbsp;", ' '},    {"&ndash;", 0x2013}, {"&mdash;", 0x2014}, {"&hellip;", 0x2026}, {"&times;", 0xD7},
               {"&plusmn;", 0xB1}, {"&le;", 0x2264},    {"&ge;", 0x2265},    {"&rarr;", 0x2192},   {"&deg;", 0xB0}};
  for (size_t k = 0; k < sizeof KNOWN / sizeof *KNOWN; k++)
    if (sv_is(s, KNOWN[k].name)) return KNOWN[k].code;
  if (s.n < 4 || s.s[1] != '#') return 0;
  bool hex = s.s[2] == 'x' || s.s[2] == 'X';
  uint32_t code = 0;
  for (size_t k = hex ? 3 : 2; k + 1 < s.n && code < 0x110000; k++) {
    uint32_t digit = (uint32_t)(s.s[k] <= '9' ? s.s[k] - '0' : (s.s[k] | 32) - 'a' + 10);
    code = code * (hex ? 16 : 10) + digit;
  }
  bool text = code >= 0x20 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
  return text ? code : 0xFFFD;
}

static void add_entity(Painter *t, Sv s) {
  char buf[4];
  uint32_t code = entity_code(s);
  if (code) marked_add(&t->leaf, buf, (size_t)utf8_encode(code, buf), style_now(t));
  else marked_add(&t->leaf, s.s, s.n, style_now(t));
}

static void note_place(Painter *t, const char *s, size_t n) {
  if (s < t->source.s || s + n > t->source.s + t->source.n) return;
  size_t at = (size_t)(s - t->source.s);
  if (t->first > t->last) t->first = at;
  t->last = at + n;
}

static int take_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE n, void *ctx) {
  Painter *t = ctx;
  note_place(t, s, n);
  if (type == MD_TEXT_BR) marked_add(&t->leaf, t->in_table ? " " : "\n", 1, STYLE_FG);
  else if (type == MD_TEXT_SOFTBR) marked_add(&t->leaf, " ", 1, style_now(t));
  else if (type == MD_TEXT_ENTITY) add_entity(t, (Sv){s, n});
  else if (type == MD_TEXT_CODE) marked_add(&t->leaf, s, n, STYLE_STRING);
  else marked_add(&t->leaf, s, n, style_now(t));
  return 0;
}

int markdown_draw(const Paint *p, int x, int y, int w, Sv text) {
  Painter t = {.p = p, .x = x, .y = y, .w = w, .source = text, .first = (size_t)-1, .base = STYLE_FG};
  MD_PARSER parser = {.flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML | MD_FLAG_COLLAPSEWHITESPACE,
                      .enter_block = enter_block,
                      .leave_block = leave_block,
                      .enter_span = enter_span,
                      .leave_span = leave_span,
                      .text = take_text};
  md_parse(text.s, (MD_SIZE)text.n, &parser, &t);
  marked_fini(&t.leaf);
  mark_table_fini(&t.table);
  return t.lines ? t.lines : 1;
}

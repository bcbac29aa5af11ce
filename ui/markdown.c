// The lines of a paragraph are joined. It becomes a text without its signs and one style for each byte of it; then it
// is broken at blanks, what is left of a list item standing under its first word. Known are headings, lists,
// **strong**, *emphasis*, `code`, links as [text](place), fences and rules; all else is text.
#include "ui/markdown_int.h"

#include "base/utf8.h"

typedef struct Marked {
  Str text, style; // as many bytes each
  int hang;        // columns before what is left of a broken line
} Marked;

static void add(Marked *m, const char *s, size_t n, Style style) {
  str_addn(&m->text, s, n);
  str_pad(&m->style, (char)style, (int)n);
}

// ---- inside a line ------------------------------------------------------------------------------------------------
static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

// Where the sign s[0..n) occurs again behind i, not after a blank; 0 = nowhere.
static size_t closing(Sv s, size_t i, const char *sign, size_t n) {
  for (size_t k = i + 1; k + n <= s.n; k++)
    if (memcmp(s.s + k, sign, n) == 0 && s.s[k - 1] != ' ') return k;
  return 0;
}

// A span between equal signs, if one begins at i: its inside, and where it ends.
static bool find_span(Sv s, size_t i, const char *sign, Sv *inside, size_t *end) {
  size_t n = strlen(sign);
  bool opens = i + n < s.n && memcmp(s.s + i, sign, n) == 0 && s.s[i + n] != ' ' && (i == 0 || !is_word(s.s[i - 1]));
  size_t close = opens ? closing(s, i + n, sign, n) : 0;
  if (!close || (close + n < s.n && is_word(s.s[close + n]))) return false;
  *inside = (Sv){s.s + i + n, close - i - n};
  *end = close + n;
  return true;
}

static bool find_link(Sv s, size_t i, Sv *inside, size_t *end) {
  size_t close = s.s[i] == '[' ? closing(s, i, "](", 2) : 0;
  const char *tail = close ? memchr(s.s + close, ')', s.n - close) : NULL;
  if (!tail) return false;
  *inside = (Sv){s.s + i + 1, close - i - 1};
  *end = (size_t)(tail - s.s) + 1;
  return true;
}

static void add_inline(Marked *m, Sv s, Style plain) {
  static const struct {
    const char *sign;
    Style style;
  } SPAN[] = {{"`", STYLE_STRING}, {"**", STYLE_STRONG}, {"__", STYLE_STRONG}, {"*", STYLE_NOTE}, {"_", STYLE_NOTE}};
  Sv inside;
  for (size_t i = 0, end; i < s.n;) {
    int k = 0;
    while (k < 5 && !find_span(s, i, SPAN[k].sign, &inside, &end)) k++;
    if (k < 5) add(m, inside.s, inside.n, plain == STYLE_STRONG ? plain : SPAN[k].style);
    else if (find_link(s, i, &inside, &end)) add(m, inside.s, inside.n, STYLE_ACCENT);
    else {
      if (s.s[i] == '\\' && i + 1 < s.n && strchr("\\`*_[]#", s.s[i + 1])) i++;
      add(m, s.s + i, 1, plain);
      end = i + 1;
    }
    i = end;
  }
}

// ---- kinds of lines -----------------------------------------------------------------------------------------------
static size_t heading_marks(Sv s) {
  size_t n = 0;
  while (n < s.n && s.s[n] == '#') n++;
  return n && n <= 6 && n < s.n && s.s[n] == ' ' ? n + 1 : 0;
}

// Bytes of a list's mark, 0 = none; a point or dash becomes a bullet.
static size_t list_mark(Sv s, bool *bullet) {
  size_t n = 0;
  *bullet = s.n > 1 && strchr("-*+", s.s[0]) && s.s[1] == ' ';
  if (*bullet) return 2;
  while (n < s.n && s.s[n] >= '0' && s.s[n] <= '9') n++;
  return n && n < 4 && n + 1 < s.n && strchr(".)", s.s[n]) && s.s[n + 1] == ' ' ? n + 2 : 0;
}

static bool is_rule(Sv s) {
  if (s.n < 3 || !strchr("-*_", s.s[0])) return false;
  for (size_t i = 1; i < s.n; i++)
    if (s.s[i] != s.s[0]) return false;
  return true;
}

static void mark_line(Sv line, int w, Marked *m) {
  size_t blanks = 0, head = heading_marks(line);
  bool bullet;
  while (blanks < line.n && line.s[blanks] == ' ') blanks++;
  Sv rest = {line.s + blanks, line.n - blanks};
  size_t mark = list_mark(rest, &bullet);
  if (head) add_inline(m, (Sv){line.s + head, line.n - head}, STYLE_STRONG);
  else if (is_rule(sv_trim(line)))
    for (int i = 0; i < w && i < 24; i++) add(m, "─", 3, STYLE_FAINT);
  else if (mark) {
    add(m, line.s, blanks, STYLE_FG);
    if (bullet) add(m, "• ", 4, STYLE_DIM);
    else add(m, rest.s, mark, STYLE_DIM);
    m->hang = (int)(blanks + mark);
    add_inline(m, (Sv){rest.s + mark, rest.n - mark}, STYLE_FG);
  } else {
    add_inline(m, line, STYLE_FG);
  }
}

// ---- breaking and painting ----------------------------------------------------------------------------------------
static void paint_part(const Paint *p, int x, int y, const Marked *m, size_t from, size_t to) {
  Str run = {0};
  for (size_t i = from; i < to;) {
    size_t k = i;
    while (k < to && m->style.s[k] == m->style.s[i]) k++;
    str_clear(&run);
    str_addn(&run, m->text.s + i, k - i);
    x += paint_text(p, x, y, p->c->w, str_c(&run), (Style)m->style.s[i]);
    i = k;
  }
  str_fini(&run);
}

// Bytes of the first part that fits in w columns, broken at a blank; *next: where the rest begins.
static size_t break_at(Sv s, int w, size_t *next) {
  size_t fit = utf8_fit(s, w > 0 ? w : 1), cut = fit;
  *next = s.n;
  if (fit == s.n) return fit;
  while (cut > 0 && s.s[cut] != ' ') cut--;
  if (cut == 0) cut = fit ? fit : 1;
  *next = cut + (s.s[cut] == ' ');
  return cut;
}

static int draw_marked(const Paint *p, int x, int y, int w, const Marked *m) {
  int lines = 0, hang = 0;
  for (size_t at = 0, next; at < m->text.n || lines == 0; at += next, lines++) {
    size_t n = break_at((Sv){str_c(&m->text) + at, m->text.n - at}, w - hang, &next);
    if (p && y + lines >= 0 && y + lines < p->c->h) paint_part(p, x + hang, y + lines, m, at, at + n);
    hang = m->hang < w / 2 ? m->hang : 0;
  }
  return lines;
}

// ---- paragraphs ----------------------------------------------------------------------------------------------------
typedef struct Painter {
  const Paint *p;
  int x, y, w, lines;
  Str open; // a paragraph or list item that the next line may go on with
} Painter;

static void put_line(Painter *t, Sv line, bool verbatim) {
  Marked m = {0};
  if (verbatim) add(&m, line.s, line.n, STYLE_STRING);
  else mark_line(line, t->w, &m);
  t->lines += draw_marked(t->p, t->x, t->y + t->lines, t->w, &m);
  str_fini(&m.text), str_fini(&m.style);
}

static void put_open(Painter *t) {
  if (t->open.n) put_line(t, (Sv){t->open.s, t->open.n}, false);
  str_clear(&t->open);
}

typedef enum { LINE_BLANK, LINE_FENCE, LINE_ALONE, LINE_ITEM, LINE_TEXT } LineKind;

static LineKind kind_of(Sv line, Sv bare) {
  bool bullet;
  if (!bare.n) return LINE_BLANK;
  if (bare.n >= 3 && memcmp(bare.s, "```", 3) == 0) return LINE_FENCE;
  if (heading_marks(line) || is_rule(bare) || strchr("|>", bare.s[0])) return LINE_ALONE;
  return list_mark(bare, &bullet) ? LINE_ITEM : LINE_TEXT;
}

// Two blanks at its end keep a line by itself.
static bool goes_on(const Str *open) {
  return open->n && !(open->n >= 2 && memcmp(open->s + open->n - 2, "  ", 2) == 0);
}

static void take_line(Painter *t, Sv line, Sv bare, LineKind kind) {
  bool joins = kind == LINE_TEXT && goes_on(&t->open);
  if (!joins) put_open(t);
  if (joins) {
    str_addc(&t->open, ' ');
    while (line.n && line.s[0] == ' ') line.s++, line.n--;
  }
  if (kind == LINE_TEXT || kind == LINE_ITEM) str_addn(&t->open, line.s, line.n);
  else put_line(t, kind == LINE_BLANK ? bare : line, false);
}

int markdown_draw(const Paint *p, int x, int y, int w, Sv text) {
  Painter t = {p, x, y, w, 0, {0}};
  bool fenced = false, drop_blank = true; // at the beginning and behind a heading
  for (size_t at = 0, n; at <= text.n; at += n + 1) {
    const char *end = at < text.n ? memchr(text.s + at, '\n', text.n - at) : NULL;
    n = end ? (size_t)(end - text.s) - at : text.n - at;
    Sv line = {text.s + at, n}, bare = sv_trim(line);
    LineKind kind = kind_of(line, bare);
    if (kind == LINE_FENCE) put_open(&t), fenced = !fenced;
    else if (fenced) put_line(&t, line, true);
    else if (kind != LINE_BLANK || !drop_blank) take_line(&t, line, bare, kind);
    drop_blank = !fenced && (kind == LINE_BLANK || heading_marks(line));
  }
  put_open(&t);
  str_fini(&t.open);
  return t.lines ? t.lines : 1;
}

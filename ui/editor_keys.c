// The keys of the editor: a table from key to command, and the commands.
// Reference: GNU Readline 8.2 manual, section "Bindable Readline Commands", emacs mode; extended to several lines.
#include "base/utf8.h"
#include "ui/editor_int.h"

enum { PAGE = 10 };
enum { KEEPS_KILL = 1, KEEPS_COLUMN = 2, KEEPS_STEP = 4, KEEPS_YANK = 8, ONCE = 16 }; // what a command goes on with
enum { COUNT_MOST = 1000 };

static Sv part(const Editor *e, size_t from, size_t to) { return (Sv){str_c(&e->text) + from, to - from}; }

// ---- moving -------------------------------------------------------------------------------------------------------
static void move_char(Editor *e, int arg) { e->at = arg < 0 ? edit_prev(e, e->at) : edit_next(e, e->at); }
static void move_word(Editor *e, int arg) { e->at = arg < 0 ? edit_word_prev(e, e->at) : edit_word_next(e, e->at); }
static void move_edge(Editor *e, int arg) { e->at = arg < 0 ? edit_line_begin(e, e->at) : edit_line_end(e, e->at); }
static void move_end(Editor *e, int arg) { e->at = arg < 0 ? 0 : e->text.n; }

static void move_line(Editor *e, int arg) {
  int64_t line, last = editor_lines(e) - 1;
  int column;
  editor_place(e, &line, &column);
  int64_t to = line + arg < 0 ? 0 : line + arg > last ? last : line + arg;
  int want = e->want < 0 ? column : e->want;
  if (to == line) return;
  editor_put(e, to, want);
  e->want = want;
}

// ---- erasing and killing ------------------------------------------------------------------------------------------
static void erase_char(Editor *e, int arg) {
  size_t from = arg < 0 ? edit_prev(e, e->at) : e->at, to = arg < 0 ? e->at : edit_next(e, e->at);
  edit_change(e, from, to, (Sv){"", 0}, from, EDIT_ERASED);
}

static void erase_blanks(Editor *e, int arg) {
  (void)arg;
  size_t from = e->at, to = edit_blanks_end(e, e->at);
  while (from && (e->text.s[from - 1] == ' ' || e->text.s[from - 1] == '\t')) from--;
  edit_change(e, from, to, (Sv){"", 0}, from, EDIT_ONCE);
}

// Makes room for a kill before the others; the oldest goes.
static void shift_kills(Editor *e) {
  str_fini(&e->kill[KILLS - 1]);
  memmove(e->kill + 1, e->kill, (KILLS - 1) * sizeof *e->kill);
  e->kill[0] = (Str){0};
}

static void kill(Editor *e, size_t from, size_t to) {
  Str all = {0};
  if (from == to) return;
  if (!e->killing) shift_kills(e);
  Sv had = {str_c(&e->kill[0]), e->kill[0].n}, text = part(e, from, to);
  if (from < e->at) str_addn(&all, text.s, text.n);
  str_addn(&all, had.s, had.n);
  if (from == e->at) str_addn(&all, text.s, text.n);
  str_fini(&e->kill[0]);
  e->kill[0] = all;
  e->killing = true;
  edit_change(e, from, to, (Sv){"", 0}, from, EDIT_ONCE);
}

// At its edge, a line loses its line end.
static void kill_line(Editor *e, int arg) {
  size_t edge = arg < 0 ? edit_line_begin(e, e->at) : edit_line_end(e, e->at);
  if (edge == e->at) edge = arg < 0 ? edit_prev(e, edge) : edit_next(e, edge);
  kill(e, arg < 0 ? edge : e->at, arg < 0 ? e->at : edge);
}

static void kill_word(Editor *e, int arg) {
  if (arg < 0) kill(e, edit_word_prev(e, e->at), e->at);
  else kill(e, e->at, edit_word_next(e, e->at));
}

static bool is_space_before(const Editor *e, size_t at) { return strchr(" \t\n", e->text.s[at - 1]); }

static bool region(const Editor *e, size_t *from, size_t *to) {
  *from = e->mark < e->at ? e->mark : e->at, *to = e->mark < e->at ? e->at : e->mark;
  return e->mark != (size_t)-1;
}

// The region, else back to white space.
static void rub_out(Editor *e, int arg) {
  (void)arg;
  size_t from, to;
  if (!region(e, &from, &to) || from == to) {
    to = from = e->at;
    while (from && is_space_before(e, from)) from--;
    while (from && !is_space_before(e, from)) from = edit_prev(e, from);
  }
  kill(e, from, to);
}

static void copy_region(Editor *e, int arg) {
  (void)arg;
  size_t from, to;
  if (!region(e, &from, &to)) return;
  shift_kills(e);
  str_addn(&e->kill[0], part(e, from, to).s, to - from);
  e->mark = (size_t)-1;
}

static void set_mark(Editor *e, int arg) {
  (void)arg;
  e->mark = e->at;
}

static void yank(Editor *e, int arg) {
  (void)arg;
  e->yank_at = e->at;
  editor_insert(e, str_c(&e->kill[0]), e->kill[0].n);
  e->yanked = 0;
}

// After a yank: the kill before that one in its place.
static void yank_pop(Editor *e, int arg) {
  (void)arg;
  int next = e->yanked + 1;
  if (e->yanked < 0) return;
  if (next == KILLS || !e->kill[next].n) next = 0;
  Sv text = {str_c(&e->kill[next]), e->kill[next].n};
  edit_change(e, e->yank_at, e->at, text, e->yank_at + text.n, EDIT_ONCE);
  e->yanked = next;
}

static void exchange_mark(Editor *e, int arg) {
  (void)arg;
  size_t at = e->at;
  if (e->mark == (size_t)-1) return;
  e->at = e->mark, e->mark = at;
}

static void revert(Editor *e, int arg) {
  while (edit_undo(e, arg)) continue;
}

static void wait_for(Editor *e, int prefix) { e->prefix = (uint32_t)prefix; }

// To the next or last place of a character, over the ends of lines.
static void seek(Editor *e, const char *c, size_t n, bool back) {
  const char *s = str_c(&e->text);
  for (size_t at = e->at; back ? at > 0 : at < e->text.n;) {
    at = back ? edit_prev(e, at) : edit_next(e, at);
    if (e->text.n - at < n || memcmp(s + at, c, n) != 0) continue;
    e->at = at;
    return;
  }
}

// ---- changing places and case -------------------------------------------------------------------------------------
// Bytes a..b and c..d change places.
static void exchange(Editor *e, size_t a, size_t b, size_t c, size_t d) {
  Str text = {0};
  str_addn(&text, part(e, c, d).s, d - c);
  str_addn(&text, part(e, b, c).s, c - b);
  str_addn(&text, part(e, a, b).s, b - a);
  edit_change(e, a, d, (Sv){str_c(&text), text.n}, d, EDIT_ONCE);
  str_fini(&text);
}

static void transpose_chars(Editor *e, int arg) {
  (void)arg;
  size_t begin = edit_line_begin(e, e->at), second = e->at;
  if (second == edit_line_end(e, second) && second > begin) second = edit_prev(e, second);
  if (second > begin) exchange(e, edit_prev(e, second), second, second, edit_next(e, second));
}

static void transpose_words(Editor *e, int arg) {
  (void)arg;
  size_t c = edit_word_prev(e, edit_word_next(e, e->at)), d = edit_word_next(e, c);
  size_t a = edit_word_prev(e, c), b = edit_word_next(e, a);
  if (b <= c) exchange(e, a, b, c, d);
}

// 0 capitals, 1 small letters, 2 a capital first; letters of ASCII only.
static void change_case(Editor *e, int arg) {
  Str text = {0};
  size_t end = edit_word_next(e, e->at);
  bool capital = arg != 1;
  for (size_t i = e->at; i < end; i++) {
    char c = e->text.s[i];
    bool small = c >= 'a' && c <= 'z', big = c >= 'A' && c <= 'Z';
    str_addc(&text, (capital && small) || (!capital && big) ? (char)(c ^ 0x20) : c);
    if (arg == 2 && edit_is_word(c)) capital = false;
  }
  edit_change(e, e->at, end, (Sv){str_c(&text), text.n}, end, EDIT_ONCE);
  str_fini(&text);
}

// ---- lines --------------------------------------------------------------------------------------------------------
static void newline(Editor *e, int arg) {
  (void)arg;
  edit_newline(e);
}

static void dedent(Editor *e, int arg) {
  (void)arg;
  size_t begin = edit_line_begin(e, e->at), end = edit_blanks_end(e, begin);
  if (end > begin + 2) end = begin + 2;
  edit_change(e, begin, end, (Sv){"", 0}, e->at > end ? e->at - (end - begin) : begin, EDIT_ONCE);
}

static bool is_comment(const Editor *e, size_t text) {
  return e->text.n - text >= 2 && memcmp(e->text.s + text, "--", 2) == 0;
}

static bool all_comments(const Editor *e, size_t begin, size_t end) {
  bool all = false;
  for (size_t line = begin; line <= end; line = edit_line_end(e, line) + 1) {
    size_t text = edit_blanks_end(e, line);
    if (text == edit_line_end(e, line)) continue;
    if (!is_comment(e, text)) return false;
    all = true;
  }
  return all;
}

// One line as a comment or no longer one; *cursor moves along when it is behind the mark.
static void add_toggled(const Editor *e, size_t line, bool off, Str *out, size_t *cursor) {
  size_t text = edit_blanks_end(e, line), end = edit_line_end(e, line), skip = 0;
  str_addn(out, e->text.s + line, text - line);
  if (off && is_comment(e, text)) skip = text + 2 < end && e->text.s[text + 2] == ' ' ? 3 : 2;
  else if (!off && text < end) str_add(out, "-- ");
  if (e->at > text && e->at <= end) *cursor += off ? 0 : 3;
  if (e->at >= text && e->at <= end && skip) *cursor -= e->at - text < skip ? e->at - text : skip;
  str_addn(out, e->text.s + text + skip, end - text - skip);
}

static void toggle_comment(Editor *e, int arg) {
  (void)arg;
  size_t from = e->at, to = e->at;
  Str text = {0};
  if (!region(e, &from, &to)) from = to = e->at;
  from = edit_line_begin(e, from), to = edit_line_end(e, to);
  bool off = all_comments(e, from, to);
  size_t cursor = e->at;
  for (size_t line = from; line <= to; line = edit_line_end(e, line) + 1) {
    bool here = edit_line_begin(e, e->at) == line;
    if (line > from) str_addc(&text, '\n');
    if (here) cursor = from + text.n + (e->at - line);
    add_toggled(e, line, off, &text, &cursor);
  }
  edit_change(e, from, to, (Sv){str_c(&text), text.n}, cursor, EDIT_ONCE);
  str_fini(&text);
}

static void undo(Editor *e, int arg) { edit_undo(e, arg); }

// ---- the table ----------------------------------------------------------------------------------------------------
typedef struct Binding {
  uint32_t code;
  int mods;
  void (*run)(Editor *e, int arg);
  int arg, keeps;
} Binding;

static const Binding BINDINGS[] = {
    {K_LEFT, 0, move_char, -1, 0},
    {K_RIGHT, 0, move_char, 1, 0},
    {'b', MOD_CTRL, move_char, -1, 0},
    {'f', MOD_CTRL, move_char, 1, 0},
    {K_LEFT, MOD_CTRL, move_word, -1, 0},
    {K_RIGHT, MOD_CTRL, move_word, 1, 0},
    {K_LEFT, MOD_ALT, move_word, -1, 0},
    {K_RIGHT, MOD_ALT, move_word, 1, 0},
    {'b', MOD_ALT, move_word, -1, 0},
    {'f', MOD_ALT, move_word, 1, 0},
    {K_HOME, 0, move_edge, -1, 0},
    {K_END, 0, move_edge, 1, 0},
    {'a', MOD_CTRL, move_edge, -1, 0},
    {'e', MOD_CTRL, move_edge, 1, 0},
    {K_HOME, MOD_CTRL, move_end, -1, 0},
    {K_END, MOD_CTRL, move_end, 1, 0},
    {'<', MOD_ALT, move_end, -1, 0},
    {'>', MOD_ALT, move_end, 1, 0},
    {K_UP, 0, move_line, -1, KEEPS_COLUMN},
    {K_DOWN, 0, move_line, 1, KEEPS_COLUMN},
    {'p', MOD_CTRL, move_line, -1, KEEPS_COLUMN},
    {'n', MOD_CTRL, move_line, 1, KEEPS_COLUMN},
    {K_PGUP, 0, move_line, -PAGE, KEEPS_COLUMN},
    {K_PGDN, 0, move_line, PAGE, KEEPS_COLUMN},
    {K_BACKSPACE, 0, erase_char, -1, KEEPS_STEP},
    {'h', MOD_CTRL, erase_char, -1, KEEPS_STEP},
    {K_DELETE, 0, erase_char, 1, KEEPS_STEP},
    {'d', MOD_CTRL, erase_char, 1, KEEPS_STEP},
    {'\\', MOD_ALT, erase_blanks, 0, 0},
    {'k', MOD_CTRL, kill_line, 1, KEEPS_KILL},
    {'u', MOD_CTRL, kill_line, -1, KEEPS_KILL},
    {'w', MOD_CTRL, rub_out, 0, KEEPS_KILL},
    {'d', MOD_ALT, kill_word, 1, KEEPS_KILL},
    {K_DELETE, MOD_CTRL, kill_word, 1, KEEPS_KILL},
    {K_BACKSPACE, MOD_ALT, kill_word, -1, KEEPS_KILL},
    {'y', MOD_CTRL, yank, 0, KEEPS_YANK | ONCE},
    {'y', MOD_ALT, yank_pop, 0, KEEPS_YANK | ONCE},
    {'r', MOD_ALT, revert, -1, ONCE},
    {'x', MOD_CTRL, wait_for, 'x', ONCE},
    {']', MOD_CTRL, wait_for, ']', ONCE},
    {']', MOD_CTRL | MOD_ALT, wait_for, '[', ONCE},
    {' ', MOD_CTRL, set_mark, 0, ONCE},
    {'w', MOD_ALT, copy_region, 0, 0},
    {'t', MOD_CTRL, transpose_chars, 0, 0},
    {'t', MOD_ALT, transpose_words, 0, 0},
    {'u', MOD_ALT, change_case, 0, 0},
    {'l', MOD_ALT, change_case, 1, 0},
    {'c', MOD_ALT, change_case, 2, 0},
    {'_', MOD_CTRL, undo, -1, 0},
    {'/', MOD_CTRL, undo, -1, 0},
    {'_', MOD_ALT, undo, 1, 0},
    {K_ENTER, 0, newline, 0, 0},
    {'j', MOD_CTRL, newline, 0, 0},
    {K_TAB, MOD_SHIFT, dedent, 0, 0},
    {';', MOD_ALT, toggle_comment, 0, 0},
};

static void begin_command(Editor *e, int keeps) {
  if (!(keeps & KEEPS_KILL)) e->killing = false;
  if (!(keeps & KEEPS_COLUMN)) e->want = -1;
  if (!(keeps & KEEPS_YANK)) e->yanked = -1;
  if (!(keeps & KEEPS_STEP)) edit_close(e);
}

static bool run_binding(Editor *e, const Key *key) {
  bool text = key->code < K_UP; // Shift is in its code, and does not matter to commands
  int mods = text ? key->mods & ~MOD_SHIFT : key->mods;
  uint32_t code = mods && key->code >= 'A' && key->code <= 'Z' ? key->code + ('a' - 'A') : key->code;
  for (size_t k = 0; k < sizeof BINDINGS / sizeof *BINDINGS; k++) {
    const Binding *b = &BINDINGS[k];
    if (b->code != code || b->mods != mods) continue;
    int n = b->keeps & ONCE ? 1 : e->count;
    begin_command(e, b->keeps);
    for (int i = 0; i < (n ? n : 1); i++) b->run(e, b->arg);
    return true;
  }
  return false;
}

static bool indent(Editor *e) {
  if (edit_blanks_end(e, edit_line_begin(e, e->at)) < e->at) return false;
  begin_command(e, 0);
  editor_insert(e, "  ", 2);
  return true;
}

static bool type_char(Editor *e, const Key *key) {
  char text[4];
  bool control = key->code < 0x20 || (key->code >= 0x7F && key->code < 0xA0);
  if (key->code >= K_UP || control || (key->mods & ~MOD_SHIFT)) return false;
  size_t n = (size_t)utf8_encode(key->code, text);
  if (!utf8_valid(text, n)) return false;
  begin_command(e, KEEPS_STEP);
  for (int i = 0; i < (e->count ? e->count : 1); i++) {
    edit_change(e, e->at, e->at, (Sv){text, n}, e->at + n, EDIT_TYPED);
    edit_reindent(e, n);
  }
  return true;
}

// What a key means behind ^X and ^].
static bool follow_prefix(Editor *e, const Key *key) {
  char text[4];
  uint32_t prefix = e->prefix;
  e->prefix = 0;
  begin_command(e, 0);
  if (prefix == 'x' && key->mods == MOD_CTRL && key->code == 'x') exchange_mark(e, 0);
  else if (prefix == 'x' && key->mods == MOD_CTRL && key->code == 'u') edit_undo(e, -1);
  else if (prefix == 'x' && key->code == K_BACKSPACE) kill_line(e, -1);
  else if (prefix != 'x' && key->code < K_UP && !key->mods)
    seek(e, text, (size_t)utf8_encode(key->code, text), prefix == '[');
  return true;
}

// Alt-digits: how often the next command is done.
static bool takes_digit(Editor *e, const Key *key) {
  bool digit = key->mods == MOD_ALT && key->code >= '0' && key->code <= '9';
  if (digit) e->count = e->count * 10 + (int)(key->code - '0');
  if (e->count > COUNT_MOST) e->count = COUNT_MOST;
  return digit;
}

static bool take_key(Editor *e, const Key *key) {
  if (key->code == K_PASTE) {
    begin_command(e, 0);
    editor_insert(e, key->paste, strlen(key->paste));
    return true;
  }
  if (key->code == K_TAB && !key->mods) return indent(e);
  return run_binding(e, key) || type_char(e, key);
}

bool editor_key(Editor *e, const Key *key) {
  if (takes_digit(e, key)) return true;
  bool taken = e->prefix && key->code != K_PASTE ? follow_prefix(e, key) : take_key(e, key);
  e->count = 0;
  return taken;
}

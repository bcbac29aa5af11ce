// Marker lines of the percent format: two hyphens, blanks, %%, more percent signs for depth, then a title, a kind in
// brackets and metadata as key=value. The title ends where the kind or the first key begins. Reading is lenient and
// loses nothing, since a cell keeps its marker line as it stood.
// Reference: Jupytext, "Notebooks as scripts: the percent format".
#include "note/note_int.h"

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); } // as sv_trim

static bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

static bool is_key(Sv word) {
  size_t i = 0;
  while (i < word.n && is_name(word.s[i])) i++;
  return i && i < word.n && word.s[i] == '=' && !(i + 1 < word.n && word.s[i + 1] == '=');
}

static bool kind_parse(Sv word, NoteKind *kind) {
  bool markdown = sv_is(word, "[markdown]") || sv_is(word, "[md]");
  if (!markdown && !sv_is(word, "[raw]")) return false;
  *kind = markdown ? NOTE_MARKDOWN : NOTE_RAW;
  return true;
}

static Sv word_at(Sv words, size_t at) {
  size_t end = at;
  while (end < words.n && !is_blank(words.s[end])) end++;
  return (Sv){words.s + at, end - at};
}

static bool begins_meta(Sv word) { return is_key(word) || (word.n && word.s[0] == '{'); }

bool marker_parse(Sv line, Marker *m) {
  size_t i = 2;
  if (line.n < 4 || line.s[0] != '-' || line.s[1] != '-') return false;
  while (i < line.n && is_blank(line.s[i])) i++;
  if (line.n - i < 2 || line.s[i] != '%' || line.s[i + 1] != '%') return false;
  size_t rest = i + 2;
  while (rest < line.n && line.s[rest] == '%') rest++;
  if (rest < line.n && !is_blank(line.s[rest])) return false;
  *m = (Marker){.depth = (int)(rest - i - 2), .kind = NOTE_CODE};
  Sv words = sv_trim((Sv){line.s + rest, line.n - rest});
  m->title = words;
  for (size_t at = 0; at < words.n;) {
    Sv word = word_at(words, at);
    bool kind = kind_parse(word, &m->kind);
    if (kind || begins_meta(word)) {
      size_t from = kind ? at + word.n : at;
      m->title = sv_trim((Sv){words.s, at});
      m->meta = sv_trim((Sv){words.s + from, words.n - from});
      break;
    }
    at += word.n;
    while (at < words.n && is_blank(words.s[at])) at++;
  }
  return true;
}

// A second kind before the first key would count where the first is none any more: it is left out.
static void print_meta(Sv meta, Str *out) {
  NoteKind kind;
  while (meta.n) {
    Sv word = word_at(meta, 0);
    bool rest = begins_meta(word);
    if (rest || !kind_parse(word, &kind)) str_addf(out, " " SV_FMT, SV_ARG(rest ? meta : word));
    meta = rest ? (Sv){0} : sv_trim((Sv){meta.s + word.n, meta.n - word.n});
  }
}

void marker_print(const Marker *m, Str *out) {
  static const char *const words[] = {[NOTE_CODE] = "", [NOTE_MARKDOWN] = " [markdown]", [NOTE_RAW] = " [raw]"};
  str_add(out, "-- %%");
  str_pad(out, '%', m->depth);
  if (m->title.n) str_addf(out, " " SV_FMT, SV_ARG(m->title));
  str_add(out, words[m->kind]);
  print_meta(m->meta, out);
  str_addc(out, '\n');
}

// The text after tags= outside strings, or nothing.
static Sv find_tags(Sv meta) {
  static const char key[] = "tags=";
  size_t n = sizeof key - 1;
  bool quoted = false, word = true;
  for (size_t i = 0; i + n <= meta.n; i++) {
    char c = meta.s[i];
    if (quoted && c == '\\') i++;
    else if (c == '"') quoted = !quoted;
    else if (!quoted && word && memcmp(meta.s + i, key, n) == 0) return (Sv){meta.s + i + n, meta.n - i - n};
    word = is_blank(c);
  }
  return (Sv){0};
}

// Reads one quoted string at *at, past its end quote; NULL when there is none.
static const char *take_string(Sv list, size_t *at, Arena *a) {
  if (*at >= list.n || list.s[*at] != '"') return NULL;
  char *text = arena_alloc(a, list.n);
  size_t n = 0;
  for (size_t i = *at + 1; i < list.n; i++) {
    if (list.s[i] == '"') return *at = i + 1, text;
    if (list.s[i] == '\\' && i + 1 < list.n) i++;
    text[n++] = list.s[i];
  }
  return NULL;
}

Names marker_tags(Sv meta, Arena *a) {
  Sv list = find_tags(meta);
  Names tags = {.name = arena_array(a, const char *, list.n + 1)};
  if (!list.n || list.s[0] != '[') return (Names){0};
  for (size_t at = 1;;) {
    while (at < list.n && (is_blank(list.s[at]) || list.s[at] == ',')) at++;
    if (at < list.n && list.s[at] == ']') return tags;
    if (!(tags.name[tags.n++] = take_string(list, &at, a))) return (Names){0};
  }
}

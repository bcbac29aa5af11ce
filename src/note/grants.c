// Which files outside its folder a recipe may read: its user opened them at the keyboard in the session that saved it.
// One file in the state folder holds lines "recipe TAB path", both absolute; saving a recipe anew replaces its lines.
// Paths with a tab or a line end are not remembered.
#include "base/file.h"
#include "note/note.h"

enum { LINES_MOST = 10000 };

static void grants_path(const char *folder, Str *out) { str_addf(out, "%s/grants", folder); }

static bool is_plain(const char *path) { return !strpbrk(path, "\t\n"); }

// The next line of `rest` as recipe and path; false at the end. A line that is neither is passed over.
static bool next_grant(Sv *rest, Sv *recipe, Sv *path) {
  while (rest->n) {
    const char *end = memchr(rest->s, '\n', rest->n);
    Sv line = {rest->s, end ? (size_t)(end - rest->s) : rest->n};
    size_t used = line.n + (end != NULL);
    *rest = (Sv){rest->s + used, rest->n - used};
    const char *tab = memchr(line.s, '\t', line.n);
    if (!tab) continue;
    *recipe = (Sv){line.s, (size_t)(tab - line.s)};
    *path = (Sv){tab + 1, line.n - recipe->n - 1};
    return true;
  }
  return false;
}

static void read_file(const char *folder, Str *out) {
  Str path = {0};
  Err err;
  grants_path(folder, &path);
  if (file_read(str_c(&path), out, &err) != OK) str_clear(out);
  str_fini(&path);
}

Names grants_read(const char *folder, const char *recipe, Arena *a) {
  Str text = {0};
  Sv of, path;
  read_file(folder, &text);
  Names found = {arena_array(a, const char *, LINES_MOST), 0};
  for (Sv rest = {str_c(&text), text.n}; found.n < LINES_MOST && next_grant(&rest, &of, &path);)
    if (sv_is(of, recipe)) found.name[found.n++] = arena_strndup(a, path.s, path.n);
  str_fini(&text);
  return found;
}

ErrCode grants_write(const char *folder, const char *recipe, Names paths, Err *err) {
  Str text = {0}, kept = {0}, file = {0};
  Sv of, path;
  int64_t lines = paths.n;
  read_file(folder, &text);
  for (int64_t k = 0; k < paths.n && is_plain(recipe); k++)
    if (is_plain(paths.name[k])) str_addf(&kept, "%s\t%s\n", recipe, paths.name[k]);
  for (Sv rest = {str_c(&text), text.n}; lines < LINES_MOST && next_grant(&rest, &of, &path); lines++)
    if (!sv_is(of, recipe)) str_addf(&kept, SV_FMT "\t" SV_FMT "\n", SV_ARG(of), SV_ARG(path));
  grants_path(folder, &file);
  bool same = kept.n == text.n && memcmp(str_c(&kept), str_c(&text), text.n) == 0;
  ErrCode code = same ? OK : file_replace(str_c(&file), (Sv){str_c(&kept), kept.n}, err);
  str_fini(&text), str_fini(&kept), str_fini(&file);
  return code;
}

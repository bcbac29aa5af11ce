// Patterns: the files that match "logs/2024-*/part-*.csv". The folder before the first * ? or [ is where the search
// begins and goes through the door; so does each match before it is opened.
#include "io/formats_int.h"

#include "base/near.h"

#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char *first_special(const char *path) { return path + strcspn(path, "*?["); }

// A name with * ? or [ in it may still be that of a file.
bool glob_is_pattern(const Door *door, const char *path) {
  Str real = {0};
  Err none;
  struct stat st;
  if (!*first_special(path)) return false;
  bool file = door->resolve(door->ctx, path, false, &real, &none) == OK && stat(str_c(&real), &st) == 0;
  str_fini(&real);
  return !file;
}

// Bytes of the folder before the first special character, with its slash.
static size_t folder_length(const char *pattern) {
  size_t n = 0;
  for (const char *p = pattern, *end = first_special(pattern); p < end; p++)
    if (*p == '/') n = (size_t)(p - pattern) + 1;
  return n;
}

static void add_escaped(const char *path, Str *out) {
  for (; *path; path++) {
    if (strchr("*?[]\\", *path)) str_addc(out, '\\');
    str_addc(out, *path);
  }
}

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

// The name in the pattern's folder that is nearest to it.
static void add_nearest(const char *folder, const char *pattern, Str *out) {
  Str all = {0}, bare = {0};
  glob_t found = {0};
  add_escaped(folder, &all);
  str_add(&all, "/*");
  for (const char *p = pattern; *p; p++)
    if (!strchr("*?[]", *p)) str_addc(&bare, *p);
  if (glob(all.s, GLOB_NOSORT, NULL, &found) == 0) {
    Arena a = {0};
    Sv *name = arena_array(&a, Sv, found.gl_pathc);
    for (size_t k = 0; k < found.gl_pathc; k++) name[k] = sv(strrchr(found.gl_pathv[k], '/') + 1);
    int64_t near = near_find((Sv){str_c(&bare), bare.n}, name, (int64_t)found.gl_pathc);
    if (near >= 0) str_addf(out, "; the nearest name there is '" SV_FMT "'", SV_ARG(name[near]));
    arena_fini(&a);
  }
  globfree(&found);
  str_fini(&all);
  str_fini(&bare);
}

static ErrCode no_match(const char *pattern, const char *real, Err *err) {
  Str hint = {0};
  struct stat st;
  size_t n = folder_length(pattern);
  bool there = stat(real, &st) == 0 && S_ISDIR(st.st_mode);
  if (!there) str_addf(&hint, ": there is no folder '%.*s'", n ? (int)n - 1 : 0, pattern);
  else if (!strchr(pattern + n, '/')) add_nearest(real, pattern + n, &hint);
  err_set(err, ERR_IO, "no file matches '%s'%s", pattern, str_c(&hint));
  str_fini(&hint);
  return ERR_IO;
}

static ErrCode search(const char *pattern, const char *real, Arena *a, Names *out, Err *err) {
  Str full = {0};
  glob_t found = {0};
  size_t n = folder_length(pattern), skip = strlen(real) + 1;
  add_escaped(real, &full);
  str_addf(&full, "/%s", pattern + n);
  int status = glob(full.s, GLOB_NOSORT | GLOB_MARK, NULL, &found);
  out->name = arena_array(a, const char *, found.gl_pathc);
  out->n = 0;
  for (size_t k = 0; k < found.gl_pathc; k++) {
    const char *match = found.gl_pathv[k];
    if (match[strlen(match) - 1] != '/') // no folder
      out->name[out->n++] = arena_printf(a, "%.*s%s", (int)n, pattern, match + skip);
  }
  globfree(&found);
  str_fini(&full);
  if (status == GLOB_NOSPACE) return err_set(err, ERR_MEMORY, "'%s' matches too many files", pattern);
  qsort(out->name, (size_t)out->n, sizeof *out->name, by_name);
  return out->n ? OK : no_match(pattern, real, err);
}

ErrCode glob_paths(const Door *door, const char *pattern, Arena *a, Names *out, Err *err) {
  Str real = {0};
  size_t n = folder_length(pattern);
  const char *folder = n ? arena_strndup(a, pattern, n) : "./";
  ErrCode code = door->resolve(door->ctx, folder, false, &real, err);
  while (code == OK && real.n > 1 && real.s[real.n - 1] == '/') real.s[--real.n] = 0;
  if (code == OK) code = search(pattern, str_c(&real), a, out, err);
  str_fini(&real);
  return code;
}

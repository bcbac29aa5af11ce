// Several files as one table: each is read as if it were alone, one after the other, and their rows are put below each
// other, columns by name. A file cannot know what the others hold: where it saw another type than they did, all get
// the one that fits all (int and real are real, anything else text), and those that differ are read again with that
// type, so that no text is made from a number that was made from it. The ledger sums the files up, column by column,
// and has a row "(file)" for each.
#include "io/formats_int.h"

#include "base/numfmt.h"
#include "frame/shape.h"
#include "frame/verbs.h"

#include <stdio.h>

enum { TOLD = 5 };

typedef struct Files {
  Job *job;
  const Door *door;
  const ReadOpts *opts;
  Arena arena;
  Names path;
  Frame **frame;
  int64_t n; // read so far
  Map names; // of all columns, in order of first appearance
  int *type; // that each gets; -1: no file has a value there
  Str *told; // of each: who differs
} Files;

// ---- which files ----------------------------------------------------------------------------------------------------
static ErrCode expand(Files *s, const Names *given, Err *err) {
  Names *part = arena_array(&s->arena, Names, given->n);
  int64_t n = 0;
  for (int64_t k = 0; k < given->n; k++) {
    if (glob_is_pattern(s->door, given->name[k])) TRY(glob_paths(s->door, given->name[k], &s->arena, &part[k], err));
    else part[k] = (Names){&given->name[k], 1};
    n += part[k].n;
  }
  s->path.name = arena_array(&s->arena, const char *, n);
  for (int64_t k = 0; k < given->n; k++)
    for (int64_t i = 0; i < part[k].n; i++) s->path.name[s->path.n++] = part[k].name[i];
  return OK;
}

static ErrCode read_each(Files *s, Err *err) {
  ReadOpts opts = *s->opts;
  s->frame = arena_array(&s->arena, Frame *, s->path.n);
  for (int64_t k = 0; k < s->path.n && (k == 0 || opts.rows != 0); k++) {
    TRY(io_read_one(s->job, s->door, s->path.name[k], &opts, &s->frame[k], err));
    s->n = k + 1;
    if (opts.rows > 0) opts.rows -= frame_nrow(s->frame[k]);
    TRY(job_tick(s->job, k, s->path.n, err));
  }
  return OK;
}

// ---- which types ----------------------------------------------------------------------------------------------------
static bool is_forced(const Files *s, const char *name) {
  for (int64_t k = 0; k < s->opts->ntypes; k++)
    if (strcmp(s->opts->types[k].name, name) == 0) return true;
  return false;
}

static int common_type(int a, int b) {
  if (a < 0 || a == b) return b;
  int lower = a < b ? a : b, upper = a < b ? b : a;
  if (lower == COL_I64 && upper == COL_F64) return COL_F64;
  if (lower == COL_DATE && upper == COL_TIME) return COL_TIME;
  return COL_TEXT;
}

static void find_types(Files *s) {
  map_init(&s->names);
  for (int64_t k = 0; k < s->n; k++)
    for (int j = 0; j < frame_ncol(s->frame[k]); j++) map_put(&s->names, sv(frame_name(s->frame[k], j)), NULL);
  s->type = arena_array(&s->arena, int, s->names.n);
  s->told = arena_array(&s->arena, Str, s->names.n);
  for (int64_t i = 0; i < s->names.n; i++) s->type[i] = -1;
  for (int64_t k = 0; k < s->n; k++)
    for (int j = 0; j < frame_ncol(s->frame[k]); j++) {
      const Column *c = frame_at(s->frame[k], j);
      int64_t i = map_get(&s->names, sv(frame_name(s->frame[k], j)));
      if (c->missing < c->n) s->type[i] = common_type(s->type[i], (int)c->type);
    }
}

static bool is_words(int type) { return type == COL_CAT || type == COL_TEXT; }

// What is left to frame_stack: equal types, int with real, category with text, nothing but missing.
static bool must_reread(const Column *c, int type) {
  if (type < 0 || c->missing == c->n || (int)c->type == type) return false;
  return !(is_words(type) && col_is_text(c)) && !(type == COL_F64 && c->type == COL_I64) &&
         !(type == COL_TIME && c->type == COL_DATE);
}

static void tell(Files *s, int64_t i, int64_t file, const char *what, int64_t *n) {
  if ((*n)++ < TOLD) note_add(&s->told[i], "%.200s: %s", s->path.name[file], what);
}

static void tell_differences(Files *s) {
  for (int64_t i = 0; i < s->names.n; i++) {
    int64_t n = 0;
    const char *name = s->names.key[i].s;
    for (int64_t k = 0; k < s->n; k++) {
      int j = frame_find(s->frame[k], s->names.key[i]);
      if (j < 0) {
        tell(s, i, k, "has no such column", &n);
        continue;
      }
      const Column *c = frame_at(s->frame[k], j);
      bool other = s->type[i] >= 0 && c->missing < c->n && (int)c->type != s->type[i];
      if (other && !(is_words(s->type[i]) && col_is_text(c)) && !is_forced(s, name))
        tell(s, i, k, COLTYPES[c->type].name, &n);
    }
    if (n > TOLD) note_add(&s->told[i], "and %lld more files", (long long)(n - TOLD));
  }
}

// Reads file k again with the types that all files can have, when it saw others.
static ErrCode reread(Files *s, int64_t k, Err *err) {
  Frame *f = s->frame[k];
  ReadOpts opts = *s->opts;
  NamedType *type = arena_array(&s->arena, NamedType, opts.ntypes + frame_ncol(f));
  int64_t n = 0, before = 0;
  for (int64_t i = 0; i < opts.ntypes; i++)
    if (frame_find(f, sv(opts.types[i].name)) >= 0) type[n++] = opts.types[i];
  before = n;
  for (int j = 0; j < frame_ncol(f); j++) {
    int64_t i = map_get(&s->names, sv(frame_name(f, j)));
    if (must_reread(frame_at(f, j), s->type[i])) type[n++] = (NamedType){frame_name(f, j), (ColType)s->type[i]};
  }
  if (n == before) return OK;
  Frame *again;
  opts.types = type, opts.ntypes = n, opts.rows = opts.rows < 0 ? -1 : frame_nrow(f);
  TRY(io_read_one(s->job, s->door, s->path.name[k], &opts, &again, err));
  frame_unref(f);
  s->frame[k] = again;
  return OK;
}

// ---- what is told ---------------------------------------------------------------------------------------------------
static const Column *part(const Frame *ledger, const char *name) {
  return frame_at(ledger, frame_find(ledger, sv(name)));
}

static int64_t row_of(const Frame *ledger, Sv name) {
  const Column *c = part(ledger, "column");
  for (int64_t i = 1; i < c->n; i++) // row 0 is the file
    if (sv_eq(col_text(c, i), name)) return i;
  return -1;
}

static void add_finding(Files *s, int64_t k, Sv name, Finding *f) {
  const Frame *ledger = frame_ledger(s->frame[k]);
  int64_t i = ledger ? row_of(ledger, name) : -1;
  if (i < 0) return;
  int64_t missing = part(ledger, "missing")->i[i], dissent = part(ledger, "dissent")->i[i];
  Sv lines = col_text(part(ledger, "lines"), i), examples = col_text(part(ledger, "examples"), i);
  Sv note = col_text(part(ledger, "note"), i);
  f->present += frame_nrow(s->frame[k]) - missing + dissent;
  f->dissent += dissent;
  if (dissent && f->lines.n < 200) {
    note_add(&f->lines, "%.150s: " SV_FMT, s->path.name[k], SV_ARG(lines));
    str_addf(&f->examples, "%s" SV_FMT, f->examples.n ? ", " : "", SV_ARG(examples));
  }
  if (note.n && f->note.n < 400) note_add(&f->note, "%.150s: " SV_FMT, s->path.name[k], SV_ARG(note));
}

// The ledger of the whole, without the column `file`.
static ErrCode sum_ledgers(Files *s, const Frame *all, Frame **out, Err *err) {
  char files[32], rows[32];
  Str notes = {0};
  int ncol = frame_ncol(all);
  Finding *f = arena_array(&s->arena, Finding, ncol);
  for (int j = 0; j < ncol; j++) {
    int64_t i = map_get(&s->names, sv(frame_name(all, j)));
    if (i >= 0 && s->told[i].n) note_add(&f[j].note, "%s", str_c(&s->told[i]));
    for (int64_t k = 0; k < s->n && i >= 0; k++) add_finding(s, k, s->names.key[i], &f[j]);
  }
  fmt_i64(files, sizeof files, s->n, true);
  fmt_i64(rows, sizeof rows, frame_nrow(all), true);
  note_add(&notes, "%s files, %s rows", files, rows);
  ErrCode code = ledger_new(all, f, "files", str_c(&notes), out, err);
  for (int j = 0; j < ncol; j++) finding_fini(&f[j]);
  str_fini(&notes);
  return code;
}

// Frames below each other under a column `file`; takes their references over.
static ErrCode stack_parts(Files *s, Frame **frame, const char **label, int64_t n, Frame **out, Err *err) {
  StackSource source = {"file", label};
  const Frame *const *parts = (const Frame *const *)frame;
  ErrCode code = frame_stack(s->job, parts, (int)n, &source, out, err);
  for (int64_t k = 0; k < n; k++) frame_unref(frame[k]);
  return code;
}

static ErrCode make_ledger(Files *s, const Frame *all, Frame **out, Err *err) {
  Frame **frame = arena_array(&s->arena, Frame *, s->n + 1);
  const char **label = arena_array(&s->arena, const char *, s->n + 1);
  int64_t n = 1;
  label[0] = "(all)";
  TRY(sum_ledgers(s, all, &frame[0], err));
  ErrCode code = OK;
  for (int64_t k = 0; k < s->n && code == OK; k++) {
    if (!frame_ledger(s->frame[k])) continue;
    code = frame_slice(NULL, frame_ledger(s->frame[k]), 0, 1, &frame[n], err);
    if (code == OK) label[n++] = s->path.name[k];
  }
  if (code == OK) return stack_parts(s, frame, label, n, out, err);
  for (int64_t k = 0; k < n; k++) frame_unref(frame[k]);
  return code;
}

static ErrCode make_quarantine(Files *s, Frame **out, Err *err) {
  Frame **frame = arena_array(&s->arena, Frame *, s->n + 1);
  const char **label = arena_array(&s->arena, const char *, s->n + 1);
  int64_t n = 0;
  for (int64_t k = 0; k < s->n; k++) {
    const Frame *bad = frame_quarantine(s->frame[k]);
    if (!bad || !frame_nrow(bad)) continue;
    frame[n] = frame_ref(bad), label[n++] = s->path.name[k];
  }
  if (!n) frame[n] = frame_ref(frame_quarantine(s->frame[0])), label[n++] = s->path.name[0];
  return stack_parts(s, frame, label, n, out, err);
}

// ---- the whole ------------------------------------------------------------------------------------------------------
static ErrCode stack_files(Files *s, const char *shown, Frame **out, Err *err) {
  Frame *all = NULL, *ledger = NULL, *bad = NULL;
  StackSource source = {s->opts->source, s->path.name};
  const Frame *const *frames = (const Frame *const *)s->frame;
  TRY(frame_stack(s->job, frames, (int)s->n, s->opts->source ? &source : NULL, &all, err));
  ErrCode code = make_ledger(s, all, &ledger, err);
  if (code == OK) code = make_quarantine(s, &bad, err);
  if (code != OK) {
    frame_unref(all);
    frame_unref(ledger);
    return code;
  }
  frame_set_origin(all, shown, ledger, bad);
  frame_set_caption(all, NULL);
  say_quarantine(all);
  *out = all;
  return OK;
}

static ErrCode read_files(Files *s, const Names *given, Frame **out, Err *err) {
  TRY(expand(s, given, err));
  if (s->path.n == 1 && !s->opts->source) return io_read_one(s->job, s->door, s->path.name[0], s->opts, out, err);
  TRY(read_each(s, err));
  find_types(s);
  tell_differences(s);
  for (int64_t k = 0; k < s->n; k++) TRY(reread(s, k, err));
  Str shown = {0};
  for (int64_t k = 0; k < given->n && k < TOLD; k++) str_addf(&shown, "%s%s", k ? ", " : "", given->name[k]);
  if (given->n > TOLD) str_add(&shown, ", ...");
  ErrCode code = stack_files(s, str_c(&shown), out, err);
  str_fini(&shown);
  return code;
}

ErrCode io_read_files(Job *job, const Door *door, const Names *paths, const ReadOpts *opts, Frame **out, Err *err) {
  Files s = {.job = job, .door = door, .opts = opts};
  if (!paths->n) return err_set(err, ERR_ARG, "no file is named");
  ErrCode code = read_files(&s, paths, out, err);
  for (int64_t k = 0; k < s.n; k++) frame_unref(s.frame[k]);
  for (int64_t i = 0; s.told && i < s.names.n; i++) str_fini(&s.told[i]);
  if (s.told) map_fini(&s.names);
  arena_fini(&s.arena);
  return code;
}

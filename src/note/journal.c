// The journal of a session: whole notebooks, one entry after the other, each a store text (base/store.h) that begins
// with its first line, ends with its checksum and has a number. Line ends inside texts are escaped, so the first line
// with its line end is nowhere else, and an entry ends at the next line of a checksum.
//
// Entries fill the space that was taken ahead and then begin again at the start of the file. The newest entry is never
// written over: when the next one would reach into it, more space is taken instead. So at every moment, also in the
// middle of a write, the newest whole entry is in the file, and the reader finds it as the one with the highest number
// whose checksum fits. The file stays below the space plus three times the largest entry.
//
// A living session holds an exclusive flock, which ends with the process however it ends. A file is locked after it was
// made, so a start that cleans up may remove it in between: then it has no name any more, and another one is made.
#include "base/file.h"
#include "base/store.h"
#include "note/note.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SPACE = 1024 * 1024 };
static const char BEGIN[] = "tycho journal 1\n", END[] = "\nsha256 ", PREFIX[] = "session-", SUFFIX[] = ".journal";

struct Journal {
  int fd;
  char *path;
  int64_t number;     // of the newest entry, 0 = none
  int64_t begin, end; // of the newest entry
  int64_t space;
};

// ---- opening -------------------------------------------------------------------------------------------------------
static ErrCode make_folder(const char *folder, Err *err) {
  Str path = {0};
  ErrCode code = OK;
  for (const char *p = folder; code == OK && *p;) {
    size_t n = strspn(p, "/");
    n += strcspn(p + n, "/");
    str_addn(&path, p, n);
    p += n;
    struct stat st;
    bool is_folder = stat(path.s, &st) == 0 && S_ISDIR(st.st_mode);
    if (!is_folder && mkdir(path.s, 0700) != 0 && errno != EEXIST)
      code = err_set(err, ERR_IO, "cannot make the folder %s for the journal: %s", path.s, strerror(errno));
  }
  str_fini(&path);
  return code;
}

// Makes and locks a file; *gone: it was removed before it could be locked.
static ErrCode make_file(Journal *j, const char *folder, bool *gone, Err *err) {
  Str path = {0};
  struct stat st;
  *gone = false;
  str_addf(&path, "%s/%sXXXXXX%s", folder, PREFIX, SUFFIX);
  j->fd = mkostemps(path.s, (int)sizeof SUFFIX - 1, O_CLOEXEC);
  j->path = str_take(&path);
  if (j->fd < 0) return err_set(err, ERR_IO, "cannot make a journal in %s: %s", folder, strerror(errno));
  int held;
  do held = flock(j->fd, LOCK_EX); // at most as long as another start looks at it
  while (held != 0 && errno == EINTR);
  if (held != 0 || fstat(j->fd, &st) != 0) {
    unlink(j->path);
    return err_set(err, ERR_IO, "cannot lock the journal %s: %s", j->path, strerror(errno));
  }
  *gone = st.st_nlink == 0;
  return OK;
}

static void close_file(Journal *j) {
  if (j->fd >= 0) close(j->fd);
  free(j->path);
  j->fd = -1, j->path = NULL;
}

static void sync_folder(const char *folder) {
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  fsync(fd);
  close(fd);
}

// A file system that cannot take space ahead, or has none left, will say so when an entry is written.
static void take_space(Journal *j, int64_t bytes) {
  if (fallocate(j->fd, FALLOC_FL_KEEP_SIZE, 0, (off_t)bytes) != 0) errno = 0;
  j->space = bytes;
}

ErrCode journal_open(const char *folder, Journal **out, Err *err) {
  assert(*folder);
  TRY(make_folder(folder, err));
  Journal *j = calloc(1, sizeof *j);
  if (!j) abort();
  bool gone;
  ErrCode code = make_file(j, folder, &gone, err);
  while (code == OK && gone) {
    close_file(j);
    code = make_file(j, folder, &gone, err);
  }
  if (code != OK) {
    close_file(j);
    free(j);
    return code;
  }
  take_space(j, SPACE);
  sync_folder(folder);
  *out = j;
  return OK;
}

void journal_close(Journal *j, bool keep) {
  if (!j) return;
  if (!keep || !j->number) unlink(j->path);
  close_file(j);
  free(j);
}

// ---- entries -------------------------------------------------------------------------------------------------------
static void visit(Store *s, int64_t *number, JournalEntry *e) {
  store_i64(s, "number", number);
  store_i64(s, "seconds", &e->seconds);
  store_text(s, "name", &e->name);
  store_text(s, "opened", &e->opened);
  store_text(s, "saved", &e->saved);
  store_i64(s, "cell", &e->cell);
  store_i64(s, "cursor", &e->cursor);
  store_names(s, "ran", &e->ran);
  store_text(s, "text", &e->text);
}

static ErrCode write_at(const Journal *j, const Str *text, int64_t at, Err *err) {
  ssize_t n;
  do n = pwrite(j->fd, text->s, text->n, (off_t)at);
  while (n < 0 && errno == EINTR);
  int why = n < 0 ? errno : (size_t)n < text->n ? ENOSPC : fdatasync(j->fd) != 0 ? errno : 0;
  if (!why) return OK;
  return err_set(err, ERR_IO,
                 "the last changes are not kept, the journal %s cannot be written: %s; make room or save "
                 "the notebook elsewhere",
                 j->path, strerror(why));
}

ErrCode journal_write(Journal *j, const JournalEntry *e, Err *err) {
  Store s;
  Str text = {0};
  JournalEntry copy = *e;
  int64_t number = j->number + 1;
  store_write(&s, "journal", 1, &text);
  visit(&s, &number, &copy);
  store_write_end(&s);
  int64_t n = (int64_t)text.n, at = j->end;
  bool free_begin = n <= j->begin; // the newest entry is behind it
  if (at + n > j->space && free_begin) at = 0;
  if (at + n > j->space) take_space(j, at + n + SPACE);
  ErrCode code = write_at(j, &text, at, err);
  if (code != OK && at && free_begin) code = write_at(j, &text, at = 0, err);
  if (code == OK) j->number = number, j->begin = at, j->end = at + n;
  str_fini(&text);
  return code;
}

// The entry that begins at `text`: up to and with its checksum line; empty when the text ends before.
static Sv entry_at(Sv text) {
  const char *end = memmem(text.s, text.n, END, sizeof END - 1);
  size_t n = end ? (size_t)(end - text.s) + sizeof END - 1 + 64 + 1 : 0;
  return (Sv){text.s, n <= text.n ? n : 0};
}

// Where the next entry may begin, from byte `at` on; text.n: nowhere.
static size_t find_begin(Sv text, size_t at) {
  const char *found = memmem(text.s + at, text.n - at, BEGIN, sizeof BEGIN - 1);
  return found ? (size_t)(found - text.s) : text.n;
}

static bool parse_entry(Sv text, int64_t *number, JournalEntry *e, Arena *a) {
  Store s;
  store_read(&s, "journal", 1, text, a);
  visit(&s, number, e);
  return s.err.code == OK && e->name && e->opened && e->saved && e->text;
}

// The entry with the highest number among those that are whole; empty when there is none.
static Sv newest_entry(Sv text) {
  Sv newest = {0};
  int64_t highest = 0;
  for (size_t at = find_begin(text, 0); at < text.n;) {
    Sv entry = entry_at((Sv){text.s + at, text.n - at});
    Arena scratch = {0};
    JournalEntry e;
    int64_t number;
    bool whole = parse_entry(entry, &number, &e, &scratch);
    if (whole && number > highest) highest = number, newest = entry;
    arena_fini(&scratch);
    at = find_begin(text, at + (whole ? entry.n : 1));
  }
  return newest;
}

ErrCode journal_read(const char *path, JournalEntry *e, Arena *a, Err *err) {
  Str text = {0};
  int64_t number;
  ErrCode code = file_read(path, &text, err);
  Sv entry = newest_entry((Sv){str_c(&text), text.n});
  if (code == OK && !entry.n) code = err_set(err, ERR_PARSE, "%s holds no whole entry of a journal", path);
  if (code == OK) parse_entry(entry, &number, e, a);
  str_fini(&text);
  return code;
}

// ---- what dead sessions left ---------------------------------------------------------------------------------------
typedef struct Orphan {
  const char *path;
  struct timespec time;
} Orphan;

static bool is_journal(const char *name) {
  size_t n = strlen(name), suffix = sizeof SUFFIX - 1;
  return strncmp(name, PREFIX, sizeof PREFIX - 1) == 0 && n > suffix && strcmp(name + n - suffix, SUFFIX) == 0;
}

// An open file that no living session holds, locked as `how` says; -1 when one does.
static int open_orphan(const char *path, int how) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  if (fd >= 0 && flock(fd, how | LOCK_NB) == 0) return fd;
  if (fd >= 0) close(fd);
  return -1;
}

static bool look_at(const char *path, Orphan *o) {
  struct stat st;
  int fd = open_orphan(path, LOCK_SH);
  if (fd < 0) return false;
  bool good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
  close(fd);
  if (good) *o = (Orphan){path, st.st_mtim};
  return good;
}

static int newer_first(const void *x, const void *y) {
  const Orphan *a = x, *b = y;
  if (a->time.tv_sec != b->time.tv_sec) return a->time.tv_sec > b->time.tv_sec ? -1 : 1;
  if (a->time.tv_nsec != b->time.tv_nsec) return a->time.tv_nsec > b->time.tv_nsec ? -1 : 1;
  return strcmp(a->path, b->path);
}

Names journal_orphans(const char *folder, Arena *a) {
  Orphan *orphan = NULL;
  int64_t n = 0;
  DIR *d = opendir(folder);
  for (struct dirent *entry; d && (entry = readdir(d));) {
    Orphan o;
    if (!is_journal(entry->d_name) || !look_at(arena_printf(a, "%s/%s", folder, entry->d_name), &o)) continue;
    orphan = realloc(orphan, (size_t)(n + 1) * sizeof *orphan);
    if (!orphan) abort();
    orphan[n++] = o;
  }
  if (d) closedir(d);
  if (n) qsort(orphan, (size_t)n, sizeof *orphan, newer_first);
  Names paths = {arena_array(a, const char *, n), n};
  for (int64_t k = 0; k < n; k++) paths.name[k] = orphan[k].path;
  free(orphan);
  return paths;
}

void journal_remove(const char *path) {
  int fd = open_orphan(path, LOCK_EX);
  if (fd < 0) return;
  unlink(path);
  close(fd);
}

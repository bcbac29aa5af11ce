// The browser of files: what a folder holds, what was opened before, the bundled tables, and a first look at one.
#pragma once
#include "base/mem.h"
#include "base/str.h"
#include "wire/wire.h"

typedef struct App App;
typedef struct Key Key;

typedef enum { FILE_UP, FILE_FOLDER, FILE_TABLE, FILE_RECIPE, FILE_OTHER } FileKind;
typedef enum { FILES_HERE, FILES_RECENT, FILES_BUNDLED } FileSection;
typedef struct FileEntry {
  const char *name, *path; // path: as it is opened
  FileKind kind;
  FileSection section;
  int64_t bytes, seconds; // seconds: of its last change, since 1970; 0 = not known
  bool shown;             // the filter lets it through
} FileEntry;

enum { FILES_MOST = 20000, FILES_RECENT_SHOWN = 6 };
typedef struct Files {
  Arena arena; // of the entries
  FileEntry *item;
  int64_t n, cap, shown;
  char *folder; // absolute; NULL = never looked
  bool hidden;  // names that begin with a dot too
  bool cut;     // more than FILES_MOST
  Str filter;
  int64_t row;       // cursor among those shown
  Msg bundled, look; // MSG_FILE; MSG_NONE = not there
  uint64_t bundled_asked, look_asked;
  char *looked;  // path that `look` or `refusal` is about, or that is asked for
  char *refusal; // why it cannot be looked at
  int64_t look_top;
  int look_left;
} Files;
void files_fini(Files *f);
// Lists a folder; the cursor goes to the entry called `at` (NULL: the first). Where it cannot be read, says so and
// stays.
void files_go(App *a, const char *folder, const char *at);
void files_filter(Files *f);                 // after `filter` has changed
const FileEntry *files_here(const Files *f); // under the cursor; NULL = nothing fits
const FileEntry *files_shown(const Files *f, int64_t row);
void files_want(App *a);                     // asks the kernel for what shows and is missing
bool files_take(App *a, Msg *m);             // an answer of the kernel; true = taken over
bool files_types(App *a, const Key *key);    // a key of the filter's text; true = taken
void files_show(App *a, const char *folder); // opens the browser; NULL: where it was
void files_opened(App *a, const char *path); // for the recent ones (recent.c)
// The recent ones, newest first, absolute, a line each.
void files_recent(const App *a, Str *out);

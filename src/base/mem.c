#include "base/mem.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ALIGN = 64, BLOCK = 16 * 1024, HUGE_PAGE = 2 << 20 };

struct ArenaBlock {
  ArenaBlock *next;
  size_t pad;
  unsigned char data[];
};

static void *array_new(size_t bytes, bool huge) {
  if (bytes > SIZE_MAX - HUGE_PAGE) return NULL;
  size_t align = bytes >= 2 * HUGE_PAGE ? HUGE_PAGE : ALIGN, rounded = (bytes + align - 1) / align * align;
  void *p = aligned_alloc(align, rounded ? rounded : ALIGN);
  if (p && huge && align == HUGE_PAGE) madvise(p, bytes / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE); // those it fills
  return p;
}

// Huge pages spare the faults of what is filled at once, and places in the address cache later.
void *mem_new(size_t bytes) { return array_new(bytes, true); }

// What grows is filled piece by piece: there the system's search for free huge pages was seen to cost more.
void *mem_resize(void *p, size_t old_bytes, size_t bytes) {
  void *q = array_new(bytes, false);
  if (!q) return NULL;
  if (p) memcpy(q, p, old_bytes < bytes ? old_bytes : bytes);
  mem_free(p);
  return q;
}

void mem_free(void *p) { free(p); }

void *room_get(Room *s, size_t bytes) {
  if (s->p && bytes <= s->bytes) return s->p;
  room_fini(s);
  s->p = mem_new(bytes), s->bytes = s->p ? bytes : 0;
  return s->p;
}

void room_fini(Room *s) {
  mem_free(s->p);
  *s = (Room){0};
}

int64_t mem_resident(void) {
  FILE *f = fopen("/proc/self/statm", "re");
  if (!f) return 0;
  long long pages = 0, resident = 0;
  int got = fscanf(f, "%lld %lld", &pages, &resident);
  fclose(f);
  return got == 2 ? (int64_t)resident * sysconf(_SC_PAGESIZE) : 0;
}

void mem_trim(void) { malloc_trim(0); }

void arena_init(Arena *a) { *a = (Arena){0}; }

void arena_fini(Arena *a) {
  for (ArenaBlock *b = a->head; b;) {
    ArenaBlock *next = b->next;
    free(b);
    b = next;
  }
  *a = (Arena){0};
}

static void refuse(void) {
  static const char text[] = "tycho: out of memory\n";
  if (write(2, text, sizeof text - 1) < 0) abort();
  abort();
}

static ArenaBlock *block_new(size_t bytes) {
  ArenaBlock *b = malloc(sizeof *b + bytes);
  if (!b) refuse();
  return b;
}

void *arena_alloc(Arena *a, size_t bytes) {
  if (bytes > SIZE_MAX / 2) refuse();
  size_t size = bytes ? (bytes + 15) / 16 * 16 : 16;
  if (size > BLOCK / 4) { // a large piece gets a block of its own behind the one being filled
    ArenaBlock *b = block_new(size);
    if (a->head) b->next = a->head->next, a->head->next = b;
    else b->next = NULL, a->head = b, a->used = a->cap = size;
    return memset(b->data, 0, size);
  }
  if (!a->head || a->cap - a->used < size) {
    ArenaBlock *b = block_new(BLOCK);
    b->next = a->head;
    a->head = b, a->used = 0, a->cap = BLOCK;
  }
  void *p = a->head->data + a->used;
  a->used += size;
  return memset(p, 0, size);
}

void *arena_alloc_n(Arena *a, size_t n, size_t size) {
  if (size && n > SIZE_MAX / 2 / size) refuse();
  return arena_alloc(a, n * size);
}

char *arena_strndup(Arena *a, const char *s, size_t n) {
  char *p = arena_alloc(a, n + 1);
  if (n) memcpy(p, s, n);
  return p;
}

char *arena_strdup(Arena *a, const char *s) { return arena_strndup(a, s, strlen(s)); }

char *arena_printf(Arena *a, const char *fmt, ...) {
  va_list args, again;
  va_start(args, fmt);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, fmt, args);
  va_end(args);
  char *p = arena_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);
  if (n > 0) vsnprintf(p, (size_t)n + 1, fmt, again);
  va_end(again);
  return p;
}

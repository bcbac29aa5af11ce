// Memory: plain arrays for data, an Arena for everything small that shares one owner's lifetime.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Arrays that grow with the data: 64-byte aligned, uninitialised. The caller asked job_need first;
// NULL only when the system itself refuses. Owner frees with mem_free.
void *mem_new(size_t bytes);
// Moves `old_bytes` of `p` (NULL allowed) into a block of `bytes`; frees `p`. NULL on refusal, and then `p` stays.
void *mem_resize(void *p, size_t old_bytes, size_t bytes);
void mem_free(void *p);
// One block that is used again and again, so that the system clears its pages once. Starts as {0}.
typedef struct Room {
  void *p;
  size_t bytes;
} Room;
void *room_get(Room *s, size_t bytes); // at least so many, with anything in them; NULL on refusal
void room_fini(Room *s);
// Bytes of this process in memory now, as the system counts them.
int64_t mem_resident(void);
void mem_trim(void); // gives what was freed back to the system

// A bump allocator: everything is freed at once. Never returns NULL; a refusal by the system aborts the process
// (the kernel process is expendable, the screen outlives it).
typedef struct ArenaBlock ArenaBlock;
typedef struct Arena {
  ArenaBlock *head;
  size_t used, cap;
} Arena;

void arena_init(Arena *a);
void arena_fini(Arena *a);
// Zeroed, 16-byte aligned, at least one byte.
void *arena_alloc(Arena *a, size_t bytes);
// Zeroed array of `n` elements of `size` bytes; aborts on overflow of the product.
void *arena_alloc_n(Arena *a, size_t n, size_t size);
char *arena_strndup(Arena *a, const char *s, size_t n);
char *arena_strdup(Arena *a, const char *s);
char *arena_printf(Arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define arena_new(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define arena_array(a, T, n) ((T *)arena_alloc_n((a), (size_t)(n), sizeof(T)))

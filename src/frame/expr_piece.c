// Pieces of text, and text made longer. What is made longer may not pass MOST_BYTES: a slip of the number would fill
// the memory.
#include "frame/expr_int.h"

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

enum { MOST_BYTES = 65536 };

static void set_missing(Call *c, int i) {
  c->out.t[i] = (Sv){"", 0};
  call_ok(c)[i] = 0;
}

// ---- pieces ---------------------------------------------------------------------------------------------------------
static int64_t count_pieces(Sv t, Sv sep) {
  int64_t n = 1;
  for (const char *hit; t.n && (hit = memmem(t.s, t.n, sep.s, sep.n)); n++) {
    size_t used = (size_t)(hit - t.s) + sep.n;
    t.s += used, t.n -= used;
  }
  return n;
}

// Piece k from 1; false when there are fewer.
static bool find_piece(Sv t, Sv sep, int64_t k, Sv *piece) {
  if (!sep.n) return *piece = t, k == 1;
  for (;; k--) {
    const char *hit = t.n ? memmem(t.s, t.n, sep.s, sep.n) : NULL;
    *piece = (Sv){t.s, hit ? (size_t)(hit - t.s) : t.n};
    if (k == 1 || !hit) return k == 1;
    t = (Sv){hit + sep.n, t.n - piece->n - sep.n};
  }
}

static void split(Call *c) {
  ROWS(c) {
    Sv t = c->arg[0].t[i], sep = c->arg[1].t[i], piece;
    int64_t k = c->arg[2].i[i];
    if (k < 0) k += (sep.n ? count_pieces(t, sep) : 1) + 1;
    if (k > 0 && find_piece(t, sep, k, &piece)) c->out.t[i] = piece;
    else set_missing(c, i);
  }
}

// ---- longer ---------------------------------------------------------------------------------------------------------
static char *add_text(char *s, Sv t) {
  if (t.n) memcpy(s, t.s, t.n);
  return s + t.n;
}

static void repeat(Call *c) {
  ROWS(c) {
    Sv t = c->arg[0].t[i];
    int64_t n = t.n && c->arg[1].i[i] > 0 ? c->arg[1].i[i] : 0;
    c->out.t[i] = (Sv){"", 0};
    if (n > (int64_t)(MOST_BYTES / (t.n ? t.n : 1))) set_missing(c, i);
    if (n == 0 || !vec_ok(&c->out, i)) continue;
    char *s = arena_alloc(c->text, (size_t)n * t.n);
    c->out.t[i] = (Sv){s, (size_t)n * t.n};
    while (n-- > 0) s = add_text(s, t);
  }
}

static void pad(Call *c, bool left) {
  ROWS(c) {
    Sv t = c->arg[0].t[i], with = c->op->narg > 2 ? c->arg[2].t[i] : (Sv){" ", 1};
    int64_t lack = c->arg[1].i[i] - text_count(t);
    c->out.t[i] = t;
    if (!vec_ok(&c->out, i) || lack <= 0 || !with.n) continue;
    with.n = text_next(with, 0);
    size_t bytes = lack > MOST_BYTES ? MOST_BYTES + 1 : t.n + (size_t)lack * with.n;
    if (bytes > MOST_BYTES) {
      set_missing(c, i);
      continue;
    }
    char *s = arena_alloc(c->text, bytes);
    c->out.t[i] = (Sv){s, bytes};
    if (!left) s = add_text(s, t);
    while (lack-- > 0) s = add_text(s, with);
    if (left) add_text(s, t);
  }
}

static void pad_left(Call *c) { pad(c, true); }
static void pad_right(Call *c) { pad(c, false); }

const Func EXPR_PIECE[] = {
    {"split", "split(s, sep, k)", "ssi:s", .any = split,
     .doc = "piece k of s between the texts sep; negative k counts from the end; missing when there are fewer"},
    {"rep", "rep(s, n)", "si:s", .any = repeat, .doc = "s n times; missing when longer than 65,536 bytes"},
    {"pad_left", "pad_left(s, n, c)", "sis?:s", .any = pad_left,
     .doc = "s with as many c (blanks) before it as n characters need; missing beyond 65,536 bytes"},
    {"pad_right", "pad_right(s, n, c)", "sis?:s", .any = pad_right, .doc = "s with c (blanks) behind it, likewise"},
    {0},
};

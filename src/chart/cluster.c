// An order of things in which like stands beside like: average linkage (each merge joins the two clusters with the
// least mean distance between their members), and the leaves of its tree from left to right. Equal to hclust(method =
// "average") of R 4.2.2 with its order: a single thing stands left of a cluster, an earlier cluster left of a later.
// Among equal distances the pair with the smallest numbers merges first. O(n^3), for at most a few hundred things.
// Reference: Sokal, Michener, "A statistical method for evaluating systematic relationships", Kansas Univ. Sci. Bull.
// 38 (1958).
#include "chart/matrix_int.h"

#include <math.h>

typedef struct Cluster {
  int64_t n;           // things in it; 0 = merged into another
  int64_t first, last; // its leaves as a list: next[]
  int64_t born;        // merge that made it, -1 for a single thing
} Cluster;

static void find_pair(const double *d, const Cluster *c, int64_t n, int64_t *a, int64_t *b) {
  *a = *b = -1;
  for (int64_t i = 0; i < n; i++)
    for (int64_t j = i + 1; j < n && c[i].n; j++)
      if (c[j].n && (*a < 0 || d[i * n + j] < d[*a * n + *b])) *a = i, *b = j;
}

// Cluster b goes into a: distances to all others are the means over members.
static void merge(double *d, Cluster *c, int64_t n, int64_t a, int64_t b) {
  double na = (double)c[a].n, nb = (double)c[b].n;
  for (int64_t k = 0; k < n; k++)
    if (c[k].n && k != a && k != b) d[a * n + k] = d[k * n + a] = (na * d[a * n + k] + nb * d[b * n + k]) / (na + nb);
}

static bool stands_left(const Cluster *a, const Cluster *b) {
  if ((a->born < 0) != (b->born < 0)) return a->born < 0;
  return a->born < 0 ? a->first < b->first : a->born < b->born;
}

ErrCode cluster_order(Pile *p, double *d, int64_t n, int64_t *order, double *height, Err *err) {
  Cluster *c;
  int64_t *next;
  TRY(pile_new(p, n * (int64_t)sizeof *c, &c, err));
  TRY(pile_new(p, n * 8, &next, err));
  for (int64_t i = 0; i < n; i++) c[i] = (Cluster){1, i, i, -1}, next[i] = -1;
  for (int64_t k = 0; k + 1 < n; k++) {
    int64_t a, b;
    TRY(job_tick(p->job, k, n, err));
    find_pair(d, c, n, &a, &b);
    if (height) height[k] = d[a * n + b];
    merge(d, c, n, a, b);
    Cluster *left = stands_left(&c[a], &c[b]) ? &c[a] : &c[b], *right = left == &c[a] ? &c[b] : &c[a];
    next[left->last] = right->first;
    c[a] = (Cluster){c[a].n + c[b].n, left->first, right->last, k}, c[b].n = 0;
  }
  for (int64_t i = n ? c[0].first : -1, k = 0; i >= 0; i = next[i]) order[k++] = i;
  return OK;
}

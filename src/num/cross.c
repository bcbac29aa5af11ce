// Products of columns that exist only piece by piece: A'A of one set and L'R of two, over rows that the caller makes
// (centred, masked, converted) slice by slice into a panel that stays in the second-level cache. So nothing as long as
// the data is ever written, and a pair of columns costs one multiplication and one addition a row.
//
// A slice of CROSS_ROWS rows is passed by all tiles of 4 x 4 column pairs. A pair has 8 lanes: row r of a block of
// NUM_BLOCK rows adds to lane r mod 8, in row order; at the end of the block the lanes meet in lanes_sum's order, and
// blocks meet in sum_tree's tree. Where 512-bit registers exist a tile keeps its 16 pairs in them, elsewhere it is done
// in quarters: no lane sees another order, so the bits do not depend on it. A short last slice has rows of zeros.
// O(n p^2 / 2 + n l r) operations.
#include "num/num_int.h"

#include "base/pool.h"

#include <string.h>

enum { TILE = 4, PAIRS = TILE * TILE };

typedef struct TilePair {
  int64_t x, y; // first columns
} TilePair;

typedef struct CrossRun {
  const Cross *c;
  const TilePair *pair;
  int64_t npair, left, columns; // columns of the panel: where the right ones begin, how many in all
  double *part;                 // PAIRS sums of each pair of tiles, for every block
  char *room;                   // panel and lanes, for every block of a batch
  size_t room_bytes;
  int64_t first; // row of the batch
  bool wide;
} CrossRun;

// ---- tiles --------------------------------------------------------------------------------------------------------
#if defined __GNUC__ && !defined __clang__
#define UNROLLED optimize("O3")
#else
#define UNROLLED
#endif

#if defined __x86_64__
__attribute__((target("avx512f"), UNROLLED)) static void tile_wide(const double *x, const double *y, Lanes *sum) {
  Lanes a[TILE][TILE];
  for (int i = 0; i < TILE; i++)
    for (int j = 0; j < TILE; j++) a[i][j] = sum[i * TILE + j];
  for (int64_t r = 0; r < CROSS_ROWS; r += LANES) {
    Lanes b[TILE];
    for (int j = 0; j < TILE; j++) b[j] = *(const Lanes *)(y + j * CROSS_ROWS + r);
    for (int i = 0; i < TILE; i++) {
      Lanes v = *(const Lanes *)(x + i * CROSS_ROWS + r);
      for (int j = 0; j < TILE; j++) a[i][j] += v * b[j];
    }
  }
  for (int i = 0; i < TILE; i++)
    for (int j = 0; j < TILE; j++) sum[i * TILE + j] = a[i][j];
}
#endif

typedef double Half __attribute__((vector_size(LANES / 2 * sizeof(double)), aligned(sizeof(double))));

// Half of the lanes of two columns against four.
NUM_CLONES static void quarter(const double *x, const double *y, double *sum) {
  Half a[2][TILE];
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < TILE; j++) a[i][j] = *(const Half *)(sum + (i * TILE + j) * LANES);
  for (int64_t r = 0; r < CROSS_ROWS; r += LANES) {
    Half u = *(const Half *)(x + r), v = *(const Half *)(x + CROSS_ROWS + r);
    for (int j = 0; j < TILE; j++) {
      Half b = *(const Half *)(y + j * CROSS_ROWS + r);
      a[0][j] += u * b;
      a[1][j] += v * b;
    }
  }
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < TILE; j++) *(Half *)(sum + (i * TILE + j) * LANES) = a[i][j];
}

static void tile_narrow(const double *x, const double *y, Lanes *sum) {
  for (int i = 0; i < TILE; i += 2)
    for (int half = 0; half < LANES; half += LANES / 2)
      quarter(x + i * CROSS_ROWS + half, y + half, (double *)(sum + i * TILE) + half);
}

static bool has_wide(void) {
#if defined __x86_64__
  return __builtin_cpu_supports("avx512f");
#else
  return false;
#endif
}

static void add_tiles(const CrossRun *run, const double *panel, Lanes *sum) {
  for (int64_t k = 0; k < run->npair; k++) {
    const double *x = panel + run->pair[k].x * CROSS_ROWS, *y = panel + run->pair[k].y * CROSS_ROWS;
#if defined __x86_64__
    if (run->wide) {
      tile_wide(x, y, sum + k * PAIRS);
      continue;
    }
#endif
    tile_narrow(x, y, sum + k * PAIRS);
  }
}

// ---- blocks -------------------------------------------------------------------------------------------------------
static void run_block(void *ctx, int64_t begin, int64_t end) {
  const CrossRun *run = ctx;
  const Cross *c = run->c;
  char *room = run->room + (size_t)(begin / NUM_BLOCK) * run->room_bytes;
  size_t panel_bytes = (size_t)run->columns * CROSS_ROWS * sizeof(double);
  double *panel = (double *)room;
  Lanes *sum = (Lanes *)(room + panel_bytes);
  memset(room, 0, run->room_bytes);
  for (int64_t row = run->first + begin, last = run->first + end; row < last; row += CROSS_ROWS) {
    int64_t rows = last - row < CROSS_ROWS ? last - row : CROSS_ROWS;
    if (rows < CROSS_ROWS) memset(panel, 0, panel_bytes);
    c->fill(c->ctx, row, rows, panel, panel + run->left * CROSS_ROWS);
    add_tiles(run, panel, sum);
  }
  double *part = run->part + (run->first + begin) / NUM_BLOCK * run->npair * PAIRS;
  for (int64_t k = 0; k < run->npair * PAIRS; k++) part[k] = lanes_sum((const double *)&sum[k]);
}

static ErrCode run_batches(Job *job, CrossRun *run, int64_t batch, Err *err) {
  int64_t n = run->c->n;
  for (run->first = 0; run->first < n; run->first += batch * NUM_BLOCK) {
    TRY(job_tick(job, run->first, n, err));
    int64_t rows = n - run->first < batch * NUM_BLOCK ? n - run->first : batch * NUM_BLOCK;
    par_for(job, rows, NUM_BLOCK, run_block, run);
  }
  return OK;
}

// Sums of the tiles to where they belong.
static void put_out(const CrossRun *run, double *gram, double *cross) {
  const Cross *c = run->c;
  for (int64_t k = 0; k < run->npair; k++)
    for (int64_t e = 0; e < PAIRS; e++) {
      int64_t x = run->pair[k].x + e / TILE, y = run->pair[k].y + e % TILE;
      double v = run->part[k * PAIRS + e];
      if (y >= run->left) {
        if (x < c->left && y - run->left < c->right) cross[x * c->right + y - run->left] = v;
      } else if (y <= x && x < c->p) {
        gram[x * c->p + y] = gram[y * c->p + x] = v;
      }
    }
}

static int64_t list_pairs(const Cross *c, int64_t left, TilePair *pair) {
  int64_t n = 0;
  for (int64_t x = 0; x < c->p; x += TILE)
    for (int64_t y = 0; y <= x; y += TILE) pair[n++] = (TilePair){x, y};
  for (int64_t x = 0; x < c->left; x += TILE)
    for (int64_t y = 0; y < c->right; y += TILE) pair[n++] = (TilePair){x, left + y};
  return n;
}

static int64_t whole_tiles(int64_t columns) { return (columns + TILE - 1) / TILE * TILE; }

ErrCode cross_products(Job *job, const Cross *c, double *gram, double *cross, Err *err) {
  int64_t left = whole_tiles(c->p > c->left ? c->p : c->left), right = whole_tiles(c->right);
  int64_t blocks = c->n > 0 ? (c->n + NUM_BLOCK - 1) / NUM_BLOCK : 1;
  CrossRun run = {.c = c, .left = left, .columns = left + right, .wide = has_wide()};
  int64_t most = (left / TILE) * (left / TILE + 1) / 2 + (left / TILE) * (right / TILE);
  int64_t batch = 8 * (job && job->pool ? pool_threads(job->pool) : 1);
  if (batch > blocks) batch = blocks;
  Mat part = {0}, room = {0}, pair = {0};
  ErrCode code = mat_new(job, most + 1, 2, "products of columns", &pair, err);
  run.pair = (TilePair *)pair.x;
  if (code == OK) run.npair = list_pairs(c, left, (TilePair *)pair.x);
  int64_t doubles = run.columns * CROSS_ROWS + run.npair * PAIRS * LANES;
  run.room_bytes = (size_t)doubles * sizeof(double);
  if (code == OK) code = mat_new(job, run.npair * PAIRS, blocks, "products of columns", &part, err);
  if (code == OK) code = mat_new(job, doubles, batch, "products of columns", &room, err);
  run.part = part.x, run.room = (char *)room.x;
  if (code == OK) code = run_batches(job, &run, batch, err);
  if (code == OK) sum_tree(run.part, blocks, run.npair * PAIRS);
  if (code == OK) put_out(&run, gram, cross);
  mat_free(&part);
  mat_free(&room);
  mat_free(&pair);
  return code;
}

// Which rows belong to which level, along the order of the file: the map of a split. The rows are cut into equal
// pieces, and each is filled from below with the shares of the levels in it: drawn rows are spread alike over all
// pieces, parts in order of time stand behind each other. With `by` a second picture compares the levels of another
// column, as shares of each part: parts that were drawn well are filled alike.
#include "chart/chart_int.h"

#include <math.h>

enum { MOST_PIECES = 60 };

static const Param PARAMS[] = {
    {"part", PARAM_TEXT, offsetof(RowmapOpts, part), 0, 0, NULL, NULL, "column of the parts, at most 6 levels"},
    {"by", PARAM_TEXT, offsetof(RowmapOpts, by), 0, 0, "", NULL,
     "column whose levels, at most 6, are compared between the parts"},
    CHART_LABELS(RowmapOpts),
    PARAM_END};

typedef struct Rowmap {
  Pile pile;
  const RowmapOpts *o;
  Plot *p;
  Levels part, by;
  int64_t n, pieces;
  int64_t *count; // of each part, by pieces
  int64_t *size;  // rows of each part
  int64_t *among; // of each part, by the levels of `by`
  int64_t *known; // rows of each part that have one
} Rowmap;

static ErrCode load(Rowmap *r, const Frame *d, Err *err) {
  static const char advice[] = "derive a column of few levels";
  const RowmapOpts *o = r->o;
  r->n = frame_nrow(d);
  TRY(levels_load(&r->pile, d, o->part, CHART_MOST_GROUPS, advice, r->p, &r->part, err));
  if (o->by) TRY(levels_load(&r->pile, d, o->by, CHART_MOST_GROUPS, advice, r->p, &r->by, err));
  r->pieces = r->n < MOST_PIECES ? r->n : MOST_PIECES;
  int64_t parts = r->part.n;
  TRY(pile_new(&r->pile, (parts * (r->pieces + 2 + r->by.n) + 1) * 8, &r->count, err));
  r->size = r->count + parts * r->pieces, r->known = r->size + parts, r->among = r->known + parts;
  for (int64_t k = 0; k < parts * (r->pieces + 2 + r->by.n); k++) r->count[k] = 0;
  return OK;
}

static ErrCode count(Rowmap *r, Err *err) {
  int64_t shown = 0;
  for (int64_t i = 0; i < r->n; i++) {
    int32_t k = r->part.of[i];
    if (i % CHART_TICK == 0) TRY(job_tick(r->pile.job, i, r->n, err));
    if (k < 0) {
      r->part.missing++;
      continue;
    }
    r->count[k * r->pieces + i * r->pieces / r->n]++, r->size[k]++, shown++;
    if (!r->o->by) continue;
    if (r->by.of[i] < 0) r->by.missing++;
    else r->among[k * r->by.n + r->by.of[i]]++, r->known[k]++;
  }
  r->p->n = shown;
  return shown ? OK : err_set(err, ERR_ARG, "rowmap: column '%s' has no values", r->o->part);
}

// The first row of piece b, from 0.
static int64_t piece_begin(const Rowmap *r, int64_t b) { return (b * r->n + r->pieces - 1) / r->pieces; }

static void add_map(const Rowmap *r, Plot *q) {
  for (int64_t k = 0; k < r->part.n; k++) {
    Series *s = plot_add(q, MARK_BAR, r->pieces);
    s->x2 = plot_array(q, r->pieces), s->y2 = plot_array(q, r->pieces), s->value = plot_array(q, r->pieces);
    s->name = arena_strdup(&q->arena, r->part.name[k]), s->group = (int)k;
    for (int64_t b = 0; b < r->pieces; b++) {
      int64_t below = 0, all = 0;
      for (int64_t j = 0; j < r->part.n; j++) {
        all += r->count[j * r->pieces + b];
        if (j < k) below += r->count[j * r->pieces + b];
      }
      double whole = all ? (double)all : 1, own = (double)r->count[k * r->pieces + b];
      s->x[b] = (double)piece_begin(r, b) + 0.5, s->x2[b] = (double)piece_begin(r, b + 1) + 0.5;
      s->y2[b] = (double)below / whole, s->y[b] = ((double)below + own) / whole, s->value[b] = own / whole;
    }
  }
  q->x = (Axis){.kind = AXIS_NUMBER, .lo = 0.5, .hi = (double)r->n + 0.5};
  q->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  q->groups = words_copy(q, sv(r->part.column), CHART_NAME_COLUMNS);
}

static void add_balance(const Rowmap *r, Plot *q) {
  int64_t parts = r->part.n;
  double *base = plot_array(q, parts); // how high the bars of the levels so far are
  int64_t first = parts + r->by.n <= CHART_MOST_GROUPS ? parts : 0; // other colours than those of the map, if there are
  for (int64_t k = 0; k < parts; k++) base[k] = 0;
  for (int64_t c = 0; c < r->by.n; c++) {
    Series *s = plot_add(q, MARK_BAR, parts);
    s->x2 = plot_array(q, parts), s->y2 = plot_array(q, parts), s->value = plot_array(q, parts);
    s->name = arena_strdup(&q->arena, r->by.name[c]), s->group = (int)(first + c);
    for (int64_t k = 0; k < parts; k++) {
      double share = r->known[k] ? (double)r->among[k * r->by.n + c] / (double)r->known[k] : 0;
      s->x[k] = (double)k, s->x2[k] = (double)k + 1;
      s->y2[k] = base[k], s->value[k] = share, base[k] += share, s->y[k] = fmin(base[k], 1);
    }
  }
  const char **name = arena_array(&q->arena, const char *, parts);
  for (int64_t k = 0; k < parts; k++) name[k] = arena_strdup(&q->arena, r->part.name[k]);
  q->x = axis_of_names(q, name, parts, false);
  q->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  q->groups = words_copy(q, sv(r->by.column), CHART_NAME_COLUMNS);
}

// ---- words ----------------------------------------------------------------------------------------------------------
// The level whose share differs most between the parts.
static int64_t uneven(const Rowmap *r) {
  int64_t best = 0;
  double widest = -1;
  for (int64_t c = 0; c < r->by.n; c++) {
    double lo = 1, hi = 0;
    for (int64_t k = 0; k < r->part.n; k++) {
      if (!r->known[k]) continue;
      double share = (double)r->among[k * r->by.n + c] / (double)r->known[k];
      lo = fmin(lo, share), hi = fmax(hi, share);
    }
    if (hi - lo > widest) widest = hi - lo, best = c;
  }
  return best;
}

// "train 982 rows (75%), test 327 (25%); yes: 38% of train, 39% of test"
static void describe(const Rowmap *r) {
  Plot *p = r->p;
  Str s = {0};
  for (int64_t k = 0; k < r->part.n; k++)
    str_addf(&s, "%s%s %s%s (%s)", k ? ", " : "", r->part.name[k], words_count(p, r->size[k]), k ? "" : " rows",
             words_share(p, (double)r->size[k], (double)p->n));
  int64_t c = r->by.n ? uneven(r) : 0;
  if (r->by.n) str_addf(&s, "; %s %s: ", r->by.column, r->by.name[c]);
  for (int64_t k = 0; k < r->part.n && r->by.n; k++)
    str_addf(&s, "%s%s of %s", k ? ", " : "",
             words_share(p, (double)r->among[k * r->by.n + c], r->known[k] ? (double)r->known[k] : 1), r->part.name[k]);
  p->reading = arena_strdup(&p->arena, str_c(&s));
  str_fini(&s);
  p->note = rows_note(NULL, 0, &r->part, p);
  if (r->by.missing)
    words_add_note(p, arena_printf(&p->arena, "%s missing %s: in no share", words_count(p, r->by.missing),
                                   r->by.column));
}

static ErrCode fill(Rowmap *r, const Frame *d, Err *err) {
  TRY(load(r, d, err));
  TRY(count(r, err));
  Plot *p = r->p;
  if (r->by.n) {
    plot_panels(p, 2, 2);
    p->x = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = 1}, p->y = p->x;
    Plot *map = &p->panel[0], *balance = &p->panel[1];
    add_map(r, map);
    add_balance(r, balance);
    map->n = balance->n = p->n;
    map->title = "along the rows", map->x.name = "row";
    balance->title = arena_printf(&balance->arena, "%s in each", r->by.column);
    words_labels(p, &r->o->labels, NULL, NULL);
  } else {
    add_map(r, p);
    words_labels(p, &r->o->labels, "row", "share");
  }
  describe(r);
  for (int k = 0; k < p->npanel; k++) p->panel[k].reading = arena_strdup(&p->panel[k].arena, p->reading);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Rowmap r = {.pile = {.job = job, .chart = "rowmap", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&r, d, err);
  pile_free(&r.pile);
  return code;
}

const ChartType chart_rowmap = {.name = "rowmap",
                                .signature = "d:rowmap{\"part\", by=\"class\"}",
                                .summary = "which rows belong to which level, along the order of the rows",
                                .example = "return data('titanic'):rowmap{'passengerClass', by='survived'}",
                                .params = PARAMS,
                                .opts_size = sizeof(RowmapOpts),
                                .npos = 1,
                                .make = make};

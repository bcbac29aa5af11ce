// The curves of a training: the metric on the rows learned from and on those held out, the round that is looked at, the
// best one, and below them a line to go back and forth on.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/app_int.h"
#include "ui/rect_int.h"
#include "ui/words_int.h"

#include <math.h>
#include <stdio.h>

enum { SCRUB_FROM = 10, LABELS_FROM = 24 };

static void title(const App *a, Str *what, Str *state) {
  const Training *t = &a->training;
  const MsgTraining *m = training_answer(t);
  char train[32], valid[32], done[32], total[32], time[32];
  if (!m) return;
  fmt_i64(train, sizeof train, m->ntrain, true), fmt_i64(valid, sizeof valid, m->nvalid, true);
  str_add(what, m->learner);
  fmt_i64(done, sizeof done, m->done, true), fmt_i64(total, sizeof total, m->total, true);
  if (m->nvalid && a->w >= 100) str_addf(what, "  %s rows, %s valid", train, valid);
  else if (m->ntrain) str_addf(what, "  %s rows", train);
  if (m->runs) {
    double eta = m->done ? m->seconds / (double)m->done * (double)(m->total - m->done) : 0;
    str_addf(state, "> round %s of %s", done, total);
    if (m->done && m->done < m->total && eta >= 60) str_addf(state, ", ETA %s", words_time(ceil(eta), time));
    else if (m->done && m->done < m->total) str_addf(state, ", ETA %.0f s", fmax(1, ceil(eta)));
    return;
  }
  if (m->kept && m->kept < m->done) str_addf(state, "%lld of %s rounds kept", (long long)m->kept, done);
  else str_addf(state, "%s rounds", done);
  if (m->seconds > 0) str_addf(state, ", %s", words_time(m->seconds, time));
}

// ---- curves -------------------------------------------------------------------------------------------------------
typedef struct Drawing {
  const Training *t;
  const MsgTraining *m;
  Plot plot;
  Canvas pic;
  SpotArea area;
  double lo, hi;
} Drawing;

static void measure(Drawing *d) {
  const Training *t = d->t;
  double lo = INFINITY, hi = -INFINITY;
  for (int64_t i = 0; i < t->n; i++) {
    lo = fmin(lo, fmin(t->train[i], t->valid[i]));
    hi = fmax(hi, fmax(t->train[i], t->valid[i]));
  }
  if (!(lo <= hi)) lo = 0, hi = 1;
  bool near_zero = !d->m->larger && lo < 0.4 * hi && lo >= 0;
  double room = hi > lo ? 0.04 * (hi - lo) : hi != 0 ? 0.1 * fabs(hi) : 1;
  d->hi = hi + room, d->lo = near_zero ? 0 : lo - room;
}

static void add_curve(Drawing *d, bool valid) {
  const Training *t = d->t;
  char last[NUMFMT_MAX];
  const double *v = valid ? t->valid : t->train;
  Series *s = plot_add(&d->plot, MARK_LINE, t->n);
  for (int64_t i = 0; i < t->n; i++) s->x[i] = (double)(1 + i * t->step), s->y[i] = v[i];
  training_value(t, v[t->n - 1], last, sizeof last);
  s->group = valid;
  s->name = arena_printf(&d->plot.arena, "%s %s", valid ? "valid" : "train", last);
}

static void add_best(Drawing *d) {
  const MsgTraining *m = d->m;
  char value[NUMFMT_MAX];
  Series *s = plot_add(&d->plot, MARK_POINT, 1);
  s->x[0] = (double)m->best, s->y[0] = m->best_valid, s->group = 2;
  s->name = arena_printf(&d->plot.arena, "best %lld, %s", (long long)m->best,
                         training_value(d->t, m->best_valid, value, sizeof value));
}

static void make_plot(Drawing *d) {
  const MsgTraining *m = d->m;
  plot_init(&d->plot);
  measure(d);
  int64_t total = m->total > m->done ? m->total : m->done;
  d->plot.x = (Axis){.kind = AXIS_NUMBER, .name = "rounds", .lo = 0, .hi = (double)(total > 1 ? total : 2)};
  d->plot.y = (Axis){.kind = AXIS_NUMBER, .name = m->metric, .lo = d->lo, .hi = d->hi};
  add_curve(d, false);
  add_curve(d, true);
  if (m->best) add_best(d);
}

static const CanvasCell *cell_at(const Canvas *c, int x, int y) {
  return x >= 0 && y >= 0 && x < c->w && y < c->h ? &c->cell[(size_t)y * (size_t)c->w + (size_t)x] : NULL;
}

static bool is_blank(const Canvas *c, int x, int y, int w) {
  for (int i = x; i < x + w; i++)
    if (!cell_at(c, i, y) || cell_at(c, i, y)->cp != ' ') return false;
  return true;
}

static int column_of(const Drawing *d, int64_t round) {
  const SpotArea *area = &d->area;
  int x = (int)lround(axis_share(&d->plot.x, (double)round) * (area->w - 1));
  return area->x + (x < 0 ? 0 : x >= area->w ? area->w - 1 : x);
}

// Words of the round beside its line: at the right of it, else at the left, where nothing stands.
static void put_words(Drawing *d, int x, const char *text, int *line, Style style) {
  int w = utf8_width(sv(text));
  for (int y = *line; y < d->area.y + d->area.h - 1; y++) {
    int at = is_blank(&d->pic, x + 1, y, w + 2) ? x + 2 : is_blank(&d->pic, x - w - 2, y, w + 2) ? x - w - 1 : -1;
    if (at <= d->area.x) continue;
    canvas_text(&d->pic, at, y, text, style);
    *line = y + 1;
    return;
  }
}

static bool is_word(const CanvasCell *c) { return c && c->cp > ' ' && c->cp < 0x7f; }

static bool is_in_words(const Canvas *c, int x, int y) {
  return is_word(cell_at(c, x - 1, y)) && is_word(cell_at(c, x + 1, y));
}

static void put_here(Drawing *d, const Paint *p) {
  const Training *t = d->t;
  int64_t round = training_round(t);
  int x = column_of(d, round), line = d->area.y;
  double train, valid;
  char text[64], value[NUMFMT_MAX];
  for (int y = d->area.y; y < d->area.y + d->area.h; y++)
    if (is_blank(&d->pic, x, y, 1) && !is_in_words(&d->pic, x, y))
      canvas_text(&d->pic, x, y, glyph(p, G_DIVIDER), STYLE_FOCUS);
  training_values(t, round, &train, &valid);
  snprintf(text, sizeof text, " round %lld ", (long long)round);
  put_words(d, x, text, &line, STYLE_CURSOR);
  if (isnan(train) || d->pic.h + 1 < SCRUB_FROM) return;
  snprintf(text, sizeof text, "train %.40s", training_value(t, train, value, sizeof value));
  put_words(d, x, text, &line, STYLE_GROUP0);
  snprintf(text, sizeof text, "valid %.40s", training_value(t, valid, value, sizeof value));
  put_words(d, x, text, &line, STYLE_GROUP1);
  snprintf(text, sizeof text, "gap   %.40s", training_value(t, fabs(valid - train), value, sizeof value));
  put_words(d, x, text, &line, STYLE_FG);
}

static bool draw_curves(Drawing *d, const Paint *p, Rect r) {
  Spots spots;
  if (!d->t->n || r.w < 8 || r.h < 3) return false;
  make_plot(d);
  spots_init(&spots);
  canvas_init(&d->pic, r.w, r.h);
  draw_cells_spots(&d->plot, p->style, &d->pic, &spots);
  bool whole = spots.narea > 0;
  if (whole) d->area = spots.area[0];
  if (whole && (d->t->at || !d->m->runs)) put_here(d, p);
  canvas_blit(p->c, r.x, r.y, &d->pic);
  canvas_fini(&d->pic);
  spots_fini(&spots);
  return whole;
}

// ---- the line to go on --------------------------------------------------------------------------------------------
typedef struct Place {
  int x;
  const char *word;
  Style style;
} Place;

// Words under their marks, the first of the list first; what would touch one that stands stays away.
static void put_places(const Paint *p, Rect r, int y, const Place *at, int n) {
  for (int k = 0; k < n; k++) {
    int w = utf8_width(sv(at[k].word)), x = at[k].x - w / 2;
    bool free_place = true;
    if (x + w > r.w) x = r.w - w;
    if (x < 0) x = 0;
    for (int i = x - 1; i <= x + w && free_place; i++)
      free_place = i < 0 || i >= r.w || is_blank(p->c, r.x + i, r.y + y, 1);
    if (free_place) rect_text(p, r, x, y, w, at[k].word, at[k].style);
  }
}

static void draw_scrub(const Drawing *d, const Paint *p, Rect r) {
  const MsgTraining *m = d->m;
  const SpotArea *area = &d->area;
  int64_t here = training_round(d->t);
  int done = column_of(d, m->done), at = column_of(d, here), best = m->best ? column_of(d, m->best) : -1;
  for (int x = area->x; x < area->x + area->w; x++)
    rect_put(p, r, x, 0, x <= done ? G_FOCUS_RULE : G_RULE, x <= done ? STYLE_FOCUS : STYLE_FAINT);
  if (area->x >= 5)
    rect_put(p, r, area->x - 4, 0, G_MORE, STYLE_FOCUS), rect_put(p, r, area->x - 2, 0, G_FOLDED, STYLE_FOCUS);
  if (best >= 0) rect_put(p, r, best, 0, G_BEST, STYLE_STRONG);
  rect_put(p, r, at, 0, G_NOW, STYLE_STRONG);
  if (r.h < 2) return;
  Place place[5];
  int n = 0;
  if (at == best) place[n++] = (Place){at, "best", STYLE_FOCUS};
  else place[n++] = (Place){at, here == m->done && m->runs ? "live" : "here", STYLE_FOCUS};
  if (best >= 0 && at != best) place[n++] = (Place){best, "best", STYLE_DIM};
  if (m->runs && here != m->done) place[n++] = (Place){done, "live", STYLE_DIM};
  place[n++] = (Place){area->x, "first", STYLE_DIM};
  place[n++] = (Place){area->x + area->w - 1, "last", STYLE_DIM};
  put_places(p, r, 1, place, n);
}

// On a low pane one line of numbers stands for it.
static void draw_numbers(const Drawing *d, const Paint *p, Rect r, int y) {
  double train, valid;
  char value[NUMFMT_MAX];
  int64_t round = training_round(d->t);
  int x = 1;
  training_values(d->t, round, &train, &valid);
  x += rect_print(p, r, x, y, STYLE_STRONG, "round %lld", (long long)round);
  if (isnan(train)) return;
  x += rect_print(p, r, x, y, STYLE_GROUP0, "  train %s", training_value(d->t, train, value, sizeof value));
  x += rect_print(p, r, x, y, STYLE_GROUP1, "  valid %s", training_value(d->t, valid, value, sizeof value));
  if (d->m->best && x + 9 < r.w)
    rect_print(p, r, x, y, STYLE_DIM, "  %s %lld", glyph(p, G_BEST), (long long)d->m->best);
}

static void draw_unscored(const App *a, const Paint *p, Rect r) {
  const MsgTraining *m = training_answer(&a->training);
  static const char *const help = "no rows were held out, so there is no curve: ml.boost{valid=0.2} scores each round";
  rect_text(p, r, 1, 0, r.w - 2, help, STYLE_DIM);
  if (m->total > 0 && r.h > 2 && r.w > 12) {
    paint_progress(p, r.x + 1, r.y + 2, r.w - 2, (double)m->done / (double)m->total);
    int x = 1 + (int)((double)(training_round(&a->training)) / (double)m->total * (r.w - 3));
    if (!m->runs) rect_put(p, r, x, 2, G_NOW, STYLE_STRONG);
  }
  if (r.h > 3)
    rect_print(p, r, 1, 3, STYLE_FG, "round %lld of %lld", (long long)training_round(&a->training),
               (long long)m->total);
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  const Training *t = &a->training;
  Drawing d = {.t = t, .m = training_answer(t)};
  (void)focused;
  if (r.w < 1 || r.h < 1) return;
  if (!d.m) {
    const char *why = t->asked                  ? "the rounds are being told"
                      : a->running || a->nqueue ? "a cell runs: the curves come with the first rounds of a fit"
                                                : "nothing has learned in rounds yet: "
                                                  "m = ml.boost{valid=0.2}:fit(d, \"y\")";
    rect_text(p, r, r.w > 1, 0, r.w, why, STYLE_DIM);
    return;
  }
  if (!*d.m->metric) {
    draw_unscored(a, p, r);
    return;
  }
  int foot = r.h >= SCRUB_FROM && r.w >= LABELS_FROM ? 2 : r.h >= 4;
  Rect top = {r.x, r.y, r.w, r.h - foot}, scrub = {r.x, r.y + r.h - foot, r.w, foot};
  bool drawn = draw_curves(&d, p, top);
  a->training.axis_x = r.x + d.area.x, a->training.axis_w = d.area.w;
  int used = d.area.y + d.area.h + 2; // with the axis and its numbers
  if (drawn && used < top.h) scrub.y = r.y + used;
  if (drawn && foot == 2) draw_scrub(&d, p, scrub);
  else if (foot) draw_numbers(&d, p, scrub, 0);
  plot_fini(&d.plot);
}

// A press on the picture or the line goes to the round there; the wheel goes through them.
static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  const Training *t = &a->training;
  const MsgTraining *m = training_answer(t);
  (void)y, (void)r;
  if (!m || !m->done) return;
  if (key->button == MOUSE_WHEEL_DOWN) act_round_step(a, 1);
  else if (key->button == MOUSE_WHEEL_UP) act_round_step(a, -1);
  else if (t->axis_w > 1) {
    int64_t total = m->total > m->done ? m->total : m->done;
    double share = (double)(x - t->axis_x) / (t->axis_w - 1);
    int64_t round = t->step > 1 ? 1 + (int64_t)lround(share * (double)total / (double)t->step) * t->step
                                : (int64_t)lround(share * (double)total);
    training_go(a, round < 1 ? 1 : round < m->done ? round : 0);
  }
}

const PaneType pane_loss = {
    .name = "loss", .help = "the curves of a training, round by round", .title = title, .draw = draw, .mouse = mouse};

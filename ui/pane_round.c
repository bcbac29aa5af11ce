// What a round made: how the rows held out are called, how the scores lie then and at the best round, which columns
// gained most so far, and the trees of the round.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/app_int.h"
#include "ui/rect_int.h"
#include "ui/words_int.h"

#include <math.h>
#include <stdio.h>

enum { NAME_MOST = 16, LABEL = 13 };

static void title(const App *a, Str *what, Str *state) {
  const Training *t = &a->training;
  const MsgTraining *m = training_answer(t);
  int64_t round = training_round(t), away = m ? round - m->best : 0;
  if (!round) return;
  str_addf(what, "%lld", (long long)round);
  if (m->nvalid) str_addf(what, "  %lld valid", (long long)m->nvalid);
  if (!m->best) return;
  if (!away) str_add(state, "the best");
  else str_addf(state, "%lld %s best", (long long)(away > 0 ? away : -away), away > 0 ? "past" : "before");
}

// ---- who is called what -------------------------------------------------------------------------------------------
static int name_width(const MsgTraining *m, int most) {
  int a = utf8_width(sv(m->negative)), b = utf8_width(sv(m->positive)), w = a > b ? a : b;
  return w < most ? w : most;
}

static void put_count(const Paint *p, Rect r, int end, int y, int64_t now, int64_t best, bool right) {
  char text[32], by[34] = "";
  fmt_i64(text, sizeof text, now, true);
  rect_right(p, r, end - 8, end, y, text, right ? STYLE_STRONG : STYLE_FG);
  if (now != best)
    snprintf(by, sizeof by, "%s%lld", now > best ? "+" : glyph(p, G_MINUS),
             (long long)(now > best ? now - best : best - now));
  rect_text(p, r, end + 2, y, 6, *by ? by : "0", *by ? STYLE_DIM : STYLE_FAINT);
}

// Returns the lines used.
static int draw_counts(const Paint *p, Rect r, const MsgTraining *m, const WireSeen *s, const WireSeen *best) {
  int name = name_width(m, r.w < 50 ? 9 : NAME_MOST), each = name + 5 > 12 ? name + 5 : 12, first = name + 2;
  if (r.h < 3 || first + 2 * each > r.w + 4) return 0;
  const int64_t now[2][2] = {{s->tn, s->fp}, {s->fn, s->tp}}, was[2][2] = {{best->tn, best->fp}, {best->fn, best->tp}};
  const char *class[2] = {m->negative, m->positive};
  for (int j = 0; j < 2; j++) {
    rect_text(p, r, first + j * each, 0, 5, "said ", STYLE_DIM);
    rect_text(p, r, first + j * each + 5, 0, name, class[j], STYLE_DIM);
    rect_text(p, r, 0, j + 1, name, class[j], STYLE_DIM);
    for (int k = 0; k < 2; k++) put_count(p, r, first + k * each + 5, j + 1, now[j][k], was[j][k], j == k);
  }
  return 3;
}

// ---- scores -------------------------------------------------------------------------------------------------------
static void put_scores(const Paint *p, Rect r, int x, int y, const WireSeen *s, int w) {
  const double *bin[2] = {s->negative, s->positive};
  double share[256];
  for (int k = 0; k < 2; k++) {
    double top = 0;
    for (int64_t i = 0; i < w; i++) top = fmax(top, bin[k][i]);
    for (int64_t i = 0; i < w; i++) share[i] = top > 0 ? bin[k][i] / top : 0;
    paint_spark(p, r.x + x, r.y + y + k, share, w, k ? STYLE_GROUP1 : STYLE_GROUP0);
  }
}

static int draw_scores(const Paint *p, Rect r, const Training *t, const WireSeen *here, const WireSeen *best) {
  const MsgTraining *m = training_answer(t);
  int w = here->n < 256 ? (int)here->n : 256, x = LABEL + 1, y = 1;
  bool both = training_round(t) != m->best && r.h >= 6;
  if (r.h < 3 || x + w > r.w || best->n != here->n) return 0;
  rect_text(p, r, 0, 0, LABEL, "score", STYLE_DIM);
  rect_text(p, r, x, 0, 1, "0", STYLE_DIM);
  rect_text(p, r, x + w - 1, 0, 1, "1", STYLE_DIM);
  rect_text(p, r, x + 2, 0, w / 2 - 3, m->negative, STYLE_GROUP0);
  rect_right(p, r, x + w / 2, x + w - 3, 0, m->positive, STYLE_GROUP1);
  if (both) {
    rect_print(p, r, 0, y, STYLE_DIM, "at best %lld", (long long)m->best);
    put_scores(p, r, x, y, best, w);
    y += r.h >= 9 ? 3 : 2;
  }
  rect_print(p, r, 0, y, STYLE_FG, "here %lld", (long long)training_round(t));
  put_scores(p, r, x, y, here, w);
  return y + 2;
}

// ---- importance ---------------------------------------------------------------------------------------------------
static int draw_terms(const Paint *p, Rect r, const MsgRoundAnswer *m) {
  int name = 0, y = 1;
  if (r.h < 2 || !m->n) return 0;
  for (int64_t k = 0; k < m->n && k < r.h - 1; k++) {
    int w = utf8_width(sv(m->terms.name[k]));
    name = w > name ? w : name;
  }
  if (name > r.w / 2) name = r.w / 2;
  int used = rect_text(p, r, 0, 0, r.w, "importance ", STYLE_STRONG), bar = r.w - name - 7;
  if (bar > 24) bar = 24;
  rect_text(p, r, used, 0, r.w - used, "share of gain, to this round", STYLE_DIM);
  for (int64_t k = 0; k < m->n && y < r.h; k++, y++) {
    char share[16];
    int strokes = bar > 0 ? (int)lround(bar * m->share[k] / m->share[0]) : 0;
    rect_text(p, r, 0, y, name, m->terms.name[k], STYLE_FG);
    for (int i = 0; i < strokes; i++) rect_put(p, r, name + 1 + i, y, G_FOCUS_RULE, STYLE_GROUP0);
    snprintf(share, sizeof share, "%.2f", m->share[k]);
    rect_text(p, r, name + 2 + strokes, y, 5, share[0] == '0' ? share + 1 : share, STYLE_DIM);
  }
  return y;
}

static void draw_trees(const Paint *p, Rect r, int y, const MsgRoundAnswer *m) {
  if (y >= r.h) return;
  if (!m->ntree) rect_text(p, r, 0, y, r.w, "early stopping dropped its trees", STYLE_DIM);
  else if (m->ntree == 1)
    rect_print(p, r, 0, y, STYLE_FG,
               m->leaves == 1 ? "tree %lld: %lld leaf, depth %lld" : "tree %lld: %lld leaves, depth %lld",
               (long long)m->tree, (long long)m->leaves, (long long)m->depth);
  else
    rect_print(p, r, 0, y, STYLE_FG, "trees %lld to %lld: %lld leaves, depth %lld", (long long)m->tree,
               (long long)(m->tree + m->ntree - 1), (long long)m->leaves, (long long)m->depth);
}

// While it runs: how fast, and how long nothing has become better.
static void draw_pace(const Paint *p, Rect r, const MsgTraining *m) {
  int64_t since = m->done - m->best;
  double each = m->seconds / (double)m->done;
  char time[32];
  int x = rect_print(p, r, 0, 0, STYLE_FG, "%s a round", words_time(each, time));
  if (m->best && since) rect_print(p, r, x, 0, STYLE_FG, ", %lld without a better one", (long long)since);
}

static Rect below(Rect r, int used) { return (Rect){r.x, r.y + used, r.w, r.h - used}; }

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  const Training *t = &a->training;
  const MsgTraining *m = training_answer(t);
  const MsgRoundAnswer *told = training_told(t);
  const WireSeen *here = training_seen(t, false), *best = training_seen(t, true);
  Rect in = {r.x + (r.w > 2), r.y, r.w - 2 * (r.w > 2), r.h};
  (void)focused;
  if (in.w < 1 || in.h < 1) return;
  if (!m || !m->done) {
    rect_text(p, in, 0, 0, in.w, m ? "no round has ended yet" : "nothing has learned in rounds yet", STYLE_DIM);
    return;
  }
  int gap = in.h >= 18;
  if (told) draw_trees(p, in, 0, told), in = below(in, 1 + gap);
  else if (m->runs) draw_pace(p, in, m), in = below(in, 1 + gap);
  if (here && best) {
    int used = draw_counts(p, in, m, here, best);
    in = below(in, used ? used + gap : 0);
    used = draw_scores(p, in, t, here, best);
    in = below(in, used ? used + gap : 0);
  }
  if (told) draw_terms(p, in, told);
  else if (in.h > 0)
    rect_text(p, in, 0, 0, in.w,
              m->runs     ? "its trees are told when the fit has ended"
              : t->object ? "the round is being told"
                          : "the model of this fit has no name",
              STYLE_DIM);
}

const PaneType pane_round = {.name = "round", .help = "what a round of a training made", .title = title, .draw = draw};

// A pipeline as a flow of boxes. On cells draw lays the boxes out by the room there is (chart "flow"); the lines and
// places given here, boxes above each other, are those of pictures.
#include "bind/flow_int.h"

static const double LEFT = 0.02, RIGHT = 0.4, HALF = 0.32, SIDE = 0.71, HEAD = 0.02, BARB = 0.1;

static void add_line(Plot *p, const double (*at)[2], int n) {
  Series *s = plot_add(p, MARK_LINE, n);
  s->role = ROLE_FAINT;
  for (int i = 0; i < n; i++) s->x[i] = at[i][0], s->y[i] = at[i][1];
}

static Series *add_texts(Plot *p, int64_t n) {
  Series *s = plot_add(p, MARK_TEXT, n);
  s->role = ROLE_FAINT;
  s->label = arena_array(&p->arena, const char *, n);
  return s;
}

// Box k stands around y = n - k - 1/2.
static void add_lines(Plot *p, int n, const FlowBox *box) {
  for (int k = 0; k < n; k++) {
    double y = n - k - 0.5, lo = y - HALF, hi = y + HALF;
    add_line(p, (const double[][2]){{LEFT, lo}, {RIGHT, lo}, {RIGHT, hi}, {LEFT, hi}, {LEFT, lo}}, 5);
  }
  for (int k = 0; k <= n; k++) {
    double x = (LEFT + RIGHT) / 2, top = n - k + 0.5 - HALF, foot = n - k - 0.5 + HALF;
    if ((k == 0 || k == n) && !(k < n ? box[0].before : box[n].before)) continue;
    if (k == 0) top = n + 0.25;
    if (k == n) foot = -0.25;
    double barb = foot + BARB;
    add_line(p, (const double[][2]){{x, top}, {x, foot}, {x - HEAD, barb}, {x, foot}, {x + HEAD, barb}}, 5);
  }
}

void flow_plot(const FlowBox *box, int n, Plot *p) {
  Series *s = add_texts(p, n);
  for (int k = 0; k < n; k++) {
    s->x[k] = (LEFT + RIGHT) / 2, s->y[k] = n - k - 0.5;
    s->label[k] = arena_strdup(&p->arena, box[k].name);
  }
  s = add_texts(p, n);
  for (int k = 0; k < n; k++) {
    s->x[k] = SIDE, s->y[k] = n - k - 0.5;
    s->label[k] = arena_strdup(&p->arena, box[k].text ? box[k].text : "");
  }
  s = add_texts(p, n + 1);
  for (int k = 0; k <= n; k++) {
    s->x[k] = (LEFT + RIGHT) / 2 + 0.12, s->y[k] = n - k;
    s->label[k] = arena_strdup(&p->arena, box[k].before ? box[k].before : "");
  }
  add_lines(p, n, box);
  p->chart = arena_strdup(&p->arena, "flow");
  p->x = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = 1};
  p->y = (Axis){.kind = AXIS_NONE, .lo = -0.3, .hi = n + 0.3};
}

// The answer of the kernel that the drawing of the evaluation shows, at threshold 0.24 instead of 0.50.
#pragma once
#include "credit.h"
#include "ui/app_int.h"

static inline void credit_point(Plot *p, int group, double fp, double tp, const char *name) {
  Series *s = plot_add(p, MARK_POINT, 1);
  s->x[0] = fp / CREDIT_GOOD, s->y[0] = tp / CREDIT_BAD, s->group = group, s->name = name;
}

static inline void credit_plot(Plot *p) {
  plot_init(p);
  p->title = "ROC", p->reading = "AUC .832";
  p->x = p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  p->x.name = "FPR", p->y.name = "TPR";
  Series *s = plot_add(p, MARK_LINE, CREDIT_POINTS);
  for (int i = 0; i < CREDIT_POINTS; i++)
    s->x[i] = (double)CREDIT_ROC[i][0] / CREDIT_GOOD, s->y[i] = (double)CREDIT_ROC[i][1] / CREDIT_BAD;
  s = plot_add(p, MARK_RULE, 1);
  s->role = ROLE_FAINT, s->name = "chance", s->x2 = plot_array(p, 1), s->y2 = plot_array(p, 1);
  s->x2[0] = s->y2[0] = 1;
  credit_point(p, 1, 73, 165, "was");
  credit_point(p, 0, 235, 250, "now");
}

// The five rows of the drawing at the head of 247.
static inline void credit_page(Page *page) {
  static const char *const CELL[5][8] = {
      {"4,421", ".240", "good", "no", "fixed", "6", "114", "1,150"},
      {"504", ".241", "good", "no", "fixed", "0", "206", "1,500"},
      {"3,490", ".241", "good", "no", "fixed", "5", "100", "549"},
      {"4,082", ".241", "good", "no", "freelance", "25", NULL, "375"},
      {"1,251", ".241", "good", "no", "fixed", "2", "88", "325"},
  };
  static const char *const NAME[8] = {"row", "score", "actual", "Records", "Job", "Seniority", "Income", "Amount"};
  page_init(page, 5, 8);
  for (int j = 0; j < 8; j++) {
    bool number = j < 2 || j > 4;
    page_col(page, j, NAME[j], 0, number ? ALIGN_POINT : ALIGN_LEFT, number ? CELL_NUMBER : CELL_TEXT);
    for (int64_t i = 0; i < 5; i++) page_cell(page, i, j, CELL[i][j]);
  }
  page->nrow = 247;
}

static inline void credit_answer(Msg *m) {
  static WireMetric METRIC[] = {
      {"accuracy", ".732", ".801", "−.069", "", "", -1}, {"precision", ".515", ".693", "−.178", "", "", -1},
      {"recall", ".796", ".525", "+.271", "", "", 1},    {"specificity", ".706", ".909", "−.202", "", "", -1},
      {"F1", ".626", ".598", "+.028", "", "", 1},        {"cost 5:1", "555", "818", "−263", "", "", 1},
  };
  msg_init(m, MSG_EVALUATION, 0);
  MsgEvaluation *e = &m->Evaluation;
  *e = (MsgEvaluation){.object = "e",
                       .model = "m",
                       .learner = "boost",
                       .score = "AUC .832 [.807, .858]",
                       .version = 7,
                       .n = 1114,
                       .binary = true,
                       .negative = "good",
                       .positive = "bad",
                       .threshold = 0.24,
                       .was = 0.5,
                       .best = 0.18,
                       .cost = "5:1",
                       .now_count = {250, 235, 565, 64},
                       .was_count = {165, 73, 727, 149},
                       .metric = METRIC,
                       .nmetric = 6,
                       .nhist = CREDIT_BINS,
                       .right = 85,
                       .wrong = 162};
  e->hist_negative = arena_array(&m->arena, double, CREDIT_BINS);
  e->hist_positive = arena_array(&m->arena, double, CREDIT_BINS);
  for (int i = 0; i < CREDIT_BINS; i++) {
    e->hist_negative[i] = CREDIT_SCORES_GOOD[i] / 133.0;
    e->hist_positive[i] = CREDIT_SCORES_BAD[i] / 133.0;
  }
  credit_page(&e->page);
  credit_plot(&e->plot);
}

// msg_fini leaves what a filled message points to alone.
static inline void credit_fini(Msg *m) {
  page_fini(&m->Evaluation.page);
  plot_fini(&m->Evaluation.plot);
  msg_fini(m);
}

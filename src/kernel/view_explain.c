// What a number on the screen is: a cell of an answer by what the answer remembers, a column by its profile, a metric
// by the counts at a threshold. Where there is nothing to explain, a page of help.
#include "kernel/desk_int.h"

#include <math.h>

static ErrCode explain_evaluation(Job *job, const Evaluation *e, const MsgExplain *v, Explained *out, Err *err) {
  const char *metric = *v->column ? v->column : NULL;
  if (isnan(v->threshold) || v->threshold == eval_get_threshold(e)) return eval_explain(job, e, metric, out, err);
  Evaluation *moved;
  TRY(eval_threshold(e, v->threshold, &moved, err));
  ErrCode code = eval_explain(job, moved, metric, out, err);
  eval_unref(moved);
  return code;
}

// A row of e:metrics(): the metric that it names.
static ErrCode explain_metric(Job *job, const Frame *f, int64_t row, Explained *out, Err *err) {
  int j = frame_find(f, sv("metric"));
  if (j < 0 || !col_valid(frame_at(f, j), row)) return err_set(err, ERR_ARG, "no metric stands in this row");
  Sv name = col_text(frame_at(f, j), row);
  const char *metric = arena_strndup(&out->arena, name.s, name.n);
  return eval_explain(job, frame_asked(f)->of, metric, out, err);
}

static ErrCode explain_table(Job *job, const Frame *f, const MsgExplain *v, Explained *out, Err *err) {
  int j;
  const Asked *asked = frame_asked(f);
  const char *name = v->column;
  TRY(frame_col(f, sv(name), &j, err));
  if (v->row < 0) return stats_explain(job, f, &(Names){&name, 1}, NULL, out, err);
  if (v->row >= frame_nrow(f)) return err_set(err, ERR_ARG, "there is no such row");
  if (asked && strcmp(asked->object, "Evaluation") == 0) return explain_metric(job, f, v->row, out, err);
  return explain_cell(job, f, v->row, j, out, err);
}

ErrCode view_explain(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const MsgExplain *v = &ask->Explain;
  const Evaluation *e = found->object ? found->object->evaluation : NULL;
  Explained out;
  Str text = {0};
  explained_init(&out);
  ErrCode code = e              ? explain_evaluation(job, e, v, &out, err)
                 : found->frame ? explain_table(job, found->frame, v, &out, err)
                                : ERR_ARG;
  if (code == OK) explained_print(&out, &text);
  else if (code != ERR_CANCELLED && code != ERR_MEMORY) host_help(sv(v->topic), &text), code = OK;
  explained_fini(&out);
  answer->TextAnswer.text = arena_strdup(&answer->arena, str_c(&text));
  str_fini(&text);
  return code;
}

// Numbers as people read them (docs: look), and the rows that a quick look takes of a long table.
#include "kernel/desk_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdio.h>

const char *word_count(Arena *a, int64_t n) {
  char buf[32];
  fmt_i64(buf, sizeof buf, n, true);
  return arena_strdup(a, buf);
}

const char *word_sensible(Arena *a, double v, int digits) {
  char buf[NUMFMT_MAX];
  fmt_sensible(buf, sizeof buf, v, digits);
  return arena_strdup(a, buf);
}

const char *word_fixed(Arena *a, double v, int decimals) {
  char buf[NUMFMT_MAX];
  if (!isfinite(v) || fabs(v) >= 1e15) fmt_shortest(buf, sizeof buf, v);
  else if (fabs(v) >= 1000) fmt_sensible(buf, sizeof buf, v, 4 + decimals);
  else snprintf(buf, sizeof buf, "%.*f", decimals, v);
  return arena_strdup(a, buf);
}

const char *word_percent(Arena *a, double share, int decimals) {
  double least = pow(10, -decimals), percent = 100 * share;
  if (share > 0 && percent < least / 2) return arena_printf(a, "<%.*f%%", decimals, least);
  if (share < 1 && percent > 100 - least / 2) return arena_printf(a, ">%.*f%%", decimals, 100 - least);
  return arena_printf(a, "%.*f%%", decimals, percent);
}

const char *word_unit(Arena *a, double v, int decimals, bool sign) {
  if (isnan(v)) return "";
  char buf[64];
  snprintf(buf, sizeof buf, "%.*f", decimals, fabs(v));
  const char *digits = buf[0] == '0' && buf[1] == '.' ? buf + 1 : buf;
  bool zero = strspn(digits, ".0") == strlen(digits);
  return arena_printf(a, "%s%s", v < 0 && !zero ? "−" : sign && !zero ? "+" : "", digits);
}

const char *word_cell(Arena *a, const Column *c, int64_t row, int most) {
  Str text = {0};
  col_format(c, row, CELL_PRETTY, &text);
  Sv all = {str_c(&text), text.n};
  bool fits = utf8_width(all) <= most;
  size_t n = fits ? all.n : utf8_fit(all, most - 1);
  const char *cell = arena_printf(a, "%.*s%s", (int)n, all.s, fits ? "" : "…");
  str_fini(&text);
  return cell;
}

static ErrCode gather_every(Job *job, const Frame *f, Frame **out, Err *err) {
  int64_t n = frame_nrow(f), *row = mem_new(SAMPLE_ROWS * sizeof *row);
  if (!row) return err_set(err, ERR_MEMORY, "a sample: the system has no memory left");
  for (int64_t i = 0; i < SAMPLE_ROWS; i++) row[i] = (int64_t)((double)i * ((double)n / SAMPLE_ROWS));
  ErrCode code = frame_gather(job, f, row, SAMPLE_ROWS, out, err);
  mem_free(row);
  return code;
}

ErrCode frame_thinned(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err) {
  Frame *part = NULL;
  if (columns) TRY(frame_select(f, columns, &part, err));
  else part = frame_ref(f);
  if (frame_nrow(f) <= SAMPLE_ABOVE) return *out = part, OK;
  ErrCode code = gather_every(job, part, out, err);
  frame_unref(part);
  return code;
}

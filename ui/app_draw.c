// One frame: the panes where the layout puts them, and the fixed lines (docs: look). Paints onto the canvas only.
#include "ui/app_int.h"
#include "ui/evaluate_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/help_int.h"
#include "ui/hint_int.h"
#include "ui/preview_int.h"
#include "ui/words_int.h"

#include <stdio.h>

typedef struct BadgeText {
  char text[96];
} BadgeText;

static Badge mode_badge(const App *a, BadgeText *buf) {
  if (a->kernel == KERNEL_LOST) return (Badge){"NO KERNEL", STYLE_ALARM};
  if (a->journal_failed) return (Badge){"NOT KEPT", STYLE_ALARM};
  if (a->editor || a->focus == PANE_files) return (Badge){"EDIT", STYLE_CURSOR};
  if (a->sheet.filtered && a->view == VIEW_TABLE) {
    char shown[32], all[32];
    fmt_i64(shown, sizeof shown, sheet_nrow(&a->sheet), true);
    fmt_i64(all, sizeof all, a->sheet.all_rows, true);
    snprintf(buf->text, sizeof buf->text, "FILTER %s/%s", shown, all);
    return (Badge){buf->text, STYLE_ALARM};
  }
  return (Badge){"COMMAND", STYLE_STRONG};
}

// Where the mode stands at this size: in the session's line, at the end of a title over the whole width, else at the
// end of the recipe line.
typedef enum { BADGE_SESSION, BADGE_TITLE, BADGE_RECIPE, BADGE_NOWHERE } BadgePlace;
static BadgePlace badge_place(const App *a) {
  if (a->layout.session_line) return BADGE_SESSION;
  if (a->w < 60 && a->kernel != KERNEL_LOST && !a->journal_failed && !a->editor && !a->sheet.filtered)
    return BADGE_NOWHERE;
  return a->layout.n && a->layout.slot[0].r.w == a->w && a->w >= 60 ? BADGE_TITLE : BADGE_RECIPE;
}

static void draw_pane(App *a, const Paint *p, int k) {
  const Slot *s = &a->layout.slot[k];
  const PaneType *type = PANE_TYPES[s->pane];
  bool focused = s->pane == a->focus && !prompt_is_open(a->prompt);
  Str what = {0}, state = {0};
  BadgeText text;
  Badge badge = mode_badge(a, &text);
  bool titled = k == 0 && badge_place(a) == BADGE_TITLE;
  type->title(a, &what, &state);
  if (k == 0 && a->w < 80 && a->layout.hidden > 0) {
    str_clear(&state);
    str_addf(&state, "%d pane%s hidden", a->layout.hidden, a->layout.hidden == 1 ? "" : "s");
  }
  const char *name = a->view == VIEW_EVALUATE ? evaluate_name(a, s->pane, type->name) : type->name;
  paint_title(p, s->r, s->number, name, str_c(&what), str_c(&state), focused, titled ? &badge : NULL);
  type->draw(a, p, (Rect){s->r.x, s->r.y + 1, s->r.w, s->r.h - 1}, focused);
  str_fini(&what), str_fini(&state);
}

// ---- the session's line -------------------------------------------------------------------------------------------
static void add_state(const App *a, Str *out) {
  static const char *const WORD[] = {"kernel starting", "kernel idle", "kernel busy",
                                     "still stopping: ^C ends the kernel", "kernel lost"};
  bool slow = a->kernel == KERNEL_STOPPING && a->clock - a->stop_asked > 0.3;
  if (a->kernel == KERNEL_BUSY && a->paused) str_add(out, "kernel paused");
  else str_add(out, slow || a->kernel != KERNEL_STOPPING ? WORD[a->kernel] : "kernel stopping");
  if (a->nqueue) str_addf(out, ", %lld wait", (long long)a->nqueue);
  char memory[32];
  int64_t bytes = a->objects.kind == MSG_OBJECTS ? a->objects.Objects.memory : 0;
  fmt_bytes(memory, sizeof memory, bytes);
  if (bytes) str_addf(out, " · %s", memory);
  str_addf(out, " · undo %lld · seed %s", (long long)a->doc.at, a->opts->seed);
}

static void draw_session(const App *a, const Paint *p) {
  Str crumbs = {0}, state = {0};
  BadgeText text;
  Badge badge = mode_badge(a, &text);
  trail_print(a, &crumbs);
  add_state(a, &state);
  int x = 1 + paint_text(p, 1, 0, a->w - 2, "tycho", STYLE_STRONG) + 2;
  int width = (int)strlen(badge.text), end = a->w - 1 - width;
  paint_text(p, end, 0, width, badge.text, badge.style);
  int used = paint_right(p, x, 0, end - 2 - x, str_c(&state), STYLE_DIM);
  paint_text(p, x, 0, end - 2 - used - 2 - x, str_c(&crumbs), STYLE_FG);
  str_fini(&crumbs), str_fini(&state);
}

// ---- the last two lines -------------------------------------------------------------------------------------------
static int64_t last_code(const App *a) {
  int64_t i = a->view == VIEW_NOTEBOOK ? a->cell : a->doc.n - 1;
  if (a->view != VIEW_NOTEBOOK && a->cell < a->doc.n && a->doc.cell[a->cell].result) i = a->cell;
  return i < a->doc.n ? i : a->doc.n - 1;
}

// The hash of the notebook as it would be written, made anew when that changed; of a large one once its changes pause,
// so that no key waits for it. Until then the hash is not known.
static void know_hash(App *a) {
  enum { LARGE = 200000 };
  const double pause = 0.5;
  Str text = {0};
  if (a->hash_changes == a->doc.changes && (a->hash[0] || a->clock < a->hash_due)) return;
  if (a->hash_changes != a->doc.changes && a->hash_bytes > LARGE) {
    a->hash[0] = 0, a->hash_changes = a->doc.changes, a->hash_due = a->clock + pause;
    return;
  }
  doc_print(&a->doc, &text);
  doc_hash((Sv){str_c(&text), text.n}, a->hash);
  a->hash_changes = a->doc.changes, a->hash_bytes = (int64_t)text.n;
  str_fini(&text);
}

bool app_owes_hash(const App *a) { return !a->hash[0] && a->clock >= a->hash_due; }

static void saved_state(const App *a, Str *out) {
  const char *hex = a->hash;
  bool saved = *hex && strcmp(hex, a->doc.saved) == 0;
  if (a->w >= 70 && *hex) str_addf(out, "sha256 %.3s…%.2s  ", hex, hex + 62);
  str_add(out, saved ? "saved" : a->journal ? "kept" : "not saved");
}

// What Enter would write, while the threshold of an evaluation stands elsewhere than the notebook says.
static bool draw_pending(const App *a, const Paint *p, Rect r) {
  Str lua = {0}, number = {0};
  bool pending = a->view == VIEW_EVALUATE && operate_pending(a, &lua);
  if (pending) {
    const char *state = a->w >= 100 ? "Enter keeps this line" : "not kept yet";
    int used = paint_right(p, r.x + 1, r.y, r.w - 2, state, STYLE_DIM);
    str_addf(&number, "%2lld ", (long long)a->doc.n + 1);
    int x = r.x + 1 + paint_text(p, r.x + 1, r.y, r.w - 2, str_c(&number), STYLE_DIM);
    x += paint_text(p, x, r.y, 2, glyph(p, G_DIVIDER), STYLE_FAINT) + 1;
    paint_lua(p, x, r.y, r.x + r.w - 1 - used - 2 - x, (Sv){str_c(&lua), lua.n}, 0, 0, STYLE_FG);
  }
  str_fini(&lua), str_fini(&number);
  return pending;
}

static void add_seconds(Str *out, const char *before, double seconds) {
  char buf[32];
  if (seconds < 60) str_addf(out, "%s%.0f s", before, seconds);
  else str_addf(out, "%s%s", before, words_time(seconds, buf));
}

static void add_memory(Str *out, const char *before, int64_t bytes) {
  char buf[32];
  fmt_bytes(buf, sizeof buf, bytes);
  str_addf(out, "%s%s", before, buf);
}

// "━━━━──── cell 4 runs  62%  6 s  ETA 4 s" of a cell that has run for half a second; the columns used.
static int draw_progress(const App *a, const Paint *p, Rect r) {
  enum { BAR = 10 };
  int64_t i = a->running ? doc_find(&a->doc, a->running) : -1;
  const Result *res = i < 0 ? NULL : a->doc.cell[i].result;
  bool stopping = a->kernel == KERNEL_STOPPING;
  if (!res || (res->elapsed < 0.5 && !stopping)) return 0;
  double share = result_share(res), eta = res->paused ? -1 : result_eta(res);
  bool known = share > 0 && !stopping;
  Str said = {0};
  if (stopping && a->clock - a->stop_asked > 0.3) str_add(&said, "still stopping: ^C again ends the kernel");
  else if (stopping) str_addf(&said, "stopping cell %lld", (long long)i + 1);
  else str_addf(&said, "cell %lld %s", (long long)i + 1, res->paused ? "is paused" : "runs");
  if (known) str_addf(&said, "  %.0f%%", 100 * share);
  add_seconds(&said, "  ", res->elapsed);
  if (known && eta >= 0) add_seconds(&said, "  ETA ", eta);
  if (res->memory && r.w >= 100) add_memory(&said, "  ", res->memory);
  int used = paint_right(p, r.x + 1, r.y, r.w - 2, str_c(&said), STYLE_STRONG);
  str_fini(&said);
  if (!known || r.w < 70) return used;
  paint_progress(p, r.x + r.w - 1 - used - 2 - BAR, r.y, BAR, share);
  return used + 2 + BAR;
}

static void draw_recipe(const App *a, const Paint *p, Rect r) {
  if (point_draw_line(a, p, r) || draw_pending(a, p, r) || look_draw_line(a, p, r)) return;
  int64_t i = last_code(a);
  Str state = {0}, number = {0};
  int used = draw_progress(a, p, r);
  if (!used) {
    saved_state(a, &state);
    used = paint_right(p, r.x + 1, r.y, r.w - 2, str_c(&state), STYLE_DIM);
  }
  if (i >= 0) {
    const char *text = doc_text(&a->doc, i);
    str_addf(&number, "%2lld %s ", (long long)i + 1, glyph(p, G_DIVIDER));
    int x = r.x + 1 + paint_text(p, r.x + 1, r.y, r.w - 2, str_c(&number), STYLE_FAINT),
        room = r.x + r.w - 1 - used - 2 - x;
    if (doc_kind(&a->doc, i) == NOTE_CODE) paint_lua(p, x, r.y, room, sv(text), 0, 0, STYLE_FG);
    else {
      Str first = {0};
      str_addn(&first, text, strcspn(text, "\n"));
      paint_text(p, x, r.y, room, str_c(&first), STYLE_DIM);
      str_fini(&first);
    }
  }
  str_fini(&state), str_fini(&number);
}

// Bytes of text for a line: up to the last blank that fits, or as much as fits.
static size_t line_break(Sv text, int columns) {
  size_t n = utf8_fit(text, columns), blank = n;
  if (n == text.n) return n;
  while (blank > 0 && text.s[blank] != ' ') blank--;
  return blank ? blank : n;
}

// What is said stands on the recipe's line; what is longer grows upwards over the pane above it, unless somebody types
// there.
static void draw_message(const App *a, const Paint *p, Rect r) {
  enum { LINES = 6 };
  Sv left = sv(a->message), line[LINES];
  int n = 0, most = !a->editor && r.h < a->h / 3 ? a->h / 3 : r.h, mark = strncmp(a->message, "! ", 2) == 0 ? 2 : 0;
  if (most > LINES) most = LINES;
  while (left.n && n < most) {
    size_t bytes = n + 1 < most ? line_break(left, r.w - 2 - mark) : left.n;
    line[n++] = (Sv){left.s, bytes};
    left = sv_trim((Sv){left.s + bytes, left.n - bytes});
  }
  for (int k = 0; k < n; k++) {
    int y = r.y - (n - 1 - k);
    Str text = {0};
    for (int x = 0; x < a->w && n > 1; x++) canvas_put(p->c, x, y, ' ', STYLE_FG);
    str_addn(&text, line[k].s, line[k].n);
    int x = k ? 1 + mark : 1;
    paint_text(p, x, y, r.w - 1 - x, str_c(&text), a->message_style);
    str_fini(&text);
  }
}

static void draw_message_line(App *a, const Paint *p) {
  Rect r = {0, a->layout.recipe_y, a->w, 1};
  if (badge_place(a) == BADGE_RECIPE) {
    BadgeText text;
    Badge badge = mode_badge(a, &text);
    int width = (int)strlen(badge.text);
    paint_text(p, r.w - 1 - width, r.y, width, badge.text, badge.style);
    r.w -= width + 2;
  }
  if (a->question.n) paint_text(p, 1, r.y, r.w - 2, a->question.text, STYLE_STRONG);
  else if (prompt_is_open(a->prompt)) {
    preview_draw(a, p, prompt_text_x(a->prompt));
    prompt_draw(a->prompt, p, r, &a->cursor_x);
    a->cursor_y = r.y;
  } else if (a->message) draw_message(a, p, r);
  else if (!assist_draw_call(a, p, r) && !watch_draw(a, p, r)) draw_recipe(a, p, r);
}

// The first key of a row, as the bar shows it.
static const char *bar_key(const Action *row, Arena *scratch) {
  if (strncmp(row->keys, "Left", 4) == 0) return "←→";
  return arena_strndup(scratch, row->keys, strcspn(row->keys, " "));
}

static bool in_bar(const App *a, const Action *row, int where) {
  if (row->where == IN_HELP && row->act == (a->help_text.n ? act_help_rest : act_help_insert)) return false;
  int64_t classes = a->operate.now.kind == MSG_EVALUATION ? a->operate.now.Evaluation.classes.n : 0;
  if (row->act == act_class && (classes < 3 || row->arg < 0)) return false;
  bool fixed = classes > 2;
  if (row->act == act_threshold_keep && fixed) return false;
  if (row->where == PANE_evaluate && !operate_moves(&a->operate) && row->act != act_curve && row->act != act_class)
    return false;
  if (row->act == act_curve && view_parts(a->w, a->h)) return false; // all of them show
  if (row->act == act_overlay && !view_parts(a->w, a->h)) return false;
  return row->where == where || (row->where == IN_ANY && where < PANE_COUNT && where != PANE_files);
}

// Where there is room the way back stands before the help.
static int collect(const App *a, KeyWord pair[6], Arena *scratch) {
  enum { SMALL = 60 };
  int n = 0, where = app_where(a);
  for (int place = 1; place <= 6; place++) {
    bool room = place == 6 && n < 4 && where < PANE_COUNT && where != PANE_files;
    if (room) pair[n++] = (KeyWord){"q", a->ncrumb ? "back" : "quit"};
    for (const Action *row = keymap_actions(&a->keymap); row->act; row++) {
      if (row->bar != place || n == (place < 6 ? 5 : 6) || !*row->keys || !in_bar(a, row, where)) continue;
      const char *word = key_word(row->word, a->w < SMALL, arena_array(scratch, char, 32));
      pair[n++] = (KeyWord){bar_key(row, scratch), word};
      bool answer = a->sheet.heads.kind == MSG_HEADS && a->sheet.heads.Heads.answer;
      if (row->act == act_table_target && answer) pair[n - 1] = (KeyWord){"Enter", a->w < SMALL ? "rows" : "the rows"};
    }
  }
  return n;
}

static int copy_bar(KeyWord *out, const KeyWord *pair, int n) {
  memcpy(out, pair, (size_t)n * sizeof *pair);
  return n;
}

int app_key_bar(const App *a, KeyWord pair[KEYS_MOST], Arena *scratch) {
  static const KeyWord PROMPT[] = {
      {"Enter", "run"}, {"Tab", "complete"}, {"^R", "search"}, {"^P", "before"}, {"Esc", "close"}};
  static const KeyWord CARD[] = {{"j k", "down, up"}, {"h l", "row before, next"}, {"q", "close"}};
  const KeyWord *overlay;
  int noverlay = overlay_bar(a, &overlay);
  if (a->question.n) return copy_bar(pair, a->question.choice, a->question.n);
  if (prompt_is_open(a->prompt)) return copy_bar(pair, PROMPT, 5);
  if (noverlay) return copy_bar(pair, overlay, noverlay);
  if (a->card) return copy_bar(pair, CARD, 3);
  return collect(a, pair, scratch);
}

static void draw_keys(const App *a, const Paint *p) {
  KeyWord pair[KEYS_MOST];
  Arena scratch;
  arena_init(&scratch);
  int n = app_key_bar(a, pair, &scratch);
  paint_key_bar(p, (Rect){0, a->layout.keys_y, a->w, 1}, pair, n);
  arena_fini(&scratch);
}

// On a low screen one line is for both, and on the lowest what is said covers a line of the pane.
static bool is_one_line(const App *a) { return a->layout.recipe_y == a->layout.keys_y; }
static bool has_own_line(const App *a) { return a->layout.n && a->layout.slot[0].r.h < a->h; }

static void draw_said(App *a, const Paint *p, bool asks) {
  bool one = is_one_line(a);
  if (one && !asks && !a->message) return;
  for (int x = 0; one && x < a->w; x++) canvas_put(p->c, x, a->layout.recipe_y, ' ', STYLE_FG);
  draw_message_line(a, p);
}

void app_draw(App *a) {
  Paint p = {&a->canvas, &a->caps.style};
  a->cursor_x = a->cursor_y = -1;
  a->dirty = false;
  canvas_clear(&a->canvas);
  app_arrange(a);
  if (a->view == VIEW_EVALUATE) operate_see(a);
  know_hash(a);
  if (a->layout.session_line) draw_session(a, &p);
  for (int k = 0; k < a->layout.n; k++) draw_pane(a, &p, k);
  if (a->editor && !notebook_cursor(a, &a->cursor_x, &a->cursor_y)) a->cursor_x = -1;
  bool asks = a->question.n || prompt_is_open(a->prompt); // the line being typed is never covered
  if (!asks) draw_said(a, &p, false);
  assist_draw(a, &p);
  if (a->hint && !a->question.n) hint_draw(a, &p);
  bool over = overlay_draw(a, &p);
  if (a->help) help_draw(a, &p);
  else if (a->card && !over) card_draw(a, &p);
  if (asks) draw_said(a, &p, true);
  if (!is_one_line(a) || (has_own_line(a) && !asks && !a->message)) draw_keys(a, &p);
}

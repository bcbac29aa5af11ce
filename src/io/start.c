// Where the table of a text begins, and its dialect: everything that is decided before the first row is read, with the
// reasons for the ledger. In this order: lines that the user skips, a first line "sep=;" as spreadsheets write it,
// comments, delimiter and quote, lines before the table, header.
//
// The table is as wide as most of its first records. It begins at the first record that has this width and more than
// one filled cell, or at the one above when that can be a header of another width; what comes before are titles. Lines
// of the right width that are titles but for the delimiters behind them ("Report 2012,,,") count as such only above a
// record that is a header without doubt.
#include "io/csv_int.h"

#include "base/map.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { LOOKS = 200, TITLE = 40 };

typedef struct Look { // a record at the beginning of the text
  size_t at;
  int64_t n, filled, line;        // n: 0 when it cannot be read
  int64_t comments, comment_line; // left out up to here
  bool words;                     // its filled cells are distinct and no values
  const char *fault;
  Sv raw;
} Look;

typedef struct Finder {
  Sv text, whole; // text: as much of it as decides
  const ReadOpts *opts;
  Marks marks;
  Start *out;
  Split split;
  Look look[LOOKS];
  int nlook;
  int64_t width, times, good; // that most records have, how many, of how many that can be read
  int first;                  // the table's
  Header header;
  Sv mark;     // of the comments
  bool marked; // the header stands behind it
} Finder;

void start_fini(Start *s) {
  free(s->before);
  *s = (Start){0};
}

ErrCode start_keep(const Start *s, Quarantine *q, Err *err) {
  for (int64_t k = 0; k < s->nbefore; k++) {
    const Before *b = &s->before[k];
    TRY(quarantine_add(q, b->line, b->fault ? b->fault : "before the table", b->raw, err));
  }
  q->before = s->nbefore;
  return OK;
}

// ---- options ------------------------------------------------------------------------------------------------------
static ErrCode check_options(const ReadOpts *o, Err *err) {
  const char *mark = o->comment ? o->comment : "";
  char quote = o->quote ? o->quote : '"';
  if (o->delim == '\n' || o->delim == '\r') return err_set(err, ERR_ARG, "delim: a line end cannot separate cells");
  if (o->quote && strchr("\r\n \t", o->quote))
    return err_set(err, ERR_ARG, "quote: it cannot be a blank or a line end");
  if (o->delim && o->delim == quote)
    return err_set(err, ERR_ARG, "delim and quote are both '%c': they must differ", o->delim);
  if (strlen(mark) > COMMENT_MOST)
    return err_set(err, ERR_ARG, "comment: at most %d bytes, not %zu", COMMENT_MOST, strlen(mark));
  if (*mark && (strpbrk(mark, "\r\n") || strchr(mark, quote) || strchr(" \t", *mark) || *mark == o->delim))
    return err_set(err, ERR_ARG,
                   "comment: '%s' cannot mark comments: no line ends and quotes in it, no blank or delimiter before it",
                   mark);
  return OK;
}

// Where `left` lines end in a piece of text; `cr`: what came before it ends in a CR.
static size_t pass_lines(Sv piece, int64_t *left, bool *cr) {
  for (size_t i = 0; i < piece.n; i++) {
    char c = piece.s[i];
    bool second = *cr && c == '\n';
    *cr = false;
    if (second) continue;
    if (!*left) return i;
    if (c != '\n' && c != '\r') continue;
    --*left;
    *cr = c == '\r';
  }
  return piece.n;
}

ErrCode start_skip(Job *job, Source *from, const ReadOpts *opts, int64_t *at, int64_t *line, Str *notes, Err *err) {
  enum { PIECE = 64 << 10 };
  int64_t left = opts->skip;
  if (left <= 0) return OK;
  char *text = malloc(PIECE);
  if (!text) abort();
  ErrCode code = OK;
  bool cr = false;
  while (code == OK && *at < from->size && (left || cr)) {
    size_t got = 0, used;
    code = job_tick(job, *at, from->size, err);
    if (code == OK) code = source_read(from, *at, text, PIECE, &got, err);
    used = pass_lines((Sv){text, got}, &left, &cr);
    *at += (int64_t)used;
    if (used < got) break;
  }
  free(text);
  TRY(code);
  if (*at >= from->size)
    return err_set(err, ERR_ARG, "skip = %lld: '%s' has no line behind them", (long long)opts->skip, from->path);
  *line += opts->skip;
  note_add(notes, "%lld line%s skipped (given)", (long long)opts->skip, opts->skip == 1 ? "" : "s");
  return OK;
}

// ---- the beginning ------------------------------------------------------------------------------------------------
static void advance(Finder *f, size_t bytes, int64_t line) {
  f->out->at += bytes, f->out->line = line;
  f->text = (Sv){f->text.s + bytes, f->text.n - bytes};
  f->whole = (Sv){f->whole.s + bytes, f->whole.n - bytes};
}

// A first line that says only which delimiter follows; 0: there is none.
static char take_sep(Finder *f) {
  Sv rest = f->text, line = sniff_line(&rest);
  if (line.n != 5 || strncasecmp(line.s, "sep=", 4) || !rest.n) return 0;
  char delim = line.s[4];
  if ((unsigned char)delim >= 0x80 || delim == '"' || delim == '\'') return 0;
  advance(f, (size_t)(rest.s - f->text.s), f->out->line + 1);
  return delim;
}

static bool are_words(const Record *rec, int64_t *filled) {
  Map seen;
  bool all = true;
  map_init(&seen);
  *filled = 0;
  for (int64_t j = 0; j < rec->n; j++) {
    Sv cell = record_cell(rec, j);
    bool is_new = true;
    if (!cell.n) continue;
    map_put(&seen, cell, &is_new);
    all = all && is_new && !sniff_is_typed(cell);
    ++*filled;
  }
  map_fini(&seen);
  return all;
}

static void look(Finder *f) {
  Records *in = records_open(f->text, &f->out->dialect, f->out->line);
  const Record *rec;
  for (f->nlook = 0; f->nlook < LOOKS && (rec = records_next(in)); f->nlook++) {
    Look *k = &f->look[f->nlook];
    *k = (Look){.at = (size_t)(rec->raw.s - f->text.s), .n = rec->n, .line = rec->line, .raw = rec->raw};
    k->comments = records_comments(in, &k->comment_line);
    k->fault = rec->fault;
    if (!rec->fault) k->words = are_words(rec, &k->filled);
    else k->n = 0;
  }
  records_close(in);
}

static void find_width(Finder *f) {
  f->width = f->times = f->good = 0;
  for (int i = 0; i < f->nlook; i++) {
    int64_t same = 0, n = f->look[i].n;
    f->good += n > 0;
    for (int k = 0; k < f->nlook && n; k++) same += f->look[k].n == n;
    if (same > f->times || (same == f->times && n > f->width)) f->times = same, f->width = n;
  }
}

// ---- comments -----------------------------------------------------------------------------------------------------
static void take_run(Finder *f, const Comments *c, size_t bytes, int64_t n, int64_t line) {
  Start *out = f->out;
  out->comments = n, out->comment_line = out->line + c->line - 1;
  advance(f, bytes, line);
}

static Header vote(const Finder *f, Sv text) { return header_sniff(text, &f->out->dialect, &f->marks); }

// Is what stands behind the mark of the run's last line the header?
static bool is_marked_header(const Finder *f, const Comments *c) {
  Sv text = {f->text.s + c->behind, f->text.n - c->behind};
  Records *in = records_open(text, &f->out->dialect, 1);
  const Record *rec = records_next(in);
  int64_t filled = 0;
  bool fits = rec && !rec->fault && rec->n == f->width && f->width > 1 && are_words(rec, &filled) && filled > 1;
  records_close(in);
  if (!fits) return false;
  Header below = vote(f, (Sv){f->text.s + c->after, f->text.n - c->after});
  return below < HEADER_NAMES || (below == HEADER_NAMES && !c->spaced);
}

static void sniff(Finder *f, const Source *from, char sep) {
  ReadOpts opts = *f->opts;
  if (sep && !opts.delim) opts.delim = sep;
  sniff_dialect(f->text, from->name, &opts, &f->out->dialect, &f->split);
  look(f);
  find_width(f);
}

// Decides on the comments that are not given: the dialect is known, with all marked lines left out.
static void judge_comments(Finder *f, const Source *from, char sep) {
  Dialect *d = &f->out->dialect;
  Comments c = comments_judge(f->text, d, f->width);
  if (c.none) {
    d->comment.n = 0;
    return sniff(f, from, sep);
  }
  int64_t line = f->out->line;
  f->mark = d->comment;
  if (is_marked_header(f, &c)) take_run(f, &c, c.behind, c.n - 1, line + c.last_line - 1), f->marked = true;
  else if (c.only_first) take_run(f, &c, c.after, c.n, line + c.last_line);
  if (c.only_first) d->comment.n = 0;
  look(f);
}

// ---- the table ----------------------------------------------------------------------------------------------------
static Header vote_at(const Finder *f, int i) {
  size_t at = f->look[i].at;
  return vote(f, (Sv){f->text.s + at, f->text.n - at});
}

// May a record of another width be the header of those below?
static bool may_name(const Finder *f, const Look *k) {
  return !k->fault && k->words && k->filled > 1 && 2 * k->n >= f->width;
}

// Where the rows of the right width begin; 0: at once, or there are no such rows, or nothing above them can be read.
static int find_body(const Finder *f, bool *other_width) {
  bool titles = false;
  *other_width = false;
  if (f->width < 2 || f->times < 2) return 0;
  for (int i = 0; i < f->nlook; i++) {
    const Look *k = &f->look[i];
    if (k->n == f->width && k->filled > 1) return titles ? i : 0;
    titles = titles || !k->fault;
    *other_width = *other_width || (!k->fault && k->n != f->width);
  }
  return 0;
}

static Header vote_first(const Finder *f) {
  const Look *k = &f->look[0];
  if (k->fault || k->n == f->width || f->times < 2) return vote_at(f, 0);
  return may_name(f, k) ? HEADER_WORDS : HEADER_NONE;
}

static void find_table(Finder *f) {
  bool other_width;
  int body = f->opts->skip < 0 && !f->marked ? find_body(f, &other_width) : 0;
  f->header = body ? vote_at(f, body) : f->marked ? HEADER_MARKED : vote_first(f);
  if (!body) return;
  const Look *above = &f->look[body - 1];
  bool sure = f->header >= HEADER_OVER;
  bool rather = f->header < HEADER_NAMES || above->n > f->width || (body == 1 && above->n + 1 == f->width);
  f->first = body;
  if (other_width && !sure && rather && may_name(f, above) && f->opts->header) {
    f->first = body - 1, f->header = HEADER_WORDS;
  } else if (!other_width && !sure) { // rows with few cells, it seems, not titles
    f->first = 0, f->header = vote_first(f);
  }
}

static void keep_before(Finder *f) {
  Start *out = f->out;
  const Look *first = &f->look[f->first];
  out->nbefore = f->first;
  out->before = f->first ? calloc((size_t)f->first, sizeof *out->before) : NULL;
  if (f->first && !out->before) abort();
  for (int i = 0; i < f->first; i++) out->before[i] = (Before){f->look[i].line, f->look[i].raw, f->look[i].fault};
  if (!out->comments) out->comment_line = first->comment_line;
  out->comments += first->comments;
  advance(f, first->at, first->line);
}

// Cells of the first record that can be read, when none of the first records can.
static ErrCode late_width(Finder *f, const char *path, Err *err) {
  Records *in = records_open(f->whole, &f->out->dialect, f->out->line);
  const Record *rec = records_next(in);
  int64_t line = rec ? rec->line : 0, first;
  const char *fault = rec ? rec->fault : NULL;
  while (rec && rec->fault) rec = records_next(in);
  f->out->width = rec ? rec->n : 0;
  bool comments = records_comments(in, &first) > 0;
  records_close(in);
  if (f->out->width) return OK;
  if (fault)
    return err_set(err, ERR_PARSE, "'%s' has no line that can be read; line %lld: %s", path, (long long)line, fault);
  return err_set(err, ERR_PARSE, "'%s' is empty: it has only blank lines%s", path, comments ? " and comments" : "");
}

static ErrCode find_first_width(Finder *f, const char *path, Err *err) {
  int i = f->first;
  while (i < f->nlook && f->look[i].fault) i++;
  if (i == f->nlook) return late_width(f, path, err);
  f->out->width = 2 * f->times > f->good && f->times > 1 ? f->width : f->look[i].n;
  return OK;
}

// ---- the whole ----------------------------------------------------------------------------------------------------
static void delim_name(char *buf, size_t size, char delim) {
  if (delim == '\t') snprintf(buf, size, "delimiter tab");
  else if (delim < ' ') snprintf(buf, size, "delimiter 0x%02X", (unsigned)(unsigned char)delim);
  else snprintf(buf, size, "delimiter '%c'", delim);
}

// Do most lines have runs of blanks inside them?
static bool are_aligned(const Finder *f) {
  int runs = 0;
  for (int i = 0; i < f->nlook; i++) {
    Sv line = sv_trim(f->look[i].raw);
    runs += line.n && memmem(line.s, line.n, "  ", 2) != NULL;
  }
  return f->nlook > 1 && 2 * runs > f->nlook;
}

static void note_dialect(const Finder *f, char sep, Str *notes) {
  const Dialect *d = &f->out->dialect;
  const Split *s = &f->split;
  char name[32];
  delim_name(name, sizeof name, d->delim);
  if (d->delim == NO_DELIM && f->opts->delim) note_add(notes, "one column (given)");
  else if (d->delim == NO_DELIM)
    note_add(notes, "one column: no delimiter found%s",
             are_aligned(f) ? ", and cells aligned by blanks are not split" : "");
  else if (f->opts->delim) note_add(notes, "%s (given)", name);
  else if (sep) note_add(notes, "%s (the first line says so)", name);
  else if (!s->width) note_add(notes, "%s (few lines split, but the file is named .csv)", name);
  else
    note_add(notes, "%s (%lld of %lld lines split into %lld cells)", name, (long long)s->agree, (long long)s->of,
             (long long)s->width);
  if (f->opts->quote == NO_QUOTE) note_add(notes, "no quotes (given)");
  else if (f->opts->quote && d->quote != '"') note_add(notes, "quote %c (given)", d->quote);
  else if (d->quote != '"') note_add(notes, "quote ' (%lld cells begin with it, none with \")", (long long)s->quoted);
}

static void note_before(const Start *s, Str *notes) {
  if (!s->nbefore) return;
  Sv title = sv_trim(s->before[0].raw);
  size_t n = utf8_fit(title, TITLE);
  note_add(notes, "%lld line%s before the table, kept in quarantine (first: '" SV_FMT "%s')", (long long)s->nbefore,
           s->nbefore == 1 ? "" : "s", (int)n, title.s, n < title.n ? "..." : "");
}

static const char *header_why(const Finder *f) {
  static const char *const why[] = {[HEADER_NONE] = "the first line is one like the others",
                                    [HEADER_VALUES] = "values on the first line",
                                    [HEADER_NAMES] = "words that do not come again",
                                    [HEADER_WORDS] = "words, not as many as there are columns",
                                    [HEADER_OVER] = "words over values",
                                    [HEADER_YEARS] = "years over other values",
                                    [HEADER_MARKED] = "the last line of the comments"};
  return f->opts->header < 0 ? why[f->header] : "given";
}

ErrCode start_find(Sv text, int64_t line, const Source *from, const ReadOpts *opts, Start *out, Str *notes, Err *err) {
  TRY(check_options(opts, err));
  Finder f = {.text = sniff_head(text), .whole = text, .opts = opts, .out = out};
  *out = (Start){.line = line, .dialect = {.isa = 2}};
  marks_init(&f.marks, &opts->na);
  char sep = opts->skip < 1 ? take_sep(&f) : 0;
  out->dialect.comment = opts->comment ? sv(opts->comment) : comments_mark(f.text);
  f.mark = out->dialect.comment;
  sniff(&f, from, sep);
  if (!opts->comment && f.mark.n) judge_comments(&f, from, sep);
  if (f.nlook) find_table(&f);
  out->dialect.header = opts->header < 0 ? f.header >= HEADER_NAMES : opts->header > 0;
  TRY(find_first_width(&f, from->path, err));
  if (f.nlook) keep_before(&f);
  out->header_why = header_why(&f);
  memcpy(out->mark, f.mark.s, f.mark.n);
  note_dialect(&f, sep, notes);
  note_before(out, notes);
  return OK;
}

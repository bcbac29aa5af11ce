// A session: threads, a Lua host, the paths it may touch, and where values go.
#include "kernel/kernel_int.h"

#include "base/file.h"
#include "base/pool.h"
#include "base/sha256.h"
#include "base/utf8.h"

#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_ROWS = 20 };

// ---- where values go ----------------------------------------------------------------------------------------------
static void print_shown(const Shown *shown, const ShowStyle *style, FILE *to) {
  Str text = {0};
  show_print(shown, style, &text);
  fwrite(str_c(&text), 1, text.n, to);
  str_fini(&text);
}

// The columns that are the same in every run.
static Frame *stable_part(const Frame *f) {
  Frame *part = frame_new(frame_nrow(f));
  for (int j = 0; j < frame_ncol(f); j++) {
    const Column *c = frame_at(f, j);
    if (!c->volatile_ && frame_add(part, frame_name(f, j), column_ref(c), NULL) != OK) abort();
  }
  return part;
}

static void record_value(Session *s, const HostValue *v) {
  HostValue stable = *v;
  Frame *part = v->kind == VALUE_FRAME ? stable_part(v->frame) : NULL;
  stable.frame = part;
  Shown shown;
  shown_from_value(&stable, false, 0, &shown);
  ShowStyle exact = {.format = FORMAT_CSV};
  show_print(&shown, &exact, &s->record->value);
  shown_fini(&shown);
  frame_unref(part);
}

static void stdout_plot(const Session *s, const Plot *p) {
  Str text = {0};
  plot_text(p, &s->style, &text);
  str_addc(&text, '\n');
  fwrite(str_c(&text), 1, text.n, stdout);
  str_fini(&text);
}

static void stdout_value(Session *s, const HostValue *v) {
  bool pretty = s->style.format == FORMAT_TEXT, large = v->kind == VALUE_FRAME || v->kind == VALUE_PLOT;
  if (pretty && large && s->wrote) putchar('\n');
  s->wrote = true;
  if (v->kind == VALUE_PLOT && pretty) {
    stdout_plot(s, v->plot);
    return;
  }
  Shown shown;
  shown_from_value(v, pretty, MOST_ROWS, &shown);
  print_shown(&shown, &s->style, stdout);
  shown_fini(&shown);
}

static void stdout_print(Session *s, Sv text) {
  s->wrote = true;
  fwrite(text.s, 1, text.n, stdout);
}

static void stdout_accepted(Session *s, const char *text) {
  if (s->style.format == FORMAT_TEXT) printf("accepted %s\n", text);
}

const Sink SINK_STDOUT = {stdout_value, NULL, stdout_print, stdout_accepted};

static void on_emit(void *ctx, const HostValue *v) {
  Session *s = ctx;
  if (s->record) record_value(s, v);
  if (!s->quiet) s->sink->value(s, v);
}

static bool on_preview(void *ctx, const HostValue *v) {
  Session *s = ctx;
  if (s->quiet || !s->sink->early) return false;
  if (v) s->sink->early(s, v);
  return true;
}

static void on_print(void *ctx, Sv text) {
  Session *s = ctx;
  if (s->record) str_addn(&s->record->value, text.s, text.n);
  if (!s->quiet) s->sink->print(s, text);
}

static void on_accepted(void *ctx, const char *text) {
  Session *s = ctx;
  if (s->record) str_addf(&s->record->value, "accepted %s\n", text);
  if (!s->quiet) s->sink->accepted(s, text);
}

static ErrCode on_render(void *ctx, const Plot *plot, ExportFormat format, int width, int height, Str *picture,
                         Err *err) {
  Session *s = ctx;
  return plotter_render(&s->plotter, plot, format, width, height, picture, err);
}

static void on_datasets(void *ctx, Frame **out) {
  Session *s = ctx;
  Err err;
  if (paths_datasets(&s->paths, &s->job, out, &err) != OK) *out = frame_new(0);
}

// ---- files --------------------------------------------------------------------------------------------------------
static ErrCode door_resolve(void *ctx, const char *path, bool write, Str *real, Err *err) {
  Session *s = ctx;
  return paths_resolve(&s->paths, path, write, real, err);
}

static void door_opened(void *ctx, const char *path, const char *real) {
  Session *s = ctx;
  if (*real == '/' && !paths_is_bundled(&s->paths, real) && !strchr(real, '\n')) str_addf(&s->opened, "%s\n", real);
  if (!s->record) return;
  struct stat st;
  Str bytes = {0};
  Err err;
  char hex[65] = "-";
  bool small = stat(real, &st) == 0 && S_ISREG(st.st_mode);
  if (small && file_read(real, &bytes, &err) == OK) {
    Sha256 h;
    sha256_init(&h);
    sha256_add(&h, bytes.s, bytes.n);
    sha256_hex(&h, hex);
  }
  str_addf(&s->record->inputs, "file %s %s\n", path, hex);
  str_fini(&bytes);
}

// ---- limits -------------------------------------------------------------------------------------------------------
static int64_t read_number(const char *path) {
  Str text = {0};
  Err err;
  int64_t v = file_read(path, &text, &err) == OK ? strtoll(str_c(&text), NULL, 10) : 0;
  str_fini(&text);
  return v;
}

// 70 % of the memory that is available, or of the control group's limit where that is lower.
static int64_t default_memory(void) {
  int64_t limit = (int64_t)sysconf(_SC_AVPHYS_PAGES) * sysconf(_SC_PAGESIZE);
  Str text = {0};
  Err err;
  if (file_read("/proc/meminfo", &text, &err) == OK) {
    const char *line = strstr(str_c(&text), "MemAvailable:");
    if (line) limit = strtoll(line + 13, NULL, 10) * 1024;
  }
  str_fini(&text);
  int64_t group = read_number("/sys/fs/cgroup/memory.max");
  if (group > 0 && group < limit) limit = group;
  return limit / 10 * 7;
}

// The locale of the user's environment is only asked for its character set. It never becomes the program's: it would
// change how Lua compares texts, names months and reads numbers.
const char *user_codeset(char *buf, size_t size) {
  locale_t user = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
  snprintf(buf, size, "%s", user ? nl_langinfo_l(CODESET, user) : "unknown");
  if (user) freelocale(user);
  return buf;
}

static ErrCode set_style(Session *s, Err *err) {
  if (!show_parse_format(sv(s->opts->format), &s->style.format))
    return err_set(err, ERR_ARG, "--format %s: there are text, csv, json, md", s->opts->format);
  char codeset[64];
  bool terminal = isatty(STDOUT_FILENO);
  const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
  bool dumb = !term || strcmp(term, "dumb") == 0;
  s->style.utf8 = !s->opts->plain && strcmp(user_codeset(codeset, sizeof codeset), "UTF-8") == 0;
  s->style.colour = terminal && !dumb && !s->opts->plain && !(no_colour && *no_colour);
  struct winsize size;
  if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) s->style.width = size.ws_col;
  return OK;
}

// ---- opening ------------------------------------------------------------------------------------------------------
ErrCode session_open(Session *s, const KernelOpts *opts, const char *root, bool typed, Err *err) {
  *s = (Session){.opts = opts, .sink = &SINK_STDOUT};
  TRY(set_style(s, err));
  int threads = opts->threads ? opts->threads : (int)sysconf(_SC_NPROCESSORS_ONLN);
  s->job.memory = opts->memory ? opts->memory : default_memory();
  s->job.pool = pool_new(threads);
  paths_init(&s->paths, opts, root, typed);
  HostOps ops = {.ctx = s,
                 .emit = on_emit,
                 .preview = on_preview,
                 .print = on_print,
                 .accepted = on_accepted,
                 .door = {s, door_resolve, door_opened},
                 .datasets = on_datasets,
                 .render = on_render,
                 .args = opts->args,
                 .memory = s->job.memory / 2};
  ErrCode code = host_open(&s->job, &ops, opts->seed, &s->host, err);
  if (code != OK) return session_close(s), code;
  cancel_watch(s->host, SIGINT);
  return OK;
}

void session_close(Session *s) {
  cancel_watch(NULL, SIGINT);
  host_close(s->host);
  plotter_close(&s->plotter);
  pool_free(s->job.pool);
  str_fini(&s->opened);
  paths_fini(&s->paths);
}

// ---- errors -------------------------------------------------------------------------------------------------------
// The line, and carets under the token at fault.
static void print_line(Sv line, const CellError *e) {
  fprintf(stderr, "  " SV_FMT "\n", SV_ARG(line));
  size_t start = (size_t)e->column - 1;
  if (e->column < 1 || start > line.n) return;
  int before = utf8_width((Sv){line.s, start}), width = utf8_width(sv(e->token));
  fprintf(stderr, "  %*s", before, "");
  for (int k = 0; k < width || k == 0; k++) fputc('^', stderr);
  fputc('\n', stderr);
}

void session_print_error(const char *where, Sv source, const CellError *e) {
  fflush(stdout);
  fprintf(stderr, "! %s: %s\n", where, e->err.msg);
  bool placed = strchr(e->err.msg, '\n') != NULL; // an expression error brings its own line and carets
  Sv line = text_line(source, e->line);
  if (line.n && !placed) print_line(line, e);
}

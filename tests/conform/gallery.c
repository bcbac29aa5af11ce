// Every chart of the registry as it is seen: its example at three sizes and in three glyph sets against
// tests/golden/charts/NAME.txt (texts that were checked by eye; TYCHO_GOLDEN=write writes them anew), the example and
// a chart of hostile names through the real gnuplot as svg. A new chart fails until it has a text and a line in HOSTILE.
#include "base/file.h"
#include "bind/bind_int.h"
#include "chart/chart.h"
#include "check.h"
#include "draw/draw.h"
#include "kernel/kernel_int.h"
#include "unit/draw/xml.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

// ---- plots of Lua ---------------------------------------------------------------------------------------------------
typedef struct Gallery {
  KernelOpts opts;
  Session session;
  Plot plot;
  bool has_plot;
} Gallery;

static void keep_plot(Session *s, const HostValue *v) {
  Gallery *g = s->sink_ctx;
  Str bytes = {0};
  Err err;
  if (v->kind != VALUE_PLOT) return;
  plot_print(v->plot, &bytes);
  g->has_plot = plot_parse((Sv){bytes.s, bytes.n}, &g->plot, &err) == OK;
  str_fini(&bytes);
}
static void ignore_print(Session *s, Sv text) { (void)s, (void)text; }
static void ignore_accepted(Session *s, const char *text) { (void)s, (void)text; }
static const Sink KEEP = {keep_plot, NULL, ignore_print, ignore_accepted};

static void gallery_open(Gallery *g) {
  Err err;
  *g = (Gallery){.opts = {.format = "text", .seed = 1, .threads = 2}};
  if (session_open(&g->session, &g->opts, ".", true, &err) != OK) fail_msg("%s", err.msg);
  g->session.sink = &KEEP, g->session.sink_ctx = g;
}

static void gallery_run(Gallery *g, const char *what, const char *code) {
  CellError e;
  if (host_run_cell(g->session.host, 1, sv(code), &e) != OK) fail_msg("%s: %s\n  %s", what, code, e.err.msg);
}

// The plot that a line of Lua returns, as the screen would get it. Ends with plot_fini.
static Plot *gallery_plot(Gallery *g, const char *chart, const char *code) {
  g->has_plot = false;
  gallery_run(g, chart, code);
  if (!g->has_plot) fail_msg("%s: gives no plot: %s", chart, code);
  return &g->plot;
}

// ---- looks ----------------------------------------------------------------------------------------------------------
static void print_looks(const Plot *p, Str *out) {
  static const char *const name[] = {"braille", "block", "ascii"};
  static const int size[][2] = {{20, 6}, {40, 12}, {80, 24}};
  for (int k = 0; k < 3; k++)
    for (int set = GLYPHS_BRAILLE; set <= GLYPHS_ASCII; set++) {
      DrawStyle style = {.glyphs = (GlyphSet)set};
      Canvas c;
      canvas_init(&c, size[k][0], size[k][1]);
      draw_cells(p, &style, &c);
      str_addf(out, "-- %s %d x %d\n", name[set], size[k][0], size[k][1]);
      canvas_print(&c, &style, out);
      canvas_fini(&c);
    }
}

static void golden_path(const char *chart, char path[100]) { snprintf(path, 100, "tests/golden/charts/%s.txt", chart); }

// The line at s without its end; moves behind it.
static Sv take_line(const char **s) {
  Sv line = {*s, strcspn(*s, "\n")};
  *s += line.n + ((*s)[line.n] == '\n');
  return line;
}

// Prints the first section that differs, line by line: "-" as it was, "+" as it is.
static void print_difference(const char *want, const char *got) {
  const char *was = want, *is = got;
  for (const char *a = want, *b = got; *a || *b;) {
    Sv x = take_line(&a), y = take_line(&b);
    if (!sv_eq(x, y)) break;
    if (x.n > 2 && memcmp(x.s, "-- ", 3) == 0) was = x.s, is = y.s;
  }
  for (int k = 0; k < 40 && (*was || *is); k++) {
    Sv x = take_line(&was), y = take_line(&is);
    if (k && x.n > 2 && memcmp(x.s, "-- ", 3) == 0) return;
    if (sv_eq(x, y)) printf("#   " SV_FMT "\n", SV_ARG(x));
    else printf("# - " SV_FMT "\n# + " SV_FMT "\n", SV_ARG(x), SV_ARG(y));
  }
}

// Whether the chart looks as it did.
static bool looks_right(const char *chart, const Str *got) {
  char path[100];
  Str want = {0};
  Err err;
  golden_path(chart, path);
  if (getenv("TYCHO_GOLDEN")) assert_int_equal(file_replace(path, (Sv){str_c(got), got->n}, &err), OK);
  bool there = file_read(path, &want, &err) == OK, same = there && strcmp(str_c(&want), str_c(got)) == 0;
  if (!there) printf("# %s has no text yet: look at its pictures and write it with TYCHO_GOLDEN=write\n", chart);
  else if (!same) printf("# %s looks different:\n", chart), print_difference(str_c(&want), str_c(got));
  str_fini(&want);
  return same;
}

TEST(every_chart_looks_as_it_did) {
  Gallery g;
  Str got = {0};
  int wrong = 0;
  gallery_open(&g);
  for (const ChartType *const *t = chart_types(); *t; t++) {
    Plot *p = gallery_plot(&g, (*t)->name, (*t)->example);
    str_clear(&got);
    print_looks(p, &got);
    wrong += !looks_right((*t)->name, &got);
    plot_fini(p);
  }
  str_fini(&got);
  session_close(&g.session);
  if (wrong) fail_msg("%d charts look different", wrong);
}

TEST(no_chart_hides_a_verb_of_frames) {
  for (const Family *f = FAMILIES; f->prefix; f++)
    for (const BindFn *r = family_rows(f); r->name; r++)
      if (strcmp(f->prefix, "d:") == 0 && chart_find(sv(r->name))) fail_msg("d:%s is a verb and a chart", r->name);
}

TEST(every_text_has_its_chart) {
  DIR *folder = opendir("tests/golden/charts");
  assert_non_null(folder);
  for (struct dirent *e; (e = readdir(folder));) {
    size_t n = strlen(e->d_name);
    if (e->d_name[0] != '.' && (n < 5 || !chart_find((Sv){e->d_name, n - 4}))) fail_msg("no chart of %s", e->d_name);
  }
  closedir(folder);
}

// ---- gnuplot --------------------------------------------------------------------------------------------------------
static bool has_gnuplot(void) {
  if (system("gnuplot --version > /dev/null 2>&1") == 0) return true;
  printf("# gnuplot is not installed: this case was skipped\n");
  return false;
}

// Programs for one gnuplot, which is slow to start, each with a file of its own in a new folder.
typedef struct Press {
  char folder[40];
  Str program;
  const char *name[100];
  int n;
} Press;

static void press_open(Press *p) {
  *p = (Press){.folder = "/tmp/tycho-gallery-XXXXXX"};
  assert_non_null(mkdtemp(p->folder));
}

static void press_add(Press *p, const char *name, const Plot *plot) {
  assert_true(p->n < 100);
  p->name[p->n++] = name;
  str_addf(&p->program, "reset session\nset output '%d.svg'\n", p->n);
  gnuplot_print(plot, EXPORT_SVG, 640, 400, &p->program);
  str_add(&p->program, "unset output\n");
}

static void check_svg(const Press *p, int k, const char *must) {
  char path[60];
  Str svg = {0};
  Err err;
  snprintf(path, sizeof path, "%s/%d.svg", p->folder, k);
  if (file_read(path, &svg, &err) != OK) fail_msg("%s: %s", p->name[k - 1], err.msg);
  const char *wrong = xml_wrong(str_c(&svg), svg.n);
  if (wrong) fail_msg("%s: the svg is not well formed: %s", p->name[k - 1], wrong);
  if (!strstr(str_c(&svg), must)) fail_msg("%s: the svg does not have %s", p->name[k - 1], must);
  if (strstr(str_c(&svg), ",nan") || strstr(str_c(&svg), " nan")) fail_msg("%s: nan is in the svg", p->name[k - 1]);
  str_fini(&svg);
}

// Runs gnuplot, checks every picture, and that nothing else came to be in the folder.
static void press_run(Press *p, const char *must) {
  char path[60], command[160], said[400];
  Err err;
  snprintf(path, sizeof path, "%s/program", p->folder);
  assert_int_equal(file_replace(path, (Sv){str_c(&p->program), p->program.n}, &err), OK);
  snprintf(command, sizeof command, "cd %s && gnuplot -d program 2>&1", p->folder);
  FILE *out = popen(command, "r");
  size_t n = fread(said, 1, sizeof said - 1, out);
  said[n] = 0;
  int status = pclose(out);
  if (n || status) fail_msg("gnuplot says: %s", said);
  for (int k = 1; k <= p->n; k++) check_svg(p, k, must);
  snprintf(command, sizeof command, "rm %s/*.svg %s/program && rmdir %s", p->folder, p->folder, p->folder);
  if (system(command) != 0) fail_msg("something ran: see %s", p->folder);
  str_fini(&p->program);
}

TEST(gnuplot_takes_every_chart_without_a_word) {
  if (!has_gnuplot()) return;
  Gallery g;
  Press press;
  gallery_open(&g);
  press_open(&press);
  for (const ChartType *const *t = chart_types(); *t; t++) {
    Plot *p = gallery_plot(&g, (*t)->name, (*t)->example);
    press_add(&press, (*t)->name, p);
    plot_fini(p);
  }
  session_close(&g.session);
  press_run(&press, "</svg>");
}

// Columns of numbers A, B, C, of words G, K, E, of shares P and of days D; o adds titles and names of axes.
static const char HOSTILE_FRAME[] =
    "evil = \"'\\\"`touch ran`\\n$(touch ran) @ran {/:Bold b} \\\\ $HOME ^_~ &<> ]]> system('touch ran') %s\"\n"
    "A, B, C, G, K, D = 'a' .. evil, 'b' .. evil, 'c' .. evil, 'g' .. evil, 'k' .. evil, 'd' .. evil\n"
    "E, P = 'e' .. evil, 'p' .. evil\n"
    "a, b, c, g, k, d, e, p = {}, {}, {}, {}, {}, {}, {}, {}\n"
    "for i = 1, 40 do\n"
    "  a[i], b[i], c[i] = i * i % 37 + i / 40, i * 7 % 23, i * i % 11 + 1\n"
    "  g[i], k[i] = i % 3 .. evil, i * i % 7 .. evil\n"
    "  e[i], p[i] = i % 2 .. evil, i / 40\n"
    "  d[i] = ('2024-%02d-%02d'):format(1 + i % 12, 1 + i % 28)\n"
    "end\n"
    "h = frame{[A]=a, [B]=b, [C]=c, [G]=g, [K]=k, [D]=d, [E]=e, [P]=p}:cast{[D]='date'}\n"
    "function o(t) t.title, t.xlab, t.ylab = evil, evil, evil return t end;";

static const struct {
  const char *chart, *code;
} HOSTILE[] = {
    {"hist", "h:hist(o{A, by=G})"},
    {"bar", "h:bar(o{G, by=K})"},
    {"scatter", "h:scatter(o{A, B, color=G, shape=G, trend='linear'})"},
    {"heatmap", "h:select{A, B, C}:corr():heatmap(o{})"},
    {"roc", "h:roc(o{A, E})"},
    {"pr", "h:pr(o{A, E})"},
    {"gain", "h:gain(o{A, E})"},
    {"lift", "h:lift(o{A, E})"},
    {"calibration", "h:calibration(o{P, E, bins=3})"},
    {"scores", "h:scores(o{A, E})"},
    {"residuals", "h:residuals(o{A, B})"},
    {"confusion", "h:confusion(o{G, K})"},
    {"bubble", "h:bubble(o{A, B, C, color=G})"},
    {"hexbin", "h:hexbin(o{A, B})"},
    {"pairs", "h:pairs(o{{A, B, C}, color=G})"},
    {"parallel", "h:parallel(o{{A, B, C}, color=G})"},
    {"line", "h:line(o{A, B, color=G})"},
    {"area", "h:area(o{A, B, color=G, stack=true})"},
    {"step", "h:step(o{A, B, color=G})"},
    {"lag", "h:lag(o{A})"},
    {"correlogram", "h:correlogram(o{A})"},
    {"calendar", "h:calendar(o{D, A})"},
    {"mosaic", "h:mosaic(o{G, K})"},
    {"tile", "h:tile(o{G, K})"},
    {"missing", "h:missing(o{})"},
    {"density", "h:density(o{A, by=G})"},
    {"box", "h:box(o{A, by=G})"},
    {"violin", "h:violin(o{A, by=G})"},
    {"strip", "h:strip(o{A, by=G})"},
    {"swarm", "h:swarm(o{A, by=G})"},
    {"rowmap", "h:rowmap(o{G, by=E})"},
    {"folds", "h:folds(o{A, B})"},
    {"ecdf", "h:ecdf(o{A, by=G, band=true})"},
    {"qq", "h:qq(o{A})"},
    {"dot", "h:dot(o{G, A, by=K})"},
    {"bar", "h:bar(o{G, facet=K})"},
    {"scatter", "h:scatter(o{A, B, facet=G})"},
};
enum { NHOSTILE = sizeof HOSTILE / sizeof *HOSTILE };

TEST(every_chart_is_tried_with_hostile_names) {
  for (const ChartType *const *t = chart_types(); *t; t++) {
    int n = 0;
    for (int k = 0; k < NHOSTILE; k++) n += strcmp(HOSTILE[k].chart, (*t)->name) == 0;
    if (!n) fail_msg("%s has no line in HOSTILE", (*t)->name);
  }
}

TEST(hostile_names_are_words_and_nothing_more) {
  if (!has_gnuplot()) return;
  Gallery g;
  Press press;
  gallery_open(&g);
  press_open(&press);
  gallery_run(&g, "hostile", HOSTILE_FRAME);
  for (int k = 0; k < NHOSTILE; k++) {
    Plot *p = gallery_plot(&g, HOSTILE[k].chart, HOSTILE[k].code);
    press_add(&press, HOSTILE[k].chart, p);
    plot_fini(p);
  }
  session_close(&g.session);
  press_run(&press, "touch ran");
}

RUN(CASE(every_chart_looks_as_it_did), CASE(no_chart_hides_a_verb_of_frames), CASE(every_text_has_its_chart),
    CASE(gnuplot_takes_every_chart_without_a_word), CASE(every_chart_is_tried_with_hostile_names),
    CASE(hostile_names_are_words_and_nothing_more))

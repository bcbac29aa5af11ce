// Export through gnuplot (5.4): the program is inert whatever the texts say, and failures of the other process are
// errors here. Cases that need the real gnuplot are skipped, with a comment, where it is not installed.
#include "check.h"
#include "draw/draw.h"
#include "draw/draw_int.h"
#include "unit/draw/figures.h"
#include "unit/draw/xml.h"
#include "unit/plot/make.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_gnuplot(void) {
  Str picture = {0};
  Err err = {0};
  bool has = gnuplot_run(sv("print 1\n"), 10000, &picture, &err) == OK || !strstr(err.msg, "not installed");
  str_fini(&picture);
  if (!has) printf("# gnuplot is not installed: this case was skipped\n");
  return has;
}

static void render(const Plot *p, ExportFormat format, Str *picture) {
  Err err = {0};
  if (gnuplot_render(p, format, 640, 400, picture, &err) != OK) fail_msg("%s", err.msg);
}

TEST(suffixes_name_formats) {
  ExportFormat f;
  assert_true(export_parse_suffix(sv("a.svg"), &f) && f == EXPORT_SVG);
  assert_true(export_parse_suffix(sv("dir/b.png"), &f) && f == EXPORT_PNG);
  assert_true(export_parse_suffix(sv("c.d.pdf"), &f) && f == EXPORT_PDF);
  assert_false(export_parse_suffix(sv("svg"), &f));
  assert_false(export_parse_suffix(sv(".svg"), &f));
  assert_false(export_parse_suffix(sv("a.jpeg"), &f));
}

TEST(quotes_are_joined_in_and_line_ends_dropped) {
  Plot p;
  Str program = {0};
  plot_init(&p);
  p.title = "it's\nset output '|touch x'\r\x1b\xC2\x85 100%";
  gnuplot_print(&p, EXPORT_SVG, 640, 400, &program);
  assert_has(str_c(&program), "set label 'it'.quote.'sset output '.quote.'|touch x'.quote.' 100%' at");
  str_fini(&program);
  plot_fini(&p);
}

TEST(each_format_is_rendered) {
  if (!has_gnuplot()) return;
  static const char *const head[] = {"<?xml", "\x89PNG", "%PDF-"};
  Plot p;
  plot_histogram(&p);
  for (int f = 0; f < 3; f++) {
    Str picture = {0};
    render(&p, (ExportFormat)f, &picture);
    assert_true(picture.n > 1000 && memcmp(picture.s, head[f], strlen(head[f])) == 0);
    str_fini(&picture);
  }
  plot_fini(&p);
}

TEST(texts_appear_in_the_picture_letter_by_letter) {
  if (!has_gnuplot()) return;
  Plot p;
  Str picture = {0};
  plot_bars(&p);
  p.title = "it's 50% of `all` {a_b}^2 @x \\n 漢字";
  p.x.category[2] = "100% %s 'q'";
  render(&p, EXPORT_SVG, &picture);
  assert_has(str_c(&picture), "it's 50% of `all` {a_b}^2 @x \\n 漢字");
  assert_has(str_c(&picture), "100% %s 'q'");
  p.x.category[2] = "partial and seasonal work";
  str_fini(&picture);
  plot_fini(&p);
}

TEST(quotes_anywhere_and_many_are_drawn) {
  if (!has_gnuplot()) return;
  static const char *const text[] = {"'x", "x'", "'", "''", "a''b", "'''a'''"};
  char many[2001];
  memset(many, '\'', 2000), many[2000] = 0;
  Plot p;
  Str picture = {0};
  plot_init(&p);
  for (size_t i = 0; i <= sizeof text / sizeof *text; i++) {
    p.title = p.x.name = i < sizeof text / sizeof *text ? text[i] : many;
    render(&p, EXPORT_SVG, &picture);
    assert_has(str_c(&picture), p.title);
    str_clear(&picture);
  }
  str_fini(&picture);
  plot_fini(&p);
}

TEST(random_plots_are_rendered_without_complaint) {
  if (!has_gnuplot()) return;
  for (uint64_t i = 0; i < 4; i++)
    for (int kind = 0; kind < MARK_KINDS; kind++) {
      Plot p;
      Str picture = {0};
      make_plot(&p, (MarkKind)kind, i);
      render(&p, EXPORT_SVG, &picture);
      assert_null(xml_wrong(str_c(&picture), picture.n));
      str_fini(&picture);
      plot_fini(&p);
    }
}

static void assert_inert(Plot *p, const char *file) {
  Str picture = {0};
  render(p, EXPORT_SVG, &picture);
  const char *wrong = xml_wrong(str_c(&picture), picture.n);
  if (wrong) fail_msg("the svg is not well formed: %s", wrong);
  assert_int_not_equal(access(file, F_OK), 0);
  str_fini(&picture);
  plot_fini(p);
}

// Every text of a plot is an attempt to make `file`; the picture comes and the file does not.
static void attack(const char *text, int number, const char *file) {
  Plot p;
  plot_marks(&p, (MarkKind)(number % MARK_KINDS), number % 2, text);
  assert_inert(&p, file);
  plot_paneled(&p, false, text);
  assert_inert(&p, file);
}

TEST(no_text_makes_gnuplot_run_a_command) {
  if (!has_gnuplot()) return;
  static const char *const attempt[] = {
      "`touch %s`",
      "it's `touch %s`",
      "it's '`touch %s`",
      "a'.system(\"touch %s\").'b",
      "x'\nsystem(\"touch %s\")\n#",
      "x\nsystem 'touch %s'\n",
      "'\n!touch %s\n",
      "\\'`touch %s`",
      "''`touch %s`''",
      "END\nsystem 'touch %s'\n",
      "|touch %s",
      "< touch %s",
      "\"`touch %s`\"",
      "@{`touch %s`} %%s %%g %%n",
      "\xC2\x85system 'touch %s'\xE2\x80\xA8!touch %s",
      "$(touch %s); touch %s",
      "x'; system 'touch %s'; print 'y",
      "x\\\nsystem 'touch %s'",
      "\xE2\x80'; system 'touch %s' #",
      "\x01\x1b[31m{/*9 `touch %s`}^{$(touch %s)}_&@~%%",
      "]]> -- <script>`touch %s`</script> & \xC0\x80 \xED\xA0\x80 \xEF\xBF\xBF",
  };
  char dir[] = "/tmp/tycho-gnuplot-XXXXXX", file[64], text[256];
  assert_non_null(mkdtemp(dir));
  snprintf(file, sizeof file, "%s/made", dir);
  for (size_t i = 0; i < sizeof attempt / sizeof *attempt; i++) {
    snprintf(text, sizeof text, attempt[i], file, file);
    attack(text, (int)i, file);
  }
  assert_int_equal(rmdir(dir), 0);
}

// ---- another program in the place of gnuplot ------------------------------------------------------------------------

typedef struct Fake {
  char dir[32], path[64];
  char *was;
} Fake;

// `script` = NULL: no gnuplot at all.
static void fake_open(Fake *f, const char *script) {
  const char *path = getenv("PATH");
  strcpy(f->dir, "/tmp/tycho-fake-XXXXXX");
  assert_non_null(mkdtemp(f->dir));
  snprintf(f->path, sizeof f->path, "%s/gnuplot", f->dir);
  f->was = strdup(path ? path : "");
  setenv("PATH", f->dir, 1);
  if (!script) return;
  FILE *out = fopen(f->path, "w");
  assert_non_null(out);
  fprintf(out, "#!/bin/sh\n%s\n", script);
  fclose(out);
  chmod(f->path, 0755);
}

static void fake_close(Fake *f) {
  setenv("PATH", f->was, 1);
  free(f->was);
  unlink(f->path);
  rmdir(f->dir);
}

// Runs a long program, so that the fake can leave before it has read it.
static ErrCode run_fake(const char *script, int timeout_ms, Str *picture, Err *err) {
  Fake f;
  Str program = {0};
  str_pad(&program, '#', 1 << 20);
  fake_open(&f, script);
  ErrCode code = gnuplot_run((Sv){program.s, program.n}, timeout_ms, picture, err);
  fake_close(&f);
  str_fini(&program);
  return code;
}

TEST(a_missing_gnuplot_says_what_to_install) {
  Err err = {0};
  Str picture = {0};
  assert_int_equal(run_fake(NULL, 1000, &picture, &err), ERR_IO);
  assert_string_equal(err.msg, "gnuplot is not installed: install gnuplot-nox (Debian, Ubuntu) for svg, png and pdf; "
                               ".txt works without");
}

TEST(a_gnuplot_that_fails_is_quoted_and_no_signal_kills_the_caller) {
  Err err = {0};
  Str picture = {0};
  assert_int_equal(run_fake("exec 0<&-; echo half; echo 'line 3: boom' >&2; exit 3", 10000, &picture, &err), ERR_IO);
  assert_string_equal(err.msg, "gnuplot could not draw the plot: line 3: boom");
  assert_int_equal(picture.n, 0);
  assert_int_equal(run_fake("exit 0", 10000, &picture, &err), ERR_IO);
  assert_has(err.msg, "it gave no reason");
  str_fini(&picture);
}

TEST(a_gnuplot_that_hangs_is_killed) {
  Err err = {0};
  Str picture = {0};
  assert_int_equal(run_fake("while :; do :; done", 200, &picture, &err), ERR_IO);
  assert_has(err.msg, "did not finish within 0.2 s");
  assert_int_equal(run_fake("exec >&- 2>&-; while :; do :; done", 200, &picture, &err), ERR_IO);
  str_fini(&picture);
}

TEST(its_output_may_come_before_it_has_read_everything) {
  Err err = {0};
  Str picture = {0};
  assert_int_equal(run_fake("/bin/head -c 3000000 /dev/zero; exec /bin/cat", 10000, &picture, &err), OK);
  assert_int_equal(picture.n, 3000000 + (1 << 20));
  str_fini(&picture);
}

// Draws through one gnuplot that is kept.
static ErrCode draw(Gnuplot *g, const char *program, Str *picture, Err *err) {
  picture->n = 0;
  return gnuplot_draw(g, sv(program), 10000, picture, err);
}

TEST(a_kept_gnuplot_draws_what_a_new_one_draws) {
  if (!has_gnuplot()) return;
  Gnuplot *g = gnuplot_new();
  Str kept = {0}, fresh = {0};
  Err err = {0};
  Plot p;
  plot_histogram(&p);
  for (int k = 0; k < 9; k++) {
    ExportFormat f = (ExportFormat)(k * k % 3 + (k == 8));
    kept.n = fresh.n = 0;
    assert_int_equal(gnuplot_picture(g, &p, f, 640 + 10 * (k % 2), 400, &kept, &err), OK);
    assert_int_equal(gnuplot_render(&p, f, 640 + 10 * (k % 2), 400, &fresh, &err), OK);
    assert_int_equal(kept.n, fresh.n);
    if (f != EXPORT_PDF) assert_memory_equal(kept.s, fresh.s, kept.n); // a pdf has the time in it
  }
  plot_fini(&p);
  gnuplot_free(g);
  str_fini(&kept), str_fini(&fresh);
}

TEST(a_kept_gnuplot_forgets_and_survives_complaints) {
  if (!has_gnuplot()) return;
  Gnuplot *g = gnuplot_new();
  Str picture = {0};
  Err err = {0};
  static const char svg[] = "set terminal svg\nplot x notitle\n", wrong[] = "set terminal svg\nplot nonsense(\n";
  assert_int_equal(draw(g, "secret = 3\nset title 'left over'\nset terminal svg\nplot x notitle\n", &picture, &err),
                   OK);
  assert_non_null(strstr(str_c(&picture), "left over"));
  assert_int_equal(draw(g, svg, &picture, &err), OK);
  assert_null(strstr(str_c(&picture), "left over"));
  assert_int_equal(
      draw(g, "set terminal svg\nset title sprintf('known %d', exists('secret'))\nplot x\n", &picture, &err), OK);
  assert_non_null(strstr(str_c(&picture), "known 0"));
  assert_int_equal(draw(g, wrong, &picture, &err), ERR_IO);
  assert_int_equal(picture.n, 0);
  assert_int_equal(draw(g, svg, &picture, &err), OK);
  gnuplot_free(g);
  str_fini(&picture);
}

TEST(a_kept_gnuplot_that_dies_is_started_again) {
  Gnuplot *g = gnuplot_new();
  Fake f;
  Str picture = {0};
  Err err = {0};
  // says its number, two pictures long
  fake_open(&f, "n=0; while read -r l; do case $l in print*) l=${l#print \\'}; n=$((n+1)); echo \"picture $n\"; "
                "echo \"${l%\\'}\"; [ $n = 2 ] && exit 0;; esac; done");
  static const char *const want[] = {"picture 1\n", "picture 2\n", "picture 1\n", "picture 2\n", "picture 1\n"};
  for (int k = 0; k < 5; k++) {
    assert_int_equal(draw(g, "plot x\n", &picture, &err), OK);
    assert_string_equal(str_c(&picture), want[k]);
  }
  gnuplot_free(g);
  fake_close(&f);
  g = gnuplot_new();
  fake_open(&f, "while :; do :; done");
  picture.n = 0;
  assert_int_equal(gnuplot_draw(g, sv("plot x\n"), 200, &picture, &err), ERR_IO);
  assert_has(err.msg, "did not finish within 0.2 s");
  gnuplot_free(g);
  fake_close(&f);
  str_fini(&picture);
}

RUN(CASE(suffixes_name_formats), CASE(quotes_are_joined_in_and_line_ends_dropped), CASE(each_format_is_rendered),
    CASE(texts_appear_in_the_picture_letter_by_letter), CASE(quotes_anywhere_and_many_are_drawn),
    CASE(random_plots_are_rendered_without_complaint), CASE(no_text_makes_gnuplot_run_a_command),
    CASE(a_missing_gnuplot_says_what_to_install), CASE(a_gnuplot_that_fails_is_quoted_and_no_signal_kills_the_caller),
    CASE(a_gnuplot_that_hangs_is_killed), CASE(its_output_may_come_before_it_has_read_everything),
    CASE(a_kept_gnuplot_draws_what_a_new_one_draws), CASE(a_kept_gnuplot_forgets_and_survives_complaints),
    CASE(a_kept_gnuplot_that_dies_is_started_again))

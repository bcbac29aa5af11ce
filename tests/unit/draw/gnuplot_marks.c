// Every mark, option and arrangement as a picture: gnuplot (5.4) takes the program without a word, the svg is well
// formed, and the text alternative is in the file. The chunk of the png is checked against the CRC of the PNG
// specification's own end chunk (IEND: AE426082), dates of ticks against the calendar.
#include "check.h"
#include "draw/draw.h"
#include "draw/draw_int.h"
#include "unit/draw/figures.h"
#include "unit/draw/xml.h"
#include "unit/plot/make.h"

#include <stdlib.h>
#include <unistd.h>

static bool has_gnuplot(void) {
  Str picture = {0};
  Err err = {0};
  bool has = gnuplot_run(sv("print 1\n"), 10000, &picture, &err) == OK || !strstr(err.msg, "not installed");
  str_fini(&picture);
  if (!has) printf("# gnuplot is not installed: this case was skipped\n");
  return has;
}

// Fails with what gnuplot says on its error output.
static void assert_silent(const Plot *p, ExportFormat format) {
  char path[] = "/tmp/tycho-program-XXXXXX", command[80], said[400];
  Str program = {0};
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  gnuplot_print(p, format, 640, 400, &program);
  assert_int_equal(write(fd, program.s, program.n), program.n);
  close(fd);
  snprintf(command, sizeof command, "gnuplot -d %s 2>&1 >/dev/null", path);
  FILE *out = popen(command, "r");
  size_t n = fread(said, 1, sizeof said - 1, out);
  said[n] = 0;
  int status = pclose(out);
  unlink(path);
  str_fini(&program);
  if (n || status) fail_msg("gnuplot says: %s", said);
}

static void render(const Plot *p, ExportFormat format, Str *picture) {
  Err err = {0};
  str_clear(picture);
  if (gnuplot_render(p, format, 640, 400, picture, &err) != OK) fail_msg("%s", err.msg);
}

static void assert_drawn(const Plot *p) {
  Str picture = {0};
  assert_silent(p, EXPORT_SVG);
  render(p, EXPORT_SVG, &picture);
  const char *wrong = xml_wrong(str_c(&picture), picture.n);
  if (wrong) fail_msg("the svg is not well formed: %s", wrong);
  assert_null(strstr(str_c(&picture), "nan"));
  str_fini(&picture);
}

static int count(const char *text, const char *part) {
  int n = 0;
  for (const char *at = text; (at = strstr(at, part)); at += strlen(part)) n++;
  return n;
}

TEST(the_checker_of_xml_knows_right_from_wrong) {
  static const char
      *const right[] = {"<a/>", "<?xml version=\"1.0\"?>\n<a b='c&lt;'>x<d/>&#65;</a>\n", "<!-- x --><a></a>"},
             *const wrong[] = {
                 "",      "<a>",        "<a></b>",     "<a b=c/>",    "<a b='1' b='2'/>", "<a>&x</a>",   "<a/><b/>",
                 "x<a/>", "<a b='<'/>", "<a>\x01</a>", "<a>\xff</a>", "<a b='/>",         "<a>1 < 2</a>"};
  for (size_t i = 0; i < sizeof right / sizeof *right; i++) assert_null(xml_wrong(right[i], strlen(right[i])));
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_non_null(xml_wrong(wrong[i], strlen(wrong[i])));
}

TEST(every_mark_is_taken_without_a_word_and_gives_well_formed_svg) {
  if (!has_gnuplot()) return;
  for (int kind = 0; kind < MARK_KINDS; kind++)
    for (int categories = 0; categories < 2; categories++) {
      Plot p;
      plot_marks(&p, (MarkKind)kind, categories, "a & b < c > \"d\"");
      assert_drawn(&p);
      plot_fini(&p);
    }
}

TEST(every_mark_is_taken_as_png_and_pdf) {
  if (!has_gnuplot()) return;
  for (int kind = 0; kind < MARK_KINDS; kind++) {
    Plot p;
    plot_marks(&p, (MarkKind)kind, false, "it's");
    assert_silent(&p, kind % 2 ? EXPORT_PNG : EXPORT_PDF);
    plot_fini(&p);
  }
}

TEST(panels_are_drawn_with_shared_and_with_own_axes) {
  if (!has_gnuplot()) return;
  for (int share = 0; share < 2; share++) {
    Plot p;
    plot_paneled(&p, share, "panel");
    assert_drawn(&p);
    plot_fini(&p);
  }
}

TEST(what_panels_share_is_written_once) {
  Plot p;
  Str program = {0};
  plot_init(&p);
  p.x.name = "below all", p.groups = "kind", p.share_x = p.share_y = true;
  plot_panels(&p, 6, 3);
  for (int i = 0; i < 6; i++) {
    Plot *q = &p.panel[i];
    q->title = "title of one";
    set_axis(&q->x, "own name", 0, 4);
    set_axis(&q->y, "beside all", 1000, 4000);
    for (int g = 0; g < 2; g++) {
      Series *s = add_marks(q, MARK_LINE, 2, NULL, (double[]){2000, 3000});
      s->name = g ? "second group" : "first group";
    }
  }
  gnuplot_print(&p, EXPORT_SVG, 800, 500, &program);
  assert_int_equal(count(str_c(&program), "'below all'"), 1);
  assert_int_equal(count(str_c(&program), "'own name'"), 0);
  assert_int_equal(count(str_c(&program), "'beside all'"), 1);
  assert_int_equal(count(str_c(&program), "'first group'"), 1);
  assert_int_equal(count(str_c(&program), "'second group'"), 1);
  assert_int_equal(count(str_c(&program), "'kind'"), 1);
  assert_int_equal(count(str_c(&program), "'title of one'"), 6);
  assert_int_equal(count(str_c(&program), "'2000'"), 2);
  str_fini(&program);
  plot_fini(&p);
}

TEST(groups_have_a_key_only_where_they_cannot_be_named_at_their_end) {
  Plot p;
  Str program = {0};
  plot_scatter(&p);
  p.groups = "clarity";
  gnuplot_print(&p, EXPORT_SVG, 800, 500, &program);
  assert_has(str_c(&program), "'clarity'");
  assert_int_equal(count(str_c(&program), "'cloudy'"), 1);
  plot_fini(&p);
  str_clear(&program);
  plot_outlines(&p);
  p.groups = "survived";
  gnuplot_print(&p, EXPORT_SVG, 800, 500, &program);
  assert_null(strstr(str_c(&program), "'survived'"));
  assert_int_equal(count(str_c(&program), "'yes'"), 1);
  str_fini(&program);
  plot_fini(&p);
}

TEST(a_colour_scale_is_explained_by_its_name_and_ticks) {
  Plot p;
  Str program = {0};
  plot_matrix(&p, false);
  p.colour = (ColourScale){true, "Pearson r", -1, 0, 1, false};
  gnuplot_print(&p, EXPORT_SVG, 800, 500, &program);
  assert_has(str_c(&program), "'Pearson r'");
  assert_has(str_c(&program), "'\xE2\x88\x92"
                              "0.5'");
  str_clear(&program);
  p.colour.name = NULL;
  gnuplot_print(&p, EXPORT_SVG, 800, 500, &program);
  assert_null(strstr(str_c(&program), "0.5'"));
  str_fini(&program);
  plot_fini(&p);
}

// Of three cells with the values -1, 2 and 5 on a scale about 2, the middle one is the neutral grey and the others are as
// far from it as the scale goes.
TEST(diverging_colours_are_centred_on_the_middle) {
  Plot p;
  Str program = {0};
  plot_init(&p);
  set_axis(&p.x, NULL, 0, 3);
  p.colour = (ColourScale){true, NULL, -1, 2, 5, false};
  Series *s = plot_add(&p, MARK_CELL, 3);
  s->role = ROLE_DIVERGING;
  s->x2 = plot_array(&p, 3), s->y2 = plot_array(&p, 3), s->value = plot_array(&p, 3);
  for (int i = 0; i < 3; i++) s->x[i] = i, s->x2[i] = i + 1, s->y2[i] = 1, s->value[i] = 3 * i - 1;
  gnuplot_print(&p, EXPORT_SVG, 800, 500, &program);
  char colour[3][16];
  snprintf(colour[0], 16, " %u\n", 0x00497A);
  snprintf(colour[1], 16, " %u\n", 0xF5F5F5);
  snprintf(colour[2], 16, " %u\n", 0x8A3B00);
  for (int i = 0; i < 3; i++) assert_int_equal(count(str_c(&program), colour[i]), 4);
  str_fini(&program);
  plot_fini(&p);
}

TEST(ticks_are_typeset) {
  Plot p;
  Str program = {0};
  plot_init(&p);
  set_axis(&p.x, NULL, 0, 5e9);
  set_axis(&p.y, NULL, -1990, 2020);
  gnuplot_print(&p, EXPORT_SVG, 800, 500, &program);
  assert_has(str_c(&program), "'2×10⁹'");
  assert_has(str_c(&program), "'2000'");
  assert_has(str_c(&program), "'\xE2\x88\x92"
                              "1000'");
  str_clear(&program);
  p.x = (Axis){.kind = AXIS_DATE, .lo = 18262, .hi = 18262 + 366}; // 2020, by `date -d 2020-01-01 +%s` / 86400
  gnuplot_print(&p, EXPORT_SVG, 800, 500, &program);
  assert_has(str_c(&program), "'2020-07'");
  str_fini(&program);
  plot_fini(&p);
}

TEST(an_empty_plot_is_a_picture_too) {
  if (!has_gnuplot()) return;
  Plot p;
  plot_init(&p);
  assert_drawn(&p);
  add_marks(&p, MARK_LINE, 2, NULL, (double[]){NAN, NAN});
  plot_add(&p, MARK_POINT, 0);
  assert_drawn(&p);
  p.x.kind = p.y.kind = AXIS_NONE;
  assert_drawn(&p);
  plot_fini(&p);
}

TEST(small_and_large_pictures_are_drawn) {
  if (!has_gnuplot()) return;
  static const int size[][2] = {{40, 30}, {60, 40}, {200, 2000}, {3000, 300}};
  Plot p;
  Str picture = {0};
  plot_paneled(&p, true, "a name that is far too long for a picture of this size");
  for (int i = 0; i < 4; i++) {
    Err err = {0};
    if (gnuplot_render(&p, EXPORT_SVG, size[i][0], size[i][1], &picture, &err) != OK) fail_msg("%s", err.msg);
  }
  str_fini(&picture);
  plot_fini(&p);
}

// ---- the text alternative -------------------------------------------------------------------------------------------

TEST(svg_says_what_it_shows) {
  if (!has_gnuplot()) return;
  Plot p;
  Str picture = {0};
  plot_histogram(&p);
  p.title = "a < b & \"c\" > d", p.reading = "it's\n<two> humps]]>";
  render(&p, EXPORT_SVG, &picture);
  const char *svg = str_c(&picture);
  assert_null(xml_wrong(svg, picture.n));
  assert_has(svg, "role=\"img\"");
  assert_has(svg, "<title>a &lt; b &amp; \"c\" &gt; d</title>");
  assert_has(svg, "<desc>it's &lt;two&gt; humps]]&gt;; 263 missing are not shown</desc>");
  assert_int_equal(count(svg, "<title>"), 1);
  assert_int_equal(count(svg, "<desc>"), 1);
  str_fini(&picture);
  plot_fini(&p);
}

static unsigned long read_u32(const char *s) {
  const unsigned char *b = (const unsigned char *)s;
  return (unsigned long)b[0] << 24 | (unsigned long)b[1] << 16 | (unsigned long)b[2] << 8 | b[3];
}

static unsigned long crc32_of(const char *s, size_t n) {
  unsigned long crc = 0xFFFFFFFF;
  for (size_t i = 0; i < n; i++) {
    crc ^= (unsigned char)s[i];
    for (int k = 0; k < 8; k++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
  }
  return crc ^ 0xFFFFFFFF;
}

TEST(png_says_what_it_shows_in_chunks_with_their_checksums) {
  if (!has_gnuplot()) return;
  static const char body[] = "Description\0\0\0\0\0two humps, near 54 and 80 minutes; 263 missing are not shown";
  Plot p;
  Str picture = {0};
  plot_histogram(&p);
  assert_int_equal(crc32_of("IEND", 4), 0xAE426082);
  render(&p, EXPORT_PNG, &picture);
  bool found = false;
  size_t at = 8;
  while (at + 12 <= picture.n) {
    size_t n = read_u32(picture.s + at);
    assert_true(at + 12 + n <= picture.n);
    assert_int_equal(crc32_of(picture.s + at + 4, n + 4), read_u32(picture.s + at + 8 + n));
    bool text = memcmp(picture.s + at + 4, "iTXt", 4) == 0;
    found |= text && n == sizeof body - 1 && memcmp(picture.s + at + 8, body, n) == 0;
    at += 12 + n;
  }
  assert_int_equal(at, picture.n);
  assert_true(found);
  str_fini(&picture);
  plot_fini(&p);
}

TEST(pdf_has_title_and_subject_in_an_update_at_its_end) {
  if (!has_gnuplot()) return;
  Plot p;
  Str picture = {0};
  plot_histogram(&p);
  p.title = "Ä\xF0\x9F\x98\x80", p.reading = "no", p.note = NULL;
  render(&p, EXPORT_PDF, &picture);
  size_t from = picture.n - 400;
  const char *end = picture.s + from, *object, *table;
  assert_non_null(object = strstr(end, " 0 obj\n<< /Title <FEFF00C4D83DDE00>\n/Subject <FEFF006E006F>\n>>"));
  assert_non_null(table = strstr(end, "endobj\nxref\n"));
  while (object[-1] != '\n') object--;
  char offset[40];
  snprintf(offset, sizeof offset, "\n%010zu 00000 n \n", (size_t)(object - picture.s));
  assert_has(table, offset);
  snprintf(offset, sizeof offset, "startxref\n%zu\n%%%%EOF\n", (size_t)(table + 7 - picture.s));
  assert_has(table, offset);
  str_fini(&picture);
  plot_fini(&p);
}

RUN(CASE(the_checker_of_xml_knows_right_from_wrong), CASE(every_mark_is_taken_without_a_word_and_gives_well_formed_svg),
    CASE(every_mark_is_taken_as_png_and_pdf), CASE(panels_are_drawn_with_shared_and_with_own_axes),
    CASE(what_panels_share_is_written_once), CASE(groups_have_a_key_only_where_they_cannot_be_named_at_their_end),
    CASE(a_colour_scale_is_explained_by_its_name_and_ticks), CASE(diverging_colours_are_centred_on_the_middle),
    CASE(ticks_are_typeset), CASE(an_empty_plot_is_a_picture_too), CASE(small_and_large_pictures_are_drawn),
    CASE(svg_says_what_it_shows), CASE(png_says_what_it_shows_in_chunks_with_their_checksums),
    CASE(pdf_has_title_and_subject_in_an_update_at_its_end))

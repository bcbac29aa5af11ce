// Looks of every mark at three sizes and in three glyph sets, against tests/golden/marks.txt. The texts there were
// checked by eye against the data in marks.h; TYCHO_GOLDEN=write writes them anew.
#include "base/file.h"
#include "check.h"
#include "draw/draw.h"
#include "unit/draw/marks.h"

#include <stdlib.h>

static const char PATH[] = "tests/golden/marks.txt";

static void print_all(Str *out) {
  static const struct {
    const char *name;
    int w, h;
    GlyphSet glyphs;
  } look[] = {{"braille", 80, 20, GLYPHS_BRAILLE}, {"block", 40, 12, GLYPHS_BLOCK}, {"ascii", 20, 6, GLYPHS_ASCII}};
  for (int which = 0; which < MARKS_PLOTS; which++) {
    Plot p;
    plot_marks(&p, which);
    for (int k = 0; k < 3; k++) {
      DrawStyle style = {.glyphs = look[k].glyphs};
      Canvas c;
      canvas_init(&c, look[k].w, look[k].h);
      draw_cells(&p, &style, &c);
      str_addf(out, "-- %d %s %d x %d\n", which, look[k].name, look[k].w, look[k].h);
      canvas_print(&c, &style, out);
      canvas_fini(&c);
    }
    plot_fini(&p);
  }
}

TEST(every_mark_looks_as_it_did) {
  Str got = {0};
  print_all(&got);
  if (getenv("TYCHO_GOLDEN")) {
    FILE *f = fopen(PATH, "wb");
    assert_non_null(f);
    fwrite(got.s, 1, got.n, f);
    fclose(f);
  }
  FILE *f = fopen(PATH, "rb");
  assert_non_null(f);
  Str want = {0};
  char line[1024];
  while (fgets(line, sizeof line, f)) str_add(&want, line);
  fclose(f);
  const char *a = str_c(&got), *b = str_c(&want), *section = a;
  for (; *a && *a == *b; a++, b++)
    if (*a == '\n' && strncmp(a + 1, "-- ", 3) == 0) section = a + 1;
  if (*a || *b) fail_msg("another look:\n%.*s", 2500, section);
  str_fini(&got);
  str_fini(&want);
}

RUN(CASE(every_mark_looks_as_it_did))

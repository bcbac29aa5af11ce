// Looks: whole plots as text, at 80 x 20, 40 x 12 and the smallest sizes. The texts were checked by eye and by hand against
// the data in plots.h: heights of bars, places of ticks, ends of names. Colours are in canvas.c.
#include "check.h"
#include "draw/draw.h"
#include "unit/draw/plots.h"

static void expect(Plot *p, GlyphSet glyphs, int w, int h, const char *want) {
  Canvas c;
  Str out = {0};
  DrawStyle style = {.glyphs = glyphs};
  canvas_init(&c, w, h);
  draw_cells(p, &style, &c);
  canvas_print(&c, &style, &out);
  if (strcmp(str_c(&out), want) != 0) fail_msg("expected\n%sgot\n%s", want, str_c(&out));
  str_fini(&out);
  canvas_fini(&c);
  plot_fini(p);
}

TEST(a_histogram_stands_on_its_box_plot) {
  Plot p;
  plot_histogram(&p);
  expect(&p, GLYPHS_BRAILLE, 80, 20,
         "waiting                                                                    n 272\n"
         "  │ count                                    ▆▆▆▆▆▆██████\n"
         "50┤                                          ████████████\n"
         "  │                                          ████████████\n"
         "40┤                                          ████████████\n"
         "  │            ▂▂▂▂▂▂                        ████████████\n"
         "30┤            ██████                        ████████████\n"
         "  │            ██████▂▂▂▂▂▂            ▇▇▇▇▇▇████████████\n"
         "20┤      ▆▆▆▆▆▆████████████            ████████████████████████\n"
         "  │      ██████████████████            ████████████████████████\n"
         "10┤      ████████████████████████▁▁▁▁▁▁████████████████████████\n"
         "  │      ██████████████████████████████████████████████████████▁▁▁▁▁▁\n"
         " 0┤▇▇▇▇▇▇████████████████████████████████████████████████████████████▂▂▂▂▂▂\n"
         "      ──────────────────━━━━━━━━━━━━━━━━━━━━━━┃━━━━━━━─────────────────\n"
         "  40                      60                      80            minutes  100\n"
         "\n"
         "263 missing are not shown\n"
         "reading: two humps, near 54 and 80 minutes\n"
         "\n"
         "\n");
}

TEST(a_histogram_in_ascii) {
  Plot p;
  plot_histogram(&p);
  expect(&p, GLYPHS_ASCII, 40, 12,
         "waiting                            n 272\n"
         "  | count               ######\n"
         "40+                     ######\n"
         "  |      :::            ######\n"
         "20+   ...###:::      #########:::\n"
         "  |   #########:::...############\n"
         " 0+...###########################:::...\n"
         "    ---------===========|====--------\n"
         "        50                  minutes  100\n"
         "263 missing are not shown\n"
         "reading: two humps, near 54 and 80 minu~\n"
         "\n");
}

TEST(of_two_groups_the_first_is_filled_and_the_second_an_outline) {
  Plot p;
  plot_two_histograms(&p);
  expect(&p, GLYPHS_BRAILLE, 80, 20,
         "age by survived                                                            n 500\n"
         "  │ count               ███████  no\n"
         "  │                     ███████▁▁▁▁▁▁▁\n"
         "60┤                     ██████████████\n"
         "  │                     ██████████████  yes\n"
         "  │                     ██████████████▁▁▁▁▁▁▁\n"
         "  │                     ███████⡤⠤⠤⠤⠤⠤⢤███████\n"
         "40┤                     ███████⡇█████⢸███████\n"
         "  │              ▃▃▃▃▃▃▃███████⡇██████⠉⠉⠉⠉⠉⠉⢹\n"
         "  │⣀⣀⣀⣀⣀⣀⣀       ██████████████⡇████████████⢸███████\n"
         "  │⡇     ⢸       ██████████████⡇████████████⢸███████\n"
         "20┤⡇     ⢸       ███████⡖⠒⠒⠒⠒⠒⠒⠁████████████⠘⠤⠤⠤⠤⠤⠤⢤\n"
         "  │⡇     ⢸       ⡖⠒⠒⠒⠒⠒⠒⠁██████████████████████████⢸▆▆▆▆▆▆▆\n"
         "  │⡇     ⢸▄▄▄▄▄▄▄⡇█████████████████████████████████⠘⠤⠤⠤⠤⠤⠤⢤\n"
         "  │⡇▄▄▄▄▄▄⠉⠉⠉⠉⠉⠉⠉█████████████████████████████████████████⠸⣀⣀⣀⣀⣀⣀⣀\n"
         " 0┤⡇█████████████████████████████████████████████████████████████⠸⣀⣀⣀⣀⣀⣀⣀\n"
         "  └┬───────┬────────┬────────┬────────┬───────┬────────┬────────┬───────┬\n"
         "   0      10       20       30       40      50       60       70      80  age\n"
         "\n"
         "\n");
}

TEST(two_groups_in_ascii) {
  Plot p;
  plot_two_histograms(&p);
  expect(&p, GLYPHS_ASCII, 40, 12,
         "age by survived                    n 500\n"
         "  | count   ###  no\n"
         "60+         ######  yes\n"
         "  |         ######...\n"
         "40+         ###ooo###\n"
         "  |      ######o##ooo:::\n"
         "20+ooo   ######o####o###\n"
         "  |o o...oooooo######ooo###\n"
         " 0+o::ooo###############ooooooooo\n"
         "  ++------+-------+------+------+\n"
         "   0     20      40     60     80  age\n"
         "\n");
}

TEST(outlines_are_named_at_their_peaks) {
  Plot p;
  plot_outlines(&p);
  expect(&p, GLYPHS_BRAILLE, 40, 12,
         "80┤ count       no\n"
         "  │           ⡏⠉⠉⢹  yes\n"
         "60┤           ⡇  ⠈⠉⠉⠉⢹\n"
         "  │           ⡇  ⢀⣀⣀⣀⣸⠤⠤⠤⡄\n"
         "40┤           ⡇  ⢸   ⠸⠤⠤⠤⡇\n"
         "  │⡤⠤⠤⢤   ⢸⠉⠉⠉⠁  ⢸       ⡗⠒⠒⢲\n"
         "20┤⡇  ⢸   ⢸⣀⣀⣀⡖⠒⠒⠚       ⠧⠤⠤⢼⣀⣀⣀⡀\n"
         "  │⡇  ⢸⣤⣤⣤⣼                 ⠸⠤⠤⠤⣇⣀⣀⣀⡀\n"
         " 0┤⡏⠉⠉⠉                         ⠉⠉⠉⠉⣧⣤⣤⣤\n"
         "  └┬────────┬────────┬────────┬────────┬\n"
         "   0       20       40       60  age  80\n"
         "\n");
}

TEST(curves_are_named_at_their_ends) {
  Plot p;
  plot_curves(&p);
  expect(&p, GLYPHS_BRAILLE, 80, 20,
         "loss                                                                       n 398\n"
         "0.6┤⠱⣄ log loss\n"
         "   │ ⠑⢧\n"
         "   │   ⢳⢄\n"
         "   │    ⢫⠢⡀\n"
         "0.4┤    ⠈⢆⠈⠢⡀\n"
         "   │     ⠈⢆ ⠈⠢⢄\n"
         "   │      ⠈⢆   ⠑⢄⡀\n"
         "   │       ⠈⢆    ⠈⠑⠢⣀                                           ⣀⣀⣀⡠⠤⠔⠒⠉⠉⠉ valid\n"
         "0.2┤         ⠑⢄      ⠉⠒⠤⣀⣀        best 16         ⣀⣀⣀⣀⣀   ⠤⠒⠊⠉⠉⠉\n"
         "   │           ⠑⢄         ⠉⠑⠒⠒⠒⠒◆⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉\n"
         "   │             ⠉⠢⢄⡀\n"
         "   │                ⠈⠉⠑⠒⠤⠤⣀⣀⣀⡀\n"
         "0.0┤                         ⠈⠉⠉⠉⠉⠑⠒⠒⠒⠒⠒⠒⠒⠒⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤ train\n"
         "   └┬────────────────┬─────────────────┬────────────────┬────────────────┬\n"
         "    0               10                20               30        round  40\n"
         "\n"
         "reading: validation is best at round 16; after that the model learns noise\n"
         "\n"
         "\n");
}

TEST(curves_without_braille) {
  Plot p;
  plot_curves(&p);
  expect(&p, GLYPHS_BLOCK, 40, 12,
         "loss                               n 398\n"
         "0.6┤▚ log loss\n"
         "   │ ▜▖\n"
         "0.4┤  ▛▚\n"
         "   │  ▝▖▀▄▖                     ▄▄ valid\n"
         "0.2┤   ▝▄ ▝▀▄▄▄▖  ▄▄▄▄▄▄▄▄ ▞▀▀▀▀\n"
         "   │     ▀▚▄▖  ▝◆▀  best 16\n"
         "0.0┤        ▝▀▀▀▀▀▚▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄ train\n"
         "   └┬──────────────┬─────────────┬\n"
         "    0             20     round  40\n"
         "reading: validation is best at round 16…\n"
         "\n");
}

TEST(curves_in_ascii) {
  Plot p;
  plot_curves(&p);
  expect(&p, GLYPHS_ASCII, 80, 20,
         "loss                                                                       n 398\n"
         "0.6+* log loss\n"
         "   | **\n"
         "   |   *\n"
         "   |    *o\n"
         "0.4+     *oo\n"
         "   |      * ooo\n"
         "   |       *   oo                                                       oo valid\n"
         "   |        **   oooo                                           oooooooo\n"
         "0.2+          *      oooooo       best 16     ooooooooo  ooooooo\n"
         "   |           **          ooooo*ooooooooooooo\n"
         "   |             *****\n"
         "   |                  ****************\n"
         "0.0+                                  ************************************ train\n"
         "   ++----------------+-----------------+----------------+----------------+\n"
         "    0               10                20               30        round  40\n"
         "\n"
         "reading: validation is best at round 16; after that the model learns noise\n"
         "\n"
         "\n");
}

TEST(a_roc_curve_has_a_sparse_diagonal_and_its_points_now_and_before) {
  Plot p;
  plot_roc(&p);
  expect(&p, GLYPHS_BRAILLE, 80, 20,
         "ROC                                                                      n 1,114\n"
         "1.0┤ TPR                                      ⢀⣀⣀⣀⡠⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠉⠉ AUC .832\n"
         "   │                            ⢀⣀⣀⣀⠤⠤⠤⠒⠒⠒⠊⠉⠉⠉⠁                 ⠄ ⠈\n"
         "   │                      ⣀⠤⠔⠒⠉⠉⠁                          ⡀ ⠐\n"
         "0.8┤                 ⣀⠤●⠊⠉                              ⠐\n"
         "   │             ⢀⠤⠒⠉    now .24                   ⠠  ⠁\n"
         "   │           ⡠⠒⠁                            ⢀  ⠁\n"
         "0.6┤        ⢀⠔⠉                   chance ⢀  ⠂\n"
         "   │      ○⠊⠁                          ⠄\n"
         "   │    ⢀⠎  was .50               ⡀ ⠈\n"
         "0.4┤   ⡔⠁                    ⡀ ⠐\n"
         "   │  ⡜                   ⠠\n"
         "   │ ⡜               ⠠  ⠁\n"
         "0.2┤⢠⠃          ⢀  ⠂\n"
         "   │⡎         ⠄\n"
         "   │⡇    ⠄ ⠈\n"
         "0.0┤⡇ ⠐                                                             FPR\n"
         "   └┬─────┬──────┬──────┬─────┬──────┬──────┬─────┬──────┬──────┬─────┬\n"
         "   0.0   0.1    0.2    0.3   0.4    0.5    0.6   0.7    0.8    0.9   1.0\n"
         "\n");
}

TEST(a_small_roc_curve) {
  Plot p;
  plot_roc(&p);
  expect(&p, GLYPHS_BRAILLE, 40, 12,
         "ROC                              n 1,114\n"
         "1.0┤ TPR         ⢀⣀⡠⠤⠤⠔⠒⠒⠒⠒⠒⠉⠉⠉ AUC .832\n"
         "   │       ●⡠⠤⠒⠊⠉⠁        ⠐\n"
         "   │     ⢀⠔⠁  now .24   ⠂\n"
         "   │   ⡠⠒⠁         ⡀ ⠈\n"
         "0.5┤  ○ was .50 ⠠  chance\n"
         "   │ ⡜        ⠄\n"
         "   │⢸      ⠐\n"
         "   │⡇    ⠁\n"
         "0.0┤⡇ ⠈                     FPR\n"
         "   └┬────────────┬────────────┬\n"
         "   0.0          0.5          1.0\n");
}

TEST(the_smallest_roc_curve) {
  Plot p;
  plot_roc(&p);
  expect(&p, GLYPHS_BRAILLE, 8, 3,
         "1┤○●⠒⠉⠉⠉\n"
         "0┤⡎ ⠈\n"
         " └┬────┬\n");
}

TEST(groups_without_colour_are_letters) {
  Plot p;
  plot_scatter(&p);
  expect(&p, GLYPHS_BRAILLE, 80, 20,
         "price by weight                                                            n 120\n"
         "* clear  o cloudy\n"
         "      │ price                                                                 *\n"
         "      │                                                                * *** *\n"
         "      │                                                        *  ****  *\n"
         "10,000┤                                                 *  ****  *        o  oo\n"
         "      │                                            *  ** *         o o ooo o\n"
         "      │                                     *  ****  *      o oo oo o\n"
         "      │                              * * *** *         ooo o o\n"
         "      │                         ** ** *         o oo oo\n"
         " 1,000┤                  * * ***           ooo o o\n"
         "      │           * ** ** *         oooo oo\n"
         "      │      *** * *           ooo o\n"
         "      │ ** **            o o oo\n"
         "      │*          o oo oo o\n"
         "   100┤    o ooo o o\n"
         "      │ oo  o\n"
         "      │o                                                                   carat\n"
         "      └┬─────────────────────┬────────────────┬───────────────┬─────────────────\n"
         "      0.2                   0.5               1               2\n");
}

TEST(a_small_scatter_in_ascii) {
  Plot p;
  plot_scatter(&p);
  expect(&p, GLYPHS_ASCII, 40, 12,
         "price by weight                    n 120\n"
         "* clear  o cloudy\n"
         "      | price                       ***\n"
         "10,000+                       ******* o\n"
         "      |                 ******  ooooooo\n"
         "      |           *******ooooooo\n"
         " 1,000+     *******oooooooo\n"
         "      | *****ooooooo\n"
         "   100+*ooooooo\n"
         "      |oo                          carat\n"
         "      ++---------+------+-------+-------\n"
         "      0.2       0.5     1       2\n");
}

TEST(bars_of_categories_lie_with_names_before_and_values_behind) {
  Plot p;
  plot_bars(&p);
  expect(&p, GLYPHS_BRAILLE, 80, 20,
         "Job                                                                      n 4,454\n"
         "job                       clients\n"
         "fixed                     ████████████████████████████████████████████████ 2,805\n"
         "freelance                 █████████████████▌ 1,024\n"
         "partial and seasonal work ███████▊ 452\n"
         "無職                      ██▉ 171\n"
         "other                     ▏ 2\n"
         "\n"
         "reading: two of three clients have a fixed job\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n");
}

TEST(small_bars_in_ascii) {
  Plot p;
  plot_bars(&p);
  expect(&p, GLYPHS_ASCII, 40, 12,
         "Job                              n 4,454\n"
         "job           clients\n"
         "fixed         #################### 2,805\n"
         "freelance     #######- 1,024\n"
         "partial and~  ###- 452\n"
         "無職          #- 171\n"
         "other         - 2\n"
         "reading: two of three clients have a fi~\n"
         "\n"
         "\n"
         "\n"
         "\n");
}

TEST(what_does_not_fit_is_counted) {
  Plot p;
  plot_bars(&p);
  expect(&p, GLYPHS_BRAILLE, 12, 4,
         "fix… █ 2,805\n"
         "fre… ▍ 1,024\n"
         "par… ▏ 452\n"
         "2 more\n");
}

TEST(a_triangle_is_named_on_its_diagonal) {
  Plot p;
  plot_matrix(&p, true);
  expect(&p, GLYPHS_BRAILLE, 40, 12,
         "correlation                      n 6,743\n"
         "price\n"
         "  +.92  carat\n"
         "  +.13   +.18  table\n"
         "  −.01   +.03   −.31  depth\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n");
}

TEST(a_matrix_is_a_table) {
  Plot p;
  plot_matrix(&p, false);
  expect(&p, GLYPHS_BRAILLE, 80, 20,
         "correlation                                                              n 6,743\n"
         "       with\n"
         "of      price   carat   table   depth\n"
         "price   +1.00    +.92    +.13    −.01\n"
         "\n"
         "carat    +.92   +1.00    +.18    +.03\n"
         "\n"
         "table    +.13    +.18   +1.00    −.31\n"
         "\n"
         "depth    −.01    +.03    −.31   +1.00\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n"
         "\n");
}

TEST(cells_too_small_for_numbers_are_shades) {
  Plot p;
  plot_matrix(&p, false);
  expect(&p, GLYPHS_BRAILLE, 24, 8,
         "correlation      n 6,743\n"
         "       with\n"
         "of    pr… ca… ta… de…\n"
         "price ████████\n"
         "carat ████████\n"
         "table         ████╌╌╌╌\n"
         "depth         ╌╌╌╌████\n"
         "\n");
}

RUN(CASE(a_histogram_stands_on_its_box_plot),
    CASE(a_histogram_in_ascii),
    CASE(of_two_groups_the_first_is_filled_and_the_second_an_outline),
    CASE(two_groups_in_ascii),
    CASE(outlines_are_named_at_their_peaks),
    CASE(curves_are_named_at_their_ends),
    CASE(curves_without_braille),
    CASE(curves_in_ascii),
    CASE(a_roc_curve_has_a_sparse_diagonal_and_its_points_now_and_before),
    CASE(a_small_roc_curve),
    CASE(the_smallest_roc_curve),
    CASE(groups_without_colour_are_letters),
    CASE(a_small_scatter_in_ascii),
    CASE(bars_of_categories_lie_with_names_before_and_values_behind),
    CASE(small_bars_in_ascii),
    CASE(what_does_not_fit_is_counted),
    CASE(a_triangle_is_named_on_its_diagonal),
    CASE(a_matrix_is_a_table),
    CASE(cells_too_small_for_numbers_are_shades))

// The table, the column under its cursor and its notes, painted. The screens are those of the design's pictures of the
// titanic table; their numbers are pandas 1.5.3's (titanic.h).
#include "check.h"
#include "titanic.h"

static const char SCREEN[] = " 1 table  titanic.csv  1,309 × 5 ━━━━━━━━━━━━━━━━━━━━ whole file, 9 ms  COMMAND\n"
                             "        name~                      survived~  sex~       age%  passengerClass~\n"
                             "        1,309 distinct             ▄▄▄▄▄▄▄▄▄  ▄▄▄▄▄  ▂▄█▆▄▂▁▁  ▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄\n"
                             "      7 Andrews, Miss. Kornelia…   yes        female       63  1st\n"
                             "      8 Andrews, Mr. Thomas Jr     no         male         39  1st\n"
                             "      9 Appleton, Mrs. Edward Da…  yes        female       53  1st\n"
                             "     10 Artagaveytia, Mr. Ramon    no         male         71  1st\n"
                             "     11 Astor, Col. John Jacob     no         male         47  1st\n"
                             "     12 Astor, Mrs. John Jacob (…  yes        female       18  1st\n"
                             " ›   13 Aubart, Mme. Leontine Pa…  yes        female       24  1st\n"
                             "     14 Barber, Miss. Ellen Nell…  yes        female       26  1st\n"
                             "     15 Barkworth, Mr. Algernon…   yes        male         80  1st\n"
                             "     16 Baumann, Mr. John D        no         male          ·  1st\n"
                             " 2 column  age  real, 4 of 5 ─────────────────────────────────── complete 79.9%\n"
                             " n          1,046   mean   29.88   min     0.1667         ▄█▃▆\n"
                             " missing      263   se      0.45   q1     21             █████▇▇▁▄\n"
                             " distinct      98   sd     14.41   median 28        █▄▄▂▄██████████▇▆▄▃▃▃▁▁▁▁▁\n"
                             " outliers       9   skew    0.41   q3     39        ───────━━┃━━━─────────────\n"
                             " not int       45   mode   24      max    80        0    20    40     60    80\n"
                             " 3 notes  2 warnings ────────────────────────────────────────── Enter: the rows\n"
                             " ! age   263 missing, not at random: 3rd class 29%, 1st 12%, 2nd 6%\n"
                             " ! name  259 values end at exactly 31 characters: cut off in the file\n";

static const char PLAIN[] = " 1 table  titanic.csv  1,309 x 5 ==================== whole file, 9 ms  COMMAND\n"
                            "        name~                      survived~  sex~       age%  passengerClass~\n"
                            "        1,309 distinct             nnnnnnyyy  mmmff  24964210  333333331111222\n"
                            "      7 Andrews, Miss. Kornelia~   yes        female       63  1st\n"
                            "      8 Andrews, Mr. Thomas Jr     no         male         39  1st\n"
                            "      9 Appleton, Mrs. Edward Da~  yes        female       53  1st\n"
                            "     10 Artagaveytia, Mr. Ramon    no         male         71  1st\n"
                            "     11 Astor, Col. John Jacob     no         male         47  1st\n"
                            "     12 Astor, Mrs. John Jacob (~  yes        female       18  1st\n"
                            " >   13 Aubart, Mme. Leontine Pa~  yes        female       24  1st\n"
                            "     14 Barber, Miss. Ellen Nell~  yes        female       26  1st\n"
                            "     15 Barkworth, Mr. Algernon~   yes        male         80  1st\n"
                            "     16 Baumann, Mr. John D        no         male          -  1st\n"
                            " 2 column  age  real, 4 of 5 ----------------------------------- complete 79.9%\n"
                            " n          1,046   mean   29.88   min     0.1667         :#.:\n"
                            " missing      263   se      0.45   q1     21             #######.:\n"
                            " distinct      98   sd     14.41   median 28        #::.:###########::........\n"
                            " outliers       9   skew    0.41   q3     39        -------==|===-------------\n"
                            " not int       45   mode   24      max    80        0    20    40     60    80\n"
                            " 3 notes  2 warnings ------------------------------------------ Enter: the rows\n"
                            " ! age   263 missing, not at random: 3rd class 29%, 1st 12%, 2nd 6%\n"
                            " ! name  259 values end at exactly 31 characters: cut off in the file\n";

// The three columns that the picture shows are a table of three columns here.
static const char SMALL[] = " 1 table  1,309 × 3 ━━━━ 2 panes hidden\n"
                            "      name~                   age% surv…\n"
                            "   12 Astor, Mrs. John J…       18 yes\n"
                            "›  13 Aubart, Mme. Leont…       24 yes\n"
                            "   14 Barber, Miss. Elle…       26 yes\n"
                            "   15 Barkworth, Mr. Alg…       80 yes\n"
                            "   16 Baumann, Mr. John D        · no\n"
                            "   17 Baxter, Mr. Quigg…        24 no\n"
                            " 2 column  age  real ──────────── 79.9%\n"
                            " median 28 missing 263    0 ▂▄█▆▄▂▁▁ 80\n";

static void paint_pane(App *a, Canvas *c, const PaneType *type, int number, Rect r, const char *state,
                       const Badge *badge) {
  Paint p = {c, &a->caps.style};
  Str what = {0}, right = {0};
  type->title(a, &what, &right);
  paint_title(&p, r, number, type->name, str_c(&what), state ? state : str_c(&right), number == 1, badge);
  type->draw(a, &p, (Rect){r.x, r.y + 1, r.w, r.h - 1}, number == 1);
  str_fini(&what), str_fini(&right);
}

static void paint_80x24(App *a, Canvas *c) {
  static const Badge command = {"COMMAND", STYLE_STRONG};
  canvas_init(c, 80, 22);
  paint_pane(a, c, &pane_table, 1, (Rect){0, 0, 80, 13}, NULL, &command);
  paint_pane(a, c, &pane_column, 2, (Rect){0, 13, 80, 6}, NULL, NULL);
  paint_pane(a, c, &pane_notes, 3, (Rect){0, 19, 80, 3}, NULL, NULL);
}

static void check_text(const Canvas *c, const char *want) {
  Str text = {0};
  canvas_print(c, &(DrawStyle){.depth = THEME_PLAIN}, &text);
  const char *line = str_c(&text);
  while (*want) { // line by line, since cmocka cuts long texts; blanks of a shaded line do not count
    size_t got = strcspn(line, "\n"), wanted = strcspn(want, "\n");
    const char *next = line + got + (line[got] != 0);
    while (got && line[got - 1] == ' ') got--;
    if (got != wanted || memcmp(line, want, got) != 0)
      fail_msg("\n|%.*s| is painted,\n|%.*s| expected", (int)got, line, (int)wanted, want);
    line = next, want += wanted + (want[wanted] != 0);
  }
  assert_string_equal(line, "");
  str_fini(&text);
}

static const CanvasCell *at(const Canvas *c, int x, int y) { return &c->cell[y * c->w + x]; }

TEST(the_titanic_at_80x24_is_as_drawn) {
  App a;
  WireHead head[5];
  Canvas c;
  titanic_open(&a, head, 80, 24, GLYPHS_BRAILLE);
  titanic_give(&a, 6, 10);
  paint_80x24(&a, &c);
  check_text(&c, SCREEN);
  canvas_fini(&c), titanic_close(&a);
}

TEST(in_ascii_every_glyph_has_its_stand_in_and_nothing_moves) {
  App a;
  WireHead head[5];
  Canvas c;
  titanic_open(&a, head, 80, 24, GLYPHS_ASCII);
  titanic_give(&a, 6, 10);
  paint_80x24(&a, &c);
  check_text(&c, PLAIN);
  canvas_fini(&c), titanic_close(&a);
}

TEST(styles_say_where_the_cursor_is_and_what_is_data) {
  App a;
  WireHead head[5];
  Canvas c;
  titanic_open(&a, head, 80, 24, GLYPHS_BRAILLE);
  titanic_give(&a, 6, 10);
  paint_80x24(&a, &c);
  assert_int_equal(at(&c, 1, 0)->style, STYLE_FOCUS), assert_int_equal(at(&c, 40, 0)->style, STYLE_ACCENT);
  assert_int_equal(at(&c, 60, 0)->style, STYLE_DIM), assert_int_equal(at(&c, 75, 0)->style, STYLE_STRONG);
  assert_int_equal(at(&c, 8, 1)->style, STYLE_STRONG), assert_int_equal(at(&c, 12, 1)->style, STYLE_DIM);
  assert_int_equal(at(&c, 57, 1)->style, STYLE_COLUMN), assert_int_equal(at(&c, 60, 1)->style, STYLE_COLUMN);
  assert_int_equal(at(&c, 8, 2)->style, STYLE_DIM), assert_int_equal(at(&c, 35, 2)->style, STYLE_GROUP0);
  assert_int_equal(at(&c, 43, 2)->style, STYLE_GROUP4), assert_int_equal(at(&c, 77, 2)->style, STYLE_REST);
  assert_int_equal(at(&c, 53, 2)->style, STYLE_GROUP0);
  assert_int_equal(at(&c, 6, 3)->style, STYLE_FAINT), assert_int_equal(at(&c, 6, 9)->style, STYLE_FOCUS);
  assert_int_equal(at(&c, 1, 9)->style, STYLE_FOCUS), assert_int_equal(at(&c, 1, 9)->extra, EXTRA_ROW);
  for (int x = 53; x < 61; x++)
    assert_int_equal(at(&c, x, 9)->style, STYLE_CURSOR), assert_int_equal(at(&c, x, 9)->extra, EXTRA_NONE);
  assert_int_equal(at(&c, 52, 9)->extra, EXTRA_ROW), assert_int_equal(at(&c, 79, 9)->extra, EXTRA_ROW);
  assert_int_equal(at(&c, 60, 12)->cp, 0xB7), assert_int_equal(at(&c, 60, 12)->style, STYLE_FAINT);
  assert_int_equal(at(&c, 1, 14)->style, STYLE_DIM), assert_int_equal(at(&c, 16, 14)->style, STYLE_FG);
  assert_int_equal(at(&c, 58, 14)->style, STYLE_GROUP0), assert_int_equal(at(&c, 61, 17)->style, STYLE_STRONG);
  assert_int_equal(at(&c, 60, 17)->style, STYLE_DIM), assert_int_equal(at(&c, 53, 17)->style, STYLE_FAINT);
  assert_int_equal(at(&c, 1, 20)->style, STYLE_WARN);
  canvas_fini(&c), titanic_close(&a);
}

TEST(at_40x12_gaps_and_sparks_give_way_and_one_line_tells_the_column) {
  App a;
  WireHead head[5], three[3];
  Canvas c;
  static const int PLACE[] = {0, 3, 1};
  titanic_open(&a, head, 40, 12, GLYPHS_BRAILLE);
  for (int j = 0; j < 3; j++) three[j] = head[PLACE[j]];
  Sheet *s = &a.sheet;
  s->heads.Heads.item = three, s->heads.Heads.n = 3;
  sheet_size(s, 1309, 3);
  s->col = 1, s->top = 11;
  Msg m;
  s->page_asked = 999, s->asked = (SheetPage){.n = 3, .first = 6, .rows = 11};
  titanic_page(&m, 999, 6, 11, PLACE, 3);
  assert_true(sheet_take(&a, &m));
  canvas_init(&c, 40, 10);
  paint_pane(&a, &c, &pane_table, 1, (Rect){0, 0, 40, 8}, "2 panes hidden", NULL);
  paint_pane(&a, &c, &pane_column, 2, (Rect){0, 8, 40, 2}, NULL, NULL);
  check_text(&c, SMALL);
  canvas_fini(&c), titanic_close(&a);
}

// Paints with a frame of x around the place, which must stay.
static void check_place(App *a, const PaneType *type, int w, int h) {
  Canvas c;
  canvas_init(&c, w + 6, h + 4);
  Paint p = {&c, &a->caps.style};
  for (int y = 0; y < c.h; y++)
    for (int x = 0; x < c.w; x++) canvas_put(&c, x, y, 'x', STYLE_WARN);
  Str what = {0}, state = {0};
  type->title(a, &what, &state);
  type->draw(a, &p, (Rect){3, 2, w, h}, true);
  for (int y = 0; y < c.h; y++)
    for (int x = 0; x < c.w; x++)
      if ((x < 3 || x >= 3 + w || y < 2 || y >= 2 + h) && (at(&c, x, y)->cp != 'x' || at(&c, x, y)->extra))
        fail_msg("%s in %d x %d paints at %d, %d", type->name, w, h, x - 3, y - 2);
  str_fini(&what), str_fini(&state);
  canvas_fini(&c);
}

TEST(panes_stay_in_their_place_at_every_size) {
  static const PaneType *const PANE[] = {&pane_table, &pane_column, &pane_notes};
  for (int glyphs = GLYPHS_BRAILLE; glyphs <= GLYPHS_ASCII; glyphs++)
    for (int w = 1; w < 130; w += w < 30 ? 1 : 7)
      for (int h = 0; h < 30; h += h < 8 ? 1 : 4)
        for (int k = 0; k < 3; k++) {
          App a;
          WireHead head[5];
          titanic_open(&a, head, w, h + 1, (GlyphSet)glyphs);
          titanic_give(&a, 6, 10);
          check_place(&a, PANE[k], w, h);
          titanic_close(&a);
        }
}

TEST(the_row_card_shows_all_columns_of_the_row) {
  static const int ALL[] = {0, 1, 2, 3, 4};
  App a;
  WireHead head[5];
  Canvas c;
  titanic_open(&a, head, 60, 12, GLYPHS_BRAILLE);
  titanic_give(&a, 6, 10);
  canvas_init(&c, 60, 12);
  Paint p = {&c, &a.caps.style};
  act_table_card(&a, 0);
  assert_true(a.card);
  card_draw(&a, &p); // asks for the row
  assert_int_equal(heard.last.ViewPage.first, 12), assert_int_equal(heard.last.ViewPage.rows, 1);
  assert_int_equal(heard.last.ViewPage.columns.n, 0);
  Msg m;
  titanic_page(&m, a.sheet.card_asked, 12, 1, ALL, 5);
  assert_true(sheet_take(&a, &m));
  card_draw(&a, &p);
  check_text(&c, "\n  ┌row  13 of 1,309 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┐\n"
                 "  │ name~            Aubart, Mme. Leontine Pauline       │\n"
                 "  │ survived~        yes                                 │\n"
                 "  │ sex~             female                              │\n"
                 "  │ age%             24                                  │\n"
                 "  │ passengerClass~  1st                                 │\n"
                 "  └──────────────────────────────────────────────────────┘\n\n\n\n\n");
  assert_int_equal(at(&c, 4, 5)->style, STYLE_COLUMN);
  card_key(&a, "l");
  assert_int_equal(a.sheet.row, 13);
  card_key(&a, "q");
  assert_false(a.card);
  canvas_fini(&c), titanic_close(&a);
}

TEST(without_a_table_the_pane_says_how_to_get_one) {
  App a;
  WireHead head[5];
  Canvas c;
  titanic_open(&a, head, 80, 24, GLYPHS_BRAILLE);
  free(a.sheet.object);
  a.sheet.object = NULL;
  canvas_init(&c, 80, 3);
  pane_table.draw(&a, &(Paint){&c, &a.caps.style}, (Rect){0, 0, 80, 3}, true);
  assert_int_equal(at(&c, 1, 0)->cp, 'n'), assert_int_equal(at(&c, 1, 0)->style, STYLE_DIM);
  check_text(&c, " no table yet: :open FILE, or : and d = data \"titanic\"\n\n\n");
  canvas_fini(&c), titanic_close(&a);
}

TEST(a_tall_column_has_its_counts_and_its_reading) {
  App a;
  WireHead head[5];
  Canvas c;
  titanic_open(&a, head, 200, 60, GLYPHS_BRAILLE);
  canvas_init(&c, 75, 20);
  pane_column.draw(&a, &(Paint){&c, &a.caps.style}, (Rect){0, 0, 75, 20}, false);
  Str text = {0};
  canvas_print(&c, &(DrawStyle){.depth = THEME_PLAIN}, &text);
  assert_has(str_c(&text), " n           1,046       mean        29.88       min        0.1667");
  assert_has(str_c(&text), "               119  ");
  assert_has(str_c(&text), "reading: half lie between 21 and 39");
  str_fini(&text);
  canvas_fini(&c), titanic_close(&a);
}

RUN(CASE(the_titanic_at_80x24_is_as_drawn), CASE(in_ascii_every_glyph_has_its_stand_in_and_nothing_moves),
    CASE(styles_say_where_the_cursor_is_and_what_is_data),
    CASE(at_40x12_gaps_and_sparks_give_way_and_one_line_tells_the_column),
    CASE(panes_stay_in_their_place_at_every_size), CASE(the_row_card_shows_all_columns_of_the_row),
    CASE(without_a_table_the_pane_says_how_to_get_one), CASE(a_tall_column_has_its_counts_and_its_reading))

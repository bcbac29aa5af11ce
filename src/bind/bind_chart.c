// Charts are verbs of a frame, made from the list of charts; what they give is a plot, which can be shown, saved as
// text or as a picture, and taken as a table.
#include "bind/bind_int.h"

#include "chart/chart.h"
#include "draw/draw.h"

#include <math.h>
#include <stdlib.h>

typedef struct Drawn { // what stands in the box
  Plot plot;
  ChartAsked *asked; // of a chart of a frame; else NULL
} Drawn;

Plot *plot_box(lua_State *L) {
  void **slot = box_new(L, &CLASS_PLOT);
  Drawn *d = calloc(1, sizeof *d);
  if (!d) abort();
  plot_init(&d->plot);
  *slot = d; // half a plot is freed with its box
  return &d->plot;
}

static ErrCode make_chart(Call *c) {
  const ChartType *type = c->bind->data;
  c->nret = 1;
  Plot *p = plot_box(c->L);
  TRY(chart_plot(c->job, type, c->self, c->opts, p, c->err));
  if (type->again != AGAIN_NEVER) ((Drawn *)(void *)p)->asked = chart_asked_new(type, c->self, c->opts);
  return OK;
}

// ---- verbs of a plot -----------------------------------------------------------------------------------------------
typedef struct SaveOpts {
  const char *path;
  int64_t width, height;
} SaveOpts;
static const Param SAVE[] = {
    {"path", PARAM_TEXT, offsetof(SaveOpts, path), 0, 0, NULL, NULL, "file to write; the suffix names the format"},
    {"width", PARAM_INT, offsetof(SaveOpts, width), 0, 10000, "0", NULL,
     "points, or columns of a .txt; 0 for 800 points, 80 columns"},
    {"height", PARAM_INT, offsetof(SaveOpts, height), 0, 10000, "0", NULL,
     "points, or lines of a .txt; 0 for 500 points, 24 lines"},
    PARAM_END};

static void draw_text(const Plot *p, const SaveOpts *o, Str *out) {
  static const DrawStyle style = {.glyphs = GLYPHS_BRAILLE, .depth = THEME_PLAIN};
  Canvas canvas;
  canvas_init(&canvas, o->width ? (int)o->width : 80, o->height ? (int)o->height : 24);
  draw_cells(p, &style, &canvas);
  canvas_print(&canvas, &style, out);
  canvas_fini(&canvas);
}

static ErrCode draw_picture(Call *c, const SaveOpts *o, Str *out) {
  const HostOps *ops = &c->host->ops;
  ExportFormat format;
  if (!export_parse_suffix(sv(o->path), &format))
    return err_set(c->err, ERR_NAME,
                   "save: the suffix of '%s' names no format of a plot: there are .txt .svg .png .pdf", o->path);
  if (!ops->render) return err_set(c->err, ERR_IO, "save: this session cannot make pictures: save a .txt instead");
  int width = o->width ? (int)o->width : 800, height = o->height ? (int)o->height : 500;
  return ops->render(ops->ctx, c->self, format, width, height, out, c->err);
}

static ErrCode save(Call *c) {
  const SaveOpts *o = c->opts;
  size_t n = strlen(o->path);
  bool text = n > 4 && strcmp(o->path + n - 4, ".txt") == 0;
  Str bytes = {0};
  ErrCode code = OK;
  if (text) draw_text(c->self, o, &bytes);
  else code = draw_picture(c, o, &bytes);
  if (code == OK) code = io_write_bytes(&c->host->ops.door, o->path, (Sv){str_c(&bytes), bytes.n}, c->err);
  str_fini(&bytes);
  return code;
}

// ---- more on a plot -----------------------------------------------------------------------------------------------
// A copy of the plot at hand, as the result.
static Plot *copied(Call *c) {
  c->nret = 1;
  Plot *p = plot_box(c->L);
  plot_copy(c->self, p);
  return p;
}

typedef struct LayerOpts {
  int plot;
} LayerOpts;
static const Param LAYER[] = {
    {"plot", PARAM_VALUE, offsetof(LayerOpts, plot), 0, 0, NULL, "plot", "the one to put over this"}, PARAM_END};

static ErrCode layer(Call *c) {
  const Plot *over = plot_test(c->L, ((const LayerOpts *)c->opts)->plot);
  if (!over)
    return err_set(c->err, ERR_TYPE, "layer: a plot is needed, %s was given",
                   kind_of(c->L, ((const LayerOpts *)c->opts)->plot));
  if (plot_layer(copied(c), over)) return OK;
  return err_set(c->err, ERR_ARG,
                 "layer: the two plots have different axes: both need the same kinds of axes (numbers, dates, "
                 "the same categories), the same scales and no panels");
}

typedef struct MarkOpts {
  int x, y;
  const char *text;
} MarkOpts;
#define PLACE(doc_x, doc_y)                                                                                            \
  {"x", PARAM_VALUE, offsetof(MarkOpts, x), 0, 0, "", "number or text", doc_x}, {                                      \
    "y", PARAM_VALUE, offsetof(MarkOpts, y), 0, 0, "", "number or text", doc_y                                         \
  }
static const Param ANNOTATE[] = {{"text", PARAM_TEXT, offsetof(MarkOpts, text), 0, 0, NULL, NULL, "the words"},
                                 PLACE("across: a number, a date as text, or a category", "upwards"),
                                 PARAM_END};
static const Param RULE[] = {PLACE("where an upright line stands", "where a level line lies"),
                             {"name", PARAM_TEXT, offsetof(MarkOpts, text), 0, 0, "", NULL, "written beside it"},
                             PARAM_END};

static bool place_of(Call *c, const Axis *a, int at, double *v) {
  if (lua_type(c->L, at) == LUA_TNUMBER) return *v = lua_tonumber(c->L, at), isfinite(*v);
  const char *text = lua_type(c->L, at) == LUA_TSTRING ? lua_tostring(c->L, at) : NULL;
  for (int32_t k = 0; text && k < a->ncategory; k++)
    if (strcmp(a->category[k], text) == 0) return *v = k + 0.5, true;
  int64_t i;
  bool zoned;
  ColType type = a->kind == AXIS_DATE ? COL_DATE : COL_TIME;
  if (!text || (a->kind != AXIS_DATE && a->kind != AXIS_TIME) || !COLTYPES[type].parse(sv(text), &i, v, &zoned))
    return false;
  return *v = (double)i, true;
}

static ErrCode find_place(Call *c, const char *name, const Axis *a, int at, double *v) {
  if (at && place_of(c, a, at, v)) return OK;
  static const char *const fits[] = {"a number", "a category of the axis", "a date as '2026-01-31'",
                                     "a time as '2026-01-31 12:00'", "a number"};
  return err_set(c->err, ERR_ARG, "%s: %s must be %s", c->bind->name, name, fits[a->kind]);
}

static ErrCode one_panel(Call *c) {
  if (!((const Plot *)c->self)->npanel) return OK;
  return err_set(c->err, ERR_ARG, "%s: a plot of several panels has no axes of its own", c->bind->name);
}

static ErrCode annotate(Call *c) {
  const MarkOpts *o = c->opts;
  const Plot *from = c->self;
  double x, y;
  TRY(one_panel(c));
  TRY(find_place(c, "x", &from->x, o->x, &x));
  TRY(find_place(c, "y", &from->y, o->y, &y));
  Plot *p = copied(c);
  Series *s = plot_add(p, MARK_TEXT, 1);
  s->x[0] = x, s->y[0] = y, s->role = ROLE_FAINT;
  s->label = arena_array(&p->arena, const char *, 1);
  s->label[0] = arena_strdup(&p->arena, o->text);
  return OK;
}

static ErrCode rule(Call *c) {
  const MarkOpts *o = c->opts;
  const Plot *from = c->self;
  double v;
  TRY(one_panel(c));
  if (!o->x == !o->y) return err_set(c->err, ERR_ARG, "rule: either x or y must be given");
  TRY(find_place(c, o->x ? "x" : "y", o->x ? &from->x : &from->y, o->x ? o->x : o->y, &v));
  Plot *p = copied(c);
  Series *s = plot_add(p, MARK_RULE, 1);
  s->x2 = plot_array(p, 1), s->y2 = plot_array(p, 1), s->role = ROLE_FAINT, s->dashed = true;
  s->x[0] = o->x ? v : p->x.lo, s->x2[0] = o->x ? v : p->x.hi;
  s->y[0] = o->x ? p->y.lo : v, s->y2[0] = o->x ? p->y.hi : v;
  s->name = o->text && *o->text ? arena_strdup(&p->arena, o->text) : NULL;
  return OK;
}

static ErrCode table(Call *c) {
  static const int self = 2; // below it lies the call's own memory
  if (plot_push_table(c->L, self)) return c->nret = 1, OK;
  return chart_table(c->job, c->self, call_frame(c), c->err);
}

static const BindFn METHODS[] = {
    {"save", "c:save \"fig.svg\"", "writes the plot: .txt .svg .png .pdf", save, BIND_OPTS(SaveOpts, SAVE), .npos = 1,
     .example = "data('iris'):hist('petal_length_cm'):save 'petals.txt'"},
    {"table", "c:table()", "its marks as a frame; of what an evaluation draws the numbers behind it", table,
     .example = "return data('titanic'):bar('passengerClass'):table()"},
    {"layer", "c:layer(c2)", "another plot on the same axes", layer, BIND_OPTS(LayerOpts, LAYER), .npos = 1,
     .example = "local d = data('iris') return d:scatter{'petal_length_cm', 'petal_width_cm'}:layer(d:scatter{"
                "'petal_length_cm', 'sepal_width_cm'})"},
    {"annotate", "c:annotate{\"text\", x=, y=}", "words at a place of the plot", annotate,
     BIND_OPTS(MarkOpts, ANNOTATE), .npos = 1,
     .example = "return data('iris'):scatter{'petal_length_cm', 'petal_width_cm'}:annotate{'setosa', x=1.5, y=1}"},
    {"rule", "c:rule{x=}", "a line across the plot at a place of an axis", rule, BIND_OPTS(MarkOpts, RULE), .npos = 0,
     .example = "return data('iris'):hist('petal_length_cm'):rule{x=3.76, name='mean'}"},
    {0}};

// c.reading, c.note, c.title: the words of the plot; c.n: the rows behind it; then what the table behind it has.
static int index_plot(lua_State *L) {
  const Plot *p = box_test(L, 1, &CLASS_PLOT);
  const char *key = lua_tostring(L, 2);
  if (!key) return 0;
  if (strcmp(key, "reading") == 0) return lua_pushstring(L, p->reading), 1;
  if (strcmp(key, "note") == 0) return lua_pushstring(L, p->note), 1;
  if (strcmp(key, "title") == 0) return lua_pushstring(L, p->title), 1;
  if (strcmp(key, "n") == 0) return lua_pushinteger(L, p->n), 1;
  if (class_find(&CLASS_PLOT, key) || !plot_push_table(L, 1)) return 0;
  lua_pushvalue(L, 2);
  lua_gettable(L, -2);
  return 1;
}

static void unref(void *object) {
  Drawn *d = object;
  plot_fini(&d->plot);
  chart_asked_unref(d->asked);
  free(d);
}

static ErrCode value(LuaHost *h, void *object, HostValue *out, Frame **made, Err *err) {
  (void)h, (void)made, (void)err;
  *out = (HostValue){.kind = VALUE_PLOT, .plot = object, .asked = ((Drawn *)object)->asked};
  return OK;
}

const Class CLASS_PLOT = {"Plot", "a plot", METHODS, unref, index_plot, value, NULL};

const Plot *plot_test(lua_State *L, int place) { return box_test(L, place, &CLASS_PLOT); }

static void add_verb(LuaHost *h, const ChartType *t) {
  BindFn row = {.name = t->name,
                .signature = t->signature,
                .summary = t->summary,
                .fn = make_chart,
                .params = t->params,
                .opts_size = t->opts_size,
                .npos = t->npos,
                .rest = t->npos && t->params[t->npos - 1].type == PARAM_NAMES,
                .example = t->example,
                .data = t};
  BindFn *kept = arena_new(&h->arena, BindFn);
  memcpy(kept, &row, sizeof *kept);
  class_add(h->L, &CLASS_FRAME, kept);
}

void chart_open(LuaHost *h) {
  class_open(h->L, &CLASS_PLOT);
  for (const ChartType *const *t = chart_types(); *t; t++) add_verb(h, *t);
}

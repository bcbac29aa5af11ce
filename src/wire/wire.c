// Framing: the header around the fields that a message's visitor names.
#include "wire/wire_int.h"

#include <assert.h>

enum { AT_KIND = 4, AT_FLAGS = 6, AT_REQUEST = 8 };

void msg_init(Msg *m, MsgKind kind, uint64_t request) {
  memset(m, 0, sizeof *m); // the whole union, not its first member alone
  m->kind = kind, m->request = request;
}

void msg_fini(Msg *m) {
  if (m->owned && m->kind == MSG_PAGE) page_fini(&m->PageAnswer.page);
  if (m->owned && m->kind == MSG_FILE) shown_fini(&m->File.shown);
  if (m->owned && m->kind == MSG_OUT) {
    shown_fini(&m->Out.shown);
    plot_fini(&m->Out.plot);
  }
  if (m->owned && m->kind == MSG_COLUMN) plot_fini(&m->Column.plot);
  if (m->owned && m->kind == MSG_PLOT) plot_fini(&m->PlotAnswer.plot);
  if (m->owned && m->kind == MSG_PREVIEW) page_fini(&m->Preview.page);
  if (m->owned && m->kind == MSG_EVALUATION) {
    page_fini(&m->Evaluation.page);
    plot_fini(&m->Evaluation.plot);
    for (int k = 0; k < EVALUATION_PLOTS; k++) plot_fini(&m->Evaluation.more[k]);
  }
  arena_fini(&m->arena);
  msg_init(m, MSG_NONE, 0);
}

static void header_write(const Msg *m, Str *out) {
  char header[WIRE_HEADER] = {0};
  le_write(header + AT_KIND, 2, (uint64_t)m->kind);
  le_write(header + AT_REQUEST, 8, m->request);
  str_addn(out, header, sizeof header);
}

ErrCode msg_write(const Msg *m, Str *out, Err *err) {
  assert(m->kind > MSG_NONE && m->kind < MSG_COUNT);
  const MsgType *type = &MSG_TYPES[m->kind];
  bool from_screen = m->kind >= MSG_EVAL && m->kind < MSG_OUT;
  size_t begin = out->n;
  Wire w = {.exact = from_screen, .message = type->name, .out = out, .end = begin + WIRE_MOST, .err = err};
  Msg fields = *m; // a visitor takes fields that it could change
  header_write(m, out);
  type->visit(&w, &fields);
  if (w.code == OK) le_write(out->s + begin, 4, out->n - begin - 4);
  else out->n = begin, out->s[begin] = 0;
  return w.code;
}

ErrCode msg_size(Sv bytes, size_t *size, Err *err) {
  *size = 0;
  if (bytes.n < 4) return OK;
  size_t whole = le_read(bytes.s, 4) + 4;
  if (whole < WIRE_HEADER || whole > WIRE_MOST)
    return err_set(err, ERR_PARSE, "a message of %zu bytes, expected %d to %d: the bytes are not tycho's protocol",
                   whole, WIRE_HEADER, WIRE_MOST);
  if (bytes.n >= whole) *size = whole;
  return OK;
}

static ErrCode header_read(Sv bytes, Msg *m, Err *err) {
  size_t size;
  TRY(msg_size(bytes, &size, err));
  if (!size) return err_set(err, ERR_PARSE, "a message is cut off after %zu bytes", bytes.n);
  uint64_t kind = le_read(bytes.s + AT_KIND, 2), flags = le_read(bytes.s + AT_FLAGS, 2);
  m->request = le_read(bytes.s + AT_REQUEST, 8);
  if (size < bytes.n) return err_set(err, ERR_PARSE, "%zu bytes follow a message of %zu", bytes.n - size, size);
  if (kind <= MSG_NONE || kind >= MSG_COUNT)
    return err_set(err, ERR_PARSE, "a message of kind %u, expected 1 to %d", (unsigned)kind, MSG_COUNT - 1);
  if (flags) return err_set(err, ERR_PARSE, "%s message: flags %u, expected 0", MSG_TYPES[kind].name, (unsigned)flags);
  m->kind = (MsgKind)kind;
  return OK;
}

ErrCode msg_read(Sv bytes, Msg *m, Err *err) {
  msg_init(m, MSG_NONE, 0);
  TRY(header_read(bytes, m, err));
  m->owned = true;
  const MsgType *type = &MSG_TYPES[m->kind];
  Wire w = {.reading = true, .message = type->name, .bytes = bytes, .left = bytes, .arena = &m->arena, .err = err};
  w.left.s += WIRE_HEADER, w.left.n -= WIRE_HEADER;
  type->visit(&w, m);
  if (w.code == OK && w.left.n)
    w.code = err_set(err, ERR_PARSE, "%s message: %zu bytes are left over after its last field", type->name, w.left.n);
  if (w.code != OK) {
    uint64_t request = m->request;
    msg_fini(m);
    m->request = request;
  }
  return w.code;
}

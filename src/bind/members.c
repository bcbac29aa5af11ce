// The members of the tables of Lua 5.4 that a session has (lib.c), with how each is called and what it does: for
// completion, which never runs Lua.
#include "bind/form_int.h"

typedef struct Member {
  const char *table, *name, *doc;
} Member;

static const Member MEMBERS[] = {
    {"math", "abs", "abs(x): x without its sign"},
    {"math", "acos", "acos(x): arc cosine, in radians"},
    {"math", "asin", "asin(x): arc sine, in radians"},
    {"math", "atan", "atan(y, x): arc tangent of y/x, in radians"},
    {"math", "ceil", "ceil(x): the least whole number that is at least x"},
    {"math", "cos", "cos(x): cosine of radians"},
    {"math", "deg", "deg(x): radians in degrees"},
    {"math", "exp", "exp(x): e to the power x"},
    {"math", "floor", "floor(x): the greatest whole number that is at most x"},
    {"math", "fmod", "fmod(x, y): the rest of x/y, with the sign of x"},
    {"math", "huge", "infinity"},
    {"math", "log", "log(x, base): logarithm, natural when no base is given"},
    {"math", "max", "max(x, ...): the greatest"},
    {"math", "maxinteger", "the greatest whole number"},
    {"math", "min", "min(x, ...): the least"},
    {"math", "mininteger", "the least whole number"},
    {"math", "modf", "modf(x): its whole part, and the rest"},
    {"math", "pi", "3.14159..."},
    {"math", "rad", "rad(x): degrees in radians"},
    {"math", "random", "random(): in 0..1; random(m, n): a whole number; seed(n) sets the seed"},
    {"math", "sin", "sin(x): sine of radians"},
    {"math", "sqrt", "sqrt(x): square root"},
    {"math", "tan", "tan(x): tangent of radians"},
    {"math", "tointeger", "tointeger(x): x as a whole number, nil when it is none"},
    {"math", "type", "type(x): \"integer\", \"float\" or nil"},
    {"math", "ult", "ult(m, n): m < n as unsigned numbers"},
    {"string", "byte", "byte(s, i, j): the bytes from i to j as numbers"},
    {"string", "char", "char(n, ...): the bytes as a text"},
    {"string", "find", "find(s, pattern, from, plain): where it begins and ends"},
    {"string", "format", "format(\"%.2f\", x): values in a text"},
    {"string", "gmatch", "gmatch(s, pattern): each match, for a loop"},
    {"string", "gsub", "gsub(s, pattern, with, most): with replacements, and how many"},
    {"string", "len", "len(s): how many bytes"},
    {"string", "lower", "lower(s): in small letters"},
    {"string", "match", "match(s, pattern, from): what matched, or its captures"},
    {"string", "pack", "pack(format, v, ...): values as bytes"},
    {"string", "packsize", "packsize(format): how many bytes pack makes"},
    {"string", "rep", "rep(s, n, between): n times"},
    {"string", "reverse", "reverse(s): from its end"},
    {"string", "sub", "sub(s, i, j): from byte i to j, negative from the end"},
    {"string", "unpack", "unpack(format, s, from): values from bytes"},
    {"string", "upper", "upper(s): in capitals"},
    {"table", "concat", "concat(t, between, i, j): its texts as one"},
    {"table", "insert", "insert(t, place, v): v at the place, or at the end"},
    {"table", "move", "move(t, from, to, at, into): items to another place"},
    {"table", "pack", "pack(v, ...): a table of them, with n"},
    {"table", "remove", "remove(t, place): that item, or the last"},
    {"table", "sort", "sort(t, less): in order, in place"},
    {"table", "unpack", "unpack(t, i, j): its items as values"},
    {"utf8", "char", "char(n, ...): the characters as a text"},
    {"utf8", "charpattern", "the pattern that matches one character"},
    {"utf8", "codepoint", "codepoint(s, i, j): characters as numbers"},
    {"utf8", "codes", "codes(s): each character with its place, for a loop"},
    {"utf8", "len", "len(s, i, j): how many characters"},
    {"utf8", "offset", "offset(s, n, i): where the n-th character begins"},
    {"coroutine", "close", "close(co): ends it"},
    {"coroutine", "create", "create(f): a coroutine that will run f"},
    {"coroutine", "isyieldable", "isyieldable(co): whether it may yield"},
    {"coroutine", "resume", "resume(co, v, ...): runs it until it yields"},
    {"coroutine", "running", "running(): the one that runs, and whether it is the main one"},
    {"coroutine", "status", "status(co): \"suspended\", \"running\", \"normal\" or \"dead\""},
    {"coroutine", "wrap", "wrap(f): a function that resumes a new coroutine"},
    {"coroutine", "yield", "yield(v, ...): back to who resumed it"},
    {"os", "clock", "clock(): seconds of processor time"},
    {"os", "date", "date(format, time): a moment as text"},
    {"os", "difftime", "difftime(a, b): seconds between"},
    {"os", "time", "time(t): seconds since 1970"},
};

int members_of(Sv table, void (*each)(void *ctx, const char *name, const char *kind, const char *doc), void *ctx) {
  int n = 0;
  for (size_t k = 0; k < sizeof MEMBERS / sizeof *MEMBERS; k++) {
    const Member *m = &MEMBERS[k];
    if (!sv_is(table, m->table)) continue;
    if (each) each(ctx, m->name, strchr(m->doc, '(') ? "function" : "value", m->doc);
    n++;
  }
  return n;
}

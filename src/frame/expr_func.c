// The functions, found by name in the tables of their files. A new one is a function and a row beside it.
#include "frame/expr_int.h"

#include "base/near.h"
#include "frame/expr.h"

#include <stdio.h>

enum { MOST = 128 };

const Func *expr_func_at(int k) {
  static const Func *const tables[] = {EXPR_CHOOSE, EXPR_MATH, EXPR_TEXT, EXPR_DATE, EXPR_WHOLE};
  for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
    for (const Func *f = tables[t]; f->name; f++)
      if (k-- == 0) return f;
  return NULL;
}

const Func *expr_func_find(Sv name) {
  const Func *f;
  for (int k = 0; (f = expr_func_at(k)); k++)
    if (sv_is(name, f->name)) return f;
  return NULL;
}

// Names that other languages give to what is here.
static const char *other_name(Sv name) {
  static const char *const also[][2] = {
      {"avg", "mean(x)"}, {"average", "mean(x)"}, {"std", "sd(x)"}, {"stddev", "sd(x)"}, {"length", "len(s)"},
      {"nchar", "len(s)"}, {"strlen", "len(s)"}, {"tolower", "lower(s)"}, {"toupper", "upper(s)"},
      {"isna", "is_missing(x)"}, {"isnull", "is_missing(x)"}, {"ifelse", "if_else(c, a, b)"},
      {"iif", "if_else(c, a, b)"}, {"where", "if_else(c, a, b)"}, {"case_when", "if_else(c, a, b)"}, {"pow", "x ^ y"},
      {"power", "x ^ y"}, {"substr", "sub(s, i, j)"}, {"substring", "sub(s, i, j)"}, {"gsub", "replace(s, a, b)"},
      {"n", "nrow()"}, {"count", "nrow()"}, {"number", "real(x)"}, {"float", "real(x)"}, {"tonumber", "real(x)"},
      {"tostring", "text(x)"}, {"str", "text(x)"}, {"ceiling", "ceil(x)"}, {"ln", "log(x)"},
      {"isin", "one_of(x, a, b)"}, {"strip", "trim(s)"}, {"nvl", "coalesce(x, y)"}, {"fillna", "coalesce(x, y)"},
      {"concat", "a .. b"}, {"paste", "a .. b"}, {"mod", "x % y"}};
  for (size_t k = 0; k < sizeof also / sizeof *also; k++)
    if (sv_is(name, also[k][0])) return also[k][1];
  return NULL;
}

void expr_func_hint(char *buf, size_t size, Sv name) {
  Sv names[MOST];
  int n = 0;
  for (const Func *f; n < MOST && (f = expr_func_at(n)); n++) names[n] = sv(f->name);
  const char *other = other_name(name);
  if (other) snprintf(buf, size, ": write %s", other);
  else near_hint(buf, size, name, names, n);
}

bool expr_function(int k, const char **signature, const char **doc) {
  const Func *f = k < 0 ? NULL : expr_func_at(k);
  if (!f) return false;
  *signature = f->signature, *doc = f->doc;
  return true;
}

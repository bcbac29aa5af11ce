// Texts as Lua writes them.
#include "ui/app_int.h"

void lua_quote(Str *out, const char *text) {
  str_addc(out, '"');
  for (const char *p = text; *p; p++) {
    if (*p == '"' || *p == '\\') str_addc(out, '\\');
    if (*p == '\n') str_add(out, "\\n");
    else if ((unsigned char)*p < ' ') str_addf(out, "\\%03d", *p);
    else str_addc(out, *p);
  }
  str_addc(out, '"');
}

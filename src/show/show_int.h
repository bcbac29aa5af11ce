// What the formats of this room share.
#pragma once
#include "show/show.h"

// A format: how a page, a text and an error are written. Each is const and stands at the end of its own file.
typedef struct ShowWriter {
  const char *name;
  void (*page)(const Page *p, const ShowStyle *style, Str *out);
  void (*text)(const Shown *s, const ShowStyle *style, Str *out);
  void (*error)(const Shown *s, const ShowStyle *style, Str *out);
} ShowWriter;

// Appends `text` so that it cannot drive a terminal: \n, \t, \x1b for control characters and malformed bytes, \u{9b}
// for C1, direction marks and line separators. With `lines`, line ends and tabs stay as they are.
void escape_add(Str *out, Sv text, bool lines);
// "1,299 more rows" when the page holds fewer rows than the object, else nothing.
void page_add_more(const Page *p, Str *out);

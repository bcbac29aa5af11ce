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

// "1,299 more rows" when the page holds fewer rows than the object, else nothing.
void page_add_more(const Page *p, Str *out);

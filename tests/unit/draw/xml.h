// Well-formedness of XML as far as pictures use it: one root, tags that close in order, quoted attributes that occur
// once a tag, the five entities and numeric ones, UTF-8 without control characters. No DTD, no CDATA.
#pragma once
#include "base/utf8.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { XML_DEEP = 64, XML_NAME = 64 };

typedef struct Xml {
  const char *s;
  char open[XML_DEEP][XML_NAME];
  int depth, roots;
  const char *wrong; // NULL while all is well
} Xml;

static inline bool xml_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr(":_-.", c) != NULL;
}

static inline void xml_blank(Xml *x) {
  while (*x->s && strchr(" \t\r\n", *x->s)) x->s++;
}

static inline void xml_name(Xml *x, char name[XML_NAME]) {
  int n = 0;
  while (*x->s && xml_letter(*x->s) && n < XML_NAME - 1) name[n++] = *x->s++;
  name[n] = 0;
  if (!n) x->wrong = "a name is missing";
}

static inline void xml_entity(Xml *x) {
  static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
  for (int i = 0; i < 5; i++)
    if (strncmp(x->s, known[i], strlen(known[i])) == 0) {
      x->s += strlen(known[i]);
      return;
    }
  const char *end = strchr(x->s, ';');
  if (x->s[1] != '#' || !end || end - x->s > 9) x->wrong = "an & that is no entity";
  else x->s = end + 1;
}

// Letters up to one of `stop`.
static inline void xml_text(Xml *x, const char *stop) {
  while (*x->s && !x->wrong && !strchr(stop, *x->s)) {
    if (*x->s == '&') xml_entity(x);
    else if (*x->s == '<') x->wrong = "a < in a text";
    else if ((unsigned char)*x->s < 0x20 && !strchr("\t\r\n", *x->s)) x->wrong = "a control character";
    else x->s++;
  }
}

static inline void xml_attributes(Xml *x) {
  char seen[24][XML_NAME];
  int n = 0;
  for (xml_blank(x); *x->s && !strchr("/>?", *x->s) && !x->wrong; xml_blank(x)) {
    if (n == 24) x->wrong = "too many attributes";
    if (x->wrong) return;
    xml_name(x, seen[n]);
    for (int i = 0; i < n; i++)
      if (strcmp(seen[i], seen[n]) == 0) x->wrong = "an attribute twice";
    n++;
    xml_blank(x);
    if (*x->s++ != '=') x->wrong = "an attribute without value";
    if (x->wrong) return;
    xml_blank(x);
    char quote[2] = {*x->s, 0};
    if (*x->s != '"' && *x->s != '\'') x->wrong = "a value without quotes";
    if (x->wrong) return;
    x->s++;
    xml_text(x, quote);
    if (*x->s != quote[0] && !x->wrong) x->wrong = "a value without end";
    if (x->wrong) return;
    x->s++;
  }
}

static inline void xml_tag(Xml *x) {
  char name[XML_NAME];
  x->s++;
  if (*x->s == '/') {
    x->s++;
    xml_name(x, name);
    xml_blank(x);
    if (*x->s++ != '>' || x->depth == 0 || strcmp(x->open[x->depth - 1], name) != 0) x->wrong = "a tag closes another";
    else x->depth--;
    return;
  }
  xml_name(x, name);
  xml_attributes(x);
  if (x->wrong) return;
  if (x->depth == 0) x->roots++;
  if (x->s[0] == '/' && x->s[1] == '>') {
    x->s += 2;
  } else if (*x->s++ != '>' || x->depth == XML_DEEP) {
    x->wrong = "a tag without end";
  } else {
    strcpy(x->open[x->depth++], name);
  }
}

// NULL, or what is wrong with the document.
static inline const char *xml_wrong(const char *document, size_t n) {
  Xml x = {.s = document};
  if (strlen(document) != n || !utf8_valid(document, n)) return "bytes that are no text";
  while (*x.s && !x.wrong) {
    const char *end = NULL;
    if (strncmp(x.s, "<!--", 4) == 0)
      end = strstr(x.s, "-->"), x.s = end ? end + 3 : x.s, x.wrong = end ? NULL : "comment";
    else if (strncmp(x.s, "<?", 2) == 0)
      end = strstr(x.s, "?>"), x.s = end ? end + 2 : x.s, x.wrong = end ? NULL : "<?";
    else if (*x.s == '<') xml_tag(&x);
    else if (x.depth) xml_text(&x, "<");
    else if (strchr(" \t\r\n", *x.s)) x.s++;
    else x.wrong = "text outside the root";
  }
  if (x.wrong) return x.wrong;
  return x.depth ? "a tag is left open" : x.roots != 1 ? "not one root" : NULL;
}

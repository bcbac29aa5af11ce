// Markdown as HTML, for reports: GitHub's dialect without raw HTML.
#include "note/report_int.h"

#include <md4c.h>

typedef struct Html {
  Str *out;
} Html;

static const char *block_tag(MD_BLOCKTYPE type) {
  static const char *const TAG[] = {[MD_BLOCK_QUOTE] = "blockquote",
                                    [MD_BLOCK_UL] = "ul",
                                    [MD_BLOCK_OL] = "ol",
                                    [MD_BLOCK_LI] = "li",
                                    [MD_BLOCK_P] = "p",
                                    [MD_BLOCK_TABLE] = "table",
                                    [MD_BLOCK_THEAD] = "thead",
                                    [MD_BLOCK_TBODY] = "tbody",
                                    [MD_BLOCK_TR] = "tr",
                                    [MD_BLOCK_TH] = "th",
                                    [MD_BLOCK_TD] = "td"};
  return (size_t)type < sizeof TAG / sizeof *TAG ? TAG[type] : NULL;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *ctx) {
  Str *out = ((Html *)ctx)->out;
  if (type == MD_BLOCK_H) str_addf(out, "<h%u>", ((MD_BLOCK_H_DETAIL *)detail)->level);
  else if (type == MD_BLOCK_HR) str_add(out, "<hr>\n");
  else if (type == MD_BLOCK_CODE) str_add(out, "<pre><code>");
  else if (block_tag(type)) str_addf(out, "<%s>", block_tag(type));
  return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *ctx) {
  Str *out = ((Html *)ctx)->out;
  if (type == MD_BLOCK_H) str_addf(out, "</h%u>\n", ((MD_BLOCK_H_DETAIL *)detail)->level);
  else if (type == MD_BLOCK_CODE) str_add(out, "</code></pre>\n");
  else if (block_tag(type)) str_addf(out, "</%s>\n", block_tag(type));
  return 0;
}

// A link may lead to a page, a mail or a place; nothing that runs.
static bool is_safe(Sv href) {
  static const char *const BEGIN[] = {"http://", "https://", "mailto:", "#"};
  for (size_t k = 0; k < sizeof BEGIN / sizeof *BEGIN; k++)
    if (href.n >= strlen(BEGIN[k]) && memcmp(href.s, BEGIN[k], strlen(BEGIN[k])) == 0) return true;
  return !memchr(href.s, ':', href.n);
}

static const char *span_tag(MD_SPANTYPE type) {
  return type == MD_SPAN_EM       ? "em"
         : type == MD_SPAN_STRONG ? "strong"
         : type == MD_SPAN_CODE   ? "code"
         : type == MD_SPAN_DEL    ? "del"
                                  : NULL;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *ctx) {
  Html *h = ctx;
  if (type == MD_SPAN_A) {
    const MD_ATTRIBUTE *href = &((MD_SPAN_A_DETAIL *)detail)->href;
    Sv to = {href->text, href->size};
    str_add(h->out, "<a");
    if (to.n && is_safe(to)) str_add(h->out, " href=\""), report_escape(h->out, to), str_addc(h->out, '"');
    str_addc(h->out, '>');
  } else if (span_tag(type)) str_addf(h->out, "<%s>", span_tag(type));
  return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *ctx) {
  Html *h = ctx;
  (void)detail;
  if (type == MD_SPAN_A) str_add(h->out, "</a>");
  else if (span_tag(type)) str_addf(h->out, "</%s>", span_tag(type));
  return 0;
}

static int take_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE n, void *ctx) {
  Html *h = ctx;
  if (type == MD_TEXT_BR) str_add(h->out, "<br>\n");
  else if (type == MD_TEXT_SOFTBR) str_addc(h->out, '\n');
  else if (type == MD_TEXT_ENTITY) str_addn(h->out, s, n);
  else if (type != MD_TEXT_NULLCHAR) report_escape(h->out, (Sv){s, n});
  return 0;
}

void report_markdown(Sv text, Str *out) {
  Html h = {.out = out};
  MD_PARSER parser = {.flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML,
                      .enter_block = enter_block,
                      .leave_block = leave_block,
                      .enter_span = enter_span,
                      .leave_span = leave_span,
                      .text = take_text};
  md_parse(text.s, (MD_SIZE)text.n, &parser, &h);
}

#!/usr/bin/env bash
# A recipe as a document with its values: HTML that stands alone, Markdown, a Jupyter notebook of format 4.5
# (nbformat's schema says what must be there; Python's own parsers read the results).
. "$(dirname "$0")/tap"

cat > r.lua <<'LUA'
-- %% [markdown]
-- # A report <b>x</b>
--
-- Some *emphasis* and a [link](https://example.org), but [not this](javascript:alert(1)).
-- %%
d = data "titanic"
d:head(2):select{"name", "age"}
-- %%
print("one < two")
d:hist"age"
-- %% [raw]
-- as it is
LUA

tycho export r.lua r.html; gives "an export says nothing" ''
holds() { # NAME FILE TEXT
  grep -qF -- "$3" "$2"
  report $? "$1"
}
lacks() {
  ! grep -qF -- "$3" "$2"
  report $? "$1"
}
holds "markdown becomes headings, and its markup text" r.html '<h1>A report &lt;b&gt;x&lt;/b&gt;</h1>'
holds "emphasis and links" r.html '<em>emphasis</em> and a <a href="https://example.org">link</a>'
lacks "no link runs a script" r.html 'javascript:'
holds "code is shown" r.html 'd = data &quot;titanic&quot;'
holds "tables are tables" r.html '<td>Allen, Miss. Elisabeth Walton</td><td class="r">29</td>'
holds "what was printed is text" r.html 'one &lt; two'
if command -v gnuplot > /dev/null; then holds "pictures are inside" r.html '</svg>'; fi
lacks "nothing is loaded from elsewhere" r.html 'src='
python3 -c '
from html.parser import HTMLParser
class P(HTMLParser):
    open_tags = []
    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br", "hr"): self.open_tags.append(tag)
    def handle_endtag(self, tag): assert self.open_tags.pop() == tag, tag
p = P(); p.feed(open("r.html").read()); assert not p.open_tags'
report $? "every tag is closed where it belongs"

tycho export r.lua r.md; gives "markdown too" ''
holds "code is fenced" r.md '```lua'
holds "tables are GitHub's" r.md '| Allen, Miss. Elisabeth Walton '
holds "pictures are drawn" r.md 'reading: right-skewed'

tycho export r.lua r.ipynb; gives "a notebook too" ''
python3 -c '
import json, re
n = json.load(open("r.ipynb"))
assert (n["nbformat"], n["nbformat_minor"]) == (4, 5) and "metadata" in n
assert [c["cell_type"] for c in n["cells"]] == ["markdown", "code", "code", "raw"]
ids = [c["id"] for c in n["cells"]]
assert len(set(ids)) == 4 and all(re.fullmatch("[a-zA-Z0-9_-]{1,64}", i) for i in ids)
for c in n["cells"]:
    assert set(c) == ({"cell_type", "id", "metadata", "source"} | ({"outputs", "execution_count"} if c["cell_type"] == "code" else set()))
for o in n["cells"][1]["outputs"] + n["cells"][2]["outputs"]:
    assert o["output_type"] == "display_data" and set(o) == {"output_type", "metadata", "data"} and "text/plain" in o["data"]
assert n["cells"][1]["execution_count"] == 1 and "text/html" in n["cells"][1]["outputs"][0]["data"]
assert "".join(n["cells"][1]["source"]).startswith("d = data \"titanic\"\n")'
report $? "it has what the format asks for"

printf 'x = 1\nx + nil\n-- %%%%\n2\n' > bad.lua
tycho export bad.lua bad.ipynb; says "a cell that fails is said" 1 'bad.lua:2'
python3 -c '
import json
c = json.load(open("bad.ipynb"))["cells"]
e = c[0]["outputs"][-1]
assert e["output_type"] == "error" and "arithmetic" in e["evalue"] and e["traceback"] and e["ename"]
assert c[1]["outputs"] == [] and c[1]["execution_count"] is None'
report $? "and is in the document, with what did not run after it"
tycho export r.lua r.pdf; says "another suffix: which there are" 2 '.html, .md or .ipynb'
tycho export r.lua; says "a file must be named" 2 'a recipe and a file'
tycho export none.lua x.md; says "a recipe that is not there" 2 'none.lua'
[ ! -e x.md ]; report $? "and then nothing is written"
finish

-- %% [markdown]
-- # A tree grown by hand
--
-- Three kinds of iris, four measures. A decision tree asks one question after
-- the other; each is the one that leaves both sides purest. Here each question
-- is found by verbs, and then `ml.tree` finds the same ones.

-- %%
d = data "iris"
d:count{"class"}

-- %% [markdown]
-- ## How mixed is a set of flowers?
--
-- Gini's impurity: the chance that two flowers drawn from it are of different
-- kinds, 1 minus the sum of the squared shares. All of one kind: 0.

-- %%
function gini(d)
  local squares = 0
  for row in d:count{"class"}:rows() do squares = squares + (row.n / d.nrow) ^ 2 end
  return 1 - squares
end
gini(d)

-- %% [markdown]
-- ## The best question
--
-- Every middle between two neighbouring values of a column is a question. What
-- is left after it: the impurity of both sides, each by its share of the rows.

-- %%
function best_question(d)
  local best = {left = math.huge}
  for _, name in ipairs{"sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"} do
    local v = d:unique{name}:sort{name}:col(name):values()
    for i = 1, #v - 1 do
      local cut = v[i] / 2 + v[i + 1] / 2
      local a, b = d:where(name .. " < $cut", {cut = cut}), d:where(name .. " >= $cut", {cut = cut})
      local left = (a.nrow * gini(a) + b.nrow * gini(b)) / d.nrow
      if left < best.left - 1e-12 then best = {name = name, cut = cut, left = left} end
    end
  end
  return best
end
q = best_question(d)
print(("%s < %g leaves an impurity of %.4f"):format(q.name, q.cut, q.left))

-- %% the first question sets one kind apart
short, long = d:where(q.name .. " < $cut", {cut = q.cut}), d:where(q.name .. " >= $cut", {cut = q.cut})
accept(gini(short) == 0, "one side is setosa alone")
long:count{"class"}

-- %% the second one parts the other two
q2 = best_question(long)
print(("%s < %g leaves an impurity of %.4f"):format(q2.name, q2.cut, q2.left))

-- %% [markdown]
-- ## The same from ml.tree

-- %%
m = ml.tree{max_depth=2}:fit(d, "class")
m:branches()

-- %%
b = m:branches().branch:values()
accept(b[2] == ("%s < %s"):format(q.name, q.cut), "the first question")
found = false
for _, text in ipairs(b) do found = found or text:find(("%s < %s"):format(q2.name, q2.cut), 1, true) ~= nil end
accept(found, "the second question")

-- %% [markdown]
-- ## How far to go on
--
-- Grown to the end, the tree knows its flowers by heart. Cross-validation says
-- which of its pruned forms tells others apart best.

-- %%
m = ml.tree{ccp_alpha="cv"}:fit(d, "class")
m:pruning()

-- %% its rules are filters
for row in m:rules():rows() do
  accept(d:where(row.rule).nrow == row.n, row.rule)
end
m:rules()

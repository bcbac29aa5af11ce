-- %% [markdown]
-- # Trees against scikit-learn 1.2.1 and rpart 4.1 (R 4.2.2)
-- DecisionTreeRegressor and DecisionTreeClassifier on the same columns, where no two splits score the same; rpart with
-- minsplit=80, minbucket=40, cp=0, no surrogates, for the table of pruning. Printed with nine digits.

-- %%
function near(a, b, digits) return math.abs(a - b) <= 10 ^ -(digits or 6) * math.max(math.abs(b), 1e-3) end
function importances(m, want)
  local k = 0
  for row in m:card():rows() do
    k = k + 1
    accept(near(row.importance, want[k]), row.term .. ": importance")
  end
end
function leaves(m) return m:rules().nrow end
diamonds = data("diamonds_1in8"):select{"carat", "depth", "table", "x", "y", "z", "price"}

-- %% a regression of 6,743 rows: every leaf
m = ml.tree{min_samples_leaf=40}:fit(diamonds, "price")
accept(leaves(m) == 131, "131 leaves")
importances(m, {0.722909907, 0.002825376, 0.00243865746, 0.00130036198, 0.266704823, 0.00382087456})
want = {465.953488, 465.953488, 625.902439, 668.492063, 521.434783, 787.359375, 552.789474, 668.492063}
got = m:predict(diamonds).pred:values()
for i = 1, 8 do accept(near(got[i], want[i]), "prediction " .. i) end

-- %% limits on depth and leaves
m = ml.tree{max_depth=4}:fit(diamonds, "price")
accept(leaves(m) == 16, "16 leaves at depth 4")
importances(m, {0.731433759, 0.00104620158, 0, 0.000376713089, 0.267143326, 0})
m = ml.tree{min_samples_leaf=40, max_leaf_nodes=12}:fit(diamonds, "price")
accept(leaves(m) == 12, "12 leaves, best first")
importances(m, {0.731677475, 0, 0.00140702705, 0, 0.266915498, 0})
m = ml.tree{min_samples_leaf=15}:fit(data "sacramento_homes", "price ~ beds + baths + sqft + latitude + longitude")
accept(leaves(m) == 45, "45 leaves of homes")
importances(m, {0.00590747086, 0.00588081178, 0.812790967, 0.0222391208, 0.153181629})

-- %% pruning: scikit-learn's alphas and rpart's table
m = ml.tree{min_samples_leaf=40, ccp_alpha=20000}:fit(diamonds, "price")
accept(leaves(m) == 10, "10 leaves are worth 20,000 each")
importances(m, {0.73341863, 0, 0, 0, 0.26658137, 0})
path = {}
for row in m:pruning():rows() do path[#path + 1] = row end
accept(#path == 108, "108 nested trees")
alphas = {9707574.49850062, 3110283.16413769, 532785.57543529, 397605.49998178, 146959.66308883, 72206.68772268}
cps = {0.60998596818082, 0.19543801466433, 0.03347815925748, 0.02498397265948, 0.00923436975803, 0.00453718550668}
errors = {1, 0.390014031819, 0.194576017155, 0.161097857897, 0.136113885238, 0.126879515480}
for k = 1, 6 do
  local row = path[#path - k + 1]
  accept(near(row.alpha, alphas[k], 8), "alpha " .. k)
  accept(near(row.cp, cps[k], 8), "cp " .. k)
  accept(near(row.impurity / path[#path].impurity, errors[k], 8), "relative error " .. k)
  accept(row.leaves == k, "leaves " .. k)
end

-- %% cross-validation keeps a tree of the path, within one standard error of the best
m = ml.tree{ccp_alpha="cv"}:fit(diamonds, "price")
best, chosen = math.huge, nil
for row in m:pruning():rows() do
  if row.leaves == leaves(m) then chosen = row end
  if row.cv_error < best then best, most = row.cv_error, row.cv_error + row.cv_se end
end
accept(chosen.cv_error <= most, "one standard error")

-- %% a rule is the filter that finds its rows, words and missing values too
t = data("titanic"):drop{"name"}
m = ml.tree{max_depth=4, min_samples_leaf=5}:fit(t, "survived")
for row in m:rules():rows() do
  accept(t:where(row.rule).nrow == row.n, row.rule)
end

-- %% [markdown]
-- # Forests against scikit-learn 1.2.1
-- Means and standard deviations over five seeds of oob_score_ of RandomForestClassifier and RandomForestRegressor of
-- 100 trees; ExtraTreesClassifier on half of the rows: 0.952, deviation 0.003.

-- %%
function mean_of(f)
  local sum = 0
  for seed = 1, 5 do sum = sum + f(seed) end
  return sum / 5
end
function right(pred, y)
  local n, all = 0, 0
  for i, p in ipairs(pred) do if p then all = all + 1 if p == y[i] then n = n + 1 end end end
  return n / all
end
function r2(pred, y)
  local mean, a, b = 0, 0, 0
  for _, v in ipairs(y) do mean = mean + v / #y end
  for i, v in ipairs(y) do a = a + (v - pred[i]) ^ 2 b = b + (v - mean) ^ 2 end
  return 1 - a / b
end
cancer = data "breast_cancer"
homes = data("sacramento_homes"):select{"beds", "baths", "sqft", "latitude", "longitude", "price"}

-- %% out of the bag: 0.9631 with a deviation of 0.0040 from seed to seed
y = cancer:col("class"):values()
got = mean_of(function(s) return right(ml.forest{}:fit(cancer, "class", {seed=s}):oob().pred:values(), y) end)
accept(math.abs(got - 0.9631) < 3 * 0.004, "accuracy out of the bag")

-- %% a regression: R squared 0.6525 with a deviation of 0.0054
y = homes.price:values()
got = mean_of(function(s) return r2(ml.forest{}:fit(homes, "price", {seed=s}):oob().pred:values(), y) end)
accept(math.abs(got - 0.6525) < 3 * 0.0054, "R squared out of the bag")

-- %% [markdown]
-- ranger 0.14.1 (R 4.2.2), the same five seeds: 100 trees out of the bag, probability=TRUE and min.node.size=1 for the
-- classes, mtry=5 and min.node.size=1 for the prices; the difference of two means of five is held to 4 standard errors.

-- %% out of the bag as ranger: accuracy 0.96239, deviation 0.00319
y = cancer:col("class"):values()
got = mean_of(function(s) return right(ml.forest{}:fit(cancer, "class", {seed=s}):oob().pred:values(), y) end)
accept(math.abs(got - 0.96239) < 4 * 0.00319 * math.sqrt(2 / 5), "accuracy of ranger")

-- %% out of the bag as ranger: R squared 0.65306, deviation 0.00512
y = homes.price:values()
got = mean_of(function(s) return r2(ml.forest{}:fit(homes, "price", {seed=s}):oob().pred:values(), y) end)
accept(math.abs(got - 0.65306) < 4 * 0.00512 * math.sqrt(2 / 5), "R squared of ranger")

-- %% extremely randomized trees, trained on half of the rows
train, test = cancer:split{test=0.5, stratify="class"}
got = mean_of(function(s)
  return right(ml.extratrees{}:fit(train, "class", {seed=s}):predict(test).pred:values(), test:col("class"):values())
end)
accept(got > 0.94, "accuracy of extratrees")

-- %% a forest finds a signal among noise, and a tree alone does worse
got = ml.forest{}:fit(train, "class"):evaluate(test).auc
accept(got > ml.tree{}:fit(train, "class"):evaluate(test).auc, "better than a tree")

-- %% the same forest on the same seed
a, b = ml.forest{n_estimators=10}:fit(homes, "price"), ml.forest{n_estimators=10}:fit(homes, "price")
pa, pb = a:predict(homes).pred:values(), b:predict(homes).pred:values()
same = true
for i = 1, #pa do same = same and pa[i] == pb[i] end
accept(same, "the same predictions")

-- %% isolation: mean of score_samples over five seeds -0.4277, deviation of rows 0.0530, lowest in row 123 (-0.6817)
plain = cancer:drop{"class"}
sum, worst = 0, 0
score = ml.iforest{n_estimators=500}:fit(plain):predict(plain).score
for i, s in ipairs(score:values()) do
  sum = sum + s
  if s == score:max() then worst = i end
end
accept(math.abs(sum / cancer.nrow - 0.4277) < 0.01, "mean score")
accept(math.abs(score:sd() - 0.053) < 0.005, "spread of the scores")
accept(worst == 123, "the strangest row")
accept(math.abs(score:max() - 0.6817) < 0.02, "its score")

-- %% contamination: so many rows are called outliers, and a file keeps it
m = ml.iforest{contamination=0.1}:fit(plain)
n = m:predict(plain):where("outlier").nrow
accept(n == 57, "a tenth of 569 rows")

-- %% [markdown]
-- # Permutation importance against scikit-learn 1.2.1
-- Means and standard deviations over 200 repeats of permutation_importance (random_state=1) of LinearRegression and of
-- LogisticRegression(C=1) on the bundled tables.

-- %%
function near(f, expected)
  for i, name in ipairs(f:col("column"):values()) do
    local mean, sd = table.unpack(expected[name])
    local se = sd * math.sqrt(2 / 200)
    accept(math.abs(f.importance:values()[i] - mean) < 4 * se, name)
  end
end
homes = data("sacramento_homes"):select{"beds", "baths", "sqft", "latitude", "longitude", "price"}
line = ml.linear{}:fit(homes, "price")

-- %% R squared of a line
near(explain.importance(line, homes, {repeats=200}), {beds={0.0410088, 0.005191}, baths={0.000579103, 0.0006778},
  sqft={1.33709, 0.05841}, latitude={0.00508137, 0.001959}, longitude={0.0507375, 0.006706}})

-- %% its root mean squared error
near(explain.importance(line, homes, {repeats=200, metric="rmse"}), {beds={4334.53, 535.2}, baths={62.8543, 73.58},
  sqft={91847.7, 2936}, latitude={549.843, 211.4}, longitude={5329.5, 682.4}})

-- %% accuracy of three classes
iris = data "iris"
near(explain.importance(ml.logistic{l2=1}:fit(iris, "class"), iris, {repeats=200}),
  {sepal_length_cm={0.0103, 0.009816}, sepal_width_cm={0.0114667, 0.007428}, petal_length_cm={0.5797, 0.03833},
   petal_width_cm={0.158633, 0.0224}})

-- %% [markdown]
-- # What is a house in Sacramento worth?
--
-- 932 sales with size, rooms, kind and place. Prices are skewed, so the model
-- learns their logarithm.

-- %%
d = data "sacramento_homes"
d:describe()

-- %%
d:scatter{"sqft", "price"}

-- %%
d:corr():heatmap()

-- %%
d = d:derive{"logprice = log(price)", "logsqft = log(sqft)"}
train, test = d:split{test=0.25}

-- %% [markdown]
-- ## One number after the other

-- %%
base = ml.baseline{}:fit(train, "logprice ~ logsqft"):evaluate(test)
size = ml.linear{}:fit(train, "logprice ~ logsqft"):evaluate(test)
print(("mean price only: RMSE %.3f"):format(base.rmse))
print(("size:            RMSE %.3f, R2 %.3f"):format(size.rmse, size.r2))

-- %%
p = pipe{prep.onehot{drop="first"}, ml.linear{}}
m = p:fit(train, "logprice ~ logsqft + beds + baths + type + latitude + longitude")
m

-- %%
e = m:evaluate(test)
e

-- %%
e:rows():derive{"miss = abs(residual)"}:sort{"-miss"}:select{"city", "sqft", "beds", "actual", "pred", "miss"}:head(5)

-- %%
accept(e.rmse < size.rmse, "place and kind add to size")
accept(e.r2 > 0.5, "more than half of the variance is explained")

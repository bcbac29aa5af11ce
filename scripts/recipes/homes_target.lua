-- %% [markdown]
-- # What is a place worth, in one number?
--
-- 932 homes in 68 zip codes and 37 towns. One-hot encoding makes a column of each;
-- target encoding puts the mean price of the place there instead.

-- %%
d = data("sacramento_homes"):derive{"logprice = log(price)", "logsqft = log(sqft)"}
d = d:select{"city", "zip", "type", "beds", "baths", "logsqft", "logprice"}
d:agg({"homes = count()", "mean = mean(logprice)", "sd = sd(logprice)"}, {by="zip"}):sort{"homes"}

-- %% [markdown]
-- Many zip codes have one sale or two: their mean is that of chance. So the
-- step draws the mean of a level with few rows to the mean of all rows.

-- %%
function score(name, p, rows, folds)
  local f = cv(p, rows, "logprice", {folds=folds or 5, repeats=4, seed=1})
  local a = f:agg{"rmse = mean(rmse)", "r2 = mean(r2)"}:row(1)
  print(("%-28s RMSE %.3f, R2 %.3f"):format(name, a.rmse, a.r2))
  return a.rmse
end
onehot = pipe{prep.onehot{}, ml.linear{}}
target = pipe{prep.target{}, ml.linear{}}
ordered = pipe{prep.target{method="ordered"}, ml.linear{}}

-- %%
none = score("without the place", pipe{prep.onehot{}, ml.linear{}}, d:drop{"city", "zip"})
many = score("one-hot", onehot, d)
few = score("target, other folds", target, d)
before = score("target, rows before", ordered, d)

-- %%
print(onehot:fit(d, "logprice"):transform(d).ncol .. " columns against " .. target:fit(d, "logprice"):transform(d).ncol)

-- %% [markdown]
-- Three numbers in place of 108 columns say nearly as much. Where rows are few,
-- they catch up: each of the 108 columns needs a coefficient of its own. With two
-- folds a model learns from half of the rows.

-- %%
half_many = score("one-hot, half of the rows", onehot, d, 2)
half_few = score("target, half of the rows", target, d, 2)

-- %% [markdown]
-- ## Why not take the means by hand?
--
-- Means over all rows hold the price of the home that is to be predicted. The
-- folds that judge the model cannot see that, and the score is too good.

-- %%
by_hand = d:window({"zip_mean = mean(logprice)"}, {by="zip"}):window({"city_mean = mean(logprice)"}, {by="city"})
leaky = score("means by hand", onehot, by_hand:drop{"zip", "city"})

-- %% [markdown]
-- A column of noise shows how much of that is a lie: deal the homes out to 300
-- agents, one after the other. No agent knows anything about prices.

-- %%
noise = d:derive{"agent = text(row() % 300)"}:drop{"city", "zip"}
wrong = noise:window({"agent_mean = mean(logprice)"}, {by="agent"}):drop{"agent"}
honest = score("agents, by the step", target, noise)
lie = score("agents, means by hand", onehot, wrong)

-- %% [markdown]
-- The step has no such gain: in training a home is encoded by the other folds,
-- so the model learns how much a mean is worth for a home that is not in it.

-- %%
accept(few < none and many < none, "the place adds to size and kind")
accept(math.abs(few - many) < 0.01, "three numbers are within 0.01 of 108 columns")
accept(half_few < half_many, "with half of the rows they are at least as good")
accept(lie < none - 0.01, "means by hand find a pattern in noise")
accept(honest > none - 0.005, "the step finds none")

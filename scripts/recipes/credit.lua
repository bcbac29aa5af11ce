-- %% [markdown]
-- # Who will not pay back?
--
-- 4,454 loans, 28 % of them bad. A bad loan that is granted costs five times
-- what a good customer who is turned away costs, so the usual threshold of one
-- half is the wrong one.

-- %%
d = data "credit"
d:describe()

-- %%
d:count{"Status"}

-- %%
train, test = d:split{test=0.25, stratify="Status"}
p = pipe{prep.impute{with="median"}, prep.onehot{}, prep.standard{}, ml.logistic{l2=1}}
m = p:fit(train, "Status", {positive="bad"})
m

-- %% [markdown]
-- ## What a threshold costs

-- %%
e = m:evaluate(test):cost{fp=1, fn=5}
e

-- %%
best, least = nil, math.huge
for k = 5, 95 do
  local t = k / 100
  local cost = e:threshold(t).total_cost
  if cost < least then best, least = t, cost end
end
print(("cheapest threshold %.2f: cost %d instead of %d at 0.50"):format(best, least, e.total_cost))

-- %%
e:threshold(best):confusion()

-- %%
m = m:threshold(best)
accept(least < e.total_cost, "the cheapest threshold is not one half")
accept(e.auc > 0.75, "AUC above .75")

-- %% [markdown]
-- # What do bad loans have in common?
--
-- 4,454 loans of a bank: who asked, for how much, and whether it was paid back
-- (`Status`). Before a model learns from them (that is the recipe `credit`),
-- somebody should have looked.

-- %%
d = data "credit"
d:describe()

-- %%
d:bar{"Status"}

-- %% [markdown]
-- 1,254 of 4,454 are bad, 28 %. Whoever calls every loan good is right in 72 of
-- 100 cases and learns nothing: shares are to be compared with 28 %.
--
-- ## Is the table sound?

-- %%
d:alerts()

-- %%
d:missing_columns():head(4)

-- %%
d:missing()

-- %% [markdown]
-- Incomes are missing in 381 rows. Is that a sign of something?

-- %%
d = d:derive{"income_known = if_else(is_missing(Income), \"no\", \"yes\")"}
known = d:crosstab("income_known", "Status")
known

-- %% [markdown]
-- It is: 57 % of those without an income are bad loans, and 25 % of the
-- others. To drop these rows would throw away a fact, and to fill the gap with
-- a mean would hide it. A model should be told that the income is missing.
--
-- ## Money

-- %%
d:density{"Income", by="Status", logx=true}

-- %%
income = stats.mannwhitney(d, "Income ~ Status")
income

-- %% [markdown]
-- Half of the bad loans have an income below 100, half of the good ones above
-- 130. The curves overlap widely: a difference that is beyond all doubt
-- can still be of little use for a single case.

-- %%
d:hexbin{"Price", "Amount"}

-- %%
money = d:corr{method="spearman", columns={"Price", "Amount"}}
money

-- %% [markdown]
-- What is bought and what is lent go together, as they must. More telling is
-- how much of the price is lent:

-- %%
d = d:derive{"lent = 100 * Amount / Price", "share = if_else(lent < 50, \"1: below 50 %\", if_else(lent < 75, \"2: 50 to 75 %\", if_else(lent < 90, \"3: 75 to 90 %\", \"4: 90 % and more\")))"}
d:bar{"share", by="Status", percent=true, sort="level"}

-- %% [markdown]
-- ## Work and history

-- %%
d:ecdf{"Seniority", by="Status"}

-- %%
seniority = stats.mannwhitney(d, "Seniority ~ Status")
seniority

-- %%
job = d:count{"Job", "Status"}
d:where "not is_missing(Job)":mosaic{"Job", "Status"}

-- %%
records = d:crosstab("Records", "Status")
records

-- %%
odds = stats.odds(d, "Status ~ Records", {positive="bad"})
odds

-- %% [markdown]
-- 55 % of those with a record did not pay back, 22 % of those without: the risk
-- of the latter is 0.4 times as high, a difference of 33 points in 100. The odds
-- ratio, 0.23, is further from 1 than the ratio of risks and is easily misread
-- as one.
--
-- ## Everything against everything

-- %%
d:drop{"lent", "share", "income_known"}:assoc():heatmap{order="cluster"}

-- %% [markdown]
-- ## What the numbers support
--
-- * A record, a short time in the job and part-time work go with bad loans, and
--   so does a low income.
-- * A missing income is a warning of its own.
-- * No column parts good from bad alone: each overlaps. It takes several
--   together, which is what a model is for.
-- * The bank granted these loans. Whoever was turned away is not in the table,
--   so nothing here tells how they would have paid.

-- %% Checked against R 4.2.2
near = function(a, b) return math.abs(a - b) <= 1e-8 * math.abs(b) end
bad = d:where "Status == \"bad\"".nrow
accept(bad == 1254, "1,254 loans are bad")
accept(near(income:row(1).statistic, 1146807), "Mann and Whitney's U of income")
accept(near(seniority:row(1).statistic, 1217224.5), "Mann and Whitney's U of seniority")
accept(records:row(2).bad == 429 and records:row(2).good == 344, "429 of 773 with a record are bad")
accept(near(money:row(1).Amount, 0.6856703917), "Spearman's correlation of price and amount")

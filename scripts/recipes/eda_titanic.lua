-- %% [markdown]
-- # Who lived, who died: a first analysis
--
-- 1,309 passengers of the Titanic: name, sex, age, class, and whether they
-- survived. The way from a file to a finding has five steps, whatever the
-- data: look at the rows, see what is missing, see how values are distributed,
-- compare groups, and say no more than the numbers do.

-- %%
d = data "titanic"
d:head(5)

-- %%
d:describe()

-- %% [markdown]
-- ## What is missing
--
-- Only `age` has gaps, but do they fall at random? If they did, their share
-- would be the same in every class.

-- %%
d:missing_columns()

-- %%
d = d:derive{"no_age = if_else(is_missing(age), \"unknown\", \"known\")"}
d:tile{"no_age", "passengerClass", share="row"}

-- %%
gaps = stats.chisq(d, "no_age ~ passengerClass")
gaps

-- %% [markdown]
-- They do not: 29 % of the third class have no age, 6 % of the second. A mean
-- age of all passengers therefore speaks too much of the rich. Keep it in mind
-- for everything below that uses `age`.

-- %%
d:count{"passengerClass", "no_age"}:sort{"passengerClass"}

-- %% [markdown]
-- ## One column at a time

-- %%
d:bar{"survived"}

-- %%
d:hist{"age", width=5}

-- %%
d:box{"age", by="passengerClass"}

-- %% [markdown]
-- The first class is older: half of it is above 39, of the third above 24.
-- Ages are no bell curve, so ranks are the safer way to compare them.

-- %%
ages = stats.kruskal(d, "age ~ passengerClass")
ages

-- %% [markdown]
-- ## Who survived?
--
-- 38 % of all. What goes with it? Each pair of columns by the measure that
-- fits its types:

-- %%
d:drop{"name", "no_age"}:assoc()

-- %% [markdown]
-- And the share of survivors, level by level, from the report on a target:

-- %%
d:drop{"name", "no_age"}:profile{target="survived"}.target

-- %%
d:crosstab("sex", "survived")

-- %%
d:mosaic{"sex", "survived"}

-- %%
sex = stats.chisq(d, "survived ~ sex")
class = stats.chisq(d, "survived ~ passengerClass")
age = stats.mannwhitney(d, "age ~ survived")
print(("sex   Cramer's V %.3f"):format(sex:row(1).cramers_v))
print(("class Cramer's V %.3f"):format(class:row(1).cramers_v))
print(("age   p %.3f, rank-biserial %.3f"):format(age:row(1).p, age:row(1).rank_biserial))

-- %% [markdown]
-- Sex matters most, class next; ages of the dead and of the survivors differ no
-- more than chance alone would let them. That is no proof that age did not
-- matter: children may be hidden among so many adults.

-- %%
d = d:derive{"child = if_else(age < 13, \"child\", \"older\")"}
child = d:where "not is_missing(age)":crosstab("child", "survived")
child

-- %% [markdown]
-- They were: 57 % of the 94 children lived, and 39 % of those who were older.
-- A test that looks for a shift of all ages cannot see what happens at one end.
--
-- ## Two causes at once

-- %%
share = d:agg({"n = count()", "lived = mean(if_else(survived == \"yes\", 1, 0))"}, {by={"passengerClass", "sex"}})
share

-- %%
d = d:derive{"lived = if_else(survived == \"yes\", 1, 0)"}
d:dot{"passengerClass", "lived", by="sex", sort="level", title="share of survivors"}

-- %% [markdown]
-- Of the women of the first class 97 % lived, of the men of the second 15 %.
-- Between the second and the third class it made no difference to men, to women
-- it did.
--
-- ## What the numbers support
--
-- * Sex parts survivors from the dead far better than anything else here.
-- * Class counts too, in other ways for men than for women.
-- * Children fared better, which a comparison of all ages hides.
-- * Ages are missing by class, so whatever is said of age leans to the rich.
--
-- These are associations in one shipwreck. Why they hold is a question to
-- history, not to this table.

-- %% Checked against R 4.2.2
near = function(a, b) return math.abs(a - b) <= 1e-8 * math.abs(b) end
accept(near(gaps:row(1).statistic, 86.03731893), "chi-squared of missing ages by class")
accept(near(ages:row(1).statistic, 171.5353806), "Kruskal and Wallis of age by class")
accept(near(sex:row(1).statistic, 363.6179084), "chi-squared of survival by sex")
accept(near(class:row(1).statistic, 127.8591564), "chi-squared of survival by class")
accept(near(age:row(1).p, 0.1779812707), "ages of the dead and of the survivors do not differ")
accept(child:row(1).yes == 54 and child:row(1).no == 40, "54 of 94 children lived")
accept(near(share:row(1).lived, 0.9652777778), "97 % of the women of the first class lived")

-- %% [markdown]
-- # 1,095 heights, as people typed them
--
-- A class was asked for its heights in inches. Most answered so; others wrote
-- feet and inches in a dozen ways, centimetres, metres, or nonsense.
-- Data: reported_heights of R's dslabs; what the entries mean is told in
-- Irizarry, Introduction to Data Science, "String processing".

-- %%
d = data "reported_heights"
d:formats{"height"}:head(12)

-- %% [markdown]
-- 81 entries are no plain numbers; four of them only for their commas
-- (708,661), which are taken for thousands here. With the numbers that no grown
-- person has in inches (below 50, above 84) that makes 292 problems.

-- %%
numbers = pipe{prep.retype{"height"}}:fit(d):transform(d)
plain = numbers:where "height >= 50 and height <= 84"
accept(numbers.height:nmissing() == 81 - 4, "81 entries are no plain numbers, 4 of them have commas")
accept(#d - #plain == 292, "292 entries are no inches as they stand")

-- %% [markdown]
-- What the values ask for. Nothing is done yet:

-- %%
d:suggest{target="sex"}

-- %% [markdown]
-- The units that stand in an entry are read by themselves. Three things must be
-- said: which heights can be true, in which units a number alone may be, and
-- what the entries of two numbers mean: 5.11 is five feet and eleven inches.

-- %%
p = pipe{
  prep.units{"height", to="in", low=50, high=84, plain={"in", "cm", "m"},
             rules={[[^([4-7])\s*[,. ]\s*(\d+)$ => ft in]], "^([56])$ => ft"}}
}
clean = p:fit(d):transform(d)
clean:describe{"height"}

-- %% [markdown]
-- 44 entries cannot be told (11111, yyy, 5.75, 708,661); they are missing now,
-- and counted, not guessed.

-- %%
accept(clean.height:nmissing() == 44, "44 entries have no meaning")
accept(math.abs(clean.height:sum() - 71811.163984099214) < 1e-6, "the sum is that of the same rules in R 4.2.2")
new = frame{height={"5'11\"", "180cm", "5 ft 10", "Five foot eight inches", "6", "11111"}}
later = p:fit(d:select{"height"}):transform(new)
first, words = later:row(1).height, later:row(4).height
accept(later.height:nmissing() == 1 and first == 71 and words == 68, "later entries are read in the same way")
later

-- %% [markdown]
-- Both sexes have the bell that heights have:

-- %%
show(clean:group{"sex"}:agg{"n = count()", "mean = mean(height)", "sd = sd(height)"})
clean:density{"height", by="sex"}

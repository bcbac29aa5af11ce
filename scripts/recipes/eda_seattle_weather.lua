-- %% [markdown]
-- # Four years of Seattle's weather
--
-- One row a day from 2012 to 2015: rain, temperatures, wind and a word for the
-- weather. Days are no independent cases: today resembles yesterday, July
-- resembles last July. Most of what follows is about that.

-- %%
d = data "seattle_weather"
d:describe()

-- %%
d:head(3)

-- %% [markdown]
-- Nothing is missing, and no day either: 1,461 rows are four years with one
-- leap day.
--
-- ## The rhythm of the year

-- %%
d:calendar{"date", "temp_max"}

-- %%
d:line{"date", "temp_max"}

-- %%
d = d:derive{"month = month(date)", "year = year(date)", "wet = if_else(precipitation > 0, \"wet\", \"dry\")"}
months = d:agg({"warmest = mean(temp_max)", "rain = sum(precipitation)", "wet_days = mean(if_else(precipitation > 0, 1, 0))"}, {by="month"})
months

-- %%
d:box{"temp_max", by="month"}

-- %%
months:bar{"month", y="rain", stat="sum", sort="level"}

-- %% [markdown]
-- August is the warmest month with 26 degrees on average, December the coldest
-- with 8. July has rain on 9 days of 100, December on 65.
--
-- ## Is it getting warmer?

-- %%
years = d:agg({"warmest = mean(temp_max)", "rain = sum(precipitation)"}, {by="year"})
years

-- %%
trend = stats.kruskal(d, "temp_max ~ year")
trend

-- %% [markdown]
-- Every year is warmer than the one before, and the test finds p = 0.0004. It
-- must not be believed as it stands: it takes 1,461 days for as many
-- independent draws. How much are they?

-- %%
memory = d:acf{"temp_max", lags=30}
d:correlogram{"temp_max", lags=30}

-- %% [markdown]
-- Hardly at all: a day's temperature and the next day's correlate with .92,
-- and after a month it is still .65, since the seasons carry them both. Four
-- years are four values of a yearly mean. They rise, which is worth knowing and
-- proves nothing.
--
-- ## Rain

-- %%
d:hist{"precipitation"}

-- %%
d:where "precipitation > 0":qq{"precipitation", dist="lognormal"}

-- %% [markdown]
-- On 57 days of 100 it does not rain at all; when it does, amounts are skewed:
-- many small ones, a few downpours, 55.9 mm on the wettest day.
--
-- Does a wet day follow a wet day?

-- %%
d = d:window({"yesterday = lag(wet)"}, {order="date"})
chain = d:where "not is_missing(yesterday)":crosstab("yesterday", "wet")
chain

-- %% [markdown]
-- 67 % of the days after a wet day are wet and 24 % of those after a dry one.
-- "As yesterday" is a forecast that is right in 72 of 100 cases: whatever claims
-- to be better has to beat that.

-- %%
right = (chain:row(1).dry + chain:row(2).wet) / (d.nrow - 1)
print(("as yesterday: right on %.1f %% of the days"):format(100 * right))

-- %%
d:violin{"wind", by="wet"}

-- %%
wind = stats.mannwhitney(d, "wind ~ wet")
wind

-- %% [markdown]
-- ## Is the word right?

-- %%
d:crosstab("weather", "wet")

-- %%
d:sort{"-temp_max"}:select{"date", "temp_max", "precipitation", "weather"}:head(3)

-- %% [markdown]
-- All 53 days of "drizzle" are dry by the gauge, and so are 44 of "rain"; the
-- hottest day of four years is called "rain" for 0.5 mm. Such words come from
-- some rule, and a model that learns to predict them learns the rule.
--
-- ## What the numbers support
--
-- * Temperature and rain have a strong yearly rhythm; July and August are dry.
-- * Wet and dry days come in runs; wet days are windier.
-- * 2012 to 2015 became warmer year by year. Four years are too few to call
--   that a trend.

-- %% Checked against R 4.2.2
near = function(a, b) return math.abs(a - b) <= 1e-8 * math.abs(b) end
accept(d.nrow == 1461, "four years of days")
accept(near(months:row(8).warmest, 26.112096774), "mean of the warmest month")
accept(near(months:row(12).rain, 622.7), "rain of December")
accept(near(trend:row(1).p, 0.0003816534155), "Kruskal and Wallis of temperature by year")
accept(near(memory:row(2).acf, 0.9222791136), "autocorrelation of one day")
accept(near(memory:row(31).acf, 0.6510276714), "autocorrelation of a month")
accept(chain:row(1).dry == 633 and chain:row(2).wet == 419, "633 dry days follow dry ones, 419 wet ones wet ones")
accept(near(wind:row(1).p, 9.814755983e-27), "wet days are windier")

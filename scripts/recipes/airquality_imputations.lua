-- %% [markdown]
-- # Ozone in New York: six ways to fill a gap
--
-- 153 days of 1973. Ozone is missing on 37 of them, the sun on 7. Which way to
-- fill in is best? Nobody knows what the missing values were, but gaps can be
-- made where values are known, and then it can be counted how far off each way
-- is.

-- %%
d = data "airquality"
d:missing_columns()

-- %%
d:missing()

-- %% [markdown]
-- Gaps of ozone come in runs of days, the longest of them in June, when the
-- instrument was out. Whatever looks at the neighbouring days has little to go
-- by there.
--
-- ## Six ways

-- %%
names = {"mean", "median", "the day before", "a line between days", "the like days", "one like day"}
ways = {
  prep.impute{with="mean"},
  prep.impute{with="median"},
  prep.fill{with="forward"},
  prep.fill{with="linear"},
  prep.impute_knn{},
  prep.impute_knn{draw=true},
}

-- %% [markdown]
-- Every fourth day loses its ozone, four times over, so that every known value
-- has been a gap once. The truth is kept aside.

-- %%
d = d:derive{"turn = (Month * 31 + Day) % 4"}
features = {"Ozone", "Solar.R", "Wind", "Temp", "Month", "Day"}
function filled(way, turn)
  local holes = d:derive{("Ozone = if_else(turn ~= %d, Ozone)"):format(turn)}:select(features)
  return pipe{way}:fit{train=holes}:transform(holes):derive{"filled = Ozone"}:select{"Month", "Day", "filled"}
end

-- %%
board = {way=names, n={}, rmse={}, bias={}, sd={}, cor={}}
for k, way in ipairs(ways) do
  local all
  for turn = 0, 3 do
    local truth = d:where(("turn == %d and not is_missing(Ozone)"):format(turn))
    local part = truth:join(filled(way, turn), {on={"Month", "Day"}})
    all = all and all:stack(part) or part
  end
  all = all:where "not is_missing(filled)"
  local off = all:derive{"off = filled - Ozone", "square = (filled - Ozone) ^ 2"}
  board.n[k], board.bias[k], board.rmse[k] = off.nrow, off.off:mean(), math.sqrt(off.square:mean())
  board.sd[k] = off.filled:sd()
  board.cor[k] = all:corr{"filled", "Temp"}:row(1).Temp
end
compared = frame(board):select{"way", "n", "rmse", "bias", "sd", "cor"}
compared

-- %% [markdown]
-- `rmse` is how far off a filled value is, `bias` whether it is too high or low
-- on average, `sd` the spread of what was filled in and `cor` its correlation
-- with the temperature. The true values have these:

-- %%
truth = {sd=d.Ozone:sd(), cor=d:corr{"Ozone", "Temp"}:row(1).Temp}
print(("true sd %.1f, correlation with the temperature %.2f"):format(truth.sd, truth.cor))

-- %% [markdown]
-- * Mean and median are as far off as the spread of ozone itself, have none of
--   it and do not know of hot days. The median is too low, for ozone is skewed.
-- * The day before is no better by its error, but has the right spread. A line
--   between days is better; in both, gaps at an end of the rows stay.
-- * The mean of five like days (by sun, wind, temperature and date) is nearest,
--   and a little too fond of the temperature.
-- * One like day drawn of the five is farther off, as it must be, but spread
--   and correlation are about right. Draw when the table is for estimates, take
--   the mean when it is for predictions.
--
-- Whose values those were, the card of the step tells: it has the first gap of
-- each column, with the days that could give a value (`donors`) or gave it.

-- %%
m = pipe{prep.impute_knn{draw=true}}:fit{train=d:select(features)}
m:card(1)

-- %%
best = compared:row(5)
for k = 1, 6 do accept(best.rmse <= compared:row(k).rmse, "like days are nearest, against " .. names[k]) end
accept(math.abs(compared:row(1).rmse - truth.sd) < 1, "the mean is as far off as the spread")
accept(compared:row(1).sd < 2, "the mean has no spread")
accept(compared:row(6).sd > 0.85 * truth.sd, "a drawn day keeps the spread")
accept(math.abs(compared:row(6).cor - truth.cor) < math.abs(compared:row(5).cor - truth.cor), "and the correlation")
accept(compared:row(2).bias < -8, "the median is too low")

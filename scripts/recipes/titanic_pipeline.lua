-- %% [markdown]
-- # The Titanic, from raw rows to a model
--
-- A name, a sex, an age that is missing for one in five, a class. Each step of
-- the way to a model learns from training rows alone; all of them together are
-- one object that is fitted, judged and saved.

-- %%
raw = data "titanic"
raw:head(4)

-- %%
raw:missing_columns()

-- %% [markdown]
-- ## What a name tells
--
-- Titles stand between comma and full stop. They tell married from unmarried
-- and boys (`Master`) from men, also where the age is not known. This is
-- parsing and learns nothing, so it can be done before the rows are split.

-- %%
d = raw:derive{"title = extract(name, ', (.*?)\\\\.')"}
d:count{"title"}:sort{"-n"}:head(6)

-- %%
d = d:derive{"title = if_else(one_of(title, 'Mr', 'Mrs', 'Miss', 'Master'), title, 'other')"}:drop{"name"}
train, test = d:split{test=0.25, stratify="survived"}

-- %% [markdown]
-- ## Step by step
--
-- 1. `indicator`: that the age is missing may itself tell something: write it
--    down before it is filled.
-- 2. `impute`: the median of the training rows.
-- 3. `bin`: children, young and older people may differ in other ways than a
--    straight line says. The edges are given by hand, so they are no secret
--    knowledge of the test rows.
-- 4. `onehot`: a column for each level but the first.

-- %%
steps = pipe{
  prep.indicator{"age"},
  prep.impute{with="median"},
  prep.bin{"age", edges={6, 16, 40}, labels={"infant", "child", "young", "older"}},
  prep.onehot{drop="first"},
}
steps:fit{train=train:drop{"survived"}}:transform(train:drop{"survived"}):head(5)

-- %% [markdown]
-- ## Does each step earn its place?
--
-- Five folds, three times over; every fold fits all steps anew.

-- %%
plain = pipe{prep.impute{}, prep.onehot{drop="first"}, ml.logistic{}}
binned = pipe{steps, ml.logistic{}}
function judge(p, features)
  local metrics = {"auc", "log_loss", "accuracy"}
  local s = cv(p, train:select(features), "survived", {positive="yes", repeats=3, metrics=metrics})
  return {auc=s.auc:mean(), log_loss=s.log_loss:mean(), accuracy=s.accuracy:mean()}
end
scores = {
  judge(ml.baseline{}, {"survived", "sex"}),
  judge(plain, {"survived", "sex", "passengerClass"}),
  judge(plain, {"survived", "sex", "passengerClass", "age"}),
  judge(binned, {"survived", "sex", "passengerClass", "age"}),
  judge(binned, {"survived", "sex", "passengerClass", "age", "title"}),
}
board = {columns={"nothing", "sex, class", "and age", "and bins of age", "and title"}, auc={}, log_loss={}, accuracy={}}
for k, s in ipairs(scores) do board.auc[k], board.log_loss[k], board.accuracy[k] = s.auc, s.log_loss, s.accuracy end
frame(board):select{"columns", "auc", "log_loss", "accuracy"}

-- %% [markdown]
-- Sex and class tell most. Age adds a little as a straight line and more in
-- bins, and the title adds a little again: it knows boys from men where the age
-- is missing. Accuracy hardly sees the difference; log loss does.
--
-- ## The model

-- %%
m = binned:fit(train, "survived", {positive="yes"})
m

-- %%
e = m:evaluate(test)
e

-- %%
e:confusion()

-- %% [markdown]
-- Someone new need only be written down as the passengers were, gaps and all:

-- %%
new = frame{
  sex={"female", "male", "male"}, age={30, nil, 4}, passengerClass={"1st", "3rd", "2nd"}, title={"Mrs", "Mr", "Master"},
}
m:predict(new)

-- %%
accept(scores[1].auc == 0.5, "the baseline knows nothing")
accept(scores[2].auc > 0.75, "sex and class tell most")
accept(scores[5].log_loss < scores[2].log_loss, "age and title add to sex and class")
accept(e.auc > 0.8, "AUC above .8 on rows that it never saw")
accept(m:predict(new).nrow == 3, "new rows with gaps are answered")

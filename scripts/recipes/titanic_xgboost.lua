-- %% [markdown]
-- # A model from elsewhere: XGBoost on the Titanic
--
-- `titanic_xgboost.json` beside this recipe was written by Python:
--
--     d = pd.read_csv("titanic.csv"); d = d[d.index % 2 == 0]      # every other passenger
--     X = d[["sex", "age", "passengerClass"]].astype({"sex": "category", "passengerClass": "category"})
--     m = xgb.train({"objective": "binary:logistic", "max_depth": 3, "eta": .3, "tree_method": "hist"},
--                   xgb.DMatrix(X, d.survived == "yes", enable_categorical=True), 12)
--     m.save_model("titanic_xgboost.json")
--
-- The passengers that it has not seen are the others.

-- %%
d = data "titanic"
d = d:derive{"place = row()"}
seen = d:where "place % 2 == 1"
unseen = d:where "place % 2 == 0"

-- %% [markdown]
-- The file holds numbers of categories, not their words. `like` names a frame
-- whose words, in sorted order, they are; `classes` and `target` say what 0 and
-- 1 stand for.

-- %%
m = load_model{"titanic_xgboost.json", like=seen, target="survived", classes={"no", "yes"}}
m:card()

-- %%
m:predict(unseen):head()

-- %% [markdown]
-- ## How good is it?

-- %%
e = m:evaluate(unseen)
e:metrics()

-- %%
accept(e.auc > 0.8, "AUC above .8 on passengers that it has not seen")
e:roc()

-- %% [markdown]
-- ## What does it look at?
--
-- Shapley values say what each column adds to the log-odds of a passenger, over
-- those of a passenger of whom nothing is known (`base`). They add up to the
-- whole.

-- %%
explain.shap(m, unseen, {form="means"})

-- %%
s = explain.shap(m, unseen)
s:head(5)

-- %%
worst = s:derive{"off = abs(sex + age + passengerClass + base - total)"}:agg{"off = max(off)"}
accept(worst.off:max() < 1e-9, "the parts add up")
s:scatter("age", "total", {color="sex"})

-- %% [markdown]
-- A point for each passenger and column: how far to the right, and how spread.

-- %%
explain.shap(m, unseen, {form="long"}):strip{"shap", by="term"}

-- %% [markdown]
-- # Against R 4.2.2
-- Expected values: tests/golden/make/recipes.R, printed with 17 digits.

-- %%
function near(a, b, digits) return math.abs(a - b) <= 10 ^ -digits * math.abs(b) end

-- %% glm of survival on the passengers whose age is known
d = data("titanic"):where "not is_missing(age)"
m = pipe{prep.onehot{drop="first"}, ml.logistic{l2=0}}:fit(d, "survived ~ sex + age + passengerClass")
card = {}
for row in m:card():rows() do card[row.term] = row end
accept(d.nrow == 1046, "1,046 ages are known")
accept(m.converged, "the fit converged")

-- %% coefficients, standard errors, z and p
r = {
  ["(intercept)"] = {3.522074033640371749, 0.32671807518085277, 10.7801627800688689, 4.2712923707301481e-27},
  sex_male = {-2.497844677325280927, 0.16604268432434904, -15.0433889182734006, 3.8150876389868039e-51},
  age = {-0.034393231141393157, 0.00633122327051061, -5.4323200544180716, 5.5626036774340225e-08},
  passengerClass_2nd = {-1.280569745856116493, 0.22554465328198769, -5.6776772458227214, 1.3653602187572424e-08},
  passengerClass_3rd = {-2.289660571974022396, 0.22581194994728732, -10.1396784913664320, 3.6830975708257221e-24},
}
for term, want in pairs(r) do
  local got = card[term]
  accept(near(got.estimate, want[1], 8), term .. ": estimate")
  accept(near(got.se, want[2], 8), term .. ": standard error")
  accept(near(got.z, want[3], 8), term .. ": z")
  accept(near(got.p, want[4], 6), term .. ": p")
end

-- %% ranking, loss and the confusion matrix on the same rows
e = m:evaluate(d)
c = e:confusion()
accept(near(e.auc, 0.84006272865882492, 12), "AUC")
accept(near(e.log_loss, 0.46962385513920335, 8), "log loss")
accept(c:row(1).no == 520 and c:row(1).yes == 99, "said of those who died")
accept(c:row(2).no == 126 and c:row(2).yes == 301, "said of those who lived")

-- %% lm of log prices
h = data("sacramento_homes"):derive{"logprice = log(price)", "logsqft = log(sqft)"}
l = ml.linear{}:fit(h, "logprice ~ logsqft + beds + baths")
card = {}
for row in l:card():rows() do card[row.term] = row end
accept(near(card["(intercept)"].estimate, 3.942435515801731682, 10), "intercept")
accept(near(card.logsqft.estimate, 1.178253442760877734, 10), "slope of log size")
accept(near(card.beds.se, 0.018967760458013301, 10), "standard error of beds")
accept(near(card.baths.p, 6.0652212687952667e-01, 10), "p of baths")
accept(near(l:evaluate(h).r2, 0.59513234157957196, 10), "R2")
accept(near(l:evaluate(h).rmse, 0.33423217092855273, 10), "RMSE")

-- %% a column with missing values
q = data "airquality"
o = q:describe{"Ozone"}:row(1)
accept(near(o.mean, 42.129310344827587, 14) and near(o.sd, 32.987884514433951, 14), "mean and sd")
accept(o.q1 == 18 and o.median == 31.5 and o.q3 == 63.25, "quartiles")
accept(near(q:corr{"Ozone", "Temp"}:row(1).Temp, 0.6983603421509319, 13), "correlation of complete pairs")

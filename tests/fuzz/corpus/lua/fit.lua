m = pipe{prep.impute(), ml.baseline()}:fit(d, "y")
m:predict(d)
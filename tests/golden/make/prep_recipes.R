# Rscript tests/golden/make/prep_recipes.R > tests/golden/recipes.h
# From the root of the repository. What the recipes of R make of bundled tables.
suppressWarnings(suppressMessages(library(recipes)))
options(digits = 17)
read <- function(name) read.csv(sprintf("datasets/%s.csv", name), na.strings = c("", "NA"), stringsAsFactors = TRUE)
num <- function(v) ifelse(is.na(v), "NAN", sprintf("%.17g", v))
probes <- function(v) { n <- length(v); v[c(0, 1, n %/% 3, n %/% 2, n - 2, n - 1) + 1] }
row <- function(data, step, opts, columns, from, to, v, factor = 1, signs = FALSE) {
  v <- as.numeric(v)
  cat(sprintf('    {"%s", "%s", "%s", "%s", "%s", {%s}, %s, %s, %s}, // %s\n', data, step, opts, columns, to,
              paste(num(probes(v)), collapse = ", "), num(sum(v, na.rm = TRUE)), num(factor),
              if (signs) "true" else "false", from))
}
bake_all <- function(r) as.data.frame(bake(prep(r, retain = TRUE), NULL))
each <- function(data, step, opts, columns, from, make, to = columns, out = columns, factor = 1) {
  d <- read(data)
  z <- bake_all(make(recipe(d)))
  for (k in seq_along(out)) row(data, step, opts, paste(columns, collapse = ","), from, to[k], z[[out[k]]], factor)
}

cat("// Made by tests/golden/make/prep_recipes.R with R ", paste(R.version$major, R.version$minor, sep = "."), ", recipes ",
    as.character(packageVersion("recipes")), ".\n#pragma once\n#include <math.h>\n#include <stdbool.h>\n\n", sep = "")
cat("// What a step makes of a column in rows 0, 1, n/3, n/2, n-2, n-1, and the sum of all its values; times `factor` it\n")
cat("// is ours, where the two divide by other numbers; `sign`: the direction of an axis is free.\n")
cat("typedef struct RecipeRow {\n  const char *data, *step, *opts, *columns, *column;\n  double probe[6], sum, factor;\n")
cat("  bool sign;\n} RecipeRow;\nstatic const RecipeRow RECIPES[] = {\n")
wine <- names(read("wine"))[1:5]
air <- c("Ozone", "Solar.R", "Wind", "Temp")
# recipes divides by the standard deviation with n - 1
each("wine", "standard", "", wine, "step_normalize", function(r) step_normalize(r, all_of(wine)), factor = sqrt(178 / 177))
each("wine", "standard", "sd=false", wine, "step_center", function(r) step_center(r, all_of(wine)))
each("airquality", "minmax", "", air, "step_range", function(r) step_range(r, all_of(air)))
each("airquality", "minmax", "low=-1;high=2", air, "step_range", function(r) step_range(r, all_of(air), min = -1, max = 2))
each("wine", "normalize", "", wine, "step_spatialsign", function(r) step_spatialsign(r, all_of(wine)))
each("wine", "log", "", wine, "step_log", function(r) step_log(r, all_of(wine)))
each("airquality", "log", "base=2;plus=1", c("Wind", "Temp"), "step_log",
     function(r) step_log(r, Wind, Temp, base = 2, offset = 1))
each("airquality", "sqrt", "", air, "step_sqrt", function(r) step_sqrt(r, all_of(air)))
holes <- c("Ozone", "Solar.R")
# recipes rounds the mean and the median of a column of whole numbers
real <- function(r) step_mutate(r, Ozone = as.numeric(Ozone), Solar.R = as.numeric(Solar.R))
each("airquality", "impute", "with=mean", holes, "step_impute_mean", function(r) step_impute_mean(real(r), all_of(holes)))
each("airquality", "impute", "with=median", holes, "step_impute_median",
     function(r) step_impute_median(real(r), all_of(holes)))
each("penguins", "onehot", "drop=first", c("species", "island"), "step_dummy",
     function(r) step_dummy(r, species, island), to = c("species_Chinstrap", "species_Gentoo", "island_Dream", "island_Torgersen"),
     out = c("species_Chinstrap", "species_Gentoo", "island_Dream", "island_Torgersen"))
each("titanic", "onehot", "", c("sex", "passengerClass"), "step_dummy(one_hot = TRUE)",
     function(r) step_dummy(r, sex, passengerClass, one_hot = TRUE),
     to = c("sex_female", "sex_male", "passengerClass_1st", "passengerClass_3rd"),
     out = c("sex_female", "sex_male", "passengerClass_X1st", "passengerClass_X3rd"))
each("airquality", "indicator", "", holes, "step_indicate_na", function(r) step_indicate_na(r, all_of(holes)),
     to = c("Ozone_missing", "Solar.R_missing"), out = c("na_ind_Ozone", "na_ind_Solar.R"))
each("airquality", "interactions", "", c("Wind", "Temp"), "step_interact",
     function(r) step_interact(r, ~ Wind:Temp), to = "Wind:Temp", out = "Wind_x_Temp")
each("seattle_weather", "lags", "lags=1,7", "temp_max", "step_lag", function(r) step_lag(r, temp_max, lag = c(1, 7)),
     to = c("temp_max_lag_1", "temp_max_lag_7"), out = c("lag_1_temp_max", "lag_7_temp_max"))
each("seattle_weather", "dates", "parts=year,quarter,month", "date", "step_date", function(r) {
  r <- step_mutate(r, date = as.Date(as.character(date)))
  step_date(r, date, features = c("year", "quarter", "month"), label = FALSE)
}, to = c("date_year", "date_quarter", "date_month"), out = c("date_year", "date_quarter", "date_month"))

pca <- function(data, opts, columns, make) {
  d <- read(data)
  z <- bake_all(step_pca(make(recipe(d[columns])), all_of(columns), num_comp = 3))
  for (k in 1:3) row(data, "pca", opts, paste(columns, collapse = ","), "step_pca", sprintf("pc%d", k), z[[sprintf("PC%d", k)]],
                     signs = TRUE)
}
iris4 <- names(read("iris"))[1:4]
pca("iris", "components=3", iris4, function(r) step_center(r, all_of(iris4)))
pca("wine", "components=3", wine, function(r) step_center(r, all_of(wine)))
cat("};\n\n")

cat("// Edges between the bins of equal frequency: step_discretize.\n")
cat("static const struct {\n  const char *data, *column;\n  double edge[3];\n} BREAKS[] = {\n")
for (v in c("alcohol", "ash", "hue", "proline")) {
  p <- prep(step_discretize(recipe(read("wine")), all_of(v), num_breaks = 4))
  b <- p$steps[[1]]$objects[[v]]$breaks
  cat(sprintf('    {"wine", "%s", {%s}},\n', v, paste(num(b[2:4]), collapse = ", ")))
}
cat("};\n\n// The most frequent level, of step_impute_mode.\n")
p <- prep(step_impute_mode(recipe(read("penguins")), sex, island))
mode <- unlist(p$steps[[1]]$modes)
cat(sprintf('static const char MODE_SEX[] = "%s", MODE_ISLAND[] = "%s";\n\n', mode[["sex"]], mode[["island"]]))
cat("// Lambdas by recipes' own search, within 1e-4 of where it ends.\n")
cat("static const struct {\n  const char *data, *method, *column;\n  double lambda;\n} SEARCHED[] = {\n")
for (v in wine) {
  d <- recipe(read("wine"))
  yj <- prep(step_YeoJohnson(d, all_of(v)))$steps[[1]]$lambdas[[v]]
  bc <- prep(step_BoxCox(d, all_of(v)))$steps[[1]]$lambdas[v]
  cat(sprintf('    {"wine", "yeojohnson", "%s", %s},\n', v, num(yj)))
  if (!is.na(bc)) cat(sprintf('    {"wine", "boxcox", "%s", %s},\n', v, num(unname(bc))))
}
cat("};\n")

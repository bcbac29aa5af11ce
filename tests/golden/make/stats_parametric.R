# Writes tests/golden/r_parametric.h: Rscript tests/golden/make/stats_parametric.R > tests/golden/r_parametric.h
# Differences are first level minus second, as t.test has them; TukeyHSD and pairwise tables are not used.
suppressPackageStartupMessages(library(car))
options(warn = -1) # pt far out says that it is not exact
read <- function(name) read.csv(paste0("datasets/", name, ".csv"), na.strings = c("NA", ""), stringsAsFactors = TRUE)
titanic <- read("titanic"); iris <- read("iris"); tooth <- read("toothgrowth"); sprays <- read("insect_sprays")
air <- read("airquality"); penguins <- read("penguins"); sensor <- read("sensor_anomaly")
g <- function(v) {
  s <- sprintf("%.17g", v)
  s[is.infinite(v)] <- ifelse(v[is.infinite(v)] > 0, "INFINITY", "-INFINITY")
  s
}
row <- function(test, data, formula, options, n, values) {
  values <- unlist(values)
  cells <- paste(sprintf("{\"%s\", %s}", names(values), g(values)), collapse = ", ")
  cat(sprintf("    {\"%s\", \"%s\", \"%s\", \"%s\", %d, {%s}},\n", test, data, formula, options, n, cells))
}
t_ncp <- function(t, df, p, upper) {
  f <- function(n) if (upper) pt(t, df, n) - p else pt(t, df, n, lower.tail = FALSE) - p
  uniroot(f, c(t - 12, t + 12), tol = 1e-15, maxiter = 10000)$root
}
t_row <- function(test, data, formula, options, r, unit) { # unit: se / sd, for the effect
  v <- list(statistic = r$statistic[[1]], df = r$parameter[[1]], p = r$p.value, low = r$conf.int[1], high = r$conf.int[2])
  conf <- attr(r$conf.int, "conf.level")
  v$cohen_d <- v$statistic * unit
  if (abs(v$statistic) < 25) {
    v$effect_low <- t_ncp(v$statistic, v$df, (1 - conf) / 2, FALSE) * unit
    v$effect_high <- t_ncp(v$statistic, v$df, (1 - conf) / 2, TRUE) * unit
  }
  row(test, data, formula, options, 0, v)
}
two <- function(d, y, by) {
  f <- as.formula(paste(y, "~", by)); m <- model.frame(f, d)
  s <- split(m[[1]], factor(m[[2]]))
  list(f = f, d = m, a = s[[1]], b = s[[2]])
}
pooled_unit <- function(s) sqrt(1 / length(s$a) + 1 / length(s$b))
average_unit <- function(s) sqrt((var(s$a) / length(s$a) + var(s$b) / length(s$b)) / ((var(s$a) + var(s$b)) / 2))

cat("// Parametric tests: R", as.character(getRversion()), "with car", as.character(packageVersion("car")),
    "(t.test, oneway.test, aov, Anova type II, pairwise.t.test,\n// leveneTest, bartlett.test, var.test, prop.test,",
    "binom.test, poisson.test, cor.test). Limits of Cohen's d: uniroot of pt\n// over ncp, of eta squared of pf. Newcombe's intervals are",
    "made of prop.test's limits. Made by tests/golden/make/stats_parametric.R.\n",
    "// {test, data?rows, formula, options, row of the answer, {column, value} ...}\n",
    "static const ParametricRow PARAMETRIC[] = {\n", sep = " ")
t_cases <- list(list("titanic", titanic, "age", "sex"), list("toothgrowth", tooth, "len", "supp"),
                list("penguins", penguins, "flipper_length_mm", "sex"),
                list("airquality?Month == 5 or Month == 8", subset(air, Month %in% c(5, 8)), "Ozone", "Month"),
                list("sensor_anomaly", sensor, "humidity", "label"),
                list("iris?class ~= 'setosa'", subset(iris, class != "setosa"), "sepal_width_cm", "class"))
for (c in t_cases) {
  s <- two(c[[2]], c[[3]], c[[4]]); f <- paste(c[[3]], "~", c[[4]])
  t_row("t", c[[1]], f, "", t.test(s$f, s$d, var.equal = TRUE), pooled_unit(s))
  t_row("welch", c[[1]], f, "", t.test(s$f, s$d), average_unit(s))
  r <- var.test(s$f, s$d)
  row("var", c[[1]], f, "", 0, list(statistic = r$statistic[[1]], df1 = r$parameter[[1]], df2 = r$parameter[[2]],
                                    p = r$p.value, estimate = r$estimate[[1]], low = r$conf.int[1], high = r$conf.int[2]))
}
s <- two(tooth, "len", "supp")
t_row("t", "toothgrowth", "len ~ supp", "alternative=greater mu=1 conf=0.9",
      t.test(s$f, s$d, var.equal = TRUE, alternative = "greater", mu = 1, conf.level = 0.9), pooled_unit(s))
t_row("welch", "toothgrowth", "len ~ supp", "alternative=less mu=9 conf=0.99",
      t.test(s$f, s$d, alternative = "less", mu = 9, conf.level = 0.99), average_unit(s))
r <- var.test(s$f, s$d, alternative = "less", ratio = 1.1, conf.level = 0.9)
row("var", "toothgrowth", "len ~ supp", "alternative=less ratio=1.1 conf=0.9", 0,
    list(statistic = r$statistic[[1]], p = r$p.value, low = r$conf.int[1], high = r$conf.int[2]))
one <- list(list("titanic", titanic$age, "age", 30), list("airquality", air$Wind, "Wind", 10),
            list("penguins", penguins$body_mass_g, "body_mass_g", 4200), list("iris", iris$petal_length_cm, "petal_length_cm", 3.5),
            list("insect_sprays", sprays$count, "count", 9))
for (c in one) t_row("t", c[[1]], c[[3]], paste0("mu=", c[[4]]), t.test(c[[2]], mu = c[[4]]), 1 / sqrt(sum(!is.na(c[[2]]))))
pairs <- list(list("iris", iris, "sepal_length_cm", "petal_length_cm", 2), list("airquality", air, "Ozone", "Wind", 30),
              list("penguins", penguins, "bill_length_mm", "bill_depth_mm", 26.5))
for (c in pairs) {
  d <- na.omit(c[[2]][, c(c[[3]], c[[4]])])
  t_row("paired_t", c[[1]], paste(c[[3]], "~", c[[4]]), paste0("mu=", c[[5]]),
        t.test(d[[1]], d[[2]], paired = TRUE, mu = c[[5]]), 1 / sqrt(nrow(d)))
}

groups <- list(list("iris", iris, "sepal_width_cm", "class"), list("insect_sprays", sprays, "count", "spray"),
               list("titanic", titanic, "age", "passengerClass"), list("penguins", penguins, "bill_depth_mm", "island"),
               list("airquality", air, "Ozone", "Month"), list("toothgrowth", tooth, "len", "dose"))
for (c in groups) {
  d <- na.omit(c[[2]][, c(c[[3]], c[[4]])]); names(d) <- c("y", "g"); d$g <- factor(d$g); f <- paste(c[[3]], "~", c[[4]])
  a <- anova(lm(y ~ g, d)); ss <- a[["Sum Sq"]]; ms <- a[["Mean Sq"]]; df <- a[["Df"]]
  row("anova", c[[1]], f, "", 0, list(statistic = a[["F value"]][1], df1 = df[1], df2 = df[2], p = a[["Pr(>F)"]][1],
                                      sum_sq = ss[1], mean_sq = ms[1], eta_sq = ss[1] / sum(ss),
                                      omega_sq = (ss[1] - df[1] * ms[2]) / (sum(ss) + ms[2])))
  fv <- a[["F value"]][1]; n <- nrow(d)
  ncp <- function(p, lower) uniroot(function(v) pf(fv, df[1], df[2], v, lower.tail = lower) - p, c(0, 20 * fv * df[1]), tol = 1e-15)$root
  low <- if (pf(fv, df[1], df[2]) > 0.975) ncp(0.025, FALSE) else 0; high <- ncp(0.025, TRUE)
  row("anova", c[[1]], f, "", 0, list(effect_low = low / (low + n), effect_high = high / (high + n)))
  row("anova", c[[1]], f, "", 1, list(df1 = df[2], sum_sq = ss[2], mean_sq = ms[2]))
  r <- oneway.test(y ~ g, d)
  row("welch", c[[1]], f, "", 0, list(statistic = r$statistic[[1]], df2 = r$parameter[[2]], p = r$p.value))
  for (centre in c("median", "mean")) {
    r <- leveneTest(y ~ g, d, center = get(centre))
    row("levene", c[[1]], f, paste0("centre=", centre), 0, list(statistic = r[1, 2], df1 = r[1, 1], df2 = r[2, 1], p = r[1, 3]))
  }
  r <- bartlett.test(y ~ g, d)
  row("bartlett", c[[1]], f, "", 0, list(statistic = r$statistic[[1]], df = r$parameter[[1]], p = r$p.value))
  k <- nlevels(d$g)
  for (how in c("holm", "BH", "none")) for (pool in c(TRUE, FALSE)) {
    p <- pairwise.t.test(d$y, d$g, p.adjust.method = how, pool.sd = pool)$p.value
    i <- 0
    for (x in 1:(k - 1)) for (y in (x + 1):k) {
      if (i < 2 || i == k * (k - 1) / 2 - 1)
        row("pairwise_t", c[[1]], f, paste0("adjust=", how, " pooled=", tolower(pool)), i, list(p = p[y - 1, x]))
      i <- i + 1
    }
  }
}
factors <- list(list("toothgrowth", tooth, "len", "supp", "dose"), list("penguins", penguins, "body_mass_g", "species", "sex"),
                list("titanic", titanic, "age", "sex", "passengerClass"), list("penguins", penguins, "bill_length_mm", "species", "island"),
                list("sensor_anomaly?mote_id <= 4", subset(sensor, mote_id <= 4), "temperature", "mote_id", "label"))
for (c in factors) {
  d <- na.omit(c[[2]][, unlist(c[3:5])]); names(d) <- c("y", "a", "b"); d$a <- factor(d$a); d$b <- factor(d$b)
  for (cross in c(FALSE, TRUE)) {
    if (cross && any(table(d$a, d$b) == 0)) next
    a <- Anova(lm(if (cross) y ~ a * b else y ~ a + b, d), type = 2)
    f <- paste(c[[3]], "~", c[[4]], if (cross) "*" else "+", c[[5]]); last <- nrow(a)
    for (i in 1:(last - 1))
      row("anova", c[[1]], f, "", i - 1, list(statistic = a[i, "F value"], df1 = a[i, "Df"], df2 = a[last, "Df"], p = a[i, "Pr(>F)"],
          sum_sq = a[i, "Sum Sq"], partial_eta_sq = a[i, "Sum Sq"] / (a[i, "Sum Sq"] + a[last, "Sum Sq"])))
    row("anova", c[[1]], f, "", last - 1, list(df1 = a[last, "Df"], sum_sq = a[last, "Sum Sq"]))
  }
}

shares <- list(list("titanic", titanic, "survived", "sex", "yes"), list("sensor_anomaly", sensor, "label", "indoor", "1"),
               list("penguins", penguins, "sex", "year", "male"), list("titanic", titanic, "survived", "passengerClass", "yes"),
               list("penguins?species ~= 'Gentoo'", subset(penguins, species != "Gentoo"), "sex", "species", "male"))
for (c in shares[1:5]) {
  d <- na.omit(c[[2]][, unlist(c[3:4])]); n <- as.vector(table(factor(d[[2]]))); x <- as.vector(table(factor(d[[2]])[d[[1]] == c[[5]]]))
  f <- paste(c[[3]], "~", c[[4]])
  if (length(n) > 2) {
    r <- prop.test(x, n)
    row("proportion", c[[1]], f, "", 0, list(statistic = r$statistic[[1]], df = r$parameter[[1]], p = r$p.value, estimate = r$estimate[[1]]))
  } else for (correct in c(TRUE, FALSE)) for (alternative in c("two.sided", "less")) {
    r <- prop.test(x, n, correct = correct, alternative = alternative)
    v <- list(statistic = r$statistic[[1]], df = 1, p = r$p.value, estimate = r$estimate[[1]] - r$estimate[[2]])
    if (alternative == "two.sided") {
      p <- x / n; far <- function(i) if (x[i] / n[i] > 0.5) 0.01 else 0.99 # so that the whole half is corrected
      a <- prop.test(x[1], n[1], far(1), correct = correct)$conf.int; b <- prop.test(x[2], n[2], far(2), correct = correct)$conf.int
      v$low <- v$estimate - sqrt((p[[1]] - a[1])^2 + (b[2] - p[[2]])^2)
      v$high <- v$estimate + sqrt((a[2] - p[[1]])^2 + (p[[2]] - b[1])^2)
      t <- rbind(x, n - x); or <- t[1, 1] * t[2, 2] / t[1, 2] / t[2, 1]; se <- sqrt(sum(1 / t))
      or <- unname(or); v$odds_ratio <- or; v$odds_low <- exp(log(or) - qnorm(0.975) * se); v$odds_high <- exp(log(or) + qnorm(0.975) * se)
    }
    row("proportion", c[[1]], f, paste0("correct=", tolower(correct), " alternative=", alternative), 0, v)
  }
  d <- na.omit(c[[2]][[c[[3]]]]); n <- length(d); x <- sum(d == c[[5]])
  for (p in c(0.3, 0.5)) for (alternative in c("two.sided", "greater", "less")) {
    options <- paste0("p=", p, " alternative=", alternative, " conf=0.9")
    r <- binom.test(x, n, p, alternative = alternative, conf.level = 0.9)
    row("binomial", c[[1]], c[[3]], options, 0, list(statistic = x, p = r$p.value, estimate = x / n, low = r$conf.int[1], high = r$conf.int[2]))
    r <- prop.test(x, n, p, alternative = alternative, conf.level = 0.9)
    row("proportion", c[[1]], c[[3]], options, 0, list(statistic = r$statistic[[1]], p = r$p.value, estimate = x / n, low = r$conf.int[1], high = r$conf.int[2]))
  }
}

counts <- list(list("insect_sprays?spray == 'A' or spray == 'F'", subset(sprays, spray %in% c("A", "F")), "count", "spray"),
               list("insect_sprays?spray == 'C' or spray == 'E'", subset(sprays, spray %in% c("C", "E")), "count", "spray"),
               list("airquality?Month == 6 or Month == 9", subset(air, Month %in% c(6, 9)), "Ozone", "Month"))
for (c in counts) {
  d <- na.omit(c[[2]][, unlist(c[3:4])]); x <- tapply(d[[1]], factor(d[[2]]), sum); n <- table(factor(d[[2]]))
  for (alternative in c("two.sided", "greater", "less")) for (rate in c(1, 0.8)) {
    options <- paste0("rate=", rate, " alternative=", alternative)
    r <- poisson.test(as.vector(x), as.vector(n), r = rate, alternative = alternative)
    row("poisson", c[[1]], paste(c[[3]], "~", c[[4]]), options, 0, list(statistic = x[[1]], p = r$p.value, estimate = r$estimate[[1]], low = r$conf.int[1], high = r$conf.int[2]))
    at <- signif(sum(x) / sum(n) * rate, 3); options <- paste0("rate=", at, " alternative=", alternative)
    r <- poisson.test(sum(x), sum(n), r = at, alternative = alternative)
    row("poisson", c[[1]], c[[3]], options, 0, list(statistic = sum(x), p = r$p.value, estimate = r$estimate[[1]], low = r$conf.int[1], high = r$conf.int[2]))
  }
}

both <- list(list("iris", iris, "sepal_length_cm", "petal_width_cm"), list("airquality", air, "Ozone", "Temp"),
             list("penguins", penguins, "bill_length_mm", "bill_depth_mm"), 
             list("sensor_anomaly?reading <= 400", subset(sensor, reading <= 400), "humidity", "temperature"), list("toothgrowth", tooth, "len", "dose"),
             list("airquality?Month == 7 and Day <= 12", subset(air, Month == 7 & Day <= 12), "Solar.R", "Wind"))
for (c in both) for (method in c("pearson", "spearman", "kendall")) for (alternative in c("two.sided", "less")) {
  d <- na.omit(c[[2]][, unlist(c[3:4])]); x <- d[[1]]; y <- d[[2]]
  r <- suppressWarnings(cor.test(x, y, method = method, alternative = alternative))
  v <- list(p = r$p.value, estimate = r$estimate[[1]])
  if (method != "spearman") v$statistic <- r$statistic[[1]]
  if (method == "pearson") { v$low <- r$conf.int[1]; v$high <- r$conf.int[2] }
  row("correlation", c[[1]], paste(c[[3]], "~", c[[4]]), paste0("method=", method, " alternative=", alternative), 0, v)
}
cat("};\n")
p <- c(0.01, 0.02, NA, 0.03, 0.04, 0.05, 1e-10, 0.5, 0.99, 0.04, 0.2)
cat("static const double ADJUST_P[] = {", paste(ifelse(is.na(p), "NAN", g(p)), collapse = ", "), "};\n", sep = "")
cat("static const double ADJUSTED[][", length(p), "] = {\n", sep = "")
for (how in c("holm", "hochberg", "hommel", "bonferroni", "BH", "BY", "none")) {
  a <- p.adjust(p, how)
  cat("    {", paste(ifelse(is.na(a), "NAN", g(a)), collapse = ", "), "}, // ", how, "\n", sep = "")
}
cat("};\n")

# Writes tests/golden/r_five.h: Rscript tests/golden/make/stats_five.R > tests/golden/r_five.h
# Every test on five bundled tables or more. Differences are first level minus second.
invisible(Sys.setlocale("LC_COLLATE", "C"))
suppressMessages({library(car); library(nortest); library(MASS)})
options(warn = -1)
read <- function(n) read.csv(paste0("datasets/", n, ".csv"), stringsAsFactors = TRUE, na.strings = c("NA", ""))
titanic <- read("titanic"); iris <- read("iris"); penguins <- read("penguins"); credit <- read("credit")
seattle <- read("seattle_weather"); air <- read("airquality"); ucb <- read("ucb_admissions"); cars <- read("cars")
sprays <- read("insect_sprays"); wine <- read("wine"); longley <- read("longley"); sensor <- read("sensor_anomaly")
arrests <- read("usarrests"); tooth <- read("toothgrowth"); passengers <- read("airpassengers")
num <- function(v) if (is.na(v)) "NAN" else if (is.infinite(v)) if (v > 0) "INFINITY" else "-INFINITY" else sprintf("%.17g", v)
row <- function(test, data, formula, opts, ..., at = 0) {
  v <- list(...); v <- v[!sapply(v, is.null)]
  cat(sprintf('    {"%s", "%s", "%s", "%s", %d, {%s}},\n', test, data, formula, opts, at,
              paste(sprintf('{"%s", %s}', names(v), sapply(v, num)), collapse = ", ")))
}
cat("// Every statistical test on five tables: R ", as.character(getRversion()), " with car ", as.character(packageVersion("car")),
    ", nortest ", as.character(packageVersion("nortest")), ", MASS ", as.character(packageVersion("MASS")),
    ".\n// Made by tests/golden/make/stats_five.R: {test, data, formula, options, row of the answer, {column, value} ...}\n",
    "static const FiveRow FIVE[] = {\n", sep = "")

# ---- two groups -----------------------------------------------------------------------------------------------------
two <- list(list("titanic", titanic, "age", "sex"), list("penguins", penguins, "body_mass_g", "sex"),
            list("credit", credit, "Price", "Status"),
            list("seattle_weather?weather == 'rain' or weather == 'sun'", subset(seattle, weather %in% c("rain", "sun")), "temp_max", "weather"),
            list("iris?class ~= 'setosa'", subset(iris, class != "setosa"), "petal_length_cm", "class"),
            list("toothgrowth", tooth, "len", "supp"))
limit <- function(t) 2 * sum((-1)^(0:99) * exp(-2 * (1:100)^2 * t^2))
for (c in two) {
  d <- na.omit(c[[2]][, c(c[[3]], c[[4]])]); names(d) <- c("y", "g"); d$g <- factor(d$g); f <- paste(c[[3]], "~", c[[4]])
  s <- split(d$y, d$g); a <- s[[1]]; b <- s[[2]]; na <- length(a); nb <- length(b)
  r <- t.test(a, b, var.equal = TRUE)
  row("t", c[[1]], f, "", statistic = r$statistic, df = r$parameter, p = r$p.value, low = r$conf.int[1], high = r$conf.int[2],
      cohen_d = (mean(a) - mean(b)) / sqrt(((na - 1) * var(a) + (nb - 1) * var(b)) / (na + nb - 2)))
  r <- t.test(a, b)
  row("welch", c[[1]], f, "", statistic = r$statistic, df = r$parameter, p = r$p.value, low = r$conf.int[1], high = r$conf.int[2],
      cohen_d = (mean(a) - mean(b)) / sqrt((var(a) + var(b)) / 2))
  r <- var.test(a, b)
  row("var", c[[1]], f, "", statistic = r$statistic, df1 = r$parameter[1], df2 = r$parameter[2], p = 2 * min(pf(r$statistic, na - 1, nb - 1), pf(r$statistic, na - 1, nb - 1, lower.tail = FALSE)), estimate = r$estimate, low = r$conf.int[1], high = r$conf.int[2])
  r <- wilcox.test(a, b, tol.root = 1e-13, conf.int = TRUE)
  row("mannwhitney", c[[1]], f, "", statistic = r$statistic, p = r$p.value, rank_biserial = 2 * r$statistic[[1]] / (na * nb) - 1)
  r <- ks.test(a, b); w <- sqrt(log(2 / (1 - sqrt(0.95))) / 2) * (1 / sqrt(na) + 1 / sqrt(nb))
  if (na * nb >= 10000) r$p.value <- limit(r$statistic * sqrt(na * nb / (na + nb))) # R takes it from 1
  row("ks", c[[1]], f, "", statistic = r$statistic, p = r$p.value, distance = r$statistic, effect_low = max(0, r$statistic - w), effect_high = min(1, r$statistic + w))
  sd <- signif(sd(d$y), 2); sd2 <- signif(sd * 1.1, 3); se <- sqrt(sd^2 / na + sd2^2 / nb); z <- (mean(a) - mean(b)) / se; u <- sqrt((sd^2 + sd2^2) / 2)
  row("z", c[[1]], f, sprintf("sd=%g sd2=%g", sd, sd2), statistic = z, p = 2 * pnorm(-abs(z)), estimate = mean(a) - mean(b),
      low = mean(a) - mean(b) - qnorm(0.975) * se, high = mean(a) - mean(b) + qnorm(0.975) * se, cohen_d = (mean(a) - mean(b)) / u,
      effect_low = (mean(a) - mean(b) - qnorm(0.975) * se) / u, effect_high = (mean(a) - mean(b) + qnorm(0.975) * se) / u)
}

# ---- one sample, and pairs ------------------------------------------------------------------------------------------
one <- list(list("titanic", titanic, "age", 29), list("penguins", penguins, "body_mass_g", 4200), list("iris", iris, "sepal_length_cm", 5.8),
            list("credit", credit, "Price", 1450), list("seattle_weather", seattle, "temp_max", 16))
for (c in one) {
  x <- na.omit(c[[2]][[c[[3]]]]); mu <- c[[4]]; n <- length(x); o <- paste0("mu=", mu)
  r <- t.test(x, mu = mu); row("t", c[[1]], c[[3]], o, statistic = r$statistic, df = r$parameter, p = r$p.value, cohen_d = (mean(x) - mu) / sd(x))
  se <- sd(x) / sqrt(n); z <- (mean(x) - mu) / se
  row("z", c[[1]], c[[3]], paste(o, "alternative=greater"), statistic = z, p = pnorm(z, lower.tail = FALSE), estimate = mean(x), low = mean(x) - qnorm(0.95) * se, cohen_d = (mean(x) - mu) / sd(x))
  k <- ks.test(x, "pnorm", mean(x), sd(x)); w <- sqrt(log(40) / (2 * n)); d <- k$statistic[[1]]; lo <- max(0, d - w); hi <- min(1, d + w)
  row("ks", c[[1]], c[[3]], "", statistic = d, p = limit(d * sqrt(n)), distance = d, effect_low = lo, effect_high = hi)
  r <- shapiro.test(x); row("shapiro", c[[1]], c[[3]], "", statistic = r$statistic, p = r$p.value, distance = d, effect_low = lo, effect_high = hi, n = n)
  r <- ad.test(x); row("anderson_darling", c[[1]], c[[3]], "", statistic = r$statistic, p = r$p.value, distance = d, effect_low = lo, effect_high = hi)
  r <- fitdistr(x, "normal"); row("fit", c[[1]], c[[3]], "dist=normal", estimate = r$estimate[1], se = r$sd[1], log_lik = r$loglik, aic = AIC(r), bic = BIC(r), gof_statistic = ad.test(x)$statistic, gof_p = ad.test(x)$p.value)
}
pairs <- list(list("iris", iris, "sepal_length_cm", "petal_length_cm", 2), list("penguins", penguins, "bill_length_mm", "bill_depth_mm", 26.5),
              list("seattle_weather", seattle, "temp_max", "temp_min", 8), list("credit", credit, "Price", "Amount", 400),
              list("wine", wine, "alcohol", "malic_acid", 10.5), list("usarrests", arrests, "Rape", "Murder", 13))
for (c in pairs) {
  d <- na.omit(c[[2]][, c(c[[3]], c[[4]])]); x <- d[[1]] - d[[2]]; mu <- c[[5]]; f <- paste(c[[3]], "~", c[[4]]); o <- paste0("mu=", mu)
  r <- t.test(x, mu = mu); row("paired_t", c[[1]], f, o, statistic = r$statistic, df = r$parameter, p = r$p.value, low = r$conf.int[1], high = r$conf.int[2], cohen_d = (mean(x) - mu) / sd(x))
  r <- wilcox.test(x, mu = mu); m <- sum(x != mu)
  row("wilcoxon", c[[1]], f, o, statistic = r$statistic, p = r$p.value, rank_biserial = 4 * r$statistic[[1]] / (m * (m + 1)) - 1)
  r <- binom.test(sum(x > mu), m); row("sign", c[[1]], f, o, statistic = sum(x > mu), p = r$p.value, estimate = median(x), share_above = r$estimate, effect_low = r$conf.int[1], effect_high = r$conf.int[2])
}
both <- list(list("iris", iris, "sepal_length_cm", "petal_width_cm"), list("penguins", penguins, "bill_length_mm", "bill_depth_mm"),
             list("seattle_weather", seattle, "temp_max", "wind"), list("credit", credit, "Price", "Amount"),
             list("wine", wine, "alcohol", "proline"), list("longley", longley, "GNP", "Unemployed"),
             list("longley?Year >= 1954", subset(longley, Year >= 1954), "Unemployed", "Population"),
             list("usarrests?Murder > 11.5", subset(arrests, Murder > 11.5), "Murder", "Rape"))
for (c in both) for (method in c("pearson", "spearman", "kendall")) for (alternative in if (nrow(c[[2]]) < 20) c("two.sided", "less", "greater") else "two.sided") {
  d <- na.omit(c[[2]][, c(c[[3]], c[[4]])]); r <- cor.test(d[[1]], d[[2]], method = method, alternative = alternative)
  ties <- anyDuplicated(d[[1]]) || anyDuplicated(d[[2]]); n <- nrow(d); s <- r$statistic[[1]]
  if (method == "spearman" && ties) s <- r$estimate[[1]] * sqrt((n - 2) / (1 - r$estimate[[1]]^2))
  row("correlation", c[[1]], paste(c[[3]], "~", c[[4]]), paste0("method=", method, " alternative=", alternative), statistic = s, df = r$parameter, p = r$p.value, estimate = r$estimate,
      low = if (method == "pearson") r$conf.int[1], high = if (method == "pearson") r$conf.int[2])
}

# ---- several groups -------------------------------------------------------------------------------------------------
groups <- list(list("iris", iris, "sepal_width_cm", "class"), list("penguins", penguins, "bill_depth_mm", "island"),
               list("titanic", titanic, "age", "passengerClass"), list("seattle_weather", seattle, "temp_max", "weather"),
               list("credit", credit, "Age", "Job"), list("insect_sprays", sprays, "count", "spray"))
share <- function(f, df1, df2, q, lower) { # limits of the noncentrality of F
  g <- function(v) pf(f, df1, df2, v, lower.tail = lower) - q
  if (g(0) * (if (lower) 1 else -1) <= 0) return(0)
  v <- uniroot(g, c(0, 40 * f * df1 + 200), tol = 1e-15, maxiter = 10000)$root; v / (v + df1 + df2 + 1)
}
# P(Q > q) of the studentised range by quadrature: ptukey is good to 1e-8 or so with many degrees of freedom.
range_p <- function(q, k, df) {
  above <- function(w) sapply(w, function(w) k * integrate(function(z) dnorm(z) * pnorm(z)^(k - 1) * -expm1((k - 1) * log1p(-pnorm(z - w) / pnorm(z))),
                                                           -9, 9 + w, rel.tol = 1e-13, subdivisions = 2000)$value)
  s <- sqrt(c(qchisq(1e-60, df), qchisq(1e-60, df, lower.tail = FALSE)) / df)
  cut <- seq(s[1], s[2], length.out = 41)
  p <- sum(sapply(1:40, function(i) integrate(function(s) 2 * df * s * dchisq(df * s^2, df) * above(q * s), cut[i], cut[i + 1], rel.tol = 1e-12)$value))
  stopifnot(abs(p - ptukey(q, k, df, lower.tail = FALSE)) < 1e-7)
  p
}
for (c in groups) {
  d <- na.omit(c[[2]][, c(c[[3]], c[[4]])]); names(d) <- c("y", "g"); d$g <- factor(d$g); f <- paste(c[[3]], "~", c[[4]]); k <- nlevels(d$g)
  a <- anova(lm(y ~ g, d)); ss <- a[["Sum Sq"]]; df <- a[["Df"]]; fv <- a[["F value"]][1]
  row("anova", c[[1]], f, "", statistic = fv, df1 = df[1], df2 = df[2], p = a[["Pr(>F)"]][1], eta_sq = ss[1] / sum(ss), effect_low = share(fv, df[1], df[2], 0.025, FALSE), effect_high = share(fv, df[1], df[2], 0.025, TRUE))
  r <- oneway.test(y ~ g, d); w <- r$parameter
  row("welch", c[[1]], f, "", statistic = r$statistic, df1 = w[1], df2 = w[2], p = r$p.value, eta_sq = r$statistic * w[1] / (r$statistic * w[1] + w[2]), effect_low = share(r$statistic, w[1], w[2], 0.025, FALSE), effect_high = share(r$statistic, w[1], w[2], 0.025, TRUE))
  r <- leveneTest(y ~ g, d); z <- abs(d$y - ave(d$y, d$g, FUN = median)); q <- anova(lm(z ~ d$g)); m <- q[["Mean Sq"]]
  row("levene", c[[1]], f, "", statistic = r[1, 2], df1 = r[1, 1], df2 = r[2, 1], p = r[1, 3], omega_sq = max(0, (q[["Sum Sq"]][1] - df[1] * m[2]) / (sum(q[["Sum Sq"]]) + m[2])), effect_low = share(r[1, 2], df[1], df[2], 0.025, FALSE), effect_high = share(r[1, 2], df[1], df[2], 0.025, TRUE))
  r <- bartlett.test(y ~ g, d); v <- tapply(d$y, d$g, var); n <- table(d$g); p <- 0.05 / (k * (k - 1)); lo <- hi <- 1
  for (i in 1:k) for (j in 1:k) if (i != j) { lo <- max(lo, v[i] / v[j] / qf(p, n[i] - 1, n[j] - 1, lower.tail = FALSE)); hi <- max(hi, v[i] / v[j] * qf(p, n[j] - 1, n[i] - 1, lower.tail = FALSE)) }
  row("bartlett", c[[1]], f, "", statistic = r$statistic, df = r$parameter, p = r$p.value, variance_ratio = max(v) / min(v), effect_low = lo, effect_high = hi)
  r <- kruskal.test(y ~ g, d); row("kruskal", c[[1]], f, "", statistic = r$statistic, df = r$parameter, p = r$p.value, epsilon_sq = r$statistic / (nrow(d) - 1))
  mean <- tapply(d$y, d$g, mean); mse <- a[["Mean Sq"]][2]; rk <- rank(d$y); N <- nrow(d); mr <- tapply(rk, d$g, base::mean); tie <- table(d$y); at <- 0
  ps <- function(f) unlist(lapply(1:(k - 1), function(i) sapply((i + 1):k, function(j) f(i, j))))
  dunn_se <- function(i, j) sqrt((N * (N + 1) / 12 - sum(tie^3 - tie) / (12 * (N - 1))) * (1 / n[[i]] + 1 / n[[j]]))
  dunn <- ps(function(i, j) 2 * pnorm(-abs(mr[[i]] - mr[[j]]) / dunn_se(i, j))); holm <- p.adjust(dunn, "holm")
  pt2 <- ps(function(i, j) 2 * pt(-abs(mean[[i]] - mean[[j]]) / sqrt(mse * (1 / n[[i]] + 1 / n[[j]])), df[2])); pholm <- p.adjust(pt2, "holm")
  for (i in 1:(k - 1)) for (j in (i + 1):k) {
    if (at > 1) next
    diff <- mean[[i]] - mean[[j]]; se <- sqrt(mse * (1 / n[[i]] + 1 / n[[j]])); vi <- v[[i]] / n[[i]]; vj <- v[[j]] / n[[j]]
    q <- abs(diff) / se * sqrt(2); row("tukey", c[[1]], f, "", statistic = q, df = df[2], p = range_p(q, k, df[2]), estimate = diff, cohen_d = diff / sqrt(mse), at = at)
    dw <- (vi + vj)^2 / (vi^2 / (n[[i]] - 1) + vj^2 / (n[[j]] - 1)); q <- abs(diff) / sqrt(vi + vj) * sqrt(2)
    row("games_howell", c[[1]], f, "", statistic = q, df = dw, p = range_p(q, k, dw), estimate = diff, cohen_d = diff / sqrt((v[[i]] + v[[j]]) / 2), at = at)
    row("pairwise_t", c[[1]], f, "", statistic = diff / se, df = df[2], p = pholm[at + 1], p_alone = pt2[at + 1], cohen_d = diff / sqrt(mse), at = at)
    z <- (mr[[i]] - mr[[j]]) / dunn_se(i, j); w <- qnorm(0.975) * dunn_se(i, j)
    row("dunn", c[[1]], f, "", statistic = z, p = holm[at + 1], p_alone = dunn[at + 1], relative_effect = (mr[[i]] - mr[[j]]) / N, effect_low = (mr[[i]] - mr[[j]] - w) / N, effect_high = (mr[[i]] - mr[[j]] + w) / N, at = at)
    at <- at + 1
  }
}
blocks <- list(list("airquality", air, "Temp", "Month", "Day", "Temp > 80", air$Temp > 80),
               list("ucb_admissions+cell = Admit .. Gender", transform(ucb, cell = factor(paste0(Admit, Gender))), "Freq", "Dept", "cell", "Freq > 100", ucb$Freq > 100),
               list("seattle_weather+y = year(date)+md = month(date) * 100 - (0 - day(date))",
                    transform(seattle, y = as.integer(substr(date, 1, 4)), md = substr(date, 6, 10)), "temp_max", "y", "md", "precipitation > 0", seattle$precipitation > 0),
               list("airpassengers+y = year(month)+m = month(month)",
                    transform(passengers, y = as.integer(substr(month, 1, 4)), m = as.integer(substr(month, 6, 7))), "passengers", "m", "y", "passengers > 250", passengers$passengers > 250),
               list("sensor_anomaly", sensor, "humidity", "mote_id", "reading", "humidity > 45", sensor$humidity > 45))
for (c in blocks) {
  d <- c[[2]]; wide <- na.omit(tapply(d[[c[[3]]]], list(d[[c[[5]]]], d[[c[[4]]]]), sum)); f <- paste(c[[3]], "~", c[[4]], "|", c[[5]])
  r <- friedman.test(wide); row("friedman", c[[1]], f, "", statistic = r$statistic, df = r$parameter, p = r$p.value, kendall_w = r$statistic / (nrow(wide) * (ncol(wide) - 1)), n = nrow(wide))
  d$hit <- c[[7]]; wide <- na.omit(tapply(d$hit, list(d[[c[[5]]]], d[[c[[4]]]]), sum)); k <- ncol(wide); s <- rowSums(wide); t <- colSums(wide)
  Q <- (k - 1) * (k * sum(t^2) - sum(t)^2) / (k * sum(s) - sum(s^2))
  row("cochran_q", paste0(c[[1]], "+hit = ", c[[6]]), paste("hit ~", c[[4]], "|", c[[5]]), "", statistic = Q, df = k - 1, p = pchisq(Q, k - 1, lower.tail = FALSE), eta_sq = Q / (nrow(wide) * (k - 1)), n = nrow(wide))
}

# ---- counts ---------------------------------------------------------------------------------------------------------
chi <- function(x, df, scale, q) { # limit of the noncentrality
  g <- function(v) pchisq(x, df, v, lower.tail = q > 0.5) - (if (q > 0.5) 1 - q else q)
  if (g(0) * (if (q > 0.5) 1 else -1) <= 0) return(0)
  min(1, sqrt(uniroot(g, c(0, 10 * x + 200), tol = 1e-12)$root / scale))
}
tables <- list(list("titanic", titanic$survived, "survived", titanic$passengerClass, "passengerClass"), list("penguins", penguins$species, "species", penguins$island, "island"),
               list("credit", credit$Status, "Status", credit$Records, "Records"), list("credit", credit$Status, "Status", credit$Home, "Home"),
               list("seattle_weather+cold = temp_min < 8", seattle$temp_min < 8, "cold", seattle$weather, "weather"),
               list("iris+long = sepal_length_cm > 5.8", iris$sepal_length_cm > 5.8, "long", iris$class, "class"))
for (c in tables) {
  x <- table(c[[2]], c[[4]]); r <- chisq.test(x); u <- chisq.test(x, correct = FALSE)$statistic[[1]]; s <- sum(x) * (min(dim(x)) - 1); d <- r$parameter[[1]]
  row("chisq", c[[1]], paste(c[[3]], "~", c[[5]]), "", statistic = r$statistic, df = d, p = r$p.value, cramers_v = sqrt(u / s), effect_low = chi(u, d, s, 0.025), effect_high = chi(u, d, s, 0.975))
}
small <- list(list("titanic", titanic$survived, "survived", titanic$sex, "sex"), list("credit", credit$Status, "Status", credit$Records, "Records"),
              list("seattle_weather+cold = temp_min < 8+wet = precipitation > 0", seattle$temp_min < 8, "cold", seattle$precipitation > 0, "wet"),
              list("iris+long = sepal_length_cm > 5.8+wide = petal_width_cm > 1", iris$sepal_length_cm > 5.8, "long", iris$petal_width_cm > 1, "wide"),
              list("toothgrowth+long = len > 20", tooth$len > 20, "long", tooth$supp, "supp"),
              list("penguins+heavy = body_mass_g > 4000", penguins$body_mass_g > 4000, "heavy", penguins$sex, "sex"))
root <- function(f) exp(uniroot(function(t) f(exp(t)), c(-25, 25), tol = 1e-15, maxiter = 10000)$root)
wilson <- function(k, n, z = qnorm(0.975)) { p <- k / n; m <- (p + z^2 / (2 * n)) / (1 + z^2 / n); w <- z / (1 + z^2 / n) * sqrt(p * (1 - p) / n + z^2 / (4 * n^2)); c(m - w, m + w) }
for (c in small) {
  x <- table(c[[2]], c[[4]]); f <- paste(c[[3]], "~", c[[5]]); n1 <- sum(x[, 1]); n2 <- sum(x[, 2]); k <- sum(x[1, ]); a <- x[1, 1]; n <- sum(x)
  s <- max(0, k - n2):min(k, n1); ld <- dhyper(s, n1, n2, k, log = TRUE)
  dn <- function(w) { v <- exp(ld + log(w) * s - max(ld + log(w) * s)); v / sum(v) }
  row("fisher", c[[1]], f, "", p = fisher.test(x)$p.value, odds_ratio = root(function(w) sum(s * dn(w)) - a), effect_low = root(function(w) sum(dn(w)[s >= a]) - 0.025), effect_high = root(function(w) sum(dn(w)[s <= a]) - 0.025))
  y <- x[2:1, ]; o <- y[1, 1] * y[2, 2] / (y[1, 2] * y[2, 1]); z <- qnorm(0.975); se <- sqrt(sum(1 / y)); p1 <- y[1, 1] / n1; p2 <- y[1, 2] / n2
  row("odds", c[[1]], f, "", estimate = o, low = o * exp(-z * se), high = o * exp(z * se))
  se <- sqrt(1 / y[1, 1] - 1 / n1 + 1 / y[1, 2] - 1 / n2); row("odds", c[[1]], f, "", estimate = p1 / p2, low = p1 / p2 * exp(-z * se), high = p1 / p2 * exp(z * se), at = 1)
  w1 <- wilson(y[1, 1], n1); w2 <- wilson(y[1, 2], n2)
  row("odds", c[[1]], f, "", estimate = p1 - p2, low = p1 - p2 - sqrt((p1 - w1[1])^2 + (w2[2] - p2)^2), high = p1 - p2 + sqrt((w1[2] - p1)^2 + (p2 - w2[1])^2), at = 2)
  r <- prop.test(y[1, ], c(n1, n2)); h <- 2 * asin(sqrt(p1)) - 2 * asin(sqrt(p2)); w <- z * sqrt(1 / n1 + 1 / n2)
  row("proportion", c[[1]], f, "", statistic = r$statistic, df = r$parameter, p = r$p.value, estimate = p1 - p2, cohen_h = h, effect_low = h - w, effect_high = h + w)
  k <- sum(y[1, ]); r <- prop.test(k, n, 0.45); h <- 2 * asin(sqrt(k / n)) - 2 * asin(sqrt(0.45)); w <- z / sqrt(n); m <- na.omit(data.frame(c[[2]], c[[4]])); all <- sum(!is.na(c[[2]]))
  if (all == n) {
    row("proportion", c[[1]], c[[3]], "p=0.45", statistic = r$statistic, df = r$parameter, p = r$p.value, estimate = k / n, low = r$conf.int[1], high = r$conf.int[2], cohen_h = h, effect_low = h - w, effect_high = h + w)
    r <- binom.test(k, n, 0.45); row("binomial", c[[1]], c[[3]], "p=0.45", statistic = k, p = r$p.value, estimate = k / n, low = r$conf.int[1], high = r$conf.int[2], cohen_h = h, effect_low = h - w, effect_high = h + w)
  }
}
changes <- list(list("titanic+a = age > 30+b = survived == 'yes'", titanic$age > 30, titanic$survived == "yes"), list("penguins+a = body_mass_g > 4000+b = flipper_length_mm > 200", penguins$body_mass_g > 4000, penguins$flipper_length_mm > 200),
                list("iris+a = sepal_length_cm > 6+b = petal_length_cm > 5", iris$sepal_length_cm > 6, iris$petal_length_cm > 5), list("credit+a = Price > 1400+b = Amount > 1000", credit$Price > 1400, credit$Amount > 1000),
                list("seattle_weather+a = temp_max > 15+b = temp_min > 8", seattle$temp_max > 15, seattle$temp_min > 8))
for (c in changes) {
  x <- table(c[[2]], c[[3]]); r <- mcnemar.test(x); i <- binom.test(x[1, 2], x[1, 2] + x[2, 1])
  row("mcnemar", c[[1]], "a ~ b", "", statistic = r$statistic, df = r$parameter, p = r$p.value, p_exact = i$p.value, odds_ratio = x[1, 2] / x[2, 1], effect_low = i$conf.int[1] / (1 - i$conf.int[1]), effect_high = i$conf.int[2] / (1 - i$conf.int[2]))
}
for (c in list(list("penguins", penguins$species, "species", penguins$sex, "sex"), list("titanic", titanic$survived, "survived", titanic$passengerClass, "passengerClass"))) {
  x <- table(c[[2]], c[[4]]); u <- chisq.test(x, correct = FALSE); d <- u$parameter[[1]]; s <- sum(x) * (min(dim(x)) - 1)
  row("fisher", c[[1]], paste(c[[3]], "~", c[[5]]), "", p = fisher.test(x, workspace = 2e7)$p.value, cramers_v = sqrt(u$statistic[[1]] / s), effect_low = chi(u$statistic, d, s, 0.025), effect_high = chi(u$statistic, d, s, 0.975))
}
bands <- function(x, by) pmin(2, floor(x / by))
x <- table(bands(credit$Price, 900), bands(credit$Amount, 700)); r <- mcnemar.test(x); m <- sum(x) - sum(diag(x))
row("mcnemar", "credit+a = clip(Price // 900, 0, 2)+b = clip(Amount // 700, 0, 2)", "a ~ b", "", statistic = r$statistic, df = r$parameter, p = r$p.value,
    cohen_g = sqrt(r$statistic / m) / 2, effect_low = chi(r$statistic, 3, 4 * m, 0.025), effect_high = min(0.5, chi(r$statistic, 3, 4 * m, 0.975)))
rates <- list(list("insect_sprays?spray == 'A' or spray == 'F'", subset(sprays, spray %in% c("A", "F")), "count", "spray"), list("credit", credit, "Seniority", "Status"),
              list("penguins", penguins, "flipper_length_mm", "sex"), list("airquality?Month == 6 or Month == 9", subset(air, Month %in% c(6, 9)), "Ozone", "Month"),
              list("cars?Origin ~= 'USA'", subset(cars, Origin != "USA"), "Cylinders", "Origin"))
for (c in rates) {
  d <- na.omit(c[[2]][, c(c[[3]], c[[4]])]); x <- as.vector(tapply(d[[1]], factor(d[[2]]), sum)); n <- as.vector(table(factor(d[[2]])))
  r <- poisson.test(x, n); row("poisson", c[[1]], paste(c[[3]], "~", c[[4]]), "", statistic = x[1], p = r$p.value, estimate = r$estimate, low = r$conf.int[1], high = r$conf.int[2])
}
cat("};\n")

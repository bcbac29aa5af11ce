# Writes tests/golden/r_power.h: Rscript tests/golden/make/stats_power.R > tests/golden/r_power.h
suppressMessages(library(pwr))
num <- function(v) if (is.null(v)) "NAN" else sprintf("%.17g", v)
row <- function(test, n, effect, power, alpha, samples, alternative, groups, want)
  cat(sprintf("    {{%s, %s, %s, %s, %s, %s, %s, %d}, %s},\n", test, num(n), num(effect), num(power), num(alpha), samples, alternative, groups, num(want)))
cat("// Power of tests: pwr ", as.character(packageVersion("pwr")), " and power.t.test, power.anova.test of R ", as.character(getRversion()),
    ".\n// Made by tests/golden/make/stats_power.R: {options, what is solved for}\nstatic const struct {\n  PowerOpts o;\n  double want;\n} POWER[] = {\n", sep = "")
side <- c(two.sided = 0, less = 1, greater = 2)
for (alternative in names(side)) for (samples in c("two.sample", "one.sample", "paired")) {
  s <- c(two.sample = "POWER_TWO", one.sample = "POWER_ONE", paired = "POWER_PAIRED")[[samples]]; sgn <- if (alternative == "less") -1 else 1
  p <- function(...) pwr.t.test(..., type = samples, alternative = alternative)
  for (n in c(3, 20, 111)) for (d in c(0.1, 0.5, 1.2)) row("POWER_T", n, sgn * d, NULL, 0.01, s, side[[alternative]], 2, p(n = n, d = sgn * d, sig.level = 0.01)$power)
  f <- function(n) p(n = n, d = sgn * 0.4, sig.level = 0.05)$power - 0.85
  row("POWER_T", NULL, sgn * 0.4, 0.85, 0.05, s, side[[alternative]], 2, uniroot(f, c(5, 500), tol = 1e-13)$root)
  f <- function(d) p(n = 25, d = d, sig.level = 0.05)$power - 0.7
  row("POWER_T", 25, NULL, 0.7, 0.05, s, side[[alternative]], 2, uniroot(f, sort(sgn * c(0.1, 3)), tol = 1e-14)$root)
  f <- function(a) p(n = 25, d = sgn * 0.5, sig.level = a)$power - 0.7
  row("POWER_T", 25, sgn * 0.5, 0.7, NULL, s, side[[alternative]], 2, uniroot(f, c(1e-5, 0.9), tol = 1e-14)$root)
}
row("POWER_T", 20, 1, NULL, 0.05, "POWER_TWO", 0, 2, power.t.test(n = 20, delta = 1, sd = 1, strict = TRUE)$power)
for (k in c(2, 4, 9)) for (n in c(3, 15, 80)) row("POWER_ANOVA", n, 0.25, NULL, 0.05, "POWER_TWO", 0, k, pwr.anova.test(k = k, n = n, f = 0.25)$power)
row("POWER_ANOVA", 6, sqrt(3 / 4 * 2 / 9), NULL, 0.05, "POWER_TWO", 0, 4, power.anova.test(groups = 4, n = 6, between.var = 2, within.var = 9)$power)
row("POWER_ANOVA", NULL, 0.1, 0.9, 0.05, "POWER_TWO", 0, 5, uniroot(function(n) pwr.anova.test(k = 5, n = n, f = 0.1)$power - 0.9, c(5, 2000), tol = 1e-12)$root)
row("POWER_ANOVA", 30, NULL, 0.9, 0.05, "POWER_TWO", 0, 5, uniroot(function(f) pwr.anova.test(k = 5, n = 30, f = f)$power - 0.9, c(0.01, 3), tol = 1e-14)$root)
for (alternative in names(side)) {
  sgn <- if (alternative == "less") -1 else 1; a <- side[[alternative]]
  row("POWER_PROPORTION", 50, sgn * 0.3, NULL, 0.05, "POWER_TWO", a, 2, pwr.2p.test(h = sgn * 0.3, n = 50, alternative = alternative)$power)
  row("POWER_PROPORTION", 50, sgn * 0.3, NULL, 0.05, "POWER_ONE", a, 2, pwr.p.test(h = sgn * 0.3, n = 50, alternative = alternative)$power)
  row("POWER_PROPORTION", NULL, sgn * 0.3, 0.8, 0.05, "POWER_TWO", a, 2, uniroot(function(n) pwr.2p.test(h = sgn * 0.3, n = n, alternative = alternative)$power - 0.8, c(3, 5000), tol = 1e-12)$root)
  for (r in c(0.1, 0.3, 0.8)) row("POWER_CORRELATION", 40, sgn * r, NULL, 0.05, "POWER_TWO", a, 2, pwr.r.test(n = 40, r = sgn * r, alternative = alternative)$power)
  row("POWER_CORRELATION", NULL, sgn * 0.3, 0.8, 0.05, "POWER_TWO", a, 2, uniroot(function(n) pwr.r.test(n = n, r = sgn * 0.3, alternative = alternative)$power - 0.8, c(5, 5000), tol = 1e-12)$root)
}
cat("};\n")

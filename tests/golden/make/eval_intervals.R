# Prints tests/golden/eval_intervals.h: DeLong intervals by the definition of the placement values, in O(m n), and
# Wilson intervals by prop.test.
two <- function(n, ties) {
  i <- 0:(n - 1)
  y <- as.integer((i * 37) %% 101 < 40)
  list(y = y, p = ((i * 7919) %% ties + 0.5 * ties * y) / (1.5 * ties))
}
# DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988), 837-845: psi = 1, 1/2, 0 where the positive scores higher, the
# same, lower; placements are its means over the other class.
delong <- function(s) {
  x <- s$p[s$y == 1]
  z <- s$p[s$y == 0]
  psi <- outer(x, z, function(a, b) (a > b) + 0.5 * (a == b))
  auc <- mean(psi)
  se <- sqrt(var(rowMeans(psi)) / length(x) + var(colMeans(psi)) / length(z))
  c(auc, pmin(pmax(auc + c(-1, 1) * qnorm(0.975) * se, 0), 1))
}
row <- function(name, v) {
  cat(sprintf("static const double %s[] = {%s};\n", name, paste(sprintf("%.17g", v), collapse = ", ")))
}
cat(sprintf("// Intervals by R %s.%s, printed by tests/golden/make/eval_intervals.R: DeLong's by the definition of\n",
            R.version$major, R.version$minor))
cat("// the placement values (value, lower, upper of the AUC; samples of tests/unit/eval/samples.h), Wilson's by\n")
cat("// prop.test(x, n, correct = FALSE) (lower, upper).\n#pragma once\n\n")
row("DELONG_TWO", delong(two(200, 1009)))
row("DELONG_TIES", delong(two(90, 7)))
row("DELONG_SMALL", delong(two(9, 5)))
row("DELONG_LONG", delong(two(3000, 97)))
cat("\n")
wilson <- function(x, n) prop.test(x, n, correct = FALSE)$conf.int[1:2]
row("WILSON_15_OF_20", wilson(15, 20))
row("WILSON_0_OF_12", wilson(0, 12))
row("WILSON_12_OF_12", wilson(12, 12))
row("WILSON_900_OF_1000", wilson(900, 1000))

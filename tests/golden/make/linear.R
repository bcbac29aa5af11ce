# Rscript tests/golden/make/linear.R > tests/golden/r_linear.h
source("tests/golden/make/toy.R")
cat("// lm() of R", as.character(getRversion()), "by tests/golden/make/linear.R: estimates, standard errors,\n")
cat("// p values, 95 % limits; then R2, adjusted R2, residual se, F, and the two degrees of freedom.\n#pragma once\n\n")
d <- toy()
one <- function(name, m) {
  s <- summary(m)
  k <- coef(m)
  full <- function(v) { out <- rep(NA, length(k)); names(out) <- names(k); out[names(v)] <- v; out }
  table <- coef(s)
  emit(paste0(name, "_EST"), k)
  emit(paste0(name, "_SE"), full(table[, 2]))
  emit(paste0(name, "_P"), full(table[, 4]))
  ci <- confint(m, level = 0.95)
  emit(paste0(name, "_LOWER"), ci[, 1])
  emit(paste0(name, "_UPPER"), ci[, 2])
  f <- s$fstatistic
  emit(paste0(name, "_FIT"), c(s$r.squared, s$adj.r.squared, s$sigma, f[1], f[2], f[3]))
  cat("\n")
}
one("LM_PLAIN", lm(real ~ a + b + c, d))
one("LM_WEIGHTED", lm(real ~ a + b + c, d, weights = weight))
one("LM_ORIGIN", lm(real ~ a + b + c - 1, d))
d$ab <- d$a + 2 * d$b
d$k <- 7
one("LM_ALIASED", lm(real ~ a + b + ab + c + k, d))
emit("LM_ALIASED_FITTED", head(fitted(lm(real ~ a + b + ab + c + k, d)), 5))

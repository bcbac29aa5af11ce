# Rscript tests/golden/make/logistic.R > tests/golden/r_logistic.h
source("tests/golden/make/toy.R")
library(nnet)
cat("// glm(binomial) and nnet::multinom (", as.character(packageVersion("nnet")), ") of R ",
    as.character(getRversion()), " by tests/golden/make/logistic.R:\n", sep = "")
cat("// estimates, standard errors, p values, Wald limits of 95 %, log likelihood.\n#pragma once\n\n")
d <- toy()
one <- function(name, m, loglik) {
  k <- coef(m)
  full <- function(v) { out <- rep(NA, length(k)); names(out) <- names(k); out[names(v)] <- v; out }
  table <- coef(summary(m))
  emit(paste0(name, "_EST"), k)
  emit(paste0(name, "_SE"), full(table[, 2]))
  emit(paste0(name, "_P"), full(table[, 4]))
  emit(paste0(name, "_LOWER"), full(table[, 1] - qnorm(0.975) * table[, 2]))
  emit(paste0(name, "_UPPER"), full(table[, 1] + qnorm(0.975) * table[, 2]))
  emit(paste0(name, "_LOGLIK"), loglik)
  cat("\n")
}
# glm stops when the deviance stands still, which leaves errors of 1e-8; two more steps from there remove them.
tight <- function(formula, weight = rep(1, nrow(d))) {
  fit <- function(start) suppressWarnings(do.call(glm, list(formula, binomial, d, weights = weight, start = start,
                                                            control = glm.control(epsilon = 1e-15, maxit = 200))))
  fit(coef(fit(coef(fit(NULL)))))
}
plain <- tight(two ~ a + b + c)
one("GLM_PLAIN", plain, as.numeric(logLik(plain)))
emit("GLM_PLAIN_FITTED", head(fitted(plain), 5))
w <- tight(two ~ a + b + c, d$weight)
one("GLM_WEIGHTED", w, sum(d$weight * ifelse(d$two > 0, log(fitted(w)), log(1 - fitted(w)))))
origin <- tight(two ~ a + b + c - 1)
one("GLM_ORIGIN", origin, as.numeric(logLik(origin)))
d$ab <- d$a + 2 * d$b
d$k <- 7
# A control as tight as above would also turn off the test for aliased columns; the estimates are those of GLM_PLAIN.
aliased <- glm(two ~ a + b + ab + c + k, binomial, d)
emit("GLM_ALIASED", as.numeric(is.na(coef(aliased))))
d$b2 <- (d$b - 2500) / 300
m <- multinom(factor(three) ~ a + b2 + c, d, reltol = 1e-16, abstol = 0, maxit = 5000, trace = FALSE)
emit("MULTINOM_EST", t(coef(m)))
emit("MULTINOM_SE", t(summary(m)$standard.errors))
emit("MULTINOM_LOGLIK", as.numeric(logLik(m)))

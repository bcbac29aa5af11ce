# Writes tests/golden/dist/NAME.h, the rows of golden/dist_families.h: Rscript tests/golden/make/dist_families.R
g <- function(v) {
  s <- sprintf("%.17g", v)
  s[is.nan(v)] <- "NAN"
  s[v == Inf] <- "INFINITY"
  s[v == -Inf] <- "-INFINITY"
  s
}
families <- list(
  norm = list(list(0, 1), list(-3.5, 0.02)),
  t = list(list(0.5), list(1), list(3), list(10.5), list(200), list(1e6)),
  chisq = list(list(0.3), list(1), list(4), list(55.5), list(2000)),
  f = list(list(1, 4), list(0.5, 0.7), list(3, 27.3), list(40, 900), list(6, 1e6)),
  gamma = list(list(0.01, 1), list(0.4, 3), list(1, 0.2), list(7.7, 1), list(500, 12), list(1e5, 1)),
  beta = list(list(0.2, 0.3), list(0.01, 4), list(1, 1), list(3, 2.5), list(80, 12), list(3000, 9000)),
  exp = list(list(1), list(0.003)),
  lnorm = list(list(0, 1), list(4, 0.3)),
  unif = list(list(0, 1), list(-3, 11)),
  weibull = list(list(0.5, 1), list(1, 4), list(3.6, 0.7)),
  logis = list(list(0, 1), list(3, 0.25)),
  cauchy = list(list(0, 1), list(-7, 0.5)),
  binom = list(list(1, 0.3), list(10, 0.5), list(40, 0.02), list(1000, 0.37), list(50000, 0.999)),
  pois = list(list(0.05), list(2.5), list(40), list(12345.6)),
  geom = list(list(0.001), list(0.3), list(0.97)),
  nbinom = list(list(0.4, 0.2), list(5, 0.5), list(33.3, 0.9), list(400, 0.03)),
  hyper = list(list(5, 7, 6), list(50, 20, 30), list(400, 900, 100), list(10, 5000, 200)))
tails <- c(1e-300, 1e-100, 1e-30, 1e-12, 1e-5, 0.01, 0.2, 0.4, 0.5, 0.6, 0.9, 0.999, 1 - 1e-9)
call <- function(kind, name, x, a, ...) suppressWarnings(do.call(paste0(kind, name), c(list(x), a, list(...))))
for (name in names(families)) {
  at <- of <- character()
  for (a in families[[name]]) {
    pad <- paste(c(g(unlist(a)), rep("0", 3 - length(a))), collapse = ", ")
    q <- call("q", name, tails, a)
    u <- call("q", name, tails, a, lower.tail = FALSE)
    x <- unique(signif(c(q, u), 6))
    if (name %in% c("binom", "pois", "geom", "nbinom", "hyper")) x <- unique(round(c(q, u)))
    x <- x[is.finite(x)]
    d <- call("d", name, x, a)
    lo <- call("p", name, x, a)
    up <- call("p", name, x, a, lower.tail = FALSE)
    at <- c(at, sprintf("    {\"%s\", %s, {%s}, %s, %s, %s},", name, g(x), pad, g(d), g(lo), g(up)))
    of <- c(of, sprintf("    {\"%s\", %s, {%s}, %s, %s},", name, g(tails), pad, g(q), g(u)))
  }
  cat("// ", name, ": rows of dist_families.h, R ", as.character(getRversion()), ", made by tests/golden/make/dist_families.R.\n",
      "#ifdef FAMILY_AT\n", paste(at, collapse = "\n"), "\n#else\n", paste(of, collapse = "\n"), "\n#endif\n",
      sep = "", file = paste0("tests/golden/dist/", name, ".h"))
}

# Expected values of tests/golden/r_ranks.h.
source("tests/golden/make/stats_lib.R"); suppressMessages(library(effectsize))
mw <- function(data, formula, opts, x, y, ...) {
  x <- x[!is.na(x)]; y <- y[!is.na(y)]
  w <- suppressWarnings(wilcox.test(x, y, conf.int=TRUE, tol.root=1e-13, ...))
  a <- list(...); mu <- if (is.null(a$mu)) 0 else a$mu
  e <- rank_biserial(x, y, mu=mu, ci=if (is.null(a$conf.level)) .95 else a$conf.level)
  row("mannwhitney", data, formula, opts, statistic=w$statistic, p=w$p.value, estimate=median(outer(x,y,"-")),
    low=w$conf.int[1], high=w$conf.int[2], rank_biserial=e$r_rank_biserial, effect_low=e$CI_low, effect_high=e$CI_high)
}
mw("toothgrowth","len ~ supp","", tooth$len[tooth$supp=="OJ"], tooth$len[tooth$supp=="VC"])
mw("titanic","age ~ sex","", titanic$age[titanic$sex=="female"], titanic$age[titanic$sex=="male"])
mw("titanic","age ~ survived","alternative=greater conf=0.9 mu=1", titanic$age[titanic$survived=="no"], titanic$age[titanic$survived=="yes"], alternative="greater", conf.level=.9, mu=1)
mw("penguins","body_mass_g ~ sex","conf=0.99", peng$body_mass_g[which(peng$sex=="female")], peng$body_mass_g[which(peng$sex=="male")], conf.level=.99)
mw("airquality?Month == 5 or Month == 8","Ozone ~ Month","", air$Ozone[air$Month==5], air$Ozone[air$Month==8])
mw("insect_sprays?spray == 'A' or spray == 'B'","count ~ spray","alternative=less", sprays$count[sprays$spray=="A"], sprays$count[sprays$spray=="B"], alternative="less")
mw("insect_sprays?spray == 'A' or spray == 'B'","count ~ spray","correct=false", sprays$count[sprays$spray=="A"], sprays$count[sprays$spray=="B"], correct=FALSE)
mw("untied","x ~ g","", c(0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46), c(1.15, 0.88, 0.90, 0.74, 1.21))
mw("untied","x ~ g","alternative=greater mu=0.1", c(0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46), c(1.15, 0.88, 0.90, 0.74, 1.21), alternative="greater", mu=.1)
wx <- function(data, formula, opts, x, ...) {
  x <- x[!is.na(x)]; a <- list(...); mu <- if (is.null(a$mu)) 0 else a$mu
  w <- suppressWarnings(wilcox.test(x, conf.int=TRUE, tol.root=1e-13, ...))
  z <- x[x-mu != 0]; o <- outer(z,z,"+")/2
  e <- suppressWarnings(rank_biserial(x, mu=mu, ci=if (is.null(a$conf.level)) .95 else a$conf.level))
  row("wilcoxon", data, formula, opts, statistic=w$statistic, p=w$p.value, estimate=median(o[!lower.tri(o)]),
    low=w$conf.int[1], high=w$conf.int[2], rank_biserial=e$r_rank_biserial, effect_low=e$CI_low, effect_high=e$CI_high)
}
wx("iris","sepal_length_cm ~ petal_length_cm","mu=2", iris2$sepal_length_cm-iris2$petal_length_cm, mu=2)
wx("airquality","Ozone","mu=30", air$Ozone, mu=30)
wx("airquality","Wind","mu=9 alternative=greater conf=0.9", air$Wind, mu=9, alternative="greater", conf.level=.9)
wx("titanic","age","mu=29 correct=false", titanic$age, mu=29, correct=FALSE)
wx("penguins","bill_length_mm ~ bill_depth_mm","mu=26.5 alternative=less", peng$bill_length_mm-peng$bill_depth_mm, mu=26.5, alternative="less")
wx("insect_sprays","count","mu=8", sprays$count, mu=8)
wx("depression","x ~ y","", c(1.83,0.50,1.62,2.48,1.68,1.88,1.55,3.06,1.30)-c(0.878,0.647,0.598,2.05,1.06,1.29,1.06,3.14,1.29))
wx("depression","x ~ y","alternative=greater", c(1.83,0.50,1.62,2.48,1.68,1.88,1.55,3.06,1.30)-c(0.878,0.647,0.598,2.05,1.06,1.29,1.06,3.14,1.29), alternative="greater")
sg <- function(data, formula, opts, x, mu, alt="two.sided", conf=.95) {
  x <- sort(x[!is.na(x)]); s <- sum(x>mu); n <- sum(x!=mu); N <- length(x)
  b <- binom.test(s, n, alternative=alt); ci <- binom.test(s, n, conf.level=conf)$conf.int
  a <- if (alt=="two.sided") (1-conf)/2 else 1-conf
  k <- qbinom(a, N, .5); if (pbinom(k, N, .5) > a) k <- k-1
  row("sign", data, formula, opts, statistic=s, p=b$p.value, estimate=median(x), low=if (alt=="less") -Inf else x[k+1], high=if (alt=="greater") Inf else x[N-k],
    share_above=s/n, effect_low=ci[1], effect_high=ci[2])
}
sg("airquality","Ozone","mu=30",air$Ozone,30)
sg("iris","sepal_length_cm ~ petal_length_cm","mu=2",iris2$sepal_length_cm-iris2$petal_length_cm,2)
sg("titanic","age","mu=27 alternative=greater",titanic$age,27,"greater")
sg("insect_sprays","count","mu=8 conf=0.9",sprays$count,8,conf=.9)
sg("toothgrowth","len","mu=25 alternative=less",tooth$len,25,"less")

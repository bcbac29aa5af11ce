# Shared by stats_*.R: bundled tables and rows of StatsGolden. Run from the root: Rscript tests/golden/make/stats_ranks.R
D <- function(n) read.csv(paste0("datasets/", n, ".csv"), stringsAsFactors = FALSE, na.strings = c("NA", ""))
num <- function(v) if (is.na(v)) "NAN" else if (is.infinite(v)) if (v > 0) "INFINITY" else "-INFINITY" else sprintf("%.17g", v)
row <- function(test, data, formula, opts, ...) {
  v <- list(...)
  cat(sprintf('    {"%s", "%s", "%s", "%s",\n     {%s}},\n', test, data, formula, opts,
    paste(sprintf('{"%s", %s}', names(v), sapply(v, num)), collapse = ", ")))
}
titanic <- D("titanic"); iris2 <- D("iris"); air <- D("airquality"); sprays <- D("insect_sprays"); ucb <- D("ucb_admissions"); tooth <- D("toothgrowth"); peng <- D("penguins")

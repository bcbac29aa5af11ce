# R's side of the benchmark of statistics: prints "job seconds check" lines as stats.c does. Kendall's tau of 200,000 rows
# is left out: cor() compares all pairs of rows.
args <- commandArgs(TRUE)
file <- file.path(args[1], "wide.csv")
d <- if (requireNamespace("data.table", quietly = TRUE)) data.table::fread(file, data.table = FALSE) else read.csv(file)
side <- factor(d$c1 > 0)
band <- factor((d$c2 > -0.5) + (d$c2 > 0.5))
report <- function(job, run, times = 3) {
  for (k in seq_len(times)) {
    from <- Sys.time()
    check <- run()
    seconds <- as.numeric(difftime(Sys.time(), from, units = "secs"))
    cat(job, sprintf("%.6f", seconds), sprintf("%.9g", check), "\n")
  }
}
report("pearson", function() sum(cor(d)))
report("spearman", function() sum(cor(d, method = "spearman")), 2)
report("welch", function() t.test(d$c0 ~ side)$statistic)
report("mannwhitney", function() wilcox.test(d$c0 ~ side)$statistic)
report("anova", function() summary(aov(d$c0 ~ band))[[1]][["F value"]][1])
report("kruskal", function() kruskal.test(d$c0, band)$statistic)
report("chisq", function() chisq.test(table(side, band))$statistic)
report("wilcoxon", function() wilcox.test(d$c0, d$c1, paired = TRUE)$statistic)
report("pearson_test", function() cor.test(d$c0, d$c1)$statistic)
report("hist", function() {
  breaks <- seq(min(d$c0), max(d$c0), length.out = 51)
  sum(hist(d$c0, breaks, right = FALSE, plot = FALSE)$counts * (0:49))
})
report("scatter", function() {
  png(tempfile(fileext = ".png"))
  plot(d$c0, d$c1, pch = ".")
  dev.off()
  nrow(d)
})
status <- readLines("/proc/self/status")
peak <- as.numeric(gsub("[^0-9]", "", grep("^VmHWM", status, value = TRUE)))
cat("memory_statistics", sprintf("%.1f", peak / 1024), "0\n")

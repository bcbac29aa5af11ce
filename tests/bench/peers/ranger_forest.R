# ranger's side of the benchmark of exact trees: prints "job seconds check" lines as forest.c does.
#   ranger_forest.R FILE ROWS TYPE NAME=VALUE...   TYPE: forest or extratrees
suppressMessages(library(ranger))
args <- commandArgs(trailingOnly = TRUE)
rows <- as.integer(args[2])
data <- readBin(args[1], "numeric", file.size(args[1]) / 4, size = 4)
data <- matrix(data, ncol = 29, byrow = TRUE)
colnames(data) <- c(paste0("x", 0:27), "y")
opts <- strsplit(args[-(1:3)], "=")
opts <- setNames(lapply(opts, function(o) as.integer(o[2])), sapply(opts, `[`, 1))
or <- function(x, other) if (is.null(x)) other else x
threads <- as.integer(Sys.getenv("TYCHO_BENCH_THREADS", "2"))
clock <- function() if (nzchar(Sys.getenv("TYCHO_BENCH_CPU"))) sum(proc.time()[1:2]) else proc.time()[[3]]
x <- data[1:rows, 1:28]
y <- factor(data[1:rows, 29])
extra <- args[3] == "extratrees"
start <- clock()
m <- ranger(x = x, y = y, num.trees = or(opts$n_estimators, 100L), mtry = 5, min.node.size = or(opts$min_node, 1L),
            probability = TRUE, num.threads = threads, oob.error = !extra, seed = or(opts$seed, 1L), respect.unordered.factors = "ignore",
            splitrule = if (extra) "extratrees" else "gini", replace = !extra, sample.fraction = 1, verbose = FALSE)
fit <- clock() - start
start <- clock()
p <- predict(m, data[-(1:rows), 1:28], num.threads = threads)$predictions[, 2]
predict <- clock() - start
yt <- data[-(1:rows), 29]
ones <- sum(yt)
auc <- (sum(rank(p)[yt == 1]) - ones * (ones + 1) / 2) / (ones * (length(yt) - ones))
cat(sprintf("fit %.6f %.9g\npredict %.6f %.9g\n", fit, auc, predict, auc))

# data.table's side of the benchmark of tables: prints "job seconds check" lines as tables.c does.
suppressMessages(library(data.table))
args <- commandArgs(TRUE)
folder <- args[1]
what <- args[2]
setDTthreads(as.integer(Sys.getenv("TYCHO_BENCH_THREADS", "2")))
report <- function(job, run, check, times = 3) {
  for (k in seq_len(times)) {
    start <- proc.time()[["elapsed"]]
    from <- Sys.time()
    out <- run()
    seconds <- as.numeric(difftime(Sys.time(), from, units = "secs"))
    cat(job, sprintf("%.6f", seconds), sprintf("%.9g", check(out)), "\n")
  }
}
read <- function(name) fread(file.path(folder, name), showProgress = FALSE)
if (what == "load_trips") {
  report(what, function() read("trips.csv"), nrow, 1)
} else if (what == "load_wide") {
  report(what, function() read("wide.csv"), nrow, 1)
} else if (what == "trips") {
  d <- read("trips.csv")
  e <- read("drivers.csv")
  for (key in c("payment", "zone", "driver"))
    report(paste0("group_", key), function() d[, .(fare = mean(fare, na.rm = TRUE)), by = key], function(r) sum(r$fare))
  report("filter", function() d[fare > 20 & payment == "card"], nrow)
  report("sort", function() d[order(fare)], nrow)
  report("join", function() d[e, on = "driver", nomatch = NULL], function(r) sum(r$rating))
  columns <- c("passengers", "distance", "lon", "lat", "fare")
  report("describe", function() d[, lapply(.SD, function(x) {
    x <- x[!is.na(x)]
    c(length(x), mean(x), sd(x), quantile(x, c(0, .25, .5, .75, 1)))
  }), .SDcols = columns], function(r) sum(r[6]))
} else {
  d <- read("wide.csv")
  report("describe_wide", function() d[, lapply(.SD, function(x)
    c(length(x), mean(x), sd(x), quantile(x, c(0, .25, .5, .75, 1))))], function(r) sum(r[6]))
  report("deciles_wide", function() d[, lapply(.SD, quantile, probs = (1:9) / 10)], function(r) sum(as.matrix(r)))
}
status <- readLines("/proc/self/status")
peak <- as.numeric(gsub("[^0-9]", "", grep("^VmHWM", status, value = TRUE)))
cat(paste0("memory_", what), sprintf("%.1f", peak / 1024), "0\n")

# Makes tests/golden/heights.h: what each distinct entry of datasets/reported_heights.csv is in inches, in base R, by the
# rules of Irizarry, Introduction to Data Science, "String processing" (case study: self-reported heights).
# Run: Rscript tests/golden/make/heights.R > tests/golden/heights.h
d <- read.csv("datasets/reported_heights.csv", colClasses = "character")
s <- d$height
words <- c("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
s <- tolower(s)
for (k in seq_along(words)) s <- gsub(words[k], k - 1, s, fixed = TRUE)
s <- sub("feet|foot|ft", "'", s)
s <- gsub("inches|in|''|\"|cm|and", "", s)
s <- sub("^([4-7])\\s*[,. +]\\s*(\\d*)$", "\\1'\\2", s, perl = TRUE)
s <- sub("^([56])'?$", "\\1'0", s)
s <- sub("^([12])\\s*,\\s*(\\d*)$", "\\1.\\2", s, perl = TRUE)
s <- trimws(s)
pattern <- "^([4-7])\\s*'\\s*(\\d+\\.?\\d*)$"
hit <- grepl(pattern, s, perl = TRUE)
feet <- suppressWarnings(as.numeric(ifelse(hit, sub(pattern, "\\1", s, perl = TRUE), NA)))
inches <- suppressWarnings(as.numeric(ifelse(hit, sub(pattern, "\\2", s, perl = TRUE), NA)))
guess <- 12 * feet + inches
x <- suppressWarnings(as.numeric(s))
between <- function(v) !is.na(v) & v >= 50 & v <= 84
out <- ifelse(between(x), x, ifelse(between(x / 2.54), x / 2.54, ifelse(between(x * 100 / 2.54), x * 100 / 2.54, NA)))
use <- is.na(out) & !is.na(inches) & inches <= 12 & between(guess)
out[use] <- guess[use]
plain <- suppressWarnings(as.numeric(d$height))
cat("// Made by tests/golden/make/heights.R with R", paste(R.version$major, R.version$minor, sep = "."), "\n")
cat(sprintf("enum { HEIGHTS = %d, NOT_NUMBERS = %d, NOT_INCHES = %d, NOT_READ = %d };\n", nrow(d), sum(is.na(plain)),
            sum(is.na(plain) | plain < 50 | plain > 84), sum(is.na(out))))
cat(sprintf("static const double HEIGHT_SUM = %.17g;\n", sum(out, na.rm = TRUE)))
cat("static const struct {\n  const char *text;\n  double inches;\n} HEIGHT_WORDS[] = {\n")
first <- !duplicated(d$height)
for (i in which(first))
  cat(sprintf("    {\"%s\", %s},\n", gsub("\"", "\\\\\"", d$height[i]), ifelse(is.na(out[i]), "NAN", sprintf("%.17g", out[i]))))
cat("};\n")

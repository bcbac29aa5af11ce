# The data of tests/golden/toy.h.
toy <- function(n = 160) {
  s <- 20240229
  draw <- function() { s <<- (16807 * s) %% 2147483647; s / 2147483647 }
  d <- data.frame(a = numeric(n), b = 0, c = 0, two = 0, three = 0, real = 0, weight = 0)
  for (i in seq_len(n)) {
    a <- floor(draw() * 4096) / 512 - 4
    b <- floor(draw() * 1000) + 2000
    c <- as.numeric(draw() < 0.4)
    noise <- ((draw() + draw()) + draw() - 1.5) * 4
    eta <- 0.5 + 0.6 * a - 0.004 * (b - 2500) + 0.8 * c
    d[i, ] <- c(a, b, c, eta + noise > 0, (eta + noise > -1) + (noise - 0.5 * a > 1),
                3 + 2 * a - 0.01 * b + 5 * c + noise, 1 + floor(draw() * 3))
  }
  d
}

# static const double NAME[] = {...};
emit <- function(name, v) {
  text <- ifelse(is.na(v), "NAN", sprintf("%.17g", v))
  body <- strwrap(paste(text, collapse = ", "), width = 116, exdent = 4, initial = "    ")
  cat(sprintf("static const double %s[] = {\n%s};\n", name, paste(body, collapse = "\n")))
}

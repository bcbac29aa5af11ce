// Writes the tables of the benchmark, the same on every machine:
//   make_tables FOLDER [ROWS]    ROWS of trips.csv (5,000,000); wide.csv has a fifth of them
// trips.csv    12 columns: int, words, two times, ints and reals with 3 % empty, quoted commas, 100,000 drivers
// drivers.csv  100,000 rows: driver, rating, years, home
// wide.csv     30 columns of reals with 6 decimals
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;

static uint64_t draw(void) { // splitmix64
  uint64_t z = state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

static uint32_t below(uint32_t n) { return (uint32_t)((draw() >> 32) * n >> 32); }
static double uniform(void) { return (double)(draw() >> 11) * 0x1p-53; }
static double normal(void) { // the sum of twelve, shifted: no library function decides a digit
  double sum = -6;
  for (int k = 0; k < 12; k++) sum += uniform();
  return sum;
}

static FILE *open_table(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *f = fopen(path, "w");
  if (!f) {
    perror(path);
    exit(1);
  }
  setvbuf(f, NULL, _IOFBF, 1 << 20);
  return f;
}

static void print_time(FILE *f, int64_t second) { // of 2015 to 2018
  static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int64_t day = second / 86400, s = second % 86400;
  int year = 2015, month = 0;
  for (; day >= 365 + (year == 2016); year++) day -= 365 + (year == 2016);
  for (; day >= length[month] + (month == 1 && year == 2016); month++)
    day -= length[month] + (month == 1 && year == 2016);
  fprintf(f, "%d-%02d-%02d %02d:%02d:%02d", year, month + 1, (int)day + 1, (int)(s / 3600), (int)(s / 60 % 60),
          (int)(s % 60));
}

static const char *const STREET[] = {"Elm St",  "Oak Ave",  "Harbor",  "Midtown",
                                     "Airport", "Old Town", "Station", "Park"};

static void print_trip(FILE *f, int64_t i) {
  static const char *const vendor[] = {"ACME", "BLUE", "CITY", "VIA"};
  static const char *const payment[] = {"cash", "card", "app", "voucher", "dispute"};
  double distance = fabs(normal()) * 3 + 0.5;
  int64_t begin = (int64_t)(uniform() * 126000000), took = 60 + (int64_t)(distance * 150 * (0.5 + uniform()));
  fprintf(f, "%" PRId64 ",%s,", i, vendor[below(4)]);
  print_time(f, begin);
  fputc(',', f);
  print_time(f, begin + took);
  fputc(',', f);
  if (uniform() >= 0.03) fprintf(f, "%u", 1 + below(6));
  fputc(',', f);
  if (uniform() >= 0.03) fprintf(f, "%.2f", distance);
  fprintf(f, ",%.6f,%.6f,", -73.95 + 0.05 * normal(), 40.75 + 0.04 * normal());
  if (uniform() >= 0.03) fputs(payment[below(5)], f);
  uint32_t zone = below(265);
  fprintf(f, uniform() < 0.02 ? ",\"%s, Gate %u\"," : ",%s %u,", STREET[zone % 8], zone);
  fprintf(f, "D%06u,", below(100000));
  if (uniform() >= 0.03) fprintf(f, "%.4f", 2.5 + 2.1 * distance + 0.4 * (double)took / 60 + normal() * 0.5);
  fputc('\n', f);
}

int main(int argc, char **argv) {
  if (argc < 2) return fprintf(stderr, "usage: make_tables FOLDER [ROWS]\n"), 2;
  int64_t rows = argc > 2 ? atoll(argv[2]) : 5000000;
  FILE *f = open_table(argv[1], "trips.csv");
  state = 1;
  fputs("trip_id,vendor,pickup,dropoff,passengers,distance,lon,lat,payment,zone,driver,fare\n", f);
  for (int64_t i = 1; i <= rows; i++) print_trip(f, i);
  fclose(f);
  f = open_table(argv[1], "drivers.csv");
  state = 2;
  fputs("driver,rating,years,home\n", f);
  for (int i = 0; i < 100000; i++) fprintf(f, "D%06d,%.2f,%u,%s\n", i, 3 + 2 * uniform(), below(30), STREET[below(8)]);
  fclose(f);
  f = open_table(argv[1], "wide.csv");
  state = 3;
  for (int j = 0; j < 30; j++) fprintf(f, "c%d%c", j, j < 29 ? ',' : '\n');
  for (int64_t i = 0; i < rows / 5; i++)
    for (int j = 0; j < 30; j++) fprintf(f, "%.6f%c", normal() * (1 + j % 5), j < 29 ? ',' : '\n');
  fclose(f);
  return 0;
}

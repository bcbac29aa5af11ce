// Made by tests/golden/make/prep_repair.py with pandas 1.5.3, scikit-learn 1.2.1.
#pragma once
#include <stdint.h>

// A column of texts after prep.replace: its 64-bit FNV-1a, a line feed behind each cell, and its longest cell.
static const struct {
  const char *data, *column, *opts;
  uint64_t hash;
  int64_t longest;
} TIDIED[] = {
    {"titanic", "name", "trim=true", 12134829500069858559ULL, 31},
    {"titanic", "name", "case=lower", 11523533204723377663ULL, 31},
    {"titanic", "name", "case=upper", 2021775149867016127ULL, 31},
    {"titanic", "name", "pattern=^([^,]*), (\\w*)\\..*$;with=%2 %1", 1262465386394940356ULL, 30},
    {"food_reviews", "review", "trim=true", 18020051174610203527ULL, 4622},
    {"food_reviews", "review", "pattern=<br />;with=|", 9354469312993050268ULL, 4532},
    {"food_reviews", "review", "pattern=[0-9]+;with=#", 14352419483641042773ULL, 4618},
};

// Texts read as numbers, or as days or seconds since 1970, where they can be: how many,
// their sum, the first and the last.
static const struct {
  const char *data, *column;
  int64_t n;
  double sum, first, last;
} RETYPED[] = {
    {"reported_heights", "height", 1018, 9465989.1843777988, 75, 161},
    {"titanic", "age", 1046, 31255.666700006001, 29, 29},
    {"airquality", "Ozone", 116, 4887, 41, 20},
    {"seattle_weather", "date", 1461, 23478270, 15340, 16800},
    {"flights_5k", "date", 5000, 4911090001800, 978311400, 986074920},
    {"reported_heights", "time_stamp", 1095, 1570541823139, 1409665236, 1507990071},
};

// Columns of digits.csv whose variance is zero.
static const char CONSTANT[] = "p00,p40,p47";

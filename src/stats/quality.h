// What may be wrong with a table: missing, duplicate, inconsistent and outlying values. Nothing is changed: every
// answer lists suspects, and the user decides.
#pragma once
#include "stats/stats.h"

// ---- missing values (missing.c) ------------------------------------------------------------------------------------
// One row a column, most missing first: column, missing, share, alone (rows in which nothing else is missing). NaN is a
// value. Columns: all when none is named; so in every verb here. ERR_NAME, ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_missing_columns(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err);
typedef struct MissingOpts {
  Names columns;
  bool wide; // also an int column for each column that misses values, 1 present, 0 missing, as md.pattern of R's mice
} MissingOpts;
// One row for each combination of columns that are missing together, most frequent first: rows, share, missing (how
// many columns) and columns (their names; "none"). ERR_NAME (also a name that the wide answer uses itself), ERR_MEMORY,
// ERR_CANCELLED. O(n p).
NODISCARD ErrCode stats_missing_patterns(Job *job, const Frame *f, const MissingOpts *opts, Frame **out, Err *err);
// One row for each pair of columns that miss values, strongest first: a, b, both, only_a, only_b, neither (rows), and
// phi, Pearson's correlation of the two indicators. ERR_NAME, ERR_MEMORY, ERR_CANCELLED. O(n p^2 / 64).
NODISCARD ErrCode stats_missing_pairs(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err);

// ---- spellings (fold.c, inconsistent.c, formats.c) -----------------------------------------------------------------
typedef struct InconsistentOpts {
  Names columns; // text columns
  bool letters;  // also merge by pairs of letters, which forgives typing errors and spaces within words
  bool formats;  // also tell columns whose values have several formats
} InconsistentOpts;
// Values that are spelled in several ways: column, cluster, value, n (rows), suggestion (the most frequent spelling,
// the first among equals) and rule (what the gentlest merge forgives: spaces, case, punctuation, accents, word order,
// blanks, letters; "several"; or "format": then `value` is a format as in stats_formats). Clusters by rows, largest
// first; values by n. Texts above 120 bytes are no spellings and are left out. ERR_NAME, ERR_TYPE a column that is no
// text, ERR_MEMORY, ERR_CANCELLED. O(n + words log words). Sources: fold.c.
NODISCARD ErrCode stats_inconsistent(Job *job, const Frame *f, const InconsistentOpts *opts, Frame **out, Err *err);
// What two texts must be forgiven to be equal.
typedef enum {
  FOLD_SPACES, // around the text, and how many within it
  FOLD_CASE,
  FOLD_PUNCTUATION,
  FOLD_ACCENTS,
  FOLD_WORD_ORDER, // and words that come twice
  FOLD_BLANKS,     // any but those between digits, not the order of words
  FOLD_LETTERS,    // texts of the same pairs of neighbouring letters
  FOLD_LEVELS
} FoldLevel;
extern const char *const FOLD_NAMES[FOLD_LEVELS]; // "spaces", "case" ...
// Appends the key of `text` to `out`: texts are equal at a level when their keys are. FOLD_LETTERS: nothing is appended
// for texts that are too short for it. Signs that carry a meaning stay: between digits, + and - behind a letter, # % $.
void fold_text(Sv text, FoldLevel level, Str *out);
// The formats of text columns, most frequent first: column, format (digits as 9, decimals as one 9, short words beside
// digits as they are, others as a), n, share, examples. ERR_NAME, ERR_TYPE, ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_formats(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err);
// Rows that are equal but for spaces, case, punctuation and accents in their texts, and not all equal: set, row (from
// 1), then the columns. ERR_NAME (also a column that is called set or row), ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_near_duplicates(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err);

// ---- outliers (outliers.c) -----------------------------------------------------------------------------------------
typedef enum { OUTLIER_BY_IQR, OUTLIER_BY_Z, OUTLIER_BY_MAD } OutlierMethod;
#define OUTLIER_METHODS "iqr|z|mad"
typedef struct OutlierOpts {
  Names columns; // number columns
  int method;    // OutlierMethod
  double k;      // limits: k IQR beyond the quartiles, k sd from the mean, k MAD from the median; 0: 1.5, 3, 3.5
  Names by;      // columns that make groups, each with its own limits
} OutlierOpts;
// A card for each suspect, farthest first within a column: column, row (from 1), the columns of `by`, value, z, mad and
// iqr (how far it lies, in sd from the mean, MAD from the median, IQR beyond the quartile), low and high (the limits),
// below and above (the nearest other values), verdict (missing: for the user to fill). Quartiles of type 7, MAD times
// 1.4826. NaN is left out; where limits have no width nothing is a suspect, and the caption says so.
// ERR_NAME, ERR_TYPE, ERR_ARG no number column, ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_outliers(Job *job, const Frame *f, const OutlierOpts *opts, Frame **out, Err *err);
